//! Reading a log: what is sound loads, what is not is named, and nothing is changed.

use super::mistake::Line;
use super::sound;
use crate::io::store::Mistake;
use crate::model::review::Entry;
use std::collections::HashMap;
use std::collections::hash_map;

/// What a log held.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its entries, in order. Of lines with one id, the first.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub mistakes: Vec<Mistake>,
    /// How it ends.
    pub end: End,
}

/// How a log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With the end of a line, as it should.
    Whole,
    /// With a whole entry that only lacks the end of its line.
    Unended,
    /// With a line that was never written to its end, from this byte on. It is among the mistakes.
    Torn(usize),
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads the bytes of the log `file`, which is its name in messages. Lines end in `\n` or `\r\n`; blank ones and a
/// byte order mark are passed over, as are lines that a merge brought in twice.
pub fn read(file: &str, bytes: &[u8]) -> Reading {
    let mut reading = Reading { entries: Vec::new(), mistakes: Vec::new(), end: End::Whole };
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let mut number = 0;
    while start < bytes.len() {
        number += 1;
        let stop = memchr::memchr(b'\n', &bytes[start..]).map(|at| start + at);
        let next = stop.map_or(bytes.len(), |stop| stop + 1);
        let whole = &bytes[start..stop.unwrap_or(bytes.len())];
        let bytes_of_line = whole.strip_suffix(b"\r").unwrap_or(whole);
        let line = Line { file, number, bytes: bytes_of_line, fate: "The line stays in the log." };
        let is_last = bytes[next..].trim_ascii().is_empty();
        if !line.bytes.trim_ascii().is_empty() {
            match serde_json::from_slice::<Entry>(line.bytes) {
                Ok(entry) => {
                    take(entry, line, &mut reading, &mut known);
                    if stop.is_none() {
                        reading.end = End::Unended;
                    }
                }
                Err(_) if is_mark_of_merge(line.bytes) => reading.mistakes.push(line.mistake(
                    0,
                    "This is the mark of an unfinished merge.".to_owned(),
                    Some("Delete it and keep the entries of both sides.".to_owned()),
                )),
                Err(_) if is_last && !line.is_json() => {
                    reading.end = End::Torn(start);
                    reading.mistakes.push(line.mistake(
                        0,
                        "The last line was never written to its end.".to_owned(),
                        Some("It is moved aside when this reviewer goes on.".to_owned()),
                    ));
                }
                Err(error) => {
                    reading.mistakes.push(line.unreadable(&error));
                    if stop.is_none() {
                        reading.end = End::Unended;
                    }
                }
            }
        }
        start = next;
    }
    reading
}

fn take(entry: Entry, line: Line<'_>, reading: &mut Reading, known: &mut HashMap<String, usize>) {
    if let Some((field, message)) = sound::problem(&entry.act) {
        let hint = "The line stays in the log and does not count.".to_owned();
        reading.mistakes.push(line.about(field, line.bytes.len(), message, Some(hint)));
        return;
    }
    match known.entry(entry.id.clone()) {
        hash_map::Entry::Vacant(place) => {
            place.insert(reading.entries.len());
            reading.entries.push(entry);
        }
        // The same line twice is what a merge leaves.
        hash_map::Entry::Occupied(place) if reading.entries[*place.get()] == entry => {}
        hash_map::Entry::Occupied(_) => reading.mistakes.push(line.about(
            &entry.id,
            line.bytes.len(),
            format!("Another entry has the id “{}” already; this one does not count.", entry.id),
            Some("Give one of them an id of its own.".to_owned()),
        )),
    }
}

fn is_mark_of_merge(line: &[u8]) -> bool {
    [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"].iter().any(|mark| line.starts_with(mark))
}
