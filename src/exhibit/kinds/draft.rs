//! An exhibit before the content that all kinds of chart share is added.

use crate::compare::Comparison;
use crate::exhibit::figure::Figure;
use crate::exhibit::table::Table;
use crate::wording::finding::ChartText;

/// What one kind of chart contributes to its exhibit.
pub(super) struct ExhibitDraft<'a> {
    pub(super) figure: Figure,
    /// What it can say, the most telling first; the first that no other exhibit says becomes its finding.
    pub(super) findings: Vec<ChartText>,
    /// The line below if there is nothing to say.
    pub(super) sub_line: String,
    pub(super) table: Table,
    /// The series that it is based on.
    pub(super) series: Vec<&'a Comparison>,
    pub(super) years: YearSpan,
    /// Notes that only this kind of chart has.
    pub(super) notes: Vec<String>,
    /// The chart in words.
    pub(super) alt: String,
}

/// Findings that share the line below them.
pub(super) fn above(sub_line: &str, findings: impl IntoIterator<Item = String>) -> Vec<ChartText> {
    let findings = findings.into_iter();
    findings.map(|finding| ChartText { finding, sub_line: sub_line.to_owned(), rank: 0 }).collect()
}

/// The first and the last school year of the values that an exhibit shows, by their ends.
#[derive(Clone, Copy)]
pub(super) struct YearSpan {
    pub(super) first: i32,
    pub(super) last: i32,
}

impl YearSpan {
    /// A single year.
    pub(super) const fn single(year: i32) -> Self {
        Self { first: year, last: year }
    }
}
