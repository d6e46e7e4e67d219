//! Requests to the hub, as its own clients make them. The answer to `HEAD {endpoint}/{repo}/resolve/{revision}/{file}`
//! has the commit, the size and the ETag (which for large files is the sha256), and usually is a redirect to the bytes.

use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Timeout};

use super::FetchError;
use crate::model::manifest::HubSource;

/// How long the hub may take to say what a file is. After that, it counts as unreachable.
pub const REACH_LIMIT: Duration = Duration::from_secs(10);
/// A transfer that brings nothing for this long counts as broken off.
const STALL_LIMIT: Duration = Duration::from_secs(30);
/// The most requests that are made for one answer: the first, and those to which redirects lead.
const MAX_REQUESTS: u32 = 10;

/// What the hub says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The commit for which the revision stands.
    pub commit: String,
    /// The ETag without quotation marks. It has only letters, digits, `-` and `_`.
    pub etag: String,
    /// The size of the file in bytes.
    pub size: u64,
}

/// Makes requests to one hub.
pub(super) struct Client {
    endpoint: String,
    token: Option<String>,
    agent: Agent,
}

impl Client {
    pub(super) fn new(endpoint: &str, token: Option<&str>) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("depeche/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            // Redirects are followed by hand, because the token may only go to the hub's own origin.
            .max_redirects(0)
            .timeout_connect(Some(REACH_LIMIT))
            .timeout_recv_response(Some(STALL_LIMIT))
            .timeout_per_read(Some(STALL_LIMIT))
            .build()
            .new_agent();
        Client { endpoint: endpoint.to_owned(), token: token.map(str::to_owned), agent }
    }

    /// The URL of a file.
    pub(super) fn url(&self, source: &HubSource) -> String {
        let endpoint = self.endpoint.trim_end_matches('/');
        let file: Vec<String> = source.file.split('/').map(percent_encode).collect();
        format!("{endpoint}/{}/resolve/{}/{}", source.repo, percent_encode(&source.revision), file.join("/"))
    }

    /// Asks the hub about a file. All requests together take no longer than [`REACH_LIMIT`].
    ///
    /// # Errors
    /// When the hub is not reached, refuses, or doesn't give ETag, size and commit of the file.
    pub(super) fn metadata(&self, url: &str) -> Result<Metadata, FetchError> {
        let deadline = Instant::now() + REACH_LIMIT;
        let mut at = url.to_owned();
        for _ in 0..MAX_REQUESTS {
            let response = self.head(&at, deadline.saturating_duration_since(Instant::now()))?;
            let (status, headers) = (response.status(), response.headers());
            let location = header(headers, "location").filter(|_| status.is_redirection());
            match location {
                // A redirect without information about the file leads to another page of the hub (a renamed repository,
                // a mirror), and is followed. A redirect with such information leads to the bytes, and is not followed.
                Some(location) if header(headers, "x-linked-etag").is_none() => at = join(&at, location),
                _ => {
                    status_ok(status.as_u16(), url)?;
                    return metadata_of(headers, status.is_redirection())
                        .map_err(|problem| FetchError::HubAnswer { url: redact(url), problem: problem.into() });
                }
            }
        }
        Err(FetchError::HubAnswer { url: redact(url), problem: "one redirect after another".into() })
    }

    /// Asks for the headers alone, and waits for them no longer than `limit`.
    ///
    /// # Errors
    /// When the hub is not reached.
    pub(super) fn head(&self, url: &str, limit: Duration) -> Result<Response<Body>, FetchError> {
        let request = self.agent.head(url).config().timeout_global(Some(limit)).build();
        self.authorized(request, url)
            .header("Accept-Encoding", "identity")
            .call()
            .map_err(|e| FetchError::HubUnreachable { endpoint: redact(&self.endpoint), reason: reason(&e) })
    }

    /// Asks for the bytes from `done` on, and follows redirects to them.
    ///
    /// # Errors
    /// When a server is not reached or doesn't answer in time, or there are too many redirects.
    pub(super) fn get(&self, url: &str, done: u64) -> Result<Response<Body>, ureq::Error> {
        let mut at = url.to_owned();
        for _ in 0..MAX_REQUESTS {
            let request = self.authorized(self.agent.get(&at), &at).header("Accept-Encoding", "identity");
            let request = if done > 0 { request.header("Range", format!("bytes={done}-")) } else { request };
            let response = request.call()?;
            let location = header(response.headers(), "location").filter(|_| response.status().is_redirection());
            match location {
                Some(location) => at = join(&at, location),
                None => return Ok(response),
            }
        }
        Err(ureq::Error::TooManyRedirects)
    }

    /// Adds the user's token, if there is one, to a request that goes to the hub itself. Other servers, to which a
    /// redirect may lead, never get the token.
    fn authorized<S>(&self, request: ureq::RequestBuilder<S>, url: &str) -> ureq::RequestBuilder<S> {
        match &self.token {
            Some(token) if origin(url) == origin(&self.endpoint) => {
                request.header("Authorization", format!("Bearer {token}"))
            }
            _ => request,
        }
    }
}

/// Turns an HTTP status that is neither a success nor a redirect into an error.
///
/// # Errors
/// When the status is not from 200 to 399.
pub(super) fn status_ok(status: u16, url: &str) -> Result<(), FetchError> {
    match status {
        200..=399 => Ok(()),
        401 | 403 => Err(FetchError::HubForbidden { url: redact(url), status }),
        404 => Err(FetchError::HubNotFound { url: redact(url) }),
        _ => Err(FetchError::HubAnswer { url: redact(url), problem: format!("HTTP {status}") }),
    }
}

/// What an answer says of a file. The error says what is missing or wrong in the answer.
/// `redirected` says whether the answer is a redirect.
fn metadata_of(headers: &HeaderMap, redirected: bool) -> Result<Metadata, &'static str> {
    let etag = header(headers, "x-linked-etag").or(header(headers, "etag")).ok_or("no ETag")?;
    let etag = etag.trim_start_matches("W/").trim_matches('"');
    // The ETag becomes the name of a file in the cache.
    let is_name = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_name(etag) {
        return Err("an ETag that cannot be a file name");
    }
    // In a redirect, Content-Length is the length of the redirect's own page.
    let size = header(headers, "x-linked-size").or(header(headers, "content-length").filter(|_| !redirected));
    let size = size.and_then(|s| s.parse().ok()).ok_or("no size")?;
    let commit = header(headers, "x-repo-commit").filter(|c| is_name(c)).ok_or("no commit")?;
    Ok(Metadata { commit: commit.into(), etag: etag.into(), size })
}

/// The value of a header; `None` if it is missing or not ASCII text.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The part of a URL before its path: scheme, host, port, and the user name and password that it
/// may contain.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |i| i + 3);
    &url[..url[host..].find('/').map_or(url.len(), |i| host + i)]
}

/// The URL to which a redirect from `base` to `location` leads (RFC 3986, section 5.2, without the
/// removal of dot segments and other rules that hubs don't need).
fn join(base: &str, location: &str) -> String {
    let scheme = |url: &str| {
        let (scheme, rest) = url.split_once(':')?;
        let legal = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.');
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(legal);
        (is_scheme && rest.starts_with("//")).then(|| scheme.to_owned())
    };
    if scheme(location).is_some() {
        return location.to_owned();
    }
    if location.starts_with("//") {
        return format!("{}:{location}", scheme(base).unwrap_or_else(|| "https".into()));
    }
    if location.starts_with('/') {
        return format!("{}{location}", origin(base));
    }
    let path = base.split(['?', '#']).next().unwrap_or(base);
    if location.starts_with('?') {
        return format!("{path}{location}");
    }
    let host = origin(base).len();
    let folder = path[host..].rfind('/').map_or(path, |slash| &path[..host + slash]);
    format!("{folder}/{location}")
}

/// The URL as it may be shown: without the user name and password that it may contain.
pub(super) fn redact(url: &str) -> String {
    let host = url.find("://").map_or(0, |i| i + 3);
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |i| host + i);
    match url[host..end].rfind('@') {
        Some(at) => format!("{}…{}", &url[..host], &url[host + at..]),
        None => url.to_owned(),
    }
}

/// The segment of a path with everything but unreserved characters escaped (RFC 3986, section 2.3).
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

/// What went wrong with a request, in words for a message.
pub(super) fn reason(e: &ureq::Error) -> String {
    match e {
        ureq::Error::Timeout(waiting_for) => {
            let limit = match waiting_for {
                Timeout::RecvResponse | Timeout::RecvBody | Timeout::PerRead => STALL_LIMIT,
                _ => REACH_LIMIT,
            };
            format!("no answer within {} seconds", limit.as_secs())
        }
        ureq::Error::HostNotFound => "the server's name is not known here: no network, or no DNS".into(),
        // The message of the I/O error itself lacks the prefix `io: ` that ureq adds.
        ureq::Error::Io(e) => cut(e.to_string()),
        e => cut(e.to_string()),
    }
}

/// Cuts a message to at most 160 characters, since the message of a TLS error can fill a screen
/// with the names in a certificate.
fn cut(words: String) -> String {
    if words.chars().count() <= 160 { words } else { words.chars().take(159).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_where_browsers_would_go() {
        let base = "https://hub.example/lab/m/resolve/main/a.gguf?x=1";
        for (location, at) in [
            ("https://cdn.example/b", "https://cdn.example/b"),
            ("//cdn.example/b", "https://cdn.example/b"),
            ("/b?u=http://x/y", "https://hub.example/b?u=http://x/y"),
            ("b.gguf", "https://hub.example/lab/m/resolve/main/b.gguf"),
            ("?u=http://x", "https://hub.example/lab/m/resolve/main/a.gguf?u=http://x"),
        ] {
            assert_eq!(join(base, location), at);
        }
    }

    #[test]
    fn a_timeout_is_reported_with_its_own_limit() {
        let said = |waiting_for| reason(&ureq::Error::Timeout(waiting_for));
        assert_eq!(said(Timeout::Global), "no answer within 10 seconds");
        assert_eq!(said(Timeout::Connect), "no answer within 10 seconds");
        assert_eq!(said(Timeout::RecvResponse), "no answer within 30 seconds");
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(redact("https://ana:pass@hub.example/a@b"), "https://…@hub.example/a@b");
        assert_eq!(redact("https://hub.example/a@b"), "https://hub.example/a@b");
    }
}
