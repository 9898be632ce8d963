//! A plan laid out in the files of the history's tool.

use std::ops::Range;

use super::plan::{Phase, Plan};
use super::{Edit, Step, back};
use crate::layout::writing::{self, NewMigration};
use crate::layout::{History, Script, TransactionMode};
use crate::review::Review;
use crate::rules::Place;
use crate::sorted;
use crate::sql::Command;
use crate::text::{FileId, Workspace};

/// Where the statements go that stand behind the rewritten one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// They stay where they are, and so run before the migrations that follow.
    Stays,
    /// They follow in a migration of their own.
    Follows,
}

/// The ways to lay a plan out, in the order in which they are tried.
pub(super) const LAYOUTS: [Rest; 2] = [Rest::Stays, Rest::Follows];

/// A plan in files.
pub(super) struct Written {
    /// The versions of its migrations, those of the phases in order.
    pub versions: Vec<String>,
    /// The files that change and come.
    pub edits: Vec<Edit>,
    /// The migrations in order.
    pub steps: Vec<Step>,
    /// How many migrations come.
    pub added: usize,
}

/// Some bytes of a file, and what takes their place.
pub(super) struct Splice {
    pub file: FileId,
    pub range: Range<usize>,
    pub text: String,
}

/// Lays a plan out. None where the tool's files cannot say it.
pub(super) fn write(review: &Review, place: &Place, plan: &Plan, rest: Rest) -> Option<Written> {
    let phases = fitting(review, &plan.phases)?;
    let has_down = review.history.migrations[place.migration].down.as_ref().is_some_and(|down| !down.missing);
    if !has_down || !phases.iter().any(|phase| phase.refill.is_some()) {
        return lay_out(review, place, plan, phases, rest);
    }
    // Their ways back are written from the catalogs that the ways up lead to.
    let first = lay_out(review, place, plan, phases.clone(), rest)?;
    lay_out(review, place, plan, back::write(review, place, phases, &first)?, rest)
}

fn lay_out(
    review: &Review,
    place: &Place,
    plan: &Plan,
    mut phases: Vec<Phase>,
    rest: Rest,
) -> Option<Written> {
    let (history, workspace) = (&review.history, &review.workspace);
    let migration = &history.migrations[place.migration];
    let script = &migration.up;
    let whole = migration.up.text.as_ref();
    let cut = Cut::of(place, plan.instead.is_empty())?;
    let taken = plan.takes.iter().map(|index| Cut::of(&Place { index: *index, ..*place }, true));
    let taken = taken.collect::<Option<Vec<Cut>>>()?;
    let behind = &place.run().statements[place.index + 1..];
    let follows = match rest {
        Rest::Stays => None,
        // Whose BEGIN or COMMIT stands there cannot be parted from it.
        Rest::Follows
            if behind.is_empty()
                || !plan.takes.is_empty()
                || place.run().statements.iter().any(|s| is_control(&s.command)) =>
        {
            return None;
        }
        Rest::Follows => {
            let (start, end) = (behind[0].range.start, behind[behind.len() - 1].range.end);
            Some(workspace.file(script.file).text.get(start as usize..end as usize)?.to_owned())
        }
    };
    if let Some(text) = &follows {
        let outside = script.transaction == TransactionMode::None;
        let name =
            if migration.name.is_empty() { "rest".to_owned() } else { format!("{} rest", migration.name) };
        let phase = Phase { outside, ..Phase::new(name, vec![text.clone()], Vec::new()) };
        phases.push(phase);
    }
    let alone = plan.instead.is_empty()
        && place.run().statements.iter().enumerate().all(|(index, other)| {
            index == place.index
                || plan.takes.contains(&index)
                || is_control(&other.command)
                || matches!(other.command, Command::Set(_))
                || follows.is_some() && index > place.index
        });
    let mut splices = Vec::new();
    let mut edits = Vec::new();
    let mut steps = Vec::new();
    let own_path = writing::path_of(workspace, history, script);
    if alone {
        // The first migration takes the place of the file.
        let mut first = phases.remove(0);
        first.comments.splice(0..0, cut.comments.iter().cloned());
        let new = NewMigration {
            version: migration.version.clone(),
            name: None,
            up: first.script(true),
            down: first.script(false),
        };
        let pasted = writing::is_pasted(history, script);
        for (path, text) in writing::files(workspace, history, migration, &new)? {
            let script = [Some(script), migration.down.as_ref()]
                .into_iter()
                .flatten()
                .find(|own| writing::path_of(workspace, history, own) == path);
            match script {
                Some(own) if pasted => splices.push(Splice {
                    file: own.file,
                    range: own.range.start as usize..own.range.end as usize,
                    text: format!("-- file: {path}\n{text}"),
                }),
                Some(own) => splices.push(Splice {
                    file: own.file,
                    range: 0..workspace.file(own.file).text.len(),
                    text,
                }),
                None => edits.push(Edit { path, text, is_new: true }),
            }
        }
        steps.push(Step { path: own_path, first: first.first });
    } else {
        let text: String =
            plan.instead.iter().map(|statement| writing::statement_text(history, statement)).collect();
        let mut changed = vec![Splice { file: script.file, range: cut.range.clone(), text }];
        changed.extend(taken.into_iter().map(|cut| Splice {
            file: script.file,
            range: cut.range,
            text: String::new(),
        }));
        if !plan.at_end.is_empty() {
            let end = script.range.start as usize + whole.trim_end().len();
            let text: String = plan.at_end.iter().map(|statement| format!("\n{statement};")).collect();
            changed.push(Splice { file: script.file, range: end..end, text });
        }
        if follows.is_some() {
            let start = cut.range.end;
            let end = script.range.start as usize + whole.trim_end().len();
            changed.push(Splice { file: script.file, range: start..end.max(start), text: String::new() });
        }
        splices.extend(back::cut(review, place, &changed));
        splices.extend(changed);
        if let (true, Some(first)) = (plan.instead.is_empty(), phases.first_mut()) {
            first.comments.splice(0..0, cut.comments.iter().cloned());
        }
        steps.push(Step { path: own_path, first: None });
    }
    let after = writing::versions_after(history, place.migration, phases.len());
    let mut versions: Vec<String> = alone.then(|| migration.version.clone()).into_iter().collect();
    versions.extend(after.iter().cloned());
    let end = place_for(history, place.migration, after.first());
    for (phase, version) in phases.iter().zip(after) {
        let new = NewMigration {
            version,
            name: Some(phase.name.clone()),
            up: phase.script(true),
            down: phase.script(false),
        };
        let files = writing::files(workspace, history, migration, &new)?;
        let is_first_file = |path: &String| !path.ends_with(".conf") && !path.ends_with(".toml");
        let path = files.iter().map(|(path, _)| path).find(|path| is_first_file(path)).cloned();
        steps.push(Step { path: path.unwrap_or_default(), first: phase.first.clone() });
        for (path, text) in files {
            if writing::is_pasted(history, script) {
                let text = writing::following(history, &path, &text);
                splices.push(Splice { file: script.file, range: end..end, text });
            } else if workspace.files().any(|(_, file)| file.path == path) {
                return None;
            } else {
                edits.push(Edit { path, text, is_new: true });
            }
        }
    }
    let mut changed = spliced(workspace, splices);
    changed.extend(edits);
    Some(Written { versions, edits: changed, steps, added: phases.len() })
}

/// Where in a paste or a document new scripts come: behind the migration's own, or behind the last one where that is
/// where they run.
fn place_for(history: &History, migration: usize, version: Option<&String>) -> usize {
    let own = &history.migrations[migration].up;
    if !version.is_some_and(|version| writing::is_last(history, migration, version)) {
        return own.range.end as usize;
    }
    let ups = history.migrations.iter().map(|other| &other.up);
    let downs = history.migrations.iter().filter_map(|other| other.down.as_ref());
    // A document tells of the ways back by themselves.
    let scripts: Vec<&Script> =
        if writing::is_fenced(history) { ups.collect() } else { ups.chain(downs).collect() };
    let ends = scripts.into_iter().filter(|script| script.file == own.file).map(|script| script.range.end);
    ends.max().unwrap_or(own.range.end) as usize
}

fn is_control(command: &Command) -> bool {
    matches!(command, Command::Transaction(_))
}

/// The bytes of a statement in its file.
struct Cut {
    /// With its semicolon and line end; with the comments right above it where these go along.
    range: Range<usize>,
    /// Those comments, without their dashes.
    comments: Vec<String>,
}

impl Cut {
    fn of(place: &Place, with_comments: bool) -> Option<Cut> {
        let script = &place.scene.history.migrations[place.migration].up;
        let base = script.range.start as usize;
        let text: &str = &script.text;
        let range = &place.statement().range;
        let (mut start, mut end) = (range.start as usize - base, range.end as usize - base);
        let behind = text.get(end..)?;
        if behind.trim_start().starts_with(';') {
            end += behind.len() - behind.trim_start().len() + 1;
        }
        let line = text.get(end..)?.find('\n').map_or(text.len(), |at| end + at + 1);
        if text[end..line].trim().is_empty() {
            end = line;
        }
        let mut comments = Vec::new();
        while let Some((from, comment)) = comment_above(text, start).filter(|_| with_comments) {
            comments.insert(0, comment.to_owned());
            start = from;
        }
        Some(Cut { range: base + start..base + end, comments })
    }
}

/// The comment that is all of the line above, and where that line begins.
fn comment_above(text: &str, start: usize) -> Option<(usize, &str)> {
    let above = text[..start].trim_end_matches([' ', '\t']).strip_suffix('\n')?;
    let from = above.rfind('\n').map_or(0, |at| at + 1);
    let comment = above[from..].trim().strip_prefix("--")?;
    (!is_mark(comment)).then(|| (from, comment.trim()))
}

/// Is the comment one by which a tool or Lockstep is told something about the file?
fn is_mark(comment: &str) -> bool {
    ["no-transaction", "disable-t", "txmode", "transactional:", "depends:", "file:", "+goose", "+migrate"]
        .iter()
        .any(|mark| comment.contains(mark))
}

/// The phases as this tool's files can hold them: of a runner that only leaves a lone statement outside of a
/// transaction, each statement stands alone.
fn fitting(review: &Review, phases: &[Phase]) -> Option<Vec<Phase>> {
    let mut found = Vec::new();
    for phase in phases {
        if !phase.outside || writing::may_run_outside(&review.history, phase.up.len()) {
            found.push(phase.clone());
            continue;
        }
        if !writing::may_run_outside(&review.history, 1) {
            return None;
        }
        let makes_room = |sql: &&String| sql.starts_with("DROP INDEX CONCURRENTLY IF EXISTS ");
        let creates = phase.up.iter().any(|sql| !makes_room(&sql));
        let kept: Vec<&String> = phase.up.iter().filter(|sql| !creates || !makes_room(sql)).collect();
        let several = kept.len() > 1;
        for (index, statement) in kept.iter().enumerate() {
            let mut own = phase.clone();
            own.up = vec![(*statement).clone()];
            if several {
                own.name = format!("{} {}", phase.name, index + 1);
                own.down = phase.down.get(index).cloned().into_iter().collect();
            }
            own.down.truncate(1);
            let room = phase.up.iter().filter(makes_room).nth(index);
            if let Some(room) = room.filter(|_| creates) {
                own.comments.push(format!("If this fails, run {room} before it is run again."));
            }
            found.push(own);
        }
    }
    Some(found)
}

/// The files that splices change, with their texts afterwards.
fn spliced(workspace: &Workspace, mut splices: Vec<Splice>) -> Vec<Edit> {
    let mut edits: Vec<(FileId, Edit)> = Vec::new();
    // From behind, so that the places of those before stay; of two at one place the later one goes in first, and what is
    // replaced there before that.
    splices.reverse();
    sorted::sort_by_key(&mut splices, |splice| {
        (splice.file, std::cmp::Reverse(splice.range.start), splice.range.is_empty())
    });
    for splice in splices {
        let is_new = edits.last().is_none_or(|(file, _)| *file != splice.file);
        if is_new {
            let file = workspace.file(splice.file);
            let edit = Edit { path: file.path.clone(), text: file.text.to_string(), is_new: false };
            edits.push((splice.file, edit));
        }
        if let Some((_, edit)) = edits.last_mut() {
            edit.text.replace_range(splice.range, &splice.text);
        }
    }
    edits.into_iter().map(|(_, edit)| edit).collect()
}

/// The files as they are after edits: those that were there in their order, then the new ones.
pub(super) fn applied(workspace: &Workspace, edits: &[Edit]) -> Workspace {
    let mut after = Workspace::new();
    for (_, file) in workspace.files() {
        let edit = edits.iter().find(|edit| !edit.is_new && edit.path == file.path);
        after.add(file.path.clone(), edit.map_or(&*file.text, |edit| &edit.text));
    }
    for edit in edits.iter().filter(|edit| edit.is_new) {
        after.add(edit.path.clone(), &edit.text);
    }
    after
}
