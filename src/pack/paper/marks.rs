//! Which marks some charts have, so that paper explains only these.

use minijinja::{Value, context};

use super::shown::Shown;
use crate::exhibit::{Line, LineRole};

/// What the templates receive of the marks in these charts.
pub(super) fn marks<'a>(shown: impl Iterator<Item = &'a Shown<'a>>) -> Value {
    let lines: Vec<&Line> = shown.flat_map(|shown| shown.exhibit.figure.lines()).collect();
    context! {
        lines => !lines.is_empty(),
        peers => lines.iter().any(|line| line.has(LineRole::PeerMedian)),
        // Without peers, a band is the range of a projection.
        band => lines.iter().any(|line| line.band.is_some() && line.has(LineRole::PeerMedian)),
        state => lines.iter().any(|line| line.has(LineRole::State)),
        breaks => lines.iter().any(|line| !line.breaks.is_empty()),
    }
}
