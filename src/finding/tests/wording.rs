//! How proposals are worded.

use super::super::for_tests::{WHOLE, key, series, turnover, year};
use super::super::subject;
use super::{catalog, said};
use crate::catalog::Clause::{
    Change, FiveYears, GapChange as Wider, GroupGap as Gap, Level, Peers, PlaceChange as Place,
    Recovery as Recovered, State, Streak, Trend as Way,
};
use crate::compare::{Direction, PlaceChange};

#[test]
fn sentences_of_level_and_peers() {
    let of = |below, equal| turnover().among(below, equal, 17.5, true);
    for (comparison, say, sentence) in [
        (
            turnover(),
            &[Level, Peers, Way][..],
            "Teacher turnover was 24.1% in 2023-24, higher than in 9 of 10 peer districts (peer median 17.5%).",
        ),
        (
            of(10, 0),
            &[Level, Peers],
            "Teacher turnover was 24.1% in 2023-24, higher than in all 10 peer districts (peer median 17.5%).",
        ),
        (
            of(0, 0),
            &[Level, Peers],
            "Teacher turnover was 24.1% in 2023-24, lower than in all 10 peer districts (peer median 17.5%).",
        ),
        (
            of(3, 1),
            &[Level, Peers],
            "Teacher turnover was 24.1% in 2023-24, lower than in 6 of 10 peer districts (peer median 17.5%).",
        ),
        (
            of(5, 0),
            &[Level, Peers],
            "Teacher turnover was 24.1% in 2023-24, in the middle of 10 peer districts (peer median 17.5%).",
        ),
        (
            turnover(),
            &[Level, State],
            "Teacher turnover was 24.1% in 2023-24, higher than in 88% of the state's 1,200 districts.",
        ),
        (
            turnover(),
            &[Change, Peers, Way],
            "Teacher turnover rose from 16.0% in 2019-20 to 24.1% in 2023-24, now higher than in 9 of 10 peer districts (peer median 17.5%).",
        ),
        (
            turnover().going(Direction::Steady, 0.0),
            &[Level, Way],
            "Teacher turnover was 24.1% in 2023-24 and has held steady since 2019-20.",
        ),
        (
            turnover().going(Direction::TooFewYears, 0.0),
            &[Level, Way],
            "Teacher turnover was 24.1% in 2023-24.",
        ),
    ] {
        assert_eq!(said(&comparison, say), sentence);
    }
}

#[test]
fn sentences_of_groups_money_and_years() {
    let of = |measure: &str, parts, values: &[f64]| series(key(measure, parts), values);
    let salary = of("teacher-salary", WHOLE, &[60_000.0, 61_000.0, 61_500.0, 61_710.0])
        .going(Direction::Rising, 560.0)
        .really(Direction::Falling, 62_650.0, -313.0);
    let gap = of("proficiency-rate", ["students-with-disabilities", "all", "reading"], &[9.2]);
    let gap = gap.beside_all(40.9).among(0, 0, 22.7, true);
    let fell = of("enrollment", WHOLE, &[2144.0, 2100.0, 2000.0, 1897.0]).going(Direction::Falling, -82.0);
    for (comparison, say, sentence) in [
        (
            salary.clone(),
            &[Level, Way][..],
            "Average teacher salary was $61,710 in 2023-24 and has fallen by $313 a year after inflation since 2020-21.",
        ),
        (
            salary,
            &[Change, Way],
            "Average teacher salary fell from $62,650 in 2020-21 to $61,710 in 2023-24 after inflation (−1.5%).",
        ),
        (
            gap.clone(),
            &[Level, Gap, Peers],
            "The share of students with disabilities proficient in reading was 9.2% in 2023-24, 31.7 percentage points below all students (40.9%).",
        ),
        (
            gap,
            &[Level, Peers],
            "The share of students with disabilities proficient in reading was 9.2% in 2023-24, lower than for the same group in all 10 peer districts.",
        ),
        (fell, &[Change, Way], "Enrollment fell from 2,144 in 2020-21 to 1,897 in 2023-24 (−11.5%)."),
        (
            of("surplus", WHOLE, &[5.0, -3e5, -4e5, -1.77e6]),
            &[Streak],
            "Spending exceeded revenue three years in a row through 2023-24, by $1.77 million in the last year.",
        ),
        (of("surplus", WHOLE, &[5.0, -3e5]), &[Streak], "The surplus was −$300,000 in 2023-24."),
        (
            of("expulsions", WHOLE, &[4.0, 3.0, 2.0, 1.0]).going(Direction::Falling, -1.0),
            &[Level, Way],
            "Expulsions were 1 in 2023-24 and have fallen by 1.0 a year since 2020-21.",
        ),
        (
            of("teacher-tenure", WHOLE, &[8.6, 8.0, 7.5, 7.1]).going(Direction::Falling, -0.5),
            &[Level, Way],
            "Average teacher tenure was 7.1 years in 2023-24 and has fallen by 0.5 a year since 2020-21.",
        ),
    ] {
        assert_eq!(said(&comparison, say), sentence);
    }
}

#[test]
fn a_change_states_its_ends_without_a_pace_and_not_against_its_direction() {
    // Up by 40 between its ends, but a line through all years falls: 8 a year does not fit "rose from 100 to
    // 140", and a proposal made because it falls does not say that it rose.
    let enrollment = series(key("enrollment", WHOLE), &[100.0, 180.0, 170.0, 160.0, 150.0, 140.0]);
    assert_eq!(
        said(&enrollment.clone().going(Direction::Falling, -8.0), &[Change, Way]),
        "Enrollment was 140 in 2023-24 and has fallen by 8.0 a year since 2018-19."
    );
    // Nor is one that does: two numbers and two years say it.
    assert_eq!(
        said(&enrollment.going(Direction::Rising, 10.0), &[Change, Way]),
        "Enrollment rose from 100 in 2018-19 to 140 in 2023-24 (+40.0%)."
    );
}

#[test]
fn a_comparison_that_does_not_fit_is_said_in_fewer_words() {
    let of = |group: &str, grade: &str| {
        series(key("proficiency-rate", [group, grade, "reading"]), &[40.0, 41.0]).among(0, 0, 52.7, true)
    };
    let placed = |is_across_break: bool| {
        let mut made = of("all", "03");
        made.changes.place =
            Some(PlaceChange { from_year: year(2019), from: 62.4, to: 21.0, is_across_break });
        made
    };
    for (comparison, say, sentence) in [
        (
            of("all", "03"),
            &[Level, Peers][..],
            "The share of grade 3 students proficient in reading was 41.0% in 2023-24, lower than in all 10 peer districts (peer median 52.7%).",
        ),
        (
            of("english-learners", "all"),
            &[Level, Peers],
            "The share of English learners proficient in reading was 41.0% in 2023-24, lower than for the same group in all 10 peer districts.",
        ),
        (
            of("students-with-disabilities", "03"),
            &[Level, Peers],
            "The share of students with disabilities in grade 3 proficient in reading was 41.0% in 2023-24, lower than in all 10 peers.",
        ),
        (
            placed(false),
            &[Level, Place],
            "The share of grade 3 students proficient in reading was 41.0% in 2023-24, in the state's 21st percentile, down from the 62nd in 2018-19.",
        ),
        (
            placed(true),
            &[Level, Place],
            "The share of grade 3 students proficient in reading was 41.0% in 2023-24, in the state's 21st percentile (62nd in 2018-19, before a break).",
        ),
    ] {
        assert_eq!(said(&comparison, say), sentence);
    }
}

#[test]
fn the_middle_of_the_peers_is_about_the_same_only_beside_their_median() {
    let of = |median: f64| said(&turnover().among(5, 0, median, true), &[Level, Peers]);
    assert!(of(17.5).ends_with(", in the middle of 10 peer districts (peer median 17.5%)."), "{}", of(17.5));
    assert!(
        of(24.0).ends_with(", about the same as in 10 peer districts (peer median 24.0%)."),
        "{}",
        of(24.0)
    );
}

#[test]
fn a_gap_that_widened_says_to_whom_if_there_is_room() {
    let of = |measure: &str| {
        let made = series(key(measure, ["low-income", "all", "all"]), &[60.0, 55.0, 50.0, 41.0]);
        said(&made.beside_all(60.0).with_gap_from(-5.0), &[Level, Wider])
    };
    assert_eq!(
        of("graduation-rate"),
        "The graduation rate among low-income students was 41.0% in 2023-24, with the gap to all students 14.0 percentage points wider than in 2020-21."
    );
    assert_eq!(
        of("ap-ib-participation-rate"),
        "Participation in AP or IB exams among low-income students was 41.0% in 2023-24, with a gap 14.0 percentage points wider than in 2020-21."
    );
}

#[test]
fn a_gap_that_changed_sides_says_where_it_was() {
    let of = |all: f64, first: f64| {
        let made = series(key("graduation-rate", ["low-income", "all", "all"]), &[60.0, 55.0, 50.0, 41.0]);
        said(&made.beside_all(all).with_gap_from(first), &[Level, Wider])
    };
    assert_eq!(
        of(60.0, 5.0),
        "The graduation rate among low-income students was 41.0% in 2023-24, 19.0 percentage points below all students (5.0 percentage points above in 2020-21)."
    );
    assert_eq!(
        of(41.0, -8.0),
        "The graduation rate among low-income students was 41.0% in 2023-24, level with all students (8.0 percentage points below in 2020-21)."
    );
}

#[test]
fn a_change_too_long_to_say_in_full_is_said_with_a_short_name() {
    let measure = "sat-act-above-criterion-rate";
    let success = series(key(measure, WHOLE), &[34.7, 10.4, 30.0]).changed(measure, None);
    assert_eq!(
        said(&success, &[Recovered]),
        "SAT or ACT success fell from 34.7% in 2021-22 to 10.4% in 2022-23, now 30.0%; 81% of the drop has been recovered."
    );
}

#[test]
fn what_is_undone_of_a_drop_is_recovered_and_of_a_rise_is_gone() {
    let of = |measure: &str, values: &[f64]| {
        said(&series(key(measure, WHOLE), values).changed(measure, None), &[Recovered])
    };
    assert_eq!(
        of("attendance-rate", &[95.0, 91.0, 93.0]),
        "Attendance fell from 95.0% in 2021-22 to 91.0% in 2022-23, now 93.0%; 50% of the drop has been recovered."
    );
    assert_eq!(
        of("chronic-absenteeism-rate", &[10.0, 20.0, 9.0]),
        "Chronic absenteeism rose from 10.0% in 2021-22 to 20.0% in 2022-23, now 9.0%; all of the rise has been reversed."
    );
}

#[test]
fn what_stayed_the_same_is_said_to_have() {
    let enrollment = series(key("enrollment", WHOLE), &[2100.0; 6]).changed("enrollment", None);
    assert_eq!(said(&enrollment, &[FiveYears]), "Enrollment was 2,100 in 2023-24, the same as in 2018-19.");
    let mut balance = series(key("fund-balance", WHOLE), &[8e6; 6]).changed("fund-balance", None);
    balance.changes.five_years.as_mut().unwrap().real_from = Some(10e6);
    assert_eq!(
        said(&balance, &[FiveYears]),
        "The fund balance stayed at about $8.00 million from 2018-19 to 2023-24, which is 20.0% less after inflation."
    );
}

#[test]
fn steady_money_is_stated_after_inflation() {
    let salary = series(key("teacher-salary", WHOLE), &[60_000.0, 61_000.0, 62_000.0, 63_000.0])
        .going(Direction::Rising, 1000.0)
        .really(Direction::Steady, 62_940.0, 20.0);
    assert_eq!(
        said(&salary, &[Level, Way]),
        "Average teacher salary was $63,000 in 2023-24 and has held steady after inflation since 2020-21."
    );
}

#[test]
fn no_sentence_contradicts_itself_or_states_a_change_that_cannot_be_seen() {
    let of = |values: &[f64]| series(key("students-per-teacher", WHOLE), values);
    // The run as a whole fell; only its last year makes up for it.
    let back = of(&[15.0, 14.0, 13.0, 12.0, 15.4]).going(Direction::Falling, -0.6);
    // 0.05 a year over twelve years is 0.6; with one decimal, 0.05 shows as 0.0 or 0.1.
    let slow = of(&[15.0; 13]).going(Direction::Rising, 0.04);
    let alike = of(&[15.01, 15.0, 15.0, 14.99]).going(Direction::NoClearDirection, 0.0);
    let first = turnover().among(9, 0, 17.5, true);
    let mut top = first.clone();
    top.standings[0].state_percentile = Some(99.96);
    top.standings[0].state_below = 1198;
    // A tenth of the districts have the same value.
    let mut tied = first.clone();
    tied.standings[0].state_below = 1080;
    tied.standings[0].state_equal = 120;
    for (comparison, say, sentence) in [
        (
            back,
            &[Change, Way][..],
            "The number of students per teacher was 15.4 in 2023-24 and has fallen by 0.6 a year since 2019-20.",
        ),
        (
            slow,
            &[Change, Way],
            "The number of students per teacher was 15.0 in 2023-24 and has risen by 0.5 in all since 2011-12.",
        ),
        (alike, &[Change, Way], "The number of students per teacher was 15.0 in 2023-24."),
        (
            top,
            &[Level, State],
            "Teacher turnover was 24.1% in 2023-24, higher than in over 99% of the state's 1,200 districts.",
        ),
        (
            tied,
            &[Level, State],
            "Teacher turnover was 24.1% in 2023-24, tied with 119 others for the highest of 1,200 districts in the state.",
        ),
    ] {
        assert_eq!(said(&comparison, say), sentence);
    }
}

#[test]
fn subjects_name_group_grade_and_subject() {
    let catalog = catalog();
    for (measure, parts, text) in [
        ("proficiency-rate", WHOLE, "The share of students proficient"),
        ("proficiency-rate", ["all", "03", "reading"], "The share of grade 3 students proficient in reading"),
        (
            "proficiency-rate",
            ["all", "KG", "reading"],
            "The share of kindergarten students proficient in reading",
        ),
        (
            "proficiency-rate",
            ["all", "03-08", "reading"],
            "The share of students in grades 3–8 proficient in reading",
        ),
        (
            "proficiency-rate",
            ["hispanic", "03", "mathematics"],
            "The share of Hispanic students in grade 3 proficient in mathematics",
        ),
        ("enrollment", WHOLE, "Enrollment"),
        ("enrollment", ["all", "03", "all"], "Enrollment in grade 3"),
        (
            "enrollment-share",
            ["low-income", "all", "all"],
            "The share of low-income students in the student body",
        ),
        ("class-size", ["all", "06", "mathematics"], "Average class size in grade 6 mathematics"),
        ("graduation-rate", ["english-learners", "all", "all"], "The graduation rate among English learners"),
        ("teacher-share", ["hispanic", "all", "all"], "The share of teachers recorded as Hispanic"),
        ("beginning-teacher-share", WHOLE, "The share of teachers in their first year"),
    ] {
        assert_eq!(subject(&key(measure, parts), &catalog.measures[measure], &catalog), text);
    }
}
