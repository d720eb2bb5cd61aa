//! Rows called `% White` next to rows called `White`: of each group, one is a number and the other a percent.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::domain::Unit;
use crate::survey::column::Column;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out the percents among rows of numbers, and the numbers among rows of percents, and says so.
    pub(super) fn leave_out_other_unit(&mut self) {
        let Some(group) = self.survey.role(Role::Group).filter(|_| self.survey.role(Role::Measure).is_none())
        else {
            return;
        };
        let texts: BTreeSet<&String> = group.cells.texts.keys().collect();
        let (percents, others): (BTreeSet<&String>, BTreeSet<&String>) =
            texts.into_iter().partition(|text| self.says(text, Unit::Percent));
        if percents.is_empty() || others.is_empty() {
            return;
        }
        let numbers: BTreeSet<&String> =
            others.into_iter().filter(|text| self.says(text, Unit::Count)).collect();
        let left_out = match self.only_unit() {
            Some(Unit::Count) => percents,
            Some(Unit::Percent) if !numbers.is_empty() => numbers,
            _ => {
                if let Some(pair) = self.pair_of_one_group(group, &percents) {
                    self.found.problem.get_or_insert_with(|| wording::percents_and_others(&pair));
                }
                return;
            }
        };
        let first = left_out.first().map_or("", |text| text.as_str());
        self.found.notes.push(wording::rows_of_other_unit(first, left_out.len(), self.only_unit()));
        self.leave_out(group.column, &left_out, wording::OTHER_UNIT);
    }

    /// Whether a text has a word for percents, or for numbers.
    fn says(&self, text: &str, unit: Unit) -> bool {
        let words = self.vocabulary.words(text);
        let numbers = &self.vocabulary.catalog.synonyms.left_over.number;
        // Other words for a rate may be part of a group's name.
        words
            .iter()
            .any(|word| if unit == Unit::Percent { word == "percent" } else { numbers.contains(word) })
    }

    /// The unit of all measures of the table; `None` if they have several, or if it has none.
    fn only_unit(&self) -> Option<Unit> {
        let measures = &self.vocabulary.catalog.measures;
        let mut units = self.survey.columns.iter().filter_map(Column::measure).map(|column| {
            let own = column.own.as_ref().map(|own| own.unit);
            own.or_else(|| Some(measures.get(column.measure.as_ref()?)?.unit))
        });
        let first = units.next()??;
        units.all(|unit| unit == Some(first)).then_some(first)
    }

    /// A percent and another row about the same group.
    fn pair_of_one_group(&self, group: &Column, percents: &BTreeSet<&String>) -> Option<[String; 2]> {
        let groups = &self.vocabulary.catalog.groups;
        percents.iter().find_map(|percent| {
            let id = groups.group_id(percent)?;
            let mut others = group.cells.texts.keys().filter(|text| !percents.contains(text));
            let other = others.find(|text| groups.group_id(text) == Some(id))?;
            Some([(*percent).clone(), other.clone()])
        })
    }
}
