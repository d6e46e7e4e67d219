//! Changes sentences of the article so that each can be understood outside its paragraph.
//!
//! « cette source » becomes the name of the source, "However" is left out, and a "They" that nothing can replace is
//! recorded as a need. In the French, too, sources get their names, so that the rules compare like with like.

use super::antecedents::{self, Need};
use super::material::{Material, MaterialLine};
use super::{days, grammar, support};
use crate::dispatch::SourceRow;
use crate::english::reported::{hedged_alone, reported};
use crate::english::typography::{capitalised, with_capital_of};
use crate::facts::attribution::{Attribution, Speaker};
use crate::facts::reading::Reading;
use crate::facts::role::{self, Role};
use crate::facts::{self, Context, Fact, FactValue, quote};
use crate::lang::Lang;
use crate::lexicon::{any, en};
use crate::span::{Span, with_each_replaced};
use crate::translate::terms::Settler;
use jiff::civil::Date;

/// A sentence of the article on both sides, made to stand by itself.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Number of its sentence in the article.
    pub number: usize,
    /// The French, with the names of sources in place of words such as « cette source ».
    pub french: String,
    /// The translation, changed so that it stands by itself.
    pub english: String,
    /// What must have been named before it.
    pub needs: Vec<Need>,
    /// Whether it is not a whole sentence ("And then the shells."), or has only a part of a
    /// quotation.
    pub fragment: bool,
}

impl Statement {
    /// A pair of texts as they are, such as a headline: nothing is changed, and it needs nothing
    /// before it.
    pub fn plain(number: usize, french: &str, english: &str) -> Self {
        Statement { number, french: french.into(), english: english.into(), needs: Vec::new(), fragment: false }
    }
}

/// A new translation of a statement, made to stand by itself: it gets the English names of the lexicon and "reportedly"
/// for a press conditional, and loses words that join it to other sentences.
pub fn settled(french: &str, english: &str, published: Option<Date>) -> String {
    let facts = facts::extract(french, &Context { lang: Lang::Fr, date: None });
    let mut text = english.to_string();
    Settler::new([facts.as_slice()].into_iter()).settle(&mut text, &facts, false);
    days::named(&hedged_as(french, plain(&text)), published)
}

/// The English with "reportedly" for a press conditional: in place of a "would", or beside the verb if nothing in the
/// English leaves the claim open yet. The English stays as it is where the place of "reportedly" is not clear. A
/// sentence that names its source gets the word, too: in « selon l'officier l'attaque aurait été perpétrée » the source
/// itself does not vouch for the attack, so the summary must not say that the source states it.
fn hedged_as(french: &str, english: String) -> String {
    let r = Reading::new(&english, Lang::En);
    let is_open = support::leaves_open(&r);
    let text = reported(french, &english).or_else(|| (!is_open).then(|| hedged_alone(french, &english)).flatten());
    text.unwrap_or(english)
}

/// The sentence made to stand by itself. Sources that mean somebody named before get the English name that the table of
/// sources has for them. If one of them has none or is not found in the English, or if the English has more of them
/// than the French, all stay as they are, and the sentence before becomes a need.
pub fn of(line: &MaterialLine, material: &Material<'_>) -> Statement {
    let (mut french, mut english) = (line.french.clone(), line.english.clone());
    let mut unresolved = false;
    let in_english: Vec<(&Attribution, Span)> =
        attributions(&line.target_facts).filter(|(a, s)| refers_back(a, s.of(&line.english))).collect();
    let in_french: Vec<(&Attribution, Span)> =
        attributions(&line.source_facts).filter(|(a, s)| refers_back(a, s.of(&line.french))).collect();
    let mut swaps: Vec<(Span, String)> = Vec::new();
    for (at, (a, span)) in in_french.iter().enumerate() {
        let name = a.antecedent.as_deref().and_then(|_| name_of(line, span.of(&line.french), material.sources));
        match (name, in_english.get(at)) {
            (Some(name), Some((_, target))) => swaps.push((*target, name)),
            // The English may mention the source where no attribution was read: "contradicted by the agency and
            // residents".
            (Some(name), None) => match mention_of(span.of(&line.french), &line.english) {
                Some(target) => swaps.push((target, name)),
                None => unresolved = true,
            },
            _ => unresolved = true,
        }
    }
    unresolved |= in_english.len() > in_french.len();
    if !unresolved {
        let capital = |(span, name): (Span, String)| (span, with_capital_of(span.of(&line.english), &name));
        // Two attributions can share their source (« la source, qui a annoncé l'accident, explique que … »), and the
        // English can name the sources in another order than the French.
        english = with_each_replaced(&line.english, swaps.into_iter().map(capital).collect());
        let antecedents = in_french.iter().filter_map(|(a, span)| Some((*span, a.antecedent.clone()?)));
        french = with_each_replaced(&line.french, antecedents.collect());
    }
    let english = whole(&plain(&english));
    let english = days::named(&hedged_as(&line.french, english), material.date);
    let mut needs = antecedents::needs(&english);
    if unresolved && !needs.contains(&Need::SentenceBefore) {
        needs.push(Need::SentenceBefore);
    }
    let fragment = line.in_quotation || is_fragment(&english);
    Statement { number: line.number, needs, fragment, french, english }
}

/// Whether a text is less than a sentence (see [`grammar::is_sentence`]), or a quotation in it begins or ends in
/// another text.
pub fn is_fragment(english: &str) -> bool {
    !grammar::is_sentence(english) || grammar::leaves_quotation_open(english)
}

/// Where the English mentions the role that the French source has, after "the", "this" or the like: "the agency" for
/// « l'agence ». `None` unless there is exactly one such place.
fn mention_of(french: &str, english: &str) -> Option<Span> {
    let rows = role::rows(&Reading::new(french, Lang::Fr));
    let r = Reading::new(english, Lang::En);
    let is_same_role = |role: &&Role| role.rows.iter().any(|row| rows.contains(row)) && is_definite(&r, role.from);
    let found = role::roles(&r);
    let mut found = found.iter().filter(is_same_role);
    let role = found.next()?;
    found.next().is_none().then(|| r.span(role.from - 1, role.to))
}

/// Whether the role at token `role` follows a word such as "the" or "this", so that the reader is
/// expected to know who is meant.
fn is_definite(r: &Reading<'_>, role: usize) -> bool {
    role > 0 && matches!(r.lower(role - 1), "the" | "this" | "that" | "these" | "those")
}

/// The attributions that name a source, each with the place of the source.
fn attributions(facts: &[Fact]) -> impl Iterator<Item = (&Attribution, Span)> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some((a, a.source?)),
        _ => None,
    })
}

/// Whether a source means somebody named before: « cette source », "the agency", "he".
fn refers_back(a: &Attribution, text: &str) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let noun = ["l'", "la ", "le ", "the "].iter().find_map(|article| lower.strip_prefix(article));
    let is_general = noun.is_some_and(|n| n == "source" || any::GENERAL_BODIES.has(n));
    a.speaker == Speaker::Pronoun || is_general
}

/// The English name that the who-says-what table has for the source that this sentence calls `french`; `None` if the
/// table has no English name for the source.
fn name_of(line: &MaterialLine, french: &str, sources: &[SourceRow]) -> Option<String> {
    let claims = |row: &SourceRow| row.claims.iter().any(|c| c.sentence == line.number);
    let row = sources.iter().find(|row| claims(row) && row.french.iter().any(|f| f == french))?;
    // In a row without an English name, the name of the source is French, which does not help the reader.
    (!row.french.contains(&row.source)).then(|| definite(&row.source))
}

/// The source as somebody known already: "A security official" becomes "the security official", and a body such as
/// "security council" gets "the" if it has no article.
fn definite(source: &str) -> String {
    let indefinite = ["A ", "An ", "a ", "an ", "One ", "Some "].iter().find_map(|p| source.strip_prefix(p));
    if let Some(rest) = indefinite {
        return format!("the {rest}");
    }
    let lower = source.to_lowercase();
    let words = source.split_whitespace().count();
    let is_body = words > 1 && lower.split_whitespace().any(|w| en::BODIES.has(w));
    if is_body && !lower.starts_with("the ") { format!("the {source}") } else { source.to_string() }
}

/// The sentence without words that join it to the one before, and without signs that something was left out, "(…)". If
/// "According to" and the source stand after it as a sentence of their own, they become a part of the sentence again.
fn plain(english: &str) -> String {
    let lower = english.to_lowercase();
    let mut text = english.trim();
    if let Some(joint) = en::JOINTS.words().find(|j| lower.starts_with(&format!("{j} "))) {
        text = text[joint.len()..].trim_start();
    }
    // The translation may have made the source at the end a sentence of its own: "… the town. According to the mayor."
    let text = match text.rfind(" According to ") {
        Some(at) if text[..at].ends_with(".”") => {
            format!("{},” according to {}", &text[..at - ".”".len()], &text[at + " According to ".len()..])
        }
        Some(at) if text[..at].ends_with('.') => {
            format!("{}, according to {}", &text[..at - 1], &text[at + " According to ".len()..])
        }
        _ => text.to_string(),
    };
    capitalised(&without_links(&without_notes(&text.replace(" (…)", "").replace(" […]", ""))))
}

/// The sentence without note numbers such as "[1]", since a summary does not have the notes.
fn without_notes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let note = after.split_once(']').filter(|(inside, _)| inside.parse::<u8>().is_ok());
        out.push_str(if note.is_some() { before.trim_end() } else { before });
        match note {
            Some((_, behind)) => rest = behind,
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// The sentence without "also", "therefore" and the like inside it: they refer to sentences that
/// the summary may not have. In quotations, in "not only … but also" and in "also known as" these
/// words stay.
fn without_links(text: &str) -> String {
    let r = Reading::new(text, Lang::En);
    let quotes = quote::extract(&r);
    let mut links: Vec<(Span, &str)> = Vec::new();
    for i in 1..r.len().saturating_sub(1) {
        let mut span = r.span(i, i + 1);
        let is_link = r.among(i, &en::LINKS) && !r.among(i + 1, &en::NAMED_ALSO) && r.lower(i - 1) != "but";
        if !is_link || quotes.iter().any(|q| q.span.contains(span)) {
            continue;
        }
        // Both commas go with ", however,", and the space before it goes with " also".
        let is_between_commas = r.mark(i - 1) == ',' && r.mark(i + 1) == ',';
        if is_between_commas {
            span = r.span(i - 1, i + 2);
        } else if matches!(r.lower(i), "also" | "therefore" | "likewise") && r.is_word(i - 1) && r.spaced(i) {
            span.start -= 1;
        } else {
            continue;
        }
        links.push((span, ""));
    }
    with_each_replaced(text, links)
}

/// Turns a denial or another answer without a main verb into a sentence. French has « Un récit
/// démenti par X, qui affirme que Y », which small models translate word by word; it becomes "X
/// denied this and said that Y". Any other text is returned as it is.
fn whole(english: &str) -> String {
    let lower = english.to_lowercase();
    // Where lower case has another length ("İ"), places in `lower` are not those in `english`.
    if lower.len() != english.len() {
        return english.to_string();
    }
    let opening = en::VERBLESS_OPENINGS.words().find(|o| lower.starts_with(&format!("{o} ")));
    let Some(rest) = opening.map(|o| &english[o.len()..]) else { return english.to_string() };
    let answer = en::ANSWERED.words().find_map(|verb| {
        let by = format!("{verb} by ");
        let at = rest.find(&by).filter(|&at| rest[..at].split_whitespace().count() <= 3)?;
        Some((verb, &rest[at + by.len()..]))
    });
    let Some((verb, who)) = answer else { return english.to_string() };
    let claim = en::WHO_SAY.words().find_map(|say| {
        let (name, claim) = who.split_once(&format!(" {say}"))?;
        Some((name.trim_end_matches(','), claim.trim_start()))
    });
    match claim {
        Some((name, claim)) => capitalised(&format!("{name} {verb} this and said {claim}")),
        None if who.contains(',') => english.to_string(),
        None => capitalised(&format!("{} {verb} this.", who.trim_end_matches('.'))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verbless_answer_becomes_a_sentence() {
        assert_eq!(
            whole("A report denied by the Tarsal agency and two drivers who say that the bridge is open."),
            "The Tarsal agency and two drivers denied this and said that the bridge is open."
        );
        assert_eq!(whole("Information is scarce."), "Information is scarce.");
    }

    #[test]
    fn words_that_join_a_sentence_to_others_are_left_out() {
        assert_eq!(plain("However, the army said it held the town."), "The army said it held the town.");
        assert_eq!(
            plain("The fighters “entered the town.” According to the mayor."),
            "The fighters “entered the town,” according to the mayor."
        );
        assert_eq!(plain("The army, however, held the town."), "The army held the town.");
        assert_eq!(plain("The mayor also said that a bridge fell."), "The mayor said that a bridge fell.");
        assert_eq!(plain("The mayor [1] said the [north] bridge fell [2]."), "The mayor said the [north] bridge fell.");
        for kept in [
            "The group, also known as Norava Free, not only fled but also split.",
            "“We also lost a bridge,” the mayor said.",
            "However small, the bridge matters.",
        ] {
            assert_eq!(plain(kept), kept);
        }
    }

    #[test]
    fn what_a_source_does_not_vouch_for_gets_reportedly() {
        let french = "Selon l’officier de police, l’attaque aurait été perpétrée par trois hommes.";
        let stated = "According to the police officer, the attack was perpetrated by three men.";
        let open = "According to the police officer, the attack was reportedly perpetrated by three men.";
        assert_eq!(hedged_as(french, stated.into()), open);
        assert_eq!(hedged_as(french, open.into()), open);
        let fact = "Selon l’officier de police, l’attaque a été perpétrée par trois hommes.";
        assert_eq!(hedged_as(fact, stated.into()), stated);
        // With two verbs the words alone do not tell which one the conditional belongs to.
        let french = "Un homme qui aurait tué deux policiers a été arrêté lundi soir dans la capitale.";
        let stated = "A man who killed two officers was arrested Monday evening in the capital.";
        assert_eq!(hedged_as(french, stated.into()), stated);
    }
}
