//! The workbook behind a chart: one sheet with the cells that the chart's series refer to, so that "Edit Data" works, and one
//! with the whole table.
//!
//! A value that is hidden is an empty cell of the first sheet, because a chart draws text as zero; the second sheet says why.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::number_format::workbook_format;
use crate::exhibit::{ExhibitCell, Table};
use crate::pack::deck::xml::XmlNode;
use crate::wording::deck as wording;
use crate::wording::exhibit::{MASKED, WITHHELD};

/// The longest text of a cell, in characters.
const LONGEST: usize = 32_000;

/// The cells that a chart's series refer to: a row for each category, a column for each series.
#[derive(Debug, Clone, Default)]
pub(super) struct ChartSheet {
    categories: Vec<String>,
    columns: Vec<ChartColumn>,
    /// Every how manyth category has a label on the axis.
    every: usize,
}

/// The values of one series.
#[derive(Debug, Clone)]
struct ChartColumn {
    name: String,
    values: Vec<Option<f64>>,
    /// Number format.
    format: String,
}

impl ChartSheet {
    pub(super) fn new(categories: Vec<String>) -> Self {
        Self { categories, columns: Vec::new(), every: 1 }
    }

    /// Leaves out labels of the axis, because not all fit: they get a column of their own, which is empty between them.
    pub(super) fn label_every(&mut self, every: usize) {
        self.every = every.max(1);
    }

    /// The label of a category on the axis.
    fn axis_label(&self, row: usize) -> &str {
        if row.is_multiple_of(self.every) { &self.categories[row] } else { "" }
    }

    pub(super) fn rows(&self) -> usize {
        self.categories.len()
    }

    pub(super) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Adds a column, and returns its index.
    pub(super) fn add(&mut self, name: impl Into<String>, values: &[Option<f64>], format: &str) -> usize {
        let values = values.iter().map(|value| value.filter(|value| value.is_finite())).collect();
        self.columns.push(ChartColumn { name: name.into(), values, format: format.to_owned() });
        self.columns.len() - 1
    }

    pub(super) fn values(&self, column: usize) -> &[Option<f64>] {
        &self.columns[column].values
    }

    /// The name of a series: `c:tx`.
    pub(super) fn name_node(&self, column: usize) -> XmlNode {
        let cell = format!("'{}'!${}$1", wording::CHART_SHEET, column_letters(column + 1));
        let cache = XmlNode::new("c:strCache")
            .add(XmlNode::value("c:ptCount", 1))
            .add(point(0, &self.columns[column].name));
        XmlNode::new("c:tx").add(XmlNode::new("c:strRef").add(XmlNode::holding("c:f", &cell)).add(cache))
    }

    /// The categories of a series: `c:cat`.
    pub(super) fn categories_node(&self) -> XmlNode {
        let mut cache = XmlNode::new("c:strCache").add(XmlNode::value("c:ptCount", self.rows()));
        for row in (0..self.rows()).filter(|row| !self.axis_label(*row).is_empty()) {
            cache = cache.add(point(row, self.axis_label(row)));
        }
        let column = if self.every > 1 { self.columns.len() + 1 } else { 0 };
        let cells = XmlNode::holding("c:f", &self.range(column));
        XmlNode::new("c:cat").add(XmlNode::new("c:strRef").add(cells).add(cache))
    }

    /// The values of a series: `c:val`.
    pub(super) fn values_node(&self, column: usize) -> XmlNode {
        let shown = &self.columns[column];
        let mut cache = XmlNode::new("c:numCache")
            .add(XmlNode::holding("c:formatCode", &shown.format))
            .add(XmlNode::value("c:ptCount", shown.values.len()));
        for (index, value) in shown.values.iter().enumerate() {
            cache = cache.add_all(value.map(|value| point(index, &value.to_string())));
        }
        let cells = XmlNode::holding("c:f", &self.range(column + 1));
        XmlNode::new("c:val").add(XmlNode::new("c:numRef").add(cells).add(cache))
    }

    fn range(&self, column: usize) -> String {
        let letters = column_letters(column);
        format!("'{}'!${letters}$2:${letters}${}", wording::CHART_SHEET, self.rows() + 1)
    }

    /// The workbook, with the exhibit's whole table on its second sheet.
    ///
    /// # Errors
    /// Those of `rust_xlsxwriter`.
    pub(super) fn workbook(&self, table: &Table) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // No current date: the same input must give the same bytes.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        self.write(book.add_worksheet().set_name(wording::CHART_SHEET)?)?;
        write_table(table, book.add_worksheet().set_name(wording::TABLE_SHEET)?)?;
        book.save_to_buffer()
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = heading_format();
        sheet.set_column_width(0, 24)?;
        for (row, category) in self.categories.iter().enumerate() {
            sheet.write_string(row as u32 + 1, 0, cut(category))?;
        }
        for (index, column) in self.columns.iter().enumerate() {
            let at = index as u16 + 1;
            sheet.set_column_width(at, 16)?;
            sheet.write_string_with_format(0, at, cut(&column.name), &head)?;
            let format = Format::new().set_num_format(&column.format);
            for (row, value) in column.values.iter().enumerate() {
                if let Some(value) = value {
                    sheet.write_number_with_format(row as u32 + 1, at, *value, &format)?;
                }
            }
        }
        if self.every > 1 { self.write_labels(sheet, &head) } else { Ok(()) }
    }

    /// The labels of the axis, in a column after all others.
    fn write_labels(&self, sheet: &mut Worksheet, head: &Format) -> Result<(), XlsxError> {
        let at = self.columns.len() as u16 + 1;
        sheet.write_string_with_format(0, at, wording::AXIS_LABELS, head)?;
        for row in (0..self.rows()).filter(|row| !self.axis_label(*row).is_empty()) {
            sheet.write_string(row as u32 + 1, at, cut(self.axis_label(row)))?;
        }
        Ok(())
    }
}

fn point(index: usize, value: &str) -> XmlNode {
    XmlNode::new("c:pt").with("idx", index).add(XmlNode::holding("c:v", value))
}

fn heading_format() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn write_table(table: &Table, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = heading_format();
    for (column, heading) in table.columns.iter().enumerate() {
        sheet.set_column_width(column as u16, if column == 0 { 30 } else { 16 })?;
        sheet.write_string_with_format(0, column as u16, cut(heading), &head)?;
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            write_cell(sheet, row as u32 + 1, column as u16, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &ExhibitCell) -> Result<(), XlsxError> {
    match cell {
        ExhibitCell::Number(value, unit) if value.is_finite() => {
            let format = Format::new().set_num_format(workbook_format(*unit));
            sheet.write_number_with_format(row, column, *value, &format)?;
        }
        ExhibitCell::Absent(reason) => {
            sheet.write_string(row, column, absence(reason))?;
        }
        other => {
            sheet.write_string(row, column, cut(&other.text()))?;
        }
    }
    Ok(())
}

/// Why a cell has no number, in a word where it is hidden.
pub(super) fn absence(reason: &str) -> String {
    if reason == MASKED || reason == WITHHELD { wording::HIDDEN.to_owned() } else { cut(reason) }
}

/// The letters of a column: A for 0.
fn column_letters(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        before => format!("{}{letter}", column_letters(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
