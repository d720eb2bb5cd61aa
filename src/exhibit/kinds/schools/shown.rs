//! What the charts of schools share: the measures that schools have values of, schools by type, and what is said about them.

use crate::catalog::{Catalog, Measure, SchoolSpec};
use crate::compare::{Comparison, SchoolComparison};
use crate::domain::{MeasureKey, SchoolYear};
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::description::subject_label;
use crate::exhibit::kinds::draft::YearSpan;
use crate::exhibit::kinds::series::base_key;
use crate::exhibit::table::ExhibitCell;
use crate::finding::finding_subject;
use crate::wording::exhibit as words;
use crate::wording::schools as say;

/// A measure with the key of the series that is shown of it.
pub(super) struct ShownMeasure<'a> {
    pub(super) measure: &'a Measure,
    /// Its name, with the subject if several are shown.
    pub(super) label: String,
    pub(super) key: MeasureKey,
}

impl<'a> ShownMeasure<'a> {
    /// The measures of an exhibit that at least two schools have values of.
    pub(super) fn all(context: &ExhibitContext<'a>) -> Vec<Self> {
        let mut shown = Vec::new();
        for id in &context.spec.measures {
            let Some(measure) = context.catalog.measures.get(id) else { continue };
            let base = base_key(context, id);
            if context.spec.values.is_empty() {
                shown.push(Self { measure, label: measure.label.clone(), key: base.clone() });
            }
            for subject in &context.spec.values {
                let name = subject_label(context.catalog, subject);
                let label = words::title_with_measure(&measure.label, &name);
                shown.push(Self {
                    measure,
                    label,
                    key: MeasureKey { subject: subject.clone(), ..base.clone() },
                });
            }
        }
        shown.retain(|own| own.series(schools(context)).filter(|one| one.latest().is_some()).count() > 1);
        shown
    }

    /// The first of them.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn first(context: &ExhibitContext<'a>) -> Result<Self, String> {
        Self::all(context).into_iter().next().ok_or_else(|| say::TOO_FEW_SCHOOLS.to_owned())
    }

    /// What a sentence calls it: `Reading proficiency`.
    pub(super) fn in_a_sentence(&self, catalog: &Catalog) -> String {
        finding_subject(&self.key, self.measure, catalog, false).name.words
    }

    pub(super) fn series<'s>(
        &'s self,
        schools: &'s [SchoolComparison],
    ) -> impl Iterator<Item = &'s Comparison> {
        schools.iter().filter_map(|school| school.get(&self.key))
    }

    /// The latest year in which any school has a value.
    pub(super) fn latest_year(&self, schools: &[SchoolComparison]) -> Option<SchoolYear> {
        self.series(schools).filter_map(|one| Some(one.latest()?.year)).max()
    }

    /// The value of a school in a year, or why there is none.
    pub(super) fn cell(&self, school: &SchoolComparison, year: SchoolYear) -> ExhibitCell {
        let point = school.get(&self.key).and_then(|one| one.points.iter().find(|point| point.year == year));
        match point.and_then(|point| point.value) {
            Some(value) => ExhibitCell::Number(value, self.measure.unit),
            None => ExhibitCell::Absent(say::absence(point.map(|point| point.status)).to_owned()),
        }
    }
}

pub(super) fn schools<'a>(context: &ExhibitContext<'a>) -> &'a [SchoolComparison] {
    &context.comparisons.schools
}

/// The schools of one type, in the order of their names.
pub(super) struct SchoolsOfType<'a> {
    /// `Elementary schools`.
    pub(super) label: String,
    pub(super) schools: Vec<&'a SchoolComparison>,
}

/// The schools that are `wanted`, by type in the order of the catalog; those of no known type come last.
pub(super) fn by_type<'a>(
    context: &ExhibitContext<'a>,
    wanted: impl Fn(&SchoolComparison) -> bool,
) -> Vec<SchoolsOfType<'a>> {
    of_types(schools(context), &context.catalog.schools, wanted)
}

/// The same of some schools.
pub(super) fn of_types<'a>(
    schools: &'a [SchoolComparison],
    spec: &SchoolSpec,
    wanted: impl Fn(&SchoolComparison) -> bool,
) -> Vec<SchoolsOfType<'a>> {
    let mut wanted: Vec<&SchoolComparison> = schools.iter().filter(|school| wanted(school)).collect();
    wanted.sort_by(|a, b| a.school.name.cmp(&b.school.name));
    let mut found = Vec::new();
    let types = spec.types.iter();
    for (id, label) in
        types.map(|known| (Some(&known.id), known.label.as_str())).chain([(None, say::OTHER_SCHOOLS)])
    {
        let own = wanted.iter().filter(|school| school.of_type.as_ref().map(|own| &own.id) == id);
        let schools: Vec<&SchoolComparison> = own.copied().collect();
        if !schools.is_empty() {
            found.push(SchoolsOfType { label: label.to_owned(), schools });
        }
    }
    found
}

/// Over how many schools of one type, and from which to which value, a measure ranges; said only of enough schools that no
/// single one is meant.
pub(super) fn range_finding(
    context: &ExhibitContext<'_>,
    shown: &ShownMeasure<'_>,
    of_type: &SchoolsOfType<'_>,
    year: SchoolYear,
) -> Option<SchoolRange> {
    let values = of_type.schools.iter().filter_map(|school| school.point(&shown.key, year)?.value);
    let values: Vec<f64> = values.collect();
    if values.len() < context.catalog.schools.alike.max(say::FEWEST_NAMELESS) {
        return None;
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let ends = [low, high].map(|end| shown.measure.unit.format(end));
    let distance = shown.measure.unit.format_stated_change(shown.measure.unit.shown_difference(high, low));
    let (name, label) = (shown.in_a_sentence(context.catalog), of_type.label.to_lowercase());
    Some(SchoolRange {
        size: (high - low) / shown.measure.matters_from(high.abs()),
        texts: vec![
            say::range(&name, &ends, values.len(), &label),
            say::apart_by(&name, &distance, values.len(), &label),
        ],
    })
}

/// What can be said of a range, and how large it is in meaningful changes.
pub(super) struct SchoolRange {
    pub(super) size: f64,
    /// Sentences about it, the most telling first.
    pub(super) texts: Vec<String>,
}

/// All series of the schools that an exhibit is based on.
pub(super) fn all_series<'a>(
    context: &ExhibitContext<'a>,
    shown: &[ShownMeasure<'_>],
) -> Vec<&'a Comparison> {
    let mut all = Vec::new();
    for measure in shown {
        all.extend(schools(context).iter().filter_map(|school| school.get(&measure.key)));
    }
    all
}

/// What can be said of the largest range; nothing if it does not matter.
pub(super) fn widest(ranges: Vec<SchoolRange>) -> Vec<String> {
    let matter = ranges.into_iter().filter(|range| range.size >= 1.0);
    matter.max_by(|a, b| a.size.total_cmp(&b.size)).map_or_else(Vec::new, |range| range.texts)
}

pub(super) const fn span(year: SchoolYear) -> YearSpan {
    YearSpan::single(year.end())
}

/// The heading of the column of schools.
pub(super) fn school_column() -> String {
    words::SCHOOL.to_owned()
}
