//! The program is killed at any instant, many times over: every judgement it confirmed is there on the next start.
//!
//! `RUBRICA_CRASH_ROUNDS` says how often (by default 200 times, and 12 times for the real window), `RUBRICA_CRASH_SEED`
//! repeats a run: it is printed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]
#![allow(clippy::print_stderr, reason = "a seed that nobody sees repeats nothing")]

#[cfg(feature = "inspect")]
mod support;

use rubrica::io::reviews::read_folder;
use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A generator of numbers: SplitMix64.
struct Random(u64);

impl Random {
    /// With the seed asked for, or one of the clock.
    fn new() -> Self {
        let clock = || SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
        let seed = std::env::var("RUBRICA_CRASH_SEED").ok().map_or_else(clock, |seed| seed.parse().unwrap());
        eprintln!("RUBRICA_CRASH_SEED={seed}");
        Self(seed)
    }

    /// Below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// How often to kill: as asked for, else `usual` times.
fn rounds(usual: u64) -> u64 {
    std::env::var("RUBRICA_CRASH_ROUNDS").ok().map_or(usual, |rounds| rounds.parse().unwrap())
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rubrica"))
}

/// A project of one response, `r1`.
fn project() -> (TempDir, PathBuf) {
    project_of(1)
}

/// A project of `responses` responses to one prompt each, and one criterion that people answer with yes or no.
fn project_of(responses: u64) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let rubric = "Rubric(dimensions: [(id: \"d\", criteria: [(id: \"tone\", human: YesNo)])])";
    fs::write(folder.path().join("rubric.ron"), rubric).unwrap();
    let line = |at| format!("{{\"id\":\"r{at}\",\"prompt\":\"p{at}\",\"response\":\"a\"}}\n");
    fs::write(folder.path().join("a.jsonl"), (1..=responses).map(line).collect::<String>()).unwrap();
    let made = program()
        .args(["new", "eval", "a.jsonl", "--rubric", "rubric.ron"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let project = folder.path().join("eval");
    (folder, project)
}

fn start(project: &Path) -> Child {
    let piped = Stdio::piped;
    let mut command = program();
    command.arg("judge").arg(project).args(["--as", "anna"]);
    command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap()
}

/// A note of `length` letters, as a line of input.
fn act(length: u64) -> String {
    format!("{{\"note\":{{\"response\":\"r1\",\"text\":\"{}\"}}}}\n", "é".repeat(length as usize))
}

#[test]
fn what_was_confirmed_is_there_whenever_the_program_is_killed() {
    let mut random = Random::new();
    let (_folder, project) = project();
    let reviews = project.join("reviews");
    let mut confirmed: Vec<String> = Vec::new();
    let mut torn = 0;
    let rounds = rounds(200);
    for round in 0..rounds {
        // Now and then a write is cut short by more than a kill: the power goes.
        let is_torn = round > 0 && random.below(4) == 0 && reviews.join("anna.jsonl").exists();
        if is_torn {
            let line = r#"{"id":"torn-1","at":"2026-01-01T00:00:00Z","act":{"reveal":{}}}"#;
            let mut log = fs::File::options().append(true).open(reviews.join("anna.jsonl")).unwrap();
            log.write_all(&line.as_bytes()[..1 + random.below(line.len() as u64 - 1) as usize]).unwrap();
            torn += 1;
        }

        let mut child = start(&project);
        let mut input = child.stdin.take().unwrap();
        // Lengths on both sides of a block of the disk, and of what a pipe takes at once.
        let lines: String = (0..64).map(|_| act(1 + [20, 700, 5000][random.below(3) as usize])).collect();
        let feeding = std::thread::spawn(move || drop(input.write_all(lines.as_bytes())));
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        // After some confirmations and a moment, or at once: while it starts.
        let (patience, moment) = (random.below(12), Duration::from_micros(random.below(4000)));
        for line in output.by_ref().take(patience as usize) {
            confirmed.push(line.unwrap().strip_prefix("saved ").unwrap().to_owned());
        }
        std::thread::sleep(moment);
        child.kill().unwrap();
        // What it said before it died, it said.
        for line in output.map_while(Result::ok) {
            confirmed.extend(line.strip_prefix("saved ").filter(|id| id.contains('-')).map(str::to_owned));
        }
        feeding.join().unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        if is_torn && patience > 0 {
            assert!(said.contains("never written to its end"), "round {round}: the torn end was not told: {said}");
        }

        let found = read_folder(&reviews);
        let there: HashSet<&str> = found.logs.iter().flat_map(|log| log.entries()).map(|entry| &*entry.id).collect();
        let lost: Vec<&String> = confirmed.iter().filter(|id| !there.contains(&***id)).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
    }

    let mut last = start(&project);
    drop(last.stdin.take());
    assert!(last.wait().unwrap().success());
    let found = read_folder(&reviews);
    assert!(found.mistakes.is_empty(), "{:?}", found.mistakes);
    let entries = found.logs.first().map_or(0, |log| log.entries().len());
    eprintln!("{rounds} kills, {torn} torn ends, {} judgements confirmed, {entries} found", confirmed.len());
    assert!(rounds < 50 || (torn > 0 && confirmed.len() as u64 > rounds), "the rounds did not reach any judgement");
    assert_eq!(reviews.join("anna.torn").exists(), torn > 0);
}

/// The real window, killed: every judgement it showed as made is there, and so is the place somebody was at; what was
/// edited is offered at the next start, and comes back.
#[cfg(feature = "inspect")]
mod window {
    use super::{Random, program, project, project_of, rounds};
    use crate::support::inspect::{Item, Window};
    use egui::accesskit::Role;
    use egui::{Key, Modifiers};
    use rubrica::io::reviews::read_folder;
    use rubrica::model::review::Act;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;
    use std::time::{Duration, Instant};

    fn open(project: &Path, data: &Path) -> Window {
        let mut window = Window::start(program().arg(project).env("RUBRICA_DATA", data));
        window.wait_for_text("Opened ");
        window
    }

    /// Waits until a draft is on disk: it is written a moment after the edit.
    #[track_caller]
    fn wait_for_draft(data: &Path) {
        let start = Instant::now();
        let is_there = || {
            let places = fs::read_dir(data.join("projects")).into_iter().flatten().flatten();
            places.map(|place| place.path().join("draft/project.ron")).any(|draft| draft.is_file())
        };
        while !is_there() {
            assert!(start.elapsed() < Duration::from_secs(30), "no draft is written");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn edits_come_back_whenever_the_window_is_killed() {
        let mut random = Random::new();
        let (folder, project) = project();
        let data = folder.path().join("data");
        for round in 0..3 {
            let mut window = open(&project, &data);
            window.wait_for(Role::TreeItem, "Criterion tone");
            window.click(Role::TreeItem, "Criterion tone");
            window.click(Role::Button, "Remove");
            window.wait_until("the criterion is gone", |item| item.label == "Dimension d");
            wait_for_draft(&data);
            std::thread::sleep(Duration::from_millis(random.below(200)));
            drop(window); // SIGKILL

            let mut window = open(&project, &data);
            window.wait_for_text("Unsaved work on “eval”");
            if round == 0 {
                window.click(Role::Button, "Discard");
                window.wait_for(Role::TreeItem, "Criterion tone");
                continue;
            }
            window.click(Role::Button, "Restore");
            window.wait_for_text("Unsaved changes are restored.");
            assert!(window.find(Role::TreeItem, "Criterion tone").is_none(), "round {round}: the edit is back");
            drop(window);

            let mut window = open(&project, &data);
            window.wait_for_text("Unsaved work on “eval”");
            window.click(Role::Button, "Discard");
        }
        let mut window = open(&project, &data);
        window.wait_for(Role::TreeItem, "Criterion tone");
        window.settle();
        let offers = window.items().into_iter().filter(|item| item.label.contains("Unsaved work")).count();
        assert_eq!(offers, 0, "what was discarded is not offered again");
    }

    /// A data folder where anna said who she is.
    fn of_anna(folder: &Path) -> PathBuf {
        let data = folder.join("data");
        fs::create_dir_all(&data).unwrap();
        fs::write(data.join("reviewer"), "anna\n").unwrap();
        data
    }

    /// The number of the item at hand, counted from 1, where `item` says it.
    fn number(item: &Item) -> Option<usize> {
        let (at, of) = item.label.strip_prefix("Response ")?.split_once(" of ")?;
        let plain = |words: &str| words.replace(',', "").parse().ok();
        plain(of).and(plain(at))
    }

    /// The number of the item that the window asks about.
    #[track_caller]
    fn at_hand(window: &mut Window) -> usize {
        number(&window.wait_until("item at hand", |item| number(item).is_some())).unwrap()
    }

    /// What the log on disk says, yes or no in order.
    fn answers(project: &Path) -> Vec<bool> {
        let found = read_folder(&project.join("reviews"));
        assert!(found.mistakes.is_empty(), "{:?}", found.mistakes);
        let entries = found.logs.iter().flat_map(|log| log.entries());
        let answer = |act: &Act| if let Act::Rate(rate) = act { rate.value.map(|value| value == 1.0) } else { None };
        entries.filter_map(|entry| answer(&entry.act)).collect()
    }

    /// Kills the process as the system would, after a while.
    fn kill_later(process: u32, after: Duration) -> std::thread::JoinHandle<()> {
        std::thread::spawn(move || {
            std::thread::sleep(after);
            let killed = Command::new("kill").args(["-KILL", &process.to_string()]).status();
            assert!(killed.unwrap().success());
        })
    }

    #[test]
    fn judgements_are_there_whenever_the_window_is_killed() {
        let mut random = Random::new();
        let rounds = rounds(12);
        let (folder, project) = project_of(100 * (rounds + 1));
        let data = of_anna(folder.path());
        let mut confirmed: Vec<bool> = Vec::new();
        for round in 0..rounds {
            let mut window = open(&project, &data);
            window.press(Modifiers::COMMAND, Key::J);
            if round == 0 {
                window.click(Role::Button, "Start the session");
            }
            assert_eq!(at_hand(&mut window), confirmed.len() + 1, "round {round}: the place is where it was");
            let killer = kill_later(window.process(), Duration::from_micros(random.below(1_500_000)));
            let last = 'alive: loop {
                let is_yes = random.below(2) == 0;
                if !window.try_press(Modifiers::NONE, if is_yes { Key::Y } else { Key::N }) {
                    break is_yes;
                }
                // It is confirmed once the window asks for the next one.
                loop {
                    let Some(items) = window.try_items() else { break 'alive is_yes };
                    if items.iter().find_map(number) == Some(confirmed.len() + 2) {
                        confirmed.push(is_yes);
                        break;
                    }
                }
            };
            killer.join().unwrap();
            drop(window);
            let there = answers(&project);
            assert!(there.starts_with(&confirmed), "round {round}: confirmed {confirmed:?}, there is {there:?}");
            // One may be on disk that the window had no time to show.
            assert!(there.len() <= confirmed.len() + 1, "round {round}");
            assert!(there.get(confirmed.len()).is_none_or(|more| *more == last), "round {round}");
            confirmed = there;
        }
        eprintln!("{rounds} kills of the window, {} judgements", confirmed.len());
        assert!(rounds < 5 || confirmed.len() as u64 > rounds, "the rounds did not reach any judgement");
    }

    /// Answers yes; whether the window goes on to the next item, or says that it is not saved.
    #[track_caller]
    fn goes_on(window: &mut Window) -> bool {
        let before = at_hand(window);
        window.press(Modifiers::NONE, Key::Y);
        let said = window.wait_until("answer taken or refused", |item| {
            number(item).is_some_and(|now| now != before) || item.label == "not saved"
        });
        number(&said).is_some()
    }

    /// A window on `project` where anna has begun a session.
    #[track_caller]
    fn judging(command: &mut Command, data: &Path) -> Window {
        let mut window = Window::start(command.env("RUBRICA_DATA", data));
        window.wait_for_text("Opened ");
        window.press(Modifiers::COMMAND, Key::J);
        window.click(Role::Button, "Start the session");
        window
    }

    /// What waited is saved when somebody asks, the work goes on, and a kill loses nothing of it.
    #[track_caller]
    fn mended(mut window: Window, project: &Path, confirmed: usize) {
        window.click(Role::Button, "Try again");
        window.wait_for_text("✓ saved");
        assert_eq!(answers(project).len(), confirmed + 1, "what waited is saved");
        assert_eq!(at_hand(&mut window), confirmed + 2, "it counts as judged, and the next one is asked for");
        assert!(goes_on(&mut window));
        drop(window); // SIGKILL
        assert_eq!(answers(project).len(), confirmed + 2);
    }

    #[test]
    fn a_disk_that_fills_while_the_window_judges_is_told_and_costs_nothing() {
        if Command::new("prlimit").arg("--version").output().is_err() {
            eprintln!("skipped: there is no prlimit to make room again with");
            return;
        }
        let (folder, project) = project_of(60);
        let data = of_anna(folder.path());
        // No file may grow beyond a few blocks, and reaching that is an error instead of a signal.
        let limited = "trap '' XFSZ; ulimit -S -f 8; exec \"$0\" \"$1\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", limited, env!("CARGO_BIN_EXE_rubrica")]).arg(&project);
        let mut window = judging(&mut shell, &data);
        let confirmed = (0..50).take_while(|_| goes_on(&mut window)).count();
        assert!(confirmed > 3 && confirmed < 50, "{confirmed}");
        window.wait_for_text("the disk is full; free some space");
        assert!(!goes_on(&mut window), "what waits is not passed over");
        assert_eq!((at_hand(&mut window), answers(&project).len()), (confirmed + 1, confirmed));
        let process = window.process().to_string();
        let room = Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited:"]).status();
        assert!(room.unwrap().success());
        mended(window, &project, confirmed);
    }

    #[test]
    fn a_folder_that_goes_away_while_the_window_judges_is_told_and_costs_nothing() {
        let (folder, project) = project_of(10);
        let data = of_anna(folder.path());
        let mut window = judging(program().arg(&project), &data);
        assert!(goes_on(&mut window) && goes_on(&mut window));
        let (reviews, elsewhere) = (project.join("reviews"), folder.path().join("elsewhere"));
        fs::rename(&reviews, &elsewhere).unwrap();
        assert!(!goes_on(&mut window));
        window.wait_for_text("Not saved: ");
        assert!(!reviews.exists(), "what somebody took away is not made again");
        fs::rename(&elsewhere, &reviews).unwrap();
        mended(window, &project, 2);
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_told_and_costs_nothing() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, project) = project_of(10);
        let data = of_anna(folder.path());
        let reviews = project.join("reviews");
        fs::create_dir_all(&reviews).unwrap();
        let allow = |mode| fs::set_permissions(&reviews, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o555);
        if fs::write(reviews.join("tried"), "").is_ok() {
            eprintln!("skipped: permissions do not bind whoever runs this");
            return;
        }
        // Before there is a log: the session cannot begin.
        let mut window = open(&project, &data);
        window.press(Modifiers::COMMAND, Key::J);
        window.click(Role::Button, "Start the session");
        window.wait_for_text("Not saved: ");
        window.wait_for_text("ermission");
        allow(0o755);
        window.click(Role::Button, "Try again");
        window.wait_for_text("✓ saved");
        window.click(Role::Button, "Start the session");
        assert!(goes_on(&mut window));
        // While the log is open: it is written still.
        allow(0o555);
        assert!(goes_on(&mut window));
        drop(window); // SIGKILL
        allow(0o755);
        assert_eq!(answers(&project).len(), 2);
    }
}
