//! Finds where the noun phrase of a French source begins and ends.

use crate::facts::reading::Reading;
use crate::facts::subject::Grammar;
use crate::lexicon::{class, fr};

/// How many tokens a noun phrase has at most; a longer one is cut.
const LONGEST: usize = 14;

/// Whether the phrase `from..to` after « selon » names a rule, a measure or a manner and not a source: it begins with a
/// possessive (« leurs besoins »), or its noun is in a list of such nouns.
pub(super) fn rests_on_rule(r: &Reading<'_>, from: usize, to: usize) -> bool {
    let possessive = r.among(from, &fr::POSSESSIVES);
    let head = (from..to).find(|&i| r.is_word(i) && !r.is(i, class::DET));
    // « l'article 4 » is a rule, but « un article du journal » is a source.
    if matches!(r.lower(from), "un" | "des") && head.is_some_and(|i| r.lower(i).starts_with("article")) {
        return false;
    }
    // A noun with a hyphen is another word than the one in the list: « l'état-major » is a source, « l'état des
    // routes » is not.
    let compound = head.is_some_and(|i| r.joins(i + 1));
    // The noun may follow « bon »: « selon le bon vouloir du général ».
    let head = head.map(|i| i + usize::from(r.lower(i) == "bon"));
    possessive || !compound && head.is_some_and(|i| r.among(i, &fr::RULES))
}

/// Whether a noun phrase that can be a subject starts at `i`: with an article or another determiner, a capital, a role
/// or a title.
pub(super) fn subject_follows(r: &Reading<'_>, i: usize) -> bool {
    i < r.len()
        && r.is_word(i)
        && !r.is(i, class::PREP | class::REL | class::CONJ | class::AUX | class::ADV)
        && (r.is(i, class::DET) || r.capital(i) || r.is(i, class::ROLE | class::TITLE))
}

/// The index after the noun phrase that starts at `from`. It ends at a mark (unless that may stand inside a phrase, as
/// a hyphen may), at a relative pronoun, a finite verb, the beginning of a new clause or a participle such as « cité »
/// before « par », and in any case after `LONGEST` tokens.
pub fn phrase_end(r: &Reading<'_>, from: usize) -> usize {
    let mut k = from;
    while k < r.len() && k < from + LONGEST {
        let mark = r.mark(k);
        let stop_inside = mark == '.'
            && k + 1 < r.len()
            && !r.spaced(k)
            && r.is_word(k - 1)
            && (r.tokens.raw(k - 1).chars().count() <= 2 || r.is(k - 1, class::TITLE));
        if mark != '\0' && !stop_inside && !matches!(mark, '-' | '\'' | '’' | '&' | '/' | '%' | '(' | ')')
            || mark == '(' && k == from
        {
            break;
        }
        if k > from
            && (r.is(k, class::REL)
                // The first word after an article is a noun, even if it is written like a verb: « selon la note ».
                || is_finite(r, k) && !(k == from + 1 && r.is(from, class::DET))
                || begins_anew(r, k)
                || matches!(r.lower(k), "mais" | "si" | "s'" | "ne" | "n'" | "se")
                || r.lower(k) == "en" && r.among(k + 1, &fr::ON_AN_OCCASION)
                // A participle with its agent is no part of the name: « des responsables | cités par la radio ».
                || r.lower(k + 1) == "par" && ["cité", "interrogé", "joint", "contacté"].iter().any(|p| r.lower(k).starts_with(p)))
        {
            break;
        }
        k += 1;
    }
    // A conjunction, preposition or mark at the end belongs to what follows: « plusieurs observateurs et porterait »,
    // « par le maire de ne rien faire ».
    let hangs = |k: usize| {
        let mark = !r.is_word(k) && !matches!(r.mark(k), ')' | '.' | '\0');
        mark || r.is(k, class::CONJ | class::PREP) && !r.is(k, class::DET | class::COMMON) && !r.capital(k)
    };
    while k > from && hangs(k - 1) {
        k -= 1;
    }
    k
}

/// Whether the article or pronoun at `k` begins a new clause because it stands right after a noun, where a comma was
/// left out: « selon la Banque mondiale | la croissance ralentit ». In « le journal l'Orient » and « le numéro un » the
/// noun phrase goes on.
fn begins_anew(r: &Reading<'_>, k: usize) -> bool {
    r.among(k, &fr::CLAUSE_OPENERS)
        && !r.capital(k)
        && r.is_word(k - 1)
        && !r.is(k - 1, class::FUNCTION)
        && !matches!(r.lower(k - 1), "numéro" | "tout" | "toute" | "tous" | "toutes" | "même" | "chez")
        && (!r.capital(k + 1) || !r.is(k - 1, class::ROLE | class::SPEECH))
}

/// The index after the time that may follow a verb of saying (« a annoncé | mardi dernier | que », « a dit | le
/// lendemain | que »); `from` where none follows.
pub(super) fn time_end(r: &Reading<'_>, from: usize) -> usize {
    let mut k = from;
    let article = matches!(r.lower(k), "le" | "la" | "un" | "ce" | "cette");
    if article && (is_time(r.lower(k + 1)) || r.among(k + 1, &fr::MOMENTS)) {
        k += 2;
    }
    while is_time(r.lower(k)) || k > from && matches!(r.lower(k), "passé" | "dernier" | "prochain") {
        k += 1;
    }
    k
}

/// Whether the word says when something was said, as in « a dit mardi soir »: a weekday, « hier », « matin » or
/// « soir ».
pub(super) fn is_time(word: &str) -> bool {
    fr::WEEKDAYS.has(word) || matches!(word, "hier" | "matin" | "soir")
}

/// The index after a speaker who follows the verb and whose noun phrase ends at `end`. The speaker ends before the
/// time, the occasion, the medium, or whom they spoke to: « la mairie | dans une lettre », « le ministre | à l'AFP ».
pub(super) fn speaker_end(r: &Reading<'_>, from: usize, end: usize) -> usize {
    // Words that open a phrase for when, on what occasion or in whose presence something was said.
    const OCCASION: &[&str] = &["lors", "devant", "auprès", "avant", "après", "pendant"];
    // « Dans un communiqué » and « sur Telegram » name a medium, but « dans le risque » in « une ONG spécialisée dans
    // le risque » does not.
    let medium = |k: usize| {
        let channel = |k: usize| matches!(r.lower(k), "réseau" | "réseaux" | "compte" | "page" | "chaîne" | "antenne");
        matches!(r.lower(k), "dans" | "sur" | "via")
            && (r.is(k + 1, class::SPEECH) || r.is(k + 2, class::SPEECH) || channel(k + 1) || channel(k + 2))
            || matches!(r.lower(k), "sur" | "via") && r.capital(k + 1)
    };
    let told = |k: usize| {
        matches!(r.lower(k), "à" | "au" | "aux")
            && (r.is(k + 1, class::SPEECH) || r.is(k + 1, class::DET) && (r.upper(k + 2) || r.is(k + 2, class::SPEECH)))
    };
    (from + 1..end)
        .find(|&k| OCCASION.contains(&r.lower(k)) || is_time(r.lower(k)) || medium(k) || told(k))
        .filter(|&k| (from..k).any(|i| r.is_word(i) && !r.is(i, class::DET)))
        .unwrap_or(end)
}

/// How French subjects stand before their verbs.
pub(super) const SUBJECTS: Grammar = Grammar {
    longest: LONGEST,
    between: |r, i| r.among(i, &fr::BEFORE_VERBS) || r.is(i, class::ADV),
    stops: |r, i| {
        r.is(i, class::REL)
            || is_finite(r, i)
            // A conjunction before a preposition is part of the phrase: « le service de déminage et de secours ».
            || matches!(r.lower(i), "et" | "ou") && !r.is(i + 1, class::PREP) && !r.capital(i)
            || matches!(r.lower(i), "mais" | "si" | "car") && !r.capital(i)
    },
    finite: is_finite,
    relative: |r, i| matches!(r.lower(i), "qui" | "laquelle" | "lequel" | "lesquels" | "lesquelles"),
};

/// Whether an auxiliary, a finite verb of saying or a word with a finite ending stands at `i`, and not a noun or
/// function word that is written like one.
fn is_finite(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, class::AUX | class::FINITE)
        && !r.is(i, class::DET | class::PREP | class::ROLE | class::SPEECH | class::COMMON)
        && !r.capital(i)
        && !after_article(r, i)
        || is_imperfect(r, i)
}

/// Whether an article or preposition before the word at `i` shows that it is a noun, even if it is written like a verb:
/// « d'alerte », « une annonce ». « Le », « la », « les », « l' », « leur » and « en » show nothing, because they may
/// also be pronouns before a verb.
fn after_article(r: &Reading<'_>, i: usize) -> bool {
    i > 0
        && !r.is(i, class::AUX)
        && (r.is(i - 1, class::PREP) || r.is(i - 1, class::DET))
        && !matches!(r.lower(i - 1), "le" | "la" | "les" | "l'" | "leur" | "en")
}

/// Whether the word at `i`, which the lexicon does not know, has an ending of verbs that hardly any noun has:
/// « circulaient », « gagnèrent », « montait ».
fn is_imperfect(r: &Reading<'_>, i: usize) -> bool {
    let word = r.lower(i);
    let ends = word.ends_with("aient") || word.ends_with("èrent") || word.ends_with("ait") && word.len() > 5;
    ends && r.info(i).class == 0 && !r.capital(i) && !fr::NO_IMPERFECTS.has(word) && !word.ends_with("trait")
}
