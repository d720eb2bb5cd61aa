//! Problems with the answers on forms.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::joined_with_and;

const KEEP_NEWEST: &str = "nothing to do; to avoid this message, keep only the newest export of a form";

impl Diagnostic {
    /// An answer that an earlier export has too; `has_more` if this one has answers to more questions.
    #[must_use]
    pub fn form_row_again(place: Place, earlier: &Place, has_more: bool) -> Self {
        let done = if has_more {
            "counted it once, with the answers to the questions that only this file has"
        } else {
            "counted it once"
        };
        problem(
            Severity::Warning,
            "form-row-again",
            place,
            &format!("{earlier} {has_more}"),
            [
                format!(
                    "the same answer, with the same time, number, or name, was already read from {earlier}"
                ),
                done.to_owned(),
                KEEP_NEWEST.to_owned(),
            ],
        )
    }

    /// Answers without times that an earlier export has in the same order.
    #[must_use]
    pub fn form_row_copied(place: Place, earlier: &Place) -> Self {
        problem(
            Severity::Warning,
            "form-row-copied",
            place,
            &earlier.to_string(),
            [
                format!(
                    "{earlier} has the same answers in the same order, and nothing says who gave them, or when"
                ),
                "treated them as a copy and counted them once".to_owned(),
                "if they are from other people, export both files with the time of each answer".to_owned(),
            ],
        )
    }

    /// Answers without times that begin as those of an earlier export, perhaps by chance.
    #[must_use]
    pub fn form_rows_perhaps_copied(place: Place, earlier: &Place, before: usize, here: usize) -> Self {
        problem(
            Severity::Warning,
            "form-rows-perhaps-copied",
            place,
            &earlier.to_string(),
            [
                format!(
                    "the {here} answers in this file and the {before} in {earlier} start the same way, and nothing says who gave them, or when"
                ),
                "counted the people in both files".to_owned(),
                "if one file is a copy of the other, delete the one with fewer answers".to_owned(),
            ],
        )
    }

    /// A question that is treated as the one that asks for the table.
    #[must_use]
    pub fn form_table_question(place: Place, others: &[String]) -> Self {
        let done = if others.is_empty() {
            "used its answers as the tables".to_owned()
        } else {
            let others: Vec<String> = others.iter().map(|other| format!("“{other}”")).collect();
            format!(
                "used its answers as the tables, and kept the answers to {} as comments",
                joined_with_and(&others)
            )
        };
        problem(
            Severity::Warning,
            "form-table-question",
            place,
            "",
            [
                "this question seems to ask for the table".to_owned(),
                done,
                "if this is wrong, call the column with the tables “Table” and merge again".to_owned(),
            ],
        )
    }

    /// An answer about items that can be read in several ways.
    #[must_use]
    pub fn form_list_unclear(place: Place, is_of_dots: bool) -> Self {
        let [found, done, hint] = if is_of_dots {
            [
                "it is not clear how many dots each item gets here",
                "did not count these dots; kept the answer with the table's other remarks, in the log",
                "write each item with its dots, such as “W3 (2), S1 (1),” and merge again",
            ]
        } else {
            [
                "it is not clear which items this answer is about, or what it says about each",
                "did not count it; kept it with the table's other remarks, in the log",
                "write one line for each item, such as “W3: the number is from one year,” and merge again",
            ]
        };
        problem(
            Severity::Warning,
            "form-list-unclear",
            place,
            if is_of_dots { "dots" } else { "" },
            [found, done, hint].map(str::to_owned),
        )
    }

    /// A number below a question that does not ask for dots.
    #[must_use]
    pub fn form_number_as_dots(place: Place) -> Self {
        problem(
            Severity::Warning,
            "form-number-as-dots",
            place,
            "",
            [
                "this answer is a number, but the question does not ask for dots".to_owned(),
                "counted it as dots".to_owned(),
                "if it means something else, delete it, or write the answer in words, and merge again"
                    .to_owned(),
            ],
        )
    }

    /// An answer in a cell that several rows share.
    #[must_use]
    pub fn form_cell_merged(place: Place) -> Self {
        problem(
            Severity::Warning,
            "form-cell-merged",
            place,
            "",
            [
                "this answer is in a merged cell next to several rows".to_owned(),
                "counted it for the first row only".to_owned(),
                "if several people gave this answer, write it in each row and merge again".to_owned(),
            ],
        )
    }

    /// A question that is not known, some of whose answers name items.
    #[must_use]
    pub fn form_question_with_items(place: Place) -> Self {
        problem(
            Severity::Warning,
            "form-question-with-items",
            place,
            "",
            [
                "answers to this question name items, but it does not say whether to keep, drop, move, reword, or object to them"
                    .to_owned(),
                "kept the answers as the tables' remarks, in the log".to_owned(),
                "if they should count, use a heading such as “Objections” or “Which items should we drop?” and merge again"
                    .to_owned(),
            ],
        )
    }

    /// A text above the headings of a form.
    #[must_use]
    pub fn form_title(place: Place) -> Self {
        problem(
            Severity::Note,
            "form-title",
            place,
            "",
            [
                "there is text above the questions of this form".to_owned(),
                "treated it as a title and did not read it".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// Feedback that another row of the file gives at the same time, word for word.
    #[must_use]
    pub fn feedback_row_alike(place: Place) -> Self {
        problem(
            Severity::Warning,
            "feedback-row-alike",
            place,
            "",
            [
                "another row has the same time or number and the same answers".to_owned(),
                "counted both, since two people may have answered at once".to_owned(),
                "if it is a copy, delete it: copies make a small group look large enough to be shown"
                    .to_owned(),
            ],
        )
    }

    /// A question about who answers.
    #[must_use]
    pub fn form_question_about_person(place: Place) -> Self {
        problem(
            Severity::Warning,
            "form-question-about-person",
            place,
            "",
            [
                "this question seems to ask who is answering".to_owned(),
                "did not read its answers, so that no name ends up in a file".to_owned(),
                "nothing to do; if it asks something else, leave words such as “name” and “phone” out of the heading"
                    .to_owned(),
            ],
        )
    }

    /// Answers on a form that name no table.
    #[must_use]
    pub fn form_without_table(place: Place) -> Self {
        problem(
            Severity::Warning,
            "form-without-table",
            place,
            "",
            [
                "some people on this form did not give a table".to_owned(),
                "counted all of them together, as one more table".to_owned(),
                "add their tables in a “Table” column and merge again".to_owned(),
            ],
        )
    }
}
