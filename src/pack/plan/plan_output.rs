//! What the files of a plan are made from.

use crate::plan::{NumberedGoal, PlanMenu, PlanSpec, PlanState, RequiredTable};
use crate::room::{Feedback, RoomSpec};

/// What the files of a plan are made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanOutput<'a> {
    /// Name of the district.
    pub district: &'a str,
    /// The plan.
    pub state: &'a PlanState,
    /// Its goals with their numbers, and those that it had before.
    pub numbered: &'a [NumberedGoal],
    /// What others say of them; `None` if nobody was asked.
    pub feedback: Option<&'a Feedback>,
    /// The newest menu.
    pub menu: &'a PlanMenu,
    /// The table that its state requires; `None` if it requires none.
    pub required: Option<&'a RequiredTable>,
    /// How plans are made.
    pub spec: &'a PlanSpec,
    /// How forms for feedback look.
    pub room: &'a RoomSpec,
}
