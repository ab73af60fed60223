//! Judgements on disk: what was confirmed is there, and what could not be saved is told and not lost.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use jiff::Timestamp;
use rubrica::io::reviews::{Reviews, Writer, read_folder};
use rubrica::model::review::{Act, Entry, Note};
use std::fs;
use std::path::Path;

fn note(id: &str) -> Entry {
    let act = Act::Note(Note { response: "r1".into(), text: "worth a look".into() });
    Entry { id: id.into(), at: Timestamp::UNIX_EPOCH, seconds: None, act }
}

fn ids(reviews: &Reviews) -> Vec<&str> {
    reviews.logs.iter().flat_map(|log| log.entries()).map(|entry| &*entry.id).collect()
}

/// A device that is always full.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_waits_is_saved_later() {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anna.jsonl");
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();
    let mut writer = Writer::open(folder.path(), "anna").unwrap();
    let said = writer.append(note("a-1")).unwrap_err().to_string();
    assert!(said.contains("the disk is full; free some space"), "{said}");
    fs::remove_file(&path).unwrap();
    writer.append(note("a-2")).unwrap();
    assert_eq!(ids(&read_folder(folder.path())), ["a-1", "a-2"]);
}
