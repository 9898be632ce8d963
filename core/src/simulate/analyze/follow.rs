//! The text of a view, which the server keeps as a tree: `*` stands for the columns of that day, and what it names may get
//! another name.

use std::ops::Range;
use std::sync::Arc;

use super::Analyzer;
use super::scope::{Column, Scope};
use crate::schema::{Id, RelationKind};
use crate::simulate::run::Run;
use crate::sql::{At, Command, Name, Node, Target, parse, quote_identifier};

/// A place in a query's text that names something.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A relation in FROM.
    Relation { at: At, id: Id, qualified: bool },
    /// A column, of so many words, and the relation by whose own name it is qualified.
    Column { at: At, words: usize, origins: [Option<(Id, i16)>; 2], qualifier: Option<Id> },
    /// An output column that has its name from the column that it is.
    Named { at: At, words: usize, name: Name, origins: [Option<(Id, i16)>; 2] },
    /// A `*`, and what it stands for.
    Star { at: At, columns: Vec<String> },
}

impl Mark {
    pub(super) fn column(path: &[Name], at: At, column: &Column, scope: &Scope) -> Mark {
        let qualifier = path.split_last().map_or(&[][..], |(_, rest)| rest);
        let table = if qualifier.is_empty() { None } else { scope.table(qualifier).ok().flatten() };
        // An alias has no schema.
        let qualifier = table.filter(|table| table.schema.is_some()).and_then(|table| table.relation);
        Mark::Column { at, words: path.len(), origins: column.origins, qualifier }
    }

    pub(super) fn target(target: &Target, scope: &Scope) -> Option<Mark> {
        let at = target.at;
        match &target.node {
            Node::Column(path, _) if target.alias.is_none() => match scope.meaning(path) {
                Ok(super::scope::Meaning::Column(column)) => {
                    Some(Mark::Named { at, words: path.len(), name: column.name, origins: column.origins })
                }
                _ => None,
            },
            Node::Star(None) if !scope.visible.open => {
                let mut met: Vec<&Name> = Vec::new();
                let columns = scope.visible.list.iter().map(|column| {
                    // Of several of that name each is another table's.
                    let before = met.iter().filter(|name| ***name == column.name).count();
                    met.push(&column.name);
                    let is_plain =
                        scope.visible.list.iter().filter(|own| own.name == column.name).count() == 1;
                    let has = |table: &&super::scope::Table| {
                        table.columns.list.iter().any(|own| own.name == column.name)
                    };
                    let table = scope.tables.iter().filter(has).nth(before).filter(|_| !is_plain);
                    written(table.map(|table| &table.name), &column.name)
                });
                Some(Mark::Star { at, columns: columns.collect() })
            }
            Node::Star(Some(name)) => {
                let table = scope.table(std::slice::from_ref(name)).ok().flatten()?;
                let columns = table.columns.list.iter().map(|column| written(Some(name), &column.name));
                (!table.columns.open).then(|| Mark::Star { at, columns: columns.collect() })
            }
            _ => None,
        }
    }
}

fn written(table: Option<&Name>, column: &Name) -> String {
    match table {
        Some(table) => format!("{}.{}", quote_identifier(table), quote_identifier(column)),
        None => quote_identifier(column),
    }
}

/// What gets another name.
pub(in crate::simulate) enum Renamed<'n> {
    /// A relation: its schema and name from now on.
    Relation(Id, &'n Name, &'n Name),
    /// A relation's column.
    Column(Id, i16, &'n Name),
}

/// The query of a view with the columns that each `*` stands for.
pub(in crate::simulate) fn expanded(run: &mut Run, text: &Arc<str>) -> Arc<str> {
    if !text.contains('*') {
        return text.clone();
    }
    let mut edits = Vec::new();
    for mark in marks(run, text, &[]) {
        if let Mark::Star { at, columns } = mark {
            let start = at.0 as usize;
            let Some(length) = text.get(start..).and_then(|rest| rest.find('*')) else { continue };
            edits.push((start..start + length + 1, columns.join(", ")));
        }
    }
    edited(text, edits)
}

/// The views that read something that gets another name, with what their queries are then. To be asked before it has it.
pub(in crate::simulate) fn followers(run: &mut Run, renamed: &Renamed) -> Vec<(Id, Arc<str>)> {
    let (Renamed::Relation(changed, ..) | Renamed::Column(changed, ..)) = *renamed;
    let views: Vec<(Id, Arc<str>, Vec<Id>)> = run
        .schema
        .users_of(changed)
        .filter_map(|relation| match &relation.kind {
            RelationKind::View(view) if view.reads.iter().any(|(read, _)| *read == changed) => {
                let reads = view.reads.iter().map(|(read, _)| *read).collect();
                Some((relation.id, view.query.clone(), reads))
            }
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for (view, text, reads) in views {
        let mut edits = Vec::new();
        for mark in marks(run, &text, &reads) {
            edits.extend(edit(run, &text, &mark, renamed));
        }
        let text = edited(&text, edits);
        found.push((view, text));
    }
    found
}

fn marks(run: &mut Run, text: &str, known: &[Id]) -> Vec<Mark> {
    let Some(Command::Query(query)) = parse(text, 0).into_iter().next().map(|statement| statement.command)
    else {
        return Vec::new();
    };
    let mut analyzer = Analyzer::new(run);
    analyzer.known = known.to_vec();
    match analyzer.query(&query, &Scope::default(), false) {
        Ok(_) => analyzer.marks,
        Err(_) => Vec::new(),
    }
}

fn edit(run: &Run, text: &str, mark: &Mark, renamed: &Renamed) -> Option<(Range<usize>, String)> {
    match (mark, renamed) {
        (Mark::Relation { at, id, qualified }, Renamed::Relation(changed, schema, name)) if id == changed => {
            let start = word(text, *at, 0)?.start;
            let end = word(text, *at, usize::from(*qualified))?.end;
            let stays = run.schema.relation(*id).is_some_and(|relation| relation.schema == **schema);
            let name = quote_identifier(name);
            let is_plain = stays && !qualified;
            Some((start..end, if is_plain { name } else { format!("{}.{name}", quote_identifier(schema)) }))
        }
        (Mark::Column { at, words, qualifier: Some(id), .. }, Renamed::Relation(changed, _, name))
            if id == changed =>
        {
            Some((word(text, *at, words.checked_sub(2)?)?, quote_identifier(name)))
        }
        (Mark::Column { at, words, origins, .. }, Renamed::Column(id, number, name))
            if origins[0] == Some((*id, *number)) && origins[1].is_none() =>
        {
            Some((word(text, *at, words.checked_sub(1)?)?, quote_identifier(name)))
        }
        (Mark::Named { at, words, name, origins }, Renamed::Column(id, number, _))
            if origins[0] == Some((*id, *number)) && origins[1].is_none() =>
        {
            let end = word(text, *at, words.checked_sub(1)?)?.end;
            Some((end..end, format!(" AS {}", quote_identifier(name))))
        }
        _ => None,
    }
}

/// Where the word of that number stands in a name of several: `s.t.c`.
fn word(text: &str, at: At, number: usize) -> Option<Range<usize>> {
    let mut start = at.0 as usize;
    for left in (0..=number).rev() {
        let rest = text.get(start..)?;
        let length = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut end = 0;
                loop {
                    end += quoted.get(end..)?.find('"')? + 1;
                    if !quoted.get(end..)?.starts_with('"') {
                        break end + 1;
                    }
                    end += 1;
                }
            }
            None => rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len()),
        };
        if left == 0 {
            return Some(start..start + length);
        }
        start += length + usize::from(rest.get(length..)?.starts_with('.'));
    }
    None
}

/// The text with parts replaced; a part is replaced once.
fn edited(text: &Arc<str>, mut edits: Vec<(Range<usize>, String)>) -> Arc<str> {
    if edits.is_empty() {
        return text.clone();
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits.dedup();
    let mut made = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        if range.start < done {
            continue;
        }
        made.push_str(text.get(done..range.start).unwrap_or_default());
        made.push_str(&new);
        done = range.end;
    }
    made.push_str(text.get(done..).unwrap_or_default());
    made.into()
}
