//! Drawings as geometry and as files: nothing lies over anything else, everybody is drawn, whatever the names are.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;
mod worlds;

use relata::facts::{Facts, Lang};
use relata::intake;
use relata::proof::chart::Chart;
use relata::proof::words::Names;
use relata::register::Resolver;
use relata::report::picture::{Figure, figure};
use relata::report::{Answer, Form, GroupsReport, RegisterReport, write};
use relata::report::{ChartReport, Context, Dataset};
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use support::{day, facts, pack, question};
use worlds::SUBJECT;

/// Every chart of a dataset: the register's, each party's chain and surroundings, each group's.
fn charts(facts: &Facts, subject: &str, as_of: &str, lang: Lang, mut see: impl FnMut(&str, &ChartReport)) {
    let (pack, resolver, names) = (pack(), Resolver::new(facts), Names::new(facts, lang));
    let question = question(facts, &pack, subject, day(as_of), &[]);
    let dataset = Dataset { digest: format!("sha256:{}", "0".repeat(64)), rows: facts.row_count() };
    let context =
        Context { facts, names: &names, question: &question, dataset, findings: None, lang, show_identifiers: false };
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
    let Figure { width, height, boxes, labels, lines, .. } = figure(report.chart());
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

#[test]
fn nothing_lies_over_anything_in_random_worlds() {
    for seed in 0..60 {
        let world = worlds::case(seed);
        let facts = facts(&world.dataset);
        charts(&facts, SUBJECT, &world.as_of.to_string(), Lang::En, |what, report| {
            sound(&format!("world {seed} {what}"), report);
            let svg = report.picture().svg();
            assert!(roxmltree::Document::parse(&svg).is_ok(), "world {seed} {what} is no XML");
        });
    }
}

/// After a change of how charts are drawn, `RENEW=1 cargo test --test pictures` keeps the new ones; look at them first.
#[test]
fn small_drawings_are_as_they_are_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures");
    let facts = sample("tour");
    let mut differing = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        charts(&facts, "LARK", "2022-06-30", lang, |what, report| {
            if !["chain-PORT", "group-REN", "chain-OAK", "around-YI"].contains(&what) {
                return;
            }
            let (file, svg) = (folder.join(format!("{what}.{}.svg", lang.pick("zh", "en"))), report.picture().svg());
            if std::env::var_os("RENEW").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&file, svg).unwrap();
            } else if std::fs::read_to_string(&file).unwrap_or_default() != svg {
                differing.push(file);
            }
        });
    }
    assert!(differing.is_empty(), "other than kept (to keep these, set RENEW=1): {differing:?}");
}

/// Names that would be markup, break out of an attribute, or be no XML at all.
const WILD: [&str; 5] =
    ["<script>alert(1)</script>", "\"onload=\"x", "a & b ]]>", "</text></svg><b>", "bell\u{7}\u{1b}[31m\u{ffff}"];

fn wild() -> Facts {
    let mut parties = vec![json!({"id": "L", "name": "L", "kind": "company", "listed": "SSE"})];
    let mut holdings = Vec::new();
    for (i, name) in WILD.iter().enumerate() {
        parties.push(json!({"id": format!("P{i}"), "name": name, "kind": "company"}));
        holdings.push(json!({"holder": format!("P{i}"), "company": "L", "percent": 10 + i}));
    }
    parties.push(json!({"id": "LONG", "name": "长".repeat(200), "kind": "partnership"}));
    holdings.push(json!({"holder": "LONG", "company": "P0", "percent": "60"}));
    holdings.push(json!({"holder": "L", "company": "P0", "percent": "2"}));
    holdings.push(json!({"holder": "P1", "company": "P1", "percent": "3"}));
    facts(&json!({"parties": parties, "holdings": holdings}))
}

#[test]
fn names_stay_text() {
    let facts = wild();
    charts(&facts, "L", "2022-06-30", Lang::Zh, |what, report| {
        sound(what, report);
        let svg = report.picture().svg();
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{what}: {error}"));
        let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{what}: <{}>", element.tag_name().name());
            assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{what}: a handler");
        }
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert!(root.children().any(|child| child.has_tag_name(("http://www.w3.org/2000/svg", "title"))));
        assert_eq!(svg, report.picture().svg(), "{what}: drawn twice");
    });
}

/// The page of a register and of its groups, in one form.
fn pages(facts: &Facts, subject: &str, as_of: &str, lang: Lang) -> [String; 2] {
    let (pack, resolver, names) = (pack(), Resolver::new(facts), Names::new(facts, lang));
    let question = question(facts, &pack, subject, day(as_of), &[]);
    let dataset = Dataset { digest: format!("sha256:{}", "0".repeat(64)), rows: facts.row_count() };
    let context =
        Context { facts, names: &names, question: &question, dataset, findings: None, lang, show_identifiers: false };
    let (register, groups) = (resolver.register(&question), resolver.groups(&question, &[]));
    let dealt = BTreeMap::new();
    let answers: [&dyn Answer; 2] = [
        &RegisterReport { context: &context, register: &register, remarks: &[] },
        &GroupsReport { context: &context, groups: &groups, dealt: &dealt },
    ];
    answers.map(|answer| {
        let mut page = Vec::new();
        write(answer, Form::Html, None, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    })
}

#[test]
fn a_page_shows_all_and_runs_nothing_of_the_data() {
    let wild = wild();
    let tour = sample("tour");
    for (facts, subject) in [(&wild, "L"), (&tour, "LARK")] {
        for lang in [Lang::Zh, Lang::En] {
            for page in pages(facts, subject, "2022-06-30", lang) {
                let document = scraper::Html::parse_document(&page);
                let all = |selector: &str| document.select(&scraper::Selector::parse(selector).unwrap()).count();
                let html = document.root_element();
                assert_eq!(html.value().attr("lang"), Some(lang.pick("zh-CN", "en")));
                assert_eq!((all("script"), all("h1"), all("main"), all("footer")), (1, 1, 1, 1));
                assert_eq!(all("[onload],[onclick],[style],link,img,iframe,b"), 0);
                assert_eq!(all("table"), all("table > caption"), "every table has its caption");
                assert_eq!(all("th"), all("th[scope=col]"));
                assert!(all("svg") > 0 && page.contains("Content-Security-Policy"));
                assert!(!page.contains('\u{1b}') && !page.contains("http:") || page.contains("www.w3.org"));
            }
        }
    }
    let [register, _] = pages(&wild, "L", "2022-06-30", Lang::Zh);
    assert!(register.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !register.contains("<script>alert"));
}

#[test]
fn a_knot_of_three_thousand_is_told_whole() {
    let mut dice = worlds::dice::Dice::new(1);
    let parties: Vec<_> = (0..3000)
        .map(|i| json!({"id": format!("C{i}"), "name": format!("C{i}"), "kind": "company", "listed": "SSE"}))
        .collect();
    let ends: BTreeSet<(usize, usize)> = (0..6000).map(|_| (dice.below(3000), dice.below(3000))).collect();
    let holding =
        |(a, b): &(usize, usize)| json!({"holder": format!("C{a}"), "company": format!("C{b}"), "percent": "1"});
    let holdings: Vec<_> = ends.iter().filter(|(a, b)| a != b).map(holding).collect();
    let ties = holdings.len();
    let facts = facts(&json!({"parties": parties, "holdings": holdings}));
    let names = Names::new(&facts, Lang::Zh);
    let rows: Vec<_> =
        (0..ties).map(|i| (relata::facts::RowRef::new(relata::facts::Table::Holdings, i), true)).collect();
    let chart = Chart::around(&facts, &names, "C0", Lang::Zh, facts.party_id("C0").unwrap(), &rows);
    let drawn = figure(&chart);
    let told: usize = drawn.boxes.iter().flat_map(|b| &b.small).filter(|line| line.starts_with('→')).count();
    assert_eq!(drawn.labels.len() + told, ties);
    assert!(drawn.noted && drawn.boxes.len() == chart.parties().len());
}

#[test]
fn a_tree_of_three_thousand_is_drawn_whole() {
    let mut parties = vec![json!({"id": "C0", "name": "C0", "kind": "company", "listed": "SSE"})];
    let mut holdings = Vec::new();
    for i in 1..3000 {
        parties.push(json!({"id": format!("C{i}"), "name": format!("公司{i}"), "kind": "company"}));
        holdings.push(json!({"holder": format!("C{}", (i - 1) / 10), "company": format!("C{i}"), "percent": "60"}));
    }
    let facts = facts(&json!({"parties": parties, "holdings": holdings}));
    let (pack, resolver, names) = (pack(), Resolver::new(&facts), Names::new(&facts, Lang::Zh));
    let question = question(&facts, &pack, "C0", day("2022-06-30"), &[]);
    let groups = resolver.groups(&question, &[]);
    let roots: Vec<_> = groups.groups[0].members.iter().filter_map(|member| member.proof).collect();
    let chart = Chart::new(&facts, &names, "C0", Lang::Zh, &groups.proofs, &roots);
    let drawn = figure(&chart);
    assert_eq!(drawn.boxes.len(), 3000);
    assert!(drawn.width < 30_000 && drawn.height < 30_000, "{} by {}", drawn.width, drawn.height);
}
