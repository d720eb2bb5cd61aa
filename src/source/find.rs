//! Finding a source's files by its path pattern.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Warned};

/// The files that `pattern` (relative to `project`) names, sorted, each with the name to show for it.
///
/// `${NAME}` is replaced by the environment variable of that name. `*`, `?` and `[…]` are wildcards.
#[must_use]
pub fn find(project: &Path, pattern: &str) -> Warned<Vec<(PathBuf, String)>> {
    let expanded = match expand(pattern) {
        Ok(expanded) => expanded,
        Err(variable) => {
            let why = format!("the environment variable {variable} is not set");
            let hint = format!("set it to the folder of the data: {variable}=/folder retreat build …");
            return Warned {
                value: Vec::new(),
                diagnostics: vec![Diagnostic::file_unreadable(pattern, &why, &hint)],
            };
        }
    };
    let base = glob::Pattern::escape(&project.display().to_string());
    let full = if Path::new(&expanded).is_absolute() { expanded } else { format!("{base}/{expanded}") };
    let mut files: Vec<PathBuf> =
        glob::glob(&full).map(|paths| paths.flatten().filter(|p| p.is_file()).collect()).unwrap_or_default();
    files.sort();
    let diagnostics = if files.is_empty() { vec![Diagnostic::source_missing(pattern)] } else { Vec::new() };
    let value = files.into_iter().map(|path| (path.clone(), shown(project, &path))).collect();
    Warned { value, diagnostics }
}

/// The name to show: relative to the project inside it, else the file's own name, so that no machine's folders
/// stand in a pack.
fn shown(project: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(project).ok();
    let name = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    name.to_string_lossy().replace('\\', "/")
}

fn expand(pattern: &str) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, tail) = after.split_once('}').ok_or_else(|| after.to_owned())?;
        expanded.push_str(before);
        let value = std::env::var(name).map_err(|_| name.to_owned())?;
        expanded.push_str(&glob::Pattern::escape(&value));
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(expanded)
}
