//! What is dangerous, and why: a file per rule.
//!
//! A rule reads the simulated timeline, never text alone. Its id, words, severity
//! and examples stand in its own file; the command line, the page and the docs are
//! made from them, and its examples are its tests. Rules know nothing of each other.

mod backfill;
mod body;
mod definitions;
mod finding;
mod ignore;
mod marks;
mod numbering;
mod scene;
mod stats;
mod ways_back;
pub(crate) mod writes;

pub use finding::{Finding, Findings};
pub use scene::grouped;
pub use scene::{Alteration, Place, Scene};
pub use stats::{SIZES_QUERY, Size, Stats};

use std::ops::Range;

use crate::parallel::in_parts;
use crate::report::json::{Level, Severity};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, in kebab case: `index-not-concurrent`.
    pub id: &'static str,
    /// How grave what it finds is, at the gravest.
    pub severity: Severity,
    /// What suffers.
    pub axis: Axis,
    /// Other tools' ids for it: `squawk:require-concurrent-index-creation`.
    pub aliases: &'static [&'static str],
    /// Finds it.
    pub check: fn(&Scene, &mut Findings),
}

/// What a rule's file says of it to people. Apart from the rule, so that a program that only checks, as the page
/// does, need not carry it.
#[derive(Debug)]
pub struct Docs {
    /// One line: what it finds.
    pub summary: &'static str,
    /// Why it is bad, with the lock or the SQLSTATE, when it does not apply, and what to do instead. Markdown.
    pub why: &'static str,
    /// The section of PostgreSQL's manual to read, by name.
    pub manual: &'static str,
    /// Histories (pasted, with `-- file:` lines) in which it must fire.
    pub bad: &'static [&'static str],
    /// Histories in which no rule may report a danger or a warning.
    pub good: &'static [&'static str],
}

/// What suffers from what a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// Reads and writes wait or fail, or the migration fails.
    Availability,
    /// Data is lost, changed or exposed.
    Data,
    /// The running application no longer fits the schema.
    Compatibility,
    /// The way back does not lead back.
    Reversibility,
}

impl Axis {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Axis; 4] = [Axis::Availability, Axis::Data, Axis::Compatibility, Axis::Reversibility];

    /// The name in the JSON document.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Availability => "availability",
            Axis::Data => "data",
            Axis::Compatibility => "compatibility",
            Axis::Reversibility => "reversibility",
        }
    }
}

/// The level that a finding of this severity gives its axis.
pub fn level_of(severity: Severity) -> Level {
    match severity {
        Severity::Advice => Level::Low,
        Severity::Warning => Level::Medium,
        Severity::Danger => Level::High,
    }
}

/// Lists the rules' files once; each has a static `RULE` and its `DOCS`.
macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// All rules, by id.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];

        /// All rules with their documentation, by id.
        pub static DOCUMENTED: &[(&Rule, &Docs)] = &[$((&$module::RULE, &$module::DOCS)),*];
    };
}

rules! {
    add_column_rewrites,
    alters_could_be_one,
    assumed_object,
    attach_partition_scans,
    autovacuum_off,
    batch_offset_skips_rows,
    batch_without_index,
    built_and_dropped_again,
    cascade_drops,
    changed_migration,
    check_validates,
    column_type_pitfall,
    commit_in_transaction_block,
    comparison_with_null,
    concurrent_index_retry,
    concurrently_with_others,
    configuration_fault,
    create_partition_locks_parent,
    default_leaves_old_rows_null,
    delete_without_where,
    detach_not_concurrent,
    domain_constraint_scans,
    drop_column,
    drop_constraint,
    drop_default,
    drop_index_not_concurrent,
    drop_not_null,
    drop_partition,
    drop_routine,
    drop_table,
    duplicate_version,
    empty_migration,
    enum_type,
    enum_value_order,
    enum_value_used_too_early,
    exclusion_constraint,
    explicit_lock,
    extension_needs_rights,
    foreign_key_action,
    foreign_key_locks_referenced,
    foreign_key_type_mismatch,
    foreign_key_validates,
    foreign_key_without_index,
    function_behind_index_changes,
    grant_all,
    grant_to_public,
    heavy_indexing,
    hidden_rename,
    hot_table,
    identifier_truncated,
    if_not_exists_keeps_old,
    index_drop_before_replacement,
    index_not_concurrent,
    insert_without_columns,
    json_type,
    lexical_order,
    lock_order_inversion,
    lock_timeout_too_long,
    lock_upgrade,
    loop_without_commit,
    maintenance_rewrites,
    many_partitions_locked,
    merge_conflict_markers,
    migration_without_sql,
    missing_rollback,
    mixed_numbering,
    naming_pattern,
    nested_transaction,
    never_validated,
    no_lock_timeout,
    not_enforced,
    not_in_nullable,
    not_modelled,
    not_null_after_backfill,
    not_null_without_backfill,
    not_repeatable,
    not_reviewed,
    one_moment_for_old_rows,
    orphan_rollback,
    out_of_order,
    overlapping_policies,
    password_in_sql,
    policy_always_true,
    policy_computes_per_row,
    policy_trusts_user_metadata,
    policy_without_row_security,
    primary_key_builds_index,
    psql_meta_command,
    recreate_view_loses_grants,
    redundant_index,
    refresh_not_concurrent,
    reindex_not_concurrent,
    rename_column,
    rename_enum_value,
    rename_object,
    rename_table,
    replica_identity,
    required_column_without_default,
    role_with_power,
    rollback_breaks_redo,
    rollback_empty,
    rollback_fails,
    rollback_incomplete,
    rollback_index_order,
    rollback_loses_data,
    rollback_may_fail,
    row_security_disabled,
    row_security_missing,
    row_security_without_policy,
    security_definer_without_search_path,
    sequence_behind_rows,
    serial_column,
    server_wide_change,
    session_setting_leaks,
    set_not_null_scans,
    several_tables_locked,
    sleep_in_transaction,
    small_key,
    statement_fails,
    statement_timeout_cancels,
    statistics_lost,
    storage_for_new_rows,
    subtransactions_in_loop,
    syntax_error,
    table_without_primary_key,
    template_placeholder,
    triggers_disabled,
    truncate_table,
    type_change_checks,
    type_change_rewrites,
    type_narrowing,
    unbatched_backfill,
    unclosed_transaction,
    unique_constraint_builds_index,
    unique_over_existing_rows,
    unlogged_table,
    unnamed_constraint,
    unqualified_name,
    unreadable_file,
    unused_ignore,
    update_from_without_join,
    update_without_where,
    validate_in_same_transaction,
    varchar_limit,
    version_gap,
    view_bypasses_row_security,
    view_exposes_accounts,
    volatile_check,
    work_under_lock,
}

/// The rule of that id, or the one that another tool calls so, with its documentation.
pub fn documented(name: &str) -> Option<(&'static Rule, &'static Docs)> {
    let found =
        |is_it: fn(&Rule, &str) -> bool| DOCUMENTED.iter().copied().find(|(rule, _)| is_it(rule, name));
    found(|rule, name| rule.id == name).or_else(|| found(|rule, name| rule.aliases.contains(&name)))
}

/// The rule of that id, or those that another tool calls so.
pub fn named(name: &str) -> Vec<&'static Rule> {
    let of = |is_it: fn(&Rule, &str) -> bool| {
        RULES.iter().copied().filter(|rule| is_it(rule, name)).collect::<Vec<_>>()
    };
    let own = of(|rule, name| rule.id == name);
    if own.is_empty() { of(|rule, name| rule.aliases.contains(&name)) } else { own }
}

/// So many migrations are worth more than one thread.
const MANY: usize = 50;

/// Runs every rule, silences what the scripts' comments ask to be silenced, and reports what the settings want reported.
pub fn check(scene: &Scene) -> Vec<Finding> {
    let prepared = scene.prepared();
    let found_by = |part: Range<usize>| {
        let mut findings = Findings::new();
        for rule in &RULES[part] {
            findings.of(rule);
            (rule.check)(&prepared, &mut findings);
        }
        findings.into_list()
    };
    let findings = match scene.timeline.ups.len() {
        MANY.. => in_parts(RULES.len(), found_by),
        _ => found_by(0..RULES.len()),
    };
    let mut findings = ignore::apply(scene, findings);
    let wanted = &scene.settings.rules;
    findings.retain_mut(|finding| {
        let severity = wanted.severity(finding.rule.id, finding.rule.severity, finding.severity);
        finding.severity = severity.unwrap_or(finding.severity);
        severity.is_some()
    });
    findings
}

#[cfg(test)]
mod tests;
