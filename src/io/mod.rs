//! io

pub mod import;
