//! The prompt comes back.

use super::words::{Word, words};
use super::{Basis, Flag, FlagSettings, Info, Kind};
use hashbrown::HashSet;

pub(super) const INFO: Info = Info {
    id: "echo",
    name: "Echo",
    summary: "The response repeats its prompt.",
    details: "Either it begins with the whole prompt, or at least `echo_share` (70 %) of its words stand in sequences of \
              five that are the prompt’s, its first ones among them, and cover 80 % of it. Case, punctuation and spacing \
              do not matter. Prompts of fewer than eight words are too short to tell. Since the beginning of the prompt \
              must come back, a text that is handed back corrected, shortened or translated as asked is none; nor is the \
              text of a prompt without a full stop that the response goes on with, nor code that it completes. An \
              answer that leaves out the instruction and hands the text back unchanged is therefore missed.",
    basis: Basis::Texts,
};

/// Words a prompt has at least.
const LEAST: usize = 8;
/// Words in a sequence.
const WIDTH: usize = 5;
/// Words before the echo, such as *Question:*.
const LEAD: usize = 4;
/// The share of a prompt that comes back at least, where the response is not only that.
const COVERED: f64 = 0.8;

/// The flag of a response that repeats its prompt.
pub(super) fn flag(text: &str, prompt: &str, settings: &FlagSettings) -> Option<Flag> {
    let opening: Vec<u64> = words(prompt).take(LEAST).map(|word| word.hash).collect();
    if opening.len() < LEAST || is_code(prompt) {
        return None;
    }
    // The prompt's first words come back somewhere, or nothing does.
    let said: Vec<Word> = words(text).collect();
    let opens = |at: &usize| said[*at..].iter().zip(&opening[..WIDTH]).all(|(word, hash)| word.hash == *hash);
    let at = (0..said.len().saturating_sub(WIDTH - 1)).find(opens)?;
    let asked: Vec<u64> = words(prompt).map(|word| word.hash).collect();
    let same = said[at..].iter().zip(&asked).take_while(|(word, hash)| word.hash == **hash).count();
    if same == asked.len() && stands_first(text, &said, at) {
        at_start(text, prompt, &said, at, same)
    } else {
        mostly(&said, &asked, settings)
    }
}

/// Whether nothing stands before word `at` but what announces it, such as *Question:*.
fn stands_first(text: &str, said: &[Word], at: usize) -> bool {
    let before = text[..said[at].place.start].trim_end_matches(['"', '“', '*', '`', ' ']);
    at == 0 || at <= LEAD && before.ends_with([':', '\n', '>', '#'])
}

/// The flag of a response whose words from `at` on are the `same` words as all its prompt.
fn at_start(text: &str, prompt: &str, said: &[Word], at: usize, same: usize) -> Option<Flag> {
    let end = said[at + same - 1].place.end;
    // A sentence to be finished is finished.
    let stops =
        |text: &str| text.trim_start_matches(['*', '"', '”']).starts_with(['.', '?', '!', '\n', '。', '？', ':', '！']);
    let ends_open = prompt.trim_end().ends_with(char::is_alphanumeric) || prompt.trim_end().ends_with(['_', '…', ',']);
    if ends_open && !stops(&text[end..]) && same < said.len() {
        return None;
    }
    let rest = said.len() - at - same;
    let why = match rest {
        0 => format!("It is its prompt, all {same} words, and nothing else."),
        rest => format!("It begins with its prompt, all {same} words; {rest} more follow."),
    };
    Some(Flag::new(Kind::Echo, why).at(said[at].place.start..end))
}

fn mostly(said: &[Word], asked: &[u64], settings: &FlagSettings) -> Option<Flag> {
    if said.len() < LEAST {
        return None;
    }
    let sequences: HashSet<&[u64]> = asked.windows(WIDTH).collect();
    let hashes: Vec<u64> = said.iter().map(|word| word.hash).collect();
    let mut copied = vec![false; said.len()];
    for (at, window) in hashes.windows(WIDTH).enumerate() {
        if sequences.contains(window) {
            copied[at..at + WIDTH].fill(true);
        }
    }
    let count = copied.iter().filter(|copied| **copied).count();
    let share = count as f64 / said.len() as f64;
    // A part of a prompt may be what was asked for.
    if share < settings.echo_share || (count as f64) < COVERED * asked.len() as f64 {
        return None;
    }
    let mut places = Vec::new();
    for run in (0..said.len()).collect::<Vec<_>>().chunk_by(|a, b| copied[*a] == copied[*b]) {
        if copied[run[0]] {
            places.push(said[run[0]].place.start..said[run[run.len() - 1]].place.end);
        }
    }
    let why =
        format!("{:.0} % of its words are its prompt’s, in the same order: {count} of {}.", share * 100.0, said.len());
    Some(Flag::new(Kind::Echo, why).at_all(places))
}

/// A prompt of code is completed by repeating it.
fn is_code(prompt: &str) -> bool {
    let opens = |line: &str| {
        ["def ", "class ", "import ", "from ", "function ", "fn ", "#include", "public ", "package ", "```"]
            .iter()
            .any(|word| line.trim_start().starts_with(word))
    };
    prompt.lines().take(40).any(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMPT: &str = "Explain how a rate limiter works, and why one would put it before a cache.";

    #[track_caller]
    fn check(text: &str, prompt: &str, echoed: Option<&str>) {
        let flag = flag(text, prompt, &FlagSettings::default());
        assert_eq!(flag.as_ref().map(|flag| flag.spans[0].of(text)), echoed, "{text}");
    }

    #[test]
    fn a_prompt_that_comes_back_is_an_echo() {
        check(PROMPT, PROMPT, Some(&PROMPT[..PROMPT.len() - 1]));
        check(
            &format!("Question: {}\n\nIt counts.", PROMPT.to_uppercase()),
            PROMPT,
            Some(&PROMPT.to_uppercase()[..PROMPT.len() - 1]),
        );
        let mostly = format!("Sure, here it is: {PROMPT} Done.");
        check(&mostly, PROMPT, Some(&PROMPT[..PROMPT.len() - 1]));
        let japanese = "次の文章を読んで、その要点を三つに分けて説明してください。";
        check(japanese, japanese, Some(&japanese[..japanese.len() - 3]));
    }

    #[test]
    fn what_is_asked_for_is_no_echo() {
        check("A rate limiter counts what comes in and refuses the rest.", PROMPT, None);
        check(
            "He go to school every day with his small dog.",
            "Correct the grammar: He go to school every day with his small dog.",
            None,
        );
        check(
            "The best thing about living in a large city is the noise",
            "The best thing about living in a large city is",
            None,
        );
        check(
            "def add(a, b):\n    \"\"\"Adds two numbers.\"\"\"\n    return a + b",
            "def add(a, b):\n    \"\"\"Adds two numbers.\"\"\"",
            None,
        );
        check("Hi", "Hi", None);
    }
}
