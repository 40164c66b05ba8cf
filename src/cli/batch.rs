//! `relata batch DATA --subjects LIST`: the registers of many companies over one graph.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::progress::Progress;
use super::session::Session;
use super::unfinished::{Question as Asked, Unfinished};
use crate::facts::{Facts, Lang, PartyId, PartyKind};
use crate::inquiry;
use crate::law::{Pack, Readings};
use crate::proof::words::Names;
use crate::register::{Question, Resolver, Workshop};
use crate::report::{BATCH_COLUMNS, Context, RegisterReport, batch_line, batch_rows};
use chrono::NaiveDate;
use clap::ValueEnum;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

/// No company is begun so many places after the one whose answer is handed on next: the answers between are in memory.
const AHEAD: usize = 64;

/// How much of each register is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Depth {
    /// Who stands where
    Standing,
    /// Also which other readings would change a verdict
    Contested,
    /// The whole register with every proof, as `register` gives it
    Proofs,
}

/// Arguments of `batch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
With -o the answers go to FILE.part first, which takes FILE's place when the last one is written. A run that was stopped is \
continued by the same command: what FILE.part holds is whole, company by company.
使用 -o 时，结果先写入 FILE.part，全部完成后才更名为 FILE。中断后以同一命令重新运行，即从断点继续。")]
pub(super) struct Args {
    /// A packed file, a folder of CSV files or a .json file
    data: PathBuf,
    /// The listed companies: one id or name a line, or a CSV file with a column `id` [default: all of the data]
    #[arg(long, value_name = "LIST")]
    subjects: Option<PathBuf>,
    /// How much of each register
    #[arg(long, value_enum, default_value = "standing")]
    depth: Depth,
    /// Throw away what an earlier run left unfinished
    #[arg(long)]
    restart: bool,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// What is asked about every company.
struct Batch<'a> {
    facts: &'a Facts,
    resolver: Resolver<'a>,
    pack: &'a Pack,
    readings: Readings,
    day: NaiveDate,
    depth: Depth,
    csv: bool,
    session: &'a Session<'a>,
    names: Names<'a>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let csv = options.choose(&["jsonl", "csv"], |format| format)? == "csv";
    if csv && args.depth != Depth::Standing {
        return Err(Failure::usage(
            options.early_lang(),
            "CSV 只有 --depth standing；其余请用 --format jsonl",
            "CSV holds --depth standing only; take --format jsonl for the rest",
        ));
    }
    let session = Session::open(options, &args.data)?;
    let lang = session.lang;
    let (dataset, terms) = (&session.dataset, session.terms());
    let (pack, day) = (dataset.pack(&terms).map_err(session.refused())?, session.day());
    let subjects = match &args.subjects {
        Some(list) => subjects(&session, list)?,
        None => {
            let facts = dataset.facts();
            facts.party_ids().filter(|id| facts.is_listed(*id) && facts.kind(*id) != PartyKind::Person).collect()
        }
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).build();
    let threads = threads.map_err(|error| Failure::failed(lang, error.to_string(), error.to_string()))?;
    let readings = inquiry::readings(&pack, &terms).map_err(session.refused())?;
    let asked = Asked {
        data: dataset.digest().to_owned(),
        as_of: day.to_string(),
        rules: pack.name.clone(),
        switches: readings.departures(&pack.switches),
        depth: format!("{:?} {csv}", args.depth),
        subjects: subjects.iter().map(|subject| dataset.facts().id(*subject).to_owned()).collect(),
    };
    let batch = Batch {
        facts: dataset.facts(),
        resolver: dataset.resolver(),
        pack: &pack,
        readings,
        day,
        depth: args.depth,
        csv,
        session: &session,
        names: Names::new(dataset.facts(), lang),
    };
    match &options.output {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            batch.heading(&mut out).map_err(|error| Failure::io(lang, "stdout", &error))?;
            batch.answer(&threads, &subjects, |bytes| out.write_all(bytes))?;
            out.flush().map_err(|error| Failure::io(lang, "stdout", &error))?;
        }
        Some(path) => {
            let mut heading = Vec::new();
            batch.heading(&mut heading).map_err(|error| Failure::io(lang, "", &error))?;
            let mut file = Unfinished::open(lang, path, &asked, &heading, args.restart)?;
            let done = file.done();
            if done > 0 {
                output::say(&lang.pick(
                    format!("接续上次中断的运行：{done} 家已完成"),
                    format!("going on with an unfinished run: {done} companies are done"),
                ));
            }
            let rest = subjects.get(done..).unwrap_or_default();
            batch.answer(&threads, rest, |bytes| file.write(bytes))?;
            file.finish(lang, path)?;
        }
    }
    Ok(Status::Answered)
}

/// The companies of the list, each once, in its order; all that cannot be found are reported together.
fn subjects(session: &Session, list: &Path) -> Result<Vec<PartyId>, Failure> {
    let lang = session.lang;
    let cannot = |error: &dyn std::fmt::Display| {
        let list = list.display();
        Failure::failed(lang, format!("无法读取`{list}`：{error}"), format!("cannot read `{list}`: {error}"))
    };
    let text = std::fs::read_to_string(list).map_err(|error| cannot(&error))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| cannot(&error))?.clone();
    let named = headings.iter().position(|heading| matches!(heading.trim_start_matches('\u{feff}'), "id" | "编号"));
    let mut texts: Vec<String> = Vec::new();
    if named.is_none() {
        // No heading: the first line is a company like the others.
        texts.extend(headings.get(0).map(str::to_owned));
    }
    for record in reader.records() {
        let record = record.map_err(|error| cannot(&error))?;
        texts.extend(record.get(named.unwrap_or(0)).map(str::to_owned));
    }
    texts.retain(|text| !text.is_empty());
    if texts.is_empty() {
        let list = list.display();
        return Err(Failure::usage(
            lang,
            format!("`{list}`中没有任何公司；请每行填写一家的编号或名称"),
            format!("`{list}` names no company; write the id or name of one on each line"),
        ));
    }
    let subjects = session.dataset.parties(&texts).map_err(session.refused())?;
    session.dataset.check_subjects(&subjects).map_err(session.refused())?;
    Ok(subjects)
}

impl Batch<'_> {
    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.csv { writeln!(out, "{}", BATCH_COLUMNS.join(",")) } else { Ok(()) }
    }

    /// Answers for every company in parallel, and hands the answers on in order. Every thread keeps a workshop of its
    /// own, and none runs far ahead of what has been handed on.
    fn answer(
        &self,
        threads: &ThreadPool,
        subjects: &[PartyId],
        mut write: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let lang: Lang = self.session.lang;
        let mut progress = Progress::start(lang.pick("关联人名录", "registers"), subjects.len() as u64);
        let queue = Queue::default();
        let (send, receive) = mpsc::channel::<(usize, io::Result<Vec<u8>>)>();
        let send = Mutex::new(send);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                threads.broadcast(|_| {
                    let mut workshop = Workshop::default();
                    let send = send.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    while let Some(next) = queue.take(subjects.len()) {
                        let Some(subject) = subjects.get(next) else { break };
                        if send.send((next, self.one(*subject, &mut workshop))).is_err() {
                            break;
                        }
                    }
                });
                // Nothing more will come.
                drop(send);
            });
            let mut early: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
            let mut handed = 0;
            let outcome = receive.iter().try_for_each(|(at, answer)| {
                self.session.dataset.undamaged().map_err(self.session.refused())?;
                early.insert(at, answer.map_err(|error| Failure::io(lang, "batch", &error))?);
                while let Some(bytes) = early.remove(&handed) {
                    write(&bytes).map_err(|error| Failure::io(lang, "batch", &error))?;
                    handed += 1;
                    progress.advance(1);
                }
                queue.handed_on(handed);
                Ok(())
            });
            if outcome.is_err() {
                queue.stop();
            }
            drop(receive);
            outcome
        })
    }

    fn one<'n>(&'n self, subject: PartyId, workshop: &mut Workshop<'n, 'n>) -> io::Result<Vec<u8>> {
        let question = Question { subject, as_of: self.day, pack: self.pack, readings: self.readings.clone() };
        let mut out = Vec::new();
        match self.depth {
            Depth::Standing | Depth::Contested => {
                let contested = self.depth == Depth::Contested;
                let standing = self.resolver.standing_in(workshop, &question, contested);
                let write = if self.csv { batch_rows } else { batch_line };
                write(self.facts, subject, &standing, &mut out)?;
            }
            Depth::Proofs => {
                let register = self.resolver.register_in(workshop, &question);
                let remarks = self.resolver.review(&question, Some(&register));
                let context = Context {
                    facts: self.facts,
                    names: &self.names,
                    question: &question,
                    dataset: self.session.dataset.stamp(),
                    findings: None,
                    lang: self.session.lang,
                    show_identifiers: self.session.options.show_identifiers,
                };
                let report = RegisterReport { context: &context, register: &register, remarks: &remarks };
                report.json_line(&mut out)?;
            }
        }
        Ok(out)
    }
}

/// Which company is next, and how far the answers have been handed on.
#[derive(Default)]
struct Queue {
    state: Mutex<(usize, usize, bool)>,
    moved: Condvar,
}

impl Queue {
    /// The next position below `end`, once it is not too far ahead; none when all are taken or the work was stopped.
    fn take(&self, end: usize) -> Option<usize> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (next, handed, stopped) = *state;
            if stopped || next >= end {
                return None;
            }
            if next < handed + AHEAD {
                state.0 += 1;
                return Some(next);
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn handed_on(&self, handed: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = handed;
        self.moved.notify_all();
    }

    fn stop(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).2 = true;
        self.moved.notify_all();
    }
}
