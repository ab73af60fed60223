//! Columns by name or by path: `choices[0].turns[0]`, `messages[-1].content`.

use serde_json::{Map, Value};

/// One step into nested JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Into an object.
    Key(String),
    /// Into a list, counted from the front.
    Index(usize),
    /// Into a list, counted from the end: 1 is the last.
    FromEnd(usize),
}

/// Where a column's value lies in a row. A column that has the whole text as its own name wins over the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ColumnPath {
    whole: String,
    steps: Vec<Step>,
}

impl ColumnPath {
    /// Reads a column's name or path; every text is one.
    pub(super) fn new(text: &str) -> Self {
        Self { whole: text.to_owned(), steps: steps(text).unwrap_or_default() }
    }

    /// The value in a row; `None` where there is none.
    pub(super) fn get<'a>(&self, fields: &'a Map<String, Value>) -> Option<&'a Value> {
        if let Some(value) = fields.get(&self.whole) {
            return Some(value);
        }
        let (Step::Key(first), rest) = self.steps.split_first()? else { return None };
        rest.iter().try_fold(fields.get(first)?, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
            Step::FromEnd(back) => value.as_array().and_then(|list| list.get(list.len().checked_sub(*back)?)),
        })
    }

    /// The column it begins in, where it leads into one.
    pub(super) fn root(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [Step::Key(first), _, ..] => Some(first),
            _ => None,
        }
    }
}

/// The steps of a path; `None` where the text is none.
fn steps(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for (part_index, part) in text.split('.').enumerate() {
        let (key, mut brackets) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !key.is_empty() {
            steps.push(Step::Key(key.to_owned()));
        } else if brackets.is_empty() || part_index == 0 {
            return None;
        }
        while let Some(rest) = brackets.strip_prefix('[') {
            let (inside, after) = rest.split_once(']')?;
            steps.push(match inside.strip_prefix('-') {
                Some(back) => Step::FromEnd(back.parse().ok().filter(|&back| back > 0)?),
                None => Step::Index(inside.parse().ok()?),
            });
            brackets = after;
        }
        if !brackets.is_empty() {
            return None;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::ColumnPath;
    use serde_json::json;

    #[track_caller]
    fn check(path: &str, expected: Option<i64>) {
        let row = json!({"a": {"b": [1, {"c": 2}], "x.y": 5}, "a.b[0]": 3, "k]": 4, "": 6});
        let fields = row.as_object().unwrap();
        assert_eq!(ColumnPath::new(path).get(fields).and_then(serde_json::Value::as_i64), expected, "{path}");
    }

    #[test]
    fn paths_lead_into_nested_values() {
        check("a.b[1].c", Some(2));
        check("a.b[-1].c", Some(2));
        check("a.b[-2]", Some(1));
        check("a.b[-3]", None);
        check("a.b[7]", None);
        check("a.nothing", None);
    }

    #[test]
    fn a_column_of_that_very_name_wins() {
        check("a.b[0]", Some(3));
        check("k]", Some(4));
        check("", Some(6));
    }
}
