//! The exhibits of the feedback on the consensus: who answered, and who agrees with what.

use super::figure::{BarLayout, BarRow, Bars, Figure, Heat, HeatCell, HeatRow};
use super::model::{Basis, Exhibit};
use super::pack::Section;
use super::table::{ExhibitCell, Table};
use crate::domain::Unit;
use crate::room::{Consensus, EVERYBODY, Feedback, FeedbackCounts, FeedbackGroup, FeedbackRow};
use crate::wording::feedback as wording;

/// The id of the section, and the letter of its codes.
const SECTION: &str = "feedback";
const LETTER: &str = "F";

/// The section with the exhibits of the feedback; `None` if nothing of it may be shown.
#[must_use]
pub fn feedback_section(feedback: &Feedback, consensus: &Consensus) -> Option<Section> {
    let exhibits: Vec<Exhibit> =
        [who_answered(feedback), agreement(feedback, consensus), by_group(feedback, consensus)]
            .into_iter()
            .flatten()
            .zip(1..)
            .map(|(exhibit, number)| Exhibit { code: format!("{LETTER}{number}"), ..exhibit })
            .collect();
    (!exhibits.is_empty()).then(|| Section {
        id: SECTION.to_owned(),
        label: wording::SECTION.to_owned(),
        question: wording::QUESTION.to_owned(),
        exhibits,
    })
}

/// What the exhibits of feedback have in common.
fn exhibit(id: &str, words: &wording::FeedbackExhibitWords, figure: Figure, table: Table) -> Exhibit {
    Exhibit {
        id: id.to_owned(),
        code: String::new(),
        core: false,
        domain: SECTION.to_owned(),
        topic: words.topic.to_owned(),
        title: words.title.to_owned(),
        finding: String::new(),
        sub_line: String::new(),
        direction: "",
        caveat: wording::CAVEAT.to_owned(),
        age: String::new(),
        definition: words.definition.to_owned(),
        figure,
        table,
        note: String::new(),
        basis: Basis::default(),
        source: wording::SOURCE.to_owned(),
        files: String::new(),
        alt: words.alt.to_owned(),
        notice: words.notice.to_owned(),
        wonder: words.wonder.to_owned(),
        series: Vec::new(),
        search: Vec::new(),
        findings: Vec::new(),
    }
}

/// How many people of each group answered, or which share of those who were asked, if that is known of all.
fn who_answered(feedback: &Feedback) -> Option<Exhibit> {
    let groups: Vec<&FeedbackGroup> =
        feedback.groups.iter().filter(|group| group.group != EVERYBODY).collect();
    groups.iter().find(|group| group.people.is_some())?;
    let has_rates = groups.iter().all(|group| group.people.is_none() || group.rate().is_some());
    let unit = if has_rates { Unit::Percent } else { Unit::Count };
    let rows = groups.iter().map(|group| BarRow {
        label: wording::group_label(&group.group, group.people, group.invited),
        value: if has_rates { group.rate() } else { group.people.map(|people| people as f64) },
        absent: group.people.is_none().then(few),
        mark: None,
        is_of_few: false,
    });
    let bars = Bars {
        unit,
        rows: rows.collect(),
        own: wording::ANSWERED.to_owned(),
        mark: None,
        layout: BarLayout::Rows,
    };
    let rows = feedback.groups.iter().map(response_cells).collect();
    let columns = wording::RESPONSE_COLUMNS.map(str::to_owned).to_vec();
    let words = if has_rates { &wording::RESPONSE_RATE } else { &wording::RESPONSE };
    Some(exhibit("feedback-response", words, Figure::Bars(bars), Table { columns, rows }))
}

fn response_cells(group: &FeedbackGroup) -> Vec<ExhibitCell> {
    vec![
        ExhibitCell::Text(wording::group_name(&group.group).to_owned()),
        ExhibitCell::number_or_absent(group.people.map(|people| people as f64), Unit::Count, few),
        ExhibitCell::number_or_absent(group.invited.map(f64::from), Unit::Count, not_known),
        ExhibitCell::number_or_absent(group.rate(), Unit::Percent, not_known),
    ]
}

/// The percent of all people who agree with each item.
fn agreement(feedback: &Feedback, consensus: &Consensus) -> Option<Exhibit> {
    let shown: Vec<(&FeedbackRow, &FeedbackCounts)> = feedback
        .rows
        .iter()
        .filter(|row| row.group == EVERYBODY)
        .filter_map(|row| Some((row, row.counts.as_ref()?)))
        .collect();
    if shown.is_empty() {
        return None;
    }
    let rows = shown.iter().map(|(row, counts)| BarRow {
        label: item_label(row, consensus),
        value: counts.percent(),
        absent: None,
        mark: None,
        is_of_few: false,
    });
    let bars = Bars {
        unit: Unit::Percent,
        rows: rows.collect(),
        own: wording::AGREE.to_owned(),
        mark: None,
        layout: BarLayout::Rows,
    };
    let rows = shown.iter().map(|(row, counts)| agreement_cells(row, counts, consensus)).collect();
    let columns = wording::AGREEMENT_COLUMNS.map(str::to_owned).to_vec();
    Some(exhibit("feedback-agreement", &wording::AGREEMENT, Figure::Bars(bars), Table { columns, rows }))
}

fn agreement_cells(row: &FeedbackRow, counts: &FeedbackCounts, consensus: &Consensus) -> Vec<ExhibitCell> {
    let numbers = [counts.people, counts.agree, counts.disagree]
        .map(|count| ExhibitCell::Number(count as f64, Unit::Count));
    let [low, high] = counts.interval().map_or([None; 2], |ends| ends.map(Some));
    let mut cells = vec![ExhibitCell::Text(row.item.clone()), ExhibitCell::Text(statement(row, consensus))];
    cells.extend(numbers);
    cells.extend(
        [counts.percent(), low, high]
            .map(|value| ExhibitCell::number_or_absent(value, Unit::Percent, not_known)),
    );
    cells
}

/// The percent of each group that agrees with each item.
fn by_group(feedback: &Feedback, consensus: &Consensus) -> Option<Exhibit> {
    let groups: Vec<&str> = feedback
        .groups
        .iter()
        .filter(|group| group.people.is_some() && group.group != EVERYBODY)
        .map(|group| group.group.as_str())
        .collect();
    if groups.len() < 2 {
        return None;
    }
    let items: Vec<&FeedbackRow> = feedback.rows.iter().filter(|row| row.group == EVERYBODY).collect();
    let heat = Heat {
        columns: groups.iter().map(|group| wording::group_name(group).to_owned()).collect(),
        of_years: false,
        rows: items
            .iter()
            .map(|row| HeatRow {
                label: item_label(row, consensus),
                cells: groups
                    .iter()
                    .map(|group| counts_of(feedback, &row.item, group).and_then(heat_cell))
                    .collect(),
            })
            .collect(),
        ends: wording::HEAT_ENDS.map(str::to_owned).into(),
    };
    let rows = items.iter().map(|row| {
        let mut cells = vec![ExhibitCell::Text(item_label(row, consensus))];
        cells.extend(groups.iter().map(|group| {
            let percent = counts_of(feedback, &row.item, group).and_then(FeedbackCounts::percent);
            ExhibitCell::number_or_absent(percent, Unit::Percent, few)
        }));
        cells
    });
    let columns = std::iter::once(wording::ITEM.to_owned()).chain(heat.columns.iter().cloned()).collect();
    let table = Table { columns, rows: rows.collect() };
    Some(exhibit("feedback-by-group", &wording::BY_GROUP, Figure::Heat(heat), table))
}

/// What a group says of an item; `None` if it is withheld, or nobody of it answered.
fn counts_of<'a>(feedback: &'a Feedback, item: &str, group: &str) -> Option<&'a FeedbackCounts> {
    let row = feedback.rows.iter().find(|row| row.item == item && row.group == group);
    row.and_then(|row| row.counts.as_ref())
}

fn few() -> String {
    wording::FEW.to_owned()
}

fn not_known() -> String {
    wording::NOT_KNOWN.to_owned()
}

/// All disagree: −1; half agree: 0; all agree: 1.
fn heat_cell(counts: &FeedbackCounts) -> Option<HeatCell> {
    let percent = counts.percent()?;
    Some(HeatCell { text: Unit::Percent.format(percent), shade: Some((percent - 50.0) / 50.0) })
}

fn item_label(row: &FeedbackRow, consensus: &Consensus) -> String {
    wording::item_question(&row.item, &statement(row, consensus))
}

fn statement(row: &FeedbackRow, consensus: &Consensus) -> String {
    let known = consensus.rows.iter().find(|known| known.item == row.item);
    known.map(|known| known.statement.clone()).unwrap_or_default()
}
