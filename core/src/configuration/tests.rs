//! What a configuration sets, and what it is told when it is wrong.

use super::{Configuration, read};
use crate::report::json::Severity;
use crate::settings::{NamedKind, TransactionMode};
use crate::text::Workspace;

fn configured(files: &[(&str, &str)]) -> (Workspace, Option<Configuration>) {
    let mut workspace = Workspace::new();
    for (path, text) in files {
        workspace.add(*path, text);
    }
    let configuration = read(&workspace);
    (workspace, configuration)
}

#[test]
fn everything_is_set() {
    let text = "pg = 16\nlayout = \"Prisma\"\ntransaction = \"per-statement\"\nsince = 42\nbaseline = \"s.sql\"\nstats = \"sizes.csv\"\ntimezone = \"UTC\"\nfail-on = \"never\"\n\
                [rules]\njson-type = \"off\"\n\"squawk:ban-drop-column\" = \"warning\"\n\
                [limits]\nsmall-table-rows = 5\nmany-rows = 50\nlock-timeout = \"3s\"\n\
                [naming]\ntable = \"t_*\"\nforeign-key = ['a', 'b']\n";
    let (_, configuration) = configured(&[("db/lockstep.toml", text)]);
    let Configuration { path, settings, baseline, stats, .. } = configuration.unwrap();
    assert_eq!(settings.faults, []);
    assert_eq!((path.as_str(), settings.postgres), ("db/lockstep.toml", 16));
    assert_eq!((settings.layout.as_deref(), settings.since.as_deref()), (Some("Prisma"), Some("42")));
    assert_eq!(
        (settings.transaction, baseline.map(|(path, _)| path).as_deref()),
        (Some(TransactionMode::None), Some("db/s.sql"))
    );
    assert_eq!((settings.fail_on, stats.map(|(path, _)| path).as_deref()), (None, Some("db/sizes.csv")));
    assert_eq!(settings.timezone.as_deref(), Some("UTC"));
    assert_eq!(settings.rules.severity("json-type", Severity::Advice, Severity::Advice), None);
    assert_eq!(
        settings.rules.severity("drop-column", Severity::Danger, Severity::Danger),
        Some(Severity::Warning)
    );
    assert_eq!(
        settings.rules.severity("drop-column", Severity::Danger, Severity::Advice),
        Some(Severity::Advice)
    );
    assert_eq!(
        settings.rules.severity("drop-table", Severity::Danger, Severity::Danger),
        Some(Severity::Danger)
    );
    let limits = settings.limits;
    assert_eq!((limits.small_table_rows, limits.many_rows, limits.lock_timeout), (5, 50, 3000));
    let names = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        settings.naming,
        [(NamedKind::Table, names(&["t_*"])), (NamedKind::ForeignKey, names(&["a", "b"]))]
    );
}

#[test]
fn the_one_nearest_to_the_top_counts_and_a_paste_may_hold_it() {
    let (_, none) = configured(&[("001_a.sql", "-- see lockstep.toml\nSELECT 1;")]);
    assert!(none.is_none());
    let (_, two) = configured(&[("a/b/lockstep.toml", "pg = 14"), ("a/lockstep.toml", "pg = 15")]);
    assert_eq!(two.unwrap().settings.postgres, 15);
    let paste = "-- file: 001_a.sql\nSELECT 1;\n-- file: lockstep.toml\npg = 17\n[rules]\nnothing = 1\n";
    let (workspace, pasted) = configured(&[("paste.sql", paste)]);
    let settings = pasted.unwrap().settings;
    assert_eq!((settings.postgres, settings.faults.len()), (17, 1));
    assert_eq!(workspace.slice(settings.faults[0].0), "nothing = 1");
}

#[test]
fn faults_are_told_with_their_lines() {
    let text = "pg = 12\npgsql = 16\nlayout = \"prism\"\ntransaction = \"never\"\ntimezone = 3\nbaseline = \"a\nsince = 5 6\n\
                [rules]\nindx = \"off\"\ndrop-table = \"quiet\"\n[limits]\nrows = 5\nmany-rows = \"many\"\nlock-timeout = \"soon\"\n\
                [naming]\ntrigger = \"*\"\ntable = 5\n[rule]\na = \"b\"\n";
    let (workspace, configuration) = configured(&[("lockstep.toml", text)]);
    let configuration = configuration.unwrap();
    let file = workspace.file(configuration.file);
    let mut told: Vec<(u32, String)> = configuration
        .settings
        .faults
        .iter()
        .map(|(span, message)| (file.position(span.start).line, message.chars().take(40).collect()))
        .collect();
    told.sort();
    let lines: Vec<String> = told.iter().map(|(line, message)| format!("{line}: {message}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    1: pg is a number from 14 to 18
    2: there is no key pgsql; the keys are pg, 
    3: there is no layout prism; the layouts ar
    4: transaction is "per-migration", "per-sta
    5: timezone is a "string"
    6: the string is not closed on its line
    7: nothing is expected after the value; a v
    9: there is no rule indx
    10: drop-table is "off", "advice", "warning"
    12: there is no limit rows; the limits are s
    13: many-rows is a number
    14: lock-timeout is a time such as "5s", or 
    16: there are no names of a trigger; there a
    17: table is a pattern, or an array of patte
    19: there is no table [rule]; the tables are
    "#);
}

#[test]
fn a_baseline_among_the_files_is_no_migration() {
    let files = [
        ("db/lockstep.toml", "baseline = \"schema.sql\""),
        ("db/schema.sql", "CREATE TABLE a (id int);"),
        ("db/001_b.sql", "ALTER TABLE a ADD COLUMN b int;"),
    ];
    let (workspace, configuration) = configured(&files);
    let settings = configuration.unwrap().of_these_files();
    let review = crate::review(&workspace, &settings);
    let paths: Vec<_> =
        review.history.migrations.iter().map(|migration| migration.up.title.as_str()).collect();
    assert_eq!(paths, ["001_b.sql"]);
    assert_eq!(review.timeline.ups[0].first_error().map(|(_, error)| error.sqlstate), None);
    let (_, alone) = configured(&files[..1]);
    assert_eq!(
        alone.unwrap().of_these_files().faults[0].1,
        "the baseline db/schema.sql is not among the files"
    );
}

#[test]
fn the_documented_example_is_understood_and_names_every_key() {
    let document = include_str!("../../../docs/configuration.md");
    let example = document.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (_, configuration) = configured(&[("lockstep.toml", example)]);
    let settings = configuration.unwrap().settings;
    assert_eq!(settings.faults, []);
    for kind in NamedKind::ALL {
        assert!(settings.naming.iter().any(|(named, _)| *named == kind), "{}", kind.key());
    }
    for key in [
        "pg",
        "layout",
        "transaction",
        "since",
        "baseline",
        "timezone",
        "small-table-rows",
        "many-rows",
        "lock-timeout",
    ] {
        assert!(example.contains(&format!("{key} = ")), "{key}");
    }
}
