//! Shows what a run is doing once it takes more than a second: with a spinner on a terminal, with a line elsewhere.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::output::Verbosity;
use crate::run::{Activity, Progress, Silent};
use crate::wording::run::activity as wording;

/// Activities shorter than this are not shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the spinner moves.
const TICK: Duration = Duration::from_millis(120);

/// Follows a run on standard error.
#[derive(Debug, Default)]
struct Watch {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    now: Mutex<Now>,
    changed: Condvar,
}

/// The current activity.
#[derive(Debug, Default)]
struct Now {
    /// `None` between activities.
    activity: Option<Activity>,
    /// How many activities have begun or ended; distinguishes an activity from a later one of the same kind.
    changes: u64,
    /// The spinner, if it is shown.
    spinner: Option<ProgressBar>,
}

impl Shared {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the current activity and clears the spinner of the one before. Returns the number of this change.
    fn change(&self, activity: Option<Activity>) -> u64 {
        let mut now = self.now();
        now.activity = activity;
        now.changes += 1;
        if let Some(spinner) = now.spinner.take() {
            spinner.finish_and_clear();
        }
        self.changed.notify_all();
        now.changes
    }

    /// Shows the current activity if it has not changed for a while.
    fn show_if_long(&self, change: u64) {
        let is_same = |now: &mut Now| now.changes == change;
        let waited = self.changed.wait_timeout_while(self.now(), PATIENCE, is_same);
        let (mut now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if let (true, Some(activity)) = (now.changes == change, now.activity) {
            now.spinner = show(activity);
        }
    }
}

impl Progress for Watch {
    fn begin(&self, activity: Activity) {
        let change = self.shared.change(Some(activity));
        let shared = Arc::clone(&self.shared);
        // Without a thread, nothing is shown.
        let _ = thread::Builder::new().spawn(move || shared.show_if_long(change));
    }

    fn end(&self) {
        self.shared.change(None);
    }
}

impl Drop for Watch {
    /// A command that ends early leaves no spinner behind.
    fn drop(&mut self) {
        self.end();
    }
}

/// What follows a run at this verbosity.
pub(super) fn follower(verbosity: Verbosity) -> Arc<dyn Progress> {
    match verbosity {
        Verbosity::Quiet => Arc::new(Silent),
        Verbosity::Normal | Verbosity::Verbose => Arc::new(Watch::default()),
    }
}

/// Shows an activity. Returns its spinner if there is a terminal.
fn show(activity: Activity) -> Option<ProgressBar> {
    let text = text(activity);
    if !io::stderr().is_terminal() {
        // Standard error may be closed.
        let _ = writeln!(io::stderr(), "{}", wording::line(text));
        return None;
    }
    let spinner = ProgressBar::new_spinner().with_message(text);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(TICK);
    Some(spinner)
}

const fn text(activity: Activity) -> &'static str {
    match activity {
        Activity::Surveying => wording::SURVEYING,
        Activity::Reading => wording::READING,
        Activity::Estimating => wording::ESTIMATING,
        Activity::Withholding => wording::WITHHOLDING,
        Activity::Comparing => wording::COMPARING,
        Activity::Drawing => wording::DRAWING,
        Activity::Writing => wording::WRITING,
    }
}
