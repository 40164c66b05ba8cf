//! One command: makes the market, runs every contestant in a process of its own, and holds the answers together.

use crate::control::{Ascent, Contestant, Dataflow, Ours, Petgraph, Plain};
use crate::edges::Edges;
use crate::registers::{self, ByPetgraph, Registers};
use crate::rows::{Collector, Rows};
use crate::shared::{Interval, PerCompany, Sharing};
use crate::table::{Line, table};
use crate::tally::Tally;
use relata::synth::{self, Options, Shape};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const SEED: u64 = 20_220_630;
const SHARED: &[&str] = &["ours", "interval", "closures", "petgraph"];
const CONTROL: &[&str] = &["ours", "plain", "petgraph", "ascent", "dataflow"];

/// What a child says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    pub load: f64,
    pub compute: f64,
    /// Kilobytes.
    pub peak: u64,
    pub tally: Tally,
    /// Subjects worked out.
    pub subjects: usize,
}

struct Settings {
    holdings: Vec<u64>,
    subjects: usize,
    sample: usize,
    peers: Option<Vec<String>>,
    problems: String,
    folder: PathBuf,
    write: Option<PathBuf>,
}

fn settings(arguments: &[String]) -> Settings {
    let mut settings = Settings {
        holdings: vec![100_000, 1_000_000],
        subjects: 5_000,
        sample: 200,
        peers: None,
        problems: "control,shared,registers,sample".to_owned(),
        folder: std::env::temp_dir().join("relata-peers"),
        write: None,
    };
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let value = rest.next().unwrap_or_else(|| panic!("`{name}` needs a value"));
        match name.as_str() {
            "--holdings" => settings.holdings = value.split(',').map(|n| n.replace('_', "").parse().unwrap()).collect(),
            "--subjects" => settings.subjects = value.parse().unwrap(),
            "--sample" => settings.sample = value.parse().unwrap(),
            "--peers" => settings.peers = Some(value.split(',').map(str::to_owned).collect()),
            "--problems" => settings.problems = value.clone(),
            "--folder" => settings.folder = value.into(),
            "--write" => settings.write = Some(value.into()),
            _ => panic!("unknown option `{name}`"),
        }
    }
    settings
}

/// The files of a market of so many holdings.
fn files(folder: &Path, holdings: u64) -> (PathBuf, PathBuf) {
    (folder.join(format!("{holdings}.rows")), folder.join(format!("{holdings}.edges")))
}

/// Generates a market: `--make HOLDINGS FOLDER`.
pub fn make(arguments: &[String]) {
    let holdings = arguments[0].parse().unwrap();
    let (rows, ties) = files(Path::new(&arguments[1]), holdings);
    let mut market = Collector::default();
    let options = Options { holdings, seed: SEED, listed: None, unknown: 0 };
    synth::write(Shape::Market, &options, &mut market).unwrap();
    market.write(&rows, &ties).unwrap();
    drop(market);
    crate::control::ours::pack(&Edges::open(&ties).unwrap());
    registers::ours::pack(&Rows::open(&rows).unwrap());
}

/// One contestant: `--child PROBLEM CONTESTANT ROWS EDGES SUBJECTS`; says on one line what it took.
pub fn child(arguments: &[String]) {
    let [problem, contestant, rows, ties, subjects] = arguments else { panic!("a child needs five arguments") };
    let (rows, ties) = (Path::new(rows), Path::new(ties));
    let subjects: usize = subjects.parse().unwrap();
    let measured = match (problem.as_str(), contestant.as_str()) {
        ("control", "ours") => pairs::<Ours>(ties),
        ("control", "plain") => pairs::<Plain>(ties),
        ("control", "petgraph") => pairs::<Petgraph>(ties),
        ("control", "ascent") => pairs::<Ascent>(ties),
        ("control", "dataflow") => pairs::<Dataflow>(ties),
        ("shared", "interval") => sharing::<Interval>(ties, subjects),
        ("shared", "ours") => sharing::<Ours>(ties, subjects),
        ("shared", "closures") => sharing::<PerCompany>(ties, subjects),
        ("shared", "petgraph") => sharing::<Petgraph>(ties, subjects),
        ("registers" | "sample", "ours") => standing::<registers::Ours>(rows, subjects),
        ("sample", "petgraph") => standing::<ByPetgraph>(rows, subjects),
        _ => panic!("unknown contestant `{contestant}` of `{problem}`"),
    };
    let Measured { load, compute, peak, tally, subjects } = measured;
    println!("{load} {compute} {peak} {} {} {subjects}", tally.count, tally.hash);
}

fn pairs<C: Contestant>(ties: &Path) -> Measured {
    let begun = Instant::now();
    let mut contestant = <C as Contestant>::load(&Edges::open(ties).unwrap());
    let load = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let tally = contestant.pairs();
    Measured { load, compute: begun.elapsed().as_secs_f64(), peak: peak(), tally, subjects: 0 }
}

fn sharing<C: Sharing>(ties: &Path, subjects: usize) -> Measured {
    let begun = Instant::now();
    let edges = Edges::open(ties).unwrap();
    let mut contestant = <C as Sharing>::load(&edges);
    let load = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let subjects = sample(edges.listed(), subjects);
    let tally = contestant.all(&subjects);
    let compute = begun.elapsed().as_secs_f64();
    Measured { load, compute, peak: peak(), tally, subjects: subjects.len() }
}

fn standing<C: Registers>(rows: &Path, subjects: usize) -> Measured {
    let begun = Instant::now();
    let rows = Rows::open(rows).unwrap();
    let mut contestant = C::load(&rows);
    let load = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let subjects = sample(rows.listed(), subjects);
    let tally = contestant.all(&subjects);
    let compute = begun.elapsed().as_secs_f64();
    Measured { load, compute, peak: peak(), tally, subjects: subjects.len() }
}

/// So many of the listed companies, evenly spread.
fn sample(listed: &[u32], most: usize) -> Vec<u32> {
    let count = most.min(listed.len());
    (0..count).map(|i| listed[i * listed.len() / count]).collect()
}

/// The most memory this process has had, in kilobytes, mapped pages of the input included.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Runs this program again.
fn again(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(std::env::current_exe().unwrap()).args(arguments).output().map_err(|e| e.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        Err(format!("failed: {}", output.status))
    }
}

fn measured(text: &str) -> Measured {
    let words: Vec<&str> = text.split_whitespace().collect();
    Measured {
        load: words[0].parse().unwrap(),
        compute: words[1].parse().unwrap(),
        peak: words[2].parse().unwrap(),
        tally: Tally { count: words[3].parse().unwrap(), hash: words[4].parse().unwrap() },
        subjects: words[5].parse().unwrap(),
    }
}

/// The whole comparison.
pub fn all(arguments: &[String]) {
    let settings = settings(arguments);
    std::fs::create_dir_all(&settings.folder).unwrap();
    let folder = settings.folder.to_string_lossy();
    let (mut control, mut shared, mut registers) = (Vec::new(), Vec::new(), Vec::new());
    for holdings in &settings.holdings {
        let (rows, ties) = files(&settings.folder, *holdings);
        if !ties.exists() {
            again(&["--make", &holdings.to_string(), &folder]).unwrap();
        }
        let (rows, ties) = (rows.to_string_lossy(), ties.to_string_lossy());
        let run = |problem: &str, contestants: &[&str], lines: &mut Vec<Line>| {
            if !settings.problems.split(',').any(|asked| asked == problem) {
                return;
            }
            let subjects = if problem == "sample" { settings.sample } else { settings.subjects };
            let mut answer: Option<(Tally, String)> = None;
            for contestant in contestants {
                if settings.peers.as_ref().is_some_and(|peers| !peers.iter().any(|peer| peer == contestant)) {
                    continue;
                }
                let found = again(&["--child", problem, contestant, &rows, &ties, &subjects.to_string()]);
                let found = found.map(|text| measured(&text));
                eprintln!("{problem} {holdings} {contestant}: {found:?}");
                if let Ok(found) = &found {
                    let (tally, by) = answer.get_or_insert((found.tally, (*contestant).to_owned()));
                    assert_eq!(*tally, found.tally, "{contestant} and {by} do not agree on {problem} at {holdings}");
                }
                let about = found.as_ref().map_or(0, |found| found.subjects);
                let about = if about > 0 { format!(", {about} companies") } else { String::new() };
                lines.push(Line {
                    size: format!("{holdings}{about}"),
                    contestant: (*contestant).to_owned(),
                    measured: found,
                });
            }
        };
        run("control", CONTROL, &mut control);
        run("shared", SHARED, &mut shared);
        run("registers", &["ours"], &mut registers);
        run("sample", &["ours", "petgraph"], &mut registers);
    }
    let mut text = machine();
    if !control.is_empty() {
        text.push_str(&table("All-pairs control on one day", &control, "ours"));
    }
    if !shared.is_empty() {
        text.push_str(&table("What the controllers of every listed company control, on one day", &shared, "ours"));
    }
    if !registers.is_empty() {
        text.push_str(&table("Registers of listed companies over the whole window", &registers, "ours"));
    }
    println!("{text}");
    if let Some(path) = &settings.write {
        std::fs::write(path, text).unwrap();
    }
}

/// What it was measured on.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or("?", |(_, value)| value.trim()).to_owned()
    };
    let cpu = field(&read("/proc/cpuinfo"), "model name");
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let rustc = Command::new("rustc").arg("--version").output().map(|out| out.stdout).unwrap_or_default();
    let rustc = String::from_utf8_lossy(&rustc).trim().to_owned();
    format!("{cpu}, {cores} cores, {memory} memory, {rustc}, seed {SEED}\n")
}
