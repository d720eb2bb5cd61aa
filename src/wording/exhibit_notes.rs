//! The texts of the speaker notes of exhibits.

pub(crate) fn say_of_exhibit(topic: &str, finding: &str) -> String {
    let reveal = if finding.is_empty() {
        "Give everyone a quiet minute with the chart.".to_owned()
    } else {
        format!("After people have looked, click: {}", sentence(finding))
    };
    format!("Our question here: {} {reveal}", sentence(topic))
}

/// A text with a period at its end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

pub(crate) const POINT_AT_LINES: &str =
    "The thick blue line is ours; follow it from left to right, then compare it with the dashed line.";
pub(crate) const POINT_AT_OWN_LINE: &str = "The thick blue line is ours; follow it from left to right.";
pub(crate) const POINT_AT_TWO_BARS: &str =
    "Read the two bars of one row first, with what each of them means.";
pub(crate) const POINT_AT_BARS: &str = "Blue bars are ours; the bars next to them are similar districts.";
pub(crate) const POINT_AT_OWN_BARS: &str = "Read the longest and shortest bars first.";
pub(crate) const POINT_AT_DOTS: &str = "Find the blue bar first: that is us. Then find the median.";
pub(crate) const POINT_AT_STACK: &str = "Compare the first column with the last.";
pub(crate) const POINT_AT_SLOPE: &str = "Start at the left, and follow each line to the right.";
pub(crate) const POINT_AT_TABLE: &str = "Read one row first, from left to right; then look for the marks.";
pub(crate) const POINT_AT_SCHOOLS: &str =
    "Blue bars are our schools, all on one scale; the dark bar is the district.";
pub(crate) const POINT_AT_PANELS: &str = "Take one small chart at a time; each has its own scale.";

/// Questions in the order in which they are asked.
pub(crate) fn ask(notice: &str, wonder: &str) -> String {
    [notice, wonder].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Who is counted.
pub(crate) fn based_on(fewest: &str, most: &str) -> String {
    if fewest == most {
        format!("Based on {most} people.")
    } else {
        format!("Based on {fewest} to {most} people each.")
    }
}

pub(crate) fn hidden_values(n: usize) -> String {
    if n == 1 {
        "One value is hidden to protect students.".to_owned()
    } else {
        format!("{n} values are hidden to protect students.")
    }
}

/// Words of methods, which nobody says aloud in a room; the glossary and the workbook explain them.
const METHODS: [&str; 6] = ["Theil", "Mann", "Newcombe", "mid-rank", "p-value", "median slope"];

/// The sentences of a note that name no method.
pub(crate) fn without_methods(note: &str) -> String {
    let sentences = note.split_inclusive(". ");
    sentences.filter(|sentence| !METHODS.iter().any(|word| sentence.contains(word))).collect()
}

/// The warning of a chart, as a sentence.
pub(crate) fn but(caveat: &str) -> String {
    if caveat.is_empty() { String::new() } else { sentence(caveat) }
}
