//! All judgements of an import become one log a reviewer.

use super::criteria::{Criteria, Kept};
use super::values::Rated;
use crate::io::digest;
use crate::io::import::log::Log;
use crate::io::import::records::Remark;
use crate::model::review::{Act, Choice, Entry, Label, Prefer, Purpose, Rate, ReviewLog};
use crate::model::{Criterion, Dataset, Dimension, Node, RatingScale, Severity, SpanLabel, slug};
use crate::text::thousands;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// The dimension that imported criteria stand in.
const DIMENSION: &str = "ratings";
/// The longest a reviewer's name may be, in characters.
const LONGEST_NAME: usize = 60;

/// What judgements of an import come to.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// One log a reviewer, in order of first appearance. Entries are in the order of files and rows; where the data has
    /// no time, they are at the beginning of 1970.
    pub logs: Vec<ReviewLog>,
    /// What was rated: for rubrics that do not have it.
    pub dimensions: Vec<Dimension>,
    /// What spans were labelled with.
    pub labels: Vec<SpanLabel>,
}

/// Where a judgement stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::io::import) struct Place {
    /// Index of the source.
    pub(in crate::io::import) source: u32,
    /// 1-based line, record or element: as [`crate::model::Response::row`].
    pub(in crate::io::import) row: u64,
    /// 1-based line.
    pub(in crate::io::import) line: u64,
    /// When it was made, where the data says it.
    pub(in crate::io::import) at: Option<Timestamp>,
    /// How long it took.
    pub(in crate::io::import) seconds: Option<f64>,
}

/// By whom a rating is, and why.
#[derive(Debug)]
pub(in crate::io::import) struct By {
    pub(in crate::io::import) place: Place,
    /// As [`Collector::reviewer`] gave it.
    pub(in crate::io::import) reviewer: u32,
    pub(in crate::io::import) reason: String,
    /// Whether it is a gold judgement.
    pub(in crate::io::import) is_gold: bool,
}

#[derive(Debug)]
struct Draft {
    reviewer: u32,
    place: Place,
    purpose: Purpose,
    reason: String,
    act: Judgement,
}

/// An act before ids and scales are known.
#[derive(Debug)]
enum Judgement {
    Rate { response: u32, criterion: u32, value: Kept },
    Prefer { responses: [u32; 2], choice: Choice },
    Label { response: u32, label: u32, span: [u32; 2] },
}

/// Takes judgements in the order of files and rows.
#[derive(Debug, Default)]
pub(in crate::io::import) struct Collector {
    reviewers: Vec<String>,
    by_name: HashMap<String, u32>,
    pub(in crate::io::import) criteria: Criteria,
    labels: Vec<SpanLabel>,
    drafts: Vec<Draft>,
    pairs: HashSet<(u32, [u32; 2], Purpose)>,
    rated: HashSet<(u32, u32, u32, Purpose)>,
    /// Of each source: judgements that say something again.
    repeats: HashMap<u32, u64>,
    trees: Vec<Dimension>,
}

impl Collector {
    /// The reviewer called `name`; names that differ in letter case only are one, because their logs would be.
    pub(in crate::io::import) fn reviewer(&mut self, name: &str) -> u32 {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        let key = name.to_lowercase();
        if let Some(&known) = self.by_name.get(&key) {
            return known;
        }
        let index = self.reviewers.len() as u32;
        self.reviewers.push(name);
        self.by_name.insert(key, index);
        index
    }

    /// Takes a graded rubric, whose criteria ratings name by their ids.
    pub(in crate::io::import) fn tree(&mut self, tree: Dimension) {
        let rubric = crate::model::Rubric { dimensions: vec![tree], ..Default::default() };
        self.criteria.know(rubric.criteria().into_iter().map(|(_, criterion)| criterion.id.clone()));
        self.trees.extend(rubric.dimensions);
    }

    /// Takes a rating; the word where it is none. Whether there was anything to take.
    pub(in crate::io::import) fn rate(
        &mut self,
        by: By,
        response: u32,
        criterion: u32,
        value: Rated<'_>,
    ) -> Result<bool, String> {
        let By { place, reviewer, reason, is_gold } = by;
        let Some(value) = self.criteria.see(criterion, value)? else { return Ok(false) };
        let mut purpose = if is_gold { Purpose::Gold } else { Purpose::Judge };
        if !self.rated.insert((reviewer, response, criterion, purpose)) && !is_gold {
            purpose = Purpose::Repeat;
            *self.repeats.entry(place.source).or_default() += 1;
        }
        let act = Judgement::Rate { response, criterion, value };
        self.drafts.push(Draft { reviewer, place, purpose, reason, act });
        Ok(true)
    }

    /// Takes a preference between two different responses, as shown from left to right.
    pub(in crate::io::import) fn prefer(
        &mut self,
        place: Place,
        reviewer: u32,
        responses: [u32; 2],
        choice: Choice,
        reason: String,
        wanted: Purpose,
    ) {
        let mut pair = responses;
        pair.sort_unstable();
        let mut purpose = wanted;
        if wanted == Purpose::Judge && !self.pairs.insert((reviewer, pair, wanted)) {
            purpose = Purpose::Repeat;
            *self.repeats.entry(place.source).or_default() += 1;
        }
        self.drafts.push(Draft { reviewer, place, purpose, reason, act: Judgement::Prefer { responses, choice } });
    }

    /// Takes a label of a span, in bytes of the response's text.
    pub(in crate::io::import) fn label(
        &mut self,
        place: Place,
        reviewer: u32,
        response: u32,
        label: &str,
        span: [u32; 2],
        reason: String,
    ) {
        let id = slug(label);
        let label = self.labels.iter().position(|known| known.id == id).unwrap_or_else(|| {
            self.labels.push(SpanLabel { id, name: label.to_owned(), guidance: String::new() });
            self.labels.len() - 1
        });
        let act = Judgement::Label { response, label: label as u32, span };
        self.drafts.push(Draft { reviewer, place, purpose: Purpose::Judge, reason, act });
    }

    /// The logs; `sources` are the names and digests of the sources. What cannot be used is told.
    pub(in crate::io::import) fn finish(self, dataset: &Dataset, sources: &[(&str, &str)], log: &mut Log) -> Judged {
        let scales = self.criteria.scales();
        let mut entries: Vec<Vec<Entry>> = self.reviewers.iter().map(|_| Vec::new()).collect();
        let id = |response: u32| dataset.text(dataset.responses()[response as usize].id).to_owned();
        let (mut source, mut row, mut nth, mut session) = (None, 0, 0, String::new());
        for draft in self.drafts {
            let Place { source: of, row: number, line, at, seconds } = draft.place;
            if source != Some(of) {
                source = Some(of);
                row = 0;
                let (name, digest) = sources[of as usize];
                session = session_of(name, digest);
                log.begin(name);
                if let Some(count) = self.repeats.get(&of) {
                    log.say(Severity::Note, format!(
                        "{} say again what their reviewer said of the same before; they are kept as repeats, which show how far reviewers agree with themselves and do not count",
                        counted(*count, "judgement does", "judgements").trim_end_matches(" does")
                    ));
                }
            }
            nth = if row == number { nth + 1 } else { 0 };
            row = number;
            let act = match draft.act {
                Judgement::Rate { response, criterion, value } => {
                    let rating = self.criteria.at(criterion);
                    let Some(scale) = &scales[criterion as usize] else { continue };
                    match rating.value(value, scale) {
                        Ok(value) => Act::Rate(Rate {
                            response: id(response),
                            criterion: rating.id.clone(),
                            value: Some(value),
                            scale: scale.scale().bounds(),
                            wording: String::new(),
                            reason: draft.reason,
                            purpose: draft.purpose,
                        }),
                        Err(text) => {
                            log.remark(unusable(line, &rating.name, &text, scale));
                            continue;
                        }
                    }
                }
                Judgement::Prefer { responses, choice } => Act::Prefer(Prefer {
                    responses: responses.map(id),
                    choice,
                    reason: draft.reason,
                    purpose: draft.purpose,
                }),
                Judgement::Label { response, label, span: [start, end] } => {
                    let text = dataset.response_text(response as usize).unwrap_or_default();
                    Act::Label(Label {
                        response: id(response),
                        label: self.labels[label as usize].id.clone(),
                        start,
                        end,
                        quote: text.get(start as usize..end as usize).unwrap_or_default().to_owned(),
                        reason: draft.reason,
                    })
                }
            };
            let id = if nth == 0 { format!("{session}-{number}") } else { format!("{session}-{number}.{nth}") };
            entries[draft.reviewer as usize].push(Entry { id, at: at.unwrap_or(Timestamp::UNIX_EPOCH), seconds, act });
        }
        tell_scales(&self.criteria, &scales, log);
        let logs = self.reviewers.iter().zip(entries).filter(|(_, entries)| !entries.is_empty());
        Judged {
            logs: logs.map(|(name, entries)| ReviewLog::new(name, entries)).collect(),
            dimensions: dimensions(self.trees, &self.criteria, &scales),
            labels: self.labels,
        }
    }
}

/// The session that a source's entries belong to: the same for the same bytes.
fn session_of(name: &str, sha256: &str) -> String {
    let digest = if sha256.is_empty() { digest::of_bytes(name.as_bytes()) } else { sha256.to_owned() };
    format!("i{}", &digest[..11])
}

fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(count)) }
}

fn unusable(line: u64, criterion: &str, text: &str, scale: &RatingScale) -> Remark {
    Remark {
        severity: Severity::Warning,
        line: Some(line),
        kind: "ratings that are not on their scale",
        message: format!("“{text}” is no rating of “{criterion}” on the scale {scale}; the rating is left out"),
    }
}

/// Says which scales were found, and where their order is a guess.
fn tell_scales(criteria: &Criteria, scales: &[Option<RatingScale>], log: &mut Log) {
    log.begin("");
    for (rating, scale) in criteria.iter().zip(scales) {
        match scale {
            None => log.say(
                Severity::Warning,
                format!("what “{}” was rated on is not known, so its ratings are left out; say which scale it is", rating.name),
            ),
            Some(scale) if rating.is_order_unknown() => log.say(
                Severity::Warning,
                format!("the order of the ratings of “{}” is not known; it is taken to be {scale}, from the worst to the best: say another where that is wrong", rating.name),
            ),
            Some(_) => {}
        }
    }
}

/// What was rated as dimensions: graded trees as they came, all else in one.
fn dimensions(trees: Vec<Dimension>, criteria: &Criteria, scales: &[Option<RatingScale>]) -> Vec<Dimension> {
    let mut rest = Dimension::new(DIMENSION, "Ratings");
    let mut graded: HashMap<&str, Criterion> = HashMap::new();
    let in_trees: HashSet<String> = trees.iter().flat_map(leaf_ids).collect();
    for (rating, scale) in criteria.iter().zip(scales) {
        let Some(scale) = scale else { continue };
        if in_trees.contains(&rating.id) {
            graded.insert(&rating.id, rating.criterion(scale));
        } else {
            rest.children.push(Node::Criterion(rating.criterion(scale)));
        }
    }
    let mut all: Vec<Dimension> = trees;
    for tree in &mut all {
        set_scales(tree, &graded);
    }
    if !rest.children.is_empty() {
        all.push(rest);
    }
    all
}

fn leaf_ids(tree: &Dimension) -> Vec<String> {
    tree.children
        .iter()
        .flat_map(|node| match node {
            Node::Criterion(criterion) => vec![criterion.id.clone()],
            Node::Dimension(dimension) => leaf_ids(dimension),
        })
        .collect()
}

/// Gives the criteria of a tree the scales that were found.
fn set_scales(tree: &mut Dimension, graded: &HashMap<&str, Criterion>) {
    for node in &mut tree.children {
        match node {
            Node::Dimension(dimension) => set_scales(dimension, graded),
            Node::Criterion(criterion) => {
                if let Some(found) = graded.get(criterion.id.as_str()) {
                    criterion.judge = found.judge.clone();
                }
            }
        }
    }
}
