//! What a sentence is about: a measure with its student group, grade and subject.

/// The subject of a sentence: its words, and whether they are plural (`Expulsions`).
#[derive(Debug, Clone)]
pub(crate) struct SentenceSubject {
    pub(crate) words: String,
    pub(crate) is_plural: bool,
}

impl SentenceSubject {
    pub(crate) const fn was(&self) -> &'static str {
        if self.is_plural { "were" } else { "was" }
    }

    pub(crate) const fn has(&self) -> &'static str {
        if self.is_plural { "have" } else { "has" }
    }

    pub(crate) const fn differs(&self) -> &'static str {
        if self.is_plural { "differ" } else { "differs" }
    }
}

/// A group of teachers or staff that the catalog does not name.
pub(crate) const ANY_GROUP: &str = "any group";

/// All students.
pub(crate) const STUDENTS: &str = "students";

/// All students as a group that others are compared with.
pub(crate) const ALL_STUDENTS: &str = "all students";

/// The students of a group in a grade.
pub(crate) fn group_in_grade(students: &str, grade: &str) -> String {
    format!("{students} in {grade}")
}

/// All students of one grade: `kindergarten students`.
pub(crate) fn grade_students(grade: &str) -> String {
    format!("{grade} students")
}

/// All students of several grades: `students in grades 3–8`.
pub(crate) fn students_in_grades(grades: &str) -> String {
    format!("students in {grades}")
}

/// A measure in a grade, a subject, or a subject of a grade: `Average class size in grade 6 mathematics`.
pub(crate) fn in_parts(measure: &str, parts: &[String]) -> String {
    format!("{measure} in {}", parts.join(" "))
}

/// A measure of a student group: `The graduation rate among English learners`.
pub(crate) fn among(measure: &str, students: &str) -> String {
    format!("{measure} among {students}")
}

/// A word that keeps its capital within a sentence.
const PROPER_NAME: &str = "English ";

/// Words that begin a sentence, as they are in its middle: `Enrollment` becomes `enrollment`, `SAT results` stays.
pub(crate) fn in_the_middle(words: &str) -> String {
    let mut letters = words.chars();
    let (Some(first), rest) = (letters.next(), letters.as_str()) else { return String::new() };
    let is_acronym = rest.starts_with(char::is_uppercase) || rest.starts_with(' ');
    if is_acronym || words.starts_with(PROPER_NAME) {
        words.to_owned()
    } else {
        format!("{}{rest}", first.to_lowercase())
    }
}

/// The text with a capital first letter.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
