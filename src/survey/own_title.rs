//! Tables whose columns are named only by years, groups or grades, and whose title names one of the district's own
//! indicators.

use super::cell_profile::CellProfile;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::indicator_numbers::Surroundings;
use super::own_measure::{OwnMeasure, own_measure};
use super::title::names_no_measure;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;

/// A title says what columns are only if there are several.
const FEWEST_COLUMNS: usize = 2;
/// What separates the parts of a title.
const SEPARATORS: [&str; 5] = [" - ", " – ", " — ", " | ", "; "];

impl Vocabulary<'_> {
    /// Whether a part of a title says that the numbers below it are percents, and not changes or the like.
    pub(super) fn titles_percents(&self, title: &str) -> bool {
        let percents = &self.catalog.synonyms.around.percents;
        let mut parts = vec![title];
        for separator in SEPARATORS.into_iter().chain([": ", " and ", ", "]) {
            parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
        }
        parts.into_iter().any(|part| {
            let is_said = tokenize(part).iter().any(|token| percents.contains(token));
            is_said && !self.own.is_never_read(&self.words(part))
        })
    }
}

impl ColumnClassifier<'_> {
    /// Reads columns named only by years, groups or grades as the indicator in the title, if the catalog has no measure
    /// for it.
    pub(super) fn classify_by_own_title(&mut self) {
        if self.has_role(Role::Measure) || self.title_measure().is_some() || self.measures().next().is_some()
        {
            return;
        }
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        let mut open = self.open_columns();
        open.retain(|index| {
            if self.doubtful.contains(index) {
                return false;
            }
            let means_all = self.vocabulary.means_all(&self.column(*index).name);
            let is_bare = names_no_measure(&self.parsed_name(*index), means_all, left_over)
                || self.vocabulary.window_in(&self.column(*index).name).is_some();
            (is_bare || self.holds_districts_values(*index)) && self.is_number(*index)
        });
        if open.len() < FEWEST_COLUMNS {
            return;
        }
        let Some(titled) = self.own_in_title(&open) else { return };
        let windows = self.vocabulary.windows_in(open.iter().map(|index| &self.column(*index).name));
        for index in open {
            let name = self.parsed_name(index);
            let own = match self.vocabulary.window_in(&self.column(index).name) {
                Some(window) if windows.len() > 1 || !name.words.is_empty() => titled.narrowed(&window),
                _ => titled.clone(),
            };
            let why = own.why.clone();
            let [group, grade, subject] = name.breakdown();
            let times = if own.is_share { Some(100.0) } else { self.title_times_of(own.unit) };
            let of_own = MeasureColumn::of_own(&name, own.clone());
            self.set_measure(index, MeasureColumn { group, grade, subject, times, ..of_own }, why);
        }
    }

    fn is_number(&self, index: ColumnIndex) -> bool {
        self.column(index).cells.kind.is_number()
    }

    /// The first indicator in the text around the table that fits the numbers of these columns together; `None` if only some of
    /// them are percents by their names ("2021-22 › #", "2021-22 › %").
    fn own_in_title(&self, columns: &[ColumnIndex]) -> Option<OwnMeasure> {
        let says_percent = columns
            .iter()
            .filter(|index| self.vocabulary.has_percent_word(&self.column(**index).parsed.words));
        let percents = says_percent.count();
        if percents > 0 && percents < columns.len() {
            return None;
        }
        let cells = CellProfile::joined(columns.iter().map(|index| &self.column(*index).cells));
        let around = self.surroundings();
        let around = Surroundings { is_percent: around.is_percent || percents > 0, ..around };
        self.titles().iter().find_map(|title| own_measure(self.vocabulary, title, &cells, around).ok())
    }

    /// The parts of the texts around the table, without the name of the district, each with the subject that only the sheet
    /// names.
    fn titles(&self) -> Vec<String> {
        let subject = self.context.iter().find_map(|text| {
            let id = self.vocabulary.parse_name(text).subject?;
            Some((id, text))
        });
        // Below a title that says more than a measure's name, no other text says what the numbers are.
        let narrowed = self.narrowed_title().map(|naming| naming.title);
        let mut titles = Vec::new();
        for text in self.context.iter().filter(|text| narrowed.is_none_or(|title| title == *text)) {
            let mut parts = vec![text.as_str()];
            for separator in SEPARATORS {
                parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
            }
            for part in parts.into_iter().filter(|part| self.vocabulary.district_in(part).is_none()) {
                match &subject {
                    Some((_, named)) if self.vocabulary.parse_name(part).subject.is_none() => {
                        titles.push(format!("{part}, {named}"));
                    }
                    _ => titles.push(part.to_owned()),
                }
            }
        }
        titles
    }
}
