//! One spelling for a name throughout an article.
//!
//! Sentences are translated one by one, and a name that no table knows may be romanised differently in each ("Karush",
//! "Karouch" for « Karouch »). Of the spellings that sound like the French name, the most frequent one is used
//! everywhere. Names that the lexicon knows are left to [`super::terms`].

use crate::facts::Fact;
use crate::facts::name::{Name, names};
use crate::lexicon::similar::{Likeness, compare};
use crate::span::Span;
use std::collections::BTreeMap;

/// Words of names with fewer letters than this are left alone, since most of them are particles, initials and the like.
const SHORTEST: usize = 4;

/// How an English sentence spells a French name.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    sentence: usize,
    span: Span,
    likeness: Likeness,
}

/// Gives each name that the lexicon does not know one spelling in all translations of an article. `facts` are those of
/// the French `sentences`. A name stays as it is if no spelling of it sounds like the French.
pub fn unify(translations: &mut [String], sentences: &[&str], facts: &[&[Fact]]) {
    // The key is the French spelling in lower case. The map is sorted, so that the same article always gives the same
    // result.
    let mut found: BTreeMap<String, Vec<Spelling>> = BTreeMap::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let french: Vec<&str> = unknown_words(facts[i], sentence).collect();
        for word in &french {
            let key = word.to_lowercase();
            if let Some((span, likeness)) = spelling(&key, &french, &translations[i]) {
                found.entry(key).or_default().push(Spelling { sentence: i, span, likeness });
            }
        }
    }
    let mut edits: Vec<(usize, Span, String)> = Vec::new();
    for spellings in found.values() {
        let text = |s: &Spelling| s.span.of(&translations[s.sentence]).to_string();
        let count = |form: &str| spellings.iter().filter(|s| text(s) == form).count();
        let sounds = |s: &Spelling| s.likeness >= Likeness::Romanised;
        // Of equally good spellings the first one is taken. `max_by_key` takes the last one, so the order is reversed.
        let best = spellings.iter().rev().max_by_key(|s| (sounds(s), count(&text(s))));
        let Some(best) = best.filter(|b| sounds(b)).map(text) else { continue };
        edits.extend(spellings.iter().filter(|s| text(s) != best).map(|s| (s.sentence, s.span, best.clone())));
    }
    // The edits are made from the end, so that the spans before them stay valid.
    edits.sort_by_key(|(sentence, span, _)| (*sentence, std::cmp::Reverse(span.start)));
    edits.dedup_by_key(|(sentence, span, _)| (*sentence, span.start));
    for (sentence, span, form) in edits {
        translations[sentence].replace_range(span.start..span.end, &form);
    }
}

/// The words of a sentence that belong to names, begin with a capital, are not in the lexicon, and are long enough (see
/// [`SHORTEST`]). Acronyms, nationalities, and words with a hyphen or another sign in them are left out.
fn unknown_words<'a>(facts: &'a [Fact], sentence: &'a str) -> impl Iterator<Item = &'a str> {
    let units = |n: &'a Name| n.units.iter().filter(|_| !n.demonym && !n.term);
    let unknown = names(facts).flat_map(units).filter(|u| u.entries.is_empty() && !u.acronym);
    unknown.map(|u| u.span.of(sentence)).filter(|w| {
        w.chars().count() >= SHORTEST && w.chars().all(char::is_alphabetic) && w.starts_with(char::is_uppercase)
    })
}

/// The place of the word of `english` that is most like a name, and how like the name the word is.
/// A word is passed over if it is as like another name of the sentence, or more; `all` has these
/// names. `None` if no word is like the name, or if different words are equally like it.
fn spelling(name: &str, all: &[&str], english: &str) -> Option<(Span, Likeness)> {
    let mut best: Option<(Span, Likeness)> = None;
    let mut is_only_one = true;
    for (start, word) in words(english) {
        if !word.starts_with(char::is_uppercase) || word.chars().count() < SHORTEST {
            continue;
        }
        let lower = word.to_lowercase();
        let likeness = compare(name, &lower);
        // A longer word that begins with the name, such as "Rifaatis", is derived from the name and
        // is no spelling of it.
        let is_derived = likeness == Likeness::Same && lower.len() > name.len() + 1;
        if likeness < Likeness::Near
            || is_derived
            || all.iter().any(|o| {
                let o = o.to_lowercase();
                o != name && compare(&o, &lower) >= likeness
            })
        {
            continue;
        }
        match best {
            Some((_, other)) if other > likeness => {}
            Some((span, other)) if other == likeness => is_only_one &= span.of(english) == word,
            _ => {
                best = Some((Span::new(start, start + word.len()), likeness));
                is_only_one = true;
            }
        }
    }
    best.filter(|_| is_only_one)
}

/// The words of a text, each with the byte at which it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic()).scan(0, move |at, word| {
        let start = *at;
        // The separator after the word may have several bytes.
        *at += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Context, extract};
    use crate::lang::Lang;

    fn unified(pairs: &[(&str, &str)]) -> Vec<String> {
        let facts: Vec<Vec<Fact>> =
            pairs.iter().map(|(fr, _)| extract(fr, &Context { lang: Lang::Fr, date: None })).collect();
        let mut english: Vec<String> = pairs.iter().map(|(_, en)| en.to_string()).collect();
        let french: Vec<&str> = pairs.iter().map(|(fr, _)| *fr).collect();
        unify(&mut english, &french, &facts.iter().map(Vec::as_slice).collect::<Vec<_>>());
        english
    }

    #[test]
    fn a_name_is_spelt_as_it_is_spelt_most_often() {
        let english = unified(&[
            ("Le colonel Karouch a fui.", "Colonel Karush fled."),
            ("Karouch commandait la garnison.", "Karouch commanded the garrison."),
            ("Des habitants ont vu Karouch mardi.", "Residents saw Karush on Tuesday."),
        ]);
        assert_eq!(english[1], "Karush commanded the garrison.");
    }

    #[test]
    fn a_slip_gives_way_to_the_name_as_the_french_has_it() {
        let english = unified(&[
            ("Le maire Norvand a démissionné.", "Mayor Norvand resigned."),
            ("Norvand était maire.", "Norvant was mayor."),
            ("Norvand est parti.", "Norvant has left."),
        ]);
        assert_eq!(english[1..], ["Norvand was mayor.", "Norvand has left."]);
    }

    #[test]
    fn two_names_that_sound_alike_stay_two() {
        let pairs = [
            ("Hamdane et Hamdine se sont rencontrés.", "Hamdane and Hamdine met."),
            ("Hamdine est reparti.", "Hamdine left again."),
            ("Hamdane est resté.", "Hamdane stayed."),
        ];
        let english = unified(&pairs);
        assert_eq!(english, pairs.map(|p| p.1));
    }
}
