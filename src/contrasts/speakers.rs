//! A contrast about who says something: the two speakers of a text change places.

use super::verb::is_plural;
use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::attribution::{Attribution, Speaker};
use crate::span::Span;

/// A speaker of more words than this is not exchanged: long ones often have clauses of their own.
const LONGEST: usize = 8;

/// Adds the exchange of the two speakers, if they are short, both singular or both plural, and not named alike.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (french, english) = (speakers(&pair.source), speakers(&pair.target));
    // Both texts must have exactly two speakers: with three it is not clear which two to exchange.
    let ([reason, _], [first, second]) = (french.as_slice(), english.as_slice()) else { return };
    let text = pair.target.text;
    let (a, b) = (first.of(text), second.of(text));
    let short = |words: &str| words.split_whitespace().count() <= LONGEST;
    if first.end <= second.start && a != b && is_plural(a) == is_plural(b) && short(a) && short(b) {
        out.push(edit::exchange(pair, ContrastKind::Speakers, (*first, *second), Some(*reason)));
    }
}

/// The places of a text's sources, in the order of the text. Only sources of strong attributions count, and only if the
/// text names them or calls them by a role ("the minister").
fn speakers(side: &Side<'_>) -> Vec<Span> {
    let named = |a: &&Attribution| matches!(a.speaker, Speaker::Named | Speaker::Role) && a.is_strong();
    fn of(value: &FactValue) -> Option<&Attribution> {
        if let FactValue::Attribution(a) = value { Some(a) } else { None }
    }
    let mut out: Vec<Span> =
        side.facts.iter().filter_map(|f| of(&f.value)).filter(named).filter_map(|a| a.source).collect();
    out.sort_by_key(|s| s.start);
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn two_speakers_change_places() {
        let french = "« Le pont tiendra », a affirmé le ministre. « Il est miné », a répondu le colonel.";
        let english = "“The bridge will hold,” the colonel said. “It is mined,” the minister replied.";
        let wanted = "“The bridge will hold,” the minister said. “It is mined,” the colonel replied.";
        let all = texts(french, english);
        assert!(all.iter().any(|t| t == wanted), "{all:?}");
    }

    #[test]
    fn one_speaker_is_not_asked_about() {
        assert_eq!(texts("« Il pleut », a dit le préfet.", "“It is raining,” the prefect said."), [""; 0]);
    }
}
