//! The answers of a sheet by wave. Each wave is read by itself, since its questions may have other scales than those of another.

use std::collections::BTreeSet;

use sheets::Sheet;

use super::columns::{AnswerColumn, AnswerColumns};
use super::roles::{ColumnRole, RoleContext};
use super::scales::SurveyTime;
use super::waves::WaveFound;
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

/// The answers of a sheet by wave, from the earliest; none if it is hidden or has no headings.
pub(super) fn wave_parts(sheet: &Sheet, context: RoleContext<'_>) -> Vec<WavePart> {
    let spec = &context.catalog.perception;
    let read = AnswerColumns::read(sheet, &context.catalog.room.forms, spec).filter(|_| !sheet.hidden);
    let Some(columns) = read else { return Vec::new() };
    let named = context.choice.wave.as_deref().and_then(SurveyWave::parse);
    let waves = WaveFound::of(named, sheet, &columns, &time_columns(&columns, context), spec);
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
