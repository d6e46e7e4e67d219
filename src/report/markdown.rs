//! A dispatch as Markdown, for people: the summary, the translation, who says what, the figures, the findings.
//!
//! The translation stands between two comments, so that `depeche check` can find it in the file. Texts of the article
//! are escaped, so that nothing in them becomes markup.

mod summary;
pub mod tables;

use super::text::is_unprintable;
use crate::article::BlockKind;
use crate::checks::Severity;
use crate::dispatch::{Dispatch, FindingRecord, SentenceRecord, WordDoubt};
use std::fmt::Write;

/// First line of every dispatch, by which a file is recognised as one.
pub const MARK: &str = "<!-- depeche dispatch v1 -->";
/// Line before the translation.
pub const OPEN: &str = "<!-- translation -->";
/// Line after the translation.
pub const CLOSE: &str = "<!-- /translation -->";

/// Writes a dispatch.
pub fn render(d: &Dispatch) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_dispatch(&mut out, d);
    out
}

/// Writes the summary, the tables and the record of a dispatch, without the translation and the findings.
pub fn render_summary(d: &Dispatch) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_summary(&mut out, d);
    out
}

fn write_summary(out: &mut String, d: &Dispatch) -> std::fmt::Result {
    match d.summary.as_ref().and_then(|s| s.headline.as_ref()).or(d.title.as_ref()) {
        Some(title) => writeln!(out, "# {}\n", escape(title))?,
        None => writeln!(out, "# {}\n", escape(&d.source.file))?,
    }
    writeln!(out, "*{}*\n", status(d))?;
    if let Some(summary) = &d.summary {
        summary::write(out, summary)?;
    }
    tables::write(out, &d.tables)?;
    record(out, d)
}

fn write_dispatch(out: &mut String, d: &Dispatch) -> std::fmt::Result {
    writeln!(out, "{MARK}\n")?;
    if let Some(title) = &d.title {
        writeln!(out, "# {}\n", escape(title))?;
    }
    writeln!(out, "*{}*\n", status(d))?;
    if let Some(summary) = &d.summary {
        summary::write(out, summary)?;
    }
    writeln!(out, "## Translation\n\n{OPEN}\n")?;
    for block in &d.blocks {
        let text: Vec<String> = block
            .sentences
            .iter()
            .map(|s| {
                let mark = if s.is_unsure() || d.needs_review.iter().any(|r| r.sentence == s.number) {
                    format!("[^{}]", s.number)
                } else {
                    String::new()
                };
                format!("{}{mark}", escape(&s.target))
            })
            .collect();
        let prefix = match block.kind {
            BlockKind::Title => "# ",
            BlockKind::Heading => "## ",
            BlockKind::ListItem => "- ",
            BlockKind::Paragraph | BlockKind::Caption => "",
        };
        let text = text.join(" ");
        match block.kind {
            BlockKind::Caption => writeln!(out, "*{text}*\n")?,
            _ => writeln!(out, "{prefix}{text}\n")?,
        }
    }
    writeln!(out, "{CLOSE}\n")?;
    footnotes(out, d)?;
    tables::write(out, &d.tables)?;
    findings(out, d)?;
    record(out, d)
}

/// The footnotes of the marked sentences: why a sentence needs review; and if the model was unsure of it, its least
/// sure words and its French.
fn footnotes(out: &mut String, d: &Dispatch) -> std::fmt::Result {
    for s in d.blocks.iter().flat_map(|b| &b.sentences) {
        let review = d.needs_review.iter().find(|r| r.sentence == s.number);
        let reasons: Option<Vec<String>> = review.map(|r| r.reasons.iter().map(|r| escape(r)).collect());
        let review = reasons.map(|reasons| format!("**needs review**: {}", reasons.join("; ")));
        let of = match least_sure(s) {
            words if words.is_empty() => String::new(),
            words => format!(" of {}", words.join(", ")),
        };
        let unsure = s.is_unsure().then(|| format!("*unsure*{of}; the French: {}", escape(&s.cleaned)));
        let notes: Vec<String> = review.into_iter().chain(unsure).collect();
        if !notes.is_empty() {
            writeln!(out, "[^{}]: {}\n", s.number, notes.join(". "))?;
        }
    }
    Ok(())
}

/// Words whose doubt is this or more are named in the footnote of their sentence. One in three of
/// such words is wrong, and one in fifteen of the others (measured on 300 sentences that strict
/// readers compared with the French; see `translate::word_doubt`).
const NAMED: f32 = 0.72;
/// How many words of a sentence are named at most: those of the highest doubt.
const MOST_NAMED: usize = 3;

/// The words of a sentence of which the model was least sure, as [`NAMED`] and [`MOST_NAMED`] allow, in quotation marks
/// and in the order of the sentence.
fn least_sure(sentence: &SentenceRecord) -> Vec<String> {
    let mut words: Vec<&WordDoubt> = sentence.words.iter().filter(|word| word.doubt >= NAMED).collect();
    words.sort_by(|a, b| b.doubt.total_cmp(&a.doubt));
    words.truncate(MOST_NAMED);
    words.sort_by_key(|word| word.start);
    let text = |word: &WordDoubt| sentence.target.chars().take(word.end).skip(word.start).collect::<String>();
    words.into_iter().map(|word| format!("“{}”", escape(&text(word)))).collect()
}

/// One line on how far the dispatch can be trusted: what was compared, what was found, and what nothing has checked.
pub fn status(d: &Dispatch) -> String {
    let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let errors = d.count(Severity::Error);
    let warnings = d.count(Severity::Warning) - errors;
    let review = match d.needs_review.len() {
        0 => "no sentence needs review".to_string(),
        1 => "1 sentence needs review".to_string(),
        n => format!("{n} sentences need review"),
    };
    let all = d.blocks.iter().map(|b| b.sentences.len()).sum::<usize>();
    let unsure = match d.blocks.iter().flat_map(|b| &b.sentences).filter(|s| s.is_unsure()).count() {
        0 => String::new(),
        n => format!(
            " The model was unsure of {n} of {all} sentences, which are marked: one in three of such sentences misleads, one in fourteen of the others."
        ),
    };
    format!(
        "Translated from French by machine. Rules compared figures, dates, names, sources, quotations and who did what to \
         whom: {}, {}; {review}. Nothing has checked the wording: read it against the French.{unsure}",
        plural(errors, "error"),
        plural(warnings, "warning")
    )
}

/// The section with what the rules found.
fn findings(out: &mut String, d: &Dispatch) -> std::fmt::Result {
    writeln!(out, "## Findings\n")?;
    if d.findings.is_empty() {
        writeln!(out, "None.\n")?;
        return Ok(());
    }
    let line = |f: &FindingRecord| {
        let severity = match f.severity {
            Severity::Error => "**error**",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        format!("- {severity} `{}`, sentence {}: {}", f.rule, f.sentence, escape(&f.message))
    };
    for finding in &d.findings {
        writeln!(out, "{}", line(finding))?;
    }
    writeln!(out)
}

/// The section with how the dispatch was made.
fn record(out: &mut String, d: &Dispatch) -> std::fmt::Result {
    writeln!(out, "## Record\n")?;
    writeln!(out, "- Source: {} (sha256 {})", escape(&d.source.file), d.source.sha256)?;
    if let Some(date) = &d.source.date {
        writeln!(out, "- Published: {}", escape(date))?;
    }
    let prompts: Vec<String> = d.prompts.iter().map(|p| format!("{} v{}", p.id, p.version)).collect();
    writeln!(out, "- Model: {} on {} (sha256 {})", escape(&d.model.id), d.model.device, d.model.sha256)?;
    if let Some(adapter) = &d.model.adapter {
        writeln!(out, "- Adapter: {} (sha256 {})", escape(&adapter.id), adapter.sha256)?;
    }
    writeln!(out, "- Prompts: {}; decoding: {}", prompts.join(", "), d.settings.decoding.name())?;
    writeln!(out, "- {} {}", d.tool.name, d.tool.version)?;
    for credit in &d.credits {
        writeln!(out, "- Credit: {}", escape(&credit.text))?;
    }
    if !d.removed.is_empty() {
        let reasons: Vec<String> = d.removed.iter().map(|r| escape(&r.reason)).collect();
        writeln!(out, "- Left out: {}", reasons.join("; "))?;
    }
    Ok(())
}

/// Text for a table cell: escaped, in one line, and with a backslash before "|", which would end
/// the cell.
fn cell(text: &str) -> String {
    escape(text).replace('|', "\\|")
}

/// Escapes what Markdown or HTML would take for markup (CommonMark 0.31, section 2.4), and what a CI server would take
/// for a command. Line feeds, tabs, and what [`is_unprintable`] finds become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' => {
                out.push('\\');
                out.push(c);
            }
            // These open a heading, a list or a horizontal rule, but only at the start of a line.
            '#' | '+' | '-' | '=' if out.trim_start().is_empty() => {
                out.push('\\');
                out.push(c);
            }
            // Two colons at the start would be a command to the CI server in whose log the text may be printed, so the
            // first one is escaped.
            ':' if out.trim_start().is_empty() => out.push_str("\\:"),
            c if is_unprintable(c) || c == '\n' || c == '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    // "12. " at the start of a line would open a numbered list.
    let start = out.len() - out.trim_start().len();
    let digits = start + out[start..].chars().take_while(char::is_ascii_digit).count();
    if digits > start && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_article_cannot_open_markup() {
        assert_eq!(escape("<script>*x*</script>"), "\\<script\\>\\*x\\*\\</script\\>");
        assert_eq!(escape("# Titre"), "\\# Titre");
        assert_eq!(escape("12. mars"), "12\\. mars");
        assert_eq!(escape("\u{1}- Titre"), " \\- Titre", "behind a space, too");
        assert_eq!(escape("\t12. mars"), " 12\\. mars");
        assert_eq!(escape("a\u{1b}[31mb"), "a \\[31mb");
        assert_eq!(escape("::error::x"), "\\::error::x");
        assert_eq!(escape("##[error]"), "\\##\\[error\\]");
        assert_eq!(escape("a\u{202e}b"), "a b", "a name cannot turn what follows it round");
    }

    #[test]
    fn the_least_sure_words_are_named_in_their_order() {
        let target = "L’État’s élan shook a fort near Selm.";
        let doubts = [("élan", 0.75), ("shook", 0.8), ("fort", 0.9), ("near", 0.5), ("Selm", 0.74)];
        let start = |word: &str| target.find(word).map(|at| target[..at].chars().count()).unwrap();
        let words = doubts.map(
            |(w, doubt)| serde_json::json!({"start": start(w), "end": start(w) + w.chars().count(), "doubt": doubt}),
        );
        let sentence: SentenceRecord = serde_json::from_value(serde_json::json!({
            "number": 1, "source": {"start": 0, "end": 1, "text": "x"}, "cleaned": "x", "target": target,
            "mean_log_prob": -1.0, "words": words, "source_facts": [], "target_facts": []
        }))
        .unwrap();
        assert_eq!(least_sure(&sentence), ["“élan”", "“shook”", "“fort”"]);
    }

    proptest! {
        #[test]
        fn no_comment_of_the_format_can_be_forged(text in "[-<!>/ a-z#]{0,40}") {
            prop_assert!(!escape(&text).contains("<!--") || escape(&text).contains("\\<!--"));
        }
    }
}
