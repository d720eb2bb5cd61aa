//! The folders that this program writes into a project; they are never read as sources.

use std::path::{Path, PathBuf};

use super::room::PLAN_FEEDBACK;
use super::{BALLOTS, FEEDBACK, PLANS, SCORECARD, SWOT};
use crate::disk;
use crate::pack;
use crate::project::Project;

/// The folders that hold output. These are packs and readiness reports, wherever they are; files that were
/// moved out of one when it was replaced; and the project's output folders, whatever they hold.
#[derive(Debug)]
pub struct Output {
    /// The project's output folders, with links resolved.
    reserved: Vec<PathBuf>,
}

impl Output {
    /// The output folders of a project.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self::of_folder(&project.folder, &project.out)
    }

    /// The output folders of a project in `folder`, whose packs go to `out`.
    #[must_use]
    pub fn of_folder(folder: &Path, out: &Path) -> Self {
        let project = resolved(folder);
        let mut reserved = Vec::new();
        let own = ["out", "readiness", ".retreat", BALLOTS, FEEDBACK, PLAN_FEEDBACK, SWOT, PLANS, SCORECARD]
            .map(|name| folder.join(name));
        for path in own.iter().map(PathBuf::as_path).chain([out]) {
            // If the output folder is the project's own folder, the build is refused later, because the
            // folder holds other files.
            reserved.extend(resolved(path).filter(|path| !holds(path, project.as_deref())));
        }
        Self { reserved }
    }

    /// Whether `folder` is one of them.
    #[must_use]
    pub fn is(&self, folder: &Path) -> bool {
        folder.canonicalize().is_ok_and(|path| self.reserved.contains(&path))
            || pack::is_written(folder)
            || disk::is_kept(folder)
    }
}

/// A path with links resolved; `None` if nothing is there.
fn resolved(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Whether the project's folder is a folder or somewhere below it.
fn holds(folder: &Path, project: Option<&Path>) -> bool {
    project.is_some_and(|project| project.starts_with(folder))
}
