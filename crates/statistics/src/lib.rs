//! Statistical methods: each file states a method's formula, its source, how it behaves with few values, and its degenerate cases.
//!
//! Nothing here knows of education, or of where the numbers come from.

pub mod linear_program;
