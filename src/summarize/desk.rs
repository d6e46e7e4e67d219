//! The desk: statements of the article with the forms in which each may stand, weighed and put right before the plan
//! chooses among them.

use super::material::Material;
use super::statement::{self, Statement};
use super::vet::Vetted;
use super::{Options, antecedents, count_words, joints, select};
use crate::checks::engine::Settings as CheckSettings;
use crate::dispatch::{Origin, Rejected};
use crate::translate::likelihood::Pair;

/// Statements among which the summary chooses: more than it needs, since some will not pass.
const CANDIDATES: usize = 10;

/// Statements whose translations are weighed: more than [`CANDIDATES`], since those that are doubtful make place.
const WEIGHED: usize = 14;

/// Mean log probability of the French behind a translation below which a sentence loses worth, and how much it loses
/// for each unit. Of 61 sentences of summaries none of the 27 above was wrong, and below every third one.
const DOUBTFUL: f32 = -0.85;
const DOUBT: f64 = 2.;

/// Translations that the model is asked to put right.
const REPAIRS: usize = 6;

/// Longer sentences are taken in a shorter form where there is one.
const LONG: usize = 32;

/// One form of a statement that has passed.
#[derive(Debug, Clone)]
pub(super) struct StatementForm {
    pub text: String,
    pub words: usize,
    pub origin: Origin,
}

/// What is to be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Title,
    /// The statement with this index.
    Statement(usize),
}

/// A translation that the rules refuse, and why.
#[derive(Debug)]
pub struct Broken {
    which: Which,
    pub french: String,
    pub english: String,
    pub reason: String,
}

impl Broken {
    fn new(which: Which, statement: &Statement, reason: &str) -> Self {
        let (french, english) = (statement.french.clone(), statement.english.clone());
        Broken { which, french, english, reason: reason.to_string() }
    }
}

/// A summary in the making.
pub struct Desk<'a> {
    pub(super) material: &'a Material<'a>,
    pub(super) statements: Vec<Statement>,
    pub(super) scores: Vec<f64>,
    pub(super) options: &'a Options,
    checks: &'a CheckSettings,
    /// Of each statement, or why it cannot stand.
    pub(super) vetted: Vec<Result<Vetted<'a>, String>>,
    /// The headline, or why it cannot stand.
    pub(super) title: Option<Result<Vetted<'a>, (Statement, String)>>,
    /// Forms that have passed: the whole sentence, then those without its asides; of a long one these come first.
    pub(super) forms: Vec<Vec<StatementForm>>,
    pub(super) rejected: Vec<Rejected>,
}

impl<'a> Desk<'a> {
    pub fn new(
        material: &'a Material<'a>,
        statements: Vec<Statement>,
        scores: Vec<f64>,
        options: &'a Options,
        checks: &'a CheckSettings,
    ) -> Self {
        let vetted: Vec<_> = statements.iter().map(|s| Vetted::new(s, &options.wording, checks)).collect();
        let whole = |v: &Vetted<'_>| forms(v, Origin::Translation);
        let forms = vetted.iter().map(|v| v.as_ref().map_or(Vec::new(), whole)).collect();
        let title = material.title.as_ref().map(|t| {
            let statement = Statement::plain(t.numbers[0], &t.french, &t.english);
            let vetted = Vetted::new(&statement, &options.wording, checks);
            // A headline is taken whole or not at all.
            let vetted = vetted.and_then(|v| match v.flaw() {
                Some(flaw) => Err(flaw.to_string()),
                None => Ok(v),
            });
            vetted.map_err(|reason| (statement, reason))
        });
        Desk { material, statements, scores, options, checks, vetted, title, forms, rejected: Vec::new() }
    }

    /// The statements that the summary would want, whose translations should be weighed.
    pub fn to_weigh(&self) -> Vec<usize> {
        self.wanted(WEIGHED).collect()
    }

    /// The English of statements, and the French that should be behind it.
    pub fn pairs(&self, which: &[usize]) -> Vec<Pair<'a>> {
        let lines = which.iter().map(|&i| &self.material.lines[i]);
        lines.map(|l| Pair { sentence: &l.english, answer: &l.french }).collect()
    }

    /// Takes in how likely the French of each is behind the English: of two sentences that matter as much, the summary
    /// should have the one that is translated right.
    pub fn take_weights(&mut self, which: &[usize], likelihoods: &[Option<f32>]) {
        for (&i, likelihood) in which.iter().zip(likelihoods) {
            let doubt = likelihood.map_or(0., |l| f64::from((DOUBTFUL - l).max(0.)));
            self.scores[i] -= DOUBT * doubt;
        }
    }

    /// The `count` best statements, and those that a contradiction needs.
    fn wanted(&self, count: usize) -> impl Iterator<Item = usize> {
        let mut order: Vec<usize> = (0..self.statements.len()).collect();
        order.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]));
        let contested: Vec<usize> = self.material.contradictions.iter().flatten().flatten().copied().collect();
        let rest = order.split_off(count.min(order.len()));
        let needed = rest.into_iter().filter(move |&i| contested.contains(&self.statements[i].number));
        order.into_iter().chain(needed)
    }

    /// The statements among which a summary chooses first, refused ones too.
    pub(super) fn wanted_first(&self) -> impl Iterator<Item = usize> {
        self.wanted(CANDIDATES)
    }

    /// What the rules refuse and the summary would want: the headline and the best statements, with the reason.
    pub fn to_repair(&self) -> Vec<Broken> {
        let title = self.title.as_ref().and_then(|t| t.as_ref().err());
        let title = title.map(|(statement, reason)| Broken::new(Which::Title, statement, reason));
        let broken = self.wanted(CANDIDATES).filter_map(|i| Some((i, self.reason_to_repair(i)?)));
        let broken = broken.map(|(i, reason)| Broken::new(Which::Statement(i), &self.statements[i], reason));
        title.into_iter().chain(broken).take(REPAIRS).collect()
    }

    /// Why a translation cannot stand that another one may: what the rules refuse, and what is no sentence in English
    /// though it is one in French (« ont fait irruption deux hommes »).
    fn reason_to_repair(&self, i: usize) -> Option<&str> {
        let vetted = self.vetted[i].as_ref().ok()?;
        let broken = self.statements[i].fragment && !self.material.lines[i].in_quotation;
        vetted.flaw().or_else(|| broken.then_some("the English has no main verb: make it a whole sentence"))
    }

    /// Takes in what the model made of [`Desk::to_repair`].
    pub fn take_repairs(&mut self, broken: &[Broken], answers: &[String]) {
        for (broken, answer) in broken.iter().zip(answers) {
            if answer.is_empty() || !select::is_near(answer, &broken.english) {
                continue;
            }
            let english = statement::settled(&broken.french, answer);
            let before = match broken.which {
                Which::Title => Statement::plain(0, &broken.french, &english),
                Which::Statement(i) => {
                    let (needs, fragment) = (antecedents::needs(&english), statement::is_fragment(&english));
                    Statement { english, needs, fragment, ..self.statements[i].clone() }
                }
            };
            let vetted = Vetted::new(&before, &self.options.wording, self.checks);
            let vetted = vetted.and_then(|v| match v.flaw() {
                Some(flaw) => Err(flaw.to_string()),
                None => Ok(v),
            });
            match vetted {
                Ok(vetted) => match broken.which {
                    Which::Title => self.title = Some(Ok(vetted)),
                    Which::Statement(i) => {
                        self.forms[i] = forms(&vetted, Origin::Written);
                        self.vetted[i] = Ok(vetted);
                        self.statements[i] = before;
                    }
                },
                Err(reason) => self.rejected.push(Rejected { text: answer.clone(), reason }),
            }
        }
    }

    /// The score, less what is doubtful in the translation.
    pub(super) fn worth(&self, i: usize) -> f64 {
        let doubts = self.vetted[i].as_ref().map_or(0, Vetted::doubts);
        self.scores[i] - 1.2 * doubts as f64
    }
}

/// The whole sentence, and what rules leave of it.
fn forms(vetted: &Vetted<'_>, origin: Origin) -> Vec<StatementForm> {
    let whole = StatementForm { text: vetted.english.clone(), words: count_words(&vetted.english), origin };
    let shorter = joints::forms(&vetted.english).into_iter().filter(|t| vetted.objection(t).is_none());
    let shorter = shorter.map(|text| StatementForm { words: count_words(&text), text, origin: Origin::Trimmed });
    let sound = vetted.flaw().is_none();
    let mut forms: Vec<StatementForm> = sound.then_some(whole).into_iter().chain(shorter).collect();
    if sound && forms[0].words > LONG {
        forms.rotate_left(1);
    }
    forms
}
