//! A project's way through the window: opened, imported, saved, left; in every layout, and left alone.
#![cfg(feature = "gui")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
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

fn ids(harness: &Harness<'_, App>) -> String {
    harness.state().bench().project().rubric().ids().join(" ")
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
    let before = bench.engine().row(0).expect("scored").total();

    let target = folder.path().join("saved");
    harness.state_mut().bench_mut().execute(Command::Save(Some(target.clone())));
    settle(&mut harness);
    assert!(!harness.state().bench().is_modified());
    assert!(target.join("rubric.ron").is_file() && target.join("responses/answers.jsonl").is_file());

    let harness = window(Command::Open(vec![target]), [1280.0, 800.0]);
    assert_eq!(harness.state().bench().engine().row(0).expect("scored").total(), before);
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
