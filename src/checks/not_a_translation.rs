//! # not-a-translation
//!
//! ## What it does
//! Reports a target that is no translation at all: an empty one, a placeholder (*TODO*), a text in another script or
//! language, an answer to the request (“Here is the translation”, “I'm sorry, but”), or tokens that
//! steer a model.
//!
//! ## Why is this bad?
//! A pipeline that counts sentences takes it for one, and no rule about figures has anything to compare.
//!
//! ## Example
//! « Le pont a sauté » → “Sure! Here is the English translation:”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::reading::Reading;
use crate::lexicon::{any, en, fr};
use crate::span::Span;

crate::rule!("not-a-translation", "not_a_translation.rs", check);

/// Letters of another script, as a share of all, from which on a target is no English.
const OTHER_SCRIPT: f64 = 0.3;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (source, target) = (&pair.source.reading, &pair.target.reading);
    if !(0..source.len()).any(|i| source.is_word(i)) || pair.source.text.trim() == pair.target.text.trim() {
        return;
    }
    let what = if pair.target.text.trim().is_empty() {
        "The English is empty"
    } else if is_placeholder(source, target) {
        "The English only holds the place of a translation"
    } else if has_control_token(pair.target.text) && !has_control_token(pair.source.text) {
        "The English holds tokens that steer a language model"
    } else if is_answer(source, pair.target.text) {
        "The English answers a request instead of translating"
    } else if is_in_another_script(pair.target.text) && !is_in_another_script(pair.source.text) {
        "The English is written in another script"
    } else if is_in_another_language(target) {
        "The English is in another language"
    } else {
        return;
    };
    out.push(Finding {
        rule: RULE.name,
        severity: Severity::Error,
        confidence: Confidence::High,
        message: what.to_string(),
        source: Some(Span::new(0, pair.source.text.len())),
        target: Some(Span::new(0, pair.target.text.len())),
        by: By::Rule,
    });
}

/// A word or two that stand for a text, beside a French one that is longer.
fn is_placeholder(source: &Reading<'_>, target: &Reading<'_>) -> bool {
    let words = |r: &Reading<'_>| (0..r.len()).filter(|&i| r.is_word(i)).count();
    let (n, m) = (words(source), words(target));
    let all_held = (0..target.len()).filter(|&i| target.is_word(i)).all(|i| en::PLACEHOLDER.has(target.lower(i)));
    let short = m <= 3 && all_held && (n > 2 || m > 0 && target.upper(0));
    short && n > 0
        || m == 0 && n > 3 && !(0..target.len()).any(|i| target.lower(i).starts_with(|c: char| c.is_ascii_digit()))
}

/// `<|im_end|>`, `[INST]`, `</s>`: what separates the turns of a conversation.
fn has_control_token(text: &str) -> bool {
    const TOKENS: [&str; 7] = ["<|", "|>", "[INST]", "[/INST]", "</s>", "<think>", "<unk>"];
    TOKENS.iter().any(|t| text.contains(t)) || text.contains("### ") && text.contains(':')
}

/// A greeting before the answer, or an offer of more help behind it.
fn is_answer(source: &Reading<'_>, target: &str) -> bool {
    let lower = target.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let opens = |phrase: &str| {
        lower.strip_prefix(phrase).is_some_and(|rest| {
            !rest.starts_with(char::is_alphanumeric)
                && (phrase.contains(' ') || phrase.ends_with(':') || rest.starts_with(['!', ':']))
        })
    };
    let talks = en::ANSWER_OPENING.words().any(opens) || en::ANSWER_CLOSING.words().any(|p| lower.contains(p));
    talks && !(0..source.len()).any(|i| fr::EXCUSED.has(source.lower(i)))
}

fn is_in_another_script(text: &str) -> bool {
    let (mut letters, mut other) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        // Latin and its extensions end here; Greek, Cyrillic, Arabic … begin.
        other += usize::from(c >= '\u{370}' && !('\u{1e00}'..='\u{1eff}').contains(&c));
    }
    letters >= 4 && other as f64 > letters as f64 * OTHER_SCRIPT
}

/// Six words or more, several of another language's function words, and hardly an English one.
fn is_in_another_language(r: &Reading<'_>) -> bool {
    let (mut words, mut foreign, mut english) = (0, 0, 0);
    for i in (0..r.len()).filter(|&i| r.is_word(i)) {
        words += 1;
        english += usize::from(en::TELLTALE.has(r.lower(i)));
        foreign += usize::from(any::FOREIGN.has(r.lower(i)) && !fr::TELLTALE.has(r.lower(i)));
    }
    words >= 5 && foreign >= 2 && foreign * 6 >= words && english * 4 <= foreign
}
