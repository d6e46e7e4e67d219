//! Inputs are read on a thread of their own, a few articles ahead of the work: so a signal is obeyed also while
//! standard input or a pipe is waited for, and only a few articles are in memory, however many there are.

use super::dispatches::{self, WorkText};
use crate::article::ReadOptions;
use crate::article::read::Format;
use crate::inputs::{Input, Names, article_name};
use crate::shard::Shard;
use serde_json::Value;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Articles that are read ahead and wait to be worked on.
const AHEAD: usize = 2;

/// One article of the inputs, or what is wrong with it.
pub struct InputItem {
    /// Name of the files that are written for it.
    pub name: String,
    /// How the user knows it: the file, with the line in JSON lines.
    pub label: String,
    pub id: Option<Value>,
    pub source: Result<WorkText, Refused>,
}

/// Why an input, or a part of it, is of no use.
pub struct Refused {
    pub message: String,
    /// Whether the reason is that it holds no text.
    pub is_empty: bool,
}

/// What is read, and how.
pub struct InputSettings {
    pub inputs: Vec<Input>,
    pub options: ReadOptions,
    /// Whether dispatches are inputs as well.
    pub summarize: bool,
    pub shard: Option<Shard>,
}

/// An article as an input gives it.
pub(super) struct FoundArticle {
    /// Line of JSON lines, or place in a stream of dispatches.
    pub place: Option<usize>,
    pub id: Option<Value>,
    pub sha256: String,
    pub source: Result<WorkText, Refused>,
}

/// Begins to read; the articles come in the order of the inputs.
///
/// # Errors
/// When the system gives no thread.
pub fn start(reading: InputSettings, stdin: Box<dyn Read + Send>) -> std::io::Result<Receiver<InputItem>> {
    let (sender, items) = sync_channel(AHEAD);
    let work = move || InputReader { names: reading.names(), reading, sender }.run(stdin);
    // Not joined: a thread that waits for its input must not keep the program.
    std::thread::Builder::new().name("depeche-reader".into()).spawn(work)?;
    Ok(items)
}

impl InputSettings {
    /// Whether an input holds several articles, or may.
    fn is_many(&self, input: &Input) -> bool {
        let format = self.options.format.unwrap_or_else(|| Format::of_path(&input.path));
        format == Format::JsonLines || input.is_stdin() && self.summarize
    }

    fn names(&self) -> Names {
        Names::new(self.inputs.iter().filter(|i| !self.is_many(i)))
    }

    /// Number of articles, where it can be known: the lines of JSON lines are counted, streams are not.
    pub fn count(&self) -> Option<usize> {
        let of = |input: &Input| match self.is_many(input) {
            false => Some(1),
            true => count_lines(input),
        };
        let all = self.inputs.iter().map(of).sum::<Option<usize>>()?;
        Some(self.shard.map_or(all, |s| all.div_ceil(s.count)))
    }
}

fn count_lines(input: &Input) -> Option<usize> {
    let metadata = std::fs::metadata(&input.path).ok()?;
    let mut file = metadata.is_file().then(|| std::fs::File::open(&input.path).ok()).flatten()?;
    let (mut buffer, mut lines, mut last) = (vec![0; 1 << 16], 0, b'\n');
    loop {
        let n = file.read(&mut buffer).ok()?;
        let Some(&end) = buffer[..n].last() else { break };
        lines += buffer[..n].iter().filter(|&&b| b == b'\n').count();
        last = end;
    }
    Some(lines + usize::from(last != b'\n'))
}

struct InputReader {
    reading: InputSettings,
    names: Names,
    sender: SyncSender<InputItem>,
}

impl InputReader {
    fn run(mut self, mut stdin: Box<dyn Read + Send>) {
        for input in std::mem::take(&mut self.reading.inputs) {
            let many = self.reading.is_many(&input);
            // A file with one article belongs to a part by its name, so the other parts need not read it.
            if !many && self.reading.shard.is_some_and(|s| !s.has(&input.name)) {
                continue;
            }
            let (options, summarize) = (self.reading.options.clone(), self.reading.summarize);
            let mut listening = true;
            let mut visit = |found: FoundArticle| {
                listening = self.found(&input, many, found);
                listening
            };
            let read = dispatches::each(&input.path, &mut stdin, &options, summarize, &mut visit);
            if let Err(refused) = read {
                let found = FoundArticle { place: None, id: None, sha256: String::new(), source: Err(refused) };
                listening = self.found(&input, false, found);
            }
            if !listening {
                return;
            }
        }
    }

    /// Hands an article on; returns whether somebody wants more.
    fn found(&mut self, input: &Input, many: bool, found: FoundArticle) -> bool {
        let FoundArticle { place, id, sha256, source } = found;
        let path = input.path.display().to_string();
        let label = match (&source, place) {
            (Ok(source), _) => source.name().to_string(),
            (Err(_), Some(place)) => format!("{path}:{place}"),
            (Err(_), None) => path.clone(),
        };
        let written = id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_string));
        let name = match place {
            Some(place) if many => {
                let wanted = match &written {
                    Some(id) => article_name(&input.name, id),
                    None => format!("{}-{place}", input.name),
                };
                self.names.take(&wanted, &format!("{path}:{place}"))
            }
            // The second and later dispatches of a file. The first one has the name that the file would have alone.
            Some(place @ 2..) => self.names.take(&format!("{}-{place}", input.name), &format!("{path}:{place}")),
            _ => self.names.of_input(input),
        };
        let own = written.unwrap_or(if sha256.is_empty() { name.clone() } else { sha256 });
        if many && self.reading.shard.is_some_and(|s| !s.has(&own)) {
            return true;
        }
        self.sender.send(InputItem { name, label, id, source }).is_ok()
    }
}
