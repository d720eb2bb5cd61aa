//! The list of people who take part, as a project has it.

use std::collections::{BTreeMap, BTreeSet};

use sheets::{Sheet, SourceFile};

use super::answer_words::is_nothing;
use super::table_label::TableLabel;
use crate::catalog::RoomSpec;
use crate::diagnostic::{Diagnostic, Place, Warned};
use crate::form_export::{Typed, plain, typed_cells};

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The name.
    pub name: String,
    /// Whom they stand for; empty if the list does not say.
    pub role: String,
    /// Names, or marks that others have too: not at one table.
    pub apart: Vec<String>,
    /// The table, if it is already decided.
    pub table: Option<u32>,
    /// Where the name stands.
    pub place: Place,
}

/// The headings of a list are among the first rows.
const SEARCHED: usize = 30;

/// The participants of a list, in its order.
#[must_use]
pub fn participants(file: &SourceFile, spec: &RoomSpec) -> Warned<Vec<Participant>> {
    let mut listed = Vec::new();
    let mut problems = Vec::new();
    for sheet in &file.sheets {
        of_sheet(sheet, spec, &mut listed, &mut problems);
    }
    if listed.is_empty() {
        problems.push(Diagnostic::no_participants(&file.file));
    }
    let people = with_marks(listed, spec, &mut problems);
    check_names(&people, &mut problems);
    Warned { value: people, diagnostics: problems }
}

/// Somebody on the list, before it is known who else is on it.
struct ListedPerson {
    person: Participant,
    /// What is in the column of those to be apart from.
    apart: Option<Typed>,
}

/// The columns of a list.
struct ListColumns {
    first: u32,
    name: u32,
    role: Option<u32>,
    apart: Option<u32>,
    table: Option<u32>,
}

impl ListColumns {
    fn find(sheet: &Sheet, spec: &RoomSpec) -> Option<Self> {
        let known = &spec.participants;
        sheet.rows().take(SEARCHED).find_map(|row| {
            let cells = typed_cells(sheet, row.number);
            let name = column(&cells, &known.name)?;
            let [role, apart, table] =
                [&known.role, &known.apart, &known.table].map(|names| column(&cells, names));
            Some(Self { first: row.number + 1, name, role, apart, table })
        })
    }
}

/// The column with one of these headings.
fn column(cells: &[Typed], names: &[String]) -> Option<u32> {
    cells.iter().find(|cell| names.contains(&plain(&cell.text))).map(|cell| cell.column)
}

fn of_sheet(sheet: &Sheet, spec: &RoomSpec, listed: &mut Vec<ListedPerson>, problems: &mut Vec<Diagnostic>) {
    let Some(columns) = ListColumns::find(sheet, spec) else { return };
    for row in sheet.rows_between(columns.first..u32::MAX) {
        let cells = typed_cells(sheet, row.number);
        match cells.iter().find(|cell| cell.column == columns.name) {
            Some(name) => listed.push(listed_person(name, &cells, &columns, spec)),
            None => problems
                .extend(cells.first().map(|cell| Diagnostic::participant_without_name(cell.place.clone()))),
        }
    }
}

fn listed_person(name: &Typed, cells: &[Typed], columns: &ListColumns, spec: &RoomSpec) -> ListedPerson {
    let [role, apart, table] = [columns.role, columns.apart, columns.table]
        .map(|column| cells.iter().find(|cell| Some(cell.column) == column));
    let table = table.map(|cell| TableLabel::read(&cell.text, spec));
    let person = Participant {
        name: name.text.clone(),
        role: role.map(|cell| cell.text.clone()).unwrap_or_default(),
        apart: Vec::new(),
        table: table
            .and_then(|table| if let TableLabel::Number(number) = table { Some(number) } else { None }),
        place: name.place.clone(),
    };
    ListedPerson { person, apart: apart.cloned() }
}

/// The people with those whom they must be apart from. A mark that is not a name and that nobody else has is reported.
fn with_marks(
    listed: Vec<ListedPerson>,
    spec: &RoomSpec,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Participant> {
    let names: BTreeSet<String> = listed.iter().map(|one| plain(&one.person.name)).collect();
    let mut marked = Vec::new();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for one in listed {
        let text = one.apart.as_ref().map_or("", |cell| cell.text.as_str());
        let mut marks = marks(text, &names);
        marks.retain(|mark| !is_nothing(mark, spec));
        for mark in &marks {
            *uses.entry(mark.clone()).or_default() += 1;
        }
        marked.push((Participant { apart: marks, ..one.person }, one.apart));
    }
    for (person, cell) in &marked {
        let mut unknown = person.apart.iter().filter(|mark| !names.contains(*mark));
        if unknown.any(|mark| uses.get(mark) == Some(&1)) {
            problems.extend(cell.iter().map(|cell| Diagnostic::apart_from_nobody(cell.place.clone())));
        }
    }
    marked.into_iter().map(|(person, _)| person).collect()
}

/// The names and marks in a text. A name may have a comma in it (`Byron, Ada`).
fn marks(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut marks = Vec::new();
    for part in text.split([';', '\n']) {
        let words: Vec<String> = part.split(',').map(plain).filter(|word| !word.is_empty()).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let with_next = words.get(at + 1).map(|next| format!("{word} {next}"));
            match with_next.filter(|name| names.contains(name)) {
                Some(name) => {
                    marks.push(name);
                    at += 2;
                }
                None => {
                    marks.push(word.clone());
                    at += 1;
                }
            }
        }
    }
    marks
}

/// Names that stand on the list twice.
fn check_names(people: &[Participant], problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for person in people {
        if !seen.insert(plain(&person.name)) {
            problems.push(Diagnostic::participant_twice(person.place.clone()));
        }
    }
}
