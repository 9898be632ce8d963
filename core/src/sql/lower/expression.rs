//! Expressions, and the names and types in them.

use super::named::{qualified, type_name, type_words};
use super::{name, names, query, string};
use crate::sql::tree::{self as pg, AExprKind, NodeKind};
use crate::sql::{
    At, Expression, Literal, Node, QualifiedName, SubqueryForm, TypeName, quote_identifier, quote_literal,
};

/// An expression with its text.
pub(super) fn expression(tree: &pg::Node) -> Expression {
    Expression { sql: text(tree).into(), node: node(tree) }
}

/// The expression as SQL: what the deparser writes for `SELECT expression`. Columns and constants, which most
/// expressions of a migration are, are written without its help.
pub(super) fn text(tree: &pg::Node) -> String {
    if let Some(text) = short_text(tree) {
        return text;
    }
    let sql = pg::selecting(tree, pg::deparse);
    sql.strip_prefix("SELECT ").map(str::to_owned).unwrap_or(sql)
}

fn short_text(tree: &pg::Node) -> Option<String> {
    match tree.kind() {
        NodeKind::AConst(constant) => Some(match literal(constant) {
            Literal::Null => "NULL".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Integer(value) => value.to_string(),
            Literal::Number(digits) => digits.to_string(),
            Literal::String(text) => quote_literal(&text),
            Literal::Bits(_) => return None,
        }),
        NodeKind::ColumnRef(column) => match &*column.fields {
            [field] => Some(quote_identifier(string(field)?)),
            _ => None,
        },
        _ => None,
    }
}

/// The shape of an expression.
pub(super) fn node(tree: &pg::Node) -> Node {
    match tree.kind() {
        NodeKind::AConst(constant) => Node::Literal(literal(constant)),
        NodeKind::ColumnRef(column) => column_reference(column),
        NodeKind::AStar(_) => Node::Star(None),
        NodeKind::FuncCall(call) => function_call(call),
        NodeKind::SqlValueFunction(function) => sql_value(function),
        NodeKind::AExpr(operation) => operator(operation),
        NodeKind::BoolExpr(condition) => boolean(condition),
        NodeKind::NullTest(test) => Node::IsNull {
            operand: boxed(&test.arg),
            negated: test.nulltesttype == pg::NullTestType::IsNotNull,
        },
        NodeKind::BooleanTest(test) => Node::IsBoolean(boxed(&test.arg)),
        NodeKind::TypeCast(cast) => type_cast(cast),
        NodeKind::CollateClause(collate) => {
            Node::Collate { operand: boxed(&collate.arg), collation: qualified(&collate.collname) }
        }
        NodeKind::SubLink(link) => subquery(link),
        NodeKind::NamedArgExpr(argument) => Node::Named(self::name(&argument.name), boxed(&argument.arg)),
        NodeKind::AIndirection(indirection) => indirect(indirection),
        // Wrappers that say nothing of their own.
        NodeKind::ResTarget(target) => part(&target.val),
        NodeKind::SortBy(sort) => part(&sort.node),
        NodeKind::Null => nothing(),
        other => self::other(other),
    }
}

/// Stands for a part that the grammar always gives, should it be missing.
fn nothing() -> Node {
    Node::Other { what: "nothing", parts: Vec::new() }
}

/// What no variant of its own exists for, with what it is made of.
fn other(tree: NodeKind<'_>) -> Node {
    let (what, parts) = match tree {
        NodeKind::CaseExpr(case) if case.arg.get().is_some() => ("CASE OF", case_parts(case)),
        NodeKind::CaseExpr(case) => ("CASE", case_parts(case)),
        NodeKind::CoalesceExpr(coalesce) => ("COALESCE", nodes(&coalesce.args)),
        NodeKind::MinMaxExpr(choice) if choice.op == pg::MinMaxOp::IsLeast => ("LEAST", nodes(&choice.args)),
        NodeKind::MinMaxExpr(choice) => ("GREATEST", nodes(&choice.args)),
        NodeKind::RowExpr(row) => ("ROW", nodes(&row.args)),
        NodeKind::AArrayExpr(array) => ("ARRAY", nodes(&array.elements)),
        NodeKind::List(list) => ("LIST", nodes(list)),
        NodeKind::MultiAssignRef(reference) => ("ROW", optional(&reference.source)),
        NodeKind::SetToDefault(_) => ("DEFAULT", Vec::new()),
        NodeKind::ParamRef(_) => ("PARAMETER", Vec::new()),
        NodeKind::CurrentOfExpr(_) => ("CURRENT OF", Vec::new()),
        NodeKind::GroupingFunc(grouping) => ("GROUPING", nodes(&grouping.args)),
        NodeKind::GroupingSet(set) => ("GROUPING SETS", nodes(&set.content)),
        NodeKind::MergeSupportFunc(_) => ("MERGE_ACTION", Vec::new()),
        NodeKind::XmlExpr(xml) => (xml_name(xml.op), [nodes(&xml.named_args), nodes(&xml.args)].concat()),
        NodeKind::XmlSerialize(xml) => {
            return cast_to(Node::Other { what: "XMLSERIALIZE", parts: optional(&xml.expr) }, &xml.type_name);
        }
        _ => return json(tree),
    };
    Node::Other { what, parts }
}

pub(super) fn nodes(list: &[pg::Node]) -> Vec<Node> {
    list.iter().map(node).collect()
}

/// One node or none.
pub(super) fn optional(tree: &pg::Node) -> Vec<Node> {
    tree.get().map(node).into_iter().collect()
}

/// A part that the grammar always gives.
fn part(tree: &pg::Node) -> Node {
    tree.get().map_or_else(nothing, node)
}

fn boxed(tree: &pg::Node) -> Box<Node> {
    Box::new(part(tree))
}

fn literal(constant: &pg::AConst) -> Literal {
    match constant.value() {
        Some(NodeKind::Integer(value)) => Literal::Integer(value.ival.into()),
        Some(NodeKind::Float(value)) => match value.fval.parse() {
            Ok(integer) => Literal::Integer(integer),
            Err(_) => Literal::Number(name(&value.fval)),
        },
        Some(NodeKind::Boolean(value)) => Literal::Boolean(value.boolval),
        Some(NodeKind::String(value)) => Literal::String(name(&value.sval)),
        Some(NodeKind::BitString(value)) => Literal::Bits(name(&value.bsval)),
        _ => Literal::Null,
    }
}

/// A place that the parser gives; a negative one is unknown.
pub(super) fn at(location: i32) -> At {
    At(u32::try_from(location).unwrap_or_default())
}

fn column_reference(column: &pg::ColumnRef) -> Node {
    let mut path = names(&column.fields);
    match column.fields.last().map(pg::Node::kind) {
        Some(NodeKind::AStar(_)) => Node::Star(path.pop()),
        _ => Node::Column(path, at(column.location)),
    }
}

/// A call. FILTER, OVER and the ORDER BY of an aggregate are around it, not among its arguments.
pub(super) fn function_call(call: &pg::FuncCall) -> Node {
    let mut arguments = if call.agg_star { vec![Node::Star(None)] } else { nodes(&call.args) };
    if call.func_variadic {
        let last = arguments.pop();
        arguments.push(Node::Other { what: "VARIADIC", parts: last.into_iter().collect() });
    }
    let mut function = Node::Function { name: qualified(&call.funcname), arguments };
    if !call.agg_order.is_empty() {
        let what = if call.agg_within_group { "WITHIN GROUP" } else { "ORDER BY" };
        function = around(function, what, nodes(&call.agg_order));
    }
    if call.agg_filter.get().is_some() {
        function = around(function, "FILTER", optional(&call.agg_filter));
    }
    match &call.over {
        Some(window) => around(function, "OVER", window_parts(window)),
        None => function,
    }
}

fn around(inner: Node, what: &'static str, mut parts: Vec<Node>) -> Node {
    parts.insert(0, inner);
    Node::Other { what, parts }
}

/// The expressions of a window definition.
pub(super) fn window_parts(window: &pg::WindowDef) -> Vec<Node> {
    let mut parts = nodes(&window.partition_clause);
    parts.extend(nodes(&window.order_clause));
    parts.extend(optional(&window.start_offset));
    parts.extend(optional(&window.end_offset));
    parts
}

fn sql_value(function: &pg::SqlValueFunction) -> Node {
    use pg::SqlValueFunctionOp as Op;
    let value = Node::SqlValue(match function.op {
        Op::SvfopCurrentDate => "current_date",
        Op::SvfopCurrentTime | Op::SvfopCurrentTimeN => "current_time",
        Op::SvfopCurrentTimestamp | Op::SvfopCurrentTimestampN => "current_timestamp",
        Op::SvfopLocaltime | Op::SvfopLocaltimeN => "localtime",
        Op::SvfopLocaltimestamp | Op::SvfopLocaltimestampN => "localtimestamp",
        Op::SvfopCurrentRole => "current_role",
        Op::SvfopCurrentUser => "current_user",
        Op::SvfopUser => "user",
        Op::SvfopSessionUser => "session_user",
        Op::SvfopCurrentCatalog => "current_catalog",
        Op::SvfopCurrentSchema => "current_schema",
    });
    let of_type = match function.op {
        Op::SvfopCurrentTimeN => "timetz",
        Op::SvfopCurrentTimestampN => "timestamptz",
        Op::SvfopLocaltimeN => "time",
        Op::SvfopLocaltimestampN => "timestamp",
        _ => return value,
    };
    // Its precision is one of its type.
    let (name, modifiers) =
        (QualifiedName::qualified("pg_catalog", of_type), vec![function.typmod.to_string()]);
    let text = type_words(&name, &modifiers).into();
    let type_name =
        TypeName { name, modifiers, array_dimensions: 0, set_of: false, percent_type: false, text };
    Node::Cast { operand: Box::new(value), type_name: Box::new(type_name) }
}

/// A chain of left-associative operators is walked in a loop: it is as deep as it is long.
fn operator(outermost: &pg::AExpr) -> Node {
    let mut chain = vec![outermost];
    while let Some(last) = chain.last()
        && last.kind == AExprKind::AexprOp
        && let NodeKind::AExpr(left) = last.lexpr.kind()
    {
        chain.push(left);
    }
    let mut innermost = None;
    for operation in chain.into_iter().rev() {
        let left = innermost.take().or_else(|| operation.lexpr.get().map(node));
        innermost = Some(operation_on(operation, left));
    }
    innermost.unwrap_or_else(nothing)
}

/// One operation, whose left side is lowered already.
fn operation_on(operation: &pg::AExpr, left: Option<Node>) -> Node {
    let symbol = operation.name.last().and_then(string).unwrap_or_default();
    let negated = symbol.starts_with(['!', '<']);
    let mut operands: Vec<Node> = left.into_iter().collect();
    match operation.rexpr.kind() {
        // The right side of IN and BETWEEN.
        NodeKind::List(list) => operands.extend(nodes(list)),
        _ => operands.extend(optional(&operation.rexpr)),
    }
    let named = |name: &str, operands| Node::Operator { name: name.into(), operands };
    match operation.kind {
        AExprKind::AexprOp
        | AExprKind::AexprLike
        | AExprKind::AexprIlike
        | AExprKind::AexprBetween
        | AExprKind::AexprNotBetween
        | AExprKind::AexprBetweenSym
        | AExprKind::AexprNotBetweenSym => named(symbol, operands),
        AExprKind::AexprOpAny => named(&format!("{symbol} ANY"), operands),
        AExprKind::AexprOpAll => named(&format!("{symbol} ALL"), operands),
        AExprKind::AexprSimilar if negated => named("NOT SIMILAR TO", operands),
        AExprKind::AexprSimilar => named("SIMILAR TO", operands),
        AExprKind::AexprNullif => Node::Other { what: "NULLIF", parts: operands },
        AExprKind::AexprIn => {
            let mut operands = operands.into_iter();
            Node::InList { operand: next(&mut operands), items: operands.collect(), negated }
        }
        AExprKind::AexprDistinct => {
            let mut operands = operands.into_iter();
            Node::IsDistinctFrom(next(&mut operands), next(&mut operands))
        }
        AExprKind::AexprNotDistinct => {
            let mut operands = operands.into_iter();
            Node::IsNotDistinctFrom(next(&mut operands), next(&mut operands))
        }
    }
}

fn next(operands: &mut impl Iterator<Item = Node>) -> Box<Node> {
    Box::new(operands.next().unwrap_or_else(nothing))
}

fn boolean(condition: &pg::BoolExpr) -> Node {
    let mut parts = nodes(&condition.args);
    match condition.boolop {
        pg::BoolExprType::OrExpr => Node::Or(parts),
        pg::BoolExprType::NotExpr => Node::Not(Box::new(parts.pop().unwrap_or_else(nothing))),
        pg::BoolExprType::AndExpr => Node::And(parts),
    }
}

fn type_cast(cast: &pg::TypeCast) -> Node {
    match &cast.type_name {
        Some(to) => Node::Cast { operand: boxed(&cast.arg), type_name: Box::new(type_name(to)) },
        None => part(&cast.arg),
    }
}

fn subquery(link: &pg::SubLink) -> Node {
    let operand = link.testexpr.get().map(|operand| Box::new(node(operand)));
    let form = match link.sub_link_type {
        pg::SubLinkType::ExistsSublink => SubqueryForm::Exists,
        pg::SubLinkType::ArraySublink => SubqueryForm::Array,
        pg::SubLinkType::AnySublink | pg::SubLinkType::AllSublink | pg::SubLinkType::RowcompareSublink => {
            SubqueryForm::Compared(link.oper_name.last().and_then(string).unwrap_or("=").into())
        }
        _ => SubqueryForm::Scalar,
    };
    match link.subselect.kind() {
        NodeKind::SelectStmt(select) => {
            Node::Subquery { form, operand, query: Box::new(query::inner_query(select)) }
        }
        _ => Node::Other { what: "subquery", parts: operand.into_iter().map(|operand| *operand).collect() },
    }
}

fn case_parts(case: &pg::CaseExpr) -> Vec<Node> {
    let mut parts = optional(&case.arg);
    for branch in &case.args {
        if let NodeKind::CaseWhen(when) = branch.kind() {
            parts.extend(optional(&when.expr));
            parts.extend(optional(&when.result));
        }
    }
    parts.extend(optional(&case.defresult));
    parts
}

/// `(x).field`, `x[1]` and `x[1:2]`, one around the other.
fn indirect(indirection: &pg::AIndirection) -> Node {
    let mut inner = part(&indirection.arg);
    for step in &indirection.indirection {
        inner = match (step.kind(), inner) {
            // Those that follow each other are one, of several dimensions.
            (
                NodeKind::AIndices(indices),
                Node::Other { what: what @ ("subscript" | "slice"), mut parts },
            ) => {
                parts.extend([optional(&indices.lidx), optional(&indices.uidx)].concat());
                Node::Other { what: if indices.is_slice { "slice" } else { what }, parts }
            }
            (NodeKind::AIndices(indices), inner) => {
                let bounds = [optional(&indices.lidx), optional(&indices.uidx)].concat();
                around(inner, if indices.is_slice { "slice" } else { "subscript" }, bounds)
            }
            (NodeKind::String(field), inner) => Node::Field(Box::new(inner), name(&field.sval)),
            (_, inner) => around(inner, "row", Vec::new()),
        };
    }
    inner
}

fn xml_name(operation: pg::XmlExprOp) -> &'static str {
    use pg::XmlExprOp as Op;
    match operation {
        Op::IsXmlconcat => "XMLCONCAT",
        Op::IsXmlelement => "XMLELEMENT",
        Op::IsXmlforest => "XMLFOREST",
        Op::IsXmlparse => "XMLPARSE",
        Op::IsXmlpi => "XMLPI",
        Op::IsXmlroot => "XMLROOT",
        Op::IsXmlserialize => "XMLSERIALIZE",
        Op::IsDocument => "IS DOCUMENT",
    }
}

/// The value as that type, where one is said.
fn cast_to(value: Node, to: &Option<pg::Ref<pg::TypeName>>) -> Node {
    match to {
        Some(to) => Node::Cast { operand: Box::new(value), type_name: Box::new(type_name(to)) },
        None => value,
    }
}

/// SQL/JSON's constructors, functions and tests, with RETURNING as a cast; `unknown` is anything else.
fn json(tree: NodeKind<'_>) -> Node {
    let value = |value: &Option<pg::Ref<pg::JsonValueExpr>>| {
        value.as_deref().map(|value| optional(&value.raw_expr)).unwrap_or_default()
    };
    let (what, parts, output) = match tree {
        NodeKind::JsonObjectConstructor(json) => ("JSON_OBJECT", nodes(&json.exprs), Some(&json.output)),
        NodeKind::JsonArrayConstructor(json) => ("JSON_ARRAY", nodes(&json.exprs), Some(&json.output)),
        NodeKind::JsonArrayQueryConstructor(json) => {
            let query = match json.query.kind() {
                NodeKind::SelectStmt(select) => vec![Node::Subquery {
                    form: SubqueryForm::Scalar,
                    operand: None,
                    query: Box::new(query::inner_query(select)),
                }],
                _ => Vec::new(),
            };
            ("JSON_ARRAY", query, Some(&json.output))
        }
        NodeKind::JsonKeyValue(pair) => ("LIST", [optional(&pair.key), value(&pair.value)].concat(), None),
        NodeKind::JsonValueExpr(json) => return part(&json.raw_expr),
        NodeKind::JsonArgument(argument) => ("LIST", value(&argument.val), None),
        NodeKind::JsonIsPredicate(test) => ("IS JSON", optional(&test.expr), None),
        NodeKind::JsonScalarExpr(json) => ("JSON_SCALAR", optional(&json.expr), Some(&json.output)),
        NodeKind::JsonParseExpr(json) => ("JSON", value(&json.expr), Some(&json.output)),
        NodeKind::JsonSerializeExpr(json) => ("JSON_SERIALIZE", value(&json.expr), Some(&json.output)),
        NodeKind::JsonObjectAgg(json) => {
            let pair = json.arg.as_deref();
            let mut parts =
                pair.map(|pair| [optional(&pair.key), value(&pair.value)].concat()).unwrap_or_default();
            parts.extend(aggregate_parts(&json.constructor));
            ("JSON_OBJECTAGG", parts, json.constructor.as_deref().map(|constructor| &constructor.output))
        }
        NodeKind::JsonArrayAgg(json) => {
            let mut parts = value(&json.arg);
            parts.extend(aggregate_parts(&json.constructor));
            ("JSON_ARRAYAGG", parts, json.constructor.as_deref().map(|constructor| &constructor.output))
        }
        NodeKind::JsonFuncExpr(function) => {
            let mut parts = value(&function.context_item);
            parts.extend(optional(&function.pathspec));
            parts.extend(nodes(&function.passing));
            for behavior in [&function.on_empty, &function.on_error].into_iter().flatten() {
                parts.extend(optional(&behavior.expr));
            }
            let what = match function.op {
                pg::JsonExprOp::JsonExistsOp => "JSON_EXISTS",
                pg::JsonExprOp::JsonQueryOp => "JSON_QUERY",
                pg::JsonExprOp::JsonValueOp => "JSON_VALUE",
                pg::JsonExprOp::JsonTableOp => "JSON_TABLE",
            };
            (what, parts, Some(&function.output))
        }
        _ => ("unknown", Vec::new(), None),
    };
    let made = Node::Other { what, parts };
    match output.and_then(|output| output.as_deref()) {
        Some(output) => cast_to(made, &output.type_name),
        None => made,
    }
}

fn aggregate_parts(constructor: &Option<pg::Ref<pg::JsonAggConstructor>>) -> Vec<Node> {
    let Some(constructor) = constructor else { return Vec::new() };
    let mut parts = optional(&constructor.agg_filter);
    parts.extend(nodes(&constructor.agg_order));
    parts.extend(constructor.over.as_deref().map(window_parts).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::lower::testing;
    use crate::sql::name;

    fn shape(sql: &str) -> Node {
        testing::expression(sql).node
    }

    fn column(name: &str) -> Node {
        Node::Column(vec![crate::sql::name(name)], At::default())
    }

    fn integer(value: i64) -> Node {
        Node::Literal(Literal::Integer(value))
    }

    fn operation(name: &str, operands: Vec<Node>) -> Node {
        Node::Operator { name: name.into(), operands }
    }

    fn call(function: &str, arguments: Vec<Node>) -> Node {
        Node::Function { name: QualifiedName::bare(function), arguments }
    }

    #[test]
    fn constants_have_their_values() {
        for (sql, literal) in [
            ("NULL", Literal::Null),
            ("true", Literal::Boolean(true)),
            ("-5", Literal::Integer(-5)),
            ("3000000000", Literal::Integer(3_000_000_000)),
            ("1.50", Literal::Number(name("1.50"))),
            ("99999999999999999999", Literal::Number(name("99999999999999999999"))),
            ("'it''s'", Literal::String(name("it's"))),
            ("E'a\\nb'", Literal::String(name("a\nb"))),
            ("$$a'b$$", Literal::String(name("a'b"))),
            ("B'01'", Literal::Bits(name("b01"))),
        ] {
            assert_eq!(shape(sql), Node::Literal(literal), "{sql}");
        }
    }

    #[test]
    fn expressions_have_their_shape() {
        let a = || column("a");
        let b = || column("b");
        let not_null = |negated| Node::IsNull { operand: Box::new(a()), negated };
        for (sql, expected) in [
            ("\"A b\"", column("A b")),
            ("s.t.a", Node::Column(vec![name("s"), name("t"), name("a")], At::default())),
            ("now()", call("now", vec![])),
            ("count(*)", call("count", vec![Node::Star(None)])),
            ("f(t.*)", call("f", vec![Node::Star(Some(name("t")))])),
            (
                "s.f(x => a, y => 1)",
                Node::Function {
                    name: QualifiedName::qualified("s", "f"),
                    arguments: vec![
                        Node::Named(name("x"), Box::new(a())),
                        Node::Named(name("y"), Box::new(integer(1))),
                    ],
                },
            ),
            ("CURRENT_TIMESTAMP", Node::SqlValue("current_timestamp")),
            ("user", Node::SqlValue("user")),
            ("a + 1 || b", operation("||", vec![operation("+", vec![a(), integer(1)]), b()])),
            ("- a", operation("-", vec![a()])),
            ("a OPERATOR(pg_catalog.=) b", operation("=", vec![a(), b()])),
            ("a LIKE 'x%'", operation("~~", vec![a(), Node::Literal(Literal::String(name("x%")))])),
            ("a NOT ILIKE b", operation("!~~*", vec![a(), b()])),
            ("a NOT BETWEEN 1 AND 2", operation("NOT BETWEEN", vec![a(), integer(1), integer(2)])),
            ("a = ANY (b)", operation("= ANY", vec![a(), b()])),
            ("a <> ALL (b)", operation("<> ALL", vec![a(), b()])),
            ("a IS DISTINCT FROM b", Node::IsDistinctFrom(Box::new(a()), Box::new(b()))),
            (
                "a IS NOT DISTINCT FROM NULL",
                Node::IsNotDistinctFrom(Box::new(a()), Box::new(Node::Literal(Literal::Null))),
            ),
            (
                "a NOT IN (1, b)",
                Node::InList { operand: Box::new(a()), items: vec![integer(1), b()], negated: true },
            ),
            ("a IN (1)", Node::InList { operand: Box::new(a()), items: vec![integer(1)], negated: false }),
            (
                "a AND b AND a OR NOT b",
                Node::Or(vec![Node::And(vec![a(), b(), a()]), Node::Not(Box::new(b()))]),
            ),
            ("a IS NULL", not_null(false)),
            ("a NOTNULL", not_null(true)),
            ("a IS NOT TRUE", Node::IsBoolean(Box::new(a()))),
            (
                "a COLLATE \"C\"",
                Node::Collate { operand: Box::new(a()), collation: QualifiedName::bare("C") },
            ),
            ("NULLIF(a, 1)", Node::Other { what: "NULLIF", parts: vec![a(), integer(1)] }),
            ("least(a, b)", Node::Other { what: "LEAST", parts: vec![a(), b()] }),
            ("(a).x", Node::Field(Box::new(a()), name("x"))),
        ] {
            assert_eq!(shape(sql), expected, "{sql}");
        }
        let Node::Cast { operand, type_name } = shape("'1'::numeric(10,2)") else { panic!() };
        assert_eq!(*operand, Node::Literal(Literal::String(name("1"))));
        assert_eq!(&*type_name.text, "numeric(10,2)");
    }

    #[test]
    fn columns_are_found_in_every_kind_of_expression() {
        for sql in [
            "CASE a WHEN b THEN c WHEN d THEN e ELSE f END",
            "COALESCE(a, b, c, ROW(d, e), f)",
            "ARRAY[a, b[c], (d).x, GREATEST(e, f)]",
            "sum(a ORDER BY b) FILTER (WHERE c) OVER (PARTITION BY d ORDER BY e ROWS f PRECEDING)",
            "percentile_cont(a) WITHIN GROUP (ORDER BY b + c) + d + e + f",
            "a BETWEEN SYMMETRIC b AND c IS DISTINCT FROM (d SIMILAR TO e ESCAPE f)",
            "xmlconcat(xmlelement(NAME x, xmlattributes(a AS y), b), xmlforest(c, d), xmlserialize(CONTENT e AS text), xmlparse(DOCUMENT f))",
            "extract(epoch FROM a) + substring(b FROM c FOR d) || overlay(e PLACING 'x' FROM f)",
            "json_object(a: b, 'k' VALUE c) || json_array(d, e) || json_scalar(f)",
            "json_value(a, b PASSING c AS x DEFAULT d ON EMPTY DEFAULT e ON ERROR) || json_serialize(f)",
            "json_objectagg(a: b) FILTER (WHERE c) || json_arrayagg(d ORDER BY e) || json(f)",
            "(a IS JSON OBJECT) = (b AT TIME ZONE c IS NOT NULL) AND (d, e) OVERLAPS (f, f)",
            "a IN (b, c) AND d = ANY (e) AND f COLLATE \"C\" = '' AND NOT f::text::int IS TRUE",
        ] {
            let mut found: Vec<String> =
                shape(sql).columns().iter().map(|column| column.to_string()).collect();
            found.sort();
            assert_eq!(found, ["a", "b", "c", "d", "e", "f"], "{sql}");
        }
    }

    #[test]
    fn subqueries_keep_what_they_are_compared_with() {
        for (sql, has_operand) in [
            ("EXISTS (SELECT 1)", false),
            ("(SELECT 1)", false),
            ("ARRAY(SELECT 1)", false),
            ("a IN (SELECT 1)", true),
            ("(a, b) > ALL (SELECT 1, 2)", true),
        ] {
            let Node::Subquery { operand, .. } = shape(sql) else { panic!("{sql}") };
            assert_eq!(operand.is_some(), has_operand, "{sql}");
        }
    }

    #[test]
    fn text_is_what_the_deparser_writes() {
        for (sql, text) in [
            ("a", "a"),
            ("\"A\"", "\"A\""),
            ("\"order\"", "\"order\""),
            ("NULL", "NULL"),
            ("TRUE", "true"),
            ("-1", "-1"),
            ("1.50", "1.50"),
            ("'it''s'", "'it''s'"),
            ("E'a\\\\b'", "E'a\\\\b'"),
            ("B'01'", "b'01'"),
            ("lower(  a )", "lower(a)"),
            ("(a+1)*2", "(a + 1) * 2"),
            ("'x'::text", "'x'::text"),
            ("now()", "now()"),
        ] {
            assert_eq!(&*testing::expression(sql).sql, text, "{sql}");
        }
    }

    #[test]
    fn short_texts_are_the_deparsers() {
        for sql in [
            "a",
            "\"A\"",
            "\"select\"",
            "\"name\"",
            "NULL",
            "false",
            "-1",
            "9999999999",
            "1e3",
            "'a''b'",
            "E'\\\\'",
            "''",
        ] {
            let tree = crate::sql::parser::Tree::parse(&format!("SELECT {sql}")).unwrap();
            let Some(NodeKind::SelectStmt(select)) = tree.single() else { panic!() };
            let NodeKind::ResTarget(target) = select.target_list[0].kind() else { panic!() };
            let short = short_text(&target.val).expect(sql);
            assert_eq!(format!("SELECT {short}"), pg::deparse(select), "{sql}");
        }
    }
}
