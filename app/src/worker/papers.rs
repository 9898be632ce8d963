//! All that is written about a review, as files in the folders where the tool wants them.

use lockstep_core::Review;
use lockstep_core::report::{html, markdown, readme};
use lockstep_core::rollback::{self, Written};
use lockstep_core::text::shared_folders;

use super::signing;
use crate::protocol::{Paper, PaperKind, Signing};

/// Writes all of it; with the sign-off where something was decided.
pub fn write(review: &Review, sheet: Option<String>) -> Vec<Paper> {
    let paths: Vec<&str> = review.files().map(|file| &*file.path).collect();
    let folder = shared_folders(&paths);
    let mut papers = vec![
        of_readme(review, folder),
        Paper {
            kind: PaperKind::Report,
            path: "lockstep-report.html".to_owned(),
            text: html::render(review),
        },
        Paper {
            kind: PaperKind::Comment,
            path: "lockstep-comment.md".to_owned(),
            text: markdown::render(review),
        },
    ];
    let signed = sheet.map(|sheet| Signing { sheet: Some(sheet), ..Signing::default() });
    if let Some(Ok(signed)) = signed.map(|asked| signing::sign(review, asked)) {
        papers.push(Paper {
            kind: PaperKind::SignOff,
            path: format!("{folder}SIGNOFF.md"),
            text: signed.text,
        });
    }
    papers.extend(ways_back(review));
    papers
}

/// The README: what people wrote into one of ours is kept, and one that is not ours stays.
fn of_readme(review: &Review, folder: &str) -> Paper {
    let (path, written) = (format!("{folder}README.md"), readme::render(review));
    let there = review.workspace.files().map(|(_, file)| file).find(|file| file.path == path);
    let (path, text) = match there {
        Some(older) if older.is_own_document() => {
            let kept = readme::keep(&written, &older.text);
            (path, kept.unwrap_or(written))
        }
        Some(_) => (format!("{folder}README.lockstep.md"), written),
        None => (path, written),
    };
    Paper { kind: PaperKind::Readme, path, text }
}

/// A way back for every migration under review that has none.
fn ways_back(review: &Review) -> Vec<Paper> {
    let (workspace, history) = (&review.workspace, &review.history);
    if history.down_of_all.is_some() {
        return Vec::new();
    }
    let without = history.migrations.iter().enumerate();
    let without = without.filter(|(_, migration)| migration.under_review && migration.down.is_none());
    let papers = without.filter_map(|(index, migration)| {
        let Written { path, same_file, text, .. } =
            rollback::written(workspace, history, &review.timeline, index)?;
        let up = workspace.file(migration.up.file);
        let text = match same_file {
            true if up.path == path => format!("{}\n\n{text}", up.text.trim_end()),
            _ => text,
        };
        Some(Paper { kind: PaperKind::WayBack, path, text })
    });
    papers.collect()
}

#[cfg(test)]
mod tests {
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    fn paths(files: &[(&str, &str)]) -> Vec<String> {
        let mut workspace = Workspace::new();
        for (path, text) in files {
            workspace.add(*path, text);
        }
        let papers = write(&review(&workspace, &Settings::default()), None);
        papers.into_iter().map(|paper| paper.path).collect()
    }

    #[test]
    fn papers_stand_where_the_tool_wants_them() {
        let (report, comment) = ("lockstep-report.html", "lockstep-comment.md");
        let table = "CREATE TABLE a (id bigint PRIMARY KEY);";
        assert_eq!(
            paths(&[
                ("db/001_a.up.sql", table),
                ("db/001_a.down.sql", "DROP TABLE a;"),
                ("db/002_b.up.sql", "DROP TABLE a;")
            ]),
            ["db/README.md", report, comment, "db/002_b.down.sql"]
        );
        let goose = format!("-- +goose Up\n{table}\n");
        assert_eq!(
            paths(&[("m/20240101_a.sql", &goose), ("m/README.md", "# Ours\n")]),
            ["m/README.lockstep.md", report, comment, "m/20240101_a.sql"]
        );
    }

    #[test]
    fn what_stands_in_the_same_file_follows_the_way_up() {
        let mut workspace = Workspace::new();
        workspace.add("1_a.sql", "-- +goose Up\nCREATE TABLE a (id bigint PRIMARY KEY);\n");
        let papers = write(&review(&workspace, &Settings::default()), None);
        let text = &papers.last().unwrap().text;
        assert!(text.starts_with("-- +goose Up\nCREATE TABLE a"), "{text}");
        assert!(text.contains("\n-- +goose Down\n") && text.contains("DROP TABLE a;"), "{text}");
    }
}
