//! The tables of an article as plain text and as JSON, and the wording that the plain text shares with the Markdown
//! report.

use super::text::one_line;
use crate::article::{Article, Sentence};
use crate::span::{CharIndex, CharSpan};
use crate::tables::Tables;
use crate::tables::rows::{Claim, ClaimRef, Conflict, FigureRow, Side, SourceRow, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write;

/// The tables for people to read on a terminal.
pub fn text(article: &Article, tables: &Tables) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_text(&mut out, article, tables);
    out
}

fn write_text(out: &mut String, article: &Article, tables: &Tables) -> std::fmt::Result {
    let title = article.title().map(|t| format!(": {}", one_line(&t))).unwrap_or_default();
    writeln!(out, "{}{title}", one_line(&article.original.name))?;
    if tables.who_says_what.is_empty() && tables.figures.is_empty() {
        return writeln!(out, "\nNobody is named as saying anything, and nothing is counted.");
    }
    if !tables.who_says_what.is_empty() {
        writeln!(out, "\nWho says what")?;
    }
    for row in &tables.who_says_what {
        writeln!(out, "  {}", named(row))?;
        for claim in &row.claims {
            writeln!(out, "    {:>3}  {}: {}", claim.sentence, verb(claim, one_line), one_line(&claim.french.text))?;
        }
    }
    if !tables.contradictions.is_empty() {
        writeln!(out, "\nContradictions")?;
    }
    for c in &tables.contradictions {
        writeln!(out, "  {} (confidence {})", reason(c.reason), c.confidence)?;
        for side in &c.sides {
            writeln!(out, "    {}", claims(side, tables))?;
        }
    }
    if !tables.figures.is_empty() {
        writeln!(out, "\nFigures")?;
    }
    for i in in_groups(tables) {
        let row = &tables.figures[i];
        let parts = [row.what.clone(), row.source.clone(), row.date.clone(), note(tables, i)];
        let parts: Vec<String> = parts.into_iter().flatten().map(|p| one_line(&p)).collect();
        writeln!(out, "    {:>3}  {}  [{}]", row.sentence, one_line(&row.french), parts.join("; "))?;
    }
    Ok(())
}

/// A source with its kind, and with those French names that differ from the name of the row.
fn named(row: &SourceRow) -> String {
    let kind = serde_json::to_value(row.kind).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default();
    let others = row.french.iter().filter(|f| **f != row.source).map(|f| format!("« {} »", one_line(f)));
    let parts: Vec<String> = std::iter::once(kind).chain(others).collect();
    format!("{} ({})", one_line(&row.source), parts.join("; "))
}

/// The claims of one side of a contradiction in one line, each with its source and the number of its sentence.
fn claims(side: &Side, tables: &Tables) -> String {
    let claim = |k: &ClaimRef| {
        let words = tables.who_says_what.get(k.row).and_then(|row| row.claims.get(k.claim));
        let words = words.map_or_else(String::new, |c| one_line(&c.french.text));
        format!("{} ({}): {words}", one_line(&k.source), k.sentence)
    };
    side.claims.iter().map(claim).collect::<Vec<_>>().join(" / ")
}

/// The verb of a claim, with what the reader must know about the claim: whether the verb is negated, and whether the
/// claim comes by way of another source, is unconfirmed, or was only inferred. `safe` makes the words of the article
/// harmless.
pub(super) fn verb(claim: &Claim, safe: fn(&str) -> String) -> String {
    let mut text = if claim.negated { format!("does not {}", safe(&claim.verb)) } else { safe(&claim.verb) };
    if let Some(via) = &claim.via {
        text.push_str(&format!(", via {}", safe(via)));
    }
    if claim.conditional {
        text.push_str(", unconfirmed");
    }
    if claim.implied {
        text.push_str(", as it seems");
    }
    text
}

/// How two claims exclude each other, in words.
pub(super) fn reason(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Denial => "one side denies what the other says",
        Conflict::Negation => "one side says the contrary",
        Conflict::Opposite => "both cannot hold",
        Conflict::Figures => "figures that exclude each other",
    }
}

/// The indices of the figures. Those that count the same thing stand together, where the first of them stands.
pub(super) fn in_groups(tables: &Tables) -> Vec<usize> {
    let group = |i: usize| tables.figure_groups.iter().find(|g| g.figures.contains(&i));
    let mut order: Vec<usize> = (0..tables.figures.len()).collect();
    order.sort_by_key(|&i| (group(i).map_or(i, |g| g.figures[0]), i));
    order
}

/// The figure that figure `i` is a part of; or else the sentences whose figures count the same thing, and whether these
/// figures agree. `None` if figure `i` is no part of another and in no group.
pub(super) fn note(tables: &Tables, i: usize) -> Option<String> {
    let whole = tables.figures[i].part_of.and_then(|p| tables.figures.get(p));
    if let Some(FigureRow { french, .. }) = whole {
        return Some(format!("part of {french}"));
    }
    let group = tables.figure_groups.iter().find(|g| g.figures.contains(&i))?;
    // A dispatch that was read from a file may name figures that it does not have.
    let others = group.figures.iter().filter(|&&k| k != i).filter_map(|&k| tables.figures.get(k));
    let others = others.map(|f| f.sentence.to_string());
    let others = others.collect::<Vec<_>>().join(", ");
    Some(match group.verdict {
        Verdict::Compatible => format!("compatible with sentence {others}"),
        Verdict::Conflicting => format!("conflicts with sentence {others}"),
    })
}

/// One article with its tables, as JSON.
#[derive(Serialize, JsonSchema)]
pub struct Record<'a> {
    /// The name of the article's file, with a line number in JSON lines.
    name: &'a str,
    /// The identifier that the input gave the article, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    title: Option<String>,
    /// Day of publication, as YYYY-MM-DD.
    date: Option<String>,
    /// The cleaned sentences; the spans in the tables are spans of these.
    sentences: Vec<SentenceRecord>,
    #[serde(flatten)]
    tables: &'a Tables,
}

/// A sentence of the article.
#[derive(Serialize, JsonSchema)]
pub struct SentenceRecord {
    number: usize,
    text: String,
    /// Where it stands in the article as given: 0-based, half-open, in Unicode scalar values.
    start: usize,
    end: usize,
}

/// For programs: one JSON object for the article, on one line or indented.
pub fn json(article: &Article, tables: &Tables, indented: bool) -> String {
    let index = CharIndex::new(&article.original.text);
    let sentence = |(i, s): (usize, &Sentence)| {
        let CharSpan { start, end, .. } = index.char_span(s.span);
        SentenceRecord { number: i + 1, text: s.text.clone(), start, end }
    };
    let record = Record {
        name: &article.original.name,
        id: article.id.as_ref(),
        title: article.title(),
        date: article.date.map(|d| d.to_string()),
        sentences: article.sentences().enumerate().map(sentence).collect(),
        tables,
    };
    let json = if indented { serde_json::to_string_pretty(&record) } else { serde_json::to_string(&record) };
    json.expect("writing plain values to memory cannot fail") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ReadOptions;
    use crate::tables;

    #[test]
    fn a_verb_says_what_the_reader_must_know() {
        let span = CharSpan { start: 0, end: 2, text: "le".into() };
        let claim = Claim {
            sentence: 1,
            verb: "confirm".into(),
            negated: true,
            conditional: true,
            implied: false,
            via: Some("AFP".into()),
            text: "x".into(),
            french: span,
            figures: Vec::new(),
            quotations: Vec::new(),
        };
        assert_eq!(verb(&claim, one_line), "does not confirm, via AFP, unconfirmed");
    }

    #[test]
    fn the_french_alone_says_who_says_what() {
        let text = "Le maire de Tarsal affirme que le pont est ouvert. L’armée dément ces informations. Douze habitants ont été blessés.";
        let article = Article::from_text("pont.txt", text, &ReadOptions::default()).unwrap();
        let shown = super::text(&article, &tables::of_article(&article));
        assert!(shown.contains("Who says what") && shown.contains("le pont est ouvert"), "{shown}");
        assert!(shown.contains("one side denies what the other says"), "{shown}");
        assert!(shown.contains("Douze") && shown.contains("wounded"), "{shown}");
    }
}
