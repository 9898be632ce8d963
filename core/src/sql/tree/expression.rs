//! Expressions, and what is made of them: `parsenodes.h` and `primnodes.h`.

use std::ffi::c_int;

use super::enumeration::{
    AExprKind, BoolExprType, MinMaxOp, NullTestType, SortByDir, SortByNulls, SqlValueFunctionOp, SubLinkType,
    XmlExprOp,
};
use super::{List, Node, Ref, Text, Unread, nodes};

nodes! {
    /// `a`, `t.a`, `t.*`.
    ColumnRef = 69 { fields: List, location: c_int }

    /// `$1`.
    ParamRef = 70 { number: c_int }

    /// An operator with its operands, also IN, LIKE, BETWEEN, IS DISTINCT FROM.
    AExpr = 71 { kind: AExprKind, name: List, lexpr: Node, rexpr: Node }

    /// `x::type` and CAST.
    TypeCast = 73 { arg: Node, type_name: Option<Ref<TypeName>> }

    /// `x COLLATE c`; at a column without the `x`.
    CollateClause = 74 { arg: Node, collname: List }

    /// A call of a function, an aggregate or a window function.
    FuncCall = 76 {
        funcname: List,
        args: List,
        agg_order: List,
        agg_filter: Node,
        over: Option<Ref<WindowDef>>,
        agg_within_group: bool,
        agg_star: bool,
        agg_distinct: bool,
        func_variadic: bool,
    }

    /// `*`.
    AStar = 77 {}

    /// `[1]` and `[1:2]`.
    AIndices = 78 { is_slice: bool, lidx: Node, uidx: Node }

    /// `(x).field` and `x[1]`.
    AIndirection = 79 { arg: Node, indirection: List }

    /// `ARRAY[…]`.
    AArrayExpr = 80 { elements: List }

    /// One column of `(a, b) = …` in UPDATE.
    MultiAssignRef = 82 { source: Node, colno: c_int }

    /// A column of a SELECT, INSERT or UPDATE: its name, and what it is or gets.
    ResTarget = 81 { name: Text, indirection: List, val: Node, location: c_int }

    /// An element of ORDER BY.
    SortBy = 83 { node: Node, sortby_dir: SortByDir, sortby_nulls: SortByNulls, use_op: List }

    /// A window: of WINDOW, or behind OVER.
    WindowDef = 84 {
        name: Text,
        refname: Text,
        partition_clause: List,
        order_clause: List,
        frame_options: c_int,
        start_offset: Node,
        end_offset: Node,
    }

    /// AND, OR, NOT.
    BoolExpr = 21 { boolop: BoolExprType, args: List }

    /// A query in an expression.
    SubLink = 22 {
        sub_link_type: SubLinkType,
        sub_link_id: c_int,
        testexpr: Node,
        oper_name: List,
        subselect: Node,
    }

    /// CASE.
    CaseExpr = 32 { casetype: u32, casecollid: u32, arg: Node, args: List, defresult: Node }

    /// WHEN … THEN.
    CaseWhen = 33 { expr: Node, result: Node }

    /// ROW.
    RowExpr = 36 { args: List, row_typeid: u32, row_format: Unread, colnames: List }

    /// COALESCE.
    CoalesceExpr = 38 { coalescetype: u32, coalescecollid: u32, args: List }

    /// GREATEST and LEAST.
    MinMaxExpr = 39 { minmaxtype: u32, minmaxcollid: u32, inputcollid: u32, op: MinMaxOp, args: List }

    /// CURRENT_DATE and the like.
    SqlValueFunction = 40 { op: SqlValueFunctionOp, r#type: u32, typmod: c_int }

    /// IS NULL and IS NOT NULL.
    NullTest = 52 { arg: Node, nulltesttype: NullTestType }

    /// IS TRUE and the like.
    BooleanTest = 53 { arg: Node }

    /// `name => value`.
    NamedArgExpr = 16 { arg: Node, name: Text }

    /// DEFAULT as a value.
    SetToDefault = 57 { type_id: u32, type_mod: c_int, collation: u32 }

    /// WHERE CURRENT OF.
    CurrentOfExpr = 58 {}

    /// GROUPING.
    GroupingFunc = 10 { args: List }

    /// ROLLUP, CUBE and GROUPING SETS.
    GroupingSet = 107 { kind: Unread, content: List }

    /// `merge_action()`.
    MergeSupportFunc = 13 {}

    /// XMLELEMENT and its kin.
    XmlExpr = 41 {
        op: XmlExprOp,
        name: Text,
        named_args: List,
        arg_names: List,
        args: List,
        xmloption: Unread,
        indent: bool,
        r#type: u32,
    }

    /// XMLSERIALIZE.
    XmlSerialize = 95 { xmloption: Unread, expr: Node, type_name: Option<Ref<TypeName>> }

    /// A type, as a statement names it.
    TypeName = 68 {
        names: List,
        type_oid: u32,
        setof: bool,
        pct_type: bool,
        typmods: List,
        typemod: c_int,
        array_bounds: List,
        location: c_int,
    }
}
