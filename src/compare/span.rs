//! The grade span of a district, told from its students by grade where no source says it.
//!
//! By the latest year (up to the one that the project names, where it does) in which any grade has students: elementary grades, where none of them is of the first high school
//! grade or above; high school grades, where none is below it; all grades, where there are both. Prekindergarten and
//! ungraded students say nothing. Degenerate: a district without students by grade has no span (`None`).

use super::projection::is_single;
use super::state::reported;
use crate::catalog::GradeSpan;
use crate::disclosure::{FrameView, Released};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status};

/// In a year, whether there are students below high school, and in it.
type Found = (i32, bool, bool);

/// The span of each district, by its code.
pub(super) fn spans(
    released: &Released,
    view: &FrameView<'_>,
    spec: &GradeSpan,
    up_to: Option<SchoolYear>,
) -> Vec<Option<&'static str>> {
    let terms = released.terms();
    let mut found: Vec<Option<Found>> = vec![None; terms.districts.len()];
    let high = Grade::parse(&spec.high).map_or(i8::MAX, |grade| grade.order());
    for grade in terms.grades.iter().filter(|g| is_single(g)) {
        let key = MeasureKey { grade: grade.clone(), ..MeasureKey::whole(&spec.measure) };
        let is_high = grade.order() >= high;
        for row in released.run(&key).into_iter().flat_map(|run| view.rows(run.rows.clone())) {
            if up_to.is_some_and(|year| row.year > year.end()) {
                continue;
            }
            // Who is hidden is there all the same.
            let is_hidden = matches!(row.status, Status::Masked | Status::Withheld);
            if is_hidden || reported(&row).is_some_and(|n| n > 0.0) {
                let known = &mut found[row.district as usize];
                *known = joined(*known, (row.year, !is_high, is_high));
            }
        }
    }
    let word = |found: Option<Found>| match found? {
        (_, true, true) => Some("all grades"),
        (_, true, false) => Some("elementary grades"),
        (_, _, _) => Some("high school grades"),
    };
    found.into_iter().map(word).collect()
}

/// What is known with one grade more: of the later year, or of both where it is the same.
fn joined(known: Option<Found>, (year, low, high): Found) -> Option<Found> {
    match known {
        Some(later) if later.0 > year => Some(later),
        Some((same, a, b)) if same == year => Some((year, a || low, b || high)),
        _ => Some((year, low, high)),
    }
}
