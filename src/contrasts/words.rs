//! Contrasts by a table of words that exclude each other, most of them opposites: "before" and "after", "up" and
//! "down", "dead" and "wounded".

use super::{Contrast, ContrastKind, edit};
use crate::checks::Pair;
use crate::facts::reading::Reading;
use crate::lexicon::opposites::{OppositeKind, OppositeWords};
use crate::span::Span;

/// Adds a contrast for each place that has a word of the table, where the French has a word for the opposite. Where the
/// English has each of the two words of a row once, they only change places, and only if the French has words for both.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let french = pair.source.text.to_lowercase();
    let english = &pair.target.reading;
    for row in &OppositeWords::get().rows {
        let kind = kind(row.kind);
        let [first, second] = row.english.map(|words| places(english, words));
        if first.is_empty() && second.is_empty() {
            continue;
        }
        let reason = |n: usize| row.french[n].iter().find_map(|words| stands(&french, words));
        let source = |span: Span| (french.len() == pair.source.text.len()).then_some(span);
        // Where the English says "in early May and late June", the French may mean "in late May and early June".
        if let ([a], [b]) = (first.as_slice(), second.as_slice()) {
            let both = if a.start < b.start { (*a, *b) } else { (*b, *a) };
            if let (Some(reason), Some(_)) = (reason(0), reason(1)) {
                out.push(edit::exchange(pair, kind, both, source(reason)));
            }
            continue;
        }
        for (places, other) in [(first, 1), (second, 0)] {
            let Some(reason) = reason(other).filter(|_| !places.is_empty()) else { continue };
            let reason = source(reason);
            // "Before" and "ahead of" say the same of « avant »: one of the two is enough.
            for span in places {
                if !out.iter().any(|c| c.kind == kind && c.target == span && c.source == reason) {
                    out.push(edit::replace(pair, kind, span, row.english[other], reason));
                }
            }
        }
    }
}

/// The kind of contrast that two opposites make.
pub(super) fn kind(kind: OppositeKind) -> ContrastKind {
    match kind {
        OppositeKind::Time => ContrastKind::Time,
        OppositeKind::Trend => ContrastKind::Trend,
        OppositeKind::Event => ContrastKind::Event,
        OppositeKind::Degree => ContrastKind::Degree,
    }
}

/// Where these words stand in an English text. Places that begin with a capital inside the text don't count, because
/// the word may be part of a name.
fn places(r: &Reading<'_>, words: &str) -> Vec<Span> {
    let words: Vec<&str> = words.split(' ').collect();
    let fits = |i: &usize| {
        words.iter().enumerate().all(|(n, w)| i + n < r.len() && r.lower(i + n) == *w) && !(r.capital(*i) && *i > 0)
    };
    (0..r.len()).filter(fits).map(|i| r.span(i, i + words.len())).collect()
}

/// The first place where these words stand in a lower-cased text as whole words. Only « jusqu » may also be the
/// beginning of a word.
fn stands(text: &str, words: &str) -> Option<Span> {
    text.match_indices(words).find_map(|(at, _)| {
        let end = at + words.len();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let cut = words == "jusqu";
        let whole = !letter(text[..at].chars().next_back()) && (cut || !letter(text[end..].chars().next()));
        whole.then(|| Span::new(at, end))
    })
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn relations_of_time_turn_both_ways() {
        let french = "Il est parti deux jours avant le vote.";
        assert_eq!(texts(french, "He went two days after the vote."), ["He went two days before the vote."]);
        // What the French says is not doubted.
        assert_eq!(texts(french, "He went two days before the vote."), [""; 0]);
    }

    #[test]
    fn what_both_texts_have_changes_places() {
        let all = texts("Fin mai puis début juin, il a plu.", "It rained in early May and late June.");
        assert!(all.contains(&"It rained in late May and early June.".to_string()), "{all:?}");
    }

    #[test]
    fn words_may_be_several() {
        let all = texts("Le vote aura lieu au plus tôt lundi.", "The vote will be on Monday at the latest.");
        assert!(all.contains(&"The vote will be on Monday at the earliest.".to_string()), "{all:?}");
    }

    #[test]
    fn without_a_word_of_the_kind_in_the_french_nothing_is_asked() {
        assert_eq!(texts("Il arrive lundi.", "He comes before Tuesday."), [""; 0]);
    }
}
