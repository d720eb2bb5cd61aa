//! `assessment.xlsx`: tests by grade (wide), by student group (long), and the end of high school.

use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Cell, Page, Styles, masked, text, workbook};
use crate::results::{CANCELLED, SUBJECTS, Tested, grade_result, group_results, is_tested, leaving};
use crate::roster::{DISTRICTS, District, YEARS, school_year};
use crate::students::{Membership, hidden, membership};

/// Writes the workbook.
pub(crate) fn write(folder: &Path) -> Result<(), XlsxError> {
    let mut book = workbook("Assessment results")?;
    let styles = Styles::new();
    read_me(&mut book, &styles)?;
    by_grade(&mut book, &styles)?;
    by_group(&mut book, &styles)?;
    high_school(&mut book, &styles)?;
    book.save(folder.join("assessment.xlsx"))
}

fn read_me(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let note = "The State of Marlowe does not exist; neither do its districts and its tests.";
    let mut page = Page::new(book, styles, "Read me", "About these tables", note)?;
    page.footnotes(&[
        "Tests of the Marlowe Assessment of Progress are taken in April by students in grades 3 to 8.",
        "Science is tested in grades 5 and 8 only.",
        "No tests were given in 2019-20. In 2020-21 about one student in ten was not tested.",
        "* fewer than 10 students tested, or hidden so that a smaller number cannot be worked out.",
        "<5% and >95%: the exact percent is not published.",
        "Percents were typed as text until 2017-18 and are numbers since.",
    ])
}

/// School years with tests, newest first.
fn tested_years() -> impl Iterator<Item = usize> {
    (0..YEARS).rev().filter(|year| *year != CANCELLED)
}

/// A percent as it is published in a year.
fn percent(value: f64, year: usize) -> Cell {
    match value {
        low if low < 5.0 => text("<5%"),
        high if high > 95.0 => text(">95%"),
        between if year < 3 => text(format!("{between:.1}%")),
        between => Cell::Number(between),
    }
}

/// Students tested and percent proficient.
fn result(tested: Tested, year: usize, hide: bool) -> [Cell; 2] {
    if hide || tested.students < 10 {
        return [masked(), masked()];
    }
    [Cell::Count(f64::from(tested.students)), percent(tested.percent(), year)]
}

fn by_grade(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Marlowe Assessment of Progress — grades 3 to 8";
    let mut page = Page::new(book, styles, "Grades 3-8", title, "See the sheet Read me.")?;
    let mut names = ["District ID", "District name", "School year"].map(text).to_vec();
    let columns: Vec<(usize, usize)> = (3..=8)
        .flat_map(|grade| (0..3).map(move |s| (grade, s)))
        .filter(|(g, s)| is_tested(*g, *s))
        .collect();
    for (grade, subject) in &columns {
        let subject = SUBJECTS[*subject];
        names.push(text(format!("Grade {grade} {subject} tested")));
        names.push(text(format!("Grade {grade} {subject} % proficient")));
    }
    page.header(&names)?;
    for year in tested_years() {
        for district in DISTRICTS.iter().filter(|d| d.kind.teaches(8)) {
            let students = membership(district, year);
            let results: Vec<Tested> =
                columns.iter().map(|(g, s)| grade_result(district, &students, year, *g, *s)).collect();
            let hide = hidden_grades(&columns, &results);
            let mut cells = opening(district, year);
            for (tested, hide) in results.into_iter().zip(hide) {
                cells.extend(result(tested, year, hide));
            }
            page.row(&cells)?;
        }
    }
    page.footnotes(&["* fewer than 10 students tested, or hidden to protect a smaller grade"])
}

/// Which grades' results are hidden in each subject; the result of all grades is published elsewhere.
fn hidden_grades(columns: &[(usize, usize)], results: &[Tested]) -> Vec<bool> {
    let mut hide = vec![false; columns.len()];
    for subject in 0..SUBJECTS.len() {
        let places: Vec<usize> = (0..columns.len()).filter(|i| columns[*i].1 == subject).collect();
        let students: Vec<u32> = places.iter().map(|i| results[*i].students).collect();
        places.iter().zip(hidden(&students)).for_each(|(place, hidden)| hide[*place] = hidden);
    }
    hide
}

fn opening(district: &District, year: usize) -> Vec<Cell> {
    vec![text(district.id.to_string()), text(district.name), text(school_year(year))]
}

fn by_group(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Marlowe Assessment of Progress — student groups, grades 3 to 8 together";
    let mut page =
        Page::new(book, styles, "By group", title, "One row for each student group. See Read me.")?;
    let mut names = ["Dist. No.", "District", "School year", "Student group"].map(text).to_vec();
    for subject in SUBJECTS {
        names.extend([text(format!("{subject} tested")), text(format!("{subject} % proficient"))]);
    }
    page.header(&names)?;
    for year in tested_years() {
        for district in DISTRICTS.iter().filter(|d| d.kind.teaches(8)) {
            let students = membership(district, year);
            group_rows(district, &students, year).iter().try_for_each(|row| page.row(row))?;
        }
    }
    page.footnotes(&["* fewer than 10 students tested, or hidden to protect a smaller group"])
}

fn group_rows(district: &District, students: &Membership, year: usize) -> Vec<Vec<Cell>> {
    let [reading, mathematics, science] = [0, 1, 2].map(|s| group_results(district, students, year, s));
    let hide = [hidden_groups(&reading), hidden_groups(&mathematics), hidden_groups(&science)];
    let rows = reading.iter().zip(&mathematics).zip(&science).enumerate();
    rows.filter(|(_, ((one, _), _))| one.1.students > 0)
        .map(|(index, (((name, reading), (_, mathematics)), (_, science)))| {
            let mut cells = opening(district, year);
            cells.push(text(*name));
            for (tested, hide) in [reading, mathematics, science].into_iter().zip(&hide) {
                cells.extend(result(*tested, year, hide[index]));
            }
            cells
        })
        .collect()
}

/// Which groups' results are hidden: never those of all students; for races and genders, enough that none can
/// be worked out.
fn hidden_groups(results: &[(&str, Tested)]) -> Vec<bool> {
    let students: Vec<u32> = results.iter().map(|(_, tested)| tested.students).collect();
    let mut hide = vec![false];
    hide.extend(hidden(&students[1..8]));
    hide.extend(hidden(&students[8..10]));
    hide.extend(students[10..].iter().map(|n| *n < 10));
    hide
}

fn high_school(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Graduation, SAT and Advanced Placement";
    let note =
        "Graduation within four years. AP: students in grades 11 and 12 enrolled in at least one course.";
    let mut page = Page::new(book, styles, "High school", title, note)?;
    page.header(
        &[
            "District ID",
            "District name",
            "School year",
            "Students in class",
            "Graduation rate",
            "SAT mean score",
            "SAT participation",
            "AP participation",
        ]
        .map(text),
    )?;
    for year in (0..YEARS).rev() {
        for district in &DISTRICTS {
            let Some(leaving) = leaving(district, &membership(district, year), year) else { continue };
            let mut cells = opening(district, year);
            // In a small class, everybody knows the few who did not graduate.
            let rate = match leaving.graduated {
                high if high > 95.0 && leaving.class < 60 => text(">95%"),
                rate => text(format!("{rate:.1}%")),
            };
            cells.extend([Cell::Count(f64::from(leaving.class)), rate, Cell::Number(leaving.sat)]);
            let taken = if leaving.sat_taken > 95.0 { text(">95%") } else { Cell::Number(leaving.sat_taken) };
            cells.extend([taken, Cell::Number(leaving.ap)]);
            page.row(&cells)?;
        }
    }
    page.footnotes(&["All SAT scores are means of the total score (400 to 1600)."])
}
