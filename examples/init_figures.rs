//! What `retreat init` makes of folders of spreadsheets without the help of any built-in layout: how many tables and
//! columns it reads, drafts, and refuses. Where a built-in layout reads a file too, the values of both are compared.
//!
//! `cargo run --release --example init_figures -- FOLDER...`; each folder is a project of its own.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures are what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use retreat::catalog::Catalog;
use retreat::observation::{CellRead, FileReading, read_file};
use retreat::survey::{self, ColumnMeaning, FileSurvey, ProjectPlan, Surveyor, TableSurvey};
use sheets::{FoundFile, SourceFile};

/// What became of tables and columns.
#[derive(Default)]
struct Figures {
    files: usize,
    tables_read: usize,
    tables_drafted: usize,
    tables_refused: usize,
    columns: ColumnFigures,
    compared: Compared,
}

/// What became of columns of numbers.
#[derive(Default)]
struct ColumnFigures {
    read: usize,
    drafted: usize,
    unread: usize,
}

/// Columns that a built-in layout reads too.
#[derive(Default)]
struct Compared {
    equal: usize,
    different: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!(
        "| folder | files | tables read | drafted | refused | columns read | drafted | unread | equal | different |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for folder in std::env::args().skip(1) {
        let figures = figures(Path::new(&folder))?;
        println!("{}", line(&folder, &figures));
        for different in &figures.compared.different {
            eprintln!("{folder}: {different}");
        }
    }
    Ok(())
}

fn line(folder: &str, figures: &Figures) -> String {
    let Figures { files, tables_read, tables_drafted, tables_refused, columns, compared } = figures;
    let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy();
    let ColumnFigures { read, drafted, unread } = columns;
    let (equal, different) = (compared.equal, compared.different.len());
    format!(
        "| {name} | {files} | {tables_read} | {tables_drafted} | {tables_refused} | {read} | {drafted} | {unread} | \
         {equal} | {different} |"
    )
}

fn figures(folder: &Path) -> Result<Figures, Box<dyn Error>> {
    let full = Catalog::embedded()?;
    let mut bare = full.clone();
    bare.layouts.clear();
    let files = spreadsheets(folder)?;
    let surveyor = Surveyor::new(&bare)?;
    let surveys: Vec<FileSurvey> =
        files.iter().map(|file| survey::look(&file.input, &file.shown, &surveyor).value).collect();
    let plan = survey::plan(&surveys, &bare, "1")?;
    let mut figures = Figures { files: files.len(), ..Figures::default() };
    for table in surveys
        .iter()
        .flat_map(|file| &file.sheets)
        .filter(|sheet| !sheet.hidden)
        .flat_map(|sheet| &sheet.tables)
    {
        figures.add_table(table);
    }
    figures.tables_refused += plan.unread.len();
    for file in &files {
        figures.compare(folder, file, &plan, &full)?;
    }
    Ok(figures)
}

/// The spreadsheets of a folder, in the order of their names.
fn spreadsheets(folder: &Path) -> Result<Vec<FoundFile>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let is_text = |name: &String| [".toml", ".md", "note.txt"].iter().any(|ending| name.ends_with(ending));
    let files = names.iter().filter(|name| !is_text(name) && folder.join(name).is_file());
    Ok(files.flat_map(|name| sheets::find(folder, &glob::Pattern::escape(name), &|_| false).value).collect())
}

impl Figures {
    fn add_table(&mut self, table: &TableSurvey) {
        let numbers = table.columns.iter().filter(|column| column.cells.kind.is_number());
        let known =
            numbers.clone().filter(|column| matches!(column.meaning, ColumnMeaning::Measure(_))).count();
        self.columns.unread += numbers.count() - known;
        // A table without any known measure is among those that the plan refuses.
        match &table.problem {
            _ if table.measures() == 0 => {}
            Some(_) => {
                self.tables_drafted += 1;
                self.columns.drafted += known;
            }
            None => {
                self.tables_read += 1;
                self.columns.read += known;
            }
        }
    }

    /// Compares what the plan and the built-in layouts read from a file.
    fn compare(
        &mut self,
        folder: &Path,
        file: &FoundFile,
        plan: &ProjectPlan,
        full: &Catalog,
    ) -> Result<(), Box<dyn Error>> {
        let content = sheets::read(&file.input, &file.shown).value;
        let truth = built_in_readings(&content, full)?;
        if truth.is_empty() {
            return Ok(());
        }
        let right = columns(&truth, &content);
        for source in plan.sources.iter().filter(|source| source.problem.is_none()) {
            let found = sheets::find(folder, &source.path, &|_| false).value;
            let Some(proposed) = source.proposed.as_ref() else { continue };
            if found.iter().any(|other| other.shown == file.shown) {
                let reading = read_file(&content, &proposed.layout, &plan.catalog)?;
                self.compare_columns(&columns(&[reading], &content), &right, &file.shown);
            }
        }
        Ok(())
    }

    fn compare_columns(&mut self, found: &Columns, right: &Columns, file: &str) {
        for (place, cells) in found {
            let Some(known) = right.get(place) else { continue };
            let different = cells.iter().find_map(|(cell, value)| {
                let right = known.get(cell)?;
                (right != value).then(|| format!("{file} › {place} › {cell}: {value}, not {right}"))
            });
            match different {
                Some(text) => self.compared.different.push(text),
                None => self.compared.equal += 1,
            }
        }
    }
}

/// The readings of all built-in layouts that fit a file.
fn built_in_readings(content: &SourceFile, full: &Catalog) -> Result<Vec<FileReading>, Box<dyn Error>> {
    let survey = survey::survey(content, full)?;
    let mut ids: Vec<&str> =
        survey.sheets.iter().flat_map(|sheet| &sheet.layouts).map(|found| &*found.layout).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut readings = Vec::new();
    for id in ids {
        readings.push(read_file(content, &full.layouts[id], full)?);
    }
    Ok(readings)
}

/// By sheet and column: what each cell was read as.
type Columns = BTreeMap<String, BTreeMap<String, String>>;

fn columns(readings: &[FileReading], content: &SourceFile) -> Columns {
    let mut columns = Columns::new();
    for cell in readings.iter().flat_map(|reading| reading.cells(content)) {
        let column = cell.cell.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let place = format!("{} {column}", cell.sheet.unwrap_or_default());
        columns.entry(place).or_default().insert(cell.cell.clone(), meaning(&cell));
    }
    columns
}

/// What a cell was read as, in a form that is equal if the meanings are: ids without leading zeros, and numbers without
/// the last bits.
fn meaning(cell: &CellRead<'_>) -> String {
    let id = cell.district_id.as_deref().unwrap_or_default().trim_start_matches('0');
    let value = cell.value.map_or_else(|| cell.status.to_owned(), |value| format!("{value:.6}"));
    let CellRead { school_year, measure, group, grade, subject, .. } = cell;
    format!("{value} for {measure} {group} {grade} {subject} in {school_year} of {id}")
}
