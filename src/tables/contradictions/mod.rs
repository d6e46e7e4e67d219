//! Claims of different sources that cannot all be true, found by rules in the French.
//!
//! It is better to miss a contradiction than to set two sources against each other that agree. So two claims are paired
//! only where the text says that one denies the other ([`denial`]), or where one says the contrary of what the other
//! says about the same thing ([`opposition`]). Figures that exclude each other are found apart ([`figures`]).

mod denial;
pub mod figures;
mod opposition;
mod statement;

use crate::checks::Confidence;
use crate::facts::reading::Reading;
use crate::span::Span;
use crate::tables::rows::{ClaimRef, Conflict, Contradiction, Side, SourceRow};
use crate::tables::sentence_pair::SentencePair;
use statement::{Statement, statements};

/// How two claims exclude each other. If one denies the other, the claim that is denied is the
/// first of the two; otherwise the earlier claim is.
struct Exclusion {
    conflict: Conflict,
    confidence: Confidence,
    /// The words of each claim on which the contradiction turns.
    words: [Span; 2],
    /// French words that both claims have, or the town that they are about.
    about: Vec<String>,
}

/// The contradictions of an article other than those of figures, in the order of the sentences. `readings` are those of
/// the French of the sentences.
pub fn find(sentences: &[SentencePair<'_>], readings: &[Reading<'_>], rows: &[SourceRow]) -> Vec<Contradiction> {
    let all = statements(sentences, readings, rows);
    let mut pairs: Vec<(usize, usize, Exclusion)> = Vec::new();
    for at in 0..all.len() {
        pairs.extend(denial::denied(&all, at).into_iter().map(|(i, pair)| (i, at, pair)));
    }
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate().skip(i + 1) {
            if a.row != b.row && asserts(a) && asserts(b) {
                pairs.extend(opposition::between(a, b).map(|pair| (i, j, pair)));
            }
        }
    }
    let mut found: Vec<Contradiction> = Vec::new();
    for (i, j, pair) in pairs {
        add(&mut found, &all, i, j, pair);
    }
    found.iter_mut().flat_map(|c| &mut c.sides).for_each(|side| prefer_assertions(side, &all));
    found.sort_by_key(|c| (c.sides[0].claims[0].sentence, c.sides[1].claims[0].sentence));
    found
}

/// Replaces a claim that asserts nothing, such as a denial, by a claim in which the same source
/// asserts something in the same sentence, if there is one. In « contestée par des riverains qui
/// assurent que … » the second claim tells more.
fn prefer_assertions(side: &mut Side, all: &[Statement<'_>]) {
    for claim in &mut side.claims {
        let assertion = all.iter().find(|s| s.row == claim.row && s.claim.sentence == claim.sentence && asserts(s));
        let asserts_nothing = all.iter().any(|s| s.row == claim.row && s.index == claim.claim && !asserts(s));
        if let Some(s) = assertion.filter(|_| asserts_nothing) {
            *claim = s.claim_ref(s.scope);
        }
    }
}

/// Whether a claim asserts that something is so. Denials, questions, demands, promises, warnings and words of support
/// do not, nor does a claim whose verb is negated.
fn asserts(s: &Statement<'_>) -> bool {
    !s.claim.negated && !matches!(s.claim.verb.as_str(), "deny" | "ask" | "demand" | "support" | "promise" | "warn")
}

/// Adds a pair of claims, `i` and `j`, to the first contradiction that has one of them already; if there is none, makes
/// a new one. Claims of the same source in the same sentence count as one.
fn add(found: &mut Vec<Contradiction>, all: &[Statement<'_>], i: usize, j: usize, pair: Exclusion) {
    let (first, second) = (all[i].claim_ref(pair.words[0]), all[j].claim_ref(pair.words[1]));
    let same = |a: &ClaimRef, b: &ClaimRef| a.row == b.row && a.sentence == b.sentence;
    for c in found.iter_mut() {
        for (x, y) in [(0, 1), (1, 0)] {
            let on = |side: usize, r: &ClaimRef| c.sides[side].claims.iter().position(|k| same(k, r));
            let (at_x, at_y) = (on(x, &first), on(y, &second));
            if at_x.is_none() && at_y.is_none() {
                continue;
            }
            for (side, known, new) in [(x, at_x, &first), (y, at_y, &second)] {
                if known.is_none() {
                    c.sides[side].claims.push(new.clone());
                    c.sides[side].claims.sort_by_key(|k| k.sentence);
                }
            }
            c.confidence = c.confidence.max(pair.confidence);
            for word in &pair.about {
                if !c.about.contains(word) {
                    c.about.push(word.clone());
                }
            }
            return;
        }
    }
    let sides = if j < i { [second, first] } else { [first, second] };
    found.push(Contradiction {
        reason: pair.conflict,
        confidence: pair.confidence,
        sides: sides.map(|side| Side { claims: vec![side] }),
        about: pair.about,
    });
}

#[cfg(test)]
mod tests {
    use crate::tables::rows::{Conflict, Contradiction};
    use crate::tables::{Tables, of_pairs};

    /// The tables of French sentences, each of which is taken for its own translation.
    fn tables(sentences: &[&str]) -> Tables {
        of_pairs(&sentences.iter().map(|&s| (s, s)).collect::<Vec<_>>())
    }

    /// Reason, and the sentences of both sides.
    fn found(sentences: &[&str]) -> Vec<(Conflict, Vec<usize>, Vec<usize>)> {
        let numbers = |c: &Contradiction, side: usize| c.sides[side].claims.iter().map(|k| k.sentence).collect();
        tables(sentences).contradictions.iter().map(|c| (c.reason, numbers(c, 0), numbers(c, 1))).collect()
    }

    #[test]
    fn a_denied_information_is_what_was_said_before() {
        let found = found(&[
            "Un porte-parole de la garde a déclaré que le barrage de Selm était intact.",
            "Une information démentie par l'ONG Rivages et des riverains qui affirment que l'eau a emporté la digue.",
        ]);
        assert_eq!(found, [(Conflict::Denial, vec![1], vec![2, 2])]);
    }

    #[test]
    fn denied_accusations_are_those_before() {
        let found = found(&[
            "Le gouverneur a déclaré que les rebelles volaient du blé.",
            "Les rebelles ont nié ces accusations et soutiennent que la milice tient la route.",
        ]);
        assert_eq!(found, [(Conflict::Denial, vec![1], vec![2])]);
    }

    #[test]
    fn the_same_with_and_without_negation() {
        for (denied, told) in [
            (
                "Selon un officier, les insurgés n'ont pas atteint les faubourgs de Tarsal.",
                "Le maire affirme que les rebelles sont entrés dans la ville de Tarsal.",
            ),
            (
                "Selon un officier, l'armée n'a pas bombardé l'hôpital de Selm.",
                "Le maire affirme que l'armée a bombardé l'hôpital de Selm.",
            ),
        ] {
            assert_eq!(found(&[denied, told]), [(Conflict::Negation, vec![1], vec![2])], "{told}");
        }
    }

    #[test]
    fn who_holds_a_town_and_who_took_it() {
        let found = found(&[
            "L'armée affirme que ses soldats tiennent la ville de Tarsal.",
            "Selon des habitants, les rebelles ont pris la ville de Tarsal.",
        ]);
        assert_eq!(found, [(Conflict::Opposite, vec![1], vec![2])]);
    }

    #[test]
    fn an_accused_who_denies() {
        let found = found(&[
            "Le gouverneur a accusé la milice Alizé d'avoir incendié le marché de Kelba.",
            "La pluie tombe depuis lundi.",
            "La milice Alizé a nié toute implication dans l'incendie du marché.",
        ]);
        assert_eq!(found, [(Conflict::Denial, vec![1], vec![3])]);
    }

    #[test]
    fn what_agrees_or_has_nothing_in_common_is_no_contradiction() {
        for pair in [
            // Another town.
            [
                "Selon un officier, les insurgés n'ont pas atteint les faubourgs de Tarsal.",
                "Le maire affirme que les rebelles sont entrés dans la ville de Kelba.",
            ],
            // Not having entered agrees with having come near.
            [
                "Selon un officier, les insurgés ne sont pas entrés dans la ville de Tarsal.",
                "Le maire affirme que les rebelles ont atteint les portes de la ville de Tarsal.",
            ],
            // Other actors.
            [
                "Selon un officier, l'armée n'est pas entrée dans la ville de Tarsal.",
                "Le maire affirme que les rebelles sont entrés dans la ville de Tarsal.",
            ],
            // The same source may correct itself.
            [
                "Le maire affirme que la route de Selm n'est pas coupée.",
                "Le maire affirme que la route de Selm est coupée.",
            ],
        ] {
            assert_eq!(found(&pair), [], "{pair:?}");
        }
    }

    #[test]
    fn tolls_of_two_sources_exclude_each_other_only_for_the_same_event() {
        let army = "L'armée affirme que dix soldats ont été tués dans l'attaque du pont.";
        let rebels = "Selon les rebelles, quarante soldats ont été tués dans l'attaque du pont.";
        assert_eq!(found(&[army, rebels]), [(Conflict::Figures, vec![1], vec![2])]);
        for other in [
            "Selon les rebelles, quarante soldats ont été tués dans le naufrage du bac.",
            "Selon les rebelles, plus de neuf soldats ont été tués dans l'attaque du pont.",
            "Selon un précédent bilan des rebelles, quarante soldats ont été tués dans l'attaque du pont.",
            "Selon les rebelles, quarante autres soldats ont été tués dans l'attaque du pont.",
        ] {
            assert_eq!(found(&[army, other]), [], "{other}");
        }
    }
}
