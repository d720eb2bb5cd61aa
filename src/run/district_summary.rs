//! What the pack of a district shows, for its row in the portfolio.

use std::collections::BTreeSet;

use super::DistrictSession;
use crate::disclosure::{FrameRow, Released};
use crate::domain::{DistrictId, Status};
use crate::pack::{DistrictSummary, PortfolioBreak};

impl DistrictSession<'_> {
    /// What its pack shows of the district.
    pub(super) fn summary(&self) -> DistrictSummary {
        let (comparisons, catalog) = (&self.comparisons, &self.project.catalog);
        let exhibits = &self.exhibits().value;
        let without = catalog
            .domains
            .iter()
            .filter(|domain| exhibits.iter().all(|exhibit| exhibit.domain != domain.id));
        let years = comparisons.all.iter().filter_map(|comparison| Some(comparison.latest()?.year.end()));
        let counts = ValueCounts::of(&self.data.released, comparisons.district.id.as_str());
        DistrictSummary {
            state: comparisons.district.state.clone(),
            latest_year: years.max(),
            charts: exhibits.len(),
            charts_wanted: catalog.exhibits.len().max(exhibits.len()),
            without: without.map(|domain| domain.label.clone()).collect(),
            breaks: self.breaks(),
            published: counts.published,
            masked: counts.masked,
            withheld: counts.withheld,
        }
    }

    /// The breaks before the latest values, each measure once.
    fn breaks(&self) -> Vec<PortfolioBreak> {
        let mut breaks = BTreeSet::new();
        for comparison in &self.comparisons.all {
            let measure = self.project.catalog.measures.get(&comparison.key.measure);
            if let (Some(measure), Some(found)) = (measure, comparison.after_break()) {
                breaks.insert(PortfolioBreak {
                    measure: measure.label.clone(),
                    school_year: found.year,
                    why: found.why.clone(),
                });
            }
        }
        breaks.into_iter().collect()
    }
}

/// How many values of a district its pack shows and hides.
#[derive(Default)]
struct ValueCounts {
    published: u64,
    masked: u64,
    withheld: u64,
}

impl ValueCounts {
    /// Those of the district with this id, without its schools; none if the values cannot be read.
    fn of(released: &Released, district: &str) -> Self {
        let mut counts = Self::default();
        let id = DistrictId::new(district);
        let code = id.and_then(|id| released.terms().district(&id));
        let (Some(code), Ok(view)) = (code, released.view()) else { return counts };
        for run in released.runs() {
            view.rows(view.of_district(run, code)).for_each(|row| counts.add(&row));
        }
        counts
    }

    fn add(&mut self, row: &FrameRow) {
        match row.status {
            Status::Reported => self.published += u64::from(row.value.is_some()),
            Status::Masked => self.masked += 1,
            Status::Withheld => self.withheld += 1,
            Status::Missing | Status::NotApplicable => {}
        }
    }
}
