//! Makes the names of a summary consistent. An organisation whose acronym the translation explains
//! is named in full with the acronym at the first mention, and by the acronym after that; a person
//! whom the article names in full is so named at the first mention. An office that the article has
//! brought in and the summary has not gets "a" for "the": "a security official".

use crate::checks::context::{contains_words, find_whole};
use crate::english::typography::with_capital_of;
use crate::facts::Fact;
use crate::facts::name::names;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::{NameClass, class, en};

/// An acronym that the translation explains: "Norava Liberation Movement (NLM)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    pub full: String,
    pub short: String,
}

/// The acronyms that stand in brackets after the full name in one of the texts. An acronym has at least two capitals,
/// at most eight characters, and no space.
pub fn acronyms<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Acronym> {
    let mut out: Vec<Acronym> = Vec::new();
    for text in texts {
        for (open, _) in text.match_indices(" (") {
            let Some(close) = text[open..].find(')').map(|n| open + n) else { continue };
            let short = &text[open + 2..close];
            let upper = short.chars().filter(|c| c.is_uppercase()).count();
            if upper < 2 || short.contains(' ') || short.chars().count() > 8 {
                continue;
            }
            let Some(full) = full_name(&text[..open], short) else { continue };
            if !out.iter().any(|a| a.short == short) {
                out.push(Acronym { full: full.to_string(), short: short.to_string() });
            }
        }
    }
    out
}

/// The last words of `before`, the text before the bracket, that the acronym stands for: as many capitalised words as
/// it has letters, with small words such as "of" between them. `None` if there are not so many, if any other word
/// stands between them, or if the first of them does not begin with a letter of the acronym.
fn full_name<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    let mut left = letters.len();
    let mut start = before.len();
    for word in before.rsplit(' ') {
        start -= word.len();
        let first = word.chars().next()?;
        if first.is_uppercase() {
            left -= 1;
        } else if !en::INSIDE_NAMES.has(word) {
            return None;
        }
        if left == 0 {
            return letters.iter().any(|l| l.eq_ignore_ascii_case(&first)).then(|| &before[start..]);
        }
        start = start.checked_sub(1)?;
    }
    None
}

/// Changes the sentences of a summary so that the first mention of each known name is in full with the acronym in
/// brackets, and all others are the acronym.
pub fn introduce_acronyms(sentences: &mut [String], known: &[Acronym]) {
    for acronym in known {
        let explained = format!("{} ({})", acronym.full, acronym.short);
        let mut seen = false;
        for sentence in sentences.iter_mut() {
            // Every mention becomes the acronym; then the first one becomes the full name again.
            let mut text = sentence.replace(&explained, &acronym.short).replace(&acronym.full, &acronym.short);
            if !seen && let Some(at) = find_whole(&text, &acronym.short) {
                text.replace_range(at..at + acronym.short.len(), &explained);
                seen = true;
            }
            *sentence = text;
        }
    }
}

/// The sentence with "a" for "the" before an office, such as "security official", that the article has brought in with
/// "a" or "an" and the summary has not mentioned yet: its reader does not know which official "the security official"
/// is. It stays "the" where the words after the noun say which one is meant. `article` has the sentences before this
/// one in the article, `told` those before it in the summary.
pub fn bring_in(sentence: &str, article: &[&str], told: &[&str]) -> String {
    let r = Reading::new(sentence, Lang::En);
    let mut out = sentence.to_string();
    for at in (0..r.len()).rev().filter(|&i| r.lower(i) == "the") {
        // The noun for an office stands within four words of "the": "the official", "the Norvan security official".
        let Some(end) = (at + 1..(at + 5).min(r.len())).find(|&i| r.is(i, class::ROLE)) else { continue };
        let person = r.span(at + 1, end + 1).of(sentence);
        // The article has the right form before this word: "a European official", "an hour-long siege".
        let brought_in = |article: &&str| {
            let stands = |a: &&str| contains_words(article, &format!("{a} {person}"));
            ["a", "an", "A", "An"].into_iter().find(stands).map(str::to_lowercase)
        };
        let is_known = told.iter().any(|t| t.contains(person)) || sentence[..r.span(at, at + 1).start].contains(person);
        let Some(indefinite) = article.iter().find_map(brought_in) else { continue };
        if !is_known && !r.among(end + 1, &en::WHICH_ONE) {
            let span = r.span(at, at + 1);
            out.replace_range(span.start..span.end, &with_capital_of(span.of(sentence), &indefinite));
        }
    }
    out
}

/// The persons whom the article names in full, each as the surname and the whole name. Surnames of fewer than three
/// letters are left out, and so are those that two whole names share. `article` has the sentences, each with its facts.
pub fn persons<'a>(article: impl IntoIterator<Item = (&'a str, &'a [Fact])>) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut shared: Vec<String> = Vec::new();
    for (text, facts) in article {
        for name in names(facts).filter(|n| (n.person || n.class == NameClass::Person) && !n.demonym) {
            let full = name.span.of(text);
            let Some((given, surname)) = full.rsplit_once(' ') else { continue };
            if surname.chars().count() < 3 || !given.starts_with(char::is_uppercase) {
                continue;
            }
            match out.iter().find(|(s, _)| s == surname) {
                None => out.push((surname.to_string(), full.to_string())),
                Some((_, known)) if known != full => shared.push(surname.to_string()),
                Some(_) => {}
            }
        }
    }
    out.retain(|(surname, _)| !shared.contains(surname));
    out
}

/// Changes the sentences of a summary so that the first mention of each known person has the whole name, if it has the
/// surname alone.
pub fn introduce(sentences: &mut [String], known: &[(String, String)]) {
    for (surname, full) in known {
        if sentences.iter().any(|s| s.contains(full.as_str())) {
            let first = sentences.iter().position(|s| find_whole(s, surname).is_some());
            let whole = sentences.iter().position(|s| s.contains(full.as_str()));
            if first == whole {
                continue;
            }
        }
        let first = sentences.iter_mut().find_map(|s| find_whole(s, surname).map(|at| (s, at)));
        let Some((sentence, at)) = first else { continue };
        // Other forms of the name ("al-Bell", "General Bell" inside a sentence) and other things that bear it ("the
        // Bell family") are left as they are.
        let before = sentence[..at].split_whitespace().next_back().unwrap_or("");
        let after = sentence[at + surname.len()..].trim_start();
        // The word before the surname is a part of the name if it has a capital and no mark at its end, unless it opens
        // the sentence, as in "On Bell's orders".
        let inside_name =
            before.starts_with(char::is_uppercase) && before.ends_with(char::is_alphanumeric) && at > before.len() + 1;
        let beside_name = sentence[..at].ends_with('-') || after.starts_with(char::is_uppercase);
        // The whole name stands without a courtesy title (AP Stylebook, "courtesy titles").
        if matches!(before.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss") && !beside_name {
            let from = sentence[..at].trim_end().len() - before.len();
            sentence.replace_range(from..at + surname.len(), full);
            continue;
        }
        let alone = !inside_name && !beside_name;
        let is_name = at == 0 || !before.is_empty() && !matches!(before, "the" | "a" | "an" | "of" | "in");
        if alone && is_name {
            sentence.replace_range(at..at + surname.len(), full);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, Context};

    fn known_persons(article: &[&str]) -> Vec<(String, String)> {
        let read = |text: &&str| facts::extract(text, &Context { lang: Lang::En, date: None });
        let facts: Vec<Vec<Fact>> = article.iter().map(read).collect();
        persons(article.iter().copied().zip(facts.iter().map(Vec::as_slice)))
    }

    #[test]
    fn a_name_is_explained_where_it_stands_first() {
        let known = acronyms(["Ten died, said the Norava Monitoring Network (NMN), which is based in Lisbon."]);
        assert_eq!(known, [Acronym { full: "Norava Monitoring Network".into(), short: "NMN".into() }]);
        let mut sentences = [
            "The NMN counted ten dead.".to_string(),
            "The Norava Monitoring Network (NMN) spoke of shells.".to_string(),
        ];
        introduce_acronyms(&mut sentences, &known);
        assert_eq!(sentences, ["The Norava Monitoring Network (NMN) counted ten dead.", "The NMN spoke of shells."]);
    }

    #[test]
    fn who_was_brought_in_by_a_sentence_that_is_left_out_is_brought_in_again() {
        let article = ["A Norvan security official questioned by the radio denied it.", "The minister left."];
        let sentence = "According to the Norvan security official, the minister left.";
        let again = "According to a Norvan security official, the minister left.";
        assert_eq!(bring_in(sentence, &article, &[]), again);
        assert_eq!(bring_in(sentence, &article, &article), sentence);
        assert_eq!(bring_in(sentence, &[], &[]), sentence);
    }

    #[test]
    fn the_indefinite_article_is_the_one_that_the_article_has() {
        let article = ["A European official visited the port.", "The bridge is closed."];
        let sentence = "The European official said that the bridge is closed.";
        assert_eq!(bring_in(sentence, &article, &[]), "A European official said that the bridge is closed.");
    }

    #[test]
    fn a_person_is_named_in_full_where_first_mentioned() {
        let known =
            known_persons(&["Karim Haddad heads the port.", "On Monday, Haddad resigned.", "Sana Haddadi did not."]);
        let mut sentences = ["On Monday, Haddad resigned.".to_string(), "Haddad had led the port.".to_string()];
        introduce(&mut sentences, &known);
        assert_eq!(sentences, ["On Monday, Karim Haddad resigned.", "Haddad had led the port."]);
        let mut titled = ["Officers said Mr. Haddad resigned.".to_string()];
        introduce(&mut titled, &known);
        assert_eq!(titled, ["Officers said Karim Haddad resigned."], "without the courtesy title");
        let shared = known_persons(&["Karim Haddad and Leila Haddad lead the port."]);
        assert_eq!(shared, []);
    }

    #[test]
    fn brackets_that_explain_nothing_are_left_alone() {
        assert_eq!(acronyms(["He voted (twice) in Paris (FRANCE).", "The town (7 km away)."]), []);
    }
}
