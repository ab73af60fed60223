//! What an earlier rubric said of the same responses, or what an earlier import of the same prompts got: what flipped, and
//! by which edit or text.

use super::grid::{footnote, heading, nothing, numbers, table, words};
use super::to;
use crate::analysis::{Analysis, Change, MatchedBy, Moved};
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{count, number, signed};
use crate::workbench::{Base, Command, Workbench};
use egui::{RichText, Ui};

/// Shows the choice of an earlier rubric and what became of the scores since.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, analysis: &Analysis, actions: &mut Actions) {
    chooser(ui, bench, actions);
    ui.add_space(metrics().space.m);
    let Some(change) = analysis.change.as_ref().filter(|_| bench.against().is_some()) else {
        let advice = "Choose an earlier rubric, to see what it would have said of the same responses; or another project or \
                      a file with responses to the same prompts, to see what became better or worse since.";
        return nothing(ui, advice);
    };
    summary(ui, change);
    ui.add_space(metrics().space.l);
    edits(ui, change);
    ui.add_space(metrics().space.l);
    by_model(ui, change, actions);
    ui.add_space(metrics().space.l);
    responses(ui, bench, change, actions);
}

fn chooser(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = ui.label("Compare with");
        let chosen = bench.against().map_or("nothing", |against| &against.name);
        egui::ComboBox::from_id_salt("earlier rubric")
            .selected_text(chosen)
            .width(220.0)
            .show_ui(ui, |ui| {
                let mut choose = |ui: &mut Ui, words: String, base: Option<Base>| {
                    if ui.selectable_label(chosen == words, &words).clicked() {
                        actions.bench(Command::CompareWith(base));
                    }
                };
                choose(ui, "nothing".to_owned(), None);
                choose(ui, "the rubric as saved".to_owned(), Some(Base::Saved));
                for version in bench.versions() {
                    choose(ui, said(version), Some(Base::Version(version.clone())));
                }
                for command in [UiCommand::CompareFolder, UiCommand::CompareFile] {
                    let info = command.info();
                    if ui.selectable_label(false, info.name).on_hover_text(info.help).clicked() {
                        actions.ui(command);
                    }
                }
            })
            .response
            .labelled_by(label.id);
        // Which versions there are is looked up when asked for.
        if bench.versions().is_empty() && bench.files().origin().is_some() {
            let help = "Look up the versions that were saved with this project";
            if ui.button("Look for versions").on_hover_text(help).clicked() {
                actions.bench(Command::CompareWith(bench.against().map(|_| Base::Saved)));
            }
        }
    });
}

fn said(version: &crate::io::store::Version) -> String {
    let day = jiff::Timestamp::try_from(version.saved).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
    format!("version {} of {} UTC", version.short(), day.unwrap_or_else(|_| "an unknown day".to_owned()))
}

fn summary(ui: &mut Ui, change: &Change) {
    let [now, before] = change.flipped;
    let [up, same, down] = change.moved;
    let sentence = if now + before + up + down == 0 {
        format!("No score is another one: both times {} got the same.", responses_of(change.matched))
    } else {
        format!(
            "{} pass now that did not, {} no longer; {} scores rose, {} fell, {} stayed.",
            count(now),
            count(before),
            count(up),
            count(down),
            count(same)
        )
    };
    ui.add(egui::Label::new(strong(sentence, metrics().text.heading)).wrap());
    let mean = super::intervals::words(&change.difference, "responses");
    let mut more = format!("Mean score less than before by: {mean}.");
    if change.difference.value().is_some() {
        more = format!("Difference of the mean score: {mean}.");
    }
    if change.matched_by != MatchedBy::Same {
        let by = if change.matched_by == MatchedBy::Id { "their ids" } else { "prompt and model" };
        let [new, old] = change.unmatched.map(count);
        more.push_str(&format!(
            " n = {} found in both by {by}, of which {} have another text; {new} are only here, {old} only there.",
            responses_of(change.matched),
            count(change.rewritten)
        ));
    }
    if change.unexplained > 0 {
        let what = if change.rewritten > 0 { "of another text, or of several edits" } else { "of several edits" };
        more.push_str(&format!(" {} flips come {what} together.", count(change.unexplained)));
    }
    ui.add(egui::Label::new(RichText::new(more).color(tokens(ui.ctx()).weak)).wrap());
}

fn responses_of(n: usize) -> String {
    format!("{} {}", count(n), if n == 1 { "response" } else { "responses" })
}

fn edits(ui: &mut Ui, change: &Change) {
    heading(ui, "Edits since", "Every difference of the two rubrics, and how many responses it flips by itself.");
    if change.edits.is_empty() {
        return nothing(ui, "The rubrics judge by the same rules.");
    }
    let columns = [
        words("edit", 520.0, ""),
        numbers("flips alone", 90.0, "Responses that this edit alone flips, in the direction they flipped."),
    ];
    table(ui, "edits", &columns, &change.edits, |row, edit| {
        row.name(&edit.text);
        row.count(edit.flips_alone);
    });
}

fn by_model(ui: &mut Ui, change: &Change, actions: &mut Actions) {
    heading(ui, "By model", "How much each model gained, and what flipped.");
    let t = tokens(ui.ctx());
    let columns = [
        words("model", 190.0, ""),
        numbers("gain", 70.0, "The mean score less that before."),
        numbers("now pass", 82.0, ""),
        numbers("no longer", 82.0, ""),
    ];
    table(ui, "by model", &columns, &change.models, |row, model| {
        let who = super::named(&model.model);
        row.strong(who);
        if row.link(format!("Show the responses of {who}")) {
            actions.bench(to(&model.filter));
        }
        row.difference(&model.difference, "responses");
        row.count_in(model.flipped[0], t.good);
        row.count_in(model.flipped[1], t.bad);
    });
}

fn responses(ui: &mut Ui, bench: &Workbench, change: &Change, actions: &mut Actions) {
    if change.responses.is_empty() {
        return;
    }
    heading(ui, "Responses that moved", "Flips first, then those that moved most.");
    let t = tokens(ui.ctx());
    let rubric = bench.numbers_rubric();
    let columns = [
        words("response", 260.0, ""),
        words("model", 150.0, ""),
        numbers("before", 62.0, ""),
        numbers("now", 62.0, ""),
        words("   passes", 100.0, ""),
        words("moved most by", 230.0, "The criterion that moved its score most."),
        words("why", 320.0, "The edits that flip it, each by itself; or that its text is another one."),
    ];
    table(ui, "moved", &columns, &change.responses, |row, moved| {
        row.name(&moved.id);
        if row.link(format!("Show {}", moved.id)) {
            actions.bench(to(&moved.filter));
        }
        row.weak(super::named(&moved.model));
        row.number(&number(moved.scores[0]), t.weak);
        row.number(&number(moved.scores[1]), t.text);
        let (words, colour) = flip(moved, t);
        row.indented_in(words, colour);
        let most = moved.most.as_ref().map(|(id, by)| {
            let name = rubric.criterion(id).map_or(&**id, |index| &*rubric.criteria[index].name);
            format!("{name} {}", signed(*by))
        });
        row.weak(&most.unwrap_or_default());
        row.weak(&why(change, moved));
    });
    if change.responses.len() >= crate::analysis::MOST_SHOWN {
        footnote(ui, &format!("The first {} are listed.", count(crate::analysis::MOST_SHOWN)));
    }
}

/// What changed a response’s score: its text, or edits.
fn why(change: &Change, moved: &Moved) -> String {
    if moved.rewritten {
        return "another text".to_owned();
    }
    let edits: Vec<&str> = moved.by_edits.iter().map(|&at| &*change.edits[at].text).collect();
    edits.join("; ")
}

fn flip(moved: &Moved, t: &crate::ui::theme::Tokens) -> (&'static str, egui::Color32) {
    match moved.passed {
        [Some(false) | None, Some(true)] => ("now", t.good),
        [Some(true), Some(false) | None] => ("no longer", t.bad),
        [_, Some(true)] => ("still", t.faint),
        _ => ("", t.faint),
    }
}
