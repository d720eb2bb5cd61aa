//! How many of the items that districts are shown stay with other numbers of peers, without the latest year, and with values
//! changed within their intervals. With `--nocapture` it prints the figures of CONTRIBUTING.md.
//!
//! The districts' values of the sample are written as one long table, because that can be varied. Surveys and schools are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use retreat::catalog::Catalog;
use retreat::domain::{MeasureKey, Quadrant, Unit};
use retreat::finding::Finding;
use retreat::project::Project;
use retreat::run::Session;
use statistics::wilson::wilson;

use crate::null;
use crate::project::{Made, root};

/// The parts of the long table that a made-up state lacks.
const MORE: &str = r#"
[[attribute]]
id = "district-type"
column = ["Type"]

[[part]]
part = "grade"
column = ["Grade"]
"#;

/// How the table differs from the sample.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Varied {
    Nothing,
    WithoutLatestYear,
    WithinIntervals,
}

/// A value of the sample.
struct Value {
    district: usize,
    id: String,
    kind: String,
    key: MeasureKey,
    unit: Unit,
    year: i32,
    value: f64,
    n: Option<f64>,
}

/// Which item a statement is: its quadrant, its story, and whether it is about how groups or schools differ.
type ItemName = (Quadrant, String, String);

/// What one variant shows.
struct Shown {
    /// The shown items of each district, by its id.
    items: BTreeMap<String, BTreeSet<ItemName>>,
    /// How far the values of a series usually are from its trend, by district.
    spreads: BTreeMap<String, BTreeMap<MeasureKey, f64>>,
}

/// Pseudorandom numbers from −1 to 1 (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        2.0 * ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64 - 1.0
    }
}

/// The published values of the sample's districts.
fn values() -> Vec<Value> {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = Session::read(&project).unwrap();
    let released = &session.data.released;
    let (view, terms) = (released.view().unwrap(), released.terms());
    let mut values = Vec::new();
    for run in released.runs() {
        let key = terms.key(run.key);
        let Some(measure) = project.catalog.measures.get(&key.measure) else { continue };
        for row in view.rows(run.rows.clone()).filter(|row| !row.derived) {
            let Some(value) = row.value else { continue };
            let district = &terms.districts[row.district as usize];
            values.push(Value {
                district: row.district as usize,
                id: district.shown_id.clone(),
                kind: district.attribute("district-type", None).unwrap_or_default().to_owned(),
                key: key.clone(),
                unit: measure.unit,
                year: row.year,
                value,
                n: row.n,
            });
        }
    }
    values
}

/// By how much a value may differ from the one published, up and down: within its 95% interval, or where n is unknown, by how far
/// its series usually is from its trend. Counts and dollars are what they are.
fn interval(value: &Value, spread: Option<f64>) -> [f64; 2] {
    const Z95: f64 = 1.96;
    if value.unit.can_add_up() || value.unit.is_money() {
        return [0.0; 2];
    }
    let of_rate = value.n.filter(|_| value.unit == Unit::Percent);
    match of_rate.and_then(|n| wilson(value.value / 100.0, n)) {
        Some((low, high)) => [100.0 * low - value.value, 100.0 * high - value.value],
        None => {
            let most = Z95 * spread.unwrap_or(0.0);
            [-most, most]
        }
    }
}

fn table(values: &[Value], varied: Varied, shown: Option<&Shown>) -> String {
    let latest = values.iter().map(|value| value.year).max().unwrap();
    let mut random = Random(7);
    let mut text = "ID,District,Type,Year,Measure,Group,Grade,Subject,Value,N\n".to_owned();
    for one in values {
        if varied == Varied::WithoutLatestYear && one.year == latest {
            continue;
        }
        let mut value = one.value;
        if varied == Varied::WithinIntervals {
            let spreads = shown.and_then(|shown| shown.spreads.get(&one.id));
            let [low, high] = interval(one, spreads.and_then(|all| all.get(&one.key)).copied());
            let step = random.next();
            value += step.abs() * if step < 0.0 { low } else { high };
            if one.unit == Unit::Percent {
                value = value.clamp(0.0, 100.0);
            }
        }
        let MeasureKey { measure, group, grade, subject } = &one.key;
        let n = one.n.map(|n| n.to_string()).unwrap_or_default();
        writeln!(
            text,
            "{},District {},{},{},{measure},{group},{},{subject},{value},{n}",
            one.id,
            one.district,
            one.kind,
            one.year,
            grade.id()
        )
        .unwrap();
    }
    text
}

fn item_name(finding: &Finding, catalog: &Catalog) -> ItemName {
    let rule = catalog.rules.iter().find(|rule| rule.id == finding.rule);
    let aspect = rule.map_or("", |rule| catalog.findings.aspect_of(&rule.family));
    (finding.quadrant, finding.story.clone(), aspect.to_owned())
}

fn layout() -> String {
    let scaled = null::LAYOUT.replace("public = true\n", "public = true\npercent-scale = 100\n");
    format!("{scaled}{MORE}")
}

/// What the districts of a table are shown with this many peers.
fn shown(table: &str, peers: usize) -> Shown {
    let made = Made::new()
        .layout("varied.toml", &layout())
        .write("varied.csv", table.as_bytes(), "varied.toml")
        .retreat("state = \"none\"\nwhole-state = true\n")
        .also(&format!("[peers]\ncount = {peers}\nwithin = [\"district-type\"]\n"));
    let project = made.open("104018");
    let session = Session::read(&project).unwrap();
    let mut shown = Shown { items: BTreeMap::new(), spreads: BTreeMap::new() };
    for district in &session.data.released.terms().districts {
        let of_district = session.district(&district.id.to_string()).unwrap();
        let items = of_district.findings().all.iter().filter(|finding| finding.is_shown);
        let items = items.map(|finding| item_name(finding, &project.catalog)).collect();
        shown.items.insert(district.shown_id.clone(), items);
        let all = &of_district.comparisons.all;
        let spreads = all.iter().filter_map(|one| Some((one.key.clone(), one.spread()?))).collect();
        shown.spreads.insert(district.shown_id.clone(), spreads);
    }
    shown
}

/// How many percent of the items that were shown are shown again.
fn stay(before: &Shown, after: &Shown) -> f64 {
    let (mut all, mut kept) = (0, 0);
    for (district, items) in &before.items {
        let again = after.items.get(district);
        all += items.len();
        kept += items.iter().filter(|item| again.is_some_and(|again| again.contains(*item))).count();
    }
    100.0 * kept as f64 / f64::from(u32::try_from(all.max(1)).unwrap())
}

#[test]
fn shown_items_stay() {
    let values = values();
    let as_published = table(&values, Varied::Nothing, None);
    let before = shown(&as_published, 10);
    let items: usize = before.items.values().map(BTreeSet::len).sum();
    assert!(before.items.len() >= 50 && items > 5 * before.items.len(), "{items} items");
    println!("stability: {items} items of {} districts", before.items.len());
    for peers in [8, 12] {
        let stayed = stay(&before, &shown(&as_published, peers));
        println!("  with {peers} peers: {stayed:.0}% stay");
        // Two peers of ten hardly move their median.
        assert!(stayed >= 90.0, "with {peers} peers: {stayed}");
    }
    let earlier = shown(&table(&values, Varied::WithoutLatestYear, None), 10);
    println!("  without the latest year: {:.0}% stay", stay(&before, &earlier));
    let within = shown(&table(&values, Varied::WithinIntervals, Some(&before)), 10);
    println!("  with values changed within their intervals: {:.0}% stay", stay(&before, &within));
}
