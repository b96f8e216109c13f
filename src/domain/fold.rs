//! The form in which texts are compared and searched: no case, no accents, no punctuation.

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible, is_combining_mark};

/// The search key of a text. A text of punctuation alone keeps its own characters, so that it can be found.
#[must_use]
pub fn fold(text: &str) -> String {
    folded(text, None).text
}

/// The search key, and for each of its characters the byte of `text` where the character it came from starts.
#[must_use]
pub fn fold_with_map(text: &str) -> (String, Vec<u32>) {
    let folded = folded(text, Some(Vec::with_capacity(text.len())));
    (folded.text, folded.map.unwrap_or_default())
}

fn folded(text: &str, map: Option<Vec<u32>>) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), map, at: 0, blank: None };
    if folded.map.is_none() && text.is_ascii() && folded.take_ascii(text) {
        return folded;
    }
    for (at, c) in text.char_indices() {
        folded.at = at;
        folded.take(c);
    }
    if folded.text.is_empty() {
        folded.blank = None;
        for (at, c) in text.char_indices() {
            folded.at = at;
            if c.is_whitespace() { folded.blank() } else { c.to_lowercase().for_each(|c| folded.push(c)) }
        }
    }
    folded
}

struct Folded {
    text: String,
    map: Option<Vec<u32>>,
    /// Where the character in hand starts.
    at: usize,
    /// Where the first of the blanks in hand starts; they count once a letter follows.
    blank: Option<usize>,
}

impl Folded {
    /// Takes a text of the commonest kind at once; false where it has more than letters, digits and punctuation.
    fn take_ascii(&mut self, text: &str) -> bool {
        let mut apart = false;
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'Z' => {
                    if std::mem::take(&mut apart) && !self.text.is_empty() {
                        self.text.push(' ');
                    }
                    self.text.push(byte.to_ascii_lowercase().into());
                }
                b'\'' | b'`' => {}
                b'&' => {
                    self.text.clear();
                    return false;
                }
                _ => apart = true,
            }
        }
        !self.text.is_empty()
    }

    fn take(&mut self, c: char) {
        match c {
            'a'..='z' | '0'..='9' => self.push(c),
            'A'..='Z' => self.push(c.to_ascii_lowercase()),
            _ if vanishes(c) => {}
            '&' | '＆' => {
                self.blank();
                "and".chars().for_each(|c| self.push(c));
                self.blank();
            }
            '\0'..='\x7f' | '™' | '℠' => self.blank(),
            _ => {
                // `8½` is 8 1/2, not 81/2.
                let mut fraction = false;
                decompose_compatible(c, |part| fraction |= part == '\u{2044}');
                if fraction {
                    self.blank();
                }
                decompose_compatible(c, |part| self.part(part));
            }
        }
    }

    /// A part of a decomposed character.
    fn part(&mut self, c: char) {
        if is_accent(c) || vanishes(c) {
            return;
        }
        if let Some(letters) = latin(c) {
            letters.chars().for_each(|c| self.push(c));
        } else if c.is_alphanumeric() {
            c.to_uppercase().flat_map(char::to_lowercase).for_each(|c| self.push(c));
        } else if is_combining_mark(c) {
            self.push(c);
        } else {
            self.blank();
        }
    }

    fn blank(&mut self) {
        if !self.text.is_empty() {
            self.blank.get_or_insert(self.at);
        }
    }

    fn push(&mut self, c: char) {
        if let Some(at) = self.blank.take() {
            self.append(' ', at);
        } else if !c.is_ascii()
            && let Some(last) = self.text.chars().next_back().filter(|last| !last.is_ascii())
            && let Some(whole) = compose(last, c)
        {
            // Korean syllables and voiced kana are letters of their own.
            self.text.truncate(self.text.len() - last.len_utf8());
            self.text.push(whole);
            return;
        }
        self.append(c, self.at);
    }

    fn append(&mut self, c: char, at: usize) {
        self.text.push(c);
        if let Some(map) = &mut self.map {
            map.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
}

/// Apostrophes, and characters that are only there to shape others.
fn vanishes(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | '＇' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ')
        || matches!(c, '\u{AD}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A mark that may be left out: accents, Hebrew and Arabic points. Signs of Indian, Thai or Japanese writing
/// are not among them; without those another word would be left.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{34F}' | '\u{20D0}'..='\u{20F0}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
        || matches!(canonical_combining_class(c), 1 | 10..=36 | 200..)
}

/// Latin letters that no decomposition takes apart.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' | 'ɗ' | 'Ɗ' => "d",
        'þ' | 'Þ' => "th",
        'ı' | 'ɨ' | 'Ɨ' => "i",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "ng",
        'ɓ' | 'Ɓ' | 'ƀ' | 'Ƀ' => "b",
        'ƙ' | 'Ƙ' | 'ĸ' => "k",
        'ǥ' | 'Ǥ' => "g",
        'ƴ' | 'Ƴ' => "y",
        'ƶ' | 'Ƶ' => "z",
        'ə' | 'Ə' => "e",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_as_people_search() {
        for (text, key) in [
            ("Amélie", "amelie"),
            ("Die Straße", "die strasse"),
            ("STRASSE ẞ", "strasse ss"),
            ("Æon Œuvre Ø Łódź Đorđe Ðagur Þór ışık İstanbul", "aeon oeuvre o lodz dorde dagur thor isik istanbul"),
            ("Rosemary's L’Avventura Oʻahu rock`n", "rosemarys lavventura oahu rockn"),
            ("Tom & Jerry, B&B", "tom and jerry b and b"),
            ("  Spider-Man:  (No Way)  Home! ", "spider man no way home"),
            ("8½ ½ M² Ⅳ ﬁn ™", "8 1 2 1 2 m2 iv fin"),
            ("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("Ёлки ПАЛКИ", "елки палки"),
            ("ガメラ ｶﾞﾒﾗ", "ガメラ ガメラ"),
            ("기생충", "기생충"),
            ("हिन्दी", "हिन्दी"),
            ("???", "???"),
            (" ¿! \u{1F600} ", "¿! \u{1F600}"),
            ("", ""),
            (" \t", ""),
        ] {
            assert_eq!(fold(text), key, "{text}");
        }
    }

    #[test]
    fn maps_each_character_to_where_it_came_from() {
        assert_eq!(fold_with_map(" Æ – é&ｶﾞ"), ("ae e and ガ".into(), vec![1, 1, 3, 8, 10, 10, 10, 10, 10, 11]));
        assert_eq!(fold_with_map(" ?! "), ("?!".into(), vec![1, 2]));
    }

    #[test]
    fn every_character_folds_once() {
        for c in '\0'..=char::MAX {
            let text = format!("x{c}y");
            let once = fold(&text);
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
            let alone = fold(&c.to_string());
            assert_eq!(fold(&alone), alone, "U+{:04X} alone", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in prop_oneof!["\\PC{0,40}", ".{0,40}", "[ -~]{0,12}", "[a-z'& .½\u{301}ｶﾞ한ᆨ]{0,20}"]) {
            let (key, map) = fold_with_map(&text);
            prop_assert_eq!(&fold(&key), &key);
            // With a map it goes character by character, without one it may go at once.
            prop_assert_eq!(&fold(&text), &key);
            prop_assert_eq!(map.len(), key.chars().count());
            prop_assert!(map.is_sorted());
            prop_assert!(map.iter().all(|&at| text.is_char_boundary(at as usize)));
            prop_assert_eq!(key.trim(), &key);
        }
    }
}
