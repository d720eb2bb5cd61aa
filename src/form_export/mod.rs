//! How Google Forms, Microsoft Forms, SurveyMonkey, and Qualtrics export answers: one to three rows of headings, then a row for each
//! answer. What both surveys and the room need to read them.

mod head;
mod normal_value;
mod plain_text;
mod seen_rows;
mod typed;

pub(crate) use head::{ExportHead, ExportHeading};
pub(crate) use normal_value::normal_value;
pub(crate) use plain_text::{has_words, plain, said_words};
pub(crate) use seen_rows::{AnsweredRow, ExportQuestions, SeenRows};
pub(crate) use typed::{Typed, all_notes, notes_at, typed_cells};
