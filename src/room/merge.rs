//! From the files that people filled in to the consensus and the log.

use std::collections::{BTreeMap, BTreeSet};

use sheets::{Sheet, SourceFile};

use super::added::OwnNumbers;
use super::answer::{Answer, Said};
use super::asked_statement::AskedStatement;
use super::ballot_key::{draft_of, is_key};
use super::ballot_sheet::{BallotContext, is_foreign, read_ballot};
use super::board::{ItemBoard, most_common};
use super::consensus::{Consensus, ConsensusRow, TableAgreement};
use super::consensus_rows::{RowRules, rows};
use super::counting::Counting;
use super::decisions::{MergeDecisions, gone};
use super::draft::Draft;
use super::feedback::{FeedbackInput, read_feedback};
use super::feedback_counts::Feedback;
use super::final_decision::FinalState;
use super::final_swot::{FinalParts, FinalSwot, final_log};
use super::form::{FormHead, read_form};
use super::headings::Headings;
use super::log::{LogEntry, log};
use super::similar::{ComparedItem, SimilarPair, similar_pairs};
use super::table_checks::TableChecks;
use super::table_label::TableLabel;
use crate::catalog::RoomSpec;
use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::domain::{DistrictId, FeedbackForm};
use crate::form_export::{SeenRows, all_notes, typed_cells};
use crate::wording::room as wording;

/// What is merged.
#[derive(Debug)]
pub struct RoomInput<'a> {
    /// The district's id in the project, in any spelling.
    pub district: &'a str,
    /// The title of the retreat.
    pub title: &'a str,
    /// The draft with whose numbers an earlier merge read the ballots, if there was one.
    pub recorded: Option<Draft>,
    /// The draft of the newest pack, if there is one.
    pub newest: Option<Draft>,
    /// The files that people filled in.
    pub files: &'a [SourceFile],
    /// The feedback that others gave on the consensus.
    pub feedback: &'a [SourceFile],
    /// How many people of each group were asked for feedback, where it is known.
    pub invited: &'a BTreeMap<String, u32>,
    /// What answers in the feedback mean, as the project says it: `agree` for `1`.
    pub codes: &'a BTreeMap<String, String>,
    /// Which group answers in the feedback mean, as the project says it: `families` for `4`.
    pub groups: &'a BTreeMap<String, String>,
    /// What a person decided after an earlier merge.
    pub decisions: &'a MergeDecisions,
    /// How ballots are read and counted.
    pub spec: &'a RoomSpec,
    /// How many people take part, and at how many tables.
    pub people: u32,
    /// The tables.
    pub tables: u32,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct MergedBallots {
    /// The draft with whose numbers the ballots were read.
    pub draft: Option<Draft>,
    /// What the tables agree on.
    pub consensus: Consensus,
    /// Every answer.
    pub log: Vec<LogEntry>,
    /// What others say of it, once they were asked.
    pub feedback: Option<Feedback>,
    /// What the team decides then; `None` as long as there is no feedback.
    pub final_swot: Option<FinalSwot>,
    /// What is to be looked at.
    pub problems: Vec<Diagnostic>,
}

/// Merges what people wrote. The order of the files makes no difference.
#[must_use]
pub fn merge(input: &RoomInput<'_>) -> MergedBallots {
    let mut files: Vec<&SourceFile> = input.files.iter().collect();
    files.sort_by(|a, b| (&a.file, &a.sha256).cmp(&(&b.file, &b.sha256)));
    let mut problems = Problems::new();
    let ballots = ballots_of_project(&files, input, &mut problems);
    let drafts: Vec<&Draft> = ballots.iter().filter_map(|ballot| ballot.draft.as_ref()).collect();
    let main = main_draft(input, &drafts);
    let board = ItemBoard::new(main, input.newest.as_ref(), &drafts);
    let mut read = RoomAnswers::default();
    for ballot in &ballots {
        read.add_file(ballot, &board, input.spec);
    }
    problems.extend(read.problems.drain(..));
    let tables = TableChecks { answers: &read.answers, ballots: &read.ballots, people: &read.people, input };
    tables.check(&mut problems);
    let counting = Counting::new(&read.answers, &board, input.decisions);
    let edits = &counting.decisions.edits;
    let rules = RowRules { board: &board, edits, most: input.spec.most, people: &read.people };
    let rows = rows(&counting, rules);
    check_consensus(&rows, &counting, input.spec, &mut problems);
    let log = log(&read.answers, &counting, &board, edits);
    for item in gone(input.decisions, &counting.items) {
        problems.push(Diagnostic::decision_without_item(&item));
    }
    let decided = counting.decisions.clone();
    let consensus = Consensus {
        title: input.title.to_owned(),
        build: board.build.clone(),
        most: input.spec.most,
        tables: counting.tables.iter().cloned().collect(),
        similar: similar(&counting, input),
        statements: counting.items,
        rows,
    };
    let problems = problems.into_iter().collect();
    let mut merged = MergedBallots { draft: main.cloned(), consensus, log, problems, ..Default::default() };
    merged.ask_others(input, &decided);
    merged
}

impl MergedBallots {
    /// Adds what others say of the consensus, and what the team decided then.
    fn ask_others(&mut self, input: &RoomInput<'_>, decided: &MergeDecisions) {
        if !input.feedback.is_empty() {
            let asked: Vec<AskedStatement> = self.consensus.rows.iter().map(asked_statement).collect();
            let read = read_feedback(&FeedbackInput {
                files: input.feedback,
                form: FeedbackForm::Swot,
                asked: &asked,
                invited: input.invited,
                codes: input.codes,
                groups: input.groups,
                spec: input.spec,
            });
            self.feedback = Some(read.into(&mut self.problems));
        }
        let parts = FinalParts {
            consensus: &self.consensus,
            feedback: self.feedback.as_ref(),
            decisions: &decided.finals,
            additions: &decided.additions,
        };
        self.final_swot = parts.swot();
        for row in self.final_swot.iter().flat_map(|swot| &swot.rows) {
            if row.quadrant.is_none() && row.state == FinalState::Kept {
                self.problems.push(Diagnostic::final_item_without_quadrant(&row.item, &row.statement));
            }
        }
        self.log.extend(self.final_swot.iter().flat_map(final_log));
    }
}

/// What a form asks about an item.
fn asked_statement(row: &ConsensusRow) -> AskedStatement {
    AskedStatement { number: row.item.clone(), words: row.statement.clone() }
}

/// The draft with whose numbers ballots are read that do not say theirs: that of most ballots, or else of the merge before, or
/// else the newest.
fn main_draft<'a>(input: &'a RoomInput<'_>, of_ballots: &[&'a Draft]) -> Option<&'a Draft> {
    let of_most = most_common(input.newest.as_ref(), of_ballots);
    of_most.or(input.recorded.as_ref()).or(input.newest.as_ref())
}

/// A file that people filled in, with the draft that it was made from.
struct BallotFile<'a> {
    file: &'a SourceFile,
    draft: Option<Draft>,
}

/// The files, without those of other projects.
fn ballots_of_project<'a>(
    files: &[&'a SourceFile],
    input: &RoomInput<'_>,
    problems: &mut Problems,
) -> Vec<BallotFile<'a>> {
    let own = DistrictId::new(input.district);
    let newest = input.newest.as_ref().map(Draft::build);
    let mut ballots = Vec::new();
    for file in files {
        let draft = draft_of(file);
        if let Some(draft) = &draft {
            if DistrictId::new(&draft.district) != own {
                problems.push(Diagnostic::ballot_of_other_project(&file.file, &draft.title, &draft.district));
                continue;
            }
            if draft.title != input.title {
                problems.push(Diagnostic::ballot_with_other_title(&file.file, &draft.title));
            }
            if newest.as_ref().is_some_and(|newest| *newest != draft.build()) {
                problems.push(Diagnostic::ballot_of_older_build(&file.file));
            }
        }
        ballots.push(BallotFile { file, draft });
    }
    ballots
}

/// All answers of a project.
#[derive(Default)]
struct RoomAnswers {
    answers: Vec<Answer>,
    people: BTreeMap<TableLabel, u32>,
    problems: Vec<Diagnostic>,
    /// The sheets with a ballot of each table.
    ballots: BTreeMap<TableLabel, Vec<Place>>,
    numbers: OwnNumbers,
    rows: SeenRows,
}

/// A sheet that is not a ballot and has more texts than this is some other spreadsheet.
const NOTES: usize = 200;

impl RoomAnswers {
    fn add_file(&mut self, ballot: &BallotFile<'_>, board: &ItemBoard, spec: &RoomSpec) {
        let before = self.answers.len();
        let repeated = self.rows.repeated();
        let context = BallotContext { spec, board, draft: ballot.draft.as_ref() };
        let mut is_ballot = false;
        for sheet in ballot.file.sheets.iter().filter(|sheet| !is_key(sheet)) {
            is_ballot |= self.add_sheet(sheet, context);
        }
        // A form with nothing but the answers of an earlier export is not empty; its rows are named.
        let is_copy = self.rows.repeated() > repeated;
        if is_ballot && !is_copy && self.answers.len() == before {
            self.problems.push(Diagnostic::ballot_empty(&ballot.file.file));
        }
    }

    /// Reads a sheet, and returns whether it is a ballot or a form.
    fn add_sheet(&mut self, sheet: &Sheet, context: BallotContext<'_>) -> bool {
        let headings = Headings::find(sheet, context.spec);
        let is_ballot = headings.as_ref().is_some_and(Headings::is_clear);
        if let Some(head) = FormHead::find(sheet, context.spec).filter(|_| !is_ballot) {
            let (answers, problems) = read_form(sheet, &head, context, &mut self.numbers, &mut self.rows);
            self.answers.extend(answers);
            self.problems.extend(problems);
            return true;
        }
        let Some(headings) = headings else {
            self.notes(sheet, context.spec);
            return false;
        };
        if is_foreign(sheet, &headings, context) {
            self.problems.push(Diagnostic::ballot_of_unknown_build(sheet.place.clone()));
            return true;
        }
        let (table, read) = read_ballot(sheet, &headings, context, &mut self.numbers);
        self.problems.extend(read.problems);
        if !read.answers.is_empty() {
            if let Some(people) = read.people {
                let known = self.people.entry(table.clone()).or_default();
                *known = people.max(*known);
            }
            self.ballots.entry(table).or_default().push(sheet.place.clone());
            self.answers.extend(read.answers);
        }
        true
    }

    /// A sheet that is not a ballot: its texts are comments, unless they are too many for notes.
    fn notes(&mut self, sheet: &Sheet, spec: &RoomSpec) {
        if sheet.cell_count() > NOTES {
            self.problems.push(Diagnostic::not_a_ballot(sheet.place.clone()));
            return;
        }
        let name = sheet.place.sheet.as_deref().unwrap_or(&sheet.place.file);
        let cells = sheet.rows().flat_map(|row| typed_cells(sheet, row.number));
        for cell in cells.chain(all_notes(sheet)) {
            let why = if cell.is_note { wording::NOTE_AT_CELL } else { wording::NO_BALLOT };
            self.problems.push(Diagnostic::ballot_cell_elsewhere(cell.place.clone(), why));
            self.answers.push(Answer {
                table: TableLabel::read(name, spec),
                person: None,
                item: String::new(),
                said: Said::Comment(cell.text),
                place: cell.place,
            });
        }
    }
}

/// Names accepted items that the newest data no longer supports, and tables that contradict themselves.
fn check_consensus(rows: &[ConsensusRow], counting: &Counting<'_>, spec: &RoomSpec, problems: &mut Problems) {
    for row in rows.iter().filter(|row| row.agreement != TableAgreement::None) {
        if row.is_supported == Some(false) {
            problems.push(Diagnostic::item_not_supported(&row.item, &row.statement));
        } else if let Some(now) = &row.says_now {
            problems.push(Diagnostic::item_says_now(&row.item, now));
        }
    }
    for item in counting.items.iter().filter(|item| counting.answers.contains_key(item.item.as_str())) {
        for (table, position) in counting.positions_on(&item.item) {
            if position.is_contradictory {
                problems.push(Diagnostic::table_contradicts(&table.to_string(), &item.item));
            }
            if position.has_contradictory_person {
                problems.push(Diagnostic::person_contradicts(&table.to_string(), &item.item));
            }
        }
    }
    let unsorted = rows.iter().filter(|row| row.quadrant.is_none()).count();
    if unsorted > spec.many_added {
        problems.push(Diagnostic::many_unsorted(unsorted));
    }
}

/// The items that may be one, without those that a person has judged.
fn similar(counting: &Counting<'_>, input: &RoomInput<'_>) -> Vec<SimilarPair> {
    let leaders = counting.items.iter().filter(|item| counting.groups.leader(&item.item) == item.item);
    let compared: Vec<ComparedItem> = leaders
        .map(|item| ComparedItem::new(&item.item, &item.statement, counting.is_added(&item.item), input.spec))
        .collect();
    if compared.len() > input.spec.compared {
        return Vec::new();
    }
    let judged: BTreeSet<_> =
        counting.decisions.pairs.iter().filter(|one| one.same.is_some()).map(|one| &one.pair).collect();
    let mut pairs = similar_pairs(&compared, input.spec);
    pairs.retain(|similar| !judged.contains(&similar.pair));
    pairs.sort_by(|a, b| b.alike.total_cmp(&a.alike).then_with(|| a.pair.cmp(&b.pair)));
    pairs
}
