//! Threads that share the work of one pass through the model.
//!
//! A pass through a small model consists of some hundred short sections (a product, the attention of a layer), each
//! over in a tenth of a millisecond: waking a sleeping thread for each would cost as much as the work. So a waiting
//! thread spins for a moment before it sleeps. Each thread is given neighbouring pieces of a section, because the
//! weights that follow a piece in memory are prefetched and should be needed by the same core. A thread that is done
//! takes pieces of the others, so that one core that is slowed down by something else does not hold up the rest.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

/// How many times a waiting thread looks whether it can go on, before it sleeps or (the calling thread) yields to
/// others. This takes about 50 µs.
const SPINS: usize = 4000;

/// A section of work: `call(context, piece)` for each number `piece` below `pieces`.
#[derive(Clone, Copy)]
struct Section {
    call: unsafe fn(*const (), usize),
    context: *const (),
    pieces: usize,
}

/// A counter with two cache lines to itself, since processors may fetch cache lines in pairs.
#[repr(align(128))]
struct Next(AtomicUsize);

/// What the threads of a pool share.
struct Shared {
    /// How many sections have begun, counting the end of the pool as one. Workers wait for it to
    /// change.
    epoch: AtomicUsize,
    /// The section that the threads work on.
    section: std::cell::UnsafeCell<Section>,
    /// For each thread, the next piece of its own range (see [`Shared::own_range`]) that nobody has
    /// taken yet.
    next: Vec<Next>,
    /// Workers that have not yet finished the current section.
    busy: AtomicUsize,
    /// Whether a worker has panicked since [`Pool::run`] last asked.
    panicked: AtomicBool,
    /// Set when the pool is dropped: workers then end.
    stop: AtomicBool,
    /// How many workers sleep until `wake` is notified.
    asleep: Mutex<usize>,
    wake: Condvar,
}

// SAFETY: `section` is written by the pool's owner only while no worker is busy, and read by
// workers only after they have seen the epoch change (release/acquire); the context that it points
// to outlives the section, since `run` waits for all.
unsafe impl Sync for Shared {}
// SAFETY: the raw pointer in `section` is dereferenced only as above.
unsafe impl Send for Shared {}

/// A fixed set of threads; the calling thread is one of them.
pub struct Pool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    /// A pool of `threads` threads, the caller included: one thread fewer is started. 0 is taken as 1.
    pub fn new(threads: usize) -> Pool {
        unsafe fn nothing(_: *const (), _: usize) {}
        let shared = Arc::new(Shared {
            epoch: AtomicUsize::new(0),
            section: std::cell::UnsafeCell::new(Section { call: nothing, context: std::ptr::null(), pieces: 0 }),
            next: (0..threads.max(1)).map(|_| Next(AtomicUsize::new(0))).collect(),
            busy: AtomicUsize::new(0),
            panicked: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            asleep: Mutex::new(0),
            wake: Condvar::new(),
        });
        let workers = (1..threads.max(1))
            .filter_map(|i| {
                let shared = shared.clone();
                // Where a thread cannot be started, the others do its work.
                std::thread::Builder::new().name(format!("depeche-{i}")).spawn(move || shared.work(i)).ok()
            })
            .collect();
        Pool { shared, workers }
    }

    /// Number of threads that work, the caller included.
    pub fn threads(&self) -> usize {
        self.workers.len() + 1
    }

    /// Calls `work` once with every number below `pieces`, on all threads, and returns when all calls are done. A
    /// single piece is done by the calling thread.
    ///
    /// # Panics
    /// When a call of `work` panicked. Other threads, if there are any, first go on with the rest.
    pub fn run<F: Fn(usize) + Sync>(&mut self, pieces: usize, work: F) {
        if self.workers.is_empty() || pieces <= 1 {
            return (0..pieces).for_each(work);
        }
        /// # Safety
        /// `context` must point to a living `F`.
        unsafe fn call<F: Fn(usize)>(context: *const (), piece: usize) {
            // SAFETY: promised by the caller.
            unsafe { (*context.cast::<F>())(piece) }
        }
        let shared = &*self.shared;
        let section = Section { call: call::<F>, context: (&raw const work).cast(), pieces };
        // SAFETY: `&mut self` keeps others out, and the last `run` waited until no worker was busy.
        unsafe { *shared.section.get() = section };
        for (thread, next) in shared.next.iter().enumerate() {
            next.0.store(shared.own_range(thread, pieces).start, Ordering::Relaxed);
        }
        shared.busy.store(self.workers.len(), Ordering::Relaxed);
        shared.epoch.fetch_add(1, Ordering::SeqCst);
        if *shared.asleep.lock().unwrap_or_else(|e| e.into_inner()) > 0 {
            shared.wake.notify_all();
        }
        let mine = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| shared.take_pieces(section, 0)));
        let mut spins = 0;
        while shared.busy.load(Ordering::Acquire) > 0 {
            spins += 1;
            if spins < SPINS { std::hint::spin_loop() } else { std::thread::yield_now() }
        }
        let panicked = shared.panicked.swap(false, Ordering::Relaxed);
        if let Err(panic) = mine {
            std::panic::resume_unwind(panic);
        }
        assert!(!panicked, "a worker thread panicked");
    }
}

impl Shared {
    /// The range of pieces that a thread starts with; others take pieces of it only when they are done with their own.
    fn own_range(&self, thread: usize, pieces: usize) -> std::ops::Range<usize> {
        let threads = self.next.len();
        thread * pieces / threads..(thread + 1) * pieces / threads
    }

    /// Does a thread's own pieces of a section, then those of the others that are not yet begun.
    fn take_pieces(&self, section: Section, me: usize) {
        let threads = self.next.len();
        for thread in (me..threads).chain(0..me) {
            let end = self.own_range(thread, section.pieces).end;
            loop {
                let piece = self.next[thread].0.fetch_add(1, Ordering::Relaxed);
                if piece >= end {
                    break;
                }
                // SAFETY: `run` keeps the context alive until all workers are done.
                unsafe { (section.call)(section.context, piece) };
            }
        }
    }

    /// What a worker does until the pool is dropped: waits for a section and takes pieces of it.
    fn work(&self, me: usize) {
        let mut seen = 0;
        loop {
            let mut spins = 0;
            while self.epoch.load(Ordering::Acquire) == seen {
                spins += 1;
                if spins < SPINS {
                    std::hint::spin_loop();
                    continue;
                }
                let mut asleep = self.asleep.lock().unwrap_or_else(|e| e.into_inner());
                *asleep += 1;
                while self.epoch.load(Ordering::SeqCst) == seen {
                    asleep = self.wake.wait(asleep).unwrap_or_else(|e| e.into_inner());
                }
                *asleep -= 1;
            }
            seen += 1;
            if self.stop.load(Ordering::Acquire) {
                return;
            }
            // SAFETY: the epoch has changed, so the owner has written the section and waits for us.
            let section = unsafe { *self.section.get() };
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.take_pieces(section, me))).is_err() {
                self.panicked.store(true, Ordering::Relaxed);
            }
            self.busy.fetch_sub(1, Ordering::Release);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.shared.epoch.fetch_add(1, Ordering::SeqCst);
        drop(self.shared.asleep.lock());
        self.shared.wake.notify_all();
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_in_every_section() {
        for threads in [1, 2, 5] {
            let mut pool = Pool::new(threads);
            for pieces in [0, 1, 2, 3, 64, 1000] {
                let counts: Vec<AtomicUsize> = (0..pieces).map(|_| AtomicUsize::new(0)).collect();
                pool.run(pieces, |i| {
                    counts[i].fetch_add(1, Ordering::Relaxed);
                });
                assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1), "{threads} threads, {pieces} pieces");
            }
        }
    }

    #[test]
    fn works_again_after_its_threads_have_slept() {
        let mut pool = Pool::new(3);
        for _ in 0..3 {
            std::thread::sleep(std::time::Duration::from_millis(5));
            let sum = AtomicUsize::new(0);
            pool.run(100, |i| {
                sum.fetch_add(i, Ordering::Relaxed);
            });
            assert_eq!(sum.load(Ordering::Relaxed), 4950);
        }
    }

    #[test]
    fn a_panic_reaches_the_caller_and_the_pool_lives_on() {
        let mut pool = Pool::new(2);
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            pool.run(10, |i| assert!(i != 7, "piece seven"));
        }));
        assert!(failed.is_err());
        let sum = AtomicUsize::new(0);
        pool.run(10, |i| {
            sum.fetch_add(i, Ordering::Relaxed);
        });
        assert_eq!(sum.load(Ordering::Relaxed), 45);
    }
}
