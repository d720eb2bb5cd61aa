//! Texas' own files, cut to a few districts: each quirk of `tests/corpus/texas/README.md`.

use retreat::domain::Status;

use crate::project::{Made, Read};

fn corpus(files: &[(&str, &str)]) -> Read {
    let made = files
        .iter()
        .fold(Made::new(), |made, (file, layout)| made.copy(&format!("tests/corpus/texas/{file}"), layout));
    made.read()
}

fn profiles() -> Read {
    corpus(&[
        ("profile-earlier-form-2013.csv", "tx-tapr-profile"),
        ("profile-lost-zeros-2020.csv", "tx-tapr-profile"),
        ("profile-apostrophe-id-2023.csv", "tx-tapr-profile"),
        ("reference-2020.csv", "tx-reference"),
        ("reference-2023.csv", "tx-reference"),
    ])
}

#[test]
fn one_district_in_three_spellings_of_its_id() {
    // "001902" in 2013, 1902 in 2020 (in the 40th column), "'001902" in 2023.
    let read = profiles();
    let enrollment = [2013, 2020, 2023].map(|year| read.value("001902", year, "enrollment"));
    assert_eq!(enrollment, [595.0, 557.0, 593.0]);
    let cayuga = read.data.released.terms().districts.iter().find(|d| d.id.as_str() == "1902").unwrap();
    assert_eq!((cayuga.shown_id.as_str(), cayuga.name.as_str()), ("001902", "Cayuga ISD"));
    assert_eq!(cayuga.attribute("region", None), Some("07"));
    assert_eq!(cayuga.attribute("charter", None), Some("School district"));
}

#[test]
fn coded_columns_are_read_by_their_parts() {
    let read = profiles();
    assert_eq!(read.value("001902", 2023, "enrollment/black"), 28.0);
    assert_eq!(read.value("001902", 2023, "enrollment/all/KG"), 45.0);
    // Computed from the counts; the file says 49.7.
    assert!((read.value("001902", 2023, "enrollment-share/low-income") - 49.7).abs() < 0.05);
    assert_eq!(read.value("001902", 2023, "teacher-turnover"), 14.7);
    assert_eq!(read.value("101912", 2013, "teacher-salary"), 51_922.2);
    // Mobility in the 2023 file is for the year before.
    assert_eq!(read.value("001902", 2022, "mobility-rate"), 12.1);
}

#[test]
fn a_dot_is_missing_and_no_number_is_read_out_of_a_mask() {
    let read = profiles();
    assert_eq!(read.at("033901", 2020, "beginning-teacher-salary"), Some((None, Status::Missing)));
    // -2: out of range.
    assert_eq!(read.at("025906", 2023, "beginning-teacher-salary").unwrap().0, None);
    let college = corpus(&[("college-two-years-a.csv", "tx-tapr-college")]);
    let masked: u64 = college.data.sources[0].sheets[0].cells_masked;
    assert!(masked > 100, "{masked}");
    let view = college.data.released.view().unwrap();
    let rows = college.data.released.runs().iter().flat_map(|run| view.rows(run.rows.clone()));
    assert!(rows.filter_map(|row| row.value).all(|value| value >= 0.0));
}

#[test]
fn the_same_year_in_two_files_is_one_value() {
    let read = corpus(&[
        ("graduation-two-years-a.csv", "tx-tapr-graduation"),
        ("graduation-two-years-b.csv", "tx-tapr-graduation"),
    ]);
    assert_eq!(read.value("013901", 2021, "attendance-rate"), 87.1);
    assert_eq!(read.value("013901", 2022, "attendance-rate"), 89.4);
    assert_eq!(read.value("013901", 2021, "chronic-absenteeism-rate"), 42.9);
    // The value is from the later file's cell, and nothing is revised: the two are identical.
    let cells = read.cells("013901", 2021, "attendance-rate");
    assert!(cells[0].starts_with("graduation-two-years-b.csv › "), "{cells:?}");
    assert_eq!(read.data.revisions.len(), 0);
}

#[test]
fn a_year_published_again_with_other_values_takes_the_later_file() {
    // The second file shows what the first one masks (-1): two students. The layout says that it is not
    // public.
    let read = corpus(&[
        ("college-two-years-a.csv", "tx-tapr-sat-act"),
        ("college-two-years-b.csv", "tx-tapr-sat-act"),
    ]);
    assert_eq!(read.value("101912", 2020, "sat-mean/low-income"), 927.0);
    assert_eq!(read.at("001902", 2020, "sat-mean/low-income"), Some((None, Status::Withheld)));
}

#[test]
fn plain_headers_and_a_year_written_out() {
    let read = corpus(&[("tests-plain-headers.csv", "tx-tapr-tests")]);
    assert_eq!(read.value("001902", 2019, "state-test-meets-rate/all/03/mathematics"), 84.0);
    assert_eq!(read.value("101912", 2019, "students-per-teacher"), 18.2);
    // Attendance and dropout are for the year before.
    assert_eq!(read.value("101912", 2018, "attendance-rate"), 95.4);
    assert_eq!(read.value("101912", 2018, "dropout-rate/hispanic/09-12"), 4.1);
    // What the file calls a graduation rate is each group's share of the graduates.
    assert_eq!(read.at("101912", 2019, "graduation-rate"), None);
    let ignored = &read.data.sources[0].sheets[0].columns_ignored;
    assert!(ignored.iter().any(|c| c.column.contains("Graduation Rate")), "{ignored:?}");
}

#[test]
fn bare_carriage_returns_a_byte_order_mark_and_dollars() {
    let read = corpus(&[("finance-bare-cr.csv", "tx-finance")]);
    assert_eq!(read.value("001902", 2012, "total-revenue"), 8_015_229.0);
    assert_eq!(read.value("001902", 2012, "instruction-expenditure"), 4_512_209.0);
    assert_eq!(read.value("001902", 2013, "total-revenue"), 8_080_536.0);
    assert_eq!(read.value("001902", 2012, "tax-rate"), 1.04);
    // Negative amounts are amounts here, not masks.
    assert_eq!(read.value("062905", 2015, "total-revenue"), -2_384_388.0);
    assert_eq!(read.value("057846", 2013, "fund-balance"), -294_906.0);
    assert_eq!(read.cells("001902", 2012, "total-revenue"), ["finance-bare-cr.csv › H2"]);
}

#[test]
fn the_region_that_ships_builds_without_a_lost_cell() {
    let project =
        retreat::project::Project::open(&crate::project::root().join("examples/texas-region")).unwrap();
    let session = retreat::run::Session::read(&project).unwrap();
    let errors: Vec<String> = session
        .data
        .diagnostics
        .iter()
        .filter(|d| d.severity < retreat::diagnostic::Severity::Note)
        // What is only unlikely is kept, and said.
        .filter(|d| !["level-shift", "implausible-value"].contains(&&*d.id))
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let unread: usize =
        session.data.sources.iter().flat_map(|s| &s.sheets).map(|s| s.columns_unread.len()).sum();
    assert_eq!(unread, 0);
    let comparisons = session.district(&project.file.retreat.district).unwrap().comparisons;
    assert_eq!(comparisons.peers.peers.len(), 10);
    assert!(comparisons.all.len() > 500, "{}", comparisons.all.len());
}

/// The whole of both states, if the published files are next to the project; prints a message if they are
/// not.
#[test]
fn the_whole_states_are_read_if_their_files_are_here() {
    let shared = crate::project::root().join("../shared/data");
    if !shared.is_dir() {
        println!("left out: the states' whole files are not here (../shared/data)");
        return;
    }
    for (example, districts, observations) in [("texas", 1200, 3_000_000), ("illinois", 850, 400_000)] {
        let text = std::fs::read_to_string(
            crate::project::root().join("examples").join(example).join("retreat.toml"),
        );
        // Nothing outside a project is read, so the files are copied into one.
        let text = text.unwrap().replace("${RETREAT_DATA}/", "");
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(example)).unwrap();
        for file in std::fs::read_dir(shared.join(example)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.path().join(example).join(file.file_name())).unwrap();
        }
        std::fs::write(folder.path().join("retreat.toml"), text).unwrap();
        let project = retreat::project::Project::open(folder.path()).unwrap();
        let session = retreat::run::Session::read(&project).unwrap();
        assert!(session.data.released.terms().districts.len() > districts, "{example}");
        assert!(session.data.observations > observations, "{example}: {}", session.data.observations);
        let unread: Vec<_> = session.data.diagnostics.iter().filter(|d| d.id == "cell-not-number").collect();
        assert!(unread.is_empty(), "{example}: {unread:?}");
    }
}
