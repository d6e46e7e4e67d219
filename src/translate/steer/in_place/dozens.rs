//! Corrects "a dozen" where the French has a larger number below 100, such as « une quinzaine » (about 15) or « une
//! vingtaine » (about 20).

use super::facts_of;
use crate::english::typography::with_capital_of;
use crate::facts::quantity::quantities;
use crate::translate::steer::Judged;

/// The translation with "about" and the number of the French in place of "a dozen" ("about 15"), where `number-changed`
/// reports "a dozen" for a number from 15 up to 100. `None` if that rule then finds as much, or the rules together
/// more.
///
/// « une dizaine » (about ten) is left alone, since human translators do render it as "a dozen": hence the 15.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.findings.iter().filter(|f| f.rule == "number-changed").find_map(|finding| {
        let (facts, target) = (facts_of(sentence, finding), finding.target?);
        let number = quantities(&facts).map(|(_, q)| q.value).find(|v| (15.0..100.).contains(v))?;
        let (before, from_dozen) = now.text.split_at(target.start);
        let rest = from_dozen.strip_prefix("a dozen").or_else(|| from_dozen.strip_prefix("A dozen"))?;
        let judged = judge(&format!("{before}{} {number}{rest}", with_capital_of(from_dozen, "about")));
        // For « une quinzaine » as "a dozen" the rule finds only a note, which the verdict leaves out. So the verdict
        // need not become better, but the rule must find less.
        let changed_numbers = |j: &Judged| j.findings.iter().filter(|f| f.rule == "number-changed").count();
        (judged.verdict() <= now.verdict() && changed_numbers(&judged) < changed_numbers(now)).then_some(judged)
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
        assert_eq!(steered_from(french, dozen, dozen, dozen).0, dozen, "human translators write \"a dozen\" here");
    }
}
