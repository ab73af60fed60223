//! Earlier responses to the same prompts, to compare the numbers with: another project, or a file of an earlier import.

use crate::io::{import, store};
use crate::model::review::{Judgements, ReviewLog, RowIndex};
use crate::model::{Dataset, Rubric};
use crate::scoring::{Progress, Results, compile};
use std::path::Path;
use std::sync::Arc;

/// Responses with what was judged of them then.
#[derive(Debug)]
pub(super) struct EarlierResponses {
    pub(super) dataset: Arc<Dataset>,
    /// The rubric they had; `None` for files, which are judged by the rubric of today.
    pub(super) rubric: Option<Arc<Rubric>>,
    logs: Vec<Arc<ReviewLog>>,
}

impl EarlierResponses {
    /// Reads the project or the file at `path`.
    ///
    /// # Errors
    /// A sentence on why there is nothing to compare with.
    pub(super) fn open(path: &Path, progress: &Progress) -> Result<Self, String> {
        if store::is_project(path) {
            let opened = store::open(path, progress).map_err(|error| error.to_string())?;
            if let Some(mistake) = opened.mistakes.first() {
                return Err(format!("“{}” cannot be compared with: {mistake}", path.display()));
            }
            let (dataset, rubric) = (opened.project.dataset().clone(), Some(opened.project.rubric().clone()));
            return Ok(Self { dataset, rubric, logs: opened.reviews.logs });
        }
        let tell = |told: import::Progress| progress.set(told.done as usize, told.total as usize);
        let watch = import::Watch { cancel: progress.cancel_flag(), progress: &tell };
        let inputs = [import::Input::Path(path.to_owned())];
        let import = import::open(&inputs, &import::Overrides::default(), &watch)
            .map_err(|error| format!("“{}” cannot be compared with: {error}.", path.display()))?;
        let logs = import.judged.logs.into_iter().map(Arc::new).collect();
        Ok(Self { dataset: Arc::new(import.dataset), rubric: None, logs })
    }

    /// Their results under `rubric`, with what people judged of them. `None` when cancelled.
    pub(super) fn results(&self, rubric: &Rubric, progress: &Progress) -> Option<Results> {
        let judgements = Arc::new(Judgements::new(&self.logs, &RowIndex::new(self.dataset.clone()), rubric));
        scored(&self.dataset, rubric, None, &judgements, progress)
    }
}

/// The results of `dataset` under `rubric`, which keeps what it can of the compiled `before`. `None` when cancelled.
pub(super) fn scored(
    dataset: &Dataset,
    rubric: &Rubric,
    before: Option<&crate::scoring::CompiledRubric>,
    judgements: &Arc<Judgements>,
    progress: &Progress,
) -> Option<Results> {
    Results::anew(&compile(rubric, before).rubric, dataset, judgements, progress)
}

#[cfg(test)]
mod tests {
    use crate::analysis::MatchedBy;
    use crate::workbench::{Base, Command, Workbench};
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    fn wait(bench: &mut Workbench) {
        while bench.job().is_some() || bench.is_analysing() {
            bench.poll();
            std::thread::yield_now();
        }
        bench.poll();
    }

    /// Two answers to two prompts, the second of which is `second`.
    fn write(path: &Path, second: &str) {
        let line = |id: &str, text: &str| {
            serde_json::json!({"id": id, "prompt": format!("Question {id}"), "model": "m", "response": text})
                .to_string()
        };
        fs::write(path, [line("r1", "Answer: yes"), line("r2", second)].join("\n")).unwrap();
    }

    #[test]
    fn an_earlier_import_is_compared_with_by_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let [new, old] = ["new.jsonl", "old.jsonl"].map(|name| folder.path().join(name));
        write(&new, "Answer: no");
        write(&old, "I wonder.");
        let rubric = folder.path().join("rubric.ron");
        let text = "Rubric(pass_mark: 0.5, dimensions: [(id: \"d\", criteria: [(id: \"a\", check: Phrases(phrases: [\"Answer\"]))])])";
        fs::write(&rubric, text).unwrap();
        let mut bench = Workbench::new(Arc::new(|| {}));
        bench.execute(Command::Open(vec![new]));
        wait(&mut bench);
        if bench.files().preview().is_some() {
            bench.execute(Command::Import);
            wait(&mut bench);
        }
        bench.execute(Command::OpenRubric(rubric));
        wait(&mut bench);
        bench.execute(Command::CompareWith(Some(Base::Path(old))));
        wait(&mut bench);
        bench.ask_analysis();
        wait(&mut bench);
        assert!(bench.against().unwrap().is_of_responses());
        let analysis = bench.analysis().unwrap().clone();
        let change = analysis.change.as_ref().unwrap();
        assert_eq!((&*change.earlier, change.matched_by, change.matched), ("old.jsonl", MatchedBy::Id, 2));
        assert_eq!((change.rewritten, change.flipped, change.edits.len()), (1, [1, 0], 0));
        let moved = &change.responses[0];
        assert_eq!((&*moved.id, moved.rewritten, moved.passed), ("r2", true, [Some(false), Some(true)]));

        // A file that has no texts of prompts is matched by their ids.
        let bare = folder.path().join("bare.jsonl");
        let ids = bench.project().dataset().prompts().to_vec();
        let line = |at: usize| {
            let dataset = bench.project().dataset();
            let id = dataset.text(dataset.responses()[at].id);
            let prompt = dataset.text(ids[dataset.responses()[at].prompt as usize].id);
            serde_json::json!({"id": id, "prompt_id": prompt, "model": "m", "response": "I wonder."}).to_string()
        };
        fs::write(&bare, [line(0), line(1)].join("\n")).unwrap();
        bench.execute(Command::CompareWith(Some(Base::Path(bare))));
        wait(&mut bench);
        bench.ask_analysis();
        wait(&mut bench);
        let analysis = bench.analysis().unwrap().clone();
        let change = analysis.change.as_ref().unwrap();
        assert_eq!((change.matched, change.rewritten, change.flipped), (2, 2, [2, 0]));

        // What cannot be read is said, and what is compared with stays.
        bench.execute(Command::CompareWith(Some(Base::Path(folder.path().join("gone.jsonl")))));
        wait(&mut bench);
        assert!(bench.notice().unwrap().contains("gone.jsonl” cannot be compared with"), "{:?}", bench.notice());
        assert_eq!(bench.against().unwrap().name, "bare.jsonl");
    }
}
