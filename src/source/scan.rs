//! One quick pass over a zipped workbook before it is parsed: is it what it says it is, and within bounds?
//!
//! A zip archive's directory may lie about sizes, so entries are counted while they unpack. The parsers
//! downstream hold a text or a tag whole; a gigabyte of either in a kilobyte of zip would take the machine down.

use std::io::{Cursor, Read};

use memchr::{memchr2_iter, memmem};
use zip::ZipArchive;

use super::Refusal;

/// What a workbook may hold when unpacked.
const ENTRIES: usize = 10_000;
const ENTRY_BYTES: u64 = 2 << 30;
const ALL_BYTES: u64 = 4 << 30;
const SHARED_STRINGS_BYTES: u64 = 192 << 20;
/// From one `<` or `>` to the next: no cell may hold more than 32,767 characters.
const RUN_BYTES: u64 = 1 << 20;
const DEPTH: i64 = 256;
/// Rows of a sheet; a spreadsheet program writes no more.
const ROWS: u64 = 1_048_576;
const CHUNK: usize = 1 << 18;

/// What the parser should look for, because the workbook has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Scan {
    /// Merged cells.
    pub(super) merged: bool,
    /// Formulas without a stored value.
    pub(super) uncalculated: bool,
}

/// Scans the XML and binary parts of a zipped workbook.
///
/// # Errors
/// Where it is damaged or beyond the bounds.
pub(super) fn scan(bytes: &[u8]) -> Result<Scan, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
    if archive.len() > ENTRIES {
        return Err(bomb(&format!("more than {ENTRIES} parts")));
    }
    let mut scan = Scan::default();
    let mut all = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|e| damaged(&e.to_string()))?;
        let name = entry.name().map(|n| n.to_lowercase()).unwrap_or_default();
        let most = if name.contains("sharedstrings") { SHARED_STRINGS_BYTES } else { ENTRY_BYTES };
        let mut part = Part { sheet: name.contains("worksheets/"), ..Part::default() };
        let size = match name.rsplit_once('.') {
            Some((_, "xml" | "rels")) => pour(&mut entry, most, |piece| part.xml(piece))?,
            Some((_, "bin")) if part.sheet => {
                let mut records = Records::default();
                pour(&mut entry, most, |piece| records.feed(piece))?
            }
            // Pictures and macros are never unpacked.
            _ => 0,
        };
        all += size;
        if all > ALL_BYTES {
            return Err(bomb("more than 4 GB when unpacked"));
        }
        scan.merged |= part.found.merged;
        scan.uncalculated |= part.found.uncalculated;
    }
    Ok(scan)
}

fn pour(
    entry: &mut dyn Read,
    most: u64,
    mut work: impl FnMut(&[u8]) -> Result<(), Refusal>,
) -> Result<u64, Refusal> {
    let mut chunk = vec![0; CHUNK];
    let mut size = 0;
    loop {
        let n = entry.read(&mut chunk).map_err(|e| damaged(&e.to_string()))?;
        if n == 0 {
            return Ok(size);
        }
        size += n as u64;
        if size > most {
            return Err(bomb(&format!("a part of more than {} MB when unpacked", most >> 20)));
        }
        work(&chunk[..n])?;
    }
}

/// What is known of an XML part so far.
#[derive(Default)]
struct Part {
    sheet: bool,
    found: Scan,
    /// Bytes since the last `<` or `>`.
    run: u64,
    depth: i64,
    rows: u64,
    /// The last bytes of the piece before, so that nothing is missed where two pieces meet.
    before: Vec<u8>,
    /// Whether the first of them has been judged, and is kept for what follows it.
    judged: bool,
}

/// Longer than any of the words looked for.
const OVERLAP: usize = 24;

impl Part {
    fn xml(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        let joined = [self.before.as_slice(), piece].concat();
        // The last bytes wait for the next piece: what follows a sign must be known.
        let (first, end) = (usize::from(self.judged), joined.len().saturating_sub(OVERLAP));
        if end > first {
            let mut last = first;
            for at in memchr2_iter(b'<', b'>', &joined[first..end]).map(|i| i + first) {
                self.run += (at - last) as u64;
                self.within_bounds()?;
                (self.run, last) = (0, at);
                self.sign(&joined, at);
            }
            self.run += (end - last) as u64;
            self.within_bounds()?;
        }
        if self.sheet {
            self.found.merged |= memmem::find(&joined, b"<mergeCell ").is_some();
            self.found.uncalculated |= [&b"</f></c>"[..], b"</f><v></v>", b"</f><v/>", b"</f><v />"]
                .iter()
                .any(|pattern| memmem::find(&joined, pattern).is_some());
        }
        self.judged |= end > 0;
        self.before = joined[end.saturating_sub(1)..].to_vec();
        Ok(())
    }

    fn within_bounds(&self) -> Result<(), Refusal> {
        match () {
            () if self.run > RUN_BYTES => Err(bomb("a text or tag of more than a megabyte")),
            () if self.depth > DEPTH => Err(bomb(&format!("tags within tags, more than {DEPTH} deep"))),
            () if self.rows > ROWS => Err(bomb(&format!("a sheet of more than {ROWS} rows"))),
            () => Ok(()),
        }
    }

    fn sign(&mut self, bytes: &[u8], at: usize) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        match bytes[at] {
            b'>' if at > 0 && bytes[at - 1] == b'/' => self.depth -= 1,
            b'<' if next == b'/' => self.depth -= 1,
            b'<' if next != b'?' && next != b'!' => {
                self.depth += 1;
                let rest = &bytes[at + 1..];
                let row = rest.starts_with(b"row ") || rest.starts_with(b"row>");
                self.rows += u64::from(self.sheet && row);
            }
            _ => {}
        }
    }
}

/// The records of a binary worksheet: a type and a length of up to two and four bytes, then so many bytes.
#[derive(Default)]
struct Records {
    header: Vec<u8>,
    skip: u64,
}

impl Records {
    fn feed(&mut self, mut piece: &[u8]) -> Result<(), Refusal> {
        while !piece.is_empty() {
            if self.skip > 0 {
                let n = (self.skip as usize).min(piece.len());
                (piece, self.skip) = (&piece[n..], self.skip - n as u64);
                continue;
            }
            self.header.push(piece[0]);
            piece = &piece[1..];
            let Some((kind, length)) = record(&self.header) else { continue };
            self.header.clear();
            // [MS-XLSB] 2.3.2: 12 to 18 are the short forms of a row's cells, which the reader would skip.
            if (12..=18).contains(&kind) {
                return Err(Refusal::new(
                    "it is a binary workbook (.xlsb) in a short form that cannot be read",
                    "open it in a spreadsheet program and save it as .xlsx",
                ));
            }
            if length > RUN_BYTES {
                return Err(bomb("a record of more than a megabyte"));
            }
            self.skip = length;
        }
        Ok(())
    }
}

/// Type and length of a record, once its header is whole: seven bits a byte, the eighth says that more follow.
fn record(header: &[u8]) -> Option<(u16, u64)> {
    let kind_bytes = if header[0] & 0x80 == 0 { 1 } else { 2 };
    let (kind, length) = header.split_at_checked(kind_bytes)?;
    let whole = length.len() == 4 || length.last().is_some_and(|b| b & 0x80 == 0);
    let seven = |n: u64, (i, b): (usize, &u8)| n | u64::from(b & 0x7F) << (7 * i);
    // The type keeps its high bits: 0x80 in the first byte is the mark of a second.
    let kind = kind.iter().enumerate().fold(0, seven) as u16;
    whole.then(|| (kind, length.iter().enumerate().fold(0, seven)))
}

fn damaged(error: &str) -> Refusal {
    if error.to_lowercase().contains("password") {
        return Refusal::new("it is protected by a password", "save a copy without the password");
    }
    Refusal::new(
        format!("it is damaged or cut short ({error})"),
        "open it in a spreadsheet program and save it again, or get it again from where it came",
    )
}

fn bomb(what: &str) -> Refusal {
    Refusal::new(
        format!("it holds {what}, which no spreadsheet does"),
        "if it is yours, copy the table into a new workbook; if not, do not open it",
    )
}

#[cfg(test)]
mod tests {
    use super::{Part, Records, record};

    fn part(pieces: &[&[u8]]) -> Result<Part, super::Refusal> {
        let mut part = Part { sheet: true, ..Part::default() };
        pieces.iter().try_for_each(|piece| part.xml(piece))?;
        // What is left over is judged with the next piece.
        part.xml(&[b' '; 64])?;
        Ok(part)
    }

    #[test]
    fn rows_depth_and_words_are_found_wherever_the_pieces_are_cut() {
        let xml = b"<a><row r=\"1\"><c><f>1+1</f></c></row><row r=\"2\"/><mergeCell ref=\"A1:B1\"/></a>";
        for cut in 0..xml.len() {
            let (first, second) = xml.split_at(cut);
            let part = part(&[first, second]).unwrap();
            assert_eq!((part.rows, part.depth), (2, 0), "cut at {cut}");
            assert!(part.found.merged && part.found.uncalculated, "cut at {cut}");
        }
    }

    #[test]
    fn bounds_hold() {
        assert!(part(&[&b"<a>".repeat(300)]).is_err(), "depth");
        assert!(part(&[&vec![b'x'; 800_000], &vec![b'x'; 800_000], b"<"]).is_err(), "a long text");
        assert!(part(&[&b"<row r=\"1\"/>".repeat(1_100_000)]).is_err(), "rows");
    }

    #[test]
    fn a_short_record_is_refused_and_a_long_one_read_past() {
        assert_eq!(record(&[0x07, 0x0C]), Some((7, 12)));
        assert_eq!(record(&[0x81, 0x01]), None);
        assert_eq!(record(&[0x81, 0x01, 0x00]), Some((129, 0)));
        assert!(Records::default().feed(&[0x00, 0x02, 9, 9, 0x07, 0x00]).is_ok());
        assert!(Records::default().feed(&[0x00, 0x02, 9, 9, 0x0D, 0x00]).is_err());
    }
}
