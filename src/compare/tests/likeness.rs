//! Tests of how similar the peers are to the district, and what they do better.

use super::options::five;
use super::{catalog, doubling, given, group_of, key, only_enrollment};
use crate::compare::{
    PeerGroup, PeerSettings, StabilityCheck, all_peer_groups, group_likeness, outcomes, peer_group,
};
use crate::disclosure::for_tests::release_all_for_tests;
use crate::domain::DistrictId;

#[test]
fn which_peers_stay_under_alternative_choices() {
    let (released, catalog, mut settings) = five();
    settings.count = 2;
    settings.missing.insert("low-income".to_owned(), 0.0);
    let code = released.terms().district(&DistrictId::new("900").unwrap()).unwrap();
    let group = peer_group(&released, &catalog, &settings, code).value;
    let alike = group_likeness(&released, &catalog, &settings, &[(code, &group)]).pop().flatten().unwrap();
    let changed: Vec<&str> = alike.stability.iter().map(|s| s.changed.as_str()).collect();
    assert_eq!(changed, ["without the enrollment", "without the low-income", "without no high school"]);
    assert!(alike.stability.iter().all(|s| s.of == 2));
    assert_eq!((alike.peers.len(), alike.gaps.len(), alike.places[0].len()), (2, 3, 3));
    // The result is the same when requested for all districts at once.
    let groups = all_peer_groups(&released, &catalog, &settings);
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|g| &g.value)).collect();
    assert_eq!(group_likeness(&released, &catalog, &settings, &coded)[code as usize], Some(alike));
}

#[test]
fn an_outcome_is_for_the_latest_year_that_both_have() {
    let (mut catalog, settings) = (catalog(), only_enrollment(3));
    catalog.peers.outcomes = vec!["rate".to_owned(), "share".to_owned()];
    let mut rows = doubling(2024);
    for (district, year, rate) in [
        ("900", 2022, 40.0),
        ("900", 2024, 44.0),
        ("901", 2022, 50.0),
        ("902", 2023, 50.0),
        ("902", 2024, 60.0),
    ] {
        rows.push(given(district, year, key("rate", "all"), rate));
        rows.push(given(district, year, key("rate", "low-income"), rate));
        rows.push(given(district, 2020, key("share", "all"), rate));
    }
    let released = release_all_for_tests(&rows, &[]);
    let group = group_of(&released, &catalog, &settings, "900").value;
    let code = released.terms().district(&DistrictId::new("900").unwrap()).unwrap();
    let found: Vec<(usize, i32, f64, f64)> = outcomes(&released, &catalog, &group, code)
        .into_iter()
        .map(|o| (o.peer, o.year.end(), o.ours, o.theirs))
        .collect();
    // The share is four years older.
    assert_eq!(found, [(0, 2022, 40.0, 50.0), (1, 2024, 44.0, 60.0)]);
}

#[test]
fn verdicts_may_change_with_fewer_or_more_peers() {
    let (mut catalog, mut settings) = (catalog(), only_enrollment(6));
    settings.matching.push("low-income".to_owned());
    catalog.peers.outcomes = vec!["rate".to_owned()];
    // With doubling enrollments, the nearest to 900 are 901, 902 and so on. Its rate of 50 is clearly above
    // the 40 of its six peers; with the next two, at 80, the upper quartile of the eight is 50.
    let mut rows = doubling(2024);
    let rates = [50.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0, 80.0, 80.0];
    for (i, rate) in rates.iter().enumerate() {
        rows.push(given(&format!("9{i:02}"), 2024, key("rate", "all"), *rate));
    }
    rows.extend((0..20).map(|i| given(&format!("9{i:02}"), 2024, key("share", "low-income"), 30.0)));
    let released = release_all_for_tests(&rows, &[]);
    let code = released.terms().district(&DistrictId::new("900").unwrap()).unwrap();
    let found = |settings: &PeerSettings| {
        let group = peer_group(&released, &catalog, settings, code).value;
        group_likeness(&released, &catalog, settings, &[(code, &group)]).pop().flatten().unwrap()
    };
    let told = |stays: &[StabilityCheck]| -> Vec<(String, usize, usize, usize)> {
        stays.iter().map(|s| (s.changed.clone(), s.stay, s.same, s.outcomes)).collect()
    };
    let six = found(&settings);
    // Four peers are too few for a comparison, so the verdict changes.
    let by_count = [("with 4 peers".to_owned(), 4, 0, 1), ("with 8 peers".to_owned(), 6, 0, 1)];
    assert_eq!(told(&six.by_count), by_count);
    // The share is the same everywhere, so nothing changes without it. Without enrollment all are equally
    // near, and are ordered by id.
    let without = |name: &str| (format!("without the {name}"), 6, 1, 1);
    assert_eq!(told(&six.stability), [without("enrollment"), without("low-income")]);
    // If there are no more districts, there are no more peers either.
    settings.count = 19;
    assert_eq!(found(&settings).by_count.iter().map(|s| s.of).collect::<Vec<_>>(), [19]);
}
