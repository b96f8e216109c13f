//! Any bytes as an NFO file: thousands a second, as no catalogue is made.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = cinedex::transfer::nfo::holds_film(bytes);
});
