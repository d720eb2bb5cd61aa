//! What adds up: groups to all students, grades to spans and to all grades, subjects to all subjects.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::Figure;
use super::reader::Reader;
use super::secrets::What;
use super::system::{Trust, Unknown};
use crate::domain::{ALL, Grade, MeasureKey};
use statistics::linear_program::Interval;

/// A row of groups: of one measure, grade and subject.
type Row = (String, Grade, String);

/// The grades of a table: from which to which, and the label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: i8,
    to: i8,
    grade: Grade,
}

/// How the parts stand to their total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adds {
    /// They are all of it.
    Up,
    /// They may be but some of it.
    Below,
    /// The tables contradict both.
    Not,
}

impl Reader<'_> {
    /// Adds everything that adds up.
    pub(super) fn total(&mut self) {
        self.total_groups();
        self.total_grades();
        self.total_subjects();
    }

    fn total_groups(&mut self) {
        let mut rows: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
        let mut anywhere: BTreeMap<(Grade, String), BTreeSet<String>> = BTreeMap::new();
        for key in self.rows.values().flatten().cloned().collect::<Vec<_>>() {
            if let Some(dimension) = self.dimension(&key.group).filter(|_| !self.is_nobody(&key)) {
                anywhere.entry((key.grade.clone(), dimension)).or_default().insert(key.group.clone());
            }
            rows.entry((key.measure, key.grade, key.subject)).or_default().insert(key.group);
        }
        for (row, groups) in rows.iter().filter(|(_, groups)| groups.contains(ALL)) {
            let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for group in groups {
                if let Some(dimension) = self.dimension(group) {
                    listed.entry(dimension).or_default().insert(group.clone());
                }
            }
            for (dimension, mut parts) in listed {
                let here = parts.clone();
                parts.extend(anywhere.get(&(row.1.clone(), dimension)).into_iter().flatten().cloned());
                self.total_row(row, &here, &parts);
            }
        }
    }

    /// Whether a count says that there is nobody.
    fn is_nobody(&self, key: &MeasureKey) -> bool {
        let count = self.find(Figure::Count, key);
        count.is_some_and(|count| self.system.shown(count).high == 0.0)
    }

    fn dimension(&self, group: &str) -> Option<String> {
        let groups = &self.knowledge.catalog.groups.groups;
        groups.iter().find(|known| known.id == group).map(|known| known.dimension.clone())
    }

    /// Groups of one dimension: those that the row lists, and those that are elsewhere in the year's tables.
    fn total_row(&mut self, row: &Row, listed: &BTreeSet<String>, parts: &BTreeSet<String>) {
        let (measure, grade, subject) = row;
        let of = |group: &str| MeasureKey {
            measure: measure.clone(),
            group: group.to_owned(),
            grade: grade.clone(),
            subject: subject.clone(),
        };
        let all = of(ALL);
        for key in parts.iter().map(|group| of(group)) {
            self.rows.entry(measure.clone()).or_default().insert(key);
        }
        for figure in self.figures_of(measure) {
            let whole = self.unknown(*figure, &all);
            for group in listed {
                let part = self.unknown(*figure, &of(group));
                self.some_of(part, whole, Trust::Assumed);
            }
            let each: Vec<Unknown> = parts.iter().map(|group| self.unknown(*figure, &of(group))).collect();
            let known = self.known(&each, whole, parts.len() > 1);
            if known == Adds::Up {
                self.add_up(&each, whole);
            } else if let (Adds::Below, Some(first)) = (known, listed.first()) {
                self.leave(&each, whole, (&of(first), What::others(*figure)));
            }
        }
    }

    /// How parts stand to their total, by what is shown; `is_all` where they are taken for all of it if nothing contradicts.
    fn known(&self, parts: &[Unknown], whole: Unknown, is_all: bool) -> Adds {
        let shown = self.shown_sum(parts);
        let whole = self.system.shown(whole);
        match () {
            () if shown.low > whole.high => Adds::Not,
            () if shown.high < whole.low || !is_all => Adds::Below,
            () => Adds::Up,
        }
    }

    fn shown_sum(&self, parts: &[Unknown]) -> Interval {
        let shown = parts.iter().map(|part| self.system.shown(*part));
        shown.fold(Interval::exactly(0.0), |sum, part| Interval {
            low: sum.low + part.low,
            high: sum.high + part.high,
        })
    }

    /// Whether all of it is shown: both sides are one number.
    fn is_shown(&self, parts: &[Unknown], whole: Unknown) -> bool {
        let (sum, whole) = (self.shown_sum(parts), self.system.shown(whole));
        sum.low == sum.high && whole.low == whole.high
    }

    /// Whether nothing shown says that parts come to something else.
    pub(super) fn may_add_up(&self, parts: &[Unknown], whole: Unknown) -> bool {
        self.known(parts, whole, true) == Adds::Up
    }

    pub(super) fn add_up(&mut self, parts: &[Unknown], whole: Unknown) {
        let terms = parts.iter().map(|part| (*part, 1.0)).chain([(whole, -1.0)]).collect();
        self.system.constrain(terms, Interval::exactly(0.0), Trust::Assumed);
    }

    /// Adds those whom the parts leave of the whole, who are to be protected too.
    pub(super) fn leave(&mut self, parts: &[Unknown], whole: Unknown, (key, what): (&MeasureKey, What)) {
        let left = self.system.unknown();
        let terms = parts.iter().map(|part| (*part, 1.0)).chain([(left, 1.0), (whole, -1.0)]).collect();
        self.system.constrain(terms, Interval::exactly(0.0), Trust::Assumed);
        self.keep_others(key, what, (left, whole));
    }

    /// Adds that some are part of others, unless what is shown says otherwise.
    pub(super) fn some_of(&mut self, these: Unknown, of: Unknown, trust: Trust) {
        if these != of && self.system.shown(these).low <= self.system.shown(of).high {
            self.system.constrain(vec![(of, 1.0), (these, -1.0)], Interval::at_least(0.0), trust);
        }
    }

    fn total_grades(&mut self) {
        let mut tables: BTreeMap<(String, String), BTreeSet<MeasureKey>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            tables.entry((key.measure.clone(), key.subject.clone())).or_default().insert(key.clone());
        }
        let everywhere = self.rows.values().flatten().filter_map(|key| span(&key.grade));
        let grades: BTreeSet<i8> = everywhere.flat_map(|span| span.from..=span.to).collect();
        for ((measure, _), keys) in tables {
            let spans: BTreeSet<Span> = keys.iter().filter_map(|key| span(&key.grade)).collect();
            let atoms = atoms(&spans);
            if atoms.is_empty() {
                continue;
            }
            let covers = self.covers(&measure, &atoms, &grades);
            self.total_table(&measure, &keys, &atoms, covers);
        }
    }

    /// Whether the grades of a table are all that its measure can be of, as far as the tables show grades.
    fn covers(&self, measure: &str, atoms: &[Span], grades: &BTreeSet<i8>) -> bool {
        let has = |grade: &i8| atoms.iter().any(|atom| (atom.from..=atom.to).contains(grade));
        match self.knowledge.links.in_grades.get(measure) {
            None => grades.iter().all(has),
            Some(spans) => spans.iter().filter_map(span).any(|span| {
                let mut inside =
                    grades.iter().filter(|grade| (span.from..=span.to).contains(*grade)).peekable();
                inside.peek().is_some() && inside.all(has)
            }),
        }
    }

    fn total_table(&mut self, measure: &str, keys: &BTreeSet<MeasureKey>, atoms: &[Span], covers: bool) {
        let groups: BTreeSet<&String> =
            keys.iter().filter(|key| !key.grade.is_all()).map(|key| &key.group).collect();
        let mut sums: Vec<(MeasureKey, Vec<MeasureKey>)> = Vec::new();
        for key in keys.iter().filter(|key| groups.contains(&key.group)) {
            let of = |atom: &Span| MeasureKey { grade: atom.grade.clone(), ..key.clone() };
            let parts: Vec<MeasureKey> = match span(&key.grade) {
                Some(span) => {
                    atoms.iter().filter(|a| span.from <= a.from && a.to <= span.to).map(of).collect()
                }
                None => atoms.iter().map(of).collect(),
            };
            if parts.first() != Some(key) {
                sums.push((key.clone(), parts));
            }
        }
        let mut is_all = None;
        for figure in self.figures_of(measure) {
            let sums: Vec<Sum<'_>> = sums.iter().map(|sum| self.grade_sum(*figure, sum)).collect();
            // What holds of those on whom a rate rests holds of those whom it counts.
            let is_all = *is_all.get_or_insert_with(|| self.is_all_grades(&sums, covers && atoms.len() > 1));
            for sum in &sums {
                self.total_grade(*figure, sum, is_all || !sum.key.grade.is_all());
            }
        }
        for key in keys.iter().filter(|key| groups.contains(&key.group)) {
            let each = atoms.iter().map(|atom| MeasureKey { grade: atom.grade.clone(), ..key.clone() });
            self.rows.entry(measure.to_owned()).or_default().extend(each);
        }
    }

    fn grade_sum<'k>(&mut self, figure: Figure, (key, parts): &'k (MeasureKey, Vec<MeasureKey>)) -> Sum<'k> {
        let parts = parts.iter().map(|part| self.unknown(figure, part)).collect();
        Sum { key, whole: self.unknown(figure, key), parts }
    }

    /// Whether the grades of a table are all grades: they cover what its measure can be of, or add up where all is shown, and
    /// nowhere leave anybody.
    fn is_all_grades(&self, sums: &[Sum<'_>], covers: bool) -> bool {
        let all = || sums.iter().filter(|sum| sum.key.grade.is_all());
        let adds = |sum: &Sum<'_>| self.known(&sum.parts, sum.whole, true);
        let borne_out = all().any(|sum| {
            let is_shown = self.is_shown(&sum.parts, sum.whole) && self.system.shown(sum.whole).low > 0.0;
            is_shown && adds(sum) == Adds::Up
        });
        (covers || borne_out) && all().all(|sum| adds(sum) != Adds::Below)
    }

    fn total_grade(&mut self, figure: Figure, sum: &Sum<'_>, is_all: bool) {
        match self.known(&sum.parts, sum.whole, is_all) {
            Adds::Up => self.add_up(&sum.parts, sum.whole),
            Adds::Below => self.leave(&sum.parts, sum.whole, (sum.key, What::others(figure))),
            Adds::Not => {}
        }
    }

    /// Subjects add up to all subjects, or are of the same students, where the tables bear that out.
    fn total_subjects(&mut self) {
        let mut tables: BTreeMap<(String, String, Grade), BTreeSet<String>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            let at = (key.measure.clone(), key.group.clone(), key.grade.clone());
            tables.entry(at).or_default().insert(key.subject.clone());
        }
        let measures: BTreeSet<String> = tables.keys().map(|(measure, ..)| measure.clone()).collect();
        for measure in measures {
            let mut sums: Vec<(MeasureKey, Vec<MeasureKey>)> = Vec::new();
            for ((_, group, grade), subjects) in tables.iter().filter(|(at, _)| at.0 == measure) {
                let of = |subject: &str| MeasureKey {
                    measure: measure.clone(),
                    group: group.clone(),
                    grade: grade.clone(),
                    subject: subject.to_owned(),
                };
                let parts: Vec<MeasureKey> = subjects.iter().filter(|s| *s != ALL).map(|s| of(s)).collect();
                if subjects.contains(ALL) && parts.len() > 1 {
                    sums.push((of(ALL), parts));
                }
            }
            let mut adds_up = None;
            for figure in self.figures_of(&measure) {
                let sums: Vec<Sum<'_>> = sums.iter().map(|sum| self.grade_sum(*figure, sum)).collect();
                if *adds_up.get_or_insert_with(|| self.add_up_often(&sums)) {
                    sums.iter().for_each(|sum| self.add_up(&sum.parts, sum.whole));
                }
            }
        }
    }

    fn add_up_often(&self, sums: &[Sum<'_>]) -> bool {
        let is_shown =
            |sum: &&Sum<'_>| self.is_shown(&sum.parts, sum.whole) && self.system.shown(sum.whole).low > 0.0;
        let all = sums.iter().all(|sum| self.known(&sum.parts, sum.whole, true) == Adds::Up);
        all && sums.iter().filter(is_shown).count() >= super::links::ENOUGH
    }
}

/// A total over grades, or over subjects, of one figure.
struct Sum<'k> {
    key: &'k MeasureKey,
    whole: Unknown,
    parts: Vec<Unknown>,
}

/// From which grade to which a label goes; `None` for all grades.
fn span(grade: &Grade) -> Option<Span> {
    if grade.is_all() {
        return None;
    }
    let last = grade.id().split('-').next_back().and_then(Grade::parse)?;
    Some(Span { from: grade.order(), to: last.order(), grade: grade.clone() })
}

/// Whether a span of grades holds another.
pub(super) fn holds(outer: &Grade, inner: &Grade) -> bool {
    span(outer)
        .zip(span(inner))
        .is_some_and(|(outer, inner)| outer.from <= inner.from && inner.to <= outer.to)
}

/// The grades and spans that no label of the table divides, in order, each with its label or one made for it.
fn atoms(spans: &BTreeSet<Span>) -> Vec<Span> {
    let cuts: BTreeSet<i8> = spans.iter().flat_map(|span| [span.from, span.to + 1]).collect();
    let cuts: Vec<i8> = cuts.into_iter().collect();
    let between = cuts.windows(2).map(|pair| (pair[0], pair[1] - 1));
    let inside = between.filter(|(from, to)| spans.iter().any(|s| s.from <= *from && *to <= s.to));
    inside.filter_map(|(from, to)| labeled(spans, from, to)).collect()
}

fn labeled(spans: &BTreeSet<Span>, from: i8, to: i8) -> Option<Span> {
    let listed = spans.iter().find(|span| (span.from, span.to) == (from, to)).cloned();
    listed.or_else(|| {
        let label = if from == to { code(from) } else { format!("{}-{}", code(from), code(to)) };
        Some(Span { from, to, grade: Grade::parse(&label).filter(|grade| !grade.is_all())? })
    })
}

fn code(order: i8) -> String {
    match order {
        -2 => "EE".to_owned(),
        -1 => "PK".to_owned(),
        0 => "KG".to_owned(),
        13 => "UG".to_owned(),
        number => number.to_string(),
    }
}
