//! The template workbook that a small district fills in by hand.

/// The title of the workbook.
pub(crate) const TITLE: &str = "Data for the retreat";
/// The lines of the first sheet.
pub(crate) const READ_ME: [&str; 9] = [
    TITLE,
    "1. Each sheet covers one part of the district's work. Leave a sheet empty if you have no data for it.",
    "2. Each row is one district, one school year, and one group of students. Five or more years show a trend.",
    "3. Fill in your own district first. To compare it, add rows for at least ten districts like yours.",
    "4. Student group, grade, and subject are All unless the row is about only some of the students.",
    "5. Type percents as 94.1 (or 94.1%), and money in whole dollars. Leave a cell blank if you do not know the number.",
    "6. Where a number is hidden to protect students, type * (or <10). Never type 0 for it.",
    "7. Point to a heading to see what it counts. The gray row is an example; the program does not read it.",
    "8. Save this workbook in the project's folder. Then run: retreat check",
];
/// The name of the first sheet.
pub(crate) const READ_ME_SHEET: &str = "Read me";
/// The name of the sheet with the choices of the drop-down lists.
pub(crate) const LISTS_SHEET: &str = "Lists";
/// The district of the example row. Rows with this id are not read.
pub(crate) const EXAMPLE_ID: &str = "EXAMPLE";
pub(crate) const EXAMPLE_NAME: &str = "Example School District";
/// What Excel says to a text that is not in the drop-down list.
pub(crate) const NOT_IN_LIST: &str = "Please choose from the list. Other text may not be understood.";

/// The note on a measure's heading.
pub(crate) fn heading_note(definition: &str, unit: &str) -> String {
    format!("{definition}\nUnit: {unit}.")
}

/// What Excel says to a value outside the plausible range.
pub(crate) fn not_plausible(low: &str, high: &str) -> String {
    format!("Please enter a number from {low} to {high}, or * if the number is hidden.")
}
