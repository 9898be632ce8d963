//! `malloc` and its kin: Rust's allocator. A second heap in the same memory would corrupt both.
//!
//! Rust's allocator wants to know a block's size when it is freed, and C does not say it, so the size stands
//! in a header before the block.

use std::alloc::{Layout, alloc, dealloc, realloc as rust_realloc};
use std::ffi::c_void;
use std::ptr::null_mut;

/// How C aligns its strictest type (`max_align_t`) on wasm32, and so every block; also the header's size,
/// to keep the block behind it aligned.
const ALIGNMENT: usize = 16;

/// The header and a block of that many bytes; `None` if that is more than there can ever be.
fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(ALIGNMENT)?, ALIGNMENT).ok()
}

/// Writes the header at `start` and gives the block behind it; null stays null.
///
/// # Safety
///
/// `start` must be null or an allocation of `layout(size)`.
unsafe fn block(start: *mut u8, size: usize) -> *mut c_void {
    if start.is_null() {
        return null_mut();
    }
    // SAFETY: the allocation begins with room for the header and is aligned for it.
    unsafe {
        start.cast::<usize>().write(size);
        start.add(ALIGNMENT).cast()
    }
}

/// The start and the layout of the allocation behind a block.
///
/// # Safety
///
/// `block` must have come from `malloc` or `realloc` and not have been freed.
unsafe fn allocation(block: *mut c_void) -> (*mut u8, Layout) {
    // SAFETY: such a block has a header before it, whose size made a valid layout when it was allocated.
    unsafe {
        let start = block.cast::<u8>().sub(ALIGNMENT);
        let size = start.cast::<usize>().read();
        (start, Layout::from_size_align_unchecked(size + ALIGNMENT, ALIGNMENT))
    }
}

/// A new block of `size` bytes, or null if there is no room.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn malloc(size: usize) -> *mut c_void {
    let Some(layout) = layout(size) else { return null_mut() };
    // SAFETY: the layout holds at least the header, so it is not empty.
    unsafe { block(alloc(layout), size) }
}

/// The block with its size changed, perhaps elsewhere; null, and the block untouched, if there is no room.
///
/// # Safety
///
/// `old` must be null or a block of `malloc` or `realloc` that was not freed.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn realloc(old: *mut c_void, size: usize) -> *mut c_void {
    if old.is_null() {
        return malloc(size);
    }
    let Some(new) = layout(size) else { return null_mut() };
    // SAFETY: the caller promises a live block; `layout` has checked the new size.
    unsafe {
        let (start, layout) = allocation(old);
        block(rust_realloc(start, layout, new.size()), size)
    }
}

/// Gives a block back; null is none.
///
/// # Safety
///
/// `block` must be null or a block of `malloc` or `realloc` that was not freed.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    // SAFETY: the caller promises a live block.
    unsafe {
        let (start, layout) = allocation(block);
        dealloc(start, layout);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_aligned_and_keep_what_is_written() {
        for size in [0, 1, 15, 16, 17, 4096] {
            let block = malloc(size);
            assert!(!block.is_null());
            assert_eq!(block.addr() % ALIGNMENT, 0);
            // SAFETY: the block has `size` bytes, then one more.
            unsafe {
                block.cast::<u8>().write_bytes(0xa5, size);
                let block = realloc(block, size + 1);
                let kept = std::slice::from_raw_parts(block.cast::<u8>(), size);
                assert!(kept.iter().all(|&byte| byte == 0xa5));
                free(block);
            }
        }
    }

    #[test]
    fn too_much_is_refused() {
        assert!(malloc(usize::MAX).is_null());
        let block = malloc(8);
        // SAFETY: the block is live, and a refused realloc leaves it so.
        unsafe {
            assert!(realloc(block, usize::MAX - 8).is_null());
            free(block);
        }
    }

    #[test]
    fn null_is_a_block_of_no_size() {
        // SAFETY: null is allowed.
        unsafe {
            free(null_mut());
            let block = realloc(null_mut(), 3);
            assert!(!block.is_null());
            free(block);
        }
    }
}
