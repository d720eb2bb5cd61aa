//! Matches a column's name with the layout's entries, to find which number of which observation the column
//! contains.

use regex::Captures;

use super::header::Header;
use super::ready_layout::{ColumnMatcher, ReadyLayout};
use super::slot::{EntryIndex, KeyPart, KeyPartSource, SlotKey};
use super::text_match::is_one_of;
use crate::catalog::{ColumnSpec, Stat};
use crate::domain::{ALL, SchoolYear, Unit};

/// What a column contains, according to its name.
pub(super) enum ColumnMatch {
    /// A number of a slot.
    Slot(SlotMatch),
    /// A number about something that neither the layout nor the catalog knows.
    Unknown(UnknownPart),
    /// No entry in the layout names it.
    Unmatched,
}

/// The number of a slot that a column contains.
pub(super) struct SlotMatch {
    pub(super) entry: EntryIndex,
    pub(super) key: SlotKey,
    pub(super) stat: Stat,
    /// The number of people behind the rates of all students in the column; `None` if its name does not give it.
    pub(super) people: Option<f64>,
}

/// A part of a column's name that is not a known code.
pub(super) struct UnknownPart {
    /// The named part of the pattern.
    pub(super) part: &'static str,
    /// Its text.
    pub(super) text: String,
}

impl UnknownPart {
    fn new(part: &'static str, text: impl Into<String>) -> Self {
        Self { part, text: text.into() }
    }

    /// Whether the column belongs to another family: a measure or statistic that no code table lists is not
    /// an error.
    fn is_of_other_family(&self) -> bool {
        matches!(self.part, "measure" | "stat")
    }
}

impl ReadyLayout<'_> {
    /// Matches the column `name` in `header` (its `occurrence`-th column with this name, from 1) with the
    /// first entry that fits.
    pub(super) fn match_column(&self, name: &str, occurrence: usize, header: &Header) -> ColumnMatch {
        let mut first_unknown = None;
        for (index, matcher) in self.columns.iter().enumerate() {
            let Some(captures) = matcher.captures(name, occurrence) else { continue };
            let entry = ColumnEntry { ready: self, spec: matcher.spec, header, captures };
            match entry.slot(EntryIndex(index)) {
                Ok(slot) => return ColumnMatch::Slot(slot),
                Err(unknown) if unknown.is_of_other_family() => {}
                Err(unknown) => _ = first_unknown.get_or_insert(unknown),
            }
        }
        first_unknown.map_or(ColumnMatch::Unmatched, ColumnMatch::Unknown)
    }

    /// What the columns of a layout entry that adds up several are together.
    ///
    /// # Errors
    /// The first part that is not a known code.
    pub(super) fn match_sum(&self, entry: EntryIndex, header: &Header) -> Result<SlotMatch, UnknownPart> {
        let spec = self.columns[entry.0].spec;
        ColumnEntry { ready: self, spec, header, captures: NameCaptures(None) }.slot(entry)
    }

    /// The factor from the layout's percent scale; `None` if the layout states no scale, or the number is not
    /// a percent.
    pub(super) fn percent_factor(&self, key: &SlotKey, stat: Stat) -> Option<f64> {
        let KeyPartSource::Fixed(measure) = &key.measure else { return None };
        let is_percent = self.catalog.measures.get(measure)?.unit == Unit::Percent && stat == Stat::Value;
        self.layout.percent_scale.filter(|_| is_percent).map(|scale| 100.0 / scale)
    }
}

/// The named captures of an entry's pattern; empty if the entry states the whole name.
struct NameCaptures<'n>(Option<Captures<'n>>);

impl<'n> NameCaptures<'n> {
    fn part(&self, name: &str) -> Option<&'n str> {
        Some(self.0.as_ref()?.name(name)?.as_str())
    }
}

impl ColumnMatcher<'_> {
    /// The captures in a column's name; `None` if the entry does not match it.
    fn captures<'n>(&self, name: &'n str, occurrence: usize) -> Option<NameCaptures<'n>> {
        if self.spec.occurrence.is_some_and(|wanted| wanted != occurrence) {
            return None;
        }
        match &self.pattern {
            Some(pattern) => pattern.captures(name).map(|captures| NameCaptures(Some(captures))),
            None => is_one_of(name, &self.spec.name).then_some(NameCaptures(None)),
        }
    }
}

/// A layout entry that matches a column.
struct ColumnEntry<'e> {
    ready: &'e ReadyLayout<'e>,
    spec: &'e ColumnSpec,
    header: &'e Header,
    captures: NameCaptures<'e>,
}

impl ColumnEntry<'_> {
    /// The slot that the column belongs to, and the number that it contains.
    ///
    /// # Errors
    /// The first part of the column's name that is not a known code.
    fn slot(&self, entry: EntryIndex) -> Result<SlotMatch, UnknownPart> {
        let measure = self.key_part(KeyPart::Measure, self.spec.measure.as_ref())?;
        let group = self.key_part(KeyPart::Group, self.spec.group.as_ref())?;
        let grade = self.key_part(KeyPart::Grade, self.spec.grade.as_ref())?;
        let subject = self.key_part(KeyPart::Subject, self.spec.subject.as_ref())?;
        let year = self.year()?;
        let stat = self.stat()?;
        let year_offset = if year.is_some() { 0 } else { self.spec.year_offset };
        let key = SlotKey { measure, group, grade, subject, year, year_offset };
        Ok(SlotMatch { entry, key, stat, people: self.people() })
    }

    /// Where a key part is found: in the column's name, in the layout's entry, in a column of each row, or
    /// nowhere, which means `all`.
    fn key_part(&self, part: KeyPart, stated: Option<&String>) -> Result<KeyPartSource, UnknownPart> {
        if let Some(text) = self.captures.part(part.name()) {
            let id = self.ready.resolve(part, text);
            return id.map(KeyPartSource::Fixed).ok_or_else(|| UnknownPart::new(part.name(), text));
        }
        if let Some(id) = stated {
            return Ok(KeyPartSource::Fixed(id.clone()));
        }
        Ok(self.part_in_rows(part).unwrap_or_else(|| KeyPartSource::Fixed(ALL.to_owned())))
    }

    fn part_in_rows(&self, part: KeyPart) -> Option<KeyPartSource> {
        let mut specs = self.ready.layout.parts.iter().filter(|spec| spec.part == part.name());
        let first = specs.next()?;
        let mut columns: Vec<u32> = self.header.column(&first.column).into_iter().collect();
        if first.heading {
            return columns.first().map(|column| KeyPartSource::Heading(*column));
        }
        let more = specs.filter(|spec| part != KeyPart::Measure && !spec.heading);
        columns.extend(more.filter_map(|spec| self.header.column(&spec.column)));
        match columns[..] {
            [] => None,
            [column] => Some(KeyPartSource::Column(column)),
            _ => Some(KeyPartSource::Columns(columns)),
        }
    }

    /// The number of people in the column's name; `None` if its pattern has none.
    fn people(&self) -> Option<f64> {
        let digits = self.captures.part("n")?.replace(',', "");
        digits.parse::<u32>().ok().map(f64::from)
    }

    /// The school year in the column's name; `None` if its pattern has no year.
    fn year(&self) -> Result<Option<SchoolYear>, UnknownPart> {
        let Some(text) = self.captures.part("year") else { return Ok(None) };
        let year = SchoolYear::parse(text, self.ready.layout.year.means);
        year.map(Some).map_err(|_| UnknownPart::new("year", text))
    }

    /// Which number the column contains.
    fn stat(&self) -> Result<Stat, UnknownPart> {
        match self.captures.part("stat") {
            Some(text) => {
                let stat = self.ready.layout.stats.get(text).copied();
                stat.ok_or_else(|| UnknownPart::new("stat", text))
            }
            None => Ok(self.spec.stat.unwrap_or(Stat::Value)),
        }
    }
}
