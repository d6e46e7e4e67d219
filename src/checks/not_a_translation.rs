//! # not-a-translation
//!
//! ## What it does
//! Reports a target that is no translation at all: an empty one, a placeholder (*TODO*), a text in another script or
//! language, an answer to the request (“Here is the translation”, “I'm sorry, but”), or tokens that steer a model. It
//! also reports a sentence that has nothing in common with the French: no name, no figure and hardly a related word,
//! where at least one of the two has a name.
//!
//! ## Why is this bad?
//! A pipeline that only counts sentences takes it for a translation, and rules about figures find nothing to compare.
//!
//! ## Example
//! « Le pont a sauté » → “Sure! Here is the English translation:”

use super::{By, Confidence, Finding, Pair, Severity, Side};
use crate::article::align;
use crate::facts::name::names;
use crate::facts::reading::Reading;
use crate::lexicon::{any, en, fr};
use crate::span::Span;

crate::rule!("not-a-translation", "not_a_translation.rs", check);

/// A target with a larger share than this of letters in another script is not English.
const OTHER_SCRIPT: f64 = 0.3;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (source, target) = (&pair.source.reading, &pair.target.reading);
    if !(0..source.len()).any(|i| source.is_word(i)) || pair.source.text.trim() == pair.target.text.trim() {
        return;
    }
    let mut severity = Severity::Error;
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
    } else if let Some(sure) = is_unrelated(pair) {
        severity = if sure { Severity::Error } else { Severity::Warning };
        "The English has nothing in common with the French"
    } else {
        return;
    };
    out.push(Finding {
        rule: RULE.name,
        severity,
        confidence: if severity == Severity::Error { Confidence::High } else { Confidence::Medium },
        message: what.to_string(),
        source: Some(Span::new(0, pair.source.text.len())),
        target: Some(Span::new(0, pair.target.text.len())),
        by: By::Rule,
    });
}

/// Sentences with different names or figures are unrelated if their [`align::likeness`] is below this. None of 54,000
/// translations of news has a likeness as low.
const UNRELATED: f32 = 0.07;
/// The same where only one of the two sentences has names, which proves less.
const DOUBTFUL: f32 = 0.05;
/// Sentences of fewer words than this may have nothing that a translation must keep, and are not judged.
const ENOUGH_WORDS: usize = 6;
/// The same for sentences that are judged by [`DOUBTFUL`].
const MANY_WORDS: usize = 8;

/// `Some` where the sentences have nothing in common: `Some(true)` if that is sure.
fn is_unrelated(pair: &Pair<'_>) -> Option<bool> {
    let words = |r: &Reading<'_>| (0..r.len()).filter(|&i| r.is_word(i)).count();
    let least = words(&pair.source.reading).min(words(&pair.target.reading));
    let proper = |side: &Side<'_>| names(&side.facts).flat_map(|n| &n.units).filter(|u| u.proper).count();
    let (lost, added) = (pair.names().lost.len(), pair.names().unexplained.len());
    if least < ENOUGH_WORDS
        || lost != proper(&pair.source)
        || added != proper(&pair.target)
        || !pair.figures().matched().is_empty()
    {
        return None;
    }
    let (french, english) = (figures(pair.source.text), figures(pair.target.text));
    if french.iter().any(|f| english.contains(f)) {
        return None;
    }
    // How many names and figures each sentence has. None of them stands in the other sentence.
    let (in_french, in_english) = (lost + french.len(), added + english.len());
    // Without names, different figures prove nothing: languages tell hours and rates by different figures.
    if lost + added == 0 {
        return None;
    }
    let likeness = align::likeness(pair.source.text, pair.target.text);
    if likeness < UNRELATED && (in_french > 1 || in_french == 1 && in_english > 0) {
        return Some(true);
    }
    (likeness < DOUBTFUL && (lost > 0 || added > 2) && least >= MANY_WORDS).then_some(false)
}

/// The runs of digits of a text.
fn figures(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

/// Whether the target only holds the place of a translation. Either the target has one to three words, all of them like
/// "TODO", and the French has more than two words or the target begins with a word in capitals. Or the target has
/// neither a word nor a figure, and the French has more than two words.
fn is_placeholder(source: &Reading<'_>, target: &Reading<'_>) -> bool {
    let words = |r: &Reading<'_>| (0..r.len()).filter(|&i| r.is_word(i)).count();
    let (n, m) = (words(source), words(target));
    let holds_place = |i: usize| !target.is_word(i) || en::PLACEHOLDER.has(target.lower(i));
    let is_figure = |i: usize| target.lower(i).starts_with(|c: char| c.is_ascii_digit());
    match m {
        0 => n > 2 && !(0..target.len()).any(is_figure),
        1..=3 => n > 0 && (n > 2 || target.upper(0)) && (0..target.len()).all(holds_place),
        _ => false,
    }
}

/// Whether the text seems to have a control token of a language model, such as `<|im_end|>`, `[INST]` or `</s>`, or a
/// heading of a prompt (`### Response:`).
fn has_control_token(text: &str) -> bool {
    const TOKENS: [&str; 7] = ["<|", "|>", "[INST]", "[/INST]", "</s>", "<think>", "<unk>"];
    TOKENS.iter().any(|t| text.contains(t)) || text.contains("### ") && text.contains(':')
}

/// Whether the target speaks to the person who asked for a translation: with an opening ("Sure! Here is …") or with an
/// offer of more help. Where the French itself has words that may say such things, the target is no answer.
fn is_answer(source: &Reading<'_>, target: &str) -> bool {
    let lower = target.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let opens = |phrase: &str| {
        lower.strip_prefix(phrase).is_some_and(|rest| {
            !rest.starts_with(char::is_alphanumeric)
                && (phrase.contains(' ') || phrase.ends_with(':') || rest.starts_with(['!', ':']))
        })
    };
    // An offer of more help begins a sentence of its own: "anything else will do" offers none.
    let closes = |phrase: &str| {
        lower.match_indices(phrase).any(|(at, _)| lower[..at].trim_end().ends_with(['.', '!', '?', ':', ')', '\n']))
    };
    let talks = en::ANSWER_OPENING.words().any(opens) || en::ANSWER_CLOSING.words().any(closes);
    talks && !(0..source.len()).any(|i| fr::EXCUSED.has(source.lower(i)))
}

/// Whether more than [`OTHER_SCRIPT`] of the letters of a text are not Latin. A text of fewer than
/// four letters is not judged.
fn is_in_another_script(text: &str) -> bool {
    let (mut letters, mut other) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        // Latin letters stand before U+0370, where Greek, Cyrillic, Arabic and others begin, and from U+1E00 to U+1EFF.
        other += usize::from(c >= '\u{370}' && !('\u{1e00}'..='\u{1eff}').contains(&c));
    }
    letters >= 4 && other as f64 > letters as f64 * OTHER_SCRIPT
}

/// Whether the target has five words or more, of which at least two, and one in six, are function words of a language
/// other than English and French, and at most a quarter as many are function words of English.
fn is_in_another_language(r: &Reading<'_>) -> bool {
    let (mut words, mut foreign, mut english) = (0, 0, 0);
    for i in (0..r.len()).filter(|&i| r.is_word(i)) {
        words += 1;
        english += usize::from(en::TELLTALE.has(r.lower(i)));
        foreign += usize::from(any::FOREIGN.has(r.lower(i)) && !fr::TELLTALE.has(r.lower(i)));
    }
    words >= 5 && foreign >= 2 && foreign * 6 >= words && english * 4 <= foreign
}
