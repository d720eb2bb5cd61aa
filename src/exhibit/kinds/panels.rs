//! Small charts side by side, each of one series.

use super::context::ExhibitContext;
use super::description;
use super::draft::{ExhibitDraft, YearSpan};
use crate::catalog::ExhibitSpec;
use crate::compare::Comparison;
use crate::exhibit::figure::{Figure, Panel};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::joined;
use crate::wording::exhibit as words;
use crate::wording::finding::ChartText;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let mut panels = DraftedPanels::default();
    let mut drafted = Vec::new();
    let mut reason = None;
    for spec in &context.spec.panels {
        match panel_draft(context, spec) {
            Ok(panel) => drafted.push(panel),
            Err(why) => {
                panels.notes.push(words::no_small_chart(&spec.title));
                reason = reason.or(Some(why));
            }
        }
    }
    let latest = drafted.iter().map(|panel| panel.draft.years.last).max();
    for panel in drafted {
        let age = description::age(context, panel.draft.years);
        let is_behind = Some(panel.draft.years.last) < latest && !age.is_empty();
        panels.add(context, if is_behind { panel.with_age(&age) } else { panel });
    }
    let years = panels.years.ok_or_else(|| reason.unwrap_or_else(|| words::NO_VALUE.to_owned()))?;
    let alt = joined(panels.panels.iter().map(|panel| panel.alt.as_str()));
    let mut findings = panels.findings;
    findings.sort_by_key(|text| text.rank);
    Ok(ExhibitDraft {
        figure: Figure::Panels(panels.panels),
        findings,
        sub_line: panels.sub_lines.first().cloned().unwrap_or_default(),
        table: panels.table,
        series: panels.series,
        years,
        notes: panels.notes,
        alt,
    })
}

/// A small chart with its title.
struct DraftedPanel<'a> {
    title: String,
    draft: ExhibitDraft<'a>,
}

impl<'a> DraftedPanel<'a> {
    /// Its words name what is shown, which need not be what was asked for.
    fn new(spec: &ExhibitSpec, title: String, draft: ExhibitDraft<'a>) -> Self {
        let alt = draft.alt.replacen(&spec.title, &title, 1);
        Self { title, draft: ExhibitDraft { alt, ..draft } }
    }

    /// The same, with the age of its values in its title.
    fn with_age(self, age: &str) -> Self {
        Self { title: words::title_with_measure(&self.title, age), ..self }
    }
}

/// A small chart: of the first alternative that has something to show. Another subject or measure than the first gives it its title.
///
/// # Errors
/// Why the first has nothing.
fn panel_draft<'a>(context: &ExhibitContext<'a>, spec: &'a ExhibitSpec) -> Result<DraftedPanel<'a>, String> {
    let own = ExhibitContext { spec, ..*context };
    let reason = match super::draft(&own) {
        Ok(draft) => {
            let title = description::panel_title(&own, &draft.series);
            return Ok(DraftedPanel::new(spec, title, draft));
        }
        Err(reason) => reason,
    };
    for spec in &spec.otherwise {
        let other = ExhibitContext { spec, ..*context };
        if let Ok(draft) = super::draft(&other) {
            let is_other_subject = spec.subject != own.spec.subject;
            let title = if is_other_subject {
                description::subject_label(context.catalog, &spec.subject)
            } else {
                description::panel_title(&other, &draft.series)
            };
            return Ok(DraftedPanel::new(spec, title, draft));
        }
    }
    Err(reason)
}

/// The small charts that have something to show.
#[derive(Default)]
struct DraftedPanels<'a> {
    panels: Vec<Panel>,
    findings: Vec<ChartText>,
    sub_lines: Vec<String>,
    table: Table,
    series: Vec<&'a Comparison>,
    /// From the first year of any to the latest of any.
    years: Option<YearSpan>,
    notes: Vec<String>,
}

impl<'a> DraftedPanels<'a> {
    /// Adds a small chart. One with very old values says nothing.
    fn add(&mut self, context: &ExhibitContext<'_>, drafted: DraftedPanel<'a>) {
        let DraftedPanel { title, draft } = drafted;
        self.add_rows(&title, &draft.table);
        self.panels.push(Panel { title, figure: draft.figure, alt: draft.alt });
        if !description::is_silent(context, draft.years) {
            self.findings.extend(draft.findings);
        }
        self.sub_lines.push(draft.sub_line);
        self.series.extend(draft.series);
        let years = self.years.unwrap_or(draft.years);
        self.years = Some(YearSpan {
            first: years.first.min(draft.years.first),
            last: years.last.max(draft.years.last),
        });
        for note in draft.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// Adds a table's rows below the others. Its columns are matched by their names; what it does not have stays blank.
    fn add_rows(&mut self, title: &str, table: &Table) {
        if self.table.columns.is_empty() {
            self.table.columns.push(words::MEASURE.to_owned());
        }
        let mut places = Vec::new();
        for column in &table.columns {
            let known = self.table.columns.iter().position(|name| name == column);
            places.push(known.unwrap_or_else(|| self.add_column(column)));
        }
        for row in &table.rows {
            let mut wide = vec![ExhibitCell::Text(String::new()); self.table.columns.len()];
            wide[0] = ExhibitCell::Text(title.to_owned());
            for (place, cell) in places.iter().zip(row) {
                wide[*place] = cell.clone();
            }
            self.table.rows.push(wide);
        }
    }

    fn add_column(&mut self, name: &str) -> usize {
        self.table.columns.push(name.to_owned());
        for row in &mut self.table.rows {
            row.push(ExhibitCell::Text(String::new()));
        }
        self.table.columns.len() - 1
    }
}
