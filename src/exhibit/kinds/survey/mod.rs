//! What people say in surveys: who answered, by subject, by question, what changed, and how groups differ.

mod changes;
mod constructs;
mod differences;
mod items;
mod response;

use std::collections::BTreeSet;

use super::context::ExhibitContext;
use super::description;
use super::draft::YearSpan;
use crate::catalog::SurveyView;
use crate::compare::{PerceptionComparison, PerceptionSubject};
use crate::disclosure::RespondentGroup;
use crate::domain::SchoolYear;
use crate::exhibit::figure::Figure;
use crate::exhibit::model::{Basis, Exhibit};
use crate::exhibit::table::Table;
use crate::finding::Findings;
use crate::wording::perception as words;

/// What one view contributes to its exhibit.
struct SurveyDraft {
    figure: Figure,
    /// What it can say, the most telling first.
    findings: Vec<String>,
    sub_line: String,
    table: Table,
    /// The groups that it shows, as places among all.
    groups: Vec<usize>,
    /// How its numbers are computed.
    method: &'static str,
    notes: Vec<String>,
    /// Which direction is better; empty where that is not the question.
    direction: &'static str,
    alt: String,
}

/// The exhibit of a view.
///
/// # Errors
/// Why there is nothing to show.
pub(super) fn exhibit(
    context: &ExhibitContext<'_>,
    findings: &Findings,
    said: &mut BTreeSet<String>,
) -> Result<Exhibit, String> {
    let survey = SurveyContext { context, perception: &context.comparisons.perception };
    if survey.perception.latest.is_empty() {
        return Err(words::NO_SURVEY.to_owned());
    }
    let draft = match context.spec.survey.unwrap_or(SurveyView::Response) {
        SurveyView::Response => response::draft(survey),
        SurveyView::Constructs => constructs::draft(survey),
        SurveyView::Items => items::draft(survey),
        SurveyView::Changes => changes::draft(survey),
        SurveyView::Differences => differences::draft(survey),
    }?;
    Ok(survey.finish(draft, findings, said))
}

/// An exhibit's specification with the surveys.
#[derive(Clone, Copy)]
struct SurveyContext<'a> {
    context: &'a ExhibitContext<'a>,
    perception: &'a PerceptionComparison,
}

impl SurveyContext<'_> {
    fn group(&self, place: usize) -> &RespondentGroup {
        self.perception.group(place)
    }

    /// The name of the group at a place.
    fn label(&self, place: usize) -> &str {
        self.context.catalog.perception.label(&self.group(place).respondents)
    }

    /// What the answers of the group at a place are called.
    fn answers(&self, place: usize) -> &str {
        self.context.catalog.perception.answers(&self.group(place).respondents)
    }

    /// The words of a subject, or its name.
    fn subject(&self, subject: PerceptionSubject) -> &str {
        match subject {
            PerceptionSubject::Construct(place) => &self.perception.perception.constructs[place].label,
            PerceptionSubject::Item(place) => &self.perception.perception.items[place].text,
        }
    }

    /// What a chart calls a subject: of an item with which it is better to disagree, that is said.
    fn chart_label(&self, subject: PerceptionSubject) -> String {
        match subject {
            PerceptionSubject::Item(place) if self.perception.perception.items[place].reverse => {
                words::better_to_disagree(self.subject(subject))
            }
            _ => self.subject(subject).to_owned(),
        }
    }

    /// What a finding calls a subject: the name of a construct. Words of an item are too long.
    fn short_subject(&self, subject: PerceptionSubject) -> Option<&str> {
        matches!(subject, PerceptionSubject::Construct(_)).then(|| self.subject(subject))
    }

    /// The waves of groups, each once, in the order of time.
    fn waves(&self, groups: &[usize]) -> Vec<String> {
        let waves: BTreeSet<_> = groups.iter().map(|place| self.group(*place).wave).collect();
        waves.into_iter().map(words::wave).collect()
    }

    /// Whether a figure of so many people is told of in a finding.
    const fn is_of_many(&self, people: u32) -> bool {
        people >= self.context.catalog.findings.fewest_in_findings
    }

    fn years(&self, groups: &[usize]) -> YearSpan {
        let years = groups.iter().filter_map(|place| Some(self.group(*place).wave?.year.end()));
        let newest = self.context.comparisons.newest.map_or(0, SchoolYear::end);
        let (first, last) = (years.clone().min().unwrap_or(newest), years.max().unwrap_or(newest));
        YearSpan { first, last }
    }

    /// Adds what all views share.
    fn finish(self, draft: SurveyDraft, findings: &Findings, said: &mut BTreeSet<String>) -> Exhibit {
        let (context, spec) = (self.context, self.context.spec);
        let years = self.years(&draft.groups);
        let age = description::age(context, years);
        let is_silent = description::is_silent(context, years);
        let finding = draft.findings.into_iter().find(|finding| !is_silent && said.insert(finding.clone()));
        let mut notes = draft.notes;
        notes.push(draft.method.to_owned());
        let basis = self.basis(&draft.groups, years, draft.method);
        Exhibit {
            id: spec.id.clone(),
            code: spec.code.clone(),
            core: spec.core && age.is_empty(),
            domain: spec.domain.clone(),
            topic: spec.topic.clone(),
            title: spec.title.clone(),
            direction: draft.direction,
            caveat: spec.caveat.clone(),
            age,
            definition: words::DEFINITION.to_owned(),
            finding: finding.unwrap_or_default(),
            sub_line: draft.sub_line,
            figure: draft.figure,
            table: draft.table,
            note: notes.join(" "),
            source: words::source(&self.waves(&draft.groups), &spec.code),
            files: self.files(&draft.groups),
            basis,
            alt: draft.alt,
            notice: spec.notice.clone(),
            wonder: spec.wonder.clone(),
            search: spec.search.clone(),
            findings: self.finding_ids(findings),
            series: Vec::new(),
        }
    }

    fn basis(&self, groups: &[usize], years: YearSpan, method: &'static str) -> Basis {
        let people = groups.iter().filter_map(|place| self.group(*place).people.map(f64::from));
        let fewest = people.clone().reduce(f64::min);
        Basis {
            window: SchoolYear::ending(years.first).ok().zip(SchoolYear::ending(years.last).ok()),
            people: fewest.zip(people.reduce(f64::max)),
            method,
            ..Basis::default()
        }
    }

    fn files(&self, groups: &[usize]) -> String {
        let files: BTreeSet<&String> = groups.iter().flat_map(|place| &self.group(*place).files).collect();
        files.into_iter().cloned().collect::<Vec<_>>().join(", ")
    }

    /// Candidates on surveys, for the exhibits of subjects.
    fn finding_ids(&self, findings: &Findings) -> Vec<String> {
        let is_of_subjects = self.context.spec.survey == Some(SurveyView::Constructs);
        let of_domain =
            findings.all.iter().filter(|one| one.domain == self.context.spec.domain && is_of_subjects);
        of_domain.map(|finding| finding.id.clone()).collect()
    }
}
