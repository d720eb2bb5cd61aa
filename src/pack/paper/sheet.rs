//! The sizes of paper, in inches.

use minijinja::{Value, context};

use crate::domain::PaperSize;

/// The width and height of a sheet or of a part of it, in inches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The margins of pages: at the left and right, and at the top and bottom together.
const SIDES: f64 = 1.0;
const TOP_AND_BOTTOM: f64 = 1.25;
/// The space between two columns.
const GAP: f64 = 0.25;

impl Size {
    /// A page upright.
    pub(super) const fn page(size: PaperSize) -> Self {
        match size {
            PaperSize::Letter => Self { width: 8.5, height: 11.0 },
            PaperSize::A4 => Self { width: 8.27, height: 11.69 },
        }
    }

    /// A placemat, landscape.
    pub(super) const fn placemat(size: PaperSize) -> Self {
        match size {
            PaperSize::Letter => Self { width: 17.0, height: 11.0 },
            PaperSize::A4 => Self { width: 16.54, height: 11.69 },
        }
    }

    /// A poster upright.
    pub(super) const fn poster(size: PaperSize) -> Self {
        match size {
            PaperSize::Letter => Self { width: 24.0, height: 36.0 },
            PaperSize::A4 => Self { width: 23.39, height: 33.11 },
        }
    }

    /// What is inside the margins.
    pub(super) const fn inside(self) -> Self {
        Self { width: self.width - SIDES, height: self.height - TOP_AND_BOTTOM }
    }

    /// One of several columns side by side.
    pub(super) fn column(self, columns: usize) -> Self {
        let gaps = GAP * (columns.max(1) - 1) as f64;
        Self { width: (self.width - gaps) / columns.max(1) as f64, ..self }
    }

    /// The same without some height.
    pub(super) const fn below(self, taken: f64) -> Self {
        Self { height: self.height - taken, ..self }
    }

    fn view(self) -> Value {
        context! { width => rounded(self.width), height => rounded(self.height) }
    }
}

/// Hundredths of an inch are enough.
fn rounded(inches: f64) -> f64 {
    (inches * 100.0).round() / 100.0
}

/// The sheets of a paper, for style sheets.
pub(super) fn view(size: PaperSize) -> Value {
    let page = Size::page(size);
    context! {
        page => page.view(),
        inside => page.inside().view(),
        landscape => Size { width: page.height, height: page.width }.view(),
        wide => Size { width: page.height, height: page.width }.inside().view(),
        placemat => Size::placemat(size).view(),
        mat => Size::placemat(size).inside().view(),
        poster => Size::poster(size).view(),
    }
}

/// How many lines a text takes in a column, roughly. `points` is the size of its letters.
pub(super) fn lines(text: &str, points: f64, width: f64) -> f64 {
    let letters_in_line = (width * 72.0 / (points * 0.5)).max(1.0);
    (text.chars().count() as f64 / letters_in_line).ceil()
}
