//! What a summary is made from: the sentences of a dispatch in both languages with their facts, and
//! the tables of the dispatch.

use super::toll;
use crate::article::BlockKind;
use crate::checks::Severity;
use crate::dispatch::{Dispatch, SentenceRecord, Side, SourceRow, read};
use crate::facts::discourse::Discourse;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::tables::rows::FigureRow;
use jiff::civil::Date;

/// A sentence of running text.
#[derive(Debug)]
pub struct MaterialLine {
    /// Number of the sentence, counted from 1 through the article.
    pub number: usize,
    /// Index of the block of the article that it stands in.
    pub block: usize,
    /// Its place in that block, from 0.
    pub place: usize,
    pub french: String,
    pub english: String,
    /// Facts of the French, in which sources that are pronouns or the like have their antecedents, where these are
    /// known.
    pub source_facts: Vec<Fact>,
    pub target_facts: Vec<Fact>,
    /// Whether it begins inside a quotation that a sentence before it opened.
    pub in_quotation: bool,
    /// How many warnings the rules have about the translation.
    pub warnings: usize,
    /// Whether an editor must look at the translation.
    pub needs_review: bool,
    /// How likely the translation is to mislead, 0 to 1.
    pub doubt: f32,
}

/// An article and its translation.
#[derive(Debug)]
pub struct Material<'a> {
    /// The headline in both languages.
    pub title: Option<Title>,
    /// The sentences of paragraphs and lists, in the order of the article.
    pub lines: Vec<MaterialLine>,
    /// The rows of the who-says-what table.
    pub sources: &'a [SourceRow],
    /// The rows of the table of figures.
    pub figures: &'a [FigureRow],
    /// The contradictions of the tables: for each side of each, the numbers of the sentences that
    /// make its claim.
    pub contradictions: Vec<[Vec<usize>; 2]>,
    /// How many words the French article has.
    pub words: usize,
    /// The day of publication.
    pub date: Option<Date>,
    /// The newest year among the dates of the lines (see [`toll::newest_year`]).
    pub newest_year: Option<i16>,
}

/// The headline, which may have several sentences.
#[derive(Debug)]
pub struct Title {
    pub french: String,
    /// Facts of the French.
    pub source_facts: Vec<Fact>,
    pub english: String,
    /// Numbers of the article's sentences that it consists of.
    pub numbers: Vec<usize>,
}

/// What [`Material::contradictions`] holds.
fn contradictions(d: &Dispatch) -> Vec<[Vec<usize>; 2]> {
    let numbers = |side: &Side| side.claims.iter().map(|c| c.sentence).collect();
    d.tables.contradictions.iter().map(|c| c.sides.each_ref().map(numbers)).collect()
}

impl Title {
    /// A headline without any sentence yet.
    fn empty() -> Self {
        let (french, english, source_facts) = (String::new(), String::new(), Vec::new());
        Title { french, english, source_facts, numbers: Vec::new() }
    }

    /// Adds a further sentence of the headline.
    fn add(&mut self, s: &SentenceRecord) {
        for (text, more) in [(&mut self.french, &s.cleaned), (&mut self.english, &s.target)] {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(more);
        }
        self.numbers.push(s.number);
    }
}

/// Whether a sentence begins inside a quotation (this is `before`), and whether a quotation is still open at its end.
fn quoting(facts: &[Fact], before: bool) -> (bool, bool) {
    let quotes = || {
        facts.iter().filter_map(|f| match &f.value {
            FactValue::Quote(q) => Some(q),
            _ => None,
        })
    };
    let (begins, ends) = (quotes().any(|q| !q.closed), quotes().any(|q| !q.opened));
    (before, begins || before && !ends)
}

impl<'a> Material<'a> {
    /// The material that a dispatch gives. Headings and captions are left out.
    pub fn of(d: &'a Dispatch) -> Self {
        let date = d.source.date.as_deref().and_then(|date| date.parse().ok());
        let mut discourse = Discourse::default();
        let mut title: Option<Title> = None;
        let mut lines = Vec::new();
        let mut quotation_open = false;
        let sentences =
            d.blocks.iter().enumerate().flat_map(|(block, b)| (0..).zip(&b.sentences).map(move |s| (block, b.kind, s)));
        for (block, kind, (place, s)) in sentences {
            let (source_facts, target_facts) = read(s, &mut discourse, date);
            let needs_review = d.needs_review.iter().any(|r| r.sentence == s.number);
            match kind {
                BlockKind::Title => title.get_or_insert_with(Title::empty).add(s),
                BlockKind::Paragraph | BlockKind::ListItem => {
                    let count =
                        |level| d.findings.iter().filter(|f| f.sentence == s.number && f.severity == level).count();
                    let (in_quotation, still_open) = quoting(&source_facts, quotation_open);
                    quotation_open = still_open;
                    lines.push(MaterialLine {
                        in_quotation,
                        number: s.number,
                        block,
                        place,
                        french: s.cleaned.clone(),
                        english: s.target.clone(),
                        source_facts,
                        target_facts,
                        warnings: count(Severity::Warning),
                        needs_review,
                        doubt: s.doubt,
                    });
                }
                BlockKind::Heading | BlockKind::Caption => {}
            }
        }
        if let Some(title) = &mut title {
            title.source_facts = facts::extract(&title.french, &Context { lang: Lang::Fr, date });
        }
        Material {
            newest_year: toll::newest_year(lines.iter().flat_map(|l| &l.source_facts)),
            title,
            lines,
            sources: &d.tables.who_says_what,
            figures: &d.tables.figures,
            contradictions: contradictions(d),
            words: d.source.words,
            date,
        }
    }

    /// Whether there is nothing to summarise.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|l| l.english.trim().is_empty())
    }
}
