//! The schools of a district: which they are, what is shown of them, and that nothing withheld can be worked out.

use std::collections::BTreeMap;

use retreat::domain::{Format, Organization, SchoolId};
use retreat::exhibit::Figure;
use retreat::pack::Formats;
use retreat::pack_tables::DistrictYear;
use retreat::project::Project;
use retreat::run::{Session, Silent};

use crate::project::{Made, Read, key, root, temporary_folder};

/// A table of schools, each row about a group in a grade.
pub(crate) const LAYOUT: &str = r#"
id = "schools"
label = "Schools"
authority = "made up"
level = "school"
roll-up = "sum"
school = ["School ID", "School"]
public = false

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "group"
column = ["Group"]

[[part]]
part = "grade"
column = ["Grade"]

[[column]]
name = ["Students"]
measure = "enrollment"
"#;

const HEADER: &str = "ID,District,Year,School ID,School,Group,Grade,Students\n";

/// A project of one file with these rows: district, year, school id, school, group, grade, students.
fn made(rows: &str) -> Made {
    let table = format!("{HEADER}{rows}");
    Made::new().layout("schools.toml", LAYOUT).write("schools.csv", table.as_bytes(), "schools.toml")
}

fn public(rows: &str) -> Made {
    let layout = LAYOUT.replace("public = false", "public = true");
    let table = format!("{HEADER}{rows}");
    Made::new().layout("schools.toml", &layout).write("schools.csv", table.as_bytes(), "schools.toml")
}

/// The value of a school of district 1.
fn of_school(read: &Read, id: &str, year: i32, series: &str) -> Option<f64> {
    let released = &read.data.released;
    let code = released.terms().school_code(0, &SchoolId::new(id).unwrap())?;
    let run = released.run(&key(series))?;
    let view = released.view().unwrap();
    let mut rows = view.rows(run.schools.clone());
    rows.find(|row| row.district == code && row.year == year)?.value
}

#[test]
fn schools_are_kept_beside_the_sum_of_their_district() {
    let rows = "1,Ash,2024,011,North School,all,all,100\n1,Ash,2024,012,South School,all,all,20\n";
    let read = public(rows).read();
    assert_eq!(read.value("1", 2024, "enrollment"), 120.0);
    assert_eq!(of_school(&read, "11", 2024, "enrollment"), Some(100.0));
    assert_eq!(of_school(&read, "012", 2024, "enrollment"), Some(20.0));
    let terms = read.data.released.terms();
    let names: Vec<&str> = terms.schools.iter().map(|school| school.name.as_str()).collect();
    assert_eq!((terms.districts.len(), names), (1, vec!["North School", "South School"]));
    assert!(matches!(terms.organization(0), Organization::District(_)));
    assert_eq!(terms.district_of(2), 0);
}

#[test]
fn a_year_that_is_withheld_takes_its_schools_with_it_and_nothing_else() {
    let rows = [2023, 2024].map(|year| {
        format!(
            "1,Ash,{year},11,North,all,all,100\n1,Ash,{year},12,South,all,all,80\n\
             2,Birch,{year},21,East,all,all,150\n"
        )
    });
    let made = made(&rows.concat());
    let opened = made.open("1");
    let session = Session::read(&opened).unwrap();
    let before = &session.data.released;
    let at = DistrictYear { district: "1".to_owned(), year: 2024 };
    let after = before.without(&[at].into(), &opened.catalog).unwrap();
    let all = before.run(&key("enrollment")).unwrap().all();
    assert_eq!(all.len(), 8, "two districts and two schools of one of them, in two years");
    for (was, is) in before.view().unwrap().rows(all.clone()).zip(after.view().unwrap().rows(all)) {
        let is_taken = before.terms().district_of(was.district) == 0 && was.year == 2024;
        assert!(was.value.is_some(), "{was:?}");
        assert_eq!(is.value, was.value.filter(|_| !is_taken), "{was:?}");
    }
}

#[test]
fn schools_of_other_districts_are_added_up_only() {
    let rows =
        "1,Ash,2024,11,North,all,all,100\n2,Birch,2024,11,East,all,all,50\n2,Birch,2024,12,West,all,all,7\n";
    let read = public(rows).read();
    assert_eq!(read.value("2", 2024, "enrollment"), 57.0);
    let terms = read.data.released.terms();
    assert_eq!(terms.schools.len(), 1);
    // The same id in two districts is two schools, which is said with the cell.
    let place = read.problem("school-id-repeats").place.to_string();
    assert_eq!(place, "schools.csv › D3");
}

#[test]
fn a_school_keeps_its_id_when_its_name_changes() {
    let rows = "1,Ash,2023,11,North El.,all,all,90\n1,Ash,2024,11,North Elementary School,all,all,100\n";
    let read = public(rows).read();
    let school = &read.data.released.terms().schools[0];
    assert_eq!((school.name.as_str(), school.short_name.as_str()), ("North Elementary School", "North"));
    assert_eq!((school.first_year, school.last_year), (2023, 2024));
    assert!(read.problem("school-names-differ").found.contains("North El."));
}

#[test]
fn two_schools_with_one_id_are_added_up_and_neither_is_shown() {
    let rows = "1,Ash,2024,011,North School,all,all,100\n1,Ash,2024,011,South School,all,all,20\n\
                1,Ash,2024,013,East School,all,all,50\n";
    let read = public(rows).read();
    assert_eq!(read.value("1", 2024, "enrollment"), 170.0);
    assert_eq!(of_school(&read, "11", 2024, "enrollment"), None);
    assert_eq!(of_school(&read, "13", 2024, "enrollment"), Some(50.0));
    assert!(read.problem("school-id-shared").found.contains("South School"));
    // A school that got another name is one.
    let rows = "1,Ash,2023,011,North School,all,all,100\n1,Ash,2024,011,Lincoln School,all,all,120\n";
    assert_eq!(of_school(&public(rows).read(), "11", 2023, "enrollment"), Some(100.0));
}

#[test]
fn a_row_about_the_district_is_no_school() {
    let rows = "1,Ash,2024,011,North School,all,all,100\n1,Ash,2024,012,South School,all,all,20\n\
                1,Ash,2024,9999,District,all,all,123\n";
    let read = public(rows).read();
    assert_eq!(read.value("1", 2024, "enrollment"), 123.0, "as published");
    let names: Vec<&str> =
        read.data.released.terms().schools.iter().map(|school| school.name.as_str()).collect();
    assert_eq!(names, ["North School", "South School"]);
}

#[test]
fn two_rates_of_a_whole_district_are_two_values() {
    let layout = LAYOUT.replace("enrollment", "graduation-rate").replace("public = false", "public = true");
    let table = format!(
        "{HEADER}1,Ash,2024,011,North School,all,all,88\n1,Ash,2024,9999,District,all,all,75\n\
         1,Ash,2024,9999,District,all,all,85\n"
    );
    let read = Made::new()
        .layout("schools.toml", &layout)
        .write("schools.csv", table.as_bytes(), "schools.toml")
        .read();
    assert!(read.problem("two-values").found.contains("85"), "{}", read.problem("two-values").found);
}

#[test]
fn a_file_with_names_only_is_matched_by_the_names_of_others() {
    let names = LAYOUT.replace(r#"school = ["School ID", "School"]"#, r#"school = ["School"]"#);
    let by_name = "ID,District,Year,School,Group,Grade,Students\n1,Ash,2023,North,all,all,90\n1,Ash,2023,Nowhere,all,all,5\n";
    let made = public("1,Ash,2024,11,North,all,all,100\n")
        .layout("names.toml", &names.replace("id = \"schools\"", "id = \"names\""))
        .write("names.csv", by_name.as_bytes(), "names.toml");
    let read = made.read();
    assert_eq!(of_school(&read, "11", 2023, "enrollment"), None, "it is private and of few");
    let school = &read.data.released.terms().schools[0];
    assert_eq!((school.first_year, school.last_year), (2023, 2024));
    assert!(read.problem("school-without-id").found.contains("Nowhere"));
}

#[test]
fn schools_that_merged_continue_as_one() {
    let rows =
        "1,Ash,2023,11,North,all,all,90\n1,Ash,2023,12,South,all,all,60\n1,Ash,2024,13,Union,all,all,140\n";
    let crosswalk = "from_id,to_id,school_year,note\n11,13,2024,North and South became Union\n12,13,2024,\n";
    let made = public(rows).also("[schools]\ncrosswalk = \"merged.csv\"\n");
    std::fs::write(made.path().join("merged.csv"), crosswalk).unwrap();
    let read = made.read();
    assert_eq!(of_school(&read, "13", 2023, "enrollment"), Some(150.0));
    let terms = read.data.released.terms();
    assert_eq!(terms.schools.len(), 1);
    assert_eq!(terms.schools[0].breaks[0].why, "North and South became Union");
    assert_eq!(read.value("1", 2023, "enrollment"), 150.0);
}

#[test]
fn a_group_within_a_grade_of_a_school_is_not_shown() {
    let mut rows = String::new();
    for (id, school) in [(11, "North"), (12, "South")] {
        for group in ["all", "white"] {
            for grade in ["all", "03"] {
                rows += &format!("1,Ash,2024,{id},{school},{group},{grade},400\n");
            }
        }
    }
    let read = made(&rows).read();
    assert_eq!(of_school(&read, "11", 2024, "enrollment/white"), Some(400.0));
    assert_eq!(of_school(&read, "11", 2024, "enrollment/all/03"), Some(400.0));
    assert_eq!(of_school(&read, "11", 2024, "enrollment/white/03"), None);
    assert_eq!(read.problem("school-details-withheld").count, 2);
    // What is public stays public.
    assert_eq!(of_school(&public(&rows).read(), "11", 2024, "enrollment/white/03"), Some(400.0));
}

/// The cells of a table that are `withheld` or have a value, by school, group and grade.
type Cells = BTreeMap<[String; 3], Option<f64>>;

fn cells_of(folder: &std::path::Path, table: &str) -> Cells {
    let mut reader = csv::Reader::from_path(folder.join("data").join(table)).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known.trim_start_matches('\u{feff}') == name);
    let mut cells = Cells::new();
    for record in reader.records().map(Result::unwrap) {
        let text = |name: &str| column(name).map_or("", |column| &record[column]).to_owned();
        if text("measure") == "enrollment" {
            let place = [text("school_id"), text("group"), text("grade")];
            cells.insert(place, text("value").parse().ok());
        }
    }
    cells
}

/// Works out by subtraction whatever a sum with a single unknown part gives away; returns what it found.
fn subtract(cells: &mut Cells, sums: &[(Vec<[String; 3]>, [String; 3])]) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    loop {
        let before = found.len();
        for (parts, total) in sums {
            let open: Vec<&[String; 3]> = parts
                .iter()
                .chain([total])
                .filter(|place| cells.get(*place).is_none_or(Option::is_none))
                .collect();
            let [only] = open.as_slice() else { continue };
            let known: f64 = parts.iter().filter_map(|place| cells.get(place).copied().flatten()).sum();
            let value = cells.get(total).copied().flatten().map_or(known, |total| total - known);
            found.push((*only).clone());
            cells.insert((*only).clone(), Some(value));
        }
        if found.len() == before {
            return found;
        }
    }
}

#[test]
fn no_school_in_any_file_of_a_pack_can_be_subtracted() {
    let (schools, groups, grades) = (["11", "12", "13"], ["white", "black", "asian"], ["03", "04"]);
    let mut rows = String::new();
    let mut number = 3_u32;
    let mut inner: BTreeMap<(usize, usize, usize), u32> = BTreeMap::new();
    for place in (0..18).map(|i| (i / 6, i / 2 % 3, i % 2)) {
        // Large for most, small for the last group.
        number = (number * 37 + 11) % 101;
        inner.insert(place, if place.1 == 2 { number % 5 } else { 20 + number % 40 });
    }
    let sum = |wanted: [Option<usize>; 3]| -> u32 {
        let is_in = |(school, group, grade): (usize, usize, usize)| {
            [school, group, grade]
                .iter()
                .zip(wanted)
                .all(|(own, wanted)| wanted.is_none_or(|wanted| wanted == *own))
        };
        inner.iter().filter(|(place, _)| is_in(**place)).map(|(_, n)| n).sum()
    };
    for (s, id) in schools.iter().enumerate() {
        for g in [None, Some(0), Some(1), Some(2)] {
            for a in [None, Some(0), Some(1)] {
                let (group, grade) = (g.map_or("all", |g| groups[g]), a.map_or("all", |a| grades[a]));
                rows += &format!("1,Ash,2024,{id},School {id},{group},{grade},{}\n", sum([Some(s), g, a]));
            }
        }
    }
    let made = made(&rows);
    let mut project: Project = made.open("1");
    let out = temporary_folder();
    project.out = out.path().join("pack");
    let session = Session::read_with(&project, std::sync::Arc::new(Silent)).unwrap();
    let formats: Formats = [Format::Html].into_iter().collect();
    session.build("1", &project.out, &formats).unwrap();
    let mut cells = cells_of(&project.out, "measures.csv");
    cells.extend(cells_of(&project.out, "schools.csv"));
    assert!(
        cells.values().any(Option::is_none) && cells.values().filter(|value| value.is_some()).count() > 12
    );
    let place = |school: &str, group: &str, grade: &str| [school, group, grade].map(str::to_owned);
    let mut sums = Vec::new();
    for group in groups.iter().chain(&["all"]) {
        for grade in grades.iter().chain(&["all"]) {
            let parts = schools.iter().map(|school| place(school, group, grade)).collect();
            sums.push((parts, place("", group, grade)));
        }
    }
    for school in schools.iter().chain(&[""]) {
        for grade in grades.iter().chain(&["all"]) {
            let parts = groups.iter().map(|group| place(school, group, grade)).collect();
            sums.push((parts, place(school, "all", grade)));
        }
        for group in groups.iter().chain(&["all"]) {
            let parts = grades.iter().map(|grade| place(school, group, grade)).collect();
            sums.push((parts, place(school, group, "all")));
        }
    }
    let withheld: Vec<[String; 3]> =
        cells.iter().filter(|(_, value)| value.is_none()).map(|(place, _)| place.clone()).collect();
    let found = subtract(&mut cells, &sums);
    let told: Vec<&[String; 3]> = found.iter().filter(|place| withheld.contains(place)).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn the_sample_shows_its_schools_and_names_none_in_a_sentence() {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = Session::read(&project).unwrap();
    let district = session.district("104018").unwrap();
    let schools = &district.comparisons.schools;
    let types: Vec<&str> =
        schools.iter().filter_map(|school| Some(school.of_type.as_ref()?.id.as_str())).collect();
    assert_eq!(types, ["elementary", "elementary", "elementary", "middle", "middle", "high"]);
    assert_eq!(schools[4].school.first_year, 2019);
    let exhibits = &district.exhibits().value;
    let learning = exhibits.iter().find(|exhibit| exhibit.id == "proficiency-by-school").unwrap();
    // Schools are rows, by their whole names, in the chart as in its table, so that cells of a workbook are shaded too.
    let Figure::Heat(heat) = &learning.figure else { panic!("{:?}", learning.figure) };
    assert_eq!(heat.columns, ["Reading", "Mathematics"]);
    assert_eq!(learning.table.columns[1..], heat.columns);
    for (drawn, row) in heat.rows.iter().zip(&learning.table.rows) {
        assert_eq!(drawn.label, row[0].text());
    }
    assert!(heat.rows.iter().any(|row| row.label == "Larkspur Middle School"), "{:?}", heat.rows);
    assert!(learning.finding.starts_with("Reading proficiency: from "), "{}", learning.finding);
    for id in
        ["enrollment-by-school", "students-by-school", "proficiency-by-school", "reading-of-schools-by-year"]
    {
        let exhibit = exhibits.iter().find(|exhibit| exhibit.id == id);
        let exhibit = exhibit.unwrap_or_else(|| panic!("there is no {id}"));
        for school in schools {
            let name = &school.school.short_name;
            assert!(!exhibit.finding.contains(name.as_str()), "{id}: {}", exhibit.finding);
        }
    }
    // Schools of the sample are public and add up, so they change nothing of the district.
    let numbers: f64 =
        schools.iter().filter_map(|school| school.get(&key("enrollment"))?.latest()?.value).sum();
    let own = district.comparisons.get(&key("enrollment")).and_then(|one| one.latest()?.value);
    assert_eq!(Some(numbers), own);
}

#[test]
fn a_closed_school_is_not_counted_in_the_latest_year() {
    let mut rows = String::new();
    for year in 2020..=2024 {
        for (id, school) in [(11, "North"), (12, "South"), (13, "East")] {
            rows += &format!("1,Ash,{year},{id},{school} School,all,all,{}\n", 300 + year % 7);
        }
        if year < 2022 {
            rows += &format!("1,Ash,{year},14,West School,all,all,200\n");
        }
    }
    let made = public(&rows);
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let exhibits = &district.exhibits().value;
    for id in ["enrollment-by-school", "students-by-school"] {
        let Some(exhibit) = exhibits.iter().find(|exhibit| exhibit.id == id) else { continue };
        let said = format!("{} {}", exhibit.finding, exhibit.sub_line);
        assert!(said.contains("3 schools in 2023-24"), "{id}: {said}");
        let table = format!("{:?}", exhibit.table);
        assert!(table.contains("North School") && !table.contains("West School"), "{id}: {table}");
        assert!(exhibit.note.contains("1 school has closed or changed its id"), "{id}: {}", exhibit.note);
    }
    assert!(exhibits.iter().any(|exhibit| exhibit.id == "enrollment-by-school"));
}

#[test]
fn a_school_that_is_listed_with_no_students_and_nothing_else_is_closed() {
    let rows = "1,Ash,2023,11,North,all,all,100\n1,Ash,2023,12,Clark,all,all,50\n\
                1,Ash,2024,11,North,all,all,100\n1,Ash,2024,11,North,white,all,0\n\
                1,Ash,2024,12,Clark,all,all,0\n1,Ash,2024,12,Clark,white,all,0\n\
                1,Ash,2024,13,East,all,all,0\n1,Ash,2024,13,East,white,all,3\n";
    let read = public(rows).read();
    assert_eq!(of_school(&read, "12", 2023, "enrollment"), Some(50.0));
    assert_eq!(of_school(&read, "12", 2024, "enrollment"), None);
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
    // The note names the school, its id, the years, and the rows, and says what to do.
    let note = read.problem("school-closed");
    assert_eq!(note.found, "the school \"Clark\" (id 12) has 0 students and no number above 0 in 2023-24");
    assert!(note.done.contains("2 rows") && note.hint.contains("crosswalk"), "{note:?}");
    // What is wrong, or only of one group, stays.
    assert_eq!(of_school(&read, "13", 2024, "enrollment"), Some(0.0));
}

#[test]
fn each_closed_school_of_the_district_is_named_and_those_of_others_are_counted() {
    let mut rows = String::new();
    for year in 2020..=2024 {
        rows += &format!("1,Ash,{year},11,North,all,all,100\n");
        for (school, name) in [(12, "Clark"), (13, "East")] {
            let students = if year == 2020 || year == 2022 { 50 } else { 0 };
            rows += &format!("1,Ash,{year},{school},{name},all,all,{students}\n");
        }
        for school in 21..24 {
            let students = if year == 2020 { 50 } else { 0 };
            rows += &format!("2,Birch,{year},{school},School {school},all,all,{students}\n");
        }
    }
    let read = public(&rows).read();
    let closed: Vec<_> =
        read.data.diagnostics.iter().filter(|problem| problem.id == "school-closed").collect();
    assert_eq!(closed.len(), 3, "{closed:?}");
    for name in ["Clark", "East"] {
        let own = closed.iter().find(|problem| problem.found.contains(name)).unwrap();
        assert!(own.found.ends_with("in 2020-21 and 2022-23 to 2023-24"), "{own:?}");
    }
    assert_eq!(closed.iter().map(|problem| problem.count).max(), Some(3));
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
}

#[test]
fn a_school_that_stays_is_a_part_of_its_merger() {
    let rows = "1,Ash,2022,11,North,all,all,90\n1,Ash,2022,12,South,all,all,60\n\
                1,Ash,2023,11,North,all,all,95\n1,Ash,2023,12,South,all,all,65\n\
                1,Ash,2024,12,South,all,all,150\n1,Ash,2024,13,East,all,all,40\n";
    let made = public(rows).also("[schools]\ncrosswalk = \"merged.csv\"\n");
    std::fs::write(made.path().join("merged.csv"), "from_id,to_id,school_year,note\n11,12,2024,\n").unwrap();
    let read = made.read();
    assert_eq!(of_school(&read, "12", 2022, "enrollment"), Some(150.0));
    assert_eq!(of_school(&read, "12", 2023, "enrollment"), Some(160.0));
    assert_eq!(of_school(&read, "12", 2024, "enrollment"), Some(150.0));
    assert!(read.problem("crosswalk-stays").found.contains("12"));
    assert!(!read.ids().contains(&"past-not-joined"));
    let school = read.data.released.terms().schools.iter().find(|school| school.name == "South").unwrap();
    assert_eq!(school.breaks[0].year, 2024);
    // An id that changes in a year in which both are published is not a merger.
    let rows = "1,Ash,2022,11,North,all,all,90\n1,Ash,2023,11,North,all,all,95\n\
                1,Ash,2023,12,North,all,all,95\n1,Ash,2024,12,North,all,all,150\n";
    let made = public(rows).also("[schools]\ncrosswalk = \"merged.csv\"\n");
    std::fs::write(made.path().join("merged.csv"), "from_id,to_id,school_year,note\n11,12,2024,\n").unwrap();
    let read = made.read();
    assert_eq!(of_school(&read, "12", 2022, "enrollment"), Some(90.0));
    assert!(!read.ids().contains(&"crosswalk-stays"));
}

#[test]
fn schools_that_may_be_one_are_named_and_never_joined() {
    let by_name = LAYOUT
        .replace(r#"school = ["School ID", "School"]"#, r#"school = ["School"]"#)
        .replace("public = false", "public = true");
    let read_names = |rows: &str| {
        let table = format!("ID,District,Year,School,Group,Grade,Students\n{rows}");
        Made::new().layout("names.toml", &by_name).write("names.csv", table.as_bytes(), "names.toml").read()
    };
    // One name ends where the other begins.
    let read = read_names(
        "1,Ash,2022,Baker Elem.,all,all,90\n1,Ash,2023,Baker Elementary,all,all,95\n\
         1,Ash,2022,Ford Middle,all,all,50\n1,Ash,2023,Ford Middle,all,all,55\n",
    );
    let problem = read.problem("school-may-continue");
    assert!(
        problem.found.contains("Baker Elem.") && problem.found.contains("Baker Elementary"),
        "{problem:?}"
    );
    assert!(problem.hint.contains("Baker Elem.,Baker Elementary,2022-23,"), "{problem:?}");
    assert_eq!(of_school(&read, "Baker Elementary", 2022, "enrollment"), None);
    // Both in one year.
    let read = read_names(
        "1,Ash,2022,Baker Elem.,all,all,90\n1,Ash,2023,Baker Elementary School,all,all,95\n\
         1,Ash,2024,Baker Elem.,all,all,91\n",
    );
    assert!(read.problem("school-names-alike").found.contains("Baker Elementary School"));
    // Another id with the same name.
    let rows = "1,Ash,2022,002,Baker Elementary,all,all,90\n1,Ash,2023,022,Baker Elementary,all,all,95\n\
                1,Ash,2022,003,Ford Middle,all,all,50\n1,Ash,2023,003,Ford Middle,all,all,55\n";
    let read = public(rows).read();
    assert!(read.problem("school-may-continue").hint.contains("002,022,2022-23,"));
    // The crosswalk answers the question.
    let made = public(rows).also("[schools]\ncrosswalk = \"new.csv\"\n");
    std::fs::write(made.path().join("new.csv"), "from_id,to_id,school_year,note\n002,022,2022-23,\n")
        .unwrap();
    let read = made.read();
    assert!(!read.ids().contains(&"school-may-continue"));
    assert_eq!(of_school(&read, "22", 2022, "enrollment"), Some(90.0));
    // Two spellings with one id in one file and year.
    let rows = "1,Ash,2024,011,Baker El.,all,all,100\n1,Ash,2024,011,Baker Elementary,all,all,20\n";
    let read = public(rows).read();
    assert!(read.problem("school-spelled-twice").found.contains("Baker El."));
}

/// Our two elementary schools with 30% of low-income students, and schools of another district: twelve elementary schools of which
/// two have 80%, one that is too large, and a middle school.
fn state_of_schools() -> String {
    let mut rows = String::new();
    let mut add = |district: &str, id: usize, name: &str, students: usize, share: usize| {
        rows += &format!("{district},2024,{id},{name},all,all,{students}\n");
        rows += &format!("{district},2024,{id},{name},low-income,all,{}\n", students * share / 100);
    };
    add("1,Ash", 11, "North Elementary", 300, 30);
    add("1,Ash", 12, "South Elementary", 310, 30);
    for place in 0..12 {
        let share = if place < 10 { 30 } else { 80 };
        add("2,Birch", 100 + place, &format!("Birch {place} Elementary"), 200 + 20 * place, share);
    }
    add("2,Birch", 150, "Large Elementary", 1_000, 30);
    add("2,Birch", 151, "Birch Middle School", 280, 30);
    rows + "2,Birch,2023,100,Old Name Elementary,all,all,190\n"
}

#[test]
fn schools_are_compared_with_like_schools_of_the_state_if_that_is_asked_for() {
    let rows = state_of_schools();
    let made = public(&rows).also("[schools]\nstate = true\n");
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let schools = &district.comparisons.schools;
    assert_eq!(schools.len(), 2);
    let similar = schools[0].similar.as_ref().unwrap();
    assert_eq!((similar.schools, similar.groups.as_slice()), (10, &["low-income".to_owned()][..]));
    let year = retreat::domain::SchoolYear::ending(2024).unwrap();
    // Of 200, 220, … 380 students.
    assert_eq!(similar.median(&key("enrollment"), year), Some(290.0));
    // What is odd about schools of other districts is not told.
    assert!(!session.data.diagnostics.iter().any(|problem| problem.id == "school-names-differ"));
    let shown = std::fs::read_to_string({
        let out = made.path().join("out");
        session.build("1", &out, &[Format::Schools].into_iter().collect()).unwrap();
        out.join("print/schools.html")
    });
    let shown = shown.unwrap();
    assert!(shown.contains("Median of similar schools in the state") && shown.contains(">290<"));
    assert!(shown.contains("10 schools in other districts are similar: elementary schools"));
    assert!(!shown.contains("Birch"));
    // Without it, nothing of other districts' schools is kept.
    let read = public(&rows).read();
    assert_eq!(read.data.released.terms().schools.len(), 2);
}
