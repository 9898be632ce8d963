//! The catalog as the simulator has it.

use std::collections::HashMap;
use std::rc::Rc;

use lockstep_core::schema::{
    BaseType, Column, CommentTarget, Constraint, ConstraintKind, DataType, Domain, Function, Id, Index,
    Origin, PlainKey, Policy, Publication, Relation, RelationKind, Role, Schema, Sequence, Statistics, Table,
    Trigger, Type, TypeKind, View, constraint_definition, function_definition, index_definition, kind_name,
    partition_bound, partition_key, published, statistics_definition, trigger_definition,
};
use lockstep_core::sql::command::{
    ArgumentMode, Firing, ObjectKind, OptionValue, Persistence, ReplicaIdentity, Volatility,
};
use lockstep_core::sql::{Expression, Name, Node, name, quote_identifier, quote_literal};

use super::probe::{Probe, SPACE};
use super::{Claim, Model, Subject};

/// Everything that the schema holds, in the words of that major version's catalog.
pub fn of_schema(schema: &Schema, major: u32) -> Model {
    let mut writer = Writer { schema, major, renamed: HashMap::new(), model: Model::new() };
    for (name, namespace) in schema.namespaces.iter() {
        if namespace.origin != Origin::BuiltIn || &**name == "public" {
            let owner = schema.owners.get(&CommentTarget::Namespace(name.clone()));
            writer.text("schema", name, "owner", owner.map_or("", |owner| owner));
        }
    }
    for relation in schema.relations() {
        writer.relation(relation);
    }
    for user_type in schema.types() {
        writer.user_type(user_type);
    }
    for function in schema.functions() {
        writer.function(function);
    }
    for (name, extension) in schema.extensions.iter().filter(|(name, _)| &***name != "plpgsql") {
        writer.text("extension", name, "schema", &extension.schema);
        writer.optional("extension", name, "version", extension.version.as_deref());
    }
    for (name, publication) in schema.publications.iter() {
        writer.flag("publication", name, "all tables", publication.all_tables);
        writer.publication(name, publication);
        let mut schemas: Vec<String> = publication.schemas.iter().map(|schema| schema.to_string()).collect();
        schemas.sort();
        writer.list("publication", name, "schemas", &schemas);
        writer.there("publication", name);
    }
    for (key, statistics) in schema.statistics.iter() {
        writer.statistics(key, statistics);
    }
    for (target, text) in schema.comments.iter() {
        if let Some(identity) = writer.identity(target) {
            writer.text("comment", &identity, "text", text);
        }
    }
    for (kept, fact) in [(&schema.grants, "granted"), (&schema.revoked, "revoked")] {
        for ((target, role), privileges) in kept.iter() {
            writer.grant(target, role, privileges, fact);
        }
    }
    for role in schema.roles.iter() {
        writer.role(role);
    }
    for plain in schema.plain.iter() {
        let (kind, name) = writer.plain(&plain.key);
        writer.there(kind, &name);
    }
    for own in schema.default_privileges.iter() {
        let within = own
            .schema
            .as_ref()
            .map_or_else(String::new, |schema| format!(" in schema {}", quote_identifier(schema)));
        let kind = match own.kind {
            ObjectKind::Table => "tables",
            ObjectKind::Sequence => "sequences",
            ObjectKind::Function => "functions",
            ObjectKind::Schema => "schemas",
            _ => "types",
        };
        writer
            .there("default acl", &format!("for role {}{within} on {kind}", quote_identifier(&own.creator)));
    }
    writer.model
}

struct Writer<'a> {
    schema: &'a Schema,
    major: u32,
    /// The schema with one table under the name of its copy.
    renamed: HashMap<Id, Rc<Schema>>,
    model: Model,
}

/// A setting as the server spells it.
fn spelled(setting: &str) -> &str {
    ["TimeZone", "DateStyle", "IntervalStyle"]
        .into_iter()
        .find(|own| own.eq_ignore_ascii_case(setting))
        .unwrap_or(setting)
}

/// The name of a sequence's or column's owner and so on: `schema.name`.
fn full(schema: &str, object: &str) -> String {
    format!("{schema}.{object}")
}

/// As SQL, always with its schema, so that it says the same on every search path.
fn sql(schema: &str, object: &str) -> String {
    format!("{}.{}", quote_identifier(schema), quote_identifier(object))
}

fn relation_sql(relation: &Relation) -> String {
    sql(&relation.schema, &relation.name)
}

/// The role that a word of the grammar means here.
fn meant(role: &str) -> String {
    match role {
        "current_user" | "current_role" | "session_user" => "postgres".to_owned(),
        role => role.to_owned(),
    }
}

/// `schema.name` as SQL.
fn sql_of_full(full: &str) -> String {
    let (schema, object) = full.split_once('.').unwrap_or(("", full));
    sql(schema, object)
}

/// The options as `pg_class.reloptions` holds them, sorted.
fn options(options: &[OptionValue]) -> Vec<String> {
    let mut texts: Vec<String> = options
        .iter()
        .map(|option| format!("{}={}", option.name, option.value.as_deref().unwrap_or("true")))
        .collect();
    texts.sort();
    texts
}

impl Writer<'_> {
    fn put(&mut self, kind: &str, name: &str, fact: &str, claim: Claim) {
        let subject = Subject { kind: kind.to_owned(), name: name.to_owned(), fact: fact.to_owned() };
        self.model.insert(subject, claim);
    }

    fn text(&mut self, kind: &str, name: &str, fact: &str, value: &str) {
        self.put(kind, name, fact, Claim::Text(value.to_owned()));
    }

    fn optional(&mut self, kind: &str, name: &str, fact: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(kind, name, fact, value);
        }
    }

    /// A fact that is its own value.
    fn flag(&mut self, kind: &str, name: &str, fact: &str, yes: bool) {
        self.optional(kind, name, fact, yes.then_some(fact));
    }

    fn list(&mut self, kind: &str, name: &str, fact: &str, values: &[String]) {
        self.optional(kind, name, fact, (!values.is_empty()).then(|| values.join(", ")).as_deref());
    }

    /// An object about which there may be nothing else to say; the server's query gives the same.
    fn there(&mut self, kind: &str, name: &str) {
        self.text(kind, name, "there", "yes");
    }

    fn sql(&mut self, kind: &str, name: &str, fact: &str, text: String, setup: Vec<String>, read: String) {
        self.put(kind, name, fact, Claim::Sql(Box::new(Probe { text, setup, read })));
    }

    /// The type as `format_type()` writes it where nothing but `pg_catalog` is on the search path.
    fn type_claim(&self, data_type: &DataType) -> Claim {
        let array = if data_type.array { "[]" } else { "" };
        match &data_type.base {
            BaseType::User(id) => match self.schema.user_type(*id) {
                Some(found) => Claim::Text(sql(&found.schema, &found.name) + array),
                None => Claim::Text("?".to_owned()),
            },
            BaseType::Row(id) => match self.schema.relation(*id) {
                Some(found) => Claim::Text(relation_sql(found) + array),
                None => Claim::Text("?".to_owned()),
            },
            BaseType::BuiltIn(_) | BaseType::Unknown => Claim::Text(self.schema.format_type(data_type)),
            BaseType::Extension(_) => type_probe(self.schema.format_type(data_type)),
        }
    }

    /// The type's text as far as it is known without a server.
    fn type_text(&self, data_type: &DataType) -> String {
        match self.type_claim(data_type) {
            Claim::Text(text) => text,
            Claim::Sql(probe) => probe.text,
        }
    }

    /// A type with its schema, but for those that have a spelling of the standard's.
    fn qualified_type(&self, data_type: &DataType) -> String {
        let text = self.type_text(data_type);
        match data_type.base {
            BaseType::BuiltIn(known) if text.trim_end_matches("[]") == known => match known {
                "numeric" | "interval" => text,
                _ => format!("pg_catalog.{text}"),
            },
            _ => text,
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let kind = match &relation.kind {
            RelationKind::Table(_) => "table",
            RelationKind::View(_) => "view",
            RelationKind::Index(_) => "index",
            RelationKind::Sequence(_) => "sequence",
        };
        let name = &relation.display_name();
        self.text(kind, name, "kind", relation.kind_name());
        // An index is as its table is.
        let table = relation.index().and_then(|index| self.schema.relation(index.table));
        let persistence = match table.map_or(relation.persistence, |table| table.persistence) {
            Persistence::Permanent => None,
            Persistence::Unlogged => Some("unlogged"),
            Persistence::Temporary => Some("temporary"),
        };
        self.optional(kind, name, "persistence", persistence);
        self.optional(kind, name, "tablespace", relation.tablespace.as_deref());
        let owner = table
            .map_or(&relation.owner, |table| &table.owner)
            .as_deref()
            .filter(|owner| !matches!(*owner, "postgres" | "current_user" | "current_role" | "session_user"));
        self.optional(kind, name, "owner", owner);
        let mut own_options = options(&relation.options);
        match &relation.kind {
            RelationKind::Table(table) => self.table(relation, name, table),
            RelationKind::View(view) => {
                if let Some(option) = &view.check_option {
                    own_options.push(format!("check_option={option}"));
                    own_options.sort();
                }
                self.view(relation, name, view);
            }
            RelationKind::Index(index) => self.index(relation, name, index),
            RelationKind::Sequence(sequence) => self.sequence(name, sequence),
        }
        self.list(kind, name, "options", &own_options);
    }

    fn table(&mut self, relation: &Relation, name: &str, table: &Table) {
        let kind = "table";
        self.optional(kind, name, "row security", table.row_security.then_some("enabled"));
        self.optional(kind, name, "forced row security", table.force_row_security.then_some("forced"));
        let identity = match &table.replica_identity {
            ReplicaIdentity::Default => None,
            ReplicaIdentity::Full => Some("full".to_owned()),
            ReplicaIdentity::Nothing => Some("nothing".to_owned()),
            ReplicaIdentity::Index(index) => Some(sql(&relation.schema, index)),
        };
        self.optional(kind, name, "replica identity", identity.as_deref());
        let method = table.access_method.as_deref().filter(|method| *method != "heap");
        self.optional(kind, name, "access method", method);
        self.optional(kind, name, "server", table.foreign_server.as_deref());
        let of_type = table.of_type.and_then(|id| self.schema.user_type(id));
        self.optional(kind, name, "of type", of_type.map(|found| sql(&found.schema, &found.name)).as_deref());
        let parents: Vec<String> = table.parents.iter().map(|id| self.schema.display_name(*id)).collect();
        self.list(kind, name, "parents", &parents);
        if let Some(by) = &table.partition_by {
            let text = partition_key(by);
            let create =
                format!("CREATE TABLE {SPACE}.t (LIKE {}) PARTITION BY {text}", relation_sql(relation));
            let read = format!("SELECT pg_get_partkeydef('{SPACE}.t'::regclass)");
            self.sql(kind, name, "partition key", text, vec![create], read);
        }
        if let Some(bound) = &table.bound {
            let text = partition_bound(bound);
            let parent = table.parents.first().and_then(|id| self.schema.relation(*id));
            let key = parent.and_then(|parent| parent.table()?.partition_by.as_ref()).map(partition_key);
            if let (Some(parent), Some(key)) = (parent, key) {
                let setup = vec![
                    format!("CREATE TABLE {SPACE}.t (LIKE {}) PARTITION BY {key}", relation_sql(parent)),
                    format!("CREATE TABLE {SPACE}.part PARTITION OF {SPACE}.t {text}"),
                ];
                let read = format!(
                    "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = '{SPACE}.part'::regclass"
                );
                self.sql(kind, name, "bound", text, setup, read);
            }
        }
        for column in &table.columns {
            self.column(relation, name, column);
        }
        for constraint in &table.constraints {
            self.constraint(relation, name, constraint);
        }
        for trigger in &table.triggers {
            self.trigger(relation, name, trigger);
        }
        for policy in &table.policies {
            self.policy(relation, name, policy);
        }
        for rule in &table.rules {
            let name = full(name, &rule.name);
            self.text("rule", &name, "event", &rule.event.to_lowercase());
            self.flag("rule", &name, "instead", rule.instead);
        }
    }

    fn column(&mut self, relation: &Relation, table: &str, column: &Column) {
        let (kind, name) = ("column", full(table, &column.name));
        self.text(kind, &name, "number", &column.number.to_string());
        let data_type = self.type_claim(&column.data_type);
        self.put(kind, &name, "type", data_type);
        self.flag(kind, &name, "not null", column.not_null);
        let copied = copy(relation);
        let value = format!(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = '{}'::regclass",
            copied.table
        );
        let draws = |default: &Expression| matches!(&default.node, Node::Function { name, .. } if &*name.name == "nextval");
        let sequence = column
            .sequence
            .filter(|_| column.identity.is_none() && column.default.as_ref().is_some_and(draws));
        if let Some(sequence) = sequence.and_then(|id| self.schema.relation(id)) {
            // It names the sequence by its identity, whatever it is called by now.
            let sequence = quote_literal(&relation_sql(sequence));
            self.text(kind, &name, "default", &format!("nextval({sequence}::regclass)"));
        } else if let Some(default) = &column.default {
            let text = default.sql.to_string();
            let set = format!(
                "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {text}",
                copied.table,
                quote_identifier(&column.name)
            );
            self.sql(kind, &name, "default", text, vec![copied.create.clone(), set], value.clone());
        }
        if let Some((expression, stored)) = &column.generated {
            let text = expression.sql.to_string();
            let add = format!(
                "ALTER TABLE {} ADD COLUMN oracle_column {} GENERATED ALWAYS AS ({text}) {}",
                copied.table,
                self.type_text(&column.data_type),
                if *stored { "STORED" } else { "VIRTUAL" }
            );
            self.sql(kind, &name, "generated", text, vec![copied.create, add], value);
            self.text(kind, &name, "generation", if *stored { "stored" } else { "virtual" });
        }
        let identity = column.identity.map(|always| if always { "always" } else { "by default" });
        self.optional(kind, &name, "identity", identity);
        let collation = column.collation.as_ref().map(|collation| &*collation.name);
        self.optional(kind, &name, "collation", collation.filter(|collation| *collation != "default"));
        self.optional(kind, &name, "storage", column.storage.as_deref().map(str::to_lowercase).as_deref());
        self.optional(kind, &name, "compression", column.compression.as_deref());
        self.list(kind, &name, "options", &options(&column.options));
        self.optional(
            kind,
            &name,
            "statistics",
            column.statistics.map(|target| target.to_string()).as_deref(),
        );
        self.flag(kind, &name, "inherited", column.inherited);
        self.flag(kind, &name, "own too", column.inherited && column.local);
    }

    fn constraint(&mut self, relation: &Relation, table: &str, constraint: &Constraint) {
        if matches!(constraint.kind, ConstraintKind::NotNull(_)) && self.major < 18 {
            return;
        }
        let name = full(table, &constraint.name);
        let copied = copy(relation);
        let definition = constraint_definition(self.schema, relation, constraint);
        let setup = vec![
            copied.create.clone(),
            format!("ALTER TABLE {} ADD CONSTRAINT oracle_constraint {definition}", copied.table),
        ];
        let read = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'oracle_constraint'"
            .to_owned();
        self.sql("constraint", &name, "definition", definition, setup, read);
        self.flag("constraint", &name, "inherited", constraint.inherited);
        self.flag("constraint", &name, "own too", constraint.inherited && constraint.local);
    }

    fn trigger(&mut self, relation: &Relation, table: &str, trigger: &Trigger) {
        let (schema, copied) = self.copied(relation);
        let mut renamed = trigger.clone();
        renamed.name = name("oracle_trigger");
        let definition = schema
            .relation(relation.id)
            .map(|relation| trigger_definition(&schema, relation, &renamed))
            .unwrap_or_default();
        let read = format!(
            "SELECT replace(replace(pg_get_triggerdef(oid), 'TRIGGER oracle_trigger ', 'TRIGGER '), {}, ' ') \
             FROM pg_trigger WHERE tgname = 'oracle_trigger'",
            quote_literal(&format!(" ON {} ", copied.table))
        );
        let name = full(table, &trigger.name);
        self.sql("trigger", &name, "definition", definition.clone(), vec![copied.create, definition], read);
        let enabled = match trigger.firing {
            Firing::Origin => None,
            Firing::Always => Some("always"),
            Firing::Replica => Some("replica"),
            Firing::Disabled => Some("no"),
        };
        self.optional("trigger", &name, "enabled", enabled);
        let is_parents = relation.table().is_some_and(|table| {
            table.bound.is_some()
                && table.parents.iter().any(|parent| {
                    let triggers = self.schema.relation(*parent).and_then(|parent| parent.table());
                    triggers.is_some_and(|parent| {
                        parent.triggers.iter().any(|own| own.name == trigger.name && own.for_each_row)
                    })
                })
        });
        self.flag("trigger", &name, "inherited", is_parents);
    }

    fn policy(&mut self, relation: &Relation, table: &str, policy: &Policy) {
        let (kind, name) = ("policy", full(table, &policy.name));
        self.optional(kind, &name, "permissive", (!policy.permissive).then_some("restrictive"));
        self.text(kind, &name, "command", &policy.command.to_lowercase());
        let mut roles: Vec<String> = policy.roles.iter().map(|role| meant(role)).collect();
        if roles.is_empty() {
            roles.push("public".to_owned());
        }
        roles.sort();
        self.list(kind, &name, "roles", &roles);
        let copied = copy(relation);
        for (fact, clause, column, expression) in [
            ("using", "USING", "polqual", &policy.using),
            ("with check", "WITH CHECK", "polwithcheck", &policy.with_check),
        ] {
            let Some(expression) = expression else { continue };
            let text = expression.sql.to_string();
            let create = format!("CREATE POLICY oracle_policy ON {} {clause} ({text})", copied.table);
            let read = format!(
                "SELECT pg_get_expr({column}, polrelid) FROM pg_policy WHERE polname = 'oracle_policy'"
            );
            self.sql(kind, &name, fact, text, vec![copied.create.clone(), create], read);
        }
    }

    fn view(&mut self, relation: &Relation, name: &str, view: &View) {
        let kind = "view";
        self.optional(kind, name, "populated", (view.materialized && !view.populated).then_some("no"));
        let text = view.query.to_string();
        let columns: Vec<String> = view.columns.iter().map(|column| quote_identifier(column)).collect();
        let columns = if columns.is_empty() { String::new() } else { format!(" ({})", columns.join(", ")) };
        // A recursive view, or one whose query names its own earlier self, goes by its own name.
        let own = format!("{SPACE}.{}", quote_identifier(&relation.name));
        let create = format!("CREATE VIEW {own}{columns} AS {text}");
        let read = format!("SELECT pg_get_viewdef({}::regclass)", quote_literal(&own));
        self.sql(kind, name, "query", text, vec![create], read);
        let mut reads = Vec::new();
        let mut columns_read = Vec::new();
        for (id, columns) in &view.reads {
            if let Some(composite) = self.schema.user_type(*id)
                && let TypeKind::Composite(attributes) = &composite.kind
            {
                let name = full(&composite.schema, &composite.name);
                let attribute = |number: &i16| attributes.get(usize::try_from(*number - 1).ok()?);
                columns_read.extend(columns.iter().filter_map(attribute).map(|own| full(&name, &own.name)));
                reads.push(name);
            }
            let Some(read) = self.schema.relation(*id).filter(|read| read.sequence().is_none()) else {
                continue;
            };
            reads.push(read.display_name());
            for number in columns {
                let column = match (read.table(), read.view()) {
                    (Some(table), _) => table.column_name(*number).to_string(),
                    (_, Some(view)) => usize::try_from(*number - 1)
                        .ok()
                        .and_then(|at| view.columns.get(at))
                        .map_or_else(|| "?".to_owned(), |column| column.to_string()),
                    _ => "?".to_owned(),
                };
                columns_read.push(full(&read.display_name(), &column));
            }
        }
        for (fact, mut names) in [("reads", reads), ("columns read", columns_read)] {
            names.sort();
            names.dedup();
            self.list(kind, name, fact, &names);
        }
        for (position, column) in view.columns.iter().enumerate() {
            let name = full(name, column);
            self.text("view column", &name, "number", &(position + 1).to_string());
            if let Some(data_type) = view.column_types.get(position) {
                let claim = self.type_claim(data_type);
                self.put("view column", &name, "type", claim);
            }
        }
        for trigger in &view.triggers {
            self.trigger(relation, name, trigger);
        }
    }

    fn index(&mut self, relation: &Relation, name: &str, index: &Index) {
        let kind = "index";
        let table = self.schema.relation(index.table).cloned();
        self.text(kind, name, "table", &self.schema.display_name(index.table));
        let is_primary = |table: &Table| table.primary_key() == Some(relation.id);
        let of_table = table.as_ref().and_then(|table| table.table());
        self.flag(kind, name, "unique", index.unique);
        self.optional(kind, name, "primary", of_table.is_some_and(is_primary).then_some("primary"));
        self.optional(kind, name, "valid", (!index.valid).then_some("no"));
        let clustered = of_table.is_some_and(|table| table.cluster_on == Some(relation.id));
        self.flag(kind, name, "clustered", clustered);
        let constraint = of_table.and_then(|table| {
            table.constraints.iter().find(|constraint| constraint.kind.index() == Some(relation.id))
        });
        let constraint = constraint.map(|constraint| constraint.name.clone());
        self.optional(kind, name, "constraint", constraint.as_deref());
        self.optional(
            kind,
            name,
            "parents",
            index.parent.map(|parent| self.schema.display_name(parent)).as_deref(),
        );
        let Some(table) = table else { return };
        let (schema, copied) = self.copied(&table);
        let mut renamed = relation.clone();
        renamed.name = lockstep_core::sql::name("oracle_index");
        let definition = index_definition(&schema, &renamed, false);
        let read = format!(
            "SELECT substring(pg_get_indexdef('{SPACE}.oracle_index'::regclass) FROM ' USING (.*)$')"
        );
        self.sql(kind, name, "definition", definition.clone(), vec![copied.create, definition], read);
    }

    fn sequence(&mut self, name: &str, sequence: &Sequence) {
        let kind = "sequence";
        self.text(kind, name, "type", &sequence.data_type);
        for (fact, value) in [
            ("start", sequence.start),
            ("increment", sequence.increment),
            ("minimum", sequence.minimum),
            ("maximum", sequence.maximum),
            ("cache", sequence.cache),
        ] {
            self.text(kind, name, fact, &value.to_string());
        }
        self.flag(kind, name, "cycle", sequence.cycle);
        let owner = sequence.owned_by.and_then(|(table, column)| {
            let table = self.schema.relation(table)?;
            Some(full(&table.display_name(), &table.table()?.column_name(column)))
        });
        self.optional(kind, name, "owned by", owner.as_deref());
        self.flag(kind, name, "identity", sequence.identity);
    }

    fn user_type(&mut self, user_type: &Type) {
        let (kind, name) = ("type", full(&user_type.schema, &user_type.name));
        let what = match &user_type.kind {
            TypeKind::Enum(_) => "enum",
            TypeKind::Composite(_) => "composite",
            TypeKind::Domain(_) => "domain",
            TypeKind::Range(_) => "range",
            TypeKind::Base => "base",
            TypeKind::Shell => "shell",
            TypeKind::Unknown => "unknown",
            // It is told with the range type that it belongs to.
            TypeKind::Multirange(_) => return,
        };
        self.text(kind, &name, "kind", what);
        self.owner(kind, &name, user_type.id);
        match &user_type.kind {
            TypeKind::Enum(values) => {
                let values: Vec<String> = values.iter().map(|value| quote_literal(value)).collect();
                self.list(kind, &name, "values", &values);
            }
            TypeKind::Composite(attributes) => {
                for (position, attribute) in attributes.iter().enumerate() {
                    let name = full(&name, &attribute.name);
                    self.text("attribute", &name, "number", &(position + 1).to_string());
                    let text = attribute.type_name.as_ref().map_or_else(String::new, |t| t.text.to_string());
                    self.put("attribute", &name, "type", type_probe(text));
                    let collation = attribute.collation.as_ref().map(|collation| &*collation.name);
                    self.optional("attribute", &name, "collation", collation);
                }
            }
            TypeKind::Domain(domain) => self.domain(&name, domain),
            TypeKind::Range(options) => {
                let multirange = |other: &&Type| other.kind == TypeKind::Multirange(user_type.id);
                let multirange = self.schema.types().map(|other| &**other).find(multirange);
                let multirange = multirange.map(|other| full(&other.schema, &other.name));
                if let Some(multirange) = &multirange {
                    let (range, multirange) = (sql_of_full(&name), sql_of_full(multirange));
                    self.there("cast", &format!("({range} AS {multirange})"));
                }
                self.optional(kind, &name, "multirange", multirange.as_deref());
                for option in options {
                    let value = option.value.as_deref().unwrap_or_default();
                    match &*option.name {
                        "subtype" => self.put(kind, &name, "subtype", type_probe(value.to_owned())),
                        "subtype_diff" => self.text(kind, &name, "subtype difference", value),
                        "canonical" => self.text(kind, &name, "canonical", value),
                        "collation" => self.text(kind, &name, "collation", value),
                        _ => {}
                    }
                }
            }
            TypeKind::Base | TypeKind::Shell | TypeKind::Multirange(_) | TypeKind::Unknown => {}
        }
    }

    fn domain(&mut self, name: &str, domain: &Domain) {
        let kind = "type";
        let base = self.type_claim(&domain.base);
        self.put(kind, name, "base", base);
        let base = self.type_text(&domain.base);
        if let Some(default) = &domain.default {
            let text = default.sql.to_string();
            let create = format!("CREATE DOMAIN {SPACE}.d AS {base} DEFAULT {text}");
            let read = format!(
                "SELECT coalesce(pg_get_expr(typdefaultbin, 0), typdefault) FROM pg_type WHERE oid = '{SPACE}.d'::regtype"
            );
            self.sql(kind, name, "default", text, vec![create], read);
        }
        self.flag(kind, name, "not null", domain.not_null);
        if let Some(own) = domain.not_null_name.as_ref().filter(|_| self.major >= 17) {
            self.text("constraint", &full(name, own), "definition", "NOT NULL");
        }
        self.optional(kind, name, "collation", domain.collation.as_ref().map(|collation| &*collation.name));
        for (check, condition, validated) in &domain.checks {
            let text = format!("CHECK ({}){}", condition.sql, if *validated { "" } else { " NOT VALID" });
            let setup = vec![
                format!("CREATE DOMAIN {SPACE}.d AS {base}"),
                format!("ALTER DOMAIN {SPACE}.d ADD CONSTRAINT oracle_constraint {text}"),
            ];
            let read =
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'oracle_constraint'"
                    .to_owned();
            self.sql("constraint", &full(name, check), "definition", text, setup, read);
        }
    }

    fn function(&mut self, function: &Function) {
        let kind = "function";
        let types: Vec<String> =
            function.signature.iter().map(|data_type| self.type_text(data_type)).collect();
        let name = format!("{}({})", full(&function.schema, &function.name), types.join(", "));
        let what = match function.aggregate {
            Some(_) => "aggregate",
            None if function.procedure => "procedure",
            None => "function",
        };
        self.text(kind, &name, "kind", what);
        self.owner(kind, &name, function.id);
        let mut copied = function.clone();
        copied.schema = lockstep_core::sql::name(SPACE);
        copied.name = lockstep_core::sql::name("oracle_function");
        let mut create = function_definition(self.schema, &copied, false);
        if function.body.is_none() && function.aggregate.is_none() && function.parsed_body.is_none() {
            create += " AS ''";
        }
        let read =
            |of: &str| format!("SELECT coalesce({of}, '') FROM pg_proc p WHERE proname = 'oracle_function'");
        if !function.arguments.iter().all(|argument| argument.mode == ArgumentMode::Table) {
            let text = "(arguments)".to_owned();
            self.sql(
                kind,
                &name,
                "arguments",
                text,
                vec![create.clone()],
                read("pg_get_function_arguments(oid)"),
            );
        }
        if let Some(body) = &function.parsed_body {
            let create = vec![create.clone()];
            self.sql(
                kind,
                &name,
                "parsed body",
                body.to_string(),
                create,
                read("pg_get_function_sqlbody(oid)"),
            );
        }
        if !function.procedure {
            let text = function.returns.as_deref().unwrap_or("(result)").to_owned();
            self.sql(kind, &name, "result", text, vec![create], read("pg_get_function_result(oid)"));
        }
        let options = &function.options;
        let language = options.language.as_deref().unwrap_or("sql").to_lowercase();
        self.text(kind, &name, "language", &language);
        let volatility = match options.volatility {
            Some(Volatility::Immutable) => "immutable",
            Some(Volatility::Stable) => "stable",
            Some(Volatility::Volatile) | None => "volatile",
        };
        self.text(kind, &name, "volatility", volatility);
        self.flag(kind, &name, "strict", options.strict == Some(true));
        self.optional(kind, &name, "security", (options.security_definer == Some(true)).then_some("definer"));
        self.flag(kind, &name, "leakproof", options.leakproof == Some(true));
        let parallel =
            options.parallel.as_deref().map(str::to_lowercase).filter(|parallel| parallel != "unsafe");
        self.optional(kind, &name, "parallel", parallel.as_deref());
        let usual_cost = if matches!(language.as_str(), "c" | "internal") { "1" } else { "100" };
        self.optional(kind, &name, "cost", options.cost.as_deref().filter(|cost| *cost != usual_cost));
        self.optional(kind, &name, "rows", options.rows.as_deref().filter(|rows| *rows != "1000"));
        let settings: Vec<String> = options
            .settings
            .iter()
            .map(|(name, value)| format!("{}={}", spelled(name), value.as_deref().unwrap_or_default()))
            .collect();
        self.list(kind, &name, "settings", &settings);
        let body = if function.parsed_body.is_some() { None } else { function.body.as_deref() };
        self.optional(kind, &name, "body", body);
    }

    fn owner(&mut self, kind: &str, name: &str, id: Id) {
        let owner = self.schema.owners.get(&CommentTarget::Object(id)).cloned();
        self.optional(kind, name, "owner", owner.as_deref());
    }

    fn role(&mut self, role: &Role) {
        let value = |option: &str| role.options.iter().find(|own| &*own.name == option)?.value.as_deref();
        let mut words = Vec::new();
        for (option, word) in [
            ("superuser", "superuser"),
            ("inherit", "noinherit"),
            ("createrole", "createrole"),
            ("createdb", "createdb"),
            ("canlogin", "login"),
            ("isreplication", "replication"),
            ("bypassrls", "bypassrls"),
        ] {
            let set = value(option) == Some("true");
            if if option == "inherit" { value(option) == Some("false") } else { set } {
                words.push(word.to_owned());
            }
        }
        if let Some(limit) = value("connectionlimit").filter(|limit| *limit != "-1") {
            words.push(format!("connection limit {limit}"));
        }
        self.text("role", &role.name, "attributes", &words.join(" "));
        let member_of: Vec<String> = role.member_of.iter().map(|role| quote_identifier(role)).collect();
        self.list("role", &role.name, "member of", &member_of);
    }

    /// Its kind and name in the words of `pg_identify_object()`.
    fn plain(&self, key: &PlainKey) -> (&'static str, String) {
        let own = match &key.schema {
            Some(schema) if key.kind == ObjectKind::Operator => {
                format!("{}.{}", quote_identifier(schema), key.name)
            }
            Some(schema) => sql(schema, &key.name),
            None => quote_identifier(&key.name),
        };
        let detail = key.detail.as_deref().unwrap_or_default();
        let name = match key.kind {
            ObjectKind::Operator if detail.contains(',') => format!("{own}({detail})"),
            ObjectKind::Operator => format!("{own}(NONE,{detail})"),
            ObjectKind::OperatorClass | ObjectKind::OperatorFamily => format!("{own} USING {detail}"),
            ObjectKind::Cast => format!("({})", key.name),
            ObjectKind::UserMapping => format!("{} on server {}", meant(detail), key.name),
            ObjectKind::Transform => format!("for {} language {detail}", key.name),
            _ => own,
        };
        (kind_name(key.kind), name)
    }

    fn publication(&mut self, name: &str, publication: &Publication) {
        let kind = "publication";
        let mut tables: Vec<String> =
            publication.tables.iter().map(|table| self.schema.display_name(table.table)).collect();
        tables.sort();
        self.list(kind, name, "tables", &tables);
        let owner =
            self.schema.owners.get(&CommentTarget::Other("publication", lockstep_core::sql::name(name)));
        let owner = owner.cloned();
        self.optional(kind, name, "owner", owner.as_deref());
        let value = |option: &str| {
            let found = publication.options.iter().find(|own| &*own.name == option)?;
            found.value.as_deref()
        };
        let via_root = value("publish_via_partition_root")
            .is_some_and(|value| matches!(value, "true" | "on" | "1" | "yes"));
        self.flag(kind, name, "via root", via_root);
        if let Some(publish) = value("publish") {
            let words: Vec<&str> = publish.split(',').map(str::trim).collect();
            let lacking: Vec<String> = ["insert", "update", "delete", "truncate"]
                .iter()
                .filter(|word| !words.contains(word))
                .map(|word| format!("no {word}"))
                .collect();
            self.list(kind, name, "publish", &lacking);
        }
        if self.major < 15 {
            return;
        }
        let mut listed = Vec::new();
        for table in &publication.tables {
            let Some(relation) = self.schema.relation(table.table) else { continue };
            let mut text = relation.display_name();
            if let Some(columns) = &table.columns {
                let numbers: Vec<String> = columns.iter().map(i16::to_string).collect();
                text += &format!(" ({})", numbers.join(" "));
            }
            if let Some(condition) = &table.condition {
                text += &format!(" WHERE ({})", condition.sql);
            }
            if table.columns.is_some() || table.condition.is_some() {
                listed.push(text);
            }
        }
        listed.sort();
        if !listed.is_empty() {
            let tables: Vec<String> =
                publication.tables.iter().map(|table| published(self.schema, table)).collect();
            let setup =
                vec![format!("CREATE PUBLICATION oracle_publication FOR TABLE {}", tables.join(", "))];
            let read = "SELECT string_agg(n.nspname || '.' || r.relname || coalesce(' (' || l.prattrs::text || ')', '') || coalesce(' WHERE ' || pg_get_expr(l.prqual, l.prrelid), ''), ', ' \
                ORDER BY n.nspname || '.' || r.relname) FROM pg_publication_rel l JOIN pg_publication p ON p.oid = l.prpubid \
                JOIN pg_class r ON r.oid = l.prrelid JOIN pg_namespace n ON n.oid = r.relnamespace \
                WHERE p.pubname = 'oracle_publication' AND (l.prattrs IS NOT NULL OR l.prqual IS NOT NULL)".to_owned();
            self.sql(kind, name, "column lists and conditions", listed.join(", "), setup, read);
        }
    }

    fn statistics(&mut self, key: &(Name, Name), statistics: &Statistics) {
        let (kind, own) = ("statistics", full(&key.0, &key.1));
        self.text(kind, &own, "table", &self.schema.display_name(statistics.table));
        self.optional(kind, &own, "target", statistics.target.map(|target| target.to_string()).as_deref());
        let Some(table) = self.schema.relation(statistics.table).cloned() else { return };
        let (schema, copied) = self.copied(&table);
        let at = (name(SPACE), name("oracle_statistics"));
        let definition = statistics_definition(&schema, &at, statistics);
        let read = format!(
            "SELECT regexp_replace(replace(pg_get_statisticsobjdef(oid), 'CREATE STATISTICS {SPACE}.oracle_statistics ', ''), \
             ' FROM .*$', '') FROM pg_statistic_ext WHERE stxname = 'oracle_statistics'"
        );
        self.sql(kind, &own, "definition", definition.clone(), vec![copied.create, definition], read);
    }

    /// The schema with a table under the name that its copy has on the server.
    fn copied(&mut self, relation: &Relation) -> (Rc<Schema>, Copied) {
        let schema = self.schema;
        let renamed = self.renamed.entry(relation.id).or_insert_with(|| {
            let mut renamed = schema.clone();
            renamed.rename_relation(relation.id, name(SPACE), relation.name.clone());
            Rc::new(renamed)
        });
        (renamed.clone(), copy(relation))
    }

    /// What `pg_identify_object()` calls it, with its type; none for what is not in this database.
    fn identity(&self, target: &CommentTarget) -> Option<String> {
        let relation_kind = |relation: &Relation| match relation.kind_name() {
            "partitioned table" => "table",
            kind => kind,
        };
        Some(match target {
            CommentTarget::Object(id) => {
                if let Some(relation) = self.schema.relation(*id) {
                    format!("{} {}", relation_kind(relation), relation_sql(relation))
                } else if let Some(user_type) = self.schema.user_type(*id) {
                    format!("type {}", sql(&user_type.schema, &user_type.name))
                } else {
                    let function = self.schema.function(*id)?;
                    let types: Vec<String> =
                        function.signature.iter().map(|t| self.qualified_type(t)).collect();
                    let kind = match function.aggregate {
                        Some(_) => "aggregate",
                        None if function.procedure => "procedure",
                        None => "function",
                    };
                    format!("{kind} {}({})", sql(&function.schema, &function.name), types.join(","))
                }
            }
            CommentTarget::Column(id, number) => {
                let relation = self.schema.relation(*id)?;
                let column = match relation.view() {
                    Some(view) => view.columns.get(usize::try_from(*number - 1).ok()?)?.clone(),
                    None => relation.table()?.column_name(*number),
                };
                format!(
                    "{} column {}.{}",
                    relation_kind(relation),
                    relation_sql(relation),
                    quote_identifier(&column)
                )
            }
            CommentTarget::Part(id, kind, part) => match self.schema.relation(*id) {
                Some(relation) => {
                    let of = if *kind == "constraint" { "table " } else { "" };
                    format!("{of}{kind} {} on {}", quote_identifier(part), relation_sql(relation))
                }
                None => {
                    let user_type = self.schema.user_type(*id)?;
                    let of = sql(&user_type.schema, &user_type.name);
                    match *kind {
                        "attribute" => format!("composite type column {of}.{}", quote_identifier(part)),
                        kind => format!("domain {kind} {} on {of}", quote_identifier(part)),
                    }
                }
            },
            CommentTarget::Namespace(name) => format!("schema {}", quote_identifier(name)),
            CommentTarget::Other("database" | "role" | "tablespace", _) => return None,
            CommentTarget::Plain(key) => {
                let (kind, name) = self.plain(key);
                format!("{kind} {name}")
            }
            CommentTarget::Other("statistics object", name) => {
                let (schema, own) = name.split_once('.')?;
                format!("statistics object {}", sql(schema, own))
            }
            CommentTarget::Other(kind, name) => format!("{kind} {}", quote_identifier(name)),
        })
    }

    /// What a role may do with an object beyond the usual, or not do of it.
    fn grant(&mut self, target: &CommentTarget, role: &str, privileges: &[Name], fact: &str) {
        let owner = match target.object().and_then(|id| self.schema.relation(id)) {
            Some(relation) => relation.owner.clone(),
            None => self.schema.owners.get(target).cloned(),
        };
        let is_owners = owner.as_deref().unwrap_or("postgres") == role;
        if let Some(identity) = self.identity(target).filter(|_| fact == "revoked" || !is_owners) {
            let words: Vec<String> = privileges.iter().map(|word| word.to_uppercase()).collect();
            self.text("privileges", &format!("{identity} for {role}"), fact, &words.join(", "));
        }
    }
}

/// A copy of a table on the server, with its columns and nothing else.
struct Copied {
    table: String,
    create: String,
}

fn copy(relation: &Relation) -> Copied {
    let table = sql(SPACE, &relation.name);
    let create = match &relation.kind {
        RelationKind::View(view) if !view.materialized => {
            format!("CREATE VIEW {table} AS SELECT * FROM {}", relation_sql(relation))
        }
        _ => format!("CREATE TABLE {table} (LIKE {})", relation_sql(relation)),
    };
    Copied { table, create }
}

/// A type as it was written.
fn type_probe(text: String) -> Claim {
    let create = format!("CREATE TABLE {SPACE}.t (c {text})");
    let read = format!(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '{SPACE}.t'::regclass AND attnum = 1"
    );
    Claim::Sql(Box::new(Probe { text, setup: vec![create], read }))
}
