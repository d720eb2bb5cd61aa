//! The audit of a finished pack: its own tables are read back, and nothing else is known.
//!
//! The tables hold every value of the district and its peers that the pack shows; what charts, page, candidates and report
//! tell is taken or computed from these. Of the data behind the door the audit asks but which values its publisher had
//! made public.

use std::path::Path;

use super::tables::{Unreadable, shown_in};
use crate::catalog::Catalog;
use crate::disclosure::{self, Audited, Exposed, Released, Shown};
use crate::domain::{DistrictId, SchoolYear};
use crate::pack::PackError;

/// Fails where a reader of the pack in `folder`, and of an `earlier` one, could tell a withheld value within less than the policy
/// allows.
pub(super) fn audit(
    folder: &Path,
    earlier: &[Shown],
    released: &Released,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<(), PackError> {
    let unaudited = |error: Unreadable| PackError::Unaudited { file: error.file, message: error.message };
    let mut shown = shown_in(folder).map_err(unaudited)?;
    let mut earlier = earlier.to_vec();
    shown.iter_mut().chain(&mut earlier).for_each(|one| one.is_public = is_public(released, one));
    let found = disclosure::audit(Audited { shown: &shown, earlier: &earlier, catalog, smallest_group });
    match found.as_slice() {
        [] => Ok(()),
        [first, others @ ..] => Err(exposed(first, others.len(), catalog, smallest_group)),
    }
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
            audit(folder.path(), &[], &release_all_for_tests(&[], &[]), &catalog, None)
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
