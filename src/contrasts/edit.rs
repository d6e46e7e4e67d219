//! Puts words in another's place, and mends what stands around them: capitals and articles.

use super::{Contrast, ContrastKind};
use crate::checks::Pair;
use crate::lexicon::en;
use crate::span::Span;

/// The contrast in which `words` stand at `target`.
pub fn replace(pair: &Pair<'_>, kind: ContrastKind, target: Span, words: &str, source: Option<Span>) -> Contrast {
    let english = pair.target.text;
    let (words, target) = in_place(english, target, words);
    let text = format!("{}{words}{}", &english[..target.start], &english[target.end..]);
    Contrast { kind, text, target, words, source }
}

/// The contrast in which the words at two places change these; the finding is about the first.
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

/// The words as they are written at this place, and the place with the article that changes with them.
fn in_place(text: &str, target: Span, words: &str) -> (String, Span) {
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

fn opens_with_vowel(words: &str) -> bool {
    words.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O'])
}

/// With a capital.
pub fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

/// An article that opened the sentence loses its capital; a name keeps it.
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
