//! Ways to write a project to a file. One table, [`EXPORTERS`], lists them.

use super::{FORMATS, Format, Scored, export, preferences, ratings};
use crate::scoring::Progress;
use std::io::{self, Write};

/// One way to write a project to a file.
#[derive(Clone, Copy, Debug)]
pub struct Exporter {
    /// Its name on the command line.
    pub name: &'static str,
    /// The usual ending of its files, without the dot.
    pub extension: &'static str,
    /// One sentence: what it is good for.
    pub description: &'static str,
    /// Whether its rows can say where evidence stands.
    pub has_evidence: bool,
    /// Whether it is about what people judged, and empty where nobody did.
    pub is_of_people: bool,
    write: Writes,
}

/// Writes all of it; false when cancelled, with part of it written.
pub(super) type WriteAll = fn(&Scored<'_>, &mut (dyn Write + Send), &Progress) -> io::Result<bool>;

#[derive(Clone, Copy, Debug)]
enum Writes {
    Rows(&'static Format),
    Whole(WriteAll),
}

const fn rows(format: &'static Format) -> Exporter {
    let Format { name, extension, description, .. } = *format;
    let has_evidence = !matches!(extension.as_bytes(), b"csv");
    Exporter { name, extension, description, has_evidence, is_of_people: false, write: Writes::Rows(format) }
}

/// Every way, in the order shown.
pub static EXPORTERS: &[Exporter] = &[
    rows(&FORMATS[0]),
    rows(&FORMATS[1]),
    rows(&FORMATS[2]),
    #[cfg(feature = "parquet")]
    Exporter {
        name: "parquet",
        extension: "parquet",
        description: "One record per response in columns, for data frames and databases.",
        has_evidence: false,
        is_of_people: false,
        write: Writes::Whole(super::parquet::write),
    },
    Exporter {
        name: "preferences",
        extension: "jsonl",
        description: "What people preferred, as prompt, chosen and rejected, for training and other tools.",
        has_evidence: false,
        is_of_people: true,
        write: Writes::Whole(preferences::write),
    },
    Exporter {
        name: "ratings",
        extension: "csv",
        description: "What people rated, a record per rating, for statistics elsewhere.",
        has_evidence: false,
        is_of_people: true,
        write: Writes::Whole(ratings::write),
    },
];

impl Exporter {
    /// The one with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        EXPORTERS.iter().find(|exporter| exporter.name == name)
    }

    /// Writes all of `scored` to `out`; false when cancelled, with part of it written. Progress counts responses.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, scored: &Scored<'_>, out: &mut (dyn Write + Send), progress: &Progress) -> io::Result<bool> {
        match self.write {
            Writes::Rows(format) => export(format, scored, out, progress),
            Writes::Whole(write) => write(scored, out, progress),
        }
    }
}
