//! The rows of a file: of a table, or of a JSON array of objects without depth.

use super::cell::plain;
use crate::transfer::ImportError;
use crate::transfer::dialect::{Dialect, Opened};
use crate::transfer::json::{Element, Elements};
use crate::transfer::table::{Cells, Row, Table};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

/// So many objects are looked at for the names of their values.
const SAMPLE: usize = 1_000;

/// The rows of a file.
pub(super) enum Rows {
    Table(Table<Box<dyn Read>>, Rc<Cell<u64>>),
    Objects(Elements, Vec<String>),
}

impl Rows {
    pub(super) fn open(file: &Path, dialect: &Dialect) -> Result<Rows, ImportError> {
        let Opened { reader, mut builder, taken, is_array } = dialect.open(file)?;
        if is_array {
            return Ok(Rows::Objects(Elements::open(file)?, names(file)?));
        }
        let open = if dialect.headless { Table::headless } else { Table::written };
        Ok(Rows::Table(open(file, reader, &mut builder)?, taken))
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        match self {
            Rows::Table(table, _) => table.header(),
            Rows::Objects(_, names) => names,
        }
    }

    /// The next row; none behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Row>, ImportError> {
        match self {
            Rows::Table(table, _) => table.next(),
            Rows::Objects(elements, names) => Ok(elements.next::<Map<String, Value>>()?.map(|element| match element {
                Element::Value(object) => {
                    Row::Cells(Cells::of(names.iter().map(|name| object.get(name).map(plain).unwrap_or_default())))
                }
                Element::Other(why) => Row::Other(why),
            })),
        }
    }

    /// The line that the row read last starts on.
    pub(super) fn line(&self) -> u64 {
        match self {
            Rows::Table(table, _) => table.line(),
            Rows::Objects(elements, _) => elements.line(),
        }
    }

    /// The number of the row read last, counted from 1.
    pub(super) fn count(&self) -> u64 {
        match self {
            Rows::Table(table, _) => table.count(),
            Rows::Objects(elements, _) => elements.count(),
        }
    }

    /// How many bytes were taken from the file so far.
    pub(super) fn taken(&self) -> u64 {
        match self {
            Rows::Table(_, taken) => taken.get(),
            Rows::Objects(elements, _) => elements.taken(),
        }
    }
}

/// What the first objects of an array call their values.
fn names(file: &Path) -> Result<Vec<String>, ImportError> {
    let mut elements = Elements::open(file)?;
    let mut names: Vec<String> = Vec::new();
    for _ in 0..SAMPLE {
        match elements.next::<Map<String, Value>>()? {
            Some(Element::Value(object)) => {
                let new: Vec<String> =
                    object.into_iter().map(|(name, _)| name).filter(|name| !names.contains(name)).collect();
                names.extend(new);
            }
            Some(Element::Other(_)) => {}
            None => break,
        }
    }
    Ok(names)
}
