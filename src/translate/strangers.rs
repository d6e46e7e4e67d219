//! Names of the English that the French sentence does not have in any form: "North Korea" for « Corée du Sud »,
//! "Notre-Dame Cathedral" for « la Grande mosquée », the "Islamic State" for « les shebab ».
//!
//! This is stricter than the rules, which check the translations of people as well: a human
//! translator may add which country's government is meant, but a model that adds a name is wrong
//! more often than not.

use crate::facts::name::{Name, Unit, names};
use crate::facts::{self, Context};
use crate::lang::Lang;
use crate::lexicon::field::holds_beginning;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{EntryId, Lexicon, NameClass};
use crate::span::Span;

/// The places of the names, or parts of names, in the English that nothing in the French explains,
/// in the order of the text.
pub fn strangers(french: &str, english: &str) -> Vec<Span> {
    let source = French::new(french);
    let target = facts::extract(english, &Context { lang: Lang::En, date: None });
    let sure = names(&target).filter(|n| !n.unsure && !n.term);
    let units = sure.flat_map(|n| n.units.iter().map(move |u| (n, u)));
    let unexplained = units.filter(|(name, unit)| !source.explains(name, unit, unit.span.of(english)));
    unexplained.map(|(_, u)| u.span).filter(|s| !is_glued(english, *s)).collect()
}

/// Whether the letters at `span` stand next to a digit, as the "DS" of "3DS" does. Such letters are
/// no name.
fn is_glued(text: &str, span: Span) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text[..span.start].chars().next_back()) || digit(text[span.end..].chars().next())
}

/// Words that English writes with a capital in names and titles although they are no names, each with the beginnings of
/// the French words that it may translate, in lower case and with straight apostrophes.
const TRANSLATED: [(&str, &[&str]); 18] = [
    ("ceo", &["chef", "direct", "pdg", "président", "patron"]),
    ("east", &["l'est", "d'est", "nord-est", "sud-est", "orient"]),
    ("eastern", &["l'est", "d'est", "nord-est", "sud-est", "orient"]),
    ("excellency", &["excellence"]),
    ("giant", &["géant"]),
    ("highness", &["altesse"]),
    ("house", &["chambre", "maison"]),
    ("human", &["droits de l'homme", "humain"]),
    ("hurricane", &["ouragan", "cyclone"]),
    ("north", &["nord", "septentrion"]),
    ("northern", &["nord", "septentrion"]),
    ("rights", &["droits"]),
    ("south", &["sud", "méridion"]),
    ("southern", &["sud", "méridion"]),
    ("velvet", &["velours"]),
    ("war", &["guerre"]),
    ("west", &["l'ouest", "d'ouest", "nord-ouest", "sud-ouest", "occident"]),
    ("western", &["l'ouest", "d'ouest", "nord-ouest", "sud-ouest", "occident"]),
];

/// What a French sentence names.
struct French {
    /// Entries of the lexicon for its names.
    known: Vec<EntryId>,
    /// The sentence in lower case.
    lower: String,
    /// The sentence in lower case and without accents.
    plain: String,
}

impl French {
    fn new(text: &str) -> French {
        use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
        let facts = facts::extract(text, &Context { lang: Lang::Fr, date: None });
        let known = names(&facts).flat_map(|n| &n.units).flat_map(|u| u.entries.clone()).collect();
        let lower = text.to_lowercase();
        French { known, plain: lower.nfd().filter(|c| !is_combining_mark(*c)).collect(), lower }
    }

    /// Whether this unit of an English name needs no other explanation: the French has something
    /// from which it may come, or the unit is a common word. `text` is the unit as the English
    /// writes it.
    fn explains(&self, name: &Name, unit: &Unit, text: &str) -> bool {
        let text = text.to_lowercase();
        if unit.entries.is_empty() {
            let mut words = self.lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            let is_like = words.any(|w| compare(w, &text) >= Likeness::Cognate);
            return !unit.proper || unit.common || is_like || self.has_what_it_translates(&text);
        }
        let entries = &Lexicon::get().entries;
        let place = name.demonym || unit.entries.iter().any(|e| entries.get(*e).class == NameClass::Place);
        // An English word may be spelt like an acronym: "Let’s" is not the armed group LeT.
        if unit.common && !place {
            return true;
        }
        // The name of a country inside another name explains its nationality: « Agence France Presse », "French".
        // Forms of up to three bytes are left out, since they would be found inside other words.
        let spelt =
            |e: &EntryId| entries.get(*e).fr.iter().any(|f| f.len() > 3 && self.lower.contains(&f.to_lowercase()));
        let listed = |e: &EntryId| self.known.contains(e) || name.demonym && spelt(e);
        // « russo-américain » has no entry of its own. So a nationality or a country is explained by a French word that
        // begins with the same four letters.
        let root: String = text.chars().take(4).collect();
        let mut words = self.plain.split(|c: char| !c.is_alphanumeric());
        let rooted = place && !text.contains(' ') && words.any(|w| w.starts_with(&root) || is_half(w, &text));
        // Translated words do not explain places, since "North" and "South" distinguish countries: "North Korea".
        let is_translated = !place && self.has_what_it_translates(&text);
        is_translated
            || unit.entries.iter().any(listed)
            || rooted
            || self.lower.contains(&text)
            || self.has_like_words(&text)
    }

    /// Whether a name begins with a word of [`TRANSLATED`] and the French has one of the words which that word may
    /// translate.
    fn has_what_it_translates(&self, text: &str) -> bool {
        let first = text.split(' ').next().unwrap_or_default();
        let words = TRANSLATED.iter().find(|(english, _)| *english == first).map_or(&[][..], |(_, french)| french);
        let french = self.lower.replace('’', "'");
        words.iter().any(|word| holds_beginning(&french, word))
    }

    /// Whether a name has at least two words of three letters or more, and the French has a similar word for each:
    /// « Assemblée générale », "General Assembly".
    fn has_like_words(&self, text: &str) -> bool {
        let words = |text: &'_ str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_string).collect()
        };
        let (french, english) = (words(&self.lower), words(text));
        let like = |word: &String| french.iter().any(|f| compare(f, word) >= Likeness::Cognate);
        english.len() > 1 && english.iter().all(like)
    }
}

/// Whether a French word is the first half of a compound that means this nationality: « turco » in « turco-syrien »
/// means "Turkish".
fn is_half(word: &str, nationality: &str) -> bool {
    const HALVES: [(&str, &str); 20] = [
        ("anglo", "british"),
        ("anglo", "english"),
        ("coreano", "korean"),
        ("franco", "french"),
        ("greco", "greek"),
        ("hispano", "spanish"),
        ("indo", "indian"),
        ("irako", "iraqi"),
        ("iraquo", "iraqi"),
        ("libano", "lebanese"),
        ("luso", "portuguese"),
        ("maroco", "moroccan"),
        ("neerlando", "dutch"),
        ("nippo", "japanese"),
        ("polono", "polish"),
        ("sino", "chinese"),
        ("syro", "syrian"),
        ("turco", "turkish"),
        ("turquo", "turkish"),
        ("yemeno", "yemeni"),
    ];
    HALVES.contains(&(word, nationality))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(french: &str, english: &'a str) -> Vec<&'a str> {
        strangers(french, english).into_iter().map(|s| s.of(english)).collect()
    }

    #[test]
    fn a_country_or_a_nationality_is_not_exchanged_for_another() {
        let french = "La Corée du Sud parle d’un montage.";
        assert_eq!(of(french, "North Korea speaks of a montage."), ["North Korea"]);
        assert!(of(french, "South Korea speaks of a montage.").is_empty());
        let french = "Le pilote, un Lillois d’origine malienne, a été relâché.";
        assert_eq!(of(french, "The pilot, a man of Chadian origin, was freed."), ["Chadian"]);
        assert!(of(french, "The pilot, a man of Malian origin, was freed.").is_empty());
        assert!(of("L’alliance américano-russe tient.", "The American-Russian alliance holds.").is_empty());
        assert!(of("La frontière turco-syrienne est fermée.", "The Turkish-Syrian border is closed.").is_empty());
    }

    #[test]
    fn a_name_that_nothing_in_the_french_resembles_came_with_the_english() {
        let french = "Il s’est rendu à la Grande Mosquée de Paris.";
        assert!(!of(french, "He went to the Notre-Dame Cathedral in Paris.").is_empty());
        assert!(of(french, "He went to the Great Mosque of Paris.").is_empty());
        assert!(of("Le colonel Karouch a fui.", "Colonel Karush fled.").is_empty());
        let assembly = "This could block the General Assembly.";
        assert!(of("Cela peut bloquer l’Assemblé générale.", assembly).is_empty(), "of a slip of the French, too");
        assert_eq!(of("Cela peut bloquer le Conseil.", assembly), ["General Assembly"]);
        assert!(of("Il porte le maillot de l’équipe ibérienne.", "He plays for the Spanish team.").is_empty());
    }

    #[test]
    fn a_common_noun_with_a_capital_is_no_name() {
        let french = "La Chambre des députés a débattu des droits de l’homme.";
        assert!(of(french, "The House debated Human Rights.").is_empty());
        assert!(of(french, "The House of Representatives debated them.").is_empty());
        assert_eq!(of("Le Sénat a débattu.", "The House debated."), ["House"]);
        let watch = "According to Human Rights Watch, 12 men were executed.";
        assert!(!of("Selon une ONG, 12 hommes ont été exécutés.", watch).is_empty());
        assert!(of("Jusqu’en 1989, en Allemagne de l’Est.", "Until 1989, in East Germany.").is_empty());
        assert!(of("La console Nintendo 3DS arrive.", "The Nintendo 3DS arrives.").is_empty());
    }

    #[test]
    fn a_government_is_not_called_by_its_president() {
        let french = "L’offensive vise le régime syrien.";
        assert_eq!(of(french, "The offensive targets Syrian President Bashar al-Assad."), ["Bashar al-Assad"]);
        assert!(of(french, "The offensive targets the Syrian regime.").is_empty());
    }
}
