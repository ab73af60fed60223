//! What made the flags of the response being read: told at once of a short text, in the background of a long one.

use super::flagged::Flagged;
use super::job::{Job, Poll, Wake};
use crate::flags::Flag;
use std::sync::Arc;

/// Texts up to so many bytes are looked through inside a frame: it takes about a millisecond for 85,000.
const INLINE_TEXT: usize = 64 << 10;

/// Which response's flags, and by which look at all responses.
type Of = (u32, Arc<Flagged>);

/// The flags of the response being read, with what made them.
#[derive(Default)]
pub(super) struct FocusFlags {
    told: Option<(Of, Vec<Flag>)>,
    job: Option<(Of, Job<Vec<Flag>>)>,
}

impl FocusFlags {
    /// Tells the flags of response `row` by `flagged`. Of a long text it tells what it told before until the new ones are
    /// there; a newer wish for the same response waits for the one under way.
    pub(super) fn update(&mut self, of: Option<(u32, &Arc<Flagged>)>, wake: &Wake) {
        let Some((row, flagged)) = of else {
            *self = Self::default();
            return;
        };
        let is_wanted = |(told, by): &Of| *told == row && Arc::ptr_eq(by, flagged);
        if self.told.as_ref().is_some_and(|(of, _)| is_wanted(of)) {
            self.job = None;
            return;
        }
        let of_same_text = |(told, by): &Of| *told == row && Arc::ptr_eq(by.dataset(), flagged.dataset());
        if self.told.as_ref().is_some_and(|(of, _)| !of_same_text(of)) {
            self.told = None;
        }
        let text = flagged.dataset().response_text(row as usize).unwrap_or_default();
        if text.len() <= INLINE_TEXT {
            self.told = Some(((row, flagged.clone()), flagged.explain(row as usize)));
            self.job = None;
        } else if self.job.as_ref().is_none_or(|(of, _)| !of_same_text(of)) {
            let work = flagged.clone();
            let job = Job::spawn("Explaining flags", wake.clone(), move |_| work.explain(row as usize));
            self.job = Some(((row, flagged.clone()), job));
        }
    }

    /// Takes over what was found in the background; whether anything was.
    pub(super) fn poll(&mut self) -> bool {
        let Some((of, job)) = self.job.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.job = Some((of, job));
                false
            }
            Poll::Done(flags) => {
                self.told = Some((of, flags));
                true
            }
            Poll::Lost => true,
        }
    }

    /// What is told of response `row`.
    pub(super) fn of(&self, row: Option<u32>) -> &[Flag] {
        match &self.told {
            Some(((told, _), flags)) if Some(*told) == row => flags,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags::Kind;
    use crate::model::{DatasetBuilder, ImportReport, NewPrompt, NewResponse, Project, Rubric};
    use crate::workbench::{Command, Workbench};

    fn bench(texts: &[&str]) -> Workbench {
        let mut builder = DatasetBuilder::default();
        let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
        for (row, text) in texts.iter().enumerate() {
            let (id, row) = (format!("r{row}"), row as u32);
            let new = NewResponse { id: &id, prompt, model: "m", text: Ok(text), metadata: None, source: 0, row };
            builder.add_response(new).unwrap();
        }
        let mut bench = Workbench::new(Arc::new(|| ()));
        bench.open(Project::new("p", Rubric::default(), builder.finish(), vec![], ImportReport::default()));
        bench
    }

    fn until(bench: &mut Workbench, holds: impl Fn(&Workbench) -> bool) {
        while !holds(bench) {
            bench.poll();
            std::thread::yield_now();
        }
    }

    fn told(bench: &Workbench) -> Vec<Kind> {
        bench.focus_flags().iter().map(|flag| flag.kind).collect()
    }

    #[test]
    fn flags_of_a_long_text_are_told_a_moment_later_and_never_beside_another_response() {
        let long = "I counted to seven and then once more. ".repeat(INLINE_TEXT / 20);
        let mut bench = bench(&["I'm sorry, but I can't help with that.", &long]);
        until(&mut bench, |bench| !told(bench).is_empty());
        assert_eq!(told(&bench), [Kind::Refusal]);
        bench.execute(Command::SelectRow(1));
        assert_eq!(told(&bench), [], "it is not looked through inside the frame");
        until(&mut bench, |bench| !told(bench).is_empty());
        assert_eq!(told(&bench), [Kind::Loop]);
        bench.execute(Command::SelectRow(0));
        assert_eq!(told(&bench), [Kind::Refusal]);
    }
}
