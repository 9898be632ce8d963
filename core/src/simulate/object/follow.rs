//! What is kept as text, and names functions and types, follows these to their new names.

use crate::schema::{
    BaseType, ConstraintKind, DataType, Function, Id, Index, KeyPart, Relation, RelationKind, Table, Type,
    TypeKind,
};
use crate::simulate::run::Run;
use crate::simulate::{table, user_type};
use crate::sql::command::{IndexKey, PartitionBound};
use crate::sql::{Expression, Name, QualifiedName, TypeName};

/// The expressions of a relation; of a default with the type of its column.
fn expressions(relation: &mut Relation) -> Vec<(Option<DataType>, &mut Expression)> {
    match &mut relation.kind {
        RelationKind::Table(table) => of_table(table),
        RelationKind::Index(index) => of_index(index),
        RelationKind::View(_) | RelationKind::Sequence(_) => Vec::new(),
    }
}

fn of_table(table: &mut Table) -> Vec<(Option<DataType>, &mut Expression)> {
    let mut defaults = Vec::new();
    let mut generated = Vec::new();
    for column in &mut table.columns {
        let of_type = &column.data_type;
        defaults.extend(column.default.iter_mut().map(|default| (Some(of_type.clone()), default)));
        generated.extend(column.generated.iter_mut().map(|(expression, _)| expression));
    }
    let checks = table.constraints.iter_mut().filter_map(|own| own.kind.condition_mut());
    let policies = table.policies.iter_mut().flat_map(|own| own.using.iter_mut().chain(&mut own.with_check));
    let triggers = table.triggers.iter_mut().filter_map(|own| own.condition.as_mut());
    let keys = table.partition_by.iter_mut().flat_map(|by| &mut by.keys);
    let keys = keys.filter_map(|element| match &mut element.key {
        IndexKey::Expression(expression) => Some(expression),
        IndexKey::Column(_) => None,
    });
    let others = generated.into_iter().chain(checks).chain(policies).chain(triggers).chain(keys);
    defaults.into_iter().chain(others.map(|other| (None, other))).collect()
}

fn of_index(index: &mut Index) -> Vec<(Option<DataType>, &mut Expression)> {
    let keys = index.keys.iter_mut().filter_map(|key| match &mut key.part {
        KeyPart::Expression(expression, _) => Some(expression),
        KeyPart::Column(_) => None,
    });
    let predicate = index.predicate.iter_mut().map(|(predicate, _)| predicate);
    keys.chain(predicate).map(|expression| (None, expression)).collect()
}

/// Is this word in an expression of the relation? In few it is, and to change one is to copy it.
fn mentions(relation: &Relation, word: &str) -> bool {
    let says = |expression: &Expression| word.contains(['\'', '"', '\\']) || expression.sql.contains(word);
    match &relation.kind {
        RelationKind::Table(table) => {
            let columns = table.columns.iter();
            let checks = table.constraints.iter().filter_map(|own| match &own.kind {
                ConstraintKind::Check(condition, _) => Some(condition),
                _ => None,
            });
            columns.clone().filter_map(|own| own.default.as_ref()).any(says)
                || columns.filter_map(|own| own.generated.as_ref()).any(|(expression, _)| says(expression))
                || checks.into_iter().any(says)
                || table.policies.iter().flat_map(|own| own.using.iter().chain(&own.with_check)).any(says)
                || table.triggers.iter().filter_map(|own| own.condition.as_ref()).any(says)
                || table.partition_by.is_some()
        }
        RelationKind::Index(index) => {
            index
                .keys
                .iter()
                .any(|key| matches!(&key.part, KeyPart::Expression(expression, _) if says(expression)))
                || index.predicate.as_ref().is_some_and(|(predicate, _)| says(predicate))
        }
        RelationKind::View(_) | RelationKind::Sequence(_) => false,
    }
}

/// Puts other expressions in the place of those for which there is one: of relations, and of domains. All of those hold
/// the word. It is told where the expression is, and of what type the column or domain whose default it is.
fn change_expressions(
    run: &mut Run,
    word: &str,
    change: impl Fn(&Run, Id, Option<&DataType>, &Expression) -> Option<Expression>,
) {
    let relations = run.schema.relations().filter(|relation| mentions(relation, word));
    let relations: Vec<Relation> = relations.map(|relation| (**relation).clone()).collect();
    for mut relation in relations {
        let (id, mut changed) = (relation.id, false);
        for (of_type, expression) in expressions(&mut relation) {
            if let Some(other) = change(run, id, of_type.as_ref(), expression) {
                *expression = other;
                changed = true;
            }
        }
        if changed {
            run.schema.change_relation(id, |own| own.kind = relation.kind);
        }
    }
    let types: Vec<Type> = run.schema.types().map(|own| (**own).clone()).collect();
    for mut own in types {
        let (id, mut changed) = (own.id, false);
        if let TypeKind::Domain(domain) = &mut own.kind {
            let checks = domain.checks.iter_mut().map(|(_, check, _)| (None, check));
            let default = domain.default.iter_mut().map(|default| (Some(&domain.base), default));
            for (of_type, expression) in default.chain(checks) {
                if let Some(other) = change(run, id, of_type, expression) {
                    *expression = other;
                    changed = true;
                }
            }
        }
        if changed {
            run.schema.put_type(own);
        }
    }
}

/// Gives a function another schema and name: expressions that call it follow, where no other is called like it.
pub(in crate::simulate) fn put_function(run: &mut Run, was: &Function, schema: &Name, name: &Name) {
    let from = QualifiedName::qualified(&was.schema, &was.name);
    let to = QualifiedName::qualified(schema, name);
    if run.schema.functions_named(&was.schema, &was.name).count() == 1 {
        change_expressions(run, &was.name, |_, _, _, expression| {
            expression.with_function_renamed(&from, &to)
        });
    }
    run.schema.put_function(Function { schema: schema.clone(), name: name.clone(), ..was.clone() });
}

/// Gives a type another schema and name: attributes, arguments, results and casts that name it follow.
pub(in crate::simulate) fn put_type(run: &mut Run, was: &Type, schema: &Name, name: &Name) {
    let to = QualifiedName::qualified(schema, name);
    let renamed = |run: &Run, written: &TypeName| {
        (user_type::find(run, &written.name) == Some(was.id)).then(|| written.named(&to))
    };
    let mut types: Vec<Type> = Vec::new();
    for own in run.schema.types() {
        let mut own = (**own).clone();
        if let TypeKind::Composite(attributes) = &mut own.kind {
            for written in attributes.iter_mut().filter_map(|attribute| attribute.type_name.as_mut()) {
                *written = renamed(run, written).unwrap_or_else(|| written.clone());
            }
            types.push(own);
        }
    }
    let mut functions: Vec<Function> = Vec::new();
    for own in run.schema.functions() {
        let takes = own.arguments.iter().any(|argument| renamed(run, &argument.type_name).is_some());
        let gives = own.result.as_ref().is_some_and(|(result, _)| result.base == BaseType::User(was.id));
        if !takes && !gives {
            continue;
        }
        let mut own = (**own).clone();
        for argument in &mut own.arguments {
            argument.type_name =
                renamed(run, &argument.type_name).unwrap_or_else(|| argument.type_name.clone());
        }
        functions.push(own);
    }
    change_expressions(run, &was.name, |run, _, _, expression| {
        expression.with_type_renamed(&was.name, &to, |written| user_type::find(run, written) == Some(was.id))
    });
    types.into_iter().filter(|own| own.id != was.id).for_each(|own| run.schema.put_type(own));
    run.schema.put_type(Type { schema: schema.clone(), name: name.clone(), ..was.clone() });
    for mut own in functions {
        let is_table = own.returns.as_ref().is_some_and(|returns| returns.starts_with("TABLE"));
        if let Some((result, set)) = own.result.as_ref().filter(|_| !is_table)
            && result.base == BaseType::User(was.id)
        {
            let set = if *set { "SETOF " } else { "" };
            own.returns = Some(format!("{set}{}", run.schema.format_type(result)).into());
        }
        run.schema.put_function(own);
    }
}

/// Gives a value of an enum another name: what is compared with columns of the enum, or cast to it, follows.
pub(in crate::simulate) fn rename_value(run: &mut Run, id: Id, from: &str, to: &str) {
    let is_enum = |data_type: &DataType| data_type.base == BaseType::User(id);
    change_expressions(run, from, |run, on, of_type, expression| {
        let table = match run.schema.relation(on).and_then(|relation| relation.index()) {
            Some(index) => index.table,
            None => on,
        };
        let table = run.table_of(table).ok();
        let is_of_enum = |name: &Name| {
            table.and_then(|table| table.column(name)).is_some_and(|column| is_enum(&column.data_type))
        };
        let casts = |written: &QualifiedName| user_type::find(run, written) == Some(id);
        let meant = of_type.is_some_and(is_enum)
            || expression.node.columns().iter().any(is_of_enum)
            || expression.casts_to(casts);
        meant.then(|| expression.with_string_replaced(from, to)).filter(|other| other != expression)
    });
    let by_enum = |table: &Table| {
        table.partition_by.as_ref().is_some_and(|by| {
            table
                .columns
                .iter()
                .any(|own| is_enum(&own.data_type) && table::partition_key_uses(by, &own.name))
        })
    };
    let divided = run.schema.relations().filter(|relation| relation.table().is_some_and(by_enum));
    let divided: Vec<Id> = divided.map(|relation| relation.id).collect();
    let partitions: Vec<Id> = divided.iter().flat_map(|table| run.schema.children_of(*table)).collect();
    for partition in partitions {
        run.change_table(partition, |table| {
            let renamed = |value: &mut Expression| *value = value.with_string_replaced(from, to);
            match &mut table.bound {
                Some(PartitionBound::List(values)) => values.iter_mut().for_each(renamed),
                Some(PartitionBound::Range { from, to }) => from.iter_mut().chain(to).for_each(renamed),
                _ => {}
            }
        });
    }
}
