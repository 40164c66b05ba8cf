//! Partnerships need an executive partner to be controlled by anybody.

use super::Checker;
use crate::facts::{ControlBasis, Effect, PartyId, PartyKind, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::both;
use rustc_hash::FxHashSet;

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let executed: FxHashSet<PartyId> = facts
        .controls()
        .iter()
        .filter(|row| row.effect == Effect::Asserts && row.basis == Some(ControlBasis::GeneralPartner))
        .map(|row| row.controlled)
        .collect();
    for id in facts.party_ids() {
        let kind = facts.kind(id);
        if kind != PartyKind::Partnership || executed.contains(&id) {
            continue;
        }
        let name = checker.name(id);
        let message =
            both!("no row of controls names the executive partner of {name}", "控制关系表中没有{name}的执行事务合伙人");
        let remedy = both!(
            "add a row of controls with basis general_partner: a partnership is not controlled by capital",
            "请在控制关系表中补充控制方式为“普通合伙人”的行；合伙企业不因出资比例而受控制"
        );
        let finding = Finding::new(Code::NoExecutivePartner, message).column("kind").value(kind.code());
        checker.found(Table::Parties, id.index(), finding.remedy(remedy));
    }
}
