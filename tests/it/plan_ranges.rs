//! Whether feasible ranges cover what then happened as often as they say, drawn on a state's past. It needs the files of a whole
//! state, so it runs only if somebody asks for it:
//!
//!     RETREAT_DATA=… cargo test --release --test it plan_ranges -- --ignored --nocapture

use std::collections::BTreeMap;

use retreat::compare::SeriesBreaks;
use retreat::domain::{ALL, DistrictId};
use retreat::plan::{RangeFinder, RangeStart};
use retreat::project::Project;
use retreat::run::Session;

use crate::project::root;

/// Every how many-th district is tried.
const STEP: usize = 64;
/// The shares of similar districts that a mark promises.
const SHARES: [f64; 3] = [0.5, 0.25, 0.1];

/// How often districts did at least as much as a mark; as much exactly counts half.
#[derive(Debug, Default, Clone, Copy)]
struct Coverage {
    tried: usize,
    reached: [f64; 3],
}

impl Coverage {
    fn add(&mut self, marks: [f64; 3], gain: f64) {
        self.tried += 1;
        for (reached, mark) in self.reached.iter_mut().zip(marks) {
            let edge = 1e-9 * (1.0 + mark.abs());
            *reached += match gain - mark {
                beyond if beyond > edge => 1.0,
                beyond if beyond < -edge => 0.0,
                _ => 0.5,
            };
        }
    }

    fn percents(&self) -> [f64; 3] {
        self.reached.map(|reached| 100.0 * reached / self.tried as f64)
    }
}

#[test]
#[ignore = "needs the files of a whole state, and minutes"]
fn ranges_cover_what_then_happened_as_often_as_they_say() {
    let project = Project::open(&root().join("examples/texas")).unwrap();
    let session = Session::read(&project).unwrap();
    let (released, catalog) = (&session.data.released, &project.catalog);
    let view = released.view().unwrap();
    let finder = RangeFinder::new(released, catalog).unwrap();
    let breaks = SeriesBreaks::new(released, view, catalog);
    let mut by_span: BTreeMap<i32, Coverage> = BTreeMap::new();
    let mut by_measure: BTreeMap<String, Coverage> = BTreeMap::new();
    for run in released.runs() {
        let key = released.terms().key(run.key);
        let Some(measure) = catalog.measures.get(&key.measure).filter(|_| key.group == ALL) else { continue };
        let sign = measure.better.sign();
        // Money would need the prices of both years, which the range takes into account but this count does not.
        if sign == 0.0 || measure.adds_up() || measure.unit.is_money() {
            continue;
        }
        for code in (0..released.terms().districts.len() as u32).step_by(STEP) {
            let rows = view.rows(view.of_district(run, code));
            let values: BTreeMap<i32, f64> = rows.filter_map(|row| Some((row.year, row.value?))).collect();
            let broken = breaks.of(run.key, code);
            for (year, value) in &values {
                let later = (1..=catalog.plan.longest).filter(|span| values.contains_key(&(year + span)));
                let later: Vec<i32> = later
                    .filter(|span| {
                        broken.iter().all(|found| !(*year < found.year && found.year <= year + span))
                    })
                    .collect();
                if later.is_empty() {
                    continue;
                }
                for range in finder.ranges(run, RangeStart { district: code, year: *year, value: *value }) {
                    if later.contains(&range.span) {
                        let marks = SHARES.map(|share| range.starts.change(1.0 - share));
                        let gain = sign * (values[&(year + range.span)] - value);
                        by_span.entry(range.span).or_default().add(marks, gain);
                        by_measure.entry(key.measure.clone()).or_default().add(marks, gain);
                    }
                }
            }
        }
    }
    assert!(DistrictId::new("001902").is_some_and(|id| released.terms().district(&id).is_some()));
    let mut all = Coverage::default();
    for (span, coverage) in &by_span {
        println!("{span} years: {} tries, reached {:.1?}", coverage.tried, coverage.percents());
        all.tried += coverage.tried;
        for (sum, reached) in all.reached.iter_mut().zip(coverage.reached) {
            *sum += reached;
        }
    }
    for (measure, coverage) in &by_measure {
        println!("{measure}: {} tries, reached {:.1?}", coverage.tried, coverage.percents());
    }
    println!("all: {} tries, reached {:.1?}", all.tried, all.percents());
    for (reached, share) in all.percents().into_iter().zip(SHARES) {
        assert!((reached - 100.0 * share).abs() <= 5.0, "{reached} for {share}");
    }
}
