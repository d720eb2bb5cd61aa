//! What is kept between runs, as bytes: a sign, JSON with its length, columns, and a checksum that shows whether all of it is
//! intact.

/// The length of the checksum at the end, in bytes.
const CHECKSUM: usize = 4;

/// The first bytes of an entry, which tell one kind from another.
pub(crate) type Sign = [u8; 8];

/// An entry that is intact.
pub(crate) struct Sealed<'a> {
    pub(crate) json: &'a [u8],
    /// The columns, one after the other.
    pub(crate) columns: &'a [u8],
}

/// The entry with this JSON and these columns.
pub(crate) fn seal<'a>(sign: &Sign, json: &[u8], columns: impl Iterator<Item = &'a [u8]> + Clone) -> Vec<u8> {
    let length: usize = columns.clone().map(<[u8]>::len).sum();
    let mut bytes = Vec::with_capacity(sign.len() + size_of::<u64>() + json.len() + length + CHECKSUM);
    bytes.extend(sign);
    bytes.extend((json.len() as u64).to_le_bytes());
    bytes.extend(json);
    for column in columns {
        bytes.extend_from_slice(column);
    }
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// What is in an entry; `None` if it is damaged or of another kind.
pub(crate) fn unseal<'a>(sign: &Sign, bytes: &'a [u8]) -> Option<Sealed<'a>> {
    let (bytes, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if crc32fast::hash(bytes).to_le_bytes() != checksum {
        return None;
    }
    let (length, rest) = bytes.strip_prefix(sign)?.split_at_checked(size_of::<u64>())?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (json, columns) = rest.split_at_checked(length)?;
    Some(Sealed { json, columns })
}
