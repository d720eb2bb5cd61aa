//! The audit: what a reader of the output files could work out of what is withheld (methods 10.4).
//!
//! It knows nothing of the data but what the files show: values with their n and the numbers behind them, what is withheld or
//! masked, the names of measures, groups and grades; and which of these its publisher had made public, as the policy asks. It
//! takes the groups of a dimension to add up to all students, the grades to all grades and the measures to hang together
//! as the catalog says, as a reader would; solves for every withheld count of a district's year under all of that at once;
//! and tells of each small one that comes out within less than the policy's s.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::earlier::{Earlier, Seen, together};
use super::linear_program::Interval;
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

/// What is audited.
#[derive(Debug, Clone, Copy)]
pub struct Audited<'a> {
    /// What the pack shows.
    pub shown: &'a [Shown],
    /// What an earlier pack of the same project shows; nothing where there is none.
    pub earlier: &'a [Shown],
    /// What measures mean.
    pub catalog: &'a Catalog,
    /// The smallest group of the project, if it has one of its own.
    pub smallest_group: Option<u32>,
}

/// The withheld values that can be told within less than the policy allows, from the pack and from both packs together, those
/// excepted that what is public tells by itself, or the earlier pack.
#[must_use]
pub fn audit(audited: Audited<'_>) -> Vec<Exposed> {
    let mut years: BTreeMap<(&str, i32), Vec<&Shown>> = BTreeMap::new();
    for one in audited.shown {
        years.entry((&one.district, one.year)).or_default().push(one);
    }
    let years: Vec<Vec<&Shown>> =
        years.into_values().filter(|all| all.iter().any(|one| !one.is_public)).collect();
    let earlier = Earlier::new(audited.earlier);
    years.par_iter().flat_map_iter(|all| audited.of_year(all, &earlier)).collect()
}

impl<'a> Audited<'a> {
    fn of_year(&self, shown: &[&'a Shown], earlier: &Earlier<'a>) -> Vec<Exposed> {
        let Some(at) = shown.first() else { return Vec::new() };
        let seen =
            |one: &&'a Shown| Some(Seen { cell: one.cell(self.catalog)?, is_withheld: one.is_withheld });
        let new: Vec<Seen<'a>> = shown.iter().filter_map(seen).collect();
        let cells: Vec<Cell<'_>> = new.iter().map(|seen| seen.cell.clone()).collect();
        let hidden: Vec<bool> = new.iter().map(|seen| seen.is_withheld).collect();
        let mut found = self.exposed(&cells, &hidden);
        for both in together(&new, &earlier.of(&at.district, at.year, self.catalog)) {
            found.extend(self.exposed(&both.cells, &both.hidden));
        }
        let one = |(cell, interval): (Cell<'_>, Interval)| Exposed {
            district: at.district.clone(),
            year: at.year,
            key: MeasureKey {
                measure: cell.measure.id.clone(),
                group: cell.group.to_owned(),
                grade: cell.grade.clone(),
                subject: cell.subject.to_owned(),
            },
            from_to: (interval.low, interval.high),
        };
        found.into_iter().map(one).collect()
    }

    fn exposed<'c>(&self, cells: &[Cell<'c>], hidden: &[bool]) -> Vec<(Cell<'c>, Interval)> {
        let least = cells.iter().map(|cell| cell.measure.smallest_group).max().max(self.smallest_group);
        let least = f64::from(least.unwrap_or(0));
        let mut found = exposed(cells, hidden, self.catalog, least);
        if found.iter().any(|exposure| !cells[exposure.cell.0].public) && cells.iter().any(|cell| cell.public)
        {
            // What is public tells some by itself, as near; of that the files tell nothing that is not known.
            let withheld: Vec<bool> = cells.iter().map(|cell| !cell.public).collect();
            let known = exposed(cells, &withheld, self.catalog, least);
            found.retain(|one| !known.contains(one));
        }
        let of = |Exposure { cell, interval }: Exposure| (cells[cell.0].clone(), interval);
        found.into_iter().map(of).collect()
    }
}

impl Shown {
    /// It as a cell; `None` where the catalog has no such measure, or it is blank.
    pub(super) fn cell<'a>(&'a self, catalog: &'a Catalog) -> Option<Cell<'a>> {
        // A blank says nothing, not even that there is somebody.
        let is_there = self.value.is_some() || self.is_withheld || self.is_masked;
        is_there.then_some(())?;
        Some(Cell {
            measure: catalog.measures.get(&self.key.measure)?,
            group: &self.key.group,
            grade: &self.key.grade,
            subject: &self.key.subject,
            value: self.value,
            numerator: self.numerator,
            n: self.n,
            bounds: self.bounds,
            computed: self.is_computed,
            masked: self.is_masked,
            public: self.is_public,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Audited, Exposed, Shown};
    use crate::catalog::{Bounds, Catalog};
    use crate::domain::{Grade, MeasureKey};

    fn audit(shown: &[Shown], catalog: &Catalog, smallest_group: Option<u32>) -> Vec<Exposed> {
        super::audit(Audited { shown, earlier: &[], catalog, smallest_group })
    }

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

    #[test]
    fn two_packs_of_which_each_withholds_another_group_tell_both() {
        let catalog = Catalog::embedded().unwrap();
        let pack = |white: Option<f64>, black: Option<f64>| {
            vec![
                shown("all", Some(100.0)),
                shown("white", white),
                shown("black", black),
                shown("asian", None),
            ]
        };
        let (new, earlier) = (pack(None, Some(43.0)), pack(Some(50.0), None));
        let both = |new, earlier| {
            super::audit(Audited { shown: new, earlier, catalog: &catalog, smallest_group: None })
        };
        let found = both(&new, &earlier);
        assert!(found.iter().all(|one| one.key.group == "asian" && one.from_to == (7.0, 7.0)), "{found:?}");
        assert!(!found.is_empty());
        assert_eq!(both(&new, &new), []);
        assert_eq!(both(&new, &[]), []);
        // Grades that the earlier pack alone lists are known, too.
        let of = |grade: &str, value| {
            let mut one = shown("asian", value);
            one.key.grade = Grade::parse(grade).unwrap();
            one
        };
        let grades = [of("KG", Some(3.0)), of("01", Some(4.0))];
        let found = both(&new, &[new.clone(), grades.to_vec()].concat());
        assert_eq!((found[0].key.group.as_str(), found[0].from_to), ("asian", (7.0, 7.0)));
    }
}
