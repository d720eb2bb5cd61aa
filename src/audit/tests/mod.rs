//! Small tables with answers worked out by hand, and an oracle that tries all whole numbers.

mod links;
mod oracle;
mod packs;
mod schools;
mod totals;

use super::{Audit, PeopleOfCell, SafeYears};
use crate::catalog::Catalog;
use crate::domain::{Grade, Interned, Status};
use crate::pack_tables::{CellKey, DistrictYear, PackCell, PackTables, WrittenNumber};

/// A cell as written in a test: `measure/group/grade/subject = 42.9 of 7`. Trailing parts may be omitted if
/// they are `all`. A school follows the measure: `enrollment@north/asian`. The value is `withheld`, `<10` or a number; `of` gives n.
fn cell(text: &str) -> (CellKey, PackCell) {
    let (place, said) = text.split_once(" = ").unwrap();
    let mut parts = place.split('/');
    let measure = parts.next().unwrap().to_owned();
    let mut part = || parts.next().unwrap_or("all").to_owned();
    let (group, grade, subject) = (part(), part(), part());
    let (measure, school) = measure.split_once('@').map_or((measure.as_str(), ""), |found| found);
    let (measure, school) = (measure.to_owned(), school.to_owned());
    let [measure, school, group, subject] =
        [measure, school, group, subject].map(|text| Interned::new(&text));
    let key = CellKey { measure, school, group, grade: Grade::parse(&grade).unwrap(), subject };
    let (value, n) = said.split_once(" of ").map_or((said, None), |(value, n)| (value, Some(n)));
    let mut cell = PackCell {
        n: n.map(|n| n.parse().unwrap()),
        source: Interned::new("own.csv"),
        ..PackCell::default()
    };
    match (value, value.strip_prefix('<')) {
        ("withheld", _) => cell.status = Some(Status::Withheld),
        (_, Some(most)) => {
            cell.status = Some(Status::Masked);
            cell.masked_to = Some(most.parse().unwrap());
        }
        (number, None) => {
            let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            cell.value = Some(WrittenNumber { number: number.parse().unwrap(), decimals });
            cell.status = Some(Status::Reported);
        }
    }
    (key, cell)
}

fn pack(cells: &[&str]) -> PackTables {
    let mut tables = PackTables::default();
    for (key, cell) in cells.iter().map(|text| cell(text)) {
        tables.insert(&DistrictYear { district: "1".to_owned(), year: 2024 }, key, cell);
    }
    tables
}

/// A count that a reader can work out: the cell's slug, which people, and the bounds.
type Found = (String, PeopleOfCell, f64, f64);

fn audit(pack: &PackTables, earlier: Option<&PackTables>, public: &[&str]) -> Vec<Found> {
    let catalog = Catalog::embedded().unwrap();
    let is_public = |_: &DistrictYear, key: &CellKey| public.contains(&key.slug().as_str());
    let nothing = PackTables::default();
    let earlier = earlier.unwrap_or(&nothing);
    let audit = Audit { pack, earlier, catalog: &catalog, smallest_group: None, is_public: &is_public };
    audit
        .disclosed_counts()
        .into_iter()
        .map(|found| (found.key.slug(), found.people, found.low, found.high))
        .collect()
}

/// Years that are known to disclose nothing are skipped, and only those: whatever an audit looks at tells years apart.
#[test]
fn what_another_pack_has_shown_to_be_safe_is_not_attacked_again() {
    let catalog = Catalog::embedded().unwrap();
    let (safe, nothing) = (SafeYears::default(), PackTables::default());
    let disclosed = |pack: &PackTables, is_all_public: bool| {
        let is_public = |_: &DistrictYear, _: &CellKey| is_all_public;
        let audit =
            Audit { pack, earlier: &nothing, catalog: &catalog, smallest_group: None, is_public: &is_public };
        let counts = audit.disclosed_counts_besides(&safe);
        assert_eq!(counts, audit.disclosed_counts());
        counts.len()
    };
    let shown = ["enrollment = 200", "enrollment/white = 120", "enrollment/asian = withheld"];
    let hidden = [&shown[..], &["enrollment/hispanic = withheld"]].concat();
    let open = [&shown[..], &["enrollment/hispanic = 73"]].concat();
    for _ in 0..2 {
        assert_eq!(disclosed(&pack(&open), true), 0);
        assert_eq!(disclosed(&pack(&hidden), false), 0);
        assert!(disclosed(&pack(&open), false) > 0);
    }
}

/// What a reader can work out from a pack of private values.
fn told(cells: &[&str]) -> Vec<Found> {
    audit(&pack(cells), None, &[])
}

fn found(slug: &str, what: PeopleOfCell, low: f64, high: f64) -> Found {
    (slug.to_owned(), what, low, high)
}
