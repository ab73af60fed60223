//! What a row with judgements says: the columns of its mapping, ready to be looked up.

use super::values::{self, Sides};
use crate::io::import::column_path::ColumnPath;
use crate::io::import::text_of;
use crate::model::review::Choice;
use crate::model::{Coding, Field, Mapping, RatingScale};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

type Fields = Map<String, Value>;

/// The columns of a mapping with judgements.
#[derive(Debug)]
pub(in crate::io::import) struct JudgedColumns {
    columns: BTreeMap<Field, (String, ColumnPath)>,
    /// The columns that hold ratings.
    pub(in crate::io::import) ratings: Vec<RatingAt>,
    coding: Option<Coding>,
    /// Of rows that do not say it.
    pub(in crate::io::import) rater: String,
}

/// Where ratings stand.
#[derive(Debug)]
pub(in crate::io::import) struct RatingAt {
    pub(in crate::io::import) path: ColumnPath,
    pub(in crate::io::import) criterion: String,
    pub(in crate::io::import) rater: Option<String>,
    pub(in crate::io::import) scale: Option<RatingScale>,
}

/// One of the responses that a row is about, as it names it.
#[derive(Debug, Default)]
pub(in crate::io::import) struct Side<'a> {
    /// Its id.
    pub(in crate::io::import) id: Option<Cow<'a, str>>,
    /// What produced it.
    pub(in crate::io::import) model: Option<String>,
    /// What produced it, where the row does not say.
    pub(in crate::io::import) column: String,
    /// The value that holds it; `None` where the row has no such column.
    pub(in crate::io::import) text: Option<&'a Value>,
}

/// What a column of verdicts says in a row.
pub(in crate::io::import) type Verdict = Result<Option<Choice>, String>;

impl JudgedColumns {
    /// Those of `mapping`; `file` names who judged where nothing else does.
    pub(in crate::io::import) fn new(mapping: &Mapping, file: &str) -> Self {
        let columns = mapping.columns.iter();
        Self {
            columns: columns.map(|(field, name)| (*field, (name.clone(), ColumnPath::new(name)))).collect(),
            ratings: mapping
                .ratings
                .iter()
                .map(|rating| RatingAt {
                    path: ColumnPath::new(&rating.column),
                    criterion: rating.criterion.clone(),
                    rater: rating.rater.clone(),
                    scale: rating.scale.clone(),
                })
                .collect(),
            coding: mapping.coding,
            rater: mapping.rater.clone().unwrap_or_else(|| crate::io::import::guess::stem(file).to_owned()),
        }
    }

    /// The value of `field` in a row.
    pub(in crate::io::import) fn get<'a>(&self, field: Field, fields: &'a Fields) -> Option<&'a Value> {
        self.columns.get(&field)?.1.get(fields)
    }

    /// Whether `field` has a column.
    pub(in crate::io::import) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// The name of the column of `field`; empty where it has none.
    pub(in crate::io::import) fn name(&self, field: Field) -> &str {
        self.columns.get(&field).map_or("", |(name, _)| name)
    }

    /// All values of the row that the mapping names.
    pub(in crate::io::import) fn taken<'a>(&self, fields: &'a Fields) -> Vec<&'a Value> {
        let mapped = self.columns.values().filter_map(|(_, path)| path.get(fields));
        mapped.chain(self.ratings.iter().filter_map(|rating| rating.path.get(fields))).collect()
    }

    /// The first or, with `second`, the second of two responses. A row with one response has it first.
    pub(in crate::io::import) fn side<'a>(&self, second: bool, fields: &'a Fields) -> Side<'a> {
        let of = |first: Field, other: Field| if second { other } else { first };
        let (response, id) = (of(Field::Response, Field::ResponseB), of(Field::Id, Field::IdB));
        let rating = of(Field::Rating, Field::RatingB);
        let named = [response, id, rating].into_iter().find(|field| self.has(*field));
        Side {
            id: self.get(id, fields).and_then(text_of::key),
            model: self.get(of(Field::Model, Field::ModelB), fields).and_then(values::name),
            column: named
                .map_or_else(|| if second { "B" } else { "A" }.to_owned(), |field| self.name(field).to_owned()),
            text: self.get(response, fields),
        }
    }

    /// What the column of `field` says of which response is better; `Ok(None)` where it says nothing.
    pub(in crate::io::import) fn verdict(&self, field: Field, fields: &Fields, sides: &Sides) -> Verdict {
        self.get(field, fields).map_or(Ok(None), |value| values::verdict(value, sides, self.coding))
    }

    /// Who judged.
    pub(in crate::io::import) fn rater(&self, fields: &Fields) -> String {
        self.get(Field::Rater, fields).and_then(values::name).unwrap_or_else(|| self.rater.clone())
    }

    /// Why.
    pub(in crate::io::import) fn reason(&self, field: Field, fields: &Fields) -> String {
        let text = self.get(field, fields).and_then(text_of::plain);
        text.map_or_else(String::new, |text| text.trim().to_owned())
    }

    /// `, turn 2` and so on; empty for the first turn.
    pub(in crate::io::import) fn turn(&self, fields: &Fields) -> String {
        let turn = self.get(Field::Turn, fields).and_then(text_of::key);
        turn.filter(|turn| turn != "1" && turn != "0").map_or_else(String::new, |turn| format!(", turn {turn}"))
    }
}
