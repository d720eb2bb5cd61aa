//! The plan for a table: which columns contain the value, numerator and denominator of which observation.

use std::collections::{BTreeMap, BTreeSet};

use super::column_match::{ColumnMatch, SlotMatch};
use super::column_names::lowest_part;
use super::header::Header;
use super::ready_layout::ReadyLayout;
use super::slot::{AddedColumn, CellPart, EntryIndex, Slot, SlotColumn, SlotKey};
use crate::catalog::{ColumnSpec, Stat};
use crate::diagnostic::{ColumnIgnored, Diagnostic, Place};
use crate::wording::catalog as say;
use crate::wording::reading as wording;

/// How the columns of a table are read.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The observations of each row.
    pub(super) slots: Vec<Slot>,
    /// How many columns are read as values.
    pub(super) read: u64,
    /// Columns intentionally left out by the layout.
    pub(super) ignored: Vec<ColumnIgnored>,
    /// Names of the columns that are not read because no layout entry fits them.
    pub(super) unread: Vec<String>,
    /// Problems with the columns.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Plans how the columns of `header` are read. `used` are the columns that have another role (ids, names,
/// filters).
pub(super) fn plan(ready: &ReadyLayout<'_>, header: &Header, used: &[u32], place: &Place) -> Plan {
    let mut builder = PlanBuilder::new(ready, header, place);
    for (&column, name) in header.names.iter().filter(|(column, _)| !used.contains(column)) {
        builder.add_column(column, name);
    }
    builder.finish()
}

/// A plan under construction, to which columns are added.
struct PlanBuilder<'a> {
    ready: &'a ReadyLayout<'a>,
    header: &'a Header,
    place: &'a Place,
    plan: Plan,
    slots: BTreeMap<SlotKey, Slot>,
    /// How many times each name, in lower case, has occurred.
    occurrences: BTreeMap<String, usize>,
    /// For each layout entry, whether a column matched it.
    matched: Vec<bool>,
    weights: Vec<WeightColumn>,
    /// The columns that are added up with others.
    summed: BTreeSet<u32>,
    unread: Vec<UnreadColumn<'a>>,
}

/// The column that provides the weights for the values of a slot.
struct WeightColumn {
    key: SlotKey,
    column: u32,
}

struct UnreadColumn<'a> {
    column: u32,
    name: &'a str,
}

impl<'a> PlanBuilder<'a> {
    fn new(ready: &'a ReadyLayout<'a>, header: &'a Header, place: &'a Place) -> Self {
        Self {
            ready,
            header,
            place,
            plan: Plan::default(),
            slots: BTreeMap::new(),
            occurrences: BTreeMap::new(),
            matched: vec![false; ready.columns.len()],
            weights: Vec::new(),
            summed: BTreeSet::new(),
            unread: Vec::new(),
        }
    }

    /// Adds a column by its name.
    fn add_column(&mut self, column: u32, name: &'a str) {
        let occurrence = self.occurrences.entry(name.to_lowercase()).or_default();
        *occurrence += 1;
        match self.ready.match_column(name, *occurrence, self.header) {
            ColumnMatch::Slot(matched) => self.add_to_slot(matched, column, name),
            ColumnMatch::Unknown(unknown) => {
                let problem = Diagnostic::part_unknown(self.cell(column), unknown.part, &unknown.text, "");
                self.plan.diagnostics.push(problem);
                self.unread.push(UnreadColumn { column, name });
            }
            ColumnMatch::Unmatched => self.add_unmatched(column, name),
        }
    }

    fn add_to_slot(&mut self, matched: SlotMatch, column: u32, name: &'a str) {
        let SlotMatch { entry, key, stat, people } = matched;
        self.matched[entry.0] = true;
        let spec = self.ready.columns[entry.0].spec;
        let times = spec.times.or(self.ready.percent_factor(&key, stat));
        if let Some(weight) = self.header.column(&spec.weight) {
            self.weights.push(WeightColumn { key: key.clone(), column: weight });
        }
        let slot = self.slots.entry(key).or_insert_with_key(|key| Slot::new(key.clone(), entry));
        slot.people = slot.people.or(people);
        match slot.add_column(spec, stat, SlotColumn { column, times, part: None }) {
            Ok(()) => self.plan.read += 1,
            Err(first) => {
                let first = self.cell(first);
                self.plan.diagnostics.push(Diagnostic::columns_alike(self.cell(column), name, &first));
                self.unread.push(UnreadColumn { column, name });
            }
        }
    }

    fn add_unmatched(&mut self, column: u32, name: &'a str) {
        match self.ready.ignore_reason(name) {
            Some(why) => {
                self.plan.ignored.push(ColumnIgnored { column: name.to_owned(), why: why.to_owned() });
            }
            None => self.unread.push(UnreadColumn { column, name }),
        }
    }

    /// Adds the sums of several columns of a row.
    fn add_sums(&mut self) {
        let ready = self.ready;
        for (index, matcher) in ready.columns.iter().enumerate() {
            let columns = self.columns_of_sum(matcher.spec);
            let Some(first) = columns.first() else { continue };
            // The parts of a sum's key are ids that were checked, or columns of the rows.
            if let Ok(matched) = ready.match_sum(EntryIndex(index), self.header) {
                self.add_sum(matched, first.column, &columns);
            }
        }
    }

    /// The columns that an entry adds up; empty if it adds up none, or if one of them is missing, which is reported.
    fn columns_of_sum(&mut self, spec: &ColumnSpec) -> Vec<SlotColumn> {
        let mut columns = Vec::new();
        for name in &spec.sum {
            match self.header.column(std::slice::from_ref(name)) {
                Some(column) => columns.push(SlotColumn { column, times: spec.times, part: None }),
                None if spec.optional => {}
                None => {
                    let nearest = self.similar_column(name);
                    let wanted = wording::any_of(std::slice::from_ref(name));
                    let problem = Diagnostic::sum_column_missing(self.place.clone(), &wanted, &nearest);
                    self.plan.diagnostics.push(problem);
                }
            }
        }
        if columns.len() == spec.sum.len() { columns } else { Vec::new() }
    }

    fn add_sum(&mut self, matched: SlotMatch, first: u32, columns: &[SlotColumn]) {
        let SlotMatch { entry, key, stat, .. } = matched;
        let spec = self.ready.columns[entry.0].spec;
        let times = spec.times.or(self.ready.percent_factor(&key, stat));
        if let Some(weight) = self.header.column(&spec.weight) {
            self.weights.push(WeightColumn { key: key.clone(), column: weight });
        }
        let slot = self.slots.entry(key).or_insert_with_key(|key| Slot::new(key.clone(), entry));
        match slot.add_column(spec, stat, SlotColumn { column: first, times, part: None }) {
            Ok(()) => {
                let more = columns.iter().skip(1).map(|column| SlotColumn { times, ..*column });
                slot.added.extend(more.map(|column| AddedColumn { stat, column }));
                self.summed.extend(columns.iter().map(|column| column.column));
            }
            Err(other) => {
                let other = self.cell(other);
                let name = self.header.name(first);
                self.plan.diagnostics.push(Diagnostic::columns_alike(self.cell(first), name, &other));
            }
        }
    }

    fn finish(mut self) -> Plan {
        self.add_sums();
        self.report_missing();
        self.report_unread();
        self.add_weights();
        self.plan.slots = self.slots.into_values().collect();
        self.plan
    }

    /// Reports the columns that the layout names and the sheet lacks. Patterns are never missing any.
    fn report_missing(&mut self) {
        let matchers = self.ready.columns.iter().zip(&self.matched);
        for (matcher, _) in matchers.filter(|(_, is_matched)| !**is_matched) {
            let spec = matcher.spec;
            let Some(first) = spec.name.first().filter(|_| !spec.optional) else { continue };
            let nearest = self.similar_column(first);
            let wanted = wording::any_of(&spec.name);
            self.plan.diagnostics.push(Diagnostic::column_missing(self.place.clone(), &wanted, &nearest));
        }
        self.report_missing_names();
    }

    /// Reports that the layout's column of district names is missing: totals are known by it.
    fn report_missing_names(&mut self) {
        let names = &self.ready.layout.district.name;
        if let Some(first) = names.first().filter(|_| self.header.column(names).is_none()) {
            let nearest = self.similar_column(first);
            let wanted = wording::any_of(names);
            // Some publishers have no names in some years; a similar name is a slip.
            if !nearest.is_empty() {
                self.plan.diagnostics.push(Diagnostic::names_missing(self.place.clone(), &wanted, &nearest));
            }
        }
    }

    /// `; did you mean "…"?` with a column whose lowest part is the name, or else with the most similar one.
    fn similar_column(&self, wanted: &str) -> String {
        let names = self.header.names.values().map(String::as_str);
        match names.clone().find(|name| lowest_part(name).eq_ignore_ascii_case(wanted)) {
            Some(name) => say::did_you_mean(name),
            None => crate::catalog::did_you_mean(wanted, names),
        }
    }

    /// Reports the columns that are not read. A column used only as a weight, or only in a sum, counts as read.
    fn report_unread(&mut self) {
        for unread in std::mem::take(&mut self.unread) {
            if self.summed.contains(&unread.column)
                || self.weights.iter().any(|weight| weight.column == unread.column)
            {
                self.plan.read += 1;
            } else {
                self.plan.unread.push(unread.name.to_owned());
            }
        }
        if !self.plan.unread.is_empty() {
            let problem = Diagnostic::columns_unread(self.place.clone(), &self.plan.unread);
            self.plan.diagnostics.push(problem);
        }
    }

    /// Uses weights as the denominators of slots that have none of their own.
    fn add_weights(&mut self) {
        for weight in &self.weights {
            if let Some(slot) = self.slots.get_mut(&weight.key) {
                let own = SlotColumn { column: weight.column, times: None, part: None };
                slot.columns[Stat::Denominator as usize].get_or_insert(own);
            }
        }
    }

    /// The header cell of a column.
    fn cell(&self, column: u32) -> Place {
        self.place.at(self.header.row, column)
    }
}

impl Slot {
    /// Adds a column for the number or numbers that `spec` says it contains.
    ///
    /// # Errors
    /// If a number already has a column, that column.
    fn add_column(&mut self, spec: &ColumnSpec, stat: Stat, column: SlotColumn) -> Result<(), u32> {
        let parts = numbers_of_cell(spec, stat);
        if let Some(first) = parts.iter().find_map(|number| self.column(number.stat)) {
            return Err(first.column);
        }
        let has_value = parts.iter().any(|number| number.stat == Stat::Value);
        for CellNumber { stat, part } in parts {
            // Beside a value that is multiplied, people are counted as they are.
            let times = column.times.filter(|_| stat == Stat::Value || !has_value);
            self.columns[stat as usize] = Some(SlotColumn { part, times, ..column });
        }
        Ok(())
    }
}

/// A number in the cells of a column.
struct CellNumber {
    stat: Stat,
    part: Option<CellPart>,
}

/// The numbers in each cell of a column.
fn numbers_of_cell(spec: &ColumnSpec, stat: Stat) -> Vec<CellNumber> {
    if spec.split.is_empty() {
        return vec![CellNumber { stat, part: None }];
    }
    let count = spec.split.len();
    let first = spec.split.iter().position(|part| part.stat().is_some()).unwrap_or_default();
    let parts = spec.split.iter().enumerate();
    let read = parts.filter_map(|(index, part)| {
        let part_of_cell = CellPart { index, count, first };
        Some(CellNumber { stat: part.stat()?, part: Some(part_of_cell) })
    });
    read.collect()
}
