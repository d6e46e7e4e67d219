//! Puts a summary together: which sentences, in which form, within the words that it may have.

use super::material::Material;
use super::statement::{self, Statement};
use super::vet::Vetted;
use super::{Options, count_words, headline, names, select, trim};
use crate::checks::engine::Settings as CheckSettings;
use crate::dispatch::{Origin, Rejected, SummaryKind, SummaryRecord, SummarySentence, SummaryStyle};
use crate::translate::likelihood::Pair;

/// Sentences that the model is asked to shorten: more than a summary needs, since some will not pass.
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

/// Sentences of so many words stand as they are.
const SHORT: usize = 20;

/// A sentence that the summary can do without is left out below this share of the best one's score.
const WORTH: f64 = 0.3;

/// One form of a statement that has passed.
#[derive(Debug, Clone)]
struct Form {
    text: String,
    words: usize,
    origin: Origin,
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
    material: &'a Material<'a>,
    statements: Vec<Statement>,
    scores: Vec<f64>,
    options: &'a Options,
    checks: &'a CheckSettings,
    /// Of each statement, or why it cannot stand.
    vetted: Vec<Result<Vetted<'a>, String>>,
    /// The headline, or why it cannot stand.
    title: Option<Result<Vetted<'a>, (Statement, String)>>,
    /// Forms that have passed: the model's first, then the whole sentence, then what rules trim off it.
    forms: Vec<Vec<Form>>,
    rejected: Vec<Rejected>,
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

    /// What the rules refuse and the summary would want: the headline and the best statements, with the reason.
    pub fn to_repair(&self) -> Vec<Broken> {
        let title = self.title.as_ref().and_then(|t| t.as_ref().err());
        let title = title.map(|(statement, reason)| Broken::new(Which::Title, statement, reason));
        let broken = self.wanted(CANDIDATES).filter_map(|i| Some((i, self.vetted[i].as_ref().ok()?.flaw()?)));
        let broken = broken.map(|(i, reason)| Broken::new(Which::Statement(i), &self.statements[i], reason));
        title.into_iter().chain(broken).take(REPAIRS).collect()
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
                Which::Statement(i) => Statement { english, ..self.statements[i].clone() },
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

    /// Statements by what they are worth, those that a contradiction needs in front.
    fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.statements.len()).filter(|&i| !self.forms[i].is_empty()).collect();
        order.sort_by(|&a, &b| self.worth(b).total_cmp(&self.worth(a)));
        order
    }

    /// The score, less what is doubtful in the translation.
    fn worth(&self, i: usize) -> f64 {
        let doubts = self.vetted[i].as_ref().map_or(0, Vetted::doubts);
        self.scores[i] - 1.2 * doubts as f64
    }

    /// The sentences that the model should shorten, each with the index of its statement.
    pub fn to_shorten(&self) -> Vec<(usize, String)> {
        let needed = self.contradicting();
        let mut order = self.ranked();
        order.sort_by_key(|i| !needed.iter().flatten().any(|n| n == i));
        let long = order.into_iter().take(CANDIDATES).filter_map(|i| Some((i, self.vetted[i].as_ref().ok()?)));
        long.filter(|(_, v)| count_words(&v.english) > SHORT).map(|(i, v)| (i, v.english.clone())).collect()
    }

    /// Takes in what the model made of [`Desk::to_shorten`].
    pub fn take_answers(&mut self, asked: &[(usize, String)], answers: &[String]) {
        for ((i, sentence), answer) in asked.iter().zip(answers) {
            if answer.is_empty() || answer == sentence {
                continue;
            }
            let Ok(vetted) = &self.vetted[*i] else { continue };
            match vetted.objection(answer) {
                None => {
                    let form = Form { text: answer.clone(), words: count_words(answer), origin: Origin::Written };
                    self.forms[*i].insert(0, form);
                }
                Some(reason) => self.rejected.push(Rejected { text: answer.clone(), reason }),
            }
        }
    }

    /// Of every contradiction in the table, one statement of each side: the best one that can stand.
    fn contradicting(&self) -> Vec<Vec<usize>> {
        let at = |number: &usize| self.material.lines.iter().position(|l| l.number == *number);
        let usable = |side: &Vec<usize>| -> Vec<usize> {
            side.iter().filter_map(at).filter(|&i| !self.forms[i].is_empty()).collect()
        };
        let both = self.material.contradictions.iter().filter_map(|[one, other]| {
            let others = usable(other);
            let pairs = usable(one).into_iter().flat_map(|a| others.iter().map(move |&b| (a, b)));
            // An answer stands near what it answers.
            let value = |&(a, b): &(usize, usize)| self.worth(a) + self.worth(b) - 0.3 * a.abs_diff(b) as f64;
            let (a, b) = pairs.max_by(|x, y| value(x).total_cmp(&value(y)))?;
            let mut both = vec![a, b];
            both.sort_unstable();
            both.dedup();
            Some(both)
        });
        both.collect()
    }

    /// Contradictions of which a side has no statement that can stand.
    fn untold(&self) -> Vec<Rejected> {
        let texts = |side: &Vec<usize>| -> Vec<&Statement> {
            self.statements
                .iter()
                .zip(&self.forms)
                .filter(|(s, f)| side.contains(&s.number) && f.is_empty())
                .map(|(s, _)| s)
                .collect()
        };
        let usable = |side: &Vec<usize>| {
            self.statements.iter().zip(&self.forms).any(|(s, f)| side.contains(&s.number) && !f.is_empty())
        };
        let sides = self.material.contradictions.iter().flatten().filter(|side| !usable(side));
        sides
            .map(|side| Rejected {
                text: texts(side).iter().map(|s| s.english.as_str()).collect::<Vec<_>>().join(" "),
                reason: "one side of a contradiction cannot stand in a summary".into(),
            })
            .collect()
    }

    /// The summary.
    pub fn compose(mut self) -> SummaryRecord {
        let limit = self.options.limit(self.material.words);
        let most = self.options.sentences();
        let mut taken: Vec<(usize, Form)> = Vec::new();
        let ranked = self.ranked();
        // The lead, then both sides of what is contested, then the rest by worth.
        let lead = ranked.iter().copied().find(|&i| !self.statements[i].leans);
        if let Some(lead) = lead {
            self.take(&[lead], false, &mut taken, limit, most);
        }
        self.rejected.extend(self.untold());
        for sides in self.contradicting() {
            if !self.take(&sides, true, &mut taken, limit, most) {
                let texts: Vec<&str> = sides.iter().map(|&i| self.statements[i].english.as_str()).collect();
                let reason = "both sides of a contradiction need more words than the summary may have".to_string();
                self.rejected.push(Rejected { text: texts.join(" "), reason });
            }
        }
        let worth = lead.map_or(0.0, |l| self.worth(l) * WORTH);
        // Twice: a sentence that leans on another may come in once that one is there.
        for _ in 0..2 {
            for &i in &ranked {
                if self.worth(i) >= worth && !taken.iter().any(|(t, _)| *t == i) {
                    self.take(&[i], false, &mut taken, limit, most);
                }
            }
        }
        for (i, v) in self.vetted.iter().enumerate() {
            let reason = match v {
                Err(reason) => Some(reason.as_str()),
                Ok(vetted) => vetted.flaw().filter(|_| !taken.iter().any(|(t, _)| *t == i)),
            };
            if let Some(reason) = reason.filter(|_| self.scores[i] >= worth) {
                let rejected = Rejected { text: self.statements[i].english.clone(), reason: reason.into() };
                if !self.rejected.contains(&rejected) {
                    self.rejected.push(rejected);
                }
            }
        }
        // Nothing fits: the shortest form of the best one is still a summary.
        if taken.is_empty() {
            let shortest = |i: &usize| Some((*i, self.forms[*i].iter().min_by_key(|f| f.words)?.clone()));
            taken.extend(ranked.iter().find_map(shortest));
        }
        taken.sort_by_key(|(i, _)| self.statements[*i].number);
        self.record(taken, limit)
    }

    /// Takes statements, all or none, each in the first of its forms that leaves room for the others; `needed` ones even
    /// where they lean on another or say much the same.
    fn take(&self, which: &[usize], needed: bool, taken: &mut Vec<(usize, Form)>, limit: usize, most: usize) -> bool {
        let mut tried = taken.clone();
        for &i in which {
            if tried.iter().any(|(t, _)| *t == i) {
                continue;
            }
            let statement = &self.statements[i];
            // What it leans on must be there, and whole.
            let before = |(t, form): &(usize, Form)| {
                self.statements[*t].number + 1 == statement.number && form.origin == Origin::Translation
            };
            let leans = statement.leans && !needed && !tried.iter().any(before);
            let again =
                !needed && tried.iter().any(|(t, _)| select::repeats(&self.statements[*t].english, &statement.english));
            let words: usize = tried.iter().map(|(_, f)| f.words).sum();
            // One sentence should not take all the room.
            let fits = |f: &&Form| words + f.words <= limit;
            let modest = self.forms[i].iter().find(|f| fits(f) && 2 * f.words <= limit.max(2 * SHORT));
            let form = modest.or_else(|| self.forms[i].iter().find(fits));
            match form {
                Some(form) if !leans && !again && (needed || !statement.fragment) && tried.len() < most => {
                    tried.push((i, form.clone()));
                }
                _ => return false,
            }
        }
        *taken = tried;
        true
    }

    fn record(self, taken: Vec<(usize, Form)>, limit: usize) -> SummaryRecord {
        let acronyms = names::acronyms(self.material.lines.iter().map(|l| l.english.as_str()));
        let mut texts: Vec<String> = taken.iter().map(|(_, f)| f.text.clone()).collect();
        names::settle(&mut texts, &acronyms);
        // Names in full may be a word or two too many: then they stay as the article has them.
        if texts.iter().map(|t| count_words(t)).sum::<usize>() > limit {
            texts = taken.iter().map(|(_, f)| f.text.clone()).collect();
        }
        let sentences: Vec<SummarySentence> = taken
            .iter()
            .zip(texts)
            .map(|((i, form), text)| SummarySentence {
                text,
                origin: form.origin,
                sentences: vec![self.statements[*i].number],
                needs_review: self.material.lines[*i].needs_review,
            })
            .collect();
        let written = sentences.iter().filter(|s| s.origin == Origin::Written).count();
        let kind = match written {
            0 => SummaryKind::Extractive,
            n if n == sentences.len() => SummaryKind::Written,
            _ => SummaryKind::Mixed,
        };
        let style = self.options.style;
        let own = self.title.as_ref().and_then(|t| t.as_ref().ok()).map(|t| t.english.as_str());
        let headline = headline::of(own, sentences.first().map(|s| s.text.as_str()));
        let text = text(&sentences, style);
        SummaryRecord { kind, style, headline, text, sentences, limit, rejected: self.rejected }
    }
}

/// The sentences as one text.
fn text(sentences: &[SummarySentence], style: SummaryStyle) -> String {
    let texts = sentences.iter().map(|s| s.text.as_str());
    match style {
        SummaryStyle::Wire | SummaryStyle::Brief => texts.collect::<Vec<_>>().join(" "),
        SummaryStyle::Bullets => texts.map(|t| format!("- {t}")).collect::<Vec<_>>().join("\n"),
    }
}

/// The whole sentence, and what rules leave of it.
fn forms(vetted: &Vetted<'_>, origin: Origin) -> Vec<Form> {
    let whole = Form { text: vetted.english.clone(), words: count_words(&vetted.english), origin };
    let shorter = trim::forms(&vetted.english).into_iter().filter(|t| vetted.objection(t).is_none());
    let shorter = shorter.map(|text| Form { words: count_words(&text), text, origin: Origin::Trimmed });
    let sound = vetted.flaw().is_none();
    let mut forms: Vec<Form> = sound.then_some(whole).into_iter().chain(shorter).collect();
    if sound && forms[0].words > LONG {
        forms.rotate_left(1);
    }
    forms
}
