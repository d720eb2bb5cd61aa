//! The district of the tables that have no column for it.

use std::collections::BTreeSet;

use super::cluster::TableCluster;
use super::sheet::{FileSurvey, TableSurvey};
use super::table_owner::TableOwner;
use super::vocabulary::Vocabulary;
use crate::domain::DistrictId;
use crate::wording::survey_tables as wording;

/// The districts that tables without a column of districts name, and the project's district.
pub(super) struct FixedDistricts<'a> {
    /// The project's district, for tables that name none.
    district: &'a str,
    /// The names in the texts around such tables that no other table has, each once.
    names: Vec<&'a str>,
    /// Whether any table has a column of districts.
    have_columns: bool,
}

impl<'a> FixedDistricts<'a> {
    pub(super) fn new(files: &'a [FileSurvey], district: &'a str, vocabulary: &Vocabulary<'_>) -> Self {
        let sheets = files.iter().flat_map(|file| &file.sheets).filter(|sheet| !sheet.hidden);
        let tables: Vec<&TableSurvey> = sheets.flat_map(|sheet| &sheet.tables).collect();
        let mut seen = BTreeSet::new();
        let mut names = Vec::new();
        for table in &tables {
            if let TableOwner::Named(name) = &table.owner
                && seen.insert(vocabulary.name_core(name))
            {
                names.push(name.as_str());
            }
        }
        Self { district, names, have_columns: tables.iter().any(|table| table.district().is_some()) }
    }

    /// The district of tables that share a layout.
    ///
    /// # Errors
    /// If it is unknown which district they are about.
    pub(super) fn of(
        &self,
        cluster: &TableCluster<'a>,
        vocabulary: &Vocabulary<'_>,
    ) -> Result<&'a str, String> {
        let first = &cluster.first.table.owner;
        if cluster.tables.iter().any(|table| table.table.owner != *first) {
            return Err(wording::TABLES_OF_SEVERAL_DISTRICTS.to_owned());
        }
        match first {
            TableOwner::Unsaid => Ok(self.district),
            TableOwner::Known(id) => Ok(id),
            TableOwner::Named(name) if self.is_project(name, vocabulary) => Ok(self.district),
            TableOwner::Named(name) if self.have_columns => Err(wording::unknown_district(name)),
            TableOwner::Named(_) if self.names.len() < 2 => Ok(self.district),
            TableOwner::Named(name)
                if self.names_project(vocabulary) && !self.may_be_project(name, vocabulary) =>
            {
                Ok(name)
            }
            TableOwner::Named(name) => {
                let others = self.names.iter().filter(|other| *other != name);
                let others: Vec<String> = others.map(|other| format!("{other:?}")).collect();
                Err(wording::which_district(name, &others, self.district))
            }
        }
    }

    /// Whether any of the names is that of the project's district.
    fn names_project(&self, vocabulary: &Vocabulary<'_>) -> bool {
        self.names.iter().any(|name| self.is_project(name, vocabulary))
    }

    /// Whether a name contains that of the project's district, or is contained in it: `Board Report Alder School District`, but
    /// also `North Alder School District`.
    fn may_be_project(&self, name: &str, vocabulary: &Vocabulary<'_>) -> bool {
        let [one, other] = [name, self.district].map(|name| format!(" {} ", vocabulary.name_core(name)));
        one.contains(&other) || other.contains(&one)
    }

    /// Whether a name is that of the project's district, or its id.
    fn is_project(&self, name: &str, vocabulary: &Vocabulary<'_>) -> bool {
        DistrictId::new(name) == DistrictId::new(self.district)
            || vocabulary.name_core(name) == vocabulary.name_core(self.district)
    }
}
