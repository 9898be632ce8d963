//! What the migration took comes back, in the order in which one thing needs the other.

use super::column;
use super::draft::{Draft, Piece};
use crate::schema::{
    CommentTarget, ConstraintKind, Id, Origin, Relation, RelationKind, Schema, Table, TypeKind,
    add_constraint, creation, extension_definition, function_definition, index_definition, index_statement,
    is_early, is_made_by_column, partition_bound, plain_statements, policy_definition,
    publication_definition, role_definition, role_sql, rule_definition, sequence_definition,
    statistics_definition, target_sql, trigger_statements, type_block, view_definition,
};
use crate::sql::command::{Firing, Persistence, ReplicaIdentity};
use crate::sql::{quote_identifier, quote_literal};

/// Schemas, extensions and types: what tables are made of.
pub(super) fn bring_foundations(draft: &mut Draft) {
    let goal = draft.goal.clone();
    let mut pieces: Vec<Piece> = Vec::new();
    for role in goal.roles.iter().filter(|role| draft.now().roles.iter().all(|own| own.name != role.name)) {
        pieces.push(format!("{};", role_definition(role)).into());
    }
    for (name, namespace) in goal.namespaces.iter() {
        if namespace.origin != Origin::Assumed && !draft.now().namespaces.contains_key(name) {
            pieces.push(format!("CREATE SCHEMA {};", quote_identifier(name)).into());
        }
    }
    for (name, extension) in goal.extensions.iter() {
        match draft.now().extensions.get(name) {
            None => pieces.push(extension_definition(name, extension).into()),
            Some(now) if now.schema != extension.schema => pieces.push(
                format!(
                    "ALTER EXTENSION {} SET SCHEMA {};",
                    quote_identifier(name),
                    quote_identifier(&extension.schema)
                )
                .into(),
            ),
            Some(_) => {}
        }
    }
    pieces.extend(plain(draft, &goal, true));
    draft.take_all(pieces);
    types(draft, &goal);
}

/// Functions, tables, columns, constraints, indexes, views, and what is set on them.
pub(super) fn bring(draft: &mut Draft) {
    let goal = draft.goal.clone();
    let mut pieces: Vec<Piece> = Vec::new();
    pieces.extend(sequences(draft, &goal));
    pieces.extend(functions(draft, &goal));
    pieces.extend(tables(draft, &goal));
    draft.take_all(pieces);
    let kept: Vec<Id> = draft.kept().iter().map(|(goal, _)| goal.id).collect();
    for id in &kept {
        column::bring_back(draft, *id);
    }
    for id in &kept {
        settings(draft, *id);
    }
    let mut pieces = Vec::new();
    for foreign in [false, true] {
        for relation in goal.relations() {
            pieces.extend(constraints(draft, &goal, relation, foreign));
        }
    }
    pieces.extend(indexes(draft, &goal));
    pieces.extend(views(draft, &goal));
    draft.take_all(pieces);
    let mut pieces = Vec::new();
    // A materialized view's indexes come with it, unless it was kept.
    for relation in goal.relations() {
        pieces.extend(conduct(draft, &goal, relation));
    }
    pieces.extend(plain(draft, &goal, false));
    pieces.extend(statistics_and_publications(draft, &goal));
    draft.take_all(pieces);
    let kept: Vec<Id> = goal.relations().map(|relation| relation.id).collect();
    for id in kept {
        belongings(draft, &goal, id);
    }
}

fn plain(draft: &Draft, goal: &Schema, early: bool) -> Vec<Piece> {
    let is_there = |own: &crate::schema::Plain| draft.now().plain.iter().any(|now| now.key == own.key);
    let missing = goal.plain.iter().filter(|own| is_early(own) == early && !is_there(own));
    missing.map(|own| plain_statements(goal, own).join("\n").into()).collect()
}

fn types(draft: &mut Draft, goal: &Schema) {
    for user_type in goal.types().filter(|own| !matches!(own.kind, TypeKind::Multirange(_))) {
        let Some(now) = draft.type_now(user_type.id) else {
            // Another type may have its name: it goes when no column is of it any more.
            if let Some(other) = draft.now().type_named(&user_type.schema, &user_type.name).cloned() {
                let free = draft.free_name(&other.schema, &other.name);
                let object = target_sql(draft.now(), &CommentTarget::Object(other.id)).unwrap_or_default();
                draft.take(format!("ALTER {object} RENAME TO {};", quote_identifier(&free)));
                if draft.replaced.contains(&other.id) {
                    draft.clear(vec![Piece::dropping(other.id)]);
                }
            }
            draft.take_all(type_block(goal, user_type).into_iter().map(Piece::from).collect());
            continue;
        };
        let name = now.sql_name();
        match (&user_type.kind, &now.kind) {
            (TypeKind::Enum(before), TypeKind::Enum(values)) if before != values => {
                let mut after: Option<&crate::sql::Name> = None;
                for value in before {
                    if !values.contains(value) {
                        let place = after
                            .map_or_else(String::new, |after| format!(" AFTER {}", quote_literal(after)));
                        draft.take(format!("ALTER TYPE {name} ADD VALUE {}{place};", quote_literal(value)));
                    }
                    after = Some(value);
                }
            }
            (TypeKind::Domain(before), TypeKind::Domain(domain)) if before != domain => {
                let mut pieces: Vec<String> = Vec::new();
                for (check, condition, valid) in &domain.checks {
                    let stays = before
                        .checks
                        .iter()
                        .any(|(own, was, then)| own == check && was.sql == condition.sql && then == valid);
                    if !stays {
                        pieces.push(format!(
                            "ALTER DOMAIN {name} DROP CONSTRAINT {};",
                            quote_identifier(check)
                        ));
                    }
                }
                for (check, condition, valid) in &before.checks {
                    let is_there = domain
                        .checks
                        .iter()
                        .any(|(own, is, then)| own == check && is.sql == condition.sql && then == valid);
                    if !is_there {
                        let not_valid = if *valid { "" } else { " NOT VALID" };
                        pieces.push(format!(
                            "ALTER DOMAIN {name} ADD CONSTRAINT {} CHECK ({}){not_valid};",
                            quote_identifier(check),
                            condition.sql
                        ));
                    }
                }
                if before.not_null != domain.not_null {
                    let verb = if before.not_null { "SET" } else { "DROP" };
                    pieces.push(format!("ALTER DOMAIN {name} {verb} NOT NULL;"));
                }
                match (&before.default, &domain.default) {
                    (None, Some(_)) => pieces.push(format!("ALTER DOMAIN {name} DROP DEFAULT;")),
                    (Some(was), is) if is.as_ref() != Some(was) => {
                        pieces.push(format!("ALTER DOMAIN {name} SET DEFAULT {};", was.sql));
                    }
                    _ => {}
                }
                draft.take_all(pieces.into_iter().map(Piece::from).collect());
            }
            (TypeKind::Composite(before), TypeKind::Composite(attributes)) if before != attributes => {
                let mut pieces: Vec<String> = Vec::new();
                for attribute in attributes.iter().filter(|own| before.iter().all(|was| was.name != own.name))
                {
                    pieces.push(format!(
                        "ALTER TYPE {name} DROP ATTRIBUTE {};",
                        quote_identifier(&attribute.name)
                    ));
                }
                for attribute in before {
                    let text = attribute.type_name.as_ref().map_or("", |own| &own.text);
                    let own = quote_identifier(&attribute.name);
                    match attributes.iter().find(|now| now.name == attribute.name) {
                        None => pieces.push(format!("ALTER TYPE {name} ADD ATTRIBUTE {own} {text};")),
                        Some(now) if now.type_name != attribute.type_name => {
                            pieces.push(format!("ALTER TYPE {name} ALTER ATTRIBUTE {own} TYPE {text};"));
                        }
                        Some(_) => {}
                    }
                }
                draft.take_all(pieces.into_iter().map(Piece::from).collect());
            }
            _ => {}
        }
    }
}

fn sequences(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for relation in goal.relations() {
        let Some(sequence) = relation.sequence() else { continue };
        match draft.relation_now(relation.id) {
            None => {
                // A serial column of a table that was kept lost its sequence, and gets it before its default.
                let owner = sequence.owned_by.filter(|(table, number)| {
                    let now = draft.now().relation(*table).and_then(|now| now.table());
                    now.is_some_and(|now| now.numbered(*number).is_some())
                });
                if !sequence.identity
                    && (owner.is_some() || !is_made_by_column(goal, relation))
                    && !relation.presumed
                {
                    pieces.push(format!("{};", sequence_definition(relation)).into());
                }
            }
            Some(now) => pieces.extend(column::sequence_changes(relation, &now).map(Piece::from)),
        }
    }
    pieces
}

fn functions(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for function in goal.functions().filter(|function| function.origin != Origin::Assumed) {
        let definition = |or_replace| format!("{};", function_definition(goal, function, or_replace)).into();
        match draft.function_now(function.id) {
            None => pieces.push(definition(false)),
            Some(now)
                if function_definition(goal, function, false)
                    != function_definition(draft.now(), &now, false) =>
            {
                pieces.push(definition(true));
            }
            Some(_) => {}
        }
    }
    pieces
}

fn tables(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let missing = goal.relations().filter(|relation| relation.table().is_some() && !relation.presumed);
    let missing = missing.filter(|relation| draft.relation_now(relation.id).is_none());
    missing.map(|relation| creation(goal, relation).join("\n\n").into()).collect()
}

/// The constraints that a table lacks.
fn constraints(draft: &Draft, goal: &Schema, relation: &Relation, foreign: bool) -> Vec<Piece> {
    let (Some(table), Some(now)) = (relation.table(), draft.relation_now(relation.id)) else {
        return Vec::new();
    };
    let is_wanted = |kind: &ConstraintKind| match kind {
        ConstraintKind::ForeignKey(_) => foreign,
        ConstraintKind::NotNull(_) => false,
        _ => !foreign,
    };
    let missing = table
        .constraints
        .iter()
        .filter(|own| is_wanted(&own.kind) && (own.local || !own.inherited))
        .filter(|own| now.table().is_some_and(|now| now.constraint(&own.name).is_none()));
    missing.map(|own| add_constraint(goal, relation, own).into()).collect()
}

fn indexes(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for relation in goal.relations() {
        let Some(index) = relation.index() else { continue };
        if relation.presumed || draft.relation_now(relation.id).is_some() {
            continue;
        }
        let Some(table) = draft.relation_now(index.table) else { continue };
        let Some(sql) = index_statement(goal, relation, false) else { continue };
        let existed = draft.start.relation(table.id).is_some();
        let is_partitioned = table.table().is_some_and(Table::is_partitioned);
        pieces.push(Piece {
            sql,
            drops: None,
            concurrently: (existed && !is_partitioned)
                .then(|| format!("{};", index_definition(goal, relation, true))),
        });
    }
    pieces
}

fn views(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for relation in goal.relations().filter(|relation| !relation.presumed) {
        let Some(view) = relation.view() else { continue };
        match draft.relation_now(relation.id) {
            None => pieces.push(creation(goal, relation).join("\n").into()),
            Some(now) if now.view().is_some_and(|now| now.written != view.written) => {
                pieces.push(format!("{};", view_definition(relation, true)).into());
            }
            Some(_) => {}
        }
    }
    pieces
}

/// Triggers, policies and row level security. The command of a rule is not kept.
fn conduct(draft: &Draft, goal: &Schema, relation: &Relation) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let Some(now) = draft.relation_now(relation.id) else { return pieces };
    let name = relation.sql_name();
    for rule in relation.rules().iter().filter(|rule| now.rules().iter().all(|own| own.name != rule.name)) {
        pieces.push(rule_definition(relation, rule).into());
    }
    for trigger in relation.triggers().iter().filter(|trigger| !trigger.inherited) {
        match now.triggers().iter().find(|own| own.name == trigger.name) {
            None => pieces.push(trigger_statements(goal, relation, trigger).join("\n").into()),
            Some(own) if own.firing != trigger.firing => {
                let word = match trigger.firing {
                    Firing::Origin => "ENABLE",
                    Firing::Always => "ENABLE ALWAYS",
                    Firing::Replica => "ENABLE REPLICA",
                    Firing::Disabled => "DISABLE",
                };
                let trigger = quote_identifier(&trigger.name);
                pieces.push(format!("ALTER TABLE {name} {word} TRIGGER {trigger};").into());
            }
            Some(_) => {}
        }
    }
    let (Some(table), Some(now)) = (relation.table(), now.table()) else { return pieces };
    for policy in
        table.policies.iter().filter(|policy| now.policies.iter().all(|own| own.name != policy.name))
    {
        pieces.push(format!("{};", policy_definition(relation, policy)).into());
    }
    let switches = [
        (table.row_security, now.row_security, "ENABLE", "DISABLE"),
        (table.force_row_security, now.force_row_security, "FORCE", "NO FORCE"),
    ];
    for (wanted, is, on, off) in switches {
        if wanted != is {
            let word = if wanted { on } else { off };
            pieces.push(format!("ALTER TABLE {name} {word} ROW LEVEL SECURITY;").into());
        }
    }
    pieces
}

fn statistics_and_publications(draft: &Draft, goal: &Schema) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (key, statistics) in
        goal.statistics.iter().filter(|(key, _)| !draft.now().statistics.contains_key(*key))
    {
        let mut sql = format!("{};", statistics_definition(goal, key, statistics));
        if let Some(target) = statistics.target {
            let name = crate::schema::qualified_sql(&key.0, &key.1);
            sql += &format!("\nALTER STATISTICS {name} SET STATISTICS {target};");
        }
        pieces.push(sql.into());
    }
    for (name, publication) in
        goal.publications.iter().filter(|(name, _)| !draft.now().publications.contains_key(*name))
    {
        pieces.push(format!("{};", publication_definition(goal, name, publication)).into());
    }
    pieces
}

/// What is set on a kept relation as a whole.
fn settings(draft: &mut Draft, id: Id) {
    let (Some(goal), Some(now)) = (draft.goal.relation(id).cloned(), draft.now().relation(id).cloned())
    else {
        return;
    };
    let object = target_sql(draft.now(), &CommentTarget::Object(id)).unwrap_or_default();
    let mut pieces: Vec<String> = Vec::new();
    if goal.persistence != now.persistence {
        let word = if goal.persistence == Persistence::Unlogged { "UNLOGGED" } else { "LOGGED" };
        pieces.push(format!("ALTER {object} SET {word};"));
    }
    let missing = |from: &Relation, to: &Relation| {
        let lacks = |name: &str| to.options.iter().all(|own| &*own.name != name);
        let names = from.options.iter().filter(|own| lacks(&own.name)).map(|own| own.name.to_string());
        names.collect::<Vec<_>>().join(", ")
    };
    let gone = missing(&now, &goal);
    if !gone.is_empty() {
        pieces.push(format!("ALTER {object} RESET ({gone});"));
    }
    let set: Vec<_> = goal.options.iter().filter(|own| !now.options.contains(own)).cloned().collect();
    if !set.is_empty() {
        pieces.push(format!("ALTER {object} SET ({});", crate::schema::option_list(&set)));
    }
    if goal.tablespace != now.tablespace {
        let to = goal.tablespace.as_deref().unwrap_or("pg_default");
        pieces.push(format!("ALTER {object} SET TABLESPACE {};", quote_identifier(to)));
    }
    if let (Some(before), Some(table)) = (goal.table(), now.table()) {
        let name = goal.sql_name();
        for parent in before.parents.iter().filter(|parent| !table.parents.contains(parent)) {
            let parent = draft.goal.sql_name(*parent);
            pieces.push(match &before.bound {
                Some(bound) => {
                    format!("ALTER TABLE {parent} ATTACH PARTITION {name} {};", partition_bound(bound))
                }
                None => format!("ALTER TABLE {name} INHERIT {parent};"),
            });
        }
        if before.access_method != table.access_method {
            let to = before.access_method.as_deref().unwrap_or("heap");
            pieces.push(format!("ALTER TABLE {name} SET ACCESS METHOD {};", quote_identifier(to)));
        }
    }
    draft.take_all(pieces.into_iter().map(Piece::from).collect());
}

/// What needs a table's indexes, and who owns it.
fn belongings(draft: &mut Draft, goal: &Schema, id: Id) {
    let (Some(relation), Some(now)) = (goal.relation(id), draft.relation_now(id)) else { return };
    let mut pieces: Vec<String> = Vec::new();
    let name = relation.sql_name();
    if let (Some(before), Some(table)) = (relation.table(), now.table()) {
        if before.replica_identity != table.replica_identity {
            let identity = match &before.replica_identity {
                ReplicaIdentity::Default => "DEFAULT".to_owned(),
                ReplicaIdentity::Full => "FULL".to_owned(),
                ReplicaIdentity::Nothing => "NOTHING".to_owned(),
                ReplicaIdentity::Index(index) => format!("USING INDEX {}", quote_identifier(index)),
            };
            pieces.push(format!("ALTER TABLE {name} REPLICA IDENTITY {identity};"));
        }
        let clustered =
            |schema: &Schema, table: &Table| Some(schema.relation(table.cluster_on?)?.name.clone());
        match (clustered(goal, before), clustered(draft.now(), table)) {
            (Some(index), is) if is.as_ref() != Some(&index) => {
                pieces.push(format!("ALTER TABLE {name} CLUSTER ON {};", quote_identifier(&index)));
            }
            (None, Some(_)) => pieces.push(format!("ALTER TABLE {name} SET WITHOUT CLUSTER;")),
            _ => {}
        }
    }
    if let (RelationKind::Sequence(before), RelationKind::Sequence(sequence)) = (&relation.kind, &now.kind)
        && !before.identity
    {
        let owner = |schema: &Schema, owner: Option<(Id, i16)>| {
            let (table, number) = owner?;
            let table = schema.relation(table)?;
            Some(format!("{}.{}", table.sql_name(), quote_identifier(&table.table()?.column_name(number))))
        };
        let wanted = owner(goal, before.owned_by);
        if wanted != owner(draft.now(), sequence.owned_by) {
            let to = wanted.unwrap_or_else(|| "NONE".to_owned());
            pieces.push(format!("ALTER SEQUENCE {name} OWNED BY {to};"));
        }
    }
    let has_owner =
        relation.index().is_none() && relation.sequence().is_none_or(|own| own.owned_by.is_none());
    if relation.owner != now.owner && has_owner {
        let object = target_sql(goal, &CommentTarget::Object(id)).unwrap_or_default();
        let owner = relation.owner.as_ref().map_or_else(|| "CURRENT_USER".to_owned(), role_sql);
        pieces.push(format!("ALTER {object} OWNER TO {owner};"));
    }
    draft.take_all(pieces.into_iter().map(Piece::from).collect());
}
