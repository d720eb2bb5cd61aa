//! Two columns that together name the student group: its kind (race, gender), and next to it the group.

use super::column::{Column, ColumnMeaning};
use super::role::is_categorical;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::ALL;
use crate::wording::survey_columns as wording;

/// Gives the role of the student group to the column next to one of categories, if it names any known group.
pub(super) fn assign(vocabulary: &Vocabulary<'_>, columns: &mut [Column]) {
    let pair = columns
        .windows(2)
        .position(|pair| names_categories(vocabulary, &pair[0]) && names_groups(vocabulary, &pair[1]));
    let Some(category) = pair else { return };
    let (name, letters) = (columns[category].name.clone(), columns[category + 1].letters.clone());
    columns[category].leave_unread(None, wording::category_of_groups(&letters));
    let group = &mut columns[category + 1];
    group.meaning = ColumnMeaning::Role(Role::Group);
    group.why = wording::group_of_category(&name);
}

fn names_categories(vocabulary: &Vocabulary<'_>, column: &Column) -> bool {
    let names = &vocabulary.catalog.synonyms.categories.names;
    let means_category = |text: &str| vocabulary.is_one_of(text, names);
    let kinds = column.cells.texts.keys().filter(|text| !vocabulary.means_all(text));
    is_categorical(&column.cells) && kinds.count() > 1 && column.cells.mostly(2, means_category)
}

fn names_groups(vocabulary: &Vocabulary<'_>, column: &Column) -> bool {
    let groups = &vocabulary.catalog.groups;
    let known =
        column.cells.texts.keys().filter(|text| groups.group_of_text(text).is_some_and(|id| id != ALL));
    is_categorical(&column.cells) && known.count() > 0 && column.cells.different_texts > 2
}
