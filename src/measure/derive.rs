//! Derived measures: sums and quotients of published ones, for the same district, year, group, grade and subject.

use polars::prelude::PolarsError;

use super::made::Made;
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::Diagnostic;
use crate::domain::{ALL, Grade, KeyCode, MeasureKey, SchoolYear, Status, Terms, Unit};
use crate::observation::{CellRef, Frame, FrameBuilder, FrameRow, FrameView, Observed};

/// Values that are held together, published and computed.
const MOST: usize = 8_000_000;

pub(super) type Position = (KeyCode, u32, SchoolYear);

/// The frame with the catalog's derived measures added, in the order in which they depend on each other, and
/// with rates computed whose numerator and denominator alone were published.
///
/// A published number or mask is never replaced; a value that is only missing is.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub(super) fn derived(frame: &Frame, catalog: &Catalog) -> Result<(Frame, Vec<Diagnostic>), PolarsError> {
    let mut deriver = Deriver {
        frame,
        view: frame.view()?,
        units: frame.terms().measures.iter().map(|id| catalog.measures.get(id).map(|m| m.unit)).collect(),
        made: Made::default(),
        left_out: 0,
        cells: Vec::new(),
        diagnostics: Vec::new(),
    };
    let mut waiting: Vec<&Measure> = catalog.measures.values().filter(|m| m.derive.is_some()).collect();
    while !waiting.is_empty() {
        let ready =
            |m: &&Measure| m.derive.iter().all(|d| d.parts().all(|p| waiting.iter().all(|w| &w.id != p)));
        let (now, later): (Vec<&Measure>, Vec<&Measure>) = waiting.iter().partition(|m| ready(m));
        if now.is_empty() {
            break;
        }
        now.iter().for_each(|m| deriver.add(m));
        waiting = later;
    }
    let scored = catalog.measures.values().filter(|m| !m.scored.is_empty());
    scored.for_each(|m| deriver.add_scores(m, catalog));
    deriver.finish()
}

pub(super) struct Deriver<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    /// Unit of each measure, by its code; `None` where the catalog does not know it.
    units: Vec<Option<Unit>>,
    made: Made,
    /// How many values of the measure under way were more than can be held.
    left_out: u64,
    /// The cells behind what was made; their ranges count on from those of the frame's own list.
    cells: Vec<CellRef>,
    diagnostics: Vec<Diagnostic>,
}

/// A part of a derived value.
pub(super) struct Operand {
    pub(super) value: f64,
    pub(super) masked: bool,
    pub(super) public: bool,
    pub(super) cells: std::ops::Range<u32>,
}

impl Deriver<'_> {
    pub(super) fn terms(&self) -> &Terms {
        self.frame.terms()
    }

    fn add(&mut self, measure: &Measure) {
        let Some(derive) = &measure.derive else { return };
        let code = |id: &String| self.terms().measures.binary_search(id).ok().map(|i| i as u32);
        let codes = |ids: &[String]| ids.iter().map(code).collect::<Option<Vec<u32>>>();
        let target = code(&measure.id);
        let (Some(target), Some(plus), Some(minus), Some(over)) =
            (target, codes(&derive.numerator), codes(&derive.minus), codes(&derive.denominator))
        else {
            return;
        };
        let Some(first) = plus.first() else { return };
        let whole = self.terms().code(&MeasureKey {
            measure: measure.id.clone(),
            group: ALL.to_owned(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        });
        let mut zero = 0;
        if derive.denominator_is_whole && whole.is_none() {
            return;
        }
        for (key, district, year) in self.positions(*first) {
            let at = |measure: u32| (KeyCode { measure, ..key }, district, year);
            if self.is_published(at(target)) {
                continue;
            }
            let under = |measure: u32| match whole {
                Some(whole) if derive.denominator_is_whole => (KeyCode { measure, ..whole }, district, year),
                _ => at(measure),
            };
            let plus = self.operands(plus.iter().map(|m| at(*m)));
            let minus = self.operands(minus.iter().map(|m| at(*m)));
            let over = self.operands(over.iter().map(|m| under(*m)));
            let (Some(plus), Some(minus), Some(over)) = (plus, minus, over) else { continue };
            let sum = |operands: &[Operand]| operands.iter().map(|o| o.value).sum::<f64>();
            if !over.is_empty() && sum(&over) == 0.0 && over.iter().all(|o| !o.masked) {
                zero += 1;
                continue;
            }
            let counts_people = derive.denominator.iter().all(|d| self.counts(d));
            let result = Quotient {
                numerator: sum(&plus) - sum(&minus),
                denominator: (!over.is_empty()).then(|| sum(&over)),
                masked: plus.iter().chain(&minus).chain(&over).any(|o| o.masked),
                public: plus.iter().chain(&minus).chain(&over).all(|o| o.public),
                per: derive.per,
                counts_people,
            };
            let ranges: Vec<_> = plus.into_iter().chain(minus).chain(over).map(|o| o.cells).collect();
            self.make(at(target), &result, &ranges);
        }
        self.tell_left_out(measure);
        if zero > 0 {
            let why = "it would divide by zero".to_owned();
            self.diagnostics.push(Diagnostic::not_computed(&measure.id, &why, zero));
        }
    }

    /// Says how many values of a measure are left out because there are more than can be held.
    pub(super) fn tell_left_out(&mut self, measure: &Measure) {
        let count = std::mem::take(&mut self.left_out);
        if count > 0 {
            let why = format!("with them there would be more than {MOST} values, published and computed");
            self.diagnostics.push(Diagnostic::not_computed(&measure.id, &why, count));
        }
    }

    fn counts(&self, measure: &str) -> bool {
        let code = self.terms().measures.binary_search_by(|m| m.as_str().cmp(measure));
        code.is_ok_and(|i| self.units[i] == Some(Unit::Count))
    }

    /// Where a measure has rows, published or made, sorted.
    pub(super) fn positions(&self, measure: u32) -> Vec<Position> {
        let runs = self.frame.runs().iter().filter(|run| run.key.measure == measure);
        let published = runs.flat_map(|run| {
            self.view.rows(run.rows.clone()).filter_map(|r| Some((run.key, r.district, year(&r)?)))
        });
        let mut positions: Vec<Position> = published.collect();
        positions.extend(self.made.positions(measure));
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    pub(super) fn is_published(&self, position: Position) -> bool {
        let row = self.frame.find(&self.view, position);
        row.is_some_and(|r| matches!(r.status, Status::Reported | Status::Masked))
    }

    /// The operands, or `None` where one of them has neither a number nor a mask.
    pub(super) fn operands(&self, positions: impl Iterator<Item = Position>) -> Option<Vec<Operand>> {
        positions.map(|p| self.operand(p)).collect()
    }

    fn operand(&self, position: Position) -> Option<Operand> {
        let (value, status, public, cells) = match self.made.get(position) {
            Some(made) => (made.value, made.status, made.public, made.cells),
            None => {
                let row = self.frame.find(&self.view, position)?;
                let (value, status) = self.completed(position.0, &row);
                (value, status, row.public, self.frame.cell_range(row.row))
            }
        };
        match (status, value) {
            (Status::Reported, Some(value)) => Some(Operand { value, masked: false, public, cells }),
            (Status::Masked, _) => Some(Operand { value: 0.0, masked: true, public, cells }),
            _ => None,
        }
    }

    /// A row's value and status; a rate of which only the numerator and denominator were published is computed.
    fn completed(&self, key: KeyCode, row: &FrameRow) -> (Option<f64>, Status) {
        match (row.status, row.value, row.numerator, row.n) {
            (Status::Reported, Some(value), ..) => (Some(value), Status::Reported),
            (Status::Reported, None, Some(numerator), Some(n)) if n > 0.0 => {
                let times = if self.units[key.measure as usize] == Some(Unit::Percent) { 100.0 } else { 1.0 };
                (Some(times * numerator / n), Status::Reported)
            }
            (Status::Reported, None, ..) => (None, Status::Missing),
            (status, ..) => (None, status),
        }
    }

    pub(super) fn make(&mut self, position: Position, quotient: &Quotient, ranges: &[std::ops::Range<u32>]) {
        if self.frame.len() + self.made.len() >= MOST {
            self.left_out += 1;
            return;
        }
        let start = self.end_of_cells();
        for range in ranges {
            let own: Vec<CellRef> = self.cells_of(range).to_vec();
            self.cells.extend(own);
        }
        let (key, district, year) = position;
        let value = quotient.value();
        let rests_on = if quotient.counts_people { quotient.denominator } else { None };
        let observed = Observed {
            key,
            district,
            year,
            value,
            numerator: rests_on.and(value).map(|_| quotient.numerator),
            denominator: rests_on.filter(|_| value.is_some()),
            status: if value.is_some() { Status::Reported } else { Status::Masked },
            derived: true,
            public: quotient.public,
            cells: start..self.end_of_cells(),
        };
        self.made.insert(&observed);
    }

    fn finish(mut self) -> Result<(Frame, Vec<Diagnostic>), PolarsError> {
        if self.made.len() == 0 && !self.completes() {
            return Ok((self.frame.clone(), self.diagnostics));
        }
        let made = std::mem::take(&mut self.made);
        let published = self.frame.runs().iter().flat_map(|run| {
            self.view.rows(run.rows.clone()).filter_map(|row| {
                let (value, status) = self.completed(run.key, &row);
                Some(Observed {
                    key: run.key,
                    district: row.district,
                    year: year(&row)?,
                    value,
                    numerator: row.numerator,
                    denominator: row.n,
                    status,
                    derived: row.value.is_none() && value.is_some(),
                    public: row.public,
                    cells: self.frame.cell_range(row.row),
                })
            })
        });
        let cells = self.frame.cells().len() + self.cells.len();
        let mut filling = FrameBuilder::with_capacity(self.frame.len() + made.len(), cells);
        let merged = Merge { published: published.peekable(), made: made.into_rows().peekable() };
        merged.for_each(|row| filling.push(&row, self.cells_of(&row.cells).iter().copied()));
        Ok((filling.finish(self.frame.origins(), self.frame.shared_terms())?, self.diagnostics))
    }
}

impl Deriver<'_> {
    fn end_of_cells(&self) -> u32 {
        (self.frame.cells().len() + self.cells.len()) as u32
    }

    fn cells_of(&self, range: &std::ops::Range<u32>) -> &[CellRef] {
        let (published, range) = (self.frame.cells().len(), range.start as usize..range.end as usize);
        match range.start < published {
            true => &self.frame.cells()[range],
            false => &self.cells[range.start - published..range.end - published],
        }
    }

    /// Whether any published row's value or status changes by what else its row says.
    fn completes(&self) -> bool {
        self.frame.runs().iter().any(|run| {
            let mut rows = self.view.rows(run.rows.clone());
            rows.any(|row| self.completed(run.key, &row) != (row.value, row.status))
        })
    }
}

/// What a derived value is computed from.
pub(super) struct Quotient {
    pub(super) numerator: f64,
    pub(super) denominator: Option<f64>,
    pub(super) masked: bool,
    /// Whether every part of it is public as it stands: only then is it.
    pub(super) public: bool,
    pub(super) per: f64,
    pub(super) counts_people: bool,
}

impl Quotient {
    fn value(&self) -> Option<f64> {
        let quotient = self.denominator.map_or(self.numerator, |d| self.per * self.numerator / d);
        (!self.masked && quotient.is_finite()).then_some(quotient)
    }
}

fn year(row: &FrameRow) -> Option<SchoolYear> {
    SchoolYear::ending(row.year).ok()
}

/// Two sorted streams as one; where both have a position, the made row stands (it is made only where nothing
/// was published).
struct Merge<P: Iterator<Item = Observed>, M: Iterator<Item = Observed>> {
    published: std::iter::Peekable<P>,
    made: std::iter::Peekable<M>,
}

impl<P: Iterator<Item = Observed>, M: Iterator<Item = Observed>> Iterator for Merge<P, M> {
    type Item = Observed;

    fn next(&mut self) -> Option<Observed> {
        let published = self.published.peek().map(Observed::position);
        let made = self.made.peek().map(Observed::position);
        match (published, made) {
            (Some(p), Some(m)) if p == m => {
                self.published.next();
                self.made.next()
            }
            (Some(p), Some(m)) if p < m => self.published.next(),
            (Some(_), None) => self.published.next(),
            _ => self.made.next(),
        }
    }
}
