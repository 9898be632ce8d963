//! Queries and data-modifying statements: what each of their columns is. `analyze.c`, `parse_clause.c` and `parse_cte.c`.

use super::coerce::{Context, base, common_type, is_undecided};
use super::follow::Mark;
use super::scope::{Column, Columns, Scope, Table, columns_of, find};
use super::{Analyzer, Value};
use crate::schema::{BaseType, DataType, Id};
use crate::simulate::PgError;
use crate::simulate::typing::resolve_type;
use crate::sql::{
    At, Dml, FromItem, Name, Node, OnConflict, QualifiedName, Query, Select, Source, Target, With,
};

impl Analyzer<'_, '_> {
    /// The columns that a query gives. With `keep` strings stay undecided, for a place that will decide.
    pub(super) fn query(&mut self, query: &Query, outer: &Scope, keep: bool) -> Result<Columns, PgError> {
        let mut scope = Scope { outer: Some(outer), ..Scope::default() };
        self.with(&query.with, &mut scope)?;
        let mut columns = match &query.select {
            Select::Simple { targets, from, condition, grouping, .. } => {
                self.read_from(from, &mut scope)?;
                let columns = self.targets(targets, &scope)?;
                if let Some(condition) = condition {
                    self.boolean(condition, &scope, "WHERE")?;
                }
                for node in grouping {
                    self.grouped(node, &scope, &columns)?;
                }
                for node in &query.order_by {
                    self.grouped(node, &scope, &columns)?;
                }
                columns
            }
            Select::Values(rows) => self.values(rows, &scope)?,
            Select::SetOperation(left, right) => self.set_operation(left, right, &scope)?,
        };
        for bound in query.limit.iter().chain(&query.offset) {
            let value = self.value(bound, &scope)?;
            self.assign(bound, &value, &DataType::built_in("int8"), Context::Assignment)?;
        }
        if !keep {
            decide(&mut columns);
        }
        Ok(columns)
    }

    /// An element of GROUP BY, ORDER BY and so on: an output column's name or number, or an expression.
    fn grouped(&mut self, node: &Node, scope: &Scope, outputs: &Columns) -> Result<(), PgError> {
        match node {
            Node::Literal(_) => Ok(()),
            Node::Other { what: "GROUPING SETS" | "LIST" | "ROW", parts } => {
                parts.iter().try_for_each(|part| self.grouped(part, scope, outputs))
            }
            Node::Column(path, _) => match (self.value(node, scope), path.as_slice()) {
                (Err(_), [name]) if outputs.open || outputs.list.iter().any(|own| own.name == *name) => {
                    Ok(())
                }
                (outcome, _) => outcome.map(drop),
            },
            _ => self.value(node, scope).map(drop),
        }
    }

    fn with(&mut self, list: &[With], scope: &mut Scope) -> Result<(), PgError> {
        for element in list.iter().filter(|element| element.recursive) {
            // One may be read before its turn.
            scope.with.push((element.name.clone(), Columns::unknown()));
        }
        for element in list {
            if element.recursive
                && let Source::Query(query) = &element.source
                && let Select::SetOperation(left, _) = &query.select
            {
                let first = self.query(left, scope, false)?;
                let mut first = first.renamed(&element.columns, &element.name)?;
                first.open |= element.extended;
                scope.with.push((element.name.clone(), first));
            }
            let mut columns = match &element.source {
                Source::Query(query) => self.query(query, scope, false)?,
                Source::Dml(statement) => self.dml(statement, scope)?,
            };
            columns = columns.renamed(&element.columns, &element.name)?;
            columns.open |= element.extended;
            columns.list.iter_mut().for_each(|column| column.origins = [None, None]);
            scope.with.push((element.name.clone(), columns));
        }
        Ok(())
    }

    fn values(&mut self, rows: &[Vec<Node>], scope: &Scope) -> Result<Columns, PgError> {
        let width = rows.first().map_or(0, Vec::len);
        let mut types: Vec<Vec<DataType>> = vec![Vec::new(); width];
        for row in rows {
            for (node, types) in row.iter().zip(&mut types) {
                types.push(self.value(node, scope)?.data_type);
            }
        }
        let mut list = Vec::new();
        for (place, types) in types.iter().enumerate() {
            let data_type = common_type(self.run, "VALUES", types)?;
            for row in rows {
                if let Some(node) = row.get(place) {
                    self.read_as(node, &data_type)?;
                }
            }
            list.push(Column::new(format!("column{}", place + 1).into(), data_type));
        }
        Ok(Columns { list, open: false })
    }

    fn set_operation(&mut self, left: &Query, right: &Query, scope: &Scope) -> Result<Columns, PgError> {
        let (left_columns, right_columns) = (self.query(left, scope, true)?, self.query(right, scope, true)?);
        if left_columns.open || right_columns.open {
            let list = left_columns.list.into_iter().map(|own| Column::new(own.name, DataType::unknown()));
            return Ok(Columns { list: list.collect(), open: left_columns.open });
        }
        if left_columns.list.len() != right_columns.list.len() {
            let message = "each UNION query must have the same number of columns";
            return Err(PgError::new("42601", message));
        }
        let mut list = Vec::new();
        for (left, right) in left_columns.list.into_iter().zip(right_columns.list) {
            let types = [left.data_type, right.data_type];
            let both = types.iter().all(is_undecided);
            let data_type = if both { types[0].clone() } else { common_type(self.run, "UNION", &types)? };
            list.push(Column::new(left.name, data_type));
        }
        Ok(Columns { list, open: false })
    }

    /// The columns of a SELECT list or RETURNING.
    pub(super) fn targets(&mut self, targets: &[Target], scope: &Scope) -> Result<Columns, PgError> {
        let mut columns = Columns::default();
        for target in targets {
            self.marks.extend(Mark::target(target, scope));
            match &target.node {
                Node::Star(None) => {
                    if scope.tables.is_empty() && !scope.visible.open && !scope.is_loose() {
                        return Err(PgError::new("42601", "SELECT * with no tables specified is not valid"));
                    }
                    scope.visible.list.iter().for_each(|column| self.used.column(column));
                    columns.extend(&scope.visible);
                }
                Node::Star(Some(name)) => match scope.table(std::slice::from_ref(name))? {
                    Some(table) => {
                        table.columns.list.iter().for_each(|column| self.used.column(column));
                        columns.extend(&table.columns);
                    }
                    None => columns.open = true,
                },
                Node::Other { what: "row", parts } => {
                    let whole = match parts.first() {
                        Some(part) => self.value(part, scope)?.data_type,
                        None => DataType::unknown(),
                    };
                    let fields = self.fields(&whole);
                    fields.list.iter().for_each(|column| self.used.column(column));
                    columns.extend(&fields);
                }
                node => {
                    let value = self.value(node, scope)?;
                    columns.list.push(Column {
                        name: target.output_name(),
                        data_type: value.data_type,
                        origins: [None, None],
                    });
                }
            }
        }
        Ok(columns)
    }

    /// The columns of a value of a composite type.
    pub(super) fn fields(&mut self, data_type: &DataType) -> Columns {
        let data_type = base(self.run, data_type);
        match data_type.base {
            BaseType::Row(id) if !data_type.array => columns_of(self.run, id),
            BaseType::User(id) if !data_type.array => self.attributes(id),
            _ => Columns::unknown(),
        }
    }

    fn attributes(&mut self, id: Id) -> Columns {
        let Some(found) = self.run.schema.user_type(id).cloned() else { return Columns::unknown() };
        let crate::schema::TypeKind::Composite(attributes) = &found.kind else { return Columns::unknown() };
        let list = (1..).zip(attributes).map(|(number, attribute)| {
            let written = attribute.type_name.as_ref();
            let data_type = written.and_then(|written| resolve_type(self.run, written).ok());
            Column {
                name: attribute.name.clone(),
                data_type: data_type.unwrap_or_else(DataType::unknown),
                origins: [Some((id, number)), None],
            }
        });
        Columns { list: list.collect(), open: false }
    }

    /// Puts what FROM lists into the scope. What comes later sees what came before.
    pub(super) fn read_from(&mut self, items: &[FromItem], scope: &mut Scope) -> Result<(), PgError> {
        for item in items {
            let (tables, visible) = self.item(item, scope)?;
            for table in &tables {
                let twice = scope.tables.iter().any(|other| {
                    other.name == table.name && (other.schema == table.schema || other.relation.is_none())
                });
                if twice && !table.name.is_empty() {
                    let message = format!("table name \"{}\" specified more than once", table.name);
                    return Err(PgError::new("42712", message));
                }
            }
            scope.tables.extend(tables);
            scope.visible.extend(&visible);
        }
        Ok(())
    }

    /// The tables of one element of FROM, and the columns that it shows.
    fn item(&mut self, item: &FromItem, scope: &Scope) -> Result<(Vec<Table>, Columns), PgError> {
        let single = |name: Name, columns: Columns| {
            let row = DataType::built_in("record");
            let table = Table { schema: None, name, columns: columns.clone(), relation: None, row };
            (vec![table], columns)
        };
        match item {
            FromItem::Relation { name, alias, columns: names, at, .. } => {
                let shown = alias.clone().unwrap_or_else(|| name.name.clone());
                let with = if name.schema.is_none() { scope.with_named(&name.name) } else { None };
                if let Some(columns) = with {
                    return Ok(single(shown.clone(), columns.clone().renamed(names, &shown)?));
                }
                let Some((relation, columns)) = find(self.run, name, &self.known) else {
                    return Ok(single(shown.clone(), Columns::unknown().renamed(names, &shown)?));
                };
                if let Some(id) = relation {
                    self.used.relation(id);
                    let qualified = name.schema.is_some();
                    self.marks.push(Mark::Relation { at: *at, id, qualified });
                }
                let columns = columns.renamed(names, &shown)?;
                let schema = relation
                    .filter(|_| alias.is_none())
                    .and_then(|id| self.run.schema.relation(id).map(|relation| relation.schema.clone()));
                let row = match relation {
                    Some(id) => DataType { base: BaseType::Row(id), ..DataType::unknown() },
                    None => DataType::unknown(),
                };
                Ok((vec![Table { schema, name: shown, columns: columns.clone(), relation, row }], columns))
            }
            FromItem::Query { query, alias, columns: names } => {
                let mut columns = self.query(query, scope, false)?;
                columns.list.iter_mut().for_each(|column| column.origins = [None, None]);
                let shown = alias.clone().unwrap_or_else(|| Name::from(""));
                Ok(single(shown.clone(), columns.renamed(names, &shown)?))
            }
            FromItem::Function { node, alias, columns: names, definitions, ordinality } => {
                let (own, mut columns) = self.rows_of(node, alias.as_ref(), definitions, true, scope)?;
                if *ordinality {
                    columns.list.push(Column::new("ordinality".into(), DataType::built_in("int8")));
                }
                let shown = alias.clone().unwrap_or(own);
                let scalar = match columns.list.as_slice() {
                    [only] if !columns.open => Some(only.data_type.clone()),
                    _ => None,
                };
                let (mut tables, visible) = single(shown.clone(), columns.renamed(names, &shown)?);
                if let Some(scalar) = scalar {
                    tables[0].row = scalar;
                }
                Ok((tables, visible))
            }
            FromItem::Join {
                left,
                right,
                condition,
                using,
                natural,
                using_alias,
                alias,
                columns: names,
                ..
            } => {
                let (mut tables, left) = self.item(left, scope)?;
                let inner = Scope {
                    tables: tables.clone(),
                    visible: left.clone(),
                    outer: Some(scope),
                    ..Scope::default()
                };
                let (more, right) = self.item(right, &inner)?;
                tables.extend(more);
                let visible = self.joined(&left, &right, using, *natural)?;
                if let Some(name) = using_alias {
                    let merged = visible.list.iter().take(using.len()).cloned();
                    tables.extend(
                        single(name.clone(), Columns { list: merged.collect(), open: visible.open }).0,
                    );
                }
                if let Some(condition) = condition {
                    let mut both = left.clone();
                    both.extend(&right);
                    let inner = Scope {
                        tables: tables.clone(),
                        visible: both,
                        outer: Some(scope),
                        ..Scope::default()
                    };
                    self.boolean(condition, &inner, "JOIN/ON")?;
                }
                match alias {
                    Some(alias) => Ok(single(alias.clone(), visible.renamed(names, alias)?)),
                    None => Ok((tables, visible)),
                }
            }
        }
    }

    /// What a join shows: the merged columns first. 42703 for one that a side has not, 42883 where they cannot be compared.
    fn joined(
        &mut self,
        left: &Columns,
        right: &Columns,
        using: &[Name],
        natural: bool,
    ) -> Result<Columns, PgError> {
        let natural: Vec<Name> = left
            .list
            .iter()
            .filter(|own| natural && right.list.iter().any(|other| other.name == own.name))
            .map(|own| own.name.clone())
            .collect();
        let shared: Vec<&Name> = using.iter().chain(&natural).collect();
        let mut merged = Columns::default();
        for name in &shared {
            let side = |columns: &Columns, which: &str| {
                let mut found = columns.list.iter().filter(|column| column.name == **name);
                match (found.next(), found.next()) {
                    (Some(_), Some(_)) if !natural.contains(name) => {
                        let message =
                            format!("common column name \"{name}\" appears more than once in {which} table");
                        Err(PgError::new("42702", message))
                    }
                    (Some(column), _) => Ok(Some(column.clone())),
                    (None, _) if columns.open => Ok(None),
                    (None, _) => {
                        let message = format!(
                            "column \"{name}\" specified in USING clause does not exist in {which} table"
                        );
                        Err(PgError::new("42703", message))
                    }
                }
            };
            let (left, right) = (side(left, "left")?, side(right, "right")?);
            left.iter().chain(&right).for_each(|column| self.used.column(column));
            let data_type = match (&left, &right) {
                (Some(left), Some(right)) => {
                    self.operate("=", Some(&left.data_type), &right.data_type)?;
                    let types = [left.data_type.clone(), right.data_type.clone()];
                    common_type(self.run, "JOIN/USING", &types)?
                }
                _ => DataType::unknown(),
            };
            let origin = |column: Option<Column>| column.and_then(|column| column.origins[0]);
            merged.list.push(Column {
                name: (*name).clone(),
                data_type,
                origins: [origin(left), origin(right)],
            });
        }
        let is_rest = |column: &&Column| !shared.contains(&&column.name);
        merged.list.extend(left.list.iter().filter(is_rest).cloned());
        merged.list.extend(right.list.iter().filter(is_rest).cloned());
        merged.open = left.open || right.open;
        Ok(merged)
    }

    /// The rows that a function in FROM makes: its own name and its columns. Of one that is not alone, in ROWS FROM, the
    /// definitions are not kept.
    fn rows_of(
        &mut self,
        node: &Node,
        alias: Option<&Name>,
        definitions: &[(Name, crate::sql::TypeName)],
        alone: bool,
        scope: &Scope,
    ) -> Result<(Name, Columns), PgError> {
        let own = Target { alias: None, node: node.clone(), at: At::default() }.output_name();
        if let Node::Other { what: "ROWS FROM", parts } = node {
            let mut columns = Columns::default();
            for part in parts {
                columns.extend(&self.rows_of(part, None, &[], false, scope)?.1);
            }
            return Ok((own, columns));
        }
        if let Node::Function { name, arguments } = node
            && let ("unnest", [_, _, ..]) = (&*name.name, arguments.as_slice())
        {
            // Several arrays side by side.
            let mut columns = Columns::default();
            for argument in arguments {
                columns.extend(&self.rows_of(&call(name, argument), None, &[], false, scope)?.1);
            }
            return Ok((own, columns));
        }
        if let Node::Other { what: "XMLTABLE" | "JSON_TABLE", parts } = node {
            for part in parts {
                self.value(part, scope)?;
            }
        }
        let (value, named) = match node {
            Node::Other { what: "XMLTABLE" | "JSON_TABLE" | "unknown", .. } => (None, Vec::new()),
            Node::Function { name, arguments } => {
                let (value, candidate) = self.call(name, arguments, &[], scope)?;
                (Some(value), candidate.map(|candidate| candidate.columns).unwrap_or_default())
            }
            node => (Some(self.value(node, scope)?), Vec::new()),
        };
        self.seen.set = false;
        if !definitions.is_empty() {
            let mut list = Vec::new();
            for (name, written) in definitions {
                let data_type = resolve_type(self.run, written)?;
                self.used.data_type(&data_type);
                list.push(Column::new(name.clone(), data_type));
            }
            return Ok((own, Columns { list, open: false }));
        }
        let Some(Value { data_type, .. }) = value else { return Ok((own, Columns::unknown())) };
        let columns = if data_type.is("record") {
            match named.is_empty() {
                true if scope.is_loose() || !alone => Columns::unknown(),
                true => {
                    let message = "a column definition list is required for functions returning \"record\"";
                    return Err(PgError::new("42601", message));
                }
                false => Columns {
                    list: named.into_iter().map(|(name, data_type)| Column::new(name, data_type)).collect(),
                    open: false,
                },
            }
        } else if super::coerce::is_composite(self.run, &base(self.run, &data_type)) {
            self.fields(&data_type)
        } else if data_type.base == BaseType::Unknown {
            Columns::unknown()
        } else {
            let name = match named.as_slice() {
                [(name, _)] => name.clone(),
                _ => alias.cloned().unwrap_or_else(|| own.clone()),
            };
            Columns { list: vec![Column::new(name, data_type)], open: false }
        };
        Ok((own, columns))
    }

    /// A data-modifying statement: what RETURNING gives.
    pub(super) fn dml(&mut self, statement: &Dml, outer: &Scope) -> Result<Columns, PgError> {
        let mut scope = Scope { outer: Some(outer), ..Scope::default() };
        self.with(statement.with(), &mut scope)?;
        let target = self.run.find_relation(statement.table());
        let columns = target.map_or_else(Columns::unknown, |id| columns_of(self.run, id));
        let shown = match statement {
            Dml::Update { alias, .. } | Dml::Delete { alias, .. } => alias.clone(),
            Dml::Insert { .. } | Dml::Merge { .. } => None,
        };
        let schema = target.filter(|_| shown.is_none()).and_then(|id| self.run.schema.relation(id));
        let schema = schema.map(|relation| relation.schema.clone());
        let table = |name: Name| Table {
            schema: None,
            name,
            columns: columns.clone(),
            relation: target,
            row: target.map_or_else(DataType::unknown, |id| DataType {
                base: BaseType::Row(id),
                ..DataType::unknown()
            }),
        };
        let own = Table { schema, ..table(shown.unwrap_or_else(|| statement.table().name.clone())) };
        let put = |scope: &mut Scope| {
            scope.tables.push(own.clone());
            scope.visible.extend(&columns);
        };
        let returning = match statement {
            Dml::Insert { columns: names, source, on_conflict, returning, .. } => {
                if let Some(source) = source {
                    self.inserted(source, &columns, names, &scope)?;
                }
                put(&mut scope);
                // The alias of the table is not kept.
                scope.open_tables = true;
                if let Some(OnConflict::Update(assignments)) = on_conflict {
                    let mut inner = Scope { outer: Some(&scope), ..Scope::default() };
                    inner.tables.push(table("excluded".into()));
                    self.assignments(assignments, &columns, &inner)?;
                }
                returning
            }
            Dml::Update { assignments, from, condition, returning, .. } => {
                put(&mut scope);
                self.read_from(from, &mut scope)?;
                self.assignments(assignments, &columns, &scope)?;
                if let Some(condition) = condition {
                    self.boolean(condition, &scope, "WHERE")?;
                }
                returning
            }
            Dml::Delete { using, condition, returning, .. } => {
                put(&mut scope);
                self.read_from(using, &mut scope)?;
                if let Some(condition) = condition {
                    self.boolean(condition, &scope, "WHERE")?;
                }
                returning
            }
            Dml::Merge { source, condition, .. } => {
                put(&mut scope);
                scope.open_tables = true;
                self.read_from(std::slice::from_ref(source), &mut scope)?;
                if let Some(condition) = condition {
                    self.boolean(condition, &scope, "JOIN/ON")?;
                }
                return Ok(Columns::unknown());
            }
        };
        if returning.is_empty() {
            return Ok(Columns::default());
        }
        if self.run.version() >= 18 {
            scope.tables.extend([table("old".into()), table("new".into())]);
        }
        let mut columns = self.targets(returning, &scope)?;
        decide(&mut columns);
        Ok(columns)
    }

    fn assignments(
        &mut self,
        list: &[(Name, Node)],
        columns: &Columns,
        scope: &Scope,
    ) -> Result<(), PgError> {
        for (name, node) in list {
            let value = self.value(node, scope)?;
            if let Some(column) = columns.list.iter().find(|column| column.name == *name) {
                self.stored(node, &value, column)?;
            }
        }
        Ok(())
    }

    /// 42804 for a value that a column cannot hold. Of an array, a composite or a document it may be a part only.
    fn stored(&mut self, node: &Node, value: &Value, column: &Column) -> Result<(), PgError> {
        let under = base(self.run, &column.data_type);
        let whole = |known| !matches!(known, "jsonb" | "hstore" | "point" | "box" | "lseg" | "line");
        let is_plain = !under.array && matches!(under.base, BaseType::BuiltIn(known) if whole(known));
        let is_whole = !matches!(node, Node::Star(_) | Node::Other { what: "DEFAULT" | "ROW" | "row", .. });
        if !is_plain || !is_whole {
            return Ok(());
        }
        self.assign_column(node, value, &column.name, &column.data_type)
    }

    fn inserted(
        &mut self,
        source: &Query,
        columns: &Columns,
        names: &[Name],
        scope: &Scope,
    ) -> Result<(), PgError> {
        let targets: Vec<Option<Column>> = match names {
            [] if columns.open => Vec::new(),
            [] => columns.list.iter().cloned().map(Some).collect(),
            names => names
                .iter()
                .map(|name| columns.list.iter().find(|column| column.name == *name).cloned())
                .collect(),
        };
        if let Select::Values(rows) = &source.select {
            let mut scope = Scope { outer: Some(scope), ..Scope::default() };
            self.with(&source.with, &mut scope)?;
            for row in rows {
                for (place, node) in row.iter().enumerate() {
                    let value = self.value(node, &scope)?;
                    if let Some(Some(column)) = targets.get(place) {
                        self.stored(node, &value, column)?;
                    }
                }
            }
            return Ok(());
        }
        let given = self.query(source, scope, true)?;
        if given.open {
            return Ok(());
        }
        for (column, target) in given.list.iter().zip(&targets) {
            if let Some(target) = target {
                let value = Value { data_type: column.data_type.clone() };
                self.stored(&Node::Literal(crate::sql::Literal::Null), &value, target)?;
            }
        }
        Ok(())
    }
}

fn call(name: &QualifiedName, argument: &Node) -> Node {
    Node::Function { name: name.clone(), arguments: vec![argument.clone()] }
}

/// What is still undecided is text.
fn decide(columns: &mut Columns) {
    for column in columns.list.iter_mut().filter(|column| is_undecided(&column.data_type)) {
        column.data_type = DataType::built_in("text");
    }
}
