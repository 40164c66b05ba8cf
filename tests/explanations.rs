//! Explanations word for word: what `relata explain` says about three parties of each sample, in both languages.
//!
//! After a change of wording, `RENEW=1 cargo test --test explanations` writes the texts anew; read their difference
//! before keeping them.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use assert_cmd::Command;
use std::path::Path;

/// Sample, day, parties.
const EXPLAINED: &[(&str, &str, [&str; 3])] = &[
    // Control and a shared chair under a state body; a footing of the past; an amount that is not known.
    ("tour", "2022-06-30", ["PORT", "MAPLE", "FOG"]),
    // Undetermined; not related; one of the company's own group.
    ("winning", "2020-11-27", ["YX", "DHW", "KX"]),
    // A director's seat elsewhere; no tie at all; the company's own subsidiary.
    ("neusoft", "2017-07-14", ["TDSL", "CTG", "REACH"]),
];

/// A sample's day, where a party is asked about on another than the sample's.
fn day(party: &str, usual: &'static str) -> &'static str {
    match party {
        "TDSL" => "2021-04-29",
        "REACH" => "2021-10-27",
        _ => usual,
    }
}

/// The longest explanation that a reader is expected to read to its end.
const MOST_LINES: usize = 40;

#[test]
fn explanations_read_as_they_are_kept() {
    let renew = std::env::var_os("RENEW").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut differing = Vec::new();
    for (sample, usual, parties) in EXPLAINED {
        for party in parties {
            for lang in ["zh", "en"] {
                let mut command = Command::cargo_bin("relata").unwrap();
                let folder = format!("data/samples/{sample}");
                let args = ["explain", &folder, party, "--as-of", day(party, usual), "--lang", lang];
                let output = command.current_dir(root).args(args).output().unwrap();
                assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
                let text = String::from_utf8(output.stdout).unwrap();
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{args:?}: how it ends");
                assert!(text.lines().count() <= MOST_LINES, "{args:?}: {} lines", text.lines().count());
                let file = root.join(format!("tests/data/explanations/{sample}-{party}.{lang}.txt"));
                if renew {
                    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                    std::fs::write(&file, &text).unwrap();
                } else if std::fs::read_to_string(&file).unwrap_or_default() != text {
                    differing.push(format!("{}\n{text}", file.display()));
                }
            }
        }
    }
    assert!(differing.is_empty(), "other than kept (to keep these, set RENEW=1):\n{}", differing.join("\n"));
}
