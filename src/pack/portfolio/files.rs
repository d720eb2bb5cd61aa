//! The files of the portfolio while it is written.

use crate::disk::Reserved;
use crate::pack::error::PackError;
use crate::pack::out_file::{OutFile, WrittenFile};

/// The folder of the portfolio, and the files that were written to it.
pub(super) struct PortfolioFiles<'r> {
    pub(super) out: &'r Reserved,
    pub(super) written: Vec<WrittenFile>,
}

impl PortfolioFiles<'_> {
    /// Writes a file.
    ///
    /// # Errors
    /// If it cannot be made or written.
    pub(super) fn put(&mut self, file: &OutFile<'_>) -> Result<(), PackError> {
        let written = self.out.put(&file.name, |target| file.write_to(target))?;
        self.written.push(written);
        Ok(())
    }
}
