//! Finding what the catalogue already has under a name of its own.

use crate::domain::{CountryId, GenreId, Place, fold};
use crate::store::StoreError;
use crate::store::read::Read;
use crate::store::tables::unique;

/// The country of a code, else the one of this name.
pub(super) fn country(txn: &impl Read, place: &Place) -> Result<Option<CountryId>, StoreError> {
    let found = match txn.owner(unique::COUNTRY_CODE, place.code.as_bytes())? {
        Some(id) => Some(id),
        None => txn.owner(unique::COUNTRY, fold(place.name).as_bytes())?,
    };
    Ok(found.map(CountryId))
}

/// The country of a name.
pub(super) fn country_named(txn: &impl Read, name: &str) -> Result<Option<CountryId>, StoreError> {
    Ok(txn.owner(unique::COUNTRY, fold(name).as_bytes())?.map(CountryId))
}

/// The genre of a name.
pub(super) fn genre(txn: &impl Read, name: &str) -> Result<Option<GenreId>, StoreError> {
    Ok(txn.owner(unique::GENRE, fold(name).as_bytes())?.map(GenreId))
}
