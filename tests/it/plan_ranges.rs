//! Whether feasible ranges cover what then happened as often as they say, drawn on a state's past. It needs the files of a whole
//! state, so it runs only if somebody asks for it:
//!
//!     RETREAT_DATA=… cargo test --release --test it plan_ranges -- --ignored --nocapture

use std::collections::BTreeMap;

use retreat::compare::SeriesBreaks;
use retreat::domain::{ALL, DistrictId};
use retreat::plan::{FeasibleRange, RangeFinder, RangeStart};
use retreat::project::Project;
use retreat::run::Session;

use crate::project::root;

/// Every how many-th district is tried.
const STEP: usize = 80;
/// The shares of similar districts that a mark promises.
const SHARES: [f64; 3] = [0.5, 0.25, 0.1];

/// How often districts did at least as much as a mark.
#[derive(Debug, Default, Clone, Copy)]
struct Coverage {
    tried: usize,
    reached: [f64; 3],
}

impl Coverage {
    /// Adds a gain. Many gains are equal, such as that of a rate of 0 that stays 0; an equal one counts as reached by the part of the
    /// equal ones that the share takes up (the nonrandomized probability integral transform of Czado, Gneiting and Held 2009).
    fn add(&mut self, range: &FeasibleRange, gain: f64) {
        self.tried += 1;
        let n = range.count() as f64;
        let beyond = range.gained(gain + 1e-6 * (1.0 + gain.abs())) as f64 / n;
        let as_much = range.gained(gain) as f64 / n;
        for (reached, share) in self.reached.iter_mut().zip(SHARES) {
            *reached += match as_much - beyond {
                equal if equal > 0.0 => ((share - beyond) / equal).clamp(0.0, 1.0),
                _ => f64::from(u8::from(beyond < share)),
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
                        let gain = sign * (values[&(year + range.span)] - value);
                        by_span.entry(range.span).or_default().add(&range, gain);
                        by_measure.entry(key.measure.clone()).or_default().add(&range, gain);
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
