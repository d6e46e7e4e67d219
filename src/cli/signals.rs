//! Ctrl-C and its like: the first one asks the program to stop at a good place, the second one ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Exit code of a program that was ended by Ctrl-C where the system does not number its signals.
#[cfg(not(unix))]
const INTERRUPTED: u8 = 130;

/// Whether the user, or the system, wants the program to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    flag: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// Listens from now on.
    pub fn listen() -> Stop {
        let stop = Stop::default();
        stop.spawn();
        stop
    }

    pub fn is_asked(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    /// The flag that is set once the program should stop, for code that only needs a flag.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.flag.clone()
    }

    /// The exit code of a program that such a signal has ended, once one has come: 130 for Ctrl-C, 143 for SIGTERM.
    pub fn exit_code(&self) -> Option<u8> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            signal => Some(128 + signal as u8),
        }
    }

    #[allow(clippy::exit)]
    fn asked(&self, signal: usize) {
        self.signal.store(signal, Ordering::Relaxed);
        if self.flag.swap(true, Ordering::Relaxed) {
            // Asked twice: the user has waited long enough, whatever is going on. Files are put in place when they are
            // complete, so none is left half-written.
            std::process::exit(128 + signal as i32);
        }
    }

    #[cfg(unix)]
    fn spawn(&self) {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let stop = self.clone();
        // Where no handler can be set, a signal ends the program at once; finished dispatches are kept all the same.
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
        let listen = move || {
            for signal in signals.forever() {
                stop.asked(signal as usize);
            }
        };
        let _ = std::thread::Builder::new().name("depeche-signals".into()).spawn(listen);
    }

    #[cfg(not(unix))]
    fn spawn(&self) {
        let stop = self.clone();
        let _ = ctrlc::set_handler(move || stop.asked(usize::from(INTERRUPTED - 128)));
    }
}
