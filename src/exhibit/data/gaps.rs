//! The gaps between student groups.

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, SeriesRow, data_frame, yes_no};
use super::hidden::HiddenCounts;
use crate::compare::{Comparison, Comparisons, GroupGap, Point, RiskRatio, TestResult, Trend};
use crate::domain::MeasureKey;
use crate::wording;

/// The gap of each student group to its reference group.
pub(super) fn gaps(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let rows: Vec<GapRow<'_>> =
        comparisons.all.iter().filter_map(|comparison| GapRow::new(comparisons, comparison)).collect();
    data_frame(&rows, &[&DataColumn::KEY, &GapRow::COLUMNS])
}

/// The gap of one student group.
struct GapRow<'a> {
    comparison: &'a Comparison,
    gap: &'a GroupGap,
    /// Years in which the group or its reference is hidden.
    hidden_years: HiddenCounts,
}

impl SeriesRow for GapRow<'_> {
    fn key(&self) -> &MeasureKey {
        &self.comparison.key
    }
}

impl<'a> GapRow<'a> {
    const COLUMNS: [DataColumn<Self>; 24] = [
        DataColumn::year("school_year", |row| Some(row.gap.year)),
        DataColumn::number("value", |row| Some(row.gap.reference + row.gap.gap)),
        DataColumn::number("n", |row| row.gap.n),
        DataColumn::text("reference_group", |row| Some(row.gap.reference_group.clone())),
        DataColumn::number("reference", |row| Some(row.gap.reference)),
        DataColumn::number("reference_n", |row| row.gap.reference_n),
        DataColumn::number("gap", |row| Some(row.gap.gap)),
        DataColumn::number("gap_low", |row| Some(row.gap.interval?.0)),
        DataColumn::number("gap_high", |row| Some(row.gap.interval?.1)),
        DataColumn::text("small_group", |row| Some(yes_no(row.gap.is_small()))),
        DataColumn::number("p_value", |row| Some(row.test()?.p)),
        DataColumn::number("p_adjusted", |row| Some(row.test()?.adjusted)),
        DataColumn::number("first_year", |row| Some(f64::from(row.trend()?.first_year.end()))),
        DataColumn::number("last_year", |row| Some(f64::from(row.trend()?.last_year.end()))),
        DataColumn::number("n_years", |row| Some(row.trend()?.n_years as f64)),
        DataColumn::count("masked_years", |row| Some(row.hidden_years.masked)),
        DataColumn::count("withheld_years", |row| Some(row.hidden_years.withheld)),
        DataColumn::number("gap_slope", |row| Some(row.trend()?.slope)),
        DataColumn::number("gap_slope_low", |row| Some(row.trend()?.slope_low)),
        DataColumn::number("gap_slope_high", |row| Some(row.trend()?.slope_high)),
        DataColumn::text("gap_direction", |row| Some(row.trend()?.direction.id().to_owned())),
        DataColumn::number("risk_ratio", |row| Some(row.risk()?.ratio)),
        DataColumn::number("risk_ratio_years", |row| Some(row.risk()?.years_at_2 as f64)),
        DataColumn::text("method", |_| Some(wording::method::GAP.to_owned())),
    ];

    /// `None` for a series without a gap.
    fn new(comparisons: &'a Comparisons, comparison: &'a Comparison) -> Option<Self> {
        let gap = comparison.gap.as_ref()?;
        let reference = MeasureKey { group: gap.reference_group.clone(), ..comparison.key.clone() };
        let both = [Some(comparison), comparisons.get(&reference)];
        let points: Vec<&Point> = both.into_iter().flatten().flat_map(|side| &side.points).collect();
        Some(Self { comparison, gap, hidden_years: HiddenCounts::of_years(&points) })
    }

    fn test(&self) -> Option<TestResult> {
        self.comparison.tests.gap
    }

    /// The trend of the gap.
    fn trend(&self) -> Option<&Trend> {
        self.gap.trend.as_ref()
    }

    fn risk(&self) -> Option<RiskRatio> {
        self.gap.risk
    }
}
