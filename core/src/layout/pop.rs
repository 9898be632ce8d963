//! pop and popx: `20240115093000_add_users.postgres.up.sql`, a dialect's file before the one for all.
//! <https://gobuffalo.io/documentation/database/migrations/>

use super::file_name::FileName;
use super::named::{Named, Pairing, assemble};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, SetAside, Strength,
    TransactionMode, Writing, mask,
};
use crate::sorted::Map;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "pop",
    title: "pop",
    recognise,
    read,
    runner: Runner::in_transactions("pop runs each file in a transaction, unless its name says .autocommit."),
    down: Place::Part(".up.", ".down."),
    commands: Commands {
        run: "soda migrate up",
        status: "soda migrate status",
        roll_back: "soda migrate down --step 1",
        create: "soda generate sql {name}",
    },
    writing: Writing::files(Outside::Never),
};

/// How pop calls the databases that a file may be for.
const DIALECTS: &[&str] =
    &["cockroach", "cockroachdb", "mariadb", "mysql", "postgres", "postgresql", "sqlite", "sqlite3"];

/// What a file's name says to pop.
#[derive(Clone)]
struct Name<'a> {
    /// `20240115093000_add_users.up`: what the files of all dialects have in common.
    key: String,
    dialect: Option<&'a str>,
    autocommit: bool,
}

impl<'a> Name<'a> {
    fn parse(file: &'a str) -> Option<Name<'a>> {
        let mut parts = file.split('.');
        let stem = parts.next().filter(|stem| stem.starts_with(|first: char| first.is_ascii_digit()))?;
        let rest: Vec<&str> = parts.collect();
        let (last, middle) = rest.split_last()?;
        let (direction, middle) = middle.split_last().filter(|(word, _)| matches!(**word, "up" | "down"))?;
        last.eq_ignore_ascii_case("sql").then(|| Name {
            key: format!("{stem}.{direction}"),
            dialect: middle.iter().copied().find(|word| DIALECTS.contains(word)),
            autocommit: middle.contains(&"autocommit"),
        })
    }
}

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let own = || files.sql().filter_map(|file| Some((file, Name::parse(file.name())?)));
    let marked = own().any(|(file, name)| {
        name.dialect.is_some() || name.autocommit || file.text().contains("{{ index .Options")
    });
    marked.then(|| Recognition {
        strength: Strength::Marker,
        files: own().count(),
        reason: "File names say for which kind of database they are, or texts have pop's placeholders."
            .to_owned(),
    })
}

fn read(files: &Files<'_>) -> Draft {
    let mut chosen: Map<String, (&File<'_>, Name<'_>)> = Map::default();
    let mut set_aside = Vec::new();
    for file in files.sql() {
        let Some(name) = Name::parse(file.name()) else { continue };
        let is_ours = name.dialect.is_none_or(|dialect| dialect.starts_with("postgres"));
        let rival = chosen.get(&name.key).map(|(other, own)| (*other, own.dialect.is_some()));
        let loser = match rival {
            _ if !is_ours => Some(file),
            Some((_, true)) => Some(file),
            Some((other, false)) => {
                chosen.insert(name.key.clone(), (file, name));
                Some(other)
            }
            None => {
                chosen.insert(name.key.clone(), (file, name));
                None
            }
        };
        set_aside.extend(loser.map(|file| SetAside {
            file: file.id,
            range: file.range.clone(),
            reason: match is_ours {
                true => "There is a file for PostgreSQL in its stead.".to_owned(),
                false => "For another kind of database.".to_owned(),
            },
        }));
    }
    let scripts = chosen.iter().map(|(key, (file, name))| {
        let mode = TransactionMode::unless(name.autocommit);
        let script = file.script_of(&mask::placeholders(file.text(), "{{", "}}"), mode);
        Named { name: FileName::parse(&format!("{key}.sql")), script, beside: None }
    });
    let draft = assemble(scripts.collect(), Pairing::Version);
    Draft { set_aside, ..draft }
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn a_dialect_goes_before_the_generic_file() {
        let read = histories(&[
            ("20240101000000_a.up.sql", "SELECT 1;"),
            ("20240101000000_a.postgres.up.sql", "SELECT 2;"),
            ("20240101000000_a.mysql.up.sql", "SELECT 3;"),
            ("20240101000000_a.down.sql", "SELECT 4;"),
            ("20240102000000_b.autocommit.up.sql", "SELECT {{ index .Options \"x\" }}.f();"),
        ]);
        let expected = [
            "pop",
            "20240101000000 [a]: 20240101000000_a.postgres.up.sql (single) <- 20240101000000_a.down.sql (single)",
            "20240102000000 [b]: 20240102000000_b.autocommit.up.sql (none) <- no way back",
            "aside: There is a file for PostgreSQL in its stead.",
            "aside: For another kind of database.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
