//! The program is killed at any instant, many times over: every judgement it confirmed is there on the next start.
//!
//! `RUBRICA_CRASH_ROUNDS` says how often (200 by default), `RUBRICA_CRASH_SEED` repeats a run: it is printed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

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

fn rounds() -> u64 {
    std::env::var("RUBRICA_CRASH_ROUNDS").ok().map_or(200, |rounds| rounds.parse().unwrap())
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rubrica"))
}

fn project() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let rubric = "Rubric(dimensions: [(id: \"d\", criteria: [(id: \"tone\", human: YesNo)])])";
    fs::write(folder.path().join("rubric.ron"), rubric).unwrap();
    fs::write(folder.path().join("a.jsonl"), "{\"id\":\"r1\",\"prompt\":\"p\",\"response\":\"a\"}\n").unwrap();
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
    let rounds = rounds();
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
