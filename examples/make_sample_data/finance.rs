//! `finance.xlsx`: one long sheet, and a forgotten hidden one.

use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Cell, Page, Styles, text, with_commas, workbook};
use crate::money::{Accounts, accounts};
use crate::roster::{DISTRICTS, District, FIRST_YEAR, YEARS};

/// Writes the workbook.
pub(crate) fn write(folder: &Path) -> Result<(), XlsxError> {
    let mut book = workbook("Annual financial reports")?;
    let styles = Styles::new();
    all_years(&mut book, &styles)?;
    scratch(&mut book)?;
    book.save(folder.join("finance.xlsx"))
}

fn all_years(book: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let title = "Annual financial reports, all funds";
    let note =
        "Marlowe Department of Education, School Business Office. Dollars of each year. Fictional data.";
    let mut page = Page::new(book, styles, "All years", title, note)?;
    page.upper_header(&[
        ("Revenue by source", 3, 6),
        ("Expenditure by function", 7, 14),
        ("Summary", 15, 18),
    ])?;
    page.header(&header())?;
    let books: Vec<(&District, Vec<Accounts>)> = DISTRICTS.iter().map(|d| (d, accounts(d))).collect();
    for year in (0..YEARS).rev() {
        for (district, accounts) in &books {
            page.row(&row(district, &accounts[year], year))?;
        }
        page.row(&state_row(&books, year))?;
    }
    page.footnotes(&["Tax rate: dollars for each $100 of equalized assessed value (EAV)."])
}

fn header() -> Vec<Cell> {
    [
        "District No",
        "District",
        "Fiscal year",
        "Local",
        "State",
        "Federal",
        "Total",
        "Instruction",
        "Administration",
        "Transportation",
        "Operation and maintenance",
        "Other support",
        "Debt service",
        "Capital outlay",
        "Total",
        "Operating expenditure",
        "Fund balance",
        "Tax rate",
        "EAV",
    ]
    .map(text)
    .to_vec()
}

fn row(district: &District, accounts: &Accounts, year: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::Number(f64::from(district.id)), text(district.name), fiscal_year(year)];
    cells.extend(amounts(accounts).map(|amount| dollars(amount, year)));
    cells.push(Cell::Number(accounts.tax_rate));
    cells.push(dollars(accounts.property_value, year));
    cells
}

/// `FY2024` is 2023-24.
fn fiscal_year(year: usize) -> Cell {
    text(format!("FY{}", FIRST_YEAR + year))
}

/// The columns from local revenue to the fund balance.
fn amounts(accounts: &Accounts) -> [i64; 14] {
    let [local, state, federal] = accounts.revenue;
    let [instruction, administration, transportation, plant, support] = accounts.operating;
    [
        local,
        state,
        federal,
        accounts.total_revenue(),
        instruction,
        administration,
        transportation,
        plant,
        support,
        accounts.debt_service,
        accounts.capital,
        accounts.total_expenditure(),
        accounts.operating_expenditure(),
        accounts.fund_balance,
    ]
}

/// Typed as text until 2017-18 (`$8,015,229`, negatives in brackets), numbers since.
fn dollars(amount: i64, year: usize) -> Cell {
    match amount {
        below if year < 3 && below < 0 => text(format!("({})", with_commas(-below))),
        amount if year < 3 => text(format!("${}", with_commas(amount))),
        amount => Cell::Dollars(amount as f64),
    }
}

fn state_row(books: &[(&District, Vec<Accounts>)], year: usize) -> Vec<Cell> {
    let mut sums = [0i64; 14];
    for (_, accounts) in books {
        sums.iter_mut().zip(amounts(&accounts[year])).for_each(|(sum, amount)| *sum += amount);
    }
    let mut cells = vec![Cell::Blank, text("STATE TOTAL"), fiscal_year(year)];
    cells.extend(sums.map(|sum| dollars(sum, year)));
    cells
}

/// A hidden sheet with half a calculation.
fn scratch(book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("scratch")?;
    sheet.set_hidden(true);
    for (row, (label, number)) in (0..).zip([("levy?", 0.0325), ("x 1.05", 1.05), ("ask Pat", 0.0)]) {
        sheet.write(row, 0, label)?;
        sheet.write(row, 1, number)?;
    }
    sheet.write(4, 0, "District No")?;
    sheet.write(5, 0, 104_018)?;
    sheet.write(5, 1, 999_999)?;
    Ok(())
}
