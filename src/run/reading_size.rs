//! How much a project's files may hold in total.
//!
//! Which files are left out must not depend on the number of threads: while files are read in parallel, a
//! [`SharedReadingSize`] only limits what is held in memory at the same time. Which files are left out is
//! decided afterward, by their sizes in the order of the sources.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::observation::{BYTES, FileReading, PRIVATE_VALUES, VALUES};

/// How much some readings hold in total.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ReadingSize {
    /// The number of values.
    pub(super) values: usize,
    /// The number of values that are not public.
    private_values: usize,
    /// Memory in bytes.
    bytes: usize,
}

impl ReadingSize {
    /// The size with one more reading; `None` if that is more than a project may hold.
    pub(super) fn plus(self, reading: &FileReading) -> Option<Self> {
        let of_reading = reading.values();
        let private_values = if reading.is_public() { 0 } else { of_reading };
        let sum = Self {
            values: self.values + of_reading,
            private_values: self.private_values + private_values,
            bytes: self.bytes + reading.bytes(),
        };
        sum.fits().then_some(sum)
    }

    /// Whether a project may hold this much.
    const fn fits(self) -> bool {
        self.values <= VALUES && self.private_values <= PRIVATE_VALUES && self.bytes <= BYTES
    }
}

/// The size of what all threads have read so far, in whatever order.
#[derive(Debug, Default)]
pub(super) struct SharedReadingSize(Mutex<SizeUntilFull>);

#[derive(Debug, Default)]
struct SizeUntilFull {
    size: ReadingSize,
    is_full: bool,
}

impl SharedReadingSize {
    /// Whether a file was too large to be added, so that no more should be read.
    pub(super) fn is_full(&self) -> bool {
        self.lock().is_full
    }

    /// Replaces the size by what `add` returns, or marks it as full if that is `None`; returns whether there is still room.
    pub(super) fn update(&self, add: impl FnOnce(ReadingSize) -> Option<ReadingSize>) -> bool {
        let mut current = self.lock();
        match add(current.size) {
            Some(size) => current.size = size,
            None => current.is_full = true,
        }
        !current.is_full
    }

    fn lock(&self) -> MutexGuard<'_, SizeUntilFull> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
