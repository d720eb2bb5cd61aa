//! The series of an exhibit that is split by student group, subject or grade.

use super::context::ExhibitContext;
use super::series::{ExhibitSeries, base_key};
use crate::catalog::{Group, Measure, Split, Subject};
use crate::domain::{ALL, Grade, MeasureKey};
use crate::wording::exhibit as words;
use crate::wording::subject::capitalized;

/// The parts of the first measure that has any, after the series of all students if that has values.
pub(super) fn split_series<'a>(context: &ExhibitContext<'a>) -> Vec<ExhibitSeries<'a>> {
    for id in &context.spec.measures {
        let Some(measure) = context.catalog.measures.get(id) else { continue };
        let base = base_key(context, id);
        let parts = part_series(context, measure, &base);
        if !parts.is_empty() {
            return whole_series(context, measure, &base).into_iter().chain(parts).collect();
        }
    }
    Vec::new()
}

fn part_series<'a>(
    context: &ExhibitContext<'a>,
    measure: &'a Measure,
    base: &MeasureKey,
) -> Vec<ExhibitSeries<'a>> {
    let values = split_values(context, base).into_iter();
    values.filter_map(|value| ExhibitSeries::new(context, measure, &value.key, value.label)).collect()
}

/// The series of all students; `None` for a share of all students, which is always 100% for them.
fn whole_series<'a>(
    context: &ExhibitContext<'a>,
    measure: &'a Measure,
    base: &MeasureKey,
) -> Option<ExhibitSeries<'a>> {
    if measure.derive.as_ref().is_some_and(|derive| derive.denominator_is_whole) {
        return None;
    }
    let label = if context.spec.split == Split::Group { words::ALL_STUDENTS } else { words::ALL };
    let series = ExhibitSeries::new(context, measure, base, label.to_owned())?;
    Some(ExhibitSeries { is_whole: true, ..series })
}

/// One value of a split.
struct SplitValue {
    key: MeasureKey,
    label: String,
}

/// The values of the split, in the order of the specification or the catalog.
fn split_values(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<SplitValue> {
    match context.spec.split {
        Split::Group => groups(context, base),
        Split::Subject => subjects(context, base),
        Split::Grade | Split::None => grades(context, base),
    }
}

fn groups(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<SplitValue> {
    let groups = context.catalog.groups.groups.iter();
    let mut shown: Vec<_> = groups.filter(|group| is_listed_or_all(context, &group.id)).collect();
    shown.sort_by_key(|group| position(context, &group.id));
    shown.into_iter().map(|group| group_value(group, base)).collect()
}

fn group_value(group: &Group, base: &MeasureKey) -> SplitValue {
    SplitValue { key: MeasureKey { group: group.id.clone(), ..base.clone() }, label: group.label.clone() }
}

fn subjects(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<SplitValue> {
    let subjects = context.catalog.groups.subjects.iter();
    let shown = subjects.filter(|subject| is_listed_or_all(context, &subject.id));
    shown.map(|subject| subject_value(subject, base)).collect()
}

fn subject_value(subject: &Subject, base: &MeasureKey) -> SplitValue {
    SplitValue {
        key: MeasureKey { subject: subject.id.clone(), ..base.clone() },
        label: capitalized(&subject.label),
    }
}

/// The grades in the data: those that the specification lists, or all single grades if it lists none.
fn grades(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<SplitValue> {
    let mut grades = grades_in_data(context, base);
    grades.retain(|grade| is_shown_grade(context, grade));
    grades.into_iter().map(|grade| grade_value(grade, base)).collect()
}

/// The single grades in the data, in order.
pub(super) fn single_grades(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<Grade> {
    let mut grades = grades_in_data(context, base);
    grades.retain(|grade| is_single(grade.id()));
    grades
}

fn grades_in_data(context: &ExhibitContext<'_>, base: &MeasureKey) -> Vec<Grade> {
    let series = context.comparisons.all.iter().filter(|comparison| is_grade_of(&comparison.key, base));
    let mut grades: Vec<Grade> = series.map(|comparison| comparison.key.grade.clone()).collect();
    grades.sort_by_key(|grade| (grade.order(), grade.id().to_owned()));
    grades
}

fn grade_value(grade: Grade, base: &MeasureKey) -> SplitValue {
    SplitValue { label: capitalized(&grade.label()), key: MeasureKey { grade, ..base.clone() } }
}

/// Whether a key differs from the base only in its grade, if at all.
fn is_grade_of(key: &MeasureKey, base: &MeasureKey) -> bool {
    (&key.measure, &key.group, &key.subject) == (&base.measure, &base.group, &base.subject)
}

fn is_shown_grade(context: &ExhibitContext<'_>, grade: &Grade) -> bool {
    let id = grade.id();
    id != ALL && (is_listed(context, id) || (context.spec.values.is_empty() && is_single(id)))
}

/// Whether a grade is neither all grades nor several.
fn is_single(id: &str) -> bool {
    id != ALL && !id.contains('-')
}

fn is_listed_or_all(context: &ExhibitContext<'_>, id: &str) -> bool {
    context.spec.values.is_empty() || is_listed(context, id)
}

fn is_listed(context: &ExhibitContext<'_>, id: &str) -> bool {
    position(context, id).is_some()
}

/// The position of a value in the specification's list.
fn position(context: &ExhibitContext<'_>, id: &str) -> Option<usize> {
    context.spec.values.iter().position(|value| value == id)
}
