//! The plan of a sheet: which columns hold which observation's value, numerator and denominator.

use std::collections::BTreeMap;

use regex::{Captures, Regex};

use super::header::{Header, alike, folded};
use crate::catalog::{self, Catalog, ColumnSpec, IgnoreSpec, Layout, PartSpec, RowFilter, Stat, YearFrom};
use crate::diagnostic::{ColumnIgnored, Diagnostic, Place};
use crate::domain::{ALL, Grade, SchoolYear, Unit};

/// A layout with its regular expressions made ready, to be used for all sheets of all its files.
#[derive(Debug)]
pub(super) struct ReadyLayout<'a> {
    pub(super) layout: &'a Layout,
    pub(super) catalog: &'a Catalog,
    columns: Vec<(&'a ColumnSpec, Option<Regex>)>,
    ignored: Vec<(&'a IgnoreSpec, Option<Regex>)>,
    pub(super) rows: Vec<(&'a RowFilter, Option<Regex>, Option<Regex>)>,
    pub(super) id_pattern: Option<Regex>,
    pub(super) year_pattern: Option<Regex>,
    pub(super) sheets: (Option<Regex>, Option<Regex>),
}

impl<'a> ReadyLayout<'a> {
    pub(super) fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let ready = |pattern: &Option<String>| pattern.as_deref().map(catalog::pattern).transpose();
        Ok(Self {
            layout,
            catalog,
            columns: layout
                .columns
                .iter()
                .map(|c| Ok((c, ready(&c.matching)?)))
                .collect::<Result<_, regex::Error>>()?,
            ignored: layout
                .ignored
                .iter()
                .map(|i| Ok((i, ready(&i.matching)?)))
                .collect::<Result<_, regex::Error>>()?,
            rows: layout
                .rows
                .iter()
                .map(|r| Ok((r, ready(&r.keep)?, ready(&r.leave_out)?)))
                .collect::<Result<_, regex::Error>>()?,
            id_pattern: ready(&layout.district.id_pattern)?,
            year_pattern: ready(&layout.year.pattern)?,
            sheets: (ready(&layout.sheets.matching)?, ready(&layout.sheets.except)?),
        })
    }

    /// The columns of the layout's filters.
    pub(super) fn filter_columns(&self, header: &Header) -> Vec<Option<u32>> {
        self.layout.rows.iter().map(|filter| header.column(&filter.column)).collect()
    }

    /// By which of the layout's filters, in these columns, a row is left out whose texts `text` gives.
    pub(super) fn leaves_out(&self, columns: &[Option<u32>], text: &dyn Fn(u32) -> String) -> Option<usize> {
        self.rows.iter().zip(columns).position(|((_, keep, leave_out), column)| {
            let Some(text) = column.map(text) else { return false };
            let is_kept = keep.as_ref().is_none_or(|pattern| pattern.is_match(&text));
            !is_kept || leave_out.as_ref().is_some_and(|pattern| pattern.is_match(&text))
        })
    }

    /// Why a row is left out, by the filter's place among the layout's.
    pub(super) fn left_out(&self, filter: usize) -> String {
        format!("the layout leaves it out: {}", self.rows[filter].0.why)
    }

    /// The standard id of a part's published text: by the layout's codes, then by the catalog's spellings.
    pub(super) fn resolve(&self, part: &str, text: &str) -> Option<String> {
        let text = text.trim();
        let code = |codes: &BTreeMap<String, String>| {
            let exact = codes.get(text);
            exact.or_else(|| codes.iter().find(|(c, _)| alike(c, text)).map(|(_, id)| id)).cloned()
        };
        match part {
            "measure" => {
                let known = || self.catalog.measures.contains_key(text).then(|| text.to_owned());
                code(&self.layout.measures).or_else(known)
            }
            "group" => {
                code(&self.layout.groups).or_else(|| self.catalog.groups.group_id(text).map(str::to_owned))
            }
            "subject" => code(&self.layout.subjects)
                .or_else(|| self.catalog.groups.subject_id(text).map(str::to_owned)),
            _ => {
                let grade = code(&self.layout.grades).unwrap_or_else(|| text.to_owned());
                Grade::parse(&grade).map(|g| g.id().to_owned())
            }
        }
    }
}

/// A key part of a slot: known from the header, or to be read from a column of each row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Fixed(String),
    Column(u32),
}

/// What a slot's observations are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SlotKey {
    pub(super) measure: Part,
    pub(super) group: Part,
    pub(super) grade: Part,
    pub(super) subject: Part,
    /// Year in the column's own header.
    pub(super) year: Option<SchoolYear>,
    pub(super) year_offset: i32,
}

/// The columns of one observation.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) key: SlotKey,
    /// Value, numerator, denominator.
    pub(super) columns: [Option<SlotColumn>; 3],
    /// Which entry of the layout it is read by; columns of one entry are of one scale.
    pub(super) entry: usize,
}

/// A column that holds one number of a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotColumn {
    pub(super) column: u32,
    /// What the number is multiplied by, where the layout says so.
    pub(super) times: Option<f64>,
    /// Which of how many numbers in the cell.
    pub(super) part: Option<(usize, usize)>,
}

/// The plan of a sheet.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) slots: Vec<Slot>,
    pub(super) read: u64,
    pub(super) ignored: Vec<ColumnIgnored>,
    pub(super) unread: Vec<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Plans how the columns of `header` are read. `used` are columns with another role (ids, names, filters).
pub(super) fn plan(ready: &ReadyLayout<'_>, header: &Header, used: &[u32], place: &Place) -> Plan {
    let mut plan = Plan::default();
    let mut slots: BTreeMap<SlotKey, Slot> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut weights: Vec<(SlotKey, u32)> = Vec::new();
    let mut matched = vec![false; ready.columns.len()];
    let mut unread: Vec<(u32, &String)> = Vec::new();
    for (&column, name) in header.names.iter().filter(|(c, _)| !used.contains(c)) {
        let occurrence = seen.entry(name.to_lowercase()).or_default();
        *occurrence += 1;
        match ready.match_column(name, *occurrence, header) {
            Matched::Slot { spec, key, stat } => {
                matched[spec] = true;
                let (entry, spec) = (spec, ready.columns[spec].0);
                let slot =
                    slots.entry(key.clone()).or_insert_with(|| Slot { key, columns: [None; 3], entry });
                match slot.take(spec, stat, column, ready.percent_times(&slot.key, stat)) {
                    Ok(()) => plan.read += 1,
                    Err(first) => {
                        let (at, first) = (place.at(header.row, column), place.at(header.row, first));
                        plan.diagnostics.push(Diagnostic::columns_alike(at, name, &first));
                        unread.push((column, name));
                    }
                }
                weights.extend(header.column(&spec.weight).map(|weight| (slot.key.clone(), weight)));
            }
            Matched::Unknown { part, text } => {
                let at = place.at(header.row, column);
                plan.diagnostics.push(Diagnostic::part_unknown(at, part, &text, ""));
                unread.push((column, name));
            }
            Matched::Nothing => match ready.why_ignored(name) {
                Some(why) => plan.ignored.push(ColumnIgnored { column: name.clone(), why: why.to_owned() }),
                None => unread.push((column, name)),
            },
        }
    }
    plan.report_missing(ready, header, &matched, place);
    // A column that only weighs others is read with them.
    let is_weight = |column: u32| weights.iter().any(|(_, weight)| *weight == column);
    let (weighing, unread): (Vec<_>, Vec<_>) = unread.into_iter().partition(|(column, _)| is_weight(*column));
    plan.read += weighing.len() as u64;
    plan.unread = unread.into_iter().map(|(_, name)| name.clone()).collect();
    if !plan.unread.is_empty() {
        plan.diagnostics.push(Diagnostic::columns_unread(place.clone(), &plan.unread));
    }
    for (key, column) in weights {
        let denominator = slots.get_mut(&key).map(|slot| &mut slot.columns[Stat::Denominator as usize]);
        denominator.map(|d| d.get_or_insert(SlotColumn { column, times: None, part: None }));
    }
    plan.slots = slots.into_values().collect();
    plan
}

impl Slot {
    /// Takes `column` for the number (or numbers) that `spec` says it holds.
    ///
    /// # Errors
    /// The column that holds the same already.
    fn take(
        &mut self,
        spec: &ColumnSpec,
        stat: Stat,
        column: u32,
        percent_times: Option<f64>,
    ) -> Result<(), u32> {
        let times = spec.times.or(percent_times);
        let of = spec.split.len();
        let parts: Vec<(Stat, Option<(usize, usize)>)> = match spec.split.is_empty() {
            true => vec![(stat, None)],
            false => spec.split.iter().enumerate().map(|(part, stat)| (*stat, Some((part, of)))).collect(),
        };
        if let Some(first) = parts.iter().find_map(|(stat, _)| self.columns[*stat as usize]) {
            return Err(first.column);
        }
        for (stat, part) in parts {
            self.columns[stat as usize] = Some(SlotColumn { column, times, part });
        }
        Ok(())
    }
}

impl Plan {
    /// A named column that the layout needs and the sheet lacks. Patterns match what there is, and miss nothing.
    fn report_missing(&mut self, ready: &ReadyLayout<'_>, header: &Header, matched: &[bool], place: &Place) {
        let names: Vec<&str> = header.names.values().map(String::as_str).collect();
        for ((spec, _), _) in ready
            .columns
            .iter()
            .zip(matched)
            .filter(|((spec, _), matched)| !**matched && !spec.optional && !spec.name.is_empty())
        {
            let wanted = spec.name.iter().map(|n| format!("{n:?}")).collect::<Vec<_>>().join(" or ");
            let nearest = crate::catalog::did_you_mean(&spec.name[0], names.iter().copied());
            self.diagnostics.push(Diagnostic::column_missing(place.clone(), &wanted, &nearest));
        }
    }
}

enum Matched {
    Slot { spec: usize, key: SlotKey, stat: Stat },
    Unknown { part: &'static str, text: String },
    Nothing,
}

const PARTS: [&str; 4] = ["measure", "group", "grade", "subject"];

impl ReadyLayout<'_> {
    fn match_column(&self, name: &str, occurrence: usize, header: &Header) -> Matched {
        let mut unknown = None;
        for (index, (spec, pattern)) in self.columns.iter().enumerate() {
            if spec.occurrence.is_some_and(|wanted| wanted != occurrence) {
                continue;
            }
            let captures = match pattern {
                Some(pattern) => match pattern.captures(name) {
                    Some(captures) => Some(captures),
                    None => continue,
                },
                None if spec.name.iter().any(|n| alike(n, name)) => None,
                None => continue,
            };
            match self.slot(spec, captures.as_ref(), header) {
                Ok((key, stat)) => return Matched::Slot { spec: index, key, stat },
                // A code that no table lists is another family of columns, not a fault.
                Err(("measure" | "stat", _)) => {}
                Err(fault) => unknown = unknown.or(Some(fault)),
            }
        }
        unknown.map_or(Matched::Nothing, |(part, text)| Matched::Unknown { part, text })
    }

    fn slot(
        &self,
        spec: &ColumnSpec,
        captures: Option<&Captures<'_>>,
        header: &Header,
    ) -> Result<(SlotKey, Stat), (&'static str, String)> {
        let named = |part: &str| captures.and_then(|c| c.name(part)).map(|m| m.as_str().to_owned());
        let fixed = [&spec.measure, &spec.group, &spec.grade, &spec.subject];
        let mut parts: Vec<Part> = Vec::with_capacity(PARTS.len());
        for (part, fixed) in PARTS.into_iter().zip(fixed) {
            let from_row =
                self.layout.parts.iter().find(|p| p.part == part).and_then(|p| part_column(p, header));
            parts.push(match (named(part), fixed, from_row) {
                (Some(text), _, _) => Part::Fixed(self.resolve(part, &text).ok_or((part, text))?),
                (None, Some(id), _) => Part::Fixed(id.clone()),
                (None, None, Some(column)) => Part::Column(column),
                (None, None, None) => Part::Fixed(ALL.to_owned()),
            });
        }
        let year = match named("year") {
            Some(text) => Some(SchoolYear::parse(&text, self.layout.year.means).map_err(|_| ("year", text))?),
            None => None,
        };
        let stat = match named("stat") {
            Some(text) => self.layout.stats.get(&text).copied().ok_or(("stat", text))?,
            None => spec.stat.unwrap_or(Stat::Value),
        };
        let [measure, group, grade, subject] = parts.try_into().map_err(|_| ("measure", String::new()))?;
        let year_offset = if year.is_some() { 0 } else { spec.year_offset };
        Ok((SlotKey { measure, group, grade, subject, year, year_offset }, stat))
    }

    /// What a value is multiplied by for the layout's percent scale; `None` where the layout does not say, and for
    /// what is no percent.
    fn percent_times(&self, key: &SlotKey, stat: Stat) -> Option<f64> {
        let Part::Fixed(measure) = &key.measure else { return None };
        let percent = self.catalog.measures.get(measure)?.unit == Unit::Percent && stat == Stat::Value;
        self.layout.percent_scale.filter(|_| percent).map(|scale| 100.0 / scale)
    }

    fn why_ignored(&self, name: &str) -> Option<&str> {
        let matches = |(spec, pattern): &&(&IgnoreSpec, Option<Regex>)| {
            pattern.as_ref().is_some_and(|p| p.is_match(name)) || spec.name.iter().any(|n| alike(n, name))
        };
        self.ignored.iter().find(matches).map(|(spec, _)| spec.why.as_str())
    }

    /// The columns of `header` that are not values: ids, names, the year, attributes, parts and filters.
    pub(super) fn other_columns(&self, header: &Header) -> Vec<u32> {
        let layout = self.layout;
        let year = (layout.year.from == YearFrom::Column).then_some(&layout.year.column);
        let lists = [&layout.district.id, &layout.district.name].into_iter().chain(year);
        let schools = layout.school.iter().map(std::slice::from_ref);
        let attributes = layout.attributes.iter().map(|a| &a.column);
        let parts = layout.parts.iter().map(|p| &p.column);
        let rows = layout.rows.iter().map(|r| &r.column);
        let lists = lists.chain(attributes).chain(parts).chain(rows).map(Vec::as_slice).chain(schools);
        lists.filter_map(|names| header.column(names)).collect()
    }

    /// Whether the layout reads a sheet of this name, and why not.
    pub(super) fn reads_sheet(&self, name: Option<&str>, hidden: bool) -> Result<(), &'static str> {
        let name = folded(name.unwrap_or(""));
        if hidden && !self.layout.sheets.hidden {
            return Err("the sheet is hidden");
        }
        if self.sheets.0.as_ref().is_some_and(|p| !p.is_match(&name)) {
            return Err("the layout does not name this sheet");
        }
        if self.sheets.1.as_ref().is_some_and(|p| p.is_match(&name)) {
            return Err("the layout leaves this sheet out");
        }
        Ok(())
    }
}

fn part_column(part: &PartSpec, header: &Header) -> Option<u32> {
    header.column(&part.column)
}
