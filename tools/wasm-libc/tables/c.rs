//! C as Bison and flex write it: tables of numbers, and numbers with a name.

/// The definition of a table.
pub fn definition<'s>(source: &'s str, name: &str) -> &'s str {
    let at = source.find(&format!(" {name}[")).unwrap_or_else(|| panic!("there is no {name}"));
    let start = source[..at].rfind("static").expect("a table is static");
    let end = at + source[at..].find(';').expect("a definition ends") + 1;
    &source[start..end]
}

/// The numbers of a table.
pub fn numbers(source: &str, name: &str) -> Vec<i32> {
    let (_, list) = definition(source, name).split_once('=').expect("a table is filled");
    let words = list.split(|letter: char| !letter.is_ascii_digit() && letter != '-');
    let numbers = words.filter(|word| !word.is_empty()).map(|word| word.parse());
    numbers.collect::<Result<_, _>>().unwrap_or_else(|_| panic!("{name} is no table of numbers"))
}

/// The line that defines a number.
pub fn definition_line<'s>(source: &'s str, name: &str) -> &'s str {
    let is_it = |line: &&str| line.starts_with(&format!("#define {name} "));
    source.lines().find(is_it).unwrap_or_else(|| panic!("there is no {name}"))
}

/// That number.
pub fn defined(source: &str, name: &str) -> i32 {
    let words = definition_line(source, name).split_whitespace();
    words.last().and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("{name} is no number"))
}

/// The definition of one more table.
pub fn array<T: ToString>(kind: &str, name: &str, values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    format!("\nstatic const {kind} {name}[] = {{{}}};\n", values.join(","))
}
