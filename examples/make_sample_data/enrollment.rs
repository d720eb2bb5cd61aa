//! `enrollment.xlsx`: one sheet per year, a two-row header, a state total and footnotes below.

use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Cell, Page, Styles, masked, not_applicable, text, with_commas, workbook};
use crate::plan::{ABSENT, LETTER_O};
use crate::roster::{DISTRICTS, District, YEARS, school_year};
use crate::students::{Membership, RACES, hidden, membership};

/// Writes the workbook.
pub(crate) fn write(folder: &Path) -> Result<(), XlsxError> {
    let mut book = workbook("Fall membership")?;
    let styles = Styles::new();
    // The newest year comes first, as people keep such workbooks.
    for year in (0..YEARS).rev() {
        sheet(&mut book, &styles, year)?;
    }
    book.save(folder.join("enrollment.xlsx"))
}

fn sheet(book: &mut Workbook, styles: &Styles, year: usize) -> Result<(), XlsxError> {
    let name = school_year(year);
    let title = format!("Marlowe Department of Education — Fall membership {name}");
    let note = "Students on the first school day of October. Fictional data.";
    let mut page = Page::new(book, styles, &name, &title, note)?;
    page.upper_header(&[
        ("Students by grade", 5, 17),
        ("Students by race and ethnicity", 18, 24),
        ("Students by gender", 25, 26),
        ("Programs", 27, 29),
    ])?;
    page.header(&header(year))?;
    let mut totals = Totals::default();
    for district in DISTRICTS.iter().filter(|d| (d.id, year) != ABSENT) {
        let students = membership(district, year);
        totals.add(&students);
        page.row(&row(district, &students, year))?;
    }
    page.row(&totals.row())?;
    page.footnotes(&[
        "* fewer than 10 students, or hidden so that a smaller number cannot be worked out",
        "– grade not taught by the district",
    ])
}

fn header(year: usize) -> Vec<Cell> {
    let mut names: Vec<Cell> =
        ["District ID", "District name", "County", "District type", "Enrollment", "K"].map(text).to_vec();
    names.extend((1..=12).map(|grade| Cell::Number(f64::from(grade))));
    names.extend(RACES.map(text));
    // The department changed its word in 2018-19.
    let low_income = if year < 3 { "Economically disadvantaged" } else { "Low income" };
    names.extend(["Female", "Male", low_income, "English learners", "Students with disabilities"].map(text));
    names
}

fn row(district: &District, students: &Membership, year: usize) -> Vec<Cell> {
    let mut cells = vec![id_cell(district, year), text(district.name), text(district.county())];
    cells.push(text(district.kind.label()));
    cells.push(total_cell(students.total(), year));
    for (grade, (count, hide)) in students.grades.iter().zip(hidden(&students.grades)).enumerate() {
        cells.push(match () {
            () if !district.kind.teaches(grade) => not_applicable(),
            () if (district.id, year, grade) == LETTER_O => text(count.to_string().replacen('0', "O", 1)),
            () => count_cell(*count, hide),
        });
    }
    let add_up = |parts: &[u32]| -> Vec<Cell> {
        parts.iter().zip(hidden(parts)).map(|(count, hide)| count_cell(*count, hide)).collect()
    };
    cells.extend(add_up(&students.races));
    cells.extend(add_up(&students.genders));
    cells.extend(students.programs.iter().map(|count| count_cell(*count, (1..10).contains(count))));
    cells
}

/// Ids are text in most years and numbers in two: somebody pasted them.
fn id_cell(district: &District, year: usize) -> Cell {
    if year == 4 || year == 7 { Cell::Number(f64::from(district.id)) } else { text(district.id.to_string()) }
}

/// Totals are text with separators in two years, numbers in the others.
fn total_cell(total: u32, year: usize) -> Cell {
    if year == 1 || year == 2 { text(with_commas(i64::from(total))) } else { Cell::Count(f64::from(total)) }
}

fn count_cell(count: u32, hide: bool) -> Cell {
    if hide { masked() } else { Cell::Count(f64::from(count)) }
}

/// Column totals of the whole state.
#[derive(Default)]
struct Totals {
    grades: [u32; 13],
    races: [u32; 7],
    genders: [u32; 2],
    programs: [u32; 3],
}

impl Totals {
    fn add(&mut self, students: &Membership) {
        let pairs = self.grades.iter_mut().zip(&students.grades);
        let pairs = pairs.chain(self.races.iter_mut().zip(&students.races));
        let pairs = pairs.chain(self.genders.iter_mut().zip(&students.genders));
        let pairs = pairs.chain(self.programs.iter_mut().zip(&students.programs));
        pairs.for_each(|(sum, count)| *sum += count);
    }

    fn row(&self) -> Vec<Cell> {
        let all: u32 = self.grades.iter().sum();
        let mut cells = vec![Cell::Blank, text("STATE TOTAL"), Cell::Blank, Cell::Blank];
        let parts = self.grades.iter().chain(&self.races).chain(&self.genders).chain(&self.programs);
        cells.extend([all].iter().chain(parts).map(|count| Cell::Count(f64::from(*count))));
        cells
    }
}
