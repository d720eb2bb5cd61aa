//! What a reader of one district's year takes from its cells.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::{Figure, Links, Speaks, quotient, speaks, sum_of_rates};
use super::rounding::Rounding;
use super::secrets::Secret;
use super::system::{System, Trust, Unknown};
use crate::catalog::{Catalog, Derivation, Measure};
use crate::domain::MeasureKey;
use crate::pack_tables::{PackCell, PackCells, ValueOrigin};
use statistics::linear_program::Interval;

/// Students of one measure, group, grade and subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Students {
    pub(super) figure: Figure,
    pub(super) key: MeasureKey,
}

/// What is the same for every district and year.
#[derive(Debug)]
pub(super) struct Knowledge<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) links: Links,
    pub(super) rounding: Rounding<'a>,
    /// The smallest group of the project; 0 where it names none.
    pub(super) smallest_group: u32,
}

/// What a reader looks at.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The cells.
    pub(super) cells: &'a PackCells,
    /// Those of another pack of the same project.
    pub(super) other: Option<&'a PackCells>,
    /// What the other pack says of this is passed over.
    pub(super) but: Option<&'a MeasureKey>,
    /// Whether what stands in a cell was made public by its publisher.
    pub(super) is_public: &'a (dyn Fn(&MeasureKey) -> bool + Sync),
    /// Whether what stands in a cell may be looked at.
    pub(super) visible: &'a (dyn Fn(&MeasureKey) -> bool + Sync),
}

/// A reader of one district's year.
pub(super) struct Reader<'a> {
    pub(super) knowledge: &'a Knowledge<'a>,
    pub(super) system: System,
    pub(super) secrets: Vec<Secret>,
    /// The rows of each measure's table, and those that a reader adds in thought.
    pub(super) rows: BTreeMap<String, BTreeSet<MeasureKey>>,
    unknowns: BTreeMap<Students, Unknown>,
}

impl<'a> Reader<'a> {
    /// Reads the cells.
    pub(super) fn of(knowledge: &'a Knowledge<'a>, shown: Shown<'_>) -> Self {
        let mut reader = Self {
            knowledge,
            system: System::default(),
            secrets: Vec::new(),
            rows: BTreeMap::new(),
            unknowns: BTreeMap::new(),
        };
        let other = shown.other.into_iter().flatten();
        for (key, _) in shown.cells.iter().chain(other) {
            if reader.speaks(&key.measure) != Speaks::Nobody {
                reader.rows.entry(key.measure.clone()).or_default().insert(key.clone());
            }
        }
        for (key, cell) in shown.cells {
            reader.figures(key);
            if (shown.visible)(key) {
                reader.show(key, cell, shown, Trust::Certain);
            }
        }
        for (key, cell) in shown.other.into_iter().flatten().filter(|(key, _)| Some(*key) != shown.but) {
            if let Some(more) = beyond(shown.cells.get(key), cell) {
                reader.show(key, &more, shown, Trust::Earlier);
            }
        }
        reader.total();
        reader.link();
        reader.look_for_secrets(shown);
        reader
    }

    pub(super) fn measure(&self, id: &str) -> Option<&'a Measure> {
        self.knowledge.catalog.measures.get(id)
    }

    pub(super) fn speaks(&self, measure: &str) -> Speaks {
        self.measure(measure).map_or(Speaks::Nobody, speaks)
    }

    /// The figures of a measure.
    pub(super) fn figures_of(&self, measure: &str) -> &'static [Figure] {
        match self.speaks(measure) {
            Speaks::Count => &[Figure::Count],
            Speaks::Rate => &[Figure::N, Figure::Numerator, Figure::Rest],
            Speaks::Mean => &[Figure::N],
            Speaks::Nobody => &[],
        }
    }

    /// Makes the unknowns of a place, with what holds of them by arithmetic.
    pub(super) fn figures(&mut self, key: &MeasureKey) {
        let figures = self.figures_of(&key.measure);
        if figures.first().is_none_or(|first| self.find(*first, key).is_some()) {
            return;
        }
        for figure in figures {
            let unknown = self.system.unknown();
            self.unknowns.insert(Students { figure: *figure, key: key.clone() }, unknown);
        }
        if let [n, numerator, rest] = figures {
            let terms = [(n, 1.0), (numerator, -1.0), (rest, -1.0)];
            let terms = terms.map(|(figure, weight)| (self.unknown(*figure, key), weight));
            self.system.constrain(terms.to_vec(), Interval::exactly(0.0), Trust::Certain);
        }
    }

    pub(super) fn find(&self, figure: Figure, key: &MeasureKey) -> Option<Unknown> {
        self.unknowns.get(&Students { figure, key: key.clone() }).copied()
    }

    /// The unknown of a place, which is made where it is not there yet.
    pub(super) fn unknown(&mut self, figure: Figure, key: &MeasureKey) -> Unknown {
        self.figures(key);
        let students = Students { figure, key: key.clone() };
        match self.unknowns.get(&students) {
            Some(unknown) => *unknown,
            None => {
                let unknown = self.system.unknown();
                self.unknowns.insert(students, unknown);
                unknown
            }
        }
    }

    /// Takes in what a cell shows.
    fn show(&mut self, key: &MeasureKey, cell: &PackCell, shown: Shown<'_>, trust: Trust) {
        let Some(measure) = self.measure(&key.measure) else { return };
        self.figures(key);
        match speaks(measure) {
            Speaks::Count => {
                let count = self.unknown(Figure::Count, key);
                if let Some(bounds) = shown_count(cell) {
                    self.system.show(count, bounds, trust);
                }
            }
            Speaks::Rate => self.show_rate(measure, key, cell, trust),
            Speaks::Mean => self.show_n(Figure::N, key, cell.n, trust),
            Speaks::Nobody => {}
        }
        if let Some(quotient) = quotient(measure) {
            self.show_quotient(measure, quotient, (key, cell), shown, trust);
        }
    }

    fn show_n(&mut self, figure: Figure, key: &MeasureKey, n: Option<f64>, trust: Trust) {
        if let Some(n) = n {
            let unknown = self.unknown(figure, key);
            self.system.show(unknown, Interval::exactly(n), trust);
        }
    }

    fn show_rate(&mut self, measure: &Measure, key: &MeasureKey, cell: &PackCell, trust: Trust) {
        self.show_n(Figure::N, key, cell.n, trust);
        self.show_n(Figure::Numerator, key, cell.numerator, trust);
        let parts = sum_of_rates(measure).map_or(0, |derive| derive.numerator.len());
        let half = self.knowledge.rounding.half_step(&measure.id, cell, parts);
        let Some(percent) = shown_percent(cell, half) else { return };
        let share = Interval { low: percent.low / 100.0, high: percent.high / 100.0 };
        let (numerator, n) = (self.unknown(Figure::Numerator, key), self.unknown(Figure::N, key));
        match cell.n.filter(|n| n.fract() == 0.0) {
            Some(n) => {
                if let Some(numbers) = whole_numbers(share, n, cell.numerator) {
                    self.system.show(numerator, numbers, trust);
                    let rest = self.unknown(Figure::Rest, key);
                    let others = Interval { low: n - numbers.high, high: n - numbers.low };
                    self.system.show(rest, others, trust);
                }
            }
            None => self.system.rate(numerator, n, share, trust),
        }
    }

    /// What a quotient of counts tells of them: a share of enrollment, dollars for each student.
    fn show_quotient(
        &mut self,
        measure: &Measure,
        quotient: &Derivation,
        (key, cell): (&MeasureKey, &PackCell),
        shown: Shown<'_>,
        trust: Trust,
    ) {
        let under = |id: &String| match quotient.denominator_is_whole {
            true => MeasureKey::whole(id),
            false => MeasureKey { measure: id.clone(), ..key.clone() },
        };
        let over = |id: &String| MeasureKey { measure: id.clone(), ..key.clone() };
        let exact = cell.origin == ValueOrigin::Computed;
        let plus: Vec<MeasureKey> = quotient.numerator.iter().map(over).collect();
        let below: Vec<MeasureKey> = quotient.denominator.iter().map(under).collect();
        let plus = self.side(&plus, shown, exact).filter(|_| quotient.minus.is_empty());
        let (Some(plus), Some(below)) = (plus, self.side(&below, shown, exact)) else { return };
        if let Some(n) = cell.n.filter(|_| below.is_counted()) {
            self.system.constrain(below.counts.clone(), Interval::exactly(n), trust);
        }
        if plus.is_counted() && cell.numerator.is_some() {
            let numerator = Interval::exactly(cell.numerator.unwrap_or_default());
            self.system.constrain(plus.counts.clone(), numerator, trust);
        }
        let Some(value) = cell.value.filter(|value| value.number > 0.0) else { return };
        let half = self.knowledge.rounding.half_step(&measure.id, cell, 0);
        let each = Interval { low: value.number - half, high: value.number + half };
        let scaled = Interval { low: each.low / quotient.per, high: each.high / quotient.per };
        if scaled.low > 0.0 && !(plus.counts.is_empty() && below.counts.is_empty()) {
            self.divide(&plus, &below, scaled, trust);
        }
    }

    /// A side of a quotient; `None` where a part of it is neither a count of students nor shown.
    fn side(&mut self, keys: &[MeasureKey], shown: Shown<'_>, exact: bool) -> Option<Side> {
        let mut side = Side::default();
        for key in keys {
            if self.speaks(&key.measure) == Speaks::Count {
                let unknown = self.unknown(Figure::Count, key);
                side.counts.push((unknown, 1.0));
                continue;
            }
            let value = shown.cells.get(key).filter(|_| (shown.visible)(key))?.value?;
            let error = if exact { 0.0 } else { 0.5 * 0.1_f64.powi(value.decimals as i32) };
            side.amount.low += value.number - error;
            side.amount.high += value.number + error;
        }
        Some(side)
    }

    /// Adds that over / under lies in an interval.
    fn divide(&mut self, over: &Side, under: &Side, within: Interval, trust: Trust) {
        // In people, not in dollars.
        let scale = if over.counts.is_empty() { 1.0 / within.low } else { 1.0 };
        let terms = |factor: f64| -> Vec<(Unknown, f64)> {
            let over = over.counts.iter().map(|(u, weight)| (*u, weight * scale));
            over.chain(under.counts.iter().map(|(u, weight)| (*u, -factor * weight * scale))).collect()
        };
        let least = (within.low * under.amount.low - over.amount.high) * scale;
        let most = (within.high * under.amount.high - over.amount.low) * scale;
        self.system.constrain(terms(within.low), Interval::at_least(least), trust);
        self.system.constrain(terms(within.high), Interval::at_most(most), trust);
    }
}

/// A side of a quotient: counts of students, and an amount of something else.
#[derive(Debug)]
struct Side {
    counts: Vec<(Unknown, f64)>,
    amount: Interval,
}

impl Default for Side {
    fn default() -> Self {
        Self { counts: Vec::new(), amount: Interval::exactly(0.0) }
    }
}

impl Side {
    fn is_counted(&self) -> bool {
        !self.counts.is_empty() && self.amount == Interval::exactly(0.0)
    }
}

/// Within what a cell shows a count.
pub(super) fn shown_count(cell: &PackCell) -> Option<Interval> {
    if let Some(value) = cell.value {
        return Some(Interval::exactly(value.number));
    }
    mask(cell).map(|mask| Interval { low: mask.low.ceil(), high: mask.high.floor() })
}

/// Within what a cell shows a rate, in percent.
fn shown_percent(cell: &PackCell, half: f64) -> Option<Interval> {
    let shown = match cell.value {
        Some(value) => Interval { low: value.number - half, high: value.number + half },
        None => mask(cell)?,
    };
    Some(Interval { low: shown.low.max(0.0), high: shown.high.min(100.0) })
}

/// Within what a mask says that a value is.
pub(super) fn mask(cell: &PackCell) -> Option<Interval> {
    let (low, high) = (cell.masked_from, cell.masked_to);
    (low.is_some() || high.is_some())
        .then(|| Interval { low: low.unwrap_or(0.0), high: high.unwrap_or(f64::INFINITY) })
}

/// The whole numbers that are such a share of n: of those that are none, what is nearest.
fn whole_numbers(share: Interval, n: f64, numerator: Option<f64>) -> Option<Interval> {
    if numerator.is_some() {
        return None;
    }
    let (low, high) = (share.low * n, share.high * n);
    let whole = Interval { low: (low - 1e-6).ceil().max(0.0), high: (high + 1e-6).floor().min(n) };
    let around = Interval { low: low.floor().max(0.0), high: high.ceil().min(n) };
    Some(if whole.low <= whole.high { whole } else { around }).filter(|numbers| numbers.low <= numbers.high)
}

/// What the cell of another pack shows beyond this one's; `None` where it was revised.
pub(super) fn beyond(own: Option<&PackCell>, other: &PackCell) -> Option<PackCell> {
    let Some(own) = own else { return Some(other.clone()) };
    let differs = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| a != b);
    let number = |cell: &PackCell| cell.value.map(|value| value.number);
    let is_revised = differs(number(own), number(other))
        || differs(own.n, other.n)
        || differs(own.numerator, other.numerator);
    let mut more = other.clone();
    if own.value.is_some() {
        // Said already; what it is of may be new.
        more.value = None;
        more.masked_from = None;
        more.masked_to = None;
    }
    more.n = other.n.filter(|_| own.n.is_none());
    more.numerator = other.numerator.filter(|_| own.numerator.is_none());
    (!is_revised).then_some(more)
}
