//! What the model would far rather write in one place of the English.
//!
//! Tables know a few hundred words that exclude each other. While the model reads the English, it knows at each word
//! what it would write itself behind this French, whatever the words are: "child miners" where it would write "women
//! miners" for « orpailleuses ». Such a text is a rival of the English. Most rivals only say the same more literally,
//! and the French is hardly likelier behind them than behind the English. Where it is far likelier, the English says
//! something else.

use super::Preferred;
use super::difference::Difference;
use crate::checks::{By, Confidence, Finding, Pair, Severity, meaning_changed};
use serde::{Deserialize, Serialize};

/// The English with other words in one place, where the model finds these far likelier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The whole text.
    pub text: String,
    /// By how many nats the rival is likelier behind the French than the English that stands there.
    #[serde(rename = "there")]
    pub forward_gain: f32,
    /// By how many nats the French is likelier behind the rival than behind the English.
    #[serde(rename = "back")]
    pub reverse_gain: f32,
}

/// A rival is reported if its margin is at least this many nats.
const LEAST: f32 = 11.;
/// The least margin of a rival whose words and those of the English are known to exclude each
/// other.
const KNOWN: f32 = 6.;
/// The confidence of a finding is high if its margin exceeds the least margin by this much or more.
const SURE: f32 = 6.;
/// How much greater the margin must be if the rival only puts words in or takes some out, since
/// free translations do so, too.
const MORE: f32 = 3.;
/// If more words than this differ, the margin must be greater by [`LONGER`] for each further word:
/// the more words a rival changes, the more likely it is that it only builds the sentence in
/// another way.
const SHORT: usize = 3;
/// How much greater the margin must be for each word beyond [`SHORT`].
const LONGER: f32 = 2.;
/// How many nats of the English one nat of the French counts for.
const WEIGHT: f32 = 2.;

impl Rival {
    /// The lesser of the rival's gains in the two directions, in nats. The gain of the French
    /// counts double, because the French is the same text behind the rival and behind the English,
    /// while freely built English is unlikely in any case. This measure told right sentences from
    /// wrong ones better than the sum of the gains or either gain alone.
    pub fn margin(&self) -> f32 {
        self.forward_gain.min(WEIGHT * self.reverse_gain)
    }

    /// Whether a rival is worth asking about in the other direction. `forward_gain` says by how many nats
    /// it is likelier behind the French than the English.
    pub fn may_be_reported(pair: &Pair<'_>, text: &str, forward_gain: f32) -> bool {
        let difference = Difference::new(pair, text);
        forward_gain >= least(&difference) && difference.says_otherwise()
    }

    /// The finding, if the margin is enough.
    pub fn finding(&self, pair: &Pair<'_>) -> Option<Finding> {
        let difference = Difference::new(pair, &self.text);
        let (margin, least) = (self.margin(), least(&difference));
        if !(self.forward_gain >= least && margin >= least && difference.says_otherwise()) {
            return None;
        }
        let message = match (difference.target.of(pair.target.text).trim(), difference.words) {
            ("", words) => format!("the model misses “{words}” in the English"),
            (stands, "") => format!("the model finds nothing in the French that answers to “{stands}”"),
            (stands, words) => format!("the model finds “{words}” likelier than “{stands}” behind the French"),
        };
        Some(Finding {
            rule: meaning_changed::RULE.name,
            severity: Severity::Warning,
            confidence: if margin >= least + SURE { Confidence::High } else { Confidence::Medium },
            message,
            source: None,
            target: Some(difference.target),
            by: By::Contrast(Box::new(Preferred::new(margin, &self.text))),
        })
    }
}

/// The least margin with which a rival that differs in this way is reported, in nats.
fn least(difference: &Difference<'_>) -> f32 {
    let least = if difference.is_exclusive() { KNOWN } else { LEAST };
    let longer = difference.len().saturating_sub(SHORT) as f32 * LONGER;
    least + longer + if difference.is_one_sided() { MORE } else { 0. }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Bakou a rappelé son ambassadeur à Selm après l'incendie du consulat.";
    const ENGLISH: &str = "Baku appointed an ambassador to Selm after the consulate was set on fire.";

    fn rival(text: &str, forward_gain: f32, reverse_gain: f32) -> Rival {
        Rival { text: text.to_string(), forward_gain, reverse_gain }
    }

    #[test]
    fn what_the_model_would_far_rather_write_is_reported() {
        let pair = Pair::new(FRENCH, ENGLISH, None);
        let text = ENGLISH.replace("appointed an", "recalled its");
        let finding = rival(&text, 14., 13.).finding(&pair).unwrap();
        assert_eq!(finding.message, "the model finds “recalled its” likelier than “appointed an” behind the French");
        assert_eq!(finding.target.unwrap().of(ENGLISH), "appointed an");
        // The French is hardly likelier behind it: then it is another way to say the same.
        assert_eq!(rival(&text, 30., 2.).finding(&pair), None);
        assert_eq!(rival(&text, f32::NAN, 13.).finding(&pair), None);
    }

    #[test]
    fn words_that_are_put_in_or_taken_out_ask_for_more() {
        let pair = Pair::new(FRENCH, ENGLISH, None);
        let longer = ENGLISH.replace("the consulate", "the honorary consulate");
        assert_eq!(rival(&longer, LEAST + 1., LEAST).finding(&pair), None);
        let found = rival(&longer, LEAST + MORE, LEAST).finding(&pair).unwrap();
        assert_eq!(found.message, "the model misses “honorary” in the English");
        let shorter = ENGLISH.replace(" an ambassador", "");
        let found = rival(&shorter, 20., 20.).finding(&pair).unwrap();
        assert_eq!(found.message, "the model finds nothing in the French that answers to “an ambassador”");
    }
}
