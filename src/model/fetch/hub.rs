//! Fetches from the model hub into the hub's cache on this machine.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::hub_cache::{HubCache, HubSettings};
use super::hub_client::{Client, REACH_LIMIT, reason, redact, status_ok};
use super::lock::Lock;
use super::progress::{Progress, RunningStage, Stage};
use super::{FetchError, disk, verify};
use crate::model::manifest::HubSource;

/// How many times in a row a transfer that breaks off is taken up again. If it then breaks off once
/// more, that is an error.
const RETRIES: u32 = 4;
/// How many bytes a transfer must bring within the hub's [patience](HubSettings::patience), and how
/// many a connection must bring to count as progress. At less than that, a model would take days,
/// and the Python wheels may come faster.
const LEAST: u64 = 64 << 10;
/// How many bytes must stay free on the disk after a transfer.
const MARGIN: u64 = 16 << 20;

/// What is known beforehand of the file that is fetched: the id of its model, its size in bytes,
/// and its SHA-256.
pub(super) struct Expected<'a> {
    pub id: &'a str,
    pub size: Option<u64>,
    pub sha256: Option<&'a str>,
}

/// A hub, and the cache on this machine for its files.
pub(super) struct Hub<'a> {
    settings: &'a HubSettings,
    client: Client,
}

impl<'a> Hub<'a> {
    pub(super) fn new(settings: &'a HubSettings) -> Self {
        Hub { settings, client: Client::new(&settings.endpoint, settings.token.as_deref()) }
    }

    /// Fetches a file into the hub's cache and returns its path there and its hash. If an earlier run left a part of
    /// it, only the rest is fetched.
    ///
    /// The file is put in place only if it is a GGUF file and has the right hash: that of the manifest, or else the
    /// ETag, if the ETag is a sha256. Where neither is known, any hash is accepted.
    ///
    /// # Errors
    /// When the hub is not reached, refuses, or is too slow; when the disk is too small, the size or the hash is wrong,
    /// or the file is no GGUF file; when the user wants to stop.
    pub(super) fn fetch(
        &self,
        source: &HubSource,
        expected: &Expected,
        progress: &dyn Progress,
    ) -> Result<(PathBuf, String), FetchError> {
        let url = self.client.url(source);
        let meta = self.client.metadata(&url)?;
        let from = || format!("the hub ({})", redact(&self.settings.endpoint));
        if let Some(size) = expected.size.filter(|s| *s != meta.size) {
            return Err(FetchError::WrongSize {
                id: expected.id.into(),
                from: from(),
                expected: size,
                found: meta.size,
            });
        }
        let promised = Some(meta.etag.as_str()).filter(|e| is_sha256(e));
        let sha256 = expected.sha256.or(promised);
        let wrong = |found: &str| FetchError::WrongHash {
            id: expected.id.into(),
            from: from(),
            expected: sha256.unwrap_or_default().into(),
            found: found.into(),
        };
        // If the hub itself names another hash, nothing is fetched.
        if let Some(found) = promised.filter(|p| Some(*p) != sha256) {
            return Err(wrong(found));
        }

        let cache = HubCache::new(&self.settings.cache, &source.repo);
        let _lock = Lock::acquire(&cache.lock_file(&meta.etag), expected.id, progress)?;
        let blob = cache.blob(&meta.etag);
        // The bytes may be here already, because another client has fetched them or another revision has them too.
        if blob.is_file() {
            let found = verify::sha256_file(&blob, expected.id, progress)?;
            if sha256.is_none_or(|s| s == found) && verify::require_gguf(&blob).is_ok() {
                return Ok((cache.point(&meta.etag, &meta.commit, source)?, found));
            }
        }
        let part = cache.part(&meta.etag);
        self.transfer(&url, &part, meta.size, expected.id, progress)?;
        let found = verify::sha256_file(&part, expected.id, progress)?;
        if sha256.is_some_and(|s| s != found) {
            std::fs::remove_file(&part).map_err(FetchError::io("remove", &part))?;
            return Err(wrong(&found));
        }
        // Where no hash is known beforehand, an error page of the server ("try later") may have come instead of the
        // model, and would stay in the cache for good.
        if verify::require_gguf(&part).is_err() {
            std::fs::remove_file(&part).map_err(FetchError::io("remove", &part))?;
            let problem = "a file that is no GGUF, which was thrown away".into();
            return Err(FetchError::HubAnswer { url: redact(&url), problem });
        }
        std::fs::rename(&part, &blob).map_err(FetchError::io("put in place", &blob))?;
        Ok((cache.point(&meta.etag, &meta.commit, source)?, found))
    }

    /// Measures how long the hub takes to answer.
    ///
    /// # Errors
    /// When the hub doesn't answer within [`REACH_LIMIT`].
    pub(super) fn probe(&self) -> Result<Duration, FetchError> {
        let started = Instant::now();
        self.client.head(&self.settings.endpoint, REACH_LIMIT).map(|_| started.elapsed())
    }

    /// Fetches what `part` lacks of `size` bytes. A transfer that breaks off is taken up again, up to [`RETRIES`] times
    /// in a row; one that is too slow is not. If `part` is longer than `size`, it is fetched anew.
    fn transfer(
        &self,
        url: &str,
        part: &Path,
        size: u64,
        label: &str,
        progress: &dyn Progress,
    ) -> Result<(), FetchError> {
        let dir = part.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(dir).map_err(FetchError::io("create", dir))?;
        let mut file = File::options().create(true).append(true).open(part).map_err(FetchError::io("open", part))?;
        let mut done = file.metadata().map_err(FetchError::io("read", part))?.len();
        if done > size {
            file.set_len(0).map_err(FetchError::io("shorten", part))?;
            done = 0;
        }
        disk::require(dir, (size - done).saturating_add(MARGIN))?;
        let running = RunningStage::start(progress, Stage::Download, label, done, Some(size));
        let mut failures = 0;
        while done < size {
            let before = done;
            let Err(broke) = self.transfer_once(url, &mut file, part, &mut done, size, &running) else { continue };
            if let FetchError::Interrupted { .. } = broke {
                // A connection that brings only a few bytes does not begin the count anew, or this
                // would go on for ever.
                failures = if done >= before + LEAST { 1 } else { failures + 1 };
                if failures <= RETRIES {
                    // The pause is half a second at first, and each further one is twice as long.
                    std::thread::sleep(Duration::from_millis(250) * 2u32.pow(failures));
                    continue;
                }
            }
            return Err(broke);
        }
        file.sync_data().map_err(FetchError::io("write", part))
    }

    /// Opens one connection and appends the bytes that arrive to `file`, whose path is `part`. If
    /// the server sends the file from its beginning, `file` is emptied first. `done` must be the
    /// length of `file`, and is kept up to date.
    fn transfer_once(
        &self,
        url: &str,
        file: &mut File,
        part: &Path,
        done: &mut u64,
        size: u64,
        running: &RunningStage,
    ) -> Result<(), FetchError> {
        let broke = |done: u64, reason: String| FetchError::Interrupted { done, total: size, reason };
        let response = self.client.get(url, *done).map_err(|e| broke(*done, reason(&e)))?;
        let status = response.status().as_u16();
        match status {
            206 => {}
            // The server sends the file from its beginning, because nothing of it was here or the server cannot begin
            // in the middle.
            200 => {
                file.set_len(0).map_err(FetchError::io("shorten", part))?;
                *done = 0;
            }
            // The server's own errors may pass, so the transfer is taken up again.
            500.. => return Err(broke(*done, format!("HTTP {status}"))),
            _ => {
                status_ok(status, url)?;
                let problem = format!("HTTP {status}");
                return Err(FetchError::HubAnswer { url: redact(url), problem });
            }
        }
        let mut body = response.into_body().into_reader();
        let mut buffer = vec![0; 1 << 16];
        let (mut since, mut from) = (Instant::now(), *done);
        while *done < size {
            let patience = self.settings.patience;
            if since.elapsed() >= patience {
                let bytes = *done - from;
                if bytes < LEAST {
                    return Err(FetchError::TooSlow { url: redact(url), bytes, seconds: patience.as_secs() });
                }
                (since, from) = (Instant::now(), *done);
            }
            let n = body.read(&mut buffer).map_err(|e| broke(*done, e.to_string()))?;
            if n == 0 {
                return Err(broke(*done, "the server closed the connection".into()));
            }
            let n = n.min((size - *done) as usize);
            file.write_all(&buffer[..n]).map_err(FetchError::io("write", part))?;
            *done += n as u64;
            running.advance_to(*done)?;
        }
        Ok(())
    }
}

/// Whether a text has the form of a SHA-256 in hexadecimal with small letters, as hubs and manifests write it.
pub(super) fn is_sha256(s: &str) -> bool {
    s.len() == 64 && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
