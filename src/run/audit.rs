//! The audit of a finished pack: its own tables are read back, and nothing else is known.
//!
//! The tables hold every value of the district and its peers that the pack shows; what charts, page, candidates and report
//! tell is taken or computed from these.

use std::path::Path;

use crate::catalog::Catalog;
use crate::disclosure::{self, Exposed, Shown};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status};
use crate::pack::PackError;

/// The tables that hold values of districts, each with the column of how many people they rest on.
const TABLES: [(&str, &str); 2] = [("observations.csv", "denominator"), ("measures.csv", "n")];

/// Fails where a reader of the pack in `folder` could tell a withheld value within less than the policy allows.
pub(super) fn audit(folder: &Path, catalog: &Catalog, smallest_group: Option<u32>) -> Result<(), PackError> {
    let mut shown: Vec<Shown> = Vec::new();
    for (name, people) in TABLES {
        let unaudited = |message: String| PackError::Unaudited { file: name.to_owned(), message };
        shown.extend(read(&folder.join("data").join(name), people).map_err(unaudited)?);
    }
    shown.sort_by(|a, b| at(a).cmp(&at(b)).then(b.value.is_some().cmp(&a.value.is_some())));
    shown.dedup_by(|a, b| at(a) == at(b));
    let found = disclosure::audit(&shown, catalog, smallest_group);
    match found.as_slice() {
        [] => Ok(()),
        [first, others @ ..] => Err(exposed(first, others.len(), catalog, smallest_group)),
    }
}

fn at(shown: &Shown) -> (&str, i32, &MeasureKey) {
    (&shown.district, shown.year, &shown.key)
}

fn exposed(first: &Exposed, others: usize, catalog: &Catalog, smallest_group: Option<u32>) -> PackError {
    let more = if others == 0 { String::new() } else { format!(", and {others} more") };
    let own = catalog.measures.get(&first.key.measure).map_or(0, |m| m.smallest_group);
    let year = SchoolYear::ending(first.year).map_or_else(|_| first.year.to_string(), |y| y.to_string());
    PackError::Exposed {
        what: format!("{} of district {} in {year}{more}", first.key.slug(), first.district),
        within: format!("{:.0}", first.from_to.1 - first.from_to.0),
        least: own.max(smallest_group.unwrap_or(0)),
    }
}

fn read(path: &Path, people: &str) -> Result<Vec<Shown>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| e.to_string())?;
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let find = |name: &str| {
        let found = header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
        found.ok_or_else(|| format!("it has no column {name:?}"))
    };
    let columns = ["district_id", "school_year", "measure", "group", "grade", "subject", "value", people];
    let columns = columns.into_iter().map(find).collect::<Result<Vec<usize>, String>>()?;
    let status = find("status").ok();
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let text = |i: usize| record.get(columns[i]).unwrap_or_default();
        let year = text(1).parse().map_err(|_| format!("{:?} is no year", text(1)))?;
        let grade = Grade::parse(text(4)).ok_or_else(|| format!("{:?} is no grade", text(4)))?;
        let key = MeasureKey {
            measure: text(2).to_owned(),
            group: text(3).to_owned(),
            grade,
            subject: text(5).to_owned(),
        };
        let is_withheld = status.and_then(|i| record.get(i)) == Some(Status::Withheld.id());
        let (value, n) = (text(6).parse().ok(), text(7).parse().ok());
        all.push(Shown { district: text(0).to_owned(), year, key, value, n, is_withheld });
    }
    Ok(all)
}
