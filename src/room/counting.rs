//! Sorts all answers by item, and makes one item of those that are one.

use std::collections::{BTreeMap, BTreeSet};

use super::added::AddedItem;
use super::answer::{Answer, FormRow, Said};
use super::board::ItemBoard;
use super::decisions::{Confirmed, ItemGroups, ItemPair, MergeDecisions};
use super::item_text::ItemText;
use super::table_label::TableLabel;
use super::table_position::TablePosition;
use crate::domain::Quadrant;
use crate::form_export::said_words;

/// All items with what was said of them.
#[derive(Debug, Default)]
pub(super) struct Counting<'a> {
    /// The items of the board, then those that tables added, in order.
    pub(super) items: Vec<ItemText>,
    /// The place of each item in that order.
    pub(super) order: BTreeMap<String, usize>,
    /// The numbers of the items that tables added.
    added: BTreeSet<String>,
    /// The places of the items that are one, by the number of the one that stands for them.
    members: BTreeMap<String, Vec<usize>>,
    /// Which items are one.
    pub(super) groups: ItemGroups,
    /// The pairs that became one, with whether a person said so or they have the same words.
    pub(super) merges: Vec<ItemMerge>,
    /// The answers on each item.
    pub(super) answers: BTreeMap<&'a str, Vec<&'a Answer>>,
    /// The tables that said anything of an item.
    pub(super) tables: BTreeSet<TableLabel>,
    /// What a person decided, under the numbers of these items.
    pub(super) decisions: MergeDecisions,
}

/// Two items that became one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemMerge {
    /// The item that is now part of the other.
    pub(super) part: String,
    /// The item that stands for both.
    pub(super) leader: String,
    /// Whether a person confirmed it; otherwise both have the same words.
    pub(super) is_confirmed: bool,
    /// Why, in the person's words; may be empty.
    pub(super) why: String,
}

impl<'a> Counting<'a> {
    pub(super) fn new(answers: &'a [Answer], board: &ItemBoard, decisions: &MergeDecisions) -> Self {
        let mut counting = Self::default();
        for item in &board.items {
            counting.add_item(&item.label, Some(item.quadrant), [&item.statement, &item.id]);
        }
        for item in added_items(answers) {
            counting.add_item(&item.label, item.quadrant, [&item.statement, &item.statement]);
            counting.added.insert(item.label);
        }
        for answer in answers.iter().filter(|answer| !answer.item.is_empty()) {
            counting.answers.entry(&answer.item).or_default().push(answer);
            counting.tables.insert(answer.table.clone());
        }
        counting.decisions = decisions.renumbered(&counting.items);
        counting.join_same_words();
        counting.join_confirmed();
        for (place, item) in counting.items.iter().enumerate() {
            let leader = counting.groups.leader(&item.item).to_owned();
            counting.members.entry(leader).or_default().push(place);
        }
        counting
    }

    fn add_item(&mut self, label: &str, quadrant: Option<Quadrant>, [statement, about]: [&str; 2]) {
        self.order.insert(label.to_owned(), self.items.len());
        let (item, statement, about) = (label.to_owned(), statement.to_owned(), about.to_owned());
        self.items.push(ItemText { item, quadrant, statement, about });
    }

    /// Makes one item of those that tables added in the same words.
    fn join_same_words(&mut self) {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for item in self.items.clone() {
            let words = said_words(&item.statement);
            match first.get(&words).cloned() {
                Some(leader) if self.is_added(&item.item) => {
                    self.join(&ItemPair::new(&leader, &item.item), None)
                }
                Some(_) => {}
                None => drop(first.insert(words, item.item)),
            }
        }
    }

    fn join_confirmed(&mut self) {
        let confirmed = self.decisions.pairs.iter().filter(|one| one.same == Some(true));
        let mut confirmed: Vec<Confirmed> = confirmed.cloned().collect();
        confirmed.sort();
        for Confirmed { pair, why, .. } in &confirmed {
            let is_known = [&pair.first, &pair.second].into_iter().all(|item| self.order.contains_key(item));
            if is_known {
                self.join(pair, Some(why));
            }
        }
    }

    /// Makes two items one; `confirmed` is why a person said so, who may have given no reason.
    fn join(&mut self, pair: &ItemPair, confirmed: Option<&str>) {
        let before = [&pair.first, &pair.second].map(|item| self.groups.leader(item).to_owned());
        self.groups.join(pair, &self.order);
        let leader = self.groups.leader(&pair.first).to_owned();
        let part = before.iter().find(|item| **item != leader).cloned();
        let (is_confirmed, why) = (confirmed.is_some(), confirmed.unwrap_or_default().to_owned());
        self.merges.extend(part.map(|part| ItemMerge { part, leader, is_confirmed, why }));
    }

    pub(super) fn is_added(&self, label: &str) -> bool {
        self.added.contains(label)
    }

    /// The items that are one with `leader`, itself first.
    pub(super) fn members(&self, leader: &str) -> Vec<&ItemText> {
        self.members.get(leader).into_iter().flatten().map(|place| &self.items[*place]).collect()
    }

    /// What each table says of an item and its parts.
    pub(super) fn positions(&self, members: &[&ItemText]) -> BTreeMap<TableLabel, TablePosition> {
        let mut all: BTreeMap<TableLabel, TablePosition> = BTreeMap::new();
        let home = members.iter().find_map(|member| member.quadrant);
        for member in members {
            for (table, mut position) in self.positions_on(&member.item) {
                // A part that was proposed in another quadrant than the whole is a move there.
                let is_elsewhere = member.quadrant.is_some() && member.quadrant != home;
                if position.keeps == Some(true) && is_elsewhere && position.moved_to.is_empty() {
                    position.moved_to.extend(member.quadrant);
                    position.stays = false;
                }
                let joined =
                    all.get(&table).map_or_else(|| position.clone(), |before| before.joined(&position));
                all.insert(table, joined);
            }
        }
        all
    }

    /// What each table says of one item.
    pub(super) fn positions_on(&self, item: &str) -> BTreeMap<TableLabel, TablePosition> {
        let mut by_table: BTreeMap<&TableLabel, Vec<&Answer>> = BTreeMap::new();
        for answer in self.answers.get(item).into_iter().flatten() {
            by_table.entry(&answer.table).or_default().push(answer);
        }
        let home = self.order.get(item).and_then(|place| self.items[*place].quadrant);
        let positions = by_table.into_iter();
        positions.map(|(table, answers)| (table.clone(), TablePosition::of(&answers, home))).collect()
    }

    /// The texts of one kind on an item and its parts, each with its table.
    pub(super) fn texts(&self, members: &[&ItemText], text: fn(&Said) -> Option<&str>) -> Vec<String> {
        let answers =
            members.iter().flat_map(|item| self.answers.get(item.item.as_str()).into_iter().flatten());
        // Two people may write the same; two copies of a ballot are one.
        let mut texts: Vec<(&TableLabel, &str, Option<&FormRow>)> = answers
            .filter_map(|answer| Some((&answer.table, text(&answer.said)?, answer.person.as_ref())))
            .collect();
        texts.sort();
        texts.dedup();
        texts
            .into_iter()
            .map(|(table, text, _)| crate::wording::room::of_table(&table.to_string(), text))
            .collect()
    }
}

/// The items that tables added, by table and place on the ballot.
fn added_items(answers: &[Answer]) -> Vec<AddedItem> {
    let mut added: BTreeMap<(TableLabel, u32, &str), AddedItem> = BTreeMap::new();
    for answer in answers {
        let Said::Add(quadrant, statement) = &answer.said else { continue };
        let place = super::added::own_place(&answer.item).unwrap_or(u32::MAX);
        added.entry((answer.table.clone(), place, &answer.item)).or_insert_with(|| AddedItem {
            label: answer.item.clone(),
            table: answer.table.clone(),
            quadrant: *quadrant,
            statement: statement.clone(),
            place: answer.place.clone(),
        });
    }
    added.into_values().collect()
}
