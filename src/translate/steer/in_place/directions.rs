//! Points of the compass that the rules found changed.

use super::replaced;
use crate::english::typography::with_capital_of;
use crate::english::values;
use crate::facts::compass::directions;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::translate::steer::Judged;

/// The translation with one point of the compass replaced by the one that the French has. `None` if
/// there is nothing to replace, or if the rules do not find less in the new text.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "direction-changed").find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let right = directions(&Reading::new(sentence, Lang::Fr)).into_iter().find(|d| d.span == source)?;
        let wrong = target.of(&now.text);
        let right = with_capital_of(wrong, &values::direction((right.north, right.east), wrong));
        replaced(now, target, &right, judge)
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_wrong_direction_is_put_right_without_asking() {
        let french = "Une vingtaine de personnes ont été arrêtées à Adra (sud-est du pays).";
        let wrong = "About 20 people were arrested in Adra (southwest of the country).";
        let right = "About 20 people were arrested in Adra (southeast of the country).";
        assert_eq!(steered_from(french, wrong, wrong).0, right);
    }
}
