//! The highest and the lowest items of a group of respondents.

use super::views::{SurveyContext, SurveyDraft};
use crate::disclosure::{ItemFigures, RespondentGroup, SurveyItem};
use crate::domain::Unit;
use crate::exhibit::figure::{BarLayout, BarRow, Bars, Figure};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::exhibit::{HIGHER_IS_BETTER, about_few};
use crate::wording::perception as words;

/// An item with its figures.
#[derive(Clone, Copy)]
struct RankedItem<'a> {
    item: &'a SurveyItem,
    figures: &'a ItemFigures,
}

impl RankedItem<'_> {
    /// Its words; of an item with which it is better to disagree, that is said.
    fn label(&self) -> String {
        if self.item.reverse { words::better_to_disagree(&self.item.text) } else { self.item.text.clone() }
    }
}

/// The fewest items that make a highest and a lowest.
const FEWEST: usize = 3;

pub(super) fn draft(survey: SurveyContext<'_>) -> Result<SurveyDraft, String> {
    let wanted = survey.context.spec.respondents.as_deref();
    let latest = survey.perception.latest.iter();
    let group = latest.copied().find(|place| Some(survey.group(*place).respondents.as_str()) == wanted);
    let group = group.ok_or(words::NO_ITEMS_OF_GROUP)?;
    let items = ranked(survey, survey.group(group));
    if items.len() < FEWEST {
        return Err(words::NO_ITEMS_OF_GROUP.to_owned());
    }
    let rows: Vec<BarRow> = items.iter().map(|item| bar(survey, *item)).collect();
    let (highest, lowest) = (items[0].figures, items[items.len() - 1].figures);
    let is_of_many = [highest, lowest].iter().all(|figures| survey.is_of_many(figures.n));
    let finding = words::range_of_items(survey.answers(group), [lowest.favorable, highest.favorable]);
    let ends = [items[0], items[items.len() - 1]];
    let in_words =
        ends.map(|item| words::of_group(&item.label(), &words::whole_percent(item.figures.favorable)));
    let figures = survey.group(group);
    Ok(SurveyDraft {
        findings: is_of_many.then_some(finding).into_iter().collect(),
        sub_line: words::based_on(
            figures.people.unwrap_or_default(),
            survey.answers(group),
            figures.response_rate(),
            &words::wave(figures.wave),
        ),
        table: table(&items),
        alt: words::in_words(&survey.context.spec.title, &in_words),
        figure: Figure::Bars(Bars {
            unit: Unit::Percent,
            rows,
            own: words::FAVORABLE.to_owned(),
            mark: None,
            layout: BarLayout::Rows,
        }),
        groups: vec![group],
        method: words::ITEM_METHOD,
        direction: HIGHER_IS_BETTER,
        notes: words::unsettled(unsettled(survey, figures)).into_iter().collect(),
    })
}

/// Of how many items of a group it is not known which answers are favorable.
fn unsettled(survey: SurveyContext<'_>, group: &RespondentGroup) -> usize {
    let shown = group.items.iter().filter(|item| item.figures.is_some());
    shown.filter(|item| !survey.perception.perception.items[item.place].is_settled).count()
}

/// The items of a group from the most favorable to the least: all, or the ends if they are many.
fn ranked<'a>(survey: SurveyContext<'a>, group: &'a RespondentGroup) -> Vec<RankedItem<'a>> {
    let figures = group.items.iter().filter_map(|item| Some((item.place, item.figures.as_ref()?)));
    let mut items: Vec<RankedItem<'_>> = figures
        .map(|(place, figures)| RankedItem { item: &survey.perception.perception.items[place], figures })
        .filter(|ranked| ranked.item.is_settled)
        .collect();
    items.sort_by(|a, b| {
        b.figures.favorable.total_cmp(&a.figures.favorable).then_with(|| a.item.text.cmp(&b.item.text))
    });
    let ends = survey.context.catalog.perception.ends_shown;
    if items.len() > 2 * ends {
        items.drain(ends..items.len() - ends);
    }
    items
}

fn bar(survey: SurveyContext<'_>, item: RankedItem<'_>) -> BarRow {
    let is_of_few = !survey.is_of_many(item.figures.n);
    let label = item.label();
    let fewest = survey.context.catalog.findings.fewest_in_findings;
    BarRow {
        label: if is_of_few { about_few(&label, fewest) } else { label },
        value: Some(item.figures.favorable * 100.0),
        absent: None,
        mark: None,
        is_of_few,
    }
}

fn table(items: &[RankedItem<'_>]) -> Table {
    let columns = [words::QUESTION, words::FAVORABLE, words::LOW, words::HIGH, words::AVERAGE, words::PEOPLE];
    let rows = items.iter().map(table_row).collect();
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}

fn table_row(item: &RankedItem<'_>) -> Vec<ExhibitCell> {
    let ItemFigures { n, favorable, interval: [low, high], mean, .. } = item.figures;
    let mut cells = vec![ExhibitCell::Text(item.label())];
    cells.extend([favorable, low, high].map(|share| ExhibitCell::Number(share * 100.0, Unit::Percent)));
    cells.push(ExhibitCell::Number(*mean, Unit::Ratio));
    cells.push(ExhibitCell::Number(f64::from(*n), Unit::Count));
    cells
}
