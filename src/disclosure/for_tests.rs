//! Builds released values from a short list, for the tests of later stages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Released;
use crate::diagnostic::Place;
use crate::domain::{Attribute, District, DistrictId, Grade, MeasureKey, SchoolYear, Status, Terms};
use crate::observation::{CellRef, Frame, Observed, Origins};

/// One value for a test.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// Id of the district.
    pub(crate) district: String,
    /// School year, by its end.
    pub(crate) year: i32,
    /// The series.
    pub(crate) key: MeasureKey,
    /// The value; `None` if masked.
    pub(crate) value: Option<f64>,
    /// How many people it is based on.
    pub(crate) n: Option<f64>,
}

/// Releases all of them. `attributes` are (district, attribute, value), in order of the years.
pub(crate) fn release_all_for_tests(given: &[Given], attributes: &[(&str, &str, &str)]) -> Released {
    let terms = terms(given, attributes);
    let row = |(i, g): (usize, &Given)| Observed {
        key: terms.code(&g.key).unwrap(),
        district: terms.district(&DistrictId::new(&g.district).unwrap()).unwrap(),
        year: SchoolYear::ending(g.year).unwrap(),
        value: g.value,
        numerator: None,
        denominator: g.n,
        status: if g.value.is_some() { Status::Reported } else { Status::Masked },
        derived: false,
        public: true,
        cells: i as u32..i as u32 + 1,
    };
    let mut rows: Vec<Observed> = given.iter().enumerate().map(row).collect();
    let cells: Vec<CellRef> =
        (0..given.len()).map(|i| CellRef { sheet: 0, row: i as u32, column: 0 }).collect();
    let origins = Origins { sheets: vec![Place::file("given.csv")], ..Origins::default() };
    rows.sort_by_key(Observed::position);
    let frame = Frame::new(rows.into_iter(), &cells, Arc::new(origins), Arc::new(terms)).unwrap();
    Released {
        frame,
        withheld: 0,
        uneven: Vec::new(),
        disclosed_by_public: Vec::new(),
        unknown_base: Vec::new(),
        for_earlier_pack: 0,
    }
}

/// Sorts the terms, since the codes in a key are positions in these lists.
fn terms(given: &[Given], attributes: &[(&str, &str, &str)]) -> Terms {
    let words = |word: fn(&Given) -> &String| {
        given.iter().map(|g| word(g).clone()).collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>()
    };
    let grades: BTreeSet<Grade> = given.iter().map(|g| g.key.grade.clone()).collect();
    let mut districts: Vec<District> =
        words(|g| &g.district).iter().map(|id| district(id, attributes)).collect();
    districts.sort_by(|a, b| a.id.cmp(&b.id));
    Terms {
        measures: words(|g| &g.key.measure),
        groups: words(|g| &g.key.group),
        grades: grades.into_iter().collect(),
        subjects: words(|g| &g.key.subject),
        districts,
        schools: Vec::new(),
    }
}

fn district(id: &str, attributes: &[(&str, &str, &str)]) -> District {
    let own = attributes.iter().filter(|(of, ..)| *of == id);
    let mut said: BTreeMap<String, Vec<(Option<SchoolYear>, &str)>> = BTreeMap::new();
    for (_, name, value) in own {
        // `span@2023` is the attribute of that year.
        let (name, year) = name.split_once('@').unwrap_or((name, ""));
        let year = year.parse().ok().and_then(|end| SchoolYear::ending(end).ok());
        said.entry(name.to_owned()).or_default().push((year, value));
    }
    let attributes = said.into_iter().map(|(name, said)| (name, Attribute::new(said))).collect();
    let id_of = DistrictId::new(id).unwrap();
    District {
        id: id_of,
        shown_id: id.to_owned(),
        name: format!("District {id}"),
        attributes,
        state: None,
        layouts: Vec::new(),
        breaks: Vec::new(),
    }
}
