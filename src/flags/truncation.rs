//! The text breaks off.

use super::{Basis, Flag, Info, Kind, flag::quoted};
use crate::text::fences;
use std::ops::Range;

pub(super) const INFO: Info = Info {
    id: "truncated",
    name: "Cut off",
    summary: "The text breaks off: in a sentence, in a list or in a code block.",
    details: "One of four signs, each at the very end. A fence that is opened, followed by code and never closed. A list \
              item that is a number or a bullet and nothing else. A last line that ends in a word after which a sentence \
              must go on (*the*, *and*, *because* and their like in six languages), in a comma, a hyphen, an opening bracket \
              or, in a text of several lines, a colon. A last line of prose that ends without a full stop although the \
              sentences and paragraphs before it end with one. Titles, signatures, verses, tables, code, formulas, links, \
              items of lists whose other items have no full stop either, and texts without punctuation, as in Thai, are \
              left alone: there an end without a full stop says nothing.",
    basis: Basis::Texts,
};

/// Bytes at the end of a text that are looked at, apart from its fences.
const TAIL: usize = 4000;

/// The flag of a text that breaks off.
pub(super) fn flag(text: &str) -> Option<Flag> {
    let (why, place) = open_fence(text).or_else(|| broken_end(text))?;
    Some(Flag::new(Kind::Truncated, why).at(place))
}

/// A fence that is opened, has something in it and is never closed.
fn open_fence(text: &str) -> Option<(String, Range<usize>)> {
    if !text.contains("```") && !text.contains("~~~") {
        return None;
    }
    let all = fences(text);
    let last = all.last().filter(|fence| !fence.closed)?;
    let code = text[last.code.clone()].trim();
    // What stands after a stray closing fence is prose, and so are the blocks before it then.
    let is_stray = last.language.is_empty() && (code.is_empty() || all.len() > 1 && looks_like_prose(code));
    if code.is_empty() || is_stray || code.contains("```") {
        return None;
    }
    let line = text[..last.whole.start].matches('\n').count() + 1;
    let first_line = text[last.whole.start..].lines().next().unwrap_or("").len();
    let opening = last.whole.start..last.whole.start + first_line;
    let end = code.lines().next_back().unwrap_or("");
    let goes_on = if looks_like_prose(end) { "; prose follows in it" } else { "" };
    Some((format!("The code block that is opened on line {line} is never closed{goes_on}."), opening))
}

fn looks_like_prose(code: &str) -> bool {
    code.lines().next().is_some_and(|line| line.split_whitespace().count() > 6 && line.ends_with(['.', ':', '!']))
}

/// An end in the middle of a sentence or a list.
fn broken_end(text: &str) -> Option<(String, Range<usize>)> {
    let whole = text.trim_end();
    let from = whole.ceil_char_boundary(whole.len().saturating_sub(TAIL));
    let tail = &whole[from..];
    let line_start = tail.rfind('\n').map_or(0, |at| at + 1);
    let line = &tail[line_start..];
    let place = |shown: &str| whole.len() - shown.len()..whole.len();
    let before = &tail[..line_start];
    // Within a block, and after one, other rules hold.
    if before.contains("```") && fences(whole).last().is_some_and(|fence| fence.whole.end >= whole.len()) {
        return None;
    }
    if let Some(marker) = lone_marker(line, before) {
        return Some((format!("The list ends in an item without a text, {}.", quoted(marker, 10)), place(marker)));
    }
    if is_code(line) || line.starts_with('|') || line.contains("](") || line.contains("://") || is_signed(line) {
        return None;
    }
    let end = line.chars().next_back()?;
    let shown = last_words(line);
    let words = line.split_whitespace().count();
    // A space behind the last word says that another was to come.
    if (words >= 5 || words >= 2 && text.len() > whole.len() && before.is_empty())
        && let Some(word) = line.split_whitespace().next_back()
        && GO_ON.contains(&word.to_lowercase().as_str())
        && !is_verse(tail)
    {
        return Some((format!("It ends in {}, after which a sentence goes on.", quoted(shown, 60)), place(shown)));
    }
    let prose = Prose::of(before, line);
    let in_sentence = match end {
        ',' | '、' | '，' | ';' | '；' => words >= 6 || (!end.is_ascii() && prose.sentences >= 2),
        '(' | '（' | '[' | '「' | '“' | '–' | '—' => words >= 4 || !end.is_ascii(),
        ':' | '：' => !before.trim().is_empty() && prose.sentences >= 1 && words >= 3 && !line.starts_with('#'),
        _ => false,
    };
    if in_sentence && !is_verse(tail) {
        return Some((format!("It ends in {}, after which something is to come.", quoted(shown, 60)), place(shown)));
    }
    if (end.is_alphanumeric() || end == '-' || end == '\'') && prose.should_end_with_a_stop(line) && !is_verse(tail) {
        let why = format!("It ends without a full stop, as its sentences have one: {}.", quoted(shown, 60));
        return Some((why, place(shown)));
    }
    None
}

/// A list item's marker that nothing follows, where an item stands before it.
fn lone_marker<'a>(line: &'a str, before: &str) -> Option<&'a str> {
    let marker = line.trim();
    let number = marker.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.len() <= 3 && is_number(n));
    let bullet = matches!(marker, "-" | "*" | "•" | "- **" | "* **");
    if !number && !bullet {
        return None;
    }
    let is_item = |line: &str| {
        let line = line.trim_start();
        if number { item_number(line).is_some() } else { line.starts_with(['-', '*', '•']) && line.len() > 3 }
    };
    before.lines().rev().take(12).any(is_item).then_some(marker)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number an item of a list begins with.
fn item_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=3).contains(&digits) && rest.starts_with(['.', ')', '．', '、']) && rest.len() > 2).then(|| &line[..digits])
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    item_number(line).is_some() || line.starts_with(['-', '*', '•', '・', '+', '–', '●', '▪']) || line.starts_with("**")
}

/// Whether a line is rather code, a formula or a table than words.
fn is_code(line: &str) -> bool {
    let signs = line.chars().filter(|c| "{}[]<>=;|\\_$^~`#@/+".contains(*c)).count();
    let indented = line.starts_with("    ") || line.starts_with('\t');
    indented || line.starts_with('#') || line.starts_with('>') || signs * 12 > line.chars().count()
}

/// Whether a line ends with hashtags, a name under a letter, or the like.
fn is_signed(line: &str) -> bool {
    let tail = last_words(line);
    let tagged = tail.split_whitespace().next_back().is_some_and(|word| word.starts_with(['#', '@']));
    let lower = tail.to_lowercase();
    tagged || ["regards", "sincerely", "yours", "cheers", "best wishes"].iter().any(|closing| lower.contains(closing))
}

/// The last words of a line, about sixty bytes.
fn last_words(line: &str) -> &str {
    let at = line.ceil_char_boundary(line.len().saturating_sub(60));
    let at = if at == 0 { 0 } else { line[at..].find(' ').map_or(at, |space| at + space + 1) };
    line[at..].trim_start()
}

/// Whether the end is of a poem or a song: several short lines, most without a full stop.
fn is_verse(tail: &str) -> bool {
    let lines: Vec<&str> = tail.lines().filter(|line| !line.trim().is_empty()).collect();
    let recent = &lines[lines.len().saturating_sub(8)..];
    let short = recent.iter().filter(|line| line.chars().count() <= 65 && !is_item(line)).count();
    recent.len() >= 3 && short * 4 >= recent.len() * 3
}

/// How a text's sentences end.
struct Prose {
    /// Sentences before the last line, or in it, that end with a full stop or its like.
    sentences: usize,
    /// Paragraphs of words before the last line, and how many of them end with a stop.
    paragraphs: usize,
    stopped: usize,
    /// Shorter lines of several words that end without one.
    open_lines: usize,
    /// Items of lists before the last line, and how many of them end with a stop.
    items: usize,
    stopped_items: usize,
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '｡' | '؟' | '۔' | '।' | '॥' | '።' | '։')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '「' | '」' | '』' | ')' | '）' | ']' | '*' | '_' | '`')
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end().trim_end_matches(is_closer).ends_with(|c| is_stop(c) || c == ':' || c == '：')
}

/// The least characters of a line that is a paragraph rather than a title or a name.
const PARAGRAPH: usize = 60;

impl Prose {
    fn of(before: &str, line: &str) -> Self {
        let mut prose = Self { sentences: 0, paragraphs: 0, stopped: 0, open_lines: 0, items: 0, stopped_items: 0 };
        for text in before.lines().chain([line]) {
            let mut chars = text.chars().peekable();
            let mut last = ' ';
            while let Some(c) = chars.next() {
                let ends = is_stop(c)
                    && (!c.is_ascii() || chars.peek().is_none_or(|next| next.is_whitespace() || is_closer(*next)));
                // Not the number of an item, nor an initial.
                prose.sentences += usize::from(ends && (!c.is_ascii() || last.is_lowercase() || is_closer(last)));
                last = c;
            }
        }
        for line in before.lines().filter(|line| !line.trim().is_empty()) {
            let stopped = usize::from(ends_with_stop(line));
            if is_item(line) {
                prose.items += 1;
                prose.stopped_items += stopped;
            } else if width(line) >= PARAGRAPH {
                prose.paragraphs += 1;
                prose.stopped += stopped;
            } else if stopped == 0 && line.split_whitespace().nth(3).is_some() {
                prose.open_lines += 1;
            }
        }
        prose
    }

    /// Whether the last line is of a kind that ends with a full stop in this text.
    fn should_end_with_a_stop(&self, line: &str) -> bool {
        if is_item(line) {
            return self.items >= 2 && self.stopped_items == self.items && width(line) >= 20;
        }
        let in_line = Self::of("", line).sentences;
        // A stop within the line, or paragraphs that all have one.
        let by_line = in_line >= 2 || in_line == 1 && self.sentences >= 3;
        let by_paragraphs = self.paragraphs >= 2;
        let always = self.stopped == self.paragraphs && self.open_lines * 2 <= self.stopped;
        width(line) >= PARAGRAPH && always && (by_line || by_paragraphs)
    }
}

/// Characters, those of East Asian scripts twice.
fn width(line: &str) -> usize {
    line.trim().chars().map(|c| if (c as u32) >= 0x2E80 { 2 } else { 1 }).sum()
}

/// Words after which a sentence goes on, in English, German, French, Spanish, Portuguese and Italian. None can end one,
/// as *with* and *is* can.
const GO_ON: &[&str] = &[
    "the", "and", "an", "or", "but", "because", "your", "their", "its", "our", "my", "which", "whose", "while",
    "although", "than", "a", "und", "oder", "der", "ein", "eine", "einer", "eines", "einem", "einen", "weil", "dass",
    "für", "durch", "sowie", "et", "ou", "les", "des", "une", "pour", "avec", "dans", "sur", "aux", "el", "los", "las",
    "y", "del", "con", "para", "por", "una", "os", "um", "uma", "com", "das", "dos", "pela", "pelo", "il", "gli",
    "della", "dello", "degli", "delle", "per", "che", "nel", "nella", "alla",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn broken(text: &str, end: &str) {
        let flag = flag(text).unwrap_or_else(|| panic!("not seen: {text}"));
        assert_eq!(flag.spans[0].of(text), end, "{text}");
    }

    #[track_caller]
    fn whole(text: &str) {
        assert_eq!(flag(text), None, "{text}");
    }

    const SENTENCES: &str =
        "A limiter counts what comes in. It refuses what is too much. Each key has a bucket of its own. ";

    #[test]
    fn an_end_within_a_sentence_is_seen() {
        broken("The first thing that comes to mind is the", "The first thing that comes to mind is the");
        broken(
            &format!("{SENTENCES}It refills at a constant rate until it has reached the greatest number it may hol"),
            "rate until it has reached the greatest number it may hol",
        );
        broken(
            "Use a bucket for each key, since all of them are busy,",
            "Use a bucket for each key, since all of them are busy,",
        );
        broken("A list follows. It is short.\n\nThese are the steps:", "These are the steps:");
        broken(
            "限流器统计请求。它会拒绝过多的请求。每个用户都有自己的桶，",
            "会拒绝过多的请求。每个用户都有自己的桶，",
        );
    }

    #[test]
    fn an_end_within_a_list_or_a_block_is_seen() {
        broken("1. One thing\n2. Another\n3.", "3.");
        broken("- One thing\n- Another\n-", "-");
        broken("Code:\n```python\nfor x in range(10):\n    print(", "```python");
        broken(
            "1. Wash the rice well.\n2. Cook it slowly.\n3. Let it rest for as long as it nee",
            "3. Let it rest for as long as it nee",
        );
    }

    #[test]
    fn what_ends_without_a_full_stop_for_its_own_reasons_is_left_alone() {
        whole("");
        whole("Paris");
        whole("The capital of France is Paris");
        whole(SENTENCES);
        whole(&format!("{SENTENCES}\n\nSincerely,\nJane Doe"));
        whole("Roses are red,\nviolets are blue,\nsugar is sweet,\nand so are you,");
        whole("1. Wash the rice\n2. Cook it slowly\n3. Let it rest");
        whole(&format!("{SENTENCES}\n\n| a | b |\n|---|---|\n| 1 | 2 |"));
        whole("```python\nfor x in y:\n    print(x)\n```");
        whole("def f(x):\n    return x + 1");
        whole("Some code\n```");
        whole("กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย และเป็นเมืองที่มีประชากรมากที่สุด");
        whole("お手伝いします。次の手順です。\n・米を洗う\n・炊く\n・蒸らす");
        whole(&format!("{SENTENCES}See https://example.org/limits"));
    }
}
