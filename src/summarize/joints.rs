//! Shorter forms of a sentence, made by leaving out asides: words in brackets, and what stands between commas if it is
//! a relative clause, a phrase such as "located near Selm", or an apposition to a name.
//!
//! Without a parse of the sentence these are the cuts that are least likely to change its meaning. An aside stays if it
//! counts people killed, arrested or the like, tells who says something, denies something or quotes somebody.

use super::grammar;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, FactValue};
use crate::lang::Lang;
use crate::lexicon::{class, en};
use crate::span::{Span, with_each_replaced};

/// The sentence without all its removable parts, and without each single one of them, the longest form first. Forms
/// that have fewer than five words or are no sentences are left out.
pub fn forms(sentence: &str) -> Vec<String> {
    let parts = removable(sentence);
    let mut forms: Vec<String> = parts.iter().map(|p| without(sentence, &[*p])).collect();
    if parts.len() > 1 {
        forms.push(without(sentence, &parts));
    }
    forms.retain(|f| super::count_words(f) >= 5 && grammar::is_sentence(f));
    forms.sort_by_key(|f| std::cmp::Reverse(f.len()));
    forms.dedup();
    forms
}

/// The sentence without these parts.
fn without(sentence: &str, parts: &[Span]) -> String {
    let mut out = with_each_replaced(sentence, parts.iter().map(|part| (*part, "")).collect());
    // Without its aside, "at 9 p.m. (local time)." would end with the point of "p.m." and a full
    // stop.
    if out.ends_with("..") && !sentence.ends_with("..") {
        out.pop();
    }
    out
}

/// Parts that can be left out, in their order, none inside another.
fn removable(sentence: &str) -> Vec<Span> {
    let body = sentence.trim_end_matches(['.', '!', '?']);
    let mut parts: Vec<Span> = brackets(body);
    let marks = commas(body);
    for (n, &from) in marks.iter().enumerate() {
        let to = marks.get(n + 1).copied();
        // An aside between commas ends with the sentence, or its closing comma is followed by the verb of the main
        // clause.
        let inner = Span::new(from + 1, to.unwrap_or(body.len()));
        let goes_on = to.is_none_or(|to| begins_with_verb(body[to + 1..].trim_start()));
        if !goes_on || !is_aside(body, inner) {
            continue;
        }
        // From ", which …, burned" both commas are removed.
        let part = Span::new(from, to.map_or(body.len(), |to| to + 1));
        parts.retain(|p| !part.contains(*p));
        if !parts.iter().any(|p| p.overlaps(part)) {
            parts.push(part);
        }
    }
    parts.retain(|p| carries_nothing(p.of(sentence)));
    parts.sort_by_key(|p| p.start);
    parts
}

/// Where brackets with two words or more stand outside quotation marks, each with the space before it: " (rented near
/// Tarsal)". A single word in brackets is mostly the acronym of the name before it, and stays.
fn brackets(body: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for (open, _) in body.match_indices(" (") {
        let Some(close) = body[open..].find(')').map(|n| open + n + 1) else { continue };
        let quoted = grammar::leaves_quotation_open(&body[..open]);
        if body[open + 2..close - 1].contains(' ') && !quoted {
            out.push(Span::new(open, close));
        }
    }
    out
}

/// Whether what stands between two commas, or after the last one, is a relative clause, a phrase that begins with a
/// word such as "located" or "formerly", or an apposition to the name before it.
fn is_aside(body: &str, inner: Span) -> bool {
    let text = inner.of(body).trim();
    let r = Reading::new(text, Lang::En);
    let first = r.lower(0);
    if !en::REMOVABLE_OPENINGS.has(first) {
        return false;
    }
    let before = Reading::new(&body[..inner.start - 1], Lang::En);
    // Whether the word before the comma has a capital, as a name has.
    let follows_name = before.len().checked_sub(1).is_some_and(|last| before.capital(last));
    match first {
        // "Karim Bell, the mayor of Selm": an apposition is short, and has no finite verb and no "and", which would
        // make it the last item of a list.
        "a" | "an" | "the" => {
            // After an opening phrase such as "On Friday," the next noun phrase is the subject, and no apposition.
            let opens = inner.end < body.len() && before.is(0, class::PREP);
            follows_name
                && !opens
                && super::count_words(text) <= 9
                && !(0..r.len()).any(|i| r.is(i, class::AUX | class::FINITE) || r.lower(i) == "and")
        }
        "where" | "who" | "which" | "whose" | "whom" => r.len() > 2,
        _ => !before.is_empty(),
    }
}

/// Whether a text begins with a finite verb.
fn begins_with_verb(rest: &str) -> bool {
    let r = Reading::new(rest, Lang::En);
    // In ", backed by drones" the verb is a participle.
    grammar::is_finite(&r, 0) && r.lower(1) != "by"
}

/// Whether a part can go without a loss that matters: it counts nobody killed, arrested or the like, has no verb or
/// preposition by which somebody says something, denies nothing and has no quotation marks.
fn carries_nothing(part: &str) -> bool {
    let facts = facts::extract(part, &Context { lang: Lang::En, date: None });
    !part.contains(['“', '”'])
        && !facts.iter().any(|f| match &f.value {
            FactValue::Quantity(q) => q.outcome.is_some(),
            FactValue::Attribution(_) | FactValue::Negation(_) => true,
            _ => false,
        })
}

/// Where the commas stand that are not inside figures, brackets or quotation marks. If the sentence has a semicolon, a
/// colon or a dash outside of these as well, the result is empty: what follows such a mark may be a statement of its
/// own, and the words between the mark and a comma would be mistaken for an aside.
fn commas(text: &str) -> Vec<usize> {
    let (mut quoted, mut depth) = (false, 0_u32);
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' => quoted = true,
            '”' => quoted = false,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | ':' | '–' | '—' if !quoted && depth == 0 && text[at + c.len_utf8()..].starts_with(' ') => {
                out.push(at);
            }
            _ => {}
        }
    }
    if out.iter().any(|&at| !text[at..].starts_with(',')) { Vec::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_clauses_appositions_and_brackets_can_go() {
        let long = "The hotel, which lies near the palace, was hit by two shells on Monday.";
        assert_eq!(forms(long), ["The hotel was hit by two shells on Monday."]);
        let long = "A truck (rented a week ago in Selm) hit three houses in Tarsal, where a market was held.";
        assert!(forms(long).contains(&"A truck hit three houses in Tarsal.".to_string()), "{:?}", forms(long));
        let long = "Karim Bell, the mayor of Selm, resigned on Monday after two weeks of protests.";
        assert_eq!(forms(long), ["Karim Bell resigned on Monday after two weeks of protests."]);
    }

    #[test]
    fn time_place_source_and_list_stay() {
        for whole in [
            "On Friday, the army, backed by drones, killed 1,200 men.",
            "The minister announced mourning on July 16, 17, and 18, and called for unity.",
            "The attack killed 12 Norans, three Selmians, and a Dane, raising fears of war.",
            "The car, which killed six people, was stolen.",
            "The bridge is held by rebels, according to the mayor, the army said.",
            "In May 2014, a mine killed six men near Selm; on June 3, a second one wounded nine.",
            "The army killed ten men.",
            "He met the Norava Liberation Movement (NLM) in Selm.",
            "“The six men (who were in the pit on Friday) had no chance,” the mayor said.",
        ] {
            assert_eq!(forms(whole), Vec::<String>::new(), "{whole}");
        }
    }

    #[test]
    fn a_relative_clause_with_commas_of_its_own_stays() {
        let long = "The hotel, which was hit in May, in June and in July, was closed on Monday.";
        assert_eq!(forms(long), Vec::<String>::new());
    }
}
