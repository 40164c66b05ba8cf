//! Every column of a structure by name, so that it can be written to a file and mapped from one in one loop.

use crate::store::Column;
use bytemuck::Pod;

/// Goes through columns: takes what they hold, or gives them something else to hold.
///
/// Each structure of columns shows all it has, in a fixed order and under fixed names, so that a writer and a reader
/// that go through the same structure agree, and no column can be forgotten.
pub trait Columns {
    /// One column, by a name that no other column of the structure has.
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>);
}
