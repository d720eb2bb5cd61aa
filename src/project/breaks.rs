//! Tells the catalog which state the project is in, and which breaks its file and its layouts name.

use super::settings::ProjectFile;
use crate::catalog::{BoundBreak, Catalog, Layout, add_break};

/// Adds the project's own breaks to their measures, and those of its layouts to the catalog, bound to these layouts.
pub(super) fn add_breaks(catalog: &mut Catalog, file: &ProjectFile, layouts: &[&Layout]) {
    for found in &file.breaks {
        if let Some(measure) = catalog.measures.get_mut(&found.measure) {
            add_break(&mut measure.breaks, found.of_measure());
        }
    }
    for layout in layouts {
        let bound =
            layout.breaks.iter().map(|found| BoundBreak { layout: layout.id.clone(), found: found.clone() });
        catalog.layout_breaks.extend(bound);
    }
}

/// Notes the state of the project, and those of its layouts.
pub(super) fn add_states(catalog: &mut Catalog, file: &ProjectFile, layouts: &[&Layout]) {
    catalog.states.whole = file.retreat.whole_state;
    if let Some(state) = &file.retreat.state {
        catalog.states.choose(state);
    }
    for layout in layouts {
        let state = layout.state.as_deref().and_then(|state| catalog.states.code(state)).map(str::to_owned);
        if let Some(state) = state {
            catalog.states.of_layouts.insert(layout.id.clone(), state);
        }
    }
}
