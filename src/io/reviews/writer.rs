//! Writing a log: an entry is on disk before anybody is told that it is.

use super::folder::{contents, logs_in, shown};
use super::lock::{Lock, is_at};
use super::name;
use super::open::{OpenError, cause, make_folder, mend};
use super::read::read;
use super::sound;
use crate::io::atomic::sync_folder;
use crate::model::review::Entry;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The one writer of a reviewer's log. While it lives, no other process can write the log.
///
/// What [`Self::append`] returns `Ok` for is on disk. What it fails for is kept, and tried again before the next
/// entry; nothing of it stays in the log meanwhile.
#[derive(Debug)]
pub struct Writer {
    reviewer: String,
    folder: PathBuf,
    path: PathBuf,
    file: Option<File>,
    /// How long the log is that holds what is confirmed.
    length: u64,
    /// Whether more than that may stand in it, of an entry that failed.
    is_dirty: bool,
    pending: VecDeque<Entry>,
    saved: Vec<Entry>,
    repairs: Vec<String>,
    changed: bool,
    _lock: Lock,
}

/// Why an entry is not saved.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// It does not say what it can say; it is not kept.
    #[error("Not saved: {0}")]
    Unsound(String),
    /// The log could not be written. The entry is kept.
    #[error(
        "Not saved: “{}” could not be written: {} {} kept here and saved with the next judgement, or when you save.",
        .path.display(),
        cause(.source),
        waiting(*.pending)
    )]
    Io {
        /// The log.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// How many entries wait, this one among them.
        pending: usize,
    },
}

fn waiting(pending: usize) -> String {
    if pending == 1 { "The judgement is".to_owned() } else { format!("{pending} judgements are") }
}

impl Writer {
    /// Takes the log of `reviewer` in `folder`, a project's `reviews`, and mends its end if a crash left half a line:
    /// see [`Self::take_repairs`]. Folder and lock are made where they are missing, the log itself with its first
    /// entry. A log whose name differs in letter case only is theirs.
    ///
    /// # Errors
    /// When the name is none, somebody else writes the log, or the system does not allow it.
    pub fn open(folder: &Path, reviewer: &str) -> Result<Self, OpenError> {
        let stem = name::stem_of(reviewer)?;
        make_folder(folder).map_err(|error| OpenError::io(folder, error))?;
        let logs = logs_in(folder).map_err(|error| OpenError::io(folder, error))?;
        let exact = |(known, _): &&(String, PathBuf)| known == reviewer.trim();
        let alike = |(known, _): &&(String, PathBuf)| name::is_same(known, reviewer);
        let (reviewer, path) =
            logs.iter().find(exact).or_else(|| logs.iter().find(alike)).cloned().unwrap_or_else(|| {
                (reviewer.trim().to_owned(), folder.join(stem).with_added_extension(name::EXTENSION))
            });
        let lock = path.with_extension("lock");
        let lock = Lock::take(&lock).map_err(|error| OpenError::locked(error, &reviewer, &lock))?;
        let mut writer = Self {
            reviewer,
            folder: folder.to_owned(),
            path,
            file: None,
            length: 0,
            is_dirty: false,
            pending: VecDeque::new(),
            saved: Vec::new(),
            repairs: Vec::new(),
            changed: false,
            _lock: lock,
        };
        if fs::metadata(&writer.path).is_ok() {
            writer.take_file().map_err(|error| OpenError::io(&writer.path, error))?;
        }
        writer.changed = false;
        Ok(writer)
    }

    /// Who. As their log is called, which may differ in letter case from what was asked for.
    pub fn reviewer(&self) -> &str {
        &self.reviewer
    }

    /// The log.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds `entry` to the log, after all that wait. When this returns `Ok`, all of them are on disk.
    ///
    /// # Errors
    /// When the entry says what no entry can, or the log cannot be written. In the second case it is kept and waits,
    /// and the log is put back to what it was, if that is possible.
    pub fn append(&mut self, entry: Entry) -> Result<(), AppendError> {
        self.append_all(vec![entry])
    }

    /// [`Self::append`] for many at once, which takes hardly longer than for one.
    ///
    /// # Errors
    /// Those of [`Self::append`]; where one says what no entry can, none is taken.
    pub fn append_all(&mut self, entries: Vec<Entry>) -> Result<(), AppendError> {
        if let Some((_, problem)) = entries.iter().find_map(|entry| sound::problem(&entry.act)) {
            return Err(AppendError::Unsound(problem));
        }
        self.pending.extend(entries);
        self.retry()
    }

    /// Tries again to save what waits.
    ///
    /// # Errors
    /// When the log still cannot be written.
    pub fn retry(&mut self) -> Result<(), AppendError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let line = |entry| serde_json::to_string(entry).expect("an entry is texts and numbers") + "\n";
        let lines: Vec<String> = self.pending.iter().map(line).collect();
        self.put(lines.concat().as_bytes()).map_err(|source| AppendError::Io {
            path: self.path.clone(),
            source,
            pending: self.pending.len(),
        })?;
        self.pending.clear();
        // As it will be read: a number may lose its last bit on the way through text.
        let read = |line: &String| serde_json::from_str(line).expect("what was written is an entry");
        self.saved.extend(lines.iter().map(read));
        Ok(())
    }

    /// The entries that wait to be saved, in order.
    pub fn pending(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.pending.iter()
    }

    /// Gives up the entries that wait.
    pub fn take_pending(&mut self) -> Vec<Entry> {
        self.pending.drain(..).collect()
    }

    /// Gives up the last entry that waits.
    pub fn drop_last_pending(&mut self) -> Option<Entry> {
        self.pending.pop_back()
    }

    /// The entries saved since this was last asked, in order.
    pub fn take_saved(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.saved)
    }

    /// What was mended since this was last asked, a sentence each.
    pub fn take_repairs(&mut self) -> Vec<String> {
        std::mem::take(&mut self.repairs)
    }

    /// Whether, since this was last asked, the log was found changed by somebody else, as by a merge: it is to be read
    /// again.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Writes whole lines at the end of the log, and puts them on disk.
    fn put(&mut self, lines: &[u8]) -> io::Result<()> {
        // A second time where the log was replaced while it was being written.
        for _ in 0..2 {
            self.prepare()?;
            let file = self.file.as_mut().expect("it was just made ready");
            self.is_dirty = true;
            if let Err(error) = file.write_all(lines).and_then(|()| file.sync_data()) {
                self.put_back();
                return Err(error);
            }
            if is_at(file, &self.path) {
                self.length += lines.len() as u64;
                self.is_dirty = false;
                return Ok(());
            }
            self.put_back();
        }
        Err(io::ErrorKind::NotFound.into())
    }

    /// Makes sure that the log is open, is the one that stands under its name, and ends where it should.
    fn prepare(&mut self) -> io::Result<()> {
        let Some(file) = &self.file else { return self.take_file() };
        if !is_at(file, &self.path) {
            // Removed with what was in it: that is not for this program to bring back, or to pretend.
            if self.length > 0 && !self.path.exists() {
                return Err(io::ErrorKind::NotFound.into());
            }
            return self.take_file();
        }
        let there = file.metadata()?;
        if !there.is_file() || there.len() == self.length {
            return Ok(());
        }
        if self.is_dirty && there.len() > self.length {
            return file.set_len(self.length);
        }
        self.take_file()
    }

    /// Opens the log, or makes it, and mends its end.
    fn take_file(&mut self) -> io::Result<()> {
        self.changed |= self.file.take().is_some();
        let is_new = !self.path.exists();
        let mut file = File::options().read(true).append(true).create(true).open(&self.path)?;
        if is_new {
            sync_folder(&self.folder);
        }
        let bytes = contents(&self.path)?;
        let reading = read(&shown(&self.path), &bytes);
        let (length, said) = mend(&mut file, &self.path, &bytes, reading.end)?;
        self.repairs.extend(said);
        self.changed |= length != self.length;
        (self.file, self.length, self.is_dirty) = (Some(file), length, false);
        Ok(())
    }

    /// Takes what was written of a failed entry off the log again. Where that fails too, it is done before the next.
    fn put_back(&mut self) {
        if let Some(file) = &self.file
            && file.set_len(self.length).and_then(|()| file.sync_data()).is_ok()
        {
            self.is_dirty = false;
        }
    }
}
