//! The program is killed, or its disk is full, at every system call by which it writes; the next run finds the old state
//! or the new one, finishes, and leaves nothing else behind.
//!
//! It takes `strace`; without it, the program is killed at random moments only. `cargo test --release --test it kills --
//! --nocapture` prints how many kills were tried and survived.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Calls that change the disk, or take a lock.
const CALLS: &str = "openat,creat,write,writev,pwrite64,ftruncate,fsync,fdatasync,flock,mkdir,mkdirat,rmdir,rename,\
                     renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat";
/// Those that fail on a full disk.
const FILLING: [&str; 7] = ["openat", "write", "ftruncate", "fsync", "mkdir", "link", "linkat"];

const LAYOUT: &str = "id = \"any\"\nlabel = \"Any\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
    column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\nname = [\"District\"]\n[[column]]\n\
    name = [\"Students\"]\nmeasure = \"enrollment\"\n";
const TABLE: &str =
    "ID,District,Year,Students\n01,Ash,2023,120\n02,Birch,2023,340\n01,Ash,2024,130\n02,Birch,2024,330\n";

/// A command that writes, and what is in its folder before.
struct Written {
    name: &'static str,
    arguments: &'static [&'static str],
    prepare: fn(&Path),
    /// Ends with exit code 2 once it has done its work, because it overwrites nothing.
    only_once: bool,
}

fn retreat(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
    command.args(arguments).arg(folder);
    calm(&mut command);
    command
}

/// Runs it on one thread beside the main one, so that each run makes the same calls.
fn calm(command: &mut Command) {
    command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null());
}

fn project(folder: &Path, title: &str) {
    std::fs::create_dir_all(folder.join("layouts")).unwrap();
    let toml = format!(
        "[retreat]\ntitle = {title:?}\ndistrict = \"1\"\n[[source]]\npath = \"good.csv\"\nlayout = \"layouts/any.toml\"\n\
         [pack]\nformats = [\"html\", \"svg\"]\n"
    );
    let files =
        [("layouts/any.toml", LAYOUT), ("good.csv", TABLE), ("retreat.toml", &toml), ("notes.txt", "mine")];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// All files below a folder, with their content.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).min_depth(1).into_iter().map(Result::unwrap);
    let content = |entry: &walkdir::DirEntry| {
        if entry.file_type().is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() }
    };
    let name =
        |entry: &walkdir::DirEntry| entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
    entries.map(|entry| (name(&entry), content(&entry))).collect()
}

/// Without what may be lost at any time.
fn without_cache(mut tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    tree.retain(|name, _| !name.starts_with(".retreat"));
    tree
}

/// A call that the program makes: its name, a path it is about, and how often it was made with that path before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    name: String,
    path: String,
    number: usize,
}

impl Written {
    /// A folder of its own, in a temporary one; its name may matter.
    fn prepared(&self) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().canonicalize().unwrap().join("Ash");
        std::fs::create_dir(&project).unwrap();
        (self.prepare)(&project);
        (folder, project)
    }

    fn run(&self, folder: &Path) -> Output {
        retreat(self.arguments, folder).output().unwrap()
    }

    /// What is there after it has run without being disturbed.
    fn undisturbed(&self) -> BTreeMap<String, Vec<u8>> {
        let (_guard, folder) = self.prepared();
        let output = self.run(&folder);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        tree(&folder)
    }

    /// Under `strace`, with these options.
    fn traced(&self, options: &[&str], folder: &Path) -> Output {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_retreat"));
        command.args(self.arguments).arg(folder);
        calm(&mut command);
        command.output().unwrap()
    }

    /// The calls by which it changes its folder.
    fn calls(&self) -> Vec<Call> {
        let (guard, folder) = self.prepared();
        let log = guard.path().join("log");
        let options = ["-y", "-o", log.to_str().unwrap(), "-s", "1", "-e", &format!("trace={CALLS}")];
        assert!(self.traced(&options, &folder).status.success());
        let mut made: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut calls = Vec::new();
        for line in std::fs::read_to_string(log).unwrap().lines() {
            let Some((name, path)) = call(line, folder.to_str().unwrap()) else { continue };
            let number = made.entry((name.clone(), path.clone())).or_default();
            *number += 1;
            // Only openings that may make a file, and not the names that differ with each run.
            let writes = name != "openat" || line.contains("O_CREAT");
            let is_stable = !path.rsplit('/').next().is_some_and(|last| last.len() > 64);
            if writes && is_stable {
                calls.push(Call { name, path, number: *number });
            }
        }
        thinned(calls)
    }

    /// Has it disturbed at each call, then run again.
    fn at_each_call(&self) {
        let expected = self.undisturbed();
        let (mut killed, mut full) = (0, 0);
        if is_strace_there() {
            for call in self.calls() {
                killed += usize::from(self.disturbed(&call, "signal=KILL", &expected));
                if FILLING.contains(&call.name.as_str()) {
                    full += usize::from(self.disturbed(&call, "error=ENOSPC", &expected));
                }
            }
            assert!(killed > 20, "{}: only {killed} kills", self.name);
        }
        let at_random = self.at_random_moments(&expected);
        println!(
            "{}: survived {killed} kills of {killed} at its system calls, {at_random} of {at_random} at random moments, and a \
             full disk in {full} calls of {full}",
            self.name
        );
    }

    /// Runs it in a folder of its own, disturbed at one call, and checks what is left. Says whether it came to that.
    fn disturbed(&self, call: &Call, how: &str, expected: &BTreeMap<String, Vec<u8>>) -> bool {
        let (_guard, folder) = self.prepared();
        let before = tree(&folder);
        let path = format!("{}{}", folder.display(), call.path);
        let inject = format!("inject={}:{how}:when={}", call.name, call.number);
        let trace = format!("trace={}", call.name);
        let output = self.traced(&["-o", "/dev/null", "-P", &path, "-e", &trace, "-e", &inject], &folder);
        let place = format!("{}, {how} at {call:?}", self.name);
        match output.status.code() {
            // Killed.
            None | Some(137) => assert!(how.contains("KILL"), "{place}"),
            Some(0) if how.contains("KILL") => return false,
            Some(0) => assert_eq!(without_cache(tree(&folder)), without_cache(expected.clone()), "{place}"),
            Some(2) => {
                let told = String::from_utf8_lossy(&output.stderr);
                assert!(told.contains("No space left"), "{place}: {told}");
                assert_eq!(names(&without_cache(tree(&folder))), names(&without_cache(before)), "{place}");
            }
            other => panic!("{place}: {other:?}"),
        }
        self.finishes(&folder, expected, &place);
        true
    }

    /// Kills it after a while, at moments of a set sequence.
    fn at_random_moments(&self, expected: &BTreeMap<String, Vec<u8>>) -> usize {
        let mut killed = 0;
        let mut random: u64 = 20_260;
        for _ in 0..12 {
            let (_guard, folder) = self.prepared();
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut child =
                retreat(self.arguments, &folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis((random >> 33) % 200));
            child.kill().unwrap();
            killed += usize::from(child.wait().unwrap().code().is_none());
            self.finishes(&folder, expected, &format!("{}, at a random moment", self.name));
        }
        killed
    }

    /// Runs it again: it succeeds, and all is as if it had not been disturbed.
    fn finishes(&self, folder: &Path, expected: &BTreeMap<String, Vec<u8>>, place: &str) {
        let output = self.run(folder);
        let told = String::from_utf8_lossy(&output.stderr);
        let was_done = self.only_once && told.contains("is there already");
        assert_eq!(output.status.code(), Some(if was_done { 2 } else { 0 }), "{place}: {told}");
        let found = tree(folder);
        assert_eq!(names(&found), names(expected), "{place}");
        assert!(found == *expected, "{place}: {:?}", found.iter().find(|(n, t)| expected.get(*n) != Some(t)));
    }
}

fn names(tree: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    tree.keys().map(String::as_str).collect()
}

/// The call of a line of `strace`, and the last path in `folder` that it names, without the folder.
fn call(line: &str, folder: &str) -> Option<(String, String)> {
    let (before, arguments) = line.split_once('(')?;
    let name = before.rsplit(' ').next().filter(|name| !name.is_empty() && !before.contains('<'))?;
    let result = arguments.rfind(" = ").unwrap_or(arguments.len());
    let paths = arguments[..result].split(['"', '<', '>']).filter_map(|part| part.strip_prefix(folder));
    let path = paths.filter(|path| path.is_empty() || path.starts_with('/')).last()?;
    Some((name.to_owned(), path.to_owned()))
}

/// A long file is written piece by piece: of its pieces the first two, one in the middle and the last.
fn thinned(calls: Vec<Call>) -> Vec<Call> {
    let mut last: BTreeMap<(String, String), usize> = BTreeMap::new();
    for call in &calls {
        last.insert((call.name.clone(), call.path.clone()), call.number);
    }
    let wanted = |call: &Call| {
        let last = last[&(call.name.clone(), call.path.clone())];
        call.name != "write" || call.number <= 2 || call.number == last || call.number == last / 2
    };
    calls.into_iter().filter(wanted).collect()
}

fn is_strace_there() -> bool {
    // It may be there and not be allowed to trace.
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    tried.is_ok_and(|output| output.status.success())
}

/// A project that was built, or checked, and has another title since.
fn again(folder: &Path, arguments: &[&str]) {
    project(folder, "Before");
    assert_eq!(retreat(arguments, folder).output().unwrap().status.code(), Some(0));
    project(folder, "After");
}

#[test]
fn kills_of_a_first_build() {
    let prepare = |folder: &Path| project(folder, "First");
    Written { name: "build, the first", arguments: &["build"], prepare, only_once: false }.at_each_call();
}

#[test]
fn kills_of_a_build_in_place_of_an_older_one() {
    let prepare = |folder: &Path| again(folder, &["build"]);
    Written { name: "build, again", arguments: &["build"], prepare, only_once: false }.at_each_call();
}

#[test]
fn kills_of_a_build_of_all_districts() {
    let prepare = |folder: &Path| again(folder, &["build", "--all-districts", "--format", "svg"]);
    let arguments = &["build", "--all-districts", "--format", "svg"];
    Written { name: "build --all-districts", arguments, prepare, only_once: false }.at_each_call();
}

#[test]
fn kills_of_check() {
    let prepare = |folder: &Path| {
        again(folder, &["check"]);
        std::fs::write(folder.join("readiness/notes.txt"), "mine").unwrap();
    };
    Written { name: "check", arguments: &["check"], prepare, only_once: false }.at_each_call();
}

#[test]
fn kills_of_init() {
    let prepare = |folder: &Path| {
        for (name, head) in [("students.csv", "Students"), ("enrolled.csv", "Enrollment")] {
            std::fs::write(folder.join(name), TABLE.replace("Students", head)).unwrap();
        }
        std::fs::create_dir(folder.join("layouts")).unwrap();
        std::fs::write(folder.join("layouts/mine.toml"), "mine").unwrap();
    };
    Written { name: "init", arguments: &["init"], prepare, only_once: true }.at_each_call();
}

#[test]
fn kills_of_init_with_a_template() {
    let prepare = |folder: &Path| std::fs::write(folder.join("mine.docx"), "mine").unwrap();
    Written { name: "init --template", arguments: &["init", "--template"], prepare, only_once: true }
        .at_each_call();
}
