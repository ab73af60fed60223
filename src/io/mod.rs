//! Files: importers, exporters, the project store, atomic writing.

pub mod atomic;
pub mod export;
