//! What one table says about one item.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Answer, FormRow, Said};
use crate::domain::Quadrant;

/// What a table says about an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TablePosition {
    /// Whether it keeps the item; `None` if it does not say, or says both.
    pub(super) keeps: Option<bool>,
    /// Where it puts the item, other than where it was proposed. Several if its people are divided.
    pub(super) moved_to: BTreeSet<Quadrant>,
    /// Whether some of its people leave it where it was proposed.
    pub(super) stays: bool,
    pub(super) dots: u32,
    /// How many people gave dots on a form.
    pub(super) voters: usize,
    /// Whether its ballots say both that the item stays and that it goes.
    pub(super) is_contradictory: bool,
    /// Whether one of its people says so on a form.
    pub(super) has_contradictory_person: bool,
}

impl TablePosition {
    /// The position that follows from all that a table says about an item, which was proposed in the quadrant `home`.
    pub(super) fn of(answers: &[&Answer], home: Option<Quadrant>) -> Self {
        let mut of_ballot = Vec::new();
        let mut of_people: BTreeMap<&FormRow, Vec<&Said>> = BTreeMap::new();
        for answer in answers {
            match &answer.person {
                None => of_ballot.push(&answer.said),
                Some(person) => of_people.entry(person).or_default().push(&answer.said),
            }
        }
        let ballot = Stance::of(&of_ballot, home);
        let people: Vec<Stance> = of_people.values().map(|said| Stance::of_person(said, home)).collect();
        let (is_contradictory, of_table) = (ballot.is_contradictory, ballot.dots.unwrap_or_default());
        let mut position = if ballot.keeps.is_some() || ballot.is_contradictory {
            Self::of_stances(&[ballot])
        } else {
            Self::of_stances(&people)
        };
        position.is_contradictory = is_contradictory;
        position.has_contradictory_person = people.iter().any(|stance| stance.is_contradictory);
        let votes_of_people: Vec<u32> = people.iter().filter_map(|stance| stance.dots).collect();
        position.voters = votes_of_people.len();
        // The ballot of a table has the dots of all its people.
        let of_people = votes_of_people.iter().fold(0_u32, |sum, vote| sum.saturating_add(*vote));
        position.dots = of_table.max(of_people);
        position
    }

    /// The majority of stances. A tie keeps an item open, or leaves it in several quadrants.
    fn of_stances(stances: &[Stance]) -> Self {
        let in_favor: Vec<&Stance> = stances.iter().filter(|stance| stance.keeps == Some(true)).collect();
        let against = stances.iter().filter(|stance| stance.keeps == Some(false)).count();
        let keeps = match in_favor.len().cmp(&against) {
            std::cmp::Ordering::Greater => Some(true),
            std::cmp::Ordering::Less => Some(false),
            std::cmp::Ordering::Equal => None,
        };
        let mut places: BTreeMap<Option<Quadrant>, usize> = BTreeMap::new();
        for place in in_favor.iter().flat_map(|stance| stance.places()) {
            *places.entry(place).or_default() += 1;
        }
        let most = places.values().copied().max().unwrap_or_default();
        let places: BTreeSet<Option<Quadrant>> =
            places.into_iter().filter(|(_, count)| *count == most).map(|(place, _)| place).collect();
        Self {
            keeps,
            stays: places.contains(&None),
            moved_to: places.into_iter().flatten().collect(),
            ..Self::default()
        }
    }

    /// The same table on two items that are one.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let keeps = match [self.keeps, other.keeps] {
            [Some(one), Some(another)] => Some(one || another),
            [one, another] => one.or(another),
        };
        Self {
            keeps,
            moved_to: self.moved_to.union(&other.moved_to).copied().collect(),
            stays: self.stays || other.stays,
            dots: self.dots.saturating_add(other.dots),
            voters: self.voters.max(other.voters),
            is_contradictory: self.is_contradictory || other.is_contradictory,
            has_contradictory_person: self.has_contradictory_person || other.has_contradictory_person,
        }
    }
}

/// What one ballot, or one person, says.
#[derive(Debug, Clone, Default)]
struct Stance {
    keeps: Option<bool>,
    moved_to: BTreeSet<Quadrant>,
    dots: Option<u32>,
    is_contradictory: bool,
}

impl Stance {
    /// A move to where the item was proposed leaves it there.
    fn of(said: &[&Said], home: Option<Quadrant>) -> Self {
        let is_kept =
            said.iter().any(|said| matches!(said, Said::Add(..) | Said::Keep | Said::Change | Said::Move(_)));
        let is_dropped = said.iter().any(|said| **said == Said::Drop);
        let is_reworded = said.iter().any(|said| matches!(said, Said::Reword(_)));
        let keeps = match (is_kept, is_dropped) {
            (true, true) => None,
            (true, false) => Some(true),
            (false, true) => Some(false),
            (false, false) => is_reworded.then_some(true),
        };
        let moves = said.iter().filter_map(|said| if let Said::Move(to) = said { Some(*to) } else { None });
        let votes =
            said.iter().filter_map(|said| if let Said::Vote(dots) = said { Some(*dots) } else { None });
        let moved_to = moves.filter(|to| Some(*to) != home).collect();
        Self { keeps, moved_to, dots: votes.max(), is_contradictory: is_kept && is_dropped }
    }

    /// What one person says on a form. Dots in several answers ("first dot", "second dot") are all given.
    fn of_person(said: &[&Said], home: Option<Quadrant>) -> Self {
        let stance = Self::of(said, home);
        let votes =
            said.iter().filter_map(|said| if let Said::Vote(dots) = said { Some(*dots) } else { None });
        let sum = votes.fold(0_u32, u32::saturating_add);
        Self { dots: stance.dots.map(|_| sum), ..stance }
    }

    /// The quadrants that it names; `None` for where the item was proposed.
    fn places(&self) -> Vec<Option<Quadrant>> {
        if self.moved_to.is_empty() { vec![None] } else { self.moved_to.iter().copied().map(Some).collect() }
    }
}
