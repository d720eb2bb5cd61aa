//! Columns of codes: what the name of a column says about the codes in it, and whether a short text in it may be a student group.

use super::column::Column;
use super::sheet::TableSurvey;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use super::whole_table::{constant_text, last_part};
use crate::catalog::Role;
use crate::domain::{ALL, Grade};

/// A longer text is a name and not a code.
const LONGEST_CODE: usize = 3;

/// What the codes in a column tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodedPart {
    Groups,
    /// Tests or subjects.
    Tests,
}

impl Vocabulary<'_> {
    /// What the codes in a column with this name tell apart; `None` if neither groups nor tests.
    pub(super) fn coded_part(&self, name: &str) -> Option<CodedPart> {
        let codes = &self.catalog.synonyms.codes;
        let words = tokenize(last_part(name));
        if has_any(&words, &codes.groups) && !has_any(&words, &codes.not_groups) {
            Some(CodedPart::Groups)
        } else if has_any(&words, &codes.tests) && words.iter().any(|word| self.is_word_for_codes(word)) {
            Some(CodedPart::Tests)
        } else {
            None
        }
    }

    /// Whether a column or a filter with this name tells student groups apart.
    pub(super) fn tells_groups(&self, name: &str) -> bool {
        self.coded_part(name) == Some(CodedPart::Groups)
    }

    /// The student group after which a column is named, or a column of codes or answers: `SPED Flag`; `None` if there is none,
    /// or if it is everybody.
    pub(super) fn group_of_name(&self, name: &str) -> Option<&str> {
        let groups = &self.catalog.groups;
        let words = self.words_without_codes(name).join(" ");
        let id = groups.group_id(last_part(name)).or_else(|| groups.group_id(&words));
        id.filter(|id| *id != ALL)
    }

    /// The student group that a text means in a column with this name. Some letters and codes mean one only where the name says
    /// that the column holds groups.
    pub(super) fn group_in_column(&self, name: &str, text: &str) -> Option<&str> {
        let codes = &self.catalog.synonyms.codes;
        let words = tokenize(last_part(name));
        let is_other_letter = codes.is_letter(text) && !has_any(&words, &codes.letter_columns);
        let is_other_code = is_code(text) && has_any(&words, &codes.others) && !self.names_groups(name);
        if is_other_letter || is_other_code { None } else { self.catalog.groups.group_of_text(text) }
    }

    /// Whether a name is that of a column of groups, or of one group.
    fn names_groups(&self, name: &str) -> bool {
        self.tells_groups(name) || self.group_of_name(name).is_some()
    }

    /// Whether a text in a column of groups, grades or subjects is a known one, which does not yet make the others known.
    pub(super) fn is_known_part(&self, role: Role, text: &str) -> bool {
        let groups = &self.catalog.groups;
        match role {
            Role::Group => groups.group_of_text(text).is_some(),
            Role::Grade => Grade::parse(text).is_some(),
            Role::Subject => groups.subject_id(text).is_some(),
            _ => false,
        }
    }

    /// Whether a text means everybody, in words or as a code.
    pub(super) fn is_everybody(&self, text: &str) -> bool {
        self.means_all(text)
            || self.catalog.synonyms.codes.means_all(text)
            || self.catalog.groups.group_id(text) == Some(ALL)
    }

    /// The text, or the code, that nearly all rows have in a column; `None` if there are several. A number counts only in a column
    /// that its name says holds codes.
    pub(super) fn constant_code<'c>(&self, survey: &TableSurvey, column: &'c Column) -> Option<&'c str> {
        let numbers = &column.cells.number_texts;
        let (Some(number), 1, true) = (numbers.first(), numbers.len(), column.cells.texts.is_empty()) else {
            return constant_text(survey, column);
        };
        let are_codes = self.holds_codes(&column.name) && column.cells.are_counts();
        (are_codes && column.cells.filled == survey.rows).then_some(number.as_str())
    }

    /// Whether the numbers in a column with this name are codes or answers: the name says so, or is only that of what groups have
    /// in common (`Race`).
    pub(super) fn holds_codes(&self, name: &str) -> bool {
        let groups = &self.catalog.synonyms.codes.groups;
        let words = tokenize(last_part(name));
        words.iter().any(|word| self.is_word_for_codes(word))
            || !words.is_empty() && words.iter().all(|word| groups.contains(word))
    }

    /// A column's name without the words that say that it holds codes; `None` if it has none.
    fn name_of_codes(&self, name: &str) -> Option<String> {
        let mut words = tokenize(last_part(name));
        let all = words.len();
        words.retain(|word| !self.catalog.synonyms.codes.words.contains(word));
        (words.len() < all).then(|| words.join(" "))
    }

    fn is_word_for_codes(&self, word: &String) -> bool {
        let codes = &self.catalog.synonyms.codes;
        codes.words.contains(word) || codes.answers.contains(word)
    }

    /// Whether one column gives the names of another one's codes: their names are about the same (`Subgroup`, `Group Code`).
    pub(super) fn gives_names_of(&self, names: &Column, codes: &Column) -> bool {
        let [names, codes] = [names, codes].map(|column| self.words_without_codes(&column.name));
        let of_names = &self.catalog.synonyms.codes.names;
        let mut own = names.iter().filter(|word| !of_names.contains(word)).peekable();
        own.peek().is_some()
            && own.all(|a| codes.iter().any(|b| a.contains(b.as_str()) || b.contains(a.as_str())))
    }

    /// The words of a column's name except those that say that it holds codes.
    fn words_without_codes(&self, name: &str) -> Vec<String> {
        let mut words = tokenize(last_part(name));
        words.retain(|word| !self.is_word_for_codes(word));
        words
    }
}

impl Vocabulary<'_> {
    /// Whether a column is named like one with a role, as it stands or as one of codes: `Subgroup Code`.
    pub(super) fn is_role_or_code_name(&self, role: Role, name: &str) -> bool {
        self.is_role_name(role, name)
            || self.name_of_codes(name).is_some_and(|name| self.is_role_name(role, &name))
    }

    /// The letters in a column of groups that may not be the groups that they are in others: nothing says that the column is one
    /// of genders, or next to them are other letters that are not known.
    pub(super) fn unclear_letters(&self, column: &Column) -> Vec<String> {
        let codes = &self.catalog.synonyms.codes;
        if has_any(&tokenize(&column.name), &codes.letter_columns) {
            return Vec::new();
        }
        let mut found: Vec<String> = column.cells.texts_and_marks().cloned().collect();
        let others = found.iter().filter(|text| !codes.is_letter(text) && text.chars().count() == 1);
        let has_unknown = others
            .into_iter()
            .any(|text| self.catalog.groups.group_id(text).is_none() && !self.means_all(text));
        found.retain(|text| codes.is_letter(text));
        if found.len() < codes.letters.len() || has_unknown { found } else { Vec::new() }
    }
}

/// Whether a text may be a code: a number, or a few letters.
pub(super) fn is_code(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= LONGEST_CODE && !text.trim().contains(' ')
}

fn has_any(words: &[String], list: &[String]) -> bool {
    words.iter().any(|word| list.contains(word))
}
