//! The place where an English text and another one differ, and how the words of the two texts there
//! are related: forms of the same words, words that exclude each other, or neither.

use crate::checks::Pair;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::opposites::{OppositeVerbs, OppositeWords};
use crate::lexicon::similar::damerau;
use crate::lexicon::things::{Thing, Things, find_nouns};
use crate::lexicon::{class, en};
use crate::span::Span;

/// The one place where another text differs from the English of a pair.
pub(super) struct Difference<'a> {
    /// The place in the English, in whole words.
    pub target: Span,
    /// What the other text has there.
    pub words: &'a str,
    /// The words of the English there, then those of the other text.
    sides: [Words; 2],
}

/// What is known about the words at one place.
struct Words {
    /// All words, lower-cased.
    all: Vec<String>,
    /// The words that mean something by themselves. Names, which the rules know better, signs and
    /// function words are left out, but function words that deny or that are in the table of
    /// opposites ("before", "only") count.
    telling: Vec<String>,
    /// The things of the table that the words name.
    things: Vec<Thing>,
    /// Whether one of the words denies.
    denies: bool,
    /// Whether a figure stands among the words.
    has_figure: bool,
}

impl<'a> Difference<'a> {
    /// Compares the English of the pair with another English text.
    pub fn new(pair: &Pair<'_>, other: &'a str) -> Difference<'a> {
        let target = place(pair.target.text, other);
        let end = other.len() - (pair.target.text.len() - target.end);
        let there = Span::new(target.start, end);
        let sides = [Words::of(&pair.target.reading, target), Words::of(&Reading::new(other, Lang::En), there)];
        Difference { target, words: there.of(other).trim(), sides }
    }

    /// How many words stand at the place, in the text that has more of them there.
    pub fn len(&self) -> usize {
        self.sides.iter().map(|side| side.all.len()).max().unwrap_or(0)
    }

    /// Whether words are only put in or only taken out.
    pub fn is_one_sided(&self) -> bool {
        self.sides.iter().any(|side| side.all.is_empty())
    }

    /// Whether the two texts may say different things there: a word that means something stands in
    /// one of them, and the other has neither this word nor one that begins like it or is spelled
    /// like it. Figures are left to the rules, which know that « 18 heures » is 6 pm.
    pub fn says_otherwise(&self) -> bool {
        if self.sides.iter().any(|side| side.has_figure) {
            return false;
        }
        let lacks = |a: &[String], b: &[String]| a.iter().any(|a| !b.iter().any(|b| is_alike(a, b)));
        let [a, b] = &self.sides;
        lacks(&a.telling, &b.telling) || lacks(&b.telling, &a.telling)
    }

    /// Whether the words are known to exclude each other. The tables of opposites and things may
    /// say so. Or only one side denies. Or a side has words that leave open whether something is
    /// done ("may", "threatened"), and the other side has none of these words.
    pub fn is_exclusive(&self) -> bool {
        let [a, b] = &self.sides;
        let denied = a.denies != b.denies;
        let open = |side: &Words| side.all.iter().filter(|w| leaves_open(w)).cloned().collect::<Vec<String>>();
        let (open_a, open_b) = (open(a), open(b));
        let in_common = open_a.iter().any(|w| open_b.iter().any(|o| is_alike(w, o)));
        let moods = (!open_a.is_empty() || !open_b.is_empty()) && !in_common;
        let pairs = || a.things.iter().flat_map(|a| b.things.iter().map(move |b| (*a, *b)));
        let things =
            pairs().any(|(a, b)| Things::get().exclude_or_are_people(a, b)) && pairs().all(|(a, b)| a.row != b.row);
        denied || moods || things || are_opposite_words(a, b) || are_opposite_verbs(a, b)
    }
}

impl Words {
    fn of(r: &Reading<'_>, place: Span) -> Words {
        let inside = |i: &usize| r.is_word(*i) && place.contains(r.span(*i, *i + 1));
        let places: Vec<usize> = (0..r.len()).filter(inside).collect();
        let opposites = OppositeWords::get();
        let is_opposite = |word: &str| {
            let entries = opposites.beginnings.get(word).into_iter().flatten();
            entries.into_iter().any(|&(row, own)| opposites.rows[row].english[own] == word)
        };
        let denies = |i: usize| r.is(i, class::NEG) || r.is(i, class::NEG_SOFT);
        let tells =
            |i: &&usize| r.is_plain(**i) && (!r.is(**i, class::FUNCTION) || denies(**i) || is_opposite(r.lower(**i)));
        let lower = |i: &usize| r.lower(*i).to_string();
        Words {
            all: places.iter().map(lower).collect(),
            telling: places.iter().filter(tells).map(lower).collect(),
            things: find_nouns(r).iter().filter(|n| place.contains(n.span)).flat_map(|n| n.things.clone()).collect(),
            denies: places.iter().any(|&i| denies(i)),
            has_figure: (0..r.len()).any(|i| place.contains(r.span(i, i + 1)) && is_figure(r.lower(i))),
        }
    }

    /// Whether the words of a phrase stand at the place, one after the other.
    fn say(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split([' ', '-']).collect();
        self.all.windows(phrase.len()).any(|words| words.iter().zip(&phrase).all(|(a, b)| a == b))
    }
}

/// Whether one side has one phrase of a row of opposites, and the other side has the other phrase.
fn are_opposite_words(a: &Words, b: &Words) -> bool {
    OppositeWords::get().rows.iter().any(|row| {
        let [first, second] = row.english;
        let only = |words: &Words, own: &str, other: &str| words.say(own) && !words.say(other);
        only(a, first, second) && only(b, second, first) || only(a, second, first) && only(b, first, second)
    })
}

/// Whether one side has a form of a verb, and the other side has a form of its opposite but none of
/// the verb itself.
fn are_opposite_verbs(a: &Words, b: &Words) -> bool {
    let forms = |word: &String| OppositeVerbs::get().forms.get(word).into_iter().flatten();
    let verbs = |words: &Words| -> Vec<(usize, usize)> {
        words.all.iter().flat_map(forms).map(|&(row, which, _)| (row, which)).collect()
    };
    let (first, second) = (verbs(a), verbs(b));
    first.iter().any(|&(row, which)| second.contains(&(row, 1 - which)) && !second.contains(&(row, which)))
}

/// Whether a token begins with a digit.
fn is_figure(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word says that something is only alleged or possible, or not done yet.
fn leaves_open(word: &str) -> bool {
    en::LEAVES_OPEN.has(word) || en::UNDONE.has(word)
}

/// The place in `text` where it differs from `other`, widened to whole words.
fn place(text: &str, other: &str) -> Span {
    let (a, b) = (text.as_bytes(), other.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let start = (0..=same).rev().find(|&i| i == 0 || a[i - 1] == b' ').unwrap_or(0);
    let most = a.len().min(b.len()) - start;
    let same = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let ends_word = |s: &[u8], i: usize| i == s.len() || i == 0 || s[i] == b' ' || s[i - 1] == b' ';
    let behind = (0..=same).rev().find(|k| ends_word(a, a.len() - k) && ends_word(b, b.len() - k)).unwrap_or(0);
    Span::new(start, a.len() - behind)
}

/// Whether two lower-cased words are forms of one word, or spellings of one name.
fn is_alike(a: &str, b: &str) -> bool {
    let stem = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let longer = a.len().max(b.len());
    let differ_little = || (4..=40).contains(&longer) && damerau(a.as_bytes(), b.as_bytes(), 2) <= longer / 4;
    a == b || stem >= 4 && stem * 2 >= longer || differ_little()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "Baku appointed an ambassador to Selm after the mosque was set on fire.";

    fn changed(from: &str, to: &str) -> (String, bool, bool) {
        let pair = Pair::new("Bakou a rappelé son ambassadeur à Selm.", ENGLISH, None);
        let other = ENGLISH.replace(from, to);
        let difference = Difference::new(&pair, &other);
        let places = format!("{}|{}", difference.target.of(ENGLISH).trim(), difference.words);
        (places, difference.says_otherwise(), difference.is_exclusive())
    }

    #[test]
    fn whole_words_are_compared() {
        assert_eq!(changed("appointed an", "recalled its").0, "appointed an|recalled its");
        assert_eq!(changed("the mosque", "the old mosque").0, "|old");
        assert_eq!(changed("fire.", "fires.").0, "fire.|fires.");
        assert_eq!(changed(" to Selm", "").0, "to Selm|");
        assert_eq!(changed("an ambassador ", "an envoy of the ambassador ").0, "|envoy of the");
    }

    #[test]
    fn another_form_or_spelling_says_nothing_else() {
        assert!(changed("appointed", "recalled").1);
        assert!(!changed("the mosque was", "the mosques were").1);
        assert!(!changed("Selm", "Selme").1);
        assert!(!changed("an ambassador", "the ambassador").1);
        assert!(!changed("Selm", "Karvo").1);
    }

    #[test]
    fn what_excludes_each_other_is_known() {
        for (from, to) in [
            ("after", "before"),
            ("mosque", "hospital"),
            ("was set", "was not set"),
            ("was set", "may have been set"),
            ("appointed", "threatened to appoint"),
        ] {
            let (places, otherwise, exclusive) = changed(from, to);
            assert!(otherwise && exclusive, "{places}");
        }
        assert!(!changed("appointed an", "named its").2);
        assert!(!changed("mosque", "building").2);
    }
}
