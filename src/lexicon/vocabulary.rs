//! What single words do in a sentence: function words, titles, roles, verbs of saying.

use super::key::{KeyMap, exact, folded};
use super::{table, verbs};
use crate::lang::Lang;

/// Word classes as bits of [`Info::class`].
pub mod class {
    /// A determiner.
    pub const DET: u32 = 1;
    /// A preposition.
    pub const PREP: u32 = 1 << 1;
    /// A pronoun.
    pub const PRON: u32 = 1 << 2;
    /// Opens a relative clause or a clause of saying.
    pub const REL: u32 = 1 << 3;
    /// A conjunction.
    pub const CONJ: u32 = 1 << 4;
    /// Auxiliaries, modals, and French verbs such as « faire » and « aller ». Most of the forms are finite.
    pub const AUX: u32 = 1 << 5;
    /// An adverb.
    pub const ADV: u32 = 1 << 6;
    /// Known not to be a name, although it may have a capital.
    pub const COMMON: u32 = 1 << 7;
    /// Stands before a person's name.
    pub const TITLE: u32 = 1 << 8;
    /// A person or body that can be the source of a claim.
    pub const ROLE: u32 = 1 << 9;
    /// Begins or heads the name of an organisation or a place ("ministère", "Front").
    pub const BODY: u32 = 1 << 10;
    /// May stand inside a name in lower case ("de", "al", "ben").
    pub const PARTICLE: u32 = 1 << 11;
    /// What is said or published: "communiqué", "survey".
    pub const SPEECH: u32 = 1 << 12;
    /// A given name.
    pub const GIVEN: u32 = 1 << 13;
    /// Name of a city, if that is one word without hyphens or apostrophes.
    pub const CITY: u32 = 1 << 14;
    /// Name of a language.
    pub const LANGUAGE: u32 = 1 << 15;
    /// Finite form of a verb of saying.
    pub const FINITE: u32 = 1 << 16;
    /// Past participle of a verb of saying; of some English verbs the form in -ing as well.
    pub const PARTICIPLE: u32 = 1 << 17;
    /// Infinitive (only in French) or present participle of a verb of saying.
    pub const NONFINITE: u32 = 1 << 18;

    /// Full negation: "pas", "not".
    pub const NEG: u32 = 1 << 19;
    /// Denies or limits without a full negation: "sans", "only".
    pub const NEG_SOFT: u32 = 1 << 20;
    /// Says that the writer does not vouch for something: "présumé", "reportedly".
    pub const HEDGE: u32 = 1 << 21;

    /// Function words.
    pub const FUNCTION: u32 = DET | PREP | PRON | REL | CONJ | AUX | ADV;
    /// All forms of verbs of saying.
    pub const SAYING: u32 = FINITE | PARTICIPLE | NONFINITE;
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Info {
    /// Its word classes, as bits of [`mod@class`]; 0 for an unknown word.
    pub class: u32,
    /// If it is a form of a verb of saying, what that verb does.
    pub verb: Option<verbs::SpeechAct>,
}

impl Info {
    /// Whether the word belongs to one of these classes.
    pub fn is(self, class: u32) -> bool {
        self.class & class != 0
    }
}

/// Words of one language.
#[derive(Default)]
pub struct Vocabulary {
    words: KeyMap<Info>,
}

impl Vocabulary {
    /// Reads the tables of a language, and those of city names and languages.
    pub fn load(lang: Lang) -> Self {
        let mut v = Vocabulary::default();
        let (words, verb_table) = match lang {
            Lang::Fr => (&table::WORDS_FR, &table::VERBS_FR),
            Lang::En => (&table::WORDS_EN, &table::VERBS_EN),
        };
        // Room for all words at once, so that the map does not grow step by step: 6,400 cities, and
        // the word classes and verb forms of the language.
        v.words.reserve(12_000);
        for city in table::CITIES.rows().map(|row| row.cell(0)) {
            if !city.contains([' ', '-', '\'']) {
                v.words.entry(folded(&city.to_lowercase())).or_default().class |= class::CITY;
            }
        }
        for row in table::LANGUAGES.rows() {
            let word = row.cell(if lang == Lang::Fr { 1 } else { 2 });
            v.words.entry(exact(&word.to_lowercase())).or_default().class |= class::LANGUAGE;
        }
        for row in words.rows() {
            let bit = bit(row.cell(0)).unwrap_or_else(|| row.fail("unknown class"));
            for word in row.words(1) {
                v.words.entry(exact(word)).or_default().class |= bit;
                // Headlines in capitals leave accents out (« ETUDE »), so that common words of more than three letters
                // are known without them as well.
                if bit == class::COMMON && !word.is_ascii() && word.chars().count() > 3 {
                    v.words.entry(folded(word)).or_default().class |= bit;
                }
            }
        }
        verbs::load(verb_table, lang, |form, kind, bits| {
            let info = v.words.entry(exact(form)).or_default();
            info.class |= bits;
            info.verb = info.verb.or(Some(kind));
        });
        v
    }

    /// What is known of the word with this key; nothing if the vocabulary doesn't have it.
    pub fn get(&self, exact: super::Key) -> Info {
        self.words.get(&exact).copied().unwrap_or_default()
    }
}

/// The bit of the class with this name in the tables of words; none if there is no such class.
fn bit(name: &str) -> Option<u32> {
    Some(match name {
        "det" => class::DET,
        "prep" => class::PREP,
        "pron" => class::PRON,
        "rel" => class::REL,
        "conj" => class::CONJ,
        "aux" => class::AUX,
        "adv" => class::ADV,
        "common" => class::COMMON,
        "title" => class::TITLE,
        "role" => class::ROLE,
        "body" => class::BODY,
        "particle" => class::PARTICLE,
        "speech" => class::SPEECH,
        "given" => class::GIVEN,
        "neg" => class::NEG,
        "soft" => class::NEG_SOFT,
        "hedge" => class::HEDGE,
        _ => return None,
    })
}

/// Whether an unknown word ends like a common noun, adjective, adverb or verb of its language, and has three letters or
/// more before the ending. Few names end like that; one that does ("Hastings") is not taken for a proper name by its
/// form alone.
pub fn ends_like_common(lower: &str, lang: Lang) -> bool {
    let n = lower.chars().count();
    let ends: &[&str] = match lang {
        Lang::Fr => &[
            "tion", "tions", "sion", "sions", "ement", "ements", "ment", "ments", "ité", "ités", "isme", "ismes",
            "iste", "istes", "ique", "iques", "ance", "ances", "ence", "ences", "aire", "aires", "eur", "eurs", "euse",
            "euses", "trice", "trices", "eux", "ant", "ants", "ante", "antes", "ée", "ées", "és", "aux", "elle",
            "elles", "able", "ables", "ible", "ibles", "ure", "ures", "age", "ages", "if", "ifs", "ive", "ives", "ien",
            "iens", "ienne", "iennes", "ais", "aise", "aises", "ois", "oise", "oises", "logie", "graphie", "ier",
            "iers", "ière", "ières", "erie", "ait", "aient", "ons", "ez", "oir", "oirs", "esse", "ent", "ller", "ter",
            "rer", "oyer", "frir", "tir", "nir",
        ],
        Lang::En => &[
            "tion", "tions", "sion", "sions", "ment", "ments", "ity", "ities", "ism", "isms", "ist", "ists", "ics",
            "ical", "ance", "ences", "ence", "ances", "ary", "aries", "ing", "ings", "ed", "ly", "ness", "ship",
            "ships", "able", "ible", "ful", "less", "ive", "ives", "ious", "eous", "ians", "ology", "graphy", "ally",
            "ern", "ory", "ories", "ature", "ized", "ised", "ware", "ial", "onal",
        ],
    };
    // A word that is hardly longer than the ending is as likely a name: "Sion", "Ming", "Reed".
    ends.iter().any(|e| lower.ends_with(e) && n >= e.chars().count() + 3)
}
