//! The words of texts, and whether two texts have nearly the same words.

use std::collections::HashSet;

/// The words of a text in lower case: runs of letters and digits.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Whether at least the share `kept` of each text's words (0 to 1) stands in the other text.
pub fn are_near(a: &str, b: &str, kept: f64) -> bool {
    let (a, b) = (words(a), words(b));
    let share = |of: &[String], with: &[String]| {
        let with: HashSet<&String> = with.iter().collect();
        of.iter().filter(|w| with.contains(w)).count() as f64 / of.len().max(1) as f64
    };
    share(&a, &b) >= kept && share(&b, &a) >= kept
}
