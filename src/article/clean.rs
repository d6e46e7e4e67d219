//! Takes out of a document what is not the article, and says what and why.
//!
//! Precision comes first: a line of the site's frame (menus, notices, links) that stays is a blemish, but nobody
//! notices when a sentence of the article is lost. So most rules ask for a known form of the whole line or paragraph,
//! and prose is not judged by a single word.

mod credit;
mod frame;
mod kinds;
mod line;
mod notes;
mod repeats;
mod rules;

use super::date::{self, DateSource};
use super::mapped::{self, Ch};
use super::read::Document;
use super::{Block, BlockKind, ReadOptions, Removed, Sentence, mend, segment};
use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;
use line::{ScreenedLine, Verdict};

/// The reason for which lines and beginnings of lines with the date of publication are taken out.
const DATE_LINE: &str = "date line";

/// The article in a document, and what was taken out of it.
pub(crate) struct Cleaned {
    /// What stays, in the order of the original.
    pub blocks: Vec<CleanBlock>,
    /// Where photo and agency credits stand.
    pub credits: Vec<Span>,
    /// What was taken out and is no credit, in the order of the original.
    pub removed: Vec<Removed>,
    /// The day of publication, and where it was found.
    pub date: Option<(Date, DateSource)>,
}

/// A block of the article that is mended, but not yet cut into sentences.
pub(crate) struct CleanBlock {
    pub kind: BlockKind,
    pub chars: Vec<Ch>,
}

/// Takes out what is not the article, and mends what stays. With `keep_boilerplate`, only lines
/// without a letter or digit are taken out, and from other lines only footnote marks and bullets.
pub(crate) fn clean(document: &Document, options: &ReadOptions) -> Cleaned {
    let text = &document.original.text;
    let mut lines: Vec<ScreenedLine> = document.blocks.iter().map(|b| ScreenedLine::new(text, b)).collect();
    let date = publication(document, &mut lines, options);
    let mut credits = Vec::new();
    if options.keep_boilerplate {
        lines.iter_mut().for_each(|line| line.verdict = Verdict::Keep);
    } else {
        // The rules come before the credits, because a byline (« Par Le Courrier avec AFP ») and a
        // copyright line look like credits as well.
        rules::apply(&mut lines);
        for line in &mut lines {
            credit::take(line, &mut credits);
        }
        frame::apply(&mut lines, text);
        repeats::apply(&mut lines);
    }
    kinds::settle(&mut lines);

    let mut removed = document.removed.clone();
    let mut blocks = Vec::new();
    for line in lines {
        // What was cut off a line is recorded as removed, even if the rest of the line stays or is
        // a credit.
        removed.extend(line.cut.iter().map(|&(span, reason)| Removed { span, reason }));
        match line.verdict {
            Verdict::Remove(reason) => removed.push(Removed { span: mapped::span(&line.chars), reason }),
            Verdict::Credit => credits.push(mapped::span(&line.chars)),
            Verdict::Keep => {
                let kind = line.kind.unwrap_or(BlockKind::Paragraph);
                let mut chars = line.chars;
                removed
                    .extend(notes::strip(&mut chars).into_iter().map(|span| Removed { span, reason: "footnote mark" }));
                let chars = mend::mend(chars, options.lang);
                if chars.iter().any(|ch| ch.c.is_alphanumeric()) {
                    blocks.push(CleanBlock { kind, chars });
                }
            }
        }
    }
    removed.sort_by_key(|r| r.span);
    credits.sort();
    Cleaned { blocks, credits, removed, date }
}

/// The day of publication, from the first place that has one, in the order that [`date`] gives. Date lines are marked
/// as removed. A date before the first sentence of a paragraph is cut off, unless `keep_boilerplate` is set.
fn publication(document: &Document, lines: &mut [ScreenedLine], options: &ReadOptions) -> Option<(Date, DateSource)> {
    let mut published = None;
    let mut updated = None;
    for line in lines.iter_mut() {
        if let Some(found) = date::date_line(&line.text, options.today) {
            line.verdict = Verdict::Remove(DATE_LINE);
            let slot = if found.updated { &mut updated } else { &mut published };
            *slot = slot.or(found.date);
        } else if let Some((end, date)) = date::date_prefix(&line.text) {
            published = published.or(Some(date));
            if !options.keep_boilerplate {
                let span = line.cut_front(end);
                line.cut.push((span, DATE_LINE));
            }
        }
    }
    let given = options.date.map(|d| (d, DateSource::Given));
    let metadata = || document.date.map(|d| (d, DateSource::Metadata));
    let stated = || published.or(updated).map(|d| (d, DateSource::DateLine));
    let agency = || lines.iter().find_map(|l| date::agency_dateline(&l.text)).map(|d| (d, DateSource::DateLine));
    let own = || lines.iter().find_map(|l| date::own_day(&l.text, options.today)).map(|d| (d, DateSource::Inferred));
    given.or_else(metadata).or_else(stated).or_else(agency).or_else(own)
}

impl CleanBlock {
    /// Cuts the block into sentences; `None` when no sentence is found in it.
    pub fn cut(&self, lang: Lang) -> Option<Block> {
        let text = mapped::text(&self.chars);
        let offsets: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let index = |byte: usize| offsets.binary_search(&byte).unwrap_or_else(|i| i);
        let sentences: Vec<Sentence> = segment::sentences(&text, lang)
            .into_iter()
            .map(|span| {
                let chars = &self.chars[index(span.start)..index(span.end)];
                Sentence { text: span.of(&text).to_string(), span: mapped::span(chars), map: mapped::map(chars) }
            })
            .collect();
        (!sentences.is_empty()).then_some(Block { kind: self.kind, sentences })
    }
}
