//! Judgements of the rows of all files, once the responses are there.

use super::super::judgements::{self, By, JudgedColumns, Place, Rated, Sides};
use super::super::load::LoadedFile;
use super::super::records::{Remark, Row};
use super::super::{guess, text_of};
use super::prompts::PromptTally;
use super::respondents::{Asking, Respondents};
use super::{Assembly, ImportError};
use crate::model::review::{Choice, Purpose};
use crate::model::{Field, Mapping, Role, Severity};
use crate::text::thousands;
use serde_json::Value;
use std::borrow::Cow;

/// Who made gold judgements that nobody signed.
const GOLD: &str = "gold";

/// What the rows of one file lack.
#[derive(Default)]
struct Lacks {
    ratings: u64,
    prompts: PromptTally,
    /// Responses that differ from those of another file.
    beside: u64,
}

/// Two responses that a row compares.
#[derive(Clone, Copy)]
struct Compared<'a> {
    place: Place,
    row: &'a Row,
    columns: &'a JudgedColumns,
    pair: [u32; 2],
    rater: &'a str,
}

impl Assembly<'_> {
    /// Takes the judgements of all `files`. Whether every row says which prompt it is about.
    pub(super) fn judgements(&mut self, files: &[(&LoadedFile, &Mapping)]) -> Result<bool, ImportError> {
        let mut respondents = Respondents::default();
        let mut prompts_known = true;
        if self.wishes.scoring.is_some() {
            // Who only scores has nobody to keep judgements for, and texts are gone.
            return Ok(true);
        }
        for (index, (file, mapping)) in files.iter().enumerate().filter(|(_, (_, mapping))| mapping.has_judgements()) {
            let columns = JudgedColumns::new(mapping, &file.name);
            if let Some(tree) = file.tree() {
                self.collector.tree(tree.clone());
            }
            self.log.begin(&file.name);
            let mut lacks = Lacks::default();
            let before = respondents.beside;
            match mapping.role {
                Role::Responses => self.rated_responses(index, file, &columns, &mut lacks)?,
                Role::Ratings => {
                    let model = mapping.model.clone().unwrap_or_else(|| guess::model_of_file(&file.name));
                    self.each_row(index, file, true, |assembly, row| {
                        assembly.ratings(index as u32, row, &columns, &model, &mut respondents, &mut lacks);
                    })?;
                }
                Role::Preferences => self.each_row(index, file, true, |assembly, row| {
                    assembly.preference(index as u32, row, &columns, &mut respondents, &mut lacks);
                })?,
                Role::Wide | Role::Prompts | Role::Models => {}
            }
            prompts_known &= lacks.prompts.without == 0;
            lacks.beside = respondents.beside - before;
            if file.has_events() {
                lacks.ratings = 0;
            }
            self.tell_lacks(&lacks);
        }
        Ok(prompts_known)
    }

    fn tell_lacks(&mut self, lacks: &Lacks) {
        let count = |count: u64, one: &str, many: &str| {
            if count == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(count)) }
        };
        if lacks.ratings > 0 {
            let rows = count(lacks.ratings, "row has", "rows have");
            self.log.say(Severity::Note, format!("{rows} no rating; their responses are kept"));
        }
        if lacks.beside > 0 {
            let what = count(lacks.beside, "response that it judges has", "responses that it judges have");
            self.log.say(
                Severity::Note,
                format!("{what} another text than other files have of the same model for the prompt; both are kept"),
            );
        }
        if lacks.prompts.without > 0 {
            let rows = count(lacks.prompts.without, "row does", "rows do");
            self.log.say(
                Severity::Note,
                format!("{rows} not say which prompt they are about, so each has a prompt of its own without a text"),
            );
        }
        if lacks.prompts.ambiguous.count > 0 {
            let list = lacks.prompts.ambiguous.list();
            self.log.say(
                Severity::Note,
                format!(
                    "prompts with the same text are told apart by their order only: {list}; an id column would be safer"
                ),
            );
        }
    }

    /// Ratings that stand beside responses: rows that were read as such before.
    fn rated_responses(
        &mut self,
        index: usize,
        file: &LoadedFile,
        columns: &JudgedColumns,
        lacks: &mut Lacks,
    ) -> Result<(), ImportError> {
        let source = index as u32;
        // Responses of a source are in the order of its rows.
        let responses = self.shared.builder.dataset().responses();
        let first = responses.partition_point(|response| response.source < source);
        let mut next = first;
        self.each_row(index, file, false, |assembly, row| {
            let responses = assembly.shared.builder.dataset().responses();
            while responses.get(next).is_some_and(|it| it.source == source && u64::from(it.row) < row.number) {
                next += 1;
            }
            let is_it = responses.get(next).is_some_and(|it| it.source == source && u64::from(it.row) == row.number);
            if is_it {
                assembly.rate(source, row, columns, next as u32, lacks);
            }
        })
    }

    /// A row of a file of ratings.
    fn ratings(
        &mut self,
        source: u32,
        row: &Row,
        columns: &JudgedColumns,
        model: &str,
        respondents: &mut Respondents,
        lacks: &mut Lacks,
    ) {
        let asking = Asking { columns, fields: &row.fields, source, row: row.number, model: Some(model) };
        let response = respondents.one(&mut self.shared, &mut lacks.prompts, &asking);
        self.rate(source, row, columns, response, lacks);
    }

    /// All ratings and labels of a row, which are of `response`.
    fn rate(&mut self, source: u32, row: &Row, columns: &JudgedColumns, response: u32, lacks: &mut Lacks) {
        let place = place(source, row, columns);
        let fields = &row.fields;
        let turn = columns.turn(fields);
        let is_gold = columns.get(Field::IsGold, fields).is_some_and(judgements::is_yes);
        let said = columns.get(Field::Criterion, fields).and_then(judgements::name);
        let mut any = false;
        for rating in &columns.ratings {
            let Some(value) = rating.path.get(fields) else { continue };
            let name = format!("{}{turn}", said.as_deref().unwrap_or(&rating.criterion));
            let criterion = self.collector.criteria.get(&name, rating.scale.as_ref(), source);
            let one = std::slice::from_ref(value);
            let (values, is_list) = match value {
                Value::Array(list) => (list.as_slice(), true),
                _ => (one, false),
            };
            let raters = columns.get(Field::Rater, fields).and_then(Value::as_array).filter(|_| is_list);
            for (nth, value) in values.iter().enumerate() {
                let rater = match (raters.and_then(|raters| raters.get(nth)), &rating.rater) {
                    (Some(rater), _) => judgements::name(rater),
                    (None, Some(rater)) => Some(rater.clone()),
                    (None, None) => None,
                };
                let rater = rater.unwrap_or_else(|| match is_list {
                    true => format!("rater {}", nth + 1),
                    false => columns.rater(fields),
                });
                let by = By {
                    place,
                    reviewer: self.collector.reviewer(&rater),
                    reason: columns.reason(Field::Reason, fields),
                    is_gold,
                };
                self.collector.criteria.see_most(criterion, judgements::most_said(value));
                match self.collector.rate(by, response, criterion, judgements::rating(value)) {
                    Ok(there) => any |= there,
                    Err(word) => self.log.remark(Remark {
                        severity: Severity::Warning,
                        line: Some(row.line),
                        kind: "ratings that are texts",
                        message: format!("“{word}” is no rating of “{name}”: it has too many different words for a scale; the rating is left out"),
                    }),
                }
            }
        }
        any |= self.label(place, row, columns, response);
        lacks.ratings += u64::from(!any);
    }

    /// The labelled spans of a row; whether there are any.
    fn label(&mut self, place: Place, row: &Row, columns: &JudgedColumns, response: u32) -> bool {
        let Some(Value::Array(spans)) = columns.get(Field::Labels, &row.fields) else { return false };
        let reviewer = self.collector.reviewer(&columns.rater(&row.fields));
        let mut any = false;
        for span in spans {
            let text = self.shared.builder.dataset().response_text(response as usize).unwrap_or_default();
            match labelled(span, text) {
                Ok((labels, at)) => {
                    any = true;
                    for label in labels {
                        self.collector.label(place, reviewer, response, &label, at, String::new());
                    }
                }
                Err(why) => self.log.remark(Remark {
                    severity: Severity::Warning,
                    line: Some(row.line),
                    kind: "labels that do not fit the text",
                    message: format!("a label is left out: {why}"),
                }),
            }
        }
        any
    }

    /// A row of a file of preferences.
    fn preference(
        &mut self,
        source: u32,
        row: &Row,
        columns: &JudgedColumns,
        respondents: &mut Respondents,
        lacks: &mut Lacks,
    ) {
        let fields = &row.fields;
        let asking = Asking { columns, fields, source, row: row.number, model: None };
        let pair = respondents.two(&mut self.shared, &mut lacks.prompts, &asking);
        let place = place(source, row, columns);
        let turn = columns.turn(fields);
        let rater = format!("{}{turn}", columns.rater(fields));
        let compared = Compared { place, row, columns, pair, rater: &rater };
        let scores = self.pair_ratings(&compared);
        let sides = self.sides(columns, row, pair);
        let (mut is_said, mut has_first) = (false, false);
        let mut judge = |assembly: &mut Self, field: Field, verdict: Result<Option<Choice>, String>| match verdict {
            Ok(Some(choice)) => {
                is_said = true;
                assembly.verdict(&compared, field, choice, has_first);
                has_first |= field == Field::Verdict;
            }
            Ok(None) => {}
            Err(text) => {
                is_said = true;
                assembly.log.remark(Remark {
                    severity: Severity::Warning,
                    line: Some(row.line),
                    kind: "verdicts that are not understood",
                    message: format!(
                        "“{text}” in `{}` names neither of the two responses nor a tie; the verdict is left out",
                        columns.name(field)
                    ),
                });
            }
        };
        let verdicts = [Field::Verdict, Field::VerdictSwapped, Field::Gold];
        for field in verdicts.into_iter().filter(|field| columns.has(*field)) {
            judge(self, field, columns.verdict(field, fields, &sides));
        }
        if !verdicts.into_iter().any(|field| columns.has(field)) {
            let says_scores = columns.has(Field::Rating) && columns.has(Field::RatingB);
            // With nothing to say which is better the columns do: chosen and rejected.
            let choice = if says_scores { scores } else { Some(Choice::First) };
            judge(self, Field::Verdict, Ok(choice));
        }
        if !is_said {
            self.log.remark(Remark {
                severity: Severity::Note,
                line: Some(row.line),
                kind: "rows without a verdict",
                message: "the row gives no verdict; its responses are kept".to_owned(),
            });
        }
    }

    /// One verdict that was understood. In the other order it repeats the first, where there is one.
    fn verdict(&mut self, compared: &Compared<'_>, field: Field, choice: Choice, has_first: bool) {
        let Compared { place, row, columns, pair, rater } = *compared;
        let swapped = match field {
            Field::VerdictSwapped => true,
            _ => columns.get(Field::Swapped, &row.fields).is_some_and(judgements::is_yes),
        };
        let is_gold = field == Field::Gold || columns.get(Field::IsGold, &row.fields).is_some_and(judgements::is_yes);
        let (purpose, rater) = match () {
            () if is_gold && !columns.has(Field::Rater) => (Purpose::Gold, GOLD),
            () if is_gold => (Purpose::Gold, rater),
            () if field == Field::VerdictSwapped && has_first => (Purpose::Repeat, rater),
            () => (Purpose::Judge, rater),
        };
        let reason = match field {
            Field::VerdictSwapped => columns.reason(Field::ReasonSwapped, &row.fields),
            Field::Gold if columns.has(Field::Verdict) => String::new(),
            _ => columns.reason(Field::Reason, &row.fields),
        };
        let reviewer = self.collector.reviewer(rater);
        let (pair, choice) = if swapped { ([pair[1], pair[0]], choice.flipped()) } else { (pair, choice) };
        self.collector.prefer(place, reviewer, pair, choice, reason, purpose);
    }

    /// Ratings of both responses of a row; which is better by them.
    fn pair_ratings(&mut self, compared: &Compared<'_>) -> Option<Choice> {
        let Compared { place, row, columns, pair, rater } = *compared;
        let fields = &row.fields;
        let values = [Field::Rating, Field::RatingB].map(|field| columns.get(field, fields));
        let said = columns.get(Field::Criterion, fields).and_then(judgements::name);
        let name =
            said.unwrap_or_else(|| guess::shared_name(columns.name(Field::Rating), columns.name(Field::RatingB)));
        for (value, response) in values.into_iter().zip(pair) {
            let Some(value) = value else { continue };
            let criterion = self.collector.criteria.get(&name, None, place.source);
            let by = By {
                place,
                reviewer: self.collector.reviewer(rater),
                reason: columns.reason(Field::Reason, fields),
                is_gold: false,
            };
            if let Err(word) = self.collector.rate(by, response, criterion, judgements::rating(value)) {
                self.log.remark(Remark {
                    severity: Severity::Warning,
                    line: Some(row.line),
                    kind: "ratings that are texts",
                    message: format!("“{word}” is no rating of “{name}”; the rating is left out"),
                });
            }
        }
        let number = |value: Option<&Value>| match judgements::rating(value?) {
            Rated::Number(number) => Some(number),
            Rated::YesNo(truth) => Some(f64::from(u8::from(truth))),
            Rated::Nothing | Rated::Word(_) => None,
        };
        let (first, second) = (number(values[0])?, number(values[1])?);
        Some(match first.total_cmp(&second) {
            std::cmp::Ordering::Greater => Choice::First,
            std::cmp::Ordering::Less => Choice::Second,
            std::cmp::Ordering::Equal => Choice::Tie,
        })
    }

    /// What a verdict may call the two.
    fn sides(&self, columns: &JudgedColumns, row: &Row, pair: [u32; 2]) -> Sides {
        let dataset = self.shared.builder.dataset();
        let names = [0, 1].map(|side| {
            let response = &dataset.responses()[pair[side] as usize];
            let said = columns.side(side == 1, &row.fields);
            let mut names =
                vec![dataset.models()[response.model as usize].clone(), dataset.text(response.id).to_owned()];
            names.extend(said.model);
            names.extend(said.id.map(Cow::into_owned));
            names.push(said.column);
            names
        });
        Sides { names }
    }
}

fn place(source: u32, row: &Row, columns: &JudgedColumns) -> Place {
    Place {
        source,
        row: row.number,
        line: row.line,
        at: columns.get(Field::Time, &row.fields).and_then(judgements::time),
        seconds: columns.get(Field::Seconds, &row.fields).and_then(judgements::seconds),
    }
}

/// The labels of a span and its bytes in `text`. Offsets in files count characters.
fn labelled(span: &Value, text: &str) -> Result<(Vec<String>, [u32; 2]), String> {
    let inner = span.get("value").filter(|value| value.is_object()).unwrap_or(span);
    let offset = |name: &str| inner.get(name).and_then(text_of::key).and_then(|key| key.parse::<usize>().ok());
    let (Some(start), Some(end)) = (offset("start"), offset("end")) else {
        return Err("it does not say where it starts and ends".to_owned());
    };
    let byte = |character: usize| {
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        places.nth(character).map(|at| at as u32)
    };
    let (Some(from), Some(to)) = (byte(start), byte(end)) else {
        return Err(format!("characters {start} to {end} are beyond the end of the text"));
    };
    if from >= to {
        return Err(format!("characters {start} to {end} mark nothing"));
    }
    let names = ["labels", "label", "hypertextlabels", "type", "class", "category", "tag"];
    let labels: Vec<String> = names
        .into_iter()
        .find_map(|name| inner.get(name))
        .map(|value| match value {
            Value::Array(list) => list.iter().filter_map(judgements::name).collect(),
            one => judgements::name(one).into_iter().collect(),
        })
        .unwrap_or_default();
    if labels.is_empty() {
        return Err("it has no label".to_owned());
    }
    Ok((labels, [from, to]))
}
