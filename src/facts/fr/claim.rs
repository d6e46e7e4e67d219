//! Finds what somebody claims, asks for or is accused of by a French verb of saying: the words after « que », a colon
//! or a quotation mark, an infinitive, or the words after « à » or « de ».

use super::phrase::{is_time, time_end};
use crate::facts::reading::{Reading, is_quote};
use crate::facts::subject::is_inner_stop;
use crate::lexicon::class;

/// The first token of the claim after a verb of saying and the time that may follow it: the one after « que » (among
/// the first ten tokens), the one after a colon or a quotation mark (among the first four), or an infinitive or « ne »
/// near the verb. `None` where none of these is found, where the « que » belongs to an object or to « ce », or where
/// the sentence ends or another clause begins before it.
pub(super) fn clause_after(r: &Reading<'_>, from: usize) -> Option<usize> {
    let from = time_end(r, from);
    let mut k = from;
    let end = (from + 10).min(r.len());
    // After an object, « que » belongs to the object and begins no claim: « communiquera aussi l'ordre que ».
    let first = (from..end).find(|&k| !r.is(k, class::ADV)).unwrap_or(from);
    let object = r.is(first, class::DET) && !r.joins(first + 1) || r.capital(first);
    while k < end {
        let mark = r.mark(k);
        match r.lower(k) {
            "que" | "qu'" if object || r.lower(k - 1) == "ce" => return None,
            "et" | "mais" | "ou" | "si" => return None,
            "que" | "qu'" => return Some(k + 1),
            "avoir" | "être" | "vouloir" | "pouvoir" | "ne" | "n'" if k < from + 2 => return Some(k),
            // As in « affirme contrôler la ville ».
            _ if k == from && is_infinitive(r, k) => return Some(k),
            _ => {}
        }
        if (mark == ':' || is_quote(mark)) && k < from + 4 {
            return Some(k + 1);
        }
        if matches!(mark, '.' | ';' | '?' | '!')
            || k > from
                && r.is(k, class::AUX | class::FINITE)
                && !r.is(k, class::DET | class::PREP | class::ROLE | class::SPEECH)
        {
            return None;
        }
        k += 1;
    }
    None
}

/// The index after the claim that begins at `from`. It ends with its sentence (a stop before a capital or a quotation
/// mark), or else with its paragraph or the text.
pub(super) fn claim_end(r: &Reading<'_>, from: usize) -> usize {
    let stop = |k: usize| matches!(r.mark(k), '.' | '!' | '?') && !is_inner_stop(r, k);
    let next = |k: usize| r.opens_paragraph(k) || r.opens(k) && (r.capital(k) || is_quote(r.mark(k)));
    match (from..r.len()).find(|&k| stop(k) && next(k + 1) || r.opens_paragraph(k + 1)) {
        Some(k) if stop(k) && k > from => k,
        Some(k) => k + 1,
        None => r.len(),
    }
}

/// Whether the word has the ending of an infinitive and no capital, and the lexicon does not list it as a function
/// word, a role, a title, something said or a common word. It lists a few infinitives (« voir ») as common words, so
/// that they are left out. « Hier » is no infinitive either.
fn is_infinitive(r: &Reading<'_>, i: usize) -> bool {
    let word = r.lower(i);
    let ends = ["er", "ir", "dre", "tre", "ire", "vre", "ure"];
    let ends = ends.iter().any(|e| word.ends_with(e) && word.len() > e.len() + 1);
    ends && r.is_word(i)
        && !r.capital(i)
        && !r.is(i, class::FUNCTION | class::ROLE | class::TITLE | class::SPEECH | class::COMMON)
        && !is_time(word)
}

/// Whether a « de » among the eight tokens from `after` on, with an infinitive right after it, tells what somebody is
/// accused of: « d'avoir brûlé », « de préparer une attaque ».
pub(super) fn accused_of(r: &Reading<'_>, after: usize) -> bool {
    (after..(after + 8).min(r.len())).any(|k| {
        matches!(r.lower(k), "de" | "d'") && (is_infinitive(r, k + 1) || matches!(r.lower(k + 1), "avoir" | "être"))
    })
}

/// Whether somebody or something is asked for after the verb: « appelle à un cessez-le-feu », « a appelé les autorités
/// à remettre », « demande aux civils de partir ». An object or « à » must follow at once, and « à » or « de » must be
/// among the first ten tokens.
pub(super) fn asks(r: &Reading<'_>, after: usize) -> bool {
    let addressed = r.is(after, class::DET) || r.capital(after) || matches!(r.lower(after), "à" | "aux" | "au");
    let rest = after..(after + 10).min(r.len());
    addressed
        && rest.clone().any(|k| matches!(r.lower(k), "à" | "de" | "d'") || k == after && r.lower(k).starts_with("au"))
}

/// Whether this is a form of a verb whose object is an event that it reports, such as « signaler » or « rapporter ».
/// The object of « montrer » or « publier » may be anything.
pub(super) fn reports_events(form: &str) -> bool {
    ["signal", "rapport", "révèl", "révél", "constat"].iter().any(|p| form.starts_with(p))
}
