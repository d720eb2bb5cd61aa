//! The audit: what a reader of the output files could work out of what is withheld (methods 10.4).
//!
//! It knows nothing of the data but what the files show: values with their n and the numbers behind them, what is withheld or
//! masked, the names of measures, groups and grades; and which of these its publisher had made public, as the policy asks. It
//! takes the groups of a dimension to add up to all students, the grades to all grades and the measures to hang together
//! as the catalog says, as a reader would; solves for every withheld count of a district's year under all of that at once;
//! and tells of each small one that comes out within less than the policy's s.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::model::Cell;
use super::suppress::{Exposure, exposed};
use crate::catalog::{Bounds, Catalog};
use crate::domain::MeasureKey;

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
    /// The number behind a rate, where it is shown.
    pub numerator: Option<f64>,
    /// How many people it rests on.
    pub n: Option<f64>,
    /// Between what its source's mask puts it.
    pub bounds: Bounds,
    /// Whether the tables say that this program computed it.
    pub is_computed: bool,
    /// Whether it is withheld by us.
    pub is_withheld: bool,
    /// Whether it is masked by its source.
    pub is_masked: bool,
    /// Whether its publisher had made it public as it stands.
    pub is_public: bool,
}

/// A withheld value that can be worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposed {
    /// The place.
    pub district: String,
    /// School year, by its end.
    pub year: i32,
    /// What it is of; of what the listed parts leave of a total, the total.
    pub key: MeasureKey,
    /// The least and the most people that it can be.
    pub from_to: (f64, f64),
}

/// The withheld values that can be told within less than the policy allows, those excepted that what is public tells by itself.
/// `smallest_group` is the project's own.
#[must_use]
pub fn audit(shown: &[Shown], catalog: &Catalog, smallest_group: Option<u32>) -> Vec<Exposed> {
    let mut years: BTreeMap<(&str, i32), Vec<&Shown>> = BTreeMap::new();
    for one in shown {
        years.entry((&one.district, one.year)).or_default().push(one);
    }
    let years: Vec<Vec<&Shown>> =
        years.into_values().filter(|all| all.iter().any(|one| !one.is_public)).collect();
    years.par_iter().flat_map_iter(|all| of_year(all, catalog, smallest_group)).collect()
}

fn of_year(shown: &[&Shown], catalog: &Catalog, smallest_group: Option<u32>) -> Vec<Exposed> {
    let known: Vec<(&Shown, Cell<'_>)> =
        shown.iter().filter_map(|one| Some((*one, cell(one, catalog)?))).collect();
    let cells: Vec<Cell<'_>> = known.iter().map(|(_, cell)| cell.clone()).collect();
    let hidden: Vec<bool> = known.iter().map(|(one, _)| one.is_withheld).collect();
    let least = cells.iter().map(|cell| cell.measure.smallest_group).max().max(smallest_group).unwrap_or(0);
    let mut found = exposed(&cells, &hidden, catalog, f64::from(least));
    if found.iter().any(|exposure| !cells[exposure.cell.0].public) && cells.iter().any(|cell| cell.public) {
        // What is public tells some by itself, as near; of that the files tell nothing that is not known.
        let withheld: Vec<bool> = cells.iter().map(|cell| !cell.public).collect();
        let known = exposed(&cells, &withheld, catalog, f64::from(least));
        found.retain(|one| !known.contains(one));
    }
    let one = |Exposure { cell, interval }: Exposure| {
        let of = known[cell.0].0;
        let from_to = (interval.low, interval.high);
        Exposed { district: of.district.clone(), year: of.year, key: of.key.clone(), from_to }
    };
    found.into_iter().map(one).collect()
}

fn cell<'a>(shown: &'a Shown, catalog: &'a Catalog) -> Option<Cell<'a>> {
    // A blank says nothing, not even that there is somebody.
    let is_there = shown.value.is_some() || shown.is_withheld || shown.is_masked;
    is_there.then_some(())?;
    Some(Cell {
        measure: catalog.measures.get(&shown.key.measure)?,
        group: &shown.key.group,
        grade: &shown.key.grade,
        subject: &shown.key.subject,
        value: shown.value,
        numerator: shown.numerator,
        n: shown.n,
        bounds: shown.bounds,
        computed: shown.is_computed,
        masked: shown.is_masked,
        public: shown.is_public,
    })
}

#[cfg(test)]
mod tests {
    use super::{Shown, audit};
    use crate::catalog::{Bounds, Catalog};
    use crate::domain::{Grade, MeasureKey};

    fn shown(group: &str, value: Option<f64>) -> Shown {
        let key = MeasureKey { group: group.to_owned(), ..MeasureKey::whole("enrollment") };
        Shown {
            district: "1".to_owned(),
            year: 2024,
            key,
            value,
            numerator: None,
            n: None,
            bounds: Bounds::default(),
            is_computed: false,
            is_withheld: value.is_none(),
            is_masked: false,
            is_public: false,
        }
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
        // A value that is gone, though nobody says that it is withheld: the two are told apart no longer.
        all[2] = Shown { is_withheld: false, ..shown("black", None) };
        assert_eq!(audit(&all, &catalog, None), []);
        assert_eq!(audit(&all, &catalog, Some(60)).len(), 1);
        all[2] = shown("black", None);
        assert_eq!(audit(&all, &catalog, None), []);
        // With a policy of 60, the 50 that both come to are too few.
        assert_eq!(audit(&all, &catalog, Some(60)).len(), 2);
    }

    #[test]
    fn grades_and_spans_of_grades_tell_of_a_grade() {
        let catalog = Catalog::embedded().unwrap();
        let of = |grade: &str, value| {
            let mut one = shown("all", value);
            one.key.grade = Grade::parse(grade).unwrap();
            one
        };
        let all = [shown("all", Some(30.0)), of("KG", Some(12.0)), of("01", Some(13.0)), of("02", None)];
        assert_eq!(audit(&all, &catalog, None)[0].from_to, (5.0, 5.0));
        let spans =
            [shown("all", Some(90.0)), of("KG-05", Some(50.0)), of("06-08", Some(36.0)), of("09-12", None)];
        assert_eq!(audit(&spans, &catalog, None)[0].from_to, (4.0, 4.0));
    }

    #[test]
    fn the_n_of_a_rate_tells_of_a_group_that_is_withheld_elsewhere() {
        let catalog = Catalog::embedded().unwrap();
        let mut rate = shown("asian", Some(50.0));
        rate.key.measure = "chronic-absenteeism-rate".to_owned();
        rate.n = Some(8.0);
        let all = [shown("asian", None), rate];
        assert_eq!(audit(&all, &catalog, None)[0].from_to, (8.0, 8.0));
    }

    #[test]
    fn what_no_listed_group_is_counts_too_and_what_is_public_does_not() {
        let catalog = Catalog::embedded().unwrap();
        let mut all = [shown("all", Some(100.0)), shown("female", Some(50.0)), shown("male", Some(47.0))];
        let found = audit(&all, &catalog, None);
        assert_eq!((found[0].key.group.as_str(), found[0].from_to), ("all", (3.0, 3.0)));
        all.iter_mut().for_each(|one| one.is_public = true);
        assert_eq!(audit(&all, &catalog, None), []);
    }
}
