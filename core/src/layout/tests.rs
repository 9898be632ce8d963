//! Lists of files and the histories that they are.

use proptest::prelude::*;

use super::*;

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::new();
    for (path, text) in files {
        workspace.add(*path, text);
    }
    workspace
}

/// A history as a reader would take it down: a line for each migration and everything else.
fn outline_of(history: &History) -> String {
    let script = |script: &Script| {
        let mode = match script.transaction {
            TransactionMode::Single => "single",
            TransactionMode::None => "none",
        };
        format!("{} ({mode}{})", script.title, if script.missing { ", missing" } else { "" })
    };
    let mut lines = vec![history.layout.name.to_owned()];
    for migration in &history.migrations {
        let Migration { version, name, up, down, under_review } = migration;
        let reviewed = if *under_review { "" } else { " before" };
        let down = down.as_ref().map_or("no way back".to_owned(), script);
        lines.push(format!("{version} [{name}]{reviewed}: {} <- {down}", script(up)));
    }
    lines.extend(history.down_of_all.iter().map(|down| format!("all <- {}", script(down))));
    lines.extend(history.orphans.iter().map(|orphan| format!("orphan {}", script(orphan))));
    lines.extend(history.set_aside.iter().map(|aside| format!("aside: {}", aside.reason)));
    lines.join("\n")
}

pub(super) fn histories(files: &[(&str, &str)]) -> String {
    outline_of(&read(&workspace(files), &Settings::default()))
}

/// Files that all hold one statement.
fn named(paths: &[&str]) -> String {
    histories(&paths.iter().map(|path| (*path, "SELECT 1;")).collect::<Vec<_>>())
}

#[test]
fn a_snapshot_beside_numbered_files_is_no_migration() {
    let files = [
        ("db/0.19/00__notes.sql", "CREATE TABLE notes (id int);"),
        ("db/0.19/01__tags.sql", "CREATE TABLE tags (id int);"),
        ("db/0.20/00__more.sql", "ALTER TABLE notes ADD COLUMN a int;"),
        ("db/LATEST.sql", "CREATE TABLE notes (id int, a int); CREATE TABLE tags (id int);"),
    ];
    let read = histories(&files);
    assert!(!read.contains("LATEST"), "{read}");
    assert!(
        read.ends_with(
            "aside: It creates what the numbered files create: where these lead, for new databases."
        )
    );
}

#[test]
fn numbered_files() {
    insta::assert_snapshot!(named(&[
        "db/010_last.sql",
        "db/002_b.SQL",
        "db\\009_next_to_last.sql",
        "db/001_a.sql",
        "db/rollback/001_rollback.sql",
        "db/rollback/009_next_to_last.sql",
        "db/rollback_002.sql",
        "db/011_rollback.sql",
        "db/seed.sql",
        "db/README.md",
        "db/run.sh",
    ]), @r"
    numbered
    001 [a]: 001_a.sql (none) <- 001_rollback.sql (none)
    002 [b]: 002_b.SQL (none) <- rollback_002.sql (none)
    009 [next to last]: 009_next_to_last.sql (none) <- 009_next_to_last.sql (none)
    010 [last]: 010_last.sql (none) <- no way back
    seed [seed]: seed.sql (none) <- no way back
    orphan 011_rollback.sql (none)
    aside: A document, not a migration.
    aside: Not an SQL file.
    ");
}

#[test]
fn numbered_files_of_one_version_are_all_kept() {
    insta::assert_snapshot!(named(&[
        "002_second.sql",
        "002_other.sql",
        "002_other_rollback.sql",
        "rollback/002_second.sql",
        "1_one.sql",
        "down_1.sql",
        "3_three.up.sql.bak",
    ]), @r"
    numbered
    1 [one]: 1_one.sql (none) <- down_1.sql (none)
    002 [other]: 002_other.sql (none) <- 002_other_rollback.sql (none)
    002 [second]: 002_second.sql (none) <- 002_second.sql (none)
    aside: Not an SQL file.
    ");
}

#[test]
fn folders_that_count_again_are_histories_of_their_own() {
    insta::assert_snapshot!(named(&[
        "orders/001_a.sql",
        "billing/001_b.sql",
        "billing/rollback/001_b.sql",
        "orders/rollback/001_a.sql",
        "billing/002_c.sql",
    ]), @r"
    numbered
    001 [b]: 001_b.sql (none) <- 001_b.sql (none)
    002 [c]: 002_c.sql (none) <- no way back
    001 [a]: 001_a.sql (none) <- 001_a.sql (none)
    ");
}

#[test]
fn folders_that_count_on_are_one_history() {
    insta::assert_snapshot!(named(&["schema/003_c.sql", "data/002_b.sql", "schema/001_a.sql"]), @r"
    numbered
    001 [a]: 001_a.sql (none) <- no way back
    002 [b]: 002_b.sql (none) <- no way back
    003 [c]: 003_c.sql (none) <- no way back
    ");
}

#[test]
fn timestamped_files() {
    insta::assert_snapshot!(named(&[
        "supabase/20240301120000_third.sql",
        "supabase/20240115093000_first.sql",
        "supabase/20240115093000_also_first.sql",
        "supabase/rollback/20240115093000_first.sql",
    ]), @r"
    timestamped
    20240115093000 [also first]: 20240115093000_also_first.sql (none) <- no way back
    20240115093000 [first]: 20240115093000_first.sql (none) <- 20240115093000_first.sql (none)
    20240301120000 [third]: 20240301120000_third.sql (none) <- no way back
    ");
}

#[test]
fn golang_migrate_files() {
    insta::assert_snapshot!(histories(&[
        ("migrations/10_c.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"),
        ("migrations/9_b.down.sql", "DROP TABLE b;"),
        ("migrations/9_b.up.sql", "CREATE TABLE b (); CREATE TABLE c ();"),
        ("migrations/000001_a.up.sql", "-- lockstep: no-transaction\nVACUUM; VACUUM;"),
        ("migrations/000001_a.DOWN.sql", ""),
        ("migrations/11_lost.down.sql", "DROP TABLE d;"),
        ("migrations/notes.sql", "SELECT 1;"),
        ("migrations/schema.json", "{}"),
    ]), @r"
    golang-migrate
    000001 [a]: 000001_a.up.sql (none) <- 000001_a.DOWN.sql (none)
    9 [b]: 9_b.up.sql (single) <- 9_b.down.sql (none)
    10 [c]: 10_c.up.sql (none) <- no way back
    orphan 11_lost.down.sql (none)
    aside: golang-migrate would not run this file.
    aside: Not an SQL file.
    ");
}

#[test]
fn a_few_up_files_do_not_make_the_others_golang_migrates() {
    insta::assert_snapshot!(named(&["001_a.sql", "002_b.sql", "003_c.sql", "004_d.up.sql", "004_d.down.sql"]), @r"
    numbered
    001 [a]: 001_a.sql (none) <- no way back
    002 [b]: 002_b.sql (none) <- no way back
    003 [c]: 003_c.sql (none) <- no way back
    004 [d]: 004_d.up.sql (none) <- 004_d.down.sql (none)
    ");
}

#[test]
fn prisma_folders() {
    insta::assert_snapshot!(histories(&[
        ("prisma/migrations/migration_lock.toml", "provider = \"postgresql\""),
        ("prisma/schema.prisma", "model A { id Int @id }"),
        ("prisma/migrations/20240301120000_index/migration.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"),
        ("prisma/migrations/20240115093000_add_users/migration.sql", "CREATE TABLE a (); CREATE TABLE b ();"),
        ("prisma/migrations/20240115093000_add_users/down.sql", "DROP TABLE a; DROP TABLE b;"),
        ("prisma/migrations/0_init/migration.sql", ""),
        ("prisma/seed.ts", "seed()"),
        ("sql/001_old.sql", "SELECT 1;"),
    ]), @r"
    prisma
    0 [init]: 0_init/migration.sql (none) <- no way back
    20240115093000 [add users]: 20240115093000_add_users/migration.sql (single) <- 20240115093000_add_users/down.sql (single)
    20240301120000 [index]: 20240301120000_index/migration.sql (none) <- no way back
    aside: Prisma's lock on the kind of database, not a migration.
    aside: Prisma's schema, not a migration.
    aside: Not an SQL file.
    aside: Prisma Migrate would not run this file.
    ");
}

#[test]
fn prisma_for_another_database_is_told() {
    insta::assert_snapshot!(histories(&[
        ("migration_lock.toml", "provider = \"mysql\""),
        ("20240115093000_a/migration.sql", "CREATE TABLE a ();"),
    ]), @r"
    prisma
    20240115093000 [a]: 20240115093000_a/migration.sql (none) <- no way back
    aside: Prisma's lock says that these migrations are for mysql, not for PostgreSQL.
    ");
}

const JOURNAL: &str = r#"{"version": "7", "dialect": "postgresql", "entries": [
    {"idx": 0, "when": 1, "tag": "0001_second_made_first", "breakpoints": true},
    {"idx": 1, "when": 2, "tag": "0000_first"},
    {"idx": 2, "when": 3, "tag": "0002_lost"}]}"#;

#[test]
fn drizzle_runs_what_the_journal_says() {
    let files = [
        ("drizzle/0000_first.sql", "CREATE TABLE a ()--> statement-breakpoint\r\nCREATE TABLE b ();"),
        ("drizzle/0001_second_made_first.sql", "SELECT 1;--> statement-breakpoint"),
        ("drizzle/0003_orphan.sql", "SELECT 1;"),
        ("drizzle/rollback/0000_first.sql", "DROP TABLE a;"),
        ("drizzle/meta/_journal.json", JOURNAL),
        ("drizzle/meta/0000_snapshot.json", "{}"),
    ];
    let workspace = workspace(&files);
    let history = read(&workspace, &Settings::default());
    insta::assert_snapshot!(outline_of(&history), @r"
    drizzle
    0001 [second made first]: 0001_second_made_first.sql (single) <- no way back
    0000 [first]: 0000_first.sql (single) <- 0000_first.sql (single)
    0002 [lost]: 0002_lost.sql (single, missing) <- no way back
    aside: Not in the journal, so Drizzle never runs it.
    aside: Drizzle's journal, which gives the order.
    aside: Drizzle's snapshot of the schema, not a migration.
    ");
    assert!(history.one_transaction);
    let missing = &history.migrations[2].up;
    assert_eq!(&JOURNAL[missing.range.start as usize..missing.range.end as usize], "0002_lost");
    let masked = &history.migrations[1].up.text;
    assert_eq!(&masked[..20], "CREATE TABLE a ();  ");
    assert_eq!(masked.find("CREATE TABLE b"), files[0].1.find("CREATE TABLE b"));
}

#[test]
fn drizzle_without_a_readable_journal() {
    insta::assert_snapshot!(histories(&[
        ("0010_b.sql", "SELECT 1;--> statement-breakpoint\nSELECT 2;"),
        ("0009_a.sql", "SELECT 1;"),
        ("meta/_journal.json", "{"),
    ]), @r"
    drizzle
    0009 [a]: 0009_a.sql (single) <- no way back
    0010 [b]: 0010_b.sql (single) <- no way back
    aside: Drizzle's journal cannot be read (no JSON from line 1, column 2); the order is that of the numbers.
    ");
}

#[test]
fn one_paste_of_several_files() {
    let paste = "-- File: db/002_b.sql\nCREATE TABLE b ();\n-- File: db/001_a.sql\nCREATE TABLE a ();\n\
                 -- file: db/rollback/001_rollback.sql\nDROP TABLE a;\n";
    let history = read(&workspace(&[("paste.sql", paste)]), &Settings::default());
    insta::assert_snapshot!(outline_of(&history), @r"
    numbered
    001 [a]: 001_a.sql (none) <- 001_rollback.sql (none)
    002 [b]: 002_b.sql (none) <- no way back
    ");
    let up = &history.migrations[0].up;
    let at = up.range.start as usize + up.text.find("CREATE").unwrap();
    assert!(paste[at..].starts_with("CREATE TABLE a"));
}

#[test]
fn one_paste_of_drizzle_files() {
    insta::assert_snapshot!(histories(&[(
        "-",
        "-- file: meta/_journal.json\n{\"entries\": [{\"tag\": \"0000_a\"}]}\n-- file: 0000_a.sql\nSELECT 1;\n"
    )]), @r"
    drizzle
    0000 [a]: 0000_a.sql (single) <- no way back
    aside: Drizzle's journal, which gives the order.
    ");
}

#[test]
fn what_nobody_recognises_is_one_migration() {
    for path in ["orders.sql", "-", "pasted", "x.txt", "", ".sql", "query.unknown"] {
        let history = read(&workspace(&[(path, "SELEC 1;")]), &Settings::default());
        assert_eq!((history.layout.name, history.migrations.len()), ("plain", 1), "{path}");
    }
    insta::assert_snapshot!(histories(&[
        ("b/orders.sql", "\u{feff}SELECT 1;"),
        ("a/tags.sql", ""),
        ("rollback_orders.sql", "DROP TABLE orders;"),
        ("notes.txt", "Update the server."),
    ]), @r"
    plain
    tags [tags]: tags.sql (none) <- no way back
    orders [orders]: orders.sql (none) <- rollback_orders.sql (none)
    aside: Not an SQL file.
    ");
    insta::assert_snapshot!(histories(&[]), @"plain");
    insta::assert_snapshot!(named(&["rollback_orders.sql"]), @r"
    plain
    rollback_orders [orders]: rollback_orders.sql (none) <- no way back
    ");
}

#[test]
fn one_rollback_for_all() {
    insta::assert_snapshot!(histories(&[
        ("001_a.sql", "CREATE TABLE a ();"),
        ("002_b.sql", "CREATE TABLE b ();"),
        ("rollback.sql", "DROP TABLE b; DROP TABLE a;"),
        ("rollback_other.sql", "DROP TABLE other;"),
    ]), @r"
    numbered
    001 [a]: 001_a.sql (none) <- no way back
    002 [b]: 002_b.sql (none) <- no way back
    all <- rollback.sql (none)
    orphan rollback_other.sql (none)
    ");
}

#[test]
fn a_byte_order_mark_is_blank() {
    let history = read(&workspace(&[("001_a.sql", "\u{feff}SELECT 1;")]), &Settings::default());
    assert_eq!(&*history.migrations[0].up.text, "   SELECT 1;");
}

#[test]
fn settings_are_honoured() {
    let files =
        workspace(&[("001_a.up.sql", "SELECT 1;"), ("002_b.up.sql", "SELECT 1;"), ("010_c.up.sql", "")]);
    let with = |settings: Settings| read(&files, &settings);
    let layout = |name: &str| with(Settings { layout: Some(name.to_owned()), ..Settings::default() });
    assert_eq!(layout("numbered").layout.name, "numbered");
    assert_eq!(layout("auto").layout.name, "golang-migrate");
    let unknown = layout("flightpath");
    assert_eq!(unknown.layout.name, "golang-migrate");
    assert!(unknown.reason.starts_with("There is no layout named flightpath."));
    let single = with(Settings { transaction: Some(TransactionMode::Single), ..Settings::default() });
    assert!(single.migrations.iter().all(|migration| migration.up.transaction == TransactionMode::Single));
    for (since, expected) in [("002", 1), ("2", 1), ("5", 1), ("010", 0), ("0", 3), ("x", 3)] {
        let history = with(Settings { since: Some(since.to_owned()), ..Settings::default() });
        let reviewed = history.migrations.iter().filter(|migration| migration.under_review).count();
        assert_eq!(reviewed, expected, "{since}");
        assert_eq!(history.reason.contains("so all are under review"), expected == 3, "{since}");
    }
}

#[test]
fn every_layout_is_named_once() {
    let mut names: Vec<_> = LAYOUTS.iter().map(|layout| layout.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// Paths and texts as hostile as the layouts could meet them.
fn any_file() -> impl Strategy<Value = (String, String)> {
    let word = prop::sample::select(vec![
        "001_a",
        "002",
        "rollback",
        "/",
        "\\",
        ".up",
        ".down",
        ".sql",
        ".SQL",
        ".md",
        "20240115093000_b",
        "migration",
        "meta",
        "_journal.json",
        "migration_lock.toml",
        "0000_c",
        "ü",
        " ",
        "-",
        ".txt",
        "down_",
        "2024-01",
        "_rollback",
        "..",
    ]);
    let piece = prop::sample::select(vec![
        "\u{feff}",
        "\r\n",
        "\n",
        "```",
        "```sql",
        "```markdown",
        "# Migration 1: ü\n",
        "## Rollback\n",
        "## Two\n",
        "-- file: 001_a.sql\n",
        "-- File: db\\rollback\\001_rollback.sql\n",
        "CREATE TABLE a ();",
        "DROP TABLE a;",
        "SELECT 1",
        "--> statement-breakpoint",
        "'",
        "\"",
        "$$",
        "/*",
        "*/",
        "> ",
        "    ",
        "- ",
        "é",
        "\\.",
        "COPY a FROM stdin;\n",
        "rollback/\n",
        "├── 003_x.sql\n",
        "`004_y.sql`",
        "{\"entries\": [{\"tag\": \"0000_c\"}]}",
        "~~~\n",
        "\0",
        "|",
    ]);
    (prop::collection::vec(word, 0..5), prop::collection::vec(piece, 0..20))
        .prop_map(|(path, text)| (path.concat(), text.concat()))
}

proptest! {
    #[test]
    fn nothing_is_dropped_in_silence(files in prop::collection::vec(any_file(), 0..5)) {
        let mut workspace = Workspace::new();
        for (path, text) in &files {
            workspace.add(path.clone(), text);
        }
        for layout in LAYOUTS.iter().map(|layout| layout.name).chain(["auto"]) {
            let settings = Settings { layout: Some(layout.to_owned()), ..Settings::default() };
            let mut history = read(&workspace, &settings);
            let mut covered: Vec<Vec<bool>> =
                workspace.files().map(|(_, file)| vec![false; file.text.len()]).collect();
            let asides = history.set_aside.iter().map(|aside| (aside.file, aside.range.clone()));
            let mut ranges: Vec<_> = asides.collect();
            for script in history.scripts_mut() {
                prop_assert_eq!(script.text.len(), script.range.len());
                let file = &workspace.file(script.file).text;
                let source = file.get(script.range.start as usize..script.range.end as usize);
                prop_assert!(source.is_some());
                // What is not blanked is the file's own, but for a breakpoint's semicolon.
                for (own, masked) in source.unwrap_or_default().bytes().zip(script.text.bytes()) {
                    prop_assert!(own == masked || masked == b' ' || own == b'-' && masked == b';');
                }
                ranges.push((script.file, script.range.clone()));
            }
            for (file, range) in ranges {
                covered[file.0 as usize][range.start as usize..range.end as usize].fill(true);
            }
            let files = Files::of(&workspace, &[]);
            for file in files.iter() {
                // A document's prose is no part of anything; the Markdown layout's own tests look after its fences.
                if file.is_document() && history.layout.name == "markdown" {
                    continue;
                }
                let covered = &covered[file.id.0 as usize];
                for (at, character) in file.text().char_indices() {
                    let place = file.range.start as usize + file.head + at;
                    prop_assert!(covered[place] || character.is_whitespace(), "{:?} in {}", place, file.path);
                }
            }
        }
    }
}

/// The files of a folder of `migrations/`, with paths inside of it.
fn sample(name: &str) -> Workspace {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(name);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut workspace = Workspace::new();
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        workspace.add(path.strip_prefix(&root).unwrap().to_string_lossy(), bytes);
    }
    workspace
}

#[test]
fn the_samples_are_what_they_seem() {
    let outline = |name: &str| outline_of(&read(&sample(name), &Settings::default()));
    insta::assert_snapshot!(outline("job-data-drizzle"), @r"
    drizzle
    0000 [introspected shop]: 0000_introspected_shop.sql (single) <- no way back
    0001 [job timeline and comments]: 0001_job_timeline_and_comments.sql (single) <- no way back
    0002 [order contacts and totals]: 0002_order_contacts_and_totals.sql (single) <- no way back
    0003 [backfill due dates]: 0003_backfill_due_dates.sql (single) <- no way back
    0004 [tag assignments]: 0004_tag_assignments.sql (single) <- no way back
    0005 [file categories]: 0005_file_categories.sql (single) <- no way back
    aside: Not in the journal, so Drizzle never runs it.
    aside: Drizzle's journal, which gives the order.
    ");
    insta::assert_snapshot!(outline("job-data-drizzle-corrected"), @r"
    drizzle
    0000 [introspected shop]: 0000_introspected_shop.sql (single) <- no way back
    0001 [job timeline and comments]: 0001_job_timeline_and_comments.sql (single) <- 0001_job_timeline_and_comments.sql (single)
    0002 [order contacts and totals]: 0002_order_contacts_and_totals.sql (single) <- 0002_order_contacts_and_totals.sql (single)
    0003 [tag assignments]: 0003_tag_assignments.sql (single) <- 0003_tag_assignments.sql (single)
    0004 [build indexes]: 0004_build_indexes.sql (single) <- 0004_build_indexes.sql (none)
    0005 [backfill orders]: 0005_backfill_orders.sql (single) <- 0005_backfill_orders.sql (single)
    0006 [require due dates]: 0006_require_due_dates.sql (single) <- 0006_require_due_dates.sql (none)
    aside: Drizzle's journal, which gives the order.
    ");
    insta::assert_snapshot!(outline("crm-prisma"), @r"
    prisma
    20250103090000 [init]: 20250103090000_init/migration.sql (single) <- no way back
    20250107113000 [import from the old system]: 20250107113000_import_from_the_old_system/migration.sql (single) <- no way back
    20250118140512 [add customer line integration]: 20250118140512_add_customer_line_integration/migration.sql (single) <- no way back
    20250203101530 [add job priority]: 20250203101530_add_job_priority/migration.sql (single) <- no way back
    20250210083000 [backfill job status]: 20250210083000_backfill_job_status/migration.sql (single) <- no way back
    20250224160045 [create quality control system]: 20250224160045_create_quality_control_system/migration.sql (single) <- 20250224160045_create_quality_control_system/down.sql (single)
    20250310112210 [add dispatch indexes]: 20250310112210_add_dispatch_indexes/migration.sql (single) <- no way back
    20250402075500 [update job status enum]: 20250402075500_update_job_status_enum/migration.sql (single) <- no way back
    20250415091500 [normalise phone numbers]: 20250415091500_normalise_phone_numbers/migration.sql (single) <- no way back
    aside: Prisma's lock on the kind of database, not a migration.
    ");
    insta::assert_snapshot!(outline("numbered-with-rollback"), @r"
    numbered
    001 [initial schema]: 001_initial_schema.sql (none) <- 001_rollback.sql (none)
    002 [add api keys table]: 002_add_api_keys_table.sql (none) <- 002_rollback.sql (none)
    003 [add security events]: 003_add_security_events.sql (none) <- 003_rollback.sql (none)
    004 [add deal search]: 004_add_deal_search.sql (none) <- 004_rollback.sql (none)
    004 [add teams]: 004_add_teams.sql (none) <- no way back
    006 [hash api keys]: 006_hash_api_keys.sql (none) <- 006_rollback.sql (none)
    007 [restrict contacts]: 007_restrict_contacts.sql (none) <- no way back
    orphan 008_rollback.sql (none)
    ");
    insta::assert_snapshot!(outline("phased-job-tables"), @r"
    numbered
    001 [create job tables]: 001_create_job_tables.sql (none) <- no way back
    002 [enhance drawing versions]: 002_enhance_drawing_versions.sql (none) <- no way back
    003 [migrate existing data]: 003_migrate_existing_data.sql (none) <- no way back
    004 [create indexes]: 004_create_indexes.sql (none) <- no way back
    005 [add foreign keys]: 005_add_foreign_keys.sql (none) <- no way back
    all <- rollback.sql (none)
    aside: A document, not a migration.
    ");
    insta::assert_snapshot!(outline("project-variants"), @r"
    markdown
    001 [add variant columns]: 001_add_variant_columns.sql (none) <- no way back
    002 [create project variants]: 002_create_project_variants.sql (none) <- no way back
    003 [fill default variants]: 003_fill_default_variants.sql (none) <- no way back
    004 [link lists to variants]: 004_link_lists_to_variants.sql (none) <- no way back
    all <- rollback_variants.sql (none)
    aside: It is not SQL: no statement in it begins as one, under “What is there today”.
    aside: The document names its migrations, and this is none of them, under “Before the day”; a comment such as “-- File: 005_name.sql” in its first line makes it one.
    aside: A check, not a migration: it only reads, under “Afterwards”.
    ");
    for (name, layout) in [
        ("crm-prisma-corrected", "prisma"),
        ("numbered-with-rollback-corrected", "numbered"),
        ("phased-job-tables-corrected", "numbered"),
        ("project-variants-corrected", "numbered"),
    ] {
        let history = read(&sample(name), &Settings::default());
        assert_eq!(history.layout.name, layout, "{name}");
        assert!(history.orphans.is_empty(), "{name}");
        assert!(history.migrations.iter().all(|migration| migration.down.is_some()), "{name}");
    }
}

#[test]
fn the_documentation_lists_every_layout_and_what_its_runner_does() {
    let document = include_str!("../../../docs/layouts.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")).map(|row| {
        let mut cells = row.trim_end_matches(" |").split(" | ");
        let name = cells.next().unwrap_or_default().trim_end_matches('`');
        (name, cells.next().unwrap_or_default(), cells.last().unwrap_or_default())
    });
    let rows: Vec<(&str, &str, &str)> = rows.filter(|(name, ..)| *name != "--layout").collect();
    let expected: Vec<(&str, &str)> = LAYOUTS.iter().map(|layout| (layout.name, layout.title)).collect();
    assert_eq!(rows.iter().map(|(name, title, _)| (*name, *title)).collect::<Vec<_>>(), expected);
    for (layout, (name, _, transaction)) in LAYOUTS.iter().zip(&rows) {
        let expected = match (layout.runner.one_transaction, layout.runner.wrapping) {
            (true, _) => "the whole run",
            (false, Wrapping::Transaction) => "each script",
            (false, Wrapping::SimpleQuery) => "one query",
            (false, Wrapping::EachStatement) => "each statement",
        };
        assert!(transaction.starts_with(expected), "{name}: {transaction}, not {expected}");
    }
}
