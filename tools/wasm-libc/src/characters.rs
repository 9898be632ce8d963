//! Kinds of characters (`ctype.h`), as in the "C" locale: ASCII, and nothing else is a letter.

use std::ffi::c_int;

/// The character as a byte; `EOF` and everything else that is none becomes NUL, which is of no kind.
fn byte(c: c_int) -> u8 {
    u8::try_from(c).unwrap_or(0)
}

/// Whether it is a lower-case letter.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn islower(c: c_int) -> c_int {
    byte(c).is_ascii_lowercase().into()
}

/// Whether it is an upper-case letter.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn isupper(c: c_int) -> c_int {
    byte(c).is_ascii_uppercase().into()
}

/// Whether it is white space: a blank, or one of `\t\n\v\f\r`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn isspace(c: c_int) -> c_int {
    matches!(byte(c), b' ' | b'\t'..=b'\r').into()
}

/// Whether it is a hexadecimal digit.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn isxdigit(c: c_int) -> c_int {
    byte(c).is_ascii_hexdigit().into()
}

/// The lower-case form of an upper-case letter, and everything else as it is.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn tolower(c: c_int) -> c_int {
    if isupper(c) != 0 { byte(c).to_ascii_lowercase().into() } else { c }
}

/// The upper-case form of a lower-case letter, and everything else as it is.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn toupper(c: c_int) -> c_int {
    if islower(c) != 0 { byte(c).to_ascii_uppercase().into() } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of that kind; nothing outside a byte may be.
    fn all(kind: extern "C" fn(c_int) -> c_int) -> String {
        (-300..300).filter(|&c| kind(c) != 0).map(|c| char::from(u8::try_from(c).unwrap())).collect()
    }

    #[test]
    fn kinds_are_those_of_ascii() {
        assert_eq!(all(islower), "abcdefghijklmnopqrstuvwxyz");
        assert_eq!(all(isupper), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert_eq!(all(isspace), "\t\n\u{b}\u{c}\r ");
        assert_eq!(all(isxdigit), "0123456789ABCDEFabcdef");
    }

    #[test]
    fn only_letters_change_case() {
        for (lower, upper) in [(b'a', b'A'), (b'z', b'Z')].map(|(l, u)| (c_int::from(l), c_int::from(u))) {
            assert_eq!((tolower(upper), tolower(lower)), (lower, lower));
            assert_eq!((toupper(lower), toupper(upper)), (upper, upper));
        }
        for other in [-1, 0, 0xe4, 256 + 0x41, c_int::from(b'@'), c_int::from(b'[')] {
            assert_eq!((tolower(other), toupper(other)), (other, other));
        }
    }
}
