//! Made-up states in which there is nothing to find, and others in which there is something.
//!
//! In the null states, all districts are drawn from one distribution: they differ only by chance, no series
//! has a trend, and no student group does better or worse than the others of its district. Anything called
//! clear there is a false positive. (No figure is in dollars, because a constant one falls in dollars of the
//! last year.) In the planted states, the first district has a trend, levels and gaps of sizes that must be
//! found. As in a real district, what sets it apart shows in more than one figure: its levels in seven of
//! seventeen, its gaps in three subjects. (A single such level among many is found less often: no test can
//! both find it and keep its error rate in the null states.)

use retreat::compare::{Comparison, Comparisons, TestResult};
use retreat::domain::{ALL, DistrictId, MeasureKey};
use retreat::finding::{Confidence, propose};
use retreat::project::Project;
use retreat::run;

use crate::project::{Made, key};

const DISTRICTS: usize = 100;
const YEARS: i32 = 6;
const LAST: i32 = 2024;
/// The file of a state.
const STATE: &str = "state.csv";

/// Rates of two groups that make up all students, with the numbers they are based on: measure, subject,
/// center.
const RATES: [(&str, &str, f64); 5] = [
    ("proficiency-rate", "reading", 0.46),
    ("proficiency-rate", "mathematics", 0.42),
    ("proficiency-rate", "science", 0.50),
    ("graduation-rate", "all", 0.80),
    ("ap-ib-participation-rate", "all", 0.30),
];

/// Figures without a number of people: measure, center, spread between districts, noise from year to year.
const FIGURES: [(&str, f64, f64, f64); 8] = [
    ("attendance-rate", 93.0, 0.6, 0.2),
    ("teacher-turnover", 14.0, 1.0, 1.0),
    ("students-per-teacher", 15.0, 1.0, 0.25),
    ("teacher-experience", 11.0, 1.0, 0.4),
    ("teacher-tenure", 8.0, 1.0, 0.4),
    ("dropout-rate", 1.5, 0.2, 0.1),
    ("advanced-degree-share", 40.0, 4.0, 1.0),
    ("class-size", 20.0, 1.2, 0.3),
];

/// The figure with the planted trend; the others have the planted levels.
const TREND: &str = "teacher-turnover";

/// A long table: a measure, group, and subject in each row.
pub(crate) const LAYOUT: &str = r#"
id = "null"
label = "A made-up state"
authority = "made up"
public = true

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "measure"
column = ["Measure"]

[[part]]
part = "group"
column = ["Group"]

[[part]]
part = "subject"
column = ["Subject"]

[[column]]
name = ["Value"]
weight = ["N"]
"#;

/// What only the first district has.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Plant {
    Nothing,
    TrendLevelAndGap,
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

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    fn binomial(&mut self, n: u32, p: f64) -> u32 {
        (0..n).filter(|_| self.uniform() < p).count() as u32
    }
}

/// The table of a state.
struct Table(String);

impl Table {
    fn put(&mut self, at: (usize, i32), (measure, group, subject): (&str, &str, &str), value: f64, n: &str) {
        use std::fmt::Write;
        let (district, year) = at;
        writeln!(
            self.0,
            "{},District {district},{year},{measure},{group},{subject},{value},{n}",
            district + 1
        )
        .unwrap();
    }

    fn rate(&mut self, at: (usize, i32), series: (&str, &str, &str), hits: u32, n: u32) {
        self.put(at, series, 100.0 * f64::from(hits) / f64::from(n), &n.to_string());
    }
}

fn state(seed: u64, plant: Plant) -> String {
    let mut random = Random(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let mut table = Table("ID,District,Year,Measure,Group,Subject,Value,N\n".to_owned());
    for district in 0..DISTRICTS {
        let rates = &RATES[..if plant == Plant::Nothing { RATES.len() } else { 3 }];
        let plant = if district == 0 { plant } else { Plant::Nothing };
        students(district, &mut random, &mut table);
        results(district, rates, plant, &mut random, &mut table);
        figures(district, plant, &mut random, &mut table);
    }
    table.0
}

fn years() -> impl Iterator<Item = i32> {
    LAST + 1 - YEARS..=LAST
}

/// The variables that districts are matched by.
fn students(district: usize, random: &mut Random, table: &mut Table) {
    let enrollment = 1_500.0 * (0.5 * random.normal()).exp();
    let shares = [50.0, 12.0, 15.0].map(|middle| middle * (0.2 * random.normal()).exp());
    for year in years() {
        let now = (enrollment * (1.0 + 0.01 * random.normal())).round();
        table.put((district, year), ("enrollment", ALL, ALL), now, "");
        let groups = ["low-income", "english-learners", "students-with-disabilities"];
        for (group, share) in groups.iter().zip(shares) {
            let noisy = share + 0.3 * random.normal();
            table.put((district, year), ("enrollment-share", group, ALL), noisy, "");
        }
    }
}

fn results(
    district: usize,
    rates: &[(&str, &str, f64)],
    plant: Plant,
    random: &mut Random,
    table: &mut Table,
) {
    let sizes = match plant {
        Plant::Nothing => [(); 2].map(|()| 60 + (240.0 * random.uniform()) as u32),
        Plant::TrendLevelAndGap => [60, 60],
    };
    for (measure, subject, middle) in rates.iter().copied() {
        let lasting: f64 = (middle + 0.05 * random.normal()).clamp(0.05, 0.95);
        let gap = if plant == Plant::TrendLevelAndGap { 0.15 } else { 0.0 };
        for year in years() {
            let hits = [
                random.binomial(sizes[0], lasting - gap / 2.0),
                random.binomial(sizes[1], lasting + gap / 2.0),
            ];
            let at = (district, year);
            for (group, (hits, n)) in ["low-income", "not-low-income"].iter().zip(hits.iter().zip(sizes)) {
                table.rate(at, (measure, group, subject), *hits, n);
            }
            table.rate(at, (measure, ALL, subject), hits[0] + hits[1], sizes[0] + sizes[1]);
        }
    }
}

fn figures(district: usize, plant: Plant, random: &mut Random, table: &mut Table) {
    // The interquartile range of a normal distribution is 1.349 standard deviations.
    let planted = plant == Plant::TrendLevelAndGap;
    for (measure, middle, spread, noise) in FIGURES {
        let lasting = if planted && measure != TREND {
            middle + 2.0 * 1.349 * spread.hypot(noise)
        } else {
            middle + spread * random.normal()
        };
        for (passed, year) in years().enumerate() {
            // A slope of 1.5 meaningful changes (of 3 points) a year, with noise of half of one.
            let (slope, noise) = if planted && measure == TREND { (4.5, 1.5) } else { (0.0, noise) };
            let value = lasting + slope * passed as f64 + noise * random.normal();
            table.put((district, year), (measure, ALL, ALL), value, "");
        }
    }
}

/// A project whose source is to be written: many made-up states, one after the other.
struct States {
    made: Made,
    project: Project,
}

impl States {
    fn new() -> Self {
        let made = Made::new().layout("null.toml", LAYOUT).write(STATE, b"", "null.toml");
        let project = made.open("1");
        Self { made, project }
    }
}

/// The first district of a state, compared and judged, and whether anything strong is proposed for it.
fn judged(states: &States, seed: u64, plant: Plant) -> (Comparisons, bool) {
    let States { made, project } = states;
    std::fs::write(made.path().join(STATE), state(seed, plant)).unwrap();
    let session = run::Session::read(project).unwrap();
    assert!(
        session.data.released.terms().district(&DistrictId::new("1").unwrap()).is_some(),
        "{:?}",
        session.data.diagnostics
    );
    let comparisons = session.district("1").unwrap().comparisons;
    let findings = propose(&comparisons, &project.catalog, &Default::default());
    let strong = findings.all.iter().any(|f| f.confidence == Confidence::Strong);
    (comparisons, strong)
}

/// A family of tests: its name, and where to find it in a comparison.
type Family = (&'static str, fn(&Comparison) -> Option<TestResult>);

const FAMILIES: [Family; 3] =
    [("level", |c| c.tests.level), ("trend", |c| c.tests.trend), ("gap", |c| c.tests.gap)];

#[test]
fn little_is_called_clear_if_there_is_nothing_to_find() {
    const RUNS: u64 = 200;
    const Q: f64 = 0.10;
    let (mut runs_with_strong, mut share_clear) = (0, 0.0);
    let mut of_family = [(0, 0); 3];
    let states = States::new();
    for seed in 1..=RUNS {
        let (comparisons, strong) = judged(&states, seed, Plant::Nothing);
        runs_with_strong += u64::from(strong);
        let (mut tests, mut clear) = (0, 0);
        for ((_, family), (made, runs)) in FAMILIES.iter().zip(&mut of_family) {
            let tested: Vec<TestResult> = comparisons.all.iter().filter_map(family).collect();
            let passing = tested.iter().filter(|t| t.passes()).count();
            *made += tested.len();
            *runs += u64::from(passing > 0);
            tests += tested.len();
            clear += passing;
        }
        share_clear += clear as f64 / tests as f64 / RUNS as f64;
    }
    let strong = runs_with_strong as f64 / RUNS as f64;
    println!(
        "null: runs with a strong finding {:.1} %, tests called clear {:.2} %",
        100.0 * strong,
        100.0 * share_clear
    );
    for ((name, _), (made, runs)) in FAMILIES.iter().zip(of_family) {
        assert!(made as u64 > 3 * RUNS, "hardly any {name} was tested: {made}");
        let share = runs as f64 / RUNS as f64;
        println!("null: {name}: {made} tests, anything clear in {:.1} % of the runs", 100.0 * share);
        // If every null hypothesis is true, Benjamini-Hochberg limits this share to q. 200 runs measure it to
        // ± 2.1 points (one standard error); three standard errors above q would mean that the limit is
        // broken.
        assert!(share <= Q + 0.064, "{name}: {share}");
    }
    assert!(strong <= 0.10, "a strong finding in {strong} of the runs");
    assert!(share_clear <= Q, "{share_clear} of the tests called clear");
}

#[test]
fn planted_effects_are_found() {
    const RUNS: u64 = 100;
    let levels = FIGURES.map(|figure| figure.0).into_iter().filter(|measure| *measure != TREND);
    let gaps = ["reading", "mathematics", "science"];
    // In the order of FAMILIES.
    let planted = [
        levels.map(key).collect(),
        vec![key(TREND)],
        gaps.map(|subject| key(&format!("proficiency-rate/low-income/all/{subject}"))).to_vec(),
    ];
    let mut found = [0; 3];
    let states = States::new();
    for seed in 1..=RUNS {
        let (comparisons, _) = judged(&states, 1_000 + seed, Plant::TrendLevelAndGap);
        for ((series, (_, family)), found) in planted.iter().zip(FAMILIES).zip(&mut found) {
            let passes =
                |key: &&MeasureKey| comparisons.get(key).and_then(family).is_some_and(|t| t.passes());
            *found += series.iter().filter(passes).count();
        }
    }
    for ((series, (name, _)), found) in planted.iter().zip(FAMILIES).zip(found) {
        let all = series.len() as u64 * RUNS;
        println!("planted: {name}: {found} of {all} found");
        assert!(found as u64 * 100 >= all * 80, "{name}: {found} of {all}");
    }
}
