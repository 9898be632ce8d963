//! The schema at a moment of the history, compared with another.

use lockstep_core::schema::{self, Schema};
use lockstep_core::timeline::{Run, Timeline};

use super::arrangement;
use super::diff::{By, compare};
use crate::protocol::{Against, Moment, SchemaShown};

/// What there is at the moment; none where there is no such moment.
pub fn shown(timeline: &Timeline, moment: Moment, against: Against) -> Option<SchemaShown> {
    let run = timeline.ups.get(moment.migration)?;
    let after = at(run, moment.statements)?;
    let before = match against {
        Against::MigrationBefore => &run.before.schema,
        Against::StatementBefore => {
            let run_so_far = moment.statements.unwrap_or(run.statements.len());
            &run.state_before(run_so_far.saturating_sub(1)).schema
        }
        Against::Start => &timeline.start.schema,
        Against::After(migration) => &timeline.ups.get(migration)?.after.schema,
    };
    let differences = schema::diff(before, after);
    Some(SchemaShown {
        changes: differences.iter().map(|difference| difference.change_line()).collect(),
        objects: schema::outline(before, after, &differences),
        slots: Vec::new(),
        touched: arrangement::touched(run),
        lines: compare(&schema::ddl(before), &schema::ddl(after), By::Essence),
    })
}

fn at(run: &Run, statements: Option<usize>) -> Option<&Schema> {
    match statements {
        None => Some(&run.after.schema),
        Some(count) => (count <= run.moments.len()).then(|| &run.state_before(count).schema),
    }
}

#[cfg(test)]
mod tests {
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    #[test]
    fn each_moment_is_compared_with_what_is_asked_for() {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "CREATE TABLE a (id int); CREATE TABLE a (id int);");
        workspace.add("002_b.sql", "ALTER TABLE a ADD COLUMN x int; ALTER TABLE a ADD COLUMN y int;");
        let timeline = review(&workspace, &Settings::default()).timeline;
        let (x, y) = ("+ column public.a.x integer", "+ column public.a.y integer");
        let a = "+ table public.a (id)";
        for (migration, statements, against, changes) in [
            (0, Some(0), Against::MigrationBefore, &[][..]),
            (0, Some(1), Against::StatementBefore, &[a]),
            // PostgreSQL refuses the second.
            (0, Some(2), Against::StatementBefore, &[]),
            (0, None, Against::MigrationBefore, &[a]),
            (1, Some(0), Against::StatementBefore, &[]),
            (1, Some(1), Against::MigrationBefore, &[x]),
            (1, None, Against::StatementBefore, &[y]),
            (1, None, Against::MigrationBefore, &[x, y]),
            (1, None, Against::After(0), &[x, y]),
            (1, Some(0), Against::After(1), &["- column public.a.x", "- column public.a.y"]),
        ] {
            let moment = Moment { migration, statements };
            let shown = shown(&timeline, moment, against).unwrap();
            assert_eq!(shown.changes, changes, "{moment:?} {against:?}");
        }
        let whole = shown(&timeline, Moment { migration: 1, statements: None }, Against::Start).unwrap();
        assert_eq!(whole.changes, ["+ table public.a (id, x, y)"]);
        for moment in
            [Moment { migration: 2, statements: None }, Moment { migration: 0, statements: Some(3) }]
        {
            assert_eq!(shown(&timeline, moment, Against::Start), None);
        }
    }
}
