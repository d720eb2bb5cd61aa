//! A district's own indicators: numbers over years under a name that no measure has. Each becomes a measure of the
//! project, with its name as the label; what its words and numbers say decides the unit. Where they leave a doubt,
//! it is left to the district.

use serde::Serialize;

use super::cell_profile::CellProfile;
use super::indicator_numbers::{IndicatorNumbers, Surroundings, is_amount_per_student};
use super::numeric_fit::number_text;
use super::vocabulary::Vocabulary;
use crate::catalog::Measure;
use crate::domain::{FileName, Unit};
use crate::wording::own_measures as wording;
use crate::wording::survey_columns::RANK;

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
