//! The districts that the files name, each known by its newest name, and by its attributes year by year.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{FileDistrict, FileReading};
use crate::diagnostic::Diagnostic;
use crate::domain::{Attribute, District, DistrictId, SchoolYear};

/// All districts, sorted by id, and for each file the code of each of its districts (`None` where unknown).
pub(super) fn directory(
    readings: &[FileReading],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<District>, Vec<Vec<Option<u32>>>) {
    let mut newest: BTreeMap<&DistrictId, Newest<'_>> = BTreeMap::new();
    let mut names: BTreeMap<String, BTreeSet<&DistrictId>> = BTreeMap::new();
    for (file, district) in
        readings.iter().enumerate().flat_map(|(i, r)| r.districts.iter().map(move |d| (i, d)))
    {
        let Some(id) = &district.id else { continue };
        newest.entry(id).or_default().learn(file, district);
        if let Some(name) = &district.name {
            names.entry(name.to_lowercase()).or_default().insert(id);
        }
    }
    let ids: Vec<&DistrictId> = newest.keys().copied().collect();
    let districts = newest.iter().map(|(id, known)| known.district(id)).collect();
    let position = |id: &DistrictId| ids.binary_search(&id).ok().map(|i| i as u32);
    let mut find = |district: &FileDistrict| match (&district.id, &district.name) {
        (Some(id), _) => position(id),
        (None, Some(name)) => {
            let ids = names.get(&name.to_lowercase());
            let one = ids.filter(|ids| ids.len() == 1).and_then(BTreeSet::first);
            if one.is_none() {
                let why = if ids.is_none() {
                    "is known to no other source"
                } else {
                    "is the name of several districts"
                };
                diagnostics.push(Diagnostic::district_unknown(district.place.clone(), name, why));
            }
            position(one?)
        }
        (None, None) => None,
    };
    let codes = readings.iter().map(|r| r.districts.iter().map(&mut find).collect()).collect();
    (districts, codes)
}

/// What the newest source says of a district.
#[derive(Default)]
struct Newest<'a> {
    width: usize,
    name: Option<((Option<SchoolYear>, usize), &'a str)>,
    attributes: BTreeMap<&'a str, BTreeMap<(Option<SchoolYear>, usize), &'a str>>,
}

impl<'a> Newest<'a> {
    fn learn(&mut self, file: usize, district: &'a FileDistrict) {
        let age = (district.years.iter().copied().max().flatten(), file);
        self.width = self.width.max(district.id_width);
        if let Some(name) = &district.name
            && self.name.as_ref().is_none_or(|(known, _)| *known <= age)
        {
            self.name = Some((age, name));
        }
        for (id, text) in &district.attributes {
            let ages = district.years.iter().map(|year| ((*year, file), text.as_str()));
            self.attributes.entry(id).or_default().extend(ages);
        }
    }

    fn district(&self, id: &DistrictId) -> District {
        let shown_id = id.padded(self.width);
        District {
            id: id.clone(),
            name: self.name.map_or_else(|| shown_id.clone(), |(_, name)| name.to_owned()),
            shown_id,
            attributes: self
                .attributes
                .iter()
                .map(|(id, said)| ((*id).to_owned(), attribute(said)))
                .collect(),
            breaks: Vec::new(),
        }
    }
}

fn attribute(said: &BTreeMap<(Option<SchoolYear>, usize), &str>) -> Attribute {
    Attribute::new(said.iter().map(|((year, _), text)| (*year, *text)))
}
