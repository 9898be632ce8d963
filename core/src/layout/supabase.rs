//! Supabase: `supabase/migrations/20240115093000_add_users.sql`.
//! <https://supabase.com/docs/guides/deployment/database-migrations>

use super::file_name::FileName;
use super::named::{Pairing, assemble, named};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, Wrapping, Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "supabase",
    title: "Supabase",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::SimpleQuery,
        goes_back: false,
        ..Runner::in_transactions(
            "Supabase sends all statements of a migration at once, which PostgreSQL runs as one transaction \
             unless it is a single statement.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "supabase db push",
        status: "supabase migration list",
        roll_back: "# Supabase has no way back: run the script, then mark the migration\n\
                    psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file {file}\n\
                    supabase migration repair --status reverted {migration}",
        create: "supabase migration new {name}",
    },
    writing: Writing::files(Outside::Alone),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| is_migration(file)).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "The files are in supabase/migrations.".to_owned(),
    })
}

fn is_migration(file: &File<'_>) -> bool {
    let folder = file.folder_path();
    let placed = folder == "supabase/migrations" || folder.ends_with("/supabase/migrations");
    placed && file.is_sql() && FileName::parse(file.name()).version.is_some()
}

fn read(files: &Files<'_>) -> Draft {
    let own = || files.iter().filter(|file| is_migration(file));
    let mode = |file: &File<'_>| LAYOUT.runner.wrapping.mode(file.text());
    let scripts = match own().next() {
        Some(_) => named(own(), mode),
        // Asked for by name, it reads what has a number wherever it is.
        None => named(files.numbered(), mode),
    };
    assemble(scripts, Pairing::Evidence)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn by_its_folder() {
        let read = histories(&[
            ("supabase/migrations/20240101000000_a.sql", "SELECT 1; SELECT 2;"),
            ("supabase/migrations/20240102000000_b.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"),
            ("supabase/seed.sql", "SELECT 1;"),
        ]);
        let expected = [
            "supabase",
            "20240101000000 [a]: 20240101000000_a.sql (single) <- no way back",
            "20240102000000 [b]: 20240102000000_b.sql (none) <- no way back",
            "aside: Supabase would not run this file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
