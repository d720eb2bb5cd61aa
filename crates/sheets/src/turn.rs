//! Files are read several at a time; those that take much memory, one after the other.
//!
//! What a file may take is bounded by itself ([`super::room`]), so that whether it can be read does not depend on the
//! others; how many of the large ones are held at once is bounded here.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// Bytes that all files under way may take together without waiting for each other.
const SHARED: usize = 128 << 20;
/// The most and the least of it that one of them may.
const ONE: std::ops::RangeInclusive<usize> = 1 << 20..=32 << 20;

/// Who reads a large file, and how many of them.
#[derive(Debug)]
struct Reading {
    by: Option<(ThreadId, usize)>,
}

static READING: Mutex<Reading> = Mutex::new(Reading { by: None });
static ENDED: Condvar = Condvar::new();

/// The bytes that a file may take without waiting for its turn.
pub(super) fn freely() -> usize {
    (SHARED / rayon::current_num_threads().max(1)).clamp(*ONE.start(), *ONE.end())
}

/// Whether a file that takes so many bytes must wait for its turn.
pub(super) fn is_much(bytes: usize) -> bool {
    bytes > freely()
}

/// The turn of a file that takes much memory; it ends when nobody holds it any more.
#[derive(Debug, Clone)]
pub struct Turn {
    _held: Arc<Held>,
}

#[derive(Debug)]
struct Held;

impl Turn {
    /// Waits for a turn where so many bytes are to be held for a while, and they are many.
    #[must_use]
    pub fn for_bytes(bytes: usize) -> Option<Self> {
        is_much(bytes).then(Self::wait)
    }

    /// Waits until no other thread reads a large file. A thread that does may read another beside it.
    pub(super) fn wait() -> Self {
        let own = thread::current().id();
        let reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
        let of_another = |reading: &mut Reading| reading.by.is_some_and(|(by, _)| by != own);
        let mut reading = ENDED.wait_while(reading, of_another).unwrap_or_else(PoisonError::into_inner);
        let count = reading.by.map_or(0, |(_, count)| count);
        reading.by = Some((own, count + 1));
        Self { _held: Arc::new(Held) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
        reading.by = reading.by.filter(|(_, count)| *count > 1).map(|(by, count)| (by, count - 1));
        ENDED.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Turn;

    #[test]
    fn no_two_threads_have_a_turn_at_once() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let (_first, _second) = (Turn::wait(), Turn::wait());
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
    }
}
