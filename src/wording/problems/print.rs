//! Problems with the project's own templates, with PDF files, and with formats that cannot be made.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// The folder of the project's own templates is missing.
    #[must_use]
    pub fn templates_missing(folder: &str) -> Self {
        problem(
            Severity::Warning,
            "templates-missing",
            Place::file(folder),
            folder,
            [
                "this templates folder does not exist".to_owned(),
                "used the program's own templates".to_owned(),
                "correct `folder` under [templates] in retreat.toml or delete the line".to_owned(),
            ],
        )
    }

    /// A file in the project's folder of templates has the name of no template. `file` is its path in the project.
    #[must_use]
    pub fn template_unknown(file: &str) -> Self {
        problem(
            Severity::Warning,
            "template-unknown",
            Place::file(file),
            file,
            [
                "the program has no template with this name".to_owned(),
                "did not use it".to_owned(),
                "give it the name of the template that it replaces, such as print/pre-read.html.jinja"
                    .to_owned(),
            ],
        )
    }

    /// One of the project's own templates cannot be used. `file` is its path in the project.
    #[must_use]
    pub fn template_faulty(file: &str, fault: &str) -> Self {
        problem(
            Severity::Warning,
            "template-faulty",
            Place::file(file),
            file,
            [
                format!("this template cannot be used: {fault}"),
                "used the program's own template".to_owned(),
                "correct the template or remove it from the folder".to_owned(),
            ],
        )
    }

    /// A file of a format could not be made. `file` is its name in the pack.
    #[must_use]
    pub fn format_failed(file: &str, why: &str) -> Self {
        problem(
            Severity::Error,
            "format-failed",
            Place::file(file),
            "",
            [
                format!("this file could not be made: {why}"),
                "wrote everything else".to_owned(),
                "use --format to leave out this format, and report this as a bug".to_owned(),
            ],
        )
    }

    /// A district's own template for the deck cannot be used. `file` is its path in the project.
    #[must_use]
    pub fn deck_template(file: &str, why: &str) -> Self {
        problem(
            Severity::Warning,
            "deck-template-unusable",
            Place::file(file),
            "",
            [
                format!("the template for the deck cannot be used: {why}"),
                "built the deck with the program's own layouts".to_owned(),
                "open it in PowerPoint, remove any password, and save it as .pptx".to_owned(),
            ],
        )
    }

    /// The project's template for the deck is not there, or cannot be opened.
    #[must_use]
    pub fn deck_template_unread(file: &str, is_missing: bool) -> Self {
        let (why, hint) = if is_missing {
            ("there is no such file", "correct its name under [deck] in retreat.toml, or put the file there")
        } else {
            (
                "the file cannot be opened",
                "close it in other programs, and check that you have permission to read it",
            )
        };
        problem(
            Severity::Warning,
            "deck-template-unusable",
            Place::file(file),
            "",
            [
                format!("the template for the deck cannot be used: {why}"),
                "built the deck with the program's own layouts".to_owned(),
                hint.to_owned(),
            ],
        )
    }

    /// One or all documents could not be made as PDF files. `file` is its name in the pack.
    #[must_use]
    pub fn pdf_missing(file: &str, why: &str) -> Self {
        problem(
            Severity::Error,
            "pdf-missing",
            Place::file(file),
            "",
            [
                why.to_owned(),
                "wrote everything else".to_owned(),
                format!("open {file} in any browser and print it; choose “Save as PDF”"),
            ],
        )
    }
}
