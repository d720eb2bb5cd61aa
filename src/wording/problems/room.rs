//! Problems with what people wrote on ballots and forms.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::counted;

/// The hint where nothing was lost, and a person should look.
const LOOK: &str =
    "nothing is lost; if it should count, correct it or move it to the right cell, and merge again";

impl Diagnostic {
    /// A ballot of another district.
    #[must_use]
    pub fn ballot_of_other_project(file: &str, title: &str, district: &str) -> Self {
        problem(
            Severity::Error,
            "ballot-of-other-project",
            Place::file(file),
            "",
            [
                format!("this ballot is from another project: “{title}”, district {district}"),
                "did not count it".to_owned(),
                "move the file to the `ballots` folder of its own project".to_owned(),
            ],
        )
    }

    /// A ballot with another title.
    #[must_use]
    pub fn ballot_with_other_title(file: &str, title: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-with-other-title",
            Place::file(file),
            "",
            [
                format!("this ballot was made for “{title}”"),
                "counted it, because the district is the same".to_owned(),
                "if it is from an earlier retreat, move it out of the folder and merge again".to_owned(),
            ],
        )
    }

    /// A ballot that was made before the newest build.
    #[must_use]
    pub fn ballot_of_older_build(file: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-of-older-build",
            Place::file(file),
            "",
            [
                "this ballot was made before the newest build, which has different items".to_owned(),
                "counted each answer for the item that the ballot shows".to_owned(),
                "nothing to do; the consensus says which items the newest data no longer supports".to_owned(),
            ],
        )
    }

    /// A ballot with other items that does not say which pack it is from.
    #[must_use]
    pub fn ballot_of_unknown_build(place: Place) -> Self {
        problem(
            Severity::Error,
            "ballot-of-unknown-build",
            place,
            "",
            [
                "this ballot has no “key” sheet, and most of its items are not from this project".to_owned(),
                "did not count it, because its numbers may stand for other items".to_owned(),
                "save the ballot as a workbook with all its sheets, or put a blank ballot from the same pack in the folder"
                    .to_owned(),
            ],
        )
    }

    /// A file in which nobody wrote anything.
    #[must_use]
    pub fn ballot_empty(file: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-empty",
            Place::file(file),
            "",
            [
                "nobody wrote anything on this ballot".to_owned(),
                "did not count it as a table".to_owned(),
                "if the table did fill it in, check that the right file was saved".to_owned(),
            ],
        )
    }

    /// A sheet that is some other spreadsheet.
    #[must_use]
    pub fn not_a_ballot(place: Place) -> Self {
        problem(
            Severity::Warning,
            "not-a-ballot",
            place,
            "",
            [
                "this sheet is neither a ballot nor a form".to_owned(),
                "did not read it".to_owned(),
                "if it is a ballot, put the row of headings back: Item, Quadrant, Statement, Keep?"
                    .to_owned(),
            ],
        )
    }

    /// A ballot without its row of headings.
    #[must_use]
    pub fn ballot_without_headings(place: Place) -> Self {
        problem(
            Severity::Warning,
            "ballot-without-headings",
            place,
            "",
            [
                "the row of headings is missing".to_owned(),
                "read the columns in the order of the ballot that was handed out".to_owned(),
                "if columns were also moved or deleted, put the headings back and merge again".to_owned(),
            ],
        )
    }

    /// Number, text, and key of a row name several items.
    #[must_use]
    pub fn ballot_row_mixed(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-row-mixed",
            place,
            "",
            [
                "the number, the text, and the hidden key of this row belong to different items".to_owned(),
                format!("counted the row for {item}"),
                "some columns may have been sorted without the others; compare the row with the paper ballot"
                    .to_owned(),
            ],
        )
    }

    /// Somebody wrote over the statement of an item.
    #[must_use]
    pub fn ballot_statement_changed(place: Place, item: &str) -> Self {
        problem(
            Severity::Note,
            "ballot-statement-changed",
            place,
            "",
            [
                format!("the text of {item} was changed on this ballot"),
                "treated it as the table's own words".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// Somebody wrote over the quadrant of an item.
    #[must_use]
    pub fn ballot_quadrant_changed(place: Place, item: &str) -> Self {
        problem(
            Severity::Note,
            "ballot-quadrant-changed",
            place,
            "",
            [
                format!("the quadrant of {item} was changed on this ballot"),
                "treated it as a move".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// A row says no, and where to move the item.
    #[must_use]
    pub fn ballot_no_and_moved(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-no-and-moved",
            place,
            "",
            [
                format!("{item} is marked “no” and also moved to another quadrant"),
                "counted it as moved to the other quadrant".to_owned(),
                "if the table drops it, delete the quadrant in “Move to” and merge again".to_owned(),
            ],
        )
    }

    /// A text in a place that is for something else.
    #[must_use]
    pub fn ballot_cell_elsewhere(place: Place, why: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-cell-elsewhere",
            place,
            why,
            [
                why.to_owned(),
                "kept it with the table's other remarks, in the log".to_owned(),
                LOOK.to_owned(),
            ],
        )
    }

    /// A text that does not say how many people sit at a table.
    #[must_use]
    pub fn ballot_people_unclear(place: Place) -> Self {
        problem(
            Severity::Warning,
            "ballot-people-unclear",
            place,
            "",
            [
                "this does not clearly say how many people sat at the table".to_owned(),
                "kept the text in the log; the consensus does not say how many people gave this table's dots"
                    .to_owned(),
                "write one whole number and merge again".to_owned(),
            ],
        )
    }

    /// A number in the column "keep" of a row without dots.
    #[must_use]
    pub fn ballot_dots_in_keep(place: Place, dots: u32) -> Self {
        problem(
            Severity::Warning,
            "ballot-dots-in-keep",
            place,
            "",
            [
                "there is a number in the “keep” column".to_owned(),
                format!("counted it as {}", counted(dots as usize, "dot")),
                "if it means something else, correct it and merge again".to_owned(),
            ],
        )
    }

    /// A cell with the error of a formula.
    #[must_use]
    pub fn ballot_cell_error(place: Place, error: &str) -> Self {
        problem(
            Severity::Warning,
            "ballot-cell-error",
            place,
            error,
            [
                format!(
                    "the cell has a formula with an error ({error}), so the file does not contain what was typed"
                ),
                "kept the error in the log".to_owned(),
                "type the text again, with an apostrophe before it if it begins with = or -".to_owned(),
            ],
        )
    }

    /// A text that would run as a formula or a script.
    #[must_use]
    pub fn ballot_formula(place: Place) -> Self {
        problem(
            Severity::Warning,
            "ballot-formula",
            place,
            "",
            [
                "this text could run as a formula or a script".to_owned(),
                "kept it as plain text that cannot run".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// A number that no item has.
    #[must_use]
    pub fn item_unknown(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "item-unknown",
            place,
            item,
            [
                format!("no item has the number {item}"),
                "kept what is written about it in the log and did not count it for any item".to_owned(),
                "correct the number and merge again".to_owned(),
            ],
        )
    }

    /// An item of a table without a quadrant.
    #[must_use]
    pub fn own_item_without_quadrant(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "own-item-without-quadrant",
            place,
            "",
            [
                format!("nobody wrote a quadrant for the new item {item}"),
                "did not list it in a quadrant; the page, slides, and feedback form leave it out".to_owned(),
                "ask the table and write the quadrant in the consensus or on the ballot".to_owned(),
            ],
        )
    }

    /// An item of a table for which several quadrants are named.
    #[must_use]
    pub fn own_item_two_quadrants(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "own-item-two-quadrants",
            place,
            "",
            [
                format!("different quadrants are written for the new item {item}"),
                "did not list it in a quadrant; the page, slides, and feedback form leave it out".to_owned(),
                "ask the table and write the quadrant in the consensus, or correct the answer and merge again"
                    .to_owned(),
            ],
        )
    }

    /// A new item whose parts each name a quadrant.
    #[must_use]
    pub fn own_item_of_several(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "own-item-of-several",
            place,
            "",
            [
                "several parts of this new item name a quadrant".to_owned(),
                format!("counted it as one item, {item}"),
                "if each part is an item, write each in a row of its own".to_owned(),
            ],
        )
    }

    /// An item of a table that is in another column.
    #[must_use]
    pub fn own_item_elsewhere(place: Place, item: &str) -> Self {
        problem(
            Severity::Note,
            "own-item-elsewhere",
            place,
            "",
            [
                "a new item is not in the “Statement” column".to_owned(),
                format!("counted it as the new item {item}"),
                "nothing to do".to_owned(),
            ],
        )
    }
}
