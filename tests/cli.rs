//! The command line as a user meets it: exit statuses, outputs, languages, names.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use std::io::Read as _;
use std::path::Path;
use std::process::{Output, Stdio};

const TOUR: &str = "data/samples/tour";
const DAY: &str = "--as-of=2022-06-30";

fn command() -> Command {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "en_GB.UTF-8");
    command
}

fn run(args: &[&str]) -> Output {
    command().args(args).output().expect("it runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn status(args: &[&str]) -> i32 {
    run(args).status.code().expect("a status")
}

/// A dataset of two parties with these lines added to `holdings.csv`.
fn dataset(dir: &Path, parties: &str, holdings: &str) -> String {
    std::fs::write(dir.join("parties.csv"), format!("id,name,kind,identifier,listed\n{parties}")).expect("written");
    std::fs::write(dir.join("holdings.csv"), format!("holder,company,percent\n{holdings}")).expect("written");
    dir.display().to_string()
}

const PARTIES: &str = "L,江山股份,company,,SSE\nA,甲,person,110101199001011234,\nB,甲,person,,\nC,丙公司,company,,\n";

#[test]
fn every_command_is_named_in_the_help() {
    let help = stdout(&run(&["--help"]));
    for name in [
        "init",
        "generate",
        "validate",
        "register",
        "check",
        "explain",
        "owners",
        "owned",
        "groups",
        "controllers",
        "diff",
        "declarations",
        "filing",
        "verify",
    ] {
        assert!(help.contains(&format!("  {name}")), "{name}\n{help}");
    }
    assert!(help.contains("10 with --exit-code"));
}

#[test]
fn wrong_usage_is_2_and_says_how_to_mend_it() {
    for (args, expected) in [
        (vec!["register", TOUR, DAY, "--format", "dot"], "it has table, json, csv, md, html"),
        (vec!["explain", TOUR, "YI", DAY, "--format", "csv"], "it has text, json, dot, mermaid, svg, html"),
        (vec!["register", TOUR, DAY, "--switch", "family_block"], "NAME=READING"),
        (vec!["register", TOUR, DAY, "--switch", "family_block=maybe"], "it has off, on"),
        (vec!["register", TOUR, DAY, "--switch", "colour=red"], "has no switch `colour`"),
        (vec!["register", TOUR, DAY, "--rules", "nyse"], "sse-2022"),
        (vec!["owners", TOUR, "LARK", DAY, "--at-least", "many"], "1%"),
        (vec!["diff", TOUR, "--from", "2022-02-01", "--to", "2022-01-01"], "later than"),
        (vec!["diff", TOUR, "--from", "2022-01-01", "--to", "2022-02-01", DAY], "--as-of"),
        (vec!["register", TOUR, "--as-of", "2022-02-30"], "2022-02-30"),
        (vec!["check", TOUR], "PARTY"),
        (vec!["frobnicate"], "frobnicate"),
    ] {
        let output = run(&args.iter().copied().chain(["--lang", "en"]).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(expected), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn names_that_fit_nobody_or_several_list_the_candidates() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dataset(dir.path(), PARTIES, "");
    let ambiguous = run(&["check", &data, "甲", "丙公事", "--subject", "L", DAY]);
    assert_eq!(ambiguous.status.code(), Some(2));
    let text = stderr(&ambiguous);
    assert!(text.contains("`A` (甲), `B` (甲)"), "{text}");
    assert!(text.contains("did you mean `C` (丙公司)"), "{text}");
    let subject = run(&["register", &data, "--subject", "nobody", DAY]);
    assert_eq!(subject.status.code(), Some(2));
}

#[test]
fn a_missing_or_unlisted_subject_is_an_error_of_the_data() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dataset(dir.path(), PARTIES, "");
    let missing = run(&["register", &data, DAY]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(stderr(&missing).contains("--subject"));
    let person = run(&["register", &data, "--subject", "A", DAY]);
    assert_eq!(person.status.code(), Some(3), "{}", stderr(&person));
    assert!(person.stdout.is_empty());
}

#[test]
fn errors_of_the_data_are_all_listed_and_stop_the_answer() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dataset(dir.path(), PARTIES, "A,L,5x\nnobody,L,5\n");
    let answer = run(&["register", &data, "--subject", "L", DAY]);
    assert_eq!(answer.status.code(), Some(3));
    assert!(answer.stdout.is_empty());
    assert!(stderr(&answer).contains("bad-number") && stderr(&answer).contains("unknown-party"), "{}", stderr(&answer));
    for form in ["table", "json", "csv", "md", "html"] {
        let found = run(&["validate", &data, "--format", form]);
        assert_eq!(found.status.code(), Some(3));
        let text = stdout(&found);
        assert!(text.contains("number") && text.contains("party"), "{form}: {text}");
        assert!(text.ends_with('\n'));
    }
    let zh = stdout(&run(&["validate", &data, "--lang", "zh"]));
    assert!(zh.contains("错误"), "{zh}");
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    assert_eq!(status(&["register", "no/such/folder", DAY]), 1);
    assert_eq!(status(&["verify", "no-such-answer.json", TOUR]), 1);
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("answer.json");
    std::fs::write(&file, "{}").expect("written");
    assert_eq!(status(&["verify", &file.display().to_string(), TOUR]), 1);
}

#[test]
fn a_new_dataset_can_be_validated_in_both_languages() {
    let dir = tempfile::tempdir().expect("a folder");
    for (lang, file) in [("zh", "主体.csv"), ("en", "parties.csv")] {
        let folder = dir.path().join(lang);
        let path = folder.display().to_string();
        assert_eq!(status(&["init", &path, "--lang", lang]), 0);
        assert!(folder.join(file).exists(), "{lang}");
        let validated = run(&["validate", &path]);
        assert_ne!(validated.status.code(), Some(1), "{}", stderr(&validated));
        assert_eq!(status(&["init", &path]), 1, "nothing is overwritten");
    }
    let path = dir.path().join("data").display().to_string();
    assert_eq!(status(&["init", &path, "--format", "json"]), 0);
    assert_eq!(status(&["validate", &format!("{path}.json")]), 0);
}

#[test]
fn the_language_is_the_option_s_then_the_dataset_s_then_the_locale_s() {
    let zh = stdout(&run(&["register", TOUR, DAY]));
    assert!(zh.contains("关联人名录"), "the sample's settings say zh: {zh}");
    let en = stdout(&run(&["register", TOUR, DAY, "--lang", "en"]));
    assert!(en.contains("related-party register"), "{en}");
    let dir = tempfile::tempdir().expect("a folder");
    let data = dataset(dir.path(), PARTIES, "");
    let locale = command().args(["validate", &data]).env("LC_ALL", "zh_CN.UTF-8").output().expect("it runs");
    assert!(stdout(&locale).contains("数据校验"));
}

#[test]
fn without_a_day_the_answer_says_that_it_took_today() {
    let output = run(&["register", TOUR, "--format", "json", "--lang", "en"]);
    assert!(stderr(&output).contains("today"), "{}", stderr(&output));
    assert!(stdout(&output).contains("\"as_of\": \""));
    let early = run(&["register", TOUR, "--as-of", "2021-12-31", "--lang", "en"]);
    assert!(stderr(&early).contains("2022-01-07"), "{}", stderr(&early));
}

#[test]
fn answers_are_the_same_byte_for_byte() {
    for form in ["table", "json", "csv", "md", "html"] {
        let args = ["register", TOUR, DAY, "--format", form];
        let (first, second) = (run(&args), run(&args));
        assert_eq!(first.stdout, second.stdout, "{form}");
        assert_eq!(first.stdout.last(), Some(&b'\n'), "{form}");
    }
}

#[test]
fn a_file_holds_the_whole_answer_or_is_left_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("register.json");
    std::fs::write(&file, "before").expect("written");
    let path = file.display().to_string();
    assert_eq!(status(&["register", TOUR, DAY, "--format", "dot", "-o", &path]), 2);
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "before");
    let written = run(&["register", TOUR, DAY, "--format", "json", "-o", &path]);
    assert!(written.status.success() && written.stdout.is_empty(), "{}", stderr(&written));
    let direct = run(&["register", TOUR, DAY, "--format", "json"]);
    assert_eq!(std::fs::read(&file).expect("read"), direct.stdout);
    let left = std::fs::read_dir(dir.path()).expect("read").count();
    assert_eq!(left, 1, "nothing but the answer is left behind");
    let nowhere = dir.path().join("no/such/folder/answer.json").display().to_string();
    assert_eq!(status(&["register", TOUR, DAY, "-o", &nowhere]), 1);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("relata"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
    assert!(child.wait().expect("it ends").success());
    assert_eq!(said, "");
}

#[test]
fn completions_and_manual_pages_are_written() {
    assert!(stdout(&run(&["completions", "zsh"])).contains("relata"));
    assert!(stdout(&run(&["man"])).contains(".TH"));
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(status(&["man", &dir.path().display().to_string()]), 0);
    assert!(dir.path().join("relata-register.1").exists());
}

#[test]
fn verdicts_are_in_the_status_only_when_asked_for() {
    assert_eq!(status(&["check", TOUR, "HILL", DAY]), 0);
    assert_eq!(status(&["check", TOUR, "HILL", DAY, "--exit-code"]), 10);
    assert_eq!(status(&["explain", TOUR, "HILL", DAY, "--exit-code"]), 10);
    assert_eq!(status(&["check", TOUR, "NEST", DAY, "--exit-code"]), 0);
    let winning = ["check", "data/samples/winning", "YX", "--as-of", "2020-11-27"];
    assert_eq!(status(&winning), 0);
    assert_eq!(status(&[&winning[..], &["--strict"]].concat()), 4);
}

#[test]
fn identifiers_are_masked_unless_asked_for() {
    let full = "119901196603120033";
    for form in ["table", "json", "csv", "md", "html"] {
        let masked = stdout(&run(&["check", TOUR, full, DAY, "--format", form]));
        assert!(!masked.contains(full), "{form}: {masked}");
        assert!(masked.contains("JIA"), "{form}: {masked}");
    }
    assert!(stdout(&run(&["check", TOUR, "JIA", DAY, "--show-identifiers"])).contains(full));
}

#[test]
fn a_proof_can_be_read_in_both_languages_and_drawn() {
    let zh = stdout(&run(&["explain", TOUR, "PORT", DAY]));
    let en = stdout(&run(&["explain", TOUR, "PORT", DAY, "--lang", "en"]));
    assert!(zh.contains("第五条（二）") && zh.contains("任职表第"), "{zh}");
    assert!(en.contains("Article 5.2") && en.contains("positions row"), "{en}");
    assert!(stdout(&run(&["explain", TOUR, "PORT", DAY, "--format", "dot"])).starts_with("digraph"));
    assert!(stdout(&run(&["explain", TOUR, "PORT", DAY, "--format", "mermaid"])).starts_with("flowchart"));
}

#[test]
fn a_party_that_is_not_related_is_told_how_close_it_came() {
    let en = stdout(&run(&["check", TOUR, "REED", DAY, "--lang", "en"]));
    assert!(en.contains("not related") && en.contains("against 5 %"), "{en}");
    let zh = stdout(&run(&["check", TOUR, "REED", DAY]));
    assert!(zh.contains("非关联方") && zh.contains("未达到5%"), "{zh}");
}

#[test]
fn saved_answers_are_accepted_and_tampered_ones_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("answer.json");
    let path = file.display().to_string();
    for args in [
        vec!["register", TOUR, DAY],
        vec!["register", TOUR, DAY, "--switch", "family_block=on"],
        vec!["check", TOUR, DAY, "HILL", "REED", "WATER"],
        vec!["explain", TOUR, DAY, "PORT"],
        vec!["declarations", TOUR, DAY],
        vec!["filing", TOUR, DAY],
    ] {
        let args: Vec<&str> = args.into_iter().chain(["--format", "json", "-o", &path]).collect();
        assert_eq!(status(&args), 0, "{args:?}");
        let verified = run(&["verify", &path, TOUR]);
        assert!(verified.status.success(), "{args:?}: {}{}", stdout(&verified), stderr(&verified));
    }
    let other = run(&["verify", &path, "data/samples/winning", "--lang", "en"]);
    assert_eq!(other.status.code(), Some(1));
    assert!(stdout(&other).contains("other data"), "{}", stdout(&other));
    let text =
        std::fs::read_to_string(&file).expect("read").replace("\"day\": \"2022-06-30\"", "\"day\": \"2022-06-29\"");
    std::fs::write(&file, text).expect("written");
    let refused = run(&["verify", &path, TOUR, "--lang", "en"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stdout(&refused).starts_with("refused"), "{}", stdout(&refused));
}

#[test]
fn every_example_of_the_help_runs() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["data", "tests"] {
        std::os::unix::fs::symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join(name), folder.path().join(name)).unwrap();
    }
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("relata").unwrap();
        command.current_dir(folder.path()).args(args).output().unwrap()
    };
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<String> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    assert!(names.len() > 25, "{names:?}");
    for name in &names {
        let help = String::from_utf8(run(&[name, "--help"]).stdout).unwrap();
        let examples =
            help.lines().filter(|line| line.trim_start().starts_with("relata ")).filter(|line| line.starts_with("  "));
        let examples: Vec<&str> = examples.map(str::trim).filter(|line| !line.starts_with("relata serve")).collect();
        assert!(!examples.is_empty() || name == "serve", "{name}: {help}");
        for example in examples {
            let args: Vec<&str> = example.split(' ').skip(1).collect();
            let out = run(&args);
            assert!(out.status.success(), "{example}: {}", String::from_utf8_lossy(&out.stderr));
        }
    }
}
