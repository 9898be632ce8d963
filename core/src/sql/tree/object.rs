//! All other objects, and what is the same for every kind of them: `parsenodes.h`.

use std::ffi::c_int;

use super::enumeration::{
    AlterPublicationAction, DropBehavior, FunctionParameterMode, GrantTargetType, ObjectType,
    PublicationObjSpecType, RoleSpecType, RoleStmtType,
};
use super::expression::{CollateClause, FuncCall, TypeName};
use super::query::RangeVar;
use super::session::VariableSetStmt;
use super::value::String;
use super::{List, Node, Ref, Text, Unread, nodes};

nodes! {
    /// An option: the grammar's one shape for those of every kind of statement.
    DefElem = 93 { defnamespace: Text, defname: Text, arg: Node }

    /// A function or an operator with its arguments.
    ObjectWithArgs = 153 { objname: List, objargs: List, objfuncargs: List, args_unspecified: bool }

    /// CREATE AGGREGATE, OPERATOR, TYPE, COLLATION and text search objects.
    DefineStmt = 191 {
        kind: ObjectType,
        oldstyle: bool,
        defnames: List,
        args: List,
        definition: List,
        if_not_exists: bool,
        replace: bool,
    }

    /// DROP.
    DropStmt = 197 {
        objects: List,
        remove_type: ObjectType,
        behavior: DropBehavior,
        missing_ok: bool,
        concurrent: bool,
    }

    /// RENAME.
    RenameStmt = 215 {
        rename_type: ObjectType,
        relation_type: ObjectType,
        relation: Option<Ref<RangeVar>>,
        object: Node,
        subname: Text,
        newname: Text,
        behavior: DropBehavior,
        missing_ok: bool,
    }

    /// SET SCHEMA.
    AlterObjectSchemaStmt = 217 {
        object_type: ObjectType,
        relation: Option<Ref<RangeVar>>,
        object: Node,
        newschema: Text,
        missing_ok: bool,
    }

    /// DEPENDS ON EXTENSION.
    AlterObjectDependsStmt = 216 {
        object_type: ObjectType,
        relation: Option<Ref<RangeVar>>,
        object: Node,
        extname: Option<Ref<String>>,
        remove: bool,
    }

    /// OWNER TO.
    AlterOwnerStmt = 218 {
        object_type: ObjectType,
        relation: Option<Ref<RangeVar>>,
        object: Node,
        newowner: Option<Ref<RoleSpec>>,
    }

    /// COMMENT.
    CommentStmt = 199 { objtype: ObjectType, object: Node, comment: Text }

    /// CREATE SEQUENCE.
    CreateSeqStmt = 189 {
        sequence: Option<Ref<RangeVar>>,
        options: List,
        owner_id: u32,
        for_identity: bool,
        if_not_exists: bool,
    }

    /// ALTER SEQUENCE.
    AlterSeqStmt = 190 {
        sequence: Option<Ref<RangeVar>>,
        options: List,
        for_identity: bool,
        missing_ok: bool,
    }

    /// CREATE TYPE AS.
    CompositeTypeStmt = 226 { typevar: Option<Ref<RangeVar>>, coldeflist: List }

    /// CREATE TYPE AS ENUM.
    CreateEnumStmt = 227 { type_name: List, vals: List }

    /// CREATE TYPE AS RANGE.
    CreateRangeStmt = 228 { type_name: List, params: List }

    /// ALTER TYPE ADD VALUE.
    AlterEnumStmt = 229 {
        type_name: List,
        old_val: Text,
        new_val: Text,
        new_val_neighbor: Text,
        new_val_is_after: bool,
        skip_if_new_val_exists: bool,
    }

    /// CREATE DOMAIN.
    CreateDomainStmt = 192 {
        domainname: List,
        type_name: Option<Ref<TypeName>>,
        coll_clause: Option<Ref<CollateClause>>,
        constraints: List,
    }

    /// ALTER DOMAIN.
    AlterDomainStmt = 151 {
        subtype: u8,
        type_name: List,
        name: Text,
        def: Node,
        behavior: DropBehavior,
        missing_ok: bool,
    }

    /// CREATE SCHEMA.
    CreateSchemaStmt = 145 {
        schemaname: Text,
        authrole: Option<Ref<RoleSpec>>,
        schema_elts: List,
        if_not_exists: bool,
    }

    /// CREATE EXTENSION.
    CreateExtensionStmt = 166 { extname: Text, if_not_exists: bool, options: List }

    /// ALTER EXTENSION UPDATE.
    AlterExtensionStmt = 167 { extname: Text, options: List }

    /// ALTER EXTENSION ADD and DROP.
    AlterExtensionContentsStmt = 168 { extname: Text, action: c_int, objtype: ObjectType, object: Node }

    /// CREATE FUNCTION and CREATE PROCEDURE.
    CreateFunctionStmt = 208 {
        is_procedure: bool,
        replace: bool,
        funcname: List,
        parameters: List,
        return_type: Option<Ref<TypeName>>,
        options: List,
        sql_body: Node,
    }

    /// A parameter of a function.
    FunctionParameter = 209 {
        name: Text,
        arg_type: Option<Ref<TypeName>>,
        mode: FunctionParameterMode,
        defexpr: Node,
    }

    /// ALTER FUNCTION.
    AlterFunctionStmt = 210 { objtype: ObjectType, func: Option<Ref<ObjectWithArgs>>, actions: List }

    /// DO.
    DoStmt = 211 { args: List }

    /// CALL.
    CallStmt = 213 { funccall: Option<Ref<FuncCall>>, funcexpr: Node, outargs: List }

    /// CREATE PUBLICATION.
    CreatePublicationStmt = 261 { pubname: Text, options: List, pubobjects: List, for_all_tables: bool }

    /// ALTER PUBLICATION.
    AlterPublicationStmt = 262 {
        pubname: Text,
        options: List,
        pubobjects: List,
        for_all_tables: bool,
        action: AlterPublicationAction,
    }

    /// What a publication publishes.
    PublicationObjSpec = 260 {
        pubobjtype: PublicationObjSpecType,
        name: Text,
        pubtable: Option<Ref<PublicationTable>>,
    }

    /// A table of a publication.
    PublicationTable = 259 { relation: Option<Ref<RangeVar>>, where_clause: Node, columns: List }

    /// DROP SUBSCRIPTION.
    DropSubscriptionStmt = 265 { subname: Text, missing_ok: bool, behavior: DropBehavior }

    /// DROP USER MAPPING.
    DropUserMappingStmt = 176 { user: Option<Ref<RoleSpec>>, servername: Text, missing_ok: bool }

    /// A role.
    RoleSpec = 75 { roletype: RoleSpecType, rolename: Text }

    /// A privilege.
    AccessPriv = 154 { priv_name: Text, cols: List }

    /// GRANT and REVOKE.
    GrantStmt = 152 {
        is_grant: bool,
        targtype: GrantTargetType,
        objtype: ObjectType,
        objects: List,
        privileges: List,
        grantees: List,
        grant_option: bool,
        grantor: Option<Ref<RoleSpec>>,
        behavior: DropBehavior,
    }

    /// GRANT and REVOKE of roles.
    GrantRoleStmt = 155 {
        granted_roles: List,
        grantee_roles: List,
        is_grant: bool,
        opt: List,
        grantor: Option<Ref<RoleSpec>>,
        behavior: DropBehavior,
    }

    /// ALTER DEFAULT PRIVILEGES.
    AlterDefaultPrivilegesStmt = 156 { options: List, action: Option<Ref<GrantStmt>> }

    /// CREATE ROLE.
    CreateRoleStmt = 185 { stmt_type: RoleStmtType, role: Text, options: List }

    /// ALTER ROLE.
    AlterRoleStmt = 186 { role: Option<Ref<RoleSpec>>, options: List, action: c_int }

    /// ALTER ROLE SET.
    AlterRoleSetStmt = 187 {
        role: Option<Ref<RoleSpec>>,
        database: Text,
        setstmt: Option<Ref<VariableSetStmt>>,
    }

    /// DROP ROLE.
    DropRoleStmt = 188 { roles: List, missing_ok: bool }

    /// REASSIGN OWNED.
    ReassignOwnedStmt = 256 { roles: List, newrole: Option<Ref<RoleSpec>> }

    /// DROP OWNED.
    DropOwnedStmt = 255 { roles: List, behavior: DropBehavior }

    /// CREATE FOREIGN DATA WRAPPER.
    CreateFdwStmt = 169 { fdwname: Text, func_options: List, options: List }

    /// ALTER FOREIGN DATA WRAPPER.
    AlterFdwStmt = 170 { fdwname: Text, func_options: List, options: List }

    /// CREATE SERVER.
    CreateForeignServerStmt = 171 {
        servername: Text,
        servertype: Text,
        version: Text,
        fdwname: Text,
        if_not_exists: bool,
        options: List,
    }

    /// ALTER SERVER.
    AlterForeignServerStmt = 172 { servername: Text, version: Text, options: List }

    /// CREATE USER MAPPING.
    CreateUserMappingStmt = 174 {
        user: Option<Ref<RoleSpec>>,
        servername: Text,
        if_not_exists: bool,
        options: List,
    }

    /// ALTER USER MAPPING.
    AlterUserMappingStmt = 175 { user: Option<Ref<RoleSpec>>, servername: Text, options: List }

    /// CREATE ACCESS METHOD.
    CreateAmStmt = 180 { amname: Text, handler_name: List }

    /// CREATE EVENT TRIGGER.
    CreateEventTrigStmt = 182 { trigname: Text, eventname: Text, whenclause: List, funcname: List }

    /// ALTER EVENT TRIGGER.
    AlterEventTrigStmt = 183 { trigname: Text }

    /// CREATE LANGUAGE.
    CreatePLangStmt = 184 {
        replace: bool,
        plname: Text,
        plhandler: List,
        plinline: List,
        plvalidator: List,
    }

    /// CREATE OPERATOR CLASS.
    CreateOpClassStmt = 193 {
        opclassname: List,
        opfamilyname: List,
        amname: Text,
        datatype: Option<Ref<TypeName>>,
    }

    /// CREATE OPERATOR FAMILY.
    CreateOpFamilyStmt = 195 { opfamilyname: List, amname: Text }

    /// ALTER OPERATOR FAMILY.
    AlterOpFamilyStmt = 196 { opfamilyname: List, amname: Text }

    /// ALTER TYPE SET.
    AlterTypeStmt = 220 { type_name: List, options: List }

    /// ALTER OPERATOR SET.
    AlterOperatorStmt = 219 { opername: Option<Ref<ObjectWithArgs>>, options: List }

    /// ALTER COLLATION REFRESH VERSION.
    AlterCollationStmt = 150 { collname: List }

    /// ALTER STATISTICS SET STATISTICS.
    AlterStatsStmt = 207 { defnames: List, stxstattarget: Node, missing_ok: bool }

    /// CREATE CONVERSION.
    CreateConversionStmt = 249 {
        conversion_name: List,
        for_encoding_name: Text,
        to_encoding_name: Text,
        func_name: List,
    }

    /// CREATE CAST.
    CreateCastStmt = 250 {
        sourcetype: Option<Ref<TypeName>>,
        targettype: Option<Ref<TypeName>>,
        func: Option<Ref<ObjectWithArgs>>,
    }

    /// CREATE TRANSFORM.
    CreateTransformStmt = 251 {
        replace: bool,
        type_name: Option<Ref<TypeName>>,
        lang: Text,
        fromsql: Option<Ref<ObjectWithArgs>>,
        tosql: Option<Ref<ObjectWithArgs>>,
    }

    /// ALTER TEXT SEARCH DICTIONARY.
    AlterTsDictionaryStmt = 257 { dictname: List, options: List }

    /// ALTER TEXT SEARCH CONFIGURATION.
    AlterTsConfigurationStmt = 258 { kind: Unread, cfgname: List }

    /// CREATE SUBSCRIPTION.
    CreateSubscriptionStmt = 263 { subname: Text, conninfo: Text, publication: List, options: List }

    /// ALTER SUBSCRIPTION.
    AlterSubscriptionStmt = 264 { kind: Unread, subname: Text }
}
