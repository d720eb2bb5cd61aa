//! School years that a spreadsheet program took for dates: `2003-04`, typed into a cell, becomes April 2003.
//!
//! Only 2000-01 to 2011-12 can become dates, because their last two digits are a month. A date is read as a school year
//! only if its column holds school years otherwise, or several such dates and no other ones.

use std::collections::BTreeSet;

use crate::domain::{LoneYear, SchoolYear};
use sheets::{Cell, MonthOfYear};

/// How many cells of a column are examined.
pub(super) const CELLS_EXAMINED: usize = 100_000;

/// The school year that a date may have been typed as; `None` if it cannot have been one.
#[must_use]
pub fn typed_year(cell: Cell<'_>) -> Option<SchoolYear> {
    let MonthOfYear { year, month } = cell.month_of_year()?;
    let is_next = (2000..2012).contains(&year) && i64::from(month) == i64::from(year) - 1999;
    SchoolYear::ending(year + 1).ok().filter(|_| is_next)
}

/// What the cells of a column or a header say of the dates among them.
#[derive(Debug, Default)]
pub(super) struct DateEvidence {
    /// The school years that dates may have been typed as.
    typed: BTreeSet<SchoolYear>,
    /// Whether there are school years of two years, such as `2012-13`.
    has_ranges: bool,
    /// Whether there are dates that cannot have been typed as school years.
    has_other_dates: bool,
}

impl DateEvidence {
    pub(super) fn of_cells<'c>(cells: impl Iterator<Item = Cell<'c>>) -> Self {
        let mut evidence = Self::default();
        for cell in cells {
            match (typed_year(cell), cell) {
                (Some(year), _) => _ = evidence.typed.insert(year),
                (None, Cell::Date(_)) => evidence.has_other_dates = true,
                (None, Cell::Text(text)) if !evidence.has_ranges => evidence.has_ranges = is_range(text),
                _ => {}
            }
        }
        evidence
    }

    /// Whether the dates are school years.
    pub(super) fn are_years(&self) -> bool {
        let fewest = if self.has_ranges { 1 } else { 2 };
        !self.has_other_dates && self.typed.len() >= fewest
    }
}

/// Whether a text is a school year written as two years.
fn is_range(text: &str) -> bool {
    let parts = text.trim().split(['-', '–', '/']).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    parts.count() == 2 && SchoolYear::parse(text, LoneYear::End).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{DateEvidence, typed_year};
    use crate::domain::SchoolYear;
    use sheets::Cell;

    #[test]
    fn a_date_is_a_school_year_only_among_school_years() {
        assert_eq!(typed_year(Cell::Date("2003-04-01")), SchoolYear::ending(2004).ok());
        assert_eq!(typed_year(Cell::Text("Jan-00")), SchoolYear::ending(2001).ok());
        for date in ["2003-05-01", "2012-13-01", "2003-04-02", "1999-12-01"] {
            assert_eq!(typed_year(Cell::Date(date)), None, "{date}");
        }
        let (april, may) = (Cell::Date("2003-04-01"), Cell::Date("2004-05-01"));
        for (cells, are_years) in [
            (vec![april, Cell::Text("2012-13")], true),
            (vec![april, may], true),
            (vec![april, april], false),
            (vec![april, Cell::Text("2004")], false),
            (vec![april, may, Cell::Date("2004-10-01")], false),
        ] {
            assert_eq!(DateEvidence::of_cells(cells.into_iter()).are_years(), are_years);
        }
    }
}
