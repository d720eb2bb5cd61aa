//! Synonyms: common names for the columns of spreadsheets.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::around::AroundWords;
use super::beside::{OtherMeaning, SubjectNotGroup};
use super::code_words::CodeWords;
use super::own_indicators::OwnIndicators;
use super::own_output::OwnOutput;
use super::role::Role;
use super::test_words::{LevelWords, TestWords};
use super::whole_texts::{Answers, WholeTexts};
use super::whom::WhomWords;

/// `catalog/synonyms.toml`. Names are compared word by word, as explained there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Synonyms {
    /// Word → its standard word, both in lower case.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// The meaning of words in a name that are not in a spelling.
    #[serde(default)]
    pub left_over: LeftOver,
    /// English words that differ by one letter from a word in a spelling; they are never mistaken for it.
    #[serde(default)]
    pub real_words: WordList,
    /// What is removed from a name before it is compared.
    #[serde(default)]
    pub find: FindPatterns,
    /// How a table may be about one group, grade or subject.
    #[serde(default)]
    pub whole_table: WholeTableWords,
    /// Texts that mean everybody in a column of groups, grades or subjects.
    #[serde(default)]
    pub all: WholeTexts,
    /// Answers in a column next to that of a group.
    #[serde(default)]
    pub answers: Answers,
    /// Words for columns of codes.
    #[serde(default)]
    pub codes: CodeWords,
    /// Names of columns that count the people behind a rate.
    #[serde(default)]
    pub stats: StatNames,
    /// Names of columns that say what a row is about.
    #[serde(default)]
    pub roles: BTreeMap<Role, Vec<String>>,
    /// Texts in a column of row types.
    #[serde(default)]
    pub row_types: RowTypes,
    /// Words for what a row or a table is about.
    #[serde(default)]
    pub whom: WhomWords,
    /// What the text around a table says about its cells.
    #[serde(default)]
    pub around: AroundWords,
    /// Words for tests.
    #[serde(default)]
    pub tests: TestWords,
    /// Words for levels of achievement.
    #[serde(default)]
    pub levels: LevelWords,
    /// Columns next to which a name means another measure.
    #[serde(default)]
    pub beside: Vec<OtherMeaning>,
    /// Names of groups that mean a subject next to results in another.
    #[serde(default)]
    pub subject_not_group: Vec<SubjectNotGroup>,
    /// Words in a file's name that say how final it is.
    #[serde(default)]
    pub editions: Editions,
    /// How tables are recognized that this program wrote.
    #[serde(default)]
    pub own_output: OwnOutput,
    /// Texts that name a kind of student group, such as race, in a column next to that of the groups.
    #[serde(default)]
    pub categories: NameList,
    /// How amounts of money show what they are.
    #[serde(default)]
    pub amounts: Amounts,
    /// Names of columns that complete a district's id, such as the county's code.
    #[serde(default)]
    pub id_parts: IdPartNames,
    /// Attribute id → names of its column.
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Columns that are never read.
    #[serde(default)]
    pub unread: NameList,
    /// Which unknown columns are a district's own indicators.
    #[serde(default)]
    pub own: OwnIndicators,
    /// Measure id → names of its column.
    #[serde(default, rename = "measure")]
    pub measures: BTreeMap<String, MeasureNames>,
}

/// Words in a name that are not in the spelling, by what they mean for the number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeftOver {
    /// Ignored in both names and spellings.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Insignificant words.
    #[serde(default)]
    pub harmless: Vec<String>,
    /// Words that say nothing, not even whom or what the number is about.
    #[serde(default)]
    pub silent: Vec<String>,
    /// The number is not the named one.
    #[serde(default)]
    pub other: Vec<String>,
    /// The number is in thousands.
    #[serde(default)]
    pub thousands: Vec<String>,
    /// The number is in millions.
    #[serde(default)]
    pub millions: Vec<String>,
    /// The number is a percent or a rate.
    #[serde(default)]
    pub percent: Vec<String>,
    /// The number is a count.
    #[serde(default)]
    pub number: Vec<String>,
    /// The number is an amount of money.
    #[serde(default)]
    pub money: Vec<String>,
    /// The number is per unit of something.
    #[serde(default)]
    pub per: Vec<String>,
}

/// Regular expressions for names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FindPatterns {
    /// Finds a year, with the named capture `year`.
    #[serde(default)]
    pub year: Vec<String>,
    /// In a text: a single year in it is the year in which a school year begins.
    #[serde(default)]
    pub begins: Vec<String>,
    /// In a title: the amounts below it are in thousands.
    #[serde(default)]
    pub thousands: Vec<String>,
    /// In a title: the amounts below it are in millions.
    #[serde(default)]
    pub millions: Vec<String>,
    /// In the text before a date: it is the date of the report.
    #[serde(default)]
    pub made: Vec<String>,
    /// A name that means a year without saying which school year it is.
    #[serde(default)]
    pub unclear: Vec<String>,
    /// Finds the name of a district in a title, with the named capture `district`.
    #[serde(default)]
    pub district: Vec<String>,
    /// The name of the number that a pivot table adds up, with the named capture `name`.
    #[serde(default)]
    pub pivot: Vec<String>,
    /// A remark within a name that says nothing about its meaning. The named capture `before` is kept.
    #[serde(default)]
    pub remark: Vec<String>,
    /// Finds a grade, with the named capture `grade`.
    #[serde(default)]
    pub grade: Vec<String>,
    /// A title, or the name of a sheet or file, that says that its table is about the state.
    #[serde(default)]
    pub about_state: Vec<String>,
    /// Phrases that are taken out of such a text before.
    #[serde(default)]
    pub not_about_state: Vec<String>,
    /// A school's name that may be that of the row about its whole district.
    #[serde(default)]
    pub school_total: Vec<String>,
    /// A school's name that tells its kind.
    #[serde(default)]
    pub school_kind: Vec<String>,
}

/// How the text around a table says that all of it is about one group, grade or subject. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WholeTableWords {
    /// In a column named after a group: the row is about that group.
    #[serde(default)]
    pub yes: Vec<String>,
    /// The groups that may say what a school is, so that a column of answers in a table of schools is not about its students.
    #[serde(default)]
    pub of_schools: Vec<String>,
    /// In a title: what follows says how the table is broken down.
    #[serde(default)]
    pub cuts: Vec<String>,
    /// In a title: what follows is a place.
    #[serde(default)]
    pub before_places: Vec<String>,
    /// In a title: groups are compared or listed.
    #[serde(default)]
    pub lists: Vec<String>,
    /// In a title: a group is left out.
    #[serde(default)]
    pub leaves_out: Vec<String>,
    /// Spellings of groups and subjects that are also parts of places' names.
    #[serde(default)]
    pub place_names: Vec<String>,
    /// Words that follow such a part in a place's name.
    #[serde(default)]
    pub places: Vec<String>,
    /// Subjects that mostly mean something else in a title.
    #[serde(default)]
    pub in_phrases: Vec<PhrasedSubject>,
    /// Whom a rate is about if a student group can have it.
    #[serde(default)]
    pub people: Vec<String>,
    /// Measures that may be about one subject although their phrases do not name it.
    #[serde(default)]
    pub by_subject: Vec<String>,
    /// Lists of subjects that titles and names of files use for one another.
    #[serde(default)]
    pub same_subjects: Vec<Vec<String>>,
    /// Measures that are about certain grades by definition.
    #[serde(default)]
    pub own_grades: Vec<OwnGrades>,
}

/// The name of a subject that mostly means something else in a title: there, it counts only in its place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PhrasedSubject {
    /// The name, a single word.
    pub name: String,
    /// Phrases with the name in which it is the subject.
    pub phrases: Vec<String>,
    /// Words before which it is the subject, if it is the first word of the title.
    #[serde(default)]
    pub first_before: Vec<String>,
}

/// Measures that are about certain grades by definition: a title that names these grades says nothing more.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnGrades {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// The ranges of grades; empty if it may be any.
    #[serde(default)]
    pub grades: Vec<String>,
}

impl OwnGrades {
    /// Whether a range of grades is the one that a measure is about by definition.
    #[must_use]
    pub fn has(&self, measure: &str, grades: &str) -> bool {
        self.measures.iter().any(|id| id == measure)
            && (self.grades.is_empty() || self.grades.iter().any(|known| known == grades))
    }
}

/// How amounts of money show what they are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Amounts {
    /// The fewest dollars for each student that a district's total can be, of a measure also published per student.
    #[serde(default)]
    pub least_for_each_student: f64,
    /// If all totals of a column are below this, and no table has the students, they may be per student or in thousands; of a
    /// measure also published per student.
    #[serde(default)]
    pub least_total: f64,
}

/// A list of words in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// The words.
    pub words: Vec<String>,
}

/// A list of column names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameList {
    /// The names.
    pub names: Vec<String>,
}

/// Names of columns that complete a district's id, and the words for an id.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdPartNames {
    /// The names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words, after replacement by synonyms, that say in a column's name that it holds ids.
    #[serde(default)]
    pub words: Vec<String>,
}

/// Names of columns that belong to the rate next to them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StatNames {
    /// The denominator of the rate.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// The numerator of the rate.
    #[serde(default)]
    pub numerator: Vec<String>,
    /// Words that turn a rate's own name into that of its denominator.
    #[serde(default)]
    pub denominator_words: Vec<String>,
    /// Words that turn a rate's own name into that of its numerator.
    #[serde(default)]
    pub numerator_words: Vec<String>,
}

/// Texts that say what a row is about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowTypes {
    /// A district.
    #[serde(default)]
    pub district: Vec<String>,
    /// A school.
    #[serde(default)]
    pub school: Vec<String>,
    /// The state, a county, a region, or a service unit.
    #[serde(default)]
    pub beyond: Vec<String>,
}

/// Words in a file's name, in lower case, that say which of several editions of the same data it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editions {
    /// It precedes the others.
    #[serde(default)]
    pub preliminary: Vec<String>,
    /// It follows the others.
    #[serde(default)]
    pub revised: Vec<String>,
    /// Regular expressions for the end of a numbered version's name, with the capture `version`; the higher one is newer.
    #[serde(default)]
    pub versions: Vec<String>,
    /// Regular expressions for the end of a copy's name, with the capture `copy` for its number.
    #[serde(default)]
    pub copies: Vec<String>,
    /// Regular expressions for a date in a name, with the captures `year`, `month` and `day`; the later one is newer.
    #[serde(default)]
    pub dates: Vec<String>,
}

impl Editions {
    /// The edition of a file with this name: negative if preliminary, positive if final or revised.
    #[must_use]
    pub fn rank(&self, file: &str) -> i8 {
        let lower = file.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        let [revised, preliminary] = [&self.revised, &self.preliminary]
            .map(|list| i8::from(list.iter().any(|word| words.contains(&word.as_str()))));
        revised - preliminary
    }
}

/// Names of a measure's columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeasureNames {
    /// Complete names.
    pub spellings: Vec<String>,
    /// Names that mean the measure when they are next to a student group or a grade, in a table about it.
    #[serde(default)]
    pub with_group: Vec<String>,
    /// Names of the column with the rate's denominator.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// Names of the column with the rate's numerator.
    #[serde(default)]
    pub numerator: Vec<String>,
    /// Spellings that may mean something else too. Such a column is read only if the columns from which the measure is
    /// computed confirm it.
    #[serde(default)]
    pub unsure: Vec<String>,
    /// What else they may mean, in words.
    #[serde(default)]
    pub unsure_why: String,
}
