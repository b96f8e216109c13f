//! Fields that came later. A record kept before has no bytes for them, and one in which they are empty is kept without
//! any, so that both read alike.

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// The last field of a shape, which may be missing: no bytes, or a 1 and the value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Late<T>(pub T);

impl<T: Serialize + Default + PartialEq> Serialize for Late<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 == T::default() {
            return serializer.serialize_tuple(0)?.end();
        }
        let mut tuple = serializer.serialize_tuple(2)?;
        tuple.serialize_element(&1u8)?;
        tuple.serialize_element(&self.0)?;
        tuple.end()
    }
}

struct Perhaps<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned + Default> Visitor<'de> for Perhaps<T> {
    type Value = Late<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing, or a 1 and a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Late<T>, A::Error> {
        // A single byte cannot be read only where there is none.
        match seq.next_element::<u8>() {
            Ok(Some(1)) => seq.next_element()?.map(Late).ok_or_else(|| serde::de::Error::invalid_length(1, &self)),
            Ok(Some(other)) => Err(serde::de::Error::custom(format!("its late field begins with {other}"))),
            Ok(None) | Err(_) => Ok(Late::default()),
        }
    }
}

impl<'de, T: DeserializeOwned + Default> Deserialize<'de> for Late<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Late<T>, D::Error> {
        deserializer.deserialize_tuple(2, Perhaps(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::codec::{decode, encode};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Now {
        name: String,
        words: Late<Vec<String>>,
    }

    #[test]
    fn what_was_kept_before_reads_as_empty() {
        let before = encode(&("ada".to_owned(),));
        let now = Now { name: "ada".to_owned(), words: Late::default() };
        assert_eq!(encode(&now), before);
        assert_eq!(decode::<Now>(&before, "accounts", 1).unwrap(), now);
    }

    #[test]
    fn what_is_cut_short_is_damaged() {
        let full = Now { name: "ada".to_owned(), words: Late(vec!["one".to_owned(), "two".to_owned()]) };
        let bytes = encode(&full);
        assert_eq!(decode::<Now>(&bytes, "accounts", 1).unwrap(), full);
        let whole = encode(&("ada".to_owned(),)).len();
        for end in whole + 1..bytes.len() {
            assert!(decode::<Now>(&bytes[..end], "accounts", 1).is_err(), "{end}");
        }
        assert!(decode::<Now>(&[&bytes[..], &[0]].concat(), "accounts", 1).is_err());
    }
}
