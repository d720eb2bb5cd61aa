//! What is found in a file: its sheets, the tables of each, and what it is taken for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column::{Kind, Taking};
use super::decide::{Column, Deciding, Reading, occurrences};
use super::table::{self, Table};
use super::words::Vocabulary;
use super::year::{year, years_of_their_own};
use crate::catalog::{Catalog, Markers, Role};
use crate::diagnostic::column_name;
use crate::observation::{Fit, Fitting, MergedCells, NumberReader};
use sheets::{Sheet, SourceFile};

/// More rows than this share that say the same district, year and group as another: a column that tells them apart
/// is not understood.
const MOST_REPEATED: f64 = 0.02;

/// What is found in a file.
#[derive(Debug, Clone, Serialize)]
pub struct FileSurvey {
    /// Its name, relative to the folder.
    pub file: String,
    /// Its sheets.
    pub sheets: Vec<SheetSurvey>,
}

/// What is found in a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetSurvey {
    /// Its name; absent for a text file.
    pub sheet: Option<String>,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Rows with cells.
    pub rows: usize,
    /// Layouts that fit, best first.
    pub known: Vec<KnownLayout>,
    /// Its tables, from the top and from the left; none where no header was found.
    pub tables: Vec<TableSurvey>,
}

/// A layout of the catalog, and how it fits.
#[derive(Debug, Clone, Serialize)]
pub struct KnownLayout {
    /// Its id.
    pub layout: String,
    /// How it fits.
    pub fit: Fit,
}

/// A table of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct TableSurvey {
    /// Rows of its header, as a spreadsheet numbers them (from 1).
    pub header_rows: Vec<u32>,
    /// Texts above it.
    pub title: Vec<String>,
    /// Rows below the header, without notes.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Where the school year stands.
    pub year: YearPlace,
    /// Whether a year alone in that place is one in which a school year begins.
    pub year_begins: bool,
    /// Whether a row is a school.
    pub schools: bool,
    /// The column of schools, where rows of districts stand among those of their schools and leave it blank.
    pub blank_in_districts: Option<String>,
    /// Why it cannot be read as it is; absent where it can.
    pub problem: Option<String>,
}

/// Where the school year of a table stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum YearPlace {
    /// In a column.
    Column,
    /// In the columns' names.
    Header,
    /// In the sheet's name, as written.
    Sheet(String),
    /// In the file's name, as written.
    File(String),
    /// In a row above the header, as written.
    Title(String),
    /// Nowhere.
    Unknown,
}

impl TableSurvey {
    /// The first column with a role.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|c| c.reading == Reading::Role(role))
    }

    /// The column that names the district: by its id, else by its name.
    #[must_use]
    pub fn district(&self) -> Option<&Column> {
        self.role(Role::DistrictId).or_else(|| self.role(Role::DistrictName))
    }

    /// The column by whose name the tables of a sheet are found: the district's, or the school year's where all is about
    /// one district.
    #[must_use]
    pub fn key(&self) -> Option<&Column> {
        self.district().or_else(|| self.role(Role::SchoolYear))
    }

    /// How many columns hold a measure.
    #[must_use]
    pub fn measures(&self) -> usize {
        self.columns.iter().filter(|c| matches!(c.reading, Reading::Measure(_))).count()
    }

    /// How many columns are not read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.columns.iter().filter(|c| matches!(c.reading, Reading::Unread(_))).count()
    }
}

/// Looks at every sheet of `file`.
///
/// # Errors
/// A pattern of the catalog that cannot be read; a checked catalog has none.
pub fn survey(file: &SourceFile, catalog: &Catalog) -> Result<FileSurvey, regex::Error> {
    Ok(Surveyor::new(catalog)?.survey(file))
}

/// The catalog made ready to look at files with it, however many.
#[derive(Debug)]
pub struct Surveyor<'a> {
    vocabulary: Vocabulary<'a>,
    numbers: NumberReader,
    layouts: Vec<Fitting<'a>>,
}

impl<'a> Surveyor<'a> {
    /// A surveyor with what `catalog` knows.
    ///
    /// # Errors
    /// A pattern of the catalog that cannot be read; a checked catalog has none.
    pub fn new(catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let layouts = catalog.layouts.values().map(|layout| Fitting::new(layout, catalog));
        Ok(Self {
            vocabulary: Vocabulary::new(catalog)?,
            numbers: NumberReader::new(&Markers::default(), &catalog.markers)?,
            layouts: layouts.collect::<Result<_, _>>()?,
        })
    }

    /// Looks at every sheet of `file`.
    #[must_use]
    pub fn survey(&self, file: &SourceFile) -> FileSurvey {
        let sheet = |sheet: &Sheet| SheetSurvey {
            sheet: sheet.place.sheet.clone(),
            hidden: sheet.hidden,
            rows: sheet.row_count(),
            known: known(sheet, &self.layouts),
            tables: tables(sheet, &self.vocabulary, &self.numbers),
        };
        FileSurvey { file: file.file.clone(), sheets: file.sheets.iter().map(sheet).collect() }
    }
}

/// The layouts that fit: the best, and those that read columns which it does not.
fn known(sheet: &Sheet, layouts: &[Fitting<'_>]) -> Vec<KnownLayout> {
    let fitting = |layout: &Fitting<'_>| {
        let fit = layout.fit(sheet).filter(Fit::is_good)?;
        Some(KnownLayout { layout: layout.id().to_owned(), fit })
    };
    let mut all: Vec<KnownLayout> = layouts.iter().filter_map(fitting).collect();
    all.sort_by(|a, b| b.fit.read.cmp(&a.fit.read).then_with(|| a.layout.cmp(&b.layout)));
    let mut all = all.into_iter();
    let Some(best) = all.next() else { return Vec::new() };
    let adds = |known: &KnownLayout| best.fit.unread.iter().any(|name| !known.fit.unread.contains(name));
    let others: Vec<KnownLayout> = all.filter(adds).collect();
    [vec![best], others].concat()
}

/// The tables of a sheet: the one that looks most like one, and those that name their districts or years as it does.
fn tables(sheet: &Sheet, vocabulary: &Vocabulary<'_>, numbers: &NumberReader) -> Vec<TableSurvey> {
    let Some(best) = table::find(sheet, vocabulary, numbers) else { return Vec::new() };
    let found = look(sheet, &best, vocabulary, numbers);
    let all = found.key().map_or_else(Vec::new, |column| table::like(sheet, &best, &column.name));
    if all.len() < 2 {
        return vec![found];
    }
    all.iter().map(|table| look(sheet, table, vocabulary, numbers)).collect()
}

fn look(sheet: &Sheet, table: &Table, vocabulary: &Vocabulary<'_>, numbers: &NumberReader) -> TableSurvey {
    let names = &table.header.names;
    let mut takings: BTreeMap<u32, Taking> = names.keys().map(|c| (*c, Taking::default())).collect();
    let mut rows = 0;
    for row in data(sheet, table) {
        rows += 1;
        for (column, cell) in row.cells() {
            if let Some(taking) = takings.get_mut(&column) {
                taking.take(row.number, cell, numbers);
            }
        }
    }
    let twice = occurrences(names);
    let columns = takings.into_iter().map(|(column, taking)| Column {
        column,
        letters: column_name(column),
        name: names.get(&column).cloned().unwrap_or_default(),
        occurrence: twice.get(&column).copied(),
        cells: taking.finish(),
        reading: Reading::Unread(None),
        why: String::new(),
    });
    let columns: Vec<Column> = columns.collect();
    let file = sheet.place.file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut context = table.title.clone();
    context.extend(sheet.place.sheet.clone());
    context.push(stem.to_owned());
    let columns = Deciding { vocabulary, context: &context, columns }.decide();
    let columns = columns.into_iter().map(explained).collect();
    let mut survey = TableSurvey {
        header_rows: table.rows.iter().map(|n| n + 1).collect(),
        title: table.title.clone(),
        rows,
        columns,
        year: YearPlace::Unknown,
        year_begins: false,
        schools: false,
        blank_in_districts: None,
        problem: None,
    };
    (survey.year, survey.year_begins) = year(&survey, sheet, stem, vocabulary);
    years_of_their_own(&mut survey);
    let school = [Role::SchoolId, Role::SchoolName].into_iter().find_map(|r| survey.role(r));
    survey.schools =
        school.is_some_and(|c| c.cells.filled * 2 > rows) && survey.role(Role::RowType).is_none();
    survey.blank_in_districts = blank_in_districts(&survey, sheet, table);
    survey.schools &= survey.blank_in_districts.is_none();
    survey.problem = misnamed(&survey, vocabulary)
        .or_else(|| not_understood(&mut survey, vocabulary))
        .or_else(|| problem(&survey, sheet, table, numbers));
    survey
}

fn explained(column: Column) -> Column {
    let why = match column.why.as_str() {
        "" if column.cells.filled == 0 => "nothing is in it".to_owned(),
        "" => format!("{}, no number", column.cells.kind.label()),
        why => why.to_owned(),
    };
    Column { why, ..column }
}

/// The column of schools, where nearly every district has rows that leave it blank beside those of its schools: its own.
fn blank_in_districts(survey: &TableSurvey, sheet: &Sheet, table: &Table) -> Option<String> {
    const NEARLY_ALL: f64 = 0.9;
    let school = survey.role(Role::SchoolName).or_else(|| survey.role(Role::SchoolId))?;
    let district = survey.district().filter(|_| survey.role(Role::RowType).is_none())?;
    let mut districts: BTreeMap<String, [bool; 2]> = BTreeMap::new();
    for row in data(sheet, table).filter(|row| !row.cell(district.column).is_blank()) {
        let has = districts.entry(row.cell(district.column).to_text()).or_default();
        has[usize::from(row.cell(school.column).is_blank())] = true;
    }
    let both = districts.values().filter(|has| **has == [true, true]).count();
    let own = districts.values().filter(|[_, blank]| *blank).count();
    (both > 0 && own as f64 >= NEARLY_ALL * districts.len() as f64).then(|| school.name.clone())
}

/// The rows of the data: below the header, without notes.
fn data<'a>(sheet: &'a Sheet, table: &'a Table) -> impl Iterator<Item = sheets::Row<'a>> {
    let few = table.header.names.len().min(3);
    sheet.rows_between(table.header.data.clone()).filter(move |row| {
        let filled =
            row.cells().filter(|(c, cell)| table.header.names.contains_key(c) && !cell.is_blank()).count();
        filled > 1 || filled == few
    })
}

/// A column that is called like the district's, in a table that would have none without it.
fn misnamed(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    let roles = [Role::DistrictId, Role::DistrictName];
    if roles.iter().any(|r| survey.role(*r).is_some()) {
        return None;
    }
    let names: Vec<&Vec<String>> =
        roles.iter().filter_map(|r| vocabulary.catalog.synonyms.roles.get(r)).collect();
    let unread = survey.columns.iter().filter(|c| matches!(c.reading, Reading::Unread(_)));
    let found = unread.into_iter().find(|c| names.iter().any(|n| vocabulary.is_one_of(&c.name, n)))?;
    Some(format!(
        "the column {:?} is called like the district's, but its cells are no ids or names",
        found.name
    ))
}

/// A column that is called like one of groups, grades or subjects, whose texts are not known: the values of its rows are
/// not those of everybody.
fn not_understood(survey: &mut TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    let roles = [Role::Group, Role::Grade, Role::Subject].into_iter().filter(|r| survey.role(*r).is_none());
    let names = |role: Role| vocabulary.catalog.synonyms.roles.get(&role);
    let unread: Vec<(usize, &Column)> = (survey.columns.iter().enumerate())
        .filter(|(_, c)| matches!(c.reading, Reading::Unread(_)) && c.cells.kind == Kind::Text)
        .filter(|(_, c)| c.cells.texts.keys().any(|text| !vocabulary.means_all(text)))
        .collect();
    let (role, index) = roles.into_iter().find_map(|role| {
        let named = |c: &Column| names(role).is_some_and(|n| vocabulary.is_one_of(&c.name, n));
        Some((role, unread.iter().find(|(_, c)| named(c))?.0))
    })?;
    let column = survey.columns.get_mut(index)?;
    let examples: Vec<&str> = column.cells.texts.keys().map(String::as_str).take(3).collect();
    let problem = format!(
        "the column {:?} is called like one that says the {}, but what stands in it is not known ({})",
        column.name,
        role.label(),
        examples.join(", ")
    );
    column.reading = Reading::Role(role);
    "by its name; what stands in it is not known: say it in the layout".clone_into(&mut column.why);
    Some(problem)
}

/// What keeps a table from being read: nothing in it that is known, no year, or rows that cannot be told apart.
fn problem(survey: &TableSurvey, sheet: &Sheet, table: &Table, numbers: &NumberReader) -> Option<String> {
    let attributes = survey.columns.iter().any(|c| matches!(c.reading, Reading::Attribute(_)));
    let named = survey.role(Role::DistrictId).is_some() || survey.role(Role::DistrictName).is_some();
    if survey.measures() == 0 && !(attributes && named) {
        return Some("no column of it is a measure that is known".to_owned());
    }
    if survey.year == YearPlace::Unknown {
        return Some("no school year is found in its columns, title, sheet or file name: write one into any of them, such as 2023-24".to_owned());
    }
    let key: Vec<u32> = survey
        .columns
        .iter()
        .filter(|c| matches!(c.reading, Reading::Role(r) if r != Role::RowType && r != Role::Value))
        .map(|c| c.column)
        .collect();
    let types = survey.role(Role::RowType).map(|c| c.column);
    let naming = [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName];
    let naming: Vec<u32> = naming.into_iter().filter_map(|r| survey.role(r)).map(|c| c.column).collect();
    let mut seen = BTreeSet::new();
    let (mut repeated, mut rows) = (0u32, 0u32);
    let spans = MergedCells::new(sheet);
    for row in data(sheet, table) {
        let mut texts: Vec<String> =
            key.iter().chain(&types).map(|c| spans.cell(&row, *c).to_text()).collect();
        // What adds up others is left out, however often it says so.
        if naming.iter().any(|c| numbers.markers().is_total(&row.cell(*c).to_text())) {
            continue;
        }
        // Without a column that tells its rows apart, each says the same as the one above it.
        if !texts.is_empty() && texts.iter().all(String::is_empty) {
            texts.push(row.number.to_string());
        }
        rows += 1;
        repeated += u32::from(!seen.insert(texts));
    }
    let kinds = survey
        .columns
        .iter()
        .filter(|c| matches!(c.reading, Reading::Unread(_)) && (2..200).contains(&c.cells.different_texts));
    let candidates: Vec<&str> = kinds.map(|c| c.name.as_str()).take(3).collect();
    let which =
        if candidates.is_empty() { String::new() } else { format!(" (perhaps {})", candidates.join(", ")) };
    (rows > 1 && f64::from(repeated) > MOST_REPEATED * f64::from(rows)).then(|| {
        format!("{repeated} of {rows} rows repeat the district, year and group of another; a column that tells them apart is not understood{which}")
    })
}
