//! What depends on what: the reason why a DROP is refused, and what CASCADE takes along.

use super::drop::drop_relation;
use crate::locks::LockMode;
use crate::schema::{
    BaseType, Column, ConstraintKind, DataType, Id, Key, KeyPart, PlainKey, PublishedTable, RelationKind,
    Trigger, Type, TypeKind, builtin,
};
use crate::simulate::analyze::{self, Names};
use crate::simulate::run::Run;
use crate::simulate::{PgError, index, plain, table, user_type};
use crate::sql::command::{Behavior, ColumnDefinition, IndexElement, IndexKey};
use crate::sql::{Expression, Name, QualifiedName};

/// Something that needs something else, and so forbids its DROP or goes with it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::simulate) enum Dependant {
    /// A view or materialized view.
    View(Id),
    /// A foreign key on a table.
    ForeignKey(Id, Name),
    /// A column's default.
    Default(Id, i16),
    /// A column of that type.
    Column(Id, i16),
    /// A partition or child table.
    Child(Id),
    /// A policy.
    Policy(Id, Name),
    /// A trigger.
    Trigger(Id, Name),
    /// A function.
    Function(Id),
    /// A domain over the type, or a range of it.
    Type(Id),
    /// An attribute of a composite type.
    Attribute(Id, Name),
    /// A CHECK that calls the function.
    Check(Id, Name),
    /// An index on an expression that calls the function, or of an operator class of the extension.
    Index(Id),
    /// An object of which little is kept.
    Plain(PlainKey),
    /// An extension that requires the extension.
    Extension(Name),
    /// A CHECK of a domain.
    DomainCheck(Id, Name),
    /// A table in a publication, which names the column.
    Published(Id, Name),
}

impl Dependant {
    /// The server's DETAIL line.
    pub(in crate::simulate) fn describe(&self, run: &Run) -> String {
        let relation = |id: &Id| {
            run.schema.relation(*id).map(|r| format!("{} {}", r.kind_name(), r.name)).unwrap_or_default()
        };
        let column = |id: &Id, number: &i16| {
            run.table_of(*id).map(|table| table.column_name(*number).to_string()).unwrap_or_default()
        };
        let what = match self {
            Dependant::View(id) | Dependant::Child(id) | Dependant::Index(id) => relation(id),
            Dependant::ForeignKey(id, name) | Dependant::Check(id, name) => {
                format!("constraint {name} on {}", relation(id))
            }
            Dependant::Default(id, number) => {
                format!("default value for column {} of {}", column(id, number), relation(id))
            }
            Dependant::Column(id, number) => format!("column {} of {}", column(id, number), relation(id)),
            Dependant::Policy(id, name) => format!("policy {name} on {}", relation(id)),
            Dependant::Trigger(id, name) => format!("trigger {name} on {}", relation(id)),
            Dependant::Function(id) => run
                .schema
                .function(*id)
                .map(|f| format!("function {}", f.signature_text(&run.schema)))
                .unwrap_or_default(),
            Dependant::Type(id) => {
                run.schema.user_type(*id).map(|t| format!("type {}", t.name)).unwrap_or_default()
            }
            Dependant::Extension(name) => format!("extension {name}"),
            Dependant::DomainCheck(id, name) => {
                let of = run.schema.user_type(*id).map(|t| t.name.to_string()).unwrap_or_default();
                format!("constraint {name} on type {of}")
            }
            Dependant::Published(id, name) => {
                format!("publication of {} in publication {name}", relation(id))
            }
            Dependant::Attribute(id, name) => {
                let of = run.schema.user_type(*id).map(|t| t.name.to_string()).unwrap_or_default();
                format!("column {name} of composite type {of}")
            }
            Dependant::Plain(key) => key.describe(),
        };
        format!("{what} depends on it")
    }
}

/// Takes a dependant out, as CASCADE does, with what depends on it in turn.
pub(in crate::simulate) fn remove_dependant(run: &mut Run, dependant: Dependant) -> Result<(), PgError> {
    let line = dependant.describe(run).replace(" depends on it", "");
    match dependant {
        Dependant::View(id) | Dependant::Child(id) => {
            if run.schema.relation(id).is_some() {
                drop_relation(run, id, Behavior::Cascade)?;
            }
        }
        Dependant::ForeignKey(id, name) | Dependant::Check(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            table::remove_constraint(run, id, &name)?;
        }
        Dependant::Default(id, number) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| {
                if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
                    column.default = None;
                }
            });
        }
        Dependant::Column(id, number) => {
            run.lock(id, LockMode::AccessExclusive);
            let column = run.table_of(id)?.numbered(number).cloned();
            if let Some(column) = column {
                for below in column_dependants(run, id, &column) {
                    remove_dependant(run, below)?;
                }
            }
            table::remove_column(run, id, number)?;
        }
        Dependant::Policy(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| table.policies.retain(|policy| policy.name != name));
        }
        Dependant::Trigger(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| table.triggers.retain(|trigger| trigger.name != name));
        }
        Dependant::Function(id) => {
            for below in function_dependants(run, id) {
                remove_dependant(run, below)?;
            }
            run.schema.remove_function(id);
        }
        Dependant::Type(id) => {
            for below in type_dependants(run, id) {
                remove_dependant(run, below)?;
            }
            run.schema.remove_type(id);
        }
        Dependant::Attribute(id, name) => {
            if let Some(found) = run.schema.user_type(id).map(|found| (**found).clone())
                && let TypeKind::Composite(mut attributes) = found.kind
            {
                attributes.retain(|attribute| attribute.name != name);
                run.schema.put_type(Type { kind: TypeKind::Composite(attributes), ..found });
            }
        }
        Dependant::Plain(key) => {
            for below in plain::dependants(run, &key) {
                remove_dependant(run, below)?;
            }
            plain::remove(run, &key);
        }
        Dependant::Extension(name) => {
            for below in extension_dependants(run, &name) {
                remove_dependant(run, below)?;
            }
            run.schema.extensions.remove(&name);
        }
        Dependant::DomainCheck(id, name) => {
            if let Some(found) = run.schema.user_type(id).map(|found| (**found).clone())
                && let TypeKind::Domain(mut domain) = found.kind
            {
                domain.checks.retain(|(own, _, _)| *own != name);
                run.schema.put_type(Type { kind: TypeKind::Domain(domain), ..found });
            }
        }
        Dependant::Published(id, name) => {
            if let Some(publication) = run.schema.publications.get_mut(&name) {
                publication.tables.retain(|own| own.table != id);
            }
        }
        Dependant::Index(id) => {
            if let Some(table) = run.get(id)?.index().map(|index| index.table) {
                run.lock(table, LockMode::AccessExclusive);
                run.change_table(table, |table| table.constraints.retain(|own| own.kind.index() != Some(id)));
            }
            index::remove(run, id);
        }
    }
    run.cascade(line);
    Ok(())
}

/// What needs one column, besides what goes with it in silence (its indexes, own constraints, sequence).
pub(in crate::simulate) fn column_dependants(run: &Run, id: Id, column: &Column) -> Vec<Dependant> {
    let mut found = Vec::new();
    for relation in run.schema.users_of(id) {
        if let Some(view) = relation.view()
            && view.reads.iter().any(|(read, columns)| *read == id && columns.contains(&column.number))
        {
            found.push(Dependant::View(relation.id));
        }
        for policy in relation.table().filter(|_| relation.id != id).map_or(&[][..], |table| &table.policies)
        {
            if policy.reads.iter().any(|(read, columns)| *read == id && columns.contains(&column.number)) {
                found.push(Dependant::Policy(relation.id, policy.name.clone()));
            }
        }
    }
    for (on, constraint) in run.schema.references_to(id) {
        if let ConstraintKind::ForeignKey(key) = &constraint.kind
            && key.referenced_columns.contains(&column.number)
            && !(on.id == id && key.columns.contains(&column.number))
        {
            found.push(Dependant::ForeignKey(on.id, constraint.name));
        }
    }
    if let Ok(table) = run.table_of(id) {
        for policy in &table.policies {
            let uses =
                |e: &Option<Expression>| e.as_ref().is_some_and(|e| e.node.columns().contains(&column.name));
            if uses(&policy.using) || uses(&policy.with_check) {
                found.push(Dependant::Policy(id, policy.name.clone()));
            }
        }
        for trigger in &table.triggers {
            let when = trigger.condition.as_ref().is_some_and(|e| e.node.columns().contains(&column.name));
            if trigger.columns.contains(&column.number) || when {
                found.push(Dependant::Trigger(id, trigger.name.clone()));
            }
        }
        for other in &table.columns {
            let generated =
                other.generated.as_ref().is_some_and(|(e, _)| e.node.columns().contains(&column.name));
            if generated && other.number != column.number && run.version() >= 15 {
                found.push(Dependant::Column(id, other.number));
            }
        }
    }
    for (name, publication) in run.schema.publications.iter() {
        let uses = |own: &&PublishedTable| {
            let in_condition =
                || own.condition.as_ref().is_some_and(|e| e.node.columns().contains(&column.name));
            own.table == id
                && (own.columns.as_ref().is_some_and(|list| list.contains(&column.number)) || in_condition())
        };
        if publication.tables.iter().any(|own| uses(&own)) {
            found.push(Dependant::Published(id, name.clone()));
        }
    }
    if let Some(sequence) = column.sequence {
        found.extend(
            sequence_users(run, sequence).into_iter().filter(|d| *d != Dependant::Default(id, column.number)),
        );
    }
    found
}

/// Columns whose default draws from the sequence.
pub(super) fn sequence_users(run: &Run, sequence: Id) -> Vec<Dependant> {
    let Some(found) = run.schema.relation(sequence) else { return Vec::new() };
    let mut users = Vec::new();
    for relation in run.schema.relations() {
        let Some(table) = relation.table() else { continue };
        for column in &table.columns {
            let draws = column.default.as_ref().is_some_and(|default| found.drawn_by(default).is_some());
            if draws {
                users.push(Dependant::Default(relation.id, column.number));
            }
        }
    }
    users
}

/// What needs a relation, besides what goes with it in silence.
pub(super) fn relation_dependants(run: &Run, id: Id) -> Vec<Dependant> {
    let mut found = Vec::new();
    for relation in run.schema.users_of(id) {
        match &relation.kind {
            RelationKind::View(view) if view.reads.iter().any(|(read, _)| *read == id) => {
                found.push(Dependant::View(relation.id));
            }
            RelationKind::Table(table) if relation.id != id => {
                // A partition goes with its parent in silence; an inheriting table does not.
                if table.parents.contains(&id) && table.bound.is_none() {
                    found.push(Dependant::Child(relation.id));
                }
                for policy in &table.policies {
                    if policy.reads.iter().any(|(read, _)| *read == id) {
                        found.push(Dependant::Policy(relation.id, policy.name.clone()));
                    }
                }
                for column in &table.columns {
                    if column.data_type.base == BaseType::Row(id) {
                        found.push(Dependant::Column(relation.id, column.number));
                    }
                }
            }
            _ => {}
        }
    }
    // A foreign key to a partitioned table needs each of its partitions.
    let mut above = run.table_of(id).ok();
    while let Some(parent) =
        above.filter(|table| table.bound.is_some()).and_then(|t| t.parents.first().copied())
    {
        for (on, constraint) in run.schema.references_to(parent) {
            if !constraint.inherited && on.id != id && on.id != parent {
                found.push(Dependant::ForeignKey(on.id, constraint.name));
            }
        }
        above = run.table_of(parent).ok();
    }
    for (on, constraint) in run.schema.references_to(id) {
        let within = on.id == id || on.table().is_some_and(|table| table.parents.contains(&id));
        if !within && !constraint.inherited {
            found.push(Dependant::ForeignKey(on.id, constraint.name));
        }
    }
    if let Some(index) = run.schema.relation(id).and_then(|relation| relation.index()) {
        for (on, constraint) in run.schema.references_to(index.table) {
            if matches!(&constraint.kind, ConstraintKind::ForeignKey(key) if key.index == Some(id)) {
                found.push(Dependant::ForeignKey(on.id, constraint.name));
            }
        }
    }
    // A table's row type may be a function's argument or result.
    for function in run.schema.functions() {
        let row = BaseType::Row(id);
        if function.signature.iter().any(|data_type| data_type.base == row)
            || function.result.as_ref().is_some_and(|(data_type, _)| data_type.base == row)
        {
            found.push(Dependant::Function(function.id));
        }
    }
    if run.schema.relation(id).is_some_and(|relation| relation.sequence().is_some()) {
        found.extend(sequence_users(run, id));
    }
    found
}

/// What needs a type.
pub(in crate::simulate) fn type_dependants(run: &Run, id: Id) -> Vec<Dependant> {
    let mut found = Vec::new();
    let wanted = BaseType::User(id);
    for relation in run.schema.users_of(id) {
        match &relation.kind {
            RelationKind::Table(table) => {
                let is_key = |column: &Column| {
                    let by = table.partition_by.as_ref();
                    by.is_some_and(|by| table::partition_key_uses(by, &column.name))
                };
                let columns = table
                    .columns
                    .iter()
                    .filter(|column| column.data_type.base == wanted && !column.inherited);
                // Without its partition key there is no partitioned table.
                if table.of_type == Some(id) || columns.clone().any(is_key) {
                    found.push(Dependant::Child(relation.id));
                } else {
                    found.extend(columns.map(|column| Dependant::Column(relation.id, column.number)));
                }
            }
            RelationKind::View(view) if view.types.contains(&id) => found.push(Dependant::View(relation.id)),
            _ => {}
        }
    }
    for other in run.schema.types() {
        match &other.kind {
            TypeKind::Domain(domain) if domain.base.base == wanted => found.push(Dependant::Type(other.id)),
            TypeKind::Composite(attributes) => {
                let uses = |attribute: &&ColumnDefinition| {
                    let type_name = attribute.type_name.as_ref();
                    type_name.is_some_and(|type_name| user_type::find(run, &type_name.name) == Some(id))
                };
                let uses = attributes.iter().filter(uses);
                found.extend(uses.map(|attribute| Dependant::Attribute(other.id, attribute.name.clone())));
            }
            TypeKind::Range(options) => {
                let subtype = options.iter().find(|option| &*option.name == "subtype");
                let subtype = subtype.and_then(|option| option.value.as_deref());
                if subtype.is_some_and(|name| user_type::find(run, &QualifiedName::bare(name)) == Some(id)) {
                    found.push(Dependant::Type(other.id));
                }
            }
            // The multirange type goes in silence, but what uses it does not.
            TypeKind::Multirange(range) if *range == id => found.extend(type_dependants(run, other.id)),
            _ => {}
        }
    }
    for function in run.schema.functions() {
        let gives = function.result.as_ref().is_some_and(|(data_type, _)| data_type.base == wanted);
        if gives || function.signature.iter().any(|argument| argument.base == wanted) {
            found.push(Dependant::Function(function.id));
        }
    }
    found.extend(plain::dependants_of(run, id));
    found
}

/// What needs a function.
pub(super) fn function_dependants(run: &mut Run, id: Id) -> Vec<Dependant> {
    let Some(function) = run.schema.function(id).cloned() else { return Vec::new() };
    let overloaded = run.schema.functions_named(&function.schema, &function.name).count() > 1;
    let is_called = |called: &QualifiedName| {
        called.name == function.name && called.schema.as_ref().is_none_or(|schema| *schema == function.schema)
    };
    let calls = |run: &mut Run, on: Id, expression: &Expression| {
        // Which of several is called, the arguments' types say.
        expression.node.functions().into_iter().any(is_called)
            && (!overloaded || calls_exactly(run, on, expression, id))
    };
    let mut found = dependants_by_expression(run, calls, Some(id));
    found.extend(plain::dependants_of(run, id));
    found
}

fn calls_exactly(run: &mut Run, on: Id, expression: &Expression, function: Id) -> bool {
    analyze::expression(run, &expression.node, Names::Relation(on))
        .is_ok_and(|analysis| analysis.used.functions.contains(&function))
}

/// What needs an extension: what is of one of its types, calls one of its functions, is indexed by one of its classes.
pub(super) fn extension_dependants(run: &mut Run, extension: &Name) -> Vec<Dependant> {
    if !builtin::is_known_extension(extension) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for other in run.schema.extensions.keys().filter(|other| *other != extension) {
        if builtin::items(builtin::CORE, b'x', other, run.version()).any(|required| *required == **extension)
        {
            found.push(Dependant::Extension(other.clone()));
        }
    }
    let is_of = |data_type: &DataType| matches!(&data_type.base, BaseType::Extension(name) if builtin::has(extension, b't', name));
    for function in run.schema.functions() {
        let gives = function.result.as_ref().is_some_and(|(data_type, _)| is_of(data_type));
        if gives || function.signature.iter().any(is_of) {
            found.push(Dependant::Function(function.id));
        }
    }
    for other in run.schema.types() {
        if matches!(&other.kind, TypeKind::Domain(domain) if is_of(&domain.base)) {
            found.push(Dependant::Type(other.id));
        }
    }
    for relation in run.schema.relations() {
        match &relation.kind {
            RelationKind::Table(table) => {
                let columns =
                    table.columns.iter().filter(|column| is_of(&column.data_type) && !column.inherited);
                found.extend(columns.map(|column| Dependant::Column(relation.id, column.number)));
            }
            RelationKind::View(view)
                if view.extensions.contains(extension) || view.column_types.iter().any(is_of) =>
            {
                found.push(Dependant::View(relation.id));
            }
            RelationKind::Index(own) => {
                if builtin::items(extension, b'k', &own.method, run.version()).next().is_none() {
                    continue;
                }
                let is_by_class = |key: &Key| {
                    let given = key.operator_class.as_ref().map(|class| &*class.name);
                    let class = given.or_else(|| index::default_class(run, own, key));
                    builtin::items(extension, b'k', &own.method, run.version())
                        .any(|item| item.split(':').next() == class)
                };
                if own.keys.iter().any(is_by_class) {
                    found.push(Dependant::Index(relation.id));
                }
            }
            RelationKind::View(_) | RelationKind::Sequence(_) => {}
        }
    }
    let own = extension.clone();
    let calls = move |run: &mut Run, _: Id, expression: &Expression| {
        expression.node.functions().into_iter().any(|called| {
            builtin::has(&own, b'f', &called.name)
                && !builtin::has(builtin::CORE, b'f', &called.name)
                && !run.schema.functions().any(|other| other.name == called.name)
        })
    };
    found.extend(dependants_by_expression(run, calls, None));
    found
}

/// What has an expression that calls something; of a function besides the triggers, views and policies that call it.
fn dependants_by_expression(
    run: &mut Run,
    is_called: impl Fn(&mut Run, Id, &Expression) -> bool,
    function: Option<Id>,
) -> Vec<Dependant> {
    let schema = run.schema.clone();
    let mut found = Vec::new();
    for own in schema.types() {
        let TypeKind::Domain(domain) = &own.kind else { continue };
        let mut calls = |expression: &Expression| is_called(run, own.id, expression);
        // Without its default there is no domain.
        if domain.default.as_ref().is_some_and(&mut calls) {
            found.push(Dependant::Type(own.id));
            continue;
        }
        let checks = domain.checks.iter().filter(|(_, check, _)| calls(check));
        found.extend(checks.map(|(name, _, _)| Dependant::DomainCheck(own.id, name.clone())));
    }
    for relation in schema.relations() {
        let mut calls = |expression: &Expression| is_called(run, relation.id, expression);
        match &relation.kind {
            RelationKind::Table(table) => {
                let fires = |trigger: &&Trigger| function.is_some() && trigger.function_id == function;
                for trigger in table.triggers.iter().filter(fires) {
                    found.push(Dependant::Trigger(relation.id, trigger.name.clone()));
                }
                for column in &table.columns {
                    if column.default.as_ref().is_some_and(&mut calls) {
                        found.push(Dependant::Default(relation.id, column.number));
                    }
                    if column.generated.as_ref().is_some_and(|(expression, _)| calls(expression)) {
                        found.push(Dependant::Column(relation.id, column.number));
                    }
                }
                let in_key =
                    |element: &IndexElement| matches!(&element.key, IndexKey::Expression(e) if calls(e));
                if table.partition_by.as_ref().is_some_and(|by| by.keys.iter().any(in_key)) {
                    found.push(Dependant::Child(relation.id));
                }
                for own in &table.constraints {
                    if matches!(&own.kind, ConstraintKind::Check(expression, _) if calls(expression)) {
                        found.push(Dependant::Check(relation.id, own.name.clone()));
                    }
                }
                for policy in &table.policies {
                    if function.is_some_and(|id| policy.functions.contains(&id))
                        || [&policy.using, &policy.with_check].into_iter().flatten().any(&mut calls)
                    {
                        found.push(Dependant::Policy(relation.id, policy.name.clone()));
                    }
                }
            }
            RelationKind::View(view) if function.is_some_and(|id| view.functions.contains(&id)) => {
                found.push(Dependant::View(relation.id))
            }
            RelationKind::Index(own) => {
                let mut calls = |expression: &Expression| is_called(run, own.table, expression);
                let in_key = own
                    .keys
                    .iter()
                    .any(|key| matches!(&key.part, KeyPart::Expression(expression, _) if calls(expression)));
                if in_key || own.predicate.as_ref().is_some_and(|(expression, _)| calls(expression)) {
                    found.push(Dependant::Index(relation.id));
                }
            }
            _ => {}
        }
    }
    found
}
