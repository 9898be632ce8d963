//! Tables, views, indexes and sequences.

use std::sync::Arc;

use super::super::ddl::{
    index_definition, option_list, partition_bound, partition_key, replica_identity, sequence_clauses,
};
use super::super::{FullName, Id, Relation, RelationKind, Schema, Sequence, Table, View};
use super::part::{Part, compare_parts, compare_triggers};
use super::{Difference, DifferenceKind, Subject, column, naming};
use crate::sorted::{self, Set};
use crate::sql::Name;
use crate::sql::command::Persistence;

/// All relations that are not the same object in both.
pub(super) fn compare(before: &Schema, after: &Schema, found: &mut Vec<Difference>) {
    let mut names: Set<FullName> = Set::default();
    for (was, is) in before.relations.diff(&after.relations, Arc::ptr_eq) {
        for (_, relation) in was.into_iter().chain(is) {
            names.insert((relation.schema.clone(), relation.name.clone()));
        }
    }
    let mut pairs: Vec<_> = names
        .iter()
        .map(|(schema, name)| Pair {
            before,
            after,
            was: before.relation_named(schema, name).map(|relation| &**relation),
            is: after.relation_named(schema, name).map(|relation| &**relation),
        })
        .collect();
    sorted::sort_by_key(&mut pairs, |pair| pair.is.or(pair.was).map(naming::relation_subject));
    // What was said of a table's parts, so that it is not said again of its partitions.
    let mut said = Said::default();
    let mut parts = Vec::new();
    for pair in &pairs {
        let (own, of_parts) = pair.compare();
        for part in &of_parts {
            said.insert((pair.key(), part.difference.subject, part.name.clone(), part.difference.kind));
        }
        parts.push((own, of_parts));
    }
    for (pair, (own, of_parts)) in pairs.iter().zip(parts) {
        found.extend(own);
        let parents = pair.parents();
        found.extend(of_parts.into_iter().filter_map(|part| {
            let of_parent = |parent: &FullName| {
                said.contains(&(
                    parent.clone(),
                    part.difference.subject,
                    part.name.clone(),
                    part.difference.kind,
                ))
            };
            (!(part.inherited && parents.iter().any(of_parent))).then_some(part.difference)
        }));
    }
}

type Said = Set<(FullName, Subject, Name, DifferenceKind)>;

/// What one name means in both schemas.
pub(super) struct Pair<'a> {
    pub before: &'a Schema,
    pub after: &'a Schema,
    was: Option<&'a Relation>,
    is: Option<&'a Relation>,
}

impl Pair<'_> {
    fn key(&self) -> FullName {
        let relation = self.is.or(self.was);
        relation.map_or_else(|| (Name::from(""), Name::from("")), |r| (r.schema.clone(), r.name.clone()))
    }

    fn parents(&self) -> Vec<FullName> {
        let keys = |schema: &Schema, relation: Option<&Relation>| -> Vec<FullName> {
            let parents =
                relation.and_then(|relation| relation.table()).map_or(&[][..], |table| &table.parents);
            let parents = parents.iter().filter_map(|id| schema.relation(*id));
            parents.map(|parent| (parent.schema.clone(), parent.name.clone())).collect()
        };
        let mut parents = keys(self.before, self.was);
        parents.extend(keys(self.after, self.is));
        parents
    }

    /// Differences of the relation itself, and those of its parts.
    fn compare(&self) -> (Vec<Difference>, Vec<Part>) {
        match (self.was, self.is) {
            (Some(was), Some(is)) => self.compare_both(was, is),
            (None, Some(is)) if is_one_sided(self.before, is) => {
                (one_side(is, self.after, self.before, Difference::added), Vec::new())
            }
            // It is only assumed: it was there before as well. What the history did to it is what counts.
            (None, Some(is)) if is.table().is_some() => self.compare_both(&blank(is), is),
            (Some(was), None) if is_one_sided(self.after, was) => {
                (one_side(was, self.before, self.after, Difference::removed), Vec::new())
            }
            (None, Some(_)) | (Some(_), None) => (Vec::new(), Vec::new()),
            (None, None) => (Vec::new(), Vec::new()),
        }
    }

    fn compare_both(&self, was: &Relation, is: &Relation) -> (Vec<Difference>, Vec<Part>) {
        if std::ptr::eq(was, is) {
            return (Vec::new(), Vec::new());
        }
        let object = naming::relation(is);
        let subject = naming::relation_subject(is);
        let mut own = Vec::new();
        let mut parts = Vec::new();
        match (&was.kind, &is.kind) {
            (RelationKind::Table(old), RelationKind::Table(new)) => {
                let properties = Properties { subject, object: &object, found: &mut own };
                compare_tables(self, old, new, properties);
                column::compare(self.before, self.after, was, is, &mut parts);
                compare_parts(self, (was, old), (is, new), &mut parts);
            }
            (RelationKind::View(old), RelationKind::View(new)) if old.materialized == new.materialized => {
                compare_views(old, new, Properties { subject, object: &object, found: &mut own });
                compare_triggers(self, (was, &old.triggers), (is, &new.triggers), &mut parts);
            }
            (RelationKind::Index(old), RelationKind::Index(new)) => {
                if old.constraint && new.constraint {
                    return (own, parts);
                }
                let definition = |schema, relation| index_text(schema, relation);
                let (before, after) = (definition(self.before, was), definition(self.after, is));
                own.extend(Difference::changed(subject, object.clone(), before, after));
                let mut properties = Properties { subject, object: &object, found: &mut own };
                properties.say("state", validity(old.valid), validity(new.valid));
            }
            (RelationKind::Sequence(old), RelationKind::Sequence(new)) => {
                if old.identity && new.identity {
                    return (own, parts);
                }
                let definition = |relation| sequence_text(relation);
                own.extend(Difference::changed(subject, object.clone(), definition(was), definition(is)));
                let mut properties = Properties { subject, object: &object, found: &mut own };
                let owner = |schema: &Schema, sequence: &Sequence| match sequence.owned_by {
                    Some((table, number)) => column_display(schema, table, number),
                    None => "nothing".to_owned(),
                };
                properties.say("owned by", owner(self.before, old), owner(self.after, new));
            }
            _ => {
                let (before, after) = (naming::relation(was), naming::relation(is));
                own.extend(Difference::changed(subject, is.display_name(), before, after));
            }
        }
        let mut properties = Properties { subject, object: &object, found: &mut own };
        compare_storage(was, is, &mut properties);
        if was.presumed {
            // How it was set before the history touched it is not known.
            own.iter_mut().for_each(|difference| difference.uncertain = true);
        }
        (own, parts)
    }
}

/// Differences in single properties of one object.
struct Properties<'a> {
    subject: Subject,
    object: &'a str,
    found: &'a mut Vec<Difference>,
}

impl Properties<'_> {
    fn say(&mut self, property: &'static str, before: String, after: String) {
        self.found.extend(Difference::property(self.subject, self.object, property, before, after));
    }

    fn flag(&mut self, property: &'static str, before: bool, after: bool) {
        let word = |flag: bool| if flag { "on" } else { "off" }.to_owned();
        self.say(property, word(before), word(after));
    }
}

fn compare_storage(was: &Relation, is: &Relation, properties: &mut Properties) {
    let persistence = |relation: &Relation| match relation.persistence {
        Persistence::Permanent => "logged".to_owned(),
        Persistence::Unlogged => "unlogged".to_owned(),
        Persistence::Temporary => "temporary".to_owned(),
    };
    properties.say("persistence", persistence(was), persistence(is));
    properties.say("owner", or_default(&was.owner), or_default(&is.owner));
    properties.say("tablespace", or_default(&was.tablespace), or_default(&is.tablespace));
    properties.say("storage", options_text(was), options_text(is));
}

fn or_default(name: &Option<Name>) -> String {
    name.as_deref().unwrap_or("the default").to_owned()
}

/// Storage options; their order means nothing.
fn options_text(relation: &Relation) -> String {
    let mut options = relation.options.clone();
    sorted::sort_by(&mut options, |a, b| a.name.cmp(&b.name));
    if options.is_empty() { "the default".to_owned() } else { option_list(&options) }
}

fn compare_tables(pair: &Pair, old: &Table, new: &Table, mut say: Properties) {
    let partitioned =
        |table: &Table| table.partition_by.as_ref().map_or_else(|| "nothing".to_owned(), partition_key);
    say.say("partitioned by", partitioned(old), partitioned(new));
    let parents = |schema: &Schema, table: &Table| {
        let parents: Vec<_> = table.parents.iter().map(|parent| schema.display_name(*parent)).collect();
        match &table.bound {
            Some(bound) => format!("{} {}", parents.join(", "), partition_bound(bound)),
            None if parents.is_empty() => "none".to_owned(),
            None => parents.join(", "),
        }
    };
    say.say("parent", parents(pair.before, old), parents(pair.after, new));
    say.flag("row level security", old.row_security, new.row_security);
    say.flag("forced row level security", old.force_row_security, new.force_row_security);
    say.say(
        "replica identity",
        replica_identity(&old.replica_identity),
        replica_identity(&new.replica_identity),
    );
    let index = |schema: &Schema, id: Option<Id>| {
        id.and_then(|id| schema.relation(id))
            .map_or_else(|| "nothing".to_owned(), |index| index.name.to_string())
    };
    say.say("clustered on", index(pair.before, old.cluster_on), index(pair.after, new.cluster_on));
    say.say("access method", or_default(&old.access_method), or_default(&new.access_method));
    let server = |table: &Table| table.foreign_server.as_deref().unwrap_or("none").to_owned();
    say.say("server", server(old), server(new));
}

fn compare_views(old: &View, new: &View, mut say: Properties) {
    // One may write `*` and another the columns that it stands for.
    let same = old.written == new.written || old.query == new.query;
    if !same {
        say.say("query", old.written.to_string(), new.written.to_string());
    }
    if same && old.columns_known && new.columns_known {
        let columns = |view: &View| view.columns.join(", ");
        say.say("columns", columns(old), columns(new));
    }
    let check = |view: &View| view.check_option.as_deref().unwrap_or("none").to_owned();
    say.say("check option", check(old), check(new));
    let filled = |view: &View| if view.populated { "filled" } else { "not filled" }.to_owned();
    if old.materialized {
        say.say("data", filled(old), filled(new));
    }
}

fn validity(valid: bool) -> String {
    if valid { "valid" } else { "not valid" }.to_owned()
}

fn column_display(schema: &Schema, table: Id, number: i16) -> String {
    let name =
        schema.relation(table).and_then(|relation| relation.table()).map(|table| table.column_name(number));
    format!("{}.{}", schema.display_name(table), name.unwrap_or_default())
}

/// Is a relation not `there`, and not just because nothing had mentioned it yet?
fn is_one_sided(there: &Schema, relation: &Relation) -> bool {
    there.relation_named(&relation.schema, &relation.name).is_none()
        && (!relation.presumed || there.is_gone(&relation.schema, &relation.name))
}

/// The difference that a relation on one side is; none where it came or went with what it belongs to.
fn one_side(
    relation: &Relation,
    here: &Schema,
    there: &Schema,
    difference: fn(Subject, String, String) -> Difference,
) -> Vec<Difference> {
    let goes_with = |id: Id| here.relation(id).is_some_and(|owner| is_one_sided(there, owner));
    let is_told = match &relation.kind {
        RelationKind::Index(index) => {
            index.constraint || goes_with(index.table) || index.parent.is_some_and(goes_with)
        }
        RelationKind::Sequence(sequence) => {
            sequence.identity
                || sequence.owned_by.is_some_and(|owner| column_is_one_sided(here, there, owner))
        }
        RelationKind::Table(_) | RelationKind::View(_) => false,
    };
    if is_told {
        return Vec::new();
    }
    vec![difference(naming::relation_subject(relation), naming::relation(relation), summary(here, relation))]
}

/// Is a column, or its whole table, `here` and not `there`?
fn column_is_one_sided(here: &Schema, there: &Schema, (table, number): (Id, i16)) -> bool {
    let Some(owner) = here.relation(table) else { return false };
    let name = owner.table().map(|table| table.column_name(number)).unwrap_or_default();
    match there.relation_named(&owner.schema, &owner.name) {
        Some(other) => other.table().is_some_and(|table| table.column(&name).is_none()),
        None => is_one_sided(there, owner),
    }
}

/// `UNIQUE ON orders (email) WHERE …`.
fn index_text(schema: &Schema, relation: &Relation) -> String {
    let unique = if relation.index().is_some_and(|index| index.unique) { "unique on " } else { "on " };
    let definition = index_definition(schema, relation, false).replace("\n    ", " ");
    let behind_on = definition.split_once(" ON ").map_or(definition.as_str(), |(_, rest)| rest);
    format!("{unique}{behind_on}")
}

fn sequence_text(relation: &Relation) -> String {
    let options =
        relation.sequence().map(|sequence| sequence_clauses(sequence).join(" ")).unwrap_or_default();
    if options.is_empty() { "with the default options".to_owned() } else { options }
}

/// What a relation is, in one line behind its name.
fn summary(schema: &Schema, relation: &Relation) -> String {
    match &relation.kind {
        RelationKind::Table(table) => {
            let columns: Vec<_> = table.columns.iter().map(|column| column.name.to_string()).collect();
            format!("({})", columns.join(", "))
        }
        RelationKind::View(view) => view.written.to_string(),
        RelationKind::Index(_) => index_text(schema, relation),
        RelationKind::Sequence(_) => sequence_text(relation),
    }
}

/// A table of that name of which nothing is known: what an assumed table is compared with.
fn blank(relation: &Relation) -> Relation {
    Relation {
        persistence: Persistence::Permanent,
        owner: None,
        options: Vec::new(),
        tablespace: None,
        kind: RelationKind::Table(Box::default()),
        ..relation.clone()
    }
}
