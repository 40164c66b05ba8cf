//! Questions about a large group, beside the straightforward petgraph way to the same standing.
//!
//! Ours and the plain way are shown to agree before either is timed. What takes many seconds is timed once and printed.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{SEED, asked, group, pack, plain, question};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use relata::facts::{Facts, Lang, PartyId};
use relata::law::Pack;
use relata::proof::render::Narrator;
use relata::proof::words::Names;
use relata::register::{Answers, Question, Register, Resolver};
use std::hint::black_box;
use std::time::Instant;

/// Shows that the plain way gives the same, and says how long each took, once.
fn agree(facts: &Facts, question: &Question, ties: usize) {
    assert!(plain::is_feasible(facts));
    let begun = Instant::now();
    let ours = Resolver::new(facts).standing(question);
    let us = begun.elapsed();
    let begun = Instant::now();
    let theirs = plain::standing(facts, question.subject, asked());
    let them = begun.elapsed();
    assert_eq!(ours.related, theirs.related);
    assert_eq!(ours.exempt.iter().copied().collect::<std::collections::BTreeSet<_>>(), theirs.exempt);
    assert!(ours.undetermined.is_empty() && ours.related.len() > 100);
    println!("once, {ties} ties: standing {us:.2?}, the plain way {them:.2?}, {} related", ours.related.len());
}

/// The related party whose proof is the deepest.
fn deepest(register: &Register) -> PartyId {
    let mut depth = vec![0usize; register.proofs.len() + 1];
    for step in &register.proofs {
        let below = step.premises.iter().map(|id| depth[*id as usize]).max().unwrap_or(0);
        depth[step.id as usize] = below + 1;
    }
    let of = |entry: &relata::register::Entry| entry.grounds.iter().map(|line| depth[line.proof as usize]).max();
    register.related.iter().max_by_key(|entry| of(entry)).unwrap().party
}

fn some_three(register: &Register) -> Vec<PartyId> {
    let related = &register.related;
    [0, related.len() / 2, related.len() - 1].map(|i| related[i].party).to_vec()
}

fn explain(resolver: &Resolver, facts: &Facts, pack: &Pack, question: &Question, party: PartyId) -> String {
    let answers: Answers = resolver.check(question, &[party]);
    let names = Names::new(facts, Lang::En);
    let mut narrator = Narrator::new(facts, pack, &names, "L", Lang::En, &answers.proofs, &roots(&answers));
    roots(&answers).into_iter().map(|root| narrator.tell(root, 0)).collect()
}

fn roots(answers: &Answers) -> Vec<relata::proof::StepId> {
    answers.parties.iter().flat_map(|party| &party.grounds).map(|line| line.proof).collect()
}

fn questions(c: &mut Criterion) {
    let pack = pack();
    for ties in [1_000, 10_000, 100_000] {
        let facts = group(ties, SEED);
        let question = question(&facts, &pack);
        let resolver = Resolver::new(&facts);
        agree(&facts, &question, ties);
        let begun = Instant::now();
        let register = resolver.register(&question);
        println!("once, {ties} ties: register {:.2?}, {} steps", begun.elapsed(), register.proofs.len());
        assert!(register.proofs.iter().all(|step| step.rule != "unproved"));
        let (three, deep) = (some_three(&register), deepest(&register));
        let mut group = c.benchmark_group("group");
        group.sample_size(10).throughput(Throughput::Elements(ties as u64));
        group.bench_function(BenchmarkId::new("standing", ties), |b| {
            b.iter(|| Resolver::new(&facts).standing(black_box(&question)));
        });
        if ties > 10_000 {
            let begun = Instant::now();
            assert_eq!(resolver.check(&question, &three).parties.len(), 3);
            println!("once, {ties} ties: check of three {:.2?}", begun.elapsed());
            let begun = Instant::now();
            assert!(!explain(&resolver, &facts, &pack, &question, deep).is_empty());
            println!("once, {ties} ties: explain the deepest {:.2?}", begun.elapsed());
            continue;
        }
        group.bench_function(BenchmarkId::new("standing, plain petgraph", ties), |b| {
            b.iter(|| plain::standing(&facts, black_box(question.subject), asked()));
        });
        group.bench_function(BenchmarkId::new("register", ties), |b| {
            b.iter(|| resolver.register(black_box(&question)));
        });
        group.bench_function(BenchmarkId::new("check of three", ties), |b| {
            b.iter(|| resolver.check(black_box(&question), &three));
        });
        group.bench_function(BenchmarkId::new("explain the deepest", ties), |b| {
            b.iter(|| explain(&resolver, &facts, &pack, black_box(&question), deep));
        });
    }
}

criterion_group!(benches, questions);
criterion_main!(benches);
