//! Puts the French press conditional into English with "reportedly".
//!
//! « Le camion aurait parcouru deux kilomètres » reports a claim that the newspaper does not vouch for. Small models
//! write "the truck would have travelled", which in English means that it did not. News English has "the truck
//! reportedly travelled" (Reuters Handbook, "reportedly"; Grevisse § 889 b on the French).

use crate::facts::attribution::{AttributionForm, Speaker};
use crate::facts::class::{Class, ClassedTokens};
use crate::facts::fr::hedge::{PastConditional, past_conditionals};
use crate::facts::hedge::HedgeKind;
use crate::facts::quantity::{NumberForm, quantities};
use crate::facts::reading::{Reading, is_quote};
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{class, en, fr, irregular};

/// The English with "reportedly" instead of "would" where "would" stands for a press conditional. Three cases are
/// tried, and the first that changes something counts: "would have" with a participle; "would be" for « il s'agirait »
/// and « il y aurait »; "would be" for « serait » in a sentence that names its source. `None` where nothing changes.
pub fn reported(french: &str, english: &str) -> Option<String> {
    if !english.contains("would") {
        return None;
    }
    past_reported(french, english)
        .or_else(|| present_reported(french, english))
        .or_else(|| state_reported(french, english))
}

/// "The airport is reportedly surrounded" for « Selon la radio, l'aéroport serait cerné ». Only the first "would be" of
/// the English is changed. No other "would" may follow it, « serait » or « seraient » must be the only press
/// conditional of the French, and the French must name a source with a preposition such as « selon ». Without a source,
/// « serait » may be an ordinary conditional (« une trêve serait un premier pas »).
fn state_reported(french: &str, english: &str) -> Option<String> {
    let (before, after) = english.split_once(" would be ").filter(|(_, after)| !after.contains(" would "))?;
    let facts = facts::extract(french, &Context { lang: Lang::Fr, date: None });
    let is_report = |f: &&Fact| matches!(f.value, FactValue::Hedge(h) if h.kind == HedgeKind::PressConditional);
    let mut states = facts.iter().filter(is_report).map(|f| f.span.of(french).to_lowercase());
    let is = match (states.next().as_deref(), states.next()) {
        (Some("serait"), None) => "is reportedly",
        (Some("seraient"), None) => "are reportedly",
        _ => return None,
    };
    let has_source = |f: &Fact| match &f.value {
        FactValue::Attribution(a) => a.form == AttributionForm::Prepositional && a.speaker != Speaker::Other,
        _ => false,
    };
    facts.iter().any(has_source).then(|| format!("{before} {is} {after}"))
}

/// "It is reportedly a bombing" for « Il s'agirait d'un attentat ». The French must begin with « il s'agirait » or « il
/// y aurait », with or without a negation, and have neither « si » nor « que », on which the conditional could depend;
/// the English must begin with "It would be" or "There would be".
fn present_reported(french: &str, english: &str) -> Option<String> {
    let r = Reading::new(french, Lang::Fr);
    let mut words = (0..r.len()).filter(|&i| r.is_word(i));
    let opening: Vec<&str> = words.by_ref().take(5).map(|i| r.lower(i)).collect();
    let is_hearsay = opening.contains(&"s'") && opening.contains(&"agirait")
        || opening.contains(&"y") && opening.contains(&"aurait");
    let depends = (0..r.len()).any(|i| {
        matches!(r.lower(i), "si" | "que" | "qu'") || r.lower(i) == "s'" && matches!(r.lower(i + 1), "il" | "ils")
    });
    if opening.first() != Some(&"il") || !is_hearsay || depends {
        return None;
    }
    if let Some(rest) = english.strip_prefix("It would be ") {
        return Some(format!("It is reportedly {rest}"));
    }
    let rest = english.strip_prefix("There would be ")?;
    let is = if is_several(rest) { "are" } else { "is" };
    Some(format!("There {is} reportedly {rest}"))
}

/// Whether the noun phrase with which the text begins takes "are" after "there": "three survivors", "no wounded", "a
/// dozen tents". A phrase with "a" or "one" does so only if that word is part of a number other than one, or if the
/// head of the phrase looks plural.
fn is_several(english: &str) -> bool {
    let r = Reading::new(english, Lang::En);
    let is_end = |i: &usize| ends_clause(&r, *i) || r.among(*i, &en::NOUN_PREPOSITIONS);
    let end = (1..r.len()).find(is_end).unwrap_or(r.len());
    let one = (0..end).find(|&i| matches!(r.lower(i), "a" | "an" | "one" | "1"));
    let facts = facts::extract(english, &Context { lang: Lang::En, date: None });
    // The number of a measure says nothing here ("one 20-kilogram shell"), so beside "one" only a number counts to
    // which that word belongs.
    let (first, last) = one.map_or((0, end), |i| (i, i + 1));
    let counted = |i: usize| {
        let word = r.span(i, i + 1);
        quantities(&facts).any(|(span, q)| span.contains(word) && q.value != 1.0 && q.form != NumberForm::Ordinal)
    };
    if (first..last).any(counted) {
        return true;
    }
    if one.is_some() {
        return looks_plural(r.lower(end - 1));
    }
    let classes = ClassedTokens::new(&r.tokens, Lang::En);
    // "The wounded" and "the dead" are plural, though the words don't look plural.
    (0..end).any(|i| {
        let is_determiner = r.is(i, class::DET) && end > 1;
        !is_determiner && looks_plural(r.lower(i)) || matches!(classes.class(i), Class::Outcome(_))
    })
}

/// Whether an English noun or pronoun looks like a plural.
fn looks_plural(word: &str) -> bool {
    word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e)) || en::PLURALS.has(word)
}

/// Whether a clause ends at the token: it is a mark other than a hyphen, or a word such as "that" or "and".
fn ends_clause(r: &Reading<'_>, i: usize) -> bool {
    r.mark(i) != '\0' && r.mark(i) != '-' || matches!(r.lower(i), "that" | "and" | "but" | "which" | "who")
}

/// "The truck reportedly travelled" for each "the truck would have travelled" that stands for a press conditional.
/// Nothing is changed where it is not clear which "would have" stands for which conditional.
fn past_reported(french: &str, english: &str) -> Option<String> {
    let r = Reading::new(english, Lang::En);
    let found: Vec<WouldHave> = (0..r.len()).filter_map(|i| WouldHave::at(&r, i)).collect();
    if found.is_empty() {
        return None;
    }
    let conditionals = past_conditionals(&Reading::new(french, Lang::Fr));
    let first = *conditionals.first()?;
    // If all conditionals of the French are alike, it does not matter which "would have" stands for which of them.
    // Otherwise they are matched by their order, which needs the same number on both sides.
    let alike = conditionals.iter().all(|c| PastConditional { at: first.at, ..*c } == first);
    if !(alike && found.len() <= conditionals.len() || found.len() == conditionals.len()) {
        return None;
    }
    let mut text = english.to_string();
    for (verb, french) in found.iter().zip(&conditionals).rev().filter(|(_, c)| c.is_reported) {
        if let Some(new) = verb.reported(&r, french) {
            let span = r.span(verb.would, verb.participle + 1);
            text.replace_range(span.start..span.end, &new);
        }
    }
    (text != english).then_some(text)
}

/// The English with "reportedly" where it states as a fact what the French has as a press conditional. The French must
/// have exactly one past conditional, which must be reported speech. Among the compound verbs of the English ("has
/// fired", "was killed"), the one whose place in the sentence is nearest to that of the conditional gets "reportedly":
/// "reportedly fired", "was reportedly killed". `None` where the French has no such conditional or more than one, and
/// where no compound verb is near enough.
pub fn hedged(french: &str, english: &str) -> Option<String> {
    let source = Reading::new(french, Lang::Fr);
    let [conditional] = past_conditionals(&source)[..] else { return None };
    let r = Reading::new(english, Lang::En);
    let place = |at: usize, of: usize| at as f32 / of.max(1) as f32;
    let wanted = place(conditional.at, source.len());
    let verbs = (0..r.len()).filter_map(|i| Compound::at(&r, i));
    let far = |v: &Compound| (place(v.auxiliary, r.len()) - wanted).abs();
    let verb = verbs.min_by(|a, b| far(a).total_cmp(&far(b))).filter(|v| conditional.is_reported && far(v) < FAR)?;
    let (auxiliary, participle) = (r.lower(verb.auxiliary), r.lower(verb.participle));
    let adverbs: String = (verb.auxiliary + 1..verb.participle).map(|i| format!(" {}", r.lower(i))).collect();
    let is_passive = matches!(auxiliary, "was" | "were") || participle == "been";
    let new = match is_passive {
        true => format!("{auxiliary} reportedly{adverbs} {participle}"),
        false => format!("reportedly{adverbs} {}", past(participle)?),
    };
    let span = r.span(verb.auxiliary, verb.participle + 1);
    Some(format!("{}{new}{}", &english[..span.start], &english[span.end..]))
}

/// As [`hedged`], but only where no other verb can be meant: the French has no auxiliary of a tense that states a fact
/// (« a », « était »), and the English has only one compound verb and no quotation marks.
pub fn hedged_alone(french: &str, english: &str) -> Option<String> {
    let (source, target) = (Reading::new(french, Lang::Fr), Reading::new(english, Lang::En));
    let states_fact = source.has_any(&fr::PAST_AUXILIARIES);
    let is_quoted = english.contains(is_quote);
    let compounds = (0..target.len()).filter(|&i| Compound::at(&target, i).is_some()).count();
    (!states_fact && !is_quoted && compounds == 1).then(|| hedged(french, english)).flatten()
}

/// A verb of the English can stand for a verb of the French only if their places differ by less than this. The place of
/// a verb is a fraction of the length of its sentence.
const FAR: f32 = 0.25;

/// A compound verb such as "has (also) fired" or "was killed", by the indices of its tokens.
struct Compound {
    auxiliary: usize,
    participle: usize,
}

impl Compound {
    /// The compound verb that has this token as its auxiliary; `None` where the token is no such auxiliary or no
    /// participle follows, and after "would", "may" and the like.
    fn at(r: &Reading<'_>, auxiliary: usize) -> Option<Compound> {
        let makes_past = matches!(r.lower(auxiliary), "has" | "have" | "had" | "was" | "were");
        let is_bare = auxiliary == 0 || !matches!(r.lower(auxiliary - 1), "would" | "could" | "may" | "might" | "to");
        let participle = (auxiliary + 1..r.len()).find(|&i| !is_adverb(r, i)).filter(|_| makes_past && is_bare)?;
        let is_participle = r.lower(participle) == "been" || past(r.lower(participle)).is_some();
        is_participle.then_some(Compound { auxiliary, participle })
    }
}

/// Whether a token is an adverb that may stand inside a compound verb.
fn is_adverb(r: &Reading<'_>, i: usize) -> bool {
    r.lower(i).ends_with("ly") || r.among(i, &en::INNER_ADVERBS)
}

/// A verb such as "would (also) have (already) seen", by the indices of its tokens.
struct WouldHave {
    would: usize,
    have: usize,
    participle: usize,
}

impl WouldHave {
    /// The verb that begins with this token; `None` where the token is not "would", or where "have" and another word do
    /// not follow.
    fn at(r: &Reading<'_>, would: usize) -> Option<WouldHave> {
        let next = |from: usize| (from..r.len()).find(|&i| !is_adverb(r, i));
        let have = next(would + 1).filter(|&i| r.lower(would) == "would" && r.lower(i) == "have")?;
        let participle = next(have + 1).filter(|&i| r.is_word(i))?;
        Some(WouldHave { would, have, participle })
    }

    /// The words with "reportedly" that are written instead of the verb. `None` where the past tense of the verb is not
    /// known, where "was" or "were" is needed and the number of the subject is not known, or where an adverb such as
    /// "allegedly" stands inside the verb already.
    fn reported(&self, r: &Reading<'_>, french: &PastConditional) -> Option<String> {
        let adverbs = (self.would + 1..self.participle).filter(|&i| i != self.have).map(|i| r.lower(i));
        let adverbs: Vec<&str> = adverbs.collect();
        if adverbs.iter().any(|a| matches!(*a, "reportedly" | "allegedly" | "probably" | "certainly" | "likely")) {
            return None;
        }
        let adverbs: String = adverbs.iter().map(|a| format!(" {a}")).collect();
        let participle = r.lower(self.participle);
        if participle == "been" {
            let verb = if self.is_plural(r, french)? { "were" } else { "was" };
            return Some(format!("{verb} reportedly{adverbs}"));
        }
        Some(format!("reportedly{adverbs} {}", past(participle)?))
    }

    /// Whether the subject is plural. `None` where no subject is found. For most subjects it is also `None` where the
    /// subject looks plural and the French verb is singular, or the other way round: « le pouvoir » and "the
    /// authorities".
    fn is_plural(&self, r: &Reading<'_>, french: &PastConditional) -> Option<bool> {
        // In "the attack, which would have been filmed" the subject is what the pronoun stands for, "the attack".
        let mut until = self.would;
        if until > 0 && matches!(r.lower(until - 1), "which" | "who" | "that") {
            until -= 1;
            until -= usize::from(until > 0 && r.mark(until - 1) == ',');
        }
        // The subject begins where its clause begins: after a mark or a word such as "that" ("said that the attack").
        // An "and" does not begin a clause here, because it may be part of the subject ("two fighters and a child").
        let start = (0..until).rev().find(|&i| ends_clause(r, i) && r.lower(i) != "and").map_or(0, |i| i + 1);
        // The head of the subject is the word before its first preposition, or else its last word.
        let is_preposition = |i: &usize| r.among(*i, &en::NOUN_PREPOSITIONS);
        let end = (start + 1..until).find(is_preposition).unwrap_or(until);
        let head = r.lower(end.checked_sub(1).filter(|&i| i >= start)?);
        let plural = looks_plural(head) || (start..end).any(|i| r.lower(i) == "and");
        match head {
            "police" => Some(true),
            "this" => Some(false),
            "media" => Some(french.is_plural),
            _ => (plural == french.is_plural).then_some(plural),
        }
    }
}

/// The past tense of the verb that has this participle. `None` for a word that is neither an irregular participle nor
/// ends in "ed".
fn past(participle: &str) -> Option<&str> {
    let is_regular = participle.len() > 3 && participle.ends_with("ed");
    irregular::past_of(participle).or(is_regular.then_some(participle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(french: &str, english: &str, wanted: &str) {
        assert_eq!(reported(french, english).as_deref(), Some(wanted));
    }

    #[test]
    fn hearsay_in_the_present_is_reported() {
        becomes(
            "Il s’agirait d’un attentat, selon la mairie.",
            "It would be a bombing, according to the town hall.",
            "It is reportedly a bombing, according to the town hall.",
        );
        for (french, phrase, is) in [
            ("Il n’y aurait pas de blessés.", "no wounded.", "are"),
            ("Il y aurait un blessé.", "one wounded person.", "is"),
            ("Il y aurait au moins un mort.", "at least one dead.", "is"),
            ("Il y aurait une fuite de gaz.", "a gas leak.", "is"),
            ("Il y aurait un obus de 20 kilos.", "one 20-kilogram shell.", "is"),
            ("Il n’y aurait aucun risque.", "no risk for residents.", "is"),
            ("Il y aurait quelques dégâts.", "some damage.", "is"),
            ("Il y aurait une dizaine de tentes.", "a dozen tents.", "are"),
            ("Il y aurait une centaine de morts.", "about a hundred dead.", "are"),
            ("Il y aurait deux trains.", "two trains on the line.", "are"),
            ("Il y aurait des gens sous les gravats.", "people trapped under the rubble.", "are"),
        ] {
            becomes(french, &format!("There would be {phrase}"), &format!("There {is} reportedly {phrase}"));
        }
        becomes(
            "Selon la radio, le chef de la garde serait l'otage des mutins.",
            "According to the radio, the head of the guard would be a hostage of the mutineers.",
            "According to the radio, the head of the guard is reportedly a hostage of the mutineers.",
        );
        let step = "Une trêve serait un premier pas.";
        assert_eq!(reported(step, "A truce would be a first step."), None);
        let condition = "Il y aurait une trêve si les armes se taisaient.";
        assert_eq!(reported(condition, "There would be a truce if the guns fell silent."), None);
    }

    #[test]
    fn the_press_conditional_is_reported_speech() {
        becomes(
            "Douze hommes auraient été tués.",
            "Twelve men would have been killed.",
            "Twelve men were reportedly killed.",
        );
        becomes("Le test aurait échoué.", "The test would have failed.", "The test reportedly failed.");
        becomes(
            "Le meurtrier aurait filmé ses actes, que des voisins auraient vus.",
            "The murderer would have filmed his acts, which neighbors would have seen.",
            "The murderer reportedly filmed his acts, which neighbors reportedly saw.",
        );
        becomes(
            "Des dépôts de munitions auraient également été détruits.",
            "Ammunition depots would also have been destroyed.",
            "Ammunition depots were reportedly also destroyed.",
        );
        becomes(
            "Selon la chaîne, l’attaque dans les faubourgs aurait été revendiquée.",
            "According to the channel, the attack in the suburbs would have been claimed.",
            "According to the channel, the attack in the suburbs was reportedly claimed.",
        );
    }

    #[test]
    fn the_verb_of_a_relative_clause_agrees_with_what_the_pronoun_stands_for() {
        becomes(
            "L’attaque, qui aurait été filmée, a fait deux morts.",
            "The attack, which would have been filmed, left two dead.",
            "The attack, which was reportedly filmed, left two dead.",
        );
        becomes(
            "Les gardes du dépôt qui auraient été tués dormaient.",
            "The guards of the depot who would have been killed were asleep.",
            "The guards of the depot who were reportedly killed were asleep.",
        );
        let french = "Le pouvoir, qui aurait été prévenu, se tait.";
        assert_eq!(reported(french, "The authorities, who would have been warned, keep silent."), None);
    }

    #[test]
    fn what_is_imagined_stays_imagined() {
        for (french, english) in [
            ("Sans l’accord, la ville aurait été prise.", "Without the deal, the town would have been taken."),
            ("Le plan a échoué.", "The plan would have failed."),
            ("Cela aurait été difficile.", "That would have been difficult."),
            ("Si elle tenait, l’armée aurait reculé.", "If it held, the army would have retreated."),
        ] {
            assert_eq!(reported(french, english), None, "{french}");
        }
    }

    #[test]
    fn what_was_stated_as_a_fact_is_reported() {
        let french = "Le camion aurait parcouru deux kilomètres avant de tirer sur des policiers qui ont riposté.";
        let fact = "The truck had traveled two kilometers before firing on police who had retaliated.";
        let open = "The truck reportedly traveled two kilometers before firing on police who had retaliated.";
        assert_eq!(hedged(french, fact).as_deref(), Some(open));
        let (french, fact) = ("Douze hommes auraient été tués.", "Twelve men were killed.");
        assert_eq!(hedged(french, fact).as_deref(), Some("Twelve men were reportedly killed."));
        assert_eq!(hedged("Douze hommes ont été tués.", fact), None);
    }

    #[test]
    fn a_verb_that_cannot_agree_is_left() {
        let french = "Le pouvoir aurait été prévenu.";
        assert_eq!(reported(french, "The authorities would have been warned."), None);
    }
}
