//! Writes English for translations and summaries: values as words and figures, typography, reported speech. What reads
//! English is in `facts`.

pub mod reported;
#[cfg(test)]
mod tests;
pub mod typography;
pub mod values;

/// How often `n` has each scale of `steps` (greatest first), and what is left below the smallest: 2,300,004 by a
/// million and a thousand is `[(2, 1_000_000), (300, 1000)]` and 4.
fn split(n: u64, steps: &[u64]) -> (Vec<(u64, u64)>, u64) {
    let mut rest = n;
    let mut parts = Vec::new();
    for &step in steps {
        if rest >= step {
            parts.push((rest / step, step));
            rest %= step;
        }
    }
    (parts, rest)
}
