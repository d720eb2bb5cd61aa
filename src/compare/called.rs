//! What people read instead of the code of a district that no source names.

use crate::domain::District;
use crate::wording::exhibit as wording;

/// The district with the name that people read. Where no source has a name, its name is its id: a bare code among numbers is
/// mistaken for one of them.
pub(super) fn called(district: &District) -> District {
    let mut district = district.clone();
    if district.name == district.shown_id && is_code(&district.name) {
        district.name = wording::district_of_code(&district.shown_id);
    }
    district
}

/// Whether a text is a code and not a name that serves as an id.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit())
}
