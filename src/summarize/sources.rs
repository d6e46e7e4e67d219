//! Who says what: a table made from the attributions that the rules found in the French, not from the model.

use crate::dispatch::{Claim, SourceRow};
use crate::facts::attribution::{Attribution, Speaker};
use crate::facts::discourse::key;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{EntryId, Lexicon, class, verbs};
use crate::span::Span;

/// A sentence on both sides, with its facts. Those of the French are resolved (see `facts::discourse`).
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Counted from 1 through the article.
    pub number: usize,
    pub source: &'a str,
    pub target: &'a str,
    pub source_facts: &'a [Fact],
    pub target_facts: &'a [Fact],
}

/// A source while the table is being made.
struct Source {
    row: SourceRow,
    /// The words that named it first, without article and case.
    key: String,
}

/// One row for each source, in the order in which the article names them.
pub fn table<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> Vec<SourceRow> {
    let mut sources: Vec<Source> = Vec::new();
    for line in lines {
        for a in attributions(line.source_facts) {
            let Some(span) = a.source.filter(|_| speaks(a)) else { continue };
            let text = span.of(line.source);
            // « elle » of whom nothing is known names nobody.
            if a.speaker == Speaker::Pronoun && a.antecedent.is_none() {
                continue;
            }
            let key = key(a.antecedent.as_deref().unwrap_or(text));
            let at = sources.iter().position(|s| s.key == key).unwrap_or_else(|| {
                let row = SourceRow { source: name(&line, a, span), french: Vec::new(), claims: Vec::new() };
                sources.push(Source { row, key });
                sources.len() - 1
            });
            let row = &mut sources[at].row;
            if !row.french.iter().any(|f| f == text) {
                row.french.push(text.to_string());
            }
            let claim = Claim { sentence: line.number, verb: verbs::name(a.kind).into(), text: line.target.into() };
            if !row.claims.contains(&claim) {
                row.claims.push(claim);
            }
        }
    }
    sources.into_iter().map(|s| s.row).collect()
}

fn attributions(facts: &[Fact]) -> impl Iterator<Item = &Attribution> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    })
}

/// Whether somebody says it: whose verb only has an object must be a person or a body.
fn speaks(a: &Attribution) -> bool {
    a.is_strong() || matches!(a.speaker, Speaker::Named | Speaker::Role | Speaker::Pronoun)
}

/// The source in English: the lexicon's form for what it knows, else what the translation calls it, else the French.
fn name(line: &Line<'_>, a: &Attribution, span: Span) -> String {
    let text = span.of(line.source);
    let entry = entry(line.source_facts, span).map(|id| &Lexicon::get().entries.list[id as usize]);
    if let Some(known) = entry.and_then(|e| e.en.first()) {
        return known.to_string();
    }
    let translated = counterpart(line, a, text).and_then(|e| e.source).map(|s| s.of(line.target).to_string());
    // "the NGO and witnesses" are two sources, of which this is one.
    let translated = translated.filter(|t| text.contains(" et ") || !t.contains(" and "));
    translated.or_else(|| role(text, line.target)).unwrap_or_else(|| text.to_string())
}

/// The English attribution that stands for a French one: that of the same role, or the one in the same place where both
/// sides have as many.
fn counterpart<'a>(line: &Line<'a>, a: &Attribution, text: &str) -> Option<&'a Attribution> {
    let english = || attributions(line.target_facts).filter(|e| e.source.is_some());
    let rows = roles(text, Lang::Fr);
    let alike = |e: &&Attribution| {
        e.source.is_some_and(|s| roles(s.of(line.target), Lang::En).iter().any(|row| rows.contains(row)))
    };
    english().find(alike).or_else(|| {
        let at = attributions(line.source_facts).position(|other| other == a)?;
        let as_many = attributions(line.source_facts).count() == attributions(line.target_facts).count();
        let there = as_many.then(|| attributions(line.target_facts).nth(at)).flatten()?;
        (rows.is_empty() && there.source.is_some() && there.speaker != Speaker::Pronoun).then_some(there)
    })
}

/// Rows of the lexicon's roles whose words stand in a text.
fn roles(text: &str, lang: Lang) -> Vec<EntryId> {
    let r = Reading::new(text, lang);
    let entries = &Lexicon::get().entries;
    (0..r.len())
        .flat_map(|i| entries.roles(lang, r.words[i].fold).filter(|f| f.keys.len() == 1))
        .flat_map(|f| f.entries.iter().copied())
        .collect()
}

/// What the English calls the role that the French source is (« les rebelles » → "the rebels"): the words of the same row
/// of the lexicon's roles, with the article and adjectives before them.
fn role(french: &str, target: &str) -> Option<String> {
    let en = Reading::new(target, Lang::En);
    let entries = &Lexicon::get().entries;
    let rows = roles(french, Lang::Fr);
    let at = (0..en.len()).find(|&i| {
        entries
            .roles(Lang::En, en.words[i].fold)
            .any(|f| f.keys.len() == 1 && f.entries.iter().any(|e| rows.contains(e)))
    })?;
    let before = (at.saturating_sub(3)..at).rev().take_while(|&i| en.is_word(i) && !en.is(i, class::CONJ));
    let article = before.into_iter().find(|&i| matches!(en.lower(i), "the" | "a" | "an" | "some"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::discourse::Discourse;
    use crate::facts::{Context, extract, extract_from};

    /// The table of sentence pairs: source, the French names, the verbs and sentence numbers of the claims.
    /// A source's name, its French names, and its claims with their sentences' numbers.
    type Row = (String, Vec<String>, Vec<(usize, String)>);

    fn table_of(pairs: &[(&str, &str)]) -> Vec<Row> {
        let mut discourse = Discourse::default();
        let facts: Vec<(Vec<Fact>, Vec<Fact>)> = pairs
            .iter()
            .map(|(fr, en)| {
                let reading = Reading::new(fr, Lang::Fr);
                let mut french = extract_from(&reading, &Context { lang: Lang::Fr, date: None });
                discourse.resolve(&reading, &mut french);
                (french, extract(en, &Context { lang: Lang::En, date: None }))
            })
            .collect();
        let lines = pairs.iter().zip(&facts).enumerate().map(|(i, ((source, target), facts))| Line {
            number: i + 1,
            source,
            target,
            source_facts: &facts.0,
            target_facts: &facts.1,
        });
        let rows = table(lines).into_iter();
        rows.map(|r| (r.source, r.french, r.claims.into_iter().map(|c| (c.sentence, c.verb)).collect())).collect()
    }

    #[test]
    fn every_source_has_one_row_with_its_claims() {
        let table = table_of(&[
            (
                "Sept civils sont morts, selon l'Observatoire syrien des droits de l'homme (OSDH).",
                "Seven civilians died, according to the Syrian Observatory for Human Rights (SOHR).",
            ),
            (
                "Un responsable de la sécurité a déclaré à l'AFP que les renforts étaient arrivés.",
                "A security official told AFP that reinforcements had arrived.",
            ),
            ("Selon cette source, les assaillants sont loin.", "According to this source, the attackers are far away."),
            (
                "Une information démentie par l'ONG et des témoins qui affirment que les rebelles sont en ville.",
                "This was denied by the NGO and witnesses, who say that the rebels are in the city.",
            ),
            ("Sana fait état de deux morts.", "SANA reports two deaths."),
            ("L'Iran a apporté son soutien à son allié.", "Iran has lent its support to its ally."),
        ]);
        let expected = [
            (
                "Syrian Observatory for Human Rights",
                vec!["l'Observatoire syrien des droits de l'homme (OSDH)", "l'ONG"],
                vec![(1, "say"), (4, "deny")],
            ),
            (
                "A security official",
                vec!["Un responsable de la sécurité", "cette source"],
                vec![(2, "say"), (3, "say")],
            ),
            ("witnesses", vec!["des témoins"], vec![(4, "deny"), (4, "say")]),
            ("SANA", vec!["Sana"], vec![(5, "report")]),
            ("Iran", vec!["L'Iran"], vec![(6, "support")]),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(source, french, claims)| {
                let strings = |list: Vec<&str>| list.into_iter().map(String::from).collect::<Vec<_>>();
                (source.to_string(), strings(french), claims.into_iter().map(|(n, v)| (n, v.to_string())).collect())
            })
            .collect();
        assert_eq!(table, expected);
    }

    #[test]
    fn a_pronoun_without_anybody_before_has_no_row() {
        assert_eq!(table_of(&[("Selon eux, le pont tient.", "According to them, the bridge is holding.")]), []);
    }
}
