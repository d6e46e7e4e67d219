//! Weekdays and months that the rules found changed.

use super::replaced;
use crate::facts::{self, FactValue, write::en};
use crate::lang::Lang;
use crate::translate::steer::Judged;

/// The translation with one of them replaced by the one that the French has.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "date-changed").find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let facts = facts::extract(source.of(sentence), &facts::Context { lang: Lang::Fr, date: None });
        let date = facts.iter().find_map(|f| if let FactValue::Date(d) = &f.value { Some(d) } else { None })?;
        let mut part = target.of(&now.text).to_string();
        for (right, names) in [(date.weekday, &en::WEEKDAYS[..]), (date.month, &en::MONTHS[..])] {
            let Some(right) = right.and_then(|i| names.get(usize::from(i).wrapping_sub(1))) else { continue };
            if let Some(wrong) = names.iter().find(|n| part.contains(**n)) {
                part = part.replacen(wrong, right, 1);
            }
        }
        replaced(now, target, &part, judge)
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_wrong_weekday_is_put_right_without_asking() {
        let french = "Le maire a présenté dimanche son bilan devant les élus de la ville.";
        let wrong = "The mayor presented his record on Monday to the city’s elected officials.";
        let right = "The mayor presented his record on Sunday to the city’s elected officials.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
    }
}
