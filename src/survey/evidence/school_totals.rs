//! Whether a row is about a district or a school, and which rows among those of schools are the district's own.

use std::collections::{BTreeMap, BTreeSet};

use super::composite_ids::is_code_of_district;
use super::named_total::{LabelFrame, LabelPatterns};
use super::shared_labels::SignContext;
use super::sums::{SumGroups, SumTolerance, SumVotes};
use super::total_sign::{PlacedSign, SignedRows, TotalSign};
use super::{EvidenceSearch, RowRule};
use crate::catalog::Role;
use crate::survey::compiled_patterns::any_match;
use crate::wording::survey_rows as wording;

/// If nearly all districts have a row of their own, only those rows are read.
const NEARLY_ALL: f64 = 0.9;

impl EvidenceSearch<'_> {
    /// Decides whether rows are about schools, and which are about the whole district.
    pub(super) fn decide_level(&mut self) {
        if self.survey.role(Role::RowType).is_some() {
            return;
        }
        if let Some(prefix) = self.found.district_prefix {
            self.found.schools = prefix > 0;
            self.find_totals_among_ids(prefix);
            return;
        }
        let columns: Vec<u32> =
            [Role::SchoolId, Role::SchoolName].into_iter().filter_map(|role| self.column_of(role)).collect();
        self.leave_out_beyond(&columns);
        if columns.is_empty() || self.name_no_school(&columns) {
            return;
        }
        self.own_label = self.own_label(&columns);
        let totals = self.total_rows(&columns);
        let rows: BTreeSet<usize> = totals.values().flatten().copied().collect();
        self.totals.clone_from(&rows);
        let filled = columns.iter().map(|column| self.filled(*column)).max().unwrap_or(0);
        if rows.is_empty() {
            self.found.schools = filled * 2 > self.texts.len();
            self.leave_out_subtotals();
        } else if self.nearly_all_districts_have(&rows) {
            self.keep(&totals);
        } else {
            self.tell_apart(&totals);
        }
    }

    /// Keeps schools and districts, and says how those of districts are known.
    fn tell_apart(&mut self, totals: &SignedRows) {
        self.found.schools = true;
        self.leave_out_subtotals();
        self.found.school_total = self.pattern(totals);
        self.found.district_name_is_total =
            totals.keys().any(|placed| placed.sign == TotalSign::DistrictName);
    }

    /// Whether the school columns hold the same in all rows, so that they name no school.
    fn name_no_school(&mut self, columns: &[u32]) -> bool {
        let several = columns.iter().any(|column| {
            let texts = self.texts.column(*column).unwrap_or_default();
            let labels: BTreeSet<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            labels.len() > 1
        });
        // One district may have one school only.
        let districts: BTreeSet<String> =
            self.plain_rows().into_iter().map(|row| self.district(row)).collect();
        let mut firsts = columns.iter().filter_map(|column| self.texts.column(*column)?.first());
        let is_whole = firsts.any(|text| self.is_total_of_schools(text));
        let are_constant = !several && (districts.len() > 1 || is_whole);
        if are_constant {
            let names: Vec<String> = columns.iter().map(|column| self.name_of(*column)).collect();
            self.found.reasons.push(wording::no_school_named(&names));
        }
        are_constant
    }

    fn filled(&self, column: u32) -> usize {
        self.texts.column(column).unwrap_or_default().iter().filter(|text| !text.is_empty()).count()
    }

    /// The rows about whole districts, by their signs. Where a surer sign tells the total of a district, arithmetic finds no other.
    fn total_rows(&mut self, columns: &[u32]) -> SignedRows {
        let signs = SignContext::new(self, columns);
        let mut signed = self.signed_rows(&signs);
        self.set_subtotals_apart(&mut signed);
        let mut totals = SignedRows::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (placed, rows) in signed {
            let others = rows.iter().filter(|row| known.contains(&self.about(**row))).count();
            let are_known = others * 2 > rows.len();
            if placed.sign.needs_sums() && are_known || !self.are_totals(&placed.sign, &rows) {
                continue;
            }
            if matches!(placed.sign, TotalSign::SharedCode(_)) && !self.may_be_unnamed(&placed, &rows, &signs)
            {
                continue;
            }
            known.extend(rows.iter().map(|row| self.about(*row)));
            self.found.reasons.push(wording::total_rows(&placed.sign.text()));
            totals.insert(placed, rows);
        }
        totals
    }

    /// Whether rows with a code that districts share name no school in another column. If they do, adding up the others is no
    /// proof: it raises a question, unless the names are those of a kind of school.
    fn may_be_unnamed(
        &mut self,
        placed: &PlacedSign,
        rows: &BTreeSet<usize>,
        signs: &SignContext<'_>,
    ) -> bool {
        let names: Vec<&str> =
            rows.iter().filter_map(|row| self.school_named(*row, placed.column, signs)).collect();
        let kinds = &self.vocabulary.patterns.school_kinds;
        let of_kinds = names.iter().filter(|name| any_match(kinds, name)).count();
        if names.len() * 2 <= rows.len() {
            return true;
        }
        if of_kinds * 2 <= names.len() {
            let code = rows.first().map_or("", |row| self.texts.text(placed.column, *row));
            self.found.problem = Some(wording::named_school_adds_up(code, names[0]));
        }
        false
    }

    /// What a row is about: its district and the rest.
    pub(super) fn about(&self, row: usize) -> String {
        format!("{}\u{1f}{}", self.district(row), self.breakdown(row))
    }

    /// The rows that may be about whole districts, by their signs.
    fn signed_rows(&self, signs: &SignContext<'_>) -> SignedRows {
        let mut signed = SignedRows::new();
        for row in (0..self.texts.len()).filter(|row| !self.beyond.contains(row)) {
            if let Some(placed) = self.sign(row, signs) {
                signed.entry(placed).or_default().insert(row);
            }
        }
        signed
    }

    /// The sign of a row. A word says more than a code before it.
    fn sign(&self, row: usize, context: &SignContext<'_>) -> Option<PlacedSign> {
        let columns = context.columns;
        if columns.iter().all(|column| self.is_nothing(self.texts.text(*column, row))) {
            return columns.first().map(|column| PlacedSign { sign: TotalSign::Blank, column: *column });
        }
        let signs = columns.iter().filter_map(|column| {
            Some(PlacedSign { sign: self.sign_in(row, *column, context)?, column: *column })
        });
        let placed = signs.min()?;
        let column = placed.column;
        let sign = match placed.sign {
            TotalSign::SharedLabel(label) if self.may_be_school(row, column, &label, context) => {
                TotalSign::SharedCode(label)
            }
            sign => sign,
        };
        Some(PlacedSign { sign, column })
    }

    fn sign_in(&self, row: usize, column: u32, context: &SignContext<'_>) -> Option<TotalSign> {
        let text = self.texts.text(column, row);
        let name = self.column_of(Role::DistrictName).map_or("", |name| self.texts.text(name, row));
        if self.is_total_of_schools(text) {
            Some(TotalSign::Word)
        } else if self.own_label.as_deref() == Some(text) {
            Some(TotalSign::OwnLabel)
        } else if is_made_of(text, b'0') {
            Some(TotalSign::Zeros)
        } else if let Some(zeros) = context.zeros_in(column).filter(|zeros| is_code_of_district(text, *zeros))
            && self.school_named(row, column, context).is_none()
        {
            Some(TotalSign::EndsInZeros(zeros))
        } else if text.len() > 1 && is_made_of(text, b'9') {
            Some(TotalSign::Nines)
        } else if !name.is_empty() && name.eq_ignore_ascii_case(text) {
            Some(TotalSign::DistrictName)
        } else {
            self.sign_of_label(row, text, &context.shared)
        }
    }

    /// The sign of a label that is neither a known word, nor a code, nor the district's name.
    fn sign_of_label(&self, row: usize, text: &str, shared: &BTreeSet<String>) -> Option<TotalSign> {
        let frame = self.frame(row, text);
        let label = frame.as_ref().map_or_else(|| text.to_owned(), LabelFrame::shown);
        match frame {
            Some(frame) if self.is_total_of_schools(&frame.rest()) => Some(TotalSign::NamedWord),
            Some(frame) if self.is_other_form(&frame) => Some(TotalSign::NameForm(label)),
            _ if any_match(&self.vocabulary.patterns.school_totals, text) => Some(TotalSign::MayBeTotal),
            _ => shared.contains(&label).then_some(TotalSign::SharedLabel(label)),
        }
    }

    /// A label with a sign instead of the district's own name.
    pub(super) fn unnamed(&self, row: usize, text: &str) -> String {
        self.frame(row, text).map_or_else(|| text.to_owned(), |frame| frame.shown())
    }

    /// Whether a text means that there is nothing: `N/A`.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        text.is_empty() || self.numbers.markers().status(text).is_some()
    }

    /// Whether rows with a sign are about whole districts. A word or a blank is enough; a code or a name needs to add
    /// up, since a school may have the code 999 or the district's name.
    fn are_totals(&self, sign: &TotalSign, rows: &BTreeSet<usize>) -> bool {
        if rows.len() == self.texts.len() {
            return false;
        }
        match sign {
            TotalSign::Word | TotalSign::OwnLabel => {
                !self.groups_of(rows).are_too_small(self.texts.amounts())
            }
            TotalSign::NamedWord => {
                !self.groups_of(rows).are_too_small(self.texts.amounts())
                    && (!self.sum_votes(rows, SumTolerance::ROUGH).are_none() || self.are_means(rows))
            }
            TotalSign::Blank => self.some_district_has_both(rows),
            TotalSign::Zeros => {
                self.add_up(rows, SumTolerance::ROUGH)
                    || self.are_means(rows)
                    || !self.sum_votes(rows, SumTolerance::ROUGH).are_none()
                        && self.some_district_has_both(rows)
            }
            TotalSign::EndsInZeros(_) => {
                let are_named = self.column_of(Role::SchoolName).is_some();
                self.add_up(rows, SumTolerance::ROUGH)
                    || self.are_means(rows)
                    || are_named && !self.sum_votes(rows, SumTolerance::ROUGH).are_none()
            }
            TotalSign::Nines | TotalSign::DistrictName => {
                self.add_up(rows, SumTolerance::EXACT)
                    || self.nearly_all_districts_have(rows)
                        && (self.add_up(rows, SumTolerance::ROUGH) || self.are_means(rows))
            }
            TotalSign::NameForm(_) => {
                self.sum_votes(rows, SumTolerance::EXACT).are_unanimous()
                    || self.are_totals(&TotalSign::DistrictName, rows)
            }
            TotalSign::SharedLabel(_) => self.are_shared_totals(rows),
            TotalSign::SharedCode(_) => self.votes_of_districts(rows, SumTolerance::EXACT).are_totals(),
            TotalSign::MayBeTotal => {
                self.add_up(rows, SumTolerance::EXACT)
                    || self.nearly_all_districts_have(rows)
                        && (self.add_up(rows, SumTolerance::CLOSE) || self.are_means(rows))
            }
        }
    }

    /// Whether the rows add up the others of nearly all their districts.
    fn add_up(&self, totals: &BTreeSet<usize>, tolerance: SumTolerance) -> bool {
        self.sum_votes(totals, tolerance).are_totals()
    }

    /// How many of the rows add up the others of their districts.
    fn sum_votes(&self, totals: &BTreeSet<usize>, tolerance: SumTolerance) -> SumVotes {
        self.groups_with(totals).votes(self.texts.amounts(), tolerance)
    }

    /// Whether the rows are means of the others of their districts.
    pub(super) fn are_means(&self, totals: &BTreeSet<usize>) -> bool {
        self.groups_with(totals).are_means(self.texts.amounts_and_percents())
    }

    /// The rows of each district that are about the same. Words for totals are not among them.
    fn groups_with(&self, totals: &BTreeSet<usize>) -> SumGroups {
        self.grouped(self.rows_read().into_iter(), totals)
    }

    /// The same with these totals, which words tell.
    pub(super) fn groups_of(&self, totals: &BTreeSet<usize>) -> SumGroups {
        let others = self.rows_read().into_iter().filter(|row| !totals.contains(row));
        self.grouped(others.chain(totals.iter().copied()), totals)
    }

    fn grouped(&self, rows: impl Iterator<Item = usize>, totals: &BTreeSet<usize>) -> SumGroups {
        let mut groups = SumGroups::default();
        for row in rows {
            let key = format!("{}\u{1f}{}", self.district(row), self.breakdown(row));
            groups.add(key, row, totals.contains(&row));
        }
        groups
    }

    pub(super) fn some_district_has_both(&self, totals: &BTreeSet<usize>) -> bool {
        let mut districts: BTreeMap<String, [bool; 2]> = BTreeMap::new();
        for row in (0..self.texts.len()).filter(|row| !self.beyond.contains(row)) {
            districts.entry(self.district(row)).or_default()[usize::from(totals.contains(&row))] = true;
        }
        districts.values().any(|kinds| kinds[0] && kinds[1])
    }

    pub(super) fn nearly_all_districts_have(&self, totals: &BTreeSet<usize>) -> bool {
        let of = |rows: &mut dyn Iterator<Item = usize>| {
            rows.map(|row| self.district(row)).collect::<BTreeSet<_>>()
        };
        let all = of(&mut self.rows_read().into_iter().chain(totals.iter().copied()));
        let own = of(&mut totals.iter().copied());
        own.len() as f64 >= NEARLY_ALL * all.len() as f64
    }

    /// Keeps only the rows of districts.
    fn keep(&mut self, totals: &SignedRows) {
        let columns: BTreeSet<u32> = totals.keys().map(|placed| placed.column).collect();
        let are_named = totals.keys().any(|placed| placed.sign == TotalSign::DistrictName);
        match (columns.first(), self.pattern(totals)) {
            (Some(column), Some(pattern)) if columns.len() == 1 && !are_named => {
                self.found.filters.push(RowRule {
                    column: self.name_of(*column),
                    pattern,
                    keeps: true,
                    why: wording::DISTRICT_ROWS_AMONG_SCHOOLS.to_owned(),
                });
            }
            _ => self.tell_apart(totals),
        }
    }

    /// A regular expression for the school texts of totals.
    fn pattern(&self, totals: &SignedRows) -> Option<String> {
        let all: BTreeSet<usize> = totals.values().flatten().copied().collect();
        let mut texts: BTreeSet<String> = BTreeSet::new();
        for (placed, rows) in totals {
            match placed.sign {
                TotalSign::Zeros => drop(texts.insert("0+".to_owned())),
                TotalSign::EndsInZeros(zeros) => drop(texts.insert(format!(".*0{{{zeros}}}"))),
                TotalSign::Nines => drop(texts.insert("9+".to_owned())),
                TotalSign::DistrictName => {}
                TotalSign::Blank | TotalSign::Word | TotalSign::OwnLabel => {
                    let labels = rows.iter().map(|row| self.texts.text(placed.column, *row));
                    texts.extend(labels.map(regex::escape));
                }
                TotalSign::NamedWord
                | TotalSign::NameForm(_)
                | TotalSign::MayBeTotal
                | TotalSign::SharedLabel(_)
                | TotalSign::SharedCode(_) => {
                    let labels = LabelPatterns { column: placed.column, totals: &all };
                    texts.extend(self.label_patterns(&labels, rows));
                }
            }
        }
        let list: Vec<String> = texts.into_iter().collect();
        match &list[..] {
            [] => None,
            [one] => Some(format!("^{one}$")),
            several => Some(format!("^({})$", several.join("|"))),
        }
    }
}

fn is_made_of(text: &str, digit: u8) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == digit)
}
