//! Reading datasets: JSON text, and a folder of CSV files.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{SEED, group, text};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use relata::facts::Facts;
use relata::intake::{self, Loaded};
use relata::synth::{self, CsvFolder, Options, Shape};
use std::hint::black_box;

fn assert_same(loaded: &Loaded, facts: &Facts) {
    assert!(!loaded.has_errors(), "{:#?}", loaded.findings);
    assert_eq!(loaded.facts.row_count(), facts.row_count());
    assert!(loaded.facts.holdings().iter().eq(facts.holdings().iter()));
}

fn load(c: &mut Criterion) {
    // A dataset has a row for each tie and nearly as many for its parties.
    for ties in [560, 56_000] {
        let facts = group(ties, SEED);
        let rows = facts.row_count();
        let json = text::json(&facts);
        assert_same(&intake::from_json(&json, "dataset.json"), &facts);
        let folder = tempfile::tempdir().unwrap();
        text::csv(&facts, folder.path());
        assert_same(&intake::open(folder.path()).unwrap(), &facts);
        let mut group = c.benchmark_group("load");
        group.sample_size(10).throughput(Throughput::Elements(rows as u64));
        group.bench_function(BenchmarkId::new("json", rows), |b| {
            b.iter(|| intake::from_json(black_box(&json), "dataset.json"));
        });
        group.bench_function(BenchmarkId::new("csv", rows), |b| {
            b.iter(|| intake::open(black_box(folder.path())));
        });
    }
}

/// Folders of a market, by their holdings.
fn market(c: &mut Criterion) {
    for holdings in [100_000, 1_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = |_| {};
        let mut sink = CsvFolder::create(folder.path(), &mut watch).unwrap();
        let options = Options { holdings, seed: SEED, listed: None, unknown: 0 };
        synth::write(Shape::Market, &options, &mut sink).unwrap();
        sink.finish().unwrap();
        let rows = intake::open(folder.path()).unwrap().rows;
        let mut group = c.benchmark_group("load");
        group.sample_size(10).throughput(Throughput::Elements(rows as u64));
        group.bench_function(BenchmarkId::new("market", rows), |b| b.iter(|| intake::open(black_box(folder.path()))));
    }
}

criterion_group!(benches, load, market);
criterion_main!(benches);
