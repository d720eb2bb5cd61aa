//! Who answered: how many of each group, of how many who were asked.

use super::views::{SurveyContext, SurveyDraft};
use crate::domain::Unit;
use crate::exhibit::figure::{BarLayout, BarRow, Bars, Figure};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::perception as words;

pub(super) fn draft(survey: SurveyContext<'_>) -> Result<SurveyDraft, String> {
    let groups = survey.perception.latest.clone();
    let rows: Vec<BarRow> = groups.iter().map(|place| bar(survey, *place)).collect();
    let is_known = rows.iter().all(|row| row.mark.is_some());
    let mark = rows.iter().any(|row| row.mark.is_some()).then(|| words::ASKED.to_owned());
    let layout = if mark.is_some() { BarLayout::Pairs } else { BarLayout::Rows };
    let people: Vec<(String, u32)> = groups
        .iter()
        .filter_map(|place| Some((survey.people(*place), survey.group(*place).people?)))
        .collect();
    let finding = words::answered(&people);
    Ok(SurveyDraft {
        sub_line: words::when_answered(&survey.waves(&groups), is_known),
        alt: words::in_words(&survey.context.spec.title, &in_words(survey, &groups)),
        findings: vec![finding],
        table: table(survey, &groups),
        figure: Figure::Bars(Bars { unit: Unit::Count, rows, own: words::ANSWERED.to_owned(), mark, layout }),
        notes: withheld_note(survey).into_iter().collect(),
        groups,
        method: words::COUNTED,
        direction: "",
    })
}

/// How many of each group answered, and were asked.
fn in_words(survey: SurveyContext<'_>, groups: &[usize]) -> Vec<String> {
    let mut parts = Vec::new();
    for place in groups {
        let group = survey.group(*place);
        parts.push(words::answered_of(survey.label(*place), group.people, group.invited));
    }
    parts
}

fn bar(survey: SurveyContext<'_>, place: usize) -> BarRow {
    let group = survey.group(place);
    BarRow {
        label: words::with_rate(survey.label(place), group.response_rate()),
        value: group.people.map(f64::from),
        absent: None,
        mark: group.invited.map(f64::from),
        is_of_few: false,
    }
}

/// The note on groups of whom too few answered.
fn withheld_note(survey: SurveyContext<'_>) -> Option<String> {
    let figures = &survey.perception.perception;
    let of_district = figures.groups.iter().filter(|group| group.school.is_none());
    let withheld = of_district.filter(|group| group.people.is_none()).count();
    (withheld > 0).then(|| words::groups_withheld(withheld, figures.smallest_group))
}

fn table(survey: SurveyContext<'_>, groups: &[usize]) -> Table {
    let columns = [words::WHO, words::ANSWERED, words::ASKED, words::RATE, words::OPEN_ANSWERS];
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: groups.iter().map(|place| table_row(survey, *place)).collect(),
    }
}

fn table_row(survey: SurveyContext<'_>, place: usize) -> Vec<ExhibitCell> {
    let group = survey.group(place);
    let counts = [group.people, group.invited].map(|count| number(count.map(f64::from), Unit::Count));
    let mut cells = vec![ExhibitCell::Text(survey.label(place).to_owned())];
    cells.extend(counts);
    cells.push(number(group.response_rate(), Unit::Percent));
    cells.push(number(Some(f64::from(group.open_answers)), Unit::Count));
    cells
}

fn number(value: Option<f64>, unit: Unit) -> ExhibitCell {
    ExhibitCell::number_or_absent(value, unit, || words::NOT_KNOWN.to_owned())
}
