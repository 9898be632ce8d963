//! `qsort`.

use std::ffi::{c_int, c_void};
use std::ptr::swap_nonoverlapping;

/// Sorts `count` elements of `size` bytes each, by heap sort: in place, as the elements' alignment is unknown.
///
/// # Safety
///
/// `base` must be valid for reads and writes of `count * size` bytes, and `compare` must take any two elements.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn qsort(
    base: *mut c_void,
    count: usize,
    size: usize,
    compare: unsafe extern "C" fn(*const c_void, *const c_void) -> c_int,
) {
    // SAFETY, of all three: every index below is less than `count`.
    let element = |i: usize| unsafe { base.cast::<u8>().add(i * size) };
    let less = |i, j| unsafe { compare(element(i).cast(), element(j).cast()) } < 0;
    let swap = |i, j| unsafe { swap_nonoverlapping(element(i), element(j), size) };

    // Lets an element sink to its place in the heap that the first `length` elements are.
    let sink = |mut root: usize, length: usize| {
        loop {
            let mut child = 2 * root + 1;
            if child >= length {
                return;
            }
            if child + 1 < length && less(child, child + 1) {
                child += 1;
            }
            if !less(root, child) {
                return;
            }
            swap(root, child);
            root = child;
        }
    };

    for root in (0..count / 2).rev() {
        sink(root, count);
    }
    for last in (1..count).rev() {
        swap(0, last);
        sink(0, last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    unsafe extern "C" fn ascending(a: *const c_void, b: *const c_void) -> c_int {
        // SAFETY: the tests sort numbers.
        let (a, b) = unsafe { (*a.cast::<u32>(), *b.cast::<u32>()) };
        a.cmp(&b) as c_int
    }

    fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
        // SAFETY: the vector's own elements.
        unsafe { qsort(numbers.as_mut_ptr().cast(), numbers.len(), size_of::<u32>(), ascending) };
        numbers
    }

    #[test]
    fn any_order_becomes_ascending() {
        assert_eq!(sorted(vec![]), []);
        assert_eq!(sorted(vec![9]), [9]);
        assert_eq!(sorted(vec![2, 1]), [1, 2]);
        assert_eq!(sorted(vec![1, 2, 3]), [1, 2, 3]);
        assert_eq!(sorted(vec![3, 3, 1, 2, 3, 1]), [1, 1, 2, 3, 3, 3]);
        let scattered: Vec<u32> = (0..1000).map(|i| i * 7919 % 1000).collect();
        assert_eq!(sorted(scattered), (0..1000).collect::<Vec<_>>());
    }
}
