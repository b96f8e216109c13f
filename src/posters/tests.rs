use super::*;
use image::{ImageFormat, Rgba, RgbaImage};
use proptest::prelude::*;

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let paint = |_, y| if y < height / 2 { Rgba([250, 0, 0, 255]) } else { Rgba([0, 0, 250, 255]) };
    let picture = DynamicImage::from(RgbaImage::from_fn(width, height, paint)).to_rgb8();
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn a_poster_keeps_its_aspect() {
    let size = |width, height, cols, rows| {
        let scaled = Gallery::default().scaled(&encoded(width, height, ImageFormat::Png), cols, rows).unwrap();
        assert_eq!(scaled.cells.len(), usize::from(scaled.cols) * usize::from(scaled.rows));
        (scaled.cols, scaled.rows)
    };
    assert_eq!(size(200, 300, 24, 18), (24, 18));
    assert_eq!(size(200, 300, 24, 40), (24, 18));
    assert_eq!(size(300, 200, 24, 18), (24, 8));
    assert_eq!(size(1, 900, 24, 18), (1, 18));
    assert_eq!(size(900, 1, 24, 18), (24, 1));
    assert_eq!(size(4, 4, 8, 8), (8, 4));
}

#[test]
fn every_format_shows_the_upper_half_above() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let scaled = Gallery::default().scaled(&encoded(64, 64, format), 4, 2).unwrap();
        let (top, bottom) = (scaled.cells[0].0, scaled.cells[scaled.cells.len() - 1].1);
        assert!(top[0] > 200 && top[2] < 60, "{format:?} {top:?}");
        assert!(bottom[2] > 200 && bottom[0] < 60, "{format:?} {bottom:?}");
    }
}

#[test]
fn what_is_no_picture_is_none() {
    let mut gallery = Gallery::default();
    let png = encoded(64, 64, ImageFormat::Png);
    assert_eq!(gallery.scaled(b"", 8, 8), None);
    assert_eq!(gallery.scaled(b"no picture at all", 8, 8), None);
    assert_eq!(gallery.scaled(&png[..png.len() / 2], 8, 8), None);
    assert_eq!(gallery.scaled(&png, 0, 8), None);
    // A header that promises 60,000 by 60,000 pixels.
    let mut bomb = png;
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert_eq!(gallery.scaled(&bomb, 8, 8), None);
}

#[test]
fn the_gallery_is_bounded() {
    let mut gallery = Gallery::default();
    let png = encoded(8, 8, ImageFormat::Png);
    for cols in 1..100 {
        assert!(gallery.scaled(&png, cols, 10).is_some());
        assert!(gallery.scaled(&png, 1, 10).is_some());
    }
    assert_eq!(gallery.kept.len(), KEPT);
}

proptest! {
    #[test]
    fn any_bytes_are_a_picture_or_none(bytes: Vec<u8>, place in 0usize..200, byte: u8) {
        let _ = Gallery::default().scaled(&bytes, 8, 8);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let mut bytes = encoded(9, 9, format);
            let place = place % bytes.len();
            bytes[place] = byte;
            let _ = Gallery::default().scaled(&bytes, 8, 8);
        }
    }
}
