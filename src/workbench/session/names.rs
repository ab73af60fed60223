//! Names while judging blind: what is shown in place of them.

use super::mask_with;
use crate::flags::Namer;
use crate::text::Span;
use crate::workbench::Workbench;
use std::sync::Arc;

/// What stands in place of a name in a text that is not measured in bytes.
const MASK: &str = "▇▇▇";

impl Workbench {
    /// What the model of response `row` is called on screen: its name, or a letter while names are hidden.
    pub fn shown_model(&self, row: u32) -> String {
        if self.is_blind() {
            return self.judging.alias(row);
        }
        self.project.dataset().model_of(row as usize).to_owned()
    }

    /// Where the text of response `row` names models or their makers, while these are hidden; else nothing.
    pub fn hidden_in(&self, row: u32) -> Vec<Span> {
        let text = self.project.dataset().response_text(row as usize);
        match (self.is_blind(), &self.judging.namer, text) {
            (true, Some(namer), Some(text)) => namer.names(text),
            _ => Vec::new(),
        }
    }

    /// `text` with names of models covered, while these are hidden: for titles and rendered texts.
    pub fn without_names(&self, text: &str) -> String {
        let spans = match (self.is_blind(), &self.judging.namer) {
            (true, Some(namer)) => namer.names(text),
            _ => Vec::new(),
        };
        mask_with(text, &spans, |_| MASK.to_owned()).unwrap_or_else(|| text.to_owned())
    }

    /// Makes ready to find names, where they are to be hidden.
    pub(super) fn learn_names(&mut self) {
        let is_blind = self.judging.open.as_ref().is_some_and(|open| open.session.blind);
        self.judging.namer = is_blind.then(|| Arc::new(Namer::new(self.project.dataset().models())));
    }
}
