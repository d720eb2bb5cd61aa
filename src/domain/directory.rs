//! The districts in a project's sources.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Break, DistrictId, SchoolYear};

/// A district: its id, its latest published name, and its attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// Id, in the form used for comparison.
    pub id: DistrictId,
    /// Id for display, padded like its publisher's (`001902`).
    pub shown_id: String,
    /// Latest published name; the displayed id if no source has a name.
    pub name: String,
    /// Attributes by id (`county`, `region`, `charter`, `district-type`); absent if not published.
    pub attributes: BTreeMap<String, Attribute>,
    /// Code of its state (`NJ`); absent if nothing says it.
    pub state: Option<String>,
    /// Ids of the layouts that name it, sorted.
    pub layouts: Vec<String>,
    /// Years in which the district itself changed (merged or split), according to the project's crosswalk.
    pub breaks: Vec<Break>,
}

impl District {
    /// The attribute as of a school year, or the latest if no year is given; `None` if no source has it.
    #[must_use]
    pub fn attribute(&self, id: &str, year: Option<SchoolYear>) -> Option<&str> {
        self.attributes.get(id)?.of(year)
    }
}

/// The values of an attribute according to the sources, year by year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// By year, and only if the text changed. A value without a year comes first.
    statements: Vec<AttributeStatement>,
}

/// The value of an attribute in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct AttributeStatement {
    /// The school year; `None` if the source has none.
    year: Option<SchoolYear>,
    text: String,
}

impl Attribute {
    /// From all statements of the sources, sorted by year, then by the order of the files: if there are
    /// several for one year, the last one counts.
    pub fn new<'a>(statements: impl IntoIterator<Item = (Option<SchoolYear>, &'a str)>) -> Self {
        let mut kept: Vec<AttributeStatement> = Vec::new();
        for (year, text) in statements {
            match kept.last_mut() {
                Some(last) if last.year == year => text.clone_into(&mut last.text),
                Some(last) if last.text == text => {}
                _ => kept.push(AttributeStatement { year, text: text.to_owned() }),
            }
        }
        Self { statements: kept }
    }

    /// The text as of a school year: the last one up to that year, otherwise the first known. Without a year,
    /// the latest.
    #[must_use]
    pub fn of(&self, year: Option<SchoolYear>) -> Option<&str> {
        let mut latest_first = self.statements.iter().rev();
        let as_of = latest_first.find(|statement| year.is_none() || statement.year <= year);
        as_of.or_else(|| self.statements.first()).map(|statement| statement.text.as_str())
    }

    /// Whether a source gives its value for `year` or before.
    #[must_use]
    pub fn is_known_in(&self, year: SchoolYear) -> bool {
        let first = self.statements.first().and_then(|statement| statement.year);
        first.is_some_and(|first| first <= year)
    }
}

#[cfg(test)]
mod tests {
    use super::Attribute;
    use crate::domain::SchoolYear;

    #[test]
    fn an_attribute_is_that_of_the_year_or_the_nearest_stated() {
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
