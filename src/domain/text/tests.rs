use super::*;
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use std::time::{Duration, Instant};

#[test]
fn a_line_is_trimmed_composed_and_plain() {
    for (text, line) in [
        ("Die Hard", "Die Hard"),
        ("  Die \t\r\n  Hard ", "Die Hard"),
        ("Ame\u{301}lie", "Amélie"),
        ("\u{1b}[31mred\u{1b}[0m", "[31mred [0m"),
        ("a\u{9b}31mb\u{7f}c\0", "a 31mb c"),
        ("\u{202e}evil\u{202c}", "evil"),
        ("a\u{200b}b\u{feff}c\u{ad}d\u{2028}e\u{2066}f", "abcd ef"),
        ("flag\u{e0067}\u{e007f}", "flag"),
        ("\u{3000}宮崎\u{3000}駿", "宮崎 駿"),
        ("\u{301}a \u{301}b", "a b"),
        ("नमस्\u{200d}ते می\u{200c}خواهم", "नमस्\u{200d}ते می\u{200c}خواهم"),
        ("👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽 각 각", "👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽 각 각"),
        ("", ""),
        (" \u{200f}\t", ""),
    ] {
        assert_eq!(clean_line(text), line, "{text:?}");
    }
}

#[test]
fn prose_keeps_its_lines() {
    assert_eq!(clean_prose("\r\n one \r\n\r\n  two\tthree \u{1b}c\rfour\n "), "one\n\n  two three  c\nfour");
    assert_eq!(clean_prose("a\r\n\nb\u{85}c\u{2029}d"), "a\n\nb c d");
}

#[test]
fn marks_are_few_and_text_is_bounded() {
    let zalgo = format!("a{}b", "\u{301}".repeat(10_000));
    assert_eq!(clean_line(&zalgo), format!("á{}b", "\u{301}".repeat(7)));
    assert_eq!(clean_line(&"é".repeat(2_000)).chars().count(), LINE_MAX);
    let flags = "🇫🇷".repeat(600);
    assert_eq!(clean_line(&format!("x{flags}")).chars().count(), LINE_MAX - 1);
    assert_eq!(clean_line(&format!("{} b", "a".repeat(999))), "a".repeat(999));
    assert_eq!(clean_line(&"\u{600}".repeat(5_000)).chars().count(), LINE_MAX);
    assert_eq!(clean_prose(&"ab ".repeat(50_000)).chars().count(), PROSE_MAX);
}

#[test]
fn a_megabyte_takes_no_time() {
    let start = Instant::now();
    for piece in [
        "\u{301}",
        "e\u{323}\u{301}",
        "\u{1b}[",
        "🇫",
        "👩\u{200d}",
        "क्",
        "\u{11a8}",
        "\u{600}",
        "\n ",
        "\u{327}\u{301}",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let (line, prose) = (clean_line(&text), clean_prose(&text));
        assert!(width(&line) <= 2 * LINE_MAX && clip(&prose, 40).len() < PROSE_MAX * 4);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn clips_between_graphemes() {
    for (text, limit, clipped) in [
        ("Casablanca", 10, "Casablanca"),
        ("Casablanca", 9, "Casablan…"),
        ("Casablanca", 1, "…"),
        ("Casablanca", 0, ""),
        ("", 0, ""),
        ("七人の侍", 8, "七人の侍"),
        ("七人の侍", 7, "七人の…"),
        ("七人の侍", 6, "七人…"),
        ("七", 1, "…"),
        ("Ame\u{301}lie", 4, "Ame\u{301}…"),
        ("👩\u{200d}👩\u{200d}👧 x", 3, "👩\u{200d}👩\u{200d}👧…"),
    ] {
        assert_eq!(clip(text, limit), clipped, "{text} in {limit}");
    }
    assert_eq!(pad("七人の侍", 6), "七人… ");
    assert_eq!(pad("ab", 4), "ab  ");
}

/// Texts rich in what is dangerous.
fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        "\r\n\t \u{a0}\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{300}\u{301}\u{323}\u{327}\u{338}\u{34f}\u{61c}\u{600}\u{9c7}\u{9be}\u{1100}\
         \u{1161}\u{11a8}\u{1175}\u{200b}\u{200c}\u{200d}\u{202e}\u{2028}\u{2066}\u{212b}\u{3099}\u{fe0f}\u{feff}\u{1f3fd}\u{1f469}\
         \u{1f1eb}\u{e0041}\u{f71}\u{f72}\u{f73}\u{fb1f}aAeé"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..60).prop_map(String::from_iter)
}

#[test]
fn plain_characters_stay_as_they_are() {
    let plain: Vec<char> = ('\0'..=char::MAX).filter(|c| is_plain(*c)).collect();
    assert!(plain.len() > 21_000);
    for two in plain.windows(2) {
        let text = format!("{}{}x{}", two[0], two[1], two[0]);
        assert_eq!(settle(text.trim(), false, LINE_MAX), text.trim(), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_settled_needs_no_work(text in prop_oneof![any_text(), "[aé ぁガÅйҐ\u{301}\u{3099}\n一]{0,9}"], prose: bool) {
        if is_settled(&text, prose) {
            prop_assert_eq!(settle(&text, prose, PROSE_MAX), text);
        }
    }

    #[test]
    fn clean_text_stays_as_it_is(text in any_text(), times in prop_oneof![9 => Just(1usize), 1 => 20..60usize]) {
        let text = text.repeat(times);
        let line = clean_line(&text);
        prop_assert_eq!(&clean_line(&line), &line);
        let prose = clean_prose(&text);
        prop_assert_eq!(&clean_prose(&prose), &prose);
        prop_assert!(unicode_normalization::is_nfc(&line) && unicode_normalization::is_nfc(&prose));
        prop_assert!(!line.contains(char::is_control));
        prop_assert!(!prose.contains(|c: char| c != '\n' && c.is_control()));
        let turning = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
        prop_assert!(!line.contains(turning) && !prose.contains(turning));
        prop_assert_eq!(line.trim(), &line);
    }

    #[test]
    fn width_is_what_ratatui_draws(text in prop_oneof![any_text(), "[aｶﾊﾞﾟ七\u{e9}]{0,9}"]) {
        let line = clean_line(&text);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
        let (end, _) = buffer.set_stringn(0, 0, &line, 400, Style::new());
        prop_assert_eq!(width(&line).min(400), usize::from(end));
    }

    #[test]
    fn clipped_text_fits(text in any_text(), limit in 0usize..30) {
        let clipped = clip(&text, limit);
        prop_assert!(width(&clipped) <= limit);
        prop_assert_eq!(width(&pad(&text, limit)), limit);
        if width(&text) <= limit {
            prop_assert_eq!(clipped.as_ref(), text.as_str());
        }
    }
}
