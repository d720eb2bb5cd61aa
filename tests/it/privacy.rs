//! What a district's own figures reveal about its students: nothing narrower than the policy's protection
//! level, in any file of the pack.

use retreat::domain::Status;
use retreat::pack::Formats;
use retreat::run;

use crate::project::Made;

pub(crate) const LAYOUT: &str = r#"
id = "private"
label = "The district's own figures"
authority = "the district"
public = false

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "measure"
column = ["Measure"]

[[part]]
part = "group"
column = ["Group"]

[[part]]
part = "grade"
column = ["Grade"]

[[column]]
name = ["Value"]
weight = ["N"]
"#;

const HEADER: &str = "ID,District,Year,Measure,Group,Grade,Value,N\n";

fn made(rows: &[(&str, &str, &str, f64, &str)]) -> Made {
    let lines = rows.iter().map(|(measure, group, grade, value, n)| {
        format!("1,Small District,2024,{measure},{group},{grade},{value},{n}\n")
    });
    let table = HEADER.chars().chain(lines.collect::<String>().chars()).collect::<String>();
    Made::new().layout("private.toml", LAYOUT).write("own.csv", table.as_bytes(), "private.toml")
}

fn withheld(made: &Made, wanted: &[&str]) -> Vec<bool> {
    let read = made.read();
    wanted
        .iter()
        .map(|text| read.at("1", 2024, text).map(|(_, status)| status) == Some(Status::Withheld))
        .collect()
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let races = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 55.0, ""),
        ("enrollment", "black", "all", 18.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
    ]);
    let of = ["all", "white", "hispanic", "black", "asian"].map(|group| format!("enrollment/{group}"));
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    assert_eq!(withheld(&races, &of), [false, false, false, true, true]);
    // A share of a withheld count is withheld with it.
    assert_eq!(withheld(&races, &["enrollment-share/black", "enrollment-share/white"]), [true, false]);
}

#[test]
fn a_small_grade_takes_the_next_smallest_with_it() {
    let grades = made(&[
        ("enrollment", "all", "all", 60.0, ""),
        ("enrollment", "all", "KG", 24.0, ""),
        ("enrollment", "all", "01", 28.0, ""),
        ("enrollment", "all", "02", 8.0, ""),
    ]);
    let of = ["enrollment/all/KG", "enrollment/all/01", "enrollment/all/02", "enrollment"];
    assert_eq!(withheld(&grades, &of), [true, false, true, false]);
}

#[test]
fn a_group_that_is_nearly_everybody_discloses_the_others() {
    let income = made(&[
        ("enrollment", "all", "all", 105.0, ""),
        ("enrollment", "low-income", "all", 103.0, ""),
        ("enrollment", "english-learners", "all", 60.0, ""),
    ]);
    assert_eq!(
        withheld(&income, &["enrollment/low-income", "enrollment/english-learners", "enrollment"]),
        [true, false, false]
    );
}

#[test]
fn rates_of_few_students_and_rates_near_0_or_100_are_withheld() {
    let rates = made(&[
        ("graduation-rate", "all", "all", 97.0, "60"),
        ("chronic-absenteeism-rate", "all", "all", 25.0, "8"),
        ("proficiency-rate", "all", "all", 45.0, "120"),
        ("dropout-rate", "all", "all", 0.0, "300"),
    ]);
    let of = ["graduation-rate", "chronic-absenteeism-rate", "proficiency-rate", "dropout-rate"];
    assert_eq!(withheld(&rates, &of), [true, true, false, true]);
}

#[test]
fn attendance_is_a_share_of_days_and_may_be_near_100() {
    // 96% of the days of 95 students reveals nothing about any of them; for 8 students it does.
    let days = made(&[
        ("attendance-rate", "all", "all", 96.0, "95"),
        ("attendance-rate", "white", "all", 99.5, "400"),
        ("attendance-rate", "asian", "all", 96.0, "8"),
    ]);
    let of = ["attendance-rate", "attendance-rate/white", "attendance-rate/asian"];
    assert_eq!(withheld(&days, &of), [false, false, true]);
}

#[test]
fn a_rate_of_few_takes_another_of_its_dimension_with_it() {
    let rates = made(&[
        ("proficiency-rate", "all", "all", 50.0, "200"),
        ("proficiency-rate", "white", "all", 55.0, "120"),
        ("proficiency-rate", "hispanic", "all", 45.0, "72"),
        ("proficiency-rate", "asian", "all", 25.0, "8"),
    ]);
    let of = ["proficiency-rate/white", "proficiency-rate/hispanic", "proficiency-rate/asian"];
    assert_eq!(withheld(&rates, &of), [false, true, true]);
}

#[test]
fn the_n_of_a_rate_is_withheld_with_the_enrollment_that_it_discloses() {
    let both = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 55.0, ""),
        ("enrollment", "black", "all", 18.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
        // The same students: this n would reveal the 18, and those would reveal the 7.
        ("chronic-absenteeism-rate", "all", "all", 50.0, "200"),
        ("chronic-absenteeism-rate", "black", "all", 50.0, "18"),
        ("chronic-absenteeism-rate", "white", "all", 50.0, "120"),
    ]);
    let of =
        ["enrollment/black", "enrollment/asian", "enrollment/hispanic", "chronic-absenteeism-rate/black"];
    assert_eq!(withheld(&both, &of), [true, true, false, true]);
}

#[test]
fn a_value_without_n_is_based_on_the_students_enrolled() {
    let tiny = made(&[
        ("enrollment", "all", "all", 8.0, ""),
        ("attendance-rate", "all", "all", 94.0, ""),
        ("operating-expenditure", "all", "all", 160_000.0, ""),
        ("operating-expenditure-per-student", "all", "all", 20_000.0, ""),
    ]);
    let of = ["attendance-rate", "operating-expenditure-per-student", "operating-expenditure"];
    assert_eq!(withheld(&tiny, &of), [true, true, false]);
    let share = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        // 7 students, 6 suspensions, 5 dropouts.
        ("enrollment-share", "asian", "all", 3.5, ""),
        ("in-school-suspensions-per-100", "all", "all", 3.0, ""),
        ("dropout-rate", "all", "all", 2.5, ""),
        ("attendance-rate", "all", "all", 94.0, ""),
    ]);
    let of = ["enrollment-share/asian", "in-school-suspensions-per-100", "dropout-rate", "attendance-rate"];
    assert_eq!(withheld(&share, &of), [true, true, true, false]);
}

#[test]
fn a_rate_that_counts_few_is_withheld_without_its_numerator() {
    let rates = made(&[
        ("chronic-absenteeism-rate", "all", "all", 4.0, "200"),
        ("graduation-rate", "all", "all", 94.0, "50"),
        ("proficiency-rate", "all", "all", 94.0, "500"),
    ]);
    let of = ["chronic-absenteeism-rate", "graduation-rate", "proficiency-rate"];
    assert_eq!(withheld(&rates, &of), [true, true, false]);
}

#[test]
fn the_levels_of_a_test_are_parts_of_one_whole() {
    // The 8 of 200 at level 5 are withheld together with the 16 at level 4; otherwise the others would reveal
    // them.
    let levels = made(&[
        ("iar-level-1-share", "all", "all", 30.0, "200"),
        ("iar-level-2-share", "all", "all", 30.0, "200"),
        ("iar-level-3-share", "all", "all", 28.0, "200"),
        ("iar-level-4-share", "all", "all", 8.0, "200"),
        ("iar-level-5-share", "all", "all", 4.0, "200"),
    ]);
    let of = ["iar-level-1-share", "iar-level-3-share", "iar-level-4-share", "iar-level-5-share"];
    assert_eq!(withheld(&levels, &of), [false, false, true, true]);
    // Passed the test and took it: the difference is a group of 5.
    let passed = made(&[
        ("ap-exam-students", "all", "all", 100.0, ""),
        ("ap-exam-passing-students", "all", "all", 95.0, ""),
    ]);
    assert_eq!(withheld(&passed, &["ap-exam-students", "ap-exam-passing-students"]), [false, true]);
}

#[test]
fn masks_of_the_district_and_students_of_no_listed_group_are_protected() {
    let unlisted = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 73.0, ""),
    ]);
    let text = format!(
        "{HEADER}1,Small District,2024,enrollment,all,all,200,\n1,Small District,2024,enrollment,white,all,120,\n\
         1,Small District,2024,enrollment,hispanic,all,73,\n1,Small District,2024,enrollment,asian,all,*,\n"
    );
    let of = ["enrollment/white", "enrollment/hispanic", "enrollment"];
    // With the 7 not listed, and with them listed as `*`.
    assert_eq!(withheld(&unlisted, &of), [false, true, false]);
    let masked = Made::new().layout("private.toml", LAYOUT).write("own.csv", text.as_bytes(), "private.toml");
    assert_eq!(withheld(&masked, &of), [false, true, false]);
}

#[test]
fn spans_of_grades_add_up_too() {
    let spans = made(&[
        ("enrollment", "all", "all", 100.0, ""),
        ("enrollment", "all", "KG-05", 60.0, ""),
        ("enrollment", "all", "06-08", 32.0, ""),
        ("enrollment", "all", "09-12", 8.0, ""),
    ]);
    let of = ["enrollment/all/KG-05", "enrollment/all/06-08", "enrollment/all/09-12", "enrollment"];
    assert_eq!(withheld(&spans, &of), [false, true, true, false]);
}

#[test]
fn a_table_that_does_not_quite_add_up_is_built_and_withholds_more() {
    // The parts add up to 202 of 200.
    let project = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 75.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
    ]);
    assert_eq!(withheld(&project, &["enrollment/hispanic", "enrollment/asian"]), [true, true]);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let told = session.data.diagnostics.iter().find(|d| d.id == "total-exceeded").unwrap();
    let place = told.place.to_string();
    assert!(told.found.contains("is 200, but its parts add up to 202"), "{}", told.found);
    assert!(place.contains("own.csv") && place.contains("G2"), "{place}");
    session.build("1", &project.path().join("out"), &Formats::all()).unwrap();
}

#[test]
fn a_pack_is_built_even_if_all_values_are_withheld() {
    let project =
        made(&[("graduates", "all", "all", 8.0, ""), ("graduation-rate", "all", "all", 40.0, "20")]);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let built = session.build("1", &project.path().join("out"), &Formats::all()).unwrap();
    assert!(built.diagnostics.iter().any(|d| d.id == "all-withheld"));
    let table = std::fs::read_to_string(project.path().join("out/data/measures.csv")).unwrap();
    assert_eq!(table.matches(",withheld,").count(), 2, "{table}");
}

#[test]
fn the_pack_is_audited_and_passes() {
    let project = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 73.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
    ]);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    session.build("1", &project.path().join("out"), &Formats::all()).unwrap();
    let table = std::fs::read_to_string(project.path().join("out/data/observations.csv")).unwrap();
    assert_eq!(table.matches(",withheld,").count(), 2, "{table}");
}

#[test]
fn what_public_values_alone_disclose_is_reported_and_withholds_nothing_else() {
    // The state publishes every group but one; the district's own file has that one, and its rates.
    let public = LAYOUT.replace("public = false", "public = true").replace("\"private\"", "\"state\"");
    let state = format!(
        "{HEADER}1,Small District,2024,enrollment,all,all,200,\n1,Small District,2024,enrollment,white,all,120,\n\
         1,Small District,2024,enrollment,hispanic,all,73,\n"
    );
    let project = made(&[
        ("enrollment", "asian", "all", 7.0, ""),
        ("chronic-absenteeism-rate", "hispanic", "all", 40.0, "73"),
        ("chronic-absenteeism-rate", "white", "all", 40.0, "120"),
    ]);
    let project = project.layout("state.toml", &public).write("state.csv", state.as_bytes(), "state.toml");
    let of = ["enrollment/asian", "chronic-absenteeism-rate/hispanic", "chronic-absenteeism-rate/white"];
    assert_eq!(withheld(&project, &of), [true, false, false]);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let told: Vec<_> = session.data.diagnostics.iter().filter(|d| d.id == "told-by-public").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].found.contains("enrollment-asian for Small District in 2023-24"), "{}", told[0].found);
    assert!(told[0].place.to_string().starts_with("own.csv"), "{}", told[0].place);
    let out = project.path().join("out");
    session.build("1", &out, &Formats::all()).unwrap();
    // The pack itself does not show the seven.
    let table = std::fs::read_to_string(out.join("data/observations.csv")).unwrap();
    assert_eq!(
        table.lines().filter(|l| l.contains(",asian,") && l.contains(",withheld,")).count(),
        1,
        "{table}"
    );
}

#[test]
fn the_pack_quotes_no_cell_of_a_private_file() {
    let text = format!(
        "{HEADER}1,Small District,2024,enrollment,all,all,200,\n1,Small District,2024,enrollment,white,all,120,\n\
         1,Small District,2024,enrollment,hispanic,all,73,\n1,Small District,2024,enrollment,asian,all,7*,\n\
         1,Small District,2024,enrollment,black,all,4 or so,\n"
    );
    let project =
        Made::new().layout("private.toml", LAYOUT).write("own.csv", text.as_bytes(), "private.toml");
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let out = project.path().join("out");
    let built = session.build("1", &out, &Formats::all()).unwrap();
    // Somebody who has the file sees the cell in the terminal.
    let quotes = |text: &str| text.contains("7*") || text.contains("4 or so");
    assert_eq!(built.diagnostics.iter().filter(|d| quotes(&d.found)).count(), 2);
    for name in ["report.json", "index.html"] {
        let text = std::fs::read_to_string(out.join(name)).unwrap();
        assert!(!quotes(&text), "{name} quotes a cell");
    }
    assert!(built.report.diagnostics.all.iter().any(|d| d.found.contains("has a footnote mark")));
}

#[test]
fn two_values_of_a_private_file_are_shown_in_the_terminal_only() {
    let own = |a: &str, b: &str| {
        format!(
            "{HEADER}1,Small District,2024,enrollment,all,all,{a},\n1,Small District,2024,enrollment,all,all,{b},\n"
        )
    };
    let public = LAYOUT.replace("public = false", "public = true").replace("\"private\"", "\"state\"");
    let project = Made::new()
        .layout("private.toml", LAYOUT)
        .layout("state.toml", &public)
        .write("own.csv", own("441", "442").as_bytes(), "private.toml")
        .write("later.csv", own("443", "443").as_bytes(), "state.toml");
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let out = project.path().join("out");
    session.build("1", &out, &Formats::all()).unwrap();
    let report = std::fs::read_to_string(out.join("report.json")).unwrap();
    // Sizes and hashes of files may have any digits.
    let is_of_file = |line: &&str| ["\"bytes\"", "\"sha256\""].iter().any(|key| line.contains(key));
    let report = report.lines().filter(|line| !is_of_file(line)).collect::<Vec<_>>().join("\n");
    // The second file is public, but the message quotes the value of the first.
    for (id, values) in [("two-values", ["441", "442"]), ("revised", ["441", "443"])] {
        let problem = session.data.diagnostics.iter().find(|d| d.id == id).unwrap();
        assert!(values.iter().all(|value| problem.found.contains(value)), "{}", problem.found);
        assert!(report.contains(id), "{id} is not in the report");
        assert!(!report.contains(values[0]), "the report tells {}", values[0]);
    }
}

#[test]
fn the_n_of_a_missing_private_value_is_not_shown() {
    // Masked and blank rates of 5 and 18 students; public ones are passed on as published.
    let table = format!(
        "{HEADER}1,Small District,2024,chronic-absenteeism-rate,asian,all,*,5\n\
         1,Small District,2024,chronic-absenteeism-rate,black,all,,18\n"
    );
    for (layout, told) in [(LAYOUT.to_owned(), 0), (LAYOUT.replace("public = false", "public = true"), 2)] {
        let made = Made::new().layout("l.toml", &layout).write("own.csv", table.as_bytes(), "l.toml");
        let released = made.read().data.released;
        let view = released.view().unwrap();
        let rows = released.runs().iter().flat_map(|run| view.rows(run.rows.clone()));
        assert_eq!(rows.filter(|row| row.n.is_some()).count(), told, "{layout}");
    }
}

/// The columns of numerators and denominators.
const COUNTS: &str = r#"
[[part]]
part = "group"
column = ["Group"]

[[column]]
name = ["Enrolled"]
measure = "enrollment"

[[column]]
name = ["Counted"]
measure = "chronic-absenteeism-rate"
stat = "denominator"

[[column]]
name = ["Absent"]
measure = "chronic-absenteeism-rate"
stat = "numerator"
"#;

/// A layout of numerators and denominators, of groups of a district.
fn layout_of_counts() -> String {
    let (head, _) = LAYOUT.split_once("[[part]]").unwrap();
    format!("{head}{COUNTS}")
}

/// Builds a project, and returns the ids of the problems and the lines of the tables that are shown for the year.
fn built_from_counts(layout: &str, table: &str) -> (Vec<String>, Vec<String>) {
    let made = Made::new().layout("counts.toml", layout).write("own.csv", table.as_bytes(), "counts.toml");
    let project = made.open("1");
    let session = run::Session::read(&project).unwrap();
    let out = made.path().join("out");
    let built = session.build("1", &out, &Formats::from_iter([retreat::domain::Format::Svg])).unwrap();
    let ids = built.diagnostics.iter().map(|problem| problem.id.to_string()).collect();
    let mut shown = Vec::new();
    for name in ["observations", "schools"] {
        let Ok(text) = std::fs::read_to_string(out.join(format!("data/{name}.csv"))) else { continue };
        let lines = text.lines().filter(|line| line.contains(",2024,"));
        shown.extend(lines.filter(|line| !line.contains(",withheld,")).map(str::to_owned));
    }
    (ids, shown)
}

#[test]
fn one_small_numerator_does_not_withhold_the_whole_year() {
    let table = "ID,District,Year,Group,Enrolled,Counted,Absent\n1,Ash,2024,all,450,450,134\n\
                 1,Ash,2024,white,200,200,90\n1,Ash,2024,black,100,100,4\n1,Ash,2024,hispanic,150,150,40\n";
    let (ids, shown) = built_from_counts(&layout_of_counts(), table);
    assert!(!ids.contains(&"year-withheld".to_owned()), "{ids:?}");
    assert!(!shown.iter().any(|line| line.contains(",chronic-absenteeism-rate,black,")), "{shown:?}");
    assert!(shown.iter().any(|line| line.contains(",enrollment,all,")), "{shown:?}");
}

#[test]
fn one_small_numerator_of_a_school_does_not_withhold_the_whole_year() {
    let layout = layout_of_counts()
        .replace(
            "public = false",
            "public = false\nlevel = \"school\"\nroll-up = \"sum\"\nschool = [\"School ID\", \"School\"]",
        )
        .replace("[[part]]\npart = \"group\"\ncolumn = [\"Group\"]\n", "");
    let mut table = "ID,District,Year,School ID,School,Enrolled,Counted,Absent\n".to_owned();
    for (id, enrolled, absent) in [(11, 100, 4), (12, 200, 90), (13, 150, 40), (14, 120, 33)] {
        table += &format!("1,Ash,2024,{id},School {id},{enrolled},{enrolled},{absent}\n");
    }
    let (ids, shown) = built_from_counts(&layout, &table);
    assert!(!ids.contains(&"year-withheld".to_owned()), "{ids:?}");
    let of_rates = shown.iter().filter(|line| line.contains(",chronic-absenteeism-rate,"));
    let of_schools = of_rates.filter(|line| line.contains(",school,"));
    let of_schools: Vec<&str> = of_schools.filter_map(|line| line.split(',').nth(3)).collect();
    assert!(!of_schools.contains(&"11") && !of_schools.is_empty(), "{shown:?}");
    assert!(shown.iter().any(|line| line.contains(",district,2024,enrollment,")), "{shown:?}");
}
