//! From surveys of all files of a folder to sources: tables that look alike share a layout.

use std::collections::{BTreeMap, BTreeSet};

use super::decide::Reading;
use super::layout_text::{Draft, comment};
use super::sheet::{FileSurvey, SheetSurvey, TableSurvey, YearPlace};
use super::words::Vocabulary;
use crate::catalog::{Catalog, Editions, Layout, Role};
use crate::domain::FileName;

/// Tables share a layout where so many of their columns' names are the same.
const ALIKE: f64 = 0.5;

/// What is planned for a folder.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The sources, in the order of the project file.
    pub sources: Vec<PlannedSource>,
    /// Tables that are not read, and sheets in which none is found: file and sheet, and why.
    pub unknown: Vec<(String, String)>,
}

/// One `[[source]]`.
#[derive(Debug, Clone)]
pub struct PlannedSource {
    /// Path or pattern.
    pub path: String,
    /// Files and sheets, for people.
    pub of: String,
    /// A layout of the catalog, by id, or a file of the project.
    pub layout: String,
    /// The proposed layout, with its text; absent for one of the catalog.
    pub proposed: Option<(Layout, String)>,
    /// Columns with values, and columns unread.
    pub columns: (u64, u64),
    /// Why it is not read as it is; absent where it is.
    pub problem: Option<String>,
    /// Whether a year that stands alone in it is taken for the one in which a school year begins.
    pub year_begins: bool,
}

/// A sheet to be read, and how.
#[derive(Clone, Copy)]
struct Member<'a> {
    file: &'a str,
    sheet: &'a SheetSurvey,
}

/// Tables that share a layout.
type Cluster<'a> = Vec<(Member<'a>, &'a TableSurvey)>;

/// The files that a layout reads, and how many columns it reads and does not know.
type Read<'a> = (BTreeSet<&'a str>, (u64, u64));

/// Plans the sources of the files surveyed. `district` is the one of tables that name none.
///
/// # Errors
/// A proposed layout that does not load: a fault of this program.
pub fn plan(files: &[FileSurvey], catalog: &Catalog, district: &str) -> Result<Planned, String> {
    let vocabulary = Vocabulary::new(catalog).map_err(|e| e.to_string())?;
    let mut sources = known(files, catalog);
    let (clusters, unknown) = clusters(files);
    let names_only = !files
        .iter()
        .flat_map(|f| &f.sheets)
        .any(|s| !s.known.is_empty() || s.tables.iter().any(|t| t.role(Role::DistrictId).is_some()));
    let mut ids = BTreeSet::new();
    for cluster in &clusters {
        let id = layout_id(cluster, files, &mut ids);
        let names: BTreeSet<&str> = cluster.iter().map(|(m, _)| m.file).collect();
        let of = of(cluster);
        let draft = Draft {
            id: &id,
            of: &of,
            sheets: sheets(cluster, files),
            tables: cluster.iter().map(|(_, t)| *t).collect(),
            district,
            names_only,
            vocabulary: &vocabulary,
        };
        let text = draft.text();
        let path = format!("layouts/{id}.toml");
        let layout = catalog.read_layout(&path, &text).map_err(|e| format!("{e}\n{text}"))?;
        let columns = columns(cluster);
        let problem = cluster.iter().find_map(|(_, t)| t.problem.clone());
        for pattern in patterns(&names, files, &catalog.synonyms.editions) {
            sources.push(PlannedSource {
                path: pattern,
                of: of.clone(),
                layout: path.clone(),
                proposed: Some((layout.clone(), text.clone())),
                columns,
                problem: problem.clone(),
                year_begins: cluster.iter().any(|(_, t)| t.year_begins),
            });
        }
    }
    Ok(Planned { sources, unknown })
}

/// Tables without a known layout, those alike together; and those of which nothing is known, with why.
fn clusters(files: &[FileSurvey]) -> (Vec<Cluster<'_>>, Vec<(String, String)>) {
    let mut unknown = Vec::new();
    let (mut clusters, mut known): (Vec<Cluster<'_>>, KnownClusters) = Default::default();
    let all = files.iter().flat_map(|f| f.sheets.iter().map(move |sheet| Member { file: &f.file, sheet }));
    let wanted: Vec<Member<'_>> = all.filter(|m| m.sheet.known.is_empty() && !m.sheet.hidden).collect();
    let without = wanted.iter().filter(|m| m.sheet.tables.is_empty() && m.sheet.rows > 0);
    unknown.extend(without.map(|m| (table_name(m), "no header of a table is found in it".to_owned())));
    for (member, table) in wanted.into_iter().flat_map(|m| m.sheet.tables.iter().map(move |table| (m, table)))
    {
        // A table of which nothing is known is no start for a layout.
        if let Some(problem) = table.problem.as_ref().filter(|_| table.measures() == 0) {
            let several = member.sheet.tables.len() > 1;
            let row = table.header_rows.last().filter(|_| several);
            let row = row.map_or_else(String::new, |row| format!(", the table below row {row}"));
            unknown.push((table_name(&member) + &row, problem.clone()));
            continue;
        }
        let at = known.find(&member, table).unwrap_or(clusters.len());
        known.add(&member, table, at);
        match clusters.get_mut(at) {
            Some(cluster) => cluster.push((member, table)),
            None => clusters.push(vec![(member, table)]),
        }
    }
    (clusters, unknown)
}

/// What tables must share to be of one layout, before their columns are compared: the names of their files and sheets but for
/// years, where the school year stands, and how many rows the header has.
type SharedKind = (String, String, u8, usize);

/// The clusters made so far, found by what is in them: a folder may hold thousands of tables.
#[derive(Default)]
struct KnownClusters {
    /// By the sheet (its address) and the name of its key column: the first cluster that reads it.
    sheets: BTreeMap<(usize, String), usize>,
    /// The names of the columns of each cluster's first table.
    kinds: BTreeMap<SharedKind, Vec<(usize, BTreeSet<String>)>>,
    clusters: usize,
}

impl KnownClusters {
    /// The first cluster that a table belongs to.
    fn find(&self, member: &Member<'_>, table: &TableSurvey) -> Option<usize> {
        let of_sheet = sheet_key(member, table).and_then(|key| self.sheets.get(&key)).copied();
        let names = names(table);
        let kinds = self.kinds.get(&shared_kind(member, table));
        let alike = kinds.into_iter().flatten().find(|(_, first)| likeness(first, &names) >= ALIKE);
        of_sheet.into_iter().chain(alike.map(|(at, _)| *at)).min()
    }

    /// Adds a table to the cluster `at`, a new one where it is not there yet.
    fn add(&mut self, member: &Member<'_>, table: &TableSurvey, at: usize) {
        if let Some(key) = sheet_key(member, table) {
            self.sheets.entry(key).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
        if at == self.clusters {
            self.clusters += 1;
            self.kinds.entry(shared_kind(member, table)).or_default().push((at, names(table)));
        }
    }
}

fn shared_kind(member: &Member<'_>, table: &TableSurvey) -> SharedKind {
    let sheet = stencil(member.sheet.sheet.as_deref().unwrap_or(""));
    let place = match table.year {
        YearPlace::Column => 0,
        YearPlace::Header => 1,
        YearPlace::Sheet(_) => 2,
        YearPlace::File(_) => 3,
        YearPlace::Title(_) => 4,
        YearPlace::Unknown => 5,
    };
    (stencil(member.file), sheet, place, table.header_rows.len())
}

/// The sheet of a table, and how it names districts or years.
fn sheet_key(member: &Member<'_>, table: &TableSurvey) -> Option<(usize, String)> {
    Some((std::ptr::from_ref(member.sheet).addr(), table.key()?.name.to_lowercase()))
}

/// How many columns of a sheet are read, by their names, and how many are not; of the sheet of which the most are.
fn columns(cluster: &Cluster<'_>) -> (u64, u64) {
    let of = |sheet: &SheetSurvey| {
        let own = cluster.iter().filter(|(m, _)| std::ptr::eq(m.sheet, sheet)).flat_map(|(_, t)| &t.columns);
        let named = |wanted: fn(&Reading) -> bool| -> BTreeSet<(&str, Option<usize>)> {
            let own = own.clone().filter(|c| wanted(&c.reading));
            own.map(|c| (c.name.as_str(), c.occurrence)).collect()
        };
        let read = named(|r| matches!(r, Reading::Measure(_)));
        let unread = named(|r| matches!(r, Reading::Unread(_)));
        (read.len() as u64, unread.difference(&read).count() as u64)
    };
    cluster.iter().map(|(m, _)| of(m.sheet)).max_by_key(|(read, _)| *read).unwrap_or_default()
}

/// Sources that layouts of the catalog read.
fn known(files: &[FileSurvey], catalog: &Catalog) -> Vec<PlannedSource> {
    let mut found: BTreeMap<(String, &str), Read<'_>> = BTreeMap::new();
    for (file, sheet) in files.iter().flat_map(|f| f.sheets.iter().map(move |s| (f, s))) {
        for known in &sheet.known {
            let entry = found.entry((stencil(&file.file), &known.layout)).or_default();
            entry.0.insert(&file.file);
            entry.1.0 = entry.1.0.max(known.fit.read);
            entry.1.1 = entry.1.1.max(known.fit.unread.len() as u64);
        }
    }
    let mut sources = Vec::new();
    for ((_, layout), (names, columns)) in found {
        for pattern in patterns(&names, files, &catalog.synonyms.editions) {
            let of = pattern.clone();
            let layout = layout.to_owned();
            let (proposed, problem, year_begins) = (None, None, false);
            sources.push(PlannedSource {
                path: pattern,
                of,
                layout,
                proposed,
                columns,
                problem,
                year_begins,
            });
        }
    }
    sources
}

/// A name with every run of digits as one sign: names that differ in a year are alike.
fn stencil(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The names of a table's columns, but for years.
fn names(table: &TableSurvey) -> BTreeSet<String> {
    table.columns.iter().map(|c| stencil(&c.name)).collect()
}

fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    a.intersection(b).count() as f64 / a.union(b).count().max(1) as f64
}

/// One pattern for all of `names`, where it names no other file; else each by itself, the final edition last.
fn patterns(names: &BTreeSet<&str>, files: &[FileSurvey], editions: &Editions) -> Vec<String> {
    let each = || {
        let mut each: Vec<&str> = names.iter().copied().collect();
        each.sort_by_key(|name| editions.rank(name));
        each.into_iter().map(glob::Pattern::escape).collect()
    };
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return Vec::new() };
    if names.len() == 1 {
        return each();
    }
    let start = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b && !a.is_ascii_digit()).count();
    let end = first
        .bytes()
        .rev()
        .zip(last.bytes().rev())
        .take_while(|(a, b)| a == b && !a.is_ascii_digit())
        .count();
    let (Some(before), Some(after)) = (first.get(..start), first.get(first.len().saturating_sub(end)..))
    else {
        return each();
    };
    let pattern = format!("{}*{}", glob::Pattern::escape(before), glob::Pattern::escape(after));
    let Ok(matcher) = glob::Pattern::new(&pattern) else { return each() };
    let wrong = files.iter().any(|f| matcher.matches(&f.file) != names.contains(f.file.as_str()));
    if wrong { each() } else { vec![pattern] }
}

/// The pattern of the sheets, where a workbook has others.
fn sheets(cluster: &Cluster<'_>, files: &[FileSurvey]) -> Option<String> {
    let own: BTreeSet<&str> = cluster.iter().filter_map(|(m, _)| m.sheet.sheet.as_deref()).collect();
    let names: BTreeSet<&str> = cluster.iter().map(|(m, _)| m.file).collect();
    let visible = files.iter().filter(|f| names.contains(f.file.as_str())).flat_map(|f| &f.sheets);
    let others = visible.filter(|s| !s.hidden).any(|s| s.sheet.as_deref().is_some_and(|n| !own.contains(n)));
    if own.is_empty() || !others {
        return None;
    }
    let escaped: BTreeSet<String> = own
        .iter()
        .map(|n| if own.len() > 1 { super::layout_text::shape(n) } else { regex::escape(n) })
        .collect();
    Some(format!("^({})$", escaped.into_iter().collect::<Vec<_>>().join("|")))
}

fn table_name(member: &Member<'_>) -> String {
    let sheet = member.sheet.sheet.as_ref().map_or_else(String::new, |s| format!(" › {s}"));
    comment(&format!("{}{sheet}", member.file))
}

fn of(cluster: &Cluster<'_>) -> String {
    let Some((first, _)) = cluster.first() else { return String::new() };
    let others = cluster.iter().filter(|(m, _)| !std::ptr::eq(m.sheet, first.sheet)).count();
    let more = if others > 0 { format!(" and {others} like it") } else { String::new() };
    format!("{}{more}", table_name(first))
}

/// A short id of the file's name, without its year, and of the sheet's where the file has several.
fn layout_id(cluster: &Cluster<'_>, files: &[FileSurvey], used: &mut BTreeSet<String>) -> String {
    let Some((first, _)) = cluster.first() else { return String::new() };
    let base = first.file.rsplit('/').next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(s, _)| s);
    let several = files
        .iter()
        .any(|f| f.file == first.file && f.sheets.iter().filter(|s| !s.tables.is_empty()).count() > 1);
    let sheet = first
        .sheet
        .sheet
        .as_deref()
        .filter(|_| several && !stencil(first.sheet.sheet.as_deref().unwrap_or("")).starts_with('#'));
    let whole = format!("{stem} {}", sheet.unwrap_or(""));
    let letters: String =
        whole.chars().map(|c| if c.is_ascii_alphabetic() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|w| !w.is_empty()).collect();
    let slug = if words.is_empty() { "table".to_owned() } else { words.join("-") };
    let mut id = FileName::of(&slug).to_string();
    let mut number = 1;
    while !used.insert(id.clone()) {
        number += 1;
        id = FileName::of(&format!("{slug}-{number}")).to_string();
    }
    id
}
