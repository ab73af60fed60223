//! The score pass alone over a file's texts, as JSON Lines for `packaging/bench`:
//!
//! ```sh
//! cargo bench --bench throughput -- DATA.jsonl RUBRIC.ron --runs 5 --shares 4,2,1 --threads 1,2
//! ```
//!
//! Share 4 is the first quarter of the file. The runs of all threads take turns. The time of a run is that from loaded
//! texts to the mean of all responses and of each model. Without a file it prints nothing.

#![allow(clippy::print_stdout, reason = "what it prints is its result")]

mod support;

use rayon::prelude::*;
use rubrica::io::import::Input;
use rubrica::model::{Dataset, Response};
use rubrica::scoring::{CompiledRubric, Progress, Results, score_columns};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use support::{import, pool, rubric};

struct Arguments {
    data: String,
    rubric: String,
    runs: usize,
    shares: Vec<usize>,
    threads: Vec<usize>,
}

/// What is asked for; `None` where no file is named, as when all benches are run.
fn arguments() -> Option<Arguments> {
    let mut files = Vec::new();
    let (mut runs, mut shares, mut threads) = (5, vec![1], vec![1, 2]);
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut numbers = || -> Vec<usize> {
            let list = given.next().unwrap_or_default();
            list.split(',').map(|part| part.parse().expect("a whole number is wanted")).collect()
        };
        match argument.as_str() {
            "--runs" => runs = numbers()[0],
            "--shares" => shares = numbers(),
            "--threads" => threads = numbers(),
            "--bench" => {} // cargo's own
            _ => files.push(argument),
        }
    }
    let [data, rubric] = files.try_into().ok()?;
    Some(Arguments { data, rubric, runs, shares, threads })
}

fn main() {
    let Some(arguments) = arguments() else { return };
    let file = std::fs::read(&arguments.data).unwrap_or_else(|error| panic!("{}: {error}", arguments.data));
    let rubric = rubric(&arguments.rubric);
    for &share in &arguments.shares {
        measure(&arguments, share, &beginning(&file, share), &rubric);
    }
}

/// The first whole lines of a file, about one part in `share`.
fn beginning(file: &[u8], share: usize) -> Vec<u8> {
    let about = file.len() / share;
    let end = file[..about].iter().rposition(|&byte| byte == b'\n').map_or(file.len(), |newline| newline + 1);
    file[..end].to_vec()
}

fn measure(arguments: &Arguments, share: usize, bytes: &[u8], rubric: &Arc<CompiledRubric>) {
    let import_start = Instant::now();
    let import = import(Input::Bytes { name: arguments.data.clone(), bytes: bytes.to_vec() });
    let import_seconds = import_start.elapsed().as_secs_f64();
    let dataset = import.dataset;
    let texts = (0..dataset.responses().len()).filter_map(|row| dataset.response_text(row));
    let text_bytes: usize = texts.map(str::len).sum();

    let pools: Vec<_> = arguments.threads.iter().map(|&threads| (threads, pool(threads))).collect();
    let mut seconds: Vec<Vec<f64>> = vec![Vec::new(); pools.len()];
    let mut means = Means::default();
    // The first round warms up.
    for round in 0..=arguments.runs {
        for ((_, pool), seconds) in pools.iter().zip(&mut seconds) {
            let start = Instant::now();
            means = pool.install(|| score(&dataset, rubric));
            if round > 0 {
                seconds.push(start.elapsed().as_secs_f64());
            }
        }
    }
    for ((threads, _), seconds) in pools.iter().zip(&seconds) {
        let line = json!({
            "share": share,
            "threads": threads,
            "rows": dataset.responses().len(),
            "json_bytes": bytes.len(),
            "text_bytes": text_bytes,
            "import_seconds": import_seconds,
            "seconds": seconds,
            "mean": means.all,
            "models": means.models.iter().cloned().collect::<serde_json::Map<_, _>>(),
        });
        println!("{line}");
    }
}

/// Mean scores.
#[derive(Default)]
struct Means {
    all: f64,
    models: Vec<(String, serde_json::Value)>,
}

/// For each model the sum of its scores, and how many there are: in blocks, by all threads, and in their order.
fn sums(dataset: &Dataset, results: &Results) -> Vec<(f64, u32)> {
    const BLOCK: usize = 1 << 16;
    let none = || vec![(0.0, 0_u32); dataset.models().len()];
    let block = |(block, responses): (usize, &[Response])| {
        let mut sums = none();
        for (offset, response) in responses.iter().enumerate() {
            if let Some(score) = results.score(block * BLOCK + offset) {
                let (sum, count) = &mut sums[response.model as usize];
                *sum += score;
                *count += 1;
            }
        }
        sums
    };
    let blocks: Vec<Vec<(f64, u32)>> = dataset.responses().par_chunks(BLOCK).enumerate().map(block).collect();
    blocks.into_iter().fold(none(), |mut all, block| {
        all.iter_mut().zip(block).for_each(|(all, block)| *all = (all.0 + block.0, all.1 + block.1));
        all
    })
}

fn score(dataset: &Dataset, rubric: &Arc<CompiledRubric>) -> Means {
    let (checks, of_criteria) = rubric.checks();
    let columns = score_columns(dataset, &checks, &Progress::default()).expect("nobody cancels it");
    let columns: Vec<_> = columns.into_iter().map(Arc::new).collect();
    let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    let results = Results::new(Arc::clone(rubric), of_criteria, dataset.responses().len());
    let sums = sums(dataset, &results);
    let (sum, count) = sums.iter().fold((0.0, 0), |(sum, count), &(s, c)| (sum + s, count + c));
    let mean = |(sum, count): (f64, u32)| sum / f64::from(count);
    let models = dataset.models().iter().cloned().zip(sums.iter().map(|&each| mean(each).into())).collect();
    Means { all: mean((sum, count)), models }
}
