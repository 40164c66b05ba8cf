//! The state of a day as it is known on the day asked about (section 1).

use chrono::{Datelike, Months, NaiveDate};

use super::world::{Concert, Control, Designation, Holding, Kinship, Position, Proxy, Span, World};

/// The rows in force on one day, and who is of age.
pub struct State<'w> {
    pub world: &'w World,
    pub subject: usize,
    pub day: NaiveDate,
    pub holdings: Vec<&'w Holding>,
    pub proxies: Vec<&'w Proxy>,
    pub controls: Vec<&'w Control>,
    pub concert: Vec<&'w Concert>,
    pub positions: Vec<&'w Position>,
    pub kinships: Vec<&'w Kinship>,
    pub designations: Vec<&'w Designation>,
    /// For each party, whether it counts as at least 18.
    pub of_age: Vec<bool>,
    /// One mark for each fact that may differ from day to day: two days with equal marks have equal states.
    pub marks: Vec<bool>,
}

/// Twelve months later, clamped to the month's last day.
pub fn a_year_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).expect("a day of our time")
}

/// Twelve months earlier, clamped to the month's last day.
pub fn a_year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).expect("a day of our time")
}

/// The 18th birthday; for someone born on 29 February it falls on 1 March in a year without one.
pub fn eighteenth_birthday(birth: NaiveDate) -> NaiveDate {
    let year = birth.year() + 18;
    birth.with_year(year).unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 3, 1).expect("a day of every year"))
}

/// Whether a row with this span belongs to the state of `day` as known on `as_of`. A later day counts only what has
/// begun by then or was agreed by then to begin within twelve months of the agreement.
pub fn belongs(span: &Span, day: NaiveDate, as_of: NaiveDate) -> bool {
    let begun = |on: NaiveDate| span.from.is_none_or(|from| from <= on);
    let in_force = begun(day) && span.until.is_none_or(|until| day <= until);
    if day <= as_of {
        return in_force;
    }
    let settled = span.agreed.is_some_and(|agreed| agreed <= as_of && begun(a_year_after(agreed)));
    in_force && (begun(as_of) || settled)
}

impl<'w> State<'w> {
    pub fn on(world: &'w World, subject: usize, day: NaiveDate, as_of: NaiveDate) -> Self {
        let mut marks = Vec::new();
        let mut keep = |span: &Span| {
            let kept = belongs(span, day, as_of);
            marks.push(kept);
            kept
        };
        let holdings = world.holdings.iter().filter(|row| keep(&row.span)).collect();
        let proxies = world.proxies.iter().filter(|row| keep(&row.span)).collect();
        let controls = world.controls.iter().filter(|row| keep(&row.span)).collect();
        let concert = world.concert.iter().filter(|row| keep(&row.span)).collect();
        let positions = world.positions.iter().filter(|row| keep(&row.span)).collect();
        let kinships = world.kinships.iter().filter(|row| keep(&row.span)).collect();
        let designations = world.designations.iter().filter(|row| keep(&row.span)).collect();
        // A birthday still to come is no arrangement, so ages do not move past the day asked about.
        let of_age: Vec<bool> = world
            .parties
            .iter()
            .map(|party| party.birth.is_none_or(|birth| eighteenth_birthday(birth) <= day.min(as_of)))
            .collect();
        marks.extend(&of_age);
        Self {
            world,
            subject,
            day,
            holdings,
            proxies,
            controls,
            concert,
            positions,
            kinships,
            designations,
            of_age,
            marks,
        }
    }
}
