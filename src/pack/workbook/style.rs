//! How the cells of the workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::domain::Unit;
use crate::pack::spreadsheet::{heading, wrapped};

/// The district's color.
pub(in crate::pack) const OWN: Color = Color::RGB(0x0B_4F_8A);
/// The peers' color.
pub(in crate::pack) const PEER: Color = Color::RGB(0x4A_4F_55);
/// What the district wants to reach.
pub(in crate::pack) const TARGET: Color = Color::RGB(0x2E_6B_2E);
/// The state's color.
pub(in crate::pack) const STATE: Color = Color::RGB(0x6D_5A_8C);
/// The color of bars beside the district's.
pub(in crate::pack) const OTHER: Color = Color::RGB(0xA9_BB_CC);
/// Lines behind charts.
pub(in crate::pack) const GRID: Color = Color::RGB(0xE3_E7_EB);
/// Quiet text.
pub(in crate::pack) const QUIET: Color = Color::RGB(0x5A_65_72);
/// The colors of parts, in order: those of the theme without the first, which is close to the district's.
pub(in crate::pack) const PARTS: [Color; 9] = [
    Color::RGB(0xB3_47_00),
    Color::RGB(0x00_75_5A),
    Color::RGB(0x8F_3F_76),
    Color::RGB(0x80_60_0A),
    Color::RGB(0x3B_6E_8F),
    Color::RGB(0x5F_5F_5F),
    Color::RGB(0x6B_4F_A0),
    Color::RGB(0xA1_2F_2F),
    Color::RGB(0x2E_6B_2E),
];
/// The fill of cells that people fill in.
const INPUT: Color = Color::RGB(0xFF_F8_DC);
/// The lines between cells.
const CELL_LINE: Color = Color::RGB(0xD5_DB_E1);

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pack) enum NumberLook {
    /// A value of this unit and about this size.
    Value(Unit, f64),
    /// A difference between two values of this unit, with its sign.
    Change(Unit, f64),
    /// A whole number.
    Whole,
    /// A number of any kind, such as a distance.
    Plain,
}

impl NumberLook {
    /// The format in the language of spreadsheets. Percents are 0–100 inside, so their sign is a text.
    pub(in crate::pack) fn code(self) -> String {
        match self {
            Self::Value(unit, size) => value_code(unit, size),
            Self::Change(unit, size) => signed(&change_code(unit, size)),
            Self::Whole => "#,##0".to_owned(),
            Self::Plain => "0.00".to_owned(),
        }
    }

    /// How many characters a number takes, without what is beside it.
    pub(in crate::pack) fn letters(self, value: f64) -> usize {
        let whole = format!("{:.0}", value.abs()).len();
        let with_commas = whole + (whole - 1) / 3;
        match self {
            Self::Plain => whole + 3,
            Self::Whole => with_commas,
            // A sign, a dollar, decimals or a unit.
            Self::Value(..) => with_commas + 3,
            Self::Change(Unit::Percent | Unit::Points, _) => with_commas + 7,
            Self::Change(..) => with_commas + 3,
        }
    }

    /// The format in which the axis of a chart shows values of a unit.
    pub(in crate::pack) const fn of_axis(unit: Unit) -> &'static str {
        match unit {
            Unit::Percent => "0\"%\"",
            Unit::Dollars => "[>=1000000]$#,##0.0,,\"M\";$#,##0",
            Unit::DollarsPerStudent => "$#,##0",
            Unit::DollarsPer100 => "$0.00",
            _ => "[>=1000]#,##0;General",
        }
    }
}

fn value_code(unit: Unit, size: f64) -> String {
    let positive = match unit {
        Unit::Percent => "0.0\"%\"",
        Unit::Count => "#,##0",
        Unit::Fte | Unit::Ratio | Unit::Per100 | Unit::Years => "#,##0.0",
        Unit::Points if size.abs() < 10.0 => "0.00",
        Unit::Points if size.abs() < 100.0 => "0.0",
        Unit::Points => "#,##0",
        Unit::Dollars | Unit::DollarsPerStudent => "$#,##0",
        Unit::DollarsPer100 => "$0.00",
    };
    format!("{positive};\"−\"{positive}")
}

/// The format of the size of a difference.
fn change_code(unit: Unit, size: f64) -> String {
    match unit {
        Unit::Percent => "0.0\" pts\"".to_owned(),
        Unit::Points => "0.0".to_owned(),
        _ => value_code(unit, size).split(';').next().unwrap_or_default().to_owned(),
    }
}

fn signed(size: &str) -> String {
    format!("\"+\"{size};\"−\"{size};{size}")
}

/// A cell with thin lines around it.
fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(CELL_LINE).set_align(FormatAlign::Top)
}

/// The formats of texts.
pub(in crate::pack) struct Styles {
    /// The title of a sheet.
    pub(in crate::pack) title: Format,
    /// A heading within a sheet.
    pub(in crate::pack) subtitle: Format,
    /// A line of text outside tables.
    pub(in crate::pack) line: Format,
    /// The same, quiet.
    pub(in crate::pack) quiet: Format,
    /// The same, strong.
    pub(in crate::pack) strong: Format,
    /// A heading of a column.
    pub(in crate::pack) heading: Format,
    /// A text in a table.
    pub(in crate::pack) text: Format,
    /// A reason in place of a number.
    pub(in crate::pack) absent: Format,
    /// A cell to fill in.
    pub(in crate::pack) input: Format,
    /// A link in a table.
    pub(in crate::pack) cell_link: Format,
}

impl Styles {
    pub(in crate::pack) fn new() -> Self {
        let text = lined(wrapped()).set_align(FormatAlign::Left).set_indent(1);
        Self {
            title: Format::new().set_bold().set_font_size(16.0).set_font_color(OWN),
            subtitle: Format::new().set_bold().set_font_size(13.0).set_font_color(OWN),
            line: Format::new(),
            quiet: Format::new().set_font_color(QUIET),
            strong: Format::new().set_bold(),
            heading: lined(heading()),
            absent: lined(wrapped()).set_font_color(QUIET).set_align(FormatAlign::Right),
            input: text.clone().set_background_color(INPUT),
            cell_link: lined(Format::new().set_hyperlink()).set_align(FormatAlign::Left).set_indent(1),
            text,
        }
    }
}

/// The format of a number in a table.
pub(in crate::pack) fn number(look: NumberLook) -> Format {
    lined(Format::new()).set_num_format(look.code()).set_align(FormatAlign::Right)
}

/// The format of a text on a fill of this color, in 0xRRGGBB.
pub(in crate::pack) fn filled(format: &Format, fill: u32) -> Format {
    format.clone().set_background_color(Color::RGB(fill)).set_bold()
}

/// The format with the shade of a cell, from −1 (orange) to 1 (blue).
pub(in crate::pack) fn shaded(format: Format, shade: f64) -> Format {
    let (full, size) = if shade < 0.0 { ([0xF0, 0xB2, 0x7A], -shade) } else { ([0x9C, 0xC3, 0xE6], shade) };
    let size = size.min(1.0);
    let mix = full.map(|part: u32| (255.0 + (f64::from(part) - 255.0) * size).round() as u32);
    format.set_background_color(Color::RGB(mix[0] << 16 | mix[1] << 8 | mix[2]))
}
