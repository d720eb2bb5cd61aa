//! Statistical methods. Each file states a method's formula, its source, how it behaves with few values, and
//! its degenerate cases.
//!
//! Nothing here depends on education, or on where the numbers come from.

pub mod correlation;
pub mod deviation;
pub mod false_discovery;
pub mod funnel;
pub mod level_shift;
pub mod linear_program;
pub mod mann_kendall;
pub mod mean_interval;
pub mod neighbors;
pub mod newcombe;
pub mod normal;
pub mod pettitt;
pub mod prediction_interval;
pub mod process_chart;
pub mod quantile;
pub mod robust_regression;
mod setback;
pub mod shape;
pub mod similar_starts;
pub mod theil_sen;
mod tolerance;
pub mod turn;
pub mod wilson;

#[cfg(test)]
mod for_tests;
