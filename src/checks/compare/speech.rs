//! Direct speech that became indirect: « “Nous tiendrons”, dit Haniyeh » as "Haniyeh says that they will hold on".

use crate::checks::Pair;
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::lexicon::class;

/// Words between a verb of saying and its "that": "said on Monday in Geneva that".
const ASIDE: usize = 5;
/// Words in which the speaker is introduced: "Pier Carlo Padoan, chief economist of the OECD, states that".
const INTRODUCTION: usize = 14;

/// Words in which a speaker is named behind the words: "said the prime minister on Monday".
const CLOSING: usize = 6;

/// Whether the English reports in words of its own the sentence with which the French text opens as a quotation: the
/// speaker goes before, with a verb of saying and "that", or nobody says "I" or "we" any more. Then the words are still
/// the speaker's and not the newsroom's.
pub fn is_reported(pair: &Pair<'_>, quote: &Quote) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    if shifts_tense(pair, quote) || shifts_person(pair, quote) {
        return true;
    }
    let opens = pair.source.text[..quote.span.start].trim().is_empty();
    if !opens || quote.words < 4 {
        return false;
    }
    // « “Rien ne bouge”, explique Haddad »: "According to Haddad, nothing is moving" is in the reporter's words.
    let cited = |r: &Reading<'_>, i: usize| matches!(r.lower(i), "according" | "selon" | "d'");
    if cited(english, 0) && !(0..french.len()).any(|i| cited(french, i)) {
        return true;
    }
    let introduced = INTRODUCTION.min(english.len());
    let says = |k: &usize| english.is(*k, class::FINITE) && english.info(*k).verb.is_some();
    let Some(verb) = (1..introduced).find(says) else { return false };
    // "We won't do that, says Haniyeh" is direct speech without its marks; so is "The city stands, said Sadi, the mayor".
    let parted =
        |k: usize| (k.saturating_sub(CLOSING)..k).any(|j| matches!(english.mark(j), ',' | '?' | '!' | '"' | '”'));
    let tag = |k: usize| matches!(english.mark(k - 1), ',' | '?' | '!') && english.lower(k + 1) != "that";
    let behind = (verb + 1..english.len()).any(|k| says(&k) && (k + CLOSING >= english.len() && parted(k) || tag(k)));
    if behind || matches!(english.lower(0), "i" | "we" | "i'm" | "we're") || tag(verb) {
        return false;
    }
    // "for that many", "like that," join no clause.
    let clause = |k: usize| english.lower(k) == "that" && !english.is(k - 1, class::PREP) && english.is_word(k + 1);
    // "Our results show that" is the speaker's own sentence.
    let own = (0..verb).any(|k| OWN.contains(&english.lower(k)));
    // "Let's say that": what the speaker bids.
    !own && (verb + 1..(verb + 1 + ASIDE).min(english.len())).any(clause)
}

/// Words of an English speaker about himself.
const OWN: &[&str] = &["i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"];

/// Whether French quotes somebody speaking of himself and the English has no "I" and no "we".
fn shifts_person(pair: &Pair<'_>, quote: &Quote) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let first = ["je", "j'", "nous", "me", "m'", "mon", "ma", "mes", "notre", "nos", "moi"];
    let inside = |&i: &usize| quote.inner.contains(french.span(i, i + 1));
    quote.words > 3
        && (0..french.len()).filter(inside).any(|i| first.contains(&french.lower(i)))
        && !(0..english.len()).any(|k| OWN.contains(&english.lower(k)) || english.lower(k) == "let's")
}

/// Whether the English tells at second hand what French quotes in the future: « “va s'aggraver” » as "would get worse".
/// Within quotation marks, the tense of the speaker stays.
fn shifts_tense(pair: &Pair<'_>, quote: &Quote) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let inside: Vec<usize> = (0..french.len()).filter(|&i| quote.inner.contains(french.span(i, i + 1))).collect();
    let future = |i: usize| {
        let word = french.lower(i);
        let goes = matches!(word, "va" | "vont") && french.lower(i + 1).ends_with(['r', '\'', 'e']);
        // « sera », « pourront », « nécessitera »; and no noun (« caméra ») or simple past (« gagnera » is none).
        let ends = ["era", "eront", "ira", "iront", "dra", "dront", "rra", "rront", "erons", "errons"];
        goes || word.len() > 3
            && !french.is(i, class::COMMON)
            && ends.iter().any(|e| word.ends_with(e))
            && !french.capital(i)
    };
    let says = |word: &str| (0..english.len()).any(|k| english.lower(k) == word);
    let can = |i: usize| matches!(french.lower(i), "peut" | "peuvent");
    inside.iter().any(|&i| future(i)) && says("would")
        || inside.iter().any(|&i| can(i)) && says("could") && !says("can") && !says("cannot")
}

/// Whether the words between the marks are a sentence: they have a verb or the subject of one, or end like one.
pub fn is_sentence(pair: &Pair<'_>, quote: &Quote) -> bool {
    let french = &pair.source.reading;
    let subject = |i: usize| {
        matches!(french.lower(i), "je" | "j'" | "tu" | "il" | "elle" | "on" | "nous" | "vous" | "ils" | "c'" | "ça")
    };
    quote.inner.of(pair.source.text).trim_end().ends_with(['!', '?'])
        || (0..french.len())
            .filter(|&i| quote.inner.contains(french.span(i, i + 1)))
            .any(|i| french.is(i, class::AUX) || subject(i))
}

/// What is put between marks because it is a name: « l'opération « Pluie d'été » », « le film « … » ». English writes
/// such names in capitals or italics as well.
pub fn is_label(pair: &Pair<'_>, quote: &Quote) -> bool {
    const BEARERS: &[&str] = &[
        "opération",
        "opérations",
        "plan",
        "programme",
        "projet",
        "campagne",
        "mission",
        "exercice",
        "initiative",
        "coalition",
        "film",
        "livre",
        "ouvrage",
        "roman",
        "essai",
        "album",
        "chanson",
        "série",
        "émission",
        "documentaire",
        "pièce",
        "exposition",
        "concours",
        "festival",
        "salon",
        "prix",
        "catégorie",
        "thème",
        "rubrique",
        "titre",
        "intitulé",
        "intitulée",
        "intitulés",
        "intitulées",
        "baptisé",
        "baptisée",
        "baptisés",
        "baptisées",
        "surnommé",
        "surnommée",
        "dénommé",
        "dénommée",
        "nommé",
        "nommée",
        "appelé",
        "appelée",
        "surnom",
        "nom",
        "slogan",
        "concept",
        "bataillon",
        "brigade",
        "tournoi",
        "trophée",
        "revue",
        "magazine",
        "journal",
        "site",
    ];
    let french = &pair.source.reading;
    let Some(first) = (0..french.len()).find(|&i| french.span(i, i + 1).start >= quote.span.start) else {
        return false;
    };
    // « dans la catégorie du “meilleur nouvel artiste” »
    let small = |i: usize| french.is(i, class::DET | class::PREP);
    let head = (0..first).rev().find(|&i| !small(i));
    head.is_some_and(|i| BEARERS.contains(&french.lower(i)) && first - i <= 3) && !is_sentence(pair, quote)
}
