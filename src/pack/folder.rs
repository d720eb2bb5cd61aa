//! The folder of the pack, which appears whole or not at all.
//!
//! A build writes into `.NAME.partial` beside the wanted folder `NAME`. When all is there, the old pack moves
//! aside to `.NAME.old`, the new one takes its place, and the old one is removed. What a crash leaves of
//! these is put right by the next build. Links are never followed: what is removed or replaced is always a
//! folder that this program made, by its own name.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::PackError;
use super::out_file::{OutFile, Written, sha256};
use super::report::{FILE, PROGRAM};

/// Marks a partial folder as ours, and is locked while a build writes to it.
const MARK: &str = ".retreat-partial";

/// Whether a pack may be written to `out`: it is absent, empty, or an old pack that nobody has worked in.
///
/// Call it before the work begins; [`super::write`] asks again.
///
/// # Errors
/// [`PackError::Foreign`], [`PackError::Edited`], [`PackError::NotAFolder`], [`PackError::NoName`], or
/// [`PackError::Io`].
pub fn check_out(out: &Path) -> Result<(), PackError> {
    let names = Names::of(out)?;
    check_own(&names.out)?;
    if names.out.is_dir() { check_folder(&names.out, out) } else { Ok(()) }
}

/// Makes sure that `folder` is a folder itself, or absent.
///
/// # Errors
/// [`PackError::NotAFolder`] for a file or a link, or [`PackError::Io`].
pub(super) fn check_own(folder: &Path) -> Result<(), PackError> {
    match what_is_at(folder)? {
        There::Folder | There::Nothing => Ok(()),
        There::File => Err(PackError::NotAFolder { path: folder.to_owned(), what: "a file" }),
        There::Link => Err(PackError::NotAFolder { path: folder.to_owned(), what: "a link" }),
    }
}

fn check_folder(folder: &Path, out: &Path) -> Result<(), PackError> {
    let mut found = Vec::new();
    list(folder, "", &mut found)?;
    if found.is_empty() {
        return Ok(());
    }
    let Some(ours) = pack_files(folder) else {
        return Err(PackError::Foreign { out: out.to_owned() });
    };
    let mut edited = Vec::new();
    for name in found {
        let same = match ours.get(&name) {
            Some(hash) => &hash_of(&folder.join(&name))? == hash,
            None => name == FILE,
        };
        if !same {
            edited.push(name);
        }
    }
    if edited.is_empty() {
        return Ok(());
    }
    let more = if edited.len() > 5 { format!(" and {} more", edited.len() - 5) } else { String::new() };
    let files = format!("{}{more}", edited[..edited.len().min(5)].join(", "));
    Err(PackError::Edited { out: out.to_owned(), files })
}

/// The files below `folder`, sorted, without the litter of file managers. A link counts as a file.
fn list(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), PackError> {
    let read = |e| PackError::io("look into", folder)(e);
    let mut entries = fs::read_dir(folder).map_err(read)?.collect::<Result<Vec<_>, _>>().map_err(read)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name();
        let name = format!("{prefix}{}", file_name.to_string_lossy());
        if entry.file_type().map_err(read)?.is_dir() {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else if !matches!(file_name.to_str(), Some(".DS_Store" | "Thumbs.db" | "desktop.ini")) {
            found.push(name);
        }
    }
    Ok(())
}

fn hash_of(path: &Path) -> Result<String, PackError> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
    if !is_file {
        return Ok(String::new());
    }
    File::open(path).and_then(sha256).map_err(PackError::io("read", path))
}

/// The files that the report of a pack lists, with their hashes; `None` where `folder` is no pack of ours.
fn pack_files(folder: &Path) -> Option<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct Marker {
        program: String,
        #[serde(default)]
        files: Vec<MarkerFile>,
    }
    #[derive(Deserialize)]
    struct MarkerFile {
        name: String,
        sha256: String,
    }
    let path = folder.join(FILE);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let marker: Marker = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (marker.program == PROGRAM).then(|| marker.files.into_iter().map(|f| (f.name, f.sha256)).collect())
}

enum There {
    Nothing,
    Folder,
    File,
    Link,
}

fn what_is_at(path: &Path) -> Result<There, PackError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_symlink() => Ok(There::Link),
        Ok(meta) if meta.is_dir() => Ok(There::Folder),
        Ok(_) => Ok(There::File),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(There::Nothing),
        Err(e) => Err(PackError::io("look at", path)(e)),
    }
}

/// The three folders of a swap, as absolute paths.
struct Names {
    out: PathBuf,
    partial: PathBuf,
    old: PathBuf,
}

impl Names {
    fn of(out: &Path) -> Result<Self, PackError> {
        let path = std::path::absolute(out).map_err(PackError::io("find", out))?;
        let no_name = || PackError::NoName { out: out.to_owned() };
        let name = path.file_name().ok_or_else(no_name)?.to_string_lossy().into_owned();
        Ok(Self {
            partial: path.with_file_name(format!(".{name}.partial")),
            old: path.with_file_name(format!(".{name}.old")),
            out: path,
        })
    }
}

/// A pack on its way. Dropped before [`Staging::commit`], it leaves nothing behind.
pub(super) struct Staging {
    names: Names,
    lock: Option<File>,
    done: bool,
}

impl Staging {
    /// The folder that is being filled.
    pub(super) fn folder(&self) -> &Path {
        &self.names.partial
    }

    /// Makes the partial folder, after putting right what a crash may have left.
    pub(super) fn begin(out: &Path) -> Result<Self, PackError> {
        let names = Names::of(out)?;
        if let Some(parent) = names.out.parent() {
            fs::create_dir_all(parent).map_err(PackError::io("make the folder", parent))?;
        }
        remove_partial(&names, out)?;
        restore_old(&names)?;
        check_out(out)?;
        fs::create_dir(&names.partial).map_err(PackError::io("make the folder", &names.partial))?;
        let mark = names.partial.join(MARK);
        let lock = File::create_new(&mark).map_err(PackError::io("make the file", &mark))?;
        // Where the file system knows no locks, two builds at a time are the user's to avoid.
        let _ = lock.try_lock();
        Ok(Self { names, lock: Some(lock), done: false })
    }

    /// Writes one file.
    pub(super) fn put(&self, file: &OutFile<'_>) -> Result<Written, PackError> {
        let path = self.names.partial.join(&file.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(PackError::io("make the folder", parent))?;
        }
        file.write_to(File::create_new(&path).map_err(PackError::io("make the file", &path))?)
    }

    /// Puts the partial folder in the place of the old pack.
    pub(super) fn commit(mut self) -> Result<(), PackError> {
        let Names { out, partial, old } = &self.names;
        // Windows moves no folder in which a file is open.
        drop(self.lock.take());
        let mark = partial.join(MARK);
        fs::remove_file(&mark).map_err(PackError::io("remove", &mark))?;
        let moved = match what_is_at(out)? {
            There::Nothing => false,
            _ if fs::remove_dir(out).is_ok() => false,
            _ => {
                fs::rename(out, old).map_err(PackError::io("move the old pack aside:", out))?;
                true
            }
        };
        if let Err(error) = fs::rename(partial, out) {
            if moved {
                fs::rename(old, out).map_err(PackError::io("put the old pack back:", out))?;
            }
            return Err(PackError::io("put the new pack into", out)(error));
        }
        self.done = true;
        if moved {
            // The new pack is in place; what is left of the old one goes with the next build.
            let _ = remove_ours(&self.names.old, FILE);
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.done {
            drop(self.lock.take());
            // After an error, what cannot be removed now is removed by the next build.
            let _ = remove_ours(&self.names.partial, MARK);
        }
    }
}

/// Removes a folder of ours, its mark last: should that be cut short, the next build still knows it for ours.
fn remove_ours(folder: &Path, mark: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != mark {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_file(folder.join(mark)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => fs::remove_dir(folder),
    }
}

/// Removes the partial folder of a build that crashed.
fn remove_partial(names: &Names, out: &Path) -> Result<(), PackError> {
    let path = &names.partial;
    let in_the_way = || PackError::InTheWay { path: path.clone() };
    match what_is_at(path)? {
        There::Nothing => return Ok(()),
        There::File | There::Link => return Err(in_the_way()),
        There::Folder => {}
    }
    if fs::remove_dir(path).is_ok() {
        return Ok(());
    }
    let mark = path.join(MARK);
    if !fs::symlink_metadata(&mark).is_ok_and(|m| m.is_file()) {
        return Err(in_the_way());
    }
    let lock = OpenOptions::new().write(true).open(&mark).map_err(PackError::io("open", &mark))?;
    if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(PackError::Busy { out: out.to_owned() });
    }
    drop(lock);
    remove_ours(path, MARK).map_err(PackError::io("remove what a crash left in", path))
}

/// Puts the old pack back where a crash came between the two moves, and removes it where the swap was done.
fn restore_old(names: &Names) -> Result<(), PackError> {
    let Names { out, old, .. } = names;
    if matches!(what_is_at(old)?, There::Nothing) {
        return Ok(());
    }
    let ours = matches!(what_is_at(old)?, There::Folder) && pack_files(old).is_some();
    if !ours {
        return Err(PackError::InTheWay { path: old.clone() });
    }
    match what_is_at(out)? {
        There::Nothing => fs::rename(old, out).map_err(PackError::io("put the old pack back:", out)),
        _ => remove_ours(old, FILE).map_err(PackError::io("remove the old pack", old)),
    }
}
