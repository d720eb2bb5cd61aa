//! Lines of finance tables whose file or sheet is named after one fund ("Food Service Fund.csv"): they are not the totals of the
//! district. Where several such tables replace each other, that is asked first.

use super::folder_table::{FolderTable, TableIndex};
use super::line_item::LineMeaning;
use super::name_pattern::file_stem;
use super::other_meanings::says_otherwise;
use super::problem;
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;

/// What the files and sheets of a folder are called.
pub(super) struct FolderFunds {
    /// The names of file and sheet, by the position of the table.
    names: Vec<Vec<String>>,
}

impl FolderFunds {
    pub(super) fn new(tables: &[FolderTable<'_>]) -> Self {
        let mut names = Vec::new();
        for table in tables {
            names.push(table.sheet.into_iter().chain([file_stem(table.file)]).map(str::to_owned).collect());
        }
        Self { names }
    }

    /// Leaves the lines of a table unread that its names say are about one fund.
    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex, vocabulary: &Vocabulary<'_>) {
        if table.problem.is_some() {
            return;
        }
        let Some(names) = self.names.get(index.0) else { return };
        let harmless = &vocabulary.catalog.synonyms.left_over.harmless;
        let said: Vec<_> = vocabulary
            .catalog
            .synonyms
            .beside
            .iter()
            .filter(|other| !other.bare && names.iter().any(|name| says_otherwise(name, other, harmless)))
            .collect();
        let mut is_changed = false;
        for item in table.columns.iter_mut().flat_map(|column| &mut column.items) {
            let LineMeaning::Known(id) = &item.meaning else { continue };
            let is_money = vocabulary.catalog.measures.get(id).is_some_and(|measure| measure.unit.is_money());
            if let Some(other) = said.iter().find(|other| is_money && other.measures.contains(id)) {
                item.leave_unread(&other.why);
                is_changed = true;
            }
        }
        if is_changed {
            table.problem = problem::nothing_to_read(table);
        }
    }
}
