//! The template workbook: what a small district fills in by hand, made from the layout that reads it back.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::catalog::{Catalog, Domain, Layout, Measure};
use crate::domain::{SchoolYear, Unit};

/// Id of the layout that the workbook is made from.
pub const LAYOUT: &str = "template";
/// Rows that have lists to choose from.
const ROWS: u32 = 500;
/// The school years of the list, by their ends.
const YEARS: std::ops::RangeInclusive<i32> = 2016..=2035;
const LISTS: &str = "Lists";

/// A row of values, for one sheet: the texts of its first columns, then a value for each measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// District id, name, school year, group, grade, subject, as the sheet has them.
    pub texts: Vec<String>,
    /// The measures' values in the sheet's order; `None` leaves the cell blank.
    pub values: Vec<Option<f64>>,
}

/// The workbook, with an example row on each sheet.
///
/// # Errors
/// Where the workbook cannot be made: a sheet's name that Excel does not allow, mostly.
pub fn workbook(catalog: &Catalog) -> Result<Vec<u8>, XlsxError> {
    filled(catalog, &|_| Vec::new())
}

/// The workbook with rows of values below the examples, by the sheet's domain.
///
/// # Errors
/// As [`workbook()`].
pub fn filled(catalog: &Catalog, rows: &dyn Fn(&Domain) -> Vec<Row>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same input gives the same bytes: no date of today.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Data for the retreat").set_creation_datetime(&made));
    read_me(book.add_worksheet())?;
    let Some(layout) = catalog.layouts.get(LAYOUT) else { return book.save_to_buffer() };
    let parts = parts(catalog, layout);
    for domain in &catalog.domains {
        let columns: Vec<(&str, &Measure)> = layout
            .columns
            .iter()
            .filter_map(|c| Some((c.name.first()?.as_str(), catalog.measures.get(c.measure.as_deref()?)?)))
            .filter(|(_, measure)| measure.domain == domain.id)
            .collect();
        if !columns.is_empty() {
            sheet(book.add_worksheet(), domain, &parts, &columns, &rows(domain))?;
        }
    }
    lists(book.add_worksheet(), &parts)?;
    book.save_to_buffer()
}

/// A column before the measures: its heading, an example, and the texts to choose from, if there are any.
struct Part {
    heading: String,
    example: String,
    choices: Vec<String>,
}

fn parts(catalog: &Catalog, layout: &Layout) -> Vec<Part> {
    let first = |names: &[String]| names.first().cloned().unwrap_or_default();
    let part = |heading: String, example: &str, choices: Vec<String>| Part {
        heading,
        example: example.to_owned(),
        choices,
    };
    let years = YEARS.filter_map(|end| SchoolYear::ending(end).ok()).map(|y| y.to_string()).collect();
    let mut parts = vec![
        part(first(&layout.district.id), "EXAMPLE", Vec::new()),
        part(first(&layout.district.name), "Example School District", Vec::new()),
        part(first(&layout.year.column), "2023-24", years),
    ];
    let all = || vec!["All".to_owned()];
    for own in &layout.parts {
        let more: Vec<String> = match own.part.as_str() {
            "group" => catalog.groups.groups.iter().map(|g| g.label.clone()).collect(),
            "grade" => {
                ["PK", "K"].into_iter().map(str::to_owned).chain((1..=12).map(|g| g.to_string())).collect()
            }
            _ => catalog.groups.subjects.iter().map(|s| s.label.clone()).collect(),
        };
        parts.push(part(first(&own.column), "All", all().into_iter().chain(more).collect()));
    }
    parts
}

fn read_me(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    const LINES: [&str; 9] = [
        "Data for the retreat",
        "1. Each sheet is one part of the district's life. Leave a sheet empty if you have nothing for it.",
        "2. Each row is one district, one school year and one group of students. Five years or more show a trend.",
        "3. Fill in your own district first. Rows of districts like yours make comparison possible; ten or more are needed.",
        "4. Student group, grade and subject are All unless the row is about a part of the students.",
        "5. Percents are typed as 94.1 (or as 94.1%), money in whole dollars. Leave a cell blank if you do not know it.",
        "6. Where a number is hidden to protect students, type * (or <10). Never type 0 for it.",
        "7. Point at a heading to see what is counted. The grey row is an example and is not read.",
        "8. Save this workbook in the project's folder, then run: retreat check",
    ];
    sheet.set_name("Read me")?.set_column_width(0, 110.0)?;
    for (row, line) in (0..).zip(LINES) {
        let format = if row == 0 {
            Format::new().set_bold().set_font_size(16.0)
        } else {
            Format::new().set_text_wrap()
        };
        sheet.write_string_with_format(row, 0, line, &format)?;
    }
    Ok(())
}

fn sheet(
    sheet: &mut Worksheet,
    domain: &Domain,
    parts: &[Part],
    columns: &[(&str, &Measure)],
    rows: &[Row],
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE8_F0_F5));
    let grey = Format::new().set_italic().set_font_color(Color::RGB(0x6B_73_7B));
    sheet.set_name(&domain.label)?.set_freeze_panes(1, 3)?.set_landscape();
    for (column, part) in (0u16..).zip(parts) {
        sheet.write_string_with_format(0, column, &part.heading, &head)?;
        sheet.write_string_with_format(1, column, &part.example, &grey)?;
        sheet.set_column_width(column, if column == 1 { 30.0 } else { 16.0 })?;
        if !part.choices.is_empty() {
            sheet.add_data_validation(2, column, ROWS, column, &choice(part, column)?)?;
        }
    }
    for (column, (name, measure)) in (parts.len() as u16..).zip(columns) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        let text = format!("{}\nUnit: {}.", measure.definition, measure.unit.id());
        sheet.insert_note(0, column, &Note::new(text).set_author("retreat").set_width(320))?;
        sheet.write_number_with_format(1, column, example(measure), &grey)?;
        sheet.set_column_width(column, 17.0)?;
        sheet.add_data_validation(2, column, ROWS, column, &range(measure)?)?;
    }
    for (number, row) in (2..).zip(rows) {
        for (column, text) in (0u16..).zip(&row.texts) {
            sheet.write_string(number, column, text)?;
        }
        for (column, value) in (parts.len() as u16..).zip(&row.values) {
            value.iter().try_for_each(|value| sheet.write_number(number, column, *value).map(|_| ()))?;
        }
    }
    Ok(())
}

/// A list to choose from; another text is allowed after a warning, since a district may know a group that we do not.
fn choice(part: &Part, column: u16) -> Result<DataValidation, XlsxError> {
    let letter = char::from(b'A' + column as u8);
    let list = Formula::new(format!("={LISTS}!${letter}$2:${letter}${}", part.choices.len() + 1));
    DataValidation::new()
        .allow_list_formula(list)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message("Please choose from the list, so that it is understood.")
}

/// The plausible range of a measure; a mark such as * is allowed after a warning.
fn range(measure: &Measure) -> Result<DataValidation, XlsxError> {
    let [low, high] = measure.plausible.unwrap_or(match measure.unit {
        Unit::Percent => [0.0, 100.0],
        _ => [-1e12, 1e12],
    });
    let unit = measure.unit;
    let text = format!(
        "Expected is a number from {} to {}, or * where it is hidden.",
        unit.format(low),
        unit.format(high)
    );
    DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(low, high))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(text)
}

/// A number of the right kind for the example row.
fn example(measure: &Measure) -> f64 {
    let usual = match measure.unit {
        Unit::Percent => 45.3,
        Unit::Count => 1204.0,
        Unit::Fte | Unit::Ratio | Unit::Years | Unit::Per100 => 12.5,
        Unit::Dollars => 1_250_000.0,
        Unit::DollarsPerStudent => 12_345.0,
        Unit::Points => 1020.0,
        Unit::DollarsPer100 => 1.04,
    };
    let [low, high] = measure.plausible.unwrap_or([f64::MIN, f64::MAX]);
    if (low..=high).contains(&usual) { usual } else { f64::midpoint(low, high).round() }
}

fn lists(sheet: &mut Worksheet, parts: &[Part]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    for (column, part) in (0u16..).zip(parts).filter(|(_, part)| !part.choices.is_empty()) {
        sheet.write_string(0, column, &part.heading)?;
        for (row, choice) in (1..).zip(&part.choices) {
            sheet.write_string(row, column, choice)?;
        }
    }
    Ok(())
}
