//! Expressions: `parse_expr.c`.

use super::call::{self, Arguments, Candidate, Found, Kind};
use super::coerce::{
    Context, array_of, base, can_coerce, common_type, depends_on_settings, element, is_known, is_undecided,
    plain, undecided,
};
use super::follow::Mark;
use super::scope::{Meaning, Scope};
use super::{Analyzer, literal};
use crate::schema::{BaseType, DataType, built_in_type};
use crate::simulate::PgError;
use crate::simulate::typing::resolve_type;
use crate::sql::command::Volatility;
use crate::sql::{At, Literal, Name, Node, QualifiedName, SubqueryForm};

/// What an expression gives.
#[derive(Debug, Clone)]
pub(in crate::simulate) struct Value {
    /// Its type; `unknown` while a string or NULL is undecided.
    pub data_type: DataType,
}

fn of(data_type: DataType) -> Value {
    Value { data_type }
}

fn built_in(name: &'static str) -> Value {
    of(DataType::built_in(name))
}

impl Analyzer<'_, '_> {
    /// The type of an expression.
    pub(super) fn value(&mut self, node: &Node, scope: &Scope) -> Result<Value, PgError> {
        Ok(match node {
            Node::Literal(literal) => of(match literal {
                Literal::Null | Literal::String(_) => undecided(),
                Literal::Boolean(_) => DataType::built_in("bool"),
                Literal::Integer(value) if i32::try_from(*value).is_ok() => DataType::built_in("int4"),
                Literal::Integer(_) => DataType::built_in("int8"),
                Literal::Number(_) => DataType::built_in("numeric"),
                Literal::Bits(_) => DataType::built_in("bit"),
            }),
            Node::Column(path, at) => self.column(path, *at, scope)?,
            Node::Star(None) => of(DataType::unknown()),
            Node::Star(Some(name)) => match scope.table(std::slice::from_ref(name))? {
                Some(table) => {
                    table.columns.list.iter().for_each(|column| self.used.column(column));
                    of(table.row.clone())
                }
                None => of(DataType::unknown()),
            },
            Node::Function { name, arguments } => self.call(name, arguments, &[], scope)?.0,
            Node::Named(_, inner) => self.value(inner, scope)?,
            Node::SqlValue(name) => {
                self.meet(Volatility::Stable, Volatility::Stable);
                built_in(match *name {
                    "current_date" => "date",
                    "current_time" => "timetz",
                    "current_timestamp" => "timestamptz",
                    "localtime" => "time",
                    "localtimestamp" => "timestamp",
                    _ => "name",
                })
            }
            Node::Operator { name, operands } => self.operator(name, operands, scope)?,
            Node::IsDistinctFrom(left, right) | Node::IsNotDistinctFrom(left, right) => {
                self.compare("=", left, right, scope)?;
                built_in("bool")
            }
            Node::InList { operand, items, negated } => {
                let symbol = if *negated { "<>" } else { "=" };
                self.in_list(symbol, operand, items, scope)?;
                built_in("bool")
            }
            Node::And(parts) => self.booleans(parts, "AND", scope)?,
            Node::Or(parts) => self.booleans(parts, "OR", scope)?,
            Node::Not(part) => self.booleans(std::slice::from_ref(part), "NOT", scope)?,
            Node::IsNull { operand, .. } => {
                self.value(operand, scope)?;
                built_in("bool")
            }
            Node::IsBoolean(operand) => self.booleans(std::slice::from_ref(operand), "IS TRUE", scope)?,
            Node::Cast { operand, type_name } => {
                let target = resolve_type(self.run, type_name)?;
                self.used.data_type(&target);
                self.cast(operand, target, scope)?
            }
            Node::Collate { operand, .. } => self.value(operand, scope)?,
            Node::Field(operand, name) => self.field(operand, name, scope)?,
            Node::Subquery { form, operand, query } => {
                self.subquery(form, operand.as_deref(), query, scope)?
            }
            Node::Other { what, parts } => self.other(what, parts, scope)?,
        })
    }

    /// The value may be as little and as much volatile as this.
    fn meet(&mut self, least: Volatility, most: Volatility) {
        let (old_least, old_most) = self.seen.volatility;
        self.seen.volatility = (old_least.max(least), old_most.max(most));
    }

    fn column(&mut self, path: &[Name], at: At, scope: &Scope) -> Result<Value, PgError> {
        let meaning = match scope.meaning(path) {
            // It may be a function of the row.
            Err(error) if path.len() > 1 && error.sqlstate == "42703" && self.is_function(path.last()) => {
                Meaning::Unknown
            }
            meaning => meaning?,
        };
        Ok(of(match meaning {
            Meaning::Column(column) => {
                self.used.column(&column);
                self.marks.push(Mark::column(path, at, &column, scope));
                column.data_type
            }
            Meaning::Row(row) => row,
            Meaning::Unknown => DataType::unknown(),
        }))
    }

    fn is_function(&self, name: Option<&Name>) -> bool {
        self.run.schema.functions().any(|function| Some(&function.name) == name)
    }

    /// 42804 for what is not boolean.
    pub(super) fn boolean(&mut self, node: &Node, scope: &Scope, what: &str) -> Result<(), PgError> {
        let value = self.value(node, scope)?;
        let wanted = DataType::built_in("bool");
        self.coerce(node, &value, &wanted, Context::Assignment, |run| {
            let given = run.schema.format_type(&value.data_type);
            format!("argument of {what} must be type boolean, not type {given}")
        })
    }

    fn booleans(&mut self, parts: &[Node], what: &str, scope: &Scope) -> Result<Value, PgError> {
        parts.iter().try_for_each(|part| self.boolean(part, scope, what))?;
        Ok(built_in("bool"))
    }

    /// 42804 in the words given for a value that cannot become one of that type.
    fn coerce(
        &mut self,
        node: &Node,
        value: &Value,
        wanted: &DataType,
        context: Context,
        words: impl FnOnce(&crate::simulate::run::Run) -> String,
    ) -> Result<(), PgError> {
        if is_undecided(&value.data_type) {
            return self.read_as(node, wanted);
        }
        if !is_known(self.run, &value.data_type) || !is_known(self.run, wanted) {
            return Ok(());
        }
        if can_coerce(self.run, &value.data_type, wanted, context) {
            let stable = depends_on_settings(self.run, &value.data_type, wanted);
            let volatility = if stable { Volatility::Stable } else { Volatility::Immutable };
            self.meet(volatility, volatility);
            return Ok(());
        }
        if !self.run.knows_all_operators() {
            return Ok(());
        }
        Err(PgError::new("42804", words(self.run)))
    }

    pub(super) fn assign(
        &mut self,
        node: &Node,
        value: &Value,
        wanted: &DataType,
        context: Context,
    ) -> Result<(), PgError> {
        self.coerce(node, value, wanted, context, |run| {
            let (wanted, given) = (run.schema.format_type(wanted), run.schema.format_type(&value.data_type));
            format!("a value of type {wanted} is wanted, not one of type {given}")
        })
    }

    pub(super) fn assign_as(
        &mut self,
        node: &Node,
        value: &Value,
        wanted: &DataType,
        words: impl FnOnce(&crate::simulate::run::Run) -> String,
    ) -> Result<(), PgError> {
        self.coerce(node, value, wanted, Context::Assignment, words)
    }

    pub(super) fn assign_column(
        &mut self,
        node: &Node,
        value: &Value,
        column: &Name,
        wanted: &DataType,
    ) -> Result<(), PgError> {
        self.coerce(node, value, wanted, Context::Assignment, |run| {
            let (wanted, given) = (run.schema.format_type(wanted), run.schema.format_type(&value.data_type));
            format!("column \"{column}\" is of type {wanted} but expression is of type {given}")
        })
    }

    /// A string takes its type from its place, and has to be a value of it.
    pub(super) fn read_as(&mut self, node: &Node, wanted: &DataType) -> Result<(), PgError> {
        match node {
            Node::Literal(Literal::String(text)) => literal::check(self.run, text, wanted),
            _ => Ok(()),
        }
    }

    /// `x::type`: 42846 where no cast leads there.
    fn cast(&mut self, operand: &Node, target: DataType, scope: &Scope) -> Result<Value, PgError> {
        if let (Node::Other { what: "ARRAY", parts }, true) = (operand, target.array) {
            let element = DataType { array: false, ..target.clone() };
            for part in parts {
                // An array within the array is of the same type.
                let nested = matches!(part, Node::Other { what: "ARRAY", .. });
                self.cast(part, if nested { target.clone() } else { element.clone() }, scope)?;
            }
            return Ok(of(target));
        }
        let value = self.value(operand, scope)?;
        let made_by_json = matches!(operand, Node::Other { what, .. } if what.starts_with("JSON") || what.starts_with("XML"));
        if is_undecided(&value.data_type) {
            self.read_as(operand, &target)?;
        } else if is_known(self.run, &value.data_type) && is_known(self.run, &target) && !made_by_json {
            if !can_coerce(self.run, &value.data_type, &target, Context::Explicit)
                && self.run.knows_all_operators()
            {
                let (from, to) =
                    (self.run.schema.format_type(&value.data_type), self.run.schema.format_type(&target));
                return Err(PgError::new("42846", format!("cannot cast type {from} to {to}")));
            }
            if depends_on_settings(self.run, &value.data_type, &target) {
                self.meet(Volatility::Stable, Volatility::Stable);
            }
        } else if !made_by_json {
            self.meet(Volatility::Immutable, Volatility::Stable);
        }
        Ok(of(target))
    }

    /// An operator between two types.
    pub(super) fn operate(
        &mut self,
        symbol: &str,
        left: Option<&DataType>,
        right: &DataType,
    ) -> Result<call::Operation, PgError> {
        let operation = call::operator(self.run, symbol, left, right)?;
        self.meet(operation.volatility.0, operation.volatility.1);
        Ok(operation)
    }

    /// `left symbol right`.
    fn compare(
        &mut self,
        symbol: &str,
        left: &Node,
        right: &Node,
        scope: &Scope,
    ) -> Result<(DataType, Value), PgError> {
        if let (Node::Other { what: "ROW", parts: lefts }, Node::Other { what: "ROW", parts: rights }) =
            (left, right)
        {
            for (left, right) in lefts.iter().zip(rights) {
                self.compare(symbol, left, right, scope)?;
            }
            return Ok((DataType::built_in("record"), built_in("bool")));
        }
        let (left_value, right_value) = (self.value(left, scope)?, self.value(right, scope)?);
        let operation = self.operate(symbol, Some(&left_value.data_type), &right_value.data_type)?;
        let mut first = left_value.data_type.clone();
        if let Some([wants_left, wants_right]) = &operation.takes {
            if is_undecided(&left_value.data_type) {
                self.read_as(left, wants_left)?;
            }
            if *wants_left != plain(&first) {
                first = wants_left.clone();
            }
            if is_undecided(&right_value.data_type) {
                self.read_as(right, wants_right)?;
            }
        }
        Ok((first, of(operation.result)))
    }

    fn in_list(
        &mut self,
        symbol: &str,
        operand: &Node,
        items: &[Node],
        scope: &Scope,
    ) -> Result<(), PgError> {
        if matches!(operand, Node::Other { what: "ROW", .. }) {
            return items.iter().try_for_each(|item| self.compare(symbol, operand, item, scope).map(drop));
        }
        let left = self.value(operand, scope)?;
        let mut types = vec![left.data_type.clone()];
        for item in items {
            types.push(self.value(item, scope)?.data_type);
        }
        // All of one type are compared as an array, else one by one.
        let common = common_type(self.run, "IN", &types);
        for (item, own) in items.iter().zip(&types[1..]) {
            let right = match &common {
                Ok(common) if items.len() > 1 => common,
                _ => own,
            };
            let operation = self.operate(symbol, Some(&left.data_type), right)?;
            if let (true, Some([_, wants])) = (is_undecided(own), &operation.takes) {
                self.read_as(item, wants)?;
            }
        }
        Ok(())
    }

    fn operator(&mut self, name: &str, operands: &[Node], scope: &Scope) -> Result<Value, PgError> {
        match (name, operands) {
            (
                "BETWEEN" | "NOT BETWEEN" | "BETWEEN SYMMETRIC" | "NOT BETWEEN SYMMETRIC",
                [value, low, high],
            ) => {
                self.compare(">=", value, low, scope)?;
                self.compare("<=", value, high, scope)?;
                Ok(built_in("bool"))
            }
            ("SIMILAR TO" | "NOT SIMILAR TO", [left, right]) => {
                self.compare("~", left, right, scope)?;
                Ok(built_in("bool"))
            }
            (_, [left, right]) if name.ends_with(" ANY") || name.ends_with(" ALL") => {
                let symbol = name.split(' ').next().unwrap_or(name);
                self.with_array(symbol, left, right, scope)?;
                Ok(built_in("bool"))
            }
            (_, [left, right]) => Ok(self.compare(name, left, right, scope)?.1),
            (_, [only]) => {
                let value = self.value(only, scope)?;
                Ok(of(self.operate(name, None, &value.data_type)?.result))
            }
            _ => {
                operands.iter().try_for_each(|operand| self.value(operand, scope).map(drop))?;
                Ok(of(DataType::unknown()))
            }
        }
    }

    /// `x = ANY (array)`: 42809 for what is no array.
    fn with_array(&mut self, symbol: &str, left: &Node, right: &Node, scope: &Scope) -> Result<(), PgError> {
        let (left_value, right_value) = (self.value(left, scope)?, self.value(right, scope)?);
        let array = &right_value.data_type;
        if is_undecided(array) {
            let array = array_of(&plain(&left_value.data_type));
            if is_known(self.run, &array) && !is_undecided(&left_value.data_type) {
                return self.read_as(right, &array);
            }
            return Ok(());
        }
        if !is_known(self.run, array) {
            return Ok(());
        }
        let Some(element) = element(self.run, array) else {
            return Err(PgError::new("42809", "op ANY/ALL (array) requires array on right side"));
        };
        let operation = self.operate(symbol, Some(&left_value.data_type), &element)?;
        if let (true, Some([wants, _])) = (is_undecided(&left_value.data_type), &operation.takes) {
            self.read_as(left, wants)?;
        }
        Ok(())
    }

    fn field(&mut self, operand: &Node, name: &Name, scope: &Scope) -> Result<Value, PgError> {
        // `(alias).column` is `alias.column`.
        if let Node::Column(path, _) = operand
            && let Ok(Some(table)) = scope.table(path)
            && let Some(column) = table.columns.list.iter().find(|column| column.name == *name)
            && !matches!(scope.meaning(path), Ok(Meaning::Column(_)))
        {
            self.used.column(column);
            return Ok(of(column.data_type.clone()));
        }
        let value = self.value(operand, scope)?;
        if !super::coerce::is_composite(self.run, &base(self.run, &value.data_type)) {
            return Ok(of(DataType::unknown()));
        }
        let fields = self.fields(&value.data_type);
        if let Some(column) = fields.list.iter().find(|column| column.name == *name) {
            self.used.column(column);
            return Ok(of(column.data_type.clone()));
        }
        // It may be a function of the row.
        if fields.open
            || self.is_function(Some(name))
            || crate::schema::builtin::has("pg_catalog", b'f', name)
        {
            return Ok(of(DataType::unknown()));
        }
        let shown = self.run.schema.format_type(&value.data_type);
        Err(PgError::new("42703", format!("column \"{name}\" not found in data type {shown}")))
    }

    fn subquery(
        &mut self,
        form: &SubqueryForm,
        operand: Option<&Node>,
        query: &crate::sql::Query,
        scope: &Scope,
    ) -> Result<Value, PgError> {
        let outer = std::mem::take(&mut self.seen);
        let columns = self.query(query, scope, false);
        let inner = std::mem::replace(&mut self.seen, outer);
        self.meet(inner.volatility.0, inner.volatility.1);
        let columns = columns?;
        let first = columns.list.first().map_or_else(DataType::unknown, |column| column.data_type.clone());
        let several = !columns.open && columns.list.len() != 1;
        match form {
            SubqueryForm::Exists => Ok(built_in("bool")),
            // An assignment of several columns takes such a row apart.
            SubqueryForm::Scalar if several => Ok(built_in("record")),
            SubqueryForm::Array if several => {
                Err(PgError::new("42601", "subquery must return only one column"))
            }
            SubqueryForm::Scalar => Ok(of(first)),
            SubqueryForm::Array => Ok(of(array_of(&first))),
            SubqueryForm::Compared(symbol) => {
                let operands = match operand {
                    Some(Node::Other { what: "ROW", parts }) => parts.as_slice(),
                    Some(other) => std::slice::from_ref(other),
                    None => &[],
                };
                if !columns.open && operands.len() != columns.list.len() {
                    let words = if operands.len() < columns.list.len() { "many" } else { "few" };
                    return Err(PgError::new("42601", format!("subquery has too {words} columns")));
                }
                for (operand, column) in operands.iter().zip(&columns.list) {
                    let value = self.value(operand, scope)?;
                    let operation = self.operate(symbol, Some(&value.data_type), &column.data_type)?;
                    if let (true, Some([wants, _])) = (is_undecided(&value.data_type), &operation.takes) {
                        self.read_as(operand, wants)?;
                    }
                }
                if columns.list.len() < operands.len() {
                    operands.iter().try_for_each(|operand| self.value(operand, scope).map(drop))?;
                }
                Ok(built_in("bool"))
            }
        }
    }

    /// All of them come to one type.
    fn common(&mut self, what: &str, parts: &[&Node], scope: &Scope) -> Result<Value, PgError> {
        let mut types = Vec::new();
        for part in parts {
            types.push(self.value(part, scope)?.data_type);
        }
        let common = common_type(self.run, what, &types)?;
        for (part, own) in parts.iter().zip(&types) {
            if is_undecided(own) {
                self.read_as(part, &common)?;
            } else if depends_on_settings(self.run, own, &common) {
                self.meet(Volatility::Stable, Volatility::Stable);
            }
        }
        Ok(of(common))
    }

    fn all(&mut self, parts: &[Node], scope: &Scope) -> Result<Vec<DataType>, PgError> {
        parts.iter().map(|part| self.value(part, scope).map(|value| value.data_type)).collect()
    }

    fn other(&mut self, what: &'static str, parts: &[Node], scope: &Scope) -> Result<Value, PgError> {
        match what {
            "CASE" | "CASE OF" => self.case(what, parts, scope),
            "COALESCE" | "GREATEST" | "LEAST" => self.common(what, &parts.iter().collect::<Vec<_>>(), scope),
            "ARRAY" => {
                if parts.is_empty() {
                    return Err(PgError::new("42P18", "cannot determine type of empty array"));
                }
                let value = self.common("ARRAY", &parts.iter().collect::<Vec<_>>(), scope)?;
                Ok(of(array_of(&value.data_type)))
            }
            "NULLIF" => match parts {
                [left, right] => Ok(of(self.compare("=", left, right, scope)?.0)),
                _ => Ok(of(DataType::unknown())),
            },
            "ROW" => {
                self.all(parts, scope)?;
                Ok(built_in("record"))
            }
            "VARIADIC" | "ORDER BY" => {
                let types = self.all(parts, scope)?;
                Ok(of(types.into_iter().next().unwrap_or_else(DataType::unknown)))
            }
            "OVER" | "FILTER" | "WITHIN GROUP" => self.around_call(what, parts, scope),
            "subscript" | "slice" => self.subscript(what, parts, scope),
            "GROUPING" => {
                self.all(parts, scope)?;
                Ok(built_in("int4"))
            }
            "CURRENT OF" | "IS DOCUMENT" | "IS JSON" | "JSON_EXISTS" => {
                self.all(parts, scope)?;
                Ok(built_in("bool"))
            }
            "MERGE_ACTION" | "JSON_VALUE" | "JSON_SERIALIZE" => {
                self.all(parts, scope)?;
                Ok(built_in("text"))
            }
            "JSON_QUERY" => {
                self.all(parts, scope)?;
                Ok(built_in("jsonb"))
            }
            "JSON" | "JSON_SCALAR" => {
                self.all(parts, scope)?;
                Ok(built_in("json"))
            }
            "JSON_OBJECT" | "JSON_ARRAY" | "JSON_OBJECTAGG" | "JSON_ARRAYAGG" => {
                let types = self.all(parts, scope)?;
                self.seen.aggregate |= what.ends_with("AGG");
                self.meet(Volatility::Stable, Volatility::Stable);
                Ok(if types.iter().any(|own| own.base == BaseType::Unknown) {
                    of(DataType::unknown())
                } else {
                    built_in("json")
                })
            }
            "XMLCONCAT" | "XMLELEMENT" | "XMLFOREST" | "XMLPARSE" | "XMLPI" | "XMLROOT" => {
                self.all(parts, scope)?;
                self.meet(Volatility::Immutable, Volatility::Stable);
                Ok(built_in("xml"))
            }
            "DEFAULT" => Ok(of(undecided())),
            "LIST" | "GROUPING SETS" => {
                self.all(parts, scope)?;
                Ok(of(DataType::unknown()))
            }
            _ => {
                self.all(parts, scope)?;
                self.meet(Volatility::Immutable, Volatility::Volatile);
                Ok(of(DataType::unknown()))
            }
        }
    }

    fn case(&mut self, what: &str, parts: &[Node], scope: &Scope) -> Result<Value, PgError> {
        let mut pairs = parts;
        let subject = match parts.split_first() {
            Some((subject, rest)) if what == "CASE OF" => {
                pairs = rest;
                Some(subject)
            }
            _ => None,
        };
        // ELSE has its say first.
        let mut results: Vec<&Node> =
            pairs.chunks(2).filter(|pair| pair.len() == 1).map(|pair| &pair[0]).collect();
        let null = Node::Literal(Literal::Null);
        if results.is_empty() {
            results.push(&null);
        }
        for pair in pairs.chunks(2) {
            let [when, then] = pair else { continue };
            match subject {
                Some(subject) => self.compare("=", subject, when, scope).map(drop)?,
                None => self.boolean(when, scope, "CASE/WHEN")?,
            }
            results.push(then);
        }
        self.common("CASE", &results, scope)
    }

    /// A call with what stands around it.
    fn around_call(&mut self, what: &str, parts: &[Node], scope: &Scope) -> Result<Value, PgError> {
        let Some((inner, rest)) = parts.split_first() else { return Ok(of(DataType::unknown())) };
        let before = self.seen.clone();
        let value = match inner {
            Node::Function { name, arguments } if what == "WITHIN GROUP" => {
                self.call(name, arguments, rest, scope)?.0
            }
            _ => self.value(inner, scope)?,
        };
        if what == "OVER" {
            // An aggregate with OVER is a window function.
            self.seen.aggregate = before.aggregate;
            self.seen.window = true;
        }
        match what {
            "WITHIN GROUP" => {}
            "FILTER" => rest.iter().try_for_each(|part| self.boolean(part, scope, "FILTER"))?,
            _ => rest.iter().try_for_each(|part| self.value(part, scope).map(drop))?,
        }
        Ok(value)
    }

    fn subscript(&mut self, what: &str, parts: &[Node], scope: &Scope) -> Result<Value, PgError> {
        let types = self.all(parts, scope)?;
        let Some(whole) = types.first() else { return Ok(of(DataType::unknown())) };
        let under = self.run.schema.base_type(whole);
        if !is_known(self.run, &under) || is_undecided(&under) {
            return Ok(of(DataType::unknown()));
        }
        if under.is("jsonb") {
            return Ok(built_in("jsonb"));
        }
        if matches!(&under.base, BaseType::Extension(name) if &**name == "hstore") && !under.array {
            return Ok(built_in("text"));
        }
        match element(self.run, &under) {
            // Of an array the elements keep their modifiers; so many dimensions as it has are not known.
            Some(_) if under.array && what == "subscript" => Ok(of(DataType { array: false, ..under })),
            Some(element) if what == "subscript" => Ok(of(element)),
            Some(_) => Ok(of(under)),
            None => {
                let shown = self.run.schema.format_type(&under);
                Err(PgError::new(
                    "42804",
                    format!("cannot subscript type {shown} because it does not support subscripting"),
                ))
            }
        }
    }

    /// A call of a function; `more` are the arguments behind WITHIN GROUP. Also which function it is, where that is clear.
    pub(super) fn call(
        &mut self,
        name: &QualifiedName,
        arguments: &[Node],
        more: &[Node],
        scope: &Scope,
    ) -> Result<(Value, Option<Candidate>), PgError> {
        let arguments: &[Node] = match arguments {
            [Node::Star(None)] => &[],
            given => given,
        };
        let nodes: Vec<&Node> = arguments.iter().chain(more).collect();
        let mut types = Vec::new();
        for node in &nodes {
            types.push(self.value(node, scope)?.data_type);
        }
        let names: Vec<Name> = arguments
            .iter()
            .filter_map(|node| match node {
                Node::Named(name, _) => Some(name.clone()),
                _ => None,
            })
            .collect();
        let variadic = matches!(arguments.last(), Some(Node::Other { what: "VARIADIC", .. }));
        let given = Arguments { types: &types, names: &names, variadic };
        // The types of a cast in the form of a call.
        let is_cast = names.is_empty()
            && !variadic
            && nodes.len() == 1
            && name.schema.as_deref().is_none_or(|s| s == "pg_catalog");
        let found = call::function(self.run, name, &given);
        let found = match (found, built_in_type(&name.name)) {
            (Err(_) | Ok(Found::Unclear(_)), Some(target)) if is_cast => {
                return Ok((self.cast(nodes[0], DataType::built_in(target), scope)?, None));
            }
            (found, _) => found?,
        };
        match found {
            Found::One(candidate, result) => {
                let actual: Vec<DataType> =
                    candidate.order.iter().filter_map(|place| types.get(*place)).cloned().collect();
                let takes = call::solved(self.run, &candidate.arguments, &actual);
                for (place, wanted) in candidate.order.iter().zip(&takes) {
                    let (Some(node), Some(own)) = (nodes.get(*place), types.get(*place)) else { continue };
                    let node = if let Node::Named(_, inner) = node { inner } else { *node };
                    if is_undecided(own) {
                        self.read_as(node, wanted)?;
                    } else if !wanted.is("any") && depends_on_settings(self.run, own, wanted) {
                        self.meet(Volatility::Stable, Volatility::Stable);
                    }
                }
                if let Some(id) = candidate.id {
                    self.used.function(id);
                }
                let known = &mut self.used.extensions;
                known.extend(
                    candidate
                        .extension
                        .iter()
                        .filter(|own| !known.contains(own))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
                self.seen.aggregate |= candidate.kind == Kind::Aggregate;
                self.seen.window |= candidate.kind == Kind::Window;
                self.seen.set |= candidate.gives_set;
                if candidate.kind == Kind::Procedure {
                    return Err(PgError::new("42809", format!("{} is a procedure", name.name))
                        .with_hint("To call a procedure, use CALL."));
                }
                self.meet(candidate.volatility.0, candidate.volatility.1);
                Ok((of(result), Some(*candidate)))
            }
            Found::Unclear(candidates) => {
                let least = candidates.iter().map(|one| one.volatility.0).min();
                let most = candidates.iter().map(|one| one.volatility.1).max();
                self.meet(least.unwrap_or(Volatility::Immutable), most.unwrap_or(Volatility::Volatile));
                let all = |is: fn(&Candidate) -> bool| !candidates.is_empty() && candidates.iter().all(is);
                self.seen.aggregate |= all(|one| one.kind == Kind::Aggregate);
                self.seen.window |= all(|one| one.kind == Kind::Window);
                self.seen.set |= all(|one| one.gives_set);
                for id in candidates.iter().filter_map(|one| one.id) {
                    self.used.function(id);
                }
                Ok((of(call::agreed(&candidates)), None))
            }
        }
    }
}
