//! Shows what a run is doing once it has taken a second: with a spinner on a terminal, otherwise with a line.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::run::{Activity, Progress};

/// Activities shorter than this are not shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the spinner moves.
const TICK: Duration = Duration::from_millis(120);

/// Follows a run on standard error.
#[derive(Debug, Default)]
pub(super) struct Watch {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    now: Mutex<Now>,
    changed: Condvar,
}

/// What is being done.
#[derive(Debug, Default)]
struct Now {
    /// `None` between activities.
    activity: Option<Activity>,
    /// How many times an activity has begun or ended; distinguishes an activity from the next one of the same
    /// kind.
    changes: u64,
    /// The spinner that shows it.
    spinner: Option<ProgressBar>,
}

impl Shared {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the current activity, and removes what is shown for the previous one.
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

    /// Shows an activity if nothing has changed for a while.
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
        // If no thread can be started, nothing is shown.
        let _ = thread::Builder::new().spawn(move || shared.show_if_long(change));
    }

    fn end(&self) {
        self.shared.change(None);
    }
}

/// Shows what is being done; returns the spinner if there is a terminal for it.
fn show(activity: Activity) -> Option<ProgressBar> {
    let text = text(activity);
    if !io::stderr().is_terminal() {
        // The reader may have closed standard error.
        let _ = writeln!(io::stderr(), "{text} …");
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
        Activity::Reading => "Reading the files",
        Activity::Estimating => "Computing measures",
        Activity::Withholding => "Checking what must be withheld to protect students",
        Activity::Comparing => "Comparing with other districts",
        Activity::Drawing => "Drawing the charts",
        Activity::Writing => "Writing the pack and auditing it",
    }
}
