//! Limits, and bytes that are no workbook: whatever they are, there is a dataset or a finding.

use super::*;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A small workbook with most kinds of cells.
fn sample() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("parties").unwrap();
    for (at, heading) in (0..).zip(["id", "name", "kind", "birth_date"]) {
        page.write(0, at, heading).unwrap();
    }
    page.write(1, 0, 1).unwrap();
    page.write(1, 1, "甲").unwrap();
    page.write_formula(1, 2, rust_xlsxwriter::Formula::new("=\"per\"&\"son\"").set_result("person")).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    page.write_datetime_with_format(1, 3, rust_xlsxwriter::ExcelDateTime::from_ymd(1970, 1, 1).unwrap(), &format)
        .unwrap();
    book.save_to_buffer().unwrap()
}

fn read_bytes(bytes: &[u8], limit: u64) -> RawDataset {
    tables(Cursor::new(bytes), "book.xlsx", limit)
}

fn findings(dataset: RawDataset) -> Vec<Finding> {
    dataset.findings.finish(|finding, _| finding)
}

/// The workbook with its parts as they are after `change`, none of them packed.
fn with_parts(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(&*name, options).unwrap();
        writer.write_all(&change(&name, content)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_sample_is_sound() {
    let dataset = read_bytes(&sample(), LIMIT);
    let cells: Vec<_> =
        dataset.tables.iter().flat_map(|source| [0, 1, 2, 4].map(|at| source.table.cell(0, at))).collect();
    assert_eq!(cells, ["1", "甲", "person", "1970-01-01"]);
    assert_eq!(findings(dataset), []);
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_not_read() {
    let bytes = sample();
    let found = findings(read_bytes(&bytes, 1000));
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["not-a-workbook"]);
    assert!(found[0].message.en.contains("1000 bytes"), "{}", found[0].message.en);
}

#[test]
fn a_sheet_that_claims_every_cell_costs_nothing() {
    let bytes = with_parts(&sample(), |name, content| match name {
        "xl/worksheets/sheet1.xml" => {
            let text = String::from_utf8(content).unwrap().replace("ref=\"A1:D2\"", "ref=\"A1:XFD1048576\"");
            let text =
                text.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>");
            text.into_bytes()
        }
        _ => content,
    });
    let dataset = read_bytes(&bytes, LIMIT);
    assert_eq!(dataset.tables[0].table.rows.len(), 1);
    let found = findings(dataset);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.en.starts_with("column XFD has content and no heading"), "{}", found[0].message.en);
}

#[test]
fn errors_newer_than_the_reader_are_found() {
    let bytes = with_parts(&sample(), |name, content| match name {
        "xl/worksheets/sheet1.xml" => {
            let cell = "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#SPILL!</v></c></row></sheetData>";
            String::from_utf8(content).unwrap().replace("</sheetData>", cell).into_bytes()
        }
        _ => content,
    });
    let found = findings(read_bytes(&bytes, LIMIT));
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["cell-error"]);
    assert!(found[0].message.en.contains("#SPILL!"));
}

#[test]
fn containers_of_older_programs_are_told_apart() {
    let mut bytes = guard_start();
    bytes.resize(4096, 0);
    let message = |bytes: &[u8]| findings(read_bytes(bytes, LIMIT))[0].message.en.clone();
    assert!(message(&bytes).contains("older kind (.xls)"));
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(message(&bytes).contains("password"));
    assert!(message(b"").contains("cannot be read"));
    assert!(message(&sample()[..2000]).contains("cannot be read"));
}

fn guard_start() -> Vec<u8> {
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn changed_parts_are_read_or_found(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"=&;-09AZ ?\xFF\x00e.%".to_vec())), 1..6),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"];
        let chosen = names[part.index(names.len())];
        let bytes = with_parts(&sample(), |name, mut content| {
            if name == chosen {
                for (at, byte) in &changes {
                    let at = at.index(content.len());
                    content[at] = *byte;
                }
                if let Some(cut) = cut {
                    let at = cut.index(content.len());
                    content.truncate(at);
                }
            }
            content
        });
        let _ = findings(read_bytes(&bytes, LIMIT));
    }

    #[test]
    fn changed_bytes_are_read_or_found(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = findings(read_bytes(&bytes, LIMIT));
    }
}
