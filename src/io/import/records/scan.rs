//! Finds where JSON values end without building them: brackets and strings only. A mistake inside one value
//! does not hide the values after it as long as its brackets and quotes pair up.

use std::ops::Range;

/// The offset after the string that begins at `at`, `None` where the text ends inside it.
pub(in super::super) fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let found = from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?;
        match bytes[found] {
            b'"' => return Some(found + 1),
            _ => from = found + 2,
        }
    }
}

/// The offset after the value that begins at `at`; `None` where the text ends inside a string or brackets.
pub(in super::super) fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    let mut depth = 0usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return Some(if depth == 1 { at + 1 } else { at }),
            b'}' | b']' => depth -= 1,
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    (depth == 0).then_some(at)
}

/// The first offset from `at` on that is no white space.
pub(in super::super) fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The values in a list, or one after the other.
#[derive(Clone, Debug)]
pub(in super::super) struct Elements<'a> {
    bytes: &'a [u8],
    at: usize,
    close: Option<u8>,
    /// Set at the end: whether the end was where it should be.
    pub(in super::super) complete: bool,
}

impl<'a> Elements<'a> {
    /// Values from `at` to the bracket `close`, or to the end of the text.
    pub(in super::super) fn new(bytes: &'a [u8], at: usize, close: Option<u8>) -> Self {
        Self { bytes, at, close, complete: false }
    }

    /// Where it stands: at the end, after the closing bracket.
    pub(in super::super) fn offset(&self) -> usize {
        self.at
    }
}

impl Iterator for Elements<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            self.at = skip_space(self.bytes, self.at);
            match self.bytes.get(self.at) {
                None => {
                    self.complete |= self.close.is_none();
                    return None;
                }
                Some(&byte) if Some(byte) == self.close => {
                    self.at += 1;
                    self.complete = true;
                    self.close = None;
                    self.bytes = &self.bytes[..self.at];
                    return None;
                }
                Some(b',') => self.at += 1,
                Some(_) => break,
            }
        }
        let start = self.at;
        let Some(end) = value_end(self.bytes, start) else {
            self.at = self.bytes.len();
            self.close.get_or_insert(b']');
            return None;
        };
        // A stray bracket or colon is a value of its own, so that there is always progress.
        self.at = end.max(start + 1);
        Some(start..self.at)
    }
}

/// Where the longest list of objects inside the object at `at` begins, and its path; the first of equals.
pub(in super::super) fn longest_list(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let mut best = None;
    look_inside(bytes, at, "", 0, &mut best);
    best.map(|(_, path, start)| (path, start))
}

/// Objects inside objects are looked into this deep.
const LIST_DEPTH: usize = 4;

fn look_inside(bytes: &[u8], at: usize, path: &str, depth: usize, best: &mut Option<(usize, String, usize)>) {
    let mut at = at + 1;
    loop {
        at = skip_space(bytes, at);
        match bytes.get(at) {
            Some(b',') => at += 1,
            Some(b'"') => {
                let Some(key_end) = string_end(bytes, at) else { return };
                let key = String::from_utf8_lossy(&bytes[at + 1..key_end - 1]);
                let colon = skip_space(bytes, key_end);
                if bytes.get(colon) != Some(&b':') {
                    return;
                }
                let value = skip_space(bytes, colon + 1);
                let inner = if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") };
                match bytes.get(value) {
                    Some(b'[') if bytes.get(skip_space(bytes, value + 1)) == Some(&b'{') => {
                        let count = Elements::new(bytes, value + 1, Some(b']')).count();
                        if best.as_ref().is_none_or(|(most, ..)| count > *most) {
                            *best = Some((count, inner, value));
                        }
                    }
                    Some(b'{') if depth < LIST_DEPTH => look_inside(bytes, value, &inner, depth + 1, best),
                    _ => {}
                }
                match value_end(bytes, value) {
                    Some(end) if end > at => at = end,
                    _ => return,
                }
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Elements, longest_list};

    #[track_caller]
    fn check(text: &str, expected: &[&str], complete: bool) {
        let mut elements = Elements::new(text.as_bytes(), 1, Some(b']'));
        let found: Vec<&str> = elements.by_ref().map(|range| &text[range]).collect();
        assert_eq!((found.as_slice(), elements.complete), (expected, complete));
    }

    #[test]
    fn elements_end_where_their_brackets_do() {
        check(r#"[{"a":"]}"}, 1 ,"x\"" , [2]] rest"#, &[r#"{"a":"]}"}"#, "1", r#""x\"""#, "[2]"], true);
        check(r#"[{"a":1},{"b":"#, &[r#"{"a":1}"#], false);
        check("[}}", &["}", "}"], false);
        check("[]", &[], true);
    }

    #[test]
    fn the_longest_list_of_objects_is_found() {
        let text = r#"{"meta": {"x": [{}]}, "few": [{}, {}], "r": {"rows": [{}, {}, {}], "n": [1,2,3,4]}}"#;
        let (path, start) = longest_list(text.as_bytes(), 0).unwrap();
        assert_eq!((path.as_str(), &text[start..start + 4]), ("r.rows", "[{},"));
        assert_eq!(longest_list(br#"{"a": 1}"#, 0), None);
    }
}
