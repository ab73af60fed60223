//! A file read at places, so that several threads read it at once: where a block ends is found by one after the other,
//! and what stands in it is read by whoever works on it.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::sync::Arc;

/// Is told how many bytes more were read.
pub(super) type Told = dyn Fn(u64) + Send + Sync;

/// A file of lines.
pub(super) struct Places {
    file: Arc<File>,
    /// Where the next block begins.
    at: u64,
    told: Arc<Told>,
}

/// What is to be read yet of a block.
pub(super) struct Gap {
    file: Arc<File>,
    at: u64,
    within: Range<usize>,
}

/// A block: so many bytes of a buffer, once its gap is filled.
pub(super) struct Claim {
    pub(super) len: usize,
    gap: Option<Gap>,
}

/// So much of a block's end is looked through for the end of a line.
const END: usize = 16 << 10;

impl Places {
    /// `file` from its byte `at` on; `None` where it is no file on a disk, or this system cannot read at places.
    pub(super) fn new(file: File, at: u64, told: Arc<Told>) -> Option<Self> {
        let readable = cfg!(any(unix, windows)) && file.metadata().is_ok_and(|metadata| metadata.is_file());
        readable.then(|| Self { file: Arc::new(file), at, told })
    }

    /// The bytes from where it stands, up to `most` of them.
    pub(super) fn peek(&self, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; most];
        let read = read_at(&self.file, &mut bytes, self.at)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    /// Skips `bytes`.
    pub(super) fn skip(&mut self, bytes: u64) {
        self.at += bytes;
    }

    /// The next block of whole lines, about `wanted` bytes, to be read into `buffer`; `None` at the end.
    pub(super) fn claim(&mut self, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<Option<Claim>> {
        let start = self.at;
        make_room(buffer, wanted);
        let end = wanted - END.min(wanted);
        let read = read_at(&self.file, &mut buffer[end..wanted], start + end as u64)?;
        let line = memchr::memrchr(b'\n', &buffer[end..end + read]).filter(|_| end + read == wanted);
        let (len, gap) = if let Some(line) = line {
            (end + line + 1, Some(Gap { file: self.file.clone(), at: start, within: 0..end }))
        } else {
            (self.read_lines(buffer, wanted)?, None)
        };
        self.at += len as u64;
        (self.told)(len as u64);
        Ok((len > 0).then_some(Claim { len, gap }))
    }

    /// Reads whole lines, at least `wanted` bytes where there are as many; gives how many bytes they are.
    fn read_lines(&self, buffer: &mut Vec<u8>, mut wanted: usize) -> io::Result<usize> {
        let mut known = 0;
        loop {
            make_room(buffer, wanted);
            let read = read_at(&self.file, &mut buffer[known..wanted], self.at + known as u64)?;
            if known + read < wanted {
                return Ok(known + read);
            }
            if let Some(line) = memchr::memrchr(b'\n', &buffer[known..wanted]) {
                return Ok(known + line + 1);
            }
            known = wanted;
            wanted += wanted / 2;
        }
    }
}

impl Claim {
    /// Reads what is left to be read of it, into the buffer it was claimed with.
    pub(super) fn fill(self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(Gap { file, at, within }) = self.gap {
            let wanted = within.len();
            if read_at(&file, &mut buffer[within], at)? < wanted {
                return Err(io::Error::new(ErrorKind::UnexpectedEof, "the file became shorter while it was read"));
            }
        }
        Ok(self.len)
    }
}

fn make_room(buffer: &mut Vec<u8>, wanted: usize) {
    if buffer.len() < wanted {
        buffer.resize(wanted, 0);
    }
}

/// Fills `buffer` from `at` on, as far as the file goes; gives how many bytes that are.
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match read_some_at(file, &mut buffer[read..], at + read as u64) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

#[cfg(unix)]
fn read_some_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_some_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(not(any(unix, windows)))]
fn read_some_at(_: &File, _: &mut [u8], _: u64) -> io::Result<usize> {
    Err(ErrorKind::Unsupported.into())
}
