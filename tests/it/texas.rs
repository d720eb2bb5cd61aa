//! Texas.
