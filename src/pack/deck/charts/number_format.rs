//! Units as number formats of Office.

use crate::domain::Unit;

/// The number format in which labels show values that are spread over `span`: percents are whole, unless they are close together.
pub(super) fn label_format(unit: Unit, span: f64) -> String {
    match unit {
        Unit::Percent if span < 10.0 => with_minus("0.0", "", "\"%\""),
        Unit::Percent => with_minus("0", "", "\"%\""),
        Unit::DollarsPerStudent => with_minus("#,##0", "$", ""),
        _ => workbook_format(unit),
    }
}

/// The number format of a unit in a workbook.
pub(super) fn workbook_format(unit: Unit) -> String {
    match unit {
        Unit::Percent => with_minus("0.0", "", "\"%\""),
        Unit::Count => with_minus("#,##0", "", ""),
        Unit::Fte | Unit::Ratio | Unit::Per100 | Unit::Years => with_minus("#,##0.0", "", ""),
        Unit::Points => "[>=100]#,##0;[>=10]#,##0.0;#,##0.00".to_owned(),
        Unit::Dollars => millions(),
        Unit::DollarsPerStudent => with_minus("#,##0", "$", ""),
        Unit::DollarsPer100 => with_minus("0.00", "$", ""),
    }
}

/// The number format of an axis whose ticks are `step` apart.
pub(super) fn axis_format(unit: Unit, step: f64) -> String {
    let is_whole = (step - step.round()).abs() < 1e-9;
    match unit {
        Unit::Percent if is_whole => with_minus("0", "", "\"%\""),
        Unit::Percent => with_minus(places(step), "", "\"%\""),
        Unit::Dollars | Unit::DollarsPerStudent if step < 1_000_000.0 => with_minus("#,##0", "$", ""),
        Unit::Dollars | Unit::DollarsPerStudent if (step % 1_000_000.0).abs() < 1.0 => {
            with_minus("0,,", "$", "\"M\"")
        }
        Unit::Dollars | Unit::DollarsPerStudent => with_minus("0.0,,", "$", "\"M\""),
        Unit::DollarsPer100 => with_minus("0.00", "$", ""),
        _ if is_whole => with_minus("#,##0", "", ""),
        _ => with_minus(places(step), "", ""),
    }
}

/// As many decimals as steps of this size need.
fn places(step: f64) -> &'static str {
    if step >= 0.0999 { "0.0" } else { "0.00" }
}

/// Dollars, or millions of dollars.
fn millions() -> String {
    "[>=1000000]$0.00,,\"M\";[<=-1000000]−$0.00,,\"M\";$#,##0".to_owned()
}

/// A format with a true minus sign.
fn with_minus(digits: &str, before: &str, after: &str) -> String {
    format!("{before}{digits}{after};−{before}{digits}{after}")
}
