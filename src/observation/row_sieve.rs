//! The rows of a large text table that its layout leaves out are not held.

use super::header;
use super::plan::ReadyLayout;
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
    /// Only a table whose columns are known, and that has all those that rows are left out by, is sieved.
    fn learn(&mut self, head: &Sheet) -> bool {
        self.columns = match header::find(head, self.ready.layout).as_deref() {
            Ok([header]) => self.ready.filter_columns(header),
            _ => Vec::new(),
        };
        !self.columns.is_empty() && self.columns.iter().all(Option::is_some)
    }

    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize> {
        self.ready.leaves_out(&self.columns, field)
    }

    fn reasons(&self) -> Vec<String> {
        (0..self.ready.rows.len()).map(|filter| self.ready.left_out(filter)).collect()
    }
}
