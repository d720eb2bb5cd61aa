//! What the survey says about the group, grade or subject that a whole table is about.

/// A column with one text in it.
pub(crate) fn by_column(column: &str, text: &str) -> String {
    format!("column {column:?} has {text:?} in every row")
}

/// A title, or a sheet or file name.
pub(crate) fn by_title(title: &str) -> String {
    format!("{title:?} says so")
}

/// The reason for a measure, with the group, grade or subject of its table.
pub(crate) fn with_subject(why: &str, id: &str, said_by: &str) -> String {
    format!("{why}; for {id}, because {said_by}")
}

/// A measure that is not about students, in a table about one group.
pub(crate) fn not_of_a_group(said_by: &str) -> String {
    format!("the table is about one student group ({said_by}), but this measure is not about students")
}

/// A column named after a group has one text, which is not known.
pub(crate) fn unknown_constant(column: &str, text: &str, label: &str) -> String {
    format!(
        "the column {column:?} has {text:?} in every row: specify in the layout whether the rows are about {label:?}, other \
         students, or all students"
    )
}

/// The same, if results next to it are weighted by it.
pub(crate) const PEOPLE_OF_RESULTS: &str = "how many students the results next to it are based on";

/// A count of students that is given for each subject.
pub(crate) const COUNTED_BY_SUBJECT: &str =
    "it is given for each subject, so it counts the students of a test or course, not all students";

/// A column of subjects whose texts also name grades.
pub(crate) const SUBJECT_AND_GRADE: &str = "its texts name a subject and a grade together";

/// A column of numbers named as one of codes.
pub(crate) const CODES_OF_STUDENTS: &str = "its numbers are codes of student groups, tests, or subjects";

/// All rows have this code in a column of groups, tests, or subjects, and nothing says what it means.
pub(crate) fn unknown_code(column: &str, code: &str) -> String {
    format!(
        "the column {column:?} has {code:?} in every row, which may be a code for some of the students, or for one test or subject. \
         If the numbers here are about all students, use this layout as it is; otherwise specify in it what they are about"
    )
}

/// All rows have this text in a column, which may say that they are about a part of the district.
pub(crate) fn narrowed(column: &str, text: &str) -> String {
    format!(
        "the column {column:?} has {text:?} in every row, so the numbers here may be about only part of the district. If they are \
         about all of it, use this layout as it is; otherwise give them measures of their own"
    )
}

/// A filter in the text around a table whose value is a code that is not known, or leaves a group out.
pub(crate) fn unknown_filter(text: &str) -> String {
    format!(
        "{text:?} may mean that the table has only some of the students: specify in the layout which ones the rows are about"
    )
}

/// A note below a table that says that it has only some students.
pub(crate) fn limited_by_note(note: &str) -> String {
    format!(
        "the note {note:?} may mean that the table has only some of the students: specify in the layout which ones the rows are \
         about"
    )
}

/// A title that mentions projections, above a table in which nothing shows which years they are.
pub(crate) fn projections(title: &str) -> String {
    format!(
        "{title:?} says that some of its years are projections, but nothing shows which ones. Delete those years from the file, or \
         leave them out in the layout"
    )
}

/// A title that names a group, over columns or rows of others.
pub(crate) fn group_and_breakdown(label: &str, said_by: &str, column: &str) -> String {
    format!(
        "the table seems to be about {label:?} only ({said_by}), but {column:?} distinguishes other groups: there is \
         no group that combines the two"
    )
}

pub(crate) fn leaves_out(title: &str, label: &str) -> String {
    format!("{title:?} may leave out {label:?}: specify in the layout which students the rows are about")
}

pub(crate) fn grades_apart(title: &str) -> String {
    format!("{title:?} names several grades: specify in the layout which grade the rows are about")
}

pub(crate) fn subjects_apart(one: &str, other: &str, title: &str) -> String {
    format!(
        "the text around it names two subjects, {one} and {other} ({title:?}). Specify in the layout which subject the rows are \
         about"
    )
}

pub(crate) fn two_groups(labels: &[String; 2], title: &str) -> String {
    let [one, two] = labels;
    format!(
        "its titles name two groups, {one:?} and {two:?} ({title:?}): specify in the layout which one it is about"
    )
}

/// Tables of one sheet that are about different groups, grades or subjects.
pub(crate) const TABLES_DIFFER: &str = "the tables on this sheet are about different groups, grades, or subjects: put each \
                                        on its own sheet";

/// In the table below this row, a column has a name that another table of the sheet has for another measure.
pub(crate) fn measures_differ(column: &str, row: u32) -> String {
    format!(
        "the tables on this sheet are about different measures: {column:?} has a different one below row {row}. Put each \
         table on its own sheet"
    )
}
