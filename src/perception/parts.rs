//! The answers of a sheet by wave. Each wave is read by itself, since its questions may have other scales than those of another.

use std::collections::{BTreeMap, BTreeSet};

use sheets::Sheet;

use super::columns::{AnswerColumn, AnswerColumns};
use super::roles::{ColumnRole, RoleContext, group_in_name};
use super::scales::SurveyTime;
use super::waves::{RowTime, WaveFound};
use crate::catalog::SurveyChoice;
use crate::domain::SurveyWave;
use crate::form_export::plain;

/// The answers of a sheet in one wave.
#[derive(Debug, Clone)]
pub(super) struct WavePart {
    /// The wave; `None` if nothing says it.
    pub(super) wave: Option<SurveyWave>,
    /// Whether it is the latest wave of the sheet.
    pub(super) is_latest: bool,
    pub(super) columns: AnswerColumns,
}

impl WavePart {
    /// Its survey and wave.
    pub(super) fn time(&self, choice: &SurveyChoice) -> SurveyTime {
        SurveyTime { survey: choice.name.clone(), wave: self.wave }
    }
}

/// The answers of a sheet, with the time of each row.
#[derive(Debug, Clone)]
pub(super) struct DatedSheet {
    columns: AnswerColumns,
    times: Vec<RowTime>,
}

/// The times of all answers, by survey and by the group that answered, as far as the project or the file's name says it.
#[derive(Debug, Default)]
pub(super) struct TimePool {
    times: BTreeMap<PooledAnswers, Vec<RowTime>>,
}

/// The answers of one group to one survey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct PooledAnswers {
    survey: String,
    respondents: Option<String>,
}

impl PooledAnswers {
    fn of(sheet: &Sheet, context: RoleContext<'_>) -> Self {
        let RoleContext { catalog, choice } = context;
        let respondents = choice.respondents.clone().or_else(|| group_in_name(&sheet.place.file, catalog));
        Self { survey: choice.name.clone(), respondents }
    }
}

impl TimePool {
    /// Adds the times of a sheet, unless the project names its wave.
    pub(super) fn add(&mut self, sheet: &Sheet, dated: &DatedSheet, context: RoleContext<'_>) {
        if context.choice.wave.is_none() {
            self.times.entry(PooledAnswers::of(sheet, context)).or_default().extend(&dated.times);
        }
    }
}

/// The answers of a sheet with their times; `None` if it is hidden or has no headings.
pub(super) fn dated(sheet: &Sheet, context: RoleContext<'_>) -> Option<DatedSheet> {
    let RoleContext { catalog, .. } = context;
    let read = AnswerColumns::read(sheet, &catalog.room.forms, &catalog.perception);
    let columns = read.filter(|_| !sheet.hidden)?;
    let of_time = time_columns(&columns, context);
    let times = columns.rows.iter().map(|row| RowTime::of(sheet, row.number, &of_time)).collect();
    Some(DatedSheet { columns, times })
}

/// The answers of a sheet by wave, from the earliest.
pub(super) fn wave_parts(
    sheet: &Sheet,
    dated: DatedSheet,
    pool: &TimePool,
    context: RoleContext<'_>,
) -> Vec<WavePart> {
    let spec = &context.catalog.perception;
    let DatedSheet { columns, times } = dated;
    let pooled = pool.times.get(&PooledAnswers::of(sheet, context)).map_or(&times, |pooled| pooled);
    let named = context.choice.wave.as_deref().and_then(SurveyWave::parse);
    let waves = WaveFound::of(named, sheet, &times, pooled, spec);
    let all = waves.all();
    if all.len() < 2 {
        return vec![WavePart { wave: all.first().copied(), is_latest: true, columns }];
    }
    let parts = all.iter().map(|wave| {
        let rows = columns.rows.iter().enumerate().filter(|(row, _)| waves.of_row(*row) == Some(*wave));
        let rows: BTreeSet<u32> = rows.map(|(_, row)| row.number).collect();
        let columns = columns.of_rows(sheet, &rows, spec);
        WavePart { wave: Some(*wave), is_latest: all.last() == Some(wave), columns }
    });
    parts.collect()
}

/// The columns with the times of answers.
fn time_columns<'a>(columns: &'a AnswerColumns, context: RoleContext<'_>) -> Vec<&'a AnswerColumn> {
    let all = columns.all.iter();
    all.filter(|column| context.about(&plain(&column.heading.joined())) == Some(ColumnRole::Time)).collect()
}
