//! Labels of schools that contain the district's own name, as those of its total rows do: `All Alder Schools`, `Total Alder`,
//! `Alder Public Schools`.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::survey::district_name::letters;

/// What stands for the district's name in a frame that is shown.
const NAME: &str = "…";

/// A label without the district's own name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LabelFrame {
    /// The words before the name.
    before: String,
    /// The words after it.
    after: String,
}

impl LabelFrame {
    /// The frame of a label that contains these words in a row.
    fn of(label: &str, name: &[String]) -> Option<Self> {
        let words: Vec<&str> = label.split_whitespace().collect();
        let compared: Vec<String> = words.iter().map(|word| letters(word)).collect();
        if name.is_empty() {
            return None;
        }
        let start = compared.windows(name.len()).position(|window| window == name)?;
        Some(Self { before: words[..start].join(" "), after: words[start + name.len()..].join(" ") })
    }

    /// The label without the name and the signs around it.
    pub(super) fn rest(&self) -> String {
        let rest = format!("{} {}", self.before, self.after);
        rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()
    }

    /// How it is shown: `All … Schools`.
    pub(super) fn shown(&self) -> String {
        format!("{} {NAME} {}", self.before, self.after).trim().to_owned()
    }

    /// A regular expression for labels with this frame around any name. Numbers in it may differ.
    fn pattern(&self) -> String {
        let parts = [any_numbers(&self.before), ".+".to_owned(), any_numbers(&self.after)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The labels of total rows in one column, as regular expressions.
pub(super) struct LabelPatterns<'a> {
    /// The position of the column in the sheet.
    pub(super) column: u32,
    /// All rows about whole districts.
    pub(super) totals: &'a BTreeSet<usize>,
}

impl EvidenceSearch<'_> {
    /// The frame of a school's label around the district's own name, whole or without the words for its kind; `None` if it
    /// does not have the name.
    pub(super) fn frame(&self, row: usize, label: &str) -> Option<LabelFrame> {
        if !label.contains(char::is_alphabetic) {
            return None;
        }
        let name = self.column_of(Role::DistrictName).map(|column| self.texts.text(column, row))?;
        let words: Vec<String> =
            name.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
        LabelFrame::of(label, &words).or_else(|| LabelFrame::of(label, self.vocabulary.core_words(&words)))
    }

    /// Whether a label is the district's name with other words for its kind.
    pub(super) fn is_other_form(&self, frame: &LabelFrame) -> bool {
        frame.rest().split_whitespace().map(letters).all(|word| self.vocabulary.is_kind_of_district(&word))
    }

    /// Regular expressions for the labels of rows: one for each frame around the districts' names if no other row has such a
    /// label; otherwise the labels themselves.
    pub(super) fn label_patterns(&self, labels: &LabelPatterns<'_>, rows: &BTreeSet<usize>) -> Vec<String> {
        let mut by_frame: BTreeMap<Option<LabelFrame>, BTreeSet<&str>> = BTreeMap::new();
        for row in rows {
            let text = self.texts.text(labels.column, *row);
            by_frame.entry(self.frame(*row, text)).or_default().insert(text);
        }
        let mut patterns = Vec::new();
        for (frame, texts) in by_frame {
            match frame.map(|frame| frame.pattern()).filter(|pattern| self.matches_only(labels, pattern)) {
                Some(pattern) => patterns.push(pattern),
                None => patterns.extend(texts.into_iter().map(regex::escape)),
            }
        }
        patterns
    }

    /// Whether no row but those about whole districts has a label that a pattern matches.
    fn matches_only(&self, labels: &LabelPatterns<'_>, pattern: &str) -> bool {
        let Ok(pattern) = Regex::new(&format!("(?i)^(?:{pattern})$")) else { return false };
        (0..self.texts.len())
            .all(|row| labels.totals.contains(&row) || !pattern.is_match(self.texts.text(labels.column, row)))
    }
}

/// A regular expression for a text with any numbers instead of its own.
fn any_numbers(text: &str) -> String {
    let mut pattern = String::new();
    for run in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let rest = run.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < run.len() {
            pattern.push_str("\\d+");
        }
        pattern.push_str(&regex::escape(rest));
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::LabelFrame;

    #[test]
    fn a_frame_matches_the_labels_of_other_districts() {
        let pattern = |label: &str| LabelFrame::of(label, &["alder".to_owned()]).unwrap().pattern();
        assert_eq!(pattern("All Alder Schools"), "All .+ Schools");
        assert_eq!(pattern("Total Alder"), "Total .+");
        assert_eq!(pattern("Alder District Totals (2 schools)"), r".+ District Totals \(\d+ schools\)");
        assert_eq!(LabelFrame::of("Alderwood Elementary", &["alder".to_owned()]), None);
    }
}
