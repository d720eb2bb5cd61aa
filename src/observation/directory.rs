//! The districts in the files, each with its newest name and its attributes by year.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{FileDistrict, FileReading};
use crate::catalog::{Catalog, StateEvidence, States};
use crate::diagnostic::Diagnostic;
use crate::domain::{Attribute, District, DistrictId, SchoolYear};

/// The codes of each file's districts, by index of the file and of the district in its list; `None` if it is
/// unknown which district is meant.
pub(super) type DistrictCodes = Vec<Vec<Option<u32>>>;

/// The districts of all files.
pub(super) struct Directory {
    /// Sorted by id, so each district's index is its code.
    pub(super) districts: Vec<District>,
    pub(super) codes: DistrictCodes,
    /// The first and last year in which files name each district; `None` if they name no year.
    pub(super) years: Vec<Option<[i32; 2]>>,
}

impl Directory {
    /// Collects the districts of all files. Districts known only by name are looked up among those with an
    /// id.
    pub(super) fn new(
        readings: &[FileReading],
        catalog: &Catalog,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut lookup = DistrictLookup::new(readings);
        let ids: Vec<&DistrictId> = lookup.profiles.keys().copied().collect();
        let mut codes = DistrictCodes::with_capacity(readings.len());
        for reading in readings {
            let mut of_file = Vec::with_capacity(reading.districts.len());
            for district in &reading.districts {
                let id = lookup.find_id(district, diagnostics);
                lookup.add_layout(id, &reading.report.layout);
                of_file.push(id.and_then(|id| ids.binary_search(&id).ok()).map(|index| index as u32));
            }
            codes.push(of_file);
        }
        let districts: Vec<District> =
            lookup.profiles.iter().map(|(id, profile)| profile.district(id, catalog)).collect();
        let years = years_of_districts(readings, &codes, districts.len());
        Self { districts, codes, years }
    }
}

/// The district of a project whose tables name none, by what the project calls it: its id, or its name.
pub(super) fn surveyed_district(named: &str, catalog: &Catalog) -> Option<District> {
    let named = named.trim();
    let id = DistrictId::new(named)?;
    let district = DistrictProfile::default().district(&id, catalog);
    Some(District { name: named.to_owned(), shown_id: named.to_owned(), ..district })
}

/// The first and last year in which files name each district, by its code.
fn years_of_districts(
    readings: &[FileReading],
    codes: &DistrictCodes,
    districts: usize,
) -> Vec<Option<[i32; 2]>> {
    let mut years: Vec<Option<[i32; 2]>> = vec![None; districts];
    for (reading, codes) in readings.iter().zip(codes) {
        for (district, code) in reading.districts.iter().zip(codes) {
            let Some(known) = code.and_then(|code| years.get_mut(code as usize)) else { continue };
            for year in district.years.iter().flatten().map(|year| year.end()) {
                let [first, last] = known.unwrap_or([year, year]);
                *known = Some([first.min(year), last.max(year)]);
            }
        }
    }
    years
}

/// What the files state about districts, by id and by name.
struct DistrictLookup<'a> {
    profiles: BTreeMap<&'a DistrictId, DistrictProfile<'a>>,
    /// The ids of the districts with each name, in lower case.
    ids_by_name: BTreeMap<String, BTreeSet<&'a DistrictId>>,
}

impl<'a> DistrictLookup<'a> {
    fn new(readings: &'a [FileReading]) -> Self {
        let mut lookup = Self { profiles: BTreeMap::new(), ids_by_name: BTreeMap::new() };
        for (file, reading) in readings.iter().enumerate() {
            for district in &reading.districts {
                lookup.add(file, district);
            }
        }
        lookup
    }

    fn add(&mut self, file: usize, district: &'a FileDistrict) {
        let Some(id) = &district.id else { return };
        self.profiles.entry(id).or_default().add(file, district);
        if let Some(name) = &district.name {
            self.ids_by_name.entry(name.to_lowercase()).or_default().insert(id);
        }
    }

    /// Notes that a layout names the district with this id.
    fn add_layout(&mut self, id: Option<&'a DistrictId>, layout: &'a str) {
        if let Some(profile) = id.and_then(|id| self.profiles.get_mut(id)) {
            profile.layouts.insert(layout);
        }
    }

    /// The id of a district; reports a name that no district, or more than one, has.
    fn find_id(
        &self,
        district: &'a FileDistrict,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<&'a DistrictId> {
        if let Some(id) = &district.id {
            return Some(id);
        }
        let name = district.name.as_ref()?;
        let ids = self.ids_by_name.get(&name.to_lowercase());
        let place = district.place.clone();
        diagnostics.push(match ids {
            Some(ids) if ids.len() == 1 => return ids.first().copied(),
            Some(_) => Diagnostic::district_ambiguous(place, name),
            None => Diagnostic::district_unknown(place, name),
        });
        None
    }
}

/// How recent a statement is: its school year (`None` if the source has none), then the index of its file.
type StatementAge = (Option<SchoolYear>, usize);

/// What all sources state about one district.
#[derive(Default)]
struct DistrictProfile<'a> {
    id_width: usize,
    /// The newest name.
    name: Option<(StatementAge, &'a str)>,
    /// By attribute.
    attributes: BTreeMap<&'a str, BTreeMap<StatementAge, &'a str>>,
    /// Ids of the layouts that name it.
    layouts: BTreeSet<&'a str>,
}

impl<'a> DistrictProfile<'a> {
    fn add(&mut self, file: usize, district: &'a FileDistrict) {
        self.id_width = self.id_width.max(district.id_width);
        let age = (district.years.iter().copied().max().flatten(), file);
        if let Some(name) = &district.name
            && self.name.as_ref().is_none_or(|(known, _)| *known <= age)
        {
            self.name = Some((age, name));
        }
        for (id, text) in &district.attributes {
            let by_age = self.attributes.entry(id).or_default();
            for year in &district.years {
                by_age.insert((*year, file), text);
            }
        }
    }

    fn district(&self, id: &DistrictId, catalog: &Catalog) -> District {
        let shown_id = id.padded(self.id_width);
        let attributes = self.attributes.iter();
        let attributes: BTreeMap<String, Attribute> =
            attributes.map(|(id, texts)| ((*id).to_owned(), attribute(texts))).collect();
        let layouts: Vec<String> = self.layouts.iter().map(|layout| (*layout).to_owned()).collect();
        let attribute = attributes.get(States::attribute()).and_then(|attribute| attribute.of(None));
        let state =
            catalog.states.of_district(&StateEvidence { attribute, layouts: &layouts }).map(str::to_owned);
        District {
            id: id.clone(),
            name: self.name.map_or_else(|| shown_id.clone(), |(_, name)| catalog.district_names.shown(name)),
            shown_id,
            attributes,
            state,
            layouts,
            breaks: Vec::new(),
        }
    }
}

fn attribute(texts: &BTreeMap<StatementAge, &str>) -> Attribute {
    Attribute::new(texts.iter().map(|((year, _), text)| (*year, *text)))
}
