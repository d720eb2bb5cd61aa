//! What the files of a plan are made from.

use crate::plan::{PlanMenu, PlanSpec, PlanState};

/// What the files of a plan are made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanOutput<'a> {
    /// Name of the district.
    pub district: &'a str,
    /// The code of its state; `None` if it is not known.
    pub us_state: Option<&'a str>,
    /// The plan.
    pub state: &'a PlanState,
    /// The newest menu.
    pub menu: &'a PlanMenu,
    /// How plans are made.
    pub spec: &'a PlanSpec,
}
