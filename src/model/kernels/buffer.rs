//! Memory that starts on a cache line.

/// One cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; 64]);

/// Zeroed bytes that start on a cache line, so that no vector load crosses one without need.
pub struct Buffer {
    lines: Vec<Line>,
    len: usize,
}

impl Buffer {
    /// `len` zeroed bytes.
    pub fn new(len: usize) -> Buffer {
        Buffer { lines: vec![Line([0; 64]); len.div_ceil(64)], len }
    }

    /// Makes it `len` bytes long; what stood in it may stay. Memory once taken is kept.
    pub fn resize(&mut self, len: usize) {
        if self.lines.len() < len.div_ceil(64) {
            self.lines.resize(len.div_ceil(64), Line([0; 64]));
        }
        self.len = len;
    }

    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the lines are plain bytes without padding, and `len` is at most their number.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above; the borrow of `self` is exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}
