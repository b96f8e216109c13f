//! What the bytes of a file say of it.

use crate::domain::{File, Timestamp};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// The record of a file of this name that holds these bytes.
#[must_use]
pub fn file_of(name: String, bytes: &[u8], now: Timestamp) -> File {
    let size = picture_size(bytes);
    File {
        mime: mime_of(&name, bytes).to_owned(),
        name,
        key: Some(Sha256::digest(bytes).into()),
        url: None,
        size: bytes.len() as u64,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        created: now,
        updated: now,
    }
}

/// Columns and rows of a picture, as its head says.
fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.into_dimensions().ok()
}

/// The type of a file, by its bytes where they tell, else by its name.
pub(super) fn mime_of(name: &str, bytes: &[u8]) -> &'static str {
    match image::guess_format(bytes).ok().or_else(|| image::ImageFormat::from_path(name).ok()) {
        Some(format) => format.to_mime_type(),
        None => "application/octet-stream",
    }
}
