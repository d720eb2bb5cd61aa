//! Whether the data has the districts of a whole state.

use crate::catalog::Catalog;
use crate::domain::{AllDistricts, District};

/// What the districts of the data are: what the project says, or else whether they are nearly all districts of one state whose
/// number is known.
pub(super) fn all_districts(districts: &[District], catalog: &Catalog) -> AllDistricts {
    let is_whole = catalog.states.whole.unwrap_or_else(|| has_whole_state(districts, catalog));
    if is_whole { AllDistricts::OfState } else { AllDistricts::OfData }
}

fn has_whole_state(districts: &[District], catalog: &Catalog) -> bool {
    let state = districts.first().and_then(|district| district.state.as_deref());
    let Some(count) = state.and_then(|state| catalog.states.district_count(state)) else { return false };
    let are_of_state = districts.iter().all(|district| district.state.as_deref() == state);
    are_of_state && 100.0 * districts.len() as f64 >= catalog.findings.judging.whole_state * count as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::all_districts;
    use crate::catalog::Catalog;
    use crate::domain::{AllDistricts, District, DistrictId};

    fn districts(n: usize, state: Option<&str>) -> Vec<District> {
        let district = |number: usize| District {
            id: DistrictId::new(&number.to_string()).unwrap(),
            shown_id: number.to_string(),
            name: number.to_string(),
            attributes: BTreeMap::new(),
            state: state.map(str::to_owned),
            layouts: Vec::new(),
            breaks: Vec::new(),
        };
        (1..=n).map(district).collect()
    }

    #[test]
    fn a_region_is_no_state() {
        let mut catalog = Catalog::embedded().unwrap();
        let count = catalog.states.district_count("TX").unwrap();
        assert_eq!(all_districts(&districts(47, Some("TX")), &catalog), AllDistricts::OfData);
        assert_eq!(all_districts(&districts(count, Some("TX")), &catalog), AllDistricts::OfState);
        // Of several states, or of a state whose districts nobody has counted, it is not known.
        let mut mixed = districts(count, Some("TX"));
        mixed[0].state = Some("NM".to_owned());
        assert_eq!(all_districts(&mixed, &catalog), AllDistricts::OfData);
        assert_eq!(all_districts(&districts(5000, None), &catalog), AllDistricts::OfData);
        // What the project says counts.
        catalog.states.whole = Some(true);
        assert_eq!(all_districts(&districts(47, Some("TX")), &catalog), AllDistricts::OfState);
        catalog.states.whole = Some(false);
        assert_eq!(all_districts(&districts(count, Some("TX")), &catalog), AllDistricts::OfData);
    }
}
