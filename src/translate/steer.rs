//! The rules choose: sentences in which they find something get other translations, and the one with the fewest and
//! lightest findings stays.
//!
//! A model of 1.5 billion parameters knows the right figure more often than its likeliest text has it. Two other ways to
//! ask find it: the same sentence under another prompt, and the first text with the findings as notes to correct it by.
//! A candidate is taken only if the rules find less in it and it does not stray from the first text, which the model
//! thought likeliest: the rules see figures, names, sources and quotations, and nothing of the words between.

use super::{Translation, typography};
use crate::checks::{Finding, Severity};
use crate::lexicon::hints::english_hints;
use crate::model::{Generator, Job, ModelError};
use crate::prompt::{Prompt, PromptError};
use std::collections::HashSet;

/// The prompts that make other candidates.
pub struct Prompts {
    /// Translates the sentence anew. Variable: `sentence`.
    pub anew: Prompt,
    /// Corrects the first translation. Variables: `sentence`, `draft`, `notes`.
    pub repair: Prompt,
}

impl Prompts {
    /// The project's own prompts.
    pub fn standard() -> Self {
        // A test parses every prompt of the project.
        let parse = |text| Prompt::parse(text).expect("a prompt of the project");
        Prompts {
            anew: parse(include_str!("../../prompts/translate-plain.md")),
            repair: parse(include_str!("../../prompts/repair.md")),
        }
    }
}

/// Errors and warnings in a translation. The lesser is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    pub errors: usize,
    pub warnings: usize,
}

impl Verdict {
    pub fn of(findings: &[Finding]) -> Verdict {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Verdict { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }

    fn is_clean(self) -> bool {
        self.errors + self.warnings == 0
    }
}

/// A translation as it will stand, and what the rules find in it.
#[derive(Debug, Clone)]
pub struct Judged {
    pub text: String,
    pub findings: Vec<Finding>,
}

/// Rounds of corrections: what the first leaves, or breaks, the second may still mend.
const ROUNDS: usize = 2;

/// Share of the first text's words that a candidate must keep, and of its own words that must come from there: above,
/// it is the same sentence with something put right; below, another one.
const KEPT: f64 = 0.6;

/// How much less likely than the first text another translation may be, as mean log probability of its tokens.
const LESS_LIKELY: f32 = 0.3;

/// Tries other translations of the sentences in which `judge` finds something, and keeps the best of each. `sentences` are
/// the French ones; `judge` is given a sentence's number and a translation of it. Answers which sentences changed.
///
/// # Errors
/// What the model fails with.
pub fn steer<G: Generator>(
    generator: &mut G,
    prompts: &Prompts,
    sentences: &[&str],
    translations: &mut [Translation],
    judge: &dyn Fn(usize, &str) -> Judged,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<usize>, ModelError> {
    let mut best: Vec<Judged> = translations.iter().enumerate().map(|(i, t)| judge(i, &t.text)).collect();
    let first: Vec<String> = translations.iter().map(|t| t.text.clone()).collect();
    let mut changed = HashSet::new();
    for (i, sentence) in sentences.iter().enumerate() {
        while let Some(better) = with_name_put_right(sentence, &best[i], |text| judge(i, text)) {
            translations[i].text.clone_from(&better.text);
            best[i] = better;
            changed.insert(i);
        }
    }
    for round in 0..ROUNDS {
        let open: Vec<usize> = (0..sentences.len())
            .filter(|&i| {
                !Verdict::of(&best[i].findings).is_clean() && translations[i].parts == 1 && !first[i].is_empty()
            })
            .collect();
        // Jobs of one prompt share its beginning: they are asked together.
        let [mut anew, mut repairs] = [(); 2].map(|()| (Vec::new(), Vec::new()));
        for &i in &open {
            let (sentence, draft) = (sentences[i], translations[i].text.as_str());
            let max_tokens = generator.count_tokens(sentence) * 2 + 32;
            let ask = |to: &mut (Vec<Job>, Vec<usize>), messages: Result<_, PromptError>| -> Result<(), ModelError> {
                let job = Job { messages: messages.map_err(|e| ModelError::Template(e.to_string()))?, max_tokens };
                let length: usize = job.messages.iter().map(|m| generator.count_tokens(&m.content) + 8).sum();
                if length + max_tokens <= generator.context_length() {
                    to.0.push(job);
                    to.1.push(i);
                }
                Ok(())
            };
            if round == 0 {
                ask(&mut anew, prompts.anew.messages(&[("sentence", sentence)]))?;
            }
            let notes = notes(sentence, &best[i].findings);
            let variables = [("sentence", sentence), ("draft", draft), ("notes", &notes)];
            ask(&mut repairs, prompts.repair.messages(&variables))?;
        }
        for (is_new, (jobs, owners)) in [(true, anew), (false, repairs)] {
            let answers = generator.generate(&jobs, &mut |_, _| go_on())?;
            for (i, answer) in owners.into_iter().zip(answers) {
                let text = typography::english(answer.text.trim(), sentences[i]);
                let unlikely = is_new && answer.mean_log_prob < translations[i].mean_log_prob - LESS_LIKELY;
                if text.contains('\n') || unlikely || !is_near(&text, &first[i]) {
                    continue;
                }
                let judged = judge(i, &text);
                if Verdict::of(&judged.findings) < Verdict::of(&best[i].findings) {
                    let tokens = translations[i].tokens + answer.tokens;
                    let mean_log_prob = translations[i].mean_log_prob.min(answer.mean_log_prob);
                    translations[i] = Translation { text, mean_log_prob, stop: answer.stop, parts: 1, tokens };
                    best[i] = judged;
                    changed.insert(i);
                }
            }
        }
    }
    let mut changed: Vec<usize> = changed.into_iter().collect();
    changed.sort_unstable();
    Ok(changed)
}

/// The translation with one name that the rules found changed replaced by the English form that the lexicon has for the
/// French one, if they find less in it then. A small model calls an ONG the UN, and no prompt talks it out of it.
fn with_name_put_right(sentence: &str, now: &Judged, judge: impl Fn(&str) -> Judged) -> Option<Judged> {
    let hints = english_hints(sentence);
    now.findings.iter().filter(|f| f.rule == "name-changed" && f.severity != Severity::Note).find_map(|finding| {
        let (source, target) = (finding.source?, finding.target?);
        let hint = hints.iter().find(|h| h.span.start < source.end && source.start < h.span.end)?;
        let mut text = now.text.clone();
        text.replace_range(target.start..target.end, hint.english);
        let judged = judge(&text);
        (Verdict::of(&judged.findings) < Verdict::of(&now.findings)).then_some(judged)
    })
}

/// What the rules found, one line each, and how names in it are called in English.
fn notes(sentence: &str, findings: &[Finding]) -> String {
    let heavy = findings.iter().filter(|f| f.severity != Severity::Note);
    let mut lines: Vec<String> = heavy.map(|f| format!("- {}", f.message.replace(['\n', '\r'], " "))).collect();
    for hint in english_hints(sentence) {
        if lines.iter().any(|l| l.contains(&hint.french)) {
            lines.push(format!("- « {} » is “{}” in English", hint.french, hint.english));
        }
    }
    lines.join("\n")
}

/// Whether two texts share most of their words.
fn is_near(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let share = |of: &[String], with: &[String]| {
        let with: HashSet<&String> = with.iter().collect();
        of.iter().filter(|w| with.contains(w)).count() as f64 / of.len().max(1) as f64
    };
    share(&a, &b) >= KEPT && share(&b, &a) >= KEPT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::engine::{Settings, check_pair};
    use crate::model::Stop;
    use crate::model::scripted::Scripted;

    const FRENCH: &str = "Au moins 34 habitants ont été blessés mardi dans la ville, selon la police.";
    const WRONG: &str = "At least 43 residents were wounded on Tuesday in the city, according to police.";
    const RIGHT: &str = "At least 34 residents were wounded on Tuesday in the city, according to police.";

    fn steered(first: &str, anew: &'static str, repair: &'static str) -> (String, Vec<usize>) {
        steered_from(FRENCH, first, anew, repair)
    }

    fn steered_from(french: &str, first: &str, anew: &'static str, repair: &'static str) -> (String, Vec<usize>) {
        let answer = move |job: &Job| {
            let repairs = job.messages.last().is_some_and(|m| m.content.contains("Notes:"));
            if repairs { repair.to_string() } else { anew.to_string() }
        };
        let mut model = Scripted::new(answer);
        let translation =
            Translation { text: first.into(), mean_log_prob: -0.1, stop: Stop::End, parts: 1, tokens: 20 };
        let mut translations = [translation];
        let changed =
            steer(&mut model, &Prompts::standard(), &[french], &mut translations, &judge(french), &mut || true)
                .unwrap();
        (translations[0].text.clone(), changed)
    }

    fn judge(french: &str) -> impl Fn(usize, &str) -> Judged {
        move |_, text| Judged { text: text.into(), findings: check_pair(french, text, &Settings::default()) }
    }

    #[test]
    fn a_name_that_the_lexicon_knows_is_put_right_without_asking() {
        let french = "Une information contredite par l’ONU et des témoins.";
        let wrong = "Information contradicted by NATO and witnesses.";
        let right = "Information contradicted by UN and witnesses.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
    }

    #[test]
    fn a_wrong_figure_is_mended_by_either_way() {
        assert_eq!(steered(WRONG, RIGHT, WRONG), (RIGHT.to_string(), vec![0]));
        assert_eq!(steered(WRONG, WRONG, RIGHT), (RIGHT.to_string(), vec![0]));
    }

    #[test]
    fn what_the_rules_pass_is_not_touched() {
        let other = "At least 34 locals were wounded on Tuesday in the city, according to police.";
        assert_eq!(steered(RIGHT, other, other), (RIGHT.to_string(), vec![]));
    }

    #[test]
    fn a_candidate_that_is_no_better_or_another_sentence_is_refused() {
        let worse = "Some 44 residents were wounded on Tuesday in the city.";
        assert_eq!(steered(WRONG, worse, worse).0, WRONG);
        let stray = "Police say that a minimum of 34 people who lived there had been hurt by Tuesday.";
        assert_eq!(steered(WRONG, stray, stray).0, WRONG);
    }
}
