//! Debian's and Ubuntu's packages.

use crate::Outcome;
use crate::process::{answer, command, find, run};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Whether this system has apt.
pub fn is_here() -> bool {
    find("apt-get").is_some()
}

/// Whether apt offers every one of these packages, going by lists that are fresh from today's run.
pub fn offers(packages: &[String]) -> Outcome<bool> {
    refresh()?;
    let policy = |package: &String| answer(command("apt-cache").arg("policy").arg(package));
    Ok(packages.iter().all(|package| policy(package).is_some_and(|text| has_candidate(&text))))
}

/// Installs packages, as root or with sudo.
pub fn install(packages: &[String], why: &str) -> Outcome {
    refresh()?;
    super::announce(&format!("{} (apt)", packages.join(" ")), why);
    // Of hundreds of lines about unpacking, only errors are of interest, which go to standard error.
    run(apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(packages).stdout(Stdio::null()))
}

/// Fetches the package lists, once a run: on a fresh machine there are none, on an old one they name what is gone.
fn refresh() -> Outcome {
    static DONE: OnceLock<Outcome> = OnceLock::new();
    DONE.get_or_init(|| {
        println!("xtask: reading apt's package lists");
        run(apt_get()?.args(["update", "--quiet=2"]))
    })
    .clone()
}

fn apt_get() -> Outcome<Command> {
    let is_root = answer(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut apt_get = if is_root {
        command("env")
    } else if find("sudo").is_some() {
        let mut sudo = command("sudo");
        sudo.arg("env");
        sudo
    } else {
        return Err("apt needs root, and there is no sudo: run this once as root".into());
    };
    apt_get.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(apt_get)
}

fn has_candidate(policy: &str) -> bool {
    policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate:"))
        .is_some_and(|version| version.trim() != "(none)")
}

#[cfg(test)]
mod tests {
    use super::has_candidate;

    #[test]
    fn a_package_is_offered_when_there_is_a_version_to_install() {
        assert!(has_candidate("clang-22:\n  Installed: (none)\n  Candidate: 1:22.1.8-1\n"));
        assert!(!has_candidate("chromium:\n  Installed: (none)\n  Candidate: (none)\n"));
        assert!(!has_candidate(""));
    }
}
