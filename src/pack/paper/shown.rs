//! An exhibit with the drawings for paper.

use crate::exhibit::{Exhibit, Figure};
use crate::pack::picture::{Picture, Plots};

/// The letter in the codes of exhibits about the peers.
const PEERS: char = 'R';

/// An exhibit that can be printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) exhibit: &'a Exhibit,
    pub(super) plots: Plots<'a>,
}

impl<'a> Shown<'a> {
    /// `None` if it has no drawing for paper.
    pub(super) fn of(picture: &Picture<'a>) -> Option<Self> {
        Some(Self { exhibit: picture.exhibit, plots: picture.plots? })
    }

    pub(super) fn is_about_peers(&self) -> bool {
        self.exhibit.code.starts_with(PEERS)
    }

    /// Whether charts can be explained with it: it has lines.
    pub(super) const fn is_typical(&self) -> bool {
        matches!(self.exhibit.figure, Figure::Line(_))
    }

    /// The height of the wide drawing, as a share of its width.
    pub(super) fn wide_ratio(&self) -> f64 {
        ratio(self.plots.wide)
    }

    /// The height of the narrow drawing, as a share of its width.
    pub(super) fn narrow_ratio(&self) -> f64 {
        ratio(self.plots.narrow)
    }
}

/// The `viewBox` of a drawing.
pub(super) fn view_box(svg: &str) -> &str {
    svg.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// The height of a drawing as a share of its width, from its `viewBox`.
fn ratio(svg: &str) -> f64 {
    let numbers: Vec<f64> =
        view_box(svg).split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 => height / width,
        _ => 0.0,
    }
}
