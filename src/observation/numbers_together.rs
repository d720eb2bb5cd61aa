//! Several numbers in one cell: `6|88`, `85.0% (n=123)`, `123 (85%)`.

use super::number::{Number, NumberReader};
use super::slot::CellPart;
use sheets::Cell;

/// The least number of numbers in a cell that are separated by a pattern.
const FEWEST: usize = 2;

/// The numbers of a cell that a pattern of the catalog tells apart.
#[derive(Debug, Clone, PartialEq)]
pub struct NumbersTogether {
    /// The numbers, in the order of the text.
    pub numbers: Vec<Number>,
    /// The text of each.
    pub texts: Vec<String>,
    /// Which of them is said to be a number of people; `None` if none is.
    pub people: Option<usize>,
    /// Which of them is said to be a change or a margin, and need not be readable; `None` if none is.
    pub aside: Option<usize>,
}

impl NumbersTogether {
    /// Which of them is the first percent, apart from changes and margins; `None` if none is.
    #[must_use]
    pub fn first_percent(&self) -> Option<usize> {
        let is_percent = |at: &usize| matches!(self.numbers[*at], Number::Percent(_));
        (0..self.numbers.len()).filter(|at| self.aside != Some(*at)).find(is_percent)
    }
}

impl NumberReader {
    /// The numbers of a cell that holds several; `None` if it does not. One of them at least is no marker.
    #[must_use]
    pub fn read_together(&self, cell: Cell<'_>) -> Option<NumbersTogether> {
        let Cell::Text(text) = cell else { return None };
        let text = text.trim();
        if !may_be_together(text) || self.read_marker(text).is_some() {
            return None;
        }
        self.markers().together().iter().find_map(|pattern| self.split_by(pattern, text))
    }

    /// Whether a cell holds a number, alone or with others.
    #[must_use]
    pub fn has_number(&self, cell: Cell<'_>) -> bool {
        match self.read(cell) {
            Number::Reported(_) | Number::Percent(_) => true,
            Number::Absent(..) => false,
            Number::Unreadable => self.has_number_beside_text(cell),
        }
    }

    /// Whether a cell that is no number alone holds one with a mark of a footnote, or several.
    #[must_use]
    pub fn has_number_beside_text(&self, cell: Cell<'_>) -> bool {
        let Cell::Text(text) = cell else { return false };
        // Most texts have no digit, and looking for one is quick.
        text.bytes().any(|byte| byte.is_ascii_digit())
            && (self.read_footnoted(cell).is_some() || self.read_together(cell).is_some())
    }

    /// The numbers of a text by one pattern, if all that must be are readable.
    fn split_by(&self, pattern: &regex::Regex, text: &str) -> Option<NumbersTogether> {
        let found = pattern.captures(text)?;
        let texts: Vec<&str> =
            found.iter().skip(1).map(|part| part.map_or("", |part| part.as_str())).collect();
        let (people, aside) = (place_of(pattern, "n"), place_of(pattern, "aside"));
        let numbers: Vec<Number> = texts.iter().map(|text| self.read_text(text.trim())).collect();
        let mut told = numbers.iter().enumerate().filter(|(index, _)| Some(*index) != aside);
        let is_read = told.all(|(_, number)| *number != Number::Unreadable);
        let has_number =
            numbers.iter().any(|number| matches!(number, Number::Reported(_) | Number::Percent(_)));
        let is_one = is_read && has_number && texts.iter().all(|text| !text.trim().is_empty());
        let texts = texts.into_iter().map(|text| text.trim().to_owned()).collect();
        is_one.then_some(NumbersTogether { numbers, texts, people, aside })
    }

    /// Reads one of several numbers in a cell: those that a pattern of the catalog tells apart, or that are separated by a bar,
    /// a slash, a semicolon or `of`.
    pub(super) fn read_part(&self, cell: Cell<'_>, part: CellPart) -> Number {
        let Cell::Text(text) = cell else {
            // A single number cannot be several numbers.
            return match self.read(cell) {
                Number::Reported(_) | Number::Percent(_) => Number::Unreadable,
                absent => absent,
            };
        };
        if let Some(absent) = self.read_marker(text.trim()) {
            return absent;
        }
        let own = self.texts_of(text.trim(), part.count).and_then(|texts| texts.get(part.index).copied());
        own.map_or(Number::Unreadable, |own| self.read_text(own.trim()))
    }

    /// The texts of the `count` numbers in a cell; `None` if nothing splits it into that many.
    fn texts_of<'t>(&self, text: &'t str, count: usize) -> Option<Vec<&'t str>> {
        if may_be_together(text) {
            let patterns =
                self.markers().together().iter().filter(|pattern| pattern.captures_len() == count + 1);
            for pattern in patterns {
                let Some(found) = pattern.captures(text) else { continue };
                // Without one of them, the others would be taken for it.
                let texts: Option<Vec<&str>> =
                    found.iter().skip(1).map(|part| part.map(|part| part.as_str())).collect();
                if texts.is_some() {
                    return texts;
                }
            }
        }
        separated(text, count)
    }
}

/// Which of a pattern's numbers has this name; `None` if none has.
fn place_of(pattern: &regex::Regex, name: &str) -> Option<usize> {
    pattern.capture_names().skip(1).position(|known| known == Some(name))
}

/// Whether a text is long enough for several numbers and has a sign with which the patterns tell them apart.
fn may_be_together(text: &str) -> bool {
    text.len() > FEWEST && text.contains(['(', '[', '=', '±'])
}

/// The texts of the `count` numbers that a sign separates; `None` if none separates that many.
fn separated(text: &str, count: usize) -> Option<Vec<&str>> {
    for sign in ["|", "/", " of ", ";"] {
        let texts: Vec<&str> = text.split(sign).collect();
        if texts.len() == count {
            return Some(texts);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{CellPart, Number, NumberReader};
    use crate::catalog::{Catalog, Markers};
    use crate::domain::Status;
    use sheets::Cell;

    fn reader() -> NumberReader {
        NumberReader::new(&Markers::default(), &Catalog::embedded().unwrap().markers).unwrap()
    }

    #[test]
    fn numbers_in_parentheses_are_told_apart() {
        let reader = reader();
        let (percent, plain) = (Number::Percent, Number::Reported);
        let masked = Number::Absent(Status::Masked, None);
        for (text, numbers, people, aside) in [
            ("85.0% (n=123)", vec![percent(85.0), plain(123.0)], Some(1), None),
            ("85.0% [N: 1,230]", vec![percent(85.0), plain(1230.0)], Some(1), None),
            ("85.0%, n = 123", vec![percent(85.0), plain(123.0)], Some(1), None),
            ("* (n=8)", vec![masked, plain(8.0)], Some(1), None),
            ("123 (85%)", vec![plain(123.0), percent(85.0)], None, None),
            ("85.0 (123)", vec![plain(85.0), plain(123.0)], None, None),
            ("85.0 (+1.2)", vec![plain(85.0), plain(1.2)], None, Some(1)),
            ("85.0 ± 2.1", vec![plain(85.0), plain(2.1)], None, Some(1)),
            ("105/123 (85.4%)", vec![plain(105.0), plain(123.0), percent(85.4)], None, None),
            ("85.4% (105 of 123)", vec![percent(85.4), plain(105.0), plain(123.0)], None, None),
        ] {
            let found = reader.read_together(Cell::Text(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.numbers, found.people, found.aside), (numbers, people, aside), "{text}");
        }
        let no_numbers = [
            "(123)",
            "Grade 3 (2024)",
            "45 (a)",
            "Lincoln (K-5)",
            "N<10 (n)",
            "<10 (*)",
            "85.0",
            "(<10)",
            "2023-24 (1)",
            "n=123",
            "* (*)",
            "85.0 ()",
        ];
        for text in no_numbers {
            assert_eq!(reader.read_together(Cell::Text(text)), None, "{text}");
        }
    }

    fn part(text: &str, index: usize) -> Number {
        reader().read_part(Cell::Text(text), CellPart { index, count: 2, first: 0 })
    }

    #[test]
    fn a_part_of_such_a_cell_is_read() {
        assert_eq!(part("85.0% (n=123)", 0), Number::Percent(85.0));
        assert_eq!(part("85.0% (n=123)", 1), Number::Reported(123.0));
        assert_eq!(part("N/A (n=5)", 1), Number::Reported(5.0));
        assert_eq!(part("6|88", 1), Number::Reported(88.0));
        assert_eq!(part("85.0%", 0), Number::Unreadable);
    }

    #[test]
    fn a_number_that_a_pattern_does_not_find_is_not_replaced_by_the_next() {
        let layout = Markers { together: vec![r"(\d+%)? *\((\d+)\)".to_owned()], ..Markers::default() };
        let reader = NumberReader::new(&layout, &Markers::default()).unwrap();
        for (text, read) in
            [("85% (12)", [Number::Percent(85.0), Number::Reported(12.0)]), ("(12)", [Number::Unreadable; 2])]
        {
            let parts = [0, 1]
                .map(|index| reader.read_part(Cell::Text(text), CellPart { index, count: 2, first: 0 }));
            assert_eq!(parts, read, "{text}");
        }
    }

    #[test]
    fn a_cell_may_hold_two_numbers() {
        for (text, first, second) in [("6|88", 6.0, 88.0), ("6 / 88", 6.0, 88.0), ("6 of 88", 6.0, 88.0)] {
            let parts = [0, 1].map(|index| part(text, index));
            assert_eq!(parts, [Number::Reported(first), Number::Reported(second)], "{text}");
        }
        for text in ["*", "6|*"] {
            assert_eq!(part(text, 1), Number::Absent(Status::Masked, None), "{text}");
        }
        for cell in [Cell::Text("6"), Cell::Text("6|88|3"), Cell::Number(6.0)] {
            assert_eq!(
                reader().read_part(cell, CellPart { index: 1, count: 2, first: 0 }),
                Number::Unreadable,
                "{cell:?}"
            );
        }
    }
}
