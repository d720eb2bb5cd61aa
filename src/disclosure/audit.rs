//! The audit: what a reader of the output files could work out of what is withheld (methods 10.4).
//!
//! It knows nothing of the data but what the files show: values with their n, what is marked as withheld, and the names of
//! groups and grades. It takes the groups of a dimension to add up to all students and the grades to all grades, as a
//! reader would, solves for every withheld amount, and tells of each that comes out within less than the policy's s.
//! Lines whose shown parts come to more than their total add up to nothing, and where what is shown contradicts itself nothing can
//! be worked out. Rates are taken with the number behind them, rounded as they are shown.

use std::collections::BTreeMap;

use super::bounds::{Equation, Line, Span, cross, narrowed, solved};
use crate::catalog::{Catalog, Measure};
use crate::domain::{ALL, Grade, MeasureKey, Unit};

/// One value, or the place of one that is withheld, as the output files show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Id of the district, as shown.
    pub district: String,
    /// School year, by its end.
    pub year: i32,
    /// What it is of.
    pub key: MeasureKey,
    /// The value; `None` where there is none.
    pub value: Option<f64>,
    /// How many people it rests on.
    pub n: Option<f64>,
    /// Whether it is withheld by us, and not by its publisher.
    pub is_withheld: bool,
}

/// A withheld value that can be worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposed {
    /// The place.
    pub district: String,
    /// School year, by its end.
    pub year: i32,
    /// What it is of.
    pub key: MeasureKey,
    /// The least and the most people that it can be.
    pub from_to: (f64, f64),
}

/// A table's name: district, year, measure, subject.
type Of<'a> = (&'a str, i32, &'a str, &'a str);

/// The withheld values that can be told within less than the policy allows. `smallest_group` is the project's own.
#[must_use]
pub fn audit(shown: &[Shown], catalog: &Catalog, smallest_group: Option<u32>) -> Vec<Exposed> {
    let mut tables: BTreeMap<Of<'_>, Vec<&Shown>> = BTreeMap::new();
    for one in shown {
        let of = (one.district.as_str(), one.year, one.key.measure.as_str(), one.key.subject.as_str());
        tables.entry(of).or_default().push(one);
    }
    let mut found = Vec::new();
    for (of, cells) in tables.iter().filter(|(_, cells)| cells.iter().any(|c| c.is_withheld)) {
        let Some(measure) = catalog.measures.get(of.2) else { continue };
        let least = f64::from(measure.smallest_group.max(smallest_group.unwrap_or(0)));
        found.extend(exposed(cells, catalog, measure, least));
    }
    found
}

fn exposed(cells: &[&Shown], catalog: &Catalog, measure: &Measure, least: f64) -> Vec<Exposed> {
    let hidden: Vec<bool> = cells.iter().map(|c| amounts(c, measure).is_none()).collect();
    let mut found: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for system in 0..if measure.unit == Unit::Percent { 2 } else { 1 } {
        let known = |c: &&Shown| amounts(c, measure).map_or(0.0, |amounts| amounts[system]);
        let amounts: Vec<f64> = cells.iter().map(known).collect();
        let equations: Vec<Equation> = lines(cells, catalog)
            .iter()
            .map(|line| (line, line.shown_equation(&amounts, &hidden)))
            .filter(|(line, equation)| hidden[line.total] || equation.side >= 0.0)
            .map(|(_, equation)| equation)
            .collect();
        let spans = narrowed(cells.len(), &equations);
        let crossing = cross(cells.len(), &equations);
        for cell in (0..cells.len()).filter(|c| cells[*c].is_withheld) {
            let wide = |span: Span| span.1 - span.0 >= least - 1e-6 || span.1 < span.0;
            let exact = || solved(cell, cells.len(), &equations).unwrap_or(spans[cell]);
            let span = if wide(spans[cell]) && crossing { exact() } else { spans[cell] };
            if !wide(span) {
                found.insert(cell, span);
            }
        }
    }
    let one = |(cell, from_to): (usize, (f64, f64))| Exposed {
        district: cells[cell].district.clone(),
        year: cells[cell].year,
        key: cells[cell].key.clone(),
        from_to,
    };
    found.into_iter().map(one).collect()
}

/// The amounts that add up; `None` where the files don't show them.
fn amounts(shown: &Shown, measure: &Measure) -> Option<[f64; 2]> {
    let value = shown.value?;
    match measure.unit {
        Unit::Count => Some([value, value]),
        Unit::Percent => shown.n.map(|n| [(value * n / 100.0).round(), n]),
        _ => shown.n.map(|n| [n, n]),
    }
}

/// Totals with their parts, by the names of groups and grades.
fn lines(cells: &[&Shown], catalog: &Catalog) -> Vec<Line> {
    let at =
        |group: &str, grade: &Grade| cells.iter().position(|c| c.key.group == group && c.key.grade == *grade);
    let mut sums: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate() {
        let (group, grade) = (&cell.key.group, &cell.key.grade);
        let dimension = catalog.groups.group(group).map(|g| g.dimension.as_str()).filter(|_| group != ALL);
        if let Some((total, dimension)) = at(ALL, grade).zip(dimension) {
            sums.entry((total, dimension)).or_default().push(i);
        }
        let is_part = !grade.is_all() && !grade.id().contains('-');
        if let Some(total) = at(group, &Grade::all()).filter(|_| is_part) {
            sums.entry((total, "")).or_default().push(i);
        }
    }
    sums.into_iter()
        .filter(|(_, parts)| parts.len() > 1)
        .map(|((total, _), parts)| Line { total, parts })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Shown, audit};
    use crate::catalog::Catalog;
    use crate::domain::{Grade, MeasureKey};

    fn shown(group: &str, value: Option<f64>) -> Shown {
        let key = MeasureKey { group: group.to_owned(), ..MeasureKey::whole("enrollment") };
        Shown { district: "1".to_owned(), year: 2024, key, value, n: None, is_withheld: value.is_none() }
    }

    #[test]
    fn one_withheld_group_is_told_by_the_others_and_two_are_not() {
        let catalog = Catalog::embedded().unwrap();
        let mut all = vec![
            shown("all", Some(100.0)),
            shown("white", Some(50.0)),
            shown("black", Some(43.0)),
            shown("asian", None),
        ];
        let found = audit(&all, &catalog, None);
        assert_eq!((found.len(), found[0].from_to), (1, (7.0, 7.0)));
        all[2].value = None;
        assert_eq!(audit(&all, &catalog, None), []);
        // With a policy of 60, the 50 that both come to are too few.
        assert_eq!(audit(&all, &catalog, Some(60)).len(), 1);
        all[2].is_withheld = true;
        assert_eq!(audit(&all, &catalog, Some(60)).len(), 2);
    }

    #[test]
    fn grades_tell_of_a_grade() {
        let catalog = Catalog::embedded().unwrap();
        let of = |grade: &str, value| {
            let mut one = shown("all", value);
            one.key.grade = Grade::parse(grade).unwrap();
            one
        };
        let all = [shown("all", Some(30.0)), of("KG", Some(12.0)), of("01", Some(13.0)), of("02", None)];
        assert_eq!(audit(&all, &catalog, None)[0].from_to, (5.0, 5.0));
    }
}
