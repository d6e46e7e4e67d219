//! Finds the subject of a verb of saying, in both languages, by one walk to the left from the verb. The walk steps over
//! insertions between commas and over relative clauses, in French also over clitics and adverbs.
//!
//! In « L'ONG, une association basée à Tarsal qui suit le conflit, affirme que … » the speaker is « L'ONG »; the nouns
//! between the commas are nearer to the verb, but none of them is its subject.

use super::attribution::{Speaker, speaker};
use super::reading::{Reading, is_quote};
use crate::lexicon::{any, class};

/// How many tokens before the closing comma of an insertion are searched for its opening comma.
const INSERTION: usize = 40;
/// How many tokens before the last phrase of a relative clause are searched for the clause's pronoun.
const RELATIVE: usize = 14;

/// What the two languages do differently. Each function tests the token at the given index.
pub struct Grammar {
    /// The most tokens that a noun phrase may have; of a longer one only the end is taken.
    pub longest: usize,
    /// Whether the token may stand between a subject and its verb, as clitics and adverbs do in French.
    pub between: fn(&Reading<'_>, usize) -> bool,
    /// Whether the token cannot be part of a noun phrase, so that the phrase begins after it.
    pub stops: fn(&Reading<'_>, usize) -> bool,
    /// Whether the token is a finite verb, and no noun or function word of the same form.
    pub finite: fn(&Reading<'_>, usize) -> bool,
    /// Whether the token is a relative pronoun that may be the subject of its clause: « qui », "who".
    pub relative: fn(&Reading<'_>, usize) -> bool,
}

impl Grammar {
    /// The subject of the verb group that begins at `at`: the subject's first token, and the token after its last. The
    /// two are equal where no subject is found.
    pub fn subject_before(&self, r: &Reading<'_>, at: usize) -> (usize, usize) {
        let mut to = at;
        while to > 0 && (self.between)(r, to - 1) {
            to -= 1;
        }
        if to == 0 {
            return (0, 0);
        }
        // In « des témoins qui affirment » the subject is « des témoins », for which the relative pronoun stands.
        if (self.relative)(r, to - 1) {
            return self.antecedent(r, to - 1);
        }
        if matches!(r.mark(to - 1), ',') {
            return self.over_insertion(r, to - 1).unwrap_or_else(|| self.noun_phrase(r, to - 1));
        }
        let (from, to) = self.noun_phrase(r, to);
        let from = self.coordinate(r, from).unwrap_or(from);
        // In « les habitants qui ont fui la ville disent » the phrase before the verb belongs to the relative clause.
        match self.relative_clause(r, from) {
            Some(pronoun) => self.antecedent(r, pronoun),
            None => (from, to),
        }
    }

    /// The subject before an insertion that ends right before `at` (the bar in « X, …, | confirme »). None if no comma
    /// stands right before `at`, or if no subject is found before the insertion.
    pub fn inserted_before(&self, r: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
        let close = at.checked_sub(1).filter(|&k| r.mark(k) == ',')?;
        self.over_insertion(r, close)
    }

    /// The noun phrase that ends right before `to`; an empty range where there is none. Marks, figures and conjunctions
    /// at its beginning are left out.
    fn noun_phrase(&self, r: &Reading<'_>, to: usize) -> (usize, usize) {
        let mut from = to;
        while from > 0 && from + self.longest > to {
            let k = from - 1;
            let mark = r.mark(k);
            if mark != '\0' && !is_inner_stop(r, k) && !matches!(mark, '-' | '\'' | '’' | '&' | '/' | '(' | ')')
                || (self.stops)(r, k)
                || from < to && r.opens_paragraph(from)
            {
                break;
            }
            from -= 1;
        }
        while from < to && (!r.is_word(from) || r.is(from, class::CONJ) && !r.capital(from)) {
            from += 1;
        }
        (from, to)
    }

    /// Where the first of two subjects that are joined by "and" begins, if the phrase that begins at `at` is the
    /// second: at « L'armée » in « L'armée et les rebelles affirment ». The first subject must be a name or a role, and
    /// stand where a clause may begin.
    fn coordinate(&self, r: &Reading<'_>, at: usize) -> Option<usize> {
        let and = at.checked_sub(1).filter(|&k| matches!(r.lower(k), "et" | "and"))?;
        let (from, to) = self.noun_phrase(r, and);
        // In « la ville est tombée et les rebelles affirment » a clause stands before « et », not a subject.
        let subject = from < to && can_be_subject(r, from) && starts_clause(r, from);
        let speaks = matches!(speaker(r, from, to), Speaker::Named | Speaker::Role);
        (subject && speaks && can_be_subject(r, at)).then_some(from)
    }

    /// The phrase for which the relative pronoun at `pronoun` stands; an empty range for « ceux qui », "those who", and
    /// where no phrase before the pronoun can be a subject.
    fn antecedent(&self, r: &Reading<'_>, pronoun: usize) -> (usize, usize) {
        let to = if pronoun > 0 && r.mark(pronoun - 1) == ',' { pronoun - 1 } else { pronoun };
        let (from, to) = self.noun_phrase(r, to);
        // The phrase may have words before its article, such as « lu » in « lu la lettre d'une cousine qui ». These
        // words are cut off.
        match (from..to).find(|&i| can_be_subject(r, i)) {
            Some(from) if from + 1 < to || !r.is(from, class::PRON | class::DET) => (from, to),
            _ => (to, to),
        }
    }

    /// The pronoun of the relative clause to which the phrase at `at` belongs, if it belongs to one: a finite verb or
    /// the pronoun stands right before the phrase. Between the pronoun and the phrase only words, hyphens and
    /// apostrophes may stand, and no conjunction or other relative pronoun.
    fn relative_clause(&self, r: &Reading<'_>, at: usize) -> Option<usize> {
        if at == 0 || !(self.finite)(r, at - 1) && !(self.relative)(r, at - 1) {
            return None;
        }
        // "Pristina, which he accuses": the pronoun is the subject itself.
        if matches!(r.lower(at), "he" | "she" | "they" | "we" | "i") {
            return None;
        }
        for k in (at.saturating_sub(RELATIVE)..at).rev() {
            if (self.relative)(r, k) {
                return Some(k);
            }
            if !(r.is_word(k) || r.joins(k)) || r.is(k, class::CONJ | class::REL) {
                return None;
            }
        }
        None
    }

    /// The subject before an insertion that the comma at `close` ends: the X of « X, …, affirme ». None where nothing
    /// before the comma can be an insertion with a subject before it.
    fn over_insertion(&self, r: &Reading<'_>, close: usize) -> Option<(usize, usize)> {
        let mut open = close;
        let mut found: Option<(usize, usize)> = None;
        while open > 0 && open + INSERTION > close {
            open -= 1;
            let mark = r.mark(open);
            if matches!(mark, ';' | ':' | '!' | '?' | '…')
                || is_quote(mark)
                || mark == '.' && !is_inner_stop(r, open)
                || r.opens_paragraph(open + 1)
            {
                break;
            }
            if mark != ',' || !self.is_insertion(r, open + 1, close) {
                continue;
            }
            let (from, to) = self.noun_phrase(r, open);
            if from == to || !can_be_subject(r, from) || !starts_clause(r, from) {
                continue;
            }
            found = match found {
                // In « Le directeur de l'hôpital, Rami X, affirme » the insertion is nothing but a name, and the phrase
                // before it has none: the name belongs to the source.
                None if is_bare_name(r, open + 1, close) && !(from..to).any(|i| r.capital(i) && !r.opens(i)) => {
                    Some((from, close))
                }
                None => Some((from, to)),
                known => known,
            };
            // An indefinite phrase after a comma may be an apposition to the words before that comma, so the search
            // goes on: « L'OSDH, une ONG basée à Londres, qui …, affirme ». The search ends at a phrase that cannot be
            // an apposition. That phrase is taken if another phrase was found first and is indefinite; otherwise the
            // phrase found first is taken, with a name that belongs to it.
            if !(is_indefinite(r, from) && from > 0 && r.mark(from - 1) == ',') {
                let first = found?.0;
                return if first != from && is_indefinite(r, first) { Some((from, to)) } else { found };
            }
        }
        found
    }

    /// Whether the words can be an insertion between a subject and its verb: a relative clause, or words without a
    /// finite verb. A form that may be the participle of a verb of saying (« écrit ») doesn't count as a finite verb.
    fn is_insertion(&self, r: &Reading<'_>, from: usize, to: usize) -> bool {
        let participle = |i| r.is(i, class::PARTICIPLE) && !r.is(i, class::AUX);
        for i in from..to {
            if r.is(i, class::REL) {
                return true;
            }
            if (self.finite)(r, i) && !participle(i) {
                return false;
            }
        }
        from < to
    }
}

/// Whether a stop stands at `k` right after a title or a word of one or two letters, and so ends no sentence:
/// "J. Donohue", "M. Sarkozy".
pub fn is_inner_stop(r: &Reading<'_>, k: usize) -> bool {
    r.mark(k) == '.'
        && !r.spaced(k)
        && k > 0
        && r.is_word(k - 1)
        && (r.tokens.raw(k - 1).chars().count() <= 2 || r.is(k - 1, class::TITLE))
}

/// Whether a subject may begin at `i`: with an article or other determiner, a number, a name, a title or a role.
fn can_be_subject(r: &Reading<'_>, i: usize) -> bool {
    // The capital of an ordinary word at the head of a sentence shows no name (« Dimanche, … »), unless another
    // follows: "Human Rights Watch".
    let is_ordinary = r.is(i, class::COMMON | class::FUNCTION) && !(r.capital(i + 1) && r.is(i + 1, class::COMMON));
    let name = r.capital(i) && !(r.opens(i) && is_ordinary);
    let number = r.among(i, &any::SMALL_NUMBERS) || r.lower(i).starts_with(|c: char| c.is_ascii_digit());
    name || number || r.is(i, class::DET | class::ROLE | class::TITLE)
}

/// Whether a clause may begin at `i`: a paragraph begins there, or a mark, a number, a conjunction or a word such as
/// « que » stands right before.
fn starts_clause(r: &Reading<'_>, i: usize) -> bool {
    r.opens_paragraph(i) || !r.is_word(i - 1) || r.is(i - 1, class::CONJ | class::REL)
}

/// Whether the phrase at `i` begins with « un », "a" or the like, or with neither a determiner nor a capital.
fn is_indefinite(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i), "un" | "une" | "a" | "an") || !r.is(i, class::DET) && !r.capital(i)
}

/// Whether all words are capitalised, as in « Rami Abdel Rahmane »; only particles such as « al » after the first word
/// may be in lower case.
fn is_bare_name(r: &Reading<'_>, from: usize, to: usize) -> bool {
    from < to && (from..to).all(|i| !r.is_word(i) || r.capital(i) || r.is(i, class::PARTICLE) && i > from)
}

#[cfg(test)]
mod tests {
    use crate::facts::attributions;
    use crate::facts::quote;
    use crate::facts::reading::Reading;
    use crate::lang::Lang;

    fn sources(text: &str, lang: Lang) -> Vec<String> {
        let r = Reading::new(text, lang);
        let found = attributions::extract(&r, &quote::extract(&r));
        found.iter().map(|a| a.source.map_or("", |s| s.of(text)).to_string()).collect()
    }

    #[test]
    fn an_apposition_is_not_the_subject() {
        for (text, source) in [
            ("L'OSDH, une ONG établie à Genève qui suit de près les combats, affirme que le pont est tombé.", "L'OSDH"),
            ("Le Front de Tarsal, allié du gouvernement, a annoncé que la route était libre.", "Le Front de Tarsal"),
            ("Le maire de Kelba, qui a quitté la ville lundi, assure que l'hôpital est vide.", "Le maire de Kelba"),
            (
                "Pour l'instant, trois habitants, interrogés dimanche soir, affirment que la route est coupée.",
                "trois habitants",
            ),
            (
                "Le directeur de l'hôpital, Karim Sadi, a déclaré que l'eau manquait.",
                "Le directeur de l'hôpital, Karim Sadi",
            ),
            (
                "Le chef du service de déminage et de secours affirme que la route est sûre.",
                "Le chef du service de déminage et de secours",
            ),
            ("L'armée et les rebelles affirment que la trêve tient.", "L'armée et les rebelles"),
            ("La ville est tombée et les rebelles affirment que la trêve tient.", "les rebelles"),
            ("Le gouverneur, un ancien général, proche du parti, affirme que la ville tient.", "Le gouverneur"),
            ("Un médecin, Karim Sadi, affirme que les lits manquent.", "Un médecin, Karim Sadi"),
            ("Un médecin, interrogé lundi, affirme que les lits manquent.", "Un médecin"),
        ] {
            assert_eq!(sources(text, Lang::Fr), [source], "{text}");
        }
        for (text, source) in [
            ("The SOHR, a London-based NGO which has a network of sources, said that the bridge fell.", "The SOHR"),
            ("Karim Sadi, the head of the hospital, said that water was scarce.", "Karim Sadi"),
        ] {
            assert_eq!(sources(text, Lang::En), [source], "{text}");
        }
    }

    #[test]
    fn a_heading_is_no_part_of_the_subject() {
        let text = "Nouveaux tirs depuis lundi\n\nL'OSDH, une ONG qui suit les combats, affirme que le pont est tombé.";
        assert_eq!(sources(text, Lang::Fr), ["L'OSDH"]);
    }

    #[test]
    fn a_relative_pronoun_stands_for_the_words_before_it() {
        for (text, source) in [
            ("Des témoins qui affirment que le marché brûle ont fui.", "Des témoins"),
            ("Les habitants qui ont fui la ville disent que le marché brûle.", "Les habitants"),
            ("Ceux qui disent que la ville est sûre mentent.", ""),
        ] {
            assert_eq!(sources(text, Lang::Fr), [source], "{text}");
        }
        assert_eq!(sources("Residents who fled said that the market was on fire.", Lang::En), ["Residents"]);
    }
}
