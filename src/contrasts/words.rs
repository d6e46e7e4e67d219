//! Words in pairs: "before" and "after", "up" and "down", "dead" and "wounded".

use super::{Contrast, Kind, edit};
use crate::checks::Pair;
use crate::lexicon::table;
use crate::span::Span;
use std::sync::OnceLock;

struct Row {
    kind: Kind,
    words: [&'static str; 2],
    /// French words that give reason, in lower case; some are of several words or cut off.
    reasons: Vec<&'static str>,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let of = |row: table::Row| Row {
            kind: match row.cell(0) {
                "time" => Kind::Time,
                "trend" => Kind::Trend,
                "event" => Kind::Event,
                _ => row.fail("the first cell is none of time, trend, event"),
            },
            words: [row.cell(1), row.cell(2)],
            reasons: row.forms(3).collect(),
        };
        table::CONTRAST_WORDS.rows().map(of).collect()
    })
}

pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let french = pair.source.text.to_lowercase();
    let english = &pair.target.reading;
    for row in rows() {
        for (word, other) in [(row.words[0], row.words[1]), (row.words[1], row.words[0])] {
            let found = (0..english.len()).filter(|&i| english.lower(i) == word && !(english.capital(i) && i > 0));
            for i in found {
                let Some(reason) = row.reasons.iter().find_map(|r| stands(&french, r)) else { break };
                let source = (french.len() == pair.source.text.len()).then_some(reason);
                out.push(edit::replace(pair, row.kind, english.span(i, i + 1), other, source));
            }
        }
    }
}

/// Where words stand in a lower-cased text, as whole words; what ends in a consonant before an apostrophe may be cut.
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
        assert_eq!(texts(french, "He went two days before the vote."), ["He went two days after the vote."]);
    }

    #[test]
    fn without_a_word_of_the_kind_in_the_french_nothing_is_asked() {
        assert_eq!(texts("Il arrive lundi.", "He comes before Tuesday."), [""; 0]);
    }
}
