//! Problems met after the files have been read.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::counted;

impl Diagnostic {
    /// Id of [`Diagnostic::no_peers`].
    pub const NO_PEERS: &str = "no-peers";
    /// Id of [`Diagnostic::files_kept`].
    pub const FILES_KEPT: &str = "files-kept";

    /// A value cannot be computed, for example because of a zero denominator.
    #[must_use]
    pub fn not_computed(measure: &str, why: &str, count: u64) -> Self {
        let mut problem = problem(
            Severity::Note,
            "not-computed",
            Place::file(measure),
            measure,
            [why.to_owned(), "left the value out".to_owned(), "nothing to do".to_owned()],
        );
        problem.count = count;
        problem
    }

    /// When packs are built for all districts, the pack of one of them cannot be built.
    #[must_use]
    pub fn district_not_built(district: &str, id: &str, why: &str, hint: &str) -> Self {
        problem(
            Severity::Error,
            "district-not-built",
            Place::file("retreat.toml"),
            id,
            [
                format!("the pack for {district} ({id}) could not be built: {why}"),
                "continued with the other districts".to_owned(),
                hint.to_owned(),
            ],
        )
    }

    /// A district's id cannot be the name of a folder.
    #[must_use]
    pub fn folder_renamed(district: &str, id: &str, folder: &str) -> Self {
        problem(
            Severity::Warning,
            "folder-renamed",
            Place::file("retreat.toml"),
            id,
            [
                format!("the id of {district} ({id}) is not a valid folder name on some systems"),
                format!("put its pack in the folder {folder:?}"),
                "check the id in the spreadsheets; if it is right, there is nothing to do".to_owned(),
            ],
        )
    }

    /// Files that users had put into a folder were moved when the folder was replaced.
    #[must_use]
    pub fn files_kept(folder: &str, files: &[String]) -> Self {
        problem(
            Severity::Warning,
            Self::FILES_KEPT,
            Place::file(folder),
            folder,
            [
                format!(
                    "someone added or changed files in a folder while it was being replaced ({})",
                    files.join(", ")
                ),
                "moved them to this folder".to_owned(),
                "move them where you want them, then delete this folder".to_owned(),
            ],
        )
    }

    /// A table of the existing pack in the output folder cannot be read.
    #[must_use]
    pub fn earlier_pack_unread(file: &str, message: &str) -> Self {
        problem(
            Severity::Warning,
            "earlier-pack-unread",
            Place::file(file),
            "",
            [
                format!("this table of the earlier pack cannot be read: {message}"),
                "continued without checking what the two packs reveal together".to_owned(),
                "name an unchanged copy of the earlier pack with --previous; if nobody has seen that pack, delete its folder"
                    .to_owned(),
            ],
        )
    }

    /// An earlier pack causes more values to be withheld.
    #[must_use]
    pub fn withheld_for_earlier_pack(count: u64) -> Self {
        problem(
            Severity::Note,
            "withheld-for-earlier-pack",
            Place::file("retreat.toml"),
            "",
            [
                "together with the earlier pack, this one would reveal a withheld number of students"
                    .to_owned(),
                format!("withheld {} that it would otherwise show", counted(count as usize, "value")),
                "if nobody has seen the earlier pack, delete its folder and build again".to_owned(),
            ],
        )
    }

    /// Everything about a district's students in one year is withheld.
    #[must_use]
    pub fn year_withheld(district: &str, year: &str) -> Self {
        problem(
            Severity::Warning,
            "year-withheld",
            Place::file("retreat.toml"),
            &format!("{district} in {year}"),
            [
                format!("a withheld value for district {district} in {year} could be worked out from the pack"),
                "withheld everything about students in that year that is not public".to_owned(),
                "if a file's publisher has made its values public, set `public = true` in its layout; otherwise leave \
                 out the source or column that this comes from"
                    .to_owned(),
            ],
        )
    }

    /// All values of the district are withheld.
    #[must_use]
    pub fn all_withheld(district: &str, smallest: u32) -> Self {
        problem(
            Severity::Warning,
            "all-withheld",
            Place::file("retreat.toml"),
            "",
            [
                format!(
                    "no value for {district} may be shown: each describes, or may describe, fewer than {smallest} students"
                ),
                "built the pack without charts".to_owned(),
                "if a file's publisher has made its values public, set `public = true` in its layout"
                    .to_owned(),
            ],
        )
    }

    /// No file has any district other than the project's own.
    #[must_use]
    pub fn only_own_files() -> Self {
        problem(
            Severity::Warning,
            "no-peers",
            Place::file("retreat.toml"),
            "",
            [
                "the files are about one district, so it is shown over time but not compared with others"
                    .to_owned(),
                "built the pack without comparisons with peers or the state".to_owned(),
                "to get peers, ranks, and the state's trend, add a file with your state's districts, or one from NCES"
                    .to_owned(),
            ],
        )
    }

    /// Too few districts or variables to choose peers.
    #[must_use]
    pub fn no_peers(why: &str) -> Self {
        problem(
            Severity::Warning,
            Self::NO_PEERS,
            Place::file("retreat.toml"),
            "",
            [
                why.to_owned(),
                "built the pack without peer comparisons".to_owned(),
                "add sources that cover other districts or change [peers]".to_owned(),
            ],
        )
    }

    /// No district can be matched by one of the matching variables of `[peers]`.
    #[must_use]
    pub fn match_left_out(variable: &str, why: &str) -> Self {
        problem(
            Severity::Warning,
            "peers-match-left-out",
            Place::file("retreat.toml"),
            variable,
            [
                format!("districts cannot be matched by {variable:?}: {why}"),
                "chose the peers by the other variables".to_owned(),
                "add a source that has it, or remove it from `match` in [peers]".to_owned(),
            ],
        )
    }

    /// No source gives an attribute for the year whose values the peers are chosen by.
    #[must_use]
    pub fn attribute_of_another_year(attribute: &str, year: &str) -> Self {
        problem(
            Severity::Note,
            "peers-attribute-of-another-year",
            Place::file("retreat.toml"),
            attribute,
            [
                format!("no source gives {attribute:?} for {year}, the year used to choose the peers"),
                "used its value for the nearest later year, or a value without a year".to_owned(),
                "if districts have changed since then, add a source that gives it by year".to_owned(),
            ],
        )
    }

    /// A district of `include` or `exclude` cannot be included or excluded.
    #[must_use]
    pub fn peer_unknown(district: &str, why: &str) -> Self {
        problem(
            Severity::Warning,
            "peers-district-unknown",
            Place::file("retreat.toml"),
            district,
            [
                format!("district {district:?} in [peers]: {why}"),
                "chose the peers as if it were not listed".to_owned(),
                "correct its id in `include` or `exclude`, or remove it".to_owned(),
            ],
        )
    }

    /// The year whose values the peers are chosen by covers fewer districts than it should.
    #[must_use]
    pub fn peers_year_thin(year: &str, complete: usize, active: usize, wanted: f64) -> Self {
        problem(
            Severity::Warning,
            "peers-year-thin",
            Place::file("retreat.toml"),
            "",
            [
                format!(
                    "no school year has all matching variables for this district and for {wanted}% of the \
                     districts that it can be matched with"
                ),
                format!(
                    "used {year} to choose the peers; that year has all of them for {complete} of {active} districts"
                ),
                "in [peers], remove from `match` the variables that few districts report, or add sources"
                    .to_owned(),
            ],
        )
    }

    /// An exhibit has nothing to show.
    #[must_use]
    pub fn exhibit_empty(exhibit: &str, why: &str) -> Self {
        problem(
            Severity::Note,
            "exhibit-left-out",
            Place::file(format!("exhibits, {exhibit}")),
            exhibit,
            [
                why.to_owned(),
                "left the exhibit out".to_owned(),
                "add a source that has the measure".to_owned(),
            ],
        )
    }
}
