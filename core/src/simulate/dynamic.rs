//! SQL that is put together at run time: what it may have changed is not known from there on.

use std::sync::Arc;

use super::dml::nodes_of;
use super::run::Run;
use crate::schema::{Function, Id, Rows};
use crate::sql::plpgsql::{BodyAction, BodyStatement};
use crate::sql::{Command, Literal, Node};

/// How many calls are followed from one statement: functions may call each other many times.
const MAX_CALLS: usize = 200;

/// A call that was followed: the function, and the strings that were given to it and to those that called it.
type Followed = (Id, Vec<String>);

/// EXECUTE in a block with this text.
pub(super) fn executed(run: &mut Run, statement: &Node, block: &str, line: u32) {
    run.not_modelled();
    run.assume(format!("the statement that line {line} of the block puts together at run time is not known"));
    forget(run, statement, &[], block);
}

/// The functions that are called by what is evaluated; those that put statements together count.
pub(super) fn called(run: &mut Run, nodes: &[&Node]) {
    follow(run, nodes, &[], &mut Vec::new());
}

fn follow(run: &mut Run, nodes: &[&Node], arguments: &[String], followed: &mut Vec<Followed>) {
    let mut calls = Vec::new();
    for node in nodes {
        node.walk(|node| {
            if let Node::Function { name, .. } = node {
                calls.push((name, node));
            }
        });
    }
    for (name, call) in calls {
        let is_called = |own: &&Arc<Function>| own.options.language.as_deref() == Some("plpgsql");
        let path = run.search_path();
        let called: Vec<_> = run.schema.functions_called(name, &path).filter(is_called).cloned().collect();
        for own in &called {
            let (Some(statements), Some(body)) = (own.statements(), &own.body) else { continue };
            let (mut dynamic, mut evaluated) = (Vec::new(), Vec::new());
            flatten(statements, &mut dynamic, &mut evaluated);
            let mut given = strings(call);
            given.extend_from_slice(arguments);
            let call = (own.id, given);
            if followed.len() >= MAX_CALLS || followed.contains(&call) {
                continue;
            }
            let given = call.1.clone();
            followed.push(call);
            for statement in dynamic {
                if forget(run, statement, &given, body) {
                    run.not_modelled();
                    run.assume(format!("what {name} puts together at run time and executes is not known"));
                }
            }
            follow(run, &evaluated, &given, followed);
        }
    }
}

/// What a body executes, and what it evaluates besides.
fn flatten<'b>(body: &'b [BodyStatement], dynamic: &mut Vec<&'b Node>, evaluated: &mut Vec<&'b Node>) {
    for statement in body {
        match &statement.action {
            BodyAction::ExecuteDynamic(expression) => dynamic.push(&expression.node),
            BodyAction::Evaluate(expression) => evaluated.push(&expression.node),
            BodyAction::Sql(command) => {
                if let Command::Query(query) = &**command {
                    evaluated.extend(nodes_of(query));
                }
            }
            BodyAction::Branches(branches) => {
                branches.iter().for_each(|(_, body)| flatten(body, dynamic, evaluated));
            }
            BodyAction::Loop { body, .. } => flatten(body, dynamic, evaluated),
            BodyAction::Block { body, handlers } => {
                flatten(body, dynamic, evaluated);
                handlers.iter().flatten().for_each(|body| flatten(body, dynamic, evaluated));
            }
            _ => {}
        }
    }
}

/// What a statement may do, by what of its text is known.
#[derive(Default)]
struct Effect {
    /// Other relations may be there from now on.
    creates: bool,
    /// The tables that it names are no longer what they were.
    alters: bool,
    /// Columns and constraints may change, of any table where none is named.
    alters_any: bool,
    /// The table that it names may have got rows.
    fills: bool,
}

fn effect(statement: &Node) -> Effect {
    let text = leading(statement).map(|text| text.to_ascii_lowercase());
    let mut words = text.iter().flat_map(|text| text.split_whitespace());
    let known = strings(statement).concat();
    let says = |words: &[&str]| words.iter().any(|word| mentions(&known, word));
    match (words.next().unwrap_or("%"), words.next().unwrap_or("%")) {
        ("create", "table" | "view" | "materialized" | "temp" | "temporary" | "unlogged") => {
            Effect { creates: true, ..Effect::default() }
        }
        ("create", "index" | "unique") => Effect { creates: true, alters: true, ..Effect::default() },
        ("create", "policy" | "trigger" | "or") => Effect { alters: true, ..Effect::default() },
        ("alter" | "drop", what) if what == "table" || what.contains('%') => {
            // These leave columns and constraints as they are.
            let is_known =
                says(&["owner", "enable", "disable", "force", "set", "attach", "detach", "validate"]);
            let reshapes = says(&["add", "column", "constraint", "rename"]);
            Effect { alters: true, alters_any: reshapes || !is_known, ..Effect::default() }
        }
        ("drop", "policy" | "trigger" | "index" | "view" | "materialized") => {
            Effect { alters: true, ..Effect::default() }
        }
        ("insert" | "copy", _) => Effect { fills: true, ..Effect::default() },
        (verb, _) if verb == "do" || verb.contains('%') => {
            Effect { creates: true, alters: true, alters_any: true, fills: false }
        }
        _ => Effect::default(),
    }
}

/// From here on, what the statement may have changed is not known. False when that is nothing.
fn forget(run: &mut Run, statement: &Node, arguments: &[String], body: &str) -> bool {
    let effect = effect(statement);
    if effect.creates {
        run.schema.has_unread = true;
    }
    let mut known = strings(statement);
    known.extend_from_slice(arguments);
    let known = known.join(" ");
    if effect.alters {
        let mut tables = named(run, &known);
        if tables.is_empty() && effect.alters_any {
            let body = body.to_ascii_lowercase();
            let reads_catalog = ["pg_", "information_schema"].iter().any(|catalog| body.contains(catalog));
            tables = if reads_catalog { Vec::new() } else { named(run, &body) };
            if tables.is_empty() {
                tables = named_by(run, |_| true);
            }
        }
        tables.into_iter().for_each(|table| run.schema.reopen(table));
    }
    if effect.fills {
        let target = known.split("into ").nth(1).and_then(|rest| rest.split([' ', '(']).next());
        for table in named(run, target.unwrap_or_default()) {
            run.change_table(table, |table| table.rows = Rows::Unknown);
        }
    }
    effect.creates || effect.alters
}

/// The tables whose names stand in a text in lower case.
fn named(run: &Run, text: &str) -> Vec<Id> {
    named_by(run, |name| mentions(text, name))
}

fn named_by(run: &Run, is_meant: impl Fn(&str) -> bool) -> Vec<Id> {
    let tables = run.schema.relations().filter(|relation| relation.table().is_some());
    tables.filter(|table| is_meant(&table.name)).map(|table| table.id).collect()
}

/// Does a text hold the word, and not as a part of a longer one?
fn mentions(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

/// The string constants in an expression, in lower case and in order.
fn strings(node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    node.walk(|node| {
        if let Node::Literal(Literal::String(text)) = node {
            found.push(text.to_ascii_lowercase());
        }
    });
    found
}

/// The text that a string which is put together begins with, where that is known.
fn leading(node: &Node) -> Option<&str> {
    let mut node = node;
    loop {
        node = match node {
            Node::Literal(Literal::String(text)) => return Some(text),
            Node::Operator { operands, .. } => operands.first()?,
            Node::Function { arguments, .. } => arguments.first()?,
            Node::Cast { operand, .. } => operand,
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::simulate::{Server, State, World, step};
    use crate::sql::parse;

    const TABLES: &str = "CREATE TABLE a (id int, CONSTRAINT c CHECK (id > 0)); CREATE TABLE b (id int);
        CREATE FUNCTION add_times(name text) RETURNS void LANGUAGE plpgsql AS $f$
        DECLARE ddl text;
        BEGIN ddl := concat('alter table ', name, ' add column at timestamptz'); EXECUTE(ddl); END $f$;
        CREATE FUNCTION outer_one(name text) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN PERFORM add_times(name); END $f$;
        CREATE FUNCTION count_of(name text) RETURNS bigint LANGUAGE plpgsql AS $f$
        DECLARE n bigint; BEGIN EXECUTE format('SELECT count(*) FROM %I', name) INTO n; RETURN n; END $f$;";

    /// The SQLSTATE of the last statement, in a closed world.
    fn last(sql: &str) -> Option<&'static str> {
        let server = Server { version: 18, world: World::closed() };
        let mut state = State::default();
        let mut last = None;
        for statement in parse(&format!("{TABLES}{sql}"), 0) {
            let done = step(&state, &statement, &server);
            last = done.error.map(|error| error.sqlstate);
            state = done.after;
        }
        last
    }

    #[test]
    fn what_it_may_have_changed_is_uncertain_and_nothing_else() {
        for (before, after, expected) in [
            // A function that is called with the table's name.
            ("SELECT add_times('a');", "UPDATE a SET at = now();", None),
            ("SELECT add_times('a');", "UPDATE b SET at = now();", Some("42703")),
            ("SELECT add_times(name := 'public.a');", "COMMENT ON COLUMN a.at IS 'x';", None),
            ("SELECT outer_one('a');", "CREATE INDEX ON a (at);", None),
            ("SELECT outer_one('a');", "CREATE INDEX ON b (at);", Some("42703")),
            ("DO $$ BEGIN PERFORM add_times('a'); END $$;", "ALTER TABLE a DROP COLUMN at;", None),
            (
                "DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a'] LOOP PERFORM add_times(t); END LOOP; END $$;",
                "ALTER TABLE a DROP COLUMN at;",
                None,
            ),
            // A procedure.
            (
                "CREATE PROCEDURE p(name text) LANGUAGE plpgsql AS $f$ BEGIN PERFORM add_times(name); END $f$; CALL p('a');",
                "UPDATE a SET at = now();",
                None,
            ),
            (
                "CREATE PROCEDURE p(name text) LANGUAGE plpgsql AS $f$ BEGIN PERFORM add_times(name); END $f$; CALL p('a');",
                "UPDATE b SET at = now();",
                Some("42703"),
            ),
            // One that reads only.
            ("SELECT count_of('a');", "UPDATE a SET at = now();", Some("42703")),
            ("", "UPDATE a SET at = now();", Some("42703")),
            // EXECUTE in a block.
            (
                "DO $$ BEGIN EXECUTE 'ALTER TABLE a ADD COLUMN x_' || 1 || ' int'; END $$;",
                "UPDATE a SET x_1 = 1;",
                None,
            ),
            (
                "DO $$ BEGIN EXECUTE 'ALTER TABLE a ADD COLUMN x_' || 1 || ' int'; END $$;",
                "UPDATE b SET x_1 = 1;",
                Some("42703"),
            ),
            (
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN tenant int', r.tablename); END LOOP; END $$;",
                "UPDATE b SET tenant = 1;",
                None,
            ),
            (
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.tablename); END LOOP; END $$;",
                "UPDATE b SET tenant = 1;",
                Some("42703"),
            ),
            (
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('GRANT SELECT ON %I TO x', r.tablename); END LOOP; END $$;",
                "UPDATE b SET tenant = 1;",
                Some("42703"),
            ),
            (
                "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', 'p' || 1); END $$;",
                "ALTER TABLE p1 ADD COLUMN x int;",
                None,
            ),
            (
                "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', 'p' || 1); END $$;",
                "ALTER TABLE a DROP COLUMN x;",
                Some("42703"),
            ),
            // A constraint whose name is looked up.
            (
                "ALTER TABLE b ADD PRIMARY KEY (id); DO $$ DECLARE ddl text; BEGIN SELECT 'ALTER TABLE b DROP CONSTRAINT ' || conname INTO ddl FROM pg_constraint; EXECUTE ddl; END $$;",
                "ALTER TABLE b ADD PRIMARY KEY (id);",
                None,
            ),
            ("ALTER TABLE b ADD PRIMARY KEY (id);", "ALTER TABLE b ADD PRIMARY KEY (id);", Some("42P16")),
            (
                "DO $$ DECLARE c text; BEGIN SELECT conname INTO c FROM pg_constraint; EXECUTE 'ALTER TABLE a DROP CONSTRAINT ' || c; END $$;",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (id > 1);",
                None,
            ),
            (
                "DO $$ DECLARE c text; BEGIN SELECT conname INTO c FROM pg_constraint; EXECUTE 'ALTER TABLE b DROP CONSTRAINT ' || c; END $$;",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (id > 1);",
                Some("42710"),
            ),
        ] {
            assert_eq!(last(&format!("{before}{after}")), expected, "{before}\n{after}");
        }
    }
}
