//! Estimates: the observations, and what can be computed from them.

use std::ops::Deref;

use polars::prelude::PolarsError;

use super::derive::derived;
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::observation::{Frame, Observations};

/// All estimates: published values as they are, and the catalog's derived measures where not published.
#[derive(Debug, Clone)]
pub struct Estimates(Frame);

impl Deref for Estimates {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.0
    }
}

impl Estimates {
    /// A frame that was kept of earlier estimates.
    pub(crate) const fn kept(frame: Frame) -> Self {
        Self(frame)
    }

    /// The frame itself, for the stage that takes it over.
    pub(crate) fn into_frame(self) -> Frame {
        self.0
    }
}

/// Computes the catalog's derived measures and adds them to the published ones. A published value is never
/// replaced.
///
/// # Errors
/// If polars rejects the columns, which it does not for columns of equal length.
pub fn estimate(observations: &Observations, catalog: &Catalog) -> Result<Warned<Estimates>, PolarsError> {
    let (frame, diagnostics) = derived(observations, catalog)?;
    Ok(Warned { value: Estimates(frame), diagnostics })
}
