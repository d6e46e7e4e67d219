//! A buffer that several threads write at the same time, each its own part.

use std::marker::PhantomData;

/// A mutable slice whose parts are handed to different threads.
pub struct Slots<'a, T> {
    start: *mut T,
    len: usize,
    life: PhantomData<&'a mut [T]>,
}

// SAFETY: the slice is borrowed exclusively for `'a`, and whoever calls `range` promises that no parts overlap.
unsafe impl<T: Send> Send for Slots<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Slots<'_, T> {}

impl<'a, T> Slots<'a, T> {
    /// Borrows a slice for as long as its parts are handed out.
    pub fn new(slice: &'a mut [T]) -> Self {
        Slots { start: slice.as_mut_ptr(), len: slice.len(), life: PhantomData }
    }

    /// `len` elements from `from` on.
    ///
    /// # Safety
    /// No element may be in two parts that live at the same time.
    ///
    /// # Panics
    /// When the part does not lie within the slice.
    #[allow(clippy::mut_from_ref)]
    #[inline(always)]
    pub unsafe fn range(&self, from: usize, len: usize) -> &mut [T] {
        assert!(from <= self.len && len <= self.len - from);
        // SAFETY: within the slice; disjoint by this function's contract.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(from), len) }
    }
}
