//! What charts of several parts, of measures, of peers, and of projections say: findings, and the lines below them.

use super::finding::{
    DrawnChange, FindingSubject, LIKE_OURS, MOST_WORDS, MOST_WORDS_BELOW, count_words, first_short, number,
};
use super::listing::{from_to, plural};
use super::subject::{capitalized, in_the_middle};
use crate::domain::{AllDistricts, SchoolYear, Unit};

/// How many student groups changed clearly since a year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupsChanged {
    pub(crate) rose: usize,
    pub(crate) fell: usize,
    /// How many groups there are; `None` if not all of them can be judged.
    pub(crate) of: Option<usize>,
    pub(crate) since: SchoolYear,
}

impl GroupsChanged {
    /// `fallen in three of the five student groups shown`, or in both directions, with these words for either direction.
    fn said(self, risen: &str, fallen: &str) -> String {
        let Self { rose, fell, of, .. } = self;
        if rose > 0 && fell > 0 {
            return format!("{risen} in {} and {fallen} in {}", groups(rose), number(fell));
        }
        let (verb, some) = if rose > 0 { (risen, rose) } else { (fallen, fell) };
        match of {
            None => format!("{verb} in {}", groups(some)),
            Some(2) if some == 2 => format!("{verb} in both student groups shown"),
            Some(all) if some == all => format!("{verb} in all {} shown", groups(all)),
            Some(all) => format!("{verb} in {} of the {} shown", number(some), groups(all)),
        }
    }
}

/// `three student groups`.
fn groups(n: usize) -> String {
    format!("{} student {}", number(n), plural(n, "group"))
}

/// `Since 2018-19, attendance has fallen in three of the five student groups shown`.
pub(crate) fn groups_changed(subject: &FindingSubject, groups: GroupsChanged) -> Option<String> {
    let since = groups.since;
    let wordings = vec![
        format!(
            "Since {since}, {} {} {}",
            in_the_middle(&subject.name.words),
            subject.name.has(),
            groups.said("risen", "fallen")
        ),
        format!("Since {since}: {}", groups.said("up", "down")),
    ];
    first_short(wordings, MOST_WORDS)
}

/// No student group changed enough to matter.
pub(crate) fn little_in_groups(subject: &FindingSubject, since: SchoolYear) -> Option<String> {
    let has = subject.name.has();
    let wordings = vec![
        format!(
            "Since {since}, {} {has} changed little in every student group shown",
            in_the_middle(&subject.name.words)
        ),
        format!("Since {since}: little change in any student group shown"),
    ];
    first_short(wordings, MOST_WORDS)
}

/// Changes of student groups may be due to chance.
pub(crate) fn unclear_in_groups(subject: &FindingSubject, since: SchoolYear) -> Option<String> {
    let has = subject.name.has();
    let wordings = vec![
        format!("{} {has} not clearly changed for any student group since {since}", subject.name.words),
        format!("No student group has clearly changed since {since}"),
    ];
    first_short(wordings, MOST_WORDS)
}

/// No part of a chart changed enough to matter.
pub(crate) fn little_in_parts(title: &str, since: SchoolYear) -> Option<String> {
    let wordings = vec![
        format!("{title}: little change since {since}"),
        format!("Little change in any part since {since}"),
    ];
    first_short(wordings, MOST_WORDS)
}

/// The changes of the parts of a chart may be due to chance.
pub(crate) fn unclear_in_parts(title: &str, since: SchoolYear) -> Option<String> {
    let wordings = vec![
        format!("{title}: no clear change since {since}"),
        format!("No clear change in any part since {since}"),
    ];
    first_short(wordings, MOST_WORDS)
}

/// The difference between the lowest and the highest student group, without their names. Some groups may be too small to be
/// among them.
pub(crate) fn spread_of_groups(
    subject: &FindingSubject,
    difference: f64,
    are_all_of_many: bool,
) -> Option<String> {
    let groups = if are_all_of_many { "the student groups shown" } else { "the larger student groups" };
    let size = subject.unit.format_stated_change(difference);
    let differ = subject.name.differs();
    let wordings = vec![
        format!("{} {differ} by {size} among {groups}", subject.name.words),
        format!("A difference of {size} among {groups}"),
    ];
    first_short(wordings, MOST_WORDS)
}

/// The student groups hardly differ.
pub(crate) fn alike_groups(subject: &FindingSubject) -> Option<String> {
    let wordings = vec![
        format!("{} {} about the same for all student groups shown", subject.name.words, subject.is()),
        "About the same for all student groups shown".to_owned(),
    ];
    first_short(wordings, MOST_WORDS)
}

/// The value of a part, such as a grade.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PartValue<'a> {
    pub(crate) label: &'a str,
    pub(crate) value: f64,
}

/// `Average class size ranges from 15.1 in grade 5 to 21.0 in grade 1`.
pub(crate) fn range_of_parts(
    subject: &FindingSubject,
    low: PartValue<'_>,
    high: PartValue<'_>,
) -> Option<String> {
    let stated = |part: PartValue<'_>| {
        let value = subject.unit.format_stated(part.value, high.value - low.value);
        format!("{value} in {}", in_the_middle(part.label))
    };
    let range = format!("from {} to {}", stated(low), stated(high));
    let verb = if subject.name.is_plural { "range" } else { "ranges" };
    let wordings = vec![format!("{} {verb} {range}", subject.name.words), capitalized(&range)];
    first_short(wordings, MOST_WORDS)
}

/// `Enrollment is highest in grade 9, at 310`.
pub(crate) fn highest_part(subject: &FindingSubject, high: PartValue<'_>) -> Option<String> {
    let end = format!("highest in {}, at {}", in_the_middle(high.label), subject.unit.format(high.value));
    let wordings = vec![format!("{} {} {end}", subject.name.words, subject.is()), capitalized(&end)];
    first_short(wordings, MOST_WORDS)
}

/// In how many measures the district does better, and worse, than most of its peers: `One of seven measures is better than in
/// districts like ours, two are worse`.
pub(crate) fn against_most(better: usize, worse: usize, judged: usize) -> String {
    let measures = plural(judged, "measure");
    let [better_in, worse_in, judged] = [better, worse, judged].map(number);
    match (better, worse) {
        (0, 0) => format!("None of {judged} {measures} differs noticeably from that of most {LIKE_OURS}"),
        (_, 0) => {
            format!("We do noticeably better than most {LIKE_OURS} in {better_in} of {judged} {measures}")
        }
        (0, _) => {
            format!("We do noticeably worse than most {LIKE_OURS} in {worse_in} of {judged} {measures}")
        }
        _ => format!(
            "{} of {judged} {measures} {} better than in {LIKE_OURS}; {worse_in} {} worse",
            capitalized(&better_in),
            is_or_are(better),
            is_or_are(worse)
        ),
    }
}

const fn is_or_are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// `We are above the median of similar districts in nine of 12 grades and subjects`.
pub(crate) fn above_median_in(above: usize, compared: usize) -> String {
    let compared = number(compared);
    match above {
        0 => format!("None of our {compared} results is above the median of {LIKE_OURS}"),
        _ => format!("We are above the median of {LIKE_OURS} in {} of {compared} results", number(above)),
    }
}

/// How many differences a table shows.
pub(crate) fn differences_in_years(rows: usize, first: SchoolYear, last: SchoolYear) -> String {
    let (results, years) = (plural(rows, "result"), from_to(first, last));
    format!("Points above or below the peer median for {} {results}, {years}", number(rows))
}

/// `Enrollment would be about 1,760 by 2028-29 if recent patterns continue`.
pub(crate) fn projected(subject: &FindingSubject, value: f64, year: SchoolYear) -> Option<String> {
    let value = subject.unit.format(value);
    let end = format!("would be about {value} by {year} if recent patterns continue");
    first_short(vec![format!("{} {end}", subject.name.words), capitalized(&end)], MOST_WORDS)
}

/// The peers are close to us.
pub(crate) fn good_peers(n: usize) -> String {
    format!("The {} districts we compare ourselves with are much like us", number(n))
}

/// The peers are fairly close to us.
pub(crate) fn fair_peers(n: usize) -> String {
    format!("The {} districts we compare ourselves with are roughly like us", number(n))
}

/// The peers are not like us.
pub(crate) const NO_TRUE_PEERS: &str = "No district in this data is truly like ours";

/// There are too few districts to choose peers from.
pub(crate) const TOO_FEW_DISTRICTS: &str = "This data has too few districts for a fair comparison";

// The lines below findings.

/// The first and the last value of a series, and what they are compared with.
#[derive(Debug)]
pub(crate) struct SeriesEnds {
    pub(crate) unit: Unit,
    /// `None` if only one year is shown.
    pub(crate) first: Option<YearValueText>,
    pub(crate) last: YearValueText,
    pub(crate) is_after_inflation: bool,
    /// The peers' median in the last year.
    pub(crate) peers: Option<f64>,
    /// The state's median.
    pub(crate) state: Option<f64>,
    /// What all districts are.
    pub(crate) all_districts: AllDistricts,
}

/// The value of a year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YearValueText {
    pub(crate) value: f64,
    pub(crate) year: SchoolYear,
}

/// `16.0% in 2019-20, 24.1% in 2023-24; similar districts 17.5%, state 16.0%`.
pub(crate) fn series_ends(ends: &SeriesEnds) -> String {
    let unit = ends.unit;
    let values: Vec<String> = ends.first.iter().chain([&ends.last]).map(|end| in_year(unit, *end)).collect();
    let inflation = if ends.is_after_inflation { ", after inflation" } else { "" };
    let values = values.join(", ") + inflation;
    let peers = ends.peers.map(|median| format!("similar districts {}", unit.format(median)));
    let all = match ends.all_districts {
        AllDistricts::OfState => "state",
        AllDistricts::OfData => "all districts",
    };
    let state = ends.state.map(|median| format!("{all} {}", unit.format(median)));
    let compared: Vec<String> = peers.into_iter().chain(state).collect();
    if compared.is_empty() { values } else { format!("{values}; {}", compared.join(", ")) }
}

fn in_year(unit: Unit, end: YearValueText) -> String {
    format!("{} in {}", unit.format(end.value), end.year)
}

/// The values are old, so the chart says nothing about them.
pub(crate) fn data_of(year: SchoolYear) -> String {
    format!("Data for {year}")
}

/// The values of one part at two years: `All students: 94.1% in 2018-19, 93.0% in 2023-24`.
pub(crate) fn part_ends(
    label: &str,
    unit: Unit,
    change: DrawnChange,
    year: SchoolYear,
    is_after_inflation: bool,
) -> String {
    let from = in_year(unit, YearValueText { value: change.from, year: change.from_year });
    let to = in_year(unit, YearValueText { value: change.to, year });
    let inflation = if is_after_inflation { ", after inflation" } else { "" };
    let wordings = vec![format!("{label}: {from}, {to}{inflation}"), years_shown(change.from_year, year)];
    first_short(wordings, MOST_WORDS_BELOW).unwrap_or_default()
}

/// The first and the last year of a chart.
pub(crate) fn years_shown(first: SchoolYear, last: SchoolYear) -> String {
    if first == last { format!("Values for {last}") } else { format!("{first} to {last}") }
}

/// The year of a chart of parts, the value of all parts together, and whether similar districts are shown. It is true of marks and of
/// bars, because slides and paper draw them differently.
pub(crate) fn parts_in_year(whole: Option<(&str, String)>, year: SchoolYear, has_similar: bool) -> String {
    let values = match whole {
        Some((label, value)) => format!("{label}: {value} in {year}"),
        None => format!("Values for {year}"),
    };
    if has_similar { format!("{values}, next to similar districts") } else { values }
}

/// What a table of measures shows, and how many of them are compared with similar districts.
pub(crate) fn measures_in_years(
    measures: usize,
    first: SchoolYear,
    last: SchoolYear,
    compared: usize,
) -> String {
    let shading = match compared {
        0 => String::new(),
        all if all == measures => "; shading compares us with similar districts".to_owned(),
        some => format!("; shading compares us with similar districts in {}", number(some)),
    };
    let (measures, noun) = (capitalized(&number(measures)), plural(measures, "measure"));
    format!("{measures} {noun}, {}{shading}", from_to(first, last))
}

/// The range of a projection, and the latest value.
pub(crate) fn projection_range(unit: Unit, range: [f64; 2], latest: Option<YearValueText>) -> String {
    let [low, high] = range.map(|end| unit.format(end));
    let now = latest.map(|latest| format!("; {}", in_year(unit, latest))).unwrap_or_default();
    format!("Range from {low} to {high}{now}")
}

/// How the peers were matched.
pub(crate) fn matched_by(variables: &[String], year: SchoolYear) -> String {
    let listed = format!("Matched in {year} by: {}", variables.join(", "));
    if count_words(&listed) <= MOST_WORDS_BELOW {
        return listed;
    }
    format!("Matched in {year} by {} variables", number(variables.len()))
}

#[cfg(test)]
mod tests {
    use super::against_most;
    use crate::wording::finding::count_words;

    #[test]
    fn a_table_of_measures_says_where_we_do_worse_as_well_as_better() {
        for (better, worse, said) in [
            (0, 0, "None of seven measures differs noticeably from that of most districts like ours"),
            (2, 0, "We do noticeably better than most districts like ours in two of seven measures"),
            (0, 1, "We do noticeably worse than most districts like ours in one of seven measures"),
            (1, 2, "One of seven measures is better than in districts like ours; two are worse"),
        ] {
            let finding = against_most(better, worse, 7);
            assert_eq!(finding, said);
            assert!(count_words(&finding) <= 14, "{finding}");
        }
    }
}
