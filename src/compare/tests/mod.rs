//! Tests of the whole stage, and what the tests of its files share.

mod likeness;
mod options;
mod peers;
mod series;

use serde_json::Value;

use crate::catalog::{Catalog, LikenessSpec, MatchVariable, Measure, PeersSpec, VariableScale};
use crate::compare::{PeerGroup, PeerSettings, peer_group};
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::disclosure::for_tests::Given;
use crate::domain::{Better, DistrictId, Grade, MeasureKey, Unit};

/// Reference values by SciPy, statsmodels and NumPy; `make_oracle.py` beside it makes them.
pub(super) fn oracle() -> Value {
    serde_json::from_str(include_str!("../../../tests/cases/oracle/oracle.json")).unwrap()
}

pub(super) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

pub(super) fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(number).collect()
}

/// A series of the oracle.
pub(super) fn series(case: &Value) -> Vec<(i32, f64)> {
    numbers(&case["x"]).into_iter().map(|x| x as i32).zip(numbers(&case["y"])).collect()
}

/// Fails unless the two agree in twelve digits.
#[track_caller]
pub(super) fn close(found: f64, wanted: f64) {
    let off = (found - wanted).abs();
    assert!(off <= 1e-12 * wanted.abs().max(1.0), "{found} is not {wanted}");
}

pub(super) fn measure(id: &str, unit: Unit, meaningful_change: f64) -> Measure {
    Measure {
        id: id.to_owned(),
        label: id.to_owned(),
        phrase: None,
        plural: false,
        below_zero: None,
        domain: "students".to_owned(),
        unit,
        mean: false,
        better: Better::Higher,
        definition: String::new(),
        authority: String::new(),
        people: Some("students".to_owned()),
        smallest_group: 10,
        population: None,
        meaningful_change,
        change_is_percent: false,
        usual: None,
        plausible: None,
        derive: None,
        scored: Vec::new(),
        projection: None,
        breaks: Vec::new(),
    }
}

/// Four matching variables as in the oracle, and a rate and a count to compare.
fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    let measures = [
        ("enrollment", Unit::Count, 5.0),
        ("share", Unit::Percent, 1.0),
        ("rate", Unit::Percent, 2.0),
        ("spending", Unit::DollarsPerStudent, 100.0),
    ];
    catalog.measures =
        measures.iter().map(|(id, unit, m)| ((*id).to_owned(), measure(id, *unit, *m))).collect();
    let variables = [
        ("enrollment", "enrollment", "all", VariableScale::Log),
        ("low-income", "share", "low-income", VariableScale::Linear),
        ("english-learners", "share", "english-learners", VariableScale::Linear),
        ("students-with-disabilities", "share", "students-with-disabilities", VariableScale::Linear),
    ];
    let variable = |(name, measure, group, scale): &(&str, &str, &str, VariableScale)| {
        let spec = MatchVariable {
            label: format!("The {name}"),
            measure: Some((*measure).to_owned()),
            group: (*group).to_owned(),
            scale: *scale,
            attribute: None,
            matches: None,
            matches_not: None,
        };
        ((*name).to_owned(), spec)
    };
    catalog.peers = PeersSpec {
        outcomes: Vec::new(),
        likeness: LikenessSpec { close: 1.5, fair: 2.5, least_same: 0.5, fewest_outcomes: 3 },
        grade_span: None,
        count: 10,
        matching: variables.iter().map(|v| v.0.to_owned()).collect(),
        within: Vec::new(),
        year_coverage: 90.0,
        variable: variables.iter().map(variable).collect(),
    };
    catalog
}

fn key(measure: &str, group: &str) -> MeasureKey {
    MeasureKey { group: group.to_owned(), ..MeasureKey::whole(measure) }
}

fn in_grade(key: MeasureKey, grade: &str) -> MeasureKey {
    MeasureKey { grade: Grade::parse(grade).unwrap(), ..key }
}

fn given(district: &str, year: i32, key: MeasureKey, value: impl Into<Option<f64>>) -> Given {
    Given { district: district.to_owned(), year, key, value: value.into(), n: None }
}

/// Peers by the catalog's way, matched by enrollment alone.
fn only_enrollment(count: usize) -> PeerSettings {
    PeerSettings {
        count,
        matching: vec!["enrollment".to_owned()],
        within: Vec::new(),
        ..PeerSettings::from(&catalog().peers)
    }
}

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
