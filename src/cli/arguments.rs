//! The command line as it is typed: the commands and their arguments.
//!
//! The doc comments of commands and arguments are the texts of `--help` and of the manual page, so the argument structs
//! themselves are described by plain comments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// From a school district's spreadsheets to the chart pack of its data retreat.
#[derive(Debug, Parser)]
#[command(name = "retreat", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Say nothing but problems.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Show every problem and note, not only the first of them.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the whole pack: charts, page, candidates and tables.
    Build(BuildArguments),
    /// Look at spreadsheets and propose a project: retreat.toml and layouts, with comments that say why.
    Init(InitArguments),
    /// Show what is found in one spreadsheet: sheets, headers, columns, and what each is taken for.
    Inspect(InspectArguments),
    /// Say what is there, what is odd and what to ask for; write no pack.
    Check(DistrictArguments),
    /// Show the peer group: how like the district each peer is, and who does better with similar students.
    Peers(PeersArguments),
    /// Show the SWOT candidates.
    Swot(SwotArguments),
    /// Show what the program knows: measures, rules, layouts or exhibits.
    Catalog(CatalogArguments),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Manual,
}

// The arguments of the commands that show something of one district.
#[derive(Debug, Args)]
pub(super) struct DistrictArguments {
    /// The project's folder.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Another district than the project's, by its id.
    #[arg(long, value_name = "ID")]
    pub(super) district: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

// The arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    /// The project's folder.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Another district than the project's, by its id.
    #[arg(long, value_name = "ID", conflicts_with = "all_districts")]
    pub(super) district: Option<String>,
    /// A pack for every district of the sources, each in a folder named by its id, as far as an id can be a name.
    #[arg(long)]
    pub(super) all_districts: bool,
    /// Where the pack goes [default: PROJECT/out].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// A pack that readers already have, if it is not the one being replaced: the two together will not reveal a withheld value.
    #[arg(long, value_name = "DIR")]
    pub(super) previous: Option<PathBuf>,
    /// Formats, separated by commas [default: the project's, or all].
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<String>,
}

// The arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The folder with the spreadsheets.
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
    /// The district whose retreat it is, by its id.
    #[arg(long, value_name = "ID")]
    pub(super) district: Option<String>,
    /// Print what would be written, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write a workbook to be filled in by hand instead, for a district without files of its own.
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) template: bool,
}

// The arguments of `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// The spreadsheet.
    pub(super) file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

// The arguments of `swot`.
#[derive(Debug, Args)]
pub(super) struct SwotArguments {
    #[command(flatten)]
    pub(super) common: DistrictArguments,
    /// Show all that led to this candidate.
    #[arg(long, value_name = "ID")]
    pub(super) explain: Option<String>,
}

// The arguments of `peers`.
#[derive(Debug, Args)]
pub(super) struct PeersArguments {
    #[command(flatten)]
    pub(super) common: DistrictArguments,
    /// The peers of every district, with all that is told of those of one; as JSON.
    #[arg(long, requires = "json", conflicts_with = "district")]
    pub(super) all: bool,
}

// The arguments of `catalog`.
#[derive(Debug, Args)]
pub(super) struct CatalogArguments {
    /// Which part.
    pub(super) part: CatalogPart,
    /// One entry, by its id.
    pub(super) id: Option<String>,
    /// Also show the entries of this project's own catalog.
    #[arg(long)]
    pub(super) project: Option<PathBuf>,
}

// A part of the catalog.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CatalogPart {
    Measures,
    Rules,
    Layouts,
    Exhibits,
}
