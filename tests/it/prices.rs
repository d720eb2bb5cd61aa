//! Money over the years is judged after inflation or not at all.

use retreat::compare::Comparison;
use retreat::diagnostic::{Diagnostic, Severity};
use retreat::domain::DistrictId;
use retreat::run::{DistrictSession, Session};

use crate::project::{Made, key};

const LAYOUT: &str = r#"
id = "pay"
label = "Pay"
authority = "made up"
public = true

[year]
from = "column"
column = ["school_year"]
means = "end"

[district]
id = ["district_id"]
name = ["district_name"]

[[column]]
name = ["salary"]
measure = "teacher-salary"
"#;

/// A project of one district whose teachers earn more every year, from a year on.
fn paid(first: i32, salaries: &[u32]) -> Made {
    let mut table = "district_id,district_name,school_year,salary\n".to_owned();
    for (year, salary) in (first..).zip(salaries) {
        table.push_str(&format!("1,Ash,{year},{salary}\n"));
    }
    Made::new().layout("layout.toml", LAYOUT).write("pay.csv", table.as_bytes(), "layout.toml")
}

/// Salaries that rose by less than prices, and then by a large step in 2025-26.
const SALARIES: [u32; 9] = [50_000, 50_500, 51_000, 51_500, 52_000, 52_500, 53_000, 53_500, 60_000];

fn with_index(made: &Made, lines: &str) {
    std::fs::create_dir_all(made.path().join("catalog")).unwrap();
    std::fs::write(
        made.path().join("catalog/prices.toml"),
        format!("source = \"CPI-U\"\n[index]\n{lines}\n"),
    )
    .unwrap();
}

fn salary<'a>(district: &'a DistrictSession<'_>) -> &'a Comparison {
    assert_eq!(district.comparisons.district.id, DistrictId::new("1").unwrap());
    district.comparisons.all.iter().find(|one| one.key == key("teacher-salary")).unwrap()
}

fn missing(problems: &[Diagnostic]) -> Option<&Diagnostic> {
    problems.iter().find(|problem| problem.id == "price-index-missing")
}

#[test]
fn published_dollars_are_not_judged_if_the_latest_year_has_no_price_index() {
    let made = paid(2018, &SALARIES);
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let pay = salary(&district);
    assert_eq!(pay.latest().unwrap().value, Some(60_000.0));
    assert_eq!((&pay.trend, pay.tests.trend), (&None, None));
    assert_eq!((pay.changes.since_base, pay.changes.five_years, pay.changes.one_year), (None, None, None));
    assert!(district.findings().all.is_empty(), "{:?}", district.findings().all);
    let exhibits = &district.exhibits().value;
    assert!(
        exhibits.iter().all(|one| !one.finding.contains("more than") && !one.finding.contains("since")),
        "{exhibits:?}"
    );
    // One problem names the year, the file, and how to add the index.
    let problems = district.all_diagnostics();
    let problem = missing(&problems).unwrap();
    assert_eq!(
        (problem.severity, problem.place.to_string().as_str()),
        (Severity::Warning, "catalog/prices.toml")
    );
    assert!(problem.found.contains("2025-26") && !problem.found.contains("2024-25"), "{problem:?}");
    assert!(problem.done.contains("did not judge trends"), "{problem:?}");
    assert!(
        problem.hint.contains("`\"2026\" = `") && problem.hint.contains("July 2025 to June 2026"),
        "{problem:?}"
    );
    assert_eq!(problems.iter().filter(|one| one.id == "price-index-missing").count(), 1);
}

#[test]
fn an_index_of_the_project_is_added_to_those_of_the_program() {
    let made = paid(2018, &SALARIES);
    with_index(&made, "\"2026\" = 326.0");
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let trend = salary(&district).trend.as_ref().unwrap();
    assert_eq!((trend.first_year.end(), trend.last_year.end()), (2018, 2026));
    assert!((trend.real.unwrap().first - 50_000.0 * 326.0 / 248.1).abs() < 1e-6);
    assert!(missing(&district.all_diagnostics()).is_none());
}

#[test]
fn an_index_must_be_a_positive_number() {
    let made = paid(2018, &SALARIES);
    with_index(&made, "\"2026\" = 0.0");
    let error = made.try_open("1").unwrap_err().to_string();
    assert!(error.contains("the price index for 2026 is 0"), "{error}");
}

#[test]
fn years_before_the_first_index_are_left_out_of_trends_of_money() {
    let made = paid(2004, &[40_000, 41_000, 42_000, 43_000, 44_000, 45_000, 46_000, 47_000, 48_000]);
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let trend = salary(&district).trend.as_ref().unwrap();
    assert_eq!((trend.first_year.end(), trend.last_year.end(), trend.n_years), (2008, 2012, 5));
    assert!(trend.real.is_some());
    let problems = district.all_diagnostics();
    let problem = missing(&problems).unwrap();
    assert_eq!(problem.severity, Severity::Note);
    assert!(problem.found.contains("2003-04, 2004-05, 2005-06, and 2006-07"), "{problem:?}");
}
