//! How old values are, compared with the newest of any district.

use crate::catalog::FindingsSpec;
use crate::domain::SchoolYear;
use crate::wording::finding_parts::data_of;

/// The badge of old values (`Data of 2015-16`); empty if they are not old.
pub(super) fn badge(limits: &FindingsSpec, newest: Option<SchoolYear>, latest: SchoolYear) -> String {
    let is_old = years_behind(newest, latest) >= limits.badge_from;
    if is_old { data_of(latest) } else { String::new() }
}

/// Whether values are so old that nothing is said about them.
pub(super) fn is_silent(limits: &FindingsSpec, newest: Option<SchoolYear>, latest: SchoolYear) -> bool {
    years_behind(newest, latest) >= limits.silent_from
}

fn years_behind(newest: Option<SchoolYear>, latest: SchoolYear) -> i32 {
    newest.map_or(0, |newest| newest.end() - latest.end())
}
