//! Which language a text is in, by its function words: enough to notice that an English article was given for a French
//! one, and fast enough to do so always.

use crate::lang::Lang;

/// Function words that are frequent in one of these languages; a word may stand in several.
const WORDS: [(&str, &str); 7] = [
    (
        "French",
        "le la les un une des du de et est à au aux que qui dans pour par sur pas ne plus ce cette ces son sa ses leur \
         leurs il elle ils elles on nous vous a ont été avec se en où mais ou selon après entre depuis être avait",
    ),
    (
        "English",
        "the of and to in a is that for on was with as by at from it be are were has have had his her their its not but \
         this which or an they we said after who been will would more than about",
    ),
    (
        "Spanish",
        "el la los las un una de del y que en por con para se no es su al lo como más pero sus le ha fue este esta son \
         también entre desde sobre según muy",
    ),
    (
        "Italian",
        "il lo la i gli le un una di del della dei delle e che in per con si non è da al alla dal nel nella sono ha anche \
         come più ma suo sua",
    ),
    (
        "German",
        "der die das und ist in den von zu mit dem des im auf für nicht ein eine sich auch als an es aus bei nach wie \
         wurde sind hat dass er sie werden einer",
    ),
    (
        "Portuguese",
        "o a os as um uma de do da dos das e que em no na nos nas por com para se não é ao à seu sua mais como foi são \
         também pelo pela entre",
    ),
    (
        "Dutch",
        "de het een van en in is dat op te zijn met voor niet aan er ook als bij door maar naar uit om nog wordt worden \
         heeft werd die",
    ),
];

/// Fewer words than this give no verdict: a headline of names has no function words.
const MIN_WORDS: usize = 8;
/// As few function words may be names ("Los", "Die") or a quotation.
const MIN_HITS: usize = 4;

/// Name of the language of `text` where it is clearly another than `expected`; `None` where it is that one or in doubt.
pub(crate) fn other_than(expected: Lang, text: &str) -> Option<&'static str> {
    let (latin, foreign) = scripts(text);
    if foreign > latin && foreign >= MIN_WORDS {
        return Some("another script than Latin");
    }
    let sets: Vec<std::collections::HashSet<&str>> =
        WORDS.iter().map(|(_, words)| words.split_whitespace().collect()).collect();
    let mut scores = [0usize; WORDS.len()];
    let mut all = 0;
    // The first words settle it; a long text costs no more than a short one.
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(2000) {
        let word = word.to_lowercase();
        all += 1;
        for (score, set) in scores.iter_mut().zip(&sets) {
            *score += usize::from(set.contains(word.as_str()));
        }
    }
    let own_name = match expected {
        Lang::Fr => "French",
        Lang::En => "English",
    };
    let own = WORDS.iter().zip(scores).find(|((name, _), _)| *name == own_name).map_or(0, |(_, score)| score);
    let ((best, _), score) = WORDS.iter().zip(scores).max_by_key(|&(_, score)| score)?;
    // One word in six and half as many again as the expected language: French with English quotations stays French.
    (all >= MIN_WORDS && score >= MIN_HITS && score * 6 >= all && score * 2 > own * 3).then_some(*best)
}

fn scripts(text: &str) -> (usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(10_000);
    let (mut latin, mut foreign) = (0, 0);
    for c in letters {
        match c as u32 {
            0..0x250 | 0x1E00..0x1F00 => latin += 1,
            _ => foreign += 1,
        }
    }
    (latin, foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Les combats ont repris dans la nuit de lundi à mardi autour de la ville, selon une source \
        militaire jointe par téléphone, et des centaines de familles ont quitté leurs maisons.";
    const ENGLISH: &str = "Fighting resumed overnight around the city, according to a military source reached by phone, \
        and hundreds of families have left their homes in the last two days.";

    #[test]
    fn the_expected_language_passes_and_the_other_is_named() {
        assert_eq!(other_than(Lang::Fr, FRENCH), None);
        assert_eq!(other_than(Lang::En, ENGLISH), None);
        assert_eq!(other_than(Lang::Fr, ENGLISH), Some("English"));
        assert_eq!(other_than(Lang::En, FRENCH), Some("French"));
        let spanish = "Los combates se reanudaron en la noche del lunes alrededor de la ciudad, según una fuente militar, \
            y cientos de familias han dejado sus casas en los últimos días.";
        assert_eq!(other_than(Lang::Fr, spanish), Some("Spanish"));
        let russian = "Бои возобновились в ночь на вторник вокруг города, сообщил военный источник.";
        assert_eq!(other_than(Lang::Fr, russian), Some("another script than Latin"));
    }

    #[test]
    fn one_english_sentence_is_enough() {
        let text = "The army said on Monday that twelve people were killed in the attack.";
        assert_eq!(other_than(Lang::Fr, text), Some("English"));
    }

    #[test]
    fn a_headline_of_names_gives_no_verdict() {
        assert_eq!(other_than(Lang::Fr, "Idlib, Alep, Hama"), None);
        assert_eq!(other_than(Lang::Fr, "Los Angeles, Die Zeit, The Guardian, El Watan : revue de presse"), None);
    }
}
