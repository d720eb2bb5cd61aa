//! The district's own line, carried forward with the band of its projection.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan, above};
use super::line::{breaks, least_span, years_of};
use super::series::ExhibitSeries;
use crate::compare::{ProjectedYear, Projection};
use crate::domain::SchoolYear;
use crate::exhibit::figure::{Band, Figure, Line, LineRole, LineSeries};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding;
use crate::wording::alt::ChartInWords;
use crate::wording::exhibit as words;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    series: &ExhibitSeries<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let projected = ProjectedSeries::new(series)?;
    let known_years = years_of(series, context.spec.years);
    let [finding, sub_line] = finding::projected(series.comparison, series.measure, context.catalog)
        .ok_or(words::NOTHING_TO_PROJECT)?;
    let line = projected.line(&context.district(), &known_years);
    Ok(ExhibitDraft {
        table: projected.table(&line.years),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.line(),
        figure: Figure::Line(line),
        findings: above(&sub_line, [finding]),
        sub_line,
        series: vec![series.comparison],
        years: YearSpan {
            first: known_years.first().copied().unwrap_or(projected.last_known),
            last: projected.last_known,
        },
        notes: vec![finding::projection_note(projected.projection, series.measure)],
    })
}

/// A series with its projection.
struct ProjectedSeries<'s, 'a> {
    series: &'s ExhibitSeries<'a>,
    projection: &'a Projection,
    /// The year that the projection starts from, by its end.
    last_known: i32,
}

impl<'s, 'a> ProjectedSeries<'s, 'a> {
    fn new(series: &'s ExhibitSeries<'a>) -> Result<Self, String> {
        let projection = series.comparison.projection.as_ref().ok_or(words::NO_PROJECTION)?;
        Ok(Self { series, projection, last_known: projection.from.end() })
    }

    fn line(&self, district: &str, known_years: &[i32]) -> Line {
        let coming_years = self.projection.years.iter().map(|coming| coming.year.end());
        let years: Vec<i32> = known_years.iter().copied().chain(coming_years).collect();
        let own = LineSeries {
            label: district.to_owned(),
            role: LineRole::District,
            values: self.series.values(&years),
        };
        let projected = LineSeries {
            label: words::PROJECTED_LINE.to_owned(),
            role: LineRole::Projected,
            values: years.iter().map(|year| self.projected_value(*year)).collect(),
        };
        let band = Band {
            label: words::PROJECTED_BAND.to_owned(),
            values: years.iter().map(|year| self.band_in(*year)).collect(),
        };
        Line {
            unit: self.series.measure.unit,
            series: vec![own, projected],
            band: Some(band),
            least_span: least_span(self.series),
            breaks: breaks(self.series, &years),
            years,
        }
    }

    fn coming_year(&self, year: i32) -> Option<&'a ProjectedYear> {
        self.projection.years.iter().find(|coming| coming.year.end() == year)
    }

    /// The projected value; for the last known year, the actual value, so that the line starts there.
    fn projected_value(&self, year: i32) -> Option<f64> {
        if year == self.last_known {
            return self.series.value(year);
        }
        Some(self.coming_year(year)?.value)
    }

    /// The band, which starts at the value of the last known year.
    fn band_in(&self, year: i32) -> Option<(f64, f64)> {
        if let Some(coming) = self.coming_year(year) {
            return Some((coming.low, coming.high));
        }
        let start = self.series.value(year).filter(|_| year == self.last_known)?;
        Some((start, start))
    }

    fn table(&self, years: &[i32]) -> Table {
        Table {
            columns: words::PROJECTION_HEADINGS.map(str::to_owned).to_vec(),
            rows: years.iter().map(|year| self.table_row(*year)).collect(),
        }
    }

    fn table_row(&self, year: i32) -> Vec<ExhibitCell> {
        let heading = ExhibitCell::Text(SchoolYear::text_of(year));
        if self.series.comparison.latest().is_some_and(|latest| latest.year.end() >= year) {
            return vec![heading, self.series.cell(year), blank(), blank(), blank()];
        }
        let (low, high) = self.band_in(year).unzip();
        let numbers = [self.series.value(year), self.projected_value(year), low, high];
        [heading].into_iter().chain(numbers.map(|number| self.number_or_blank(number))).collect()
    }

    fn number_or_blank(&self, value: Option<f64>) -> ExhibitCell {
        match value {
            Some(value) => ExhibitCell::Number(value, self.series.measure.unit),
            None => blank(),
        }
    }
}

fn blank() -> ExhibitCell {
    ExhibitCell::Text(String::new())
}
