//! Charts in words, for readers who cannot see them: the kind, the first and the last value, and the comparison.

/// The maximum number of characters.
pub(crate) const MOST_CHARACTERS: usize = 250;

const DOT_PLOT: &str = "Dot plot";

/// A chart in words.
#[derive(Debug)]
pub(crate) struct ChartInWords<'a> {
    pub(crate) title: &'a str,
    /// The values, and what they are compared with.
    pub(crate) values: &'a str,
}

impl ChartInWords<'_> {
    fn of_kind(&self, kind: &str) -> String {
        let title = format!("{kind} of {}", self.title);
        let whole = format!("{title}. {}.", self.values);
        if whole.chars().count() <= MOST_CHARACTERS { whole } else { format!("{title}.") }
    }

    pub(crate) fn line(&self) -> String {
        self.of_kind("Line chart")
    }

    /// A line that begins before the values described, if there is room to say so.
    pub(crate) fn line_from(&self, year: &str, value: &str) -> String {
        let values = format!("{}; the line begins at {value} in {year}", self.values);
        let longer = ChartInWords { title: self.title, values: &values }.line();
        if longer.contains(&values) { longer } else { self.line() }
    }

    pub(crate) fn slope(&self) -> String {
        self.of_kind("Slope chart")
    }

    pub(crate) fn bars(&self) -> String {
        self.of_kind("Bar chart")
    }

    pub(crate) fn stacked(&self) -> String {
        self.of_kind("Stacked column chart")
    }

    pub(crate) fn dots(&self) -> String {
        self.of_kind(DOT_PLOT)
    }

    pub(crate) fn table(&self) -> String {
        self.of_kind("Shaded table")
    }
}

/// A dot plot in words, for formats that draw its values as bars.
pub(crate) fn as_bars(dots: &str) -> String {
    dots.replace(DOT_PLOT, "Bar plot")
}

/// How many lines are not described; `None` if all are.
pub(crate) fn more_lines(lines: usize, described: usize) -> Option<String> {
    match lines.saturating_sub(described) {
        0 => None,
        1 => Some("1 more line".to_owned()),
        more => Some(format!("{more} more lines")),
    }
}

/// Several charts in words: as many as there is room for.
pub(crate) fn joined<'a>(charts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for chart in charts {
        let longer = if text.is_empty() { chart.to_owned() } else { format!("{text} {chart}") };
        if longer.chars().count() > MOST_CHARACTERS && !text.is_empty() {
            break;
        }
        text = longer;
    }
    text
}

/// One of the parts in which a chart of many rows is shown; its text alone if there is no room.
pub(crate) fn of_part(part: usize, parts: usize, chart: &str) -> String {
    let text = format!("Part {part} of {parts}. {chart}");
    if text.chars().count() <= MOST_CHARACTERS { text } else { chart.to_owned() }
}

/// The ends of a line or a slope among several: `Hispanic from 93.0% to 91.0%`.
pub(crate) fn part_from_to(label: &str, from: &str, to: &str) -> String {
    format!("{label} from {from} to {to}")
}

/// Our lowest and highest bar, before the line that says whom they are compared with, so that readers do not think they are the others'.
pub(crate) fn lowest_to_highest(low: &str, high: &str, values: &str) -> String {
    format!("Lowest: {low}; highest: {high}. {values}")
}

/// The range of several values, after a line that says whose they are, such as similar districts.
pub(crate) fn with_range(values: &str, low: &str, high: &str) -> String {
    if low == high { format!("{values}, each at {low}") } else { format!("{values}, from {low} to {high}") }
}

/// The range of other districts, after a line that does not mention them.
pub(crate) fn among_others(values: &str, low: &str, high: &str) -> String {
    if low == high {
        return format!("{values}; the other districts are at {low}");
    }
    format!("{values}; the other districts range from {low} to {high}")
}

/// What else is in a chart, after its years: `2018-19 to 2023-24: …`.
pub(crate) fn with_values(years: &str, values: &[String]) -> String {
    format!("{years}: {}", values.join("; "))
}

#[cfg(test)]
mod tests {
    use super::{ChartInWords, among_others, as_bars, more_lines, with_range};

    #[test]
    fn a_range_of_one_value_has_no_two_ends() {
        assert_eq!(with_range("2 schools", "23.2%", "24.0%"), "2 schools, from 23.2% to 24.0%");
        assert_eq!(with_range("2 schools", "23.2%", "23.2%"), "2 schools, each at 23.2%");
        assert_eq!(among_others("Ours 9%", "8%", "8%"), "Ours 9%; the other districts are at 8%");
    }

    #[test]
    fn dots_that_are_drawn_as_bars_are_called_bars() {
        let dots = ChartInWords { title: "Turnover", values: "12.0% in 2024-25" }.dots();
        assert_eq!(as_bars(&dots), "Bar plot of Turnover. 12.0% in 2024-25.");
    }

    #[test]
    fn lines_that_are_not_described_are_counted() {
        assert_eq!(more_lines(7, 2).as_deref(), Some("5 more lines"));
        assert_eq!(more_lines(2, 2), None);
    }
}
