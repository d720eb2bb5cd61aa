//! A district's year as counts of people, and how they hang together.
//!
//! Every value that may be shown is a statement about such counts: a count is one; a rate with n is two (the number behind it
//! and n, with the rest of n a third); a rate without n says how the number and n go together; dollars per student say how many
//! students there are to whoever sees the dollars. Values that are of the same people (the catalog's `population`, or what a
//! measure is divided by; or as many people of the same group and grade) are about the same count, in whichever measure
//! they stand. Counts add up along [`sums`](super::sums). What follows of it stands in [`known`](super::known).

use std::collections::BTreeMap;

use super::bounds::Relation;
use super::sums::{Line, lines, overlaps};
use super::tie::{Tie, steps};
use crate::catalog::{Bounds, Catalog, Derivation, Measure};
use crate::domain::{ALL, Grade, Unit};

/// One value of a district and year, or the place of one that is not there.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    /// What it measures.
    pub(super) measure: &'a Measure,
    /// Of which group.
    pub(super) group: &'a str,
    /// Of which grade.
    pub(super) grade: &'a Grade,
    /// In which subject.
    pub(super) subject: &'a str,
    /// The value.
    pub(super) value: Option<f64>,
    /// The number behind a rate.
    pub(super) numerator: Option<f64>,
    /// How many people it rests on.
    pub(super) n: Option<f64>,
    /// Between what its source's mask puts it.
    pub(super) bounds: Bounds,
    /// Whether this program computed it from others.
    pub(super) computed: bool,
    /// Whether its source masks it.
    pub(super) masked: bool,
    /// Whether its source has published it as it stands, mask included.
    pub(super) public: bool,
}

impl Cell<'_> {
    /// The cell as the files show it.
    pub(super) fn shown(&self, hidden: bool) -> Self {
        if hidden { Self { value: None, numerator: None, n: None, ..self.clone() } } else { self.clone() }
    }
}

/// The counts that a cell is about, by their positions.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct About {
    /// The people it counts: all of a count, those behind a rate.
    pub(super) number: Option<usize>,
    /// Of a rate: all others that it is of.
    pub(super) rest: Option<usize>,
    /// The people it is of.
    pub(super) base: Option<usize>,
}

/// What a count is of; with group, grade and subject, its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of<'a> {
    /// The people that a measure counts.
    Counted(&'a str),
    /// The people that a measure is of, where no measure counts them.
    Base(&'a str),
    /// So many people.
    Many(u64),
    /// The number behind a rate.
    Number(&'a str),
    /// All others of a rate.
    Rest(&'a str),
}

type Name<'a> = (Of<'a>, &'a str, &'a str, &'a str);

/// All counts of a district's year and what is known about them if everything is shown.
#[derive(Debug, Default)]
pub(super) struct System {
    /// What each cell is about.
    pub(super) about: Vec<About>,
    /// The counts that each cell tells outright, with what they are.
    pub(super) told: Vec<Vec<(usize, f64)>>,
    /// What a cell tells of several counts.
    pub(super) ties: Vec<Tie>,
    /// What adds up.
    pub(super) lines: Vec<Line>,
    /// What spans of grades that overlap in part tell together.
    pub(super) overlaps: Vec<Relation>,
    /// Numbers behind rates and their rests, each with the people that they are of.
    pub(super) at_most: Vec<(usize, usize)>,
    /// People who are some of others, each with these.
    pub(super) at_least: Vec<(usize, usize)>,
    /// By how much a count may be off, where it comes from a rounded rate.
    pub(super) rounding: Vec<f64>,
    /// The count by whose size a count is taken or spared.
    pub(super) size: Vec<usize>,
    /// The counts that are known to be the same only by their size.
    pub(super) alike: Vec<bool>,
    /// The cells that tell each count outright.
    pub(super) told_by: Vec<Vec<usize>>,
    /// The ties, by their positions, that each count is in.
    pub(super) tied_by: Vec<Vec<usize>>,
}

impl System {
    /// Whether a tie tells a count: all others that it is of are told, and not only by what it makes of that count.
    pub(super) fn tells(&self, tie: usize, at: usize, hidden: &[bool], told: &[Option<f64>]) -> bool {
        let mut others = self.ties[tie].relation.terms.iter().map(|(of, _)| *of).filter(|of| *of != at);
        let by_others = |of: usize| {
            let ties = self.tied_by[of].iter().filter(|other| **other != tie);
            let mut ties = ties.map(|other| &self.ties[*other]).filter(|other| !hidden[other.cell]);
            self.told_by[of].iter().any(|cell| !hidden[*cell])
                || ties.any(|other| other.relation.terms.iter().all(|(term, _)| *term != at))
        };
        others.all(|of| told[of].is_some() && by_others(of))
    }

    /// The system of a district's year.
    pub(super) fn new(cells: &[Cell<'_>], catalog: &Catalog) -> Self {
        let mut building = Building { cells, catalog, at: BTreeMap::new(), names: BTreeMap::new() };
        building.at = places(cells);
        building.system()
    }

    /// How many counts there are, what sums leave included.
    pub(super) fn len(&self) -> usize {
        self.size.len() + self.lines.len()
    }
}

/// Where a cell stands: measure, group, grade, subject.
pub(super) type Place<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Which cell stands where.
pub(super) fn places<'a>(cells: &[Cell<'a>]) -> BTreeMap<Place<'a>, usize> {
    let place = |cell: &Cell<'a>| (cell.measure.id.as_str(), cell.group, cell.grade.id(), cell.subject);
    cells.iter().enumerate().map(|(i, cell)| (place(cell), i)).collect()
}

/// Whether a measure counts people who must be protected, by ones.
fn counts_people(measure: &Measure) -> bool {
    measure.unit == Unit::Count && measure.smallest_group > 1
}

struct Building<'c, 'a> {
    cells: &'c [Cell<'a>],
    catalog: &'a Catalog,
    at: BTreeMap<Place<'a>, usize>,
    names: BTreeMap<Name<'a>, usize>,
}

impl<'a> Building<'_, 'a> {
    fn system(mut self) -> System {
        let about: Vec<About> = self.cells.iter().map(|cell| self.about(cell)).collect();
        let steps = steps(self.cells);
        let off = |cell: &Cell<'_>| steps.get(cell.measure.id.as_str()).map_or(0.0, |step| step / 2.0);
        let mut ties: Vec<Tie> = Vec::new();
        for (i, cell) in self.cells.iter().enumerate() {
            let Some(relation) = self.tie(cell, &about[i]) else { continue };
            // A quotient is told of a hundred, the number behind a rate as it is.
            let is_quotient = cell.measure.derive.as_ref().is_some_and(|d| !d.denominator.is_empty());
            let off = if is_quotient { off(cell) } else { off(cell) / 100.0 };
            let is_rounded = cell.measure.unit == Unit::Percent && cell.numerator.is_none() && !cell.computed;
            ties.push(Tie { cell: i, relation, off: if is_rounded { off } else { 0.0 } });
        }
        let count = self.names.len();
        let mut size: Vec<usize> = (0..count).collect();
        let mut rounding = vec![0.0; count];
        let (mut at_most, mut at_least) = (Vec::new(), Vec::new());
        for (cell, about) in self.cells.iter().zip(&about) {
            let Some(base) = about.base else { continue };
            let is_counted_elsewhere =
                cell.measure.derive.as_ref().is_some_and(|d| !d.denominator.is_empty());
            for at in about.number.iter().chain(&about.rest) {
                at_most.push((*at, base));
                if !is_counted_elsewhere {
                    size[*at] = base;
                    let n = cell.value.and(cell.n).filter(|_| cell.numerator.is_none()).unwrap_or(0.0);
                    rounding[*at] = off(cell) * n / 100.0;
                }
            }
            at_least.extend(self.whole_of(cell, base).map(|whole| (base, whole)));
        }
        let mut alike = vec![false; count];
        self.names.iter().for_each(|((of, ..), at)| alike[*at] = matches!(of, Of::Many(_)));
        let told: Vec<Vec<(usize, f64)>> =
            self.cells.iter().zip(&about).map(|(cell, about)| told(cell, about)).collect();
        let lines = lines(self.cells, &about, &self.at, self.catalog, count);
        let told_by = by_count(count, told.iter().map(|all| all.iter().map(|(at, _)| *at)));
        let tied_by = by_count(count, ties.iter().map(|tie| tie.relation.terms.iter().map(|(at, _)| *at)));
        let overlaps = overlaps(self.cells, &about, &rounding);
        System {
            about,
            told,
            ties,
            lines,
            overlaps,
            at_most,
            at_least,
            rounding,
            size,
            alike,
            told_by,
            tied_by,
        }
    }

    fn position(&mut self, name: Name<'a>) -> usize {
        let next = self.names.len();
        *self.names.entry(name).or_insert(next)
    }

    fn about(&mut self, cell: &Cell<'a>) -> About {
        let (measure, at) = (cell.measure, (cell.group, cell.grade.id(), cell.subject));
        let id = measure.id.as_str();
        let name = |of: Of<'a>| (of, at.0, at.1, at.2);
        if counts_people(measure) {
            return About { number: Some(self.position(name(Of::Counted(id)))), ..About::default() };
        }
        let divided_by = measure.derive.as_ref().and_then(|derive| self.divided_by(derive, cell));
        let base = divided_by.or_else(|| self.base(cell)).map(|name| self.position(name));
        if measure.unit != Unit::Percent || measure.smallest_group <= 1 || self.is_not_counted(measure) {
            return About { base, ..About::default() };
        }
        let number = measure.derive.as_ref().and_then(|derive| self.one_counted(&derive.numerator));
        let number = number.filter(|_| divided_by.is_some());
        let number = self.position(name(number.map_or(Of::Number(id), Of::Counted)));
        // The rest of a share of everybody says nothing of the group's.
        let is_share = measure.derive.as_ref().is_some_and(|derive| derive.denominator_is_whole);
        let rest = if is_share { None } else { Some(self.position(name(Of::Rest(id)))) };
        About { number: Some(number), rest, base }
    }

    fn is_not_counted(&self, measure: &Measure) -> bool {
        measure.population.as_ref().is_some_and(|population| population.not_counted)
    }

    /// The one measure of a list, if it counts people.
    fn one_counted(&self, ids: &'a [String]) -> Option<&'a str> {
        let [id] = ids else { return None };
        self.catalog
            .measures
            .get(id)
            .filter(|measure| counts_people(measure))
            .map(|measure| measure.id.as_str())
    }

    /// The people that a quotient is of.
    fn divided_by(&self, derive: &'a Derivation, cell: &Cell<'a>) -> Option<Name<'a>> {
        let of = Of::Counted(self.one_counted(&derive.denominator)?);
        let (group, grade, subject) = below(derive, cell);
        Some((of, group, grade, subject))
    }

    /// The people that a value is of: those that its population's measure counts, or as many.
    fn base(&self, cell: &Cell<'a>) -> Option<Name<'a>> {
        let is_of_people = cell.measure.smallest_group > 1;
        let (group, grade) = (cell.group, cell.grade.id());
        let own = (Of::Base(&cell.measure.id), group, grade, cell.subject);
        let n = cell.n.or_else(|| self.n_of_whole(cell));
        let many = n.map(|n| (Of::Many(n.round().max(0.0) as u64), group, grade, ALL));
        let Some(population) = cell.measure.population.as_ref().filter(|_| is_of_people) else {
            return many.or(Some(own)).filter(|_| is_of_people);
        };
        let counted = (Of::Counted(&population.measure), group, grade, ALL);
        let all = self.count_of(&population.measure, cell);
        let is_near = |(n, all): (f64, f64)| (n - all).abs() <= if population.some { 0.5 } else { 0.1 * all };
        match (n.zip(all), population.some) {
            (Some(both), _) if is_near(both) => Some(counted),
            (None, false) => Some(counted),
            _ if n.is_some() && (all.is_some() || population.some) => many,
            (_, true) => Some(own),
            _ => Some(counted),
        }
    }

    /// How many people another part of the same whole is of: those of a rate whose own n is blank.
    fn n_of_whole(&self, cell: &Cell<'a>) -> Option<f64> {
        let mut wholes = self.catalog.disclosure.whole.iter();
        let whole = wholes.find(|whole| whole.parts.contains(&cell.measure.id))?;
        let place = |part: &'a String| (part.as_str(), cell.group, cell.grade.id(), cell.subject);
        whole.parts.iter().find_map(|part| self.cells[*self.at.get(&place(part))?].n)
    }

    fn count_of(&self, measure: &'a str, cell: &Cell<'a>) -> Option<f64> {
        let at = self.at.get(&(measure, cell.group, cell.grade.id(), ALL))?;
        self.cells[*at].value
    }

    /// The people of whom a value's are some.
    fn whole_of(&self, cell: &Cell<'a>, base: usize) -> Option<usize> {
        let population = cell.measure.population.as_ref().filter(|population| population.some)?;
        let of = Of::Counted(&population.measure);
        let whole = self.names.get(&(of, cell.group, cell.grade.id(), ALL)).copied()?;
        // Who is tested in spring may not have been enrolled in fall.
        let fits = cell.n.zip(self.count_of(&population.measure, cell)).is_none_or(|(n, all)| n <= all);
        (fits && whole != base).then_some(whole)
    }

    /// What a cell's value says of several counts.
    fn tie(&mut self, cell: &Cell<'a>, about: &About) -> Option<Relation> {
        let value = cell.value?;
        let derive = cell.measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty());
        if let Some(derive) = derive {
            return self.quotient(derive, cell, value);
        }
        let (number, base) = about.number.zip(about.base)?;
        Some(Relation::new([(number, 1.0), (base, -value / 100.0)], 0.0, 0.0))
    }

    /// What a quotient says: per · (numerator − minus) = value · denominator.
    fn quotient(&mut self, derive: &'a Derivation, cell: &Cell<'a>, value: f64) -> Option<Relation> {
        let own = (cell.group, cell.grade.id(), cell.subject);
        let below = below(derive, cell);
        let plus = derive.numerator.iter().map(|id| (id, own, derive.per));
        let minus = derive.minus.iter().map(|id| (id, own, -derive.per));
        let over = derive.denominator.iter().map(|id| (id, below, -value));
        let (mut terms, mut side) = (Vec::new(), 0.0);
        for (id, (group, grade, subject), weight) in plus.chain(minus).chain(over) {
            if self.catalog.measures.get(id).is_some_and(counts_people) {
                terms.push((self.position((Of::Counted(id), group, grade, subject)), weight));
            } else {
                let at = self.at.get(&(id.as_str(), group, grade, subject))?;
                side -= weight * self.cells[*at].value?;
            }
        }
        (!terms.is_empty()).then(|| Relation::new(terms, side, side))
    }
}

/// The positions in a list of those that speak of each count.
fn by_count<T: Iterator<Item = usize>>(count: usize, list: impl Iterator<Item = T>) -> Vec<Vec<usize>> {
    let mut by_count = vec![Vec::new(); count];
    for (i, all) in list.enumerate() {
        all.for_each(|at| by_count[at].push(i));
    }
    by_count
}

/// Group, grade and subject of what a quotient is divided by.
fn below<'a>(derive: &Derivation, cell: &Cell<'a>) -> (&'a str, &'a str, &'a str) {
    if derive.denominator_is_whole { (ALL, ALL, ALL) } else { (cell.group, cell.grade.id(), cell.subject) }
}

/// The counts that a cell tells outright.
fn told(cell: &Cell<'_>, about: &About) -> Vec<(usize, f64)> {
    if about.base.is_none() {
        return about.number.zip(cell.value).into_iter().collect();
    }
    let base = about.base.zip(cell.n);
    base.into_iter().chain(about.number.zip(cell.numerator)).collect()
}
