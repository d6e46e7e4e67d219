//! Writes English for translations and summaries: values as words and figures, typography, reported speech. What reads
//! English is in `facts` and `language`.

pub mod reported;
#[cfg(test)]
mod tests;
pub mod typography;
pub mod values;

/// Splits `n` by the numbers of `steps`, which stand greatest first: how often each of them is in what the greater ones
/// have left, and the rest. Steps that are not in it once are left out. For example, 2,300,004 by a million and a
/// thousand gives `[(2, 1_000_000), (300, 1000)]` and the rest 4.
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
