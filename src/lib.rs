//! Rubrica judges the output of language models: rubrics, evidence, judgement and the numbers on them.
//!
//! The layers, each knowing only those above it in this list:
//!
//! | layer | holds |
//! |---|---|
//! | [`text`] | spans, disjoint runs, lines, fenced code |
//! | [`checks`] | one deterministic test of a text per file |
//! | [`model`] | rubrics, prompts, responses, projects and the edits on them |
//! | [`scoring`] | rubric → compiled rubric → columns → scorecards |
//! | [`duplicates`] | texts that are the same or alike |
//! | [`flags`] | anomalies of responses: one kind per file |
//! | [`stats`] | plain numbers in, plain numbers out |
//! | [`analysis`] | all numbers about a project, each with how many it is of |
//! | [`io`] | files: importers, exporters, the project store |
//! | [`workbench`] | the one state every panel shares, without a toolkit |
//! | [`cli`] | the same functions, from a shell |
//! | `ui` | the window (feature `gui`) |

pub mod analysis;
pub mod checks;
pub mod cli;
pub mod duplicates;
pub mod flags;
pub mod io;
pub mod model;
pub mod scoring;
pub mod stats;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
pub mod workbench;
