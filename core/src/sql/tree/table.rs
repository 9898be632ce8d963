//! Tables and what belongs to one: indexes, views, triggers, policies. `parsenodes.h`.

use std::ffi::c_int;

use super::enumeration::{
    AlterTableType, CmdType, ConstrType, DropBehavior, ObjectType, OnCommitAction, PartitionStrategy,
    ReindexObjectType, SortByDir, SortByNulls, ViewCheckOption,
};
use super::expression::{CollateClause, TypeName};
use super::object::RoleSpec;
use super::query::{IntoClause, RangeVar};
use super::{List, Node, Ref, Tagged, Text, child, nodes};

nodes! {
    /// CREATE TABLE.
    CreateStmt = 160 {
        relation: Option<Ref<RangeVar>>,
        table_elts: List,
        inh_relations: List,
        partbound: Option<Ref<PartitionBoundSpec>>,
        partspec: Option<Ref<PartitionSpec>>,
        of_typename: Option<Ref<TypeName>>,
        constraints: List,
        nnconstraints: List,
        options: List,
        oncommit: OnCommitAction,
        tablespacename: Text,
        access_method: Text,
        if_not_exists: bool,
    }

    /// CREATE TABLE AS and CREATE MATERIALIZED VIEW.
    CreateTableAsStmt = 242 {
        query: Node,
        into: Option<Ref<IntoClause>>,
        objtype: ObjectType,
        is_select_into: bool,
        if_not_exists: bool,
    }

    /// A column.
    ColumnDef = 90 {
        colname: Text,
        type_name: Option<Ref<TypeName>>,
        compression: Text,
        inhcount: i16,
        is_local: bool,
        is_not_null: bool,
        is_from_type: bool,
        storage: u8,
        storage_name: Text,
        raw_default: Node,
        cooked_default: Node,
        identity: u8,
        identity_sequence: Option<Ref<RangeVar>>,
        generated: u8,
        coll_clause: Option<Ref<CollateClause>>,
        coll_oid: u32,
        constraints: List,
        fdwoptions: List,
    }

    /// A constraint, or what the grammar calls one: DEFAULT, GENERATED, DEFERRABLE.
    Constraint = 161 {
        contype: ConstrType,
        conname: Text,
        deferrable: bool,
        initdeferred: bool,
        is_enforced: bool,
        skip_validation: bool,
        initially_valid: bool,
        is_no_inherit: bool,
        raw_expr: Node,
        cooked_expr: Text,
        generated_when: u8,
        generated_kind: u8,
        nulls_not_distinct: bool,
        keys: List,
        without_overlaps: bool,
        including: List,
        exclusions: List,
        options: List,
        indexname: Text,
        indexspace: Text,
        reset_default_tblspc: bool,
        access_method: Text,
        where_clause: Node,
        pktable: Option<Ref<RangeVar>>,
        fk_attrs: List,
        pk_attrs: List,
        fk_with_period: bool,
        pk_with_period: bool,
        fk_matchtype: u8,
        fk_upd_action: u8,
        fk_del_action: u8,
        fk_del_set_cols: List,
        old_conpfeqop: List,
    }

    /// LIKE.
    TableLikeClause = 91 { relation: Option<Ref<RangeVar>>, options: u32 }

    /// PARTITION BY.
    PartitionSpec = 97 { strategy: PartitionStrategy, part_params: List }

    /// An element of PARTITION BY.
    PartitionElem = 96 { name: Text, expr: Node, collation: List, opclass: List }

    /// FOR VALUES.
    PartitionBoundSpec = 98 {
        strategy: u8,
        is_default: bool,
        modulus: c_int,
        remainder: c_int,
        listdatums: List,
        lowerdatums: List,
        upperdatums: List,
    }

    /// ATTACH and DETACH PARTITION.
    PartitionCmd = 100 {
        name: Option<Ref<RangeVar>>,
        bound: Option<Ref<PartitionBoundSpec>>,
        concurrent: bool,
    }

    /// ALTER TABLE, and the ALTERs of other objects that share its grammar.
    AlterTableStmt = 146 {
        relation: Option<Ref<RangeVar>>,
        cmds: List,
        objtype: ObjectType,
        missing_ok: bool,
    }

    /// An action of ALTER TABLE.
    AlterTableCmd = 147 {
        subtype: AlterTableType,
        name: Text,
        num: i16,
        newowner: Option<Ref<RoleSpec>>,
        def: Node,
        behavior: DropBehavior,
        missing_ok: bool,
    }

    /// ALTER CONSTRAINT.
    AtAlterConstraint = 148 {
        conname: Text,
        alter_enforceability: bool,
        is_enforced: bool,
        alter_deferrability: bool,
        deferrable: bool,
        initdeferred: bool,
        alter_inheritability: bool,
        noinherit: bool,
    }

    /// REPLICA IDENTITY.
    ReplicaIdentityStmt = 149 { identity_type: u8, name: Text }

    /// ALTER TABLE ALL IN TABLESPACE.
    AlterTableMoveAllStmt = 165 {
        orig_tablespacename: Text,
        objtype: ObjectType,
        roles: List,
        new_tablespacename: Text,
        nowait: bool,
    }

    /// TRUNCATE.
    TruncateStmt = 198 { relations: List, restart_seqs: bool, behavior: DropBehavior }

    /// CREATE INDEX.
    IndexStmt = 204 {
        idxname: Text,
        relation: Option<Ref<RangeVar>>,
        access_method: Text,
        table_space: Text,
        index_params: List,
        index_including_params: List,
        options: List,
        where_clause: Node,
        exclude_op_names: List,
        idxcomment: Text,
        index_oid: u32,
        old_number: u32,
        old_create_subid: u32,
        old_first_relfilelocator_subid: u32,
        unique: bool,
        nulls_not_distinct: bool,
        primary: bool,
        isconstraint: bool,
        iswithoutoverlaps: bool,
        deferrable: bool,
        initdeferred: bool,
        transformed: bool,
        concurrent: bool,
        if_not_exists: bool,
    }

    /// An element of an index.
    IndexElem = 92 {
        name: Text,
        expr: Node,
        indexcolname: Text,
        collation: List,
        opclass: List,
        opclassopts: List,
        ordering: SortByDir,
        nulls_ordering: SortByNulls,
    }

    /// REINDEX.
    ReindexStmt = 248 { kind: ReindexObjectType, relation: Option<Ref<RangeVar>>, name: Text, params: List }

    /// CLUSTER.
    ClusterStmt = 238 { relation: Option<Ref<RangeVar>>, indexname: Text, params: List }

    /// VACUUM and ANALYZE.
    VacuumStmt = 239 { options: List, rels: List, is_vacuumcmd: bool }

    /// A table of VACUUM.
    VacuumRelation = 240 { relation: Option<Ref<RangeVar>>, oid: u32, va_cols: List }

    /// CREATE STATISTICS.
    CreateStatsStmt = 205 {
        defnames: List,
        stat_types: List,
        exprs: List,
        relations: List,
        stxcomment: Text,
        transformed: bool,
        if_not_exists: bool,
    }

    /// An element of CREATE STATISTICS.
    StatsElem = 206 { name: Text, expr: Node }

    /// CREATE VIEW.
    ViewStmt = 230 {
        view: Option<Ref<RangeVar>>,
        aliases: List,
        query: Node,
        replace: bool,
        options: List,
        with_check_option: ViewCheckOption,
    }

    /// REFRESH MATERIALIZED VIEW.
    RefreshMatViewStmt = 243 { concurrent: bool, skip_data: bool, relation: Option<Ref<RangeVar>> }

    /// CREATE RULE.
    RuleStmt = 221 {
        relation: Option<Ref<RangeVar>>,
        rulename: Text,
        where_clause: Node,
        event: CmdType,
        instead: bool,
        actions: List,
        replace: bool,
    }

    /// CREATE TRIGGER.
    CreateTrigStmt = 181 {
        replace: bool,
        isconstraint: bool,
        trigname: Text,
        relation: Option<Ref<RangeVar>>,
        funcname: List,
        args: List,
        row: bool,
        timing: i16,
        events: i16,
        columns: List,
        when_clause: Node,
        transition_rels: List,
        deferrable: bool,
        initdeferred: bool,
        constrrel: Option<Ref<RangeVar>>,
    }

    /// REFERENCING.
    TriggerTransition = 119 { name: Text, is_new: bool }

    /// CREATE POLICY.
    CreatePolicyStmt = 178 {
        policy_name: Text,
        table: Option<Ref<RangeVar>>,
        cmd_name: Text,
        permissive: bool,
        roles: List,
        qual: Node,
        with_check: Node,
    }

    /// ALTER POLICY.
    AlterPolicyStmt = 179 {
        policy_name: Text,
        table: Option<Ref<RangeVar>>,
        roles: List,
        qual: Node,
        with_check: Node,
    }
}

/// CREATE FOREIGN TABLE: CREATE TABLE under a tag of its own, and more behind it.
#[repr(C)]
pub struct CreateForeignTableStmt {
    pub base_stmt: CreateStmt,
    pub servername: Text,
    pub options: List,
}

impl Tagged for CreateForeignTableStmt {
    const TAG: u32 = 173;
    const CHILDREN: u64 =
        CreateStmt::CHILDREN | child::<List>(std::mem::offset_of!(CreateForeignTableStmt, options));
}
