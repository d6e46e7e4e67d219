//! The desk prepares the statements among which the plan chooses. For each statement it has the forms that the rules
//! accept. It lowers the scores of doubtful translations, and takes the model's corrections of what the rules refuse.

use super::material::Material;
use super::statement::{self, Statement};
use super::vet::{Checks, Vetted};
use super::{Options, antecedents, count_words, joints, select};
use crate::checks::engine::Settings as CheckSettings;
use crate::dispatch::{Origin, Rejected};
use crate::translate::likelihood::Pair;

/// This many of the best statements may be corrected by the model if the rules refuse them, and are recorded as
/// rejected if they are left out for that reason. The number is larger than a summary takes, since some will be
/// refused. Statements that a contradiction needs are added to these.
const CANDIDATES: usize = 10;

/// For how many of the best statements the model is asked how likely the French is given the English, besides those
/// that a contradiction needs. The number is larger than [`CANDIDATES`], since doubtful statements lose so much of
/// their score that others come before them.
const WEIGHED: usize = 14;

/// A translation is doubtful if the mean log probability of the French given the English is below this. Of 61 sentences
/// of summaries all 27 above it were right, and of those below it one in three was wrong.
const DOUBTFUL: f32 = -0.85;

/// What a sentence loses of its score for each unit by which its mean log probability lies below
/// [`DOUBTFUL`].
const DOUBT: f64 = 2.;

/// The model is asked to correct this many translations at most.
const REPAIRS: usize = 6;

/// If a sentence has more words than this, its forms without asides are preferred to the whole sentence.
const LONG: usize = 32;

/// A statement as it may stand in the summary, whole or without asides.
#[derive(Debug, Clone)]
pub(super) struct StatementForm {
    pub text: String,
    /// How many words the text has.
    pub words: usize,
    /// How the text was made from the translation.
    pub origin: Origin,
}

/// Which text the model is asked to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The headline.
    Title,
    /// The statement with this index.
    Statement(usize),
}

/// A translation that the rules refuse or that is not a whole sentence, with the reason, which is
/// told to the model.
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

/// The statements of an article while a summary is made from them.
pub struct Desk<'a> {
    pub(super) material: &'a Material<'a>,
    pub(super) statements: Vec<Statement>,
    /// How much each statement matters ([`select::scores`]), less for a doubtful translation.
    pub(super) scores: Vec<f64>,
    pub(super) options: &'a Options,
    checks: Checks<'a>,
    /// What the rules find in each statement, or why nothing of it can stand in a summary.
    pub(super) vetted: Vec<Result<Vetted<'a>, String>>,
    /// The headline of the article, if there is one; if it cannot stand in a summary, its two texts
    /// and the reason instead.
    pub(super) title: Option<Result<Vetted<'a>, (Statement, String)>>,
    /// The forms of each statement that the rules accept, the preferred one first: the whole sentence, then those
    /// without asides. A whole sentence of more than [`LONG`] words comes last.
    pub(super) forms: Vec<Vec<StatementForm>>,
    /// What cannot stand in the summary and why, for the dispatch.
    pub(super) rejected: Vec<Rejected>,
}

impl<'a> Desk<'a> {
    pub fn new(
        material: &'a Material<'a>,
        statements: Vec<Statement>,
        scores: Vec<f64>,
        options: &'a Options,
        settings: &'a CheckSettings,
    ) -> Self {
        let checks = Checks { settings, date: material.date };
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

    /// The statements about which the model should be asked how likely the French is given the English: the best ones,
    /// and those that a contradiction needs.
    pub fn to_weigh(&self) -> Vec<usize> {
        self.wanted(WEIGHED).collect()
    }

    /// The English of statements as sentences to translate back, and their French as the answer whose likelihood is
    /// wanted.
    pub fn pairs(&self, which: &[usize]) -> Vec<Pair<'a>> {
        let lines = which.iter().map(|&i| &self.material.lines[i]);
        lines.map(|l| Pair::alone(&l.english, &l.french)).collect()
    }

    /// Lowers the scores of statements whose French is unlikely given their English, since they are probably
    /// mistranslated: of two sentences that matter equally, the summary should have the one that is translated right.
    pub fn take_weights(&mut self, which: &[usize], likelihoods: &[Option<f32>]) {
        for (&i, likelihood) in which.iter().zip(likelihoods) {
            let doubt = likelihood.map_or(0., |l| f64::from((DOUBTFUL - l).max(0.)));
            self.scores[i] -= DOUBT * doubt;
        }
    }

    /// The `count` best statements, the best one first, and then all others that a contradiction needs.
    fn wanted(&self, count: usize) -> impl Iterator<Item = usize> {
        let mut order: Vec<usize> = (0..self.statements.len()).collect();
        order.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]));
        let contested: Vec<usize> = self.material.contradictions.iter().flatten().flatten().copied().collect();
        let rest = order.split_off(count.min(order.len()));
        let needed = rest.into_iter().filter(move |&i| contested.contains(&self.statements[i].number));
        order.into_iter().chain(needed)
    }

    /// The statements that a summary would take first, including those that the rules refuse.
    pub(super) fn wanted_first(&self) -> impl Iterator<Item = usize> {
        self.wanted(CANDIDATES)
    }

    /// The translations that the summary would take but that should be translated again: the headline, if it cannot
    /// stand in a summary, then statements (see `reason_to_repair`). They are `REPAIRS` at most.
    pub fn to_repair(&self) -> Vec<Broken> {
        let title = self.title.as_ref().and_then(|t| t.as_ref().err());
        let title = title.map(|(statement, reason)| Broken::new(Which::Title, statement, reason));
        let broken = self.wanted(CANDIDATES).filter_map(|i| Some((i, self.reason_to_repair(i)?)));
        let broken = broken.map(|(i, reason)| Broken::new(Which::Statement(i), &self.statements[i], reason));
        title.into_iter().chain(broken).take(REPAIRS).collect()
    }

    /// Why a statement should be translated again: the rules refuse the English, or the English is
    /// not a whole sentence, as happens where the French puts its verb first (« ont fait irruption
    /// deux hommes »). A sentence that begins inside a quotation need not be a whole one. `None` if
    /// there is no reason, or if nothing of the statement can be used.
    fn reason_to_repair(&self, i: usize) -> Option<&str> {
        let vetted = self.vetted[i].as_ref().ok()?;
        let broken = self.statements[i].fragment && !self.material.lines[i].in_quotation;
        vetted.flaw().or_else(|| broken.then_some("the English has no main verb: make it a whole sentence"))
    }

    /// Takes those of the model's answers to [`Desk::to_repair`] that the rules accept, and records the others as
    /// rejected. Empty answers, and those that have little in common with the English that they should correct, are
    /// ignored.
    pub fn take_repairs(&mut self, broken: &[Broken], answers: &[String]) {
        for (broken, answer) in broken.iter().zip(answers) {
            if answer.is_empty() || !select::is_near(answer, &broken.english) {
                continue;
            }
            let english = statement::settled(&broken.french, answer, self.material.date);
            let corrected = match broken.which {
                Which::Title => Statement::plain(0, &broken.french, &english),
                Which::Statement(i) => {
                    let needs = antecedents::needs(&english);
                    let fragment = self.material.lines[i].in_quotation || statement::is_fragment(&english);
                    Statement { english, needs, fragment, ..self.statements[i].clone() }
                }
            };
            let vetted = Vetted::new(&corrected, &self.options.wording, self.checks);
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
                        self.statements[i] = corrected;
                    }
                },
                Err(reason) => self.rejected.push(Rejected { text: answer.clone(), reason }),
            }
        }
    }

    /// The score of statement `i`, lowered for each error and warning in its translation.
    pub(super) fn worth(&self, i: usize) -> f64 {
        let doubts = self.vetted[i].as_ref().map_or(0, Vetted::doubts);
        self.scores[i] - 1.2 * doubts as f64
    }
}

/// The whole sentence and its forms without asides, as far as the rules accept them, the preferred one first (see
/// [`Desk::forms`]).
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
