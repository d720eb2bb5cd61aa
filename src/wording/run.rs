//! Why a run cannot continue, and what it is doing.

use std::fmt::Display;

use super::listing::{count, counted};
use crate::domain::District;

/// No source has the district; `nearest` are the ones with the most similar ids and names, or empty if the sources name none:
/// then the problems printed before say why.
pub(crate) fn no_such_district(id: &str, nearest: &str) -> String {
    if nearest.is_empty() {
        return format!(
            "no data could be read for any district, so there is no district {id}\n  hint: correct the problems above"
        );
    }
    format!(
        "no source has a district {id}{nearest}\n  hint: check `district` in retreat.toml, or name a district with --district"
    )
}

/// The end of [`no_such_district`]: the districts that may be meant.
pub(crate) fn nearest_districts(nearest: &[&District]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = nearest.iter().map(|d| format!("{} ({})", d.shown_id, d.name)).collect();
    format!("; the closest matches are {}", names.join(", "))
}

/// The folder given with `--previous` has no pack.
pub(crate) fn no_pack(folder: &str) -> String {
    format!(
        "{folder} does not contain a pack\n  hint: use --previous with the folder of a pack, which contains index.html"
    )
}

/// A threshold in the project file is wrong.
pub(crate) fn wrong_threshold(why: &str) -> String {
    format!("retreat.toml: {why}")
}

/// A fault of the program.
pub(crate) fn inconsistent_table(why: &dyn Display) -> String {
    format!("a table is inconsistent: {why}")
}

pub(crate) fn bad_pattern(why: &dyn Display) -> String {
    format!("a layout has an invalid pattern: {why}")
}

/// What a run is doing, for users who wait for it.
pub(crate) mod activity {
    pub(crate) const SURVEYING: &str = "Looking at the spreadsheets";
    pub(crate) const READING: &str = "Reading the files";
    pub(crate) const ESTIMATING: &str = "Computing measures";
    pub(crate) const WITHHOLDING: &str = "Checking what must be withheld to protect students";
    pub(crate) const COMPARING: &str = "Comparing with other districts";
    pub(crate) const DRAWING: &str = "Drawing the charts";
    pub(crate) const WRITING: &str = "Writing and auditing the pack";

    /// An activity, where there is no spinner.
    pub(crate) fn line(activity: &str) -> String {
        format!("{activity} …")
    }
}

/// How much was read.
pub(crate) fn files_read(observations: u64, districts: usize, files: usize) -> String {
    format!(
        "Read {} values for {} from {}.",
        count(observations as usize),
        counted(districts, "district"),
        counted(files, "file")
    )
}

/// The sources that a layout of the project declares public.
pub(crate) fn public_sources(sources: &str) -> String {
    format!("Nothing is withheld from {sources}: the project's layouts for them have `public = true`.")
}

/// How many sources there are besides those listed.
pub(crate) fn other_sources(number: usize) -> String {
    counted(number, "other source")
}

/// What a pack contains.
pub(crate) struct PackSize {
    pub(crate) charts: u64,
    pub(crate) candidates: u64,
    pub(crate) files: usize,
}

pub(crate) fn pack_built(district: &str, size: &PackSize, folder: &dyn Display) -> String {
    format!(
        "Built the pack for {district}: {}, {}, and {} in {folder}.",
        counted(size.charts as usize, "chart"),
        counted(size.candidates as usize, "candidate"),
        counted(size.files, "file")
    )
}

pub(crate) fn open_in_browser(page: &dyn Display) -> String {
    format!("Open {page} in a browser.")
}

pub(crate) fn file_written(path: &dyn Display) -> String {
    format!("Wrote {path}.")
}

pub(crate) fn more_problems(more: usize) -> String {
    format!(
        "… and {} of problem: use --verbose to see them, or see report.json after a build",
        counted(more, "more kind")
    )
}

/// No pack was built, because no file names a district.
pub(crate) const NO_DISTRICTS: &str = "nothing to build: no source names a district";
/// The hint for a district whose pack could not be built together with the others.
pub(crate) const BUILD_ALONE: &str = "use `retreat build --district ID` to build only this district";

/// A panic: a bug in this program.
pub(crate) fn fault(what: &str) -> String {
    format!(
        "this is a bug in retreat, not a problem with your files: {what}\n  hint: nothing was lost. Please report it with the \
         command you typed. To find the source that causes it, leave out one source at a time"
    )
}

/// The message of a panic that has none.
pub(crate) const STOPPED: &str = "it stopped";

pub(crate) fn output_failed(why: &dyn Display) -> String {
    format!("cannot write the output: {why}")
}

pub(crate) fn json_failed(why: &dyn Display) -> String {
    format!("cannot write JSON: {why}")
}
