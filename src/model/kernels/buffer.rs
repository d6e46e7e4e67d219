//! Memory that starts on a cache line and, if there is much of it and the system allows it, is in large pages.

use memmap2::MmapMut;

/// One cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct CacheLine([u8; 64]);

/// How many bytes a large page has on x86-64 and most other processors.
const LARGE_PAGE: usize = 2 << 20;

/// Bytes that start on a cache line, so that a vector load at a multiple of 64 bytes needs one line only. They are zero
/// at first.
///
/// Nearly all weights are read in every pass through the model, and in pages of 4 KiB the processor would have to look
/// up a page every 64 lines. So a buffer of one large page or more is mapped, and on Linux the system is asked to use
/// large pages for it (`MADV_HUGEPAGE`).
pub struct Buffer {
    memory: Memory,
    len: usize,
}

enum Memory {
    Lines(Vec<CacheLine>),
    /// A mapping, and where in it the buffer starts.
    Mapped(MmapMut, usize),
}

impl Buffer {
    /// `len` zeroed bytes.
    pub fn new(len: usize) -> Buffer {
        let mapped = if len >= LARGE_PAGE { mapped(len) } else { None };
        let memory = mapped.unwrap_or_else(|| Memory::Lines(vec![CacheLine([0; 64]); len.div_ceil(64)]));
        Buffer { memory, len }
    }

    /// Makes the buffer `len` bytes long. It keeps its memory if that is large enough. Callers must
    /// not rely on what the bytes are afterwards.
    pub fn resize(&mut self, len: usize) {
        let room = match &self.memory {
            Memory::Lines(lines) => lines.len() * 64,
            Memory::Mapped(map, start) => map.len() - start,
        };
        if room < len {
            *self = Buffer::new(len);
        }
        self.len = len;
    }

    /// The address of the first byte.
    fn start(&self) -> *const u8 {
        match &self.memory {
            Memory::Lines(lines) => lines.as_ptr().cast(),
            Memory::Mapped(map, start) => map[*start..].as_ptr(),
        }
    }

    /// All bytes, to be read.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the memory is at least `len` plain bytes long.
        unsafe { std::slice::from_raw_parts(self.start(), self.len) }
    }

    /// All bytes, to be written.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        let start = match &mut self.memory {
            Memory::Lines(lines) => lines.as_mut_ptr().cast(),
            Memory::Mapped(map, start) => map[*start..].as_mut_ptr(),
        };
        // SAFETY: as above; the borrow of `self` is exclusive.
        unsafe { std::slice::from_raw_parts_mut(start, self.len) }
    }
}

/// A mapping in which `len` bytes start on a large page. `None` if the system refuses it.
fn mapped(len: usize) -> Option<Memory> {
    let map = MmapMut::map_anon(len + LARGE_PAGE).ok()?;
    let start = map.as_ptr().align_offset(LARGE_PAGE);
    #[cfg(target_os = "linux")]
    {
        // Large pages are asked for only where they are used whole: one that is used in part would waste memory. A
        // system without large pages refuses, which does no harm.
        let _ = map.advise_range(memmap2::Advice::HugePage, start, len / LARGE_PAGE * LARGE_PAGE);
    }
    Some(Memory::Mapped(map, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_of_all_sizes_are_zeroed_aligned_and_as_long_as_asked() {
        for len in [0, 1, 63, 64, 1000, LARGE_PAGE - 1, LARGE_PAGE, 3 * LARGE_PAGE + 17] {
            let mut buffer = Buffer::new(len);
            assert!(buffer.bytes().len() == len && buffer.bytes().iter().all(|&b| b == 0));
            assert!(buffer.bytes().as_ptr().align_offset(64) == 0);
            buffer.bytes_mut().fill(7);
            buffer.resize(len + 5000);
            assert_eq!(buffer.bytes().len(), len + 5000);
            buffer.resize(len / 2);
            assert_eq!(buffer.bytes_mut().len(), len / 2);
        }
    }
}
