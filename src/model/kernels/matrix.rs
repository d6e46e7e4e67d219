//! A packed weight matrix, and its product with rows of activations.

use super::activations::{Activations, Row};
use super::buffer::Buffer;
use super::format::{Format, PANEL};
use super::isa::Isa;
use super::pack::pack_panel;
use super::pool::Pool;
use super::{portable, shared::Slots};

/// A weight matrix `[columns, inner]`, as records (see [`super::format`]).
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
            // SAFETY: every panel is a piece of its own.
            let to = unsafe { slots.range(i * panel, panel) };
            pack_panel(format, &file[i * PANEL * row..][..columns * row], columns, blocks, to);
        });
        Matrix { format, columns, inner, data }
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn inner(&self) -> usize {
        self.inner
    }

    /// Inner positions that must share a scale in the activations.
    pub fn block(&self) -> usize {
        self.format.block()
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        self.data.bytes().len()
    }

    fn panels(&self) -> usize {
        self.columns.div_ceil(PANEL)
    }

    fn panel(&self, panel: usize) -> &[u8] {
        let bytes = self.inner / self.format.block() * self.format.record_bytes();
        &self.data.bytes()[panel * bytes..][..bytes]
    }
}

/// Activations of a row block stay in the second-level cache while the weights pass by.
const ROW_BLOCK_BYTES: usize = 320 * 1024;

/// Bytes of weights that a thread takes at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Products of several matrices with the same activations: for each matrix and its output `[rows, columns]`,
/// `out = activations · matrixᵀ`. The same numbers come out for a row, whatever rows stand beside it, however many
/// threads work and whichever instruction set is used.
///
/// # Panics
/// When shapes or block sizes do not fit.
pub fn multiply(isa: Isa, pool: &mut Pool, activations: &Activations, outputs: &mut [(&Matrix, &mut [f32])]) {
    let rows = activations.rows();
    let inner = activations.inner();
    let mut slots = Vec::with_capacity(outputs.len());
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    for (which, (matrix, out)) in outputs.iter_mut().enumerate() {
        assert_eq!(matrix.inner, inner, "inner dimension");
        assert_eq!(matrix.block(), activations.block(), "block size");
        assert_eq!(out.len(), rows * matrix.columns, "output size");
        let per_piece = (PIECE_BYTES / matrix.panel(0).len()).clamp(1, matrix.panels().div_ceil(4 * pool.threads()));
        pieces.extend((0..matrix.panels()).step_by(per_piece).map(|p| (which, p, matrix.panels().min(p + per_piece))));
        slots.push((*matrix, Slots::new(out)));
    }
    let row_views: Vec<Row<'_>> = (0..rows).map(|r| activations.row(r)).collect();
    let at_once = (ROW_BLOCK_BYTES / inner / 8 * 8).max(8);
    for (block, views) in row_views.chunks(at_once).enumerate() {
        let first = block * at_once;
        pool.run(pieces.len(), |i| {
            let (which, from, to) = pieces[i];
            let (matrix, out) = &slots[which];
            for p in from..to {
                let width = PANEL.min(matrix.columns - p * PANEL);
                let panel = matrix.panel(p);
                let mut done = 0;
                while done < views.len() {
                    done += rows_at_once(isa, matrix.format, panel, &views[done..], |r, values| {
                        // SAFETY: rows and panels of different pieces do not overlap.
                        let to = unsafe { out.range((first + done + r) * matrix.columns + p * PANEL, width) };
                        match <&mut [f32; PANEL]>::try_from(&mut *to) {
                            Ok(to) => *to = *values,
                            Err(_) => to.copy_from_slice(&values[..width]),
                        }
                    });
                }
            }
        });
    }
}

/// Multiplies a panel with as many of the rows as the kernel takes at once, and says how many.
#[inline(always)]
fn rows_at_once(
    isa: Isa,
    format: Format,
    panel: &[u8],
    rows: &[Row<'_>],
    mut put: impl FnMut(usize, &[f32; PANEL]),
) -> usize {
    #[allow(unused_macros)]
    macro_rules! kernel {
        ($room:ident, $most:expr, $($n:literal)*) => {
            match rows.len().min($most) {
                $($n => {
                    let rows: &[Row<'_>; $n] = rows.first_chunk().expect("so many");
                    // SAFETY: `Isa::all` found the features; `multiply` checked inner dimension and block size, and
                    // every row of the activations is as long as the panel.
                    let out = unsafe { super::$room::product::<$n>(format, panel, rows) };
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
        _ => {
            let rows = &rows[..rows.len().min(portable::ROWS)];
            let out = portable::product(format, panel, rows);
            (0..rows.len()).for_each(|r| put(r, &out[r]));
            rows.len()
        }
    }
}
