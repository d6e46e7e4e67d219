//! "A dozen" for « une quinzaine » and « une vingtaine ».

use super::facts_of;
use crate::english::typography::with_capital_of;
use crate::facts::quantity::quantities;
use crate::translate::steer::Judged;

/// The translation with "about 15" or the like instead. "A dozen" for « une dizaine » is left alone, since translators
/// say so.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.findings.iter().filter(|f| f.rule == "number-changed").find_map(|finding| {
        let (facts, target) = (facts_of(sentence, finding), finding.target?);
        let score = quantities(&facts).map(|(_, q)| q.value).find(|v| (15.0..100.).contains(v))?;
        let (before, dozen) = now.text.split_at(target.start);
        let rest = dozen.strip_prefix("a dozen").or_else(|| dozen.strip_prefix("A dozen"))?;
        let judged = judge(&format!("{before}{} {score}{rest}", with_capital_of(dozen, "about")));
        let notes = |j: &Judged| j.findings.iter().filter(|f| f.rule == "number-changed").count();
        (judged.verdict() <= now.verdict() && notes(&judged) < notes(now)).then_some(judged)
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_dozen_for_fifteen_is_put_right_without_asking() {
        let french = "Une quinzaine de personnes ont été arrêtées à Adra (sud-est du pays).";
        let wrong = "A dozen people were arrested in Adra (southeast of the country).";
        let right = "About 15 people were arrested in Adra (southeast of the country).";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
        let french = "La police a arrêté une dizaine de personnes.";
        let dozen = "The police arrested a dozen people.";
        assert_eq!(steered_from(french, dozen, dozen, dozen).0, dozen, "translators say so");
    }
}
