//! Names that the rules found changed, or left in French.

use super::replaced;
use crate::checks::Finding;
use crate::lexicon::hints::{english_hints, written_alike};
use crate::translate::steer::Judged;

/// The translation with one such name replaced by the English form of the French name, or by the
/// French name itself if both languages write it alike. `None` if no name is to be replaced, or if
/// the rules do not find less in the new text. The model is not asked, since it would not help: a
/// small model translates « ONG » as "UN" whatever the prompt says.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let hints = english_hints(sentence);
    let is_of_a_name = |f: &&Finding| matches!(f.rule, "name-changed" | "name-untranslated");
    now.heavy().filter(is_of_a_name).find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let hint = hints.iter().find(|h| h.span.overlaps(source)).map(|h| h.english);
        replaced(now, target, hint.or_else(|| written_alike(sentence, source))?, judge)
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_name_that_the_lexicon_knows_is_put_right_without_asking() {
        let french = "Une information contredite par l’ONU et des témoins.";
        let wrong = "Information contradicted by NATO and witnesses.";
        let right = "Information contradicted by UN and witnesses.";
        assert_eq!(steered_from(french, wrong, wrong), (right.to_string(), vec![0]));
        let french = "Il parle au procès de la Cour suprême de Manhattan.";
        let wrong = "He speaks at the trial of the Supreme Court of New York.";
        let right = "He speaks at the trial of the Supreme Court of Manhattan.";
        assert_eq!(steered_from(french, wrong, wrong).0, right, "a name that both languages write alike");
        let (french, left) = ("Damas dénonce un « complot ».", "Damas denounces a “plot.”");
        assert_eq!(steered_from(french, left, left).0, "Damascus denounces a “plot.”", "a name left in French");
    }
}
