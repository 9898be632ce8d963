//! The table-level lock modes, which conflict, and which everyday statements wait.
//!
//! Source: PostgreSQL manual, "Explicit Locking", and `lockdefs.h`. Knows nothing of tables.

use std::fmt;

/// A table-level lock mode, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockMode {
    /// Taken by reading.
    AccessShare,
    /// Taken by SELECT … FOR UPDATE and its kin.
    RowShare,
    /// Taken by writing rows.
    RowExclusive,
    /// Taken by VACUUM, ANALYZE, CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT.
    ShareUpdateExclusive,
    /// Taken by CREATE INDEX.
    Share,
    /// Taken by CREATE TRIGGER and ADD FOREIGN KEY.
    ShareRowExclusive,
    /// Taken by REFRESH MATERIALIZED VIEW CONCURRENTLY.
    Exclusive,
    /// Taken by DROP TABLE, TRUNCATE, VACUUM FULL and most of ALTER TABLE.
    AccessExclusive,
}

/// What an application or the server does to a table all day, and what waits behind a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Everyday {
    /// SELECT.
    Read,
    /// SELECT … FOR UPDATE / SHARE, and the check of a foreign key.
    LockRows,
    /// INSERT, UPDATE, DELETE.
    Write,
    /// VACUUM, autovacuum, ANALYZE.
    Vacuum,
    /// Other schema changes.
    Ddl,
}

/// What takes which mode on a table, the commonest commands; weakest first. Source: PostgreSQL manual, "Explicit Locking", and the
/// pages of the commands.
pub const COMMANDS: [(&str, LockMode); 15] = [
    ("SELECT", LockMode::AccessShare),
    ("SELECT … FOR UPDATE", LockMode::RowShare),
    ("INSERT, UPDATE, DELETE, MERGE", LockMode::RowExclusive),
    ("VACUUM, ANALYZE", LockMode::ShareUpdateExclusive),
    ("CREATE INDEX CONCURRENTLY", LockMode::ShareUpdateExclusive),
    ("ALTER TABLE … VALIDATE CONSTRAINT", LockMode::ShareUpdateExclusive),
    ("CREATE INDEX", LockMode::Share),
    ("CREATE TRIGGER", LockMode::ShareRowExclusive),
    ("ALTER TABLE … ADD FOREIGN KEY", LockMode::ShareRowExclusive),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY", LockMode::Exclusive),
    ("ALTER TABLE … ADD COLUMN", LockMode::AccessExclusive),
    ("ALTER TABLE … ALTER COLUMN … TYPE", LockMode::AccessExclusive),
    ("DROP TABLE, TRUNCATE", LockMode::AccessExclusive),
    ("DROP INDEX", LockMode::AccessExclusive),
    ("VACUUM FULL, CLUSTER", LockMode::AccessExclusive),
];

impl LockMode {
    /// All modes, weakest first.
    pub const ALL: [LockMode; 8] = [
        LockMode::AccessShare,
        LockMode::RowShare,
        LockMode::RowExclusive,
        LockMode::ShareUpdateExclusive,
        LockMode::Share,
        LockMode::ShareRowExclusive,
        LockMode::Exclusive,
        LockMode::AccessExclusive,
    ];

    /// The name as the manual spells it: `ACCESS EXCLUSIVE`.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::AccessShare => "ACCESS SHARE",
            LockMode::RowShare => "ROW SHARE",
            LockMode::RowExclusive => "ROW EXCLUSIVE",
            LockMode::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode::Share => "SHARE",
            LockMode::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode::Exclusive => "EXCLUSIVE",
            LockMode::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// The mode of that name, in any letter case.
    pub fn from_name(name: &str) -> Option<LockMode> {
        LockMode::ALL.into_iter().find(|mode| mode.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Can two transactions not hold these modes on one table at the same time?
    pub fn conflicts_with(self, other: LockMode) -> bool {
        // Row per mode, in the manual's order; bit n stands for the n-th mode.
        const CONFLICTS: [u8; 8] = [
            0b1000_0000,
            0b1100_0000,
            0b1111_0000,
            0b1111_1000,
            0b1110_1100,
            0b1111_1100,
            0b1111_1110,
            0b1111_1111,
        ];
        CONFLICTS[self as usize] & (1 << other as usize) != 0
    }

    /// Which everyday statements wait while this mode is held.
    pub fn blocks(self) -> impl Iterator<Item = Everyday> {
        Everyday::ALL.into_iter().filter(move |everyday| self.conflicts_with(everyday.mode()))
    }

    /// Do reads wait?
    pub fn blocks_reads(self) -> bool {
        self.conflicts_with(LockMode::AccessShare)
    }

    /// Do writes wait?
    pub fn blocks_writes(self) -> bool {
        self.conflicts_with(LockMode::RowExclusive)
    }
}

impl Everyday {
    /// All of them, lightest first.
    pub const ALL: [Everyday; 5] =
        [Everyday::Read, Everyday::LockRows, Everyday::Write, Everyday::Vacuum, Everyday::Ddl];

    /// The mode it takes. Schema changes take many; the commonest stands for them.
    pub fn mode(self) -> LockMode {
        match self {
            Everyday::Read => LockMode::AccessShare,
            Everyday::LockRows => LockMode::RowShare,
            Everyday::Write => LockMode::RowExclusive,
            Everyday::Vacuum => LockMode::ShareUpdateExclusive,
            Everyday::Ddl => LockMode::AccessExclusive,
        }
    }

    /// How people call it.
    pub fn name(self) -> &'static str {
        match self {
            Everyday::Read => "SELECT",
            Everyday::LockRows => "SELECT FOR UPDATE",
            Everyday::Write => "INSERT, UPDATE, DELETE",
            Everyday::Vacuum => "VACUUM, ANALYZE",
            Everyday::Ddl => "other schema changes",
        }
    }
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_mutual() {
        for a in LockMode::ALL {
            for b in LockMode::ALL {
                assert_eq!(a.conflicts_with(b), b.conflicts_with(a), "{a} and {b}");
            }
        }
    }

    #[test]
    fn who_waits() {
        let waits = |mode: LockMode| mode.blocks().map(Everyday::name).collect::<Vec<_>>();
        assert_eq!(waits(LockMode::AccessShare), ["other schema changes"]);
        assert_eq!(
            waits(LockMode::Share),
            ["INSERT, UPDATE, DELETE", "VACUUM, ANALYZE", "other schema changes"]
        );
        assert_eq!(waits(LockMode::AccessExclusive).len(), 5);
        assert!(!LockMode::Exclusive.blocks_reads());
        assert!(!LockMode::Share.conflicts_with(LockMode::Share));
        assert!(LockMode::ShareUpdateExclusive.conflicts_with(LockMode::ShareUpdateExclusive));
    }

    #[test]
    fn names_lead_back() {
        for mode in LockMode::ALL {
            assert_eq!(LockMode::from_name(&mode.name().to_ascii_lowercase()), Some(mode));
        }
    }
}
