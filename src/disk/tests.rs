//! The program is killed, or fails, before every single disk change; whatever is left, the next run succeeds.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{DiskError, FolderKind, KeptFiles, Listed, NewFile, NewFiles, OtherFiles, Reserved, sha256};

/// What happens at a disk change, after the given number of further changes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Never,
    /// From then on nothing changes, not even by drop handlers: the program is dead.
    Kill(u32),
    /// Only that change fails, as on a full disk.
    Fail(u32),
    Past,
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::Never) };
}

/// Called before each disk change.
pub(super) fn alive() -> io::Result<()> {
    let (next, is_fine) = match FAULT.get() {
        Fault::Never => (Fault::Never, true),
        Fault::Past => (Fault::Past, true),
        Fault::Kill(0) => (Fault::Kill(0), false),
        Fault::Kill(n) => (Fault::Kill(n - 1), true),
        Fault::Fail(0) => (Fault::Past, false),
        Fault::Fail(n) => (Fault::Fail(n - 1), true),
    };
    FAULT.set(next);
    if is_fine { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
}

/// Runs `act` in a folder set up by `prepare`, once for each disk change it makes, with a fault at that
/// change; then `check` inspects the result. Returns the number of runs.
fn at_every_change(prepare: impl Fn(&Path), act: impl Fn(&Path), check: impl Fn(&Path, &str)) -> u32 {
    let mut tried = 0;
    for fault in [Fault::Kill as fn(u32) -> Fault, Fault::Fail] {
        for n in 0.. {
            let folder = tempfile::tempdir().unwrap();
            prepare(folder.path());
            FAULT.set(fault(n));
            act(folder.path());
            let after = FAULT.replace(Fault::Never);
            if !matches!(after, Fault::Kill(0) | Fault::Past) {
                break;
            }
            check(folder.path(), &format!("{:?}", fault(n)));
            tried += 1;
        }
    }
    tried
}

const LIST: &str = "list.json";
const KIND: FolderKind = FolderKind { list: LIST, read, others: OtherFiles::Refused };
const REPORT: FolderKind = FolderKind { list: LIST, read, others: OtherFiles::MoveAlong(&["a.html", LIST]) };

fn read(bytes: &[u8]) -> Option<Listed> {
    let mut listed: Listed = serde_json::from_slice(bytes).ok()?;
    listed.insert(LIST.to_owned(), sha256(bytes).unwrap());
    Some(listed)
}

/// Fills the folder `out`; every file contains `text`.
fn fill(reserved: &Reserved, text: &str) -> Result<(), DiskError> {
    let names = ["a.html", "charts/b.svg", "charts/deep/c.svg"];
    let listed: BTreeMap<&str, String> =
        names.iter().map(|name| (*name, sha256(text.as_bytes()).unwrap())).collect();
    let json = serde_json::to_vec(&listed).unwrap();
    let bodies = names.iter().map(|name| (*name, text.as_bytes())).chain([(LIST, &json[..])]);
    for (name, body) in bodies {
        reserved
            .put(name, |mut file| file.write_all(body).map_err(DiskError::io("write", Path::new(name))))?;
    }
    Ok(())
}

fn build(root: &Path, text: &str, kind: FolderKind) -> Result<Vec<KeptFiles>, DiskError> {
    let reserved = Reserved::new(&root.join("out"), kind)?;
    fill(&reserved, text)?;
    reserved.commit()
}

/// All files below a folder, with their content; for a link, its target.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let content = if entry.file_type().is_dir() {
            "a folder".to_owned()
        } else if entry.file_type().is_symlink() {
            fs::read_link(entry.path()).unwrap().display().to_string()
        } else {
            fs::read_to_string(entry.path()).unwrap()
        };
        found.insert(entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned(), content);
    }
    found
}

/// The result of doing this without a fault.
fn undisturbed(act: impl Fn(&Path)) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    act(folder.path());
    tree(folder.path())
}

fn text_of(root: &Path, name: &str) -> Option<String> {
    fs::read_to_string(root.join(name)).ok()
}

#[test]
fn a_folder_is_old_or_new_and_the_next_run_succeeds() {
    let (old, new, newest) = ("old", "new", "newest");
    let whole = |text: &str| undisturbed(|root| drop(build(root, text, KIND).unwrap()));
    let states = [whole(old), whole(new), BTreeMap::new()];
    for is_first in [true, false] {
        let tried = at_every_change(
            |root| {
                if !is_first {
                    drop(build(root, old, KIND).unwrap())
                }
            },
            |root| drop(build(root, new, KIND)),
            |root, fault| {
                // As soon as it is opened: complete, old or new, or absent if it was before.
                let found = Reserved::new(&root.join("out"), KIND).unwrap_or_else(|e| panic!("{fault}: {e}"));
                drop(found);
                let found = tree(root);
                let at = states.iter().position(|state| *state == found);
                let at = at.unwrap_or_else(|| panic!("{fault}: {found:#?}"));
                assert_eq!(at == 2, is_first && at != 1, "{fault}: {found:#?}");
                assert!(build(root, newest, KIND).unwrap().is_empty(), "{fault}");
                assert_eq!(tree(root), whole(newest), "{fault}");
            },
        );
        assert!(tried > 30, "{tried}");
    }
}

#[test]
fn a_kill_during_the_repair_after_a_kill_is_repaired() {
    for first in (0..48).step_by(5) {
        let killed = |root: &Path| {
            build(root, "old", KIND).unwrap();
            FAULT.set(Fault::Kill(first));
            let _ = build(root, "new", KIND);
            FAULT.set(Fault::Never);
        };
        at_every_change(
            killed,
            |root| drop(build(root, "newer", KIND)),
            |root, fault| {
                build(root, "newest", KIND).unwrap_or_else(|e| panic!("{first}, {fault}: {e}"));
                let expected = undisturbed(|root| drop(build(root, "newest", KIND).unwrap()));
                assert_eq!(tree(root), expected, "{first}, {fault}");
            },
        );
    }
}

#[test]
fn files_added_or_changed_before_the_swap_are_kept_and_reported() {
    let work = |root: &Path| -> Result<Vec<KeptFiles>, DiskError> {
        let reserved = Reserved::new(&root.join("out"), KIND)?;
        fill(&reserved, "new")?;
        fs::write(root.join("out/notes.docx"), "mine").unwrap();
        fs::write(root.join("out/charts/b.svg"), "drawn over").unwrap();
        reserved.commit()
    };
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "old", KIND).unwrap();
    let kept = work(folder.path()).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].folder.file_name().unwrap(), "out-kept");
    assert_eq!(kept[0].files, ["charts/b.svg", "notes.docx"]);
    let found = tree(&folder.path().join("out-kept"));
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(names, ["Why this folder is here.txt", "charts", "charts/b.svg", "charts/deep", "notes.docx"]);
    assert_eq!(text_of(folder.path(), "out/charts/b.svg").as_deref(), Some("new"));

    at_every_change(
        |root| drop(build(root, "old", KIND).unwrap()),
        |root| drop(work(root)),
        |root, fault| {
            // Once the file exists, it is kept: in the old folder, which is then not replaced, or next to the
            // new one.
            let is_there = |root: &Path| {
                let all = tree(root);
                let places = ["out", ".out.old", "out-kept"];
                places.iter().any(|at| all.get(&format!("{at}/notes.docx")).is_some_and(|t| t == "mine"))
            };
            let was_there = is_there(root);
            let next = build(root, "newest", KIND);
            assert!(matches!(next, Ok(_) | Err(DiskError::Edited { .. })), "{fault}: {next:?}");
            assert_eq!(is_there(root), was_there, "{fault}");
            let left: Vec<String> = tree(root).into_keys().filter(|name| name.starts_with('.')).collect();
            assert!(left.is_empty(), "{fault}: {left:?}");
            // A file that someone changed is in the same place.
            let at = if next.is_ok() { "out-kept" } else { "out" };
            let changed = text_of(root, &format!("{at}/charts/b.svg"));
            assert!(!was_there || changed.as_deref() == Some("drawn over"), "{fault}: {changed:?}");
        },
    );
}

#[test]
fn files_of_users_next_to_a_report_move_with_it() {
    let prepare = |root: &Path| {
        build(root, "old", REPORT).unwrap();
        fs::create_dir(root.join("out/mine")).unwrap();
        fs::write(root.join("out/mine/notes.docx"), "mine").unwrap();
    };
    let expected = undisturbed(|root| {
        prepare(root);
        assert!(build(root, "new", REPORT).unwrap().is_empty());
    });
    assert_eq!(expected["out/mine/notes.docx"], "mine");
    at_every_change(
        prepare,
        |root| drop(build(root, "new", REPORT)),
        |root, fault| {
            build(root, "new", REPORT).unwrap_or_else(|e| panic!("{fault}: {e}"));
            assert_eq!(tree(root), expected, "{fault}");
        },
    );
    // A file that we would overwrite does not move.
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    fs::write(folder.path().join("out/a.html"), "mine").unwrap();
    let refused = build(folder.path(), "new", REPORT).unwrap_err();
    assert!(matches!(&refused, DiskError::Edited { files, .. } if files == "a.html"), "{refused}");
}

const LAST: &str = "retreat.toml";

fn init(root: &Path) -> Result<(), DiskError> {
    let new = NewFiles::new(root, LAST)?;
    new.check_free(LAST)?;
    let file = |name| NewFile { name, bytes: b"proposed" };
    new.put(&[file("layouts/a.toml"), file("layouts/b.toml"), file("book.xlsx")], b"project")
}

#[test]
fn new_files_are_all_there_or_none() {
    let prepare = |root: &Path| {
        fs::create_dir(root.join("layouts")).unwrap();
        fs::write(root.join("layouts/mine.toml"), "mine").unwrap();
    };
    let none = undisturbed(prepare);
    let all = undisturbed(|root| {
        prepare(root);
        init(root).unwrap();
    });
    assert_eq!(all.len(), 6);
    let tried = at_every_change(
        prepare,
        |root| drop(init(root)),
        |root, fault| {
            match init(root) {
                Ok(()) => {}
                Err(DiskError::Taken { path, .. }) => assert!(path.ends_with(LAST), "{fault}: {path:?}"),
                Err(other) => panic!("{fault}: {other}"),
            }
            assert_eq!(tree(root), all, "{fault}");
        },
    );
    assert!(tried > 40, "{tried}");
    at_every_change(
        prepare,
        |root| drop(init(root)),
        |root, fault| {
            drop(NewFiles::new(root, LAST).unwrap_or_else(|e| panic!("{fault}: {e}")));
            let found = tree(root);
            assert!(found == none || found == all, "{fault}: {found:#?}");
        },
    );
}

#[test]
fn changes_to_files_of_a_killed_run_are_kept() {
    at_every_change(
        |_| (),
        |root| drop(init(root)),
        |root, fault| {
            let layout = root.join("layouts/a.toml");
            if root.join(LAST).exists() || !layout.exists() {
                return;
            }
            fs::write(&layout, "corrected").unwrap();
            let refused = init(root).unwrap_err();
            assert!(
                matches!(&refused, DiskError::Taken { path, .. } if *path == layout),
                "{fault}: {refused}"
            );
            assert_eq!(fs::read_to_string(&layout).unwrap(), "corrected", "{fault}");
            // If users have a project file of their own, the other layouts are also treated as theirs.
            fs::remove_file(&layout).unwrap();
            fs::write(root.join(LAST), "mine").unwrap();
            assert!(matches!(init(root), Err(DiskError::Taken { .. })), "{fault}");
            let found: Vec<String> = tree(root).into_keys().filter(|name| name.starts_with('.')).collect();
            assert!(found.is_empty(), "{fault}: {found:?}");
        },
    );
}

#[test]
fn one_run_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let first = Reserved::new(&out, KIND).unwrap();
    assert!(matches!(Reserved::new(&out, KIND), Err(DiskError::Busy { .. })));
    drop(first);
    drop(Reserved::new(&out, KIND).unwrap());
    let first = NewFiles::new(folder.path(), LAST).unwrap();
    assert!(matches!(NewFiles::new(folder.path(), LAST), Err(DiskError::Busy { .. })));
    drop(first);
    assert!(tree(folder.path()).is_empty());
}

#[test]
fn files_that_only_have_names_like_ours_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, "old", KIND).unwrap();
    for (name, place) in [(".out.partial", "out-kept"), (".out.old", "out-kept-2")] {
        fs::create_dir(root.join(name)).unwrap();
        fs::write(root.join(name).join("mine.txt"), "mine").unwrap();
        let kept = build(root, "new", KIND).unwrap();
        assert_eq!(kept, [KeptFiles { folder: root.join(place), files: vec!["mine.txt".to_owned()] }]);
        assert_eq!(text_of(root, &format!("{place}/mine.txt")).as_deref(), Some("mine"));
    }
    // A lock file from someone else's project cannot lead outside the project.
    let (project, outside) = (root.join("project"), root.join("outside.txt"));
    fs::create_dir(&project).unwrap();
    fs::write(&outside, "mine").unwrap();
    let hash = sha256(&b"mine"[..]).unwrap();
    let noted = format!("{{\"program\":\"retreat\",\"files\":{{\"../outside.txt\":\"{hash}\"}}}}");
    fs::write(project.join(".retreat.toml.lock"), noted).unwrap();
    init(&project).unwrap();
    assert!(outside.exists());
    let other = project.join(".out.lock");
    fs::write(&other, "mine").unwrap();
    assert!(matches!(build(&project, "new", KIND), Err(DiskError::InTheWay { .. })));
    assert_eq!(fs::read_to_string(other).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_wherever_they_lead() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("elsewhere")).unwrap();
    fs::write(root.join("elsewhere/mine.txt"), "mine").unwrap();
    for target in ["elsewhere", "nowhere"] {
        for (link, is_init) in [
            ("out", false),
            (".out.partial", false),
            (".out.old", false),
            (".out.lock", false),
            ("layouts", true),
            ("layouts/a.toml", true),
            (LAST, true),
            (".retreat.toml.lock", true),
            (".retreat.toml.partial", true),
        ] {
            let project = root.join("project");
            fs::create_dir_all(project.join(link).parent().unwrap()).unwrap();
            symlink(root.join(target), project.join(link)).unwrap();
            let before = tree(root);
            let refused =
                if is_init { init(&project).unwrap_err() } else { build(&project, "x", KIND).unwrap_err() };
            let told = refused.to_string();
            assert!(told.contains(link), "{link}: {told}");
            assert_eq!(tree(root), before, "{link} to {target}");
            fs::remove_dir_all(&project).unwrap();
        }
    }
}
