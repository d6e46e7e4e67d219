//! Which part of a sentence an attribution claims: what follows « affirme que », what stands before « , selon l'ONG ».

use crate::facts::attribution::{Attribution, Form};
use crate::facts::reading::{Reading, is_quote};
use crate::facts::{Fact, FactValue};
use crate::lexicon::class;
use crate::span::Span;

/// The sources that share a verb: « l'ONG et des témoins affirment ».
struct Group {
    cue: Span,
    /// Cue and sources together.
    whole: Span,
    form: Form,
    claim: Option<Span>,
    source_first: bool,
    facts: Vec<usize>,
}

/// For every attribution with a source: its index among the facts and the span that it claims.
pub fn scopes(r: &Reading<'_>, facts: &[Fact]) -> Vec<(usize, Span)> {
    let groups = groups(facts);
    let mut out = Vec::new();
    for (i, g) in groups.iter().enumerate() {
        let from = i.checked_sub(1).map_or(0, |p| groups[p].whole.end);
        let to = groups.get(i + 1).map_or(r.tokens.text.len(), |next| border(r, g, next));
        let span = trim(r, scope(r, g, from.min(g.whole.start), to.max(g.whole.end)));
        out.extend(g.facts.iter().map(|&f| (f, span)));
    }
    out
}

fn groups(facts: &[Fact]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        let FactValue::Attribution(a @ Attribution { source: Some(source), .. }) = &fact.value else { continue };
        match groups.iter_mut().find(|g| g.cue == a.cue) {
            Some(g) => {
                g.whole = g.whole.cover(*source);
                g.facts.push(i);
            }
            None => groups.push(Group {
                cue: a.cue,
                whole: a.cue.cover(*source),
                form: a.form,
                claim: a.claim,
                source_first: source.start < a.cue.start,
                facts: vec![i],
            }),
        }
    }
    groups.sort_by_key(|g| g.cue.start);
    groups
}

/// Where the text of one attribution ends and that of the next begins: at the clause whose subject the next source is.
fn border(r: &Reading<'_>, g: &Group, next: &Group) -> usize {
    let opens = next.source_first || next.form == Form::Prepositional;
    let start = next.whole.start;
    if !opens {
        return start;
    }
    let at = token_at(r, start);
    let first = token_at(r, g.whole.end);
    // « affirme que la ville tient, mais | selon l'ONG »
    let cut = (first..at).rev().take(4).find(|&k| {
        matches!(r.mark(k), ',' | ';' | ':' | '–' | '—') || r.is(k, class::CONJ) && !matches!(r.lower(k), "si" | "s'")
    });
    cut.map_or(start, |k| r.span(k, k + 1).start)
}

fn scope(r: &Reading<'_>, g: &Group, from: usize, to: usize) -> Span {
    let (before, after) = (Span::new(from, g.whole.start), Span::new(g.whole.end, to));
    if let Some(claim) = g.claim.filter(|c| c.start < to) {
        return Span::new(claim.start, claim.end.min(to).max(claim.start));
    }
    match g.form {
        Form::Prepositional if words(r, after) == 0 => before,
        Form::Prepositional if words(r, before) < 2 => after,
        // « 255 morts, selon l'ONG, et la ville est tombée »: a clause of its own stands before it.
        Form::Prepositional if has_finite(r, before) => before,
        Form::Object if g.source_first => Span::new(g.cue.end, to),
        Form::Object if words(r, before) > 0 => before,
        _ => Span::new(from, to),
    }
}

fn token_at(r: &Reading<'_>, byte: usize) -> usize {
    r.tokens.all().partition_point(|t| t.span.start < byte)
}

fn tokens(r: &Reading<'_>, span: Span) -> std::ops::Range<usize> {
    let from = token_at(r, span.start);
    from..token_at(r, span.end).max(from)
}

fn words(r: &Reading<'_>, span: Span) -> usize {
    // « Car selon », « Toujours selon »: these say nothing.
    tokens(r, span).filter(|&i| r.is_word(i) && !r.is(i, class::CONJ | class::ADV)).count()
}

fn has_finite(r: &Reading<'_>, span: Span) -> bool {
    tokens(r, span).any(|i| {
        let form = r.lower(i);
        let verb = r.is(i, class::AUX | class::FINITE)
            && !r.is(i, class::DET | class::PREP | class::ROLE | class::SPEECH | class::COMMON);
        verb && !r.capital(i) || form.ends_with("aient") || form.ends_with("èrent")
    })
}

/// Without marks and joining words at the edges.
fn trim(r: &Reading<'_>, span: Span) -> Span {
    let mut range = tokens(r, span);
    let idle = |k: usize| !r.is_word(k) && !is_quote(r.mark(k)) && r.mark(k) != '\0' && !matches!(r.mark(k), '(' | ')');
    while !range.is_empty()
        && (idle(range.start) || r.is(range.start, class::CONJ) || matches!(r.lower(range.start), "que" | "qu'"))
    {
        range.start += 1;
    }
    while !range.is_empty()
        && (idle(range.end - 1) || r.is(range.end - 1, class::CONJ) && r.lower(range.end - 1) != "or")
    {
        range.end -= 1;
    }
    if range.is_empty() { Span::new(span.start, span.start) } else { r.span(range.start, range.end) }
}
