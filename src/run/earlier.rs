//! The pack that its readers have already, if there is one: what it shows they know beside the new one.

use std::path::Path;

use super::RunError;
use super::tables::{Unreadable, each_once, packs_in, shown_in};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::Shown;
use crate::pack::PackError;
use crate::project::Project;

/// What the earlier pack of a project shows: that which is named, or that which lies where the new one goes. One of the latter that
/// cannot be read is passed over with a warning, since people may have changed it.
///
/// # Errors
/// Where the folder that is named holds no pack, or one that cannot be read.
pub(super) fn earlier(project: &Project) -> Result<Warned<Vec<Shown>>, RunError> {
    let mut diagnostics = Vec::new();
    let mut all = Vec::new();
    let folder = project.previous.as_ref().unwrap_or(&project.out);
    let packs = packs_in(folder);
    if project.previous.is_some() && packs.is_empty() {
        return Err(RunError::NoPack { folder: folder.display().to_string() });
    }
    for pack in packs {
        match shown_in(&pack) {
            Ok(shown) => all.extend(shown),
            Err(error) if project.previous.is_some() => return Err(unreadable(error)),
            Err(error) => diagnostics.push(passed_over(&pack, &error)),
        }
    }
    Ok(Warned { value: each_once(all), diagnostics })
}

fn unreadable(error: Unreadable) -> RunError {
    PackError::Unaudited { file: error.file, message: error.message }.into()
}

fn passed_over(pack: &Path, error: &Unreadable) -> Diagnostic {
    let file = pack.join("data").join(&error.file);
    Diagnostic::earlier_pack_unread(&file.display().to_string(), &error.message)
}
