//! Which district in the files a proposed project is for.

use crate::domain::{District, DistrictId};
use crate::survey::NamedDistrict;
use crate::wording::init::choice as wording;

/// The smallest number of bytes in a name that is recognized inside another.
const LEAST_ALIKE: usize = 4;

/// The district that a project is proposed for.
pub(super) struct DistrictChoice {
    /// Its id, as written in the files.
    pub(super) id: String,
    /// Its name; the id if no table names it.
    pub(super) name: String,
    /// Why it was chosen, in words.
    pub(super) reason: String,
}

/// What is known about the district before the files are read.
#[derive(Clone, Copy)]
pub(super) struct WantedDistrict<'a> {
    /// The id that the user asked for.
    pub(super) requested: Option<&'a str>,
    /// The name in the titles of tables.
    pub(super) named: Option<&'a NamedDistrict>,
    /// The name of the folder.
    pub(super) folder: &'a str,
}

impl WantedDistrict<'_> {
    /// The name of the district in tables that do not name one.
    pub(super) fn stand_in(&self) -> &str {
        let name = self.named.map_or(self.folder, |named| &named.name);
        self.requested.unwrap_or(name)
    }

    /// Whether an id is that of a district in a title, or of the one that stands in for it.
    fn is_in_title(&self, id: &DistrictId) -> bool {
        let others = self.named.map_or(&[][..], |named| &named.others);
        let mut names = others.iter().map(String::as_str).chain([self.stand_in()]);
        names.any(|name| DistrictId::new(name).as_ref() == Some(id))
    }

    /// The district that no column names: by its title, or by the folder.
    fn unnamed(&self) -> DistrictChoice {
        let reason = match self.named {
            Some(named) => wording::in_title(&named.file, &named.others),
            None => wording::UNNAMED.to_owned(),
        };
        DistrictChoice { id: self.stand_in().to_owned(), name: self.stand_in().to_owned(), reason }
    }
}

impl DistrictChoice {
    /// The requested district, or else the only one in a column, or else the one whose name resembles that of a title or of
    /// the folder, or else the first. If no column names a district, the one in the title, or the folder's name.
    pub(super) fn new(districts: &[District], wanted: &WantedDistrict<'_>) -> Self {
        if let Some(id) = wanted.requested {
            return Self::requested(districts, id);
        }
        let in_columns: Vec<&District> =
            districts.iter().filter(|district| !wanted.is_in_title(&district.id)).collect();
        let [first, others @ ..] = &in_columns[..] else { return wanted.unnamed() };
        if others.is_empty() {
            return Self::of(first, wording::ONLY_ONE.to_owned());
        }
        let count = in_columns.len();
        let titled = wanted.named.and_then(|named| only_one_like(&in_columns, &named.name));
        match titled.or_else(|| only_one_like(&in_columns, wanted.folder)) {
            Some(district) if titled.is_some() => Self::of(district, wording::like_the_title(count)),
            Some(district) => Self::of(district, wording::like_the_folder(count)),
            None => Self::of(first, wording::first(count)),
        }
    }

    fn of(district: &District, reason: String) -> Self {
        Self { id: district.shown_id.clone(), name: district.name.clone(), reason }
    }

    fn requested(districts: &[District], requested: &str) -> Self {
        let id = DistrictId::new(requested);
        match districts.iter().find(|district| Some(&district.id) == id.as_ref()) {
            Some(district) => Self::of(district, wording::REQUESTED.to_owned()),
            None => Self {
                id: requested.to_owned(),
                name: requested.to_owned(),
                reason: wording::REQUESTED_UNNAMED.to_owned(),
            },
        }
    }
}

/// The district whose name resembles this one, if there is exactly one.
fn only_one_like<'a>(districts: &[&'a District], name: &str) -> Option<&'a District> {
    let wanted = letters_and_digits(name);
    let mut alike =
        districts.iter().filter(|district| is_alike(&letters_and_digits(&district.name), &wanted));
    alike.next().copied().filter(|_| alike.next().is_none())
}

/// Whether one of two names contains the other, and neither is too short to tell.
fn is_alike(name: &str, folder: &str) -> bool {
    folder.len() >= LEAST_ALIKE
        && (name.contains(folder) || folder.contains(name) && name.len() >= LEAST_ALIKE)
}

/// The letters and digits of a text, in lower case.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
