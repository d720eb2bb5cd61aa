//! Tests of how peers are chosen.

use super::{catalog, close, given, in_grade, key, number, numbers, only_enrollment, oracle};
use crate::catalog::{Catalog, Deviation, GradeSpan, LeaveOut, MatchVariable, Scale};
use crate::compare::{ByHand, PeerGroup, PeerSettings, alike, all_peer_groups, outcomes, peer_group};
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::disclosure::for_tests::{Given, release_all_for_tests};
use crate::domain::DistrictId;

/// Districts `900` to `919` with enrollments that double, in one year.
fn doubling(year: i32) -> Vec<Given> {
    (0..20)
        .map(|i| given(&format!("9{i:02}"), year, key("enrollment", "all"), 100.0 * f64::from(1 << i)))
        .collect()
}

fn group_of(released: &Released, catalog: &Catalog, settings: &PeerSettings, id: &str) -> Warned<PeerGroup> {
    let code = released.terms().district(&DistrictId::new(id).unwrap()).unwrap();
    peer_group(released, catalog, settings, code)
}

fn ids(group: &PeerGroup) -> Vec<&str> {
    group.peers.iter().map(|p| p.district.shown_id.as_str()).collect()
}

#[test]
fn peers_and_distances_are_those_of_the_oracle() {
    let peers = &oracle()["peers"];
    let catalog = catalog();
    let mut rows = Vec::new();
    for (i, id) in peers["ids"].as_array().unwrap().iter().enumerate() {
        let mut add = |name: &str, key| {
            rows.push(given(id.as_str().unwrap(), 2024, key, numbers(&peers[name])[i]));
        };
        add("enrollment", key("enrollment", "all"));
        add("low_income", key("share", "low-income"));
        add("english_learners", key("share", "english-learners"));
        add("students_with_disabilities", key("share", "students-with-disabilities"));
    }
    let released = release_all_for_tests(&rows, &[]);
    for answer in peers["answers"].as_array().unwrap() {
        let id = answer["district"].as_str().unwrap();
        let found = group_of(&released, &catalog, &PeerSettings::from(&catalog.peers), id);
        assert!(found.diagnostics.is_empty());
        let wanted: Vec<&str> =
            answer["peers"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        assert_eq!(ids(&found.value), wanted, "{id}");
        for (peer, distance) in found.value.peers.iter().zip(answer["distances"].as_array().unwrap()) {
            close(peer.distance, number(distance));
        }
        assert_eq!((found.value.candidates, found.value.year.unwrap().end()), (39, 2024));
        assert_eq!(found.value.variables[0].value, rows[4 * id.parse::<usize>().unwrap()].value.unwrap());
    }
}

#[test]
fn all_groups_at_once_are_those_one_by_one() {
    let (released, catalog) = (release_all_for_tests(&doubling(2024), &[("904", "type", "K-8")]), catalog());
    let settings = PeerSettings { within: vec!["type".to_owned()], ..only_enrollment(4) };
    let all = all_peer_groups(&released, &catalog, &settings);
    assert_eq!(all.len(), 20);
    for (code, group) in all.iter().enumerate() {
        let alone = peer_group(&released, &catalog, &settings, code as u32);
        assert_eq!(format!("{group:?}"), format!("{alone:?}"));
    }
}

#[test]
fn counts_are_matched_on_the_log_scale_and_ties_go_by_id() {
    let (released, catalog) = (release_all_for_tests(&doubling(2024), &[]), catalog());
    let found = group_of(&released, &catalog, &only_enrollment(5), "910").value;
    assert_eq!(ids(&found).len(), 5);
    let mut first: Vec<&str> = ids(&found)[..4].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["908", "909", "911", "912"]);
    assert_eq!(ids(&group_of(&released, &catalog, &only_enrollment(99), "900").value).len(), 19);
}

#[test]
fn peers_share_the_attributes_that_the_district_has() {
    let attributes = [
        ("900", "type", "unit"),
        ("905", "type", "unit"),
        ("907", "type", "unit"),
        ("901", "type", "K-8"),
        ("902", "region", "9"),
    ];
    let (released, catalog) = (release_all_for_tests(&doubling(2024), &attributes), catalog());
    let settings =
        PeerSettings { within: vec!["type".to_owned(), "region".to_owned()], ..only_enrollment(3) };
    let unit = group_of(&released, &catalog, &settings, "900").value;
    assert_eq!(ids(&unit), ["905", "907"]);
    assert_eq!(unit.candidates, 2);
    assert_eq!(unit.within, [("type".to_owned(), "unit".to_owned())]);
    // The only one of its kind has nobody to be compared with.
    let single = group_of(&released, &catalog, &settings, "901");
    assert_eq!((single.value.peers.len(), single.diagnostics[0].id.as_ref()), (0, "no-peers"));
    assert_eq!(single.value.year, None);
    // Nothing is known of this one, so all are candidates.
    assert_eq!(group_of(&released, &catalog, &settings, "903").value.candidates, 19);
}

#[test]
fn the_latest_year_that_nearly_all_report_serves() {
    let catalog = catalog();
    let mut rows = [doubling(2022), doubling(2023)].concat();
    // In 2024 only the district itself and one other have reported so far.
    rows.extend(doubling(2024).into_iter().take(2));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &only_enrollment(5), "900");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2023, 0));
    // With 18 of 20 districts the newer year is covered.
    rows.extend(doubling(2024).into_iter().skip(2).take(16));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &only_enrollment(5), "900");
    assert_eq!((found.value.year.unwrap().end(), found.value.candidates), (2024, 17));
    // One that is not among the 18 is matched by the year before.
    let late = group_of(&released, &catalog, &only_enrollment(5), "919");
    assert_eq!((late.value.year.unwrap().end(), late.diagnostics.len()), (2023, 0));
}

#[test]
fn where_no_year_is_covered_the_fullest_serves_with_a_warning() {
    let catalog = catalog();
    let mut rows = [doubling(2022), doubling(2023)].concat();
    let swd = |year, i: usize| given(&format!("9{i:02}"), year, key("share", "low-income"), 10.0 + i as f64);
    rows.extend((0..12).map(|i| swd(2022, i)));
    rows.extend((0..9).map(|i| swd(2023, i)));
    let released = release_all_for_tests(&rows, &[]);
    let settings = PeerSettings {
        matching: vec!["enrollment".to_owned(), "low-income".to_owned()],
        ..only_enrollment(5)
    };
    let found = group_of(&released, &catalog, &settings, "903");
    assert_eq!((found.value.year.unwrap().end(), found.value.candidates), (2022, 11));
    assert_eq!(found.diagnostics[0].id, "peers-year-thin");
    assert!(found.diagnostics[0].done.contains("12 of 20"), "{}", found.diagnostics[0]);
    let without = group_of(&released, &catalog, &settings, "915");
    assert_eq!(without.diagnostics[0].id, "no-peers");
    assert!(without.diagnostics[0].found.contains("low-income"), "{}", without.diagnostics[0]);
}

#[test]
fn what_has_no_logarithm_is_lacking_and_what_nobody_has_is_left_out() {
    let catalog = catalog();
    let mut rows = doubling(2024);
    rows[3].value = Some(0.0);
    rows[4].value = None;
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &PeerSettings::from(&catalog.peers), "900");
    assert_eq!((found.value.candidates, found.value.variables.len()), (17, 1));
    let problems: Vec<&str> = found.diagnostics.iter().map(|d| d.id.as_ref()).collect();
    assert_eq!(problems, ["peers-match-left-out"; 3]);
    for id in ["903", "904"] {
        let none = group_of(&released, &catalog, &only_enrollment(5), id);
        assert_eq!((none.value.peers.len(), none.diagnostics[0].id.as_ref()), (0, "no-peers"));
    }
    let unknown = PeerSettings { matching: vec!["shoe-size".to_owned()], ..only_enrollment(5) };
    let problems = group_of(&released, &catalog, &unknown, "900").diagnostics;
    assert_eq!(
        problems.iter().map(|d| d.id.as_ref()).collect::<Vec<_>>(),
        ["peers-match-left-out", "no-peers"]
    );
    assert!(group_of(&released, &catalog, &only_enrollment(0), "900").diagnostics.is_empty());
}

/// Three measures and a flag of five districts, one of which lacks a value.
fn five() -> (Released, Catalog, PeerSettings) {
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
        scale: Scale::Linear,
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
    // As Tennessee's: z-scores as published (no log), a missing value read as 0, a flag unstandardised; here with the
    // population's deviation, and the share counted twice.
    let (released, catalog, mut settings) = five();
    settings.log = false;
    settings.deviation = Deviation::Population;
    settings.missing.insert("low-income".to_owned(), 0.0);
    settings.weights.insert("low-income".to_owned(), 2.0);
    let found = group_of(&released, &catalog, &settings, "900").value;
    // Enrollment: mean 500, variance (16 + 4 + 0 + 4 + 16) · 10⁴ / 5 = 80,000. Share: 10, 20, 0, 30, 40 has mean 20 and
    // variance (100 + 0 + 400 + 100 + 400) / 5 = 200. No high school: 1, 0, 1, 0, 0.
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
    // As published, 0 has its place; so has it for a flag, which is on no scale.
    settings.log = false;
    let left_out = |settings: &PeerSettings| {
        let problems = group_of(&released, &catalog, settings, "900").diagnostics;
        problems.iter().any(|d| d.id == "peers-match-left-out")
    };
    assert!(!left_out(&settings));
    settings.log = true;
    settings.missing = [("no-high-school".to_owned(), 0.0)].into();
    if let Some(flag) = settings.variables.get_mut("no-high-school") {
        flag.scale = Scale::Log;
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
fn what_is_left_out_is_not_standardised_with_the_others() {
    let (released, catalog, mut settings) = five();
    settings.matching = vec!["enrollment".to_owned()];
    settings.log = false;
    settings.leave_out = vec![LeaveOut { attribute: "span".to_owned(), matches: "^9".to_owned() }];
    let found = group_of(&released, &catalog, &settings, "901").value;
    assert_eq!(found.candidates, 3);
    // Of 100, 300, 500 and 900 the mean is 450 and the sample variance 350,000 / 3.
    close(found.peers[0].distance, 200.0 / (350_000.0f64 / 3.0).sqrt());
    // One that is left out itself still has peers, by the others' scales.
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
    // The choice is that district's alone.
    assert!(ids(&group_of(&released, &catalog, &settings, "912").value).contains(&"911"));
}

#[test]
fn who_stays_when_the_choice_is_made_otherwise() {
    let (released, catalog, mut settings) = five();
    settings.count = 2;
    settings.missing.insert("low-income".to_owned(), 0.0);
    let code = released.terms().district(&DistrictId::new("900").unwrap()).unwrap();
    let group = peer_group(&released, &catalog, &settings, code).value;
    let alike = alike(&released, &catalog, &settings, &[(code, &group)]).pop().flatten().unwrap();
    let changed: Vec<&str> = alike.stability.iter().map(|s| s.changed.as_str()).collect();
    assert_eq!(changed, ["without The enrollment", "without The low-income", "without No high school"]);
    assert!(alike.stability.iter().all(|s| s.of == 2));
    assert_eq!((alike.peers.len(), alike.gaps.len(), alike.places[0].len()), (2, 3, 3));
    // Asked of all at once it is the same.
    let groups = all_peer_groups(&released, &catalog, &settings);
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|g| &g.value)).collect();
    assert_eq!(super::super::alike(&released, &catalog, &settings, &coded)[code as usize], Some(alike));
}

#[test]
fn what_stands_in_for_a_missing_value_does_not_make_a_year_complete() {
    let (catalog, mut settings) = (catalog(), only_enrollment(5));
    settings.matching.push("low-income".to_owned());
    settings.missing.insert("low-income".to_owned(), 0.0);
    let share = |year, i: i32| given(&format!("9{i:02}"), year, key("share", "low-income"), f64::from(i));
    let mut rows = [doubling(2023), doubling(2024)].concat();
    // All report the share in 2023 but one; in 2024 one district alone.
    rows.extend((1..20).map(|i| share(2023, i)));
    rows.push(share(2024, 0));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &settings, "900");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2023, 0));
    assert_eq!((found.value.candidates, found.value.variables[1].value), (19, 0.0));
    // The project may name the year.
    settings.year = Some(crate::domain::SchoolYear::ending(2024).unwrap());
    let found = group_of(&released, &catalog, &settings, "905");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2024, 0));
    settings.year = Some(crate::domain::SchoolYear::ending(2020).unwrap());
    let none = group_of(&released, &catalog, &settings, "905");
    assert!(none.diagnostics[0].found.contains("2019-20, the year of [peers]"), "{}", none.diagnostics[0]);
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
fn a_grade_span_is_told_from_students_by_grade() {
    let mut catalog = catalog();
    let (attribute, measure, high) = ("span".to_owned(), "enrollment".to_owned(), "09".to_owned());
    catalog.peers.grade_span = Some(GradeSpan { attribute, measure, high });
    let mut rows = doubling(2024);
    let grade = |district: &str, year, grade: &str| {
        given(district, year, in_grade(key("enrollment", "all"), grade), 50.0)
    };
    // Two to grade 8 (one had grade 9 once), one of high school grades, two of both; of the others nothing is known.
    for (district, grades) in [
        ("900", ["KG", "08"]),
        ("901", ["03", "05"]),
        ("902", ["09", "12"]),
        ("903", ["KG", "12"]),
        ("904", ["08", "09"]),
    ] {
        rows.extend(grades.map(|g| grade(district, 2024, g)));
    }
    rows.push(grade("900", 2023, "09"));
    rows.push(grade("905", 2024, "PK"));
    let released = release_all_for_tests(&rows, &[]);
    let settings = PeerSettings { within: vec!["span".to_owned()], ..only_enrollment(30) };
    let of = |id: &str| group_of(&released, &catalog, &settings, id).value;
    let known = |group: &PeerGroup| {
        let mut known: Vec<String> =
            ids(group).iter().filter(|id| **id < "905").map(|id| (*id).to_owned()).collect();
        known.sort();
        known
    };
    assert_eq!((known(&of("900")), of("900").candidates), (vec!["901".to_owned()], 16));
    assert_eq!(of("900").within, [("span".to_owned(), "elementary grades".to_owned())]);
    assert_eq!(known(&of("902")), [""; 0]);
    assert_eq!(known(&of("903")), ["904"]);
    assert_eq!(of("905").candidates, 19);
}

#[test]
fn an_outcome_is_that_of_the_latest_year_that_both_have() {
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
