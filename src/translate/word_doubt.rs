//! How doubtful each word of a translation is, by how sure the model was of it and of its neighbours.
//!
//! The doubt of a word is a share from 0 to 1: how many of the words of which the model was as sure
//! are missing from an independent translation. It was fitted (logistic regression) on 300 news
//! sentences of WMT 2012, translated by the default model with its adapter, whose 7,845 words were
//! compared with those of the reference translation. On 300 other sentences (7,644 words) it proved
//! right: of the words with a doubt of 0.8 and more, 82 % are not in the reference, of those from
//! 0.6 to 0.7, 66 %, from 0.4 to 0.5, 45 %, from 0.2 to 0.3, 24 %. Few of these words are wrong,
//! since a reference translation says many things in other words. But wrong words are often
//! doubtful ones: strict readers found 7 % of the words of the first 300 sentences wrong, and one
//! in three of those with a doubt of 0.72 and more (area under the ROC curve of a regression on
//! their judgements: 0.73).

use crate::dispatch::WordDoubt;
use crate::span::CharIndex;
use similar::{Algorithm, DiffOp};

/// Intercept of the regression.
const INTERCEPT: f32 = 1.253;
/// Weight of the logarithm of the nats of the word itself.
const ITSELF: f32 = 0.397;
/// Weight of the logarithm of the nats of the word before it.
const BEFORE: f32 = 0.109;
/// Weight of the logarithm of the nats of the word after it.
const BEHIND: f32 = 0.030;
/// What is added to nats before the logarithm is taken, since a word of which the model is certain has 0 nats.
const CERTAIN: f32 = 0.01;

/// A word that the model wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenWord {
    pub text: String,
    /// How unlikely the model found it: minus the sum of the log probabilities (natural logarithm) of its tokens.
    pub nats: f32,
}

/// The words of a text, each with how unlikely the model found it. `ends` has the byte at which
/// each token of the text ends. `log_probs` has the log probability of each of these tokens; that
/// of the token which ended the answer may follow. A token that reaches into two words counts for
/// both. The result is empty if the last token does not end where the text does, or if log
/// probabilities are missing.
pub fn written(text: &str, ends: &[usize], log_probs: &[f32]) -> Vec<WrittenWord> {
    if ends.len() > log_probs.len() || ends.last() != Some(&text.len()) {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let tokens: Vec<(usize, usize, f32)> =
        starts.zip(ends).zip(log_probs).map(|((start, &end), &log_prob)| (start, end, log_prob)).collect();
    let word = |(start, end): (usize, usize)| {
        let first = tokens.partition_point(|&(_, token_end, _)| token_end <= start);
        let nats = tokens[first..].iter().take_while(|&&(from, _, _)| from < end).map(|&(_, _, p)| -p).sum();
        WrittenWord { text: text[start..end].to_string(), nats }
    };
    words(text).map(word).collect()
}

/// The doubt of each word that the model wrote and that the translation still has. Words that came
/// in with corrections are left out.
pub fn doubts(translation: &str, written: &[WrittenWord]) -> Vec<WordDoubt> {
    let places: Vec<(usize, usize)> = words(translation).collect();
    let present: Vec<&str> = places.iter().map(|&(start, end)| &translation[start..end]).collect();
    let model: Vec<&str> = written.iter().map(|word| word.text.as_str()).collect();
    let mut out = Vec::new();
    let index = CharIndex::new(translation);
    for operation in similar::capture_diff_slices(Algorithm::Myers, &model, &present) {
        let DiffOp::Equal { old_index, new_index, len } = operation else { continue };
        for i in 0..len {
            let (start, end) = places[new_index + i];
            let (start, end) = (index.chars_before(start), index.chars_before(end));
            out.push(WordDoubt { start, end, doubt: doubt(written, old_index + i) });
        }
    }
    out
}

/// The doubt of word `at`, rounded to two decimals.
fn doubt(written: &[WrittenWord], at: usize) -> f32 {
    let log = |at: Option<usize>| (at.and_then(|at| written.get(at)).map_or(0., |w| w.nats.max(0.)) + CERTAIN).ln();
    let sum = INTERCEPT + ITSELF * log(Some(at)) + BEFORE * log(at.checked_sub(1)) + BEHIND * log(at.checked_add(1));
    (100. / (1. + (-sum).exp())).round() / 100.
}

/// The first byte of each word of an English text, and the byte after it. A word has letters and
/// digits, and hyphens and apostrophes between them.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let joins = |c: char| matches!(c, '-' | '\'' | '’');
    text.split(move |c: char| !c.is_alphanumeric() && !joins(c)).filter_map(move |part| {
        let word = part.trim_matches(joins);
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (!word.is_empty()).then_some((start, start + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that the model wrote, one token each, the second less likely than the others.
    fn unsure_of_the_second(text: &str) -> Vec<WrittenWord> {
        // The full stop or whatever else stands after the last word is a token of its own.
        let ends: Vec<usize> = words(text).map(|(_, end)| end).chain([text.len()]).collect();
        let log_probs: Vec<f32> = (0..ends.len()).map(|i| if i == 1 { -4. } else { -0.01 }).collect();
        written(text, &ends, &log_probs)
    }

    fn doubtful(translation: &str, model: &str) -> Vec<(String, bool)> {
        let chars: Vec<char> = translation.chars().collect();
        let found = doubts(translation, &unsure_of_the_second(model));
        found.iter().map(|w| (chars[w.start..w.end].iter().collect(), w.doubt > 0.6)).collect()
    }

    #[test]
    fn the_word_of_which_the_model_was_unsure_is_doubtful() {
        let found = doubtful("The mayor’s well-known aide denied it.", "The mayor’s well-known aide denied it.");
        let words = ["The", "mayor’s", "well-known", "aide", "denied", "it"];
        assert_eq!(found, words.map(|w| (w.to_string(), w == "mayor’s")).to_vec());
    }

    #[test]
    fn a_word_that_the_program_changed_has_no_doubt_and_the_others_keep_theirs() {
        let found = doubtful("“Éric left Alep” on 3 May", "Éric left Aleppo on 3 May");
        let words = ["Éric", "left", "on", "3", "May"];
        assert_eq!(found, words.map(|w| (w.to_string(), w == "left")).to_vec());
    }

    #[test]
    fn a_word_of_several_tokens_is_as_unlikely_as_all_of_them() {
        // The | nego|tiator|.
        let found = written("The negotiator.", &[3, 8, 14, 15], &[-0.1, -2., -0.5, -0.1]);
        assert_eq!(
            found.iter().map(|w| (w.text.as_str(), w.nats)).collect::<Vec<_>>(),
            [("The", 0.1), ("negotiator", 2.5)]
        );
        assert_eq!(written("The negotiator.", &[3], &[-0.1, -2.]), []);
    }

    #[test]
    fn doubt_stays_between_0_and_1() {
        let of = |nats: f32| doubt(&[WrittenWord { text: "x".into(), nats }], 0);
        assert!(of(0.) < 0.3 && of(0.) > 0. && of(f32::INFINITY) <= 1., "{} {}", of(0.), of(f32::INFINITY));
    }
}
