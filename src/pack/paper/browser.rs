//! An installed browser that turns a document into a PDF file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::wording::paper::browser as wording;

/// The names of the programs on the PATH, the most common first.
const NAMES: [&str; 8] = [
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
];
/// What they are called on macOS.
const ON_MACOS: [&str; 3] = ["Google Chrome", "Chromium", "Microsoft Edge"];
/// Where they are on Windows, below one of [`WINDOWS_FOLDERS`].
const ON_WINDOWS: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
];
/// The variables that hold the folders of programs on Windows.
const WINDOWS_FOLDERS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];
/// How often a running browser is looked at.
const PAUSE: Duration = Duration::from_millis(50);

/// An installed browser.
#[derive(Debug)]
pub(super) struct Browser {
    program: PathBuf,
}

/// Why there is no PDF file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PrintFailure {
    /// It would fail for other documents too.
    ForAll(String),
    /// It may be because of the document.
    ForOne(String),
}

impl Browser {
    /// Those that are installed, each once, the most common first.
    pub(super) fn installed() -> Vec<Self> {
        let mut places = on_path();
        places.extend(usual_places());
        let mut seen = BTreeSet::new();
        // Several names may lead to one program.
        places.retain(|place| place.is_file() && place.canonicalize().is_ok_and(|file| seen.insert(file)));
        places.into_iter().map(|program| Self { program }).collect()
    }

    /// Prints a document to `pdf`; `profile` is an own folder for the browser. Ends it after `seconds`.
    pub(super) fn print(
        &self,
        html: &Path,
        pdf: &Path,
        profile: &Path,
        seconds: u64,
    ) -> Result<(), PrintFailure> {
        let name = self.name();
        let mut browser = self
            .command(html, pdf, profile)
            .spawn()
            .map_err(|error| PrintFailure::ForAll(wording::not_started(&name, &error)))?;
        if !has_ended(&mut browser, seconds) {
            let _ = browser.kill();
            let _ = browser.wait();
            return Err(PrintFailure::ForAll(wording::too_slow(&name, seconds)));
        }
        if is_pdf(pdf) { Ok(()) } else { Err(PrintFailure::ForOne(wording::failed(&name))) }
    }

    /// What messages call it.
    fn name(&self) -> String {
        self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn command(&self, html: &Path, pdf: &Path, profile: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"])
            .args(["--disable-extensions", "--no-pdf-header-footer", "--generate-pdf-document-outline"])
            .arg(with_path("--user-data-dir=", profile))
            .arg(with_path("--print-to-pdf=", pdf))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if is_root() {
            // Its sandbox does not start for root.
            command.arg("--no-sandbox");
        }
        command.arg(file_url(html));
        command
    }
}

/// Where the programs would be in the folders of the PATH.
fn on_path() -> Vec<PathBuf> {
    let folders: Vec<PathBuf> = std::env::var_os("PATH")
        .iter()
        .flat_map(|path| std::env::split_paths(path).collect::<Vec<_>>())
        .collect();
    let mut places = Vec::new();
    for name in NAMES {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        places.extend(folders.iter().filter(|folder| folder.is_absolute()).map(|folder| folder.join(&name)));
    }
    places
}

/// Where the installers put the programs.
fn usual_places() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        return ON_MACOS.iter().map(|name| on_macos(name)).collect();
    }
    if !cfg!(windows) {
        return Vec::new();
    }
    let folders: Vec<OsString> = WINDOWS_FOLDERS.iter().filter_map(std::env::var_os).collect();
    ON_WINDOWS
        .iter()
        .flat_map(|place| folders.iter().map(move |folder| Path::new(folder).join(place)))
        .collect()
}

/// The program inside an application of macOS.
fn on_macos(name: &str) -> PathBuf {
    PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}"))
}

fn with_path(flag: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(flag);
    argument.push(path);
    argument
}

/// Waits for the browser to end, for at most this many seconds.
fn has_ended(browser: &mut Child, seconds: u64) -> bool {
    let looks = Duration::from_secs(seconds).as_millis() / PAUSE.as_millis();
    for _ in 0..looks {
        match browser.try_wait() {
            Ok(None) => thread::sleep(PAUSE),
            Ok(Some(_)) | Err(_) => return true,
        }
    }
    false
}

fn is_pdf(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"%PDF"))
}

/// Whether this program runs as root on Linux.
fn is_root() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        false
    }
}

/// The address of a file.
fn file_url(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let mut url = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file_url;

    #[test]
    fn addresses_have_no_sign_with_a_meaning() {
        assert_eq!(file_url(Path::new("/a b/#1/é.html")), "file:///a%20b/%231/%C3%A9.html");
    }

    #[cfg(unix)]
    mod fake {
        use std::os::unix::fs::PermissionsExt;

        use crate::pack::paper::browser::{Browser, PrintFailure};

        fn print_with(script: &str) -> Result<(), PrintFailure> {
            let folder = tempfile::tempdir().unwrap();
            let program = folder.path().join("chromium");
            std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
            let [html, pdf, profile] = ["x.html", "x.pdf", "profile"].map(|name| folder.path().join(name));
            Browser { program }.print(&html, &pdf, &profile, 1)
        }

        #[test]
        fn a_browser_that_does_not_answer_is_ended() {
            let failure = print_with("exec /bin/sleep 100").unwrap_err();
            assert_eq!(failure, PrintFailure::ForAll("chromium did not finish within 1 seconds".to_owned()));
        }

        #[test]
        fn a_browser_that_makes_no_file_is_a_failure() {
            assert!(matches!(print_with("exit 0").unwrap_err(), PrintFailure::ForOne(_)));
        }

        #[test]
        fn a_browser_that_makes_a_file_is_none() {
            let script =
                r#"for a in "$@"; do case $a in --print-to-pdf=*) echo %PDF-1.7 > "${a#*=}";; esac; done"#;
            print_with(script).unwrap();
        }
    }
}
