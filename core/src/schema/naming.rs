//! The names that PostgreSQL makes up. Source: `makeObjectName` and `ChooseRelationName` in `indexcmds.c`.

use crate::sql::{Name, name};

/// NAMEDATALEN - 1: identifiers are cut at this many bytes.
const NAME_BYTES: usize = 63;

/// `first_second_label`, with first and second cut evenly so that it fits.
pub(crate) fn object_name(first: &str, second: Option<&str>, label: &str) -> Name {
    let overhead = label.len() + 1 + usize::from(second.is_some());
    let available = NAME_BYTES.saturating_sub(overhead);
    let (mut first_bytes, mut second_bytes) = (first.len(), second.map_or(0, str::len));
    while first_bytes + second_bytes > available {
        if first_bytes > second_bytes { first_bytes -= 1 } else { second_bytes -= 1 }
    }
    let mut text = cut(first, first_bytes).to_owned();
    if let Some(second) = second {
        text.push('_');
        text.push_str(cut(second, second_bytes));
    }
    text.push('_');
    text.push_str(label);
    name(&text)
}

/// The first name that is free: without a number, then with 1, 2 … behind the label.
pub(crate) fn free_name(
    first: &str,
    second: Option<&str>,
    label: &str,
    taken: impl Fn(&Name) -> bool,
) -> Name {
    let mut number = 0;
    loop {
        let label = if number == 0 { label.to_owned() } else { format!("{label}{number}") };
        let candidate = object_name(first, second, &label);
        if !taken(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// The columns' part of an index's name: joined by `_`, stopping when it is longer than a name can be.
/// Source: `ChooseIndexNameAddition` in `indexcmds.c`.
pub(crate) fn columns_part<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(column);
        if text.len() > NAME_BYTES {
            break;
        }
    }
    text
}

/// At most `bytes` bytes, never in the middle of a character.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_63_bytes() {
        assert_eq!(&*object_name("orders", Some("customer_id"), "fkey"), "orders_customer_id_fkey");
        assert_eq!(&*object_name("orders", None, "pkey"), "orders_pkey");
        let long = object_name(&"t".repeat(60), Some(&"c".repeat(60)), "key");
        assert_eq!(long.len(), 63);
        assert_eq!(&*long, format!("{}_{}_key", "t".repeat(29), "c".repeat(29)));
    }

    #[test]
    fn collisions_are_numbered() {
        let taken = ["t_a_idx", "t_a_idx1"];
        assert_eq!(&*free_name("t", Some("a"), "idx", |n| taken.contains(&&**n)), "t_a_idx2");
    }
}
