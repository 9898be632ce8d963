//! Queries, data-modifying statements, and what stands in FROM: `parsenodes.h` and `primnodes.h`.

use std::ffi::c_int;

use super::enumeration::{
    CmdType, JoinType, LockClauseStrength, OnCommitAction, OnConflictAction, OverridingKind,
};
use super::expression::TypeName;
use super::{List, Node, Ref, Text, Unread, nodes};

nodes! {
    /// A statement of a script.
    RawStmt = 136 { stmt: Node, stmt_location: c_int, stmt_len: c_int }

    /// SELECT, VALUES, TABLE, and two of them under UNION, INTERSECT or EXCEPT.
    SelectStmt = 141 {
        distinct_clause: List,
        into_clause: Option<Ref<IntoClause>>,
        target_list: List,
        from_clause: List,
        where_clause: Node,
        group_clause: List,
        group_distinct: bool,
        having_clause: Node,
        window_clause: List,
        values_lists: List,
        sort_clause: List,
        limit_offset: Node,
        limit_count: Node,
        limit_option: Unread,
        locking_clause: List,
        with_clause: Option<Ref<WithClause>>,
        op: Unread,
        all: bool,
        larg: Option<Ref<SelectStmt>>,
        rarg: Option<Ref<SelectStmt>>,
    }

    /// INSERT.
    InsertStmt = 137 {
        relation: Option<Ref<RangeVar>>,
        cols: List,
        select_stmt: Node,
        on_conflict_clause: Option<Ref<OnConflictClause>>,
        returning_clause: Option<Ref<ReturningClause>>,
        with_clause: Option<Ref<WithClause>>,
        r#override: OverridingKind,
    }

    /// UPDATE.
    UpdateStmt = 139 {
        relation: Option<Ref<RangeVar>>,
        target_list: List,
        where_clause: Node,
        from_clause: List,
        returning_clause: Option<Ref<ReturningClause>>,
        with_clause: Option<Ref<WithClause>>,
    }

    /// DELETE.
    DeleteStmt = 138 {
        relation: Option<Ref<RangeVar>>,
        using_clause: List,
        where_clause: Node,
        returning_clause: Option<Ref<ReturningClause>>,
        with_clause: Option<Ref<WithClause>>,
    }

    /// MERGE.
    MergeStmt = 140 {
        relation: Option<Ref<RangeVar>>,
        source_relation: Node,
        join_condition: Node,
        merge_when_clauses: List,
        returning_clause: Option<Ref<ReturningClause>>,
        with_clause: Option<Ref<WithClause>>,
    }

    /// WHEN MATCHED and WHEN NOT MATCHED.
    MergeWhenClause = 116 {
        match_kind: Unread,
        command_type: CmdType,
        r#override: Unread,
        condition: Node,
        target_list: List,
        values: List,
    }

    /// RETURN, the body of a function.
    ReturnStmt = 143 { returnval: Node }

    /// WITH.
    WithClause = 110 { ctes: List, recursive: bool }

    /// A query of WITH.
    CommonTableExpr = 115 {
        ctename: Text,
        aliascolnames: List,
        ctematerialized: Unread,
        ctequery: Node,
        search_clause: Option<Ref<CteSearchClause>>,
        cycle_clause: Option<Ref<CteCycleClause>>,
        location: c_int,
        cterecursive: bool,
        cterefcount: c_int,
        ctecolnames: List,
        ctecoltypes: List,
        ctecoltypmods: List,
        ctecolcollations: List,
    }

    /// SEARCH.
    CteSearchClause = 113 { search_col_list: List }

    /// CYCLE.
    CteCycleClause = 114 {
        cycle_col_list: List,
        cycle_mark_column: Text,
        cycle_mark_value: Node,
        cycle_mark_default: Node,
    }

    /// ON CONFLICT.
    OnConflictClause = 112 {
        action: OnConflictAction,
        infer: Option<Ref<InferClause>>,
        target_list: List,
        where_clause: Node,
    }

    /// What ON CONFLICT is about.
    InferClause = 111 { index_elems: List, where_clause: Node, conname: Text }

    /// RETURNING.
    ReturningClause = 118 { options: List, exprs: List }

    /// RETURNING WITH (OLD AS …).
    ReturningOption = 117 { option: Unread, value: Text }

    /// FOR UPDATE and its kin.
    LockingClause = 94 { locked_rels: List, strength: LockClauseStrength }

    /// Where SELECT INTO and CREATE TABLE AS put their rows.
    IntoClause = 5 {
        rel: Option<Ref<RangeVar>>,
        col_names: List,
        access_method: Text,
        options: List,
        on_commit: OnCommitAction,
        table_space_name: Text,
        view_query: Node,
        skip_data: bool,
    }

    /// AS.
    Alias = 2 { aliasname: Text, colnames: List }

    /// A relation by its name.
    RangeVar = 3 {
        catalogname: Text,
        schemaname: Text,
        relname: Text,
        inh: bool,
        relpersistence: u8,
        alias: Option<Ref<Alias>>,
        location: c_int,
    }

    /// A query in FROM.
    RangeSubselect = 85 { lateral: bool, subquery: Node, alias: Option<Ref<Alias>> }

    /// A function in FROM.
    RangeFunction = 86 {
        lateral: bool,
        ordinality: bool,
        is_rowsfrom: bool,
        functions: List,
        alias: Option<Ref<Alias>>,
        coldeflist: List,
    }

    /// TABLESAMPLE.
    RangeTableSample = 89 { relation: Node, method: List, args: List, repeatable: Node }

    /// XMLTABLE.
    RangeTableFunc = 87 {
        lateral: bool,
        docexpr: Node,
        rowexpr: Node,
        namespaces: List,
        columns: List,
        alias: Option<Ref<Alias>>,
    }

    /// A column of XMLTABLE.
    RangeTableFuncCol = 88 {
        colname: Text,
        type_name: Option<Ref<TypeName>>,
        for_ordinality: bool,
        is_not_null: bool,
        colexpr: Node,
        coldefexpr: Node,
    }

    /// JOIN.
    JoinExpr = 64 {
        jointype: JoinType,
        is_natural: bool,
        larg: Node,
        rarg: Node,
        using_clause: List,
        join_using_alias: Option<Ref<Alias>>,
        quals: Node,
        alias: Option<Ref<Alias>>,
    }
}
