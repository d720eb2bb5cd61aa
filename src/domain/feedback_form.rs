//! What people are asked for feedback on.

/// What a form asks for feedback on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackForm {
    /// The items of the consensus.
    Swot,
    /// The goals of the draft plan.
    Plan,
}
