//! The page in a real browser: `tests/browser/*.test.mjs`, run by Node against servers started here.
//!
//! Needs Node 20 or newer, npm with access to its registry (once; what it fetched stays in the target folder) and
//! Chromium or Chrome. Where one is missing the test says which and how to get it, and passes; with
//! `RELATA_BROWSER=required` it fails. `RELATA_CHROMIUM` names a browser. Pictures go to `target/tmp/browser/shots`.
#![cfg(feature = "server")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The first release of Node that runs the tests as they are written.
const NODE: u32 = 20;
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const HOLDINGS: &str = "3000";

/// Parties whose names and sources are made of markup.
const HOSTILE: [(&str, &str); 3] = [
    (
        "parties.csv",
        "id,name,kind,listed\n\
         L,上市公司（示例）,company,SSE\n\
         H,<img src=x onerror=hit=1>控股,company,\n\
         N,\"\"\"><script>hit=3</script>\",company,\n\
         P,'onmouseover='hit=4,person,\n",
    ),
    (
        "holdings.csv",
        "holder,company,percent,from,source\n\
         H,L,60,2015-01-01,<script>hit=2</script>\n\
         P,H,70,2015-01-01,x\n\
         H,N,80,2015-01-01,x\n",
    ),
    ("settings.csv", "key,value\nsubject,L\n"),
];

#[test]
fn the_page_does_what_it_should_in_a_browser() {
    let browser = match prepared() {
        Ok(browser) => browser,
        Err(missing) => {
            let required = std::env::var("RELATA_BROWSER").is_ok_and(|wish| wish == "required");
            assert!(!required, "{missing}");
            eprintln!("the page was NOT tested in a browser: {missing}");
            return;
        }
    };
    let data = tempfile::tempdir().expect("a folder");
    let tour = data.path().join("tour");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/tour"), &tour);
    let large = data.path().join("large");
    let generated = relata(&["generate", "--shape", "everything", "--holdings", HOLDINGS, "-o"]).arg(&large).output();
    succeeded("relata generate", &generated.expect("relata runs"));
    let hostile = data.path().join("hostile");
    fs::create_dir(&hostile).expect("a folder");
    for (file, text) in HOSTILE {
        fs::write(hostile.join(file), text).expect("a file");
    }
    let servers = [Server::start(&tour), Server::start(&large), Server::start(&hostile)];
    let shots = folder().join("shots");
    fs::create_dir_all(&shots).expect("a folder");
    let status = Command::new("node")
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .current_dir(folder())
        .env("RELATA_TOUR", &servers[0].address)
        .env("RELATA_LARGE", &servers[1].address)
        .env("RELATA_HOSTILE", &servers[2].address)
        .env("RELATA_CHROMIUM", browser)
        .env("RELATA_SHOTS", shots)
        .status()
        .expect("node runs");
    assert!(status.success(), "the tests above failed in the browser");
}

/// The browser, once everything the tests need is there; else what is missing and how to get it.
fn prepared() -> Result<PathBuf, String> {
    let version = said("node", &["--version"])
        .ok_or("Node is missing; get it from https://nodejs.org or by `apt-get install nodejs npm`")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(format!("Node is {version}, and {NODE} or newer is needed; get it from https://nodejs.org"));
    }
    said("npm", &["--version"]).ok_or("npm is missing; it comes with Node, or by `apt-get install npm`")?;
    install()?;
    browser()
        .ok_or_else(|| "no browser was found; `apt-get install chromium`, or name one in RELATA_CHROMIUM".to_owned())
}

/// Where the tests and their packages are put, outside the sources.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser")
}

/// Copies the tests beside their packages, which are fetched when the lockfile is another.
fn install() -> Result<(), String> {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser"), folder());
    let lock = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    let fetched = to.join("node_modules").is_dir() && lock(&from) == lock(&to);
    copy(&from, &to);
    if fetched {
        return Ok(());
    }
    let output = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&to).output();
    let output = output.map_err(|error| format!("npm does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    // Half a set of packages would be taken for a whole one the next time.
    let _ = fs::remove_dir_all(to.join("node_modules"));
    Err(format!("`npm ci` failed; the registry has to be reachable once\n{}", text(&output)))
}

/// A browser by name or on the path; on Debian, where this may be done, it is installed.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("RELATA_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let find = || BROWSERS.iter().find_map(|name| on_path(name));
    find().or_else(playwrights).or_else(|| {
        let root = said("id", &["-u"]).is_some_and(|user| user == "0");
        let debian = Path::new("/etc/debian_version").is_file();
        if !root || !debian {
            return None;
        }
        let apt = |arguments: &[&str]| {
            Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output()
        };
        let _ = apt(&["update", "-q"]);
        let _ = apt(&["install", "-q", "-y", "chromium", "fonts-noto-cjk"]);
        find()
    })
}

/// The browser that Playwright fetched for itself, if it did.
fn playwrights() -> Option<PathBuf> {
    let ask = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
    let output = Command::new("node").args(["-e", ask]).current_dir(folder()).output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim())).filter(|path| path.is_file())
}

fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A server of a dataset, ended with the test.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut process =
            relata(&["serve", "--port", "0"]).arg(data).stdout(Stdio::piped()).spawn().expect("relata serves");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned))
            .expect("the server says where it listens");
        // Whatever it says later has to go somewhere, or it would be held up.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let address = format!("{}/", address.trim_end_matches('/'));
        Self { process, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn relata(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command.args(arguments);
    command
}

/// What a program says, if it runs and succeeds.
fn said(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn succeeded(what: &str, output: &Output) {
    assert!(output.status.success(), "{what} failed\n{}", text(output));
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Copies the files of a folder, not its folders.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("a folder") {
        let path = file.expect("a file").path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
}
