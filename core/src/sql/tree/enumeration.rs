//! The enumerations that fields of nodes are of, each in the order of its C declaration.

use super::enumerations;

enumerations! {
    AExprKind {
        AexprOp, AexprOpAny, AexprOpAll, AexprDistinct, AexprNotDistinct, AexprNullif, AexprIn,
        AexprLike, AexprIlike, AexprSimilar, AexprBetween, AexprNotBetween, AexprBetweenSym,
        AexprNotBetweenSym
    }

    AlterPublicationAction { ApAddObjects, ApDropObjects, ApSetObjects }

    AlterTableType {
        AtAddColumn, AtAddColumnToView, AtColumnDefault, AtCookedColumnDefault, AtDropNotNull,
        AtSetNotNull, AtSetExpression, AtDropExpression, AtSetStatistics, AtSetOptions,
        AtResetOptions, AtSetStorage, AtSetCompression, AtDropColumn, AtAddIndex, AtReAddIndex,
        AtAddConstraint, AtReAddConstraint, AtReAddDomainConstraint, AtAlterConstraint,
        AtValidateConstraint, AtAddIndexConstraint, AtDropConstraint, AtReAddComment,
        AtAlterColumnType, AtAlterColumnGenericOptions, AtChangeOwner, AtClusterOn, AtDropCluster,
        AtSetLogged, AtSetUnLogged, AtDropOids, AtSetAccessMethod, AtSetTableSpace, AtSetRelOptions,
        AtResetRelOptions, AtReplaceRelOptions, AtEnableTrig, AtEnableAlwaysTrig,
        AtEnableReplicaTrig, AtDisableTrig, AtEnableTrigAll, AtDisableTrigAll, AtEnableTrigUser,
        AtDisableTrigUser, AtEnableRule, AtEnableAlwaysRule, AtEnableReplicaRule, AtDisableRule,
        AtAddInherit, AtDropInherit, AtAddOf, AtDropOf, AtReplicaIdentity, AtEnableRowSecurity,
        AtDisableRowSecurity, AtForceRowSecurity, AtNoForceRowSecurity, AtGenericOptions,
        AtAttachPartition, AtDetachPartition, AtDetachPartitionFinalize, AtAddIdentity,
        AtSetIdentity, AtDropIdentity, AtReAddStatistics
    }

    BoolExprType { AndExpr, OrExpr, NotExpr }

    CmdType { CmdUnknown, CmdSelect, CmdUpdate, CmdInsert, CmdDelete, CmdMerge, CmdUtility, CmdNothing }

    ConstrType {
        ConstrNull, ConstrNotnull, ConstrDefault, ConstrIdentity, ConstrGenerated, ConstrCheck,
        ConstrPrimary, ConstrUnique, ConstrExclusion, ConstrForeign, ConstrAttrDeferrable,
        ConstrAttrNotDeferrable, ConstrAttrDeferred, ConstrAttrImmediate, ConstrAttrEnforced,
        ConstrAttrNotEnforced
    }

    DiscardMode { DiscardAll, DiscardPlans, DiscardSequences, DiscardTemp }

    DropBehavior { DropRestrict, DropCascade }

    FunctionParameterMode {
        Unset = 0, FuncParamIn = b'i', FuncParamOut = b'o', FuncParamInout = b'b', FuncParamVariadic
        = b'v', FuncParamTable = b't', FuncParamDefault = b'd'
    }

    GrantTargetType { AclTargetObject, AclTargetAllInSchema, AclTargetDefaults }

    JoinType { JoinInner, JoinLeft, JoinFull, JoinRight }

    JsonExprOp { JsonExistsOp, JsonQueryOp, JsonValueOp, JsonTableOp }

    JsonTableColumnType { JtcForOrdinality, JtcRegular, JtcExists, JtcFormatted, JtcNested }

    LockClauseStrength { LcsNone, LcsForkeyshare, LcsForshare, LcsFornokeyupdate, LcsForupdate }

    MinMaxOp { IsGreatest, IsLeast }

    NullTestType { IsNull, IsNotNull }

    OnCommitAction { OncommitNoop, OncommitPreserveRows, OncommitDeleteRows, OncommitDrop }

    ObjectType {
        ObjectAccessMethod, ObjectAggregate, ObjectAmop, ObjectAmproc, ObjectAttribute, ObjectCast,
        ObjectColumn, ObjectCollation, ObjectConversion, ObjectDatabase, ObjectDefault,
        ObjectDefacl, ObjectDomain, ObjectDomconstraint, ObjectEventTrigger, ObjectExtension,
        ObjectFdw, ObjectForeignServer, ObjectForeignTable, ObjectFunction, ObjectIndex,
        ObjectLanguage, ObjectLargeobject, ObjectMatview, ObjectOpclass, ObjectOperator,
        ObjectOpfamily, ObjectParameterAcl, ObjectPolicy, ObjectProcedure, ObjectPublication,
        ObjectPublicationNamespace, ObjectPublicationRel, ObjectRole, ObjectRoutine, ObjectRule,
        ObjectSchema, ObjectSequence, ObjectSubscription, ObjectStatisticExt, ObjectTabconstraint,
        ObjectTable, ObjectTablespace, ObjectTransform, ObjectTrigger, ObjectTsconfiguration,
        ObjectTsdictionary, ObjectTsparser, ObjectTstemplate, ObjectType, ObjectUserMapping,
        ObjectView
    }

    OnConflictAction { OnconflictNone, OnconflictNothing, OnconflictUpdate }

    OverridingKind { OverridingNotSet, OverridingUserValue, OverridingSystemValue }

    PartitionStrategy { Unset = 0, List = b'l', Range = b'r', Hash = b'h' }

    PublicationObjSpecType {
        PublicationobjTable, PublicationobjTablesInSchema, PublicationobjTablesInCurSchema,
        PublicationobjContinuation
    }

    ReindexObjectType {
        ReindexObjectIndex, ReindexObjectTable, ReindexObjectSchema, ReindexObjectSystem,
        ReindexObjectDatabase
    }

    RoleStmtType { RolestmtRole, RolestmtUser, RolestmtGroup }

    RoleSpecType {
        RolespecCstring, RolespecCurrentRole, RolespecCurrentUser, RolespecSessionUser,
        RolespecPublic
    }

    SqlValueFunctionOp {
        SvfopCurrentDate, SvfopCurrentTime, SvfopCurrentTimeN, SvfopCurrentTimestamp,
        SvfopCurrentTimestampN, SvfopLocaltime, SvfopLocaltimeN, SvfopLocaltimestamp,
        SvfopLocaltimestampN, SvfopCurrentRole, SvfopCurrentUser, SvfopUser, SvfopSessionUser,
        SvfopCurrentCatalog, SvfopCurrentSchema
    }

    SortByDir { SortbyDefault, SortbyAsc, SortbyDesc, SortbyUsing }

    SortByNulls { SortbyNullsDefault, SortbyNullsFirst, SortbyNullsLast }

    SubLinkType {
        ExistsSublink, AllSublink, AnySublink, RowcompareSublink, ExprSublink, MultiexprSublink,
        ArraySublink, CteSublink
    }

    TransactionStmtKind {
        TransStmtBegin, TransStmtStart, TransStmtCommit, TransStmtRollback, TransStmtSavepoint,
        TransStmtRelease, TransStmtRollbackTo, TransStmtPrepare, TransStmtCommitPrepared,
        TransStmtRollbackPrepared
    }

    VariableSetKind { VarSetValue, VarSetDefault, VarSetCurrent, VarSetMulti, VarReset, VarResetAll }

    ViewCheckOption { NoCheckOption, LocalCheckOption, CascadedCheckOption }

    XmlExprOp {
        IsXmlconcat, IsXmlelement, IsXmlforest, IsXmlparse, IsXmlpi, IsXmlroot, IsXmlserialize, IsDocument
    }
}
