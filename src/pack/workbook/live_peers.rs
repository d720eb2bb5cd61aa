//! Formulas over the districts that are in use as peers: whoever changes the choice in the sheet of peers changes them all.

use rust_xlsxwriter::utility::column_number_to_name;

use super::cell::{BookCell, LiveFormula, LiveResult};
use super::style::NumberLook;
use crate::compare::Standing;
use crate::domain::Unit;
use crate::exhibit::{Pack, SeriesFacts};
use crate::wording::workbook::{self as words, HIGHER_THAN, NO, OF, PEERS, YES};

/// With fewer districts that have a value, nothing is compared.
const FEWEST: usize = 5;

/// Where the candidates and their values are in the sheet of peers.
pub(super) struct LivePeers {
    /// The first and the last row of the candidates, counted from 1; `None` if there are none.
    rows: Option<[u32; 2]>,
    /// The column of the first series' values, counted from 0.
    first_column: u16,
    /// Whether the peers are like us. If not, none is in use until the team chooses some: nothing is compared with them.
    are_alike: bool,
}

impl LivePeers {
    /// The columns before the matching variables: use, district, distance, likeness.
    pub(super) const BEFORE_VARIABLES: usize = 4;

    /// The candidates of a pack, the first of whom stands in this row, counted from 0.
    pub(super) fn new(pack: &Pack, first_row: u32) -> Self {
        let candidates = pack.candidates.len() as u32;
        // One column between the matching variables and the values stays empty.
        let first_column = (Self::BEFORE_VARIABLES + pack.peers.variables.len() + 1) as u16;
        let rows = (candidates > 0).then(|| [first_row + 1, first_row + candidates]);
        Self { rows, first_column, are_alike: pack.peers.are_alike() }
    }

    /// The column of the first series' values.
    pub(super) const fn first_column(&self) -> u16 {
        self.first_column
    }

    /// Whether a candidate is in use.
    pub(super) const fn in_use(&self, is_peer: bool) -> &'static str {
        if is_peer && self.are_alike { YES } else { NO }
    }

    /// A number about the peers that are in use when the workbook is opened.
    fn known(&self, number: Option<f64>) -> Option<f64> {
        number.filter(|_| self.are_alike)
    }

    /// How many candidates are in use, in words.
    pub(super) fn count(&self, now: usize) -> BookCell {
        let Some(used) = self.range(0) else { return BookCell::Blank };
        let now = if self.are_alike { now } else { 0 };
        let formula = format!("=COUNTIF({used},\"{YES}\")&\" {}\"", words::IN_USE_COUNT);
        let result = LiveResult::Text(format!("{now} {}", words::IN_USE_COUNT));
        live(formula, false, result, NumberLook::Plain)
    }

    /// The median of a column of the sheet of peers over the candidates in use.
    pub(super) fn median_of_column(&self, column: u16, now: Option<f64>, unit: Unit) -> BookCell {
        let (Some(used), Some(values)) = (self.range(0), self.range(column)) else { return BookCell::Blank };
        let known = format!("SUMPRODUCT(({used}=\"{YES}\")*ISNUMBER({values}))");
        let median = format!("MEDIAN(IF({used}=\"{YES}\",IF(ISNUMBER({values}),{values})))");
        let formula = format!("=IF({known}=0,\"\",{median})");
        let now = self.known(now);
        live(formula, true, LiveResult::of(now), NumberLook::Value(unit, now.unwrap_or_default()))
    }

    /// The median of the peers, for the series at this place among those at a glance.
    pub(super) fn median(&self, place: usize, facts: &SeriesFacts) -> BookCell {
        self.statistic(place, facts, "MEDIAN(IF({used},{numbers}))", |standing| standing.peer_median)
    }

    /// Their lower quartile.
    pub(super) fn lower_quartile(&self, place: usize, facts: &SeriesFacts) -> BookCell {
        self.statistic(place, facts, "QUARTILE(IF({used},{numbers}),1)", |standing| standing.peer_p25)
    }

    /// Their upper quartile.
    pub(super) fn upper_quartile(&self, place: usize, facts: &SeriesFacts) -> BookCell {
        self.statistic(place, facts, "QUARTILE(IF({used},{numbers}),3)", |standing| standing.peer_p75)
    }

    /// Our value, in `own` of the same row, minus the median in `median`.
    pub(super) fn difference(&self, facts: &SeriesFacts, own: char, median: char) -> BookCell {
        let (Some(_), Some(latest)) = (self.rows, facts.latest) else { return BookCell::Blank };
        let formula = format!("=IF(ISNUMBER({median}{{row}}),{own}{{row}}-{median}{{row}},\"\")");
        let now = self
            .known(facts.standing.as_ref().and_then(|standing| Some(latest.value - standing.peer_median?)));
        let look = NumberLook::Change(facts.unit, now.unwrap_or_default());
        live(formula, false, LiveResult::of(now), look)
    }

    /// Where our value, in `own` of the same row, is among theirs, in words.
    pub(super) fn place(&self, place: usize, facts: &SeriesFacts, own: char) -> BookCell {
        let Some(parts) = self.parts(place) else { return BookCell::Blank };
        let FormulaParts { used, values, known } = &parts;
        let below = format!("SUMPRODUCT({used}*ISNUMBER({values})*({values}<{own}{{row}}))");
        let formula = format!("=IF({known}<{FEWEST},\"\",\"{HIGHER_THAN}\"&{below}&\"{OF}\"&{known})");
        let enough = facts.standing.as_ref().filter(|standing| self.are_alike && standing.peer_n >= FEWEST);
        let now =
            enough.map(|standing| words::place(standing.peers_below, standing.peer_n)).unwrap_or_default();
        live(formula, false, LiveResult::Text(now), NumberLook::Plain)
    }

    /// A statistic of the values of the candidates in use.
    fn statistic(
        &self,
        place: usize,
        facts: &SeriesFacts,
        statistic: &str,
        now: fn(&Standing) -> Option<f64>,
    ) -> BookCell {
        let Some(FormulaParts { used, values, known }) = self.parts(place) else { return BookCell::Blank };
        let numbers = format!("IF(ISNUMBER({values}),{values})");
        let statistic = statistic.replace("{used}", &used).replace("{numbers}", &numbers);
        let formula = format!("=IF({known}<{FEWEST},\"\",{statistic})");
        let now = self.known(facts.standing.as_ref().and_then(now));
        live(formula, true, LiveResult::of(now), NumberLook::Value(facts.unit, now.unwrap_or_default()))
    }

    fn parts(&self, place: usize) -> Option<FormulaParts> {
        let (used, values) = (self.range(0)?, self.range(self.first_column + place as u16)?);
        let used = format!("({used}=\"{YES}\")");
        let known = format!("SUMPRODUCT({used}*ISNUMBER({values}))");
        Some(FormulaParts { used, values, known })
    }

    /// A column of the candidates.
    fn range(&self, column: u16) -> Option<String> {
        let [first, last] = self.rows?;
        let column = column_number_to_name(column);
        Some(format!("{PEERS}!${column}${first}:${column}${last}"))
    }
}

/// The parts of which formulas are made.
struct FormulaParts {
    /// Whether each candidate is in use.
    used: String,
    /// Their values.
    values: String,
    /// How many of those in use have one.
    known: String,
}

const fn live(formula: String, is_array: bool, result: LiveResult, look: NumberLook) -> BookCell {
    BookCell::Live(LiveFormula { formula, is_array, result, look })
}
