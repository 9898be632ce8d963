//! Roles and privileges.

use super::*;

/// GRANT or REVOKE on objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// GRANT; else REVOKE.
    pub grant: bool,
    /// The privileges in lower case, each with its columns; empty is ALL.
    pub privileges: Vec<(Name, Vec<Name>)>,
    /// The kind of object.
    pub kind: ObjectKind,
    /// The objects; with `all_in_schema` the schemas; empty for default privileges.
    pub objects: Vec<ObjectName>,
    /// ALL TABLES IN SCHEMA and its kin; for default privileges IN SCHEMA.
    pub all_in_schema: bool,
    /// TO or FROM: role names; `public` for PUBLIC.
    pub roles: Vec<Name>,
    /// WITH GRANT OPTION, or GRANT OPTION FOR.
    pub grant_option: bool,
    /// CASCADE or RESTRICT, of REVOKE.
    pub behavior: Behavior,
    /// FOR ROLE, of default privileges.
    pub creators: Vec<Name>,
}

/// GRANT role TO role, and REVOKE.
#[derive(Debug, Clone, PartialEq)]
pub struct GrantRole {
    /// GRANT; else REVOKE.
    pub grant: bool,
    /// What is granted.
    pub granted: Vec<Name>,
    /// To whom.
    pub roles: Vec<Name>,
    /// ADMIN OPTION FOR and its kin: the options alone are revoked.
    pub option_only: bool,
}

/// CREATE, ALTER or DROP ROLE.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// What is done.
    pub action: RoleAction,
    /// To which roles.
    pub names: Vec<Name>,
    /// The options, in lower case: `superuser`, `password` …; `set search_path` of a parameter.
    pub options: Vec<OptionValue>,
    /// IF EXISTS, of DROP.
    pub if_exists: bool,
}

/// What is done to a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RoleAction {
    Create,
    Alter,
    Drop,
}

/// DROP OWNED and REASSIGN OWNED.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// Whose objects.
    pub roles: Vec<Name>,
    /// The role that they become the property of; none drops them.
    pub to: Option<Name>,
    /// CASCADE or RESTRICT, of DROP.
    pub behavior: Behavior,
}
