//! New migrations in a tool's files: what they are called, where they lie, and how they say what the SQL does not.
//! The layouts lead from files to a history; this leads from a history to files.

use super::file_name::{FileName, compare_versions, is_timestamp};
use super::{History, Migration, Script, TransactionMode, Wrapping, paste};
use crate::sorted;
use crate::text::Workspace;

/// How a tool's files say what a migration's SQL does not.
#[derive(Debug)]
pub struct Writing {
    /// How a script says that the runner shall not wrap it in a transaction.
    pub outside: Outside,
    /// The lines before the two directions, where one file holds both.
    pub sections: Option<(&'static str, &'static str)>,
    /// The lines around a statement that has semicolons inside, where the tool itself looks for statements' ends.
    pub around_block: Option<(&'static str, &'static str)>,
}

/// How a script says that the runner shall not wrap it in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// It cannot.
    Never,
    /// The runner wraps nothing.
    Always,
    /// It holds only one statement.
    Alone,
    /// By the file's first line.
    FirstLine(&'static str),
    /// By words behind the line that begins a direction.
    InSection(&'static str),
    /// By a file in the same folder: its name and text.
    InFolder(&'static str, &'static str),
    /// By a file of the same name with this ending, and its text.
    Beside(&'static str, &'static str),
    /// By leaving this part out of the file's name.
    WithoutPart(&'static str),
}

impl Writing {
    /// Of a tool with a file for each direction that says it in this way.
    pub(super) const fn files(outside: Outside) -> Option<Writing> {
        Some(Writing { outside, sections: None, around_block: None })
    }

    /// Of a tool with both directions in one file, which begin with these lines.
    pub(super) const fn sections(up: &'static str, down: &'static str, outside: Outside) -> Option<Writing> {
        Some(Writing { outside, sections: Some((up, down)), around_block: None })
    }
}

/// A script to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewScript {
    /// What a reader has to know, a line each.
    pub comments: Vec<String>,
    /// The statements, without semicolons.
    pub statements: Vec<String>,
    /// Whether they are one transaction.
    pub transaction: TransactionMode,
}

/// A migration to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMigration {
    /// Its version.
    pub version: String,
    /// Its name in words; none keeps that of the migration it is written like.
    pub name: Option<String>,
    /// The way up.
    pub up: NewScript,
    /// The way back. Written where the migration that it is written like has one.
    pub down: NewScript,
}

/// May a script of one of this history's migrations hold so many statements, and run outside of a transaction?
pub fn may_run_outside(history: &History, statements: usize) -> bool {
    match history.layout.writing.as_ref().map(|writing| writing.outside) {
        None | Some(Outside::Never) => false,
        Some(Outside::Alone | Outside::WithoutPart(_)) => statements <= 1,
        Some(_) => true,
    }
}

/// The files of a migration, path and text, named and laid out like those of `model`. None where this tool's files
/// cannot be written, or the model's name does not show how.
pub fn files(
    workspace: &Workspace,
    history: &History,
    model: &Migration,
    new: &NewMigration,
) -> Option<Vec<(String, String)>> {
    let writing = history.layout.writing.as_ref()?;
    if is_fenced(history) {
        // A heading is no name, and what several fences hold is no one text.
        let own =
            &workspace.file(model.up.file).text[model.up.range.start as usize..model.up.range.end as usize];
        if !model.up.title.contains('.') || own.lines().any(|line| line.trim_start().starts_with("```")) {
            return None;
        }
    }
    let name = Naming::of(history, model, &path_of(workspace, history, &model.up))?;
    let mut found = Vec::new();
    let mut put = |script: &Script, text: String, transaction: TransactionMode| {
        let mut path = name.renamed(&path_of(workspace, history, script), new)?;
        if transaction == TransactionMode::None {
            match writing.outside {
                Outside::WithoutPart(part) => path = path.replacen(part, "", 1),
                Outside::InFolder(file, said) => {
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    found.push((format!("{folder}/{file}"), said.to_owned()));
                }
                Outside::Beside(ending, said) => found.push((format!("{path}{ending}"), said.to_owned())),
                _ => {}
            }
        }
        found.push((path, text));
        Some(())
    };
    let (up, down) = (text(history, &new.up), text(history, &new.down));
    let has_down = model.down.as_ref().filter(|down| !down.missing);
    match (writing.sections, has_down) {
        (Some((begin, middle)), _) => {
            let marked = |line: &str, script: &NewScript| match writing.outside {
                Outside::InSection(words) if script.transaction == TransactionMode::None => {
                    format!("{line} {words}\n")
                }
                _ if line.is_empty() => String::new(),
                _ => format!("{line}\n"),
            };
            let mut whole = first_line(history, &new.up);
            whole += &format!("{}{up}", marked(begin, &new.up));
            if has_down.is_some() {
                // What is said of the whole file is said of both.
                whole += &format!("\n{}{down}", marked(middle, &new.down));
            }
            put(&model.up, whole, new.up.transaction)?;
        }
        (None, has_down) => {
            put(&model.up, first_line(history, &new.up) + &up, new.up.transaction)?;
            if let Some(script) = has_down {
                put(script, first_line(history, &new.down) + &down, new.down.transaction)?;
            }
        }
    }
    Some(found)
}

/// The line that has to be a file's first.
fn first_line(history: &History, script: &NewScript) -> String {
    if script.transaction == TransactionMode::Single {
        return String::new();
    }
    match history.layout.writing.as_ref().map(|writing| writing.outside) {
        Some(Outside::FirstLine(line)) => format!("{line}\n"),
        // A runner that the reader says wraps every script.
        Some(Outside::Always) if wraps(history) => "-- lockstep: no-transaction\n".to_owned(),
        _ => String::new(),
    }
}

/// Does the runner put BEGIN and COMMIT around a script of several statements?
fn wraps(history: &History) -> bool {
    history.layout.runner.wrapping != Wrapping::EachStatement
        || history.migrations.iter().any(|migration| migration.up.transaction == TransactionMode::Single)
}

/// Comments and statements, in a transaction of the script's own where the runner begins none.
fn text(history: &History, script: &NewScript) -> String {
    let mut text = String::new();
    for comment in &script.comments {
        text += &format!("-- {comment}\n");
    }
    let own = script.transaction == TransactionMode::Single && !wraps(history) && script.statements.len() > 1;
    if own {
        text += "BEGIN;\n";
    }
    for statement in &script.statements {
        text += &statement_text(history, statement);
    }
    if own {
        text += "COMMIT;\n";
    }
    text
}

/// A statement with its semicolon, and with what the tool needs around it.
pub fn statement_text(history: &History, statement: &str) -> String {
    match history.layout.writing.as_ref().and_then(|writing| writing.around_block) {
        Some((begin, end)) if statement.contains(';') => format!("{begin}\n{statement};\n{end}\n"),
        _ => format!("{statement};\n"),
    }
}

/// The path of the file that a script is in: in a paste or a document that which is given there.
pub fn path_of(workspace: &Workspace, history: &History, script: &Script) -> String {
    let file = workspace.file(script.file);
    if is_fenced(history) {
        return script.title.clone();
    }
    if is_pasted(history, script) {
        let own = file.text.get(script.range.start as usize..script.range.end as usize).unwrap_or_default();
        if let Some(name) = own.lines().find_map(paste::named_file) {
            return name.to_owned();
        }
    }
    file.path.clone()
}

/// Are the scripts fences of a Markdown document?
pub fn is_fenced(history: &History) -> bool {
    history.layout.name == "markdown"
}

/// A script that follows others in their file, behind the end of one of them.
pub fn following(history: &History, path: &str, text: &str) -> String {
    // The fence that ends there is closed, and the new one ends where that one did.
    let begins = if is_fenced(history) { "```\n\n```sql\n" } else { "\n" };
    format!("{begins}-- file: {path}\n{text}")
}

/// Is the script's file one paste of several files, or a document?
pub fn is_pasted(history: &History, script: &Script) -> bool {
    if is_fenced(history) {
        return true;
    }
    let all = history.migrations.iter().flat_map(|own| std::iter::once(&own.up).chain(&own.down));
    let in_one = history.layout.writing.as_ref().is_none_or(|writing| writing.sections.is_none());
    in_one && all.filter(|other| other.file == script.file).count() > 1
}

/// `count` versions after that of a migration, in its style: right behind it where there is room before the next one,
/// else behind the last.
pub fn versions_after(history: &History, migration: usize, count: usize) -> Vec<String> {
    let numbered = |own: &&Migration| own.version.starts_with(|first: char| first.is_ascii_digit());
    let all: Vec<&Migration> = history.migrations.iter().filter(numbered).collect();
    let model = &history.migrations[migration];
    if !numbered(&model) {
        return (0..count).map(|index| format!("{}_{}", model.version, index + 2)).collect();
    }
    let numbers = || all.iter().filter(|own| !is_timestamp(&own.version));
    let in_tens = numbers().count() > 1 && numbers().all(|own| own.version.ends_with('0'));
    let from = |version: &str| {
        let mut versions: Vec<String> = Vec::new();
        for _ in 0..count {
            let last = versions.last().map_or(version, String::as_str);
            versions.push(next_version(last, if in_tens { 10 } else { 1 }));
        }
        versions
    };
    let beside = from(&model.version);
    let taken = |version: &String| {
        history.migrations[migration + 1..]
            .iter()
            .any(|later| compare_versions(&later.version, version) != std::cmp::Ordering::Greater)
    };
    if beside.last().is_none_or(|last| !taken(last)) {
        return beside;
    }
    // Nor the number of a rollback that waits for its migration.
    let orphans = history.orphans.iter().filter_map(|own| FileName::parse(&own.title).version);
    let mut last: Vec<String> = all.iter().map(|own| own.version.clone()).chain(orphans).collect();
    sorted::sort_by(&mut last, |a, b| compare_versions(b, a));
    from(last.first().map_or("1", |own| own))
}

/// Does a version come behind all migrations that there are after this one?
pub fn is_last(history: &History, migration: usize, version: &str) -> bool {
    let mut later = history.migrations[migration + 1..].iter();
    later.all(|later| compare_versions(&later.version, version) == std::cmp::Ordering::Less)
}

/// The version that comes next: a number counted up as wide as it is written, or a moment later.
fn next_version(version: &str, step: u32) -> String {
    if is_timestamp(version) {
        return next_moment(version);
    }
    // A letter behind the number (`002b`) goes.
    let end = version.rfind(|last: char| last.is_ascii_digit()).map_or(0, |at| at + 1);
    let start = version[..end].rfind(|other: char| !other.is_ascii_digit()).map_or(0, |at| at + 1);
    let digits = &version[start..end];
    let width = digits.len();
    let number = digits.parse::<u64>().unwrap_or(0) + u64::from(step);
    format!("{}{number:0width$}", &version[..start])
}

/// A second later, or whatever is the smallest unit of the moment; what stands between its digits stays.
fn next_moment(version: &str) -> String {
    let mut digits: Vec<u8> = version.bytes().filter(u8::is_ascii_digit).collect();
    // Month, day, hour, minute and second as (first digit, first value, last value), the smallest last. A month has 28
    // days here: every month has as many.
    const PARTS: [(usize, u8, u8); 5] = [(4, 1, 12), (6, 1, 28), (8, 0, 23), (10, 0, 59), (12, 0, 59)];
    let count = digits.len();
    let parts: &[(usize, u8, u8)] = match count {
        8 => &PARTS[..2],
        12 => &PARTS[..4],
        14 => &PARTS,
        _ => &[],
    };
    let mut carried = true;
    for (at, first, last) in parts.iter().rev() {
        let value = (digits[*at] - b'0') * 10 + (digits[at + 1] - b'0');
        let next = if value >= *last { *first } else { value + 1 };
        (digits[*at], digits[at + 1]) = (b'0' + next / 10, b'0' + next % 10);
        carried = value >= *last;
        if !carried {
            break;
        }
    }
    if carried {
        // The year, or a count of seconds or milliseconds, is a plain number.
        let end = if parts.is_empty() { count } else { 4 };
        for digit in digits[..end].iter_mut().rev() {
            *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
            if *digit != b'0' {
                break;
            }
        }
    }
    let mut next = digits.into_iter();
    let put = |own: char| if own.is_ascii_digit() { next.next().map_or(own, char::from) } else { own };
    version.chars().map(put).collect()
}

/// Where a migration's version and name stand in its files' paths.
struct Naming {
    /// The version as the path writes it; the whole stem where the files are not numbered.
    version: String,
    /// The name as the path writes it; perhaps empty.
    name: String,
    /// Flyway writes 1.2 as `1_2` too.
    underscored: bool,
    numbered: bool,
}

impl Naming {
    fn of(history: &History, model: &Migration, path: &str) -> Option<Naming> {
        let numbered = model.version.starts_with(|first: char| first.is_ascii_digit());
        let underscored = model.version.replace('.', "_");
        let is_underscored = underscored != model.version && path.contains(&underscored);
        let version = if is_underscored { underscored } else { model.version.clone() };
        let part = path.rsplit('/').find(|part| part.contains(&version))?;
        let rest = &part[part.find(&version)? + version.len()..];
        let rest = rest.trim_start_matches(['_', '-', ' ']);
        let name =
            if numbered { rest.split('.').next().unwrap_or_default().to_owned() } else { String::new() };
        (history.layout.writing.is_some()).then_some(Naming {
            version,
            name,
            underscored: is_underscored,
            numbered,
        })
    }

    /// The path with the new version and name in it.
    fn renamed(&self, path: &str, new: &NewMigration) -> Option<String> {
        let at = path.rfind(&self.version)?;
        let (before, rest) = (&path[..at], &path[at + self.version.len()..]);
        let version = if self.underscored { new.version.replace('.', "_") } else { new.version.clone() };
        let Some(name) = &new.name else { return Some(format!("{before}{version}{rest}")) };
        let dashed = self.name.contains('-') && !self.name.contains('_');
        let name = if dashed { name.replace(' ', "-") } else { name.replace(' ', "_") };
        Some(match (self.numbered, self.name.is_empty() || !rest.contains(&self.name)) {
            (true, false) => format!("{before}{version}{}", rest.replacen(&self.name, &name, 1)),
            (true, true) => format!("{before}{version}{rest}"),
            (false, _) => format!("{before}{version}_{name}{rest}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_counted_up_in_their_own_style() {
        for (version, next) in [
            ("002", "003"),
            ("9", "10"),
            ("0099", "0100"),
            ("1.2", "1.3"),
            ("002b", "003"),
            ("20240115093000", "20240115093001"),
            ("20240115095959", "20240115100000"),
            ("20241228235959", "20250101000000"),
            ("2024-01-15-093059", "2024-01-15-093100"),
            ("2024_01_15", "2024_01_16"),
            ("1705311000", "1705311001"),
            ("1705311999999", "1705312000000"),
        ] {
            assert_eq!(next_version(version, 1), next, "{version}");
        }
        assert_eq!(next_version("020", 10), "030");
    }
}
