//! A pack for every district of the sources.

use std::path::Path;

use super::fault::watched;
use super::{Cli, CliError, built_line};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::domain::{District, FileName};
use crate::pack::Formats;
use crate::run::Session;

impl Cli {
    /// Builds the pack of each district into a folder of its own in `out`, and gives the problems met. A district whose pack
    /// cannot be built is one of them, and does not keep the others from theirs.
    ///
    /// # Errors
    /// Where `out` is no folder, there is no district, or the pack of none could be built.
    pub(super) fn all_districts(
        &self,
        session: &Session<'_>,
        out: &Path,
        formats: &Formats,
    ) -> Result<Vec<Diagnostic>, CliError> {
        disk::check_is_folder(out)?;
        let data = &session.data;
        let districts = &data.released.terms().districts;
        let ids: Vec<&str> = districts.iter().map(|district| district.shown_id.as_str()).collect();
        let (mut problems, mut failed, mut any) = (data.diagnostics.clone(), None, false);
        for (district, name) in districts.iter().zip(FileName::for_all(&ids)) {
            let folder = out.join(&name);
            let id = district.id.as_str();
            match watched(|| Ok(session.build(id, &folder, formats)?)) {
                Ok(built) => {
                    any = true;
                    problems.extend(renamed(district, &name));
                    self.tell(&built_line(&built))?;
                    problems.extend(built.of_this_pack);
                }
                Err(error) => {
                    problems.push(not_built(district, &error));
                    failed.get_or_insert(error);
                }
            }
        }
        match failed {
            Some(error) if !any => {
                self.tell_problems(problems)?;
                Err(error)
            }
            None if !any => {
                Err(CliError::Unknown("no source names a district: there is nothing to build".to_owned()))
            }
            _ => Ok(problems),
        }
    }
}

/// Says which folder is a district's where its id cannot be the name of one.
fn renamed(district: &District, name: &FileName) -> Option<Diagnostic> {
    let (shown, id) = (&district.name, &district.shown_id);
    (name.as_str() != id).then(|| Diagnostic::folder_renamed(shown, id, name.as_str()))
}

fn not_built(district: &District, error: &CliError) -> Diagnostic {
    let text = error.to_string();
    let (why, hint) =
        text.split_once("\n  hint: ").unwrap_or((&text, "retreat build --district ID builds it alone"));
    Diagnostic::district_not_built(&district.name, &district.shown_id, why, hint)
}
