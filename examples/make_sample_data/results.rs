//! Results of students: the tests of grades 3 to 8 by grade and by group, and the end of high school.

use crate::plan::{planted, state_course};
use crate::roster::{District, Kind};
use crate::students::{Membership, RACES};

/// Subjects, as published.
pub(crate) const SUBJECTS: [&str; 3] = ["Reading", "Mathematics", "Science"];

/// The year without tests: 2019-20.
pub(crate) const CANCELLED: usize = 4;

/// Whether a grade is tested in a subject.
pub(crate) const fn is_tested(grade: usize, subject: usize) -> bool {
    match subject {
        2 => grade == 5 || grade == 8,
        _ => grade >= 3 && grade <= 8,
    }
}

/// How many were tested, and how many of them met the standard.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tested {
    /// Students tested.
    pub(crate) students: u32,
    /// Students who met the standard.
    pub(crate) proficient: u32,
}

impl Tested {
    fn new(students: u32, percent: f64) -> Self {
        let proficient = (f64::from(students) * percent / 100.0).round().max(0.0) as u32;
        Self { students, proficient: proficient.min(students) }
    }

    /// Percent proficient, with one decimal; 0 if nobody was tested.
    pub(crate) fn percent(self) -> f64 {
        tenth(100.0 * f64::from(self.proficient) / f64::from(self.students).max(1.0))
    }
}

/// Rounded to one decimal.
pub(crate) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// One grade's result in one subject.
pub(crate) fn grade_result(
    district: &District,
    students: &Membership,
    year: usize,
    grade: usize,
    subject: usize,
) -> Tested {
    let taking = if year == 5 { 0.90 } else { 0.985 };
    let tested = (f64::from(students.grades[grade]) * taking).round() as u32;
    let low_income = 100.0 * students.share(students.programs[0]);
    let stream = ["reading", "mathematics", "science"][subject];
    let own = planted(district, &format!("{stream}-{grade}"), year) + planted(district, stream, year);
    let lasting = 2.2 * district.effect("achievement") + 1.1 * district.effect(stream);
    let level = [65.5, 60.5, 68.0][subject] - 0.45 * low_income + GRADE[grade];
    let expected = level + lasting + own + state_course("proficient", year);
    let expected = expected + 0.7 * district.noise(stream, year, 99);
    let chance = (expected.clamp(5.0, 95.0) / 100.0 * (1.0 - expected.clamp(5.0, 95.0) / 100.0)).sqrt();
    // Somewhat less than pure chance, because a class has mostly the same students each year.
    let chance = 65.0 * chance / f64::from(tested.max(4)).sqrt();
    Tested::new(tested, (expected + chance * district.noise(stream, year, grade)).clamp(2.0, 98.0))
}

/// How much harder or easier a grade's test is.
const GRADE: [f64; 9] = [0.0, 0.0, 0.0, 0.4, 1.1, -0.6, -1.0, 0.3, 0.8];

/// All grades together.
pub(crate) fn all_grades(district: &District, students: &Membership, year: usize, subject: usize) -> Tested {
    let results = (3..=8).filter(|g| is_tested(*g, subject));
    results.map(|g| grade_result(district, students, year, g, subject)).fold(Tested::default(), |sum, one| {
        Tested { students: sum.students + one.students, proficient: sum.proficient + one.proficient }
    })
}

/// Results of all groups in a subject: all students, the races, female and male, the three programs; races and
/// genders add up to all students.
pub(crate) fn group_results(
    district: &District,
    students: &Membership,
    year: usize,
    subject: usize,
) -> Vec<(&'static str, Tested)> {
    let all = all_grades(district, students, year, subject);
    let mut results = vec![("All students", all)];
    results.extend(RACES.into_iter().zip(races(district, students, all, year, subject)));
    let girls = [3.2, -0.6, 0.2][subject] + 0.6 * district.noise("girls", year, subject);
    results.extend(["Female", "Male"].into_iter().zip(parts(all, &students.genders, &[girls, -girls])));
    results.extend(programs(district, students, all, year, subject));
    results
}

fn races(
    district: &District,
    students: &Membership,
    all: Tested,
    year: usize,
    subject: usize,
) -> Vec<Tested> {
    const OFFSET: [f64; 7] = [4.0, -11.0, -7.0, 10.0, -6.0, -3.0, 0.5];
    let mut offsets = [0.0; 7];
    for (race, offset) in offsets.iter_mut().enumerate() {
        let chance = 30.0 / f64::from(students.races[race].max(4)).sqrt();
        *offset = OFFSET[race] + chance * district.noise("race-result", year, race * 3 + subject);
    }
    parts(all, &students.races, &offsets)
}

/// Parts of a whole: their students and their proficient students add up to those of the whole.
fn parts<const N: usize>(all: Tested, members: &[u32; N], offsets: &[f64; N]) -> Vec<Tested> {
    let tested = crate::students::split(all.students, &members.map(f64::from));
    let whole = f64::from(all.students).max(1.0);
    let mean: f64 = tested.iter().zip(offsets).map(|(n, o)| f64::from(*n) * o / whole).sum();
    let level = 100.0 * f64::from(all.proficient) / whole;
    let made = tested.iter().zip(offsets).map(|(n, o)| Tested::new(*n, (level + o - mean).clamp(1.0, 99.0)));
    let mut made: Vec<Tested> = made.collect();
    let missing = i64::from(all.proficient) - made.iter().map(|t| i64::from(t.proficient)).sum::<i64>();
    if let Some(largest) = made.iter_mut().max_by_key(|t| t.students) {
        let mended = (i64::from(largest.proficient) + missing).clamp(0, i64::from(largest.students));
        largest.proficient = u32::try_from(mended).unwrap_or(0);
    }
    made
}

fn programs(
    district: &District,
    students: &Membership,
    all: Tested,
    year: usize,
    subject: usize,
) -> [(&'static str, Tested); 3] {
    const NAMES: [&str; 3] = ["Low income", "English learners", "Students with disabilities"];
    const BELOW_OTHERS: [f64; 3] = [15.0, 20.0, 26.0];
    let own = |program: usize| match (program, subject) {
        (0, 0) => planted(district, "reading-low-income", year),
        (2, 0) => planted(district, "reading-swd", year),
        _ => 0.0,
    };
    [0, 1, 2].map(|program| {
        let share = students.share(students.programs[program]);
        let tested = (f64::from(all.students) * share).round() as u32;
        let level = 100.0 * f64::from(all.proficient) / f64::from(all.students).max(1.0);
        // The gap narrows as the level falls; otherwise some groups would be below zero.
        let gap = BELOW_OTHERS[program] * (1.0 - share) * (level / 44.0).min(1.2);
        let chance = 26.0 / f64::from(tested.max(4)).sqrt();
        let lasting = 1.2 * district.effect(NAMES[program]);
        let noise = chance * district.noise(NAMES[program], year, subject);
        let percent = (level - gap + lasting + noise + own(program)).clamp(1.0, 99.0);
        (NAMES[program], Tested::new(tested.min(all.students), percent))
    })
}

/// The end of high school.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaving {
    /// Students of the class that entered four years earlier.
    pub(crate) class: u32,
    /// Percent of them who graduated in four years.
    pub(crate) graduated: f64,
    /// Mean SAT score.
    pub(crate) sat: f64,
    /// Percent who took the SAT.
    pub(crate) sat_taken: f64,
    /// Percent of students in grades 11 and 12 in an Advanced Placement course.
    pub(crate) ap: f64,
}

/// The end of high school in a district that has one.
pub(crate) fn leaving(district: &District, students: &Membership, year: usize) -> Option<Leaving> {
    if district.kind == Kind::Elementary {
        return None;
    }
    let low = 100.0 * students.share(students.programs[0]);
    let class = (f64::from(students.grades[12]) * 1.06).round().max(1.0);
    let graduated =
        95.0 - 0.17 * low + 1.1 * district.effect("graduation") + planted(district, "graduation", year);
    let chance = 15.0 / class.sqrt();
    let graduated = graduated + chance * district.noise("graduation", year, 0);
    let graduates = (class * graduated.clamp(40.0, 99.4) / 100.0).round();
    let sat = 1105.0 - 3.1 * low
        + 9.0 * district.effect("sat")
        + 90.0 / class.sqrt() * district.noise("sat", year, 0);
    let taken = 91.0 + 2.0 * district.effect("sat-taken") + 1.2 * district.noise("sat-taken", year, 0);
    let ap = 36.0 - 0.28 * low + 2.0 * district.effect("ap") + 1.0 * district.noise("ap", year, 0);
    Some(Leaving {
        class: class as u32,
        graduated: tenth(100.0 * graduates / class),
        sat: sat.round(),
        sat_taken: tenth((taken + state_course("participation", year)).clamp(50.0, 100.0)),
        ap: tenth((ap + planted(district, "ap", year)).clamp(2.0, 90.0)),
    })
}
