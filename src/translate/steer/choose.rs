//! Which of the candidates takes the draft's place.

use super::candidates::Way;
use super::draft::{Candidate, Draft};
use super::judged::weight;
use super::words::words;

/// How much less likely than the first text another translation may be, as mean log probability of its tokens.
pub const LESS_LIKELY: f32 = 0.3;

/// How much less likely both ways a text may be that has a lost term, as log probability for each word of the sentence,
/// summed. Of 28 such texts those that held the term in its place lost at most 6, but for one, those that held it anywhere
/// else 9 and more.
const MISPLACED: f32 = 8.;

/// As many words as a term takes.
const FEW_WORDS: usize = 4;

/// The same where a few words gave way to the term, and nothing else changed ("curfew" for "cover fire"): what the model
/// found likelier was the wrong term.
const PLACED: f32 = 20.;

/// The same for each warning that a text puts right: above, it has lost more than it won ("for two thousand years"
/// for « il y a deux mille ans »). For an error, any loss within [`LESS_LIKELY`] is taken.
const ANOTHER_SENTENCE: f32 = 12.;

/// Candidates for an uncertain draft, or in other words, that are weighed both ways. Where the rules found something, the
/// likeliest of those that they pass is the one, and it is weighed only if it is reworded or less likely than the draft.
const WEIGHED: usize = 2;

/// How likely a pair is both ways.
fn score(log_prob: f32, reverse: Option<f32>) -> f32 {
    log_prob + reverse.unwrap_or(0.)
}

/// Leaves the candidates with the fewest and lightest findings, if they have no more than the draft; a draft that the
/// model is certain of gives way only to one that has fewer. Likelihoods under different prompts cannot be compared.
pub fn keep_lightest(way: Way, draft: &Draft<'_>, candidates: &mut Vec<Candidate>) {
    let now = draft.weight();
    let of = |c: &Candidate| weight(draft.sentence, &c.judged);
    let Some(least) = candidates.iter().map(of).min() else { return };
    let is_enough = least < now && draft.is_open() || (least <= now && draft.is_uncertain() && way == Way::Wider);
    candidates.retain(|c| is_enough && of(c) == least && c.judged.text != draft.best.text);
    candidates.sort_by(|a, b| b.log_prob.total_cmp(&a.log_prob));
    let terms_alone = least.verdict >= now.verdict;
    let is_choice = draft.is_uncertain() || terms_alone || candidates.first().is_some_and(|c| draft.is_reworded_by(c));
    candidates.truncate(if is_choice { WEIGHED } else { 1 });
}

/// Takes the likeliest candidate, if it has fewer findings than the draft and does not say something else altogether, or
/// is likelier than the draft both ways.
pub fn choose(draft: &mut Draft<'_>, candidates: Vec<Candidate>) {
    let of = |c: &Candidate| score(c.forward.unwrap_or(c.log_prob), c.reverse);
    let Some(best) = candidates.into_iter().max_by(|a, b| of(a).total_cmp(&of(b))) else { return };
    let now = score(draft.log_prob, draft.reverse);
    let (old, new) = (draft.weight(), weight(draft.sentence, &best.judged));
    let collapses = match (best.reverse, draft.reverse) {
        (Some(new), Some(old)) => new < old - LESS_LIKELY,
        _ => false,
    };
    let words = draft.sentence.split_whitespace().count().max(1) as f32;
    let loss = (now - of(&best)) * words;
    let takes = if best.judged.verdict().errors < draft.best.verdict().errors {
        !collapses
    } else if draft.has_more_findings(&best) {
        let (before, after) = (draft.best.verdict().warnings, best.judged.verdict().warnings);
        !collapses && loss < ANOTHER_SENTENCE * before.saturating_sub(after) as f32
    } else if new.without_notes() < old.without_notes() {
        let is_placed = new.terms < old.terms && replaces(&draft.best.text, &best.judged.text);
        loss < if is_placed { PLACED } else { MISPLACED }
    } else {
        loss < 0.
    };
    if takes {
        draft.take(best.judged);
        draft.log_prob = best.log_prob;
        draft.reverse = best.reverse;
    }
}

/// Whether a few words in one place of `old` gave way to a few others in `new`.
fn replaces(old: &str, new: &str) -> bool {
    let (old, new) = (words(old), words(new));
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = [old.len() - after, new.len() - after];
    gone.iter().all(|&n| (1..=FEW_WORDS).contains(&n)) && before + after > gone[0]
}

#[cfg(test)]
mod tests {
    use super::replaces;

    #[test]
    fn a_few_words_in_one_place_give_way_to_a_few_others() {
        let old = "A cover fire is in force, according to the army.";
        assert!(replaces(old, "A curfew is in force, according to the army."));
        assert!(!replaces(old, "A cover fire is in force, according to the army, curfew."), "nothing gave way");
        assert!(!replaces(old, "The curfew is in force, said the army."), "in two places");
    }
}
