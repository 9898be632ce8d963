//! What a whole deployment locks: the strongest lock of each migration on each table.

use lockstep_core::report::json::{Document, Lock};
use lockstep_core::sorted;

use super::held::strength;

/// Locks by table and migration.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment<'a> {
    /// The migrations under review that lock something, as indexes into the document's.
    pub migrations: Vec<usize>,
    /// Tables, the one with the strongest lock first, then the one that most migrations lock.
    pub tables: Vec<Table<'a>>,
}

/// What is locked of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table<'a> {
    /// `public.orders`.
    pub relation: &'a str,
    /// A cell for each of the deployment's migrations.
    pub cells: Vec<Option<Cell<'a>>>,
}

/// The strongest lock of a migration on a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The lock.
    pub lock: &'a Lock,
    /// Is work done on the table's data?
    pub works: bool,
}

impl<'a> Deployment<'a> {
    /// Of the migrations under review.
    pub fn of(document: &'a Document) -> Deployment<'a> {
        let mut deployment = Deployment { migrations: Vec::new(), tables: Vec::new() };
        for (index, migration) in document.migrations.iter().enumerate() {
            let statements = &migration.up.statements;
            if !migration.under_review || statements.iter().all(|statement| statement.locks.is_empty()) {
                continue;
            }
            let column = deployment.migrations.len();
            deployment.migrations.push(index);
            for lock in statements.iter().flat_map(|statement| &statement.locks) {
                let cell = deployment.cell(&lock.relation, column);
                if cell.is_none_or(|cell| strength(cell.lock) < strength(lock)) {
                    let mut work = statements.iter().flat_map(|statement| &statement.work);
                    *cell = Some(Cell { lock, works: work.any(|work| work.relation == lock.relation) });
                }
            }
        }
        let columns = deployment.migrations.len();
        for table in &mut deployment.tables {
            table.cells.resize(columns, None);
        }
        let rank = |table: &Table<'_>| {
            let cells = table.cells.iter().flatten();
            (cells.clone().map(|cell| strength(cell.lock)).max(), cells.count())
        };
        sorted::sort_by(&mut deployment.tables, |a, b| {
            rank(b).cmp(&rank(a)).then_with(|| a.relation.cmp(b.relation))
        });
        deployment
    }

    fn cell(&mut self, relation: &'a str, column: usize) -> &mut Option<Cell<'a>> {
        let known = self.tables.iter().position(|table| table.relation == relation);
        let index = known.unwrap_or_else(|| {
            self.tables.push(Table { relation, cells: Vec::new() });
            self.tables.len() - 1
        });
        let cells = &mut self.tables[index].cells;
        if cells.len() <= column {
            cells.resize(column + 1, None);
        }
        &mut cells[column]
    }
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::json;
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    #[test]
    fn the_strongest_lock_of_each_migration_counts() {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "CREATE INDEX i ON a (x); ALTER TABLE a ADD COLUMN y int;");
        workspace.add("002_b.sql", "SELECT 1;");
        workspace.add("003_c.sql", "CREATE INDEX j ON b (x); CREATE INDEX k ON a (y);");
        let document = json::document(&review(&workspace, &Settings::default()));
        let deployment = Deployment::of(&document);
        assert_eq!(deployment.migrations, [0, 2]);
        let rows: Vec<String> = deployment
            .tables
            .iter()
            .map(|table| {
                let cells = table.cells.iter().map(|cell| match cell {
                    Some(cell) => format!("{}{}", cell.lock.mode, if cell.works { " works" } else { "" }),
                    None => "-".to_owned(),
                });
                format!("{}: {}", table.relation, cells.collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert_eq!(rows, ["public.a: ACCESS EXCLUSIVE works, SHARE works", "public.b: -, SHARE works"]);
    }
}
