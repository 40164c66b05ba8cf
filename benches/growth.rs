//! How time grows with size, from a thousand holdings to a million: each kernel on a generated market, and whole
//! registers on adversarial shapes.
//!
//! Criterion measures each size; before that every case is timed on its own, and a table of growth exponents is printed:
//! how much faster than the size itself the time grows (1: in proportion). `cargo bench --bench growth`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use relata::facts::PartyId;
use relata::graph::{Forest, Kernel, Lens, Links, Network, Side, Window, node};
use relata::law::{Pack, Readings};
use relata::packed::{self, MarketPack, Opened};
use relata::packs;
use relata::packs::sse_2022::control_rules;
use relata::register::{Question, Resolver};
use relata::synth::{self, Options, Shape};
use std::hint::black_box;
use std::time::{Duration, Instant};

const SEED: u64 = 20_220_630;
const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Companies asked about on a market, evenly spread.
const ASKED: usize = 20;

/// A generated dataset as it is mapped from its file.
fn open(shape: Shape, holdings: u64) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.relata");
    let mut watch = |_| ();
    let mut pack = MarketPack::create(&path, &mut watch).unwrap();
    let options = Options { holdings, seed: SEED, listed: None, unknown: 0 };
    synth::write(shape, &options, &mut pack).unwrap();
    pack.finish().unwrap();
    // The mapped file lives on after its name.
    packed::open(&path).unwrap()
}

fn question(pack: &Pack, subject: PartyId) -> Question<'_> {
    let as_of = "2022-06-30".parse().unwrap();
    Question { subject, as_of, pack, readings: Readings::defaults(&pack.switches) }
}

/// The best of a few tries.
fn best(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    let begun = Instant::now();
    for _ in 0..10 {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
        if begun.elapsed() > Duration::from_secs(3) {
            break;
        }
    }
    best
}

/// Prints the time of each size, and between two sizes the exponent of its growth.
fn tell(name: &str, times: &[(usize, Duration)]) {
    let mut line = format!("{name:<28}");
    for (at, (size, time)) in times.iter().enumerate() {
        if let Some((before, earlier)) = at.checked_sub(1).and_then(|at| times.get(at)) {
            let exponent = (time.as_secs_f64() / earlier.as_secs_f64()).ln() / (*size as f64 / *before as f64).ln();
            line.push_str(&format!("  ^{exponent:.2}"));
        }
        line.push_str(&format!("  {size}: {time:.2?}"));
    }
    println!("{line}");
}

/// Kernels on one market.
struct Market<'f> {
    network: &'f Network<'f>,
    lens: Lens,
    rules: relata::graph::ControlRules,
    window: relata::facts::Span,
    subjects: Vec<PartyId>,
}

impl Market<'_> {
    fn kernel(&self) -> Kernel<'_, '_> {
        Kernel::new(self.network, self.lens, self.rules.clone(), self.window)
    }

    fn controllers(&self) -> usize {
        let mut kernel = self.kernel();
        self.subjects.iter().map(|subject| kernel.controllers(node(*subject)).all().count()).sum()
    }

    fn controlled(&self) -> usize {
        let mut kernel = self.kernel();
        self.subjects.iter().map(|subject| kernel.controlled_over(node(*subject)).len()).sum()
    }

    fn holders(&self) -> usize {
        let mut kernel = self.kernel();
        let five = relata::facts::Percent::from(rust_decimal::Decimal::from(5));
        let each = self.subjects.iter();
        each.map(|subject| kernel.attribution_candidates(node(*subject), five.value()).len()).sum()
    }
}

fn kernels(c: &mut Criterion) {
    let pack = packs::load("sse-2022").unwrap();
    let (mut links, mut forest) = (Vec::new(), Vec::new());
    let (mut controllers, mut controlled, mut holders, mut standing) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut group = c.benchmark_group("kernels");
    group.sample_size(10);
    for holdings in SIZES {
        let opened = open(Shape::Market, holdings);
        let facts = &opened.facts;
        let size = facts.holdings().len();
        let resolver = Resolver::with_links(facts, opened.links.clone().unwrap());
        let listed: Vec<PartyId> = facts.party_ids().filter(|id| facts.is_listed(*id)).collect();
        let network = Network::with_links(facts, opened.links.clone().unwrap());
        let step = (listed.len() / ASKED).max(1);
        let as_of = "2022-06-30".parse().unwrap();
        let market = Market {
            network: &network,
            lens: Lens { asked: as_of, day: as_of, side: Side::Least, months: 12 },
            rules: control_rules(&Readings::defaults(&pack.switches), pack.numbers(as_of), None),
            window: relata::facts::Span { first: "2021-06-30".parse().unwrap(), last: "2023-06-30".parse().unwrap() },
            subjects: listed.into_iter().step_by(step).take(ASKED).collect(),
        };
        assert_eq!(Window::new(market.window).position(as_of), 365);
        let stand = || {
            let each = market.subjects.iter();
            each.map(|subject| resolver.standing(&question(&pack, *subject)).related.len()).sum::<usize>()
        };
        assert!(stand() > market.subjects.len());
        links.push((size, best(|| drop(black_box(Links::new(facts))))));
        forest.push((size, best(|| drop(black_box(Forest::new(market.network, &market.lens, &market.rules))))));
        controllers.push((
            size,
            best(|| {
                black_box(market.controllers());
            }),
        ));
        controlled.push((
            size,
            best(|| {
                black_box(market.controlled());
            }),
        ));
        holders.push((
            size,
            best(|| {
                black_box(market.holders());
            }),
        ));
        standing.push((
            size,
            best(|| {
                black_box(stand());
            }),
        ));
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("links", size), |b| b.iter(|| Links::new(black_box(facts))));
        group.bench_function(BenchmarkId::new("forest", size), |b| {
            b.iter(|| Forest::new(market.network, &market.lens, &market.rules));
        });
        group.throughput(Throughput::Elements(market.subjects.len() as u64));
        group.bench_function(BenchmarkId::new("controllers", size), |b| b.iter(|| market.controllers()));
        group.bench_function(BenchmarkId::new("controlled", size), |b| b.iter(|| market.controlled()));
        group.bench_function(BenchmarkId::new("holders", size), |b| b.iter(|| market.holders()));
        group.bench_function(BenchmarkId::new("standing", size), |b| {
            b.iter_batched(|| (), |()| stand(), BatchSize::PerIteration);
        });
    }
    group.finish();
    println!("growth on a market (holdings: time; of {ASKED} companies from `controllers` on)");
    let all = [links, forest, controllers, controlled, holders, standing];
    for (name, times) in ["links", "forest", "controllers", "controlled", "holders", "standing"].iter().zip(&all) {
        tell(name, times);
    }
}

/// Shapes with the sizes that the specification names beside the growing ones.
fn shapes(c: &mut Criterion) {
    let pack = packs::load("sse-2022").unwrap();
    let cases = [
        (Shape::Core, &[90, 1_000, 10_000, 100_000, 1_000_000][..]),
        (Shape::Circles, &[852, 1_000, 10_000, 100_000, 1_000_000]),
        (Shape::Circle, &[500, 1_000, 10_000, 100_000, 1_000_000]),
        (Shape::MajorityCircle, &[500, 1_000, 10_000, 100_000, 1_000_000]),
        (Shape::Star, &[1_000, 10_000, 30_000, 100_000, 1_000_000]),
        (Shape::Tree, &[1_000, 10_000, 100_000, 1_000_000]),
        (Shape::Chain, &[1_000, 10_000, 100_000, 1_000_000]),
        (Shape::Everything, &[1_000, 10_000, 100_000, 1_000_000]),
    ];
    let mut group = c.benchmark_group("shapes");
    group.sample_size(10);
    for (shape, sizes) in cases {
        let mut times = Vec::new();
        for holdings in sizes {
            let opened = open(shape, *holdings);
            let facts = &opened.facts;
            let size = facts.holdings().len();
            let resolver = Resolver::with_links(facts, opened.links.clone().unwrap());
            let subject = facts.party_id(&facts.settings["subject"]).unwrap();
            let question = question(&pack, subject);
            times.push((size, best(|| drop(black_box(resolver.standing(&question))))));
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(format!("{shape:?}"), size), |b| {
                b.iter(|| resolver.standing(black_box(&question)));
            });
        }
        println!("growth of standing (holdings: time)");
        tell(&format!("{shape:?}"), &times);
    }
    group.finish();
}

criterion_group!(benches, shapes, kernels);
criterion_main!(benches);
