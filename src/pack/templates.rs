//! The templates of page and paper: the program's, or those of a project that take their place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error};

use crate::assets::AssetFolder;
use crate::diagnostic::{Diagnostic, Warned};
use crate::wording::paper::template_fault;

/// How the names of templates end. Other files are texts that templates insert, such as style sheets.
const ENDING: &str = ".jinja";
/// How the names of documents end.
const DOCUMENT: &str = ".html.jinja";
/// The folders of templates that a project may replace.
const FOLDERS: [&str; 2] = ["page", "print"];
/// The folders of templates are not deeper than this.
const DEPTH: usize = 2;
/// A longer template is not read, in bytes.
const LONGEST: u64 = 1_000_000;

/// The templates of page and paper.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    /// The project's folder as its file names it; for messages.
    folder: String,
    /// The project's own, by their path inside the folder of templates (`print/pre-read.html.jinja`).
    own: BTreeMap<String, String>,
}

impl Templates {
    /// The program's templates; those with the same names in the project's folder `named`, which is at `folder`, take their place.
    /// Own templates that cannot be used are problems, and are left out.
    #[must_use]
    pub fn with_own(folder: &Path, named: &str) -> Warned<Self> {
        let mut templates = Self { folder: named.trim_end_matches('/').to_owned(), own: BTreeMap::new() };
        let mut problems = Vec::new();
        if !folder.is_dir() {
            problems.push(Diagnostic::templates_missing(named));
        }
        let known = replaceable();
        for name in files_in(folder).difference(&known) {
            problems.push(Diagnostic::template_unknown(&format!("{}/{name}", templates.folder)));
        }
        for name in known {
            match own_text(&folder.join(&name), &name) {
                OwnText::None => {}
                OwnText::Usable(text) => drop(templates.own.insert(name, text)),
                OwnText::Faulty(fault) => problems.push(templates.problem(&name, &fault)),
            }
        }
        Warned { value: templates, diagnostics: problems }
    }

    /// The text of a template, by its path inside the folder of templates.
    pub(super) fn text(&self, name: &str) -> Cow<'_, str> {
        self.own.get(name).map_or_else(|| AssetFolder::Templates.text(name), |text| text.into())
    }

    /// An environment with these templates of a folder (`print`): `NAME` is `FOLDER/NAME.html.jinja`.
    pub(super) fn environment(&self, folder: &str, names: &[&str]) -> Result<Environment<'static>, Error> {
        let mut environment = html_environment()?;
        for name in names {
            let text = self.text(&format!("{folder}/{name}{DOCUMENT}")).into_owned();
            environment.add_template_owned((*name).to_owned(), text)?;
        }
        Ok(environment)
    }

    /// What `render` makes with these templates; if the project's own fail, what it makes with the program's, with a problem. The
    /// templates are those of `folder`; `document` is the one that is rendered.
    pub(super) fn render(
        &self,
        folder: &str,
        document: &str,
        render: impl Fn(&Self) -> Result<String, Error>,
    ) -> Result<Warned<String>, Error> {
        match render(self) {
            Ok(text) => Ok(Warned::clean(text)),
            Err(error) if self.own.is_empty() => Err(error),
            Err(error) => {
                let name = error.name().unwrap_or(document);
                let problem = self.problem(&format!("{folder}/{name}{DOCUMENT}"), &fault_of(&error));
                Ok(Warned { value: render(&Self::default())?, diagnostics: vec![problem] })
            }
        }
    }

    fn problem(&self, name: &str, fault: &str) -> Diagnostic {
        Diagnostic::template_faulty(&format!("{}/{name}", self.folder), fault)
    }
}

/// The names of the templates that a project may replace.
fn replaceable() -> BTreeSet<String> {
    let files = AssetFolder::Templates.files();
    let files = files.iter().filter(|file| FOLDERS.iter().any(|folder| file.path.starts_with(folder)));
    files.map(|file| name_of(&file.path)).collect()
}

/// The name of a template, by its path inside the folder of templates.
fn name_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The names of the files in a folder and in its folders; hidden ones are left out.
fn files_in(folder: &Path) -> BTreeSet<String> {
    let files = walkdir::WalkDir::new(folder).max_depth(DEPTH).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let names = files.filter_map(|entry| Some(name_of(entry.path().strip_prefix(folder).ok()?)));
    names.filter(|name| !name.split('/').any(|part| part.starts_with('.'))).collect()
}

/// A file in the project's folder of templates.
enum OwnText {
    /// There is none.
    None,
    /// Its text.
    Usable(String),
    /// What is wrong with it.
    Faulty(String),
}

fn own_text(path: &Path, name: &str) -> OwnText {
    let Ok(metadata) = std::fs::metadata(path) else { return OwnText::None };
    if !metadata.is_file() || metadata.len() > LONGEST {
        return OwnText::Faulty(template_fault::TOO_LONG.to_owned());
    }
    match std::fs::read_to_string(path) {
        Ok(text) => match syntax_fault(name, &text) {
            Some(fault) => OwnText::Faulty(fault),
            None => OwnText::Usable(text),
        },
        Err(error) => OwnText::Faulty(template_fault::unreadable(&error)),
    }
}

/// What is wrong with the syntax of a template.
fn syntax_fault(name: &str, text: &str) -> Option<String> {
    if !name.ends_with(ENDING) {
        return None;
    }
    let mut environment = html_environment().ok()?;
    environment.add_template(name, text).err().map(|error| fault_of(&error))
}

/// An error in words, with its line.
fn fault_of(error: &Error) -> String {
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    template_fault::at_line(error.line(), &what)
}

/// An environment without templates that escapes everything; lines with only a statement leave no blank line.
pub(super) fn html_environment<'a>() -> Result<Environment<'a>, Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(templates)
}
