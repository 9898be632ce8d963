//! What every database has and what the contrib extensions bring, asked of real servers and written for the simulator.

use std::collections::BTreeMap;
use std::path::Path;

use crate::database::make;
use crate::server::Server;
use crate::{Outcome, catalog};

/// Where the simulator reads it.
pub const FILE: &str = "../../core/src/schema/builtin/catalog.txt";

const HEAD: &str = "\
# What PostgreSQL 14 to 18 and their contrib extensions bring. Written by `cargo xtask oracle builtins`; see mod.rs.
";

/// A line of the file but for its items: section, kind, name.
type Key = (String, String, String);

/// Versions.
type Majors = Vec<u32>;

/// A line of the file: the versions that have it, and those that have each of its items.
type Line<'a> = (Majors, Vec<(&'a str, Majors)>);

/// What one server has: the items of each line, in order.
pub struct Builtins {
    major: u32,
    lines: BTreeMap<Key, Vec<String>>,
}

/// Asks one server.
pub fn read(server: &Server) -> Outcome<Builtins> {
    let reader = catalog::Reader::new(server.major);
    let mut connection = make(server, &reader, "builtins")?;
    for row in connection.ask("SELECT name FROM pg_available_extensions ORDER BY name")? {
        let name = row.into_iter().next().flatten().unwrap_or_default();
        // Those that bring a language need its interpreter, which need not be installed.
        let _ = connection.query(&format!("CREATE EXTENSION IF NOT EXISTS \"{name}\" CASCADE"))?;
    }
    let mut lines: BTreeMap<Key, Vec<String>> = BTreeMap::new();
    let query = format!("SET search_path = pg_catalog, public; {}", include_str!("read.sql"));
    for row in connection.ask(&query)? {
        let [Some(section), Some(kind), Some(name), item] = row.as_slice() else { continue };
        let items = lines.entry((section.clone(), kind.clone(), name.clone())).or_default();
        items.extend(item.clone());
        if kind != "r" {
            items.sort();
        }
    }
    Ok(Builtins { major: server.major, lines })
}

/// One file for all versions, newest first in `all`: what not all of them have is marked.
pub fn write(all: &[Builtins]) -> Outcome {
    let mut merged: BTreeMap<&Key, Line> = BTreeMap::new();
    for one in all {
        for (key, own) in &one.lines {
            let (majors, items) = merged.entry(key).or_default();
            majors.push(one.major);
            let mut place = 0;
            for item in own {
                match items.iter().position(|(known, _)| known == item) {
                    Some(known) => {
                        items[known].1.push(one.major);
                        place = known + 1;
                    }
                    None => {
                        items.insert(place, (item, vec![one.major]));
                        place += 1;
                    }
                }
            }
        }
    }
    let mut text = HEAD.to_owned();
    let mut section = "";
    for ((own, kind, name), (majors, mut items)) in merged {
        if own != section {
            section = own;
            text += &format!("[{section}]\n");
        }
        text += &format!("{kind} {name}");
        if items.is_empty() {
            text += &mark(&majors, all);
        }
        if kind != "r" {
            items.sort();
        }
        for (item, majors) in items {
            text += &format!(" {item}{}", mark(&majors, all));
        }
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// `@15+`, `@-16`, `@15..17`: the versions that have it; nothing where all have.
fn mark(majors: &[u32], all: &[Builtins]) -> String {
    let (Some(newest), Some(oldest)) = (all.first(), all.last()) else { return String::new() };
    let (Some(&last), Some(&first)) = (majors.iter().max(), majors.iter().min()) else {
        return String::new();
    };
    match (first == oldest.major, last == newest.major) {
        (true, true) => String::new(),
        (false, true) => format!("@{first}+"),
        (true, false) => format!("@-{last}"),
        (false, false) => format!("@{first}..{last}"),
    }
}
