//! Signs that an English text lets somebody speak, much broader than the grammar of attributions: used to be sure that a
//! translation names nobody.

use crate::facts::reading::{Reading, is_quote};
use crate::lexicon::class;

/// Words that look like verbs of saying and mostly are not: nouns ("TV show", "state"), and verbs with other senses.
const AMBIGUOUS: &[&str] = &[
    "put",
    "puts",
    "see",
    "sees",
    "saw",
    "seen",
    "seeing",
    "find",
    "finds",
    "found",
    "finding",
    "show",
    "shows",
    "showed",
    "shown",
    "showing",
    "point",
    "points",
    "note",
    "notes",
    "state",
    "states",
    "view",
    "views",
    "viewed",
    "call",
    "calls",
    "called",
    "calling",
    "charge",
    "charges",
    "charged",
    "feel",
    "feels",
    "felt",
    "judge",
    "judges",
    "fear",
    "fears",
    "hope",
    "hopes",
    "welcome",
    "demand",
    "demands",
    "claim",
    "detail",
    "details",
    "detailed",
    "signal",
    "signals",
    "answer",
    "answers",
    "comment",
    "comments",
    "talk",
    "talks",
    "talking",
    "quote",
    "quotes",
    "estimate",
    "estimates",
    "estimated",
    "forecast",
    "forecasts",
    "blame",
    "praise",
    "request",
    "requests",
    "appeal",
    "appeals",
    "alert",
    "dispute",
    "recall",
    "promise",
    "promises",
    "vow",
    "pledge",
    "caution",
    "regret",
    "expect",
    "expected",
    "consider",
    "considered",
    "considering",
    "published",
    "publish",
    "charging",
    "guarantee",
    "guarantees",
    "guaranteed",
    "ensure",
    "ensures",
    "ensured",
    "continue",
    "continues",
    "continued",
    "continuing",
    "maintain",
    "maintains",
    "maintained",
    "maintaining",
    "speak",
    "speaks",
    "speaking",
    "spoke",
    "spoken",
    "cite",
    "describe",
    "described",
    "react",
    "reacted",
    "express",
    "expressed",
    "agree",
    "agrees",
    "agreed",
    "recognize",
    "recognized",
    "recognised",
    "related",
    "relate",
    "relates",
    "supposed",
    "proposed",
    "propose",
    "threaten",
    "threatens",
    "reject",
    "rejected",
    "reason",
    "believed",
    "understand",
    "understood",
    "understands",
    "think",
    "thinks",
    "thinking",
    "thought",
    "believe",
    "believes",
    "ask",
    "asks",
    "asked",
    "tell",
    "sum",
    "joke",
    "recommended",
    "recommend",
    "urge",
    "plead",
    "advise",
    "wonder",
    "highlight",
    "communicate",
    "dismissed",
    "anticipate",
    "anticipated",
    "writing",
    "written",
    "answered",
    "blamed",
    "assure",
    "repeat",
    "clarify",
    "discover",
    "discovers",
    "discovered",
    "stress",
    "anticipates",
    "record",
    "records",
];

/// Other words that point to a source.
const SIGNS: &[&str] = &[
    "words",
    "according",
    "source",
    "sources",
    "reportedly",
    "quoted",
    "cited",
    "per",
    "view",
    "opinion",
    "eyes",
    "based",
    "basis",
    "findings",
    "allegations",
    "pursuant",
    "depending",
    "learned",
];

/// Signs that somebody is told to say something: attributions, and verbs of saying that are hardly anything else. Zero
/// means that the text speaks in its own voice.
pub fn signals(r: &Reading<'_>) -> usize {
    (0..r.len())
        .filter(|&i| {
            let w = r.lower(i);
            let plain = r.is(i, class::FINITE) && (!AMBIGUOUS.contains(&w) || speaks(r, i));
            // ", adding that" goes on with somebody's words.
            // "makes it clear that"
            // "He raves: “A simple stone.”"
            let clear = r.mark(i) == ':' && is_quote(r.mark(i + 1)) || w == "clear" && r.lower(i + 1) == "that";
            let plain = plain && !is_hearsay(r, i);
            plain
                || clear
                || estimation(r, i)
                || SIGNS.contains(&w)
                || r.is(i, class::NONFINITE) && r.lower(i + 1) == "that"
        })
        .count()
}

/// "in their own estimation", "gave an assurance that", "gave assurances".
fn estimation(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i), "estimation" | "assurance" | "assurances") && i > 0 && r.is_word(i - 1)
}

/// Whether an ambiguous verb says something here: "points out", "found that", ", the paper continued."
fn speaks(r: &Reading<'_>, i: usize) -> bool {
    let next = r.mark(i + 1);
    matches!(r.lower(i + 1), "out" | "that")
        // "claim to have entered", and no "claim to fame".
        || r.lower(i) == "claim" && r.lower(i + 1) == "to" && matches!(r.lower(i + 2), "have" | "be")
        || i > 0 && (r.mark(i - 1) == ',' || is_quote(r.mark(i - 1)))
        || matches!(next, '.' | ',' | ':') && i + 3 > r.len() && r.lower(i).ends_with(['d', 's'])
}

/// "is said to arrive", "are believed to be", "a man said to be close": somebody says it, and nobody is named.
pub fn is_hearsay(r: &Reading<'_>, i: usize) -> bool {
    const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "'s", "'re"];
    let hearsay =
        matches!(r.lower(i), "said" | "believed" | "thought" | "reported" | "rumoured" | "rumored" | "alleged");
    // "claimed to have seen it" is said by somebody; "said to have seen it" is not.
    hearsay
        && r.lower(i + 1) == "to"
        && (r.lower(i) == "said" && r.is(i + 2, class::AUX) || i > 0 && BE.contains(&r.lower(i - 1)))
}

/// Whether any word looks like a verb of saying, ambiguous ones included.
pub fn has_any_saying(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| r.is(i, class::SAYING))
}
