//! Where a value is in a frame.

use crate::domain::{KeyCode, SchoolYear};

/// Where a value is: its series, the code of its district, and its school year.
pub(super) type Position = (KeyCode, u32, SchoolYear);

/// The position of another measure's value for the same students.
pub(super) const fn of_measure(measure: u32, position: Position) -> Position {
    let (key, district, year) = position;
    (KeyCode { measure, ..key }, district, year)
}
