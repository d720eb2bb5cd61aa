//! What this program wrote into a project, which is never read as a source.

use std::path::{Path, PathBuf};

use crate::disk;
use crate::pack;
use crate::project::Project;

/// The folders that hold output: packs and readiness reports, wherever they are, and what was found in one as it was
/// replaced; and those of the project where they go, whatever they hold.
#[derive(Debug)]
pub struct Output {
    /// As they are once links are followed.
    named: Vec<PathBuf>,
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
        let real = |path: &Path| path.canonicalize().ok();
        let project = real(folder);
        // A pack that is to go where the project itself lies is refused later, for what lies there.
        let holds_project =
            |path: &PathBuf| project.as_ref().is_some_and(|project| project.starts_with(path));
        let named = [out, &folder.join("out"), &folder.join("readiness"), &folder.join(".retreat")];
        Self { named: named.into_iter().filter_map(real).filter(|path| !holds_project(path)).collect() }
    }

    /// Whether `folder` is one of them.
    #[must_use]
    pub fn is(&self, folder: &Path) -> bool {
        folder.canonicalize().is_ok_and(|real| self.named.contains(&real))
            || pack::is_written(folder)
            || disk::is_kept(folder)
    }
}
