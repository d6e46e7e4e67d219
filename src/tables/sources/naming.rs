//! The English name of a source: the form that the lexicon has, else what the translation calls the
//! source, else the French name.

use super::attributions;
use crate::facts::FactValue;
use crate::facts::attribution::{Attribution, Speaker};
use crate::facts::reading::Reading;
use crate::facts::role::{self, Role};
use crate::lang::Lang;
use crate::lexicon::{EntryId, Lexicon, class, en, fr};
use crate::span::Span;
use crate::tables::sentence_pair::SentencePair;

/// Where the name of a source comes from, from the worst origin to the best. If a source is
/// mentioned several times, its row has the name with the best origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The French words, since no English name is known.
    French,
    /// The English word for the role of the source: "the rebels".
    Role,
    /// The name that the translation gives the source.
    Translated,
    /// The English form of the lexicon.
    Lexicon,
}

/// The English name of the source at `span`, or its French words, and where the name comes from.
pub fn name(sentence: &SentencePair<'_>, a: &Attribution, span: Span) -> (Rank, String) {
    let text = span.of(sentence.source);
    let entry = entry(sentence, span).map(|id| &Lexicon::get().entries.list[id as usize]);
    if let Some(known) = entry.and_then(|e| e.en.first()) {
        return (Rank::Lexicon, known.to_string());
    }
    let proper = proper(sentence, span);
    let translated = counterpart(sentence, a, text).and_then(|e| e.source).map(|s| s.of(sentence.target));
    // The translation's words are not used if they name two sources where the French names one
    // ("the NGO and witnesses"), have lost the source's name, or are only a pronoun.
    let whole = |t: &&str| {
        (text.contains(" et ") || !t.contains(" and ")) && proper.is_none_or(|p| t.contains(p)) && !is_pronoun(t)
    };
    if let Some(t) = translated.filter(whole) {
        return (Rank::Translated, tidy(t));
    }
    if let Some(p) = proper.filter(|p| sentence.target.contains(p)) {
        return (Rank::Translated, p.to_string());
    }
    match role(text, sentence.target) {
        Some(role) if proper.is_none() => (Rank::Role, role),
        _ => (Rank::French, text.to_string()),
    }
}

/// Whether a text is a pronoun.
fn is_pronoun(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    matches!(words.as_slice(), [w] if en::PRONOUNS.has(w.to_lowercase().as_str()))
}

/// The name in the form that the table gives it: "the army" for "The army", without words such as
/// "and" or "of" at its end, and without the channel ("on Twitter").
fn tidy(text: &str) -> String {
    let channel = [" on Twitter", " on Facebook", " on Telegram", " on social media", " on the social network"];
    let end = channel.iter().filter_map(|c| text.find(c)).min().unwrap_or(text.len());
    let mut text = text[..end].trim_end_matches([',', ' ']);
    while let Some(rest) = [" and", " or", " of", " to", " in", " on"].iter().find_map(|w| text.strip_suffix(w)) {
        text = rest;
    }
    match text.split_once(' ') {
        Some((article @ ("The" | "A" | "An" | "Some"), rest)) => format!("{} {rest}", article.to_lowercase()),
        _ => text.to_string(),
    }
}

/// The first name in the words of the source that the lexicon does not know: « Karim Sadi » in « le maire Karim Sadi ».
fn proper<'a>(sentence: &SentencePair<'a>, span: Span) -> Option<&'a str> {
    sentence.source_facts.iter().find_map(|f| match &f.value {
        FactValue::Name(n) if !n.demonym && !n.term && !n.unsure && span.contains(f.span) => {
            let is_unknown = n.units.iter().all(|u| u.entries.is_empty());
            is_unknown.then(|| f.span.of(sentence.source))
        }
        _ => None,
    })
}

/// The English attribution that renders a French one. It is one whose source has the same role. If
/// there is none, the French source has no role, and both texts have equally many attributions, it
/// is the one at the same position, unless the source of that one is a pronoun. `text` has the
/// words of the French source.
fn counterpart<'a>(sentence: &SentencePair<'a>, a: &Attribution, text: &str) -> Option<&'a Attribution> {
    let english = || attributions(sentence.target_facts).filter(|e| e.source.is_some());
    let rows = roles(text, Lang::Fr);
    let alike = |e: &&Attribution| {
        e.source.is_some_and(|s| roles(s.of(sentence.target), Lang::En).iter().any(|row| rows.contains(row)))
    };
    english().find(alike).or_else(|| {
        let at = attributions(sentence.source_facts).position(|other| other == a)?;
        let as_many = attributions(sentence.source_facts).count() == attributions(sentence.target_facts).count();
        let there = as_many.then(|| attributions(sentence.target_facts).nth(at)).flatten()?;
        (rows.is_empty() && there.source.is_some() && there.speaker != Speaker::Pronoun).then_some(there)
    })
}

/// The rows in the lexicon's table of roles for the single words of a text that name roles.
fn roles(text: &str, lang: Lang) -> Vec<EntryId> {
    let r = Reading::new(text, lang);
    let single = role::roles(&r).into_iter().filter(|role| role.to == role.from + 1);
    single.flat_map(|role| role.rows.iter().copied()).collect()
}

/// What the English calls the role of the French source (« les rebelles » → "the rebels"): the first word of the same
/// row of the lexicon's roles, with its article and up to two words between. `None` if the English has no such word.
fn role(french: &str, target: &str) -> Option<String> {
    let en = Reading::new(target, Lang::En);
    let rows = roles(french, Lang::Fr);
    let is_it = |role: &&Role| role.to == role.from + 1 && role.rows.iter().any(|row| rows.contains(row));
    let at = role::roles(&en).iter().find(is_it)?.from;
    let before = (at.saturating_sub(3)..at).rev().take_while(|&i| en.is_word(i) && !en.is(i, class::CONJ));
    let article = before.into_iter().find(|&i| matches!(en.lower(i), "the" | "a" | "an" | "some"));
    let text = en.span(article.unwrap_or(at), at + 1).of(target);
    Some(match text.split_once(' ') {
        Some((article, rest)) => format!("{} {rest}", article.to_lowercase()),
        None => text.to_string(),
    })
}

/// The lexicon's entry for the source as a whole: that of a part of a name in the source, in one of
/// two cases. Either the name begins the source, an article aside, and the part makes up at least
/// half of the name or of the source, whichever is shorter. Or the part ends the source, and the
/// words before it say only of what kind the source is (« l'agence officielle Sana »). « un
/// responsable syrien » does not have the entry of Syria.
fn entry(sentence: &SentencePair<'_>, span: Span) -> Option<EntryId> {
    sentence.source_facts.iter().find_map(|f| match &f.value {
        FactValue::Name(n) if !n.demonym && f.span.overlaps(span) => n.units.iter().find_map(|u| {
            let id = single_entry(&u.entries)?;
            let most = f.span.start <= span.start + 4 && 2 * u.span.len() >= span.len().min(f.span.len());
            let told = u.span.end == span.end && introduced(&sentence.source[span.start..u.span.start]);
            (most || told).then_some(id)
        }),
        _ => None,
    })
}

/// The entry that a name means: the only one, or the first of several that have the same English name. `None` if their
/// English names differ.
fn single_entry(entries: &[EntryId]) -> Option<EntryId> {
    let english = |id: &EntryId| Lexicon::get().entries.list[*id as usize].en.first();
    let (first, rest) = entries.split_first()?;
    rest.iter().all(|id| english(id) == english(first)).then_some(*first)
}

/// Whether the words before a name say only what kind of source it is the name of: « l'agence
/// officielle », « la chaîne d'information ».
fn introduced(before: &str) -> bool {
    let key = crate::facts::discourse::key(before);
    let mut words = key.split_whitespace();
    words.next().is_some_and(|w| fr::KINDS_OF_SOURCES.has(w))
        && words.all(|w| !matches!(w, "de" | "du" | "des" | "à" | "dans"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidy() {
        assert_eq!(tidy("several observers and"), "several observers");
        assert_eq!(tidy("The head of the guard on Twitter"), "the head of the guard");
        assert_eq!(tidy("Selm River Authority"), "Selm River Authority");
    }

    #[test]
    fn what_only_introduces_a_name_is_known() {
        assert!(introduced("l'agence officielle "));
        assert!(!introduced("l'agence de "));
        assert!(!introduced("un responsable "));
    }
}
