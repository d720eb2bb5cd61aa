//! `build --schools`: a page for each school of the district.

use std::path::Path;
use std::process::Command;

use regex::Regex;
use retreat::domain::Format;
use retreat::pack::Formats;
use retreat::project::Project;
use retreat::run::{Built, Session};

use crate::paper::{escaped, unbalanced};
use crate::project::{Made, root, temporary_folder};
use crate::schools;

/// The columns of chronic absenteeism, next to those of the enrollment.
const ABSENT: &str = r#"
[[column]]
name = ["Absent"]
measure = "chronic-absenteeism-rate"
stat = "numerator"

[[column]]
name = ["Counted"]
measure = "chronic-absenteeism-rate"
stat = "denominator"
"#;

/// A table of schools without groups and grades.
fn layout() -> String {
    let (head, parts) = schools::LAYOUT.split_once("[[part]]").unwrap();
    let (_, students) = parts.split_once("[[column]]").unwrap();
    format!("{head}[[column]]{students}{ABSENT}")
}

/// A project with these rows: school id, school, year, students, absent.
fn made(rows: &str) -> Made {
    let mut table = "ID,District,Year,School ID,School,Students,Absent,Counted\n".to_owned();
    for row in rows.lines() {
        let cells: Vec<&str> = row.rsplitn(4, ',').collect();
        let [absent, students, year, school] = cells[..] else { panic!("{row}") };
        table.push_str(&format!("1,Ash,{year},{school},{students},{absent},{students}\n"));
    }
    Made::new().layout("schools.toml", &layout()).write("schools.csv", table.as_bytes(), "schools.toml")
}

fn build(project: &Project, district: &str, out: &Path) -> Built {
    let formats: Formats = [Format::Schools].into_iter().collect();
    Session::read(project).unwrap().build(district, out, &formats).unwrap()
}

/// The pages of a project's schools, without their fonts.
fn pages_of(project: &Project, district: &str) -> Vec<String> {
    let folder = temporary_folder();
    let out = folder.path().join("out");
    build(project, district, &out);
    let html = std::fs::read_to_string(out.join("print/schools.html")).unwrap();
    assert_eq!(unbalanced(&html), Vec::<String>::new());
    let body = html.split("<main>").nth(1).unwrap();
    body.split("<section").skip(1).map(str::to_owned).collect()
}

/// The texts of a page's table by row, the headings first.
fn rows(page: &str) -> Vec<Vec<String>> {
    let cell = Regex::new(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>").unwrap();
    let rows = page.split("<tr").skip(1);
    rows.map(|row| cell.captures_iter(row).map(|found| found[1].to_owned()).collect()).collect()
}

#[test]
fn each_school_of_the_sample_has_a_page() {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let pages = pages_of(&project, "104018");
    let names = [
        "Heron Creek Elementary School",
        "Meadowlark Elementary School",
        "Prairie View Elementary School",
        "Larkspur Middle School",
        "Willow Creek Middle School",
        "Larkspur Valley High School",
    ];
    assert_eq!(pages.len(), names.len());
    for (page, name) in pages.iter().zip(names) {
        assert!(page.contains(&format!("<h1>{name}</h1>")), "{name}: {page}");
        for word in ["worst", "lowest", "highest", "rank", "best"] {
            assert!(!page.to_lowercase().contains(word), "{name}: {word}");
        }
        assert!(page.contains("<svg") && page.contains("aria-label=\"Line chart of "), "{name}");
        assert!(page.contains("Marlowe Department of Education"), "{name} has no source");
    }
    // Whoever draws mathematics draws reading too.
    assert!(pages[1].contains("Proficiency: Reading. From "), "{}", pages[1]);
    assert!(pages[1].contains("Elementary school · grades kindergarten–5 · room for 400 students"));
    let table = rows(&pages[1]);
    assert_eq!(table[0].last().unwrap(), "Median of our other elementary schools");
    // The file has 313 students here, and 279 and 255 in the other elementary schools.
    assert_eq!(table[1][..3], ["Enrollment", "2024-25", "313"]);
    assert_eq!(table[1][5], "267");
    assert!(table[2][0].starts_with("Chronic absenteeism") && table[2][0].ends_with("(lower is better)"));
    // 73 of 313 students.
    assert_eq!(table[2][2], "23.3%");
    // Two middle schools and one high school have too few of their type to be compared with.
    for page in &pages[3..] {
        assert_eq!(rows(page)[0].last().unwrap(), "District");
        assert!(page.contains("this school is not compared with them"));
    }
}

#[test]
fn pages_are_written_only_if_asked_for_and_alone_if_nothing_else_is() {
    assert!(!Formats::all().has(Format::Schools));
    let made = made("11,North,2024,100,20\n12,South,2024,200,30\n");
    made.open("1");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
        command.arg("build").arg(made.path()).args(arguments).output().unwrap().status.code()
    };
    let print = made.path().join("out/print");
    assert_eq!(run(&["--format", "svg"]), Some(0));
    assert!(!print.exists());
    assert_eq!(run(&["--format", "svg", "--schools"]), Some(0));
    let files: Vec<_> = std::fs::read_dir(&print).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["schools.html"]);
}

#[test]
fn a_district_with_one_school_is_told_that_there_are_no_pages() {
    let made = made("11,North,2024,100,20\n");
    let folder = temporary_folder();
    let built = build(&made.open("1"), "1", &folder.path().join("out"));
    assert!(built.of_this_pack.iter().any(|problem| problem.id == "school-pages-missing"));
    assert!(!folder.path().join("out/print/schools.html").exists());
}

#[test]
fn what_is_withheld_stays_withheld_and_a_closed_school_has_no_page() {
    let made = made(
        "11,North,2023,100,20\n12,South,2023,200,30\n13,East,2023,90,12\n11,North,2024,100,4\n12,South,2024,200,90\n",
    );
    let pages = pages_of(&made.open("1"), "1");
    assert_eq!(pages.len(), 2);
    let north = rows(&pages[0]);
    assert!(pages[0].contains("<h1>North</h1>"));
    let rate = north.iter().find(|row| row[0].starts_with("Chronic")).unwrap();
    assert_eq!(rate[2], "withheld (too few students)");
    assert!(pages[0].contains("withheld to protect students") && !pages[0].contains("4.0%"));
}

#[test]
fn thirty_schools_with_long_names_have_thirty_pages() {
    let mut rows = String::new();
    for school in 0..30 {
        let name = format!(
            "</style><b>{school} Doctor Wilhelmina Featherstonehaugh & Sons Memorial Elementary School"
        );
        for year in 2015..=2024 {
            let students = 300 + 7 * school + (year - 2015);
            rows.push_str(&format!("{},{name},{year},{students},{}\n", 100 + school, students / 5));
        }
    }
    let made = made(&rows);
    let pages = pages_of(&made.open("1"), "1");
    assert_eq!(pages.len(), 30);
    assert!(pages[0].contains(&escaped("Featherstonehaugh & Sons")) && !pages[0].contains("<b>0 Doctor"));
}
