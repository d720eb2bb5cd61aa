//! What a cell holds.

/// A cell's content, borrowed from its sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as typed, cleaned; never empty.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A number shown with a percent sign, as displayed: 45.3 where 0.453 is stored and the format multiplies it by 100
    /// (`0.0%`), or where 45.3 is stored and the format only adds the sign (`0.0"%"`).
    Percent(f64),
    /// A boolean.
    Bool(bool),
    /// A date or time, as text in ISO 8601.
    Date(&'a str),
    /// A formula's error, such as `#REF!`, or [`UNCALCULATED`].
    Error(&'a str),
}

/// The text of a cell whose formula was never calculated, so the file has no value for it.
pub const UNCALCULATED: &str = "a formula without a value";

impl Cell<'_> {
    /// The trimmed text of a text or date cell; a number as one would type it; empty for an empty cell.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Percent(percent) => format!("{percent}%"),
            Self::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// Whether it is empty or contains only whitespace.
    #[must_use]
    pub fn is_blank(self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// The first day of a month, which may be what a spreadsheet program made of two numbers typed with a hyphen: it takes
/// `2003-04` for April 2003, shows it as `Apr-03`, and writes that to a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthOfYear {
    /// The calendar year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
}

/// The first three letters of the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl MonthOfYear {
    /// The month of a date such as `2003-04-01`.
    fn of_date(date: &str) -> Option<Self> {
        let (year_and_month, day) = date.rsplit_once('-')?;
        let (year, month) = year_and_month.split_once('-')?;
        (day == "01").then_some(Self { year: year.parse().ok()?, month: month.parse().ok()? })
    }

    /// The month of a text such as `Apr-03`, in the century that spreadsheet programs take it for.
    fn of_text(text: &str) -> Option<Self> {
        let (name, year) = text.trim().split_once('-')?;
        let month = MONTHS.iter().position(|month| name.eq_ignore_ascii_case(month))? as u32 + 1;
        let digits = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = year.parse().ok().filter(|_| digits)?;
        Some(Self { year: if year < 30 { 2000 + year } else { 1900 + year }, month })
    }
}

impl Cell<'_> {
    /// The month, if the cell is the first day of one; see [`MonthOfYear`].
    #[must_use]
    pub fn month_of_year(self) -> Option<MonthOfYear> {
        match self {
            Self::Date(date) => MonthOfYear::of_date(date),
            Self::Text(text) => MonthOfYear::of_text(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, MonthOfYear};

    #[test]
    fn a_month_may_be_two_numbers_that_someone_typed() {
        let april = Some(MonthOfYear { year: 2003, month: 4 });
        assert_eq!(Cell::Date("2003-04-01").month_of_year(), april);
        assert_eq!(Cell::Text("Apr-03").month_of_year(), april);
        for cell in
            [Cell::Date("2003-04-02"), Cell::Text("Apr-2003"), Cell::Text("2003-04"), Cell::Number(3.0)]
        {
            assert_eq!(cell.month_of_year(), None, "{cell:?}");
        }
    }
}
