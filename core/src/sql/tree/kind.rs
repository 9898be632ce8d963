//! What a node is, by its tag.

use super::*;

/// Declares [`NodeKind`] over nodes that are declared elsewhere.
macro_rules! kinds {
    ($($name:ident),* $(,)?) => {
        /// A node as what it is.
        #[derive(Clone, Copy)]
        #[repr(u32)]
        #[allow(dead_code, reason = "some are met only on the way down a tree")]
        pub(in crate::sql) enum NodeKind<'a> {
            $($name(&'a $name) = $name::TAG,)*
            /// A list within a list, or where one node could be.
            List(&'a [Node]) = ListNode::TAG,
            /// No node.
            Null = 0,
            /// A node that is not declared, or a list of numbers.
            Other = u32::MAX,
        }

        impl Node {
            /// What the node is.
            pub fn kind(&self) -> NodeKind<'_> {
                // SAFETY: a node lives as long as the one that the pointer to it is in.
                unsafe { self.kind_within(self) }
            }

            /// What the node is, which lives as long as `owner`.
            ///
            /// # Safety
            ///
            /// It does.
            pub(super) unsafe fn kind_within<'a, T>(&self, _owner: &'a T) -> NodeKind<'a> {
                let Some(start) = self.0 else { return NodeKind::Null };
                // SAFETY: every node begins with its tag, and the tag says what structure it is; it lives as long as
                // the caller says.
                unsafe {
                    match start.read() {
                        $($name::TAG => NodeKind::$name(start.cast::<$name>().as_ref()),)*
                        ListNode::TAG => NodeKind::List(start.cast::<ListNode>().as_ref().items()),
                        _ => NodeKind::Other,
                    }
                }
            }
        }

        /// [`Tagged::CHILDREN`] of the nodes of that tag; none for those that are not declared.
        pub(super) fn children(tag: u32) -> u64 {
            match tag {
                $($name::TAG => $name::CHILDREN,)*
                _ => 0,
            }
        }

        /// The names of all of them.
        #[cfg(test)]
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// The name and the fields of a node.
        #[cfg(test)]
        pub(super) fn fields(node: NodeKind<'_>) -> Option<(&'static str, Vec<(&'static str, serde_json::Value)>)> {
            match node {
                $(NodeKind::$name(node) => Some((stringify!($name), layout::Fields::fields(node))),)*
                _ => None,
            }
        }
    };
}

kinds! {
    AArrayExpr, AConst, AExpr, AIndices, AIndirection, AStar, AccessPriv, Alias, AlterCollationStmt,
    AlterDatabaseRefreshCollStmt, AlterDatabaseSetStmt, AlterDatabaseStmt, AlterDefaultPrivilegesStmt,
    AlterDomainStmt, AlterEnumStmt, AlterEventTrigStmt, AlterExtensionContentsStmt, AlterExtensionStmt,
    AlterFdwStmt, AlterForeignServerStmt, AlterFunctionStmt, AlterObjectDependsStmt,
    AlterObjectSchemaStmt, AlterOpFamilyStmt, AlterOperatorStmt, AlterOwnerStmt, AlterPolicyStmt,
    AlterPublicationStmt, AlterRoleSetStmt, AlterRoleStmt, AlterSeqStmt, AlterStatsStmt,
    AlterSubscriptionStmt, AlterSystemStmt, AlterTableCmd, AlterTableMoveAllStmt,
    AlterTableSpaceOptionsStmt, AlterTableStmt, AlterTsConfigurationStmt, AlterTsDictionaryStmt,
    AlterTypeStmt, AlterUserMappingStmt, AtAlterConstraint, BitString, BoolExpr, Boolean, BooleanTest,
    CallStmt, CaseExpr, CaseWhen, CheckPointStmt, ClosePortalStmt, ClusterStmt, CoalesceExpr,
    CollateClause, ColumnDef, ColumnRef, CommentStmt, CommonTableExpr, CompositeTypeStmt, Constraint,
    ConstraintsSetStmt, CopyStmt, CreateAmStmt, CreateCastStmt, CreateConversionStmt, CreateDomainStmt,
    CreateEnumStmt, CreateEventTrigStmt, CreateExtensionStmt, CreateFdwStmt, CreateForeignServerStmt,
    CreateForeignTableStmt, CreateFunctionStmt, CreateOpClassStmt, CreateOpFamilyStmt, CreatePLangStmt,
    CreatePolicyStmt, CreatePublicationStmt, CreateRangeStmt, CreateRoleStmt, CreateSchemaStmt,
    CreateSeqStmt, CreateStatsStmt, CreateStmt, CreateSubscriptionStmt, CreateTableAsStmt,
    CreateTableSpaceStmt, CreateTransformStmt, CreateTrigStmt, CreateUserMappingStmt, CreatedbStmt,
    CteCycleClause, CteSearchClause, CurrentOfExpr, DeallocateStmt, DeclareCursorStmt, DefElem,
    DefineStmt, DeleteStmt, DiscardStmt, DoStmt, DropOwnedStmt, DropRoleStmt, DropStmt,
    DropSubscriptionStmt, DropTableSpaceStmt, DropUserMappingStmt, DropdbStmt, ExecuteStmt, ExplainStmt,
    FetchStmt, Float, FuncCall, FunctionParameter, GrantRoleStmt, GrantStmt, GroupingFunc, GroupingSet,
    ImportForeignSchemaStmt, IndexElem, IndexStmt, InferClause, InsertStmt, Integer, IntoClause, JoinExpr,
    JsonAggConstructor, JsonArgument, JsonArrayAgg, JsonArrayConstructor, JsonArrayQueryConstructor,
    JsonBehavior, JsonFormat, JsonFuncExpr, JsonIsPredicate, JsonKeyValue, JsonObjectAgg,
    JsonObjectConstructor, JsonOutput, JsonParseExpr, JsonReturning, JsonScalarExpr, JsonSerializeExpr,
    JsonTable, JsonTableColumn, JsonTablePathSpec, JsonValueExpr, ListenStmt, LoadStmt, LockStmt,
    LockingClause, MergeStmt, MergeSupportFunc, MergeWhenClause, MinMaxExpr, MultiAssignRef, NamedArgExpr,
    NotifyStmt, NullTest, ObjectWithArgs, OnConflictClause, ParamRef, PartitionBoundSpec, PartitionCmd,
    PartitionElem, PartitionSpec, PrepareStmt, PublicationObjSpec, PublicationTable, RangeFunction,
    RangeSubselect, RangeTableFunc, RangeTableFuncCol, RangeTableSample, RangeVar, RawStmt,
    ReassignOwnedStmt, RefreshMatViewStmt, ReindexStmt, RenameStmt, ReplicaIdentityStmt, ResTarget,
    ReturnStmt, ReturningClause, ReturningOption, RoleSpec, RowExpr, RuleStmt, SecLabelStmt, SelectStmt,
    SetToDefault, SortBy, SqlValueFunction, StatsElem, String, SubLink, TableLikeClause, TransactionStmt,
    TriggerTransition, TruncateStmt, TypeCast, TypeName, UnlistenStmt, UpdateStmt, VacuumRelation,
    VacuumStmt, VariableSetStmt, VariableShowStmt, ViewStmt, WindowDef, WithClause, XmlExpr, XmlSerialize,
}
