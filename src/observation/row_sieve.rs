//! Rows of a large text table that the layout leaves out are not kept in memory.

use super::header;
use super::ready_layout::{FilterIndex, ReadyLayout};
use sheets::{Sheet, Sieve};

/// The filters of a layout (`[[row]]`), applied while a file is read.
#[derive(Debug)]
pub struct RowSieve<'a> {
    ready: &'a ReadyLayout<'a>,
    columns: Vec<Option<u32>>,
}

impl<'a> RowSieve<'a> {
    pub(super) const fn new(ready: &'a ReadyLayout<'a>) -> Self {
        Self { ready, columns: Vec::new() }
    }
}

impl Sieve for RowSieve<'_> {
    /// Only a file with a single table that has the columns for all filters is sieved.
    fn learn(&mut self, head: &Sheet) -> bool {
        self.columns = match header::find_any(head, self.ready.layout).as_deref() {
            Some([header]) => self.ready.filter_columns(header),
            _ => Vec::new(),
        };
        !self.columns.is_empty() && self.columns.iter().all(Option::is_some)
    }

    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize> {
        let FilterIndex(filter) = self.ready.rejecting_filter(&self.columns, field)?;
        Some(filter)
    }

    fn reasons(&self) -> Vec<String> {
        self.ready.filter_reasons()
    }
}
