//! Remarks on the facts that the graph shows, in words.

use crate::facts::{Facts, Lang, RowRef};
use crate::proof::words::{Names, article};
use crate::register::Remark;
use serde::Serialize;

/// A remark in JSON.
#[derive(Serialize)]
pub(super) struct RemarkJson<'a> {
    code: &'static str,
    party: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'a str>,
    rows: &'a [RowRef],
}

pub(super) fn json<'a>(remarks: &'a [Remark], facts: &'a Facts) -> Vec<RemarkJson<'a>> {
    remarks
        .iter()
        .map(|remark| RemarkJson {
            code: remark.code,
            party: facts.id(remark.party),
            other: remark.other.map(|other| facts.id(other)),
            rows: &remark.rows,
        })
        .collect()
}

/// The remark as a sentence, with the rows it rests on.
#[must_use]
pub fn remark_text(remark: &Remark, names: &Names<'_>, facts: &Facts, lang: Lang) -> String {
    let party = names.in_full(facts.id(remark.party));
    let other = remark.other.map(|other| names.in_full(facts.id(other))).unwrap_or_default();
    let text = match remark.code {
        "group-holds-subject" => lang.pick(
            format!("{party}受公司控制却持有公司股份，公司法不允许"),
            format!("{party} holds shares of the company that controls it; company law bars that"),
        ),
        "presumption-alone" => lang.pick(
            format!(
                "{party}对{other}的控制仅依据按表决权比例的推定（收购管理办法{}）；如另有认定，请在控制关系表中写明",
                article("84", lang)
            ),
            format!(
                "the control of {party} over {other} rests on the presumption from votes alone (takeover rules, {}); if it was found otherwise, add a row to `controls`",
                article("84", lang)
            ),
        ),
        "controlling-person-below-threshold" => lang.pick(
            format!("{party}控制公司但持股未达到规定比例，按文义不因此成为关联人（开关controlling_person）"),
            format!("{party} controls the company with a stake below the threshold and is on no ground by that (switch `controlling_person`)"),
        ),
        "before-rules-in-force" => lang.pick(
            "所问日期早于规则施行日，按规则的首版数值作答".to_owned(),
            "the day asked about lies before the rules were in force; they are applied as if they had been".to_owned(),
        ),
        code => match remark.other {
            Some(_) => lang.pick(format!("{code}：{party}，{other}"), format!("{code}: {party}, {other}")),
            None => lang.pick(format!("{code}：{party}"), format!("{code}: {party}")),
        },
    };
    if remark.rows.is_empty() {
        return text;
    }
    let rows = super::words::rows(&remark.rows, lang);
    lang.pick(format!("{text}（{rows}）"), format!("{text} ({rows})"))
}
