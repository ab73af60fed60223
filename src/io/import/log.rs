//! The report as it grows: the first notices of a kind in full, the others as a number.

use super::records::{NON_FINITE, Remark};
use crate::model::{ImportReport, Notice, Severity};
use crate::text::thousands;
use std::collections::BTreeMap;

/// So many notices of one kind are told for a file.
const TOLD: u64 = 100;

/// Writes an [`ImportReport`].
#[derive(Debug, Default)]
pub(super) struct Log {
    report: ImportReport,
    file: String,
    kinds: BTreeMap<&'static str, u64>,
}

impl Log {
    /// What comes now is about `file`; empty for several files.
    pub(super) fn begin(&mut self, file: &str) {
        self.close_file();
        file.clone_into(&mut self.file);
    }

    /// Counts a row that was read.
    pub(super) fn row(&mut self) {
        self.report.rows += 1;
    }

    /// Counts rows that were read.
    pub(super) fn rows(&mut self, rows: u64) {
        self.report.rows += rows;
    }

    /// Says it, unless it was said often enough.
    pub(super) fn remark(&mut self, remark: Remark) {
        if remark.kind == NON_FINITE && self.kinds.contains_key(NON_FINITE) {
            // The first one says it for all.
            return;
        }
        if remark.severity == Severity::Skipped && remark.line.is_some() {
            self.report.rows += 1;
            self.report.skipped += 1;
        }
        let count = self.kinds.entry(remark.kind).or_default();
        *count += 1;
        if *count <= TOLD {
            self.report.notices.push(Notice {
                severity: remark.severity,
                file: self.file.clone(),
                line: remark.line,
                message: remark.message,
            });
        }
    }

    /// A row that was read turns out not to be usable.
    pub(super) fn skip_row(&mut self, line: u64, kind: &'static str, message: String) {
        // It was counted when it was read.
        self.report.rows -= 1;
        self.remark(Remark { severity: Severity::Skipped, line: Some(line), kind, message });
    }

    /// Something about the whole file.
    pub(super) fn say(&mut self, severity: Severity, message: String) {
        self.remark(Remark::file(severity, message));
    }

    fn close_file(&mut self) {
        for (kind, count) in std::mem::take(&mut self.kinds) {
            if count > TOLD {
                self.report.notices.push(Notice {
                    severity: Severity::Note,
                    file: self.file.clone(),
                    line: None,
                    message: format!("… and {} more {kind}", thousands(count - TOLD)),
                });
            }
        }
    }

    /// The finished report.
    pub(super) fn finish(mut self) -> ImportReport {
        self.close_file();
        self.report
    }
}

/// How many of something there are, and the first few different ones by name.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// How many.
    pub(super) count: u64,
    first: Vec<String>,
    more: bool,
}

impl Named {
    /// Names shown.
    const SHOWN: usize = 5;

    /// Counts one more, called `name`.
    pub(super) fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.iter().any(|known| known == name) {
        } else if self.first.len() < Self::SHOWN {
            self.first.push(name.to_owned());
        } else {
            self.more = true;
        }
    }

    /// `a, b, c …`
    pub(super) fn list(&self) -> String {
        let more = if self.more { " …" } else { "" };
        format!("{}{more}", self.first.join(", "))
    }

    /// `1 response` or `1,234 responses`.
    pub(super) fn counted(&self, one: &str, many: &str) -> String {
        if self.count == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(self.count)) }
    }
}
