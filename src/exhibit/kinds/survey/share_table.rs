//! Shares of favorable answers: subjects by groups of respondents, shaded from the lowest share to the highest.

use super::views::SurveyContext;
use crate::compare::PerceptionSubject;
use crate::exhibit::figure::{Heat, HeatCell, HeatRow};
use crate::wording::perception as words;

/// The lowest and the highest share of a table.
#[derive(Clone, Copy)]
struct ShareRange {
    low: f64,
    high: f64,
}

/// The table of some subjects and groups.
pub(super) fn share_table(
    survey: SurveyContext<'_>,
    subjects: &[PerceptionSubject],
    groups: &[usize],
) -> Heat {
    let mut range = ShareRange { low: 1.0, high: 0.0 };
    for subject in subjects {
        for share in groups.iter().filter_map(|group| survey.perception.favorable(*subject, *group)) {
            range = ShareRange { low: range.low.min(share), high: range.high.max(share) };
        }
    }
    let mut rows = Vec::new();
    for subject in subjects {
        let shares = groups.iter().map(|group| survey.perception.favorable(*subject, *group));
        let cells = shares.map(|share| Some(range.cell(share?))).collect();
        rows.push(HeatRow { label: survey.chart_label(*subject), cells });
    }
    Heat {
        columns: groups.iter().map(|group| survey.label(*group).to_owned()).collect(),
        of_years: false,
        rows,
        ends: (words::LEAST_FAVORABLE.to_owned(), words::MOST_FAVORABLE.to_owned()),
    }
}

impl ShareRange {
    fn cell(self, share: f64) -> HeatCell {
        let width = self.high - self.low;
        let shade = if width > 0.0 { (share - self.low) / width * 2.0 - 1.0 } else { 0.0 };
        HeatCell { text: words::whole_percent(share), shade: Some(shade) }
    }
}

/// How many rows are described for readers who cannot see them.
const ROWS_IN_WORDS: usize = 2;

/// The first rows in words.
pub(super) fn in_words(figure: &Heat) -> Vec<String> {
    figure.rows.iter().take(ROWS_IN_WORDS).map(|row| row_in_words(row, &figure.columns)).collect()
}

fn row_in_words(row: &HeatRow, columns: &[String]) -> String {
    let cells = columns.iter().zip(&row.cells);
    let shown = cells.filter_map(|(column, cell)| Some(format!("{column} {}", cell.as_ref()?.text)));
    words::of_group(&row.label, &shown.collect::<Vec<_>>().join(", "))
}
