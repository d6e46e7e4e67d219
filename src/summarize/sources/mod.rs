//! Who says what: a table made from the attributions that the rules found in the French, not from the model.

mod kind;
mod naming;
mod scope;

use super::tables::Line;
use crate::dispatch::{Claim, SourceRow};
use crate::facts::attribution::{Attribution, Form, Speaker};
use crate::facts::discourse::key;
use crate::facts::hedge;
use crate::facts::quantity::Duty;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::verbs;
use crate::span::{CharIndex, Span};
use naming::Rank;

/// A source while the table is being made.
struct Source {
    row: SourceRow,
    /// The words that named it first, without article and case.
    key: String,
    rank: Rank,
}

/// One row for each source, in the order in which the article names them. `readings` are those of the lines' French.
pub fn table(lines: &[Line<'_>], readings: &[Reading<'_>]) -> Vec<SourceRow> {
    let mut sources: Vec<Source> = Vec::new();
    for (line, r) in lines.iter().zip(readings) {
        for (fact, scope) in scope::scopes(r, line.source_facts) {
            let FactValue::Attribution(a) = &line.source_facts[fact].value else { continue };
            let Some(at) = place(&mut sources, line, r, a) else { continue };
            let row = &mut sources[at].row;
            let claim = claim(line, r, a, scope);
            // « dénonce et condamne »: two verbs of one kind in a sentence are one claim.
            match row.claims.iter_mut().find(|c| c.sentence == claim.sentence && c.verb == claim.verb) {
                Some(known) if known.french.text.len() >= claim.french.text.len() => {}
                Some(known) => *known = claim,
                None => row.claims.push(claim),
            }
        }
    }
    sources.into_iter().map(|s| s.row).collect()
}

/// The row of an attribution's source, made if it is new; none where nobody can be named.
fn place(sources: &mut Vec<Source>, line: &Line<'_>, r: &Reading<'_>, a: &Attribution) -> Option<usize> {
    let span = a.source.filter(|_| speaks(a))?;
    let text = span.of(line.source);
    // « elle » of whom nothing is known names nobody.
    if a.speaker == Speaker::Pronoun && a.antecedent.is_none() {
        return None;
    }
    let key = key(a.antecedent.as_deref().unwrap_or(text));
    let known = sources.iter().position(|s| s.key == key);
    let named = (a.speaker != Speaker::Pronoun).then(|| naming::name(line, a, span));
    let at = known.unwrap_or_else(|| {
        let (rank, source) = named.clone().unwrap_or((Rank::French, text.to_string()));
        let kind = kind::of(r, line.source_facts, span, a.speaker);
        sources.push(Source { row: SourceRow { source, french: Vec::new(), kind, claims: Vec::new() }, key, rank });
        sources.len() - 1
    });
    let source = &mut sources[at];
    if let Some((rank, name)) = named.filter(|(rank, _)| *rank > source.rank) {
        (source.rank, source.row.source) = (rank, name);
    }
    // A pronoun shows nobody how the French names the source.
    let pronoun = a.speaker == Speaker::Pronoun && !text.contains(char::is_whitespace) && !text.contains(['\'', '’']);
    if !pronoun && !source.row.french.iter().any(|f| f.to_lowercase() == text.to_lowercase()) {
        source.row.french.push(text.to_string());
    }
    Some(at)
}

fn claim(line: &Line<'_>, r: &Reading<'_>, a: &Attribution, scope: Span) -> Claim {
    let counts = |(span, q, english): (Span, &crate::facts::quantity::Quantity, Option<Span>)| {
        (scope.contains(span) && q.duty == Duty::Must).then_some((span, english))
    };
    let hedged = |f: &Fact| {
        matches!(&f.value, FactValue::Hedge(h) if h.kind != hedge::Kind::Doubt)
            && (scope.overlaps(f.span) || a.cue.overlaps(f.span))
    };
    Claim {
        sentence: line.number,
        verb: verbs::name(a.kind).into(),
        negated: line.negations().any(|n| n.overlaps(a.cue)),
        conditional: line.source_facts.iter().any(hedged),
        implied: false,
        via: via(r, a),
        text: line.target.into(),
        french: CharIndex::new(line.source).char_span(scope),
        figures: line.render(line.paired_quantities().into_iter().filter_map(counts)),
        quotations: line.render(line.paired_quotes().into_iter().filter(|(q, _)| scope.overlaps(*q))),
    }
}

/// To whom it was said, where that is a medium: « a déclaré à l'AFP », « a-t-il dit à Reuters ».
fn via(r: &Reading<'_>, a: &Attribution) -> Option<String> {
    if a.form != Form::Clause && a.form != Form::Object {
        return None;
    }
    let end = a.source.map_or(a.cue.end, |s| s.end.max(a.cue.end));
    let from = r.tokens.all().partition_point(|t| t.span.start < a.cue.end);
    let last = r.tokens.all().partition_point(|t| t.span.start < end) + 3;
    let to = (from..last.min(r.len())).find(|&k| matches!(r.lower(k), "à" | "au"))?;
    let name = if r.is(to + 1, crate::lexicon::class::DET) { to + 2 } else { to + 1 };
    let medium = name < r.len() && r.capital(name) && kind::is_medium(r.lower(name));
    medium.then(|| r.tokens.raw(name).to_string())
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
        let lines: Vec<Line<'_>> = pairs
            .iter()
            .zip(&facts)
            .enumerate()
            .map(|(i, ((source, target), facts))| Line {
                number: i + 1,
                kind: crate::article::BlockKind::Paragraph,
                block: 0,
                source,
                target,
                source_facts: &facts.0,
                target_facts: &facts.1,
            })
            .collect();
        let rows = super::super::tables::tables(&lines).who_says_what.into_iter();
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
