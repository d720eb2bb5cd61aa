//! Tests of the options for reproducing a state's published peers.

use super::{catalog, close, doubling, given, group_of, ids, key, only_enrollment};
use crate::catalog::{Catalog, Deviation, LeaveOut, MatchVariable, VariableScale};
use crate::compare::{ByHand, PeerSettings};
use crate::disclosure::Released;
use crate::disclosure::for_tests::release_all_for_tests;
use crate::domain::{DistrictId, SchoolYear};

/// Three measures and a flag of five districts, one of which lacks a value.
pub(super) fn five() -> (Released, Catalog, PeerSettings) {
    let catalog = catalog();
    let enrollment = [100.0, 300.0, 500.0, 700.0, 900.0];
    let shares = [Some(10.0), Some(20.0), None, Some(30.0), Some(40.0)];
    let mut rows = Vec::new();
    for (i, (students, share)) in enrollment.iter().zip(shares).enumerate() {
        let id = format!("90{i}");
        rows.push(given(&id, 2024, key("enrollment", "all"), *students));
        rows.extend(share.map(|share| given(&id, 2024, key("share", "low-income"), share)));
    }
    let spans = [("900", "PK-8"), ("901", "PK-12"), ("902", "PK-8"), ("903", "9-12"), ("904", "PK-12")];
    let attributes: Vec<(&str, &str, &str)> = spans.iter().map(|(id, span)| (*id, "span", *span)).collect();
    let released = release_all_for_tests(&rows, &attributes);
    let flag = MatchVariable {
        label: "No high school".to_owned(),
        measure: None,
        group: "all".to_owned(),
        scale: VariableScale::Linear,
        attribute: Some("span".to_owned()),
        matches: None,
        matches_not: Some("12".to_owned()),
    };
    let mut settings = only_enrollment(5);
    settings.matching = ["enrollment", "low-income", "no-high-school"].map(str::to_owned).to_vec();
    settings.variables.insert("no-high-school".to_owned(), flag.clone());
    settings.variables.insert("span".to_owned(), MatchVariable { matches_not: None, ..flag });
    (released, catalog, settings)
}

#[test]
fn a_published_method_is_followed_to_the_letter() {
    // Like Tennessee's: z-scores as published (no log), a missing value read as 0, an unstandardized flag;
    // here with the population standard deviation, and the share counted twice.
    let (released, catalog, mut settings) = five();
    settings.log = false;
    settings.deviation = Deviation::Population;
    settings.missing.insert("low-income".to_owned(), 0.0);
    settings.weights.insert("low-income".to_owned(), 2.0);
    let found = group_of(&released, &catalog, &settings, "900").value;
    // Enrollment: mean 500, variance (16 + 4 + 0 + 4 + 16) · 10⁴ / 5 = 80,000. Share: 10, 20, 0, 30, 40 have
    // mean 20 and variance (100 + 0 + 400 + 100 + 400) / 5 = 200. No high school: 1, 0, 1, 0, 0.
    let squares = |students: f64, share: f64, flag: f64| {
        (students * students / 80_000.0 + 2.0 * share * share / 200.0 + flag).sqrt()
    };
    let wanted = [
        ("902", squares(400.0, 10.0, 0.0)),
        ("901", squares(200.0, 10.0, 1.0)),
        ("903", squares(600.0, 20.0, 1.0)),
        ("904", squares(800.0, 30.0, 1.0)),
    ];
    let mut wanted = wanted.to_vec();
    wanted.sort_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(ids(&found), wanted.iter().map(|w| w.0).collect::<Vec<_>>());
    found.peers.iter().zip(wanted).for_each(|(peer, (_, distance))| close(peer.distance, distance));
}

#[test]
fn a_missing_value_without_a_logarithm_leaves_its_variable_out() {
    let (released, catalog, mut settings) = five();
    settings.missing.insert("enrollment".to_owned(), 0.0);
    let found = group_of(&released, &catalog, &settings, "900");
    let names: Vec<&str> = found.value.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["low-income", "no-high-school"]);
    assert_eq!(found.diagnostics[0].id, "peers-match-left-out");
    assert!(found.diagnostics[0].found.contains("log scale"), "{}", found.diagnostics[0]);
    assert!(found.value.peers.iter().all(|p| p.distance.is_finite()));
    // Without logs, 0 is a valid value; it is also valid for a flag, which has no scale.
    settings.log = false;
    let left_out = |settings: &PeerSettings| {
        let problems = group_of(&released, &catalog, settings, "900").diagnostics;
        problems.iter().any(|d| d.id == "peers-match-left-out")
    };
    assert!(!left_out(&settings));
    settings.log = true;
    settings.missing = [("no-high-school".to_owned(), 0.0)].into();
    if let Some(flag) = settings.variables.get_mut("no-high-school") {
        flag.scale = VariableScale::Log;
    }
    assert!(!left_out(&settings));
}

#[test]
fn without_a_number_for_a_missing_value_the_district_is_no_candidate() {
    let (released, catalog, settings) = five();
    assert!(!ids(&group_of(&released, &catalog, &settings, "900").value).contains(&"902"));
}

#[test]
fn each_value_of_a_category_is_a_flag() {
    let (released, catalog, mut settings) = five();
    settings.matching = ["enrollment", "span"].map(str::to_owned).to_vec();
    let found = group_of(&released, &catalog, &settings, "900").value;
    let names: Vec<&str> = found.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["enrollment", "span:9-12", "span:PK-12", "span:PK-8"]);
    assert_eq!(found.variables.iter().skip(1).map(|v| v.value).collect::<Vec<_>>(), [0.0, 0.0, 1.0]);
}

#[test]
fn districts_left_out_are_not_standardized_with_the_others() {
    let (released, catalog, mut settings) = five();
    settings.matching = vec!["enrollment".to_owned()];
    settings.log = false;
    settings.leave_out = vec![LeaveOut { attribute: "span".to_owned(), matches: "^9".to_owned() }];
    let found = group_of(&released, &catalog, &settings, "901").value;
    assert_eq!(found.candidates, 3);
    // 100, 300, 500 and 900 have mean 450 and sample variance 350,000 / 3.
    close(found.peers[0].distance, 200.0 / (350_000.0f64 / 3.0).sqrt());
    // A district that is itself excluded still has peers, on the others' scales.
    let out = group_of(&released, &catalog, &settings, "903").value;
    assert_eq!((out.candidates, ids(&out)), (4, vec!["902", "904", "901", "900"]));
}

#[test]
fn peers_chosen_by_hand_take_the_places_of_the_farthest() {
    let (released, catalog) = (release_all_for_tests(&doubling(2024), &[]), catalog());
    let id = |id: &str| DistrictId::new(id).unwrap();
    let by_hand =
        ByHand { district: id("910"), include: vec![id("919"), id("777")], exclude: vec![id("911")] };
    let settings = PeerSettings { by_hand: Some(by_hand), ..only_enrollment(5) };
    let found = group_of(&released, &catalog, &settings, "910");
    assert_eq!(found.diagnostics[0].id, "peers-district-unknown");
    let mut nearest = ids(&found.value)[..3].to_vec();
    nearest.sort_unstable();
    assert_eq!((nearest, ids(&found.value)[4]), (vec!["908", "909", "912"], "919"));
    // The choice applies only to that district.
    assert!(ids(&group_of(&released, &catalog, &settings, "912").value).contains(&"911"));
}

#[test]
fn a_substitute_for_a_missing_value_does_not_make_a_year_complete() {
    let (catalog, mut settings) = (catalog(), only_enrollment(5));
    settings.matching.push("low-income".to_owned());
    settings.missing.insert("low-income".to_owned(), 0.0);
    let share = |year, i: i32| given(&format!("9{i:02}"), year, key("share", "low-income"), f64::from(i));
    let mut rows = [doubling(2023), doubling(2024)].concat();
    // All but one report the share in 2023; only one does in 2024.
    rows.extend((1..20).map(|i| share(2023, i)));
    rows.push(share(2024, 0));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &settings, "900");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2023, 0));
    assert_eq!((found.value.candidates, found.value.variables[1].value), (19, 0.0));
    // The project may name the year.
    settings.year = Some(SchoolYear::ending(2024).unwrap());
    let found = group_of(&released, &catalog, &settings, "905");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2024, 0));
    settings.year = Some(SchoolYear::ending(2020).unwrap());
    let none = group_of(&released, &catalog, &settings, "905");
    assert!(
        none.diagnostics[0].found.contains("2019-20, the year set in [peers]"),
        "{}",
        none.diagnostics[0]
    );
}

#[test]
fn a_masked_value_is_not_a_missing_one() {
    let (catalog, mut settings) = (catalog(), only_enrollment(5));
    settings.matching.push("low-income".to_owned());
    settings.missing.insert("low-income".to_owned(), 0.0);
    let mut rows = doubling(2024);
    rows.extend((1..20).map(|i| given(&format!("9{i:02}"), 2024, key("share", "low-income"), f64::from(i))));
    rows.push(given("900", 2024, key("share", "low-income"), None));
    let released = release_all_for_tests(&rows, &[]);
    let none = group_of(&released, &catalog, &settings, "900");
    assert_eq!(none.value.peers.len(), 0);
    assert!(none.diagnostics[0].found.contains("low-income (masked or withheld)"), "{}", none.diagnostics[0]);
    settings.masked.insert("low-income".to_owned(), 2.5);
    assert_eq!(group_of(&released, &catalog, &settings, "900").value.variables[1].value, 2.5);
}

#[test]
fn attributes_are_those_of_the_year_that_the_project_names() {
    let catalog = catalog();
    let rows = [doubling(2022), doubling(2024)].concat();
    // 900 and 901 have the same type in 2022, and 900 and 902 in 2024.
    let said = [
        ("900", "type@2022", "K-8"),
        ("900", "type@2024", "unit"),
        ("901", "type@2022", "K-8"),
        ("902", "type@2022", "unit"),
    ];
    let released = release_all_for_tests(&rows, &said);
    let of = |year: Option<i32>| {
        let year = year.and_then(|end| SchoolYear::ending(end).ok());
        let settings = PeerSettings { within: vec!["type".to_owned()], year, ..only_enrollment(5) };
        group_of(&released, &catalog, &settings, "900")
    };
    assert_eq!((ids(&of(None).value), ids(&of(Some(2024)).value)), (vec!["902"], vec!["902"]));
    let then = of(Some(2022));
    assert_eq!((ids(&then.value), then.diagnostics.len()), (vec!["901"], 0));
    assert_eq!(then.value.within, [("type".to_owned(), "K-8".to_owned())]);
    // If no source has it for the year or earlier, the nearest year is used, and a problem is reported.
    let released =
        release_all_for_tests(&rows, &[("900", "type@2024", "unit"), ("902", "type@2024", "unit")]);
    let year = SchoolYear::ending(2022).ok();
    let settings = PeerSettings { within: vec!["type".to_owned()], year, ..only_enrollment(5) };
    let before = group_of(&released, &catalog, &settings, "900");
    assert_eq!(ids(&before.value), ["902"]);
    assert_eq!(before.diagnostics[0].id, "peers-attribute-of-another-year");
    assert!(
        before.diagnostics[0].found.contains("no source gives \"type\" for 2021-22"),
        "{}",
        before.diagnostics[0]
    );
}

#[test]
fn the_method_is_described_and_districts_that_cannot_be_matched_are_counted() {
    let (released, catalog, mut settings) = five();
    let found = group_of(&released, &catalog, &settings, "900").value;
    assert_eq!((found.candidates, found.without_values), (3, 1));
    assert_eq!(
        found.method,
        "Euclidean distance; variables divided by their sample standard deviation over 4 districts; counts as logarithms; flags as 0 and 1"
    );
    settings.log = false;
    settings.deviation = Deviation::Population;
    settings.weights.insert("low-income".to_owned(), 2.0);
    settings.missing.insert("low-income".to_owned(), 0.0);
    let found = group_of(&released, &catalog, &settings, "900").value;
    assert_eq!((found.candidates, found.without_values), (4, 0));
    assert_eq!(
        found.method,
        "Euclidean distance; variables divided by their population standard deviation over 5 districts; flags as 0 and 1; weighted; missing values \
         replaced by fixed numbers"
    );
}
