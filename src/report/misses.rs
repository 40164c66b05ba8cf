//! What was looked at and how close it came, in words.

use super::{Context, words};
use crate::facts::{Lang, RowRef};
use crate::proof::words as proof_words;
use crate::register::{KinMiss, Miss, Near, PostMiss};
use serde::Serialize;

/// A near miss in JSON: the ground, what kind of miss, its particulars, and a sentence.
#[derive(Serialize)]
pub(super) struct NearJson<'a> {
    ground: &'static str,
    miss: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<crate::proof::Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    controller: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    controlled: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    out_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    begins: Option<String>,
    text: String,
    rows: &'a [RowRef],
}

pub(super) fn json<'a>(near: &'a Near, context: &'a Context<'a>) -> NearJson<'a> {
    let mut line = NearJson {
        ground: near.ground,
        miss: code(&near.miss),
        measure: None,
        controller: None,
        controlled: None,
        person: None,
        organisation: None,
        role: None,
        why: None,
        percent: None,
        threshold: None,
        day: None,
        last_day: None,
        out_since: None,
        begins: None,
        text: text(near, context),
        rows: &near.rows,
    };
    match &near.miss {
        Miss::NoTie | Miss::Itself | Miss::OwnGroup | Miss::Exempt => {}
        Miss::Stake { measure, percent, threshold, day } => {
            line.measure = Some(*measure);
            line.percent = Some(percent.exact());
            line.threshold = Some(threshold.exact());
            line.day = Some(day.to_string());
        }
        Miss::Holding { percent, why } => {
            line.percent = percent.as_ref().map(crate::facts::Percent::exact);
            line.why = Some(match why {
                PostMiss::Ended { last_day, out_since } => {
                    line.last_day = Some(last_day.to_string());
                    line.out_since = Some(out_since.to_string());
                    "ended"
                }
                PostMiss::NotYet { begins } => {
                    line.begins = Some(begins.to_string());
                    "not_yet"
                }
                PostMiss::Role => "role",
                PostMiss::Independent => "independent",
                PostMiss::Apart => "apart",
            });
        }
        Miss::Votes { controller, controlled, percent, needed, day } => {
            line.controller = Some(context.id(*controller));
            line.controlled = Some(context.id(*controlled));
            line.percent = Some(percent.exact());
            line.threshold = Some(needed.exact());
            line.day = Some(day.to_string());
        }
        Miss::Post { person, organisation, role, why } => {
            line.person = Some(context.id(*person));
            line.organisation = Some(context.id(*organisation));
            line.role = Some(role.code());
            line.why = Some(match why {
                PostMiss::Ended { last_day, out_since } => {
                    line.last_day = Some(last_day.to_string());
                    line.out_since = Some(out_since.to_string());
                    "ended"
                }
                PostMiss::NotYet { begins } => {
                    line.begins = Some(begins.to_string());
                    "not_yet"
                }
                PostMiss::Role => "role",
                PostMiss::Independent => "independent",
                PostMiss::Apart => "apart",
            });
        }
        Miss::Kin { person, why } => {
            line.person = Some(context.id(*person));
            line.why = Some(match why {
                KinMiss::Minor => "minor",
                KinMiss::Ended { last_day } => {
                    line.last_day = Some(last_day.to_string());
                    "ended"
                }
                KinMiss::BeyondTheNine => "beyond_close_family",
            });
        }
    }
    line
}

fn code(miss: &Miss) -> &'static str {
    match miss {
        Miss::NoTie => "no_tie",
        Miss::Stake { .. } => "stake",
        Miss::Holding { .. } => "holding",
        Miss::Votes { .. } => "votes",
        Miss::Post { .. } => "post",
        Miss::Kin { .. } => "kin",
        Miss::Itself => "itself",
        Miss::OwnGroup => "own_group",
        Miss::Exempt => "exempt",
    }
}

/// How close a ground came, in a sentence without a full stop.
#[must_use]
pub(super) fn text(near: &Near, context: &Context<'_>) -> String {
    let lang = context.lang;
    let name = |party| context.names.of(context.id(party));
    match &near.miss {
        Miss::NoTie => no_tie(near.ground, lang).to_owned(),
        Miss::Stake { measure, percent, threshold, day } => {
            let how = words::measure(*measure, lang);
            lang.pick(
                format!("持股{percent}%，未达到{threshold}%（{how}；期间内最高，最后于{day}）"),
                format!("holds {percent} % against {threshold} % ({how}; the most in the window, last on {day})"),
            )
        }
        Miss::Holding { percent, why } => {
            let held = percent.as_ref().map(|percent| format!("{percent}"));
            let (zh, en) = match why {
                PostMiss::Ended { last_day, out_since } => (
                    format!("至{last_day}止，自{out_since}起已超出追溯期间"),
                    format!("until {last_day}, out of the window since {out_since}"),
                ),
                PostMiss::NotYet { begins } => (
                    format!("自{begins}起，尚未确定或者超出期间"),
                    format!("from {begins} only, not yet settled or beyond the window"),
                ),
                PostMiss::Role | PostMiss::Independent | PostMiss::Apart => (String::new(), String::new()),
            };
            match held {
                Some(held) => lang.pick(format!("持股{held}%，{zh}"), format!("holds {held} %, {en}")),
                None => lang.pick(format!("持股，{zh}"), format!("holds shares, {en}")),
            }
        }
        Miss::Votes { controller, controlled, percent, needed, day } => {
            let (a, b) = (name(*controller), name(*controlled));
            lang.pick(
                format!("{a}在{b}的表决权为{percent}%，未超过{needed}%（期间内最高，最后于{day}）"),
                format!("{a} has {percent} % of the votes in {b}; control takes more than {needed} % (the most in the window, last on {day})"),
            )
        }
        Miss::Post { person, organisation, role, why } => {
            let (who, place, role) = (name(*person), name(*organisation), proof_words::role(*role, lang));
            let (zh, en) = match why {
                PostMiss::Ended { last_day, out_since } => (
                    format!("至{last_day}止，自{out_since}起已超出追溯期间"),
                    format!("until {last_day}, out of the window since {out_since}"),
                ),
                PostMiss::NotYet { begins } => (
                    format!("自{begins}起任职，尚未生效或者超出期间"),
                    format!("from {begins} only, not yet settled or beyond the window"),
                ),
                PostMiss::Role => {
                    ("该职务不在所列范围，不计".to_owned(), "a post that this article does not count".to_owned())
                }
                PostMiss::Independent => (
                    "在双方均为独立董事，不计".to_owned(),
                    "an independent director of both, which does not count".to_owned(),
                ),
                PostMiss::Apart => (
                    "任职与关联关系不在同一日存在，不计".to_owned(),
                    "the post and the relation never held on the same day".to_owned(),
                ),
            };
            lang.pick(format!("{who}任{place}{role}：{zh}"), format!("{who}, {role} of {place}: {en}"))
        }
        Miss::Kin { person, why } => {
            let who = name(*person);
            match why {
                KinMiss::Minor => lang.pick(
                    format!("{who}的子女（或者其配偶一方），未成年，不计"),
                    format!("a child of {who} who is not of age"),
                ),
                KinMiss::Ended { last_day } => lang.pick(
                    format!("与{who}的亲属关系至{last_day}止，已超出追溯期间"),
                    format!("family of {who} until {last_day}, before the window begins"),
                ),
                KinMiss::BeyondTheNine => lang.pick(
                    format!("{who}的亲属，但不属于关系密切的家庭成员（{}）", proof_words::article("51", lang)),
                    format!(
                        "a relative of {who}, but none of the close family of {}",
                        proof_words::article("51", lang)
                    ),
                ),
            }
        }
        Miss::Itself => lang.pick("即公司自身", "it is the company itself").to_owned(),
        Miss::OwnGroup => lang
            .pick(
                "受公司控制，集团内部的交易不属于关联交易",
                "the company controls it, and dealings inside the group are no related dealings",
            )
            .to_owned(),
        Miss::Exempt => lang.pick(
            format!("依{}豁免", proof_words::article("6", lang)),
            format!("exempt by {}", proof_words::article("6", lang)),
        ),
    }
}

/// What was looked for under a ground and not found.
fn no_tie(ground: &str, lang: Lang) -> &'static str {
    let (zh, en) = match ground {
        "5.1" => (
            "数据中没有计入的对公司的表决权或者控制关系",
            "the data show no votes in the company and no control of it that count",
        ),
        "5.2" => (
            "数据中没有计入的与公司控制方之间的联系",
            "the data show no tie to a controller of the company that counts",
        ),
        "5.3" => (
            "数据中没有关联自然人控制它，或者在其中任董事、高级管理人员",
            "the data show no related person who controls it or is a director or senior manager of it",
        ),
        "5.4" | "7.1" => (
            "数据中没有计入的直接或者间接持股",
            "the data show no stake in the company, direct or indirect, that counts",
        ),
        "7.2" => ("数据中没有在公司的任职", "the data show no post in the company"),
        "7.3" => {
            ("数据中没有在控制公司的法人的任职", "the data show no post in an organisation that controls the company")
        }
        "7.4" => ("数据中没有与前述自然人的亲属关系", "the data show no family tie to a related person of 7.1 or 7.2"),
        _ => ("没有可据以认定的联系", "no tie on which it could rest"),
    };
    lang.pick(zh, en)
}
