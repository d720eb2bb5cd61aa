//! Links, dangling or not, are neither written through nor followed out of a project.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

const MEASURE: &str = "[[measure]]\nid = \"pond-area\"\nlabel = \"Pond area\"\ndomain = \"finance\"\nunit = \"count\"\n\
    better = \"neither\"\nsmallest-group = 10\nmeaningful-change = 5.0\ndefinition = \"Area of ponds.\"\nauthority = \"a test\"\n";

/// Exit code and standard error.
fn retreat(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_retreat")).args(arguments).arg(folder).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A project, and next to it a folder that the program must not touch.
fn made() -> (tempfile::TempDir, std::path::PathBuf, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (project, outside) = (folder.path().join("project"), folder.path().join("outside"));
    for path in [&project, &outside] {
        fs::create_dir(path).unwrap();
    }
    fs::write(project.join("a.csv"), "ID,Year,Students\n1,2023,120\n1,2024,130\n").unwrap();
    (folder, project, outside)
}

#[test]
fn nothing_is_written_where_a_link_leads() {
    let (_guard, project, outside) = made();
    let nowhere = outside.join("nowhere");
    for (arguments, link) in [
        (&["init"][..], "retreat.toml"),
        (&["init"], "layouts"),
        (&["init", "--template"], "retreat.toml"),
        (&["init", "--template"], "retreat-template.xlsx"),
    ] {
        symlink(&nowhere, project.join(link)).unwrap();
        let (code, told) = retreat(arguments, &project);
        assert_eq!(code, Some(2), "{arguments:?}, {link}: {told}");
        assert!(told.contains(link) && told.contains("a link"), "{arguments:?}, {link}: {told}");
        assert!(!nowhere.exists(), "{arguments:?}, {link}");
        fs::remove_file(project.join(link)).unwrap();
        let left: Vec<_> = fs::read_dir(&project).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["a.csv"], "{arguments:?}, {link}");
    }
    let (code, told) = retreat(&["init"], &project);
    assert_eq!(code, Some(0), "{told}");
    for target in [&nowhere, &outside] {
        for (arguments, link) in
            [(&["build"][..], "out"), (&["build", "--all-districts"], "out"), (&["check"], "readiness")]
        {
            symlink(target, project.join(link)).unwrap();
            let (code, told) = retreat(arguments, &project);
            assert_eq!(code, Some(2), "{arguments:?}, {link}: {told}");
            assert!(told.contains(link) && told.contains("a link"), "{arguments:?}, {link}: {told}");
            assert!(!nowhere.exists() && fs::read_dir(&outside).unwrap().next().is_none());
            fs::remove_file(project.join(link)).unwrap();
        }
    }
}

#[test]
fn a_catalog_with_a_link_out_of_the_project_is_refused() {
    let (_guard, project, outside) = made();
    let (code, told) = retreat(&["init"], &project);
    assert_eq!(code, Some(0), "{told}");
    fs::create_dir(outside.join("measures")).unwrap();
    fs::write(outside.join("measures/finance.toml"), MEASURE).unwrap();
    let refused = |what: &str| {
        for arguments in [&["swot"][..], &["init", "--dry-run"]] {
            let (code, told) = retreat(arguments, &project);
            assert!(code == Some(2) && told.contains(what), "{arguments:?}: {told}");
            assert!(told.contains("catalog"), "{told}");
        }
    };
    let catalog = project.join("catalog");
    symlink(&outside, &catalog).unwrap();
    refused("outside the project's folder");
    fs::remove_file(&catalog).unwrap();
    symlink(outside.join("nowhere"), &catalog).unwrap();
    refused("cannot be read");
    fs::remove_file(&catalog).unwrap();
    fs::write(&catalog, "").unwrap();
    refused("not a folder");
    fs::remove_file(&catalog).unwrap();
    fs::create_dir(&catalog).unwrap();
    symlink(outside.join("measures"), catalog.join("measures")).unwrap();
    refused("outside the project's folder");
    fs::remove_file(catalog.join("measures")).unwrap();
    fs::create_dir(catalog.join("measures")).unwrap();
    symlink(outside.join("measures/finance.toml"), catalog.join("measures/finance.toml")).unwrap();
    refused("outside the project's folder");
    // A link that stays inside the project is read.
    fs::remove_dir_all(&catalog).unwrap();
    fs::rename(&outside, project.join("own")).unwrap();
    symlink("own", &catalog).unwrap();
    let (code, told) = retreat(&["swot"], &project);
    assert!(code != Some(2), "{told}");
}
