//! `judge`: judgements from another program, each on disk before it is confirmed.

use super::args::Judge;
use super::failure::tell;
use super::{DONE, Failure, ROWS_SKIPPED};
use crate::io::reviews::{EntryIds, Given, Writer, read_folder, read_given};
use crate::io::store::{self, Mistake, REVIEWS};
use crate::model::review::{Act, RowIndex, wording};
use crate::model::{Criterion, Judge as Judged, Rubric};
use crate::scoring::Progress;
use crate::text::nearest;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead as _, Write};

/// What the input is called in messages.
const INPUT: &str = "standard input";

/// Appends each act on standard input to the log, and confirms it with a line. Lines that cannot be used are told and
/// passed over.
pub(super) fn run(args: &Judge, out: &mut dyn Write) -> Result<u8, Failure> {
    if store::is_packed(&args.project) {
        return Err(Failure::Said(format!(
            "“{}” is packed, and nothing can be added to it line by line; save it as a folder in the window first.",
            args.project.display()
        )));
    }
    let opened = store::open(&args.project, &Progress::default()).map_err(Failure::from_error)?;
    if let Some(why) = &opened.read_only {
        return Err(Failure::Said(why.clone()));
    }
    let folder = args.project.join(REVIEWS);
    let mut writer = Writer::open(&folder, &args.reviewer).map_err(Failure::from_error)?;
    writer.take_repairs().iter().for_each(|said| tell(said));
    let reviews = read_folder(&folder);
    reviews.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
    let mine = reviews.logs.iter().find(|log| **log.reviewer() == *writer.reviewer());
    let entries = mine.iter().flat_map(|log| log.entries());
    let mut project = Known {
        ids: entries.map(|entry| entry.id.clone()).collect(),
        index: RowIndex::new(opened.project.dataset().clone()),
        criteria: opened.project.rubric().criteria().into_iter().map(|(_, one)| (&*one.id, one)).collect(),
        rubric: opened.project.rubric(),
    };

    let mut ids = EntryIds::new();
    let mut unusable = false;
    for (number, line) in io::stdin().lock().split(b'\n').enumerate() {
        let line = line.map_err(|error| Failure::Said(format!("{INPUT} could not be read: {error}.")))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let given = read_given(INPUT, number + 1, &line, |criterion| Some(project.scale_of(criterion)));
        let given = match given.and_then(|given| project.check(given, number + 1)) {
            Ok(given) => given,
            Err(mistake) => {
                tell(&mistake.to_string());
                unusable = true;
                continue;
            }
        };
        let entry = given.into_entry(|| ids.next().expect("ids do not end"), Timestamp::now());
        let id = entry.id.clone();
        // What was fed in before is there, and said so.
        if project.ids.insert(id.clone()) {
            writer.append(entry).map_err(|error| {
                Failure::Said(format!("{INPUT}:{}: {error} Nothing after it was read; feed it in again.", number + 1))
            })?;
            writer.take_repairs().iter().for_each(|said| tell(said));
            writeln!(out, "saved {id}")?;
        } else {
            writeln!(out, "known {id}")?;
        }
        out.flush()?;
    }
    Ok(if unusable { ROWS_SKIPPED } else { DONE })
}

/// What acts can be about.
struct Known<'a> {
    ids: HashSet<String>,
    index: RowIndex,
    criteria: HashMap<&'a str, &'a Criterion>,
    rubric: &'a Rubric,
}

impl Known<'_> {
    /// The act, if all that it names is there. A rating that does not say under which words it was given was given
    /// under those of now.
    fn check(&self, mut given: Given, line: usize) -> Result<Given, Mistake> {
        let responses: Vec<&String> = match &given.act {
            Act::Rate(rate) => vec![&rate.response],
            Act::Prefer(prefer) => prefer.responses.iter().collect(),
            Act::Rank(rank) => rank.responses.iter().collect(),
            Act::Flag(flag) => vec![&flag.response],
            Act::Note(note) => vec![&note.response],
            Act::Label(label) => vec![&label.response],
            Act::Overrule(overrule) => vec![&overrule.response],
            Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => Vec::new(),
        };
        if let Some(id) = responses.into_iter().find(|id| self.index.row(id).is_none()) {
            return Err(missing(line, "response", id, None));
        }
        match &mut given.act {
            Act::Rate(rate) => {
                let criterion = self.criterion(&rate.criterion, line)?;
                if rate.wording.is_empty() {
                    rate.wording = wording(criterion);
                }
            }
            Act::Overrule(overrule) => drop(self.criterion(&overrule.criterion, line)?),
            Act::Label(label) if !self.rubric.labels.iter().any(|known| known.id == label.label) => {
                let near = nearest(&label.label, self.rubric.labels.iter().map(|known| &*known.id));
                return Err(missing(line, "label", &label.label, near));
            }
            Act::Undo(undo) if !self.ids.contains(&undo.entry) => {
                return Err(missing(line, "entry of this reviewer", &undo.entry, None));
            }
            _ => {}
        }
        Ok(given)
    }

    /// The ends of the scale that people rate a criterion on; a check's value goes from 0 to 1.
    fn scale_of(&self, criterion: &str) -> [f64; 2] {
        match self.criteria.get(criterion).map(|criterion| &criterion.judge) {
            Some(Judged::Human(scale)) => scale.bounds(),
            Some(Judged::Check(_)) => [0.0, 1.0],
            // That there is no such criterion is told later, and no value is off its scale.
            None => [f64::MIN, f64::MAX],
        }
    }

    fn criterion(&self, id: &str, line: usize) -> Result<&Criterion, Mistake> {
        let found = self.criteria.get(id).copied();
        found.ok_or_else(|| missing(line, "criterion", id, nearest(id, self.criteria.keys().copied())))
    }
}

fn missing(line: usize, what: &str, id: &str, near: Option<&str>) -> Mistake {
    let hint = match near {
        Some(near) => format!("Did you mean `{near}`? Nothing was saved of it."),
        None => "Check the id. Nothing was saved of it.".to_owned(),
    };
    let message = format!("The project has no {what} “{id}”.");
    Mistake { file: INPUT.to_owned(), line, column: 1, message, hint: Some(hint) }
}
