//! What to type: run, check the status, roll back, begin the next migration.

use super::naming::{self, on_disk};
use crate::Review;
use crate::layout::{Migration, Script};
use crate::report::markup::{self, code};

/// The commands of the layout's tool, filled in.
pub(super) fn section(review: &Review) -> String {
    let history = &review.history;
    let commands = &history.layout.commands;
    let reviewed: Vec<&Migration> =
        history.migrations.iter().filter(|migration| migration.under_review).collect();
    let mut out = String::new();
    if reviewed.iter().any(|migration| !migration.up.missing && is_part_of_a_document(review, &migration.up))
    {
        out += "The scripts are parts of one file here. Save each of them under its own name before it is run.\n\n";
    }
    out += &format!("{}\n\nRun:\n\n", markup::text(history.layout.runner.sentence));
    out += &markup::block("sh", &for_each(review, commands.run, reviewed.iter().map(|m| (*m, &m.up))));
    out += "\nSee what has been applied:\n\n";
    out += &markup::block("sh", commands.status);
    out += "\nBegin the next migration:\n\n";
    out + &markup::block("sh", &create(review))
}

/// What tools keep of a migration that failed, and how that is mended before the next run.
const AFTER_FAILURE: &[(&str, &str, &str)] = &[
    (
        "golang-migrate",
        "It marks the version as dirty and refuses to go on. When nothing of the script stays, tell it the version before that one:",
        "migrate -path migrations -database \"$DATABASE_URL\" force \"$VERSION_BEFORE\"",
    ),
    (
        "prisma",
        "It marks the migration as failed and refuses to go on. When nothing of the script stays:",
        "npx prisma migrate resolve --rolled-back \"$FAILED_MIGRATION\"",
    ),
    (
        "flyway",
        "A script that ran outside of a transaction is marked as failed. When what stayed of it is gone:",
        "flyway repair",
    ),
];

/// What the tool asks for after a migration that failed: why, and the command.
pub(super) fn after_failure(review: &Review) -> Option<(&'static str, &'static str)> {
    let own = AFTER_FAILURE.iter().find(|(layout, ..)| *layout == review.history.layout.name)?;
    Some((own.1, own.2))
}

/// The commands that roll back, the last migration first.
pub(super) fn roll_back(review: &Review) -> String {
    let history = &review.history;
    let commands = &history.layout.commands;
    let reviewed: Vec<&Migration> =
        history.migrations.iter().filter(|migration| migration.under_review).collect();
    let mut out = String::new();
    let downs: Vec<(&Migration, &Script)> = reviewed
        .iter()
        .rev()
        .filter_map(|m| Some((*m, m.down.as_ref().filter(|down| !down.missing)?)))
        .collect();
    let of_all = history.down_of_all.as_ref().filter(|down| !down.missing);
    if let (Some(down), Some(last)) = (of_all, reviewed.last()) {
        out += &format!("All of it, with {}:\n\n", code(&down.title));
        out += &markup::block("sh", &filled(review, commands.roll_back, last, down));
    }
    if !downs.is_empty() {
        out += "One at a time, the last migration first:\n\n";
        out += &markup::block("sh", &for_each(review, commands.roll_back, downs.into_iter()));
    }
    out
}

/// How the next migration is begun. Where that is but a new file, it comes where the others are, and its rollback is
/// named as theirs.
fn create(review: &Review) -> String {
    let history = &review.history;
    let command = history.layout.commands.create;
    let Some(files) = command.strip_prefix("touch ") else {
        return command.replace("{name}", "what_it_does");
    };
    let number = naming::next_number(review);
    let name =
        number.as_ref().map_or_else(|| "what_it_does".to_owned(), |number| format!("{number}_what_it_does"));
    let last =
        history.migrations.iter().rev().find(|migration| !is_part_of_a_document(review, &migration.up));
    let folder_of = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let in_document = || history.migrations.last().map(|migration| path(review, &migration.up));
    let known = match last {
        Some(migration) => Some(review.workspace.file(migration.up.file).path.clone()),
        None => in_document().filter(|path| path.contains('/')),
    };
    let folder = known.as_ref().map(|path| &path[..folder_of(path)]);
    let rollback = history.migrations.iter().rev().find_map(|migration| {
        let down = migration.down.as_ref().filter(|down| !is_part_of_a_document(review, down))?;
        let path = &review.workspace.file(down.file).path;
        let (folder, file) = path.split_at(folder_of(path));
        let up = on_disk(migration);
        let stem = up.split('.').next().unwrap_or_default();
        let file = match &number {
            _ if !stem.is_empty() && file.contains(stem) => file.replace(stem, &name),
            Some(number) if file.contains(&migration.version) => file.replace(&migration.version, number),
            _ => return None,
        };
        Some(format!("{folder}{file}"))
    });
    let file = |pattern: &str| match &rollback {
        Some(rollback) if pattern.contains("rollback") => rollback.clone(),
        _ => pattern.replace("{name}", &name).replacen("migrations/", folder.unwrap_or("migrations/"), 1),
    };
    let files: Vec<String> = files.split(' ').map(file).map(|path| shell_word(&path)).collect();
    format!("touch {}", files.join(" "))
}

/// A command for every script it is about, or once where it names none. Of several files the first that fails ends it.
fn for_each<'a>(
    review: &Review,
    command: &str,
    scripts: impl Iterator<Item = (&'a Migration, &'a Script)>,
) -> String {
    let scripts: Vec<(&Migration, &Script)> = scripts.collect();
    if let (Some(start), true) = (command.strip_suffix("{file}"), scripts.len() > 1) {
        let (remark, start) = start.rsplit_once('\n').unwrap_or(("", start));
        let remark = if remark.is_empty() { String::new() } else { format!("{remark}\n") };
        let files: String = scripts
            .iter()
            .map(|(_, script)| format!(" \\\n  {}", shell_word(&path(review, script))))
            .collect();
        return format!("{remark}for script in{files}\ndo\n  {start}\"$script\" || break\ndone");
    }
    let mut lines: Vec<String> = Vec::new();
    for (migration, script) in scripts {
        // A remark that is the same for all scripts is made once.
        for line in filled(review, command, migration, script).lines() {
            let said_once = line.trim_start().starts_with('#') || !command.contains('{');
            if !said_once || !lines.iter().any(|l| l == line) {
                lines.push(line.to_owned());
            }
        }
    }
    lines.join("\n")
}

fn filled(review: &Review, command: &str, migration: &Migration, script: &Script) -> String {
    command
        .replace("{file}", &shell_word(&path(review, script)))
        .replace("{migration}", &shell_word(&on_disk(migration)))
}

/// The script's own path, or the name to save it under.
pub(super) fn path(review: &Review, script: &Script) -> String {
    if !is_part_of_a_document(review, script) {
        review.workspace.file(script.file).path.clone()
    } else if let Some(path) = super::document::path_in(review, script) {
        path
    } else if is_heading(review, script) {
        let is_it =
            |migration: &Migration| (migration.up.file, &migration.up.range) == (script.file, &script.range);
        let number = review.history.migrations.iter().position(is_it).map_or(0, |index| index + 1);
        let words = script.title.to_ascii_lowercase().replace(|c: char| !c.is_alphanumeric(), "_");
        format!("{number:03}_{words}.sql")
    } else {
        script.title.clone()
    }
}

/// Is it known by the heading that it stands under, and not by a name of a file?
pub(super) fn is_heading(review: &Review, script: &Script) -> bool {
    is_part_of_a_document(review, script) && !script.title.contains('.')
}

pub(super) fn is_part_of_a_document(review: &Review, script: &Script) -> bool {
    let path = &review.workspace.file(script.file).path;
    !path.ends_with(&script.title)
}

fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '@');
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
