//! Every rule's examples are its tests, and no rule may lack its words.

use super::{DOCUMENTED, RULES, Severity};
use crate::{Settings, Workspace, configuration, review};

fn reviewed(text: &str) -> crate::Review {
    let mut workspace = Workspace::new();
    let name = if text.starts_with('#') { "plan.md" } else { "pasted.sql" };
    workspace.add(name, text);
    let settings = configuration::read(&workspace).map(|configuration| configuration.settings);
    review(&workspace, &settings.unwrap_or_default())
}

#[test]
fn bad_examples_are_found() {
    let mut missed = Vec::new();
    for (rule, docs) in DOCUMENTED {
        assert!(!docs.bad.is_empty(), "{} has no bad example", rule.id);
        for example in docs.bad {
            let review = reviewed(example);
            let found: Vec<_> = review.findings.iter().map(|finding| finding.rule.id).collect();
            for finding in &review.findings {
                assert!(
                    finding.severity <= finding.rule.severity,
                    "{} is graver than it says",
                    finding.rule.id
                );
            }
            if !found.contains(&rule.id) {
                missed.push(format!("{} is not found, only {found:?}, in:\n{example}", rule.id));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn good_examples_are_silent_under_all_rules() {
    let mut failures = Vec::new();
    for (rule, docs) in DOCUMENTED {
        for example in docs.good {
            let review = reviewed(example);
            let loud: Vec<_> = review
                .findings
                .iter()
                .filter(|finding| {
                    let own_advice = rule.severity == Severity::Advice && finding.rule.id == rule.id;
                    (finding.severity > Severity::Advice || own_advice)
                        && finding.rule.id != "missing-rollback"
                })
                .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
                .collect();
            if !loud.is_empty() {
                failures.push(format!("{}: {loud:#?} in:\n{example}", rule.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_rule_has_its_words() {
    for pair in RULES.windows(2) {
        assert!(pair[0].id < pair[1].id, "{} stands before {}", pair[0].id, pair[1].id);
    }
    for (rule, docs) in DOCUMENTED {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(docs.summary.len() > 20 && !docs.summary.ends_with('.'), "{}: summary", rule.id);
        assert!(docs.why.len() > 120, "{}: why", rule.id);
        assert!(
            docs.why.contains("does not apply") || docs.good.is_empty() || rule.id == "statement-fails",
            "{}: when not",
            rule.id
        );
        assert!(!docs.manual.is_empty(), "{}: manual", rule.id);
        assert!(rule.aliases.iter().all(|alias| alias.contains(':')), "{}: aliases name their tool", rule.id);
    }
}

/// The rules that find something in a paste, each once, in order.
fn found_in(text: &str) -> Vec<&'static str> {
    let mut found: Vec<_> = reviewed(text).findings.iter().map(|finding| finding.rule.id).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What a rule says in a paste, with the line it says it of.
fn said_in(text: &str, rule: &str) -> Vec<String> {
    let review = reviewed(text);
    let of_rule = review.findings.iter().filter(|finding| finding.rule.id == rule);
    of_rule
        .map(|finding| {
            let line = review.workspace.file(finding.span.file).position(finding.span.start).line;
            format!("line {line}, {:?}: {}", finding.severity, finding.message)
        })
        .collect()
}

#[test]
fn a_backfill_in_batches_that_skips_rows() {
    let text = "# CRM\n\n## Large tables\n\n```sql\nDO $$\nDECLARE\n    size integer := 500;\n    done integer := 0;\nBEGIN\n    LOOP\n        UPDATE tickets\n        SET stage = 'open'\n        WHERE id IN (SELECT id FROM tickets WHERE stage IS NULL LIMIT size OFFSET done);\n        EXIT WHEN NOT FOUND;\n        done := done + size;\n        PERFORM pg_sleep(0.2);\n    END LOOP;\nEND $$;\n```\n";
    insta::assert_snapshot!(said_in(text, "batch-offset-skips-rows").join("\n"), @"line 12, Danger: The rows whose stage has been set leave the set that is picked by stage, while OFFSET moves on: every batch after the first skips as many rows of tickets as it should change.");
    insta::assert_snapshot!(said_in(text, "loop-without-commit").join("\n"), @"line 11, Warning: The loop never commits: the rows of tickets that all its rounds change stay locked until the block is done.");
    insta::assert_snapshot!(said_in(text, "sleep-in-transaction").join("\n"), @"line 17, Warning: This sleeps while ROW EXCLUSIVE on public.tickets, and the rows changed so far, stay locked.");
}

#[test]
fn variants_added_and_rolled_back_in_the_wrong_order() {
    let text = "# Variants\n\n### Migration 1: columns\n\n```sql\n-- File: 001_columns.sql\nALTER TABLE kits ADD COLUMN variant text NOT NULL DEFAULT 'default';\nDROP INDEX IF EXISTS kits_project;\nCREATE UNIQUE INDEX kits_project_variant ON kits (project_id, name, variant);\n```\n\n### Migration 2: configuration\n\n```sql\n-- File: 002_create_config.sql\nCREATE TABLE variants (id uuid PRIMARY KEY, name text NOT NULL);\nALTER TABLE variants ENABLE ROW LEVEL SECURITY;\n```\n\n## Rollback\n\n```sql\n-- File: rollback_variants.sql\nDROP TABLE IF EXISTS variants CASCADE;\nALTER TABLE kits DROP COLUMN IF EXISTS variant;\nDROP INDEX IF EXISTS kits_project_variant;\nCREATE UNIQUE INDEX kits_project ON kits (project_id, name);\n```\n";
    let found = found_in(text);
    for rule in
        ["index-not-concurrent", "no-lock-timeout", "rollback-loses-data", "row-security-without-policy"]
    {
        assert!(found.contains(&rule), "{rule} is not among {found:?}");
    }
    assert!(!found.contains(&"missing-rollback"), "one script undoes the set");
    insta::assert_snapshot!(said_in(text, "rollback-may-fail").join("\n"), @"line 27, Danger: Since the migration public.kits may hold several rows with the same (project_id, name), as kits_project_variant allowed: then this fails with 23505.");
    insta::assert_snapshot!(said_in(text, "rollback-index-order").join("\n"), @"line 25, Warning: Dropping the column drops index kits_project_variant in silence; the DROP INDEX further down finds nothing to drop.");
}

#[test]
fn a_plan_that_only_names_its_scripts() {
    let text = "# Scripts\n\n- `001_initial.sql`\n- `002_keys.sql`\n- `rollback/001_rollback.sql`\n";
    insta::assert_snapshot!(said_in(text, "missing-rollback").join("\n"), @r#"
    line 3, Warning: 001_initial.sql has no rollback: 001_rollback.sql is only named.
    line 4, Warning: 002_keys.sql has no rollback.
    "#);
}

#[test]
fn rollbacks_are_counted() {
    let text = "-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;\n";
    insta::assert_snapshot!(said_in(text, "missing-rollback").join("\n"), @"line 4, Warning: 002_b.sql has no rollback. 1 of the 2 migrations have one.");
}

#[test]
fn comments_in_a_rollback_silence_its_findings() {
    let text = "-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\n-- lockstep-ignore rollback-empty: there is nothing to undo it with\nSELECT 1;\n";
    assert!(!found_in(text).contains(&"rollback-empty"));
    assert!(found_in(&text.replace("-- lockstep-ignore", "--")).contains(&"rollback-empty"));
}

#[test]
fn a_transaction_of_the_runner_is_its_own() {
    let wrapped = |text: &str| {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", text);
        let settings =
            Settings { transaction: Some(crate::settings::TransactionMode::Single), ..Settings::default() };
        let review = review(&workspace, &settings);
        let of_rule = review.findings.iter().filter(|finding| finding.rule.id == "nested-transaction");
        of_rule.map(|finding| finding.severity).collect::<Vec<_>>()
    };
    let table = "CREATE TABLE a (id bigint PRIMARY KEY);";
    assert_eq!(wrapped(&format!("BEGIN; {table} COMMIT;")), [Severity::Warning]);
    assert_eq!(wrapped(&format!("{table} COMMIT; SELECT 1;")), [Severity::Warning]);
    assert_eq!(wrapped(&format!("COMMIT; {table}")), [Severity::Advice]);
    assert_eq!(wrapped(table), []);
}

#[test]
fn known_sizes_change_what_is_said() {
    let with_rows = |rows: u64| {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "UPDATE jobs SET state = 'new' WHERE state IS NULL;");
        let stats = Some(format!("relation,rows\npublic.jobs,{rows}\n"));
        let review = review(&workspace, &Settings { stats, ..Settings::default() });
        let of_rule = review.findings.iter().find(|finding| finding.rule.id == "unbatched-backfill");
        of_rule.map(|finding| finding.severity)
    };
    assert_eq!(with_rows(40), None);
    assert_eq!(with_rows(200_000), Some(Severity::Warning));
    assert_eq!(with_rows(20_000_000), Some(Severity::Danger));
}

#[test]
fn enum_values_by_version() {
    let refused = |postgres: u32, text: &str| {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", text);
        let review = review(&workspace, &Settings { postgres, ..Settings::default() });
        review.timeline.ups[0].first_error().map(|(_, error)| error.sqlstate)
    };
    let own = "BEGIN; CREATE TYPE mood AS ENUM ('good'); ALTER TYPE mood ADD VALUE 'bad'; SELECT 'bad'::mood; COMMIT;";
    assert_eq!(refused(16, own), Some("55P04"));
    assert_eq!(refused(17, own), None);
    let older =
        "CREATE TYPE mood AS ENUM ('good'); CREATE TABLE t (m mood); BEGIN; ALTER TYPE mood ADD VALUE 'bad';";
    for (use_of_it, expected) in [
        ("INSERT INTO t VALUES ('bad');", Some("55P04")),
        ("UPDATE t SET m = 'bad';", Some("55P04")),
        ("SELECT 1 FROM t WHERE m IN ('good', 'bad');", Some("55P04")),
        ("ALTER TABLE t ALTER m SET DEFAULT 'bad';", Some("55P04")),
        ("ALTER TABLE t ADD COLUMN n mood DEFAULT 'bad';", Some("55P04")),
        ("ALTER TABLE t ADD COLUMN n text DEFAULT 'bad';", None),
        ("COMMIT; BEGIN; UPDATE t SET m = 'bad';", None),
    ] {
        assert_eq!(refused(18, &format!("{older} {use_of_it} COMMIT;")), expected, "{use_of_it}");
    }
}

const HAZARDS: &str = include_str!("../../../docs/hazards.md");

/// The cells of the tables' rows whose first cell is like this.
fn rows_of_hazards(is_it: fn(&str) -> bool) -> Vec<Vec<&'static str>> {
    let rows = HAZARDS.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'));
    let cells = rows.map(|row| row.split(" | ").map(str::trim).collect::<Vec<_>>());
    cells.filter(|cells| is_it(cells[0])).collect()
}

/// What is set in `code`.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_of_hazards_and_the_rules_tell_the_same() {
    let is_number = |cell: &str| {
        let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
        digits.len() + 1 == cell.len() && digits.parse::<u32>().is_ok()
    };
    let rows = rows_of_hazards(is_number);
    let mut wrong = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    for row in &rows {
        // The last table says why there is no rule.
        let Some(cell) = row.get(2).filter(|_| row.len() == 4) else { continue };
        let rules: Vec<&str> = code(cell).filter(|text| !text.starts_with("--")).collect();
        let known = |id: &&str| DOCUMENTED.iter().find(|(rule, _)| rule.id == *id);
        wrong.extend(
            rules.iter().filter(|id| known(id).is_none()).map(|id| format!("{}: no rule {id}", row[0])),
        );
        let mild = rules.iter().filter_map(known).any(|(rule, _)| rule.severity == Severity::Advice);
        if mild && !cell.contains("advice") {
            wrong.push(format!("{}: does not say that it is advice", row[0]));
        }
        named.extend(rules);
    }
    wrong.extend(
        RULES.iter().filter(|rule| !named.contains(&rule.id)).map(|rule| format!("{} is left out", rule.id)),
    );
    let parts = [21, 28, 22, 24, 8, 10, 20, 11, 15, 21];
    for (letter, last) in ('A'..).zip(parts) {
        let numbers = (1..=last).map(|number| format!("{letter}{number}"));
        wrong.extend(
            numbers
                .filter(|own| !rows.iter().any(|row| row[0] == own))
                .map(|own| format!("{own} is left out")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn type_changes_are_as_the_table_says() {
    let rows = rows_of_hazards(|cell| cell.starts_with('`'));
    assert!(rows.len() > 20);
    let mut wrong = Vec::new();
    for row in rows {
        let [from, to, expected] = row[..] else { panic!("{row:?}") };
        let (from, to) = (from.trim_matches('`'), to.trim_matches('`'));
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", format!("CREATE TABLE t (id bigint PRIMARY KEY, c {from});"));
        workspace.add("002_b.sql", format!("ALTER TABLE t ALTER COLUMN c TYPE {to};"));
        let review = review(&workspace, &Settings { since: Some("001".to_owned()), ..Settings::default() });
        let about_types = ["statement-fails", "type-change-checks", "type-change-rewrites", "type-narrowing"];
        let mut found: Vec<&str> = review.findings.iter().map(|finding| finding.rule.id).collect();
        found.retain(|id| about_types.contains(id));
        found.sort_unstable();
        if found != code(expected).collect::<Vec<_>>() {
            wrong.push(format!("{from} to {to}: {found:?}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
