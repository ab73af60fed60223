//! Headings, in the forms people and models write them: Markdown's own, a bold line, a label with a colon.

use super::fences;
use std::ops::Range;

/// Level of a line that is bold only, below all six of Markdown's own.
const BOLD: u8 = 7;
/// Level of a `Name:` line, below a bold one.
const LABEL: u8 = 8;
/// A longer text before a colon is a sentence, not a label.
const LABEL_WORDS: usize = 8;

/// A heading and the section it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6 as in Markdown; 7 for a line that is bold only, 8 for a `Name:` line.
    pub level: u8,
    /// The name alone, without markup, numbering and colon; may be empty.
    pub title: Range<usize>,
    /// From the start of the heading's line to the next heading of the same or a higher rank (a level as
    /// small or smaller), or to the end of the text.
    pub extent: Range<usize>,
}

/// All headings of `text` outside fenced code, in order. Linear in the text's length.
///
/// A heading is an ATX heading (`## Steps`), a one-line setext heading (underlined with `==` or `--`), a line
/// that is bold only (`**Steps**`), or a line that starts with a label of up to eight words and a colon that
/// ends the line or is followed by white space (`Answer: 42`). The last two may follow a list marker or a
/// number.
pub fn headings(text: &str) -> Vec<Heading> {
    let fences = fences(text);
    let mut fence = fences.iter().peekable();
    let mut out: Vec<Heading> = Vec::new();
    // The line above, where it is a paragraph's first line: an underline makes it a heading.
    let mut above: Option<Range<usize>> = None;
    let mut opens_paragraph = true;
    let mut start = 0;
    while start < text.len() {
        if let Some(code) = fence.next_if(|fence| fence.whole.start <= start) {
            start = code.whole.end + 1;
            (above, opens_paragraph) = (None, true);
            continue;
        }
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        if let (Some(paragraph), Some(level)) = (above.take(), underline(line)) {
            out.pop_if(|last| last.extent.start == paragraph.start);
            out.push(Heading { level, title: trim_title(text, paragraph.clone()), extent: paragraph });
            opens_paragraph = true;
        } else if let Some((level, title)) = atx(text, start..end) {
            out.push(Heading { level, title, extent: start..end });
            opens_paragraph = true;
        } else {
            let content = after_marker(text, start..end);
            if let Some((level, title)) = bold(text, content.clone()).or_else(|| label(text, content.clone())) {
                out.push(Heading { level, title, extent: start..end });
            }
            let blank = line.trim().is_empty();
            let marked = content.start != start;
            above = (opens_paragraph && !blank && !marked).then_some(start..end);
            opens_paragraph = blank;
        }
        start = end + 1;
    }
    close(&mut out, text.len());
    out
}

/// Sets where each section ends. `extent.start` is already right.
fn close(headings: &mut [Heading], len: usize) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..headings.len() {
        let (level, start) = (headings[index].level, headings[index].extent.start);
        while let Some(last) = open.pop_if(|last| headings[*last].level >= level) {
            headings[last].extent.end = start;
        }
        open.push(index);
    }
    for index in open {
        headings[index].extent.end = len;
    }
}

/// The level an underline gives the line above it: two or more `=` or `-`.
fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    let all = |mark: u8| line.len() >= 2 && line.bytes().all(|b| b == mark);
    if all(b'=') { Some(1) } else { all(b'-').then_some(2) }
}

/// An ATX heading: up to three spaces, one to six `#`, then white space or the line's end.
fn atx(text: &str, line: Range<usize>) -> Option<(u8, Range<usize>)> {
    let bytes = &text.as_bytes()[line.clone()];
    let indent = bytes.iter().take_while(|&&b| b == b' ').count();
    let level = bytes.get(indent..)?.iter().take_while(|&&b| b == b'#').count();
    let rest = indent + level;
    if indent > 3 || !(1..=6).contains(&level) || bytes.get(rest).is_some_and(|b| !b.is_ascii_whitespace()) {
        return None;
    }
    let content = &text[line.start + rest..line.end];
    let trimmed = content.trim_end();
    let unclosed = trimmed.trim_end_matches('#');
    // Closing hashes stand apart: `# C#` is about C#.
    let closed = unclosed.is_empty() || unclosed.ends_with(char::is_whitespace);
    let end = line.start + rest + if closed { unclosed.len() } else { trimmed.len() };
    Some((level as u8, trim_title(text, line.start + rest..end)))
}

/// A line that is bold only.
fn bold(text: &str, content: Range<usize>) -> Option<(u8, Range<usize>)> {
    let (inner, after) = emphasised(text, content.clone())?;
    let after = text[after..content.end].trim();
    (after.is_empty() || after == ":" || after == "：").then(|| (BOLD, trim_title(text, inner)))
}

/// A line that starts with a label and a colon; the label may be bold, with the colon inside or after.
fn label(text: &str, content: Range<usize>) -> Option<(u8, Range<usize>)> {
    if let Some((inner, after)) = emphasised(text, content.clone()) {
        let colon = |c: char| matches!(c, ':' | '：');
        let labels = text[inner.clone()].trim_end().ends_with(colon) || text[after..content.end].starts_with(colon);
        return labels.then(|| (LABEL, trim_title(text, inner)));
    }
    let line = &text[content.clone()];
    let ends_label = |(at, c): &(usize, char)| match c {
        ':' => line[at + 1..].chars().next().is_none_or(char::is_whitespace),
        '：' => true,
        _ => false,
    };
    let (colon, _) = line.char_indices().find(ends_label)?;
    let title = trim_title(text, content.start..content.start + colon);
    let words = text[title.clone()].split_whitespace().take(LABEL_WORDS + 1).count();
    (1..=LABEL_WORDS).contains(&words).then_some((LABEL, title))
}

/// What stands between the bold marks `content` starts with, and where the closing mark ends.
fn emphasised(text: &str, content: Range<usize>) -> Option<(Range<usize>, usize)> {
    let line = &text[content.clone()];
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    let length = line[2..].find(mark).filter(|&length| !line[2..2 + length].trim().is_empty())?;
    let inner = content.start + 2..content.start + 2 + length;
    Some((inner.clone(), inner.end + 2))
}

/// The part of a line after its indent and a list marker or number, without white space at its end.
fn after_marker(text: &str, line: Range<usize>) -> Range<usize> {
    let end = line.start + text[line.clone()].trim_end().len();
    let trim = |start: usize| end - text[start..end].trim_start().len();
    let start = trim(line.start.min(end));
    let bullet = ["- ", "* ", "+ ", "• "].into_iter().find(|bullet| text[start..end].starts_with(bullet));
    let length = bullet.map(str::len).or_else(|| number(&text[start..end]));
    length.map_or(start, |length| trim(start + length))..end
}

/// The bytes that number a line: `2. `, `2) `, `2.1 `, `(2) `.
fn number(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let open = usize::from(bytes.first() == Some(&b'('));
    let digits = bytes[open..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let figures = &bytes[open..open + digits];
    let end = open + digits + usize::from(bytes.get(open + digits) == Some(&b')'));
    let closed = end > open + digits || (open == 0 && figures.contains(&b'.'));
    let numbers = figures.first().is_some_and(u8::is_ascii_digit);
    (numbers && closed && bytes.get(end).is_some_and(u8::is_ascii_whitespace)).then_some(end)
}

/// `range` of `text` without what surrounds a heading's name: white space, emphasis, code marks, numbering in
/// front and colons behind.
pub fn trim_title(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = range;
    loop {
        let before = range.clone();
        let name = &text[range.clone()];
        let kept = name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        range.end = range.start + kept.len();
        range.start = range.end - kept.trim_start().len();
        let name = &text[range.clone()];
        for mark in ["**", "__", "*", "_", "`"] {
            let inner = name.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
            if inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(mark)) {
                range = range.start + mark.len()..range.end - mark.len();
                break;
            }
        }
        range.start += number(&text[range.clone()]).unwrap_or(0);
        if range == before {
            return range;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::headings;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u8, &str)]) {
        let found: Vec<_> = headings(text).into_iter().map(|h| (h.level, &text[h.title])).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn markdown_headings() {
        check("# A\n## 2. Steps ##\n### **Answer:**\r\n#no\n####### no", &[(1, "A"), (2, "Steps"), (3, "Answer")]);
        check("## C#\n#\n   # in\n    # code", &[(2, "C#"), (1, ""), (1, "in")]);
        check("### 2.1 Deep\n## (3) Round\n## `code`", &[(3, "Deep"), (2, "Round"), (2, "code")]);
        check("## 10 ways\n## 3.14", &[(2, "10 ways"), (2, "3.14")]);
    }

    #[test]
    fn underlined_headings() {
        check("Title\n=====\ntext\n\nSub:\n---\n", &[(1, "Title"), (2, "Sub")]);
        check("two\nlines\n---\n- item\n---\n\n---", &[]);
    }

    #[test]
    fn bold_lines_and_labels() {
        check("**Steps**\n__Answer:__\n**Note**:", &[(7, "Steps"), (7, "Answer"), (7, "Note")]);
        check("1. **Steps**\n- **Answer:** 42\n  * Note: x", &[(7, "Steps"), (8, "Answer"), (8, "Note")]);
        check("**bold** in a line\n**a** and **b**\n****\n12:30 is late\nhttps://x.y", &[]);
        check("*Answer*: 42\n答案：四十二", &[(8, "Answer"), (8, "答案")]);
        check("a b c d e f g h: yes\na b c d e f g h i: no\n: none", &[(8, "a b c d e f g h")]);
    }

    #[test]
    fn code_is_not_read() {
        check("```\n# A\nB: c\n```\n# D\n~~~\n# open", &[(1, "D")]);
    }

    #[test]
    fn a_section_runs_to_the_next_of_its_rank() {
        let text = "# A\na\n## B\nb\n**C**\n# D\n";
        let extents: Vec<_> = headings(text).into_iter().map(|h| &text[h.extent]).collect();
        assert_eq!(extents, ["# A\na\n## B\nb\n**C**\n", "## B\nb\n**C**\n", "**C**\n", "# D\n"]);
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text(text in "([-#*_:=`.()0-9 \n\r：aé]|\\*\\*|```|## ){0,60}") {
            for heading in headings(&text) {
                prop_assert!(text.get(heading.title.clone()).is_some());
                prop_assert!(text.get(heading.extent.clone()).is_some());
                prop_assert!(heading.extent.start <= heading.title.start && heading.title.end <= heading.extent.end);
            }
        }
    }
}
