//! What writes English: values as words and figures, typography, reported speech. What it writes stands in translations and
//! summaries; what reads English is in `facts`.

pub mod reported;
#[cfg(test)]
mod tests;
pub mod typography;
pub mod values;

/// The parts of `n` by the scales of `steps`, greatest first, with what is left below the smallest.
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
