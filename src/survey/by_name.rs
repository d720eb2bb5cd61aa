//! Columns whose own names say which measure they contain.

use super::cell_profile::CellProfile;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, MeasureColumn};
use super::matching::{MeasureMatch, matches_of_column, nearest_measures};
use super::numeric_fit::{NumericFit, fit_numbers, fit_unlabeled_numbers};
use super::vocabulary::Vocabulary;
use crate::catalog::{Measure, Stat};
use crate::wording::survey_columns::{self as wording, NameAgreement};

/// With at least this score, a name is one of the measure's spellings.
const EXACT: f64 = 0.999;
/// Below this score, a match of all words includes a misspelled one.
const MISSPELLED: f64 = 0.96;

/// A match of a column's name with a measure, after checking that its numbers fit.
struct FittingMatch<'a> {
    name_match: &'a MeasureMatch<'a>,
    fit: NumericFit,
}

/// Why a column is not read, and the measure with the most similar name.
struct Rejection {
    nearest: Option<String>,
    why: String,
}

impl ColumnClassifier<'_> {
    /// Matches a column by its name, and checks its numbers.
    pub(super) fn classify_by_name(&mut self, index: ColumnIndex) {
        let column = self.column(index);
        if self.vocabulary.is_unread_name(&column.name) {
            return;
        }
        if self.vocabulary.names_rank(&column.name) {
            self.doubtful.insert(index);
            self.column_mut(index).leave_unread(None, wording::RANK.to_owned());
            return;
        }
        let matches = matches_of_column(self.vocabulary, &column.name);
        match self.best_fitting_match(column, &matches) {
            Ok(best) => {
                let (name_match, why) = (best.name_match, best.why());
                let measure = MeasureColumn::new(
                    &name_match.name,
                    name_match.measure,
                    name_match.stat,
                    name_match.score,
                    best.fit,
                );
                self.set_measure(index, measure, why);
            }
            Err(rejection) => {
                let is_doubtful = rejection.is_some();
                let rejection =
                    rejection.unwrap_or_else(|| self.no_sure_match(&column.name, matches.first()));
                if is_doubtful {
                    self.doubtful.insert(index);
                }
                self.column_mut(index).leave_unread(rejection.nearest, rejection.why);
            }
        }
    }

    /// The best of the sure matches whose measure fits the column's numbers.
    ///
    /// # Errors
    /// The reason if there is none: two are equally good, or the numbers fit none; `None` if no match is
    /// sure.
    fn best_fitting_match<'m>(
        &self,
        column: &Column,
        matches: &'m [MeasureMatch<'m>],
    ) -> Result<FittingMatch<'m>, Option<Rejection>> {
        let mut rejection = None;
        let mut best: Option<FittingMatch<'_>> = None;
        for name_match in matches.iter().filter(|name_match| name_match.is_sure_by_itself()) {
            if best.as_ref().is_some_and(|best| name_match.is_weaker_than(best.name_match)) {
                break;
            }
            match (self.fit_match(column, name_match), &best) {
                (Ok(fit), None) => best = Some(FittingMatch { name_match, fit }),
                (Ok(_), Some(best)) => {
                    return Err(Some(Rejection::ambiguous(best.name_match.measure, name_match.measure)));
                }
                (Err(why), _) if rejection.is_none() => {
                    rejection = Some(Rejection::misfit(name_match.measure, &why));
                }
                (Err(_), _) => {}
            }
        }
        best.ok_or(rejection)
    }

    /// How well the numbers of a column fit a match of its name.
    ///
    /// # Errors
    /// The reason if they do not.
    fn fit_match(&self, column: &Column, name_match: &MeasureMatch<'_>) -> Result<NumericFit, String> {
        if name_match.stat != Stat::Value {
            return fit_people(&column.cells, name_match.stat);
        }
        let unit = name_match.measure.unit;
        let named = name_match.times.or_else(|| self.times_above(&column.name, unit));
        let below = self.times_below(&column.name, unit).filter(|_| named.is_none());
        let fit = self.fit_measure(column, name_match.measure, named.or(below));
        // A note below the table may be about other columns only.
        if fit.is_err() && below.is_some() {
            return self.fit_measure(column, name_match.measure, None).or(fit);
        }
        fit
    }

    /// How well the numbers of a column fit a measure, multiplied by `stated`.
    ///
    /// # Errors
    /// The reason if they do not.
    fn fit_measure(
        &self,
        column: &Column,
        measure: &Measure,
        stated: Option<f64>,
    ) -> Result<NumericFit, String> {
        // What a title says of the numbers that are shown is not so of whole amounts behind them.
        let times = stated.filter(|times| *times < 1000.0 || !column.cells.are_shown_scaled());
        let fit = if self.vocabulary.says_rate(&column.name) { fit_numbers } else { fit_unlabeled_numbers };
        fit(&column.cells, measure, times)
    }

    /// Why a column whose name is not a sure match is not read, and the measure with the most similar name.
    fn no_sure_match(&self, name: &str, best: Option<&MeasureMatch<'_>>) -> Rejection {
        if let Some(best) = best.filter(|m| !m.unknown_words.is_empty() && !m.spelling.needs_group) {
            return Rejection::unknown_words(best);
        }
        match &nearest_measures(self.vocabulary, name)[..] {
            [] => Rejection { nearest: None, why: wording::NO_SIMILAR_NAME.to_owned() },
            [nearest] => {
                let why = wording::not_similar_enough(&nearest.label);
                Rejection { nearest: Some(nearest.id.clone()), why }
            }
            [one, two, more @ ..] => {
                let why = wording::ambiguous_name(&one.label, &two.label, !more.is_empty());
                Rejection { nearest: None, why }
            }
        }
    }
}

/// The best match of a column's name.
pub(super) fn matched_measure<'a>(vocabulary: &'a Vocabulary<'a>, name: &str) -> Option<MeasureMatch<'a>> {
    matches_of_column(vocabulary, name).into_iter().next()
}

/// How the numbers of a column can be numerators or denominators.
///
/// # Errors
/// The reason if they cannot.
fn fit_people(cells: &CellProfile, stat: Stat) -> Result<NumericFit, String> {
    if !cells.are_counts() {
        return Err(wording::NOT_COUNTS.to_owned());
    }
    let why = if stat == Stat::Numerator { wording::NUMERATOR } else { wording::DENOMINATOR };
    Ok(NumericFit { why: why.to_owned(), ..NumericFit::default() })
}

impl FittingMatch<'_> {
    fn why(&self) -> String {
        let name_match = self.name_match;
        let is_misspelled = name_match.score < MISSPELLED
            && name_match.unknown_words.is_empty()
            && !name_match.spelling.needs_group;
        let agreement = match name_match.score >= EXACT {
            true => NameAgreement::Exact,
            false if is_misspelled => NameAgreement::Misspelled,
            false => NameAgreement::Words,
        };
        wording::measure_by_name(&name_match.measure.label, agreement, &self.fit.why)
    }
}

impl Rejection {
    fn ambiguous(first: &Measure, second: &Measure) -> Self {
        let why = wording::ambiguous_name(&first.label, &second.label, false);
        Self { nearest: Some(first.id.clone()), why }
    }

    fn misfit(measure: &Measure, why: &str) -> Self {
        let why = wording::misfit_of_name(&measure.label, why);
        Self { nearest: Some(measure.id.clone()), why }
    }

    fn unknown_words(best: &MeasureMatch<'_>) -> Self {
        let why = wording::unknown_words(&best.measure.label, &best.unknown_words);
        Self { nearest: Some(best.measure.id.clone()), why }
    }
}
