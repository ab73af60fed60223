//! Huge, tiny and strange texts.

use super::super::flow::MOST_LAYOUTS;
use super::{Window, click, drag, mark, open};
use crate::text::Span;
use egui::{Modifiers, pos2, vec2};
use egui_kittest::Harness;
use proptest::prelude::*;

/// More than fits a screen of 600 points, each block laid out to learn its height and to be painted.
const ON_SCREEN: usize = 80;

/// Opens `text` and jumps about in it: no frame lays out more than a screen and its budget.
#[track_caller]
fn check_bounded(text: &str, wraps: bool) {
    let step = text.len() / 10_000;
    let marks: Vec<_> = (0..10_000).map(|i| mark(i * step, i * step + 7, i as u32 % 3)).collect();
    let mut harness = open(text, marks, [800.0, 600.0]);
    harness.state_mut().options.wrap = wraps;
    for part in [3, 9, 1, 5, 10, 0] {
        let at = harness.state().doc.marks().len() * part / 10;
        let span = harness.state().doc.marks()[at.min(9_999)].span;
        harness.state_mut().view.scroll_to(span);
        for _ in 0..3 {
            harness.step();
            let layouts = harness.state().layouts;
            assert!(layouts <= MOST_LAYOUTS + ON_SCREEN, "{layouts} layouts in a frame");
        }
        assert!(harness.state().find(span.start as usize).is_some(), "the mark is on the screen");
    }
}

#[test]
fn a_line_of_a_megabyte_costs_a_screen() {
    check_bounded(&"words of a line that never ends ".repeat(32_000), true);
    check_bounded(&"x".repeat(1_000_000), true);
    check_bounded(&"é漢".repeat(200_000), false);
}

#[test]
fn ten_megabytes_cost_a_screen() {
    check_bounded(&"A line of ordinary length, as models write them.\n".repeat(204_000), true);
    check_bounded(&format!("{}\n", "A paragraph of some rows. ".repeat(20)).repeat(19_500), true);
}

#[test]
fn thousands_of_marks_at_one_place_are_shown_and_found() {
    let marks = (0..5_000).map(|i| mark(i % 7, 20, i as u32)).collect();
    let mut harness = open("twenty characters of text", marks, [400.0, 200.0]);
    let at = harness.state().place(10).center();
    harness.hover_at(at);
    harness.run_steps(2);
    assert_eq!(harness.state().hovered.len(), 5_000);
}

#[test]
fn marks_that_do_not_fit_the_text_are_cut_to_it() {
    let mut harness = open("añb", vec![mark(2, 900, 0), mark(700, 800, 1)], [400.0, 200.0]);
    let spans: Vec<Span> = harness.state().doc.marks().iter().map(|mark| mark.span).collect();
    assert_eq!(spans, [Span::new(1..4), Span::new(4..4)]);
    harness.state_mut().view.scroll_to(Span::new(5000..6000));
    harness.run_steps(2);
}

fn use_everything(harness: &mut Harness<'_, Window>, span: Span) {
    for size in [vec2(300.0, 200.0), vec2(1.0, 200.0), vec2(200.0, 1.0)] {
        harness.set_size(size);
        harness.state_mut().view.scroll_to(span);
        harness.run_steps(2);
    }
    harness.set_size(vec2(300.0, 200.0));
    harness.step();
    for y in [20.0, 50.0, 90.0] {
        drag(harness, pos2(15.0, 15.0), pos2(15.0 + y * 2.0, y));
        let text = harness.state().doc.text().to_owned();
        let selection = harness.state().view.selection(&harness.state().doc);
        assert!(selection.is_none_or(|span| text.get(span.range()).is_some()), "{selection:?} in {text:?}");
        for _ in 0..3 {
            click(harness, pos2(15.0 + y, y), Modifiers::NONE);
        }
        assert!(text.contains(harness.state().selected()));
    }
}

#[test]
fn an_empty_text_is_shown() {
    let mut harness = open("", vec![mark(0, 0, 0)], [300.0, 200.0]);
    use_everything(&mut harness, Span::new(0..0));
    assert_eq!(harness.state().selected(), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_can_be_used(
        text in "(\\PC|[\r\n\t \u{0}\u{200D}\u{301}\u{FE0F}]|[א-תء-ي]{1,6}|[\u{1F1E6}-\u{1F1FF}👩👧]){0,60}",
        raw in prop::collection::vec((0usize..200, 0usize..200), 0..8),
        (monospace, wrap) in any::<(bool, bool)>(),
    ) {
        let marks = raw.iter().enumerate().map(|(i, &(a, b))| mark(a.min(b), a.max(b), i as u32)).collect();
        let mut harness = open(&text, marks, [300.0, 200.0]);
        harness.state_mut().options.monospace = monospace;
        harness.state_mut().options.wrap = wrap;
        harness.state_mut().options.current = Some(0);
        let (a, b) = raw.first().copied().unwrap_or((0, 9));
        use_everything(&mut harness, Span::new(a.min(b)..a.max(b)));
    }
}
