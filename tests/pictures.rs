//! Drawings as geometry and as files: nothing lies over anything else, everybody is drawn, whatever the names are.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::facts::{Facts, Lang};
use relata::intake;
use relata::proof::words::Names;
use relata::register::Resolver;
use relata::report::picture::{Figure, figure};
use relata::report::{ChartReport, Context, Dataset};
use std::collections::BTreeSet;
use std::path::Path;
use support::{day, pack, question};

/// Every chart of a dataset: the register's, each party's chain and surroundings, each group's.
fn charts(facts: &Facts, subject: &str, as_of: &str, lang: Lang, mut see: impl FnMut(&str, &ChartReport)) {
    let (pack, resolver, names) = (pack(), Resolver::new(facts), Names::new(facts, lang));
    let question = question(facts, &pack, subject, day(as_of), &[]);
    let dataset = Dataset { digest: format!("sha256:{}", "0".repeat(64)), rows: facts.row_count() };
    let context = Context { facts, names: &names, question: &question, dataset, lang, show_identifiers: false };
    see("register", &ChartReport::register(&context, &resolver.register(&question)));
    let everyone: Vec<_> = facts.party_ids().collect();
    let answers = resolver.check(&question, &everyone);
    for answer in &answers.parties {
        let id = facts.id(answer.party);
        see(&format!("chain-{id}"), &ChartReport::party(&context, &answers, answer));
        see(&format!("around-{id}"), &ChartReport::around(&context, &resolver, answer.party));
    }
    let groups = resolver.groups(&question, &[]);
    for group in &groups.groups {
        see(&format!("group-{}", facts.id(group.top)), &ChartReport::group(&context, &groups, group));
    }
}

fn sample(name: &str) -> Facts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
    intake::open(&path).unwrap().facts
}

const SAMPLES: [(&str, &str); 3] = [("tour", "2022-06-30"), ("winning", "2020-11-27"), ("neusoft", "2017-07-14")];

/// Boxes, labels and what they may not do to each other.
fn sound(what: &str, report: &ChartReport) {
    let Figure { width, height, boxes, labels, lines } = figure(report.chart());
    let drawn: BTreeSet<&str> = boxes.iter().filter_map(|drawn| drawn.party.as_deref()).collect();
    let parties: Vec<String> = report.chart().parties().map(|party| party.id.to_owned()).collect();
    assert_eq!(drawn, parties.iter().map(String::as_str).collect(), "{what}: who is drawn");
    let named = boxes.iter().filter(|drawn| drawn.party.is_some()).count();
    assert_eq!(named, parties.len(), "{what}: nobody is drawn twice");
    let rects: Vec<_> = boxes.iter().map(|drawn| drawn.rect).chain(labels.iter().map(|label| label.rect)).collect();
    for (i, one) in rects.iter().enumerate() {
        assert!(
            one.x >= 0 && one.y >= 0 && one.x + one.w <= width && one.y + one.h <= height,
            "{what}: {one:?} outside"
        );
        for other in &rects[i + 1..] {
            assert!(!one.overlaps(other), "{what}: {one:?} and {other:?}");
        }
    }
    // Every end of an arrow stands at the edge of a box.
    for line in lines.iter().filter(|line| line.arrow) {
        let (x, y) = line.path.last().map_or(line.start, |stretch| stretch.end());
        let touches = boxes.iter().map(|drawn| drawn.rect).any(|r| {
            let level = (r.x..=r.x + r.w).contains(&x) && (y == r.y || y == r.y + r.h);
            level || (r.y..=r.y + r.h).contains(&y) && (x == r.x || x == r.x + r.w)
        });
        assert!(touches, "{what}: an arrow ends at {x} {y}, at no box");
    }
}

#[test]
fn nothing_lies_over_anything_in_the_samples() {
    for (name, as_of) in SAMPLES {
        let facts = sample(name);
        for lang in [Lang::Zh, Lang::En] {
            charts(&facts, &facts.settings["subject"], as_of, lang, |what, report| {
                sound(&format!("{name} {what}"), report);
                // For looking at: PICTURES=folder cargo test --test pictures
                if let Some(folder) = std::env::var_os("PICTURES") {
                    let file = Path::new(&folder).join(format!("{name}-{what}-{}.svg", lang.pick("zh", "en")));
                    std::fs::write(file, report.picture().svg()).unwrap();
                }
            });
        }
    }
}
