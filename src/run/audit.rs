//! The audit of a finished pack: its own tables are read back, and nothing else is known.
//!
//! Of the data behind the door the audit asks but which values its publisher had made public.

use std::collections::BTreeSet;
use std::path::Path;

use crate::audit::{Audit, DisclosedCount};
use crate::catalog::Catalog;
use crate::disclosure::Released;
use crate::domain::{DistrictId, MeasureKey, SchoolYear};
use crate::pack::PackError;
use crate::pack_tables::{DistrictYear, PackTables};

/// Fails where a reader of the pack in `folder`, and of an `earlier` one, could tell a withheld value within less than the policy
/// allows.
pub(super) fn audit(
    folder: &Path,
    earlier: &PackTables,
    released: &Released,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<(), PackError> {
    let pack = PackTables::read(folder, |_| true)
        .map_err(|error| PackError::Unaudited { file: error.file, message: error.message })?;
    let is_public = |at: &DistrictYear, key: &MeasureKey| is_public(released, at, key);
    let audit = Audit { pack: &pack, earlier, catalog, smallest_group, is_public: &is_public };
    match audit.disclosed_counts().as_slice() {
        [] => Ok(()),
        [first, others @ ..] => Err(exposed(first, others)),
    }
}

fn is_public(released: &Released, at: &DistrictYear, key: &MeasureKey) -> bool {
    let key = released.terms().code(key);
    let district = DistrictId::new(&at.district).and_then(|id| released.terms().district(&id));
    let at = key.zip(district).zip(SchoolYear::ending(at.year).ok());
    at.is_some_and(|((key, district), year)| released.is_public(key, district, year))
}

/// Says of what a reader could tell too much, without telling it.
fn exposed(first: &DisclosedCount, others: &[DisclosedCount]) -> PackError {
    let years: BTreeSet<&DistrictYear> = others.iter().map(|other| &other.at).chain([&first.at]).collect();
    let others = others.iter().filter(|other| (&other.at, &other.key) != (&first.at, &first.key)).count();
    let more = if others == 0 { String::new() } else { format!(", and {others} more") };
    let year = first.at.year;
    let year = SchoolYear::ending(year).map_or_else(|_| year.to_string(), |y| y.to_string());
    PackError::Exposed {
        what: format!("{} of district {} in {year}{more}", first.key.slug(), first.at.district),
        within: format!("{:.0}", first.high - first.low),
        least: first.required_width as u32,
        years: years.into_iter().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::audit;
    use crate::catalog::Catalog;
    use crate::disclosure::for_tests::release_all_for_tests;
    use crate::pack::PackError;
    use crate::pack_tables::PackTables;

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
            audit(folder.path(), &PackTables::default(), &release_all_for_tests(&[], &[]), &catalog, None)
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
