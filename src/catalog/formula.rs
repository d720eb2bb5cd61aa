//! The formula of a measure that is computed from others.

use super::Measure;
use crate::wording::method as words;

impl Measure {
    /// How it is computed from other measures, by their ids; `None` if it is only published.
    #[must_use]
    pub fn formula(&self) -> Option<String> {
        if self.scored.is_empty() { self.ratio_formula() } else { Some(self.score_formula()) }
    }

    /// A weighted sum of points.
    fn score_formula(&self) -> String {
        let terms: Vec<String> =
            self.scored.iter().map(|term| words::points_term(term.weight, &term.measure)).collect();
        terms.join(" + ")
    }

    /// Sums and differences, or the ratio of two of them.
    fn ratio_formula(&self) -> Option<String> {
        let derive = self.derive.as_ref()?;
        let subtracted: String = derive.minus.iter().map(|id| format!(" - {id}")).collect();
        let numerator = format!("{}{subtracted}", derive.numerator.join(" + "));
        if derive.denominator.is_empty() {
            return Some(numerator);
        }
        let per = if derive.per == 1.0 { String::new() } else { format!("{} * ", derive.per) };
        let parts = derive.denominator.join(" + ");
        let denominator = if derive.denominator_is_whole { words::of_all_students(&parts) } else { parts };
        Some(format!("{per}({numerator}) / ({denominator})"))
    }
}
