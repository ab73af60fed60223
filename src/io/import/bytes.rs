//! From a file's bytes to the bytes of a text: decompressed, without byte order mark, in UTF-8.

use super::records::Remark;
use super::{FileProblem, archive, legacy};
use crate::model::Severity;
use flate2::read::MultiGzDecoder;
use std::io::Read as _;

/// A file's text, in memory. Bytes that are no UTF-8 may remain: formats of independent rows lose only the
/// rows that hold them.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The text, nearly always UTF-8.
    pub(super) bytes: Vec<u8>,
    /// What had to be mended on the way.
    pub(super) remarks: Vec<Remark>,
}

/// How far into a file a NUL byte shows that it is no text.
const BINARY_PROBE: usize = 8192;

/// Unpacks and recodes `raw`, a file as it is on disk.
pub(super) fn decode(raw: Vec<u8>) -> Result<Decoded, FileProblem> {
    let mut decoded = Decoded { bytes: raw, remarks: Vec::new() };
    // Twice compressed files exist; more often than twice is somebody's joke.
    for _ in 0..2 {
        if decoded.bytes.starts_with(&[0x1f, 0x8b]) {
            decoded = gunzip(&decoded.bytes, decoded.remarks)?;
        } else if decoded.bytes.starts_with(&archive::ZSTD) {
            decoded = unzstd(&decoded.bytes, decoded.remarks)?;
        }
    }
    if decoded.bytes.starts_with(b"PK\x03\x04")
        && let Some(log) = archive::evaluation_log(&decoded.bytes)?
    {
        decoded.bytes = log;
    }
    #[cfg(feature = "parquet")]
    if decoded.bytes.starts_with(super::parquet::MARK) {
        decoded.bytes = super::parquet::lines(decoded.bytes)?;
    }
    refuse_foreign(&decoded.bytes)?;
    decoded = to_utf8(decoded);
    if decoded.bytes[..decoded.bytes.len().min(BINARY_PROBE)].contains(&0) {
        return Err(FileProblem::Binary);
    }
    if decoded.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileProblem::Empty);
    }
    Ok(decoded)
}

/// All members of a gzip file. What a damaged file gives before the damage is kept.
fn gunzip(packed: &[u8], mut remarks: Vec<Remark>) -> Result<Decoded, FileProblem> {
    let mut bytes = Vec::new();
    if let Err(error) = MultiGzDecoder::new(packed).read_to_end(&mut bytes) {
        if bytes.is_empty() {
            return Err(FileProblem::Unreadable(format!("the gzip data is damaged: {error}")));
        }
        remarks.push(Remark::file(
            Severity::Warning,
            format!(
                "the gzip data is damaged or incomplete ({error}); the {} bytes before the damage are read",
                bytes.len()
            ),
        ));
    }
    Ok(Decoded { bytes, remarks })
}

/// All frames of a zstd file, as [`gunzip`] does.
fn unzstd(packed: &[u8], mut remarks: Vec<Remark>) -> Result<Decoded, FileProblem> {
    let (bytes, is_whole) = archive::unzstd(packed);
    if !is_whole && bytes.is_empty() {
        return Err(FileProblem::Unreadable("the zstd data is damaged".to_owned()));
    }
    if !is_whole {
        remarks.push(Remark::file(
            Severity::Warning,
            format!("the zstd data is damaged or incomplete; the {} bytes before the damage are read", bytes.len()),
        ));
    }
    Ok(Decoded { bytes, remarks })
}

/// Says what a recognisable file of another kind is.
fn refuse_foreign(bytes: &[u8]) -> Result<(), FileProblem> {
    let foreign = |what, advice| Err(FileProblem::Foreign { what, advice });
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(FileProblem::LfsPointer);
    }
    match bytes {
        [b'P', b'K', 3 | 5 | 7, ..] => foreign(
            "a zip archive (spreadsheets and some evaluation logs are zip archives too)",
            "unpack it, or save the spreadsheet as CSV, and import the files",
        ),
        [b'P', b'A', b'R', b'1', ..] => {
            foreign("a Parquet file", "convert it to JSON Lines first, for instance with DuckDB or pandas")
        }
        [0xfd, b'7', b'z', b'X', b'Z', ..] => foreign("compressed with xz", "decompress it first with `unxz FILE`"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => {
            foreign("compressed with bzip2", "decompress it first with `bunzip2 FILE`")
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => foreign("a PDF", "export the data behind it as JSON Lines or CSV"),
        _ => Ok(()),
    }
}

/// Drops a byte order mark, recoding where it says UTF-16.
fn to_utf8(decoded: Decoded) -> Decoded {
    let Decoded { mut bytes, mut remarks } = decoded;
    let unit = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        [0xef, 0xbb, 0xbf, ..] => {
            bytes.drain(..3);
            return Decoded { bytes, remarks };
        }
        _ => {
            if let Some(text) = legacy::windows_1252(&bytes) {
                remarks.push(Remark::file(
                    Severity::Warning,
                    "is not UTF-8 and is read as Windows-1252; where letters are wrong, save it as UTF-8".to_owned(),
                ));
                bytes = text.into_bytes();
            }
            return Decoded { bytes, remarks };
        }
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut broken = bytes.len() % 2;
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(units) {
        text.push(decoded.unwrap_or_else(|_| {
            broken += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    if broken > 0 {
        remarks.push(Remark::file(
            Severity::Warning,
            format!("the UTF-16 text is damaged in {broken} places; they read U+FFFD (�) now"),
        ));
    }
    Decoded { bytes: text.into_bytes(), remarks }
}
