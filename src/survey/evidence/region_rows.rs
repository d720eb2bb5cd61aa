//! Rows that add up the districts of a region or county: their name is the one that the districts' rows have in another column.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use super::sums::SumGroups;
use crate::catalog::Role;
use crate::survey::cell_profile::ColumnType;
use crate::survey::column::ColumnMeaning;
use crate::wording::survey_rows as wording;

/// The rows of regions among those of districts.
#[derive(Default)]
struct RegionRows {
    /// The names of regions that are also names of rows.
    names: BTreeSet<String>,
    /// The rows of each region and of its districts.
    groups: SumGroups,
}

impl EvidenceSearch<'_> {
    /// Leaves out the rows of regions that are about the sum or the average of their districts.
    pub(super) fn leave_out_regions(&mut self) {
        let Some(name) = self.column_of(Role::DistrictName) else { return };
        for column in self.columns_of_regions(name) {
            let regions = self.region_rows(name, column);
            if regions.names.is_empty() || !self.are_about_districts(&regions) {
                continue;
            }
            self.leave_out(name, &regions.names, &wording::regions_of(&self.name_of(column)));
        }
    }

    /// The columns that may name the region of a district.
    fn columns_of_regions(&self, name: u32) -> Vec<u32> {
        let mut columns = Vec::new();
        for column in &self.survey.columns {
            let may_be_region =
                matches!(column.meaning, ColumnMeaning::Attribute(_) | ColumnMeaning::Unread(_));
            if may_be_region
                && column.cells.kind == ColumnType::Text
                && column.column != name
                && self.texts.column(column.column).is_some()
            {
                columns.push(column.column);
            }
        }
        columns
    }

    fn region_rows(&self, name: u32, column: u32) -> RegionRows {
        let rows = self.rows_read();
        let mut regions = RegionRows::default();
        let named: BTreeSet<&str> = rows.iter().map(|row| self.texts.text(name, *row)).collect();
        for row in rows {
            let (region, own) = (self.texts.text(column, row), self.texts.text(name, row));
            // A region's own row may lack the region.
            let is_region = own == region || region.is_empty();
            let region = if is_region { own } else { region };
            if !region.is_empty() && named.contains(region) {
                let key = format!("{region}\u{1f}{}", self.breakdown(row));
                regions.groups.add(key, row, is_region);
                if !is_region {
                    regions.names.insert(region.to_owned());
                }
            }
        }
        regions
    }

    /// Whether rows are the sums or the averages of the districts with the same region.
    fn are_about_districts(&self, regions: &RegionRows) -> bool {
        regions.groups.votes_of_all(self.texts.amounts()).are_totals()
            || regions.groups.are_means(self.texts.amounts_and_percents())
    }
}
