//! `plan.xlsx`: the menu of indicators, and the sheet on which people write their goals.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Formula, Workbook, Worksheet, XlsxError,
};

use crate::compare::Direction;
use crate::domain::{Better, SchoolYear};
use crate::exhibit::Pack;
use crate::pack::out_file::OutFile;
use crate::pack::spreadsheet::{GridPlace, new_book, write_text};
use crate::pack::workbook::{BookCell, NumberLook, Styles, TableColumn, TableSheet};
use crate::plan::{FeasibleRange, LocalTexts, MEMORY_SHEET, MenuRow, PlanMemory, PlanMenu, PlanSpec};
use crate::wording::listing::from_to;
use crate::wording::plan as wording;
use crate::wording::workbook as words;

/// The name of the file.
pub const FILE: &str = "plan.xlsx";
/// The width of the column of a target, in characters.
pub(super) const TARGET_WIDTH: f64 = 12.0;

/// The columns of the menu.
const MENU_COLUMNS: [(&str, f64); 31] = [
    (wording::H_INDICATOR, 40.0),
    (wording::H_GOAL_AREA, 14.0),
    (wording::H_MEASURE, 30.0),
    (wording::H_GROUP, 16.0),
    (wording::H_GRADE, 11.0),
    (wording::H_SUBJECT, 12.0),
    (wording::H_BETTER, 9.0),
    (wording::H_KIND, 9.0),
    (wording::H_FREQUENCY, 11.0),
    (wording::H_MONTH, 11.0),
    (wording::H_BASELINE_YEAR, 10.0),
    (wording::H_BASELINE, 11.0),
    (wording::H_N, 9.0),
    (wording::H_NOISE, 10.0),
    (wording::H_TREND, 14.0),
    (wording::H_PEERS_P25, 11.0),
    (wording::H_PEERS_MEDIAN, 11.0),
    (wording::H_PEERS_P75, 11.0),
    (wording::H_STATE_MEDIAN, 11.0),
    (wording::H_STATE_PERCENTILE, 11.0),
    (wording::H_SIMILAR_N, 11.0),
    (wording::H_SIMILAR_FROM, 11.0),
    (wording::H_SIMILAR_TO, 11.0),
    (wording::H_SPAN, 8.0),
    (wording::H_WINDOW, 19.0),
    (wording::H_HOLD, 11.0),
    (wording::H_TYPICAL, 13.0),
    (wording::H_AMBITIOUS, 11.0),
    (wording::H_EXCEPTIONAL, 11.0),
    (wording::H_EXPECTED, 11.0),
    (wording::H_BREAK, 30.0),
];
const SOURCE: (&str, f64) = (wording::H_SOURCE, 40.0);

/// The file; `None` if the menu is not asked for, or if the data has no year.
pub(in crate::pack) fn out_file(pack: &Pack) -> Option<OutFile<'_>> {
    let menu = pack.menu.as_ref()?;
    let newest = menu.newest?;
    Some(OutFile::new(FILE, move |out| Ok(out.write_all(&workbook(pack, menu, newest)?)?)))
}

fn workbook(pack: &Pack, menu: &PlanMenu, newest: SchoolYear) -> Result<Vec<u8>, XlsxError> {
    let title = wording::book(&pack.title, &pack.district.name);
    let mut book = new_book(&title)?;
    let (styles, footer) = (Styles::new(), words::footer(&title));
    let table = menu_table(menu, &pack.plan);
    let indicators = IndicatorCells { first: table.first(), last: table.last() };
    book.push_worksheet(table.write(&styles, &footer)?);
    let years = target_years(newest, pack.plan.longest);
    book.push_worksheet(plan_sheet(&years, &pack.plan, indicators, &styles, &footer)?);
    book.push_worksheet(local_table(&pack.plan, &[]).write(&styles, &footer)?);
    add_memory(&mut book, &PlanMemory::of(menu))?;
    book.save_to_buffer()
}

/// The years for which targets can be set.
fn target_years(newest: SchoolYear, longest: i32) -> Vec<SchoolYear> {
    (1..=longest).filter_map(|years| newest.plus(years).ok()).collect()
}

/// The menu as a table.
pub(super) fn menu_table(menu: &PlanMenu, spec: &PlanSpec) -> TableSheet<'static> {
    let columns = MENU_COLUMNS.into_iter().chain([SOURCE]);
    TableSheet {
        name: wording::MENU,
        intro: wording::menu_intro(spec.fewest).to_vec(),
        columns: columns.map(|(heading, width)| TableColumn::new(heading, width)).collect(),
        rows: menu.rows.iter().map(|row| menu_row(row, spec)).collect(),
        frozen: 1,
        is_filtered: true,
    }
}

fn menu_row(row: &MenuRow, spec: &PlanSpec) -> Vec<BookCell> {
    let mut cells = of_series(row);
    cells.extend(of_baseline(row));
    cells.extend(of_range(row, spec));
    cells.push(BookCell::value(row.expected, row.unit));
    let broken = row.after_break().map(|found| wording::broken(&SchoolYear::text_of(found.year), &found.why));
    cells.push(BookCell::text(broken.unwrap_or_default()));
    let source = &row.baseline.source;
    cells.push(BookCell::text(if source.is_empty() { wording::COMPUTED } else { source.as_str() }));
    cells
}

fn of_series(row: &MenuRow) -> Vec<BookCell> {
    let group = if row.group.is_empty() { wording::ALL_STUDENTS } else { row.group.as_str() };
    vec![
        BookCell::text(&row.indicator),
        BookCell::text(&row.goal_area),
        BookCell::text(&row.measure),
        BookCell::text(group),
        BookCell::text(&row.grade),
        BookCell::text(&row.subject),
        BookCell::text(words::better(row.better)),
        BookCell::text(if row.is_leading { wording::LEADING } else { wording::LAGGING }),
        BookCell::text(wording::YEARLY),
        BookCell::input(),
    ]
}

fn of_baseline(row: &MenuRow) -> Vec<BookCell> {
    let (unit, standing) = (row.unit, row.standing.as_ref());
    let noise = row.noise.map_or_else(
        || BookCell::Absent(wording::NOISE_UNKNOWN.to_owned()),
        |noise| BookCell::Number(noise, NumberLook::Value(unit, noise)),
    );
    vec![
        BookCell::text(row.baseline.year.to_string()),
        BookCell::value(Some(row.baseline.value), unit),
        BookCell::people(row.baseline.n),
        noise,
        BookCell::text(row.trend.map_or("", trend)),
        BookCell::value(standing.and_then(|standing| standing.peer_p25), unit),
        BookCell::value(standing.and_then(|standing| standing.peer_median), unit),
        BookCell::value(standing.and_then(|standing| standing.peer_p75), unit),
        BookCell::value(standing.and_then(|standing| standing.state_median), unit),
        BookCell::people(standing.and_then(|standing| standing.state_percentile)),
    ]
}

fn of_range(row: &MenuRow, spec: &PlanSpec) -> Vec<BookCell> {
    let unit = row.unit;
    let hold = BookCell::value(Some(row.baseline.value), unit);
    let Some(range) = row.longest() else {
        let mut cells = vec![BookCell::Blank; 5];
        cells.extend([hold, BookCell::Absent(wording::TOO_FEW_SIMILAR.to_owned())]);
        cells.extend([BookCell::Blank, BookCell::Blank]);
        return cells;
    };
    let FeasibleRange { span, first, last, starts, .. } = range;
    let mut cells = vec![
        BookCell::people(Some(range.count() as f64)),
        BookCell::value(Some(starts.low), unit),
        BookCell::value(Some(starts.high), unit),
        BookCell::people(Some(f64::from(*span))),
        BookCell::text(from_to(first, last)),
        hold,
    ];
    let shares = [spec.typical, spec.ambitious, spec.exceptional];
    cells.extend(shares.map(|share| BookCell::value(Some(range.reached_by(share)), unit)));
    cells
}

const fn trend(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => words::RISING,
        Direction::Falling => words::FALLING,
        Direction::Steady => words::STEADY,
        Direction::NoClearDirection => words::NO_TREND,
        Direction::TooFewYears => words::TOO_SHORT,
    }
}

/// The rows of the indicators in the menu.
#[derive(Debug, Clone, Copy)]
struct IndicatorCells {
    first: u32,
    last: u32,
}

/// The sheet of goals.
fn plan_sheet(
    years: &[SchoolYear],
    spec: &PlanSpec,
    indicators: IndicatorCells,
    styles: &Styles,
    footer: &str,
) -> Result<Worksheet, XlsxError> {
    let columns = plan_columns(years.iter().map(ToString::to_string));
    let width = columns.len();
    let table = TableSheet {
        name: wording::PLAN,
        intro: wording::PLAN_INTRO.map(str::to_owned).to_vec(),
        columns,
        rows: vec![vec![BookCell::input(); width]; spec.rows as usize],
        frozen: 2,
        is_filtered: false,
    };
    let mut sheet = table.write(styles, footer)?;
    let last_target = years.len() as u16 + 2;
    let rows = IndicatorCells { first: table.first(), last: table.last() };
    let list = format!("={}!$A${}:$A${}", wording::MENU, indicators.first + 1, indicators.last + 1);
    let indicator = DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_style(DataValidationErrorStyle::Warning);
    let month = DataValidation::new()
        .allow_list_strings(&wording::MONTHS)?
        .set_error_style(DataValidationErrorStyle::Warning);
    for (first, last, validation, prompt) in [
        (0, 0, any_value(), wording::GOAL_PROMPT),
        (1, 1, indicator, wording::INDICATOR_PROMPT),
        (3, last_target, any_value(), wording::TARGET_PROMPT),
        (last_target + 1, last_target + 1, any_value(), wording::DEADLINE_PROMPT),
        (last_target + 2, last_target + 2, month, wording::MONTH_PROMPT),
    ] {
        if first <= last {
            let [title, text] = prompt;
            let validation = validation.set_input_title(title)?.set_input_message(text)?;
            sheet.add_data_validation(rows.first, first, rows.last, last, &validation)?;
        }
    }
    Ok(sheet)
}

/// The sheet for monthly, quarterly, or school values of people's own, with what was typed there and room for more.
pub(super) fn local_table(spec: &PlanSpec, typed: &[LocalTexts]) -> TableSheet<'static> {
    let columns = [
        (wording::H_SERIES, 34.0),
        (wording::H_PERIOD, 20.0),
        (wording::H_VALUE, 12.0),
        (wording::H_N, 10.0),
    ];
    let mut rows: Vec<Vec<BookCell>> =
        typed.iter().map(|texts| texts.iter().cloned().map(BookCell::Input).collect()).collect();
    rows.resize(rows.len() + 2 * spec.rows as usize, vec![BookCell::input(); columns.len()]);
    TableSheet {
        name: wording::LOCAL,
        intro: wording::LOCAL_INTRO.map(str::to_owned).to_vec(),
        columns: columns.map(|(heading, width)| TableColumn::new(heading, width)).to_vec(),
        rows,
        frozen: 0,
        is_filtered: false,
    }
}

fn any_value() -> DataValidation {
    DataValidation::new().allow_any_value()
}

/// The columns of the sheet of goals, with those of the targets for these years.
pub(super) fn plan_columns(years: impl Iterator<Item = String>) -> Vec<TableColumn> {
    let before = [(wording::H_GOAL, 36.0), (wording::H_INDICATOR, 40.0), (wording::H_OWNER, 18.0)];
    let after = [(wording::H_DEADLINE, 14.0), (wording::H_REPORT_MONTH, 13.0), (wording::H_NOTE, 30.0)];
    let mut columns: Vec<TableColumn> =
        before.into_iter().map(|(heading, width)| TableColumn::new(heading, width)).collect();
    columns.extend(years.map(|year| TableColumn::new(wording::target_of(&year), TARGET_WIDTH)));
    columns.extend(after.into_iter().map(|(heading, width)| TableColumn::new(heading, width)));
    columns
}

/// The hidden sheet that remembers what the data said.
pub(super) fn add_memory(book: &mut Workbook, memory: &PlanMemory) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(MEMORY_SHEET)?;
    sheet.set_hidden(true);
    let plain = Format::new();
    for (row, cells) in (0..).zip(memory.rows()) {
        for (column, text) in (0..).zip(&cells).filter(|(_, text)| !text.is_empty()) {
            write_text(sheet, GridPlace { row, column }, text, &plain, words::cut_here)?;
        }
    }
    Ok(())
}

/// Whether an indicator wants to rise or fall, as files say it.
pub(super) const fn better(better: Better) -> &'static str {
    words::better(better)
}
