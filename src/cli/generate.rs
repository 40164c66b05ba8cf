//! `relata generate -o DIR`: a synthetic dataset.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::progress::Progress;
use crate::facts::Lang;
use crate::packed::{self, MarketPack};
use crate::synth::{self, CsvFolder, Shape};
use clap::builder::PossibleValuesParser;
use std::io;
use std::path::Path;

/// What the command does with the folder.
const ABOUT: &str = "\
Writes a folder of CSV files to the place named with -o, and beside the tables `subjects.txt`: a heading `id`, then the id \
of every listed company, one on each line. The same shape, size and seed give the same bytes on every machine. The \
folder is written beside its place and moved there when it is complete; nothing is overwritten: a folder that is there \
already must be empty. With a name that ends in .relata, or --format pack, a packed file is written instead.
将CSV文件夹写入 -o 指定的位置；另有 subjects.txt，首行为 id，其后每行一家上市公司的编号。形状、规模、种子相同，则在任何机器上逐字节相同。\
完成后才移到该位置；不覆盖任何内容：已有的文件夹须为空。文件名以 .relata 结尾或者使用 --format pack 时，写出的是打包文件。";

/// Arguments of `generate`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// Holdings, about so many [default: 100000 for a market, the usual size of another shape]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=synth::MOST_HOLDINGS))]
    holdings: Option<u64>,
    /// Parties, about so many, instead of --holdings
    #[arg(long, value_name = "N", conflicts_with = "holdings",
        value_parser = clap::value_parser!(u64).range(1..=synth::MOST_HOLDINGS))]
    parties: Option<u64>,
    /// The seed
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// What to write
    #[arg(long, value_name = "SHAPE", default_value = "market",
        value_parser = PossibleValuesParser::new(Shape::ALL.iter().map(|shape| shape.name())))]
    shape: String,
    /// Listed companies of a market [default: one in 800 organisations]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(synth::MOST_LISTED)))]
    listed: Option<u32>,
    /// How many percentages and days in a thousand are ranges or unknown
    #[arg(long, value_name = "PERMILLE", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1000))]
    unknown: u32,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let lang = options.early_lang();
    let named_so = options.output.as_deref().is_some_and(packed::is_named_so);
    let format = options.choose(if named_so { &["pack", "csv"] } else { &["csv", "pack"] }, |format| format)?;
    let Some(target) = &options.output else {
        return Err(Failure::usage(lang, "请用 -o 指定要写入的位置", "name the place to write to with -o"));
    };
    let shape = Shape::named(&args.shape).unwrap_or(Shape::Market);
    let holdings = match (args.holdings, args.parties) {
        (Some(holdings), _) => holdings,
        (None, Some(parties)) => shape.holdings_for(parties).clamp(1, synth::MOST_HOLDINGS),
        (None, None) => shape.usual_holdings(),
    };
    let asked = synth::Options { holdings, seed: args.seed, listed: args.listed, unknown: args.unknown };
    let there = target.symlink_metadata().is_ok();
    let empty = target.is_dir() && std::fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    if there && !empty {
        return Err(exists(lang, target));
    }
    let written = match format {
        "pack" if there => return Err(exists(lang, target)),
        "pack" => write_pack(lang, target, shape, &asked),
        _ => write(lang, target, empty, shape, &asked),
    };
    let counts = written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => exists(lang, target),
        _ => Failure::io(lang, &target.display().to_string(), &error),
    })?;
    let counts: Vec<String> =
        counts.iter().filter(|(_, rows)| *rows > 0).map(|(name, rows)| format!("{name} {rows}")).collect();
    let (shown, counts) = (target.display(), counts.join(lang.pick("，", ", ")));
    output::say(&lang.pick(format!("已写入{shown}：{counts}"), format!("wrote {shown}: {counts}")));
    Ok(Status::Answered)
}

fn exists(lang: Lang, target: &Path) -> Failure {
    let shown = target.display();
    Failure::failed(
        lang,
        format!("`{shown}`已存在，不予覆盖"),
        format!("`{shown}` exists already, and nothing is overwritten"),
    )
}

/// Writes a packed file.
fn write_pack(lang: Lang, target: &Path, shape: Shape, asked: &synth::Options) -> io::Result<Vec<(&'static str, u64)>> {
    let mut progress = Progress::start(lang.pick("生成", "generating"), asked.holdings.saturating_mul(27) / 10);
    let mut watch = |rows| progress.advance(rows);
    let mut sink = MarketPack::create(target, &mut watch)?;
    synth::write(shape, asked, &mut sink)?;
    Ok(sink.finish()?.into_iter().collect())
}

/// Writes beside the place and moves the folder there.
fn write(
    lang: Lang,
    target: &Path,
    replaces_empty: bool,
    shape: Shape,
    asked: &synth::Options,
) -> io::Result<Vec<(&'static str, u64)>> {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".relata-").tempdir_in(parent)?;
    let folder = beside.path().join("dataset");
    std::fs::create_dir(&folder)?;
    let mut progress = Progress::start(lang.pick("生成", "generating"), asked.holdings.saturating_mul(27) / 10);
    let mut watch = |rows| progress.advance(rows);
    let mut sink = CsvFolder::create(&folder, &mut watch)?;
    synth::write(shape, asked, &mut sink)?;
    let counts = sink.finish()?;
    if replaces_empty {
        std::fs::remove_dir(target)?;
    }
    std::fs::rename(&folder, target)?;
    Ok(counts)
}
