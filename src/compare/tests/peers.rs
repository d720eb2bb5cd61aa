//! Tests of which districts are chosen as peers.

use super::{
    catalog, close, doubling, given, group_of, ids, in_grade, key, number, numbers, only_enrollment, oracle,
};
use crate::catalog::GradeSpan;
use crate::compare::{PeerGroup, PeerSettings, all_peer_groups, peer_group};
use crate::disclosure::for_tests::release_all_for_tests;

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
fn groups_of_all_districts_are_those_of_each() {
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
    // The only one of its type has no district to be compared with.
    let single = group_of(&released, &catalog, &settings, "901");
    assert_eq!((single.value.peers.len(), single.diagnostics[0].id.as_ref()), (0, "no-peers"));
    assert_eq!(single.value.year, None);
    // The type of this one is unknown, so all are candidates.
    assert_eq!(group_of(&released, &catalog, &settings, "903").value.candidates, 19);
}

#[test]
fn the_latest_year_that_nearly_all_report_is_used() {
    let catalog = catalog();
    let mut rows = [doubling(2022), doubling(2023)].concat();
    // In 2024 only the district itself and one other have reported.
    rows.extend(doubling(2024).into_iter().take(2));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &only_enrollment(5), "900");
    assert_eq!((found.value.year.unwrap().end(), found.diagnostics.len()), (2023, 0));
    // With 18 of 20 districts the newer year is covered.
    rows.extend(doubling(2024).into_iter().skip(2).take(16));
    let released = release_all_for_tests(&rows, &[]);
    let found = group_of(&released, &catalog, &only_enrollment(5), "900");
    assert_eq!((found.value.year.unwrap().end(), found.value.candidates), (2024, 17));
    // A district that is not among the 18 is matched by the year before.
    let late = group_of(&released, &catalog, &only_enrollment(5), "919");
    assert_eq!((late.value.year.unwrap().end(), late.diagnostics.len()), (2023, 0));
}

#[test]
fn without_a_covered_year_the_most_complete_is_used_with_a_warning() {
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
fn values_without_a_logarithm_are_missing_and_variables_nobody_has_are_left_out() {
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

#[test]
fn a_grade_span_is_derived_from_students_by_grade() {
    let mut catalog = catalog();
    let (attribute, measure, high) = ("span".to_owned(), "enrollment".to_owned(), "09".to_owned());
    catalog.peers.grade_span = Some(GradeSpan { attribute, measure, high });
    let mut rows = doubling(2024);
    let grade = |district: &str, year, grade: &str| {
        given(district, year, in_grade(key("enrollment", "all"), grade), 50.0)
    };
    // Two go up to grade 8 (one once had grade 9), one has only high school grades, two have both; the others
    // are unknown.
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
