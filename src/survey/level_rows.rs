//! Levels of achievement in rows: a column `Performance` with Below Basic, Basic, Proficient, Advanced, and Proficient or Above.
//! The percents in the rows of the last one are the share at or above the level; those of the others are no rates of their own.

use std::collections::BTreeMap;

use super::achievement_levels::{FEWEST_LEVELS, MOST_LEVELS};
use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::level_name::LevelName;
use super::line_numbers::{LineColumn, LineNumbers};
use super::matching::sure_measure;
use super::numeric_fit::fit_numbers;
use super::role::is_categorical;
use super::row_evidence::RowRule;
use super::tokens::{has_phrase, tokenize};
use crate::catalog::{Measure, Stat};
use crate::wording::survey_levels as wording;

/// The confidence that a column with such rows holds the rate.
const SCORE: f64 = 0.9;
/// The percents of all levels, and how far each may be from its exact value because of rounding.
const WHOLE: f64 = 100.0;
const ROUNDING: f64 = 0.5;
/// Levels may stand beside this many texts for all or none of the students, and for several levels.
const MOST_OTHERS: usize = 6;

/// A column whose texts are levels of achievement.
struct LevelRows<'a> {
    index: ColumnIndex,
    /// The texts for single levels.
    levels: Vec<String>,
    /// The texts for a level and all above it that mean a rate.
    at_or_above: Vec<TextAtOrAbove<'a>>,
}

/// A text for a level and all above it.
struct TextAtOrAbove<'a> {
    text: String,
    measure: &'a Measure,
}

/// The numbers of each level, by its text; each row has those of several columns.
struct NumbersOfLevels<'l> {
    levels: Vec<&'l LineNumbers>,
}

impl<'a> ColumnClassifier<'a> {
    /// Reads the percents of the rows at or above a level, or asks which rows count as proficient.
    pub(super) fn classify_level_rows(&mut self) {
        let Some(rows) = self.level_rows() else { return };
        let Some(cells) = self.cells else { return };
        let open = self.open_columns();
        let columns: Vec<LineColumn> = open.iter().map(|index| self.column(*index).line_column()).collect();
        let labels = self.indexes().filter(|index| *index != rows.index && self.column(*index).is_label());
        let keys: Vec<u32> = labels.map(|index| self.column(index).column).collect();
        let lines = cells.lines(self.column(rows.index).column, &columns, &keys, &BTreeMap::new());
        let numbers =
            NumbersOfLevels { levels: rows.levels.iter().filter_map(|text| lines.get(text)).collect() };
        if !numbers.are_of_the_same() {
            return;
        }
        let varying: Vec<ColumnAtLevels> = open
            .iter()
            .enumerate()
            .filter(|(position, _)| numbers.differ_at(*position))
            .map(|(position, index)| ColumnAtLevels { index: *index, adds_up: numbers.add_up_at(position) })
            .collect();
        let values = self.percents_at_levels(&varying);
        // Levels without percents may be those of anything.
        if values.is_empty() {
            return;
        }
        for column in varying.iter().filter(|column| !values.contains(&column.index)) {
            self.close(column.index, None, wording::NUMBER_AT_LEVEL.to_owned());
        }
        self.settle_level_rows(&rows, &values);
    }

    /// The column whose texts are mostly levels of achievement.
    fn level_rows(&self) -> Option<LevelRows<'a>> {
        self.indexes().find_map(|index| self.levels_in(index))
    }

    fn levels_in(&self, index: ColumnIndex) -> Option<LevelRows<'a>> {
        let column = self.column(index);
        let texts = &column.cells.texts;
        let few = FEWEST_LEVELS..=MOST_LEVELS + MOST_OTHERS;
        if !column.is_unread() || !is_categorical(&column.cells) || !few.contains(&texts.len()) {
            return None;
        }
        let mut rows = LevelRows { index, levels: Vec::new(), at_or_above: Vec::new() };
        for text in texts.keys().filter(|text| self.has_word_for_level(text)) {
            let levels = &self.vocabulary.catalog.synonyms.levels;
            if !text.contains('+') && !has_phrase(text, &levels.cumulative) {
                rows.levels.extend(self.level_of_text(text).map(|_| text.clone()));
            } else if let Some(measure) = self.measure_at_or_above(text) {
                rows.at_or_above.push(TextAtOrAbove { text: text.clone(), measure });
            }
        }
        let found = (FEWEST_LEVELS..=MOST_LEVELS).contains(&rows.levels.len());
        (found && texts.len() - rows.levels.len() <= MOST_OTHERS).then_some(rows)
    }

    /// Whether a text has a word for a level. Parsing a text is slow, and few are levels.
    fn has_word_for_level(&self, text: &str) -> bool {
        let levels = &self.vocabulary.catalog.synonyms.levels;
        let lists = [&levels.below, &levels.reached, &levels.numbered];
        let words = self.vocabulary.joined_words(text);
        words.split(' ').any(|word| lists.into_iter().any(|list| list.iter().any(|known| known == word)))
    }

    fn level_of_text(&self, text: &str) -> Option<LevelName> {
        let synonyms = &self.vocabulary.catalog.synonyms;
        LevelName::of(&self.vocabulary.parse_name(text), &synonyms.levels, &synonyms.left_over)
    }

    /// The rate of those at a level and above it: by the name that a column of it would have, else that of the proficient if the level
    /// counts as such.
    fn measure_at_or_above(&self, text: &str) -> Option<&'a Measure> {
        let vocabulary = self.vocabulary;
        let levels = &vocabulary.catalog.synonyms.levels;
        let named = sure_measure(vocabulary, &wording::percent_of(text));
        if let Some(measure) = named.filter(|measure| levels.at_or_above.contains(&measure.id)) {
            return Some(measure);
        }
        let mut words = format!(" {} ", tokenize(text).join(" "));
        for phrase in &levels.cumulative {
            words = words.replace(&format!(" {phrase} "), " ");
        }
        let reached = self.level_of_text(words.trim()) == Some(LevelName::Reached);
        let together = levels.together.as_ref().filter(|_| reached)?;
        vocabulary.catalog.measures.get(together)
    }

    /// Of the columns whose numbers differ from level to level, those with percents: those of years, or a single one.
    fn percents_at_levels(&self, varying: &[ColumnAtLevels]) -> Vec<ColumnIndex> {
        let has_called = varying.iter().any(|column| self.is_called_percent(column.index));
        let percents = varying
            .iter()
            .filter(|column| if has_called { self.is_called_percent(column.index) } else { column.adds_up });
        let percents: Vec<ColumnIndex> = percents.map(|column| column.index).collect();
        if percents.len() == 1 || percents.iter().all(|index| self.is_named_by_year_only(*index)) {
            return percents;
        }
        let mut called = percents.into_iter().filter(|index| self.is_called_value(*index));
        called.next().filter(|_| called.next().is_none()).into_iter().collect()
    }

    /// Whether the name of a column, or its cells, say that it holds percents.
    fn is_called_percent(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        column.cells.kind == ColumnType::Percent || self.vocabulary.says_rate(&column.name)
    }

    fn settle_level_rows(&mut self, rows: &LevelRows<'_>, values: &[ColumnIndex]) {
        let name = self.column(rows.index).name.clone();
        let [only] = &rows.at_or_above[..] else {
            let why = wording::which_rows(&name, &rows.levels);
            let nearest = self.vocabulary.catalog.synonyms.levels.together.clone();
            for index in values {
                self.close(*index, nearest.clone(), why.clone());
            }
            return;
        };
        for index in values {
            match fit_numbers(&self.column(*index).cells, only.measure, None) {
                Ok(fit) => {
                    let parsed = self.parsed_name(*index);
                    let measure = MeasureColumn::new(&parsed, only.measure, Stat::Value, SCORE, fit);
                    let why = wording::rows_at_or_above(&only.measure.label, &only.text, &name);
                    self.set_measure(*index, measure, why);
                }
                Err(why) => self.close(*index, Some(only.measure.id.clone()), why),
            }
        }
        if values.iter().any(|index| self.column(*index).measure().is_some()) {
            self.notes.push(wording::only_rows_at_or_above(&name, &only.text, &rows.levels));
            self.rules.push(RowRule {
                column: name,
                pattern: format!("^(?:{})$", regex::escape(&only.text)),
                keeps: true,
                why: wording::SINGLE_LEVELS.to_owned(),
            });
        }
    }
}

/// A column whose numbers differ from level to level.
struct ColumnAtLevels {
    index: ColumnIndex,
    /// Whether those of all levels add up to 100.
    adds_up: bool,
}

impl NumbersOfLevels<'_> {
    /// The rows that are about the same, for each of which most of the levels have numbers.
    fn rows(&self) -> BTreeMap<&str, Vec<&Vec<String>>> {
        let mut rows: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
        for (key, numbers) in self.levels.iter().flat_map(|line| &line.rows) {
            rows.entry(key).or_default().push(numbers);
        }
        rows
    }

    /// Whether most rows are about a district, year, and group of which several levels have rows. The rating of a school is one level
    /// only.
    fn are_of_the_same(&self) -> bool {
        let rows = self.rows();
        let several = rows.values().filter(|rows| rows.len() >= FEWEST_LEVELS).count();
        !rows.is_empty() && several * 2 > rows.len()
    }

    /// Whether the numbers in the column at this position are not the same for all levels.
    fn differ_at(&self, position: usize) -> bool {
        let rows = self.rows();
        let differing = rows.values().filter(|rows| {
            let first = rows.first().and_then(|row| row.get(position));
            rows.iter().any(|row| row.get(position) != first)
        });
        differing.count() * 2 > rows.len()
    }

    /// Whether, for most of what rows are about, the numbers of all levels add up to 100.
    fn add_up_at(&self, position: usize) -> bool {
        let rows = self.rows();
        let off = ROUNDING * self.levels.len() as f64;
        let adding = rows.values().filter(|rows| {
            let numbers: Option<Vec<f64>> =
                rows.iter().map(|row| row.get(position)?.trim_end_matches('%').trim().parse().ok()).collect();
            numbers.is_some_and(|numbers| (numbers.iter().sum::<f64>() - WHOLE).abs() <= off)
        });
        adding.count() * 2 > rows.len()
    }
}
