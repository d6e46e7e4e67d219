//! Compares who speaks, and finds words that the English gives to somebody else.

use super::parties::{Party, parties_of};
use super::presence::{Presence, is_same_speaker, presence, roles};
use crate::checks::{Pair, Side};
use crate::facts::attribution::{Attribution, AttributionForm, Speaker};
use crate::facts::{Fact, FactValue};
use crate::lexicon::EntryId;
use crate::span::Span;

/// A French speaker whose words the English gives to somebody else, and that English speaker.
pub(super) fn changed(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) -> Option<(Span, Span)> {
    replaced(pair, fr, en).or_else(|| both_exchanged(pair, fr, en)).or_else(|| taken_from_the_rest(pair, fr, en))
}

/// The sources of the attributions of these forms that have a name or a role.
fn spoken(list: &[&Attribution], forms: &[AttributionForm]) -> Vec<Span> {
    let kept = list.iter().filter(|a| forms.contains(&a.form));
    kept.filter(|a| matches!(a.speaker, Speaker::Named | Speaker::Role)).filter_map(|a| a.source).collect()
}

/// The first speaker of each text, where the English has its two speakers in each other's place:
/// « promet le maire … répond le général » as "promises the general … replies the mayor". Each text
/// must have exactly two speakers with a name or a role.
fn both_exchanged(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) -> Option<(Span, Span)> {
    let (french, english) = (spoken(fr, &[AttributionForm::Clause]), spoken(en, &[AttributionForm::Clause]));
    let ([a, b], [c, d]) = (&french[..], &english[..]) else { return None };
    let same = |s: &Span, t: &Span| is_same_speaker(pair, *s, *t);
    (same(a, d) && same(b, c) && !same(a, c) && !same(b, d)).then_some((*a, *c))
}

/// The speakers of both texts, where exactly one is named on each side, at least half of the French
/// name is lost, and nothing in the French accounts for a part of the English name.
fn replaced(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) -> Option<(Span, Span)> {
    let named = |a: &&&Attribution| a.form == AttributionForm::Clause && a.speaker == Speaker::Named;
    let (mut french, mut english) = (fr.iter().filter(named), en.iter().filter(named));
    let (Some(f), Some(e), None, None) = (french.next(), english.next(), french.next(), english.next()) else {
        return None;
    };
    let (source, target) = (f.source?, e.source?);
    let strange = pair.names().unexplained.iter().any(|s| target.contains(*s));
    (strange && presence(source, pair) == Presence::NameLost).then_some((source, target))
}

/// The speakers of both texts, where each text names the speaker of the other, but elsewhere:
/// « l'armée a dit avoir répliqué à une attaque du clan » as "the clan said it had responded to an
/// attack by the army". Each text must have exactly one speaker with a name or a role.
fn taken_from_the_rest(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) -> Option<(Span, Span)> {
    let forms = [AttributionForm::Clause, AttributionForm::Prepositional];
    // Whoever is cited speaks through somebody else, and does not count: "the daily reports, citing
    // diplomats".
    let is_direct = |a: &&&Attribution| !a.cue.of(pair.target.text).to_lowercase().ends_with("ing");
    let direct: Vec<&Attribution> = en.iter().filter(is_direct).copied().collect();
    let ([source], [target]) = (&spoken(fr, &forms)[..], &spoken(&direct, &forms)[..]) else { return None };
    let (source, target) = (*source, *target);
    let quoted = |f: &Fact| matches!(&f.value, FactValue::Quote(q) if q.span.contains(source));
    // In « a lancé au ministre un chef » and « a déclaré à Radio Selm un pêcheur », the one who is
    // spoken to stands before the speaker, and may have been taken for the speaker.
    let until = &pair.source.text[..source.end];
    let to_a_name = |to: &str| {
        let name = until.rsplit_once(to).map_or("", |(_, name)| name);
        name.split(' ').all(|word| word.starts_with(char::is_uppercase))
    };
    let is_addressed = ["au ", "aux ", "à "].iter().any(|to| source.of(pair.source.text).starts_with(to))
        || [" à ", " au "].into_iter().any(to_a_name);
    if is_addressed || pair.source.facts.iter().any(quoted) {
        return None;
    }
    let (source, target) = (with_apposition(&pair.source, source), with_apposition(&pair.target, target));
    let [french, english] = [pair.source.reading.tokens.within(source), pair.target.reading.tokens.within(target)];
    // Two words in common make one speaker, as « Parquet national antiterroriste » and "France's national
    // anti-terrorism prosecutor's office"; a single one, such as "spokesman", doesn't.
    if is_same_speaker(pair, source, target) || pair.links().only_within(&french, &english) > 1 {
        return None;
    }
    let [speaker, other] = [Mentioned::at(&pair.source, source), Mentioned::at(&pair.target, target)];
    let [in_french, in_english] = [Mentioned::beside(&pair.source, source), Mentioned::beside(&pair.target, target)];
    let is_taken = !speaker.shares(&other) && other.shares(&in_french) && speaker.shares(&in_english);
    is_taken.then_some((source, target))
}

/// The most bytes of an apposition.
const APPOSITION: usize = 80;

/// A source together with the apposition after it: "Lena Sow, the mayor of Selm,".
fn with_apposition(side: &Side<'_>, span: Span) -> Span {
    let rest = &side.text[span.end..];
    let Some(inside) = rest.strip_prefix(", ") else { return span };
    let end = inside.find([',', '.', '”', '»', ':', ';']).unwrap_or(inside.len());
    if end > APPOSITION { span } else { Span::new(span.start, span.end + ", ".len() + end) }
}

/// Whom a stretch of a text names.
struct Mentioned {
    parties: Vec<Party>,
    /// Rows of the table of roles.
    roles: Vec<EntryId>,
}

impl Mentioned {
    /// Whom the stretch names.
    fn at(side: &Side<'_>, span: Span) -> Mentioned {
        Mentioned { parties: parties_of(side, Some(span)), roles: roles(&side.reading, |s| span.contains(s)) }
    }

    /// Whom a text names before and after a stretch.
    fn beside(side: &Side<'_>, span: Span) -> Mentioned {
        let [mut before, after] =
            [Span::new(0, span.start), Span::new(span.end, side.text.len())].map(|rest| Mentioned::at(side, rest));
        before.parties.extend(after.parties);
        before.roles.extend(after.roles);
        before
    }

    /// Whether both name somebody by the same name or role.
    fn shares(&self, other: &Mentioned) -> bool {
        let is_name = |p: &&Party| !matches!(p, Party::Family(_));
        self.parties.iter().filter(is_name).any(|p| other.parties.contains(p))
            || self.roles.iter().any(|row| other.roles.contains(row))
    }
}
