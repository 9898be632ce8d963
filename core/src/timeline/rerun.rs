//! Could a migration be run a second time, right after the first?

use super::{Run, lived_in, run_again};
use crate::layout::Script;
use crate::schema::{Schema, diff};
use crate::simulate::{Server, State};
use crate::sql::{Command, Dml, Node, QualifiedName, Query, Select};

/// What a second run of a migration would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rerun {
    /// Nothing that the first has not done: the migration is idempotent.
    Harmless,
    /// The server refuses it.
    Refused {
        /// The statement that it refuses, as an index into the run.
        at: usize,
        /// In its words.
        error: String,
    },
    /// It changes more, one line each.
    Repeats(Vec<String>),
    /// It cannot be told, with the reason.
    Unknown(String),
}

/// A second run of a script, behind this one.
pub fn rerun(script: &Script, run: &Run, server: &Server) -> Rerun {
    rerun_behind(script, run, server, &lived_in(&run.after))
}

/// A second run of a script, on what this one left, after some use.
pub fn rerun_behind(script: &Script, run: &Run, server: &Server, behind: &State) -> Rerun {
    if script.missing {
        return Rerun::Unknown("its SQL is not here".to_owned());
    }
    if let Some((_, error)) = run.first_error() {
        return Rerun::Unknown(format!("the first run fails already: {}", error.message));
    }
    let again = match run_again(run, script.transaction, behind, server) {
        Ok(again) => again,
        Err((at, error)) => return Rerun::Refused { at, error: error.message },
    };
    let schema = &again.before.schema;
    let changes = diff(schema, &again.after.schema).into_iter().map(|difference| difference.text);
    let rows = commands(&again).filter_map(|command| repeated_rows(command, schema, &again));
    let mut lines: Vec<String> = changes.chain(rows).collect();
    lines.dedup();
    if !lines.is_empty() {
        Rerun::Repeats(lines)
    } else if again.moments.iter().any(|moment| !moment.step.modelled) {
        Rerun::Unknown("a statement whose effect is not simulated takes part".to_owned())
    } else {
        Rerun::Harmless
    }
}

/// All commands of a run, those in DO blocks too.
fn commands(run: &Run) -> impl Iterator<Item = &Command> {
    run.statements.iter().zip(&run.moments).flat_map(|(statement, moment)| {
        std::iter::once(&statement.command).chain(moment.step.inner.iter().map(|inner| &*inner.command))
    })
}

/// Rows that a second run changes once more.
fn repeated_rows(command: &Command, schema: &Schema, run: &Run) -> Option<String> {
    let shown = |table: &QualifiedName| {
        let found = schema.resolve(table, &run.before.session.search_path());
        found.map_or_else(|| table.to_string(), |relation| relation.display_name())
    };
    match command {
        Command::Dml(Dml::Insert { table, on_conflict: None, source, .. })
            if !source.as_ref().is_some_and(|query| leaves_out_what_is_there(query)) =>
        {
            Some(format!("its rows go into {} once more, or a unique key refuses them", shown(table)))
        }
        Command::Dml(Dml::Update { table, assignments, .. }) => {
            let own = assignments.iter().find(|(column, value)| value.columns().contains(column));
            own.map(|(column, _)| format!("{}.{column} is computed from itself once more", shown(table)))
        }
        Command::Copy(copy) if copy.from => {
            copy.table.as_ref().map(|table| format!("its rows go into {} once more", shown(table)))
        }
        _ => None,
    }
}

/// Has the query a condition with a subquery, such as NOT EXISTS, that can leave out rows which are there already?
fn leaves_out_what_is_there(query: &Query) -> bool {
    match &query.select {
        Select::Simple { condition: Some(condition), .. } => {
            let mut found = false;
            condition.walk(|node| found |= matches!(node, Node::Subquery { .. }));
            found
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, Workspace, review};

    #[test]
    fn a_second_run() {
        let once_more = |text: &str| Rerun::Repeats(vec![text.to_owned()]);
        let refused = |text: &str| Rerun::Refused { at: 0, error: text.to_owned() };
        for (sql, expected) in [
            ("CREATE TABLE IF NOT EXISTS a (id int);", Rerun::Harmless),
            ("CREATE TABLE a (id int);", refused("relation \"a\" already exists")),
            ("UPDATE a SET n = 1 WHERE n IS NULL;", Rerun::Harmless),
            ("UPDATE a SET n = n + 1;", once_more("public.a.n is computed from itself once more")),
            (
                "INSERT INTO a VALUES (1);",
                once_more("its rows go into public.a once more, or a unique key refuses them"),
            ),
            ("INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING;", Rerun::Harmless),
            ("INSERT INTO a SELECT 1 WHERE NOT EXISTS (SELECT FROM a WHERE id = 1);", Rerun::Harmless),
        ] {
            let mut workspace = Workspace::new();
            workspace.add("001_a.sql", sql);
            let review = review(&workspace, &Settings::default());
            assert_eq!(review.reruns, [expected], "{sql}");
        }
    }
}
