//! Rows about whole districts among those of schools whose ids begin with the district's: what follows is only zeros or nines, or
//! no school is named.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use super::district_ids::ends_in_zeros;
use super::mixed_ids::ENDINGS;
use super::sums::SumTolerance;
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

/// Rows that may be about whole districts, and how they show it.
struct SignedIds {
    rows: BTreeSet<usize>,
    sign: &'static str,
}

impl EvidenceSearch<'_> {
    /// Finds the rows about whole districts among those of schools. The first `prefix` characters of an id are the district's.
    pub(super) fn find_totals_among_ids(&mut self, prefix: usize) {
        let Some(id) = self.column_of(Role::DistrictId) else { return };
        for signed in self.signed_ids(id, prefix) {
            if signed.rows.is_empty() || !self.some_district_has_both(&signed.rows) {
                continue;
            }
            let groups = self.groups_of(&signed.rows);
            if groups.are_too_small(self.texts.amounts()) {
                continue;
            }
            let is_word = signed.sign == wording::SIGN_WORD;
            if !is_word && groups.votes(self.texts.amounts(), SumTolerance::ROUGH).are_none() {
                let example = signed.rows.first().map_or("", |row| self.texts.text(id, *row));
                self.found.problem = Some(wording::district_or_school(&self.name_of(id), example));
                return;
            }
            self.found.school_total = Some(self.pattern_of_ids(id, prefix, &signed.rows));
            self.found.reasons.push(wording::total_rows(signed.sign));
            self.totals = signed.rows;
            return;
        }
    }

    /// The rows with each sign, the surest first. A word counts beside zeros.
    fn signed_ids(&self, id: u32, prefix: usize) -> [SignedIds; 2] {
        let school = self.column_of(Role::SchoolName).filter(|_| self.names_schools);
        let (mut zeros, mut words, mut blanks) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for row in (0..self.texts.len()).filter(|row| !self.beyond.contains(row)) {
            let name = school.map(|school| self.texts.text(school, row));
            if name.is_some_and(|name| self.is_total_of_schools(name)) {
                words.insert(row);
            } else if ends_in_zeros(self.texts.text(id, row), prefix) {
                zeros.insert(row);
            } else if name.is_some_and(|name| self.is_nothing(name)) && !self.texts.text(id, row).is_empty() {
                blanks.insert(row);
            }
        }
        let sign = if words.is_empty() { wording::SIGN_ZEROS_AT_END } else { wording::SIGN_WORD };
        words.extend(zeros);
        [SignedIds { rows: words, sign }, SignedIds { rows: blanks, sign: wording::SIGN_BLANK }]
    }

    /// A regular expression for the ids of these rows: by their endings if no other row has them.
    fn pattern_of_ids(&self, id: u32, prefix: usize, rows: &BTreeSet<usize>) -> String {
        let endings: BTreeSet<String> = rows.iter().map(|row| self.ending(id, prefix, *row)).collect();
        let mut others = (0..self.texts.len()).filter(|row| !rows.contains(row));
        let are_theirs_only = others.all(|row| !endings.contains(&self.ending(id, prefix, row)));
        let (beginning, texts) = if are_theirs_only {
            (format!(".{{{prefix}}}"), endings)
        } else {
            (String::new(), rows.iter().map(|row| self.texts.text(id, *row).to_owned()).collect())
        };
        let list: Vec<String> = texts.iter().map(|text| regex::escape(text)).collect();
        format!("^{beginning}(?:{})$", list.join("|"))
    }

    /// What follows the district's part of a row's id, as written.
    fn ending(&self, id: u32, prefix: usize, row: usize) -> String {
        self.texts.text(id, row).chars().skip(prefix).collect()
    }

    /// How many zeros at the end of a code in a column of schools mean the whole district; `None` if none do. The codes that
    /// begin alike must be those of one district.
    pub(super) fn zeros_of_districts(&self, column: u32) -> Option<usize> {
        self.survey.district()?;
        let mut rows = self.plain_rows();
        rows.retain(|row| !self.texts.text(column, *row).is_empty());
        if !rows.iter().any(|row| is_code_of_district(self.texts.text(column, *row), *ENDINGS.start())) {
            return None;
        }
        let mut endings = ENDINGS.rev().filter(|ending| self.end_in_zeros(column, &rows, *ending));
        endings.find(|ending| self.begin_with_districts(column, &rows, *ending))
    }

    /// Whether the codes of each district, and no others, have the same characters before their ending.
    fn begin_with_districts(&self, column: u32, rows: &[usize], ending: usize) -> bool {
        let mut pairs: BTreeSet<[String; 2]> = BTreeSet::new();
        for row in rows {
            let text = self.texts.text(column, *row);
            let beginning = text.chars().count().saturating_sub(ending);
            pairs.insert([text.chars().take(beginning).collect(), self.district(*row)]);
        }
        let beginnings: BTreeSet<&String> = pairs.iter().map(|[beginning, _]| beginning).collect();
        let districts: BTreeSet<&String> = pairs.iter().map(|[_, district]| district).collect();
        beginnings.len() == pairs.len() && districts.len() == pairs.len()
    }
}

/// Whether a code consists of the district's part and of this many zeros for the school's.
pub(super) fn is_code_of_district(text: &str, zeros: usize) -> bool {
    text.len() > zeros && text.bytes().rev().take(zeros).all(|byte| byte == b'0')
}
