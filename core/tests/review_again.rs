//! A review after an edit is the review that the edited files get by themselves.

use lockstep_core::report::json;
use lockstep_core::{Review, Settings, Workspace, review, review_again};
use proptest::prelude::*;

/// What files hold: statements that get in each other's way, ask for names that no file creates, or cannot be read.
const SCRIPTS: &[&str] = &[
    "CREATE TABLE a (id int PRIMARY KEY, n int);",
    "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);",
    "CREATE TABLE c (id serial, kind text); CREATE INDEX ON c (kind);",
    "-- the same with a comment\nCREATE TABLE a (id int PRIMARY KEY, n int);",
    "CREATE TABLE IF NOT EXISTS a (id int);",
    "CREATE TEMPORARY TABLE t (id int); INSERT INTO t VALUES (1);",
    "ALTER TABLE a ADD COLUMN extra text; UPDATE a SET extra = 'x';",
    "ALTER TABLE a DROP COLUMN n;",
    "ALTER TABLE a ALTER COLUMN n SET NOT NULL;",
    "ALTER TABLE b RENAME TO d;",
    "DROP TABLE b;",
    "DROP TABLE IF EXISTS c CASCADE;",
    "DROP TABLE gone;",
    "CREATE VIEW v AS SELECT id FROM a;",
    "DROP VIEW v;",
    "CREATE INDEX CONCURRENTLY a_n ON a (n);",
    "DO $$ BEGIN IF true THEN ALTER TABLE z ADD COLUMN y int; END IF; DELETE FROM a; END $$;",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM a); END $$;",
    "SET search_path = s; CREATE SCHEMA s; CREATE TABLE s.a (id int);",
    "CREATE TYPE mood AS ENUM ('good'); ALTER TYPE mood ADD VALUE 'bad';",
    "SELECT * FORM a;",
    "INSERT INTO z VALUES (1);",
    "-- lockstep-ignore drop-table: it is empty\nDROP TABLE a;",
    "",
];

/// Is the history set up by the runner in transactions, and where does the review begin?
fn settings() -> impl Strategy<Value = Settings> {
    (prop::option::of(0..6_usize), any::<bool>()).prop_map(|(since, with_baseline)| Settings {
        since: since.map(|version| format!("{version:03}")),
        baseline: with_baseline.then(|| {
            ("baseline.sql".to_owned(), "CREATE TABLE z (id int); DROP TABLE IF EXISTS a;".to_owned())
        }),
        ..Settings::default()
    })
}

/// A history: the script of each file, the way up and the way back by turns; none where there is no file.
type Files = Vec<Option<usize>>;

/// One edit: which file becomes what, or is taken away.
type Edit = (usize, Option<usize>);

fn files() -> impl Strategy<Value = Files> {
    prop::collection::vec(prop::option::weighted(0.8, 0..SCRIPTS.len()), 2..16)
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((0..16_usize, prop::option::weighted(0.9, 0..SCRIPTS.len())), 1..6)
}

fn workspace(files: &Files) -> Workspace {
    let mut workspace = Workspace::new();
    for (index, script) in files.iter().enumerate() {
        if let Some(script) = script {
            let direction = ["up", "down"][index % 2];
            workspace.add(format!("{:03}_step.{direction}.sql", index / 2), SCRIPTS[*script]);
        }
    }
    workspace
}

/// All that can be told from a review.
fn told(review: &Review) -> String {
    let ends = review.timeline.ups.iter().map(|up| lockstep_core::schema::ddl(&up.after.schema));
    let identities = review.timeline.ups.iter().map(|up| {
        up.after.schema.relations().map(|relation| (relation.id, relation.display_name())).collect::<Vec<_>>()
    });
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{:?}",
        json::render(review),
        review.reruns,
        review
            .ways_back
            .iter()
            .map(|way| (way.only_cosmetic, way.is_empty, &way.lost_for_good))
            .collect::<Vec<_>>(),
        ends.collect::<Vec<_>>(),
        identities.collect::<Vec<_>>()
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_history_is_reviewed_as_if_it_were_new(
        mut files in files(), edits in edits(), settings in settings()
    ) {
        let mut last = review(&workspace(&files), &settings);
        for (file, script) in edits {
            let place = file % files.len();
            files[place] = script;
            let edited = workspace(&files);
            let afresh = review(&edited, &settings);
            last = review_again(last, &edited, &settings);
            prop_assert_eq!(told(&last), told(&afresh));
        }
    }
}

#[test]
fn other_settings_are_another_review() {
    let files = workspace(&vec![Some(0), None, Some(5), None]);
    let last = review(&files, &Settings::default());
    let older = Settings { postgres: 14, ..Settings::default() };
    assert_eq!(told(&review_again(last, &files, &older)), told(&review(&files, &older)));
}
