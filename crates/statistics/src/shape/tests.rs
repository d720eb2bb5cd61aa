#![allow(clippy::print_stdout, reason = "the error rates are printed")]

use super::{Heading, SeriesShape, shape};
use crate::for_tests::in_years;
use crate::level_shift::ShiftKind;
use crate::mann_kendall::mann_kendall;
use crate::quantile::{median, sort_ascending};
use crate::theil_sen::theil_sen;

/// The smallest change that matters: all other sizes are in this unit.
const MEANINGFUL: f64 = 1.0;

/// The verdict of a trend test of the whole series.
fn heading(points: &[(i32, f64)]) -> Heading {
    let mut sorted: Vec<f64> = points.iter().map(|point| point.1).collect();
    sort_ascending(&mut sorted);
    let fit = theil_sen(points, &sorted, &mut Vec::new()).unwrap();
    let span = f64::from(points[points.len() - 1].0 - points[0].0);
    let (change, middle) = (fit.slope * span, median(&sorted).unwrap());
    if mann_kendall(points, &sorted).p <= 0.10 && change != 0.0 && change.abs() >= MEANINGFUL {
        return if change > 0.0 { Heading::Rising } else { Heading::Falling };
    }
    let within = [fit.low, fit.high].iter().all(|slope| (slope * span).abs() <= MEANINGFUL)
        || sorted.iter().all(|value| (value - middle).abs() <= MEANINGFUL / 2.0);
    if within { Heading::Steady } else { Heading::Unclear }
}

fn of(values: &[f64]) -> SeriesShape {
    let points = in_years(values);
    shape(&points, MEANINGFUL, heading(&points), &mut Vec::new())
}

#[test]
fn the_first_shape_that_fits() {
    let is_shift = |values: &[f64], kind: ShiftKind| {
        let found = of(values);
        assert!(matches!(found, SeriesShape::LevelShift(shift) if shift.kind == kind), "{found:?}");
    };
    is_shift(&[31.0, 31.2, 30.8, 31.1, 31.0, 30.9, 25.6, 20.2, 14.8], ShiftKind::Cliff);
    is_shift(&[94.2, 94.1, 94.4, 94.3, 91.0, 91.2, 90.9, 91.1], ShiftKind::Step);
    for turned in
        [[95.8, 95.6, 95.7, 95.5, 90.7, 92.0, 93.6, 95.5], [12.0, 12.1, 12.0, 12.2, 24.0, 21.0, 19.0, 18.0]]
    {
        assert!(matches!(of(&turned), SeriesShape::Turn(_)), "{:?}", of(&turned));
    }
    assert_eq!(of(&[10.0, 11.0, 12.5, 13.0]), SeriesShape::Trend { rising: true });
    assert_eq!(of(&[40.0, 39.0, 37.5, 36.9, 36.0, 34.2]), SeriesShape::Trend { rising: false });
    assert_eq!(of(&[80.0, 80.3, 79.8, 80.2, 79.9, 80.1]), SeriesShape::Steady);
    assert_eq!(of(&[50.0; 6]), SeriesShape::Steady);
    assert_eq!(of(&[80.0, 86.0, 75.0, 84.0, 79.0, 82.0]), SeriesShape::Unclear);
    assert_eq!(of(&[10.0, 20.0, 30.0]), SeriesShape::TooFew);
    assert_eq!(shape(&[], MEANINGFUL, Heading::Unclear, &mut Vec::new()), SeriesShape::TooFew);
}

#[test]
fn lines_of_every_length_are_trends() {
    for n in 4..40 {
        let line: Vec<f64> = (0..n).map(|x| 7.0 - 0.9 * f64::from(x)).collect();
        assert_eq!(of(&line), SeriesShape::Trend { rising: false }, "{n}");
    }
}

#[test]
fn a_trend_never_contradicts_the_ends() {
    // It rises, but the last value is below the first.
    let values = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 9.0];
    let found = shape(&in_years(&values), MEANINGFUL, Heading::Rising, &mut Vec::new());
    assert_eq!(found, SeriesShape::Unclear);
    let level = [10.0, 11.0, 12.0, 10.0];
    assert_eq!(shape(&in_years(&level), MEANINGFUL, Heading::Rising, &mut Vec::new()), SeriesShape::Unclear);
}

/// Pseudorandom numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Independent standard normal numbers.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Independent numbers with long tails (Laplace), of variance 1.
    fn laplace(&mut self) -> f64 {
        let size = -libm::log(1.0 - self.uniform()) / std::f64::consts::SQRT_2;
        if self.uniform() < 0.5 { size } else { -size }
    }
}

/// How many series have each shape.
#[derive(Debug, Default, Clone, Copy)]
struct Shapes {
    all: u32,
    steps: u32,
    cliffs: u32,
    turns: u32,
    trends: u32,
    steady: u32,
}

impl Shapes {
    /// The shapes of `SERIES` series; a fresh one is drawn into the values each time.
    fn of_series(n: usize, mut draw: impl FnMut(&mut [f64])) -> Self {
        let (mut shapes, mut values) = (Self::default(), vec![0.0; n]);
        for _ in 0..SERIES {
            draw(&mut values);
            shapes.count(of(&values));
        }
        shapes
    }

    fn count(&mut self, shape: SeriesShape) {
        self.all += 1;
        match shape {
            SeriesShape::LevelShift(shift) if shift.kind == ShiftKind::Step => self.steps += 1,
            SeriesShape::LevelShift(_) => self.cliffs += 1,
            SeriesShape::Turn(_) => self.turns += 1,
            SeriesShape::Trend { .. } => self.trends += 1,
            SeriesShape::Steady => self.steady += 1,
            SeriesShape::Unclear | SeriesShape::TooFew => {}
        }
    }

    fn share(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.all)
    }

    fn print(&self, what: &str, n: usize) {
        let percents = [self.steps, self.cliffs, self.turns, self.trends, self.steady]
            .map(|count| format!("{:5.1}", 100.0 * self.share(count)));
        println!("shapes, {what:<28} n = {n:2}: {}", percents.join(" "));
    }

    /// Fails if a shape that a finding may claim is more frequent than by chance.
    fn assert_rare(&self) {
        for claimed in [self.steps + self.cliffs, self.turns, self.trends] {
            assert!(self.share(claimed) <= 0.10, "{self:?}");
        }
    }
}

const SERIES: usize = 4_000;

const LENGTHS: [usize; 8] = [5, 6, 7, 8, 9, 10, 12, 15];

/// In series with nothing in them, each shape that a finding may claim is claimed in at most 10%, if their
/// values are independent.
#[test]
fn shape_error_rates() {
    println!("shapes, in percent: steps, cliffs, turns, trends, steady");
    let mut random = Random(20_240_607);
    for n in LENGTHS {
        for sd in [0.25, 0.5, 1.0, 2.0, 8.0] {
            let normal = Shapes::of_series(n, |values| values.fill_with(|| sd * random.normal()));
            normal.print(&format!("noise of {sd} M"), n);
            normal.assert_rare();
            let laplace = Shapes::of_series(n, |values| values.fill_with(|| sd * random.laplace()));
            laplace.print(&format!("long-tailed noise of {sd} M"), n);
            laplace.assert_rare();
            let coarse = Shapes::of_series(n, |values| values.fill_with(|| (sd * random.normal()).round()));
            coarse.print(&format!("noise of {sd} M in steps of M"), n);
            coarse.assert_rare();
        }
        let constant = Shapes::of_series(n, |values| values.fill(3.0));
        assert_eq!(constant.steady, constant.all);
    }
}

/// Series that are not independent are reported, not limited: they do drift, shift, and turn.
#[test]
fn shape_error_rates_of_dependent_values() {
    let mut random = Random(20_240_608);
    for n in LENGTHS {
        for (what, keeps) in [("autocorrelation 0.5", 0.5), ("random walk", 1.0)] {
            let shapes = Shapes::of_series(n, |values| {
                let mut last = random.normal();
                values.fill_with(|| {
                    last = keeps * last + random.normal();
                    last
                });
            });
            shapes.print(what, n);
        }
    }
}

/// What is planted, with noise of half of a meaningful change, is found.
#[test]
fn shape_power() {
    let mut random = Random(20_240_609);
    let mut of_planted = |what: &str, n: usize, planted: fn(f64) -> f64| {
        let shapes = Shapes::of_series(n, |values| {
            for (i, value) in values.iter_mut().enumerate() {
                // From 0 to 1.
                let passed = i as f64 / (n - 1) as f64;
                *value = planted(passed) + 0.5 * random.normal();
            }
        });
        shapes.print(what, n);
        shapes
    };
    for n in [8, 10, 12] {
        let step = of_planted("step of 3 M", n, |passed| if passed < 0.5 { 0.0 } else { 3.0 });
        assert!(step.share(step.steps) >= 0.8);
        of_planted("step of 3 M, late", n, |passed| if passed < 0.65 { 0.0 } else { 3.0 });
        of_planted("cliff of 6 M", n, |passed| (passed - 0.6).max(0.0) * 15.0);
        let v = of_planted("V of 3 M", n, |passed| 6.0 * (passed - 0.5).abs());
        assert!(v.share(v.turns) >= 0.8);
        of_planted(
            "fall of 3 M at once, and back",
            n,
            |passed| if passed < 0.5 { 3.0 } else { 6.0 * (passed - 0.5) },
        );
        of_planted("line of 4 M", n, |passed| 4.0 * passed);
        let line = of_planted("line of 10 M", n, |passed| 10.0 * passed);
        assert!(line.share(line.trends) >= 0.95);
    }
    let line = of_planted("line of 1.5 M a year", 6, |passed| 7.5 * passed);
    assert!(line.share(line.trends) >= 0.95);
}
