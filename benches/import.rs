//! Importing JSON Lines that are in memory already: shapes of rows, one thread and two.

mod support;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rubrica::io::import::Input;
use support::prose::Shape;
use support::{import, pool};

/// Bytes of JSON Lines of each shape.
const BYTES: usize = 32 << 20;

fn json_lines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    for shape in Shape::ALL {
        let bytes = shape.json_lines(BYTES);
        group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(10);
        for threads in [1, 2] {
            let pool = pool(threads);
            let input = || Input::Bytes { name: "bench.jsonl".to_owned(), bytes: bytes.clone() };
            group.bench_function(BenchmarkId::new(shape.name(), threads), |bencher| {
                bencher.iter_batched(input, |input| pool.install(|| import(input)), BatchSize::PerIteration);
            });
        }
    }
}

criterion_group!(benches, json_lines);
criterion_main!(benches);
