//! French words for killing, wounding and the like, and how their neighbours decide what they mean.

use crate::facts::casualties::Grammar;
use crate::facts::class::ClassedTokens;
use crate::facts::quantity::Outcome;
use crate::lexicon::fr;

/// The French grammar for [`crate::facts::casualties`].
pub const GRAMMAR: Grammar = Grammar { transitive, active, joins, stop, outcome };

fn transitive(word: &str) -> bool {
    fr::WITH_OBJECT.has(word)
}

fn active(word: &str) -> bool {
    matches!(word, "tuant" | "tuer" | "tue" | "tuent" | "tuait" | "blessant" | "blesser")
}

fn joins(word: &str) -> bool {
    matches!(word, "et" | "ou")
}

fn stop(word: &str) -> bool {
    fr::CASUALTY_STOPS.has(word) || word.starts_with(['.', ',', ';', ':', '(', ')', '«', '»', '"', '“', '”'])
}

/// The outcome that the word at `i` expresses beside its neighbours; `outcome` is the one that it expresses by itself.
fn outcome(r: &ClassedTokens, i: usize, outcome: Outcome) -> Option<Outcome> {
    let word = r.lower(i);
    match outcome {
        // « mortellement blessé » counts as killed.
        Outcome::Wounded if r.is(i.wrapping_sub(1), "mortellement") || r.is(i + 1, "mortellement") => {
            Some(Outcome::Killed)
        }
        // Rockets that « se sont abattues » on a town came down.
        Outcome::Killed if word.starts_with("abattu") && r.is_any(i.wrapping_sub(2), &["s'", "se"]) => None,
        // « abattu un avion » and « abattu deux drones » mean *shot down*, which kills nobody by itself.
        Outcome::Killed if word.starts_with("abattu") && machine(r, i) => None,
        // « preneurs d'otages » are not the victims, and « prise d'otages » does not count them.
        Outcome::Abducted
            if word.starts_with("otage")
                && r.is_any(i.wrapping_sub(2), &["preneur", "preneurs", "prise", "prises"]) =>
        {
            None
        }
        // « Neuf femmes réfugiées dans une école » have taken shelter there.
        Outcome::Displaced
            if word.starts_with("réfugié") && r.is_any(i + 1, &["dans", "à", "au", "aux", "en", "chez"]) =>
        {
            None
        }
        // « a arrêté de » means *has stopped*.
        Outcome::Detained if word == "arrêté" && r.is_any(i + 1, &["de", "d'"]) => None,
        // The singular does not mean the dead in « point mort », « mer morte », « la mort », « à mort ».
        Outcome::Killed
            if word.starts_with("mort")
                && !word.ends_with('s')
                && r.is_any(i.wrapping_sub(1), &["point", "mer", "de", "la", "à"]) =>
        {
            None
        }
        _ => Some(outcome),
    }
}

/// Whether a word for what is shot down or felled, such as an aircraft, a missile or trees, stands among the six tokens
/// before the word at `i` or the four after it.
fn machine(r: &ClassedTokens, i: usize) -> bool {
    (i.saturating_sub(6)..i + 5).any(|k| r.among(k, &fr::MACHINES))
}
