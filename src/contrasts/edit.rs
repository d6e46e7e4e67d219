//! Replaces words of the English, or exchanges the words at two places. Capitals are adapted, and
//! where words are replaced, an "a" or "an" before them is adapted as well.

use super::{Contrast, ContrastKind};
use crate::checks::Pair;
use crate::lexicon::en;
use crate::span::Span;

/// The contrast in which `words` replace the words at `target`. If an "a" or "an" before them changes, it is part of
/// the change.
pub fn replace(pair: &Pair<'_>, kind: ContrastKind, target: Span, words: &str, source: Option<Span>) -> Contrast {
    let english = pair.target.text;
    let (words, target) = adapt(english, target, words);
    let text = format!("{}{words}{}", &english[..target.start], &english[target.end..]);
    Contrast { kind, text, target, words, source }
}

/// The contrast in which the words at two places, given in the order of the text, change places. Its target is
/// everything from the first place to the end of the second.
pub fn exchange(pair: &Pair<'_>, kind: ContrastKind, (first, second): (Span, Span), source: Option<Span>) -> Contrast {
    let english = pair.target.text;
    let (a, b) = (first.of(english), second.of(english));
    let (a, b) = if first.start == 0 { (uncapital(a), capital(b)) } else { (a.to_string(), b.to_string()) };
    let middle = &english[first.end..second.start];
    let words = format!("{b}{middle}{a}");
    let target = first.cover(second);
    let text = format!("{}{words}{}", &english[..target.start], &english[target.end..]);
    Contrast { kind, text, target, words, source }
}

/// The words as they must be written at this place, and the place that they replace. The words get
/// a capital if the words that they replace have one and stand at the beginning of the text or
/// right after an opening quotation mark or bracket. If an "a" or "an" before the words has to
/// change, both the words and the place include it.
fn adapt(text: &str, target: Span, words: &str) -> (String, Span) {
    let before = &text[..target.start];
    if target.of(text).starts_with(char::is_uppercase) && (before.is_empty() || before.ends_with(['“', '"', '(', '«']))
    {
        return (capital(words), target);
    }
    let Some(head) = before.strip_suffix(' ') else { return (words.to_string(), target) };
    let article = head.rsplit(' ').next().unwrap_or(head);
    let other = match (article, opens_with_vowel(words)) {
        ("a", true) => "an",
        ("an", false) => "a",
        ("A", true) => "An",
        ("An", false) => "A",
        _ => return (words.to_string(), target),
    };
    (format!("{other} {words}"), Span::new(head.len() - article.len(), target.end))
}

/// Whether the first letter is a vowel; the sound is not looked at ("hour", "unit").
fn opens_with_vowel(words: &str) -> bool {
    words.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O'])
}

/// The words with a capital as their first letter.
pub fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

/// The words of a phrase that opened the text, as they are written later in it. An article or another word that often
/// opens a sentence loses its capital ("The army" becomes "the army"). Other first words keep their capital, and so
/// does a phrase of one word.
fn uncapital(words: &str) -> String {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    if en::OPENERS.has(&first.to_lowercase()) && !rest.is_empty() {
        return format!("{} {rest}", first.to_lowercase());
    }
    words.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_goes_with_its_word() {
        let english = "It was a defeat.";
        let pair = Pair::new("C'était une défaite.", english, None);
        let contrast = replace(&pair, ContrastKind::Event, Span::new(9, 15), "advance", None);
        assert_eq!(contrast.text, "It was an advance.");
        assert_eq!(contrast.target.of(english), "a defeat");
    }

    #[test]
    fn capitals_stay_at_the_beginning() {
        let pair = Pair::new("L'armée a attaqué Kelba.", "The army attacked Kelba.", None);
        let contrast = exchange(&pair, ContrastKind::Parties, (Span::new(0, 8), Span::new(18, 23)), None);
        assert_eq!(contrast.text, "Kelba attacked the army.");
    }
}
