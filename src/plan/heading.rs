//! What the headings of the sheet of goals mean.
//!
//! A heading is a column of the plan by its name in the catalog, or the target of a school year: by the year and a word for a target
//! (`2026-27 target`, `Goal for FY27`), or by the year alone (`2026-27`, `FY27`, `2027`), unless the column may have results. What
//! looks like a target but names no school year (`Year 3`) is not guessed.

use crate::catalog::{PlanColumn, PlanSpec};
use crate::domain::{LoneYear, SchoolYear};
use crate::form_export::plain;
use crate::wording::plan as wording;

/// What a heading means by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingMeaning {
    Of(PlanColumn),
    /// The target of a school year, by its end.
    Target(i32),
    /// A target of a year that it does not name.
    UnclearTarget,
    /// A year alone that may have the results of the year.
    PerhapsResult,
    /// What this program wrote beside a plan.
    Check,
    /// Something of people's own.
    Own,
}

/// A heading that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadHeading {
    pub(super) meaning: HeadingMeaning,
    /// Of several headings that mean the same, the one with the smallest number is used: the one that the catalog names first, and a
    /// target with a word for it.
    pub(super) rank: usize,
}

impl ReadHeading {
    pub(super) fn new(heading: &str, spec: &PlanSpec) -> Self {
        let words = plain(heading);
        if let Some(column) = spec.column(&words) {
            return Self { meaning: HeadingMeaning::Of(column), rank: spec.place_of(column, &words) };
        }
        if wording::CHECK_HEADINGS.iter().any(|check| plain(check) == words) {
            return Self { meaning: HeadingMeaning::Check, rank: 0 };
        }
        HeadingWords::new(&words, spec).read()
    }

    /// Whether a school year is all that it says.
    pub(super) const fn is_bare_year(self) -> bool {
        matches!(self.meaning, HeadingMeaning::Target(_)) && self.rank == BARE
    }

    /// Whether it is a target by a word for it.
    pub(super) const fn is_named_target(self) -> bool {
        matches!(self.meaning, HeadingMeaning::Target(_)) && self.rank == NAMED
    }

    /// Whether it is a year alone that may have the results of the year: one up to the year of the newest data, or one beside columns
    /// with a word for a target.
    pub(super) fn may_be_result(self, others: &[Self], newest: Option<i32>) -> bool {
        let HeadingMeaning::Target(year) = self.meaning else { return false };
        let is_past = newest.is_some_and(|newest| year <= newest);
        self.is_bare_year() && (is_past || others.iter().any(|other| other.is_named_target()))
    }
}

/// The ranks of targets with a word for them, and without one.
const NAMED: usize = 0;
const BARE: usize = 1;

/// The words of a heading that may be a target.
struct HeadingWords<'h> {
    /// Whether it has a word for a target.
    is_target: bool,
    /// Whether it has a word for a goal, which is a target only next to a year.
    is_aim: bool,
    /// Whether it has a word for a year, so that a small number may count years.
    counts_years: bool,
    /// Whether a word says that something else is meant, such as the group that a target is for.
    is_other: bool,
    /// All other words.
    rest: Vec<&'h str>,
}

impl<'h> HeadingWords<'h> {
    fn new(words: &'h str, spec: &PlanSpec) -> Self {
        let names = &spec.target_headings;
        let mut found =
            Self { is_target: false, is_aim: false, counts_years: false, is_other: false, rest: Vec::new() };
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            if spec.is_target(word) {
                found.is_target = true;
            } else if is_in(&names.aims, word) {
                found.is_aim = true;
            } else if is_in(&names.years, word) {
                found.counts_years = true;
            } else if !is_in(&names.fillers, word) {
                found.is_other |= is_in(&names.others, word);
                found.rest.push(word);
            }
        }
        found.counts_years |= found.rest.iter().any(|word| is_counted_year(word, &names.years));
        found
    }

    fn read(&self) -> ReadHeading {
        let (meaning, rank) = match self.year() {
            Some(year) if self.is_target || self.is_aim => (HeadingMeaning::Target(year.end()), NAMED),
            Some(year) if self.is_year_alone() => (HeadingMeaning::Target(year.end()), BARE),
            // Spring 2027: of a target, or of what was measured then.
            Some(_) => (HeadingMeaning::UnclearTarget, 0),
            None if self.looks_like_target() => (HeadingMeaning::UnclearTarget, 0),
            None => (HeadingMeaning::Own, 0),
        };
        ReadHeading { meaning, rank }
    }

    /// The school year that it names; a small number next to it counts years (`Year 3, 2027-28`).
    fn year(&self) -> Option<SchoolYear> {
        let mut dated = self.rest.clone();
        if self.counts_years && dated.len() > 1 {
            dated.retain(|word| word.len() > 1);
        }
        let texts = [&self.rest, &dated].map(|words| [words.join("-"), words.join(" ")]);
        texts.iter().flatten().find_map(|text| SchoolYear::parse(text, LoneYear::End).ok())
    }

    /// Whether nothing but a year is there that is clearly one: four digits, two numbers, or a mark such as FY.
    fn is_year_alone(&self) -> bool {
        let is_clear = self.rest.len() > 1 || self.rest.iter().any(|word| word.len() >= 4);
        is_clear && self.has_only_numbers()
    }

    fn has_only_numbers(&self) -> bool {
        self.rest.iter().all(|word| word.contains(|letter: char| letter.is_ascii_digit()))
    }

    fn looks_like_target(&self) -> bool {
        match self {
            Self { is_other: true, .. } => false,
            Self { is_target: true, .. } => true,
            _ => (self.counts_years || self.is_aim) && self.has_only_numbers() && !self.rest.is_empty(),
        }
    }
}

fn is_in(all: &[String], word: &str) -> bool {
    all.iter().any(|known| known == word)
}

/// Whether a word is a word for a year and its number (`y3`).
fn is_counted_year(word: &str, years: &[String]) -> bool {
    years.iter().any(|year| word.strip_prefix(year.as_str()).is_some_and(is_small_number))
}

fn is_small_number(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())
}
