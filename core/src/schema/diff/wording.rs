//! Two definitions side by side, cut to what a line can hold.

/// A line of text shows definitions up to this many characters as they are.
const SHORT: usize = 160;

/// As much of what is the same is shown around a difference.
const CONTEXT: usize = 24;

/// `was a, is b`; of long texts only the part that differs.
pub(super) fn was_is(before: &str, after: &str) -> String {
    if is_short(before) && is_short(after) {
        return format!("was {before}, is {after}");
    }
    let (before, after) = (one_line(before), one_line(after));
    if before == after {
        return "differs in white space".to_owned();
    }
    if is_short(&before) && is_short(&after) {
        return format!("was {before}, is {after}");
    }
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let shorter = old.len().min(new.len());
    let prefix = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let suffix =
        old.iter().rev().zip(new.iter().rev()).take(shorter - prefix).take_while(|(a, b)| a == b).count();
    format!("was {}, is {}", excerpt(&old, prefix, suffix), excerpt(&new, prefix, suffix))
}

/// Are they the same but for white space, casts, the names of NOT NULL constraints and of the moment?
pub(super) fn read_alike(before: &str, after: &str) -> bool {
    let (before, after) = (without_casts(before), without_casts(after));
    essential_words(&before).eq(essential_words(&after))
}

fn essential_words(text: &str) -> impl Iterator<Item = &str> {
    let mut words = text.split_whitespace().peekable();
    std::iter::from_fn(move || {
        let word = words.next()?;
        let mut ahead = words.clone().skip(1);
        if word == "CONSTRAINT" && ahead.next() == Some("NOT") && ahead.next() == Some("NULL") {
            words.next();
            return words.next();
        }
        // The same moment by two names.
        let word = if word.eq_ignore_ascii_case("current_timestamp") { "now()" } else { word };
        Some(word)
    })
}

/// The text without `::type` anywhere.
fn without_casts(text: &str) -> String {
    const MORE: &[&str] = &[" varying", " precision", " without time zone", " with time zone"];
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, cast)) = rest.split_once("::") {
        kept += before;
        rest = cast.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '"'));
        for more in MORE {
            rest = rest.strip_prefix(more).unwrap_or(rest);
        }
        if let Some((digits, behind)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')'))
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        {
            rest = behind;
        }
        rest = rest.strip_prefix("[]").unwrap_or(rest);
    }
    kept + rest
}

/// Casts that a server puts where a value stands for one of a wider type, and that a hand leaves out.
const IMPLIED_CASTS: &[&str] = &[
    "::text",
    "::character varying",
    "::varchar",
    "::numeric",
    "::bigint",
    "::integer",
    "::double precision",
    "::boolean",
];

/// The definition without what one may write and leave out: casts that are implied, and the schema `public`.
pub(super) fn without_the_implied(text: &str) -> String {
    let mut text = text.replace("public.", "");
    for cast in IMPLIED_CASTS {
        // A longer word, an array or a length is another type.
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(cast) {
            plain += before;
            if after.starts_with(|next: char| next.is_alphanumeric() || "_[(".contains(next)) {
                plain += cast;
            }
            rest = after;
        }
        text = plain + rest;
    }
    text
}

/// Does it fit a line as it is?
pub(super) fn is_short(text: &str) -> bool {
    text.len() <= SHORT && !text.contains('\n')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without the first `prefix` and the last `suffix` characters, but for some context.
fn excerpt(text: &[char], prefix: usize, suffix: usize) -> String {
    let from = prefix.saturating_sub(CONTEXT);
    let to = (text.len() - suffix + CONTEXT).min(text.len());
    let to_show = to.min(from + SHORT);
    let cut = |cut: bool| if cut { "…" } else { "" };
    let middle: String = text[from..to_show].iter().collect();
    format!("{}{middle}{}", cut(from > 0), cut(to_show < text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_implied_is_left_out() {
        for (text, plain) in [
            ("on t (f(n::numeric, public.g(c::text)))", "on t (f(n, g(c)))"),
            ("text DEFAULT 'a'::character varying", "text DEFAULT 'a'"),
            ("a::text[] = b::numeric(10,2)", "a::text[] = b::numeric(10,2)"),
            ("a::date", "a::date"),
        ] {
            assert_eq!(without_the_implied(text), plain);
        }
    }

    #[test]
    fn long_texts_are_cut_to_what_differs() {
        let long = |middle: &str| format!("{} {middle} {}", "a".repeat(200), "z".repeat(200));
        let (a, z) = ("a".repeat(23), "z".repeat(23));
        for (before, after, expected) in [
            ("one".to_owned(), "two".to_owned(), "was one, is two".to_owned()),
            ("one\n  line".to_owned(), "two\nlines".to_owned(), "was one line, is two lines".to_owned()),
            ("same\n text".to_owned(), "same text".to_owned(), "differs in white space".to_owned()),
            (long("x"), long("y"), format!("was …{a} x {z}…, is …{a} y {z}…")),
            (long("é"), long("e"), format!("was …{a} é {z}…, is …{a} e {z}…")),
        ] {
            assert_eq!(was_is(&before, &after), expected);
        }
        assert!(was_is(&"a".repeat(999), &"b".repeat(999)).chars().count() < 2 * SHORT + 20);
    }

    #[test]
    fn what_reads_alike() {
        for (before, after, expected) in [
            ("text DEFAULT 'a'", "text DEFAULT 'a'::text", true),
            ("text  DEFAULT 'a'", "text DEFAULT 'a'::character varying(20)", true),
            ("on t (lower(name))", "on t (lower(name::text))", true),
            ("integer CONSTRAINT old_name NOT NULL", "integer NOT NULL", true),
            ("integer NOT NULL", "integer", false),
            ("timestamptz DEFAULT CURRENT_TIMESTAMP", "timestamptz DEFAULT now()", true),
            ("text DEFAULT 'a'", "text DEFAULT 'b'::text", false),
            ("integer[] DEFAULT '{}'::integer[]", "integer[] DEFAULT '{}'", true),
        ] {
            assert_eq!(read_alike(before, after), expected, "{before} / {after}");
        }
    }
}
