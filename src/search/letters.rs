//! The set of letters of a text in 64 bits: a cheap proof that a word cannot be in it.

/// The bit of one folded letter; 0 for a blank.
pub const fn letter(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
        ' ' | '\n' => 0,
        _ => 1 << (36 + c as u32 % 28),
    }
}

/// The letters of a text.
pub fn letters(text: &str) -> u64 {
    if text.is_ascii() {
        text.bytes().fold(0, |set, byte| set | ASCII[usize::from(byte)])
    } else {
        text.chars().fold(0, |set, c| set | letter(c))
    }
}

/// [`letter`] of every ASCII character.
static ASCII: [u64; 256] = {
    let mut table = [0; 256];
    let mut at = 0_u8;
    while at < 128 {
        table[at as usize] = letter(at as char);
        at += 1;
    }
    table
};

/// How many letters of `wanted` are not in `there`. One edit brings in one such letter at most.
pub const fn lacking(wanted: u64, there: u64) -> u32 {
    (wanted & !there).count_ones()
}
