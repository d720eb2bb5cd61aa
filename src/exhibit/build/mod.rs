//! From comparisons and findings to exhibits: what each chart of the catalog shows for this district.

mod bars;
mod change;
mod dots;
mod heat;
mod line;
mod parts;
mod peers;
mod slope;
mod stacked;
mod words;

use super::{Exhibit, Figure, Table};
use crate::catalog::{Catalog, ExhibitSpec, FigureKind, Split};
use crate::compare::{Comparison, Comparisons};
use crate::diagnostic::{Diagnostic, Warned};
use crate::finding::Findings;
use parts::Parts;

/// Makes every exhibit of the catalog that the data has something to show in, in the catalog's order; a note
/// tells of each that is left out.
#[must_use]
pub fn exhibits(comparisons: &Comparisons, findings: &Findings, catalog: &Catalog) -> Warned<Vec<Exhibit>> {
    let mut made = Warned::clean(Vec::new());
    for spec in &catalog.exhibits {
        let maker = Maker { spec, comparisons, catalog };
        match maker.make() {
            Ok(drawn) => made.value.push(maker.exhibit(drawn, findings)),
            Err(why) => made.diagnostics.push(Diagnostic::exhibit_empty(&spec.id, &why)),
        }
    }
    made
}

/// What one kind of chart needs to be made.
struct Maker<'a> {
    spec: &'a ExhibitSpec,
    comparisons: &'a Comparisons,
    catalog: &'a Catalog,
}

/// A chart as its kind made it, before what all kinds share.
struct Made<'a> {
    figure: Figure,
    headline: String,
    table: Table,
    /// The series that it rests on.
    rests_on: Vec<&'a Comparison>,
    /// The first and the last year whose values it shows.
    shown: (i32, i32),
    /// What only this kind has to say below the chart.
    notes: Vec<String>,
    /// What the chart shows, in words.
    alt: String,
}

impl<'a> Maker<'a> {
    fn make(&self) -> Result<Made<'a>, String> {
        if self.spec.kind == FigureKind::Peers {
            return peers::make(self);
        }
        let parts = Parts::of(self)?;
        match self.spec.kind {
            FigureKind::Line => line::make(self, &parts),
            FigureKind::Dots => dots::make(self, &parts),
            FigureKind::Slope => slope::make(self, &parts),
            FigureKind::Stacked => stacked::make(self, &parts),
            FigureKind::Bars => bars::make(self, &parts),
            FigureKind::Heat | FigureKind::Peers => heat::make(self, &parts),
        }
    }

    /// The exhibit's title; with the measure's name where, of several that may stand for one another, another than the
    /// first does.
    fn title(&self, rests_on: &[&Comparison]) -> String {
        let title = self.spec.title.clone();
        let alternatives = self.spec.kind == FigureKind::Dots || self.spec.split != Split::None;
        let shown = rests_on.first().map(|c| &c.key.measure).filter(|_| alternatives);
        let stands_in = shown.filter(|shown| self.spec.measures.first() != Some(*shown));
        let measure = stands_in.and_then(|id| self.catalog.measures.get(id));
        measure.map_or_else(|| title.clone(), |m| format!("{title}: {}", m.label))
    }

    fn exhibit(&self, made: Made<'_>, findings: &Findings) -> Exhibit {
        let shown = |f: &&crate::finding::Finding| made.rests_on.iter().any(|c| c.key == f.key);
        let mut notes = made.notes;
        let basis = words::basis(&made.rests_on, made.shown, self.spec);
        notes.extend(words::said(&basis));
        notes.extend(words::unknown_n(&made.rests_on, self.catalog));
        Exhibit {
            id: self.spec.id.clone(),
            domain: self.spec.domain.clone(),
            title: self.title(&made.rests_on),
            headline: made.headline,
            figure: made.figure,
            table: made.table,
            note: notes.join(" "),
            basis,
            source: words::source(&made.rests_on),
            alt: made.alt,
            question: self.spec.question.clone(),
            findings: findings.all.iter().filter(shown).map(|f| f.id.clone()).collect(),
        }
    }
}
