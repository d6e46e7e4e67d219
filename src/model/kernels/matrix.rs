//! A packed weight matrix, and its product with rows of activations.

use super::activations::{Activations, QuantizedRow};
use super::buffer::Buffer;
use super::format::{Format, PANEL};
use super::isa::Isa;
use super::pack::pack_panel;
use super::pool::Pool;
use super::{portable, shared::Slots};

/// A weight matrix as records (see [`super::format`]). In the file it has `columns` rows of `inner` weights each. The
/// rows are called columns here because each of them makes one column of the output.
pub struct Matrix {
    format: Format,
    columns: usize,
    inner: usize,
    data: Buffer,
}

impl Matrix {
    /// Packs the rows of a GGUF tensor of shape `[columns, inner]`.
    ///
    /// # Panics
    /// When `file` is not as long as the shape says, or `inner` is no multiple of the format's block.
    pub fn pack(format: Format, file: &[u8], columns: usize, inner: usize, pool: &mut Pool) -> Matrix {
        assert!(inner.is_multiple_of(format.block()), "{inner} weights in blocks of {}", format.block());
        let blocks = inner / format.block();
        let row = blocks * format.file_bytes();
        assert_eq!(file.len(), columns * row, "bytes of {columns} rows");
        let panel = blocks * format.record_bytes();
        let panels = columns.div_ceil(PANEL);
        let mut data = Buffer::new(panels * panel);
        let slots = Slots::new(data.bytes_mut());
        pool.run(panels, |i| {
            let columns = PANEL.min(columns - i * PANEL);
            // SAFETY: each task writes only its own panel, and panels do not overlap.
            let to = unsafe { slots.range(i * panel, panel) };
            pack_panel(format, &file[i * PANEL * row..][..columns * row], columns, blocks, to);
        });
        Matrix { format, columns, inner, data }
    }

    /// How many columns its products have.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many values a row of activations must have to be multiplied with it.
    pub fn inner(&self) -> usize {
        self.inner
    }

    /// Weights of a block. The activations that are multiplied with this matrix must have blocks of the same size, each
    /// with a scale of its own.
    pub fn block(&self) -> usize {
        self.format.block()
    }

    /// Size of the records in memory, in bytes.
    pub fn bytes(&self) -> usize {
        self.data.bytes().len()
    }

    /// How many panels the matrix has; the last one may be filled up with columns of zeros.
    fn panels(&self) -> usize {
        self.columns.div_ceil(PANEL)
    }

    /// The records of the panel with this index.
    fn panel(&self, panel: usize) -> &[u8] {
        let bytes = self.inner / self.format.block() * self.format.record_bytes();
        &self.data.bytes()[panel * bytes..][..bytes]
    }
}

/// The rows of activations are multiplied in chunks of at most this many bytes, so that a chunk stays in the
/// second-level cache while all weights are read. Every chunk but the last has a multiple of eight
/// rows, the most that a kernel multiplies at once, even if eight rows are longer than that.
const CHUNK_BYTES: usize = 320 * 1024;

/// How many bytes of weights a thread takes at a time, at most. It takes whole panels, and at least
/// one, even if that is longer. It takes fewer panels where the matrix would otherwise not give
/// each thread about four pieces.
const PIECE_BYTES: usize = 64 * 1024;

/// A product `out = activations · matrixᵀ`, of the shape `[rows, columns]`. What `out` held before is overwritten.
pub struct Product<'a> {
    pub matrix: &'a Matrix,
    pub out: &'a mut [f32],
    /// What adapters add to the product.
    pub updates: Vec<Update<'a>>,
}

/// What an adapter adds to some rows of a product. A LoRA adapter has two matrices A and B, and adds `(x · Aᵀ) · Bᵀ` to
/// what the product gives for a row `x`: `activations` are the `x · Aᵀ` of these rows, `matrix` is B.
pub struct Update<'a> {
    pub matrix: &'a Matrix,
    pub activations: &'a Activations,
    /// The rows of `out` that are changed, ascending: the product with row `i` of `activations` is added to row
    /// `rows[i]`.
    pub rows: &'a [usize],
}

/// A product whose output several threads can write.
struct Output<'a> {
    matrix: &'a Matrix,
    out: Slots<'a, f32>,
    /// For each [`Update`], the matrix, the rows of its activations, and the rows of `out` that it
    /// changes.
    updates: Vec<(&'a Matrix, Vec<QuantizedRow<'a>>, &'a [usize])>,
}

impl<'a> Output<'a> {
    fn new(product: &'a mut Product<'_>) -> Output<'a> {
        let columns = product.matrix.columns;
        let updates = product.updates.iter().map(|u| {
            assert!(u.matrix.columns == columns && u.matrix.inner == u.activations.inner(), "shape of an update");
            assert!(
                u.matrix.block() == u.activations.block() && u.rows.len() == u.activations.rows(),
                "block size or number of rows of an update"
            );
            (u.matrix, (0..u.rows.len()).map(|r| u.activations.row(r)).collect(), u.rows)
        });
        Output { matrix: product.matrix, updates: updates.collect(), out: Slots::new(product.out) }
    }

    /// Computes panel `p` of the product for the rows `views`, and adds the updates of these rows.
    /// `first` is the index of the first of these rows in the output.
    ///
    /// # Safety
    /// No other thread may write the same rows and panel.
    #[inline(always)]
    unsafe fn panel(&self, isa: Isa, p: usize, first: usize, views: &[QuantizedRow<'_>]) {
        let columns = self.matrix.columns;
        let width = PANEL.min(columns - p * PANEL);
        // SAFETY: no other thread writes these rows and this panel (the caller's promise), and within this function
        // each slice is dropped before the next is made.
        let place = |row: usize| unsafe { self.out.range(row * columns + p * PANEL, width) };
        multiply_rows(isa, self.matrix, p, views, |r, values| {
            let to = place(first + r);
            match <&mut [f32; PANEL]>::try_from(&mut *to) {
                Ok(to) => *to = *values,
                Err(_) => to.copy_from_slice(&values[..width]),
            }
        });
        for (matrix, update, rows) in &self.updates {
            let from = rows.partition_point(|&row| row < first);
            let to = rows.partition_point(|&row| row < first + views.len());
            multiply_rows(isa, matrix, p, &update[from..to], |r, values| {
                place(rows[from + r]).iter_mut().zip(values).for_each(|(to, value)| *to += value);
            });
        }
    }
}

/// Multiplies all rows by panel `p` of a matrix. For each row, `put` is called with its index and
/// its sixteen values.
#[inline(always)]
fn multiply_rows(
    isa: Isa,
    matrix: &Matrix,
    p: usize,
    rows: &[QuantizedRow<'_>],
    mut put: impl FnMut(usize, &[f32; PANEL]),
) {
    let panel = matrix.panel(p);
    let mut done = 0;
    while done < rows.len() {
        done += multiply_some(isa, matrix.format, panel, &rows[done..], |r, values| put(done + r, values));
    }
}

/// Multiplies all rows of the activations by each matrix and writes the product to the output that stands beside the
/// matrix; see [`products`]. There are no updates.
///
/// # Panics
/// When shapes or block sizes do not fit.
pub fn multiply(isa: Isa, pool: &mut Pool, activations: &Activations, outputs: &mut [(&Matrix, &mut [f32])]) {
    let all = outputs.iter_mut().map(|(matrix, out)| Product { matrix, out, updates: Vec::new() });
    products(isa, pool, activations, None, &mut all.collect::<Vec<_>>());
}

/// Multiplies the rows of the activations by several matrices. If `wanted` is given, only the rows with these indices
/// are multiplied, and row `i` of each output belongs to row `wanted[i]`. A row gives the same numbers whatever rows
/// stand beside it, however many threads work and whichever instruction set is used.
///
/// # Panics
/// When shapes or block sizes do not fit.
pub fn products(
    isa: Isa,
    pool: &mut Pool,
    activations: &Activations,
    wanted: Option<&[usize]>,
    products: &mut [Product<'_>],
) {
    let inner = activations.inner();
    let row_views: Vec<QuantizedRow<'_>> = match wanted {
        Some(rows) => rows.iter().map(|&r| activations.row(r)).collect(),
        None => (0..activations.rows()).map(|r| activations.row(r)).collect(),
    };
    let mut outputs = Vec::with_capacity(products.len());
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    for (which, product) in products.iter_mut().enumerate() {
        let matrix = product.matrix;
        assert_eq!(matrix.inner, inner, "inner dimension");
        assert_eq!(matrix.block(), activations.block(), "block size");
        assert_eq!(product.out.len(), row_views.len() * matrix.columns, "output size");
        let per_piece = (PIECE_BYTES / matrix.panel(0).len()).clamp(1, matrix.panels().div_ceil(4 * pool.threads()));
        pieces.extend((0..matrix.panels()).step_by(per_piece).map(|p| (which, p, matrix.panels().min(p + per_piece))));
        outputs.push(Output::new(product));
    }
    let at_once = (CHUNK_BYTES / inner / 8 * 8).max(8);
    for (chunk, views) in row_views.chunks(at_once).enumerate() {
        let first = chunk * at_once;
        pool.run(pieces.len(), |i| {
            let (which, from, to) = pieces[i];
            // SAFETY: different pieces have different panels or different matrices, and `run` waits for all pieces
            // before the next rows.
            (from..to).for_each(|p| unsafe { outputs[which].panel(isa, p, first, views) });
        });
    }
}

/// Multiplies a panel with as many of the first rows as the kernel takes at once, calls `put` for each of them, and
/// returns how many they were.
#[inline(always)]
fn multiply_some(
    isa: Isa,
    format: Format,
    panel: &[u8],
    rows: &[QuantizedRow<'_>],
    mut put: impl FnMut(usize, &[f32; PANEL]),
) -> usize {
    #[allow(unused_macros)]
    macro_rules! kernel {
        ($module:ident, $most:expr, $($n:literal)*) => {
            match rows.len().min($most) {
                $($n => {
                    let rows: &[QuantizedRow<'_>; $n] = rows.first_chunk().expect("the length that was matched");
                    // SAFETY: [`Isa::all`] offers only sets that the processor has; [`products`] and [`Output::new`]
                    // checked that rows and matrix have the same inner dimension and block size.
                    let out = unsafe { super::$module::product::<$n>(format, panel, rows) };
                    out.iter().enumerate().for_each(|(i, values)| put(i, values));
                    $n
                })*
                _ => unreachable!("there is at least one row"),
            }
        };
    }
    match isa {
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => kernel!(avx512, super::avx512::ROWS, 1 2 3 4 5 6 7 8),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => kernel!(avx2, super::avx2::ROWS, 1 2 3 4),
        #[cfg(target_arch = "aarch64")]
        Isa::Neon => kernel!(neon, super::neon::ROWS, 1 2 3 4),
        _ => {
            let rows = &rows[..rows.len().min(portable::ROWS)];
            let out = portable::product(format, panel, rows);
            (0..rows.len()).for_each(|r| put(r, &out[r]));
            rows.len()
        }
    }
}
