//! The summary's section of a dispatch.

use super::escape;
use crate::dispatch::{Origin, SummaryKind, SummaryRecord, SummaryStyle};
use std::fmt::Write;

/// Writes the headline, the text, and for each sentence the numbers of the article's sentences that it comes from, and
/// how it was made from them.
pub fn write(out: &mut String, summary: &SummaryRecord) -> std::fmt::Result {
    writeln!(out, "## Summary\n")?;
    if let Some(headline) = &summary.headline {
        writeln!(out, "**{}**\n", escape(headline))?;
    }
    match summary.style {
        SummaryStyle::Bullets => {
            for sentence in &summary.sentences {
                writeln!(out, "- {}", escape(&sentence.text))?;
            }
            writeln!(out)?;
        }
        SummaryStyle::Wire | SummaryStyle::Brief => writeln!(out, "{}\n", escape(&summary.text))?,
    }
    let from = |s: &crate::dispatch::SummarySentence| {
        let numbers: Vec<String> = s.sentences.iter().map(usize::to_string).collect();
        let how = match s.origin {
            Origin::Written => "put right by the model",
            Origin::Trimmed => "without its asides",
            Origin::Translation => "as translated",
            Origin::Composed => "composed from the figures",
        };
        let review = if s.needs_review { ", **needs review**" } else { "" };
        format!("{} ({how}{review})", numbers.join("–"))
    };
    let from: Vec<String> = summary.sentences.iter().map(from).collect();
    let kind = match summary.kind {
        SummaryKind::Extractive => "Extractive summary, from",
        SummaryKind::Written | SummaryKind::Mixed => "From",
    };
    if !from.is_empty() {
        writeln!(out, "*{kind} sentences {}.*\n", from.join(", "))?;
    }
    Ok(())
}
