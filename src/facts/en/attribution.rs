//! Finds English attributions: "according to X", "X said that", and a quotation with a verb and its speaker.

use super::signals::is_hearsay;
use crate::facts::attribution::{Attribution, AttributionForm, Speaker, speaker, takes_object};
use crate::facts::quote::Quote;
use crate::facts::reading::{Reading, is_quote};
use crate::facts::subject::Grammar;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{class, en};

/// How many tokens a source has at most; a longer noun phrase is cut.
const LONGEST: usize = 16;

/// How many auxiliaries and adverbs right before a verb belong to it at most.
const GROUP: usize = 4;

/// How many tokens after a verb that closes a sentence are searched for the mark that ends the sentence: "announced on
/// Monday evening.".
const TAG: usize = 6;

/// The attributions of a sentence, in its order.
pub fn extract(r: &Reading<'_>, quotes: &[Quote]) -> Vec<Attribution> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < r.len() {
        match preposition(r, i).or_else(|| verb(r, i, quotes)) {
            Some((attribution, end)) => {
                out.push(attribution);
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    out
}

/// The attribution that begins at `i` with a preposition such as "according to", with "citing", or with a participle
/// and "by"; and the index after it.
fn preposition(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let (after, form) = match (r.lower(i), r.lower(i + 1)) {
        ("according" | "accordingly", "to") => (i + 2, AttributionForm::Prepositional),
        ("quoted" | "cited" | "interviewed" | "contacted", "by") => (i + 2, AttributionForm::Medium),
        ("as", "per") => (i + 2, AttributionForm::Prepositional),
        // As in "Citing a doctor, the paper wrote that", only at the beginning or after a comma.
        ("citing", _) if (i == 0 || r.mark(i - 1) == ',') && cites_somebody(r, i + 1) => {
            (i + 1, AttributionForm::Prepositional)
        }
        ("accordance", "with") => (i + 2, AttributionForm::Prepositional),
        (_, "by") => return passive(r, i),
        _ => return None,
    };
    let end = phrase_end(r, after);
    if end == after {
        return None;
    }
    let attribution = Attribution {
        source: Some(r.span(after, end)),
        antecedent: None,
        speaker: speaker(r, after, end),
        cue: r.span(i, after),
        kind: SpeechAct::Say,
        form,
        claim: None,
    };
    Some((attribution, end))
}

/// Whether the words from `i` on name a person, body or text and not a reason: true of "citing a doctor", false of
/// "citing the risk".
fn cites_somebody(r: &Reading<'_>, i: usize) -> bool {
    let noun = i + usize::from(r.is(i, class::DET));
    let who = class::ROLE | class::SPEECH | class::TITLE;
    r.capital(i) && r.is_word(i) || (noun..noun + 2).any(|k| r.is(k, who))
}

/// The attribution to whoever stands after the participle at `i` and "by", if the participle is one of denying,
/// confirming, announcing, claiming or denouncing ("a withdrawal announced by Moscow", "was denied by the army"); and
/// the index after it.
fn passive(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let info = r.info(i);
    let kind = info.verb.filter(|&kind| {
        let is_statement = matches!(
            kind,
            SpeechAct::Deny | SpeechAct::Confirm | SpeechAct::Announce | SpeechAct::Claim | SpeechAct::Denounce
        );
        is_statement && info.is(class::PARTICIPLE)
    })?;
    let end = phrase_end(r, i + 2);
    let attribution = Attribution {
        source: Some(r.span(i + 2, end)).filter(|s| !s.is_empty()),
        antecedent: None,
        speaker: speaker(r, i + 2, end),
        cue: r.span(i, i + 1),
        kind,
        form: AttributionForm::Object,
        claim: None,
    };
    Some((attribution, end))
}

/// The attribution that the verb of saying at `i` makes, and the index after it. `None` where the word at `i` is no
/// such verb here, or has neither a clause, a quotation nor an object that is claimed. A passive needs a clause; other
/// forms of "say", "told" and a verb after "as" ([`as_told`]) need none of these.
fn verb(r: &Reading<'_>, i: usize, quotes: &[Quote]) -> Option<(Attribution, usize)> {
    let info = r.info(i);
    let kind = info.verb?;
    // The word before the verb may show that nobody says anything here. A quotation mark between the two is stepped
    // over, as in "to “talk down” inflation".
    let mut before = i;
    while before > 0 && is_quote(r.mark(before - 1)) {
        before -= 1;
    }
    if info.is(class::NONFINITE) && !info.is(class::FINITE)
        || before > 0 && r.among(before - 1, &en::NO_VERB)
        || is_hearsay(r, i)
    {
        return None;
    }
    let start = group_start(r, i);
    let beside = beside_quote(r, i, quotes);
    let clause = clause_after(r, i + 1);
    // The subject of a passive is not the speaker: "a dialogue needs to be maintained". A passive only counts with a
    // clause, as in "it was said that".
    let passive = info.is(class::PARTICIPLE)
        && (start..i).any(|k| matches!(r.lower(k), "is" | "are" | "was" | "were" | "be" | "been" | "being"));
    if passive && clause.is_none() {
        return None;
    }
    let before = without_antecedent(r, SUBJECTS.subject_before(r, start));
    if is_noun(r, i, (before.0, start)) || clause.is_none() && !beside && gives_no_words(r, i, (before.0, start)) {
        return None;
    }
    let object = takes_object(kind) && (r.is(i + 1, class::DET) || r.capital(i + 1));
    let said = r.lower(i).starts_with("sa") && kind == SpeechAct::Say || r.lower(i) == "told";
    let is_tag = || !passive && is_tag(r, before, i + 1);
    let form = if clause.is_some() || beside || said || as_told(r, start, i + 1) || is_tag() {
        AttributionForm::Clause
    } else if object {
        AttributionForm::Object
    } else {
        return None;
    };
    let inverted = clause.is_none() && names_speaker_after(r, i, start, beside && before.0 == before.1);
    let (from, to) = match inverted {
        true => (i + 1, phrase_end(r, i + 1)),
        // In "it was noted that", "it" is nobody.
        false if passive && before.0 + 1 == before.1 && r.lower(before.0) == "it" => (before.0, before.0),
        false => before,
    };
    let attribution = Attribution {
        source: (from < to).then(|| r.span(from, to)),
        antecedent: None,
        speaker: speaker(r, from, to),
        cue: r.span(start, i + 1),
        kind,
        form,
        claim: clause.filter(|&c| c < r.len()).map(|c| r.span(c, r.len())),
    };
    Some((attribution, if inverted { to } else { i + 1 }))
}

/// Whether the word at `i` is a noun behind the phrase `from..start`, as in "on the strength of a police report".
fn is_noun(r: &Reading<'_>, i: usize, (from, start): (usize, usize)) -> bool {
    let is_base = !r.lower(i).ends_with(['s', 'd']);
    is_base && r.is(i, class::SPEECH) && (from..start).any(|k| matches!(r.lower(k), "a" | "an"))
}

/// Whether a verb of saying at `i` without a clause or quotation gives no words here: its subject begins at `from`, and
/// its auxiliaries at `start`. So it is in "has not commented" and "did not say whether", and in "what he said", where
/// the words stand elsewhere.
fn gives_no_words(r: &Reading<'_>, i: usize, (from, start): (usize, usize)) -> bool {
    let is_denied = (start..i).any(|k| matches!(r.lower(k), "not" | "never"));
    let is_plain = matches!(r.info(i).verb, Some(SpeechAct::Say | SpeechAct::Announce));
    is_denied && is_plain || from > 0 && r.lower(from - 1) == "what"
}

/// The subject `from..to` without the noun to which its relative clause belongs: in "a claim Selm denies", the subject
/// of "denies" is "Selm" alone, and in "something the army has confirmed", it is "the army".
fn without_antecedent(r: &Reading<'_>, (from, to): (usize, usize)) -> (usize, usize) {
    let follows_name = |k: usize| matches!(r.lower(from), "a" | "an") && k == from + 2 && r.capital(k);
    let is_noun = |k: usize| !r.is(k, class::FUNCTION) && !r.lower(k).ends_with("ing") || r.lower(k) == "something";
    let follows_article = |k: usize| matches!(r.lower(k), "the" | "a" | "an") && is_noun(k - 1);
    // "A version of events that Kyiv rejects": whoever stands between the pronoun and the verb is its subject.
    let follows_that = |k: usize| {
        r.lower(k - 1) == "that"
            && k > from + 1
            && (r.capital(k) || r.is(k, class::DET))
            && !(k..to).any(|i| is_aux(r, i))
    };
    if let Some(k) = (from + 1..to).rev().find(|&k| follows_that(k)) {
        return (k, to);
    }
    let is_own = |k: &usize| r.is_plain(k - 1) && (follows_name(*k) || follows_article(*k));
    ((from + 1..to).find(is_own).unwrap_or(from), to)
}

/// Where the auxiliaries and adverbs right before the verb at `i` begin; `i` where there are none.
fn group_start(r: &Reading<'_>, i: usize) -> usize {
    let belongs = |k: &usize| (r.is(*k, class::AUX) || r.is(*k, class::ADV)) && r.lower(*k) != "'s";
    (i.saturating_sub(GROUP)..i).rev().take_while(belongs).last().unwrap_or(i)
}

/// Whether the speaker stands after the verb at `i`, whose auxiliaries begin at `start`, as in ", said X" and "” says
/// X". Whoever is told something is no speaker. `quotes_alone` says that the verb stands beside a quotation and has no
/// subject before it.
fn names_speaker_after(r: &Reading<'_>, i: usize, start: usize, quotes_alone: bool) -> bool {
    start > 0
        && r.lower(i) != "told"
        && (r.mark(start - 1) == ',' || is_quote(r.mark(start - 1)) || quotes_alone)
        && (r.capital(i + 1) || r.is(i + 1, class::DET | class::PRON | class::TITLE | class::ROLE))
        // In "the NGO, which has pictures, says Chinese officials are razing mosques" a clause follows.
        && !r.is(phrase_end(r, i + 1), class::AUX)
}

/// Whether the verb, which ends right before `after` and whose auxiliaries begin at `start`, ends a clause that "as"
/// opens. In such a clause, as in "as the neighbours noted,", a verb of saying needs no object.
fn as_told(r: &Reading<'_>, start: usize, after: usize) -> bool {
    let ends = after == r.len() || matches!(r.mark(after), ',' | '.' | ':' | ';');
    let from = start.saturating_sub(6);
    ends && (from..start).rev().take_while(|&k| r.is_word(k)).any(|k| r.lower(k) == "as" && k + 1 < start)
}

/// Whether a source of known kind, the tokens `from` to `to`, and its verb, which ends before `after`, close a sentence
/// after a comma, or stand between two: ", the mayor announced.", ", the army confirmed on Monday.", ", analysts
/// note,".
fn is_tag(r: &Reading<'_>, (from, to): (usize, usize), after: usize) -> bool {
    let Some(close) = (after..=r.len().min(after + TAG)).find(|&k| k == r.len() || !r.is_word(k)) else { return false };
    let ends = close == r.len() || matches!(r.mark(close), '.' | ',');
    let told = from > 1 && r.mark(from - 1) == ',' && from < to;
    let plain = close == after || r.is(after, class::PREP) || r.capital(after);
    told && ends && plain && matches!(speaker(r, from, to), Speaker::Named | Speaker::Role)
}

/// The first token of what is said after a verb: the one after "that", after a colon or after a quotation mark within a
/// few words, or a pronoun with its verb right after the verb of saying ("said he would"). `None` where none of these
/// comes within eight tokens, or where the sentence ends or another clause begins first.
fn clause_after(r: &Reading<'_>, from: usize) -> Option<usize> {
    let begins = begins_clause(r, from);
    // "Find it unacceptable that" is an opinion of the subject and no report.
    if r.lower(from) == "it" && !begins {
        return None;
    }
    let end = (from + 8).min(r.len());
    for k in from..end {
        let mark = r.mark(k);
        // Right before a role, "that" is taken for a determiner: "denied that officer’s claim".
        if r.lower(k) == "that" && !(k == from && r.is(k + 1, class::ROLE)) {
            return Some(k + 1);
        }
        if k == from && begins {
            return Some(k);
        }
        if mark == ':' || is_quote(mark) && k < from + 4 {
            return Some(k + 1);
        }
        if matches!(mark, '.' | ';' | '?' | '!') || r.is(k, class::AUX | class::REL) && k > from {
            return None;
        }
    }
    None
}

/// Whether a clause without "that" begins at `i`: a pronoun that may be a subject, and an auxiliary or a past tense, as
/// in "said he would" and "says it carried out the attack".
fn begins_clause(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, class::PRON)
        && !matches!(r.lower(i), "him" | "her" | "them" | "me" | "us")
        && (r.is(i + 1, class::AUX) || r.has_past_form(i + 1))
}

/// Whether a quotation of three words or more ends at most eight words before the verb, or begins at most six after it.
fn beside_quote(r: &Reading<'_>, verb: usize, quotes: &[Quote]) -> bool {
    let here = r.span(verb, verb + 1);
    quotes.iter().any(|q| {
        q.words > 2
            && (q.closed && q.span.end <= here.start && words(r, q.span.end, here.start) <= 8
                || q.opened && q.span.start >= here.end && words(r, here.end, q.span.start) <= 6)
    })
}

/// How many words stand between two places of the text, given in bytes.
fn words(r: &Reading<'_>, from: usize, to: usize) -> usize {
    r.tokens.text[from..to].split_whitespace().count()
}

/// The index after the noun phrase that starts at `from`. It ends at a mark, a relative pronoun, an auxiliary or a word
/// such as "but", and after `LONGEST` tokens. Marks that may stand inside it do not end it, such as hyphens, brackets
/// and the stop of an abbreviation ("J.", "Mr.").
pub fn phrase_end(r: &Reading<'_>, from: usize) -> usize {
    let mut k = from;
    while k < r.len() && k < from + LONGEST {
        let mark = r.mark(k);
        let stop_inside = mark == '.'
            && !r.spaced(k)
            && k > from
            && (r.tokens.raw(k - 1).chars().count() <= 2 || r.is(k - 1, class::TITLE))
            && k + 1 < r.len();
        if mark != '\0' && !stop_inside && !matches!(mark, '-' | '\'' | '’' | '&' | '/' | '%' | '(' | ')' | '$') {
            break;
        }
        if k > from
            && (r.is(k, class::REL)
                || r.is(k, class::AUX) && r.lower(k) != "'s"
                || matches!(r.lower(k), "but" | "if" | "because"))
        {
            break;
        }
        k += 1;
    }
    k
}

/// How English subjects stand before their verbs. No word between the two is stepped over, because the search begins
/// before the verb's auxiliaries and adverbs.
const SUBJECTS: Grammar = Grammar {
    longest: LONGEST,
    between: |_, _| false,
    stops: |r, i| {
        r.is(i, class::REL) && r.lower(i) != "that"
            || is_aux(r, i)
            || r.is(i, class::CONJ) && r.lower(i) != "and"
            || r.lower(i) == "what"
    },
    finite: |r, i| is_aux(r, i) || r.is(i, class::FINITE) && !r.is(i, class::ROLE | class::SPEECH | class::COMMON),
    relative: |r, i| matches!(r.lower(i), "who" | "which"),
};

/// Whether an auxiliary stands at `i`. "'s" does not count, because it may mark a genitive.
fn is_aux(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, class::AUX) && r.lower(i) != "'s"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::quote;
    use crate::lang::Lang;

    fn sources(text: &str) -> Vec<String> {
        let r = Reading::new(text, Lang::En);
        extract(&r, &quote::extract(&r)).iter().map(|a| a.source.map_or("", |s| s.of(text)).to_string()).collect()
    }

    #[test]
    fn sources_are_found() {
        assert_eq!(
            sources("According to the Syrian Observatory for Human Rights (SOHR), 12 civilians died."),
            ["the Syrian Observatory for Human Rights (SOHR)"]
        );
        assert_eq!(sources("The defence minister said that the city was holding."), ["The defence minister"]);
        assert_eq!(sources("“The city still stands,” said Rami Abdel Rahman."), ["Rami Abdel Rahman"]);
        assert_eq!(sources("Moscow denied that it had bombed the hospital."), ["Moscow"]);
        assert_eq!(sources("The road is cut, the governor’s office announced."), ["the governor’s office"]);
        assert_eq!(sources("The road is cut, the army confirmed on Monday evening."), ["the army"]);
        assert_eq!(sources("It was noted that the road was cut."), [""]);
        assert_eq!(sources("After a night of shelling, the camp opened on Monday."), [""; 0]);
    }
}
