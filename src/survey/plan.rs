//! Turns the surveys of all files in a folder into sources of a project.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::{SheetTable, TableCluster, cluster_tables, digit_stencil};
use super::edition_names::EditionNames;
use super::edition_order::order_editions;
use super::fixed_district::FixedDistricts;
use super::folder_ids::FolderIds;
use super::layout_draft::LayoutDraft;
use super::name_pattern::{file_patterns, file_stem, sheet_pattern};
use super::own_file::{OwnMeasures, with_measures};
use super::project_plan::{ColumnCounts, PlannedSource, ProjectPlan, ProposedLayout};
use super::sheet::{FileSurvey, LayoutMatch, SheetSurvey};
use super::vocabulary::Vocabulary;
use crate::catalog::{Catalog, Role};
use crate::domain::FileName;

/// Plans the sources for the surveyed files. `district` is used for tables that do not name one.
///
/// # Errors
/// If a proposed layout does not load, which is a bug in this program.
pub fn plan(files: &[FileSurvey], catalog: &Catalog, district: &str) -> Result<ProjectPlan, String> {
    let clustering = cluster_tables(files);
    let own = OwnMeasures::of_clusters(&clustering.clusters, catalog);
    let measures = own.text(catalog);
    let own_catalog = with_measures(catalog, measures.as_deref()).map_err(|e| e.to_string())?;
    let vocabulary = Vocabulary::new(&own_catalog).map_err(|e| e.to_string())?;
    let names = EditionNames::new(&own_catalog.synonyms.editions).map_err(|e| e.to_string())?;
    let names = names.with_first_years(files);
    let proposer = LayoutProposer {
        files,
        names: &names,
        vocabulary: &vocabulary,
        own: &own,
        district,
        fixed: FixedDistricts::new(files, district, &vocabulary),
        names_only: have_no_ids(files),
        ids: FolderIds::new(files, &vocabulary),
    };
    let mut sources = catalog_sources(files, &names);
    let mut used_ids = BTreeSet::new();
    for cluster in &clustering.clusters {
        let id = unused_id(&layout_slug(&cluster.first, files), &mut used_ids);
        sources.extend(proposer.sources_of(cluster, &id)?);
    }
    // Of two values, that of the later source is kept: a table with a column of districts is better evidence.
    sources.sort_by_key(|source| !source.is_unsaid);
    order_editions(&mut sources, files, &names, &vocabulary);
    Ok(ProjectPlan { sources, unread: clustering.unread, measures, catalog: own_catalog.clone() })
}

/// Whether no table has district ids and no layout in the catalog, which might read ids, fits.
fn have_no_ids(files: &[FileSurvey]) -> bool {
    let mut sheets = files.iter().flat_map(|file| &file.sheets);
    !sheets.any(may_have_ids)
}

fn may_have_ids(sheet: &SheetSurvey) -> bool {
    !sheet.layouts.is_empty() || sheet.tables.iter().any(|table| table.role(Role::DistrictId).is_some())
}

/// Files that one layout in the catalog reads.
#[derive(Default)]
struct LayoutFiles<'a> {
    files: BTreeSet<&'a str>,
    /// The maximum number of columns read, and of columns not read, over the files.
    columns: ColumnCounts,
}

impl<'a> LayoutFiles<'a> {
    fn add(&mut self, file: &'a str, found: &LayoutMatch) {
        self.files.insert(file);
        self.columns.read = self.columns.read.max(found.fit.read);
        self.columns.unread = self.columns.unread.max(found.fit.unread.len() as u64);
    }
}

/// Sources that are read with layouts in the catalog.
fn catalog_sources(files: &[FileSurvey], names: &EditionNames<'_>) -> Vec<PlannedSource> {
    let mut uses: BTreeMap<(String, &str), LayoutFiles<'_>> = BTreeMap::new();
    for file in files {
        for found in file.sheets.iter().flat_map(|sheet| &sheet.layouts) {
            let key = (digit_stencil(&file.file), found.layout.as_str());
            uses.entry(key).or_default().add(&file.file, found);
        }
    }
    let mut sources = Vec::new();
    for ((_, layout), used) in uses {
        for path in file_patterns(&used.files, files, names) {
            sources.push(PlannedSource {
                description: path.clone(),
                path,
                layout: layout.to_owned(),
                proposed: None,
                columns: used.columns,
                problem: None,
                notes: Vec::new(),
                edition: None,
                year_begins: false,
                is_unsaid: false,
            });
        }
    }
    sources
}

/// Proposes layouts for the tables in a folder.
struct LayoutProposer<'a> {
    files: &'a [FileSurvey],
    names: &'a EditionNames<'a>,
    vocabulary: &'a Vocabulary<'a>,
    /// The project's own measures.
    own: &'a OwnMeasures,
    /// The district for tables that do not name one.
    district: &'a str,
    /// The districts of tables that do not have a column for them.
    fixed: FixedDistricts<'a>,
    /// Whether no table has district ids.
    names_only: bool,
    /// How the ids of the folder's districts are composed.
    ids: FolderIds,
}

impl LayoutProposer<'_> {
    /// The sources of a cluster, which share a proposed layout with this id.
    ///
    /// # Errors
    /// If the layout does not load, which is a bug in this program.
    fn sources_of(&self, cluster: &TableCluster<'_>, id: &str) -> Result<Vec<PlannedSource>, String> {
        let catalog = self.vocabulary.catalog;
        let description = cluster.description();
        let draft = self.draft(cluster, id, &description);
        let text = draft.text();
        let path = format!("layouts/{id}.toml");
        let layout = catalog.read_layout(&path, &text).map_err(|e| format!("{e}\n{text}"))?;
        let source = PlannedSource {
            path: String::new(),
            description: String::new(),
            layout: path,
            proposed: Some(ProposedLayout { layout, text }),
            columns: cluster.column_counts(&|column| column.is_added() || draft.measure_of(column).is_some()),
            problem: cluster
                .tables
                .iter()
                .find_map(|table| table.table.problem.clone())
                .or_else(|| draft.problem())
                .or_else(|| self.fixed.of(cluster, self.vocabulary).err()),
            notes: cluster.notes().into_iter().chain(draft.note_on_lines()).collect(),
            edition: None,
            year_begins: cluster.tables.iter().any(|table| table.table.year_begins),
            is_unsaid: cluster.tables.iter().all(|table| table.table.is_of_unsaid_district()),
        };
        let paths = file_patterns(&cluster.files(), self.files, self.names);
        let sources = paths.into_iter().map(|path| PlannedSource {
            description: cluster.description_of(&path),
            path,
            ..source.clone()
        });
        Ok(sources.collect())
    }

    fn draft<'d>(
        &'d self,
        cluster: &'d TableCluster<'d>,
        id: &'d str,
        description: &'d str,
    ) -> LayoutDraft<'d> {
        LayoutDraft {
            id,
            description,
            sheets: sheet_pattern(cluster, self.files),
            tables: cluster.tables.iter().map(|table| table.table).collect(),
            district: self.fixed.of(cluster, self.vocabulary).unwrap_or(self.district),
            names_only: self.names_only,
            joined_ids: self.ids.joined_in(cluster.first.table, self.vocabulary),
            vocabulary: self.vocabulary,
            own: self.own,
            spans_years: cluster.spans_years(),
        }
    }
}

/// The letters of the file's name, plus those of the sheet's name if the file has several sheets with tables
/// and the sheet's name is not just a year.
fn layout_slug(first: &SheetTable<'_>, files: &[FileSurvey]) -> String {
    let stem = file_stem(first.file);
    let sheet = first.sheet.sheet.as_deref().unwrap_or("");
    let is_one_of_several = files.iter().any(|file| file.file == first.file && file.has_several_tables());
    let is_called_by_year = digit_stencil(sheet).starts_with('#');
    let slug = if is_one_of_several && !is_called_by_year {
        letters_only(&format!("{stem} {sheet}"))
    } else {
        letters_only(stem)
    };
    if slug.is_empty() { "table".to_owned() } else { slug }
}

/// The runs of letters in a name, in lower case and joined by hyphens.
fn letters_only(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The id made from a slug, with a number if it is already taken; records it as taken.
fn unused_id(slug: &str, used: &mut BTreeSet<String>) -> String {
    let mut id = FileName::of(slug).to_string();
    let mut number = 1;
    while !used.insert(id.clone()) {
        number += 1;
        id = FileName::of(&format!("{slug}-{number}")).to_string();
    }
    id
}
