//! Judgements that came with imported files.

use super::Reviews;
use crate::io::reviews as files;
use crate::model::review::ReviewLog;

impl Reviews {
    /// Adds imported logs to those of their reviewers, on disk at once like all judgements; what there is to say.
    pub(in crate::workbench) fn bring(&mut self, logs: &[ReviewLog]) -> Vec<String> {
        let Some(folder) = self.folder.clone().filter(|_| !logs.is_empty()) else {
            let lost = logs.iter().map(|log| log.entries().len()).sum::<usize>();
            let said = "The imported judgements could not be kept: this project has no place for them; save it, and import the files again.";
            return (lost > 0).then(|| said.to_owned()).into_iter().collect();
        };
        let mut said = Vec::new();
        for log in logs {
            let new = self.new_of(log);
            if new.is_empty() {
                continue;
            }
            let is_mine = files::name::is_same(log.reviewer(), &self.me);
            let brought = match self.writer.as_mut().filter(|_| is_mine) {
                Some(writer) => files::bring_with(writer, &new),
                None => files::bring(&folder, &new),
            };
            match brought {
                Ok(count) if is_mine && self.writer.is_some() => {
                    let loose = self.loose;
                    said.extend(self.settle());
                    self.loose = loose + if self.is_in_draft { count } else { 0 };
                }
                Ok(count) => {
                    self.loose += if self.is_in_draft { count } else { 0 };
                    let path = files::log_of(&folder, log.reviewer());
                    let entries = path.map(|path| files::read_log(&path)).unwrap_or_default();
                    self.take_over(log.reviewer(), entries);
                }
                Err(error) => said.push(error.to_string()),
            }
        }
        self.stamps = self.stamps_now();
        said
    }

    /// The entries of `log` that its reviewer does not have yet, wherever they lie.
    fn new_of(&self, log: &ReviewLog) -> ReviewLog {
        let known = self.logs.iter().find(|known| files::name::is_same(known.reviewer(), log.reviewer()));
        let ids: std::collections::HashSet<&str> =
            known.iter().flat_map(|known| known.entries()).map(|entry| &*entry.id).collect();
        let new = log.entries().filter(|entry| !ids.contains(&*entry.id));
        ReviewLog::new(log.reviewer(), new.map(|entry| (**entry).clone()).collect())
    }
}
