//! The catalog's patterns for names and titles, compiled once for many tables.

use std::sync::{Arc, Mutex, PoisonError};

use regex::Regex;

use crate::catalog::{FindPatterns, Synonyms};

/// The catalog's patterns for names and titles, compiled.
#[derive(Debug)]
pub(super) struct CompiledPatterns {
    /// What they were compiled from.
    find: FindPatterns,
    /// The same, of `shares_at_ranks`, and of the patterns for the text around a table.
    shares_at_ranks_of: Vec<String>,
    report_lines_of: Vec<String>,
    hidden_zeros_of: Vec<String>,
    sample_sizes_of: Vec<String>,
    /// The same, of the patterns for what rows are about.
    rows_of: [Vec<String>; 3],
    /// A school year, as the capture `year`.
    pub(super) years: Vec<Regex>,
    /// A single year is the year in which a school year begins.
    pub(super) year_begins: Vec<Regex>,
    /// The text before a date says that it is the date of the report.
    pub(super) report_dates: Vec<Regex>,
    /// A name means a year without saying which school year it is.
    pub(super) unclear_years: Vec<Regex>,
    /// Amounts are in thousands.
    pub(super) thousands: Vec<Regex>,
    /// Amounts are in millions.
    pub(super) millions: Vec<Regex>,
    /// A district's name, as the capture `district`.
    pub(super) districts: Vec<Regex>,
    /// The name of a pivot table's number, as the capture `name`.
    pub(super) pivots: Vec<Regex>,
    /// A remark within a name, after the capture `before`.
    pub(super) remarks: Vec<Regex>,
    /// A grade, as the capture `grade`.
    pub(super) grades: Vec<Regex>,
    /// A text is about the state.
    pub(super) about_state: Vec<Regex>,
    /// Phrases with the word "state" that do not make a text one about the state.
    pub(super) not_about_state: Vec<Regex>,
    /// A school's name may be that of the row about its whole district.
    pub(super) school_totals: Vec<Regex>,
    /// A school's name tells its kind.
    pub(super) school_kinds: Vec<Regex>,
    /// In a name with a rank: it is the share of students at that rank.
    pub(super) shares_at_ranks: Vec<Regex>,
    /// A text above a table is the date of a report, its page, or the like.
    pub(super) report_lines: Vec<Regex>,
    /// In a title or note: a 0 stands for a number that is withheld.
    pub(super) hidden_zeros: Vec<Regex>,
    /// The number of people that the name of a column gives next to a year.
    pub(super) sample_sizes: Vec<Regex>,
    /// In a column of schools: a row is about the state, the nation, or a region.
    pub(super) beyond: Vec<Regex>,
    /// In a column of districts: a row is about several districts together.
    pub(super) compared: Vec<Regex>,
    /// In a column of schools: the name of a whole district.
    pub(super) own_districts: Vec<Regex>,
}

/// The patterns compiled last. One `init` makes four vocabularies of the same patterns, and compiling these takes longer
/// than all else that it does with a small folder.
static COMPILED_LAST: Mutex<Option<Arc<CompiledPatterns>>> = Mutex::new(None);

impl CompiledPatterns {
    /// The patterns of the catalog, compiled unless they were the last to be.
    pub(super) fn of(synonyms: &Synonyms) -> Result<Arc<Self>, regex::Error> {
        let mut last = COMPILED_LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |compiled: &&Arc<Self>| {
            compiled.find == synonyms.find
                && compiled.shares_at_ranks_of == synonyms.own.shares_at_ranks
                && compiled.report_lines_of == synonyms.around.report_lines
                && compiled.hidden_zeros_of == synonyms.around.hidden_zeros
                && compiled.sample_sizes_of == synonyms.around.sample_sizes
                && compiled.rows_of == rows_of(synonyms)
        };
        if let Some(compiled) = last.as_ref().filter(is_same) {
            return Ok(Arc::clone(compiled));
        }
        let compiled = Arc::new(Self::new(synonyms)?);
        *last = Some(Arc::clone(&compiled));
        Ok(compiled)
    }

    fn new(synonyms: &Synonyms) -> Result<Self, regex::Error> {
        let find = &synonyms.find;
        Ok(Self {
            find: find.clone(),
            shares_at_ranks_of: synonyms.own.shares_at_ranks.clone(),
            report_lines_of: synonyms.around.report_lines.clone(),
            hidden_zeros_of: synonyms.around.hidden_zeros.clone(),
            sample_sizes_of: synonyms.around.sample_sizes.clone(),
            rows_of: rows_of(synonyms),
            years: compile(&find.year)?,
            year_begins: compile(&find.begins)?,
            report_dates: compile(&find.made)?,
            unclear_years: compile(&find.unclear)?,
            thousands: compile(&find.thousands)?,
            millions: compile(&find.millions)?,
            districts: compile(&find.district)?,
            pivots: compile(&find.pivot)?,
            remarks: compile(&find.remark)?,
            grades: compile(&find.grade)?,
            about_state: compile(&find.about_state)?,
            not_about_state: compile(&find.not_about_state)?,
            school_totals: compile(&find.school_total)?,
            school_kinds: compile(&find.school_kind)?,
            shares_at_ranks: compile(&synonyms.own.shares_at_ranks)?,
            report_lines: compile(&synonyms.around.report_lines)?,
            hidden_zeros: compile(&synonyms.around.hidden_zeros)?,
            sample_sizes: compile(&synonyms.around.sample_sizes)?,
            beyond: compile(&synonyms.whom.beyond)?,
            compared: compile(&synonyms.whom.compared)?,
            own_districts: compile(&synonyms.whom.own)?,
        })
    }
}

/// The patterns for what rows are about, as written.
fn rows_of(synonyms: &Synonyms) -> [Vec<String>; 3] {
    [&synonyms.whom.beyond, &synonyms.whom.compared, &synonyms.whom.own].map(Clone::clone)
}

fn compile(patterns: &[String]) -> Result<Vec<Regex>, regex::Error> {
    patterns.iter().map(|pattern| crate::catalog::pattern(pattern)).collect()
}

/// Whether any of the patterns matches somewhere in `text`.
pub(super) fn any_match(patterns: &[Regex], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}
