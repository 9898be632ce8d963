//! `setjmp` and `longjmp`, PostgreSQL's way to raise and catch an error, on WebAssembly's exceptions.
//!
//! clang (`-mllvm -wasm-enable-sjlj`) rewrites a function that calls `setjmp`: the call becomes
//! `__wasm_setjmp`, and every later call gets a `catch` that asks `__wasm_setjmp_test` whether the jump was
//! meant for this very invocation of the function, and goes to the `setjmp` of the answered label if so;
//! if not, it throws the jump on. A call of `longjmp` becomes `__wasm_longjmp`.

use core::ffi::{c_int, c_void};

/// A `jmp_buf`: which `setjmp` the program is to return to.
#[repr(C)]
pub struct JumpBuffer {
    /// Names one invocation of the function that called `setjmp`; the compiler makes it.
    invocation: *const c_void,
    /// Which `setjmp` of that function; never zero.
    label: u32,
    thrown: Thrown,
}

/// What the exception carries; the `catch` that clang makes reads both fields.
#[repr(C)]
struct Thrown {
    buffer: *mut JumpBuffer,
    value: c_int,
}

/// Marks the calling function's invocation as the place to return to.
///
/// # Safety
///
/// `buffer` must be valid for writes.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn __wasm_setjmp(buffer: *mut JumpBuffer, label: u32, invocation: *const c_void) {
    // SAFETY: the caller promises a valid buffer.
    unsafe {
        (*buffer).invocation = invocation;
        (*buffer).label = label;
    }
}

/// The label of the `setjmp` that a caught jump is meant for, or 0 if it belongs to another invocation.
///
/// # Safety
///
/// `buffer` must be one that `__wasm_setjmp` has filled.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn __wasm_setjmp_test(buffer: *const JumpBuffer, invocation: *const c_void) -> u32 {
    // SAFETY: the caller promises a filled buffer.
    unsafe { if (*buffer).invocation == invocation { (*buffer).label } else { 0 } }
}

/// The value with which `setjmp` is to return: as the C standard wants it, never 0.
fn returned(value: c_int) -> c_int {
    if value == 0 { 1 } else { value }
}

/// Jumps to where `buffer` was marked.
///
/// # Safety
///
/// The function that marked `buffer` must not have returned yet, and only C frames may lie between here and
/// there, as nothing of a Rust frame would be dropped.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __wasm_longjmp(buffer: *mut JumpBuffer, value: c_int) -> ! {
    unsafe extern "C" {
        // In longjmp.s.
        fn throw_longjmp(thrown: *const Thrown) -> !;
    }
    // SAFETY: the caller promises a marked buffer, which outlives the jump because its function still runs.
    // This frame has nothing to drop.
    unsafe {
        (*buffer).thrown = Thrown { buffer, value: returned(value) };
        throw_longjmp(&raw const (*buffer).thrown)
    }
}

#[cfg(test)]
mod tests {
    use core::ptr::null_mut;

    use super::*;

    #[test]
    fn only_the_marked_invocation_is_returned_to() {
        let mut buffer =
            JumpBuffer { invocation: null_mut(), label: 0, thrown: Thrown { buffer: null_mut(), value: 0 } };
        let (outer, inner) = (1_u8, 2_u8);
        // SAFETY: the buffer is valid, the invocations are only compared.
        unsafe {
            __wasm_setjmp(&mut buffer, 3, (&raw const outer).cast());
            assert_eq!(__wasm_setjmp_test(&buffer, (&raw const outer).cast()), 3);
            assert_eq!(__wasm_setjmp_test(&buffer, (&raw const inner).cast()), 0);
        }
    }

    #[test]
    fn setjmp_never_returns_zero_for_a_jump() {
        assert_eq!([returned(0), returned(1), returned(-7)], [1, 1, -7]);
    }
}
