//! Columns whose names say too little alone: what the table around them says.

use std::collections::BTreeMap;

use super::column::Kind;
use super::decide::{Deciding, Reading, measure_column, quoted};
use super::evidence::{weigh, weigh_unsaid};
use super::matching::{self, SURE};
use crate::catalog::{Measure, Stat};
use crate::domain::{ALL, Unit};

/// How sure a match by the table's title alone is.
const BY_TITLE: f64 = 0.85;
/// How sure it is that groups beside a head count are counted too.
const BY_NEIGHBOURS: f64 = 0.85;

impl Deciding<'_> {
    /// Columns named by a group or grade alone, in a table that counts heads: counts or shares of them.
    pub(super) fn heads(&mut self) {
        let catalog = self.vocabulary.catalog;
        let with_group =
            |id: &str| catalog.synonyms.measures.get(id).is_some_and(|names| !names.with_group.is_empty());
        let counts: Vec<&Measure> =
            catalog.measures.values().filter(|m| m.unit == Unit::Count && with_group(&m.id)).collect();
        for head in counts {
            let share = catalog.measures.values().find(|m| {
                let of = |list: &[String]| list == [head.id.clone()];
                let parts = m.derive.as_ref().filter(|d| of(&d.numerator) && of(&d.denominator));
                parts.is_some() && with_group(&m.id)
            });
            let whole = self.columns.iter().find_map(|c| match &c.reading {
                Reading::Measure(m)
                    if m.measure.as_ref() == Some(&head.id) && m.group == ALL && m.grade == ALL =>
                {
                    Some((c.letters.clone(), c.cells.numbers.iter().sum::<f64>()))
                }
                _ => None,
            });
            let about = self.about().filter(|(m, _)| m.id != head.id && share.is_none_or(|s| s.id != m.id));
            if about.is_some() {
                continue;
            }
            let titled = self.about().is_some_and(|(m, _)| m.id == head.id);
            for index in self.open() {
                self.head(index, head, share, whole.as_ref(), titled);
            }
        }
    }

    fn head(
        &mut self,
        index: usize,
        head: &Measure,
        share: Option<&Measure>,
        whole: Option<&(String, f64)>,
        titled: bool,
    ) {
        let column = &self.columns[index];
        let name = self.vocabulary.name(&column.name, false);
        if name.group.is_none() && name.grade.is_none() {
            return;
        }
        let all = matching::matches(self.vocabulary, &column.name);
        let enough = |measure: &Measure| {
            let named = all.iter().any(|m| m.measure.id == measure.id && m.score >= SURE);
            named.then_some(())
        };
        let says_percent =
            name.words.iter().any(|w| self.vocabulary.catalog.synonyms.left_over.percent.contains(w));
        let bare = name.words.is_empty();
        if let Some(share) = share.filter(|s| says_percent && enough(s).is_some()) {
            if let Ok(evidence) = weigh(&column.cells, share, None) {
                let why = format!("{}: a group and a percent; {}", share.label, evidence.why);
                self.set(index, measure_column(&name, share, Stat::Value, BY_NEIGHBOURS, evidence), why);
            }
            return;
        }
        if says_percent || !(bare || enough(head).is_some()) {
            return;
        }
        let sum: f64 = column.cells.numbers.iter().sum();
        let beside = whole.filter(|(_, total)| sum <= *total && column.cells.kind == Kind::WholeNumber);
        let because = match beside {
            Some((letters, _)) => format!("never more than in column {letters}"),
            None if titled && column.cells.kind == Kind::WholeNumber => "as the title says".to_owned(),
            None => return,
        };
        // Whole percents look like counts; they add up to much less than the heads.
        let small = column.cells.most.is_some_and(|most| most <= 100.0);
        if bare && small && !self.counts_add_up(whole.map(|(_, total)| *total)) {
            self.columns[index].why =
                format!("{} or its share in percent: the numbers fit both", quoted(&head.label));
            self.columns[index].reading = Reading::Unread(Some(head.id.clone()));
            return;
        }
        if let Ok(evidence) = weigh(&column.cells, head, None) {
            let why = format!("{} of a group or grade, {because}; {}", head.label, evidence.why);
            self.set(index, measure_column(&name, head, Stat::Value, BY_NEIGHBOURS, evidence), why);
        }
    }

    /// Whether the groups of one dimension add up to about as many as the whole, so that they are counts.
    fn counts_add_up(&self, whole: Option<f64>) -> bool {
        let Some(whole) = whole else { return false };
        let groups = &self.vocabulary.catalog.groups;
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for column in &self.columns {
            let name = self.vocabulary.name(&column.name, false);
            let group = name.group.as_deref().and_then(|id| groups.group(id));
            if let Some(group) = group {
                *sums.entry(&group.dimension).or_default() += column.cells.numbers.iter().sum::<f64>();
            }
        }
        sums.values().any(|sum| (0.8..=1.05).contains(&(sum / whole)))
    }

    fn about(&self) -> Option<(&Measure, &String)> {
        self.context.iter().find_map(|text| Some((matching::about(self.vocabulary, text)?, text)))
    }

    /// Columns named by a group, grade or year alone, in a table whose title names the measure.
    pub(super) fn by_title(&mut self) {
        let Some((measure, title)) = self.about().map(|(m, t)| (m.clone(), t.clone())) else { return };
        for index in self.open() {
            let column = &self.columns[index];
            let name = self.vocabulary.name(&column.name, false);
            let harmless = &self.vocabulary.catalog.synonyms.left_over;
            let bare = name.words.iter().all(|w| harmless.harmless.contains(w));
            let all = self.vocabulary.means_all(&column.name);
            let named = name.group.is_some() || name.grade.is_some() || name.subject.is_some() || all;
            // A year alone, or its percent; "2023-24 Students" may count heads.
            let of_year = name.year.is_some()
                && (name.words.is_empty() || name.words.iter().any(|w| harmless.percent.contains(w)));
            if !bare || !(named || of_year) {
                continue;
            }
            let wrong_unit = name.words.iter().any(|w| {
                harmless.percent.contains(w) && measure.unit != Unit::Percent
                    || harmless.number.contains(w) && measure.unit == Unit::Percent
            });
            let says_rate = [&title, &column.name].into_iter().any(|text| self.vocabulary.says_rate(text));
            let weigh = if says_rate { weigh } else { weigh_unsaid };
            match weigh(&column.cells, &measure, None) {
                Ok(evidence) if !wrong_unit => {
                    let why = format!("{}, as {} says; {}", measure.label, quoted(&title), evidence.why);
                    let reading = measure_column(&name, &measure, Stat::Value, BY_TITLE, evidence);
                    self.set(index, reading, why);
                }
                Ok(_) => {}
                Err(why) => {
                    self.columns[index].why = format!("{} says {}, but {why}", quoted(&title), measure.label);
                    self.columns[index].reading = Reading::Unread(Some(measure.id.clone()));
                }
            }
        }
    }
}
