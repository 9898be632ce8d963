//! What a click does on what is drawn as HTML: words in the attribute `data-do`, so that one listener serves all.

use super::html::{Html, Piece, html};
use crate::page::session::{Direction, FindingKey, LineOfScript};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Choose the files to open.
    OpenFiles,
    /// Choose the folder to open.
    OpenFolder,
    /// Light becomes dark, dark light.
    SwitchTheme,
    /// Begin a new review.
    Clear,
    /// Show the kept reviews.
    Reviews,
    /// Show how to pass this review on.
    Share,
    /// Close the dialog that this stands in.
    CloseDialog,
    /// Open the kept review of this key.
    OpenReview(usize),
    /// Ask whether to delete the kept review of this key, or with 0 all.
    AskToDelete(usize),
    /// Delete it.
    Delete(usize),
    /// Do not.
    Spare,
    /// Take the notices away.
    Dismiss,
    /// Review once more.
    ReviewAgain,
    /// Load the page anew.
    Reload,
    /// Look at the part of the review of this index.
    Tab(usize),
    /// Take the sample history of this index.
    Example(usize),
    /// Put this file into the textbox.
    OpenFile(usize),
    /// Take this file away.
    RemoveFile(usize),
    /// Look at this migration.
    Migration(usize),
    /// Look at this finding, and at its place in the code.
    Finding(FindingKey),
    /// Go from the code to this finding in the list.
    BackToFinding(FindingKey),
    /// List findings of the severity of this index, or no longer.
    Severity(usize),
    /// List more findings.
    MoreFindings,
    /// Draw more sections.
    MoreSections,
    /// Go to this line in the code.
    Line(LineOfScript),
    /// Go to the locks of the statement at this line.
    Locks(LineOfScript),
    /// Draw the lines around this one.
    LinesAround(LineOfScript),
    /// Look at the next finding.
    NextFinding,
    /// Look at the finding before.
    PreviousFinding,
    /// Take this server version.
    Postgres(usize),
    /// Tell of the keys.
    Keys,
    /// Offer all there is to do.
    Commands,
    /// Open the rule book at this chapter.
    Rule(usize),
    /// Look at the schema one statement later, or earlier.
    Step {
        /// Later?
        forward: bool,
    },
    /// Fold this object of the schema, or open it.
    Fold(u32),
    /// List more objects of the schema.
    MoreObjects,
    /// Go from the diagram to this object in the list.
    Object(u32),
    /// Go nearer to the diagram (0), farther away (1), or as far as it takes to see all (2).
    Zoom(usize),
    /// Write a way back for this migration.
    WriteWayBack(usize),
    /// Look for rewrites of the statement that this finding is about.
    Rewrite(FindingKey),
    /// Take the rewrite of this index.
    Apply(usize),
    /// Take back the rewrite that was taken last.
    Undo,
    /// This migration was reviewed.
    Sign(usize),
    /// All migrations were.
    SignAll,
    /// Nobody has reviewed this migration.
    Unsign(usize),
    /// This danger is accepted, for the reason that was typed.
    Accept(FindingKey),
    /// It is not.
    Refuse(FindingKey),
    /// What still holds is signed for the files as they are.
    SignAgain,
    /// Put this migration and those after it under review; those before are applied.
    ReviewFrom(usize),
    /// Ask whether two statements conflict.
    Explore,
    /// Offer all files as one archive.
    Everything,
    /// Copy this text.
    Copy(Text),
    /// Offer this text as a file.
    Download(Text),
}

/// A text that the reader can take along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// The migration README.
    Readme,
    /// The review.
    Report,
    /// The schema that is shown.
    Schema,
    /// The diagram of the schema that is shown.
    Diagram,
    /// This script of this migration.
    Script(usize, Direction),
    /// The way back that was written for this migration.
    WayBack(usize),
    /// The link to the review.
    Link,
    /// The review with its files and settings.
    Saved,
    /// The sign-off.
    SignOff,
    /// The query for table sizes.
    SizesQuery,
    /// The paper of this index.
    Paper(usize),
}

impl Action {
    fn words(self) -> (&'static str, [usize; 3]) {
        match self {
            Action::OpenFiles => ("open-files", [0; 3]),
            Action::OpenFolder => ("open-folder", [0; 3]),
            Action::SwitchTheme => ("theme", [0; 3]),
            Action::Clear => ("clear", [0; 3]),
            Action::Reviews => ("reviews", [0; 3]),
            Action::Share => ("share", [0; 3]),
            Action::CloseDialog => ("close", [0; 3]),
            Action::OpenReview(id) => ("open-review", [id, 0, 0]),
            Action::AskToDelete(id) => ("ask-to-delete", [id, 0, 0]),
            Action::Delete(id) => ("delete", [id, 0, 0]),
            Action::Spare => ("spare", [0; 3]),
            Action::Dismiss => ("dismiss", [0; 3]),
            Action::ReviewAgain => ("review", [0; 3]),
            Action::Reload => ("reload", [0; 3]),
            Action::Tab(index) => ("tab", [index, 0, 0]),
            Action::Example(index) => ("example", [index, 0, 0]),
            Action::OpenFile(index) => ("file", [index, 0, 0]),
            Action::RemoveFile(index) => ("remove", [index, 0, 0]),
            Action::Migration(index) => ("migration", [index, 0, 0]),
            Action::Finding(key) => ("finding", of_key(key)),
            Action::BackToFinding(key) => ("back", of_key(key)),
            Action::Severity(index) => ("severity", [index, 0, 0]),
            Action::MoreFindings => ("more-findings", [0; 3]),
            Action::MoreSections => ("more-sections", [0; 3]),
            Action::Line(line) => ("line", of_line(line)),
            Action::Locks(line) => ("locks", of_line(line)),
            Action::LinesAround(line) => ("around", of_line(line)),
            Action::NextFinding => ("next", [0; 3]),
            Action::PreviousFinding => ("previous", [0; 3]),
            Action::Postgres(version) => ("postgres", [version, 0, 0]),
            Action::Keys => ("keys", [0; 3]),
            Action::Commands => ("commands", [0; 3]),
            Action::Rule(index) => ("rule", [index, 0, 0]),
            Action::Step { forward } => ("step", [forward as usize, 0, 0]),
            Action::Fold(object) => ("fold", [object as usize, 0, 0]),
            Action::MoreObjects => ("more-objects", [0; 3]),
            Action::Object(object) => ("object", [object as usize, 0, 0]),
            Action::Zoom(how) => ("zoom", [how, 0, 0]),
            Action::WriteWayBack(migration) => ("write-back", [migration, 0, 0]),
            Action::Rewrite(key) => ("rewrite", of_key(key)),
            Action::Apply(offer) => ("apply", [offer, 0, 0]),
            Action::Undo => ("undo", [0; 3]),
            Action::Sign(migration) => ("sign", [migration, 0, 0]),
            Action::SignAll => ("sign-all", [0; 3]),
            Action::Unsign(migration) => ("unsign", [migration, 0, 0]),
            Action::Accept(key) => ("accept", of_key(key)),
            Action::Refuse(key) => ("refuse", of_key(key)),
            Action::SignAgain => ("sign-again", [0; 3]),
            Action::ReviewFrom(migration) => ("review-from", [migration, 0, 0]),
            Action::Explore => ("explore", [0; 3]),
            Action::Everything => ("everything", [0; 3]),
            Action::Copy(text) => ("copy", of_text(text)),
            Action::Download(text) => ("download", of_text(text)),
        }
    }

    /// The action of these words; none of any others.
    pub fn parse(words: &str) -> Option<Self> {
        let (verb, rest) = words.split_once(' ')?;
        let mut numbers = [0; 3];
        for (number, word) in numbers.iter_mut().zip(rest.split(' ')) {
            *number = word.parse().ok()?;
        }
        let [first, second, third] = numbers;
        let direction = || Direction::ALL.get(second).copied();
        let key = (first.checked_sub(1), second);
        let line = || Some(LineOfScript { migration: first, direction: direction()?, line: third as u32 });
        let text = || {
            Some(match third {
                0 => Text::Readme,
                1 => Text::Report,
                2 => Text::Schema,
                3 => Text::Diagram,
                5 => Text::Link,
                6 => Text::Saved,
                7 => Text::WayBack(first),
                8 => Text::SignOff,
                9 => Text::Paper(first),
                10 => Text::SizesQuery,
                _ => Text::Script(first, direction()?),
            })
        };
        Some(match verb {
            "open-files" => Action::OpenFiles,
            "open-folder" => Action::OpenFolder,
            "theme" => Action::SwitchTheme,
            "clear" => Action::Clear,
            "reviews" => Action::Reviews,
            "share" => Action::Share,
            "close" => Action::CloseDialog,
            "open-review" => Action::OpenReview(first),
            "ask-to-delete" => Action::AskToDelete(first),
            "delete" => Action::Delete(first),
            "spare" => Action::Spare,
            "dismiss" => Action::Dismiss,
            "review" => Action::ReviewAgain,
            "reload" => Action::Reload,
            "tab" => Action::Tab(first),
            "example" => Action::Example(first),
            "file" => Action::OpenFile(first),
            "remove" => Action::RemoveFile(first),
            "migration" => Action::Migration(first),
            "finding" => Action::Finding(key),
            "back" => Action::BackToFinding(key),
            "severity" => Action::Severity(first),
            "more-findings" => Action::MoreFindings,
            "more-sections" => Action::MoreSections,
            "line" => Action::Line(line()?),
            "locks" => Action::Locks(line()?),
            "around" => Action::LinesAround(line()?),
            "next" => Action::NextFinding,
            "previous" => Action::PreviousFinding,
            "postgres" => Action::Postgres(first),
            "keys" => Action::Keys,
            "commands" => Action::Commands,
            "rule" => Action::Rule(first),
            "step" => Action::Step { forward: first == 1 },
            "fold" => Action::Fold(first as u32),
            "more-objects" => Action::MoreObjects,
            "object" => Action::Object(first as u32),
            "zoom" => Action::Zoom(first),
            "write-back" => Action::WriteWayBack(first),
            "rewrite" => Action::Rewrite(key),
            "apply" => Action::Apply(first),
            "undo" => Action::Undo,
            "sign" => Action::Sign(first),
            "sign-all" => Action::SignAll,
            "unsign" => Action::Unsign(first),
            "accept" => Action::Accept(key),
            "refuse" => Action::Refuse(key),
            "sign-again" => Action::SignAgain,
            "review-from" => Action::ReviewFrom(first),
            "explore" => Action::Explore,
            "everything" => Action::Everything,
            "copy" => Action::Copy(text()?),
            "download" => Action::Download(text()?),
            _ => return None,
        })
    }
}

/// A finding about the set has 0 for its migration, the others count from 1.
fn of_key((migration, index): FindingKey) -> [usize; 3] {
    [migration.map_or(0, |migration| migration + 1), index, 0]
}

fn of_line(LineOfScript { migration, direction, line }: LineOfScript) -> [usize; 3] {
    [migration, direction as usize, line as usize]
}

fn of_text(text: Text) -> [usize; 3] {
    match text {
        Text::Readme => [0, 0, 0],
        Text::Report => [0, 0, 1],
        Text::Schema => [0, 0, 2],
        Text::Diagram => [0, 0, 3],
        Text::Script(migration, direction) => [migration, direction as usize, 4],
        Text::Link => [0, 0, 5],
        Text::Saved => [0, 0, 6],
        Text::WayBack(migration) => [migration, 0, 7],
        Text::SignOff => [0, 0, 8],
        Text::Paper(index) => [index, 0, 9],
        Text::SizesQuery => [0, 0, 10],
    }
}

impl Piece for Action {
    fn write(&self, out: &mut Html) {
        let (verb, [first, second, third]) = self.words();
        html!(out, {verb} " " {first} " " {second} " " {third});
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_comes_back_from_its_words() {
        let line = LineOfScript { migration: 3, direction: Direction::DownOfAll, line: 70 };
        for action in [
            Action::OpenFiles,
            Action::OpenFolder,
            Action::SwitchTheme,
            Action::Clear,
            Action::Reviews,
            Action::Share,
            Action::CloseDialog,
            Action::OpenReview(7),
            Action::AskToDelete(0),
            Action::Delete(7),
            Action::Spare,
            Action::Dismiss,
            Action::ReviewAgain,
            Action::Reload,
            Action::Tab(4),
            Action::Example(2),
            Action::OpenFile(1),
            Action::RemoveFile(1),
            Action::Migration(9),
            Action::Finding((None, 4)),
            Action::Finding((Some(0), 4)),
            Action::BackToFinding((Some(7), 0)),
            Action::Severity(2),
            Action::MoreFindings,
            Action::MoreSections,
            Action::Line(line),
            Action::Locks(line),
            Action::LinesAround(line),
            Action::NextFinding,
            Action::PreviousFinding,
            Action::Postgres(17),
            Action::Keys,
            Action::Commands,
            Action::Rule(8),
            Action::Step { forward: true },
            Action::Step { forward: false },
            Action::Fold(7),
            Action::MoreObjects,
            Action::Object(7),
            Action::Zoom(1),
            Action::WriteWayBack(3),
            Action::Rewrite((Some(2), 5)),
            Action::Apply(1),
            Action::Sign(2),
            Action::SignAll,
            Action::Unsign(2),
            Action::Accept((None, 3)),
            Action::Refuse((Some(1), 3)),
            Action::SignAgain,
            Action::ReviewFrom(2),
            Action::Explore,
            Action::Everything,
            Action::Copy(Text::SizesQuery),
            Action::Download(Text::Paper(4)),
            Action::Download(Text::SignOff),
            Action::Undo,
            Action::Copy(Text::WayBack(3)),
            Action::Copy(Text::Readme),
            Action::Copy(Text::Script(5, Direction::Down)),
            Action::Copy(Text::Link),
            Action::Download(Text::Saved),
            Action::Download(Text::Schema),
            Action::Download(Text::Diagram),
            Action::Download(Text::Report),
        ] {
            assert_eq!(Action::parse(&Html::of(|out| action.write(out))), Some(action));
        }
    }

    #[test]
    fn other_words_are_no_action() {
        for words in ["", "line", "line 1 9 1", "line x 0 1", "drop 1 0 0"] {
            assert_eq!(Action::parse(words), None, "{words}");
        }
    }
}
