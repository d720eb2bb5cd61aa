//! Problems with what a spreadsheet hides, and with text and numbers that look different from what is stored.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity, column_name};
use crate::wording::listing::joined_with_and;
use sheets::{OpenQuote, QuoteRepair, UnevenRows};

impl Diagnostic {
    /// A quotation mark in a text table is not closed, so its cell takes up other lines. `more` such marks are not reported.
    #[must_use]
    pub fn quote_open(file: &str, quote: OpenQuote, more: u64) -> Self {
        let OpenQuote { line, lines, is_closed, repair } = quote;
        let opened = if is_closed { "is closed only on a later line" } else { "is never closed" };
        let rest = if lines == 1 { "the rest of its line".to_owned() } else { format!("{lines} lines") };
        let severity = if repair == QuoteRepair::MarkIgnored { Severity::Warning } else { Severity::Error };
        let done = match repair {
            QuoteRepair::MarkIgnored => "ignored the mark and read the lines as rows".to_owned(),
            QuoteRepair::LineLeftOut => format!("left out line {line} and read the lines below it as rows"),
            QuoteRepair::None => "read all of it as one cell".to_owned(),
        };
        let others = match more {
            0 => String::new(),
            1 => "; the file has 1 more mark like it".to_owned(),
            _ => format!("; the file has {more} more marks like it"),
        };
        problem(
            severity,
            "quote-open",
            Place::file(file),
            &format!("line {line}"),
            [
                format!(
                    "a quotation mark on line {line} {opened}, so it would turn {rest} into one cell{others}"
                ),
                done,
                "open the file in a text editor and remove the mark or close it".to_owned(),
            ],
        )
    }

    /// Rows of a text table have fewer or more cells than the others.
    #[must_use]
    pub fn rows_uneven(file: &str, rows: UnevenRows) -> Self {
        let UnevenRows { usual, count, first, cells } = rows;
        let is_cut = cells < usual;
        let what = if is_cut { "fewer" } else { "more" };
        let found = if count == 1 {
            format!("row {first} has {what} cells than the others: {cells} instead of {usual}")
        } else {
            format!(
                "{count} rows have {what} cells than the others, such as row {first}: {cells} instead of {usual}"
            )
        };
        let done = if is_cut { "read the cells that are there" } else { "left out the cells without a name" };
        let hint = if is_cut {
            "compare the file with the original; the last cell of such a row may be cut off too"
        } else {
            "give each column a name; a comma within a text needs quotation marks around the text"
        };
        problem(
            Severity::Warning,
            "rows-uneven",
            Place::file(file),
            &format!("row {first}"),
            [found, done.to_owned(), hint.to_owned()],
        )
    }

    /// Two cells of a row that has more cells than the header look like one number.
    #[must_use]
    pub fn number_split(place: Place, parts: &[String; 2]) -> Self {
        let [first, second] = parts;
        problem(
            Severity::Error,
            "number-split",
            place,
            "",
            [
                format!(
                    "{first:?} and {second:?} next to it may be one number, {first},{second}: the row has more cells than the header"
                ),
                "left out the row, because its cells may be in wrong columns".to_owned(),
                "remove the comma from the number, or put quotation marks around the number".to_owned(),
            ],
        )
    }

    /// Column names have footnote marks.
    #[must_use]
    pub fn name_marked(place: Place, name: &str) -> Self {
        problem(
            Severity::Note,
            "name-marked",
            place,
            "",
            [
                format!("the column name {name:?} has a footnote mark"),
                "read the name without it".to_owned(),
                "read the note below the table: it may say that years are not comparable".to_owned(),
            ],
        )
    }

    /// A hidden column has the same name as a visible one.
    #[must_use]
    pub fn hidden_twin(place: Place, name: &str, hidden: u32, visible: u32) -> Self {
        let (hidden, visible) = (column_name(hidden), column_name(visible));
        problem(
            Severity::Warning,
            "hidden-twin",
            place,
            name,
            [
                format!("column {hidden} is hidden and is called {name:?}, like column {visible}"),
                format!("read the visible column {visible}, not column {hidden}"),
                "check which of the two is right; delete the other or give it another name".to_owned(),
            ],
        )
    }

    /// Columns hold numbers and have no name in the header.
    #[must_use]
    pub fn columns_unnamed(place: Place, letters: &[String]) -> Self {
        let [noun, verb, object] =
            if letters.len() == 1 { ["column", "has", "it"] } else { ["columns", "have", "them"] };
        problem(
            Severity::Warning,
            "columns-unnamed",
            place,
            "",
            [
                format!("{noun} {} {verb} numbers but no name in the header", joined_with_and(letters)),
                format!("did not read {object}"),
                format!("give {object} a name in the file and run `retreat init` again"),
            ],
        )
    }

    /// Columns that are read are hidden in the spreadsheet.
    #[must_use]
    pub fn columns_hidden(place: Place, columns: &[String]) -> Self {
        let (noun, verb) = if columns.len() == 1 { ("column", "is") } else { ("columns", "are") };
        problem(
            Severity::Note,
            "columns-hidden",
            place,
            "",
            [
                format!("{noun} {} {verb} hidden in the spreadsheet", joined_with_and(columns)),
                "read them anyway".to_owned(),
                "nothing to do; if their numbers are out of date, delete them".to_owned(),
            ],
        )
    }

    /// A hidden row repeats a visible one.
    #[must_use]
    pub fn hidden_row_repeats(place: Place, row: u32) -> Self {
        let number = row + 1;
        problem(
            Severity::Warning,
            "hidden-row-repeats",
            place,
            "",
            [
                format!("row {number} is hidden, and a visible row is about the same district and year"),
                format!("read the visible row and left out row {number}"),
                "check which of the two is right and delete the other".to_owned(),
            ],
        )
    }

    /// Hidden rows were read.
    #[must_use]
    pub fn rows_hidden(place: Place, rows: u64) -> Self {
        let (noun, verb) = if rows == 1 { ("row", "is") } else { ("rows", "are") };
        problem(
            Severity::Note,
            "rows-hidden",
            place,
            "",
            [
                format!("{rows} {noun} of data {verb} hidden in the spreadsheet, by hand or by a filter"),
                "read them like the others".to_owned(),
                "nothing to do; if they were hidden because they are wrong, delete them".to_owned(),
            ],
        )
    }

    /// Amounts below a title such as "in thousands" are stored in full, and only shown in thousands.
    #[must_use]
    pub fn shown_scaled(place: Place, column: &str) -> Self {
        problem(
            Severity::Note,
            "shown-scaled",
            place,
            column,
            [
                format!(
                    "column {column:?} has full amounts that are only displayed in thousands or millions"
                ),
                "read the full amounts, without multiplying them".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// A spreadsheet program took a school year for a date.
    #[must_use]
    pub fn year_typed_as_date(place: Place, date: &str, year: &str) -> Self {
        problem(
            Severity::Warning,
            "year-as-date",
            place,
            "",
            [
                format!(
                    "{date} looks like the school year {year}, which a spreadsheet program turned into a date"
                ),
                "read such cells as school years, like the others in the column".to_owned(),
                format!("format the cells as text and type the years again in the form {year}"),
            ],
        )
    }

    /// A date may be a school year that a spreadsheet program took for one.
    #[must_use]
    pub fn date_may_be_year(place: Place, date: &str, year: &str) -> Self {
        problem(
            Severity::Warning,
            "date-or-year",
            place,
            "",
            [
                format!(
                    "{date} may be the school year {year}, which a spreadsheet program turned into a date"
                ),
                "read it as a date".to_owned(),
                format!("if it is a school year, format the cells as text and type {year} again"),
            ],
        )
    }

    /// The numbers of a table have decimal commas.
    #[must_use]
    pub fn decimal_commas(place: Place) -> Self {
        problem(
            Severity::Warning,
            "decimal-commas",
            place,
            "",
            [
                "the numbers in this table are written with decimal commas, as here".to_owned(),
                "read every comma in its numbers as a decimal mark, and every period as a thousands separator"
                    .to_owned(),
                "if only this cell is mistyped, correct it".to_owned(),
            ],
        )
    }

    /// Some numbers of a table have decimal commas, and others have decimal points.
    #[must_use]
    pub fn decimal_marks_mixed(place: Place) -> Self {
        problem(
            Severity::Warning,
            "decimal-marks-mixed",
            place,
            "",
            [
                "some numbers in this table have a decimal comma, as here, and others have a decimal point"
                    .to_owned(),
                "read every comma in its numbers as a decimal mark, and every period as a thousands separator"
                    .to_owned(),
                "write all numbers in the table the same way".to_owned(),
            ],
        )
    }
}
