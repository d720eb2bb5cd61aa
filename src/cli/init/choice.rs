//! Which district in the files a proposed project is for.

use crate::domain::{District, DistrictId};
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

impl DistrictChoice {
    /// The requested district, or else the only one, or else the one whose name resembles the folder's, or
    /// else the first.
    pub(super) fn new(districts: &[District], requested: Option<&str>, folder: &str) -> Self {
        if let Some(id) = requested {
            return Self::requested(districts, id);
        }
        let [first, _, ..] = districts else {
            return districts.first().map_or_else(
                || Self::unnamed(folder, wording::UNNAMED),
                |only| Self::of(only, wording::ONLY_ONE.to_owned()),
            );
        };
        let count = districts.len();
        match only_one_like(districts, folder) {
            Some(district) => Self::of(district, wording::like_the_folder(count)),
            None => Self::of(first, wording::first(count)),
        }
    }

    fn of(district: &District, reason: String) -> Self {
        Self { id: district.shown_id.clone(), name: district.name.clone(), reason }
    }

    /// A district that no table names.
    fn unnamed(name: &str, reason: &str) -> Self {
        Self { id: name.to_owned(), name: name.to_owned(), reason: reason.to_owned() }
    }

    fn requested(districts: &[District], requested: &str) -> Self {
        let id = DistrictId::new(requested);
        match districts.iter().find(|district| Some(&district.id) == id.as_ref()) {
            Some(district) => Self::of(district, wording::REQUESTED.to_owned()),
            None => Self::unnamed(requested, wording::REQUESTED_UNNAMED),
        }
    }
}

/// The district whose name resembles the folder's, if there is exactly one.
fn only_one_like<'a>(districts: &'a [District], folder: &str) -> Option<&'a District> {
    let folder = letters_and_digits(folder);
    let mut alike =
        districts.iter().filter(|district| is_alike(&letters_and_digits(&district.name), &folder));
    alike.next().filter(|_| alike.next().is_none())
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
