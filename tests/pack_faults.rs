//! Packed files that cannot be used: each is refused in words, nothing is answered from what is damaged, and nonsense
//! under right checksums neither stops the program nor keeps it busy for ever.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use assert_cmd::Command;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use relata::facts::PartyId;
use relata::packed::{self, OpenError};
use relata::packs;
use relata::register::{Question, Resolver};
use relata::store::{PackError, Section, Store, StoreWriter};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const BLOCK: usize = 4096;

fn relata(arguments: &[&str]) -> Output {
    Command::cargo_bin("relata").unwrap().args(arguments).output().unwrap()
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/tour")
}

/// The sample, packed.
fn packed(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("sample.relata");
    packed::write(packed::open(&sample()).unwrap(), &path, &mut |_, _| {}).unwrap();
    path
}

/// The file with some sections written otherwise, and every checksum right.
fn rewritten(file: &Path, target: &Path, mut change: impl FnMut(&Section, &mut Vec<u8>)) {
    let bytes = fs::read(file).unwrap();
    let store = Store::open(file).unwrap();
    let mut writer = StoreWriter::create(target).unwrap();
    for section in store.sections() {
        let mut part = bytes[section.offset..section.offset + section.element_size * section.count].to_vec();
        change(section, &mut part);
        part.truncate(part.len() / section.element_size * section.element_size);
        macro_rules! write_as {
            ($($size:literal)+) => {
                match section.element_size {
                    $($size => {
                        let values: Vec<[u8; $size]> = part.chunks_exact($size).map(|c| c.try_into().unwrap()).collect();
                        writer.section(&section.name).unwrap().extend_from_slice(&values).unwrap();
                    })+
                    other => panic!("{}: values of {other} bytes", section.name),
                }
            };
        }
        write_as!(1 2 4 8 12 16 20 24 28 32 36 40 44 48 56 64 72 80 88 96 104 112 120 128 144);
    }
    writer.finish().unwrap();
}

/// What both languages say of the file when a register is asked for; there is no answer.
fn refused(file: &Path) -> (String, String) {
    let said = ["zh", "en"].map(|lang| {
        let output = relata(&["register", file.to_str().unwrap(), "--as-of", "2022-06-30", "--lang", lang]);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    });
    let [zh, en] = said;
    (zh, en)
}

fn assert_refused(file: &Path, zh: &str, en: &str) {
    let said = refused(file);
    assert!(said.0.starts_with("错误：") && said.0.contains(zh), "{}", said.0);
    assert!(said.1.starts_with("error: ") && said.1.contains(en), "{}", said.1);
    assert!(said.0.contains("打包") && said.1.contains("pack"), "what to do: {said:?}");
}

#[test]
fn each_kind_of_fault_is_told() {
    let folder = TempDir::new().unwrap();
    let good = fs::read(packed(&folder)).unwrap();
    let file = folder.path().join("faulty.relata");
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        fs::write(&file, bytes).unwrap();
    };
    with(&|bytes| bytes.clear());
    assert_refused(&file, "不是 relata 的打包文件", "not a packed file of relata");
    with(&|bytes| *bytes = b"id,name\n".to_vec());
    assert_refused(&file, "不是 relata 的打包文件", "not a packed file of relata");
    with(&|bytes| bytes.truncate(bytes.len() - 1));
    assert_refused(&file, "不完整", "cut short");
    with(&|bytes| bytes.truncate(100));
    assert_refused(&file, "不完整", "cut short");
    with(&|bytes| bytes.push(0));
    assert_refused(&file, "过长", "too long");
    with(&|bytes| bytes[200] ^= 1);
    assert_refused(&file, "文件头已损坏", "the header of the packed file is damaged");

    // The contents of another version, and of something else altogether.
    let plain = folder.path().join("sample.relata");
    let other = |text: &str| {
        rewritten(&plain, &file, |section, bytes| {
            if section.name == "about" {
                *bytes = text.as_bytes().to_vec();
            }
        });
    };
    other(r#"{"content": 4000000000, "new": true}"#);
    assert_refused(&file, "另一版本", "another version");
    assert!(matches!(packed::open(&file), Err(OpenError::OtherVersion { found: 4_000_000_000, .. })));
    let bare = format!(r#"{{"content": {}}}"#, relata::packed::CONTENT);
    for text in ["", "[]", "{}", bare.as_str(), "\u{0}"] {
        other(text);
        assert_refused(&file, "内容不是数据集", "not of a dataset");
    }
    let mut writer = StoreWriter::create(&file).unwrap();
    writer.section::<u8>("names").unwrap().extend_from_slice(b"abc").unwrap();
    writer.finish().unwrap();
    assert_refused(&file, "缺少`about`段", "no section `about`");
    assert!(matches!(packed::open(&file), Err(OpenError::Pack { source: PackError::MissingSection { .. }, .. })));

    // What is no packed file by its name or its beginning is read as before.
    let nothing = folder.path().join("nothing");
    fs::write(&nothing, "x").unwrap();
    assert_refused(&nothing, "也不是 .json 文件、.xlsx 工作簿或者打包文件", "nor a packed file");
}

#[test]
fn nothing_is_answered_from_what_is_damaged() {
    let folder = TempDir::new().unwrap();
    let path = packed(&folder);
    let good = fs::read(&path).unwrap();
    let store = Store::open(&path).unwrap();
    let answer = folder.path().join("answer.json");
    fs::write(&answer, "the answer before").unwrap();
    for name in ["texts", "parties", "holdings", "links.into"] {
        let section = store.sections().iter().find(|section| section.name == name).unwrap();
        let middle = section.offset + section.element_size * section.count / 2;
        let mut bytes = good.clone();
        bytes[middle] ^= 4;
        let damaged = folder.path().join("damaged.relata");
        fs::write(&damaged, &bytes).unwrap();
        let (zh, en) = refused(&damaged);
        assert!(zh.contains("已损坏") && zh.contains("重新打包"), "{zh}");
        assert!(en.contains("is damaged at byte") && en.contains("pack it again"), "{en}");
        let damaged = damaged.to_str().unwrap();
        let kept = answer.to_str().unwrap();
        for command in ["register", "validate"] {
            let output = relata(&[command, damaged, "--as-of", "2022-06-30", "--format", "json", "-o", kept]);
            assert_eq!(output.status.code(), Some(1), "{command} {name}");
            assert_eq!(fs::read(&answer).unwrap(), b"the answer before");
        }
        let copy = folder.path().join("copy.relata");
        assert_eq!(relata(&["pack", damaged, "-o", copy.to_str().unwrap()]).status.code(), Some(1));
        assert!(!copy.exists());
        assert!((middle / BLOCK) * BLOCK < bytes.len());
    }
}

/// Makes nonsense of some bytes.
fn garble(dice: &mut ChaCha8Rng, section: &Section, bytes: &mut Vec<u8>) {
    let mut below = |limit: usize| dice.next_u64() as usize % limit.max(1);
    match below(6) {
        0 => bytes.iter_mut().for_each(|byte| *byte = below(256) as u8),
        1 => bytes.iter_mut().for_each(|byte| *byte = 0xFF),
        2 => bytes.iter_mut().for_each(|byte| *byte = 0),
        3 => bytes.truncate(below(bytes.len() + 1)),
        4 => {
            for _ in 0..=below(8) {
                let at = below(bytes.len());
                let value = below(256) as u8;
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
        }
        _ => {
            // Values from elsewhere in the section: each right by itself.
            for _ in 0..=below(8) {
                let (from, to) = (below(section.count) * section.element_size, below(section.count));
                let to = to * section.element_size;
                if let Some(value) = bytes.get(from..from + section.element_size).map(<[u8]>::to_vec) {
                    bytes[to..to + section.element_size].copy_from_slice(&value);
                }
            }
        }
    }
}

/// Asks everything of a file, whatever is in it.
fn ask(file: &Path) {
    let Ok(opened) = packed::open(file) else { return };
    let rules = packs::load("sse-2022").unwrap();
    let subject = opened.facts.settings.get("subject").and_then(|subject| opened.facts.party_id(subject));
    let subject = subject.unwrap_or(PartyId::new(0));
    let as_of = "2022-06-30".parse().unwrap();
    let question = Question { subject, as_of, pack: &rules, readings: rules.default_readings() };
    let resolver = Resolver::with_links(&opened.facts, opened.links.clone().unwrap());
    let register = resolver.register(&question);
    let _ = resolver.review(&question, None);
    let parties: Vec<PartyId> = register.related.iter().map(|entry| entry.party).take(3).collect();
    let _ = resolver.check(&question, &parties);
    let _ = opened.findings.iter().count();
    let _ = opened.facts.called("x").count();
    assert_eq!(opened.damage(), None);
}

#[test]
fn nonsense_neither_stops_nor_hangs() {
    let seconds = std::env::var("RELATA_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5.0);
    let first = std::env::var("RELATA_FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let folder = TempDir::new().unwrap();
    let path = packed(&folder);
    let names: Vec<String> = Store::open(&path).unwrap().sections().iter().map(|s| s.name.clone()).collect();
    let file = folder.path().join("nonsense.relata");
    let begin = Instant::now();
    for seed in first.. {
        if begin.elapsed() > Duration::from_secs_f64(seconds) {
            break;
        }
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let chosen: Vec<&String> =
            (0..=dice.next_u32() % 3).map(|_| &names[dice.next_u32() as usize % names.len()]).collect();
        rewritten(&path, &file, |section, bytes| {
            if chosen.contains(&&section.name) && section.name != "about" {
                garble(&mut dice, section, bytes);
            }
        });
        let (started, file) = (Instant::now(), file.clone());
        let asked = std::panic::catch_unwind(move || ask(&file));
        assert!(asked.is_ok(), "seed {seed}: {chosen:?}");
        assert!(started.elapsed() < Duration::from_secs(20), "seed {seed}: {chosen:?} took {:?}", started.elapsed());
    }
}
