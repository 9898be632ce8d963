//! Scripts that no tool but psql runs, one file after the other.

use super::file_name::{FileName, compare_versions};
use super::named::{Named, Pairing, assemble};
use super::{Commands, Draft, Files, Runner, Wrapping};
use crate::sorted;

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
            let script = file.script(RUNNER.wrapping.mode(file.text()));
            (index, Named { name: FileName::parse(&file.path), script, beside: None })
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
    assemble(scripts.into_iter().map(|(_, named)| named).collect(), Pairing::Evidence)
}
