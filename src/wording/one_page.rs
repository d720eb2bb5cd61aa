//! The texts of the pages for the other days of the plan.

use super::listing::joined_with_and;

pub(crate) const ORIENTATION: &str = "Orientation";
pub(crate) const VISION: &str = "Current reality";
pub(crate) const WHO_ARE_WE: &str = "Who are we?";
pub(crate) const WHERE_ARE_WE: &str = "Where are we now?";
pub(crate) const ORIENTATION_LEAD: &str =
    "What we are planning for, and what comes next. Fill in the blanks.";
pub(crate) const SCHOOLS: &str = "Schools";
pub(crate) const STEPS: &str = "Steps and dates";
pub(crate) const WORDS: &str = "Twelve words to know";
pub(crate) const OF_CONSENSUS: &str = "What the tables agree on, and what the numbers show.";
pub(crate) const OF_FINAL: &str = "What the team decided after feedback, and what the numbers show.";
pub(crate) const OF_DRAFT: &str = "What the data suggests; the tables have not decided yet.";
pub(crate) const IF_NOTHING_CHANGES: &str = "If nothing changes";
pub(crate) const CANNOT_SAY: &str = "What the data cannot say";
pub(crate) const CANNOT: [&str; 2] =
    ["Why a number is what it is, and what would change it.", "What has happened since the newest year."];
pub(crate) const VISION_NOTE: &str = "Use the item numbers to find the evidence in the pack.";

/// A measure with its subject.
pub(crate) fn with_part(label: &str, subject: Option<&str>) -> String {
    subject.map_or_else(|| label.to_owned(), |subject| format!("{label}, {subject}"))
}

/// Where recent years would lead.
pub(crate) fn projected(low: &str, high: &str, year: &str) -> String {
    format!("{low} to {high} in {year}, if recent patterns continue")
}

/// The areas without data.
pub(crate) fn no_data(areas: &[String]) -> String {
    format!("There is no data on {}.", joined_with_and(areas))
}

/// The beginning of a long text.
pub(crate) fn first_words(text: &str, most: usize) -> String {
    text.split_whitespace().take(most).collect::<Vec<_>>().join(" ") + " …"
}

/// The title of a page's document.
pub(crate) fn title(retreat: &str, name: &str) -> String {
    format!("{retreat}: {name}")
}

/// The heading of the second column of a list.
pub(crate) const CONTINUED: &str = "(continued)";
/// Room to write a date or a number.
pub(crate) const BLANK: &str = "______________";
pub(crate) const FACT_HEADINGS: [&str; 3] = ["Number", "Value", "School year"];
