//! Checks the container of an old workbook (.xls) before it is parsed: a damaged one may send the parser into
//! an endless loop.
//!
//! [MS-CFB]: a file is a sequence of sectors; a table (the FAT) gives the next sector for each one.

use super::error::ReadError;
use super::little_endian::{u16_at, u32_at, u32s};

/// Sector numbers from here on have special meanings: free, end of a chain, part of the table itself.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// The part of the list of table sectors that is in the header.
const FIRST_TABLES: std::ops::Range<usize> = 76..512;
/// Size of a directory entry in bytes.
const ENTRY: usize = 128;
/// Offset of the type in a directory entry, and the type of the root.
const ENTRY_TYPE: usize = 66;
const ROOT: u8 = 5;
/// Offsets of a stream's start and length in a directory entry.
const ENTRY_START: usize = 116;
const ENTRY_LENGTH: usize = 120;
/// Streams with fewer bytes are stored in small sectors.
const SMALL_STREAM: u32 = 4096;
/// Size of a small sector in bytes. [MS-CFB] 2.2
const SMALL_SECTOR: usize = 64;

/// A container whose sector chains have no cycles.
pub(super) struct CompoundFile<'a> {
    sectors: Sectors<'a>,
    fat: Vec<u32>,
    directory: Vec<u8>,
    small_fat: Vec<u32>,
    /// The small sectors, one after another: the stream of the root entry.
    small_sectors: Vec<u8>,
}

/// The sectors of a file, without its header.
#[derive(Clone, Copy)]
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> CompoundFile<'a> {
    /// Reads the tables and the directory.
    ///
    /// # Errors
    /// If a chain of sectors has a cycle, or the container is truncated.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let shift = u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12));
        let size = 1usize << shift.ok_or_else(ReadError::inconsistent)?;
        let sectors = Sectors { bytes, size };
        let fat = sectors.read_fat()?;
        if is_circular(&fat) {
            return Err(ReadError::inconsistent());
        }
        let small_fat = sectors.read_small_fat(&fat)?;
        if is_circular(&small_fat) {
            return Err(ReadError::inconsistent());
        }
        let directory_start = u32_at(bytes, 48).ok_or_else(ReadError::inconsistent)?;
        let directory = sectors.read_chain(directory_start, usize::MAX, &fat);
        let small_sectors = match root_start(&directory) {
            Some(start) => sectors.read_chain(start, usize::MAX, &fat),
            None => Vec::new(),
        };
        Ok(Self { sectors, fat, directory, small_fat, small_sectors })
    }

    /// Whether the list of its streams can be read.
    pub(super) const fn has_directory(&self) -> bool {
        !self.directory.is_empty()
    }

    /// The streams that a parser may read as the workbook, one at a time.
    pub(super) fn workbook_streams(&self) -> impl Iterator<Item = Vec<u8>> + '_ {
        let entries = self.directory.chunks_exact(ENTRY).filter(|entry| is_workbook(entry));
        entries.filter_map(|entry| self.stream(entry))
    }

    /// The bytes of a directory entry's stream.
    fn stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (start, length) = (u32_at(entry, ENTRY_START)?, u32_at(entry, ENTRY_LENGTH)?);
        Some(if length < SMALL_STREAM {
            follow(start, length as usize, &self.small_fat, |id| self.small_sector(id))
        } else {
            self.sectors.read_chain(start, length as usize, &self.fat)
        })
    }

    fn small_sector(&self, id: u32) -> Option<&[u8]> {
        self.small_sectors.chunks(SMALL_SECTOR).nth(id as usize)
    }
}

impl<'a> Sectors<'a> {
    /// The sector with this number; the last one may be shorter. `None` for a special number.
    fn get(self, id: u32) -> Option<&'a [u8]> {
        if id >= SPECIAL {
            return None;
        }
        let start = (id as usize).checked_add(1)?.checked_mul(self.size)?;
        self.bytes.get(start..start.checked_add(self.size)?.min(self.bytes.len()))
    }

    /// The first `most` bytes or a little more (up to whole sectors) of the chain of sectors from `start`.
    fn read_chain(self, start: u32, most: usize, fat: &[u32]) -> Vec<u8> {
        follow(start, most, fat, |id| self.get(id))
    }

    /// The next sector for each sector.
    fn read_fat(self) -> Result<Vec<u32>, ReadError> {
        let most = self.bytes.len() / self.size + 1;
        let first = self.bytes.get(FIRST_TABLES).ok_or_else(ReadError::inconsistent)?;
        let mut tables: Vec<u32> = u32s(first).collect();
        let mut next = u32_at(self.bytes, 68).ok_or_else(ReadError::inconsistent)?;
        for _ in 0..=most {
            if next >= SPECIAL {
                break;
            }
            // Each further part of the list ends with the sector number of the next part.
            tables.extend(u32s(self.get(next).ok_or_else(ReadError::inconsistent)?));
            next = tables.pop().ok_or_else(ReadError::inconsistent)?;
        }
        if next < SPECIAL || tables.len() > most + FIRST_TABLES.len() {
            return Err(ReadError::inconsistent());
        }
        Ok(tables.into_iter().filter_map(|id| self.get(id)).flat_map(u32s).collect())
    }

    /// The next small sector for each small sector. The table is itself a chain in `fat`, which has no
    /// cycles.
    fn read_small_fat(self, fat: &[u32]) -> Result<Vec<u32>, ReadError> {
        let mut small_fat = Vec::new();
        let mut id = u32_at(self.bytes, 60).ok_or_else(ReadError::inconsistent)?;
        while let Some(sector) = self.get(id) {
            small_fat.extend(u32s(sector));
            id = next_in(fat, id);
        }
        Ok(small_fat)
    }
}

/// The bytes of the sector chain that begins at `start` according to `table`, up to at least `most` bytes.
fn follow<'a>(start: u32, most: usize, table: &[u32], sector: impl Fn(u32) -> Option<&'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut id = start;
    while bytes.len() < most
        && let Some(part) = sector(id)
    {
        bytes.extend_from_slice(part);
        id = next_in(table, id);
    }
    bytes
}

fn next_in(table: &[u32], id: u32) -> u32 {
    table.get(id as usize).copied().unwrap_or(u32::MAX)
}

/// Where the stream of the root entry starts.
fn root_start(directory: &[u8]) -> Option<u32> {
    let root = directory.chunks_exact(ENTRY).find(|entry| entry[ENTRY_TYPE] == ROOT)?;
    u32_at(root, ENTRY_START)
}

fn is_workbook(entry: &[u8]) -> bool {
    let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let name: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    let name = String::from_utf16_lossy(&name);
    name.eq_ignore_ascii_case("workbook") || name.eq_ignore_ascii_case("book")
}

/// Whether no chain in the table has a cycle.
fn is_circular(table: &[u32]) -> bool {
    // For each entry, the walk that visited it. A walk that returns to its own entry is in a cycle.
    let mut walks = vec![0u32; table.len()];
    for start in 0..table.len() {
        let walk = start as u32 + 1;
        let mut next = start;
        while next < table.len() && walks[next] == 0 {
            walks[next] = walk;
            next = table[next] as usize;
        }
        if walks.get(next) == Some(&walk) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_circular;

    #[test]
    fn a_cyclic_chain_is_found() {
        const END: u32 = u32::MAX - 1;
        assert!(!is_circular(&[1, 2, END, 2, END]));
        assert!(is_circular(&[END, 2, 3, 1]));
        assert!(is_circular(&[0]));
        assert!(!is_circular(&[7, END]));
    }
}
