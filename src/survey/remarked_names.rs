//! Indicators whose names are that of a known measure and a remark: `Enrollment (January)`. Whether one of them is the measure is a
//! question.

use std::collections::BTreeMap;

use super::classify::ColumnClassifier;
use super::column::Column;
use super::matching::sure_match;
use crate::catalog::Measure;
use crate::wording::own_measures as wording;

/// What stands between a name and a remark.
const SEPARATORS: [&str; 5] = [" (", " [", " - ", " – ", ", "];

impl ColumnClassifier<'_> {
    /// Asks whether one of the indicators named after a measure is that measure, if no other column has it.
    pub(super) fn question_remarks(&mut self) {
        let mut named: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        for column in &self.columns {
            if let Some(measure) = self.measure_with_remark(column)
                && !self.measures().any(|other| other.measure.as_ref() == Some(&measure.id))
            {
                named.entry(&measure.id).or_default().push(column.name.clone());
            }
        }
        let mut said = Vec::new();
        for (id, names) in named {
            said.extend(
                self.vocabulary
                    .catalog
                    .measures
                    .get(id)
                    .map(|known| wording::with_remark(&names, id, &known.label)),
            );
        }
        self.notes.append(&mut said);
    }

    /// The measure of the catalog that the name of an indicator begins with, before a remark.
    fn measure_with_remark(&self, column: &Column) -> Option<&Measure> {
        let own = column.measure()?.own.as_ref()?;
        let mut bases = SEPARATORS.into_iter().filter_map(|separator| own.label.split_once(separator));
        let (base, remark) = bases.next()?;
        // The results of a test in the fall are a measure of their own.
        if self.vocabulary.is_window(remark) && !remark.ends_with([')', ']']) {
            return None;
        }
        let found = sure_match(self.vocabulary, base).filter(|found| found.is_sure_by_itself())?;
        (found.measure.unit == own.unit).then_some(found.measure)
    }
}
