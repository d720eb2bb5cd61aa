//! The command line as it is typed: the commands and their arguments.
//!
//! The texts of `--help` and of the manual page are in `wording::help`. A doc comment on an argument would replace them, so
//! the argument structs are described by plain comments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::wording::help;

/// Command line.
#[derive(Debug, Parser)]
#[command(name = "retreat", version, arg_required_else_help = true, about = help::ABOUT, long_about = None)]
pub struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[arg(help = help::QUIET, short, long, global = true)]
    pub(super) quiet: bool,
    #[arg(help = help::VERBOSE, short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    #[arg(help = help::PROBLEMS_OK, long, global = true)]
    pub(super) problems_ok: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(about = help::BUILD)]
    Build(BuildArguments),
    #[command(about = help::INIT)]
    Init(InitArguments),
    #[command(about = help::INSPECT)]
    Inspect(InspectArguments),
    #[command(about = help::CHECK)]
    Check(DistrictArguments),
    #[command(about = help::PEERS)]
    Peers(PeersArguments),
    #[command(about = help::SWOT)]
    Swot(SwotArguments),
    #[command(about = help::MERGE)]
    Merge(MergeArguments),
    #[command(about = help::PLAN)]
    Plan(PlanArguments),
    #[command(about = help::MERGE_SHARDS)]
    MergeShards(MergeShardsArguments),
    #[command(about = help::REFRESH)]
    Refresh(RefreshArguments),
    #[command(about = help::CATALOG)]
    Catalog(CatalogArguments),
    #[command(about = help::COMPLETIONS)]
    Completions {
        #[arg(help = help::SHELL)]
        shell: clap_complete::Shell,
    },
    #[command(about = help::MANUAL)]
    Manual,
}

// The arguments of the commands that show something about one district.
#[derive(Debug, Args)]
pub(super) struct DistrictArguments {
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
    #[arg(help = help::DISTRICT, long, value_name = "ID")]
    pub(super) district: Option<String>,
    #[arg(help = help::JSON, long)]
    pub(super) json: bool,
}

// The arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
    #[arg(help = help::DISTRICT, long, value_name = "ID", conflicts_with = "all_districts")]
    pub(super) district: Option<String>,
    #[arg(help = help::ALL_DISTRICTS, long)]
    pub(super) all_districts: bool,
    #[arg(help = help::SHARD, long, value_name = "I/N", requires = "all_districts")]
    pub(super) shard: Option<String>,
    #[arg(help = help::OUT, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[arg(help = help::PREVIOUS, long, value_name = "DIR")]
    pub(super) previous: Option<PathBuf>,
    #[arg(help = help::SCHOOLS, long)]
    pub(super) schools: bool,
    #[arg(help = help::format(), long, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<String>,
}

// The arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArguments {
    #[arg(help = help::SPREADSHEETS, default_value = ".")]
    pub(super) folder: PathBuf,
    #[arg(help = help::RETREAT_DISTRICT, long, value_name = "ID")]
    pub(super) district: Option<String>,
    #[arg(help = help::DRY_RUN, long)]
    pub(super) dry_run: bool,
    #[arg(help = help::TEMPLATE, long, conflicts_with = "dry_run")]
    pub(super) template: bool,
}

// The arguments of `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    #[arg(help = help::FILE)]
    pub(super) file: PathBuf,
    #[arg(help = help::SHEET, requires = "layout")]
    pub(super) sheet: Option<String>,
    #[arg(help = help::LAYOUT, long, value_name = "LAYOUT")]
    pub(super) layout: Option<PathBuf>,
    #[arg(long, value_name = "DIR", help = help::PROJECT_MEASURES, requires = "layout")]
    pub(super) project: Option<PathBuf>,
    #[arg(help = help::JSON, long)]
    pub(super) json: bool,
}

// The arguments of `swot`.
#[derive(Debug, Args)]
pub(super) struct SwotArguments {
    #[command(flatten)]
    pub(super) common: DistrictArguments,
    #[arg(help = help::EXPLAIN, long, value_name = "ID")]
    pub(super) explain: Option<String>,
    #[arg(help = help::WHY_NOT, long, value_name = "RULE", conflicts_with_all = ["explain", "json"])]
    pub(super) why_not: Option<String>,
}

// The arguments of `peers`.
#[derive(Debug, Args)]
pub(super) struct PeersArguments {
    #[command(flatten)]
    pub(super) common: DistrictArguments,
    #[arg(help = help::ALL_PEERS, long, requires = "json", conflicts_with = "district")]
    pub(super) all: bool,
}

// The arguments of `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
}

// The arguments of `merge-shards`.
#[derive(Debug, Args)]
pub(super) struct MergeShardsArguments {
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
    #[arg(help = help::PACKS, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

// The arguments of `plan`.
#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
}

// The arguments of `refresh`.
#[derive(Debug, Args)]
pub(super) struct RefreshArguments {
    #[arg(help = help::DECK)]
    pub(super) deck: PathBuf,
    #[arg(help = help::PROJECT, default_value = ".")]
    pub(super) project: PathBuf,
    #[arg(help = help::REFRESH_OUT, long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

// The arguments of `catalog`.
#[derive(Debug, Args)]
pub(super) struct CatalogArguments {
    #[arg(help = help::PART)]
    pub(super) part: CatalogPart,
    #[arg(help = help::ENTRY)]
    pub(super) id: Option<String>,
    #[arg(long, value_name = "DIR", help = help::PROJECT_ENTRIES)]
    pub(super) project: Option<PathBuf>,
}

// A part of the catalog.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CatalogPart {
    Measures,
    Rules,
    Layouts,
    Exhibits,
    LayoutKeys,
    LayoutSchema,
}
