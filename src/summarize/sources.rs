//! Who says what: a table made from the attributions that the rules found in the French, not from the model.

use crate::dispatch::{Claim, SourceRow};
use crate::facts::attribution::{Attribution, Speaker};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{EntryId, Lexicon, NameClass, verbs};
use crate::pipeline::Row;
use crate::span::Span;

/// A source while the table is being made.
struct Source {
    row: SourceRow,
    /// The lexicon's entry, where it has one: all its names are the same source.
    entry: Option<EntryId>,
    /// The French words without article and case: equal words are the same source.
    key: String,
    /// An organisation, which « l'ONG » or « cette organisation » can stand for.
    organisation: bool,
}

/// One row for each source, in the order in which the article names them.
pub fn table(rows: &[Row<'_>]) -> Vec<SourceRow> {
    let mut sources: Vec<Source> = Vec::new();
    // The source that pronouns and « cette source » stand for: the latest one that was named.
    let mut latest: Option<usize> = None;
    for row in rows {
        let french = attributions(&row.source_facts);
        let english = attributions(&row.target_facts);
        for (i, a) in french.iter().enumerate() {
            let Some(span) = a.source.filter(|_| a.is_strong() && a.speaker != Speaker::First) else { continue };
            let text = span.of(&row.sentence.text);
            let at = match resolve(&sources, row, a, span, latest) {
                Some(at) => at,
                None if refers_back(a, text) => continue,
                None => {
                    sources.push(make(row, span, english.get(i).copied()));
                    sources.len() - 1
                }
            };
            latest = Some(at);
            let source = &mut sources[at];
            if !source.row.french.iter().any(|f| f == text) {
                source.row.french.push(text.to_string());
            }
            let claim = Claim { sentence: row.number, verb: verbs::name(a.kind).into(), text: row.target.into() };
            if !source.row.claims.contains(&claim) {
                source.row.claims.push(claim);
            }
        }
    }
    sources.into_iter().map(|s| s.row).collect()
}

fn attributions(facts: &[Fact]) -> Vec<&Attribution> {
    let attribution = |f: &'_ &Fact| matches!(f.value, FactValue::Attribution(_));
    facts
        .iter()
        .filter(attribution)
        .filter_map(|f| match &f.value {
            FactValue::Attribution(a) => Some(a),
            _ => None,
        })
        .collect()
}

/// The row that this source belongs to, if there is one already.
fn resolve(sources: &[Source], row: &Row<'_>, a: &Attribution, span: Span, latest: Option<usize>) -> Option<usize> {
    let text = span.of(&row.sentence.text);
    let entry = entry(&row.source_facts, span);
    let same = sources.iter().position(|s| (entry.is_some() && s.entry == entry) || s.key == key(text));
    same.or_else(|| {
        if !refers_back(a, text) {
            return None;
        }
        match key(text).as_str() {
            "ong" | "organisation" | "observatoire" | "agence" | "groupe" | "mouvement" => {
                sources.iter().rposition(|s| s.organisation)
            }
            _ => latest,
        }
    })
}

/// Whether the words name nobody by themselves: « il », « cette source », « l'ONG ».
fn refers_back(a: &Attribution, text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    a.speaker == Speaker::Pronoun
        || matches!(first.as_str(), "ce" | "cet" | "cette" | "ces")
        || matches!(key(text).as_str(), "ong" | "organisation" | "même source")
}

fn make(row: &Row<'_>, span: Span, english: Option<&Attribution>) -> Source {
    let text = span.of(&row.sentence.text);
    let entry = entry(&row.source_facts, span);
    let lexicon = entry.map(|id| &Lexicon::get().entries.list[id as usize]);
    // The lexicon's form for what it knows, else what the translation calls the source, else the French.
    let translated = english.and_then(|e| e.source).map(|s| s.of(row.target).to_string());
    let translated = translated.or_else(|| role(text, row.target));
    let name = match lexicon.and_then(|e| e.en.first()) {
        Some(known) => known.to_string(),
        None => translated.unwrap_or_else(|| text.to_string()),
    };
    Source {
        organisation: lexicon.is_some_and(|e| e.class == NameClass::Organisation),
        entry,
        key: key(text),
        row: SourceRow { source: name, french: Vec::new(), claims: Vec::new() },
    }
}

/// What the English calls the role that the French source is (« les rebelles » → "the rebels"): the words of the same row
/// of the lexicon's roles, with the article and adjectives before them.
fn role(french: &str, target: &str) -> Option<String> {
    let (fr, en) = (Reading::new(french, Lang::Fr), Reading::new(target, Lang::En));
    let entries = &Lexicon::get().entries;
    let rows: Vec<EntryId> = (0..fr.len())
        .flat_map(|i| entries.roles(Lang::Fr, fr.words[i].fold).filter(move |f| f.keys.len() == 1))
        .flat_map(|f| f.entries.iter().copied())
        .collect();
    let at = (0..en.len()).find(|&i| {
        entries
            .roles(Lang::En, en.words[i].fold)
            .any(|f| f.keys.len() == 1 && f.entries.iter().any(|e| rows.contains(e)))
    })?;
    let article = (at.saturating_sub(3)..at).rev().find(|&i| matches!(en.lower(i), "the" | "a" | "an" | "some"));
    let text = en.span(article.unwrap_or(at), at + 1).of(target);
    Some(match text.split_once(' ') {
        Some((article, rest)) => format!("{} {rest}", article.to_lowercase()),
        None => text.to_string(),
    })
}

/// The entry that the source as a whole is: its only name that the lexicon knows, where it fills most of the words.
/// « un responsable syrien » is not Syria.
fn entry(facts: &[Fact], span: Span) -> Option<EntryId> {
    facts.iter().find_map(|f| match &f.value {
        FactValue::Name(n) if !n.demonym && f.span.overlaps(span) && f.span.start <= span.start + 4 => {
            n.units.iter().find_map(|u| match u.entries.as_slice() {
                [only] if 2 * u.span.len() >= span.len().min(f.span.len()) => Some(*only),
                _ => None,
            })
        }
        _ => None,
    })
}

/// Lower case, without article, demonstrative or preposition in front.
fn key(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let mut rest = lower.trim();
    while let Some(next) =
        ["l'", "d'", "le ", "la ", "les ", "un ", "une ", "des ", "de ", "du ", "cette ", "cet ", "ce ", "ces "]
            .iter()
            .find_map(|p| rest.strip_prefix(p))
    {
        rest = next.trim_start();
    }
    rest.to_string()
}
