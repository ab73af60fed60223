//! Scrolling, jumping, resizing, being read aloud.

use super::{Window, click, mark, open};
use crate::text::Span;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

/// Paragraphs of several rows, so that guesses of heights are wrong.
fn paragraphs(count: usize) -> String {
    (0..count).map(|i| format!("{i} {}\n", "WMWM ilil ".repeat(i * 7 % 40))).collect()
}

#[track_caller]
fn check_visible(harness: &Harness<'_, Window>, byte: usize) {
    assert!(harness.state().find(byte).is_some(), "byte {byte} is not on the screen");
}

fn top(harness: &Harness<'_, Window>) -> usize {
    harness.state().view.top.0
}

fn focus(harness: &mut Harness<'_, Window>) {
    let at = harness.state().area.center();
    click(harness, at, Modifiers::NONE);
}

#[test]
fn a_jump_shows_its_target_at_once_and_leaves_what_is_visible_in_place() {
    let text = paragraphs(300);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    for needle in ["250 ", "\n12 ", "299 ", "0 "] {
        let at = text.find(needle).unwrap() + 1;
        harness.state_mut().view.scroll_to(Span::new(at..at + 2));
        harness.step();
        check_visible(&harness, at);
    }
    let middle = text.find("\n150 ").unwrap() + 1;
    harness.state_mut().view.scroll_to(Span::new(middle..middle + 1));
    harness.step();
    let before = harness.state().place(middle);
    let near = text.find("\n151 ").unwrap() + 1;
    harness.state_mut().view.scroll_to(Span::new(near..near + 1));
    harness.step();
    assert_eq!(harness.state().place(middle), before);
}

#[test]
fn measuring_never_moves_what_is_read() {
    let text = paragraphs(4000);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    let at = text.find("\n3000 ").unwrap() + 1;
    harness.state_mut().view.scroll_to(Span::new(at..at + 1));
    harness.step();
    let (place, height) = (harness.state().place(at), harness.state().view.flow.total());
    harness.run_steps(20);
    assert_ne!(harness.state().view.flow.total(), height, "heights were learned meanwhile");
    assert_eq!(harness.state().place(at), place);
}

#[test]
fn another_width_or_size_keeps_the_top_row() {
    let text = format!("{}\n{}\n{}", paragraphs(50), "one long paragraph ".repeat(200), paragraphs(50));
    let mut harness = open(&text, Vec::new(), [700.0, 300.0]);
    let at = text.find("one long").unwrap() + 2000;
    harness.state_mut().view.scroll_to(Span::new(at..at + 1));
    harness.run_steps(2);
    let mut check = |change: &dyn Fn(&mut Harness<'_, Window>)| {
        let byte = top(&harness);
        change(&mut harness);
        harness.run_steps(2);
        let window = harness.state();
        let first = &window.placed[0];
        let from_top = first.at.y + first.shaped.caret(byte).top() - window.area.top();
        assert!((-30.0..=1.0).contains(&from_top), "what was the top row is at {from_top}");
    };
    for width in [300.0, 120.0, 500.0, 900.0] {
        check(&|harness| {
            harness.set_size(vec2(width, 300.0));
        });
    }
    check(&|harness| harness.state_mut().options.monospace = true);
    check(&|harness| harness.state_mut().options.monospace_size = 18.0);
}

#[test]
fn keys_scroll_a_focused_text() {
    let text = paragraphs(300);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    harness.key_press(Key::End);
    harness.step();
    check_visible(&harness, 0);
    focus(&mut harness);
    harness.key_press(Key::End);
    harness.step();
    check_visible(&harness, text.len() - 3);
    let end = top(&harness);
    harness.key_press(Key::ArrowUp);
    harness.step();
    assert!(top(&harness) < end);
    harness.key_press(Key::PageUp);
    harness.step();
    let page = top(&harness);
    harness.key_press(Key::PageDown);
    harness.key_press(Key::ArrowDown);
    harness.step();
    assert_eq!(top(&harness), end);
    assert!(page < end);
    harness.key_press(Key::Home);
    harness.step();
    check_visible(&harness, 0);
}

#[test]
fn the_wheel_scrolls_and_stops_at_the_ends() {
    let text = "line\n".repeat(60);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    let mut wheel = |delta: f32| {
        harness.hover_at(harness.state().area.center());
        let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
        harness.event(Event::MouseWheel {
            unit,
            delta: vec2(0.0, delta),
            phase,
            modifiers,
            source: MouseWheelSource::Wheel,
        });
        harness.run_steps(30);
        top(&harness)
    };
    assert_eq!(wheel(50.0), 0);
    let some = wheel(-100.0);
    assert!(some > 0);
    let end = wheel(-1e6);
    assert!(end > some);
    assert_eq!(wheel(-100.0), end);
    assert_eq!(wheel(1e6), 0);
}

#[test]
fn the_match_map_jumps_to_a_mark() {
    let text = paragraphs(1000);
    let at = text.find("\n600 ").unwrap() + 1;
    let mut harness = open(&text, vec![mark(at, at + 3, 0)], [500.0, 400.0]);
    while harness.state().view.flow.epoch() < 9 {
        harness.step();
    }
    harness.step();
    let map = &harness.state().view.map;
    let line = harness.state().view.flow.top_of(harness.state().doc.blocks.block_of(at));
    let [tick] = map.ticks.as_slice() else { panic!("one mark is one tick, not {}", map.ticks.len()) };
    assert!((f64::from(tick.top) * map.scale - line).abs() < map.scale * 2.0 + 40.0);
    let strip = harness.get_by_label("Map of 1 matches").rect();
    let view = &harness.state().view;
    let share = view.flow.top_of(harness.state().doc.blocks.block_of(at)) / view.flow.total();
    click(&mut harness, strip.center_top() + vec2(0.0, strip.height() * share as f32), Modifiers::NONE);
    check_visible(&harness, at);
}

#[test]
fn assistive_technology_reads_what_is_visible() {
    let text = paragraphs(300);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    let value = |harness: &Harness<'_, Window>| harness.get_by_label("Response text, 301 lines").value().unwrap();
    assert!(value(&harness).starts_with("0 \n1 WMWM"));
    let at = text.find("\n150 ").unwrap() + 1;
    harness.state_mut().view.scroll_to(Span::new(at..at + 1));
    harness.run_steps(2);
    assert!(value(&harness).contains("\n150 WMWM"));
    assert!(value(&harness).len() < 4096);
    open("", Vec::new(), [100.0, 100.0]).get_by_label("Response text, 1 line");
}
