//! From rows of texts to statements: what is said of transactions, who declared whom, how holdings changed.

use super::row::RowReader;
use crate::facts::{Amount, Declaration, Item, Movement, MovementKind, Particular};

pub(super) fn particular<'r>(row: &mut RowReader<'_, 'r>) -> Option<Particular<'r>> {
    let (transaction, item) = (row.required_text("transaction"), row.code("item", Item::from_code));
    let text = row.required_text("text");
    Some(Particular { transaction: transaction?, item: item?, text: text?, source: row.text("source") })
}

pub(super) fn declaration<'r>(row: &mut RowReader<'_, 'r>) -> Option<Declaration<'r>> {
    let (declarant, party, date) = (row.party("declarant"), row.party("party"), row.day("date"));
    Some(Declaration {
        declarant: declarant?,
        party: party?,
        date: date?,
        relation: row.text("relation"),
        grounds: row.text("grounds"),
        source: row.text("source"),
    })
}

pub(super) fn movement<'r>(row: &mut RowReader<'_, 'r>) -> Option<Movement<'r>> {
    let (holder, group) = (row.optional_party("holder"), row.text("group"));
    let (company, kind) = (row.party("company"), row.code("kind", MovementKind::from_code));
    let percent = row.optional_share("percent");
    let (date, since) = (row.day("date"), row.optional_day("since"));
    let (holder, date, since) = (holder?, date?, since?);
    let told = row.one_holder(holder, group);
    let ordered = row.in_order(since, date);
    (told && ordered).then_some(())?;
    Some(Movement {
        holder,
        group,
        company: company?,
        kind: kind?,
        percent: percent?.unwrap_or(Amount::Unknown),
        date,
        since,
        source: row.text("source"),
    })
}
