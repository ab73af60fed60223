//! A file read as a stream: its digest on the way, unpacked where it is packed.

use super::blocks::Blocks;
use super::places::{Places, Told};
use crate::io::digest;
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file's bytes as they are on disk, hashed while they are read.
#[derive(Debug)]
pub(super) struct RawFile {
    file: File,
    hasher: Option<Sha256>,
    read: Arc<AtomicU64>,
}

impl RawFile {
    /// Reads `file` from its beginning; with `digest`, its SHA-256 is known in the end.
    pub(super) fn new(file: File, digest: bool) -> Self {
        Self { file, hasher: digest.then(Sha256::new), read: Arc::default() }
    }

    /// Its text in blocks: read by all threads at once where that can be, or as a stream.
    pub(super) fn blocks(&mut self) -> io::Result<Blocks<'_>> {
        if self.hasher.is_none() {
            let read = self.read.clone();
            let told = Arc::new(move |bytes| _ = read.fetch_add(bytes, Ordering::Relaxed));
            if let Some(places) = text_at(self.file.try_clone()?, told)? {
                return Ok(Blocks::File(places));
            }
        }
        Ok(Blocks::stream(Vec::new(), self.text()?))
    }

    /// How many bytes were read, to be watched from elsewhere.
    pub(super) fn position(&self) -> Arc<AtomicU64> {
        self.read.clone()
    }

    /// The SHA-256 of the whole file, what was not read yet included; empty where none was wanted.
    pub(super) fn digest(mut self) -> io::Result<String> {
        if self.hasher.is_none() {
            return Ok(String::new());
        }
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.hasher.map_or_else(String::new, digest::hex))
    }

    /// Its text: unpacked, without byte order mark.
    pub(super) fn text(&mut self) -> io::Result<Box<dyn Read + Send + '_>> {
        text(self)
    }
}

impl Read for RawFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..length]);
        }
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The text of a file to be read at places, without byte order mark; `None` where it cannot be, or is packed.
pub(super) fn text_at(file: File, told: Arc<Told>) -> io::Result<Option<Places>> {
    let Some(mut places) = Places::new(file, 0, told) else { return Ok(None) };
    let start = places.peek(MARK.len())?;
    if start.starts_with(&MARK) {
        places.skip(MARK.len() as u64);
    }
    Ok((!start.starts_with(&GZIP)).then_some(places))
}

/// The text of a file: unpacked, without byte order mark.
pub(super) fn text<'a>(file: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let (start, file) = peek(file, GZIP.len())?;
    if start.get_ref() != &GZIP {
        return without_mark(start.chain(file));
    }
    without_mark(MultiGzDecoder::new(start.chain(file)))
}

/// How a gzip file begins.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The byte order mark of UTF-8.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

fn without_mark<'a>(from: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let (start, rest) = peek(from, MARK.len())?;
    Ok(if start.get_ref() == &MARK { Box::new(rest) } else { Box::new(start.chain(rest)) })
}

/// The first bytes of a stream, and the stream after them.
fn peek<R: Read>(mut from: R, length: usize) -> io::Result<(Cursor<Vec<u8>>, R)> {
    let mut start = Vec::with_capacity(length);
    from.by_ref().take(length as u64).read_to_end(&mut start)?;
    Ok((Cursor::new(start), from))
}
