//! What the translator should call things: English forms of the names in a French text.

use super::entries::Entry;
use super::table::DEMONYMS;
use super::{Lexicon, NameClass, any};
use crate::facts::name::{self, Unit};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::span::Span;

/// How a French name is called in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The French form, as it stands in the text.
    pub french: String,
    /// Where it stands in the text.
    pub span: Span,
    /// The English form: a name for a name, and for an acronym the English acronym, if there is one.
    pub english: &'static str,
    /// The form for the first mention, if `english` is the acronym of an organisation that is not widely known: "Norava
    /// Liberation Movement (NLM)".
    pub first_mention: Option<String>,
}

/// The acronym that English uses: the first English form of two characters or more that has nothing but capitals and
/// digits, if there is one.
pub fn acronym(entry: &Entry) -> Option<&'static str> {
    entry.en.iter().find(|f| f.len() > 1 && f.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())).copied()
}

/// English forms of the lexicon's names in a French text, each entry once, in the order of the text. Left out are words
/// for nationalities, names for which the lexicon has no English form, and those that stand in the text as English
/// writes them.
pub fn english_hints(french: &str) -> Vec<Hint> {
    let entries = &Lexicon::get().entries;
    let mut seen = Vec::new();
    let mut hints = Vec::new();
    for unit in units(french) {
        let Some(&id) = unit.entries.first() else { continue };
        let entry = entries.get(id);
        let written = unit.span.of(french);
        if entry.en.is_empty() || seen.contains(&id) || entry.en.contains(&written) {
            continue;
        }
        seen.push(id);
        hints.push(hint(entry, written, unit.span, unit.acronym));
    }
    hints
}

/// The name (or the part of one that is compared by itself) at a place of a French text, if English writes it the same
/// way: either the lexicon has this spelling among the English forms of the name, or it does not have the name, and the
/// word looks like a proper name ("Manhattan"). `None` otherwise.
pub fn written_alike(french: &str, at: Span) -> Option<&str> {
    let unit = units(french).into_iter().find(|unit| unit.span.overlaps(at))?;
    let written = unit.span.of(french);
    let alike = match unit.entries.first() {
        Some(&id) => Lexicon::get().entries.get(id).en.contains(&written),
        None => unit.proper,
    };
    alike.then_some(written)
}

/// The English word for a French one, in any of its forms, that says from which country or people somebody is: "Malian"
/// for « malienne ». `None` if the table doesn't have it.
pub fn nationality(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let is_it = |f: &str| word == f || word.strip_suffix('s') == Some(f);
    DEMONYMS.rows().find(|row| row.forms(1).any(is_it))?.forms(2).next()
}

/// The units of the names in a French text (parts that are compared by themselves), without words for nationalities.
fn units(french: &str) -> Vec<Unit> {
    let names = name::extract(&Reading::new(french, Lang::Fr)).into_iter().filter(|n| !n.demonym);
    names.flat_map(|n| n.units).collect()
}

/// The hint for a name that stands in the text as `written`.
fn hint(entry: &Entry, written: &str, span: Span, as_acronym: bool) -> Hint {
    let long = entry.en[0];
    let english = if as_acronym { acronym(entry).unwrap_or(long) } else { long };
    let explained = entry.class == NameClass::Organisation && english != long && !any::KNOWN_ACRONYMS.has(english);
    Hint { french: written.to_string(), span, english, first_mention: explained.then(|| format!("{long} ({english})")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_explained_once_and_exonyms_named() {
        let hints = english_hints("Selon l'OSDH, l'armée a quitté Alep. L'OSDH cite l'ONU et Bachar al-Assad.");
        let plain: Vec<_> = hints.iter().map(|h| (h.french.as_str(), h.english)).collect();
        assert_eq!(
            plain,
            [("OSDH", "SOHR"), ("Alep", "Aleppo"), ("ONU", "UN"), ("Bachar al-Assad", "Bashar al-Assad")]
        );
        assert_eq!(hints[0].first_mention.as_deref(), Some("Syrian Observatory for Human Rights (SOHR)"));
        assert_eq!(hints[2].first_mention, None);
    }

    #[test]
    fn what_is_the_same_in_english_needs_no_hint() {
        assert!(english_hints("Gaza, Hamas, CIA").is_empty());
    }
}
