//! What a source is: a person, a medium, a government … This is shown mostly by the head noun of
//! the French words for the source, and by the names in these words.

use crate::facts::attribution::Speaker;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::{Lexicon, NameClass, WordSet, any, class, fr};
use crate::span::Span;
use crate::tables::rows::SourceKind;

/// The kind of a source by the noun that is the head of its noun phrase. The first set that has the noun counts.
static HEADS: [(SourceKind, &WordSet); 7] = [
    (SourceKind::Witness, &fr::WITNESS_HEADS),
    (SourceKind::Media, &fr::MEDIA_HEADS),
    (SourceKind::Document, &fr::DOCUMENT_HEADS),
    (SourceKind::Forces, &fr::FORCES_HEADS),
    (SourceKind::Government, &fr::GOVERNMENT_HEADS),
    (SourceKind::Organisation, &fr::ORGANISATION_HEADS),
    (SourceKind::Official, &fr::OFFICIAL_HEADS),
];

/// The kind of the source that stands at `span`.
pub fn of(r: &Reading<'_>, facts: &[Fact], span: Span, speaker: Speaker) -> SourceKind {
    let from = r.tokens.first_at(span.start);
    let inside: Vec<usize> =
        (from..r.len()).take_while(|&i| r.span(i, i + 1).end <= span.end).filter(|&i| r.is_word(i)).collect();
    let names = || {
        facts.iter().filter(|f| f.span.overlaps(span)).filter_map(|f| match &f.value {
            FactValue::Name(n) if !n.demonym && !n.term => Some(n),
            _ => None,
        })
    };
    if inside.iter().any(|&i| r.among(i, &any::NEWS_MEDIA) && r.capital(i)) && inside.len() <= 4 {
        return SourceKind::Media;
    }
    // An adjective before the head is passed over, as in « le premier bilan », but not in « le premier ministre »,
    // which is an office.
    let adjective = |i: usize| r.among(i, &fr::ADJECTIVES_IN_FRONT) && r.lower(i + 1) != "ministre";
    let head = inside.iter().copied().find(|&i| !r.is(i, class::DET | class::PREP) && !adjective(i));
    let by_head = head.and_then(|i| head_kind(r.lower(i)));
    // Whether a name in the words is a person's: « le ministre Karim Sadi ».
    let person = names().any(|n| {
        let known = n.units.iter().flat_map(|u| &u.entries).map(|&id| Lexicon::get().entries.list[id as usize].class);
        n.person
            || n.class == NameClass::Person
            || known.into_iter().all(|c| c == NameClass::Person) && n.units.iter().any(|u| !u.entries.is_empty())
    });
    let officer =
        head.is_some_and(|i| matches!(r.lower(i), "policier" | "policière" | "soldat" | "gendarme" | "militaire"));
    let personal =
        officer || matches!(by_head, None | Some(SourceKind::Official | SourceKind::Witness) | Some(SourceKind::Media));
    if person
        && personal
        && (by_head != Some(SourceKind::Media) || head.is_some_and(|i| is_person_of_media(r.lower(i))))
    {
        return SourceKind::Person;
    }
    if let Some(kind) = by_head {
        // « l'État islamique » is the name of an armed group, and no state.
        let called = inside.iter().any(|&i| r.lower(i) == "islamique");
        return if called && kind == SourceKind::Government { SourceKind::Organisation } else { kind };
    }
    let class = names().map(|n| n.class).next();
    let government = inside
        .iter()
        .any(|&i| matches!(r.lower(i), "kremlin" | "élysée" | "pentagone" | "matignon" | "blanche" | "orsay"));
    match (class, speaker) {
        _ if government => SourceKind::Government,
        (Some(NameClass::Place), _) => SourceKind::Government,
        (Some(NameClass::Organisation), _) => SourceKind::Organisation,
        (Some(NameClass::Person), _) => SourceKind::Person,
        // A name of two or more words without an article is a person's more often than not.
        (Some(_), _) if head.is_some_and(|i| i == from) && inside.len() >= 2 => SourceKind::Person,
        (Some(_), _) if inside.iter().any(|&i| r.upper(i) && r.tokens.raw(i).len() > 1) => SourceKind::Organisation,
        _ => SourceKind::Other,
    }
}

/// Whether a noun means somebody who works for a medium.
fn is_person_of_media(word: &str) -> bool {
    matches!(word, "journaliste" | "correspondant" | "correspondante" | "reporter")
}

/// The kind of a source with this head noun, in the singular or plural; `None` if the noun does not
/// show it.
fn head_kind(word: &str) -> Option<SourceKind> {
    let singular = word.strip_suffix(['s', 'x']).unwrap_or(word);
    if singular == "source" {
        return Some(SourceKind::Anonymous);
    }
    HEADS.iter().find(|(_, set)| set.has(word) || set.has(singular)).map(|&(kind, _)| kind)
}

/// Whether a word is the name of a press agency or a broadcaster.
pub fn is_medium(word: &str) -> bool {
    any::NEWS_MEDIA.has(word)
}
