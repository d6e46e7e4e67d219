//! An English verb as it stands in its sentence, and another one in the same form.

use crate::checks::Pair;
use crate::facts::event::{Event, EventForm};
use crate::lexicon::conjugation::en::{VerbForm, each_form, inflect};
use crate::lexicon::events::{Classes, Events, bits};
use crate::lexicon::{class, en, table};
use crate::span::Span;
use std::sync::OnceLock;

/// The plainest English words for a class of events, from `contrast-events.tsv`.
pub struct Words {
    /// A verb with an object ("kill"), in the infinitive.
    pub transitive: Option<&'static str>,
    /// A verb without an object ("die"), in the infinitive.
    pub intransitive: Option<&'static str>,
    /// Nouns ("killing"), in the singular; the first is the one that contrasts write.
    pub nouns: Vec<&'static str>,
}

/// The words of each class, by its number; `None` for a class that the table does not have.
pub fn words() -> &'static [Option<Words>] {
    static WORDS: OnceLock<Vec<Option<Words>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let events = Events::get();
        let mut out: Vec<Option<Words>> = (0..Classes::BITS).map(|_| None).collect();
        for row in table::CONTRAST_EVENTS.rows() {
            let Some(class) = events.class(row.cell(0)) else { row.fail("no such class in event-classes.tsv") };
            let cell = |n| Some(row.cell(n)).filter(|c| *c != "-");
            let nouns = row.forms(3).filter(|f| *f != "-").collect();
            out[usize::from(class)] = Some(Words { transitive: cell(1), intransitive: cell(2), nouns });
        }
        out
    })
}

/// The words of one class; `None` where the table does not have it.
pub fn of_class(class: u8) -> Option<&'static Words> {
    words()[usize::from(class)].as_ref()
}

/// A verb in its sentence.
#[derive(Debug, Clone, Copy)]
pub struct Verb {
    /// The verb with the particle right after it ("shot down"), without its auxiliaries.
    pub span: Span,
    /// The form in which the verb stands.
    pub form: VerbForm,
    /// Whether the verb is a passive.
    pub passive: bool,
    /// Whether the verb is active and has an object after it.
    pub has_object: bool,
    /// The auxiliary and the verb, where the verb is passive and nothing but "was" or "were" stands before it in its
    /// group.
    only_was: Option<Span>,
    /// The form of *be* that makes a passive in place of this verb; `None` where it is not clear that one fits the
    /// words before the verb.
    be: Option<&'static str>,
}

impl Verb {
    /// The verb of an event. `None` where its form is not known, and where its group has more after the verb itself
    /// than one word in small letters.
    pub fn of(pair: &Pair<'_>, event: &Event) -> Option<Verb> {
        let text = pair.target.text;
        let lower = event.word.of(text).to_lowercase();
        let before = text[event.group.start..event.word.start].trim().to_lowercase();
        let mut forms = Vec::new();
        each_form(Events::get().lemmas[usize::from(event.lemma)].text, |form, what| {
            if form == lower {
                forms.push(what);
            }
        });
        let perfect = before.split(' ').any(|w| matches!(w, "has" | "have" | "had" | "having"));
        let has = |form| forms.contains(&form);
        let form = match () {
            () if has(VerbForm::Gerund) => VerbForm::Gerund,
            () if has(VerbForm::Participle) && (event.passive || perfect) => VerbForm::Participle,
            () if has(VerbForm::Past) && (before.is_empty() || !has(VerbForm::Base)) => VerbForm::Past,
            () if has(VerbForm::ThirdPerson) => VerbForm::ThirdPerson,
            () if has(VerbForm::Base) => VerbForm::Base,
            () => return None,
        };
        let behind = &text[event.word.end..event.group.end.max(event.word.end)];
        if behind.split_whitespace().count() > 1 || !behind.chars().all(|c| c.is_ascii_lowercase() || c == ' ') {
            return None;
        }
        let span = Span::new(event.word.start, event.word.end + behind.len());
        let has_object = event.patient.is_some_and(|p| p.start >= span.end) && !event.passive;
        let is_only_was = event.passive && matches!(&*before, "was" | "were");
        let only_was = is_only_was.then(|| Span::new(event.group.start, span.end));
        let subject = if event.passive { event.patient } else { event.agent.or(event.patient) };
        let plural = before == "were" || subject.is_some_and(|s| is_plural(s.of(text)));
        let be = match form {
            VerbForm::Past if plural => Some("were"),
            VerbForm::Past => Some("was"),
            VerbForm::ThirdPerson => Some("is"),
            VerbForm::Base => be_for_base(pair, event, plural),
            VerbForm::Participle => Some("been"),
            VerbForm::Gerund => Some("being"),
        };
        Some(Verb { span, form, passive: event.passive, has_object, only_was, be })
    }

    /// A verb of `class` to replace this one, in the same form, and the span that it replaces. A passive, or a verb
    /// with an object, is replaced by a transitive verb; if the class has none, a passive with "was" or "were" as its
    /// only auxiliary is replaced by an intransitive verb in the past. Any other verb is replaced by an intransitive
    /// verb; if the class has none, by the passive of a transitive one. `None` where the class has no such verb, and
    /// where no form of *be* is known to fit.
    pub fn instead(&self, class: u8) -> Option<(Span, String)> {
        let words = of_class(class)?;
        if self.passive || self.has_object {
            return match (words.transitive, self.only_was, words.intransitive) {
                (Some(verb), _, _) => Some((self.span, conjugate(verb, self.form))),
                // "They were killed" becomes "they fled".
                (None, Some(group), Some(verb)) => Some((group, conjugate(verb, VerbForm::Past))),
                _ => None,
            };
        }
        if let Some(verb) = words.intransitive {
            return Some((self.span, conjugate(verb, self.form)));
        }
        // "They died" becomes "they were wounded".
        Some((self.span, format!("{} {}", self.be?, conjugate(words.transitive?, VerbForm::Participle))))
    }
}

/// The form of *be* that makes a passive in place of a base form: "be" of an infinitive and after an auxiliary ("will
/// die"), "are" of a finite verb, whose subject must be a `plural`. `None` after a form of *do*, which no *be* follows:
/// "they did not die", "when do they die?"
fn be_for_base(pair: &Pair<'_>, event: &Event, plural: bool) -> Option<&'static str> {
    let r = &pair.target.reading;
    let at = |byte: usize| (0..r.len()).find(|&i| r.span(i, i + 1).start == byte);
    let (from, verb) = (at(event.group.start)?, at(event.word.start)?);
    // In a question the subject stands between the form of *do* and the verb.
    let mut before = (verb.saturating_sub(6)..verb).rev().take_while(|&k| r.is_word(k));
    if before.any(|k| matches!(r.lower(k).trim_end_matches("n't"), "do" | "does" | "did")) {
        return None;
    }
    let is_finite = event.form == EventForm::Clause && !(from..verb).any(|k| r.is(k, class::AUX));
    if is_finite { plural.then_some("are") } else { Some("be") }
}

/// A form of a verb that may be followed by a particle, which stays as it is: "stayed on" of "stay on".
fn conjugate(verb: &str, form: VerbForm) -> String {
    match verb.split_once(' ') {
        Some((head, tail)) => format!("{} {tail}", inflect(head, form)),
        None => inflect(verb, form),
    }
}

/// Whether an English noun phrase looks like a plural: its head has "and" in it, or ends in one "s" and is no name, or
/// is a word such as "people" or "they".
pub fn is_plural(phrase: &str) -> bool {
    let head = phrase.split([',', '(']).next().unwrap_or(phrase);
    let head = head.split(" of ").next().unwrap_or(head).trim();
    let last = head.rsplit(' ').next().unwrap_or(head);
    head.contains(" and ")
        || last.ends_with('s') && !last.ends_with("ss") && !last.starts_with(char::is_uppercase)
        || last == "police"
        || en::PLURALS.has(&last.to_lowercase())
}

/// The classes of a set for which the table has words.
pub fn classes_with_words(set: Classes) -> impl Iterator<Item = u8> {
    bits(set).filter(|&c| of_class(c).is_some())
}
