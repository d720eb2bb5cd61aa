//! What the program knows, for a terminal.

use std::io::{self, Write};

use super::{CatalogPart, CliError, Ending, Part};
use crate::catalog::Catalog;

pub(super) fn catalog(asked: &CatalogPart) -> Result<Ending, CliError> {
    let catalog = Catalog::embedded()?;
    let entries: Vec<(String, String)> = match asked.part {
        Part::Measures => {
            let entry = |m: &crate::catalog::Measure| {
                format!("{} ({}): {} [{}]", m.label, m.unit.id(), m.definition, m.authority)
            };
            catalog.measures.values().map(|m| (m.id.clone(), entry(m))).collect()
        }
        Part::Rules => {
            let sources = |r: &crate::catalog::Rule| {
                r.thresholds
                    .iter()
                    .map(|(n, t)| format!("\n    {n} = {}: {}", t.value, t.source))
                    .collect::<String>()
            };
            let entry =
                |r: &crate::catalog::Rule| format!("{}: {}{}", r.quadrant.id(), r.looks_for, sources(r));
            catalog.rules.iter().map(|r| (r.id.clone(), entry(r))).collect()
        }
        Part::Layouts => catalog
            .layouts
            .values()
            .map(|l| (l.id.clone(), format!("{} [{}]", l.label, l.authority)))
            .collect(),
        Part::Exhibits => {
            catalog.exhibits.iter().map(|e| (e.id.clone(), format!("{}: {}", e.domain, e.title))).collect()
        }
    };
    let mut out = io::stdout().lock();
    let shown: Vec<_> =
        entries.iter().filter(|(id, _)| asked.id.as_ref().is_none_or(|wanted| wanted == id)).collect();
    if shown.is_empty() {
        let wanted = asked.id.as_deref().unwrap_or_default();
        let near = crate::catalog::did_you_mean(wanted, entries.iter().map(|(id, _)| id.as_str()));
        return Err(CliError::Unknown(format!("nothing there is called {wanted:?}{near}")));
    }
    for (id, text) in shown {
        writeln!(out, "{id}\n  {text}")?;
    }
    Ok(Ending::Done)
}
