//! Ids of districts and of schools in one column: a district's ends in zeros, and its schools' begin alike.

use std::collections::{BTreeMap, BTreeSet};

use super::sums::{SumGroups, SumTolerance};
use super::{EvidenceSearch, RowRule};
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

/// The shortest and the longest ending of a school's id.
pub(super) const ENDINGS: std::ops::RangeInclusive<usize> = 2..=8;
/// With fewer districts than this, ids may end in zeros by chance.
const FEWEST_DISTRICTS: usize = 3;
/// Nearly all beginnings must have a district's id.
const LEAST_WITH_DISTRICT: f64 = 0.9;

impl EvidenceSearch<'_> {
    /// Keeps only the rows of districts if schools have ids in the same column.
    pub(super) fn separate_mixed_ids(&mut self) {
        let Some(id) = self.column_of(Role::DistrictId) else { return };
        let roles = [Role::SchoolId, Role::SchoolName, Role::RowType];
        let is_told_otherwise = roles.into_iter().any(|role| self.column_of(role).is_some());
        if is_told_otherwise || self.found.district_prefix.is_some() || !self.found.joined_ids.is_empty() {
            return;
        }
        let rows = self.rows_read();
        // The longest ending: some ids of schools end in a few zeros too.
        let mut endings = ENDINGS.rev().filter(|ending| self.end_in_zeros(id, &rows, *ending));
        if let Some(ending) = endings.find(|ending| self.are_districts(id, &rows, *ending)) {
            self.found.filters.push(RowRule {
                column: self.name_of(id),
                pattern: format!("0{{{ending}}}$"),
                keeps: true,
                why: wording::ids_of_districts_and_schools(ending),
            });
        }
    }

    /// Whether ids of one length have an ending by which nearly all that begin alike have one of zeros among them.
    pub(super) fn end_in_zeros(&self, id: u32, rows: &[usize], ending: usize) -> bool {
        let ids: BTreeSet<&str> = rows.iter().map(|row| self.texts.text(id, *row)).collect();
        let mut lengths = ids.iter().map(|id| id.len());
        let Some(length) = lengths.next().filter(|length| lengths.all(|other| other == *length)) else {
            return false;
        };
        let mut endings: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for id in &ids {
            let Some((beginning, end)) = id.split_at_checked(length.saturating_sub(ending)) else {
                return false;
            };
            endings.entry(beginning).or_default().insert(end);
        }
        let zeros = "0".repeat(ending);
        let with_district = endings.values().filter(|ends| ends.contains(zeros.as_str())).count();
        let with_schools = endings.values().filter(|ends| ends.len() > 1).count();
        with_district >= FEWEST_DISTRICTS
            && with_schools * 2 > endings.len()
            && with_district as f64 >= LEAST_WITH_DISTRICT * endings.len() as f64
    }

    /// Whether the rows whose ids end in zeros are the totals or means of those that begin alike, or those have the names
    /// of schools.
    fn are_districts(&self, id: u32, rows: &[usize], ending: usize) -> bool {
        let mut groups = SumGroups::default();
        let (mut districts, mut schools) = (Vec::new(), Vec::new());
        for row in rows {
            let text = self.texts.text(id, *row);
            let (beginning, end) = text.split_at(text.len() - ending);
            let is_district = end.bytes().all(|byte| byte == b'0');
            groups.add(format!("{beginning}\u{1f}{}", self.breakdown(*row)), *row, is_district);
            if is_district { districts.push(*row) } else { schools.push(*row) }
        }
        // Rows of counties add up districts.
        let elsewhere = &self.vocabulary.catalog.synonyms.own.elsewhere;
        if self.have_names_with(&districts, elsewhere) {
            return self.have_names_of_schools(&schools);
        }
        groups.votes(self.texts.amounts(), SumTolerance::ROUGH).are_totals()
            || groups.are_means(self.texts.amounts_and_percents())
            || self.have_names_of_schools(&schools)
    }

    /// Whether most of the rows have names that end like those of schools.
    fn have_names_of_schools(&self, rows: &[usize]) -> bool {
        self.have_names_with(rows, &self.vocabulary.catalog.synonyms.own.places)
    }

    /// Whether most of the rows have a name with one of these words.
    fn have_names_with(&self, rows: &[usize], words: &[String]) -> bool {
        let Some(name) = self.column_of(Role::DistrictName) else { return false };
        let named = rows.iter().filter(|row| {
            self.vocabulary.words(self.texts.text(name, **row)).iter().any(|word| words.contains(word))
        });
        named.count() * 2 > rows.len()
    }
}
