//! Reads the inputs on a thread of its own, a few articles ahead of the work. So the program can obey a signal even
//! while it waits for standard input or a pipe, and only a few articles are in memory at a time.

use super::dispatches::{self, WorkText};
use crate::article::ReadOptions;
use crate::article::read::Format;
use crate::inputs::{Input, Names, article_name};
use crate::shard::Shard;
use serde_json::Value;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many articles that have been read may wait to be worked on; the reader holds one more and waits.
const AHEAD: usize = 2;

/// One article of the inputs, or what is wrong with it.
pub struct InputItem {
    /// Name of the files that are written for it, without their extensions.
    pub name: String,
    /// What messages call it: the name of its file, with a line number in JSON lines; for a dispatch, the name that its
    /// article had.
    pub label: String,
    /// The identifier that the input gives it, if any.
    pub id: Option<Value>,
    pub source: Result<WorkText, Refused>,
}

/// Why an input, or a part of it, cannot be worked on.
pub struct Refused {
    pub message: String,
    /// Whether the reason is that there is no text in it.
    pub is_empty: bool,
}

/// What is read, and how.
pub struct InputSettings {
    pub inputs: Vec<Input>,
    /// How the articles are read.
    pub options: ReadOptions,
    /// Whether dispatches are inputs as well, which `depeche summarize` takes.
    pub summarize: bool,
    /// The part of a batch that is read; `None` for all of it.
    pub shard: Option<Shard>,
}

/// An article as an input gives it.
pub(super) struct FoundArticle {
    /// Its line number in JSON lines, or its place in a stream of JSON objects, counted from 1; `None` where the input
    /// is a single article, and for an error that concerns the whole input.
    pub place: Option<usize>,
    /// The identifier that the input gives it, if any.
    pub id: Option<Value>,
    /// Hash of an article in JSON lines; empty for a dispatch, in other formats, and where the input could not be read.
    pub sha256: String,
    pub source: Result<WorkText, Refused>,
}

/// Begins to read, and returns the channel on which the articles come, in the order of the inputs.
///
/// # Errors
/// When the system refuses a new thread.
pub fn start(reading: InputSettings, stdin: Box<dyn Read + Send>) -> std::io::Result<Receiver<InputItem>> {
    let (sender, items) = sync_channel(AHEAD);
    let work = move || InputReader { names: reading.names(), reading, sender }.run(stdin);
    // Not joined: a thread that waits for its input must not keep the program from ending.
    std::thread::Builder::new().name("depeche-reader".into()).spawn(work)?;
    Ok(items)
}

impl InputSettings {
    /// Whether an input is taken for one with several articles: JSON lines, and with `summarize` also standard input. A
    /// `.json` file with several dispatches is not.
    fn is_many(&self, input: &Input) -> bool {
        let format = self.options.format.unwrap_or_else(|| Format::of_path(&input.path));
        format == Format::JsonLines || input.is_stdin() && self.summarize
    }

    /// The output names, in which those of inputs with a single article are taken already.
    fn names(&self) -> Names {
        Names::new(self.inputs.iter().filter(|i| !self.is_many(i)))
    }

    /// The number of articles that are expected: for each file of JSON lines the number of its lines, for any other
    /// input one; with a shard, an equal share of the total. `None` where an input that is taken for one with several
    /// articles is not a file that can be read, such as a pipe.
    pub fn count(&self) -> Option<usize> {
        let of = |input: &Input| match self.is_many(input) {
            false => Some(1),
            true => count_lines(input),
        };
        let all = self.inputs.iter().map(of).sum::<Option<usize>>()?;
        Some(self.shard.map_or(all, |s| all.div_ceil(s.count)))
    }
}

/// The number of lines, with or without a line end after the last one; `None` for what is not a readable file.
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

/// The reader's side of the channel.
struct InputReader {
    reading: InputSettings,
    names: Names,
    sender: SyncSender<InputItem>,
}

impl InputReader {
    /// Reads all inputs in their order, until the receiver is gone.
    fn run(mut self, mut stdin: Box<dyn Read + Send>) {
        for input in std::mem::take(&mut self.reading.inputs) {
            let many = self.reading.is_many(&input);
            // The name of a file with one article decides which shard it belongs to, so the other shards need not read
            // it.
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

    /// Hands an article on, unless it belongs to another shard. Returns whether more articles are wanted: false once
    /// the receiver is gone.
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
            // The second and later dispatches of a `.json` file get a number. The first has the name that is used where
            // the file holds only one.
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
