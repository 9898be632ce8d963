//! Streams and `printf`. A page has no standard streams: what is written is gone, and there is nothing to read.

use std::ffi::{CStr, c_char, c_int, c_void};

use crate::format::{Arguments, Output, format};

/// A `FILE`. C only passes its address on.
pub struct File(#[allow(dead_code, reason = "gives it a size, and so an address of its own")] u8);

macro_rules! standard_streams {
    ($($name:ident),*) => {$(
        #[doc = concat!("The address that C knows as `", stringify!($name), "`.")]
        #[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
        #[allow(non_upper_case_globals, reason = "C gives the name")]
        pub static $name: &File = &File(0);
    )*};
}
standard_streams!(stdin, stdout, stderr);

const EOF: c_int = -1;

/// Forgets a stream's errors, of which there are none.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn clearerr(_stream: *const File) {}

/// Whether a stream has had an error.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn ferror(_stream: *const File) -> c_int {
    0
}

/// Writes what is buffered, which is nothing.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn fflush(_stream: *const File) -> c_int {
    0
}

/// Reads from a stream that is at its end.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn fread(_to: *mut c_void, _size: usize, _count: usize, _stream: *const File) -> usize {
    0
}

/// Reads a character from a stream that is at its end.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn getc(_stream: *const File) -> c_int {
    EOF
}

/// Writes elements to a stream.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn fwrite(_from: *const c_void, _size: usize, count: usize, _stream: *const File) -> usize {
    count
}

/// Writes a format with its arguments to a stream; gives the length of the text.
///
/// # Safety
///
/// `template` must be a C string, the arguments those that it names.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn fprintf(
    _stream: *const File,
    template: *const c_char,
    arguments: *const c_void,
) -> c_int {
    // SAFETY: as the caller promises; nothing is written where there is no room.
    unsafe { vsnprintf(std::ptr::null_mut(), 0, template, arguments) }
}

/// Writes a format with its arguments, cut to `size` bytes with its NUL; gives the length that the text has
/// uncut. `arguments` is C's `...`: on wasm32, a variadic function gets its arguments' address.
///
/// # Safety
///
/// As for `vsnprintf`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn snprintf(
    to: *mut c_char,
    size: usize,
    template: *const c_char,
    arguments: *const c_void,
) -> c_int {
    // SAFETY: as the caller promises.
    unsafe { vsnprintf(to, size, template, arguments) }
}

/// Writes a format with its arguments, cut to `size` bytes with its NUL; gives the length that the text has
/// uncut.
///
/// # Safety
///
/// `to` must be valid for writes of `size` bytes, `template` a C string, the arguments those that it names.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn vsnprintf(
    to: *mut c_char,
    size: usize,
    template: *const c_char,
    arguments: *const c_void,
) -> c_int {
    // SAFETY: the caller promises a C string.
    let template = unsafe { CStr::from_ptr(template) }.to_bytes();
    let mut nothing = [];
    let room = if size == 0 {
        nothing.as_mut_slice()
    } else {
        // SAFETY: the caller promises that many bytes, and they are initialised before they are read.
        unsafe {
            to.write_bytes(0, size);
            std::slice::from_raw_parts_mut(to.cast::<u8>(), size - 1)
        }
    };
    let mut out = Output::new(room);
    // SAFETY: the caller promises the arguments that the template names.
    unsafe { format(&mut out, template, &mut Arguments::new(arguments)) };
    c_int::try_from(out.length).unwrap_or(EOF)
}
