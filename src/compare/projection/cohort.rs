//! Cohort survival: students move up through the grades as they have in the past.
//!
//! The progression ratio of a grade is the number of its students divided by the number in the grade below a
//! year earlier: the mean of the last three transitions, weighted 3 : 2 : 1, with the latest weighted most. A
//! grade without a grade below it in the district (kindergarten; the first grade of a high school district)
//! is projected as the mean of its last three years, and so are students in no numbered grade
//! (prekindergarten, ungraded). Each projected year is computed from the one before. (NCES, Projections of
//! Education Statistics, appendix A; methods 6.)
//!
//! Short or broken past: four consecutive years are needed. Degenerate: a transition out of an empty or
//! suppressed grade is left out; if a grade has no transition left, or no value in the last year, the
//! district has no projection.

/// The number of consecutive years that a projection is computed from.
pub(super) const YEARS: usize = 4;

/// Weights of the transitions, the latest first.
const WEIGHTS: [f64; YEARS - 1] = [3.0, 2.0, 1.0];

/// One year's students: in each grade of the district, and in all.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Membership {
    /// By grade, in the order in which students pass through them; `None` if unknown.
    pub(super) grades: Vec<Option<f64>>,
    /// All students, including those in no grade.
    pub(super) all: Option<f64>,
}

/// How many students a grade has in a coming year.
enum GradeRule {
    /// This many for each student in the grade below, the year before.
    Progression(f64),
    /// The same number every year.
    Entry(f64),
}

/// All students in each of the coming `horizon` years. `past` holds the latest consecutive years, oldest
/// first; `follows` says for each grade whether the one before it in the list is the grade below it.
pub(super) fn project(past: &[Membership], follows: &[bool], horizon: usize) -> Option<Vec<f64>> {
    let past = past.get(past.len().checked_sub(YEARS)?..)?;
    let rules: Vec<GradeRule> = follows
        .iter()
        .enumerate()
        .map(|(grade, follows)| GradeRule::of(past, grade, *follows))
        .collect::<Option<_>>()?;
    let outside = mean(past, Membership::outside_grades)?;
    let mut now: Vec<f64> = past.last()?.grades.iter().copied().collect::<Option<_>>()?;
    let mut all = Vec::with_capacity(horizon);
    for _ in 0..horizon {
        now = rules.iter().enumerate().map(|(grade, rule)| rule.apply(&now, grade)).collect();
        all.push(now.iter().sum::<f64>() + outside);
    }
    Some(all)
}

impl Membership {
    /// How many students are in none of the grades.
    fn outside_grades(&self) -> Option<f64> {
        Some(self.all? - self.grades.iter().copied().sum::<Option<f64>>()?)
    }
}

impl GradeRule {
    /// `None` if the past has no value to compute it from.
    fn of(past: &[Membership], grade: usize, follows: bool) -> Option<Self> {
        let entry = mean(past, |year| year.grades[grade])?;
        if follows { progression_ratio(past, grade).map(Self::Progression) } else { Some(Self::Entry(entry)) }
    }

    /// The students of a grade in the year after `now`.
    fn apply(&self, now: &[f64], grade: usize) -> f64 {
        match self {
            Self::Progression(ratio) => now[grade - 1] * ratio,
            Self::Entry(students) => *students,
        }
    }
}

/// The share of the grade below that is in a grade a year later.
fn progression_ratio(past: &[Membership], grade: usize) -> Option<f64> {
    let (mut weights, mut sum) = (0.0, 0.0);
    for (years, weight) in past.windows(2).rev().zip(WEIGHTS) {
        if let Some(ratio) = transition(&years[0], &years[1], grade) {
            weights += weight;
            sum += weight * ratio;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

/// The ratio of one transition; `None` if either side is unknown, or nobody was in the grade below.
fn transition(before: &Membership, after: &Membership, grade: usize) -> Option<f64> {
    let from = before.grades[grade - 1].filter(|n| *n > 0.0)?;
    Some(after.grades[grade]? / from)
}

/// The mean of the last three years that have a value.
fn mean(past: &[Membership], of: impl Fn(&Membership) -> Option<f64>) -> Option<f64> {
    let known: Vec<f64> = past[1..].iter().filter_map(of).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::{Membership, progression_ratio, project};
    use crate::compare::tests::{close, numbers, oracle};

    fn past() -> Vec<Membership> {
        let case = &oracle()["cohort_survival"]["enrollment"];
        let year = |year: &str| {
            let grades = numbers(&case[year]);
            Membership { all: Some(grades.iter().sum()), grades: grades.into_iter().map(Some).collect() }
        };
        ["2020", "2021", "2022", "2023"].map(year).to_vec()
    }

    const FOLLOWS: [bool; 4] = [false, true, true, true];

    #[test]
    fn as_by_numpy() {
        let case = &oracle()["cohort_survival"];
        for (grade, wanted) in numbers(&case["ratios"]).into_iter().enumerate() {
            close(progression_ratio(&past(), grade + 1).unwrap(), wanted);
        }
        let found = project(&past(), &FOLLOWS, 5).unwrap();
        for (total, year) in found.iter().zip(["2024", "2025", "2026", "2027", "2028"]) {
            close(*total, numbers(&case["projection"][year]).iter().sum());
        }
    }

    #[test]
    fn students_in_no_grade_stay_constant() {
        let mut past = past();
        past.iter_mut().for_each(|m| m.all = m.all.map(|all| all + 30.0));
        let without = project(&self::past(), &FOLLOWS, 1).unwrap();
        close(project(&past, &FOLLOWS, 1).unwrap()[0], without[0] + 30.0);
    }

    #[test]
    fn a_short_or_withheld_past_projects_nothing() {
        assert_eq!(project(&past()[1..], &FOLLOWS, 5), None);
        let mut withheld = past();
        withheld[3].grades[2] = None;
        assert_eq!(project(&withheld, &FOLLOWS, 5), None);
        // The other transitions make up for one that is missing.
        let mut gap = past();
        gap[0].grades[1] = None;
        gap[0].all = None;
        assert!(project(&gap, &FOLLOWS, 5).is_some());
    }
}
