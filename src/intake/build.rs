//! From tables of texts to facts: one function for each table.

use super::OpenError;
use super::blocks::Block;
use super::code::Code;
use super::collected::Collected;
use super::csv_file::{self, CsvFile, Noted};
use super::finding::Finding;
use super::headings::Headings;
use super::marks::Marks;
use super::raw::{RawDataset, RawTable, Rest, Source};
use super::row::{Known, RowReader};
use super::schema;
use super::settings;
use super::statements::{declaration, movement, particular};
use super::text::both;
use crate::facts::{
    Approval, Authority, ConcertMembership, Control, ControlBasis, Designation, Direction, Effect, Facts, Financial,
    Forecast, Holding, Kind, Kinship, Party, PartyKind, Position, Pricing, Proxy, Relation, Role, RowRef, Table,
    Transaction, VoteRestriction,
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Facts, and where in the files each of their rows stands.
pub(crate) struct Built {
    pub(crate) facts: Facts,
    pub(crate) places: Places,
    pub(crate) findings: Collected,
    /// Ids of parties whose row could not be read.
    pub(crate) broken: FxHashSet<String>,
    /// Whether every row of the table of parties was read into cells.
    pub(crate) parties_complete: bool,
    /// Data rows of all tables but the settings, those included that could not be read.
    pub(crate) rows: usize,
}

/// Where the rows of a table stand.
struct Place {
    file: String,
    sheet: Option<String>,
    marks: Marks,
}

/// Where each row of the facts stands. Rows that could not be read are not among the facts, so that a position in the
/// facts is not always the position in the file.
#[derive(Default)]
pub(crate) struct Places {
    tables: FxHashMap<Table, Place>,
    /// Tables of which some rows could not be read.
    partial: FxHashSet<Table>,
    /// The file of the settings.
    pub(crate) settings: String,
}

impl Places {
    /// A finding about the row at `index` of the facts' table.
    pub(crate) fn row(&self, finding: Finding, table: Table, index: usize) -> Finding {
        let row = self.number(table, index);
        let Some(Place { file, sheet, marks }) = self.tables.get(&table) else {
            return finding.file("", Some(table)).row(row, None);
        };
        let mut finding = finding.file(file, Some(table)).row(row, marks.get(index).and_then(|mark| mark.line));
        finding.sheet.clone_from(sheet);
        finding
    }

    /// Whether every row of a table could be read.
    pub(crate) fn is_whole(&self, table: Table) -> bool {
        !self.partial.contains(&table)
    }

    /// The data row of the row at `index` of the facts' table.
    pub(crate) fn number(&self, table: Table, index: usize) -> u32 {
        let mark = self.tables.get(&table).and_then(|place| place.marks.get(index));
        mark.map_or_else(|| RowRef::new(table, index).row, |mark| mark.number)
    }
}

/// Builds facts from everything that was read, and reads what was not yet.
pub(crate) fn build(mut raw: RawDataset) -> Result<Built, OpenError> {
    let mut findings = std::mem::take(&mut raw.findings);
    missing(&raw, &mut findings);
    let mut built = Built {
        facts: Facts::default(),
        places: Places::default(),
        findings,
        broken: FxHashSet::default(),
        parties_complete: false,
        rows: 0,
    };
    // Parties first, as all other rows name them.
    raw.tables.sort_by_key(|source| (source.table.schema.table.is_none(), source.table.schema.table));
    for Source { table, rest } in raw.tables {
        let (head, mut whole) = (table.without_rows(), Whole::default());
        match rest {
            Rest::Nothing => {
                let piece = built.piece(table, Noted::default(), Collected::default());
                built.take(piece, &mut whole);
            }
            Rest::File { path, mut file } => {
                whole = built.file(&head, &mut file).map_err(|source| OpenError::Read { path, source })?;
            }
        }
        built.end(head, whole);
    }
    Ok(built)
}

/// Blocks that are read at once, for each thread: so many that none of the threads waits long for the last.
const BLOCKS: usize = 4;

impl Built {
    /// Reads all rows of a file: while some blocks are turned into facts, the next ones are read.
    fn file(&mut self, head: &RawTable, file: &mut CsvFile) -> std::io::Result<Whole> {
        let most = rayon::current_num_threads() * BLOCKS;
        let (mut whole, mut blocks) = (Whole::default(), file.next(most)?);
        while !blocks.is_empty() {
            let headings = file.columns();
            let (pieces, next) = rayon::join(
                || blocks.into_par_iter().map(|block| self.block(block, head, headings.as_deref())).collect::<Vec<_>>(),
                || file.next(most),
            );
            pieces.into_iter().for_each(|piece| self.take(piece, &mut whole));
            blocks = next?;
        }
        file.finish(&whole.noted, head, &mut self.findings);
        Ok(whole)
    }

    /// What a block comes to.
    fn block(&self, block: Block, head: &RawTable, headings: Option<&Headings>) -> Piece {
        let mut findings = Collected::default();
        let (table, noted) = match headings {
            Some(headings) => csv_file::rows(block, headings, head, &mut findings),
            None => (head.without_rows(), Noted::default()),
        };
        self.piece(table, noted, findings)
    }

    /// What the rows of a table come to.
    fn piece(&self, table: RawTable, noted: Noted, findings: Collected) -> Piece {
        let mut piece = Piece {
            facts: Facts::default(),
            marks: Marks::default(),
            findings,
            broken: Vec::new(),
            noted,
            count: table.count,
            read: table.rows.len(),
            settings: None,
        };
        if !table.has_columns() {
            // A required column is missing: that is one fault, not one for each row.
            return piece;
        }
        let Some(name) = table.schema.table else {
            piece.settings = Some(table);
            return piece;
        };
        let known = Known { broken: &self.broken, complete: self.parties_complete };
        for (index, mark) in table.rows.iter().copied().enumerate() {
            let findings = &mut piece.findings;
            let mut row = RowReader { table: &table, index, mark, facts: &self.facts, known, findings, next: 0 };
            if read(&mut row, name, &mut piece.facts).is_some() {
                piece.marks.push(mark);
            } else if name == Table::Parties {
                piece.broken.push(table.cell(index, 0).to_owned());
            }
        }
        piece
    }

    /// Appends a piece to the table that it is of.
    fn take(&mut self, piece: Piece, whole: &mut Whole) {
        self.facts.append(&piece.facts);
        whole.marks.append(&piece.marks, whole.count);
        whole.noted.append(&piece.noted, whole.count);
        let mut findings = piece.findings;
        if let Some(settings) = piece.settings {
            settings::read(&settings, &mut self.facts.settings, &mut findings);
        }
        self.findings.append(findings.after(whole.count));
        self.broken.extend(piece.broken);
        whole.count = whole.count.saturating_add(piece.count);
        whole.read += piece.read;
    }

    /// Keeps where the rows of a table stand, after its last piece.
    fn end(&mut self, head: RawTable, whole: Whole) {
        if head.schema.table.is_some() {
            self.rows = self.rows.saturating_add(whole.count as usize);
        }
        if let Some(table) = head.schema.table
            && (!head.has_columns() || self.facts.rows_of(table) < whole.count as usize)
        {
            self.places.partial.insert(table);
        }
        if !head.has_columns() {
            return;
        }
        match head.schema.table {
            Some(table) => {
                self.places.tables.insert(table, Place { file: head.file, sheet: head.sheet, marks: whole.marks });
                if table == Table::Parties {
                    // An id that is not there is certainly unknown only if every row with content was read into cells.
                    self.parties_complete = whole.count as usize == whole.read;
                    let facts = &self.facts;
                    self.broken.retain(|id| facts.party_id(id).is_none());
                }
            }
            None => self.places.settings = head.file,
        }
    }
}

/// What a piece of a table comes to. Rows are counted from the first of the piece.
struct Piece {
    facts: Facts,
    marks: Marks,
    findings: Collected,
    broken: Vec<String>,
    noted: Noted,
    count: u32,
    /// Rows that could be read into cells.
    read: usize,
    /// Rows of the settings, which are read one after another.
    settings: Option<RawTable>,
}

/// What all pieces of a table come to that were taken so far.
#[derive(Default)]
struct Whole {
    marks: Marks,
    noted: Noted,
    count: u32,
    read: usize,
}

/// Tables and columns that are needed and not there.
fn missing(raw: &RawDataset, findings: &mut Collected) {
    let parties = schema::of(Table::Parties);
    if !raw.unreadable && raw.table(parties).is_none() {
        let message = both!("the dataset has no table parties", "数据集缺少主体表（parties）");
        let remedy = both!(
            "add parties with the columns id, name and kind; `relata init` writes an empty dataset",
            "请补充主体表，至少含编号、名称、类型三列；relata init 可生成空白数据集"
        );
        findings.push(Finding::new(Code::MissingTable, message).file(&raw.file, parties.table).remedy(remedy));
    }
    for table in raw.tables.iter().map(|source| &source.table) {
        let columns = table.schema.columns.iter().zip(&table.present);
        for (column, _) in columns.filter(|(column, present)| column.required && !**present) {
            let (en, zh) = (column.en, column.zh);
            let message = both!("the column {en} is missing", "缺少“{zh}”列");
            let finding = Finding::new(Code::MissingColumn, message).column(en);
            let remedy = both!("add a column headed `{en}` or `{zh}`", "请增加表头为“{zh}”或“{en}”的列");
            findings.push(table.place(finding).expected(column.cell.expected()).remedy(remedy));
        }
    }
}

/// Reads one row and pushes it to its table.
fn read(row: &mut RowReader<'_, '_>, table: Table, facts: &mut Facts) -> Option<()> {
    macro_rules! tables {
        ($($table:ident, $read:ident, $push:ident;)+) => {
            match table {
                Table::Parties => {
                    facts.add_party(&party(row)?);
                }
                $(Table::$table => facts.$push(&$read(row)?),)+
            }
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
        Particulars, particular, push_particular;
        Declarations, declaration, push_declaration;
        Movements, movement, push_movement;
    }
    Some(())
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

pub(crate) fn transaction<'r>(row: &mut RowReader<'_, 'r>) -> Option<Transaction<'r>> {
    let (id, date) = (row.required_text("id"), row.day("date"));
    let (counterparty, side) = (row.party("counterparty"), row.optional_party("side"));
    let (kind, amount) = (row.code("kind", Kind::from_code), row.optional_number("amount"));
    let (approved, approved_on) = (row.optional_code("approved", Approval::from_code), row.optional_day("approved_on"));
    let (currency, ends) = (row.currency(), row.optional_day("ends"));
    let (direction, target) = (row.optional_code("direction", Direction::from_code), row.optional_party("target"));
    let (book_value, total_amount) = (row.optional_number("book_value"), row.optional_number("total_amount"));
    let (assurance, pricing) = (row.optional_yes_no("assurance"), row.optional_code("pricing", Pricing::from_code));
    let (currency, rate) = currency?;
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
        currency,
        rate,
        ends: ends?,
        direction: direction?,
        target: target?,
        book_value: book_value?,
        total_amount: total_amount?,
        assurance: assurance?,
        pricing: pricing?,
        source: row.text("source"),
    })
}

fn forecast<'r>(row: &mut RowReader<'_, 'r>) -> Option<Forecast<'r>> {
    let (label, group) = (row.required_text("forecast"), row.party("group"));
    let (kind, year) = (row.code("kind", Kind::from_code), row.year("year"));
    let amount = row.number("amount");
    let (approved, approved_on) = (row.optional_code("approved", Approval::from_code), row.optional_day("approved_on"));
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
