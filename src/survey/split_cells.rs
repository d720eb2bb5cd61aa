//! Columns whose cells hold several numbers (`85.0% (n=123)`, `123 (85%)`): which number is the one that the name means.

use std::collections::{BTreeMap, BTreeSet};

use super::by_name::matched_measure;
use super::cell_profile::{CellProfile, ColumnType};
use super::cell_profiler::CellProfiler;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{ColumnMeaning, ColumnSplit};
use super::line_numbers::TableCells;
use super::rate_parts::are_parts_of;
use crate::catalog::{Role, SplitPart};
use crate::observation::{Number, NumberReader, NumbersTogether};
use crate::wording::survey_cells as wording;
use sheets::Cell;

/// How many texts of a column are tried.
const TRIED: usize = 20;
/// With fewer cells than this, several numbers in a cell may be chance.
const FEWEST: usize = 2;
/// The share of the cells that must hold several numbers.
const NEARLY_ALL: f64 = 0.95;

/// The cells of a column that hold equally many numbers.
struct SplitCells {
    /// The numbers at each position.
    parts: Vec<CellProfile>,
    /// Which of them is said to be a number of people.
    people: Option<usize>,
    /// Which of them is said to be a change or a margin.
    aside: Option<usize>,
    /// Where the first percent of a cell is that is no change or margin: one place, or the cells are of several forms.
    percents: BTreeSet<usize>,
    /// How many cells hold them, and how many hold something else.
    together: usize,
    others: usize,
    /// The different texts at the last position.
    last: BTreeSet<String>,
    shown: String,
}

impl ColumnClassifier<'_> {
    /// Reads the only number that may be the value in cells such as `85% (n=12)`, in the columns of school years or values of lines.
    pub(super) fn tell_row_values_apart(&mut self) {
        let Some(cells) = self.cells else { return };
        for index in self.indexes() {
            let column = self.column(index);
            let is_number = column.parsed.has_any(&self.vocabulary.catalog.synonyms.left_over.number);
            let holds_values = self.is_named_by_year_only(index) || self.is_called_value(index) && !is_number;
            if !holds_values || !column.is_unread() || !may_hold_several(&column.cells, cells.numbers) {
                continue;
            }
            let found = SplitCells::of_column(column.column, cells).filter(SplitCells::are_nearly_all);
            let Some(found) = found.filter(|found| found.are_most() && !found.are_footnotes(self.below))
            else {
                continue;
            };
            if let Some(value) = found.only_value() {
                self.take_part(index, &found, value);
            }
        }
    }

    /// Finds the columns whose cells hold several numbers, and reads the one that their names mean.
    pub(super) fn tell_numbers_apart(&mut self) {
        let Some(cells) = self.cells else { return };
        for index in self.indexes() {
            let column = self.column(index);
            let is_label =
                !column.is_unread() || column.split.is_some() || self.is_called_label(&column.name);
            if is_label || !may_hold_several(&column.cells, cells.numbers) {
                continue;
            }
            let Some(found) = SplitCells::of_column(column.column, cells) else { continue };
            if found.are_most() && !found.are_footnotes(self.below) {
                self.settle_split(index, &found);
            }
        }
    }

    /// Whether a name is that of columns that say what a row is about.
    fn is_called_label(&self, name: &str) -> bool {
        let mut roles = self.vocabulary.catalog.synonyms.roles.keys();
        roles.any(|role| *role != Role::Value && self.vocabulary.is_role_name(*role, name))
    }

    fn settle_split(&mut self, index: ColumnIndex, found: &SplitCells) {
        let value = if found.are_nearly_all() { self.value_part(index, found) } else { None };
        if let Some(value) = value {
            self.take_part(index, found, value);
            return;
        }
        let name = self.column(index).name.clone();
        let named = matched_measure(self.vocabulary, &name).filter(|found| found.is_sure_by_itself());
        if let Some(measure) = named.map(|found| found.measure) {
            let why = wording::numbers_unclear(&measure.label, &found.shown);
            let nearest = Some(measure.id.clone());
            self.column_mut(index).split = Some(found.split(0));
            self.question(index, nearest, why);
        }
    }

    /// Looks from now on at only one of the numbers in each cell of a column.
    fn take_part(&mut self, index: ColumnIndex, found: &SplitCells, value: usize) {
        let column = self.column_mut(index);
        let whole = std::mem::replace(&mut column.cells, found.parts[value].clone());
        column.split = Some(found.split(value));
        self.whole_cells.insert(index, whole);
    }

    /// Which of the numbers is the column's value; `None` if several may be.
    fn value_part(&mut self, index: ColumnIndex, found: &SplitCells) -> Option<usize> {
        let possible = found.possible_values();
        if let [only] = possible[..] {
            return Some(only);
        }
        let (percents, others): (Vec<usize>, Vec<usize>) =
            possible.iter().partition(|part| found.parts[**part].kind == ColumnType::Percent);
        if let [percent] = percents[..] {
            if self.fits_by_name(index, &found.parts[percent]) {
                return Some(percent);
            }
            // The name may be that of the number of people beside its percent.
            return Some(self.only_fitting(index, found, &others).unwrap_or(percent));
        }
        self.only_fitting(index, found, &possible)
    }

    /// The only one of these numbers that fits the name of the column; of several, the only one with decimals, because people
    /// are whole.
    fn only_fitting(&mut self, index: ColumnIndex, found: &SplitCells, parts: &[usize]) -> Option<usize> {
        let mut fitting = parts.to_vec();
        fitting.retain(|part| self.fits_by_name(index, &found.parts[*part]));
        if fitting.len() > 1 {
            fitting.retain(|part| !found.parts[*part].are_counts());
        }
        match fitting[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether these numbers fit the measure that the name of a column means. The column stays as it is.
    fn fits_by_name(&mut self, index: ColumnIndex, cells: &CellProfile) -> bool {
        let own = std::mem::replace(&mut self.column_mut(index).cells, cells.clone());
        self.classify_by_name(index);
        let fits = self.column(index).measure().is_some();
        self.doubtful.remove(&index);
        let column = self.column_mut(index);
        column.cells = own;
        column.meaning = ColumnMeaning::Unread(None);
        column.why = String::new();
        fits
    }

    /// Gives the columns that are not read their whole cells back, which may be labels.
    pub(super) fn restore_unread_cells(&mut self) {
        for (index, whole) in std::mem::take(&mut self.whole_cells) {
            let column = self.column_mut(index);
            if column.is_unread() {
                column.cells = whole;
            }
        }
    }

    /// Says of the first column of several numbers in a cell that one of them is not read.
    pub(super) fn note_split(&mut self) {
        let found = self.columns.iter().find_map(|column| {
            let (measure, split) = (column.measure()?, column.split.as_ref()?);
            let is_rate = self.is_percent(measure) || measure.measure.is_none() && self.are_all_percents();
            let are_people_unread = split.parts.contains(&SplitPart::Denominator) && !is_rate;
            let is_said = split.is_open || are_people_unread;
            is_said.then(|| wording::number_unread(&column.name, &split.shown))
        });
        self.notes.extend(found);
    }

    /// Says of columns with known names that their cells hold text beside numbers.
    pub(super) fn explain_texts(&mut self) {
        for index in self.indexes() {
            let column = self.column(index);
            let is_text =
                column.is_unread() && column.why.is_empty() && column.cells.kind == ColumnType::Text;
            if !is_text || !column.cells.mostly(FEWEST, has_digit) {
                continue;
            }
            let Some(found) = matched_measure(self.vocabulary, &column.name) else { continue };
            if let (true, Some(text)) =
                (found.is_sure_by_itself(), column.cells.texts.keys().find(|text| has_digit(text)))
            {
                let why = wording::text_beside_numbers(&found.measure.label, text);
                let nearest = Some(found.measure.id.clone());
                self.column_mut(index).leave_unread(nearest, why);
            }
        }
    }
}

pub(super) fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether it is worth looking at each cell of a column.
fn may_hold_several(cells: &CellProfile, numbers: &NumberReader) -> bool {
    cells.bracketed_numbers * 2 > cells.numbers.len()
        || cells.texts.keys().take(TRIED).any(|text| numbers.read_together(Cell::Text(text)).is_some())
}

impl SplitCells {
    /// The cells of a column with the most frequent number of numbers; `None` if no cell holds several.
    fn of_column(column: u32, cells: TableCells<'_>) -> Option<Self> {
        let mut found: BTreeMap<usize, Vec<FoundNumbers>> = BTreeMap::new();
        let mut others = 0;
        for row in cells.table.data_rows(cells.sheet) {
            let cell = row.cell(column);
            match cells.numbers.read_together(cell) {
                Some(numbers) => {
                    let shown = cell.to_text();
                    let count = numbers.numbers.len();
                    found.entry(count).or_default().push(FoundNumbers { row: row.number, numbers, shown });
                }
                None => others += usize::from(!matches!(cells.numbers.read(cell), Number::Absent(..))),
            }
        }
        let all: usize = found.values().map(Vec::len).sum();
        let most = found.into_values().max_by_key(Vec::len)?;
        others += all - most.len();
        Self::new(&most, others, cells.numbers)
    }

    fn new(found: &[FoundNumbers], others: usize, numbers: &NumberReader) -> Option<Self> {
        let first = found.first()?;
        let mut profilers: Vec<CellProfiler> = Vec::new();
        profilers.resize_with(first.numbers.texts.len(), CellProfiler::default);
        for FoundNumbers { row, numbers: together, .. } in found {
            for (profiler, text) in profilers.iter_mut().zip(&together.texts) {
                profiler.add(*row, Cell::Text(text), numbers);
            }
        }
        Some(Self {
            parts: profilers.into_iter().map(CellProfiler::finish).collect(),
            people: said_by_most(found, |together| together.people),
            aside: said_by_most(found, |together| together.aside),
            percents: found.iter().filter_map(|found| found.numbers.first_percent()).collect(),
            together: found.len(),
            others,
            last: found.iter().filter_map(|found| found.numbers.texts.last().cloned()).collect(),
            shown: first.shown.clone(),
        })
    }

    const fn are_most(&self) -> bool {
        self.together >= FEWEST && self.together > self.others
    }

    fn are_nearly_all(&self) -> bool {
        let are_of_one_form = self.percents.len() < 2;
        are_of_one_form && self.together as f64 >= NEARLY_ALL * (self.together + self.others) as f64
    }

    /// Whether the second numbers are marks of notes: the same digit everywhere, or digits that notes below the table begin
    /// with.
    fn are_footnotes(&self, below: &[String]) -> bool {
        let are_digits = self.last.iter().all(|text| matches!(text.as_bytes(), [b'1'..=b'9']));
        let is_bare = self.parts.len() == 2 && self.people.is_none() && self.aside.is_none();
        is_bare
            && are_digits
            && (self.last.len() == 1 || below.iter().any(|note| self.last.contains(&mark_of_note(note))))
    }

    /// The numbers of which nothing says that they are none of the column's values.
    fn possible_values(&self) -> Vec<usize> {
        let all = 0..self.parts.len();
        all.filter(|part| Some(*part) != self.people && Some(*part) != self.aside).collect()
    }

    /// The only one of these numbers, or the only percent among them.
    fn only_value(&self) -> Option<usize> {
        let possible = self.possible_values();
        let mut percents = possible.clone();
        percents.retain(|part| self.parts[*part].kind == ColumnType::Percent);
        match (&possible[..], &percents[..]) {
            ([only], _) | (_, [only]) => Some(*only),
            _ => None,
        }
    }

    /// What the numbers are, given which of them is the value.
    fn split(&self, value: usize) -> ColumnSplit {
        let mut parts = Vec::new();
        for (part, cells) in self.parts.iter().enumerate() {
            let are_people = self.people == Some(part) && cells.are_counts();
            parts.push(match part {
                _ if part == value => SplitPart::Value,
                _ if are_people => SplitPart::Denominator,
                _ => SplitPart::Unread,
            });
        }
        let others: Vec<usize> = (0..self.parts.len()).filter(|part| *part != value).collect();
        if let [numerator, denominator] = others[..]
            && are_parts_of(&self.parts[value], [&self.parts[numerator], &self.parts[denominator]])
        {
            parts[numerator] = SplitPart::Numerator;
            parts[denominator] = SplitPart::Denominator;
        }
        let mut unread = (0..parts.len()).filter(|part| parts[*part] == SplitPart::Unread);
        let is_open = unread.any(|part| self.aside != Some(part));
        ColumnSplit { parts, shown: self.shown.clone(), is_open }
    }
}

/// The numbers of a cell.
struct FoundNumbers {
    row: u32,
    numbers: NumbersTogether,
    shown: String,
}

/// The position that most cells say; `None` if most say none. The patterns of the catalog give only one.
fn said_by_most(
    found: &[FoundNumbers],
    position: impl Fn(&NumbersTogether) -> Option<usize>,
) -> Option<usize> {
    let said: Vec<usize> = found.iter().filter_map(|found| position(&found.numbers)).collect();
    said.first().copied().filter(|_| said.len() * 2 > found.len())
}

/// The mark with which a note begins: the 3 of `(3) Not comparable.` and of `3 Not comparable.`; empty if it begins otherwise.
fn mark_of_note(note: &str) -> String {
    let bare = note.trim_start_matches(['(', '[']);
    let end = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    bare[..end].to_owned()
}
