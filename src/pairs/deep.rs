//! `check --pairs --deep`: as `check --pairs`, and then a model takes a second look at the pairs, many of them
//! together.
//!
//! A model is fastest on many short texts at once. So lines are read in blocks, and a block is answered before the next
//! one is read, which also bounds the memory.

use super::{MAX_LINE, PairLine, PairSettings, describe, too_long};
use crate::baseline::BaselineEntry;
use crate::checks::Finding;
use crate::checks::engine;
use crate::contrasts::{Asked, SecondLook};
use crate::report::{Checked, Counts, Failed, Message, PairOrigin, Sink, Text};
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};

/// How many lines a block holds at most, not counting blank ones.
const TOGETHER: usize = 256;

/// Checks each pair of `input` by the rules, lets `look` look a second time at those that the rules could check, and
/// writes the answers to the sink. Returns the findings for a new baseline, none unless [`PairSettings::collect`] is
/// set.
///
/// # Errors
/// When reading, writing or the second look fails.
pub fn check(
    input: impl Read,
    job: &PairSettings,
    look: &mut SecondLook<'_>,
    sink: &mut Sink,
) -> io::Result<BTreeSet<BaselineEntry>> {
    let mut input = BufReader::new(input);
    let (mut number, mut entries) = (0, BTreeSet::new());
    loop {
        let mut lines = Vec::new();
        while lines.len() < TOGETHER
            && let Some(line) = next_line(&mut input)?
        {
            number += 1;
            if !line.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace)) {
                lines.push((number, line));
            }
        }
        if lines.is_empty() {
            return Ok(entries);
        }
        answer_block(&lines, job, look, sink, &mut entries)?;
        sink.flush()?;
    }
}

/// A line of the input, or why it was passed over.
type Line = Result<Vec<u8>, String>;

/// Reads the next line; `None` at the end of the input. A line of more than [`MAX_LINE`] bytes is passed over.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line)?;
    if line.len() > MAX_LINE && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(too_long())));
    }
    Ok((!line.is_empty()).then_some(Ok(line)))
}

/// Answers the lines of a block, each given with its number.
fn answer_block(
    lines: &[(usize, Line)],
    job: &PairSettings,
    look: &mut SecondLook<'_>,
    sink: &mut Sink,
    entries: &mut BTreeSet<BaselineEntry>,
) -> io::Result<()> {
    let parsed: Vec<(usize, Result<PairLine<'_>, String>)> =
        lines.iter().map(|(number, line)| (*number, parse(line))).collect();
    let pairs: Vec<&PairLine<'_>> = parsed.iter().filter_map(|(_, pair)| pair.as_ref().ok()).collect();
    let check = |p: &&PairLine<'_>| engine::guarded(&p.source, &p.target, p.date, job.settings);
    let found: Vec<Result<Vec<Finding>, String>> = pairs.iter().map(check).collect();
    // The model is not asked about pairs that the rules could not compare.
    let asked: Vec<Asked<'_>> = pairs
        .iter()
        .zip(&found)
        .filter_map(|(p, known)| Some(Asked { source: &p.source, target: &p.target, known: known.as_deref().ok()? }))
        .collect();
    let mut more = look(&asked)?.into_iter();
    let mut found = found.into_iter();
    let (mut items, mut counts, mut known) = (Vec::new(), Counts::default(), 0);
    for (line, pair) in &parsed {
        let mut answer = |message: Message| {
            counts.count(&message);
            job.format.message(&message, &mut items);
        };
        let origin = |id| PairOrigin::Line { file: job.file, line: *line, id };
        match pair {
            Ok(pair) => {
                let mut findings = match found.next().expect("an answer for each pair") {
                    Ok(findings) => findings,
                    Err(e) => {
                        let error = format!("line {line}: {e}");
                        answer(Message::Failed(Failed { origin: origin(pair.id), error: &error }));
                        continue;
                    }
                };
                findings.extend(more.next().unwrap_or_default());
                let findings = job.settled(findings, pair, entries, &mut known);
                let (source, target) = (Text { text: &pair.source }, Text { text: &pair.target });
                answer(Message::Checked(Checked { origin: origin(pair.id), source, target, findings: &findings }));
            }
            Err(e) => {
                let error = format!("line {line}: {e}");
                answer(Message::Failed(Failed { origin: origin(None), error: &error }));
            }
        }
    }
    counts.baseline = known;
    sink.items(&items, counts)
}

/// The pair of a line, or why it has none.
fn parse(line: &Line) -> Result<PairLine<'_>, String> {
    let bytes = line.as_ref().map_err(String::clone)?;
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(json).map_err(|e| describe(&e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::engine::Settings;
    use crate::report::jsonl::Jsonl;

    #[test]
    fn answers_keep_the_order_and_bad_lines_their_numbers() {
        let good = |n: usize| format!("{{\"id\":{n},\"source\":\"Oui.\",\"target\":\"Yes.\"}}\n");
        let mut input: String = (0..300).map(good).collect();
        input.push_str("\nnonsense\n");
        input.push_str(&good(7));
        let settings = Settings::default();
        let job =
            PairSettings { settings: &settings, baseline: None, format: &Jsonl, file: "-", collect: false, threads: 1 };
        let (mut out, mut asked) = (Vec::new(), Vec::new());
        let mut sink = Sink::new(&Jsonl, &mut out).unwrap();
        let mut look: SecondLook<'_> = Box::new(|pairs| {
            asked.push(pairs.len());
            Ok(vec![Vec::new(); pairs.len()])
        });
        check(input.as_bytes(), &job, &mut look, &mut sink).unwrap();
        sink.finish().unwrap();
        drop(look);
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[299], r#"{"id":299,"findings":[]}"#);
        assert!(lines[300].contains("line 302: "), "{}", lines[300]);
        assert_eq!(lines[301], r#"{"id":7,"findings":[]}"#);
        assert_eq!(asked, [256, 45]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_says_so() {
        let mut input = vec![b'x'; MAX_LINE + 1];
        input.extend_from_slice(b"\n{\"id\":2,\"source\":\"Oui.\",\"target\":\"Yes.\"}\n");
        let settings = Settings::default();
        let job =
            PairSettings { settings: &settings, baseline: None, format: &Jsonl, file: "-", collect: false, threads: 1 };
        let mut out = Vec::new();
        let mut sink = Sink::new(&Jsonl, &mut out).unwrap();
        let mut look: SecondLook<'_> = Box::new(|pairs| Ok(vec![Vec::new(); pairs.len()]));
        check(input.as_slice(), &job, &mut look, &mut sink).unwrap();
        sink.finish().unwrap();
        drop(look);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "{\"id\":null,\"error\":\"line 1: longer than 16 MiB\"}\n{\"id\":2,\"findings\":[]}\n");
    }

    #[test]
    fn a_pair_beyond_the_bound_is_an_error_of_its_own() {
        let long = "mot ".repeat(engine::MAX_TEXT / 4 + 1);
        let line = |n: usize, text: &str| format!("{{\"id\":{n},\"source\":\"{text}\",\"target\":\"Yes.\"}}\n");
        let input = format!("{}{}", line(1, &long), line(2, "Oui."));
        let settings = Settings::default();
        let job =
            PairSettings { settings: &settings, baseline: None, format: &Jsonl, file: "-", collect: false, threads: 1 };
        let mut out = Vec::new();
        let mut sink = Sink::new(&Jsonl, &mut out).unwrap();
        let mut look: SecondLook<'_> = Box::new(|pairs| {
            assert_eq!(pairs.len(), 1);
            Ok(vec![Vec::new()])
        });
        check(input.as_bytes(), &job, &mut look, &mut sink).unwrap();
        sink.finish().unwrap();
        drop(look);
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with(r#"{"id":1,"error":"line 1: the French text has"#), "{out}");
        assert!(out.ends_with("{\"id\":2,\"findings\":[]}\n"), "{out}");
    }
}
