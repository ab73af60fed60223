//! What is marked as different, on texts as people read them and on any.

use super::{WordDiff, in_both, word_diff};
use crate::text::Span;
use proptest::prelude::*;

fn diff(left: &str, right: &str) -> WordDiff {
    word_diff(left, right, &|| false).expect("nobody stops it")
}

/// `text` with «» around each of `spans`.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for span in spans {
        out += &text[from..span.start as usize];
        out += &format!("«{}»", span.of(text));
        from = span.end as usize;
    }
    out + &text[from..]
}

/// Compares two texts in which «» marks what only they have.
#[track_caller]
fn check(left: &str, right: &str) {
    let [a, b] = [left, right].map(|text| text.replace(['«', '»'], ""));
    let diff = diff(&a, &b);
    assert_eq!(marked(&a, &diff.only_left()), left);
    assert_eq!(marked(&b, &diff.only_right()), right);
}

#[test]
fn what_only_one_text_has_is_marked_by_the_word() {
    check("", "");
    check("", "«all of it»");
    check("the same", "the same");
    check("the «quick» fox jumps", "the «slow» fox jumps");
    check("the fox jumps over it", "the fox «gladly »jumps over it");
    check("don't «stop»", "don't «go»");
    check("one line« »and another", "one line«\n»and another");
    check("it is on the mat, the cat.", "it is on the mat, the cat.« Really.»");
}

#[test]
fn scripts_without_spaces_are_compared_by_character() {
    check("我们今天«去»学校上课", "我们今天«在»学校上课");
    check("今日は«晴»れの天気です", "今日は«曇»れの天気です");
    check("สวัสดีครับ«ผ»มชื่อทอม", "สวัสดีครับ«ต»มชื่อทอม");
    check("👩‍👩‍👧 «🇩🇪» here we are", "👩‍👩‍👧 «🇫🇷» here we are");
}

#[test]
fn a_word_shared_by_accident_does_not_break_what_differs_into_crumbs() {
    check(
        "«Photosynthesis turns the light of the sun into sugar.»",
        "«My grandmother baked excellent bread for the whole village!»",
    );
    check(
        "We begin with the definitions. «Plants like light». We end with a summary of it.",
        "We begin with the definitions. «Stones are old and the moon is cold». We end with a summary of it.",
    );
}

#[test]
fn an_inserted_paragraph_leaves_the_others_equal() {
    let paragraph = |n: usize| format!("Paragraph {n} says something of its own about {}.\n\n", n * n);
    let left: String = (0..4000).map(paragraph).collect();
    let right: String =
        (0..2000).map(paragraph).chain(["Something new.\n\n".to_owned()]).chain((2000..4000).map(paragraph)).collect();
    let diff = diff(&left, &right);
    assert!(diff.only_left().is_empty());
    let only: Vec<&str> = diff.only_right().iter().map(|span| span.of(&right)).collect();
    assert_eq!(only, ["Something new.\n\n"]);
}

#[test]
fn a_line_of_a_megabyte_is_compared_by_the_word() {
    let words = |every: usize| -> String {
        (0..150_000)
            .map(|n| if n % every == every - 1 { "changed ".to_owned() } else { format!("w{} ", n * 7919 % 5003) })
            .collect()
    };
    let (left, right) = (words(usize::MAX), words(1000));
    let diff = diff(&left, &right);
    assert!(!diff.is_partial());
    assert_eq!(diff.only_right().len(), 150);
    assert!(diff.only_right().iter().all(|span| span.of(&right) == "changed"));
}

#[test]
fn what_is_too_long_and_too_different_is_said_to_be() {
    let noise = |seed: usize| -> String {
        (0..1_500_000).map(|n: usize| format!("{} ", (n + seed).wrapping_mul(2_654_435_761) % 9973)).collect()
    };
    let (left, right) = (noise(1), noise(4_000_000));
    let diff = diff(&left, &right);
    assert!(diff.is_partial());
    assert!(diff.shared() < 0.5);
}

#[test]
fn a_comparison_can_be_stopped() {
    assert_eq!(word_diff("a b", "a c", &|| true), None);
}

#[test]
fn places_beside_each_other_follow_what_is_common() {
    let shared = "Here both texts say word for word the very same thing.";
    let left = format!("short {shared} end");
    let right = format!("{} {shared} and something else at the end", "much longer beginning ".repeat(20));
    let diff = diff(&left, &right);
    let place = |text: &str| text.find("word for word").unwrap() as f64;
    assert_eq!(diff.to_right(place(&left)), place(&right));
    assert_eq!(diff.to_left(place(&right)), place(&left));
    assert_eq!((diff.to_right(0.0), diff.to_right(left.len() as f64)), (0.0, right.len() as f64));
}

/// Texts that share some of their words.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a",
        "the",
        "cat",
        "sat",
        "naïve",
        "漢",
        "字",
        "👩‍👧",
        ".",
        "\n",
        "\r\n",
        " ",
        "  ",
        "e\u{301}",
        "",
    ]);
    prop::collection::vec((word, prop::sample::select(vec![" ", "", "\n"])), 0..60)
        .prop_map(|words| words.into_iter().flat_map(|(word, space)| [word, space]).collect())
}

/// Text `base` without what only it has, and with what only `other` has instead.
fn rebuilt(base: &str, other: &str, diff: &WordDiff, towards_right: bool) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (left, right) in diff.common() {
        let (from, to) = if towards_right { (left, right) } else { (right, left) };
        out += &other[at..to.start as usize];
        out += from.of(base);
        at = to.end as usize;
    }
    out + &other[at..]
}

proptest! {
    #[test]
    fn what_is_in_both_lists_is_what_both_cover(cuts in prop::collection::btree_set(0u32..60, 0..20), others in prop::collection::btree_set(0u32..60, 0..20)) {
        let spans = |cuts: &std::collections::BTreeSet<u32>| -> Vec<Span> {
            let cuts: Vec<u32> = cuts.iter().copied().collect();
            cuts.chunks_exact(2).map(|pair| Span { start: pair[0], end: pair[1] }).collect()
        };
        let (one, other) = (spans(&cuts), spans(&others));
        let covers = |spans: &[Span], byte: u32| spans.iter().any(|span| (span.start..span.end).contains(&byte));
        let both = in_both(&one, &other);
        for byte in 0..60 {
            prop_assert_eq!(covers(&both, byte), covers(&one, byte) && covers(&other, byte));
        }
    }

    #[test]
    fn what_is_common_is_equal_and_the_rest_makes_the_other_text(left in text(), right in text()) {
        let diff = diff(&left, &right);
        let mut ends = (0, 0);
        for (a, b) in diff.common() {
            prop_assert_eq!(a.of(&left), b.of(&right));
            prop_assert!(!a.is_empty() && a.start >= ends.0 && b.start >= ends.1);
            ends = (a.end, b.end);
        }
        prop_assert_eq!(rebuilt(&left, &right, &diff, true), right.clone());
        prop_assert_eq!(rebuilt(&right, &left, &diff, false), left.clone());
        for (text, spans) in [(&left, diff.only_left()), (&right, diff.only_right())] {
            prop_assert!(spans.iter().all(|span| !span.of(text).is_empty()));
        }
        prop_assert!((0.0..=1.0).contains(&diff.shared()));
        prop_assert_eq!(left == right, diff.only_left().is_empty() && diff.only_right().is_empty());
    }

    #[test]
    fn swapped_sides_give_the_same_swapped(left in text(), right in text()) {
        let (one, other) = (diff(&left, &right), diff(&right, &left));
        prop_assert_eq!(one.only_left(), other.only_right());
        prop_assert_eq!(one.only_right(), other.only_left());
    }

    #[test]
    fn places_beside_each_other_go_on_together(left in text(), right in text()) {
        let diff = diff(&left, &right);
        let places: Vec<f64> = (0..=left.len()).map(|byte| diff.to_right(byte as f64)).collect();
        prop_assert!(places.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9));
        prop_assert!(places.iter().all(|&place| (0.0..=right.len() as f64).contains(&place)));
    }
}
