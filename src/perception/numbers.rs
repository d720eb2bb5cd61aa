//! Answers that are numbers: the scale of each question of a sheet.
//!
//! A scale that the heading or the project says is taken as said. Of the other questions, each has the narrowest scale that its
//! answers fit. That becomes the next wider one if the answers to most questions with it go beyond it. Enough questions with one scale
//! establish it; a question by itself has an established scale that contains its answers, with a doubt if that is a wider one or if it
//! uses both ends of its own.

use std::collections::BTreeSet;

use super::columns::{AnswerColumn, AnswerColumns};
use super::heading_scale::{HeadingScale, asks_for_count};
use super::scales::{FittedScale, SurveyTime};
use crate::catalog::{NumberScale, PerceptionSpec, SurveyChoice};
use crate::form_export::plain;

/// What the numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnNumbers {
    /// None, or a count.
    None,
    /// Answers on a scale.
    Scale(NumberReading),
    /// Numbers that fit no scale of the other questions, and need not be on any.
    Unclear,
}

/// What the numbers of a question mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberReading {
    pub(super) scale: NumberScale,
    /// Whether the lowest number is the best; `None` if nothing says so, and the highest is taken to be the best.
    pub(super) lowest_is_best: Option<bool>,
    /// Whether it may be another scale.
    pub(super) is_doubtful: bool,
    /// The place of the column whose heading says all this, if its own heading does not.
    pub(super) legend: Option<usize>,
}

impl NumberReading {
    /// Whether the same is known, and not known, of two questions.
    pub(super) fn is_alike(self, other: Self) -> bool {
        self.has_direction_of(other) && self.is_doubtful == other.is_doubtful
    }

    /// Whether two questions have the same scale with the same best end.
    pub(super) fn has_direction_of(self, other: Self) -> bool {
        (self.scale, self.lowest_is_best) == (other.scale, other.lowest_is_best)
    }
}

/// A column of numbers, while its scale is being decided.
struct RatedColumn<'a> {
    /// The place of the column in its sheet.
    place: usize,
    column: &'a AnswerColumn,
    heading: HeadingScale,
    /// The scale as it stands: that of the heading or the project, or else the narrowest.
    scale: NumberScale,
    is_stated: bool,
    /// The place of the column whose heading says what the numbers stand for, if its own does not.
    legend: Option<usize>,
}

/// What the certain scales of all sheets say of the doubtful ones.
#[derive(Debug, Default)]
pub(super) struct NumberEvidence {
    known: BTreeSet<CertainScale>,
}

/// The certain scale of a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct CertainScale {
    time: SurveyTime,
    /// The question, in lowercase and without punctuation.
    words: String,
    ends: [u32; 2],
}

/// A question whose scale may be doubtful.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberQuestion<'a> {
    pub(super) text: &'a str,
    pub(super) time: &'a SurveyTime,
    /// Whether enough answers to the questions on its sheet are numbers that a higher one would have been chosen.
    pub(super) has_enough: bool,
}

/// What the columns of a sheet are read with.
#[derive(Clone, Copy)]
pub(super) struct NumberSheet<'a> {
    pub(super) columns: &'a AnswerColumns,
    /// For each column: the words of its heading if it may be a question on a scale of numbers, in lowercase and without
    /// punctuation.
    pub(super) headings: &'a [Option<String>],
    pub(super) choice: &'a SurveyChoice,
    pub(super) spec: &'a PerceptionSpec,
}

impl NumberSheet<'_> {
    /// What the numbers of each column are, in the order of the columns.
    pub(super) fn read(self) -> Vec<ColumnNumbers> {
        let mut all = vec![ColumnNumbers::None; self.columns.all.len()];
        let mut numbers: Vec<RatedColumn<'_>> =
            (0..self.columns.all.len()).filter_map(|place| self.number_column(place)).collect();
        self.carry_legends(&mut numbers);
        widen(&mut numbers, self.spec);
        let is_enough = numbers.len() >= self.spec.least_numeric;
        let sheet = SheetScales::of(&numbers, self.spec);
        for number in numbers.iter().filter(|number| is_enough || number.is_stated) {
            all[number.place] = self.reading(number, &sheet);
        }
        all
    }

    /// A column, if most of its answers are numbers that may be on a scale.
    fn number_column(&self, place: usize) -> Option<RatedColumn<'_>> {
        let heading = self.headings[place].as_ref()?;
        let column = &self.columns.all[place];
        let said = HeadingScale::of(heading, self.spec);
        // What the ends stand for shows that “number of” is what is rated, and not what is asked for.
        let is_rated = said.lowest_is_best.is_some();
        if column.is_open || !is_rated && asks_for_count(heading, self.spec) {
            return None;
        }
        let own = self.choice.ends().and_then(|ends| self.spec.numbers_between(ends));
        let mut stated = said.scale.into_iter().chain(own);
        let stated = stated.find(|scale| fits(*scale, column, self.spec));
        let mut known = self.spec.numbers.iter().filter(|scale| !scale.only_stated);
        let scale = stated.or_else(|| known.find(|scale| fits(**scale, column, self.spec)).copied())?;
        Some(RatedColumn { place, column, heading: said, scale, is_stated: stated.is_some(), legend: None })
    }

    /// Gives questions without a legend that of the question before them: forms often say only once what the numbers stand for. A
    /// column of another kind, or with another scale, ends the block. The project's word needs no legend.
    fn carry_legends(&self, numbers: &mut [RatedColumn<'_>]) {
        if self.choice.ends().is_some() {
            return;
        }
        let mut numbers = numbers.iter_mut().peekable();
        let mut legend: Option<Legend> = None;
        for place in 0..self.columns.all.len() {
            let Some(number) = numbers.next_if(|number| number.place == place) else {
                legend = self.legend_alone(place);
                continue;
            };
            if number.heading.lowest_is_best.is_some() {
                legend = Legend::of(number.heading, place);
            } else if let Some(known) = legend.filter(|known| self.is_silent(place) && known.is_about(number))
            {
                let lowest_is_best = Some(known.lowest_is_best);
                number.heading = HeadingScale { scale: Some(known.scale), lowest_is_best };
                number.scale = known.scale;
                number.is_stated = true;
                number.legend = Some(known.place);
            } else {
                legend = None;
            }
        }
    }

    /// Whether a heading says nothing of numbers. The first word may be the number of the question.
    fn is_silent(&self, place: usize) -> bool {
        let heading = self.headings[place].as_deref().unwrap_or_default();
        heading.split(' ').skip(1).all(|word| word.parse::<u32>().is_err())
    }

    /// The legend that is above a column without answers.
    fn legend_alone(&self, place: usize) -> Option<Legend> {
        let column = &self.columns.all[place];
        let heading = self.headings[place].as_ref().filter(|_| column.answered == 0)?;
        Legend::of(HeadingScale::of(heading, self.spec), place)
    }

    fn reading(&self, number: &RatedColumn<'_>, sheet: &SheetScales) -> ColumnNumbers {
        if number.is_stated {
            return ColumnNumbers::Scale(self.on_scale(number, number.scale, false));
        }
        if sheet.is_established(number.scale) {
            let is_doubtful = number.scale.may_be_wider || !sheet.reaches_top(number.scale);
            return ColumnNumbers::Scale(self.on_scale(number, number.scale, is_doubtful));
        }
        let established = sheet.established.iter().filter(|scale| fits(**scale, number.column, self.spec));
        let established: Vec<NumberScale> = established.copied().collect();
        if let Some(wider) = established.iter().find(|scale| scale.contains(number.scale)) {
            let scale = if uses_both_ends(number) { number.scale } else { *wider };
            return ColumnNumbers::Scale(self.on_scale(number, scale, true));
        }
        if let Some(narrower) = established.last() {
            return ColumnNumbers::Scale(self.on_scale(number, *narrower, narrower.may_be_wider));
        }
        if uses_both_ends(number) {
            return ColumnNumbers::Scale(self.on_scale(number, number.scale, number.scale.may_be_wider));
        }
        let mut others = sheet.used.iter().filter(|scale| **scale != number.scale);
        let wider = others.find(|scale| scale.contains(number.scale));
        wider
            .map_or(ColumnNumbers::Unclear, |wider| ColumnNumbers::Scale(self.on_scale(number, *wider, true)))
    }

    /// The reading of a column on a scale. The project's word on the best number counts where the scale has both of its ends.
    fn on_scale(&self, number: &RatedColumn<'_>, scale: NumberScale, is_doubtful: bool) -> NumberReading {
        let own = self.choice.ends().filter(|ends| *ends == scale.ends());
        let own = own.map(|_| self.choice.best == Some(scale.low));
        let said = number.heading.lowest_is_best.filter(|_| number.heading.scale == Some(scale));
        NumberReading { scale, lowest_is_best: said.or(own), is_doubtful, legend: number.legend }
    }
}

/// What a heading says of its numbers, for the questions after it too.
#[derive(Clone, Copy)]
struct Legend {
    /// The place of its column.
    place: usize,
    scale: NumberScale,
    lowest_is_best: bool,
}

impl Legend {
    /// The legend of a heading; `None` if it does not say which end is best.
    fn of(heading: HeadingScale, place: usize) -> Option<Self> {
        let (scale, lowest_is_best) = (heading.scale?, heading.lowest_is_best?);
        Some(Self { place, scale, lowest_is_best })
    }

    /// Whether the answers to a question may be on this scale, and are on no other.
    fn is_about(&self, number: &RatedColumn<'_>) -> bool {
        let own = number.scale;
        let is_part = own.may_be_wider && own.low == self.scale.low && self.scale.high == own.high + 1;
        own == self.scale || is_part
    }
}

/// The scales of the questions of a sheet, narrowest first.
struct SheetScales {
    /// Those that any question has.
    used: Vec<NumberScale>,
    /// Those that enough questions have.
    established: Vec<NumberScale>,
    /// Those of which somebody gave the highest number.
    reached: Vec<NumberScale>,
}

impl SheetScales {
    fn of(numbers: &[RatedColumn<'_>], spec: &PerceptionSpec) -> Self {
        let mut found = Self { used: Vec::new(), established: Vec::new(), reached: Vec::new() };
        for scale in spec.numbers.iter().copied() {
            let own: Vec<&RatedColumn<'_>> = numbers.iter().filter(|number| number.scale == scale).collect();
            if own.is_empty() {
                continue;
            }
            found.used.push(scale);
            if own.len() >= spec.least_numeric {
                found.established.push(scale);
            }
            if own.iter().any(|number| counted(number.column, scale.high..=scale.high) > 0) {
                found.reached.push(scale);
            }
        }
        found
    }

    fn is_established(&self, scale: NumberScale) -> bool {
        self.established.contains(&scale)
    }

    fn reaches_top(&self, scale: NumberScale) -> bool {
        self.reached.contains(&scale)
    }
}

/// Gives questions the next wider scale if the answers to enough of them go beyond theirs.
fn widen(numbers: &mut [RatedColumn<'_>], spec: &PerceptionSpec) {
    let scales: Vec<NumberScale> = spec.numbers.iter().filter(|scale| !scale.only_stated).copied().collect();
    for [narrow, wide] in scales.array_windows() {
        let own = numbers.iter().filter(|number| !number.is_stated && number.scale == *narrow);
        let own: Vec<&RatedColumn<'_>> = own.collect();
        let beyond: Vec<u32> =
            own.iter().map(|number| counted(number.column, narrow.high + 1..=wide.high)).collect();
        let has_wide = numbers.iter().any(|number| number.scale == *wide);
        let answers: u32 = own.iter().map(|number| number.column.answered).sum();
        let is_wide = if narrow.may_be_wider {
            has_wide || f64::from(beyond.iter().sum::<u32>()) > f64::from(answers) * spec.least_used
        } else {
            !own.is_empty() && 2 * beyond.iter().filter(|count| **count > 0).count() >= own.len()
        };
        for number in numbers.iter_mut().filter(|number| !number.is_stated && number.scale == *narrow) {
            if is_wide {
                number.scale = *wide;
            }
        }
    }
}

/// Whether enough answers of a column are on a scale of numbers.
fn fits(scale: NumberScale, column: &AnswerColumn, spec: &PerceptionSpec) -> bool {
    FittedScale::of_numbers(scale, false, column, spec).fit(column) >= spec.least_fit
}

/// How many answers of a column are numbers in a range.
fn counted(column: &AnswerColumn, range: std::ops::RangeInclusive<u32>) -> u32 {
    let inside =
        column.choices.iter().filter(|choice| choice.words.parse().is_ok_and(|n| range.contains(&n)));
    inside.map(|choice| choice.count).sum()
}

/// Whether answers have the highest number of a scale, and its lowest or the next.
fn uses_both_ends(number: &RatedColumn<'_>) -> bool {
    let NumberScale { low, high, .. } = number.scale;
    counted(number.column, high..=high) > 0 && counted(number.column, low..=low + 1) > 0
}

impl NumberEvidence {
    /// Notes the scales of the columns of a sheet that are certain.
    pub(super) fn add(&mut self, texts: &[String], numbers: &[ColumnNumbers], time: &SurveyTime) {
        for (text, number) in texts.iter().zip(numbers) {
            if let ColumnNumbers::Scale(reading) = number
                && !reading.is_doubtful
            {
                let (time, words) = (time.clone(), plain(text));
                self.known.insert(CertainScale { time, words, ends: reading.scale.ends() });
            }
        }
    }

    /// What the numbers of a column are, with a doubtful scale as it is elsewhere: in the same wave, of the same question or else of
    /// any; or in another wave, unless enough answers are known that the scale may have been another one then.
    pub(super) fn settle(
        &self,
        numbers: ColumnNumbers,
        question: NumberQuestion<'_>,
        spec: &PerceptionSpec,
    ) -> ColumnNumbers {
        let ColumnNumbers::Scale(reading) = numbers else { return numbers };
        if !reading.is_doubtful {
            return numbers;
        }
        let (time, words) = (question.time, plain(question.text));
        let survey = self.known.iter().filter(|known| known.time.survey == time.survey);
        let survey: Vec<&CertainScale> = survey.collect();
        let wave: Vec<&CertainScale> = survey.iter().copied().filter(|known| known.time == *time).collect();
        let other_waves = if question.has_enough { Vec::new() } else { survey };
        let settled = [wave, other_waves].iter().find_map(|known| {
            let same = known.iter().filter(|known| known.words == words);
            let same: BTreeSet<[u32; 2]> = same.map(|known| known.ends).collect();
            let all: BTreeSet<[u32; 2]> = known.iter().map(|known| known.ends).collect();
            only_like(reading.scale, &same, spec).or_else(|| only_like(reading.scale, &all, spec))
        });
        settled.map_or(numbers, |scale| {
            ColumnNumbers::Scale(NumberReading { scale, is_doubtful: false, ..reading })
        })
    }
}

/// The only scale that begins like another one and has all of its numbers; `None` if there is none, or several.
fn only_like(scale: NumberScale, all: &BTreeSet<[u32; 2]>, spec: &PerceptionSpec) -> Option<NumberScale> {
    let known = all.iter().filter_map(|ends| spec.numbers_between(*ends));
    let alike: Vec<NumberScale> =
        known.filter(|known| known.low == scale.low && known.contains(scale)).collect();
    if let [only] = alike[..] { Some(only) } else { None }
}

/// How many answers of a sheet are numbers on a doubtful scale.
pub(super) fn doubtful_answers(columns: &AnswerColumns, numbers: &[ColumnNumbers]) -> u32 {
    let all = columns.all.iter().zip(numbers);
    let doubtful =
        all.filter(|(_, number)| matches!(number, ColumnNumbers::Scale(reading) if reading.is_doubtful));
    doubtful.map(|(column, _)| column.answered).sum()
}
