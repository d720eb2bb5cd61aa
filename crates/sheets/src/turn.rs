//! Several files are read at a time, but those that take a lot of memory are read one after another.
//!
//! The memory limit applies to each file separately ([`super::limits`]), so whether a file can be read does
//! not depend on the others. This module limits how many large files are held at once.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// Total bytes that small files may take without waiting for each other.
const SHARED_BYTES: usize = 128 << 20;
/// The range of that budget, in bytes, that a single file may get.
const FREE_BYTES: std::ops::RangeInclusive<usize> = 1 << 20..=32 << 20;

/// The thread that currently holds turns.
#[derive(Debug)]
struct TurnHolder {
    thread: ThreadId,
    turns: usize,
}

static HOLDER: Mutex<Option<TurnHolder>> = Mutex::new(None);
static TURN_ENDED: Condvar = Condvar::new();

fn lock_holder() -> MutexGuard<'static, Option<TurnHolder>> {
    HOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_held_by_other(holder: &Option<TurnHolder>, own: ThreadId) -> bool {
    matches!(holder, Some(holder) if holder.thread != own)
}

/// The bytes that a file may take without waiting for its turn.
pub(super) fn free_bytes() -> usize {
    (SHARED_BYTES / rayon::current_num_threads().max(1)).clamp(*FREE_BYTES.start(), *FREE_BYTES.end())
}

/// Whether a file that takes this many bytes must wait for its turn.
pub(super) fn needs_turn(bytes: usize) -> bool {
    bytes > free_bytes()
}

/// The turn of a file that takes a lot of memory. While a thread holds one, no other thread gets one. It ends
/// when its last clone is dropped.
#[derive(Debug, Clone)]
pub struct Turn {
    _end: Arc<EndOnDrop>,
}

#[derive(Debug)]
struct EndOnDrop;

impl Turn {
    /// Waits for a turn if `bytes` to be held is large; `None` if it is small.
    #[must_use]
    pub fn for_bytes(bytes: usize) -> Option<Self> {
        needs_turn(bytes).then(Self::wait)
    }

    /// Waits until no other thread holds a turn. A thread that already holds one gets another immediately.
    pub(super) fn wait() -> Self {
        let own = thread::current().id();
        let mut holder = TURN_ENDED
            .wait_while(lock_holder(), |holder| is_held_by_other(holder, own))
            .unwrap_or_else(PoisonError::into_inner);
        holder.get_or_insert(TurnHolder { thread: own, turns: 0 }).turns += 1;
        Self { _end: Arc::new(EndOnDrop) }
    }
}

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        let mut holder = lock_holder();
        if let Some(held) = &mut *holder {
            held.turns -= 1;
            if held.turns == 0 {
                *holder = None;
            }
        }
        TURN_ENDED.notify_all();
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
