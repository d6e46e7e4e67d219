//! Reduces the lines of indexes to one for each article, the last, and merges the indexes of shards.

use super::{INDEX, IndexEntry, Status, hash, indexes, paths};
use crate::files;
use crate::shard::Shard;
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// How many lines of an index stay, and how many are left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Lines that stay and are about an article whose dispatch is written.
    pub done: usize,
    /// Lines that stay and are about an article that failed.
    pub failed: usize,
    /// Lines that are left out, because a later line replaces them or because they are no entry.
    pub replaced: usize,
}

/// Calls `visit` with every entry of an index, in order; lines that are no entry are skipped.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn each(index: &Path, visit: &mut dyn FnMut(IndexEntry)) -> io::Result<()> {
    lines(index, |_, entry| {
        if let Some(entry) = entry {
            visit(entry);
        }
        Ok(())
    })
}

/// Calls `visit` with every line of an index that is not blank, and with the entry that the line
/// holds, if it holds one. If the last line has no line break, `visit` gets it with one.
fn lines(index: &Path, mut visit: impl FnMut(&[u8], Option<IndexEntry>) -> io::Result<()>) -> io::Result<()> {
    let mut input = BufReader::new(File::open(index)?);
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        let entry = serde_json::from_slice(&line).ok();
        if entry.is_some() || !line.trim_ascii().is_empty() {
            visit(&line, entry)?;
        }
        line.clear();
    }
    Ok(())
}

/// Gives the last line about each article to `keep`, in the order of these lines. A line is
/// replaced by a later one about the same file, and by a later one with the same output name, since
/// that dispatch was written over the earlier one.
///
/// # Errors
/// When an index cannot be read, or `keep` fails.
pub fn fold(indexes: &[PathBuf], keep: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<Folded> {
    let (mut files, mut outputs) = (HashMap::new(), HashMap::new());
    let mut number = 0usize;
    for index in indexes {
        lines(index, |_, entry| {
            number += 1;
            if let Some(entry) = entry {
                files.insert(hash(&entry.file), number);
                if let Some(output) = &entry.output {
                    outputs.insert(hash(output), number);
                }
            }
            Ok(())
        })?;
    }
    let (mut folded, mut number) = (Folded::default(), 0usize);
    for index in indexes {
        lines(index, |line, entry| {
            number += 1;
            let last = entry.filter(|e| {
                files.get(&hash(&e.file)) == Some(&number)
                    && e.output.as_ref().is_none_or(|o| outputs.get(&hash(o)) == Some(&number))
            });
            match last {
                Some(entry) => {
                    match entry.status {
                        Status::Done => folded.done += 1,
                        Status::Failed => folded.failed += 1,
                    }
                    keep(line)
                }
                None => {
                    folded.replaced += 1;
                    Ok(())
                }
            }
        })?;
    }
    Ok(folded)
}

/// Makes one index, `index.jsonl`, out of all indexes of a folder, and removes those of the shards.
/// Returns how many lines stayed, and a message for each problem: shards of different batches, a
/// shard without an index, a dispatch whose files are missing, or two indexes with a dispatch of
/// the same name for different articles. Problems do not stop the merge.
///
/// # Errors
/// When an index cannot be read or removed, or the new one cannot be written.
pub fn merge(folder: &Path) -> io::Result<(Folded, Vec<String>)> {
    let found = indexes(folder)?;
    let shards: BTreeSet<Shard> = found.iter().filter_map(|p| shard_of(p)).collect();
    let mut problems = Vec::new();
    let counts: BTreeSet<usize> = shards.iter().map(|s| s.count).collect();
    if counts.len() > 1 {
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        problems.push(format!("the folder holds shards of {}: they are not of one batch", counts.join(" and of ")));
    }
    for count in &counts {
        let missing = (1..=*count).filter_map(|n| Shard::new(n, *count)).filter(|s| !shards.contains(s));
        problems.extend(missing.map(|s| format!("shard {s} has no index here: it was not run, or not copied")));
    }
    let mut owners = HashMap::new();
    for index in &found {
        each(index, &mut |entry| {
            let Some(output) = entry.output.filter(|_| entry.status == Status::Done) else { return };
            if paths(folder, &output).iter().any(|p| !p.is_file()) {
                problems.push(format!("{output}: the index has it, but its files are not here"));
            }
            let owner = owners.insert(hash(&output), (hash(&entry.file), index));
            if owner.is_some_and(|(file, in_index)| file != hash(&entry.file) && in_index != index) {
                problems.push(format!("{output}: two shards have written a dispatch of this name"));
            }
        })?;
    }
    let mut folded = Folded::default();
    files::write_whole_with(&folder.join(INDEX), |file| {
        folded = fold(&found, &mut |line| file.write_all(line))?;
        Ok(())
    })?;
    for index in found.iter().filter(|p| shard_of(p).is_some()) {
        std::fs::remove_file(index)?;
    }
    Ok((folded, problems))
}

/// The shard whose index this is, by its file name; `None` for the index of a whole batch.
fn shard_of(index: &Path) -> Option<Shard> {
    let name = index.file_name()?.to_str()?;
    Shard::of_suffix(name.strip_prefix("index")?.strip_suffix(".jsonl")?)
}
