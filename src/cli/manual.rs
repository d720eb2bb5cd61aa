//! `retreat manual`: one page with all commands and their options.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::arguments::Cli;

/// The command that clap adds; it says what the manual says.
const HELP: &str = "help";

/// The manual as a page for `man`.
///
/// # Errors
/// None but those of writing to memory.
pub(super) fn manual() -> io::Result<Vec<u8>> {
    let mut program = Cli::command();
    program.build();
    let mut whole = Vec::new();
    Man::new(program.clone()).render(&mut whole)?;
    let mut whole = String::from_utf8_lossy(&whole).into_owned();
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = command.get_name();
        // There are no pages of their own to refer to.
        let page = format!("retreat\\-{}(1)", name.replace('-', "\\-"));
        whole = whole.replace(&page, &format!("retreat {}", name.replace('-', "\\-")));
        if name != HELP {
            whole.push_str(&section(command)?);
        }
    }
    Ok(whole.into_bytes())
}

/// The section about a command: how it is called, what it does, and its options.
fn section(command: &Command) -> io::Result<String> {
    let page = Man::new(command.clone());
    let mut parts = Vec::new();
    page.render_synopsis_section(&mut parts)?;
    page.render_description_section(&mut parts)?;
    if command.get_arguments().next().is_some() {
        page.render_options_section(&mut parts)?;
    }
    let parts = String::from_utf8_lossy(&parts).into_owned();
    let title = command.get_name().replace('-', "\\-").to_uppercase();
    Ok(format!(".SH RETREAT {title}\n{}", parts.replace(".SH ", ".SS ")))
}

/// Prints it.
///
/// # Errors
/// If it cannot be printed.
pub(super) fn print_manual() -> io::Result<()> {
    io::stdout().lock().write_all(&manual()?)
}
