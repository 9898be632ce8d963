//! What names in a query mean: `parse_relation.c`.

use crate::schema::{DataType, Id, Origin, RelationKind, builtin};
use crate::simulate::PgError;
use crate::simulate::run::{Run, is_system_column};
use crate::sql::{Name, QualifiedName};

/// A column that can be named, or that a query gives.
#[derive(Debug, Clone)]
pub(in crate::simulate) struct Column {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub data_type: DataType,
    /// The relations' columns that it is: one, or two where USING merges them.
    pub origins: [Option<(Id, i16)>; 2],
}

/// Columns, of a relation or a query.
#[derive(Debug, Clone, Default)]
pub(in crate::simulate) struct Columns {
    /// Those that are known.
    pub list: Vec<Column>,
    /// There may be others.
    pub open: bool,
}

/// Something in FROM that can stand before a column's name.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub schema: Option<Name>,
    pub name: Name,
    pub columns: Columns,
    /// The relation, where it is one.
    pub relation: Option<Id>,
    /// The type of a whole row.
    pub row: DataType,
}

/// The names of one level of a query, and of those around it.
#[derive(Default)]
pub(super) struct Scope<'s> {
    pub tables: Vec<Table>,
    /// The columns that need nothing before their name, those of `*`.
    pub visible: Columns,
    /// What WITH names.
    pub with: Vec<(Name, Columns)>,
    /// A name that means nothing here may be a variable.
    pub loose: bool,
    /// There may be tables of other names.
    pub open_tables: bool,
    pub outer: Option<&'s Scope<'s>>,
}

impl Column {
    pub fn new(name: Name, data_type: DataType) -> Column {
        Column { name, data_type, origins: [None, None] }
    }
}

impl Columns {
    /// All that can be said of what is not known.
    pub fn unknown() -> Columns {
        Columns { list: Vec::new(), open: true }
    }

    /// Gives the first of them other names: 42P10 for more names than columns.
    pub fn renamed(mut self, names: &[Name], what: &str) -> Result<Columns, PgError> {
        if names.len() > self.list.len() && !self.open {
            let message = format!(
                "table \"{what}\" has {} columns available but {} columns specified",
                self.list.len(),
                names.len()
            );
            return Err(PgError::new("42P10", message));
        }
        for (column, name) in self.list.iter_mut().zip(names) {
            column.name = name.clone();
        }
        let more = names.iter().skip(self.list.len());
        self.list.extend(more.map(|name| Column::new(name.clone(), DataType::unknown())).collect::<Vec<_>>());
        Ok(self)
    }

    /// Those of another behind these.
    pub fn extend(&mut self, other: &Columns) {
        self.list.extend(other.list.iter().cloned());
        self.open |= other.open;
    }
}

/// The columns of a relation.
pub(in crate::simulate) fn columns_of(run: &Run, id: Id) -> Columns {
    let Some(relation) = run.schema.relation(id) else { return Columns::unknown() };
    let of = |(number, name, data_type): (i16, &Name, DataType)| Column {
        name: name.clone(),
        data_type,
        origins: [Some((id, number)), None],
    };
    match &relation.kind {
        RelationKind::Table(table) => match catalog_columns(run, &relation.schema, &relation.name) {
            Some(columns) => columns,
            None => Columns {
                list: table.columns.iter().map(|c| of((c.number, &c.name, c.data_type.clone()))).collect(),
                open: relation.origin == Origin::Assumed,
            },
        },
        RelationKind::View(view) => {
            let types = view.column_types.iter().cloned().chain(std::iter::repeat(DataType::unknown()));
            let list = (1..).zip(view.columns.iter().zip(types));
            Columns {
                list: list.map(|(number, (name, data_type))| of((number, name, data_type))).collect(),
                open: !view.columns_known,
            }
        }
        RelationKind::Sequence(_) => {
            let column =
                |(name, known): (&str, &'static str)| Column::new(name.into(), DataType::built_in(known));
            let all = [("last_value", "int8"), ("log_cnt", "int8"), ("is_called", "bool")];
            Columns { list: all.into_iter().map(column).collect(), open: false }
        }
        RelationKind::Index(_) => Columns::unknown(),
    }
}

/// The columns of a system catalog.
fn catalog_columns(run: &Run, schema: &str, relation: &str) -> Option<Columns> {
    if schema != builtin::CORE || !builtin::has(builtin::CORE, b'r', relation) {
        return None;
    }
    let list = builtin::items(builtin::CORE, b'r', relation, run.version())
        .filter_map(|item| item.split_once(':'))
        .map(|(name, data_type)| Column::new(name.into(), super::coerce::named(data_type)))
        .collect();
    Some(Columns { list, open: false })
}

/// What a name in a query means.
pub(super) enum Meaning {
    Column(Column),
    /// A whole row.
    Row(DataType),
    /// It cannot be told here.
    Unknown,
}

impl Scope<'_> {
    fn levels(&self) -> impl Iterator<Item = &Scope<'_>> {
        std::iter::successors(Some(self), |scope| scope.outer)
    }

    pub fn is_loose(&self) -> bool {
        self.levels().any(|scope| scope.loose)
    }

    /// What WITH calls by that name.
    pub fn with_named(&self, name: &str) -> Option<&Columns> {
        self.levels()
            .find_map(|scope| scope.with.iter().rev().find(|(own, _)| &**own == name))
            .map(|(_, found)| found)
    }

    /// Something in FROM by its name: 42P01 when there is none.
    pub fn table(&self, path: &[Name]) -> Result<Option<&Table>, PgError> {
        let (schema, name) = match path {
            [.., schema, name] => (Some(schema), name),
            [name] => (None, name),
            [] => return Ok(None),
        };
        let is_it = |table: &&Table| {
            table.name == *name && schema.is_none_or(|schema| table.schema.as_ref() == Some(schema))
        };
        let found = self.levels().find_map(|scope| scope.tables.iter().find(is_it));
        if found.is_none() && !self.is_loose() && !self.levels().any(|scope| scope.open_tables) {
            return Err(PgError::new("42P01", format!("missing FROM-clause entry for table \"{name}\"")));
        }
        Ok(found)
    }

    /// What a column's name means: 42703 for none, 42702 for several, 42P01 for a table that is not in FROM.
    pub fn meaning(&self, path: &[Name]) -> Result<Meaning, PgError> {
        match path {
            [name] => self.unqualified(name),
            [table @ .., name] => self.qualified(table, name),
            [] => Ok(Meaning::Unknown),
        }
    }

    fn unqualified(&self, name: &Name) -> Result<Meaning, PgError> {
        for scope in self.levels() {
            let mut found = scope.visible.list.iter().filter(|column| column.name == *name);
            if let Some(first) = found.next() {
                if found.next().is_some() {
                    return Err(PgError::new("42702", format!("column reference \"{name}\" is ambiguous")));
                }
                return Ok(Meaning::Column(first.clone()));
            }
            if is_system_column(name) && scope.tables.iter().any(|table| table.relation.is_some()) {
                return Ok(Meaning::Column(system_column(name)));
            }
            if scope.visible.open {
                return Ok(Meaning::Unknown);
            }
        }
        for scope in self.levels() {
            if let Some(table) = scope.tables.iter().find(|table| table.name == *name) {
                return Ok(Meaning::Row(table.row.clone()));
            }
        }
        match self.is_loose() {
            true => Ok(Meaning::Unknown),
            false => Err(PgError::new("42703", format!("column \"{name}\" does not exist"))),
        }
    }

    fn qualified(&self, path: &[Name], name: &Name) -> Result<Meaning, PgError> {
        let Some(table) = self.table(path)? else { return Ok(Meaning::Unknown) };
        let mut found = table.columns.list.iter().filter(|column| column.name == *name);
        match (found.next(), found.next()) {
            (Some(column), None) => Ok(Meaning::Column(column.clone())),
            (Some(_), Some(_)) => {
                Err(PgError::new("42702", format!("column reference \"{name}\" is ambiguous")))
            }
            _ if table.columns.open || self.is_loose() => Ok(Meaning::Unknown),
            _ if is_system_column(name) && table.relation.is_some() => {
                Ok(Meaning::Column(system_column(name)))
            }
            _ => {
                let message = format!("column {}.{name} does not exist", table.name);
                Err(PgError::new("42703", message))
            }
        }
    }
}

fn system_column(name: &Name) -> Column {
    let known = match &**name {
        "ctid" => "tid",
        "tableoid" => "oid",
        "cmin" | "cmax" => "cid",
        _ => "xid",
    };
    Column::new(name.clone(), DataType::built_in(known))
}

/// A relation in FROM by its name in the catalog, where it is known; before all one of these.
pub(super) fn find(run: &Run, name: &QualifiedName, known: &[Id]) -> Option<(Option<Id>, Columns)> {
    let is_it = |id: &&Id| {
        name.schema.is_none() && run.schema.relation(**id).is_some_and(|relation| relation.name == name.name)
    };
    if let Some(id) = known.iter().find(is_it).copied().or_else(|| run.find_relation(name)) {
        return Some((Some(id), columns_of(run, id)));
    }
    let is_catalog = name.schema.as_deref().is_none_or(|schema| schema == builtin::CORE);
    let columns = is_catalog.then(|| catalog_columns(run, builtin::CORE, &name.name)).flatten()?;
    Some((None, columns))
}
