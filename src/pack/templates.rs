//! The settings of the HTML templates.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error};

/// An environment without templates that escapes everything; lines with only a statement leave no blank line.
pub(super) fn html_environment<'a>() -> Result<Environment<'a>, Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(templates)
}
