//! What is checked in the files of a pack so that everybody can read them.

pub(crate) const FOLLOWS: &str = "WCAG 2.1 AA, as far as a program can tell";

pub(crate) const READABLE: &str = "The file can be opened.";
pub(crate) const HAS_LANGUAGE: &str = "The language of the text is set.";
pub(crate) const HAS_TITLE: &str = "The document has a title.";
pub(crate) const NO_REQUEST: &str = "The page loads nothing from other sites.";
pub(crate) const HEADINGS_IN_ORDER: &str = "No heading skips a level.";
pub(crate) const IDS_ONCE: &str = "Each id is used only once.";
pub(crate) const TABLES_HAVE_HEADERS: &str = "Each table of numbers has header cells.";
pub(crate) const CHARTS_IN_WORDS: &str = "Each chart has a text description of at most 250 characters.";
pub(crate) const PDF_IS_TAGGED: &str = "The PDF is tagged.";
pub(crate) const SLIDES_HAVE_TITLES: &str = "Each slide has a title in its title placeholder.";
pub(crate) const TITLES_ONCE: &str = "No two slides have the same title.";
pub(crate) const NO_MERGED_CELLS: &str = "No cells are merged.";

/// A heading that skips a level.
pub(crate) fn heading_after(level: u32, before: u32) -> String {
    format!("a level {level} heading after a level {before} heading")
}

pub(crate) fn table_number(number: usize) -> String {
    format!("table {number}")
}

pub(crate) fn chart_number(number: usize) -> String {
    format!("chart {number}")
}

/// What a person has to look at, by the files that there are.
pub(crate) fn for_a_person<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let names: Vec<&str> = names.collect();
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    let mut tasks = vec!["Read the chart descriptions. Do they say what matters in your district?"];
    if has(".pptx") {
        tasks.push("After editing the deck, run Review > Check Accessibility in PowerPoint, and look at the reading order.");
        tasks.push("If the deck uses your own template, check that its colors have enough contrast.");
    }
    if has(".pdf") {
        tasks.push("Listen to a page of each PDF with a screen reader before you post it.");
    }
    if has(".png") {
        tasks.push(
            "A PNG file contains no alternative text. Wherever you use one, copy the text from the page.",
        );
    }
    if has("index.html") {
        tasks.push("Go through the page once using only the keyboard, and once at 200% zoom.");
    }
    tasks
}

/// Said at the end of a build, if a file fails a check.
pub(crate) fn failing(files: usize, report: &str) -> String {
    let (noun, verb) = if files == 1 { ("file", "fails") } else { ("files", "fail") };
    format!("{files} {noun} in the pack {verb} an accessibility check; see {report} for details")
}

/// Said at the end of a build.
pub(crate) fn still_to_check(report: &str) -> String {
    format!(
        "Before you post anything, read {report}. It lists what was checked for accessibility and what a person still has to check."
    )
}
