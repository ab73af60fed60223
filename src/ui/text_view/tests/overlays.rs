//! What lies over the text, and views that follow one another.

use super::{Window, copied, drag, open};
use crate::text::Span;
use crate::ui::text_view::{Look, Overlay, OverlaySpans};
use crate::ui::theme::tokens_of;
use egui::{Event, Key, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const TEXT: &str = "I am Zorro, a model.\nAsk Zorro more.";

fn overlay(look: Look, spans: &[(usize, usize)]) -> Overlay {
    let spans = spans.iter().map(|&(start, end)| Span::new(start..end));
    Overlay { spans: OverlaySpans::new(TEXT, spans), look, color: tokens_of(egui::Theme::Dark).text }
}

#[test]
fn pointing_names_every_overlay_there() {
    let mut harness = open(TEXT, Vec::new(), [500.0, 300.0]);
    harness.state_mut().options.overlays =
        vec![overlay(Look::Dashed, &[(5, 10)]), overlay(Look::Bracketed, &[(25, 30), (5, 19)])];
    harness.run_steps(2);
    for (byte, expected) in [(6, vec![(0, 0), (1, 1)]), (12, vec![(1, 1)]), (26, vec![(1, 0)]), (33, vec![])] {
        let at = harness.state().place(byte).center();
        harness.hover_at(at);
        harness.run_steps(2);
        assert_eq!(harness.state().overlaid, expected, "at byte {byte}");
    }
}

#[test]
fn every_look_is_painted_without_a_layout() {
    for look in [Look::Dashed, Look::Struck, Look::Bracketed, Look::Framed, Look::Masked] {
        let mut harness = open(TEXT, Vec::new(), [500.0, 300.0]);
        let shapes = |harness: &Harness<'_, Window>| harness.output().shapes.len();
        let (before, places) = (shapes(&harness), harness.state().placed.len());
        harness.state_mut().options.overlays = vec![overlay(look, &[(5, 10), (25, 30)])];
        harness.run_steps(2);
        assert!(shapes(&harness) >= before + 2, "{look:?} is not seen");
        assert_eq!(harness.state().placed.len(), places);
    }
}

#[test]
fn what_is_masked_is_neither_read_out_nor_copied() {
    let mut harness = open(TEXT, Vec::new(), [500.0, 300.0]);
    harness.state_mut().options.overlays = vec![overlay(Look::Masked, &[(5, 10), (25, 30)])];
    harness.run_steps(2);
    let said = harness.get_by_role(egui::Role::Document).value().unwrap();
    assert_eq!(said, "I am ▇▇▇, a model.\nAsk ▇▇▇ more.");
    let (from, to) = (harness.state().before(2), harness.state().before(19));
    drag(&mut harness, from, to);
    assert_eq!(copied(&mut harness).as_deref(), Some("am ▇▇▇, a model"));
}

#[test]
fn the_selection_is_told_in_bytes_with_its_place() {
    let mut harness = open(TEXT, Vec::new(), [500.0, 300.0]);
    assert_eq!((harness.state().selection, harness.state().selection_at), (None, None));
    let (from, to) = (harness.state().before(5), harness.state().before(10));
    drag(&mut harness, from, to);
    assert_eq!(harness.state().selection, Some(Span::new(5..10)));
    let place = harness.state().selection_at.expect("the end is visible");
    assert!((place.left() - harness.state().place(10).left()).abs() < 1.0);

    let window = harness.state_mut();
    window.view.select_span(&window.doc, Some(Span::new(21..99)));
    harness.run_steps(2);
    assert_eq!(harness.state().selected(), "Ask Zorro more.");
    let window = harness.state_mut();
    window.view.select_span(&window.doc, None);
    harness.run_steps(2);
    assert_eq!(harness.state().selection, None);
}

fn lines(count: usize) -> String {
    (0..count).map(|line| format!("line {line} {}\n", "with some words ".repeat(line % 7))).collect()
}

fn wheel(harness: &mut Harness<'_, Window>, points: f32) {
    let at = harness.state().area.center();
    harness.hover_at(at);
    harness.step();
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        modifiers: egui::Modifiers::NONE,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
    });
    harness.step();
}

#[test]
fn a_view_can_follow_another_from_start_to_end() {
    let (long, short) = (lines(400), lines(60));
    let mut leader = open(&long, Vec::new(), [500.0, 300.0]);
    let mut follower = open(&short, Vec::new(), [300.0, 300.0]);
    leader.run_steps(60);
    follower.run_steps(20);
    for (key, expected) in [(None, 0.0), (Some(Key::End), 1.0), (Some(Key::Home), 0.0)] {
        if let Some(key) = key {
            let at = leader.state().area.center();
            super::click(&mut leader, at, egui::Modifiers::NONE);
            leader.key_press(key);
            leader.run_steps(3);
        }
        let fraction = leader.state().view.position().fraction;
        assert!((fraction - expected).abs() < 1e-6, "{key:?} leads to {fraction}");
        follower.state_mut().view.move_to_fraction(fraction);
        follower.step();
        assert!(!follower.state().scrolled, "following is not scrolling");
        assert!((follower.state().view.position().fraction - expected).abs() < 1e-6);
    }
    wheel(&mut leader, -200.0);
    assert!(leader.state().scrolled);
    assert!(leader.state().view.position().fraction > 0.0);
}

#[test]
fn a_byte_asked_for_comes_to_the_line_of_sight() {
    let text = lines(400);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    harness.run_steps(60);
    for needle in ["line 0 ", "line 57 ", "line 233 ", "line 399 "] {
        let byte = text.find(needle).unwrap();
        harness.state_mut().view.move_to_byte(byte as f64);
        harness.run_steps(2);
        let found = harness.state().view.position().byte;
        let off = found - byte as f64;
        assert!(off.abs() <= 60.0, "{needle} is at {byte}, the line of sight at {found}");
        let window = harness.state();
        let block = window.doc.blocks.block_of(byte);
        let place = window.placed.iter().find(|placed| placed.block == block).expect("the line is laid out");
        assert!(place.at.y < window.area.bottom() && place.bottom() > window.area.top(), "{needle} is visible");
    }
}
