//! Dependencies point one way: `crate::` paths in the sources are read, and an arrow the wrong way fails.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules a module may use besides itself. (`lib.rs`, the façade, may name them all.)
const ALLOWED: &[(&str, &[&str])] = &[
    ("store", &[]),
    ("facts", &["store"]),
    ("intake", &["facts", "store"]),
    ("export", &["facts", "intake"]),
    ("synth", &["facts"]),
    ("law", &["facts"]),
    ("graph", &["facts", "store"]),
    ("packed", &["facts", "graph", "intake", "store", "synth"]),
    ("proof", &["facts", "law"]),
    ("packs", &["facts", "graph", "law", "proof"]),
    ("register", &["facts", "graph", "law", "packs", "proof"]),
    ("dealings", &["facts", "graph", "law", "packs", "proof", "register"]),
    ("report", &["dealings", "export", "facts", "intake", "graph", "law", "packs", "proof", "register"]),
    (
        "inquiry",
        &["dealings", "facts", "intake", "graph", "law", "packed", "packs", "proof", "register", "report", "store"],
    ),
    ("web", &["facts", "inquiry", "intake", "register", "report"]),
    (
        "cli",
        &[
            "dealings", "export", "facts", "inquiry", "intake", "law", "packed", "packs", "proof", "register", "report",
            "store", "synth", "web",
        ],
    ),
    ("main", &["cli"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module a file belongs to: the first part of its path below `src`.
fn module(src: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(src).expect("a source");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The source without comments and texts, in which a path is only mentioned.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Every `root::name` and `root::{name, …}` of the source.
fn used(code: &str, root: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let lead = format!("{root}::");
    for (at, _) in code.match_indices(&lead) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + lead.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(members(list)),
            None => {
                names.insert(word(rest));
            }
        }
    }
    names.remove("");
    names
}

/// The first words of the members of a list in braces, inner braces left out.
fn members(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0usize, Vec::new(), true);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if start && !letter.is_whitespace() => {
                names.push(word(&list[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn dependencies_point_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(module, uses)| (*module, uses.iter().copied().collect())).collect();
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    sources(&src, &mut files);
    files.sort();
    for file in &files {
        let name = module(&src, file);
        // Tests inside a module may look at anything.
        if name == "lib" || file.file_name().is_some_and(|file| file == "tests.rs") {
            continue;
        }
        let shown = file.strip_prefix(&src).expect("a source").display().to_string();
        let Some(uses) = allowed.get(name.as_str()) else {
            faults.push(format!("{shown}: the module `{name}` has no entry in this test"));
            continue;
        };
        let text = fs::read_to_string(file).expect("a source");
        let code = code(text.split("#[cfg(test)]").next().unwrap_or_default());
        let root = if name == "main" { "relata" } else { "crate" };
        for other in used(&code, root) {
            if other != name && allowed.contains_key(other.as_str()) && !uses.contains(other.as_str()) {
                faults.push(format!("{shown}: `{name}` must not use `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_checker_shares_no_code_with_what_it_checks() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src.join("proof/check"), &mut files);
    assert!(!files.is_empty());
    for file in files {
        let code = code(&fs::read_to_string(&file).expect("a source"));
        for forbidden in
            ["graph::", "packs::", "register::", "dealings::", "report::", "render::", "sentence::", "chart::"]
        {
            assert!(!code.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}

#[test]
fn the_graph_library_stays_in_its_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files {
        let code = code(&fs::read_to_string(&file).expect("a source"));
        if module(&src, &file) != "graph" {
            assert!(!code.contains("petgraph::"), "{} uses petgraph", file.display());
        }
    }
}

#[test]
fn the_clock_is_read_on_the_command_line_alone() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files {
        let code = code(&fs::read_to_string(&file).expect("a source"));
        if module(&src, &file) != "cli" {
            for clock in ["Local::now", "Utc::now", "SystemTime::now", "Instant::now"] {
                assert!(!code.contains(clock), "{} reads the clock", file.display());
            }
        }
    }
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let source = "use crate::facts::{Facts, Lang};\nuse crate::{law::{self, Pack}, graph};\nlet x = crate::packs::load(1); mycrate::cli::x();";
    let expected: BTreeSet<String> = ["facts", "law", "graph", "packs"].map(str::to_owned).into();
    assert_eq!(used(source, "crate"), expected);
}
