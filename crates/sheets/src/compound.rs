//! The container of an old workbook (.xls), checked before a parser reads it: a damaged one may lead the parser in
//! circles.
//!
//! [MS-CFB]: a file is a sequence of sectors; a table (FAT) names for each sector the one that follows it.

use super::error::ReadError;
use super::little_endian::{u16_at, u32_at, u32s};

/// From here on a sector's number means something else: free, end of a chain, part of the table itself.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// The header's own part of the list of table sectors.
const FIRST_TABLES: std::ops::Range<usize> = 76..512;
/// Bytes of a directory entry.
const ENTRY: usize = 128;
/// Where a directory entry says what it is, and what the root says there.
const ENTRY_TYPE: usize = 66;
const ROOT: u8 = 5;
/// Where a directory entry says where its stream starts, and how long it is.
const ENTRY_START: usize = 116;
const ENTRY_LENGTH: usize = 120;
/// Streams of fewer bytes stand in the small sectors.
const SMALL_STREAM: u32 = 4096;
/// Bytes of a small sector. [MS-CFB] 2.2
const SMALL_SECTOR: usize = 64;

/// A container none of whose chains of sectors is circular.
pub(super) struct CompoundFile<'a> {
    sectors: Sectors<'a>,
    fat: Vec<u32>,
    directory: Vec<u8>,
    small_fat: Vec<u32>,
    /// The small sectors, one after the other: the stream of the root entry.
    small_sectors: Vec<u8>,
}

/// The sectors of a file, after its header.
#[derive(Clone, Copy)]
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> CompoundFile<'a> {
    /// Reads the tables and the directory.
    ///
    /// # Errors
    /// Where a chain of sectors comes back to itself, or the container is cut short.
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

    /// The streams that a parser may take for the workbook, one at a time.
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
    /// The sector with this number, or what there is of the last one; `None` for a special number.
    fn get(self, id: u32) -> Option<&'a [u8]> {
        if id >= SPECIAL {
            return None;
        }
        let start = (id as usize).checked_add(1)?.checked_mul(self.size)?;
        self.bytes.get(start..start.checked_add(self.size)?.min(self.bytes.len()))
    }

    /// The bytes of the chain of sectors from `start`, as far as at least `most` of them.
    fn read_chain(self, start: u32, most: usize, fat: &[u32]) -> Vec<u8> {
        follow(start, most, fat, |id| self.get(id))
    }

    /// For each sector the one that follows it.
    fn read_fat(self) -> Result<Vec<u32>, ReadError> {
        let most = self.bytes.len() / self.size + 1;
        let first = self.bytes.get(FIRST_TABLES).ok_or_else(ReadError::inconsistent)?;
        let mut tables: Vec<u32> = u32s(first).collect();
        let mut next = u32_at(self.bytes, 68).ok_or_else(ReadError::inconsistent)?;
        for _ in 0..=most {
            if next >= SPECIAL {
                break;
            }
            // Each further part of the list ends in the number of the part after it.
            tables.extend(u32s(self.get(next).ok_or_else(ReadError::inconsistent)?));
            next = tables.pop().ok_or_else(ReadError::inconsistent)?;
        }
        if next < SPECIAL || tables.len() > most + FIRST_TABLES.len() {
            return Err(ReadError::inconsistent());
        }
        Ok(tables.into_iter().filter_map(|id| self.get(id)).flat_map(u32s).collect())
    }

    /// For each small sector the one that follows it. The table is itself a chain by `fat`, which is not circular.
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

/// The bytes of the sectors that follow `start` by `table`, until there are at least `most` of them.
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

/// Whether following the table from any entry never ends.
fn is_circular(table: &[u32]) -> bool {
    // For each entry: the walk that came by; a walk that meets itself goes in circles.
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
    fn a_chain_that_comes_back_is_found() {
        const END: u32 = u32::MAX - 1;
        assert!(!is_circular(&[1, 2, END, 2, END]));
        assert!(is_circular(&[END, 2, 3, 1]));
        assert!(is_circular(&[0]));
        assert!(!is_circular(&[7, END]));
    }
}
