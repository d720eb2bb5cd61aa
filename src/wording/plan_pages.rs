//! The texts on the pages of goals. What only people can say is left blank.

pub(crate) const MONITORING: &str = "monitoring report";
pub(crate) const PDSA: &str = "plan, do, study, act";
pub(crate) const SMART: &str = "goal and action steps";
pub(crate) const BY_GROUP: &str = "By student group";
pub(crate) const STEPS: &str = "Action steps";
pub(crate) const FACTS_ALT: &str = "What is known about the measure";
/// A line to write on.
pub(crate) const BLANK: &str =
    "________________________________________________________________________________";

/// The title of a document.
pub(crate) fn title(retreat: &str, name: &str) -> String {
    format!("{retreat}: {name}")
}

pub(crate) const VALUE_HEADINGS: [&str; 6] =
    ["Measure", "Baseline", "Latest values", "Target now due", "Last target", "Status"];
pub(crate) const GROUP_HEADINGS: [&str; 4] = ["Student group", "Newest", "Before", "Students"];
pub(crate) const MONITORING_BLANKS: [&str; 3] =
    ["What we see in these numbers", "What we are doing, and how it is going", "What we ask of the board"];

pub(crate) const FACT_HEADINGS: [&str; 2] = ["What is known", "From the data"];
pub(crate) const FACTS: [&str; 7] = [
    "Measure",
    "Students",
    "Baseline",
    "Number of people it is based on",
    "Smallest change not due to chance alone",
    "Target",
    "Owner",
];
pub(crate) const PDSA_BLANKS: [&str; 10] = [
    "What we want to learn from this test",
    "Plan: tasks, who, when, where",
    "Plan: data to collect, who, when",
    "Our prediction: what the data will show, and why",
    "Do: was it carried out as planned? What was unexpected?",
    "Study: what the data shows",
    "Study: did it match the prediction?",
    "Study: what we learned",
    "Act: adopt, adapt, or abandon?",
    "The next test",
];
/// How many people a value is based on is not known.
pub(crate) const N_UNKNOWN: &str = "not published";
pub(crate) const SMART_HEADINGS: [&str; 3] = ["Part", "From the plan and the data", "Our words"];
pub(crate) const SMART_LINES: [&str; 5] = ["Specific", "Measurable", "Attainable", "Relevant", "Time-bound"];
pub(crate) const STEP_HEADINGS: [&str; 5] =
    ["Step", "Owner", "Resources", "How we will know it is done", "Deadline"];

// What to do about a goal without a sentence.
pub(crate) const CHOOSE_INDICATOR: &str = "The data has no indicator of this name. In the plan, choose one from the list in the “Indicator” column.";
pub(crate) const SET_TARGET: &str =
    "There is no target after the newest value. In the plan, set one for a later year.";
pub(crate) const CORRECT_TARGET: &str =
    "The last target cannot be read. In the plan, write it as a value to reach, such as 65% or $62,000.";

/// How many similar districts did as much.
pub(crate) fn attainable(did_it: &str, verdict: &str) -> String {
    format!("Similar districts that gained as much: {did_it} ({verdict})")
}
