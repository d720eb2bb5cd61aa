//! Groups tables that look alike so that they can share a layout.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::project_plan::{ColumnCounts, UnreadTable};
use super::sheet::{FileSurvey, SheetSurvey, TableSurvey, YearPlace};
use super::table_owner::TableOwner;
use super::table_subject::TableSubject;
use super::toml_text::comment_text;
use crate::catalog::Role;
use crate::wording::survey_tables as wording;

/// Tables share a layout if at least this share of their column names is the same.
const LEAST_SIMILARITY: f64 = 0.5;

/// A table, with its sheet and file.
#[derive(Clone, Copy)]
pub(super) struct SheetTable<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a SheetSurvey,
    pub(super) table: &'a TableSurvey,
}

/// Tables that share a layout.
pub(super) struct TableCluster<'a> {
    pub(super) first: SheetTable<'a>,
    /// All tables, including the first.
    pub(super) tables: Vec<SheetTable<'a>>,
}

/// The tables that no layout in the catalog reads.
pub(super) struct Clustering<'a> {
    pub(super) clusters: Vec<TableCluster<'a>>,
    /// Tables without numbers, and sheets without a table.
    pub(super) unread: Vec<UnreadTable>,
}

/// Groups the tables of visible sheets that fit no layout in the catalog.
pub(super) fn cluster_tables(files: &[FileSurvey]) -> Clustering<'_> {
    let mut clustering = Clustering { clusters: Vec::new(), unread: Vec::new() };
    for file in files.iter().filter(|file| file.is_own_output) {
        let why = wording::OWN_OUTPUT.to_owned();
        clustering.unread.push(UnreadTable { name: comment_text(&file.file), why });
    }
    for (file, sheet) in sheets_without_layout(files) {
        if sheet.tables.is_empty() && sheet.rows > 0 {
            let why = wording::NO_HEADER.to_owned();
            clustering.unread.push(UnreadTable { name: sheet_name(file, sheet), why });
        }
    }
    let mut index = ClusterIndex::default();
    for (file, sheet) in sheets_without_layout(files) {
        for table in &sheet.tables {
            clustering.add(SheetTable { file, sheet, table }, &mut index);
        }
    }
    clustering
}

/// Visible sheets that fit no layout in the catalog, with their files.
fn sheets_without_layout(files: &[FileSurvey]) -> impl Iterator<Item = (&str, &SheetSurvey)> {
    let all = files.iter().flat_map(|file| file.sheets.iter().map(|sheet| (file.file.as_str(), sheet)));
    all.filter(|(_, sheet)| sheet.layouts.is_empty() && !sheet.hidden)
}

impl<'a> Clustering<'a> {
    fn add(&mut self, table: SheetTable<'a>, index: &mut ClusterIndex) {
        // Without numbers there is nothing to read.
        if let Some(problem) = &table.table.problem
            && !table.table.has_numbers()
        {
            self.unread.push(UnreadTable { name: table.name(), why: problem.clone() });
            return;
        }
        let id = index.find(&table).unwrap_or(ClusterId(self.clusters.len()));
        index.add(&table, id);
        match self.clusters.get_mut(id.0) {
            Some(cluster) => cluster.tables.push(table),
            None => self.clusters.push(TableCluster { first: table, tables: vec![table] }),
        }
    }
}

impl SheetTable<'_> {
    /// File, sheet, and (if the sheet has several tables) header row, for display.
    fn name(&self) -> String {
        let sheet = sheet_name(self.file, self.sheet);
        match self.table.header_rows.last() {
            Some(row) if self.sheet.tables.len() > 1 => wording::table_below(&sheet, *row),
            _ => sheet,
        }
    }

    fn shape(&self) -> TableShape {
        let year_place = match self.table.year {
            YearPlace::Column => 0,
            YearPlace::Header => 1,
            YearPlace::Sheet(_) => 2,
            YearPlace::File(_) => 3,
            YearPlace::Title(_) => 4,
            YearPlace::Unknown => 5,
            YearPlace::Named(year) => year,
        };
        TableShape {
            file: self.stencil(self.file),
            sheet: self.stencil(self.sheet.sheet.as_deref().unwrap_or("")),
            year_place,
            about: self.table.about.clone(),
            headed: self.table.headed_role(),
            owner: self.table.owner.clone(),
            splits: self.splits(),
            has_schools: self.table.has_schools(),
            header_rows: self.table.header_rows.len(),
        }
    }

    /// A name with digits ignored, unless they tell this table apart.
    fn stencil(&self, name: &str) -> String {
        if self.table.is_named_part { name.to_lowercase() } else { digit_stencil(name) }
    }

    fn key(&self) -> Option<TableKey> {
        let key_column = self.table.key()?.name.to_lowercase();
        Some(TableKey { sheet: std::ptr::from_ref(self.sheet).addr(), key_column })
    }

    /// The columns that are read and whose cells hold several numbers, with what these are.
    fn splits(&self) -> BTreeSet<String> {
        let mut splits = BTreeSet::new();
        for column in self.table.columns.iter().filter(|column| !column.is_unread()) {
            if let Some(split) = &column.split {
                let parts: Vec<&str> = split.parts.iter().map(|part| part.id()).collect();
                splits.insert(format!("{} {}", digit_stencil(&column.name), parts.join(" ")));
            }
        }
        splits
    }

    /// The column names, with digits ignored.
    fn column_names(&self) -> BTreeSet<String> {
        self.table.columns.iter().map(|column| digit_stencil(&column.name)).collect()
    }
}

/// File and sheet, for display.
fn sheet_name(file: &str, sheet: &SheetSurvey) -> String {
    match &sheet.sheet {
        Some(sheet) => comment_text(&format!("{file} › {sheet}")),
        None => comment_text(file),
    }
}

impl<'a> TableCluster<'a> {
    /// The names of its files.
    pub(super) fn files(&self) -> BTreeSet<&'a str> {
        self.tables.iter().map(|table| table.file).collect()
    }

    /// Whether its tables cover more than one school year, as far as their places for it show.
    pub(super) fn spans_years(&self) -> bool {
        let mut around = BTreeSet::new();
        for table in &self.tables {
            match &table.table.year {
                YearPlace::Column | YearPlace::Header => return true,
                YearPlace::Sheet(year) | YearPlace::File(year) | YearPlace::Title(year) => {
                    around.insert(year.clone());
                }
                YearPlace::Named(year) => {
                    around.insert(year.to_string());
                }
                YearPlace::Unknown => {}
            }
        }
        around.len() > 1
    }

    /// What users must know of rows and columns that are not read, each once.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for note in self.tables.iter().flat_map(|table| &table.table.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        notes
    }

    /// The first sheet and the number of others, for display.
    pub(super) fn description(&self) -> String {
        let first = sheet_name(self.first.file, self.first.sheet);
        let others = self.tables.len() - self.tables_of(self.first.sheet).count();
        wording::similar_tables(&first, others)
    }

    /// The same for its sheets of one file, whose escaped name is `path`; for all of them if `path` is a pattern.
    pub(super) fn description_of(&self, path: &str) -> String {
        let own: Vec<&SheetTable<'a>> =
            self.tables.iter().filter(|table| glob::Pattern::escape(table.file) == path).collect();
        let Some(first) = own.first() else { return self.description() };
        let others = own.iter().filter(|table| !std::ptr::eq(table.sheet, first.sheet)).count();
        wording::similar_tables(&sheet_name(first.file, first.sheet), others)
    }

    /// The columns of the sheet in which the most are read; if equal, of the last.
    pub(super) fn column_counts(&self, is_read: &dyn Fn(&'a Column) -> bool) -> ColumnCounts {
        let counts = self.tables.iter().map(|table| self.column_counts_of(table.sheet, is_read));
        counts.max_by_key(|counts| counts.read).unwrap_or_default()
    }

    /// Its tables that are in a sheet.
    fn tables_of(&self, sheet: &SheetSurvey) -> impl Iterator<Item = &SheetTable<'a>> {
        self.tables.iter().filter(move |table| std::ptr::eq(table.sheet, sheet))
    }

    /// How many distinct column names of a sheet are read, and how many are not.
    fn column_counts_of(&self, sheet: &SheetSurvey, is_read: &dyn Fn(&'a Column) -> bool) -> ColumnCounts {
        let (mut read, mut unread) = (BTreeSet::new(), BTreeSet::new());
        for table in self.tables_of(sheet) {
            let (measures, others): (Vec<&Column>, Vec<&Column>) =
                table.table.columns.iter().partition(|column| is_read(column));
            read.extend(measures.into_iter().map(column_id));
            let others = others.into_iter().filter(|column| column.is_unread() || column.measure().is_some());
            unread.extend(others.map(column_id));
        }
        ColumnCounts { read: read.len() as u64, unread: unread.difference(&read).count() as u64 }
    }
}

/// What identifies a column in its table.
fn column_id(column: &Column) -> (&str, Option<usize>) {
    (&column.name, column.occurrence)
}

/// The position of a cluster in the list of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ClusterId(usize);

/// What tables must share to have the same layout, before their columns are compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TableShape {
    /// The file's name, with digits ignored unless they tell the table apart.
    file: String,
    /// The sheet's name likewise.
    sheet: String,
    /// Where the school year is found.
    year_place: i32,
    about: TableSubject,
    headed: Option<Role>,
    owner: TableOwner,
    /// The columns whose cells hold several numbers, and what these are.
    splits: BTreeSet<String>,
    /// Whether a column names schools: their sums must not take the place of what a table without one publishes.
    has_schools: bool,
    header_rows: usize,
}

/// The sheet of a table, and the name of its district or year column.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TableKey {
    /// The address of the sheet's survey.
    sheet: usize,
    /// In lower case.
    key_column: String,
}

/// A cluster, identified by the columns of its first table.
struct IndexedCluster {
    id: ClusterId,
    column_names: BTreeSet<String>,
}

/// The clusters so far, indexed by their contents, since a folder may have thousands of tables.
#[derive(Default)]
struct ClusterIndex {
    /// The first cluster that has a table with this key.
    by_key: BTreeMap<TableKey, ClusterId>,
    by_shape: BTreeMap<TableShape, Vec<IndexedCluster>>,
    clusters: usize,
}

impl ClusterIndex {
    /// The first cluster that a table belongs to.
    fn find(&self, table: &SheetTable<'_>) -> Option<ClusterId> {
        let of_sheet = self.find_in_sheet(table);
        of_sheet.into_iter().chain(self.find_similar(table)).min()
    }

    /// The first cluster with a table of the same sheet whose district or year column has the same name.
    fn find_in_sheet(&self, table: &SheetTable<'_>) -> Option<ClusterId> {
        self.by_key.get(&table.key()?).copied()
    }

    fn find_similar(&self, table: &SheetTable<'_>) -> Option<ClusterId> {
        let names = table.column_names();
        let mut clusters = self.by_shape.get(&table.shape())?.iter();
        let similar =
            clusters.find(|cluster| jaccard_similarity(&cluster.column_names, &names) >= LEAST_SIMILARITY)?;
        Some(similar.id)
    }

    /// Adds a table to the cluster `id`, creating it if needed.
    fn add(&mut self, table: &SheetTable<'_>, id: ClusterId) {
        if let Some(key) = table.key() {
            let first = self.by_key.entry(key).or_insert(id);
            *first = id.min(*first);
        }
        if id.0 == self.clusters {
            self.clusters += 1;
            let column_names = table.column_names();
            self.by_shape.entry(table.shape()).or_default().push(IndexedCluster { id, column_names });
        }
    }
}

/// The names in both sets as a share of the names in either (0 to 1).
fn jaccard_similarity(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    a.intersection(b).count() as f64 / a.union(b).count().max(1) as f64
}

/// A name in lower case with every run of digits replaced by `#`, so names that differ only in a year are
/// equal.
pub(super) fn digit_stencil(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}
