//! Reads JSON lines one at a time, and passes over those that are longer than the limit.

use crate::article::error::ReadErrorKind;
use std::io::{self, BufRead, BufReader, Read};

/// The lines of a stream that are not blank.
pub struct JsonLines<R> {
    input: BufReader<R>,
    limit: u64,
    number: usize,
    line: Vec<u8>,
}

/// One line and its number.
pub struct NumberedLine<'a> {
    /// Counted from 1, blank lines included.
    pub number: usize,
    /// The line without its line break, or an error where it was too long and was passed over.
    pub bytes: Result<&'a [u8], ReadErrorKind>,
}

impl<R: Read> JsonLines<R> {
    /// A line may have at most `limit` bytes; longer ones are passed over.
    pub fn new(input: R, limit: u64) -> Self {
        JsonLines { input: BufReader::with_capacity(64 * 1024, input), limit, number: 0, line: Vec::new() }
    }

    /// Waits for the end of the next line that is not blank, and returns it; `None` at the end of the stream.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn next_line(&mut self) -> io::Result<Option<NumberedLine<'_>>> {
        loop {
            self.line.clear();
            // The memory that a long line took must not be kept for the rest of the file.
            self.line.shrink_to(1 << 20);
            let read = self.input.by_ref().take(self.limit + 1).read_until(b'\n', &mut self.line)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.line.last() != Some(&b'\n') && read as u64 > self.limit {
                let mut length = read as u64;
                while let [_, ..] = self.input.fill_buf()? {
                    let buffer = self.input.buffer();
                    let (taken, ended) = match buffer.iter().position(|&b| b == b'\n') {
                        Some(at) => (at + 1, true),
                        None => (buffer.len(), false),
                    };
                    self.input.consume(taken);
                    length += taken as u64;
                    if ended {
                        break;
                    }
                }
                let bytes = super::check_size("the line", length, self.limit).map(|()| &self.line[..0]);
                return Ok(Some(NumberedLine { number: self.number, bytes }));
            }
            if self.number == 1 && self.line.starts_with(b"\xef\xbb\xbf") {
                self.line.drain(..3);
            }
            // `str::trim` is used instead of `trim_ascii`: a line of no-break spaces is blank as
            // well.
            if !std::str::from_utf8(&self.line).is_ok_and(|line| line.trim().is_empty()) {
                break;
            }
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Ok(Some(NumberedLine { number: self.number, bytes: Ok(line) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
        let text = format!("\u{feff}one\r\n\n{}\ntwo", "x".repeat(200_000));
        let mut lines = JsonLines::new(text.as_bytes(), 100);
        let mut seen = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            seen.push((line.number, line.bytes.map(<[u8]>::to_vec).map_err(|e| e.to_string())));
        }
        assert_eq!(seen[0], (1, Ok(b"one".to_vec())));
        assert_eq!(seen[1].0, 3);
        assert!(seen[1].1.as_ref().unwrap_err().contains("too long"));
        assert_eq!(seen[2..], [(4, Ok(b"two".to_vec()))]);
    }
}
