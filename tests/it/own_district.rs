//! A district's own files, which no catalog knows: what `init` makes of them, and what `build` shows without peers. Each
//! judgment has a table that looks alike and must be read otherwise.

use std::path::Path;
use std::process::{Command, Output};

/// A folder of text tables for which `init` has proposed a project.
struct OwnDistrict {
    folder: tempfile::TempDir,
    init: Output,
}

impl OwnDistrict {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let init = run("init", folder.path());
        Self { folder, init }
    }

    fn said(&self) -> String {
        text_of(&self.init)
    }

    /// A file of the proposed project; empty if it is not there.
    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    fn measures(&self) -> String {
        self.file("catalog/measures/our-indicators.toml")
    }

    /// Builds the pack, and returns what was said.
    fn build(&self) -> String {
        text_of(&run("build", self.folder.path()))
    }

    /// The values of a measure in the built pack: `year value` of everybody.
    fn values(&self, measure: &str) -> Vec<String> {
        let table = self.file("out/data/observations.csv");
        let mut lines = table.lines();
        let names: Vec<&str> =
            lines.next().unwrap_or_default().trim_start_matches('\u{feff}').split(',').collect();
        let position = |name: &str| names.iter().position(|known| *known == name).unwrap();
        let [id, year, value, group] = ["measure", "school_year", "value", "group"].map(position);
        let mut values = Vec::new();
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[id] == measure && cells[group] == "all" {
                values.push(format!("{} {}", cells[year], cells[value]));
            }
        }
        values
    }

    fn has_chart(&self, domain: &str, id: &str) -> bool {
        self.folder.path().join(format!("out/charts/{domain}/{id}.png")).is_file()
    }
}

fn run(command: &str, folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_retreat")).arg(command).arg(folder).output().unwrap()
}

fn text_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const DASHBOARD: &str = "\
Willow Creek School District 9 – Operations
School Year,Meals Served,Substitute Fill Rate,Average RIT Score,Goal Fill Rate,Rank
2019-20,210400,91%,205.1,95%,3
2020-21,98000,90%,203.4,95%,2
2021-22,250300,88%,204.0,95%,5
2022-23,228900,87%,204.9,95%,5
2023-24,219800,84%,206.2,95%,4
Total,1007400,,,,
";

const BUDGET: &str = "\
General Fund (in thousands of dollars)
Line Item,2020-21 Actual,2021-22 Actual,2022-23 Actual,2023-24 Actual,% Change
Revenues,,,,,
Federal grants,910,1850,1500,720,-52%
Total revenue,15040,16370,16350,15885,-3%
Expenditures,,,,,
Benefits,2500,2610,2700,2890,7%
Other,300,320,350,400,14%
Total expenditures,12700,13460,13640,13940,2%
Ending fund balance,4100,7010,9720,11665,20%
";

#[test]
fn an_unknown_column_over_years_becomes_a_measure_of_the_project() {
    let district = OwnDistrict::new(&[("dashboard.csv", DASHBOARD)]);
    let measures = district.measures();
    for (id, unit) in [
        ("our-meals-served", "count"),
        ("our-substitute-fill-rate", "percent"),
        ("our-average-rit-score", "points"),
    ] {
        let entry = measures.split("[[measure]]").find(|entry| entry.contains(&format!("id = \"{id}\"")));
        let entry = entry.unwrap_or_else(|| panic!("{id}: {measures}"));
        assert!(entry.contains(&format!("unit = \"{unit}\"")), "{entry}");
        assert!(entry.contains("better = \"neither\""), "{entry}");
    }
    let said = district.build();
    assert_eq!(
        district.values("our-substitute-fill-rate"),
        ["2020 91", "2021 90", "2022 88", "2023 87", "2024 84"],
        "{said}"
    );
    assert!(district.has_chart("staffing", "our-substitute-fill-rate"), "{said}");
    assert!(district.has_chart("students", "our-meals-served"), "{said}");
    // A single chart does not fill its placemat.
    assert!(district.file("out/print/placemats.html").contains("class=\"board one\""));
    // A goal and a rank are none of the district's indicators, and a total is of no year.
    assert!(!measures.contains("goal") && !measures.contains("rank"), "{measures}");
    assert!(!said.contains("year-unreadable"), "{said}");
}

#[test]
fn a_percent_is_about_the_people_of_its_domain() {
    let offices = "Year,Percent of Teacher Vacancies Filled,Percent of Substitute Positions Filled,Percent of Levy Collected\n\
        2021,88.1,91.5,97.2\n2022,86.4,89.9,96.8\n";
    let buses = "Year,Percent of Students Riding the Bus\n2021,48.1\n2022,46.4\n";
    let measures = OwnDistrict::new(&[("offices.csv", offices), ("buses.csv", buses)]).measures();
    for (id, about) in [
        ("our-percent-of-teacher-vacancies-filled", "smallest-group = 1\npeople = \"teachers\"\nplausible"),
        ("our-percent-of-substitute-positions-filled", "smallest-group = 1\npeople = \"staff\"\nplausible"),
        ("our-percent-of-levy-collected", "smallest-group = 1\nplausible"),
        (
            "our-percent-of-students-riding-the-bus",
            "smallest-group = 10\npeople = \"students\"\npopulation = { measure = \"enrollment\", some = true }",
        ),
    ] {
        let entry = measures.split("[[measure]]").find(|entry| entry.contains(id)).unwrap_or_default();
        assert!(entry.contains(about), "{id}: {measures}");
    }
}

#[test]
fn one_notice_says_what_other_files_would_add() {
    // Without the number of students, a value about few of them cannot be told apart.
    let of_many = DASHBOARD.replace("Average RIT Score", "Average Lunch Price per Meal");
    let district = OwnDistrict::new(&[("dashboard.csv", &of_many)]);
    let said = district.build();
    assert_eq!(said.matches("warning[").count(), 1, "{said}");
    assert!(said.contains("warning[no-peers]"), "{said}");
}

#[test]
fn the_title_names_the_district_that_no_column_names() {
    let district = OwnDistrict::new(&[("dashboard.csv", DASHBOARD)]);
    let project = district.file("retreat.toml");
    assert!(project.contains("district = \"Willow Creek School District 9\""), "{project}");
    assert!(district.build().contains("Built the pack for Willow Creek School District 9"));
    // A title about districts in general names none.
    let other =
        DASHBOARD.replace("Willow Creek School District 9 – Operations", "Operations by School District");
    let district = OwnDistrict::new(&[("dashboard.csv", &other)]);
    assert!(district.said().contains("no table names a district"), "{}", district.said());
}

#[test]
fn lines_down_and_years_across_are_read_as_amounts_in_the_unit_of_the_title() {
    let district = OwnDistrict::new(&[("budget.csv", BUDGET)]);
    let said = district.build();
    let revenue = ["2021 15040000", "2022 16370000", "2023 16350000", "2024 15885000"];
    assert_eq!(district.values("total-revenue"), revenue, "{said}");
    let benefits = ["2021 2500000", "2022 2610000", "2023 2700000", "2024 2890000"];
    assert_eq!(district.values("our-benefits"), benefits, "{said}");
    // A line that is called only "Other" names nothing.
    assert!(!district.measures().contains("our-other"), "{}", district.measures());
    assert!(!said.contains("error["), "{said}");
}

#[test]
fn a_line_that_stands_under_two_headings_is_left_to_the_district() {
    let twice = BUDGET.replace("Federal grants,910", "Benefits,910");
    let district = OwnDistrict::new(&[("budget.csv", &twice)]);
    assert!(!district.measures().contains("our-benefits"), "{}", district.measures());
    let layout = district.file("layouts/budget.toml");
    assert!(layout.contains("which heading is each one under"), "{layout}");
}

#[test]
fn a_table_of_grades_under_bare_years_is_read_by_its_title() {
    let table = "\
MAP Growth: Percent at or above the 50th percentile\n\n,2021,2022,2023,2024\n\
Grade 3,51%,48%,50%,54%\nGrade 4,47%,50%,46%,49%\nGrade 5,55%,53%,51%,50%\n";
    let district = OwnDistrict::new(&[("map.csv", table)]);
    let layout = district.file("layouts/map.toml");
    assert!(
        layout.contains("measure = \"our-map-growth-percent-at-or-above-the-50th-percentile\""),
        "{layout}"
    );
    assert!(layout.contains("part = \"grade\""), "{layout}");
    let project = district.file("retreat.toml");
    assert!(project.contains("\n[[source]]"), "{project}");
}

#[test]
fn names_of_places_and_of_people_are_no_indicators() {
    let places =
        "Year,Lincoln,Washington,Maple Grove\n2021,310,280,402\n2022,305,290,399\n2023,300,288,410\n";
    let people = "Name,2021,2022,2023\n\"Smith, Ann\",54000,55000,56000\nCarla Ruiz,48000,49500,51000\n";
    let district = OwnDistrict::new(&[("places.csv", places), ("people.csv", people)]);
    assert_eq!(district.measures(), "", "{}", district.said());
    // Both are there to be corrected, but not read.
    for name in ["places", "people"] {
        let layout = district.file(&format!("layouts/{name}.toml"));
        assert!(layout.contains("Not read"), "{layout}");
    }
    assert!(!district.file("retreat.toml").contains("\n[[source]]"));
}

#[test]
fn whole_numbers_that_may_be_percents_or_counts_are_left_to_the_district() {
    let table =
        "Year,MAP at or above the 50th percentile,Meals served\n2021,52,900\n2022,49,880\n2023,55,910\n";
    let district = OwnDistrict::new(&[("map.csv", table)]);
    assert!(!district.measures().contains("our-map"), "{}", district.measures());
    let layout = district.file("layouts/map.toml");
    assert!(layout.contains("52, 49, 55"), "{layout}");
    // Decimals up to 100 under the same name are percents.
    let table = "Year,MAP at or above the 50th percentile\n2021,52.1\n2022,49.4\n2023,55.0\n";
    let district = OwnDistrict::new(&[("map.csv", table)]);
    assert!(district.measures().contains("unit = \"percent\""), "{}", district.measures());
}

#[test]
fn a_name_may_say_that_its_amounts_are_in_thousands() {
    let table =
        "Year,Technology Budget (in 000s),Mill Rate\n2021,1210,20.2\n2022,1240,20.3\n2023,1255,20.1\n";
    let district = OwnDistrict::new(&[("budget.csv", table)]);
    let layout = district.file("layouts/budget.toml");
    assert!(layout.contains("times = 1000"), "{layout}");
    assert!(district.measures().contains("label = \"Technology Budget\""), "{}", district.measures());
    // Tax rates in mills are not percents.
    assert!(!district.measures().contains("unit = \"percent\""), "{}", district.measures());
}

#[test]
fn init_leaves_a_draft_even_if_nothing_can_be_read() {
    let table = "Name of the thing,Alpha,Beta\nx,1,2\ny,3,4\nz,5,6\n";
    let district = OwnDistrict::new(&[("odd.csv", table)]);
    assert_eq!(district.init.status.code(), Some(1), "{}", district.said());
    assert!(district.file("retreat.toml").contains("# [[source]]"));
    let layout = district.file("layouts/odd.toml");
    assert!(layout.contains("# name = [\"Alpha\"]") && layout.contains("1, 3, 5"), "{layout}");
    // A file without numbers leaves nothing to correct.
    let district = OwnDistrict::new(&[("note.txt", "To do:\ncall the bus company\n")]);
    assert_eq!(district.init.status.code(), Some(2), "{}", district.said());
}

#[test]
fn a_heading_in_another_language_is_read_all_the_same() {
    let table = "\
Distrito Escolar de San Isidro\nAño escolar,Tasa de retención de maestros,Comidas servidas\n\
2020-21,84.5%,150200\n2021-22,83.1%,188900\n2022-23,80.4%,190400\n";
    let district = OwnDistrict::new(&[("resumen.csv", table)]);
    let said = district.build();
    assert!(said.contains("Built the pack for Distrito Escolar de San Isidro"), "{said}");
    let measures = district.measures();
    assert_eq!(measures.matches("[[measure]]").count(), 2, "{measures}");
}

#[test]
fn a_table_of_many_districts_is_no_list_of_indicators() {
    let mut table = "District ID,Year,Meals served\n".to_owned();
    for district in 1..=60 {
        for year in 2021..=2023 {
            table.push_str(&format!("{district:04},{year},{}\n", 1000 + district * 7 + year));
        }
    }
    let district = OwnDistrict::new(&[("state.csv", &table)]);
    assert_eq!(district.measures(), "", "{}", district.said());
}

#[test]
fn an_indicator_by_student_group_protects_students() {
    let table = "\
Student Group,Year,Teacher Contact Rate\nAll Students,2021,91.5%\nHispanic,2021,88.2%\nWhite,2021,93.1%\n\
All Students,2022,90.5%\nHispanic,2022,87.1%\nWhite,2022,92.0%\n";
    let district = OwnDistrict::new(&[("contacts.csv", table)]);
    assert!(district.measures().contains("smallest-group = 10"), "{}", district.measures());
    // The project's own measure is not a fault of the project.
    let said = district.build();
    assert!(said.contains("Built the pack"), "{said}");
}

#[test]
fn an_unknown_column_of_one_year_is_not_said_to_become_a_measure() {
    let table = "Willow Creek School District 9, 2023-24\nDistrict,Enrollment,Meals Served\nWillow Creek,812,210400\nAsh,640,190300\n";
    let district = OwnDistrict::new(&[("year.csv", table)]);
    let layout = district.file("layouts/year.toml");
    assert!(layout.contains("one year cannot show a trend"), "{layout}");
    assert!(!layout.contains("becomes a measure"), "{layout}");
    assert!(district.said().contains("1 column with values, 1 unread"), "{}", district.said());
}

#[test]
fn columns_that_are_added_up_are_no_average() {
    let table = "District ID,District,School Year,Did Not Meet %,Partially Met %,Met %,Exceeded %\n\
                 11,Ash,2023-24,20,30,35,15\n12,Birch,2023-24,22,28,31,19\n13,Cedar,2023-24,19,33,36,12\n";
    let made = OwnDistrict::new(&[("Math results.csv", table)]);
    made.build();
    let observations = made.file("out/data/observations.csv");
    assert!(observations.contains("sum of 2 cells"), "{}{observations}", made.said());
    assert!(!observations.contains("average of"), "{observations}");
}

/// The first row of a table with both texts; empty if there is none.
fn row_with<'t>(table: &'t str, one: &str, other: &str) -> &'t str {
    table.lines().find(|line| line.contains(one) && line.contains(other)).unwrap_or_default()
}

#[test]
fn the_number_of_people_beside_a_year_protects_its_rates() {
    let lines = "Willow Creek School District 9\nMeasure,2021-22 (n=812),2022-23 (n=9),2023-24 (841 students)\n\
                 Graduation Rate,88.1,77.8,89.4\nEnrollment,3000,3010,3020\n";
    let district = OwnDistrict::new(&[("outcomes.csv", lines)]);
    let said = district.build();
    let table = district.file("out/data/observations.csv");
    for (start, value) in [(",2022,", ",88.1,"), (",2022,", ",812,"), (",2024,", ",841,")] {
        let row = row_with(&table, start, ",graduation-rate,");
        assert!(row.contains(value), "{value}: {row}\n{said}{table}");
    }
    assert!(!table.contains("77.8"), "{table}");
    // A number of students is no rate.
    let enrollment = row_with(&table, ",2022,", ",enrollment,");
    assert!(enrollment.contains(",3000,") && !enrollment.contains(",812,"), "{table}");
    // Groups are smaller than all of the students.
    let groups = "Willow Creek School District 9\nGraduation Rate\nGroup,2021-22 (n=812),2022-23 (n=830)\n\
                  All Students,88.1,88.2\nHispanic,84.1,84.2\n";
    let district = OwnDistrict::new(&[("groups.csv", groups)]);
    let layout = district.file("layouts/groups.toml").replace("\n# public = true", "\npublic = true");
    std::fs::write(district.folder.path().join("layouts/groups.toml"), layout).unwrap();
    let said = district.build();
    let table = district.file("out/data/observations.csv");
    let hispanic = row_with(&table, ",graduation-rate,", ",hispanic,");
    assert!(table.contains(",812,") && !hispanic.contains(",812,"), "{said}{table}");
}

#[test]
fn counts_and_percents_below_each_year_are_not_one_measure() {
    let made = OwnDistrict::new(&[(
        "Demographics.csv",
        "Maple Grove School District 25,,,,\n,,,,\nGroup,2021-22,,2022-23,\n,#,%,#,%\nWhite,500,50,505,50\n\
         Hispanic,300,30,303,30\nBlack,200,20,202,20\nTotal,1000,100,1010,100\n",
    )]);
    let measures = made.measures();
    assert!(!measures.contains("unit = \"count\""), "{measures}");
}
