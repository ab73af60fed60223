//! The response being read, brought up to date with its evidence: inside a frame, or in the background where its text is
//! too long for that.

use super::{Focus, Job, Poll, Workbench};
use crate::model::Dataset;
use std::sync::Arc;
use std::time::Duration;

/// A response being marked in the background, and whose it is.
pub(super) struct Marking {
    dataset: Arc<Dataset>,
    job: Job<Focus>,
}

/// Texts up to so many bytes are marked anew inside a frame, whatever is looked for in them: the slowest patterns read
/// about 100 MB a second.
pub(super) const INLINE_TEXT: usize = 512 << 10;

/// How long a frame waits for what is looked for in a longer one.
const PATIENCE: Duration = Duration::from_millis(4);

impl Workbench {
    /// Scores the response being read with all its evidence, where anything of it changed. A long text that is being
    /// read shows what it showed before where its new evidence is not found in a moment; a new wish then waits for the
    /// one under way.
    pub(super) fn refresh_focus(&mut self) {
        let Some(row) = self.row else {
            (self.focus, self.marking) = (None, None);
            return;
        };
        let revision = self.engine.revision();
        let is_current = |focus: &Focus| focus.row == row && focus.revision == revision;
        if self.focus.as_deref().is_some_and(is_current) {
            self.marking = None;
            return;
        }
        let (dataset, rubric) = (self.project.dataset().clone(), self.engine.compiled().rubric.clone());
        let before = self.focus.as_ref().filter(|focus| focus.is_of(&dataset, row));
        let length = dataset.response_text(row as usize).map_or(0, str::len);
        if let Some(before) = before.filter(|before| length > INLINE_TEXT && before.lacks_checks_of(&rubric)) {
            if self.marking.as_ref().is_none_or(|marking| !Arc::ptr_eq(&marking.dataset, &dataset)) {
                let (before, people, of) = (before.clone(), self.judgements.clone(), dataset.clone());
                let mark = move |_: &_| Focus::new(&of, &rubric, &people, revision, row, Some(&before));
                let job = Job::spawn("Marking", self.wake.clone(), mark);
                // Most patterns are done by then, in a text of ten million bytes too.
                match job.wait(PATIENCE) {
                    Poll::Done(focus) => self.take_focus(focus),
                    Poll::Running => self.marking = Some(Marking { dataset, job }),
                    Poll::Lost => {}
                }
            }
            return;
        }
        let focus = Focus::new(&dataset, &rubric, &self.judgements, revision, row, self.focus.as_deref());
        self.marking = None;
        self.take_focus(focus);
    }

    fn take_focus(&mut self, focus: Focus) {
        if focus.revision == self.engine.revision() {
            self.engine.learn(focus.row, &focus.card);
        }
        self.mark = self.mark.filter(|&mark| mark < focus.marks.len());
        super::job::retire(self.focus.replace(Arc::new(focus)));
    }

    /// Takes over what was marked in the background; whether anything was.
    pub(super) fn poll_marking(&mut self) -> bool {
        let Some(marking) = self.marking.take() else { return false };
        match marking.job.poll() {
            Poll::Running => {
                self.marking = Some(marking);
                false
            }
            // Of an older rubric it is still nearer to the newest than what is shown.
            Poll::Done(focus) if Some(focus.row) == self.row && focus.is_of(self.project.dataset(), focus.row) => {
                self.take_focus(focus);
                true
            }
            Poll::Done(_) | Poll::Lost => true,
        }
    }

    /// Whether the response being read shows older evidence while its own is looked for.
    pub fn is_marking(&self) -> bool {
        self.marking.is_some()
    }

    /// What is being marked.
    pub(super) fn marking_job(&self) -> Option<(&str, &crate::scoring::Progress)> {
        self.marking.as_ref().map(|marking| (marking.job.label(), &**marking.job.progress()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Check, Pattern};
    use crate::model::{
        Criterion, DatasetBuilder, Dimension, Edit, ImportReport, Judge, NewPrompt, NewResponse, Node, NodePath,
        Project, Rubric,
    };
    use crate::workbench::Command;

    fn looking_for(pattern: &str) -> Node {
        let check = Check::Pattern(Pattern { pattern: pattern.to_owned(), ..Pattern::default() });
        Node::Criterion(Criterion::new("a", "A", Judge::Check(check)))
    }

    /// A workbench that reads one response of so many bytes, with an “x” at its beginning and two “yy” at its end.
    fn reading(bytes: usize) -> Workbench {
        let mut builder = DatasetBuilder::default();
        let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
        let text = format!("x {} yy yy", "and ".repeat(bytes / 4));
        let new = NewResponse { id: "r", prompt, model: "m", text: Ok(&text), metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
        let mut dimension = Dimension::new("d", "D");
        dimension.children = vec![looking_for("x")];
        let rubric = Rubric { dimensions: vec![dimension], ..Rubric::default() };
        let mut bench = Workbench::new(Arc::new(|| ()));
        bench.open(Project::new("p", rubric, builder.finish(), vec![], ImportReport::default()));
        while bench.focus().is_none() {
            bench.poll();
            std::thread::yield_now();
        }
        assert_eq!(marks(&bench), 1, "it opens with its evidence");
        bench
    }

    fn marks(bench: &Workbench) -> usize {
        bench.focus().unwrap().marks.len()
    }

    fn look_for(bench: &mut Workbench, pattern: &str) {
        let (path, node) = (NodePath::new([0, 0]), Box::new(looking_for(pattern)));
        bench.execute(Command::Edit(Edit::SetNode { path, node, field: "pattern" }));
    }

    /// Reads every byte several times, so that no machine is done with ten million of them in a moment.
    const SLOW: &str = r"(?:[a-z]+ ){0,40}\bzz";

    #[test]
    fn a_long_text_shows_its_old_evidence_until_that_of_a_slow_pattern_is_found() {
        let mut bench = reading(10_000_000);
        look_for(&mut bench, SLOW);
        look_for(&mut bench, "yy");
        assert!(bench.is_marking());
        assert_eq!(marks(&bench), 1, "what it showed stays");
        while bench.is_marking() || !bench.engine().is_fresh() {
            bench.poll();
            std::thread::yield_now();
        }
        let focus = bench.focus().unwrap();
        assert_eq!((focus.marks.len(), focus.revision), (2, bench.engine().revision()));
        assert_eq!(focus.marks[0].span.range().len(), 2, "of what was typed last");
        bench.execute(Command::Seal);
        look_for(&mut bench, SLOW);
        bench.execute(Command::Undo);
        while bench.is_marking() {
            bench.poll();
            std::thread::yield_now();
        }
        assert_eq!(marks(&bench), 2);
    }
}
