//! The texts on ballots, in the consensus, and in the log.

use super::deck::numbered;
use super::listing::{counted, joined_with_and, plural};

/// People who named no table.
pub(crate) const NO_TABLE: &str = "no table";

// Why a text of a ballot became a comment.
pub(crate) const OUTSIDE: &str = "text outside the table of items";
pub(crate) const OVER_EVIDENCE: &str = "text typed over the evidence";
pub(crate) const OVER_NUMBER: &str = "text typed over an item's number or key";
pub(crate) const NO_QUADRANT: &str = "no quadrant";
pub(crate) const OTHER_QUADRANT: &str = "a different quadrant from the one under “Move to”";
pub(crate) const NO_ITEM: &str = "text in a row without an item";
pub(crate) const MOVE_WHERE: &str = "“move” without a quadrant";
pub(crate) const NO_ANSWER: &str = "this answer is not recognized";
pub(crate) const NO_WORDS: &str = "an answer in the place for new wording";
pub(crate) const NO_NEW_WORDS: &str = "no new wording for this item";
pub(crate) const NO_NUMBER: &str = "an answer without an item's number";
pub(crate) const PART_NO_NUMBER: &str = "part of this answer has no item's number";
pub(crate) const NO_OWN_ITEM: &str = "a quadrant without a new item";
pub(crate) const NO_DOTS: &str = "not a number of dots";
pub(crate) const SEVERAL_ROWS: &str = "one merged cell next to several rows";
pub(crate) const NO_HEADING: &str = "text in a column without a heading";
pub(crate) const NOTE_AT_CELL: &str = "a note or comment attached to a cell";
pub(crate) const NO_BALLOT: &str = "a sheet that is not a ballot";

// The log.
const MERGED_BY_A_PERSON: &str = "a person confirmed that the items say the same thing";
const NOT_MERGED: &str = "a person decided that the items do not say the same thing";
pub(crate) const MERGED_SAME_WORDS: &str = "the same words";
pub(crate) const EDITED_BY_A_PERSON: &str = "changed in the consensus by a person";

/// What a person said of two items, with the reason if there is one.
pub(crate) fn judged_by_a_person(is_same: bool, why: &str) -> String {
    let judged = if is_same { MERGED_BY_A_PERSON } else { NOT_MERGED };
    if why.is_empty() { judged.to_owned() } else { format!("{judged}: {why}") }
}

// The ballot.
pub(crate) const BALLOT_INTRO: [&str; 2] = [
    "Yellow cells are yours. Keep: yes, no, or change. Write new wording, dots, objections, and notes next to the item.",
    "Add your own items in the empty rows below, each with its quadrant. Save the file in the project's “ballots” folder.",
];
pub(crate) const H_TABLE: &str = "Table";
pub(crate) const H_PEOPLE: &str = "People at this table";
pub(crate) const KEEP: [&str; 3] = ["yes", "no", "change"];
pub(crate) const DOTS_TITLE: &str = "Dots";
pub(crate) const DOTS_HELP: &str = "Write a whole number.";

/// What a spreadsheet program shows, and reads aloud, when somebody comes to a cell to fill in.
pub(crate) struct CellPrompt {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) const KEEP_PROMPT: CellPrompt = CellPrompt {
    title: "Keep this item?",
    text: "Choose yes, no, or change. Press Alt+Down Arrow to open the list.",
};
pub(crate) const MOVE_PROMPT: CellPrompt =
    CellPrompt { title: "Move this item?", text: "Choose its new quadrant. Leave this blank if it stays." };
pub(crate) const OWN_QUADRANT_PROMPT: CellPrompt =
    CellPrompt { title: "Your own item", text: "Choose its quadrant. Write the item in the next column." };
pub(crate) const DOTS_PROMPT: CellPrompt =
    CellPrompt { title: "Dots", text: "Enter how many dots your table gives this item." };

/// The headings of a ballot, in the order of its columns.
pub(crate) const BALLOT_HEADINGS: [&str; 11] = [
    "Item",
    "Quadrant",
    "Statement",
    "Evidence",
    "Keep?",
    "Move to",
    "In our words",
    "Dots",
    "Objection",
    "Note",
    "Key",
];

/// The title and the name of a table's ballot.
pub(crate) fn table(number: u32) -> String {
    format!("{H_TABLE} {number}")
}

pub(crate) fn ballot_title(number: u32) -> String {
    format!("{}: {BALLOT_TITLE}", table(number))
}

const BALLOT_TITLE: &str = "what do we keep, change, move, and add?";

/// The title of a ballot's file.
pub(crate) fn ballot_book(title: &str, district: &str) -> String {
    format!("{title}: ballots, {district}")
}

/// How many dots there are.
pub(crate) fn dots_rule(dots: u32, on_one: u32) -> String {
    let [start, end] = DOTS_RULE;
    format!("{start}{}. No more than {on_one} may{end}", counted(dots as usize, "dot"))
}

/// The ends of the sentence about dots.
const DOTS_RULE: [&str; 2] = ["Each person has ", " go on one item."];

/// How the sentences of `BALLOT_INTRO` begin, in ballots of any version.
const INTRO_STARTS: [&str; 2] =
    ["Yellow cells are yours. Keep: ", "Add your own items in the empty rows below"];

/// Whether a text is on every ballot, so that nobody wrote it.
pub(crate) fn is_of_ballot(text: &str) -> bool {
    let [start, end] = DOTS_RULE;
    let is_dots_rule = text.starts_with(start) && text.ends_with(end);
    let is_intro = INTRO_STARTS.iter().any(|start| text.starts_with(start));
    text.ends_with(BALLOT_TITLE) || is_intro || is_dots_rule
}

/// A text with the table that wrote it.
pub(crate) fn of_table(table: &str, text: &str) -> String {
    if table == NO_TABLE { format!("Without a table: {text}") } else { format!("Table {table}: {text}") }
}

/// The tables that put an item into another quadrant.
pub(crate) fn in_quadrant(quadrant: &str, tables: &[String]) -> String {
    format!("{quadrant}: {} {}", plural(tables.len(), "table"), joined_with_and(tables))
}

// The consensus.
pub(crate) const CONSENSUS: &str = "Consensus";
pub(crate) const DROPPED: &str = "Not kept by any table";
pub(crate) const NONE_DROPPED: &str = "None: at least one table kept every item.";
pub(crate) const LOG: &str = "Log";
pub(crate) const DUPLICATES: &str = "Possible duplicates";
pub(crate) const DUPLICATES_INTRO: [&str; 2] = [
    "The two items in each row are similar. Write yes if they say the same thing and no if they do not.",
    "Save this file and run `retreat merge` again. Nothing is merged until you say so.",
];
const CONSENSUS_INTRO: [&str; 2] = [
    "You may change words and quadrants here. `retreat merge` keeps your changes, and saves new counts in a file next to this one.",
    "An item that a table added has no evidence from the data yet. Look for some before it becomes final.",
];

/// The columns of the document.
pub(crate) const DOCUMENT_HEADINGS: [&str; 4] = ["Item", "What it says", "Agreement", "Other views"];

/// What is above the consensus in the document.
pub(crate) fn document_intro(most: f64) -> Vec<String> {
    consensus_intro(most).into_iter().filter(|line| line != CONSENSUS_INTRO[0]).collect()
}

/// What is above the consensus; `most` is the percent of tables from which most agree.
pub(crate) fn consensus_intro(most: f64) -> Vec<String> {
    let agreement = format!(
        "What the tables kept. All: every table kept it. Most: at least {most}% of them did. Split: fewer did, or they disagreed on the quadrant. One: only one table did."
    );
    let mut intro = vec![agreement];
    intro.extend(CONSENSUS_INTRO.map(str::to_owned));
    intro
}

/// The title of the workbooks of the room.
pub(crate) fn consensus_book(title: &str) -> String {
    format!("{title}: what the tables agree on")
}

pub(crate) const CONSENSUS_HEADINGS: [&str; 19] = [
    "Item",
    "Quadrant",
    "Statement",
    "Origin",
    "Tables",
    "Kept",
    "Moved",
    "Dots",
    "People",
    "Agreement",
    "Objections",
    "Merged from",
    "Evidence id",
    "Dropped",
    "Elsewhere",
    "Rewordings",
    "Comments",
    "Evidence",
    "Newest data",
];
pub(crate) const LOG_HEADINGS: [&str; 8] = ["Step", "Table", "Item", "Action", "From", "To", "Note", "Place"];

// Pairs to confirm.
pub(crate) const H_SAME: &str = "Same?";
pub(crate) const H_ITEM: &str = "Item";
pub(crate) const H_OTHER_ITEM: &str = "Other item";
pub(crate) const PAIR_HEADINGS: [&str; 6] =
    [H_SAME, H_ITEM, "Statement", H_OTHER_ITEM, "Other statement", "Similarity"];

/// How much two items are alike.
pub(crate) fn alike(percent: u32) -> String {
    format!("{percent}%")
}

const NOT_SUPPORTED: &str = "The newest data no longer supports this item.";
const ADDED_BY_TABLE: &str = "added by a table, without data";
const ADDED_AFTER_FEEDBACK: &str = "added after feedback, without data";

/// What the newest data says of an item; empty if it says the same, or is not known.
pub(crate) fn newest(is_supported: Option<bool>, says_now: Option<&str>) -> String {
    match (is_supported, says_now) {
        (Some(false), _) => NOT_SUPPORTED.to_owned(),
        (_, Some(now)) => format!("The newest data says: {now}"),
        _ => String::new(),
    }
}

/// What an item is based on; an item that a table added has no data.
pub(crate) fn basis(id: &str, evidence: &str) -> String {
    if id.is_empty() { ADDED_BY_TABLE.to_owned() } else { evidence.to_owned() }
}

/// What an item of the final SWOT is based on; neither an item that a table added nor one that was added after feedback has data.
pub(crate) fn final_basis(id: &str, evidence: &str, is_after_feedback: bool) -> String {
    if is_after_feedback { ADDED_AFTER_FEEDBACK.to_owned() } else { basis(id, evidence) }
}

// The page and the slides.
pub(crate) const SHOWS_DRAFT: &str = "Draft: proposals from the program, before the tables have met.";
pub(crate) const NO_CONSENSUS: &str = "No table kept an item here.";
pub(crate) const CONSENSUS_NOTES: &str =
    "This is what the tables kept or added. It is not final until others have given feedback.";
pub(crate) const CONSENSUS_ASK: &str = "Can everybody live with these words? What is missing?";

/// The page shows the consensus.
pub(crate) fn shows_consensus(tables: usize) -> String {
    format!("Consensus: what {} agreed on. It is not final until after feedback.", counted(tables, "table"))
}

/// The title of a slide with the items of a quadrant.
pub(crate) fn consensus_title(quadrant: &str, tables: usize) -> String {
    format!("Consensus of {}: our {}", counted(tables, "table"), quadrant.to_lowercase())
}

/// How many tables keep an item, and its dots if it has any.
pub(crate) fn kept_by(count: &TableCount) -> String {
    let TableCount { kept, tables, dots } = count;
    let kept = match tables {
        1 if *kept == 1 => "kept by the only table".to_owned(),
        tables if kept == tables => format!("kept by all {}", counted(*tables, "table")),
        tables => format!("kept by {kept} of {}", counted(*tables, "table")),
    };
    if *dots == 0 { kept } else { format!("{kept}, {}", counted(*dots as usize, "dot")) }
}

/// An item on a slide.
pub(crate) fn consensus_item(item: &str, statement: &str, count: &TableCount) -> String {
    format!("{} ({})", numbered(item, statement), kept_by(count))
}

/// Items for which a slide has no room.
pub(crate) fn more_items(items: usize) -> String {
    format!("and {} in swot/consensus.xlsx", counted(items, "more item"))
}

/// How many objections there are; their texts are for the team.
pub(crate) fn objections(number: usize) -> String {
    if number == 0 { String::new() } else { counted(number, "objection") }
}

// The command.

/// What was merged.
pub(crate) fn merged(tables: usize, entries: usize) -> String {
    format!("merged {}; the log has {}", counted(tables, "table"), counted(entries, "line"))
}

pub(crate) fn heading(quadrant: &str, meaning: &str) -> String {
    format!("{quadrant} ({meaning})")
}

/// The first words of a paragraph.
pub(crate) fn beginning_of(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.by_ref().take(6).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("“{first} …”") } else { format!("“{first}”") }
}

/// How many tables keep an item, and its dots.
pub(crate) struct TableCount {
    pub(crate) kept: usize,
    /// All tables.
    pub(crate) tables: usize,
    pub(crate) dots: u32,
}

/// An item of the consensus.
pub(crate) fn row(item: &str, statement: &str, agreement: &str, count: &TableCount) -> String {
    format!("  {item}: {statement} [{agreement}; {}]", kept_by(count))
}

pub(crate) const UNSORTED: &str = "Not in a quadrant yet";

pub(crate) fn dropped(items: usize) -> String {
    format!("{} not kept by any table; see consensus.csv", counted(items, "item"))
}

pub(crate) fn similar(pairs: usize, file: &str) -> String {
    format!("{} of items may be duplicates: write yes or no in {file}", counted(pairs, "pair"))
}

/// A person changed a file, so the new one has another name.
pub(crate) fn written_beside(kept: &str, beside: &str) -> String {
    format!("you changed {kept}, so it stays as it is; the new file is {beside}")
}

/// There is nothing to merge.
pub(crate) fn no_ballots(folder: &str) -> String {
    format!(
        "there are no ballots in {folder}\n  hint: copy swot/ballot.xlsx from the pack into that folder, have each table fill in its \
         sheet, and run this again"
    )
}

/// No table's answers could be read.
pub(crate) fn no_answers(folder: &str) -> String {
    format!(
        "no table's answers could be read from the files in {folder}, so nothing was written\n  hint: the messages above say what is \
         wrong with each file"
    )
}

/// No draft is known.
pub(crate) fn no_draft(path: &str) -> String {
    format!(
        "there is no {path}, and no ballot shows which draft it was made from\n  hint: run `retreat build` first"
    )
}
