//! What a person does in the window, through the names that a screen reader hears.
#![cfg(feature = "gui")]

mod support;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rubrica::ui::App;
use rubrica::workbench::Command;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::cpu_renderer::harness;

/// A window of this size on what `command` opens, once it is open.
fn window(command: Command, size: [f32; 2]) -> Harness<'static, App> {
    let mut harness = harness::<App>(size).build_eframe(|cc| {
        let mut app = App::new(&cc.egui_ctx, cc.storage);
        app.bench_mut().execute(command);
        app
    });
    settle(&mut harness);
    harness
}

fn demo() -> Harness<'static, App> {
    let harness = window(Command::OpenDemo, [1600.0, 1000.0]);
    assert_eq!(harness.state().bench().project().dataset().responses().len(), 32);
    harness
}

/// Steps until nothing is under way any more.
#[track_caller]
fn settle(harness: &mut Harness<'_, App>) {
    let began = Instant::now();
    loop {
        harness.run_ok();
        let bench = harness.state().bench();
        if bench.job().is_none() && bench.engine().is_fresh() {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "still busy: {:?}", bench.job());
        std::thread::yield_now();
    }
    harness.run_ok();
}

#[track_caller]
fn click(harness: &mut Harness<'_, App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    settle(harness);
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn mean(harness: &Harness<'_, App>) -> f64 {
    harness.state().bench().overview().all.score.expect("the demo is scored").mean
}

fn reading(harness: &Harness<'_, App>) -> String {
    let bench = harness.state().bench();
    let row = bench.row().expect("a response is read") as usize;
    let dataset = bench.project().dataset();
    dataset.text(dataset.responses()[row].id).to_owned()
}

fn ids(harness: &Harness<'_, App>) -> String {
    harness.state().bench().project().rubric().ids().join(" ")
}

#[test]
fn reading_one_response_after_the_other() {
    let mut harness = demo();
    assert_eq!(reading(&harness), "rate-limiter.aurora-large");
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::J);
    assert_eq!(reading(&harness), "rate-limiter.cirrus-mini");
    press(&mut harness, Modifiers::NONE, Key::K);
    assert_eq!(reading(&harness), "rate-limiter.borealis-2");
    click(&mut harness, Role::ListItem, "rate-limiter.dune-7b 1.00");
    assert_eq!(reading(&harness), "rate-limiter.dune-7b");
    press(&mut harness, Modifiers::NONE, Key::N);
    assert_eq!(harness.state().bench().mark(), Some(0));
    press(&mut harness, Modifiers::NONE, Key::P);
    let last = harness.state().bench().focus().map(|focus| focus.marks.len() - 1);
    assert_eq!(harness.state().bench().mark(), last, "going back from the first leads to the last");
}

#[test]
fn the_filter_narrows_every_view_and_points_at_mistakes() {
    let mut harness = demo();
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.get_by_role_and_label(Role::TextInput, "Filter").type_text("model:dune score>=0.9");
    settle(&mut harness);
    assert_eq!(harness.state().bench().listed().len(), 3);
    assert_eq!(harness.state().bench().listed_overview().rows, 3);
    assert_eq!(harness.state().bench().overview().rows, 32, "the rubric’s own numbers stay those of all");
    harness.get_by_role_and_label(Role::TextInput, "Filter").type_text(" modle:x");
    settle(&mut harness);
    let error = harness.state().bench().filter().error().expect("a misspelt key is a mistake");
    assert_eq!(error.message, "There is no key “modle”; did you mean “model”?");
    assert_eq!(harness.state().bench().listed().len(), 3, "the last good filter stays in force");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert_eq!(harness.state().bench().listed().len(), 32);
}

#[test]
fn a_number_leads_to_its_responses() {
    let mut harness = demo();
    let label = "aurora-large: 1 of 8 met Caveats. Click for those that fail.";
    click(&mut harness, Role::Button, label);
    assert_eq!(harness.state().bench().filter().text(), "model:aurora-large fails:caveats");
    assert_eq!(harness.state().bench().listed().len(), 7);
}

#[test]
fn editing_rescores_at_once_and_undo_takes_it_back() {
    let mut harness = demo();
    let before = mean(&harness);
    click(&mut harness, Role::TreeItem, "Criterion Sections");
    let field = harness.get_all_by_role(Role::TextInput).find(|node| node.value().as_deref() == Some("Steps"));
    let field = field.expect("the form shows the phrases");
    field.click();
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::End);
    harness.event(Event::Text("xyz".into()));
    settle(&mut harness);
    let after = mean(&harness);
    assert!(after < before, "“Stepsxyz” occurs nowhere: {after} < {before}");
    let effect = harness.state().bench().effect().expect("scores moved");
    assert!(effect.raised.is_empty() && !effect.lowered.is_empty());
    assert!(harness.state().bench().is_modified());

    click(&mut harness, Role::Button, "Revert");
    assert_eq!(mean(&harness), before);
    assert!(!harness.state().bench().is_modified(), "back to what was opened");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(mean(&harness), after);
}

#[test]
fn growing_and_shrinking_the_tree() {
    let mut harness = demo();
    assert_eq!(ids(&harness), "structure sections correctness answer safety caveats");
    click(&mut harness, Role::TreeItem, "Criterion Sections");
    press(&mut harness, Modifiers::COMMAND, Key::D);
    assert_eq!(ids(&harness), "structure sections sections-2 correctness answer safety caveats");
    press(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(ids(&harness), "structure sections-2 sections correctness answer safety caveats");
    click(&mut harness, Role::Button, "Remove");
    click(&mut harness, Role::Button, "+ Dimension");
    click(&mut harness, Role::Button, "+ Criterion");
    assert_eq!(ids(&harness), "structure sections dimension criterion correctness answer safety caveats");
    let problems = &harness.state().bench().engine().compiled().problems;
    assert!(problems.iter().any(|problem| problem.message == "The list is empty."), "{problems:?}");
    assert!(harness.state().bench().engine().is_fresh(), "the rest still scores");
    for _ in 0..5 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(ids(&harness), "structure sections correctness answer safety caveats");
    assert!(!harness.state().bench().is_modified());
}

#[test]
fn dragging_a_criterion_into_another_dimension() {
    let mut harness = demo();
    let from = harness.get_by_role_and_label(Role::TreeItem, "Criterion Sections").rect().center();
    let to = harness.get_by_role_and_label(Role::TreeItem, "Criterion Caveats").rect().center_bottom();
    harness.drag_at(from);
    harness.run_ok();
    for step in 1..=4 {
        harness.hover_at(from.lerp(to, step as f32 / 4.0) - egui::vec2(0.0, 3.0));
        harness.run_ok();
    }
    harness.event(Event::PointerButton {
        pos: to - egui::vec2(0.0, 3.0),
        button: PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    settle(&mut harness);
    assert_eq!(ids(&harness), "structure correctness answer safety caveats sections");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(ids(&harness), "structure sections correctness answer safety caveats");
}

#[test]
fn a_mistake_in_a_pattern_is_said_in_its_place_and_the_rest_still_scores() {
    let mut harness = demo();
    click(&mut harness, Role::TreeItem, "Criterion Committed answer");
    let pattern = harness
        .get_all_by_role(Role::TextInput)
        .find(|node| node.value().is_some_and(|value| value.contains("Answer:")))
        .expect("the form shows the pattern");
    pattern.click();
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::End);
    harness.event(Event::Text("(".into()));
    settle(&mut harness);
    harness.get_by_label_contains("never closed");
    let bench = harness.state().bench();
    let total = bench.engine().row(0).expect("scored").total();
    assert!(total.score.is_some() && !total.is_complete() && total.passed.is_none());
}

#[test]
fn the_palette_runs_what_is_typed() {
    let mut harness = demo();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_role_and_label(Role::TextInput, "Find a command").type_text("add dim");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(ids(&harness), "structure sections correctness answer safety caveats dimension");
    assert!(harness.query_by_role_and_label(Role::TextInput, "Find a command").is_none(), "it has closed");
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a temporary folder takes files");
    path
}

#[test]
fn files_are_previewed_imported_saved_and_found_again() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let answers = written(
        folder.path(),
        "answers.jsonl",
        "{\"question\":\"q1\",\"answer\":\"Steps\",\"bot\":\"a\"}\n{\"question\":\"q1\",\"answer\":null,\"bot\":\"b\"}\n",
    );
    let mut harness = window(Command::Open(vec![answers]), [1280.0, 800.0]);
    assert!(harness.state().bench().files().preview().is_some(), "nothing is imported before it was shown");
    click(&mut harness, Role::Button, "Import");
    let bench = harness.state().bench();
    assert_eq!(bench.project().dataset().responses().len(), 2);
    assert_eq!(bench.engine().row(1).expect("scored").total().score, None, "null is not an empty text");
    let before = *bench.engine().row(0).expect("scored").total();

    let target = folder.path().join("saved");
    harness.state_mut().bench_mut().execute(Command::Save(Some(target.clone())));
    settle(&mut harness);
    assert!(!harness.state().bench().is_modified());
    assert!(target.join("rubric.ron").is_file() && target.join("responses/answers.jsonl").is_file());

    let harness = window(Command::Open(vec![target]), [1280.0, 800.0]);
    assert_eq!(*harness.state().bench().engine().row(0).expect("scored").total(), before);
}

#[test]
fn another_project_does_not_silently_replace_unsaved_changes() {
    let mut harness = demo();
    press(&mut harness, Modifiers::COMMAND, Key::D);
    click(&mut harness, Role::TreeItem, "Criterion Sections");
    press(&mut harness, Modifiers::COMMAND, Key::D);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_role_and_label(Role::TextInput, "Find a command").type_text("open the demo");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label_contains("changes that are not saved");
    click(&mut harness, Role::Button, "Cancel");
    assert!(ids(&harness).contains("sections-2"), "nothing was lost");
}

/// A window left alone asks for no further frame: idle costs nothing.
#[test]
fn a_window_left_alone_paints_nothing() {
    let mut harness = demo();
    harness.hover_at(egui::pos2(700.0, 500.0));
    settle(&mut harness);
    harness.run_steps(30);
    let delay = harness.output().viewport_output.values().map(|output| output.repaint_delay).min();
    assert!(delay.is_none_or(|delay| delay >= Duration::from_secs(1)), "asks for a frame in {delay:?}");
    let wishes = harness.output().viewport_output.values().map(|output| output.commands.len()).sum::<usize>();
    assert_eq!(wishes, 0, "and has no wish to the window");
}

/// Every layout at the smallest and the usual size, dark and light, with and without data: nothing panics, and
/// the panels are there.
#[test]
fn every_layout_shows_in_every_size_and_theme() {
    let nothing = || Command::SetFilter(String::new());
    for (command, size) in
        [(Command::OpenDemo, [1024.0, 700.0]), (Command::OpenDemo, [1600.0, 1000.0]), (nothing(), [720.0, 480.0])]
    {
        let mut harness = window(command, size);
        for key in [Key::Num1, Key::Num2, Key::Num3] {
            press(&mut harness, Modifiers::COMMAND, key);
            press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
            harness.get_by_label("Responses");
            let picture = harness.render().expect("the window can be painted");
            let colours: std::collections::HashSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() > 40, "{} colours at {size:?} with {key:?}", colours.len());
        }
    }
}
