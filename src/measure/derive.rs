//! Derived measures: sums and quotients of published ones, for the same district, year, group, grade and subject.

use std::ops::Range;

use polars::prelude::PolarsError;

use super::derived_rows::DerivedRows;
use super::impossible::ImpossibleValues;
use super::merge::Merge;
use super::position::{Position, of_measure};
use super::quotient::{Operand, Quotient, QuotientOperands};
use crate::catalog::{Catalog, Derivation, Measure, RangeSpec};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ALL, Grade, KeyCode, MeasureKey, SchoolYear, Status, Terms, Unit};
use crate::observation::{CellRef, Frame, FrameBuilder, FrameRow, FrameView, Observed};
use crate::wording::computing as wording;

/// The maximum number of values in memory, published and computed.
const MOST: usize = 8_000_000;

/// The frame with the catalog's derived measures added, in dependency order, and with those rates computed
/// for which only the numerator and denominator were published.
///
/// A published number or mask is never replaced; a missing value is.
///
/// # Errors
/// If polars rejects the columns, which it does not for columns of equal length.
pub(super) fn derived(frame: &Frame, catalog: &Catalog) -> Result<(Frame, Vec<Diagnostic>), PolarsError> {
    let mut deriver = Deriver {
        frame,
        view: frame.view()?,
        units: frame.terms().measures.iter().map(|id| catalog.measures.get(id).map(|m| m.unit)).collect(),
        ranges: &catalog.readiness.range,
        made: DerivedRows::default(),
        left_out: 0,
        cells: Vec::new(),
        diagnostics: Vec::new(),
    };
    let mut waiting: Vec<&Measure> = catalog.measures.values().filter(|m| m.derive.is_some()).collect();
    while !waiting.is_empty() {
        let (ready, later): (Vec<&Measure>, Vec<&Measure>) =
            waiting.iter().partition(|measure| !depends_on_any(measure, &waiting));
        if ready.is_empty() {
            break;
        }
        ready.iter().for_each(|measure| deriver.add_derived(measure));
        waiting = later;
    }
    for measure in catalog.measures.values().filter(|m| !m.scored.is_empty()) {
        deriver.add_scores(measure, catalog);
    }
    deriver.finish()
}

/// Whether a measure is derived from one of `others`.
fn depends_on_any(measure: &Measure, others: &[&Measure]) -> bool {
    let mut parts = measure.derive.iter().flat_map(Derivation::parts);
    parts.any(|part| others.iter().any(|other| other.id == *part))
}

/// Adds derived values to a frame.
pub(super) struct Deriver<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    /// Unit of each measure, by its code; `None` if the catalog does not have it.
    units: Vec<Option<Unit>>,
    /// Which values are impossible.
    ranges: &'a RangeSpec,
    made: DerivedRows,
    /// How many values of the current measure exceeded the maximum.
    left_out: u64,
    /// The source cells of computed values; their ranges continue the numbering of the frame's own list.
    cells: Vec<CellRef>,
    diagnostics: Vec<Diagnostic>,
}

/// How the values of a derived measure are computed, by the codes of measures.
struct DerivationPlan<'a> {
    derivation: &'a Derivation,
    target: u32,
    plus: Vec<u32>,
    minus: Vec<u32>,
    over: Vec<u32>,
    /// The series of all students, if the denominator is taken from it.
    whole: Option<KeyCode>,
    /// Whether the denominator counts people (or other things).
    counts_people: bool,
}

impl DerivationPlan<'_> {
    /// The position of the denominator for a value at `position`.
    fn denominator_at(&self, measure: u32, position: Position) -> Position {
        let (key, district, year) = position;
        (KeyCode { measure, ..self.whole.unwrap_or(key) }, district, year)
    }

    fn quotient(&self, operands: &QuotientOperands) -> Quotient {
        Quotient {
            numerator: operands.numerator(),
            denominator: operands.denominator(),
            masked: operands.all().any(|operand| operand.masked),
            public: operands.all().all(|operand| operand.public),
            per: self.derivation.per,
            counts_people: self.counts_people,
        }
    }
}

impl Deriver<'_> {
    pub(super) fn terms(&self) -> &Terms {
        self.frame.terms()
    }

    /// The code of a measure, if any source has it or it is derived.
    pub(super) fn measure_code(&self, id: &String) -> Option<u32> {
        self.terms().measures.binary_search(id).ok().map(|i| i as u32)
    }

    fn measure_codes(&self, ids: &[String]) -> Option<Vec<u32>> {
        ids.iter().map(|id| self.measure_code(id)).collect()
    }

    /// Adds the values of a derived measure where its parts are known and it is not published itself.
    fn add_derived(&mut self, measure: &Measure) {
        let Some(plan) = self.plan(measure) else { return };
        let Some(first) = plan.plus.first() else { return };
        let mut divided_by_zero = 0;
        let mut impossible = ImpossibleValues::default();
        for position in self.positions(*first) {
            let target = of_measure(plan.target, position);
            if self.is_published(target) {
                continue;
            }
            let Some(operands) = self.quotient_operands(&plan, position) else { continue };
            if operands.divide_by_zero() {
                divided_by_zero += 1;
                continue;
            }
            let quotient = plan.quotient(&operands);
            match quotient.value().filter(|value| self.ranges.is_impossible(measure, *value)) {
                Some(value) => impossible.add(value, operands.cells()),
                None => self.insert(target, &quotient, &operands.cells()),
            }
        }
        self.report_left_out(measure);
        self.diagnostics.extend(impossible.problem(measure, |range| self.first_place(range)));
        if divided_by_zero > 0 {
            let why = wording::DENOMINATOR_ZERO;
            self.diagnostics.push(Diagnostic::not_computed(&measure.id, why, divided_by_zero));
        }
    }

    /// How a measure is computed; `None` if no source has one of its parts.
    fn plan<'m>(&self, measure: &'m Measure) -> Option<DerivationPlan<'m>> {
        let derivation = measure.derive.as_ref()?;
        let whole = if derivation.denominator_is_whole { Some(self.whole_series(measure)?) } else { None };
        Some(DerivationPlan {
            derivation,
            target: self.measure_code(&measure.id)?,
            plus: self.measure_codes(&derivation.numerator)?,
            minus: self.measure_codes(&derivation.minus)?,
            over: self.measure_codes(&derivation.denominator)?,
            whole,
            counts_people: derivation.denominator.iter().all(|id| self.is_count(id)),
        })
    }

    /// The series of a measure for all students, grades and subjects.
    fn whole_series(&self, measure: &Measure) -> Option<KeyCode> {
        self.terms().code(&MeasureKey {
            measure: measure.id.clone(),
            group: ALL.to_owned(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        })
    }

    fn quotient_operands(&self, plan: &DerivationPlan<'_>, position: Position) -> Option<QuotientOperands> {
        Some(QuotientOperands {
            plus: self.operands(plan.plus.iter().map(|m| of_measure(*m, position)))?,
            minus: self.operands(plan.minus.iter().map(|m| of_measure(*m, position)))?,
            over: self.operands(plan.over.iter().map(|m| plan.denominator_at(*m, position)))?,
        })
    }

    /// Warns how many values of a measure are left out because the maximum was reached.
    pub(super) fn report_left_out(&mut self, measure: &Measure) {
        let count = std::mem::take(&mut self.left_out);
        if count > 0 {
            let why = wording::too_many_values(MOST);
            self.diagnostics.push(Diagnostic::not_computed(&measure.id, &why, count));
        }
    }

    /// Whether a measure is a count.
    fn is_count(&self, id: &String) -> bool {
        self.measure_code(id).is_some_and(|code| self.units[code as usize] == Some(Unit::Count))
    }

    /// The positions where a measure has rows, published or computed, sorted.
    pub(super) fn positions(&self, measure: u32) -> Vec<Position> {
        let mut positions: Vec<Position> = Vec::new();
        for run in self.frame.runs().iter().filter(|run| run.key.measure == measure) {
            let rows = self.view.rows(run.all());
            positions.extend(rows.filter_map(|row| Some((run.key, row.district, year(&row)?))));
        }
        positions.extend(self.made.positions(measure));
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The state of a position's district, if it is known.
    pub(super) fn state_of(&self, position: Position) -> Option<&str> {
        let district = self.terms().district_of(position.1);
        self.terms().districts[district as usize].state.as_deref()
    }

    pub(super) fn is_published(&self, position: Position) -> bool {
        let row = self.frame.find(&self.view, position);
        row.is_some_and(|r| matches!(r.status, Status::Reported | Status::Masked))
    }

    /// The operands; `None` if one of them has neither a number nor a mask.
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

    /// A row's value and status; a rate is computed if only its numerator and denominator were published.
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

    /// Adds the value of a quotient, which comes from the cells of `ranges`, unless the maximum has been
    /// reached.
    pub(super) fn insert(&mut self, position: Position, quotient: &Quotient, ranges: &[Range<u32>]) {
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
        let people = if quotient.counts_people { quotient.denominator } else { None };
        let observed = Observed {
            key,
            district,
            year,
            value,
            numerator: people.and(value).map(|_| quotient.numerator),
            denominator: people.filter(|_| value.is_some()),
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
        let published = self
            .frame
            .runs()
            .iter()
            .flat_map(|run| self.view.rows(run.all()).filter_map(|row| self.published(run.key, &row)));
        let cells = self.frame.cells().len() + self.cells.len();
        let mut filling = FrameBuilder::with_capacity(self.frame.len() + made.len(), cells);
        for row in Merge::new(published, made.into_rows()) {
            filling.push(&row, self.cells_of(&row.cells).iter().copied());
        }
        Ok((filling.finish(self.frame.origins(), self.frame.shared_terms())?, self.diagnostics))
    }

    /// A published row, completed (see [`completed`](Self::completed)); `None` if its year is out of range.
    fn published(&self, key: KeyCode, row: &FrameRow) -> Option<Observed> {
        let (value, status) = self.completed(key, row);
        Some(Observed {
            key,
            district: row.district,
            year: year(row)?,
            value,
            numerator: row.numerator,
            denominator: row.n,
            status,
            derived: row.value.is_none() && value.is_some(),
            public: row.public,
            cells: self.frame.cell_range(row.row),
        })
    }

    /// The place of the first cell of a range.
    fn first_place(&self, range: &Range<u32>) -> Option<Place> {
        self.cells_of(range).first().map(|cell| self.frame.origins().place(*cell))
    }

    fn end_of_cells(&self) -> u32 {
        (self.frame.cells().len() + self.cells.len()) as u32
    }

    fn cells_of(&self, range: &Range<u32>) -> &[CellRef] {
        let (published, range) = (self.frame.cells().len(), range.start as usize..range.end as usize);
        match range.start < published {
            true => &self.frame.cells()[range],
            false => &self.cells[range.start - published..range.end - published],
        }
    }

    /// Whether any published row's value or status changes when it is completed.
    fn completes(&self) -> bool {
        self.frame.runs().iter().any(|run| {
            let mut rows = self.view.rows(run.all());
            rows.any(|row| self.completed(run.key, &row) != (row.value, row.status))
        })
    }
}

fn year(row: &FrameRow) -> Option<SchoolYear> {
    SchoolYear::ending(row.year).ok()
}
