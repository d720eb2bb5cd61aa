//! Names of student groups that mean results in a subject next to results in another: `English Proficient %`.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::tokens::has_phrase;
use crate::catalog::{Stat, SubjectNotGroup};
use crate::domain::ALL;
use crate::wording::survey_columns as wording;

impl ColumnClassifier<'_> {
    /// Reads such columns as results in their subject.
    pub(super) fn settle_subject_names(&mut self) {
        for meant in &self.vocabulary.catalog.synonyms.subject_not_group {
            let Some(sibling) = self.result_in_other_subject(meant) else { continue };
            for index in self.indexes() {
                if self.is_of_group(index, meant) {
                    self.set_measure(
                        index,
                        MeasureColumn { subject: meant.subject.clone(), ..sibling.clone() },
                        wording::SUBJECT_NOT_GROUP.to_owned(),
                    );
                }
            }
        }
    }

    /// The results of all students in another subject, if no column has those in this one.
    fn result_in_other_subject(&self, meant: &SubjectNotGroup) -> Option<MeasureColumn> {
        let mut results: Vec<&MeasureColumn> = self.measures().collect();
        results.retain(|column| {
            column.measure.as_ref() == Some(&meant.measure)
                && column.stat == Stat::Value
                && column.group == ALL
                && column.year.is_none()
        });
        let sibling = results.iter().find(|column| column.subject != ALL)?;
        results.iter().all(|column| column.subject != meant.subject).then(|| (*sibling).clone())
    }

    /// Whether a column has that name, and is read as one of the group.
    fn is_of_group(&self, index: ColumnIndex, meant: &SubjectNotGroup) -> bool {
        let column = self.column(index);
        let names = std::slice::from_ref(&meant.phrase);
        has_phrase(&column.name, names)
            && column.measure().is_some_and(|measure| {
                measure.group == meant.group && measure.stat == Stat::Value && self.is_percent(measure)
            })
    }
}
