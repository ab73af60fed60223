//! Files about to be imported, and what their columns are taken to mean.

use super::foresight::{Foreseen, Foresight};
use crate::io::import::{self, FileProblem, Loaded, LoadedFile};
use crate::io::store::Inputs;
use crate::model::{Mapping, Notice};
use crate::workbench::Wake;
use std::sync::Arc;

/// Files that are loaded and wait for the person to agree with, or change, what their columns mean.
#[derive(Debug)]
pub struct Preview {
    loaded: Arc<Loaded>,
    mappings: Vec<Mapping>,
    /// The first so many files are those the project has already.
    known: usize,
    /// Keeps the project's own files readable, and knows their names.
    inputs: Inputs,
    foresight: Foresight,
    /// Whether they become a project of their own, under this name, or join the one that is open.
    pub new_project: Option<String>,
}

impl Preview {
    /// A preview of `loaded`, of which the project has the first `known` already with these mappings.
    pub(super) fn new(
        loaded: Loaded,
        mut mappings: Vec<Mapping>,
        known: &[Mapping],
        inputs: Inputs,
        new_project: Option<String>,
    ) -> Self {
        for (mapping, old) in mappings.iter_mut().zip(known) {
            *mapping = old.clone();
        }
        Self {
            loaded: Arc::new(loaded),
            mappings,
            known: known.len(),
            inputs,
            foresight: Foresight::default(),
            new_project,
        }
    }

    /// The files, in order.
    pub fn files(&self) -> &[LoadedFile] {
        &self.loaded.files
    }

    /// What was wrong with files that could not be loaded.
    pub fn notices(&self) -> &[Notice] {
        &self.loaded.notices
    }

    /// What the columns of file `index` mean.
    pub fn mapping(&self, index: usize) -> &Mapping {
        &self.mappings[index]
    }

    /// The same, to change.
    pub fn mapping_mut(&mut self, index: usize) -> &mut Mapping {
        &mut self.mappings[index]
    }

    /// Whether the project has file `index` already.
    pub fn is_known(&self, index: usize) -> bool {
        index < self.known
    }

    /// What keeps file `index` from being imported as mapped.
    pub fn problem(&self, index: usize) -> Option<FileProblem> {
        import::check(&self.loaded.files[index].table, &self.mappings[index]).err()
    }

    /// What would come of it as it is mapped now, or was mapped a moment ago; `None` until that is known.
    pub fn foreseen(&self) -> Option<&Foreseen> {
        self.foresight.seen().map(|seen| &**seen)
    }

    /// Whether [`Self::foreseen`] is being renewed.
    pub fn is_looking_ahead(&self) -> bool {
        self.foresight.is_running()
    }

    /// Whether nobody looks ahead, because there is too much.
    pub fn is_too_much_to_foresee(&self) -> bool {
        Foresight::is_too_much(&self.loaded)
    }

    /// Looks ahead where the mapping changed; whether there is news.
    pub(super) fn look_ahead(&mut self, wake: &Wake) -> bool {
        self.foresight.update(&self.loaded, &self.mappings, wake)
    }

    /// The parts, for assembling.
    pub(super) fn into_parts(self) -> (Arc<Loaded>, Vec<Mapping>, Inputs, Option<String>) {
        (self.loaded, self.mappings, self.inputs, self.new_project)
    }
}
