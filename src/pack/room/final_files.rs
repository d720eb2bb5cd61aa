//! The final SWOT: `swot/final.xlsx`, which the team fills in, and `final.csv` and `final.docx`.

use std::error::Error;

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::look::{RoomCell, RoomLook, RoomTable};
use crate::domain::Quadrant;
use crate::pack::csv_text::{number, table};
use crate::pack::spreadsheet::new_book;
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::room::{
    Feedback, FeedbackCounts, FinalFeedback, FinalRow, FinalState, FinalSwot, Origin, RoomSpec,
};
use crate::wording::final_swot as wording;
use crate::wording::room as room_wording;
use crate::wording::subject::capitalized;

const COLUMNS: [&str; 14] = [
    "item",
    "quadrant",
    "statement",
    "state",
    "note",
    "origin",
    "n",
    "agree",
    "disagree",
    "low",
    "high",
    "was_in",
    "was_worded",
    "evidence_id",
];
const WIDTHS: [f64; 11] = [9.0, 13.0, 48.0, 8.0, 34.0, 10.0, 8.0, 10.0, 12.0, 14.0, 40.0];
const GROUP_WIDTHS: [f64; 8] = [18.0, 9.0, 10.0, 8.0, 10.0, 12.0, 14.0, 12.0];
/// The parts of the width of the columns of the document.
const DOCUMENT_WIDTHS: [u32; 4] = [10, 50, 30, 30];
/// The columns with lists to choose from.
const QUADRANT: u16 = 1;
const KEEP: u16 = 3;

/// The workbook.
pub(super) fn workbook(
    swot: &FinalSwot,
    feedback: Option<&Feedback>,
    spec: &RoomSpec,
) -> Result<Vec<u8>, XlsxError> {
    let look = RoomLook::new();
    let mut book = new_book(&wording::book(&swot.title))?;
    book.push_worksheet(decisions(swot, spec, &look)?);
    if let Some(feedback) = feedback {
        book.push_worksheet(groups(feedback, &look)?);
    }
    book.save_to_buffer()
}

/// The sheet that the team fills in, with empty rows at its end.
fn decisions(swot: &FinalSwot, spec: &RoomSpec, look: &RoomLook) -> Result<Worksheet, XlsxError> {
    let mut rows: Vec<Vec<RoomCell>> = swot.rows.iter().map(cells).collect();
    rows.extend((0..spec.own_rows).map(|_| empty_row()));
    let intro = wording::intro(swot.people);
    let table = RoomTable {
        name: wording::FINAL,
        title: wording::FINAL,
        intro: &intro,
        headings: &wording::HEADINGS,
        widths: &WIDTHS,
        rows: &rows,
        frozen: 3,
    };
    let mut sheet = table.sheet(look)?;
    let [first, last] = [table.header() + 1, table.last()];
    let quadrants = Quadrant::ALL.map(|quadrant| capitalized(quadrant.id()));
    let quadrants = DataValidation::new().allow_list_strings(&quadrants)?;
    sheet.add_data_validation(first, QUADRANT, last, QUADRANT, &quadrants)?;
    let keep = DataValidation::new().allow_list_strings(&[room_wording::KEEP[0], room_wording::KEEP[1]])?;
    sheet.add_data_validation(first, KEEP, last, KEEP, &keep)?;
    Ok(sheet)
}

fn cells(row: &FinalRow) -> Vec<RoomCell> {
    let quadrant = row.quadrant.map(|quadrant| capitalized(quadrant.id())).unwrap_or_default();
    let keep = match row.state {
        FinalState::Kept => room_wording::KEEP[0],
        FinalState::Dropped => room_wording::KEEP[1],
        FinalState::Open => "",
    };
    let mut cells = vec![
        RoomCell::Text(row.item.clone()),
        RoomCell::Input(quadrant),
        RoomCell::Input(row.statement.clone()),
        RoomCell::Input(keep.to_owned()),
        RoomCell::Input(row.why.clone()),
    ];
    cells.extend(counts(&row.feedback));
    cells.push(RoomCell::Text(change(row)));
    cells
}

/// Answers, agree, disagree, the percent that agrees, and its interval.
fn counts(feedback: &FinalFeedback) -> Vec<RoomCell> {
    match feedback {
        FinalFeedback::Counts(counts) => count_cells(counts),
        FinalFeedback::Withheld => withheld_cells(),
        FinalFeedback::None => vec![RoomCell::Blank; 5],
    }
}

fn count_cells(counts: &FeedbackCounts) -> Vec<RoomCell> {
    let numbers = [counts.people, counts.agree, counts.disagree].map(|count| RoomCell::Number(count as f64));
    let percent = counts.percent().map_or(RoomCell::Blank, RoomCell::Number);
    let interval = counts.interval().map(|[low, high]| wording::interval(low, high)).unwrap_or_default();
    numbers.into_iter().chain([percent, RoomCell::Text(interval)]).collect()
}

fn withheld_cells() -> Vec<RoomCell> {
    let mut cells = vec![RoomCell::Text(wording::WITHHELD.to_owned())];
    cells.resize(5, RoomCell::Blank);
    cells
}

fn empty_row() -> Vec<RoomCell> {
    let mut cells = vec![RoomCell::Blank];
    cells.resize(5, RoomCell::Input(String::new()));
    cells.resize(WIDTHS.len(), RoomCell::Blank);
    cells
}

/// The sheet with the answers by group.
fn groups(feedback: &Feedback, look: &RoomLook) -> Result<Worksheet, XlsxError> {
    let rows: Vec<Vec<RoomCell>> = feedback
        .rows
        .iter()
        .map(|row| {
            let mut cells = vec![RoomCell::Text(row.group.clone()), RoomCell::Text(row.item.clone())];
            match &row.counts {
                Some(counts) => {
                    cells.extend(count_cells(counts));
                    cells.push(RoomCell::Number(counts.comments as f64));
                }
                None => cells.extend(withheld_cells().into_iter().chain([RoomCell::Blank])),
            }
            cells
        })
        .collect();
    let table = RoomTable {
        name: wording::BY_GROUP,
        title: wording::BY_GROUP,
        intro: &[],
        headings: &wording::GROUP_HEADINGS,
        widths: &GROUP_WIDTHS,
        rows: &rows,
        frozen: 2,
    };
    table.sheet(look)
}

fn change(row: &FinalRow) -> String {
    wording::FinalChange {
        is_added: row.origin == Origin::Feedback,
        is_dropped: row.state == FinalState::Dropped,
        is_open: row.state == FinalState::Open,
        moved_from: &row.moved_from,
        reworded_from: &row.reworded_from,
    }
    .text()
}

/// `final.csv`.
pub(super) fn final_csv(swot: &FinalSwot) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    table(&COLUMNS, swot.rows.iter().map(csv_row))
}

fn csv_row(row: &FinalRow) -> [String; 14] {
    let mut cells: [String; 14] = std::array::from_fn(|_| String::new());
    cells[0].clone_from(&row.item);
    cells[1] = row.quadrant.map(|quadrant| quadrant.id().to_owned()).unwrap_or_default();
    cells[2].clone_from(&row.statement);
    row.state.id().clone_into(&mut cells[3]);
    cells[4].clone_from(&row.why);
    row.origin.id().clone_into(&mut cells[5]);
    match &row.feedback {
        FinalFeedback::None => {}
        FinalFeedback::Withheld => wording::WITHHELD.clone_into(&mut cells[6]),
        FinalFeedback::Counts(counts) => {
            let [low, high] = counts.interval().map_or_else(Default::default, |ends| ends.map(number));
            let shown = [counts.people, counts.agree, counts.disagree].map(|count| count.to_string());
            for (cell, text) in cells[6..11].iter_mut().zip(shown.into_iter().chain([low, high])) {
                *cell = text;
            }
        }
    }
    let was: Vec<&str> = row.moved_from.iter().map(|quadrant| quadrant.id()).collect();
    cells[11] = was.join(", ");
    cells[12].clone_from(&row.reworded_from);
    cells[13].clone_from(&row.evidence_id);
    cells
}

/// `final.docx`, to hand out.
pub(super) fn document(swot: &FinalSwot) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut blocks = vec![WordBlock::Text(wording::shows(swot.people, swot.open(), swot.is_begun))];
    for quadrant in Quadrant::ALL {
        let heading = room_wording::heading(quadrant.heading(), quadrant.meaning());
        add(&mut blocks, heading, &swot.standing_in(quadrant));
    }
    let unsorted: Vec<&FinalRow> =
        swot.rows.iter().filter(|row| row.quadrant.is_none() && row.state != FinalState::Dropped).collect();
    let dropped: Vec<&FinalRow> = swot.rows.iter().filter(|row| row.state == FinalState::Dropped).collect();
    for (heading, rows) in [(room_wording::UNSORTED, unsorted), (wording::DROPPED, dropped)] {
        if !rows.is_empty() {
            add(&mut blocks, heading.to_owned(), &rows);
        }
    }
    WordDocument { title: wording::book(&swot.title), blocks }.bytes()
}

/// A heading, and a table with its items.
fn add(blocks: &mut Vec<WordBlock>, heading: String, rows: &[&FinalRow]) {
    blocks.push(WordBlock::Heading(heading.clone()));
    if rows.is_empty() {
        blocks.push(WordBlock::Text(wording::NONE_HERE.to_owned()));
        return;
    }
    blocks.push(WordBlock::Table(WordTable {
        alt: heading,
        headings: wording::DOCUMENT_HEADINGS.map(str::to_owned).to_vec(),
        widths: DOCUMENT_WIDTHS.to_vec(),
        rows: rows.iter().map(|row| document_row(row)).collect(),
    }));
}

fn document_row(row: &FinalRow) -> Vec<String> {
    let is_after_feedback = row.origin == Origin::Feedback;
    let basis = room_wording::final_basis(&row.evidence_id, &row.evidence, is_after_feedback);
    let feedback = match &row.feedback {
        FinalFeedback::None => wording::NO_FEEDBACK.to_owned(),
        FinalFeedback::Withheld => wording::FEEDBACK_WITHHELD.to_owned(),
        FinalFeedback::Counts(counts) => wording::feedback_line(counts.agree, counts.disagree, counts.people),
    };
    vec![row.item.clone(), format!("{}\n{basis}", row.statement), feedback, change(row)]
}
