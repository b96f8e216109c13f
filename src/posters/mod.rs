//! Floor `posters`: decodes pictures and scales them to half blocks. Knows no escape codes. Uses `domain`.

use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;
use xxhash_rust::xxh3::xxh3_128;

/// Pixels in a row or a column of a picture at most.
const LONGEST: u32 = 12_000;
/// Bytes that decoding one picture may take.
const MEMORY: u64 = 96 * 1024 * 1024;
/// Scaled pictures that are kept.
const KEPT: usize = 24;
/// Columns and rows of a scaled picture at most.
const WIDEST: (u16, u16) = (240, 120);

/// A picture as half blocks: two pixels a cell, the upper one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
    /// Row by row: the upper and the lower pixel of each cell as red, green, blue.
    pub cells: Vec<([u8; 3], [u8; 3])>,
}

/// Scales pictures and keeps the latest.
#[derive(Debug, Default)]
pub struct Gallery {
    /// By hash of the bytes and cells asked for; the latest used last. Bytes that are no picture are kept as nothing.
    kept: Vec<(Frame, Option<Scaled>)>,
}

type Frame = (u128, u16, u16);

impl Gallery {
    /// The picture scaled to fit so many columns and rows, its aspect kept; none if the bytes are no picture, a
    /// damaged one, or one that would take too much to decode.
    pub fn scaled(&mut self, bytes: &[u8], cols: u16, rows: u16) -> Option<Scaled> {
        let frame = (xxh3_128(bytes), cols.min(WIDEST.0), rows.min(WIDEST.1));
        let scaled = match self.kept.iter().position(|(kept, _)| *kept == frame) {
            Some(place) => self.kept.remove(place).1,
            None => decode(bytes).and_then(|picture| scale(&picture, frame.1, frame.2)),
        };
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push((frame, scaled.clone()));
        scaled
    }
}

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > MEMORY {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// A cell is about twice as high as wide, so its halves are square.
fn scale(picture: &DynamicImage, cols: u16, rows: u16) -> Option<Scaled> {
    let (width, height) = (u64::from(picture.width()), u64::from(picture.height()));
    let (most_wide, most_high) = (u64::from(cols), 2 * u64::from(rows));
    if width == 0 || height == 0 || most_wide == 0 || most_high == 0 {
        return None;
    }
    let fits_by_width = height * most_wide <= most_high * width;
    let (wide, high) =
        if fits_by_width { (most_wide, height * most_wide / width) } else { (width * most_high / height, most_high) };
    let (cols, rows) = (u16::try_from(wide.max(1)).ok()?, u16::try_from(high.div_ceil(2).max(1)).ok()?);
    let small = picture.thumbnail_exact(u32::from(cols), 2 * u32::from(rows)).to_rgba8();
    let pixel = |x: u16, y: u32| {
        let [red, green, blue, alpha] = small.get_pixel(u32::from(x), y).0;
        [red, green, blue].map(|part| shade(part, alpha))
    };
    let cells = (0..u32::from(rows)).flat_map(|row| (0..cols).map(move |x| (x, row)));
    Some(Scaled { cols, rows, cells: cells.map(|(x, row)| (pixel(x, 2 * row), pixel(x, 2 * row + 1))).collect() })
}

/// Where a picture is transparent it lies on black.
fn shade(part: u8, alpha: u8) -> u8 {
    u8::try_from(u16::from(part) * u16::from(alpha) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
