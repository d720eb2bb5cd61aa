//! What `retreat init` makes of folders of spreadsheets without the help of any built-in layout: how many tables and
//! columns it reads, drafts, and refuses. Where a built-in layout reads a file too, the values of both are compared.
//!
//! `cargo run --release --example init_figures -- [--list] [--layouts] FOLDER...`; each folder is a separate project. With
//! `--list`, it also names what is not read, and why; with `--layouts`, it prints the proposed layouts.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing the figures is its purpose")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use retreat::catalog::Catalog;
use retreat::observation::{CellRead, FileReading, read_file};
use retreat::survey::{self, ColumnMeaning, FileSurvey, ProjectPlan, Surveyor, TableSurvey};
use sheets::{FoundFile, Row, SourceFile};

/// What became of tables and columns.
#[derive(Default)]
struct Figures {
    files: usize,
    tables_read: usize,
    tables_drafted: usize,
    tables_refused: usize,
    /// Sheets and tables in which there is nothing to read.
    without_numbers: usize,
    columns: ColumnFigures,
    compared: Compared,
    /// What is not read, and why.
    not_read: Vec<String>,
    /// The texts of the proposed layouts.
    layouts: Vec<String>,
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
        "| folder | files | tables read | drafted | refused | without numbers | columns read | drafted | unread | equal | different |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    for folder in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let figures = figures(Path::new(folder))?;
        println!("{}", line(folder, &figures));
        for different in &figures.compared.different {
            eprintln!("{folder}: different: {different}");
        }
        for not_read in figures.not_read.iter().filter(|_| has("--list")) {
            eprintln!("{folder}: not read: {not_read}");
        }
        for layout in figures.layouts.iter().filter(|_| has("--layouts")) {
            eprintln!("{folder}:\n{layout}");
        }
    }
    Ok(())
}

fn line(folder: &str, figures: &Figures) -> String {
    let Figures {
        files,
        tables_read,
        tables_drafted,
        tables_refused,
        without_numbers,
        columns,
        compared,
        ..
    } = figures;
    let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy();
    let ColumnFigures { read, drafted, unread } = columns;
    let (equal, different) = (compared.equal, compared.different.len());
    format!(
        "| {name} | {files} | {tables_read} | {tables_drafted} | {tables_refused} | {without_numbers} | {read} | {drafted} | {unread} | \
         {equal} | {different} |"
    )
}

fn figures(folder: &Path) -> Result<Figures, Box<dyn Error>> {
    let full = Catalog::embedded()?;
    let mut bare = full.clone();
    bare.layouts.clear();
    let files = spreadsheets(folder)?;
    let surveyor = Surveyor::new(&bare)?;
    let mut surveys: Vec<FileSurvey> =
        files.iter().map(|file| survey::look(&file.input, &file.shown, &surveyor).value).collect();
    surveyor.compare(&mut surveys);
    let plan = survey::plan(&surveys, &bare, "1")?;
    let mut figures = Figures { files: files.len(), ..Figures::default() };
    for file in &surveys {
        for sheet in file.sheets.iter().filter(|sheet| !sheet.hidden) {
            let place = format!("{} › {}", file.file, sheet.sheet.as_deref().unwrap_or_default());
            for table in &sheet.tables {
                figures.add_table(table, &place);
            }
        }
    }
    for (file, survey) in files.iter().zip(&surveys) {
        figures.add_sheets_without_tables(&sheets::read(&file.input, &file.shown).value, survey);
    }
    let proposed = plan.sources.iter().filter_map(|source| source.proposed.as_ref());
    figures.layouts.extend(proposed.map(|proposed| proposed.text.clone()));
    figures.not_read.extend(plan.unread.iter().map(|table| format!("{}: {}", table.name, table.why)));
    for file in &files {
        figures.compare(folder, file, &plan, &full)?;
    }
    Ok(figures)
}

/// The spreadsheets of a folder and its subfolders, in the order of their names.
fn spreadsheets(folder: &Path) -> Result<Vec<FoundFile>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let is_other = |name: &String| {
        let parts_of_projects = ["layouts", "catalog", "out", "readiness"];
        let texts = [".toml", ".md", ".py", ".sh", "note.txt"];
        parts_of_projects.contains(&name.as_str()) || texts.iter().any(|ending| name.ends_with(ending))
    };
    names.retain(|name| !is_other(name));
    let found =
        names.iter().flat_map(|name| sheets::find(folder, &glob::Pattern::escape(name), &|_| false).value);
    Ok(found.filter(|file| !file.shown.ends_with(".toml")).collect())
}

impl Figures {
    fn add_table(&mut self, table: &TableSurvey, place: &str) {
        if let Some(problem) = &table.problem {
            self.not_read.push(format!("{place}: {problem}"));
        }
        let unread = table.columns.iter().filter(|column| {
            column.cells.kind.is_number() && matches!(column.meaning, ColumnMeaning::Unread(_))
        });
        self.not_read.extend(unread.map(|column| format!("{place} › {}: {}", column.name, column.why)));
        let numbers = table.columns.iter().filter(|column| column.cells.kind.is_number());
        let known = numbers
            .clone()
            .filter(|column| matches!(column.meaning, ColumnMeaning::Measure(_) | ColumnMeaning::AddedTo(_)))
            .count();
        self.columns.unread += numbers.count() - known;
        // A table with numbers is drafted even if no measure in it is known.
        let has_numbers = table.columns.iter().any(|column| column.cells.kind.is_number());
        match &table.problem {
            Some(_) if !has_numbers => self.without_numbers += 1,
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

    /// Counts the sheets in which no table was found: refused, if they have numbers in two rows.
    fn add_sheets_without_tables(&mut self, content: &SourceFile, survey: &FileSurvey) {
        for (sheet, found) in content.sheets.iter().zip(&survey.sheets) {
            if found.hidden || !found.tables.is_empty() || found.rows == 0 {
                continue;
            }
            let with_numbers = sheet.rows().filter(has_number).take(2).count();
            if with_numbers == 2 {
                self.tables_refused += 1;
            } else {
                self.without_numbers += 1;
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
        let right = columns(&truth, &content, full);
        for source in plan.sources.iter().filter(|source| source.problem.is_none()) {
            let found = sheets::find(folder, &source.path, &|_| false).value;
            let Some(proposed) = source.proposed.as_ref() else { continue };
            if found.iter().any(|other| other.shown == file.shown) {
                let reading = read_file(&content, &proposed.layout, &plan.catalog)?;
                self.compare_columns(&columns(&[reading], &content, full), &right, &file.shown);
            }
        }
        Ok(())
    }

    fn compare_columns(&mut self, found: &Columns, right: &Columns, file: &str) {
        for (place, cells) in found {
            let Some(known) = right.get(place) else { continue };
            match first_difference(cells, known) {
                Some(text) => self.compared.different.push(format!("{file} › {place} › {text}")),
                None => self.compared.equal += 1,
            }
        }
    }
}

/// The first cell of a column that was read differently than it should be.
fn first_difference(found: &Cells, right: &Cells) -> Option<String> {
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for (cell, meaning) in found {
        let Some(known) = right.get(cell) else { continue };
        // An id may be longer than that of a layout, as long as it is always the same district's.
        let id = *ids.entry(&meaning.district).or_insert(&known.district);
        if meaning.value != known.value || id != known.district {
            let (Meaning { value, district }, Meaning { value: right, district: id }) = (meaning, known);
            return Some(format!("{cell}: {value} of {district}, not {right} of {id}"));
        }
    }
    None
}

fn has_number(row: &Row<'_>) -> bool {
    row.cells().any(|(_, cell)| cell.to_text().trim().parse::<f64>().is_ok())
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

/// What the cells of a column were read as.
type Cells = BTreeMap<String, Meaning>;

/// By sheet and column.
type Columns = BTreeMap<String, Cells>;

/// What a cell was read as.
struct Meaning {
    /// What the number is and of what, without the last bits.
    value: String,
    district: String,
}

fn columns(readings: &[FileReading], content: &SourceFile, full: &Catalog) -> Columns {
    let mut columns = Columns::new();
    for cell in readings.iter().flat_map(|reading| reading.cells(content)) {
        let column = cell.cell.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let place = format!("{} {column}", cell.sheet.unwrap_or_default());
        // The district's own indicator has the column's name as its meaning.
        if full.measures.contains_key(cell.measure) {
            columns.entry(place).or_default().insert(cell.cell.clone(), meaning(&cell, full));
        }
    }
    columns
}

fn meaning(cell: &CellRead<'_>, full: &Catalog) -> Meaning {
    let district = cell.district_id.as_deref().or(cell.district_name).unwrap_or_default();
    let number = cell.value.map_or_else(|| cell.status.to_owned(), |value| format!("{value:.6}"));
    let CellRead { school_year, measure, group, subject, .. } = cell;
    // The grade of a test that only one grade takes says nothing.
    let own_grades = &full.synonyms.whole_table.own_grades;
    let is_of_own_grades =
        own_grades.iter().any(|own| own.grades.is_empty() && own.measures.iter().any(|id| id == measure));
    let grade = if is_of_own_grades { "its own grades" } else { cell.grade };
    let value = format!("{number} for {measure} {group} {grade} {subject} in {school_year}");
    Meaning { value, district: district.trim_start_matches('0').to_owned() }
}
