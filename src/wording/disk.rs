//! Why something could not be written, and what was moved out of the way.

use std::fmt::Display;
use std::path::Path;

/// The file that explains why users' files were moved.
pub(crate) const NOTE_NAME: &str = "Why this folder is here.txt";
/// The content of [`NOTE_NAME`].
pub(crate) const NOTE: &str = "While retreat was replacing one of its own folders, it found these files there. Somebody had \
                               added or changed them, so retreat moved them here.\nMove them where you want them, then \
                               delete this folder.\n";

/// What was attempted, for [`failed`].
pub(crate) mod action {
    pub(crate) const CREATE_FILE: &str = "create the file";
    pub(crate) const CREATE_FOLDER: &str = "create the folder";
    pub(crate) const FIND: &str = "find";
    pub(crate) const LOOK_AT: &str = "look at";
    pub(crate) const LOOK_INTO: &str = "look into";
    pub(crate) const MOVE: &str = "move";
    pub(crate) const MOVE_ASIDE: &str = "move aside the old folder";
    pub(crate) const MOVE_FILE_INTO: &str = "move a file into";
    pub(crate) const OPEN: &str = "open";
    pub(crate) const PUT_BACK: &str = "put back the old folder";
    pub(crate) const PUT_IN_PLACE: &str = "put in place the new folder";
    pub(crate) const READ: &str = "read";
    pub(crate) const REMOVE: &str = "delete";
    pub(crate) const REMOVE_LEFTOVERS: &str = "delete what an interrupted run left in";
    pub(crate) const WRITE: &str = "write";
    pub(crate) const WRITE_TO: &str = "write to";
}

/// A file or folder could not be created, inspected, moved or deleted.
pub(crate) fn failed(action: &str, path: &Path, why: &dyn Display) -> String {
    format!("cannot {action} {}: {why}", path.display())
}

/// The folder contains files, but no list that marks them as ours.
pub(crate) fn foreign_folder(folder: &Path) -> String {
    format!(
        "{} contains files that retreat did not write, so retreat left the folder alone\n  hint: empty the folder",
        folder.display()
    )
}

/// The folder is ours, but somebody has worked in it.
pub(crate) fn edited_folder(folder: &Path, files: &str) -> String {
    format!(
        "somebody added or changed files in {} ({files}), and retreat would overwrite them\n  hint: move them elsewhere",
        folder.display()
    )
}

pub(crate) fn not_a_folder(path: &Path, is_link: bool) -> String {
    let what = if is_link { "a link" } else { "a file" };
    format!("{} is {what}, not a folder\n  hint: move it", path.display())
}

pub(crate) fn already_there(path: &Path, is_link: bool) -> String {
    let what = if is_link { " (a link)" } else { "" };
    let add = match path.file_name() {
        Some(name) if name == "retreat.toml" => {
            "; to add files to this project, run init on a folder with only those files, and copy the result into the project"
        }
        _ => "",
    };
    format!(
        "{}{what} already exists, and retreat does not overwrite it\n  hint: move it, or use --dry-run to see what would \
         be written{add}",
        path.display()
    )
}

pub(crate) fn no_folder_name(path: &Path) -> String {
    format!("{} does not name a folder\n  hint: name a folder, such as `out`", path.display())
}

/// Something has the name of one of our temporary files but is not ours.
pub(crate) fn in_the_way(path: &Path) -> String {
    format!(
        "{} is in the way: retreat needs this name while it writes, but did not create what is there\n  hint: move it",
        path.display()
    )
}

pub(crate) fn busy(path: &Path) -> String {
    format!(
        "another run of retreat is writing to {} right now\n  hint: wait until it is done",
        path.display()
    )
}

/// What users can also do about the folder of a pack, after the hint of the error.
pub(crate) const OR_ELSEWHERE: &str = ", or choose another folder with --out";
