//! The headline of a summary: the article's own in neutral words, or else the point of the first sentence.

use super::material::Material;
use super::wording::Wording;

/// The headline, where the article has one that can stand; `first` is the summary's first sentence.
pub fn of(material: &Material<'_>, wording: &Wording, first: Option<&str>) -> Option<String> {
    let own = material.title.as_ref().filter(|t| !t.needs_review && !t.english.trim().is_empty());
    let own = own.and_then(|t| wording.neutral(&t.english).ok());
    let made = || {
        let first = first?;
        let shortest = super::trim::forms(first)
            .into_iter()
            .filter(|form| super::fidelity::objection(first, form).is_none())
            .min_by_key(|form| super::count_words(form));
        Some(shortest.unwrap_or_else(|| first.to_string()))
    };
    own.or_else(made).map(|h| h.trim_end_matches('.').to_string())
}
