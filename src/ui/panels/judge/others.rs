//! What others said of the same, where it may be seen.

use super::rating::word_of_raw;
use super::{boxed, small};
use crate::model::review::{Act, Choice, Mode, Purpose};
use crate::model::{Criterion, Judge};
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Workbench;
use egui::{RichText, Ui};

/// What others rated.
pub(super) fn of_rating(ui: &mut Ui, bench: &Workbench, criterion: &Criterion) {
    let judging = bench.judging();
    let (Some(&row), Judge::Human(scale), true) = (judging.rows().first(), &criterion.judge, judging.shows_others())
    else {
        return;
    };
    let everyone = judging.session().is_some_and(|session| session.mode == Mode::Adjudicate);
    // One criterion is answered after the other.
    if !everyone && judging.session().is_some() && judging.given().rating(&criterion.id).is_none() {
        return;
    }
    let me = bench.reviews().my_index();
    let said: Vec<_> = bench
        .judgements()
        .ratings(row)
        .iter()
        .filter(|rated| *rated.criterion == *criterion.id && rated.purpose == Purpose::Judge)
        .filter(|rated| everyone || Some(rated.reviewer) != me)
        .map(|rated| {
            let reason = match &rated.entry.act {
                Act::Rate(rate) => rate.reason.as_str(),
                _ => "",
            };
            Line { reviewer: rated.reviewer, word: word_of_raw(scale, rated.raw), reason, stale: rated.stale }
        })
        .collect();
    lines(ui, bench, &said);
}

/// What others preferred, as seen from the places the two have now.
pub(super) fn of_pair(ui: &mut Ui, bench: &Workbench) {
    let judging = bench.judging();
    let &[left, right] = judging.rows() else { return };
    if !judging.shows_others() {
        return;
    }
    let everyone = judging.session().is_some_and(|session| session.mode == Mode::Adjudicate);
    let me = bench.reviews().my_index();
    let said: Vec<_> = bench
        .judgements()
        .preferences_of([left, right])
        .filter(|pair| pair.purpose == Purpose::Judge && (everyone || Some(pair.reviewer) != me))
        .filter_map(|pair| {
            let choice = match pair.rows {
                rows if rows == [left, right] => pair.choice,
                rows if rows == [right, left] => pair.choice.flipped(),
                _ => return None,
            };
            let reason = match &pair.entry.act {
                Act::Prefer(prefer) => prefer.reason.as_str(),
                _ => "",
            };
            Some(Line { reviewer: pair.reviewer, word: choice_word(choice).to_owned(), reason, stale: false })
        })
        .collect();
    lines(ui, bench, &said);
}

struct Line<'a> {
    reviewer: u32,
    word: String,
    reason: &'a str,
    stale: bool,
}

fn lines(ui: &mut Ui, bench: &Workbench, said: &[Line<'_>]) {
    if said.is_empty() {
        return;
    }
    let t = tokens(ui.ctx());
    boxed(ui, t.line, |ui| {
        ui.label(small(ui, "What reviewers said"));
        for line in said {
            let name = bench.judgements().reviewers().get(line.reviewer as usize).map_or("", |name| &**name);
            ui.horizontal_wrapped(|ui| {
                ui.label(name);
                ui.label(strong(&line.word, metrics().text.body));
                if line.stale {
                    let help = "Rated before the criterion’s guidance or scale was changed.";
                    ui.label(RichText::new("stale").size(metrics().text.small).color(t.warning)).on_hover_text(help);
                }
                if !line.reason.is_empty() {
                    ui.label(small(ui, format!("“{}”", line.reason)));
                }
            });
        }
    });
}

/// A choice between the left and the right one, in words.
pub(super) fn choice_word(choice: Choice) -> &'static str {
    match choice {
        Choice::MuchBetterFirst => "left much better",
        Choice::First => "left better",
        Choice::Tie => "tie",
        Choice::BothBad => "both bad",
        Choice::Second => "right better",
        Choice::MuchBetterSecond => "right much better",
    }
}
