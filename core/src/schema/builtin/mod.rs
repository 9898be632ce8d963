//! What every database has and what the contrib extensions bring: types, functions, operators, casts, operator classes and
//! relations, in `catalog.txt`, which `cargo xtask oracle builtins` writes by asking real servers.
//!
//! The file is one text of sections in order of their names, `[pg_catalog]` and one for each extension. A section's lines
//! are in order: a letter for the kind, a name, and the items of that name. An item that not every version has ends in
//! `@15+`, `@-16` or `@15..17`. The kinds:
//!
//! - `x`: an extension that a server offers; its items are those that it requires.
//! - `t`: a type, see [`TypeFacts`]. `N!(;=integer` is the category, preferred or not, takes modifiers or not (and so on),
//!   and how `format_type()` writes it.
//! - `f`: a function, an item each of its [`Signature`]s: `int4,int4>int8/s*`.
//! - `o`: an operator, likewise; of a prefix operator the left side is empty.
//! - `c`: the casts from a type: `text/ib` is implicit (or `a`: in assignments, `e`: written out) and changes nothing.
//! - `k`: the operator classes of an access method: `int4_ops:int4!` is the default one for its type.
//! - `r`: a table or view: its columns with their types, in order.
//!
//! A type goes by its name in `pg_type`, an array by its element's with brackets.

use std::sync::OnceLock;

use super::search;
use crate::sorted;
use crate::sql::command::Volatility;

/// The file, which the page loads beside its module.
const EMBEDDED: &str = if cfg!(target_arch = "wasm32") { "" } else { include_str!("catalog.txt") };

static TAKEN: OnceLock<String> = OnceLock::new();

/// Takes the text of `catalog.txt`, which is not part of a WebAssembly module, before anything else is asked of this crate.
pub fn take_catalog(text: String) {
    let _ = TAKEN.set(text);
}

fn text() -> &'static str {
    TAKEN.get().map_or(EMBEDDED, String::as_str)
}

/// The section of what every database has.
pub const CORE: &str = "pg_catalog";

/// The lines of a section.
struct Section {
    name: &'static str,
    lines: Vec<Line>,
    /// The lines' places, by the number of what they are searched by.
    by_number: Vec<(u32, u32)>,
}

/// A line, taken apart: it is searched for more often than any other thing.
struct Line {
    kind: u8,
    name: &'static str,
    /// The name with the version of an extension's own line.
    marked: &'static str,
    items: &'static str,
}

/// The names of all sections.
pub fn sections() -> impl Iterator<Item = &'static str> {
    catalog().iter().map(|section| section.name)
}

fn catalog() -> &'static [Section] {
    static SECTIONS: OnceLock<Vec<Section>> = OnceLock::new();
    SECTIONS.get_or_init(|| {
        let mut sections: Vec<Section> = Vec::new();
        for line in text().lines().filter(|line| !line.starts_with("# ")) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => sections.push(Section { name, lines: Vec::new(), by_number: Vec::new() }),
                None => {
                    if let Some(section) = sections.last_mut() {
                        section.lines.push(parted(line));
                    }
                }
            }
        }
        for section in &mut sections {
            let numbers = section.lines.iter().zip(0..).map(|(line, place)| (line.number(), place));
            section.by_number = numbers.collect();
            sorted::sort_by_key(&mut section.by_number, |(number, _)| *number);
        }
        sections
    })
}

impl Line {
    fn number(&self) -> u32 {
        number(self.kind, self.name)
    }
}

fn parted(line: &'static str) -> Line {
    let kind = line.bytes().next().unwrap_or_default();
    let rest = line.get(2..).unwrap_or_default();
    let (marked, items) = rest.split_once(' ').unwrap_or((rest, ""));
    let name = if kind == b'x' { marked.split('@').next().unwrap_or(marked) } else { marked };
    Line { kind, name, marked, items }
}

fn line(section: &str, kind: u8, name: &str) -> Option<&'static Line> {
    let sections = catalog();
    let found = sections.binary_search_by(|own| own.name.cmp(section)).ok()?;
    let Section { lines, by_number, .. } = &sections[found];
    let wanted = number(kind, name);
    let first = by_number.partition_point(|(own, _)| *own < wanted);
    by_number[first..]
        .iter()
        .take_while(|(own, _)| *own == wanted)
        .map(|(_, place)| &lines[*place as usize])
        .find(|line| line.kind == kind && line.name == name)
}

/// What a line is searched by: numbers are compared faster than names.
fn number(kind: u8, name: &str) -> u32 {
    search::number(&[name]).rotate_left(u32::from(kind))
}

/// The items of that kind and name that a server of that version has.
pub fn items(section: &str, kind: u8, name: &str, version: u32) -> impl Iterator<Item = &'static str> {
    let items = line(section, kind, name).map_or("", |line| line.items);
    items.split_ascii_whitespace().filter_map(move |item| of_version(item, version))
}

/// The item without its mark, where that version has it.
fn of_version(item: &'static str, version: u32) -> Option<&'static str> {
    // Few have a mark, and this is asked of very many. A plain loop is faster than a search made for long texts.
    let Some(at) = item.bytes().rposition(|byte| byte == b'@') else { return Some(item) };
    let (bare, mark) = (&item[..at], &item[at + 1..]);
    let number = |text: &str| text.parse::<u32>().ok();
    let has = if let Some(first) = mark.strip_suffix('+') {
        version >= number(first)?
    } else if let Some(last) = mark.strip_prefix('-') {
        version <= number(last)?
    } else {
        let (first, last) = mark.split_once("..")?;
        (number(first)?..=number(last)?).contains(&version)
    };
    has.then_some(bare)
}

/// Does the section have anything of that kind and name, in any version?
pub fn has(section: &str, kind: u8, name: &str) -> bool {
    line(section, kind, name).is_some()
}

/// Is it an extension of which everything is known?
pub fn is_known_extension(name: &str) -> bool {
    has(CORE, b'x', name)
}

/// Does a server of that version offer this known extension?
pub fn offers_extension(name: &str, version: u32) -> bool {
    line(CORE, b'x', name)
        .is_some_and(|line| !line.marked.contains('@') || of_version(line.marked, version).is_some())
}

/// The names of a kind in a section, in order.
pub fn names(section: &str, kind: u8) -> impl Iterator<Item = &'static str> {
    let sections = catalog();
    let found = sections.binary_search_by(|own| own.name.cmp(section)).ok();
    let lines = found.map_or(&[][..], |found| &sections[found].lines);
    lines.iter().filter(move |line| line.kind == kind).map(|line| line.name)
}

/// The extension that brings a type of that name.
pub fn extension_of_type(name: &str) -> Option<&'static str> {
    sections().find(|section| *section != CORE && has(section, b't', name))
}

/// What is known of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeFacts {
    /// Its name in `pg_type`.
    pub name: &'static str,
    flags: &'static str,
    rest: &'static str,
}

/// A type by its name in `pg_type`; no arrays.
pub fn type_facts(section: &str, name: &str) -> Option<TypeFacts> {
    let Line { name, items: item, .. } = *line(section, b't', name)?;
    let item = item.split('@').next().unwrap_or(item);
    let (flags, rest) = item.split_once(';').unwrap_or((item, ""));
    Some(TypeFacts { name, flags, rest })
}

impl TypeFacts {
    /// `pg_type.typcategory`: `N` of numbers, `S` of strings …
    pub fn category(&self) -> u8 {
        self.flags.as_bytes().first().copied().unwrap_or(b'U')
    }

    /// Preferred among those of its category.
    pub fn is_preferred(&self) -> bool {
        self.flags.contains('!')
    }

    /// One that no column can have.
    pub fn is_pseudo(&self) -> bool {
        self.flags.contains('p')
    }

    /// Can modifiers stand behind it?
    pub fn takes_modifiers(&self) -> bool {
        self.flags.contains('(')
    }

    /// May what a text means as a value of it depend on settings?
    pub fn is_read_by_settings(&self) -> bool {
        self.flags.contains('>')
    }

    /// May how it is written as a text depend on settings?
    pub fn is_written_by_settings(&self) -> bool {
        self.flags.contains('<')
    }

    fn part(&self, mark: char) -> Option<&'static str> {
        self.rest.split(';').find_map(|part| part.strip_prefix(mark))
    }

    /// What its elements are, of a type of fixed parts such as `point`.
    pub fn element(&self) -> Option<&'static str> {
        self.part('[')
    }

    /// What a range is of.
    pub fn subtype(&self) -> Option<&'static str> {
        self.part('^')
    }

    /// What a multirange is of.
    pub fn range(&self) -> Option<&'static str> {
        self.part('*')
    }

    /// How `format_type()` writes it, where that is not its name; a blank is an underscore.
    pub fn shown(&self) -> Option<&'static str> {
        self.part('=')
    }
}

/// What a function or operator takes and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The types of its arguments, with commas between.
    arguments: &'static str,
    /// The type that it gives.
    pub result: &'static str,
    flags: &'static str,
    /// The names of its arguments, with commas between, where some have defaults.
    pub names: &'static str,
    columns: &'static str,
}

impl Signature {
    /// From an item.
    pub fn parse(item: &'static str) -> Signature {
        let (item, columns) = item.split_once('{').unwrap_or((item, ""));
        let (item, names) = item.split_once('?').unwrap_or((item, ""));
        let (arguments, result) = item.split_once('>').unwrap_or((item, ""));
        let (result, flags) = result.split_once('/').unwrap_or((result, ""));
        Signature { arguments, result, flags, names, columns }
    }

    /// The types of its arguments; the first of a prefix operator is empty.
    pub fn arguments(&self) -> impl Iterator<Item = &'static str> {
        let none = self.arguments.is_empty();
        self.arguments.split(',').filter(move |_| !none)
    }

    /// Its volatility.
    pub fn volatility(&self) -> Volatility {
        if self.flags.contains('v') {
            Volatility::Volatile
        } else if self.flags.contains('s') {
            Volatility::Stable
        } else {
            Volatility::Immutable
        }
    }

    /// An aggregate.
    pub fn is_aggregate(&self) -> bool {
        self.flags.contains('a')
    }

    /// A window function.
    pub fn is_window(&self) -> bool {
        self.flags.contains('w')
    }

    /// A procedure.
    pub fn is_procedure(&self) -> bool {
        self.flags.contains('p')
    }

    /// Gives a set.
    pub fn gives_set(&self) -> bool {
        self.flags.contains('*')
    }

    /// Takes any number of its last argument.
    pub fn is_variadic(&self) -> bool {
        self.flags.contains('.')
    }

    /// How many of its arguments, from the last, can be left out.
    pub fn defaults(&self) -> usize {
        let digits =
            self.flags.find(|flag: char| flag.is_ascii_digit()).map_or("", |start| &self.flags[start..]);
        digits.parse().unwrap_or(0)
    }

    /// The columns of the row that it gives.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.columns.split(',').filter_map(|column| column.split_once(':'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_for_the_search() {
        for section in catalog() {
            let keys: Vec<_> = section.lines.iter().map(|line| (line.kind, line.name)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{}", section.name);
        }
        assert!(catalog().windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn facts_are_those_of_the_version() {
        let count = |version| items(CORE, b'f', "random", version).count();
        assert_eq!((count(16), count(17)), (1, 4));
        assert!(offers_extension("adminpack", 16) && !offers_extension("adminpack", 17));
        assert!(is_known_extension("adminpack") && !is_known_extension("postgis"));
        assert_eq!(items(CORE, b'x', "earthdistance", 18).collect::<Vec<_>>(), ["cube"]);
    }

    #[test]
    fn a_signature_is_read() {
        let item = items(CORE, b'f', "make_interval", 18).next().unwrap();
        let signature = Signature::parse(item);
        assert_eq!((signature.arguments().count(), signature.defaults()), (7, 7));
        assert_eq!((signature.result, signature.volatility()), ("interval", Volatility::Immutable));
        assert!(signature.names.starts_with("years,months"));
        let each = Signature::parse(items(CORE, b'f', "json_each", 18).next().unwrap());
        assert!(each.gives_set());
        assert_eq!(each.columns().collect::<Vec<_>>(), [("key", "text"), ("value", "json")]);
    }

    #[test]
    fn a_type_has_its_facts() {
        let text = type_facts(CORE, "text").unwrap();
        assert!(text.is_preferred() && text.category() == b'S');
        assert_eq!(type_facts(CORE, "int4range").unwrap().subtype(), Some("int4"));
        assert_eq!(type_facts(CORE, "int8").unwrap().shown(), Some("bigint"));
        assert_eq!(type_facts("hstore", "hstore").unwrap().category(), b'U');
        assert_eq!(extension_of_type("citext"), Some("citext"));
    }
}
