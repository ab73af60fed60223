//! What a frame of the window costs at a million responses, and how soon an edit is fresh.
//!
//! `cargo bench --bench frames -- [--rows N] [--bytes N] [--only WORDS]`; by default 1,000,000 responses of about
//! 300 bytes, and every scenario. The real window runs without a screen: a frame is what the program does for it,
//! up to the triangles a graphics card would get, in time on a processor. JSON Lines go to standard output, a table
//! to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "telling is what it is for")]

mod edits;
mod judging;
mod million;
mod report;
mod scenarios;
mod window;

use million::{Size, project};
use report::{Frames, Fresh, HEAD, millis};
use scenarios::SCENARIOS;
use std::time::Instant;
use window::Window;

fn main() {
    let mut size = Size { rows: 1_000_000, bytes: 300 };
    let mut only = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
        match argument.as_str() {
            "--rows" => size.rows = value().parse().expect("--rows takes a number"),
            "--bytes" => size.bytes = value().parse().expect("--bytes takes a number"),
            "--only" => only = value(),
            "--bench" => {}
            other => panic!("{other} is not known; there are --rows N, --bytes N and --only WORDS"),
        }
    }
    let mut window = Window::new();
    // The first frames make the font's atlas, whatever is shown.
    window.settle();
    window.take_costs();
    // As in the program, not the window's thread builds it.
    let project = std::thread::spawn(move || project(size)).join().expect("the project is built");
    let bytes = project.dataset().text_bytes();
    let began = Instant::now();
    window.frame_after(Vec::new(), |bench| bench.open(project));
    window.settle();
    eprintln!(
        "{} responses, {:.2} GB of text; scored and listed after {:.0} ms",
        size.rows + 2,
        bytes as f64 / 1e9,
        millis(began.elapsed())
    );
    let costs = window.take_costs();
    let opening = Frames::new("open", &costs);
    println!("{}", opening.json());
    eprintln!("\n{HEAD}\n{}", opening.row());
    for (name, run) in SCENARIOS.iter().filter(|(name, _)| name.contains(&only)) {
        run(&mut window, size);
        let costs = window.take_costs();
        let frames = Frames::new(name, &costs);
        println!("{}", frames.json());
        eprintln!("{}", frames.row());
    }
    eprintln!("\n{:<46} {:>10} {:>10}", "fresh after an edit of", "median ms", "slowest ms");
    let tell = |fresh: &[Fresh]| {
        for fresh in fresh {
            println!("{}", fresh.json());
            eprintln!("{}", fresh.row());
        }
    };
    if "weight name pass mark".contains(&only) {
        tell(&edits::totals(&mut window));
    }
    if "filter order".contains(&only) {
        tell(&edits::filters(&mut window));
    }
    if "pattern".contains(&only) {
        tell(&edits::pattern(&mut window));
    }
    // Last, because what was judged stays.
    if "judge rating".contains(&only) {
        let (frames, fresh) = judging::judge(&mut window);
        println!("{}", frames.json());
        eprintln!("{}", frames.row());
        tell(&fresh);
    }
}
