//! Reads French attributions by a verb of saying: the verb with its auxiliaries, the speaker before or after it, and
//! the claim.

use super::auxiliary::{agent, auxiliary, keen_to_say, pronoun_after};
use super::claim::{accused_of, asks, claim_end, clause_after, reports_events};
use super::phrase::{SUBJECTS, phrase_end, speaker_end, subject_follows, time_end};
use crate::facts::attribution::{Attribution, AttributionForm, Speaker, speaker, takes_object};
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{class, fr};
use crate::span::Span;

/// The words that show that somebody says something: a verb of saying with its auxiliaries, or a phrase such as « faire
/// état » (see `locutions`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// First token: a reflexive pronoun, an auxiliary, the « tient » of « tient à préciser », or the verb itself.
    pub(super) from: usize,
    /// The verb, or the last word of the phrase.
    pub(super) verb: usize,
    pub(super) kind: SpeechAct,
}

impl Cue {
    /// The attribution to `source`, whose claim begins at token `claim`, if it has one.
    pub(super) fn attribution(
        self,
        r: &Reading<'_>,
        source: Option<Span>,
        speaker: Speaker,
        form: AttributionForm,
        claim: Option<usize>,
    ) -> Attribution {
        let claim = claim.filter(|&c| c < r.len()).map(|c| r.span(c, claim_end(r, c)));
        Attribution {
            source,
            antecedent: None,
            speaker,
            cue: r.span(self.from, self.verb + 1),
            kind: self.kind,
            form,
            claim,
        }
    }
}

/// A verb of saying and what stands right around it.
struct Saying<'r, 't> {
    r: &'r Reading<'t>,
    cue: Cue,
    /// Whether the verb is passive: « a été annoncé ».
    passive: bool,
    /// Whether « se » or « s' » stands before the verb and its auxiliaries.
    reflexive: bool,
    /// The pronoun after the verb or its auxiliary: « a-t-il déclaré », « dit-elle ».
    pronoun: Option<usize>,
    /// First token after the verb and its pronoun.
    after: usize,
    /// First token of the claim, if there is one.
    claim: Option<usize>,
    /// Whether a quotation stands right before the verb, or after it and a colon.
    beside_quote: bool,
    /// Whether the verb stands after a comma or a closing quotation mark, or beside a quotation, as in an inserted
    /// clause: « …, a dit le maire ».
    after_comma: bool,
}

/// The attribution by the verb of saying at `i`, and the index after it. `None` where the word at `i` is no such verb
/// here, where nothing beside it (such as a claim, a quotation, a speaker after it or a fitting object) shows that
/// something is said, in a passive without an agent, and in some questions.
pub(super) fn verb(r: &Reading<'_>, i: usize, quotes: &[Quote]) -> Option<(Attribution, usize)> {
    let saying = Saying::at(r, i, quotes)?;
    if let Some(pronoun) = saying.pronoun {
        return saying.by_pronoun(pronoun);
    }
    if saying.passive {
        return saying.by_agent();
    }
    if !saying.may_be_inverted() {
        return saying.by_subject(saying.after);
    }
    // A time or a medium may stand before the speaker: « a dit mardi soir le porte-parole ».
    let after = told_end(r, time_end(r, saying.after));
    saying.by_speaker_after(after).or_else(|| saying.by_subject(after))
}

impl<'r, 't> Saying<'r, 't> {
    /// The verb of saying at `i`; `None` where the word is no such verb or is a noun, or where its group of verbs says
    /// nothing.
    fn at(r: &'r Reading<'t>, i: usize, quotes: &[Quote]) -> Option<Self> {
        let kind = r.info(i).verb?;
        let (start, passive) = verb_group(r, i)?;
        let first = Self::first_of_cue(r, start, i)?;
        let beside_quote = beside_quote(r, first, i, quotes);
        if launches_something(r, i) && !beside_quote {
            return None;
        }
        let behind_verb = if r.joins(i + 1) { pronoun_after(r, i + 1) } else { None };
        let behind_auxiliary =
            (first < i).then(|| pronoun_after(r, first + 1)).flatten().filter(|_| r.joins(first + 1));
        let after = behind_verb.unwrap_or(i) + 1;
        Some(Self {
            r,
            cue: Cue { from: first, verb: i, kind },
            passive,
            reflexive: first < start,
            pronoun: behind_verb.or(behind_auxiliary),
            after,
            claim: clause_after(r, after),
            beside_quote,
            after_comma: first > 0 && matches!(r.mark(first - 1), ',' | '»' | '”' | '"') || beside_quote,
        })
    }

    /// The first token of the cue whose group of verbs begins at `start` and ends at `i`; `None` where these words say
    /// nothing.
    fn first_of_cue(r: &Reading<'_>, start: usize, i: usize) -> Option<usize> {
        // After an article or a preposition the word is a noun: « l'annonce », « une demande ».
        if start == i && i > 0 && r.is(i - 1, class::DET | class::PREP) && !r.joins(i + 1) {
            return None;
        }
        // The word is also a noun after an article and an adjective: « une bonne note qui compte ». « Il convient de
        // lire » is impersonal and says nothing.
        let adjective =
            |k: usize| matches!(r.lower(k), "bon" | "bonne" | "mauvaise" | "grande" | "petite" | "nouvelle");
        let noun = i > 1 && adjective(i - 1) && r.is(i - 2, class::DET);
        let impersonal = i > 0 && r.lower(i - 1) == "il" && r.lower(i).starts_with("convien");
        if start == i && (noun || impersonal) {
            return None;
        }
        let reflexive = start > 0 && matches!(r.lower(start - 1), "se" | "s'");
        // Reflexive verbs say nothing (« s'est révélé », « se montre »), except for some, most of which express a
        // feeling (« s'indigner »).
        if reflexive && !fr::REFLEXIVE_SAYING.has(r.lower(i)) {
            return None;
        }
        // The reflexive pronoun belongs to the cue: « s'est félicité ».
        Some(start - usize::from(reflexive))
    }

    /// The attribution to the pronoun after the verb: « a-t-il déclaré ». `None` in a question without a claim, unless
    /// the verb stands after a comma or beside a quotation.
    fn by_pronoun(&self, pronoun: usize) -> Option<(Attribution, usize)> {
        let r = self.r;
        // « Quel texte a-t-elle écrit ? » asks and reports nothing.
        if self.claim.is_none() && !self.after_comma && is_asked(r, self.after) {
            return None;
        }
        let speaker = if is_speaking_pronoun(r, pronoun) { Speaker::VaguePronoun } else { Speaker::Pronoun };
        let source = r.span(pronoun, pronoun + 1);
        Some((self.cue.attribution(r, Some(source), speaker, AttributionForm::Clause, self.claim), self.after))
    }

    /// The attribution to the agent of a passive: « a été annoncé par X ». `None` where no « par » with a noun phrase
    /// follows.
    fn by_agent(&self) -> Option<(Attribution, usize)> {
        let r = self.r;
        let from = agent(r, self.after)?;
        let end = phrase_end(r, from);
        let source = (end > from).then(|| r.span(from, end))?;
        Some((self.cue.attribution(r, Some(source), speaker(r, from, end), AttributionForm::Object, None), end))
    }

    /// Whether the speaker may stand after the verb: « …, a déclaré le maire ».
    fn may_be_inverted(&self) -> bool {
        let (r, after) = (self.r, self.after);
        let in_an_insertion = self.after_comma
            && self.claim.is_none()
            && !self.takes_what_follows()
            && (self.beside_quote || !self.closes_an_insertion());
        in_an_insertion
            || self.beside_quote && subject_follows(r, told_end(r, after))
            || self.claim.is_none() && ends_sentence(r, self.cue.verb, after)
    }

    /// Whether a noun phrase after the verb is its object and not the speaker: « accuse les partis », « appelle les
    /// députés ». Beside a quotation it is the speaker.
    fn takes_what_follows(&self) -> bool {
        !self.reflexive
            && matches!(
                self.cue.kind,
                SpeechAct::Accuse
                    | SpeechAct::Denounce
                    | SpeechAct::Ask
                    | SpeechAct::Demand
                    | SpeechAct::Claim
                    | SpeechAct::Deny
            )
            && !self.beside_quote
    }

    /// Whether the comma before the verb ends an insertion after the subject, and does not begin one with the verb in
    /// it: « Gábor F., ministre de l'eau, confirme l'accord ».
    fn closes_an_insertion(&self) -> bool {
        let (r, after) = (self.r, self.after);
        // In « …, a déclaré Gates » the speaker follows the verb, whatever stands between commas before it.
        let speaker_follows =
            !r.is(after, class::DET) || r.capital(after + 1) || r.is(after + 1, class::ROLE | class::TITLE);
        let before = || SUBJECTS.inserted_before(r, self.cue.from);
        !speaker_follows
            && before().is_some_and(|(from, to)| matches!(speaker(r, from, to), Speaker::Named | Speaker::Role))
    }

    /// The attribution to the speaker who stands after the verb, from token `from` on; `None` where no noun phrase
    /// there can be one.
    fn by_speaker_after(&self, from: usize) -> Option<(Attribution, usize)> {
        let r = self.r;
        let end = speaker_end(r, from, phrase_end(r, from));
        if end <= from || !subject_follows(r, from) {
            return None;
        }
        let who = speaker(r, from, end);
        (who != Speaker::Other || self.beside_quote)
            .then(|| (self.cue.attribution(r, Some(r.span(from, end)), who, AttributionForm::Clause, None), end))
    }

    /// The attribution to the subject before the verb; `None` where the verb has no claim, no quotation beside it, and
    /// neither an object at `after` that is said nor a deed that is alleged.
    fn by_subject(&self, after: usize) -> Option<(Attribution, usize)> {
        let r = self.r;
        let form = if self.claim.is_some() || self.beside_quote || self.alleges(after) {
            AttributionForm::Clause
        } else if self.has_object(after) {
            AttributionForm::Object
        } else {
            return None;
        };
        let (from, to) = SUBJECTS.subject_before(r, self.cue.from);
        let is_vague = to == from + 1 && is_speaking_pronoun(r, from);
        let who = if is_vague { Speaker::VaguePronoun } else { speaker(r, from, to) };
        let source = (from < to).then(|| r.span(from, to));
        Some((self.cue.attribution(r, source, who, form, self.claim), after))
    }

    /// Whether the verb names a deed that somebody is accused of (« accuse l'armée d'avoir tiré ») or claims to have
    /// done (« revendique la prise de la ville »).
    fn alleges(&self, after: usize) -> bool {
        let (r, kind) = (self.r, self.cue.kind);
        kind == SpeechAct::Accuse && accused_of(r, after)
            || kind == SpeechAct::Claim && r.is(after, class::DET) && fr::CLAIMED_DEEDS.has(r.lower(after + 1))
    }

    /// Whether what follows is an object that tells what is said: « confirme l'accord », « signale des tirs ».
    fn has_object(&self, after: usize) -> bool {
        let (r, kind) = (self.r, self.cue.kind);
        let form = r.lower(self.cue.verb);
        let article = r.is(after, class::DET) || matches!(r.lower(after), "tout" | "toute");
        takes_object(kind) && (article || r.capital(after))
            || kind == SpeechAct::Ask && asks(r, after)
            // As in « le parquet évoque un bilan de 60 morts ».
            || form.starts_with("évoqu") && article && !form.ends_with("ant")
            || kind == SpeechAct::Report && article && reports_events(form)
    }
}

/// The first token of the group of verbs that ends with the verb of saying at `i`, and whether the group is a passive.
/// `None` where the word at `i` is not finite and has neither an auxiliary nor « tenir à » before it.
fn verb_group(r: &Reading<'_>, i: usize) -> Option<(usize, bool)> {
    let info = r.info(i);
    if info.is(class::FINITE) && !(info.is(class::PARTICIPLE) && auxiliary(r, i).is_some()) {
        return Some((i, false));
    }
    keen_to_say(r, i).map(|start| (start, false)).or_else(|| auxiliary(r, i))
}

/// Whether the verb at `i` is « lancer » with an object, so that nothing is said: « a lancé l'opération », « lance une
/// offensive ».
fn launches_something(r: &Reading<'_>, i: usize) -> bool {
    r.lower(i).starts_with("lanc") && r.is(i + 1, class::DET) && !r.joins(i + 2)
}

/// The index after the medium to which something was said, if the speaker follows it: « a confié | à l'AFP | un
/// infirmier ». Otherwise `from`.
fn told_end(r: &Reading<'_>, from: usize) -> usize {
    if !matches!(r.lower(from), "à" | "au" | "aux") {
        return from;
    }
    let name = if r.is(from + 1, class::DET) { from + 2 } else { from + 1 };
    let medium = r.upper(name) || r.is(name, class::SPEECH) || r.capital(name);
    if medium && subject_follows(r, name + 1) { name + 1 } else { from }
}

/// Whether a question mark is the first mark among stops, commas, question and exclamation marks from `from` on.
fn is_asked(r: &Reading<'_>, from: usize) -> bool {
    (from..r.len()).map(|k| r.mark(k)).find(|m| matches!(m, '.' | '!' | '?' | ',')) == Some('?')
}

/// Whether a name ends the text after a verb that takes no person as its object. The name is then the speaker, even
/// where the comma before the verb was left out: « Le pont est fermé a affirmé M. Sadi. »
fn ends_sentence(r: &Reading<'_>, verb: usize, after: usize) -> bool {
    let named =
        r.capital(after) || r.is(after, class::TITLE) && r.capital(after + 1 + usize::from(r.mark(after + 1) == '.'));
    let end = phrase_end(r, after);
    r.among(verb, &fr::WITHOUT_OBJECT)
        && named
        && end > after
        && (end == r.len() || matches!(r.mark(end), '.' | ',') && end + 1 == r.len())
}

/// Whether a pronoun such as « je », « nous » or « on » stands at `i`. The source is then the author, the person
/// quoted, or nobody in particular.
fn is_speaking_pronoun(r: &Reading<'_>, i: usize) -> bool {
    r.among(i, &fr::SPEAKING_SUBJECTS)
}

/// Whether a quotation of three words or more ends right before the group of verbs, with only commas or dashes between,
/// or begins after it, with a colon and at most six words between.
fn beside_quote(r: &Reading<'_>, start: usize, verb: usize, quotes: &[Quote]) -> bool {
    let (from, to) = (r.span(start, start + 1).start, r.span(verb, verb + 1).end);
    quotes.iter().any(|q| {
        let before = q.closed
            && q.span.end <= from
            && q.words > 2
            && r.tokens.text[q.span.end..from].chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—'));
        let after = q.opened
            && q.span.start >= to
            && q.words > 2
            && r.tokens.text[to..q.span.start].trim().trim_matches([':', ',']).split_whitespace().count() <= 6
            && r.tokens.text[to..q.span.start].contains(':');
        before || after
    })
}
