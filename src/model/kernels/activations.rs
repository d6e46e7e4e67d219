//! Activations in the form in which the products read them: signed bytes, a scale for each block, and the sums that are
//! needed for the offsets and minima of weights.

use super::buffer::Buffer;

/// Rows of activations, quantised to eight bits.
pub struct Activations {
    /// How many neighbouring values of a row share a scale: 256 or 32, as in the blocks of the weights with which they
    /// are multiplied.
    block: usize,
    rows: usize,
    /// How many values a row has.
    inner: usize,
    /// The quants of all rows, one row after the other. The next three fields are laid out in the same way;
    /// [`QuantizedRow`] says what they mean.
    quants: Buffer,
    scales: Vec<f32>,
    sums16: Vec<i16>,
    sums32: Vec<i16>,
}

/// One row of [`Activations`].
#[derive(Clone, Copy)]
pub struct QuantizedRow<'a> {
    /// The value of each inner position, divided by the scale of its block and rounded.
    pub quants: &'a [i8],
    /// The scale of each block.
    pub scales: &'a [f32],
    /// The sums of sixteen quants each.
    pub sums16: &'a [i16],
    /// The sums of thirty-two quants each, and after them one number without meaning, so that kernels may read two sums
    /// at a time.
    pub sums32: &'a [i16],
}

impl Activations {
    /// Room for `rows` rows of `inner` values, `block` (256 or 32) of which share a scale.
    ///
    /// # Panics
    /// When `inner` is no multiple of `block`, or `block` is another number.
    pub fn new(rows: usize, inner: usize, block: usize) -> Activations {
        let (quants, scales, sums16, sums32) = (Buffer::new(0), Vec::new(), Vec::new(), Vec::new());
        let mut new = Activations { block, rows, inner, quants, scales, sums16, sums32 };
        new.reshape(rows, inner);
        new
    }

    /// Makes room for `rows` new rows of `inner` values, in the same memory if that is large
    /// enough. The rows must be written before they are read.
    ///
    /// # Panics
    /// When `inner` is no multiple of the block.
    pub fn reshape(&mut self, rows: usize, inner: usize) {
        let block = self.block;
        assert!(inner.is_multiple_of(block) && matches!(block, 32 | 256), "{inner} values in blocks of {block}");
        (self.rows, self.inner) = (rows, inner);
        self.quants.resize(rows * inner);
        self.scales.resize(rows * inner / block, 0.);
        self.sums16.resize(rows * inner / 16, 0);
        self.sums32.resize(rows * inner / 32 + 1, 0);
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many values a row has.
    pub fn inner(&self) -> usize {
        self.inner
    }

    /// How many neighbouring values of a row share a scale: 256 or 32.
    pub fn block(&self) -> usize {
        self.block
    }

    /// One row.
    pub fn row(&self, row: usize) -> QuantizedRow<'_> {
        let part = |per: usize| row * (self.inner / per)..(row + 1) * (self.inner / per);
        let bytes = &self.quants.bytes()[part(1)];
        // SAFETY: `i8` and `u8` have the same layout and no invalid values.
        let quants = unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast::<i8>(), bytes.len()) };
        QuantizedRow {
            quants,
            scales: &self.scales[part(self.block)],
            sums16: &self.sums16[part(16)],
            sums32: &self.sums32[part(32).start..part(32).end + 1],
        }
    }

    /// Quantises a whole row (see [`Sink::put`]).
    ///
    /// # Panics
    /// When there are not as many values as a row has, or there is no such row.
    #[inline(always)]
    pub fn put(&mut self, row: usize, values: &[f32]) {
        assert_eq!(values.len(), self.inner, "a whole row");
        // SAFETY: borrowed exclusively.
        unsafe { self.sink().put(row, 0, values) };
    }

    /// A handle through which several threads can write the rows.
    pub(in crate::model) fn sink(&mut self) -> Sink {
        Sink {
            quants: self.quants.bytes_mut().as_mut_ptr().cast(),
            scales: self.scales.as_mut_ptr(),
            sums16: self.sums16.as_mut_ptr(),
            sums32: self.sums32.as_mut_ptr(),
            block: self.block,
            inner: self.inner,
            rows: self.rows,
        }
    }
}

/// The rows of [`Activations`], to be written by several threads. Each thread writes blocks of its own.
#[derive(Clone, Copy)]
pub(in crate::model) struct Sink {
    quants: *mut i8,
    scales: *mut f32,
    sums16: *mut i16,
    sums32: *mut i16,
    block: usize,
    inner: usize,
    rows: usize,
}

// SAFETY: plain pointers into buffers that the borrower of `Activations::sink` holds exclusively; the contract of
// `Sink::put` keeps threads on blocks of their own.
unsafe impl Send for Sink {}
// SAFETY: as above.
unsafe impl Sync for Sink {}

impl Sink {
    /// Quantises `values`, which are whole blocks, and writes them into the row `row` from inner position `from` on.
    ///
    /// The scale of a block is its largest magnitude divided by 127, as in ggml's `quantize_row_q8_K`, except that it
    /// is never negative. Values are rounded to the nearest integer, and to the even one if two are equally near.
    ///
    /// # Safety
    /// The activations must still be borrowed, and no two threads may write the same block at the same time.
    #[inline(always)]
    pub unsafe fn put(&self, row: usize, from: usize, values: &[f32]) {
        assert!(row < self.rows && from + values.len() <= self.inner && from.is_multiple_of(self.block));
        let start = row * self.inner + from;
        for (b, values) in values.chunks_exact(self.block).enumerate() {
            let start = start + b * self.block;
            // SAFETY: in bounds by the assertion; exclusive by this function's contract.
            let (quants, sums16, sums32) = unsafe {
                (
                    std::slice::from_raw_parts_mut(self.quants.add(start), self.block),
                    std::slice::from_raw_parts_mut(self.sums16.add(start / 16), self.block / 16),
                    std::slice::from_raw_parts_mut(self.sums32.add(start / 32), self.block / 32),
                )
            };
            let mut largest = [0f32; 16];
            for sixteen in values.as_chunks::<16>().0 {
                for (l, v) in largest.iter_mut().zip(sixteen) {
                    *l = l.max(v.abs());
                }
            }
            let largest = largest.iter().fold(0f32, |a, &b| a.max(b));
            let scale = largest / 127.;
            let inverse = if scale > 0. { 127. / largest } else { 0. };
            for ((q, v), sum) in
                quants.as_chunks_mut::<16>().0.iter_mut().zip(values.as_chunks::<16>().0).zip(sums16.iter_mut())
            {
                let mut total = 0i32;
                for i in 0..16 {
                    // Adding 1.5 · 2²³ and taking it away again rounds to the nearest integer (of two, the even one).
                    let rounded = (v[i] * inverse + 12_582_912.).to_bits().wrapping_sub(12_582_912f32.to_bits()) as i32;
                    q[i] = rounded as i8;
                    total += rounded;
                }
                *sum = total as i16;
            }
            for (sum, pair) in sums32.iter_mut().zip(sums16.as_chunks::<2>().0) {
                *sum = pair[0] + pair[1];
            }
            // SAFETY: as above.
            unsafe { *self.scales.add(start / self.block) = scale };
        }
    }
}
