//! The staff of a district, and its students' attendance and conduct.

use crate::plan::{PRICES, planted, state_course};
use crate::results::tenth;
use crate::roster::{District, Kind, YEARS};
use crate::students::{Membership, RACES};

/// One year's staff.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Staff {
    /// Teachers, full-time equivalents.
    pub(crate) teachers: f64,
    /// All staff, full-time equivalents.
    pub(crate) staff: f64,
    /// Percent of last year's teachers who left.
    pub(crate) turnover: f64,
    /// Mean years of experience.
    pub(crate) experience: f64,
    /// Mean salary in dollars.
    pub(crate) salary: f64,
    /// Percent of teachers in their first two years.
    pub(crate) beginning: f64,
    /// Percent of teachers with a master's degree or more.
    pub(crate) advanced: f64,
    /// Students for each teacher.
    pub(crate) students_per_teacher: f64,
}

/// The staff of a district in a year.
pub(crate) fn staff(district: &District, students: &Membership, year: usize) -> Staff {
    let total = f64::from(students.total());
    let low = district.low_income;
    let per_teacher = 14.1 + 0.5 * (district.size / 2_000.0).ln() + 0.6 * district.effect("class-size");
    let per_teacher = (per_teacher + 0.12 * district.noise("class-size", year, 0)).clamp(9.0, 18.0);
    let teachers = tenth(total / per_teacher);
    let small = (140.0 / teachers).sqrt().clamp(0.4, 2.2);
    let turnover = 8.6 + 0.16 * low + 1.1 * district.effect("turnover");
    let turnover =
        turnover + 0.9 * small * district.noise("turnover", year, 0) + planted(district, "turnover", year);
    let salary = 72_500.0 + 4_300.0 * (district.size / 2_000.0).ln() - 60.0 * low
        + if district.kind == Kind::High { 6_500.0 } else { 0.0 };
    let salary =
        salary + 1_250.0 * district.effect("salary") + 260.0 * small * district.noise("salary", year, 0);
    let salary = (salary + planted(district, "salary", year)) * PRICES[year] / PRICES[YEARS - 1];
    let beginning =
        5.0 + 0.12 * low + 0.9 * district.effect("beginning") + planted(district, "beginning", year);
    let advanced = 61.0 - 0.16 * low + 2.2 * district.effect("advanced");
    let experience = 14.6 - 0.035 * low + 0.6 * district.effect("experience");
    Staff {
        teachers,
        staff: tenth(
            teachers * (1.94 + 0.06 * district.effect("staff") + 0.008 * district.noise("staff", year, 0)),
        ),
        turnover: tenth(turnover.max(2.0)),
        experience: tenth(experience + 0.15 * small * district.noise("experience", year, 0)),
        salary: salary.round(),
        beginning: tenth((beginning + 0.6 * small * district.noise("beginning", year, 0)).max(1.0)),
        advanced: tenth(advanced + 0.6 * small * district.noise("advanced", year, 0)),
        students_per_teacher: tenth(total / teachers.max(0.1)),
    }
}

/// The groups for which chronic absenteeism is published, in order.
pub(crate) const ABSENT_GROUPS: [&str; 9] = [
    "All students",
    "White",
    "Black",
    "Hispanic",
    "Asian",
    "Two or more races",
    "Low income",
    "English learners",
    "Students with disabilities",
];

/// One year's attendance and conduct.
#[derive(Debug, Clone)]
pub(crate) struct Attendance {
    /// Percent of days attended.
    pub(crate) rate: f64,
    /// Percent chronically absent by group, with the group's size; `None` in 2019-20, when it was not collected.
    pub(crate) chronic: Option<Vec<(f64, u32)>>,
    /// Students suspended in school, out of school.
    pub(crate) suspensions: [u32; 2],
    /// Percent who came or left during the year.
    pub(crate) mobility: f64,
    /// Percent of students in grades 9 to 12 who dropped out; `None` if the district has no such grades.
    pub(crate) dropout: Option<f64>,
}

/// The attendance and conduct of a district's students in a year.
pub(crate) fn attendance(district: &District, students: &Membership, year: usize) -> Attendance {
    let low = district.low_income;
    let rate =
        96.1 - 0.034 * low + 0.25 * district.effect("attendance") + planted(district, "attendance", year);
    let rate = rate + state_course("attendance", year) * (0.5 + low / 90.0);
    let mobility =
        4.0 + 0.14 * low + 0.8 * district.effect("mobility") + 0.5 * district.noise("mobility", year, 0);
    let dropout =
        0.6 + 0.035 * low + 0.25 * district.effect("dropout") + 0.2 * district.noise("dropout", year, 0);
    Attendance {
        rate: tenth(rate + 0.12 * district.noise("attendance", year, 0)),
        chronic: (year != 4).then(|| chronic(district, students, year)),
        suspensions: suspensions(district, students, year),
        mobility: tenth(mobility.max(1.0)),
        dropout: (district.kind != Kind::Elementary).then(|| tenth(dropout.max(0.1))),
    }
}

fn chronic(district: &District, students: &Membership, year: usize) -> Vec<(f64, u32)> {
    const OFFSET: [f64; 9] = [0.0, -1.6, 4.0, 1.8, -5.0, 0.8, 4.2, 1.0, 4.6];
    let low = district.low_income;
    let all = 4.2 + 0.25 * low + 1.4 * district.effect("chronic") + planted(district, "chronic", year);
    let all =
        all + state_course("chronic", year) * (0.4 + low / 80.0) + 0.5 * district.noise("chronic", year, 0);
    let all = all.max(2.0);
    let group = |(index, name): (usize, &&str)| {
        let size = group_size(students, name);
        let chance = 22.0 / f64::from(size.max(4)).sqrt();
        let noise = if index == 0 { 0.0 } else { chance * district.noise("chronic-group", year, index) };
        let percent = all + OFFSET[index] * (all / 17.0).min(1.6) + noise;
        (tenth(percent.clamp(0.6, 85.0)), size)
    };
    ABSENT_GROUPS.iter().enumerate().map(group).collect()
}

/// How many students a published group has.
fn group_size(students: &Membership, name: &str) -> u32 {
    let race = RACES.iter().position(|race| *race == name).map(|race| students.races[race]);
    race.unwrap_or(match name {
        "Low income" => students.programs[0],
        "English learners" => students.programs[1],
        "Students with disabilities" => students.programs[2],
        _ => students.total(),
    })
}

fn suspensions(district: &District, students: &Membership, year: usize) -> [u32; 2] {
    let total = f64::from(students.total());
    let older = if district.kind == Kind::Elementary { 0.55 } else { 1.0 };
    let common = 1.0 + state_course("conduct", year);
    let count = |stream: &str, level: f64, slope: f64| {
        let lasting = (0.14 * district.effect(stream)).exp();
        let chance = (0.08 * (2_000.0 / total).sqrt().min(2.5) * district.noise(stream, year, 0)).exp();
        (total / 100.0 * (level + slope * district.low_income) * older * common * lasting * chance).round()
            as u32
    };
    [count("in-school", 1.6, 0.06), count("out-of-school", 0.6, 0.085)]
}
