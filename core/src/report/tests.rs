//! All the formats on one small history, and the README on the sample histories.

use std::path::{Path, PathBuf};

use super::json::{Level, Severity};
use super::{github, html, human, json, junit, markdown, readme, sarif};
use crate::review::Verdict;
use crate::rules::Axis;
use crate::sql::{self, Command};
use crate::{Review, Settings, Workspace, review, rewrite};

/// An expansion, a backfill and a contraction, each with a rollback; the middle one leads only halfway back.
const HISTORY: &[(&str, &str)] = &[
    (
        "001_add_status.sql",
        "-- Orders get a status.\nSET lock_timeout = '5s';\nCREATE TYPE order_status AS ENUM ('open', 'done');\n\
         ALTER TABLE orders ADD COLUMN status order_status;\n",
    ),
    (
        "002_fill_status.sql",
        "-- Old orders are done.\nUPDATE orders SET status = 'done' WHERE status IS NULL;\n",
    ),
    (
        "003_require_status.sql",
        "SET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN status SET NOT NULL;\n\
         CREATE INDEX orders_status_idx ON orders (status);\nALTER TABLE orders DROP COLUMN legacy_state;\n",
    ),
    ("rollback/001_rollback.sql", "ALTER TABLE orders DROP COLUMN status;\nDROP TYPE order_status;\n"),
    (
        "rollback/003_rollback.sql",
        "DROP INDEX orders_status_idx;\nALTER TABLE orders ALTER COLUMN status DROP NOT NULL;\n",
    ),
];

fn reviewed(files: &[(&str, &str)]) -> Review {
    let mut workspace = Workspace::new();
    for (path, text) in files {
        workspace.add(*path, text);
    }
    review(&workspace, &Settings::default())
}

/// One danger on a line and one over several. Other rules, and their part in the verdict, are left out.
fn two_findings() -> Review {
    let mut review = reviewed(&[(
        "001_index & more.sql",
        "SET lock_timeout = '5s';\n\tCREATE INDEX orders_total_idx ON orders (total);\n\
         CREATE INDEX orders_customer_idx\n    ON orders\n    (customer_id);\n",
    )]);
    only_index_not_concurrent(&mut review);
    review
}

fn only_index_not_concurrent(review: &mut Review) {
    review.findings.retain(|finding| finding.rule.id == "index-not-concurrent");
    let reason = (Axis::Availability, Level::High, "index-not-concurrent", review.findings.len());
    review.verdict = Verdict {
        level: Level::High,
        axes: [Level::High, Level::None, Level::None, Level::None],
        sentence: "The sentence of the verdict.".to_owned(),
        reasons: vec![reason],
    };
}

#[test]
fn the_terminal_shows_the_lines() {
    let text = human::render(&two_findings(), false);
    // How long it takes changes with each calibration.
    let lasting = text.lines().filter(|line| !line.trim_start().starts_with("time:"));
    insta::assert_snapshot!(lasting.collect::<Vec<_>>().join("\n"));
}

/// A table of known size and traffic, written anew and checked.
fn with_sizes() -> Review {
    let mut workspace = Workspace::new();
    workspace.add(
        "001_widen.sql",
        "SET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN total TYPE bigint;\n\
         ALTER TABLE customers ADD CHECK (name <> '');\n",
    );
    let stats = "relation,rows,bytes,reads_per_second,writes_per_second\n\
                 orders,40000000,9000000000,500,40\n";
    review(&workspace, &Settings { stats: Some(stats.to_owned()), ..Settings::default() })
}

#[test]
fn work_on_a_table_of_known_size_has_an_estimate() {
    let document = json::document(&with_sizes());
    let statements = &document.migrations[0].up.statements;
    let known = statements[1].work[0].estimate.as_ref().unwrap();
    assert!(!known.per_million_rows && known.from_ms * 4 <= known.to_ms + 4, "{known:?}");
    let waiting = known.waiting.as_deref().unwrap();
    assert!(waiting.contains(" reads and ") && waiting.contains(" writes "), "{waiting}");
    let unknown = statements[2].work[0].estimate.as_ref().unwrap();
    assert!(unknown.per_million_rows && unknown.waiting.is_none(), "{unknown:?}");
}

#[test]
fn a_table_that_the_history_made_and_never_filled_has_no_estimate() {
    let document = json::document(&reviewed(&[(
        "001_all.sql",
        "CREATE TABLE t (a int);\nALTER TABLE t ALTER COLUMN a TYPE bigint;\n",
    )]));
    assert_eq!(document.migrations[0].up.statements[1].work[0].estimate, None);
}

#[test]
fn the_terminal_tells_how_long_work_takes() {
    let text = human::render(&with_sizes(), false);
    let times: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("time:")).collect();
    assert!(
        times[0].contains("rewrite, public.orders: ") && times[0].ends_with("come in that time and wait")
    );
    assert!(times[1].contains("scan, public.customers: for every million rows "), "{times:?}");
    assert!(times[2].contains("PostgreSQL") && times.len() == 3, "{times:?}");
}

#[test]
fn the_terminal_shows_advice_apart() {
    let mut workspace = Workspace::new();
    workspace.add("001_a.sql", "CREATE TYPE mood AS ENUM ('glad');\nCREATE INDEX i ON orders (total);\n");
    let of = |settings| human::render(&review(&workspace, &settings), false);
    let text = of(Settings::default());
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what}: {text}"));
    assert!(
        place("001_a.sql:2:1: danger: index-not-concurrent\n")
            < place("001_a.sql:1:1: advice: enum-type: No value")
    );
    assert!(place("advice: enum-type") < place("high: "));
    // Asked for, it is told as all else is.
    let mut settings = Settings::default();
    settings.rules.only = Some(vec!["enum-type"]);
    assert!(of(settings).contains("001_a.sql:1:1: advice: enum-type\n  1 | CREATE TYPE mood"));
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let review = two_findings();
    let (plain, coloured) = (human::render(&review, false), human::render(&review, true));
    assert!(!plain.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped += before;
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    assert_eq!(stripped + rest, plain);
}

#[test]
fn a_script_cannot_steer_the_terminal() {
    let review = reviewed(&[("a.sql", "CREATE INDEX i ON orders (a); -- \u{1b}[2J\u{7}\n")]);
    assert!(!human::render(&review, false).contains(['\u{1b}', '\u{7}']));
}

#[test]
fn github_gets_annotations() {
    insta::assert_snapshot!(github::render(&two_findings()));
}

#[test]
fn junit_gets_a_suite() {
    insta::assert_snapshot!(junit::render(&two_findings()));
}

#[test]
fn markdown_is_a_comment() {
    insta::assert_snapshot!(markdown::render(&two_findings()));
}

/// Four hundred dangers, some of them twice on a line.
fn many_findings() -> Review {
    let files: Vec<(String, String)> = (0..100)
        .map(|number| {
            let build = |name: &str| format!("CREATE INDEX {name}_{number} ON orders_{number} (total);");
            (format!("{number:03}_a.sql"), format!("{} {}\n{}\n", build("a"), build("b"), build("c")))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    reviewed(&files)
}

#[test]
fn a_comment_is_never_longer_than_github_takes() {
    let text = markdown::render(&many_findings());
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.contains("more dangers") || text.contains(" dangers more."), "{text}");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}

#[test]
fn every_case_of_junit_has_a_name_of_its_own() {
    let text = junit::render(&many_findings());
    let mut names: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("<testcase classname=")).collect();
    let number = names.len();
    names.sort_unstable();
    names.dedup();
    assert!(number > 300 && names.len() == number, "{} of {number}", names.len());
}

#[test]
fn annotations_keep_to_their_line() {
    let review = reviewed(&[("a,b:c%.sql", "CREATE INDEX i ON orders (\"a\n%0A\");\n")]);
    let text = github::render(&review);
    assert!(text.contains("file=a%2Cb%3Ac%25.sql,line=1,endLine=2,title="), "{text}");
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
}

#[test]
fn sarif_fixes_lead_to_what_is_offered() {
    let review = reviewed(&[
        (
            "001_shop.sql",
            "CREATE TABLE orders (id bigint PRIMARY KEY, code text);\nINSERT INTO orders SELECT 1, 'a' FROM pg_class;\n",
        ),
        (
            "002_code.sql",
            "-- Codes are looked up.\nALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX orders_code_idx ON orders (code);",
        ),
    ]);
    let log: serde_json::Value = serde_json::from_str(&sarif::render(&review)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mut compared = 0;
    for (finding, result) in review.findings.iter().zip(results) {
        let offers = rewrite::offers(&review, finding);
        let none = Vec::new();
        let fixes = result["fixes"].as_array().unwrap_or(&none);
        assert!(fixes.len() == offers.len() || finding.severity == Severity::Advice, "{}", finding.rule.id);
        for (fix, offer) in fixes.iter().zip(&offers) {
            for (change, edit) in fix["artifactChanges"].as_array().expect("changes").iter().zip(&offer.edits)
            {
                assert_eq!(change["artifactLocation"]["uri"], edit.path.as_str());
                let old = review.workspace.files().find(|(_, file)| file.path == edit.path);
                assert_eq!(replaced(old.map_or("", |(_, file)| &file.text), change), edit.text);
                compared += 1;
            }
        }
    }
    assert!(compared > 1, "a file that changes and one that comes");
}

/// A text with what SARIF says to replace in it.
fn replaced(text: &str, change: &serde_json::Value) -> String {
    let replacement = &change["replacements"][0];
    let region = &replacement["deletedRegion"];
    let offset = |line: &str, column: &str| {
        let at = |name: &str| region[name].as_u64().expect("a number") as usize;
        let before: usize = text.split_inclusive('\n').take(at(line) - 1).map(str::len).sum();
        before + text[before..].chars().take(at(column) - 1).map(char::len_utf8).sum::<usize>()
    };
    let mut out = text.to_owned();
    out.replace_range(
        offset("startLine", "startColumn")..offset("endLine", "endColumn"),
        replacement["insertedContent"]["text"].as_str().expect("a text"),
    );
    out
}

#[test]
fn sarif_has_the_parts_that_its_schema_requires() {
    let log: serde_json::Value = serde_json::from_str(&sarif::render(&two_findings())).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(run["tool"]["driver"]["name"], "Lockstep");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(result["level"], "error");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "001_index%20%26%20more.sql");
    }
    let region = |index: usize| results[index]["locations"][0]["physicalLocation"]["region"].clone();
    assert_eq!((&region(0)["startLine"], &region(0)["startColumn"]), (&2.into(), &2.into()));
    assert_eq!(
        (&region(1)["startLine"], &region(1)["endLine"], &region(1)["endColumn"]),
        (&3.into(), &5.into(), &18.into())
    );
}

/// The tags of a document in order, with the slash of those that close.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let after_style = html.split_once("</style>").map_or(html, |(_, rest)| rest);
    after_style.split('<').skip(1).filter_map(|rest| rest.split([' ', '>']).next())
}

fn assert_balanced(html: &str) {
    let mut open: Vec<&str> = vec!["html", "head"];
    for tag in tags(html) {
        match tag.strip_prefix('/') {
            None => open.push(tag),
            Some(tag) => assert_eq!(open.pop(), Some(tag), "of {open:?}"),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn html_shows_findings_beside_the_lines() {
    let html = html::render(&two_findings());
    let (_, body) = html.split_once("</style>").expect("a style");
    // How long it takes changes with each calibration.
    let mut parts = body.split(": for every million rows ");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once("</li>").map_or("", |(_, rest)| rest));
    insta::assert_snapshot!(rest.fold(first, |text, part| text + "</li>" + part));
}

#[test]
fn html_is_whole_and_quotes_what_it_shows() {
    let hostile = "-- </ol><script>alert(1)</script>\r\nCREATE TABLE \"</li><img src=x onerror='y'>\" (id int); DROP TABLE b;\n\
                   /* a\nb */ SELECT '\u{202e}\u{0}\n';\nSELECT";
    let review =
        reviewed(&[("001_<b>.sql", hostile), ("002_b.sql", ""), ("rollback.sql", "DROP TABLE \"<i>\";")]);
    let html = html::render(&review);
    assert_balanced(&html);
    let allowed =
        ["a", "b", "body", "code", "details", "div", "footer", "h1", "h2", "h3", "header", "li", "ol", "p"];
    let also = ["section", "small", "span", "summary", "table", "td", "th", "tr", "ul"];
    for tag in tags(&html) {
        let name = tag.trim_start_matches('/');
        assert!(allowed.contains(&name) || also.contains(&name) || matches!(tag, "/head" | "/html"), "{tag}");
    }
    assert!(!html.contains(['\u{202e}', '\u{0}', '\r']));
    for (_, file) in review.workspace.files() {
        assert!(html.contains(&file.sha256()), "{}", file.path);
    }
}

#[test]
fn the_readme_of_a_small_history() {
    let mut review = reviewed(HISTORY);
    only_index_not_concurrent(&mut review);
    // How long it takes changes with each calibration.
    let is_timed =
        |line: &&str| line.contains("(for every million rows)") || line.starts_with("How long work");
    let text = readme::render(&review);
    insta::assert_snapshot!(text.lines().filter(|line| !is_timed(line)).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_readme_of_nothing() {
    assert_eq!(readme::render(&reviewed(&[])), "# Migrations\n\nThere is no migration under review.\n");
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let entries = std::fs::read_dir(folder).expect("the samples");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 10);
    folders
}

fn add_files(workspace: &mut Workspace, folder: &Path, top: &Path) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_files(workspace, &path, top);
        } else {
            let name = path.strip_prefix(top).expect("below").to_string_lossy().into_owned();
            workspace.add(name, std::fs::read(&path).expect("a file"));
        }
    }
}

#[test]
fn the_readme_of_every_sample_reads_as_finished() {
    for folder in samples() {
        let mut workspace = Workspace::new();
        add_files(&mut workspace, &folder, &folder);
        let review = review(&workspace, &Settings::default());
        assert_balanced(&html::render(&review));
        let text = readme::render(&review);
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        assert_eq!(text, readme::render(&review), "{name}: the same bytes each time");
        for migration in &review.history.migrations {
            assert!(text.contains(&migration.up.title), "{name}: {}", migration.up.title);
        }
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let is_heading = |line: &str| {
            line.starts_with("## ")
                || line.starts_with("# ")
                || line.starts_with("**") && line.ends_with("**")
        };
        for pair in lines.windows(2) {
            assert!(!(is_heading(pair[0]) && is_heading(pair[1])), "{name}: nothing under {}", pair[0]);
            assert!(pair[0] != pair[1], "{name}: twice: {}", pair[0]);
        }
        for blank in ["``", "{file}", "{name}", "{migration}", "TODO", "None.None", "  and"] {
            let found = text.lines().find(|line| line.contains(blank) && !line.contains("```"));
            assert_eq!(found, None, "{name}: {blank}");
        }
        assert_eq!(
            text.lines().filter(|line| line.starts_with("```")).count() % 2,
            0,
            "{name}: an open fence"
        );
        for statement in sql_blocks(&text).flat_map(|block| sql::parse(&block, 0)) {
            // Rollbacks are shown as they are, mistakes included.
            let is_ours = statement.tag == "SELECT";
            assert!(!(is_ours && matches!(statement.command, Command::Invalid(_))), "{name}: {statement:?}");
        }
    }
}

/// The queries that the README tells to run.
fn sql_blocks(text: &str) -> impl Iterator<Item = String> {
    text.split("```sql\n").skip(1).filter_map(|rest| rest.split("\n```").next()).map(str::to_owned)
}

#[test]
fn the_queries_of_the_readme_are_sql() {
    let text = readme::render(&reviewed(HISTORY));
    let blocks: Vec<String> = sql_blocks(&text).collect();
    assert!(blocks.len() > 8);
    for block in blocks {
        for statement in sql::parse(&block, 0) {
            assert!(!matches!(statement.command, Command::Invalid(_)), "{block}");
        }
    }
}
