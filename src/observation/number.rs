//! Reads a cell as a number, or as a marker for an absent number.

use super::decimal_mark::DecimalMark;
use super::written_number::{parse_amount, parse_plain, parse_written};
use crate::catalog::{CompiledMarkers, Markers, MaskedRange};
use crate::domain::Status;
use sheets::Cell;

/// The content of a cell that should be a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// The number.
    Reported(f64),
    /// A number shown as a percent, by its sign or format: 45.3 for `45.3%`.
    Percent(f64),
    /// A marker: masked (with the bounds given by the marker), missing or not applicable. A blank cell is
    /// missing.
    Absent(Status, Option<MaskedRange>),
    /// Neither a number nor a marker.
    Unreadable,
}

/// Reads cells as numbers, using the markers of a layout and of the catalog.
#[derive(Debug, Clone)]
pub struct NumberReader {
    markers: CompiledMarkers,
    /// Markers that are numbers themselves, such as −1.
    numeric: Vec<(f64, Status)>,
    pub(super) decimal_mark: DecimalMark,
}

impl NumberReader {
    /// A reader that uses a layout's markers, then the catalog's.
    ///
    /// # Errors
    /// The first regular expression of a marker that cannot be compiled.
    pub fn new(layout: &Markers, catalog: &Markers) -> Result<Self, regex::Error> {
        let markers = layout.compile(catalog)?;
        let numeric = markers.numbers().collect();
        Ok(Self { markers, numeric, decimal_mark: DecimalMark::Point })
    }

    /// The markers used.
    #[must_use]
    pub const fn markers(&self) -> &CompiledMarkers {
        &self.markers
    }

    /// Reads a cell.
    #[must_use]
    pub fn read(&self, cell: Cell<'_>) -> Number {
        match cell {
            Cell::Empty => Number::Absent(Status::Missing, None),
            Cell::Number(number) => self.read_number(number),
            Cell::Percent(percent) => self.read_number(percent).shown_as_percent(),
            Cell::Text(text) => self.read_text(text.trim()),
            Cell::Error(text) | Cell::Date(text) => self.read_marker(text).unwrap_or(Number::Unreadable),
            Cell::Bool(_) => Number::Unreadable,
        }
    }

    /// Reads a cell with a footnote mark after its number or marker (`12.3*`, `N/A*`); `None` if it is not
    /// such a cell.
    pub(super) fn read_footnoted(&self, cell: Cell<'_>) -> Option<Number> {
        let Cell::Text(text) = cell else { return None };
        let number = self.read_text(self.markers.without_footnote(text.trim())?);
        (number != Number::Unreadable).then_some(number)
    }

    /// Reads a cell; a footnote mark after its number or marker is not part of it.
    #[must_use]
    pub fn read_noted(&self, cell: Cell<'_>) -> Number {
        match self.read(cell) {
            Number::Unreadable => self.read_footnoted(cell).unwrap_or(Number::Unreadable),
            number => number,
        }
    }

    fn read_number(&self, number: f64) -> Number {
        if !number.is_finite() {
            return Number::Unreadable;
        }
        let marker = self.numeric.iter().find(|(marker, _)| *marker == number);
        marker.map_or(Number::Reported(number), |(_, status)| Number::Absent(*status, None))
    }

    /// What a text marks; `None` if it is not a marker.
    pub(super) fn read_marker(&self, text: &str) -> Option<Number> {
        let status = self.markers.status(text)?;
        let bounds = if status == Status::Masked { self.markers.masked_range(text) } else { None };
        Some(Number::Absent(status, bounds))
    }

    pub(super) fn read_text(&self, text: &str) -> Number {
        if text.is_empty() {
            return Number::Absent(Status::Missing, None);
        }
        let written = text;
        let text = &*self.decimal_mark.with_point(text);
        if let Some(number) = parse_plain(text) {
            return self.read_number(number);
        }
        if let Some(absent) = self.read_marker(written) {
            return absent;
        }
        match parse_written(text) {
            Some(number) if text.contains('%') => self.read_number(number).shown_as_percent(),
            Some(number) => self.read_number(number),
            None => parse_amount(text, &self.markers).map_or(Number::Unreadable, Number::Reported),
        }
    }
}

impl Number {
    /// The same number, shown as a percent.
    const fn shown_as_percent(self) -> Self {
        match self {
            Self::Reported(percent) => Self::Percent(percent),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, NumberReader};
    use crate::catalog::{Bounds, Catalog, Markers};
    use crate::domain::Status;
    use sheets::Cell;

    /// The catalog is opened once, and not for each number.
    fn reader() -> &'static NumberReader {
        static READER: std::sync::LazyLock<NumberReader> = std::sync::LazyLock::new(|| {
            let layout = Markers { masked: vec!["-1".into(), "-3".into()], ..Markers::default() };
            NumberReader::new(&layout, &Catalog::embedded().unwrap().markers).unwrap()
        });
        &READER
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, number) in [
            ("12", 12.0),
            (" 12.5 ", 12.5),
            ("$8,015,229", 8_015_229.0),
            ("(1,234)", -1234.0),
            ("($1,234.50)", -1234.5),
            ("-$820", -820.0),
            ("$-820", -820.0),
            ("1,426", 1426.0),
            ("'12", 12.0),
            ("−3.5", -3.5),
            (".5", 0.5),
            ("15:1", 15.0),
            ("14.2 to 1", 14.2),
            // As Excel writes large numbers to a CSV file.
            ("1.2E+07", 12_000_000.0),
            ("$30.0M", 30_000_000.0),
            ("$8.015229 million", 8_015_229.0),
            ("$450K", 450_000.0),
            ("($1.2M)", -1_200_000.0),
            ("-$1.2 B", -1_200_000_000.0),
        ] {
            assert_eq!(reader().read(Cell::Text(text)), Number::Reported(number), "{text}");
        }
        assert_eq!(reader().read(Cell::Text("45.3%")), Number::Percent(45.3));
        assert_eq!(reader().read(Cell::Percent(45.3)), Number::Percent(45.3));
    }

    #[test]
    fn footnote_marks_are_not_part_of_a_number() {
        for (text, number) in
            [("12.3*", 12.3), ("45 (a)", 45.0), ("1,204†", 1204.0), ("7²", 7.0), ("85.0 ▲", 85.0)]
        {
            assert_eq!(reader().read(Cell::Text(text)), Number::Unreadable, "{text}");
            assert_eq!(reader().read_footnoted(Cell::Text(text)), Some(Number::Reported(number)), "{text}");
        }
        for (text, status) in
            [("N/A*", Status::Missing), ("DS (a)", Status::Masked), ("<10†", Status::Masked)]
        {
            let read = reader().read_footnoted(Cell::Text(text));
            assert!(matches!(read, Some(Number::Absent(found, _)) if found == status), "{text}: {read:?}");
        }
        for text in ["*", "1O4*", "(a)", "2023-24 (a)"] {
            assert_eq!(reader().read_footnoted(Cell::Text(text)), None, "{text}");
        }
    }

    #[test]
    fn a_mask_keeps_the_bounds_that_it_gives() {
        let said = |text| match reader().read(Cell::Text(text)) {
            Number::Absent(Status::Masked, said) => said,
            other => panic!("{text}: {other:?}"),
        };
        for (text, low, high, percent, people) in [
            ("<10", None, Some(10.0), false, false),
            ("≤ 5%", None, Some(5.0), true, false),
            (">95%", Some(95.0), None, true, false),
            (">.95", Some(0.95), None, false, false),
            ("95% or more", Some(95.0), None, true, false),
            ("5 or fewer", None, Some(5.0), false, true),
            ("5 or less", None, Some(5.0), false, false),
            ("LE5", None, Some(5.0), false, false),
            ("N<10", None, Some(10.0), false, true),
            ("fewer than 10 students", None, Some(10.0), false, true),
            ("< 10 students", None, Some(10.0), false, true),
            ("<10 Tested", None, Some(10.0), false, true),
            ("fewer than 10", None, Some(10.0), false, true),
            ("less than 10", None, Some(10.0), false, false),
            ("less than 10 students", None, Some(10.0), false, true),
            ("10 or fewer students", None, Some(10.0), false, true),
            ("5 students or less", None, Some(5.0), false, true),
            ("\u{2265} 95 percent", Some(95.0), None, true, false),
            ("at least 95%", Some(95.0), None, true, false),
            ("Suppressed: N<10", None, Some(10.0), false, true),
            ("(<10)", None, Some(10.0), false, false),
            ("<10*", None, Some(10.0), false, false),
            ("GE95", Some(95.0), None, false, false),
            ("LT50", None, Some(50.0), false, false),
            ("21-39", Some(21.0), Some(39.0), false, false),
            ("6 to 9%", Some(6.0), Some(9.0), true, false),
            ("90-100", Some(90.0), Some(100.0), false, false),
            ("95+", Some(95.0), None, false, false),
            ("95%+", Some(95.0), None, true, false),
            ("97.5 + %", Some(97.5), None, true, false),
        ] {
            let said = said(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((said.percent, said.people), (percent, people), "{text}");
            assert_eq!(said.bounds(1.0), Bounds { low, high }, "{text}");
        }
        assert_eq!(said("*"), None);
        // A fraction that the layout converts to a percent: its bound is converted too.
        assert_eq!(said("<0.05").unwrap().bounds(100.0).high, Some(5.0));
        assert_eq!(said("<5%").unwrap().bounds(100.0).high, Some(5.0));
        // Next to fractions, a marker that can only mean percents.
        assert_eq!(said(">95").unwrap().bounds(100.0).low, Some(95.0));
    }

    #[test]
    fn a_mask_is_never_a_number() {
        let masked = |cell| matches!(reader().read(cell), Number::Absent(Status::Masked, _));
        for text in ["*", "-1", "-3.0", "<10", "≤ 5%", ">95%", "DS", "--"] {
            assert!(masked(Cell::Text(text)), "{text}");
        }
        assert!(masked(Cell::Number(-1.0)));
        for text in ["", "  ", ".", "N/A", "-"] {
            assert_eq!(reader().read(Cell::Text(text)), Number::Absent(Status::Missing, None), "{text:?}");
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_reported() {
        let no_ranges = ["2023-24", "23-24", "2021-2022", "39-21", "5-5", "21-399", "10-14-2023"];
        for text in [
            "1O4",
            "12,5",
            "1,23",
            "0,453",
            "abc",
            "1.2.3",
            "inf",
            "(",
            "$",
            "10 students",
            "14:01",
            "15:2",
            ":1",
            "3+",
            "2024+",
            "95+5",
            "+",
            "30M",
            "$30X",
            "$M",
        ]
        .into_iter()
        .chain(no_ranges)
        {
            assert_eq!(reader().read(Cell::Text(text)), Number::Unreadable, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_number_written_plainly_reads_back(n in -1e12f64..1e12) {
            let bare = NumberReader::new(&Markers::default(), &Markers::default()).unwrap();
            proptest::prop_assert_eq!(bare.read(Cell::Text(&n.to_string())), Number::Reported(n));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = reader().read(Cell::Text(&text));
        }
    }
}
