//! Shanghai Stock Exchange, 2022: one file for each ground, in the order of the articles.

mod choices;
mod ground;
mod ground_5_1;
mod ground_5_2;
mod ground_5_3;
mod ground_5_4;
mod ground_7_1;
mod ground_7_2;
mod ground_7_3;
mod ground_7_4;
mod ground_8_2;
mod holder;
mod state;

pub use choices::{Choices, Independent, Pool, control_rules};
pub use ground::{Ground, Number};
pub use ground_5_2::prove_exempt;
pub use holder::{HeldStake, most_held};
pub use state::{Deemed, Kernels, Standing, State};

/// The grounds in the order of the articles; [`Number`] is a position in this table.
pub const GROUNDS: [&dyn Ground; Number::COUNT] = [
    &ground_5_1::Controls,
    &ground_5_2::SameController,
    &ground_5_3::PersonsCompany,
    &ground_5_4::HoldingOrganisation,
    &ground_7_1::HoldingPerson,
    &ground_7_2::Officer,
    &ground_7_3::ControllersOfficer,
    &ground_7_4::CloseFamily,
    &ground_8_2::Designated,
];
