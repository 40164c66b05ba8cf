//! `relata serve DATA`: the HTTP interface and the page.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use super::{locale, output};
use crate::facts::Lang;
use crate::inquiry;
use crate::web::{self, Config, Event, Limits};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// What is to be known.
const ABOUT: &str = "\
The server listens on this machine alone (127.0.0.1) unless --listen names another address; then clients must show a token, \
which stands in the file named with --token-file or in RELATA_TOKEN. When the data change they are opened again; the old ones \
answer until the new ones are sound. The page is at /, the description of the interface at /openapi.json. Ctrl-C stops it.
默认仅监听本机（127.0.0.1）；以 --listen 监听其他地址时，客户端须出示令牌，令牌写在 --token-file 指定的文件或者环境变量 RELATA_TOKEN 中。\
数据变动后自动重新读取，新数据无误之前仍以旧数据作答。网页在 /，接口说明在 /openapi.json。按 Ctrl-C 停止。";

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a workbook, a .json file or a packed file
    data: PathBuf,
    /// The port; 0 for any that is free
    #[arg(long, default_value_t = 8320, value_name = "PORT")]
    port: u16,
    /// The address to listen on; any but this machine's own needs a token
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    listen: IpAddr,
    /// A file that holds the token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Seconds within which a question is answered
    #[arg(long, default_value_t = 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    time_limit: u64,
    /// Questions answered at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    at_once: Option<u16>,
    /// Megabytes of a request's body
    #[arg(long, default_value_t = 16, value_name = "MB", value_parser = clap::value_parser!(u16).range(1..=1024))]
    body_limit: u16,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    options.choose(&["json"], |format| format)?;
    let early = options.early_lang();
    let token = token(args, early)?;
    if !args.listen.is_loopback() && token.is_none() {
        let address = args.listen;
        return Err(Failure::usage(
            early,
            format!("监听`{address}`须设令牌：请用 --token-file 指定令牌文件，或者设置环境变量 RELATA_TOKEN"),
            format!("to listen on `{address}` a token is needed: name its file with --token-file, or set RELATA_TOKEN"),
        ));
    }
    if options.output.is_some() {
        return Err(Failure::usage(early, "serve 不写文件，不使用 -o", "serve writes no file; leave out -o"));
    }
    let session = Session::open(options, &args.data)?;
    let (lang, terms) = (session.lang, session.terms());
    // What questions are taken to say must hold by itself; a company may still be named by each of them.
    let pack = session.dataset.pack(&terms).map_err(session.refused())?;
    inquiry::readings(&pack, &terms).map_err(session.refused())?;
    if let Some(subject) = session.dataset.named_subject(&terms).map_err(session.refused())? {
        session.dataset.check_subjects(&[subject]).map_err(session.refused())?;
    }
    let usual = Limits::default();
    let limits = Limits {
        body: usize::from(args.body_limit) << 20,
        time: Duration::from_secs(args.time_limit),
        questions: args.at_once.map_or(usual.questions, usize::from),
        ..usual
    };
    let config = Config {
        dataset: session.dataset,
        address: SocketAddr::new(args.listen, args.port),
        token,
        terms,
        today: locale::today,
        limits,
    };
    let address = config.address;
    web::serve(config, move |event| told(lang, &event)).map_err(|error| {
        Failure::failed(
            lang,
            format!("无法监听`{address}`：{error}；可用 --port 另选端口"),
            format!("cannot listen on `{address}`: {error}; --port takes another port"),
        )
    })?;
    Ok(Status::Answered)
}

/// The token that clients must show.
fn token(args: &Args, lang: Lang) -> Result<Option<String>, Failure> {
    let read = |path: &PathBuf| {
        let shown = path.display();
        std::fs::read_to_string(path).map_err(|error| {
            Failure::failed(lang, format!("无法读取`{shown}`：{error}"), format!("cannot read `{shown}`: {error}"))
        })
    };
    let token = match &args.token_file {
        Some(path) => Some(read(path)?),
        None => std::env::var("RELATA_TOKEN").ok(),
    };
    let Some(token) = token.map(|token| token.trim().to_owned()) else { return Ok(None) };
    // A short one can be guessed.
    if token.chars().count() < 16 {
        return Err(Failure::usage(lang, "令牌不得少于16个字符", "a token has at least 16 characters"));
    }
    Ok(Some(token))
}

fn told(lang: Lang, event: &Event<'_>) {
    match event {
        Event::Listening(address) => {
            // On standard output: whoever started it reads there where it is.
            let mut out = io::stdout().lock();
            let _ = writeln!(out, "http://{address}/").and_then(|()| out.flush());
        }
        Event::Reloaded(digest) => output::say(
            &lang.pick(format!("数据已重新读取：{digest}"), format!("the data changed and were read again: {digest}")),
        ),
        Event::Refused(why) => output::say(&lang.pick(
            format!("数据已变动，但未通过校验，仍以旧数据作答：\n{why}"),
            format!("the data changed and are not sound; the old ones go on answering:\n{why}"),
        )),
        Event::Stopping => output::say(lang.pick("正在停止", "stopping")),
    }
}
