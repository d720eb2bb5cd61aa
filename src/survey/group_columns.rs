//! Several columns that each name student groups, with a text for everybody (`Gender`, `Race`, `Sub Population`): a row is about
//! the group in the only one of them that does not mean everybody.

use std::collections::BTreeSet;

use super::category_answers;
use super::column::{Column, ColumnMeaning};
use super::evidence::TableTexts;
use super::role::is_categorical;
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::ALL;
use crate::wording::survey_columns as wording;
use crate::wording::survey_wholes::two_groups_at_once;

/// Gives the role of the student group to all such columns, and says how many rows two of them narrow.
pub(super) fn recognize(survey: &mut TableSurvey, texts: &TableTexts, vocabulary: &Vocabulary<'_>) {
    survey.answers = category_answers::recognize(survey, texts, vocabulary);
    if survey.answers.is_some() {
        return;
    }
    let Some(first) = survey.role(Role::Group) else { return };
    let Some(first) = GroupTexts::of(first, vocabulary) else { return };
    let mut groups = vec![first];
    for column in &mut survey.columns {
        let is_free = matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_));
        let Some(own) = GroupTexts::of(column, vocabulary).filter(|_| is_free) else { continue };
        if own.narrow_alone(&groups, texts) {
            column.meaning = ColumnMeaning::Role(Role::Group);
            wording::ONE_OF_GROUP_COLUMNS.clone_into(&mut column.why);
            groups.push(own);
        }
    }
    note_rows_of_two(survey, &groups, texts);
}

/// Says how many rows two of the columns narrow.
fn note_rows_of_two(survey: &mut TableSurvey, groups: &[GroupTexts], texts: &TableTexts) {
    let rows = (0..texts.len()).map(|row| {
        let narrowing = groups.iter().filter(|group| group.narrow(row, texts));
        narrowing.map(|group| texts.text(group.column, row)).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<&str>> = rows.filter(|groups| groups.len() > 1).collect();
    if let Some(first) = rows.first() {
        survey.notes.push(two_groups_at_once(first, rows.len()));
    }
}

/// A column of student groups.
struct GroupTexts {
    column: u32,
    /// Its texts for everybody.
    everybody: BTreeSet<String>,
}

impl GroupTexts {
    /// The texts of a column that has one for everybody, and others of which at least half are known groups.
    fn of(column: &Column, vocabulary: &Vocabulary<'_>) -> Option<Self> {
        if !is_categorical(&column.cells) {
            return None;
        }
        let (everybody, others): (Vec<&String>, Vec<&String>) =
            column.cells.texts.keys().partition(|text| vocabulary.is_everybody(text));
        let known = others
            .iter()
            .filter(|text| vocabulary.group_in_column(&column.name, text).is_some_and(|id| id != ALL));
        let known = known.count();
        (!everybody.is_empty() && known > 0 && known * 2 >= others.len())
            .then(|| Self { column: column.column, everybody: everybody.into_iter().cloned().collect() })
    }

    /// Whether a row is about one of the groups.
    fn narrow(&self, row: usize, texts: &TableTexts) -> bool {
        let text = texts.text(self.column, row);
        !text.is_empty() && !self.everybody.contains(text)
    }

    /// Whether some rows are about a group of this column only, and others about one of the other columns only. Codes and names of
    /// the same groups never are.
    fn narrow_alone(&self, others: &[Self], texts: &TableTexts) -> bool {
        let (mut own, mut of_others) = (false, false);
        for row in 0..texts.len() {
            let is_narrowed = others.iter().any(|other| other.narrow(row, texts));
            let is_own = self.narrow(row, texts);
            own |= is_own && !is_narrowed;
            of_others |= is_narrowed && !is_own;
        }
        own && of_others
    }
}
