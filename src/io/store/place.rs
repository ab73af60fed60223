//! Where each imported file stands in a project's `responses/`.

use super::save::{Content, Part};
use super::{RESPONSES, StoreError, digest};
use crate::io::import::model_of_file;
use crate::model::{Notice, Role, Severity, Source};
use crate::scoring::Progress;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What becomes of the sources of a project being saved.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// The sources with their paths in the project, in order.
    pub(super) sources: Vec<Source>,
    /// Files to be copied there.
    pub(super) parts: Vec<Part>,
    /// What a person should know.
    pub(super) notices: Vec<Notice>,
}

/// Places `sources`: those with a relative path lie in the folder `base`, the others where they were imported
/// from. `existing` is the folder written into, where names may be taken; `None` when everything is written
/// anew.
pub(super) fn place(
    sources: &[Source],
    base: Option<&Path>,
    existing: Option<&Path>,
    progress: &Progress,
) -> Result<Placed, StoreError> {
    let mut placed = Placed::default();
    // Names in lower case: some systems do not tell the cases apart.
    let mut taken: HashSet<String> = HashSet::new();
    for source in sources.iter().filter(|source| !is_outside(source)) {
        taken.insert(source.path.to_lowercase());
    }
    for source in sources {
        if is_outside(source) {
            bring_in(source, existing, &mut taken, &mut placed, progress)?;
        } else {
            carry_along(source, base, existing, &mut placed);
        }
    }
    Ok(placed)
}

/// Whether the file is not in the project yet.
pub(super) fn is_outside(source: &Source) -> bool {
    Path::new(&source.path).is_absolute()
}

/// A file that is in the project already: copied when the project moves.
fn carry_along(source: &Source, base: Option<&Path>, existing: Option<&Path>, placed: &mut Placed) {
    placed.sources.push(source.clone());
    let Some(base) = base else { return };
    let from = base.join(&source.path);
    if existing == Some(base) || placed.parts.iter().any(|part| part.name == source.path) {
        return;
    }
    if from.is_file() {
        placed.parts.push(Part { name: source.path.clone(), content: Content::File(from) });
    } else {
        let message = "was missing when the project was saved elsewhere; put it back into the project folder.";
        placed.notices.push(warning(&source.path, message));
    }
}

/// The source under its new name. What was guessed from the old name is kept, so that the same responses come
/// out of it.
fn moved(source: &Source, path: String) -> Source {
    let mut moved = Source { path, ..source.clone() };
    if moved.mapping.role == Role::Responses {
        moved.mapping.model.get_or_insert_with(|| model_of_file(&source.path));
    }
    moved
}

/// A file imported since the last save: copied under a free name, unless the same bytes are there already.
fn bring_in(
    source: &Source,
    existing: Option<&Path>,
    taken: &mut HashSet<String>,
    placed: &mut Placed,
    progress: &Progress,
) -> Result<(), StoreError> {
    let from = PathBuf::from(&source.path);
    let file_name = from.file_name().unwrap_or_default().to_string_lossy();
    for name in numbered(&portable(&file_name)) {
        let path = format!("{RESPONSES}/{name}");
        if taken.contains(&path.to_lowercase()) {
            continue;
        }
        if let Some(there) = existing.map(|folder| folder.join(&path)).filter(|there| there.exists()) {
            if there.is_file() && digest::of_file(&there, progress)? == source.sha256 {
                taken.insert(path.to_lowercase());
                placed.sources.push(moved(source, path));
                return Ok(());
            }
            continue;
        }
        taken.insert(path.to_lowercase());
        if !from.is_file() {
            return Err(StoreError::SourceGone(source.path.clone()));
        }
        let sha256 = digest::of_file(&from, progress)?;
        if sha256 != source.sha256 {
            let message =
                "changed since it was imported; the project holds it as it is now. Open the project again to see it.";
            placed.notices.push(warning(&source.path, message));
        }
        placed.parts.push(Part { name: path.clone(), content: Content::File(from) });
        placed.sources.push(Source { sha256, ..moved(source, path) });
        return Ok(());
    }
    Ok(())
}

/// The name with dashes for what some system does not allow in names: a project is for sending around.
fn portable(name: &str) -> String {
    let allowed = |c: char| !c.is_control() && !r#"\/:*?"<>|"#.contains(c);
    let name: String = name.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    match name.trim_end_matches(['.', ' ']) {
        "" => "responses".to_owned(),
        name => name.to_owned(),
    }
}

/// `a.jsonl.gz`, `a-2.jsonl.gz`, `a-3.jsonl.gz` …
fn numbered(name: &str) -> impl Iterator<Item = String> {
    let dot = name.char_indices().skip(1).find(|(_, c)| *c == '.').map_or(name.len(), |(at, _)| at);
    let (stem, ending) = (name[..dot].to_owned(), name[dot..].to_owned());
    std::iter::once(name.to_owned()).chain((2u64..).map(move |number| format!("{stem}-{number}{ending}")))
}

fn warning(file: &str, message: &str) -> Notice {
    Notice { severity: Severity::Warning, file: file.to_owned(), line: None, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{numbered, portable};

    #[test]
    fn a_name_is_one_on_every_system() {
        assert_eq!(portable("pair:a_b \"c\"?.jsonl"), "pair-a_b -c--.jsonl");
        assert_eq!(portable("Größe 答え.csv"), "Größe 答え.csv");
        assert_eq!(portable("a\\..\\b. "), "a-..-b");
        assert_eq!(portable("…"), "…");
        assert_eq!(portable("."), "responses");
    }

    #[test]
    fn a_number_goes_before_the_ending() {
        let names: Vec<String> = numbered("a.jsonl.gz").take(3).collect();
        assert_eq!(names, ["a.jsonl.gz", "a-2.jsonl.gz", "a-3.jsonl.gz"]);
        assert_eq!(numbered(".hidden").nth(1).unwrap(), ".hidden-2");
    }
}
