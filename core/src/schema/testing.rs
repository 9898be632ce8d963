//! Schemas for tests, made by running SQL through the simulator.

use super::Schema;
use crate::simulate::{Server, State, World, step};
use crate::sql::parse;

/// The catalog of an empty server of that version after a script, every statement of which has to succeed.
pub(super) fn schema_on(version: u32, sql: &str) -> Schema {
    run(&State::default(), sql, &Server { version, world: World::closed() }).schema
}

/// The same on the newest version.
pub(super) fn schema_of(sql: &str) -> Schema {
    schema_on(18, sql)
}

/// What a script makes of a catalog, where names that are not known are assumed.
pub(super) fn then(before: &Schema, sql: &str) -> Schema {
    let state = State { schema: before.clone(), ..State::default() };
    run(&state, sql, &Server { version: 18, world: World::default() }).schema
}

fn run(state: &State, sql: &str, server: &Server) -> State {
    parse(sql, 0).iter().fold(state.clone(), |state, statement| {
        let step = step(&state, statement, server);
        let text = &sql[statement.range.start as usize..statement.range.end as usize];
        assert!(step.error.is_none(), "{text}: {:?}", step.error);
        assert!(step.modelled, "{text} is not modelled");
        step.after
    })
}
