//! The server, asked over a socket by a client that is not ours, and the binary behind it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(feature = "server")]

#[path = "support/server.rs"]
mod server;

use serde_json::Value;
use server::Server;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const TOUR: &str = "data/samples/tour";
const DAY: &str = "as_of=2022-06-30";

/// What the command line prints.
fn printed(args: &[&str]) -> Vec<u8> {
    let out = Command::new(env!("CARGO_BIN_EXE_relata"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .output()
        .expect("it runs");
    assert!(!out.stdout.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn copy_of_tour(to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOUR)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Waits until `holds`, for at most ten seconds.
fn await_that(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn answers_are_those_of_the_command_line() {
    let server = Server::start(TOUR, &[]);
    let day = "--as-of=2022-06-30";
    let proposal = "counterparty=WILLOW,kind=9.13,amount=1500000,date=2022-06-01,pricing=market";
    let escaped = proposal.replace('=', "%3D").replace(',', "%2C");
    for (path, args) in [
        (format!("register?{DAY}"), vec!["register", TOUR, day]),
        (
            format!("register?{DAY}&switch=lookback%3Dcomposed"),
            vec!["register", TOUR, day, "--switch=lookback=composed"],
        ),
        (format!("check?{DAY}&party=REED&party=PORT"), vec!["check", TOUR, day, "REED", "PORT"]),
        (format!("explain?{DAY}&party=PORT"), vec!["explain", TOUR, day, "PORT"]),
        (format!("owners?{DAY}&party=LARK&at_least=5%25"), vec!["owners", TOUR, day, "LARK", "--at-least=5%"]),
        (format!("owned?{DAY}&party=HILL"), vec!["owned", TOUR, day, "HILL"]),
        (format!("groups?{DAY}"), vec!["groups", TOUR, day]),
        (format!("groups?{DAY}&party=WILLOW"), vec!["groups", TOUR, day, "WILLOW"]),
        ("diff?from=2021-12-31&to=2022-06-30".into(), vec!["diff", TOUR, "--from=2021-12-31", "--to=2022-06-30"]),
        (format!("declarations?{DAY}"), vec!["declarations", TOUR, day]),
        (format!("filing?{DAY}"), vec!["filing", TOUR, day]),
        ("assess".into(), vec!["assess", TOUR]),
        (format!("assess?propose={escaped}"), vec!["assess", TOUR, "--propose", proposal]),
        ("announce?id=T22".into(), vec!["announce", TOUR, "T22"]),
        (format!("recuse?{DAY}&party=WILLOW"), vec!["recuse", TOUR, day, "WILLOW"]),
        (format!("daily?{DAY}"), vec!["daily", TOUR, day]),
        ("calendar?from=2022-06-01".into(), vec!["calendar", TOUR, "--from=2022-06-01"]),
    ] {
        let answer = server.get(&path);
        assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{path}: {}", answer.text());
        let args: Vec<&str> = args.into_iter().chain(["--format=json"]).collect();
        assert_eq!(answer.text(), String::from_utf8(printed(&args)).unwrap(), "{path}");
    }
    for (path, args) in [
        (format!("register?{DAY}&format=csv"), vec!["register", TOUR, day, "--format=csv"]),
        (format!("register?{DAY}&format=md&lang=en"), vec!["register", TOUR, day, "--format=md", "--lang=en"]),
        (format!("explain?{DAY}&party=PORT&format=text&lang=en"), vec!["explain", TOUR, day, "PORT", "--lang=en"]),
        (
            format!("explain?{DAY}&party=PORT&format=dot&lang=zh"),
            vec!["explain", TOUR, day, "PORT", "--format=dot", "--lang=zh"],
        ),
        (
            "calendar?from=2022-06-01&format=ics&lang=zh".into(),
            vec!["calendar", TOUR, "--from=2022-06-01", "--format=ics", "--lang=zh"],
        ),
    ] {
        assert_eq!(server.get(&path).text(), String::from_utf8(printed(&args)).unwrap(), "{path}");
    }
}

#[test]
fn what_has_no_answer_says_why() {
    let server = Server::start(TOUR, &[]);
    for (path, status, kind, part) in [
        ("check", 400, "usage", "party"),
        ("check?prty=REED", 400, "usage", "`prty`"),
        ("check?party=NOBODY", 404, "unknown-party", "NOBODY"),
        ("check?party=REED&as_of=2022-02-30", 400, "usage", "as_of"),
        ("register?rules=sse-1999", 400, "usage", "sse-1999"),
        ("register?switch=lookback%3Dnever", 400, "usage", "lookback"),
        ("register?format=pdf", 400, "usage", "pdf"),
        ("register?lang=fr", 400, "usage", "zh"),
        ("register?subject=YI", 422, "data", "YI"),
        ("register?show_identifiers=true", 403, "forbidden", "--show-identifiers"),
        ("diff?from=2022-06-30&to=2021-06-30", 400, "usage", "2022-06-30"),
        ("diff?from=2022-06-30", 400, "usage", "to"),
        ("owners?party=LARK&at_least=many", 400, "usage", "many"),
        ("assess?id=T99", 400, "usage", "T99"),
        ("assess?propose=counterparty%3DWILLOW%2Ckind%3D9.99", 422, "rows", "9.99"),
        ("nothing", 404, "not-found", "/api/v1/nothing"),
    ] {
        for lang in ["zh", "en"] {
            let path = match (path.contains("lang="), path.contains('?')) {
                (true, _) => path.to_owned(),
                (_, true) => format!("{path}&lang={lang}"),
                (_, false) => format!("{path}?lang={lang}"),
            };
            let answer = server.get(&path);
            assert_eq!(
                (answer.status, answer.kind()),
                (status, "application/problem+json"),
                "{path}: {}",
                answer.text()
            );
            let problem: Value = serde_json::from_str(&answer.text()).unwrap();
            assert_eq!(problem["type"], format!("urn:relata:{kind}"), "{path}");
            assert_eq!(problem["status"], status, "{path}");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(part), "{path}: {detail}");
        }
    }
    let names: Value = serde_json::from_str(&server.get("check?party=WILOW").text()).unwrap();
    assert_eq!(names["candidates"][0]["party"], "WILLOW");
    assert_eq!(server.post("check", "application/json", b"{}").status, 405);
}

#[test]
fn a_server_has_terms_of_its_own() {
    let own = [
        "--subject",
        "云雀精工股份有限公司（示例）",
        "--as-of",
        "2022-06-30",
        "--switch",
        "lookback=composed",
        "--lang",
        "en",
    ];
    let server = Server::start(TOUR, &own);
    let usual = Server::start(TOUR, &[]);
    let args: Vec<&str> = ["register", TOUR, "--format=json"].into_iter().chain(own).collect();
    assert_eq!(server.get("register").text(), String::from_utf8(printed(&args)).unwrap());
    let about: Value = serde_json::from_str(&server.get("dataset").text()).unwrap();
    assert_eq!((&about["subject"], &about["readings"]["lookback"]), (&"LARK".into(), &"composed".into()));
    // A question that says otherwise is answered otherwise, and tags tell the servers apart.
    let other = format!("register?subject=LARK&{DAY}&switch=lookback%3Dstate_by_state");
    assert_eq!(server.get(&other).text(), usual.get(&format!("register?{DAY}")).text());
    assert_ne!(server.get("register").header("etag"), usual.get("register").header("etag"));
    for (args, part) in
        [(["--subject", "NOBODY"], "NOBODY"), (["--switch", "lookback=never"], "never"), (["-o", "x"], "-o")]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
        let out =
            command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["serve", TOUR, "--port", "0"]).args(args).output();
        let out = out.unwrap();
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&out.stderr).contains(part), "{args:?}");
    }
}

#[test]
fn an_answer_that_is_still_true_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("tour");
    copy_of_tour(&data);
    let server = Server::start(data.to_str().unwrap(), &[]);
    let path = format!("register?{DAY}");
    let tag = |path: &str| server.get(path).header("etag").unwrap().to_owned();
    let first = tag(&path);
    assert_eq!(tag(&path), first);
    assert_eq!(server.get_with(&path, &[("If-None-Match", &first)]).status, 304);
    assert_eq!(server.get_with(&path, &[("If-None-Match", "W/\"other\"")]).status, 200);
    for other in
        [format!("{path}&lang=en"), "register?as_of=2022-07-01".into(), format!("{path}&switch=lookback%3Dcomposed")]
    {
        assert_ne!(tag(&other), first, "{other}");
    }
    let holdings = data.join("holdings.csv");
    let text = fs::read_to_string(&holdings).unwrap();
    fs::write(&holdings, format!("{text}HOUSE,LARK,0.01,,,,,,,\n")).unwrap();
    await_that("the changed data answer", || tag(&path) != first);
    fs::write(&holdings, text).unwrap();
    await_that("the data as they were have the tag they had", || tag(&path) == first);
}

#[test]
fn broken_data_never_take_the_place_of_sound_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("tour");
    copy_of_tour(&data);
    let server = Server::start(data.to_str().unwrap(), &[]);
    let path = format!("register?{DAY}");
    let sound = server.get(&path).text();
    let about = || -> Value { serde_json::from_str(&server.get("dataset").text()).unwrap() };
    assert_eq!(about()["reload"]["state"], "sound");
    let parties = data.join("parties.csv");
    let text = fs::read_to_string(&parties).unwrap();
    fs::write(&parties, text.replace("WILLOW", "POPLAR")).unwrap();
    await_that("the refusal is told", || about()["reload"]["state"] == "refused");
    assert!(about()["reload"]["message"].as_str().unwrap().contains("WILLOW"));
    assert_eq!(server.get(&path).text(), sound);
    fs::remove_file(&parties).unwrap();
    await_that("that a file is gone is told", || {
        about()["reload"]["message"].as_str().unwrap_or("").contains("parties")
    });
    assert_eq!(server.get(&path).text(), sound);
    fs::write(&parties, text).unwrap();
    await_that("mended data are taken", || about()["reload"]["state"] == "sound");
    assert_eq!(server.get(&path).text(), sound);
}

#[test]
fn only_this_machine_or_a_token_may_ask() {
    let server = Server::start(TOUR, &[]);
    let raw = |head: &str| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream
            .write_all(format!("GET /api/v1/dataset HTTP/1.1\r\n{head}Connection: close\r\n\r\n").as_bytes())
            .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(raw("Host: localhost\r\n"), "200");
    assert_eq!(raw("Host: relata.example.com\r\n"), "403");
    assert_eq!(raw(""), "403");
    assert_eq!(raw("Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\n"), "403");

    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    fs::write(&token, "a-token-that-nobody-guesses\n").unwrap();
    let guarded = Server::start(TOUR, &["--token-file", token.to_str().unwrap()]);
    assert_eq!(guarded.get("dataset").status, 401);
    assert_eq!(guarded.get("dataset").header("www-authenticate"), Some("Bearer"));
    assert_eq!(guarded.get_with("dataset", &[("Authorization", "Bearer another-token-altogether")]).status, 401);
    assert_eq!(guarded.get_with("dataset", &[("Authorization", "Bearer a-token-that-nobody-guesses")]).status, 200);

    fs::write(&token, "short").unwrap();
    for args in [vec!["--listen", "0.0.0.0"], vec!["--listen", "0.0.0.0", "--token-file", token.to_str().unwrap()]] {
        let out = Command::new(env!("CARGO_BIN_EXE_relata"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["serve", TOUR, "--port", "0", "--lang", "en"])
            .args(&args)
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("token"), "{args:?}");
    }
}

#[test]
fn identifiers_are_masked() {
    let masked = Server::start(TOUR, &[]);
    let shown = Server::start(TOUR, &["--show-identifiers"]);
    let identifiers: Vec<String> = {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOUR).join("parties.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let at = reader.headers().unwrap().iter().position(|heading| heading == "identifier").unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).filter(|text| !text.is_empty()).collect()
    };
    assert!(!identifiers.is_empty());
    let ask = format!("check?{DAY}&party={}", identifiers[0]);
    assert!(!masked.get(&ask).text().contains(&identifiers[0]));
    assert!(!shown.get(&ask).text().contains(&identifiers[0]));
    assert!(shown.get(&format!("{ask}&show_identifiers=true")).text().contains(&identifiers[0]));
    // Part of one finds nobody: it would give the rest away.
    let part: String = identifiers[0].chars().take(10).collect();
    let found: Value = serde_json::from_str(&masked.get(&format!("parties?q={part}")).text()).unwrap();
    assert_eq!(found["parties"].as_array().unwrap().len(), 0);
}

#[test]
fn a_list_is_screened_whatever_it_comes_as() {
    let server = Server::start(TOUR, &[]);
    let names = ["云山港口有限公司(示例)", "WILLOW", "查无此人"];
    let json = serde_json::json!({"names": names}).to_string();
    let answer = server.post(&format!("screen?{DAY}"), "application/json", json.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let rows: Value = serde_json::from_str(&answer.text()).unwrap();
    let told: Vec<_> =
        rows["rows"].as_array().unwrap().iter().map(|row| (row["match"].clone(), row["party"].clone())).collect();
    assert_eq!(told[0], ("alike".into(), "PORT".into()));
    assert_eq!(told[1], ("exact".into(), "WILLOW".into()));
    assert_eq!(told[2], ("unknown".into(), Value::Null));
    let csv = format!("供应商名称\n{}\n", names.join("\n"));
    assert_eq!(server.post(&format!("screen?{DAY}"), "text/csv; charset=utf-8", csv.as_bytes()).text(), answer.text());
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    fs::write(&list, &csv).unwrap();
    let args = ["screen", TOUR, list.to_str().unwrap(), "--as-of=2022-06-30", "--format=json"];
    assert_eq!(String::from_utf8(printed(&args)).unwrap(), answer.text());
    for (kind, body, status) in [
        ("application/json", &b"{\"names\":1}"[..], 400),
        ("application/json", b"{\"names\":[]}", 400),
        ("application/json", b"[", 400),
        ("text/csv", b"\xff\xfe", 400),
        ("application/x-www-form-urlencoded", b"names=x", 415),
    ] {
        assert_eq!(server.post("screen", kind, body).status, status, "{kind} {}", String::from_utf8_lossy(body));
    }
    assert_eq!(server.post("screen", "text/csv", &vec![b'a'; (16 << 20) + 1]).status, 413);
}

#[test]
fn changes_are_supposed_and_rows_shown() {
    let server = Server::start(TOUR, &[]);
    let body = br#"{"changes":[{"end":"positions","row":1,"day":"2022-05-31"}]}"#;
    let answer = server.post(&format!("whatif?{DAY}"), "application/json", body);
    let args = ["whatif", TOUR, "--as-of=2022-06-30", "--format=json", "--end", "positions:1=2022-05-31"];
    assert_eq!(answer.text(), String::from_utf8(printed(&args)).unwrap());
    for (body, status) in [
        (&b"{}"[..], 400),
        (br#"{"changes":[]}"#, 400),
        (br#"{"changes":[{"end":"positions","row":999,"day":"2022-05-31"}]}"#, 400),
        (br#"{"changes":[{"set":"positions","row":1,"cells":{"role":"king"}}]}"#, 422),
    ] {
        assert_eq!(server.post("whatif", "application/json", body).status, status, "{}", String::from_utf8_lossy(body));
    }
    let rows: Value = serde_json::from_str(&server.get("rows?row=holdings:1&row=positions:1").text()).unwrap();
    assert_eq!(rows["rows"][1]["table"], "positions");
    let cells = rows["rows"][0]["cells"].as_array().unwrap();
    assert!(cells.iter().any(|cell| cell["column"] == "holder" && cell["party"].is_string()), "{cells:?}");
    assert_eq!(server.get("rows?row=holdings:0").status, 400);
    assert_eq!(server.get("rows?row=holdings:9999").status, 400);
}

#[test]
fn a_thousand_requests_fifty_at_a_time() {
    let server = Server::start(TOUR, &[]);
    let paths =
        [format!("check?{DAY}&party=REED"), "dataset".into(), "parties?q=a".into(), "check?party=NOBODY".into()];
    let run = || {
        let (next, wrong) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..50 {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= 1000 {
                            break;
                        }
                        let path = &paths[at % paths.len()];
                        let expected = if path.contains("NOBODY") { 404 } else { 200 };
                        if server.get(path).status != expected {
                            wrong.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        wrong.into_inner()
    };
    assert_eq!(run(), 0);
    let Some(before) = server.resident_kilobytes() else { return };
    assert_eq!(run() + run(), 0);
    let after = server.resident_kilobytes().unwrap();
    assert!(after < before + 16 * 1024, "it grew from {before} to {after} kB");
}

#[test]
fn what_has_begun_is_finished_when_it_stops() {
    let mut server = Server::start(TOUR, &[]);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET /api/v1/assess HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(30));
    server.stop();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text:.40}");
    assert_eq!(server.wait(), Some(0));
    assert!(TcpStream::connect(server.address()).is_err());
}

#[test]
fn the_description_names_what_there_is() {
    let server = Server::start(TOUR, &[]);
    let description: Value = serde_json::from_str(&server.raw("/openapi.json").text()).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap();
    for name in [
        "dataset",
        "tables",
        "parties",
        "rows",
        "whatif",
        "register",
        "check",
        "explain",
        "owners",
        "owned",
        "groups",
        "chart",
        "diff",
        "declarations",
        "filing",
        "assess",
        "announce",
        "recuse",
        "daily",
        "calendar",
        "screen",
    ] {
        let operations = paths[&format!("/api/v1/{name}")].as_object().unwrap();
        for operation in operations.values() {
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
            let schema = schema.as_str().unwrap_or_else(|| panic!("{name} has no schema"));
            assert!(description.pointer(schema.trim_start_matches('#')).is_some(), "{name}: {schema}");
        }
    }
    // Every reference leads somewhere.
    let text = description.to_string();
    for (at, _) in text.match_indices("\"$ref\":\"#") {
        let reference: String = text[at + 9..].chars().take_while(|letter| *letter != '"').collect();
        assert!(description.pointer(&reference).is_some(), "{reference}");
    }
}
