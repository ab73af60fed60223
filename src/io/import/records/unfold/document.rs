//! JSON documents of tools, recognised by what stands at their top.

use super::super::object;
use super::super::scan::{skip_space, string_end, value_end};
use super::{Unfold, promptfoo, promptfoo_table};
use crate::io::import::layout::Shape;
use serde_json::Value;
use std::ops::Range;

/// The names and values of the object whose brace is at `start`. Ends early where it is damaged.
fn members(bytes: &[u8], start: usize) -> Vec<(String, Range<usize>)> {
    let mut members = Vec::new();
    let mut at = start + 1;
    loop {
        at = skip_space(bytes, at);
        match bytes.get(at) {
            Some(b',') => at += 1,
            Some(b'"') => {
                let Some(key_end) = string_end(bytes, at) else { return members };
                let key = String::from_utf8_lossy(&bytes[at + 1..key_end - 1]).into_owned();
                let colon = skip_space(bytes, key_end);
                if bytes.get(colon) != Some(&b':') {
                    return members;
                }
                let value = skip_space(bytes, colon + 1);
                let Some(end) = value_end(bytes, value).filter(|end| *end > at) else {
                    // What is cut off may still have rows before the cut.
                    members.push((key, value..bytes.len()));
                    return members;
                };
                members.push((key, value..end));
                at = end;
            }
            _ => return members,
        }
    }
}

/// How the document whose brace is at `start` is unfolded, and where its rows are; `None` where no tool is known that
/// writes it.
pub(in super::super::super) fn unfolding_of_document(bytes: &[u8], start: usize) -> Option<(Shape, Unfold)> {
    let top = members(bytes, start);
    let find = |members: &[(String, Range<usize>)], name: &str| {
        members.iter().find(|(key, _)| key == name).map(|(_, range)| range.clone())
    };
    let begins = |range: &Range<usize>, with: u8| bytes.get(range.start) == Some(&with);
    let list = |range: Range<usize>, path: &str| Shape::Array { start: range.start, path: path.to_owned() };
    let value = |range: Range<usize>| -> Option<Value> {
        let text = std::str::from_utf8(bytes.get(range)?).ok()?;
        object::parse(text).ok().map(|(fields, _)| Value::Object(fields))
    };
    if let (Some(eval), Some(samples)) = (find(&top, "eval"), find(&top, "samples"))
        && begins(&eval, b'{')
        && begins(&samples, b'[')
    {
        let model = value(eval).and_then(|eval| eval.get("model")?.as_str().map(str::to_owned));
        return Some((list(samples, "samples"), Unfold::Inspect { model }));
    }
    let table = |members: &[(String, Range<usize>)], path: &str| -> Option<(Shape, Unfold)> {
        let body = find(members, "body").filter(|range| begins(range, b'['))?;
        let head = promptfoo_table::head(&value(find(members, "head")?)?)?;
        Some((list(body, path), Unfold::PromptfooBody(head)))
    };
    if let Some(found) = table(&top, "body") {
        return Some(found);
    }
    if let Some(results) = find(&top, "results") {
        // Where both are there, the list says more of each output.
        let inner = if begins(&results, b'{') { members(bytes, results.start) } else { Vec::new() };
        let has_list =
            find(&inner, "results").is_some_and(|range| bytes.get(skip_space(bytes, range.start + 1)) == Some(&b'{'));
        if let Some(of) = find(&inner, "table").filter(|range| begins(range, b'{') && !has_list)
            && let Some(found) = table(&members(bytes, of.start), "results.table.body")
        {
            return Some(found);
        }
        let (results, path) = match bytes.get(results.start) {
            Some(b'{') => (find(&members(bytes, results.start), "results")?, "results.results"),
            _ => (results, "results"),
        };
        if begins(&results, b'[')
            && let Some(naming) = promptfoo::naming(bytes, results.start)
        {
            return Some((list(results, path), Unfold::Promptfoo(naming)));
        }
    }
    if let (Some(models), Some(examples)) = (find(&top, "models"), find(&top, "examples"))
        && begins(&examples, b'[')
        && let Some(models) = std::str::from_utf8(&bytes[models]).ok().and_then(names)
    {
        return Some((list(examples, "examples"), Unfold::Comparator { models }));
    }
    let is_list_of_objects =
        |range: &Range<usize>| begins(range, b'[') && bytes.get(skip_space(bytes, range.start + 1)) == Some(&b'{');
    if top.len() >= 2 && top.iter().all(|(_, range)| is_list_of_objects(range)) && are_alike(bytes, &top) {
        return Some((Shape::Sequence, Unfold::Lists));
    }
    if find(&top, "requirements").is_some() && find(&top, "sub_tasks").is_some_and(|range| begins(&range, b'[')) {
        return Some((Shape::Sequence, Unfold::Tree));
    }
    None
}

/// Whether the first rows of all these lists have the same names.
fn are_alike(bytes: &[u8], lists: &[(String, Range<usize>)]) -> bool {
    let mut names = lists.iter().map(|(_, range)| {
        let first = skip_space(bytes, range.start + 1);
        let mut names: Vec<String> = members(bytes, first).into_iter().map(|(name, _)| name).collect();
        names.sort();
        names
    });
    let first = names.next();
    names.all(|names| Some(&names) == first.as_ref())
}

/// The names of two models.
fn names(text: &str) -> Option<[String; 2]> {
    let list: Vec<Value> = serde_json::from_str(text).ok()?;
    let name = |model: &Value| model.get("name").unwrap_or(model).as_str().map(str::to_owned);
    let names: Vec<String> = list.iter().map(name).collect::<Option<_>>()?;
    names.try_into().ok()
}
