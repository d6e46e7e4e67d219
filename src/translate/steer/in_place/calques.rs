//! Calques: renderings word for word where English says it in another way.

use super::no_heavier;
use crate::english::typography::with_capital_of;
use crate::lexicon::calques::calque;
use crate::translate::steer::Judged;

/// The translation with one calque replaced.
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
        let french = "Le dépôt est tombé aux mains des douaniers, toujours selon ce témoin.";
        let wrong = "The depot has fallen under the hands of the customs officers, always according to this witness.";
        let right = "The depot has fallen into the hands of the customs officers, also according to this witness.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
        let french = "La douane reste aux mains des grévistes après un attentat au camion piégé.";
        let wrong = "The customs post remains under the hands of the strikers after an attack on the truck bomb.";
        let right = "The customs post remains in the hands of the strikers after a truck bomb attack.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
    }
}
