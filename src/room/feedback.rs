//! What others say of the consensus between the two retreats, by who they are.

use std::collections::{BTreeMap, BTreeSet};

use sheets::{Sheet, SourceFile};
use statistics::wilson::wilson;

use super::answer::runs_as_formula;
use super::answer_words::is_nothing;
use super::consensus::Consensus;
use super::feedback_answers::{
    AnswerRules, GroupCell, OTHERS, Opinion, OpinionCell, UnclearAnswer, UnclearAnswers,
};
use super::feedback_head::{FeedbackHead, FeedbackQuestion};
use crate::catalog::{EVERYBODY, RoomSpec};
use crate::diagnostic::{Diagnostic, Problems, Warned};
use crate::form_export::{AnsweredRow, SeenRows, Typed, all_notes, plain};

/// The feedback on all items.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feedback {
    /// The counts, by item and group.
    pub rows: Vec<FeedbackRow>,
    /// The comments, for the team.
    pub comments: Vec<FeedbackComment>,
    /// How many people answered, by group, and in all.
    pub people: BTreeMap<String, usize>,
    /// How many of each group may be told, everybody first.
    pub groups: Vec<FeedbackGroup>,
}

/// How many people of a group answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackGroup {
    /// The group.
    pub group: String,
    /// How many answered; `None` if it is withheld because they are so few.
    pub people: Option<usize>,
    /// How many were asked, if the project says so.
    pub invited: Option<u32>,
}

impl FeedbackGroup {
    /// The problem that more people answered than were asked.
    fn more_than_asked(&self) -> Option<Diagnostic> {
        let (people, invited) = (self.people?, self.invited?);
        (people > invited as usize)
            .then(|| Diagnostic::feedback_more_than_asked(&self.group, people, invited))
    }

    /// The percent of those asked that answered; `None` if it is withheld or not known, or if more answered than were asked.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let (people, invited) = (self.people? as f64, f64::from(self.invited?));
        (people <= invited && invited > 0.0).then(|| (people * 1000.0 / invited).round() / 10.0)
    }
}

/// What a group says of an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedbackRow {
    /// The number of the item.
    pub item: String,
    /// The group.
    pub group: String,
    /// The counts; `None` if they are withheld because so few people answered.
    pub counts: Option<FeedbackCounts>,
}

/// How many people agree.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedbackCounts {
    /// How many answered.
    pub people: usize,
    /// How many agree.
    pub agree: usize,
    /// How many disagree.
    pub disagree: usize,
    /// How many wrote a comment.
    pub comments: usize,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedbackComment {
    /// The number of the item; empty if it is about none.
    pub item: String,
    /// The group; empty if so few people of it answered that it could tell who wrote this.
    pub group: String,
    /// What was written.
    pub text: String,
    /// The file in which it stands.
    pub file: String,
}

impl FeedbackCounts {
    /// The percent that agrees; `None` if nobody answered.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let percent = self.agree as f64 * 100.0 / self.people as f64;
        (self.people > 0).then(|| (percent * 10.0).round() / 10.0)
    }

    /// The 95% interval of the percent that agrees.
    #[must_use]
    pub fn interval(&self) -> Option<[f64; 2]> {
        let people = self.people as f64;
        let ends = wilson(self.agree as f64 / people, people)?;
        Some([ends.0, ends.1].map(|end| (end * 1000.0).round() / 10.0))
    }
}

/// Reads the feedback in files, in the order of their names.
pub(super) fn feedback(
    files: &[SourceFile],
    consensus: &Consensus,
    rules: AnswerRules<'_>,
    invited: &BTreeMap<String, u32>,
) -> Warned<Feedback> {
    let mut reading = FeedbackReading::new(rules, consensus, invited);
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| (&a.file, &a.sha256).cmp(&(&b.file, &b.sha256)));
    for sheet in files.iter().flat_map(|file| &file.sheets) {
        reading.sheet(sheet);
    }
    reading.finish()
}

/// Reading feedback.
struct FeedbackReading<'a> {
    spec: &'a RoomSpec,
    rules: AnswerRules<'a>,
    consensus: &'a Consensus,
    invited: &'a BTreeMap<String, u32>,
    counts: BTreeMap<String, BTreeMap<String, FeedbackCounts>>,
    comments: Vec<FeedbackComment>,
    people: BTreeMap<String, usize>,
    rows: SeenRows,
    /// Numbers on the sheet that is being read of which nobody said what they mean.
    codes: UnclearAnswers,
    /// Its answers that name no group, or several.
    unclear_groups: UnclearAnswers,
    problems: Problems,
}

impl<'a> FeedbackReading<'a> {
    fn new(rules: AnswerRules<'a>, consensus: &'a Consensus, invited: &'a BTreeMap<String, u32>) -> Self {
        Self {
            spec: rules.spec,
            rules,
            consensus,
            invited,
            counts: BTreeMap::new(),
            comments: Vec::new(),
            people: BTreeMap::new(),
            rows: SeenRows::default(),
            codes: UnclearAnswers::default(),
            unclear_groups: UnclearAnswers::default(),
            problems: Problems::new(),
        }
    }

    fn sheet(&mut self, sheet: &Sheet) {
        let Some(head) = FeedbackHead::find(sheet, self.consensus, self.spec) else {
            return self.problems.push(Diagnostic::not_feedback(sheet.place.clone()));
        };
        self.problems.extend(all_notes(sheet).into_iter().map(|note| Diagnostic::cell_note(note.place)));
        self.problems.extend(head.personal.iter().cloned().map(Diagnostic::form_question_about_person));
        let rows = self.rows.read(sheet, head.first, head.exported(sheet, &self.spec.forms));
        for row in &rows {
            self.repeated(row);
            self.person(row, &head);
        }
        for (column, answers) in std::mem::take(&mut self.codes).columns() {
            let place = head.place(sheet, column);
            self.problems.push(Diagnostic::feedback_codes(place, &UnclearAnswer::listed(&answers)));
        }
        for (column, answers) in std::mem::take(&mut self.unclear_groups).columns() {
            let place = head.place(sheet, column);
            self.problems.push(Diagnostic::feedback_groups_unclear(place, &UnclearAnswer::listed(&answers)));
        }
    }

    /// Names a row that an earlier export has too, or that may be a copy within its own.
    fn repeated(&mut self, row: &AnsweredRow) {
        let Some(place) = row.cells.first().map(|cell| cell.place.clone()) else { return };
        if let Some(perhaps) = &row.perhaps_copied {
            self.problems.push(perhaps.problem(place));
        } else if let Some(again) = &row.again {
            self.problems.push(again.problem(place));
        } else if row.is_alike {
            self.problems.push(Diagnostic::feedback_row_alike(place));
        }
    }

    fn person(&mut self, row: &AnsweredRow, head: &FeedbackHead) {
        let preview = &self.spec.forms.preview;
        let mut about = row.cells.iter().filter(|cell| head.of(cell.column) == FeedbackQuestion::Metadata);
        if let Some(cell) = about.find(|cell| preview.contains(&plain(&cell.text))) {
            return self.problems.push(Diagnostic::feedback_preview(cell.place.clone()));
        }
        let mut cells = row.new_cells();
        cells.retain(|cell| !is_nothing(&cell.text, self.spec));
        let has_answer = cells.iter().any(|cell| {
            matches!(head.of(cell.column), FeedbackQuestion::Agree(_) | FeedbackQuestion::Comment(_))
        });
        if !has_answer {
            return;
        }
        let group = self.group(&row.cells, head).to_owned();
        // Who is in an earlier export is counted there.
        if row.again.is_none() {
            for of in [EVERYBODY, group.as_str()] {
                *self.people.entry(of.to_owned()).or_default() += 1;
            }
        }
        let mut judged = BTreeSet::new();
        for cell in &cells {
            match head.of(cell.column) {
                // A second answer on an item is kept as a comment.
                FeedbackQuestion::Agree(item) if !judged.insert(item.clone()) => {
                    self.comment(&item, &group, cell)
                }
                FeedbackQuestion::Agree(item) => self.opinion(&item, &group, cell),
                FeedbackQuestion::Comment(item) => self.comment(&item, &group, cell),
                FeedbackQuestion::Group | FeedbackQuestion::Metadata => {}
            }
        }
    }

    /// The group that the cells of a row name. If people can choose several, each may have a column of its own.
    fn group(&mut self, cells: &[Typed], head: &FeedbackHead) -> &'a str {
        let named = cells.iter().filter(|cell| head.of(cell.column) == FeedbackQuestion::Group);
        let named: Vec<&Typed> = named.filter(|cell| !is_nothing(&cell.text, self.spec)).collect();
        let Some(first) = named.first() else { return OTHERS };
        let text = named.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", ");
        match self.rules.group(&text) {
            GroupCell::Known(group) => group,
            GroupCell::NoGroup => OTHERS,
            GroupCell::Unclear => {
                self.unclear_groups.add(first.column, &text);
                OTHERS
            }
        }
    }

    fn opinion(&mut self, item: &str, group: &str, cell: &Typed) {
        let opinion = match self.rules.opinion(&cell.text) {
            OpinionCell::Known(opinion) => opinion,
            OpinionCell::Code => return self.codes.add(cell.column, &cell.text),
            OpinionCell::Unknown => {
                self.problems.push(Diagnostic::feedback_no_opinion(cell.place.clone()));
                return self.comment(item, group, cell);
            }
        };
        for of in [EVERYBODY, group] {
            let counts = self.counts_of(item, of);
            counts.people += 1;
            counts.agree += usize::from(opinion == Opinion::Agrees);
            counts.disagree += usize::from(opinion == Opinion::Disagrees);
        }
    }

    fn comment(&mut self, item: &str, group: &str, cell: &Typed) {
        if runs_as_formula(&cell.text) {
            self.problems.push(Diagnostic::ballot_formula(cell.place.clone()));
        }
        if cell.text.chars().count() > self.spec.feedback.comment_letters {
            self.problems
                .push(Diagnostic::feedback_long(cell.place.clone(), self.spec.feedback.comment_letters));
        }
        if !item.is_empty() {
            for of in [EVERYBODY, group] {
                self.counts_of(item, of).comments += 1;
            }
        }
        self.comments.push(FeedbackComment {
            item: item.to_owned(),
            group: group.to_owned(),
            text: cell.text.clone(),
            // Its row in the export would say who wrote it.
            file: cell.place.file.clone(),
        });
    }

    /// How many people were asked in all; `None` unless it is known of every group of which somebody answered.
    fn invited_in_all(&self) -> Option<u32> {
        let mut groups = self.people.keys().filter(|group| *group != EVERYBODY);
        let is_known = groups.all(|group| self.invited.contains_key(group));
        let sum = self.invited.values().fold(0_u32, |sum, asked| sum.saturating_add(*asked));
        self.invited.get(EVERYBODY).copied().or(is_known.then_some(sum))
    }

    /// How many people of each group answered, everybody first, without the groups that are withheld. Groups that were asked, and of
    /// which nobody answered, are there too.
    fn groups(&self, withheld: &BTreeSet<String>) -> Vec<FeedbackGroup> {
        let fewest = self.spec.feedback.fewest as usize;
        let mut groups: Vec<FeedbackGroup> = Vec::new();
        for (group, people) in &self.people {
            let is_hidden = *people < fewest || withheld.contains(group);
            let invited = match group.as_str() {
                EVERYBODY => self.invited_in_all(),
                group => self.invited.get(group).copied(),
            };
            let people = (!is_hidden).then_some(*people);
            groups.push(FeedbackGroup { group: group.clone(), people, invited });
        }
        let asked = self.invited.iter().filter(|(group, _)| !self.people.contains_key(*group));
        for (group, invited) in asked.filter(|(group, _)| *group != EVERYBODY) {
            groups.push(FeedbackGroup { group: group.clone(), people: Some(0), invited: Some(*invited) });
        }
        groups.sort_by_key(|group| group.group != EVERYBODY);
        groups
    }

    fn counts_of(&mut self, item: &str, group: &str) -> &mut FeedbackCounts {
        self.counts.entry(item.to_owned()).or_default().entry(group.to_owned()).or_default()
    }

    fn finish(self) -> Warned<Feedback> {
        let fewest = self.spec.feedback.fewest as usize;
        let mut rows = Vec::new();
        let mut items: Vec<&str> = self.consensus.rows.iter().map(|row| row.item.as_str()).collect();
        items.dedup();
        let mut seen = BTreeSet::new();
        for item in items.into_iter().filter(|item| seen.insert(*item)) {
            if let Some(groups) = self.counts.get(item) {
                rows.extend(item_rows(item, groups, fewest));
            }
        }
        let groups = self.people.iter().filter(|(group, _)| *group != EVERYBODY);
        let withheld = withheld_groups(groups.map(|(group, people)| (group, *people)), fewest);
        let people_of_groups = self.groups(&withheld);
        let mut problems: Vec<Diagnostic> = self.problems.into_iter().collect();
        problems.extend(people_of_groups.iter().filter_map(FeedbackGroup::more_than_asked));
        let mut comments = self.comments;
        for comment in comments.iter_mut().filter(|comment| withheld.contains(&comment.group)) {
            comment.group.clear();
        }
        comments.sort();
        let value = Feedback { rows, comments, people: self.people, groups: people_of_groups };
        Warned { value, diagnostics: problems }
    }
}

/// The groups of which so few people answered that they are withheld, and if these are few together, so that they could be worked
/// out from the others, the smallest of the others too.
fn withheld_groups<'g>(groups: impl Iterator<Item = (&'g String, usize)>, fewest: usize) -> BTreeSet<String> {
    let mut parts: Vec<(&String, usize)> = groups.collect();
    parts.sort_by_key(|(group, people)| (*people, (*group).clone()));
    let few = parts.iter().filter(|(_, people)| *people < fewest).count();
    let people: usize = parts[..few].iter().map(|(_, people)| *people).sum();
    let withheld = if few > 0 && people < fewest { (few + 1).min(parts.len()) } else { few };
    parts[..withheld].iter().map(|(group, _)| (*group).clone()).collect()
}

/// The rows of an item: everybody, then the groups.
fn item_rows(item: &str, groups: &BTreeMap<String, FeedbackCounts>, fewest: usize) -> Vec<FeedbackRow> {
    let parts = groups.iter().filter(|(group, _)| *group != EVERYBODY);
    let withheld = withheld_groups(parts.map(|(group, counts)| (group, counts.people)), fewest);
    let all = groups.get_key_value(EVERYBODY).into_iter();
    let others = groups.iter().filter(|(group, _)| *group != EVERYBODY);
    all.chain(others)
        .map(|(group, counts)| {
            let is_hidden = counts.people < fewest || withheld.contains(group);
            let counts = (!is_hidden).then(|| counts.clone());
            FeedbackRow { item: item.to_owned(), group: group.clone(), counts }
        })
        .collect()
}
