//! The tables of a finished pack, read back.

use std::path::{Path, PathBuf};

use crate::catalog::Bounds;
use crate::disclosure::Shown;
use crate::domain::{Grade, MeasureKey, Status};

/// The tables that hold values of districts, each with the column of how many people they rest on.
const TABLES: [(&str, &str); 2] = [("observations.csv", "denominator"), ("measures.csv", "n")];

/// A table that cannot be read back.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// Its name.
    pub(super) file: String,
    /// What is wrong.
    pub(super) message: String,
}

/// Every value that the pack in a folder shows or says to be withheld, in order, each once.
///
/// # Errors
/// Where a table is not there or cannot be read.
pub(super) fn shown_in(folder: &Path) -> Result<Vec<Shown>, Unreadable> {
    let mut shown: Vec<Shown> = Vec::new();
    for (name, people) in TABLES {
        let unreadable = |message: String| Unreadable { file: name.to_owned(), message };
        shown.extend(read(&folder.join("data").join(name), people).map_err(unreadable)?);
    }
    Ok(each_once(shown))
}

/// Puts values in order, and keeps of several of one place one that is shown.
pub(super) fn each_once(mut shown: Vec<Shown>) -> Vec<Shown> {
    shown.sort_by(|a, b| at(a).cmp(&at(b)).then(b.value.is_some().cmp(&a.value.is_some())));
    shown.dedup_by(|a, b| at(a) == at(b));
    shown
}

fn at(shown: &Shown) -> (&str, i32, &MeasureKey) {
    (&shown.district, shown.year, &shown.key)
}

/// The folders of the packs in a folder: it itself, or those in it, in order of their names.
pub(super) fn packs_in(folder: &Path) -> Vec<PathBuf> {
    let has_tables =
        |folder: &PathBuf| TABLES.iter().all(|(name, _)| folder.join("data").join(name).is_file());
    if has_tables(&folder.to_owned()) {
        return vec![folder.to_owned()];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut packs: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(has_tables).collect();
    packs.sort();
    packs
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
    let more = ["status", "derived", "numerator", "masked_from", "masked_to"].map(|name| find(name).ok());
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
        let [status, derived, numerator, low, high] = more.map(|column| column.and_then(|i| record.get(i)));
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        all.push(Shown {
            district: text(0).to_owned(),
            year,
            key,
            value: number(Some(text(6))),
            numerator: number(numerator),
            n: number(Some(text(7))),
            bounds: Bounds { low: number(low), high: number(high) },
            is_computed: derived == Some("yes"),
            is_withheld: status == Some(Status::Withheld.id()),
            is_masked: status == Some(Status::Masked.id()),
            is_public: false,
        });
    }
    Ok(all)
}
