//! Floor `transfer`: what goes into a catalogue and out of it in other forms; the starter films.
//! Uses `catalog`, `store`, `domain`.

mod lookup;
pub mod starter;
