//! Comments that silence findings: our own, which need a reason, and those of other tools.
//!
//! `-- lockstep-ignore RULE[, RULE…]: reason` is for the next statement or the one on its line,
//! `-- lockstep-ignore-file RULE[, RULE…]: reason` for the whole script.

use std::ops::Range;

use super::{Finding, Rule, Scene, unused_ignore};
use crate::layout::Script;
use crate::report::json::Severity;
use crate::text::Span;
use crate::timeline::Run;

/// One comment that asks for silence.
struct Ignore {
    span: Span,
    migration: Option<usize>,
    /// The bytes of the file for which it asks.
    covers: Range<u32>,
    names: Vec<String>,
    /// Ours has to give a reason and to be of use.
    own: bool,
    has_reason: bool,
}

/// Takes out what is silenced, and reports comments that silence nothing.
pub(super) fn apply(scene: &Scene, findings: Vec<Finding>) -> Vec<Finding> {
    let ignores = collect(scene);
    let mut used = vec![false; ignores.len()];
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let by = ignores.iter().position(|ignore| {
            ignore.span.file == finding.span.file
                && (!ignore.own || ignore.has_reason)
                && ignore.covers.contains(&finding.span.start)
                && ignore.names.iter().any(|name| names_rule(name, finding.rule))
        });
        match by {
            Some(index) => used[index] = true,
            None => kept.push(finding),
        }
    }
    for (ignore, used) in ignores.iter().zip(used) {
        if !ignore.own || used {
            continue;
        }
        let names = ignore.names.join(", ");
        let (message, help) = if ignore.has_reason {
            (format!("This comment silences nothing: {names} has no finding here."), "Remove the comment.")
        } else {
            (
                format!("This comment gives no reason, so {names} is not silenced."),
                "Write the reason behind a colon: `-- lockstep-ignore RULE: reason`.",
            )
        };
        kept.push(Finding {
            rule: &unused_ignore::RULE,
            severity: Severity::Warning,
            span: ignore.span,
            migration: ignore.migration,
            message,
            help: help.to_owned(),
        });
    }
    kept
}

/// Does the name mean the rule: by its id, by another tool's, or as one of all those that this tool has (`squawk:`)?
fn names_rule(name: &str, rule: &Rule) -> bool {
    let is_of_tool = || name.ends_with(':') && rule.aliases.iter().any(|alias| alias.starts_with(name));
    rule.id == name || rule.aliases.contains(&name) || is_of_tool()
}

fn collect(scene: &Scene) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    for (migration, found) in scene.reviewed() {
        collect_in(scene, Some(migration), &found.up, &scene.timeline.ups[migration], &mut ignores);
        if let (Some(down), Some(run)) = (&found.down, &scene.ways_back[migration].run) {
            collect_in(scene, Some(migration), down, run, &mut ignores);
        }
    }
    let of_all = scene.way_back_of_all.and_then(|way| way.run.as_ref());
    if let (Some(down), Some(run)) = (&scene.history.down_of_all, of_all) {
        collect_in(scene, None, down, run, &mut ignores);
    }
    ignores
}

fn collect_in(
    scene: &Scene,
    migration: Option<usize>,
    script: &Script,
    run: &Run,
    ignores: &mut Vec<Ignore>,
) {
    // Reading for comments takes its time, and every wish has this word.
    if !script.text.contains("ignore") {
        return;
    }
    let file = scene.workspace.file(script.file);
    for range in crate::sql::comments(&script.text, script.range.start) {
        let text = &file.text[range.start as usize..range.end as usize];
        let Some(wish) = wish(text) else { continue };
        let covers = if wish.whole_file {
            script.range.start..script.range.end + 1
        } else {
            let line = |offset: u32| file.position(offset).line;
            let same_line = run
                .statements
                .iter()
                .find(|s| s.range.end <= range.start && line(s.range.end) == line(range.start));
            let around =
                run.statements.iter().find(|s| s.range.start <= range.start && range.end <= s.range.end);
            let next = run.statements.iter().find(|s| s.range.start >= range.end);
            match same_line.or(around).or(next) {
                // From the comment on: what is found about a script as a whole is found at its first line.
                Some(statement) => statement.range.start.min(range.start)..statement.range.end,
                None => range.start..range.end,
            }
        };
        ignores.push(Ignore {
            span: Span::new(script.file, range),
            migration,
            covers,
            names: wish.names,
            own: wish.own,
            has_reason: wish.has_reason,
        });
    }
}

/// What a comment asks for.
struct Wish {
    names: Vec<String>,
    whole_file: bool,
    own: bool,
    has_reason: bool,
}

fn wish(comment: &str) -> Option<Wish> {
    let text =
        comment.trim_start_matches(['-', '/', '*', ' ', '\t']).trim_end_matches(['*', '/', ' ', '\t', '\r']);
    let listed = |list: &str, prefix: &str| -> Vec<String> {
        list.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| format!("{prefix}{name}"))
            .collect()
    };
    if let Some(rest) = text.strip_prefix("lockstep-ignore") {
        let (whole_file, rest) = match rest.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if !rest.starts_with([' ', '\t', ':']) && !rest.is_empty() {
            return None;
        }
        let (list, reason) = rest.split_once(':').unwrap_or((rest, ""));
        return Some(Wish {
            names: listed(list, ""),
            whole_file,
            own: true,
            has_reason: !reason.trim().is_empty(),
        });
    }
    let peer = |list: &str, prefix: &str, whole_file: bool| {
        // A comment within the comment gives squawk's reader the reason; without names everything is meant.
        let list = list.split("--").next().unwrap_or_default().trim();
        let names = if list.is_empty() { vec![prefix.to_owned()] } else { listed(list, prefix) };
        Some(Wish { names, whole_file, own: false, has_reason: true })
    };
    if let Some(rest) = text.strip_prefix("squawk-ignore-file") {
        return peer(rest, "squawk:", true);
    }
    if let Some(rest) = text.strip_prefix("squawk-ignore") {
        return peer(rest, "squawk:", false);
    }
    if let Some(rest) = text.strip_prefix("eugene:") {
        let rest = rest.trim_start().strip_prefix("ignore")?;
        return peer(rest, "eugene:", false);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::wish;

    #[test]
    fn comments_ask_for_silence() {
        for (comment, expected) in [
            ("-- lockstep-ignore drop-table, drop-column: moved", Some("drop-table drop-column; own")),
            ("-- lockstep-ignore-file drop-table: moved", Some("drop-table; own file")),
            ("-- lockstep-ignored drop-table", None),
            (
                "/* squawk-ignore ban-drop-column,renaming-table */",
                Some("squawk:ban-drop-column squawk:renaming-table;"),
            ),
            ("-- squawk-ignore ban-drop-column -- nobody reads it", Some("squawk:ban-drop-column;")),
            ("-- squawk-ignore-file", Some("squawk:; file")),
            ("-- eugene: ignore E2, E3", Some("eugene:E2 eugene:E3;")),
            ("-- eugene: ignore", Some("eugene:;")),
            ("-- eugene: explain", None),
            ("-- a comment", None),
        ] {
            let found = wish(comment).map(|wish| {
                let own = if wish.own { " own" } else { "" };
                let file = if wish.whole_file { " file" } else { "" };
                format!("{};{own}{file}", wish.names.join(" "))
            });
            assert_eq!(found.as_deref(), expected, "{comment}");
        }
    }
}
