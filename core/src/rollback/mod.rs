//! Does the way back lead back? Up, then down, then compare; and up once more.

mod loss;
mod undescribed;
mod write;
mod written;

pub use written::{Written, written, written_for_all};

use loss::Loss;

use crate::layout::{History, Migration, Script};
use crate::schema::{Schema, diff};
use crate::simulate::{Server, State};
use crate::sql::Command;
use crate::sql::command::ObjectKind;
use crate::timeline::{LivedIn, Run, Timeline, run_again, simulate_script};

/// The way back of one migration, or of the whole set.
#[derive(Debug, Clone)]
pub struct WayBack {
    /// What became of it.
    pub verdict: Verdict,
    /// The down script's run, where there is one.
    pub run: Option<Run>,
    /// What is not as it was before the migration, one line each.
    pub differences: Vec<String>,
    /// Nothing of what differs can be felt: where a column stands in its table, white space in a body.
    pub only_cosmetic: bool,
    /// Data that the down script destroys or cannot bring back, one line each.
    pub lost: Vec<String>,
    /// Those of `lost` that were there before the migration; the others were written since.
    pub lost_for_good: Vec<String>,
    /// What cannot be told, one line each.
    pub unknown: Vec<String>,
    /// The statement of the down script that fails.
    pub fails_at: Option<usize>,
    /// The down script has no statement that changes anything.
    pub is_empty: bool,
    /// Up once more after the down: the statement that fails, as a line.
    pub again: Option<String>,
}

/// What becomes of a way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The schema is as before, and no data is lost.
    Exact,
    /// The schema is as before, but data is lost.
    Lossy,
    /// The schema is not as before.
    Incomplete,
    /// The down script fails.
    Fails,
    /// There is none.
    Missing,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// The name in the JSON document.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Lossy => "lossy",
            Verdict::Incomplete => "incomplete",
            Verdict::Fails => "fails",
            Verdict::Missing => "missing",
            Verdict::Unknown => "unknown",
        }
    }
}

/// One down script for the whole set: from after the last migration to before the first.
pub fn verify_all(history: &History, timeline: &Timeline) -> Option<WayBack> {
    let down = history.down_of_all.as_ref()?;
    if down.missing {
        return Some(WayBack { unknown: vec![only_named(&down.title)], ..nothing(Verdict::Unknown) });
    }
    let (first, last) = (timeline.ups.first()?, timeline.ups.last()?);
    let ups: Vec<&Run> = timeline.ups.iter().collect();
    let mut lived = LivedIn::default();
    let before = lived.of(&first.before);
    let run = simulate_script(down, &lived.of(&last.after), &timeline.server);
    Some(judge(&first.before.schema, &before.schema, &ups, run, None))
}

/// The way back of one migration. `before` and `behind` are the states around it after some use, both from the same line of
/// states: what the migration leaves alone need not be compared.
pub fn verify(migration: &Migration, up: &Run, server: &Server, before: &State, behind: &State) -> WayBack {
    let Some(down) = &migration.down else { return missing() };
    if down.missing || migration.up.missing {
        return WayBack { unknown: vec![only_named(&down.title)], ..nothing(Verdict::Unknown) };
    }
    let run = simulate_script(down, behind, server);
    let again = fails_again(&migration.up, up, &run, server);
    judge(&up.before.schema, &before.schema, &[up], run, again)
}

/// What becomes of a migration without a down script.
pub fn missing() -> WayBack {
    nothing(Verdict::Missing)
}

/// Up once more after the down: why that fails, where the first time did not.
fn fails_again(script: &Script, up: &Run, down: &Run, server: &Server) -> Option<String> {
    if up.first_error().is_some() || down.first_error().is_some() {
        return None;
    }
    let before = LivedIn::after(&down.before).of(&down.after);
    let (_, error) = run_again(up, script.transaction, &before, server).err()?;
    Some(format!("{} (SQLSTATE {})", error.message, error.sqlstate))
}

fn only_named(script: &str) -> String {
    format!("{script} is only named; its SQL is not here")
}

fn nothing(verdict: Verdict) -> WayBack {
    WayBack {
        verdict,
        run: None,
        differences: Vec::new(),
        only_cosmetic: false,
        lost: Vec::new(),
        lost_for_good: Vec::new(),
        unknown: Vec::new(),
        fails_at: None,
        is_empty: false,
        again: None,
    }
}

/// `lived` is the catalog before, as it is after some use.
fn judge(before: &Schema, lived: &Schema, ups: &[&Run], run: Run, again: Option<String>) -> WayBack {
    let fails_at = run.first_error().map(|(index, _)| index);
    let mut unknown = Vec::new();
    let mut differences = Vec::new();
    let mut only_cosmetic = true;
    let presumed = dropped_if_there(ups);
    let undescribed = undescribed::touched(ups);
    for object in undescribed.iter().filter(|object| object.is_dropped) {
        if object.is_in(&run.after.schema) {
            unknown.push(object.unknown());
        } else {
            only_cosmetic = false;
            differences.push(object.missing());
        }
    }
    for difference in diff(lived, &run.after.schema) {
        if undescribed.iter().any(|own| own.is_dropped && own.object == difference.object) {
            // Told of above.
        } else if difference.uncertain {
            unknown.push(difference.leftover_line());
        } else if presumed.contains(&difference.object) {
            unknown.push(format!("{}: whether it existed before is not known here", difference.object));
        } else {
            only_cosmetic &= difference.is_cosmetic();
            differences.push(difference.leftover_line());
        }
    }
    for moment in ups.iter().flat_map(|up| &up.moments).chain(&run.moments) {
        if !moment.step.modelled {
            unknown.push("a statement whose effect is not simulated takes part".to_owned());
            break;
        }
    }
    let mut lost = loss::lost(before, ups, &run);
    let gone = undescribed.iter().filter_map(|object| object.lost());
    lost.extend(gone.map(|line| Loss { line, for_good: true }));
    let changes_something = run.moments.iter().any(|moment| !moment.step.changes.is_empty());
    let verdict = if fails_at.is_some() {
        Verdict::Fails
    } else if !differences.is_empty() {
        Verdict::Incomplete
    } else if !unknown.is_empty() {
        Verdict::Unknown
    } else if !lost.is_empty() {
        Verdict::Lossy
    } else {
        Verdict::Exact
    };
    WayBack {
        verdict,
        run: Some(run),
        only_cosmetic: only_cosmetic && !differences.is_empty(),
        differences,
        lost_for_good: lost.iter().filter(|loss| loss.for_good).map(|loss| loss.line.clone()).collect(),
        lost: lost.into_iter().map(|loss| loss.line).collect(),
        unknown,
        fails_at,
        is_empty: !changes_something,
        again,
    }
}

/// Objects that an up drops IF EXISTS, and that nothing here created: they may have been there.
fn dropped_if_there(ups: &[&Run]) -> Vec<String> {
    let mut objects = Vec::new();
    for up in ups {
        for (index, statement) in up.statements.iter().enumerate() {
            let Command::Drop(drop) = &statement.command else { continue };
            let before = &up.state_before(index);
            for object in &drop.objects {
                let known = before.schema.resolve(&object.name, &before.session.search_path()).is_some();
                let kind = match drop.kind {
                    ObjectKind::Index => "index",
                    ObjectKind::View => "view",
                    ObjectKind::MaterializedView => "materialized view",
                    ObjectKind::Sequence => "sequence",
                    ObjectKind::Table => "table",
                    _ => continue,
                };
                if !known {
                    let schema = object.name.schema.as_deref().unwrap_or("public");
                    objects.push(format!("{kind} {schema}.{}", object.name.name));
                }
            }
        }
    }
    objects
}
