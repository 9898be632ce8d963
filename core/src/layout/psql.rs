//! Scripts that no tool but psql runs, one file after the other.

use super::file_name::compare_versions;
use super::named::{Named, Pairing, assemble};
use super::{Commands, Draft, File, Files, Runner, Script, SetAside, TransactionMode, Wrapping, outline};
use crate::sorted::{self, Set};
use crate::sql::{Lexeme, Scanner};

/// How psql runs a script.
pub(super) const RUNNER: Runner = Runner {
    wrapping: Wrapping::EachStatement,
    one_transaction: false,
    psql: true,
    goes_back: true,
    sentence: "psql sends one statement after the other, and each commits by itself unless the script says BEGIN.",
};

/// psql on single files; `create` says how the next file is named.
pub(super) const fn commands(create: &'static str) -> Commands {
    Commands {
        run: "psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --file {file}",
        status: "psql \"$DATABASE_URL\" --command '\\d'   # nothing records which scripts have run",
        roll_back: "psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --file {file}",
        create,
    }
}

/// All SQL files, by their names.
pub(super) fn read(files: &Files<'_>) -> Draft {
    let mut scripts: Vec<(usize, Named)> = files
        .sql()
        .enumerate()
        .map(|(index, file)| {
            let script = script(file, RUNNER.wrapping.mode(file.text()));
            (index, Named { name: file.says().clone(), script, beside: None })
        })
        .collect();
    // Files come in any order, the parts of one paste in the order they are meant to run.
    sorted::sort_by(&mut scripts, |(first, a), (second, b)| {
        if a.script.file == b.script.file {
            return first.cmp(second);
        }
        let by_folder =
            compare_versions(&a.name.folder, &b.name.folder).then_with(|| a.name.folder.cmp(&b.name.folder));
        by_folder
            .then_with(|| compare_versions(&a.name.stem, &b.name.stem))
            .then_with(|| a.name.stem.cmp(&b.name.stem))
    });
    let mut scripts: Vec<Named> = scripts.into_iter().map(|(_, named)| named).collect();
    let snapshots: Vec<Named> = match snapshot_names(&scripts) {
        names if names.is_empty() => Vec::new(),
        names => scripts.extract_if(.., |named| is_snapshot(named, &names)).collect(),
    };
    let mut draft = assemble(scripts, Pairing::Evidence);
    draft.set_aside.extend(snapshots.into_iter().map(|named| SetAside {
        file: named.script.file,
        range: named.script.range,
        reason: "It creates what the numbered files create: where these lead, for new databases.".to_owned(),
    }));
    draft
}

/// The tables that numbered files create, where nearly all files are numbered.
fn snapshot_names(scripts: &[Named]) -> Set<String> {
    let numbered = || scripts.iter().filter(|named| named.name.version.is_some());
    let others = scripts.len() - numbered().count();
    if others == 0 || others * 4 > scripts.len() {
        return Set::default();
    }
    numbered().flat_map(|named| outline::created_tables(&named.script.text)).collect()
}

fn is_snapshot(named: &Named, created: &Set<String>) -> bool {
    let own = || outline::created_tables(&named.script.text);
    named.name.version.is_none() && own().any(|table| created.contains(&table))
}

/// A file that psql runs.
pub(super) fn script(file: &File<'_>, transaction: TransactionMode) -> Script {
    file.script_of(&without_variables(file.text()), transaction)
}

/// psql puts values for `:name`, `:'name'` and `:"name"`; which is not known, so each becomes a name or a string of
/// as many bytes (PostgreSQL manual, psql, "SQL Interpolation").
fn without_variables(text: &str) -> String {
    if !text.contains(':') {
        return text.to_owned();
    }
    let mut plain = text.as_bytes().to_vec();
    let mut before: Option<(usize, u8)> = None;
    for lex in Scanner::new(text, 0) {
        if let Some((colon, previous)) = before.take()
            && lex.range.start == colon + 1
        {
            match lex.kind {
                // An array's slice has a colon too: [1:n], [:n].
                Lexeme::Word if !previous.is_ascii_alphanumeric() && !b"[])_\"".contains(&previous) => {
                    plain[colon] = b'_';
                }
                Lexeme::String if text[lex.range.clone()].starts_with('\'') => plain[colon] = b' ',
                Lexeme::QuotedName if text[lex.range.clone()].starts_with('"') => plain[colon] = b' ',
                _ => {}
            }
        }
        if &text[lex.range.clone()] == ":" {
            let previous = lex.range.start.checked_sub(1).map_or(b' ', |at| text.as_bytes()[at]);
            before = Some((lex.range.start, previous));
        }
    }
    // Single bytes of ASCII took the place of such.
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::without_variables;

    #[test]
    fn variables_become_names_and_strings() {
        for (text, expected) in [
            ("CREATE TABLE :schema.t (a int);", "CREATE TABLE _schema.t (a int);"),
            ("SELECT :'value', :\"name\";", "SELECT  'value',  \"name\";"),
            (
                "SELECT a::int, b[1:n], b[:n], ':x', now() + :x;",
                "SELECT a::int, b[1:n], b[:n], ':x', now() + _x;",
            ),
            ("x := 1; -- :y", "x := 1; -- :y"),
            ("$$ :x é $$, :x", "$$ :x é $$, _x"),
        ] {
            assert_eq!(without_variables(text), expected);
        }
    }
}
