//! The text repeats itself.

use super::words::words;
use super::{Basis, Flag, FlagSettings, Info, Kind, flag::quoted};
use hashbrown::HashMap;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const INFO: Info = Info {
    id: "loop",
    name: "Loop",
    summary: "The text repeats itself over and over.",
    details: "Either its end is the same stretch three times and more, over at least `loop_length` characters (100 by \
              default), to the letter: the smallest period of the end is found in one pass with the prefix function of \
              Knuth, Morris and Pratt (1977). Or at least `loop_share` (60 %) of its sequences of four words were said \
              before, outside of code blocks: the measure seq-rep-4 of Welleck et al., *Neural text generation with \
              unlikelihood training* (2020), in a text of 60 words and more. Where words are not spaced, sequences are \
              of eight characters. Rules, dots and blanks that draw a line are no loop. A prompt that asks to repeat \
              something, or for something a number of times, gets what it asks for.",
    basis: Basis::Texts,
};

/// Bytes at the end in which a period is looked for.
const TAIL: usize = 1 << 16;

/// How often a stretch is said at least.
const TIMES: usize = 3;

/// Sequences a text has at least for their share to mean anything.
const SEQUENCES: usize = 60;

static ASKS_FOR_IT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\brepeat|\b(?:\d+|hundred|thousand|ten|fifty|twenty) times\b|over and over|again and again|wiederhol|répét|repit|repet|繰り返|重复|重複")
        .expect("it is a valid pattern")
});

/// The flag of a text that loops.
pub(super) fn flag(text: &str, prompt: &str, settings: &FlagSettings) -> Option<Flag> {
    // Nothing shorter can have either.
    if text.len() < settings.loop_length as usize {
        return None;
    }
    let flag = periodic_end(text, settings).or_else(|| said_before(text, settings))?;
    (!ASKS_FOR_IT.is_match(prompt)).then_some(flag)
}

fn periodic_end(text: &str, settings: &FlagSettings) -> Option<Flag> {
    let text = text.trim_end();
    let (length, period) = longest_periodic_end(text.as_bytes(), settings.loop_length as usize)?;
    // The stretch begins anywhere; best with a word.
    let from = text.ceil_char_boundary(text.len() - length);
    let stretch = &text[from..];
    let unit = &stretch[..stretch.ceil_char_boundary(period.min(stretch.len()))];
    let stretch = &stretch[first_word(&text[..from], unit).unwrap_or(0)..];
    let start = text.len() - stretch.len();
    let characters = stretch.chars().count();
    let unit = &stretch[..stretch.ceil_char_boundary(period.min(stretch.len()))];
    let has_words = unit.chars().any(char::is_alphanumeric);
    // A ruled line is drawn with a few signs; hundreds of them are a loop too.
    let least = settings.loop_length as usize * if has_words { 1 } else { 4 };
    if characters < least || unit.trim().is_empty() {
        return None;
    }
    let times = length / period;
    let why = format!("Its last {characters} characters are {} {times} times.", quoted(unit, 60));
    Some(Flag::new(Kind::Loop, why).at(start..text.len()))
}

/// Where the first word of `unit`, which follows `before`, begins that is there as a whole, or the first letter.
fn first_word(before: &str, unit: &str) -> Option<usize> {
    let is_word = |&(at, c): &(usize, char)| {
        let before = unit[..at].chars().next_back().or_else(|| before.chars().next_back());
        c.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric)
    };
    unit.char_indices().find(is_word).map(|(at, _)| at).or_else(|| unit.find(char::is_alphanumeric))
}

/// The longest end of `bytes`, of at least `least` bytes, that is a stretch said [`TIMES`] times and more: its length,
/// and the length of the stretch. One pass.
fn longest_periodic_end(bytes: &[u8], least: usize) -> Option<(usize, usize)> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let count = tail.len();
    let at = |index: usize| tail[count - 1 - index];
    // For each end, the longest shorter one that it also begins with, both read backwards.
    let mut border = vec![0u32; count];
    let mut best = None;
    for index in 1..count {
        let mut length = border[index - 1] as usize;
        while length > 0 && at(length) != at(index) {
            length = border[length - 1] as usize;
        }
        length += usize::from(at(length) == at(index));
        border[index] = length as u32;
        let (whole, period) = (index + 1, index + 1 - length);
        if whole >= least && whole >= TIMES * period {
            best = Some((whole, period));
        }
    }
    best
}

fn said_before(text: &str, settings: &FlagSettings) -> Option<Flag> {
    let prose = outside_of_blocks(text);
    let words: Vec<u64> = prose.iter().flat_map(|part| words(&text[part.clone()])).map(|word| word.hash).collect();
    let letters: usize = prose.iter().map(Range::len).sum();
    let width = if letters < words.len() * 4 { 8 } else { 4 };
    let total = (words.len() + 1).saturating_sub(width);
    if total < SEQUENCES {
        return None;
    }
    let step = |hash: u64, word: &u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let mut sequences: Vec<u64> = words.windows(width).map(|window| window.iter().fold(0, step)).collect();
    sequences.sort_unstable();
    sequences.dedup();
    let share = 1.0 - sequences.len() as f64 / total as f64;
    if share < settings.loop_share {
        return None;
    }
    let sequence = if width == 4 { "four words" } else { "eight characters" };
    let mut why = format!("{:.0} % of its sequences of {sequence} were said before", share * 100.0);
    let repeated = most_repeated(text, &prose);
    if let Some(first) = repeated.first() {
        why += &format!(", for example {} {} times", quoted(&text[first.clone()], 60), repeated.len());
    }
    Some(Flag::new(Kind::Loop, why + ".").at_all(repeated))
}

/// The parts of a text that stand in no code block.
fn outside_of_blocks(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let fences = if text.contains("```") { crate::text::fences(text) } else { Vec::new() };
    for fence in fences {
        parts.push(start..fence.whole.start);
        start = fence.whole.end;
    }
    parts.push(start..text.len());
    parts
}

/// Where the sentence or line stands that is said most often, of those of three words and more.
fn most_repeated(text: &str, parts: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut places: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
    for part in parts {
        let mut start = part.start;
        for piece in text[part.clone()].split_inclusive(['.', '!', '?', '\n', '。', '！', '？']) {
            let trimmed = piece.trim_start();
            let from = start + piece.len() - trimmed.len();
            let said = trimmed.trim_end();
            start += piece.len();
            if words(said).nth(2).is_some() {
                places.entry(said).or_default().push(from..from + said.len());
            }
        }
    }
    let most = places.into_values().max_by_key(|places| (places.len(), std::cmp::Reverse(places[0].start)));
    most.filter(|places| places.len() > 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, prompt: &str, starts: Option<usize>) {
        let flag = flag(text, prompt, &FlagSettings::default());
        assert_eq!(flag.map(|flag| flag.spans.first().map_or(0, |span| span.start as usize)), starts, "{text}");
    }

    #[test]
    fn an_end_that_goes_on_and_on_is_a_loop_from_where_it_begins() {
        let start = "First we look at the cache. ";
        check(&format!("{start}{}", "It is full and must be emptied. ".repeat(5)), "", Some(start.len()));
        check(&format!("{start}{}", "満杯です。空にします。".repeat(20)), "", Some(start.len()));
        check(&format!("{start}{}It is fu", "It is full and must be emptied. ".repeat(5)), "", Some(start.len()));
        check(&"ha".repeat(60), "", Some(0));
    }

    #[test]
    fn a_loop_within_a_text_is_seen_by_what_was_said_before() {
        let text =
            format!("{}\nThat is all there is to say about it.", "The cache is full and must be emptied. ".repeat(20));
        check(&text, "", Some(0));
    }

    #[test]
    fn lines_lists_and_wishes_are_no_loops() {
        check(&format!("Title\n{}", "-".repeat(200)), "", None);
        check(&"ha".repeat(60), "Repeat the syllable ha.", None);
        check("A. B. C. D. A cache, a queue, a stack, a heap.", "", None);
        check(&(0..60).map(|n| format!("{n}. Item number {n} costs {}.\n", n * 7)).collect::<String>(), "", None);
    }

    proptest! {
        #[test]
        fn what_is_found_is_periodic_and_no_longer_end_is(bytes in prop::collection::vec(0u8..3, 0..60), least in 1usize..20) {
            let periodic = |length: usize, period: usize| {
                let end = &bytes[bytes.len() - length..];
                length >= TIMES * period && (period..length).all(|at| end[at] == end[at - period])
            };
            let found = longest_periodic_end(&bytes, least);
            let longest = (least.max(1)..=bytes.len()).rev().find_map(|length| {
                (1..=length).find(|&period| periodic(length, period)).map(|period| (length, period))
            });
            prop_assert_eq!(found, longest);
        }
    }
}
