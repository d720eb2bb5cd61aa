//! Decimal commas and points. `1,234` is a thousand in one country and one and a bit in another; which one is decided once
//! for a table, by the numbers that can be read in one way only.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::number::NumberReader;
use sheets::{Cell, Row, Sheet};

/// What separates whole numbers from decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalMark {
    /// A point; commas separate thousands.
    #[default]
    Point,
    /// A comma; points separate thousands.
    Comma,
}

/// What a number shows of its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkUse {
    /// It has the decimal mark.
    Decimal(DecimalMark),
    /// Three digits follow its only mark, which separates thousands if this is the decimal mark.
    Either(DecimalMark),
}

/// The decimal mark of a table, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DecimalMarks {
    /// The mark.
    pub mark: DecimalMark,
    /// Whether some numbers have the other mark.
    pub are_mixed: bool,
    /// Row and column of the first number with a decimal comma; `None` if there is none.
    pub first_comma: Option<[u32; 2]>,
}

/// The numbers of one column.
#[derive(Debug, Default)]
struct ColumnMarks {
    commas: usize,
    points: usize,
    /// Numbers whose only mark is a comma (or a point), with three digits behind it.
    thousands_by_comma: usize,
    thousands_by_point: usize,
}

impl DecimalMarks {
    /// The marks of the numbers in these columns of these rows of `sheet`. A table without a comma between digits is not
    /// searched.
    #[must_use]
    pub fn of_rows<'s>(sheet: &'s Sheet, rows: impl Iterator<Item = Row<'s>>, columns: &[u32]) -> Self {
        let mut marks = Self::default();
        if !sheet.has_commas_between_digits() {
            return marks;
        }
        let mut found: BTreeMap<u32, ColumnMarks> = BTreeMap::new();
        for row in rows {
            for column in columns {
                let Cell::Text(text) = row.cell(*column) else { continue };
                let Some(used) = mark_use(text) else { continue };
                found.entry(*column).or_default().add(used);
                if used == MarkUse::Decimal(DecimalMark::Comma) {
                    marks.first_comma.get_or_insert([row.number, *column]);
                }
            }
        }
        marks.settle(found.values());
        marks
    }

    fn settle<'c>(&mut self, columns: impl Iterator<Item = &'c ColumnMarks>) {
        let (mut commas, mut points) = (0, 0);
        let (mut decimal_commas, mut decimal_points) = (0, 0);
        for column in columns {
            decimal_commas += column.commas;
            decimal_points += column.points;
            commas += column.commas;
            points += column.points;
            // A column in which every mark may separate thousands is one of whole numbers.
            if column.commas + column.points == 0 {
                commas += column.thousands_by_point;
                points += column.thousands_by_comma;
            }
        }
        if self.first_comma.is_none() {
            return;
        }
        // Numbers that have decimals break a tie with those that may be thousands; a point is the usual mark.
        let is_comma = (commas, decimal_commas) > (points, decimal_points);
        self.mark = if is_comma { DecimalMark::Comma } else { DecimalMark::Point };
        self.are_mixed = points > 0;
    }
}

impl ColumnMarks {
    fn add(&mut self, used: MarkUse) {
        match used {
            MarkUse::Decimal(DecimalMark::Comma) => self.commas += 1,
            MarkUse::Decimal(DecimalMark::Point) => self.points += 1,
            MarkUse::Either(DecimalMark::Point) => self.thousands_by_comma += 1,
            MarkUse::Either(DecimalMark::Comma) => self.thousands_by_point += 1,
        }
    }
}

/// What a text shows of its marks; `None` if it is not a number, or has no mark.
fn mark_use(text: &str) -> Option<MarkUse> {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    let is_number = bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let last = bare.rfind(['.', ',']).filter(|_| is_number)?;
    let (own, other) = match bare.as_bytes()[last] {
        b',' => (DecimalMark::Comma, DecimalMark::Point),
        _ => (DecimalMark::Point, DecimalMark::Comma),
    };
    let (whole, decimals) = (&bare[..last], &bare[last + 1..]);
    let has_own = whole.contains(own.sign());
    if whole.contains(other.sign()) {
        // Both marks: the last one is the decimal mark, if it is the only one of its kind.
        return (!has_own).then_some(MarkUse::Decimal(own));
    }
    if has_own {
        let are_thousands = bare.split(own.sign()).skip(1).all(|group| group.len() == 3);
        return are_thousands.then_some(MarkUse::Decimal(other));
    }
    let may_be_thousands = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    match decimals.len() {
        0 => None,
        _ if may_be_thousands => Some(MarkUse::Either(other)),
        _ => Some(MarkUse::Decimal(own)),
    }
}

impl NumberReader {
    /// The same reader for a table with this decimal mark.
    #[must_use]
    pub fn with_decimal_mark(&self, decimal_mark: DecimalMark) -> Self {
        let mut reader = self.clone();
        reader.decimal_mark = decimal_mark;
        reader
    }
}

impl DecimalMark {
    const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// A number's text with a decimal point.
    pub(super) fn with_point(self, text: &str) -> Cow<'_, str> {
        if self == Self::Point || !text.contains([',', '.']) {
            return Cow::Borrowed(text);
        }
        let swapped = text.chars().map(|c| match c {
            ',' => '.',
            '.' => ',',
            other => other,
        });
        Cow::Owned(swapped.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, DecimalMarks, MarkUse, mark_use};
    use sheets::{Cell, Place, SheetBuilder};

    fn marks(rows: &[&[&str]]) -> (DecimalMark, bool) {
        let mut builder = SheetBuilder::new(Place::file("t.csv"), false);
        for (row, texts) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*texts) {
                builder.push_cell(row, column, Cell::Text(text));
            }
        }
        let sheet = builder.finish();
        let marks = DecimalMarks::of_rows(&sheet, sheet.rows(), &[0, 1]);
        (marks.mark, marks.are_mixed)
    }

    #[test]
    fn a_number_shows_its_decimal_mark_or_may_be_either() {
        use DecimalMark::{Comma, Point};
        for (text, used) in [
            ("12,5", Some(MarkUse::Decimal(Comma))),
            ("0,453", Some(MarkUse::Decimal(Comma))),
            ("1.234,5", Some(MarkUse::Decimal(Comma))),
            ("1.234.567", Some(MarkUse::Decimal(Comma))),
            ("$1,234.50", Some(MarkUse::Decimal(Point))),
            ("1,234,567", Some(MarkUse::Decimal(Point))),
            ("45.3%", Some(MarkUse::Decimal(Point))),
            ("1,234", Some(MarkUse::Either(Point))),
            ("1.234", Some(MarkUse::Either(Comma))),
            ("12", None),
            ("10.14.2023", None),
            ("Elm, TX", None),
            ("*", None),
        ] {
            assert_eq!(mark_use(text), used, "{text}");
        }
    }

    #[test]
    fn the_mark_is_decided_by_all_numbers_of_a_table() {
        use DecimalMark::{Comma, Point};
        assert_eq!(marks(&[&["1,234"], &["12,5"]]), (Comma, false));
        assert_eq!(marks(&[&["1.204", "12,5"], &["2.300", "9,1"]]), (Comma, false));
        assert_eq!(marks(&[&["1,204", "12.5"], &["2,300", "9.1"]]), (Point, false));
        assert_eq!(marks(&[&["1,204", "980"], &["2,300", "9"]]), (Point, false));
        // One slip among thousands.
        assert_eq!(marks(&[&["1,204", "12,5"], &["2,300", "9.1"], &["1,100", "8.7"]]), (Point, true));
        assert_eq!(marks(&[&["1,204", "12,5"], &["2,300", "9,1"], &["3,100", "8,7"]]), (Comma, true));
        // One of each.
        assert_eq!(marks(&[&["95.5"], &["9,5"]]), (Point, true));
    }

    #[test]
    fn a_comma_becomes_a_point() {
        assert_eq!(DecimalMark::Comma.with_point("1.234,5%"), "1,234.5%");
        assert_eq!(DecimalMark::Point.with_point("1,234.5"), "1,234.5");
    }
}
