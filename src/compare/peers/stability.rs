//! How much a peer group depends on how it was chosen: the choice is repeated with changes.
//!
//! Each matching variable is left out in turn, to see how many peers stay, and for how many outcomes the
//! verdict on the district is the same (see [`verdict`](super::verdict)). With two peers fewer or more, the
//! list is the same but shorter or longer, so only the verdicts are meaningful. (The number of peers that
//! stay does not measure stability: where many districts are close together, others are just as near, and
//! verdicts stay the same as often when none of ten peers stay as when five do. `peers.toml` says how this
//! was measured.)

use std::collections::BTreeMap;

use rayon::prelude::*;
use statistics::neighbors::StandardizedSpace;

use super::choice::choose;
use super::chooser::{PeerChooser, SpaceKey};
use super::group::PeerGroup;
use super::likeness::{GroupLikeness, PeerPlaces, StabilityCheck};
use super::settings::PeerSettings;
use super::verdict::{Verdict, Verdicts};
use crate::catalog::{Catalog, LikenessSpec};
use crate::compare::level::standing::OwnValue;
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::wording::likeness;

/// How many fewer peers, and how many more.
const COUNT_CHANGE: usize = 2;

/// A change to the way peers are chosen.
struct ChoiceChange {
    /// The matching variable to leave out; `None` if the number of peers changes.
    without: Option<String>,
    /// The change in words; `None` if the number of peers changes, since that is only known after choosing
    /// them.
    label: Option<String>,
    settings: PeerSettings,
}

/// The groups chosen with a change, in the order of the requested districts.
struct ChangedGroups {
    change: ChoiceChange,
    groups: Vec<Warned<PeerGroup>>,
}

/// What likeness is judged by, for all requested districts.
struct LikenessJudge<'a> {
    spec: LikenessSpec,
    chooser: &'a PeerChooser<'a>,
    /// The usual distance to the nearest neighbor among districts that are standardized together.
    usual_distances: BTreeMap<&'a SpaceKey<'a>, Option<f64>>,
    verdicts: Verdicts<'a>,
    changed: Vec<ChangedGroups>,
}

/// How similar the peers of each district are: see [`GroupLikeness`]. `groups` holds districts' codes with
/// their peers. `None` for a district without peers. Anything shared by many districts is computed once.
#[must_use]
pub fn group_likeness(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    groups: &[(u32, &PeerGroup)],
) -> Vec<Option<GroupLikeness>> {
    let Ok(mut chooser) = PeerChooser::new(released, catalog, settings) else {
        return vec![None; groups.len()];
    };
    let districts: Vec<u32> = groups.iter().map(|g| g.0).collect();
    for district in &districts {
        chooser.prepare(*district);
    }
    let Some(verdicts) = Verdicts::new(released, catalog) else { return vec![None; groups.len()] };
    let likeness = catalog.peers.likeness;
    let spaces = chooser.spaces().par_iter();
    let judge = LikenessJudge {
        spec: likeness,
        chooser: &chooser,
        usual_distances: spaces.map(|(key, space)| (key, usual_distance(space, likeness))).collect(),
        verdicts,
        changed: choose_with_changes(released, catalog, settings, &districts),
    };
    let numbered = groups.par_iter().enumerate();
    numbered.map(|(position, (district, group))| judge.likeness(position, *district, group)).collect()
}

/// The usual distance from a district to its nearest neighbor. Among many districts, or in few variables, neighbors are so near
/// that farther ones differ by nothing that matters: so it is at least what the catalog says.
fn usual_distance(space: &StandardizedSpace, spec: LikenessSpec) -> Option<f64> {
    Some(space.median_nearest_distance()?.max(space.distance_apart(spec.usual_at_least)))
}

/// The groups chosen with each of the changes.
fn choose_with_changes(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    districts: &[u32],
) -> Vec<ChangedGroups> {
    let mut changed = Vec::new();
    for change in changes(settings) {
        let groups = choose(released, catalog, &change.settings, districts);
        changed.push(ChangedGroups { change, groups });
    }
    changed
}

/// Leaves out each matching variable in turn, unless there is only one; then uses fewer peers, and more.
fn changes(settings: &PeerSettings) -> Vec<ChoiceChange> {
    let removable: &[String] = if settings.matching.len() > 1 { &settings.matching } else { &[] };
    let without = removable.iter().filter_map(|name| ChoiceChange::without(name, settings));
    let counts = [settings.count.saturating_sub(COUNT_CHANGE), settings.count + COUNT_CHANGE];
    let of_count =
        counts.into_iter().filter(|count| *count > 0).map(|count| ChoiceChange::of_count(count, settings));
    without.chain(of_count).collect()
}

impl ChoiceChange {
    fn without(name: &str, settings: &PeerSettings) -> Option<Self> {
        let label = likeness::without_variable(&settings.variables.get(name)?.label);
        let matching = settings.matching.iter().filter(|n| *n != name).cloned().collect();
        Some(Self {
            without: Some(name.to_owned()),
            label: Some(label),
            settings: PeerSettings { matching, ..settings.clone() },
        })
    }

    fn of_count(count: usize, settings: &PeerSettings) -> Self {
        Self { without: None, label: None, settings: PeerSettings { count, ..settings.clone() } }
    }

    /// Whether it leaves out a variable that the group was matched by.
    fn is_without_any_of(&self, group: &PeerGroup) -> bool {
        self.without.as_ref().is_some_and(|name| group.variables.iter().any(|v| v.is_of(name)))
    }

    /// The change in words; `None` if the number of peers should change but does not.
    fn describe(&self, before: usize, after: usize) -> Option<String> {
        match &self.label {
            Some(label) => Some(label.clone()),
            None => (after != before).then(|| likeness::with_peers(after)),
        }
    }
}

impl LikenessJudge<'_> {
    /// The likeness of the peers of the district at an index.
    fn likeness(&self, position: usize, district: u32, group: &PeerGroup) -> Option<GroupLikeness> {
        if group.peers.is_empty() {
            return None;
        }
        let key = self.chooser.space_key(district)?;
        let usual_distance = (*self.usual_distances.get(&key)?)?;
        let places = PeerPlaces {
            own: self.chooser.standardized(&key, district)?,
            peers: group.peers.iter().filter_map(|p| self.chooser.standardized(&key, p.code)).collect(),
        };
        let distances: Vec<f64> = group.peers.iter().map(|p| p.distance).collect();
        let own = self.verdicts.latest_values(district);
        let mut likeness = GroupLikeness::new(self.spec, usual_distance, &distances, &places);
        for changed in &self.changed {
            let change = &changed.change;
            let of_kind =
                if change.without.is_none() { &mut likeness.by_count } else { &mut likeness.stability };
            // A variable that the group was not matched by cannot be left out.
            if change.without.is_none() || change.is_without_any_of(group) {
                of_kind.extend(self.stability_check(group, changed, position, &own));
            }
        }
        Some(likeness)
    }

    /// What stays the same in a group after a change, for the district at an index, whose outcomes are `own`.
    fn stability_check(
        &self,
        group: &PeerGroup,
        changed: &ChangedGroups,
        position: usize,
        own: &[Option<OwnValue>],
    ) -> Option<StabilityCheck> {
        let (peers, others) = (codes(group), codes(&changed.groups[position].value));
        let before = self.verdicts.beside(own, &peers);
        let after = self.verdicts.beside(own, &others);
        let judged: Vec<VerdictPair> = before
            .into_iter()
            .zip(after)
            .map(|(before, after)| VerdictPair { before, after })
            .filter(VerdictPair::has_verdict)
            .collect();
        Some(StabilityCheck {
            changed: changed.change.describe(peers.len(), others.len())?,
            stay: peers.iter().filter(|code| others.contains(code)).count(),
            of: peers.len(),
            same: judged.iter().filter(|pair| pair.before == pair.after).count(),
            outcomes: judged.len(),
        })
    }
}

/// The verdicts on an outcome with the original group and with the changed one.
struct VerdictPair {
    before: Option<Verdict>,
    after: Option<Verdict>,
}

impl VerdictPair {
    fn has_verdict(&self) -> bool {
        self.before.or(self.after).is_some()
    }
}

/// The codes of the peers, nearest first.
fn codes(group: &PeerGroup) -> Vec<u32> {
    group.peers.iter().map(|p| p.code).collect()
}
