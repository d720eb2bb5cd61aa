//! The readiness report: whether the data is ready, what looks wrong, and what data to request.

use crate::diagnostic::Severity;

/// The title of the report's files.
pub(crate) const TITLE: &str = "Readiness";

/// What can be drawn, and which subjects have no data.
pub(crate) fn summary(drawn: usize, wanted: usize, without_data: &[String]) -> String {
    let nothing = match without_data.split_last() {
        None => String::new(),
        Some((last, [])) => format!(" There is no data on {last}."),
        Some((last, before)) => format!(" There is no data on {} or {last}.", before.join(", ")),
    };
    format!("{drawn} of {wanted} charts can be drawn from this data.{nothing}")
}

/// The heading of the page and of the workbook's summary.
pub(crate) fn heading(district: &str) -> String {
    format!("Is the data ready? {district}")
}

/// The title of the page.
pub(crate) fn page_title(district: &str) -> String {
    format!("{TITLE}: {district}")
}

pub(crate) fn problems_in_sheet(problems: usize) -> String {
    format!("Problems: {problems}, listed in the “Problems” sheet with file, sheet, and cell.")
}

pub(crate) fn requests_in_sheet(measures: usize) -> String {
    format!("Measures to request: {measures}, listed in the “Data request” sheet.")
}

pub(crate) const COVERAGE_IN_SHEET: &str =
    "Coverage: the “Coverage” sheet shows which years each measure has.";

pub(crate) fn retreat_and_district(title: &str, id: &str) -> String {
    format!("{title}, district {id}")
}

/// The end of a text that is too long for a cell.
pub(crate) fn cut_here(more: usize) -> String {
    format!("… (cut here: {more} more characters; readiness.html has the whole text)")
}

/// The word for a problem's severity.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "left out",
        Severity::Warning => "to check",
        Severity::Note => "to know",
    }
}

pub(crate) const REPORTED: &str = "reported";
pub(crate) const MASKED: &str = "masked";
pub(crate) const WITHHELD: &str = "withheld";
pub(crate) const BLANK: &str = "blank";
pub(crate) const NO_DATA: &str = "no data";

/// The names of the workbook's sheets.
pub(crate) const SUMMARY_SHEET: &str = "Summary";
pub(crate) const PROBLEMS_SHEET: &str = "Problems";
pub(crate) const REQUESTS_SHEET: &str = "Data request";
pub(crate) const PUBLISHED_SHEET: &str = "Public files";
pub(crate) const COVERAGE_SHEET: &str = "Coverage";
pub(crate) const SOURCES_SHEET: &str = "Sources";

/// Column headings, of the page and of the workbook.
pub(crate) const SEVERITY: &str = "Severity";
pub(crate) const FILE: &str = "File";
pub(crate) const SHEET: &str = "Sheet";
pub(crate) const CELL: &str = "Cell";
pub(crate) const FOUND: &str = "What was found";
pub(crate) const HOW_MANY: &str = "How many";
pub(crate) const DONE: &str = "What was done";
pub(crate) const HINT: &str = "What you can do";
pub(crate) const KIND: &str = "Kind";
pub(crate) const DOMAIN: &str = "Area";
pub(crate) const MEASURE: &str = "Measure";
pub(crate) const MISSING: &str = "What is missing";
pub(crate) const DEFINITION: &str = "What it is";
pub(crate) const CHARTS: &str = "Charts that need it";
pub(crate) const ASKED_WHOM: &str = "Who was asked";
pub(crate) const ANSWERED: &str = "Done";
pub(crate) const GROUPS: &str = "Groups";
pub(crate) const OTHER_DISTRICTS: &str = "Other districts";
pub(crate) const PUBLICATION: &str = "Publication";
pub(crate) const PUBLISHER: &str = "Publisher";
pub(crate) const ADDRESS: &str = "Address";
pub(crate) const LAYOUT: &str = "Layout";
pub(crate) const VALUES: &str = "Values";
pub(crate) const MASKED_CELLS: &str = "Masked";
pub(crate) const BLANK_CELLS: &str = "Blank";
pub(crate) const NOT_NUMBERS: &str = "Not numbers";
pub(crate) const LEFT_OUT: &str = "Left out";

/// The page's texts that do not depend on the data, by their names in its template.
pub(crate) const PAGE_TEXTS: [(&str, &str); 27] = [
    ("coverage", "What data you have"),
    (
        "legend",
        "● reported, * masked by the publisher, w withheld here because it is about too few people, – blank. An \
             empty cell means that no file has the value.",
    ),
    ("problems", "What looks wrong"),
    ("no_problems", "Nothing."),
    ("requests", "What to request"),
    ("no_requests", "Nothing: every chart has the data it needs."),
    ("published", super::published::HEADING),
    ("sources", "What was read"),
    ("severity", SEVERITY),
    ("place", "Where"),
    ("found", FOUND),
    ("done", DONE),
    ("hint", HINT),
    ("domain", DOMAIN),
    ("measure", MEASURE),
    ("missing", MISSING),
    ("charts", CHARTS),
    ("groups", GROUPS),
    ("other_districts", OTHER_DISTRICTS),
    ("file", FILE),
    ("sheet", SHEET),
    ("layout", LAYOUT),
    ("values", VALUES),
    ("masked", MASKED_CELLS),
    ("blank", BLANK_CELLS),
    ("not_numbers", NOT_NUMBERS),
    ("left_out", LEFT_OUT),
];

/// The address of a publication; `confirmed` if a public source gives it.
pub(crate) fn address(address: &str, confirmed: bool) -> String {
    if confirmed { address.to_owned() } else { format!("{address} (not checked)") }
}

/// The measures of an area for which no file has data; empty if there are none.
pub(crate) fn without_data(measures: &[String]) -> String {
    if measures.is_empty() { String::new() } else { format!("No data on: {}.", measures.join(", ")) }
}

/// The number of similar problems besides the one shown; empty if there are none.
pub(crate) fn more_like_it(more: u64) -> String {
    if more == 0 { String::new() } else { format!("(and {more} more like it)") }
}

/// The number of a request's charts that need it; empty if there are none.
pub(crate) fn not_drawn_without_it(charts: usize) -> String {
    if charts == 0 { String::new() } else { format!("({charts} cannot be drawn without it)") }
}

pub(crate) fn sheet_not_read(why: &str) -> String {
    format!("not read: {why}")
}

pub(crate) fn rows_left_out(rows: u64, why: &str) -> String {
    let noun = if rows == 1 { "row" } else { "rows" };
    format!("{rows} {noun}: {why}")
}

pub(crate) fn columns_not_read(columns: &[String]) -> String {
    format!("columns not read: {}", columns.join(", "))
}

/// All that was left out of a sheet.
pub(crate) fn left_out(texts: &[String]) -> String {
    texts.iter().map(|text| text.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
}

/// A school year, given by its end: `2023-24`.
pub(crate) fn school_year(end: i32) -> String {
    format!("{}-{:02}", end - 1, end % 100)
}

/// A measure has no year at all.
pub(crate) fn all_missing(fewest_years: usize) -> String {
    format!("everything: at least {fewest_years} years, for all students and by group")
}

/// The first years of a measure, of which `years` years from `first` are there; `before` is the one before.
pub(crate) fn early_years_missing(years: usize, first: &str, before: &str) -> String {
    let there =
        if years == 1 { "there is only 1 year".to_owned() } else { format!("there are only {years} years") };
    format!("{before} and earlier ({there}, starting in {first})")
}

/// Some years between the first and the last of a measure.
pub(crate) fn gap_years_missing(years: &[String]) -> String {
    format!("the years in between: {}", years.join(", "))
}

/// The parts of a total: its groups by one dimension.
pub(crate) fn groups_of_dimension(dimension: &str) -> String {
    format!("the groups by {dimension}")
}

pub(crate) const GRADES: &str = "the grades";

/// The parts of a total: `parts` other measures.
pub(crate) fn parts_of_sum(parts: usize) -> String {
    format!("its {parts} parts")
}

/// A series about a group, subject or grade: what it is about, in parentheses; empty if it is about all.
pub(crate) fn breakdown(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

pub(crate) fn grade(id: &str) -> String {
    format!("grade {id}")
}

/// Why a year is not like others: every district has 100 percent.
pub(crate) const ALL_HAVE_THE_MOST: &str =
    "nearly all districts have 100% in that year, unlike in other years";

/// The place of a value that is in no file.
pub(crate) const COMPUTED: &str = "computed";

// Surveys.
pub(crate) const SURVEY: &str = "A survey of families, students, and staff";
pub(crate) const SURVEY_MISSING: &str =
    "everything; kit/poll-form.docx in the pack has questions that you can ask";
pub(crate) const INVITED_MISSING: &str = "the number of people who were asked";
pub(crate) const SURVEY_DEFINITION: &str =
    "The raw answers as the form service exports them, one row per person, and the number of people asked.";

/// The answers of a group.
pub(crate) fn survey_of(label: &str) -> String {
    format!("{label}: survey")
}

/// How many people of a group were asked.
pub(crate) fn invited(label: &str) -> String {
    format!("{label} who were asked")
}

// The data request.
pub(crate) const CALENDAR: &str = "Calendar";
pub(crate) const WHAT_TO_REQUEST: &str = "What to request";
pub(crate) const WHO_PUBLISHES: &str = "Who publishes this data";
pub(crate) const NOTHING_TO_REQUEST: &str = "Nothing is missing for the retreat's main charts.";
pub(crate) const CALENDAR_HEADINGS: [&str; 3] = ["By", "What", "Who"];
pub(crate) const REQUEST_HEADINGS: [&str; 4] = ["Area", "What", "Missing", "Who to ask"];
pub(crate) const PUBLISHER_HEADINGS: [&str; 4] = ["Area", "File", "Publisher", "Where"];

/// The title of the data request.
pub(crate) fn data_request_title(retreat: &str) -> String {
    format!("{retreat}: data request")
}

/// How long before the day, where its date is not known.
pub(crate) fn days_before(days: u32) -> String {
    let (weeks, rest) = (days / 7, days % 7);
    if rest == 0 && weeks > 1 {
        format!("{weeks} weeks before the retreat")
    } else {
        format!("{days} days before the retreat")
    }
}
