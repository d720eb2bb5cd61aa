//! `index.html`: the whole pack in one file that needs no other file and no network.
//!
//! The templates are in `templates/page/`. Everything from the user's data is escaped; only the drawings, the
//! style and the script, which are ours, are inserted unescaped.

mod base64;
mod consensus;
mod drawing;
mod view;

use minijinja::{Value, context};

use crate::diagnostic::Warned;
use crate::exhibit::Pack;
use crate::pack::error::PackError;
use crate::pack::out_file::OutFile;
use crate::pack::picture::Picture;
use crate::pack::report::Report;
use crate::pack::templates::Templates;
use crate::wording::page::PAGE;

/// The fonts that the drawings were laid out with, as (weight, WOFF2 file). Each is the whole TrueType file beside it, compressed and
/// otherwise unchanged, because the license asks for another name if it is changed.
const FONTS: [(u16, &[u8]); 2] = [
    (400, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/charts/fonts/SourceSans3-Regular.woff2"))),
    (600, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/charts/fonts/SourceSans3-SemiBold.woff2"))),
];

/// The name of the file in the pack.
const FILE: &str = "index.html";
/// The folder of its templates.
const FOLDER: &str = "page";
const TEMPLATES: [&str; 3] = ["page", "cards", "data"];

/// `index.html`, and the problems of the project's own templates.
pub(super) fn out_file(
    pack: &Pack,
    pictures: &[Picture<'_>],
    report: &Report,
    templates: &Templates,
) -> Result<Warned<OutFile<'static>>, PackError> {
    let values = view::page_view(pack, pictures, report);
    let Warned { value: html, diagnostics } = templates
        .render(FOLDER, TEMPLATES[0], |templates| page(&values, templates))
        .map_err(|error| PackError::File { name: FILE.to_owned(), source: error.into() })?;
    let file = OutFile::new(FILE, move |out| Ok(out.write_all(html.as_bytes())?));
    Ok(Warned { value: file, diagnostics })
}

fn page(values: &Value, templates: &Templates) -> Result<String, minijinja::Error> {
    let mut environment = templates.environment(FOLDER, &TEMPLATES)?;
    environment.add_global("text", Value::from_pairs(PAGE));
    let style = templates.text("page/style.css");
    let script = templates.text("page/page.js");
    let view = context! {
        style => Value::from_safe_string(format!("{}{style}", fonts())),
        script => Value::from_safe_string(script.into_owned()),
        ..values.clone()
    };
    environment.get_template(TEMPLATES[0])?.render(view)
}

/// The fonts as style sheet rules.
pub(super) fn fonts() -> String {
    FONTS.into_iter().map(|(weight, file)| font_face(weight, file)).collect()
}

fn font_face(weight: u16, file: &[u8]) -> String {
    format!(
        "@font-face{{font-family:'Source Sans 3';font-weight:{weight};\
         src:url(data:font/woff2;base64,{}) format('woff2')}}\n",
        base64::encode(file)
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::assets::AssetFolder;
    use crate::wording::page::PAGE;

    #[test]
    fn every_text_that_the_templates_name_exists_and_is_used() {
        let mut named = BTreeSet::new();
        for name in ["page", "cards", "data"] {
            let template = AssetFolder::Templates.text(&format!("page/{name}.html.jinja")).into_owned();
            for place in template.replace("text.", "\u{1}").split(&[' ', '}'][..]) {
                named.extend(place.strip_prefix('\u{1}').map(str::to_owned));
            }
        }
        let known: BTreeSet<String> = PAGE.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(named, known);
    }
}
