//! What a translation must contain, or must not contain, if a finding is to go away: the English of
//! the French words that the finding points to, or what was added.

use super::Judged;
use crate::checks::Finding;
use crate::english::values;
use crate::facts::date::DateFact;
use crate::facts::quantity::{Bound, NumberForm, Quantity, Unit};
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::answers::Answers;
use crate::lexicon::en;
use crate::lexicon::field::{self, Missing};
use crate::lexicon::hints::{Hint, english_hints, nationality};
use crate::span::Span;
use crate::translate::strangers::strangers;

/// How many needs a search has at most: with more of them a beam search would have too few hypotheses for each.
const MOST: usize = 3;

/// How many English words are given at most as alternatives for one French word or phrase.
const USUAL: usize = 6;
/// The fewest letters of such a word.
const TELLING: usize = 4;

/// Lists of strings, at most [`MOST`] of them: the translation of `sentence` must contain one
/// string of each list. The lists for the gravest findings come first, those for lost terms of
/// conflict reporting last. The result is empty if no string would help, for example if something
/// was only added (see [`bans`]).
pub fn needs(sentence: &str, draft: &Judged) -> Vec<Vec<String>> {
    let facts = facts::extract(sentence, &Context { lang: Lang::Fr, date: None });
    let hints = english_hints(sentence);
    let mut heavy: Vec<&Finding> = draft.heavy().collect();
    heavy.sort_by_key(|f| std::cmp::Reverse(f.severity));
    let mut needs: Vec<Vec<String>> = Vec::new();
    for finding in heavy {
        for need in of_finding(sentence, &facts, &hints, finding) {
            if !need.is_empty() && !needs.contains(&need) {
                needs.push(need);
            }
        }
    }
    needs.extend(field::missing(sentence, &draft.text).iter().map(|m| term(sentence, m)));
    needs.truncate(MOST);
    needs
}

/// Strings that a translation must not contain if findings are to go away: what was added, a loaded
/// term, a false friend, a name that was changed, or a name that the French does not have. Each
/// string is also banned with an "s" at its end, and with a capital.
pub fn bans(sentence: &str, draft: &Judged) -> Vec<String> {
    let added =
        |f: &&Finding| f.rule.ends_with("-added") || matches!(f.rule, "loaded-term" | "name-changed" | "false-friend");
    let spans = draft.heavy().filter(added).filter_map(|f| f.target);
    let spans = spans.chain(strangers(sentence, &draft.text));
    // Only words are banned; quotation marks and other signs that were added are not.
    let texts =
        spans.map(|s| s.of(&draft.text)).filter(|t| t.chars().all(|c| c.is_alphanumeric() || " -’'.,".contains(c)));
    let forms = |text: &str| {
        let mut chars = text.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        [text.to_string(), format!("{text}s"), format!("{first}{}", chars.as_str())]
    };
    let mut bans: Vec<String> = texts.flat_map(forms).collect();
    bans.sort();
    bans.dedup();
    bans
}

/// What a translation must contain if one finding is to go away. Empty for rules that are not named
/// here, and if no English words are known for what the finding points to in the French.
fn of_finding(sentence: &str, facts: &[Fact], hints: &[Hint], finding: &Finding) -> Vec<Vec<String>> {
    let Some(span) = finding.source else { return Vec::new() };
    let here = || facts.iter().filter(move |f| f.span.overlaps(span));
    match finding.rule {
        "number-changed" | "number-missing" | "unit-changed" | "casualty-changed" => here()
            .filter_map(|f| if let FactValue::Quantity(q) = &f.value { Some(quantity(q)) } else { None })
            .collect(),
        "qualifier-dropped" | "qualifier-changed" => {
            here().filter_map(|f| if let FactValue::Quantity(q) = &f.value { bound(q) } else { None }).collect()
        }
        "date-changed" | "date-missing" => here()
            .filter_map(|f| match &f.value {
                FactValue::Date(d) => Some(date(d, &sentence[..f.span.start])),
                FactValue::Time(t) => Some(vec![values::time(t)]),
                _ => None,
            })
            .collect(),
        "name-missing" | "source-changed" | "source-missing" => names(sentence, facts, hints, span),
        // A name that the lexicon does not have may have another form in English, so its French
        // form is not demanded.
        "name-changed" | "name-untranslated" => names(sentence, &[], hints, span),
        "attribution-dropped" => vec![list(&["according to", "said", "says"])],
        "hedge-dropped" => vec![list(&["reportedly", "allegedly", "is said to", "are said to"])],
        "negation-changed" => vec![list(&["not", "no", "never", "n’t", "n't", "nothing"])],
        "restriction-dropped" => answers(Answers::restrictions(), span.of(sentence)),
        "word-lost" => answers(Answers::french(), span.of(sentence)),
        "quote-lost" => vec![list(&["“", "\""]), list(&["”", "\"", ",”", ".”", ",\"", ".\""])],
        _ => Vec::new(),
    }
}

/// English forms of a term of conflict reporting. « d'origine » is taken together with the nationality that follows it,
/// if there is one: "of Malian origin" for « d'origine malienne ».
fn term(sentence: &str, missing: &Missing) -> Vec<String> {
    let lower = sentence.to_lowercase().replace('’', "'");
    let behind = lower.split(missing.french).nth(1).unwrap_or_default();
    let word = behind.split(|c: char| !c.is_alphanumeric() && c != '-').find(|w| !w.is_empty());
    match word.filter(|_| missing.french == "d'origine").and_then(nationality) {
        Some(of) => vec![format!("of {of} origin"), format!("{of} origin"), format!("of {of} descent")],
        None => list(missing.english),
    }
}

/// The most usual English words for a French word or phrase, as one need. Words of fewer than
/// [`TELLING`] letters are left out, since too many other words begin with them.
fn answers(table: &Answers, french: &str) -> Vec<Vec<String>> {
    let usual = table.english_of(french).filter(|word| word.len() >= TELLING).take(USUAL);
    vec![usual.map(ToString::to_string).collect()]
}

/// The words as one need.
fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// The figure without its qualifier and unit, in digits and, if it is usually spelt out, also in
/// words.
fn quantity(q: &Quantity) -> Vec<String> {
    if !matches!(q.form, NumberForm::Cardinal | NumberForm::Score) {
        return vec![values::quantity(&Quantity { bound: Bound::Exact, unit: Unit::None, outcome: None, ..q.clone() })];
    }
    let mut forms = vec![values::figures(q.value)];
    if q.value.fract() == 0. && (0.0..1e6).contains(&q.value) {
        let whole = q.value as u64;
        if whole <= 100 || q.in_words {
            forms.push(values::cardinal(whole));
        }
        if q.in_words {
            // At the beginning of a sentence a number is spelt out (AP Stylebook, "numerals").
            let words = values::cardinal(whole);
            forms.push(words[..1].to_uppercase() + &words[1..]);
        }
        if whole < 10 {
            forms.push(whole.to_string());
        }
    }
    forms.dedup();
    forms
}

/// English words for a qualifier; `None` for an exact figure.
fn bound(q: &Quantity) -> Option<Vec<String>> {
    Some(list(match q.bound {
        Bound::MoreThan => &["more than", "over", "More than", "Over"],
        Bound::AtLeast => &["at least", "At least"],
        Bound::LessThan => &["less than", "fewer than", "Less than", "Fewer than", "under"],
        Bound::AtMost => &["up to", "Up to", "as many as"],
        Bound::About => &["about", "some", "around", "About", "Some", "Around"],
        Bound::Nearly => &["nearly", "almost", "close to", "Nearly", "Almost"],
        Bound::Barely => &["barely", "only", "just", "Barely", "Only", "Just"],
        Bound::Exact => return None,
    }))
}

/// Forms of a date such as "on November 29". `before` is the French text before the date, whose
/// last word decides which English prepositions fit. Without a preposition, a search that must
/// contain the day would put it anywhere ("Tuesday's army").
fn date(d: &DateFact, before: &str) -> Vec<String> {
    let word = |text: &str| text.rsplit([' ', '’', '\'']).find(|w| !w.is_empty()).unwrap_or("").to_lowercase();
    let prepositions: &[&str] = match word(before).as_str() {
        "depuis" => &["since"],
        "jusqu" => &["until"],
        "avant" => &["before", "by"],
        "après" => &["after"],
        "dès" => &["from", "since", "as early as"],
        "fin" => &["in late", "at the end of"],
        "début" => &["in early", "at the beginning of"],
        "ce" | "cette" => &["this", "on", "in"],
        "un" | "une" => &["a", "A"],
        _ if d.day.is_some() || d.weekday.is_some() => &["on"],
        _ => &["in", "of"],
    };
    let mut days = vec![values::date(d)];
    if let (Some(month), Some(day)) = (d.month, d.day)
        && let Some(month) = en::MONTHS.get(usize::from(month).wrapping_sub(1))
    {
        days.extend([format!("{month} {day}"), format!("{day} {month}")]);
        days.extend(d.year.map(|y| format!("{month} {day}, {y}")));
    }
    days.dedup();
    prepositions.iter().flat_map(|p| days.iter().map(move |d| format!("{p} {d}"))).collect()
}

/// English forms of the names within a span for which there are `hints`. If there are none, the
/// names among `facts` there in their French form.
fn names(sentence: &str, facts: &[Fact], hints: &[Hint], span: Span) -> Vec<Vec<String>> {
    let known: Vec<&Hint> = hints.iter().filter(|h| h.span.overlaps(span)).collect();
    if !known.is_empty() {
        let forms = |h: &Hint| {
            let mut forms = vec![h.english.to_string()];
            forms.extend(h.first_mention.as_deref().and_then(|f| f.split(" (").next()).map(str::to_string));
            forms
        };
        return known.into_iter().map(forms).collect();
    }
    let name = |f: &&Fact| matches!(f.value, FactValue::Name(_)) && f.span.overlaps(span);
    facts.iter().filter(name).map(|f| vec![f.span.of(sentence).to_string()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::engine::{Settings, check_pair};

    fn of(french: &str, english: &str) -> Vec<Vec<String>> {
        needs(french, &Judged { text: english.into(), findings: check_pair(french, english, &Settings::default()) })
    }

    #[test]
    fn a_finding_asks_for_the_english_of_what_it_points_to() {
        let french = "Selon l’OSDH, plus de 34 habitants ont été tués vendredi 29 novembre.";
        let wrong_number =
            of(french, "According to the SOHR, more than 43 residents were killed on Friday, November 29.");
        assert_eq!(wrong_number, [["34".to_string(), "thirty-four".to_string()]]);
        let no_date = of(french, "According to the SOHR, more than 34 residents were killed.");
        assert!(no_date.iter().any(|n| n.contains(&"on November 29".to_string())), "{no_date:?}");
        let no_source = of(french, "More than 34 residents were killed on Friday, November 29.");
        assert!(no_source.iter().any(|n| n.contains(&"SOHR".to_string())), "{no_source:?}");
        let no_bound = of(french, "According to the SOHR, 34 residents were killed on Friday, November 29.");
        assert!(no_bound.iter().any(|n| n.contains(&"more than".to_string())), "{no_bound:?}");
    }

    #[test]
    fn lost_quotation_marks_ask_for_an_opening_and_a_closing_one() {
        let needs = of("« Nous tiendrons jusqu’au bout », a dit le maire.", "We will hold to the end, the mayor said.");
        assert_eq!(needs.len(), 2);
        assert!(needs[0].contains(&"“".to_string()) && needs[1].contains(&"”".to_string()));
    }

    #[test]
    fn what_was_added_is_not_to_stand() {
        let english = "Parents of a terrorist wrote to the mayor.";
        let french = "Les parents d’un jihadiste ont écrit au maire.";
        let findings = check_pair(french, english, &Settings::default());
        let bans = bans(french, &Judged { text: english.into(), findings });
        assert_eq!(bans, ["Terrorist", "terrorist", "terrorists"]);
    }

    #[test]
    fn whose_origin_it_is_comes_with_the_word() {
        let french = "Le pilote, un Lillois d’origine malienne, a été relâché.";
        let wanted = ["of Malian origin", "Malian origin", "of Malian descent"].map(String::from).to_vec();
        assert_eq!(of(french, "The pilot, a Malian citizen, was freed."), vec![wanted]);
    }

    #[test]
    fn a_right_translation_needs_nothing() {
        assert!(of("Trois soldats sont morts.", "Three soldiers died.").is_empty());
    }
}
