//! What changed since a plan was written, or last read: in the data behind its goals, in its targets, among peers and candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::check::CheckedGoal;
use super::memory::{PlanMemory, RememberedSeries};
use super::menu::{MenuRow, PlanMenu};
use super::target_changes::target_changes;
use crate::catalog::PlanColumn;
use crate::domain::{SchoolYear, Unit};
use crate::room::DraftItem;
use crate::wording::plan::{self as wording, ChangeWords};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// An indicator of the plan has a value of a later year.
    NewYear,
    /// The value of the baseline's year is another one now.
    BaselineUpdated,
    /// Another earlier value is another one now.
    RevisedValue,
    /// A new test or definition, which the plan did not know.
    MethodChanged,
    /// The data no longer has the indicator, or calls it by another name.
    MeasureGone,
    /// The indicator has another name.
    MeasureRenamed,
    /// People changed a target.
    TargetChanged,
    /// A district became a peer.
    PeerIn,
    /// A district is no longer a peer.
    PeerOut,
    /// The data supports a new candidate.
    CandidateNew,
    /// It no longer supports a candidate.
    CandidateGone,
    /// It supports a candidate in another quadrant.
    CandidateMoved,
}

impl ChangeKind {
    /// Its name, and why it happened.
    pub(crate) const fn words(self) -> ChangeWords {
        match self {
            Self::NewYear => wording::NEW_YEAR,
            Self::BaselineUpdated => wording::BASELINE_UPDATED,
            Self::RevisedValue => wording::REVISED_VALUE,
            Self::MethodChanged => wording::METHOD_CHANGED,
            Self::MeasureGone => wording::MEASURE_GONE,
            Self::MeasureRenamed => wording::MEASURE_RENAMED,
            Self::TargetChanged => wording::TARGET_CHANGED,
            Self::PeerIn => wording::PEER_IN,
            Self::PeerOut => wording::PEER_OUT,
            Self::CandidateNew => wording::CANDIDATE_NEW,
            Self::CandidateGone => wording::CANDIDATE_GONE,
            Self::CandidateMoved => wording::CANDIDATE_MOVED,
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanChange {
    /// Its kind.
    pub kind: ChangeKind,
    /// What changed: an indicator with its year, a peer, a candidate.
    pub what: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// Why.
    pub why: String,
    /// Where the value came from.
    pub source_before: String,
    /// Where it comes from now.
    pub source_after: String,
}

/// The targets of goals, by goal and year, as they were typed.
pub type TargetTexts = BTreeMap<String, BTreeMap<i32, String>>;

/// All changes, sorted by kind.
pub(super) fn changes(
    memory: &PlanMemory,
    menu: &PlanMenu,
    goals: &[CheckedGoal],
    targets_before: &TargetTexts,
) -> Vec<PlanChange> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for goal in goals {
        let name = goal.typed.text(PlanColumn::Indicator);
        let slug = goal.row.as_ref().map(|row| row.key.slug());
        let slug = slug.or_else(|| memory.slug_of(name).map(str::to_owned));
        let Some(slug) = slug.filter(|slug| seen.insert(slug.clone())) else { continue };
        if let Some(before) = memory.series.get(&slug) {
            match &goal.row {
                Some(row) => of_series(before, row, &mut all),
                None => all.push(gone(before)),
            }
        }
    }
    all.extend(target_changes(targets_before, goals, memory));
    of_peers(memory, menu, &mut all);
    of_items(memory, menu, &mut all);
    all.sort();
    all
}

fn of_series(before: &RememberedSeries, row: &MenuRow, all: &mut Vec<PlanChange>) {
    let baseline = before.latest().map(|(year, _)| year);
    for value in &row.values {
        let year = value.year.end();
        let known = before.values.get(&year);
        let kind = match known {
            None if baseline.is_some_and(|baseline| year > baseline) => ChangeKind::NewYear,
            None => continue,
            Some(known) if is_same(known.value, value.value) => continue,
            Some(_) if Some(year) == baseline => ChangeKind::BaselineUpdated,
            Some(_) => ChangeKind::RevisedValue,
        };
        all.push(PlanChange {
            kind,
            what: wording::in_year(&row.indicator, &value.year.to_string()),
            before: known.map(|known| row.unit.format(known.value)).unwrap_or_default(),
            after: row.unit.format(value.value),
            why: kind.words().why.to_owned(),
            source_before: known.map(|known| known.source.clone()).unwrap_or_default(),
            source_after: value.source.clone(),
        });
    }
    for found in row.breaks.iter().filter(|found| !before.breaks.contains_key(&found.year)) {
        if baseline.is_some_and(|baseline| found.year > baseline) {
            let year = SchoolYear::ending(found.year).map(|year| year.to_string()).unwrap_or_default();
            let what = wording::in_year(&row.indicator, &year);
            all.push(PlanChange {
                after: found.why.clone(),
                ..plain_change(ChangeKind::MethodChanged, what)
            });
        }
    }
    if before.indicator != row.indicator {
        all.push(PlanChange {
            before: before.indicator.clone(),
            after: row.indicator.clone(),
            ..plain_change(ChangeKind::MeasureRenamed, row.indicator.clone())
        });
    }
}

/// Whether two values are the same but for rounding errors.
fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * (1.0 + one.abs().max(other.abs()))
}

fn gone(before: &RememberedSeries) -> PlanChange {
    let latest = before.latest();
    let year = latest.and_then(|(year, _)| SchoolYear::ending(year).ok());
    PlanChange {
        before: latest.map(|(_, value)| Unit::Points.format(value.value)).unwrap_or_default(),
        source_before: latest.map(|(_, value)| value.source.clone()).unwrap_or_default(),
        ..plain_change(
            ChangeKind::MeasureGone,
            wording::in_year(&before.indicator, &year.map(|year| year.to_string()).unwrap_or_default()),
        )
    }
}

/// A change without values.
pub(super) fn plain_change(kind: ChangeKind, what: String) -> PlanChange {
    PlanChange {
        kind,
        what,
        before: String::new(),
        after: String::new(),
        why: kind.words().why.to_owned(),
        source_before: String::new(),
        source_after: String::new(),
    }
}

fn of_peers(memory: &PlanMemory, menu: &PlanMenu, all: &mut Vec<PlanChange>) {
    let now: BTreeSet<_> = menu.peers.iter().map(|peer| &peer.id).collect();
    let then: BTreeSet<_> = memory.peers.iter().map(|peer| &peer.id).collect();
    let added = menu.peers.iter().filter(|peer| !then.contains(&peer.id));
    all.extend(added.map(|peer| plain_change(ChangeKind::PeerIn, peer.name.clone())));
    let left = memory.peers.iter().filter(|peer| !now.contains(&peer.id));
    all.extend(left.map(|peer| plain_change(ChangeKind::PeerOut, peer.name.clone())));
}

fn of_items(memory: &PlanMemory, menu: &PlanMenu, all: &mut Vec<PlanChange>) {
    for item in &menu.items {
        let known = memory.items.iter().find(|known| known.id == item.id);
        let kind = match known {
            None => ChangeKind::CandidateNew,
            Some(known) if known.number.quadrant != item.number.quadrant => ChangeKind::CandidateMoved,
            Some(_) => continue,
        };
        all.push(PlanChange {
            before: known.map(numbered).unwrap_or_default(),
            after: numbered(item),
            ..plain_change(kind, item.id.clone())
        });
    }
    for item in memory.items.iter().filter(|item| menu.items.iter().all(|now| now.id != item.id)) {
        let change = plain_change(ChangeKind::CandidateGone, item.id.clone());
        all.push(PlanChange { before: numbered(item), ..change });
    }
}

fn numbered(item: &DraftItem) -> String {
    wording::numbered(&item.number.to_string(), &item.statement)
}
