//! How the scripts are named, and which of them are named otherwise.

use super::running;
use crate::Review;
use crate::layout::{History, Migration, writing};
use crate::report::markup::{self, and, code, count};
use crate::sorted::Map;

/// The convention as a sentence, and what departs from it, one line each.
pub(super) struct Naming {
    pub sentence: String,
    pub exceptions: Vec<String>,
    /// The number that comes next, where there are numbers.
    pub next: Option<String>,
}

/// How one name is made.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    version: Version,
    words: Words,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    /// A number of so many digits.
    Number(usize),
    /// Date and time, in so many digits.
    Timestamp(usize),
    /// Something else, or nothing.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Words {
    Snake,
    Kebab,
    Camel,
    One,
    None,
}

/// The convention that most of the migrations follow.
pub(super) fn found(history: &History) -> Option<Naming> {
    let shapes: Vec<(&Migration, Shape)> =
        history.migrations.iter().map(|migration| (migration, shape(migration))).collect();
    let mut counts: Map<Version, usize> = Map::default();
    shapes.iter().for_each(|(_, shape)| *counts.entry(shape.version, || 0) += 1);
    let (version, _) =
        counts.into_iter().max_by_key(|(version, number)| (*number, std::cmp::Reverse(*version)))?;
    let mut counts: Map<Words, usize> = Map::default();
    let tells = |words: Words| !matches!(words, Words::One | Words::None);
    shapes
        .iter()
        .filter(|(_, shape)| tells(shape.words))
        .for_each(|(_, s)| *counts.entry(s.words, || 0) += 1);
    let words =
        counts.into_iter().max_by_key(|(words, number)| (*number, std::cmp::Reverse(*words))).map(|(w, _)| w);
    let number = match version {
        Version::Number(digits) => format!("a number of {}", count(digits, "digit", "digits")),
        Version::Timestamp(digits) => format!("a time stamp of {digits} digits"),
        Version::Other => "no number".to_owned(),
    };
    let style = match words {
        Some(Words::Snake) => ", then what the migration does in `snake_case`",
        Some(Words::Kebab) => ", then what the migration does in `kebab-case`",
        Some(Words::Camel) => ", then what the migration does in `CamelCase`",
        _ => "",
    };
    let sentence = format!(
        "A migration's name begins with {number}{style}: {}.",
        code(&on_disk(
            &history.migrations[shapes.iter().position(|(_, s)| s.version == version).unwrap_or(0)]
        ))
    );
    let exceptions = shapes
        .iter()
        .filter_map(|(migration, shape)| {
            let mut faults = Vec::new();
            if shape.version != version {
                faults.push(match shape.version {
                    Version::Number(digits) => format!("its number has {}", count(digits, "digit", "digits")),
                    Version::Timestamp(digits) => format!("its time stamp has {digits} digits"),
                    Version::Other => "it has no number".to_owned(),
                });
            }
            if shape.words == Words::None {
                faults.push("it does not say what the migration does".to_owned());
            } else if tells(shape.words) && words.is_some_and(|words| words != shape.words) {
                faults.push("its words are joined in another way".to_owned());
            }
            (!faults.is_empty()).then(|| format!("{}: {}.", code(&on_disk(migration)), and(&faults)))
        })
        .collect();
    Some(Naming { sentence, exceptions, next: next(history, version) })
}

/// The migration's name on disk: its folder where its file is called as every other, else its file.
pub(super) fn on_disk(migration: &Migration) -> String {
    let title = &migration.up.title;
    let (folder, file) = title.rsplit_once('/').unwrap_or(("", title));
    let is_generic = matches!(file.to_ascii_lowercase().as_str(), "migration.sql" | "up.sql");
    if is_generic && !folder.is_empty() { folder.to_owned() } else { file.to_owned() }
}

fn shape(migration: &Migration) -> Shape {
    let name = on_disk(migration);
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = digits(&name);
    let version = match number {
        0 => Version::Other,
        10.. => Version::Timestamp(number),
        number => Version::Number(number),
    };
    let stem = name.split('.').next().unwrap_or_default();
    let rest = stem[number.min(stem.len())..].trim_start_matches(['_', '-', ' ', '#']);
    let words = if rest.is_empty() {
        Words::None
    } else if rest.contains('_') {
        Words::Snake
    } else if rest.contains('-') {
        Words::Kebab
    } else if rest.chars().skip(1).any(char::is_uppercase) {
        Words::Camel
    } else {
        Words::One
    };
    Shape { version, words }
}

fn next(history: &History, version: Version) -> Option<String> {
    let Version::Number(_) = version else { return None };
    writing::versions_after(history, history.migrations.len().checked_sub(1)?, 1).pop()
}

/// The number of the next migration, where there are numbers.
pub(super) fn next_number(review: &Review) -> Option<String> {
    if has_headings(review) {
        return Some(format!("{:03}", review.history.migrations.len() + 1));
    }
    found(&review.history).and_then(|naming| naming.next)
}

/// Are the scripts parts of a document that gives them headings, and no names?
fn has_headings(review: &Review) -> bool {
    review.history.migrations.iter().all(|migration| running::is_heading(review, &migration.up))
}

/// The section's Markdown.
pub(super) fn section(review: &Review) -> String {
    if has_headings(review) {
        return "The document gives its scripts headings instead of names. The names used above keep their order: a number of \
                3 digits, then the heading in `snake_case`.\n"
            .to_owned();
    }
    let Some(naming) = found(&review.history) else { return String::new() };
    let mut out = format!("{}\n", naming.sentence);
    if !naming.exceptions.is_empty() {
        out += "\nNamed otherwise:\n\n";
        out += &markup::list("-", naming.exceptions);
    }
    out
}
