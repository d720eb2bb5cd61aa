//! What the numbers of a district's own indicator are, by its name, the numbers, and what the table around it says.

use super::cell_profile::{CellProfile, ColumnType};
use super::numeric_fit::number_text;
use super::own_words::has_any;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::domain::Unit;
use crate::wording::own_measures as wording;
use crate::wording::survey_columns::fractions_or_percents;

/// What the numbers of an indicator are.
pub(super) struct NumberKind {
    pub(super) unit: Unit,
    pub(super) mean: bool,
    pub(super) is_share: bool,
}

impl NumberKind {
    const fn of(unit: Unit) -> Self {
        Self { unit, mean: false, is_share: false }
    }

    const fn mean(unit: Unit) -> Self {
        Self { unit, mean: true, is_share: false }
    }
}

/// What the table around an indicator says of its numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings {
    /// The factor for amounts of money, as the title states.
    pub(super) times: Option<f64>,
    /// Whether it is a line in a table of amounts.
    pub(super) is_money: bool,
    /// Whether the title says that numbers are percents.
    pub(super) is_percent: bool,
    /// The unit that a column beside it states.
    pub(super) stated: Option<Unit>,
    /// Whether another column of the table has percents above 1.
    pub(super) has_percents: bool,
    /// Whether another column of the table has percents written as fractions.
    pub(super) has_fractions: bool,
}

/// The numbers of an indicator, and the words of its name.
pub(super) struct IndicatorNumbers<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) label: &'a str,
    pub(super) words: &'a [String],
    pub(super) cells: &'a CellProfile,
    pub(super) around: Surroundings,
}

impl IndicatorNumbers<'_> {
    /// What the numbers are; `None` if words and numbers leave a doubt.
    pub(super) fn kind(&self) -> Option<NumberKind> {
        let own = &self.vocabulary.own;
        match self.cells.kind {
            ColumnType::Percent => return Some(NumberKind::of(Unit::Percent)),
            ColumnType::Dollars => return self.money(),
            ColumnType::WholeNumber | ColumnType::Number | ColumnType::Share => {}
            _ => return None,
        }
        match self.around.stated {
            Some(Unit::Percent) => return self.percent(),
            Some(Unit::Dollars) => return Some(self.amounts()),
            Some(unit @ (Unit::Points | Unit::Years | Unit::Ratio)) => return Some(NumberKind::mean(unit)),
            Some(unit @ Unit::Fte) => return self.are_positive().then_some(NumberKind::of(unit)),
            Some(unit @ Unit::Count) if self.may_be_counts() => return Some(NumberKind::of(unit)),
            _ => {}
        }
        let says_percent = self.says_percent();
        if says_percent && self.are_points_for_rate() {
            return Some(NumberKind::mean(Unit::Points));
        }
        if !says_percent && has_any(self.words, &own.dollars) {
            return self.money();
        }
        if says_percent {
            return self.percent();
        }
        if has_any(self.words, &own.fte) {
            return self.are_positive().then_some(NumberKind::of(Unit::Fte));
        }
        if self.names_count() && self.cells.are_whole() && self.are_positive() {
            return Some(NumberKind::of(Unit::Count));
        }
        if has_any(self.words, &own.points) {
            return Some(NumberKind::mean(Unit::Points));
        }
        if has_any(self.words, &own.ratio) {
            let is_per_student = is_amount_per_student(self.vocabulary, self.words, self.cells);
            return if is_per_student { self.money() } else { Some(NumberKind::mean(Unit::Ratio)) };
        }
        if self.around.is_percent && !has_any(self.words, &own.mean) && !has_any(self.words, &own.years) {
            return self.percent();
        }
        if self.around.is_money && !has_any(self.words, &own.heads) {
            return self.money();
        }
        self.kind_by_numbers()
    }

    /// Whether the numbers may count people or things, as a column says they do.
    fn may_be_counts(&self) -> bool {
        let own = &self.vocabulary.own;
        let is_mean = has_any(self.words, &own.ratio) || has_any(self.words, &own.mean);
        !is_mean && !self.says_percent() && self.cells.are_whole() && self.are_positive()
    }

    /// What the numbers are if no word says their unit.
    fn kind_by_numbers(&self) -> Option<NumberKind> {
        let own = &self.vocabulary.own;
        let is_mean = has_any(self.words, &own.mean);
        if is_mean && has_any(self.words, &own.years) {
            return Some(NumberKind::mean(Unit::Years));
        }
        if self.cells.kind == ColumnType::Share {
            return self.surely_shares().then_some(Self::shares());
        }
        if is_mean {
            return self.are_positive().then_some(NumberKind::mean(Unit::Ratio));
        }
        let says_part = has_any(self.words, &own.part);
        if says_part && !self.cells.are_whole() && self.are_within_100() {
            return Some(NumberKind::of(Unit::Percent));
        }
        let may_be_percents = says_part && self.are_within_100();
        let may_be_others = may_be_percents || self.names_only_a_test();
        (self.cells.are_whole() && self.are_positive() && !may_be_others)
            .then_some(NumberKind::of(Unit::Count))
    }

    /// A rate of pay is money.
    fn says_percent(&self) -> bool {
        let own = &self.vocabulary.own;
        let is_sure = self.names_percent() || self.words.iter().any(|word| word == "share");
        let is_rate = has_any(self.words, &own.percent) && !has_any(self.words, &own.dollars);
        is_sure || is_rate && !has_any(self.words, &own.ratio)
    }

    /// Whether the name says that points are given for a rate: `Graduation Rate Points Earned`.
    fn are_points_for_rate(&self) -> bool {
        let own = &self.vocabulary.own;
        let first = &self.vocabulary.catalog.synonyms.own.points_first;
        let follow =
            self.words.windows(2).any(|pair| own.percent.contains(&pair[0]) && own.points.contains(&pair[1]));
        !self.names_percent() && (follow || self.words.first().is_some_and(|word| first.contains(word)))
    }

    /// Whether the name has the word percent or its sign.
    fn names_percent(&self) -> bool {
        self.words.iter().any(|word| word == "percent")
    }

    /// Whether the name or the column of units says percent.
    fn is_called_percent(&self) -> bool {
        self.names_percent() || self.around.stated == Some(Unit::Percent)
    }

    /// Whether the name says that people or things are counted: `Number of Students Retained`, `AP Students with Scores 3+`.
    fn names_count(&self) -> bool {
        let own = &self.vocabulary.own;
        let number = &self.vocabulary.catalog.synonyms.left_over.number;
        if has_any(self.words, &own.ratio) || has_any(self.words, &own.mean) {
            return false;
        }
        let tokens = tokenize(self.label);
        let people = tokens.iter().position(|token| {
            self.vocabulary.words(token).first().is_some_and(|word| own.heads.contains(word))
        });
        let counted = &self.vocabulary.catalog.synonyms.own.counted;
        self.words.iter().any(|word| number.contains(word))
            || people.is_some_and(|at| tokens[at..].iter().any(|token| counted.contains(token)))
    }

    fn percent(&self) -> Option<NumberKind> {
        if !self.are_within_100() {
            return None;
        }
        match self.cells.kind {
            // A name that says percent may mean what it says: 0.45 is less than one percent.
            ColumnType::Share if self.is_called_percent() && !self.cells.are_precise() => None,
            ColumnType::Share => self.surely_shares().then_some(Self::shares()),
            _ => self.cells.most.is_some_and(|most| most > 1.0).then_some(NumberKind::of(Unit::Percent)),
        }
    }

    fn money(&self) -> Option<NumberKind> {
        let limits = &self.vocabulary.catalog.synonyms.own;
        let is_large = self.median().abs() * self.around.times.unwrap_or(1.0) >= limits.least_dollars;
        let is_sure = is_large || self.around.is_money || self.cells.kind == ColumnType::Dollars;
        is_sure.then(|| self.amounts())
    }

    fn amounts(&self) -> NumberKind {
        let own = &self.vocabulary.own;
        let is_mean = has_any(self.words, &own.mean) || has_any(self.words, &own.ratio);
        NumberKind { unit: Unit::Dollars, mean: is_mean, is_share: false }
    }

    /// Whether the amounts around these are in thousands, and these may be the plain dollars of one person or thing.
    pub(super) fn may_be_of_one(&self) -> bool {
        let Some(times) = self.around.times else { return false };
        let limits = &self.vocabulary.catalog.synonyms.own;
        let tokens = tokenize(self.label);
        if tokens.iter().any(|token| limits.of_all.contains(token)) {
            return false;
        }
        let is_large = self.median().abs() * times >= limits.most_of_one;
        tokens.iter().any(|token| limits.of_one_thing.contains(token))
            || is_large && tokens.iter().any(|token| limits.of_one.contains(token))
    }

    const fn shares() -> NumberKind {
        NumberKind { unit: Unit::Percent, mean: false, is_share: true }
    }

    /// Whether fractions of 1 are so large that they cannot be percents, by their decimals and the other columns.
    fn surely_shares(&self) -> bool {
        let limits = &self.vocabulary.catalog.synonyms.own;
        let has_fractions = self.cells.numbers.iter().any(|n| n.fract() != 0.0);
        let is_told = self.cells.are_precise() || self.around.has_fractions;
        let least = if is_told { limits.least_fraction } else { limits.sure_fraction };
        has_fractions
            && !self.around.has_percents
            && (is_told || !self.cells.are_coarse())
            && self.median() >= least
    }

    /// Whether the name is that of a test and says nothing else, so that its numbers may be scores.
    fn names_only_a_test(&self) -> bool {
        let synonyms = &self.vocabulary.catalog.synonyms;
        let mut names = tokenize(self.label).into_iter().filter(|word| {
            !synonyms.left_over.harmless.contains(word) && !word.bytes().all(|byte| byte.is_ascii_digit())
        });
        names.next().is_some_and(|first| synonyms.own.tests.contains(&first))
            && names.all(|word| synonyms.own.tests.contains(&word))
    }

    /// What is unclear about the numbers.
    pub(super) fn doubt(&self, seen: &str) -> String {
        if self.names_only_a_test() {
            return wording::scores_or_counts(seen);
        }
        match self.cells.most {
            Some(most) if self.cells.kind == ColumnType::Share && self.says_percent() => {
                fractions_or_percents(&number_text(most))
            }
            _ => wording::unit_unclear(seen),
        }
    }

    fn are_positive(&self) -> bool {
        self.cells.least.is_some_and(|least| least >= 0.0)
    }

    fn are_within_100(&self) -> bool {
        self.are_positive() && self.cells.most.is_some_and(|most| most <= 100.0)
    }

    fn median(&self) -> f64 {
        let mut sorted = self.cells.numbers.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

/// Whether the numbers are so large that each student's can only be dollars.
pub(super) fn is_amount_per_student(
    vocabulary: &Vocabulary<'_>,
    words: &[String],
    cells: &CellProfile,
) -> bool {
    let per = &vocabulary.catalog.synonyms.left_over.per;
    let student = vocabulary.words("student");
    let least = vocabulary.catalog.synonyms.own.least_dollars;
    words.iter().any(|word| per.contains(word))
        && words.iter().any(|word| student.contains(word))
        && cells.least.is_some_and(|lowest| lowest >= least)
}
