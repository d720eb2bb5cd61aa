//! What the documents are made of.

use super::group::{self, DayGroup};
use super::shown::Shown;
use crate::domain::PaperSize;
use crate::exhibit::Pack;
use crate::pack::picture::Picture;
use crate::pack::report::Report;

/// What the documents are made of.
pub(super) struct Paper<'a> {
    pub(super) pack: &'a Pack,
    pub(super) report: &'a Report,
    pub(super) size: PaperSize,
    /// The exhibits of the day by the parts of the day; those about the peers are apart.
    pub(super) groups: Vec<DayGroup<'a>>,
    /// The exhibits about the peers.
    pub(super) of_peers: Vec<Shown<'a>>,
    /// The exhibits that are not shown on the day.
    pub(super) others: Vec<Shown<'a>>,
    /// The drawings of the pages of schools, in their order.
    pub(super) school_charts: &'a [Option<String>],
}

impl<'a> Paper<'a> {
    pub(super) fn new(
        pack: &'a Pack,
        pictures: &'a [Picture<'a>],
        report: &'a Report,
        size: PaperSize,
        school_charts: &'a [Option<String>],
    ) -> Self {
        let shown: Vec<Shown<'a>> = pictures.iter().filter_map(Shown::of).collect();
        let all_are_core = !shown.iter().any(|shown| shown.exhibit.core);
        let (core, others): (Vec<_>, Vec<_>) =
            shown.into_iter().partition(|shown| all_are_core || shown.exhibit.core);
        let (of_peers, core) = core.into_iter().partition(Shown::is_about_peers);
        Self { pack, report, size, groups: group::groups(pack, core), of_peers, others, school_charts }
    }

    /// All exhibits of the day, in order.
    pub(super) fn core(&self) -> impl Iterator<Item = &Shown<'a>> {
        self.of_peers.iter().chain(self.groups.iter().flat_map(|group| &group.exhibits))
    }
}
