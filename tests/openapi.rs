//! The interface under a fuzzer that reads its description: schemathesis makes requests of its own, sound and not.
//!
//! Needs Python 3.9 or newer with pip and access to its registry (once; what it fetched stays in the target folder). Where
//! one is missing the test says which and how to get it, and passes; with `RELATA_OPENAPI=required` it fails.
//! `RELATA_OPENAPI_EXAMPLES` says how many requests are made of each kind.
#![cfg(feature = "server")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/server.rs"]
#[allow(dead_code, reason = "asked for by the tests of the server alone")]
mod server;

use server::Server;
use std::path::{Path, PathBuf};
use std::process::Command;

const FUZZER: &str = "schemathesis==4.32.5";

/// What every answer is held against. Sound requests may still be refused (a party that nobody is, days the wrong way
/// round), and some unsound ones are accepted (blanks around a name), so that is not.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method,ignored_auth,missing_required_header";

#[test]
fn nothing_that_the_description_allows_makes_the_server_fail() {
    let fuzzer = match prepared() {
        Ok(fuzzer) => fuzzer,
        Err(missing) => {
            let required = std::env::var("RELATA_OPENAPI").is_ok_and(|wish| wish == "required");
            assert!(!required, "{missing}");
            eprintln!("the interface was NOT fuzzed: {missing}");
            return;
        }
    };
    let server = Server::start("data/samples/tour", &[]);
    let examples = std::env::var("RELATA_OPENAPI_EXAMPLES").unwrap_or_else(|_| "15".to_owned());
    let status = Command::new(fuzzer)
        .args(["run", &format!("http://{}/openapi.json", server.address()), "--no-color", "--seed", "1"])
        .args(["--phases", "examples,fuzzing", "--checks", CHECKS, "--max-examples", &examples, "--warnings", "off"])
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .status()
        .expect("the fuzzer runs");
    assert!(status.success(), "the requests above were not answered as described");
    assert_eq!(server.get("dataset").status, 200, "it still answers");
}

/// The fuzzer, once it is there; else what is missing and how to get it.
fn prepared() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(FUZZER.replace("==", "-"));
    let fuzzer = folder.join("bin/st");
    if fuzzer.is_file() {
        return Ok(fuzzer);
    }
    let run = |program: &Path, args: &[&str]| {
        let output = Command::new(program).args(args).output().map_err(|error| error.to_string())?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
    };
    let place = folder.to_str().ok_or("the target folder has a name that is no text")?;
    run(Path::new("python3"), &["-m", "venv", place]).map_err(|fault| {
        format!("Python 3.9 or newer with venv is missing (`apt-get install python3-venv`): {fault}")
    })?;
    run(&folder.join("bin/pip"), &["install", "--quiet", FUZZER]).map_err(|fault| {
        // Half a set of packages would be taken for a whole one the next time.
        let _ = std::fs::remove_dir_all(&folder);
        format!("`pip install {FUZZER}` failed; the registry has to be reachable once: {fault}")
    })?;
    Ok(fuzzer)
}
