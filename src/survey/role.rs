//! Columns that say what a row is about.

use super::column::{Cells, Kind};
use super::decide::{Column, Reading};
use super::matching::{self, SURE};
use super::words::Vocabulary;
use crate::catalog::Role;
use crate::domain::{DistrictId, Grade};

/// In this order: a column that could be two things is the first of them.
const ORDER: [Role; 10] = [
    Role::RowType,
    Role::SchoolYear,
    Role::DistrictId,
    Role::DistrictName,
    Role::SchoolId,
    Role::SchoolName,
    Role::Measure,
    Role::Group,
    Role::Subject,
    Role::Grade,
];
/// A column of kinds or groups has no more different texts than this.
const MOST_KINDS: usize = 60;

/// Gives each role to the column whose name and cells fit it best, and attributes to those named so.
pub(super) fn assign(vocabulary: &Vocabulary<'_>, columns: &mut [Column]) {
    let synonyms = &vocabulary.catalog.synonyms;
    for role in ORDER {
        let Some(names) = synonyms.roles.get(&role) else { continue };
        let open = |c: &Column| matches!(c.reading, Reading::Unread(_));
        let rank = |c: &Column| {
            let last = c.name.rsplit(" › ").next().unwrap_or(&c.name);
            let exact = |text: &str| names.iter().position(|n| n.eq_ignore_ascii_case(text));
            let alike = |text: &str| vocabulary.position(text, names);
            let found =
                exact(&c.name).or_else(|| exact(last)).or_else(|| alike(&c.name)).or_else(|| alike(last));
            found.or_else(|| by_cells(role, &c.cells, vocabulary).then_some(names.len()))
        };
        let ranked = columns.iter().enumerate().filter(|(_, c)| open(c)).filter_map(|(i, c)| {
            let rank = rank(c)?;
            fits(role, &c.cells, vocabulary, rank < names.len()).then_some((rank, i))
        });
        let best = ranked.min();
        if let Some((rank, index)) = best {
            let how = if rank < names.len() { "by its name" } else { "by its cells" };
            columns[index].reading = Reading::Role(role);
            columns[index].why = format!("{how}; {}", columns[index].cells.kind.label());
        }
    }
    for (id, names) in &synonyms.attributes {
        let open = |c: &&mut Column| matches!(c.reading, Reading::Unread(_));
        let fits = |c: &&mut Column| {
            vocabulary.is_one_of(&c.name, names)
                && matches!(c.cells.kind, Kind::Text | Kind::WholeNumber | Kind::Code)
        };
        // Of a code and a name, the name.
        let mut found: Vec<&mut Column> = columns.iter_mut().filter(open).filter(fits).collect();
        found.sort_by_key(|c| c.cells.kind != Kind::Text);
        if let Some(column) = found.into_iter().next() {
            column.reading = Reading::Attribute(id.clone());
            column.why = "tells districts apart, by its name".to_owned();
        }
    }
}

/// Whether cells of this sort can have the role; of a column that is called so, one text alone may say it.
fn fits(role: Role, cells: &Cells, vocabulary: &Vocabulary<'_>, called_so: bool) -> bool {
    let fewest = if called_so { 1 } else { 2 };
    let kinds = cells.kind == Kind::Text && cells.different_texts <= MOST_KINDS;
    let codes = matches!(cells.kind, Kind::Code | Kind::WholeNumber);
    let synonyms = &vocabulary.catalog.synonyms;
    // A list of columns' names, one a year: its cells are called what the column is called.
    let names = synonyms.roles.get(&role);
    if names
        .is_some_and(|n| !cells.texts.is_empty() && cells.texts.keys().all(|t| vocabulary.is_one_of(t, n)))
    {
        return false;
    }
    match role {
        Role::RowType => {
            kinds
                && cells.different_texts <= 12
                && cells.has_text(vocabulary, &synonyms.row_types.district)
                && cells.has_text(vocabulary, &synonyms.row_types.school)
        }
        Role::SchoolYear => cells.is_year(),
        Role::DistrictId | Role::SchoolId => codes || is_coded(cells),
        Role::DistrictName | Role::SchoolName => cells.kind == Kind::Text && !is_coded(cells),
        Role::Measure => {
            kinds
                && cells.mostly(fewest, |t| {
                    let best = matching::matches(vocabulary, t);
                    best.first().is_some_and(|m| m.score >= SURE)
                })
        }
        Role::Group => {
            kinds
                && cells.mostly(fewest, |t| is_group(t, vocabulary))
                && cells.texts.keys().any(|t| !vocabulary.means_all(t))
        }
        Role::Subject => {
            kinds
                && cells.mostly(fewest, |t| {
                    vocabulary.catalog.groups.subject_id(t).is_some() || vocabulary.means_all(t)
                })
        }
        Role::Grade => {
            // Grade 3 may stand beside "All" as a number.
            let numbers = cells.numbers.iter().all(|n| n.fract() == 0.0 && (0.0..=12.0).contains(n));
            numbers && (codes || kinds) && cells.texts.keys().all(|t| is_grade(t, vocabulary))
                || numbers && kinds && cells.mostly(fewest, |t| is_grade(t, vocabulary))
        }
        Role::Value => false,
    }
}

/// Whether the cells alone say that the column has the role.
fn by_cells(role: Role, cells: &Cells, vocabulary: &Vocabulary<'_>) -> bool {
    let kinds = cells.kind == Kind::Text && (2..=MOST_KINDS).contains(&cells.different_texts);
    match role {
        Role::SchoolYear => cells.kind == Kind::SchoolYear && !cells.texts.is_empty(),
        Role::Group => kinds && cells.texts.len() > 2 && cells.mostly(2, |t| is_group(t, vocabulary)),
        Role::Subject => kinds && cells.mostly(2, |t| vocabulary.catalog.groups.subject_id(t).is_some()),
        _ => false,
    }
}

pub(super) fn is_group(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    vocabulary.catalog.groups.group_id(text).is_some() || vocabulary.means_all(text)
}

fn is_grade(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    Grade::parse(text).is_some() || vocabulary.means_all(text)
}

/// Texts that are ids: with digits, without blanks.
fn is_coded(cells: &Cells) -> bool {
    let coded =
        |t: &str| !t.contains(' ') && t.chars().any(|c| c.is_ascii_digit()) && DistrictId::new(t).is_some();
    let all = cells.texts.len();
    all > 0 && cells.texts.keys().filter(|t| coded(t)).count() * 20 >= all * 19
}
