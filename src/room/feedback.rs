//! Reads what others say, by who they are: of the consensus between the two retreats, and later of the draft plan.

use std::collections::{BTreeMap, BTreeSet};

use sheets::{Sheet, SourceFile};

use super::answer::runs_as_formula;
use super::answer_words::is_nothing;
use super::asked_statement::AskedStatement;
use super::feedback_answers::{
    AnswerRules, GroupCell, OTHERS, Opinion, OpinionCell, UnclearAnswer, UnclearAnswers,
};
use super::feedback_counts::{Feedback, FeedbackComment, FeedbackCounts, FeedbackGroup, FeedbackRow};
use super::feedback_head::{FeedbackHead, FeedbackQuestion};
use crate::catalog::{EVERYBODY, RoomSpec};
use crate::diagnostic::{Diagnostic, Problems, Warned};
use crate::domain::FeedbackForm;
use crate::form_export::{AnsweredRow, SeenRows, Typed, all_notes, plain};

/// What feedback is read from.
#[derive(Debug, Clone, Copy)]
pub struct FeedbackInput<'a> {
    /// The files, in any order.
    pub files: &'a [SourceFile],
    /// What the form asks for feedback on.
    pub form: FeedbackForm,
    /// The statements that it asks about, in the order in which they are counted. One may be there in several wordings.
    pub asked: &'a [AskedStatement],
    /// How many people of each group were asked, where it is known.
    pub invited: &'a BTreeMap<String, u32>,
    /// What answers mean, as the project says it: `agree` for `1`.
    pub codes: &'a BTreeMap<String, String>,
    /// Which group answers mean, as the project says it: `families` for `4`.
    pub groups: &'a BTreeMap<String, String>,
    /// How answers are read and counted.
    pub spec: &'a RoomSpec,
}

/// Reads the feedback in files, in the order of their names.
#[must_use]
pub fn read_feedback(input: &FeedbackInput<'_>) -> Warned<Feedback> {
    let mut reading = FeedbackReading::new(*input);
    let mut files: Vec<&SourceFile> = input.files.iter().collect();
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
    input: FeedbackInput<'a>,
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
    fn new(input: FeedbackInput<'a>) -> Self {
        let FeedbackInput { spec, codes, groups, .. } = input;
        Self {
            spec,
            rules: AnswerRules { spec, codes, groups },
            input,
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
        let Some(head) = FeedbackHead::find(sheet, self.input.asked, self.spec) else {
            return self.problems.push(Diagnostic::not_feedback(sheet.place.clone(), self.input.form));
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
            let listed = UnclearAnswer::listed(&answers);
            self.problems.push(Diagnostic::feedback_codes(place, self.input.form, &listed));
        }
        for (column, answers) in std::mem::take(&mut self.unclear_groups).columns() {
            let place = head.place(sheet, column);
            let listed = UnclearAnswer::listed(&answers);
            self.problems.push(Diagnostic::feedback_groups_unclear(place, self.input.form, &listed));
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
        let is_known = groups.all(|group| self.input.invited.contains_key(group));
        let sum = self.input.invited.values().fold(0_u32, |sum, asked| sum.saturating_add(*asked));
        self.input.invited.get(EVERYBODY).copied().or(is_known.then_some(sum))
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
                group => self.input.invited.get(group).copied(),
            };
            let people = (!is_hidden).then_some(*people);
            groups.push(FeedbackGroup { group: group.clone(), people, invited });
        }
        let asked = self.input.invited.iter().filter(|(group, _)| !self.people.contains_key(*group));
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
        let mut seen = BTreeSet::new();
        let numbers = self.input.asked.iter().map(|statement| statement.number.as_str());
        for item in numbers.filter(|number| seen.insert(*number)) {
            if let Some(groups) = self.counts.get(item) {
                rows.extend(item_rows(item, groups, fewest));
            }
        }
        let groups = self.people.iter().filter(|(group, _)| *group != EVERYBODY);
        let withheld = withheld_groups(groups.map(|(group, people)| (group, *people)), fewest);
        let people_of_groups = self.groups(&withheld);
        let mut problems: Vec<Diagnostic> = self.problems.into_iter().collect();
        problems.extend(people_of_groups.iter().filter_map(|group| group.more_than_asked(self.input.form)));
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
