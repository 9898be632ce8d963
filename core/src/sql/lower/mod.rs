//! From PostgreSQL's parse tree to [`Command`]: a file per family of statements, as in [`command`](super::command).
//!
//! The grammar guarantees more than the tree's types say. Where a part that must be there is
//! missing, the statement becomes [`Command::Other`], which is shown as not modelled.

mod alter_table;
mod column;
mod expression;
mod function;
mod index;
mod object;
mod option;
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

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use expression::{expression, qualified, range_var, type_name};
use query::{dml, query};

use super::command::{Behavior, Persistence};
use super::split::{Piece, PieceKind};
use super::{Command, Expression, Name, QualifiedName, Query, SyntaxError, name, parser};

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
    match parser::parse(text) {
        Ok(tree) => match tree.stmts.as_slice() {
            [raw] => match raw.stmt.as_deref().and_then(|node| node.node.as_ref()) {
                Some(node) => (tag::of_node(node), command(node)),
                None => (tag::of_text(text), Command::Other),
            },
            // A piece is one statement; were it more, they must not be taken for one.
            _ => (tag::of_text(text), Command::Other),
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
pub(super) fn command(node: &NodeEnum) -> Command {
    known(node).unwrap_or(Command::Other)
}

/// The statement's own kind; none for what is not modelled.
fn known(node: &NodeEnum) -> Option<Command> {
    match node {
        NodeEnum::SelectStmt(stmt) if table::is_select_into(stmt) => table::select_into(stmt),
        NodeEnum::SelectStmt(stmt) => Some(Command::Query(query(stmt))),
        NodeEnum::InsertStmt(_)
        | NodeEnum::UpdateStmt(_)
        | NodeEnum::DeleteStmt(_)
        | NodeEnum::MergeStmt(_) => dml(node).map(Command::Dml),
        // A cursor locks what its query locks.
        NodeEnum::DeclareCursorStmt(stmt) => command_of(&stmt.query),

        NodeEnum::CreateStmt(stmt) => table::create(stmt),
        NodeEnum::CreateForeignTableStmt(stmt) => table::create_foreign(stmt),
        NodeEnum::CreateTableAsStmt(stmt) => table::create_as(stmt),
        NodeEnum::TruncateStmt(stmt) => table::truncate(stmt),
        NodeEnum::AlterTableStmt(stmt) => alter_table::alter(stmt),

        NodeEnum::IndexStmt(stmt) => index::create(stmt),
        NodeEnum::ReindexStmt(stmt) => index::reindex(stmt),
        NodeEnum::ClusterStmt(stmt) => index::cluster(stmt),
        NodeEnum::VacuumStmt(stmt) => index::vacuum(stmt),
        NodeEnum::CreateStatsStmt(stmt) => index::create_statistics(stmt),

        NodeEnum::ViewStmt(stmt) => view::create(stmt),
        NodeEnum::RefreshMatViewStmt(stmt) => view::refresh(stmt),
        NodeEnum::RuleStmt(stmt) => view::create_rule(stmt),

        NodeEnum::CreateSeqStmt(stmt) => types::create_sequence(stmt),
        NodeEnum::AlterSeqStmt(stmt) => types::alter_sequence(stmt),
        NodeEnum::DefineStmt(stmt) => types::define(stmt),
        NodeEnum::CompositeTypeStmt(stmt) => types::create_composite(stmt),
        NodeEnum::CreateEnumStmt(stmt) => types::create_enum(stmt),
        NodeEnum::CreateRangeStmt(stmt) => types::create_range(stmt),
        NodeEnum::AlterEnumStmt(stmt) => types::alter_enum(stmt),
        NodeEnum::CreateDomainStmt(stmt) => types::create_domain(stmt),
        NodeEnum::AlterDomainStmt(stmt) => types::alter_domain(stmt),
        NodeEnum::CreateSchemaStmt(stmt) => types::create_schema(stmt),
        NodeEnum::CreateExtensionStmt(stmt) => types::create_extension(stmt),
        NodeEnum::AlterExtensionStmt(stmt) => types::update_extension(stmt),
        NodeEnum::AlterExtensionContentsStmt(stmt) => types::alter_extension_members(stmt),

        NodeEnum::CreateFunctionStmt(stmt) => function::create(stmt),
        NodeEnum::AlterFunctionStmt(stmt) => function::alter(stmt),
        NodeEnum::CreateTrigStmt(stmt) => function::create_trigger(stmt),
        NodeEnum::DoStmt(stmt) => function::run(stmt),
        NodeEnum::CallStmt(stmt) => function::call(stmt),

        NodeEnum::CreatePolicyStmt(stmt) => policy::create(stmt),
        NodeEnum::AlterPolicyStmt(stmt) => policy::alter(stmt),
        NodeEnum::CreatePublicationStmt(stmt) => policy::create_publication(stmt),
        NodeEnum::AlterPublicationStmt(stmt) => policy::alter_publication(stmt),

        NodeEnum::DropStmt(stmt) => object::drop(stmt),
        NodeEnum::DropSubscriptionStmt(stmt) => object::drop_subscription(stmt),
        NodeEnum::DropUserMappingStmt(stmt) => object::drop_user_mapping(stmt),
        NodeEnum::RenameStmt(stmt) => object::rename(stmt),
        NodeEnum::AlterObjectSchemaStmt(stmt) => object::set_schema(stmt),
        NodeEnum::AlterOwnerStmt(stmt) => object::owner(stmt),
        NodeEnum::CommentStmt(stmt) => object::comment(stmt),

        NodeEnum::GrantStmt(stmt) => privilege::grant(stmt).map(Command::Grant),
        NodeEnum::GrantRoleStmt(stmt) => privilege::grant_role(stmt),
        NodeEnum::AlterDefaultPrivilegesStmt(stmt) => privilege::default_privileges(stmt),
        NodeEnum::CreateRoleStmt(stmt) => privilege::create_role(stmt),
        NodeEnum::AlterRoleStmt(stmt) => privilege::alter_role(stmt),
        NodeEnum::AlterRoleSetStmt(stmt) => privilege::set_role_parameter(stmt),
        NodeEnum::DropRoleStmt(stmt) => privilege::drop_role(stmt),

        NodeEnum::TransactionStmt(stmt) => session::transaction(stmt),
        NodeEnum::VariableSetStmt(stmt) => session::set(stmt).map(Command::Set),
        NodeEnum::LockStmt(stmt) => session::lock(stmt),
        NodeEnum::CopyStmt(stmt) => session::copy(stmt),
        NodeEnum::ExplainStmt(stmt) => session::explain(stmt),
        _ => None,
    }
}

/// A string node's text.
fn string(node: &pg::Node) -> Option<&str> {
    match &node.node {
        Some(NodeEnum::String(text)) => Some(&text.sval),
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

fn relation(variable: &Option<pg::RangeVar>) -> Option<QualifiedName> {
    variable.as_ref().map(range_var)
}

/// The relations of a list, each with ONLY or not.
fn relations(list: &[pg::Node]) -> Vec<(QualifiedName, bool)> {
    list.iter()
        .filter_map(|node| match &node.node {
            Some(NodeEnum::RangeVar(variable)) => Some((range_var(variable), !variable.inh)),
            _ => None,
        })
        .collect()
}

fn persistence(variable: &pg::RangeVar) -> Persistence {
    match variable.relpersistence.as_str() {
        "t" => Persistence::Temporary,
        "u" => Persistence::Unlogged,
        _ => Persistence::Permanent,
    }
}

fn behavior(behavior: pg::DropBehavior) -> Behavior {
    match behavior {
        pg::DropBehavior::DropCascade => Behavior::Cascade,
        pg::DropBehavior::DropRestrict | pg::DropBehavior::Undefined => Behavior::Restrict,
    }
}

fn expression_of(node: &Option<Box<pg::Node>>) -> Option<Expression> {
    node.as_deref().map(expression)
}

fn query_of(node: &Option<Box<pg::Node>>) -> Option<Box<Query>> {
    match node.as_deref()?.node.as_ref()? {
        NodeEnum::SelectStmt(stmt) => Some(Box::new(query(stmt))),
        _ => None,
    }
}

fn command_of(node: &Option<Box<pg::Node>>) -> Option<Command> {
    node.as_deref()?.node.as_ref().map(command)
}

/// The commands of a list of statements.
fn commands(list: &[pg::Node]) -> Vec<Command> {
    list.iter().filter_map(|node| node.node.as_ref()).map(command).collect()
}

fn collation(clause: &Option<Box<pg::CollateClause>>) -> Option<QualifiedName> {
    clause.as_ref().map(|clause| qualified(&clause.collname))
}

/// A role's name; the grammar's words for roles stand for themselves, in lower case.
fn role(spec: &pg::RoleSpec) -> Name {
    name(match spec.roletype() {
        pg::RoleSpecType::RolespecCstring | pg::RoleSpecType::Undefined => &spec.rolename,
        pg::RoleSpecType::RolespecCurrentRole => "current_role",
        pg::RoleSpecType::RolespecCurrentUser => "current_user",
        pg::RoleSpecType::RolespecSessionUser => "session_user",
        pg::RoleSpecType::RolespecPublic => "public",
    })
}

fn roles(list: &[pg::Node]) -> Vec<Name> {
    list.iter()
        .filter_map(|node| match &node.node {
            Some(NodeEnum::RoleSpec(spec)) => Some(role(spec)),
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
