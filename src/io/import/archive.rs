//! Evaluation logs that are zip archives, and zstd, in which both they and other files may be packed.

use super::FileProblem;
use ruzstd::decoding::StreamingDecoder;
use std::borrow::Cow;
use std::io::{self, Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// How a zstd frame begins.
pub(super) const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// More bytes than this come out of no log that fits into memory.
const MOST: u64 = 16 << 30;

/// Unpacks all frames of `packed`, up to where it is damaged; whether that is all.
pub(super) fn unzstd(packed: &[u8]) -> (Vec<u8>, bool) {
    let (mut bytes, mut rest) = (Vec::new(), packed);
    while !rest.is_empty() {
        if let Some((length, skipped)) = skippable(rest) {
            rest = rest.get(length + skipped..).unwrap_or_default();
            continue;
        }
        let read = match StreamingDecoder::new(&mut rest) {
            Ok(mut decoder) => decoder.by_ref().take(MOST).read_to_end(&mut bytes).is_ok(),
            Err(_) => false,
        };
        if !read {
            return (bytes, false);
        }
    }
    (bytes, true)
}

/// The header's length and what follows it, of a frame that holds no data.
fn skippable(bytes: &[u8]) -> Option<(usize, usize)> {
    let head: [u8; 8] = bytes.get(..8)?.try_into().ok()?;
    let [magic @ .., a, b, c, d] = head;
    let magic = u32::from_le_bytes(magic);
    (magic & 0xffff_fff0 == 0x184d_2a50).then(|| (8, u32::from_le_bytes([a, b, c, d]) as usize))
}

/// The log in `bytes`, a zip archive, as the JSON document that such a log can be as well; `None` where it is none.
///
/// # Errors
/// When a part of the log cannot be unpacked.
pub(super) fn evaluation_log(bytes: &[u8]) -> Result<Option<Vec<u8>>, FileProblem> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    let names: Vec<String> = archive.file_names().filter_map(|name| name.ok().map(Cow::into_owned)).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    // A run that was not finished has no header yet.
    let head = ["header.json", "_journal/start.json"].into_iter().find(|name| has(name));
    let samples: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with("samples/") && name.ends_with(".json"))
        .filter(|name| name.matches('/').count() == 1 || name.ends_with("/sample.json"))
        .collect();
    let Some(head) =
        head.filter(|_| names.iter().any(|name| name.starts_with("samples/") || name.starts_with("_journal/")))
    else {
        return Ok(None);
    };
    let mut unpack = |name: &str| {
        member(&mut archive, name)
            .map_err(|error| FileProblem::Unreadable(format!("“{name}” in the archive cannot be unpacked: {error}")))
    };
    let head = unpack(head)?;
    let text = String::from_utf8_lossy(&head);
    let open = text.trim().strip_suffix('}').unwrap_or("{").to_owned();
    let mut document = open.into_bytes();
    if !document.trim_ascii_end().ends_with(b"{") {
        document.push(b',');
    }
    document.extend_from_slice(b"\"samples\":[");
    for (at, name) in in_order(samples).into_iter().enumerate() {
        if at > 0 {
            document.push(b',');
        }
        document.push(b'\n');
        document.extend(unpack(name)?);
    }
    document.extend_from_slice(b"\n]}");
    Ok(Some(document))
}

/// By number where names are numbers, which they nearly always are: samples are stored as they finish.
fn in_order(mut names: Vec<&String>) -> Vec<&String> {
    names.sort_by_cached_key(|name| {
        let mut key = Vec::new();
        for part in name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
            key.push(part.parse::<u64>().unwrap_or(u64::MAX));
        }
        (key, (*name).clone())
    });
    names
}

fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> io::Result<Vec<u8>> {
    let index = archive.index_for_name(name).ok_or(io::ErrorKind::NotFound)?;
    let raw = archive.by_index_raw(index)?;
    let mut bytes = Vec::new();
    if raw.compression() == CompressionMethod::Stored || raw.compression() == CompressionMethod::Deflated {
        drop(raw);
        archive.by_index(index)?.take(MOST).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let mut packed = Vec::new();
    raw.take(MOST).read_to_end(&mut packed)?;
    if !packed.starts_with(&ZSTD) {
        return Err(io::Error::other("it is packed in a way that is not known"));
    }
    match unzstd(&packed) {
        (bytes, true) => Ok(bytes),
        (_, false) => Err(io::Error::other("its zstd data is damaged")),
    }
}
