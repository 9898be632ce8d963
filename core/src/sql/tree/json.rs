//! SQL/JSON: `parsenodes.h` and `primnodes.h`.

use super::enumeration::{JsonExprOp, JsonTableColumnType};
use super::expression::{TypeName, WindowDef};
use super::query::Alias;
use super::{List, Node, Ref, Text, Unread, nodes};

nodes! {
    /// FORMAT JSON.
    JsonFormat = 42 { format_type: Unread, encoding: Unread }

    /// What a RETURNING of SQL/JSON comes to.
    JsonReturning = 43 { format: Option<Ref<JsonFormat>> }

    /// A value with its FORMAT.
    JsonValueExpr = 44 { raw_expr: Node, formatted_expr: Node, format: Option<Ref<JsonFormat>> }

    /// RETURNING.
    JsonOutput = 120 { type_name: Option<Ref<TypeName>>, returning: Option<Ref<JsonReturning>> }

    /// An element of PASSING.
    JsonArgument = 121 { val: Option<Ref<JsonValueExpr>>, name: Text }

    /// ON EMPTY and ON ERROR.
    JsonBehavior = 47 { btype: Unread, expr: Node }

    /// JSON_VALUE, JSON_QUERY, JSON_EXISTS.
    JsonFuncExpr = 122 {
        op: JsonExprOp,
        column_name: Text,
        context_item: Option<Ref<JsonValueExpr>>,
        pathspec: Node,
        passing: List,
        output: Option<Ref<JsonOutput>>,
        on_empty: Option<Ref<JsonBehavior>>,
        on_error: Option<Ref<JsonBehavior>>,
    }

    /// JSON_TABLE.
    JsonTable = 124 {
        context_item: Option<Ref<JsonValueExpr>>,
        pathspec: Option<Ref<JsonTablePathSpec>>,
        passing: List,
        columns: List,
        on_error: Option<Ref<JsonBehavior>>,
        alias: Option<Ref<Alias>>,
    }

    /// A column of JSON_TABLE.
    JsonTableColumn = 125 {
        coltype: JsonTableColumnType,
        name: Text,
        type_name: Option<Ref<TypeName>>,
        pathspec: Option<Ref<JsonTablePathSpec>>,
        format: Option<Ref<JsonFormat>>,
        wrapper: Unread,
        quotes: Unread,
        columns: List,
        on_empty: Option<Ref<JsonBehavior>>,
        on_error: Option<Ref<JsonBehavior>>,
    }

    /// A path of JSON_TABLE.
    JsonTablePathSpec = 123 { string: Node, name: Text }

    /// `key: value`.
    JsonKeyValue = 126 { key: Node, value: Option<Ref<JsonValueExpr>> }

    /// JSON().
    JsonParseExpr = 127 { expr: Option<Ref<JsonValueExpr>>, output: Option<Ref<JsonOutput>> }

    /// JSON_SCALAR.
    JsonScalarExpr = 128 { expr: Node, output: Option<Ref<JsonOutput>> }

    /// JSON_SERIALIZE.
    JsonSerializeExpr = 129 { expr: Option<Ref<JsonValueExpr>>, output: Option<Ref<JsonOutput>> }

    /// IS JSON.
    JsonIsPredicate = 46 { expr: Node, format: Option<Ref<JsonFormat>> }

    /// JSON_OBJECT.
    JsonObjectConstructor = 130 {
        exprs: List,
        output: Option<Ref<JsonOutput>>,
        absent_on_null: bool,
        unique: bool,
    }

    /// JSON_ARRAY of values.
    JsonArrayConstructor = 131 { exprs: List, output: Option<Ref<JsonOutput>> }

    /// JSON_ARRAY of a query.
    JsonArrayQueryConstructor = 132 {
        query: Node,
        output: Option<Ref<JsonOutput>>,
        format: Option<Ref<JsonFormat>>,
    }

    /// What JSON_OBJECTAGG and JSON_ARRAYAGG have in common.
    JsonAggConstructor = 133 {
        output: Option<Ref<JsonOutput>>,
        agg_filter: Node,
        agg_order: List,
        over: Option<Ref<WindowDef>>,
    }

    /// JSON_OBJECTAGG.
    JsonObjectAgg = 134 {
        constructor: Option<Ref<JsonAggConstructor>>,
        arg: Option<Ref<JsonKeyValue>>,
        absent_on_null: bool,
        unique: bool,
    }

    /// JSON_ARRAYAGG.
    JsonArrayAgg = 135 { constructor: Option<Ref<JsonAggConstructor>>, arg: Option<Ref<JsonValueExpr>> }
}
