//! Roles, who owns what, and privileges.

use std::sync::Arc;

use super::PgError;
use super::error::no_object;
use super::metadata::target_of;
use super::run::{Run, is_system_column, unquoted};
use crate::locks::LockMode;
use crate::schema::{
    CommentTarget, DefaultPrivileges, Id, Privileges, RelationKind, Role, Schema, all_privileges,
    table_privileges,
};
use crate::sql::command::{
    self, Behavior, Drop, Grant, GrantRole, ObjectKind, ObjectName, OptionValue, Owned, RoleAction,
};
use crate::sql::{Name, QualifiedName, name};

/// Roles that every server has, with the version that brought them.
const PREDEFINED: &[(&str, u32)] = &[
    ("pg_checkpoint", 15),
    ("pg_create_subscription", 16),
    ("pg_database_owner", 14),
    ("pg_execute_server_program", 11),
    ("pg_maintain", 17),
    ("pg_monitor", 10),
    ("pg_read_all_data", 14),
    ("pg_read_all_settings", 10),
    ("pg_read_all_stats", 10),
    ("pg_read_server_files", 11),
    ("pg_signal_autovacuum_worker", 18),
    ("pg_signal_backend", 10),
    ("pg_stat_scan_tables", 10),
    ("pg_use_reserved_connections", 16),
    ("pg_write_all_data", 14),
    ("pg_write_server_files", 11),
];

/// The role that runs the statements, unless they say otherwise.
const OURSELVES: &[&str] = &["postgres", "current_user", "current_role", "session_user"];

/// 42704 for a role that is not there.
pub(super) fn role_exists(run: &Run, role: &Name) -> Result<(), PgError> {
    let known = OURSELVES.contains(&&**role)
        || &**role == "public"
        || run.schema.roles.iter().any(|own| own.name == *role)
        || PREDEFINED.iter().any(|(own, since)| *own == &**role && run.version() >= *since)
        || !run.server.world.roles_known;
    if known { Ok(()) } else { Err(no_object("role", role)) }
}

/// Who owns what this session creates; none is the role that runs the statements.
fn creator(run: &Run) -> Option<Name> {
    let role = run.session.get("role").or_else(|| run.session.get("session_authorization"))?;
    (!matches!(&**role, "none" | "default" | "postgres")).then(|| role.clone())
}

/// The role that a word of the grammar means.
pub(super) fn meant(run: &Run, role: &Name) -> Name {
    match OURSELVES.contains(&&**role) {
        true => creator(run).unwrap_or_else(|| role.clone()),
        false => role.clone(),
    }
}

/// Gives what a statement made its owner and the default privileges.
pub(super) fn settle(run: &mut Run, before: &Schema) {
    let creator = creator(run);
    if creator.is_none() && run.schema.default_privileges.is_empty() {
        return;
    }
    let mut made: Vec<(CommentTarget, ObjectKind, Name)> = Vec::new();
    for relation in run.schema.relations_since(before) {
        let kind = match relation.kind {
            RelationKind::Sequence(_) => ObjectKind::Sequence,
            RelationKind::Index(_) => continue,
            _ => ObjectKind::Table,
        };
        made.push((CommentTarget::Object(relation.id), kind, relation.schema.clone()));
    }
    for found in run.schema.types().filter(|found| Schema::is_newer(found.id, before)) {
        made.push((CommentTarget::Object(found.id), ObjectKind::Type, found.schema.clone()));
    }
    for found in run.schema.functions().filter(|found| Schema::is_newer(found.id, before)) {
        made.push((CommentTarget::Object(found.id), ObjectKind::Function, found.schema.clone()));
    }
    for (namespace, _) in
        run.schema.namespaces.iter().filter(|(name, _)| !before.namespaces.contains_key(*name))
    {
        made.push((CommentTarget::Namespace(namespace.clone()), ObjectKind::Schema, namespace.clone()));
    }
    for (target, kind, namespace) in made {
        if let Some(creator) = creator.as_ref().filter(|_| owner_of(&run.schema, &target).is_none()) {
            own(run, &target, creator.clone());
        }
        let owner = creator.clone().unwrap_or_else(|| name("postgres"));
        let applying: Vec<_> = run
            .schema
            .default_privileges
            .iter()
            .filter(|own| {
                own.kind == kind
                    && (own.creator == owner || OURSELVES.contains(&&*own.creator) && creator.is_none())
            })
            .filter(|own| own.schema.as_ref().is_none_or(|schema| *schema == namespace))
            .flat_map(|own| own.roles.clone())
            .collect();
        for (role, granted, revoked) in applying {
            allow(&mut run.schema, &target, &role, &granted);
            forbid(&mut run.schema, &target, &role, &revoked, false);
        }
    }
}

/// Gives what the statement has made so far to the role that it makes it for.
pub(super) fn settle_owners(run: &mut Run) {
    let before = run.before.clone();
    settle(run, &before);
}

/// The owner that a statement set.
fn owner_of(schema: &Schema, target: &CommentTarget) -> Option<Name> {
    if let CommentTarget::Object(id) | CommentTarget::Column(id, _) = target
        && let Some(relation) = schema.relation(*id)
    {
        return relation.owner.clone();
    }
    schema.owners.get(target).cloned()
}

/// Makes a role the owner.
pub(super) fn own(run: &mut Run, target: &CommentTarget, owner: Name) {
    let owner = if OURSELVES.contains(&&*owner) { creator(run) } else { Some(owner) };
    match target {
        CommentTarget::Object(id) if run.schema.relation(*id).is_some() => {
            let id = *id;
            let belongings: Vec<Id> = run
                .schema
                .relations()
                .filter(|other| match &other.kind {
                    RelationKind::Sequence(sequence) => {
                        sequence.owned_by.is_some_and(|(table, _)| table == id)
                    }
                    _ => false,
                })
                .map(|other| other.id)
                .collect();
            for id in std::iter::once(id).chain(belongings) {
                run.schema.change_relation(id, |relation| relation.owner = owner.clone());
            }
        }
        target => {
            match &owner {
                Some(owner) => run.schema.owners.insert(target.clone(), owner.clone()),
                None => run.schema.owners.remove(target),
            };
        }
    }
    // What the new owner was granted is his own now.
    if let Some(owner) = owner {
        run.schema.grants.remove(&(target.clone(), owner));
    }
}

/// Is the role the owner?
fn is_owner(schema: &Schema, target: &CommentTarget, role: &Name) -> bool {
    match owner_of(schema, target) {
        Some(owner) => owner == *role,
        None => OURSELVES.contains(&&**role),
    }
}

/// What a role may do without being granted it.
fn is_usual(schema: &Schema, target: &CommentTarget, role: &Name) -> bool {
    if is_owner(schema, target, role) && !matches!(target, CommentTarget::Column(..)) {
        return true;
    }
    &**role == "public"
        && match target {
            CommentTarget::Object(id) => schema.relation(*id).is_none(),
            CommentTarget::Plain(key) => key.kind == ObjectKind::Language,
            _ => false,
        }
}

/// A privilege without the star of its grant option.
fn plain(word: &str) -> &str {
    word.trim_end_matches('*')
}

fn put(held: &mut Privileges, word: &Name) {
    held.retain(|own| plain(own) != plain(word) || own.ends_with('*'));
    if held.iter().all(|own| plain(own) != plain(word)) {
        let place = held.partition_point(|own| own < word);
        held.insert(place, word.clone());
    }
}

fn allow(schema: &mut Schema, target: &CommentTarget, role: &Name, words: &[Name]) {
    let key = (target.clone(), role.clone());
    let usual = is_usual(schema, target, role);
    if let Some(mut revoked) = schema.revoked.get(&key).cloned() {
        revoked.retain(|own| words.iter().all(|word| plain(word) != &**own));
        keep(&mut schema.revoked, key.clone(), revoked);
    }
    let mut held = schema.grants.get(&key).cloned().unwrap_or_default();
    for word in words.iter().filter(|word| !usual || word.ends_with('*') && &**role != "public") {
        if word.ends_with('*') {
            held.retain(|own| **own != *plain(word));
        }
        put(&mut held, word);
    }
    keep(&mut schema.grants, key, held);
}

/// `option_only`: it may be used still, but not granted on.
fn forbid(schema: &mut Schema, target: &CommentTarget, role: &Name, words: &[Name], option_only: bool) {
    let key = (target.clone(), role.clone());
    let mut held = schema.grants.get(&key).cloned().unwrap_or_default();
    let mut lost = schema.revoked.get(&key).cloned().unwrap_or_default();
    for word in words {
        if option_only {
            held.iter_mut().filter(|own| plain(own) == plain(word)).for_each(|own| *own = name(plain(word)));
            continue;
        }
        held.retain(|own| plain(own) != plain(word));
        if is_usual(schema, target, role) {
            put(&mut lost, word);
        }
    }
    keep(&mut schema.grants, key.clone(), held);
    keep(&mut schema.revoked, key, lost);
}

fn keep(
    kept: &mut crate::sorted::Map<(CommentTarget, Name), Privileges>,
    key: (CommentTarget, Name),
    privileges: Privileges,
) {
    if privileges.is_empty() {
        kept.remove(&key);
    } else {
        kept.insert(key, privileges);
    }
}

/// GRANT and REVOKE: no lock before PostgreSQL 18, ACCESS SHARE on a named table from then on.
pub(super) fn grant(run: &mut Run, grant: &Grant) -> Result<(), PgError> {
    let mut targets = Vec::new();
    if grant.all_in_schema {
        for object in &grant.objects {
            let namespace = run.namespace(&object.name.name)?;
            targets.extend(all_in(run, &namespace, grant.kind));
        }
    } else {
        for object in &grant.objects {
            targets.extend(granted_on(run, grant, object)?);
        }
    }
    privileges_fit(run, grant, &targets)?;
    for role in &grant.roles {
        role_exists(run, role)?;
        if &**role == "public" && grant.grant && grant.grant_option {
            return Err(PgError::new("0LP01", "grant options can only be granted to roles"));
        }
    }
    for target in &targets {
        let all = all_privileges(&run.schema, target, run.version());
        let mut words: Vec<(CommentTarget, Vec<Name>)> = Vec::new();
        if grant.privileges.is_empty() {
            words.push((target.clone(), expanded("all", all)));
        }
        for (privilege, columns) in &grant.privileges {
            if columns.is_empty() {
                words.push((target.clone(), expanded(privilege, all)));
            }
            for column in columns {
                let Some(id) = target.object() else { continue };
                let number = match is_system_column(column) {
                    true => 0,
                    false => run.column_number(id, column)?,
                };
                let column = CommentTarget::Column(id, number);
                let all = all_privileges(&run.schema, &column, run.version());
                words.push((column, expanded(privilege, all)));
            }
        }
        for (target, words) in words {
            for role in &grant.roles {
                change(run, &target, role, &words, grant);
            }
        }
    }
    let privileges: Vec<String> = match grant.privileges.as_slice() {
        [] => vec!["all".to_owned()],
        some => some
            .iter()
            .map(|(privilege, columns)| match columns.as_slice() {
                [] => privilege.to_string(),
                columns => format!("{privilege} ({})", columns.join(", ")),
            })
            .collect(),
    };
    let objects: Vec<_> = grant.objects.iter().map(|object| unquoted(&object.name)).collect();
    run.change(format!(
        "{} {} on {} ({})",
        if grant.grant { "grants" } else { "revokes" },
        privileges.join(", "),
        objects.join(", "),
        grant.roles.join(", ")
    ));
    Ok(())
}

/// `all` as the privileges that it stands for.
fn expanded(privilege: &str, all: &[&str]) -> Vec<Name> {
    match privilege {
        "all" => all.iter().map(|word| name(word)).collect(),
        "temp" => vec![name("temporary")],
        word => vec![name(word)],
    }
}

fn change(run: &mut Run, target: &CommentTarget, role: &Name, words: &[Name], grant: &Grant) {
    if grant.grant {
        let starred: Vec<Name> = words
            .iter()
            .map(|word| if grant.grant_option { name(&format!("{word}*")) } else { word.clone() })
            .collect();
        return allow(&mut run.schema, target, role, &starred);
    }
    forbid(&mut run.schema, target, role, words, grant.grant_option);
    // A privilege on the table that is revoked is revoked on its columns too.
    if let CommentTarget::Object(id) = target {
        let columns: Vec<CommentTarget> = run
            .schema
            .grants
            .keys()
            .filter(|(own, to)| to == role && matches!(own, CommentTarget::Column(on, _) if on == id))
            .map(|(own, _)| own.clone())
            .collect();
        for column in columns {
            forbid(&mut run.schema, &column, role, words, grant.grant_option);
        }
    }
}

/// ALL TABLES IN SCHEMA and its kin.
fn all_in(run: &Run, namespace: &Name, kind: ObjectKind) -> Vec<CommentTarget> {
    let fits = |found: &RelationKind| match kind {
        ObjectKind::Sequence => matches!(found, RelationKind::Sequence(_)),
        ObjectKind::Table => matches!(found, RelationKind::Table(_) | RelationKind::View(_)),
        _ => false,
    };
    let routine = |procedure: bool| match kind {
        ObjectKind::Function => !procedure,
        ObjectKind::Procedure => procedure,
        ObjectKind::Routine => true,
        _ => false,
    };
    let relations = run.schema.relations().filter(|r| r.schema == *namespace && fits(&r.kind)).map(|r| r.id);
    let functions =
        run.schema.functions().filter(|f| f.schema == *namespace && routine(f.procedure)).map(|f| f.id);
    relations.chain(functions).map(CommentTarget::Object).collect()
}

/// What one name of a GRANT means; none for what is not kept track of.
fn granted_on(run: &mut Run, grant: &Grant, object: &ObjectName) -> Result<Option<CommentTarget>, PgError> {
    match grant.kind {
        ObjectKind::Table => {
            let id = run.relation(&object.name)?;
            if run.get(id)?.index().is_some() {
                return Err(PgError::new("42809", format!("\"{}\" is an index", object.name.name)));
            }
            if run.version() >= 18 {
                run.lock(id, LockMode::AccessShare);
            }
            for (_, columns) in &grant.privileges {
                for column in columns.iter().filter(|column| !is_system_column(column)) {
                    run.column_number(id, column)?;
                }
            }
            Ok(Some(CommentTarget::Object(id)))
        }
        ObjectKind::Database => Ok(Some(CommentTarget::Other("database", object.name.name.clone()))),
        ObjectKind::Tablespace => Ok(Some(CommentTarget::Other("tablespace", object.name.name.clone()))),
        ObjectKind::LargeObject => Ok(None),
        kind => target_of(run, kind, object, LockMode::AccessShare),
    }
}

/// 0LP01 for a privilege that this kind of object does not have, 42601 for one that there is not. Source:
/// `ExecuteGrantStmt` in `aclchk.c`.
fn privileges_fit(run: &Run, grant: &Grant, targets: &[CommentTarget]) -> Result<(), PgError> {
    const ALL: &[&str] = &[
        "all",
        "alter system",
        "connect",
        "create",
        "delete",
        "execute",
        "insert",
        "maintain",
        "references",
        "select",
        "set",
        "temp",
        "temporary",
        "trigger",
        "truncate",
        "update",
        "usage",
    ];
    let (what, own): (&str, &[&str]) = match grant.kind {
        ObjectKind::Table => ("relation", table_privileges(run.version())),
        ObjectKind::Sequence => ("sequence", &["select", "update", "usage"]),
        ObjectKind::Function => ("function", &["execute"]),
        ObjectKind::Procedure => ("procedure", &["execute"]),
        ObjectKind::Routine => ("routine", &["execute"]),
        ObjectKind::Schema => ("schema", &["create", "usage"]),
        ObjectKind::Type | ObjectKind::Domain => ("type", &["usage"]),
        ObjectKind::Database => ("database", &["create", "connect", "temporary", "temp"]),
        ObjectKind::Language => ("language", &["usage"]),
        ObjectKind::Server => ("foreign server", &["usage"]),
        ObjectKind::ForeignDataWrapper => ("foreign-data wrapper", &["usage"]),
        ObjectKind::Tablespace => ("tablespace", &["create"]),
        ObjectKind::LargeObject => ("large object", &["select", "update"]),
        _ => return Ok(()),
    };
    // GRANT … ON s, without TABLE, may name a sequence.
    let is_sequence = |target: &CommentTarget| {
        let found = target.object().and_then(|id| run.schema.relation(id));
        found.is_some_and(|found| found.sequence().is_some())
    };
    let on_sequence =
        grant.kind == ObjectKind::Table && !targets.is_empty() && targets.iter().all(is_sequence);
    for (privilege, columns) in &grant.privileges {
        let word = &**privilege;
        if !ALL.contains(&word) || word == "maintain" && run.version() < 17 {
            return Err(PgError::new("42601", format!("unrecognized privilege type \"{privilege}\"")));
        }
        let on_columns = matches!(word, "all" | "insert" | "references" | "select" | "update");
        if !columns.is_empty() && (grant.kind != ObjectKind::Table || !on_columns) {
            let message = format!("invalid privilege type {} for column", word.to_ascii_uppercase());
            return Err(PgError::new("0LP01", message));
        }
        if word != "all" && !own.contains(&word) && !(on_sequence && word == "usage") {
            let message = format!("invalid privilege type {} for {what}", word.to_ascii_uppercase());
            return Err(PgError::new("0LP01", message));
        }
    }
    Ok(())
}

/// ALTER DEFAULT PRIVILEGES.
pub(super) fn default_privileges(run: &mut Run, grant: &Grant) -> Result<(), PgError> {
    privileges_fit(run, grant, &[])?;
    for role in grant.roles.iter().chain(&grant.creators) {
        role_exists(run, role)?;
    }
    let mut schemas = Vec::new();
    for object in &grant.objects {
        schemas.push(Some(run.namespace(&object.name.name)?));
    }
    if grant.kind == ObjectKind::Schema && !schemas.is_empty() {
        let message = "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS";
        return Err(PgError::new("0LP01", message));
    }
    if schemas.is_empty() {
        schemas.push(None);
    }
    let kind = match grant.kind {
        ObjectKind::Routine | ObjectKind::Procedure => ObjectKind::Function,
        kind => kind,
    };
    let all: &[&str] = match kind {
        ObjectKind::Table => table_privileges(run.version()),
        ObjectKind::Sequence => &["select", "update", "usage"],
        ObjectKind::Function => &["execute"],
        ObjectKind::Schema => &["create", "usage"],
        _ => &["usage"],
    };
    let mut words: Vec<Name> =
        grant.privileges.iter().flat_map(|(privilege, _)| expanded(privilege, all)).collect();
    if grant.privileges.is_empty() {
        words = expanded("all", all);
    }
    let ourselves = || vec![creator(run).unwrap_or_else(|| name("postgres"))];
    let creators = if grant.creators.is_empty() { ourselves() } else { grant.creators.clone() };
    for creator in &creators {
        for schema in &schemas {
            let kept = Arc::make_mut(&mut run.schema.default_privileges);
            let same = |own: &DefaultPrivileges| {
                own.creator == *creator && own.schema == *schema && own.kind == kind
            };
            if !kept.iter().any(same) {
                let (creator, schema) = (creator.clone(), schema.clone());
                kept.push(DefaultPrivileges { creator, schema, kind, roles: Vec::new() });
            }
            let Some(own) = kept.iter_mut().find(|own| same(own)) else { continue };
            for role in &grant.roles {
                if own.roles.iter().all(|(known, ..)| known != role) {
                    own.roles.push((role.clone(), Vec::new(), Vec::new()));
                }
                let is_creators = role == creator;
                let usual = schema.is_none()
                    && (is_creators
                        || &**role == "public" && matches!(kind, ObjectKind::Function | ObjectKind::Type));
                let Some((_, granted, revoked)) = own.roles.iter_mut().find(|(known, ..)| known == role)
                else {
                    continue;
                };
                for word in &words {
                    if grant.grant_option && !grant.grant {
                        granted
                            .iter_mut()
                            .filter(|own| plain(own) == &**word)
                            .for_each(|own| *own = word.clone());
                        continue;
                    }
                    granted.retain(|own| plain(own) != &**word);
                    revoked.retain(|own| own != word);
                    match (grant.grant, usual) {
                        (true, false) => {
                            let star = if grant.grant_option { "*" } else { "" };
                            put(granted, &name(&format!("{word}{star}")));
                        }
                        (false, true) => put(revoked, word),
                        _ => {}
                    }
                }
            }
            own.roles.retain(|(_, granted, revoked)| !granted.is_empty() || !revoked.is_empty());
            kept.retain(|own| !own.roles.is_empty());
        }
    }
    run.change("changes the privileges that new objects get");
    Ok(())
}

/// 42939 for a name that is kept for the server's own roles.
fn not_reserved(role: &Name) -> Result<(), PgError> {
    if matches!(&**role, "public" | "none") {
        return Err(PgError::new("42939", format!("role name \"{role}\" is reserved")));
    }
    if role.starts_with("pg_") {
        return Err(PgError::new("42939", format!("role name \"{role}\" is reserved"))
            .with_hint("Role names starting with \"pg_\" are reserved."));
    }
    Ok(())
}

fn words_of(option: &OptionValue) -> Vec<Name> {
    option
        .value
        .as_deref()
        .unwrap_or_default()
        .split(", ")
        .filter(|word| !word.is_empty())
        .map(name)
        .collect()
}

/// CREATE, ALTER, DROP ROLE. Roles belong to the whole server: what is there already is not known.
pub(super) fn role(run: &mut Run, role: &command::Role) -> Result<(), PgError> {
    for (index, option) in role.options.iter().enumerate() {
        if role.options[..index].iter().any(|earlier| earlier.name == option.name) {
            return Err(PgError::new("42601", "conflicting or redundant options"));
        }
        let number = option.value.as_deref().and_then(|value| value.parse::<i64>().ok());
        if &*option.name == "connectionlimit" && number.is_some_and(|number| number < -1) {
            return Err(PgError::new("22023", "invalid connection limit"));
        }
    }
    for own in &role.names {
        match role.action {
            RoleAction::Create => create_role(run, own, &role.options)?,
            RoleAction::Alter => {
                role_exists(run, own)?;
                let settings = |option: &&OptionValue| !option.name.starts_with("set ");
                let options: Vec<OptionValue> = role.options.iter().filter(settings).cloned().collect();
                change_role(run, own, |known| {
                    for option in options {
                        known.options.retain(|earlier| earlier.name != option.name);
                        known.options.push(option);
                    }
                });
                run.change(format!("changes role {own}"));
            }
            RoleAction::Drop => {
                if !run.schema.roles.iter().any(|known| known.name == *own) && role.if_exists {
                    run.change(format!("nothing: there is no role {own}"));
                    continue;
                }
                role_exists(run, own)?;
                if is_in_use(&run.schema, own) {
                    let message =
                        format!("role \"{own}\" cannot be dropped because some objects depend on it");
                    return Err(PgError::new("2BP01", message));
                }
                let roles = Arc::make_mut(&mut run.schema.roles);
                roles.retain(|known| known.name != *own);
                roles.iter_mut().for_each(|known| known.member_of.retain(|of| of != own));
                run.schema
                    .forget(|target| matches!(target, CommentTarget::Other("role", name) if name == own));
                run.change(format!("drops role {own}"));
            }
        }
    }
    Ok(())
}

fn create_role(run: &mut Run, own: &Name, options: &[OptionValue]) -> Result<(), PgError> {
    not_reserved(own)?;
    if run.schema.roles.iter().any(|known| known.name == *own) || &**own == "postgres" {
        return Err(super::error::object_exists("role", own));
    }
    let mut made = Role { name: own.clone(), options: Vec::new(), member_of: Vec::new() };
    let mut members = Vec::new();
    for option in options {
        match &*option.name {
            "addroleto" => made.member_of.extend(words_of(option)),
            "rolemembers" | "adminmembers" => members.extend(words_of(option)),
            _ => made.options.push(option.clone()),
        }
    }
    for other in made.member_of.iter().chain(&members) {
        role_exists(run, other)?;
    }
    crate::sorted::sort_by(&mut made.member_of, Ord::cmp);
    let roles = Arc::make_mut(&mut run.schema.roles);
    let place = roles.partition_point(|known| known.name < *own);
    roles.insert(place, made);
    for member in members {
        change_role(run, &member, |known| known.member_of.push(own.clone()));
    }
    run.change(format!("creates role {own}"));
    Ok(())
}

fn change_role(run: &mut Run, role: &Name, change: impl FnOnce(&mut Role)) {
    if let Some(known) = Arc::make_mut(&mut run.schema.roles).iter_mut().find(|known| known.name == *role) {
        change(known);
    }
}

/// ALTER ROLE … RENAME TO.
pub(super) fn rename_role(run: &mut Run, from: &Name, to: &Name) -> Result<(), PgError> {
    role_exists(run, from)?;
    not_reserved(to)?;
    if run.schema.roles.iter().any(|known| known.name == *to) {
        return Err(super::error::object_exists("role", to));
    }
    let renamed = |role: &mut Name| {
        if role == from {
            *role = to.clone();
        }
    };
    let roles = Arc::make_mut(&mut run.schema.roles);
    for known in roles.iter_mut() {
        renamed(&mut known.name);
        known.member_of.iter_mut().for_each(renamed);
    }
    crate::sorted::sort_by(roles, |a, b| a.name.cmp(&b.name));
    for own in Arc::make_mut(&mut run.schema.default_privileges) {
        renamed(&mut own.creator);
        own.roles.iter_mut().for_each(|(role, ..)| renamed(role));
    }
    for kept in [&mut run.schema.grants, &mut run.schema.revoked] {
        let old: Vec<_> = kept.keys().filter(|(_, role)| role == from).cloned().collect();
        for key in old {
            if let Some(privileges) = kept.remove(&key) {
                kept.insert((key.0, to.clone()), privileges);
            }
        }
    }
    let owned: Vec<CommentTarget> = run
        .schema
        .owners
        .iter()
        .filter(|(_, owner)| *owner == from)
        .map(|(target, _)| target.clone())
        .collect();
    for target in owned {
        run.schema.owners.insert(target, to.clone());
    }
    let relations: Vec<Id> = run.schema.relations().map(|relation| relation.id).collect();
    for id in relations {
        let concerned = run.schema.relation(id).is_some_and(|relation| {
            relation.owner.as_ref() == Some(from)
                || relation
                    .table()
                    .is_some_and(|t| t.policies.iter().any(|policy| policy.roles.contains(from)))
        });
        if concerned {
            run.schema.change_relation(id, |relation| {
                relation.owner.iter_mut().for_each(renamed);
                let policies = relation.table_mut().into_iter().flat_map(|table| &mut table.policies);
                policies.for_each(|policy| policy.roles.iter_mut().for_each(renamed));
            });
        }
    }
    run.change(format!("renames role {from} to {to}"));
    Ok(())
}

/// Does the role own anything, or is anything granted to it?
fn is_in_use(schema: &Schema, role: &Name) -> bool {
    schema.relations().any(|relation| {
        relation.owner.as_ref() == Some(role)
            || relation.table().is_some_and(|t| t.policies.iter().any(|policy| policy.roles.contains(role)))
    }) || schema.owners.iter().any(|(_, owner)| owner == role)
        || schema.grants.keys().any(|(_, to)| to == role)
        || schema
            .default_privileges
            .iter()
            .any(|own| own.creator == *role || own.roles.iter().any(|(to, ..)| to == role))
        || schema
            .plain
            .iter()
            .any(|own| own.key.kind == ObjectKind::UserMapping && own.key.detail.as_ref() == Some(role))
}

/// GRANT role TO role: 0LP01 where that would make a circle.
pub(super) fn grant_role(run: &mut Run, grant: &GrantRole) -> Result<(), PgError> {
    for role in grant.granted.iter().chain(&grant.roles) {
        role_exists(run, role)?;
    }
    for member in &grant.roles {
        for of in &grant.granted {
            if grant.grant && (member == of || is_member(&run.schema, of, member)) {
                return Err(PgError::new("0LP01", format!("role \"{of}\" is a member of role \"{member}\"")));
            }
            let (add, only) = (grant.grant, grant.option_only);
            change_role(run, member, |known| {
                if add && !known.member_of.contains(of) {
                    let place = known.member_of.partition_point(|other| other < of);
                    known.member_of.insert(place, of.clone());
                } else if !add && !only {
                    known.member_of.retain(|other| other != of);
                }
            });
        }
    }
    let (verb, preposition) = if grant.grant { ("grants", "to") } else { ("revokes", "from") };
    run.change(format!("{verb} {} {preposition} {}", grant.granted.join(", "), grant.roles.join(", ")));
    Ok(())
}

/// Is one role a member of the other, directly or by way of others?
fn is_member(schema: &Schema, member: &Name, of: &Name) -> bool {
    let mut open = vec![member];
    let mut seen = Vec::new();
    while let Some(role) = open.pop() {
        if seen.contains(&role) {
            continue;
        }
        seen.push(role);
        let known = schema.roles.iter().find(|known| known.name == *role);
        let member_of = known.map_or(&[][..], |known| &known.member_of);
        if member_of.contains(of) {
            return true;
        }
        open.extend(member_of);
    }
    false
}

/// DROP OWNED and REASSIGN OWNED.
pub(super) fn owned(run: &mut Run, owned: &Owned) -> Result<(), PgError> {
    for role in owned.roles.iter().chain(&owned.to) {
        role_exists(run, role)?;
    }
    for role in &owned.roles {
        let mut targets: Vec<CommentTarget> = run
            .schema
            .relations()
            .filter(|relation| relation.owner.as_ref() == Some(role) && relation.index().is_none())
            .map(|relation| CommentTarget::Object(relation.id))
            .collect();
        targets
            .extend(run.schema.owners.iter().filter(|(_, owner)| *owner == role).map(|(own, _)| own.clone()));
        match &owned.to {
            Some(to) => {
                for target in &targets {
                    if let CommentTarget::Object(id) = target {
                        run.lock(*id, LockMode::AccessExclusive);
                    }
                    own(run, target, to.clone());
                }
            }
            None => {
                for target in targets {
                    drop_owned(run, &target, owned.behavior)?;
                }
                lose_all(run, role);
            }
        }
    }
    let verb = if owned.to.is_some() { "gives away" } else { "drops" };
    run.change(format!("{verb} what {} owns", owned.roles.join(", ")));
    Ok(())
}

/// Drops one of the objects that DROP OWNED is about.
fn drop_owned(run: &mut Run, target: &CommentTarget, behavior: Behavior) -> Result<(), PgError> {
    let plain = |schema: &Name, object: &Name| QualifiedName::qualified(schema, object);
    let (kind, named, arguments) = match target {
        CommentTarget::Namespace(namespace) => (ObjectKind::Schema, QualifiedName::bare(namespace), None),
        CommentTarget::Other("publication", own) => (ObjectKind::Publication, QualifiedName::bare(own), None),
        CommentTarget::Object(id) => {
            if let Some(relation) = run.schema.relation(*id) {
                let kind = match &relation.kind {
                    RelationKind::Table(table) if table.foreign_server.is_some() => ObjectKind::ForeignTable,
                    RelationKind::Table(_) => ObjectKind::Table,
                    RelationKind::View(view) if view.materialized => ObjectKind::MaterializedView,
                    RelationKind::View(_) => ObjectKind::View,
                    RelationKind::Index(_) => ObjectKind::Index,
                    RelationKind::Sequence(_) => ObjectKind::Sequence,
                };
                (kind, plain(&relation.schema, &relation.name), None)
            } else if let Some(found) = run.schema.user_type(*id) {
                (ObjectKind::Type, plain(&found.schema, &found.name), None)
            } else if let Some(found) = run.schema.function(*id) {
                let types = found.arguments.iter().map(|argument| argument.type_name.clone()).collect();
                (ObjectKind::Routine, plain(&found.schema, &found.name), Some(types))
            } else {
                return Ok(());
            }
        }
        CommentTarget::Plain(key) => {
            super::plain::remove(run, key);
            return Ok(());
        }
        _ => return Ok(()),
    };
    let object = ObjectName { name: named, part: None, arguments };
    super::object::drop(
        run,
        &Drop { kind, objects: vec![object], if_exists: true, behavior, concurrently: false },
    )
}

/// Takes back all that was granted to a role, and takes it out of policies.
fn lose_all(run: &mut Run, role: &Name) {
    let granted: Vec<_> = run.schema.grants.keys().filter(|(_, to)| to == role).cloned().collect();
    for key in granted {
        run.schema.grants.remove(&key);
    }
    let kept = Arc::make_mut(&mut run.schema.default_privileges);
    kept.iter_mut().for_each(|own| own.roles.retain(|(to, ..)| to != role));
    kept.retain(|own| own.creator != *role && !own.roles.is_empty());
    let of_policies: Vec<Id> = run
        .schema
        .relations()
        .filter(|r| r.table().is_some_and(|t| t.policies.iter().any(|policy| policy.roles.contains(role))))
        .map(|relation| relation.id)
        .collect();
    for id in of_policies {
        run.lock(id, LockMode::AccessExclusive);
        run.change_table(id, |table| {
            table.policies.retain(|policy| *policy.roles != [role.clone()]);
            table.policies.iter_mut().for_each(|policy| policy.roles.retain(|own| own != role));
        });
    }
}
