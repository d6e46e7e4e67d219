//! Cuts a paragraph into sentences.
//!
//! A stop (`.` `!` `?` `…`, with the closing marks after it) before white space as a rule ends a sentence, unless the
//! word before it is an abbreviation, an initial or a list number, or the word after it begins in lower case. After an
//! abbreviation or initial it ends a sentence only where the next word shows that a new sentence begins. A quotation of
//! several sentences is cut at its inner stops, and its closing mark stays with the last of them.
//!
//! The method is that of the classic rule-based splitters (Grefenstette and Tapanainen, "What is a word, what is a
//! sentence?", 1994): lists of abbreviations by what may follow them, then the shape of the neighbouring words.

mod abbreviations;

use super::floor_boundary;
use crate::lang::Lang;
use crate::span::Span;
use abbreviations::{Follows, Language};

/// Spans of the sentences of a French paragraph, without the white space between them.
pub fn french(text: &str) -> Vec<Span> {
    split(text, &abbreviations::FRENCH)
}

/// Spans of the sentences of an English paragraph, without the white space between them.
pub fn english(text: &str) -> Vec<Span> {
    split(text, &abbreviations::ENGLISH)
}

/// Spans of the sentences of a paragraph in `lang`, without the white space between them.
pub fn sentences(text: &str, lang: Lang) -> Vec<Span> {
    match lang {
        Lang::Fr => french(text),
        Lang::En => english(text),
    }
}

fn split(text: &str, language: &Language) -> Vec<Span> {
    let scan = Scan { text, language };
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let next_word = |from: usize| text[from..].find(char::is_alphanumeric).map_or(text.len(), |i| from + i);
    // Where the first letter or digit of the sentence that is being read stands.
    let mut word = next_word(0);
    let mut quote_open = false;
    while let Some(found) = text[at..].find(|c: char| is_stop(c) || c == '"') {
        let stop = at + found;
        if text[stop..].starts_with('"') {
            quote_open = opens_quote(text, stop).unwrap_or(!quote_open);
            at = stop + 1;
            continue;
        }
        let run = stop_run(text, stop);
        let (end, quotes) = closers(text, run, quote_open);
        if scan.ends_sentence(word, Span::new(stop, run), end) {
            push_sentence(text, &mut spans, start, end);
            start = end;
            word = next_word(start);
        }
        quote_open &= quotes == 0;
        at = end;
    }
    push_sentence(text, &mut spans, start, text.len());
    spans
}

/// Adds the sentence between `start` and `end`, without the white space around it.
fn push_sentence(text: &str, spans: &mut Vec<Span>, start: usize, end: usize) {
    let part = &text[start..end];
    let trimmed = part.trim_start();
    let from = start + part.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    if trimmed.is_empty() {
        return;
    }
    let span = Span::new(from, from + trimmed.len());
    match spans.last_mut() {
        // Marks without a word are not a sentence. They belong to the sentence before, if there is
        // one.
        Some(last) if !trimmed.contains(char::is_alphanumeric) => *last = last.cover(span),
        _ => spans.push(span),
    }
}

/// Whether the straight mark at `at` opens a quotation; `None` if what stands around it does not
/// tell.
fn opens_quote(text: &str, at: usize) -> Option<bool> {
    let before = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "'’([".contains(c));
    let after = text[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    (before != after).then_some(before)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁉' | '⁇')
}

/// End of the run of stops that begins at `at`, such as "...", "?!" or "! !".
fn stop_run(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        let rest = &text[end..];
        let stops = rest.len() - rest.trim_start_matches(is_stop).len();
        let spaced = rest.len() - rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']).len();
        if stops > 0 {
            end += stops;
        } else if (1..=2).contains(&rest[..spaced].chars().count()) && rest[spaced..].starts_with(['!', '?']) {
            end += spaced;
        } else {
            return end;
        }
    }
}

/// End of the closing marks after a stop, and how many straight quotation marks are among them. `quote_open` says
/// whether a straight mark has opened a quotation. The first straight mark after the stop then closes it, unless a
/// space stands before the mark and a letter or digit right after it: such a mark opens a quotation.
fn closers(text: &str, mut end: usize, quote_open: bool) -> (usize, usize) {
    let mut quotes = 0;
    loop {
        let rest = &text[end..];
        let unspaced = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        let space = rest.len() - unspaced.len();
        let Some(c) = unspaced.chars().next() else { return (end, quotes) };
        let after = unspaced[c.len_utf8()..].chars().next();
        let apart = after.is_none_or(|a| !a.is_alphanumeric());
        let closes = match c {
            '»' => true,
            ')' | ']' | '”' => space == 0 || (c == '”' && apart),
            '’' | '\'' => space == 0 && apart,
            '"' => (space == 0 && (apart || quote_open && quotes == 0)) || (quote_open && quotes == 0 && apart),
            _ => false,
        };
        if !closes {
            return (end, quotes);
        }
        quotes += usize::from(c == '"');
        end += space + c.len_utf8();
        // A stop after the closing mark (`».`) belongs to the same end of a sentence.
        let stops = &text[end..];
        end += stops.len() - stops.trim_start_matches(is_stop).len();
    }
}

/// A paragraph that is being cut, and what segmentation knows of its language.
struct Scan<'a> {
    text: &'a str,
    language: &'a Language,
}

impl Scan<'_> {
    /// Whether a sentence whose first word is at `word` ends with the stops at `stop` and the closing marks up to
    /// `end`.
    fn ends_sentence(&self, word: usize, stop: Span, end: usize) -> bool {
        let rest = &self.text[end..];
        if !rest.starts_with(char::is_whitespace) {
            return false;
        }
        let next = Next::of(rest, self.language);
        let Some(first) = next.first else { return true };
        let stops = stop.of(self.text);
        if word >= stop.start {
            return false;
        }
        let before = &self.text[word..stop.start];
        if is_omission(before, stops, &self.text[stop.end..end]) {
            return next.starts_as_sentence;
        }
        let full_stop = stops == ".";
        let closed = stop.end < end;
        if full_stop && !closed {
            return self.full_stop_ends(before, &next);
        }
        if full_stop && !next.starts_as_sentence && !next.quote_opens && self.abbreviation(before).is_some() {
            return false;
        }
        if full_stop && self.text[stop.end..end].starts_with(')') && self.acronym_in_brackets(before) {
            return next.is_opener && next.starts_as_sentence;
        }
        let quoted_start = next.quote_opens && (!first.is_lowercase() || (full_stop && closed));
        next.starts_as_sentence || quoted_start || (first.is_ascii_digit() && (full_stop || closed))
    }

    /// Whether a single full stop without closing marks ends the sentence.
    fn full_stop_ends(&self, before: &str, next: &Next) -> bool {
        let word = last_word(before);
        let digit_next = next.first.is_some_and(|c| c.is_ascii_digit());
        if let Some(follows) = self.abbreviation(before) {
            return match follows {
                Follows::Name => false,
                Follows::Word | Follows::Sentence => next.starts_as_sentence && next.is_opener,
                Follows::Number => !digit_next && next.starts_as_sentence,
                Follows::Anything => next.starts_as_sentence,
            };
        }
        if is_initials(word) {
            return next.is_opener && next.starts_as_sentence && !is_first_word(before, word);
        }
        if is_list_number(before, word) {
            return false;
        }
        if is_roman_numeral(word) {
            return next.is_opener && next.starts_as_sentence;
        }
        // A long word in lower case is no abbreviation. Where a word that begins sentences follows in lower case, its
        // capital was forgotten.
        let forgotten_capital = next.is_opener && word.chars().count() > 4 && word.chars().all(char::is_lowercase);
        next.starts_as_sentence || digit_next || next.quote_opens || forgotten_capital
    }

    /// What usually follows the abbreviation with which `before` ends; `None` if it ends with none.
    fn abbreviation(&self, before: &str) -> Option<Follows> {
        let word = last_word(before);
        self.language.abbreviation(word).or_else(|| {
            // An abbreviation may have two parts: "p. ex", "av. J.-C".
            let head = before[..before.len() - word.len()].trim_end();
            let pair = format!("{}_{word}", last_word_with_stop(head));
            self.language.abbreviation(&pair)
        })
    }

    /// Whether the text before a stop and a bracket ends in initials or an abbreviation, as in « (P.S.) ».
    fn acronym_in_brackets(&self, before: &str) -> bool {
        let word = last_word(before);
        is_initials(word) || self.language.abbreviation(word).is_some()
    }
}

/// How many bytes after a stop are looked at to decide whether it ends the sentence.
const NEAR: usize = 200;

/// What follows a possible end of a sentence.
struct Next {
    /// First character that is no space, quotation mark, bracket, dash or the like.
    first: Option<char>,
    /// A double quotation mark stands before that character.
    quote_opens: bool,
    /// What follows starts as a sentence does: with a capital, a brand such as "iPhone", or a web address.
    starts_as_sentence: bool,
    /// The first word that follows is one that starts sentences and no names, in capitals or not: "Le", "Mais".
    is_opener: bool,
}

impl Next {
    fn of(rest: &str, language: &Language) -> Next {
        // What decides stands close by. Without a limit, a text that consists only of marks would
        // be read to its end at every stop.
        let rest = &rest[..floor_boundary(rest, NEAR)];
        let rest = rest.trim_start();
        let bare = rest.trim_start_matches(|c: char| "«“„\"‘'`([])–—-•…. \u{A0}\u{202F}¿¡".contains(c));
        let marks = &rest[..rest.len() - bare.len()];
        let word: String = bare.chars().take_while(|c| c.is_alphanumeric()).collect();
        let first = bare.chars().next();
        let brand = word.chars().next().is_some_and(char::is_lowercase)
            && word.chars().count() > 2
            && word.chars().skip(1).take(2).any(char::is_uppercase);
        let quoted = marks.contains(['«', '“', '„', '"']);
        Next {
            first,
            quote_opens: quoted,
            starts_as_sentence: first.is_some_and(char::is_uppercase) || brand || is_domain(bare),
            // "J.-C." is not the word "J" of "J’ai".
            is_opener: !bare[word.len()..].starts_with(['.', '-']) && language.starts_sentences(&word),
        }
    }
}

/// Whether the stops show that something was left out of a quotation: "(…)", "[...]".
fn is_omission(before: &str, stops: &str, closing: &str) -> bool {
    (stops == "…" || stops == "...") && before.ends_with(['(', '[']) && closing.starts_with([')', ']'])
}

/// The word before a stop, with its inner points and hyphens: `J.-C`, `O.N.U`, `etc`.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || ".-°’'/&@_".contains(*c))
        .last()
        .map_or(before.len(), |(i, _)| i);
    let word = &before[start..];
    // Only what follows the last apostrophe counts: of "l’art." the word is "art".
    let word = word.rsplit(['’', '\'']).next().unwrap_or(word);
    word.trim_start_matches(['.', '-', '/'])
}

/// The last word of `head` with its point: the first part of an abbreviation of two parts, such as
/// « p. » in « p. ex ». `head` is what stands before the second part.
fn last_word_with_stop(head: &str) -> &str {
    let start = head.rfind(|c: char| c.is_whitespace() || "(«“\"’'".contains(c));
    start.map_or(head, |i| head[i..].trim_start_matches(|c: char| c.is_whitespace() || "(«“\"’'".contains(c)))
}

/// Whether a word consists of initials: "G", "J.-C", "U.S". An initial may have an h after it, as
/// in "Ph".
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split(['.', '-']).filter(|p| !p.is_empty()).all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_none_or(|c| c == 'h')
                && letters.next().is_none()
        })
}

/// Whether `before`, the text between the beginning of the sentence and a stop, is this word alone.
fn is_first_word(before: &str, word: &str) -> bool {
    before == word
}

/// Whether a word is a Roman numeral of two letters or more, which other languages write with a point as an ordinal
/// ("XXI. kerület"). A single letter is an initial.
fn is_roman_numeral(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| "IVX".contains(c))
}

/// Whether a text begins with a web address, as a sentence may do: « exemple.fr a publié … ».
fn is_domain(text: &str) -> bool {
    let token = text.split(char::is_whitespace).next().unwrap_or_default().trim_end_matches([':', ',', '.']);
    let mut parts = token.split('.');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_top = |part: &&str| part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    token.split_once('.').is_some_and(|(name, _)| name.len() > 2)
        && parts.next_back().filter(is_top).is_some()
        && parts.all(is_part)
}

/// Whether the word is the number of an item in a list ("1.", "a.", "IV."): nothing stands before
/// it in the sentence, and it is a figure, a single character or a Roman numeral, and has at most
/// four bytes.
fn is_list_number(before: &str, word: &str) -> bool {
    is_first_word(before, word)
        && (word.chars().all(|c| c.is_ascii_digit())
            || word.chars().count() == 1
            || word.chars().all(|c| "IVX".contains(c)))
        && word.len() <= 4
}

#[cfg(test)]
mod tests;
