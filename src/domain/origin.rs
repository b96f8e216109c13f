//! Where a field's value came from, so that no import overwrites a person's edit.

use serde::{Deserialize, Serialize};

/// Where the value of one field came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A source said so.
    Imported,
    /// We concluded it from other fields, such as a role from the billing.
    Derived,
    /// A person entered it here; imports leave it alone.
    Edited,
}

/// The fields that an import can fill. The number is the field's place in [`Origins`] and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Field {
    /// Title of a movie, name of anything else.
    Name = 0,
    /// Original title of a movie, full name of a person.
    Original = 1,
    /// Alternative titles, other names.
    Others = 2,
    /// Kind of a movie, gender of a person, role of a character.
    Kind = 3,
    /// Description or biography.
    Description = 4,
    /// Budget.
    Budget = 5,
    /// Release or birth date.
    Date = 6,
    /// Date of death.
    EndDate = 7,
    /// Duration.
    Duration = 8,
    /// Directors of a movie, actors of a character.
    People = 9,
    /// Countries of a movie, the country of a person.
    Countries = 10,
    /// Genres.
    Genres = 11,
    /// Poster or photos.
    Pictures = 12,
    /// Rating and votes.
    Rating = 13,
    /// Billing order.
    Billing = 14,
    /// Language of the title.
    Language = 15,
    /// First name and last name, where they were split from the full name.
    Split = 16,
}

/// The origin of every field of one record, two bits a field; all zero means all imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origins(pub u64);

impl Origins {
    /// Every field entered here.
    pub const EDITED: Origins = Origins(0xAAAA_AAAA_AAAA_AAAA);

    /// Where this field's value came from.
    #[must_use]
    pub fn of(self, field: Field) -> Origin {
        match (self.0 >> (2 * field as u32)) & 3 {
            0 => Origin::Imported,
            1 => Origin::Derived,
            _ => Origin::Edited,
        }
    }

    /// Whether the record was made here, and not by an import: then even the places no field has yet say so.
    #[must_use]
    pub fn made_here(self) -> bool {
        self.0 >> 62 == Origin::Edited as u64
    }

    /// The same as somebody else's word: what was entered there is told here.
    #[must_use]
    pub fn as_told(self) -> Origins {
        let low = 0x5555_5555_5555_5555;
        Origins(self.0 & low & !(self.0 >> 1))
    }

    /// The same with one field's origin replaced.
    #[must_use]
    pub fn with(self, field: Field, origin: Origin) -> Origins {
        let shift = 2 * field as u32;
        Origins((self.0 & !(3 << shift)) | ((origin as u64) << shift))
    }
}
