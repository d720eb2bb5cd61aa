//! What the charts of the sample and of a real region say: short, each something else, with numbers that the chart shows.

use std::collections::BTreeMap;

use regex::Regex;
use retreat::exhibit::{Exhibit, ExhibitCell, Figure, Line, LineRole};
use retreat::project::Project;
use retreat::run;

use crate::project::root;

fn exhibits_of(folder: &str, district: &str) -> Vec<Exhibit> {
    let project = Project::open(&root().join(folder)).unwrap();
    let session = run::Session::read(&project).unwrap();
    session.district(district).unwrap().exhibits().value.clone()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn findings_of_the_sample_say_what_its_charts_show() {
    let all = exhibits_of("sample_data", "104018");
    check(&all);
    assert!(all.iter().filter(|exhibit| exhibit.finding.is_empty()).count() <= 2);
}

#[test]
fn findings_of_a_real_region_say_what_its_charts_show() {
    let all = exhibits_of("examples/texas-region", "013901");
    check(&all);
    // The finances end in 2015-16: nothing is said about them.
    let reserves = all.iter().find(|exhibit| exhibit.id == "reserves").unwrap();
    assert_eq!(
        (reserves.finding.as_str(), reserves.age.as_str(), reserves.core),
        ("", "Data for 2015-16", false)
    );
}

#[test]
fn a_chart_of_scores_says_that_more_students_took_the_test() {
    let all = exhibits_of("examples/texas-region", "178903");
    let scores = all.iter().find(|exhibit| exhibit.id == "college-entrance-mean").unwrap();
    assert_eq!(
        scores.caveat.replace('\u{a0}', " "),
        "SAT or ACT participation rose by 40 points over these years"
    );
}

fn check(all: &[Exhibit]) {
    for exhibit in all {
        println!("{}", describe(exhibit));
    }
    let mut faults = Vec::new();
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for exhibit in all {
        faults.extend(faults_of(exhibit).iter().map(|fault| format!("{} {fault}", describe(exhibit))));
        if !exhibit.finding.is_empty() && said.insert(&exhibit.finding, &exhibit.id).is_some() {
            faults.push(format!("{} is said twice", describe(exhibit)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn describe(exhibit: &Exhibit) -> String {
    format!("{}: {} / {}:", exhibit.id, exhibit.finding, exhibit.sub_line)
}

/// What is wrong with the words of an exhibit.
fn faults_of(exhibit: &Exhibit) -> Vec<String> {
    let Exhibit { finding, sub_line, alt, .. } = exhibit;
    let mut faults = Vec::new();
    if words(finding) > 14 || words(sub_line) > 20 || sub_line.is_empty() {
        faults.push("wrong length".to_owned());
    }
    if format!("{finding}{sub_line}").contains(['(', ')', '{']) {
        faults.push("brackets".to_owned());
    }
    if alt.chars().count() > 250 || (!finding.is_empty() && alt.contains(finding)) {
        faults.push(format!("alt text: {alt}"));
    }
    let not_shown = numbers(finding).into_iter().filter(|number| !is_shown(exhibit, *number));
    faults.extend(not_shown.map(|number| format!("{} is not in the table", number.value)));
    if !is_in_its_direction(exhibit) {
        faults.push("against the direction of its chart".to_owned());
    }
    faults
}

/// A number in a sentence, and how much it may be off through rounding.
#[derive(Clone, Copy)]
struct Stated {
    value: f64,
    half: f64,
}

/// The numbers of a finding that are neither years nor part of a name.
fn numbers(finding: &str) -> Vec<Stated> {
    let names = Regex::new(r"\d{4}-\d{2}|[Gg]rades? \d+(–\d+)?|per \d+").unwrap();
    let text = names.replace_all(finding, "");
    let number = Regex::new(r"(−?)\$?(\d[\d,]*)(\.\d+)?( million| billion)?").unwrap();
    let is_rounded = finding.contains("would be about");
    let mut found = Vec::new();
    for part in number.captures_iter(&text) {
        let fraction = part.get(3).map_or("", |fraction| fraction.as_str());
        let scale = match part.get(4).map(|scale| scale.as_str()) {
            Some(" million") => 1e6,
            Some(_) => 1e9,
            None => 1.0,
        };
        let digits = format!("{}{fraction}", part[2].replace(',', ""));
        let sign = if part[1].is_empty() { 1.0 } else { -1.0 };
        let value = sign * scale * digits.parse::<f64>().unwrap();
        let places = fraction.len().saturating_sub(1) as i32;
        let half = 0.5 * scale * 10f64.powi(-places);
        found.push(Stated { value, half: if is_rounded { half.max(value.abs() * 0.005) } else { half } });
    }
    found
}

/// Whether a number is in the table, or is the difference that readers get who subtract two numbers in it.
fn is_shown(exhibit: &Exhibit, number: Stated) -> bool {
    let mut values = Vec::new();
    for cell in exhibit.table.rows.iter().flatten() {
        if let ExhibitCell::Number(value, unit) = cell {
            values.push((*value, *unit));
        }
    }
    let is_near = |value: f64| (value - number.value).abs() <= number.half * (1.0 + 1e-6);
    let mut others = values.iter();
    number.value.abs() <= number.half
        || values.iter().any(|(value, _)| is_near(*value) || is_near(-value))
        || others.any(|(b, unit)| {
            values
                .iter()
                .filter(|(_, same)| same == unit)
                .any(|(a, _)| is_near(unit.shown_difference(*a, *b)))
        })
}

/// The lines of a chart that its finding can be about, as (year, value).
fn lines(exhibit: &Exhibit) -> Vec<Vec<(String, f64)>> {
    match &exhibit.figure {
        Figure::Slope(slope) => {
            let ends = |from: f64, to: f64| vec![(slope.from.clone(), from), (slope.to.clone(), to)];
            slope.rows.iter().map(|row| ends(row.from, row.to)).collect()
        }
        Figure::Line(Line { series, .. }) => {
            let is_split = series.iter().any(|line| line.role == LineRole::Part);
            columns(exhibit, if is_split { series.len() } else { 1 })
        }
        Figure::Panels(panels) => panels.iter().filter_map(|panel| own_line(&panel.figure)).collect(),
        Figure::Stacked(stacked) => columns(exhibit, stacked.parts.len()),
        _ => Vec::new(),
    }
}

/// The district's line of a small chart.
fn own_line(figure: &Figure) -> Option<Vec<(String, f64)>> {
    let Figure::Line(line) = figure else { return None };
    let own = line.series.iter().find(|series| series.role == LineRole::District)?;
    let year = |end: i32| format!("{}-{:02}", end - 1, end % 100);
    let points = line.years.iter().zip(&own.values);
    Some(points.filter_map(|(end, value)| Some((year(*end), (*value)?))).collect())
}

/// The first columns of a table by year.
fn columns(exhibit: &Exhibit, most: usize) -> Vec<Vec<(String, f64)>> {
    let mut columns = Vec::new();
    for column in 1..=most {
        let mut line = Vec::new();
        for row in &exhibit.table.rows {
            if let ExhibitCell::Number(value, _) = row[column] {
                line.push((row[0].text(), value));
            }
        }
        columns.push(line);
    }
    columns
}

/// Whether a line changed in the direction of the finding's word: from the year that it names to the last, and, unless a part
/// is meant, as a whole.
fn is_in_its_direction(exhibit: &Exhibit) -> bool {
    let finding = &exhibit.finding;
    let year = Regex::new(r"(?:since|after|than in) (\d{4}-\d{2})").unwrap();
    let Some(from) = year.captures(finding).map(|found| found[1].to_owned()) else { return true };
    let is_up = Regex::new(r"\b(rose|risen|up|Up|more)\b").unwrap().is_match(finding);
    let is_down = Regex::new(r"\b(fell|fallen|down|Down|fewer|less)\b").unwrap().is_match(finding);
    if is_up == is_down {
        return true;
    }
    let follows = |line: &Vec<(String, f64)>| {
        let (Some(at), Some(last)) = (line.iter().find(|(year, _)| *year == from), line.last()) else {
            return false;
        };
        let whole = last.1 - line[0].1;
        (last.1 > at.1) == is_up && (whole > 0.0) == is_up
    };
    lines(exhibit).iter().any(follows)
}
