//! What a reader must have been told before a sentence can be understood: whom "he" means, which attack "the attack"
//! is.
//!
//! In its article a sentence may refer to sentences before it. A summary must have what the sentence refers to, or
//! leave the sentence out: nobody may be *he*, and nothing *this* or *the suspect*, before being named.

use super::grammar;
use crate::facts::reading::Reading;
use crate::facts::{name, quote};
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::events::Events;
use crate::lexicon::{NameClass, WordSet, class, en};

/// What has to be named before a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// The sentence right before it in the article: a sentence that begins with "He", "In response" or "Two others"
    /// needs that one.
    SentenceBefore,
    /// A person or thing that the sentence takes for known and calls by this noun: "the suspect".
    Thing(String),
    /// What the sentence calls by this noun after "this", "these", "those", "such" or "same": "these attacks". The need
    /// is met if the sentence right before it in the article is also the one before it in the summary, since that
    /// sentence must mention the thing in some words; or if any earlier sentence of the summary brings in what the noun
    /// means.
    Pointed(String),
}

impl Need {
    /// Whether the sentences `before` it in the summary have what is needed; `follows` says whether the last of them
    /// stands right before it in the article, too.
    pub fn is_met(&self, before: &[&str], follows: bool) -> bool {
        match self {
            Need::SentenceBefore => follows,
            Need::Thing(noun) => before.iter().any(|text| names(text, noun)),
            Need::Pointed(noun) => follows || before.iter().any(|text| names(text, noun)),
        }
    }
}

/// Everything that a sentence needs before it.
pub fn needs(english: &str) -> Vec<Need> {
    let r = Reading::new(english, Lang::En);
    let mut needs = Vec::new();
    if opens_with_a_reference(&r) || has_object_without_antecedent(&r) || has_subject_without_antecedent(&r) {
        needs.push(Need::SentenceBefore);
    }
    for i in 1..r.len() {
        let pointed = matches!(r.lower(i - 1), "this" | "these" | "those" | "such" | "same")
            && r.is_word(i)
            && !r.is(i, class::FUNCTION)
            && !r.among(i, &en::TIMES_OF_WRITING);
        // The article stands right before the noun, or before a small number or an adjective: "the suspect", "the two
        // suspects", "the armed group".
        let between = i > 1 && (en::SMALL_NUMBERS.has(r.lower(i - 1)) || en::KNOWN_AS.has(r.lower(i - 1)));
        let article = if between { i - 2 } else { i - 1 };
        let known = r.lower(article) == "the" && kind(r.lower(i)).is_some() && !says_which(&r, i) && !describes(&r, i);
        let noun = || r.lower(i).to_string();
        if (pointed || known) && !named_before(&r, i) {
            needs.push(if pointed { Need::Pointed(noun()) } else { Need::Thing(noun()) });
        }
    }
    needs
}

/// Whether a sentence brings in somebody whom it does not name: "a new army chief", "an armed man". A sentence that
/// names any person counts as bringing in nobody. Whoever is only quoted ("a spokesman said") does not count, since the
/// sentence is not about them.
pub fn brings_in_somebody(english: &str) -> bool {
    let r = Reading::new(english, Lang::En);
    if names_somebody(&r) {
        return false;
    }
    let speaks = |i: usize| (i + 1..r.len().min(i + 3)).any(|k| r.is(k, class::SAYING));
    let follows_article = |i: usize| (i.saturating_sub(3)..i).any(|k| matches!(r.lower(k), "a" | "an" | "new"));
    (0..r.len()).any(|i| (r.is(i, class::ROLE) || r.among(i, &en::KNOWN_PERSONS)) && follows_article(i) && !speaks(i))
}

/// The set of nouns to which a noun belongs, if any. Nouns of one set may mean the same thing: after "a bombing" a text
/// goes on with "the attack".
fn kind(noun: &str) -> Option<&'static WordSet> {
    [&en::KNOWN_PERSONS, &en::KNOWN_BY_EVENT, &en::KNOWN_EVENTS, &en::KNOWN_BODIES, &en::KNOWN_THINGS]
        .into_iter()
        .find(|s| s.has(noun))
}

/// Whether the words after a noun say which one is meant: "the driver of the van", "the attack that", "the group
/// Islamic State".
fn says_which(r: &Reading<'_>, noun: usize) -> bool {
    // In "the truce reached on Saturday holds" the participle says which truce. It is known to be a participle since a
    // finite verb follows, "holds".
    let participle = r.lower(noun + 1).ends_with("ed")
        && r.among(noun + 2, &en::BEHIND_PARTICIPLES)
        && (noun + 3..r.len()).any(|i| grammar::is_finite(r, i));
    r.among(noun + 1, &en::WHICH_ONE) || r.capital(noun + 1) || participle
}

/// Whether the noun of a thing describes the noun after it: "the aircraft carrier".
fn describes(r: &Reading<'_>, noun: usize) -> bool {
    let next = noun + 1;
    let is_noun = r.is_word(next) && !r.is(next, class::FUNCTION) && !r.among(next, &en::TIMES_OF_WRITING);
    en::KNOWN_THINGS.has(r.lower(noun)) && is_noun && !grammar::is_finite(r, next) && !r.lower(next).ends_with("ly")
}

/// Whether the noun stands earlier in its sentence, in the singular or the plural: "a truck … the truck".
fn named_before(r: &Reading<'_>, noun: usize) -> bool {
    (0..noun.saturating_sub(1)).any(|i| stem(r.lower(i)) == stem(r.lower(noun)))
}

/// Whether a text has brought in what a noun means: by the noun itself, or by another noun of its set (see [`kind`]).
/// For a noun that means persons, any name of a person or a noun like "man" is enough, and for a noun that means a
/// body, any name of an organisation. For persons whom an event makes known, such as "the suspect" and "the victims",
/// an event such as "a bombing" is enough.
fn names(text: &str, noun: &str) -> bool {
    let r = Reading::new(text, Lang::En);
    let has = |set: &WordSet| r.has_any(set);
    let person = en::KNOWN_PERSONS.has(noun) || en::KNOWN_BY_EVENT.has(noun);
    (0..r.len()).any(|i| stem(r.lower(i)) == stem(noun))
        || kind(noun).is_some_and(has)
        || person && (has(&en::KNOWN_PERSONS) || has(&en::KNOWN_BY_EVENT) || names_somebody(&r))
        || en::KNOWN_BODIES.has(noun) && name::extract(&r).iter().any(|n| n.class == NameClass::Organisation)
        || (en::KNOWN_BY_EVENT.has(noun) || en::KNOWN_EVENTS.has(noun))
            && (has(&en::KNOWN_EVENTS) || tells_of_violence(&r))
}

/// Whether a text tells of an attack, a death or a crash by a verb: after "a jet crashed" a text goes on with "the
/// accident".
fn tells_of_violence(r: &Reading<'_>) -> bool {
    let violent = Events::get().set_of(&VIOLENT);
    r.has_any(&en::ACCIDENTS) || clause::events(r).iter().any(|e| !e.negated && e.classes & violent != 0)
}

/// Classes of events (`lexicon/data/event-classes.tsv`) after which "the attack" and "the accident" are understood.
const VIOLENT: [&str; 4] = ["attack", "kill", "wound", "destroy"];

/// Whether a text has the name of a person.
fn names_somebody(r: &Reading<'_>) -> bool {
    name::extract(r).iter().any(|n| n.person || n.class == NameClass::Person)
}

/// A noun without the "s" of the plural. The "s" stays after another "s" and where fewer than four letters would be
/// left.
fn stem(noun: &str) -> &str {
    noun.strip_suffix('s').filter(|s| s.len() > 3 && !s.ends_with('s')).unwrap_or(noun)
}

/// In "It was noted that", the clause that "it" stands for must begin fewer than this many tokens
/// after the auxiliary.
const CLAUSE_WITHIN: usize = 4;

/// Whether the first words refer to somebody or something in the sentence before: "They", "In another city", "Two
/// others", "The latter".
fn opens_with_a_reference(r: &Reading<'_>) -> bool {
    let mut words = (0..r.len()).filter(|&i| r.is_word(i));
    let (at, next) = (words.next(), words.next());
    let (first, second) = (at.map_or("", |i| r.lower(i)), next.map_or("", |i| r.lower(i)));
    // In "There are 84 dead" the first word refers to nothing.
    let exists = first == "there" && next.is_some_and(|i| r.is(i, class::AUX));
    // In "It has been shown that" the clause after "that" is what "it" means.
    let expletive = first == "it"
        && next.is_some_and(|i| {
            let clause = |k: usize| matches!(r.lower(k), "that" | "whether" | "if" | "how" | "who");
            r.is(i, class::AUX) && (i + 1..i + CLAUSE_WITHIN).any(|k| clause(k) && !r.is(k - 1, class::DET))
        });
    // In "Some 30 houses" the first word belongs to the figure.
    let figure = at.is_some_and(|i| r.lower(i + 1).starts_with(|c: char| c.is_ascii_digit()));
    let counted = matches!(first, "some" | "all" | "one" | "both") && figure;
    // In "These attacks" and "This Monday" the noun decides what is needed: see [`needs`].
    let pointed = matches!(first, "this" | "these" | "those" | "such")
        && next.is_some_and(|i| !r.is(i, class::FUNCTION | class::FINITE) && !r.lower(i).ends_with("ed"));
    // "Following this, the army withdrew".
    let after_this = matches!(second, "this" | "that") && next.is_some_and(|i| r.mark(i + 1) == ',');
    after_this
        || en::LEANING.has(first) && !exists && !counted && !pointed && !expletive
        || first == "the" && en::LEANING_NOUNS.has(second)
        || matches!(second, "another" | "other" | "others")
            && !matches!(first, "no" | "every" | "each" | "any" | "among")
        || matches!((first, second), ("in", "response" | "return" | "turn") | ("as", "such") | ("at", "that"))
}

/// Whether "him", "them" or "her" (as an object) stands in the first clause without a name before it ("The individual
/// tried to attack him"), or "his" is the second word. The first word does not count as a name. An object pronoun
/// cannot mean the subject of its own clause, so that a sentence before must have named the person. In a later clause
/// the pronoun may mean somebody of the first clause.
fn has_object_without_antecedent(r: &Reading<'_>) -> bool {
    let is_object = |i: usize| {
        matches!(r.lower(i), "him" | "them") || r.lower(i) == "her" && !r.is_word(i + 1) || r.lower(i) == "his" && i < 2
    };
    let Some(at) = (1..r.len()).find(|&i| is_object(i)) else { return false };
    let joint = |i: usize| {
        !r.is_word(i) && !r.joins(i) || r.is(i, class::REL | class::CONJ) || matches!(r.lower(i), "that" | "said")
    };
    let somebody = |i: usize| r.capital(i) && i > 0;
    !(1..at).any(|i| joint(i) || somebody(i))
}

/// Whether the first "he" or "she" outside quotation marks means nobody whom the sentence has mentioned before the
/// pronoun, by a name (not of a place) or as "a man", "the mayor" and the like. "A priest since 1958, he had led the
/// parish" counts as mentioning nobody before the pronoun, since the priest is "he". A pronoun that opens the sentence
/// is left to [`opens_with_a_reference`].
fn has_subject_without_antecedent(r: &Reading<'_>) -> bool {
    let quotes = quote::extract(r);
    let quoted = |i: usize| quotes.iter().any(|q| q.span.contains(r.span(i, i + 1)));
    let Some(at) = (1..r.len()).find(|&i| matches!(r.lower(i), "he" | "she") && !quoted(i)) else { return false };
    let end = r.span(at, at + 1).start;
    // Somebody mentioned without a name: "a man", "the mayor", "an officer".
    let somebody = (1..at).any(|i| {
        r.is(i, class::ROLE | class::TITLE) || r.among(i, &en::KNOWN_PERSONS) || r.among(i, &en::KNOWN_BY_EVENT)
    });
    let named = name::extract(r).iter().any(|n| !n.demonym && n.class != NameClass::Place && n.span.end <= end);
    // "A priest since 1958, he": an apposition to the pronoun.
    let opening = matches!(r.lower(0), "a" | "an") && r.mark(at - 1) == ',' && !(1..at - 1).any(|i| r.mark(i) == ',');
    opening || !somebody && !named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(noun: &str) -> Need {
        Need::Thing(noun.into())
    }

    #[test]
    fn it_may_stand_for_the_clause_that_follows() {
        for whole in [
            "It was noted that no independent source could confirm the announcement by the army.",
            "It is not known whether the bridge will open.",
        ] {
            assert_eq!(needs(whole), [], "{whole}");
        }
        assert_eq!(needs("It was noted by the mayor."), [Need::SentenceBefore]);
    }

    #[test]
    fn a_noun_that_describes_another_is_not_the_thing() {
        assert_eq!(needs("The mayor boarded the aircraft carrier on Monday."), []);
        assert_eq!(needs("The mayor boarded the aircraft."), [thing("aircraft")]);
        assert_eq!(needs("The armed group denied the report."), [thing("group"), thing("report")]);
    }

    #[test]
    fn what_happened_may_be_told_by_a_verb() {
        let met = |before: &str, noun: &str| thing(noun).is_met(&[before], false);
        assert!(met("A freight plane crashed near the lake on Sunday.", "accident"));
        assert!(met("Rebels killed four guards on Sunday.", "attack"));
        assert!(met("A gunman entered the bank on Sunday.", "man"));
        assert!(!met("A freight plane landed near the lake on Sunday.", "accident"));
    }

    #[test]
    fn a_sentence_that_refers_to_the_one_before_needs_it() {
        for english in [
            "He opened fire on the crowd.",
            "In another city, armed men ambushed a preacher.",
            "Two others were wounded.",
            "The latter refused to answer.",
            "Following this, the army withdrew.",
            "The soldier tried to hit him in the back.",
            "A member since 1958, he had led the parish for years.",
        ] {
            assert!(needs(english).contains(&Need::SentenceBefore), "{english}");
        }
        for english in [
            "There are 84 dead in Tarsal.",
            "Two men and another were killed.",
            "Some 30 houses burned down.",
            "Karim Bell says that the police hit him.",
            "The mayor said he would resign.",
            "No other group has claimed the bombing of the bridge.",
        ] {
            assert!(!needs(english).contains(&Need::SentenceBefore), "{english}");
        }
    }

    #[test]
    fn what_is_called_only_by_a_noun_must_have_been_named() {
        assert_eq!(needs("The suspect fled to the port."), [thing("suspect")]);
        assert_eq!(needs("According to police, the two gunmen were shot."), [thing("gunmen")]);
        assert_eq!(needs("These attacks were condemned by Norava."), [Need::Pointed("attacks".into())]);
        assert_eq!(needs("The driver of a truck was arrested this week."), []);
        assert_eq!(needs("A truck hit two men before the truck caught fire."), []);
        assert_eq!(needs("The group Norava Free claimed the bombing in Selm."), []);
    }

    #[test]
    fn a_need_is_met_by_the_noun_by_its_kind_and_by_a_name() {
        let attack = thing("attack");
        assert!(attack.is_met(&["A bombing killed six people."], false));
        assert!(!attack.is_met(&["The minister resigned."], false));
        assert!(!attack.is_met(&["The minister resigned."], true));
        assert!(Need::Pointed("steps".into()).is_met(&["The minister resigned."], true));
        assert!(thing("suspect").is_met(&["Police arrested Karim Bell on Monday."], false));
        assert!(thing("attackers").is_met(&["A bombing killed six people."], false));
        assert!(!thing("driver").is_met(&["A bombing killed six people."], false));
        assert!(!Need::SentenceBefore.is_met(&["A bombing killed six people."], false));
    }
}
