//! When the answers of a file were given.

use std::collections::BTreeMap;

use super::columns::AnswerColumn;
use crate::catalog::PerceptionSpec;
use crate::domain::{CalendarDate, SurveyWave};
use sheets::Sheet;

/// The wave of each row, by its place; `None` where nothing says it.
pub(super) type RowWaves = Vec<Option<SurveyWave>>;

/// Where the wave of a file's answers is from.
#[derive(Debug, Clone)]
pub(super) enum WaveFound {
    /// All answers are of one wave.
    One(SurveyWave),
    /// The time of each answer says its wave.
    ByRow(RowWaves),
    /// Nothing says it.
    Unknown,
}

impl WaveFound {
    /// The wave that the project names, or else those of the times of the answers, or else that in the name of the file or sheet.
    /// `pool` has the times of all answers of the same people to the same survey, also in other files.
    pub(super) fn of(
        named: Option<SurveyWave>,
        sheet: &Sheet,
        times: &[RowTime],
        pool: &[RowTime],
        spec: &PerceptionSpec,
    ) -> Self {
        if let Some(wave) = named {
            return Self::One(wave);
        }
        let by_row = by_gaps(times, pool, spec);
        if let Some(usual) = usual(&by_row) {
            return Self::ByRow(by_row.into_iter().map(|wave| wave.or(Some(usual))).collect());
        }
        let name = [Some(sheet.place.file.as_str()), sheet.place.sheet.as_deref()];
        name.into_iter().flatten().rev().find_map(wave_in_name).map_or(Self::Unknown, Self::One)
    }

    /// The wave of a row.
    pub(super) fn of_row(&self, row: usize) -> Option<SurveyWave> {
        match self {
            Self::One(wave) => Some(*wave),
            Self::ByRow(waves) => waves.get(row).copied().flatten(),
            Self::Unknown => None,
        }
    }

    /// The different waves, from the earliest.
    pub(super) fn all(&self) -> Vec<SurveyWave> {
        match self {
            Self::One(wave) => vec![*wave],
            Self::ByRow(waves) => counts(waves).into_keys().collect(),
            Self::Unknown => Vec::new(),
        }
    }
}

/// When a row was given.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowTime {
    /// The half of the school year.
    wave: Option<SurveyWave>,
    day: Option<CalendarDate>,
}

impl RowTime {
    /// The time of the row with this number, in one of the columns with times.
    pub(super) fn of(sheet: &Sheet, number: u32, times: &[&AnswerColumn]) -> Self {
        let nothing = Self { wave: None, day: None };
        let Some(row) = sheet.row(number) else { return nothing };
        let texts = times.iter().map(|column| row.cell(column.number).to_text());
        let mut known = texts.filter_map(|text| {
            let wave = SurveyWave::parse(&text)?;
            Some(Self { wave: Some(wave), day: CalendarDate::of_time(&text) })
        });
        known.next().unwrap_or(nothing)
    }
}

/// Days without a long gap between them.
#[derive(Debug, Clone, Copy)]
struct DaySpan {
    first: CalendarDate,
    last: CalendarDate,
    /// How many rows are of these days.
    rows: usize,
}

impl DaySpan {
    fn contains(&self, time: &RowTime) -> bool {
        time.day.is_some_and(|day| (self.first..=self.last).contains(&day))
    }
}

/// The wave of each row. Where the answers go on for too long, each row keeps its own half of the school year; the sheet by itself
/// decides where only all files together do so.
fn by_gaps(times: &[RowTime], pool: &[RowTime], spec: &PerceptionSpec) -> RowWaves {
    let mut waves: RowWaves = times.iter().map(|time| time.wave).collect();
    for all in [times, pool] {
        for span in spans(all, spec) {
            if span.first.days_until(span.last) > i64::from(spec.longest_wave_days) {
                continue;
            }
            let own: RowWaves = all.iter().filter(|time| span.contains(time)).map(|time| time.wave).collect();
            let Some(wave) = usual(&own) else { continue };
            for (known, _) in waves.iter_mut().zip(times).filter(|(_, time)| span.contains(time)) {
                *known = Some(wave);
            }
        }
    }
    waves
}

/// The spans of the days of rows, from the earliest. A few rows are not a span by themselves if they can be part of another wave.
fn spans(times: &[RowTime], spec: &PerceptionSpec) -> Vec<DaySpan> {
    let mut days: Vec<CalendarDate> = times.iter().filter_map(|time| time.day).collect();
    days.sort_unstable();
    let mut spans: Vec<DaySpan> = Vec::new();
    split_days(&days, spec, &mut spans);
    let mut joined: Vec<DaySpan> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(before) if is_remnant(*before, span, spec) => {
                before.last = span.last;
                before.rows += span.rows;
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// Adds the spans of sorted days, from the earliest.
fn split_days(days: &[CalendarDate], spec: &PerceptionSpec, spans: &mut Vec<DaySpan>) {
    let ([first, ..], [.., last]) = (days, days) else { return };
    match DayGap::widest(days, spec) {
        Some(gap) => {
            let (before, after) = days.split_at(gap.middle(days));
            split_days(before, spec, spans);
            split_days(after, spec, spans);
        }
        None => spans.push(DaySpan { first: *first, last: *last, rows: days.len() }),
    }
}

/// A gap between two rows, by their places among the sorted days. Stragglers may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DayGap {
    before: usize,
    after: usize,
}

impl DayGap {
    /// The gap with the fewest stragglers, the longest of several; `None` if answers bridge every gap.
    fn widest(days: &[CalendarDate], spec: &PerceptionSpec) -> Option<Self> {
        let mut after = 0;
        let mut gaps: Vec<Self> = Vec::new();
        for (before, day) in days.iter().enumerate() {
            while days.get(after).is_some_and(|next| day.days_until(*next) < i64::from(spec.wave_gap_days)) {
                after += 1;
            }
            let gap = Self { before, after };
            if after < days.len() && gap.is_open(days.len(), spec) {
                gaps.push(gap);
            }
        }
        gaps.into_iter().min_by_key(|gap| {
            let length = days[gap.before].days_until(days[gap.after]);
            (gap.stragglers(), std::cmp::Reverse(length))
        })
    }

    const fn stragglers(self) -> usize {
        self.after - self.before - 1
    }

    /// Whether the answers in it are too few to bridge it.
    fn is_open(self, days: usize, spec: &PerceptionSpec) -> bool {
        let fewest = (self.before + 1).min(days - self.after);
        let one = usize::from(fewest >= spec.smallest_group as usize);
        self.stragglers() <= one || self.stragglers() as f64 <= fewest as f64 * spec.least_bridge
    }

    /// The place of the first row that is nearer to the end of the gap.
    fn middle(self, days: &[CalendarDate]) -> usize {
        let (first, last) = (days[self.before], days[self.after]);
        let inside = &days[self.before + 1..self.after];
        let near = inside.iter().take_while(|day| first.days_until(**day) <= day.days_until(last));
        self.before + 1 + near.count()
    }
}

/// Whether one of two spans has too few rows to be a wave by itself, and both together are not too long for one.
fn is_remnant(before: DaySpan, span: DaySpan, spec: &PerceptionSpec) -> bool {
    let fewest = spec.smallest_group as usize;
    let is_small = before.rows.min(span.rows) < fewest && before.rows.max(span.rows) >= fewest;
    is_small && before.first.days_until(span.last) <= i64::from(spec.longest_wave_days)
}

fn counts(waves: &[Option<SurveyWave>]) -> BTreeMap<SurveyWave, usize> {
    let mut counts: BTreeMap<SurveyWave, usize> = BTreeMap::new();
    for wave in waves.iter().flatten() {
        *counts.entry(*wave).or_default() += 1;
    }
    counts
}

/// The wave of most answers, the latest of several; `None` if none has one.
fn usual(waves: &[Option<SurveyWave>]) -> Option<SurveyWave> {
    let counts = counts(waves);
    counts.into_iter().max_by_key(|(wave, count)| (*count, *wave)).map(|(wave, _)| wave)
}

/// The wave that a name of a file or sheet has (`Families Spring 2025`, `staff-2024-25.csv`); `None` if it has none.
fn wave_in_name(name: &str) -> Option<SurveyWave> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    for [first, second] in words.array_windows() {
        let joined = if is_year(first) && second.parse::<u32>().is_ok() { "-" } else { " " };
        let has_year = is_year(first) || is_year(second);
        if let Some(wave) = SurveyWave::parse(&format!("{first}{joined}{second}")).filter(|_| has_year) {
            return Some(wave);
        }
    }
    words.iter().filter(|word| word.len() == 4).find_map(|word| SurveyWave::parse(word))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::wave_in_name;

    #[test]
    fn names_of_files_name_waves() {
        for (name, wave) in [
            ("surveys/Families Spring 2025.csv", "spring 2025"),
            ("staff-2024-25.csv", "2024-25"),
            ("students_2025.xlsx", "2024-25"),
            ("2024 Fall staff", "fall 2024"),
        ] {
            assert_eq!(wave_in_name(name).map(|wave| wave.to_string()).as_deref(), Some(wave), "{name}");
        }
        assert_eq!(wave_in_name("answers.csv"), None);
        assert_eq!(wave_in_name("district 18 room 2041b"), None);
    }
}
