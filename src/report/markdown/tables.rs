//! The tables as Markdown, in a dispatch or alone: who says what, the contradictions, and the figures.

use super::{cell, escape};
use crate::article::Article;
use crate::report::tables::{in_groups, note, reason, verb};
use crate::tables::Tables;
use crate::tables::rows::{Claim, ClaimRef};
use std::fmt::Write;

/// The tables of an article that is not translated.
pub fn render(article: &Article, tables: &Tables) -> String {
    let mut out = format!("# {}\n\n", escape(&article.title().unwrap_or_else(|| article.original.name.clone())));
    // Writing to a string cannot fail.
    let _ = sources(&mut out, tables).and_then(|()| figures(&mut out, tables, false));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The tables of a dispatch.
pub(super) fn write(out: &mut String, tables: &Tables) -> std::fmt::Result {
    sources(out, tables)?;
    figures(out, tables, true)
}

/// What is claimed: in English where the article is translated, otherwise in French.
fn words(claim: &Claim) -> String {
    cell(if claim.text.is_empty() { &claim.french.text } else { &claim.text })
}

/// Who says what.
fn sources(out: &mut String, tables: &Tables) -> std::fmt::Result {
    if tables.who_says_what.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Who says what\n\n| Source | Sentence | Verb | Claim |\n|---|---|---|---|")?;
    for row in &tables.who_says_what {
        // What a source says in one sentence is one line of the table, even if it has several verbs, as in « contestée
        // par des riverains qui assurent ». Claims that are only implied stand apart.
        let lines = row.claims.chunk_by(|a, b| a.sentence == b.sentence && a.implied == b.implied);
        for (i, claims) in lines.enumerate() {
            let source = match i {
                0 => format!("**{}** ({})", cell(&row.source), cell(&row.french.join("; "))),
                _ => String::new(),
            };
            let verbs: Vec<String> = claims.iter().map(|c| verb(c, cell)).collect();
            writeln!(out, "| {source} | {} | {} | {} |", claims[0].sentence, verbs.join("; "), words(&claims[0]))?;
        }
    }
    writeln!(out)?;
    contradictions(out, tables)
}

/// Both sides of every contradiction side by side.
fn contradictions(out: &mut String, tables: &Tables) -> std::fmt::Result {
    if tables.contradictions.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Contradictions\n")?;
    for (n, c) in tables.contradictions.iter().enumerate() {
        writeln!(out, "{}. {} (confidence {})\n", n + 1, reason(c.reason), c.confidence)?;
        writeln!(out, "| One side | The other |\n|---|---|")?;
        let [one, other] = &c.sides;
        let claim = |k: Option<&ClaimRef>| {
            let text = k.and_then(|k| tables.who_says_what.get(k.row)?.claims.get(k.claim).map(|c| (k, c)));
            text.map_or(String::new(), |(k, c)| format!("**{}** ({}): {}", cell(&k.source), k.sentence, words(c)))
        };
        for i in 0..one.claims.len().max(other.claims.len()) {
            writeln!(out, "| {} | {} |", claim(one.claims.get(i)), claim(other.claims.get(i)))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The figures. With `english`, a further column shows how the translation gives them.
fn figures(out: &mut String, tables: &Tables, english: bool) -> std::fmt::Result {
    if tables.figures.is_empty() {
        return Ok(());
    }
    let heads = ["Counts", "French", "English", "Source", "Date", "Sentence", "Note"];
    let heads: Vec<&str> = heads.into_iter().filter(|h| english || *h != "English").collect();
    writeln!(out, "## Figures\n\n| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()))?;
    let dash = |text: Option<&String>| text.map_or("–".to_string(), |t| cell(t));
    for i in in_groups(tables) {
        let row = &tables.figures[i];
        let found = match &row.english {
            _ if !english => String::new(),
            Some(text) => format!(" {} |", cell(text)),
            None => " **not found** |".to_string(),
        };
        writeln!(
            out,
            "| {} | {} |{found} {} | {} | {} | {} |",
            dash(row.what.as_ref()),
            cell(&row.french),
            dash(row.source.as_ref()),
            dash(row.date.as_ref()),
            row.sentence,
            note(tables, i).map_or(String::new(), |n| cell(&n).replacen("conflicts", "**conflicts**", 1)),
        )?;
    }
    writeln!(out)
}
