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
    let downs: Vec<(&Migration, &Script)> = reviewed
        .iter()
        .rev()
        .filter_map(|m| Some((*m, m.down.as_ref().filter(|down| !down.missing)?)))
        .collect();
    let of_all = history.down_of_all.as_ref().filter(|down| !down.missing);
    if let (Some(down), Some(last)) = (of_all, reviewed.last()) {
        out += &format!("\nRoll all of it back, with {}:\n\n", code(&down.title));
        out += &markup::block("sh", &filled(review, commands.roll_back, last, down));
    }
    if !downs.is_empty() {
        out += "\nRoll back, the last migration first:\n\n";
        out += &markup::block("sh", &for_each(review, commands.roll_back, downs.into_iter()));
    }
    let example = naming::found(history).and_then(|naming| naming.next);
    let name = match &example {
        Some(number) if commands.create.contains("touch") => format!("{number}_what_it_does"),
        _ => "what_it_does".to_owned(),
    };
    out += "\nBegin the next migration:\n\n";
    out + &markup::block("sh", &commands.create.replace("{name}", &name))
}

/// A command for every script it is about, or once where it names none.
fn for_each<'a>(
    review: &Review,
    command: &str,
    scripts: impl Iterator<Item = (&'a Migration, &'a Script)>,
) -> String {
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
    let path = &review.workspace.file(script.file).path;
    if !is_part_of_a_document(review, script) {
        path.clone()
    } else if script.title.contains('.') {
        script.title.clone()
    } else {
        format!("{}.sql", script.title.to_ascii_lowercase().replace(|c: char| !c.is_alphanumeric(), "_"))
    }
}

fn is_part_of_a_document(review: &Review, script: &Script) -> bool {
    let path = &review.workspace.file(script.file).path;
    !path.ends_with(&script.title)
}

fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '@');
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
