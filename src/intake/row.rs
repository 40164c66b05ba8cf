//! Reads the cells of one row; every cell that cannot be read becomes a finding, and reading goes on.
//!
//! A method returns `None` where a finding was made, so that a row is built only if all its cells could be read.

use super::cells::{self, ShareFault};
use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::headings::suggest;
use super::marks::RowMark;
use super::near::{Meant, nearest};
use super::raw::RawTable;
use super::schema::Cell;
use super::text::{Text, both};
use crate::facts::{Amount, Bound, Facts, PartyId, Percent, Period};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

/// The parties that rows may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Ids of parties whose own row could not be read: that is one fault, not one more for each reference.
    pub(crate) broken: &'a FxHashSet<String>,
    /// Whether the table of parties could be read at all.
    pub(crate) complete: bool,
}

/// One row being read.
pub(crate) struct RowReader<'a, 'r> {
    pub(crate) table: &'r RawTable,
    pub(crate) index: usize,
    pub(crate) mark: RowMark,
    /// The facts so far: all parties that could be read, unless parties are being read.
    pub(crate) facts: &'a Facts,
    pub(crate) known: Known<'a>,
    pub(crate) findings: &'a mut Collected,
    /// The column after the one that was asked for last.
    pub(crate) next: usize,
}

impl<'r> RowReader<'_, 'r> {
    /// A cell by the English name of its column.
    fn raw(&self, column: &str) -> &'r str {
        self.table.schema.position(column).map_or("", |at| self.table.cell(self.index, at))
    }

    /// The same; cells are mostly asked for in the order of their columns.
    fn take(&mut self, column: &'static str) -> &'r str {
        let columns = self.table.schema.columns;
        let is_it = |at: &usize| columns.get(*at).is_some_and(|known| known.en == column);
        let near = [self.next, self.next.saturating_sub(1)].into_iter().find(is_it);
        near.or_else(|| (0..columns.len()).find(is_it)).map_or("", |at| {
            self.next = at + 1;
            self.table.cell(self.index, at)
        })
    }

    fn kind(&self, column: &str) -> Cell {
        self.table.schema.column(column).map_or(Cell::Text, |column| column.cell)
    }

    /// Makes a finding about a cell, with what it holds and what was expected.
    fn fault(&mut self, code: Code, column: &str, message: Text, remedy: Option<Text>) {
        let mut finding = self.faulty(code, column, message);
        finding.remedy = remedy;
        self.findings.push(finding);
    }

    fn faulty(&self, code: Code, column: &str, message: Text) -> Finding {
        let value = self.raw(column);
        let finding = self.table.place(Finding::new(code, message)).row(self.mark.number, self.mark.line);
        finding.column(column).value(value).expected(self.kind(column).expected())
    }

    /// A cell that every row needs.
    fn required(&mut self, column: &'static str) -> Option<&'r str> {
        let text = self.take(column);
        if text.is_empty() {
            let zh = self.table.schema.column(column).map_or(column, |column| column.zh);
            let message = both!("{column} is empty, and every row needs one", "“{zh}”为必填，此处为空");
            self.fault(Code::RequiredCellEmpty, column, message, None);
            return None;
        }
        Some(text)
    }

    /// A text that may be empty.
    pub(crate) fn text(&mut self, column: &'static str) -> Option<&'r str> {
        let text = self.take(column);
        (!text.is_empty()).then_some(text)
    }

    /// A text that every row needs.
    pub(crate) fn required_text(&mut self, column: &'static str) -> Option<&'r str> {
        self.required(column)
    }

    /// Several names; separators of either width.
    pub(crate) fn names(&mut self, column: &'static str) -> Vec<&'r str> {
        let names = self.take(column).split([';', '；']).map(str::trim);
        names.filter(|name| !name.is_empty()).collect()
    }

    /// A party that every row needs.
    pub(crate) fn party(&mut self, column: &'static str) -> Option<PartyId> {
        let text = self.required(column)?;
        self.look_up(column, text)
    }

    /// A party, or none.
    pub(crate) fn optional_party(&mut self, column: &'static str) -> Option<Option<PartyId>> {
        match self.take(column) {
            "" => Some(None),
            text => self.look_up(column, text).map(Some),
        }
    }

    fn look_up(&mut self, column: &'static str, text: &str) -> Option<PartyId> {
        let found = self.facts.party_id(text);
        if found.is_none() && self.known.complete && !self.known.broken.contains(text) {
            // What it may stand for is looked up at the end.
            let finding = self.table.place(unknown_party(text, Meant::Nothing)).row(self.mark.number, self.mark.line);
            self.findings.push_unknown(finding.column(column).value(text), text);
        }
        found
    }

    /// A day that every row needs.
    pub(crate) fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        self.required(column)?;
        self.optional_day(column).flatten()
    }

    /// A day, or none.
    pub(crate) fn optional_day(&mut self, column: &'static str) -> Option<Option<NaiveDate>> {
        let text = self.take(column);
        if text.is_empty() {
            return Some(None);
        }
        let day = cells::day(text);
        if day.is_none() {
            self.bad_date(column, text);
        }
        day.map(Some)
    }

    fn bad_date(&mut self, column: &'static str, text: &str) {
        let message = both!("`{text}` cannot be read as a date", "“{text}”不是可识别的日期");
        let remedy = if text.trim_end_matches(['?', '？']).len() < text.len() {
            both!(
                "an unknown day is written `?`, in from and until only",
                "未知日期写作“?”（半角），且只能用于起始日和截止日"
            )
        } else if let Some(day) = cells::day_meant(text) {
            both!("write {day}", "请写作 {day}")
        } else {
            both!("write a day of the calendar as YYYY-MM-DD", "请按 YYYY-MM-DD 填写真实存在的日期")
        };
        self.fault(Code::BadDate, column, message, Some(remedy));
    }

    fn bound(&mut self, column: &'static str) -> Option<Bound> {
        let text = self.take(column);
        let bound = cells::bound(text);
        if bound.is_none() {
            self.bad_date(column, text);
        }
        bound
    }

    /// `from`, `until`, and `agreed` where the table has it.
    pub(crate) fn period(&mut self) -> Option<Period> {
        let has_agreed = self.table.schema.position("agreed").is_some();
        let (from, until) = (self.bound("from"), self.bound("until"));
        let agreed = if has_agreed { self.optional_day("agreed") } else { Some(None) };
        let period = Period { from: from?, until: until?, agreed: agreed? };
        if let (Bound::On(from), Bound::On(until)) = (period.from, period.until)
            && until < from
        {
            let message =
                both!("the row ends on {until}, before it begins on {from}", "截止日 {until} 早于起始日 {from}");
            let remedy = both!(
                "until is the last day on which the row holds; it may be the day of from",
                "截止日为该行有效的最后一日，可与起始日为同一日"
            );
            self.fault(Code::UntilBeforeFrom, "until", message, Some(remedy));
            return None;
        }
        if let (Some(from), Some(agreed)) = (period.from.day(), period.agreed)
            && from < agreed
        {
            let message = both!(
                "the row begins on {from}, before its agreement took effect on {agreed}",
                "起始日 {from} 早于协议生效日 {agreed}"
            );
            let remedy = both!(
                "agreed is the day the agreement took effect that brings the row about; leave it empty where there is none",
                "协议生效日应为促成该事项的协议生效之日；没有协议的请留空"
            );
            self.fault(Code::BeginsBeforeAgreed, "agreed", message, Some(remedy));
        }
        Some(period)
    }

    /// A code of a fixed list, or none; `read` reads it.
    pub(crate) fn optional_code<T>(
        &mut self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let text = self.take(column);
        if text.is_empty() {
            return Some(None);
        }
        let code = read(text);
        if code.is_none() {
            let message = both!("`{text}` is not on the list of this column", "“{text}”不在本列的取值清单内");
            let mut finding = self.faulty(Code::NotOnList, column, message);
            if let Cell::Code(list) = self.kind(column) {
                let names: Vec<&str> = list().into_iter().flat_map(|(en, zh)| [en, zh]).collect();
                finding = suggest(finding, &nearest(text, names.into_iter()));
            }
            self.findings.push(finding);
        }
        code.map(Some)
    }

    /// A code of a fixed list that every row needs.
    pub(crate) fn code<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.required(column)?;
        self.optional_code(column, read).flatten()
    }

    /// `yes` or `no`; empty is no.
    pub(crate) fn yes_no(&mut self, column: &'static str) -> Option<bool> {
        self.optional_yes_no(column).map(Option::unwrap_or_default)
    }

    /// `yes` or `no`, or none.
    pub(crate) fn optional_yes_no(&mut self, column: &'static str) -> Option<Option<bool>> {
        match self.take(column) {
            "yes" | "是" => Some(Some(true)),
            "no" | "否" => Some(Some(false)),
            "" => Some(None),
            text => {
                let message = both!("`{text}` is neither yes nor no", "“{text}”既不是“是”也不是“否”");
                self.fault(Code::NotOnList, column, message, None);
                None
            }
        }
    }

    /// The currency of an amount and its rate; none where it is the yuan.
    #[allow(clippy::type_complexity)]
    pub(crate) fn currency(&mut self) -> Option<(Option<&'r str>, Option<Decimal>)> {
        let text = self.take("currency");
        let rate = self.optional_number("rate")?;
        if matches!(text, "" | "CNY" | "RMB" | "人民币") {
            if rate.is_some_and(|rate| rate != Decimal::ONE) {
                let message = both!("a rate is given for an amount in yuan", "金额以人民币计，却填写了汇率");
                let remedy = both!("name the currency, or leave the rate empty", "请填写币种，或将汇率留空");
                self.fault(Code::RateMissing, "rate", message, Some(remedy));
                return None;
            }
            return Some((None, None));
        }
        if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let message = both!("`{text}` is no code of a currency", "“{text}”不是币种代码");
            self.fault(Code::NotOnList, "currency", message, None);
            return None;
        }
        if rate.is_none_or(|rate| rate <= Decimal::ZERO) {
            let message = both!("an amount in {text} has no rate above zero", "以 {text} 计的金额缺少大于零的汇率");
            let remedy = both!(
                "give in `rate` the yuan for one {text} on the day",
                "请在“汇率”列填写当日每 1 {text} 折合的人民币元"
            );
            self.fault(Code::RateMissing, "rate", message, Some(remedy));
            return None;
        }
        Some((Some(text), rate))
    }

    /// A number, or none; below zero only where the column allows it.
    pub(crate) fn optional_number(&mut self, column: &'static str) -> Option<Option<Decimal>> {
        let text = self.take(column);
        if text.is_empty() {
            return Some(None);
        }
        let Some(number) = cells::number(text) else {
            self.bad_number(column, text);
            return None;
        };
        if number < Decimal::ZERO && !matches!(self.kind(column), Cell::Balance) {
            let message = both!("`{text}` is below zero", "“{text}”小于零");
            self.fault(Code::NegativeAmount, column, message, None);
            return None;
        }
        Some(Some(number))
    }

    /// A number that every row needs.
    pub(crate) fn number(&mut self, column: &'static str) -> Option<Decimal> {
        self.required(column)?;
        self.optional_number(column).flatten()
    }

    fn bad_number(&mut self, column: &'static str, text: &str) {
        let message = both!("`{text}` cannot be read as a number", "“{text}”不是可识别的数字");
        let remedy = match cells::number_meant(text) {
            Some(meant) => both!(
                "write `{meant}`: digits and a decimal point only, no percent sign, unit or thousands separator",
                "请写作“{meant}”：只用半角数字和小数点，不带百分号、单位或千分位分隔符"
            ),
            None => {
                both!("write digits and a decimal point only, at most 28 digits", "只用半角数字和小数点，至多 28 位")
            }
        };
        self.fault(Code::BadNumber, column, message, Some(remedy));
    }

    /// A calendar year.
    pub(crate) fn year(&mut self, column: &'static str) -> Option<i32> {
        let text = self.required(column)?;
        let year = (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok());
        if year.flatten().is_none() {
            self.bad_number(column, text);
        }
        year.flatten()
    }

    /// A share, or none.
    pub(crate) fn optional_share(&mut self, column: &'static str) -> Option<Option<Amount>> {
        let text = self.take(column);
        if text.is_empty() {
            return Some(None);
        }
        match cells::share(text) {
            Ok(share) => return Some(Some(share)),
            Err(ShareFault::Unreadable) => self.bad_number(column, text),
            Err(ShareFault::OutOfBounds) => {
                let message = both!("`{text}` lies outside 0 to 100 %", "“{text}”不在 0 至 100% 之间");
                self.fault(Code::PercentOutOfBounds, column, message, None);
            }
            Err(ShareFault::Reversed) => {
                let message = both!("the range `{text}` begins above its end", "区间“{text}”的下限大于上限");
                let remedy = both!("write the smaller number first", "请把较小的数写在前面");
                self.fault(Code::RangeReversed, column, message, Some(remedy));
            }
        }
        None
    }

    /// The share of the capital, from `percent`, or from `shares` and `total_shares`, or unknown.
    pub(crate) fn capital(&mut self) -> Option<Amount> {
        let stated = self.optional_share("percent");
        let (shares, total) = (self.optional_number("shares"), self.optional_number("total_shares"));
        let (stated, shares, total) = (stated?, shares?, total?);
        let (shares, total) = match (shares, total) {
            (None, None) => return Some(stated.unwrap_or(Amount::Unknown)),
            (Some(shares), Some(total)) => (shares, total),
            (given, _) => {
                let (empty, zh) = if given.is_some() { ("total_shares", "总股本") } else { ("shares", "持股数") };
                let message = both!("{empty} is empty while its counterpart is given", "“{zh}”为空，而另一项已填写");
                let remedy =
                    both!("give both shares and total_shares, or neither", "持股数与总股本请同时填写或同时留空");
                self.fault(Code::SharesIncomplete, empty, message, Some(remedy));
                return None;
            }
        };
        let Some(ratio) = Percent::of_shares(shares, total).filter(|ratio| *ratio <= Percent::hundred()) else {
            let message =
                both!("{shares} of {total} shares is no share of 0 to 100 %", "{shares}/{total} 不在 0 至 100% 之间");
            self.fault(Code::PercentOutOfBounds, "shares", message, None);
            return None;
        };
        let agrees = match &stated {
            None | Some(Amount::Unknown) => true,
            Some(Amount::Range(low, high)) => (low..=high).contains(&&ratio),
            // A filing states the ratio rounded: it agrees if rounding the ratio likewise gives what is stated.
            Some(Amount::Exact(percent)) => {
                rounded(&ratio, cells::decimals(self.raw("percent"))) == *percent || ratio == *percent
            }
        };
        if !agrees {
            let shown = ratio.display();
            let message = both!(
                "{shares} of {total} shares is {shown} %, which is not what percent says",
                "{shares}/{total} 为 {shown}%，与持股比例不一致"
            );
            let remedy = both!("correct one of the three, or leave percent empty", "请更正其中一项，或将持股比例留空");
            self.fault(Code::SharesDisagree, "percent", message, Some(remedy));
            return None;
        }
        Some(Amount::Exact(ratio))
    }

    /// Whether exactly one of holder and group is named.
    pub(crate) fn one_holder(&mut self, holder: Option<PartyId>, group: Option<&str>) -> bool {
        let one = holder.is_some() != group.is_some();
        if !one {
            let message = both!(
                "the row is to name a holder or a concert group, and not both",
                "应填写持有人或者一致行动组，且只填一项"
            );
            let remedy = both!(
                "name the holder; or, where a filing tells of the members together, the group alone",
                "请填写持有人；若披露文件只合并说明各一致行动人，则只填一致行动组"
            );
            self.fault(Code::HolderUnclear, "holder", message, Some(remedy));
        }
        one
    }

    /// Whether a movement begins before it ends.
    pub(crate) fn in_order(&mut self, since: Option<NaiveDate>, date: NaiveDate) -> bool {
        let Some(since) = since.filter(|since| *since > date) else { return true };
        let message = both!("the row ends on {date}, before it begins on {since}", "变动日 {date} 早于起算日 {since}");
        let remedy = both!(
            "date is the last day of the movement; since may be left empty where it is one day",
            "变动日为变动的最后一日；只有一日的，起算日可留空"
        );
        self.fault(Code::UntilBeforeFrom, "date", message, Some(remedy));
        false
    }

    /// Makes the finding that a row asserting control does not say how.
    pub(crate) fn basis_missing(&mut self) {
        let message = both!("the row asserts control and does not say how", "该行认定存在控制，但未写控制方式");
        let remedy = both!(
            "state the basis (`other` where none of the list fits), or set effect to `denies`",
            "请填写控制方式（均不符合时写“其他”），或将效力写为“否认”"
        );
        self.fault(Code::BasisMissing, "basis", message, Some(remedy));
    }
}

/// Rounded half up to so many decimals.
fn rounded(percent: &Percent, places: usize) -> Percent {
    use dashu_int::{IBig, UBig};
    use dashu_ratio::RBig;
    let half = RBig::from_parts(IBig::ONE, UBig::from(2u8));
    let scaled = percent.value() * RBig::from(IBig::from(10).pow(places)) + half;
    Percent::from(RBig::from_parts(scaled.floor(), UBig::from(10u8).pow(places)))
}

/// A text that is no id of a party, with what it may stand for.
pub(crate) fn unknown_party(text: &str, meant: Meant) -> Finding {
    let message = both!("`{text}` is the id of no party", "主体表中没有编号“{text}”");
    let finding = Finding::new(Code::UnknownParty, message).expected(Cell::Party.expected());
    mend(finding, text, meant)
}

/// Says in a finding about such a text what it may stand for.
pub(crate) fn mend(finding: Finding, text: &str, meant: Meant) -> Finding {
    match meant {
        Meant::NameOf(id) => finding.remedy(both!(
            "`{text}` is the name of party `{id}`: write its id",
            "“{text}”是主体“{id}”的名称，请填写其编号"
        )),
        Meant::Near(near) => suggest(finding, &near.iter().map(String::as_str).collect::<Vec<_>>()),
        Meant::Nothing => finding.remedy(both!("add the party to the table of parties", "请在主体表中补充该主体")),
    }
}
