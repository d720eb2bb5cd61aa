//! The portfolio: the page and the workbook with a row for each district.

use std::fmt::Display;

use super::listing::{count, counted};

/// The title of the page and of the workbook.
pub(crate) const TITLE: &str = "Portfolio of districts";

/// How many packs there are, by how their builds ended.
pub(crate) struct OutcomeCounts {
    pub(crate) complete: usize,
    pub(crate) partly: usize,
    pub(crate) not_built: usize,
}

/// How many packs there are.
pub(crate) fn summary(counts: &OutcomeCounts) -> String {
    let OutcomeCounts { complete, partly, not_built } = counts;
    let mut parts = vec![format!("{}.", counted(complete + partly, "pack"))];
    if *partly > 0 {
        parts.push(format!("Some data could not be used in {}.", counted(*partly, "pack")));
    }
    if *not_built > 0 {
        parts.push(format!(
            "{} could not be built; see the list of problems for the reasons.",
            counted(*not_built, "pack")
        ));
    }
    parts.join(" ")
}

/// How the build of a pack ended, by the exit code that stands for it.
pub(crate) const fn outcome(exit: u8) -> &'static str {
    match exit {
        0 => "complete",
        1 => "data left out",
        _ => "not built",
    }
}

/// A number of values.
pub(crate) fn number(values: u64) -> String {
    count(values as usize)
}

/// Why there is no pack.
pub(crate) fn not_built(why: &str) -> String {
    format!("Not built: {why}")
}

/// A problem of a pack.
pub(crate) fn problem(found: &str, done: &str) -> String {
    format!("{found}; retreat {done}")
}

/// A break in comparability.
pub(crate) fn series_break(measure: &str, year: &str, why: &str) -> String {
    format!("{measure}: in {year}, {why}")
}

/// A table of a pack cannot be read back.
pub(crate) fn table_unreadable(why: &dyn Display) -> String {
    format!("the pack's table cannot be read back: {why}\n  hint: build this district again")
}

pub(crate) fn no_column(name: &str) -> String {
    format!("it has no column `{name}`")
}

/// The end of a text that is too long for a cell.
pub(crate) fn cut_here(more: usize) -> String {
    format!("… (cut here: {more} more characters; portfolio.html has the whole text)")
}

/// The sheets of the workbook.
pub(crate) const DISTRICTS_SHEET: &str = "Districts";
pub(crate) const BREAKS_SHEET: &str = "Breaks";
pub(crate) const PROBLEMS_SHEET: &str = "Problems";
pub(crate) const START_SHEET: &str = "Read me";

/// Column headings of the page and of the workbook.
pub(crate) const DISTRICT: &str = "District";
pub(crate) const ID: &str = "ID";
pub(crate) const STATE: &str = "State";
pub(crate) const PACK: &str = "Pack";
pub(crate) const OPEN: &str = "Open the pack";
pub(crate) const YEAR: &str = "Latest year";
pub(crate) const CHARTS: &str = "Charts";
pub(crate) const CHARTS_WANTED: &str = "Charts with all data";
pub(crate) const WITHOUT: &str = "No charts on";
pub(crate) const BREAKS: &str = "Breaks";
pub(crate) const PUBLISHED: &str = "Values shown";
pub(crate) const MASKED: &str = "Masked";
pub(crate) const WITHHELD: &str = "Withheld";
pub(crate) const ERRORS: &str = "Data left out";
pub(crate) const WARNINGS: &str = "Data to check";
pub(crate) const MEASURE: &str = "Measure";
pub(crate) const FROM: &str = "Not comparable with earlier years";
pub(crate) const WHY: &str = "Why";
pub(crate) const PROBLEM: &str = "Problem";

/// What the workbook is, a line each.
pub(crate) const START: [&str; 6] = [
    "Each row in the “Districts” sheet is a district. Click its first column to open the district's pack.",
    "Charts: how many charts the pack has, and how many it would have if no data were missing.",
    "The columns for strengths, weaknesses, opportunities, and threats count the program's proposals. People decide.",
    "Breaks: measures whose latest values cannot be compared with earlier ones. The “Breaks” sheet lists them.",
    "Withheld: values that the pack does not show, to protect students. They are not in the portfolio either.",
    "Do not rank districts by these counts: they depend on which data each district publishes.",
];

/// The page's texts that do not depend on the data, by their names in its template.
pub(crate) const PAGE_TEXTS: [(&str, &str); 18] = [
    ("heading", TITLE),
    ("districts", "Districts"),
    (
        "caption",
        "Each row is a district. Click its name to open its pack. The counts are not a ranking: they depend on which data each \
                 district publishes.",
    ),
    ("district", DISTRICT),
    ("id", ID),
    ("state", STATE),
    ("pack", PACK),
    ("year", YEAR),
    ("charts", CHARTS),
    ("of", "of"),
    ("without", WITHOUT),
    ("candidates", "Proposed SWOT items"),
    ("breaks", BREAKS),
    ("breaks_intro", "The latest values of these measures cannot be compared with earlier ones."),
    ("published", PUBLISHED),
    ("masked", MASKED),
    ("withheld", WITHHELD),
    ("problems", "Problems in individual packs"),
];
