//! Plain figures that the rules found changed. A plain figure is a cardinal number and no range.

use super::facts_of;
use crate::english::typography::capitalised;
use crate::english::values;
use crate::facts;
use crate::facts::quantity::{NumberForm, quantities};
use crate::lang::Lang;
use crate::span::Span;
use crate::translate::steer::Judged;

/// The translation with one wrong figure replaced by that of the French. This is safe because the
/// wrong figure already stands in the right place, beside its noun and source. The first finding is
/// taken that meets three conditions: the French words that it points to have a single plain
/// figure, [`figure`] finds one in its English words, and the rules find less in the new text.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "number-changed").find_map(|finding| {
        let (facts, target) = (facts_of(sentence, finding), finding.target?);
        let mut figures = quantities(&facts).map(|(_, q)| q);
        let right = figures.next().filter(|q| q.form == NumberForm::Cardinal && q.high.is_none())?;
        let english = target.of(&now.text);
        let (wrong, is_spelt) = figure(english)?;
        if figures.next().is_some() {
            return None;
        }
        let (before, rest) = now.text.split_at(target.start + wrong.start);
        let after = &rest[wrong.end - wrong.start..];
        let is_measured = before.ends_with(['$', '€', '£']) || after.starts_with('%');
        let right = match right.value {
            // A number that opens the text stays spelt out (AP Stylebook, "numerals").
            value if is_spelt && before.is_empty() => capitalised(&values::cardinal(value as u64)),
            value if is_measured && value < 10. => value.to_string(),
            value => values::figures(value),
        };
        // The finding may point to the second half of a figure torn in two ("6, 740"). Then a second text, in which the
        // digits right before the figure are replaced, too, is judged as well, and the better text is taken.
        let joined = before.trim_end_matches([' ', ',']);
        let whole = joined.trim_end_matches(|c: char| c.is_ascii_digit());
        let torn = (whole.len() < joined.len() && !is_spelt).then_some(whole);
        let ways = [before].into_iter().chain(torn).map(|before| judge(&format!("{before}{right}{after}")));
        ways.min_by_key(Judged::verdict).filter(|judged| judged.verdict() < now.verdict())
    })
}

/// Where the figure of a piece of English stands, with its scale ("50 billion"), and whether it is
/// spelt out. `None` if the piece has several runs of digits. If it has no digits, `None` also if
/// its first figure is no whole number of 10 or more, or is not spelt as [`values::cardinal`]
/// spells it, with or without "and" after "hundred": "a dozen" is not.
fn figure(english: &str) -> Option<(Span, bool)> {
    let lower = english.to_ascii_lowercase();
    let place = |words: &str| lower.find(words).map(|at| Span::new(at, at + words.len()));
    let runs = lower.split(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
    let mut runs = runs.map(|run| run.trim_matches([',', '.'])).filter(|run| !run.is_empty());
    match (runs.next(), runs.next()) {
        (Some(run), None) => {
            let digits = place(run)?;
            let scale = lower[digits.end..].split(' ').nth(1).filter(|_| lower[digits.end..].starts_with(' '));
            let scale = scale.filter(|word| SCALES.contains(word)).map_or(0, |word| 1 + word.len());
            Some((Span::new(digits.start, digits.end + scale), false))
        }
        (None, _) => {
            let facts = facts::extract(english, &facts::Context { lang: Lang::En, date: None });
            let value = quantities(&facts).next()?.1.value;
            let words = values::cardinal((value.fract() == 0. && value >= 10.).then_some(value as u64)?);
            let spelt = [words.replace(" hundred ", " hundred and "), words];
            spelt.iter().find_map(|words| place(words)).map(|at| (at, true))
        }
        _ => None,
    }
}

/// Words that multiply the figure before them.
const SCALES: [&str; 4] = ["thousand", "million", "billion", "trillion"];

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::{RIGHT, WRONG, steered, steered_from};

    #[test]
    fn a_figure_that_nothing_else_puts_right_is_replaced_where_it_stands() {
        assert_eq!(steered(WRONG, WRONG), (RIGHT.to_string(), vec![0]));
        let french = "Le convoi compte 1 250 camions et 34 voitures, selon la police.";
        let wrong = "The convoy has 1,520 lorries and 34 cars, according to police.";
        let right = "The convoy has 1,250 lorries and 34 cars, according to police.";
        assert_eq!(steered_from(french, wrong, wrong).0, right);
        let french = "La banque a acheté pour 5.000 milliards de yens de bons et vendu 34 immeubles.";
        let wrong = "The bank bought bonds worth 50 billion yen and sold 34 buildings.";
        let right = "The bank bought bonds worth 5 trillion yen and sold 34 buildings.";
        assert_eq!(steered_from(french, wrong, wrong).0, right, "a scale is replaced with its figure");
        let french = "Les votes manquent dans 879 des 6 mille 74 procès-verbaux.";
        let torn = "The votes are missing in 879 of the 6, 740 reports.";
        let right = "The votes are missing in 879 of the 6,074 reports.";
        assert_eq!(steered_from(french, torn, torn).0, right, "a figure torn in two is one");
        let french = "Six cent soixante-douze employés ont perdu leur emploi.";
        let wrong = "Six hundred and sixty-two employees lost their jobs.";
        let right = "Six hundred seventy-two employees lost their jobs.";
        assert_eq!(steered_from(french, wrong, wrong).0, right);
    }
}
