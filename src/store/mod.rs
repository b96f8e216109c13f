//! Floor `store`: the catalogue's file. The only floor that names redb and bincode. Uses `search`, `domain`.

mod ahead;
pub mod backup;
pub mod band;
pub mod bulk;
pub mod check;
mod codec;
pub mod credit;
pub mod entry;
pub mod error;
pub mod external;
pub mod filmography;
pub mod finder;
mod glance;
pub mod journal;
mod migrate;
pub mod namesake;
mod open;
mod order;
pub mod posting;
pub mod read;
pub mod reference;
mod relay;
pub mod repair;
mod row;
pub mod scratch;
pub mod shape;
pub mod spool;
pub mod tables;
#[cfg(test)]
mod tests;
mod write;

pub use crate::sorter::warm;
pub use band::Bands;
pub use bulk::{Bulk, Load, Loaded};
pub use entry::{NameRow, Posting};
pub use error::StoreError;
pub use glance::Glance;
pub use journal::{Owner, Turn};
pub use open::{Access, Store};
pub use order::Order;
pub use posting::{Gathered, IdSet};
pub use read::{Expected, Read};
pub use scratch::Scratch;
pub use spool::Spool;
pub use write::{Changed, Writer};
