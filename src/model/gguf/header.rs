//! Checks the header of a GGUF file. The header is read once, with checked arithmetic, before
//! anything is built from it, since the numbers in a file may be wrong by mistake or on purpose.

use candle_core::quantized::gguf_file::Content;

/// How deep lists may be nested. The metadata of tokenizers has lists; no known file has lists of
/// lists.
const MAX_NESTING: usize = 4;
/// The most elements that one tensor may have, about 10¹². Each model that depeche knows has fewer than 10¹⁰ in all its
/// tensors together.
const MAX_ELEMENTS: u64 = 1 << 40;
/// The smallest and the largest alignment that a file may declare; an alignment must also be a power of two. The
/// offsets of the file's tensors are multiples of the alignment.
const ALIGNMENTS: std::ops::RangeInclusive<u64> = 8..=1 << 20;

/// Reads through the header of `file`, which begins with the letters GGUF, and checks it.
///
/// # Errors
/// What is wrong with the header, in words.
pub(super) fn check(file: &[u8]) -> Result<(), String> {
    let mut walk = Walk { file, at: 4, lengths: 8 };
    let version = walk.u32()?;
    walk.lengths = match version {
        1 => 4,
        2 | 3 => 8,
        _ => return Err(format!("is of version {version}; versions 1 to 3 are known")),
    };
    let (tensors, keys) = (walk.length()?, walk.length()?);
    // What the format prescribes for a file that declares no alignment.
    let mut alignment = 32;
    for _ in 0..keys {
        let key = walk.string()?;
        let kind = walk.u32()?;
        let from = walk.at;
        walk.value(kind, 0)?;
        if key == b"general.alignment" {
            let bytes = &file[from..walk.at];
            alignment = bytes.iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b));
            if bytes.len() > 8 || !ALIGNMENTS.contains(&alignment) || !alignment.is_power_of_two() {
                return Err("aligns its tensors to no power of two from 8 to a million".into());
            }
        }
    }
    for _ in 0..tensors {
        walk.tensor(alignment)?;
    }
    Ok(())
}

/// Checks that a file of `length` bytes has all tensors of its header, which must have passed [`check`], and that the
/// rows of the tensors are whole blocks.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn check_tensors(content: &Content, length: u64) -> Result<(), String> {
    let mut end = 0;
    for (name, tensor) in &content.tensor_infos {
        let (block, size) = (tensor.ggml_dtype.block_size(), tensor.ggml_dtype.type_size() as u64);
        let row = tensor.shape.dims().last().copied().unwrap_or(0);
        if !row.is_multiple_of(block) {
            return Err(format!("has a tensor {name} with rows of {row}, no multiple of {block}"));
        }
        let bytes = tensor.shape.elem_count() as u64 / block as u64 * size;
        end = end.max(content.tensor_data_offset.saturating_add(tensor.offset).saturating_add(bytes));
    }
    if end > length { Err(format!("is cut off: {length} bytes of {end}; fetch the file again")) } else { Ok(()) }
}

/// Reads a header from its beginning to its end.
struct Walk<'a> {
    file: &'a [u8],
    /// Offset of the next byte.
    at: usize,
    /// How many bytes a length, a count or a dimension takes: 4 in version 1 of the format, 8 in later ones.
    lengths: usize,
}

impl<'a> Walk<'a> {
    /// The next `n` bytes.
    fn bytes(&mut self, n: u64) -> Result<&'a [u8], String> {
        let end = usize::try_from(n).ok().and_then(|n| self.at.checked_add(n));
        let bytes = end.and_then(|end| self.file.get(self.at..end));
        let bytes = bytes.ok_or("its header is cut off or damaged; fetch the file again")?;
        self.at += bytes.len();
        Ok(bytes)
    }

    /// The next number, which takes `bytes` bytes, the lowest one first.
    fn number(&mut self, bytes: usize) -> Result<u64, String> {
        Ok(self.bytes(bytes as u64)?.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    fn u32(&mut self) -> Result<u32, String> {
        Ok(self.number(4)? as u32)
    }

    fn length(&mut self) -> Result<u64, String> {
        self.number(self.lengths)
    }

    fn string(&mut self) -> Result<&'a [u8], String> {
        let length = self.length()?;
        self.bytes(length)
    }

    /// Skips a value of the given kind, which stands inside `nesting` lists. GGUF numbers the
    /// kinds: 7 is a boolean, 8 a string, 9 a list, and the others from 0 to 12 are numbers.
    fn value(&mut self, kind: u32, nesting: usize) -> Result<(), String> {
        match kind {
            0 | 1 | 7 => self.bytes(1).map(drop),
            2 | 3 => self.bytes(2).map(drop),
            4..=6 => self.bytes(4).map(drop),
            10..=12 => self.bytes(8).map(drop),
            8 => self.string().map(drop),
            9 if nesting < MAX_NESTING => {
                let (kind, length) = (self.u32()?, self.length()?);
                // This ends even if the file claims a huge length, since every element takes at least one byte, and
                // reading fails at the end of the file.
                for _ in 0..length {
                    self.value(kind, nesting + 1)?;
                }
                Ok(())
            }
            9 => Err(format!("has lists within lists, more than {MAX_NESTING} deep")),
            _ => Err(format!("has a value of the unknown kind {kind}")),
        }
    }

    /// Skips the description of one tensor and checks its shape and its offset.
    fn tensor(&mut self, alignment: u64) -> Result<(), String> {
        let name = String::from_utf8_lossy(self.string()?).into_owned();
        let dimensions = self.u32()?;
        if !(1..=4).contains(&dimensions) {
            return Err(format!("has a tensor {name} of {dimensions} dimensions"));
        }
        let mut elements = 1u64;
        for _ in 0..dimensions {
            let size = self.length()?;
            elements = elements.checked_mul(size).filter(|e| (1..=MAX_ELEMENTS).contains(e)).ok_or_else(|| {
                format!("has a tensor {name} with a dimension of {size}, which leaves nothing or too much")
            })?;
        }
        let _kind = self.u32()?;
        if !self.number(8)?.is_multiple_of(alignment) {
            return Err(format!("has a tensor {name} that does not lie on a multiple of {alignment} bytes"));
        }
        Ok(())
    }
}
