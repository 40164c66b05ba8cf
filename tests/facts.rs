//! Facts as columns: what is put in comes out, also after a way through bytes, and damage is never more than wrong rows.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytemuck::Pod;
use chrono::NaiveDate;
use proptest::prelude::*;
use relata::facts::{
    Amount, Approval, Authority, Bound, Columns, ConcertMembership, Control, ControlBasis, Declaration, Designation,
    Direction, Directory, Effect, Facts, Financial, Forecast, Holding, Item, Kind, Kinship, LookupError, Movement,
    MovementKind, Particular, Party, PartyId, PartyKind, Percent, Period, Position, Pricing, Proxy, Relation, Role,
    RowRef, Share, Table, Transaction, VoteRestriction,
};
use relata::intake::digest;
use relata::store::Column;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn percent(text: &str) -> Percent {
    text.parse().unwrap()
}

/// A row in every table, with every kind of cell.
fn full() -> Facts {
    let mut facts = Facts::with_parties([
        Party { listed: Some("SSE"), country: Some("CN"), ..Party::new("L", "江山股份", PartyKind::Company) },
        Party {
            identifier: Some("110101199001011237"),
            birth_date: Some(day("1990-01-01")),
            aliases: vec!["老张", "", "张\u{0}三;"],
            ..Party::new("P", "张三", PartyKind::Person)
        },
        Party { country: Some(""), ..Party::new("S", "国资委", PartyKind::StateBody) },
        Party::new("X", "乙企业", PartyKind::Partnership),
    ]);
    let [l, p, s, x] = [0, 1, 2, 3].map(PartyId::new);
    let always = Period::ALWAYS;
    let dated = Period {
        from: Bound::Near(day("2019-04-30")),
        until: Bound::On(day("2021-03-01")),
        agreed: Some(day("2019-01-02")),
    };
    let unknown = Period { from: Bound::On(day("0001-01-01")), until: Bound::Unknown, agreed: None };
    let source = Some("年报第40页");
    for (amount, votes_percent, period, source) in [
        (Amount::Exact(percent("33.4")), None, always, source),
        (Amount::Exact(percent("100/3")), Some(Amount::Exact(percent("12.5"))), dated, None),
        (Amount::Range(percent("25"), percent("30.000000001")), Some(Amount::Unknown), unknown, source),
        (Amount::Unknown, Some(Amount::Exact(percent("0"))), always, Some("")),
    ] {
        facts.push_holding(&Holding { holder: p, company: l, percent: amount, votes_percent, period, source });
    }
    for votes_percent in [None, Some(Amount::Exact(percent("5")))] {
        facts.push_proxy(&Proxy { principal: p, agent: s, company: l, votes_percent, period: dated, source });
    }
    for (basis, joint, effect) in
        [(Some(ControlBasis::Other), Some("j"), Effect::Asserts), (None, None, Effect::Denies)]
    {
        facts.push_control(&Control { controller: s, controlled: x, basis, joint, effect, period: unknown, source });
    }
    for (company, lead) in [(None, true), (Some(l), false)] {
        facts.push_concert(&ConcertMembership { group: "g", member: p, company, lead, period: always, source: None });
    }
    for role in Role::ALL.iter().copied() {
        facts.push_position(&Position { person: p, organisation: l, role, period: dated, source });
    }
    for relation in Relation::ALL.iter().copied() {
        facts.push_kinship(&Kinship { person: p, relative: p, relation, period: always, source });
    }
    for authority in Authority::ALL.iter().copied() {
        facts.push_designation(&Designation { party: x, authority, reason: Some("实质"), period: always, source });
    }
    let (reason, period) = (None, unknown);
    facts.push_vote_restriction(&VoteRestriction {
        shareholder: p,
        beneficiary: s,
        company: l,
        reason,
        period,
        source,
    });
    facts.push_financial(&Financial {
        party: l,
        period_end: day("2021-12-31"),
        net_assets: Some(Decimal::new(-1_234_567_890_123, 2)),
        total_assets: None,
        revenue: Some(Decimal::MAX),
        net_profit: Some(Decimal::MIN),
        market_value: Some(Decimal::ZERO),
        source,
    });
    for (side, amount) in [(None, None), (Some(x), Some(Decimal::new(5, 0)))] {
        facts.push_transaction(&Transaction {
            id: "T1",
            date: day("2022-02-03"),
            counterparty: s,
            side,
            kind: Kind::Research,
            amount,
            subject_matter: Some("房屋"),
            exemption: None,
            exemption_facts: Some(""),
            approved: Some(Approval::Board),
            approved_on: Some(day("2022-02-01")),
            forecast: Some("F"),
            currency: amount.map(|_| "USD"),
            rate: amount.map(|_| Decimal::new(63_757, 4)),
            ends: side.map(|_| day("2027-02-03")),
            direction: side.map(|_| Direction::Sell),
            target: side,
            book_value: amount,
            total_amount: None,
            assurance: side.map(|_| false),
            pricing: side.map(|_| Pricing::Other),
            source: None,
        });
    }
    facts.push_particular(&Particular { transaction: "T1", item: Item::VoteResult, text: "7:0", source });
    facts.push_declaration(&Declaration {
        declarant: s,
        party: x,
        date: day("2022-01-05"),
        relation: Some("妻"),
        grounds: None,
        source,
    });
    for (holder, group, percent, since) in [
        (Some(p), None, Amount::Exact(percent("2.3")), None),
        (None, Some("g"), Amount::Unknown, Some(day("2019-01-01"))),
    ] {
        let (kind, date) = (MovementKind::Diluted, day("2020-05-06"));
        facts.push_movement(&Movement { holder, group, company: l, kind, percent, date, since, source });
    }
    facts.push_forecast(&Forecast {
        forecast: "F",
        group: s,
        kind: Kind::Assets,
        year: 2022,
        amount: Decimal::new(100, 1),
        approved: None,
        approved_on: None,
        source,
    });
    facts.settings.insert("subject".to_owned(), "L".to_owned());
    facts
}

/// Columns as bytes.
#[derive(Default)]
struct Packed(BTreeMap<&'static str, Vec<u8>>);

struct Pack<'p>(&'p mut Packed);
struct Unpack<'p>(&'p Packed);

impl Columns for Pack<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        let bytes = bytemuck::cast_slice(column.slice(0..column.len())).to_vec();
        assert!(self.0.0.insert(name, bytes).is_none(), "{name} comes twice");
    }
}

impl Columns for Unpack<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        let size = size_of::<T>();
        let values = self.0.0[name].chunks_exact(size).map(bytemuck::pod_read_unaligned::<T>);
        *column = Column::from(values.collect::<Vec<T>>());
    }
}

fn packed(facts: &mut Facts) -> Packed {
    let mut packed = Packed::default();
    facts.visit_columns(&mut Pack(&mut packed));
    packed
}

fn unpacked(packed: &Packed) -> Facts {
    let mut facts = Facts::default();
    facts.visit_columns(&mut Unpack(packed));
    facts
}

/// Everything that can be asked of facts, as text.
fn told(facts: &Facts) -> String {
    let mut text = String::new();
    macro_rules! tell {
        ($($table:ident)+) => { $(
            for row in facts.$table().iter() {
                text.push_str(&format!("{row:?}\n"));
            }
        )+ };
    }
    tell!(parties holdings proxies controls concert positions kinships designations vote_restrictions financials
        transactions forecasts particulars declarations movements);
    for table in Table::ALL {
        for index in 0..facts.rows_of(*table) + 1 {
            let row = RowRef::new(*table, index);
            text.push_str(&format!("{row:?} {:?} {:?}\n", facts.period(row), facts.source(row)));
        }
    }
    text
}

#[test]
fn rows_come_out_as_they_were_put_in() {
    let facts = full();
    let text = told(&facts);
    for part in [
        "aliases: [\"老张\", \"\", \"张\\0三;\"]",
        "country: Some(\"\")",
        "listed: Some(\"SSE\")",
        "birth_date: Some(1990-01-01)",
        "net_profit: Some(-79228162514264337593543950335)",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let rows: Vec<Holding> = facts.holdings().iter().collect();
    assert_eq!(rows[1].percent, Amount::Exact(percent("100/3")));
    assert_eq!(rows[1].votes(), &Amount::Exact(percent("12.5")));
    assert_eq!(rows[2].percent, Amount::Range(percent("25"), percent("30.000000001")));
    assert_eq!((rows[2].source, rows[3].source, rows[1].source), (Some("年报第40页"), Some(""), None));
    assert_eq!(rows[2].period.from, Bound::On(day("0001-01-01")));
    assert_eq!(facts.share(0), Share::Units(33_4000_0000));
    assert_eq!(facts.votes(0), facts.share(0));
    assert_eq!(facts.votes(1), Share::Units(12_5000_0000));
    assert_eq!(facts.votes(3), Share::Units(0));
    assert!(facts.is_uncertain(facts.share(3)) && !facts.is_uncertain(facts.share(1)));
    assert_eq!((facts.proxy_votes(0), facts.proxy_votes(1)), (None, Some(Share::Units(5_0000_0000))));
    assert!(facts.is_joint(0) && !facts.is_joint(1));
    let roles: Vec<Role> = (0..Role::ALL.len()).map(|row| facts.position_role(row)).collect();
    assert_eq!(roles, Role::ALL);
}

#[test]
fn facts_survive_a_way_through_bytes() {
    let mut facts = full();
    let packed = packed(&mut facts);
    let mut back = unpacked(&packed);
    back.settings.clone_from(&facts.settings);
    assert_eq!(told(&back), told(&facts));
    assert_eq!(digest(&back), digest(&facts));
    for party in facts.parties().iter() {
        assert_eq!(back.party_id(party.id), facts.party_id(party.id));
        assert_eq!(Directory::new(&back).find(party.name), Directory::new(&facts).find(party.name));
    }
    // Facts that were packed and facts that came from a pack go on growing.
    for mut more in [facts, back] {
        let added = more.push_party(&Party::new("Y", "乙企业", PartyKind::Company));
        assert_eq!((added.index(), more.party_id("Y"), more.party_id("L")), (4, Some(added), Some(PartyId::new(0))));
        assert_eq!(more.named("乙企业").count(), 2);
    }
}

#[test]
fn the_later_of_two_parties_with_one_id_is_found() {
    let facts = Facts::with_parties(["A", "B", "A"].map(|id| Party::new(id, id, PartyKind::Company)));
    assert_eq!((facts.party_id("A"), facts.party_id("B")), (Some(PartyId::new(2)), Some(PartyId::new(1))));
    assert_eq!(facts.party_id("C"), None);
    assert_eq!(Facts::default().party_id("A"), None);
}

#[test]
fn a_directory_finds_by_any_name() {
    let mut facts = full();
    facts.push_party(&Party { aliases: vec![" 张三 ", "张三"], ..Party::new("Q", "张三", PartyKind::Person) });
    let directory = Directory::new(&facts);
    for (text, id) in [(" 老张 ", "P"), ("110101199001011237", "P"), ("Q", "Q"), ("国资委", "S")] {
        assert_eq!(directory.find(text).map(|party| facts.id(party)), Ok(id));
    }
    let both = [("P", "张三"), ("Q", "张三")].map(|(id, name)| (id.to_owned(), name.to_owned()));
    let ambiguous = LookupError::Ambiguous { text: "张三".to_owned(), candidates: both.to_vec() };
    assert_eq!(directory.find("张三"), Err(ambiguous));
    let Err(LookupError::Unknown { near, .. }) = directory.find("江山") else { panic!("found") };
    assert_eq!(near, [("L".to_owned(), "江山股份".to_owned())]);
}

#[test]
fn a_row_that_is_not_there_is_harmless() {
    for facts in [full(), Facts::default()] {
        let far = usize::MAX;
        assert_eq!(facts.holdings().get(far), None);
        assert_eq!(facts.holdings().row(far).holder, PartyId::new(0));
        assert_eq!(facts.holdings().row(far).percent, Amount::Exact(Percent::ZERO));
        assert_eq!(facts.party(PartyId::new(far)).id, "");
        assert_eq!(facts.kind(PartyId::new(far)), PartyKind::Person);
        assert_eq!(facts.holding_period(far), Period::ALWAYS);
    }
}

/// Reads whatever there is.
fn read_all(facts: &Facts) -> usize {
    let directory = Directory::new(facts);
    let found = ["P", "张三", "nobody"].into_iter().filter(|text| directory.find(text).is_ok()).count();
    told(facts).len() + found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_is_read_without_a_fault(
        noise in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..60),
        cut in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let mut packed = packed(&mut full());
        let names: Vec<&str> = packed.0.keys().copied().collect();
        for (name, at, byte) in noise {
            let column = packed.0.get_mut(names[name.index(names.len())]).unwrap();
            if !column.is_empty() {
                let at = at.index(column.len());
                column[at] = byte;
            }
        }
        let column = packed.0.get_mut(names[cut.0.index(names.len())]).unwrap();
        column.truncate(cut.1.index(column.len() + 1));
        prop_assert!(read_all(&unpacked(&packed)) > 0);
    }
}

/// The memory that rows take, so that a careless field shows.
#[test]
fn records_are_small() {
    let mut packed_one = packed(&mut full());
    let mut size = |name: &str, rows: usize| packed_one.0.remove(name).unwrap().len() / rows;
    assert_eq!(size("holdings", 4) + size("holdings.sources", 4), 40);
    assert_eq!(size("proxies", 2), 28);
    assert_eq!(size("controls", 2), 32);
    assert_eq!(size("concert", 2), 32);
    assert_eq!(size("positions", Role::ALL.len()), 24);
    assert_eq!(size("kinships", Relation::ALL.len()), 24);
    assert_eq!(size("designations", 3), 32);
    assert_eq!(size("vote_restrictions", 1), 32);
    assert_eq!(size("financials", 1), 88);
    assert_eq!(size("transactions", 2), 144);
    assert_eq!(size("forecasts", 1), 40);
    assert_eq!(size("particulars", 1), 24);
    assert_eq!(size("declarations", 1), 32);
    assert_eq!(size("movements", 2), 40);
    assert_eq!(size("parties", 4) + size("parties.marks", 4), 33);
}
