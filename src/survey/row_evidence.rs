//! What the rows of a table show about whom they are about.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// What the rows of a table say of whom they are about.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RowEvidence {
    /// The columns in which a label is written only in the first row of its block, in the table's order.
    pub fill_down: Vec<String>,
    /// The columns that only together identify a district; empty if the id column alone does.
    pub joined_ids: Vec<JoinedColumn>,
    /// How many characters at the beginning of an id are the district's, if the rest is the school's.
    pub district_prefix: Option<usize>,
    /// How many characters at the end of an id are not the district's but the school's.
    pub school_suffix: Option<usize>,
    /// The rows to keep or to leave out.
    pub filters: Vec<RowRule>,
    /// Among the rows of schools, how those about the whole district are recognized: a regular expression for a
    /// school column.
    pub school_total: Option<String>,
    /// Whether rows whose school has the district's name are about the whole district.
    pub district_name_is_total: bool,
    /// The texts in the column of grades that stand for all grades, because their rows add up the others.
    pub all_grades: Vec<String>,
    /// The columns without a role that describe the schools or districts, since each has one text in them.
    pub labels_of_schools: Vec<String>,
    /// The names of districts, and the id of each as written; without a column of ids, the name again.
    #[serde(skip)]
    pub(super) district_names: BTreeMap<String, String>,
    /// What users must know of rows that are left out.
    #[serde(skip)]
    pub(super) notes: Vec<String>,
    /// Whether each row is about a school.
    pub schools: bool,
    /// The reasons for these decisions, in words.
    pub reasons: Vec<String>,
    /// Why the rows cannot be told apart; `None` if they can.
    pub problem: Option<String>,
    /// Whether that is because no column is known to name the district.
    #[serde(skip)]
    pub(super) are_districts_unknown: bool,
    /// Whether the rows are then about the schools of one district, if something else names it.
    #[serde(skip)]
    pub(super) may_be_schools_of_one: bool,
    /// Why they could not be told apart if one were; `None` if they could.
    #[serde(skip)]
    pub(super) problem_with_districts: Option<String>,
}

impl RowEvidence {
    /// Takes note that a column names the district after all.
    pub(super) fn know_districts(&mut self) {
        if std::mem::take(&mut self.are_districts_unknown) {
            self.problem = self.problem_with_districts.take();
        }
    }
}

/// A column that is part of an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinedColumn {
    /// Its name.
    pub name: String,
    /// The number of characters of its longest text.
    pub width: usize,
}

/// Rows to keep or to leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowRule {
    /// The name of the column that tells them.
    pub column: String,
    /// A regular expression for the cells of that column.
    pub pattern: String,
    /// Whether the matching rows are kept, and all others left out.
    pub keeps: bool,
    /// The reason, in words.
    pub why: String,
}

/// What the texts of two columns mean of which one names a group, and the other says whether a row is about its students.
#[derive(Debug, Clone)]
pub(super) struct CategoryAnswers {
    /// The groups of categories and of answers; `all` for those that do not say which group a row is about.
    pub(super) codes: BTreeMap<String, String>,
    /// The answers of rows about those who are not in the group.
    pub(super) noes: BTreeSet<String>,
}
