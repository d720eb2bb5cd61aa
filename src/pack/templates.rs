//! The templates of page and paper: the program's, or those of a project that take their place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error};

use crate::assets::AssetFolder;
use crate::diagnostic::{Diagnostic, Warned};
use crate::wording::paper::template_fault;

/// How the names of templates end. Other files are texts that templates insert, such as style sheets.
const ENDING: &str = ".jinja";
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
        for asset in AssetFolder::Templates.files() {
            let name = asset.path.to_string_lossy().replace('\\', "/");
            match own_text(&folder.join(&asset.path), &name) {
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
            let text = self.text(&format!("{folder}/{name}.html.jinja")).into_owned();
            environment.add_template_owned((*name).to_owned(), text)?;
        }
        Ok(environment)
    }

    /// Whether any is the project's own.
    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The problem that a document of `folder` cannot be made with the project's own templates.
    pub(super) fn render_problem(&self, folder: &str, document: &str, error: &Error) -> Diagnostic {
        let name = error.name().unwrap_or(document);
        self.problem(&format!("{folder}/{name}.html.jinja"), &fault_of(error))
    }

    fn problem(&self, name: &str, fault: &str) -> Diagnostic {
        Diagnostic::template_faulty(&format!("{}/{name}", self.folder), fault)
    }
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
