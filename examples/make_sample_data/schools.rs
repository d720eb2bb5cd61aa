//! `schools.xlsx`: one row per school and year, for two districts; the schools of each add up to it.

use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Cell, Page, Styles, not_reported, text, workbook};
use crate::plan::{MAIN, UNREMARKABLE};
use crate::results::{CANCELLED, grade_result};
use crate::roster::{DISTRICTS, District, YEARS, school_year};
use crate::staff::attendance;
use crate::students::{Membership, membership, split};

/// A school.
struct School {
    district: u32,
    id: u32,
    name: &'static str,
    /// The first and last grade, 0 being kindergarten.
    grades: [usize; 2],
    /// Its share of the students of its grades.
    share: f64,
    /// The first year in which it is open.
    opened: usize,
    /// How much more of its students meet the standard in reading in the last year than in the first.
    reading: f64,
    /// The same for chronic absence.
    absence: f64,
}

const fn school(district: u32, id: u32, name: &'static str, grades: [usize; 2], share: f64) -> School {
    School { district, id, name, grades, share, opened: 0, reading: 0.0, absence: 0.0 }
}

/// The ids of the schools of both districts begin with 101.
const SCHOOLS: [School; 8] = [
    School { reading: 0.45, ..school(MAIN, 101, "Meadowlark Elementary School", [0, 5], 0.37) },
    school(MAIN, 102, "Heron Creek Elementary School", [0, 5], 0.33),
    School { absence: 0.9, ..school(MAIN, 103, "Prairie View Elementary School", [0, 5], 0.30) },
    school(MAIN, 201, "Larkspur Middle School", [6, 8], 0.55),
    School { opened: 3, ..school(MAIN, 202, "Willow Creek Middle School", [6, 8], 0.45) },
    school(MAIN, 301, "Larkspur Valley High School", [9, 12], 1.0),
    school(UNREMARKABLE, 101, "Cedar Hollow Elementary School", [0, 5], 1.0),
    school(UNREMARKABLE, 102, "Cedar Hollow Junior and Senior High School", [6, 12], 1.0),
];

/// The year in which one school has another name.
const OTHER_NAME: (u32, usize, &str) = (102, 4, "Heron Crk. Elem.");
/// The year in which ids are numbers, so that they have lost their zeros.
const NUMBERS: usize = 6;
/// The year with a row that names no school.
const NAMELESS: usize = 2;

/// The figures of a school in a year.
#[derive(Clone, Copy, Default)]
struct Figures {
    students: u32,
    absent: u32,
    /// Tested, and met the standard, in reading and in mathematics.
    tested: [[u32; 2]; 2],
}

/// Writes the workbook.
pub(crate) fn write(folder: &Path) -> Result<(), XlsxError> {
    let mut book = workbook("Schools")?;
    let styles = Styles::new();
    sheet(&mut book, &styles)?;
    book.save(folder.join("schools.xlsx"))
}

fn sheet(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Marlowe Department of Education — Schools";
    let mut page = Page::new(book, styles, "Schools", title, "One row a school and year. Fictional data.")?;
    let names =
        ["District ID", "District name", "School year", "School ID", "School name", "Grades", "Students"];
    let counts = ["Absence: students", "Absence: chronically absent"];
    let results = [
        "Reading: tested",
        "Reading: met the standard",
        "Mathematics: tested",
        "Mathematics: met the standard",
    ];
    page.header(&names.iter().chain(&counts).chain(&results).map(|name| text(*name)).collect::<Vec<_>>())?;
    for year in (0..YEARS).rev() {
        for district in DISTRICTS.iter().filter(|district| [MAIN, UNREMARKABLE].contains(&district.id)) {
            let all = figures(district, year);
            for (school, own) in &all {
                page.row(&row(district, school, *own, year))?;
            }
            if district.id == MAIN && year + 1 == YEARS {
                page.row(&total_row(district, &all))?;
            }
        }
        if year == NAMELESS {
            page.row(&nameless_row(year))?;
        }
    }
    page.footnotes(&["NR: not reported (2019-20)"])
}

/// The figures of each school that is open.
fn figures(district: &District, year: usize) -> Vec<(&'static School, Figures)> {
    let students = membership(district, year);
    let open = SCHOOLS.iter().filter(|school| school.district == district.id && school.opened <= year);
    let mut all: Vec<(&School, Figures)> = open.map(|school| (school, Figures::default())).collect();
    for grade in 0..13 {
        add_grade(district, &students, year, grade, &mut all);
    }
    let progress = year as f64 / (YEARS - 1) as f64;
    let weights = weights(&all, |school, own| f64::from(own.students) * (1.0 + school.absence * progress));
    let attendance = attendance(district, &students, year);
    let percent = attendance.chronic.and_then(|groups| Some(groups.first()?.0)).unwrap_or_default();
    let absent = (percent * f64::from(students.total()) / 100.0).round() as u32;
    for ((_, own), absent) in all.iter_mut().zip(split(absent, &weights)) {
        own.absent = absent;
    }
    all
}

/// Adds a grade's students and results to the schools that teach it.
fn add_grade(
    district: &District,
    students: &Membership,
    year: usize,
    grade: usize,
    all: &mut [(&School, Figures)],
) {
    let teaches = |school: &School| (school.grades[0]..=school.grades[1]).contains(&grade);
    let shares = weights(all, |school, _| if teaches(school) { school.share } else { 0.0 });
    for ((_, own), count) in all.iter_mut().zip(split(students.grades[grade], &shares)) {
        own.students += count;
    }
    if !(3..=8).contains(&grade) || year == CANCELLED {
        return;
    }
    let progress = year as f64 / (YEARS - 1) as f64;
    for subject in 0..2 {
        let result = grade_result(district, students, year, grade, subject);
        let better = |school: &School| if subject == 0 { 1.0 + school.reading * progress } else { 1.0 };
        let met = weights(all, |school, _| if teaches(school) { school.share * better(school) } else { 0.0 });
        let tested = split(result.students, &shares);
        let met = split(result.proficient, &met);
        for ((_, own), (tested, met)) in all.iter_mut().zip(tested.into_iter().zip(met)) {
            own.tested[subject][0] += tested;
            own.tested[subject][1] += met.min(tested);
        }
    }
}

/// A weight for each school, 0 beyond the last.
fn weights(all: &[(&School, Figures)], weight: impl Fn(&School, &Figures) -> f64) -> [f64; 6] {
    let mut weights = [0.0; 6];
    for (own, (school, figures)) in weights.iter_mut().zip(all) {
        *own = weight(school, figures);
    }
    weights
}

fn row(district: &District, school: &School, own: Figures, year: usize) -> Vec<Cell> {
    let id =
        if year == NUMBERS { Cell::Number(f64::from(school.id)) } else { text(format!("{:04}", school.id)) };
    let has_other_name = (school.id, year) == (OTHER_NAME.0, OTHER_NAME.1) && district.id == MAIN;
    let mut cells = vec![text(district.id.to_string()), text(district.name), text(school_year(year)), id];
    cells.push(text(if has_other_name { OTHER_NAME.2 } else { school.name }));
    let grade = |grade: usize| if grade == 0 { "KG".to_owned() } else { format!("{grade:02}") };
    cells.push(text(format!("{}-{}", grade(school.grades[0]), grade(school.grades[1]))));
    cells.push(Cell::Count(f64::from(own.students)));
    cells.extend(numbers(own, year, school.grades[0] <= 8));
    cells
}

/// What follows the number of students.
fn numbers(own: Figures, year: usize, is_tested: bool) -> Vec<Cell> {
    let count = |count: u32| Cell::Count(f64::from(count));
    let mut cells = match year {
        4 => vec![not_reported(), not_reported()],
        _ => vec![count(own.students), count(own.absent)],
    };
    for [tested, met] in own.tested {
        let has_results = is_tested && year != CANCELLED;
        cells.extend(if has_results { [count(tested), count(met)] } else { [Cell::Blank, Cell::Blank] });
    }
    cells
}

fn total_row(district: &District, all: &[(&School, Figures)]) -> Vec<Cell> {
    let students: u32 = all.iter().map(|(_, own)| own.students).sum();
    let mut cells = vec![text(district.id.to_string()), text(district.name), text(school_year(YEARS - 1))];
    cells.extend([Cell::Blank, text("Total"), Cell::Blank, Cell::Count(f64::from(students))]);
    cells
}

/// Somebody left a row without a school.
fn nameless_row(year: usize) -> Vec<Cell> {
    let district = [text(MAIN.to_string()), Cell::Blank, text(school_year(year))];
    district.into_iter().chain([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Count(14.0)]).collect()
}
