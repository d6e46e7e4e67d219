//! Puts the press conditional right: « aurait fait douze morts » passes on a report and does not
//! state a fact.

use crate::english::reported::{hedged, reported};
use crate::translate::steer::Judged;

/// The translation with "reportedly" instead of the "would" that stands for a press conditional (see [`reported`]). If
/// there is none to replace, and `hedge-dropped` has found that the translation states a fact, "reportedly" is added.
/// `None` if nothing can be replaced or added, or if the rules find more in the new text than before. After
/// `hedge-dropped` they must find less.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let is_stated = now.heavy().any(|f| f.rule == "hedge-dropped");
    let text = reported(sentence, &now.text).or_else(|| is_stated.then(|| hedged(sentence, &now.text)).flatten())?;
    let judged = judge(&text);
    let is_better = judged.verdict() < now.verdict() || judged.verdict() == now.verdict() && !is_stated;
    is_better.then_some(judged)
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_press_conditional_is_reported_speech() {
        let french = "Des soldats auraient ouvert le feu sur la foule, selon deux témoins de la scène.";
        let unreal = "Soldiers would have opened fire on the crowd, according to two witnesses of the scene.";
        let right = "Soldiers reportedly opened fire on the crowd, according to two witnesses of the scene.";
        assert_eq!(steered_from(french, unreal, unreal), (right.to_string(), vec![0]));
        let (french, fact) = ("Douze hommes auraient été tués.", "Twelve men were killed.");
        assert_eq!(steered_from(french, fact, fact).0, "Twelve men were reportedly killed.");
    }
}
