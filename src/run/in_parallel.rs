//! Work on many items at the same time, each of them in one thread.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The stack of each thread: as much as the program's first one has.
const STACK: usize = 8 << 20;

/// Does `work` for each item, for as many of them at a time as there are threads; the results are in the order of the items. What
/// is parallel within the work of one item stays in its thread: else a thread that waits would begin another item, and memory
/// would grow with their number.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let list = WorkList { items, next: AtomicUsize::new(0), done: Mutex::default() };
    let threads = rayon::current_num_threads().min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| alone(|| list.work_through(&work)));
        }
        alone(|| list.work_through(&work));
    });
    let mut done = list.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Items that several threads work on.
struct WorkList<'t, T, R> {
    items: &'t [T],
    /// The place of the next item.
    next: AtomicUsize,
    /// The results, each with the place of its item.
    done: Mutex<Vec<(usize, R)>>,
}

impl<T, R> WorkList<'_, T, R> {
    /// Takes one item after the other until none is left.
    fn work_through(&self, work: &impl Fn(&T) -> R) {
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = self.items.get(at) else { return };
            let result = work(item);
            self.done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    }
}

/// Works in a pool of a single thread; in this thread if the system allows no other.
fn alone(work: impl FnOnce() + Send) {
    match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::in_parallel;

    #[test]
    fn every_item_is_worked_on_once_and_results_keep_its_order() {
        let items: Vec<u64> = (0..257).collect();
        let sums = in_parallel(&items, |item| (0..*item).into_par_iter().map(|n| n * n).sum::<u64>());
        let expected: Vec<u64> = items.iter().map(|item| (0..*item).map(|n| n * n).sum()).collect();
        assert_eq!(sums, expected);
        assert_eq!(in_parallel(&[] as &[u64], |item| *item), Vec::<u64>::new());
    }

    #[test]
    fn what_is_parallel_within_an_item_stays_in_its_thread() {
        let threads = in_parallel(&[1, 2, 3], |_| {
            let own = std::thread::current().id();
            (0..64).into_par_iter().all(|_| std::thread::current().id() == own)
        });
        assert_eq!(threads, [true; 3]);
    }
}
