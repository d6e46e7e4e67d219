//! The first way to the bytes: the model hub, over HTTPS.
//!
//! The protocol is the one of the hub's own clients: `HEAD {endpoint}/{repo}/resolve/{revision}/{file}` answers with the
//! commit, the size and the ETag (the sha256 for large files), usually as a redirect to where the bytes lie.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use ureq::config::RedirectAuthHeaders;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::hub_cache::{HubCache, HubSettings};
use super::lock::Lock;
use super::progress::{Progress, Running, Stage};
use super::{FetchError, disk, files, verify};
use crate::model::manifest::HubSource;

/// A hub that has not answered after this time is given up.
pub const REACH_LIMIT: Duration = Duration::from_secs(10);
/// A transfer that brings nothing for this long has broken off.
const STALL_LIMIT: Duration = Duration::from_secs(30);
/// How often a transfer that broke off is taken up again before the user is told.
const RETRIES: u32 = 4;
/// Redirects in a row that are believed.
const MAX_REDIRECTS: u32 = 10;
/// What a transfer leaves free on the disk.
const MARGIN: u64 = 16 << 20;

/// What the hub says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Metadata {
    commit: String,
    etag: String,
    size: u64,
}

/// What the file must be, as far as that is known beforehand.
pub(super) struct Expected<'a> {
    pub id: &'a str,
    pub size: Option<u64>,
    pub sha256: Option<&'a str>,
}

/// One hub with its cache on this machine.
pub(super) struct Hub<'a> {
    settings: &'a HubSettings,
    agent: Agent,
}

impl<'a> Hub<'a> {
    pub(super) fn new(settings: &'a HubSettings) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("depeche/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .max_redirects(MAX_REDIRECTS)
            .timeout_connect(Some(REACH_LIMIT))
            .timeout_recv_response(Some(STALL_LIMIT))
            .timeout_per_read(Some(STALL_LIMIT))
            .build()
            .new_agent();
        Hub { settings, agent }
    }

    /// Fetches a file into the hub's cache and answers its path there and its hash. A part that an earlier run left is gone on with.
    ///
    /// The file is put in place only after its hash is checked: against the manifest's, else against the ETag where that
    /// is a sha256.
    pub(super) fn fetch(
        &self,
        source: &HubSource,
        expected: &Expected,
        progress: &dyn Progress,
    ) -> Result<(PathBuf, String), FetchError> {
        let url = self.url(source);
        let meta = self.metadata(&url)?;
        let from = || format!("the hub ({})", self.settings.endpoint);
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
        // Said before a gigabyte is fetched in vain.
        if let Some(found) = promised.filter(|p| Some(*p) != sha256) {
            return Err(wrong(found));
        }

        let cache = HubCache::new(&self.settings.cache, &source.repo);
        let _lock = Lock::acquire(&cache.lock_file(&meta.etag), expected.id, progress)?;
        let blob = cache.blob(&meta.etag);
        // Another client, or another revision, may have brought the same bytes.
        if blob.is_file() {
            let found = verify::sha256_file(&blob, expected.id, progress)?;
            if sha256.is_none_or(|s| s == found) {
                return Ok((cache.point(&meta.etag, &meta.commit, source)?, found));
            }
        }
        let part = files::with_suffix(&blob, ".depeche-part");
        self.transfer(&url, &part, meta.size, expected.id, progress)?;
        let found = verify::sha256_file(&part, expected.id, progress)?;
        if sha256.is_some_and(|s| s != found) {
            std::fs::remove_file(&part).map_err(FetchError::io("remove", &part))?;
            return Err(wrong(&found));
        }
        std::fs::rename(&part, &blob).map_err(FetchError::io("put in place", &blob))?;
        Ok((cache.point(&meta.etag, &meta.commit, source)?, found))
    }

    /// Whether the hub answers at all, and how fast.
    pub(super) fn probe(&self) -> Result<Duration, FetchError> {
        let started = Instant::now();
        self.head(&self.settings.endpoint, REACH_LIMIT).map(|_| started.elapsed())
    }

    fn url(&self, source: &HubSource) -> String {
        let endpoint = self.settings.endpoint.trim_end_matches('/');
        let file: Vec<String> = source.file.split('/').map(percent_encode).collect();
        format!("{endpoint}/{}/resolve/{}/{}", source.repo, percent_encode(&source.revision), file.join("/"))
    }

    /// Asks what the file is. All requests together stay within [`REACH_LIMIT`].
    fn metadata(&self, url: &str) -> Result<Metadata, FetchError> {
        let deadline = Instant::now() + REACH_LIMIT;
        let mut at = url.to_owned();
        for _ in 0..MAX_REDIRECTS {
            let response = self.head(&at, deadline.saturating_duration_since(Instant::now()))?;
            let (status, headers) = (response.status(), response.headers());
            let location = header(headers, "location").filter(|_| status.is_redirection());
            match location {
                // A redirect that tells nothing of the file leads to another page of the hub (a renamed repository, a
                // mirror); one that does leads to the bytes.
                Some(location) if header(headers, "x-linked-etag").is_none() => at = join(&at, location),
                _ => {
                    status_ok(status.as_u16(), url)?;
                    return metadata_of(headers, status.is_redirection())
                        .map_err(|problem| FetchError::HubAnswer { url: url.into(), problem: problem.into() });
                }
            }
        }
        Err(FetchError::HubAnswer { url: url.into(), problem: "one redirect after another".into() })
    }

    fn head(&self, url: &str, limit: Duration) -> Result<Response<Body>, FetchError> {
        let request = self.agent.head(url).config().max_redirects(0).timeout_global(Some(limit)).build();
        self.authorized(request, url)
            .header("Accept-Encoding", "identity")
            .call()
            .map_err(|e| FetchError::HubUnreachable { endpoint: self.settings.endpoint.clone(), reason: reason(&e) })
    }

    /// The token goes to the hub itself and nowhere else a redirect may lead.
    fn authorized<S>(&self, request: ureq::RequestBuilder<S>, url: &str) -> ureq::RequestBuilder<S> {
        match &self.settings.token {
            Some(token) if origin(url) == origin(&self.settings.endpoint) => {
                request.header("Authorization", format!("Bearer {token}"))
            }
            _ => request,
        }
    }

    /// Brings `part` to `size` bytes, beginning where it ends, and taking up a transfer that breaks off.
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
        disk::require(dir, size - done + MARGIN)?;
        let running = Running::start(progress, Stage::Download, label, done, Some(size));
        let mut failures = 0;
        while done < size {
            let before = done;
            let Err(broke) = self.transfer_once(url, &mut file, part, &mut done, size, &running) else { continue };
            if let FetchError::Interrupted { .. } = broke {
                failures = if done > before { 1 } else { failures + 1 };
                if failures <= RETRIES {
                    std::thread::sleep(Duration::from_millis(250) * 2u32.pow(failures));
                    continue;
                }
            }
            return Err(broke);
        }
        file.sync_data().map_err(FetchError::io("write", part))
    }

    fn transfer_once(
        &self,
        url: &str,
        file: &mut File,
        part: &Path,
        done: &mut u64,
        size: u64,
        running: &Running,
    ) -> Result<(), FetchError> {
        let broke = |done: u64, reason: String| FetchError::Interrupted { done, total: size, reason };
        let request = self.authorized(self.agent.get(url), url).header("Accept-Encoding", "identity");
        let request = if *done > 0 { request.header("Range", format!("bytes={done}-")) } else { request };
        let response = request.call().map_err(|e| broke(*done, reason(&e)))?;
        let status = response.status().as_u16();
        match status {
            206 => {}
            // The server does not know how to go on in the middle.
            200 => {
                file.set_len(0).map_err(FetchError::io("shorten", part))?;
                *done = 0;
            }
            500.. => return Err(broke(*done, format!("HTTP {status}"))),
            _ => {
                status_ok(status, url)?;
                let problem = format!("HTTP {status}");
                return Err(FetchError::HubAnswer { url: url.into(), problem });
            }
        }
        let mut body = response.into_body().into_reader();
        let mut buffer = vec![0; 1 << 16];
        while *done < size {
            let n = body.read(&mut buffer).map_err(|e| broke(*done, e.to_string()))?;
            if n == 0 {
                return Err(broke(*done, "the server closed the connection".into()));
            }
            let n = n.min((size - *done) as usize);
            file.write_all(&buffer[..n]).map_err(FetchError::io("write", part))?;
            *done += n as u64;
            running.position(*done);
        }
        Ok(())
    }
}

fn status_ok(status: u16, url: &str) -> Result<(), FetchError> {
    match status {
        200..=399 => Ok(()),
        401 | 403 => Err(FetchError::HubForbidden { url: url.into(), status }),
        404 => Err(FetchError::HubNotFound { url: url.into() }),
        _ => Err(FetchError::HubAnswer { url: url.into(), problem: format!("HTTP {status}") }),
    }
}

fn metadata_of(headers: &HeaderMap, redirected: bool) -> Result<Metadata, &'static str> {
    let etag = header(headers, "x-linked-etag").or(header(headers, "etag")).ok_or("no ETag")?;
    let etag = etag.trim_start_matches("W/").trim_matches('"');
    // It becomes the name of a file.
    let is_name = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_name(etag) {
        return Err("an ETag that cannot be a file name");
    }
    // Of a redirect, Content-Length is the length of the redirect's own page.
    let size = header(headers, "x-linked-size").or(header(headers, "content-length").filter(|_| !redirected));
    let size = size.and_then(|s| s.parse().ok()).ok_or("no size")?;
    let commit = header(headers, "x-repo-commit").filter(|c| is_name(c)).ok_or("no commit")?;
    Ok(Metadata { commit: commit.into(), etag: etag.into(), size })
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Scheme and host of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |i| i + 3);
    &url[..url[host..].find('/').map_or(url.len(), |i| host + i)]
}

fn join(base: &str, location: &str) -> String {
    if location.contains("://") { location.to_owned() } else { format!("{}{location}", origin(base)) }
}

pub(super) fn is_sha256(s: &str) -> bool {
    s.len() == 64 && s.bytes().all(|b| b.is_ascii_hexdigit())
}

/// RFC 3986, section 2.3: everything but unreserved characters is escaped.
fn percent_encode(segment: &str) -> String {
    let mut out = String::new();
    for b in segment.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(b as char),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

fn reason(e: &ureq::Error) -> String {
    match e {
        ureq::Error::Timeout(_) => format!("no answer within {} seconds", REACH_LIMIT.as_secs()),
        ureq::Error::HostNotFound => "its name is not known here: no network, or no DNS".into(),
        ureq::Error::Io(e) => e.to_string(),
        e => e.to_string(),
    }
}
