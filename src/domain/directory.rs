//! The districts that a project's sources know.

use std::collections::BTreeMap;

use super::{Break, DistrictId, SchoolYear};

/// A district: its id, its latest published name, and its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Id, in comparable form.
    pub id: DistrictId,
    /// Id as shown, padded as its publisher does (`001902`).
    pub shown_id: String,
    /// Latest published name; the shown id where no source has one.
    pub name: String,
    /// Attributes by id (`county`, `region`, `charter`, `district-type`); absent where not published.
    pub attributes: BTreeMap<String, Attribute>,
    /// Years at which the district itself became another (it merged or split), by the project's crosswalk.
    pub breaks: Vec<Break>,
}

impl District {
    /// The attribute as of a school year, or the latest known; `None` where no source has it.
    #[must_use]
    pub fn attribute(&self, id: &str, year: Option<SchoolYear>) -> Option<&str> {
        self.attributes.get(id)?.of(year)
    }
}

/// What the sources say of an attribute, year by year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attribute {
    /// The school year that it was said of (`None` where the source names none), and what, by year; only where it became
    /// another. What no year is named for comes first.
    said: Vec<(Option<SchoolYear>, String)>,
}

impl Attribute {
    /// From all that was said, by year, then by the order of the files.
    pub fn new<'a>(said: impl IntoIterator<Item = (Option<SchoolYear>, &'a str)>) -> Self {
        let mut kept: Vec<(Option<SchoolYear>, String)> = Vec::new();
        for (year, text) in said {
            match kept.last_mut() {
                Some(last) if last.0 == year => text.clone_into(&mut last.1),
                Some(last) if last.1 == text => {}
                _ => kept.push((year, text.to_owned())),
            }
        }
        Self { said: kept }
    }

    /// As of a school year: what was last said up to it; else the first that is known. Without a year the latest.
    #[must_use]
    pub fn of(&self, year: Option<SchoolYear>) -> Option<&str> {
        let up_to = |(said, _): &&(Option<SchoolYear>, String)| year.is_none() || *said <= year;
        let found = self.said.iter().rev().find(up_to).or_else(|| self.said.first());
        found.map(|(_, text)| text.as_str())
    }

    /// Whether a source says what it was in `year` or before.
    #[must_use]
    pub fn is_known_in(&self, year: SchoolYear) -> bool {
        self.said.first().is_some_and(|(first, _)| first.is_some_and(|first| first <= year))
    }
}

#[cfg(test)]
mod tests {
    use super::Attribute;
    use crate::domain::SchoolYear;

    #[test]
    fn an_attribute_is_that_of_the_year_or_the_nearest_said() {
        let year = |end| SchoolYear::ending(end).ok();
        let said = [(2021, "9"), (2022, "9"), (2023, "4"), (2023, "5"), (2024, "5")];
        let region = Attribute::new(said.map(|(end, text)| (year(end), text)));
        let of = |end| region.of(year(end)).unwrap();
        assert_eq!([of(2019), of(2021), of(2022), of(2023), of(2030)], ["9", "9", "9", "5", "5"]);
        assert_eq!(region.of(None), Some("5"));
        assert_eq!([2020, 2021].map(|end| region.is_known_in(year(end).unwrap())), [false, true]);
        let undated = Attribute::new([(None, "9")]);
        assert_eq!((undated.of(year(2019)), undated.is_known_in(year(2019).unwrap())), (Some("9"), false));
        assert_eq!(Attribute::default().of(None), None);
    }
}
