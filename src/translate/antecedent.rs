//! Whether a sentence leans on the one before it.
//!
//! French refers to ships, texts and parties with « il » and « elle », as it does to persons. Which
//! English pronoun is right depends on the antecedent. If that stands in the sentence before, a
//! model that is given one sentence at a time can only guess, and may write "He had taken off" of a
//! plane.

use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::{any, fr};

/// How many of the first words of a sentence are searched for pronouns. What a later pronoun stands for has mostly been
/// named in the sentence itself.
const PRONOUNS: usize = 10;

/// How many of the first words are searched for possessives. Fewer are searched than for pronouns,
/// since a possessive leans on the sentence's own subject as soon as that has been named.
const POSSESSIVES: usize = 5;

/// A sentence with more words than this is not given to the model as the context of the next one.
const LONGEST: usize = 60;

/// Whether the antecedent of a pronoun of `sentence` may stand in `before`, the sentence before it, and whether
/// `before` is short enough to be given to the model.
pub fn may_stand_in(before: &str, sentence: &str) -> bool {
    before.split_whitespace().count() <= LONGEST && leans_on_the_sentence_before(sentence)
}

/// Whether a French sentence has a pronoun or possessive whose English the sentence before may decide.
fn leans_on_the_sentence_before(sentence: &str) -> bool {
    let r = Reading::new(sentence, Lang::Fr);
    let words = (0..r.len()).filter(|&i| r.is_word(i));
    words.take(PRONOUNS).enumerate().any(|(nth, i)| {
        r.among(i, &fr::LEANING_PRONOUNS) && !r.among(i + 1, &fr::BEHIND_IMPERSONAL)
            || r.among(i, &any::DEMONSTRATIVES) && r.among(i + 1, &fr::OF_THE_LATTER)
            || nth < POSSESSIVES && r.among(i, &fr::LEANING_POSSESSIVES)
    })
}

#[cfg(test)]
mod tests {
    use super::leans_on_the_sentence_before as leans;

    #[test]
    fn a_pronoun_near_the_beginning_leans_on_the_sentence_before() {
        for sentence in [
            "Il avait décollé de Brenne à 6 heures.",
            "Selon la police, elle n’a pas été revendiquée.",
            "« Nous y resterons », a-t-il déclaré.",
            "Celui-ci a été coulé par une mine.",
            "Ces derniers ont démenti.",
            "Son équipage a pu être secouru.",
            "Le gouvernement estime qu’elle a échoué.",
        ] {
            assert!(leans(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_stands_for_nothing_or_for_what_the_sentence_names_does_not() {
        for sentence in [
            "Il y a eu douze morts à Brenne.",
            "Il faut évacuer la ville, a dit le maire.",
            "La préfecture a publié mardi dans la soirée le nom de son nouveau directeur.",
            "Les rebelles tiennent le pont et leurs alliés la gare.",
        ] {
            assert!(!leans(sentence), "{sentence}");
        }
    }
}
