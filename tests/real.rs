//! Three listed companies as their own filings show them: what the rules find is among what the filing lists.
//!
//! A filing lists more than these rules ask: it follows the accounting standard (CAS 36) as well, covers the whole
//! reporting period, and names the company's own subsidiaries. Every party that is listed and not found stands below
//! with the reason. Dates that a filing gives as a month are taken as the last day of that month.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::facts::{Facts, Percent};
use relata::law::Basis;
use relata::proof::check::{Claim, check_steps};
use relata::proof::{Conclusion, Step};
use relata::register::{Register, Resolver};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::{data, day, facts, pack, question};

/// A filing and what the rules make of its facts.
struct Filing {
    facts: Facts,
    subject: String,
    listed: BTreeSet<String>,
    former: BTreeSet<String>,
    not_related: BTreeSet<String>,
    /// Related parties with the footings of their grounds.
    found: BTreeMap<String, Vec<Basis>>,
    as_of: chrono::NaiveDate,
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn filing(name: &str) -> Filing {
    let text = std::fs::read_to_string(data(&format!("real/{name}.json"))).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let facts = facts(&value["dataset"]);
    let (subject, as_of) = (value["subject"].as_str().unwrap().to_owned(), day(value["as_of"].as_str().unwrap()));
    let register = register(&facts, &subject, as_of, &[]);
    assert!(register.undetermined.is_empty() && register.exempt.is_empty());
    let found = register
        .related
        .iter()
        .map(|entry| (facts.id(entry.party).to_owned(), entry.grounds.iter().map(|line| line.basis).collect()))
        .collect();
    let filing = &value["filing"];
    Filing {
        subject,
        listed: strings(&filing["related"]),
        former: strings(&filing["former"]),
        not_related: strings(&filing["not_related"]),
        found,
        as_of,
        facts,
    }
}

/// The register, every proof of which the checker accepts.
fn register(facts: &Facts, subject: &str, as_of: chrono::NaiveDate, flips: &[&str]) -> Register {
    let pack = pack();
    let question = question(facts, &pack, subject, as_of, flips);
    let register = Resolver::new(facts).register(&question);
    let claim = Claim {
        facts,
        subject: question.subject,
        as_of,
        numbers: pack.numbers(as_of).clone(),
        readings: question.readings.clone(),
    };
    assert_eq!(check_steps(&claim, &register.proofs), []);
    register
}

impl Filing {
    /// Nobody is found whom the filing does not list, holders and insiders named in it aside; nobody it calls
    /// unrelated is found; the former are found on a past footing only; and those listed but not found are exactly
    /// those given.
    fn compare(&self, insiders: &[&str], not_found: &[&str]) {
        let insiders: BTreeSet<String> = insiders.iter().map(|id| (*id).to_owned()).collect();
        let found: BTreeSet<String> = self.found.keys().cloned().collect();
        let known: BTreeSet<String> = self.listed.iter().chain(&self.former).chain(&insiders).cloned().collect();
        let unknown: Vec<_> = found.difference(&known).collect();
        assert!(unknown.is_empty(), "found, but not in the filing: {unknown:?}");
        assert!(insiders.is_subset(&found), "{:?}", insiders.difference(&found).collect::<Vec<_>>());
        let denied: Vec<_> = found.intersection(&self.not_related).collect();
        assert!(denied.is_empty(), "found, but the filing says not: {denied:?}");
        for (party, footings) in &self.found {
            let past = footings.iter().all(|basis| matches!(basis, Basis::LookedBack { .. }));
            assert_eq!(past, self.former.contains(party), "{party}: {footings:?}");
            for basis in footings {
                if let Basis::LookedBack { last_day, expires } = basis {
                    assert!(*expires >= self.as_of && *last_day < self.as_of, "{party}: {basis:?}");
                    assert!(*last_day >= self.as_of - chrono::Months::new(12), "{party}: {basis:?}");
                }
            }
        }
        let expected: BTreeSet<String> = self.listed.union(&self.former).cloned().collect();
        let missing: Vec<&str> = expected.difference(&found).map(String::as_str).collect();
        let given: BTreeSet<&str> = not_found.iter().copied().collect();
        assert_eq!(given, missing.into_iter().collect::<BTreeSet<_>>());
    }

    fn register(&self, flips: &[&str]) -> Register {
        register(&self.facts, &self.subject, self.as_of, flips)
    }
}

/// The stake of a party that a register's proofs rest on.
fn stake<'a>(steps: &'a [Step], who: &str) -> &'a Percent {
    let mut stakes = steps.iter().filter_map(|step| match &step.conclusion {
        Conclusion::Stake { party, percent, .. } if party == who => Some(percent),
        _ => None,
    });
    stakes.next().unwrap_or_else(|| panic!("no stake of {who}"))
}

/// The votes by which the first controls the second, in a register's proofs.
fn votes<'a>(steps: &'a [Step], x: &str, z: &str) -> Option<&'a Percent> {
    steps.iter().find_map(|step| match &step.conclusion {
        Conclusion::Controls { controller, controlled, votes, .. } if controller == x && controlled == z => {
            votes.as_ref()
        }
        _ => None,
    })
}

fn percent(text: &str) -> Percent {
    text.parse().unwrap()
}

#[test]
fn hongying_prospectus_of_2022() {
    let filing = filing("hongying");
    let insiders = [
        // Its controllers, directors and supervisors, and the relatives the filing names in its reasons.
        "张化宏",
        "曾红英",
        "曾晖",
        "刘春松",
        "王道臻",
        "古启军",
        "李劲松",
        "袁真富",
        "孙玉洁",
        "王小丽",
        "雷会英",
    ];
    filing.compare(
        &insiders,
        &[
            // A director or supervisor is limited partner: a partnership is not controlled by capital, and the filing
            // names no executive partner. Listed for significant influence (CAS 36).
            "上海松远企业管理咨询中心（有限合伙）",
            "上海朴林企业管理咨询中心（有限合伙）",
            "宁波含泰投资管理合伙企业（有限合伙）",
            "上海玖米投资管理合伙企业（有限合伙）",
            // A director holds 41 % and no post: no control. Listed for significant influence.
            "上海博佑投资管理有限公司",
            // An independent director of both companies, which 5.3 leaves out; the filing lists it all the same.
            "青岛三祥科技股份有限公司",
            "广东金刚玻璃科技股份有限公司",
            // Ended more than twelve months before; listed for the reporting period.
            "上海荣锟自动化控制技术有限公司",
            "上海毅舟文化传播有限公司",
            "上海茁乐网络科技有限公司",
            "上海魔瞳智能技术有限公司",
            "上海天涛智能科技有限公司",
            "上海闵行创业接力小额贷款股份有限公司",
            "上海米度测控科技有限公司",
            "上海章宸投资管理有限公司",
        ],
    );
    // Exactly 5.00 % is 5 %; 4.17 % is not.
    let register = filing.register(&[]);
    assert_eq!(stake(&register.proofs, "含泰创投"), &percent("5"));
    assert!(!filing.found.contains_key("三一集团"));
    // The three together control 87.59 % (L693), the partnership of the 0.10 % executive partner included.
    for controller in ["张化宏", "曾红英", "曾晖"] {
        assert_eq!(stake(&register.proofs, controller), &percent("87.59"), "{controller}");
    }
    // She alone with the partnership she runs: 23.50 + 9.26.
    let alone = filing.register(&["pool_concert=none"]);
    assert_eq!(stake(&alone.proofs, "曾红英"), &percent("32.76"));
    // The dual independent seats count under another reading, and only these come in.
    let seats = filing.register(&["independent_director=none_left_out"]);
    let seats: BTreeSet<String> = support::ids(&filing.facts, seats.related.iter().map(|entry| entry.party));
    let found: BTreeSet<String> = filing.found.keys().cloned().collect();
    let more: Vec<&str> = seats.difference(&found).map(String::as_str).collect();
    assert_eq!(more, ["广东金刚玻璃科技股份有限公司", "青岛三祥科技股份有限公司"]);
}

#[test]
fn junzheng_prospectus_of_2011() {
    let filing = filing("junzheng");
    filing.compare(
        &[],
        &[
            // The company's own subsidiaries: dealings inside the group are no related dealings.
            "内蒙古君正化工有限责任公司",
            "乌海市君正商贸有限责任公司",
            "乌海市君正供水有限责任公司",
            "乌海市君正矿业有限公司",
            "乌海市神华君正实业有限责任公司",
            "锡林浩特市君正能源化工有限责任公司",
            "内蒙古呼铁君正储运有限责任公司",
            "乌海市君正储运有限公司",
            "鄂尔多斯市君正能源化工有限公司",
            // What the company holds a minority of (one of them 0.95 %): its own holdings make nobody related.
            "天弘基金管理有限公司",
            "内蒙古创联能源开发有限责任公司",
            "国都证券有限公司",
            "鄂尔多斯市宏丰煤炭有限责任公司",
            // Subsidiaries of a 30.15 % holder that does not control the company (another holds 45 %), and of which
            // the facts do not say who controls it.
            "君正国际投资（北京）有限公司",
            "乌海市君正房地产有限公司",
            "廊坊市君正房地产开发有限公司",
            // 33.37 % and 21.00 % of two spouses: control only where close family is taken to act in concert.
            "北京博晖创新光电技术股份有限公司",
            "北京博昂尼克微流体技术有限公司",
            // A seat given up and a holding sold more than twelve months before.
            "兵器财务有限责任公司",
            "乌海市金厦化学有限公司",
        ],
    );
    // The spouses' 33.37 % and 21.00 % add up under the reading that lets them, and carry the subsidiary with it.
    let register = filing.register(&["family_block=on"]);
    let (party, below) = ("北京博晖创新光电技术股份有限公司", "北京博昂尼克微流体技术有限公司");
    assert_eq!(votes(&register.proofs, "杜江涛", party), Some(&percent("54.37")));
    let related: BTreeSet<String> = support::ids(&filing.facts, register.related.iter().map(|entry| entry.party));
    assert!(related.contains(party) && related.contains(below));
    // A brother-in-law's company, and the subsidiary of that company.
    for company in ["廊坊市红黄蓝化工有限责任公司", "廊坊市燕美化工有限责任公司"] {
        assert_eq!(filing.found[company], [Basis::Current], "{company}");
    }
}

#[test]
fn ankao_annual_report_of_2019() {
    let filing = filing("ankao");
    // The notes list other related parties only; the three brothers stand in the table of holders. There is no parent
    // company. Their pledges move no votes, and are no rows.
    filing.compare(&["陈晓晖", "陈晓凌", "陈晓鸣"], &[]);
    let register = filing.register(&[]);
    for brother in ["陈晓晖", "陈晓凌", "陈晓鸣"] {
        assert_eq!(stake(&register.proofs, brother), &percent("61.05"), "{brother}");
    }
    assert!(
        filing.found.keys().all(|party| !["唐虎林", "姜仁旭", "建创能鑫（天津）创业投资"].contains(&party.as_str()))
    );
    // Without concert the smallest of the three still reaches 5 % on his own.
    assert_eq!(stake(&filing.register(&["pool_concert=none"]).proofs, "陈晓鸣"), &percent("5.25"));
}
