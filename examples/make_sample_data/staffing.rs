//! `staffing.xlsx`: the staff, with a column of comments that no layout reads; attendance and conduct.

use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Cell, Page, Styles, masked, not_applicable, text, workbook};
use crate::roster::{DISTRICTS, District, YEARS, school_year};
use crate::staff::{ABSENT_GROUPS, Attendance, attendance, staff};
use crate::students::membership;

/// Writes the workbook.
pub(crate) fn write(folder: &Path) -> Result<(), XlsxError> {
    let mut book = workbook("Staff, attendance and conduct")?;
    let styles = Styles::new();
    staff_sheet(&mut book, &styles)?;
    attendance_sheet(&mut book, &styles)?;
    book.save(folder.join("staffing.xlsx"))
}

fn staff_sheet(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Educator workforce report";
    let note = "FTE: full-time equivalents on the first school day of October. Fictional data.";
    let mut page = Page::new(book, styles, "Staff", title, note)?;
    page.header(
        &[
            "District ID",
            "District name",
            "School year",
            "Teachers (FTE)",
            "All staff (FTE)",
            "Teacher turnover %",
            "Mean years of experience",
            "Mean teacher salary",
            "% beginning teachers",
            "% with advanced degree",
            "Students per teacher",
            "Comments",
        ]
        .map(text),
    )?;
    for year in (0..YEARS).rev() {
        for district in &DISTRICTS {
            page.row(&staff_row(district, year))?;
        }
    }
    page.footnotes(&["Turnover: teachers of the year before who no longer teach in the district."])
}

fn opening(district: &District, year: usize) -> Vec<Cell> {
    vec![text(district.id.to_string()), text(district.name), text(school_year(year))]
}

fn staff_row(district: &District, year: usize) -> Vec<Cell> {
    let staff = staff(district, &membership(district, year), year);
    let mut cells = opening(district, year);
    cells.extend([staff.teachers, staff.staff, staff.turnover, staff.experience].map(Cell::Number));
    cells.push(Cell::Dollars(staff.salary));
    cells.extend([staff.beginning, staff.advanced, staff.students_per_teacher].map(Cell::Number));
    cells.push(match (district.id, year) {
        (105_005, 9) => text("called 3/12, figures confirmed by superintendent's office"),
        (109_013, 6) => text("includes charter campuses"),
        (103_044, 3) => text("late submission"),
        _ => Cell::Blank,
    });
    cells
}

fn attendance_sheet(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Attendance, mobility and conduct";
    let note = "Chronically absent: 10% of days or more. NR: not reported (2019-20). Fictional data.";
    let mut page = Page::new(book, styles, "Attendance and conduct", title, note)?;
    page.upper_header(&[
        ("Attendance and mobility", 3, 5),
        ("Percent chronically absent", 6, 14),
        ("Students suspended", 15, 16),
    ])?;
    let opening =
        ["District ID", "District name", "School year", "Attendance rate", "Mobility rate", "Dropout rate"];
    let names = opening.into_iter().chain(ABSENT_GROUPS).chain(["In school", "Out of school"]);
    page.header(&names.map(text).collect::<Vec<_>>())?;
    for year in (0..YEARS).rev() {
        for district in &DISTRICTS {
            let figures = attendance(district, &membership(district, year), year);
            page.row(&attendance_row(district, year, &figures))?;
        }
    }
    page.footnotes(&["* fewer than 10 students", "– the district has no grades 9 to 12"])
}

fn attendance_row(district: &District, year: usize, figures: &Attendance) -> Vec<Cell> {
    let mut cells = opening(district, year);
    // Stored as a share and shown as a percent, as a spreadsheet does.
    cells.push(Cell::Share((figures.rate * 10.0).round() / 1000.0));
    cells.push(Cell::Number(figures.mobility));
    cells.push(figures.dropout.map_or_else(not_applicable, Cell::Number));
    match &figures.chronic {
        Some(groups) => cells.extend(groups.iter().map(|(percent, size)| match size {
            0..10 => masked(),
            _ => Cell::Number(*percent),
        })),
        None => cells.extend(ABSENT_GROUPS.map(|_| text("NR"))),
    }
    cells.extend(figures.suspensions.map(|count| match count {
        1..10 => masked(),
        _ => Cell::Count(f64::from(count)),
    }));
    cells
}
