//! `plan-checked.xlsx`: what people wrote with the check beside it, the scorecard, the changes, and a table for other programs.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::export::export_rows;
use super::feedback_files::feedback_table;
use super::menu_book::{TARGET_WIDTH, add_memory, local_table, menu_table, plan_columns};
use super::plan_output::PlanOutput;
use super::process_sheet::process_sheet;
use super::state_table::state_table;
use crate::domain::SchoolYear;
use crate::pack::spreadsheet::new_book;
use crate::pack::workbook::{BookCell, Styles, TableColumn, TableSheet};
use crate::plan::{GoalStatus, PlanChange, PlanColumn, PlanGoal, TypedGoal};
use crate::wording::plan as wording;
use crate::wording::workbook as words;

/// The columns of the scorecard before and after those of the years.
const SCORE_COLUMNS: [(&str, f64); 4] = [
    (wording::H_GOAL, 32.0),
    (wording::H_MEASURE, 36.0),
    (wording::H_DESCRIPTION, 44.0),
    (wording::H_BASELINE, 16.0),
];
const SCORE_END: [(&str, f64); 3] =
    [(wording::H_STATUS, 18.0), (wording::H_COMPARABLE, 26.0), (wording::H_REPORTED, 13.0)];
const CHANGE_COLUMNS: [(&str, f64); 7] = [
    (wording::H_CHANGE, 18.0),
    (wording::H_WHAT, 44.0),
    (wording::H_BEFORE, 26.0),
    (wording::H_AFTER, 26.0),
    (wording::H_WHY, 40.0),
    (wording::H_SOURCE_BEFORE, 30.0),
    (wording::H_SOURCE_AFTER, 30.0),
];

/// The workbook.
pub(super) fn workbook(output: &PlanOutput<'_>) -> Result<Vec<u8>, XlsxError> {
    let title = wording::checked_book(&output.menu.title, output.district);
    let mut book: Workbook = new_book(&title)?;
    let (styles, footer) = (Styles::new(), words::footer(&title));
    let mut tables =
        vec![plan_table(output), score_table(output), change_table(output), export_table(output)];
    tables.extend(state_table(output));
    tables.extend(feedback_table(output));
    tables.push(menu_table(output.menu, output.spec));
    tables.push(local_table(output.spec, &output.state.local));
    for table in tables {
        book.push_worksheet(table.write(&styles, &footer)?);
    }
    if let Some(sheet) = process_sheet(&output.state.process, &styles, &footer)? {
        book.push_worksheet(sheet);
    }
    // With the newest values instead, this copy would move the baselines if somebody used it as the plan.
    add_memory(&mut book, &output.state.memory)?;
    book.save_to_buffer()
}

/// What people wrote, cell by cell, and the check.
fn plan_table(output: &PlanOutput<'_>) -> TableSheet<'static> {
    let goals = &output.state.goals;
    let years: BTreeSet<i32> =
        goals.iter().flat_map(|goal| goal.checked.typed.targets.keys().copied()).collect();
    let others: BTreeSet<&str> =
        goals.iter().flat_map(|goal| goal.checked.typed.others.keys().map(String::as_str)).collect();
    let mut columns = plan_columns(years.iter().map(|year| SchoolYear::text_of(*year)));
    columns.extend(others.iter().map(|heading| TableColumn::new(*heading, 20.0)));
    let check = [
        (wording::H_SENTENCE, 48.0),
        (wording::H_GAIN, 16.0),
        (wording::H_DID_IT, 20.0),
        (wording::H_VERDICT, 18.0),
    ];
    columns.extend(check.map(|(heading, width)| TableColumn::new(heading, width)));
    TableSheet {
        name: wording::PLAN,
        intro: wording::CHECKED_INTRO.map(str::to_owned).to_vec(),
        columns,
        rows: goals.iter().map(|goal| plan_row(goal, &years, &others)).collect(),
        frozen: 2,
        is_filtered: false,
    }
}

fn plan_row(goal: &PlanGoal, years: &BTreeSet<i32>, others: &BTreeSet<&str>) -> Vec<BookCell> {
    let typed = &goal.checked.typed;
    let mut cells = [PlanColumn::Goal, PlanColumn::Indicator, PlanColumn::Owner]
        .map(|column| typed_cell(typed, column))
        .to_vec();
    for year in years {
        cells
            .push(BookCell::Input(typed.targets.get(year).map(|cell| cell.text.clone()).unwrap_or_default()));
    }
    cells.extend(
        [PlanColumn::Deadline, PlanColumn::ReportMonth, PlanColumn::Note]
            .map(|column| typed_cell(typed, column)),
    );
    for heading in others {
        let other = typed.others.get(*heading);
        cells.push(BookCell::Input(other.map(|cell| cell.text.clone()).unwrap_or_default()));
    }
    cells.extend([
        BookCell::text(goal.checked.sentence().unwrap_or_default()),
        BookCell::text(goal.checked.gain()),
        BookCell::text(goal.checked.did_it()),
        BookCell::text(goal.checked.verdict()),
    ]);
    cells
}

/// What people typed into a column.
fn typed_cell(typed: &TypedGoal, column: PlanColumn) -> BookCell {
    BookCell::Input(typed.text(column).to_owned())
}

fn score_table(output: &PlanOutput<'_>) -> TableSheet<'static> {
    let goals = &output.state.goals;
    let years: BTreeSet<i32> =
        goals.iter().flat_map(|goal| goal.score.years.iter().map(|year| year.year.end())).collect();
    let mut columns: Vec<TableColumn> =
        SCORE_COLUMNS.into_iter().map(|(heading, width)| TableColumn::new(heading, width)).collect();
    for year in &years {
        let label = SchoolYear::text_of(*year);
        columns.push(TableColumn::new(wording::target_of(&label), TARGET_WIDTH));
        columns.push(TableColumn::new(wording::actual_of(&label), TARGET_WIDTH));
    }
    columns.extend(SCORE_END.map(|(heading, width)| TableColumn::new(heading, width)));
    TableSheet {
        name: wording::SCORECARD,
        intro: wording::SCORECARD_INTRO.map(str::to_owned).to_vec(),
        columns,
        rows: goals.iter().map(|goal| score_row(goal, &years)).collect(),
        frozen: 2,
        is_filtered: false,
    }
}

fn score_row(goal: &PlanGoal, years: &BTreeSet<i32>) -> Vec<BookCell> {
    let (checked, score) = (&goal.checked, &goal.score);
    let row = checked.row.as_ref();
    let baseline = row.zip(checked.baseline.as_ref()).map(|(row, baseline)| {
        wording::value_in(&row.unit.format(baseline.value), &baseline.year.to_string())
    });
    let mut cells = vec![
        BookCell::text(checked.typed.text(PlanColumn::Goal)),
        BookCell::text(checked.typed.text(PlanColumn::Indicator)),
        BookCell::text(row.map(|row| row.definition.clone()).unwrap_or_default()),
        BookCell::text(baseline.unwrap_or_default()),
    ];
    for year in years {
        let found = score.years.iter().find(|known| known.year.end() == *year);
        for value in [found.and_then(|year| year.target), found.and_then(|year| year.actual)] {
            cells.push(row.map_or(BookCell::Blank, |row| BookCell::value(value, row.unit)));
        }
    }
    let broken = score.broken_by.as_ref();
    let comparable =
        broken.map(|found| wording::not_comparable(&SchoolYear::text_of(found.year), &found.why));
    cells.extend([
        BookCell::Filled { text: score.status.label(), fill: fill(score.status) },
        BookCell::text(comparable.unwrap_or_else(|| row.map_or("", |_| wording::YES).to_owned())),
        BookCell::text(checked.typed.text(PlanColumn::ReportMonth)),
    ]);
    cells
}

/// The color of a status, which its word and its sign say too.
const fn fill(status: GoalStatus) -> u32 {
    match status {
        GoalStatus::Met => 0x9C_C3_E6,
        GoalStatus::OnTrack => 0xC9_E0_F2,
        GoalStatus::Approaching => 0xFF_F0_C2,
        GoalStatus::Stagnant => 0xF3_E3_D3,
        GoalStatus::OffTrack => 0xF0_B2_7A,
        GoalStatus::NoNewYear | GoalStatus::NotMeasured | GoalStatus::NotComparable => 0xE8_EB_EE,
    }
}

fn change_table(output: &PlanOutput<'_>) -> TableSheet<'static> {
    TableSheet {
        name: wording::CHANGES,
        intro: vec![wording::CHANGES_INTRO.to_owned()],
        columns: CHANGE_COLUMNS.map(|(heading, width)| TableColumn::new(heading, width)).to_vec(),
        rows: output.state.changes.iter().map(change_row).collect(),
        frozen: 2,
        is_filtered: true,
    }
}

fn change_row(change: &PlanChange) -> Vec<BookCell> {
    let PlanChange { kind, what, before, after, why, source_before, source_after } = change;
    let texts = [kind.words().name, what, before, after, why, source_before, source_after];
    texts.map(BookCell::text).to_vec()
}

fn export_table(output: &PlanOutput<'_>) -> TableSheet<'static> {
    TableSheet {
        name: wording::EXPORT,
        intro: vec![wording::EXPORT_INTRO.to_owned()],
        columns: wording::EXPORT_HEADINGS.map(|heading| TableColumn::new(heading, 18.0)).to_vec(),
        rows: export_rows(output.state).into_iter().map(|row| row.map(BookCell::text).to_vec()).collect(),
        frozen: 0,
        is_filtered: true,
    }
}
