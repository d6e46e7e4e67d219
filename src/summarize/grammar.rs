//! Whether a text is a sentence: it has a subject and a finite verb outside its asides, and is not cut off.
//!
//! English has few endings, so that many finite verbs are recognised by their neighbours as well: see [`is_finite`].

use crate::facts::event::{Event, EventForm};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::{class, en, irregular};

/// Whether the token is a finite verb, as far as the word and the one before it show: an auxiliary, a contraction
/// ("isn't") or a finite form of a verb of saying; or else a past tense or listed present tense that follows no
/// determiner and no preposition. Participles in -ed are taken for past tenses.
pub fn is_finite(r: &Reading<'_>, i: usize) -> bool {
    let lower = r.lower(i);
    // Inside a sentence a word with a capital is part of a name, such as "United" or "States".
    if !r.is_word(i) || i > 0 && r.capital(i) || matches!(lower, "be" | "been" | "being" | "having") {
        return false;
    }
    let behind_det_or_prep = i > 0 && (r.is(i - 1, class::DET) || r.is(i - 1, class::PREP));
    let past = irregular::is_past(lower) || lower.len() > 4 && lower.ends_with("ed");
    r.is(i, class::AUX | class::FINITE)
        || lower.ends_with("n't")
        || past && !behind_det_or_prep
        || r.among(i, &en::NARRATIVE_PRESENT) && !behind_det_or_prep
}

/// Whether a text has more opening quotation marks than closing ones, or fewer.
pub fn leaves_quotation_open(english: &str) -> bool {
    english.matches('“').count() != english.matches('”').count()
}

/// Whether a text is a sentence of its own: it does not open like an aside, does not break off, and has a subject and a
/// finite verb.
pub fn is_sentence(english: &str) -> bool {
    let r = Reading::new(english, Lang::En);
    let Some(first) = (0..r.len()).find(|&i| r.is_word(i)) else { return false };
    if en::ASIDE_OPENINGS.has(r.lower(first)) || is_left_open(&r) {
        return false;
    }
    // A present tense that is in no list still counts as the verb if the grammar of clauses reads it as one, before any
    // relative pronoun and after the first word.
    let has_clause = || {
        let opening = r.span(first, first + 1);
        let relative = (first..r.len()).find(|&i| r.among(i, &en::RELATIVE_PRONOUNS));
        let end = relative.map_or(english.len(), |i| r.span(i, i + 1).start);
        let is_verb = |e: &Event| e.form == EventForm::Clause && !e.word.overlaps(opening) && e.word.start < end;
        clause::events(&r).iter().any(is_verb)
    };
    clauses(&r, first).any(|(from, to)| has_subject_and_verb(&r, from, to)) || has_clause()
}

/// The stretches between commas, semicolons and colons that a space follows, from token `first` on. Those that begin
/// like an aside ("which", "according") are left out. Each is given as its first token and the token after its last.
fn clauses(r: &Reading<'_>, first: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut from = first;
    let mut out = Vec::new();
    for i in first..=r.len() {
        if i == r.len() || matches!(r.mark(i), ',' | ';' | ':') && r.spaced(i + 1) {
            out.push((from, i));
            from = i + 1;
        }
    }
    out.into_iter().filter(|&(from, to)| from < to && !en::ASIDE_WORDS.has(r.lower(from)))
}

/// Whether the stretch from token `from` up to, but without, token `to` has a finite verb with a subject. A verb that
/// opens the text does not count: it is a participle ("Followed by a siege") or the verb of a question. A verb that
/// opens a later stretch does count, unless it looks like a participle there, since its subject may stand before an
/// aside ("The army, backed by drones, killed ten men").
///
/// The first verb after a relative pronoun does not count either: "two men who emerged from the church" is no sentence.
fn has_subject_and_verb(r: &Reading<'_>, from: usize, to: usize) -> bool {
    let Some(opening) = (from..to).find(|&i| r.is_word(i)) else { return false };
    let behind_aside = opening > 1 && (0..from).any(|k| r.is_word(k));
    let mut relative = false;
    for i in (opening..to).filter(|&i| r.is_word(i)) {
        let goes_on = i > from && is_finite(r, i - 1);
        if r.among(i, &en::RELATIVE_PRONOUNS) && i > opening {
            relative = true;
        } else if is_finite(r, i) && !goes_on {
            // In ", questioned by the radio" the first word is a participle, and the stretch is an aside.
            let participle = i == opening && r.among(i + 1, &en::BEHIND_PARTICIPLES);
            if !relative && !participle && (i > opening || behind_aside) {
                return true;
            }
            relative = false;
        }
    }
    false
}

/// Whether a text breaks off: its last word is a determiner (but for a few that can end a sentence, such as "all"), a
/// conjunction or a relative pronoun, as in "… to the".
fn is_left_open(r: &Reading<'_>) -> bool {
    let last = (0..r.len()).rev().find(|&i| r.is_word(i));
    last.is_some_and(|i| {
        r.is(i, class::DET) && !matches!(r.lower(i), "that" | "this" | "all" | "both" | "each" | "her")
    }) || last.is_some_and(|i| r.is(i, class::CONJ | class::REL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_a_subject_and_a_verb() {
        for whole in [
            "The army, backed by drones, killed ten men.",
            "According to the director, the town was shelled by the army.",
            "The man, father of six children, was wounded.",
            "The week of tributes to the victims ended with a ceremony in Tarsal.",
            "“Tarsal is free,” the mayor said.",
            "There are 84 dead.",
            "In the night, Norava failed by trying to hide it.",
            "Two men who came out of the church were shot dead.",
            "The mayor said that the bridge, which was closed, would open on Monday.",
        ] {
            assert!(is_sentence(whole), "{whole}");
        }
        for broken in [
            "According to the director, questioned by the radio.",
            "The week of tributes to the victims of the January attacks (17 deaths) in Tarsal.",
            "The man, father of six children.",
            "Followed by a siege of up to five hours.",
            "Which explains why troops are there.",
            "During a mass in Selm, two men who came out of the church, one of whom had a beard, in order to flee.",
            "The army took the bridge and.",
            "The police opened fire on the.",
            "— Karim Bell, president of the United States of Norava",
        ] {
            assert!(!is_sentence(broken), "{broken}");
        }
    }
}
