//! What the catalog says of measures that speak of students, as somebody who reads it sees it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Derivation, Measure, StudentSet};
use crate::domain::{Grade, Unit};

/// Of what counts of students a measure speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Of one: itself.
    Count,
    /// Of those on whom it rests, those of them whom it counts, and the others.
    Rate,
    /// Of those on whom it rests.
    Mean,
    /// Of none that have to be protected.
    Nobody,
}

/// Which students of a measure are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    /// Those whom a count counts.
    Count,
    /// Those on whom a rate or mean rests.
    N,
    /// Those of them whom a rate counts.
    Numerator,
    /// The others.
    Rest,
}

/// The students of a measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Of {
    pub(super) figure: Figure,
    pub(super) measure: String,
}

impl Of {
    fn new(figure: Figure, measure: &str) -> Self {
        Self { figure, measure: measure.to_owned() }
    }

    fn students(students: &StudentSet) -> Self {
        let figure = match students {
            StudentSet::N(_) => Figure::N,
            StudentSet::Numerator(_) => Figure::Numerator,
            StudentSet::Count(_) => Figure::Count,
        };
        Self::new(figure, students.measure())
    }
}

/// Students who are some of others.
#[derive(Debug, Clone)]
pub(super) struct Subset {
    pub(super) these: Of,
    pub(super) of: Of,
}

/// What the catalog says of who stands in several measures.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Measures that speak of the same students by their meaning.
    pub(super) same: Vec<Vec<Of>>,
    /// Measures that speak of some of others' students by their meaning.
    pub(super) some: Vec<Subset>,
    /// Measures of which a reader looks in the tables whether they speak of the same students.
    pub(super) perhaps_same: Vec<Vec<Of>>,
    /// The spans of grades that each measure may be of, even where it is said of all.
    pub(super) in_grades: BTreeMap<String, Vec<Grade>>,
}

/// What counts of students a measure speaks of. A quotient of other measures speaks of theirs.
pub(super) fn speaks(measure: &Measure) -> Speaks {
    if measure.smallest_group <= 1 || quotient(measure).is_some() {
        return Speaks::Nobody;
    }
    let not_counted = measure.population.as_ref().is_some_and(|of| of.not_counted);
    match measure.unit {
        Unit::Count => Speaks::Count,
        Unit::Percent if !not_counted => Speaks::Rate,
        _ => Speaks::Mean,
    }
}

/// How a measure is a quotient of others.
pub(super) fn quotient(measure: &Measure) -> Option<&Derivation> {
    measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty())
}

/// How a rate is the sum of others.
pub(super) fn sum_of_rates(measure: &Measure) -> Option<&Derivation> {
    let derive = measure.derive.as_ref()?;
    let is_sum = derive.denominator.is_empty() && derive.minus.is_empty();
    (is_sum && speaks(measure) == Speaks::Rate).then_some(derive)
}

impl Links {
    /// What the catalog says.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut links = Self::default();
        links.add_populations(catalog);
        for same in &catalog.disclosure.same {
            let count = same.count.iter().map(|id| Of::new(Figure::Count, id));
            let n = same.n.iter().map(|id| Of::new(Figure::N, id));
            let numerator = same.numerator.iter().map(|id| Of::new(Figure::Numerator, id));
            links.same.push(count.chain(n).chain(numerator).collect());
        }
        let some = catalog.disclosure.some.iter();
        links.some.extend(some.map(|s| Subset { these: Of::students(&s.these), of: Of::students(&s.of) }));
        for whole in &catalog.disclosure.whole {
            links.same.push(whole.parts.iter().map(|id| Of::new(Figure::N, id)).collect());
        }
        for (id, measure) in &catalog.measures {
            let parts = sum_of_rates(measure).into_iter().flat_map(|derive| &derive.numerator);
            let all: Vec<Of> = [id].into_iter().chain(parts).map(|id| Of::new(Figure::N, id)).collect();
            links.same.extend(Some(all).filter(|all| all.len() > 1));
        }
        links.add_grades(catalog);
        links
    }

    fn add_populations(&mut self, catalog: &Catalog) {
        let mut all_of: BTreeMap<&str, Vec<Of>> = BTreeMap::new();
        let mut some_of: BTreeMap<&str, Vec<Of>> = BTreeMap::new();
        for (id, measure) in &catalog.measures {
            let Some(population) = &measure.population else { continue };
            let figure = if speaks(measure) == Speaks::Count { Figure::Count } else { Figure::N };
            let (these, of) = (Of::new(figure, id), Of::new(Figure::Count, &population.measure));
            if population.some || figure == Figure::Count {
                some_of
                    .entry(&population.measure)
                    .or_default()
                    .extend((figure == Figure::N).then(|| these.clone()));
                self.some.push(Subset { these, of });
            } else {
                all_of.entry(&population.measure).or_default().push(these);
            }
        }
        let with_count = |(id, these): (&str, Vec<Of>)| {
            [Of::new(Figure::Count, id)].into_iter().chain(these).collect::<Vec<Of>>()
        };
        self.same.extend(all_of.into_iter().map(with_count));
        self.perhaps_same.extend(some_of.into_iter().map(with_count));
    }

    /// The grades of each measure, and of those that speak of the same students.
    fn add_grades(&mut self, catalog: &Catalog) {
        for one in &catalog.disclosure.in_grades {
            let grades: Vec<Grade> = one.grades.iter().filter_map(|grade| Grade::parse(grade)).collect();
            for id in &one.measures {
                self.in_grades.entry(id.clone()).or_default().extend(grades.iter().cloned());
            }
        }
        let own = self.in_grades.clone();
        for same in &catalog.disclosure.same {
            let ids: BTreeSet<&String> = same.n.iter().chain(&same.numerator).collect();
            let grades: Vec<Grade> = ids.iter().filter_map(|id| own.get(*id)).flatten().cloned().collect();
            for id in ids {
                self.in_grades.entry(id.clone()).or_default().extend(grades.iter().cloned());
            }
        }
        self.in_grades.values_mut().for_each(|grades| {
            grades.sort();
            grades.dedup();
        });
        self.in_grades.retain(|_, grades| !grades.is_empty());
    }
}
