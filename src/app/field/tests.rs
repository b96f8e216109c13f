use super::*;

fn type_into(field: &mut Field, keys: &str) {
    for key in keys.split_whitespace() {
        field.press(Press::parse(key).expect("a key"));
    }
}

#[test]
fn shortcuts_edit_the_line() {
    let mut field = Field::line("the third man");
    type_into(&mut field, "ctrl-w");
    assert_eq!(field.text(), "the third ");
    type_into(&mut field, "ctrl-a X ctrl-e Y");
    assert_eq!(field.text(), "Xthe third Y");
    type_into(&mut field, "ctrl-a alt-f ctrl-k");
    assert_eq!(field.text(), "Xthe ");
    type_into(&mut field, "ctrl-u");
    assert!(field.is_empty());
    type_into(&mut field, "ctrl-y");
    assert_eq!(field.text(), "Xthe ");
}

#[test]
fn words_are_walked_and_deleted() {
    let mut field = Field::line("one two three");
    type_into(&mut field, "alt-b alt-b alt-d");
    assert_eq!(field.text(), "one  three");
    assert_eq!(field.press(Press::plain(Code::Up)), Typed::Ignored);
    assert_eq!(field.press(Press::plain(Code::Enter)), Typed::Ignored);
}

#[test]
fn pasted_text_is_made_harmless_and_bounded() {
    let mut field = Field::line("");
    field.paste("a\u{1b}[31m\u{202e}b\nc\r\n");
    assert!(!field.text().contains(['\u{1b}', '\n', '\r', '\u{202e}']), "{:?}", field.text());
    field.paste(&"x".repeat(1_000_000));
    assert_eq!(field.text().chars().count(), LINE_MAX);
    assert_eq!(field.press(Press::plain(Code::Char('y'))), Typed::Moved);
    assert_eq!(field.text().chars().count(), LINE_MAX);
}

#[test]
fn a_blank_around_pasted_text_stays() {
    let mut field = Field::line("Bonnie");
    field.paste(" and ");
    field.paste("Clyde");
    assert_eq!(field.text(), "Bonnie and Clyde");
}

#[test]
fn typed_controls_are_refused_but_marks_are_not() {
    let mut field = Field::line("");
    for letter in ['e', '\u{301}', '\u{202e}', '\u{7}', ' '] {
        field.press(Press::plain(Code::Char(letter)));
    }
    assert_eq!(field.text(), "e\u{301} ");
}

#[test]
fn prose_takes_lines() {
    let mut field = Field::prose("one\ntwo");
    type_into(&mut field, "end enter x down");
    assert_eq!(field.text(), "one\nx\ntwo");
}

#[test]
fn a_password_is_never_shown_and_leaves_no_yank() {
    let mut password = Password::new();
    password.paste("correct horse\nsecond line");
    assert_eq!(password.secret().reveal(), "correct horse");
    assert_eq!(format!("{password:?} {:?}", password.secret()), "Password Secret");
    password.press(Press::ctrl('u'));
    assert!(password.is_empty());
    assert_eq!(password.press(Press::ctrl('y')), Typed::Ignored);
    assert!(password.is_empty());
}

#[test]
fn a_password_is_bounded() {
    let mut password = Password::new();
    password.paste(&"é".repeat(10_000));
    assert_eq!(password.len(), PASSWORD_MAX / 2);
}
