//! Signals that ask the program to stop (Ctrl-C; on Unix also SIGTERM and SIGHUP). After the first one the program
//! stops at the next good place; the second one ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Exit code after Ctrl-C on systems that do not number their signals. It is the same as on Unix: 128 plus 2, the
/// number of SIGINT.
#[cfg(not(unix))]
const INTERRUPTED: u8 = 130;

/// Whether the user, or the system, has asked the program to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    flag: Arc<AtomicBool>,
    /// Number of the last signal; 0 before the first.
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// Starts to listen for the signals.
    pub fn listen() -> Stop {
        let stop = Stop::default();
        stop.spawn();
        stop
    }

    /// Whether a signal has come.
    pub fn is_asked(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    /// The flag that is set once the program should stop, for code that only needs a flag.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.flag.clone()
    }

    /// The exit code of a program that a signal has ended: 128 plus the signal's number, so 130 for Ctrl-C and 143 for
    /// SIGTERM. `None` while no signal has come.
    pub fn exit_code(&self) -> Option<u8> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            signal => Some(128 + signal as u8),
        }
    }

    /// Notes that a signal has come; ends the program if it is the second.
    #[allow(clippy::exit)]
    fn asked(&self, signal: usize) {
        self.signal.store(signal, Ordering::Relaxed);
        if self.flag.swap(true, Ordering::Relaxed) {
            // This is the second signal, so the program ends whatever it is doing. No dispatch is left half-written in
            // a folder, because its files are put in place only when they are complete.
            std::process::exit(128 + signal as i32);
        }
    }

    /// Starts the thread that waits for signals.
    #[cfg(unix)]
    fn spawn(&self) {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let stop = self.clone();
        // If no handler can be set, the first signal ends the program at once. Finished dispatches are written already.
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
        let listen = move || {
            for signal in signals.forever() {
                stop.asked(signal as usize);
            }
        };
        let _ = std::thread::Builder::new().name("depeche-signals".into()).spawn(listen);
    }

    /// Sets the handler of Ctrl-C.
    #[cfg(not(unix))]
    fn spawn(&self) {
        let stop = self.clone();
        let _ = ctrlc::set_handler(move || stop.asked(usize::from(INTERRUPTED - 128)));
    }
}
