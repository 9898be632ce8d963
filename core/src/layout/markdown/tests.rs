//! Documents and the histories that they are.

use crate::layout::tests::histories;

fn history(document: &str) -> String {
    histories(&[("plan.md", document)])
}

#[test]
fn comments_name_the_migrations_and_one_script_undoes_them_all() {
    insta::assert_snapshot!(history(r#"
# **Plan**
## Today's tables
```sql
-- Core
accounts (id, name)
```
## Scripts
### Migration 1: Add plans
```sql
-- File: 001_add_plans.sql
CREATE TABLE plans (id int PRIMARY KEY);
```
### Migration 2: Use them
```sql
-- 002_use_plans.sql
ALTER TABLE accounts ADD plan_id int REFERENCES plans;
```
## Way back
### Emergency rollback
```sql
-- File: rollback_plans.sql
ALTER TABLE accounts DROP COLUMN plan_id;
DROP TABLE plans;
```
## Testing
```sql
CREATE TABLE accounts_backup AS TABLE accounts;
```
```sql
SELECT count(*) FROM accounts;
```
### Index strategy
```sql
CREATE INDEX CONCURRENTLY ON accounts (plan_id);
```
```bash
psql -f 001_add_plans.sql
```
"#), @r"
    markdown
    001 [add plans]: 001_add_plans.sql (none) <- no way back
    002 [use plans]: 002_use_plans.sql (none) <- no way back
    all <- rollback_plans.sql (none)
    aside: It is not SQL: no statement in it begins as one, under “Today's tables”.
    aside: The document names its migrations, and this is none of them, under “Testing”; a comment such as “-- File: 005_name.sql” in its first line makes it one.
    aside: A check, not a migration: it only reads, under “Testing”.
    aside: The document names its migrations, and this is none of them, under “Index strategy”; a comment such as “-- File: 005_name.sql” in its first line makes it one.
    ");
}

#[test]
fn headings_name_the_migrations_where_no_file_does() {
    insta::assert_snapshot!(history(r#"
# Guide
### 4. Review the SQL
#### Example:
```sql
CREATE TABLE customers (id int);
```
### 5. Existing data
```sql
UPDATE jobs SET priority = 1;
```
```sql
ALTER TABLE jobs ALTER priority SET NOT NULL;
```
### 6. Testing
```sql
DELETE FROM jobs;
```
### 7. Rollback
```sql
-- rollback_add_quality_control.sql
DROP TABLE quality_checks;
```
### 8. README
```markdown
## Rollback
```sql
-- Execute rollback_quality_control.sql
```
```
### 9. Indexes
```sql
CREATE INDEX CONCURRENTLY i ON jobs (priority);
```
### 10. Checks
```sql
SELECT 1;
```
"#), @r"
    markdown
    example [Example]: Example (none) <- no way back
    existing-data [Existing data]: Existing data (none) <- no way back
    existing-data-2 [Existing data]: Existing data (none) <- no way back
    indexes [Indexes]: Indexes (none) <- no way back
    orphan rollback_add_quality_control.sql (none)
    aside: It belongs to a test or a backup, not to the migrations, under “Testing”.
    aside: A check, not a migration: it only reads, under “Checks”.
    ");
}

#[test]
fn a_rollback_stands_with_its_migration() {
    insta::assert_snapshot!(history(r#"
## Migration 1: Add a
```sql
CREATE TABLE a ();
```
**Rollback:**
```sql
DROP TABLE a;
```
## Migration 002 - Add b
#### Up
```sql
CREATE TABLE b ();
```
And then:
```sql
CREATE TABLE bb ();
```
#### Down
```sql
DROP TABLE bb, b;
```
## `003_add_c.sql`
```sql
CREATE TABLE c ();
```
```sql
-- Rollback
DROP TABLE c;
```
## Migration 4
```
CREATE TABLE d ();
```
## Rollback of migration 4
    DROP TABLE d;
"#), @r"
    markdown
    1 [Add a]: Migration 1: Add a (none) <- Migration 1: Add a (none)
    002 [Add b]: Migration 002 - Add b (none) <- Migration 002 - Add b (none)
    003 [add c]: 003_add_c.sql (none) <- 003_add_c.sql (none)
    4 []: Migration 4 (none) <- Rollback of migration 4 (none)
    ");
}

#[test]
fn the_steps_of_one_rollback_are_one_script() {
    insta::assert_snapshot!(history(r#"
## Add a
```sql
CREATE TABLE a ();
```
## Add b
```sql
CREATE TABLE b ();
```
## Add c
```sql
CREATE TABLE c ();
```
## If it fails, roll back
### First
```sql
DROP TABLE a;
```
### Then
```sql
DROP TABLE b;
```
### Add c
```sql
DROP TABLE c;
```
"#), @r"
    markdown
    add-a [Add a]: Add a (none) <- no way back
    add-b [Add b]: Add b (none) <- no way back
    add-c [Add c]: Add c (none) <- Add c (none)
    all <- First (none)
    ");
}

#[test]
fn names_without_sql_are_missing_scripts() {
    insta::assert_snapshot!(history(r#"
# Scripts
- `db/002_b.sql` and **001_a.sql**; psql < db/001_a.sql; pg_dump > 20240101_backup.sql
- every migration has its down.sql
```
db/
├── 001_a.sql
├── rollback/
│   ├── 001_a.sql
│   └── 002_rollback.sql
└── README.md
```
"#), @r"
    markdown
    001 [a]: 001_a.sql (none, missing) <- 001_a.sql (none, missing)
    002 [b]: 002_b.sql (none, missing) <- 002_rollback.sql (none, missing)
    ");
    insta::assert_snapshot!(history("# Scripts\n## `001_a.sql`\n## `002_b.sql`\npsql < rollback.sql\n"), @r"
    markdown
    001 [a]: 001_a.sql (none, missing) <- no way back
    002 [b]: 002_b.sql (none, missing) <- no way back
    all <- rollback.sql (none, missing)
    ");
}

#[test]
fn names_beside_named_fences_are_missing_scripts() {
    insta::assert_snapshot!(history(
        "## Files\n- 001_a.sql\n- 002_b.sql\n- rollback/001_rollback.sql\n```sql\n-- File: db/001_a.sql\nSELECT 1;\n```\n"
    ), @r"
    markdown
    001 [a]: 001_a.sql (none) <- 001_rollback.sql (none, missing)
    002 [b]: 002_b.sql (none, missing) <- no way back
    ");
}

#[test]
fn documents_without_migrations_are_set_aside() {
    insta::assert_snapshot!(history("# Hello\nNothing to see.\n"), @r"
    markdown
    aside: A document, not a migration.
    ");
    insta::assert_snapshot!(history("# Hello\n```sql\n```\n```sql title=001_empty.sql\n-- later\n```\n"), @r"
    markdown
    001 [empty]: 001_empty.sql (none) <- no way back
    aside: It holds no statement, under “Hello”.
    ");
}

#[test]
fn several_documents_are_one_history() {
    insta::assert_snapshot!(histories(&[
        ("b.md", "## Add b\n```sql\nCREATE TABLE b ();\n```\n"),
        ("a.md", "## Add b\n```sql\nCREATE TABLE a ();\n```\n## Migration 1\n```sql\nDROP TABLE b;\n```\n"),
    ]), @r"
    markdown
    1 []: Migration 1 (none) <- no way back
    add-b [Add b]: Add b (none) <- no way back
    aside: The document names its migrations, and this is none of them, under “Add b”; a comment such as “-- File: 005_name.sql” in its first line makes it one.
    ");
}

#[test]
fn a_rollback_stands_with_a_migration_of_several_fences() {
    insta::assert_snapshot!(history(r#"
# Plans
## Add plans
First `001_add_plans.sql`:
```sql
CREATE TABLE plans ();
```
Then, still in `001_add_plans.sql`:
```sql
CREATE INDEX ON plans ((1));
```
### How to revert
```sql
DROP TABLE plans;
```
## Add tags
`002_add_tags.sql`:
```sql
CREATE TABLE tags ();
```
"#), @r"
    markdown
    001 [add plans]: 001_add_plans.sql (none) <- How to revert (none)
    002 [add tags]: 002_add_tags.sql (none) <- no way back
    ");
}

#[test]
fn a_rollback_that_no_heading_announces() {
    insta::assert_snapshot!(history(r#"
# Plans
## 1
```sql
-- 001_a.sql
CREATE TABLE a ();
```
## 2
```sql
-- 002_b.sql
CREATE TABLE b ();
```
## Emergencies
```sql
-- File: rollback_all.sql
DROP TABLE b, a;
```
"#), @r"
    markdown
    001 [a]: 001_a.sql (none) <- no way back
    002 [b]: 002_b.sql (none) <- no way back
    all <- rollback_all.sql (none)
    ");
    insta::assert_snapshot!(history(r#"
```sql
CREATE TABLE a ();
```
To undo it:
```sql
DROP TABLE a;
```
```sql
CREATE TABLE b ();
```
To undo that:
```sql
DROP TABLE b;
```
"#), @r"
    markdown
    document [document]: document (none) <- document (none)
    document-2 [document]: document (none) <- document (none)
    ");
}
