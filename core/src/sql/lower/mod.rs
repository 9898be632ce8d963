//! From PostgreSQL's parse tree to [`Command`]: a file per family of statements, as in [`command`](super::command).
//!
//! The grammar guarantees more than the tree's types say. Where a part that must be there is
//! missing, the statement becomes [`Command::Other`], which is shown as not modelled.

mod alter_table;
mod column;
mod expression;
mod function;
mod index;
mod named;
mod object;
mod option;
mod plain;
pub(super) mod plpgsql;
mod policy;
mod privilege;
mod query;
mod session;
mod table;
mod tag;
#[cfg(test)]
mod testing;
mod types;
mod view;

use expression::expression;
use named::{qualified, range_var, type_name};
use query::{dml, query};

use super::command::{Behavior, Persistence};
use super::parser::Tree;
use super::split::{Piece, PieceKind};
use super::tree::{self as pg, NodeKind};
use super::{Command, Expression, Name, QualifiedName, Query, SyntaxError, name};

/// Reads one piece of a script, whose text is given; `base` is where the script begins in its file.
/// Gives its tag and what it says.
pub(super) fn lower(text: &str, piece: &Piece, base: u32) -> (&'static str, Command) {
    match piece.kind {
        PieceKind::Sql => statement(text, base + piece.range.start as u32),
        PieceKind::Psql => {
            let word = tag::of_psql(text);
            (word, Command::Psql(name(word)))
        }
        PieceKind::CopyData { rows } => ("COPY", Command::CopyData { rows }),
    }
}

/// One statement, which begins at byte `base` of its file.
fn statement(text: &str, base: u32) -> (&'static str, Command) {
    match Tree::parse(text) {
        Ok(tree) => match tree.single() {
            Some(node) => {
                let mut command = command(node);
                plain::with_text(&mut command, text);
                (tag::of_node(node), command)
            }
            // A piece is one statement; were it more, they must not be taken for one.
            None => (tag::of_text(text), Command::Other),
        },
        Err(failure) => {
            let error = SyntaxError {
                message: failure.message,
                sqlstate: failure.sqlstate,
                offset: base + failure.cursor.unwrap_or(0) as u32,
            };
            (tag::of_text(text), Command::Invalid(error))
        }
    }
}

/// What a parsed statement says.
pub(super) fn command(node: NodeKind<'_>) -> Command {
    known(node).unwrap_or(Command::Other)
}

/// The statement's own kind; none for what is not modelled.
fn known(node: NodeKind<'_>) -> Option<Command> {
    match node {
        NodeKind::SelectStmt(stmt) if table::is_select_into(stmt) => table::select_into(stmt),
        NodeKind::SelectStmt(stmt) => Some(Command::Query(query(stmt))),
        NodeKind::InsertStmt(_)
        | NodeKind::UpdateStmt(_)
        | NodeKind::DeleteStmt(_)
        | NodeKind::MergeStmt(_) => dml(node).map(Command::Dml),
        // A cursor locks what its query locks.
        NodeKind::DeclareCursorStmt(stmt) => command_of(&stmt.query),

        NodeKind::CreateStmt(stmt) => table::create(stmt),
        NodeKind::CreateForeignTableStmt(stmt) => table::create_foreign(stmt),
        NodeKind::CreateTableAsStmt(stmt) => table::create_as(stmt),
        NodeKind::TruncateStmt(stmt) => table::truncate(stmt),
        NodeKind::AlterTableStmt(stmt) => alter_table::alter(stmt),

        NodeKind::IndexStmt(stmt) => index::create(stmt),
        NodeKind::ReindexStmt(stmt) => index::reindex(stmt),
        NodeKind::ClusterStmt(stmt) => index::cluster(stmt),
        NodeKind::VacuumStmt(stmt) => index::vacuum(stmt),
        NodeKind::CreateStatsStmt(stmt) => index::create_statistics(stmt),

        NodeKind::ViewStmt(stmt) => view::create(stmt),
        NodeKind::RefreshMatViewStmt(stmt) => view::refresh(stmt),
        NodeKind::RuleStmt(stmt) => view::create_rule(stmt),

        NodeKind::CreateSeqStmt(stmt) => types::create_sequence(stmt),
        NodeKind::AlterSeqStmt(stmt) => types::alter_sequence(stmt),
        NodeKind::DefineStmt(stmt) => types::define(stmt),
        NodeKind::CompositeTypeStmt(stmt) => types::create_composite(stmt),
        NodeKind::CreateEnumStmt(stmt) => types::create_enum(stmt),
        NodeKind::CreateRangeStmt(stmt) => types::create_range(stmt),
        NodeKind::AlterEnumStmt(stmt) => types::alter_enum(stmt),
        NodeKind::CreateDomainStmt(stmt) => types::create_domain(stmt),
        NodeKind::AlterDomainStmt(stmt) => types::alter_domain(stmt),
        NodeKind::CreateSchemaStmt(stmt) => types::create_schema(stmt),
        NodeKind::CreateExtensionStmt(stmt) => types::create_extension(stmt),
        NodeKind::AlterExtensionStmt(stmt) => types::update_extension(stmt),
        NodeKind::AlterExtensionContentsStmt(stmt) => types::alter_extension_members(stmt),

        NodeKind::CreateFunctionStmt(stmt) => function::create(stmt),
        NodeKind::AlterFunctionStmt(stmt) => function::alter(stmt),
        NodeKind::CreateTrigStmt(stmt) => function::create_trigger(stmt),
        NodeKind::DoStmt(stmt) => function::run(stmt),
        NodeKind::CallStmt(stmt) => function::call(stmt),

        NodeKind::CreatePolicyStmt(stmt) => policy::create(stmt),
        NodeKind::AlterPolicyStmt(stmt) => policy::alter(stmt),
        NodeKind::CreatePublicationStmt(stmt) => policy::create_publication(stmt),
        NodeKind::AlterPublicationStmt(stmt) => policy::alter_publication(stmt),

        NodeKind::DropStmt(stmt) => object::drop(stmt),
        NodeKind::DropSubscriptionStmt(stmt) => object::drop_subscription(stmt),
        NodeKind::DropUserMappingStmt(stmt) => object::drop_user_mapping(stmt),
        NodeKind::RenameStmt(stmt) => object::rename(stmt),
        NodeKind::AlterObjectSchemaStmt(stmt) => object::set_schema(stmt),
        NodeKind::AlterOwnerStmt(stmt) => object::owner(stmt),
        NodeKind::CommentStmt(stmt) => object::comment(stmt),

        NodeKind::GrantStmt(stmt) => privilege::grant(stmt).map(Command::Grant),
        NodeKind::GrantRoleStmt(stmt) => privilege::grant_role(stmt),
        NodeKind::AlterDefaultPrivilegesStmt(stmt) => privilege::default_privileges(stmt),
        NodeKind::CreateRoleStmt(stmt) => privilege::create_role(stmt),
        NodeKind::AlterRoleStmt(stmt) => privilege::alter_role(stmt),
        NodeKind::AlterRoleSetStmt(stmt) => privilege::set_role_parameter(stmt),
        NodeKind::DropRoleStmt(stmt) => privilege::drop_role(stmt),

        NodeKind::TransactionStmt(stmt) => session::transaction(stmt),
        NodeKind::VariableSetStmt(stmt) => session::set(stmt).map(Command::Set),
        NodeKind::LockStmt(stmt) => session::lock(stmt),
        NodeKind::CopyStmt(stmt) => session::copy(stmt),
        NodeKind::ExplainStmt(stmt) => session::explain(stmt),
        NodeKind::DropOwnedStmt(_) | NodeKind::ReassignOwnedStmt(_) => plain::owned(node),
        NodeKind::AlterStatsStmt(stmt) => index::alter_statistics(stmt),
        _ => plain::statement(node),
    }
}

/// A string node's text.
fn string(node: &pg::Node) -> Option<&str> {
    match node.kind() {
        NodeKind::String(text) => Some(&text.sval),
        _ => None,
    }
}

/// A list of strings as names.
fn names(list: &[pg::Node]) -> Vec<Name> {
    list.iter().filter_map(string).map(name).collect()
}

/// The tree's empty string is a name that was not given.
fn given(text: &str) -> Option<Name> {
    (!text.is_empty()).then(|| name(text))
}

fn relation(variable: &Option<pg::Ref<pg::RangeVar>>) -> Option<QualifiedName> {
    variable.as_deref().map(range_var)
}

/// The relations of a list, each with ONLY or not.
fn relations(list: &[pg::Node]) -> Vec<(QualifiedName, bool)> {
    list.iter()
        .filter_map(|node| match node.kind() {
            NodeKind::RangeVar(variable) => Some((range_var(variable), !variable.inh)),
            _ => None,
        })
        .collect()
}

fn persistence(variable: &pg::RangeVar) -> Persistence {
    match variable.relpersistence {
        b't' => Persistence::Temporary,
        b'u' => Persistence::Unlogged,
        _ => Persistence::Permanent,
    }
}

fn behavior(behavior: pg::DropBehavior) -> Behavior {
    match behavior {
        pg::DropBehavior::DropCascade => Behavior::Cascade,
        pg::DropBehavior::DropRestrict => Behavior::Restrict,
    }
}

fn expression_of(node: &pg::Node) -> Option<Expression> {
    node.get().map(expression)
}

fn query_of(node: &pg::Node) -> Option<Box<Query>> {
    match node.kind() {
        NodeKind::SelectStmt(stmt) => Some(Box::new(query(stmt))),
        _ => None,
    }
}

fn command_of(node: &pg::Node) -> Option<Command> {
    node.get().map(|node| command(node.kind()))
}

/// The commands of a list of statements.
fn commands(list: &[pg::Node]) -> Vec<Command> {
    list.iter().filter_map(pg::Node::get).map(|node| command(node.kind())).collect()
}

fn collation(clause: &Option<pg::Ref<pg::CollateClause>>) -> Option<QualifiedName> {
    clause.as_deref().map(|clause| qualified(&clause.collname))
}

/// A role's name; the grammar's words for roles stand for themselves, in lower case.
fn role(spec: &pg::RoleSpec) -> Name {
    name(match spec.roletype {
        pg::RoleSpecType::RolespecCstring => &spec.rolename,
        pg::RoleSpecType::RolespecCurrentRole => "current_role",
        pg::RoleSpecType::RolespecCurrentUser => "current_user",
        pg::RoleSpecType::RolespecSessionUser => "session_user",
        pg::RoleSpecType::RolespecPublic => "public",
    })
}

fn roles(list: &[pg::Node]) -> Vec<Name> {
    list.iter()
        .filter_map(|node| match node.kind() {
            NodeKind::RoleSpec(spec) => Some(role(spec)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::sql::{Command, parse};

    #[test]
    fn a_script_is_lowered_piece_by_piece() {
        let script = "\\set ON_ERROR_STOP on\n\
                      CREATE TABLE t (); -- one\n\
                      ALTER TABLE t ADD COLUM c int;\n\
                      COPY t FROM STDIN;\n1\n2\n\\.\n\
                      DROP TABLE t";
        let statements = parse(script, 100);
        let tags: Vec<&str> = statements.iter().map(|statement| statement.tag).collect();
        assert_eq!(tags, ["\\set", "CREATE TABLE", "ALTER TABLE", "COPY", "COPY", "DROP TABLE"]);
        assert_eq!(statements[0].command, Command::Psql("\\set".into()));
        assert_eq!(statements[4].command, Command::CopyData { rows: 2 });
        let Command::Invalid(error) = &statements[2].command else { panic!() };
        assert_eq!(error.message, "syntax error at or near \"int\"");
        assert_eq!(&script[error.offset as usize - 100..][..3], "int");
    }

    #[test]
    fn a_serial_column_stays_one() {
        let statements = parse("CREATE TABLE t (a serial, b integer)", 0);
        let Command::CreateTable(table) = &statements[0].command else { panic!() };
        let names = table.elements.iter().map(|element| match element {
            crate::sql::command::TableElement::Column(column) => {
                column.type_name.as_ref().unwrap().name.to_string()
            }
            other => panic!("{other:?}"),
        });
        assert_eq!(names.collect::<Vec<_>>(), ["serial", "pg_catalog.int4"]);
    }
}
