//! Corrections in place, without asking the model: what the rules found changed is replaced by what the French has, if they
//! find less then.

use super::{Draft, Judged};
use crate::checks::Finding;
use crate::facts::compass::directions;
use crate::facts::quantity::{Form, quantities};
use crate::facts::reading::{Reading, is_quote};
use crate::facts::write::en;
use crate::facts::{self, FactValue};
use crate::lang::Lang;
use crate::lexicon::hints::{english_hints, written_alike};
use crate::span::Span;
use crate::translate::reported::{hedged, reported};
use crate::translate::typography::with_capital_of;

/// Puts quotation marks around translations that have none, where the French has them around the whole sentence, or around
/// all of it before its reporting clause.
pub fn put_marks_right(drafts: &mut [Draft<'_>], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        if !draft.is_open() {
            continue;
        }
        let Some(text) = with_marks(draft.sentence, &draft.best.text) else { continue };
        let judged = judge(i, &text);
        if judged.verdict() < draft.best.verdict() {
            draft.best = judged;
            draft.changed = true;
        }
    }
}

/// The English with marks around the words that the French opens with, if that is all that it quotes, and the English
/// speaks in the same person: "He should meet them, he said" repeats nobody's words.
fn with_marks(french: &str, english: &str) -> Option<String> {
    let english = english.trim();
    let (quoted, reporting) = french.trim().strip_prefix(is_quote)?.split_once(is_quote)?;
    if reporting.contains(is_quote) || english.contains(is_quote) || !is_same_person(quoted, english) {
        return None;
    }
    if !reporting.contains(char::is_alphabetic) {
        return Some(format!("“{english}”"));
    }
    // With marks before it, a reporting clause is known as one.
    english.match_indices(", ").find_map(|(comma, _)| {
        let text = format!("“{},” {}", &english[..comma], &english[comma + 2..]);
        let clause = comma + "“,” ".len();
        let facts = facts::extract(&text, &facts::Context { lang: Lang::En, date: None });
        let begins_there = facts.iter().any(|f| match &f.value {
            FactValue::Attribution(a) => a.is_strong() && a.source.map_or(a.cue, |s| s.min(a.cue)).start == clause,
            _ => false,
        });
        begins_there.then_some(text)
    })
}

/// Whether the English has a first person where the French has one.
fn is_same_person(french: &str, english: &str) -> bool {
    const FRENCH: [&str; 12] = ["je", "j", "me", "m", "moi", "mon", "ma", "mes", "nous", "notre", "nos", "nôtre"];
    const ENGLISH: [&str; 10] = ["i", "me", "my", "mine", "we", "us", "our", "ours", "myself", "ourselves"];
    let has = |text: &str, words: &[&str]| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
    };
    !has(french, &FRENCH) || has(english, &ENGLISH)
}

/// Replaces courtesy titles left in French: "M. Danilenko" is no initial where the French has « M. Danilenko ».
pub fn put_titles_right(drafts: &mut [Draft<'_>], judge: &dyn Fn(usize, &str) -> Judged) {
    const TITLES: [(&str, &str); 3] = [("M. ", "Mr. "), ("Mme ", "Ms. "), ("Mlle ", "Ms. ")];
    for (i, draft) in drafts.iter_mut().enumerate() {
        let mut text = draft.best.text.clone();
        for (french, english) in TITLES {
            for (at, _) in draft.sentence.match_indices(french) {
                let name =
                    draft.sentence[at + french.len()..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
                let left = format!("{french}{name}");
                let given = word_before(draft.sentence, at);
                // In "Dennis M. Walcott" it is an initial.
                let is_initial = |at: usize| given.starts_with(char::is_uppercase) && word_before(&text, at) == given;
                let is_title = |at: usize| !text[..at].ends_with(char::is_alphanumeric) && !is_initial(at);
                if !name.is_empty() && text.match_indices(&left).all(|(at, _)| is_title(at)) {
                    text = text.replace(&left, &format!("{english}{name}"));
                }
            }
        }
        if text != draft.best.text {
            let judged = judge(i, &text);
            if judged.verdict() <= draft.best.verdict() {
                draft.best = judged;
                draft.changed = true;
            }
        }
    }
}

/// Writes "reportedly" for the press conditional, where a draft has "would have" or states a fact.
pub fn put_conditionals_right(drafts: &mut [Draft<'_>], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        let (french, english) = (draft.sentence, &draft.best.text);
        let is_stated = draft.best.heavy().any(|f| f.rule == "hedge-dropped");
        let Some(text) = reported(french, english).or_else(|| hedged(french, english).filter(|_| is_stated)) else {
            continue;
        };
        let judged = judge(i, &text);
        if judged.verdict() < draft.best.verdict() || judged.verdict() == draft.best.verdict() && !is_stated {
            draft.best = judged;
            draft.changed = true;
        }
    }
}

fn word_before(text: &str, at: usize) -> &str {
    text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Replaces names that the rules found changed by the English form that the lexicon has for the French one, where they
/// find less then (a small model calls an ONG the UN, and no prompt talks it out of it), and weekdays and months by their
/// own.
pub fn put_names_right(drafts: &mut [Draft<'_>], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        let judge = |text: &str| judge(i, text);
        while let Some(better) = with_name_put_right(draft.sentence, &draft.best, judge)
            .or_else(|| with_day_put_right(draft.sentence, &draft.best, judge))
            .or_else(|| with_direction_put_right(draft.sentence, &draft.best, judge))
        {
            draft.best = better;
            draft.changed = true;
        }
    }
}

/// Replaces figures by those of the French, where the rules find less then: they stand with their noun and their
/// source, and only their value is wrong.
pub fn put_figures_right(drafts: &mut [Draft<'_>], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        let judge = |text: &str| judge(i, text);
        while let Some(better) = with_figure_put_right(draft.sentence, &draft.best, judge)
            .or_else(|| with_dozen_put_right(draft.sentence, &draft.best, judge))
        {
            draft.best = better;
            draft.changed = true;
        }
    }
}

/// The translation with a plain figure that the rules found changed replaced by the one that the French has, if they find
/// less in it then.
fn with_figure_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "number-changed").find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let facts = facts::extract(source.of(sentence), &facts::Context { lang: Lang::Fr, date: None });
        let mut figures = quantities(&facts).map(|(_, q)| q);
        let right = figures.next().filter(|q| q.form == Form::Cardinal && q.high.is_none())?;
        let english = target.of(&now.text);
        let (wrong, is_spelt) = figure(english)?;
        if figures.next().is_some() {
            return None;
        }
        let (before, rest) = now.text.split_at(target.start + wrong.start);
        let after = &rest[wrong.end - wrong.start..];
        let is_measured = before.ends_with(['$', '€', '£']) || after.starts_with('%');
        let right = match right.value {
            // A number that opens a sentence is spelt out (AP Stylebook, "numerals").
            value if is_spelt && before.is_empty() => capitalised(&en::cardinal(value as u64)),
            value if is_measured && value < 10. => value.to_string(),
            value => en::figures(value),
        };
        // A figure torn in two ("6, 740") goes as one.
        let whole = before.trim_end_matches([' ', ',']).trim_end_matches(|c: char| c.is_ascii_digit());
        let ways = [before, whole].map(|before| judge(&format!("{before}{right}{after}")));
        ways.into_iter().min_by_key(Judged::verdict).filter(|judged| judged.verdict() < now.verdict())
    })
}

/// Where the one figure of a piece of English stands, with its scale ("50 billion"), and whether it is spelt out.
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
            let words = en::cardinal((value.fract() == 0. && value >= 10.).then_some(value as u64)?);
            let spelt = [words.replace(" hundred ", " hundred and "), words];
            spelt.iter().find_map(|words| place(words)).map(|at| (at, true))
        }
        _ => None,
    }
}

const SCALES: [&str; 4] = ["thousand", "million", "billion", "trillion"];

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The translation with a weekday or month that the rules found changed replaced by the one that the French has, if they
/// find less in it then.
fn with_day_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
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
        let mut text = now.text.clone();
        text.replace_range(target.start..target.end, &part);
        let judged = judge(&text);
        (judged.verdict() < now.verdict()).then_some(judged)
    })
}

/// The same with a point of the compass.
fn with_direction_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "direction-changed").find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let right = directions(&Reading::new(sentence, Lang::Fr)).into_iter().find(|d| d.span == source)?;
        let wrong = target.of(&now.text);
        let right = with_capital_of(wrong, &en::direction((right.north, right.east), wrong));
        let mut text = now.text.clone();
        text.replace_range(target.start..target.end, &right);
        let judged = judge(&text);
        (judged.verdict() < now.verdict()).then_some(judged)
    })
}

/// The same with "a dozen" for « une quinzaine » and « une vingtaine »: "about 15". That it stands for « une dizaine » is
/// no more than a note in anybody's translation.
fn with_dozen_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
    now.findings.iter().filter(|f| f.rule == "number-changed").find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let facts = facts::extract(source.of(sentence), &facts::Context { lang: Lang::Fr, date: None });
        let score = quantities(&facts).map(|(_, q)| q.value).find(|v| (15.0..100.).contains(v))?;
        let (before, dozen) = now.text.split_at(target.start);
        let rest = dozen.strip_prefix("a dozen").or_else(|| dozen.strip_prefix("A dozen"))?;
        let judged = judge(&format!("{before}{} {score}{rest}", with_capital_of(dozen, "about")));
        let notes = |j: &Judged| j.findings.iter().filter(|f| f.rule == "number-changed").count();
        (judged.verdict() <= now.verdict() && notes(&judged) < notes(now)).then_some(judged)
    })
}

/// The translation with one name that the rules found changed, or left in French, replaced by the English form that the
/// lexicon has for the French one, if they find less in it then.
fn with_name_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
    let hints = english_hints(sentence);
    let is_of_a_name = |f: &&Finding| matches!(f.rule, "name-changed" | "name-untranslated");
    now.heavy().filter(is_of_a_name).find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let hint = hints.iter().find(|h| h.span.overlaps(source)).map(|h| h.english);
        let mut text = now.text.clone();
        text.replace_range(target.start..target.end, hint.or_else(|| written_alike(sentence, source))?);
        let judged = judge(&text);
        (judged.verdict() < now.verdict()).then_some(judged)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{RIGHT, WRONG, steered, steered_from};

    #[test]
    fn a_name_that_the_lexicon_knows_is_put_right_without_asking() {
        let french = "Une information contredite par l’ONU et des témoins.";
        let wrong = "Information contradicted by NATO and witnesses.";
        let right = "Information contradicted by UN and witnesses.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
        let french = "Il parle au procès de la Cour suprême de Manhattan.";
        let wrong = "He speaks at the trial of the Supreme Court of New York.";
        let right = "He speaks at the trial of the Supreme Court of Manhattan.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right, "a name that both languages write alike");
        let (french, left) = ("Damas dénonce un « complot ».", "Damas denounces a “plot.”");
        assert_eq!(steered_from(french, left, left, left).0, "Damascus denounces a “plot.”", "a name left in French");
    }

    #[test]
    fn a_sentence_that_is_a_quotation_gets_its_marks_without_asking() {
        let (french, english) = ("« Nous resterons ici jusqu’à la fin. »", "We will stay here until the end.");
        let (text, changed) = steered_from(french, english, "", "");
        assert_eq!((text.as_str(), changed), ("“We will stay here until the end.”", vec![0]));
        let french = "« Nous resterons ici jusqu’à la fin », a déclaré le maire de la ville.";
        let right = "“We will stay here, until the end,” declared the city’s mayor.";
        assert_eq!(
            steered_from(french, &right.replace(['“', '”'], ""), "", "").0,
            right,
            "before its reporting clause"
        );
        let indirect = "He will stay here until the end, declared the city’s mayor.";
        assert_eq!(steered_from(french, indirect, "", "").0, indirect, "these are not the speaker’s words");
    }

    #[test]
    fn a_courtesy_title_is_english() {
        let french = "Selon la police, M. Danilov et Mme Roux ont quitté la ville.";
        let left = "According to police, M. Danilov and Mme Roux left the city.";
        let right = "According to police, Mr. Danilov and Ms. Roux left the city.";
        assert_eq!(steered_from(french, left, left, left).0, right);
        let (french, english) = ("Dennis M. Martin a quitté la ville.", "Dennis M. Martin left the city.");
        assert_eq!(steered_from(french, english, english, english).0, english, "an initial is no title");
    }

    #[test]
    fn a_wrong_direction_and_a_dozen_are_put_right_without_asking() {
        let french = "Une quinzaine de personnes ont été arrêtées à Adra (sud-est du pays).";
        let wrong = "A dozen people were arrested in Adra (southwest of the country).";
        let right = "About 15 people were arrested in Adra (southeast of the country).";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
        let french = "La police a arrêté une dizaine de personnes.";
        let dozen = "The police arrested a dozen people.";
        assert_eq!(steered_from(french, dozen, dozen, dozen).0, dozen, "translators say so");
    }

    #[test]
    fn a_press_conditional_is_reported_speech() {
        let french = "Des soldats auraient ouvert le feu sur la foule, selon deux témoins de la scène.";
        let unreal = "Soldiers would have opened fire on the crowd, according to two witnesses of the scene.";
        let right = "Soldiers reportedly opened fire on the crowd, according to two witnesses of the scene.";
        assert_eq!(steered_from(french, unreal, unreal, unreal), (right.to_string(), vec![0]));
        let (french, fact) = ("Douze hommes auraient été tués.", "Twelve men were killed.");
        assert_eq!(steered_from(french, fact, fact, fact).0, "Twelve men were reportedly killed.");
    }

    #[test]
    fn a_wrong_weekday_is_put_right_without_asking() {
        let french = "Le maire a présenté dimanche son bilan devant les élus de la ville.";
        let wrong = "The mayor presented his record on Monday to the city’s elected officials.";
        let right = "The mayor presented his record on Sunday to the city’s elected officials.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
    }

    #[test]
    fn a_figure_that_nothing_else_puts_right_is_replaced_where_it_stands() {
        assert_eq!(steered(WRONG, WRONG, WRONG), (RIGHT.to_string(), vec![0]));
        let french = "Le convoi compte 1 250 camions et 34 voitures, selon la police.";
        let wrong = "The convoy has 1,520 lorries and 34 cars, according to police.";
        let right = "The convoy has 1,250 lorries and 34 cars, according to police.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
        let french = "La banque a acheté pour 5.000 milliards de yens de bons et vendu 34 immeubles.";
        let wrong = "The bank bought bonds worth 50 billion yen and sold 34 buildings.";
        let right = "The bank bought bonds worth 5 trillion yen and sold 34 buildings.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right, "a scale is replaced with its figure");
        let french = "Les votes manquent dans 879 des 6 mille 74 procès-verbaux.";
        let torn = "The votes are missing in 879 of the 6, 740 reports.";
        let right = "The votes are missing in 879 of the 6,074 reports.";
        assert_eq!(steered_from(french, torn, torn, torn).0, right, "a figure torn in two is one");
        let french = "Six cent soixante-douze employés ont perdu leur emploi.";
        let wrong = "Six hundred and sixty-two employees lost their jobs.";
        let right = "Six hundred seventy-two employees lost their jobs.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
    }
}
