//! Surveys the sheets of a file: layouts that fit, tables, and what the columns of each table mean.

use std::collections::{BTreeMap, BTreeSet};

use super::block_headings::BlockHeadings;
use super::cell_profile::{CellProfile, ColumnType};
use super::cell_profiler::CellProfiler;
use super::classify::{ClassifiedColumns, ColumnClassifier};
use super::column::{Column, ColumnMeaning};
use super::evidence::{self, TableTexts};
use super::group_columns;
use super::headed_rows;
use super::id_column;
use super::line_numbers::TableCells;
use super::name_pattern::file_stem;
use super::narrowed_table;
use super::notes_below::notes_below;
use super::own_output::is_own_output;
use super::problem;
use super::row_evidence::RowEvidence;
use super::sheet::{FileSurvey, LayoutMatch, SheetSurvey, TableSurvey, YearPlace};
use super::table::find_table;
use super::table_owner::TableOwner;
use super::table_region::{TableRegion, similar_tables, texts_of};
use super::table_subject::TableSubject;
use super::vocabulary::Vocabulary;
use super::whole_table;
use super::year::{keep_columns_with_years, locate_year};
use crate::catalog::{Catalog, Markers};
use crate::diagnostic::column_name;
use crate::observation::{DecimalMarks, Fit, Fitting, NumberReader};
use crate::wording::survey_subjects::{TABLES_DIFFER, measures_differ};
use crate::wording::survey_tables::{header_unsure, second_header, table_above, titles_differ};
use sheets::{Cell, Row, Sheet, SourceFile};

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

    pub(super) const fn vocabulary(&self) -> &Vocabulary<'a> {
        &self.vocabulary
    }

    pub(super) const fn numbers(&self) -> &NumberReader {
        &self.numbers
    }

    /// Surveys every sheet of `file`.
    #[must_use]
    pub fn survey(&self, file: &SourceFile) -> FileSurvey {
        let sheets = file.sheets.iter().map(|sheet| self.survey_sheet(sheet)).collect();
        FileSurvey { file: file.file.clone(), modified: None, is_own_output: false, sheets }
    }

    /// The same for a file that may be part of a pack.
    #[must_use]
    pub fn survey_source(&self, file: &SourceFile) -> FileSurvey {
        if !is_own_output(file, self.vocabulary.catalog) {
            return self.survey(file);
        }
        FileSurvey { file: file.file.clone(), modified: None, is_own_output: true, sheets: Vec::new() }
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
        let mut survey = self.survey_table(sheet, &best);
        let similar = match survey.key() {
            Some(column) => similar_tables(sheet, &best, &column.name),
            None => Vec::new(),
        };
        if similar.len() < 2 {
            if let Some(row) = self.header_above(sheet, &best) {
                survey.problem = Some(table_above(row + 1));
            }
            return vec![survey];
        }
        let mut tables: Vec<TableSurvey> =
            similar.iter().map(|table| self.survey_table(sheet, table)).collect();
        refuse_different_subjects(&mut tables);
        self.refuse_different_titles(&mut tables);
        tables
    }

    /// If no column names the district, and text above tables of the same columns differs in more than the school year, each may
    /// be about another district or school.
    fn refuse_different_titles(&self, tables: &mut [TableSurvey]) {
        let Some(first) = tables.iter().find(|table| !table.title.is_empty()) else { return };
        if first.district().is_some() {
            return;
        }
        let mut others = tables.iter().filter(|other| has_names_of(other, first));
        let Some([own, other]) = others.find_map(|other| self.unlike_lines(&first.title, &other.title))
        else {
            return;
        };
        let problem = titles_differ(&own, &other);
        for table in tables {
            table.problem.get_or_insert_with(|| problem.clone());
        }
    }

    /// The first line of each title that the other one does not have, apart from those that name a school year; `None` if one of
    /// them has no such line.
    fn unlike_lines(&self, one: &[String], other: &[String]) -> Option<[String; 2]> {
        Some([self.unlike_line(one, other)?, self.unlike_line(other, one)?])
    }

    fn unlike_line(&self, lines: &[String], others: &[String]) -> Option<String> {
        let mut unlike = lines.iter().filter(|line| !others.contains(line));
        unlike.find(|line| self.vocabulary.find_year(line).is_none()).cloned()
    }

    fn survey_table(&self, sheet: &Sheet, table: &TableRegion) -> TableSurvey {
        let ClassifiedColumns { columns, notes, rules } = self.classified_columns(sheet, table);
        let mut survey = TableSurvey {
            header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
            title: table.title.clone(),
            below: notes_below(sheet, table),
            rows: table.data_rows(sheet).count(),
            columns,
            notes,
            year: YearPlace::Unknown,
            year_begins: false,
            about: TableSubject::default(),
            headings: Vec::new(),
            headed: None,
            rules,
            answers: None,
            is_named_part: false,
            evidence: RowEvidence::default(),
            owner: TableOwner::default(),
            problem: None,
            doubt: None,
        };
        let texts = TableTexts::new(&survey, sheet, table);
        id_column::recognize(&mut survey, &texts, &self.vocabulary);
        group_columns::recognize(&mut survey, &texts, &self.vocabulary);
        let year = locate_year(&survey, sheet, file_stem(&sheet.place.file), &self.vocabulary);
        (survey.year, survey.year_begins) = (year.place, year.begins);
        keep_columns_with_years(&mut survey, &self.vocabulary);
        let blocks = BlockHeadings::find(sheet, table);
        let unclear = headed_rows::apply(&mut survey, &blocks, sheet, &self.vocabulary);
        let mut around = surroundings(sheet, table);
        around.extend(whole_table::told_by_columns(&survey, &self.vocabulary));
        let doubt = whole_table::apply(&mut survey, &around, &self.vocabulary)
            .or_else(|| narrowed_table::problem(&survey, &around, &self.vocabulary));
        survey.evidence = evidence::search(&survey, sheet, table, &self.vocabulary, &self.numbers);
        survey.notes.append(&mut survey.evidence.notes);
        let unsure = table.header_rows.last().filter(|_| table.is_unsure);
        let unsure = unsure.map(|row| header_unsure(row + 1));
        let second = self.header_within(sheet, table).map(|row| second_header(row + 1));
        survey.problem =
            unsure.or(second).or(unclear).or_else(|| self.problem(&mut survey)).or_else(|| doubt.clone());
        survey.doubt = doubt;
        survey
    }

    /// The first data row (from 0) that looks like the header of another table: below a gap, several of its cells are names of
    /// columns that say what a row is about, or it repeats the header.
    fn header_within(&self, sheet: &Sheet, table: &TableRegion) -> Option<u32> {
        let mut previous = table.header_rows.last().copied();
        let names = previous.and_then(|number| sheet.row(number)).map(|row| texts_of(&row));
        for row in table.data_rows(sheet) {
            let is_after_gap = previous.is_some_and(|number| number + 1 < row.number);
            previous = Some(row.number);
            let is_repeated = || names.as_ref() == Some(&texts_of(&row));
            if is_after_gap && (self.names_roles(&row) || is_repeated()) {
                return Some(row.number);
            }
        }
        None
    }

    /// The first row (from 0) above a table that looks like the header of another one with rows of numbers.
    fn header_above(&self, sheet: &Sheet, table: &TableRegion) -> Option<u32> {
        let mut above = sheet.rows_between(0..*table.header_rows.first()?);
        let header = above.find(|row| self.names_roles(row))?;
        above.any(|row| self.has_number(&row)).then_some(header.number)
    }

    fn has_number(&self, row: &Row<'_>) -> bool {
        row.cells().any(|(_, cell)| self.numbers.has_number(cell))
    }

    /// Whether at least two cells of a row are names of columns that say what a row is about, or one and a school year.
    fn names_roles(&self, row: &Row<'_>) -> bool {
        let texts: Vec<String> = row
            .cells()
            .filter(|(_, cell)| matches!(cell, Cell::Text(_)))
            .map(|(_, cell)| cell.to_text())
            .collect();
        let names = texts.iter().filter(|text| self.vocabulary.names_role(text)).count();
        let years = texts.iter().filter(|text| self.vocabulary.find_year(text).is_some()).count();
        names > 1 || names == 1 && years > 1
    }

    /// What prevents a table from being read as it is.
    fn problem(&self, survey: &mut TableSurvey) -> Option<String> {
        problem::misnamed_district(survey, &self.vocabulary)
            .or_else(|| problem::unknown_breakdown(survey, &self.vocabulary))
            .or_else(|| problem::windows_with_years(survey, &self.vocabulary))
            .or_else(|| problem::unclear_years(survey, &self.vocabulary))
            .or_else(|| problem::years_with_more(survey, &self.vocabulary))
            .or_else(|| problem::unknown_years(survey, &self.vocabulary))
            .or_else(|| problem::nothing_to_read(survey))
            .or_else(|| survey.evidence.problem.clone())
    }

    fn classified_columns(&self, sheet: &Sheet, table: &TableRegion) -> ClassifiedColumns {
        let (mut context, below) = (surroundings(sheet, table), notes_below(sheet, table));
        let columns = self.profiled_columns(sheet, table);
        context.extend(self.factors_in_corner(&columns));
        let cells = TableCells { sheet, table, numbers: &self.numbers };
        ColumnClassifier {
            vocabulary: &self.vocabulary,
            context: &context,
            titles: table.title.len(),
            below: &below,
            columns,
            cells: Some(cells),
            doubtful: BTreeSet::new(),
            closed: BTreeSet::new(),
            whole_cells: BTreeMap::new(),
            notes: Vec::new(),
            rules: Vec::new(),
        }
        .classify()
    }

    /// The names of columns of texts that say that amounts are in thousands or millions: "($ in millions)" above the names of lines.
    fn factors_in_corner(&self, columns: &[Column]) -> Vec<String> {
        let texts = columns.iter().filter(|column| column.cells.kind == ColumnType::Text);
        let names = texts.map(|column| &column.name);
        names.filter(|name| self.vocabulary.money_factor(name).is_some()).cloned().collect()
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
                    parsed: self.vocabulary.parse_name(name),
                    cells,
                    meaning: ColumnMeaning::Unread(None),
                    why: String::new(),
                    items: Vec::new(),
                    sum: Vec::new(),
                    split: None,
                    graded: BTreeMap::new(),
                });
            }
        }
        columns
    }

    /// What the cells of each column of a table contain.
    fn cell_profiles(&self, sheet: &Sheet, table: &TableRegion) -> BTreeMap<u32, CellProfile> {
        let columns: Vec<u32> = table.header.names.keys().copied().collect();
        let marks = DecimalMarks::of_rows(sheet, table.data_rows(sheet), &columns);
        let numbers = self.numbers.with_decimal_mark(marks.mark);
        let mut profilers: BTreeMap<u32, CellProfiler> =
            columns.into_iter().map(|column| (column, CellProfiler::default())).collect();
        for row in table.data_rows(sheet) {
            for (column, cell) in row.cells() {
                if let Some(profiler) = profilers.get_mut(&column) {
                    profiler.add(row.number, cell, &numbers);
                    if sheet.has_scaled_numbers() && row.shown_factor(column) > 1.0 {
                        profiler.count_scaled();
                    }
                }
            }
        }
        profilers.into_iter().map(|(column, profiler)| (column, profiler.finish())).collect()
    }
}

/// The text around a table: its titles, the sheet's name, the file's name.
fn surroundings(sheet: &Sheet, table: &TableRegion) -> Vec<String> {
    let mut texts = table.title.clone();
    texts.extend(sheet.place.sheet.clone());
    texts.push(file_stem(&sheet.place.file).to_owned());
    texts
}

/// If tables of one sheet are about different groups, or their columns of one name hold different measures, one layout cannot
/// read them all.
fn refuse_different_subjects(tables: &mut [TableSurvey]) {
    let are_alike = tables
        .windows(2)
        .all(|pair| pair[0].about == pair[1].about && pair[0].headed_role() == pair[1].headed_role());
    let problem = if are_alike { different_measures(tables) } else { Some(TABLES_DIFFER.to_owned()) };
    let Some(problem) = problem else { return };
    for table in tables {
        table.problem.get_or_insert_with(|| problem.clone());
    }
}

fn has_names_of(table: &TableSurvey, other: &TableSurvey) -> bool {
    table.columns.iter().map(|column| &column.name).eq(other.columns.iter().map(|column| &column.name))
}

/// Why tables cannot be read alike: a column of the same name holds another measure in one of them.
fn different_measures(tables: &[TableSurvey]) -> Option<String> {
    let mut known: BTreeMap<String, Option<&String>> = BTreeMap::new();
    for table in tables {
        for column in &table.columns {
            let Some(measure) = column.measure() else { continue };
            let measure = measure.measure.as_ref();
            let first = *known.entry(column.name.to_lowercase()).or_insert(measure);
            if first != measure {
                let row = table.header_rows.last().copied().unwrap_or_default();
                return Some(measures_differ(&column.name, row));
            }
        }
    }
    None
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
