//! ADD COLUMN that has to write every row anew.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::Node;
use crate::sql::command::{AlterAction, ColumnDefinition};

pub(super) static RULE: Rule = Rule {
    id: "add-column-rewrites",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:adding-field-with-default",
        "squawk:adding-serial-primary-key-field",
        "eugene:E11",
        "atlas:PG302",
        "strong_migrations:add_column_default",
        "strong_migrations:add_column_generated_stored",
        "strong_migrations:add_column_auto_incrementing",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new column's value differs from row to row, so the whole table is rewritten",
    why: "A constant default costs nothing: PostgreSQL stores it once. But a volatile default (`random()`, \
`gen_random_uuid()`, `clock_timestamp()`, `nextval()`), a serial or identity column, a stored generated column and a \
domain with constraints need a value in every row. The table and all its indexes are written anew under ACCESS EXCLUSIVE: \
not even SELECT gets through until that is done.

It does not apply to `now()` and other stable functions (one value for all rows), to tables that these files created and \
nothing has filled, nor to small ones.

Add the column without a default, set the default for new rows, and fill the old rows in batches.",
    manual: "ALTER TABLE: Notes",
    bad: &[
        "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();",
        "ALTER TABLE orders ADD COLUMN code text DEFAULT app.next_code();",
        "ALTER TABLE orders ADD COLUMN position bigserial;",
        "ALTER TABLE orders ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;",
        "ALTER TABLE orders ADD COLUMN total numeric GENERATED ALWAYS AS (net + tax) STORED;",
        "CREATE DOMAIN percent AS int CHECK (VALUE <= 100);\nALTER TABLE orders ADD COLUMN discount percent;",
    ],
    good: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN token uuid;\nALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN placed_at timestamptz NOT NULL DEFAULT now();",
        "CREATE FUNCTION first_code() RETURNS text LANGUAGE sql STABLE AS 'SELECT 1::text';\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN code text DEFAULT first_code();",
        "CREATE TABLE drafts (id bigint PRIMARY KEY);\nALTER TABLE drafts ADD COLUMN position bigserial;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AddColumn { column, .. } = alteration.action else { continue };
        if alteration.heavy(WorkKind::Rewrite).is_none() {
            continue;
        }
        let Some((reason, help)) = reason(&alteration, column) else { continue };
        findings.at(
            &alteration.place,
            format!(
                "Adding {} rewrites {} and its indexes under ACCESS EXCLUSIVE, because {reason}: reads and writes wait until every row is written anew.",
                column.name,
                alteration.sized_name()
            ),
            help,
        );
    }
}

/// Why every row needs a value of its own, and what to do instead.
fn reason(alteration: &Alteration, column: &ColumnDefinition) -> Option<(&'static str, &'static str)> {
    let made = alteration.column_after(&column.name)?;
    if column.generated.as_ref().is_some_and(|generated| generated.stored) {
        return Some((
            "a stored generated column is computed for every row",
            "Use a VIRTUAL generated column (PostgreSQL 18), or a plain column that a trigger keeps up to date and that is filled in batches.",
        ));
    }
    if column.identity.is_some() || made.sequence.is_some() {
        return Some((
            "every row gets its own number",
            "Add a plain nullable bigint column, give it a sequence's nextval() as default in a second statement, fill the old rows in batches, and make it NOT NULL or an identity afterwards.",
        ));
    }
    let calls = |node: &Node| {
        let mut found = false;
        node.walk(|part| found |= matches!(part, Node::Function { .. }));
        found
    };
    if column.default.as_ref().is_some_and(|default| calls(&default.node)) {
        return Some((
            "the default is volatile and so is called for every row",
            "Add the column without a default, set the default in a second statement so that new rows get it, and fill the old rows in batches.",
        ));
    }
    alteration.place.after().schema.has_domain_constraints(&made.data_type).then_some((
        "the domain's constraints are checked for every row",
        "Add the column with the domain's base type, and the condition as a CHECK … NOT VALID that a later migration validates.",
    ))
}
