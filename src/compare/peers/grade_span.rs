//! The grade span of a district, derived from its students by grade where no source has it.
//!
//! By the latest year (up to the one that the project names, where it does) in which any grade has students: elementary
//! grades, where none of them is of the first high school grade or above; high school grades, where none is below it; all
//! grades, where there are both. Prekindergarten and ungraded students do not count. Degenerate: a district without
//! students by grade has no span (`None`).

use crate::catalog::GradeSpan;
use crate::compare::grades::is_single_grade;
use crate::compare::values::{SeriesRows, reported};
use crate::disclosure::{FrameRow, FrameView, Released};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status};

/// Where a district has students in a year.
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
        let is_high_school = grade.order() >= first_of_high_school;
        let Some(run) = released.run(&key) else { continue };
        let rows = SeriesRows::new(view, run).all().filter(|row| has_students(row));
        for row in rows.filter(|row| up_to.is_none_or(|year| row.year <= year.end())) {
            let one = GradesInYear {
                year: row.year,
                has_elementary: !is_high_school,
                has_high_school: is_high_school,
            };
            let district = &mut latest[row.district as usize];
            *district = Some(district.map_or(one, |known| known.joined_with(one)));
        }
    }
    latest.into_iter().map(|grades| grades.map(GradesInYear::span)).collect()
}

/// Whether a grade has students; those that are hidden are there all the same.
fn has_students(row: &FrameRow) -> bool {
    matches!(row.status, Status::Masked | Status::Withheld) || reported(row).is_some_and(|n| n > 0.0)
}

impl GradesInYear {
    /// Those of the later year, or of both where it is the same.
    fn joined_with(self, other: Self) -> Self {
        match self.year.cmp(&other.year) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => Self {
                year: self.year,
                has_elementary: self.has_elementary || other.has_elementary,
                has_high_school: self.has_high_school || other.has_high_school,
            },
        }
    }

    const fn span(self) -> &'static str {
        match (self.has_elementary, self.has_high_school) {
            (true, true) => "all grades",
            (true, false) => "elementary grades",
            (false, _) => "high school grades",
        }
    }
}
