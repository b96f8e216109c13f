use super::*;

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[test]
fn a_password_proves_itself_and_no_other() {
    let kept = hash(&secret("rosebud rosebud"), Cost::FLOOR).unwrap();
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(verify(&secret("rosebud rosebud"), &kept), Ok(true));
    assert_eq!(verify(&secret("Rosebud rosebud"), &kept), Ok(false));
    assert_eq!(verify(&secret(""), &kept), Ok(false));
}

#[test]
fn the_same_password_has_another_hash_each_time() {
    let password = secret("rosebud rosebud");
    assert_ne!(hash(&password, Cost::FLOOR), hash(&password, Cost::FLOOR));
}

#[test]
fn letters_composed_or_not_are_the_same() {
    let kept = hash(&secret("ame\u{301}lie poulain"), Cost::FLOOR).unwrap();
    assert_eq!(verify(&secret("am\u{e9}lie poulain"), &kept), Ok(true));
}

#[test]
fn a_setting_only_raises_the_cost() {
    assert_eq!(Cost::new(1, 1, 0), Cost::FLOOR);
    assert_eq!(Cost::new(u32::MAX, u32::MAX, u32::MAX), Cost::CEILING);
    assert_eq!(Cost::new(46, 3, 1), Cost { memory_kib: 46 * 1024, passes: 3, lanes: 1 });
}

#[test]
fn an_old_cost_is_raised() {
    let kept = hash(&secret("rosebud rosebud"), Cost::FLOOR).unwrap();
    assert!(!needs_rehash(&kept, Cost::FLOOR));
    assert!(needs_rehash(&kept, Cost::new(20, 2, 1)));
    assert!(needs_rehash("not a hash", Cost::FLOOR));
    let weak = "$argon2id$v=19$m=8,t=1,p=1$bm9ib2R5cyBzYWx0$4bBNzYPCZqQsq2v4LZ6Q2w";
    assert!(needs_rehash(weak, Cost::FLOOR));
    let other = "$argon2i$v=19$m=65536,t=4,p=1$bm9ib2R5cyBzYWx0$4bBNzYPCZqQsq2v4LZ6Q2w";
    assert!(needs_rehash(other, Cost::FLOOR));
}

#[test]
fn hostile_hashes_are_refused_before_any_work() {
    let salt = "bm9ib2R5cyBzYWx0$4bBNzYPCZqQsq2v4LZ6Q2w";
    for kept in [
        format!("$argon2id$v=19$m=4294967295,t=1,p=1${salt}"),
        format!("$argon2id$v=19$m=19456,t=4294967295,p=1${salt}"),
        format!("$argon2id$v=19$m=262144,t=1,p=16777215${salt}"),
        format!("$argon2d$v=19$m=19456,t=2,p=1${salt}"),
        "$argon2id$v=19$m=19456,t=2,p=1".to_owned(),
        "$2b$12$abcdefghijklmnopqrstuv".to_owned(),
        String::new(),
        "\u{1b}[2J".to_owned(),
    ] {
        let answer = verify(&secret("rosebud rosebud"), &kept);
        assert!(matches!(answer, Err(HashError::Unusable) | Ok(false)), "{kept}: {answer:?}");
    }
}

#[test]
fn too_long_is_said_before_any_work() {
    let long = secret(&"x".repeat(BYTES_MAX + 1));
    assert_eq!(hash(&long, Cost::FLOOR), Err(HashError::TooLong));
    assert_eq!(verify(&long, "whatever"), Err(HashError::TooLong));
    assert_eq!(verify_nobody(&long, Cost::FLOOR), Err(HashError::TooLong));
    assert!(judge(&long).is_err());
}

#[test]
fn nobody_costs_work_too() {
    assert_eq!(verify_nobody(&secret("rosebud rosebud"), Cost::FLOOR), Ok(()));
}

#[test]
fn eight_characters_and_not_a_common_one() {
    assert_eq!(judge(&secret("rosebud")), Err("at least 8 characters".to_owned()));
    assert!(judge(&secret("password")).is_err());
    assert!(judge(&secret("PassWord1")).is_err());
    assert_eq!(judge(&secret("rosebuds")), Ok(()));
    assert_eq!(judge(&secret("八文字のパスワー")), Ok(()));
    assert_eq!(judge(&secret("        ")), Ok(()));
    assert_eq!(judge(&secret(&"é".repeat(512))), Ok(()));
}

#[test]
fn the_list_is_as_it_says() {
    let mut seen = std::collections::BTreeSet::new();
    for line in COMMONEST.lines() {
        assert!(line.chars().count() >= CHARACTERS_MIN, "{line}");
        assert_eq!(line, line.to_lowercase());
        assert!(seen.insert(line), "{line} twice");
    }
    assert!(seen.len() >= 300, "{}", seen.len());
}

#[test]
fn a_secret_is_never_shown() {
    assert_eq!(format!("{:?}", secret("rosebud rosebud")), "Secret");
}
