//! Block sizes make no difference.

use super::*;
use proptest::prelude::*;
use std::fs;

fn seen(folder: &Path, block: usize) -> (Vec<Finding>, String, usize, usize) {
    let loaded = open_folder(folder, block).unwrap();
    (loaded.findings, loaded.digest, loaded.rows, loaded.facts.row_count())
}

/// A cell as a spreadsheet may write it.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "c", "company", "person", "", " a", "12.5", "年报"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\"a\"", "\"x\ny\"", "\"q\"\"\r\n\"", "b\"", "\u{FEFF}a", "\"a", "\"年\"報"]).prop_map(str::to_owned),
    ]
}

fn file(heading: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let row = prop::collection::vec(cell(), 0..5).prop_map(|cells| cells.join(","));
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r"]);
    let rows = prop::collection::vec((row, end), 0..7);
    (rows, any::<bool>(), prop::option::weighted(0.2, any::<prop::sample::Index>())).prop_map(
        move |(rows, mark, bad)| {
            let mut text = if mark { "\u{FEFF}".to_owned() } else { String::new() };
            text.push_str(heading);
            rows.iter().for_each(|(row, end)| text += &format!("{row}{end}"));
            let mut bytes = text.into_bytes();
            if let Some(bad) = bad {
                let at = bad.index(bytes.len() - 3) + 3;
                bytes[at] = 0xE5;
            }
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn blocks_of_any_size_give_the_same(
        parties in file("id,name,kind,\n"),
        holdings in file("持有人,被持有主体,持股比例\r\n"),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("parties.csv"), &parties).unwrap();
        fs::write(folder.path().join("持股.csv"), &holdings).unwrap();
        let whole = seen(folder.path(), BLOCK);
        for block in 1..=parties.len().max(holdings.len()) {
            prop_assert_eq!(&seen(folder.path(), block), &whole, "{}", block);
        }
    }
}

#[test]
fn lines_are_those_on_which_rows_begin() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id,name,kind\r\na,\"x\r\ny\",firm\r\n\r\n,,\r\nb,x,firm\r\n";
    fs::write(folder.path().join("parties.csv"), text).unwrap();
    for block in [1, 7, BLOCK] {
        let findings = seen(folder.path(), block).0;
        let places: Vec<_> = findings.iter().map(|finding| (finding.row, finding.line)).collect();
        assert_eq!(places, [(Some(1), Some(2)), (Some(2), Some(6))]);
    }
}

#[test]
fn a_market_in_pieces_is_the_market_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = |_| {};
    let mut sink = crate::synth::CsvFolder::create(folder.path(), &mut watch).unwrap();
    let options = crate::synth::Options { holdings: 20_000, seed: 5, listed: None, unknown: 20 };
    crate::synth::write(crate::synth::Shape::Market, &options, &mut sink).unwrap();
    sink.finish().unwrap();
    let pieces = open_folder(folder.path(), 10_000).unwrap();
    let whole = open_folder(folder.path(), 1 << 30).unwrap();
    assert_eq!((&pieces.digest, &pieces.findings, pieces.rows), (&whole.digest, &whole.findings, whole.rows));
    assert!(pieces.facts.parties().iter().eq(whole.facts.parties().iter()));
    assert!(pieces.facts.holdings().iter().eq(whole.facts.holdings().iter()));
    assert!(whole.facts.holdings().len() > 18_000);
    assert!(
        pieces.facts.parties().iter().all(|party| pieces.facts.party_id(party.id) == whole.facts.party_id(party.id))
    );
}
