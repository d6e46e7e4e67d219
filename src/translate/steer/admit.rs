//! Which texts may take a draft's place at all.

use super::candidates::Way;
use super::choose::LESS_LIKELY;
use super::draft::Draft;
use super::judged::Judged;
use super::words::are_near;
use crate::facts::{self, FactValue};
use crate::lang::Lang;
use std::collections::HashSet;

/// Share of the first text's words that a correction must keep, and of its own words that must come from there: above,
/// it is the same sentence with something put right; below, another one.
const KEPT: f64 = 0.6;

/// How much less likely than the draft a text may be that has a lost term, before the French behind it is asked for.
const FORCED: f32 = 0.5;

/// Whether a text is a translation of the same sentence at all, as far as the model's likelihood and the first text tell.
pub fn is_admissible(way: Way, draft: &Draft<'_>, text: &str, log_prob: f32) -> bool {
    match way {
        Way::Wider => log_prob >= draft.first_log_prob - if draft.has_findings() { LESS_LIKELY } else { FORCED },
        Way::Anew => log_prob >= draft.first_log_prob - LESS_LIKELY && are_near(text, &draft.first, KEPT),
        Way::Repair => are_near(text, &draft.first, KEPT),
    }
}

/// Whether a text adds what neither the French nor the draft has: a figure that was forced in stands where it belongs, or
/// it does harm ("since May, … on May 2015").
pub fn adds(draft: &Draft<'_>, judged: &Judged) -> bool {
    let added = |j: &Judged| {
        let added = j.heavy().filter(|f| f.rule.ends_with("-added"));
        added.filter_map(|f| Some(f.target?.of(&j.text).to_string())).collect::<Vec<_>>()
    };
    let before = added(&draft.best);
    if added(judged).iter().any(|text| !before.contains(text)) {
        return true;
    }
    let french = |text: &str| left_in_french(draft.sentence, text);
    if french(&judged.text) > french(&draft.best.text) {
        return true;
    }
    let figures = |text: &str, lang| {
        let facts = facts::extract(text, &facts::Context { lang, date: None });
        let figure =
            |f: &&facts::Fact| matches!(f.value, FactValue::Quantity(_) | FactValue::Date(_) | FactValue::Time(_));
        facts.iter().filter(figure).count()
    };
    figures(&judged.text, Lang::En) > figures(draft.sentence, Lang::Fr).max(figures(&draft.best.text, Lang::En))
}

/// Pairs of words in lower case that the English has as the French does (« quelque chose »), and that names do not explain.
pub fn left_in_french(french: &str, english: &str) -> usize {
    let pairs = |text: &str| -> HashSet<String> {
        let words: Vec<String> =
            text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).into()).collect();
        let is_plain = |w: &String| !w.is_empty() && w.chars().all(char::is_lowercase);
        words.windows(2).filter(|pair| pair.iter().all(is_plain)).map(|pair| pair.join(" ")).collect()
    };
    pairs(french).intersection(&pairs(english)).count()
}
