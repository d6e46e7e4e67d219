//! What becomes of one unit of a name on the other side: kept, nearly kept, left in French, or lost; or nothing is
//! required of it.

use crate::checks::Side;
use crate::facts::name::{Name, Unit};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::answers::Answers;
use crate::lexicon::similar::{Likeness, compare, loses_a_letter, loses_its_last_vowel};
use crate::lexicon::vocabulary::ends_like_common;
use crate::lexicon::{EntryId, Info, Key, Lexicon, NameClass, class, fr};
use crate::span::Span;

/// How the English spelling of a name differs from the French one that it nearly is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slip {
    /// A letter is missing: "Whison" for « Whitson ».
    Clipped,
    /// A letter is missing, but otherwise the two may be spellings of one name (« Vasile », "Vasil"), so that the
    /// English may be right.
    PossibleVariant,
    /// Any other difference, such as another letter. For French units the kinds of difference are not told apart: all
    /// of them are `Other`.
    Other,
}

/// How a unit of one side fares on the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    Kept,
    /// The other side has a word that is spelt almost the same: where it stands, and how the English spelling differs.
    Near(Span, Slip),
    /// The other side has a known name that only begins like this unknown one: where it stands.
    Other(Span),
    /// The French form was left standing though English has its own: where it stands, and the entry of the lexicon.
    Left(Span, EntryId),
    /// Nothing on the other side renders it.
    Lost,
    /// An ordinary word inside a name (« Front » in « Front du 6 avril »), which needs no counterpart.
    Idle,
}

/// Whether the two have an entry of the lexicon in common.
fn shares(a: &[EntryId], b: &[EntryId]) -> bool {
    a.iter().any(|e| b.contains(e))
}

/// Whether the other side has the unit's entry of the lexicon, or a name that the news uses for the same party, as it
/// uses "Russia" for « Moscou ». A name that already renders another unit of this side does not count: where the French
/// has « Bagdad » and « Irak », "Baghdad" alone renders the first and leaves the second without a counterpart.
fn is_rendered(unit: &Unit, own: &[&Name], other: &[&Name]) -> bool {
    let list = &Lexicon::get().entries;
    let units = || other.iter().flat_map(|n| &n.units);
    if unit.entries.is_empty() {
        return false;
    }
    let stands_for_unit = |u: &Unit| unit.entries.iter().any(|&a| u.entries.iter().any(|&b| list.stand_for_one(a, b)));
    units().any(|u| shares(&u.entries, &unit.entries))
        || units()
            .any(|u| stands_for_unit(u) && !own.iter().flat_map(|n| &n.units).any(|o| shares(&o.entries, &u.entries)))
}

/// Whether the text has a word with this key. Key 0 stands for no word.
fn has_word(r: &Reading<'_>, fold: Key) -> bool {
    fold != 0 && r.has_fold(fold)
}

/// What becomes of a French unit in the English.
pub fn french_fate(unit: &Unit, own: &Side<'_>, other: &Side<'_>, french: &[&Name], english: &[&Name]) -> Fate {
    let own = &own.reading;
    if !unit.proper {
        return Fate::Idle;
    }
    let units = || english.iter().flat_map(|n| &n.units);
    if is_rendered(unit, french, english) {
        return Fate::Kept;
    }
    if has_word(&other.reading, unit.fold) {
        return left_standing(unit, other).unwrap_or(Fate::Kept);
    }
    let written = unit.span.of(own.tokens.text);
    // « L'ONG Human Rights Watch » may be "Human Rights Watch".
    if written == "ONG" && own.capital(own.tokens.first_at(unit.span.end)) {
        return Fate::Idle;
    }
    if unit.acronym {
        return acronym_fate(written, &other.reading);
    }
    if person_in(unit, own, other, true) || stands(&unit.entries, &other.reading, english) {
        return Fate::Kept;
    }
    let mut fate = Fate::Lost;
    let lower = written.to_lowercase();
    // Whether the English word is a name that the lexicon knows, and renders no other French name.
    let is_known = |at: Span| {
        let word = at.of(other.text).to_lowercase();
        let renders = |u: &Unit| {
            u.fold != unit.fold && compare(&u.span.of(own.tokens.text).to_lowercase(), &word) >= Likeness::Cognate
        };
        let mut names = english.iter().filter(|n| !n.demonym);
        names.any(|n| n.units.iter().any(|u| u.span == at && is_of_lexicon(u, &other.reading)))
            && !french.iter().flat_map(|n| &n.units).any(renders)
    };
    for (i, w) in other.reading.words.iter().enumerate() {
        // "Nigerian" is spelt nearly like « nigérien », but the lexicon knows both, and they are two countries' people.
        let at = other.reading.span(i, i + 1);
        if !unit.entries.is_empty() && units().any(|u| !u.entries.is_empty() && u.span.contains(at)) {
            continue;
        }
        // Where the French has the English word itself as well, the word renders that, and does not misspell this unit.
        if w.exact == 0 || !other.reading.capital(i) || w.info.is(class::FUNCTION) || has_word(own, w.fold) {
            continue;
        }
        match compare(&lower, other.reading.lower(i)) {
            Likeness::Cognate
                if is_foreign(unit, own) && begins_alike(&lower, other.reading.lower(i)) && is_known(at) =>
            {
                fate = Fate::Other(at);
            }
            Likeness::Same | Likeness::Romanised | Likeness::Cognate => return Fate::Kept,
            Likeness::Near | Likeness::Clipped if !w.info.is(class::COMMON) => {
                fate = Fate::Near(other.reading.span(i, i + 1), Slip::Other)
            }
            _ => {}
        }
    }
    fate
}

/// What became of an acronym that does not stand in the other text: kept if its letters stand there in another order,
/// or if its words are spelt out.
fn acronym_fate(acronym: &str, other: &Reading<'_>) -> Fate {
    if permuted(acronym, other) || spelt_out(acronym, other) { Fate::Kept } else { Fate::Lost }
}

/// Whether the last word of a known person's name stands on the other side: « Alexandre Loukachenko », "Lukashenko".
/// The given name alone would not do, since many people share it.
fn person_in(unit: &Unit, own: &Reading<'_>, other: &Side<'_>, french: bool) -> bool {
    let entries = &Lexicon::get().entries;
    let person = unit.entries.iter().any(|&e| entries.get(e).class == NameClass::Person);
    person
        && (0..own.len())
            .rfind(|&i| own.is_word(i) && unit.span.contains(own.span(i, i + 1)))
            .filter(|&i| own.lower(i).len() > 3)
            .is_some_and(|i| {
                (0..other.reading.len()).filter(|&k| other.reading.capital(k)).any(|k| {
                    let (a, b) = (own.lower(i), other.reading.lower(k));
                    let like = if french { compare(a, b) } else { compare(b, a) };
                    like >= Likeness::Romanised
                })
            })
}

/// Whether a form of more than three bytes that one of the entries has stands in the text, even inside a longer name:
/// « Lisbonne » is found in "the Treaty of Lisbon". Inside the name of another place or state it does not count: "South
/// Sudan" is not « Soudan ».
fn stands(entries: &[EntryId], r: &Reading<'_>, names: &[&Name]) -> bool {
    let list = &Lexicon::get().entries;
    let forms = entries.iter().flat_map(|&e| {
        let entry = list.get(e);
        if r.lang == Lang::Fr { &entry.fr } else { &entry.en }
    });
    let of_another_place = |word: Span| {
        names.iter().flat_map(|n| &n.units).any(|u| {
            u.fold == 0
                && u.span.contains(word)
                && !shares(&u.entries, entries)
                && u.entries.iter().any(|&e| list.get(e).class == NameClass::Place || list.is_state(e))
        })
    };
    let whole = |form: &str| {
        let words: Vec<Key> = form
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(|w| crate::lexicon::key::folded(&w.to_lowercase()))
            .collect();
        (0..r.len()).filter(|&i| r.capital(i) && !of_another_place(r.span(i, i + 1))).any(|i| {
            let mut at = i;
            words.iter().all(|&key| {
                while at > i && r.joins(at) {
                    at += 1;
                }
                at += 1;
                r.words.get(at - 1).is_some_and(|w| w.fold == key)
            })
        })
    };
    forms.into_iter().any(|form| form.len() > 3 && whole(form))
}

/// [`Fate::Left`] where the lexicon has English forms of the unit, none of them with the French word, and the English
/// text has the French word; `None` otherwise, and for names of the class "other".
fn left_standing(unit: &Unit, other: &Side<'_>) -> Option<Fate> {
    let entries = &Lexicon::get().entries;
    let entry = *unit.entries.first()?;
    let english = |f: &&str| {
        f.split(|c: char| !c.is_alphanumeric()).any(|w| crate::lexicon::key::folded(&w.to_lowercase()) == unit.fold)
    };
    let known = unit.entries.iter().any(|&e| {
        let e = entries.get(e);
        // The French word is right in English where an English form is spelt like it. Names of the class "other" are
        // mostly common nouns, and are not reported.
        e.class == NameClass::Other || e.en.is_empty() || e.en.iter().any(english)
    });
    let at = other.reading.words.iter().position(|w| w.fold == unit.fold)?;
    (!known).then(|| Fate::Left(other.reading.span(at, at + 1), entry))
}

/// What became of an English unit: whether anything in the French accounts for it.
pub fn english_fate(unit: &Unit, own: &Side<'_>, other: &Side<'_>, english: &[&Name], french: &[&Name]) -> Fate {
    let own = &own.reading;
    if unit.common && unit.entries.is_empty() && !unit.proper {
        return Fate::Idle;
    }
    let units = || french.iter().flat_map(|n| &n.units);
    if is_rendered(unit, english, french) || has_word(&other.reading, unit.fold) {
        return Fate::Kept;
    }
    let written = unit.span.of(own.tokens.text);
    if unit.acronym {
        return acronym_fate(written, &other.reading);
    }
    if person_in(unit, own, other, false) || stands(&unit.entries, &other.reading, french) {
        return Fate::Kept;
    }
    let mut fate = if unit.proper { Fate::Lost } else { Fate::Idle };
    let named = |at: Span| french.iter().flat_map(|n| &n.units).any(|u| u.proper && u.span == at);
    let lower = written.to_lowercase();
    for (i, w) in other.reading.words.iter().enumerate() {
        if w.exact == 0 || w.info.is(class::FUNCTION) {
            continue;
        }
        let at = other.reading.span(i, i + 1);
        if !unit.entries.is_empty() && units().any(|u| !u.entries.is_empty() && u.span.contains(at)) {
            continue;
        }
        let word = other.reading.lower(i);
        let alike = other.reading.capital(i) && follows_alike(own, unit.span, &other.reading, i);
        match compare(word, &lower) {
            Likeness::Same | Likeness::Romanised | Likeness::Cognate if alike && loses_a_letter(word, &lower) => {
                fate = Fate::Near(at, Slip::PossibleVariant);
            }
            Likeness::Same | Likeness::Romanised => return Fate::Kept,
            // An ordinary word with a capital, such as « Décrets », is left out: "Decrees" is its translation, and only
            // looks like a misspelt name. What follows the same capitalised word on both sides is a name in any case.
            like @ (Likeness::Near | Likeness::Clipped)
                if other.reading.capital(i)
                    && unit.entries.is_empty()
                    && (alike || !ends_like_common(word, Lang::Fr) || named(other.reading.span(i, i + 1))) =>
            {
                let clipped = like == Likeness::Clipped || alike && loses_its_last_vowel(word, &lower);
                let slip = if clipped { Slip::Clipped } else { Slip::Other };
                fate = Fate::Near(at, slip);
            }
            Likeness::Cognate | Likeness::Near | Likeness::Clipped if fate == Fate::Lost && !has_word(own, w.fold) => {
                fate = Fate::Kept
            }
            _ => {}
        }
    }
    // "Scarborough Shoal" has the common noun of « récif de Scarborough » in its name.
    let r = &other.reading;
    let is_common = || (0..r.len()).any(|i| r.is_plain(i) && Answers::french().is_answer(r, i, &lower));
    if fate == Fate::Lost && unit.entries.is_empty() && is_common() { Fate::Kept } else { fate }
}

/// Whether the lexicon knows the unit as a place, a person or an organisation. A French name that only begins like it,
/// and that is not known ([`is_foreign`]), is another name: « Tarsal » is not "Tarsus".
fn is_of_lexicon(unit: &Unit, r: &Reading<'_>) -> bool {
    let entries = &Lexicon::get().entries;
    unit.proper
        && (unit.entries.iter().any(|&e| entries.get(e).class != NameClass::Other)
            || is_word_of(unit, r, |info| info.is(class::CITY) && !info.is(class::GIVEN | class::COMMON)))
}

/// Whether a French unit is a single word that the lexicon does not know, and that does not end as the French names of
/// places and peoples do: « Podgorice » may well be "Podgorica".
fn is_foreign(unit: &Unit, r: &Reading<'_>) -> bool {
    let ends_in_french = |word: &str| word.ends_with(['e', 'é']) || fr::DEMONYM_ENDINGS.has(word);
    unit.proper
        && unit.entries.is_empty()
        && is_word_of(unit, r, |info| !info.is(class::CITY | class::GIVEN | class::COMMON))
        && !ends_in_french(&unit.span.of(r.tokens.text).to_lowercase())
}

/// Whether two words in lower case have at least their first three letters in common, and the
/// English word goes on after that: "Lyon", which ends there, is no other name than « Lyoner ».
fn begins_alike(french: &str, english: &str) -> bool {
    let common = french.chars().zip(english.chars()).take_while(|(a, b)| a == b).count();
    common >= 3 && common < english.chars().count()
}

/// Whether the unit is a single word of which this holds.
fn is_word_of(unit: &Unit, r: &Reading<'_>, holds: impl Fn(Info) -> bool) -> bool {
    let i = r.tokens.first_at(unit.span.start);
    i < r.len() && r.span(i, i + 1) == unit.span && holds(r.info(i))
}

/// Whether the same capitalised word stands before both, as in "Berkshire Hataway" and « Berkshire Hathaway »: then
/// both are the second half of the same name.
fn follows_alike(own: &Reading<'_>, unit: Span, other: &Reading<'_>, i: usize) -> bool {
    let at = own.tokens.first_at(unit.start);
    let (Some(a), Some(b)) = (at.checked_sub(1), i.checked_sub(1)) else { return false };
    own.capital(a) && other.capital(b) && own.words[a].fold == other.words[b].fold
}

/// Whether the other side has a word in capitals with the same capital letters in any order, as "UE" and "EU" have.
fn permuted(acronym: &str, other: &Reading<'_>) -> bool {
    let sorted = |s: &str| {
        let mut b: Vec<u8> = s.bytes().filter(u8::is_ascii_uppercase).collect();
        b.sort_unstable();
        b
    };
    let own = sorted(acronym);
    (0..other.len()).any(|i| {
        let raw = other.tokens.raw(i);
        other.upper(i) && sorted(raw) == own && !swaps_neighbours(acronym, raw)
    })
}

/// Whether two acronyms of four letters or more differ in nothing but two neighbouring letters that changed places,
/// which is a slip: "OKHD" for « OKDH ». Another language puts the words of a name in another order, and not two of
/// four.
fn swaps_neighbours(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let Some(at) = a.iter().zip(b).position(|(x, y)| x != y) else { return false };
    let is_swapped = a.get(at) == b.get(at + 1) && a.get(at + 1) == b.get(at);
    a.len() == b.len() && a.len() >= 4 && is_swapped && a[at + 2..] == b[at + 2..]
}

/// Whether words in a row of the other side begin with the letters of the acronym, in any order; small words between
/// them do not count. The acronym must have three letters or more. In English each of the words must have a capital, in
/// French at least one.
pub fn spelt_out(acronym: &str, other: &Reading<'_>) -> bool {
    let mut letters: Vec<u8> = acronym.bytes().filter(u8::is_ascii_uppercase).collect();
    if letters.len() < 3 {
        return false;
    }
    letters.sort_unstable();
    let initials: Vec<(u8, bool)> = (0..other.len())
        .filter(|&i| other.is_word(i) && !other.is(i, class::FUNCTION) && other.tokens.raw(i) != acronym)
        .map(|i| (other.lower(i).as_bytes()[0].to_ascii_uppercase(), other.capital(i)))
        .collect();
    initials.windows(letters.len()).any(|row| {
        // French writes one capital, « Union internationale des marins pêcheurs », where English writes one a word.
        let capitals = row.iter().filter(|(_, capital)| *capital).count();
        let mut row: Vec<u8> = row.iter().map(|(letter, _)| *letter).collect();
        row.sort_unstable();
        row == letters && capitals >= if other.lang == Lang::En { letters.len() } else { 1 }
    })
}
