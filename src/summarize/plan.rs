//! The plan: what the summary must tell, and which sentences tell it within the words that it may have.
//!
//! In order: the lead, the toll of the main event, both sides of what is contested, who claims an attack and what
//! became of the attackers, and then what matters most of the rest. A sentence comes whole or without its asides. One
//! that refers to something not told yet comes together with one or two sentences before it, or not at all, unless the
//! plan cannot do without it.

use super::antecedents::{self, Need};
use super::desk::{Desk, StatementForm};
use super::material::MaterialLine;
use super::statement::Statement;
use super::toll::{self, Count};
use super::{count_words, select, vet};
use crate::checks::context::contains_words;
use crate::dispatch::{Origin, Planned, Rejected, Slot};
use crate::english::values;
use crate::facts::name::names;
use crate::facts::negation::full_negations;
use crate::facts::quantity::quantities;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::events::Events;
use crate::lexicon::{NameClass, fr};
use crate::span::Span;

/// A sentence that the summary can do without is left out if it is worth less than this share of what the lead is
/// worth.
const WORTH: f64 = 0.2;

/// How much each of the first sentences of an article gains when the lead is chosen, since news tells what matters most
/// first. A later sentence becomes the lead only if none of these can.
const LEADS: [f64; 6] = [3.0, 1.8, 0.8, 0.4, 0.2, 0.0];

/// How much a sentence gains as a lead if it says when. Any other sentence gains as much, as long
/// as no sentence of the summary says when.
const WHEN: f64 = 1.0;
/// How much a sentence gains as a lead if it names a place.
const WHERE: f64 = 0.5;

/// How much a sentence loses as a lead for each person or thing that it takes for known and the headline does not name.
const UNKNOWN: f64 = 1.0;

/// How much a sentence gains if the summary has the sentence before it in the article: the two read as one text.
const GOES_ON: f64 = 0.5;

/// Classes of events (`lexicon/data/event-classes.tsv`) that tell what became of attackers: what they undergo, and what
/// they do.
const UNDERGONE: [&str; 3] = ["kill", "arrest", "wound"];
const DONE: [&str; 2] = ["surrender", "flee"];

/// A sentence of the summary.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Number of the article's sentence at whose place it stands.
    pub number: usize,
    /// Its statement; `None` for a sentence composed from figures, which stands behind the statement of its number.
    pub statement: Option<usize>,
    pub form: StatementForm,
    /// Numbers of the article's sentences that it rests on.
    pub sources: Vec<usize>,
}

impl Piece {
    /// Its place among the pieces: a composed sentence comes after the statement of the same number.
    fn place(&self) -> (usize, bool) {
        (self.number, self.statement.is_none())
    }
}

/// The sentences chosen so far, in the order of the article, and the items of the plan.
pub(super) struct Selection<'d, 'a> {
    desk: &'d Desk<'a>,
    pub pieces: Vec<Piece>,
    pub plan: Vec<Planned>,
    /// Statements that the plan wants and that cannot be told, with the reasons.
    pub rejected: Vec<Rejected>,
    /// Words that the summary may have.
    limit: usize,
    /// Sentences that it may have.
    most: usize,
}

impl<'d, 'a> Selection<'d, 'a> {
    /// Chooses the sentences of the summary and writes the plan.
    pub fn of(desk: &'d Desk<'a>, limit: usize, most: usize) -> Self {
        let (pieces, plan, rejected) = (Vec::new(), Vec::new(), Vec::new());
        let mut selection = Selection { desk, pieces, plan, rejected, limit, most };
        let lead = selection.lead();
        if let Some(lead) = lead {
            selection.tell(Slot::Lead, &[lead], true);
            selection.introduction(lead);
        }
        let counts = toll::of(desk.material);
        selection.toll(&counts);
        selection.contested();
        selection.responsibility();
        selection.perpetrators();
        selection.reports(lead.map_or(0.0, |l| desk.worth(l) * WORTH), &counts);
        if selection.pieces.is_empty() {
            selection.shortest();
        }
        selection.locate();
        selection
    }

    /// Whether the rules accept any form of a statement.
    fn is_usable(&self, i: usize) -> bool {
        !self.desk.forms[i].is_empty()
    }

    /// The usable statements, those that are worth most first.
    fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.desk.statements.len()).filter(|&i| self.is_usable(i)).collect();
        order.sort_by(|&a, &b| self.desk.worth(b).total_cmp(&self.desk.worth(a)));
        order
    }

    /// The sentence that tells what happened: one of the first, if one of these is usable, does not refer to the
    /// sentence before it and is neither a fragment nor a question; else the best sentence of which that is true. Among
    /// the first sentences, one that speaks of "the truce" counts less, unless the headline names a truce.
    fn lead(&self) -> Option<usize> {
        let title = self.desk.material.title.as_ref().map_or("", |t| &t.english);
        let stands = |&i: &usize| {
            let s = &self.desk.statements[i];
            self.is_usable(i) && !s.needs.contains(&Need::SentenceBefore) && !s.fragment && !s.english.contains('?')
        };
        let unknown = |i: usize| {
            let needs = self.desk.statements[i].needs.iter();
            needs.filter(|need| !need.is_met(&[title], false)).count() as f64
        };
        // A lead says when and where.
        let setting = |i: usize| {
            let place =
                names(&self.desk.material.lines[i].source_facts).any(|n| n.class == NameClass::Place && !n.demonym);
            let when = if self.says_when(i) { WHEN } else { 0.0 };
            when + if place { WHERE } else { 0.0 }
        };
        let value =
            |i: usize| self.desk.worth(i) + setting(i) - UNKNOWN * unknown(i) + LEADS.get(i).copied().unwrap_or(-1.0);
        let first = (0..LEADS.len().min(self.desk.statements.len())).filter(stands);
        first.max_by(|&a, &b| value(a).total_cmp(&value(b))).or_else(|| self.ranked().into_iter().find(stands))
    }

    /// Whether the French of a statement has a date or a time.
    fn says_when(&self, i: usize) -> bool {
        let facts = &self.desk.material.lines[i].source_facts;
        facts.iter().any(|f| matches!(f.value, FactValue::Date(_) | FactValue::Time(_)))
    }

    /// Tells who it is that the lead brings in without a name ("a new army chief"), where neither
    /// the headline nor the lead names any person and the sentence right after the lead does.
    fn introduction(&mut self, lead: usize) {
        let material = self.desk.material;
        let names_somebody =
            |facts: &[Fact]| names(facts).any(|n| n.person || n.class == NameClass::Person && !n.demonym);
        let titled = material.title.as_ref().is_some_and(|t| names_somebody(&t.source_facts));
        let next = lead + 1;
        if !titled
            && material.lines.get(next).is_some_and(|line| names_somebody(&line.source_facts))
            && self.is_usable(next)
            && !names_somebody(&material.lines[lead].source_facts)
            && antecedents::brings_in_somebody(&self.desk.statements[lead].english)
        {
            self.tell(Slot::Lead, &[next], false);
        }
    }

    /// Tells the newest figures: in sentences of the translation that have them, and the others in a sentence composed
    /// from the French.
    fn toll(&mut self, counts: &[Count]) {
        let tells = |text: &str, c: &Count| {
            let facts = facts::extract(text, &Context { lang: Lang::En, date: None });
            quantities(&facts).any(|(_, q)| q.value == c.quantity.value && q.high == c.quantity.high)
        };
        let titled = self.desk.material.title.as_ref().map_or(&[][..], |t| t.numbers.as_slice());
        let missing = |selection: &Self| -> Vec<Count> {
            // A figure that only the headline has counts as told, since the headline stands above the summary.
            let only_titled = |c: &Count| c.sentences.iter().all(|n| titled.contains(n));
            let told = |c: &&Count| {
                let mut near = selection.pieces.iter().filter(|p| p.sources.iter().any(|n| c.sentences.contains(n)));
                only_titled(c) || near.any(|p| tells(&p.form.text, c))
            };
            counts.iter().filter(|c| !told(c)).cloned().collect()
        };
        let mut left = missing(self);
        // Sentences that tell the most missing figures come first.
        let mut telling: Vec<(usize, usize)> = (0..self.desk.statements.len())
            .filter(|&i| self.is_usable(i))
            .map(|i| {
                let s = &self.desk.statements[i];
                let told = |c: &&Count| c.sentences.contains(&s.number) && tells(&s.english, c);
                (left.iter().filter(told).count(), i)
            })
            .filter(|(told, _)| *told > 0)
            .collect();
        telling.sort_by(|a, b| b.0.cmp(&a.0).then(self.desk.worth(b.1).total_cmp(&self.desk.worth(a.1))));
        for (_, i) in telling {
            if left.iter().any(|c| c.sentences.contains(&self.desk.statements[i].number)) && self.take(&[i], false) {
                left = missing(self);
            }
        }
        if !left.is_empty() && self.compose_toll(&left) {
            left = missing(self);
        }
        for count in counts {
            let reason =
                left.contains(count).then(|| "no fair sentence tells it, and there is room for none".to_string());
            let what = format!("{} {}", values::quantity(&count.quantity), source_of(count));
            let (what, sentences) = (Some(what.trim_end().to_string()), count.sentences.clone());
            self.plan.push(Planned { slot: Slot::Toll, what, sentences, told: Vec::new(), reason });
        }
    }

    /// Adds a sentence that rules make from the figures of the French. Returns whether such a sentence can be made and
    /// fits.
    fn compose_toll(&mut self, counts: &[Count]) -> bool {
        let sources = &self.desk.material.sources;
        let titled = self.desk.material.title.as_ref().map_or(&[][..], |t| t.numbers.as_slice());
        // A source without an English name is no help to the reader; but a name whose words all have capitals, such as
        // a person's, is taken to be the same in both languages.
        let is_french = |s: &String| {
            sources.iter().any(|row| row.source == *s && row.french.contains(s))
                && s.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
        };
        let is_english = |c: &&Count| c.source.as_ref().is_none_or(|s| !is_french(s));
        // If the summary has a sentence of the article that gives a count, the count is told already, in whatever
        // words.
        let is_untold = |c: &&Count| !self.pieces.iter().any(|p| p.sources.iter().any(|n| c.sentences.contains(n)));
        // The figures of a sentence are composed together or not at all: of "seven dead and eight missing" the eight
        // alone would be half a toll.
        let is_whole = |c: &&Count| {
            let outcomes = |n: &usize| toll::count_outcomes(self.desk.material, *n);
            let of_them = |n: &usize| counts.iter().filter(|o| o.sentences.contains(n)).count();
            c.sentences.iter().filter(|n| !titled.contains(n)).all(|n| outcomes(n) <= of_them(n))
        };
        let fair: Vec<&Count> = counts.iter().filter(is_english).filter(is_untold).filter(is_whole).collect();
        let Some(text) = toll::compose(&fair) else { return false };
        let mut numbers: Vec<usize> =
            fair.iter().flat_map(|c| c.sentences.clone()).filter(|n| !titled.contains(n)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        // The composed sentence gets the place of its figures in the article, but never before the first sentence of
        // the summary.
        let lead = self.pieces.first().map_or(numbers[0], |p| p.number);
        let number = numbers.iter().copied().find(|&n| n >= lead).unwrap_or(lead);
        let form = StatementForm { words: count_words(&text), text, origin: Origin::Composed };
        let mut tried = self.pieces.clone();
        tried.push(Piece { number, statement: None, form, sources: numbers });
        self.accept(tried, true)
    }

    /// Tells one statement of each side of every contradiction in the table, up to [`MOST_CAVEATS`]
    /// statements that something is not known or not verified, and denials or admissions with what
    /// they answer, as far as there is room.
    fn contested(&mut self) {
        for both in self.desk.material.contradictions.iter() {
            let sentences: Vec<usize> = both.iter().flatten().copied().collect();
            let Some(sides) = self.best_sides(both) else {
                let reason = "one side of a contradiction cannot stand in a summary";
                self.refuse(Slot::Contested, &sentences, reason);
                continue;
            };
            if !self.tell(Slot::Contested, &sides, false) && !self.tell(Slot::Contested, &sides, true) {
                let reason = "both sides of a contradiction need more words than the summary may have";
                self.refuse(Slot::Contested, &sentences, reason);
            }
        }
        let caveats = (0..self.desk.statements.len()).filter(|&i| self.is_caveat(i));
        for caveat in caveats.take(MOST_CAVEATS).collect::<Vec<usize>>() {
            self.tell(Slot::Contested, &[caveat], false);
        }
        for (claim, denial) in self.denials() {
            let both: Vec<usize> = claim.into_iter().chain([denial]).collect();
            // A denial can stand alone: mostly it says what it denies ("denies having lost the town").
            if !self.tell(Slot::Contested, &both, false) {
                self.tell(Slot::Contested, &[denial], false);
            }
        }
    }

    /// Whether a usable statement seems to say that something could not be verified, that nobody has answered or
    /// claimed it, or that it is not known: its French has a full negation and a word such as « vérifié », « réagi » or
    /// « revendication », or a phrase such as « on ignore ».
    fn is_caveat(&self, i: usize) -> bool {
        let line = &self.desk.material.lines[i];
        let r = Reading::new(&line.french, Lang::Fr);
        let denies_verifying = |negation: Span| {
            let words = (0..r.len()).filter(|&k| r.span(k, k + 1).start >= negation.start);
            words.take(NEGATED).any(|k| r.among(k, &fr::VERIFYING))
        };
        let is_unknown = || {
            let lower = line.french.to_lowercase();
            fr::NOT_KNOWN.words().any(|words| contains_words(&lower, words))
        };
        self.is_usable(i) && (full_negations(&line.source_facts).any(denies_verifying) || is_unknown())
    }

    /// The first [`MOST_DENIALS`] usable statements that deny or admit something, each with the best usable claim of
    /// another source in the [`NEAR`] sentences before it, if there is one. Denials in the table of contradictions are
    /// left out.
    fn denials(&self) -> Vec<(Option<usize>, usize)> {
        let material = self.desk.material;
        let claims = || {
            let rows = material.sources.iter().enumerate();
            rows.flat_map(|(row, source)| source.claims.iter().map(move |claim| (row, claim)))
        };
        let is_denial = |verbs: &str| verbs.split("; ").any(|verb| matches!(verb, "deny" | "admit"));
        let known = |number: usize| material.contradictions.iter().flatten().flatten().any(|&n| n == number);
        let at = |number: usize| self.desk.statements.iter().position(|s| s.number == number);
        let mut denials: Vec<(usize, usize)> = claims()
            .filter(|(_, c)| is_denial(&c.verb) && !c.negated && !known(c.sentence))
            .map(|(row, c)| (c.sentence, row))
            .collect();
        // Not every denial is in the table: « une version que contredisent des témoins ».
        // `usize::MAX` stands for the row that such a denial lacks.
        let other = self.desk.material.lines.iter().filter(|line| denies(&line.french) && !known(line.number));
        denials.extend(other.map(|line| (line.number, usize::MAX)));
        denials.sort_unstable();
        denials.dedup_by_key(|(number, _)| *number);
        let usable = |number: usize| at(number).filter(|&i| self.is_usable(i));
        let found = denials.into_iter().filter_map(|(number, row)| {
            let answered = claims()
                .filter(|(other, c)| *other != row && c.sentence < number && number - c.sentence <= NEAR)
                .filter(|(_, c)| !is_denial(&c.verb))
                .filter_map(|(_, c)| usable(c.sentence))
                .max_by(|&a, &b| self.desk.worth(a).total_cmp(&self.desk.worth(b)));
            Some((answered, usable(number)?))
        });
        found.take(MOST_DENIALS).collect()
    }

    /// The best statement of each side; only one if it is the same for both. Statements that stand
    /// near each other are preferred, since one then answers the other. `None` if nothing of a side
    /// is usable.
    fn best_sides(&self, [one, other]: &[Vec<usize>; 2]) -> Option<Vec<usize>> {
        let at = |number: &usize| self.desk.statements.iter().position(|s| s.number == *number);
        // A statement that denies something answers the other side expressly.
        let answers = |i: usize| if denies(&self.desk.material.lines[i].french) { 2.0 } else { 0.0 };
        let usable = |side: &Vec<usize>| -> Vec<(usize, f64)> {
            let usable = side.iter().filter_map(at).filter(|&i| self.is_usable(i));
            usable.map(|i| (i, self.desk.worth(i) + answers(i))).collect()
        };
        let others = usable(other);
        let pairs = usable(one).into_iter().flat_map(|a| others.iter().map(move |&b| (a, b)));
        let value = |&((a, one), (b, other)): &((usize, f64), (usize, f64))| one + other - 0.3 * a.abs_diff(b) as f64;
        let ((a, _), (b, _)) = pairs.max_by(|x, y| value(x).total_cmp(&value(y)))?;
        let mut both = vec![a, b];
        both.sort_unstable();
        both.dedup();
        Some(both)
    }

    /// Records that an item of the plan cannot be told, and why.
    fn refuse(&mut self, slot: Slot, sentences: &[usize], reason: &str) {
        let told = self.desk.statements.iter().filter(|s| sentences.contains(&s.number));
        let texts: Vec<&str> = told.map(|s| s.english.as_str()).collect();
        self.rejected.push(Rejected { text: texts.join(" "), reason: reason.into() });
        self.plan.push(Planned { reason: Some(reason.into()), ..planned(slot, sentences.to_vec()) });
    }

    /// Tells who claims the attack: the first usable sentence with a claim of responsibility. If
    /// there is none, the best sentence that blames somebody for it (see [`Selection::blames`]).
    fn responsibility(&mut self) {
        let claims = self.desk.material.sources.iter().flat_map(|row| &row.claims);
        let mut numbers: Vec<usize> = claims.filter(|c| claims_it(&c.verb)).map(|c| c.sentence).collect();
        numbers.sort_unstable();
        let at = |number: usize| self.desk.statements.iter().position(|s| s.number == number);
        let claimed = numbers.into_iter().filter_map(at).find(|&i| self.is_usable(i));
        let blamed = || {
            let open = (0..self.desk.statements.len()).filter(|&i| self.is_usable(i) && self.blames(i));
            open.max_by(|&a, &b| self.desk.worth(a).total_cmp(&self.desk.worth(b)))
        };
        if let Some(i) = claimed.or_else(blamed) {
            self.tell(Slot::Responsibility, &[i], false);
        }
    }

    /// Whether the French of a statement lays an attack to somebody's charge: it accuses, or a source says whose deed
    /// it was.
    fn blames(&self, i: usize) -> bool {
        let line = &self.desk.material.lines[i];
        let r = Reading::new(&line.french, Lang::Fr);
        let sourced = || line.source_facts.iter().any(vet::is_source);
        let blames = r.has_any(&fr::ACCUSING) || r.has_any(&fr::PERPETRATED) && sourced();
        blames && r.has_any(&fr::ATTACKS)
    }

    /// Tells what became of the attackers, and who they are, each unless a sentence of the summary does so already.
    fn perpetrators(&mut self) {
        for tells in [tells_fate, tells_identity] {
            let told = |i: usize| tells(&self.desk.material.lines[i]);
            if self.pieces.iter().filter_map(|p| p.statement).any(told) {
                continue;
            }
            let open = (0..self.desk.statements.len()).filter(|&i| self.is_usable(i) && told(i));
            if let Some(best) = open.max_by(|&a, &b| self.desk.worth(a).total_cmp(&self.desk.worth(b))) {
                self.tell(Slot::Perpetrators, &[best], false);
            }
        }
    }

    /// Tells what matters most of the rest, as long as there is room and a statement is worth at
    /// least `least`.
    fn reports(&mut self, least: f64, counts: &[Count]) {
        let mut refused: Vec<usize> = Vec::new();
        let wanted = |&i: &usize| self.is_usable(i) && self.desk.worth(i) >= least && !self.is_superseded(i, counts);
        let wanted: Vec<usize> = (0..self.desk.statements.len()).filter(wanted).collect();
        while self.pieces.len() < self.most {
            let undated = !self.pieces.iter().filter_map(|p| p.statement).any(|i| self.says_when(i));
            let value = |i: usize| {
                let number = self.desk.statements[i].number;
                let goes_on = self.pieces.iter().any(|p| p.statement.is_some() && p.number + 1 == number);
                let dates = undated && self.says_when(i);
                self.desk.worth(i) + if goes_on { GOES_ON } else { 0.0 } + if dates { WHEN } else { 0.0 }
            };
            let told = |i: usize| self.pieces.iter().any(|p| p.statement == Some(i));
            let open = wanted.iter().copied().filter(|&i| !refused.contains(&i) && !told(i));
            let Some(best) = open.max_by(|&a, &b| value(a).total_cmp(&value(b))) else { break };
            if !self.tell(Slot::Report, &[best], false) {
                refused.push(best);
            } else {
                // A statement that was refused because it refers to another may be understood now.
                refused.clear();
            }
        }
    }

    /// Whether a statement counts victims, and a later sentence has a newer and higher figure for each of its counts.
    fn is_superseded(&self, i: usize, counts: &[Count]) -> bool {
        let line = &self.desk.material.lines[i];
        let mut counted = quantities(&line.source_facts).filter(|(_, q)| q.outcome.is_some()).peekable();
        counted.peek().is_some()
            && counted.all(|(_, q)| {
                let newer = |c: &&Count| c.quantity.outcome == q.outcome && c.quantity.value > q.value;
                counts.iter().filter(newer).any(|c| c.sentences.iter().all(|&n| n > line.number))
            })
    }

    /// Where nothing fits, the shortest form of the best statement is still a summary.
    fn shortest(&mut self) {
        let best = self
            .ranked()
            .into_iter()
            .find_map(|i| Some((i, self.desk.forms[i].iter().min_by_key(|f| f.words)?.clone())));
        if let Some((i, form)) = best {
            let number = self.desk.statements[i].number;
            self.pieces.push(Piece { number, statement: Some(i), form, sources: vec![number] });
        }
    }

    /// Takes statements for a slot, if they can be taken, and writes them into the plan.
    fn tell(&mut self, slot: Slot, which: &[usize], needed: bool) -> bool {
        let taken = self.take(which, needed);
        if taken {
            let sentences = which.iter().map(|&i| self.desk.statements[i].number).collect();
            self.plan.push(planned(slot, sentences));
        }
        taken
    }

    /// Takes statements into the summary, all or none, each with up to [`CHAIN`] sentences before it where it cannot be
    /// understood without them. `needed` ones are taken even if they are fragments, refer to a sentence that is
    /// missing, or repeat another.
    fn take(&mut self, which: &[usize], needed: bool) -> bool {
        for before in 0..=CHAIN {
            let mut all: Vec<usize> = which.to_vec();
            for &i in which {
                all.extend((i.saturating_sub(before)..i).filter(|&k| self.is_beside(k, i)));
            }
            all.sort_unstable();
            all.dedup();
            if self.with(&all, which, needed).is_some_and(|tried| self.accept(tried, needed)) {
                return true;
            }
        }
        false
    }

    /// Whether statement `k` stands before `i` in one paragraph, and it and all between are usable.
    fn is_beside(&self, k: usize, i: usize) -> bool {
        let lines = &self.desk.material.lines;
        (k..i).all(|n| self.is_usable(n) && lines[n].block == lines[i].block)
    }

    /// The pieces together with the statements `all`, each in the first of its forms that fits and leaves room for
    /// others, else in the first that fits; `None` if one cannot be added. Unless `needed`, none may be a fragment, and
    /// those of `which` must not repeat a piece, since they are wanted for what they tell; the others only come along
    /// to explain these.
    fn with(&self, all: &[usize], which: &[usize], needed: bool) -> Option<Vec<Piece>> {
        let mut tried = self.pieces.clone();
        for &i in all {
            if tried.iter().any(|p| p.statement == Some(i)) {
                continue;
            }
            let statement: &Statement = &self.desk.statements[i];
            let says_again = |p: &Piece| select::repeats(&p.form.text, &statement.english);
            if !needed && (statement.fragment || which.contains(&i) && tried.iter().any(says_again)) {
                return None;
            }
            let words: usize = tried.iter().map(|p| p.form.words).sum();
            let fits = |f: &&StatementForm| words + f.words <= self.limit;
            // No sentence should take more than half of the room. Twenty words are never too many.
            let modest = self.desk.forms[i].iter().find(|f| fits(f) && 2 * f.words <= self.limit.max(40));
            let form = modest.or_else(|| self.desk.forms[i].iter().find(fits))?.clone();
            tried.push(Piece { number: statement.number, statement: Some(i), form, sources: vec![statement.number] });
        }
        Some(tried)
    }

    /// Replaces the pieces, if the new ones fit and, unless `needed`, each can be understood from those before it.
    fn accept(&mut self, mut tried: Vec<Piece>, needed: bool) -> bool {
        tried.sort_by_key(Piece::place);
        let words: usize = tried.iter().map(|p| p.form.words).sum();
        if tried.len() > self.most || words > self.limit || !needed && !self.is_understood(&tried) {
            return false;
        }
        self.pieces = tried;
        true
    }

    /// Whether every piece has before it what it needs. The piece that comes first in the summary so far is not looked
    /// at, as long as it stays the first.
    fn is_understood(&self, pieces: &[Piece]) -> bool {
        (0..pieces.len()).all(|at| {
            let Some(i) = pieces[at].statement else { return true };
            // This is mostly the lead, whose needs were looked at when it was chosen.
            if self.pieces.first().is_some_and(|first| first.statement == Some(i)) && at == 0 {
                return true;
            }
            let before: Vec<&str> = pieces[..at].iter().map(|p| p.form.text.as_str()).collect();
            let last = pieces[..at].iter().rfind(|p| p.statement.is_some());
            // A sentence that was told without its asides may lack what the next one refers to.
            let follows = last.is_some_and(|p| p.number + 1 == pieces[at].number && p.form.origin != Origin::Trimmed);
            self.desk.statements[i].needs.iter().all(|need| need.is_met(&before, follows))
        })
    }

    /// Writes into the plan where each item is told.
    fn locate(&mut self) {
        for item in self.plan.iter_mut().filter(|item| item.reason.is_none()) {
            let tells = |p: &Piece| p.sources.iter().any(|n| item.sentences.contains(n));
            item.told = (1..).zip(&self.pieces).filter(|(_, p)| tells(p)).map(|(place, _)| place).collect();
        }
    }
}

/// What a negation denies is looked for in this many words from the beginning of the negation.
const NEGATED: usize = 8;

/// A denial answers a claim that stands at most this many sentences before it.
const NEAR: usize = 4;

/// At most this many statements are told that something is not known or not verified.
const MOST_CAVEATS: usize = 2;

/// At most this many denials are told, to leave room for everything else.
const MOST_DENIALS: usize = 2;

/// At most this many sentences before a statement are taken along so that it can be understood.
const CHAIN: usize = 2;

/// Whether a French sentence has a verb that denies, or rejects an accusation or the like.
fn denies(french: &str) -> bool {
    let r = Reading::new(french, Lang::Fr);
    r.has_any(&fr::DENYING) || r.has_any(&fr::REJECTING) && r.has_any(&fr::WHAT_IS_DENIED)
}

/// Whether the French tells what became of an attacker (who was shot or arrested, or fled), and not
/// only what an attacker did to others.
fn tells_fate(line: &MaterialLine) -> bool {
    let r = Reading::new(&line.french, Lang::Fr);
    let [undergone, done] = [Events::get().set_of(&UNDERGONE), Events::get().set_of(&DONE)];
    let is_attacker = |span: Option<Span>| {
        let stands =
            |span: Span| (0..r.len()).any(|k| span.contains(r.span(k, k + 1)) && r.among(k, &fr::PERPETRATORS));
        span.is_some_and(stands)
    };
    clause::events(&r).iter().filter(|e| !e.negated).any(|e| {
        e.classes & undergone != 0 && is_attacker(e.patient)
            || e.classes & done != 0 && (is_attacker(e.agent) || is_attacker(e.patient))
    })
}

/// Whether the French names an attacker: « le suspect a été identifié comme Karim Sato ».
fn tells_identity(line: &MaterialLine) -> bool {
    let r = Reading::new(&line.french, Lang::Fr);
    let named = || names(&line.source_facts).any(|n| n.person || n.class == NameClass::Person);
    r.has_any(&fr::PERPETRATORS) && r.has_any(&fr::IDENTIFYING) && named()
}

/// An item of the plan. [`Selection::locate`] adds where it is told.
fn planned(slot: Slot, sentences: Vec<usize>) -> Planned {
    Planned { slot, what: None, sentences, told: Vec::new(), reason: None }
}

/// "according to …", empty where the article gives the figure as its own.
fn source_of(count: &Count) -> String {
    count.source.as_ref().map_or_else(String::new, |s| format!("according to {s}"))
}

/// Whether a claim of the who-says-what table is one of responsibility, by its verbs.
fn claims_it(verbs: &str) -> bool {
    verbs.split("; ").any(|verb| verb == "claim")
}
