//! Turns sentences into vectors of the features that a French sentence and its English translation
//! may share: figures; names and cognates, by the trigrams of words of four letters and more; and a
//! few hundred common words that are no cognates, by a small dictionary.

use crate::lexicon::dictionary::{Dictionary, Meanings};
use std::collections::HashMap;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// A sparse vector: pairs of the number of a feature and its weight, sorted by number.
pub struct Vector(Vec<(u32, f32)>);

impl Vector {
    /// Scalar product.
    pub fn dot(&self, other: &Vector) -> f32 {
        let (mut a, mut b) = (self.0.as_slice(), other.0.as_slice());
        let mut sum = 0.0;
        while let ([(fa, wa), rest_a @ ..], [(fb, wb), rest_b @ ..]) = (a, b) {
            if fa == fb {
                sum += wa * wb;
                (a, b) = (rest_a, rest_b);
            } else if fa < fb {
                a = rest_a;
            } else {
                b = rest_b;
            }
        }
        sum
    }
}

/// Vectors of the sentences of both sides. A feature weighs more the fewer sentences of these documents have it.
pub fn vectors(source: &[&str], target: &[&str]) -> (Vec<Vector>, Vec<Vector>) {
    let dictionary = Dictionary::get();
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut counts = Vec::new();
    let mut count = |sentences: &[&str], words: &Meanings| -> Vec<Vec<(u32, f32)>> {
        sentences.iter().map(|s| features(s, words, &mut ids, &mut counts)).collect()
    };
    let (source, target) = (count(source, &dictionary.french), count(target, &dictionary.english));
    let sentences = (source.len() + target.len()) as f32;
    let weigh = |features: Vec<Vec<(u32, f32)>>| {
        let weight = |(id, n): (u32, f32)| (id, n * (1.0 + sentences / counts[id as usize] as f32).ln());
        features.into_iter().map(|f| Vector(f.into_iter().map(weight).collect())).collect()
    };
    (weigh(source), weigh(target))
}

/// Weight of a figure. A trigram has weight 1: a word has several trigrams, but a figure is a
/// single feature.
const FIGURE: f32 = 2.5;
/// Weight of the meaning that the dictionary gives a word.
const MEANING: f32 = 2.0;

/// The features of a sentence with their weights, each once, sorted by number. A feature that occurs more than once
/// weighs the root of the sum of its squared weights. `ids` numbers the features of all sentences, `counts` says in
/// how many sentences each stands; both are extended.
fn features(
    sentence: &str,
    words: &Meanings,
    ids: &mut HashMap<String, u32>,
    counts: &mut Vec<u32>,
) -> Vec<(u32, f32)> {
    let mut found: Vec<(u32, f32)> = Vec::new();
    let mut add = |feature: &str, weight: f32| {
        let id = match ids.get(feature) {
            Some(&id) => id,
            None => {
                let id = counts.len() as u32;
                ids.insert(feature.to_string(), id);
                counts.push(0);
                id
            }
        };
        found.push((id, weight));
    };
    let folded = fold(sentence);
    let mut key = String::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words.visit(word, |meaning| {
            key.clear();
            // The sign keeps a meaning apart from a figure or trigram of the same characters.
            let _ = write!(key, "={meaning}");
            add(&key, MEANING);
        });
        if word.bytes().all(|b| b.is_ascii_digit()) {
            add(word, FIGURE);
        } else if word.chars().count() >= 4 {
            // The underscore marks the beginning of the word, which the first trigram thus
            // includes.
            let letters: Vec<char> = std::iter::once('_').chain(word.chars()).collect();
            for three in letters.windows(3) {
                key.clear();
                key.extend(three);
                add(&key, 1.0);
            }
        }
    }
    found.sort_by_key(|&(id, _)| id);
    found.dedup_by(|b, a| {
        a.0 == b.0 && {
            a.1 = (a.1 * a.1 + b.1 * b.1).sqrt();
            true
        }
    });
    for &(id, _) in &found {
        counts[id as usize] += 1;
    }
    found
}

/// The text in lower case, without accents and without separators between the digits of a figure.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        let between = out.ends_with(|c: char| c.is_ascii_digit()) && chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' if between => {}
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            c => out.push(c),
        }
    }
    out
}
