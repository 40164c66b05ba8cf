//! Many registers in one run: the same as one by one, in order, and whole whatever happens to the run.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

const DAY: &str = "2022-06-30";

fn relata() -> Command {
    Command::cargo_bin("relata").expect("the binary")
}

/// A market with its listed companies, packed.
fn market(dir: &Path) -> (PathBuf, PathBuf) {
    let (folder, packed) = (dir.join("market"), dir.join("market.relata"));
    relata().args(["generate", "--holdings", "20000", "--seed", "7", "-o"]).arg(&folder).assert().success();
    relata().arg("pack").arg(&folder).arg("-o").arg(&packed).assert().success();
    (packed, folder.join("subjects.txt"))
}

fn batch(data: &Path, list: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = relata();
    command.arg("batch").arg(data).arg("--subjects").arg(list).args(["--as-of", DAY, "-o"]).arg(out).args(more);
    command
}

fn ids(value: &Value, key: &str) -> BTreeSet<String> {
    let entries = value[key].as_array().expect("a list").iter();
    entries.map(|entry| entry["party"].as_str().or(entry.as_str()).expect("an id").to_owned()).collect()
}

#[test]
fn a_batch_says_what_each_register_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let (data, list) = market(dir.path());
    let out = dir.path().join("registers.jsonl");
    batch(&data, &list, &out, &["--threads", "2", "--depth", "contested"]).assert().success();
    let text = std::fs::read_to_string(&out).expect("written");
    // Without a list, every listed company of the data, in the order of the data.
    let all = relata().arg("batch").arg(&data).args(["--as-of", DAY]).output().expect("it runs").stdout;
    assert_eq!(all.split(|byte| *byte == b'\n').count(), text.lines().count() + 1);
    let listed = std::fs::read_to_string(&list).expect("written");
    let subjects: Vec<&str> = listed.lines().skip(1).collect();
    assert_eq!(text.lines().count(), subjects.len());
    let mut entries = 0;
    for (line, subject) in text.lines().zip(&subjects) {
        let line: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line["subject"], *subject);
        let one = relata()
            .args(["register", "--as-of", DAY, "--format", "json", "--subject", subject])
            .arg(&data)
            .output()
            .expect("it runs");
        let one: Value = serde_json::from_slice(&one.stdout).expect("JSON");
        for key in ["related", "exempt", "undetermined"] {
            assert_eq!(ids(&line, key), ids(&one, key), "{subject} {key}");
        }
        for entry in one["related"].as_array().expect("a list") {
            let contested = line["contested"].as_array().into_iter().flatten();
            let own = contested.into_iter().find(|other| other["party"] == entry["party"]);
            let switches = own.map_or_else(|| Value::Array(Vec::new()), |own| own["contested_by"].clone());
            assert_eq!(entry["contested_by"], switches, "{subject} {}", entry["party"]);
        }
        entries += line["related"].as_array().expect("a list").len();
    }
    assert!(entries > 100);
}

#[test]
fn a_run_that_is_killed_is_taken_up() {
    let dir = tempfile::tempdir().expect("a folder");
    let (data, list) = market(dir.path());
    for (form, ending) in [("jsonl", "jsonl"), ("csv", "csv")] {
        let whole = dir.path().join(format!("whole.{ending}"));
        batch(&data, &list, &whole, &["--format", form]).assert().success();
        let expected = std::fs::read(&whole).expect("written");
        let out = dir.path().join(format!("killed.{ending}"));
        for milliseconds in (1..=12).map(|step| step * 4) {
            // A child that is still at work when its time is over is killed.
            let _ = batch(&data, &list, &out, &["--format", form, "--threads", "1"])
                .timeout(Duration::from_millis(milliseconds))
                .output();
            if out.exists() {
                assert_eq!(std::fs::read(&out).expect("readable"), expected, "never half an answer in its place");
                std::fs::remove_file(&out).expect("removable");
            }
        }
        batch(&data, &list, &out, &["--format", form]).assert().success();
        assert_eq!(std::fs::read(&out).expect("written"), expected);
        assert!(!dir.path().join(format!("killed.{ending}.part")).exists());
    }
}

#[test]
fn what_was_cut_off_is_done_again_and_another_question_does_not_go_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let (data, list) = market(dir.path());
    let whole = dir.path().join("whole.jsonl");
    batch(&data, &list, &whole, &[]).assert().success();
    let expected = std::fs::read(&whole).expect("written");
    // As a stopped run leaves it: the log of the question, and an answer cut short.
    let out = dir.path().join("out.jsonl");
    let lines: Vec<&[u8]> = expected.split_inclusive(|byte| *byte == b'\n').collect();
    batch(&data, &list, &out, &[]).timeout(Duration::from_millis(1)).output().expect("killed");
    let log = dir.path().join("out.jsonl.part.log");
    if let Ok(text) = std::fs::read_to_string(&log)
        && let Some(head) = text.lines().next()
    {
        let first = lines[0].len();
        std::fs::write(&log, format!("{head}\n0 0\n{first} {first}\n9999")).expect("written");
        let part = [lines[0], &lines[1][..lines[1].len() / 2]].concat();
        std::fs::write(dir.path().join("out.jsonl.part"), part).expect("written");
        let other = batch(&data, &list, &out, &["--switch", "lookback=composed"]).output().expect("it runs");
        assert_eq!(other.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&other.stderr).contains("--restart"));
    }
    batch(&data, &list, &out, &[]).assert().success();
    assert_eq!(std::fs::read(&out).expect("written"), expected);
    batch(&data, &list, &out, &["--switch", "lookback=composed", "--restart"]).assert().success();
}

#[test]
fn a_list_is_read_with_or_without_a_heading_and_unknown_companies_are_told_together() {
    let dir = tempfile::tempdir().expect("a folder");
    let list = dir.path().join("list.csv");
    let run = |text: &str| {
        std::fs::write(&list, text).expect("written");
        let mut command = relata();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["batch", "data/samples/tour", "--as-of", DAY]);
        command.arg("--subjects").arg(&list).output().expect("it runs")
    };
    let subjects = |text: &str| -> Vec<String> {
        let out = run(text).stdout;
        let lines = out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines
            .map(|line| serde_json::from_slice::<Value>(line).unwrap()["subject"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(subjects("LARK\n"), ["LARK"]);
    assert_eq!(subjects("name,编号\nx,LARK\ny,LARK\n"), ["LARK"]);
    let empty = run("id\n");
    assert_eq!(empty.status.code(), Some(2), "{}", String::from_utf8_lossy(&empty.stderr));
    // Neither a person nor an unlisted company has a register; all of them are told together.
    let unlisted = run("id\nLARK\nHILL\nREN\n");
    assert_eq!(unlisted.status.code(), Some(3), "{}", String::from_utf8_lossy(&unlisted.stderr));
    let told = String::from_utf8_lossy(&unlisted.stderr).into_owned();
    assert!(
        unlisted.stdout.is_empty() && told.contains("HILL") && told.contains("REN") && !told.contains("LARK"),
        "{told}"
    );
    let out = run("id\nLARK\nNOBODY\nNOWHERE\n");
    assert_ne!(out.status.code(), Some(0));
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(told.contains("NOBODY") && told.contains("NOWHERE") && out.stdout.is_empty(), "{told}");
}
