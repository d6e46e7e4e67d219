//! Cuts the input into blocks of whole lines.

use super::{BlockEvent, MAX_LINE};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender};

/// How many bytes one read asks for.
pub(super) const BLOCK: usize = 128 * 1024;

/// Some whole lines of the input.
pub(super) struct Block {
    /// Position among the blocks.
    pub(super) index: usize,
    /// Number of its first line, from 1.
    pub(super) line: usize,
    pub(super) bytes: Vec<u8>,
    /// Whether the block, which is empty then, stands for one line that was too long.
    pub(super) too_long: bool,
}

/// Sends the input to the workers block by block, each in one of the `buffers`, and reports its end to `events`.
pub(super) fn read_blocks(
    input: Box<dyn Read + Send>,
    buffers: &Receiver<Vec<u8>>,
    work: &Sender<Option<Block>>,
    events: &Sender<BlockEvent>,
) {
    let mut reader = BlockReader { input, index: 0, line: 1, rest: Vec::new(), skipping: false };
    let error = loop {
        let Ok(buffer) = buffers.recv() else { return };
        let (block, read) = reader.next_block(buffer);
        if let Some(block) = block
            && work.send(Some(block)).is_err()
        {
            return;
        }
        if is_end(&read) {
            break read.err();
        }
    };
    // This fails if the output was closed, since nobody receives events any more. Then nothing is
    // left to do.
    let _ = events.send(BlockEvent::End { blocks: reader.index, error });
}

/// Whether a read was the last one: the input has ended, or cannot be read.
fn is_end(read: &io::Result<usize>) -> bool {
    !matches!(read, Ok(1..))
}

/// Reads the input and cuts it after line ends.
struct BlockReader {
    input: Box<dyn Read + Send>,
    /// Number of the next block, from 0.
    index: usize,
    /// Number of the first line of the next block, from 1.
    line: usize,
    /// The beginning of a line that goes on in the next block.
    rest: Vec<u8>,
    /// Whether what comes next is the rest of a line that was too long, which is skipped.
    skipping: bool,
}

impl BlockReader {
    /// The next block, and what the last read of the input gave. There is no block if the input has ended, or cannot be
    /// read any more, and nothing is left to be checked.
    fn next_block(&mut self, mut bytes: Vec<u8>) -> (Option<Block>, io::Result<usize>) {
        bytes.clear();
        bytes.append(&mut self.rest);
        let (read, too_long) = self.fill(&mut bytes);
        if !is_end(&read) && !too_long {
            // What stands after the last line end is the beginning of the next block.
            let cut = bytes.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
            self.rest.extend_from_slice(&bytes[cut..]);
            bytes.truncate(cut);
        }
        if bytes.is_empty() && !too_long {
            return (None, read);
        }
        let lines = bytes.iter().filter(|&&b| b == b'\n').count();
        let block = Block { index: self.index, line: self.line, bytes, too_long };
        self.index += 1;
        self.line += lines;
        (Some(block), read)
    }

    /// Reads until `bytes` has the end of a line, or the input ends or cannot be read. Returns what the last read gave,
    /// and whether a line turned out to be longer than [`MAX_LINE`]. In that case reading stops, the line's bytes are
    /// thrown away, and the next call skips the rest of the line.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> (io::Result<usize>, bool) {
        loop {
            let from = bytes.len();
            let read = self.read_some(bytes);
            let newline = bytes[from..].iter().position(|&b| b == b'\n').map(|i| from + i);
            match newline {
                Some(at) if self.skipping => {
                    bytes.drain(..=at);
                    self.skipping = false;
                    self.line += 1;
                }
                None if self.skipping => bytes.clear(),
                None if bytes.len() > MAX_LINE => {
                    bytes.clear();
                    bytes.shrink_to_fit();
                    self.skipping = true;
                    return (read, true);
                }
                _ => {}
            }
            if is_end(&read) || bytes.contains(&b'\n') {
                return (read, false);
            }
        }
    }

    /// Appends what one read of the input gives, and returns how many bytes these are (0 at the end).
    fn read_some(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let from = bytes.len();
        bytes.resize(from + BLOCK, 0);
        let read = loop {
            match self.input.read(&mut bytes[from..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        bytes.truncate(from + *read.as_ref().unwrap_or(&0));
        read
    }
}
