//! The series that an exhibit shows: one for each measure, or for each value of its split.

use super::Maker;
use crate::catalog::{Measure, Split};
use crate::compare::Comparison;
use crate::domain::{ALL, Grade, MeasureKey};
use crate::finding;

/// One series of an exhibit.
pub(super) struct Part<'a> {
    pub(super) label: String,
    /// What a sentence calls it (`The attendance rate among English learners`).
    pub(super) subject: String,
    pub(super) measure: &'a Measure,
    pub(super) comparison: &'a Comparison,
    /// Whether it stands for everybody beside its parts.
    pub(super) whole: bool,
}

/// All series of an exhibit that have at least one value.
pub(super) struct Parts<'a> {
    pub(super) all: Vec<Part<'a>>,
    /// The latest year that any of them has, by its end.
    pub(super) latest: i32,
}

impl<'a> Parts<'a> {
    pub(super) fn of(maker: &Maker<'a>) -> Result<Self, String> {
        let all = match maker.spec.split {
            Split::None => whole(maker),
            _ => split(maker),
        };
        let years = all.iter().filter_map(|p| Some(p.comparison.latest()?.year.end()));
        let latest = years
            .max()
            .ok_or_else(|| format!("the district has no value of {}", maker.spec.measures.join(", ")))?;
        Ok(Self { all, latest })
    }

    /// The measure shown, where there is but one.
    pub(super) fn first(&self) -> &Part<'a> {
        &self.all[0]
    }

    /// The years shown: at most `most` up to the latest, from the first that any series has. Without gaps.
    pub(super) fn years(&self, most: usize) -> Vec<i32> {
        let first =
            self.all.iter().filter_map(|p| p.comparison.reported().next()).map(|(y, _)| y.end()).min();
        let from = first.unwrap_or(self.latest).max(self.latest + 1 - most as i32);
        (from..=self.latest).collect()
    }
}

impl Part<'_> {
    /// The value in a year, by its end.
    pub(super) fn value(&self, year: i32) -> Option<f64> {
        self.comparison.reported().find(|(y, _)| y.end() == year).map(|(_, value)| value)
    }

    /// Whether no break in comparability lies between two years.
    pub(super) fn is_comparable(&self, from: i32, to: i32) -> bool {
        self.comparison.breaks.iter().all(|b| b.year <= from || b.year > to)
    }
}

fn series<'a>(maker: &Maker<'a>, key: &MeasureKey) -> Option<&'a Comparison> {
    maker.comparisons.get(key).filter(|c| c.latest().is_some())
}

fn key(maker: &Maker<'_>, measure: &str) -> MeasureKey {
    let spec = maker.spec;
    MeasureKey {
        measure: measure.to_owned(),
        group: spec.group.clone(),
        grade: Grade::parse(&spec.grade).unwrap_or_else(Grade::all),
        subject: spec.subject.clone(),
    }
}

fn whole<'a>(maker: &Maker<'a>) -> Vec<Part<'a>> {
    let part = |id: &String| {
        let measure = maker.catalog.measures.get(id)?;
        let comparison = series(maker, &key(maker, id))?;
        let subject = finding::subject(&comparison.key, measure, maker.catalog);
        Some(Part { label: measure.label.clone(), subject, measure, comparison, whole: false })
    };
    maker.spec.measures.iter().filter_map(part).collect()
}

/// The parts of the first measure that has any; with all students before them where that series is known.
fn split<'a>(maker: &Maker<'a>) -> Vec<Part<'a>> {
    for id in &maker.spec.measures {
        let Some(measure) = maker.catalog.measures.get(id) else { continue };
        let base = key(maker, id);
        let parts: Vec<Part<'a>> = values(maker, &base)
            .into_iter()
            .filter_map(|(key, label)| {
                let comparison = series(maker, &key)?;
                let subject = finding::subject(&key, measure, maker.catalog);
                Some(Part { label, subject, measure, comparison, whole: false })
            })
            .collect();
        if parts.is_empty() {
            continue;
        }
        // Everybody's share of everybody is no news.
        let trivial = measure.derive.as_ref().is_some_and(|d| d.denominator_is_whole);
        let whole = series(maker, &base).filter(|_| !trivial).map(|comparison| Part {
            label: if maker.spec.split == Split::Group {
                "All students".to_owned()
            } else {
                "All".to_owned()
            },
            subject: finding::subject(&base, measure, maker.catalog),
            measure,
            comparison,
            whole: true,
        });
        return whole.into_iter().chain(parts).collect();
    }
    Vec::new()
}

/// The keys of a split with their labels, in the order of the specification or the catalog.
fn values(maker: &Maker<'_>, base: &MeasureKey) -> Vec<(MeasureKey, String)> {
    let groups = &maker.catalog.groups;
    let wanted = |id: &str| maker.spec.values.is_empty() || maker.spec.values.iter().any(|v| v == id);
    match maker.spec.split {
        Split::Group => {
            let order = |id: &str| maker.spec.values.iter().position(|v| v == id);
            let mut shown: Vec<_> = groups.groups.iter().filter(|g| wanted(&g.id)).collect();
            shown.sort_by_key(|g| order(&g.id));
            shown
                .into_iter()
                .map(|g| (MeasureKey { group: g.id.clone(), ..base.clone() }, g.label.clone()))
                .collect()
        }
        Split::Subject => groups
            .subjects
            .iter()
            .filter(|s| wanted(&s.id))
            .map(|s| (MeasureKey { subject: s.id.clone(), ..base.clone() }, super::words::capital(&s.label)))
            .collect(),
        _ => {
            let here = |c: &&Comparison| {
                (&c.key.measure, &c.key.group, &c.key.subject) == (&base.measure, &base.group, &base.subject)
            };
            let mut grades: Vec<Grade> =
                maker.comparisons.all.iter().filter(here).map(|c| c.key.grade.clone()).collect();
            let single = |g: &Grade| maker.spec.values.is_empty() && !g.id().contains('-');
            grades.retain(|g| g.id() != ALL && (single(g) || maker.spec.values.iter().any(|v| v == g.id())));
            grades.sort_by_key(|g| (g.order(), g.id().to_owned()));
            grades
                .into_iter()
                .map(|g| (MeasureKey { grade: g.clone(), ..base.clone() }, super::words::capital(&g.label())))
                .collect()
        }
    }
}
