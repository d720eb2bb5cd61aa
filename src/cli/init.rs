//! Proposing a project for a folder of spreadsheets.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::{Cli, CliError, Ending, counted};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError, NewFile, NewFiles};
use crate::domain::{District, DistrictId, clean};
use crate::observation::{self, Crosswalk, LayoutReader};
use crate::project::FILE;
use crate::run::{Output, RunError};
use crate::source::{self, Found};
use crate::survey::{self, ColumnCounts, FileSurvey, PlannedSource, ProjectPlan, Surveyor, UnreadTable};
use crate::template;

/// The template workbook's name.
const TEMPLATE: &str = "retreat-template.xlsx";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder with the spreadsheets.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The district whose retreat it is, by its id.
    #[arg(long, value_name = "ID")]
    district: Option<String>,
    /// Print what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write a workbook to be filled in by hand instead, for a district without files of its own.
    #[arg(long, conflicts_with = "dry_run")]
    template: bool,
}

/// What a trial reading by the planned sources gives.
struct Trial {
    districts: Vec<District>,
    /// First and last school year.
    years: Option<(i32, i32)>,
    observations: usize,
}

impl Cli {
    pub(super) fn init(&self, init: &Init) -> Result<Ending, CliError> {
        let folder = &init.folder;
        if init.template {
            disk::create_folders(folder).map_err(|source| DiskError::Io {
                action: "make the folder",
                path: folder.clone(),
                source,
            })?;
        }
        if !folder.is_dir() {
            return Err(CliError::Unknown(format!("{} is no folder", folder.display())));
        }
        let new_files = if init.dry_run { None } else { Some(NewFiles::new(folder, FILE)?) };
        if let Some(new_files) = &new_files {
            new_files.check_free(FILE)?;
        }
        if init.template {
            return self.template(init, new_files);
        }
        let catalog = Catalog::of_project(folder)?;
        let mut problems = Vec::new();
        let found = files(folder, &mut problems)?;
        self.tell(&format!("Looking at {} files.", found.len()))?;
        let surveys = surveys(&found, &catalog, &mut problems)?;
        let name = folder_name(folder);
        let asked = init.district.clone();
        let planned = plan(&surveys, &catalog, asked.as_deref().unwrap_or(&name))?;
        let trial = trial(folder, &planned, &catalog)?;
        let district = choose(&trial, asked.as_deref(), &name);
        // Tables that name no district are about the one that was chosen.
        let planned = plan(&surveys, &catalog, &district.0)?;
        if planned.sources.iter().all(|s| s.problem.is_some()) {
            self.tell_problems(problems)?;
            return Err(CliError::Unknown(format!(
                "no table was found that can be read as it is{}\n  hint: `retreat inspect FILE` says what is found in a spreadsheet, and what is missing",
                unreadable(&planned)
            )));
        }
        let project = project_text(&planned, &trial, &district, &name);
        let layouts = layouts(&planned);
        if let Some(new_files) = new_files {
            let layouts = layouts.iter().map(|(name, text)| NewFile { name, bytes: text.as_bytes() });
            new_files.put(&layouts.collect::<Vec<_>>(), project.as_bytes())?;
        } else {
            let mut out = io::stdout().lock();
            writeln!(out, "# ---- {FILE}\n{project}")?;
            for (path, text) in layouts {
                writeln!(out, "# ---- {path}\n{text}")?;
            }
        }
        self.tell(&summary(&planned, &trial, &district, folder))?;
        self.tell_problems(problems)
    }
}

/// What keeps each table from being read, a line each.
fn unreadable(planned: &ProjectPlan) -> String {
    const SHOWN: usize = 8;
    let known =
        planned.sources.iter().filter_map(|s| Some(format!("{}: {}", s.description, s.problem.as_ref()?)));
    let unknown = planned.unread.iter().map(|table| format!("{}: {}", table.name, table.why));
    let all: Vec<String> = known.chain(unknown).collect();
    let more = if all.len() > SHOWN { format!("\n  and {} more", all.len() - SHOWN) } else { String::new() };
    all.iter().take(SHOWN).map(|line| format!("\n  {line}")).collect::<String>() + &more
}

impl Cli {
    /// Writes the template workbook, and the project that reads it.
    fn template(&self, init: &Init, new_files: Option<NewFiles>) -> Result<Ending, CliError> {
        let (book, file) = (init.folder.join(TEMPLATE), init.folder.join(FILE));
        let bytes =
            template::workbook(&Catalog::embedded()?).map_err(|e| CliError::Unknown(e.to_string()))?;
        let district = quoted(&clean(init.district.as_deref().unwrap_or("1")));
        let project = format!(
            "# Made by `retreat init --template`.\n\n[retreat]\ntitle = \"Data Retreat\"\n# Your district's id, as you type \
             it into the workbook.\ndistrict = {district}\n\n[[source]]\npath = {TEMPLATE:?}\nlayout = {:?}\n",
            template::LAYOUT
        );
        if let Some(new_files) = new_files {
            new_files.put(&[NewFile { name: TEMPLATE, bytes: &bytes }], project.as_bytes())?;
        }
        self.tell(&format!("Wrote {} and {}.", book.display(), file.display()))?;
        self.tell(&format!("Next: fill in the workbook, then: retreat check {}", init.folder.display()))?;
        Ok(Ending::Done)
    }
}

/// The spreadsheets of a folder, without what this program wrote there.
fn files(folder: &Path, problems: &mut Vec<Diagnostic>) -> Result<Vec<Found>, CliError> {
    const NOT_DATA: [&str; 5] = ["out", "layouts", "catalog", "readiness", FILE];
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<String> =
        entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|n| !n.starts_with('.') && !n.starts_with("~$") && !NOT_DATA.contains(&n.as_str()));
    names.sort();
    let output = Output::of_folder(folder, &folder.join("out"));
    let mut found = Vec::new();
    for name in names {
        let pattern = glob::Pattern::escape(&name);
        found.extend(source::find(folder, &pattern, &|folder| output.is(folder)).into(problems));
    }
    Ok(found)
}

fn surveys(
    found: &[Found],
    catalog: &Catalog,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<FileSurvey>, CliError> {
    let surveyor = Surveyor::new(catalog).map_err(RunError::from)?;
    let looked: Vec<_> = found.par_iter().map(|f| survey::look(&f.input, &f.shown, &surveyor)).collect();
    Ok(looked.into_iter().map(|looked| looked.into(problems)).collect())
}

fn plan(surveys: &[FileSurvey], catalog: &Catalog, district: &str) -> Result<ProjectPlan, CliError> {
    survey::plan(surveys, catalog, district).map_err(CliError::Unknown)
}

/// Reads everything as planned: what is written must hold what it says.
fn trial(folder: &Path, planned: &ProjectPlan, catalog: &Catalog) -> Result<Trial, CliError> {
    let output = Output::of_folder(folder, &folder.join("out"));
    let mut uses = Vec::new();
    for source in planned.sources.iter().filter(|s| s.problem.is_none()) {
        let known = catalog.layouts.get(&source.layout);
        let Some(layout) = source.proposed.as_ref().map(|p| &p.layout).or(known) else { continue };
        let found = source::find(folder, &source.path, &|folder| output.is(folder)).value;
        let reader = LayoutReader::new(layout, catalog).map_err(RunError::from)?;
        uses.push((found, reader));
    }
    let uses: Vec<_> =
        uses.iter().flat_map(|(found, reader)| found.iter().map(move |f| (f, reader))).collect();
    let read = |(f, reader): &(&Found, &LayoutReader<'_>)| {
        reader.read(&source::read_sieved(&f.input, &f.shown, &mut reader.sieve()).value)
    };
    let readings = uses.par_iter().map(read).collect();
    let gathered = observation::gather(readings, catalog, &Crosswalk::default()).map_err(RunError::from)?;
    let view = gathered.observations.view().map_err(RunError::from)?;
    let years: Vec<i32> = (0..gathered.observations.len()).map(|row| view.row(row).year).collect();
    let ends = years.iter().min().copied().zip(years.iter().max().copied());
    let districts = gathered.observations.terms().districts.clone();
    Ok(Trial { districts, years: ends, observations: years.len() })
}

fn folder_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(|| "our district".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// The district's id and name, and why it was chosen.
fn choose(trial: &Trial, asked: Option<&str>, folder: &str) -> (String, String, String) {
    let of = |d: &District, why: String| (d.shown_id.clone(), d.name.clone(), why);
    let count = trial.districts.len();
    if let Some(asked) = asked {
        let id = DistrictId::new(asked);
        let known = trial.districts.iter().find(|d| Some(&d.id) == id.as_ref());
        let why = if known.is_some() { "as asked for" } else { "as asked for; no table names it" };
        return known
            .map_or_else(|| (asked.to_owned(), asked.to_owned(), why.to_owned()), |d| of(d, why.to_owned()));
    }
    if let [one] = &trial.districts[..] {
        return of(one, "the only one in these files".to_owned());
    }
    let fold =
        |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let own = fold(folder);
    let called = |d: &&District| {
        let name = fold(&d.name);
        own.len() >= 4 && (name.contains(&own) || own.contains(&name) && name.len() >= 4)
    };
    let named: Vec<&District> = trial.districts.iter().filter(called).collect();
    match (&named[..], trial.districts.first()) {
        ([one], _) => of(one, format!("of the {count} districts the one whose name is like the folder's")),
        (_, Some(first)) => {
            of(first, format!("the first of {count} districts: put your own district's id here"))
        }
        _ => (
            folder.to_owned(),
            folder.to_owned(),
            "no table names a district: this stands for the one they are about".to_owned(),
        ),
    }
}

fn layouts(planned: &ProjectPlan) -> std::collections::BTreeMap<&String, &String> {
    let proposed = planned.sources.iter().filter_map(|s| Some((&s.layout, &s.proposed.as_ref()?.text)));
    proposed.collect()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

// Writing to a String cannot fail.
fn project_text(
    planned: &ProjectPlan,
    trial: &Trial,
    (id, name, why): &(String, String, String),
    folder: &str,
) -> String {
    let title = if name == id { folder } else { name };
    let mut text = format!(
        "# Proposed by `retreat init`. Correct what is wrong; then `retreat check` and `retreat build`.\n\n\
         [retreat]\ntitle = {}\n\
         # {}: {}. To change it, put another district's id here.\n# Districts in these files: {}.\ndistrict = {}\n",
        quoted(&format!("{title} Data Retreat")),
        one_line(name),
        one_line(why),
        trial.districts.len(),
        quoted(id)
    );
    for table in &planned.unread {
        let (name, why) = (one_line(&table.name), one_line(&table.why));
        let _ = writeln!(text, "\n# {name}: not read, because {why}.");
    }
    for source in &planned.sources {
        let ColumnCounts { read, unread } = source.columns;
        let kind = if source.proposed.is_some() { "a proposed layout" } else { "a layout of the catalog" };
        let _ = writeln!(
            text,
            "\n# {}: {kind}; {read} columns with values, {unread} unread.",
            one_line(&source.description)
        );
        let off = if let Some(problem) = &source.problem {
            let _ = writeln!(
                text,
                "# Not read as it is: {}. When the layout is right, take the # away.",
                one_line(problem)
            );
            "# "
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{off}[[source]]\n{off}path = {}\n{off}layout = {}",
            quoted(&source.path),
            quoted(&source.layout)
        );
    }
    text
}

fn summary(
    planned: &ProjectPlan,
    trial: &Trial,
    (id, name, why): &(String, String, String),
    folder: &Path,
) -> String {
    let mut text = String::new();
    for source in &planned.sources {
        let PlannedSource { path, description, layout, proposed, columns, problem, year_begins } = source;
        let ColumnCounts { read, unread } = columns;
        let known = if proposed.is_some() { "proposed" } else { "known" };
        let what = if description == path { String::new() } else { format!(" ({description})") };
        let _ = writeln!(
            text,
            "{path}{what}\n  {known} layout {layout}: {read} columns with values, {unread} unread"
        );
        if let Some(problem) = problem {
            let _ = writeln!(text, "  left out for now: {problem}");
        }
        if *year_begins {
            text.push_str("  a year alone in it, such as 2023, is taken for 2023-24, since its words speak of the fall\n");
        }
    }
    for UnreadTable { name: table, why } in &planned.unread {
        let _ = writeln!(text, "{table}\n  not read: {why} (retreat inspect says more)");
    }
    let years = trial.years.map_or_else(String::new, |(first, last)| {
        let shown = |end: i32| format!("{}-{:02}", end - 1, end % 100);
        if first == last {
            format!(", {}", shown(first))
        } else {
            format!(", {} to {}", shown(first), shown(last))
        }
    });
    let _ = write!(
        text,
        "Read {} observations of {}{years}.\nDistrict: {name} ({id}), {why}.\nNext: retreat check {folder}, retreat build {folder}",
        trial.observations,
        counted(trial.districts.len(), "district"),
        folder = folder.display()
    );
    text
}
