//! Pages for the other days of the plan, in no format: who we are, and the current reality. Each has at most 250 words and six numbers
//! of ours.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, DistrictFact, PlanStep};
use crate::compare::{Comparison, Comparisons};
use crate::domain::{ALL, CalendarDate, Quadrant, Unit};
use crate::finding::{Finding, Findings, projected_value};
use crate::room::{Consensus, FinalSwot};
use crate::wording::one_page as wording;

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnePage {
    /// Its heading.
    pub heading: String,
    /// What it is for.
    pub lead: String,
    /// Numbers of the district.
    pub facts: Vec<PageFact>,
    /// Lists, each with its heading.
    pub lists: Vec<PageList>,
    /// What is below them.
    pub note: String,
}

/// A number of the district, or a place to write one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFact {
    /// What it is.
    pub label: String,
    /// The value with its unit; empty for people to fill in.
    pub value: String,
    /// Its school year; empty for people to fill in.
    pub year: String,
}

/// A list with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageList {
    /// The heading.
    pub heading: String,
    /// Its lines.
    pub items: Vec<PageLine>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLine {
    /// What it begins with, which stands out; may be empty.
    pub name: String,
    /// What it says; empty for people to fill in.
    pub text: String,
}

/// The pages of a district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnePages {
    /// Who are we?
    pub orientation: OnePage,
    /// Where are we now?
    pub vision: OnePage,
}

/// What the pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct OnePageInput<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The district, compared.
    pub comparisons: &'a Comparisons,
    /// Its candidates.
    pub findings: &'a Findings,
    /// What the tables agreed on, once they have met.
    pub consensus: Option<&'a Consensus>,
    /// What the team decided after feedback, once it has begun to.
    pub final_swot: Option<&'a FinalSwot>,
    /// The domains that have exhibits.
    pub shown_domains: &'a BTreeSet<&'a str>,
    /// The day of the retreat, if the project knows it.
    pub date: Option<CalendarDate>,
}

/// The pages of a district.
#[must_use]
pub fn one_pages(input: &OnePageInput<'_>) -> OnePages {
    OnePages { orientation: orientation(input), vision: vision(input) }
}

fn orientation(input: &OnePageInput<'_>) -> OnePage {
    let spec = &input.catalog.plan;
    let mut facts: Vec<PageFact> = spec.fact.iter().filter_map(|fact| known_fact(fact, input)).collect();
    facts.push(
        open_schools(input)
            .unwrap_or_else(|| PageFact { label: wording::SCHOOLS.to_owned(), ..PageFact::default() }),
    );
    let steps = spec.step.iter().map(|step| step_line(step, input.date)).collect();
    let words = spec.word.iter();
    let words = words.map(|word| PageLine { name: word.term.clone(), text: word.meaning.clone() }).collect();
    OnePage {
        heading: wording::WHO_ARE_WE.to_owned(),
        lead: wording::ORIENTATION_LEAD.to_owned(),
        facts,
        lists: vec![
            PageList { heading: wording::STEPS.to_owned(), items: steps },
            PageList { heading: wording::WORDS.to_owned(), items: words },
        ],
        note: String::new(),
    }
}

fn step_line(step: &PlanStep, day: Option<CalendarDate>) -> PageLine {
    let date = day.filter(|_| step.is_the_day);
    PageLine { name: step.name.clone(), text: date.map(|date| date.to_string()).unwrap_or_default() }
}

/// How many schools are open in the latest year of their values; `None` if that year is too old, or no schools are known.
fn open_schools(input: &OnePageInput<'_>) -> Option<PageFact> {
    let schools = &input.comparisons.schools;
    let points = schools.iter().flat_map(|school| &school.all).flat_map(|series| &series.points);
    let year = points.filter(|point| point.is_published()).map(|point| point.year).max()?;
    if input.comparisons.newest?.end() - year.end() > input.catalog.plan.oldest {
        return None;
    }
    let open = schools.iter().filter(|school| school.is_open(year)).count();
    Some(PageFact {
        label: wording::SCHOOLS.to_owned(),
        value: Unit::Count.format(open as f64),
        year: year.to_string(),
    })
}

/// The latest value of the first measure that the data has.
fn known_fact(fact: &DistrictFact, input: &OnePageInput<'_>) -> Option<PageFact> {
    let mut measures = fact.measures.iter();
    let comparison = measures.find_map(|id| whole(input, id))?;
    Some(PageFact { label: fact.label.clone(), ..value_fact(comparison, input)? })
}

/// The comparison of a measure for all students, if its newest value is not too old.
fn whole<'a>(input: &OnePageInput<'a>, measure: &str) -> Option<&'a Comparison> {
    let mut all = input.comparisons.all.iter();
    let found = all.find(|one| {
        one.key.measure == measure && one.key.group == ALL && one.key.grade.is_all() && one.latest().is_some()
    })?;
    let newest = input.comparisons.newest?.end();
    (newest - found.latest()?.year.end() <= input.catalog.plan.oldest).then_some(found)
}

fn value_fact(comparison: &Comparison, input: &OnePageInput<'_>) -> Option<PageFact> {
    let measure = input.catalog.measures.get(&comparison.key.measure)?;
    let latest = comparison.latest()?;
    let subject =
        input.catalog.groups.subject(&comparison.key.subject).filter(|_| comparison.key.subject != ALL);
    Some(PageFact {
        label: wording::with_part(&measure.label, subject.map(|subject| subject.label.as_str())),
        value: measure.unit.format(latest.value?),
        year: latest.year.to_string(),
    })
}

fn vision(input: &OnePageInput<'_>) -> OnePage {
    let spec = &input.catalog.plan;
    let numbers = spec.vision.iter().filter_map(|id| value_fact(whole(input, id)?, input));
    let facts = numbers.take(spec.vision_numbers).collect();
    let mut lists: Vec<PageList> =
        Quadrant::ALL.into_iter().map(|quadrant| swot_list(quadrant, input)).collect();
    let projections: Vec<PageLine> =
        input.comparisons.all.iter().filter_map(|one| projection(one, input)).take(PROJECTIONS).collect();
    if !projections.is_empty() {
        lists.push(PageList { heading: wording::IF_NOTHING_CHANGES.to_owned(), items: projections });
    }
    lists.push(PageList { heading: wording::CANNOT_SAY.to_owned(), items: cannot_say(input) });
    OnePage {
        heading: wording::WHERE_ARE_WE.to_owned(),
        lead: lead(input).to_owned(),
        facts,
        lists,
        note: wording::VISION_NOTE.to_owned(),
    }
}

/// Whose statements stand on the page.
const fn lead(input: &OnePageInput<'_>) -> &'static str {
    match (input.final_swot, input.consensus) {
        (Some(_), _) => wording::OF_FINAL,
        (None, Some(_)) => wording::OF_CONSENSUS,
        (None, None) => wording::OF_DRAFT,
    }
}

/// How many projections stand on the page.
const PROJECTIONS: usize = 2;

/// The first items of a quadrant: those of the final SWOT, or before it those that the tables keep, or before they met, those that
/// the build shows.
fn swot_list(quadrant: Quadrant, input: &OnePageInput<'_>) -> PageList {
    let most = input.catalog.plan.vision_items;
    let items = match (input.final_swot, input.consensus) {
        (Some(swot), _) => {
            let rows = swot.standing_in(quadrant).into_iter().take(most);
            rows.map(|row| stated_line(&row.item, &row.statement, &row.evidence_id, input)).collect()
        }
        (None, Some(consensus)) => {
            let rows = consensus.kept_in(quadrant).into_iter().take(most);
            rows.map(|row| stated_line(&row.item, &row.statement, &row.evidence_id, input)).collect()
        }
        (None, None) => {
            let shown = input.findings.of(quadrant).filter(|finding| finding.is_shown);
            shown.take(most).map(draft_line).collect()
        }
    };
    PageList { heading: quadrant.heading().to_owned(), items }
}

fn draft_line(finding: &Finding) -> PageLine {
    PageLine { name: finding.number.to_string(), text: finding.brief.clone() }
}

/// An item that people decided on: their own words if there are few of them and no numbers, or else what it says in brief.
fn stated_line(item: &str, statement: &str, evidence: &str, input: &OnePageInput<'_>) -> PageLine {
    let finding = input.findings.all.iter().find(|finding| finding.id == evidence);
    let is_short = statement.split_whitespace().count() <= LONGEST_ITEM
        && !statement.contains(|letter: char| letter.is_ascii_digit());
    let text = match finding {
        Some(finding) if !is_short => finding.brief.clone(),
        _ if is_short => statement.to_owned(),
        _ => wording::first_words(statement, LONGEST_ITEM),
    };
    PageLine { name: item.to_owned(), text }
}

/// An item has at most this many words on the page.
const LONGEST_ITEM: usize = 12;

/// Where a series would be in the last projected year.
fn projection(comparison: &Comparison, input: &OnePageInput<'_>) -> Option<PageLine> {
    let measure = input.catalog.measures.get(&comparison.key.measure)?;
    let last = comparison.projection.as_ref()?.years.last()?;
    let projected = projected_value(last, measure);
    let [low, high] = [projected.low, projected.high].map(|value| measure.unit.format(value));
    Some(PageLine {
        name: measure.label.clone(),
        text: wording::projected(&low, &high, &last.year.to_string()),
    })
}

/// Whether the district has a value in a domain, or answers of people.
fn has_data(input: &OnePageInput<'_>, domain: &str) -> bool {
    if input.shown_domains.contains(domain) {
        return true;
    }
    let mut all = input.comparisons.all.iter().filter(|one| one.latest().is_some());
    all.any(|one| {
        input.catalog.measures.get(&one.key.measure).is_some_and(|measure| measure.domain == domain)
    })
}

fn cannot_say(input: &OnePageInput<'_>) -> Vec<PageLine> {
    let missing: Vec<String> = input
        .catalog
        .domains
        .iter()
        .filter(|domain| !has_data(input, &domain.id))
        .map(|domain| domain.label.to_lowercase())
        .collect();
    let mut lines: Vec<String> = wording::CANNOT.map(str::to_owned).to_vec();
    if !missing.is_empty() {
        lines.push(wording::no_data(&missing));
    }
    lines.into_iter().map(|text| PageLine { name: String::new(), text }).collect()
}

impl OnePage {
    /// All its texts, in their order.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.heading.as_str(), &self.lead];
        for fact in &self.facts {
            texts.extend([fact.label.as_str(), &fact.value, &fact.year]);
        }
        for list in &self.lists {
            texts.push(&list.heading);
            texts.extend(list.items.iter().flat_map(|line| [line.name.as_str(), &line.text]));
        }
        texts.push(&self.note);
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }
}
