//! `compare`: two models in detail, or responses with what they were under an earlier rubric.

use super::Failure;
use super::args::Compare;
use super::evaluation::{self, Evaluation};
use super::stats::{Section, changes, json, sentence};
use super::table::{Table, plain, printable, with_interval};
use crate::analysis::{Duel, PartDifference};
use crate::text::nearest;
use std::io::Write;

/// So many prompts are printed.
const SHOWN: usize = 20;

/// Compares.
pub(super) fn run(args: &Compare, out: &mut dyn Write) -> Result<u8, Failure> {
    let evaluation = evaluation::load(std::slice::from_ref(&args.input), &args.of)?;
    evaluation.tell_unscored();
    if let Some(path) = &args.with {
        let earlier = evaluation.earlier(path)?;
        let analysis = evaluation.analyse(&args.of.filter, Some(&earlier))?;
        let change = analysis.change.expect("there is something earlier");
        if args.of.json {
            json(&change, out)?;
        } else {
            print(&changes(&change), out)?;
        }
        return Ok(evaluation.code);
    }
    let models = models(&evaluation, &args.models)?;
    let duel = evaluation.duel(&args.of.filter, models)?;
    if args.of.json {
        json(&duel, out)?;
    } else {
        print(&sections(&duel), out)?;
    }
    Ok(evaluation.code)
}

/// The two models by their names, or by a part of it that only one has.
fn models(evaluation: &Evaluation, names: &[String]) -> Result<[u32; 2], Failure> {
    let known = evaluation.dataset.models();
    let [first, second] = names else {
        let all: Vec<String> = known.iter().map(|name| printable(name)).collect();
        let message =
            format!("Name two models to compare, or --with an earlier rubric. There are: {}.", all.join(", "));
        return Err(Failure::Said(message));
    };
    let find = |name: &String| {
        let exact = known.iter().position(|known| known == name);
        let mut parts = known.iter().enumerate().filter(|(_, known)| known.contains(name.as_str()));
        let only = || parts.next().filter(|_| parts.next().is_none()).map(|(at, _)| at);
        exact.or_else(only).map(|at| at as u32).ok_or_else(|| {
            let advice = match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("Did you mean “{}”?", printable(near)),
                None => "`rubrica stats` lists all models.".to_owned(),
            };
            Failure::Said(format!("There is no one model “{}”. {advice}", printable(name)))
        })
    };
    Ok([find(first)?, find(second)?])
}

fn print(sections: &[Section], out: &mut dyn Write) -> Result<(), Failure> {
    for (at, section) in sections.iter().enumerate() {
        write!(out, "{}{}", if at > 0 { "\n" } else { "" }, section.to_text())?;
    }
    Ok(())
}

fn sections(duel: &Duel) -> Vec<Section> {
    let [first, second] = [0, 1].map(|at| printable(&duel.comparison.models[at]));
    let counts = duel.comparison.pass.counts;
    let mut head = Section::new(printable(&sentence(&duel.comparison)));
    if counts.iter().sum::<usize>() > 0 {
        let [both, one, other, neither] = counts;
        head = head.say(format!(
            "Prompts passed: {both} by both, {one} only by {first}, {other} only by {second}, {neither} by neither."
        ));
    }
    let mut table = Table::new(&["part", "difference", "n", "ahead", "adds"]);
    for (parts, indent) in [(&duel.dimensions, ""), (&duel.criteria, "  ")] {
        for PartDifference { id, difference, first_ahead, adds, .. } in parts {
            let shown = table.cell(id, difference, |figure| with_interval(figure, 3));
            let ahead = match first_ahead {
                Some(true) => first.clone(),
                Some(false) => second.clone(),
                None => "cannot tell".to_owned(),
            };
            let adds = adds.as_ref().map_or(String::new(), |adds| plain(adds, 3));
            table.row(vec![format!("{indent}{id}"), shown, difference.n.to_string(), ahead, adds]);
        }
    }
    let parts = Section::new(format!(
        "{first} less {second}, by dimension and criterion; what a criterion adds is its part of the difference of scores"
    ));
    let mut sections = vec![head, parts.table(table)];
    if !duel.flips.is_empty() {
        let mut table = Table::new(&["prompt", "passed by", "score of the first", "of the second"]);
        let score = |score: Option<f64>| score.map_or("–".to_owned(), |score| format!("{score:.3}"));
        for flip in duel.flips.iter().take(SHOWN) {
            let winner = if flip.first_passes { &first } else { &second };
            let [one, other] = flip.scores;
            table.row(vec![printable(&flip.prompt), winner.clone(), score(one), score(other)]);
        }
        let section = Section::new("Prompts that one passes and the other does not").table(table);
        let more = duel.flips.len().saturating_sub(SHOWN);
        sections.push(if more > 0 {
            section.say(format!("… and {more} more, which --json lists."))
        } else {
            section
        });
    }
    sections
}
