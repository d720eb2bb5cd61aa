//! Why a district's own template for the deck cannot be used.

pub(crate) const NOT_A_DECK: &str = "it is not a PowerPoint file (.pptx or .potx)";
pub(crate) const OLD_OR_LOCKED: &str = "it is a .ppt file, or it is protected by a password";
pub(crate) const NO_LAYOUTS: &str = "it has no slide layout with a title";
pub(crate) const LINKED: &str = "its layouts have charts, or links to slides";
pub(crate) const TOO_LARGE: &str = "it is too large";
