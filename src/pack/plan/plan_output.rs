//! What the files of a plan are made from.

use crate::plan::{NumberedGoal, PlanMenu, PlanSpec, PlanState};
use crate::room::{Feedback, RoomSpec};

/// What the files of a plan are made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanOutput<'a> {
    /// Name of the district.
    pub district: &'a str,
    /// The code of its state; `None` if it is not known.
    pub us_state: Option<&'a str>,
    /// The plan.
    pub state: &'a PlanState,
    /// Its goals with their numbers, and those that it had before.
    pub numbered: &'a [NumberedGoal],
    /// What others say of them; `None` if nobody was asked.
    pub feedback: Option<&'a Feedback>,
    /// How forms for feedback look.
    pub room: &'a RoomSpec,
    /// The newest menu.
    pub menu: &'a PlanMenu,
    /// How plans are made.
    pub spec: &'a PlanSpec,
}
