//! Two columns of which one names a group, and the other says whether a row is about its students: `English Learner` and `Yes`.
//! Next to other categories, the second one may also name groups: `Race/Ethnicity` and `White`.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, ColumnMeaning};
use super::evidence::TableTexts;
use super::role::is_categorical;
use super::row_evidence::{CategoryAnswers, RowRule};
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::ALL;
use crate::wording::survey_columns as columns_wording;
use crate::wording::survey_wholes as wording;

/// Finds such a pair, and gives both columns the role of the student group.
pub(super) fn recognize(
    survey: &mut TableSurvey,
    texts: &TableTexts,
    vocabulary: &Vocabulary<'_>,
) -> Option<CategoryAnswers> {
    let pairs = survey.columns.windows(2).zip(0..);
    let mut found = pairs.filter_map(|(pair, index)| {
        let pair = CategoryPair { category: pair.first()?, answer: pair.get(1)?, texts, vocabulary };
        let has_both = pair.may_be() && pair.has_both(survey);
        Some(FoundPair { index, found: pair.answers().filter(|_| has_both)? })
    });
    let FoundPair { index, found } = found.next()?;
    survey.rules.push(found.rule);
    survey.notes.push(found.note);
    for column in survey.columns.iter_mut().skip(index).take(2) {
        column.meaning = ColumnMeaning::Role(Role::Group);
        columns_wording::GROUP_WITH_ANSWER.clone_into(&mut column.why);
    }
    Some(found.answers)
}

/// The position of the first column of a pair, and what its texts mean.
struct FoundPair {
    index: usize,
    found: FoundAnswers,
}

/// What the texts of a pair mean.
struct FoundAnswers {
    answers: CategoryAnswers,
    /// The rule that leaves out the rows about those who are not in the group.
    rule: RowRule,
    /// What users must know of these rows.
    note: String,
}

/// Two columns next to each other.
struct CategoryPair<'a> {
    category: &'a Column,
    answer: &'a Column,
    texts: &'a TableTexts,
    vocabulary: &'a Vocabulary<'a>,
}

impl CategoryPair<'_> {
    /// Whether one of the columns is that of groups, and the other one is free and may hold answers.
    fn may_be(&self) -> bool {
        let columns = [self.category, self.answer];
        let group = ColumnMeaning::Role(Role::Group);
        columns.iter().any(|column| column.meaning == group)
            && columns.iter().all(|column| column.is_unread() || column.meaning == group)
            && columns.iter().all(|column| is_categorical(&column.cells))
            && self.answer.cells.texts.keys().any(|text| self.is_yes(text))
    }

    /// Whether, for most districts and groups with a yes, another row has a no. A column such as `Suppressed` has only one of them.
    fn has_both(&self, survey: &TableSurvey) -> bool {
        let keys = survey.columns.iter().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Role(_)) && column.column != self.answer.column
        });
        let mut keys: Vec<u32> = keys.map(|column| column.column).collect();
        keys.push(self.category.column);
        let mut answers: BTreeMap<Vec<&str>, [bool; 2]> = BTreeMap::new();
        for row in 0..self.texts.len() {
            let key = keys.iter().map(|column| self.texts.text(*column, row)).collect();
            let answer = self.texts.text(self.answer.column, row);
            let [yes, no] = answers.entry(key).or_default();
            *yes |= self.is_yes(answer);
            *no |= self.is_no(answer);
        }
        let with_yes = answers.values().filter(|[yes, _]| *yes);
        let both = with_yes.clone().filter(|[_, no]| *no).count();
        both * 2 > with_yes.count()
    }

    /// What the texts mean; `None` if they are no groups and answers.
    fn answers(&self) -> Option<FoundAnswers> {
        let mut codes = self.codes()?;
        codes.extend(self.codes_beside_everybody()?);
        let yes = self.answer.cells.texts.keys().filter(|text| self.is_yes(text));
        codes.extend(yes.map(|text| (text.clone(), ALL.to_owned())));
        let rows = self.rows_with_no();
        let [noes, examples] = [self.answer, self.category].map(|column| {
            let texts = rows.iter().map(|row| self.texts.text(column.column, *row).to_owned());
            texts.collect::<BTreeSet<_>>()
        });
        let patterns: Vec<String> = noes.iter().map(|text| regex::escape(text)).collect();
        let rule = RowRule {
            column: self.answer.name.clone(),
            pattern: format!("^(?:{})$", patterns.join("|")),
            keeps: false,
            why: wording::ANSWERED_NO.to_owned(),
        };
        let note = wording::answered_no(&noes, &self.answer.name, &examples, rows.len());
        Some(FoundAnswers { answers: CategoryAnswers { codes, noes }, rule, note })
    }

    /// The group of each known category; `None` if none is known, if one has both answers and groups, or if the other column has it as
    /// a group.
    fn codes(&self) -> Option<BTreeMap<String, String>> {
        let mut codes = BTreeMap::new();
        for (category, answers) in self.answers_by_category() {
            if self.vocabulary.is_everybody(category) {
                continue;
            }
            let are_answers = answers.iter().all(|text| self.is_yes(text) || self.is_no(text));
            let id = if are_answers && !answers.is_empty() {
                let Some(id) = self.group_of(category) else { continue };
                id
            } else if answers.iter().any(|text| self.is_yes(text))
                || self.answer.cells.texts.contains_key(category)
            {
                return None;
            } else {
                ALL
            };
            codes.insert(category.to_owned(), id.to_owned());
        }
        codes.values().any(|id| id != ALL).then_some(codes)
    }

    /// The texts that stand only next to a word for everybody, blanks included: they mean everybody too. `None` if a no does.
    fn codes_beside_everybody(&self) -> Option<BTreeMap<String, String>> {
        let (mut beside, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
        for row in 0..self.texts.len() {
            let [category, answer] =
                [self.category, self.answer].map(|column| self.texts.text(column.column, row));
            let is_everybody = self.vocabulary.is_everybody(category);
            if is_everybody && self.is_no(answer) {
                return None;
            }
            if is_everybody { &mut beside } else { &mut elsewhere }.insert(answer);
        }
        let only = beside.difference(&elsewhere).filter(|text| !self.vocabulary.is_everybody(text));
        Some(only.map(|text| ((*text).to_owned(), ALL.to_owned())).collect())
    }

    /// The answers and groups next to each category, except those that mean everybody.
    fn answers_by_category(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut answers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in 0..self.texts.len() {
            let [category, answer] =
                [self.category, self.answer].map(|column| self.texts.text(column.column, row));
            let of_category = answers.entry(category).or_default();
            if !answer.is_empty() && !self.vocabulary.is_everybody(answer) {
                of_category.insert(answer);
            }
        }
        answers.remove("");
        answers
    }

    fn group_of(&self, category: &str) -> Option<&str> {
        let known = self.vocabulary.catalog.groups.group_of_text(category);
        known.or_else(|| self.vocabulary.group_of_name(category)).filter(|id| *id != ALL)
    }

    fn rows_with_no(&self) -> Vec<usize> {
        (0..self.texts.len()).filter(|row| self.is_no(self.texts.text(self.answer.column, *row))).collect()
    }

    fn is_yes(&self, text: &str) -> bool {
        self.vocabulary.catalog.synonyms.answers.yes.contains(&text.trim().to_lowercase())
    }

    fn is_no(&self, text: &str) -> bool {
        self.vocabulary.catalog.synonyms.answers.no.contains(&text.trim().to_lowercase())
    }
}
