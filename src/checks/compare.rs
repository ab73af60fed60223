//! Comparing texts with letter case or white space folded.

use crate::text::Span;

/// The characters of `text`, trimmed, with case or inner white space folded as asked.
fn folded(text: &str, ignore_case: bool, ignore_space: bool) -> impl Iterator<Item = char> {
    let mut after_space = false;
    let collapsed = text.trim().chars().filter_map(move |c| {
        if !ignore_space || !c.is_whitespace() {
            after_space = false;
            return Some(c);
        }
        (!std::mem::replace(&mut after_space, true)).then_some(' ')
    });
    collapsed.flat_map(move |c| {
        let (lower, same) = if ignore_case { (Some(c.to_lowercase()), None) } else { (None, Some(c)) };
        lower.into_iter().flatten().chain(same)
    })
}

/// Whether two texts are the same, white space at their ends aside.
pub(super) fn same(a: &str, b: &str, ignore_case: bool, ignore_space: bool) -> bool {
    folded(a, ignore_case, ignore_space).eq(folded(b, ignore_case, ignore_space))
}

/// Calls `found` with every place of `needle` (not empty) in `text`. Linear in both.
///
/// Places may overlap. With `ignore_case` both are lowercased by Unicode's full mapping; a place that would
/// begin or end inside a character whose lowercase is longer is none.
pub(super) fn places(text: &str, needle: &str, ignore_case: bool, mut found: impl FnMut(Span)) {
    if !ignore_case {
        let finder = memchr::memmem::Finder::new(needle);
        let mut from = 0;
        while let Some(at) = finder.find(&text.as_bytes()[from..]) {
            let start = from + at;
            found(Span::new(start..start + needle.len()));
            from = start + needle.len();
        }
        return;
    }
    let needle = needle.to_lowercase();
    let mut lower = String::with_capacity(text.len());
    // Where in `text` each byte of `lower` comes from, where a character begins there.
    let mut origin: Vec<Option<u32>> = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        lower.extend(c.to_lowercase());
        origin.push(u32::try_from(at).ok());
        origin.resize(lower.len(), None);
    }
    origin.push(u32::try_from(text.len()).ok());
    for at in memchr::memmem::find_iter(lower.as_bytes(), needle.as_bytes()) {
        if let (Some(start), Some(end)) = (origin[at], origin[at + needle.len()]) {
            found(Span { start, end });
        }
    }
}

/// `text` in quotes, shortened to what fits a line.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut chars = text.chars();
    let shown: String = chars.by_ref().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.next().is_some() { format!("“{shown}…”") } else { format!("“{shown}”") }
}
