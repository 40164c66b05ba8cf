//! The lists that cells choose from, on a sheet of their own: a cell can hold no list of more than 255 letters.

use super::sheet;
use crate::facts::Lang;
use crate::intake::{Cell, Column, LISTS};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, XlsxError};

/// The lists so far, each once.
#[derive(Default)]
pub(super) struct Lists {
    lists: Vec<(&'static str, Vec<&'static str>)>,
}

impl Lists {
    /// The choice that a column offers, if it is one of codes.
    pub(super) fn choice(&mut self, column: &Column, lang: Lang) -> Option<DataValidation> {
        let entries: Vec<&'static str> = match column.cell {
            Cell::YesNo => lang.pick(vec!["是", "否"], vec!["yes", "no"]),
            Cell::Code(list) => list().into_iter().map(|(en, zh)| lang.pick(zh, en)).collect(),
            _ => return None,
        };
        let at = self.lists.iter().position(|(_, known)| *known == entries).unwrap_or_else(|| {
            self.lists.push((lang.pick(column.zh, column.en), entries.clone()));
            self.lists.len() - 1
        });
        let letter = char::from(b'A' + u8::try_from(at).unwrap_or_default());
        let last = entries.len() + 1;
        let validation =
            DataValidation::new().allow_list_formula(Formula::new(format!("={LISTS}!${letter}$2:${letter}${last}")));
        // The names of the other language are read as well.
        Some(validation.set_error_style(DataValidationErrorStyle::Warning))
    }

    /// Writes the sheet, which is hidden.
    pub(super) fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let page = book.add_worksheet().set_name(LISTS)?;
        page.set_hidden(true);
        for (column, (heading, entries)) in (0u16..).zip(&self.lists) {
            page.write_string_with_format(0, column, *heading, &sheet::heading())?;
            for (row, entry) in (1u32..).zip(entries) {
                page.write_string(row, column, *entry)?;
            }
        }
        Ok(())
    }
}
