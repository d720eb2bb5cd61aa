//! What the views of surveys share: the surveys, and what every exhibit of them has.

use std::collections::BTreeSet;

use crate::catalog::{SurveyFact, SurveyView};
use crate::compare::{PerceptionComparison, PerceptionSubject};
use crate::disclosure::RespondentGroup;
use crate::domain::{SchoolYear, Unit};
use crate::exhibit::figure::Figure;
use crate::exhibit::kinds::basis::basis_notes;
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::description;
use crate::exhibit::kinds::draft::YearSpan;
use crate::exhibit::model::{Basis, Exhibit};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding::{Finding, Findings};
use crate::wording::perception as words;

/// What one view contributes to its exhibit.
pub(super) struct SurveyDraft {
    pub(super) figure: Figure,
    /// What it can say, the most telling first.
    pub(super) findings: Vec<String>,
    pub(super) sub_line: String,
    pub(super) table: Table,
    /// The groups that it shows, as places among all.
    pub(super) groups: Vec<usize>,
    /// How its numbers are computed.
    pub(super) method: &'static str,
    pub(super) notes: Vec<String>,
    /// Which direction is better; empty where that is not the question.
    pub(super) direction: &'static str,
    pub(super) alt: String,
}

/// An exhibit's specification with the surveys.
#[derive(Clone, Copy)]
pub(super) struct SurveyContext<'a> {
    pub(super) context: &'a ExhibitContext<'a>,
    pub(super) perception: &'a PerceptionComparison,
}

impl SurveyContext<'_> {
    pub(super) fn group(&self, place: usize) -> &RespondentGroup {
        self.perception.group(place)
    }

    /// The name of the group at a place.
    pub(super) fn label(&self, place: usize) -> &str {
        self.context.catalog.perception.label(&self.group(place).respondents)
    }

    /// What the people of the group at a place are called after a number.
    pub(super) fn people(&self, place: usize) -> String {
        self.context.catalog.perception.people(&self.group(place).respondents)
    }

    /// What the answers of the group at a place are called.
    pub(super) fn answers(&self, place: usize) -> &str {
        self.context.catalog.perception.answers(&self.group(place).respondents)
    }

    /// The words of a subject, or its name.
    pub(super) fn subject(&self, subject: PerceptionSubject) -> &str {
        match subject {
            PerceptionSubject::Construct(place) => &self.perception.perception.constructs[place].label,
            PerceptionSubject::Item(place) => &self.perception.perception.items[place].text,
        }
    }

    /// What a chart calls a subject: of an item with which it is better to disagree, that is said.
    pub(super) fn chart_label(&self, subject: PerceptionSubject) -> String {
        match subject {
            PerceptionSubject::Item(place) if self.perception.perception.items[place].reverse => {
                words::better_to_disagree(self.subject(subject))
            }
            _ => self.subject(subject).to_owned(),
        }
    }

    /// What a finding calls a subject: the name of a construct. Words of an item are too long.
    pub(super) fn short_subject(&self, subject: PerceptionSubject) -> Option<&str> {
        matches!(subject, PerceptionSubject::Construct(_)).then(|| self.subject(subject))
    }

    /// The waves of groups, each once, in the order of time.
    pub(super) fn waves(&self, groups: &[usize]) -> Vec<String> {
        let waves: BTreeSet<_> = groups.iter().map(|place| self.group(*place).wave).collect();
        waves.into_iter().map(words::wave).collect()
    }

    /// Whether a finding may mention a figure about this many people.
    pub(super) const fn is_of_many(&self, people: u32) -> bool {
        people >= self.context.catalog.findings.fewest_in_findings
    }

    /// Whether many people of the group at a place answered.
    pub(super) fn is_group_of_many(&self, place: usize) -> bool {
        self.group(place).people.is_some_and(|people| self.is_of_many(people))
    }

    /// The share of favorable answers as a cell of a table, in percent.
    pub(super) fn percent(&self, share: Option<f64>) -> ExhibitCell {
        ExhibitCell::number_or_absent(share.map(|share| share * 100.0), Unit::Percent, || self.withheld())
    }

    /// Why a figure is not there.
    pub(super) fn withheld(&self) -> String {
        words::withheld(self.perception.perception.smallest_group)
    }

    pub(super) fn years(&self, groups: &[usize]) -> YearSpan {
        let years = groups.iter().filter_map(|place| Some(self.group(*place).wave?.year.end()));
        let newest = self.context.comparisons.newest.map_or(0, SchoolYear::end);
        let (first, last) = (years.clone().min().unwrap_or(newest), years.max().unwrap_or(newest));
        YearSpan { first, last }
    }

    /// The note that nothing says which end of some numbers is the best.
    fn direction_note(self, groups: &[usize]) -> Option<String> {
        let all = &self.perception.perception.items;
        let mut items = groups.iter().flat_map(|place| &self.group(*place).items);
        let is_open = items.any(|item| item.figures.is_some() && !all[item.place].is_direction_stated);
        is_open.then(|| words::DIRECTION_NOT_STATED.to_owned())
    }

    /// Adds what all views share.
    pub(super) fn finish(
        self,
        draft: SurveyDraft,
        findings: &Findings,
        said: &mut BTreeSet<String>,
    ) -> Exhibit {
        let (context, spec) = (self.context, self.context.spec);
        let years = self.years(&draft.groups);
        let age = description::age(context, years);
        let is_silent = description::is_silent(context, years);
        let finding = draft.findings.into_iter().find(|finding| !is_silent && said.insert(finding.clone()));
        let findings = self.finding_ids(findings, &draft.figure);
        let mut notes = draft.notes;
        notes.extend(self.direction_note(&draft.groups).filter(|_| !draft.direction.is_empty()));
        let basis = self.basis(&draft.groups, years, draft.method);
        notes.extend(basis_notes(&basis));
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
            source: words::source(&self.waves(&draft.groups)),
            files: self.files(&draft.groups),
            basis,
            alt: draft.alt,
            notice: spec.notice.clone(),
            wonder: spec.wonder.clone(),
            search: spec.search.clone(),
            findings,
            series: Vec::new(),
        }
    }

    pub(super) fn basis(&self, groups: &[usize], years: YearSpan, method: &'static str) -> Basis {
        let latest = groups.iter().filter(|place| self.perception.latest.contains(place));
        let people = latest.filter_map(|place| self.group(*place).people.map(f64::from));
        let fewest = people.clone().reduce(f64::min);
        Basis {
            window: SchoolYear::ending(years.first).ok().zip(SchoolYear::ending(years.last).ok()),
            people: fewest.zip(people.reduce(f64::max)),
            method,
            ..Basis::default()
        }
    }

    pub(super) fn files(&self, groups: &[usize]) -> String {
        let files: BTreeSet<&String> = groups.iter().flat_map(|place| &self.group(*place).files).collect();
        files.into_iter().cloned().collect::<Vec<_>>().join(", ")
    }

    /// Candidates on surveys, for the exhibits of subjects; of changes, those on a change that is drawn.
    fn finding_ids(&self, findings: &Findings, figure: &Figure) -> Vec<String> {
        let of_domain = findings.all.iter().filter(|one| one.domain == self.context.spec.domain);
        let shown = of_domain.filter(|finding| match self.context.spec.survey {
            Some(SurveyView::Constructs) => true,
            Some(SurveyView::Changes) => self.is_drawn_change(finding, figure),
            _ => false,
        });
        shown.map(|finding| finding.id.clone()).collect()
    }

    /// Whether a candidate is on a change whose line is in the chart.
    fn is_drawn_change(&self, finding: &Finding, figure: &Figure) -> bool {
        let Figure::Slope(slope) = figure else { return false };
        let spec = &self.context.catalog.perception;
        let mut rules = spec.survey_rule.iter().filter(|rule| rule.id == finding.rule);
        let group = spec.label(&finding.key.group);
        rules.any(|rule| rule.fact == SurveyFact::Change)
            && self.perception.perception.constructs.iter().any(|construct| {
                let line = words::of_group(group, &construct.label);
                finding.key.measure == format!("survey-{}", construct.id)
                    && slope.rows.iter().any(|row| row.label == line)
            })
    }
}
