//! Which part of a sentence the source of an attribution claims: what follows « affirme que », or what stands before
//! « , selon l'ONG ».

use crate::facts::attribution::{Attribution, AttributionForm};
use crate::facts::reading::{Reading, is_quote};
use crate::facts::{Fact, FactValue};
use crate::lexicon::class;
use crate::span::Span;

/// Sources that share a verb or preposition: « la mairie et des riverains assurent ».
struct Group {
    /// The verb or preposition.
    cue: Span,
    /// The cue and the sources together.
    whole: Span,
    form: AttributionForm,
    /// The claim, if the attribution itself gives its place.
    claim: Option<Span>,
    /// Whether the first source stands before the cue.
    source_first: bool,
    /// Indices of the attributions, one for each source.
    facts: Vec<usize>,
}

/// Who claims what in a sentence. Attributions are given by their indices among the facts of the
/// sentence.
pub struct Scope {
    /// The attribution whose source speaks.
    pub speaker: usize,
    /// The attribution that has the verb or preposition of the claim. It is the same as `speaker`, except where a
    /// relative clause belongs to several sources: in « contesté par la mairie et des riverains, qui assurent que » the
    /// attribution of « des riverains » has the verb « assurent », which « la mairie » shares.
    pub verb: usize,
    /// What is claimed.
    pub span: Span,
}

/// Who claims what in a sentence: at least one entry for every source that speaks (see `groups`).
pub fn scopes(r: &Reading<'_>, facts: &[Fact]) -> Vec<Scope> {
    let groups = groups(facts);
    let mut out = Vec::new();
    for (i, g) in groups.iter().enumerate() {
        // After « mais » or « et » a claim does not begin before its source: « …, mais selon l'ONG le pont est perdu ».
        let start = token_at(r, g.whole.start);
        let joined = start > 0 && r.is(start - 1, class::CONJ);
        let from = i.checked_sub(1).map_or(0, |p| if joined { g.whole.start } else { groups[p].whole.end });
        let border = groups.get(i + 1).map(|next| border(r, g, next));
        // The text of a group ends where the next group begins. This does not hold if the next
        // group stands at the beginning of the claim, as in « annonce que, selon ses sources, la
        // ville … ».
        let to = border.filter(|&b| g.claim.is_none_or(|c| b > c.start + 2)).unwrap_or(r.tokens.text.len());
        let span = trim(r, scope(r, g, from.min(g.whole.start), to.max(g.whole.end)));
        // A medium before the claim is no part of it: « selon le maire, interrogé par Radio Selm, l'eau manque ».
        let medium = media(facts).find(|m| m.start <= span.start + 1 && m.end < span.end && span.overlaps(*m));
        let span = medium.map_or(span, |m| trim(r, Span::new(m.end, span.end)));
        out.extend(g.facts.iter().map(|&f| Scope { speaker: f, verb: f, span }));
        // In « contesté par la mairie et des riverains, qui assurent » both say it.
        if let Some(p) =
            i.checked_sub(1).map(|p| &groups[p]).filter(|p| p.facts.len() > 1 && shared_relative(r, facts, p, g))
        {
            let others = p.facts[..p.facts.len() - 1].iter();
            out.extend(others.map(|&f| Scope { speaker: f, verb: g.facts[0], span }));
        }
    }
    out
}

/// The places where a sentence says through which medium something was said: « interrogé par Radio Selm ».
fn media(facts: &[Fact]) -> impl Iterator<Item = Span> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) if a.form == AttributionForm::Medium => {
            Some(a.source.map_or(a.cue, |s| a.cue.cover(s)))
        }
        _ => None,
    })
}

/// Whether the verb of `g` stands in a relative clause after the last source of `p`, and is in the plural, so that all
/// sources of `p` are its subject.
fn shared_relative(r: &Reading<'_>, facts: &[Fact], p: &Group, g: &Group) -> bool {
    let source = |f: usize| match &facts[f].value {
        FactValue::Attribution(a) => a.source,
        _ => None,
    };
    let last = p.facts.last().and_then(|&f| source(f));
    let verb = r.tokens.first_at(g.cue.start);
    let plural = r.lower(verb).ends_with("nt");
    g.facts.len() == 1
        && plural
        && last.is_some_and(|l| {
            source(g.facts[0]) == Some(l)
                && r.tokens.text[l.end..g.cue.start].trim_start_matches([' ', ',']).starts_with("qui")
        })
}

/// The attributions with a source that speaks, grouped by verb or preposition, in the order of the sentence. A medium
/// that quotes or asks somebody counts only if no other source speaks.
fn groups(facts: &[Fact]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let alone = super::attributions(facts).filter(|a| super::speaks(a)).all(|a| a.form == AttributionForm::Medium);
    for (i, fact) in facts.iter().enumerate() {
        let FactValue::Attribution(a @ Attribution { source: Some(source), .. }) = &fact.value else { continue };
        // In « le maire, interrogé par Radio Selm, » the mayor speaks; a medium does so only where nobody else does.
        if !super::speaks(a) || a.form == AttributionForm::Medium && !alone {
            continue;
        }
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

/// The byte at which the text of one group ends because the next group begins. If the next group
/// opens a clause, this is at the comma or conjunction before that clause.
fn border(r: &Reading<'_>, g: &Group, next: &Group) -> usize {
    let opens = next.source_first || next.form == AttributionForm::Prepositional;
    // In « le ministère, qui a annoncé l'accident, explique que » the source of both verbs stands before the first one,
    // so that the second claim begins at its verb.
    let start = if next.whole.start < g.whole.end { next.cue.start } else { next.whole.start };
    if !opens {
        return start;
    }
    let at = token_at(r, start);
    let first = token_at(r, g.whole.end);
    // The border is at the mark or conjunction before the next source: « affirme que la ville tient, | mais selon
    // l'ONG ».
    let cut = (first..at).rev().take(4).find(|&k| {
        matches!(r.mark(k), ',' | ';' | ':' | '–' | '—') || r.is(k, class::CONJ) && !matches!(r.lower(k), "si" | "s'")
    });
    cut.map_or(start, |k| r.span(k, k + 1).start)
}

/// What the sources of a group claim, within the text from byte `from` to byte `to` that is left to them.
fn scope(r: &Reading<'_>, g: &Group, from: usize, to: usize) -> Span {
    let (before, after) = (Span::new(from, g.whole.start), Span::new(g.whole.end, to));
    if let Some(claim) = g.claim.filter(|c| c.start < to) {
        let end = claim.end.min(to).max(claim.start);
        return Span::new(claim.start, end_of_claim(r, claim.start, end));
    }
    match g.form {
        AttributionForm::Prepositional if count_words(r, after) == 0 => before,
        AttributionForm::Prepositional if count_words(r, before) < 2 => Span::new(after_apposition(r, after), to),
        // A whole clause before the source is the claim, whatever follows: « la digue a cédé, selon l'ONG, et … ».
        AttributionForm::Prepositional if has_finite(r, before) => before,
        AttributionForm::Object if g.source_first => Span::new(g.cue.end, end_of_claim(r, g.cue.end, to)),
        // In « …, mais ce chiffre n'est pas reconnu par » the claim begins after « mais ».
        AttributionForm::Object if count_words(r, before) > 0 => {
            let turn = tokens(r, before).rev().find(|&i| r.lower(i) == "mais");
            turn.map_or(before, |i| Span::new(r.span(i, i + 1).end, before.end))
        }
        // In « …, a déclaré l'armée à la presse » what follows the source is the occasion and no claim, unless the
        // source goes on (« ajoutant que »).
        _ if !g.source_first && count_words(r, before) > 1 && !goes_on(r, after) => before,
        _ => Span::new(from, to),
    }
}

/// The byte at which the claim begins in `after`, the text that follows the source: behind an
/// apposition such as that in « selon Karim Sadi, directeur de l'hôpital, », if there is one, else
/// at once.
fn after_apposition(r: &Reading<'_>, after: Span) -> usize {
    let range = tokens(r, after);
    let first = range.start + 1;
    let role = r.mark(range.start) == ','
        && (r.is(first, class::ROLE | class::TITLE) && !r.is(first, class::DET) || r.lower(first) == "dont");
    let close = range.clone().skip(1).find(|&i| r.mark(i) == ',').filter(|_| role);
    let close = close.filter(|&i| !has_finite(r, Span::new(after.start, r.span(i, i + 1).start)));
    close.map_or(after.start, |i| r.span(i, i + 1).end)
}

/// Whether the words after a speaker who stands behind the verb are still the speaker's: they have
/// another quotation or a participle (« ajoutant que »).
fn goes_on(r: &Reading<'_>, after: Span) -> bool {
    tokens(r, after).any(|i| is_quote(r.mark(i)) || r.info(i).verb.is_some() && r.lower(i).ends_with("ant"))
}

/// The byte at which a claim that begins at byte `from` ends, at the latest `to`. It ends where the
/// writer speaks again, at a comma before « mais », « tandis » or « alors que »: « l'armée annonce
/// la mort de douze hommes, mais le maire … ». With « mais que », « mais pas » or « mais aussi »
/// the claim goes on, as it does inside quotation marks.
fn end_of_claim(r: &Reading<'_>, from: usize, to: usize) -> usize {
    let turns = |i: usize| {
        r.mark(i) == ','
            && (r.lower(i + 1) == "mais" && !matches!(r.lower(i + 2), "que" | "qu'" | "pas" | "aussi" | "également")
                || r.lower(i + 1) == "tandis"
                || r.lower(i + 1) == "alors" && matches!(r.lower(i + 2), "que" | "qu'"))
    };
    let inside =
        |i: usize| tokens(r, Span::new(from, r.span(i, i + 1).start)).filter(|&k| is_quote(r.mark(k))).count() % 2 == 1;
    tokens(r, Span::new(from, to)).find(|&i| turns(i) && !inside(i)).map_or(to, |i| r.span(i, i + 1).start)
}

/// The first token at or after a byte.
fn token_at(r: &Reading<'_>, byte: usize) -> usize {
    r.tokens.first_at(byte)
}

/// The tokens of a span.
fn tokens(r: &Reading<'_>, span: Span) -> std::ops::Range<usize> {
    let from = token_at(r, span.start);
    from..token_at(r, span.end).max(from)
}

/// How many words of a span can belong to a claim. Conjunctions and adverbs do not count, since
/// before « selon » they claim nothing (« Car selon », « Toujours selon »).
fn count_words(r: &Reading<'_>, span: Span) -> usize {
    tokens(r, span).filter(|&i| r.is_word(i) && !r.is(i, class::CONJ | class::ADV)).count()
}

/// Whether a finite verb is known to stand in a span: one that the lexicon has (an auxiliary, a verb of saying), or a
/// form in « -aient » or « -èrent ».
fn has_finite(r: &Reading<'_>, span: Span) -> bool {
    tokens(r, span).any(|i| {
        let form = r.lower(i);
        let verb = r.is(i, class::AUX | class::FINITE)
            && !r.is(i, class::DET | class::PREP | class::ROLE | class::SPEECH | class::COMMON);
        verb && !r.capital(i) || form.ends_with("aient") || form.ends_with("èrent")
    })
}

/// The span without marks and conjunctions at its edges, and without « que » at its beginning. Quotation marks and
/// brackets stay, and so does « or » at the end, which means gold there.
fn trim(r: &Reading<'_>, span: Span) -> Span {
    let mut range = tokens(r, span);
    let is_mark =
        |k: usize| !r.is_word(k) && !is_quote(r.mark(k)) && r.mark(k) != '\0' && !matches!(r.mark(k), '(' | ')');
    while !range.is_empty()
        && (is_mark(range.start) || r.is(range.start, class::CONJ) || matches!(r.lower(range.start), "que" | "qu'"))
    {
        range.start += 1;
    }
    while !range.is_empty()
        && (is_mark(range.end - 1) || r.is(range.end - 1, class::CONJ) && r.lower(range.end - 1) != "or")
    {
        range.end -= 1;
    }
    if range.is_empty() { Span::new(span.start, span.start) } else { r.span(range.start, range.end) }
}
