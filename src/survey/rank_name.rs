//! Names of ranks: a percentile is a place among others, not a percent.

use super::compiled_patterns::any_match;
use super::own_words::has_any;
use super::vocabulary::Vocabulary;

impl Vocabulary<'_> {
    /// Whether a column's name says that its number is a place among others. The average of students' percentiles is none,
    /// nor is the share of students at or above one.
    pub(super) fn names_rank(&self, text: &str) -> bool {
        has_any(&self.words(text), &self.own.orders) || self.titles_rank(text)
    }

    /// The same for a title.
    pub(super) fn titles_rank(&self, text: &str) -> bool {
        let (_, rest) = self.take_year_and_grade(text);
        let words = self.words(&rest);
        has_any(&words, &self.own.ranks)
            && !has_any(&words, &self.own.averaged)
            && !self.names_share_at_rank(&rest)
    }

    /// Whether a name is that of the students at or above a percentile.
    pub(super) fn names_share_at_rank(&self, text: &str) -> bool {
        any_match(&self.patterns.shares_at_ranks, text)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::survey::vocabulary::Vocabulary;

    #[test]
    fn a_percentile_is_a_rank_unless_it_counts_students_at_it() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        for name in [
            "Chronic Absenteeism Percentile",
            "Percentile › Math Proficiency",
            "State percentile rank",
            "% Proficient Percentile",
            "Students 2018-19 Percentile",
            "Attendance Rate (Percentile 1-99)",
            "Graduation Rate %ile",
            "Percent Proficient Grade 10 Percentile",
            "Suspension rate quartile",
            "Rank",
        ] {
            assert!(vocabulary.names_rank(name), "{name}");
        }
        assert!(!vocabulary.titles_rank("Districts ranked by graduation rate"));
        for name in [
            "MAP at or above the 50th percentile",
            "Percent of students below the 25th percentile",
            "% ≥ 50th %ile",
            "MAP Reading 50th percentile or higher",
            "Percentile 40 and above",
            "Students in the bottom quartile",
            "% in percentiles 61-80",
            "Median Student Growth Percentile",
            "Mean percentile",
            "Percent Proficient",
        ] {
            assert!(!vocabulary.names_rank(name), "{name}");
        }
    }
}
