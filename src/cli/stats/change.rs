//! What became different, as text.

use super::Section;
use crate::analysis::{Change, MatchedBy};
use crate::cli::table::{Table, printable, with_interval};
use crate::text::thousands;

/// So many responses are printed.
const SHOWN: usize = 20;

pub(in crate::cli) fn changes(change: &Change) -> Vec<Section> {
    let by = match change.matched_by {
        MatchedBy::Same => "the same responses",
        MatchedBy::Id => "matched by their ids",
        MatchedBy::PromptAndModel => "matched by prompt and model",
    };
    let [new, old] = change.unmatched;
    let n = |n: usize| thousands(n as u64);
    let mut section = Section::new(format!(
        "Since {}: {} responses, {by}; {} only now, {} only then",
        printable(&change.earlier),
        n(change.matched),
        n(new),
        n(old)
    ));
    let [rose, stayed, fell] = change.moved;
    let [gained, lost] = change.flipped;
    section = match change.difference.reason() {
        None => section.say(format!(
            "The mean score changed by {}; {} rose, {} stayed, {} fell.",
            with_interval(&change.difference, 3),
            n(rose),
            n(stayed),
            n(fell)
        )),
        Some(why) => section.say(format!("How far scores moved is not known: {why}.")),
    };
    section = section.say(format!("{} pass now that did not, and {} do not any more.", n(gained), n(lost)));
    if change.rewritten > 0 {
        section = section.say(format!("{} have another text.", n(change.rewritten)));
    }
    let edits = change.edits.iter().map(|edit| {
        let text = printable(&edit.text);
        format!("{text}: alone it flips {} of {}.", n(edit.flips_alone), n(gained + lost))
    });
    section = section.say_all(edits);
    if change.unexplained > 0 && !change.edits.is_empty() {
        section = section.say(format!("{} are flipped by no edit alone.", n(change.unexplained)));
    }
    let mut table = Table::new(&["response", "model", "before", "now", "passed", "most by"]);
    let word = |passed: Option<bool>| match passed {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    let score = |score: Option<f64>| score.map_or("–".to_owned(), |score| format!("{score:.3}"));
    for moved in change.responses.iter().take(SHOWN) {
        let most = moved.most.as_ref().map_or(String::new(), |(id, by)| format!("{id} {by:+.3}"));
        table.row(vec![
            printable(&moved.id),
            printable(&moved.model),
            score(moved.scores[0]),
            score(moved.scores[1]),
            format!("{} → {}", word(moved.passed[0]), word(moved.passed[1])),
            most,
        ]);
    }
    let mut sections = vec![section];
    let listed = change.responses.len();
    if listed > 0 {
        let section = Section::new("The responses that flipped or moved most").table(table);
        let more = format!("… and more, of which --json lists {}.", n(listed));
        sections.push(if listed > SHOWN { section.say(more) } else { section });
    }
    sections
}
