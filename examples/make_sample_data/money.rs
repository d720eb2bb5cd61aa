//! What a district receives and spends. Parts add up to totals, and each year's surplus to the fund balance.

use crate::plan::{PRICES, planted, planted_surplus, state_course};
use crate::roster::{District, Kind, YEARS, first_balance};
use crate::students::membership;

/// One year's accounts, in whole dollars.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accounts {
    /// Local, state, federal.
    pub(crate) revenue: [i64; 3],
    /// Instruction, administration, transportation, operation and maintenance, other support.
    pub(crate) operating: [i64; 5],
    /// Principal and interest.
    pub(crate) debt_service: i64,
    /// Building and equipment.
    pub(crate) capital: i64,
    /// At the end of the year.
    pub(crate) fund_balance: i64,
    /// Dollars of tax per 100 dollars of assessed value.
    pub(crate) tax_rate: f64,
    /// Assessed value.
    pub(crate) property_value: i64,
}

impl Accounts {
    /// All revenue.
    pub(crate) fn total_revenue(&self) -> i64 {
        self.revenue.iter().sum()
    }

    /// Operating expenditure.
    pub(crate) fn operating_expenditure(&self) -> i64 {
        self.operating.iter().sum()
    }

    /// All expenditure.
    pub(crate) fn total_expenditure(&self) -> i64 {
        self.operating_expenditure() + self.debt_service + self.capital
    }
}

/// A district's accounts of all years, in order.
pub(crate) fn accounts(district: &District) -> Vec<Accounts> {
    let mut all: Vec<Accounts> = Vec::with_capacity(YEARS);
    for year in 0..YEARS {
        let mut one = expenditure(district, year);
        let spent = one.total_expenditure() as f64;
        let revenue = spent / (1.0 - surplus(district, year) / 100.0);
        share_out(district, year, revenue, &mut one);
        let before = all.last().map_or_else(
            || (first_balance(district) / 100.0 * one.operating_expenditure() as f64) as i64,
            |last| last.fund_balance,
        );
        one.fund_balance = before + one.total_revenue() - one.total_expenditure();
        all.push(one);
    }
    all
}

/// The surplus in percent of revenue: what the fund balance needs to keep up with prices, and some noise.
fn surplus(district: &District, year: usize) -> f64 {
    let inflation = if year == 0 { 0.018 } else { PRICES[year] / PRICES[year - 1] - 1.0 };
    let keeps_level = 0.85 * first_balance(district) * inflation;
    let own = 0.3 * district.effect("surplus") + 0.9 * district.noise("surplus", year, 0);
    planted_surplus(district, year).unwrap_or(keeps_level + own)
}

/// The number of students for which spending is planned: the average of this year and the last two.
fn planned_students(district: &District, year: usize) -> f64 {
    let years = year.saturating_sub(2)..=year;
    let count = years.clone().count() as f64;
    years.map(|y| f64::from(membership(district, y).total())).sum::<f64>() / count
}

fn expenditure(district: &District, year: usize) -> Accounts {
    let students = planned_students(district, year);
    let prices = PRICES[year] / PRICES[YEARS - 1];
    let small = 900.0 * (1_500.0 / district.size).ln().max(-1.0);
    let kind = if district.kind == Kind::High { 2_900.0 } else { 0.0 };
    let level = 15_900.0 + small + kind + 650.0 * district.effect("operating");
    let level = level * (1.0 + 0.007 * district.noise("operating", year, 0));
    let dollars = |per_student: f64| (per_student * students * prices).round() as i64;
    let part = |name: &str, share: f64, spread: f64| {
        let lasting = 1.0 + spread * district.effect(name);
        dollars(level * share * lasting * (1.0 + 0.012 * district.noise(name, year, 0)))
    };
    let debt = (950.0 * (0.25 * district.effect("debt")).exp() + planted(district, "debt", year)).max(60.0);
    let capital =
        640.0 * (0.25 * district.effect("capital") + 0.16 * district.noise("capital", year, 0)).exp();
    Accounts {
        operating: [
            part("instruction", 0.585, 0.018),
            part("administration", 0.058 + 0.006 * small / 900.0, 0.06),
            part("transportation", 0.052, 0.10),
            part("plant", 0.094, 0.06),
            part("support", 0.211, 0.04),
        ],
        debt_service: dollars(debt * (1.0 + 0.02 * district.noise("debt", year, 0))),
        capital: dollars(capital),
        ..Accounts::default()
    }
}

/// Divides the revenue among its sources; the local part depends on property value.
fn share_out(district: &District, year: usize, revenue: f64, accounts: &mut Accounts) {
    let prices = PRICES[year] / PRICES[YEARS - 1];
    let wealth = 330_000.0 * (-0.021 * (district.low_income - 45.0) + 0.16 * district.effect("wealth")).exp();
    let kind = match district.kind {
        Kind::Unit => 1.0,
        Kind::Elementary => 1.35,
        Kind::High => 2.4,
    };
    // A town that shrinks loses property as well as students.
    let size = district.size * (1.0 + district.growth / 100.0).powf(year as f64);
    let value = wealth * kind * size * prices * (1.0 + 0.008 * district.noise("wealth", year, 0));
    let local = 0.92 * wealth / (wealth + 170_000.0)
        + 0.01 * district.effect("local")
        + planted(district, "local", year);
    let federal = 3.5 + 0.09 * district.low_income + 0.3 * district.effect("federal");
    let federal = (federal + state_course("federal", year) * district.low_income / 50.0) / 100.0;
    let local = (local + 0.004 * district.noise("local", year, 0)).min(0.93 - federal);
    let total = revenue.round() as i64;
    let [local, federal] = [local, federal].map(|share| (share * revenue).round() as i64);
    accounts.revenue = [local, total - local - federal, federal];
    accounts.property_value = value.round() as i64;
    // A small part of local revenue is fees and interest.
    accounts.tax_rate = (local as f64 / 1.07 / value * 100.0 * 100.0).round() / 100.0;
}
