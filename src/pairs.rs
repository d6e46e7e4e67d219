//! Does the work of `check --pairs`: reads pairs of texts as JSON lines, and writes their findings
//! in the same order.
//!
//! A reader thread cuts the input into blocks of whole lines, workers check them and format what they find, and the
//! calling thread puts the blocks back in order. The buffers of blocks are used again, so the memory that the input
//! takes is bounded by their number and by [`MAX_LINE`]. Whole lines are answered as soon as one `read` of the input
//! has given them: a program that writes a line and waits for its answer gets it, unless the format begins with the
//! counts of the whole run.

mod blocks;
pub mod deep;

use self::blocks::{Block, read_blocks};
use crate::baseline::{Baseline, BaselineEntry};
use crate::checks::Finding;
use crate::checks::engine::{self, Settings};
use crate::report::{Checked, Counts, Failed, Format, Message, PairOrigin, Sink, Text};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// How many bytes a line may have. A longer line is answered with an error and skipped; but it may be checked all the
/// same if the `read` of the input that makes it too long also brings its end.
pub const MAX_LINE: usize = 16 << 20;

/// The keys of one line of input that are read; all others are ignored.
#[derive(Deserialize)]
struct PairLine<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    target: Cow<'a, str>,
    /// Day of publication of this pair. If a pair has none, the day given for the whole run counts,
    /// if there is one.
    #[serde(default, deserialize_with = "date")]
    date: Option<Date>,
}

/// Reads a day such as `"2025-03-14"`, or null. Of an instant such as `"2025-03-14T18:30:00Z"`, the first ten
/// characters count, and what follows the `T` or the space is not looked at.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<Cow<'de, str>>::deserialize(deserializer)? else { return Ok(None) };
    let day = text.get(..10).filter(|_| text.get(10..11).is_none_or(|c| c == "T" || c == " ")).unwrap_or(&text);
    let wrong = |_| D::Error::custom(format!("`date` must be a day such as 2025-03-14, not {}", text.escape_debug()));
    day.parse().map(Some).map_err(wrong)
}

/// How the lines are checked, and how the answers are written.
pub struct PairSettings<'a> {
    /// The settings of the checks.
    pub settings: &'a Settings,
    /// Known findings, which are not reported again.
    pub baseline: Option<&'a Baseline>,
    /// The format of the answers.
    pub format: &'a dyn Format,
    /// How the user named the input.
    pub file: &'a str,
    /// Whether the findings are collected for a new baseline.
    pub collect: bool,
    /// Number of worker threads; 0 counts as 1. With `--deep` it has no effect: the rules run on
    /// the calling thread.
    pub threads: usize,
}

impl PairSettings<'_> {
    /// Applies the settings to the findings, and takes out those that the baseline knows, whose
    /// number is added to `known`. If a new baseline is wanted, `entries` gets all findings, known
    /// ones too.
    fn settled(
        &self,
        mut findings: Vec<Finding>,
        pair: &PairLine<'_>,
        entries: &mut BTreeSet<BaselineEntry>,
        known: &mut usize,
    ) -> Vec<Finding> {
        let (source, target) = (pair.source.as_ref(), pair.target.as_ref());
        engine::settle(&mut findings, source, target, self.settings);
        if self.collect {
            entries.extend(findings.iter().map(|f| BaselineEntry::of(f, source, target)));
        }
        if let Some(baseline) = self.baseline {
            let found = findings.len();
            findings.retain(|f| !baseline.knows(&BaselineEntry::of(f, source, target)));
            *known += found - findings.len();
        }
        findings
    }
}

/// What the reader and the workers report to the calling thread, which writes the answers.
enum BlockEvent {
    /// A block was checked: the answers to its lines as the format writes them, what was counted, its entries for a new
    /// baseline, and its buffer, which is used again.
    Done { index: usize, items: Vec<u8>, counts: Counts, entries: BTreeSet<BaselineEntry>, buffer: Vec<u8> },
    /// The input has ended, and had this number of blocks. With an error, reading has failed or a
    /// worker has panicked.
    End { blocks: usize, error: Option<io::Error> },
}

/// Checks every line of `input` and writes the answers to the sink. Returns the findings for a new
/// baseline; there are none unless [`PairSettings::collect`] is set.
///
/// # Errors
/// When the input cannot be read, the output cannot be written, or a worker panics. A rule that panics does not end the
/// run: [`engine::guarded`] turns the panic into an error, which becomes the answer to the line.
pub fn check(input: Box<dyn Read + Send>, job: &PairSettings, sink: &mut Sink) -> io::Result<BTreeSet<BaselineEntry>> {
    let threads = job.threads.max(1);
    let (events, inbox) = channel::<BlockEvent>();
    let (work, queue) = channel::<Option<Block>>();
    let (pool, buffers) = channel::<Vec<u8>>();
    for _ in 0..threads * 3 + 1 {
        pool.send(Vec::new()).expect("the other end is in this function");
    }
    // The reader is not a scoped thread. That would have to be waited for, but the reader may still
    // be waiting for input long after the output was closed.
    std::thread::spawn({
        let (work, events) = (work.clone(), events.clone());
        move || read_blocks(input, &buffers, &work, &events)
    });
    let queue = Arc::new(Mutex::new(queue));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (queue, events) = (queue.clone(), events.clone());
            scope.spawn(move || {
                loop {
                    let next = queue.lock().map(|queue| queue.recv());
                    let Ok(Ok(Some(block))) = next else { break };
                    if events.send(check_or_fail(block, job)).is_err() {
                        break;
                    }
                }
            });
        }
        let result = collect(&inbox, &pool, sink);
        for _ in 0..threads {
            // Each `None` ends a worker.
            let _ = work.send(None);
        }
        result
    })
}

/// Checks a block. If something panics that [`engine::guarded`] does not catch, the run ends with
/// an error that names the line. Without the error, the calling thread would wait for the answers
/// of this block for ever.
fn check_or_fail(block: Block, job: &PairSettings) -> BlockEvent {
    let (index, line) = (block.index, Cell::new(block.line));
    catch_unwind(AssertUnwindSafe(|| check_block(block, job, &line))).unwrap_or_else(|_| {
        let error = format!("line {}: the check itself failed: please report this pair as a bug", line.get());
        BlockEvent::End { blocks: index, error: Some(io::Error::other(error)) }
    })
}

/// Checks the lines of a block. Before each line is checked, `at` is set to its number, for the
/// error of a panic.
fn check_block(block: Block, job: &PairSettings, at: &Cell<usize>) -> BlockEvent {
    let mut items = Vec::new();
    let mut counts = Counts::default();
    let mut entries = BTreeSet::new();
    let mut answer = |message: Message| {
        counts.count(&message);
        job.format.message(&message, &mut items);
    };
    if block.too_long {
        let origin = PairOrigin::Line { file: job.file, line: block.line, id: None };
        let error = format!("line {}: {}", block.line, too_long());
        answer(Message::Failed(Failed { origin, error: &error }));
    }
    let mut known = 0;
    for (n, json) in block.bytes.split(|&b| b == b'\n').enumerate() {
        if json.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        at.set(block.line + n);
        // The input may begin with a byte order mark.
        let json = if block.line + n == 1 { json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json) } else { json };
        let origin = |id| PairOrigin::Line { file: job.file, line: block.line + n, id };
        match serde_json::from_slice::<PairLine>(json) {
            Ok(pair) => {
                let (source, target) = (pair.source.as_ref(), pair.target.as_ref());
                let findings = match engine::guarded(source, target, pair.date, job.settings) {
                    Ok(findings) => findings,
                    Err(e) => {
                        let error = format!("line {}: {e}", block.line + n);
                        answer(Message::Failed(Failed { origin: origin(pair.id), error: &error }));
                        continue;
                    }
                };
                let findings = job.settled(findings, &pair, &mut entries, &mut known);
                let (source, target) = (Text { text: source }, Text { text: target });
                answer(Message::Checked(Checked { origin: origin(pair.id), source, target, findings: &findings }));
            }
            Err(e) => {
                let error = format!("line {}: {}", block.line + n, describe(&e));
                answer(Message::Failed(Failed { origin: origin(None), error: &error }));
            }
        }
    }
    counts.baseline = known;
    BlockEvent::Done { index: block.index, items, counts, entries, buffer: block.bytes }
}

/// The message about a line of more than [`MAX_LINE`] bytes.
fn too_long() -> String {
    format!("longer than {} MiB", MAX_LINE >> 20)
}

/// The message of a parse error with the column but without the line: the parser is given single
/// lines, so it would always say line 1.
fn describe(e: &serde_json::Error) -> String {
    let text = e.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    format!("{message} at column {}", e.column())
}

/// Writes finished blocks in the order of the input until all are written, and returns their entries for a new
/// baseline.
fn collect(
    inbox: &Receiver<BlockEvent>,
    pool: &Sender<Vec<u8>>,
    sink: &mut Sink,
) -> io::Result<BTreeSet<BaselineEntry>> {
    let (mut next, mut end) = (0, None);
    let mut waiting = BTreeMap::new();
    let mut all = BTreeSet::new();
    while end != Some(next) {
        let event = match inbox.try_recv() {
            Ok(event) => event,
            Err(_) => {
                sink.flush()?;
                inbox.recv().expect("this function's caller holds a sender")
            }
        };
        match event {
            BlockEvent::End { error: Some(error), .. } => return Err(error),
            BlockEvent::End { blocks, error: None } => end = Some(blocks),
            BlockEvent::Done { index, items, counts, entries, buffer } => {
                waiting.insert(index, (items, counts, entries, buffer));
            }
        }
        while let Some((items, counts, entries, buffer)) = waiting.remove(&next) {
            sink.items(&items, counts)?;
            all.extend(entries);
            // This fails once the reader has ended and needs no more buffers.
            let _ = pool.send(buffer);
            next += 1;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::blocks::BLOCK;
    use super::*;
    use crate::report::jsonl::Jsonl;

    /// An input that gives its bytes in pieces, as a pipe may do. The fields are the bytes, how
    /// many of them a piece has, and how many were given already.
    struct Pieces(Vec<u8>, usize, usize);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(buffer.len()).min(self.0.len() - self.2);
            buffer[..n].copy_from_slice(&self.0[self.2..self.2 + n]);
            self.2 += n;
            Ok(n)
        }
    }

    fn run(input: &[u8], piece: usize, threads: usize) -> (String, Counts) {
        let settings = Settings::default();
        let job =
            PairSettings { settings: &settings, baseline: None, format: &Jsonl, file: "-", collect: false, threads };
        let mut out = Vec::new();
        let mut sink = Sink::new(&Jsonl, &mut out).unwrap();
        check(Box::new(Pieces(input.to_vec(), piece, 0)), &job, &mut sink).unwrap();
        let counts = sink.finish().unwrap();
        (String::from_utf8(out).unwrap(), counts)
    }

    #[test]
    fn ids_come_back_as_they_were_written_and_in_order() {
        let ids = ["1", "\"a\\u00e9\"", "null", "1.50", "[1, {\"b\":2}]", "12345678901234567890123"];
        let lines: String = ids
            .iter()
            .map(|id| format!("{{\"id\":{id},\"source\":\"Oui.\",\"x\":[],\"target\":\"Yes.\"}}\r\n"))
            .collect();
        let wanted: String = ids.iter().map(|id| format!("{{\"id\":{id},\"findings\":[]}}\n")).collect();
        for (piece, threads) in [(1, 1), (7, 3), (1 << 20, 2)] {
            assert_eq!(run(lines.as_bytes(), piece, threads).0, wanted);
        }
    }

    #[test]
    fn a_malformed_line_is_answered_and_the_others_go_on() {
        let good = r#"{"id":1,"source":"Oui.","target":"Yes."}"#;
        let input = format!("{good}\n\n{{\"id\":2,\"source\":3}}\nnonsense\n{{\"id\":4,\"source\":\"\"}}\n{good}");
        let (out, counts) = run(input.as_bytes(), 50, 2);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 5, "{out}");
        assert!(lines[1].starts_with(r#"{"id":null,"error":"line 3: invalid type"#), "{out}");
        assert!(lines[2].starts_with(r#"{"id":null,"error":"line 4: "#), "{out}");
        assert!(lines[3].contains("missing field `target`"), "{out}");
        assert_eq!((counts.checked, counts.failed), (2, 3));
    }

    #[test]
    fn a_line_that_is_not_utf8_is_malformed() {
        let (out, counts) = run(b"{\"id\":1,\"source\":\"\xff\",\"target\":\"\"}\n", 99, 1);
        assert!(out.starts_with(r#"{"id":null,"error":"line 1: "#), "{out}");
        assert_eq!(counts.failed, 1);
    }

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() {
        let mut input = vec![b'x'; MAX_LINE + 3 * BLOCK];
        input.extend_from_slice(b"\n{\"id\":7,\"source\":\"\",\"target\":\"\"}\nbad\n");
        let (out, counts) = run(&input, 1 << 20, 2);
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].contains("longer than 16 MiB"), "{out}");
        assert_eq!(lines[1], r#"{"id":7,"findings":[]}"#);
        assert!(lines[2].contains("line 3:"), "{out}");
        assert_eq!((counts.checked, counts.failed), (1, 2));
    }

    /// A format that panics at the message of line 2.
    struct Broken;

    impl Format for Broken {
        fn message(&self, message: &Message, out: &mut Vec<u8>) {
            if let Message::Checked(Checked { origin: PairOrigin::Line { line: 2, .. }, .. }) = message {
                std::panic::resume_unwind(Box::new("broken"));
            }
            Jsonl.message(message, out);
        }
    }

    #[test]
    fn a_check_that_panics_ends_the_run_and_names_its_line() {
        let settings = Settings::default();
        for threads in [1, 3] {
            let job = PairSettings {
                settings: &settings,
                baseline: None,
                format: &Broken,
                file: "-",
                collect: false,
                threads,
            };
            let mut out = Vec::new();
            let mut sink = Sink::new(&Broken, &mut out).unwrap();
            let lines = "{\"source\":\"Oui.\",\"target\":\"Yes.\"}\n".repeat(3);
            let error = check(Box::new(Pieces(lines.into_bytes(), 1 << 20, 0)), &job, &mut sink).unwrap_err();
            assert!(error.to_string().starts_with("line 2: the check itself failed"), "{error}");
        }
    }

    #[test]
    fn a_pair_that_is_too_long_is_refused_at_once() {
        for text in ["Jean Dupont, ", "ABCDEF ", "12 345, ", "é"] {
            let pair = serde_json::json!({"id": 1, "source": text.repeat(70_000), "target": "Yes."});
            let started = std::time::Instant::now();
            let (out, counts) = run(format!("{pair}\n").as_bytes(), 1 << 20, 1);
            assert!(out.contains("cut it into shorter texts"), "{out:.200}");
            assert_eq!(counts.failed, 1);
            assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
        }
    }

    #[test]
    fn names_and_figures_up_to_the_bounds_take_seconds() {
        for [french, english] in
            [["Jean Dupont, ", "Paul Martin, "], ["ALEP HOMS ", "ROMA BARI "], ["12, 13, ", "14, 15, "]]
        {
            let n = engine::MAX_NAMES / 2;
            let pair = serde_json::json!({"id": 1, "source": french.repeat(n), "target": english.repeat(n)});
            let started = std::time::Instant::now();
            let (_, counts) = run(format!("{pair}\n").as_bytes(), 1 << 20, 1);
            assert_eq!((counts.checked, counts.failed), (1, 0));
            assert!(started.elapsed().as_secs() < 60, "{french}: {:?}", started.elapsed());
        }
    }

    #[test]
    fn an_input_without_pairs_has_no_answers() {
        assert_eq!(run(b"", 9, 2), (String::new(), Counts::default()));
        assert_eq!(run(b"\n  \r\n", 9, 2), (String::new(), Counts::default()));
    }
}
