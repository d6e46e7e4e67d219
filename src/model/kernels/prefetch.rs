//! Weights asked for before they are needed.

use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

/// How far ahead. The processor's own prefetchers stop at every page of 4 KiB; on Zen 5, 8 to 16 KiB ahead read 47 GB/s on
/// one core, without it 34.
const AHEAD: usize = 12 * 1024;

/// Asks for part `part` of `parts` of the lines that lie as far ahead as a record is long. Panels lie one behind the other
/// and come from memory when few rows meet them; the requests are spread over the work on a record, since a core has only
/// some dozens open at a time.
///
/// # Safety
/// None beyond SSE, which every x86-64 processor has: a prefetch never faults, whatever the address.
#[inline(always)]
pub unsafe fn prefetch(record: *const u8, bytes: usize, part: usize, parts: usize) {
    let lines = bytes.div_ceil(64);
    for line in part * lines / parts..(part + 1) * lines / parts {
        // SAFETY: see above.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(record.wrapping_add(AHEAD + line * 64).cast()) };
    }
}
