//! Problems with the tables of the day, and with the results of their ballots.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::{count, counted, joined_with_and, plural};

impl Diagnostic {
    /// Ids of the problems of items that the data no longer supports, or states in other numbers.
    const ITEM_NOT_SUPPORTED: &str = "item-not-supported";
    const ITEM_SAYS_NOW: &str = "item-says-now";

    /// Whether the problem is that the data no longer supports an item as it stands.
    #[must_use]
    pub fn is_of_support(&self) -> bool {
        self.id == Self::ITEM_NOT_SUPPORTED || self.id == Self::ITEM_SAYS_NOW
    }

    /// Two ballots of one table.
    #[must_use]
    pub fn two_ballots(table: &str, first: &Place, last: &Place) -> Self {
        problem(
            Severity::Warning,
            "two-ballots",
            last.clone(),
            "",
            [
                format!("table {table} has another ballot: {first}"),
                "counted them as one table, with the higher number of dots, and without a vote where they disagree"
                    .to_owned(),
                "delete the one that is not final, or write the right table in the cell next to “Table”"
                    .to_owned(),
            ],
        )
    }

    /// A table with a ballot whose people also answered a form.
    #[must_use]
    pub fn ballot_and_form(place: Place, table: &str, ballot: &Place) -> Self {
        problem(
            Severity::Warning,
            "ballot-and-form",
            place,
            table,
            [
                format!("people at table {table} answered a form, but the table also has a ballot: {ballot}"),
                "where both say whether to keep an item, counted the ballot; of its dots, counted the higher number"
                    .to_owned(),
                "if only one of the two is final, remove the other and merge again".to_owned(),
            ],
        )
    }

    /// Tables of the day without a ballot.
    #[must_use]
    pub fn tables_without_ballot(tables: &[String]) -> Self {
        problem(
            Severity::Note,
            "tables-without-ballot",
            Place::file("ballots"),
            "",
            [
                format!(
                    "{} {} did not turn in a ballot",
                    plural(tables.len(), "table"),
                    joined_with_and(tables)
                ),
                "counted the others".to_owned(),
                "put the missing ballot in the folder and merge again; nothing else will change".to_owned(),
            ],
        )
    }

    /// A table that the day does not have.
    #[must_use]
    pub fn table_not_of_day(place: Place, table: &str, tables: u32) -> Self {
        problem(
            Severity::Warning,
            "table-not-of-day",
            place,
            table,
            [
                format!("“{table}” is not the number of a table; the day has {}", counted(tables as usize, "table")),
                "counted it as one more table".to_owned(),
                "correct the number of the table, or the number of tables in `[day]` of retreat.toml, and merge again"
                    .to_owned(),
            ],
        )
    }

    /// A new item that is a list of several.
    #[must_use]
    pub fn own_item_of_list(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "own-item-of-list",
            place,
            "",
            [
                "this new item is a list".to_owned(),
                format!("counted it as one item, {item}"),
                "on a ballot, write each item in a row of its own; on a form, put a quadrant and a colon before each, such as “Threat: state aid; Weakness: the roof,” and merge again"
                    .to_owned(),
            ],
        )
    }

    /// More dots than there are.
    #[must_use]
    pub fn dots_beyond(place: Place, dots: u32, limit: u32) -> Self {
        problem(
            Severity::Warning,
            "dots-beyond",
            place,
            "",
            [
                format!("there are {dots} dots in all, but only {limit} may be given"),
                "counted them as they are".to_owned(),
                "write how many people sit at the table, or correct the dots, and merge again".to_owned(),
            ],
        )
    }

    /// Dots of one person for an item, in several answers.
    #[must_use]
    pub fn dots_in_several_answers(place: Place, item: &str) -> Self {
        problem(
            Severity::Warning,
            "dots-in-several-answers",
            place,
            "",
            [
                format!("this person gave {item} dots in more than one answer"),
                "added them up".to_owned(),
                "if the answers give the same dots twice, delete one of them and merge again".to_owned(),
            ],
        )
    }

    /// More dots on an item than may go there.
    #[must_use]
    pub fn dots_on_one_item(place: Place, item: &str, dots: u32, limit: u32) -> Self {
        problem(
            Severity::Warning,
            "dots-on-one-item",
            place,
            "",
            [
                format!("there are {dots} dots on {item}, but no more than {limit} may go on one item"),
                "counted them as they are".to_owned(),
                "if this is a mistake, correct the dots and merge again".to_owned(),
            ],
        )
    }

    /// A table added more items than anybody can discuss.
    #[must_use]
    pub fn many_added(place: Place, items: usize) -> Self {
        problem(
            Severity::Warning,
            "many-items-added",
            place,
            "",
            [
                format!("one table added {} items", count(items)),
                "listed all of them".to_owned(),
                "ask the table for the few that matter most; delete the others on its ballot and merge again"
                    .to_owned(),
            ],
        )
    }

    /// Many items are in no quadrant.
    #[must_use]
    pub fn many_unsorted(items: usize) -> Self {
        problem(
            Severity::Warning,
            "many-items-unsorted",
            Place::file("ballots"),
            "",
            [
                format!("{} new items have no quadrant", count(items)),
                "listed them after the four quadrants".to_owned(),
                "sort them with the team and write each one's quadrant in the consensus".to_owned(),
            ],
        )
    }

    /// A table says both that an item stays and that it goes.
    #[must_use]
    pub fn table_contradicts(table: &str, item: &str) -> Self {
        problem(
            Severity::Warning,
            "table-contradicts-itself",
            Place::file("ballots"),
            item,
            [
                format!("table {table} says both to keep {item} and to drop it"),
                "counted neither; both are in the log".to_owned(),
                "ask the table, correct its ballot, and merge again".to_owned(),
            ],
        )
    }

    /// A person says both that an item stays and that it goes.
    #[must_use]
    pub fn person_contradicts(table: &str, item: &str) -> Self {
        problem(
            Severity::Warning,
            "person-contradicts-themselves",
            Place::file("ballots"),
            item,
            [
                format!("somebody at table {table} says both to keep {item} and to drop it"),
                "counted neither for this person; both are in the log".to_owned(),
                "correct the answer on the form if you know what was meant, and merge again".to_owned(),
            ],
        )
    }

    /// The list of what the program wrote is damaged.
    #[must_use]
    pub fn room_list_damaged(file: &str) -> Self {
        problem(
            Severity::Error,
            "room-list-damaged",
            Place::file(file),
            "",
            [
                "the list of what was written here cannot be read".to_owned(),
                "assumed that people changed all files in the folder and saved new ones next to them"
                    .to_owned(),
                "compare the new files with the old ones, then delete those that you do not need".to_owned(),
            ],
        )
    }

    /// Somebody decided on an item that is no longer there.
    #[must_use]
    pub fn decision_without_item(item: &str) -> Self {
        problem(
            Severity::Warning,
            "decision-without-item",
            Place::file("swot"),
            item,
            [
                format!("a person changed {item}, which is no longer on any ballot or in any draft"),
                "kept the decision but did not count it".to_owned(),
                "put the ballot back in the “ballots” folder, or add the item in swot/final.xlsx".to_owned(),
            ],
        )
    }

    /// Two files of the consensus change an item differently.
    #[must_use]
    pub fn consensus_edited_twice(file: &str, item: &str) -> Self {
        problem(
            Severity::Warning,
            "consensus-edited-twice",
            Place::file(file),
            item,
            [
                format!("{item} was changed differently in two consensus files"),
                "used the change in this file".to_owned(),
                "make the change in one file and undo it in the other".to_owned(),
            ],
        )
    }

    /// An item that tables keep, and that the newest data no longer supports.
    #[must_use]
    pub fn item_not_supported(item: &str, statement: &str) -> Self {
        problem(
            Severity::Warning,
            Self::ITEM_NOT_SUPPORTED,
            Place::file("swot/consensus.csv"),
            item,
            [
                format!("the newest data no longer supports {item}: “{statement}”"),
                "kept it, because tables agreed on it".to_owned(),
                "look at the newest pack and ask the team whether the item still holds".to_owned(),
            ],
        )
    }

    /// An item that the newest data states in other numbers.
    #[must_use]
    pub fn item_says_now(item: &str, now: &str) -> Self {
        problem(
            Severity::Note,
            Self::ITEM_SAYS_NOW,
            Place::file("swot/consensus.csv"),
            item,
            [
                format!("the newest data has different numbers for {item}: “{now}”"),
                "kept the words that the tables saw".to_owned(),
                "update the numbers in the consensus if the team agrees".to_owned(),
            ],
        )
    }
}
