//! Problems with the answers of surveys. None of them quotes an answer: it may say who gave it.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::{counted, joined_with_and, names_and_more};

impl Diagnostic {
    /// A sheet without a question on a known scale.
    #[must_use]
    pub fn survey_without_items(place: Place) -> Self {
        problem(
            Severity::Error,
            "survey-without-items",
            place,
            "",
            [
                "no question in this survey has answers on a known scale".to_owned(),
                "did not read it".to_owned(),
                "add the words of its answers as a [[scale]] to the project's catalog/perception.toml"
                    .to_owned(),
            ],
        )
    }

    /// A question whose answers are mostly on a scale.
    #[must_use]
    pub fn survey_scale_unclear(place: Place, question: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-scale-unclear",
            place,
            question,
            [
                format!(
                    "many answers to “{question}” do not fit any known scale; they may be in another language"
                ),
                "did not read the question".to_owned(),
                "add the missing words to a [[scale]] in the project's catalog/perception.toml".to_owned(),
            ],
        )
    }

    /// An answer that is not on the scale of its question.
    #[must_use]
    pub fn survey_outside(place: Place, question: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-outside-scale",
            place,
            question,
            [
                format!("an answer to “{question}” is not on the same scale as the others"),
                "did not count this answer, but counted the person's other answers".to_owned(),
                "correct the cell or clear it".to_owned(),
            ],
        )
    }

    /// Answers in two languages.
    #[must_use]
    pub fn survey_two_languages(place: Place) -> Self {
        problem(
            Severity::Note,
            "survey-two-languages",
            place,
            "",
            [
                "answers are in two languages".to_owned(),
                "counted answers in both languages on the same scale".to_owned(),
                "check that the questions are the same in both languages".to_owned(),
            ],
        )
    }

    /// An answer that the service marks as a test.
    #[must_use]
    pub fn survey_preview(place: Place) -> Self {
        problem(
            Severity::Note,
            "survey-preview",
            place,
            "",
            [
                "this answer is a test, made while the survey was being set up".to_owned(),
                "did not count it".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// An answer whose author typed that it is a test.
    #[must_use]
    pub fn survey_test(place: Place) -> Self {
        problem(
            Severity::Warning,
            "survey-test-answer",
            place,
            "",
            [
                "somebody typed here that this answer is a test".to_owned(),
                "did not count the answer".to_owned(),
                "if it is a real answer, clear this cell".to_owned(),
            ],
        )
    }

    /// An answer that was read before.
    #[must_use]
    pub fn survey_answer_again(place: Place) -> Self {
        problem(
            Severity::Warning,
            "survey-answer-again",
            place,
            "",
            [
                "the same answer, with the same id or time, was already read".to_owned(),
                "counted it once".to_owned(),
                "nothing to do; to avoid this message, keep only the newest export of a survey".to_owned(),
            ],
        )
    }

    /// An answer that breaks off.
    #[must_use]
    pub fn survey_break_off(place: Place) -> Self {
        problem(
            Severity::Note,
            "survey-break-off",
            place,
            "",
            [
                "this person answered fewer than half of the questions".to_owned(),
                "did not count the answer".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// An open answer that may show how to reach a person.
    #[must_use]
    pub fn survey_contact(place: Place) -> Self {
        problem(
            Severity::Note,
            "survey-contact-in-text",
            place,
            "",
            [
                "a written answer contains an email address, or digits that look like a phone number"
                    .to_owned(),
                "counted it; no output shows what people wrote".to_owned(),
                "remove it before you share this file with anybody".to_owned(),
            ],
        )
    }

    /// A survey that nothing dates.
    #[must_use]
    pub fn survey_wave_unknown(place: Place) -> Self {
        problem(
            Severity::Warning,
            "survey-without-date",
            place,
            "",
            [
                "no date was found for these answers".to_owned(),
                "counted them, but did not compare them with any other wave".to_owned(),
                "add wave = \"2024-25\" or wave = \"spring 2025\" to its [[survey]]".to_owned(),
            ],
        )
    }

    /// Answers of several waves in a sheet.
    #[must_use]
    pub fn survey_waves_mixed(place: Place, waves: &[String]) -> Self {
        problem(
            Severity::Note,
            "survey-of-several-waves",
            place,
            "",
            [
                format!("according to their timestamps, these answers are from {}", joined_with_and(waves)),
                "counted each wave separately".to_owned(),
                "if they are all from one survey, add its wave to the [[survey]]".to_owned(),
            ],
        )
    }

    /// A survey for which it is not known who answered.
    #[must_use]
    pub fn survey_respondents_unknown(place: Place) -> Self {
        problem(
            Severity::Warning,
            "survey-without-respondents",
            place,
            "",
            [
                "it is not known whether families, students, or staff answered".to_owned(),
                "counted the answers under “others”".to_owned(),
                "add respondents = \"families\" to its [[survey]]".to_owned(),
            ],
        )
    }

    /// Some answers to the question who somebody is name no known group.
    #[must_use]
    pub fn survey_groups_unknown(place: Place, question: &str, quoted: &[String], cells: &[String]) -> Self {
        problem(
            Severity::Warning,
            "survey-groups-unknown",
            place,
            question,
            [
                format!(
                    "some answers to “{question}” name no known group: {}",
                    unknown_answers(quoted, cells)
                ),
                "counted these people under “others”".to_owned(),
                "replace these answers with known ones, such as Parent, Student, Teacher, or Staff"
                    .to_owned(),
            ],
        )
    }

    /// Too many answers to the question who somebody is name no known group.
    #[must_use]
    pub fn survey_group_column_unread(
        place: Place,
        question: &str,
        quoted: &[String],
        cells: &[String],
    ) -> Self {
        problem(
            Severity::Warning,
            "survey-without-respondents",
            place,
            question,
            [
                format!("many answers to “{question}” name no known group: {}", unknown_answers(quoted, cells)),
                "counted all answers under “others”".to_owned(),
                "replace these answers with known ones, such as Parent, Student, Teacher, or Staff; to use only those that are known, add respondents-column to the [[survey]]"
                    .to_owned(),
            ],
        )
    }

    /// Questions in another language than the others of their survey.
    #[must_use]
    pub fn survey_other_language(place: Place, questions: usize, first: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-other-language",
            place,
            "",
            [
                format!(
                    "the survey has {} in a different language from the others, such as “{first}”",
                    counted(questions, "question")
                ),
                "counted them separately from the same questions in English".to_owned(),
                "to count them together, add pairs to the [[survey]]: same = [[\"English question\", \"translated question\"]]"
                    .to_owned(),
            ],
        )
    }

    /// A file that has as many questions as another one, on the same scales and in the same order, in another language. `path`: its
    /// survey; `pairs`: the English question and the other.
    #[must_use]
    pub fn survey_translation(place: Place, path: &str, pairs: &[[String; 2]]) -> Self {
        let all: Vec<String> = pairs.iter().map(pair_text).collect();
        problem(
            Severity::Warning,
            "survey-other-language",
            place,
            "",
            [
                format!(
                    "this file has {} in another language; another file has as many in English, in the same order and on the same \
                     scales",
                    counted(pairs.len(), "question")
                ),
                "counted them separately from the questions in English".to_owned(),
                format!(
                    "if they are the same questions, check the pairs and add this line to the [[survey]] of {path}, above its \
                     constructs: same = [{}]",
                    all.join(", ")
                ),
            ],
        )
    }

    /// An item that the project names, but that is in no file.
    #[must_use]
    pub fn survey_item_unasked(path: &str, text: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-item-unasked",
            Place::file(path),
            text,
            [
                format!("no question has the words “{text}”"),
                "did not use them".to_owned(),
                "copy the question from its column heading into the [[survey]]".to_owned(),
            ],
        )
    }
}

/// Unknown answers: those that are quoted, and the cells of the others.
fn unknown_answers(quoted: &[String], cells: &[String]) -> String {
    let quoted = quoted.iter().map(|answer| format!("“{answer}”"));
    let [first, more] = [cells.len().min(CELLS_LISTED), cells.len().saturating_sub(CELLS_LISTED)];
    let cells = (!cells.is_empty()).then(|| format!("those in {}", names_and_more(&cells[..first], more)));
    joined_with_and(&quoted.chain(cells).collect::<Vec<_>>())
}

/// How many cells are listed.
const CELLS_LISTED: usize = 5;

/// A pair of questions as a list in TOML, whose strings are written like those of JSON.
fn pair_text(pair: &[String; 2]) -> String {
    let [one, other] = pair.each_ref().map(|text| serde_json::Value::from(text.as_str()).to_string());
    format!("[{one}, {other}]")
}
