//! A folder of CSV files.

use super::rows::{
    ConcertRow, ControlRow, Day, DesignationRow, HoldingRow, KinshipRow, Outline, PartyRow, PositionRow, ProxyRow, Ref,
    RestrictionRow, Share, Sink, Term, push_number,
};
use chrono::{Datelike as _, NaiveDate};
use std::fs::File;
use std::io;
use std::path::Path;

/// Rows between two words to whoever watches.
const OFTEN: u64 = 16_384;
/// Bytes held back before they are written.
const BUFFER: usize = 1 << 18;

/// One file being written.
struct Table {
    writer: csv::Writer<File>,
    rows: u64,
}

impl Table {
    fn create(folder: &Path, name: &str, headings: &[&str]) -> io::Result<Self> {
        let file = File::create_new(folder.join(name))?;
        let mut writer = csv::WriterBuilder::new().buffer_capacity(BUFFER).from_writer(file);
        writer.write_record(headings)?;
        Ok(Self { writer, rows: 0 })
    }
}

/// Writes the rows into a folder of CSV files with English headings, and the listed companies into `subjects.txt`
/// beside them: a heading `id`, then one id on each line.
pub struct CsvFolder<'w> {
    parties: Table,
    holdings: Table,
    proxies: Table,
    controls: Table,
    concert: Table,
    positions: Table,
    kinships: Table,
    designations: Table,
    restrictions: Table,
    settings: Table,
    subjects: Table,
    /// Cells of the row at hand.
    cell: Vec<u8>,
    rows: u64,
    watch: &'w mut dyn FnMut(u64),
}

impl<'w> CsvFolder<'w> {
    /// Begins the files in a folder that has none of them; `watch` is told from time to time how many more rows there
    /// are.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn create(folder: &Path, watch: &'w mut dyn FnMut(u64)) -> io::Result<Self> {
        let table = |name: &str, headings: &[&str]| Table::create(folder, name, headings);
        Ok(Self {
            parties: table(
                "parties.csv",
                &["id", "name", "kind", "identifier", "birth_date", "listed", "aliases", "country"],
            )?,
            holdings: table("holdings.csv", &["holder", "company", "percent", "from", "until", "agreed", "source"])?,
            proxies: table(
                "proxies.csv",
                &["principal", "agent", "company", "votes_percent", "from", "until", "agreed", "source"],
            )?,
            controls: table(
                "controls.csv",
                &["controller", "controlled", "basis", "joint", "effect", "from", "until", "agreed", "source"],
            )?,
            concert: table(
                "concert.csv",
                &["group", "member", "company", "lead", "from", "until", "agreed", "source"],
            )?,
            positions: table(
                "positions.csv",
                &["person", "organisation", "role", "from", "until", "agreed", "source"],
            )?,
            kinships: table("kinships.csv", &["person", "relative", "relation", "from", "until", "source"])?,
            designations: table("designations.csv", &["party", "authority", "reason", "from", "until", "source"])?,
            restrictions: table(
                "vote_restrictions.csv",
                &["shareholder", "beneficiary", "company", "reason", "from", "until", "source"],
            )?,
            settings: table("settings.csv", &["key", "value"])?,
            subjects: table("subjects.txt", &["id"])?,
            cell: Vec::with_capacity(64),
            rows: 0,
            watch,
        })
    }

    /// Writes out what is held back; the rows of each table, by the name of its file.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn finish(mut self) -> io::Result<Vec<(&'static str, u64)>> {
        let tables = [
            ("parties", &mut self.parties),
            ("holdings", &mut self.holdings),
            ("proxies", &mut self.proxies),
            ("controls", &mut self.controls),
            ("concert", &mut self.concert),
            ("positions", &mut self.positions),
            ("kinships", &mut self.kinships),
            ("designations", &mut self.designations),
            ("vote_restrictions", &mut self.restrictions),
            ("settings", &mut self.settings),
            ("subjects", &mut self.subjects),
        ];
        let mut counts = Vec::with_capacity(tables.len());
        for (name, table) in tables {
            table.writer.flush()?;
            counts.push((name, table.rows));
        }
        (self.watch)(self.rows % OFTEN);
        Ok(counts)
    }
}

/// Writes the cells of one row.
struct Cells<'t> {
    table: &'t mut Table,
    cell: &'t mut Vec<u8>,
}

impl Cells<'_> {
    fn text(&mut self, text: &str) -> io::Result<&mut Self> {
        self.table.writer.write_field(text)?;
        Ok(self)
    }

    fn party(&mut self, party: Ref) -> io::Result<&mut Self> {
        self.cell.clear();
        party.push_id(self.cell);
        self.table.writer.write_field(&self.cell)?;
        Ok(self)
    }

    fn share(&mut self, share: Option<Share>) -> io::Result<&mut Self> {
        self.cell.clear();
        match share {
            Some(Share::Exact(units)) => push_percent(self.cell, units),
            Some(Share::Range(low, high)) => {
                push_percent(self.cell, low);
                self.cell.push(b'-');
                push_percent(self.cell, high);
            }
            Some(Share::Unknown) | None => {}
        }
        self.table.writer.write_field(&self.cell)?;
        Ok(self)
    }

    fn day(&mut self, day: Day) -> io::Result<&mut Self> {
        self.cell.clear();
        match day {
            Day::Open => {}
            Day::On(day) => push_date(self.cell, day),
            Day::Unknown => self.cell.push(b'?'),
            Day::Near(day) => {
                push_date(self.cell, day);
                self.cell.push(b'?');
            }
        }
        self.table.writer.write_field(&self.cell)?;
        Ok(self)
    }

    fn date(&mut self, day: Option<NaiveDate>) -> io::Result<&mut Self> {
        self.day(day.map_or(Day::Open, Day::On))
    }

    fn term(&mut self, term: Term) -> io::Result<&mut Self> {
        self.day(term.from)?.day(term.until)?.date(term.agreed)
    }

    fn period(&mut self, term: Term) -> io::Result<&mut Self> {
        self.day(term.from)?.day(term.until)
    }

    fn end(&mut self) -> io::Result<()> {
        self.table.rows += 1;
        self.table.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }
}

/// Appends ten-thousandths of a percent as percent.
fn push_percent(cell: &mut Vec<u8>, units: u32) {
    push_number(cell, units / 10_000);
    let mut rest = units % 10_000;
    if rest == 0 {
        return;
    }
    cell.push(b'.');
    let mut place = 1_000;
    while rest > 0 {
        cell.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

fn push_date(cell: &mut Vec<u8>, day: NaiveDate) {
    push_number(cell, day.year().unsigned_abs());
    for number in [day.month(), day.day()] {
        cell.push(b'-');
        cell.push(b'0' + (number / 10) as u8);
        cell.push(b'0' + (number % 10) as u8);
    }
}

impl CsvFolder<'_> {
    /// The cells of a row of one table.
    fn row<'t>(&'t mut self, table: fn(&'t mut Self) -> (&'t mut Table, &'t mut Vec<u8>)) -> Cells<'t> {
        self.rows += 1;
        if self.rows.is_multiple_of(OFTEN) {
            (self.watch)(OFTEN);
        }
        let (table, cell) = table(self);
        Cells { table, cell }
    }
}

impl Sink for CsvFolder<'_> {
    fn begin(&mut self, _outline: Outline) -> io::Result<()> {
        Ok(())
    }

    fn party(&mut self, row: &PartyRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.parties, &mut sink.cell));
        cells.party(row.party)?.text(row.name)?.text(row.kind.code())?;
        cells.text(row.identifier.unwrap_or_default())?.date(row.birth_date)?;
        cells.text(row.listed.unwrap_or_default())?.text(row.alias.unwrap_or_default())?.text("")?.end()
    }

    fn holding(&mut self, row: &HoldingRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.holdings, &mut sink.cell));
        cells.party(row.holder)?.party(row.company)?.share(Some(row.share))?.term(row.term)?.text(row.source)?.end()
    }

    fn proxy(&mut self, row: &ProxyRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.proxies, &mut sink.cell));
        cells.party(row.principal)?.party(row.agent)?.party(row.company)?.share(row.votes)?;
        cells.term(row.term)?.text(row.source)?.end()
    }

    fn control(&mut self, row: &ControlRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.controls, &mut sink.cell));
        cells.party(row.controller)?.party(row.controlled)?.text(row.basis.map_or("", |basis| basis.code()))?;
        cells.text(row.joint.unwrap_or_default())?.text(row.effect.code())?.term(row.term)?.text(row.source)?.end()
    }

    fn concert(&mut self, row: &ConcertRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.concert, &mut sink.cell));
        cells.text(row.group)?.party(row.member)?;
        match row.company {
            Some(company) => cells.party(company)?,
            None => cells.text("")?,
        };
        cells.text(if row.lead { "yes" } else { "" })?.term(row.term)?.text(row.source)?.end()
    }

    fn position(&mut self, row: &PositionRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.positions, &mut sink.cell));
        cells.party(row.person)?.party(row.organisation)?.text(row.role.code())?;
        cells.term(row.term)?.text(row.source)?.end()
    }

    fn kinship(&mut self, row: &KinshipRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.kinships, &mut sink.cell));
        cells.party(row.person)?.party(row.relative)?.text(row.relation.code())?;
        cells.period(row.term)?.text(row.source)?.end()
    }

    fn designation(&mut self, row: &DesignationRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.designations, &mut sink.cell));
        cells.party(row.party)?.text(row.authority.code())?.text(row.reason)?;
        cells.period(row.term)?.text(row.source)?.end()
    }

    fn restriction(&mut self, row: &RestrictionRow<'_>) -> io::Result<()> {
        let mut cells = self.row(|sink| (&mut sink.restrictions, &mut sink.cell));
        cells.party(row.shareholder)?.party(row.beneficiary)?.party(row.company)?.text(row.reason)?;
        cells.period(row.term)?.text(row.source)?.end()
    }

    fn listed(&mut self, company: Ref) -> io::Result<()> {
        self.row(|sink| (&mut sink.subjects, &mut sink.cell)).party(company)?.end()
    }

    fn subject(&mut self, subject: Ref) -> io::Result<()> {
        self.row(|sink| (&mut sink.settings, &mut sink.cell)).text("subject")?.party(subject)?.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages() {
        let shown = |units| {
            let mut cell = Vec::new();
            push_percent(&mut cell, units);
            String::from_utf8(cell).unwrap()
        };
        assert_eq!([0, 1, 10_000, 428_600, 1_000_000].map(shown), ["0", "0.0001", "1", "42.86", "100"]);
    }
}
