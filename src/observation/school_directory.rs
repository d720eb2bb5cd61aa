//! The schools in the files, each with its newest name and its attributes by year.
//!
//! A school is known by its district and its id. A file that has only names is matched by the names that other files give
//! the ids of the same district.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::DistrictCodes;
use super::reading::FileReading;
use super::rows::KeyIndex;
use super::schools::{FileSchool, SchoolIndex};
use crate::catalog::{Catalog, SchoolSpec};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{Attribute, School, SchoolId, SchoolYear};

/// The codes of each file's schools, by index of the file and of the school in its list; `None` if nothing of it is kept.
pub(super) type SchoolCodes = Vec<Vec<Option<u32>>>;

/// Of the schools of which districts problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ToldSchools {
    /// Of all.
    All,
    /// Of the district with this code.
    Of(u32),
    /// Of none.
    None,
}

impl ToldSchools {
    /// Whether problems with the schools of a district are told.
    pub(super) const fn has(self, district: u32) -> bool {
        match self {
            Self::All => true,
            Self::Of(own) => own == district,
            Self::None => false,
        }
    }
}

/// How schools are numbered, and which of their problems are told.
#[derive(Debug, Clone, Copy)]
pub(super) struct SchoolNumbering {
    /// The code of the first.
    pub(super) first: u32,
    pub(super) told: ToldSchools,
}

/// The schools of all files.
pub(super) struct SchoolDirectory {
    /// Sorted by district and id.
    pub(super) schools: Vec<School>,
    /// The cell that names each school.
    pub(super) places: Vec<Place>,
    pub(super) codes: SchoolCodes,
}

/// A school by the code of its district and its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct DistrictSchool {
    district: u32,
    id: SchoolId,
}

/// What a file says of a school, and the years of the values that it has.
struct Mention<'a> {
    file: usize,
    index: SchoolIndex,
    district: u32,
    school: &'a FileSchool,
    first_year: i32,
    last_year: i32,
}

/// All that files say of a school, in the order of the files.
#[derive(Default)]
struct Profile<'a> {
    mentions: Vec<&'a Mention<'a>>,
}

impl SchoolDirectory {
    /// Collects the schools of all files that have values of single schools.
    pub(super) fn new(
        readings: &[FileReading],
        districts: &DistrictCodes,
        catalog: &Catalog,
        numbering: SchoolNumbering,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let SchoolNumbering { first, told } = numbering;
        let mentions = mentions(readings, districts);
        let ids = ids_by_name(&mentions);
        let mut profiles: BTreeMap<DistrictSchool, Profile<'_>> = BTreeMap::new();
        for mention in &mentions {
            let mut problems = Vec::new();
            if let Some(place) = place_of(mention, &ids, &mut problems) {
                profiles.entry(place).or_default().mentions.push(mention);
            }
            diagnostics.extend(problems.into_iter().filter(|_| told.has(mention.district)));
        }
        let mut rows = RowsOfSchools { readings, by_file: BTreeMap::new() };
        for (place, profile) in &mut profiles {
            while let Some(problem) = profile.leave_out_shared_id(&mut rows, &catalog.schools) {
                diagnostics.extend(Some(problem).filter(|_| told.has(place.district)));
            }
        }
        profiles.retain(|_, profile| !profile.mentions.is_empty());
        let mut codes: SchoolCodes =
            readings.iter().map(|reading| vec![None; reading.schools.len()]).collect();
        let mut schools = Vec::with_capacity(profiles.len());
        let mut places = Vec::with_capacity(profiles.len());
        for (code, (place, profile)) in (first..).zip(profiles) {
            for mention in &profile.mentions {
                codes[mention.file][mention.index.0 as usize] = Some(code);
            }
            diagnostics.extend(profile.names_differ().filter(|_| told.has(place.district)));
            places.push(profile.newest().map(|newest| newest.school.place.clone()).unwrap_or_default());
            schools.push(profile.school(place, catalog));
        }
        Self { schools, places, codes }
    }
}

/// What the files say of the schools that they have values of.
fn mentions<'a>(readings: &'a [FileReading], districts: &DistrictCodes) -> Vec<Mention<'a>> {
    let mut mentions = Vec::new();
    for (file, reading) in readings.iter().enumerate() {
        let years = years_of_schools(reading);
        for (index, [first_year, last_year]) in years {
            let school = &reading.schools[index.0 as usize];
            if let Some(district) = districts[file][school.district().0 as usize] {
                mentions.push(Mention { file, index, district, school, first_year, last_year });
            }
        }
    }
    mentions
}

/// The first and last year of the values of each school.
fn years_of_schools(reading: &FileReading) -> BTreeMap<SchoolIndex, [i32; 2]> {
    let mut years: BTreeMap<SchoolIndex, [i32; 2]> = BTreeMap::new();
    for (i, school) in reading.school_rows.schools.iter().enumerate() {
        let year = reading.school_rows.packed(i).year.end();
        let known = years.entry(*school).or_insert([year, year]);
        *known = [known[0].min(year), known[1].max(year)];
    }
    years
}

/// The rows of the schools of each file in which some may share an id.
struct RowsOfSchools<'a> {
    readings: &'a [FileReading],
    by_file: BTreeMap<usize, BTreeMap<SchoolIndex, Vec<usize>>>,
}

impl RowsOfSchools<'_> {
    /// The keys and years of which a file has a value of a school.
    fn values(&mut self, mention: &Mention<'_>) -> BTreeSet<(KeyIndex, i32)> {
        let rows = &self.readings[mention.file].school_rows;
        let by_school = self.by_file.entry(mention.file).or_insert_with(|| {
            let mut by_school: BTreeMap<SchoolIndex, Vec<usize>> = BTreeMap::new();
            for (row, school) in rows.schools.iter().enumerate() {
                by_school.entry(*school).or_default().push(row);
            }
            by_school
        });
        let own = by_school.get(&mention.index).into_iter().flatten();
        own.map(|row| rows.packed(*row)).map(|row| (row.key, row.year.end())).collect()
    }
}

/// The ids that files give the schools with each name, in lower case, of each district.
type IdsByName = BTreeMap<(u32, String), BTreeSet<SchoolId>>;

fn ids_by_name(mentions: &[Mention<'_>]) -> IdsByName {
    let mut ids = IdsByName::new();
    for mention in mentions {
        if let Some(id) = mention.school.id.as_deref().and_then(SchoolId::new) {
            let name = (mention.district, mention.school.name.to_lowercase());
            ids.entry(name).or_default().insert(id);
        }
    }
    ids
}

/// The school that is mentioned; `None`, and reported, if its name belongs to several.
fn place_of(
    mention: &Mention<'_>,
    ids: &IdsByName,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DistrictSchool> {
    let (school, district) = (mention.school, mention.district);
    if let Some(id) = school.id.as_deref().and_then(SchoolId::new) {
        return Some(DistrictSchool { district, id });
    }
    let known = ids.get(&(district, school.name.to_lowercase()));
    let known: Vec<&SchoolId> = known.into_iter().flatten().collect();
    match known.as_slice() {
        [id] => Some(DistrictSchool { district, id: (*id).clone() }),
        [] => {
            // Sorted by district.
            let next = ids.range((district, String::new())..).next();
            if next.is_some_and(|((of, _), _)| *of == district) {
                diagnostics.push(Diagnostic::school_without_id(school.place.clone(), &school.name));
            }
            Some(DistrictSchool { district, id: SchoolId::new(&school.name)? })
        }
        _ => {
            diagnostics.push(Diagnostic::school_ambiguous(school.place.clone(), &school.name));
            None
        }
    }
}

impl Profile<'_> {
    /// The mention with the newest values, of the last file among equals.
    fn newest(&self) -> Option<&Mention<'_>> {
        self.mentions.iter().copied().max_by_key(|mention| (mention.last_year, mention.file))
    }

    /// Leaves out schools of one file that have the same id and both have a value of the same key and year: they are two
    /// schools, and which values are whose is not known. Returns the problem.
    fn leave_out_shared_id(&mut self, rows: &mut RowsOfSchools<'_>, spec: &SchoolSpec) -> Option<Diagnostic> {
        let [one, other] = self.sharing_id(rows)?;
        let place = other.school.place.clone();
        let [name, other_name] = [&one.school.name, &other.school.name];
        let problem = if spec.comparable(name) == spec.comparable(other_name) {
            Diagnostic::school_spelled_twice(place, name, other_name)
        } else {
            Diagnostic::school_id_shared(place, name, other_name)
        };
        let file = one.file;
        self.mentions.retain(|mention| mention.file != file);
        Some(problem)
    }

    /// Two mentions in one file that are two schools.
    fn sharing_id(&self, rows: &mut RowsOfSchools<'_>) -> Option<[&Mention<'_>; 2]> {
        for (position, one) in self.mentions.iter().enumerate() {
            let others = self.mentions[position + 1..].iter();
            let mut of_file = others
                .filter(|other| other.file == one.file && !is_same_name(&other.school.name, &one.school.name))
                .peekable();
            if of_file.peek().is_none() {
                continue;
            }
            let own = rows.values(one);
            if let Some(other) = of_file.find(|other| !own.is_disjoint(&rows.values(other))) {
                return Some([one, other]);
            }
        }
        None
    }

    /// The problem that files give the school different names.
    fn names_differ(&self) -> Option<Diagnostic> {
        let newest = self.newest()?;
        let name = &newest.school.name;
        let other = self.mentions.iter().find(|mention| !is_same_name(&mention.school.name, name))?;
        Some(Diagnostic::school_names_differ(
            newest.school.place.clone(),
            name,
            &other.school.name,
            &other.school.place,
        ))
    }

    fn school(&self, place: DistrictSchool, catalog: &Catalog) -> School {
        let newest = self.newest();
        let shown = newest.map_or("", |newest| newest.school.name.as_str());
        let published = self.mentions.iter().rev().find_map(|mention| mention.school.id.clone());
        let years = self.mentions.iter().flat_map(|mention| [mention.first_year, mention.last_year]);
        let name = catalog.district_names.shown(shown);
        School {
            district: place.district,
            shown_id: published.unwrap_or_else(|| shown.to_owned()),
            short_name: catalog.schools.short(&name),
            name,
            attributes: self.attributes(),
            first_year: years.clone().min().unwrap_or_default(),
            last_year: years.max().unwrap_or_default(),
            breaks: Vec::new(),
            id: place.id,
        }
    }

    fn attributes(&self) -> BTreeMap<String, Attribute> {
        let mut statements: BTreeMap<&str, Vec<DatedText<'_>>> = BTreeMap::new();
        for mention in &self.mentions {
            for attribute in &mention.school.attributes {
                let year = attribute.year.and_then(|year| SchoolYear::ending(year).ok());
                let all = statements.entry(&attribute.id).or_default();
                all.push((year, mention.file, &attribute.text));
            }
        }
        let mut attributes = BTreeMap::new();
        for (id, mut all) in statements {
            all.sort_unstable();
            let texts = all.into_iter().map(|(year, _, text)| (year, text));
            attributes.insert(id.to_owned(), Attribute::new(texts));
        }
        attributes
    }
}

/// A school year, the place of the file that says so, and what it says.
type DatedText<'a> = (Option<SchoolYear>, usize, &'a str);

/// Whether names are the same but for capitals, spaces and signs.
fn is_same_name(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
