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
}
