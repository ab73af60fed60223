//! Judging at a million responses, with a log of a hundred thousand entries on disk.

use crate::report::{Frames, Fresh};
use crate::window::{Window, key};
use egui::{Key, Modifiers};
use rubrica::model::review::{Act, Entry, Mode, Purpose, Rate};
use rubrica::model::{Criterion, Dimension, Edit, Judge, Node, NodePath, Scale};
use rubrica::workbench::session::{Queue, Recipe, SessionCommand};
use rubrica::workbench::{Command, Order, OrderKey};
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Entries in the log before.
const ENTRIES: usize = 100_000;
/// Ratings given and measured.
const RATINGS: usize = 100;

/// Rates responses one after the other from the keyboard, some taken back, while the list is sorted by score; then how
/// long a rating takes until everything shown is fresh.
pub(crate) fn judge(window: &mut Window) -> (Frames, Vec<Fresh>) {
    let folder = tempfile::tempdir().expect("a folder for the logs");
    let mut project = window.bench().project().clone();
    let points = ["poor", "fair", "good", "very good", "excellent"].map(str::to_owned);
    let mut dimension = Dimension::new("people", "People");
    dimension.children =
        vec![Node::Criterion(Criterion::new("tone", "Tone", Judge::Human(Scale::Points(points.into()))))];
    let edit = Edit::AddNode { parent: NodePath::root(), index: 0, node: Box::new(Node::Dimension(dimension)) };
    project.apply(edit).expect("a dimension more is sound");
    let rows = project.dataset().responses().len();
    write_log(&folder.path().join("anna.jsonl"), rows);
    let reviews = folder.path().to_owned();
    window.frame_after(Vec::new(), |bench| {
        bench.open_judged(project, Some(reviews));
        bench.execute(Command::SetReviewer("anna".into()));
        bench.execute(Command::SetOrder(Order { key: OrderKey::Score, descending: true }));
    });
    window.settle();
    let recipe = Recipe { mode: Mode::Rate, queue: Queue::Unrated, seed: 7, ..Recipe::default() };
    window.frame_after(Vec::new(), |bench| {
        bench.execute(Command::Session(SessionCommand::Begin(Box::new(recipe))));
    });
    window.paced(key(Modifiers::COMMAND, Key::J));
    window.settle();
    window.take_costs();
    let judged = |window: &Window| window.bench().reviews().mine().map_or(0, |log| log.len());
    let before = judged(window);
    for rating in 0..RATINGS {
        window.paced(key(Modifiers::NONE, [Key::Num2, Key::Num4, Key::Num5][rating % 3]));
        let pauses = if rating % 10 == 0 { 20 } else { 3 };
        for _ in 0..pauses {
            window.paced(Vec::new());
        }
        if rating % 10 == 9 {
            window.paced(key(Modifiers::NONE, Key::U));
            window.paced(Vec::new());
        }
    }
    assert_eq!(judged(window) - before, RATINGS + RATINGS / 10, "each key is on disk");
    let frames = Frames::new("judge", &window.take_costs());
    window.settle();
    (
        frames,
        vec![
            until_fresh(window, "rating: everything shown", Key::Num3),
            until_fresh(window, "rating taken back", Key::U),
        ],
    )
}

/// How long after a key everything that follows from the rating is shown.
fn until_fresh(window: &mut Window, what: &'static str, pressed: Key) -> Fresh {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..7 {
        let began = Instant::now();
        window.frame(key(Modifiers::NONE, pressed));
        window.hurry();
        times.push(began.elapsed());
        window.settle();
    }
    times.sort_unstable();
    Fresh { what, median: times[times.len() / 2], slowest: times[times.len() - 1] }
}

/// A log as it is on disk, of ratings spread over `rows` responses.
fn write_log(path: &std::path::Path, rows: usize) {
    let file = std::fs::File::create(path).expect("the folder can be written");
    let mut out = std::io::BufWriter::new(file);
    for number in 0..ENTRIES {
        let rate = Rate {
            response: format!("r{}", number * 7 % (rows - 2)),
            criterion: "tone".into(),
            value: Some((number % 5 + 1) as f64),
            scale: [1.0, 5.0],
            wording: String::new(),
            reason: String::new(),
            purpose: Purpose::Judge,
        };
        let at = "2026-01-05T09:00:00Z".parse().expect("a time");
        let entry = Entry { id: format!("bench-{number}"), at, seconds: Some(12.5), act: Act::Rate(rate) };
        serde_json::to_writer(&mut out, &entry).expect("an entry can be written");
        out.write_all(b"\n").expect("the folder can be written");
    }
    out.flush().expect("the folder can be written");
}
