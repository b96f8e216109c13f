use super::*;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Vec<Msg> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.feed(bytes, &mut out);
    decoder.settle(&mut out);
    out
}

fn keys(bytes: &[u8]) -> String {
    let spell = |msg| match msg {
        Msg::Press(press) => press.to_string(),
        other => format!("{other:?}"),
    };
    read(bytes).into_iter().map(spell).collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_keys() {
    assert_eq!(keys(b"jG /"), "j G space /");
    assert_eq!(keys(b"\r\n\t\x7f\x08"), "enter enter tab backspace backspace");
    assert_eq!(keys(b"\x03\x04\x1a\x00\x1d"), "ctrl-c ctrl-d ctrl-z ctrl-space ctrl-]");
    assert_eq!(keys("é漢🎬".as_bytes()), "é 漢 🎬");
}

#[test]
fn escape_alone_with_others_and_before_a_letter() {
    assert_eq!(keys(b"\x1b"), "esc");
    assert_eq!(keys(b"\x1b\x1b"), "esc esc");
    assert_eq!(keys(b"\x1bf"), "alt-f");
    assert_eq!(keys("\x1bé".as_bytes()), "alt-é");
    assert_eq!(keys(b"\x1b\x7f"), "alt-backspace");
    assert_eq!(keys(b"\x1b["), "alt-[");
    assert_eq!(keys(b"\x1bO"), "alt-O");
    assert_eq!(keys(b"\x1b]"), "alt-]");
}

#[test]
fn named_keys_of_many_terminals() {
    assert_eq!(keys(b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F"), "up down right left home end");
    assert_eq!(keys(b"\x1bOA\x1bOB\x1bOH\x1bOF\x1bOP\x1bOM"), "up down home end f1 enter");
    assert_eq!(keys(b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[3~\x1b[5~\x1b[6~"), "home end home end del pgup pgdn");
    assert_eq!(keys(b"\x1b[[A\x1b[[E\x1b[15~\x1b[17~\x1b[24~"), "f1 f5 f5 f6 f12");
    assert_eq!(keys(b"\x1b[Z\x1b[1;5C\x1b[1;3A\x1b[3;5~\x1b[1;5P"), "shift-tab ctrl-right alt-up ctrl-del ctrl-f1");
    assert_eq!(keys(b"\x1b[97;5u\x1b[9;2u\x1b[27;5;106~\x1b[27u"), "ctrl-a shift-tab ctrl-j esc");
}

#[test]
fn what_is_no_key_is_dropped_whole() {
    assert_eq!(keys(b"a\x1b[Ib\x1b[Oc"), "a b c");
    assert_eq!(keys(b"a\x1b[<0;10;5Mb\x1b[M !!c"), "a b c");
    assert_eq!(keys(b"a\x1b[?62;4cb\x1b]11;rgb:00/00/00\x07c\x1bP1$r0m\x1b\\d"), "a b c d");
    assert_eq!(keys(b"a\xff\xc3(b\xe6\xbc"), "a ( b");
    assert_eq!(keys("\u{85}x".as_bytes()), "x");
    let long = [b"\x1b[".as_slice(), &[b'1'; 5000], b"~x"].concat();
    assert_eq!(keys(&long), "x");
}

#[test]
fn a_paste_comes_as_one() {
    assert_eq!(read(b"\x1b[200~two\nlines\x1b[A\x1b[201~"), [Msg::Paste("two\nlines\x1b[A".into())]);
    assert_eq!(
        read(b"\x1b[200~\x1b\x1b[201~j"),
        [Msg::Paste("\x1b".into()), Msg::Press(Press::plain(Code::Char('j')))]
    );
    let big = [b"\x1b[200~".as_slice(), &vec![b'x'; 3 * PASTE_LIMIT], b"\x1b[201~"].concat();
    assert!(matches!(read(&big).as_slice(), [Msg::Paste(text)] if text.len() == PASTE_LIMIT));
}

proptest! {
    #[test]
    fn bytes_split_anywhere_read_the_same(bytes: Vec<u8>, cut in 0usize..64) {
        let cut = cut.min(bytes.len());
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(&bytes[..cut], &mut out);
        decoder.feed(&bytes[cut..], &mut out);
        decoder.settle(&mut out);
        prop_assert_eq!(out, read(&bytes));
    }

    #[test]
    fn sequences_split_anywhere_read_the_same(
        parts in proptest::collection::vec(
            proptest::sample::select(vec!["\x1b", "[", "O", "200~", "201~", "1;5", "A", "é", "~", "x", "]", "\x07"]), 0..24),
        cut in 0usize..64,
    ) {
        let bytes = parts.concat().into_bytes();
        let cut = cut.min(bytes.len());
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(&bytes[..cut], &mut out);
        decoder.feed(&bytes[cut..], &mut out);
        decoder.settle(&mut out);
        prop_assert_eq!(out, read(&bytes));
    }
}
