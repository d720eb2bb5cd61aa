//! The texts of `retreat-data.xlsx`.

use crate::domain::{Better, Unit};

// Names of the sheets. Excel allows 31 characters.
pub(crate) const START: &str = "Start";
pub(crate) const GLANCE: &str = "At a glance";
pub(crate) const PEERS: &str = "Peers";
pub(crate) const GROUPS: &str = "Groups";
pub(crate) const SWOT: &str = "SWOT";
pub(crate) const VOTES: &str = "Merge and votes";
pub(crate) const BASELINES: &str = "Baselines";
pub(crate) const GLOSSARY: &str = "Glossary";
pub(crate) const ALL_VALUES: &str = "All values";
pub(crate) const SOURCES: &str = "Sources and problems";
pub(crate) const WITHHELD: &str = "Withheld";
/// A domain without a label that can name a sheet.
pub(crate) const DOMAIN: &str = "Domain";

/// The title in the file's properties, and in the footer of each page.
pub(crate) fn book_title(title: &str, district: &str) -> String {
    format!("{title}: {district}")
}

/// The most characters at the left of a footer: more would run into the sheet's name in the middle.
const FOOTER: usize = 56;

/// The footer of every printed page: left, middle, and right.
pub(crate) fn footer(title: &str) -> String {
    let letters = title.chars().count();
    let start: String = title.chars().take(FOOTER).collect();
    let left = if letters > FOOTER {
        start.trim_end_matches(|c: char| !c.is_whitespace()).trim_end()
    } else {
        title
    };
    let left = if left.is_empty() { start.as_str() } else { left };
    let more = if letters > FOOTER { "…" } else { "" };
    format!("&L{}{more}&C&A&RPage &P of &N", left.replace('&', "&&"))
}

pub(crate) fn cut_here(more: usize) -> String {
    format!("… (cut here: {more} more characters)")
}

// Start.
pub(crate) fn start_intro(year: &str) -> String {
    format!(
        "This is the data for our retreat, through {year}. Everything on the slides and posters is here as numbers."
    )
}

/// Surveys have no school year.
pub(crate) const START_OF_SURVEYS: &str =
    "This is the data for our retreat. Everything on the slides and posters is here as numbers.";
pub(crate) const NO_YEAR: &str = "No values were found for this district.";
pub(crate) const HOW_TO_USE: &str =
    "Change anything you like: this file is yours. The yellow cells are for you to fill in.";
pub(crate) const CODES: &str =
    "Every chart has a short code, such as L3. The same code appears on its slide, on its poster, and here.";
pub(crate) const SHEETS: &str = "What is in this workbook";
pub(crate) const HOW_SURE: &str = "How sure are these numbers?";
pub(crate) const SURE: [&str; 5] = [
    "The numbers are as published. “Sources and problems” lists every file.",
    "Strong: a clear result, and a second one that agrees. Moderate: a clear result. Tentative: worth a question, not a \
     conclusion.",
    "“hidden” means that a number exists but is not shown, to protect students. It never means zero.",
    "A difference from our peers does not say why we differ or who is responsible.",
    "Results for small groups vary a lot from year to year. Look at n, the number of people, before you look at a rate.",
];
pub(crate) const NOT_ALIKE: &str = "Our peers are not much like us. Compare us with our own past and with all districts in the data, or choose other peers.";

/// What each sheet is for.
pub(crate) mod about {
    pub(crate) const GLANCE: &str =
        "One row for each measure: the latest value, the change, our peers, and all districts in the data.";
    pub(crate) const PEERS: &str =
        "Who we are compared with. Choose other districts, and the medians update.";
    pub(crate) const GROUPS: &str = "Results by student group.";
    pub(crate) const SWOT: &str = "The candidates, to keep, drop, move, or put in our own words.";
    pub(crate) const VOTES: &str = "What the tables agree on, and the dot vote.";
    pub(crate) const BASELINES: &str = "Where we start from. Targets and years are for us to fill in.";
    pub(crate) const GLOSSARY: &str = "What the words and the measures mean.";
    pub(crate) const ALL_VALUES: &str = "Every value for our district and its peers, ready to filter.";
    pub(crate) const SOURCES: &str = "The files that were read, the problems in them, and what was decided.";
    pub(crate) const WITHHELD: &str = "What is not shown, and why.";
}

/// What the sheet of a domain is for: its number of exhibits, and its question.
pub(crate) fn about_domain(exhibits: usize, question: &str) -> String {
    format!("{}, with their charts. {question}", super::listing::counted(exhibits, "table"))
}

// Headings of columns.
pub(crate) const H_DOMAIN: &str = "Domain";
pub(crate) const H_MEASURE: &str = "Measure";
pub(crate) const H_CODE: &str = "Code";
pub(crate) const H_LATEST: &str = "Latest";
pub(crate) const H_YEAR: &str = "Year";
pub(crate) const H_N: &str = "n";
pub(crate) const H_FIRST: &str = "First";
pub(crate) const H_FIRST_YEAR: &str = "First year";
pub(crate) const H_CHANGE: &str = "Change";
pub(crate) const H_REAL_CHANGE: &str = "Change after inflation";
pub(crate) const H_PEER_MEDIAN: &str = "Peer median";
pub(crate) const H_DIFFERENCE: &str = "Difference from peers";
pub(crate) const H_PLACE: &str = "Place among peers";
pub(crate) const H_STATE: &str = "Median of all";
pub(crate) const H_BETTER: &str = "Better";
pub(crate) const H_AGE: &str = "Age";
pub(crate) const H_USE: &str = "use?";
pub(crate) const H_DISTRICT: &str = "District";
pub(crate) const H_DISTANCE: &str = "Distance";
pub(crate) const H_LIKENESS: &str = "How similar";
pub(crate) const H_GROUP: &str = "Group";
pub(crate) const H_ALL_STUDENTS: &str = "All students";
pub(crate) const H_GAP: &str = "Difference from all";
pub(crate) const H_NOTE: &str = "Note";
pub(crate) const H_NUMBER: &str = "No.";
pub(crate) const H_QUADRANT: &str = "Quadrant";
pub(crate) const H_STATEMENT: &str = "What the data says";
pub(crate) const H_OUR_WORDS: &str = "In our words";
pub(crate) const H_KEEP: &str = "Keep?";
pub(crate) const H_WHO: &str = "Who";
pub(crate) const H_EVIDENCE: &str = "Based on";
pub(crate) const H_DOUBT: &str = "But";
pub(crate) const H_QUESTION: &str = "To discuss";
pub(crate) const H_CONFIDENCE: &str = "Evidence";
pub(crate) const H_ITEM: &str = "Item, in final words";
pub(crate) const H_TOTAL: &str = "Dots";
pub(crate) const H_RANK: &str = "Rank";
pub(crate) const H_FORWARD: &str = "Goes forward?";
pub(crate) const H_BASELINE: &str = "Baseline";
pub(crate) const H_TREND: &str = "Trend";
pub(crate) const H_LOWER_QUARTILE: &str = "Peers, lower quartile";
pub(crate) const H_UPPER_QUARTILE: &str = "Peers, upper quartile";
pub(crate) const H_TARGET: &str = "Target";
pub(crate) const H_TARGET_YEAR: &str = "Target year";
pub(crate) const H_TERM: &str = "Term";
pub(crate) const H_MEANING: &str = "What it means";
pub(crate) const H_DEFINED_BY: &str = "Defined by";
pub(crate) const H_GRADE: &str = "Grade";
pub(crate) const H_SUBJECT: &str = "Subject";
pub(crate) const H_VALUE: &str = "Value";
pub(crate) const H_UNIT: &str = "Unit";
pub(crate) const H_KIND: &str = "Kind";
pub(crate) const H_WHERE: &str = "Where";
pub(crate) const H_FOUND: &str = "What was found";
pub(crate) const H_DONE: &str = "What was done";
pub(crate) const H_HINT: &str = "What to do";
pub(crate) const H_COUNT: &str = "How many";
pub(crate) const H_YEARS: &str = "Years";
pub(crate) const H_BY: &str = "Hidden by";
pub(crate) const H_WHY: &str = "Why";

/// The dots of one table.
pub(crate) fn table_votes(table: usize) -> String {
    format!("Table {table}")
}

// What cells say.
pub(crate) const HIDDEN: &str = "hidden";
pub(crate) const YES: &str = "yes";
pub(crate) const NO: &str = "no";
pub(crate) const KEEP: [&str; 3] = ["keep", "drop", "not sure"];
pub(crate) const ALL: &str = "all";
pub(crate) const FEW_PEOPLE: &str = "fewer than 10 people";
pub(crate) const SMALL_GROUP: &str = "fewer than 20 people: too few to draw conclusions";
pub(crate) const HIGHER: &str = "higher";
pub(crate) const LOWER: &str = "lower";
pub(crate) const NEITHER: &str = "neither";
/// How a place among peers begins: `above 6 of 10`.
pub(crate) const HIGHER_THAN: &str = "above ";
pub(crate) const OF: &str = " of ";

pub(crate) const fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => HIGHER,
        Better::Lower => LOWER,
        Better::Neither => NEITHER,
    }
}

/// Where a value is among its peers.
pub(crate) fn place(below: usize, peers: usize) -> String {
    format!("{HIGHER_THAN}{below}{OF}{peers}")
}

/// The name of a unit in a cell.
pub(crate) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Count => "number",
        Unit::Fte => "full-time equivalents",
        Unit::Dollars => "dollars",
        Unit::DollarsPerStudent => "dollars per student",
        Unit::Ratio => "ratio",
        Unit::Years => "years",
        Unit::Points => "points",
        Unit::Per100 => "per 100 students",
        Unit::DollarsPer100 => "dollars per $100 of value",
    }
}

// At a glance.
pub(crate) const GLANCE_INTRO: &str =
    "Filter by domain or sort by difference. The peer columns use the districts chosen on the “Peers” sheet.";

// Peers.
pub(crate) const PEERS_INTRO: [&str; 2] = [
    "The most similar come first. Set “use?” to yes or no. The medians then update here, in “At a glance,” and in “Baselines.” At least five are needed.",
    "The charts keep the peers that the pack was made with. The values behind the medians are farther to the right.",
];
pub(crate) const NONE_IN_USE: &str = "None of them is in use yet, so the medians are empty. Set at least five to yes to see what they would show.";
pub(crate) const NO_PEERS: &str =
    "No peer group could be chosen from this data, so no chart compares us with districts like ours.";
pub(crate) const OWN_DISTRICT: &str = "us";
pub(crate) const IN_USE: &str = "Median of the districts in use";

/// The number of districts in use.
pub(crate) const IN_USE_COUNT: &str = "in use";

// Sheets of domains.
/// The words for the shade of a cell.
pub(crate) fn shade_in_words(shade: f64) -> &'static str {
    match shade {
        s if s >= 0.5 => "better",
        s if s <= -0.5 => "worse",
        _ => "near the middle",
    }
}

pub(crate) const H_IN_WORDS: &str = "Latest, compared with most peers";
pub(crate) const CHART_DATA: &str = "Data for the chart (gaps are left blank)";

/// What the two colors of shaded cells mean.
pub(crate) fn shades(orange: &str, blue: &str) -> String {
    format!("Orange: {orange}. Blue: {blue}. The darker the color, the larger the difference.")
}

pub(crate) fn definition(text: &str) -> String {
    format!("What it is: {text}")
}

pub(crate) fn note(text: &str) -> String {
    format!("Note: {text}")
}

/// Where the numbers come from; a source may say itself that it is one.
pub(crate) fn source(text: &str) -> String {
    if text.starts_with("Source") { text.to_owned() } else { format!("Source: {text}") }
}

/// Texts next to each other, without empty ones.
pub(crate) fn beside(texts: &[&str]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

pub(crate) fn code_and_topic(code: &str, topic: &str) -> String {
    format!("{code} · {topic}")
}

/// The title of a chart, with the direction that is better, if any.
pub(crate) fn chart_title(title: &str, direction: &str) -> String {
    if direction.is_empty() { title.to_owned() } else { format!("{title} ({direction})") }
}

/// A series with the code of its exhibit.
pub(crate) fn series(code: &str, name: &str) -> String {
    if code.is_empty() { name.to_owned() } else { format!("{code} {name}") }
}

// Groups.
pub(crate) const GROUPS_INTRO: &str = "All results for student groups in their latest year. Peer medians are for the same group, among the peers that the pack was made \
     with.";

// SWOT.
pub(crate) const SWOT_INTRO: &str = "Proposals, not conclusions: move, reword, or drop them. The empty rows at the end are for what the data does not show.";
pub(crate) const VOTES_INTRO: &str = "Write the items that the tables agree on, and enter each table’s dots. Totals and ranks update automatically.";
pub(crate) const BASELINES_INTRO: &str = "Where each measure starts from. A target near the upper quartile of our peers is ambitious, but some districts have reached it.";
pub(crate) const GLOSSARY_INTRO: &str = "The terms in this pack, its methods, and all of its measures.";
pub(crate) const ALL_VALUES_INTRO: &str = "One value per row, for our district and the peers that the pack was made with. Percents run from 0 to 100.";

/// What prints of a long sheet.
pub(crate) fn rows_printed(printed: usize, rows: usize) -> String {
    let rows = Unit::Count.format(rows as f64);
    format!(
        "Only the first {printed} of {rows} rows print. To print others, select them and set the print area (Page Layout)."
    )
}

pub(crate) const SOURCES_INTRO: &str = "What was read, what was wrong with it, and what was decided.";
pub(crate) const WITHHELD_INTRO: &str = "The values for our district that exist but are not shown. No sheet has them, and none can be worked out from this file.";
pub(crate) const NOTHING_HERE: &str = "Nothing to list here.";

// Glossary.
pub(crate) const METHOD: &str = "Method";
pub(crate) const EXPLANATION: &str = "How to read it";
pub(crate) const TERMS: [(&str, &str); 6] = [
    ("Peers", "The districts most like ours, judged by the matching variables on the “Peers” sheet."),
    ("Median", "The middle value: half are higher and half are lower."),
    (
        "Quartile",
        "A quarter of the peers are below the lower quartile, and a quarter are above the upper one.",
    ),
    ("n", "The number of people that a value is based on."),
    ("hidden", "A value that exists but is not shown, to protect students. It never means zero."),
    ("Candidate", "A statement that the data suggests for the SWOT. The people in the room decide."),
];

/// How a method is computed, and its source.
pub(crate) fn method(how: &str) -> String {
    format!("{how}.")
}

// Sources and problems.
pub(crate) const FILE: &str = "file";
pub(crate) const DECISION: &str = "decision";
pub(crate) const LEFT_OUT: &str = "chart left out";
pub(crate) const REVISION: &str = "revised value";

/// What was read from a sheet of a file.
pub(crate) fn read(rows: &str, columns: &str, masked: &str, blank: &str) -> String {
    format!("rows: {rows}; columns read: {columns}; hidden by the publisher: {masked}; blank: {blank}")
}

pub(crate) fn layout(id: &str) -> String {
    format!("read as {id}")
}

/// A revised value: the one that counts, and the one before.
pub(crate) fn revised(older: &str, newer: &str) -> String {
    format!("{older}, later {newer}: the later number is used")
}

// Withheld.
pub(crate) const BY_PUBLISHER: &str = "its publisher";
pub(crate) const BY_US: &str = "this pack";
pub(crate) const WHY_MASKED: &str = "Its publisher does not show it, to protect students.";
pub(crate) const WHY_WITHHELD: &str =
    "It is about too few people, or another hidden value could be worked out from it.";

// Trends.
pub(crate) const RISING: &str = "rising";
pub(crate) const FALLING: &str = "falling";
pub(crate) const STEADY: &str = "steady";
pub(crate) const NO_TREND: &str = "no clear trend";
pub(crate) const TOO_SHORT: &str = "too few years";
