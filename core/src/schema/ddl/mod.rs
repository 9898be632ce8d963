//! The catalog written as SQL: loaded into an empty server it gives the same catalog again.
//!
//! `ddl` follows `pg_dump` in what it writes and in what order, and a person in how it looks: what stands in
//! the table's own parentheses when written by hand stands there too, and what is the default is left out.

mod access;
mod column;
mod constraint;
mod function;
mod order;
mod partition;
mod plain;
mod query;
mod relation;
mod table;
mod trigger;
mod user_type;
mod write;

pub use column::{column_definition, column_settings};
pub use constraint::constraint_definition;
pub use function::function_definition;
pub use partition::{partition_bound, partition_key};
pub use relation::{
    index_definition, published, sequence_definition, statistics_definition, view_definition,
};
pub use trigger::{policy_definition, rule_definition, trigger_definition};

pub(crate) use access::{comment_target as target_sql, grant_statement, role as role_sql};
pub(crate) use column::{default_text, identity_text};
pub(crate) use plain::{block as plain_statements, is_early, role_definition, sql_of as plain_sql};
pub(crate) use relation::{index_statement, is_made_by_column, publication_definition};
pub(crate) use table::add_constraint;
pub(crate) use trigger::trigger_statements;
pub(crate) use user_type::type_block;

pub(super) use column::{column_parts, column_state, is_surely_alike};
pub(super) use relation::sequence_clauses;
pub(super) use table::replica_identity;
pub(super) use trigger::firing;
pub(crate) use write::option_list;

use super::{CommentTarget, Extension, Id, Origin, Relation, RelationKind, Schema, TypeKind};
use crate::sorted::Map;
use crate::sql::{Name, quote_identifier};
use write::comment_out;

/// The DDL of the whole schema. What the history used without creating it is named in comments at the top.
pub fn ddl(schema: &Schema) -> String {
    let belongings = Belongings::of(schema);
    let mut blocks = Vec::new();
    blocks.extend(assumed(schema));
    blocks.extend(lines(schema.roles.iter().map(|role| format!("{};", plain::role_definition(role)))));
    blocks.extend(lines(namespaces(schema)));
    blocks.extend(lines(extensions(schema)));
    let plain = |early: bool| {
        let fitting = schema.plain.iter().filter(move |plain| plain::is_early(plain) == early);
        fitting.filter_map(|plain| lines(plain::block(schema, plain)))
    };
    blocks.extend(plain(true));
    let ordered = order::creation_order(schema, &belongings);
    let unchecked = order::first_function_to_leave_unchecked(schema, &ordered);
    for id in ordered {
        if unchecked == Some(id) {
            blocks.push("-- The bodies of functions may name what is created later.\nSET check_function_bodies = false;".to_owned());
        }
        if let Some(relation) = schema.relation(id) {
            blocks.extend(relation_blocks(schema, relation, &belongings));
        } else if let Some(user_type) = schema.user_type(id) {
            blocks.extend(user_type::type_block(schema, user_type));
        } else if let Some(function) = schema.function(id) {
            blocks.push(function::function_block(schema, function));
        }
    }
    blocks.extend(lines(relation::lacking_indexes(schema)));
    for relation in schema.relations() {
        blocks.extend(lines(table::foreign_keys(schema, relation)));
    }
    for relation in schema.relations() {
        blocks.extend(rules_of_conduct(schema, relation));
    }
    blocks.extend(plain(false));
    for (key, statistics) in schema.statistics.iter() {
        let mut block = format!("{};", statistics_definition(schema, key, statistics));
        if let Some(target) = statistics.target {
            block += &format!(
                "\nALTER STATISTICS {} SET STATISTICS {target};",
                super::qualified_sql(&key.0, &key.1)
            );
        }
        blocks.push(block);
    }
    for (name, publication) in schema.publications.iter() {
        blocks.push(format!("{};", relation::publication_definition(schema, name, publication)));
    }
    blocks.extend(lines(access::loose_comments(schema)));
    blocks.extend(lines(access::owners(schema)));
    blocks.extend(lines(access::grants(schema, |_| true)));
    blocks.extend(lines(access::default_privileges(schema)));
    script(blocks)
}

/// The DDL of one relation with all that belongs to it: indexes, constraints, triggers, policies, comments, grants.
/// Empty when there is no such relation.
pub fn relation_ddl(schema: &Schema, id: Id) -> String {
    let Some(relation) = schema.relation(id) else { return String::new() };
    let mut blocks = Vec::new();
    if relation.presumed {
        blocks.push(assumed_relation(schema, relation));
    }
    blocks.extend(relation_blocks(schema, relation, &Belongings::of(schema)));
    blocks.extend(lines(table::foreign_keys(schema, relation)));
    blocks.extend(rules_of_conduct(schema, relation));
    blocks.extend(lines(access::owner(relation)));
    blocks.extend(lines(access::grants(schema, |target| target.object() == Some(id))));
    script(blocks)
}

/// What makes one relation, without its foreign keys and what fires or filters: a block of statements each.
pub(crate) fn creation(schema: &Schema, relation: &Relation) -> Vec<String> {
    relation_blocks(schema, relation, &Belongings::of(schema))
}

/// What belongs to tables and materialized views, by age. Asking the schema takes a look at every relation.
#[derive(Default)]
struct Belongings {
    indexes: Map<Id, Vec<Id>>,
    sequences: Map<Id, Vec<Id>>,
}

impl Belongings {
    fn of(schema: &Schema) -> Self {
        let mut belongings = Belongings::default();
        for relation in schema.relations() {
            match &relation.kind {
                RelationKind::Index(index) => {
                    belongings.indexes.entry(index.table, Vec::new).push(relation.id);
                }
                RelationKind::Sequence(sequence) => {
                    if let Some((table, _)) = sequence.owned_by {
                        belongings.sequences.entry(table, Vec::new).push(relation.id);
                    }
                }
                RelationKind::Table(_) | RelationKind::View(_) => {}
            }
        }
        belongings
    }

    /// The indexes on a table.
    fn indexes<'a>(&'a self, schema: &'a Schema, table: Id) -> impl Iterator<Item = &'a Relation> {
        find_all(schema, self.indexes.get(&table))
    }

    /// The sequences that a table's columns own.
    fn sequences<'a>(&'a self, schema: &'a Schema, table: Id) -> impl Iterator<Item = &'a Relation> {
        find_all(schema, self.sequences.get(&table))
    }
}

fn find_all<'a>(schema: &'a Schema, ids: Option<&'a Vec<Id>>) -> impl Iterator<Item = &'a Relation> {
    ids.into_iter().flatten().filter_map(|id| schema.relation(*id)).map(|relation| &**relation)
}

/// Blocks with a blank line between them.
fn script(blocks: Vec<String>) -> String {
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Statements that belong together: one block, a line each; none when there are none.
fn lines(statements: impl IntoIterator<Item = String>) -> Option<String> {
    let statements: Vec<_> = statements.into_iter().collect();
    (!statements.is_empty()).then(|| statements.join("\n"))
}

/// A relation with its indexes and its comments.
fn relation_blocks(schema: &Schema, relation: &Relation, belongings: &Belongings) -> Vec<String> {
    let mut blocks = Vec::new();
    let own_indexes = || belongings.indexes(schema, relation.id);
    match &relation.kind {
        RelationKind::Table(table) => {
            let written = table::create(schema, relation, table, belongings);
            blocks.extend(written.create);
            blocks.extend(lines(written.alter));
            blocks.extend(lines(
                own_indexes().filter_map(|index| relation::index_statement(schema, index, written.alone)),
            ));
            blocks.extend(lines(written.behind_indexes));
        }
        RelationKind::View(_) if relation.presumed => {}
        RelationKind::View(_) => {
            blocks.push(format!("{};", view_definition(relation, false)));
            blocks.extend(lines(
                own_indexes().filter_map(|index| relation::index_statement(schema, index, false)),
            ));
        }
        RelationKind::Index(_) => blocks.push(format!("{};", index_definition(schema, relation, false))),
        RelationKind::Sequence(_) if relation.presumed => {}
        RelationKind::Sequence(_) => blocks.push(format!("{};", sequence_definition(relation))),
    }
    let is_early = |target: &CommentTarget| !matches!(target, CommentTarget::Part(..));
    blocks.extend(lines(access::comments_of(schema, relation.id, is_early)));
    // An index or a serial column's sequence has no block of its own.
    let sequences = belongings.sequences(schema, relation.id);
    let made_here =
        own_indexes().chain(sequences.filter(|sequence| relation::is_made_by_column(schema, sequence)));
    for belonging in made_here {
        blocks.extend(lines(access::comments_of(schema, belonging.id, is_early)));
    }
    blocks
}

/// What a table or view does on its own: rules, triggers, row level security, and the comments on these.
fn rules_of_conduct(schema: &Schema, relation: &Relation) -> Vec<String> {
    let mut blocks = Vec::new();
    let (triggers, table) = match &relation.kind {
        RelationKind::Table(table) => (&table.triggers, Some(table)),
        RelationKind::View(view) => (&view.triggers, None),
        RelationKind::Index(_) | RelationKind::Sequence(_) => return blocks,
    };
    if let Some(table) = table {
        for rule in &table.rules {
            blocks.push(rule_definition(relation, rule));
        }
    }
    for trigger in triggers {
        blocks.extend(lines(trigger::trigger_statements(schema, relation, trigger)));
    }
    if let Some(table) = table {
        blocks.extend(lines(trigger::row_security(relation, table)));
        for policy in &table.policies {
            blocks.push(format!("{};", policy_definition(relation, policy)));
        }
    }
    let is_late = |target: &CommentTarget| matches!(target, CommentTarget::Part(..));
    blocks.extend(lines(access::comments_of(schema, relation.id, is_late)));
    blocks
}

fn namespaces(schema: &Schema) -> Vec<String> {
    let mut statements = Vec::new();
    if !schema.namespaces.contains_key("public") {
        statements.push("DROP SCHEMA public;".to_owned());
    }
    for (name, namespace) in schema.namespaces.iter() {
        if namespace.origin == Origin::Created {
            statements.push(format!("CREATE SCHEMA {};", quote_identifier(name)));
        }
        statements.extend(access::comment_on(schema, &CommentTarget::Namespace(name.clone())));
    }
    statements
}

fn extensions(schema: &Schema) -> impl Iterator<Item = String> {
    schema.extensions.iter().map(|(name, extension)| extension_definition(name, extension))
}

/// CREATE EXTENSION.
pub(crate) fn extension_definition(name: &Name, extension: &Extension) -> String {
    let mut text = format!("CREATE EXTENSION {}", quote_identifier(name));
    if &*extension.schema != "public" {
        text += &format!(" SCHEMA {}", quote_identifier(&extension.schema));
    }
    if let Some(version) = &extension.version {
        text += &format!(" VERSION {}", crate::sql::quote_literal(version));
    }
    text + ";"
}

/// What has to be there before this DDL can run, as SQL comments.
fn assumed(schema: &Schema) -> Option<String> {
    let mut notes = Vec::new();
    for role in access::roles_mentioned(schema)
        .into_iter()
        .filter(|role| schema.roles.iter().all(|own| own.name != *role))
    {
        notes.push(comment_out(&format!("assumed: role {role}")));
    }
    for (name, namespace) in schema.namespaces.iter() {
        if namespace.origin == Origin::Assumed {
            notes.push(comment_out(&format!("assumed: schema {name}")));
        }
    }
    for user_type in schema.types().filter(|t| t.origin == Origin::Assumed || t.kind == TypeKind::Unknown) {
        notes.push(comment_out(&format!("assumed: type {}.{}", user_type.schema, user_type.name)));
    }
    for function in schema.functions().filter(|function| function.origin == Origin::Assumed) {
        let signature = function.signature_text(schema);
        notes.push(comment_out(&format!("assumed: function {}.{signature}", function.schema)));
    }
    for relation in schema.relations().filter(|relation| relation.presumed) {
        notes.push(assumed_relation(schema, relation));
    }
    lines(notes)
}

fn assumed_relation(schema: &Schema, relation: &Relation) -> String {
    let mut note = format!("assumed: {} {}", relation.kind_name(), relation.display_name());
    let columns: Vec<String> = match &relation.kind {
        RelationKind::Table(table) => table
            .columns
            .iter()
            .filter(|column| column.origin == Origin::Assumed)
            .map(|column| match &column.data_type.base {
                super::BaseType::Unknown => column.name.to_string(),
                _ => format!("{} {}", column.name, schema.format_type(&column.data_type)),
            })
            .collect(),
        RelationKind::View(view) => view.columns.iter().map(|column| column.to_string()).collect(),
        RelationKind::Index(_) | RelationKind::Sequence(_) => Vec::new(),
    };
    if !columns.is_empty() {
        note += &format!(" (columns seen: {})", columns.join(", "));
    }
    comment_out(&note)
}

#[cfg(test)]
mod tests;
