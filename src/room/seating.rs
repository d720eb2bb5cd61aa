//! Who sits at which table: each table mixed by role, and people apart who must be apart.

use std::collections::BTreeMap;

use super::participants::Participant;
use crate::diagnostic::{Diagnostic, Warned};
use crate::form_export::plain;

/// A place at a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// The table, from 1.
    pub table: u32,
    /// Who sits there.
    pub name: String,
    /// Whom they stand for.
    pub role: String,
}

/// Places everybody at one of the tables. Where people cannot be kept apart, they are named.
#[must_use]
pub fn seats(participants: &[Participant], tables: u32) -> Warned<Vec<Seat>> {
    let mut room = Room { tables: vec![Vec::new(); tables.max(1) as usize], largest: 0 };
    room.largest = participants.len().div_ceil(room.tables.len());
    let mut problems = Vec::new();
    for person in in_order(participants) {
        if let Some(beyond) = person.table.filter(|table| !(1..=tables.max(1)).contains(table)) {
            problems.push(Diagnostic::table_beyond(person.place.clone(), beyond, tables.max(1)));
        }
        let table = room.table_for(person);
        if room.tables[table].iter().any(|other| must_be_apart(person, other)) {
            problems.push(Diagnostic::not_apart(person.place.clone(), &person.name, table + 1));
        }
        room.tables[table].push(person);
    }
    let mut seats = Vec::new();
    for (table, people) in (1..).zip(&room.tables) {
        seats.extend(people.iter().map(|person| Seat {
            table,
            name: person.name.clone(),
            role: person.role.clone(),
        }));
    }
    seats.sort();
    Warned { value: seats, diagnostics: problems }
}

/// The order in which people are placed: those whose table is decided, those who must be apart from others, and then role by
/// role, the largest first.
fn in_order(participants: &[Participant]) -> Vec<&Participant> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for person in participants {
        *sizes.entry(plain(&person.role)).or_default() += 1;
    }
    let mut people: Vec<&Participant> = participants.iter().collect();
    people.sort_by_cached_key(|person| {
        let role = plain(&person.role);
        let size = std::cmp::Reverse(sizes.get(&role).copied().unwrap_or_default());
        (person.table.is_none(), person.apart.is_empty(), size, role)
    });
    people
}

/// Whether two people must not sit at one table: one names the other, or both have the same mark.
fn must_be_apart(one: &Participant, other: &Participant) -> bool {
    let names = |from: &Participant, to: &Participant| from.apart.contains(&plain(&to.name));
    names(one, other) || names(other, one) || one.apart.iter().any(|mark| other.apart.contains(mark))
}

/// The tables, and how many people may sit at one.
struct Room<'a> {
    tables: Vec<Vec<&'a Participant>>,
    largest: usize,
}

impl Room<'_> {
    /// The best table for a person: the one that was decided; one without people to be apart from; one that is not full; with the
    /// fewest of the same role; with the fewest people.
    fn table_for(&self, person: &Participant) -> usize {
        let decided = person.table.and_then(|table| (table as usize).checked_sub(1));
        if let Some(table) = decided.filter(|table| *table < self.tables.len()) {
            return table;
        }
        let role = plain(&person.role);
        let ranked = self.tables.iter().enumerate().map(|(table, people)| {
            let conflicts = people.iter().any(|other| must_be_apart(person, other));
            let same = people.iter().filter(|other| plain(&other.role) == role).count();
            (conflicts, people.len() >= self.largest, same, people.len(), table)
        });
        ranked.min().map_or(0, |best| best.4)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::participants::Participant;
    use super::{Seat, seats};
    use crate::diagnostic::Place;

    fn person(number: usize, role: &str, apart: &str) -> Participant {
        Participant {
            name: format!("Person {number}"),
            role: role.to_owned(),
            apart: if apart.is_empty() { Vec::new() } else { vec![apart.to_owned()] },
            table: None,
            place: Place::file("people.csv"),
        }
    }

    #[test]
    fn tables_are_mixed_and_of_one_size() {
        let roles = [("teacher", 14), ("family", 13), ("board", 6), ("student", 6), ("staff", 6)];
        let people: Vec<Participant> = roles
            .iter()
            .flat_map(|(role, count)| std::iter::repeat_n(*role, *count))
            .enumerate()
            .map(|(number, role)| person(number, role, ""))
            .collect();
        let placed = seats(&people, 6);
        assert!(placed.diagnostics.is_empty());
        let mut by_table: BTreeMap<u32, Vec<&Seat>> = BTreeMap::new();
        for seat in &placed.value {
            by_table.entry(seat.table).or_default().push(seat);
        }
        assert!(by_table.values().all(|seats| (7..=8).contains(&seats.len())), "{by_table:#?}");
        for (role, count) in roles {
            for seats in by_table.values() {
                let here = seats.iter().filter(|seat| seat.role == role).count();
                assert!((count / 6..=count.div_ceil(6)).contains(&here), "{role}: {here}");
            }
        }
    }

    #[test]
    fn people_are_kept_apart_or_named() {
        let people: Vec<Participant> = (0..4).map(|number| person(number, "board", "spouse")).collect();
        let apart = seats(&people, 4);
        assert!(apart.diagnostics.is_empty());
        assert_eq!(apart.value.iter().map(|seat| seat.table).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(seats(&people, 3).diagnostics.len(), 1, "four cannot be apart at three tables");
    }

    proptest! {
        #[test]
        fn everybody_has_one_seat(roles in prop::collection::vec(0_usize..5, 0..60), tables in 1_u32..9) {
            let people: Vec<Participant> = roles.iter().enumerate().map(|(number, role)| person(number, &role.to_string(), "")).collect();
            let placed = seats(&people, tables).value;
            let mut names: Vec<&str> = placed.iter().map(|seat| seat.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), people.len());
            prop_assert!(placed.iter().all(|seat| (1..=tables).contains(&seat.table)));
        }
    }
}
