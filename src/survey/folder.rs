//! What the tables of a folder say of each other: the scale of percents, amounts of money per student, and ids of schools
//! that begin with those of districts, and whom a table without districts is about.

use super::folder_funds::FolderFunds;
use super::folder_heads::FolderHeads;
use super::folder_id_systems::FolderIdSystems;
use super::folder_owners::FolderOwners;
use super::folder_repeats::FolderRepeats;
use super::folder_scales::FolderScales;
use super::folder_schools::FolderDistricts;
use super::folder_table::{FolderTable, TableIndex};
use super::named_parts::NamedParts;
use super::problem;
use super::sheet::{FileSurvey, TableSurvey};
use super::surveyor::Surveyor;

impl Surveyor<'_> {
    /// Decides what no table of a folder says alone.
    pub fn compare(&self, files: &mut [FileSurvey]) {
        let tables = visible_tables(files);
        let scales = FolderScales::new(&tables, self.vocabulary());
        let heads = FolderHeads::new(&tables);
        let districts = FolderDistricts::new(&tables);
        for (number, table) in visible_tables_mut(files).enumerate() {
            let index = TableIndex(number);
            let mut is_changed = scales.apply(table, index, self.vocabulary());
            is_changed |= heads.apply(table, index, self.vocabulary());
            is_changed |= districts.apply(table, index);
            if is_changed {
                problem::decide_again(table);
            }
        }
        self.find_owners(files);
    }

    /// Decides whom tables without a column of districts are about, once it is known which columns are of districts, and says
    /// which results are in several files.
    fn find_owners(&self, files: &mut [FileSurvey]) {
        let tables = visible_tables(files);
        let owners = FolderOwners::new(&tables, self.vocabulary(), self.numbers());
        let repeats = FolderRepeats::new(&tables, self.vocabulary());
        let systems = FolderIdSystems::new(&tables, self.vocabulary());
        for (number, table) in visible_tables_mut(files).enumerate() {
            repeats.apply(table, TableIndex(number));
            owners.apply(table, TableIndex(number));
            systems.apply(table, TableIndex(number));
        }
        let parts = NamedParts::new(&visible_tables(files), self.vocabulary());
        for (number, table) in visible_tables_mut(files).enumerate() {
            parts.apply(table, TableIndex(number));
        }
        let funds = FolderFunds::new(&visible_tables(files));
        for (number, table) in visible_tables_mut(files).enumerate() {
            funds.apply(table, TableIndex(number), self.vocabulary());
        }
    }
}

fn visible_tables(files: &[FileSurvey]) -> Vec<FolderTable<'_>> {
    let mut tables = Vec::new();
    for file in files {
        for sheet in file.sheets.iter().filter(|sheet| !sheet.hidden) {
            for table in &sheet.tables {
                tables.push(FolderTable {
                    index: TableIndex(tables.len()),
                    file: &file.file,
                    sheet: sheet.sheet.as_deref(),
                    table,
                });
            }
        }
    }
    tables
}

/// The same tables in the same order.
fn visible_tables_mut(files: &mut [FileSurvey]) -> impl Iterator<Item = &mut TableSurvey> {
    let sheets = files.iter_mut().flat_map(|file| &mut file.sheets);
    sheets.filter(|sheet| !sheet.hidden).flat_map(|sheet| &mut sheet.tables)
}
