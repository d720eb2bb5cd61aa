//! A district's own indicators: numbers over years under a name that no measure has. Each becomes a measure of the
//! project, with its name as the label; what its words and numbers say decides the unit. Where they leave a doubt,
//! it is left to the district.

use serde::Serialize;

use super::cell_profile::{CellProfile, ColumnType};
use super::numeric_fit::number_text;
use super::own_words::has_any;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::Measure;
use crate::domain::{FileName, Unit};
use crate::wording::own_measures as wording;
use crate::wording::survey_columns::{RANK, fractions_or_percents};

/// The longest label, in bytes: longer texts are notes.
const LONGEST_LABEL: usize = 90;
/// With fewer numbers than this, nothing is over years.
const FEWEST_NUMBERS: usize = 2;

/// A measure of the project, made from a column or a line of its tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnMeasure {
    /// Its id.
    pub id: String,
    /// Its name, as in the table.
    pub label: String,
    /// Domain id; `None` if its name says none.
    pub domain: Option<String>,
    /// Its unit.
    pub unit: Unit,
    /// Whether its values are averages.
    pub mean: bool,
    /// Whether the numbers are fractions of 1 that must be converted to percents.
    pub is_share: bool,
    /// Whether some of its values are of a student group, so that they are about students.
    pub by_group: bool,
    /// Whether it is about teachers, of whom a percent is a rate.
    pub of_teachers: bool,
    /// The evidence, in words.
    pub why: String,
}

impl OwnMeasure {
    /// Gives it the domain `usual` if its name says none; `by_group` says whether its table has values of student groups.
    pub(super) fn settle(&mut self, usual: &str, by_group: bool) {
        self.domain.get_or_insert_with(|| usual.to_owned());
        self.by_group |= by_group;
    }

    /// The same for a part of its values, which this text names.
    pub(super) fn narrowed(&self, part: &str) -> Self {
        let label = format!("{}, {part}", self.label);
        Self { id: id(&label), label, ..self.clone() }
    }

    /// A measure of the project that is like one of the catalog.
    pub(super) fn like(measure: &Measure, is_share: bool, cells: &CellProfile) -> Self {
        Self {
            id: id(&measure.label),
            label: measure.label.clone(),
            domain: Some(measure.domain.clone()),
            unit: measure.unit,
            mean: measure.unit != Unit::Percent,
            is_share,
            by_group: false,
            of_teachers: false,
            why: wording::becomes_own(&values_seen(cells), measure.unit),
        }
    }
}

/// What the numbers of an indicator are.
struct NumberKind {
    unit: Unit,
    mean: bool,
    is_share: bool,
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

/// The indicator named `text`, whose numbers are those of `cells`.
///
/// # Errors
/// Why it is none, or what is unclear about it, with the numbers seen.
pub(super) fn own_measure(
    vocabulary: &Vocabulary<'_>,
    text: &str,
    cells: &CellProfile,
    around: Surroundings,
) -> Result<OwnMeasure, String> {
    let label = label(vocabulary, text);
    let words = vocabulary.words(&label);
    let seen = values_seen(cells);
    let is_money = around.is_money || is_amount_per_student(vocabulary, &words, cells);
    let around = Surroundings { is_money, ..around };
    if cells.numbers.len() < FEWEST_NUMBERS || cells.texts.values().sum::<usize>() > cells.numbers.len() {
        return Err(wording::too_few_numbers(&seen));
    }
    if vocabulary.names_rank(text) {
        return Err(RANK.to_owned());
    }
    let is_name = !label.is_empty() && label.len() <= LONGEST_LABEL;
    let is_indicator =
        vocabulary.own.is_indicator(&words) || around.is_money && vocabulary.own.is_line(&words);
    let says_more = says_more_than_breakdown(vocabulary, &label) && !vocabulary.is_window(&label);
    if !is_name || !is_indicator || !says_more {
        return Err(wording::no_indicator(&seen));
    }
    let numbers = IndicatorNumbers { vocabulary, label: &label, words: &words, cells, around };
    let kind = numbers.kind().ok_or_else(|| numbers.doubt(&seen))?;
    if kind.unit == Unit::Dollars && vocabulary.money_factor(text).is_none() && numbers.may_be_of_one() {
        return Err(wording::factor_unclear(&seen));
    }
    let teacher = vocabulary.words("teacher");
    Ok(OwnMeasure {
        id: id(&label),
        domain: vocabulary.own.domain(&words).map(str::to_owned),
        unit: kind.unit,
        mean: kind.mean,
        is_share: kind.is_share,
        by_group: false,
        of_teachers: words.iter().any(|word| teacher.contains(word)),
        why: wording::becomes_own(&seen, kind.unit),
        label,
    })
}

/// Whether the numbers are so large that each student's can only be dollars.
fn is_amount_per_student(vocabulary: &Vocabulary<'_>, words: &[String], cells: &CellProfile) -> bool {
    let per = &vocabulary.catalog.synonyms.left_over.per;
    let student = vocabulary.words("student");
    let least = vocabulary.catalog.synonyms.own.least_dollars;
    words.iter().any(|word| per.contains(word))
        && words.iter().any(|word| student.contains(word))
        && cells.least.is_some_and(|lowest| lowest >= least)
}

/// Whether a label has words besides those for a group, a grade or a subject.
fn says_more_than_breakdown(vocabulary: &Vocabulary<'_>, label: &str) -> bool {
    let name = vocabulary.parse_name(label);
    !name.has_only(&vocabulary.catalog.synonyms.left_over.harmless)
}

/// A name without its school year.
fn label(vocabulary: &Vocabulary<'_>, text: &str) -> String {
    let mut label = text.to_owned();
    if let Some(mention) = vocabulary.find_year(text) {
        let (before, after) = (&text[..mention.phrase_start], &text[mention.span.end..]);
        label = format!("{} {}", before.trim_end_matches('_'), after.trim_start_matches('_'));
    }
    let label = vocabulary.without_money_factor(&label).replace(" › ", ", ");
    let folded = label.split_whitespace().collect::<Vec<_>>().join(" ");
    // A heading or a year that is gone leaves an empty part.
    let parts = folded.split(", ").map(trimmed).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(|part| stat_in_words(vocabulary, part)).collect();
    trimmed(&parts.join(", ")).to_owned()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':' | '›' | '*'))
}

/// A part of a name that only says that something is counted, as people write it: `number` for `#`.
fn stat_in_words<'t>(vocabulary: &Vocabulary<'_>, part: &'t str) -> &'t str {
    let number = &vocabulary.catalog.synonyms.left_over.number;
    match vocabulary.words(part).first() {
        Some(word) if !part.contains(char::is_alphanumeric) && number.contains(word) => wording::NUMBER,
        _ => part,
    }
}

/// An id made from a label, which no measure of the catalog has.
fn id(label: &str) -> String {
    let lower =
        label.to_lowercase().replace('%', " percent ").replace('#', " number ").replace('$', " dollars ");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    FileName::of(&format!("our-{}", words.join("-"))).to_string()
}

/// The numbers of a column, as they are shown in a question.
pub(super) fn values_seen(cells: &CellProfile) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> =
        cells.numbers.iter().take(SHOWN).map(|number| number_text(*number)).collect();
    if shown.is_empty() {
        shown = cells.examples.clone();
    }
    if cells.numbers.len() > SHOWN {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// The numbers of an indicator, and the words of its name.
struct IndicatorNumbers<'a> {
    vocabulary: &'a Vocabulary<'a>,
    label: &'a str,
    words: &'a [String],
    cells: &'a CellProfile,
    around: Surroundings,
}

impl IndicatorNumbers<'_> {
    /// What the numbers are; `None` if words and numbers leave a doubt.
    fn kind(&self) -> Option<NumberKind> {
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
        if !says_percent && has_any(self.words, &own.dollars) {
            return self.money();
        }
        if says_percent {
            return self.percent();
        }
        if has_any(self.words, &own.fte) {
            return self.are_positive().then_some(NumberKind::of(Unit::Fte));
        }
        if self.names_count() && self.are_whole() && self.are_positive() {
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
        !is_mean && !self.says_percent() && self.are_whole() && self.are_positive()
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
        if says_part && !self.are_whole() && self.are_within_100() {
            return Some(NumberKind::of(Unit::Percent));
        }
        let may_be_percents = says_part && self.are_within_100();
        (self.are_whole() && self.are_positive() && !may_be_percents).then_some(NumberKind::of(Unit::Count))
    }

    /// A rate of pay is money.
    fn says_percent(&self) -> bool {
        let own = &self.vocabulary.own;
        let is_sure = self.names_percent() || self.words.iter().any(|word| word == "share");
        let is_rate = has_any(self.words, &own.percent) && !has_any(self.words, &own.dollars);
        is_sure || is_rate && !has_any(self.words, &own.ratio)
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
    fn may_be_of_one(&self) -> bool {
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

    /// What is unclear about the numbers.
    fn doubt(&self, seen: &str) -> String {
        match self.cells.most {
            Some(most) if self.cells.kind == ColumnType::Share && self.says_percent() => {
                fractions_or_percents(&number_text(most))
            }
            _ => wording::unit_unclear(seen),
        }
    }

    fn are_whole(&self) -> bool {
        self.cells.numbers.iter().all(|n| n.fract() == 0.0)
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
