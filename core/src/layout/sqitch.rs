//! Sqitch: the order in `sqitch.plan`, scripts in `deploy/`, `revert/` and `verify/`.
//! <https://sqitch.org/docs/manual/sqitchtutorial/>

use super::file_name::words;
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Script, SetAside, Strength,
    TransactionMode, Wrapping, mask, psql,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "sqitch",
    title: "Sqitch",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::EachStatement,
        one_transaction: false,
        psql: true,
        goes_back: true,
        sentence: "Sqitch has psql run each script, and each statement commits by itself unless the script says BEGIN.",
    },
    down: Place::Part("deploy/", "revert/"),
    commands: Commands {
        run: "sqitch deploy",
        status: "sqitch status",
        roll_back: "sqitch revert --to @HEAD^",
        create: "sqitch add {name}",
    },
    writing: None,
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    files.iter().any(is_plan).then(|| Recognition {
        strength: Strength::Marker,
        files: files.sql().count(),
        reason: "There is a sqitch.plan.".to_owned(),
    })
}

fn is_plan(file: &File<'_>) -> bool {
    file.name() == "sqitch.plan"
}

/// A change of the plan: its name, where the name stands in the plan, and the script's name.
struct Change<'a> {
    name: &'a str,
    at: usize,
    script: String,
}

/// The changes in order. One that is there again later was reworked: its first script is kept as `name@tag`.
fn changes(plan: &str) -> Vec<Change<'_>> {
    let mut changes: Vec<Change<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut tagged: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in plan.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let Some(name) = line.split_whitespace().next().filter(|word| !word.starts_with(['%', '#'])) else {
            continue;
        };
        if let Some(tag) = name.strip_prefix('@') {
            tagged.extend(open.drain(..).map(|change| (change, tag)));
            continue;
        }
        let earlier = changes.iter().rposition(|change| change.name == name);
        if let Some(earlier) = earlier
            && let Some((_, tag)) = tagged.iter().find(|(change, _)| *change == earlier)
        {
            changes[earlier].script = format!("{name}@{tag}");
        }
        open.push(changes.len());
        changes.push(Change { name, at: start, script: name.to_owned() });
    }
    changes
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut used = Vec::new();
    // Of two plans for the same scripts, the one that lies beside them is Sqitch's.
    let mut plans: Vec<&File<'_>> = files.iter().filter(|file| is_plan(file)).collect();
    let lies_beside = |plan: &File<'_>| {
        let scripts = format!("{}/deploy", plan.folder_path());
        files.sql().any(|file| file.folder_path() == scripts.trim_start_matches('/'))
    };
    sorted::sort_by_key(&mut plans, |plan| !lies_beside(plan));
    for plan in plans {
        let changes = changes(plan.text());
        let own = |change: &Change<'_>| {
            find(files, "deploy", change).is_none_or(|file| !used.contains(&(file.id, file.range.start)))
        };
        if changes.iter().any(own) {
            for change in changes {
                let mut script = |folder: &str| {
                    let file = find(files, folder, &change)?;
                    used.push((file.id, file.range.start));
                    let mut script = psql::script(file, TransactionMode::None);
                    script.title = format!("{folder}/{}.sql", change.script);
                    Some(script)
                };
                let up = script("deploy").unwrap_or_else(|| missing(plan, &change));
                let down = script("revert");
                draft.migrations.push(Migration {
                    version: change.script.clone(),
                    name: words(change.name.rsplit('/').next().unwrap_or(change.name)),
                    up,
                    down,
                    under_review: true,
                });
            }
        }
        draft.set_aside.push(SetAside {
            file: plan.id,
            range: plan.range.clone(),
            reason: "Sqitch's plan, which gives the order.".to_owned(),
        });
    }
    for file in files.sql().filter(|file| !used.contains(&(file.id, file.range.start))) {
        let is_in = |folder: &str| file.path.split('/').any(|part| part == folder);
        let reason = if is_in("verify") {
            "It verifies a change and is no migration."
        } else if is_in("deploy") {
            "Not in the plan, so Sqitch never runs it."
        } else {
            continue;
        };
        draft.set_aside.push(SetAside {
            file: file.id,
            range: file.range.clone(),
            reason: reason.to_owned(),
        });
    }
    draft
}

/// A change's script in that folder, wherever the folder is.
fn find<'f, 'a>(files: &'f Files<'a>, folder: &str, change: &Change<'_>) -> Option<&'f File<'a>> {
    let path = format!("{folder}/{}.sql", change.script);
    files.iter().find(|file| {
        let before = file.path.strip_suffix(path.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    })
}

fn missing(plan: &File<'_>, change: &Change<'_>) -> Script {
    let start = plan.range.start + (plan.head + change.at) as u32;
    Script {
        title: format!("deploy/{}.sql", change.script),
        file: plan.id,
        range: start..start + change.name.len() as u32,
        text: mask::blank(change.name).into(),
        transaction: TransactionMode::None,
        missing: true,
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn the_plan_gives_the_order() {
        let read = histories(&[
            (
                "sqitch.plan",
                "%syntax-version=1.0.0\n%project=x\n\nusers 2024-01-01T00:00:00Z A <a@example.com> # Users\nflips [users] 2024-01-02T00:00:00Z A <a@example.com> # Flips\n@v1.0 2024-01-03T00:00:00Z A <a@example.com> # Tag\n\nusers [users@v1.0] 2024-01-04T00:00:00Z A <a@example.com> # Again\nlost 2024-01-05T00:00:00Z A <a@example.com>\n",
            ),
            ("deploy/flips.sql", "BEGIN; SELECT 1; COMMIT;"),
            ("deploy/users.sql", "SELECT 2;"),
            ("deploy/users@v1.0.sql", "SELECT 3;"),
            ("revert/users.sql", "SELECT 4;"),
            ("revert/flips.sql", "SELECT 5;"),
            ("verify/users.sql", "SELECT 6;"),
            ("deploy/other.sql", "SELECT 7;"),
        ]);
        let expected = [
            "sqitch",
            "users@v1.0 [users]: deploy/users@v1.0.sql (none) <- no way back",
            "flips [flips]: deploy/flips.sql (none) <- revert/flips.sql (none)",
            "users [users]: deploy/users.sql (none) <- revert/users.sql (none)",
            "lost [lost]: deploy/lost.sql (none, missing) <- no way back",
            "aside: Sqitch's plan, which gives the order.",
            "aside: It verifies a change and is no migration.",
            "aside: Not in the plan, so Sqitch never runs it.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
