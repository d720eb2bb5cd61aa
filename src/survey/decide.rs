//! What each column of a table is: what it says of its rows, a measure, or nothing that is known.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column::Cells;
use super::evidence::{Evidence, weigh, weigh_unsaid};
use super::matching::{self, Match, SURE};
use super::role;
use super::words::{FoundYear, Name, Vocabulary};
use crate::catalog::{Measure, Role, Stat};
use crate::domain::{ALL, Unit};

/// A column of a table and what it is taken for.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Position, from 0.
    pub column: u32,
    /// Its letters in the spreadsheet.
    pub letters: String,
    /// Its name, the texts of several header rows joined.
    pub name: String,
    /// Which of several columns of this name, from 1; absent where it is the only one.
    pub occurrence: Option<usize>,
    /// What its cells are.
    pub cells: Cells,
    /// What it is taken for.
    pub reading: Reading,
    /// Why, in words.
    pub why: String,
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// It says what its rows are about.
    Role(Role),
    /// It tells districts apart: the attribute's id.
    Attribute(String),
    /// It holds a measure.
    Measure(Box<MeasureColumn>),
    /// It is not read; the measure whose name is nearest.
    Unread(Option<String>),
}

/// The measure that a column holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureColumn {
    /// Its id; absent where another column names it.
    pub measure: Option<String>,
    /// Student group.
    pub group: String,
    /// Grade.
    pub grade: String,
    /// Subject.
    pub subject: String,
    /// End of the school year in the column's name.
    pub year: Option<i32>,
    /// As written there.
    #[serde(skip)]
    pub(super) year_text: Option<FoundYear>,
    /// What the number is.
    #[serde(serialize_with = "stat_id")]
    pub stat: Stat,
    /// What makes the measure's unit of it.
    pub times: Option<f64>,
    /// How sure the match is, 0 to 1.
    pub score: f64,
    /// Negative codes among its numbers.
    pub codes: Vec<f64>,
    /// The column, of a measure of its own, that says how many people the rate rests on.
    #[serde(skip)]
    pub(super) weight: Option<String>,
}

fn stat_id<S: serde::Serializer>(stat: &Stat, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match stat {
        Stat::Value => "value",
        Stat::Numerator => "numerator",
        Stat::Denominator => "denominator",
    })
}

impl MeasureColumn {
    /// What makes two columns hold the same.
    pub(super) fn key(&self) -> (Option<&str>, [&str; 3], Option<i32>, Stat) {
        (self.measure.as_deref(), [&self.group, &self.grade, &self.subject], self.year, self.stat)
    }
}

/// Decides about the columns of a table.
pub(super) struct Deciding<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    /// Title, sheet's name, file's name.
    pub(super) context: &'a [String],
    pub(super) columns: Vec<Column>,
}

impl Deciding<'_> {
    /// All columns, decided.
    pub(super) fn decide(mut self) -> Vec<Column> {
        role::assign(self.vocabulary, &mut self.columns);
        let long = self.has(Role::Measure);
        for index in self.open() {
            self.by_name(index);
        }
        if long {
            self.values();
        } else {
            self.heads();
            self.by_title();
        }
        self.stats();
        self.parts_of_rates();
        self.only_one_each();
        self.columns
    }

    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|c| c.reading == Reading::Role(role))
    }

    pub(super) fn open(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|i| self.is_open(*i)).collect()
    }

    /// Whether a column with numbers is not read yet.
    pub(super) fn is_open(&self, index: usize) -> bool {
        let column = &self.columns[index];
        matches!(column.reading, Reading::Unread(_)) && !column.cells.numbers.is_empty()
    }

    /// Matches a column by its name, with its numbers as evidence.
    fn by_name(&mut self, index: usize) {
        let column = &self.columns[index];
        if self.vocabulary.is_one_of(&column.name, &self.vocabulary.catalog.synonyms.unread.names) {
            return;
        }
        let all = matching::of_column(self.vocabulary, &column.name);
        let strong: Vec<&Match<'_>> =
            all.iter().filter(|m| m.score >= SURE && !m.spelling.with_group).collect();
        let mut refused = None;
        let mut chosen: Option<(&Match<'_>, Evidence)> = None;
        for found in strong {
            if chosen.as_ref().is_some_and(|(best, _)| {
                found.score < best.score || found.spelling.words.len() < best.spelling.words.len()
            }) {
                break;
            }
            let times = found.times.or_else(|| self.title_times(found.measure));
            match evidence(&column.cells, found, times, self.vocabulary.says_rate(&column.name)) {
                Ok(evidence) if chosen.is_none() => chosen = Some((found, evidence)),
                Ok(_) => {
                    let (first, _) = chosen.take().unwrap_or((found, Evidence::default()));
                    let why = format!(
                        "the name may stand for {} or for {}",
                        quoted(&first.measure.label),
                        quoted(&found.measure.label)
                    );
                    refused = Some((Some(first.measure.id.clone()), why));
                    break;
                }
                Err(why) => {
                    let first = format!("named like {}, but {why}", quoted(&found.measure.label));
                    refused = refused.or_else(|| Some((Some(found.measure.id.clone()), first)));
                }
            }
        }
        if let Some((found, evidence)) = chosen {
            let how = if found.score >= 0.999 { "by spelling" } else { "by its words" };
            let why = format!("{}, {how}{}; {}", found.measure.label, slip(found), evidence.why);
            let reading = measure_column(&found.name, found.measure, found.stat, found.score, evidence);
            self.set(index, reading, why);
            return;
        }
        let (nearest, why) = refused.unwrap_or_else(|| self.unread(&column.name, all.first()));
        let column = &mut self.columns[index];
        column.reading = Reading::Unread(nearest);
        column.why = why;
    }

    /// The measure whose name is nearest to one that no measure goes by, and why it is not read as that.
    fn unread(&self, name: &str, first: Option<&Match<'_>>) -> (Option<String>, String) {
        if let Some(m) = first.filter(|m| !m.unknown.is_empty() && !m.spelling.with_group) {
            let words = m.unknown.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", ");
            let label = quoted(&m.measure.label);
            return (Some(m.measure.id.clone()), format!("like {label}, but nothing accounts for {words}"));
        }
        match &matching::nearest(self.vocabulary, name)[..] {
            [] => (None, "no measure is known by such a name".to_owned()),
            [m] => (Some(m.id.clone()), format!("the nearest is {}, not near enough", quoted(&m.label))),
            [one, two, more @ ..] => {
                let (one, two) = (quoted(&one.label), quoted(&two.label));
                let more = if more.is_empty() { "" } else { " or others" };
                (None, format!("it may be {one}, {two}{more}: the name does not say which"))
            }
        }
    }

    /// What the title says that amounts of dollars are multiplied by; `None` for all other measures, those by the head too.
    pub(super) fn title_times(&self, measure: &Measure) -> Option<f64> {
        let times = || self.context.iter().find_map(|title| self.vocabulary.says_times(title));
        (measure.unit == Unit::Dollars).then(times).flatten()
    }

    pub(super) fn set(&mut self, index: usize, reading: MeasureColumn, why: String) {
        let column = &mut self.columns[index];
        column.reading = Reading::Measure(Box::new(reading));
        column.why = why;
    }

    /// Columns that count the people behind the one rate of the same group, grade, subject and year.
    fn stats(&mut self) {
        let names = &self.vocabulary.catalog.synonyms.stats;
        // Only values are rates, and only counts are found here: the rates stay the same all the while.
        let rates = self.rates();
        for index in self.open() {
            let column = &self.columns[index];
            let name = self.vocabulary.name(&column.name, false);
            let words = name.words.join(" ");
            let is = |list: &[String]| list.iter().any(|n| self.vocabulary.has_words(n, &words));
            let stat = match () {
                () if words.is_empty() => continue,
                () if is(&names.denominator) => Stat::Denominator,
                () if is(&names.numerator) => Stat::Numerator,
                () => continue,
            };
            let all = || ALL.to_owned();
            let own = [&name.group, &name.grade, &name.subject].map(|part| part.clone().unwrap_or_else(all));
            let year = name.year.as_ref().map(|y| y.year.end());
            let whole = column.cells.numbers.iter().all(|n| n.fract() == 0.0 && *n >= 0.0);
            let Some(Some(rate)) = rates.get(&(own, year)) else { continue };
            if whole {
                let reading = MeasureColumn { stat, times: None, codes: Vec::new(), ..rate.clone() };
                let label = rate.measure.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id));
                let label = label.map_or("the rate", |m| &m.label);
                let what = if stat == Stat::Denominator {
                    "how many people it rests on"
                } else {
                    "how many it counts"
                };
                let why = format!(
                    "{label}: {what}, by spelling; whole numbers beside the only rate of the same group, grade and subject"
                );
                self.set(index, reading, why);
            }
        }
    }

    /// The rates by group, grade, subject and year; `None` where there are several of the same.
    fn rates(&self) -> BTreeMap<([String; 3], Option<i32>), Option<MeasureColumn>> {
        let mut rates = BTreeMap::new();
        for column in self.measures().filter(|m| m.stat == Stat::Value) {
            let measure = column.measure.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id));
            if measure.is_some_and(|m| m.unit == Unit::Percent) {
                let parts = [&column.group, &column.grade, &column.subject].map(Clone::clone);
                let only = rates.entry((parts, column.year));
                only.and_modify(|only| *only = None).or_insert_with(|| Some(column.clone()));
            }
        }
        rates
    }

    pub(super) fn measures(&self) -> impl Iterator<Item = &MeasureColumn> {
        self.columns.iter().filter_map(|c| match &c.reading {
            Reading::Measure(m) => Some(&**m),
            _ => None,
        })
    }

    /// Of columns that hold the same, the surest is read.
    fn only_one_each(&mut self) {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        let score = |c: &Column| match &c.reading {
            Reading::Measure(m) => m.score,
            _ => 0.0,
        };
        order.sort_by(|a, b| score(&self.columns[*b]).total_cmp(&score(&self.columns[*a])).then(a.cmp(b)));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for index in order {
            let Reading::Measure(own) = &self.columns[index].reading else { continue };
            let (key, nearest) = (format!("{:?}", own.key()), own.measure.clone());
            let written = own.year_text.as_ref().map(|year| year.text.clone());
            let Some(first) = seen.get(&key).copied() else {
                seen.insert(key, index);
                continue;
            };
            let other = &self.columns[first];
            let of_first = match &other.reading {
                Reading::Measure(m) => m.year_text.as_ref().map(|year| year.text.clone()),
                _ => None,
            };
            // Months or halves of a school year: which of them stands for it, nobody says.
            let part_of = written.zip(of_first).filter(|(own, other)| own != other);
            let (letters, own_letters) = (other.letters.clone(), self.columns[index].letters.clone());
            let part = |other: &str| {
                format!("column {other} is of the same school year: say which of them stands for it")
            };
            if part_of.is_some() {
                self.columns[first].why = part(&own_letters);
                self.columns[first].reading = Reading::Unread(nearest.clone());
                self.columns[index].why = part(&letters);
            } else if matches!(other.reading, Reading::Unread(_)) {
                self.columns[index].why = part(&letters);
            } else {
                self.columns[index].why = format!("it seems to hold the same as column {letters}");
            }
            self.columns[index].reading = Reading::Unread(nearest);
        }
    }
}

fn evidence(
    cells: &Cells,
    found: &Match<'_>,
    times: Option<f64>,
    says_rate: bool,
) -> Result<Evidence, String> {
    if found.stat == Stat::Value {
        let weigh = if says_rate { weigh } else { weigh_unsaid };
        return weigh(cells, found.measure, times);
    }
    let whole = cells.numbers.iter().all(|n| n.fract() == 0.0 && *n >= 0.0);
    let what = if found.stat == Stat::Numerator { "counts" } else { "rests on" };
    let why = format!("whole numbers: how many people the rate {what}");
    if whole {
        Ok(Evidence { why, ..Evidence::default() })
    } else {
        Err("its values are no counts".to_owned())
    }
}

fn slip(found: &Match<'_>) -> &'static str {
    if found.score < 0.96 && found.unknown.is_empty() && !found.spelling.with_group {
        " but for a letter or two"
    } else {
        ""
    }
}

pub(super) fn measure_column(
    name: &Name,
    measure: &Measure,
    stat: Stat,
    score: f64,
    evidence: Evidence,
) -> MeasureColumn {
    let part = |part: &Option<String>| part.clone().unwrap_or_else(|| ALL.to_owned());
    MeasureColumn {
        measure: Some(measure.id.clone()),
        group: part(&name.group),
        grade: part(&name.grade),
        subject: part(&name.subject),
        year: name.year.as_ref().map(|y| y.year.end()),
        year_text: name.year.clone(),
        stat,
        times: evidence.times,
        score,
        codes: evidence.codes,
        weight: None,
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// Names that stand over more than one column, so that they do not tell which is meant.
pub(super) fn occurrences(names: &BTreeMap<u32, String>) -> BTreeMap<u32, usize> {
    let folded: Vec<(u32, String)> = names.iter().map(|(c, n)| (*c, n.to_lowercase())).collect();
    let mut once = BTreeSet::new();
    let twice: BTreeSet<&String> = folded.iter().map(|(_, n)| n).filter(|n| !once.insert(*n)).collect();
    let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
    let repeated = folded.iter().filter(|(_, n)| twice.contains(n));
    repeated
        .map(|(column, name)| {
            let number = seen.entry(name).or_default();
            *number += 1;
            (*column, *number)
        })
        .collect()
}
