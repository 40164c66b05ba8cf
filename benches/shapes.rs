//! Standing on plain shapes of growing size: what must not grow faster than the shape itself.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{asked, chain, circle, core, pack, plain, question, star, tree};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use relata::facts::Facts;
use relata::register::Resolver;
use std::hint::black_box;

/// The plain way walks every path, so it is compared on the smaller of these only.
const COMPARED: usize = 2_000;

fn shapes(c: &mut Criterion) {
    let pack = pack();
    let mut cases: Vec<(&str, usize, Facts, usize)> = Vec::new();
    for companies in [1_000, 10_000, 100_000] {
        cases.push(("chain", companies, chain(companies), companies));
    }
    for companies in [1_000, 10_000, 30_000] {
        cases.push(("star", companies, star(companies), 1));
        cases.push(("tree", companies, tree(companies), 1));
    }
    for companies in [50, 500] {
        cases.push(("circle", companies, circle(companies, 300_000), 1));
    }
    for companies in [15, 30, 60] {
        cases.push(("core", companies, core(companies), 1));
    }
    let mut group = c.benchmark_group("shapes");
    group.sample_size(10);
    for (name, size, facts, least) in &cases {
        let question = question(facts, &pack);
        let standing = Resolver::new(facts).standing(&question);
        assert!(standing.related.len() >= *least, "{name} {size}");
        if *size <= COMPARED && *name != "core" && *name != "chain" {
            let theirs = plain::standing(facts, question.subject, asked());
            assert_eq!(standing.related, theirs.related, "{name} {size}");
        }
        group.throughput(Throughput::Elements(facts.holdings().len() as u64));
        group.bench_function(BenchmarkId::new(*name, size), |b| {
            b.iter(|| Resolver::new(facts).standing(black_box(&question)));
        });
    }
    group.finish();
}

criterion_group!(benches, shapes);
criterion_main!(benches);
