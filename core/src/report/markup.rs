//! Markdown, written so that no text of a migration can break out of its place.

use std::fmt::Write;

/// Text between other text: what Markdown or HTML would take for markup is escaped.
pub fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let mut before = ' ';
    let mut characters = plain.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        match character {
            // Inside of a word it is no markup.
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '<' | '>' | '~' | '#' => {
                out.push('\\');
                out.push(character);
            }
            '&' => out += "&amp;",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = character;
    }
    out
}

/// A message of ours, in which names are set as code.
pub fn prose(message: &str) -> String {
    words(message, |name| name)
}

/// The same, and what is in the schema public goes without its name.
pub fn prose_in_public(message: &str) -> String {
    words(message, short)
}

fn words(message: &str, shown: fn(&str) -> &str) -> String {
    let words = message.split(' ').map(|word| match name_in(word) {
        Some((before, name, after)) => {
            // A function is named with its parentheses.
            let (call, after) = after.strip_prefix("()").map_or(("", after), |after| ("()", after));
            let name = name.trim_matches('"');
            format!("{}{}{}", text(before), code(&format!("{}{call}", shown(name))), text(after))
        }
        None => text(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What people wrote, in which pairs of backticks mark code.
pub fn with_code(written: &str) -> String {
    if written.matches('`').count() % 2 == 1 {
        return text(written);
    }
    let parts = written.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            1 if !part.trim().is_empty() => code(part),
            _ => text(part),
        })
        .collect()
}

/// The name in a word of a message: what stands in quotes, has a dot or an underscore between letters, or a capital inside
/// (`createdAt`). With what stands around it.
pub fn name_in(word: &str) -> Option<(&str, &str, &str)> {
    let rest = word.trim_start_matches('(');
    let name = rest.trim_end_matches([',', ';', ':', '.', '(', ')', '?']);
    let bare = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name);
    let is_name = bare.len() > 2
        && (bare.starts_with(|c: char| c.is_alphabetic() || c == '_') || bare.ends_with(".sql"))
        && (bare.contains(['.', '_']) || bare.len() < name.len() || has_hump(bare))
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '-'));
    is_name.then(|| (&word[..word.len() - rest.len()], name, &rest[name.len()..]))
}

/// Small letters first, and a capital behind one of them.
fn has_hump(word: &str) -> bool {
    let letters = word.as_bytes();
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && letters.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// A name or a short piece of SQL on one line.
pub fn code(plain: &str) -> String {
    let plain: String = plain.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.replace('|', "\\|");
    let ticks = longest_run(&plain, '`');
    match ticks {
        0 => format!("`{plain}`"),
        _ => {
            let fence = "`".repeat(ticks + 1);
            format!("{fence} {plain} {fence}")
        }
    }
}

/// A fenced block.
pub fn block(language: &str, content: &str) -> String {
    let fence = "`".repeat(longest_run(content, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", content.trim_end())
}

/// A table. The cells are Markdown already.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(header.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

/// A list; `mark` is `-` or `- [ ]`. The items are Markdown already.
pub fn list(mark: &str, items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().map(|item| format!("{mark} {item}\n")).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// The same with no more than `limit` of them named.
pub fn and_more(items: &[String], limit: usize) -> String {
    if items.len() <= limit + 1 {
        return and(items);
    }
    format!("{} and {} more", items[..limit].join(", "), items.len() - limit)
}

/// `one table`, `3 tables`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("one {one}") } else { format!("{number} {many}") }
}

/// The first letter as a capital.
pub fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// `schema.name` without `public.`
pub fn short(name: &str) -> &str {
    name.strip_prefix("public.").unwrap_or(name)
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(text("a_b _c_ <img> [x](y)"), "a_b \\_c\\_ \\<img\\> \\[x\\](y)");
        assert_eq!(code("a `b` c|d"), "`` a `b` c\\|d ``");
        assert_eq!(block("sql", "-- ```\nSELECT 1;\n"), "````sql\n-- ```\nSELECT 1;\n````\n");
        assert_eq!(prose("waits for public.orders, always."), "waits for `public.orders`, always.");
        assert_eq!(prose("5.5 times (idx_a)"), "5.5 times (`idx_a`)");
        assert_eq!(prose_in_public("creates table public.users"), "creates table `users`");
        assert_eq!(prose("createdAt of PostgreSQL (jobId)"), "`createdAt` of PostgreSQL (`jobId`)");
        assert_eq!(prose("relation \"users\" exists"), "relation `users` exists");
        assert_eq!(with_code("drops `a_b`, <b>"), "drops `a_b`, \\<b\\>");
        assert_eq!(with_code("odd ` one"), "odd \\` one");
        assert_eq!(prose("001_a.sql calls f_x()"), "`001_a.sql` calls `f_x()`");
    }

    #[test]
    fn lists_in_words() {
        let items = ["a", "b", "c", "d"].map(str::to_owned);
        assert_eq!((and(&items[..2]), and(&items[..3])), ("a and b".to_owned(), "a, b and c".to_owned()));
        assert_eq!(
            (and_more(&items, 3), and_more(&items, 2)),
            ("a, b, c and d".to_owned(), "a, b and 2 more".to_owned())
        );
    }
}
