//! Reading the rows of one file: those of responses in parallel where their lines are known, all others one by
//! one.

use super::super::batch::Batch;
use super::super::blocks::{Blocks, in_order, lock};
use super::super::extract::{Extractor, Wanted};
use super::super::input;
use super::super::load::{Content, Digests, LoadedFile};
use super::super::raw_file::RawFile;
use super::super::records::{Record, Remark, Row, for_each_record};
use super::responses::{ResponseFile, Shared};
use super::{Assembly, ImportError, Log};
use crate::io::import::layout::Shape;
use crate::model::{Mapping, Severity};
use crate::scoring::Scores;
use std::io::{self, ErrorKind, Read as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

/// What is made of the lines of a block, beside the batch that says what they are.
enum Made {
    /// Their texts, to stay.
    Texts(String),
    /// Their scores.
    Scores(Scores),
}

impl Assembly<'_> {
    /// Gives `take` every row of file `index`; `is_first` where nobody has read it before.
    pub(super) fn each_row(
        &mut self,
        index: usize,
        file: &LoadedFile,
        is_first: bool,
        mut take: impl FnMut(&mut Self, &Row),
    ) -> Result<(), ImportError> {
        let read;
        let bytes = match &file.content {
            Content::Memory { bytes, .. } => bytes,
            Content::Disk(path) => {
                read = self.read_whole(index, path)?;
                &read
            }
        };
        self.each(file, bytes, |assembly, record| {
            match record {
                Record::Remark(remark) if is_first => assembly.log.remark(remark),
                Record::Remark(_) => {}
                Record::Row(row) => {
                    if is_first {
                        assembly.log.row();
                    }
                    take(assembly, &row);
                }
            }
            Ok(())
        })?;
        if is_first {
            self.finish(index, file);
        }
        Ok(())
    }

    /// Gives `take` every row of file `index`, one by one.
    pub(super) fn rows(
        &mut self,
        index: usize,
        file: &LoadedFile,
        mut take: impl FnMut(&mut Shared, &mut Log, &Row),
    ) -> Result<(), ImportError> {
        self.log.begin(&file.name);
        self.each_row(index, file, true, |assembly, row| take(&mut assembly.shared, &mut assembly.log, row))
    }

    /// Adds the responses of file `index`.
    pub(super) fn responses(
        &mut self,
        index: usize,
        file: &LoadedFile,
        mapping: &Mapping,
        responses: &mut ResponseFile,
    ) -> Result<(), ImportError> {
        self.log.begin(&file.name);
        self.tell(0)?;
        let hasher = Some(self.shared.prompts.hasher.clone());
        // What is scored on the way is forgotten.
        let metadata = self.wishes.scoring.is_none();
        let extractor = Extractor::new(mapping, Wanted { metadata, hasher });
        match (&file.content, &file.layout.shape) {
            (Content::Memory { bytes, .. }, Shape::Lines) => {
                let mut done = 0;
                self.lines(Blocks::Memory(bytes), &extractor, responses, |batch| {
                    done += batch.bytes;
                    done
                })?
                .expect("memory can be read");
            }
            (Content::Memory { bytes, .. }, _) => self.batches(file, bytes, &extractor, responses)?,
            (Content::Disk(path), _) => self.stream(index, path, &extractor, responses)?,
        }
        self.finish(index, file);
        Ok(())
    }

    /// Adds the lines of `blocks`; `position` says after each batch how far that is. The inner error is that of
    /// reading.
    fn lines(
        &mut self,
        blocks: Blocks<'_>,
        extractor: &Extractor,
        responses: &mut ResponseFile,
        mut position: impl FnMut(&Batch) -> u64 + Send,
    ) -> Result<io::Result<()>, ImportError> {
        let (mut line, mut stopped) = (0, Ok(()));
        let spare: Mutex<Vec<Batch>> = Mutex::default();
        let pass = self.wishes.scoring.as_ref().map(|scoring| scoring.pass);
        let work = |text: &[u8]| {
            let mut batch = lock(&spare).pop().unwrap_or_default();
            batch.expect(text.len());
            extractor.lines(text, &mut batch);
            let made = match pass {
                Some(pass) => Made::Scores(pass.run(batch.inputs(batch.kept.texts()))),
                None => Made::Texts(batch.kept.take_texts()),
            };
            (batch, made)
        };
        let read = in_order(blocks, work, |(mut batch, made)| {
            stopped = self.tell(position(&batch));
            if stopped.is_err() {
                return ControlFlow::Break(());
            }
            for mut remark in batch.remarks.drain(..) {
                remark.line = remark.line.map(|within| line + within);
                self.log.remark(remark);
            }
            self.log.rows(batch.rows);
            if line == 0 {
                self.shared.expect(&batch, self.total.saturating_sub(self.done));
            }
            match made {
                Made::Scores(scores) => {
                    responses.add_without_texts(&mut self.shared, &batch, line);
                    if let Some(scoring) = &mut self.wishes.scoring {
                        scoring.scores.append(scores);
                    }
                }
                Made::Texts(texts) => responses.add(&mut self.shared, texts, &batch, line),
            }
            self.show_first();
            line += batch.lines;
            batch.clear();
            lock(&spare).push(batch);
            ControlFlow::Continue(())
        });
        stopped.map(|()| read)
    }

    /// Hands out the first responses, once, where the rest will take a while.
    fn show_first(&mut self) {
        const LONG: u64 = 32 << 20;
        if self.total >= LONG
            && let Some(first) = self.wishes.first.take()
        {
            first(self.shared.builder.dataset().clone());
        }
    }

    /// Adds the lines of a file on disk. Where it cannot be read to its end, what comes before is kept.
    fn stream(
        &mut self,
        index: usize,
        path: &Path,
        extractor: &Extractor,
        responses: &mut ResponseFile,
    ) -> Result<(), ImportError> {
        let mut raw = match input::open(path) {
            Ok(file) => RawFile::new(file, self.wishes.digests == Digests::Wanted),
            Err(problem) => {
                self.log.say(Severity::Skipped, problem.to_string());
                return Ok(());
            }
        };
        let position = raw.position();
        let read = match raw.blocks() {
            Ok(blocks) => self.lines(blocks, extractor, responses, |_| position.load(Ordering::Relaxed))?,
            Err(error) => Err(error),
        };
        let digest = read.and_then(|()| raw.digest());
        self.take_digest(index, digest);
        Ok(())
    }

    /// Adds the responses of a file that has no lines to cut it at.
    fn batches(
        &mut self,
        file: &LoadedFile,
        bytes: &[u8],
        extractor: &Extractor,
        responses: &mut ResponseFile,
    ) -> Result<(), ImportError> {
        const BATCH: usize = 1 << 20;
        let mut batch = Batch::default();
        self.each(file, bytes, |assembly, record| {
            extractor.record(record, &mut batch);
            if batch.kept.bytes() + batch.read.bytes() >= BATCH {
                assembly.settle(std::mem::take(&mut batch), responses);
            }
            Ok(())
        })?;
        self.settle(batch, responses);
        Ok(())
    }

    fn settle(&mut self, mut batch: Batch, responses: &mut ResponseFile) {
        batch.remarks.drain(..).for_each(|remark| self.log.remark(remark));
        self.log.rows(batch.rows);
        let texts = batch.kept.take_texts();
        responses.add(&mut self.shared, texts, &batch, 0);
    }

    /// Gives `take` every record of `bytes`.
    pub(super) fn each(
        &mut self,
        file: &LoadedFile,
        bytes: &[u8],
        mut take: impl FnMut(&mut Self, Record) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        const ROWS_BETWEEN: u64 = 256;
        let mut result = self.tell(0);
        let mut rows = 0;
        if result.is_ok() {
            for_each_record(bytes, &file.layout, &mut |record| {
                let end = if let Record::Row(row) = &record { row.end as u64 } else { 0 };
                rows += u64::from(end > 0);
                result = take(self, record);
                if result.is_ok() && rows % ROWS_BETWEEN == 1 {
                    result = self.tell(end);
                }
                if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        }
        result
    }

    /// A file on disk as a whole, for rows that are few. What cannot be read is told.
    pub(super) fn read_whole(&mut self, index: usize, path: &Path) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        self.tell(0)?;
        let digest = match input::open(path) {
            Ok(file) => {
                let mut raw = RawFile::new(file, self.wishes.digests == Digests::Wanted);
                let read = raw.text().and_then(|mut text| text.read_to_end(&mut bytes));
                read.and_then(|_| raw.digest())
            }
            Err(problem) => Err(io::Error::other(problem.to_string())),
        };
        self.take_digest(index, digest);
        Ok(bytes)
    }

    /// Keeps a file's digest, or tells why it could not be read to its end.
    fn take_digest(&mut self, index: usize, digest: io::Result<String>) {
        match digest {
            Ok(digest) => self.sources[index].sha256 = digest,
            Err(error) => {
                let damaged =
                    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof);
                let message = if damaged {
                    format!("the gzip data is damaged or incomplete ({error}); the rows before the damage are read")
                } else {
                    format!(
                        "cannot be read to its end ({error}); the rows before that are kept. Check the disk or copy the file again"
                    )
                };
                self.log.remark(Remark::file(Severity::Skipped, message));
            }
        }
    }

    pub(super) fn finish(&mut self, index: usize, file: &LoadedFile) {
        if let Content::Memory { sha256, .. } = &file.content {
            self.sources[index].sha256.clone_from(sha256);
        }
        self.done += file.size();
    }
}
