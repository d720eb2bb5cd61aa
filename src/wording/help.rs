//! The help of the command line, and with it the manual page.

use crate::domain::Format;

pub(crate) const ABOUT: &str =
    "Turn a school district's spreadsheets into the chart pack for its data retreat";
pub(crate) const QUIET: &str = "Print only problems";
pub(crate) const VERBOSE: &str = "Print every problem and note, not only the first few";

pub(crate) const PROBLEMS_OK: &str =
    "End with exit code 0 instead of 1 if some data could not be used; report.json still shows the verdict";

pub(crate) const BUILD: &str = "Build the whole pack: charts, web page, SWOT candidates, and tables";
pub(crate) const INIT: &str = "Look at your spreadsheets and propose a project: retreat.toml and layouts, with comments \
                               that explain them";
pub(crate) const INSPECT: &str = "Show what one spreadsheet contains: its sheets, headers, and columns, and how each \
                                  column would be read";
pub(crate) const CHECK: &str =
    "Show what data you have, what looks wrong, and what to request. Writes a readiness report, but no pack";
pub(crate) const PEERS: &str =
    "Show the district's peers: how similar each one is, and which ones do better with similar students";
pub(crate) const SWOT: &str = "Show the SWOT candidates";
pub(crate) const REFRESH: &str =
    "Update a deck that people have edited with the newest numbers; their words and slides stay";
pub(crate) const MERGE: &str =
    "Merge the ballots in PROJECT/ballots into PROJECT/swot: what the tables agree on, and who said what";
pub(crate) const MERGE_SHARDS: &str =
    "Combine the shards of all districts: one manifest, one table of values, and the portfolio";
pub(crate) const PLAN: &str =
    "Check the plan in PROJECT/plan: how much each goal requires, where it stands, and what changed";
pub(crate) const DECK: &str = "The edited deck (a .pptx file)";
pub(crate) const REFRESH_OUT: &str =
    "Write the refreshed deck to this file [default: next to the deck, with -refreshed added to its name]";
pub(crate) const CATALOG: &str = "Show what the program knows: measures, rules, layouts, or exhibits";
pub(crate) const COMPLETIONS: &str = "Print a completion script for your shell";
pub(crate) const MANUAL: &str = "Print the manual page";

pub(crate) const PROJECT_ENTRIES: &str = "Also show the entries of this project's own catalog";
pub(crate) const SHELL: &str = "The shell";
pub(crate) const PROJECT: &str = "The project's folder, which contains retreat.toml";
pub(crate) const DISTRICT: &str = "Use the district with this id instead of the project's district";
pub(crate) const JSON: &str = "Print JSON";

pub(crate) const ALL_DISTRICTS: &str = "Build a pack for every district in the sources, each in a folder with the \
                                        district's id as its name. If your system does not allow that name, the folder \
                                        has a similar one";
pub(crate) const SHARD: &str = "Build only some of the districts, so that several machines can share the work: 2/4 is the second of \
                                four parts. `auto` takes the number from a Slurm array (1 to N); `auto/4` also gives the number of parts, \
                                which a Kubernetes Indexed Job needs. Without --shard, the scheduler's variables are ignored. Packs that \
                                already exist and are unchanged are not built again. Afterward, run merge-shards";
pub(crate) const PACKS: &str = "The folder that the shards wrote their packs to [default: PROJECT/out]";
pub(crate) const OUT: &str = "Write the pack to this folder [default: PROJECT/out]";
pub(crate) const PREVIOUS: &str = "Name a pack that readers already have, unless it is the one being replaced. The two \
                                   packs together will not reveal a withheld value";
pub(crate) const SCHOOLS: &str =
    "Also write print/schools.html: a page for each school in the district, to print or to save as PDF";
pub(crate) fn format() -> String {
    let all = Format::ALL.map(Format::id).join(", ");
    format!(
        "Write only these formats, separated by commas: {all} [default: the project's, or all]. `data` alone writes \
         only the tables, the candidates, and the report"
    )
}

pub(crate) const SPREADSHEETS: &str = "The folder that contains the spreadsheets";
pub(crate) const RETREAT_DISTRICT: &str = "The id of the district that is having the retreat";
pub(crate) const DRY_RUN: &str = "Print the proposed files instead of writing them";
pub(crate) const TEMPLATE: &str =
    "Write a workbook to fill in by hand instead, for a district that has no files of its own";

pub(crate) const FILE: &str = "The spreadsheet";
pub(crate) const SHEET: &str = "Show only this sheet";
pub(crate) const LAYOUT: &str =
    "Show how this layout reads each cell; name a layout file, or give the id of a built-in layout";
pub(crate) const PROJECT_MEASURES: &str = "Also use the measures and layouts of the project in this folder";

pub(crate) const EXPLAIN: &str = "Show all the evidence for the candidate with this id";
pub(crate) const WHY_NOT: &str =
    "Show why the rule with this id proposed no candidate, or which one it proposed";

pub(crate) const ALL_PEERS: &str = "Print the peers of every district, each with the same details as for one district. \
                                    Requires --json";

pub(crate) const PART: &str = "What to show";
pub(crate) const ENTRY: &str = "Show only the entry with this id";
