//! The values of a long table, in which a column names the measure of each row.

use super::decide::{Deciding, MeasureColumn, Reading};
use super::matching;
use super::words::Name;
use crate::catalog::{LeftOver, Role, Stat};
use crate::domain::ALL;

impl Deciding<'_> {
    /// The values of a table with a column of measures: the column called so, those called by a year, or the only one
    /// with numbers.
    pub(super) fn values(&mut self) {
        for index in 0..self.columns.len() {
            // A column of its own measure beside a column of measures is not understood.
            if let Reading::Measure(own) = &self.columns[index].reading {
                let nearest = own.measure.clone();
                self.columns[index].reading = Reading::Unread(nearest);
            }
        }
        // Beside the district's value may stand one that is of no use, such as the state's.
        let unread = &self.vocabulary.catalog.synonyms.unread.names;
        let mut open = self.open();
        open.retain(|i| !self.vocabulary.is_one_of(&self.columns[*i].name, unread));
        let values = self.vocabulary.catalog.synonyms.roles.get(&Role::Value);
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        let name = |d: &Self, i: usize| d.vocabulary.name(&d.columns[i].name, false);
        let years: Vec<usize> =
            open.iter().copied().filter(|i| is_bare_year(&name(self, *i), left_over)).collect();
        let named = |i: &usize| values.is_some_and(|v| self.vocabulary.is_one_of(&self.columns[*i].name, v));
        let called: Vec<usize> = open.iter().copied().filter(named).take(1).collect();
        let chosen = match (years.is_empty(), called.is_empty(), &open[..]) {
            (false, ..) => years,
            (true, false, _) => called,
            (true, true, [one]) => vec![*one],
            _ => Vec::new(),
        };
        let times = match self.times_of_rows() {
            Ok(times) => times,
            Err(why) => {
                chosen.iter().for_each(|index| self.columns[*index].why.clone_from(&why));
                return;
            }
        };
        for index in chosen {
            let name = name(self, index);
            let (year, year_text) = (name.year.as_ref().map(|y| y.year.end()), name.year.clone());
            let reading = MeasureColumn {
                measure: None,
                group: ALL.to_owned(),
                grade: ALL.to_owned(),
                subject: ALL.to_owned(),
                year,
                year_text,
                stat: Stat::Value,
                times,
                score: 1.0,
                codes: Vec::new(),
                weight: None,
            };
            self.set(index, reading, "the value of the measure that its row names".to_owned());
        }
    }

    /// What the values of a table with a column of measures are multiplied by, as its title says.
    ///
    /// # Errors
    /// Why it cannot be said of all of them.
    fn times_of_rows(&self) -> Result<Option<f64>, String> {
        let named = self.columns.iter().filter(|c| c.reading == Reading::Role(Role::Measure));
        let texts = named.flat_map(|c| c.cells.texts.keys());
        let best =
            texts.filter_map(|text| Some(matching::matches(self.vocabulary, text).first()?.measure.clone()));
        let mut times: Vec<Option<f64>> = best.map(|measure| self.title_times(&measure)).collect();
        times.dedup();
        match times[..] {
            [] => Ok(None),
            [one] => Ok(one),
            _ => Err("the title says that amounts are in thousands or millions, but not all of its rows are amounts: \
                      put the others into a table of their own"
                .to_owned()),
        }
    }
}

/// Whether a name is a year and nothing else but words that say nothing (`2023-24 Actual`).
fn is_bare_year(name: &Name, left_over: &LeftOver) -> bool {
    let bare = name.words.iter().all(|w| left_over.silent.contains(w));
    name.year.is_some() && bare && name.group.is_none() && name.grade.is_none()
}
