//! Asks for a register from a packed sample some bytes of which were changed, with every checksum right. The fuzzer's
//! input is the changes, four bytes each: which section, where in it (two bytes), and the new value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata::packed;
use relata::packs;
use relata::register::{Question, Resolver};
use relata::store::{Store, StoreWriter};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The sample as it was packed, and where the changed one goes.
fn sample() -> &'static (Vec<u8>, PathBuf) {
    static SAMPLE: OnceLock<(Vec<u8>, PathBuf)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let file = std::env::temp_dir().join(format!("relata-fuzz-{}", std::process::id()));
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples/tour");
        packed::write(packed::open(&data).unwrap(), &file, &mut |_, _| {}).unwrap();
        (std::fs::read(&file).unwrap(), file)
    })
}

fn copy<const SIZE: usize>(writer: &mut StoreWriter, name: &str, bytes: &[u8]) {
    let values: Vec<[u8; SIZE]> = bytes.chunks_exact(SIZE).filter_map(|value| value.try_into().ok()).collect();
    writer.section(name).unwrap().extend_from_slice(&values).unwrap();
}

fuzz_target!(|input: &[u8]| {
    let (bytes, file) = sample();
    let store = Store::from_bytes(bytes).unwrap();
    let mut writer = StoreWriter::create(file).unwrap();
    for (number, section) in store.sections().iter().enumerate() {
        let mut part = bytes[section.offset..section.offset + section.element_size * section.count].to_vec();
        for change in input.chunks_exact(4).filter(|change| usize::from(change[0]) == number && number > 0) {
            let length = part.len().max(1);
            if let Some(byte) = part.get_mut(usize::from(u16::from_le_bytes([change[1], change[2]])) % length) {
                *byte = change[3];
            }
        }
        let copy = match section.element_size {
            1 => copy::<1>,
            2 => copy::<2>,
            4 => copy::<4>,
            8 => copy::<8>,
            12 => copy::<12>,
            16 => copy::<16>,
            20 => copy::<20>,
            24 => copy::<24>,
            28 => copy::<28>,
            32 => copy::<32>,
            40 => copy::<40>,
            48 => copy::<48>,
            56 => copy::<56>,
            64 => copy::<64>,
            80 => copy::<80>,
            88 => copy::<88>,
            96 => copy::<96>,
            104 => copy::<104>,
            other => panic!("{}: values of {other} bytes", section.name),
        };
        copy(&mut writer, &section.name, &part);
    }
    writer.finish().unwrap();
    let Ok(opened) = packed::open(file) else { return };
    let rules = packs::load("sse-2022").unwrap();
    let subject = opened.facts.settings.get("subject").and_then(|subject| opened.facts.party_id(subject));
    let as_of = "2022-06-30".parse().unwrap();
    let Some(subject) = subject.or_else(|| opened.facts.party_ids().next()) else { return };
    let question = Question { subject, as_of, pack: &rules, readings: rules.default_readings() };
    let resolver = Resolver::with_links(&opened.facts, opened.links.clone().unwrap());
    let register = resolver.register(&question);
    let parties: Vec<_> = register.related.iter().map(|entry| entry.party).take(3).collect();
    let _ = resolver.check(&question, &parties);
    assert_eq!(opened.damage(), None);
});
