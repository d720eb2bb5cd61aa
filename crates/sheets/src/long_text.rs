//! Text longer than a cell can have is not kept: no name is that long, and a few such texts would exhaust the
//! memory.

/// The most characters in a cell: no spreadsheet program allows more.
pub(super) const LONGEST_TEXT: usize = 32_767;

/// Whether text is longer than a cell can have.
pub(super) fn is_too_long(text: &[u8]) -> bool {
    // In UTF-8 each character has exactly one byte that is not a continuation byte.
    text.len() > LONGEST_TEXT && text.iter().filter(|byte| **byte & 0xC0 != 0x80).count() > LONGEST_TEXT
}

/// Cells that were left empty because their text was longer than a cell can have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OverlongTexts {
    /// The number of cells.
    pub(super) count: u64,
    /// Row and column (from 0) of the first few.
    pub(super) first: Vec<(u32, u32)>,
}

impl OverlongTexts {
    /// How many are listed with row and column.
    const LISTED: usize = 9;

    pub(super) fn add(&mut self, row: u32, column: u32) {
        self.count += 1;
        if self.first.len() < Self::LISTED {
            self.first.push((row, column));
        }
    }
}

/// Empties the fields of a row whose text is longer than a cell can have, and returns the row's new length in
/// bytes.
///
/// `row` holds the concatenated bytes of the fields, `ends` the end of each field; `number` is the row
/// number.
pub(super) fn remove_overlong_fields(
    row: &mut [u8],
    ends: &mut [usize],
    number: u32,
    overlong: &mut OverlongTexts,
) -> usize {
    if row.len() <= LONGEST_TEXT {
        return row.len();
    }
    let (mut start, mut kept) = (0, 0);
    for (column, end) in ends.iter_mut().enumerate() {
        let field = start..*end;
        start = *end;
        if is_too_long(&row[field.clone()]) {
            overlong.add(number, column as u32);
        } else {
            row.copy_within(field.clone(), kept);
            kept += field.len();
        }
        *end = kept;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TEXT, OverlongTexts, is_too_long, remove_overlong_fields};

    #[test]
    fn a_text_is_measured_in_characters() {
        assert!(!is_too_long("é".repeat(LONGEST_TEXT).as_bytes()));
        assert!(is_too_long("é".repeat(LONGEST_TEXT + 1).as_bytes()));
    }

    #[test]
    fn a_long_text_leaves_its_field_empty_and_the_others_as_they_are() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        let mut row = format!("ab{long}cd{long}").into_bytes();
        let mut ends = [2, 2 + long.len(), 4 + long.len(), 4 + 2 * long.len()];
        let mut too_long = OverlongTexts::default();
        let kept = remove_overlong_fields(&mut row, &mut ends, 7, &mut too_long);
        assert_eq!((&row[..kept], ends), (&b"abcd"[..], [2, 2, 4, 4]));
        assert_eq!((too_long.count, too_long.first), (2, vec![(7, 1), (7, 3)]));
    }
}
