//! Moments of a history, in order and in words.

use lockstep_core::report::json::{Document, Statement};

use super::title::title;
use crate::protocol::{Against, Moment};
use crate::texts;

/// How many statements a migration has.
pub fn statements(document: &Document, migration: usize) -> usize {
    document.migrations.get(migration).map_or(0, |migration| migration.up.statements.len())
}

/// The moment after so many statements of a migration.
pub fn after(document: &Document, migration: usize, run: usize) -> Moment {
    Moment { migration, statements: (run < statements(document, migration)).then_some(run) }
}

/// How many of its migration's statements have run by then.
pub fn run(document: &Document, moment: Moment) -> usize {
    moment.statements.unwrap_or_else(|| statements(document, moment.migration))
}

/// One statement on, over the migrations.
pub fn next(document: &Document, moment: Moment) -> Option<Moment> {
    let Moment { migration, .. } = moment;
    let run = run(document, moment);
    if run < statements(document, migration) {
        return Some(after(document, migration, run + 1));
    }
    (migration + 1 < document.migrations.len()).then(|| after(document, migration + 1, 1))
}

/// One statement back, over the migrations, as far as the moment before the first.
pub fn previous(document: &Document, moment: Moment) -> Option<Moment> {
    let Moment { migration, .. } = moment;
    match run(document, moment) {
        run if run > 1 || run == 1 && migration == 0 => Some(after(document, migration, run - 1)),
        _ if migration > 0 => Some(Moment { migration: migration - 1, statements: None }),
        _ => None,
    }
}

/// The statement that ran last.
pub fn statement(document: &Document, moment: Moment) -> Option<&Statement> {
    let statements = &document.migrations.get(moment.migration)?.up.statements;
    statements.get(run(document, moment).checked_sub(1)?)
}

/// "After line 4 of 002 orders: ALTER TABLE orders ADD …".
pub fn words(document: &Document, moment: Moment) -> String {
    let Some(migration) = document.migrations.get(moment.migration) else { return String::new() };
    let name = title(&migration.version, &migration.name);
    match (moment.statements, statement(document, moment)) {
        (None, _) => texts::after_migration(&name),
        (Some(_), None) => texts::before_migration(&name),
        (Some(_), Some(statement)) => {
            texts::after_statement(statement.line, &name, &first_words(&statement.sql))
        }
    }
}

/// What a moment is compared with, in words.
pub fn against_words(document: &Document, against: Against) -> String {
    match against {
        Against::MigrationBefore => texts::AGAINST_MIGRATION.to_owned(),
        Against::StatementBefore => texts::AGAINST_STATEMENT.to_owned(),
        Against::Start => texts::AGAINST_START.to_owned(),
        Against::After(migration) => words(document, Moment { migration, statements: None }),
    }
}

/// How a choice of what to compare with is called in the page.
pub fn against_value(against: Against) -> String {
    match against {
        Against::MigrationBefore => "migration".to_owned(),
        Against::StatementBefore => "statement".to_owned(),
        Against::Start => "start".to_owned(),
        Against::After(migration) => migration.to_string(),
    }
}

/// The choice that is called so.
pub fn against_of(value: &str) -> Against {
    match value {
        "statement" => Against::StatementBefore,
        "start" => Against::Start,
        value => value.parse().map_or(Against::MigrationBefore, Against::After),
    }
}

/// A statement's beginning, on one line.
pub fn first_words(sql: &str) -> String {
    const ENOUGH: usize = 70;
    let mut text = String::new();
    for word in sql.split_ascii_whitespace() {
        if text.len() + word.len() > ENOUGH {
            // A single word that is too long is cut.
            if text.is_empty() {
                text.extend(word.chars().take(ENOUGH));
            }
            return text + " …";
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::json;
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    fn document() -> Document {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "CREATE TABLE a (\n  id int\n);\nCREATE TABLE b (id int);");
        workspace.add("002_b.sql", "-- nothing");
        workspace.add("003_c.sql", "DROP TABLE b;");
        json::document(&review(&workspace, &Settings::default()))
    }

    #[test]
    fn steps_lead_through_the_whole_history_and_back() {
        let document = document();
        let first = Moment { migration: 0, statements: Some(0) };
        let mut there = vec![first];
        while let Some(moment) = next(&document, there[there.len() - 1]) {
            there.push(moment);
        }
        let (mut back, mut at) = (Vec::new(), there[there.len() - 1]);
        back.push(at);
        while let Some(moment) = previous(&document, at) {
            at = moment;
            back.push(moment);
        }
        back.reverse();
        assert_eq!(back, there);
        let words: Vec<String> = there.iter().map(|moment| words(&document, *moment)).collect();
        assert_eq!(
            words,
            [
                "Before 001 a",
                "After line 1 of 001 a: CREATE TABLE a ( id int )",
                "After 001 a",
                "After 002 b",
                "After 003 c"
            ]
        );
    }

    #[test]
    fn a_choice_comes_back_from_its_value() {
        for against in [Against::MigrationBefore, Against::StatementBefore, Against::Start, Against::After(3)]
        {
            assert_eq!(against_of(&against_value(against)), against);
        }
    }

    #[test]
    fn a_statement_is_cut_between_words() {
        let long = format!("SELECT {}", "é".repeat(100));
        for (sql, words) in
            [("SELECT\n  1", "SELECT 1".to_owned()), (&long, "SELECT …".to_owned()), ("", String::new())]
        {
            assert_eq!(first_words(sql), words);
        }
        assert_eq!(first_words(&"é".repeat(100)).chars().count(), 72);
    }
}
