//! Strings and bytes (`string.h`). Rust's own runtime brings `memcpy`, `memmove`, `memset` and `memcmp`.
//!
//! Functions that may stop early walk byte by byte instead of measuring the string first: the scanner calls
//! them within scripts of megabytes.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{copy_nonoverlapping, null_mut};

use crate::memory::malloc;

/// The length of a string, without its NUL, but at most `limit`: no byte after that is looked at.
///
/// # Safety
///
/// `s` must be valid for reads up to its NUL or of `limit` bytes, whichever ends first.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strnlen(s: *const c_char, limit: usize) -> usize {
    // SAFETY: no byte is read after the NUL, nor after the limit.
    (0..limit).find(|&i| unsafe { *s.add(i) } == 0).unwrap_or(limit)
}

/// The first place of a byte in a block, or null.
///
/// # Safety
///
/// `block` must be valid for reads up to that byte or of `size` bytes, whichever ends first.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn memchr(block: *const c_void, byte: c_int, size: usize) -> *mut c_void {
    let block = block.cast::<u8>();
    // SAFETY: no byte is read after the one looked for, nor after the block.
    match (0..size).find(|&i| unsafe { *block.add(i) } == byte as u8) {
        Some(i) => unsafe { block.add(i).cast_mut().cast() },
        None => null_mut(),
    }
}

/// The first place of a character in a string, or null; the NUL counts as one of its characters.
///
/// # Safety
///
/// `s` must be a C string.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strchr(s: *const c_char, c: c_int) -> *mut c_char {
    let mut at = s;
    // SAFETY: no byte is read after the NUL.
    unsafe {
        while *at != c as c_char {
            if *at == 0 {
                return null_mut();
            }
            at = at.add(1);
        }
    }
    at.cast_mut()
}

/// The last place of a character in a string, or null; the NUL counts as one of its characters.
///
/// # Safety
///
/// `s` must be a C string.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strrchr(s: *const c_char, c: c_int) -> *mut c_char {
    // SAFETY: the caller promises a C string.
    let bytes = unsafe { CStr::from_ptr(s) }.to_bytes_with_nul();
    match bytes.iter().rposition(|&byte| byte == c as u8) {
        // SAFETY: a place within the string.
        Some(i) => unsafe { s.add(i).cast_mut() },
        None => null_mut(),
    }
}

/// The first place in a string where another one stands, or null.
///
/// # Safety
///
/// Both must be C strings.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strstr(s: *const c_char, part: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises C strings, and comparing ends at the first difference, at the latest at
    // the NUL of `s`.
    unsafe {
        let part = CStr::from_ptr(part).to_bytes();
        let mut at = s;
        while !(0..part.len()).all(|i| *at.add(i) as u8 == part[i]) {
            if *at == 0 {
                return null_mut();
            }
            at = at.add(1);
        }
        at.cast_mut()
    }
}

/// How many bytes a string begins with that are all in `accept`.
///
/// # Safety
///
/// Both must be C strings.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strspn(s: *const c_char, accept: *const c_char) -> usize {
    // SAFETY: the caller promises C strings; the NUL of `s` is not in `accept`, so it ends the walk.
    unsafe {
        let accept = CStr::from_ptr(accept).to_bytes();
        let mut length = 0;
        while accept.contains(&(*s.add(length) as u8)) {
            length += 1;
        }
        length
    }
}

/// Compares two strings by their bytes: less than, equal to or greater than 0.
///
/// # Safety
///
/// Both must be C strings.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strcmp(a: *const c_char, b: *const c_char) -> c_int {
    let (mut a, mut b) = (a.cast::<u8>(), b.cast::<u8>());
    // SAFETY: the caller promises C strings; the walk ends at the first difference, or at both NULs.
    unsafe {
        while *a == *b && *a != 0 {
            a = a.add(1);
            b = b.add(1);
        }
        c_int::from(*a) - c_int::from(*b)
    }
}

/// Copies a string with its NUL.
///
/// # Safety
///
/// `from` must be a C string, and `to` valid for writes of as many bytes, apart from it.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strcpy(to: *mut c_char, from: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises a C string and room for it.
    unsafe { copy_nonoverlapping(from, to, CStr::from_ptr(from).count_bytes() + 1) };
    to
}

/// Copies a string, cut to `size` bytes and without a NUL where it fills them; NULs fill the rest.
///
/// # Safety
///
/// `from` must be valid for reads up to its NUL or of `size` bytes, and `to` valid for writes of `size`
/// bytes, apart from it.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strncpy(to: *mut c_char, from: *const c_char, size: usize) -> *mut c_char {
    // SAFETY: the caller promises both; `length` is at most `size`.
    unsafe {
        let length = strnlen(from, size);
        copy_nonoverlapping(from, to, length);
        to.add(length).write_bytes(0, size - length);
    }
    to
}

/// Copies a string, cut to `size` bytes with its NUL; gives the length that it has uncut.
///
/// # Safety
///
/// `from` must be a C string, and `to` valid for writes of `size` bytes, apart from it.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strlcpy(to: *mut c_char, from: *const c_char, size: usize) -> usize {
    // SAFETY: the caller promises both; with the NUL, at most `size` bytes are written.
    unsafe {
        let length = CStr::from_ptr(from).count_bytes();
        if let Some(room) = size.checked_sub(1) {
            let copied = length.min(room);
            copy_nonoverlapping(from, to, copied);
            *to.add(copied) = 0;
        }
        length
    }
}

/// A copy of a string in a block of its own, or null if there is no room.
///
/// # Safety
///
/// `s` must be a C string.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strdup(s: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises a C string; the block has room for it.
    unsafe {
        let copy: *mut c_char = malloc(CStr::from_ptr(s).count_bytes() + 1).cast();
        if copy.is_null() { copy } else { strcpy(copy, s) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::free;

    /// How far `place` lies in `s`; `None` for null.
    fn offset(s: &CStr, place: *const c_char) -> Option<usize> {
        (!place.is_null()).then(|| place.addr() - s.as_ptr().addr())
    }

    /// What stands in `buffer` before its NUL.
    fn text(buffer: &[c_char]) -> &CStr {
        let bytes = unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast(), buffer.len()) };
        CStr::from_bytes_until_nul(bytes).unwrap()
    }

    #[test]
    fn characters_are_found_from_either_end() {
        for (s, c, first, last) in [
            (c"a.b.c", '.', Some(1), Some(3)),
            (c"a.b.c", 'a', Some(0), Some(0)),
            (c"a.b.c", '\0', Some(5), Some(5)),
            (c"a.b.c", 'z', None, None),
            (c"", 'z', None, None),
            (c"\xe4", '\u{e4}', Some(0), Some(0)),
        ] {
            // SAFETY: C strings.
            unsafe {
                assert_eq!(offset(s, strchr(s.as_ptr(), c as c_int)), first, "{s:?} {c:?}");
                assert_eq!(offset(s, strrchr(s.as_ptr(), c as c_int)), last, "{s:?} {c:?}");
            }
        }
    }

    #[test]
    fn memchr_stays_within_the_block() {
        let block = [1_u8, 0, 0xff, 7];
        // SAFETY: sizes within the block.
        let find = |byte, size| unsafe {
            let place = memchr(block.as_ptr().cast(), byte, size);
            (!place.is_null()).then(|| place.addr() - block.as_ptr().addr())
        };
        assert_eq!(find(0xff, 4), Some(2));
        assert_eq!(find(0, 4), Some(1));
        assert_eq!(find(7, 3), None);
        assert_eq!(find(1, 0), None);
    }

    #[test]
    fn parts_are_found() {
        for (s, part, place) in [
            (c"aab", c"ab", Some(1)),
            (c"abc", c"abc", Some(0)),
            (c"abc", c"abcd", None),
            (c"abc", c"", Some(0)),
            (c"", c"", Some(0)),
            (c"", c"a", None),
            (c"$$ $a$ $$", c"$a$", Some(3)),
        ] {
            // SAFETY: C strings.
            assert_eq!(offset(s, unsafe { strstr(s.as_ptr(), part.as_ptr()) }), place, "{s:?} {part:?}");
        }
    }

    #[test]
    fn lengths() {
        // SAFETY: C strings.
        unsafe {
            assert_eq!([0, 2, 3, 9].map(|limit| strnlen(c"abc".as_ptr(), limit)), [0, 2, 3, 3]);
            assert_eq!(strspn(c"0012a0".as_ptr(), c"012".as_ptr()), 4);
            assert_eq!(strspn(c"000".as_ptr(), c"0".as_ptr()), 3);
            assert_eq!(strspn(c"000".as_ptr(), c"".as_ptr()), 0);
        }
    }

    #[test]
    fn strings_are_ordered_by_their_bytes() {
        let ascending = [c"", c"a", c"ab", c"b", c"\xc3\xa4", c"\xff"];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                // SAFETY: C strings.
                let order = unsafe { strcmp(a.as_ptr(), b.as_ptr()) };
                assert_eq!(order.cmp(&0), i.cmp(&j), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn copies_end_as_each_function_says() {
        let mut to = [0x7f; 6];
        // SAFETY: every size is within the buffer.
        unsafe {
            assert_eq!(strcpy(to.as_mut_ptr(), c"abc".as_ptr()), to.as_mut_ptr());
            assert_eq!((text(&to), to[4]), (c"abc", 0x7f));

            strncpy(to.as_mut_ptr(), c"xy".as_ptr(), 5);
            assert_eq!(to, [b'x' as c_char, b'y' as c_char, 0, 0, 0, 0x7f]);
            strncpy(to.as_mut_ptr(), c"abcdef".as_ptr(), 2);
            assert_eq!(to[..3], [b'a' as c_char, b'b' as c_char, 0]);

            assert_eq!(strlcpy(to.as_mut_ptr(), c"abcdef".as_ptr(), 4), 6);
            assert_eq!((text(&to), to[4]), (c"abc", 0));
            assert_eq!(strlcpy(to.as_mut_ptr(), c"z".as_ptr(), 0), 1);
            assert_eq!(text(&to), c"abc");

            let copy = strdup(c"abc".as_ptr());
            assert_eq!(CStr::from_ptr(copy), c"abc");
            free(copy.cast());
        }
    }
}
