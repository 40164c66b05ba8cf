//! Drafts of announcements (articles 28 to 30, 37 and 39 to 45): which elements there are, and how each stands.
//!
//! After a change of wording, `RENEW=1 cargo test --test announce` writes the kept texts anew.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;

const TOUR: &str = "data/samples/tour";

struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

fn run(args: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("relata").unwrap();
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("announce").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn answer(args: &[&str]) -> Value {
    let ran = run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The elements in the order of the draft, a line for each part: `+` filled, `=` stated, `?` missing, `-` not applicable.
fn states(answer: &Value) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for element in answer["elements"].as_array().unwrap() {
        let mark = match element["state"].as_str().unwrap() {
            "filled" => '+',
            "stated" => '=',
            "missing" => '?',
            "not_applicable" => '-',
            other => panic!("{other}"),
        };
        let part = format!("{}:", element["part"].as_str().unwrap());
        if lines.last().is_none_or(|line| !line.starts_with(&part)) {
            lines.push(part);
        }
        let (article, name) = (element["article"].as_str().unwrap(), element["element"].as_str().unwrap());
        *lines.last_mut().unwrap() += &format!(" {mark}{article} {name}");
    }
    lines
}

fn element<'a>(answer: &'a Value, article: &str, name: &str) -> &'a Value {
    let mut all = answer["elements"].as_array().unwrap().iter();
    all.find(|one| one["article"] == article && one["element"] == name).unwrap()
}

/// Daily business of which nothing but kind and price basis is on file; what stands in it of amount and forecast.
fn daily(content: char, pricing: char, amount: char, forecast: char) -> String {
    format!(
        "daily: +42.1 counterparty {content}42.2 content {pricing}42.3 pricing_policy ?42.4 price -42.4 market_price \
         -42.4 price_difference {amount}42.5 amount ?42.5 share_of_kind ?42.5 settlement -42.6 returns \
         ?42.7 necessity {forecast}42.8 performance"
    )
}

/// The ten points, of which nothing is stated.
fn general(business: char, matter: char, book: char, pricing: char, committee: char) -> String {
    format!(
        "general: +40.1 overview +40.2 counterparty {business}40.2 business {matter}40.3 subject_matter \
         {book}40.3 book_value +40.4 amount ?40.4 terms {pricing}40.4 pricing_policy ?40.5 purpose ?40.5 effects \
         ?40.6 prior_consent ?40.6 independent_opinion -40.7 adviser_opinion {committee}40.8 audit_committee_opinion \
         +40.9 history -40.10 commitments"
    )
}

fn decision(aside: char, vote: char) -> String {
    format!("decision: {aside}18 directors_aside {aside}19 shareholders_aside {vote}19 vote_result")
}

/// The documents, of which nothing is stated.
fn documents(board: char, report: char, committee: char) -> String {
    format!(
        "documents: +39.1 draft ?39.2 agreement {board}39.2 board_resolution -39.2 permits {report}39.2 report \
         ?39.3 prior_consent ?39.4 independent_opinion {committee}39.5 audit_committee_opinion -39.6 others"
    )
}

const NO_TARGET: &str =
    "target: -28 target_profile -28 target_figures -28 target_changes -29 premium_reason -30 occupation_plan";

#[test]
fn each_kind_has_the_elements_of_its_articles() {
    let debt = || "debt: ?45 debt_reason ?45 effects".to_owned();
    let table: Vec<(&str, &str, &str, Vec<String>)> = vec![
        // A purchase of equity, major; much is stated.
        (
            "T22",
            "required",
            "major",
            vec![
                "general: +40.1 overview +40.2 counterparty =40.2 business +40.3 subject_matter +40.3 book_value \
                 +40.4 amount =40.4 terms +40.4 pricing_policy =40.5 purpose ?40.5 effects =40.6 prior_consent \
                 ?40.6 independent_opinion -40.7 adviser_opinion ?40.8 audit_committee_opinion +40.9 history \
                 =40.10 commitments"
                    .to_owned(),
                "major_assets: +43.1 counterparty =43.2 terms +43.3 pricing_policy +43.4 book_value =43.4 appraisal \
                 ?43.4 market_price +43.4 amount ?43.4 price_difference =43.5 settlement ?43.5 effects"
                    .to_owned(),
                "target: =28 target_profile +28 target_figures ?28 target_changes ?29 premium_reason \
                 -30 occupation_plan"
                    .to_owned(),
                decision('+', '?'),
                "documents: +39.1 draft =39.2 agreement ?39.2 board_resolution -39.2 permits =39.2 report \
                 =39.3 prior_consent ?39.4 independent_opinion ?39.5 audit_committee_opinion -39.6 others"
                    .to_owned(),
            ],
        ),
        // A sale of no equity to a person, just to be published.
        (
            "T09",
            "required",
            "person",
            vec![general('-', '+', '?', '+', '-'), NO_TARGET.to_owned(), decision('+', '-'), documents('-', '-', '-')],
        ),
        // Daily business within its forecast.
        (
            "T04",
            "not_required",
            "covered",
            vec![daily('?', '+', '+', '+'), decision('+', '-'), documents('-', '-', '-')],
        ),
        // Daily business beyond its forecast, by too little.
        ("T11", "not_required", "below", vec![daily('?', '+', '+', '+'), decision('+', '-'), documents('-', '-', '-')]),
        // Daily business without a total: to the shareholders' meeting, nothing valued.
        ("T14", "required", "no_total", vec![daily('?', '+', '-', '-'), decision('+', '?'), documents('?', '-', '-')]),
        // Joint investment, freed of the shareholders' meeting alone.
        (
            "T17",
            "required",
            "major",
            vec![
                general('?', '?', '-', '+', '?'),
                "joint: +44.1 counterparty ?44.2 investee_profile ?44.2 investee_figures -44.3 construction".to_owned(),
                decision('+', '-'),
                "established: +49 exemption".to_owned(),
                documents('?', '?', '?'),
            ],
        ),
        // A guarantee: no price; the board has decided.
        (
            "T10",
            "required",
            "guarantee",
            vec![general('?', '?', '-', '-', '-'), debt(), decision('+', '?'), documents('+', '-', '-')],
        ),
        // Financial assistance whose exemption fails.
        (
            "T16",
            "required",
            "organisation",
            vec![
                general('?', '?', '-', '+', '-'),
                debt(),
                decision('+', '-'),
                "exempt: +48 exemption".to_owned(),
                documents('-', '-', '-'),
            ],
        ),
        // A waiver at a price on no basis that the law names.
        (
            "T20",
            "required",
            "major",
            vec![
                general('?', '+', '-', '+', '?'),
                "price: =37 fairness".to_owned(),
                decision('+', '?'),
                documents('?', '?', '?'),
            ],
        ),
        // Deposits exempt under 48(2): a debt nevertheless.
        (
            "T15",
            "not_required",
            "exempt",
            vec![
                daily('?', '?', '+', '-'),
                debt(),
                decision('-', '-'),
                "exempt: +48 exemption".to_owned(),
                documents('-', '-', '-'),
            ],
        ),
        // Not related.
        (
            "T08",
            "not_required",
            "not_related",
            vec![daily('?', '+', '+', '-'), decision('-', '-'), documents('-', '-', '-')],
        ),
        // A lease below every threshold.
        (
            "T01",
            "not_required",
            "below",
            vec![general('?', '+', '-', '+', '-'), decision('+', '-'), documents('-', '-', '-')],
        ),
        // Nobody knows whether it is related.
        (
            "T19",
            "undetermined",
            "not_related",
            vec![daily('?', '+', '+', '-'), decision('+', '-'), documents('-', '-', '-')],
        ),
    ];
    for (id, publish, case, expected) in table {
        let answer = answer(&[TOUR, id]);
        assert_eq!((answer["publish"].as_str(), answer["case"].as_str()), (Some(publish), Some(case)), "{id}");
        assert_eq!(states(&answer), expected, "{id}");
    }
}

#[test]
fn what_is_missing_says_where_it_is_to_be_written() {
    let needed = |id: &str, article: &str, name: &str| element(&answer(&[TOUR, id]), article, name)["needed"].clone();
    for (id, article, name, wanted) in [
        ("T22", "40.5", "effects", json!([{"table": "particulars", "item": "effects"}])),
        ("T09", "40.3", "book_value", json!([{"table": "transactions", "column": "book_value"}])),
        ("T15", "42.3", "pricing_policy", json!([{"table": "transactions", "column": "pricing"}])),
        ("T17", "44.2", "investee_figures", json!([{"table": "transactions", "column": "target"}])),
    ] {
        assert_eq!(needed(id, article, name), wanted, "{id} {name}");
    }
    let propose = |more: &str| {
        let text = format!("counterparty=HILL,date=2022-06-30,amount=40000000,{more}");
        answer(&[TOUR, "--propose", &text])
    };
    let bought = propose("kind=9.1,target=NEST");
    let period = |period: &str| json!({"table": "financials", "party": "NEST", "period": period});
    assert_eq!(element(&bought, "28", "target_figures")["needed"], json!([period("year"), period("interim")]));
    let column = |column: &str| json!({"table": "transactions", "column": column});
    assert_eq!(element(&bought, "29", "premium_reason")["needed"], json!([column("direction"), column("book_value")]));
    let joint = propose("kind=9.17,target=NEST");
    assert_eq!(element(&joint, "44.2", "investee_figures")["needed"], json!([period("latest")]));
    let joint = propose("kind=9.17,target=BAMBOO");
    let figures = element(&joint, "44.2", "investee_figures");
    assert_eq!((&figures["state"], &figures["rows"]), (&json!("filled"), &json!([{"table": "financials", "row": 4}])));
}

#[test]
fn the_history_holds_what_is_added_up_and_what_is_not() {
    let answer = answer(&[TOUR, "T22"]);
    let past: Vec<(&str, bool)> = answer["history"]["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), one["counted"].as_bool().unwrap()))
        .collect();
    assert_eq!(past, [("T02", false), ("T03", true), ("T15", false), ("T17", true), ("T20", true)]);
    assert_eq!(answer["history"]["total"], "168500000");
    assert_eq!(answer["recusal"]["votes_left_out"], "51");
    let element = element(&answer, "40.9", "history");
    assert!(element["text"].as_str().unwrap().contains("合计168,500,000元"), "{element}");
}

#[test]
fn drafts_read_as_they_are_kept() {
    let renew = std::env::var_os("RENEW").is_some();
    for lang in ["zh", "en"] {
        let ran = run(&[TOUR, "T22", "--lang", lang]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/announce/T22.{lang}.md"));
        if renew {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &ran.out).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == ran.out, "other than kept (to keep this, set RENEW=1):\n{}", ran.out);
    }
}

#[test]
fn what_need_not_be_published_says_so_first() {
    for (id, zh) in [("T08", "交易对方不是关联人"), ("T13", "豁免"), ("T01", "未达到披露标准"), ("T04", "定期报告")]
    {
        let text = run(&[TOUR, id]).out;
        let mut lines = text.lines();
        assert!(lines.next().unwrap().contains("无须公告"), "{id}");
        let told = lines.find(|line| line.contains("无须公告")).unwrap();
        assert!(told.contains(zh), "{id}: {told}");
    }
    let text = run(&[TOUR, "T11"]).out;
    assert!(text.contains("：5,000,000元；截至本次实际发生5,500,000元，超出500,000元"), "{text}");
    let text = run(&[TOUR, "T16"]).out;
    assert!(text.contains("所依据的豁免48.2不成立"), "{text}");
    let text = run(&[TOUR, "T17"]).out;
    assert!(text.contains("已核对：交易类型、现金（cash）") && text.contains("以之为前提"), "{text}");
}

#[test]
fn identifiers_are_masked_unless_asked_for() {
    for form in ["md", "table", "json", "csv", "html"] {
        let masked = run(&[TOUR, "T22", "--format", form]).out;
        assert!(!masked.contains("91119901TR0000026A"), "{form}");
        let shown = run(&[TOUR, "T22", "--format", form, "--show-identifiers"]).out;
        assert!(shown.contains("91119901TR0000026A"), "{form}");
    }
}

#[test]
fn texts_of_the_data_are_no_markup() {
    let dataset = json!({
        "settings": {"subject": "L", "language": "zh"},
        "parties": [
            {"id": "L", "name": "L", "kind": "company", "listed": "SSE"},
            {"id": "M", "name": "*甲*|[乙](丙)_<b>", "kind": "company"},
        ],
        "holdings": [{"holder": "M", "company": "L", "percent": "30"}],
        "transactions": [{"id": "T", "date": "2022-06-01", "counterparty": "M", "kind": "9.5", "amount": "5000000",
            "subject_matter": "# 楼"}],
        "particulars": [
            {"transaction": "T", "item": "terms", "text": "- 一"},
            {"transaction": "T", "item": "purpose", "text": "1. `码`"},
            {"transaction": "T", "item": "agreement", "text": "[x] <i>"},
        ],
    });
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("data.json");
    std::fs::write(&file, dataset.to_string()).unwrap();
    let text = run(&[file.to_str().unwrap(), "T"]).out;
    for safe in ["\\*甲\\*\\|\\[乙\\](丙)\\_\\<b\\>", "标的：\\# 楼", "\n\\- 一\n", "\n1\\. \\`码\\`\n"] {
        assert!(text.contains(safe), "{safe}\n{text}");
    }
    assert!(text.contains("- [x] 协议或者意向书（第三十九条（二））　\\[x\\] \\<i\\>"), "{text}");
    assert!(!text.contains("*甲*|") && !text.contains("<i>"), "{text}");
}

#[test]
fn a_proposal_is_drafted_like_a_row() {
    let proposal = "counterparty=HILL,kind=9.1,amount=1000000,date=2022-06-30,direction=buy";
    let answer = answer(&[TOUR, "--propose", proposal]);
    assert_eq!(answer["transaction"]["row"], Value::Null);
    assert_eq!((&answer["transaction"]["id"], &answer["as_of"]), (&json!("proposed"), &json!("2022-06-30")));
    let past = answer["history"]["transactions"].as_array().unwrap();
    assert_eq!(past.last().unwrap()["id"], "T22");
    assert_eq!(element(&answer, "40.1", "overview")["rows"], json!([]));
    let text = run(&[TOUR, "--propose", proposal]).out;
    assert!(
        text.contains("〔数据：拟议交易〕") && text.contains("【缺：账面值（交易表transactions，book\\_value列）】"),
        "{text}"
    );
    assert_eq!(run(&[TOUR, "--propose", "counterparty=HILL,kind=9.99,date=2022-06-30"]).status, Some(2));
}

#[test]
fn statuses_tell_usage_and_what_is_undetermined() {
    let ran = run(&[TOUR, "T2", "--lang", "en"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("no transaction has the id `T2`; did you mean T"), "{}", ran.err);
    let ran = run(&[TOUR, "something-else-altogether"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.err.contains("交易表中没有编号“something-else-altogether”") && !ran.err.contains("是否指"),
        "{}",
        ran.err
    );
    for (args, status) in [
        (vec![TOUR, "T22"], 0),
        (vec![TOUR, "T22", "--strict"], 0),
        (vec![TOUR, "T19"], 0),
        (vec![TOUR, "T19", "--strict"], 4),
        (vec![TOUR], 2),
        (vec![TOUR, "T22", "--propose", "counterparty=HILL"], 2),
        (vec![TOUR, "T22", "--format", "dot"], 2),
    ] {
        assert_eq!(run(&args).status, Some(status), "{args:?}");
    }
    let early = run(&[TOUR, "T22", "--as-of", "2021-01-01"]);
    assert_eq!(early.out, run(&[TOUR, "T22"]).out, "the day is that of the transaction");
    assert!(early.err.contains("--as-of"), "{}", early.err);
}
