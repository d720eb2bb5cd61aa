//! The audit of a finished pack: its own tables are read back, and nothing else is known.
//!
//! The tables hold every value of the district and its peers that the pack shows; what charts, page, candidates and report
//! tell is taken or computed from these. Of the data behind the door the audit asks but which values its publisher had
//! made public.

use std::path::Path;

use crate::catalog::{Bounds, Catalog};
use crate::disclosure::{self, Exposed, Released, Shown};
use crate::domain::{DistrictId, Grade, MeasureKey, SchoolYear, Status};
use crate::pack::PackError;

/// The tables that hold values of districts, each with the column of how many people they rest on.
const TABLES: [(&str, &str); 2] = [("observations.csv", "denominator"), ("measures.csv", "n")];

/// Fails where a reader of the pack in `folder` could tell a withheld value within less than the policy allows.
pub(super) fn audit(
    folder: &Path,
    released: &Released,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<(), PackError> {
    let mut shown: Vec<Shown> = Vec::new();
    for (name, people) in TABLES {
        let unaudited = |message: String| PackError::Unaudited { file: name.to_owned(), message };
        shown.extend(read(&folder.join("data").join(name), people).map_err(unaudited)?);
    }
    shown.sort_by(|a, b| at(a).cmp(&at(b)).then(b.value.is_some().cmp(&a.value.is_some())));
    shown.dedup_by(|a, b| at(a) == at(b));
    shown.iter_mut().for_each(|one| one.is_public = is_public(released, one));
    let found = disclosure::audit(&shown, catalog, smallest_group);
    match found.as_slice() {
        [] => Ok(()),
        [first, others @ ..] => Err(exposed(first, others.len(), catalog, smallest_group)),
    }
}

fn at(shown: &Shown) -> (&str, i32, &MeasureKey) {
    (&shown.district, shown.year, &shown.key)
}

fn is_public(released: &Released, shown: &Shown) -> bool {
    let key = released.terms().code(&shown.key);
    let district = DistrictId::new(&shown.district).and_then(|id| released.terms().district(&id));
    let at = key.zip(district).zip(SchoolYear::ending(shown.year).ok());
    at.is_some_and(|((key, district), year)| released.is_public(key, district, year))
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

#[cfg(test)]
mod tests {
    use super::audit;
    use crate::catalog::Catalog;
    use crate::disclosure::for_tests::release_all_for_tests;
    use crate::pack::PackError;

    const HEADER: &str =
        "district_id,school_year,measure,group,grade,subject,value,numerator,denominator,n,status\n";

    #[test]
    fn a_pack_from_which_a_withheld_value_can_be_told_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let of = |group: &str, value: &str, status: &str| {
            format!("1,2024,enrollment,{group},all,all,{value},,,,{status}\n")
        };
        let shown = |hispanic: (&str, &str)| {
            let rows = [
                of("all", "200", "reported"),
                of("white", "120", "reported"),
                of("hispanic", hispanic.0, hispanic.1),
                of("asian", "", "withheld"),
            ];
            std::fs::create_dir_all(folder.path().join("data")).unwrap();
            std::fs::write(folder.path().join("data/observations.csv"), HEADER.to_owned() + &rows.concat())
                .unwrap();
            std::fs::write(folder.path().join("data/measures.csv"), HEADER).unwrap();
            let catalog = Catalog::embedded().unwrap();
            audit(folder.path(), &release_all_for_tests(&[], &[]), &catalog, None)
        };
        assert!(shown(("", "withheld")).is_ok());
        let Err(error @ PackError::Exposed { .. }) = shown(("73", "reported")) else {
            panic!("it is let through")
        };
        let text = error.to_string();
        assert!(text.contains("enrollment-asian of district 1 in 2023-24"), "{text}");
        assert!(!text.contains('7'), "{text}");
    }
}
