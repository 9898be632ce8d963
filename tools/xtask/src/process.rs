//! Running other programs.

use crate::{Outcome, repository};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program to be run at the root of the repository.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repository::root());
    command
}

/// Runs it, its output going where ours goes; an exit status other than 0 is an error.
pub fn run(command: &mut Command) -> Outcome {
    let name = name(command);
    let status = command.status().map_err(|error| format!("cannot run {name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// Runs it and gives what it wrote to standard output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let name = name(command);
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot run {name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} failed ({})", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{name} printed something that is not UTF-8"))
}

/// Runs it beside others: what it writes is given when it has ended, or is part of the error.
pub fn record(command: &mut Command) -> Outcome<String> {
    let name = name(command);
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {name}: {error}"))?;
    let written =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    if output.status.success() {
        Ok(written)
    } else {
        Err(format!("{name} failed ({}):\n{written}", output.status))
    }
}

/// What it writes to standard output, or nothing where it is missing or fails: for asking what is installed.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The program's full path, if `PATH` has it.
pub fn find(program: &str) -> Option<PathBuf> {
    let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&program))
        .find(|path| path.is_file())
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_an_error_that_names_it() {
        let error = run(command("cargo").args(["no-such-command"]).stderr(Stdio::null())).unwrap_err();
        assert!(error.starts_with("cargo failed"), "{error}");
        let error = run(&mut command("no-such-program")).unwrap_err();
        assert!(error.starts_with("cannot run no-such-program"), "{error}");
    }

    #[test]
    fn what_a_recorded_program_wrote_is_kept_when_it_fails() {
        assert!(record(command("cargo").arg("--version")).unwrap().starts_with("cargo "));
        let error = record(command("cargo").args(["no-such-command"])).unwrap_err();
        assert!(error.starts_with("cargo failed") && error.contains("no-such-command"), "{error}");
    }

    #[test]
    fn only_what_is_on_the_path_is_found() {
        assert!(find("cargo").is_some());
        assert_eq!(find("no-such-program"), None);
        assert_eq!(answer(&mut command("no-such-program")), None);
    }
}
