//! How long after an edit everything that follows from it is shown.

use crate::million::pattern_node;
use crate::report::Fresh;
use crate::window::Window;
use rubrica::checks::{Check, Pattern};
use rubrica::model::{Edit, Judge, Node, NodePath, Project};
use rubrica::scoring::{How, Progress, input, score_columns, scorecard};
use rubrica::workbench::{Command, Order, OrderKey};
use std::time::{Duration, Instant};

/// Edits of each kind: the slowest is told.
const TIMES: usize = 5;

/// A name, and the edit of a project that makes a change by number.
type Change = (&'static str, fn(&Project, usize) -> Edit);

const CHANGES: [Change; 3] = [("weight", weight), ("name", name), ("pass mark", pass_mark)];

fn weight(project: &Project, time: usize) -> Edit {
    let path = NodePath::new([0]);
    let mut node = project.rubric().node(&path).expect("the bundled rubric has dimensions").to_node();
    let Node::Dimension(dimension) = &mut node else { panic!("at the top stand dimensions") };
    dimension.weight = 0.31 + time as f64 * 0.07;
    Edit::SetNode { path, node: Box::new(node), field: "weight" }
}

fn name(project: &Project, time: usize) -> Edit {
    let path = NodePath::new([0]);
    let mut node = project.rubric().node(&path).expect("the bundled rubric has dimensions").to_node();
    *node.name_mut() = format!("Structure {time}");
    Edit::SetNode { path, node: Box::new(node), field: "name" }
}

fn pass_mark(_: &Project, time: usize) -> Edit {
    Edit::SetPassMark(Some(0.6 + time as f64 * 0.01))
}

/// Edits what runs no check while the list is sorted by score, and waits for totals, numbers and list.
pub(crate) fn totals(window: &mut Window) -> Vec<Fresh> {
    window.frame_after(Vec::new(), |bench| {
        bench.execute(Command::SetOrder(Order { key: OrderKey::Score, descending: true }));
    });
    window.settle();
    let mut told = Vec::new();
    for (what, change) in CHANGES {
        let mut times: Vec<Duration> = Vec::new();
        for time in 0..TIMES {
            let edit = change(window.bench().project(), time);
            let began = Instant::now();
            let shown = (window.bench().engine().revision(), window.bench().listed());
            window.frame_after(Vec::new(), |bench| bench.execute(Command::Edit(edit)));
            window.hurry();
            times.push(began.elapsed());
            assert_ne!(window.bench().engine().revision(), shown.0, "the edit changed the rubric");
            window.frame_after(Vec::new(), |bench| bench.execute(Command::Seal));
            window.settle();
        }
        times.sort_unstable();
        told.push(Fresh { what, median: times[TIMES / 2], slowest: times[TIMES - 1] });
    }
    window.frame_after(Vec::new(), |bench| bench.execute(Command::SetOrder(Order::default())));
    window.settle();
    told
}

/// Changes the pattern: the rows on screen are scored in the same frame, the others at the speed of the score
/// pass. The times of both, and the pass's own.
pub(crate) fn pattern(window: &mut Window) -> Vec<Fresh> {
    // From further down to the first: then the list shows its beginning.
    for place in [100, 0] {
        let row = window.bench().listed()[place];
        window.frame_after(Vec::new(), |bench| bench.execute(Command::SelectRow(row)));
        window.settle();
    }
    let (mut same_frame, mut whole, mut alone): (Vec<Duration>, Vec<Duration>, Vec<Duration>) = Default::default();
    for pattern in ["limit", "limit|key", "(?i)Window of"] {
        let path = pattern_node();
        let mut node = window.bench().project().rubric().node(&path).expect("the rubric has a pattern").to_node();
        let Node::Criterion(criterion) = &mut node else { panic!("a pattern is a criterion’s") };
        criterion.judge = Judge::Check(Check::Pattern(Pattern { pattern: pattern.into(), ..Pattern::default() }));
        let edit = Edit::SetNode { path, node: Box::new(node), field: "check" };
        let began = Instant::now();
        let cost = window.frame_after(Vec::new(), |bench| bench.execute(Command::Edit(edit)));
        visible_rows_are_new(window);
        same_frame.push(cost.cpu);
        window.hurry();
        whole.push(began.elapsed());
        alone.push(score_pass(window));
    }
    let told = |what, times: &mut Vec<Duration>| {
        times.sort_unstable();
        Fresh { what, median: times[times.len() / 2], slowest: times[times.len() - 1] }
    };
    vec![
        told("pattern, rows on screen (CPU of that frame)", &mut same_frame),
        told("pattern, whole project", &mut whole),
        told("one score pass of that check", &mut alone),
    ]
}

/// Filters by what no row narrower was known for, and waits for the list and its numbers.
pub(crate) fn filters(window: &mut Window) -> Vec<Fresh> {
    let queries = [("filter: score", "score<0.5"), ("filter: words in the text", "text:\"consult a\"")];
    let mut told = Vec::new();
    for (what, query) in queries {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            window.frame_after(Vec::new(), |bench| bench.execute(Command::SetFilter(query.into())));
            window.hurry();
            times.push(began.elapsed());
            window.frame_after(Vec::new(), |bench| bench.execute(Command::SetFilter(String::new())));
            window.settle();
        }
        times.sort_unstable();
        told.push(Fresh { what, median: times[TIMES / 2], slowest: times[TIMES - 1] });
    }
    for (what, key) in [("order: score", OrderKey::Score), ("order: length", OrderKey::Length)] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let order = Order { key: key.clone(), descending: true };
            window.frame_after(Vec::new(), |bench| bench.execute(Command::SetOrder(order)));
            window.hurry();
            times.push(began.elapsed());
            window.frame_after(Vec::new(), |bench| bench.execute(Command::SetOrder(Order::default())));
            window.settle();
        }
        times.sort_unstable();
        told.push(Fresh { what, median: times[TIMES / 2], slowest: times[TIMES - 1] });
    }
    told
}

/// Fails unless the rows at the top of the list have the scores of the newest rubric.
fn visible_rows_are_new(window: &Window) {
    let bench = window.bench();
    assert!(!bench.engine().is_fresh(), "a million rows take longer than a frame");
    for &row in &bench.listed()[..5] {
        let input = input(bench.project().dataset(), row as usize);
        let card = scorecard(&bench.engine().compiled().rubric, input.as_ref());
        let shown = bench.engine().row(row as usize).expect("a row on screen is scored at once");
        assert_eq!(shown.total().score, card.total.score, "row {row} shows its new score");
    }
}

/// How long the check alone takes over all responses, outside the window.
fn score_pass(window: &Window) -> Duration {
    let bench = window.bench();
    let rubric = bench.engine().compiled().rubric.clone();
    let How::Check(_, check) = &rubric.criteria.last().expect("the rubric has criteria").how else {
        panic!("the last criterion is judged by a check")
    };
    let began = Instant::now();
    score_columns(bench.project().dataset(), &[check], &Progress::default()).expect("nobody cancels it");
    began.elapsed()
}
