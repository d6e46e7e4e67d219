//! Which texts of the wider search may be candidates for a draft's place at all.

use super::choose::LESS_LIKELY;
use super::draft::Draft;
use super::judged::Judged;
use super::words::words;
use crate::facts::en::signals::signals;
use crate::facts::reading::Reading;
use crate::facts::{self, FactValue, quote};
use crate::lang::Lang;
use crate::lexicon::field;
use std::collections::HashSet;

/// How much less likely than the first text a text of the wider search may be, as mean log
/// probability of its tokens, if the rules find no error and no warning in the draft. In that case
/// the search only puts a lost term or an added name right, or looks for a likelier text. If the
/// rules find something, the limit is [`LESS_LIKELY`].
const FORCED: f32 = 0.5;

/// Whether a text with this mean log probability is likely enough to be a translation of the sentence at all.
pub fn is_admissible(draft: &Draft<'_>, log_prob: f32) -> bool {
    log_prob >= draft.first_log_prob - if draft.has_findings() { LESS_LIKELY } else { FORCED }
}

/// Whether a text adds something that the draft does not have: something that a rule reports as
/// added, a quotation that is given twice, more words left in French, or more figures, dates and
/// times than either the French or the draft has. A search that must contain a date or a figure may
/// write it beside the wrong one, which then stays ("since May, … on May 2015").
pub fn adds(draft: &Draft<'_>, judged: &Judged) -> bool {
    let added = |j: &Judged| {
        let added = j.heavy().filter(|f| f.rule.ends_with("-added"));
        added.filter_map(|f| Some(f.target?.of(&j.text).to_string())).collect::<Vec<_>>()
    };
    let before = added(&draft.best);
    if added(judged).iter().any(|text| !before.contains(text)) {
        return true;
    }
    if repeats_a_quotation(&judged.text) && !repeats_a_quotation(&draft.best.text) {
        return true;
    }
    let french = |text: &str| left_in_french(draft.sentence, text);
    if french(&judged.text) > french(&draft.best.text) {
        return true;
    }
    let figures = |text: &str, lang| {
        let facts = facts::extract(text, &facts::Context { lang, date: None });
        let figure =
            |f: &&facts::Fact| matches!(f.value, FactValue::Quantity(_) | FactValue::Date(_) | FactValue::Time(_));
        facts.iter().filter(figure).count()
    };
    figures(&judged.text, Lang::En) > figures(draft.sentence, Lang::Fr).max(figures(&draft.best.text, Lang::En))
}

/// Whether the same words are quoted twice. A search that must contain quotation marks may write such a text.
fn repeats_a_quotation(text: &str) -> bool {
    let quoted: Vec<Vec<String>> =
        quote::extract(&Reading::new(text, Lang::En)).iter().map(|q| words(q.inner.of(text))).collect();
    quoted.iter().enumerate().any(|(i, q)| !q.is_empty() && quoted[..i].contains(q))
}

/// Whether a text has lost something that is right in the draft, even if no rule reports that. This
/// may be the source, which the rules may not see in the French (« dit-un des porte-paroles »); a
/// term of conflict reporting, even if the text has gained another one; or a designation that both
/// languages write alike ("3DS"). The source may be lost if the rules find that the draft has added
/// a source or a quotation.
pub fn loses(draft: &Draft<'_>, judged: &Judged) -> bool {
    let added = draft.best.heavy().any(|f| matches!(f.rule, "source-added" | "quote-added"));
    let is_attributed = |text: &str| signals(&Reading::new(text, Lang::En)) > 0;
    if !added && is_attributed(&draft.best.text) && !is_attributed(&judged.text) {
        return true;
    }
    let lost = |text: &str| field::missing(draft.sentence, text).into_iter().map(|m| m.french).collect::<Vec<_>>();
    let before = lost(&draft.best.text);
    if lost(&judged.text).iter().any(|term| !before.contains(term)) {
        return true;
    }
    let designators = |text: &str| -> HashSet<String> {
        // Words with capitals and digits, but without small letters, so that « 22h30 » and « 30km »
        // are not taken for designations.
        let is_one = |w: &&str| {
            w.contains(char::is_uppercase)
                && !w.contains(char::is_lowercase)
                && w.contains(|c: char| c.is_ascii_digit())
        };
        text.split(|c: char| !c.is_alphanumeric()).filter(is_one).map(str::to_string).collect()
    };
    let (french, before, now) = (designators(draft.sentence), designators(&draft.best.text), designators(&judged.text));
    french.intersection(&before).any(|d| !now.contains(d))
}

/// How many pairs of neighbouring words in lower case both texts have. Such a pair, for example
/// « quelque chose », was probably left in French.
pub fn left_in_french(french: &str, english: &str) -> usize {
    let pairs = |text: &str| -> HashSet<String> {
        let words: Vec<String> =
            text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).into()).collect();
        let is_plain = |w: &String| !w.is_empty() && w.chars().all(char::is_lowercase);
        words.windows(2).filter(|pair| pair.iter().all(is_plain)).map(|pair| pair.join(" ")).collect()
    };
    pairs(french).intersection(&pairs(english)).count()
}

#[cfg(test)]
mod tests {
    use super::repeats_a_quotation;
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_name_is_not_won_by_losing_a_designator() {
        let french = "La console 3DS a été vendue mardi par Felipe Bacio.";
        let draft = "The 3DS console was sold on Tuesday.";
        let worse = "The 3D console was sold on Tuesday by Felipe Bacio.";
        let better = "The 3DS console was sold on Tuesday by Felipe Bacio.";
        assert_eq!(steered_from(french, draft, worse).0, draft);
        assert_eq!(steered_from(french, draft, better).0, better);
    }

    #[test]
    fn a_name_is_not_won_by_losing_who_says_it() {
        let french = "« Le camp rouvrira », dit-un porte-parole du mouvement « Occupe Wall Street », Mark Bray.";
        let draft = "“The camp will reopen,” said a spokesman of the movement, Mark Bray.";
        let worse = "“The camp will reopen,” “Occupe Wall Street,” Mark Bray.";
        assert_eq!(steered_from(french, draft, worse).0, draft);
    }

    #[test]
    fn one_term_is_not_won_by_losing_another() {
        let french = "La police est formée contre les émeutes et aux mesures anti-terroristes.";
        let draft = "The police are trained against riots and in measures.";
        let worse = "The police are trained against counterterrorism and in anti-terrorist measures.";
        let better = "The police are trained against riots and in anti-terrorist measures.";
        assert_eq!(steered_from(french, draft, worse).0, draft);
        assert_eq!(steered_from(french, draft, better).0, better);
    }

    #[test]
    fn words_that_stand_already_are_not_quoted_again() {
        assert!(repeats_a_quotation("The “contactless” cards “contactless” are spreading."));
        assert!(!repeats_a_quotation("The “contactless” cards are “everywhere”."));
    }
}
