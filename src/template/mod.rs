//! The template workbook, which a small district fills in by hand. It is made from the layout that reads it
//! back.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::catalog::{Catalog, ColumnSpec, Domain, Layout, Measure};
use crate::domain::{SchoolYear, Unit};
use crate::wording::template::{
    EXAMPLE_ID, EXAMPLE_NAME, LISTS_SHEET, NOT_IN_LIST, READ_ME, READ_ME_SHEET, TITLE, heading_note,
    not_plausible,
};

/// Id of the layout from which the workbook is made.
pub const LAYOUT: &str = "template";
/// Number of rows that have drop-down lists and validation ranges.
const ROWS: u32 = 500;
/// The school years in the drop-down list, by their ends.
const YEARS: std::ops::RangeInclusive<i32> = 2016..=2035;

/// A row of values for one sheet: the text of its first columns, then a value for each measure.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateRow {
    /// District id, name, school year, group, grade, subject, as shown in the sheet.
    pub texts: Vec<String>,
    /// The measures' values in the sheet's order; `None` leaves the cell blank.
    pub values: Vec<Option<f64>>,
}

/// The workbook, with an example row on each sheet.
///
/// # Errors
/// If the workbook cannot be created: mostly because Excel does not allow a sheet's name.
pub fn workbook(catalog: &Catalog) -> Result<Vec<u8>, XlsxError> {
    filled(catalog, &|_| Vec::new())
}

/// The workbook with rows of values below the examples, by domain.
///
/// # Errors
/// Same as [`workbook()`].
pub fn filled(catalog: &Catalog, rows: &dyn Fn(&Domain) -> Vec<TemplateRow>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same input gives the same bytes, so the current date is not used.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(TITLE).set_creation_datetime(&made));
    write_read_me(book.add_worksheet())?;
    let Some(layout) = catalog.layouts.get(LAYOUT) else { return book.save_to_buffer() };
    let key_columns = key_columns(catalog, layout);
    for domain in &catalog.domains {
        let measures = measure_columns(catalog, layout, domain);
        if !measures.is_empty() {
            let sheet = DomainSheet { domain, key_columns: &key_columns, measures: &measures };
            sheet.write(book.add_worksheet(), &rows(domain))?;
        }
    }
    write_lists(book.add_worksheet(), &key_columns)?;
    book.save_to_buffer()
}

/// A column before the measures: its heading, an example, and the choices for its drop-down list, if any.
struct KeyColumn {
    heading: String,
    example: &'static str,
    choices: Vec<String>,
}

impl KeyColumn {
    fn new(names: &[String], example: &'static str, choices: Vec<String>) -> Self {
        Self { heading: names.first().cloned().unwrap_or_default(), example, choices }
    }
}

fn key_columns(catalog: &Catalog, layout: &Layout) -> Vec<KeyColumn> {
    let years = YEARS.filter_map(|end| SchoolYear::ending(end).ok()).map(|year| year.to_string()).collect();
    let mut columns = vec![
        KeyColumn::new(&layout.district.id, EXAMPLE_ID, Vec::new()),
        KeyColumn::new(&layout.district.name, EXAMPLE_NAME, Vec::new()),
        KeyColumn::new(&layout.year.column, "2023-24", years),
    ];
    for part in &layout.parts {
        columns.push(KeyColumn::new(&part.column, "All", part_choices(catalog, &part.part)));
    }
    columns
}

/// The choices for a key part: all, then each group, grade or subject.
fn part_choices(catalog: &Catalog, part: &str) -> Vec<String> {
    let mut choices = vec!["All".to_owned()];
    match part {
        "group" => choices.extend(catalog.groups.groups.iter().map(|group| group.label.clone())),
        "grade" => {
            choices.extend(["PK", "K"].map(str::to_owned));
            choices.extend((1..=12).map(|grade| grade.to_string()));
        }
        _ => choices.extend(catalog.groups.subjects.iter().map(|subject| subject.label.clone())),
    }
    choices
}

/// A column of values.
struct ValueColumn<'a> {
    heading: &'a str,
    measure: &'a Measure,
}

/// The measure columns of a domain.
fn measure_columns<'a>(catalog: &'a Catalog, layout: &'a Layout, domain: &Domain) -> Vec<ValueColumn<'a>> {
    let columns = layout.columns.iter().filter_map(|spec| measure_column(catalog, spec));
    columns.filter(|column| column.measure.domain == domain.id).collect()
}

fn measure_column<'a>(catalog: &'a Catalog, spec: &'a ColumnSpec) -> Option<ValueColumn<'a>> {
    let measure = catalog.measures.get(spec.measure.as_deref()?)?;
    Some(ValueColumn { heading: spec.name.first()?, measure })
}

fn write_read_me(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(READ_ME_SHEET)?.set_column_width(0, 110.0)?;
    for (row, line) in (0..).zip(READ_ME) {
        let format = if row == 0 {
            Format::new().set_bold().set_font_size(16.0)
        } else {
            Format::new().set_text_wrap()
        };
        sheet.write_string_with_format(row, 0, line, &format)?;
    }
    Ok(())
}

/// The sheet of one domain.
struct DomainSheet<'a> {
    domain: &'a Domain,
    key_columns: &'a [KeyColumn],
    measures: &'a [ValueColumn<'a>],
}

impl DomainSheet<'_> {
    fn write(&self, sheet: &mut Worksheet, rows: &[TemplateRow]) -> Result<(), XlsxError> {
        sheet.set_name(&self.domain.label)?.set_freeze_panes(1, 3)?.set_landscape();
        self.write_key_columns(sheet)?;
        self.write_measures(sheet)?;
        for (number, row) in (2..).zip(rows) {
            self.write_row(sheet, number, row)?;
        }
        Ok(())
    }

    /// Writes the headings, examples and drop-down lists of the columns before the measures.
    fn write_key_columns(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, key) in (0u16..).zip(self.key_columns) {
            sheet.write_string_with_format(0, column, &key.heading, &heading_format())?;
            sheet.write_string_with_format(1, column, key.example, &example_format())?;
            sheet.set_column_width(column, if column == 1 { 30.0 } else { 16.0 })?;
            if !key.choices.is_empty() {
                sheet.add_data_validation(2, column, ROWS, column, &choice_rule(key, column)?)?;
            }
        }
        Ok(())
    }

    /// Writes the headings, examples and plausible ranges of the measures.
    fn write_measures(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, ValueColumn { heading, measure }) in (self.first_measure()..).zip(self.measures) {
            sheet.write_string_with_format(0, column, *heading, &heading_format())?;
            let text = heading_note(&measure.definition, measure.unit.id());
            sheet.insert_note(0, column, &Note::new(text).set_author("retreat").set_width(320))?;
            sheet.write_number_with_format(1, column, example(measure), &example_format())?;
            sheet.set_column_width(column, 17.0)?;
            sheet.add_data_validation(2, column, ROWS, column, &range_rule(measure)?)?;
        }
        Ok(())
    }

    fn write_row(&self, sheet: &mut Worksheet, number: u32, row: &TemplateRow) -> Result<(), XlsxError> {
        for (column, text) in (0u16..).zip(&row.texts) {
            sheet.write_string(number, column, text)?;
        }
        for (column, value) in (self.first_measure()..).zip(&row.values) {
            if let Some(value) = value {
                sheet.write_number(number, column, *value)?;
            }
        }
        Ok(())
    }

    fn first_measure(&self) -> u16 {
        self.key_columns.len() as u16
    }
}

fn heading_format() -> Format {
    Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE8_F0_F5))
}

fn example_format() -> Format {
    Format::new().set_italic().set_font_color(Color::RGB(0x6B_73_7B))
}

/// A drop-down list; other text is allowed after a warning, since a district may have groups that we do not
/// know.
fn choice_rule(key: &KeyColumn, column: u16) -> Result<DataValidation, XlsxError> {
    let letter = char::from(b'A' + column as u8);
    let list = Formula::new(format!("={LISTS_SHEET}!${letter}$2:${letter}${}", key.choices.len() + 1));
    DataValidation::new()
        .allow_list_formula(list)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(NOT_IN_LIST)
}

/// The plausible range of a measure; a marker such as * is allowed after a warning.
fn range_rule(measure: &Measure) -> Result<DataValidation, XlsxError> {
    let [low, high] = measure.plausible.unwrap_or(match measure.unit {
        Unit::Percent => [0.0, 100.0],
        _ => [-1e12, 1e12],
    });
    let unit = measure.unit;
    DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(low, high))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(not_plausible(&unit.format(low), &unit.format(high)))
}

/// A plausible number for the example row.
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

/// Writes the choices for drop-down lists, in one column for each column that has them.
fn write_lists(sheet: &mut Worksheet, key_columns: &[KeyColumn]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS_SHEET)?;
    for (column, key) in (0u16..).zip(key_columns).filter(|(_, key)| !key.choices.is_empty()) {
        sheet.write_string(0, column, &key.heading)?;
        for (row, choice) in (1..).zip(&key.choices) {
            sheet.write_string(row, column, choice)?;
        }
    }
    Ok(())
}
