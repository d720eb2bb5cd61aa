//! Names tables with several ballots, without any, that the day does not have, or with more dots or items than they can have.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Answer, FormRow, Said};
use super::item_statements::is_list;
use super::merge::RoomInput;
use super::table_label::TableLabel;
use crate::diagnostic::{Diagnostic, Place, Problems};

/// What is checked of the tables.
pub(super) struct TableChecks<'a> {
    pub(super) answers: &'a [Answer],
    /// The sheets with a ballot of each table.
    pub(super) ballots: &'a BTreeMap<TableLabel, Vec<Place>>,
    /// How many people sit at each table, where it is known.
    pub(super) people: &'a BTreeMap<TableLabel, u32>,
    pub(super) input: &'a RoomInput<'a>,
}

/// Who gives dots: a table, or one of its people on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DotGiver<'a> {
    table: &'a TableLabel,
    person: Option<&'a FormRow>,
}

/// The dots that somebody gives to an item.
struct ItemDots<'a> {
    dots: u32,
    place: &'a Place,
    /// In how many answers they are.
    answers: usize,
}

impl<'a> TableChecks<'a> {
    pub(super) fn check(&self, problems: &mut Problems) {
        for (table, places) in self.ballots {
            if let [first, .., last] = places.as_slice() {
                problems.push(Diagnostic::two_ballots(&table.to_string(), first, last));
            }
        }
        let present: BTreeSet<&TableLabel> = self.answers.iter().map(|answer| &answer.table).collect();
        let numbers = (1..=self.input.tables).map(TableLabel::Number);
        let absent: Vec<String> =
            numbers.filter(|table| !present.contains(table)).map(|table| table.to_string()).collect();
        if !absent.is_empty() && !present.is_empty() {
            problems.push(Diagnostic::tables_without_ballot(&absent));
        }
        self.check_labels(problems);
        self.check_forms(problems);
        for (giver, items) in self.given() {
            self.check_dots(giver, &items, problems);
        }
        self.check_added(problems);
    }

    /// Names tables that the day does not have: numbers beyond its tables, and names among numbers or beyond the number of tables.
    /// Each counts as a table, so a typing error changes what all, most, and half of the tables are.
    fn check_labels(&self, problems: &mut Problems) {
        let tables = self.input.tables;
        let mut counted: BTreeMap<&TableLabel, &Place> = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| !answer.item.is_empty()) {
            counted.entry(&answer.table).or_insert(&answer.place);
        }
        let has_numbers = counted.keys().any(|table| matches!(table, TableLabel::Number(_)));
        let may_be_names = !has_numbers && counted.len() <= tables as usize;
        for (table, place) in &counted {
            let is_of_day = match table {
                TableLabel::Number(number) => *number <= tables,
                TableLabel::Name(_) => may_be_names,
                TableLabel::Unnamed => true,
            };
            if !is_of_day {
                let sheet = self.ballots.get(*table).and_then(|sheets| sheets.first());
                let place = sheet.unwrap_or(place).clone();
                problems.push(Diagnostic::table_not_of_day(place, &table.to_string(), tables));
            }
        }
    }

    /// Names tables whose people answered a form although the table has a ballot, which then counts.
    fn check_forms(&self, problems: &mut Problems) {
        let mut forms: BTreeMap<&TableLabel, &Place> = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| answer.person.is_some() && !answer.item.is_empty())
        {
            forms.entry(&answer.table).or_insert(&answer.place);
        }
        for (table, place) in forms {
            if let Some(ballot) = self.ballots.get(table).and_then(|sheets| sheets.first()) {
                problems.push(Diagnostic::ballot_and_form(place.clone(), &table.to_string(), ballot));
            }
        }
    }

    /// The dots of each table and person, by item. Of several ballots of a table, the higher number counts; of
    /// several answers of a person, the sum.
    fn given(&self) -> BTreeMap<DotGiver<'a>, BTreeMap<&'a str, ItemDots<'a>>> {
        let mut given: BTreeMap<DotGiver<'a>, BTreeMap<&'a str, ItemDots<'a>>> = BTreeMap::new();
        for answer in self.answers {
            let Said::Vote(dots) = answer.said else { continue };
            let giver = DotGiver { table: &answer.table, person: answer.person.as_ref() };
            let nothing = ItemDots { dots: 0, place: &answer.place, answers: 0 };
            let of_item = given.entry(giver).or_default().entry(&answer.item).or_insert(nothing);
            let all = if giver.person.is_some() { of_item.dots.saturating_add(dots) } else { dots };
            if all > of_item.dots {
                (of_item.dots, of_item.place) = (all, &answer.place);
            }
            of_item.answers += 1;
        }
        given
    }

    fn check_dots(&self, giver: DotGiver<'_>, items: &BTreeMap<&str, ItemDots<'_>>, problems: &mut Problems) {
        let (spec, usual) = (self.input.spec, self.input.people.div_ceil(self.input.tables.max(1)));
        let at_table = self.people.get(giver.table).copied().unwrap_or(usual);
        let people = if giver.person.is_some() { 1 } else { at_table };
        for (label, item) in items.iter().filter(|(_, item)| giver.person.is_some() && item.answers > 1) {
            problems.push(Diagnostic::dots_in_several_answers(item.place.clone(), label));
        }
        let sum = items.values().fold(0_u32, |sum, item| sum.saturating_add(item.dots));
        let limit = people.saturating_mul(spec.dots);
        let most = items.values().rev().max_by_key(|item| item.dots);
        if let Some(most) = most.filter(|_| sum > limit) {
            problems.push(Diagnostic::dots_beyond(most.place.clone(), sum, limit));
        }
        let limit = people.saturating_mul(spec.dots_on_one_item);
        for (label, item) in items.iter().filter(|(_, item)| item.dots > limit) {
            problems.push(Diagnostic::dots_on_one_item(item.place.clone(), label, item.dots, limit));
        }
    }

    fn check_added(&self, problems: &mut Problems) {
        for answer in self.answers {
            if matches!(&answer.said, Said::Add(_, text) if is_list(text)) {
                problems.push(Diagnostic::own_item_of_list(answer.place.clone(), &answer.item));
            }
        }
        let mut added: BTreeMap<&TableLabel, Vec<&Place>> = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| matches!(answer.said, Said::Add(..))) {
            added.entry(&answer.table).or_default().push(&answer.place);
        }
        for places in added.values().filter(|places| places.len() > self.input.spec.many_added) {
            problems.push(Diagnostic::many_added(places[0].clone(), places.len()));
        }
    }
}
