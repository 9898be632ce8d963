//! Numbers out of text.

use std::ffi::{CStr, c_char, c_int, c_ulong};

use crate::characters::isspace;
use crate::process::{ERANGE, errno};

/// What `strtoul` reads.
#[derive(Debug, PartialEq)]
struct Number {
    /// `None` if it is too large.
    value: Option<c_ulong>,
    /// How many bytes of the text it takes; 0 if there is no number.
    length: usize,
}

/// Reads the number that a text begins with, after white space and a sign. Base 16 allows for `0x` before
/// the digits; base 0 reads `0x` as hexadecimal, `0` as octal, and anything else as decimal.
#[allow(clippy::useless_conversion, reason = "a long has 32 bits on wasm32, and 64 on most other targets")]
fn number(text: &[u8], base: u32) -> Number {
    let mut at = text.iter().take_while(|&&b| isspace(b.into()) != 0).count();
    let negative = text.get(at) == Some(&b'-');
    if matches!(text.get(at), Some(b'+' | b'-')) {
        at += 1;
    }
    let prefixed =
        matches!(text.get(at..at + 3), Some([b'0', b'x' | b'X', digit]) if digit.is_ascii_hexdigit());
    let base = match base {
        0 if prefixed => 16,
        0 if text.get(at) == Some(&b'0') => 8,
        0 => 10,
        given => given,
    };
    if prefixed && base == 16 {
        at += 2;
    }

    let digits = text[at..].iter().map_while(|&b| char::from(b).to_digit(base));
    let count = digits.clone().count();
    if count == 0 {
        return Number { value: Some(0), length: 0 };
    }
    let value = digits
        .into_iter()
        .try_fold(0, |value: c_ulong, digit| value.checked_mul(base.into())?.checked_add(digit.into()));
    let value = value.map(|value| if negative { value.wrapping_neg() } else { value });
    Number { value, length: at + count }
}

/// The number that a text begins with, and where it ends. A number that is too large gives the largest one,
/// with `errno` set to `ERANGE`.
///
/// # Safety
///
/// `from` must be a C string, `end` null or valid for a write.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strtoul(from: *const c_char, end: *mut *mut c_char, base: c_int) -> c_ulong {
    // SAFETY: the caller promises a C string.
    let text = unsafe { CStr::from_ptr(from) }.to_bytes();
    let Number { value, length } = match base {
        0 | 2..=36 => number(text, base.unsigned_abs()),
        _ => Number { value: Some(0), length: 0 },
    };
    if !end.is_null() {
        // SAFETY: the caller promises that `end` can be written; the number ends within the string.
        unsafe { *end = from.cast_mut().add(length) };
    }
    value.unwrap_or_else(|| {
        // SAFETY: nothing holds a reference to `errno`, and C has one thread here.
        unsafe { errno = ERANGE };
        c_ulong::MAX
    })
}

#[cfg(test)]
mod tests {
    use std::ptr::null_mut;

    use super::*;

    #[test]
    fn numbers_are_read_as_the_standard_says() {
        for (text, base, value, length) in [
            ("0", 10, 0, 1),
            (" \t\n42 apples", 10, 42, 5),
            ("+7", 10, 7, 2),
            ("-1", 10, c_ulong::MAX, 2),
            ("ff", 16, 255, 2),
            ("0xFFg", 16, 255, 4),
            ("0xFF", 0, 255, 4),
            ("0x", 16, 0, 1),
            ("0xg", 0, 0, 1),
            ("017", 0, 15, 3),
            ("019", 0, 1, 2),
            ("0b1", 10, 0, 1),
            ("z", 36, 35, 1),
            ("12", 2, 1, 1),
            ("", 10, 0, 0),
            ("-", 10, 0, 0),
            (" x", 10, 0, 0),
        ] {
            assert_eq!(
                number(text.as_bytes(), base),
                Number { value: Some(value), length },
                "{text:?}, base {base}"
            );
        }
    }

    #[test]
    fn a_number_that_is_too_large_sets_errno() {
        let mut end = null_mut();
        let text = c"99999999999999999999999 rest";
        // SAFETY: a C string, and room for the end.
        unsafe {
            errno = 0;
            assert_eq!(strtoul(text.as_ptr(), &mut end, 10), c_ulong::MAX);
            assert_eq!(end.cast_const(), text.as_ptr().add(23));
            assert_eq!({ errno }, ERANGE);
        }
    }

    #[test]
    fn there_is_no_base_one() {
        // SAFETY: a C string; null is allowed for the end.
        assert_eq!(unsafe { strtoul(c"1".as_ptr(), null_mut(), 1) }, 0);
    }
}
