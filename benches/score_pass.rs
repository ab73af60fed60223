//! The score pass over loaded texts: rubrics, shapes of text, one thread and two.

mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rubrica::io::import::Input;
use rubrica::model::Dataset;
use rubrica::scoring::{Progress, score_columns};
use std::hint::black_box;
use support::prose::Shape;
use support::{RUBRICS, import, pool, rubric};

/// Bytes of JSON Lines of each shape: beyond the caches, and a second's work at most.
const BYTES: usize = 32 << 20;

fn response_bytes(dataset: &Dataset) -> u64 {
    (0..dataset.responses().len()).filter_map(|row| dataset.response_text(row)).map(|text| text.len() as u64).sum()
}

fn score_pass(criterion: &mut Criterion) {
    for shape in Shape::ALL {
        let dataset = import(Input::Bytes { name: shape.name().to_owned(), bytes: shape.json_lines(BYTES) }).dataset;
        for (name, file) in RUBRICS {
            let rubric = rubric(file);
            let (checks, _) = rubric.checks();
            let mut group = criterion.benchmark_group(format!("score_pass/{name}"));
            group.throughput(Throughput::Bytes(response_bytes(&dataset))).sample_size(10);
            for threads in [1, 2] {
                let pool = pool(threads);
                group.bench_function(BenchmarkId::new(shape.name(), threads), |bencher| {
                    let pass = || score_columns(&dataset, &checks, &Progress::default());
                    bencher.iter(|| pool.install(|| black_box(pass())));
                });
            }
        }
    }
}

criterion_group!(benches, score_pass);
criterion_main!(benches);
