//! From tables of texts to facts: one function for each table.

use super::code::Code;
use super::finding::Finding;
use super::near::Suggester;
use super::raw::{RawDataset, RawTable, RowMark};
use super::row::{Known, RowReader};
use super::schema::{self, APPROVALS, CodeName, TRANSACTION_KINDS};
use super::settings;
use super::text::both;
use crate::facts::{
    Authority, ConcertMembership, Control, ControlBasis, Designation, Effect, Facts, Financial, Forecast, Holding,
    Kinship, Party, PartyKind, Position, Proxy, Relation, Role, RowRef, Table, Transaction, VoteRestriction,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Facts, and where in the files each of their rows stands.
pub(crate) struct Built {
    pub(crate) facts: Facts,
    pub(crate) places: Places,
    pub(crate) findings: Vec<Finding>,
    /// Ids of parties whose row could not be read.
    pub(crate) broken: FxHashSet<String>,
    /// Whether every row of the table of parties was read into cells.
    pub(crate) parties_complete: bool,
}

/// Where each row of the facts stands. Rows that could not be read are not among the facts, so that a position in the
/// facts is not always the position in the file.
#[derive(Default)]
pub(crate) struct Places {
    tables: FxHashMap<Table, (String, Vec<RowMark>)>,
    /// The file of the settings.
    pub(crate) settings: String,
}

impl Places {
    /// A finding about the row at `index` of the facts' table.
    pub(crate) fn row(&self, finding: Finding, table: Table, index: usize) -> Finding {
        let (file, mark) = match self.tables.get(&table) {
            Some((file, marks)) => (file.as_str(), marks.get(index)),
            None => ("", None),
        };
        let finding = finding.file(file, Some(table));
        let row = self.number(table, index);
        finding.row(row, mark.and_then(|mark| mark.line))
    }

    /// The data row of the row at `index` of the facts' table.
    pub(crate) fn number(&self, table: Table, index: usize) -> u32 {
        let mark = self.tables.get(&table).and_then(|(_, marks)| marks.get(index));
        mark.map_or_else(|| RowRef::new(table, index).row, |mark| mark.number)
    }
}

/// Builds facts from everything that was read.
pub(crate) fn build(raw: &RawDataset) -> Built {
    let (findings, places) = (missing(raw), Places::default());
    let table = usable(raw, Table::Parties);
    let mut facts = Facts::default();
    let mut reader = Reader { raw, suggester: Suggester::default(), findings, places };
    let mut known = Known { broken: FxHashSet::default(), complete: table.is_some_and(all_rows) };
    reader.rows(&mut facts, &known, Table::Parties, party, |facts, row| {
        facts.push_party(row);
    });
    if let Some(table) = table {
        let ids = (0..table.rows.len()).map(|index| table.cell(index, 0)).filter(|id| facts.party_id(id).is_none());
        known.broken = ids.map(str::to_owned).collect();
    }
    macro_rules! tables {
        ($($table:ident, $read:ident, $push:ident;)+) => {
            $(reader.rows(&mut facts, &known, Table::$table, $read, Facts::$push);)+
        };
    }
    tables! {
        Holdings, holding, push_holding;
        Proxies, proxy, push_proxy;
        Controls, control, push_control;
        Concert, membership, push_concert;
        Positions, position, push_position;
        Kinships, kinship, push_kinship;
        Designations, designation, push_designation;
        VoteRestrictions, vote_restriction, push_vote_restriction;
        Financials, financial, push_financial;
        Transactions, transaction, push_transaction;
        Forecasts, forecast, push_forecast;
    }
    let Reader { mut findings, mut places, .. } = reader;
    if let Some(table) = raw.tables.iter().find(|table| table.schema.table.is_none() && has_columns(table)) {
        table.file.clone_into(&mut places.settings);
        facts.settings = settings::read(table, &mut findings);
    }
    Built { facts, places, findings, broken: known.broken, parties_complete: known.complete }
}

/// Tables and columns that are needed and not there.
fn missing(raw: &RawDataset) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parties = schema::of(Table::Parties);
    if !raw.unreadable && !raw.tables.iter().any(|table| std::ptr::eq(table.schema, parties)) {
        let message = both!("the dataset has no table parties", "数据集缺少主体表（parties）");
        let remedy = both!(
            "add parties with the columns id, name and kind; `relata init` writes an empty dataset",
            "请补充主体表，至少含编号、名称、类型三列；relata init 可生成空白数据集"
        );
        findings.push(Finding::new(Code::MissingTable, message).file(&raw.file, parties.table).remedy(remedy));
    }
    for table in &raw.tables {
        let columns = table.schema.columns.iter().zip(&table.present);
        for (column, _) in columns.filter(|(column, present)| column.required && !**present) {
            let (en, zh) = (column.en, column.zh);
            let message = both!("the column {en} is missing", "缺少“{zh}”列");
            let finding = Finding::new(Code::MissingColumn, message).column(en);
            let remedy = both!("add a column headed `{en}` or `{zh}`", "请增加表头为“{zh}”或“{en}”的列");
            findings.push(table.place(finding).expected(column.cell.expected()).remedy(remedy));
        }
    }
    findings
}

fn has_columns(table: &RawTable) -> bool {
    table.schema.columns.iter().zip(&table.present).all(|(column, present)| *present || !column.required)
}

/// The table, unless a required column is missing: that is one fault, not one for each row.
fn usable(raw: &RawDataset, table: Table) -> Option<&RawTable> {
    raw.tables.iter().find(|raw| raw.schema.table == Some(table) && has_columns(raw))
}

/// Whether every row with content was read into cells, so that an id that is not there is certainly unknown.
fn all_rows(table: &RawTable) -> bool {
    usize::try_from(table.count).is_ok_and(|count| count == table.rows.len())
}

/// What goes on from table to table.
struct Reader<'r> {
    raw: &'r RawDataset,
    suggester: Suggester,
    findings: Vec<Finding>,
    places: Places,
}

impl<'r> Reader<'r> {
    /// Reads the rows of one table, each into the facts as soon as it is read.
    fn rows<T>(
        &mut self,
        facts: &mut Facts,
        known: &Known,
        table: Table,
        read: fn(&mut RowReader<'_, 'r>) -> Option<T>,
        push: fn(&mut Facts, &T),
    ) {
        let Some(table) = usable(self.raw, table) else { return };
        let mut marks = Vec::with_capacity(table.rows.len());
        let (suggester, findings) = (&mut self.suggester, &mut self.findings);
        for (index, mark) in table.rows.iter().copied().enumerate() {
            if let Some(row) = read(&mut RowReader { table, index, mark, facts, known, suggester, findings }) {
                push(facts, &row);
                marks.push(mark);
            }
        }
        if let Some(name) = table.schema.table {
            self.places.tables.insert(name, (table.file.clone(), marks));
        }
    }
}

/// Reads a code of a plain list, English or Chinese, to its English form.
fn listed(list: &'static [CodeName]) -> impl Fn(&str) -> Option<&'static str> {
    |text| list.iter().find(|(en, zh)| *en == text || *zh == text).map(|(en, _)| *en)
}

fn party<'r>(row: &mut RowReader<'_, 'r>) -> Option<Party<'r>> {
    let (id, name) = (row.required_text("id"), row.required_text("name"));
    let kind = row.code("kind", PartyKind::from_code);
    let birth_date = row.optional_day("birth_date");
    Some(Party {
        id: id?,
        name: name?,
        kind: kind?,
        identifier: row.text("identifier"),
        birth_date: birth_date?,
        listed: row.text("listed"),
        aliases: row.names("aliases"),
        country: row.text("country"),
    })
}

fn holding<'r>(row: &mut RowReader<'_, 'r>) -> Option<Holding<'r>> {
    let (holder, company) = (row.party("holder"), row.party("company"));
    let (percent, votes_percent) = (row.capital(), row.optional_share("votes_percent"));
    let period = row.period();
    Some(Holding {
        holder: holder?,
        company: company?,
        percent: percent?,
        votes_percent: votes_percent?,
        period: period?,
        source: row.text("source"),
    })
}

fn proxy<'r>(row: &mut RowReader<'_, 'r>) -> Option<Proxy<'r>> {
    let (principal, agent, company) = (row.party("principal"), row.party("agent"), row.party("company"));
    let (votes_percent, period) = (row.optional_share("votes_percent"), row.period());
    Some(Proxy {
        principal: principal?,
        agent: agent?,
        company: company?,
        votes_percent: votes_percent?,
        period: period?,
        source: row.text("source"),
    })
}

fn control<'r>(row: &mut RowReader<'_, 'r>) -> Option<Control<'r>> {
    let (controller, controlled) = (row.party("controller"), row.party("controlled"));
    let basis = row.optional_code("basis", ControlBasis::from_code);
    let effect = row.optional_code("effect", Effect::from_code).map(|effect| effect.unwrap_or(Effect::Asserts));
    let period = row.period();
    if basis == Some(None) && effect == Some(Effect::Asserts) {
        row.basis_missing();
        return None;
    }
    Some(Control {
        controller: controller?,
        controlled: controlled?,
        basis: basis?,
        joint: row.text("joint"),
        effect: effect?,
        period: period?,
        source: row.text("source"),
    })
}

fn membership<'r>(row: &mut RowReader<'_, 'r>) -> Option<ConcertMembership<'r>> {
    let (group, member, company) = (row.required_text("group"), row.party("member"), row.optional_party("company"));
    let (lead, period) = (row.yes_no("lead"), row.period());
    Some(ConcertMembership {
        group: group?,
        member: member?,
        company: company?,
        lead: lead?,
        period: period?,
        source: row.text("source"),
    })
}

fn position<'r>(row: &mut RowReader<'_, 'r>) -> Option<Position<'r>> {
    let (person, organisation) = (row.party("person"), row.party("organisation"));
    let (role, period) = (row.code("role", Role::from_code), row.period());
    Some(Position {
        person: person?,
        organisation: organisation?,
        role: role?,
        period: period?,
        source: row.text("source"),
    })
}

fn kinship<'r>(row: &mut RowReader<'_, 'r>) -> Option<Kinship<'r>> {
    let (person, relative) = (row.party("person"), row.party("relative"));
    let (relation, period) = (row.code("relation", Relation::from_code), row.period());
    Some(Kinship {
        person: person?,
        relative: relative?,
        relation: relation?,
        period: period?,
        source: row.text("source"),
    })
}

fn designation<'r>(row: &mut RowReader<'_, 'r>) -> Option<Designation<'r>> {
    let (party, authority) = (row.party("party"), row.code("authority", Authority::from_code));
    let period = row.period();
    Some(Designation {
        party: party?,
        authority: authority?,
        reason: row.text("reason"),
        period: period?,
        source: row.text("source"),
    })
}

fn vote_restriction<'r>(row: &mut RowReader<'_, 'r>) -> Option<VoteRestriction<'r>> {
    let (shareholder, beneficiary) = (row.party("shareholder"), row.party("beneficiary"));
    let (company, period) = (row.party("company"), row.period());
    Some(VoteRestriction {
        shareholder: shareholder?,
        beneficiary: beneficiary?,
        company: company?,
        reason: row.text("reason"),
        period: period?,
        source: row.text("source"),
    })
}

fn financial<'r>(row: &mut RowReader<'_, 'r>) -> Option<Financial<'r>> {
    let (party, period_end) = (row.party("party"), row.day("period_end"));
    let (net_assets, total_assets) = (row.optional_number("net_assets"), row.optional_number("total_assets"));
    let (revenue, net_profit) = (row.optional_number("revenue"), row.optional_number("net_profit"));
    let market_value = row.optional_number("market_value");
    Some(Financial {
        party: party?,
        period_end: period_end?,
        net_assets: net_assets?,
        total_assets: total_assets?,
        revenue: revenue?,
        net_profit: net_profit?,
        market_value: market_value?,
        source: row.text("source"),
    })
}

fn transaction<'r>(row: &mut RowReader<'_, 'r>) -> Option<Transaction<'r>> {
    let (id, date) = (row.required_text("id"), row.day("date"));
    let (counterparty, side) = (row.party("counterparty"), row.optional_party("side"));
    let (kind, amount) = (row.code("kind", listed(TRANSACTION_KINDS)), row.optional_number("amount"));
    let (approved, approved_on) = (row.optional_code("approved", listed(APPROVALS)), row.optional_day("approved_on"));
    Some(Transaction {
        id: id?,
        date: date?,
        counterparty: counterparty?,
        side: side?,
        kind: kind?,
        amount: amount?,
        subject_matter: row.text("subject_matter"),
        exemption: row.text("exemption"),
        exemption_facts: row.text("exemption_facts"),
        approved: approved?,
        approved_on: approved_on?,
        forecast: row.text("forecast"),
        source: row.text("source"),
    })
}

fn forecast<'r>(row: &mut RowReader<'_, 'r>) -> Option<Forecast<'r>> {
    let (label, group) = (row.required_text("forecast"), row.party("group"));
    let (kind, year) = (row.code("kind", listed(TRANSACTION_KINDS)), row.year("year"));
    let amount = row.number("amount");
    let (approved, approved_on) = (row.optional_code("approved", listed(APPROVALS)), row.optional_day("approved_on"));
    Some(Forecast {
        forecast: label?,
        group: group?,
        kind: kind?,
        year: year?,
        amount: amount?,
        approved: approved?,
        approved_on: approved_on?,
        source: row.text("source"),
    })
}
