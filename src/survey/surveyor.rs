//! Surveys the sheets of a file: layouts that fit, tables, and what the columns of each table mean.

use std::collections::BTreeMap;

use super::cell_profile::{CellProfile, CellProfiler};
use super::classify::ColumnClassifier;
use super::column::{Column, ColumnMeaning};
use super::problem;
use super::sheet::{FileSurvey, LayoutMatch, SheetSurvey, TableSurvey, YearPlace};
use super::table::{TableRegion, find_table, similar_tables};
use super::vocabulary::Vocabulary;
use super::year::{keep_columns_with_years, locate_year};
use crate::catalog::{Catalog, Markers, Role};
use crate::diagnostic::column_name;
use crate::observation::{Fit, Fitting, NumberReader};
use sheets::{Cell, Sheet, SourceFile};

/// Rows without a school are district rows if at least this share of the districts has them.
const NEARLY_ALL: f64 = 0.9;

/// Surveys every sheet of `file`.
///
/// # Errors
/// A pattern in the catalog that does not compile; a checked catalog has none.
pub fn survey(file: &SourceFile, catalog: &Catalog) -> Result<FileSurvey, regex::Error> {
    Ok(Surveyor::new(catalog)?.survey(file))
}

/// The catalog prepared for surveying any number of files.
#[derive(Debug)]
pub struct Surveyor<'a> {
    vocabulary: Vocabulary<'a>,
    numbers: NumberReader,
    layouts: Vec<Fitting<'a>>,
}

impl<'a> Surveyor<'a> {
    /// A surveyor that uses the layouts, measures and synonyms of `catalog`.
    ///
    /// # Errors
    /// A pattern in the catalog that does not compile; a checked catalog has none.
    pub fn new(catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let layouts = catalog.layouts.values().map(|layout| Fitting::new(layout, catalog));
        Ok(Self {
            vocabulary: Vocabulary::new(catalog)?,
            numbers: NumberReader::new(&Markers::default(), &catalog.markers)?,
            layouts: layouts.collect::<Result<_, _>>()?,
        })
    }

    /// Surveys every sheet of `file`.
    #[must_use]
    pub fn survey(&self, file: &SourceFile) -> FileSurvey {
        let sheets = file.sheets.iter().map(|sheet| self.survey_sheet(sheet)).collect();
        FileSurvey { file: file.file.clone(), sheets }
    }

    fn survey_sheet(&self, sheet: &Sheet) -> SheetSurvey {
        SheetSurvey {
            sheet: sheet.place.sheet.clone(),
            hidden: sheet.hidden,
            rows: sheet.row_count(),
            layouts: self.useful_layouts(sheet),
            tables: self.survey_tables(sheet),
        }
    }

    /// The layouts that fit: the best, and those that read columns that it does not read.
    fn useful_layouts(&self, sheet: &Sheet) -> Vec<LayoutMatch> {
        let mut fitting = self.fitting_layouts(sheet).into_iter();
        let Some(best) = fitting.next() else { return Vec::new() };
        let mut useful = vec![best];
        for other in fitting {
            if useful[0].fit.unread.iter().any(|name| !other.fit.unread.contains(name)) {
                useful.push(other);
            }
        }
        useful
    }

    /// The layouts that fit, those that read the most columns first.
    fn fitting_layouts(&self, sheet: &Sheet) -> Vec<LayoutMatch> {
        let mut fitting = Vec::new();
        for layout in &self.layouts {
            if let Some(fit) = layout.fit(sheet).filter(Fit::is_good) {
                fitting.push(LayoutMatch { layout: layout.id().to_owned(), fit });
            }
        }
        fitting.sort_by(|a, b| b.fit.read.cmp(&a.fit.read).then_with(|| a.layout.cmp(&b.layout)));
        fitting
    }

    /// The table that looks most like one, and those whose district or year column has the same name.
    fn survey_tables(&self, sheet: &Sheet) -> Vec<TableSurvey> {
        let Some(best) = find_table(sheet, &self.vocabulary, &self.numbers) else { return Vec::new() };
        let survey = self.survey_table(sheet, &best);
        let similar = match survey.key() {
            Some(column) => similar_tables(sheet, &best, &column.name),
            None => Vec::new(),
        };
        if similar.len() < 2 {
            return vec![survey];
        }
        similar.iter().map(|table| self.survey_table(sheet, table)).collect()
    }

    fn survey_table(&self, sheet: &Sheet, table: &TableRegion) -> TableSurvey {
        let mut survey = TableSurvey {
            header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
            title: table.title.clone(),
            rows: table.data_rows(sheet).count(),
            columns: self.classified_columns(sheet, table),
            year: YearPlace::Unknown,
            year_begins: false,
            schools: false,
            blank_in_districts: None,
            problem: None,
        };
        let year = locate_year(&survey, sheet, file_stem(sheet), &self.vocabulary);
        (survey.year, survey.year_begins) = (year.place, year.begins);
        keep_columns_with_years(&mut survey);
        survey.blank_in_districts = column_blank_in_districts(&survey, sheet, table);
        survey.schools = survey.blank_in_districts.is_none() && are_schools(&survey);
        survey.problem = self.problem(&mut survey, sheet, table);
        survey
    }

    /// What prevents a table from being read as it is.
    fn problem(&self, survey: &mut TableSurvey, sheet: &Sheet, table: &TableRegion) -> Option<String> {
        problem::misnamed_district(survey, &self.vocabulary)
            .or_else(|| problem::unknown_breakdown(survey, &self.vocabulary))
            .or_else(|| problem::nothing_to_read(survey))
            .or_else(|| problem::repeated_rows(survey, sheet, table, &self.numbers))
    }

    fn classified_columns(&self, sheet: &Sheet, table: &TableRegion) -> Vec<Column> {
        let mut context = table.title.clone();
        context.extend(sheet.place.sheet.clone());
        context.push(file_stem(sheet).to_owned());
        let columns = self.profiled_columns(sheet, table);
        ColumnClassifier { vocabulary: &self.vocabulary, context: &context, columns }.classify()
    }

    /// The columns of a table with the contents of their cells, not yet classified.
    fn profiled_columns(&self, sheet: &Sheet, table: &TableRegion) -> Vec<Column> {
        let occurrences = occurrences(&table.header.names);
        let mut cells = self.cell_profiles(sheet, table);
        let mut columns = Vec::new();
        for (column, name) in &table.header.names {
            if let Some(cells) = cells.remove(column) {
                columns.push(Column {
                    column: *column,
                    letters: column_name(*column),
                    name: name.clone(),
                    occurrence: occurrences.get(column).copied(),
                    cells,
                    meaning: ColumnMeaning::Unread(None),
                    why: String::new(),
                });
            }
        }
        columns
    }

    /// What the cells of each column of a table contain.
    fn cell_profiles(&self, sheet: &Sheet, table: &TableRegion) -> BTreeMap<u32, CellProfile> {
        let columns = table.header.names.keys();
        let mut profilers: BTreeMap<u32, CellProfiler> =
            columns.map(|column| (*column, CellProfiler::default())).collect();
        for row in table.data_rows(sheet) {
            for (column, cell) in row.cells() {
                if let Some(profiler) = profilers.get_mut(&column) {
                    profiler.add(row.number, cell, &self.numbers);
                    if sheet.has_scaled_numbers() && row.shown_factor(column) > 1.0 {
                        profiler.count_scaled();
                    }
                }
            }
        }
        profilers.into_iter().map(|(column, profiler)| (column, profiler.finish())).collect()
    }
}

/// The file name of a sheet, without folders and extension.
fn file_stem(sheet: &Sheet) -> &str {
    let file = sheet.place.file.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Which of several columns with the same name each one is, from 1; columns with unique names are not listed.
fn occurrences(names: &BTreeMap<u32, String>) -> BTreeMap<u32, usize> {
    let mut columns_by_name: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (column, name) in names {
        columns_by_name.entry(name.to_lowercase()).or_default().push(*column);
    }
    columns_by_name.retain(|_, columns| columns.len() > 1);
    columns_by_name.into_values().flat_map(|columns| columns.into_iter().zip(1..)).collect()
}

/// Whether more than half of the rows name a school, and nothing indicates that some rows are not about
/// schools.
fn are_schools(survey: &TableSurvey) -> bool {
    let school = survey.role(Role::SchoolId).or_else(|| survey.role(Role::SchoolName));
    school.is_some_and(|column| column.cells.filled * 2 > survey.rows) && survey.role(Role::RowType).is_none()
}

/// The kinds of rows that a district has.
#[derive(Default)]
struct DistrictRows {
    /// Rows that name a school.
    of_schools: bool,
    /// Rows that do not name a school.
    without_school: bool,
}

/// The name of the school column, if nearly every district has rows in which it is blank (the rows about the
/// district) among those of its schools.
fn column_blank_in_districts(survey: &TableSurvey, sheet: &Sheet, table: &TableRegion) -> Option<String> {
    let school = survey.role(Role::SchoolName).or_else(|| survey.role(Role::SchoolId))?;
    let district = survey.district().filter(|_| survey.role(Role::RowType).is_none())?;
    let districts = rows_by_district(district, school, sheet, table);
    let has_both = districts.values().any(|rows| rows.of_schools && rows.without_school);
    let own = districts.values().filter(|rows| rows.without_school).count();
    (has_both && own as f64 >= NEARLY_ALL * districts.len() as f64).then(|| school.name.clone())
}

/// The kinds of rows that each district has, by the district column.
fn rows_by_district(
    district: &Column,
    school: &Column,
    sheet: &Sheet,
    table: &TableRegion,
) -> BTreeMap<String, DistrictRows> {
    let mut districts: BTreeMap<String, DistrictRows> = BTreeMap::new();
    for row in table.data_rows(sheet) {
        let name = row.cell(district.column);
        if !name.is_blank() {
            districts.entry(name.to_text()).or_default().add(row.cell(school.column));
        }
    }
    districts
}

impl DistrictRows {
    /// Adds a row with this cell in the school column.
    fn add(&mut self, school: Cell<'_>) {
        if school.is_blank() {
            self.without_school = true;
        } else {
            self.of_schools = true;
        }
    }
}
