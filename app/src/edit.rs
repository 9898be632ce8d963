//! What differs between a review and the one before it, so that an edit of one file in a thousand does not send all of them to
//! the worker, nor all of their reviews back.

use serde::{Deserialize, Serialize};

use crate::protocol::{Job, Reviewed, ScriptTokens, Settings, Token};
use lockstep_core::report::json::{Document, Migration};

/// A [`Job`], told by what differs from the one before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobEdit {
    /// The files.
    files: Vec<FileEdit>,
    /// The reader's settings.
    settings: Settings,
    /// Is the review of the job before it known, so that its parts need not be sent again?
    pub knows_last: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum FileEdit {
    /// The file that was at this place.
    Same(usize),
    /// Path and bytes.
    Now(String, Vec<u8>),
}

impl JobEdit {
    /// What makes `job` of the one before it; none where nothing is known of it any more.
    pub fn of(job: &Job, before: Option<&Job>) -> JobEdit {
        let old = before.map_or(&[][..], |before| &before.files);
        let edit = |(index, file): (usize, &(String, Vec<u8>))| {
            let mut places = places(index, job.files.len(), old.len());
            match places.find(|place| old.get(*place) == Some(file)) {
                Some(place) => FileEdit::Same(place),
                None => FileEdit::Now(file.0.clone(), file.1.clone()),
            }
        };
        JobEdit {
            files: job.files.iter().enumerate().map(edit).collect(),
            settings: job.settings.clone(),
            knows_last: before.is_some(),
        }
    }

    /// The job, made of the files of the one before it.
    pub fn job(self, before: &Job) -> Job {
        let file = |edit| match edit {
            FileEdit::Same(place) => before.files.get(place).cloned(),
            FileEdit::Now(path, bytes) => Some((path, bytes)),
        };
        Job { files: self.files.into_iter().filter_map(file).collect(), settings: self.settings }
    }
}

/// A [`Reviewed`], told by what differs from the one before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewEdit {
    /// The document, without its migrations.
    document: Document,
    migrations: Vec<MigrationEdit>,
    tokens_of_all: Vec<Token>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum MigrationEdit {
    /// The migration that was at this place.
    Same(usize),
    Now(Box<(Migration, ScriptTokens)>),
}

impl ReviewEdit {
    /// What makes `reviewed` of the one before it, or of nothing. Leaves it as it is.
    pub fn of(reviewed: &mut Reviewed, before: Option<&Reviewed>) -> ReviewEdit {
        // Only what differs is copied.
        let migrations = std::mem::take(&mut reviewed.document.migrations);
        let document = reviewed.document.clone();
        let old = before.map_or(&[][..], |before| &before.document.migrations);
        let old_tokens = before.map_or(&[][..], |before| &before.tokens);
        let edit = |(index, (migration, tokens)): (usize, (&Migration, &ScriptTokens))| {
            let is_same =
                |place: &usize| old.get(*place) == Some(migration) && old_tokens.get(*place) == Some(tokens);
            match places(index, migrations.len(), old.len()).find(is_same) {
                Some(place) => MigrationEdit::Same(place),
                None => MigrationEdit::Now(Box::new((migration.clone(), tokens.clone()))),
            }
        };
        let edits = migrations.iter().zip(&reviewed.tokens).enumerate().map(edit).collect();
        reviewed.document.migrations = migrations;
        ReviewEdit { document, migrations: edits, tokens_of_all: reviewed.tokens_of_all.clone() }
    }

    /// The review, made of the migrations of the one before it; none where that is not the one it was made for.
    pub fn reviewed(self, before: &[Migration], old_tokens: &[ScriptTokens]) -> Option<Reviewed> {
        let part = |edit| match edit {
            MigrationEdit::Same(place) => Some((before.get(place)?.clone(), old_tokens.get(place)?.clone())),
            MigrationEdit::Now(part) => Some(*part),
        };
        let parts: Vec<_> = self.migrations.into_iter().map(part).collect::<Option<_>>()?;
        let (migrations, tokens) = parts.into_iter().unzip();
        let document = Document { migrations, ..self.document };
        Some(Reviewed { document, tokens, tokens_of_all: self.tokens_of_all })
    }
}

/// Where one of `count` things may have stood among `before` ones: at the same place, or, as things come and go at one place,
/// moved by as many.
pub fn places(index: usize, count: usize, before: usize) -> impl Iterator<Item = usize> {
    [Some(index), (index + before).checked_sub(count)].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::Engine;

    fn job(files: &[(&str, &str)]) -> Job {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Job { files: files.collect(), settings: Settings::default() }
    }

    #[test]
    fn what_was_edited_is_told_and_nothing_else() {
        let (a, b, c) = (("1.sql", "CREATE TABLE a ();"), ("2.sql", "DROP TABLE a;"), ("3.sql", "SELECT 1;"));
        let before = job(&[a, b, c]);
        for (files, told) in [
            (vec![a, b, c], 0),
            (vec![a, ("2.sql", "DROP TABLE b;"), c], 1),
            (vec![a, ("1b.sql", "SELECT 2;"), b, c], 1),
            (vec![b, c], 0),
            (vec![], 0),
        ] {
            let now = job(&files);
            let edit = JobEdit::of(&now, Some(&before));
            let is_told = |file: &&FileEdit| matches!(file, FileEdit::Now(..));
            assert_eq!(edit.files.iter().filter(is_told).count(), told, "{files:?}");
            assert_eq!(edit.job(&before), now);
            assert_eq!(JobEdit::of(&now, None).job(&job(&[])), now);
        }
    }

    #[test]
    fn a_review_is_made_of_the_one_before_it() {
        let mut engine = Engine::default();
        let files = |second| job(&[("1.sql", "SELECT 1;"), ("2.sql", second), ("3.sql", "SELECT 3;")]);
        let (first, second) = (files("SELECT 2;"), files("SELECT 4;"));
        let whole = engine.review(JobEdit::of(&first, None)).reviewed(&[], &[]).unwrap();
        let edit = engine.review(JobEdit::of(&second, Some(&first)));
        let is_same = |part: &&MigrationEdit| matches!(part, MigrationEdit::Same(_));
        assert_eq!(edit.migrations.iter().filter(is_same).count(), 2);
        assert_eq!(edit.clone().reviewed(&[], &[]), None);
        let edited = edit.reviewed(&whole.document.migrations, &whole.tokens).unwrap();
        let afresh = Engine::default().review(JobEdit::of(&second, None)).reviewed(&[], &[]).unwrap();
        assert_eq!(edited, afresh);
    }
}
