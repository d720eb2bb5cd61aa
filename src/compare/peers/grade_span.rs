//! The grade span of a district, derived from its students by grade if no source has it.
//!
//! Based on the latest year (not after the one that the project names, if any) in which any grade has
//! students: elementary if none of these grades is at or above the first high school grade; high school if
//! none is below it; all grades if there are both. Prekindergarten and ungraded students do not count.
//! Degenerate: a district without students by grade has no span (`None`).

use crate::catalog::GradeSpan;
use crate::compare::grades::is_single_grade;
use crate::compare::values::{ReportedSeries, reported};
use crate::disclosure::{FrameRow, FrameView, Released};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status};
use crate::wording::peer_choice as words;

/// Where a district has students in one year.
#[derive(Clone, Copy)]
struct GradesInYear {
    year: i32,
    has_elementary: bool,
    has_high_school: bool,
}

/// The span of each district, by its code.
pub(super) fn grade_spans(
    released: &Released,
    view: FrameView<'_>,
    spec: &GradeSpan,
    up_to: Option<SchoolYear>,
) -> Vec<Option<&'static str>> {
    let terms = released.terms();
    let mut latest: Vec<Option<GradesInYear>> = vec![None; terms.districts.len()];
    let first_of_high_school = Grade::parse(&spec.high).map_or(i8::MAX, |grade| grade.order());
    for grade in terms.grades.iter().filter(|g| is_single_grade(g)) {
        let key = MeasureKey { grade: grade.clone(), ..MeasureKey::whole(&spec.measure) };
        let Some(run) = released.run(&key) else { continue };
        let is_high_school = grade.order() >= first_of_high_school;
        for row in ReportedSeries::new(view, run).all() {
            let is_too_late = up_to.is_some_and(|year| row.year > year.end());
            if is_too_late || !has_students(&row) {
                continue;
            }
            let district = &mut latest[row.district as usize];
            *district = Some(GradesInYear::new(row.year, is_high_school).joined_with(*district));
        }
    }
    latest.into_iter().map(|grades| Some(grades?.span())).collect()
}

/// Whether a grade has students; suppressed counts do count.
fn has_students(row: &FrameRow) -> bool {
    matches!(row.status, Status::Masked | Status::Withheld) || reported(row).is_some_and(|n| n > 0.0)
}

impl GradesInYear {
    const fn new(year: i32, is_high_school: bool) -> Self {
        Self { year, has_elementary: !is_high_school, has_high_school: is_high_school }
    }

    /// The students of the later year, or of both if it is the same year.
    fn joined_with(self, known: Option<Self>) -> Self {
        match known {
            Some(later) if later.year > self.year => later,
            Some(same) if same.year == self.year => Self {
                year: self.year,
                has_elementary: same.has_elementary || self.has_elementary,
                has_high_school: same.has_high_school || self.has_high_school,
            },
            _ => self,
        }
    }

    const fn span(self) -> &'static str {
        match (self.has_elementary, self.has_high_school) {
            (true, true) => words::ALL_GRADES,
            (true, false) => words::ELEMENTARY_GRADES,
            (false, _) => words::HIGH_SCHOOL_GRADES,
        }
    }
}
