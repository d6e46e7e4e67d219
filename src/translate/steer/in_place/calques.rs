//! Renderings word for word, of which English says something else.

use super::no_heavier;
use crate::english::typography::with_capital_of;
use crate::lexicon::calques::calque;
use crate::translate::steer::Judged;

/// The translation with one of them replaced.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let found = calque(sentence, &now.text)?;
    let mut text = now.text.clone();
    text.replace_range(found.span.start..found.span.end, &with_capital_of(found.span.of(&now.text), found.right));
    no_heavier(now, &text, judge)
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_calque_gives_way_to_english() {
        let french = "Les villes sont tombées aux mains des rebelles, toujours selon cette ONG.";
        let wrong = "The cities have fallen under the hands of the rebels, always according to this NGO.";
        let right = "The cities have fallen into the hands of the rebels, also according to this NGO.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
        let french = "La ville reste aux mains des rebelles après un attentat à la voiture piégée.";
        let wrong = "The town remains under the hands of the rebels after an attack on the car bomb.";
        let right = "The town remains in the hands of the rebels after a car bomb attack.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
    }
}
