//! On how many people a value without n rests.
//!
//! Those whom its population's measure counts for the same group, grade and year, or that it is divided by; or those on whom
//! another value of the same students rests (`same` in `catalog/disclosure.toml`). Where that count is masked, as many as the mask
//! says that they are at least: a mask stands for few. Where its population is only some of the counted (students tested, of all
//! enrolled), at most these, and at least the share of them that the catalog knows to be meant (`least-share`). Where nobody counts
//! them, they are at most the whole group and the whole grade; else as many as the largest n of another value that is of all
//! students of the same group, grade and year. A test of one grade and subject is taken by as many as another of these
//! rests on, if these are fewer. What some students take besides (college entrance) says nothing of the others.
//!
//! Degenerate: `None` where nothing of the kind is known, nor that they are few; unknown is not safe, and the value is withheld.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Measure};
use crate::disclosure::{Frame, FrameView, Row};
use crate::domain::{ALL, Grade, KeyCode, SchoolYear, Status, Unit};

/// What a mask without a number stands for.
const FEW: f64 = 1.0;

/// Between how many people something rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    /// The fewest.
    pub(super) low: f64,
    /// The most.
    pub(super) high: f64,
}

impl Range {
    /// So many.
    pub(super) const fn exactly(n: f64) -> Self {
        Self { low: n, high: n }
    }
}

/// Whose n is known: district, year, group, grade and, where it is of one, subject.
type Known = BTreeMap<(u32, i32, u32, u32, Option<u32>), f64>;

/// On how many people the values of a frame rest.
pub(super) struct RestsOn<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    /// The largest n of each group and grade of the districts that have something private; found when first asked for.
    largest: OnceCell<Known>,
}

impl<'a> RestsOn<'a> {
    pub(super) const fn new(frame: &'a Frame, view: FrameView<'a>, catalog: &'a Catalog) -> Self {
        Self { frame, view, catalog, largest: OnceCell::new() }
    }

    /// On how many people a value rests whose source does not say it: between how many. `smallest` is the policy's s.
    pub(super) fn people(&self, key: KeyCode, measure: &Measure, row: &Row, smallest: f64) -> Option<Range> {
        let (counted, is_divisor) = self.counted_by(key, measure);
        let counts = |of: KeyCode| self.count(of, row);
        let counted_here = counted.and_then(counts);
        if is_divisor || measure.smallest_group <= 1 {
            return counted_here.map(Range::exactly);
        }
        let population = measure.population.as_ref();
        let share = match population {
            Some(population) if population.some => population.least_share.map(|share| share / 100.0),
            Some(_) => Some(1.0),
            None => None,
        };
        let within =
            counted_here.zip(share).map(|(count, share)| Range { low: (share * count).floor(), high: count });
        let known = within.or_else(|| self.of_same(key, measure, row).map(Range::exactly));
        // That they are few is enough to know.
        let whole = counted.into_iter().flat_map(|of| [self.whole_group(of), self.whole_grade(of), Some(of)]);
        let at_most = whole.flatten().filter_map(counts).min_by(f64::total_cmp);
        if let Some(high) = at_most.filter(|most| *most < smallest && known.is_none()) {
            return Some(Range { low: 0.0, high });
        }
        let largest = |subject: Option<u32>| {
            let place = (row.district, row.year, key.group, key.grade, subject);
            self.largest.get_or_init(|| self.largest()).get(&place).copied()
        };
        let terms = self.frame.terms();
        let is_of_subject = terms.subjects.get(key.subject as usize).is_some_and(|s| s != ALL);
        let is_of_grade = terms.grades.get(key.grade as usize).is_some_and(|grade| !grade.is_all());
        let of_subject = if is_of_subject && is_of_grade { largest(Some(key.subject)) } else { None };
        let fewest = known.into_iter().chain(of_subject.map(Range::exactly));
        let fewest = fewest.min_by(|a, b| a.low.total_cmp(&b.low));
        fewest.or_else(|| if is_of_all(measure) { largest(None).map(Range::exactly) } else { None })
    }

    /// On how many people another value of the same students rests.
    fn of_same(&self, key: KeyCode, measure: &Measure, row: &Row) -> Option<f64> {
        let mut all = self.catalog.disclosure.same.iter();
        let same = all.find(|same| same.n.contains(&measure.id))?;
        let year = SchoolYear::ending(row.year).ok()?;
        let of = |id: &String, subject: u32| {
            let key = KeyCode { measure: self.code(id)?, subject, ..key };
            self.frame.find(&self.view, (key, row.district, year))
        };
        let counted = same.count.iter().find_map(|id| of(id, self.no_subject()?)?.value);
        counted.or_else(|| same.n.iter().find_map(|id| of(id, key.subject)?.n))
    }

    /// The series that counts the people of another, and whether that is divided by them.
    fn counted_by(&self, key: KeyCode, measure: &Measure) -> (Option<KeyCode>, bool) {
        let divided_by = measure.derive.as_ref().filter(|derive| derive.denominator.len() == 1);
        let of = match (divided_by, &measure.population) {
            (Some(derive), _) if derive.denominator_is_whole => self
                .code(&derive.denominator[0])
                .zip(self.everybody())
                .zip(self.all_grades())
                .zip(self.no_subject())
                .map(|(((measure, group), grade), subject)| KeyCode { measure, group, grade, subject }),
            (Some(derive), _) => self.code(&derive.denominator[0]).map(|measure| KeyCode { measure, ..key }),
            (None, Some(of)) => {
                let measure = self.code(&of.measure).zip(self.no_subject());
                measure.map(|(measure, subject)| KeyCode { measure, subject, ..key })
            }
            (None, None) => None,
        };
        let counts = |of: &KeyCode| {
            let id = &self.frame.terms().measures[of.measure as usize];
            self.catalog.measures.get(id).is_some_and(|of| of.unit == Unit::Count)
        };
        (of.filter(counts), divided_by.is_some())
    }

    /// The count of a series in the year of a row; of a masked one, as many as its mask tells that they are at least.
    fn count(&self, of: KeyCode, row: &Row) -> Option<f64> {
        let year = SchoolYear::ending(row.year).ok()?;
        let found = self.frame.find(&self.view, (of, row.district, year))?;
        let mask = || self.frame.bounds(found.row).and_then(|bounds| bounds.low).unwrap_or(FEW).max(FEW);
        found.value.or_else(|| (found.status == Status::Masked).then(mask))
    }

    fn whole_group(&self, of: KeyCode) -> Option<KeyCode> {
        self.all_grades().map(|grade| KeyCode { grade, ..of }).filter(|whole| *whole != of)
    }

    fn whole_grade(&self, of: KeyCode) -> Option<KeyCode> {
        self.everybody().map(|group| KeyCode { group, ..of }).filter(|whole| *whole != of)
    }

    fn code(&self, measure: &String) -> Option<u32> {
        self.frame.terms().measures.binary_search(measure).ok().map(|i| i as u32)
    }

    fn everybody(&self) -> Option<u32> {
        self.frame.terms().groups.binary_search_by(|id| id.as_str().cmp(ALL)).ok().map(|i| i as u32)
    }

    fn all_grades(&self) -> Option<u32> {
        self.frame.terms().grades.iter().position(Grade::is_all).map(|i| i as u32)
    }

    fn no_subject(&self) -> Option<u32> {
        self.frame.terms().subjects.binary_search_by(|id| id.as_str().cmp(ALL)).ok().map(|i| i as u32)
    }

    fn largest(&self) -> Known {
        let runs = self.frame.runs();
        let rows =
            || runs.iter().flat_map(|run| self.view.rows(run.rows.clone()).map(move |row| (run.key, row)));
        let private: BTreeSet<u32> =
            rows().filter(|(_, row)| !row.public).map(|(_, row)| row.district).collect();
        let mut largest = Known::new();
        for (key, row) in rows().filter(|(_, row)| private.contains(&row.district)) {
            let Some(n) = row.n.filter(|n| *n > 0.0) else { continue };
            let measure = self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize]);
            let of_all = measure.filter(|measure| is_of_all(measure)).map(|_| None);
            for subject in of_all.into_iter().chain([Some(key.subject)]) {
                let known =
                    largest.entry((row.district, row.year, key.group, key.grade, subject)).or_insert(n);
                *known = known.max(n);
            }
        }
        largest
    }
}

/// Whether a measure is of all students of a group and grade, not of some of them.
fn is_of_all(measure: &Measure) -> bool {
    measure.population.as_ref().is_some_and(|population| !population.some)
}
