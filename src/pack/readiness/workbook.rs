//! The readiness report as a workbook to work through: one row per problem, with file, sheet and cell.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::page::{sign, weight, year_label};
use crate::diagnostic::SheetRead;
use crate::readiness::{CoverageState, DomainCoverage, MeasureCoverage, Readiness};

pub(super) fn workbook(readiness: &Readiness) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No current date: the same input must give the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Readiness").set_creation_datetime(&made));
    summary(book.add_worksheet(), readiness)?;
    problems(book.add_worksheet(), readiness)?;
    requests(book.add_worksheet(), readiness)?;
    coverage(book.add_worksheet(), readiness)?;
    sources(book.add_worksheet(), readiness)?;
    book.save_to_buffer()
}

/// A sheet with a frozen header, a filter, and columns of these names and widths.
fn table(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)], rows: usize) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_print_fit_to_pages(1, 0).set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for (column, (title, width)) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *title, &heading())?;
        sheet.set_column_width(column as u16, *width)?;
    }
    sheet.autofilter(0, 0, rows as u32, columns.len() as u16 - 1)?;
    Ok(())
}

fn heading() -> Format {
    Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE8_F0_F5))
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Height of a line of text, and of the tallest row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// Writes a row of texts, and makes it tall enough for them in columns of these widths: not every program
/// does that itself.
fn texts(
    sheet: &mut Worksheet,
    row: usize,
    texts: &[&str],
    columns: &[(&str, f64)],
) -> Result<(), XlsxError> {
    let lines = texts.iter().zip(columns).map(|(text, (_, width))| lines(text, *width)).max().unwrap_or(1);
    sheet.set_row_height(row as u32 + 1, height(lines))?;
    for (column, text) in texts.iter().enumerate() {
        // Written as text: it cannot become a formula.
        sheet.write_string_with_format(row as u32 + 1, column as u16, cut(text), &wrapped())?;
    }
    Ok(())
}

/// The most characters that a cell may hold.
const LONGEST: usize = 32_767;

/// A text that fits into a cell; if too long, it is cut and gets a remark.
fn cut(text: &str) -> Cow<'_, str> {
    let all = text.chars().count();
    if all <= LONGEST {
        return text.into();
    }
    // Leaves room for the remark, whatever its number.
    let kept = LONGEST - 100;
    let start: String = text.chars().take(kept).collect();
    format!("{start}… (cut here: {} more characters; all of it stands in readiness.html)", all - kept).into()
}

/// The height of a row with this many lines of text, at most [`HIGHEST`].
fn height(lines: usize) -> f64 {
    (LINE * lines.max(1) as f64).min(HIGHEST)
}

/// How many lines a text takes in a column that is `width` characters wide.
fn lines(text: &str, width: f64) -> usize {
    let width = width.max(1.0) as usize;
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let long = word.chars().count();
        let with_space = if used == 0 { long } else { used + 1 + long };
        if with_space <= width {
            used = with_space;
        } else {
            // A word longer than a line is broken.
            lines += usize::from(used > 0) + (long - 1) / width;
            used = (long - 1) % width + 1;
        }
    }
    lines
}

fn summary(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    sheet.set_name("Summary")?.set_column_width(0, 100.0)?;
    let bold = Format::new().set_bold().set_font_size(14.0);
    sheet.write_string_with_format(0, 0, format!("Is the data ready? {}", readiness.district_name), &bold)?;
    for (row, text) in summary_texts(readiness).iter().enumerate() {
        sheet.set_row_height(row as u32 + 2, height(lines(text, 100.0)))?;
        sheet.write_string_with_format(row as u32 + 2, 0, cut(text), &wrapped())?;
    }
    Ok(())
}

fn summary_texts(readiness: &Readiness) -> [String; 5] {
    [
        readiness.summary.clone(),
        format!(
            "Problems: {} in the sheet “Problems”, each with its file, sheet and cell.",
            readiness.problems.len()
        ),
        format!("To ask for: {} measures in the sheet “Data request”.", readiness.requests.len()),
        "Coverage: which measure is there in which year, in the sheet “Coverage”.".to_owned(),
        format!("{}, district {}", readiness.title, readiness.district_id),
    ]
}

fn problems(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        ("Weight", 10.0),
        ("File", 28.0),
        ("Sheet", 18.0),
        ("Cell", 9.0),
        ("What was found", 60.0),
        ("How many", 10.0),
        ("What was done", 32.0),
        ("What you can do", 50.0),
        ("Kind", 20.0),
    ];
    table(sheet, "Problems", &columns, readiness.problems.len())?;
    for (row, problem) in readiness.problems.iter().enumerate() {
        let place = &problem.place;
        let cells = [
            weight(problem.severity),
            &place.file,
            place.sheet.as_deref().unwrap_or_default(),
            place.cell.as_deref().unwrap_or_default(),
            &problem.found,
            &problem.count.to_string(),
            &problem.done,
            &problem.hint,
            &problem.id,
        ];
        texts(sheet, row, &cells, &columns)?;
        sheet.write_number(row as u32 + 1, 5, problem.count as f64)?;
    }
    Ok(())
}

fn requests(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        ("Part", 14.0),
        ("Measure", 30.0),
        ("What is missing", 40.0),
        ("What it is", 50.0),
        ("For the charts", 50.0),
        ("Asked whom", 18.0),
        ("Done", 8.0),
    ];
    table(sheet, "Data request", &columns, readiness.requests.len())?;
    for (row, request) in readiness.requests.iter().enumerate() {
        let charts = request.charts.join("; ");
        texts(
            sheet,
            row,
            &[&request.domain_label, &request.measure, &request.missing, &request.definition, &charts],
            &columns,
        )?;
    }
    Ok(())
}

fn coverage(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let years = covered_years(readiness);
    let titles: Vec<String> = years.iter().map(|year| year_label(*year)).collect();
    let mut columns = vec![("Part", 14.0), ("Measure", 36.0)];
    columns.extend(titles.iter().map(|title| (title.as_str(), 9.5)));
    columns.extend([("Groups", 9.0), ("Other districts", 10.0)]);
    let n_measures = readiness.coverage.iter().map(|domain| domain.measures.len()).sum();
    table(sheet, "Coverage", &columns, n_measures)?;
    sheet.set_freeze_panes(1, 2)?;
    let mut row = 0;
    for domain in &readiness.coverage {
        for measure in &domain.measures {
            texts(sheet, row, &[&domain.label, &measure.label], &columns)?;
            write_states(sheet, row, &years, domain, measure)?;
            let after_years = years.len() as u16 + 2;
            sheet.write_number(row as u32 + 1, after_years, measure.groups as f64)?;
            sheet.write_number(row as u32 + 1, after_years + 1, measure.other_districts as f64)?;
            row += 1;
        }
    }
    Ok(())
}

/// The years of all domains, ascending.
fn covered_years(readiness: &Readiness) -> Vec<i32> {
    let mut years: Vec<i32> = readiness.coverage.iter().flat_map(|domain| domain.years.clone()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Writes what is available for a measure, one cell per year.
fn write_states(
    sheet: &mut Worksheet,
    row: usize,
    years: &[i32],
    domain: &DomainCoverage,
    measure: &MeasureCoverage,
) -> Result<(), XlsxError> {
    for (year, state) in domain.years.iter().zip(&measure.states) {
        let Some(color) = state_color(*state) else { continue };
        let column = years.iter().position(|shown| shown == year).unwrap_or_default() + 2;
        let format = Format::new().set_background_color(color).set_align(FormatAlign::Center);
        sheet.write_string_with_format(row as u32 + 1, column as u16, sign(*state).1, &format)?;
    }
    Ok(())
}

/// The background of a state; `None` if its cell is empty.
const fn state_color(state: CoverageState) -> Option<Color> {
    match state {
        CoverageState::Reported => Some(Color::RGB(0xE8_F0_F5)),
        CoverageState::Masked | CoverageState::Withheld => Some(Color::RGB(0xF6_EC_D9)),
        CoverageState::Missing | CoverageState::NotThere => None,
    }
}

fn sources(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        ("File", 30.0),
        ("Sheet", 20.0),
        ("Layout", 24.0),
        ("Values", 10.0),
        ("Masked", 10.0),
        ("Blank", 10.0),
        ("Not numbers", 10.0),
        ("Left out", 60.0),
    ];
    let n_sheets = readiness.sources.iter().map(|source| source.sheets.len()).sum();
    table(sheet, "Sources", &columns, n_sheets)?;
    let mut row = 0;
    for source in &readiness.sources {
        for read in &source.sheets {
            let name = read.sheet.as_deref().unwrap_or_default();
            let cells = [&source.path, name, &source.layout, "", "", "", "", &left_out_text(read)];
            texts(sheet, row, &cells, &columns)?;
            write_counts(sheet, row, read)?;
            row += 1;
        }
    }
    Ok(())
}

/// What was left out of a sheet.
fn left_out_text(read: &SheetRead) -> String {
    let mut left_out: Vec<String> = read.unread.iter().map(|why| format!("unread: {why}")).collect();
    left_out.extend(read.rows_left_out.iter().map(|rows| format!("{} rows: {}", rows.rows, rows.why)));
    if !read.columns_unread.is_empty() {
        left_out.push(format!("columns unread: {}", read.columns_unread.join(", ")));
    }
    left_out.join("; ")
}

/// Writes how many cells of a sheet are reported, masked, missing and not numbers.
fn write_counts(sheet: &mut Worksheet, row: usize, read: &SheetRead) -> Result<(), XlsxError> {
    let counts = [read.cells_reported, read.cells_masked, read.cells_missing, read.cells_not_numbers];
    for (column, count) in counts.iter().enumerate() {
        sheet.write_number(row as u32 + 1, column as u16 + 3, *count as f64)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, cut, lines};

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
        assert_eq!(cut("short"), "short");
        let fits = "é".repeat(LONGEST);
        assert_eq!(cut(&fits), fits);
        let long = "é".repeat(LONGEST + 1);
        let shown = cut(&long);
        assert!(shown.chars().count() <= LONGEST, "{}", shown.chars().count());
        assert!(shown.ends_with("(cut here: 101 more characters; all of it stands in readiness.html)"));
        let mut book = super::Workbook::new();
        let wide = [("Left out", 60.0)];
        super::texts(book.add_worksheet(), 0, &[&long], &wide).unwrap();
        book.save_to_buffer().unwrap();
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text_needs() {
        for (text, width, wanted) in [
            ("", 10.0, 1),
            ("short", 10.0, 1),
            ("two words more", 10.0, 2),
            ("averyveryverylongword", 10.0, 3),
            ("a bb ccc", 3.0, 3),
        ] {
            assert_eq!(lines(text, width), wanted, "{text:?}");
        }
    }
}
