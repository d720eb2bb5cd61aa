//! Encodes a frame as bytes and decodes it, so that what was read and released can be kept between runs.
//!
//! Words are JSON. Columns of whole numbers take as many bytes a number as their largest one needs; columns of
//! numbers hold only those that are present. Columns are decoded at the same time.

use std::sync::Arc;

use polars::prelude::DataFrame;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::frame::{CODES, Frame, NUMBERS, code_column, number_column};
use super::frame_builder::split_schools;
use super::frame_row::KeyRun;
use super::number_coding::{OptionalDecoder, encode_optional};
use super::origins::{CellRef, MarkedCell, Origins};
use super::width_coding::{decode_widths, encode_widths};
use crate::catalog::Bounds;
use crate::diagnostic::Place;
use crate::domain::{KeyCode, Terms};

/// Columns of whole numbers beside those of the codes: the number of cells of each row; sheet, row and column of each cell;
/// the same of each masked cell, and its bounds; the five parts of each run.
const LISTS: usize = 1 + 3 + 4 + 5;
/// All columns of whole numbers.
const WHOLE: usize = CODES.len() + LISTS;

/// A frame without its columns.
#[derive(Serialize, Deserialize)]
struct EncodedFrame {
    terms: Terms,
    sheets: Vec<Place>,
    bounds: Vec<Bounds>,
    rows: usize,
    /// Whether each number column is there.
    numbers: [bool; NUMBERS.len()],
    /// The length of each column in bytes: whole numbers, then numbers.
    columns: Vec<usize>,
}

/// The words of a frame as JSON, and its columns.
pub(crate) struct FrameBytes {
    pub(crate) words: Vec<u8>,
    pub(crate) columns: Vec<Vec<u8>>,
}

impl Frame {
    /// The frame as bytes; `None` if a column does not have the type that [`Frame::new`] gave it, which does not happen.
    pub(crate) fn to_bytes(&self) -> Option<FrameBytes> {
        let view = self.view().ok()?;
        let codes = [view.district, view.year, view.status, view.flags];
        let mut columns: Vec<Vec<u8>> = codes.into_iter().map(encode_widths).collect();
        self.encode_lists(&mut columns);
        let numbers = [view.value.numbers, view.numerator.numbers, view.denominator.numbers];
        columns.extend(numbers.into_par_iter().map(encode_present).collect::<Vec<_>>());
        let encoded = EncodedFrame {
            terms: (*self.terms).clone(),
            sheets: self.origins.sheets.clone(),
            bounds: self.origins.bounds.clone(),
            rows: self.len(),
            numbers: numbers.map(|column| !column.is_empty()),
            columns: columns.iter().map(Vec::len).collect(),
        };
        Some(FrameBytes { words: serde_json::to_vec(&encoded).ok()?, columns })
    }

    /// Adds the columns of cells and runs, one after the other: there may be millions of numbers in each.
    fn encode_lists(&self, columns: &mut Vec<Vec<u8>>) {
        let starts = std::iter::once(&0).chain(self.cell_ends.iter());
        let lengths = self.cell_ends.iter().zip(starts).map(|(end, start)| end - start);
        columns.push(encode_widths(&lengths.collect::<Vec<u32>>()));
        for part in [sheet_of, row_of, column_of] {
            columns.push(encode_widths(&self.cells.iter().map(part).collect::<Vec<u32>>()));
        }
        for part in [sheet_of, row_of, column_of] {
            let marked = self.origins.marked.iter().map(|marked| part(&marked.cell));
            columns.push(encode_widths(&marked.collect::<Vec<u32>>()));
        }
        let bounds = self.origins.marked.iter().map(|marked| marked.bounds);
        columns.push(encode_widths(&bounds.collect::<Vec<u32>>()));
        for part in [measure_of, group_of, grade_of, subject_of, length_of] {
            columns.push(encode_widths(&self.runs.iter().map(part).collect::<Vec<u32>>()));
        }
    }

    /// The frame with these words and columns; `None` if they do not fit together.
    pub(crate) fn from_bytes(words: &[u8], columns: &[u8]) -> Option<Self> {
        let encoded: EncodedFrame = serde_json::from_slice(words).ok()?;
        let parts = split(columns, &encoded.columns)?;
        let (whole, numbers) = parts.split_at_checked(WHOLE)?;
        let (whole, numbers) = rayon::join(
            || whole.par_iter().map(|bytes| decode_widths(bytes)).collect::<Option<Vec<_>>>(),
            || {
                let numbers = numbers.par_iter().zip(encoded.numbers);
                numbers
                    .map(|(bytes, is_there)| decode_present(bytes, encoded.rows, is_there))
                    .collect::<Option<Vec<_>>>()
            },
        );
        encoded.frame(whole?, numbers?)
    }
}

impl EncodedFrame {
    fn frame(self, whole: Vec<Vec<u32>>, numbers: Vec<Vec<f64>>) -> Option<Frame> {
        let mut whole = whole.into_iter();
        let mut columns = Vec::new();
        let organizations = whole.next()?;
        let mut codes = vec![organizations.clone()];
        codes.extend(whole.by_ref().take(CODES.len() - 1));
        for (name, codes) in CODES.into_iter().zip(codes) {
            columns.push(code_column(name, codes));
        }
        for (name, numbers) in NUMBERS.into_iter().zip(numbers).filter(|(_, numbers)| !numbers.is_empty()) {
            columns.push(number_column(name, numbers));
        }
        let cell_ends = ends(&whole.next()?);
        let cells = cells_of([whole.next()?, whole.next()?, whole.next()?]);
        let marked_cells = cells_of([whole.next()?, whole.next()?, whole.next()?]);
        let marked = marked_cells.into_iter().zip(whole.next()?);
        let marked = marked.map(|(cell, bounds)| MarkedCell { cell, bounds }).collect();
        let mut runs = runs_of(&whole.collect::<Vec<_>>());
        let is_whole =
            [cell_ends.len(), organizations.len(), runs.last().map_or(0, |run: &KeyRun| run.rows.end)]
                .iter()
                .all(|length| *length == self.rows);
        let frame = DataFrame::new_infer_height(columns).ok().filter(|_| is_whole)?;
        split_schools(&mut runs, &organizations, &self.terms);
        Some(Frame {
            frame,
            cell_ends: Arc::new(cell_ends),
            cells: Arc::new(cells),
            origins: Arc::new(Origins { sheets: self.sheets, bounds: self.bounds, marked }),
            terms: Arc::new(self.terms),
            runs: Arc::new(runs),
        })
    }
}

fn measure_of(run: &KeyRun) -> u32 {
    run.key.measure
}

fn group_of(run: &KeyRun) -> u32 {
    run.key.group
}

fn grade_of(run: &KeyRun) -> u32 {
    run.key.grade
}

fn subject_of(run: &KeyRun) -> u32 {
    run.key.subject
}

fn length_of(run: &KeyRun) -> u32 {
    run.all().len() as u32
}

const fn sheet_of(cell: &CellRef) -> u32 {
    cell.sheet
}

const fn row_of(cell: &CellRef) -> u32 {
    cell.row
}

const fn column_of(cell: &CellRef) -> u32 {
    cell.column
}

fn cells_of([sheets, rows, columns]: [Vec<u32>; 3]) -> Vec<CellRef> {
    let places = sheets.into_iter().zip(rows).zip(columns);
    places.map(|((sheet, row), column)| CellRef { sheet, row, column }).collect()
}

/// The running sum.
fn ends(lengths: &[u32]) -> Vec<u32> {
    let mut end = 0;
    let mut ends = Vec::with_capacity(lengths.len());
    for length in lengths {
        end += length;
        ends.push(end);
    }
    ends
}

/// The runs with these columns; none unless there are five of equal length.
fn runs_of(columns: &[Vec<u32>]) -> Vec<KeyRun> {
    let [measures, groups, grades, subjects, lengths] = columns else { return Vec::new() };
    let keys = measures.iter().zip(groups).zip(grades).zip(subjects);
    let mut runs = Vec::with_capacity(lengths.len());
    let mut start = 0;
    for ((((measure, group), grade), subject), length) in keys.zip(lengths) {
        let key = KeyCode { measure: *measure, group: *group, grade: *grade, subject: *subject };
        let end = start + *length as usize;
        runs.push(KeyRun { key, rows: start..end, schools: end..end });
        start = end;
    }
    runs
}

/// A column in which NaN is absent.
fn encode_present(column: &[f64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_optional(&mut bytes, column.iter().map(|number| Some(*number).filter(|number| !number.is_nan())));
    bytes
}

/// A column of `rows` numbers in which NaN is absent; an empty one if it is not there.
fn decode_present(bytes: &[u8], rows: usize, is_there: bool) -> Option<Vec<f64>> {
    if !is_there {
        return Some(Vec::new());
    }
    let mut decoder = OptionalDecoder::new(bytes, rows)?;
    let mut numbers = Vec::with_capacity(rows);
    for row in 0..rows {
        numbers.push(decoder.next(row)?.unwrap_or(f64::NAN));
    }
    Some(numbers)
}

/// Bytes cut into parts of these lengths; `None` if there are more or fewer.
fn split<'a>(mut bytes: &'a [u8], lengths: &[usize]) -> Option<Vec<&'a [u8]>> {
    let mut parts = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (part, rest) = bytes.split_at_checked(*length)?;
        parts.push(part);
        bytes = rest;
    }
    bytes.is_empty().then_some(parts)
}
