//! Writes English for translations and summaries: values as words and figures, typography, reported speech. What reads
//! English is in `facts` and `language`.

pub mod grammar;
pub mod reported;
#[cfg(test)]
mod tests;
pub mod typography;
pub mod values;

/// What a model wrote as the translation of the French sentence `source`, with English typography and without the slips
/// of grammar that can be mended ([`grammar`]).
pub fn edited(text: &str, source: &str) -> String {
    grammar::mended(&typography::english(text, source))
}

/// Divides `n` by the first of `steps`, the remainder by the second, and so on; the greatest step must stand first.
/// Returns the quotients that are not 0, each with its step, and the last remainder. For example, 2,300,004 by a
/// million and a thousand gives `[(2, 1_000_000), (300, 1000)]` and the remainder 4.
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
