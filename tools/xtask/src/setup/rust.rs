//! The toolchain of `rust-toolchain.toml`, with its targets and components.

use crate::process::{answer, command, run};
use crate::repository::{self, Toolchain};
use crate::{Outcome, setup};

/// Adds what the toolchain lacks: rustup does so by itself only for a toolchain that it installs itself.
pub fn toolchain() -> Outcome {
    let Toolchain { channel, targets, components } = repository::toolchain()?;
    for (kind, wanted, why) in [
        ("target", targets, "the page is compiled to it"),
        ("component", components, "the page is compiled, or the code checked, with it"),
    ] {
        let list = [kind, "list", "--installed", "--toolchain", &channel];
        let installed = answer(command("rustup").args(list)).ok_or_else(|| {
            format!("rustup has no toolchain {channel}: run `rustup toolchain install {channel}`")
        })?;
        for missing in wanted.iter().filter(|name| !lists(&installed, name)) {
            setup::announce(&format!("Rust's {kind} {missing} (rustup)"), why);
            run(command("rustup").args([kind, "add", "--toolchain", &channel, missing]))?;
        }
    }
    Ok(())
}

/// Whether rustup's list has the name, which for components has the host's triple after it.
fn lists(installed: &str, name: &str) -> bool {
    installed
        .lines()
        .any(|line| line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn a_component_is_listed_with_or_without_its_host() {
        let installed =
            "clippy-x86_64-unknown-linux-gnu\nrust-std-wasm32-unknown-unknown\nwasm32-unknown-unknown\n";
        for (name, expected) in
            [("clippy", true), ("wasm32-unknown-unknown", true), ("rustfmt", false), ("clip", false)]
        {
            assert_eq!(lists(installed, name), expected, "{name}");
        }
    }
}
