//! Words that judge are replaced or refused where the summary itself would be saying them. They may stay where somebody
//! is quoted or named as saying them.

use crate::english::typography::with_capital_of;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, FactValue, quote};
use crate::lang::Lang;
use crate::lexicon::en;
use crate::lexicon::neutral::{self, LoadedWord};

/// The words that a summary avoids.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Rows of more words come before rows of fewer, so that "terrorist attack" is found before "terrorist".
    rows: Vec<LoadedWord>,
}

impl Wording {
    /// The built-in table with the user's rows `own` added, which replace built-in ones for the
    /// same words.
    pub fn with(own: &[LoadedWord]) -> Self {
        let builtin = neutral::builtin();
        let kept = builtin.into_iter().filter(|b| !own.iter().any(|o| o.words == b.words));
        let mut rows: Vec<LoadedWord> = own.iter().cloned().chain(kept).collect();
        rows.sort_by_key(|r| std::cmp::Reverse(r.words.split(' ').count()));
        Wording { rows }
    }

    /// The sentence in neutral words. A word stays if it is inside quotation marks, if its row
    /// gives the same word as neutral, or if the sentence names a source or accuses somebody. The
    /// last of these does not excuse the words of a row with [`LoadedWord::own`].
    ///
    /// # Errors
    /// The first word that must not stay and for which the table has no neutral one.
    pub fn neutral(&self, sentence: &str) -> Result<String, String> {
        let r = Reading::new(sentence, Lang::En);
        let quotes = quote::extract(&r);
        let attributed = is_attributed(sentence) || r.has_any(&en::ACCUSING);
        let mut out = String::with_capacity(sentence.len());
        let (mut i, mut done) = (0, 0);
        while i < r.len() {
            let found = self.rows.iter().find_map(|row| Some((row, self.at(&r, i, row)?)));
            let Some((row, end)) = found else {
                i += 1;
                continue;
            };
            let span = r.span(i, end);
            let excused = quotes.iter().any(|q| q.span.contains(span)) || attributed && !row.own;
            i = end;
            if excused || row.neutral.as_deref() == Some(&row.words) {
                continue;
            }
            let Some(neutral) = &row.neutral else { return Err(span.of(sentence).to_string()) };
            out.push_str(&sentence[done..span.start]);
            mend_article(&mut out, neutral);
            out.push_str(&with_capital_of(span.of(sentence), neutral));
            done = span.end;
        }
        out.push_str(&sentence[done..]);
        // Otherwise "the regime government" would become "the government government".
        Ok(out.replace("government government", "government"))
    }

    /// The token after the row's words if these begin at token `i`, else `None`.
    fn at(&self, r: &Reading<'_>, i: usize, row: &LoadedWord) -> Option<usize> {
        let mut at = i;
        for word in row.words.split([' ', '-']) {
            if at > i {
                while r.joins(at) {
                    at += 1;
                }
            }
            if at >= r.len() || !r.is_word(at) || r.lower(at) != word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Whether the sentence names a source for what it says.
pub fn is_attributed(sentence: &str) -> bool {
    let facts = facts::extract(sentence, &Context { lang: Lang::En, date: None });
    facts.iter().any(|f| matches!(&f.value, FactValue::Attribution(a) if a.has_strong_source()))
}

/// Changes "a" to "an" or "an" to "a" at the end of `before` as the first letter of `new` requires: "a terrorist"
/// becomes "an attacker".
fn mend_article(before: &mut String, new: &str) {
    let vowel = new.starts_with(['a', 'e', 'i', 'o', 'u']);
    let tail =
        |s: &str, article: &str| s.strip_suffix(article).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    for (has, wants, with_vowel) in
        [("a ", "an ", true), ("A ", "An ", true), ("an ", "a ", false), ("An ", "A ", false)]
    {
        if vowel == with_vowel && tail(before, has) {
            before.truncate(before.len() - has.len());
            before.push_str(wants);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neutral(sentence: &str) -> Result<String, String> {
        Wording::with(&[]).neutral(sentence)
    }

    #[test]
    fn the_summary_does_not_judge() {
        assert_eq!(neutral("The Syrian regime lost a base.").unwrap(), "The Syrian government lost a base.");
        assert_eq!(neutral("A terrorist was killed.").unwrap(), "An attacker was killed.");
        assert_eq!(neutral("The rebels liberated the town."), Err("liberated".into()));
        let fight = "He called for a fight against terrorism.";
        assert_eq!(neutral(fight).unwrap(), fight, "of terrorism in general one may speak");
        assert_eq!(neutral("It was an act of terrorism.").unwrap(), "It was an attack.");
        let branch = "The front is a branch of a terrorist network.";
        assert_eq!(neutral(branch).unwrap(), "The front is a branch of a network.");
        let charge = "He is held for financing a terrorist enterprise.";
        assert_eq!(neutral(charge).unwrap(), charge, "a charge is called what the law calls it");
        assert_eq!(neutral("Talks on regime change failed.").unwrap(), "Talks on regime change failed.");
    }

    #[test]
    fn who_is_quoted_or_named_may_judge() {
        for fair in [
            "The army fought off “terrorist groups”.",
            "The army said it had killed ten terrorists.",
            "The opposition accuses the army of a massacre in Brumel.",
            "“Our martyrs of the regime will be avenged,” the group said.",
        ] {
            assert_eq!(neutral(fair).unwrap(), fair);
        }
        // "regime" is the writer's word, whoever is the source of the rest.
        let cut = neutral("The regime lost a base, according to the Observatory.").unwrap();
        assert_eq!(cut, "The government lost a base, according to the Observatory.");
    }

    #[test]
    fn the_user_decides_which_words_are_loaded() {
        let row = |words: &str, neutral: Option<&str>| LoadedWord {
            words: words.into(),
            neutral: neutral.map(str::to_string),
            own: false,
        };
        let own = Wording::with(&[row("regime", Some("regime")), row("militia", Some("armed group"))]);
        assert_eq!(own.neutral("A militia fought the regime.").unwrap(), "An armed group fought the regime.");
    }
}
