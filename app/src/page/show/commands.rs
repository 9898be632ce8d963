//! All there is to do on the page, to be found by its words.

use super::action::{Action, Text};
use super::rulebook::chapters;
use super::title::version_and_name;
use crate::page::session::{Shown, Tab};
use crate::protocol::POSTGRES_VERSIONS;
use crate::texts;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What it is called.
    pub words: String,
    /// What it does.
    pub action: Action,
}

/// How many are offered at a time.
const LIMIT: usize = 12;

/// Everything, in the order in which it is offered.
pub fn all<'a>(
    shown: Option<&Shown>,
    examples: impl Iterator<Item = &'a str>,
    rulebook: &str,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut add = |words: String, action| commands.push(Command { words, action });
    for (index, tab) in Tab::ALL.into_iter().enumerate() {
        add(texts::go_to(tab.title()), Action::Tab(index));
    }
    add(texts::NEXT_FINDING.to_owned(), Action::NextFinding);
    add(texts::PREVIOUS_FINDING.to_owned(), Action::PreviousFinding);
    if shown.is_some() {
        add(texts::DOWNLOAD_REPORT.to_owned(), Action::Download(Text::Report));
    }
    add(texts::EXPLORER.to_owned(), Action::Explore);
    add(texts::UNDO_REWRITE.to_owned(), Action::Undo);
    add(texts::OPEN_FILES.to_owned(), Action::OpenFiles);
    add(texts::OPEN_FOLDER.to_owned(), Action::OpenFolder);
    add(texts::CLEAR_INPUT.to_owned(), Action::Clear);
    add(texts::SWITCH_THEME.to_owned(), Action::SwitchTheme);
    add(texts::SHOW_KEYS.to_owned(), Action::Keys);
    for version in POSTGRES_VERSIONS {
        add(texts::server(version), Action::Postgres(version as usize));
    }
    for (index, example) in examples.enumerate() {
        add(texts::example(example), Action::Example(index));
    }
    for (index, migration) in shown.into_iter().flat_map(|shown| &shown.document.migrations).enumerate() {
        let (version, name) = version_and_name(&migration.version, &migration.name);
        let title = version.into_iter().chain([name]).collect::<Vec<_>>().join(" ");
        add(texts::migration(&title), Action::Migration(index));
    }
    for (index, chapter) in chapters(rulebook).enumerate() {
        add(texts::rule(chapter.rule), Action::Rule(index));
    }
    commands
}

/// Those in which every word of the query is, the ones that begin with it first.
pub fn matching(commands: Vec<Command>, query: &str) -> Vec<Command> {
    let query = query.to_ascii_lowercase();
    let mut found: Vec<(bool, Command)> = commands
        .into_iter()
        .filter_map(|command| {
            let words = command.words.to_ascii_lowercase();
            let fits = query.split_ascii_whitespace().all(|word| words.contains(word));
            fits.then(|| (!words.starts_with(query.trim()), command))
        })
        .collect();
    lockstep_core::sorted::sort_by_key(&mut found, |(later, _)| *later);
    found.truncate(LIMIT);
    found.into_iter().map(|(_, command)| command).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_their_words() {
        let found = |query: &str| -> Vec<String> {
            let commands = all(None, ["crm"].into_iter(), "# Rules\n\n## drop-column\n\nText.\n");
            matching(commands, query).into_iter().map(|command| command.words).collect()
        };
        assert_eq!(found("lock"), ["Lock explorer", "Go to Locks"]);
        assert_eq!(found("drop COL"), ["Rule drop-column"]);
        assert_eq!(found("crm"), ["Example crm"]);
        assert_eq!(found("postgresql 1").len(), POSTGRES_VERSIONS.len());
        assert_eq!(found("").len(), LIMIT);
        assert_eq!(found("nothing of the kind"), [""; 0]);
    }
}
