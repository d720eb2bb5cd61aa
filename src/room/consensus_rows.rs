//! The rows of the consensus, counted from the answers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::answer::Said;
use super::board::ItemBoard;
use super::consensus::{ConsensusRow, Origin, TableAgreement};
use super::counting::Counting;
use super::item_text::ItemText;
use super::quadrant_votes::QuadrantVotes;
use super::room_edit::RoomEdit;
use super::table_label::TableLabel;
use super::table_position::TablePosition;
use crate::domain::Quadrant;
use crate::form_export::plain;
use crate::wording::room::in_quadrant;

/// What the rows are counted with.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowRules<'a> {
    pub(super) board: &'a ItemBoard,
    pub(super) edits: &'a [RoomEdit],
    /// From which percent most agree.
    pub(super) most: f64,
    /// How many people sit at each table, where it is known.
    pub(super) people: &'a BTreeMap<TableLabel, u32>,
}

/// All rows, by quadrant, agreement, dots, and number.
pub(super) fn rows(counting: &Counting<'_>, rules: RowRules<'_>) -> Vec<ConsensusRow> {
    let mut rows = Vec::new();
    for item in counting.items.iter().filter(|item| counting.groups.leader(&item.item) == item.item) {
        rows.extend(ItemCount::of(item, counting, rules).rows(counting, rules));
    }
    rows.sort_by_cached_key(|row| {
        let place = counting.order.get(&row.item).copied().unwrap_or(usize::MAX);
        (row.quadrant.is_none(), row.quadrant, row.agreement, Reverse(row.dots), Reverse(row.kept), place)
    });
    rows
}

/// An item with what the tables say of it.
struct ItemCount<'a> {
    item: &'a ItemText,
    members: Vec<&'a ItemText>,
    home: Option<Quadrant>,
    positions: BTreeMap<TableLabel, TablePosition>,
    votes: QuadrantVotes,
    /// Where the tables put it, whatever a person decided afterwards.
    said: QuadrantVotes,
}

impl<'a> ItemCount<'a> {
    fn of(item: &'a ItemText, counting: &'a Counting<'_>, rules: RowRules<'_>) -> Self {
        let members = counting.members(&item.item);
        let positions = counting.positions(&members);
        let home = members.iter().find_map(|member| member.quadrant);
        let said = QuadrantVotes::of(&positions, home);
        let mut votes = said.clone();
        // What a person decided after the tables holds for all tables that keep the item.
        if let Some(to) = edit(rules, &item.item).and_then(|edit| edit.quadrant) {
            let all = votes.tables.values().flatten().cloned().collect();
            votes.tables = BTreeMap::from([(Some(to), all)]);
        }
        Self { item, members, home, positions, votes, said }
    }

    fn rows(&self, counting: &Counting<'_>, rules: RowRules<'_>) -> Vec<ConsensusRow> {
        let mut standing = self.votes.standing(rules.most);
        if standing.is_empty() {
            standing.push(self.home);
        }
        let is_alone = standing.len() == 1;
        standing.iter().map(|quadrant| self.row(*quadrant, is_alone, counting, rules)).collect()
    }

    fn row(
        &self,
        quadrant: Option<Quadrant>,
        is_alone: bool,
        counting: &Counting<'_>,
        rules: RowRules<'_>,
    ) -> ConsensusRow {
        let proposed = rules.board.of_label(&self.item.item);
        let tables: Vec<TableLabel> = self.votes.tables_in(quadrant).into_iter().collect();
        let agreement = TableAgreement::of(tables.len(), counting.tables.len(), rules.most);
        let parts = self.members.iter().map(|member| member.item.clone());
        ConsensusRow {
            item: self.item.item.clone(),
            quadrant,
            statement: self.statement(counting, rules),
            origin: if proposed.is_some() { Origin::Program } else { Origin::Table },
            kept: tables.len(),
            tables,
            moved: self.positions.values().filter(|position| self.has_moved(position)).count(),
            dropped: self.positions.values().filter(|position| position.keeps == Some(false)).count(),
            dots: self.positions.values().fold(0, |sum, position| sum.saturating_add(position.dots)),
            people: self.people(rules),
            agreement: if is_alone || agreement == TableAgreement::None {
                agreement
            } else {
                TableAgreement::Split
            },
            objections: counting.texts(&self.members, objection),
            comments: counting.texts(&self.members, comment),
            rewordings: counting.texts(&self.members, rewording),
            elsewhere: self.elsewhere(quadrant),
            merged_from: if self.members.len() > 1 { parts.collect() } else { Vec::new() },
            evidence_id: proposed.map(|item| item.id.clone()).unwrap_or_default(),
            evidence: proposed.map(|item| item.evidence.clone()).unwrap_or_default(),
            is_supported: proposed.and_then(|item| item.is_supported),
            says_now: proposed.and_then(|item| item.says_now.clone()),
        }
    }

    fn has_moved(&self, position: &TablePosition) -> bool {
        position.keeps == Some(true) && position.moved_to.iter().any(|to| Some(*to) != self.home)
    }

    /// The words of the item: those of a person after the tables, or those that enough tables wrote alike, or the first. What one
    /// person writes on a form is not yet the table's.
    fn statement(&self, counting: &Counting<'_>, rules: RowRules<'_>) -> String {
        if let Some(words) = edit(rules, &self.item.item).and_then(|edit| edit.statement.clone()) {
            return words;
        }
        let mut alike: BTreeMap<String, BTreeMap<&TableLabel, &str>> = BTreeMap::new();
        let answers = self
            .members
            .iter()
            .flat_map(|item| counting.answers.get(item.item.as_str()).into_iter().flatten());
        for answer in answers.filter(|answer| answer.person.is_none()) {
            if let Said::Reword(words) = &answer.said {
                alike.entry(plain(words)).or_default().entry(&answer.table).or_insert(words);
            }
        }
        let enough = alike
            .values()
            .find(|tables| tables.len() as f64 * 100.0 >= rules.most * counting.tables.len() as f64);
        let words = enough.and_then(|tables| tables.values().next().map(|words| (*words).to_owned()));
        words.unwrap_or_else(|| self.item.statement.clone())
    }

    /// The people at the tables that gave it dots; `None` if one of these tables does not say how many they are.
    fn people(&self, rules: RowRules<'_>) -> Option<u32> {
        let with_dots = self.positions.iter().filter(|(_, position)| position.dots > 0);
        let people = with_dots.map(|(table, position)| {
            rules
                .people
                .get(table)
                .copied()
                .or_else(|| u32::try_from(position.voters).ok().filter(|voters| *voters > 0))
        });
        let sum = people.into_iter().try_fold(0_u32, |sum, people| Some(sum.saturating_add(people?)));
        sum.filter(|people| *people > 0)
    }

    /// The quadrants, other than that of the row, in which tables see the item.
    fn elsewhere(&self, quadrant: Option<Quadrant>) -> Vec<String> {
        let others = self.said.tables.iter().filter(|(other, _)| **other != quadrant);
        others
            .filter_map(|(other, tables)| {
                let names: Vec<String> = tables.iter().map(ToString::to_string).collect();
                Some(in_quadrant((*other)?.id(), &names))
            })
            .collect()
    }
}

/// What a person changed in an item.
fn edit<'a>(rules: RowRules<'a>, item: &str) -> Option<&'a RoomEdit> {
    rules.edits.iter().find(|edit| edit.item == item)
}

fn objection(said: &Said) -> Option<&str> {
    if let Said::Object(text) = said { Some(text) } else { None }
}

fn comment(said: &Said) -> Option<&str> {
    if let Said::Comment(text) = said { Some(text) } else { None }
}

fn rewording(said: &Said) -> Option<&str> {
    if let Said::Reword(text) = said { Some(text) } else { None }
}
