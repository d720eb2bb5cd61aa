//! What a chart of one series says, by the shape of its values.

use super::super::for_tests::{WHOLE, key, series, year};
use super::super::shape_finding::{DrawnValue, ShownSeries};
use super::catalog;
use crate::catalog::Catalog;
use crate::compare::{
    Change, Comparison, Direction, LevelShift, SeriesShape, ShiftKind, TestResult, TurningPoint,
};
use crate::domain::{AllDistricts, Break, SchoolYear};
use crate::wording::finding::{ChartText, count_words};

/// A chart that shows the last `years` of a series, with peers and the state.
struct TestChart {
    comparison: Comparison,
    years: usize,
    is_after_inflation: bool,
    has_peers: bool,
}

impl TestChart {
    fn of(comparison: Comparison) -> Self {
        Self { comparison, years: 12, is_after_inflation: false, has_peers: true }
    }

    fn texts(&self) -> Vec<ChartText> {
        self.texts_by(&catalog())
    }

    fn texts_by(&self, catalog: &Catalog) -> Vec<ChartText> {
        let points = self.comparison.points.iter().rev().take(self.years).rev();
        let drawn = |(year, value, n): (SchoolYear, f64, Option<f64>)| DrawnValue { year, value, n };
        let values: Vec<DrawnValue> =
            points.map(|point| drawn((point.year, point.value.unwrap(), point.n))).collect();
        let shown = ShownSeries {
            is_named: false,
            comparison: &self.comparison,
            measure: &catalog.measures[&self.comparison.key.measure],
            catalog,
            values: &values,
            is_after_inflation: self.is_after_inflation,
            has_peers: self.has_peers,
            has_state: true,
            all_districts: AllDistricts::OfState,
        };
        shown.findings()
    }

    /// What it says first; empty if nothing.
    fn says(&self) -> String {
        self.texts().first().map(|text| text.finding.replace('\u{a0}', " ")).unwrap_or_default()
    }
}

fn says(comparison: Comparison) -> String {
    TestChart::of(comparison).says()
}

fn absence(values: &[f64]) -> Comparison {
    series(key("chronic-absenteeism-rate", WHOLE), values)
}

fn with_shape(mut comparison: Comparison, shape: SeriesShape) -> Comparison {
    comparison.shape = shape;
    comparison
}

/// A level shift after a year.
fn shift(from_year: i32, before: f64, to: f64) -> SeriesShape {
    SeriesShape::LevelShift(LevelShift {
        kind: ShiftKind::Cliff,
        split: 4,
        from_year,
        before,
        after: to,
        to,
        p: 0.01,
        explained: 0.9,
        line_explained: 0.5,
    })
}

fn turn(year: i32, value: f64, is_low: bool) -> SeriesShape {
    SeriesShape::Turn(TurningPoint { index: 2, year, value, is_low, recovered: 1.0 })
}

/// A change since 2018-19 that passes its test, or does not.
fn since_base(mut comparison: Comparison, state_change: Option<f64>, passes: bool) -> Comparison {
    let from = comparison.points.iter().find(|point| point.year.end() == 2019).unwrap().value.unwrap();
    let p = if passes { 0.01 } else { 0.6 };
    comparison.changes.since_base = Some(Change {
        from_year: year(2019),
        to_year: year(2024),
        from,
        to: comparison.latest().unwrap().value.unwrap(),
        real_from: None,
        state_change,
        test: Some(TestResult { p, adjusted: p }),
    });
    comparison
}

#[test]
fn a_level_shift_names_the_last_year_of_the_old_level() {
    let reserves = |values: &[f64]| series(key("fund-balance-share", WHOLE), values);
    let fell = reserves(&[31.0, 32.0, 31.0, 30.6, 22.0, 17.0, 15.2]);
    let fell = with_shape(fell, shift(2021, 31.0, 15.2));
    assert_eq!(says(fell.clone()), "Reserves as a share of spending fell from 31% to 15% after 2020-21");
    // Above the values of the sentence: of 2020-21, not of the first year.
    assert_eq!(TestChart::of(fell.clone()).texts()[0].sub_line, "30.6% in 2020-21, 15.2% in 2023-24");
    // Where 2020-21 is not on the axis, nothing is said about it.
    let cut = TestChart { years: 3, ..TestChart::of(fell) };
    assert!(!cut.says().contains("2020-21"), "{}", cut.says());
    // A last value above the first: not a word of a fall.
    let up = with_shape(reserves(&[14.0, 32.0, 31.0, 30.6, 22.0, 17.0, 15.2]), shift(2021, 31.0, 15.2));
    assert!(!says(up).contains("fell"));
}

#[test]
fn a_turn_names_its_extreme_and_how_much_of_it_is_gone() {
    let back = with_shape(absence(&[24.0, 25.0, 33.0, 29.0, 25.0]), turn(2022, 33.0, false));
    assert_eq!(says(back), "Chronic absenteeism rose to 33% in 2021-22 and is back where it was");
    let half = with_shape(absence(&[12.0, 20.0, 32.0, 29.0, 22.0]), turn(2022, 32.0, false));
    assert_eq!(says(half), "Chronic absenteeism rose to 32% in 2021-22; half of the rise has been reversed");
    let beyond = with_shape(absence(&[24.0, 25.0, 33.0, 29.0, 15.0]), turn(2022, 33.0, false));
    assert_eq!(says(beyond), "Chronic absenteeism rose to 33% in 2021-22 and is lower now than before");
    let low = series(key("attendance-rate", WHOLE), &[95.0, 94.0, 90.7, 93.0, 94.9]);
    let low = with_shape(low, turn(2022, 90.7, true));
    assert_eq!(says(low), "Attendance fell to 91% in 2021-22 and is back where it was");
}

#[test]
fn a_trend_is_from_the_first_year_shown_to_the_last() {
    let enrollment = |values: &[f64]| series(key("enrollment", WHOLE), values);
    let falling = enrollment(&[2431.0, 2400.0, 2300.0, 2200.0, 2037.0]).going(Direction::Falling, -90.0);
    assert_eq!(says(falling.clone()), "We have 394 fewer students than in 2019-20");
    let cut = TestChart { years: 3, ..TestChart::of(falling) };
    assert_eq!(cut.says(), "We have 263 fewer students than in 2021-22");
    let rising = absence(&[12.0, 15.0, 19.0, 27.0]).going(Direction::Rising, 5.0);
    assert_eq!(says(rising), "Chronic absenteeism has risen from 12% to 27% since 2020-21");
    // Tenths where the change is under one point.
    let slow = series(key("dropout-rate", WHOLE), &[1.1, 1.3, 1.5, 1.9]).going(Direction::Rising, 0.3);
    assert_eq!(says(slow), "The dropout rate has risen from 1.1% to 1.9% since 2020-21");
}

#[test]
fn a_change_since_the_base_year_says_whether_the_state_shares_it() {
    let absent = || absence(&[12.0, 14.0, 11.0, 30.0, 25.0, 27.0]);
    let up = |state, passes| says(since_base(absent(), state, passes));
    assert_eq!(up(None, true), "Chronic absenteeism is up 15 points since 2018-19");
    assert_eq!(up(Some(14.5), true), "Chronic absenteeism is up 15 points since 2018-19, as in the state");
    assert_eq!(up(Some(2.0), true), "Chronic absenteeism is up 15 points since 2018-19");
    // What may be chance is not said.
    assert_eq!(up(None, false), "Chronic absenteeism has gone up and down since 2018-19");
    // Nor what goes against the ends of the line.
    let down = absence(&[35.0, 30.0, 12.0, 14.0, 11.0, 30.0, 25.0, 27.0]);
    assert!(!says(since_base(down, None, true)).contains("up 15"));
}

#[test]
fn the_peers_come_after_the_districts_own_past() {
    let pay = |median, clear| series(key("teacher-salary", WHOLE), &[61_710.0]).among(2, 0, median, clear);
    assert_eq!(says(pay(69_200.0, true)), "Our teachers earn $7,490 less than in districts like ours");
    assert_eq!(says(pay(61_900.0, true)), "Our teachers earn about as much as in districts like ours");
    // Different, but perhaps by chance: how many are higher.
    assert_eq!(says(pay(69_200.0, false)), "In eight of ten districts like ours, teacher pay is higher");
    let lowest = series(key("teacher-salary", WHOLE), &[61_710.0]).among(0, 0, 69_200.0, false);
    assert_eq!(says(lowest), "In all ten districts like ours, teacher pay is higher");
    let turnover = series(key("teacher-turnover", WHOLE), &[24.1]).among(9, 0, 17.5, true);
    assert_eq!(says(turnover), "Teacher turnover is 7 points higher than in districts like ours");
    // Peers that are not alike are not a comparison.
    let apart = TestChart { has_peers: false, ..TestChart::of(pay(69_200.0, true)) };
    assert_eq!(apart.says(), "");
}

#[test]
fn little_change_is_said_of_values_that_stay_together() {
    let steady = absence(&[20.0, 20.5, 19.8, 20.3]).going(Direction::Steady, 0.0);
    assert_eq!(says(steady), "Chronic absenteeism has changed little since 2020-21");
    let wild = absence(&[20.0, 31.0, 12.0, 26.0]).going(Direction::NoClearDirection, 0.0);
    assert_eq!(says(wild), "Chronic absenteeism has gone up and down since 2020-21");
    assert_eq!(
        says(absence(&[12.0, 27.0])),
        "Chronic absenteeism went from 12% in 2022-23 to 27% in 2023-24"
    );
}

#[test]
fn values_of_few_people_are_in_no_finding() {
    let few = absence(&[12.0, 15.0, 19.0, 27.0]).going(Direction::Rising, 5.0).among(9, 0, 17.5, true);
    assert!(TestChart::of(few.clone().resting_on(19.0)).texts().is_empty());
    assert!(!TestChart::of(few.resting_on(20.0)).texts().is_empty());
    // A count is itself the number of people.
    let small = series(key("enrollment", WHOLE), &[90.0, 60.0, 30.0, 15.0]).going(Direction::Falling, -25.0);
    assert!(TestChart::of(small).texts().is_empty());
}

#[test]
fn money_is_said_to_have_changed_only_in_constant_dollars() {
    let pay = series(key("teacher-salary", WHOLE), &[64_691.0, 63_000.0, 62_500.0, 61_710.0])
        .going(Direction::Falling, -900.0)
        .really(Direction::Falling, 64_691.0, -900.0);
    let real = TestChart { is_after_inflation: true, ..TestChart::of(pay.clone()) };
    assert_eq!(real.says(), "Our teachers earn $2,981 less than in 2020-21, after inflation");
    assert_eq!(says(pay), "");
}

#[test]
fn nothing_is_counted_across_a_break() {
    let mut rising = absence(&[50.0, 48.0, 12.0, 15.0, 19.0, 27.0]).going(Direction::Rising, 5.0);
    rising.breaks = vec![Break { year: 2021, why: "new definition".to_owned() }];
    assert_eq!(says(rising), "Chronic absenteeism has risen from 12% to 27% since 2020-21");
}

#[test]
fn a_long_name_is_replaced_by_its_part_or_left_out() {
    let reading =
        |measure| series(key(measure, ["all", "03", "reading"]), &[50.0; 4]).among(2, 0, 60.0, true);
    assert_eq!(
        says(reading("proficiency-rate")),
        "Grade 3 reading proficiency is 10 points lower than in districts like ours"
    );
    assert_eq!(
        says(reading("test-participation-rate")),
        "Grade 3 reading: 10 points lower than in districts like ours"
    );
}

#[test]
fn no_measure_leaves_a_placeholder_or_is_too_long() {
    let catalog = catalog();
    for measure in catalog.measures.values() {
        for parts in [["two-or-more", "09-12", "english-language-arts"], WHOLE] {
            let one = |values: &[f64]| series(key(&measure.id, parts), values).among(9, 0, 35.5, true);
            let rising = one(&[20.0, 30.0, 40.0, 50.0]).going(Direction::Rising, 10.0);
            let turned = with_shape(one(&[50.0, 40.0, 30.0, 40.0, 50.0]), turn(2022, 30.0, true));
            let shifted = with_shape(one(&[50.0, 50.0, 30.0, 30.0]), shift(2022, 50.0, 30.0));
            for comparison in [rising, turned, shifted] {
                for text in TestChart::of(comparison).texts_by(&catalog) {
                    let finding = &text.finding;
                    assert!(!finding.contains(['{', '}', '(', ')']) && !finding.ends_with('.'), "{finding}");
                    assert!(count_words(finding) <= 14 && count_words(&text.sub_line) <= 20, "{text:?}");
                }
            }
        }
    }
}
