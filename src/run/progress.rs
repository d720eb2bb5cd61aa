//! What a run is doing, for users who wait for it.

use std::fmt::Debug;

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Finding out what spreadsheets hold.
    Surveying,
    /// Reading the project's files.
    Reading,
    /// Computing measures from what was read.
    Estimating,
    /// Deciding what must be withheld.
    Withholding,
    /// Comparing districts.
    Comparing,
    /// Drawing charts.
    Drawing,
    /// Writing the pack, and auditing it.
    Writing,
}

/// Follows a run.
pub trait Progress: Debug + Send + Sync {
    /// An activity begins; the one before it, if any, has ended.
    fn begin(&self, activity: Activity);
    /// The last activity has ended.
    fn end(&self);
}

/// Ignores all progress.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Activity) {}
    fn end(&self) {}
}
