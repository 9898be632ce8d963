//! refinery: `V1__add_users.sql`, and `U1__…` for versions that came out of order.
//! <https://docs.rs/refinery>

use super::file_name::{compare_versions, words};
use super::flyway::Name;
use super::{
    Commands, Draft, Files, Layout, Migration, Outside, Place, Recognition, Runner, Strength,
    TransactionMode, Writing,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "refinery",
    title: "refinery",
    recognise,
    read,
    runner: Runner {
        goes_back: false,
        ..Runner::in_transactions("refinery runs each migration in a transaction.")
    },
    down: Place::Letter("V", "U"),
    commands: Commands {
        run: "refinery migrate --env-var DATABASE_URL --path migrations",
        status: "psql \"$DATABASE_URL\" --command 'SELECT * FROM refinery_schema_history ORDER BY version'",
        roll_back: "# refinery has no way back: run the script, then delete the migration's row from refinery_schema_history\n\
                    psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file {file}",
        create: "touch migrations/V{name}.sql",
    },
    writing: Writing::files(Outside::Never),
};

/// Its names are Flyway's too: only a manifest that names it tells.
fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| Name::parse(file.name()).is_some()).count();
    let manifest = files.iter().any(|file| {
        matches!(file.name(), "Cargo.toml" | "refinery.toml")
            && (file.name() == "refinery.toml"
                || file.text().lines().any(|line| line.trim_start().starts_with("refinery")))
    });
    (count > 0 && manifest).then(|| Recognition {
        strength: Strength::Marker,
        files: count + 1,
        reason: "A manifest names refinery, and files are named V<version>__<name>.sql.".to_owned(),
    })
}

fn read(files: &Files<'_>) -> Draft {
    let migrations = files.iter().filter_map(|file| {
        let name = Name::parse(file.name()).filter(|name| matches!(name.kind, 'V' | 'U'))?;
        Some(Migration {
            version: name.version.to_owned(),
            name: words(name.description),
            up: file.script(TransactionMode::Single),
            down: None,
            under_review: true,
        })
    });
    let mut draft = Draft { migrations: migrations.collect(), ..Draft::default() };
    sorted::sort_by(&mut draft.migrations, |a, b| compare_versions(&a.version, &b.version));
    draft
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn a_manifest_tells() {
        let read = histories(&[
            ("Cargo.toml", "[dependencies]\nrefinery = \"0.8\"\n"),
            ("migrations/V2__b.sql", "SELECT 1;"),
            ("migrations/V1__a.sql", "SELECT 1;"),
            ("migrations/U10__c.sql", "SELECT 1;"),
        ]);
        let expected = [
            "refinery",
            "1 [a]: V1__a.sql (single) <- no way back",
            "2 [b]: V2__b.sql (single) <- no way back",
            "10 [c]: U10__c.sql (single) <- no way back",
            "aside: Not an SQL file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
