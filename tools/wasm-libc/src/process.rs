//! What a process has in C, and a page has not: an identity, an end, an `errno`.

use std::ffi::{CStr, c_char, c_int};
use std::io::{Cursor, Write};

/// The number of the last error. There is one thread, so there is one.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[allow(non_upper_case_globals, reason = "C gives the name")]
pub static mut errno: c_int = 0;

/// `errno` for a number that its type cannot hold (include/errno.h).
pub(crate) const ERANGE: c_int = 34;

/// The process's number: some number, as PostgreSQL only prints it.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn getpid() -> c_int {
    1
}

/// Ends the program: the parser has found itself in a state that it cannot go on from.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn abort() -> ! {
    panic!("PostgreSQL's parser called abort()")
}

/// Ends the program, which the parser does for a FATAL error.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn exit(status: c_int) -> ! {
    panic!("PostgreSQL's parser called exit({status})")
}

/// Ends the program because an `assert` does not hold.
///
/// # Safety
///
/// All pointers must be C strings.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn __assert_fail(
    condition: *const c_char,
    file: *const c_char,
    line: c_int,
    function: *const c_char,
) -> ! {
    // SAFETY: the caller promises C strings.
    let [condition, file, function] =
        [condition, file, function].map(|s| unsafe { CStr::from_ptr(s) }.to_string_lossy());
    panic!("{file}:{line}: {function}: {condition} does not hold")
}

/// Writes a description of an error number, cut to `size` bytes with its NUL.
///
/// # Safety
///
/// `to` must be valid for writes of `size` bytes.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn strerror_r(number: c_int, to: *mut c_char, size: usize) -> c_int {
    let Some(room) = size.checked_sub(1) else { return ERANGE };
    // SAFETY: the caller promises `size` bytes, and they are initialised before they are read.
    let to = unsafe {
        to.write_bytes(0, size);
        std::slice::from_raw_parts_mut(to.cast::<u8>(), room)
    };
    match write!(Cursor::new(to), "error {number}") {
        Ok(()) => 0,
        Err(_) => ERANGE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_described_by_its_number() {
        let mut text = [1 as c_char; 9];
        // SAFETY: the buffer has the sizes given.
        unsafe {
            assert_eq!(strerror_r(34, text.as_mut_ptr(), 9), 0);
            assert_eq!(CStr::from_ptr(text.as_ptr()), c"error 34");
            assert_eq!(strerror_r(34, text.as_mut_ptr(), 7), ERANGE);
            assert_eq!(CStr::from_ptr(text.as_ptr()), c"error ");
            assert_eq!(strerror_r(34, text.as_mut_ptr(), 0), ERANGE);
        }
    }
}
