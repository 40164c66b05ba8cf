//! What the commands about dealings say, word for word and in both languages: the texts in `tests/data/dealings` are kept as
//! they are read by people. `RENEW=1 cargo test --test dealings_words` keeps new ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use assert_cmd::Command;
use std::path::Path;

const TOUR: &str = "data/samples/tour";
const PROPOSED: &str = "counterparty=WILLOW,kind=9.13,amount=1500000,date=2022-06-01,pricing=market";

#[test]
fn answers_about_dealings_are_the_kept_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let answers: [(&str, &[&str]); 6] = [
        ("assess-person", &["assess", TOUR, "T09"]),
        ("assess-major", &["assess", TOUR, "T22"]),
        ("assess-undetermined", &["assess", TOUR, "T19"]),
        ("assess-proposed", &["assess", TOUR, "--propose", PROPOSED]),
        ("recuse", &["recuse", TOUR, "SNOW", "--as-of", "2022-06-10"]),
        ("daily", &["daily", TOUR, "--as-of", "2022-06-30"]),
    ];
    let mut differ = Vec::new();
    for (name, args) in answers {
        for lang in ["zh", "en"] {
            let mut command = Command::cargo_bin("relata").unwrap();
            let output =
                command.current_dir(root).args(args).args(["--lang", lang, "--format", "md"]).output().unwrap();
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            let said = String::from_utf8(output.stdout).unwrap();
            let kept = root.join(format!("tests/data/dealings/{name}.{lang}.md"));
            if std::env::var_os("RENEW").is_some() {
                std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
                std::fs::write(&kept, &said).unwrap();
            } else if std::fs::read_to_string(&kept).ok().as_deref() != Some(said.as_str()) {
                differ.push(format!("{name}.{lang}:\n{said}"));
            }
        }
    }
    assert!(differ.is_empty(), "not as kept:\n{}", differ.join("\n"));
}
