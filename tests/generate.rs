//! Synthetic datasets: the same from the same seed, free of faults, and of the mixture that is promised.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use relata::facts::{Amount, Facts, Holding, PartyId, PartyKind, Relation};
use relata::intake::{self, Loaded};
use relata::synth::{self, CsvFolder, Options, Shape};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Output;

const DAY: &str = "2022-06-30";

fn options(holdings: u64, seed: u64) -> Options {
    Options { holdings, seed, listed: None, unknown: 0 }
}

fn write(shape: Shape, options: &Options, folder: &Path) -> BTreeMap<&'static str, u64> {
    let mut watch = |_| {};
    let mut sink = CsvFolder::create(folder, &mut watch).expect("a folder");
    synth::write(shape, options, &mut sink).expect("rows");
    sink.finish().expect("an end").into_iter().collect()
}

fn load(shape: Shape, options: &Options) -> Loaded {
    let dir = tempfile::tempdir().expect("a folder");
    write(shape, options, dir.path());
    intake::open(dir.path()).expect("a dataset")
}

/// A digest of every file of a folder with its name.
fn digest(folder: &Path) -> String {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.file_name().expect("a name").as_encoded_bytes());
        hasher.update(std::fs::read(file).expect("bytes"));
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn digest_of(shape: Shape, options: &Options) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    write(shape, options, dir.path());
    digest(dir.path())
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    for shape in Shape::ALL {
        let one = digest_of(*shape, &options(900, 7));
        assert_eq!(one, digest_of(*shape, &options(900, 7)), "{}", shape.name());
        assert_ne!(one, digest_of(*shape, &options(900, 8)), "{}", shape.name());
    }
}

/// What a seed gave once it gives on every machine. A change of the generator renews these.
#[test]
fn the_bytes_are_those_that_were_kept() {
    let found: Vec<String> =
        [Shape::Market, Shape::Circles].iter().map(|shape| digest_of(*shape, &options(3_000, 20_220_630))).collect();
    assert_eq!(found, KEPT);
}

const KEPT: [&str; 2] = ["403b2c90ae616f90", "4a0a2f38fd249071"];

#[test]
fn a_market_has_no_errors_and_no_warnings() {
    for (seed, unknown) in [(1, 0), (2, 0), (3, 0), (4, 30)] {
        let loaded = load(Shape::Market, &Options { unknown, ..options(5_000, seed) });
        assert!(loaded.findings.is_empty(), "{seed}: {:?}", loaded.findings.first());
        let facts = &loaded.facts;
        let subject = facts.party_id(&facts.settings["subject"]).expect("a subject");
        assert!(facts.party(subject).listed.is_some());
        let vague = facts.holdings().iter().filter(|row| !matches!(row.percent, Amount::Exact(_))).count();
        assert_eq!(vague > 0, unknown > 0);
    }
}

#[test]
fn every_shape_has_no_errors_and_no_warnings() {
    for shape in Shape::ALL.iter().copied().filter(|shape| *shape != Shape::Market) {
        for holdings in [1, 36, 600] {
            let loaded = load(shape, &options(holdings, 5));
            assert!(loaded.findings.is_empty(), "{} {holdings}: {:?}", shape.name(), loaded.findings.first());
            let facts = &loaded.facts;
            assert!(facts.party_id(&facts.settings["subject"]).is_some());
            assert!(facts.holdings().len() as u64 <= 3 * holdings + 60, "{} {holdings}", shape.name());
            assert!(facts.positions().len() > 2 && !facts.kinships().is_empty());
        }
    }
}

/// The holdings in force on the day, by company, the largest first, in ten-thousandths of a percent.
fn held(facts: &Facts) -> BTreeMap<PartyId, Vec<(u32, PartyId)>> {
    let day = DAY.parse().expect("a day");
    let in_force = |row: &Holding<'_>| row.period.certain(day, 0).is_some_and(|span| span.contains(day));
    let mut held: BTreeMap<PartyId, Vec<(u32, PartyId)>> = BTreeMap::new();
    for row in facts.holdings().iter().filter(in_force) {
        held.entry(row.company).or_default().push((units(&row.percent.least().to_string()), row.holder));
    }
    for rows in held.values_mut() {
        rows.sort_unstable_by(|a, b| b.cmp(a));
    }
    held
}

/// Percent as ten-thousandths of a percent.
fn units(percent: &str) -> u32 {
    let (whole, rest) = percent.split_once('.').unwrap_or((percent, ""));
    format!("{whole}{rest:0<4}").parse().expect("a number")
}

fn within(what: &str, part: usize, whole: usize, least: usize, most: usize) {
    let found = part * 1000 / whole;
    assert!((least..=most).contains(&found), "{what}: {found} of a thousand, not {least} to {most}");
}

#[test]
fn the_mixture_is_the_promised_one() {
    let loaded = load(Shape::Market, &options(20_000, 11));
    let facts = &loaded.facts;
    let companies: Vec<PartyId> =
        facts.party_ids().filter(|party| facts.party(*party).kind == PartyKind::Company).collect();
    let organisations = facts.parties().iter().filter(|party| !party.is_person()).count();
    let held = held(facts);
    let (mut sole, mut majority, mut by_company) = (0, 0, 0);
    for company in &companies {
        let Some(rows) = held.get(company) else { continue };
        let sum: u32 = rows.iter().map(|row| row.0).sum();
        assert!(sum <= 1_000_000, "{} is held to {sum}", facts.party(*company).id);
        let (largest, holder) = rows[0];
        sole += usize::from(largest == 1_000_000);
        majority += usize::from((500_001..1_000_000).contains(&largest));
        by_company += usize::from(largest > 500_000 && facts.party(holder).kind == PartyKind::Company);
    }
    within("holdings", facts.holdings().len(), 20_000, 900, 1_150);
    within("organisations", organisations, 20_000, 390, 430);
    within("parties", facts.parties().len(), 20_000, 950, 1_200);
    within("one owner", sole, companies.len(), 260, 330);
    within("a majority holder", majority, companies.len(), 340, 440);
    within("a company as the owner", by_company, sole + majority, 260, 390);
    within("positions", facts.positions().len(), companies.len(), 500, 1_000);
    within("acting in concert", facts.concert().len(), companies.len(), 60, 160);
    let window = |from: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>| {
        let (first, last) = ("2021-06-30".parse().unwrap(), "2023-06-30".parse().unwrap());
        [from, until].into_iter().flatten().any(|day| (first..=last).contains(&day))
    };
    let changed = facts.holdings().iter().filter(|row| window(row.period.from.day(), row.period.until.day())).count();
    within("changes in the two years", changed, facts.holdings().len(), 40, 80);
    let relations: BTreeSet<Relation> = facts.kinships().iter().map(|row| row.relation).collect();
    assert!(relations.len() >= 8, "{relations:?}");
    assert!(
        facts.parties().iter().any(|party| party.birth_date.is_some_and(|born| born.to_string().as_str() > "2005"))
    );
}

#[test]
fn the_listed_companies_are_as_many_as_asked_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let counts = write(Shape::Market, &Options { listed: Some(40), ..options(5_000, 3) }, dir.path());
    assert_eq!(counts["subjects"], 40);
    let list = std::fs::read_to_string(dir.path().join("subjects.txt")).expect("a list");
    let facts = intake::open(dir.path()).expect("a dataset").facts;
    assert_eq!(list.lines().next(), Some("id"));
    let held = held(&facts);
    for id in list.lines().skip(1) {
        let company = facts.party_id(id).expect("a party");
        assert!(facts.party(company).listed.is_some());
        assert!((8..=4_000).contains(&held[&company].len()), "{id}: {}", held[&company].len());
    }
    assert_eq!(facts.parties().iter().filter(|party| party.listed.is_some()).count(), 40);
}

/// Follows majorities upwards from a company until one comes twice; the length of the circle.
fn circle(held: &BTreeMap<PartyId, Vec<(u32, PartyId)>>, from: PartyId) -> Option<usize> {
    let (mut seen, mut company) = (BTreeMap::new(), from);
    loop {
        if let Some(first) = seen.insert(company, seen.len()) {
            return Some(seen.len() - first);
        }
        let (share, holder) = *held.get(&company)?.first()?;
        if share <= 500_000 {
            return None;
        }
        company = holder;
    }
}

#[test]
fn the_circles_are_there() {
    let lengths = |holdings| -> BTreeSet<usize> {
        let facts = load(Shape::Market, &options(holdings, 1)).facts;
        let held = held(&facts);
        facts.party_ids().filter_map(|party| circle(&held, party)).collect()
    };
    let small = lengths(12_000);
    assert!(small.contains(&3) && small.last() < Some(&24), "{small:?}");
    assert_eq!(lengths(14_000).last(), Some(&500));
}

fn run(args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    command.env("LC_ALL", "en_GB.UTF-8").args(args).output().expect("it runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn the_command_writes_and_overwrites_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let target = dir.path().join("market");
    let path = target.display().to_string();
    let args = ["generate", "--parties", "1500", "--seed", "9", "-o", &path];
    std::fs::create_dir(&target).expect("an empty folder");
    let written = run(&args);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    assert!(stderr(&written).contains("parties ") && written.stdout.is_empty(), "{}", stderr(&written));
    assert_eq!(run(&["validate", &path]).status.code(), Some(0));
    let before = digest(&target);
    let again = run(&args);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("exists already"), "{}", stderr(&again));
    assert!(stderr(&run(&[&args[..], &["--lang", "zh"]].concat())).contains("不予覆盖"));
    assert_eq!(before, digest(&target));
    let left: Vec<_> = std::fs::read_dir(dir.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it");
}

#[test]
fn wrong_usage_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("x").display().to_string();
    for args in [
        vec!["generate"],
        vec!["generate", "--shape", "cube", "-o", &path],
        vec!["generate", "--holdings", "0", "-o", &path],
        vec!["generate", "--holdings", "9", "--parties", "9", "-o", &path],
        vec!["generate", "--unknown", "1001", "-o", &path],
        vec!["generate", "--format", "json", "-o", &path],
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
    }
    assert!(!Path::new(&path).exists());
    let nowhere = dir.path().join("no/such/place").display().to_string();
    assert_eq!(run(&["generate", "--holdings", "10", "-o", &nowhere]).status.code(), Some(1));
}

/// A sink that keeps nothing and holds the rows to what [`synth::Sink`] promises.
#[derive(Default)]
struct Strict {
    organisations: u32,
    told: u32,
    rows: u64,
    holdings: u64,
}

impl Strict {
    fn row(&mut self, named: &[synth::Ref]) -> std::io::Result<()> {
        self.rows += 1;
        for party in named {
            let first = if party.person { self.organisations } else { 0 };
            let good = party.place < self.told && party.place + 1 == first + party.serial;
            assert!(good, "{party} at {} when {} are told", party.place, self.told);
        }
        Ok(())
    }
}

impl synth::Sink for Strict {
    fn begin(&mut self, outline: synth::Outline) -> std::io::Result<()> {
        self.organisations = outline.organisations;
        Ok(())
    }
    fn party(&mut self, row: &synth::PartyRow<'_>) -> std::io::Result<()> {
        assert_eq!((row.party.place, row.party.person), (self.told, self.told >= self.organisations));
        self.told += 1;
        self.row(&[row.party])
    }
    fn holding(&mut self, row: &synth::HoldingRow<'_>) -> std::io::Result<()> {
        self.holdings += 1;
        assert!(!row.company.person && row.holder != row.company);
        self.row(&[row.holder, row.company])
    }
    fn proxy(&mut self, row: &synth::ProxyRow<'_>) -> std::io::Result<()> {
        self.row(&[row.principal, row.agent, row.company])
    }
    fn control(&mut self, row: &synth::ControlRow<'_>) -> std::io::Result<()> {
        self.row(&[row.controller, row.controlled])
    }
    fn concert(&mut self, row: &synth::ConcertRow<'_>) -> std::io::Result<()> {
        self.row(&[row.member])
    }
    fn position(&mut self, row: &synth::PositionRow<'_>) -> std::io::Result<()> {
        assert!(row.person.person && !row.organisation.person);
        self.row(&[row.person, row.organisation])
    }
    fn kinship(&mut self, row: &synth::KinshipRow<'_>) -> std::io::Result<()> {
        self.row(&[row.person, row.relative])
    }
    fn designation(&mut self, row: &synth::DesignationRow<'_>) -> std::io::Result<()> {
        self.row(&[row.party])
    }
    fn restriction(&mut self, row: &synth::RestrictionRow<'_>) -> std::io::Result<()> {
        self.row(&[row.shareholder, row.beneficiary, row.company])
    }
    fn listed(&mut self, company: synth::Ref) -> std::io::Result<()> {
        self.row(&[company])
    }
    fn subject(&mut self, subject: synth::Ref) -> std::io::Result<()> {
        self.row(&[subject])
    }
}

#[test]
fn parties_are_told_before_they_are_named() {
    for shape in Shape::ALL {
        let mut sink = Strict::default();
        synth::write(*shape, &options(30_000, 2), &mut sink).expect("rows");
        assert!(sink.told > sink.organisations && sink.rows > sink.holdings, "{}", shape.name());
    }
}

/// Takes twenty seconds and no memory to speak of.
#[test]
fn a_hundred_million_holdings() {
    let mut sink = Strict::default();
    synth::write(Shape::Market, &options(100_000_000, 2), &mut sink).expect("rows");
    assert!((90_000_000..115_000_000).contains(&sink.holdings), "{}", sink.holdings);
    assert!((90_000_000..125_000_000).contains(&sink.told), "{}", sink.told);
}
