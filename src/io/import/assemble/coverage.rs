//! Which models lack responses to which prompts.

use super::super::records::Remark;
use super::responses::Shared;
use crate::io::import::log::{Log, Named};
use crate::model::Severity;
use crate::text::thousands;

/// One note per model that has responses to some prompts and not to others. Looks at every pair of the
/// first hundred such models and the prompts up to the few that are named.
pub(super) fn tell(shared: &Shared, log: &mut Log) {
    const NAMED: usize = 6;
    const MODELS: usize = 100;
    let dataset = shared.builder.dataset();
    let total = dataset.prompts().len();
    let mut answered = vec![0usize; dataset.models().len()];
    for (_, model) in &shared.given {
        answered[*model as usize] += 1;
    }
    let lacking = answered.iter().enumerate().filter(|(_, answered)| **answered < total);
    for (told, (model, answered)) in lacking.enumerate() {
        let name = &dataset.models()[model];
        let mut missing = Named::default();
        if told < MODELS {
            let prompts = (0..total).filter(|&prompt| !shared.given.contains(&(prompt as u32, model as u32)));
            prompts.take(NAMED).for_each(|prompt| missing.add(dataset.text(dataset.prompts()[prompt].id)));
        }
        log.remark(Remark {
            severity: Severity::Note,
            line: None,
            kind: "models without a response to some prompt",
            message: format!(
                "{name} has no response to {} of {} prompts: {}",
                thousands((total - answered) as u64),
                thousands(total as u64),
                missing.list()
            ),
        });
    }
}
