//! Problems with what people typed into the files of the folder `swot`.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::{counted, joined_with_and, plural};

impl Diagnostic {
    /// A cell of the consensus that no change can be read from.
    #[must_use]
    pub fn consensus_cell_unused(place: Place) -> Self {
        problem(
            Severity::Warning,
            "consensus-cell-unused",
            place,
            "",
            [
                "only the words and the quadrants of listed items can be changed here".to_owned(),
                "left this cell as it is and did not use it".to_owned(),
                "add a new item on a ballot; write a quadrant as strength, weakness, opportunity, or threat"
                    .to_owned(),
            ],
        )
    }

    /// A cell of the final SWOT in which nothing can be understood.
    #[must_use]
    pub fn final_cell_unused(place: Place) -> Self {
        problem(
            Severity::Warning,
            "final-cell-unused",
            place,
            "",
            [
                "this cell does not say yes or no, does not name a quadrant, or is not next to an item"
                    .to_owned(),
                "left it as it is and did not use it".to_owned(),
                "write yes or no under “Keep?”, name a quadrant, or write a new item in an empty row"
                    .to_owned(),
            ],
        )
    }

    /// A cell of a file in `swot` in which a person typed something that is not read.
    #[must_use]
    pub fn room_cell_typed(place: Place) -> Self {
        problem(
            Severity::Warning,
            "room-cell-typed",
            place,
            "",
            [
                "somebody typed here, but this place is not read".to_owned(),
                "left this cell as it is; its text is not in any other file".to_owned(),
                "write objections, comments, and new items on a ballot, and reasons under “Note” in swot/final.xlsx"
                    .to_owned(),
            ],
        )
    }

    /// A note that is attached to a cell.
    #[must_use]
    pub fn cell_note(place: Place) -> Self {
        problem(
            Severity::Warning,
            "cell-note",
            place,
            "",
            [
                "a note or comment is attached to this cell".to_owned(),
                "did not read it; its text is not in any other file".to_owned(),
                "type its text into a cell: on a ballot, or under “Note” in swot/final.xlsx".to_owned(),
            ],
        )
    }

    /// Rows of items that a person deleted.
    #[must_use]
    pub fn room_rows_deleted(file: &str, items: &[String]) -> Self {
        let rows = plural(items.len(), "row");
        problem(
            Severity::Warning,
            "room-rows-deleted",
            Place::file(file),
            "",
            [
                format!(
                    "the {rows} for {} {} gone",
                    joined_with_and(items),
                    if items.len() == 1 { "is" } else { "are" }
                ),
                "kept these items, since the tables decided on them".to_owned(),
                "to drop an item, correct the ballots, or write no under “Keep?” in swot/final.xlsx"
                    .to_owned(),
            ],
        )
    }

    /// Items in several rows that a person changed differently.
    #[must_use]
    pub fn room_rows_differ(file: &str, items: &[String]) -> Self {
        problem(
            Severity::Warning,
            "room-rows-differ",
            Place::file(file),
            "",
            [
                format!("the rows for {} were changed in different ways", joined_with_and(items)),
                "used the first new wording; did not move an item with two new quadrants".to_owned(),
                "give all rows of an item the same words, move only one of its rows, and merge again"
                    .to_owned(),
            ],
        )
    }

    /// An item whose words a person deleted.
    #[must_use]
    pub fn room_statement_deleted(place: Place) -> Self {
        problem(
            Severity::Warning,
            "room-statement-deleted",
            place,
            "",
            [
                "the statement of this item is empty".to_owned(),
                "kept its previous words".to_owned(),
                "to drop an item, correct the ballots, or write no under “Keep?” in swot/final.xlsx"
                    .to_owned(),
            ],
        )
    }

    /// A Word document that a person changed, and that cannot be compared with what was written.
    #[must_use]
    pub fn room_document_unread(file: &str) -> Self {
        problem(
            Severity::Warning,
            "room-document-unread",
            Place::file(file),
            "",
            [
                "somebody changed this document, but it cannot be compared with the version that was written"
                    .to_owned(),
                "kept it and did not read it".to_owned(),
                "make the changes in the .xlsx file of the same name".to_owned(),
            ],
        )
    }

    /// Text in a Word document that is not read.
    #[must_use]
    pub fn room_document_typed(place: Place) -> Self {
        problem(
            Severity::Warning,
            "room-document-typed",
            place,
            "",
            [
                "somebody typed here, but this text is not read".to_owned(),
                "left it as it is; it is not in any other file".to_owned(),
                "write objections, comments, and new items on a ballot, and reasons under “Note” in swot/final.xlsx"
                    .to_owned(),
            ],
        )
    }

    /// Comments in a Word document.
    #[must_use]
    pub fn room_document_comments(file: &str, comments: usize) -> Self {
        problem(
            Severity::Warning,
            "room-document-comments",
            Place::file(file),
            "",
            [
                format!("this document has {}", counted(comments, "comment")),
                "did not read any comments; their text is not in any other file".to_owned(),
                "type them on a ballot, or under “Note” in swot/final.xlsx".to_owned(),
            ],
        )
    }

    /// Headings of quadrants that are no longer in a Word document.
    #[must_use]
    pub fn room_document_headings(file: &str, headings: &[String]) -> Self {
        problem(
            Severity::Warning,
            "room-document-headings",
            Place::file(file),
            "",
            [
                format!(
                    "{} gone or changed: {}",
                    if headings.len() == 1 { "a heading is" } else { "headings are" },
                    joined_with_and(headings)
                ),
                "read the changed words, but did not move any item to another quadrant".to_owned(),
                "change quadrants in swot/consensus.xlsx".to_owned(),
            ],
        )
    }

    /// An item that a person changed in the Word document of the final SWOT.
    #[must_use]
    pub fn final_document_changed(place: Place) -> Self {
        problem(
            Severity::Warning,
            "final-document-changed",
            place,
            "",
            [
                "somebody changed this item here, but decisions are read from swot/final.xlsx only"
                    .to_owned(),
                "left it as it is and did not use it".to_owned(),
                "make the change in swot/final.xlsx and merge again".to_owned(),
            ],
        )
    }

    /// An answer beside two items that says neither yes nor no.
    #[must_use]
    pub fn pair_answer_unclear(place: Place) -> Self {
        problem(
            Severity::Warning,
            "pair-answer-unclear",
            place,
            "",
            [
                "this answer says neither yes nor no".to_owned(),
                "did not combine the two items".to_owned(),
                "write yes or no; a reason may follow after a comma".to_owned(),
            ],
        )
    }

    /// An item of the final SWOT without a quadrant.
    #[must_use]
    pub fn final_item_without_quadrant(item: &str, statement: &str) -> Self {
        problem(
            Severity::Warning,
            "final-item-without-quadrant",
            Place::file("swot/final.csv"),
            item,
            [
                format!("{item} is in the final SWOT but in no quadrant: “{statement}”"),
                "kept it in the files; the page and the slides leave it out".to_owned(),
                "write its quadrant in swot/final.xlsx and merge again".to_owned(),
            ],
        )
    }
}
