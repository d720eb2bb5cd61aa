//! Counts the answers of sheets, each once.

use std::collections::{BTreeMap, BTreeSet};

use sheets::Sheet;

use super::columns::{AnswerCell, AnswerColumns};
use super::counts::{GroupCounts, PartCounts, SurveyCounts};
use super::items::{ItemList, SheetQuestion};
use super::roles::{ColumnRole, ItemColumn};
use super::row_checks::{LeftOut, ReadRows, RowChecks};
use super::scales::ChoiceMeaning;
use crate::catalog::{Catalog, SurveyChoice};
use crate::diagnostic::{Diagnostic, Place, Problems, SheetRead};
use crate::domain::SurveyWave;
use crate::wording::perception as words;

/// Those who did not say, or whose group nothing names.
pub(super) const OTHERS: &str = "other";

/// The answers of a sheet, with what is known of it.
pub(super) struct SurveyAnswers<'a> {
    pub(super) choice: &'a SurveyChoice,
    /// The place of the choice among those of the project.
    pub(super) survey: usize,
    pub(super) sheet: &'a Sheet,
    pub(super) columns: AnswerColumns,
    pub(super) roles: Vec<ColumnRole>,
    /// When its answers were given; `None` if nothing says it.
    pub(super) wave: Option<SurveyWave>,
    /// Whether no other answers of the sheet are of a later wave.
    pub(super) is_latest: bool,
    /// The group of all its answers; `None` if a column says it, or nothing.
    pub(super) respondents: Option<String>,
}

/// A group of respondents in a wave of a survey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    survey: String,
    wave: Option<SurveyWave>,
    respondents: String,
}

/// A question on a scale in a sheet.
struct AskedItem<'a> {
    /// The index of its column.
    column: usize,
    /// Its place among all items.
    item: usize,
    question: &'a ItemColumn,
}

/// A person's answers to the items: the point of each, or `None`.
struct Person {
    /// For each item that was asked of the person's group: its place, and the point.
    points: Vec<PersonPoint>,
    /// How many of them have any answer, also one that is on no point.
    answered: usize,
}

/// A person's answer to an item.
#[derive(Clone, Copy)]
struct PersonPoint {
    item: usize,
    point: Option<usize>,
}

/// AnswerCounting the answers of all sheets.
pub(super) struct AnswerCounting<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) list: ItemList,
    groups: BTreeMap<GroupKey, GroupCounts>,
    /// Which surveys of the project say how many people of a group were invited.
    inviting: BTreeMap<GroupKey, BTreeSet<usize>>,
    read: ReadRows,
    pub(super) problems: Problems,
}

impl<'a> AnswerCounting<'a> {
    pub(super) fn new(catalog: &'a Catalog, choices: &[&SurveyChoice]) -> Self {
        Self {
            catalog,
            list: ItemList::new(choices),
            groups: BTreeMap::new(),
            inviting: BTreeMap::new(),
            read: ReadRows::default(),
            problems: Problems::new(),
        }
    }

    /// Counts the answers of a sheet; what was read of it is noted in `noted`.
    pub(super) fn add(&mut self, answers: &SurveyAnswers<'_>, noted: &mut SheetRead) {
        let items = self.items(answers);
        let respondents = answers.respondents();
        let asked = self.asked(answers, &items, &respondents);
        let checks = RowChecks::new(answers.sheet, &answers.columns, &answers.roles, self.catalog);
        for (row, group) in respondents.iter().enumerate() {
            if let Some(why) = checks.left_out(row, &mut self.read) {
                self.leave_out(answers, row, why, noted);
                continue;
            }
            if let Some(cell) = checks.typed(&answers.columns.contacts, row) {
                self.problems.push(Diagnostic::survey_contact(answers.cell(*cell)));
            }
            let person = person(answers, row, asked.get(group).map_or(&[][..], Vec::as_slice), &items);
            let least = self.catalog.perception.least_answered * person.points.len() as f64;
            if person.answered == 0 || (person.answered as f64) < least {
                self.leave_out(answers, row, LeftOut::BreakOff, noted);
                continue;
            }
            let key = answers.key(group);
            if answers.is_latest {
                self.invite(answers, &key);
            }
            self.count(answers, row, key, &person);
            noted.observations += person.points.iter().filter(|one| one.point.is_some()).count() as u64;
        }
    }

    /// The items of a sheet.
    fn items<'s>(&mut self, answers: &'s SurveyAnswers<'_>) -> Vec<AskedItem<'s>> {
        let mut items = Vec::new();
        let is_translated = answers.is_translated();
        for (column, role) in answers.roles.iter().enumerate() {
            if let ColumnRole::Item(question) = role {
                let number = answers.columns.all[column].number;
                let place = &answers.sheet.place.at(answers.columns.heading_row, number);
                let asked = SheetQuestion { column: question, choice: answers.choice, place, is_translated };
                let item = self.list.place(asked, &self.catalog.perception);
                items.push(AskedItem { column, item, question });
                self.name_answers(answers, column, question);
            }
        }
        items
    }

    /// Names the answers of a question that are outside its scale, and the first in another language than the others.
    fn name_answers(&mut self, answers: &SurveyAnswers<'_>, column: usize, question: &ItemColumn) {
        let known = &answers.columns.all[column];
        let meanings = &question.scale.choices;
        let is_in_english = meanings.iter().any(|meaning| matches!(meaning, ChoiceMeaning::Point(_)));
        for (choice, meaning) in known.choices.iter().zip(meanings) {
            if is_in_english && matches!(meaning, ChoiceMeaning::OtherLanguage(_)) {
                let cell = answers.cell(AnswerCell { row: choice.first, column });
                self.problems.push(Diagnostic::survey_two_languages(cell));
            }
        }
        if !meanings.contains(&ChoiceMeaning::Outside) {
            return;
        }
        for row in 0..answers.columns.rows.len() {
            if known.choice(row).is_some_and(|choice| meanings[choice] == ChoiceMeaning::Outside) {
                let cell = answers.cell(AnswerCell { row, column });
                self.problems.push(Diagnostic::survey_outside(cell, &question.text));
            }
        }
    }

    /// For each group of respondents, which items of the sheet it was asked.
    fn asked(
        &self,
        answers: &SurveyAnswers<'_>,
        items: &[AskedItem<'_>],
        respondents: &[String],
    ) -> BTreeMap<String, Vec<usize>> {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, group) in respondents.iter().enumerate() {
            rows.entry(group).or_default().push(row);
        }
        let mut asked = BTreeMap::new();
        for (group, rows) in rows {
            let least = self.catalog.perception.least_asked * rows.len() as f64;
            let places = (0..items.len())
                .filter(|place| answers.answered(items[*place].column, &rows) as f64 >= least);
            asked.insert(group.to_owned(), places.collect());
        }
        asked
    }

    fn invite(&mut self, answers: &SurveyAnswers<'_>, key: &GroupKey) {
        let Some(invited) = answers.choice.invited.get(&key.respondents) else { return };
        if self.inviting.entry(key.clone()).or_default().insert(answers.survey) {
            let group = self.groups.entry(key.clone()).or_default();
            group.invited = Some(group.invited.unwrap_or_default() + invited);
        }
    }

    fn count(&mut self, answers: &SurveyAnswers<'_>, row: usize, key: GroupKey, person: &Person) {
        let open = answers.roles.iter().zip(&answers.columns.all);
        let open =
            open.filter(|(role, column)| **role == ColumnRole::Open && column.is_answered(row)).count();
        let GroupKey { survey, wave, respondents } = key.clone();
        let group = self.groups.entry(key).or_default();
        (group.survey, group.wave, group.respondents) = (survey, wave, respondents);
        group.open_answers += open as u32;
        if !group.files.contains(&answers.sheet.place.file) {
            group.files.insert(answers.sheet.place.file.clone());
        }
        let part = group.parts.entry(answers.school(row)).or_default();
        part.people += 1;
        add_points(part, person, &self.list);
        add_shares(part, person, &self.list, self.catalog.perception.least_of_construct);
    }

    /// Notes a row that is not counted.
    fn leave_out(&mut self, answers: &SurveyAnswers<'_>, row: usize, why: LeftOut, noted: &mut SheetRead) {
        let number = answers.columns.rows[row].number;
        let first = answers.columns.all.first().map_or(0, |column| column.number);
        let at = answers.sheet.place.at(number, first);
        let (problem, reason) = match why {
            LeftOut::Preview => (Diagnostic::survey_preview(at), words::TEST),
            LeftOut::Test(column) => {
                (Diagnostic::survey_test(answers.sheet.place.at(number, column)), words::TEST)
            }
            LeftOut::Duplicate => (Diagnostic::survey_answer_again(at), words::DUPLICATE),
            LeftOut::BreakOff => (Diagnostic::survey_break_off(at), words::BREAK_OFF),
        };
        self.problems.push(problem);
        noted.leave_out_row(reason);
    }

    /// The counts of all sheets.
    pub(super) fn finish(mut self, choices: &[&SurveyChoice]) -> (SurveyCounts, Problems) {
        self.problems.extend(self.list.doubts());
        choices.iter().for_each(|choice| self.problems.extend(self.list.unasked(choice)));
        let groups = self.groups.into_values().filter(|group| !group.parts.is_empty()).collect();
        let ItemList { items, constructs, .. } = self.list;
        (SurveyCounts { items, constructs, groups }, self.problems)
    }
}

impl SurveyAnswers<'_> {
    /// Whether most of its answers are in another language than English.
    pub(super) fn is_translated(&self) -> bool {
        let (mut english, mut other) = (0, 0);
        for (role, column) in self.roles.iter().zip(&self.columns.all) {
            let ColumnRole::Item(item) = role else { continue };
            for (meaning, choice) in item.scale.choices.iter().zip(&column.choices) {
                match meaning {
                    ChoiceMeaning::Point(_) => english += choice.count,
                    ChoiceMeaning::OtherLanguage(_) => other += choice.count,
                    ChoiceMeaning::NoAnswer | ChoiceMeaning::Outside => {}
                }
            }
        }
        other > english
    }

    /// The group of each row.
    fn respondents(&self) -> Vec<String> {
        let column = self.roles.iter().zip(&self.columns.all).find_map(|(role, column)| match role {
            ColumnRole::Respondents(groups) => Some((groups, column)),
            _ => None,
        });
        let usual = self.respondents.as_deref().unwrap_or(OTHERS);
        let rows = 0..self.columns.rows.len();
        let Some((groups, column)) = column.filter(|_| self.respondents.is_none()) else {
            return rows.map(|_| usual.to_owned()).collect();
        };
        rows.map(|row| {
            let group = column.choice(row).and_then(|choice| groups[choice].as_deref());
            group.unwrap_or(usual).to_owned()
        })
        .collect()
    }

    /// How many of some rows have an answer in a column.
    fn answered(&self, column: usize, rows: &[usize]) -> usize {
        rows.iter().filter(|row| self.columns.all[column].is_answered(**row)).count()
    }

    /// The school of a row, by the words with which it was first met; `None` if it names none.
    fn school(&self, row: usize) -> Option<String> {
        let place = self.roles.iter().position(|role| *role == ColumnRole::School)?;
        let column = &self.columns.all[place];
        let choice = &column.choices[column.choice(row)?];
        let first = column.choices.iter().find(|other| other.words == choice.words)?;
        Some(first.text.clone())
    }

    fn key(&self, group: &str) -> GroupKey {
        GroupKey { survey: self.choice.name.clone(), wave: self.wave, respondents: group.to_owned() }
    }

    fn cell(&self, at: AnswerCell) -> Place {
        self.sheet.place.at(self.columns.rows[at.row].number, self.columns.all[at.column].number)
    }
}

/// A person's answers to the items at the places `asked`.
fn person(answers: &SurveyAnswers<'_>, row: usize, asked: &[usize], items: &[AskedItem<'_>]) -> Person {
    let mut person = Person { points: Vec::with_capacity(asked.len()), answered: 0 };
    for place in asked {
        let AskedItem { column, item, question } = &items[*place];
        let choice = answers.columns.all[*column].choice(row);
        person.answered += usize::from(choice.is_some());
        let point = choice.and_then(|choice| question.scale.choices[choice].point());
        person.points.push(PersonPoint { item: *item, point });
    }
    person
}

fn add_points(part: &mut PartCounts, person: &Person, list: &ItemList) {
    for PersonPoint { item, point } in &person.points {
        if let Some(point) = point {
            let counts = part.items.entry(*item).or_insert_with(|| vec![0; list.items[*item].points()]);
            counts[*point] += 1;
        }
    }
}

/// Adds the share of each construct's items about which a person is favorable, if enough of them have an answer.
fn add_shares(part: &mut PartCounts, person: &Person, list: &ItemList, least: f64) {
    for construct in 0..list.constructs.len() {
        let (mut asked, mut answered, mut favorable) = (0, 0, 0);
        for PersonPoint { item, point } in &person.points {
            let known = &list.items[*item];
            if known.construct == Some(construct) {
                asked += 1;
                answered += usize::from(point.is_some());
                favorable += usize::from(point.is_some_and(|point| known.is_favorable(point)));
            }
        }
        if answered > 0 && answered as f64 >= least * f64::from(asked) {
            let share = favorable as f64 / answered as f64;
            part.constructs.entry(construct).or_default().add_share(share);
        }
    }
}
