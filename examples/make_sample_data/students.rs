//! The students by grade, race and ethnicity, gender and program. All parts add up.

use crate::plan::planted;
use crate::roster::District;

/// Races and ethnicities, as published; the largest group is not always the first.
pub(crate) const RACES: [&str; 7] =
    ["White", "Black", "Hispanic", "Asian", "American Indian", "Pacific Islander", "Two or more races"];

/// One district's students on the count day of one year.
#[derive(Debug, Clone)]
pub(crate) struct Membership {
    /// By grade, 0 being kindergarten; 0 where a grade is not taught.
    pub(crate) grades: [u32; 13],
    /// By race and ethnicity, in the order of [`RACES`].
    pub(crate) races: [u32; 7],
    /// Female, male.
    pub(crate) genders: [u32; 2],
    /// Low income, English learners, students with disabilities.
    pub(crate) programs: [u32; 3],
}

impl Membership {
    /// All students.
    pub(crate) fn total(&self) -> u32 {
        self.grades.iter().sum()
    }

    /// The share of a count among all students.
    pub(crate) fn share(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.total()).max(1.0)
    }
}

/// The students of a district in a year.
pub(crate) fn membership(district: &District, year: usize) -> Membership {
    let grades = grades(district, year);
    let total: u32 = grades.iter().sum();
    let [low, learners, disabled] = program_shares(district, year);
    let count = |percent: f64| (f64::from(total) * percent / 100.0).round() as u32;
    let female = count(48.8 + 0.5 * district.effect("female") + 0.2 * district.noise("female", year, 0));
    Membership {
        grades,
        races: split(total, &race_weights(district, year, learners)),
        genders: [female, total - female],
        programs: [count(low), count(learners), count(disabled)],
    }
}

/// Low income, English learners, students with disabilities, in percent of all students.
fn program_shares(district: &District, year: usize) -> [f64; 3] {
    let wobble = 1.0 / (1.0 + district.size / 1500.0).sqrt();
    let noise = |stream: &str| wobble * district.noise(stream, year, 0);
    let low = district.low_income + noise("low-income");
    let learners = district.english_learners + 0.5 * noise("learners");
    let learners = learners + planted(district, "english-learners", year);
    [low.clamp(4.0, 92.0), learners.max(0.5), district.disabilities + 0.5 * noise("disabilities")]
}

/// Each class enters with its own size and keeps it as it moves up.
fn grades(district: &District, year: usize) -> [u32; 13] {
    let mut grades = [0; 13];
    let size = district.size / district.kind.grades();
    for (grade, count) in grades.iter_mut().enumerate().filter(|(g, _)| district.kind.teaches(*g)) {
        // Counted from the class that leaves in the first year, so that it is never negative.
        let class = year + 12 - grade;
        let since = class as f64 - 12.0 + district.kind.grades() / 2.0 - if grade >= 9 { 2.0 } else { 0.0 };
        let growth = (1.0 + district.growth / 100.0).powf(since.max(-8.0));
        let own = (0.035 * district.noise("class", class, 0)).exp();
        let pandemic = if grade == 0 && year == 5 { 0.94 } else { 1.0 };
        let there = (0.008 * district.noise("class-year", year, grade)).exp();
        *count = (size * SURVIVAL[grade] * growth * own * pandemic * there).round() as u32;
    }
    grades
}

/// How large a grade is compared with an average one: grade 9 is repeated most, and some students leave
/// before grade 12.
const SURVIVAL: [f64; 13] = [0.97, 0.99, 0.99, 1.0, 1.0, 1.0, 1.01, 1.01, 1.01, 1.06, 1.01, 0.98, 0.95];

fn race_weights(district: &District, year: usize, learners: f64) -> [f64; 7] {
    let wobble = 1.0 + 0.015 * district.noise("race", year, 0);
    let hispanic = (4.0 + 1.55 * learners) * wobble;
    let black =
        (0.28 * (district.low_income - 12.0).max(3.0) * (0.45 * district.effect("black")).exp()).min(38.0);
    let asian = 1.8 * (0.5 * district.effect("asian")).exp() * (60.0 / district.low_income).powf(0.5);
    let two = 4.2 + 0.6 * district.effect("two") + 0.15 * district.noise("two", year, 0);
    let others = [asian, 0.35, 0.12, two];
    let white = (100.0 - hispanic - black - others.iter().sum::<f64>()).max(4.0);
    [white, black, hispanic, asian, 0.35, 0.12, two]
}

/// Splits a whole by weights into counts that add up to it (largest remainder method).
pub(crate) fn split<const N: usize>(total: u32, weights: &[f64; N]) -> [u32; N] {
    let sum: f64 = weights.iter().sum();
    let exact = weights.map(|w| f64::from(total) * w / sum.max(f64::MIN_POSITIVE));
    let mut counts = exact.map(|e| e.floor() as u32);
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by(|a, b| (exact[*b].fract()).total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let left = total.saturating_sub(counts.iter().sum());
    for index in order.into_iter().take(left as usize) {
        counts[index] += 1;
    }
    counts
}

/// Which parts of a whole are hidden: those of 1 to 9 students. If there is only one of them, the smallest
/// other part is hidden too; otherwise the first could be worked out.
pub(crate) fn hidden(parts: &[u32]) -> Vec<bool> {
    let mut hidden: Vec<bool> = parts.iter().map(|n| (1..10).contains(n)).collect();
    if hidden.iter().filter(|h| **h).count() == 1 {
        let others = parts.iter().enumerate().filter(|(i, n)| !hidden[*i] && **n > 0);
        if let Some((index, _)) = others.min_by_key(|(_, n)| **n) {
            hidden[index] = true;
        }
    }
    hidden
}
