//! Tables: CREATE TABLE, and ALTER TABLE by sub-command.

mod alter;
mod bound;
mod column;
mod computed;
mod constraint;
mod create;
mod inherit;
mod not_null;
mod partition;
mod proof;
mod remake;
mod retype;

pub(super) use alter::alter;
pub(super) use column::{partition_key_uses, remove_column};
pub(super) use constraint::{lock_referenced, plain_key, remove_constraint};
pub(super) use create::{commits, create, create_from_columns};
pub(super) use inherit::from_one_tree;
pub(super) use partition::{index_for_partition, inherit_index, same_index, spread_index};
pub(super) use retype::{has_collation, retype_followed};

use super::PgError;
use super::run::Run;
use crate::schema::Id;
pub(super) use alter::set_options;

/// A unique index of a partitioned table has to hold every column of the partition key: 0A000.
pub(super) fn partition_key_is_covered(run: &Run, id: Id, columns: &[i16]) -> Result<(), PgError> {
    constraint::partition_key_is_covered(run, id, columns, "UNIQUE")
}
