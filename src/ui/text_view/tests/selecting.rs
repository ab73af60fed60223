//! Selecting, copying, pointing at marks.

use super::{Window, click, copied, drag, mark, open};
use crate::text::Span;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use unicode_segmentation::UnicodeSegmentation;

#[track_caller]
fn check_drag(text: &str, from: &str, to: &str) {
    let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
    let mut harness = open(text, Vec::new(), [500.0, 300.0]);
    let (a, b) = (harness.state().before(start), harness.state().before(end));
    for (a, b) in [(a, b), (b, a)] {
        drag(&mut harness, a, b);
        assert_eq!(harness.state().selected(), &text[start..end]);
        assert_eq!(copied(&mut harness).as_deref(), Some(&text[start..end]));
    }
}

#[test]
fn dragging_selects_exactly_what_it_passes() {
    check_drag("one line of text", "ne", "of");
    check_drag("first λine\r\n\r\nsecond\nthird", "λ", "hird");
    check_drag(&format!("start {} end", "wrapped words ".repeat(20)), "tart", "end");
    check_drag("e\u{301}fg 👩‍👩‍👧x 漢字", "fg", "字");
}

#[test]
fn a_caret_never_stands_inside_what_is_read_as_one_character() {
    let text = "e\u{301}fg 👩\u{200D}👩\u{200D}👧x 🇩🇪 office";
    let harness = open(text, Vec::new(), [500.0, 300.0]);
    let shaped = &harness.state().placed[0].shaped;
    let mut seen: Vec<usize> = (0..500).map(|x| shaped.caret_at(vec2(x as f32, 5.0))).collect();
    seen.dedup();
    let expected: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_selection_goes_on_across_segments_and_survives_scrolling() {
    let text = "some words on one line ".repeat(2000);
    let mut harness = open(&text, Vec::new(), [500.0, 300.0]);
    let (from, to) = (5, text.len() - 6);
    let at = harness.state().before(from);
    click(&mut harness, at, Modifiers::NONE);
    harness.state_mut().view.scroll_to(Span::new(to..to));
    harness.run_steps(2);
    let at = harness.state().before(to);
    click(&mut harness, at, Modifiers::SHIFT);
    harness.key_press(Key::Home);
    harness.run_steps(2);
    assert_eq!(copied(&mut harness).as_deref(), Some(&text[from..to]));
    assert!(harness.state().doc.blocks.count() > 10, "the line is cut into segments");
}

#[test]
fn two_clicks_take_the_word_three_the_line() {
    let text = "alpha don't, gamma\r\nsecond";
    let mut harness = open(text, Vec::new(), [500.0, 300.0]);
    let at = harness.state().place(8).center();
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().selected(), "");
    assert_eq!(copied(&mut harness), None);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().selected(), "don't");
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().selected(), "alpha don't, gamma");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    assert_eq!(harness.state().selected(), text);
}

#[test]
fn dragging_past_the_bottom_scrolls_and_selects_on() {
    let text = "a line\n".repeat(200);
    let mut harness = open(&text, Vec::new(), [400.0, 200.0]);
    let start = harness.state().before(2);
    let below = harness.state().area.center_bottom() + vec2(0.0, 60.0);
    harness.drag_at(start);
    harness.step();
    harness.hover_at(below);
    harness.run_steps(60);
    harness.drop_at(below);
    harness.step();
    let selected = harness.state().selected().len();
    assert!(selected > 200, "{selected} bytes");
    assert!(harness.state().find(0).is_none(), "it scrolled");
}

/// Bytes of "one two three": the outer mark covers "one two", the inner "two", one is empty before "three".
fn marked() -> Harness<'static, Window> {
    open("one two three\nrest", vec![mark(4, 7, 1), mark(0, 7, 0), mark(8, 8, 2), mark(13, 14, 0)], [500.0, 300.0])
}

#[test]
fn pointing_finds_all_marks_under_the_pointer_and_no_others() {
    let mut harness = marked();
    let mut check = |at: egui::Pos2, expected: &[usize]| {
        harness.hover_at(at);
        harness.run_steps(2);
        assert_eq!(harness.state().hovered, expected);
    };
    let window = marked();
    let place = |byte| window.state().place(byte).center();
    check(place(0), &[0]);
    check(place(5), &[0, 1]);
    // The space behind the inner mark is nearer to it than to anything else, and yet not in it.
    check(window.state().place(7).left_center() + vec2(0.5, 0.0), &[]);
    check(window.state().place(8).left_center(), &[2]);
    check(place(10), &[]);
    check(place(12) + vec2(80.0, 0.0), &[]);
    check(place(14), &[]);
}

#[test]
fn a_click_names_the_innermost_mark_or_the_emphasised_one() {
    let mut harness = marked();
    let at = harness.state().place(5).center();
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().clicked, Some(1));
    harness.state_mut().options.emphasised = Some(0);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().clicked, Some(0));
    harness.state_mut().clicked = None;
    let beside = harness.state().place(16).center();
    click(&mut harness, beside, Modifiers::NONE);
    assert_eq!(harness.state().clicked, None);
}

#[test]
fn a_selection_does_not_outlive_its_text() {
    let mut harness = open("old text", Vec::new(), [500.0, 300.0]);
    let at = harness.state().place(1).center();
    click(&mut harness, at, Modifiers::NONE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    assert_eq!(harness.state().selected(), "old text");
    harness.state_mut().doc = super::TextDoc::new("new text".into(), Vec::new());
    assert_eq!(harness.state().selected(), "");
    harness.step();
    assert_eq!(harness.state().view.selection(&harness.state().doc), None);
}
