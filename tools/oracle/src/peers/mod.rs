//! What other reviewers document as bad and as good, reviewed by ours.
//!
//! `cargo xtask peers FOLDER` reads their documentation in that folder, which is theirs and no part of this
//! repository. Every hazard they call bad has to be found, and nothing they call good may be called a danger or a
//! warning, unless `docs/peers.md` lists the example with what a server answers.

mod example;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lockstep_core::report::json::Severity;
use lockstep_core::{Review, Settings, Workspace, review};

use crate::Outcome;
use example::Example;

/// Rails has no SQL to read: the hazards of its README, in SQL of our own.
const STRONG_MIGRATIONS: &str = include_str!("../../peers/strong_migrations.sql");

/// Reviews the examples below a folder, and our own for Rails. Says what differs and is not listed, and what is
/// listed and differs no longer; the number of both is the second value.
pub fn run(folder: &Path) -> Outcome<(String, usize)> {
    let mut examples = Vec::new();
    find(folder, &mut examples)?;
    if examples.is_empty() {
        return Err(format!("there are no examples of squawk or eugene in {}", folder.display()));
    }
    examples.extend(example::of_cases("strong_migrations", STRONG_MIGRATIONS));
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/peers.md");
    let list =
        fs::read_to_string(&list).map_err(|error| format!("cannot read {}: {error}", list.display()))?;
    let mut listed = listed(&list);
    let (mut text, mut wrong) = (String::new(), 0);
    let mut counts: BTreeMap<(&str, bool), (usize, usize)> = BTreeMap::new();
    for example in &examples {
        let count = counts.entry((example.tool, example.good)).or_default();
        count.0 += 1;
        let Some(fault) = fault(example) else { continue };
        match listed.iter().position(|name| *name == example.name) {
            Some(index) => {
                listed.remove(index);
                count.1 += 1;
            }
            None => {
                wrong += 1;
                text += &format!("{}: {fault}\n{}\n", example.name, indented(example));
            }
        }
    }
    for name in &listed {
        wrong += 1;
        text += &format!("{name} is listed in docs/peers.md, and differs no longer\n");
    }
    for ((tool, good), (count, known)) in counts {
        let word = if good { "good" } else { "bad" };
        text += &format!("{tool}: {count} {word} examples, {known} of them listed as exceptions\n");
    }
    Ok((text, wrong))
}

/// What the review gets wrong about an example.
fn fault(example: &Example) -> Option<String> {
    let findings: Vec<_> = reviews(example).into_iter().flat_map(|review| review.findings).collect();
    if example.good {
        let loud: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity > Severity::Advice)
            .map(|finding| format!("{} ({}): {}", finding.rule.id, word(finding.severity), finding.message))
            .collect();
        return (!loud.is_empty()).then(|| format!("good, but {}", loud.join(" | ")));
    }
    let hazard = format!("{}:{}", example.tool, example.hazard);
    let is_found = findings.iter().any(|finding| finding.rule.aliases.contains(&hazard.as_str()));
    (!is_found).then(|| {
        let found: Vec<_> = findings.iter().map(|finding| finding.rule.id).collect();
        format!("bad, but {hazard} is not among {found:?}")
    })
}

/// The reviews of an example: all its scripts, and, where the first one sets the stage, those after it.
fn reviews(example: &Example) -> Vec<Review> {
    let mut workspace = Workspace::new();
    for (path, text) in &example.scripts {
        workspace.add(path, text);
    }
    let since = (example.scripts.len() > 1).then(|| "1".to_owned());
    let settings = Settings { transaction: example.transaction, ..Settings::default() };
    let mut reviews = vec![review(&workspace, &settings)];
    if since.is_some() {
        reviews.push(review(&workspace, &Settings { since, ..settings }));
    }
    reviews
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Advice => "advice",
        Severity::Warning => "warning",
        Severity::Danger => "danger",
    }
}

fn indented(example: &Example) -> String {
    let lines = example.scripts.iter().flat_map(|(_, text)| text.lines());
    lines.map(|line| format!("    {line}\n")).collect()
}

/// The examples that the list names: in items, each in backquotes.
fn listed(text: &str) -> Vec<String> {
    let items = text.lines().filter_map(|line| line.strip_prefix("- `"));
    items.filter_map(|item| Some(item.split_once('`')?.0.to_owned())).collect()
}

/// The documentation below a folder, by its form: eugene keeps its examples in `examples/ID/bad.sql`, squawk's
/// documents begin with their rule's id.
fn find(folder: &Path, examples: &mut Vec<Example>) -> Outcome {
    let failed = |path: &Path, error| format!("cannot read {}: {error}", path.display());
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, error))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|error| failed(folder, error))?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            find(&path, examples)?;
            continue;
        }
        let read = || fs::read_to_string(&path).map_err(|error| failed(&path, error));
        if let "bad.sql" | "good.sql" = name.as_str() {
            let hazard = folder.file_name().unwrap_or_default().to_string_lossy();
            examples.push(example::of_numbered_scripts("eugene", &hazard, name == "good.sql", &read()?));
        } else if name.ends_with(".md") {
            examples.extend(example::of_document("squawk", &read()?));
        }
    }
    Ok(())
}
