//! Work that a crash left unsaved.

use super::place::{ABOUT, About, DRAFT, FOUND, Place, REVIEWS, places};
use crate::io::reviews::{new_session, read_folder};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Unsaved work, to be restored or discarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The place it is in.
    pub place: PathBuf,
    /// The draft; `None` where only judgements were left.
    pub draft: Option<PathBuf>,
    /// Whose it is.
    pub about: About,
    /// How many judgements are with it that have no other place.
    pub judgements: usize,
}

impl Found {
    /// What there is, in a sentence.
    pub fn sentence(&self) -> String {
        let name = if self.about.name.is_empty() { "a project without a name" } else { &self.about.name };
        let judgements = match self.judgements {
            0 => String::new(),
            1 => " and one judgement".to_owned(),
            more => format!(" and {more} judgements"),
        };
        let at = self.about.at.strftime("%F %H:%M");
        format!("Unsaved work on “{name}”{judgements} from {at} UTC was found.")
    }
}

/// The drafts set aside in the place `folder`, in no order.
pub(super) fn drafts_found(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(FOUND)))
}

/// What a crash left in `place`, the newest first. Drafts are set aside, so that new ones do not take their place.
/// Judgements on a project that lives somewhere are not among it: they are read with it.
pub fn found_in(place: &Place) -> Vec<Found> {
    set_aside(place.folder());
    found(place.folder())
}

/// What crashes left of other projects than those that are open, the newest first.
pub fn waiting(root: &Path) -> Vec<Found> {
    let entries = fs::read_dir(places(root)).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut all = Vec::new();
    for folder in entries.filter(|path| path.is_dir()) {
        // Whoever has it open knows what is in it. Leaving it removes what holds nothing.
        if let Ok(place) = Place::take(folder.clone()) {
            set_aside(&folder);
            all.extend(found(&folder));
            drop(place);
        }
    }
    all.sort_by_key(|found| std::cmp::Reverse(found.about.at));
    all
}

fn set_aside(folder: &Path) {
    let draft = folder.join(DRAFT);
    if draft.join("project.ron").is_file() {
        let aside = folder.join(format!("{FOUND}{}", new_session()));
        // Where that fails it is found the next time.
        if fs::rename(&draft, &aside).is_ok() {
            let _ = fs::copy(folder.join(ABOUT), aside.join(ABOUT));
        }
    }
}

fn found(folder: &Path) -> Vec<Found> {
    let is_new = Place::is_new_at(folder);
    let logs = if is_new { read_folder(&folder.join(REVIEWS)).logs } else { Vec::new() };
    let judgements = logs.iter().map(|log| log.standing().len()).sum();
    let of = |draft: Option<PathBuf>, place: &Path| {
        let about = draft.as_deref().and_then(about_in).or_else(|| about_in(place));
        let about = about.unwrap_or_else(|| About {
            name: String::new(),
            origin: None,
            demo: false,
            at: jiff::Timestamp::now(),
        });
        Found { place: place.to_owned(), draft, about, judgements }
    };
    let mut found: Vec<Found> = drafts_found(folder).map(|draft| of(Some(draft), folder)).collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.about.at));
    if found.is_empty() && judgements > 0 {
        found.push(of(None, folder));
    }
    found
}

fn about_in(folder: &Path) -> Option<About> {
    serde_json::from_slice(&fs::read(folder.join(ABOUT)).ok()?).ok()
}

/// Removes a draft that was restored, or is the same as what was saved.
///
/// # Errors
/// When the system does not allow it.
pub fn remove(found: &Found) -> io::Result<()> {
    match &found.draft {
        Some(draft) if draft.exists() => fs::remove_dir_all(draft),
        _ => Ok(()),
    }
}

/// Gives up what was found. Judgements are not removed but moved to `discarded/` in the data folder `root`; where they
/// are then comes back.
///
/// # Errors
/// When the system does not allow it.
pub fn discard(root: &Path, found: &Found) -> io::Result<Option<PathBuf>> {
    remove(found)?;
    let kept = if Place::is_new_at(&found.place) { put_away(root, &found.place)? } else { None };
    // It goes where nothing is left in it.
    drop(Place::take(found.place.clone()));
    Ok(kept)
}

/// Moves the judgements in the place `folder` to `discarded/`; where they are then.
///
/// # Errors
/// When the system does not allow it.
pub fn put_away(root: &Path, folder: &Path) -> io::Result<Option<PathBuf>> {
    let reviews = folder.join(REVIEWS);
    if !reviews.is_dir() || fs::remove_dir(&reviews).is_ok() {
        return Ok(None);
    }
    let kept = root.join("discarded").join(new_session());
    fs::create_dir_all(root.join("discarded"))?;
    fs::rename(&reviews, &kept)?;
    Ok(Some(kept))
}
