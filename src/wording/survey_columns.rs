//! What the survey says about a column: what it was read as and why, or why it was not read.

use crate::domain::Unit;

/// How well a column's name matches a known name of a measure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NameAgreement {
    /// It is a known name.
    Exact,
    /// It has the words of a known name.
    Words,
    /// It has the words of a known name, of which one is misspelled.
    Misspelled,
}

pub(crate) const EMPTY: &str = "it is empty";
pub(crate) const NOT_COUNTS: &str = "its values are not counts";
pub(crate) const NO_SIMILAR_NAME: &str = "no known measure has a similar name";
pub(crate) const NO_NUMBERS: &str = "it has no numbers";
pub(crate) const MORE_TEXT_THAN_NUMBERS: &str = "it has more text than numbers";
pub(crate) const PERCENTS_OR_COUNTS: &str =
    "its values are whole numbers, and no name shows whether they are percents or counts";
pub(crate) const RANK: &str = "it is a rank or a percentile, not a percent or an amount";
pub(crate) const NUMERATOR: &str = "whole numbers: how many people the rate counts";
pub(crate) const DENOMINATOR: &str = "whole numbers: how many people the rate is based on";
pub(crate) const ATTRIBUTE: &str = "a district attribute, recognized by its name";
pub(crate) const ROW_VALUE: &str = "the value of the measure named in its row";
pub(crate) const ID_BY_ROWS: &str =
    "each district name has only one code here, and each code has only one name";
pub(crate) const ROW_NOT_MONEY: &str = "the title or a note says that amounts are in thousands or millions, but that is not true of this row: move it to a separate table";
pub(crate) const NO_YEAR_IN_NAME: &str = "its name has no school year, but the names of other columns do";
pub(crate) const UNKNOWN_VALUES: &str =
    "recognized by its name, but its values are not: define them in the layout";
pub(crate) const TITLE_SAYS_SO: &str = "as the title says";

pub(crate) const TOTAL_OF_SHARES: &str = "it is the total of the percents: 100 in every row";

/// Columns of groups that add up to 100 in each row.
pub(crate) fn shares_add_up(label: &str, fit: &str) -> String {
    format!("{label}, because the groups add up to 100 in each row; {fit}")
}

pub(crate) const TESTED: &str =
    "the table is about a test, so it counts the students tested, not all students";

/// A column that is not read, for the summary of `init`.
pub(crate) fn column_left_out(name: &str, why: &str) -> String {
    format!("column {} is not read: {why}", quoted(name))
}

/// The name of a group means a subject.
pub(crate) const SUBJECT_NOT_GROUP: &str =
    "results in this subject, because another column has the same measure in another subject";

/// A result of a test that only some students take; `label` says what it tests.
pub(crate) fn of_other_test(label: &str) -> String {
    format!("the title names a test for {label}, so it is not the result of all students on the state test")
}

pub(crate) fn measure_by_name(label: &str, agreement: NameAgreement, fit: &str) -> String {
    let how = match agreement {
        NameAgreement::Exact => "a known name",
        NameAgreement::Words => "the words of a known name",
        NameAgreement::Misspelled => "a known name except for a letter or two",
    };
    format!("{label} ({how}); {fit}")
}

/// A column named like a measure, below a title that has more words than the measure's name.
pub(crate) fn narrowed(title: &str, label: &str) -> String {
    format!(
        "{} may be about only part of {}, or about something else: which measure is this?",
        quoted(title),
        quoted(label)
    )
}

/// A column with a short name, below a title with the whole name of the measure labeled `label`.
pub(crate) fn short_name(title: &str, label: &str) -> String {
    format!(
        "{} names {}: is this column that measure, or the one that its own name suggests?",
        quoted(title),
        quoted(label)
    )
}

/// A number that is a code in one column and may be a value in another.
pub(crate) fn code_or_value(code: &str) -> String {
    format!(
        "is {code} a value, or a code for a number that is withheld? Another column has {code} as a value"
    )
}

/// A column whose title names its measure.
pub(crate) fn measure_by_title(label: &str, title: &str, fit: &str) -> String {
    format!("{label}, as {} says; {fit}", quoted(title))
}

/// Why the numbers of a column do not fit the measure in its title.
pub(crate) fn misfit_of_title(label: &str, title: &str, why: &str) -> String {
    format!("{} names {}, but {why}", quoted(title), quoted(label))
}

pub(crate) fn misfit_of_name(label: &str, why: &str) -> String {
    format!("named like {}, but {why}", quoted(label))
}

pub(crate) fn not_similar_enough(label: &str) -> String {
    format!("the most similar name is {}, but it is not similar enough", quoted(label))
}

/// The name may mean either of two measures, or one of `others`.
pub(crate) fn ambiguous_name(one: &str, two: &str, others: bool) -> String {
    let (one, two) = (quoted(one), quoted(two));
    match others {
        true => format!("its name may mean {one}, {two}, or another measure"),
        false => format!("its name may mean {one} or {two}"),
    }
}

pub(crate) fn unknown_words(label: &str, words: &[String]) -> String {
    let list: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let noun = if words.len() == 1 { "word" } else { "words" };
    format!("named like {}, but with the unknown {noun} {}", quoted(label), list.join(", "))
}

/// A text column, or one that contains no known measure; `kind` is what its cells are.
pub(crate) fn no_measure(kind: &str) -> String {
    format!("no measure was recognized; it contains {kind}")
}

pub(crate) fn role_by_name(kind: &str) -> String {
    format!("recognized by its name; it contains {kind}")
}

pub(crate) fn role_by_cells(kind: &str) -> String {
    format!("recognized by its cells; it contains {kind}")
}

pub(crate) const NEITHER_SHARE_NOR_TOTAL: &str =
    "it is neither the percent of a known student group nor the number of all students";

/// A row with percents of a group, or with the number of all students.
pub(crate) fn share_or_total(label: &str, kind: &str) -> String {
    format!(
        "{label}: the row contains {kind}, and the table has rows of percents next to a row with the number of all students"
    )
}

pub(crate) const ONE_OF_GROUP_COLUMNS: &str =
    "recognized by its cells; it is one of several columns that name student groups";
pub(crate) const GROUP_WITH_ANSWER: &str = "recognized by its cells; one column names the group, and another says whether a row is about its students";

/// A column that names the kind of the groups in another.
pub(crate) fn category_of_groups(letters: &str) -> String {
    format!("the kind of student group in column {letters}")
}

pub(crate) fn group_of_category(category: &str) -> String {
    format!("recognized by its cells; {} gives the kind of each group", quoted(category))
}

pub(crate) fn share_of_group(label: &str, fit: &str) -> String {
    format!("{label} (a group and a percent); {fit}")
}

pub(crate) fn count_or_share(label: &str) -> String {
    format!("its numbers may be counts or percents of {}", quoted(label))
}

pub(crate) fn count_of_group(label: &str, because: &str, fit: &str) -> String {
    format!("{label} of a group or grade, {because}; {fit}")
}

pub(crate) fn not_above_total(letters: &str) -> String {
    format!("not above the total in column {letters}")
}

pub(crate) fn rate_numerator(label: &str) -> String {
    beside_only_rate(label, "how many people it counts")
}

pub(crate) fn rate_denominator(label: &str) -> String {
    beside_only_rate(label, "how many people it is based on")
}

fn beside_only_rate(label: &str, what: &str) -> String {
    format!(
        "{label}: {what} (a known name); whole numbers next to the only rate for this group, grade, and subject"
    )
}

/// The label of a rate whose measure is named in its rows.
pub(crate) const UNNAMED_RATE: &str = "the rate";

/// A numerator, by the letters of the columns of its rate and its denominator.
pub(crate) fn numerator_by_division(rate: &str, denominator: &str) -> String {
    format!(
        "the numerator of the rate in column {rate} (how many people it counts): divided by column {denominator}, it \
         gives that rate in each row"
    )
}

/// A denominator, by the letters of the columns of its rate and its numerator.
pub(crate) fn denominator_by_division(rate: &str, numerator: &str) -> String {
    format!(
        "the denominator of the rate in column {rate} (how many people it is based on): column {numerator} divided by it \
         gives that rate in each row"
    )
}

/// A count that gives an unread rate in another column.
pub(crate) fn counts_people_of_rate(rate: &str) -> String {
    format!("in each row, it counts the people behind the percent in column {rate}, not all students")
}

/// A count next to the only rate of a table.
pub(crate) fn may_count_people_of_rate(rate: &str) -> String {
    format!(
        "it may count all students, or only those counted by the rate in column {rate}: specify which (as enrollment, or with stat = \
         \"denominator\")"
    )
}

/// Small numbers, by a file that has percents of the same measure.
pub(crate) fn percents_like_file(label: &str, file: &str) -> String {
    format!(
        "{label}; a percent, since {} has percents of this size; as fractions, they would be a hundred times as large",
        quoted(file)
    )
}

/// Fractions, by a file that has percents of the same measure.
pub(crate) fn fractions_like_file(label: &str, file: &str) -> String {
    format!(
        "{label}; a percent written as a fraction, since {} has percents a hundred times as large",
        quoted(file)
    )
}

/// An amount per student, by a file with the students.
pub(crate) fn money_per_student_of_file(label: &str, file: &str) -> String {
    format!("{label}: as a total, it would be a few dollars for each student in {}", quoted(file))
}

pub(crate) fn per_student_or_thousands_of_file(file: &str) -> String {
    format!(
        "are its values per student, or in thousands? As totals, they are too small for the number of students in {}",
        quoted(file)
    )
}

/// Amounts that are very small for totals of a district; `seen` are some of them.
pub(crate) fn small_totals(seen: &str) -> String {
    format!(
        "are its values ({seen}) per student, or in thousands? They are very small for a district's totals, and no table has the \
         number of students"
    )
}

/// An amount per student, by the letters of the column with the students.
pub(crate) fn money_per_student(label: &str, heads: &str) -> String {
    format!("{label}: as a total, it would be a few dollars for each student in column {heads}")
}

/// An amount per student, by the letters of a column with a total, and of one with the same per student.
pub(crate) fn money_per_implied_student(label: &str, total: &str, per_student: &str) -> String {
    format!(
        "{label}: as a total, it would be a few dollars for each student, as columns {total} and {per_student} show"
    )
}

/// Small amounts, by the letters of the columns that show how many students there are.
pub(crate) fn per_student_or_thousands(heads: &[String]) -> String {
    format!(
        "are its values per student, or in thousands? As totals, they are too small for the number of students in column {}",
        heads.join(" and ")
    )
}

/// A sum or difference by its name, by the letters of the columns that it should be made of.
pub(crate) fn not_sum_of_parts(parts: &[String]) -> String {
    format!(
        "in most rows, its values do not match the result computed from columns {}: what are they?",
        parts.join(" and ")
    )
}

/// A name with several meanings, which no other column or line settles; `seen` are some of its values.
pub(crate) fn unsure_meaning(meaning: &str, seen: &str) -> String {
    format!("{meaning}; nothing else in the table shows which. Its values are {seen}")
}

/// The same, where other columns contradict the usual meaning.
pub(crate) fn unsure_and_not_sum(meaning: &str, parts: &[String], seen: &str) -> String {
    let parts = parts.join(" and ");
    format!(
        "{meaning}; in most rows, its values do not match the result computed from columns {parts}. They are {seen}"
    )
}

/// Two columns mean the same and have different numbers; the other is read.
pub(crate) fn means_the_same_as_column(letters: &str, name: &str) -> String {
    format!(
        "it would mean the same as column {letters} ({name:?}), but its numbers are different; only column {letters} is \
         read, so check which of the two you want"
    )
}

pub(crate) fn repeats_column(letters: &str) -> String {
    format!("it seems to repeat column {letters}")
}

pub(crate) fn same_year_as_column(letters: &str) -> String {
    format!("column {letters} is for the same school year: choose one of the two")
}

pub(crate) const PERCENT: &str = "a percent";
pub(crate) const PERCENT_AS_FRACTION: &str = "a percent written as a fraction (0.95 for 95%)";
pub(crate) const PERCENT_ON_TWO_SCALES: &str =
    "a percent; where a school year has only fractions (0.95 for 95%), they are converted";
pub(crate) const COUNT: &str = "a count";
pub(crate) const DOLLAR_AMOUNT: &str = "a dollar amount";

/// The numbers of a column, in the range `range`, fit `what`.
pub(crate) fn fit(range: &str, what: &str) -> String {
    format!("values {range} fit {what}")
}

/// A range of numbers, as in "93.1 to 98".
pub(crate) fn range(least: &str, most: &str) -> String {
    if least == most { least.to_owned() } else { format!("{least} to {most}") }
}

/// The column may be the share of a student group.
pub(crate) fn unsure_share_of_group(label: &str, group: &str, why: &str) -> String {
    format!("it may be {label:?} with group = {group:?}, but {why}")
}

pub(crate) fn fractions_or_percents(most: &str) -> String {
    format!(
        "its values (up to {most}) may be percents or fractions: specify which (times = 1 or times = 100)"
    )
}

pub(crate) fn not_percents(range: &str) -> String {
    format!("its values ({range}) are not percents")
}

pub(crate) fn not_counts(range: &str) -> String {
    format!("its values ({range}) are not counts")
}

pub(crate) fn percents_not_counts(range: &str) -> String {
    format!("its values ({range}) are not counts; they look like percents")
}

pub(crate) fn not_dollars(range: &str) -> String {
    format!("its values ({range}) are not dollar amounts, unless they are in thousands or millions")
}

/// Dollar amounts outside the plausible values of their measure, from `low` to `high`.
pub(crate) fn dollars_outside(range: &str, low: &str, high: &str) -> String {
    format!("its values ({range}) are not dollar amounts between {low} and {high}")
}

/// Numbers that are implausible for a measure in this unit.
pub(crate) fn implausible(range: &str, unit: Unit) -> String {
    format!("its values ({range}) are not plausible for this measure, which is {}", unit_name(unit))
}

/// The name of a unit.
pub(crate) const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Fte => "a number of full-time equivalents",
        Unit::DollarsPerStudent => "an amount in dollars per student",
        Unit::Ratio => "a ratio",
        Unit::Years => "a number of years",
        Unit::Points => "a number of points",
        Unit::Per100 => "a number per 100 students",
        Unit::DollarsPer100 => "a tax rate",
        Unit::Percent => PERCENT,
        Unit::Count => COUNT,
        Unit::Dollars => DOLLAR_AMOUNT,
    }
}

/// Text in typographic quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}
