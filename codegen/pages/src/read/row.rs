//! What a table's rows say, cell by cell.

use super::page::TableAt;
use crate::block::Text;
use crate::facts::{FactSource, Required};
use crate::vocabulary::{Column, TableKind};

/// A cell that was read: its text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Read<'b> {
    pub(super) text: &'b Text,
    pub(super) source: FactSource,
}

/// A cell and its column, when that is known.
pub(super) type CellAt<'b> = (Option<Column>, Read<'b>);

/// The cell of a row in a column.
pub(super) fn cell<'r, 'b>(cells: &'r [CellAt<'b>], wanted: Column) -> Option<&'r Read<'b>> {
    let mut cells = cells.iter();
    cells.find_map(|(kind, read)| (*kind == Some(wanted)).then_some(read))
}

/// A row of a table of parameters.
#[derive(Debug, Clone)]
pub(super) struct Row<'b> {
    pub(super) name: String,
    pub(super) named: FactSource,
    pub(super) type_: Option<(String, FactSource)>,
    /// The cell of the type: it may say where the fields stand.
    pub(super) type_cell: Option<&'b Text>,
    pub(super) required: (Required, Option<FactSource>),
    /// The cells that say more than is read of them.
    pub(super) remarks: Vec<Read<'b>>,
    pub(super) description: Option<Read<'b>>,
    pub(super) default: Option<Read<'b>>,
    pub(super) range: Option<Read<'b>>,
    pub(super) place: Option<Read<'b>>,
}

impl<'b> Row<'b> {
    /// A row of which only the name is known.
    pub(super) fn new(name: String, named: FactSource) -> Self {
        Self {
            name,
            named,
            type_: None,
            type_cell: None,
            required: (Required::Unknown, None),
            remarks: Vec::new(),
            description: None,
            default: None,
            range: None,
            place: None,
        }
    }

    /// The cells that may say where the fields of the row stand.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'b Text> {
        let described = self.description.as_ref().map(|read| read.text);
        described.into_iter().chain(self.type_cell)
    }
}

/// A table and what its rows say.
pub(super) struct TableRows<'b> {
    pub(super) at: &'b TableAt<'b>,
    pub(super) kind: TableKind,
    pub(super) columns: Vec<Option<Column>>,
    /// The rows, when it is a table of parameters.
    pub(super) rows: Vec<Row<'b>>,
    /// The cells by column, when it is not.
    pub(super) cells: Vec<Vec<CellAt<'b>>>,
}

impl TableRows<'_> {
    /// Whether there is such a column.
    pub(super) fn has(&self, wanted: Column) -> bool {
        self.columns.contains(&Some(wanted))
    }
}
