//! A year of dealings of one company of a market, beside the plain way: a register and the groups of both counterparties for every pair.
//!
//! Both are shown to count the same pairs before either is timed.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use relata::dealings::{Assessor, Ledger, in_window, recusal};
use relata::facts::{Facts, Financial, Kind, PartyId, Transaction};
use relata::law::{Pack, Readings};
use relata::packed::{self, MarketPack};
use relata::register::{Question, Resolver};
use relata::synth::{self, Options, Shape};
use rust_decimal::Decimal;
use std::hint::black_box;

const SEED: u64 = 20_220_630;
const HOLDINGS: u64 = 10_000;

fn asked() -> NaiveDate {
    "2022-06-30".parse().unwrap()
}

fn question(pack: &Pack, subject: PartyId) -> Question<'_> {
    Question { subject, as_of: asked(), pack, readings: Readings::defaults(&pack.switches) }
}

/// A generated market, as it is mapped from its file.
fn market() -> Facts {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.relata");
    let mut watch = |_| ();
    let mut pack = MarketPack::create(&path, &mut watch).unwrap();
    let options = Options { holdings: HOLDINGS, seed: SEED, listed: None, unknown: 0 };
    synth::write(Shape::Market, &options, &mut pack).unwrap();
    pack.finish().unwrap();
    packed::open(&path).unwrap().facts
}

/// A market, its listed company with the most related parties, and so many of its transactions in the year before the day
/// asked about: two of three with related parties.
fn dealing_company(transactions: usize, pack: &Pack) -> (Facts, PartyId) {
    let mut facts = market();
    let resolver = Resolver::new(&facts);
    let listed = facts.party_ids().filter(|party| facts.party(*party).listed.is_some());
    let standings = listed.map(|party| (party, resolver.standing(&question(pack, party)).related));
    let (subject, related) = standings.max_by_key(|(_, related)| related.len()).unwrap();
    let related: Vec<PartyId> = related.keys().copied().collect();
    let all: Vec<PartyId> = facts.party_ids().collect();
    assert!(related.len() > 20);
    let mut push = |index: usize| {
        let counterparty = match index % 3 {
            0 => all[index * 7 % all.len()],
            _ => related[index * 5 % related.len()],
        };
        let date: NaiveDate = asked() - Days::new((index * 360 / transactions) as u64);
        let (id, kind) = (format!("t{index}"), Kind::ALL[index % Kind::ALL.len()]);
        let amount = Some(Decimal::from(1000 + index));
        facts.push_transaction(&Transaction { amount, ..Transaction::new(&id, date, counterparty, kind) });
    };
    (0..transactions).filter(|index| all[index * 7 % all.len()] != subject).for_each(&mut push);
    facts.push_financial(&Financial {
        party: subject,
        period_end: asked() - Days::new(500),
        net_assets: Some(Decimal::from(600_000_000)),
        total_assets: None,
        revenue: None,
        net_profit: None,
        market_value: None,
        source: None,
    });
    (facts, subject)
}

/// How many pairs of a transaction and an earlier one with the same group there are, by what the dealings find.
fn pairs(facts: &Facts, question: &Question) -> usize {
    let resolver = Resolver::new(facts);
    let found = Assessor::new(&resolver, question).assess(&Ledger::new(facts, &[]));
    found.all.iter().filter_map(|one| one.same_party.as_ref()).map(|sum| sum.terms.len()).sum()
}

/// The same the plain way: a register for every transaction, and the groups of both for every pair.
fn plain_pairs(facts: &Facts, question: &Question) -> usize {
    let resolver = Resolver::new(facts);
    let ledger = Ledger::new(facts, &[]);
    let on = |day: NaiveDate| Question { as_of: day, ..question.clone() };
    let counts = |deal: &relata::dealings::Deal| {
        let related = resolver.standing(&on(deal.date())).related;
        deal.transaction.kind != Kind::Guarantee && related.contains_key(&deal.transaction.counterparty)
    };
    let counted: Vec<bool> = ledger.deals.iter().map(counts).collect();
    let mut pairs = 0;
    for (at, deal) in ledger.deals.iter().enumerate().filter(|(at, _)| counted[*at]) {
        for (earlier, other) in ledger.deals.iter().enumerate().take(at) {
            if !counted[earlier] || !in_window(other.date(), deal.date(), 12) {
                continue;
            }
            let parties = [deal.transaction.counterparty, other.transaction.counterparty];
            let tops = resolver.groups(&on(deal.date()), &parties).tops;
            let of = |party| tops.iter().find(|(known, _)| *known == party).map(|(_, tops)| tops);
            let shared = of(parties[0]).zip(of(parties[1])).is_some_and(|(a, b)| a.iter().any(|top| b.contains(top)));
            pairs += usize::from(shared);
        }
    }
    pairs
}

fn dealings(c: &mut Criterion) {
    let pack = relata::packs::load("sse-2022").unwrap();
    for transactions in [100, 1_000, 10_000] {
        let (facts, subject) = dealing_company(transactions, &pack);
        let question = question(&pack, subject);
        let mut group = c.benchmark_group("dealings");
        group.sample_size(10).throughput(Throughput::Elements(transactions as u64));
        group.bench_function(BenchmarkId::new("assess", transactions), |b| {
            b.iter(|| pairs(&facts, black_box(&question)));
        });
        if transactions <= 100 {
            assert_eq!(pairs(&facts, &question), plain_pairs(&facts, &question));
            group.bench_function(BenchmarkId::new("assess, pair by pair", transactions), |b| {
                b.iter(|| plain_pairs(&facts, black_box(&question)));
            });
            let counterparty = facts.transactions().row(1).counterparty;
            let resolver = Resolver::new(&facts);
            group.bench_function("recuse", |b| b.iter(|| recusal(&resolver, black_box(&question), counterparty)));
        }
    }
}

criterion_group!(benches, dealings);
criterion_main!(benches);
