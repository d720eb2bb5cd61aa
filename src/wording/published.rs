//! Where public files to compare with are published.

/// Heading of a list of public files.
pub(crate) const HEADING: &str = "Where to find districts' public files";
/// Where the state is unknown, so only national files are named.
pub(crate) const NAME_STATE: &str = "To see your own state's files here, add its two-letter code under [retreat] in retreat.toml: state = \"NJ\".";

/// A publication.
pub(crate) struct Publication<'a> {
    pub(crate) title: &'a str,
    pub(crate) publisher: &'a str,
    pub(crate) address: &'a str,
    /// Whether a public source gives the address.
    pub(crate) is_confirmed: bool,
}

/// The publication in one line.
pub(crate) fn line(publication: &Publication<'_>) -> String {
    let Publication { title, publisher, address, is_confirmed } = publication;
    let doubt = if *is_confirmed { "" } else { " (address not checked)" };
    format!("{title} ({publisher}): {address}{doubt}")
}

/// A publication, and the areas in which it fills a gap.
pub(crate) fn for_areas(areas: &[String], line: &str) -> String {
    format!("{}: {line}", areas.join(", "))
}

/// The end of a hint: what would add other districts.
pub(crate) fn to_compare_with(lines: &[String]) -> String {
    if lines.is_empty() {
        String::new()
    } else {
        format!("; public files with other districts: {}", lines.join("; "))
    }
}

/// What `init` says where the files are about few districts.
pub(crate) fn after_init(lines: &[String]) -> String {
    let mut text = "To compare with other districts, add public files such as these:\n".to_owned();
    for line in lines {
        text.push_str(&format!("  {line}\n"));
    }
    text
}
